//! What organisations say they lived on: the bands of each year, and the figures, held.

use record::{Fault, Tx, directory, values};
use terms::organisations::{Exposure, ExposureStated, FundingDeclared, FundingFigures};
use terms::{Day, OrganisationId, Sealed};
use web::gate::{Audience, Held};

use super::{Organisation, Restriction, restrictions_on};
use crate::acts::Weighing;

use super::one_of;

fn written(error: &serde_json::Error) -> Fault {
    Fault::Value(error.to_string())
}

pub(super) fn declared(tx: &mut Tx<'_>, sealed: &Sealed, word: &FundingDeclared) -> Result<(), Fault> {
    tx.run(
        "UPDATE organisation_funding SET replaced_by = ?3 WHERE organisation = ?1 AND year = ?2 AND replaced_by IS NULL",
        values![word.organisation, word.year, sealed.index],
    )?;
    tx.run(
        "INSERT INTO organisation_funding (entry, organisation, year, says, figures, known, replaced_by) VALUES (?1, \
         ?2, ?3, ?4, ?5, ?6, NULL)",
        values![
            sealed.index,
            word.organisation,
            word.year,
            serde_json::to_string(word).map_err(|error| written(&error))?,
            word.figures.sha256,
            sealed.known
        ],
    )?;
    Ok(())
}

pub(super) fn exposed(tx: &mut Tx<'_>, sealed: &Sealed, word: &ExposureStated) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_exposure (declared, entry, says, known) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (declared) \
         DO UPDATE SET entry = excluded.entry, says = excluded.says, known = excluded.known",
        values![
            word.declared,
            sealed.index,
            serde_json::to_string(&word.exposures).map_err(|error| written(&error))?,
            sealed.known
        ],
    )?;
    Ok(())
}

/// A year's declaration, without its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declaration {
    pub(crate) entry: u64,
    pub(crate) says: FundingDeclared,
    pub(crate) known: Day,
    /// The entry of the later declaration of the same year.
    pub(crate) replaced_by: Option<u64>,
    /// What was last said of restrictions, and the entry that said it.
    pub(crate) exposures: Vec<Exposure>,
    pub(crate) exposures_entry: u64,
}

/// Everything the organisation declared, the newest year and in it the newest declaration first.
pub(crate) fn declarations(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Declaration>, Fault> {
    tx.rows(
        &format!(
            "SELECT f.entry, f.says, f.known, f.replaced_by, x.says, x.entry FROM organisation_funding f LEFT JOIN \
             organisation_exposure x ON x.declared = f.entry WHERE {} ORDER BY f.year DESC, f.entry DESC",
            one_of("f.organisation", "?1")
        ),
        values![*id],
        |row| {
            let (says, again): (String, Option<String>) = (row.get(1)?, row.get(4)?);
            let says: FundingDeclared = serde_json::from_str(&says).map_err(|error| written(&error))?;
            let again = again.map(|again| serde_json::from_str(&again)).transpose().map_err(|error| written(&error))?;
            let (entry, exposures_entry): (u64, Option<u64>) = (row.get(0)?, row.get(5)?);
            Ok(Declaration {
                entry,
                known: row.get(2)?,
                replaced_by: row.get(3)?,
                exposures: again.unwrap_or_else(|| says.exposures.clone()),
                exposures_entry: exposures_entry.unwrap_or(entry),
                says,
            })
        },
    )
}

/// The figures of a declaration, for those who act for the very organisation that declared them: that two registrations were made one opens
/// the figures of neither to the people of the other; inside, nothing where they were withdrawn.
pub(crate) fn figures(
    tx: &mut Tx<'_>,
    id: &OrganisationId,
    entry: u64,
) -> Result<Option<Held<Option<FundingFigures>>>, Fault> {
    let found: Option<Option<String>> = tx.row(
        "SELECT e.bytes FROM organisation_funding f LEFT JOIN enclosure e ON e.sha256 = f.figures WHERE f.organisation = \
         ?1 AND f.entry = ?2",
        values![*id, entry],
        |row| row.get(0),
    )?;
    let Some(text) = found else { return Ok(None) };
    let figures =
        text.map(|text| FundingFigures::of_text(&text)).transpose().map_err(|error| written(&error))?;
    Ok(Some(Held::new(figures, vec![Audience::Organisation(id.clone())])))
}

/// The restrictions that mean the organisation in the year, as they are told now.
pub(crate) fn weighing(
    tx: &mut Tx<'_>,
    organisation: &Organisation,
    year: i16,
) -> Result<Vec<Weighing>, Fault> {
    let found = restrictions_on(tx, organisation)?;
    let of_year = found.into_iter().filter(|restriction| is_of_year(restriction, year));
    Ok(of_year
        .map(|restriction| Weighing {
            id: restriction.id,
            told: restriction.entry,
            kind: restriction.kind,
            funder: restriction.funder,
            some_activities: restriction.activity.is_some(),
            rate: restriction.rate.and_then(|rate| u16::try_from(rate).ok()),
        })
        .collect())
}

/// Whether the restriction was in force or announced on some day of the year. Without a first day it counts from the year in which it
/// was told.
fn is_of_year(restriction: &Restriction, year: i16) -> bool {
    let begins = restriction.from.unwrap_or(restriction.known).year();
    let ended =
        restriction.to.is_some_and(|to| to.year() < year || (to.year() == year && to.day_of_year() == 1));
    begins <= year && !ended
}

/// The names under which the country goes: its code, and those of places that lie in no other.
pub(crate) fn home(tx: &mut Tx<'_>, country: &str) -> Result<Vec<String>, Fault> {
    let mut names = vec![country.to_owned()];
    for place in directory::all(tx, directory::Kind::Place)? {
        if place.place.is_none() && !place.exercise {
            names.extend([place.fr, place.en].into_iter().flatten());
        }
    }
    Ok(names)
}
