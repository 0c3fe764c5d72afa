//! Verifying inclusion and consistency: RFC 9162 sections 2.1.3.2 and 2.1.4.2 (the proofs are those of
//! RFC 6962 sections 2.1.1 and 2.1.2).
//!
//! Where the RFCs are silent this crate refuses: there is no consistency from the empty tree to another
//! (nothing is shown by it), and a tree of no leaf has one root alone. A hash of other than 32 bytes cannot
//! be written as a [`struct@Hash`] at all.
//!
//! A proof may be of any length: the walk ends at the root, so no more than 64 of its hashes are read.

use thiserror::Error;

use crate::merkle::{Hash, empty_root, node_hash};

/// Why a proof shows nothing, or cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProofError {
    /// The tree at hand has not come to this size.
    #[error("the tree has {reached} leaves; nothing can be said of size {size}")]
    BeyondTree {
        /// Size asked for.
        size: u64,
        /// Present size.
        reached: u64,
    },
    /// The leaf is outside the tree.
    #[error("leaf {index} is not in a tree of {size} leaves, counted from 0")]
    IndexBeyondSize {
        /// Index of the leaf, from 0.
        index: u64,
        /// Leaves in the tree.
        size: u64,
    },
    /// The later tree is the smaller one.
    #[error("the later tree has {new} leaves, fewer than the {old} of the earlier: entries were removed")]
    Shrinks {
        /// Leaves in the earlier tree.
        old: u64,
        /// Leaves in the later tree.
        new: u64,
    },
    /// The earlier tree is empty and the later is not.
    #[error("every tree continues the empty one: consistency from 0 to {new} leaves shows nothing")]
    FromEmpty {
        /// Leaves in the later tree.
        new: u64,
    },
    /// A tree of no leaf is given a root other than SHA-256 of nothing.
    #[error("a tree of 0 leaves has the root e3b0c442…b855 and no other")]
    EmptyTreeRoot,
    /// One size is given two roots.
    #[error("two different roots are given for the same size of {size} leaves")]
    TwoRoots {
        /// Leaves in both trees.
        size: u64,
    },
    /// Hashes are left over.
    #[error("the proof has {found} hashes, more than these sizes need")]
    TooLong {
        /// Hashes in the proof.
        found: usize,
    },
    /// Hashes are wanting.
    #[error("the proof has {found} hashes, fewer than these sizes need")]
    TooShort {
        /// Hashes in the proof.
        found: usize,
    },
    /// The hashes lead to another root than the one given for the (later) tree.
    #[error("the proof leads to the root {computed}, not to {expected}")]
    RootMismatch {
        /// Root that the proof leads to.
        computed: Hash,
        /// Root that was given.
        expected: Hash,
    },
    /// The hashes lead to another root than the one given for the earlier tree.
    #[error("the proof leads to the earlier root {computed}, not to {expected}")]
    OldRootMismatch {
        /// Earlier root that the proof leads to.
        computed: Hash,
        /// Earlier root that was given.
        expected: Hash,
    },
}

/// The leaf of hash `leaf` is at `index` in the tree of `size` leaves whose root is `root`.
///
/// **Units** `index` from 0; `proof` from the leaf's side to the root's.
///
/// **Errors** [`ProofError::IndexBeyondSize`], [`ProofError::TooLong`], [`ProofError::TooShort`],
/// [`ProofError::RootMismatch`]: the leaf is not shown to be there.
///
/// **Source** RFC 9162 section 2.1.3.2.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    // Step 1: "Compare leaf_index from the inclusion_proof_v2 structure against tree_size. If leaf_index is
    // greater than or equal to tree_size, then fail the proof verification."
    if index >= size {
        return Err(ProofError::IndexBeyondSize { index, size });
    }
    let found = proof.len();
    // Steps 2 and 3: "Set fn to leaf_index and sn to tree_size - 1. Set r to hash."
    let mut walk = Walk { at: index, last: size - 1 };
    let mut computed = *leaf;
    for hash in proof {
        // Step 4.a: "If sn is 0, then stop the iteration and fail the proof verification."
        computed = match walk.climb().ok_or(ProofError::TooLong { found })? {
            Side::Left => node_hash(hash, &computed),
            Side::Right => node_hash(&computed, hash),
        };
    }
    // Step 5: "Compare sn to 0. Compare r against the root_hash. If sn is equal to 0 and r and the root_hash
    // are equal, then the log has proven the inclusion of hash."
    if walk.last != 0 {
        return Err(ProofError::TooShort { found });
    }
    if computed != *root {
        return Err(ProofError::RootMismatch { computed, expected: *root });
    }
    Ok(())
}

/// The tree of `old` leaves with root `old_root` is the start of the tree of `new` leaves with root
/// `new_root`: nothing was removed, changed or put between.
///
/// Equal sizes ask for equal roots and an empty proof.
///
/// **Errors** [`ProofError::Shrinks`], [`ProofError::FromEmpty`], [`ProofError::EmptyTreeRoot`],
/// [`ProofError::TwoRoots`], [`ProofError::TooLong`], [`ProofError::TooShort`],
/// [`ProofError::OldRootMismatch`], [`ProofError::RootMismatch`]: it is not shown.
///
/// **Source** RFC 9162 section 2.1.4.2.
pub fn verify_consistency(
    old: u64,
    new: u64,
    old_root: &Hash,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    let found = proof.len();
    if old > new {
        return Err(ProofError::Shrinks { old, new });
    }
    if old == new {
        return verify_same_size(old, old_root, new_root, found);
    }
    if old == 0 {
        return Err(ProofError::FromEmpty { new });
    }
    // Step 1 of RFC 9162 2.1.4.2: "If consistency_path is an empty array, stop and fail the proof
    // verification."
    let Some((first, rest)) = proof.split_first() else { return Err(ProofError::TooShort { found }) };
    // Step 2: "If first is an exact power of 2, then prepend first_hash to the consistency_path array."
    let (start, rest) = if old.is_power_of_two() { (*old_root, proof) } else { (*first, rest) };
    // Steps 3 and 4: "Set fn to first - 1 and sn to second - 1. If LSB(fn) is set, then right-shift both fn
    // and sn equally until LSB(fn) is not set."
    let shift = (old - 1).trailing_ones();
    let mut walk = Walk { at: (old - 1) >> shift, last: (new - 1) >> shift };
    // Step 5: "Set both fr and sr to the first value in the consistency_path array."
    let (mut computed_old, mut computed_new) = (start, start);
    for hash in rest {
        // Step 6.a: "If sn is 0, then stop the iteration and fail the proof verification."
        match walk.climb().ok_or(ProofError::TooLong { found })? {
            Side::Left => {
                computed_old = node_hash(hash, &computed_old);
                computed_new = node_hash(hash, &computed_new);
            }
            Side::Right => computed_new = node_hash(&computed_new, hash),
        }
    }
    // Step 7: "verify that the fr calculated is equal to the first_hash supplied, that the sr calculated is
    // equal to the second_hash supplied, and that sn is 0."
    if walk.last != 0 {
        return Err(ProofError::TooShort { found });
    }
    if computed_old != *old_root {
        return Err(ProofError::OldRootMismatch { computed: computed_old, expected: *old_root });
    }
    if computed_new != *new_root {
        return Err(ProofError::RootMismatch { computed: computed_new, expected: *new_root });
    }
    Ok(())
}

fn verify_same_size(size: u64, old_root: &Hash, new_root: &Hash, found: usize) -> Result<(), ProofError> {
    if found > 0 {
        return Err(ProofError::TooLong { found });
    }
    if old_root != new_root {
        return Err(ProofError::TwoRoots { size });
    }
    if size == 0 && *old_root != empty_root() {
        return Err(ProofError::EmptyTreeRoot);
    }
    Ok(())
}

/// The place of a node on its level (`fn` in the RFC) and of the level's last node (`sn`).
struct Walk {
    at: u64,
    last: u64,
}

/// On which side of the path the proof's hash stands.
enum Side {
    Left,
    Right,
}

impl Walk {
    /// Goes up to the next node that has a sibling in the proof; nothing if the root is reached already.
    fn climb(&mut self) -> Option<Side> {
        if self.last == 0 {
            return None;
        }
        // RFC 9162 2.1.3.2 step 4.b (2.1.4.2 step 6.b): "If LSB(fn) is set, or if fn is equal to sn, then:
        // set r to HASH(0x01 || p || r). If LSB(fn) is not set, then right-shift both fn and sn equally
        // until either LSB(fn) is set or fn is 0. Otherwise: set r to HASH(0x01 || r || p)."
        let side = if self.at % 2 == 1 || self.at == self.last {
            // At 0 this shifts by 64: then fn equals sn, which is not 0, so it cannot be.
            let shift = self.at.trailing_zeros();
            self.at >>= shift;
            self.last >>= shift;
            Side::Left
        } else {
            Side::Right
        };
        // Step 4.c (6.c): "Finally, right-shift both fn and sn one time."
        self.at >>= 1;
        self.last >>= 1;
        Some(side)
    }
}
