//! Which subtrees a proof is made of: RFC 9162 sections 2.1.3.1 and 2.1.4.1.

use crate::merkle::{Hash, empty_root, node_hash, split};
use crate::proof::ProofError;

/// A range of leaves that RFC 6962's splitting makes, from `low` to before `high`.
///
/// Such a range starts at a multiple of a power of two not below its length, so it is made of perfect
/// subtrees, one per bit of its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Leaves {
    pub(crate) low: u64,
    pub(crate) high: u64,
}

impl Leaves {
    pub(crate) fn whole(size: u64) -> Self {
        Self { low: 0, high: size }
    }

    /// The perfect subtrees of the range as (level, index on that level), the smallest and last one first.
    ///
    /// The subtree at level `l` and index `i` is of the `2^l` leaves from leaf `i * 2^l`.
    pub(crate) fn subtrees(self) -> impl Iterator<Item = (u32, u64)> {
        let mut left = self.high - self.low;
        std::iter::from_fn(move || {
            if left == 0 {
                return None;
            }
            let level = left.trailing_zeros();
            left &= left - 1;
            Some((level, (self.low + left) >> level))
        })
    }

    /// MTH(D[low:high]), from the roots of the perfect subtrees.
    pub(crate) fn root<E>(self, mut subtree: impl FnMut(u32, u64) -> Result<Hash, E>) -> Result<Hash, E> {
        let mut joined = None;
        for (level, index) in self.subtrees() {
            let left = subtree(level, index)?;
            joined = Some(joined.map_or(left, |right| node_hash(&left, &right)));
        }
        Ok(joined.unwrap_or_else(empty_root))
    }
}

/// The ranges whose roots lead from the leaf at `index` to the root at `size`, leaf's side first.
pub(crate) fn inclusion(index: u64, size: u64) -> Result<Vec<Leaves>, ProofError> {
    if index >= size {
        return Err(ProofError::IndexBeyondSize { index, size });
    }
    let Leaves { mut low, mut high } = Leaves::whole(size);
    let mut path = Vec::new();
    // RFC 9162 2.1.3.1: "PATH(m, D[n]) = PATH(m, D[0:k]) : MTH(D[k:n]) for m < k; and
    // PATH(m, D[n]) = PATH(m - k, D[k:n]) : MTH(D[0:k]) for m >= k".
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            path.push(Leaves { low: middle, high });
            high = middle;
        } else {
            path.push(Leaves { low, high: middle });
            low = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The ranges whose roots show the tree of `old` leaves to be the start of the tree of `new` leaves.
pub(crate) fn consistency(old: u64, new: u64) -> Result<Vec<Leaves>, ProofError> {
    if old > new {
        return Err(ProofError::Shrinks { old, new });
    }
    if old == new {
        return Ok(Vec::new());
    }
    if old == 0 {
        return Err(ProofError::FromEmpty { new });
    }
    let (Leaves { mut low, mut high }, mut known) = (Leaves::whole(new), true);
    let mut path = Vec::new();
    while old != high {
        let middle = low + split(high - low);
        if old <= middle {
            // RFC 9162 2.1.4.1: "If m <= k, the right subtree entries D[k:n] only exist in the current
            // tree": "SUBPROOF(m, D_n, b) = SUBPROOF(m, D[0:k], b) : MTH(D[k:n])".
            path.push(Leaves { low: middle, high });
            high = middle;
        } else {
            // RFC 9162 2.1.4.1: "If m > k, the left subtree entries D[0:k] are identical in both trees":
            // "SUBPROOF(m, D_n, b) = SUBPROOF(m - k, D[k:n], false) : MTH(D[0:k])".
            path.push(Leaves { low, high: middle });
            low = middle;
            known = false;
        }
    }
    // RFC 9162 2.1.4.1: the subproof for m = n is empty if m is the value for which PROOF was asked (the
    // verifier knows that root), and MTH(D_m) otherwise.
    if !known {
        path.push(Leaves { low, high });
    }
    path.reverse();
    Ok(path)
}
