//! Obligations, and what organisations say that they have met; in drawers, what each ticks and notes for itself.

use record::{Fault, Row, Tx, enclosures, values};
use terms::organisations::{ObligationMet, ObligationRule, ObligationSet};
use terms::{Commitment, Day, OrganisationId, Sealed};
use web::gate::{Audience, Held};

use super::one_of;

fn written(error: &serde_json::Error) -> Fault {
    Fault::Value(error.to_string())
}

pub(super) fn set(tx: &mut Tx<'_>, sealed: &Sealed, word: &ObligationSet) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO obligation (id, says, entry) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET says = excluded.says, \
         entry = excluded.entry",
        values![word.id, serde_json::to_string(word).map_err(|error| written(&error))?, sealed.index],
    )?;
    Ok(())
}

pub(super) fn met(tx: &mut Tx<'_>, sealed: &Sealed, word: &ObligationMet) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO obligation_met (organisation, obligation, due, on_day, receipt, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (organisation, obligation, due) DO UPDATE SET on_day = excluded.on_day, receipt = excluded.receipt, \
         entry = excluded.entry",
        values![word.organisation, word.obligation, word.due, word.on, word.receipt, sealed.index],
    )?;
    Ok(())
}

/// An obligation as it was last told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Obligation {
    pub(crate) says: ObligationSet,
    pub(crate) entry: u64,
}

impl Obligation {
    /// Whether it means organisations of this kind.
    pub(crate) fn means(&self, kind: &str) -> bool {
        self.says.kinds.is_empty() || self.says.kinds.iter().any(|named| named == kind)
    }

    /// Whether it falls due each year.
    pub(crate) fn is_yearly(&self) -> bool {
        matches!(self.says.rule, ObligationRule::Yearly { .. })
    }
}

fn obligation(row: &Row<'_>) -> Result<Obligation, Fault> {
    let says: String = row.get(0)?;
    Ok(Obligation { says: serde_json::from_str(&says).map_err(|error| written(&error))?, entry: row.get(1)? })
}

/// Every obligation, by its id.
pub(crate) fn obligations(tx: &mut Tx<'_>) -> Result<Vec<Obligation>, Fault> {
    tx.rows("SELECT says, entry FROM obligation ORDER BY id", &[], obligation)
}

/// What an organisation says that it has met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Met {
    pub(crate) obligation: String,
    pub(crate) due: Day,
    pub(crate) on: Day,
    pub(crate) receipt: Option<Commitment>,
    pub(crate) entry: u64,
}

/// Everything the organisation says that it has met, the newest due day first.
pub(crate) fn met_by(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Met>, Fault> {
    tx.rows(
        &format!(
            "SELECT obligation, due, on_day, receipt, entry FROM obligation_met WHERE {} ORDER BY due DESC, obligation",
            one_of("organisation", "?1")
        ),
        values![*id],
        |row| {
            Ok(Met { obligation: row.get(0)?, due: row.get(1)?, on: row.get(2)?, receipt: row.get(3)?, entry: row.get(4)? })
        },
    )
}

/// The receipt of an entry by which the organisation says that it has met something.
pub(crate) fn receipt(
    tx: &mut Tx<'_>,
    id: &OrganisationId,
    entry: u64,
) -> Result<Option<(Commitment, Option<enclosures::Held>)>, Fault> {
    let found = met_by(tx, id)?.into_iter().find(|met| met.entry == entry).and_then(|met| met.receipt);
    let Some(sha256) = found else { return Ok(None) };
    Ok(Some((sha256, enclosures::held(tx, &sha256)?)))
}

/// What an organisation keeps of its obligations for itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Own {
    /// Obligation, due day, note: done, as far as it is concerned.
    pub(crate) ticks: Vec<(String, Day, String)>,
    /// Obligation, and when what it follows happened.
    pub(crate) events: Vec<(String, Day)>,
}

/// What the organisation keeps for itself, for those who act for it.
pub(crate) fn own(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Held<Own>, Fault> {
    let ticks = tx.rows(
        "SELECT obligation, due, note FROM organisation_obligation_tick WHERE organisation = ?1 ORDER BY due, obligation",
        values![*id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let events = tx.rows(
        "SELECT obligation, happened FROM organisation_obligation_event WHERE organisation = ?1 ORDER BY happened, obligation",
        values![*id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Held::new(Own { ticks, events }, vec![Audience::Organisation(id.clone())]))
}

/// The organisation has ticked the due day, with a note for itself.
pub(crate) fn tick(
    tx: &mut Tx<'_>,
    id: &OrganisationId,
    (obligation, due): (&str, Day),
    note: &str,
    person: &terms::PersonId,
    today: Day,
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_obligation_tick (organisation, obligation, due, note, by_person, on_day) VALUES (?1, ?2, \
         ?3, ?4, ?5, ?6) ON CONFLICT (organisation, obligation, due) DO UPDATE SET note = excluded.note, by_person = \
         excluded.by_person, on_day = excluded.on_day",
        values![*id, *obligation, due, *note, *person, today],
    )?;
    Ok(())
}

/// The due day is ticked no more.
pub(crate) fn untick(
    tx: &mut Tx<'_>,
    id: &OrganisationId,
    (obligation, due): (&str, Day),
) -> Result<(), Fault> {
    tx.run(
        "DELETE FROM organisation_obligation_tick WHERE organisation = ?1 AND obligation = ?2 AND due = ?3",
        values![*id, *obligation, due],
    )?;
    Ok(())
}

/// What the obligation follows happened on that day.
pub(crate) fn happened(tx: &mut Tx<'_>, id: &OrganisationId, obligation: &str, on: Day) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_obligation_event (organisation, obligation, happened) VALUES (?1, ?2, ?3) ON CONFLICT \
         (organisation, obligation, happened) DO NOTHING",
        values![*id, *obligation, on],
    )?;
    Ok(())
}

/// It did not happen on that day.
pub(crate) fn unhappened(
    tx: &mut Tx<'_>,
    id: &OrganisationId,
    obligation: &str,
    on: Day,
) -> Result<(), Fault> {
    tx.run(
        "DELETE FROM organisation_obligation_event WHERE organisation = ?1 AND obligation = ?2 AND happened = ?3",
        values![*id, *obligation, on],
    )?;
    Ok(())
}
