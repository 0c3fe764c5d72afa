//! Questions to the record itself: its entries, its signatures, what was withdrawn. The spine keeps these tables; the
//! hall only shows them.

use record::enclosures::{self, Withdrawal};
use record::{Fault, Tx, values};
use terms::{Commitment, Day};

/// An entry as it lies on the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) index: u64,
    pub(crate) known: Day,
    pub(crate) bytes: Vec<u8>,
}

fn leaf(row: &record::Row<'_>) -> Result<Leaf, Fault> {
    Ok(Leaf { index: row.get(0)?, known: row.get(1)?, bytes: row.get(2)? })
}

/// The entries publicly known by this day, newest on the record first, below an index if one is given.
pub(crate) fn leaves(tx: &mut Tx<'_>, by: Day, below: Option<u64>, most: usize) -> Result<Vec<Leaf>, Fault> {
    let sql = format!(
        "SELECT idx, known, bytes FROM entry WHERE idx < ?1 AND known <= ?2 ORDER BY idx DESC LIMIT {most}"
    );
    tx.rows(&sql, values![below.unwrap_or(i64::MAX as u64), by], leaf)
}

/// The bytes of the entries from an index on, below another, at most `most`.
pub(crate) fn run(tx: &mut Tx<'_>, from: u64, below: u64, most: usize) -> Result<Vec<Vec<u8>>, Fault> {
    let sql = format!("SELECT bytes FROM entry WHERE idx >= ?1 AND idx < ?2 ORDER BY idx LIMIT {most}");
    tx.rows(&sql, values![from, below], |row| row.get(0))
}

/// The entry at this index, if it was publicly known by this day.
pub(crate) fn entry(tx: &mut Tx<'_>, index: u64, by: Day) -> Result<Option<Leaf>, Fault> {
    tx.row("SELECT idx, known, bytes FROM entry WHERE idx = ?1 AND known <= ?2", values![index, by], leaf)
}

/// A signed checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signed {
    pub(crate) day: Day,
    pub(crate) size: u64,
    pub(crate) note: String,
}

/// The newest checkpoint signed by the end of this day.
pub(crate) fn checkpoint(tx: &mut Tx<'_>, by: Day) -> Result<Option<Signed>, Fault> {
    tx.row(
        "SELECT day, size, note FROM checkpoint WHERE day <= ?1 ORDER BY day DESC LIMIT 1",
        values![by],
        |row| Ok(Signed { day: row.get(0)?, size: row.get(1)?, note: row.get(2)? }),
    )
}

/// The record under another key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Succession {
    pub(crate) entry: u64,
    pub(crate) known: Day,
    pub(crate) verifier_key: String,
    pub(crate) ground: String,
    pub(crate) address: Option<String>,
    pub(crate) signers: String,
}

/// Every succession, newest first.
pub(crate) fn successions(tx: &mut Tx<'_>) -> Result<Vec<Succession>, Fault> {
    tx.rows(
        "SELECT entry, known, verifier_key, ground, address, signers FROM hall_succession ORDER BY entry DESC",
        &[],
        |row| {
            Ok(Succession {
                entry: row.get(0)?,
                known: row.get(1)?,
                verifier_key: row.get(2)?,
                ground: row.get(3)?,
                address: row.get(4)?,
                signers: row.get(5)?,
            })
        },
    )
}

/// How an enclosure stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// A text, here in full.
    Text(String),
    /// A file, here.
    File,
    /// Destroyed by an entry of the record.
    Withdrawn(Withdrawal),
    /// Its bytes are not in this copy.
    Absent,
}

/// How the enclosure with this commitment stands in the tables looked at.
pub(crate) fn state(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<State, Fault> {
    match enclosures::media(tx, sha256)?.as_deref() {
        None => Ok(enclosures::withdrawal(tx, sha256)?.map_or(State::Absent, State::Withdrawn)),
        Some("text/plain") => Ok(enclosures::text(tx, sha256)?.map_or(State::Absent, State::Text)),
        Some(_) => Ok(State::File),
    }
}
