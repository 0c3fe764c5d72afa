//! Ties, replies and identifiers: what is said of an organisation one by one, and what it answers.

use std::collections::BTreeSet;

use record::directory::sort_key;
use record::{Fault, Row, Tx, values};
use terms::organisations::{Basis, Held, OrganisationIdentified, OrganisationReplied, TieStated};
use terms::{Day, OrganisationId, Sealed, SourceId};

use super::one_of;
use crate::acts::{Bearer, Membership};

pub(super) fn stated(tx: &mut Tx<'_>, sealed: &Sealed, word: &TieStated) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_tie (entry, organisation, criterion, holds, basis, contested, from_day, to_day, \
         source, note, evidence, known) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        values![
            sealed.index,
            word.organisation,
            word.criterion,
            word.value.as_str(),
            word.basis.as_str(),
            word.contested,
            word.from,
            word.to,
            word.source,
            word.note,
            word.evidence,
            sealed.known
        ],
    )?;
    Ok(())
}

pub(super) fn replied(tx: &mut Tx<'_>, sealed: &Sealed, word: &OrganisationReplied) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_reply (entry, organisation, about, contests, said, known) VALUES (?1, ?2, ?3, \
         ?4, ?5, ?6)",
        values![sealed.index, word.organisation, word.about, word.contests, word.text, sealed.known],
    )?;
    Ok(())
}

pub(super) fn identified(
    tx: &mut Tx<'_>,
    sealed: &Sealed,
    word: &OrganisationIdentified,
) -> Result<(), Fault> {
    let since = word.from.map(|day| day.to_string()).unwrap_or_default();
    tx.run(
        "INSERT INTO organisation_identifier (scheme, spelled, organisation, since, to_day, written, source, note, \
         known, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (scheme, spelled, \
         organisation, since) DO UPDATE SET to_day = excluded.to_day, written = excluded.written, source = \
         excluded.source, note = excluded.note, known = excluded.known, entry = excluded.entry",
        values![
            word.scheme,
            sort_key(&word.value),
            word.organisation,
            since,
            word.to,
            word.value,
            word.source,
            word.note,
            sealed.known,
            sealed.index
        ],
    )?;
    Ok(())
}

/// What was said of a tie, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) entry: u64,
    pub(crate) criterion: String,
    pub(crate) value: Held,
    pub(crate) basis: Basis,
    pub(crate) contested: bool,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    pub(crate) source: Option<SourceId>,
    pub(crate) note: Option<String>,
    /// The words that show it; the inner `None` where they were withdrawn.
    pub(crate) evidence: Option<Option<String>>,
    pub(crate) known: Day,
}

fn said(row: &Row<'_>) -> Result<Said, Fault> {
    let (value, basis): (String, String) = (row.get(2)?, row.get(3)?);
    let unknown = || Fault::Value(format!("un lien dit « {value} » par « {basis} »"));
    let (evidence, text): (Option<String>, Option<String>) = (row.get(9)?, row.get(10)?);
    Ok(Said {
        entry: row.get(0)?,
        criterion: row.get(1)?,
        value: Held::parse(&value).ok_or_else(unknown)?,
        basis: Basis::parse(&basis).ok_or_else(unknown)?,
        contested: row.get(4)?,
        from: row.get(5)?,
        to: row.get(6)?,
        source: row.get(7)?,
        note: row.get(8)?,
        evidence: evidence.map(|_| text),
        known: row.get(11)?,
    })
}

/// Everything said of the organisation's ties, the newest first.
pub(crate) fn said_of(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Said>, Fault> {
    let sql = format!(
        "SELECT t.entry, t.criterion, t.holds, t.basis, t.contested, t.from_day, t.to_day, t.source, t.note, t.evidence, \
         e.bytes, t.known FROM organisation_tie t LEFT JOIN enclosure e ON e.sha256 = t.evidence WHERE {} ORDER BY \
         t.entry DESC",
        one_of("t.organisation", "?1")
    );
    tx.rows(&sql, values![*id], said)
}

/// What an organisation answers to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) entry: u64,
    pub(crate) about: u64,
    pub(crate) contests: bool,
    /// `None` where it was withdrawn.
    pub(crate) text: Option<String>,
    pub(crate) known: Day,
}

/// Everything the organisation answered, in order.
pub(crate) fn replies_of(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Reply>, Fault> {
    let sql = format!(
        "SELECT r.entry, r.about, r.contests, e.bytes, r.known FROM organisation_reply r LEFT JOIN enclosure e ON \
         e.sha256 = r.said WHERE {} ORDER BY r.entry",
        one_of("r.organisation", "?1")
    );
    tx.rows(&sql, values![*id], |row| {
        Ok(Reply {
            entry: row.get(0)?,
            about: row.get(1)?,
            contests: row.get(2)?,
            text: row.get(3)?,
            known: row.get(4)?,
        })
    })
}

/// Whether the entry says something of the organisation that it may answer: its registration, its standing, a tie, an identifier, a
/// recognition, where and on what it works, a merger.
pub(crate) fn speaks_of(tx: &mut Tx<'_>, id: &OrganisationId, entry: u64) -> Result<bool, Fault> {
    let found: Option<i64> = tx.row(
        "SELECT 1 FROM organisation WHERE id = ?1 AND entry = ?2 UNION ALL SELECT 1 FROM organisation_status WHERE \
         organisation = ?1 AND entry = ?2 UNION ALL SELECT 1 FROM organisation_tie WHERE organisation = ?1 AND entry \
         = ?2 UNION ALL SELECT 1 FROM organisation_identifier WHERE organisation = ?1 AND entry = ?2 UNION ALL SELECT 1 \
         FROM organisation_recognition WHERE organisation = ?1 AND entry = ?2 UNION ALL SELECT 1 FROM organisation_work \
         WHERE organisation = ?1 AND entry = ?2 UNION ALL SELECT 1 FROM organisation_merger WHERE (kept = ?1 OR merged = \
         ?1) AND entry = ?2",
        values![*id, entry],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// An identifier that an organisation bears or bore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identifier {
    pub(crate) scheme: String,
    pub(crate) value: String,
    pub(crate) dates: Membership,
    pub(crate) source: Option<SourceId>,
    pub(crate) note: Option<String>,
    pub(crate) entry: u64,
}

/// The organisation's identifiers, by scheme and first day.
pub(crate) fn identifiers_of(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Identifier>, Fault> {
    let sql = format!("{IDENTIFIER} WHERE {} ORDER BY scheme, since, spelled", one_of("organisation", "?1"));
    Ok(tx.rows(&sql, values![*id], identifier)?.into_iter().map(|(_, identifier)| identifier).collect())
}

const IDENTIFIER: &str = "\
    SELECT organisation, scheme, written, NULLIF(since, ''), to_day, source, note, entry FROM organisation_identifier";

fn identifier(row: &Row<'_>) -> Result<(String, Identifier), Fault> {
    let identifier = Identifier {
        scheme: row.get(1)?,
        value: row.get(2)?,
        dates: Membership { from: row.get(3)?, to: row.get(4)? },
        source: row.get(5)?,
        note: row.get(6)?,
        entry: row.get(7)?,
    };
    Ok((row.get(0)?, identifier))
}

/// Every identifier, each with the organisation of which it was said.
pub(crate) fn identifiers(tx: &mut Tx<'_>) -> Result<Vec<(String, Identifier)>, Fault> {
    tx.rows(&format!("{IDENTIFIER} ORDER BY organisation, scheme, since, spelled"), &[], identifier)
}

/// Who bears or bore this identifier, however it is spelled.
pub(crate) fn bearers(tx: &mut Tx<'_>, scheme: &str, value: &str) -> Result<Vec<Bearer>, Fault> {
    tx.rows(
        "SELECT COALESCE(m.root, i.organisation), COALESCE(o.name, i.organisation), NULLIF(i.since, ''), i.to_day FROM \
         organisation_identifier i LEFT JOIN merged m ON m.id = i.organisation LEFT JOIN organisation o ON o.id = \
         COALESCE(m.root, i.organisation) WHERE i.scheme = ?1 AND \
         i.spelled = ?2 ORDER BY i.organisation, i.since",
        values![scheme, sort_key(value)],
        |row| {
            Ok(Bearer {
                organisation: row.get(0)?,
                name: row.get(1)?,
                dates: Membership { from: row.get(2)?, to: row.get(3)? },
            })
        },
    )
}

/// The organisations, by the ids under which they go on, of which something was said by one of these criteria.
pub(crate) fn tied_by(tx: &mut Tx<'_>, criteria: &[&str]) -> Result<BTreeSet<String>, Fault> {
    let mut tied = BTreeSet::new();
    for criterion in criteria {
        tied.extend(tx.rows(
            "SELECT DISTINCT COALESCE(m.root, t.organisation) FROM organisation_tie t LEFT JOIN merged m ON m.id = \
             t.organisation WHERE t.criterion = ?1",
            values![*criterion],
            |row| row.get::<String>(0),
        )?);
    }
    Ok(tied)
}

/// The day since which the entry is known.
pub(crate) fn known_on(tx: &mut Tx<'_>, entry: u64) -> Result<Option<Day>, Fault> {
    tx.row("SELECT known FROM entry WHERE idx = ?1", values![entry], |row| row.get(0))
}
