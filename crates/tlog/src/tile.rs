//! Tiles and entry bundles: C2SP tlog-tiles v0.1.0 (c2sp.org/tlog-tiles), how a log is served as files.
//!
//! A tile is up to 256 hashes that stand side by side on a level of the tree, eight levels of the tree to a
//! level of tiles. With the few tiles on the way to it, any hash of the tree can be had and checked; so any
//! proof can be made by whoever reads.

mod bundle;
mod edge;
mod tiled;

use std::fmt;
use std::ops::Range;

use thiserror::Error;

pub use bundle::{
    Bundle, BundleError, MAX_BUNDLE_BYTES, MAX_ENTRY_BYTES, decode_bundle, new_bundles, write_entry,
};
pub use edge::TileEdge;
pub use tiled::{
    MAX_KEPT_TILES, TiledError, TiledTree, tiles_for_consistency, tiles_for_inclusion, tiles_for_root,
};

use crate::lines::decimal;
use crate::merkle::{HASH_BYTES, Hash, node_hash};

/// The levels of the tree that one level of tiles holds.
pub const TILE_HEIGHT: u32 = 8;

/// The hashes of a full tile.
///
/// **Source** tlog-tiles, "Merkle Tree": "Full tiles MUST be exactly 256 hashes wide, or 8,192 bytes."
pub const TILE_WIDTH: u16 = 1 << TILE_HEIGHT;

/// The highest level that the path of a tile can name.
///
/// **Source** tlog-tiles, "Merkle Tree": "MUST be a decimal ASCII integer between 0 and 63". A tree of fewer
/// than 2^64 leaves has tiles on levels 0 to 7 alone.
pub const MAX_TILE_LEVEL: u8 = 63;

/// The longest path that is read.
///
/// **Units** bytes: `tile/entries/`, seven groups of an index below 2^64, and `.p/255`.
pub const MAX_PATH_BYTES: usize = 52;

/// A tile: where it stands and how many of its hashes there are.
///
/// **Shape** in text, its path: `tile/<level>/<index>`, and `.p/<width>` if it is partial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

/// Why a tile cannot be, or some bytes are not it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TileError {
    /// The level is above [`MAX_TILE_LEVEL`].
    #[error("the level of a tile is at most {MAX_TILE_LEVEL}, not {0}")]
    Level(u8),
    /// The width is 0 or above [`TILE_WIDTH`].
    #[error("a tile or bundle is 1 to {TILE_WIDTH} wide, not {0}")]
    Width(u16),
    /// The text is not a path of the kind wanted.
    #[error("{0:?} is not the path of a {1}")]
    Path(String, &'static str),
    /// The tree has not come so far.
    #[error("{tile} is not in a tree of {size} leaves")]
    BeyondTree {
        /// Tile asked for.
        tile: Tile,
        /// Leaves in the tree.
        size: u64,
    },
    /// The bytes are fewer or more than those of the tile.
    #[error("{tile} is {} bytes, not {found}", tile.bytes())]
    Length {
        /// The tile.
        tile: Tile,
        /// Bytes given.
        found: usize,
    },
}

impl Tile {
    /// The tile at this place, of this many hashes.
    ///
    /// **Units** `level` and `index` from 0, `width` in hashes.
    ///
    /// **Errors** [`TileError::Level`], [`TileError::Width`].
    pub fn new(level: u8, index: u64, width: u16) -> Result<Self, TileError> {
        if level > MAX_TILE_LEVEL {
            return Err(TileError::Level(level));
        }
        check_width(width)?;
        Ok(Self { level, index, width })
    }

    /// The tile at this place as it is in the tree of `size` leaves; nothing if it has no hash there.
    #[must_use]
    pub fn in_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        let width = width_in(index, hashes_on(level, size))?;
        Some(Self { level, index, width })
    }

    /// The level, 0 for the one of leaf hashes.
    #[must_use]
    pub fn level(self) -> u8 {
        self.level
    }

    /// Which tile of its level, from 0.
    #[must_use]
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many hashes.
    #[must_use]
    pub fn width(self) -> u16 {
        self.width
    }

    /// The tile has all its hashes, and will never change.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.width == TILE_WIDTH
    }

    /// The full tile at the same place.
    ///
    /// **Source** tlog-tiles, "Partial Tiles": clients "MAY fetch the full tile in parallel as a fallback in
    /// case the partial tile is not available anymore."
    #[must_use]
    pub fn full(self) -> Self {
        Self { width: TILE_WIDTH, ..self }
    }

    /// How many bytes its hashes are.
    #[must_use]
    pub fn bytes(self) -> usize {
        usize::from(self.width) * HASH_BYTES
    }

    /// The tile whose path this is.
    ///
    /// **Errors** [`TileError::Path`] if the text is anything else than what a tile prints as.
    pub fn parse(path: &str) -> Result<Self, TileError> {
        let refused = || TileError::Path(path.to_owned(), "tile");
        if path.len() > MAX_PATH_BYTES {
            return Err(refused());
        }
        let rest = path.strip_prefix("tile/").ok_or_else(refused)?;
        let (level, rest) = rest.split_once('/').ok_or_else(refused)?;
        // tlog-tiles, "Merkle Tree": "MUST be a decimal ASCII integer between 0 and 63, with no additional
        // leading zeroes."
        let level = decimal(level).filter(|level| *level <= u64::from(MAX_TILE_LEVEL)).ok_or_else(refused)?;
        let (index, width) = parse_place(rest).ok_or_else(refused)?;
        Ok(Self { level: level as u8, index, width })
    }

    /// The hashes in these bytes, which are those of the tile or of the full one at the same place.
    ///
    /// That they are indeed of the tree is not checked here: see [`TiledTree`].
    ///
    /// **Errors** [`TileError::Length`].
    pub fn hashes(self, bytes: &[u8]) -> Result<Vec<Hash>, TileError> {
        // A partial tile is the start of the full one, which may be given in its stead: "Logs ... MAY delete
        // any partial tile once the corresponding full tile is ... available".
        if bytes.len() != self.bytes() && bytes.len() != self.full().bytes() {
            return Err(TileError::Length { tile: self, found: bytes.len() });
        }
        let (hashes, _) = bytes[..self.bytes()].as_chunks::<HASH_BYTES>();
        Ok(hashes.iter().copied().map(Hash::from_bytes).collect())
    }

    /// The level of the tree whose subtrees the hashes of the tile are the roots of.
    pub(crate) fn subtree_level(self) -> u32 {
        u32::from(self.level) * TILE_HEIGHT
    }

    /// Where the hashes stand on that level; nothing where memory could not reach.
    pub(crate) fn hash_indexes(self) -> Option<Range<usize>> {
        let first = usize::try_from(self.index).ok()?.checked_mul(usize::from(TILE_WIDTH))?;
        Some(first..first.checked_add(usize::from(self.width))?)
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/", self.level)?;
        write_place(f, self.index, self.width)
    }
}

/// The tiles to be written when a tree of `old` leaves has grown to `new`, lowest level first.
///
/// All tiles of a tree are those from size 0. Partial tiles of sizes between the two are not among them, nor
/// those of `old`, which stay as they are.
///
/// **Source** tlog-tiles, "Partial Tiles": "Logs MUST serve partial tiles corresponding to tree sizes for
/// which a checkpoint was produced".
pub fn new_tiles(old: u64, new: u64) -> impl Iterator<Item = Tile> {
    (0..=MAX_TILE_LEVEL)
        .map(move |level| (level, hashes_on(level, old), hashes_on(level, new)))
        .take_while(|(_, old, new)| old < new)
        .flat_map(|(level, old, new)| {
            places(old, new).map(move |(index, width)| Tile { level, index, width })
        })
}

/// Where tiles or bundles stand, and how wide, that hold what is between two counts of hashes or entries.
fn places(old: u64, new: u64) -> impl Iterator<Item = (u64, u16)> {
    let width = u64::from(TILE_WIDTH);
    (old / width..new.div_ceil(width)).filter_map(move |index| Some((index, width_in(index, new)?)))
}

/// How many hashes or entries of so many are in the tile or bundle at `index`, if any.
fn width_in(index: u64, count: u64) -> Option<u16> {
    // tlog-tiles, "Partial Tiles": "The partial tile at level l for a tree of size s has
    // floor(s / 256**l) mod 256 entries. Empty tiles MUST NOT be served."
    let rest = count.checked_sub(index.checked_mul(u64::from(TILE_WIDTH))?)?;
    u16::try_from(rest.min(u64::from(TILE_WIDTH))).ok().filter(|width| *width > 0)
}

/// How many hashes the tiles of a level hold in all: "floor(s / 256**l)".
fn hashes_on(level: u8, size: u64) -> u64 {
    size.checked_shr(u32::from(level) * TILE_HEIGHT).unwrap_or(0)
}

fn check_width(width: u16) -> Result<(), TileError> {
    if width == 0 || width > TILE_WIDTH { Err(TileError::Width(width)) } else { Ok(()) }
}

fn write_place(f: &mut fmt::Formatter<'_>, index: u64, width: u16) -> fmt::Result {
    // tlog-tiles, "Merkle Tree": "a non-negative integer encoded into zero-padded 3-digit path elements. All
    // but the last path element MUST begin with an x. For example, index 1234067 will be encoded as
    // x001/x234/067."
    let mut groups = [0; 7];
    let mut count = 0;
    let mut rest = index;
    loop {
        groups[count] = rest % 1000;
        rest /= 1000;
        count += 1;
        if rest == 0 {
            break;
        }
    }
    for group in groups[1..count].iter().rev() {
        write!(f, "x{group:03}/")?;
    }
    write!(f, "{:03}", groups[0])?;
    // "The .p/<W> suffix is only present for partial tiles".
    if width < TILE_WIDTH { write!(f, ".p/{width}") } else { Ok(()) }
}

fn parse_place(text: &str) -> Option<(u64, u16)> {
    let (index, width) = match text.split_once(".p/") {
        // "a decimal ASCII integer between 1 and 255, with no additional leading zeroes".
        Some((index, width)) => {
            let width = decimal(width).filter(|width| (1..u64::from(TILE_WIDTH)).contains(width))?;
            (index, u16::try_from(width).ok()?)
        }
        None => (text, TILE_WIDTH),
    };
    let mut value = 0_u64;
    let mut groups = index.split('/').peekable();
    let mut first = true;
    while let Some(group) = groups.next() {
        let digits = if groups.peek().is_some() { group.strip_prefix('x')? } else { group };
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // One index has one path: no group of zeros stands before the others.
        if first && groups.peek().is_some() && digits == "000" {
            return None;
        }
        first = false;
        value = value.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    Some((value, width))
}

/// The hashes of a tile with all that can be made of them: the roots of its perfect subtrees.
#[derive(Clone, Debug)]
struct Subtrees {
    levels: Vec<Vec<Hash>>,
}

impl Subtrees {
    fn of(hashes: Vec<Hash>) -> Self {
        let mut levels = vec![hashes];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let above = below.as_chunks::<2>().0.iter().map(|[left, right]| node_hash(left, right)).collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// The root of the subtree at this level and index within the tile, if it is perfect.
    fn at(&self, level: u32, index: u64) -> Option<Hash> {
        self.levels.get(level as usize)?.get(usize::try_from(index).ok()?).copied()
    }
}

/// Where in which tile the root of a subtree of the tree stands: the tile's level and index, then the level
/// and index within it.
fn place_of(level: u32, index: u64) -> (u8, u64, u32, u64) {
    let within = level % TILE_HEIGHT;
    let tile = index >> (TILE_HEIGHT - within);
    let level = u8::try_from(level / TILE_HEIGHT).unwrap_or(MAX_TILE_LEVEL);
    (level, tile, within, index - (tile << (TILE_HEIGHT - within)))
}
