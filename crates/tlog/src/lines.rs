//! What the formats in lines share: decimal numbers and lists of hashes.

use crate::merkle::{Hash, HashError};

/// A number in ASCII digits without additional leading zeros, below 2^64.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    // An overflow of 64 bits is refused by the parse itself.
    if plain { text.parse().ok() } else { None }
}

/// Why lines of hashes cannot be read.
pub(crate) enum HashLines {
    /// The text ends, or a line of it, before the empty line.
    NoEmptyLine,
    /// There are more hashes than are taken.
    TooMany,
    /// The line so many after the start, from 0, is no hash.
    Hash(usize, HashError),
}

/// The hashes in base64, one a line, up to the empty line, and what is after it.
pub(crate) fn hashes(mut text: &str, most: usize) -> Result<(Vec<Hash>, &str), HashLines> {
    let mut hashes = Vec::new();
    loop {
        let (line, rest) = text.split_once('\n').ok_or(HashLines::NoEmptyLine)?;
        text = rest;
        if line.is_empty() {
            return Ok((hashes, text));
        }
        if hashes.len() == most {
            return Err(HashLines::TooMany);
        }
        hashes.push(Hash::from_base64(line).map_err(|reason| HashLines::Hash(hashes.len(), reason))?);
    }
}
