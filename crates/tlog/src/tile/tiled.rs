//! A tree read through its tiles, each checked before it is believed: tlog-tiles, "Merkle Tree".

use std::collections::{BTreeSet, HashMap};

use thiserror::Error;

use super::{Bundle, BundleError, Subtrees, TILE_HEIGHT, TILE_WIDTH, Tile, TileError, place_of};
use crate::merkle::{Hash, leaf_hash};
use crate::path::{self, Leaves};
use crate::proof::ProofError;

/// The most full tiles that a [`TiledTree`] keeps in memory; over it, it forgets them and reads again.
///
/// **Units** tiles, of 16 KiB each with what is made of them.
pub const MAX_KEPT_TILES: usize = 1024;

/// Why a tree cannot be read through its tiles.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TiledError<E> {
    /// The caller could not give the tile.
    #[error("{tile} cannot be read: {fault}")]
    Read {
        /// Tile that was asked for.
        tile: Tile,
        /// What the caller said.
        fault: E,
    },
    /// The bytes are not a tile's, or the tile is not in the tree.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// The tile is not of this tree: its bytes were altered, or are of another.
    #[error("{tile} is not of this tree: one of its {} hashes was altered", tile.width())]
    Altered {
        /// The tile.
        tile: Tile,
    },
    /// The tiles at the right edge do not lead to the root.
    #[error("the tiles at the edge of the tree lead to the root {computed}, not to {expected}")]
    Root {
        /// Root that the tiles lead to.
        computed: Hash,
        /// Root that was given.
        expected: Hash,
    },
    /// The bytes are not the bundle.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// An entry in a bundle is not that of the tree.
    #[error("the entry {index} in the bundle is not that of the tree")]
    Entry {
        /// Index of the entry in the tree, from 0.
        index: u64,
    },
    /// No such proof can be.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// A tree of which size and root are known, read through its tiles as the caller gives them.
///
/// No hash comes out of it that is not shown to be of the tree: partial tiles together lead to the root, and
/// the root of every full tile stands in the tile above. So the caller may take tiles from anyone.
pub struct TiledTree<F> {
    size: u64,
    read: F,
    kept: HashMap<(u8, u64), Subtrees>,
    kept_full: usize,
}

impl<F, E> TiledTree<F>
where
    F: FnMut(Tile) -> Result<Vec<u8>, E>,
{
    /// The tree of this size and root, whose tiles `read` gives: those of the right edge are read at once.
    ///
    /// `read` may give the full tile where a partial one is asked for.
    ///
    /// **Errors** [`TiledError::Read`], [`TiledError::Tile`], [`TiledError::Root`] if the tiles are of
    /// another tree.
    pub fn open(size: u64, root: &Hash, read: F) -> Result<Self, TiledError<E>> {
        let mut tree = Self { size, read, kept: HashMap::new(), kept_full: 0 };
        for tile in tiles_for_root(size) {
            let subtrees = tree.fetch(tile)?;
            tree.kept.insert((tile.level(), tile.index()), subtrees);
        }
        // tlog-tiles, "Merkle Tree": the root is made of the perfect subtrees of the tree. Each stands in a
        // partial tile, and every hash of a partial tile is in one of them: so this shows all of these.
        let computed = tree.root_at(size)?;
        if computed != *root {
            return Err(TiledError::Root { computed, expected: *root });
        }
        Ok(tree)
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root that the tree had when it was of `size` leaves.
    ///
    /// **Errors** [`ProofError::BeyondTree`] if it never was; those of reading.
    pub fn root_at(&mut self, size: u64) -> Result<Hash, TiledError<E>> {
        if size > self.size {
            return Err(ProofError::BeyondTree { size, reached: self.size }.into());
        }
        self.range(Leaves::whole(size))
    }

    /// The hash of the leaf at this index.
    ///
    /// **Errors** [`ProofError::IndexBeyondSize`]; those of reading.
    pub fn leaf(&mut self, index: u64) -> Result<Hash, TiledError<E>> {
        if index >= self.size {
            return Err(ProofError::IndexBeyondSize { index, size: self.size }.into());
        }
        self.subtree(0, index)
    }

    /// The hashes that lead from the leaf at `index` to the root, leaf's side first.
    ///
    /// **Errors** [`ProofError::IndexBeyondSize`]; those of reading.
    pub fn inclusion_proof(&mut self, index: u64) -> Result<Vec<Hash>, TiledError<E>> {
        path::inclusion(index, self.size)?.into_iter().map(|leaves| self.range(leaves)).collect()
    }

    /// The hashes that show the tree of `old` leaves to be the start of this one.
    ///
    /// **Errors** [`ProofError::Shrinks`] if `old` is above the size, [`ProofError::FromEmpty`] if it is 0 and
    /// the size is not; those of reading.
    pub fn consistency_proof(&mut self, old: u64) -> Result<Vec<Hash>, TiledError<E>> {
        path::consistency(old, self.size)?.into_iter().map(|leaves| self.range(leaves)).collect()
    }

    /// The entries in the bytes of a bundle, each shown to be that of the tree at its index.
    ///
    /// **Errors** [`TiledError::Bundle`], [`TiledError::Entry`]; [`ProofError::IndexBeyondSize`] if the bundle
    /// is beyond the tree; those of reading.
    pub fn entries<'a>(&mut self, bundle: Bundle, bytes: &'a [u8]) -> Result<Vec<&'a [u8]>, TiledError<E>> {
        let entries = bundle.entries(bytes)?;
        let first = bundle.first_entry().unwrap_or(u64::MAX);
        let last = first.saturating_add(u64::from(bundle.width()) - 1);
        if last >= self.size {
            return Err(ProofError::IndexBeyondSize { index: last, size: self.size }.into());
        }
        for (index, entry) in (first..).zip(&entries) {
            // tlog-tiles, "Log entries": "Each entry in a bundle hashes to the corresponding entry in the
            // corresponding "level 0" Merkle Tree tile."
            if self.leaf(index)? != leaf_hash(entry) {
                return Err(TiledError::Entry { index });
            }
        }
        Ok(entries)
    }

    fn range(&mut self, leaves: Leaves) -> Result<Hash, TiledError<E>> {
        leaves.root(|level, index| self.subtree(level, index))
    }

    /// The root of a perfect subtree, read from the tile it stands in.
    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, TiledError<E>> {
        let (tile_level, tile_index, level, index) = place_of(level, index);
        self.keep(tile_level, tile_index)?;
        self.held(tile_level, tile_index, level, index)
    }

    fn held(&self, tile_level: u8, tile_index: u64, level: u32, index: u64) -> Result<Hash, TiledError<E>> {
        let held = self.kept.get(&(tile_level, tile_index)).and_then(|kept| kept.at(level, index));
        // Nothing beyond the tree is asked for by the functions above.
        held.ok_or_else(|| {
            let tile = Tile { level: tile_level, index: tile_index, width: TILE_WIDTH };
            TileError::BeyondTree { tile, size: self.size }.into()
        })
    }

    /// The tile is kept, checked against the one above it, and so on up to a partial one.
    fn keep(&mut self, level: u8, index: u64) -> Result<(), TiledError<E>> {
        if self.kept.contains_key(&(level, index)) {
            return Ok(());
        }
        if self.kept_full >= MAX_KEPT_TILES {
            let size = self.size;
            self.kept.retain(|(level, index), _| {
                Tile::in_tree(*level, *index, size).is_some_and(|tile| !tile.is_full())
            });
            self.kept_full = 0;
        }
        let mut wanted = vec![(level, index)];
        while let Some((level, index)) = wanted.last().map(|(level, index)| (level + 1, index >> TILE_HEIGHT))
        {
            if self.kept.contains_key(&(level, index)) {
                break;
            }
            // The tile above a full one is in the tree, so this ends at a partial one, which is kept.
            if Tile::in_tree(level, index, self.size).is_none() {
                break;
            }
            wanted.push((level, index));
        }
        for (level, index) in wanted.into_iter().rev() {
            let beyond = TileError::BeyondTree { tile: Tile { level, index, width: 1 }, size: self.size };
            let tile = Tile::in_tree(level, index, self.size).ok_or(beyond)?;
            let subtrees = self.fetch(tile)?;
            let within = index & u64::from(TILE_WIDTH - 1);
            // tlog-tiles, "Merkle Tree": "At "level 1" and above, each hash in a tile is the Merkle Tree Hash
            // of a full tile at the level below."
            let expected = self.held(level + 1, index >> TILE_HEIGHT, 0, within)?;
            if subtrees.at(TILE_HEIGHT, 0) != Some(expected) {
                return Err(TiledError::Altered { tile });
            }
            self.kept.insert((level, index), subtrees);
            self.kept_full += 1;
        }
        Ok(())
    }

    fn fetch(&mut self, tile: Tile) -> Result<Subtrees, TiledError<E>> {
        let bytes = (self.read)(tile).map_err(|fault| TiledError::Read { tile, fault })?;
        Ok(Subtrees::of(tile.hashes(&bytes)?))
    }
}

/// The tiles at the right edge of a tree, which lead to its root: the partial ones, lowest level first.
#[must_use]
pub fn tiles_for_root(size: u64) -> Vec<Tile> {
    let levels = u64::BITS / TILE_HEIGHT;
    let hashes = (0..levels).map(|level| (level as u8, size >> (level * TILE_HEIGHT)));
    let edge = hashes.map(|(level, hashes)| (level, hashes / u64::from(TILE_WIDTH)));
    edge.filter_map(|(level, index)| Tile::in_tree(level, index, size)).collect()
}

/// The tiles that [`TiledTree`] reads for an inclusion proof in a tree of `size` leaves, root included.
///
/// **Errors** [`ProofError::IndexBeyondSize`].
pub fn tiles_for_inclusion(index: u64, size: u64) -> Result<Vec<Tile>, ProofError> {
    let mut needed = path::inclusion(index, size)?;
    needed.push(Leaves { low: index, high: index + 1 });
    Ok(tiles_for(&needed, size))
}

/// The tiles that [`TiledTree`] reads for a consistency proof from `old` leaves to `new`, both roots included.
///
/// **Errors** [`ProofError::Shrinks`], [`ProofError::FromEmpty`].
pub fn tiles_for_consistency(old: u64, new: u64) -> Result<Vec<Tile>, ProofError> {
    let mut needed = path::consistency(old, new)?;
    needed.push(Leaves::whole(old));
    Ok(tiles_for(&needed, new))
}

/// The tiles that these ranges stand in, those above them, and those of the root.
fn tiles_for(ranges: &[Leaves], size: u64) -> Vec<Tile> {
    let mut tiles: BTreeSet<Tile> = tiles_for_root(size).into_iter().collect();
    for (level, index) in ranges.iter().flat_map(|range| range.subtrees()) {
        let (mut level, mut index, ..) = place_of(level, index);
        while let Some(tile) = Tile::in_tree(level, index, size) {
            if !tiles.insert(tile) {
                break;
            }
            (level, index) = (level + 1, index >> TILE_HEIGHT);
        }
    }
    tiles.into_iter().collect()
}
