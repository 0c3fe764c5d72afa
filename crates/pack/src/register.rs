//! Organisations, which umbrella they belong to, and what sources say of their standing.

use terms::OrganisationId;
use terms::organisations::{
    Basis, Held, OrganisationIdentified, OrganisationJoined, OrganisationRegistered,
    OrganisationStatusStated, RestrictionStated, TieStated,
};

use crate::read::Known;
use crate::schema::{
    ORGANISATION_IDENTIFIERS, ORGANISATION_MEMBERS, ORGANISATION_STATUS, ORGANISATION_TIES, ORGANISATIONS,
    RESTRICTIONS,
};
use crate::sheet::{Ids, Reading, Row, no_word, parse_day, rows};

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

/// The criteria of ties, to the State and to donors.
const CRITERIA: [&str; 14] =
    ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "F1", "F2", "F3", "F4"];

pub(crate) fn identifiers(reading: &mut Reading<'_>, known: &Known) -> Vec<OrganisationIdentified> {
    let mut given = Ids::new("");
    rows(reading, &ORGANISATION_IDENTIFIERS, |row| {
        let organisation = row.must_link("organisation", &known.organisations);
        let (scheme, value) = (row.text("scheme"), row.text("value"));
        let (from, to) = row.past_period();
        if let (Some(scheme), Some(value)) = (&scheme, &value)
            && let Err(message) = given.give(&format!("{scheme} {value}"), row.line)
        {
            row.fault("value", message);
        }
        let source = row.must_link("source", &known.sources);
        Some(OrganisationIdentified {
            organisation: organisation?,
            scheme: scheme?,
            value: value?,
            from,
            to,
            source,
            note: row.maybe("note"),
        })
    })
    .rows
}

pub(crate) fn ties(reading: &mut Reading<'_>, known: &Known) -> Vec<TieStated> {
    let values = Held::ALL.map(|value| (value.as_str(), value));
    let bases = Basis::ALL.map(|basis| (basis.as_str(), basis));
    rows(reading, &ORGANISATION_TIES, |row| {
        let organisation = row.must_link("organisation", &known.organisations);
        let criterion = row.must_listed("criterion", &CRITERIA);
        let (value, basis) = (row.must_word("value", &values), row.must_word("basis", &bases));
        let contested = row.word("contested", &[("", false), ("no", false), ("yes", true)]);
        let (from, to) = row.past_period();
        let source = row.must_link("source", &known.sources);
        Some(TieStated {
            organisation: organisation?,
            criterion: criterion?,
            value: value?,
            basis: basis?,
            contested: contested?,
            from,
            to,
            source,
            note: row.maybe("note"),
            evidence: None,
        })
    })
    .rows
}

pub(crate) fn restrictions(reading: &mut Reading<'_>, known: &Known) -> Vec<RestrictionStated> {
    let mut ids = Ids::new("");
    rows(reading, &RESTRICTIONS, |row| {
        let (id, title) = (row.id("id", &mut ids), row.text("title"));
        let kind = row.must_listed("kind", &["ban", "levy", "authorisation", "reporting", "suspension"]);
        let stage = row.must_listed("stage", &["announced", "in-force", "lifted"]);
        let organisations = named(row, &known.organisations);
        let kinds = parts(row.cell("organisation_kinds"));
        if let Some(unknown) = kinds.iter().find(|kind| !KINDS.contains(&kind.as_str())) {
            row.fault("organisation_kinds", no_word(unknown, KINDS));
        }
        let rate = row.number::<u16>("rate");
        let is_levy = kind.as_deref() == Some("levy");
        if is_levy != rate.is_some() || rate.is_some_and(|rate| rate == 0 || rate > 1_000) {
            let told = "un prélèvement a un taux, en millièmes, de 1 à 1000 ; rien d’autre n’en a";
            row.fault("rate", told.into());
        }
        let (from, to) = row.period();
        let source = row.must_link("source", &known.sources);
        Some(RestrictionStated {
            id: id?,
            title: title?,
            kind: kind?,
            stage: stage?,
            authority: row.maybe("authority"),
            organisations,
            kinds,
            funder: row.maybe("funder"),
            activity: row.maybe("activity"),
            rate,
            from,
            to,
            source,
            note: row.maybe("note"),
        })
    })
    .rows
}

/// The parts of a cell, between which a bar stands.
pub(crate) fn parts(cell: &str) -> Vec<String> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The organisations that the cell names.
fn named(row: &mut Row<'_>, ids: &Ids) -> Vec<OrganisationId> {
    let mut found = Vec::new();
    for part in parts(row.cell("organisations")) {
        match OrganisationId::parse(&part) {
            Ok(id) if ids.has(&part) => found.push(id),
            Ok(_) => row.fault("organisations", ids.unknown(&part)),
            Err(fault) => row.fault("organisations", fault.to_string()),
        }
    }
    found
}
