//! What acts must know before they decide.

use std::collections::BTreeSet;

use record::directory::{self, Kind};
use record::{Fault, Tx, values};
use terms::{BodyId, Day, PlaceId, RecommendationId, SittingId};
use web::Clocks;

use super::author_of;
use crate::acts::{Adoption, AdoptionFacts, Stand, TransmissionFacts};

/// Where the recommendation stands, if the record knows it.
///
/// **Errors** the database refused.
pub(crate) fn stand(tx: &mut Tx<'_>, id: &RecommendationId) -> Result<Option<Stand>, Fault> {
    tx.row(
        "SELECT author_kind, author_id, adopted_on, year, is_open, turned_on FROM recommendation WHERE id = ?1",
        values![*id],
        |row| {
            let kind: String = row.get(0)?;
            Ok(Stand {
                author: author_of(&kind, row.get(1)?)?,
                adopted_on: row.get(2)?,
                year: row.get(3)?,
                open: row.get(4)?,
                turned_on: row.get(5)?,
            })
        },
    )
}

/// Whether the record knows the recommendation.
///
/// **Errors** the database refused.
pub(crate) fn is_known(tx: &mut Tx<'_>, id: &RecommendationId) -> Result<bool, Fault> {
    Ok(tx.row("SELECT id FROM recommendation WHERE id = ?1", values![*id], |_| Ok(()))?.is_some())
}

/// What must be known to decide this adoption.
///
/// **Errors** the database refused.
pub(crate) fn adoption_facts(tx: &mut Tx<'_>, adoption: &Adoption) -> Result<AdoptionFacts, Fault> {
    let mut bodies = BTreeSet::new();
    for addressed in &adoption.addressees {
        if directory::look_up(tx, Kind::Body, addressed.body.as_str())?.is_some() {
            bodies.insert(addressed.body.clone());
        }
    }
    let theme_known = match &adoption.theme {
        Some(theme) => directory::look_up(tx, Kind::Theme, theme)?.is_some(),
        None => false,
    };
    let sitting = match &adoption.sitting {
        Some(sitting) => sitting_of(tx, sitting)?,
        None => None,
    };
    Ok(AdoptionFacts { taken: is_known(tx, &adoption.id)?, bodies, theme_known, sitting })
}

fn sitting_of(tx: &mut Tx<'_>, sitting: &SittingId) -> Result<Option<(BodyId, Day)>, Fault> {
    tx.row("SELECT body, on_day FROM recommendation_sitting WHERE sitting = ?1", values![*sitting], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The body's newest sittings, newest first.
pub(crate) fn sittings_of(tx: &mut Tx<'_>, body: &BodyId) -> Result<Vec<(SittingId, Day)>, Fault> {
    tx.rows(
        "SELECT sitting, on_day FROM recommendation_sitting WHERE body = ?1 ORDER BY on_day DESC, sitting LIMIT 24",
        values![*body],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What must be known to decide a delivery.
///
/// **Errors** the database refused.
pub(crate) fn transmission_facts<'a>(
    tx: &mut Tx<'_>,
    id: &RecommendationId,
    addressee: &BodyId,
    stand: Option<&'a Stand>,
    clocks: &'a Clocks,
) -> Result<TransmissionFacts<'a>, Fault> {
    let addressee = tx.row(
        "SELECT delivered_on FROM recommendation_addressee WHERE recommendation = ?1 AND body = ?2",
        values![*id, *addressee],
        |row| row.get(0),
    )?;
    let points = tx.one(
        "SELECT COALESCE(MAX(number), 0) FROM recommendation_point WHERE recommendation = ?1",
        values![*id],
    )?;
    Ok(TransmissionFacts { stand, addressee, points, clocks })
}

/// The level that the body's kind serves.
///
/// **Errors** the database refused.
pub(crate) fn level_of(tx: &mut Tx<'_>, body: &BodyId) -> Result<Option<String>, Fault> {
    let level: Option<Option<String>> = tx.row(
        "SELECT k.level FROM recommendation_body b JOIN recommendation_body_kind k ON k.kind = b.kind \
         WHERE b.body = ?1",
        values![*body],
        |row| row.get(0),
    )?;
    Ok(level.flatten())
}

/// The bodies of this kind, each with the place it serves.
pub(crate) fn bodies_of_kind(tx: &mut Tx<'_>, kind: &str) -> Result<Vec<(BodyId, Option<PlaceId>)>, Fault> {
    let those: Vec<BodyId> = tx.rows(
        "SELECT body FROM recommendation_body WHERE kind = ?1 ORDER BY body",
        values![kind],
        |row| row.get(0),
    )?;
    let mut found = Vec::with_capacity(those.len());
    for body in those {
        let named = directory::look_up(tx, Kind::Body, body.as_str())?;
        found.push((body, named.and_then(|named| named.place)));
    }
    Ok(found)
}

/// Whether this recommendation is on the record, addressed to this body.
pub(crate) fn known_import(tx: &mut Tx<'_>, id: &RecommendationId, body: &BodyId) -> Result<bool, Fault> {
    let found = tx.row(
        "SELECT recommendation FROM recommendation_addressee WHERE recommendation = ?1 AND body = ?2",
        values![*id, *body],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// The last day on which the record was written.
pub(crate) fn last_written(tx: &mut Tx<'_>) -> Result<Option<Day>, Fault> {
    tx.row("SELECT day FROM checkpoint ORDER BY day DESC LIMIT 1", &[], |row| row.get(0))
}
