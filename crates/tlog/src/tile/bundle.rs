//! Entry bundles: tlog-tiles, "Log entries".

use std::fmt;

use thiserror::Error;

use super::{MAX_PATH_BYTES, TILE_WIDTH, TileError, check_width, parse_place, places, width_in, write_place};

/// The largest entry that a bundle holds.
///
/// **Units** bytes: what the two bytes of its length can say.
///
/// **Source** tlog-tiles, "Log entries": "Entry bundles are sequences of big-endian uint16 length-prefixed log
/// entries."
pub const MAX_ENTRY_BYTES: usize = u16::MAX as usize;

/// The largest bundle that can be.
///
/// **Units** bytes: 256 entries of [`MAX_ENTRY_BYTES`], each after its length.
pub const MAX_BUNDLE_BYTES: usize = TILE_WIDTH as usize * (2 + MAX_ENTRY_BYTES);

/// A bundle of entries: which, and how many entries it holds.
///
/// **Shape** in text, its path: `tile/entries/<index>`, and `.p/<width>` if it is partial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bundle {
    index: u64,
    width: u16,
}

/// Why some bytes are not a bundle, or an entry cannot be in one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BundleError {
    /// The entry is larger than [`MAX_ENTRY_BYTES`].
    #[error("an entry is at most {MAX_ENTRY_BYTES} bytes, not {0}")]
    EntryTooLarge(usize),
    /// The bytes end within an entry or its length.
    #[error("the bundle ends within its entry {0}, counted from 0")]
    Cut(usize),
    /// The bundle has more than 256 entries.
    #[error("a bundle has at most {TILE_WIDTH} entries")]
    TooMany,
    /// The bundle has not the number of entries of the one asked for.
    #[error("{bundle} has {} entries, not {found}", bundle.width())]
    Count {
        /// The bundle.
        bundle: Bundle,
        /// Entries given.
        found: usize,
    },
}

impl Bundle {
    /// The bundle at this place, of this many entries.
    ///
    /// **Units** `index` from 0, `width` in entries.
    ///
    /// **Errors** [`TileError::Width`].
    pub fn new(index: u64, width: u16) -> Result<Self, TileError> {
        check_width(width)?;
        Ok(Self { index, width })
    }

    /// The bundle at this place as it is in the tree of `size` leaves; nothing if it has no entry there.
    #[must_use]
    pub fn in_tree(index: u64, size: u64) -> Option<Self> {
        Some(Self { index, width: width_in(index, size)? })
    }

    /// Which bundle, from 0.
    #[must_use]
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many entries.
    #[must_use]
    pub fn width(self) -> u16 {
        self.width
    }

    /// The index of the first entry, if a tree can come so far.
    #[must_use]
    pub fn first_entry(self) -> Option<u64> {
        self.index.checked_mul(u64::from(TILE_WIDTH))
    }

    /// The bundle has all its entries, and will never change.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.width == TILE_WIDTH
    }

    /// The full bundle at the same place.
    #[must_use]
    pub fn full(self) -> Self {
        Self { width: TILE_WIDTH, ..self }
    }

    /// The bundle whose path this is.
    ///
    /// **Errors** [`TileError::Path`] if the text is anything else than what a bundle prints as.
    pub fn parse(path: &str) -> Result<Self, TileError> {
        let place = path.strip_prefix("tile/entries/").filter(|_| path.len() <= MAX_PATH_BYTES);
        let (index, width) =
            place.and_then(parse_place).ok_or_else(|| TileError::Path(path.to_owned(), "bundle"))?;
        Ok(Self { index, width })
    }

    /// The entries in these bytes, which are those of the bundle or of the full one at the same place.
    ///
    /// That they are indeed of the tree is not checked here: see [`super::TiledTree::entries`].
    ///
    /// **Errors** those of [`decode_bundle`], and [`BundleError::Count`].
    pub fn entries(self, bytes: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
        let mut entries = decode_bundle(bytes)?;
        let (found, full) = (entries.len(), usize::from(TILE_WIDTH));
        if found != usize::from(self.width) && found != full {
            return Err(BundleError::Count { bundle: self, found });
        }
        entries.truncate(usize::from(self.width));
        Ok(entries)
    }
}

impl fmt::Display for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tile/entries/")?;
        write_place(f, self.index, self.width)
    }
}

/// The bundle has one entry more at its end.
///
/// **Errors** [`BundleError::EntryTooLarge`]; the bundle is then as it was.
pub fn write_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), BundleError> {
    let length = u16::try_from(entry.len()).map_err(|_| BundleError::EntryTooLarge(entry.len()))?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// The entries of a bundle, however many.
///
/// **Errors** [`BundleError::Cut`], [`BundleError::TooMany`].
pub fn decode_bundle(mut bytes: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        if entries.len() == usize::from(TILE_WIDTH) {
            return Err(BundleError::TooMany);
        }
        let cut = BundleError::Cut(entries.len());
        let Some((length, rest)) = bytes.split_first_chunk::<2>() else { return Err(cut) };
        let Some((entry, rest)) = rest.split_at_checked(u16::from_be_bytes(*length).into()) else {
            return Err(cut);
        };
        entries.push(entry);
        bytes = rest;
    }
    Ok(entries)
}

/// The bundles to be written when a tree of `old` leaves has grown to `new`.
pub fn new_bundles(old: u64, new: u64) -> impl Iterator<Item = Bundle> {
    let grown = if old < new { new } else { old };
    places(old, grown).filter(move |_| old < new).map(|(index, width)| Bundle { index, width })
}
