//! Popolo: bodies as organisations, seats as posts, who holds them as memberships.
//!
//! Beyond the specification, which admits more members. Of a post: `seat_kind` (`ex-officio`, `category`, `nominative`), `constituency`,
//! `reserved_for` (a sex), `designating_party`, `designated_by_overseen_authority` (absent where the text does not say), `nominee_id`, `text`,
//! `article`, `confidence`, `state` (`held`, `vacant`, `suspended`, `unknown`) on the day, and `interruption` where a source states one. Of a
//! membership: `holder_office_id` where an office sits. A name that is not on the record, or was withdrawn, makes no person.
//!
//! **Source** the Popolo specification, Organization, Post, Membership and Person.

use serde_json::{Map, Value, json};
use terms::institutions::{Interruption, Sex};
use terms::{Bilingual, Day};

use crate::seats::{Holding, Interrupted, Seat, Sitter, Stands};
use crate::tables::{Body, Cited};

/// What a document says, gathered body by body.
#[derive(Debug, Default)]
pub(crate) struct Document {
    organizations: Vec<Value>,
    posts: Vec<Value>,
    memberships: Vec<Value>,
    persons: Vec<Value>,
}

/// A body with its seats on the day and everybody who held one by then.
pub(crate) struct Seated<'a> {
    pub(crate) body: &'a Body,
    pub(crate) seats: &'a [Seat<'a>],
    pub(crate) holdings: &'a [Holding],
    /// Its page, as a whole address.
    pub(crate) address: String,
    pub(crate) day: Day,
}

fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<String, Value>>())
}

fn text(text: &str) -> Option<Value> {
    Some(Value::String(text.to_owned()))
}

fn day(day: Option<Day>) -> Option<Value> {
    day.map(|day| Value::String(day.to_string()))
}

fn other_names(name: &Bilingual) -> Option<Value> {
    name.en.as_ref().filter(|en| **en != name.fr).map(|en| json!([{ "name": en, "note": "en" }]))
}

/// The source in words: Popolo's own `sources` are addresses, and many a source has none.
fn source(source: Option<&Cited>) -> Option<Value> {
    source.map(|source| json!(source.title.as_deref().unwrap_or(source.id.as_str())))
}

impl Document {
    /// The body, its seats and who holds or held them are in the document.
    pub(crate) fn take(&mut self, seated: &Seated<'_>) {
        let body = seated.body;
        self.organizations.push(object([
            ("id", text(body.id.as_str())),
            ("name", text(&body.name.fr)),
            ("other_names", other_names(&body.name)),
            ("classification", text(&body.kind)),
            ("area_id", body.place.as_ref().and_then(|(id, _)| text(id.as_str()))),
            ("founding_date", day(body.from)),
            ("dissolution_date", day(body.to)),
            ("links", Some(json!([{ "url": seated.address, "note": "register" }]))),
            ("exercise", body.exercise.then_some(Value::Bool(true))),
        ]));
        self.posts.extend(seated.seats.iter().map(|seat| post(body, seat)));
        for holding in
            seated.holdings.iter().filter(|holding| holding.from.is_none_or(|from| from <= seated.day))
        {
            // Of a seat that the texts do not give, or no longer, nobody can be a holder here.
            let post = seated
                .seats
                .iter()
                .find(|seat| seat.template.code == holding.seat && seat.ordinal == holding.ordinal);
            if let Some(post) = post {
                self.hold(body, post, holding);
            }
        }
    }

    fn hold(&mut self, body: &Body, seat: &Seat<'_>, holding: &Holding) {
        let name = match &holding.sitter {
            Sitter::Person { name } | Sitter::Organisation { name: Some(name), .. } => name.as_deref(),
            Sitter::Organisation { name: None, .. } | Sitter::Office { .. } | Sitter::Unnamed => None,
        };
        let person = name.map(|_| format!("holder-{}", holding.id));
        if let (Some(id), Some(name)) = (&person, name) {
            let gender = holding.sex.map(|sex| json!(sex.as_str()));
            self.persons.push(object([("id", text(id)), ("name", text(name)), ("gender", gender)]));
        }
        let (office, organisation) = match &holding.sitter {
            Sitter::Office { id, .. } => (text(id), None),
            Sitter::Organisation { id, .. } => (None, text(id)),
            Sitter::Person { .. } | Sitter::Unnamed => (None, None),
        };
        self.memberships.push(object([
            ("id", text(holding.id.as_str())),
            ("role", text(&seat.template.name.fr)),
            ("person_id", person.as_deref().and_then(text)),
            ("organization_id", text(body.id.as_str())),
            ("post_id", text(&post_id(body, seat))),
            ("on_behalf_of_id", organisation),
            ("holder_office_id", office),
            ("start_date", day(holding.from)),
            ("end_date", day(holding.to)),
            ("end_reason", holding.reason.as_deref().and_then(text)),
            ("source", source(holding.source.as_ref())),
        ]));
    }

    /// The document.
    pub(crate) fn json(self) -> Value {
        json!({
            "organizations": self.organizations,
            "posts": self.posts,
            "memberships": self.memberships,
            "persons": self.persons,
        })
    }
}

fn post_id(body: &Body, seat: &Seat<'_>) -> String {
    format!("{}/{}/{}", body.id, seat.template.code, seat.ordinal)
}

fn post(body: &Body, seat: &Seat<'_>) -> Value {
    let template = seat.template;
    let (state, interruption) = match &seat.stands {
        Stands::Held(_) => ("held", None),
        Stands::Vacant { since, reason, stated } => {
            let note = stated.and_then(|stated| stated.note.as_deref());
            ("vacant", Some(vacancy(*since, *reason, note, stated.and_then(|stated| stated.source.as_ref()))))
        }
        Stands::Suspended(stated) => ("suspended", Some(interrupted(stated))),
        Stands::Unknown => ("unknown", None),
    };
    object([
        ("id", text(&post_id(body, seat))),
        ("label", text(&template.name.fr)),
        ("other_label", template.name.en.as_deref().and_then(text)),
        ("role", text(template.code.as_str())),
        ("organization_id", text(body.id.as_str())),
        ("start_date", day(template.since)),
        ("seat_kind", text(template.kind.as_str())),
        ("constituency", text(&template.constituency)),
        ("reserved_for", template.sex.map(Sex::as_str).and_then(text)),
        ("designating_party", template.designating_party.as_deref().and_then(text)),
        ("designated_by_overseen_authority", template.overseen.map(Value::Bool)),
        ("nominee_id", template.nominee.as_ref().and_then(|(id, _)| text(id.as_str()))),
        ("text", template.text.as_deref().and_then(text)),
        ("article", template.article.as_deref().and_then(text)),
        ("confidence", text(template.confidence.as_str())),
        ("source", source(template.source.as_ref())),
        ("state", text(state)),
        ("interruption", interruption),
    ])
}

fn vacancy(since: Option<Day>, reason: Option<&str>, note: Option<&str>, cited: Option<&Cited>) -> Value {
    object([
        ("kind", text("vacant")),
        ("start_date", day(since)),
        ("reason", reason.and_then(text)),
        ("note", note.and_then(text)),
        ("source", source(cited)),
    ])
}

fn interrupted(stated: &Interrupted) -> Value {
    let kind = match stated.state {
        Interruption::Vacant => "vacant",
        Interruption::Suspended => "suspended",
    };
    object([
        ("kind", text(kind)),
        ("start_date", day(Some(stated.from))),
        ("end_date", day(stated.to)),
        ("reason", text(&stated.reason)),
        ("note", stated.note.as_deref().and_then(text)),
        ("source", source(stated.source.as_ref())),
    ])
}
