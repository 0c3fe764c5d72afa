//! Capacity: assessments, planned actions, trainings; and in drawers, who may assess and what is not yet published.

use record::{Fault, Row, Tx, enclosures, values};
use terms::organisations::{ActionPlanned, ActionSettled, CapacityAssessed, Regard, TrainingAttended};
use terms::{Commitment, Day, OrganisationId, Sealed};
use web::gate::{Audience, Held};

use super::one_of;

fn written(error: &serde_json::Error) -> Fault {
    Fault::Value(error.to_string())
}

pub(super) fn assessed(tx: &mut Tx<'_>, sealed: &Sealed, word: &CapacityAssessed) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_assessment (entry, organisation, regard, on_day, says, known) VALUES (?1, ?2, ?3, ?4, \
         ?5, ?6)",
        values![
            sealed.index,
            word.organisation,
            word.regard.as_str(),
            word.on,
            serde_json::to_string(word).map_err(|error| written(&error))?,
            sealed.known
        ],
    )?;
    Ok(())
}

pub(super) fn planned(tx: &mut Tx<'_>, sealed: &Sealed, word: &ActionPlanned) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_action (id, entry, organisation, about, said, by_when, responsible, outcome, settled_on, \
         note, settled_entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, NULL, NULL, NULL) ON CONFLICT (id) DO NOTHING",
        values![word.id, sealed.index, word.organisation, word.about, word.text, word.by_when, word.responsible],
    )?;
    Ok(())
}

pub(super) fn settled(tx: &mut Tx<'_>, sealed: &Sealed, word: &ActionSettled) -> Result<(), Fault> {
    tx.run(
        "UPDATE organisation_action SET outcome = ?2, settled_on = ?3, note = ?4, settled_entry = ?5 WHERE id = ?1",
        values![word.action, word.outcome.as_str(), word.on, word.note, sealed.index],
    )?;
    Ok(())
}

pub(super) fn attended(tx: &mut Tx<'_>, sealed: &Sealed, word: &TrainingAttended) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_training (entry, organisation, title, domain, provider, from_day, until_day, people, \
         women) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        values![
            sealed.index,
            word.organisation,
            word.title,
            word.domain,
            word.provider,
            word.from,
            word.until,
            word.people.map(i64::from),
            word.women.map(i64::from)
        ],
    )?;
    Ok(())
}

/// An assessment, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assessment {
    pub(crate) entry: u64,
    pub(crate) says: CapacityAssessed,
}

/// The organisation's assessments, the newest first.
pub(crate) fn assessments(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Assessment>, Fault> {
    tx.rows(
        &format!(
            "SELECT entry, says FROM organisation_assessment WHERE {} ORDER BY on_day DESC, entry DESC",
            one_of("organisation", "?1")
        ),
        values![*id],
        |row| {
            let says: String = row.get(1)?;
            Ok(Assessment {
                entry: row.get(0)?,
                says: serde_json::from_str(&says).map_err(|error| written(&error))?,
            })
        },
    )
}

/// The text of an enclosure; `None` where it was withdrawn.
pub(crate) fn text(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<Option<String>, Fault> {
    enclosures::text(tx, sha256)
}

/// A planned action, with what became of it. The inner `None` of a text says that it was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Action {
    pub(crate) id: String,
    pub(crate) entry: u64,
    pub(crate) organisation: OrganisationId,
    pub(crate) about: String,
    pub(crate) text: Option<String>,
    pub(crate) by_when: Option<Day>,
    pub(crate) responsible: Option<Option<String>>,
    pub(crate) outcome: Option<String>,
    pub(crate) settled_on: Option<Day>,
    pub(crate) note: Option<Option<String>>,
    pub(crate) settled_entry: Option<u64>,
}

const ACTION: &str = "\
    SELECT a.id, a.entry, a.organisation, a.about, t.bytes, a.by_when, a.responsible, r.bytes, a.outcome, a.settled_on, \
    a.note, n.bytes, a.settled_entry FROM organisation_action a LEFT JOIN enclosure t ON t.sha256 = a.said LEFT JOIN \
    enclosure r ON r.sha256 = a.responsible LEFT JOIN enclosure n ON n.sha256 = a.note";

fn action(row: &Row<'_>) -> Result<Action, Fault> {
    let (responsible, of): (Option<String>, Option<String>) = (row.get(6)?, row.get(7)?);
    let (note, noted): (Option<String>, Option<String>) = (row.get(10)?, row.get(11)?);
    Ok(Action {
        id: row.get(0)?,
        entry: row.get(1)?,
        organisation: row.get(2)?,
        about: row.get(3)?,
        text: row.get(4)?,
        by_when: row.get(5)?,
        responsible: responsible.map(|_| of),
        outcome: row.get(8)?,
        settled_on: row.get(9)?,
        note: note.map(|_| noted),
        settled_entry: row.get(12)?,
    })
}

/// The organisation's actions: those under way first, by their day.
pub(crate) fn actions(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Action>, Fault> {
    tx.rows(
        &format!(
            "{ACTION} WHERE {} ORDER BY COALESCE(a.settled_on, '9999-12-31') DESC, \
             COALESCE(a.by_when, '9999-12-31'), a.entry",
            one_of("a.organisation", "?1")
        ),
        values![*id],
        action,
    )
}

/// The action of this id.
pub(crate) fn one_action(tx: &mut Tx<'_>, id: &str) -> Result<Option<Action>, Fault> {
    tx.row(&format!("{ACTION} WHERE a.id = ?1"), values![id], action)
}

/// A training that people of the organisation attended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Training {
    pub(crate) entry: u64,
    pub(crate) title: Option<String>,
    pub(crate) domain: Option<String>,
    pub(crate) provider: Option<Option<String>>,
    pub(crate) from: Option<Day>,
    pub(crate) until: Option<Day>,
    pub(crate) people: Option<i64>,
    pub(crate) women: Option<i64>,
}

/// The organisation's trainings, the newest first.
pub(crate) fn trainings(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Training>, Fault> {
    tx.rows(
        &format!(
            "SELECT f.entry, t.bytes, f.domain, f.provider, p.bytes, f.from_day, f.until_day, f.people, f.women FROM \
             organisation_training f LEFT JOIN enclosure t ON t.sha256 = f.title LEFT JOIN enclosure p ON p.sha256 = \
             f.provider WHERE {} ORDER BY COALESCE(f.from_day, '') DESC, f.entry DESC",
            one_of("f.organisation", "?1")
        ),
        values![*id],
        |row| {
            let (provider, of): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
            Ok(Training {
                entry: row.get(0)?,
                title: row.get(1)?,
                domain: row.get(2)?,
                provider: provider.map(|_| of),
                from: row.get(5)?,
                until: row.get(6)?,
                people: row.get(7)?,
                women: row.get(8)?,
            })
        },
    )
}

/// The organisation has asked the peer to assess it.
pub(crate) fn ask_peer(
    tx: &mut Tx<'_>,
    organisation: &OrganisationId,
    peer: &OrganisationId,
    today: Day,
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_peer_asked (organisation, peer, on_day) VALUES (?1, ?2, ?3) ON CONFLICT (organisation, \
         peer) DO NOTHING",
        values![*organisation, *peer, today],
    )?;
    Ok(())
}

/// Nobody waits for that peer's assessment any more.
pub(crate) fn unask_peer(
    tx: &mut Tx<'_>,
    organisation: &OrganisationId,
    peer: &OrganisationId,
) -> Result<(), Fault> {
    tx.run(
        "DELETE FROM organisation_peer_asked WHERE organisation = ?1 AND peer = ?2",
        values![*organisation, *peer],
    )?;
    Ok(())
}

/// Whether the organisation has asked the peer.
pub(crate) fn is_asked(
    tx: &mut Tx<'_>,
    organisation: &OrganisationId,
    peer: &OrganisationId,
) -> Result<bool, Fault> {
    let found: Option<i64> = tx.row(
        "SELECT 1 FROM organisation_peer_asked WHERE organisation = ?1 AND peer = ?2",
        values![*organisation, *peer],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Whom this peer is asked to assess, with their names; for the peer.
pub(crate) fn asking(
    tx: &mut Tx<'_>,
    peer: &OrganisationId,
) -> Result<Held<Vec<(OrganisationId, String)>>, Fault> {
    let found = tx.rows(
        "SELECT p.organisation, COALESCE(o.name, p.organisation) FROM organisation_peer_asked p LEFT JOIN organisation o ON \
         o.id = p.organisation WHERE p.peer = ?1 ORDER BY p.on_day, p.organisation",
        values![*peer],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Held::new(found, vec![Audience::Organisation(peer.clone())]))
}

/// Which peers the organisation waits for, with their names; for the organisation.
pub(crate) fn asked(
    tx: &mut Tx<'_>,
    organisation: &OrganisationId,
) -> Result<Held<Vec<(OrganisationId, String)>>, Fault> {
    let found = tx.rows(
        "SELECT p.peer, COALESCE(o.name, p.peer) FROM organisation_peer_asked p LEFT JOIN organisation o ON o.id = p.peer \
         WHERE p.organisation = ?1 ORDER BY p.on_day, p.peer",
        values![*organisation],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Held::new(found, vec![Audience::Organisation(organisation.clone())]))
}

/// Whose unpublished assessment of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drafting {
    pub(crate) organisation: OrganisationId,
    pub(crate) regard: Regard,
    pub(crate) by: OrganisationId,
}

/// What was filled in so far, for those who act for whoever fills it in.
pub(crate) fn draft(tx: &mut Tx<'_>, drafting: &Drafting) -> Result<Held<Vec<(String, String)>>, Fault> {
    let fields = tx.rows(
        "SELECT name, value FROM organisation_assessment_draft WHERE organisation = ?1 AND regard = ?2 AND by_organisation = \
         ?3 ORDER BY name",
        values![drafting.organisation, drafting.regard.as_str(), drafting.by],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Held::new(fields, vec![Audience::Organisation(drafting.by.clone())]))
}

/// These fields are filled in; an empty one is no more.
pub(crate) fn keep(tx: &mut Tx<'_>, drafting: &Drafting, fields: &[(String, String)]) -> Result<(), Fault> {
    for (name, value) in fields {
        tx.run(
            "DELETE FROM organisation_assessment_draft WHERE organisation = ?1 AND regard = ?2 AND by_organisation = ?3 AND \
             name = ?4",
            values![drafting.organisation, drafting.regard.as_str(), drafting.by, *name],
        )?;
        if !value.is_empty() {
            tx.run(
                "INSERT INTO organisation_assessment_draft (organisation, regard, by_organisation, name, value) VALUES (?1, \
                 ?2, ?3, ?4, ?5)",
                values![drafting.organisation, drafting.regard.as_str(), drafting.by, *name, *value],
            )?;
        }
    }
    Ok(())
}

/// Nothing is left of the draft.
pub(crate) fn forget(tx: &mut Tx<'_>, drafting: &Drafting) -> Result<(), Fault> {
    tx.run(
        "DELETE FROM organisation_assessment_draft WHERE organisation = ?1 AND regard = ?2 AND by_organisation = ?3",
        values![drafting.organisation, drafting.regard.as_str(), drafting.by],
    )?;
    Ok(())
}
