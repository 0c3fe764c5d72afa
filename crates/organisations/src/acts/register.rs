//! The register's first acts: register, state, join.

use terms::organisations::{OrganisationJoined, OrganisationRegistered, OrganisationStatusStated};
use terms::{Day, OrganisationId, PlaceId, SourceId, Word};

use super::{Candidates, Refusal};

/// Kinds of organisation, in the order of forms.
pub const KINDS: [&str; 12] = [
    "association",
    "ngo",
    "umbrella",
    "federation",
    "alliance",
    "women",
    "youth",
    "religious",
    "research",
    "state-body",
    "partner",
    "other",
];

/// Statements that decide an organisation's standing, in the order of forms.
pub const STANDINGS: [&str; 5] = ["declared", "active", "suspended", "dissolved", "restored"];

/// Other statements that have a label, in the order of forms.
pub const STATEMENTS: [&str; 7] = [
    "founded",
    "founded-by-organisations",
    "founded-with-donors",
    "launched",
    "governing-body-replaced",
    "governing-body-renewed",
    "state-backed",
];

/// An organisation as a steward wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// Its acronym.
    pub acronym: Option<String>,
    /// Its kind, one of [`KINDS`].
    pub kind: String,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub founded: Option<String>,
    /// Its legal form.
    pub legal_form: Option<String>,
    /// Where it has its seat.
    pub place: Candidates<PlaceId>,
    /// Whence.
    pub source: Option<SourceId>,
    /// What a reader must know.
    pub note: Option<String>,
    /// Part of an exercise.
    pub exercise: bool,
    /// The steward saw those of the same name and says this is another.
    pub another: bool,
}

/// The organisation is to be registered under this id. `same` are the names of those it may be confused with.
///
/// **Errors** the kind is none of [`KINDS`]; the founding is unreadable or later than today; the place is
/// unknown or several; one of the same name or acronym is registered and the draft does not say it is
/// another.
pub fn register(id: OrganisationId, draft: Draft, same: &[String], today: Day) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !KINDS.contains(&draft.kind.as_str()) {
        refusals.push(Refusal::UnknownKind);
    }
    if let Some(text) = &draft.founded {
        match first_day(text) {
            None => refusals.push(Refusal::FoundingUnreadable(text.chars().take(20).collect())),
            Some(day) if day > today => refusals.push(Refusal::FoundingLater),
            Some(_) => {}
        }
    }
    let place = match draft.place {
        Candidates::Blank => None,
        Candidates::One(place) => Some(place),
        Candidates::Nobody(text) => {
            refusals.push(Refusal::UnknownPlace(text));
            None
        }
        Candidates::Several(names) => {
            refusals.push(Refusal::SeveralPlaces(names));
            None
        }
    };
    if let (Some(name), false) = (same.first(), draft.another) {
        refusals.push(Refusal::SameName(name.clone()));
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    Ok(Word::OrganisationRegistered(OrganisationRegistered {
        id,
        name: draft.name,
        acronym: draft.acronym,
        kind: draft.kind,
        founded: draft.founded,
        legal_form: draft.legal_form,
        place,
        source: draft.source,
        note: draft.note,
        exercise: draft.exercise,
    }))
}

/// The first day of a year, a month, or the day itself.
pub(crate) fn first_day(text: &str) -> Option<Day> {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range).is_some_and(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    match text.len() {
        4 if digits(0..4) => format!("{text}-01-01").parse().ok(),
        7 if digits(0..4) && digits(5..7) => format!("{text}-01").parse().ok(),
        10 if digits(0..4) && digits(5..7) && digits(8..10) => text.parse().ok(),
        _ => None,
    }
}

/// The statement is to stand beside those made before.
///
/// **Errors** neither in [`STANDINGS`] nor in [`STATEMENTS`]; its day is after today; neither source nor
/// note; contested without a note.
pub fn state(statement: OrganisationStatusStated, today: Day) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let status = statement.status.as_str();
    if !STANDINGS.contains(&status) && !STATEMENTS.contains(&status) {
        refusals.push(Refusal::UnknownStatement);
    }
    if statement.on.is_some_and(|on| on > today) {
        refusals.push(Refusal::Later("jour"));
    }
    if statement.source.is_none() && statement.note.is_none() {
        refusals.push(Refusal::Unsourced);
    }
    if statement.contested && statement.note.is_none() {
        refusals.push(Refusal::ContestedByWhom);
    }
    if refusals.is_empty() { Ok(Word::OrganisationStatusStated(statement)) } else { Err(refusals) }
}

/// A membership between two organisations, as recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// First day; unknown where absent.
    pub from: Option<Day>,
    /// First day no more.
    pub to: Option<Day>,
}

impl Membership {
    /// Whether some day may belong to both. An unknown beginning may be any day.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let ends_before = |a: &Self, b: &Self| a.to.zip(b.from).is_some_and(|(to, from)| to <= from);
        !ends_before(self, other) && !ends_before(other, self)
    }
}

/// The membership is to be recorded. `recorded` are those already known between the two; one with the same
/// first day is amended, not doubled. `same_world` says that both or neither are part of an exercise.
///
/// **Errors** the umbrella is unknown, several or the member itself; the first day is after today; the first
/// day no more is not after the first day; a recorded membership with another first day overlaps; real and
/// fictional are mixed.
pub fn join(
    member: OrganisationId,
    umbrella: Candidates<OrganisationId>,
    dates: Membership,
    source: Option<SourceId>,
    recorded: &[Membership],
    same_world: bool,
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let umbrella = match umbrella {
        Candidates::One(umbrella) => Some(umbrella),
        Candidates::Blank => None,
        Candidates::Nobody(text) => {
            refusals.push(Refusal::UnknownUmbrella(text));
            None
        }
        Candidates::Several(names) => {
            refusals.push(Refusal::SeveralUmbrellas(names));
            None
        }
    };
    if umbrella.as_ref() == Some(&member) {
        refusals.push(Refusal::MemberOfItself);
    }
    if dates.from.is_some_and(|from| from > today) {
        refusals.push(Refusal::Later("debut"));
    }
    if dates.from.zip(dates.to).is_some_and(|(from, to)| to <= from) {
        refusals.push(Refusal::DatesReversed);
    } else if recorded.iter().any(|known| known.from != dates.from && known.overlaps(&dates)) {
        refusals.push(Refusal::AlreadyMember);
    }
    if umbrella.is_some() && !same_world {
        refusals.push(Refusal::ExerciseMixed);
    }
    match umbrella {
        Some(umbrella) if refusals.is_empty() => Ok(Word::OrganisationJoined(OrganisationJoined {
            member,
            umbrella,
            from: dates.from,
            to: dates.to,
            source,
        })),
        None if refusals.is_empty() => Err(vec![Refusal::UnknownUmbrella(String::new())]),
        _ => Err(refusals),
    }
}
