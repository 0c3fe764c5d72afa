//! BODS 0.4: entities as organisations, and of ownership and control only what is truly one of the register's ties: that the State, or a body
//! of it, appoints who leads. Persons and every other relationship are left out, with their number.
//!
//! **Source** Beneficial Ownership Data Standard 0.4, entity and relationship records.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use sheets::cut;
use terms::Day;
use terms::organisations::Basis;

use super::json::{Lines, refused};
use super::{Layout, Refused, Row, Settings, TieRead, Understood};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Statement {
    #[serde(default)]
    statement_id: Option<String>,
    #[serde(default)]
    record_id: Option<String>,
    record_type: String,
    #[serde(default)]
    record_status: Option<String>,
    #[serde(default)]
    record_details: Value,
    #[serde(default)]
    source: Value,
}

/// What is counted as left out.
#[derive(Default)]
struct Left {
    persons: usize,
    closed: usize,
    others: usize,
}

pub(super) fn read(text: &str, settings: &Settings) -> Result<Understood, Refused> {
    let raws: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| refused(&error))?;
    let lines = Lines::of(text);
    let mut found = Understood::of(Layout::Bods);
    let (mut relations, mut state, mut left) = (Vec::new(), BTreeSet::new(), Left::default());
    let mut read = 0;
    for raw in &raws {
        let line = lines.line(raw);
        let Ok(statement) = serde_json::from_str::<Statement>(raw.get()) else {
            found.odd(line, "", "ce n’est pas une déclaration BODS 0.4 ; elle n’est pas reprise");
            continue;
        };
        read += 1;
        match statement.record_type.as_str() {
            _ if statement.record_status.as_deref() == Some("closed") => left.closed += 1,
            "entity" => entity(line, &statement, settings, &mut state, &mut found),
            "person" => left.persons += 1,
            "relationship" => relations.push((line, statement)),
            _ => left.others += 1,
        }
    }
    if read == 0 && !raws.is_empty() {
        return Err(Refused::Unknown);
    }
    for (line, statement) in relations {
        relation(line, &statement, &state, &mut found, &mut left);
    }
    let told = [
        (
            left.persons,
            "personnes : un nom de personne est une donnée personnelle, et le répertoire n’en tient pas",
        ),
        (left.closed, "déclarations closes"),
        (left.others, "relations ou déclarations que le répertoire ne sait pas dire"),
    ];
    let told = told.into_iter().filter(|(count, _)| *count > 0);
    found.left_out.extend(told.map(|(count, what)| format!("Non repris, {count} {what}.")));
    Ok(found)
}

fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

fn entity(
    line: u64,
    statement: &Statement,
    settings: &Settings,
    state: &mut BTreeSet<String>,
    found: &mut Understood,
) {
    let details = &statement.record_details;
    let kind = details.get("entityType").and_then(|kind| text(kind, "type")).unwrap_or_default();
    if matches!(kind, "state" | "stateBody") {
        state.extend(statement.record_id.clone());
    }
    let kind = match kind {
        "stateBody" => "state-body",
        "registeredEntity" | "legalEntity" => "",
        other => {
            let told = format!("entité de type « {} »", cut(other, 40));
            return found.odd(
                line,
                "entityType",
                format!("{told} : ce n’est pas une organisation ; elle n’est pas reprise"),
            );
        }
    };
    for name in details.get("alternateNames").and_then(Value::as_array).into_iter().flatten() {
        let name = cut(name.as_str().unwrap_or_default(), 60);
        found.odd(
            line,
            "alternateNames",
            format!("autre nom « {name} » : le répertoire n’en tient qu’un ; il n’est pas repris"),
        );
    }
    let identifiers = details.get("identifiers").and_then(Value::as_array).into_iter().flatten();
    let identifiers = identifiers.filter_map(|one| {
        let scheme = text(one, "scheme").or_else(|| text(one, "schemeName")).unwrap_or_default();
        Some((scheme.to_owned(), text(one, "id")?.to_owned()))
    });
    let row = Row {
        line,
        file_id: statement.record_id.clone(),
        name: text(details, "name").unwrap_or_default().to_owned(),
        founded: text(details, "foundingDate").map(str::to_owned),
        identifiers: identifiers.collect(),
        ..Row::default()
    };
    found.take(row, kind, settings);
}

/// Appointing who leads, by the State or a body of it, is a tie; the rest is left out.
fn relation(
    line: u64,
    statement: &Statement,
    state: &BTreeSet<String>,
    found: &mut Understood,
    left: &mut Left,
) {
    let details = &statement.record_details;
    let of_state = text(details, "interestedParty").is_some_and(|party| state.contains(party));
    let subject = text(details, "subject").unwrap_or_default();
    let said = details.get("source").or(Some(&statement.source));
    let own = said
        .and_then(|source| source.get("type")?.as_array())
        .is_some_and(|types| types.iter().any(|kind| kind == "selfDeclaration"));
    for interest in details.get("interests").and_then(Value::as_array).into_iter().flatten() {
        if !of_state || text(interest, "type") != Some("appointmentOfBoard") {
            left.others += 1;
            continue;
        }
        let day = |member: &str| text(interest, member).and_then(|text| text.parse::<Day>().ok());
        let id = cut(statement.statement_id.as_deref().unwrap_or("sans numéro"), 80);
        let tie = TieRead {
            criterion: "S2",
            basis: if own { Basis::Declared } else { Basis::Observed },
            from: day("startDate"),
            to: day("endDate"),
            note: format!("Déclaration BODS {id} : nomination du bureau par une autorité."),
        };
        match found.rows.iter_mut().find(|row| row.file_id.as_deref() == Some(subject)) {
            Some(row) => row.ties.push(tie),
            None => found.odd(
                line,
                "subject",
                "l’organisation n’est pas dans le fichier ; le lien n’est pas repris",
            ),
        }
    }
}
