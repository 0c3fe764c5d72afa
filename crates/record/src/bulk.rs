//! Entries taken over by the thousand: their rows, and the tiles of their tree, in one pass over them.
//!
//! Whoever takes over a record (a mirror's first copy, a backup restored, an instance moved) has every entry in hand once. Each
//! is hashed then, and no row is read again to make tiles of.
//!
//! What may be lost: nothing, the caller's transaction holds all or none.

use terms::Day;
use tlog::{Frontier, Hash, TileEdge, leaf_hash};

use crate::scribe::keep_checkpoint;
use crate::{Fault, Tx, Value, tiles};

/// Rows that wait to be written together.
const ROWS: usize = 256;

/// Columns of the table of entries.
const COLUMNS: usize = 3;

/// Entries being added at the end of the record. The caller holds one transaction from the first to the last.
pub struct Bulk {
    /// The tree's edge; none any more where entries did not come in their order.
    edge: Option<TileEdge>,
    waiting: Vec<Value>,
}

impl Bulk {
    /// Entries come after the `size` that are here, whose tree has this root and whose tiles are kept.
    ///
    /// **Errors** the database refused; the tiles are not those of that tree.
    pub fn after(tx: &mut Tx<'_>, size: u64, root: &Hash) -> Result<Self, Fault> {
        let absent = |tile: &tlog::tile::Tile| Fault::Damaged(format!("{tile} manque"));
        let edge =
            TileEdge::resume(size, root, |tile| tiles::tile_of(tx, tile, size)?.ok_or_else(|| absent(&tile)))
                .map_err(|error| Fault::Damaged(error.to_string()))?;
        Ok(Self { edge: Some(edge), waiting: Vec::with_capacity(COLUMNS * ROWS) })
    }

    /// Entries come where there are none.
    #[must_use]
    pub fn from_the_first() -> Self {
        Self { edge: Some(TileEdge::new()), waiting: Vec::with_capacity(COLUMNS * ROWS) }
    }

    /// The entry is the record's, since that day publicly known; it may wait for others to be written with.
    ///
    /// **Errors** the database refused.
    pub fn add(&mut self, tx: &mut Tx<'_>, index: u64, known: Value, bytes: Vec<u8>) -> Result<(), Fault> {
        match &mut self.edge {
            Some(edge) if edge.size() == index => edge.push(leaf_hash(&bytes)),
            // Rows of a server's table come in no order: their tiles are made when all are here.
            _ => self.edge = None,
        }
        let index = i64::try_from(index).map_err(|_| Fault::Value(format!("l’entrée {index}")))?;
        self.waiting.extend([Value::Int(index), known, Value::Bytes(bytes)]);
        if self.waiting.len() >= COLUMNS * ROWS { self.write(tx) } else { Ok(()) }
    }

    fn write(&mut self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        tx.insert("entry", COLUMNS, &self.waiting)?;
        self.waiting.clear();
        for (tile, bytes) in self.edge.as_mut().map(TileEdge::take_full).unwrap_or_default() {
            tiles::keep(tx, tile, &bytes)?;
        }
        Ok(())
    }

    /// Every entry and every tile is written; the answer is the tree's right edge, and none where entries did not come in
    /// their order, and the tiles are still to be made.
    ///
    /// **Errors** the database refused.
    pub fn end(mut self, tx: &mut Tx<'_>) -> Result<Option<Frontier>, Fault> {
        self.write(tx)?;
        let Some(edge) = self.edge else { return Ok(None) };
        for (tile, bytes) in edge.partial() {
            // Of level 0 only full tiles are kept.
            if tile.level() > 0 {
                tiles::keep(tx, tile, &bytes)?;
            }
        }
        Ok(Some(edge.frontier()))
    }

    /// As [`Bulk::end`], with the checkpoint over the record as it is then, kept under the day of its last entry. `note` signs it, or
    /// gives what was signed elsewhere.
    ///
    /// **Errors** as [`Bulk::end`]; those of `note`; entries did not come in their order.
    pub fn end_signed(
        self,
        tx: &mut Tx<'_>,
        day: Day,
        note: impl FnOnce(&Frontier) -> Result<String, Fault>,
    ) -> Result<Frontier, Fault> {
        let frontier =
            self.end(tx)?.ok_or_else(|| Fault::Damaged("des entrées manquent ou sont déplacées".into()))?;
        keep_checkpoint(tx, day, &frontier, &note(&frontier)?)?;
        Ok(frontier)
    }
}
