//! Popolo: its organisations, with identifiers, acronym, parents and memberships among them. Persons are left out: a person's name is personal
//! data, and the register of organisations holds none.
//!
//! **Source** the Popolo specification, Organization and Membership.

use serde::Deserialize;
use serde_json::value::RawValue;
use sheets::cut;

use super::json::{Lines, refused};
use super::{Layout, Refused, Row, Settings, Understood};

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    organizations: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    memberships: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    persons: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    posts: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    events: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    areas: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Organization {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    other_names: Option<Vec<OtherName>>,
    #[serde(default)]
    identifiers: Option<Vec<Identifier>>,
    #[serde(default)]
    classification: Option<String>,
    #[serde(default)]
    parent_id: Option<String>,
    #[serde(default)]
    founding_date: Option<String>,
    #[serde(default)]
    dissolution_date: Option<String>,
    #[serde(default)]
    exercise: Option<bool>,
}

#[derive(Deserialize)]
struct OtherName {
    name: String,
    #[serde(default)]
    note: Option<String>,
}

#[derive(Deserialize)]
struct Identifier {
    identifier: String,
    #[serde(default)]
    scheme: Option<String>,
}

#[derive(Deserialize)]
struct Membership {
    #[serde(default)]
    organization_id: Option<String>,
    /// Our own member of the format: an organisation that is a member.
    #[serde(default)]
    member_id: Option<String>,
}

pub(super) fn read(text: &str, settings: &Settings) -> Result<Understood, Refused> {
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| refused(&error))?;
    let lines = Lines::of(text);
    let mut found = Understood::of(Layout::Popolo);
    for raw in &document.organizations {
        let line = lines.line(raw);
        match serde_json::from_str::<Organization>(raw.get()) {
            Ok(organization) => take(line, organization, settings, &mut found),
            Err(_) => found.odd(
                line,
                "organizations",
                "ce n’est pas une organisation de Popolo ; elle n’est pas reprise",
            ),
        }
    }
    let people = memberships(&document.memberships, &lines, &mut found);
    let told = [
        (
            document.persons.len(),
            "personnes : un nom de personne est une donnée personnelle, et le répertoire n’en tient pas",
        ),
        (people, "adhésions de personnes : qui siège dans un organe se consigne sur la page de l’organe"),
        (document.posts.len(), "postes : les sièges d’un organe viennent des textes"),
        (document.events.len(), "événements"),
        (document.areas.len(), "territoires : les lieux sont ceux de l’instance"),
    ];
    let told = told.into_iter().filter(|(count, _)| *count > 0);
    found.left_out.extend(told.map(|(count, what)| format!("Non repris, {count} {what}.")));
    Ok(found)
}

/// Memberships between organisations of the file are taken; the answer is how many others there are.
fn memberships(all: &[&RawValue], lines: &Lines<'_>, found: &mut Understood) -> usize {
    let mut people = 0;
    for raw in all {
        let Ok(membership) = serde_json::from_str::<Membership>(raw.get()) else {
            found.odd(
                lines.line(raw),
                "memberships",
                "ce n’est pas une adhésion de Popolo ; elle n’est pas reprise",
            );
            continue;
        };
        let (Some(member), Some(umbrella)) = (membership.member_id, membership.organization_id) else {
            people += 1;
            continue;
        };
        match found.rows.iter_mut().find(|row| row.file_id.as_deref() == Some(&member)) {
            Some(row) if row.umbrellas.contains(&umbrella) => {}
            Some(row) => row.umbrellas.push(umbrella),
            None => {
                let told = format!("le membre « {} » n’est pas dans le fichier", cut(&member, 40));
                found.odd(lines.line(raw), "member_id", format!("{told} ; l’adhésion n’est pas reprise"));
            }
        }
    }
    people
}

fn take(line: u64, organization: Organization, settings: &Settings, found: &mut Understood) {
    if organization.exercise == Some(true) {
        return found.odd(line, "exercise", "l’organisation est fictive ; elle n’est pas reprise");
    }
    let mut acronym = None;
    for other in organization.other_names.unwrap_or_default() {
        let is_acronym = other.note.as_deref().is_some_and(|note| note.to_lowercase().starts_with("acronym"));
        if is_acronym && acronym.is_none() {
            acronym = Some(other.name);
        } else {
            found.odd(
                line,
                "other_names",
                format!(
                    "autre nom « {} » : le répertoire n’en tient qu’un ; il n’est pas repris",
                    cut(&other.name, 60)
                ),
            );
        }
    }
    if organization.dissolution_date.is_some() {
        let told = "la dissolution se consigne avec sa source sur la page de l’organisation ; elle n’est pas reprise";
        found.odd(line, "dissolution_date", told);
    }
    let identifiers = organization.identifiers.unwrap_or_default().into_iter();
    let row = Row {
        line,
        file_id: organization.id,
        name: organization.name.unwrap_or_default(),
        acronym,
        founded: organization.founding_date,
        identifiers: identifiers.map(|one| (one.scheme.unwrap_or_default(), one.identifier)).collect(),
        umbrellas: organization.parent_id.into_iter().collect(),
        ..Row::default()
    };
    found.take(row, &organization.classification.unwrap_or_default(), settings);
}
