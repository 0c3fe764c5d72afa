//! Popolo: organisations with identifiers, other names and parents; memberships of umbrellas.
//!
//! Beyond the specification, which admits more members: `legal_forms`, `receipts`, `themes`, `work_places`, `exercise`, and in a membership
//! `member_id`, since in the specification only a person is a member.
//!
//! **Source** the Popolo specification, Organization and Membership.

use serde_json::{Value, json};
use terms::Day;

use super::{array, object};
use crate::besides::More;
use crate::tables::{Enrolled, Organisation};

/// An organisation with what is said of it besides, and the names under which it is known too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) organisation: Organisation,
    pub(crate) more: More,
    /// The names of the registrations that lead to it.
    pub(crate) merged_names: Vec<String>,
    /// Identifiers borne on the day: scheme and value.
    pub(crate) identifiers: Vec<(String, String)>,
    /// Where its own page and source are, as whole addresses.
    pub(crate) address: String,
    pub(crate) source: Option<String>,
}

/// The document: the organisations, and the memberships between them that began by the day.
pub(crate) fn document(all: &[Known], memberships: &[Enrolled], day: Day) -> Value {
    let organizations: Vec<Value> = all.iter().map(|known| organization(known, memberships, day)).collect();
    let memberships: Vec<Value> = memberships.iter().map(membership).collect();
    object([("organizations", Some(Value::Array(organizations))), ("memberships", array(memberships))])
}

fn organization(known: &Known, memberships: &[Enrolled], day: Day) -> Value {
    let Known { organisation, more, .. } = known;
    let acronym = organisation.acronym.iter().map(|acronym| json!({ "name": acronym, "note": "acronym" }));
    let others = known.merged_names.iter().filter(|name| **name != organisation.name);
    let others = others.map(|name| json!({ "name": name, "note": "other registration" }));
    let identifiers =
        known.identifiers.iter().map(|(scheme, value)| json!({ "scheme": scheme, "identifier": value }));
    let text = |text: Option<&str>| text.map(|text| Value::String(text.to_owned()));
    let words = |words: &[String]| array(words.iter().cloned().map(Value::String).collect());
    object([
        ("id", text(Some(organisation.id.as_str()))),
        ("name", text(Some(&organisation.name))),
        ("other_names", array(acronym.chain(others).collect())),
        ("identifiers", array(identifiers.collect())),
        ("classification", text(Some(&organisation.kind))),
        ("parent_id", parent(organisation.id.as_str(), memberships, day).map(Value::String)),
        ("area_id", text(organisation.place.as_ref().map(terms::PlaceId::as_str))),
        ("founding_date", text(organisation.founded.as_deref())),
        (
            "dissolution_date",
            organisation
                .status_since
                .filter(|_| organisation.status.as_deref() == Some("dissolved"))
                .map(|since| Value::String(since.to_string())),
        ),
        ("links", Some(json!([{ "url": known.address, "note": "register" }]))),
        ("sources", known.source.as_ref().map(|url| json!([{ "url": url }]))),
        ("legal_forms", words(&more.forms)),
        ("receipts", words(&more.receipts)),
        ("themes", words(&more.themes)),
        ("work_places", words(&more.places)),
        ("exercise", organisation.exercise.then_some(Value::Bool(true))),
    ])
}

/// The one umbrella to which it belongs on the day. Of several none contains it more than the others: the memberships say which.
fn parent(id: &str, memberships: &[Enrolled], day: Day) -> Option<String> {
    let mut on = memberships.iter().filter(|one| one.member == id && one.holds_on(day));
    match (on.next(), on.next()) {
        (Some(one), None) => Some(one.umbrella.clone()),
        _ => None,
    }
}

fn membership(one: &Enrolled) -> Value {
    let since = one.from.map(|day| day.to_string());
    object([
        (
            "id",
            Some(Value::String(format!(
                "{}-{}-{}",
                one.member,
                one.umbrella,
                since.as_deref().unwrap_or("unknown")
            ))),
        ),
        ("role", Some(json!("member"))),
        ("member_id", Some(json!(one.member))),
        ("organization_id", Some(json!(one.umbrella))),
        ("start_date", since.map(Value::String)),
        ("end_date", one.to.map(|day| Value::String(day.to_string()))),
    ])
}
