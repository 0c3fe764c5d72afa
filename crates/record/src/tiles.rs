//! The hash tiles of the tree (C2SP tlog-tiles), kept beside the entries they are made from: any proof costs a few rows,
//! however long the record.
//!
//! A row of level 0 is a full tile, written when its 256th entry is: who appends one act writes nothing here 255 times out of
//! 256. The partial tile of level 0 is made from the entries it covers when it is asked for. Rows of higher levels are as wide
//! as the tree is, and grow every 256 entries, 65,536 entries, …
//!
//! What may be lost: everything here, since it is made again from the entries. What an attacker who can write here gains:
//! proofs that nobody's verification accepts, and `verify` names the tile. Tiles are hashes of entries; an enclosure's bytes
//! are never in them.

use tlog::tile::{Bundle, TILE_WIDTH, Tile, write_entry};
use tlog::{Frontier, Hash, leaf_hash};

use crate::{Fault, Tx, values};

/// The table, which `CREATE`s itself where an older version left none.
pub(crate) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS tile (
    level BIGINT NOT NULL,
    idx BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (level, idx)
);
";

/// Hashes of a tile, entries of a bundle.
const WIDTH: u64 = TILE_WIDTH as u64;

/// Bytes of a hash.
const HASH: usize = 32;

/// Bytes of a full tile.
const FULL: usize = TILE_WIDTH as usize * HASH;

/// The tiles are those of the tree of `new` entries, where they were those of the tree of `old`.
///
/// The entries are in the table already, in this transaction or before. Costs one row for each 256 entries and a few more,
/// whether one group of acts is sealed or a whole record taken over.
///
/// **Errors** the database refused; an entry or a tile is missing.
pub(crate) fn grow(tx: &mut Tx<'_>, old: u64, new: u64) -> Result<(), Fault> {
    let mut above = Vec::new();
    for index in old / WIDTH..new / WIDTH {
        let bytes = leaves(tx, index * WIDTH, WIDTH)?;
        write(tx, 0, index, &bytes)?;
        above.push(root_of(&bytes));
    }
    let (mut level, mut first) = (1, old / WIDTH);
    while !above.is_empty() {
        above = append(tx, level, first, &above)?;
        (level, first) = (level + 1, first / WIDTH);
    }
    Ok(())
}

/// These hashes stand on the level from `first` on; the answer is the roots of the tiles that they filled.
fn append(tx: &mut Tx<'_>, level: u8, first: u64, hashes: &[Hash]) -> Result<Vec<Hash>, Fault> {
    let (mut index, width) = (first / WIDTH, first % WIDTH);
    let mut bytes = if width == 0 { Vec::new() } else { row(tx, level, index)?.unwrap_or_default() };
    if bytes.len() as u64 != width * HASH as u64 {
        return Err(missing(level, index));
    }
    let mut filled = Vec::new();
    for hash in hashes {
        bytes.extend_from_slice(hash.as_bytes());
        if bytes.len() == FULL {
            write(tx, level, index, &bytes)?;
            filled.push(root_of(&bytes));
            bytes.clear();
            index += 1;
        }
    }
    if !bytes.is_empty() {
        write(tx, level, index, &bytes)?;
    }
    Ok(filled)
}

/// The table is there, and every tile in it is made again from the entries.
///
/// **Errors** as [`bring_up`].
pub(crate) fn renew(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.define(SCHEMA)?;
    make_again(tx)?;
    if sound(tx)? { Ok(()) } else { Err(not_the_signed()) }
}

fn not_the_signed() -> Fault {
    Fault::Damaged("les entrées ne mènent pas à la racine signée".into())
}

/// Every tile is made again from the entries that a checkpoint covers.
fn make_again(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.run("DELETE FROM tile", &[])?;
    let size = signed_size(tx)?;
    // In steps, so that the hashes of a level are never all in memory.
    const STEP: u64 = WIDTH * WIDTH;
    let mut from = 0;
    while from < size {
        let to = size.min(from + STEP);
        grow(tx, from, to)?;
        from = to;
    }
    Ok(())
}

/// The tiles are there and their right edge leads to the signed root; they are made again where it does not. The answer is
/// whether they were. Reads a few rows, however long the record.
///
/// **Errors** the database refused; the entries themselves do not lead to the signed root.
pub(crate) fn bring_up(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    tx.define(SCHEMA)?;
    if sound(tx)? {
        return Ok(false);
    }
    renew(tx)?;
    Ok(true)
}

/// As many rows as the tree has tiles, and their edge leads to the root that the newest frontier holds.
fn sound(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    let size = signed_size(tx)?;
    let frontier: Option<Vec<u8>> =
        tx.row("SELECT frontier FROM checkpoint ORDER BY day DESC LIMIT 1", &[], |row| row.get(0))?;
    let Some(frontier) = frontier else { return Ok(true) };
    let frontier = Frontier::from_bytes(&frontier).map_err(|error| Fault::Damaged(error.to_string()))?;
    let rows: u64 = tx.one("SELECT count(*) FROM tile", &[])?;
    if rows != count(size) {
        return Ok(false);
    }
    let read =
        |wanted: Tile| tile_of(tx, wanted, size)?.ok_or_else(|| missing(wanted.level(), wanted.index()));
    Ok(tlog::TiledTree::open(size, &frontier.root(), read).is_ok())
}

/// How many rows the tiles of a tree are: on level 0 the full ones.
fn count(size: u64) -> u64 {
    let above = (1..8_u32).map(|level| (size >> (8 * level)).div_ceil(WIDTH));
    size / WIDTH + above.sum::<u64>()
}

/// The bytes of the tile, if the signed tree has it so wide.
///
/// **Errors** the database refused; a tile of the tree is missing.
pub fn tile(tx: &mut Tx<'_>, wanted: Tile) -> Result<Option<Vec<u8>>, Fault> {
    let size = signed_size(tx)?;
    tile_of(tx, wanted, size)
}

/// As [`tile`], of the tree of this size.
pub(crate) fn tile_of(tx: &mut Tx<'_>, wanted: Tile, size: u64) -> Result<Option<Vec<u8>>, Fault> {
    let (level, index, width) = (wanted.level(), wanted.index(), wanted.width());
    if Tile::in_tree(level, index, size).is_none_or(|there| there.width() < width) {
        return Ok(None);
    }
    // A partial tile is the start of the wider one: any that was published is had from what is kept.
    let bytes = match row(tx, level, index)? {
        Some(mut bytes) if bytes.len() >= wanted.bytes() => {
            bytes.truncate(wanted.bytes());
            bytes
        }
        None if level == 0 && width < TILE_WIDTH => leaves(tx, index * WIDTH, width.into())?,
        _ => return Err(missing(level, index)),
    };
    Ok(Some(bytes))
}

/// The bytes of the bundle of entries, if the signed tree has it so wide.
///
/// **Errors** the database refused; an entry is missing.
pub fn bundle(tx: &mut Tx<'_>, wanted: Bundle) -> Result<Option<Vec<u8>>, Fault> {
    let size = signed_size(tx)?;
    if Bundle::in_tree(wanted.index(), size).is_none_or(|there| there.width() < wanted.width()) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let mut outcome = Ok(());
    run(tx, wanted.index() * WIDTH, wanted.width().into(), |entry| {
        outcome = outcome.clone().and_then(|()| write_entry(&mut bytes, entry));
    })?;
    outcome.map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(Some(bytes))
}

/// How many entries the newest checkpoint covers.
pub(crate) fn signed_size(tx: &mut Tx<'_>) -> Result<u64, Fault> {
    // The record's time never runs backwards: the newest day's checkpoint is the largest, and the key finds it.
    let size = tx.row("SELECT size FROM checkpoint ORDER BY day DESC LIMIT 1", &[], |row| row.get(0))?;
    Ok(size.unwrap_or(0))
}

fn missing(level: u8, index: u64) -> Fault {
    Fault::Damaged(format!("la tuile {index} du niveau {level} manque"))
}

pub(crate) fn row(tx: &mut Tx<'_>, level: u8, index: u64) -> Result<Option<Vec<u8>>, Fault> {
    tx.row("SELECT bytes FROM tile WHERE level = ?1 AND idx = ?2", values![level, index], |row| row.get(0))
}

/// The tile is kept, as wide as it is.
///
/// **Errors** the database refused.
pub(crate) fn keep(tx: &mut Tx<'_>, tile: Tile, bytes: &[u8]) -> Result<(), Fault> {
    write(tx, tile.level(), tile.index(), bytes)
}

fn write(tx: &mut Tx<'_>, level: u8, index: u64, bytes: &[u8]) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO tile (level, idx, bytes) VALUES (?1, ?2, ?3) \
         ON CONFLICT (level, idx) DO UPDATE SET bytes = excluded.bytes",
        values![level, index, *bytes],
    )?;
    Ok(())
}

/// The hashes of so many entries from one on.
fn leaves(tx: &mut Tx<'_>, from: u64, many: u64) -> Result<Vec<u8>, Fault> {
    let mut hashes = Vec::with_capacity(many as usize * HASH);
    run(tx, from, many, |entry| hashes.extend_from_slice(leaf_hash(entry).as_bytes()))?;
    Ok(hashes)
}

/// So many entries from one on, in order, none missing.
fn run(tx: &mut Tx<'_>, from: u64, many: u64, mut each: impl FnMut(&[u8])) -> Result<(), Fault> {
    let mut next = from;
    let sql = "SELECT idx, bytes FROM entry WHERE idx >= ?1 AND idx < ?2 ORDER BY idx";
    tx.each(sql, values![from, from + many], |row| {
        let (index, bytes): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if index == next {
            next += 1;
            each(&bytes);
        }
        Ok(())
    })?;
    if next == from + many { Ok(()) } else { Err(Fault::Damaged(format!("l’entrée {next} manque"))) }
}

/// The root of the perfect subtree that a full tile is.
fn root_of(bytes: &[u8]) -> Hash {
    let mut frontier = Frontier::new();
    bytes.as_chunks::<HASH>().0.iter().for_each(|hash| frontier.push(Hash::from_bytes(*hash)));
    frontier.root()
}
