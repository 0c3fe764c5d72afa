//! `exercice.toml`: a fictional year that shows the whole flow. Its places, bodies, seats and sittings become
//! facts marked as an exercise; its recommendations are played by the binary through the rooms' own acts, and
//! are public here for that.

pub(crate) mod call;
mod happenings;
mod organisations;
mod structure;

use std::collections::HashSet;

use serde::{Deserialize, Deserializer, de::Error};
use terms::instance::LegalBasis;
use terms::institutions::{SeatKind, Sex};
use terms::organisations::Held;
use terms::recommendations::Quality;
use terms::sittings::Evidence;
use terms::{BodyId, Day, OrganisationId, PersonId, PlaceId, RecommendationId, RuleId, SeatCode, SittingId};

use crate::keyed::{Keyed, parse, text_of};
use crate::seats::{CONSTITUENCIES, LEAVING};
use crate::sheet::{no_day, no_word, parse_day};
use crate::{Files, PackFault, register};

pub use happenings::{Answered, Event, Happening, PointAnswered};
pub use organisations::{Assessed, Funding, Met, Planned, Trained};

const FILE: &str = "exercice.toml";

/// What the id of a kind of body adds when the exercise needs its own.
const SUFFIX: &str = "exercice";

/// A fictional place, its people and its year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// Always true: the file says what it is.
    pub exercice: bool,
    /// What every page of the exercise says, in French.
    pub notice_fr: String,
    /// The same in English.
    pub notice_en: String,
    /// The year it plays in.
    pub year: i16,
    /// What its clocks rest on in the fiction.
    pub legal_basis: LegalBasis,
    /// Places, the largest first.
    #[serde(rename = "place")]
    pub places: Vec<ExercisePlace>,
    /// Persons.
    #[serde(rename = "person", default)]
    pub persons: Vec<Person>,
    /// Organisations.
    #[serde(rename = "organisation", default)]
    pub organisations: Vec<Organisation>,
    /// What organisations declare of their ties.
    #[serde(rename = "tie", default)]
    pub ties: Vec<Tie>,
    /// Offices that are addressed.
    #[serde(rename = "office", default)]
    pub offices: Vec<Office>,
    /// The committee.
    pub body: Committee,
    /// Its seats, with who holds them.
    #[serde(rename = "seat", default)]
    pub seats: Vec<Seat>,
    /// Its sittings, and the months without one.
    #[serde(rename = "sitting", default)]
    pub sittings: Vec<Sitting>,
    /// Its recommendations, with what became of them.
    #[serde(rename = "recommendation", default)]
    pub recommendations: Vec<Recommendation>,
    /// What its organisations lived on.
    #[serde(rename = "funding", default)]
    pub fundings: Vec<Funding>,
    /// How their capacity was assessed.
    #[serde(rename = "assessment", default)]
    pub assessments: Vec<Assessed>,
    /// What they planned.
    #[serde(rename = "action", default)]
    pub actions: Vec<Planned>,
    /// Trainings that their people attended.
    #[serde(rename = "training", default)]
    pub trainings: Vec<Trained>,
    /// Obligations that they met.
    #[serde(default)]
    pub met: Vec<Met>,
    /// Its calls to seats, each with how it ended.
    #[serde(rename = "call", default)]
    pub calls: Vec<call::Call>,
}

/// A fictional place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExercisePlace {
    /// Its id.
    pub id: PlaceId,
    /// Its name.
    pub name: String,
    /// Its level, one of the pack's.
    pub level: String,
    /// The place it lies in; the country where absent.
    pub parent: Option<PlaceId>,
    /// How many people live there.
    pub people: Option<u32>,
}

/// What a fictional organisation declares of one of its ties.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tie {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// The criteria it speaks of.
    pub criteria: Vec<String>,
    /// Whether they hold.
    pub value: Held,
    /// When it said so.
    #[serde(deserialize_with = "day")]
    pub on: Day,
    /// What it says.
    pub note_fr: String,
}

/// A fictional person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their sex.
    pub sex: Sex,
    /// What they do, in French.
    pub role_fr: String,
    /// What they do, in English.
    pub role_en: Option<String>,
    /// The organisation they act for.
    pub organisation: Option<OrganisationId>,
    /// The office they act for.
    pub office: Option<BodyId>,
}

/// A fictional organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its kind, as in `organisations.csv`.
    pub kind: String,
    /// What it stands for, as in `seats.csv`.
    pub constituency: String,
    /// Where it works.
    pub place: PlaceId,
    /// When it was founded.
    #[serde(deserialize_with = "day")]
    pub since: Day,
}

/// A fictional office.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Its id.
    pub id: BodyId,
    /// Its kind, one of the pack's; where absent, a kind of the exercise's own.
    pub kind: Option<String>,
    /// Its name in French.
    pub name_fr: String,
    /// Its name in English.
    pub name_en: Option<String>,
    /// Its level.
    pub level: String,
    /// Its place.
    pub place: PlaceId,
    /// The clock that runs when it is addressed.
    pub rule: RuleId,
}

/// The fictional committee.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// Its id.
    pub id: BodyId,
    /// The pack's kind of body it is modelled on.
    pub template: String,
    /// Its name in French.
    pub name_fr: String,
    /// Its name in English.
    pub name_en: Option<String>,
    /// Its place.
    pub place: PlaceId,
    /// The office that presides.
    pub chair: BodyId,
    /// When it was installed.
    #[serde(deserialize_with = "day")]
    pub installed_on: Day,
    /// How often it should meet: `month` or `quarter`.
    pub meetings: Option<String>,
}

/// A seat of the committee, and who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Its code.
    pub code: SeatCode,
    /// Its name in French.
    pub label_fr: String,
    /// Its name in English.
    pub label_en: Option<String>,
    /// How it is meant to be filled.
    pub kind: SeatKind,
    /// What it stands for.
    pub constituency: String,
    /// Who designates.
    pub designating: Option<String>,
    /// What holds it.
    pub holder_kind: HolderKind,
    /// The office's id; the person's id, or the person's name where no other part of the exercise needs one.
    pub holder: String,
    /// The holder's sex.
    pub sex: Option<Sex>,
    /// Whether the holder counts as young.
    pub young: Option<bool>,
    /// First day held.
    #[serde(deserialize_with = "day")]
    pub from: Day,
    /// First day no more held.
    #[serde(default, deserialize_with = "maybe_day")]
    pub to: Option<Day>,
    /// First day vacant.
    #[serde(default, deserialize_with = "maybe_day")]
    pub vacant_from: Option<Day>,
    /// Why the holder left.
    pub vacancy_reason: Option<String>,
    /// What a reader must know of the vacancy.
    pub vacancy_note_fr: Option<String>,
}

/// What holds a seat of the exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolderKind {
    /// An office.
    Office,
    /// A person.
    Person,
}

/// A month of the committee: a sitting, or why there was none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sitting {
    /// The month's first day; `AAAA-MM` in the file.
    #[serde(deserialize_with = "month")]
    pub month: Day,
    /// Whether the committee met.
    pub held: bool,
    /// The sitting's id; of a month with a sitting, as everything below but the last.
    pub id: Option<SittingId>,
    /// When it was held.
    #[serde(default, deserialize_with = "maybe_day")]
    pub day: Option<Day>,
    /// Members expected.
    pub expected: Option<u16>,
    /// Members present.
    pub present: Option<u16>,
    /// Women present.
    pub women: Option<u16>,
    /// Young people present.
    pub youth: Option<u16>,
    /// Civil-society members present.
    pub civil_society: Option<u16>,
    /// What shows that it was held.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// The seats that were not taken, where attendance was taken seat by seat; every other filled seat was.
    pub absent: Option<Vec<SeatCode>>,
    /// What was on the table.
    pub subject_fr: Option<String>,
    /// Why there was none.
    pub reason_fr: Option<String>,
}

/// How pressing a recommendation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// 3 on the record.
    #[serde(rename = "haute")]
    High,
    /// 2 on the record.
    #[serde(rename = "moyenne")]
    Middle,
    /// 1 on the record.
    #[serde(rename = "basse")]
    Low,
}

impl Priority {
    /// The number on the record: 3 high, 2 middle, 1 low.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::High => 3,
            Self::Middle => 2,
            Self::Low => 1,
        }
    }
}

/// A recommendation of the committee.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// Its id.
    pub id: RecommendationId,
    /// Its number in the fiction.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: Option<String>,
    /// Why it is made.
    pub text: String,
    /// Its theme, one of the pack's.
    pub theme: String,
    /// How pressing it is.
    pub priority: Priority,
    /// When it was adopted.
    #[serde(deserialize_with = "day")]
    pub adopted_on: Day,
    /// The sitting that adopted it.
    pub sitting: SittingId,
    /// Organisations that signed with the committee.
    #[serde(default)]
    pub cosigners: Vec<OrganisationId>,
    /// Its quality.
    pub quality: Quality,
    /// What it asks, numbered from 1.
    #[serde(rename = "point")]
    pub points: Vec<RecommendationPoint>,
    /// Whom it asks.
    #[serde(rename = "addressee")]
    pub addressees: Vec<Addressed>,
    /// What became of it, in order. Silence is not here: the clock writes it.
    #[serde(rename = "event", default)]
    pub events: Vec<Event>,
}

/// One thing a recommendation asks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationPoint {
    /// From 1.
    pub number: u8,
    /// What is asked.
    pub text: String,
    /// How one will know it is done.
    pub indicator: Option<String>,
    /// By when it is asked.
    #[serde(default, deserialize_with = "maybe_day")]
    pub deadline: Option<Day>,
}

/// Whom a recommendation asks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressed {
    /// The office.
    pub office: BodyId,
    /// The points that are for it.
    pub points: Vec<u8>,
    /// Why it is competent.
    pub competence: Option<String>,
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_day(&text).ok_or_else(|| D::Error::custom(no_day(&text)))
}

fn maybe_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
    day(deserializer).map(Some)
}

fn month<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_day(&format!("{text}-01"))
        .ok_or_else(|| D::Error::custom(format!("« {text} » n’est pas un mois (AAAA-MM)")))
}

impl Exercise {
    /// The exercise of the pack, if it has one; everything it refers to within itself is there.
    ///
    /// **Errors** the first fault, with its line. What it takes from the pack is checked by
    /// [`Exercise::facts`].
    pub fn read(files: &dyn Files) -> Result<Option<Self>, PackFault> {
        let Some(text) = text_of(files, FILE)? else { return Ok(None) };
        let (exercise, mut keyed) = parse::<Self>(files, FILE, &text)?;
        match exercise.first_fault(&mut keyed) {
            Some(fault) => Err(fault),
            None => Ok(Some(exercise)),
        }
    }

    fn first_fault(&self, keyed: &mut Keyed<'_>) -> Option<PackFault> {
        if !self.exercice {
            return Some(keyed.fault(
                "exercice",
                "false",
                "un exercice dit qu’il en est un : « true »".into(),
            ));
        }
        let people = self.repeated(keyed).or_else(|| self.unlisted(keyed)).or_else(|| self.dangling(keyed));
        people.or_else(|| self.nobodys(keyed)).or_else(|| {
            let fault = self.recommendations.iter().find_map(|recommendation| self.unasked(recommendation));
            fault.map(|(key, value, message)| keyed.fault(key, &value, message))
        })
    }

    /// An id that is given twice.
    fn repeated(&self, keyed: &mut Keyed<'_>) -> Option<PackFault> {
        let mut seen = HashSet::new();
        let ids = (self.places.iter().map(|x| x.id.as_str()))
            .chain(self.persons.iter().map(|x| x.id.as_str()))
            .chain(self.organisations.iter().map(|x| x.id.as_str()))
            .chain(self.offices.iter().map(|x| x.id.as_str()))
            .chain([self.body.id.as_str()])
            .chain(self.sittings.iter().filter_map(|x| Some(x.id.as_ref()?.as_str())))
            .chain(self.recommendations.iter().map(|x| x.id.as_str()))
            .chain(self.calls.iter().map(|x| x.id.as_str()))
            .chain(self.calls.iter().flat_map(|x| x.candidates.iter().map(|one| one.id.as_str())));
        if let Some(id) = ids.into_iter().find(|id| !seen.insert(*id)) {
            return Some(keyed.repeated("id", id));
        }
        let mut codes = HashSet::new();
        let code = self.seats.iter().map(|seat| seat.code.as_str()).find(|code| !codes.insert(*code))?;
        Some(keyed.repeated("code", code))
    }

    /// A word that is not of its list.
    fn unlisted(&self, keyed: &mut Keyed<'_>) -> Option<PackFault> {
        let kinds = self.organisations.iter().map(|x| ("kind", x.kind.as_str(), &register::KINDS[..]));
        let constituencies = (self.organisations.iter().map(|x| x.constituency.as_str()))
            .chain(self.seats.iter().map(|x| x.constituency.as_str()))
            .map(|word| ("constituency", word, &CONSTITUENCIES[..]));
        let leaving = self.seats.iter().filter_map(|x| x.vacancy_reason.as_deref());
        let leaving = leaving.map(|word| ("vacancy_reason", word, &LEAVING[..]));
        let meetings =
            self.body.meetings.as_deref().map(|word| ("meetings", word, &["month", "quarter"][..]));
        let mut words = kinds.chain(constituencies).chain(leaving).chain(meetings);
        let (key, word, admitted) = words.find(|(_, word, admitted)| !admitted.contains(word))?;
        Some(keyed.fault(key, word, no_word(word, admitted.iter().copied())))
    }

    /// An id that nothing of the exercise has, or a month that says two things.
    fn dangling(&self, keyed: &mut Keyed<'_>) -> Option<PackFault> {
        let places: HashSet<&str> = self.places.iter().map(|x| x.id.as_str()).collect();
        let organisations: HashSet<&str> = self.organisations.iter().map(|x| x.id.as_str()).collect();
        let offices: HashSet<&str> = self.offices.iter().map(|x| x.id.as_str()).collect();
        let parents =
            self.places.iter().filter_map(|x| Some(("parent", x.parent.as_ref()?.as_str(), &places)));
        let here = (self.organisations.iter().map(|x| &x.place))
            .chain(self.offices.iter().map(|x| &x.place))
            .chain([&self.body.place])
            .map(|place| ("place", place.as_str(), &places));
        let for_whom = self.persons.iter().flat_map(|x| {
            let organisation =
                x.organisation.as_ref().map(|id| ("organisation", id.as_str(), &organisations));
            let office = x.office.as_ref().map(|id| ("office", id.as_str(), &offices));
            organisation.into_iter().chain(office)
        });
        let held = self.seats.iter().filter(|x| x.holder_kind == HolderKind::Office);
        let held = held.map(|x| ("holder", x.holder.as_str(), &offices));
        let chair = [("chair", self.body.chair.as_str(), &offices)];
        let named = |organisation: &'_ Option<OrganisationId>| organisation.clone();
        let of_calls = self.calls.iter().flat_map(|call| {
            let standing = call.candidates.iter().map(|one| named(&one.organisation));
            standing.chain(call.parties.iter().map(|party| named(&party.organisation)))
        });
        if let Some(id) = of_calls.flatten().find(|id| !organisations.contains(id.as_str())) {
            return Some(keyed.fault("organisation", id.as_str(), unknown(id.as_str())));
        }
        let mut links = parents.chain(here).chain(for_whom).chain(held).chain(chair);
        if let Some((key, id, _)) = links.find(|(_, id, ids)| !ids.contains(id)) {
            return Some(keyed.fault(key, id, unknown(id)));
        }
        let mixed = self.sittings.iter().find(|x| {
            let told = x.id.is_some() && x.day.is_some() && x.subject_fr.is_some();
            if x.held { !told || x.reason_fr.is_some() } else { x.reason_fr.is_none() || x.day.is_some() }
        })?;
        let month = mixed.month.strftime("%Y-%m").to_string();
        let message =
            "une séance tenue a « id », « day » et « subject_fr » ; une séance non tenue, « reason_fr »";
        Some(keyed.fault("month", &month, message.into()))
    }

    /// A recommendation that asks a point of nobody, or nobody's point, or refers to what is not in the
    /// exercise.
    fn unasked(&self, recommendation: &Recommendation) -> Option<(&'static str, String, String)> {
        let numbers: Vec<u8> = recommendation.points.iter().map(|point| point.number).collect();
        let own = |what: &str| format!("recommandation « {} » : {what}", recommendation.id);
        if numbers.is_empty() || !numbers.iter().copied().eq((1..=u8::MAX).take(numbers.len())) {
            let message = own("les points ne sont pas numérotés 1, 2, 3…");
            return Some(("id", recommendation.id.to_string(), message));
        }
        let asked = |id: &BodyId| self.offices.iter().any(|office| office.id == *id);
        if let Some(addressee) = recommendation.addressees.iter().find(|to| !asked(&to.office)) {
            return Some(("office", addressee.office.to_string(), unknown(addressee.office.as_str())));
        }
        let points = recommendation.addressees.iter().flat_map(|to| &to.points);
        let points = points.chain(recommendation.events.iter().flat_map(|event| event.happening.points()));
        if let Some(point) = points.into_iter().find(|point| !numbers.contains(point)) {
            return Some((
                "id",
                recommendation.id.to_string(),
                own(&format!("elle n’a pas de point {point}")),
            ));
        }
        let sat = |id: &SittingId| self.sittings.iter().any(|sitting| sitting.id.as_ref() == Some(id));
        if !sat(&recommendation.sitting) {
            return Some((
                "sitting",
                recommendation.sitting.to_string(),
                unknown(recommendation.sitting.as_str()),
            ));
        }
        let signs =
            |id: &OrganisationId| self.organisations.iter().any(|organisation| organisation.id == *id);
        if let Some(id) = recommendation.cosigners.iter().find(|id| !signs(id)) {
            return Some(("cosigners", id.to_string(), unknown(id.as_str())));
        }
        let mut before = recommendation.adopted_on;
        for event in &recommendation.events {
            if event.day < before {
                let message = own(&format!("le fait du {} est écrit après celui du {before}", event.day));
                return Some(("day", event.day.to_string(), message));
            }
            before = event.day;
            let person = |id: &PersonId| self.persons.iter().any(|person| person.id == *id);
            if let Some((key, id)) = event.happening.dangling(&asked, &signs, &sat, &person) {
                return Some((key, id.clone(), unknown(&id)));
            }
        }
        None
    }
}

fn unknown(id: &str) -> String {
    format!("« {id} » n’est rien de l’exercice")
}
