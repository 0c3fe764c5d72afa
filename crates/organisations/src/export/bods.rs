//! BODS 0.4: statements of organisations, and of what gives an authority control over them. The standard speaks of ownership and control;
//! of the ten ties to the State it can say two: that an authority appoints or approves who leads (`S2`), and that by the statutes it may
//! change or dissolve the organs (`S6`). Money, premises, mobilisation and the rest are no ownership and no control, and are not said.
//!
//! Which authority, the register does not name: the interested party is stated as not known to the publisher. A tie that somebody contests
//! is not stated: the standard cannot say that it is contested.
//!
//! **Source** Beneficial Ownership Data Standard 0.4, statement, entity and relationship records.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use terms::Day;
use terms::organisations::Basis;

use super::{array, object};
use crate::tables::Organisation;

/// The ties that BODS can say, each with the kind of interest it is there.
pub(crate) const INTERESTS: [(&str, &str); 2] =
    [("S2", "appointmentOfBoard"), ("S6", "otherInfluenceOrControl")];

/// Who publishes, and when what is said was last known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Publisher {
    /// The record's origin: statements of two instances never have one id.
    pub(crate) origin: String,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) day: Day,
}

/// A tie to be stated as an interest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Interest {
    pub(crate) criterion: &'static str,
    /// The criterion in words.
    pub(crate) details: String,
    pub(crate) basis: Basis,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    /// The entry that states it, and the day on which it was known.
    pub(crate) entry: u64,
    pub(crate) known: Day,
    pub(crate) source: Option<String>,
}

/// An organisation with its identifiers and what is to be stated of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entity {
    pub(crate) organisation: Organisation,
    /// The day since which the registration is known.
    pub(crate) known: Day,
    pub(crate) identifiers: Vec<(String, String)>,
    pub(crate) other_names: Vec<String>,
    pub(crate) interests: Vec<Interest>,
    pub(crate) address: String,
}

impl Entity {
    /// Whether BODS has something to say of it: somebody registered it, it is of the State, or an interest in it is stated.
    fn is_said(&self) -> bool {
        !self.organisation.exercise
            && (!self.identifiers.is_empty() || !self.interests.is_empty() || self.is_of_state())
    }

    fn is_of_state(&self) -> bool {
        self.organisation.kind == "state-body"
    }
}

/// The statements, each entity before what is said of it.
///
/// **Shape** the same record gives the same statements, with the same ids, to the byte; an id changes where what it identifies does.
pub(crate) fn statements(entities: &[Entity], publisher: &Publisher) -> Value {
    let mut all = Vec::new();
    for entity in entities.iter().filter(|entity| entity.is_said()) {
        all.push(entity_statement(entity, publisher));
        all.extend(entity.interests.iter().map(|interest| relationship(entity, interest, publisher)));
    }
    Value::Array(all)
}

/// Forty characters that this instance alone gives to this record.
fn statement_id(publisher: &Publisher, record: &str, content: &Value) -> String {
    let text = format!("{}\n{record}\n{content}", publisher.origin);
    let digest = Sha256::digest(text.as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("toguna-{hex}")
}

/// What every statement says of itself, around what it says.
fn statement(
    publisher: &Publisher,
    subject: &str,
    (record, kind): (&str, &str),
    (day, source): (Day, Value),
    details: &Value,
) -> Value {
    json!({
        "statementId": statement_id(publisher, record, details),
        "declarationSubject": subject,
        "statementDate": day.to_string(),
        "publicationDetails": {
            "publicationDate": publisher.day.to_string(),
            "bodsVersion": "0.4",
            "publisher": { "name": publisher.name, "url": publisher.address },
        },
        "source": source,
        "recordId": record,
        "recordStatus": "new",
        "recordType": kind,
        "recordDetails": details,
    })
}

fn entity_statement(entity: &Entity, publisher: &Publisher) -> Value {
    let organisation = &entity.organisation;
    let kind = match () {
        () if entity.is_of_state() => "stateBody",
        () if entity.identifiers.is_empty() => "legalEntity",
        () => "registeredEntity",
    };
    let names = organisation.acronym.iter().chain(&entity.other_names).cloned().map(Value::String);
    let identifiers = entity.identifiers.iter().map(|(scheme, id)| match scheme.strip_prefix("https://") {
        // A register that has no code is named by its address.
        Some(_) => json!({ "schemeName": scheme, "id": id }),
        None => json!({ "scheme": scheme, "id": id }),
    });
    let details = object([
        ("isComponent", Some(Value::Bool(false))),
        ("entityType", Some(json!({ "type": kind }))),
        ("name", Some(json!(organisation.name))),
        ("alternateNames", array(names.collect())),
        ("identifiers", array(identifiers.collect())),
        (
            "foundingDate",
            organisation.founded.as_ref().filter(|text| text.len() == 10).map(|text| json!(text)),
        ),
        ("uri", Some(json!(entity.address))),
    ]);
    let record = organisation.id.as_str();
    let source = json!({ "type": ["thirdParty"], "url": entity.address });
    statement(publisher, record, (record, "entity"), (entity.known, source), &details)
}

fn relationship(entity: &Entity, interest: &Interest, publisher: &Publisher) -> Value {
    let subject = entity.organisation.id.as_str();
    let kind = INTERESTS
        .iter()
        .find(|(code, _)| *code == interest.criterion)
        .map_or("unknownInterest", |(_, kind)| kind);
    let day = |day: Option<Day>| day.map(|day| Value::String(day.to_string()));
    let told = object([
        ("type", Some(json!(kind))),
        ("details", Some(json!(format!("{} — {}", interest.criterion, interest.details)))),
        ("startDate", day(interest.from)),
        ("endDate", day(interest.to)),
    ]);
    let details = json!({
        "isComponent": false,
        "subject": subject,
        "interestedParty": {
            "reason": "informationUnknownToPublisher",
            "description": "A public authority, which the register does not name.",
        },
        "interests": [told],
    });
    let source = match interest.basis {
        Basis::Declared => "selfDeclaration",
        Basis::Observed => "thirdParty",
    };
    let source = object([
        ("type", Some(json!([source]))),
        ("url", Some(json!(entity.address))),
        ("description", interest.source.as_ref().map(|title| json!(title))),
    ]);
    let record = format!("{subject}-{}-{}", interest.criterion.to_ascii_lowercase(), interest.entry);
    statement(publisher, subject, (&record, "relationship"), (interest.known, source), &details)
}
