//! Questions about what sources counted: bodies required, bodies installed, members of a body.

use record::{Fault, Row, Tx, values};
use terms::{Bilingual, Day};

use super::Cited;

/// How many bodies of a kind a text requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Required {
    pub(crate) count: i64,
    pub(crate) source: Option<Cited>,
}

/// How many bodies of the kind were required on the day; unknown where no source says it.
pub(crate) fn required(tx: &mut Tx<'_>, kind: &str, day: Day) -> Result<Option<Required>, Fault> {
    tx.row(
        "SELECT r.count, r.source, s.fr, s.mark FROM body_required r \
         LEFT JOIN named s ON s.kind = 'source' AND s.id = r.source \
         WHERE r.kind = ?1 AND r.from_day <= ?2 AND (r.to_day IS NULL OR r.to_day > ?2) \
         ORDER BY r.from_day DESC, r.entry DESC LIMIT 1",
        values![kind, day],
        |row| Ok(Required { count: row.get(0)?, source: Cited::at(row, 1)? }),
    )
}

/// A count that a source gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) subject: String,
    pub(crate) on: Day,
    pub(crate) value: i64,
    pub(crate) of: Option<i64>,
    pub(crate) note: Option<String>,
    pub(crate) source: Option<Cited>,
}

const COUNT: &str = "SELECT c.subject, c.on_day, c.value, c.out_of, c.note, c.source, s.fr, s.mark FROM \
     stated_count c \
     LEFT JOIN named s ON s.kind = 'source' AND s.id = c.source";

fn count_at(row: &Row<'_>) -> Result<Count, Fault> {
    Ok(Count {
        subject: row.get(0)?,
        on: row.get(1)?,
        value: row.get(2)?,
        of: row.get(3)?,
        note: row.get(4)?,
        source: Cited::at(row, 5)?,
    })
}

/// The latest count of this subject in this scope that was made by the day.
pub(crate) fn count(tx: &mut Tx<'_>, subject: &str, scope: &str, day: Day) -> Result<Option<Count>, Fault> {
    let sql = format!(
        "{COUNT} WHERE c.scope = ?1 AND c.subject = ?2 AND c.on_day <= ?3 \
         ORDER BY c.on_day DESC, c.entry DESC LIMIT 1"
    );
    tx.row(&sql, values![scope, subject, day], count_at)
}

/// Every count in this scope made by the day, newest first; at most forty.
pub(crate) fn counts_of(tx: &mut Tx<'_>, scope: &str, day: Day) -> Result<Vec<Count>, Fault> {
    let sql = format!(
        "{COUNT} WHERE c.scope = ?1 AND c.on_day <= ?2 ORDER BY c.on_day DESC, c.subject, c.entry LIMIT 40"
    );
    tx.rows(&sql, values![scope, day], count_at)
}

/// A kind whose installation the home page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mapped {
    pub(crate) id: String,
    pub(crate) name: Bilingual,
    pub(crate) level: String,
}

/// The consultative kinds that a text requires, from the largest places to the smallest; the country's own
/// left out.
pub(crate) fn mapped_kinds(tx: &mut Tx<'_>) -> Result<Vec<Mapped>, Fault> {
    tx.rows(
        "SELECT k.id, k.fr, k.en, l.id FROM body_kind k JOIN place_level l ON l.id = k.level \
         WHERE k.required = ?1 AND k.function = 'consultative' AND l.rank > 0 ORDER BY l.rank, k.entry",
        values![true],
        |row| {
            Ok(Mapped {
                id: row.get(0)?,
                name: Bilingual { fr: row.get(1)?, en: row.get(2)? },
                level: row.get(3)?,
            })
        },
    )
}

/// How many members a body had on a day, as a source counted them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Composition {
    pub(crate) on: Day,
    pub(crate) members: i64,
    pub(crate) women: Option<i64>,
    pub(crate) youth: Option<i64>,
    pub(crate) note: Option<String>,
    pub(crate) source: Option<Cited>,
}

/// The compositions that sources state of the body, newest first.
pub(crate) fn compositions(tx: &mut Tx<'_>, body: &str, day: Day) -> Result<Vec<Composition>, Fault> {
    tx.rows(
        "SELECT c.on_day, c.members, c.women, c.youth, c.note, c.source, s.fr, s.mark FROM \
         body_composition c \
         LEFT JOIN named s ON s.kind = 'source' AND s.id = c.source \
         WHERE c.body = ?1 AND c.on_day <= ?2 ORDER BY c.on_day DESC, c.entry LIMIT 40",
        values![body, day],
        |row| {
            Ok(Composition {
                on: row.get(0)?,
                members: row.get(1)?,
                women: row.get(2)?,
                youth: row.get(3)?,
                note: row.get(4)?,
                source: Cited::at(row, 5)?,
            })
        },
    )
}
