//! Organisations, which umbrella they belong to, and what sources say of their standing.

use terms::organisations::{OrganisationJoined, OrganisationRegistered, OrganisationStatusStated};

use crate::read::Known;
use crate::schema::{ORGANISATION_MEMBERS, ORGANISATION_STATUS, ORGANISATIONS};
use crate::sheet::{Reading, Row, parse_day, rows};

/// Kinds of organisation.
pub(crate) const KINDS: [&str; 12] = [
    "umbrella",
    "association",
    "ngo",
    "federation",
    "alliance",
    "religious",
    "research",
    "youth",
    "women",
    "state-body",
    "partner",
    "other",
];

/// The organisations, and the standing that their own lines state.
pub(crate) fn organisations(
    reading: &mut Reading<'_>,
    known: &mut Known,
) -> (Vec<OrganisationRegistered>, Vec<OrganisationStatusStated>) {
    let Known { organisations: ids, places, sources, .. } = known;
    let mut statuses = Vec::new();
    let table = rows(reading, &ORGANISATIONS, |row| {
        let (id, name) = (row.id("id", ids), row.text("name"));
        let (kind, founded) = (row.must_listed("kind", &KINDS), founded(row));
        let status = row.listed("status", &["active", "suspended", "dissolved"]);
        let since = row.happened("status_since");
        if since.is_some() && status.is_none() {
            row.fault("status_since", "la case est remplie, mais status est vide".into());
        }
        let (place, source) =
            (row.link("place", places), row.must_link::<terms::SourceId>("source", sources));
        let id: terms::OrganisationId = id?;
        statuses.extend(status.map(|status| OrganisationStatusStated {
            organisation: id.clone(),
            status,
            on: since,
            authority: None,
            contested: false,
            source: source.clone(),
            note: None,
        }));
        Some(OrganisationRegistered {
            id,
            name: name?,
            acronym: row.maybe("acronym"),
            kind: kind?,
            founded,
            legal_form: row.maybe("legal_form"),
            place,
            source,
            note: row.maybe("note"),
            exercise: false,
        })
    });
    if !table.readable {
        ids.open();
    }
    (table.rows, statuses)
}

/// `AAAA`, `AAAA-MM` or `AAAA-MM-JJ`, as far as it is known.
fn founded(row: &mut Row<'_>) -> Option<String> {
    let text = row.maybe("founded")?;
    let padded = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.clone(),
    };
    if parse_day(&padded).is_none() {
        row.fault("founded", format!("« {text} » n’est ni un jour, ni un mois, ni une année (AAAA-MM-JJ)"));
        return None;
    }
    Some(text)
}

pub(crate) fn members(reading: &mut Reading<'_>, known: &Known) -> Vec<OrganisationJoined> {
    rows(reading, &ORGANISATION_MEMBERS, |row| {
        let member: Option<terms::OrganisationId> = row.must_link("member", &known.organisations);
        let umbrella = row.must_link("umbrella", &known.organisations);
        if member.is_some() && member == umbrella {
            row.fault("umbrella", "une organisation n’est pas membre d’elle-même".into());
        }
        let (from, to) = row.period();
        let source = row.must_link("source", &known.sources);
        Some(OrganisationJoined { member: member?, umbrella: umbrella?, from, to, source })
    })
    .rows
}

pub(crate) fn statuses(reading: &mut Reading<'_>, known: &Known) -> Vec<OrganisationStatusStated> {
    let claims = [("", false), ("yes", false), ("contested", true)];
    rows(reading, &ORGANISATION_STATUS, |row| {
        let organisation = row.must_link("organisation", &known.organisations);
        let (status, on) = (row.slug("event"), row.happened("on"));
        let contested = row.word("claimed", &claims);
        let source = row.must_link("source", &known.sources);
        Some(OrganisationStatusStated {
            organisation: organisation?,
            status: status?,
            on,
            authority: row.maybe("authority"),
            contested: contested?,
            source,
            note: row.maybe("note"),
        })
    })
    .rows
}
