//! The right edge of a Merkle tree: all that is needed to append leaves and to know the root.

use thiserror::Error;

use crate::merkle::{HASH_BYTES, Hash, empty_root, node_hash};

/// The largest tree that [`Frontier::from_bytes`] takes back.
///
/// **Units** leaves. The size is a 64-bit number; from this bound it would take 2^63 appends more to
/// overflow it, so an append needs no error.
pub const MAX_FRONTIER_LEAVES: u64 = 1 << 62;

const SIZE_BYTES: usize = 8;

/// The roots of the perfect subtrees that make a tree, largest first: a compact range from leaf 0.
///
/// **Shape** one hash per bit set in the size, so at most 64 hashes. `to_bytes` is the size as 8 bytes
/// big-endian, then these hashes in the same order.
///
/// **Source** the subtrees are those which RFC 6962 section 2.1 splits a list into: its `k` is the
/// largest power of two below `n`, so the left child is always perfect.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

/// Why some bytes are not a frontier.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FrontierError {
    /// There are not even the 8 bytes of the size.
    #[error("a frontier starts with a size of {SIZE_BYTES} bytes; only {0} were given")]
    NoSize(usize),
    /// The size is above [`MAX_FRONTIER_LEAVES`].
    #[error("a frontier of {0} leaves is over the bound of {MAX_FRONTIER_LEAVES}")]
    TooLarge(u64),
    /// The hashes are not as many as the size asks for.
    #[error("a frontier of {size} leaves is {expected} bytes, not {found}")]
    Length {
        /// Leaves announced by the first 8 bytes.
        size: u64,
        /// Bytes that a frontier of that size has.
        expected: usize,
        /// Bytes given.
        found: usize,
    },
}

impl Frontier {
    /// The frontier of the tree that has no leaf.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The tree of that many leaves, made of these perfect subtrees.
    pub(crate) fn of_roots(size: u64, roots: Vec<Hash>) -> Self {
        debug_assert_eq!(roots.len(), size.count_ones() as usize);
        Self { size, roots }
    }

    /// The roots of the perfect subtrees, largest first.
    pub(crate) fn into_roots(self) -> Vec<Hash> {
        self.roots
    }

    /// The tree has one leaf more, whose hash is `leaf`.
    ///
    /// Costs as many node hashes as the old size has trailing one bits: one on average, 63 at most.
    pub fn push(&mut self, leaf: Hash) {
        let mut root = leaf;
        // Two perfect subtrees of equal size are side by side for each trailing one bit of the old size.
        for _ in 0..self.size.trailing_ones() {
            let Some(left) = self.roots.pop() else { break };
            root = node_hash(&left, &root);
        }
        self.roots.push(root);
        self.size += 1;
    }

    /// The number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the whole tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        // RFC 6962 2.1: the left child of every node is the larger, perfect one; so the smallest subtrees,
        // at the right, join first.
        let joined = self.roots.iter().rev().copied().reduce(|right, left| node_hash(&left, &right));
        joined.unwrap_or_else(empty_root)
    }

    /// The bytes that [`Frontier::from_bytes`] takes back.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(SIZE_BYTES + HASH_BYTES * self.roots.len());
        bytes.extend_from_slice(&self.size.to_be_bytes());
        for root in &self.roots {
            bytes.extend_from_slice(root.as_bytes());
        }
        bytes
    }

    /// The frontier that gave these bytes.
    ///
    /// The hashes themselves cannot be checked here: compare [`Frontier::root`] with a signed checkpoint.
    ///
    /// **Errors** [`FrontierError::NoSize`] under 8 bytes, [`FrontierError::TooLarge`] over the bound,
    /// [`FrontierError::Length`] if the length is not exactly that of the announced size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let (size, hashes) =
            bytes.split_first_chunk::<SIZE_BYTES>().ok_or(FrontierError::NoSize(bytes.len()))?;
        let size = u64::from_be_bytes(*size);
        if size > MAX_FRONTIER_LEAVES {
            return Err(FrontierError::TooLarge(size));
        }
        let (roots, rest) = hashes.as_chunks::<HASH_BYTES>();
        if roots.len() != size.count_ones() as usize || !rest.is_empty() {
            let expected = SIZE_BYTES + HASH_BYTES * size.count_ones() as usize;
            return Err(FrontierError::Length { size, expected, found: bytes.len() });
        }
        Ok(Self { size, roots: roots.iter().copied().map(Hash::from_bytes).collect() })
    }
}
