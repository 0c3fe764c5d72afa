//! Organisations, which umbrella they belong to, and what sources say of their standing.

use terms::instance::ThemeSet;
use terms::organisations::{
    Basis, Held, LegalFormSet, OrganisationIdentified, OrganisationJoined, OrganisationRecognised,
    OrganisationRegistered, OrganisationStatusStated, OrganisationWorks, RestrictionStated, TieStated,
};
use terms::{Bilingual, OrganisationId, PlaceId};

use crate::read::Known;
use crate::schema::{
    LEGAL_FORMS, ORGANISATION_IDENTIFIERS, ORGANISATION_MEMBERS, ORGANISATION_RECOGNITIONS,
    ORGANISATION_STATUS, ORGANISATION_TIES, ORGANISATION_WORK, ORGANISATIONS, RESTRICTIONS,
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

/// Identifiers, legal forms, and recognitions in them: no number is given twice, since a receipt is an identifier.
pub(crate) fn numbered(
    reading: &mut Reading<'_>,
    known: &Known,
) -> (Vec<OrganisationIdentified>, Vec<LegalFormSet>, Vec<OrganisationRecognised>) {
    let mut given = Ids::new("");
    let identifiers = identifiers(reading, known, &mut given);
    let (legal_forms, forms) = legal_forms(reading, known);
    let recognitions = recognitions(reading, known, &forms, &mut given);
    (identifiers, legal_forms, recognitions)
}

/// The identifiers; each is given to `given`, by its scheme and value.
fn identifiers(reading: &mut Reading<'_>, known: &Known, given: &mut Ids) -> Vec<OrganisationIdentified> {
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

/// The legal forms of the country's law, with their ids.
fn legal_forms(reading: &mut Reading<'_>, known: &Known) -> (Vec<LegalFormSet>, Ids) {
    let mut ids = Ids::new("n’est pas une forme juridique de legal_forms.csv");
    let table = rows(reading, &LEGAL_FORMS, |row| {
        let (id, fr): (Option<PlaceId>, _) = (row.id("id", &mut ids), row.text("fr"));
        let (mark, source) = (row.mark("mark"), row.must_link("source", &known.sources));
        Some(LegalFormSet {
            id: id?.into(),
            name: Bilingual { fr: fr?, en: row.maybe("en") },
            text: row.maybe("text"),
            mark: mark?,
            source,
            note: row.maybe("note"),
        })
    });
    if !table.readable {
        ids.open();
    }
    (table.rows, ids)
}

/// Recognitions in a legal form, each receipt given nowhere before: with its scheme it is an identifier already.
fn recognitions(
    reading: &mut Reading<'_>,
    known: &Known,
    forms: &Ids,
    given: &mut Ids,
) -> Vec<OrganisationRecognised> {
    rows(reading, &ORGANISATION_RECOGNITIONS, |row| {
        let organisation = row.must_link("organisation", &known.organisations);
        let form: Option<PlaceId> = row.must_link("form", forms);
        let (receipt, scheme) = (row.maybe("receipt"), row.maybe("scheme"));
        match (&receipt, &scheme) {
            (None, Some(_)) => row.fault("scheme", "la case est remplie, mais receipt est vide".into()),
            (Some(receipt), Some(scheme)) => {
                if let Err(message) = given.give(&format!("{scheme} {receipt}"), row.line) {
                    row.fault("receipt", message);
                }
            }
            _ => {}
        }
        let (on, to) = row.past_period();
        let source = row.must_link("source", &known.sources);
        Some(OrganisationRecognised {
            organisation: organisation?,
            form: form?.into(),
            receipt,
            scheme,
            authority: row.maybe("authority"),
            on,
            to,
            publication: row.maybe("publication"),
            source,
            note: row.maybe("note"),
            scan: None,
        })
    })
    .rows
}

/// Where and on what organisations work.
pub(crate) fn work(reading: &mut Reading<'_>, known: &Known, themes: &[ThemeSet]) -> Vec<OrganisationWorks> {
    let bases = Basis::ALL.map(|basis| (basis.as_str(), basis));
    rows(reading, &ORGANISATION_WORK, |row| {
        let organisation = row.must_link("organisation", &known.organisations);
        let places: Vec<PlaceId> = links(row, "places", &known.places);
        let named = parts(row.cell("themes"));
        if let Some(unknown) = named.iter().find(|theme| !themes.iter().any(|known| known.id == **theme)) {
            row.fault("themes", no_word(unknown, themes.iter().map(|theme| theme.id.as_str())));
        }
        if row.cell("places").is_empty() && named.is_empty() {
            row.fault("places", "ni lieu ni thème : la ligne ne dit rien".into());
        }
        let basis = row.must_word("basis", &bases);
        let (from, to) = row.past_period();
        let source = row.must_link("source", &known.sources);
        Some(OrganisationWorks {
            organisation: organisation?,
            places,
            themes: named,
            basis: basis?,
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
    links(row, "organisations", ids)
}

/// The things that the cell names by their ids, between which a bar stands.
fn links<T: TryFrom<String, Error = terms::FormFault>>(row: &mut Row<'_>, column: &str, ids: &Ids) -> Vec<T> {
    let mut found = Vec::new();
    for part in parts(row.cell(column)) {
        match T::try_from(part.clone()) {
            Ok(id) if ids.has(&part) => found.push(id),
            Ok(_) => row.fault(column, ids.unknown(&part)),
            Err(fault) => row.fault(column, fault.to_string()),
        }
    }
    found
}
