//! A Merkle tree held whole in memory, to make proofs: RFC 9162 sections 2.1.3.1 and 2.1.4.1.

use crate::merkle::{Hash, empty_root, node_hash, split};
use crate::proof::ProofError;

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
        self.range(0, self.size())
    }

    /// The root that the tree had when it was of `size` leaves.
    ///
    /// **Errors** [`ProofError::BeyondTree`] if it never was: `size` is above the present one.
    pub fn root_at(&self, size: u64) -> Result<Hash, ProofError> {
        self.reached(size)?;
        Ok(self.range(0, size))
    }

    /// The hashes that lead from the leaf at `index` to the root at `size`, leaf's side first.
    ///
    /// **Errors** [`ProofError::BeyondTree`] if `size` is above the present size,
    /// [`ProofError::IndexBeyondSize`] if `index` is not below `size`.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Hash>, ProofError> {
        self.reached(size)?;
        if index >= size {
            return Err(ProofError::IndexBeyondSize { index, size });
        }
        let (mut low, mut high) = (0, size);
        let mut path = Vec::new();
        // RFC 9162 2.1.3.1: "PATH(m, D[n]) = PATH(m, D[0:k]) : MTH(D[k:n]) for m < k; and
        // PATH(m, D[n]) = PATH(m - k, D[k:n]) : MTH(D[0:k]) for m >= k".
        while high - low > 1 {
            let middle = low + split(high - low);
            if index < middle {
                path.push(self.range(middle, high));
                high = middle;
            } else {
                path.push(self.range(low, middle));
                low = middle;
            }
        }
        path.reverse();
        Ok(path)
    }

    /// The hashes that show the tree of `old` leaves to be the start of the tree of `new` leaves.
    ///
    /// Equal sizes need no hash.
    ///
    /// **Errors** [`ProofError::BeyondTree`] if `new` is above the present size, [`ProofError::Shrinks`] if
    /// `old` is above `new`, [`ProofError::FromEmpty`] if `old` is 0 and `new` is not.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, ProofError> {
        self.reached(new)?;
        if old > new {
            return Err(ProofError::Shrinks { old, new });
        }
        if old == new {
            return Ok(Vec::new());
        }
        if old == 0 {
            return Err(ProofError::FromEmpty { new });
        }
        let (mut low, mut high, mut known) = (0, new, true);
        let mut path = Vec::new();
        while old != high {
            let middle = low + split(high - low);
            if old <= middle {
                // RFC 9162 2.1.4.1: "If m <= k, the right subtree entries D[k:n] only exist in the current
                // tree": "SUBPROOF(m, D_n, b) = SUBPROOF(m, D[0:k], b) : MTH(D[k:n])".
                path.push(self.range(middle, high));
                high = middle;
            } else {
                // RFC 9162 2.1.4.1: "If m > k, the left subtree entries D[0:k] are identical in both trees":
                // "SUBPROOF(m, D_n, b) = SUBPROOF(m - k, D[k:n], false) : MTH(D[0:k])".
                path.push(self.range(low, middle));
                low = middle;
                known = false;
            }
        }
        // RFC 9162 2.1.4.1: the subproof for m = n is empty if m is the value for which PROOF was asked (the
        // verifier knows that root), and MTH(D_m) otherwise.
        if !known {
            path.push(self.range(low, high));
        }
        path.reverse();
        Ok(path)
    }

    fn reached(&self, size: u64) -> Result<(), ProofError> {
        if size > self.size() {
            return Err(ProofError::BeyondTree { size, reached: self.size() });
        }
        Ok(())
    }

    /// MTH(D[low:high]) for a range that RFC 6962's splitting makes, none of it beyond the tree.
    ///
    /// Such a range starts at a multiple of a power of two not below its length, so it is made of perfect
    /// subtrees kept in `levels`, one per bit of its length, joined from the right.
    fn range(&self, low: u64, high: u64) -> Hash {
        let mut left = high - low;
        let mut joined = None;
        while left > 0 {
            let level = left.trailing_zeros();
            left &= left - 1;
            let subtree = self.levels[level as usize][((low + left) >> level) as usize];
            joined = Some(joined.map_or(subtree, |right| node_hash(&subtree, &right)));
        }
        joined.unwrap_or_else(empty_root)
    }
}
