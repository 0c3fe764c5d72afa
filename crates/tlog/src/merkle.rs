//! Merkle tree hashing: RFC 6962 section 2.1, repeated word for word in meaning by RFC 9162 section 2.1.1.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::block_api::compress256;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Bytes in a hash: the output of SHA-256.
pub const HASH_BYTES: usize = 32;

const LEAF_PREFIX: u8 = 0x00;
const NODE_PREFIX: u8 = 0x01;

/// A SHA-256 value: the hash of an entry, of an inner node, or of a whole tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; HASH_BYTES]);

/// Why some text or bytes are not a hash.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HashError {
    /// The bytes are fewer or more than 32.
    #[error("a hash is {HASH_BYTES} bytes, not {0}")]
    Length(usize),
    /// The text is not canonical standard base64.
    #[error("a hash in text is standard base64 with its padding")]
    Base64,
    /// The text holds something other than hexadecimal digits.
    #[error("a hash in hexadecimal is 64 digits 0-9 and a-f")]
    Hex,
}

impl Hash {
    /// The hash made of these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; HASH_BYTES]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; HASH_BYTES] {
        &self.0
    }

    /// The hash written in standard base64, as checkpoints and proofs write it.
    ///
    /// **Errors** [`HashError::Base64`] if the text is not canonical (padding absent, stray bits, other
    /// alphabet), [`HashError::Length`] if it decodes to other than 32 bytes.
    pub fn from_base64(text: &str) -> Result<Self, HashError> {
        // 44 characters encode 32 bytes: longer text is refused before any memory is taken for it.
        if text.len() > 4 * HASH_BYTES.div_ceil(3) {
            return Err(HashError::Length(text.len() / 4 * 3));
        }
        let bytes = STANDARD.decode(text).map_err(|_| HashError::Base64)?;
        Self::try_from(bytes.as_slice())
    }

    /// The hash written as 64 hexadecimal digits, lower or upper case.
    ///
    /// **Errors** [`HashError::Hex`] if the text is anything else.
    pub fn from_hex(text: &str) -> Result<Self, HashError> {
        decode_hex(text).map(Self).ok_or(HashError::Hex)
    }

    /// Prints as 64 lower-case hexadecimal digits.
    pub fn hex(&self) -> impl fmt::Display + use<> {
        Hex(self.0)
    }

    /// Prints as standard base64, as checkpoints and proofs write it.
    pub fn base64(&self) -> impl fmt::Display + use<> {
        InBase64(self.0)
    }
}

struct Hex([u8; HASH_BYTES]);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

struct InBase64([u8; HASH_BYTES]);

impl fmt::Display for InBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        base64::display::Base64Display::new(&self.0, &STANDARD).fmt(f)
    }
}

/// Prints as hexadecimal; [`Hash::base64`] prints the form of checkpoints.
impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hex(self.0).fmt(f)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({})", Hex(self.0))
    }
}

impl TryFrom<&[u8]> for Hash {
    type Error = HashError;

    fn try_from(bytes: &[u8]) -> Result<Self, HashError> {
        bytes.try_into().map(Self).map_err(|_| HashError::Length(bytes.len()))
    }
}

/// Reads `N` bytes written as exactly `2 N` hexadecimal digits, or nothing.
pub(crate) fn decode_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = u8::try_from(high << 4 | low).ok()?;
    }
    Some(bytes)
}

/// The root of the tree that has no leaf.
#[must_use]
pub fn empty_root() -> Hash {
    // RFC 6962 2.1: "The hash of an empty list is the hash of an empty string: MTH({}) = SHA-256()."
    Hash(Sha256::digest([]).into())
}

/// The hash of the leaf that holds these bytes.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    // RFC 6962 2.1: "The hash of a list with one entry (also known as a leaf hash) is:
    // MTH({d(0)}) = SHA-256(0x00 || d(0))." The prefix keeps a leaf from passing for a node.
    let mut blocks = [[0; BLOCK_BYTES]; SHORT_BLOCKS];
    let length = 1 + entry.len();
    if length > SHORT_BYTES {
        let sha = Sha256::new().chain_update([LEAF_PREFIX]).chain_update(entry);
        return Hash(sha.finalize().into());
    }
    let bytes = blocks.as_flattened_mut();
    bytes[0] = LEAF_PREFIX;
    bytes[1..length].copy_from_slice(entry);
    short_sha256(&mut blocks, length)
}

/// The hash of the node whose children have these hashes.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    // RFC 6962 2.1: "MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n]))".
    let mut blocks = [[0; BLOCK_BYTES]; 2];
    let bytes = blocks.as_flattened_mut();
    bytes[0] = NODE_PREFIX;
    bytes[1..=HASH_BYTES].copy_from_slice(&left.0);
    bytes[1 + HASH_BYTES..=2 * HASH_BYTES].copy_from_slice(&right.0);
    short_sha256(&mut blocks, 1 + 2 * HASH_BYTES)
}

const BLOCK_BYTES: usize = 64;
/// Entries that fill no more blocks than these are hashed on the stack.
const SHORT_BLOCKS: usize = 8;
/// The padding is one byte and the eight of the length.
const SHORT_BYTES: usize = SHORT_BLOCKS * BLOCK_BYTES - 9;

// FIPS 180-4 section 5.3.3: "the first thirty-two bits of the fractional parts of the square roots of the
// first eight prime numbers".
const SHA256_INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// SHA-256 of the first `length` bytes; all that follow are zero on entry, and leave room for the padding.
///
/// The same as [`Sha256`] a quarter sooner for nodes: no buffer between the bytes and the compression.
fn short_sha256(blocks: &mut [[u8; BLOCK_BYTES]], length: usize) -> Hash {
    let count = (length + 9).div_ceil(BLOCK_BYTES);
    let bytes = blocks.as_flattened_mut();
    // FIPS 180-4 section 5.1.1: "Append the bit "1" to the end of the message, followed by k zero bits ...
    // Then append the 64-bit block that is equal to the number l expressed using a binary representation."
    bytes[length] = 0x80;
    bytes[count * BLOCK_BYTES - 8..count * BLOCK_BYTES].copy_from_slice(&(8 * length as u64).to_be_bytes());
    let mut state = SHA256_INITIAL;
    compress256(&mut state, &blocks[..count]);
    let mut hash = [0; HASH_BYTES];
    for (bytes, word) in hash.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    Hash(hash)
}

/// The number of leaves under the left child of a tree of `size` leaves.
///
/// **Units** leaves; `size` is at least 2.
pub(crate) fn split(size: u64) -> u64 {
    // RFC 6962 2.1: "let k be the largest power of two smaller than n (i.e., k < n <= 2k)".
    1 << (size - 1).ilog2()
}
