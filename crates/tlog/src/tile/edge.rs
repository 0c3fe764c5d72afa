//! The right edge of a tiled tree: all that is needed to append leaves and to write the tiles they make.

use super::{Subtrees, TILE_HEIGHT, TILE_WIDTH, Tile, TiledError, place_of, tiles_for_root};
use crate::frontier::Frontier;
use crate::merkle::{HASH_BYTES, Hash, empty_root};
use crate::path::Leaves;

/// The partial tiles of a growing tree, and the full ones that have not been taken yet.
///
/// It holds at most 255 hashes for each of eight levels, beside what [`TileEdge::take_full`] has not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TileEdge {
    size: u64,
    levels: Vec<Vec<Hash>>,
    full: Vec<(Tile, Vec<u8>)>,
}

impl TileEdge {
    /// The edge of the tree that has no leaf.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The edge of the tree of this size and root, whose partial tiles `read` gives.
    ///
    /// **Errors** [`TiledError::Read`], [`TiledError::Tile`], [`TiledError::Root`] if the tiles are of
    /// another tree.
    pub fn resume<E>(
        size: u64,
        root: &Hash,
        mut read: impl FnMut(Tile) -> Result<Vec<u8>, E>,
    ) -> Result<Self, TiledError<E>> {
        let mut edge = Self { size, ..Self::default() };
        for tile in tiles_for_root(size) {
            let bytes = read(tile).map_err(|fault| TiledError::Read { tile, fault })?;
            *edge.level(usize::from(tile.level())) = tile.hashes(&bytes)?;
        }
        let computed = edge.root();
        if computed != *root {
            return Err(TiledError::Root { computed, expected: *root });
        }
        Ok(edge)
    }

    /// The tree has one leaf more, whose hash is `leaf`.
    ///
    /// Costs one node hash on average, 255 in a row where a tile fills. The size must not pass
    /// [`crate::frontier::MAX_FRONTIER_LEAVES`], which no log comes near.
    pub fn push(&mut self, leaf: Hash) {
        let (mut level, mut index, mut hash) = (0_u8, self.size, leaf);
        self.size += 1;
        loop {
            let hashes = self.level(usize::from(level));
            hashes.push(hash);
            if hashes.len() < usize::from(TILE_WIDTH) {
                return;
            }
            // tlog-tiles, "Partial Tiles": a partial tile "MUST NOT be hashed into a tile at the level above";
            // this one is full.
            let hashes = std::mem::take(hashes);
            index >>= TILE_HEIGHT;
            self.full.push((Tile { level, index, width: TILE_WIDTH }, bytes_of(&hashes)));
            let Some(root) = Subtrees::of(hashes).at(TILE_HEIGHT, 0) else { return };
            (hash, level) = (root, level + 1);
        }
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The right edge of the same tree, as a [`Frontier`].
    ///
    /// Costs at most 255 node hashes for each level of tiles.
    #[must_use]
    pub fn frontier(&self) -> Frontier {
        // A hash of a partial tile is the root of a perfect subtree; tiles of higher levels hold larger ones, further left.
        let roots = self.levels.iter().rev().flat_map(|hashes| {
            let mut within = Frontier::new();
            hashes.iter().for_each(|hash| within.push(*hash));
            within.into_roots()
        });
        Frontier::of_roots(self.size, roots.collect())
    }

    /// The root of the whole tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        let levels: Vec<Subtrees> = self.levels.iter().cloned().map(Subtrees::of).collect();
        let root = Leaves::whole(self.size).root(|level, index| {
            let (tile_level, _, level, index) = place_of(level, index);
            levels.get(usize::from(tile_level)).and_then(|tile| tile.at(level, index)).ok_or(())
        });
        // Every perfect subtree of the tree stands in a partial tile; all of those are here.
        root.unwrap_or_else(|()| empty_root())
    }

    /// The full tiles made since they were last taken, with their bytes; they are never to change.
    #[must_use]
    pub fn take_full(&mut self) -> Vec<(Tile, Vec<u8>)> {
        std::mem::take(&mut self.full)
    }

    /// The partial tiles of the tree as it is, with their bytes: to be written before a checkpoint of it.
    #[must_use]
    pub fn partial(&self) -> Vec<(Tile, Vec<u8>)> {
        let tiles = tiles_for_root(self.size).into_iter();
        tiles.filter_map(|tile| Some((tile, bytes_of(self.levels.get(usize::from(tile.level()))?)))).collect()
    }

    fn level(&mut self, level: usize) -> &mut Vec<Hash> {
        if self.levels.len() <= level {
            self.levels.resize_with(level + 1, Vec::new);
        }
        &mut self.levels[level]
    }
}

fn bytes_of(hashes: &[Hash]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(hashes.len() * HASH_BYTES);
    hashes.iter().for_each(|hash| bytes.extend_from_slice(hash.as_bytes()));
    bytes
}
