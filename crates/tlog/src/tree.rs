//! A Merkle tree held whole in memory, to make proofs: RFC 9162 sections 2.1.3.1 and 2.1.4.1.

use std::convert::Infallible;

use crate::merkle::{Hash, node_hash};
use crate::path::{self, Leaves};
use crate::proof::ProofError;
use crate::tile::{Tile, TileError};

/// A tree that keeps the root of each of its perfect subtrees.
///
/// **Shape** `levels[l][i]` is the root of the `2^l` leaves from leaf `i * 2^l`; about 64 bytes per leaf in
/// all. Where only the newest root matters, [`crate::Frontier`] needs no more than 64 hashes.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree that has no leaf.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The tree has one leaf more, whose hash is `leaf`.
    pub fn push(&mut self, leaf: Hash) {
        let mut root = leaf;
        for level in &mut self.levels {
            level.push(root);
            let &[.., left, right] = level.as_slice() else { return };
            if level.len() % 2 == 1 {
                return;
            }
            root = node_hash(&left, &right);
        }
        self.levels.push(vec![root]);
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// The hash of the leaf at this index, if the tree has come so far.
    #[must_use]
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.levels.first()?.get(usize::try_from(index).ok()?).copied()
    }

    /// The root of the whole tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.range(Leaves::whole(self.size()))
    }

    /// The root that the tree had when it was of `size` leaves.
    ///
    /// **Errors** [`ProofError::BeyondTree`] if it never was: `size` is above the present one.
    pub fn root_at(&self, size: u64) -> Result<Hash, ProofError> {
        self.reached(size)?;
        Ok(self.range(Leaves::whole(size)))
    }

    /// The hashes that lead from the leaf at `index` to the root at `size`, leaf's side first.
    ///
    /// **Errors** [`ProofError::BeyondTree`] if `size` is above the present size,
    /// [`ProofError::IndexBeyondSize`] if `index` is not below `size`.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Hash>, ProofError> {
        self.reached(size)?;
        Ok(path::inclusion(index, size)?.into_iter().map(|leaves| self.range(leaves)).collect())
    }

    /// The hashes that show the tree of `old` leaves to be the start of the tree of `new` leaves.
    ///
    /// Equal sizes need no hash.
    ///
    /// **Errors** [`ProofError::BeyondTree`] if `new` is above the present size, [`ProofError::Shrinks`] if
    /// `old` is above `new`, [`ProofError::FromEmpty`] if `old` is 0 and `new` is not.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, ProofError> {
        self.reached(new)?;
        Ok(path::consistency(old, new)?.into_iter().map(|leaves| self.range(leaves)).collect())
    }

    /// The bytes of this tile, if the tree has come so far.
    ///
    /// **Errors** [`TileError::BeyondTree`] if it has not.
    pub fn tile(&self, tile: Tile) -> Result<Vec<u8>, TileError> {
        let beyond = TileError::BeyondTree { tile, size: self.size() };
        let Some(range) = tile.hash_indexes() else { return Err(beyond) };
        let level = self.levels.get(tile.subtree_level() as usize).ok_or(beyond.clone())?;
        let hashes = level.get(range).ok_or(beyond)?;
        Ok(hashes.iter().flat_map(|hash| *hash.as_bytes()).collect())
    }

    fn reached(&self, size: u64) -> Result<(), ProofError> {
        if size > self.size() {
            return Err(ProofError::BeyondTree { size, reached: self.size() });
        }
        Ok(())
    }

    /// MTH of a range none of which is beyond the tree.
    fn range(&self, leaves: Leaves) -> Hash {
        let kept = |level: u32, index: u64| self.levels[level as usize][index as usize];
        match leaves.root(|level, index| Ok::<_, Infallible>(kept(level, index))) {
            Ok(root) => root,
        }
    }
}
