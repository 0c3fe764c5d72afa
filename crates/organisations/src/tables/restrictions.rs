//! Restrictions: each as it was last told, and on whom it weighs.

use record::{Fault, Row, Tx, values};
use terms::organisations::RestrictionStated;
use terms::{Day, OrganisationId, RestrictionId, Sealed, SourceId};

use super::{Organisation, one_of};

pub(super) fn stated(tx: &mut Tx<'_>, sealed: &Sealed, word: &RestrictionStated) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO restriction (id, title, kind, stage, authority, names_some, kinds, funder, activity, rate, \
         from_day, to_day, source, note, known, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, \
         ?13, ?14, ?15, ?16) ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, stage = \
         excluded.stage, authority = excluded.authority, names_some = excluded.names_some, kinds = excluded.kinds, \
         funder = excluded.funder, activity = excluded.activity, rate = excluded.rate, from_day = excluded.from_day, \
         to_day = excluded.to_day, source = excluded.source, note = excluded.note, known = excluded.known, entry = \
         excluded.entry",
        values![
            word.id,
            word.title,
            word.kind,
            word.stage,
            word.authority,
            !word.organisations.is_empty(),
            spaced(&word.kinds),
            word.funder,
            word.activity,
            word.rate.map(i64::from),
            word.from,
            word.to,
            word.source,
            word.note,
            sealed.known,
            sealed.index
        ],
    )?;
    tx.run("DELETE FROM restriction_organisation WHERE restriction = ?1", values![word.id])?;
    for organisation in &word.organisations {
        tx.run(
            "INSERT INTO restriction_organisation (organisation, restriction) VALUES (?1, ?2) ON CONFLICT \
             (organisation, restriction) DO NOTHING",
            values![*organisation, word.id],
        )?;
    }
    Ok(())
}

/// Kinds with a space around each, so that one of them is found by its spaces; empty where all are meant.
fn spaced(kinds: &[String]) -> String {
    if kinds.is_empty() { String::new() } else { format!(" {} ", kinds.join(" ")) }
}

/// A restriction as it was last told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restriction {
    pub(crate) id: RestrictionId,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) stage: String,
    pub(crate) authority: Option<String>,
    /// The kinds it means; all where empty.
    pub(crate) kinds: Vec<String>,
    pub(crate) funder: Option<String>,
    pub(crate) activity: Option<String>,
    /// In thousandths.
    pub(crate) rate: Option<i64>,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    pub(crate) source: Option<SourceId>,
    pub(crate) note: Option<String>,
    pub(crate) known: Day,
    pub(crate) entry: u64,
}

impl Restriction {
    /// How far it is on the day: what was told, led on or back by its own first and last day.
    pub(crate) fn stage_on(&self, day: Day) -> &str {
        let begun = self.from.is_none_or(|from| from <= day);
        let ended = self.to.is_some_and(|to| to <= day);
        match self.stage.as_str() {
            "lifted" | "in-force" if ended => "lifted",
            // Of what was lifted, nothing but its days says since when it was in force.
            "lifted" | "in-force" if begun => "in-force",
            _ => "announced",
        }
    }
}

const RESTRICTION: &str = "\
    SELECT r.id, r.title, r.kind, r.stage, r.authority, r.kinds, r.funder, r.activity, r.rate, r.from_day, r.to_day, \
    r.source, r.note, r.known, r.entry FROM restriction r";

fn read(row: &Row<'_>) -> Result<Restriction, Fault> {
    let kinds: String = row.get(5)?;
    Ok(Restriction {
        id: row.get(0)?,
        title: row.get(1)?,
        kind: row.get(2)?,
        stage: row.get(3)?,
        authority: row.get(4)?,
        kinds: kinds.split_whitespace().map(str::to_owned).collect(),
        funder: row.get(6)?,
        activity: row.get(7)?,
        rate: row.get(8)?,
        from: row.get(9)?,
        to: row.get(10)?,
        source: row.get(11)?,
        note: row.get(12)?,
        known: row.get(13)?,
        entry: row.get(14)?,
    })
}

/// Every restriction told, the newest first day first; those without one after.
pub(crate) fn restrictions(tx: &mut Tx<'_>, most: usize) -> Result<Vec<Restriction>, Fault> {
    tx.rows(&format!("{RESTRICTION} ORDER BY COALESCE(r.from_day, '') DESC, r.id LIMIT {most}"), &[], read)
}

/// Organisations that a restriction names, each with its name.
pub(crate) type Names = Vec<(OrganisationId, String)>;

/// The restriction, with the organisations that it names.
pub(crate) fn restriction(tx: &mut Tx<'_>, id: &str) -> Result<Option<(Restriction, Names)>, Fault> {
    let Some(found) = tx.row(&format!("{RESTRICTION} WHERE r.id = ?1"), values![id], read)? else {
        return Ok(None);
    };
    let named = tx.rows(
        "SELECT n.organisation, COALESCE(o.name, n.organisation) FROM restriction_organisation n LEFT JOIN \
         organisation o ON o.id = n.organisation WHERE n.restriction = ?1 ORDER BY COALESCE(o.sort, ''), \
         n.organisation",
        values![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Some((found, named)))
}

/// The restrictions that name the organisation, or mean its kind without naming any; a fictional one is meant only where it is named.
pub(crate) fn restrictions_on(
    tx: &mut Tx<'_>,
    organisation: &Organisation,
) -> Result<Vec<Restriction>, Fault> {
    let sql = format!(
        "{RESTRICTION} WHERE r.id IN (SELECT n.restriction FROM restriction_organisation n WHERE {}) OR (r.names_some \
         = ?2 AND ?3 = ?2 AND (r.kinds = '' OR r.kinds LIKE ?4)) ORDER BY COALESCE(r.from_day, '') DESC, r.id",
        one_of("n.organisation", "?1")
    );
    let kind = format!("% {} %", organisation.kind);
    tx.rows(&sql, values![organisation.id, false, organisation.exercise, kind], read)
}
