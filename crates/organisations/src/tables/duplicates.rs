//! Mergers and pairs told apart; what the comparison of the whole register reads.

use std::collections::{BTreeMap, BTreeSet};

use record::{Fault, Tx, directory, values};
use terms::organisations::{OrganisationsDistinguished, OrganisationsMerged, OrganisationsParted};
use terms::{Day, OrganisationId, Sealed};

use super::{settle_contested, settle_standing};
use crate::acts::{Likeness, Twin};

pub(super) fn merged(tx: &mut Tx<'_>, sealed: &Sealed, word: &OrganisationsMerged) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_merger (entry, kept, merged, ground, known) VALUES (?1, ?2, ?3, ?4, ?5)",
        values![sealed.index, word.kept, word.merged, word.ground, sealed.known],
    )?;
    settle(tx, &[&word.kept, &word.merged])
}

pub(super) fn parted(tx: &mut Tx<'_>, sealed: &Sealed, word: &OrganisationsParted) -> Result<(), Fault> {
    let kept: Option<OrganisationId> = tx.row(
        "SELECT kept FROM organisation_merger WHERE merged = ?1 AND parted IS NULL ORDER BY entry DESC LIMIT 1",
        values![word.merged],
        |row| row.get(0),
    )?;
    tx.run(
        "UPDATE organisation_merger SET parted = ?2, parted_ground = ?3, parted_known = ?4 WHERE merged = ?1 AND parted \
         IS NULL",
        values![word.merged, sealed.index, word.ground, sealed.known],
    )?;
    settle(tx, &kept.iter().chain([&word.merged]).collect::<Vec<_>>())
}

/// The standing of each, and of that under whose id it goes on, is made of what is said of all that are one with it.
fn settle(tx: &mut Tx<'_>, ids: &[&OrganisationId]) -> Result<(), Fault> {
    for id in ids {
        settle_contested(tx, id)?;
        settle_standing(tx, id)?;
        if let Some(root) =
            directory::goes_on_as(tx, id.as_str())?.and_then(|id| OrganisationId::parse(&id).ok())
        {
            settle_contested(tx, &root)?;
            settle_standing(tx, &root)?;
        }
    }
    Ok(())
}

pub(super) fn distinguished(
    tx: &mut Tx<'_>,
    sealed: &Sealed,
    word: &OrganisationsDistinguished,
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_distinct (one, other, ground, known, entry) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT \
         (one, other) DO UPDATE SET ground = excluded.ground, known = excluded.known, entry = excluded.entry",
        values![word.one, word.other, word.ground, sealed.known, sealed.index],
    )?;
    Ok(())
}

/// A merger, undone or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Merger {
    pub(crate) entry: u64,
    pub(crate) kept: OrganisationId,
    pub(crate) kept_name: String,
    pub(crate) merged: OrganisationId,
    pub(crate) merged_name: String,
    /// The inner `None` where it was withdrawn.
    pub(crate) ground: Option<String>,
    pub(crate) known: Day,
    /// The entry that undid it, the day it was known, and its ground.
    pub(crate) parted: Option<(u64, Day, Option<String>)>,
}

/// The mergers in which the organisation, or one that goes on as it, took part, in their order.
pub(crate) fn mergers_of(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Merger>, Fault> {
    tx.rows(
        "SELECT g.entry, g.kept, COALESCE(k.name, g.kept), g.merged, COALESCE(o.name, g.merged), e.bytes, g.known, \
         g.parted, g.parted_known, p.bytes FROM organisation_merger g LEFT JOIN organisation k ON k.id = g.kept LEFT JOIN \
         organisation o ON o.id = g.merged LEFT JOIN enclosure e ON e.sha256 = g.ground LEFT JOIN enclosure p ON \
         p.sha256 = g.parted_ground WHERE g.kept = ?1 OR g.merged = ?1 OR g.kept IN (SELECT m.id FROM merged m WHERE \
         m.root = ?1) ORDER BY g.entry",
        values![*id],
        |row| {
            let parted: Option<u64> = row.get(7)?;
            let on: Option<Day> = row.get(8)?;
            let ground: Option<String> = row.get(9)?;
            Ok(Merger {
                entry: row.get(0)?,
                kept: row.get(1)?,
                kept_name: row.get(2)?,
                merged: row.get(3)?,
                merged_name: row.get(4)?,
                ground: row.get(5)?,
                known: row.get(6)?,
                parted: parted.zip(on).map(|(entry, on)| (entry, on, ground)),
            })
        },
    )
}

/// The organisation as acts on duplicates need it.
pub(crate) fn twin(tx: &mut Tx<'_>, id: &str) -> Result<Option<Twin>, Fault> {
    tx.row(
        "SELECT o.id, o.name, o.exercise, m.root FROM organisation o LEFT JOIN merged m ON m.id = o.id WHERE o.id = ?1",
        values![id],
        |row| {
            Ok(Twin {
                id: row.get(0)?,
                name: row.get(1)?,
                exercise: row.get(2)?,
                goes_on_as: row.get(3)?,
            })
        },
    )
}

/// The pairs told apart, each with the smaller id first.
pub(crate) fn told_apart(tx: &mut Tx<'_>) -> Result<BTreeSet<(OrganisationId, OrganisationId)>, Fault> {
    let pairs =
        tx.rows("SELECT one, other FROM organisation_distinct", &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(pairs.into_iter().collect())
}

/// Why the two were told apart, if they were: the entry, the day, and the ground unless it was withdrawn.
pub(crate) fn distinct(
    tx: &mut Tx<'_>,
    one: &OrganisationId,
    other: &OrganisationId,
) -> Result<Option<(u64, Day, Option<String>)>, Fault> {
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    tx.row(
        "SELECT d.entry, d.known, e.bytes FROM organisation_distinct d LEFT JOIN enclosure e ON e.sha256 = d.ground WHERE \
         d.one = ?1 AND d.other = ?2",
        values![*first, *second],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// What the comparison reads of every organisation that stands for itself, by name. Identifiers of those that go on as it are its own.
pub(crate) fn likenesses(tx: &mut Tx<'_>) -> Result<Vec<Likeness>, Fault> {
    let mut identifiers: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    tx.each(
        "SELECT DISTINCT COALESCE(m.root, i.organisation), i.scheme, i.spelled FROM organisation_identifier i LEFT JOIN \
         merged m ON m.id = i.organisation ORDER BY 1, 2, 3",
        &[],
        |row| {
            identifiers.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
            Ok(())
        },
    )?;
    tx.rows(
        "SELECT o.id, o.sort, o.acronym_key, o.kind, o.place, o.exercise FROM organisation o WHERE o.id NOT IN (SELECT \
         m.id FROM merged m) ORDER BY o.sort, o.id",
        &[],
        |row| {
            let id: OrganisationId = row.get(0)?;
            let acronym: Option<String> = row.get(2)?;
            Ok(Likeness {
                identifiers: identifiers.remove(id.as_str()).unwrap_or_default(),
                id,
                key: row.get(1)?,
                acronym: acronym.unwrap_or_default(),
                kind: row.get(3)?,
                place: row.get(4)?,
                exercise: row.get(5)?,
            })
        },
    )
}
