//! The facts of a pack in the order of the record, each with the day since which it is publicly known.
//!
//! What a text establishes (a level, a place, a kind, a required number, a body, a seat) is known from the
//! day it holds. What a source reports (an installation, a holder, a count) is known from the day it could be
//! read. A fact is never known before what it refers to. A clock alone is known on any day, whoever its
//! ladder leads to: a rung is looked up on the day it is climbed, and a view of any past day has its rules.

use std::collections::HashMap;

use record::{Desk, Fault};
use terms::institutions::{BodyEstablished, Holder, SeatFilled};
use terms::sittings::{SittingHeld, SittingNotHeld};
use terms::{Day, OrganisationId, PlaceId, SourceId, Word};

use crate::sheet::parse_day;
use crate::{Dated, Pack};

/// Something a pack says, ready for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Since when it is publicly known; where absent, since it is on the record.
    pub known: Option<Day>,
    /// What it says.
    pub act: Act,
}

/// What a fact says. Names and sentences are apart from their words: on the record they are enclosures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A word as it stands.
    Said(Box<Word>),
    /// A person holds a seat.
    Filled {
        /// The holding; its holder is the person, or an organisation that sends the person.
        filled: Box<SeatFilled>,
        /// The person's name.
        name: String,
    },
    /// A committee met.
    Held {
        /// The sitting.
        held: Box<SittingHeld>,
        /// What was on the table.
        subject: String,
    },
    /// A committee did not meet.
    NotHeld {
        /// The period.
        not_held: SittingNotHeld,
        /// Why.
        reason: String,
    },
}

impl Act {
    /// The word, its names and sentences enclosed at this desk.
    ///
    /// **Errors** the database refused.
    pub fn word(self, desk: &mut Desk<'_>) -> Result<Word, Fault> {
        Ok(match self {
            Self::Said(word) => *word,
            Self::Filled { mut filled, name } => {
                let name = desk.enclose_text(&name)?;
                filled.holder = match filled.holder {
                    Holder::Organisation { organisation, .. } => {
                        Holder::Organisation { organisation, name: Some(name) }
                    }
                    _ => Holder::Person { name },
                };
                Word::SeatFilled(*filled)
            }
            Self::Held { mut held, subject } => {
                held.subject = Some(desk.enclose_text(&subject)?);
                Word::SittingHeld(*held)
            }
            Self::NotHeld { mut not_held, reason } => {
                not_held.reason = Some(desk.enclose_text(&reason)?);
                Word::SittingNotHeld(not_held)
            }
        })
    }
}

/// Since when something is known: a day, or not before it is on the record.
type Since = Option<Day>;

/// The later of two; not before the record is later than any day.
fn later(a: Since, b: Since) -> Since {
    Some(a?.max(b?))
}

/// Since when each thing of the pack is known.
struct Telling<'p> {
    pack: &'p Pack,
    published: HashMap<&'p SourceId, Day>,
    /// By the thing's own kind of word and its id.
    since: HashMap<(Thing, &'p str), Since>,
    facts: Vec<Fact>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    Place,
    Kind,
    Body,
    Organisation,
}

impl Pack {
    /// Everything the pack says, in the order of the record: nothing refers to what comes after it.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let published =
            self.sources.iter().filter_map(|source| Some((&source.id, source.published?))).collect();
        let mut telling = Telling { pack: self, published, since: HashMap::new(), facts: Vec::new() };
        telling.territory();
        telling.institutions();
        telling.organisations();
        telling.seats();
        telling.standing();
        telling.holders();
        telling.meetings();
        telling.figures();
        telling.time();
        telling.work();
        telling.facts
    }
}

impl<'p> Telling<'p> {
    fn say(&mut self, known: Since, word: Word) {
        self.facts.push(Fact { known, act: Act::Said(Box::new(word)) });
    }

    /// The day from which everything without a beginning is known.
    fn always(&self) -> Since {
        Some(self.pack.settings.known_from)
    }

    /// Of what a text establishes: the day it holds, or always.
    fn held(&self, from: Option<Day>) -> Since {
        from.or(self.always())
    }

    /// Of what a source reports: the day it could be read, the source's own day, or the fact's.
    fn reported(&self, known_on: Option<Day>, source: Option<&SourceId>, own: Option<Day>) -> Since {
        known_on.or_else(|| self.published.get(source?).copied()).or(own)
    }

    /// Since when the thing is known; always where the pack has no such thing.
    fn since(&self, thing: Thing, id: &str) -> Since {
        // The key borrows from the pack, the question need not: the map is searched with a shorter life.
        let since: &HashMap<(Thing, &str), Since> = &self.since;
        since.get(&(thing, id)).copied().unwrap_or(self.always())
    }

    fn since_some(&self, thing: Thing, id: Option<&str>) -> Since {
        id.map_or(self.always(), |id| self.since(thing, id))
    }

    fn territory(&mut self) {
        let (pack, always) = (self.pack, self.always());
        for source in &pack.sources {
            self.say(always, Word::SourceCited(source.clone()));
        }
        for level in &pack.levels {
            self.say(always, Word::LevelSet(level.clone()));
        }
        for place in &pack.places {
            let known = self.held(place.from);
            self.since.insert((Thing::Place, place.id.as_str()), known);
            self.say(known, Word::PlaceNamed(place.clone()));
        }
        for joined in &pack.parents {
            let places = later(
                self.since(Thing::Place, joined.place.as_str()),
                self.since(Thing::Place, joined.parent.as_str()),
            );
            self.say(later(self.held(joined.from), places), Word::PlaceJoined(joined.clone()));
        }
        for coded in &pack.codes {
            let known = later(self.held(coded.from), self.since(Thing::Place, coded.place.as_str()));
            self.say(known, Word::PlaceCoded(coded.clone()));
        }
    }

    fn institutions(&mut self) {
        let pack = self.pack;
        for kind in &pack.kinds {
            let known = self.held(kind.from);
            self.since.insert((Thing::Kind, kind.set.id.as_str()), known);
            self.say(known, Word::BodyKindSet(kind.set.clone()));
        }
        for required in &pack.required {
            let known = later(self.held(required.from), self.since(Thing::Kind, &required.kind));
            self.say(known, Word::RequiredStated(required.clone()));
        }
        for body in &pack.bodies {
            let known = self.body_since(body);
            self.since.insert((Thing::Body, body.id.as_str()), known);
            self.say(known, Word::BodyEstablished(body.clone()));
        }
    }

    fn body_since(&self, body: &BodyEstablished) -> Since {
        let place = self.since_some(Thing::Place, body.place.as_ref().map(PlaceId::as_str));
        later(self.held(body.from), later(place, self.since(Thing::Kind, &body.kind)))
    }

    /// An organisation is known since it was founded, else since the first day on which a source or a text
    /// named it.
    fn organisations(&mut self) {
        let pack = self.pack;
        for organisation in &pack.organisations {
            let id = &organisation.id;
            let founded = organisation.founded.as_deref().and_then(last_day_of);
            let seated = pack.seats.iter().filter(|seat| seat.nominee.as_ref() == Some(id));
            let stated = pack.statuses.iter().filter(|status| status.organisation == *id);
            let named = (self.reported(None, organisation.source.as_ref(), None).into_iter())
                .chain(seated.filter_map(|seat| {
                    later(self.held(seat.since), self.since(Thing::Kind, &seat.body_kind))
                }))
                .chain(stated.filter_map(|status| self.reported(None, status.source.as_ref(), status.on)));
            let own = founded.or(named.min());
            let place = self.since_some(Thing::Place, organisation.place.as_ref().map(PlaceId::as_str));
            let known = later(own, place);
            self.since.insert((Thing::Organisation, organisation.id.as_str()), known);
            self.say(known, Word::OrganisationRegistered(organisation.clone()));
        }
    }

    fn seats(&mut self) {
        for seat in &self.pack.seats {
            let nominee =
                self.since_some(Thing::Organisation, seat.nominee.as_ref().map(OrganisationId::as_str));
            let refers = later(self.since(Thing::Kind, &seat.body_kind), nominee);
            self.say(later(self.held(seat.since), refers), Word::SeatSet(seat.clone()));
        }
    }

    fn standing(&mut self) {
        let pack = self.pack;
        for joined in &pack.members {
            let both = later(
                self.since(Thing::Organisation, joined.member.as_str()),
                self.since(Thing::Organisation, joined.umbrella.as_str()),
            );
            let known = self.reported(None, joined.source.as_ref(), joined.from);
            self.say(later(known, both), Word::OrganisationJoined(joined.clone()));
        }
        for status in &pack.statuses {
            // Where neither the source nor the change has a day, it is known with the organisation itself:
            // the day of the sealing would be ours, and no fact.
            let own = self.since(Thing::Organisation, status.organisation.as_str());
            let known = self.reported(None, status.source.as_ref(), status.on).or(own);
            self.say(later(known, own), Word::OrganisationStatusStated(status.clone()));
        }
        self.said();
    }

    /// What is said of organisations one by one, and what weighs on them. Where neither the source nor the thing has a day, it is
    /// known since it is on the record: an earlier day would be made up.
    fn said(&mut self) {
        let pack = self.pack;
        for identified in &pack.identifiers {
            let own = self.since(Thing::Organisation, identified.organisation.as_str());
            let known = self.reported(None, identified.source.as_ref(), identified.from);
            self.say(later(known, own), Word::OrganisationIdentified(identified.clone()));
        }
        for form in &pack.legal_forms {
            self.say(self.always(), Word::LegalFormSet(form.clone()));
        }
        for recognised in &pack.recognitions {
            let own = self.since(Thing::Organisation, recognised.organisation.as_str());
            let known = self.reported(None, recognised.source.as_ref(), recognised.on);
            self.say(later(known, own), Word::OrganisationRecognised(recognised.clone()));
        }
        for tie in &pack.ties {
            let own = self.since(Thing::Organisation, tie.organisation.as_str());
            let known = self.reported(None, tie.source.as_ref(), tie.from);
            self.say(later(known, own), Word::TieStated(tie.clone()));
        }
        for restriction in &pack.restrictions {
            let named = restriction.organisations.iter().map(OrganisationId::as_str);
            let all =
                named.fold(self.always(), |known, id| later(known, self.since(Thing::Organisation, id)));
            let known = self.reported(None, restriction.source.as_ref(), restriction.from);
            self.say(later(known, all), Word::RestrictionStated(restriction.clone()));
        }
        for obligation in &pack.obligations {
            let known = self.reported(None, obligation.source.as_ref(), None);
            self.say(later(known, self.always()), Word::ObligationSet(obligation.clone()));
        }
    }

    /// Where and on what organisations work; the themes are on the record before.
    fn work(&mut self) {
        let pack = self.pack;
        for work in &pack.work {
            let own = self.since(Thing::Organisation, work.organisation.as_str());
            let places = work.places.iter().map(PlaceId::as_str);
            let all = places.fold(own, |known, place| later(known, self.since(Thing::Place, place)));
            let known = self.reported(None, work.source.as_ref(), work.from);
            self.say(later(known, all), Word::OrganisationWorks(work.clone()));
        }
    }

    fn holders(&mut self) {
        let pack = self.pack;
        for installed in &pack.installations {
            let known = self.reported(None, installed.source.as_ref(), Some(installed.on));
            let known = later(known, self.since(Thing::Body, installed.body.as_str()));
            self.say(known, Word::BodyInstalled(installed.clone()));
        }
        for occupancy in &pack.occupancies {
            let (filled, left) = (&occupancy.word.filled, &occupancy.word.left);
            let own = filled.from.or(left.as_ref().map(|left| left.on));
            let known = self.reported(occupancy.known_on, filled.source.as_ref(), own);
            let refers = match &filled.holder {
                Holder::Office { body } => self.since(Thing::Body, body.as_str()),
                Holder::Organisation { organisation, .. } => {
                    self.since(Thing::Organisation, organisation.as_str())
                }
                Holder::Person { .. } | Holder::Unnamed => self.always(),
            };
            let known = later(known, later(refers, self.since(Thing::Body, filled.body.as_str())));
            match occupancy.word.name.clone() {
                Some(name) => {
                    let act = Act::Filled { filled: Box::new(filled.clone()), name };
                    self.facts.push(Fact { known, act });
                }
                None => self.say(known, Word::SeatFilled(filled.clone())),
            }
            if let Some(left) = left {
                self.say(later(known, Some(left.on)), Word::SeatLeft(left.clone()));
            }
        }
        for Dated { known_on, word } in &pack.interruptions {
            let known = self.reported(*known_on, word.source.as_ref(), Some(word.from));
            let known = later(known, self.since(Thing::Body, word.body.as_str()));
            self.say(known, Word::SeatInterrupted(word.clone()));
        }
    }

    fn meetings(&mut self) {
        for Dated { known_on, word } in &self.pack.sittings {
            let held = &word.held;
            let known = self.reported(*known_on, held.source.as_ref(), Some(held.on));
            let known = later(known, self.since(Thing::Body, held.body.as_str()));
            let act = Act::Held { held: Box::new(held.clone()), subject: word.subject.clone() };
            self.facts.push(Fact { known, act });
        }
    }

    fn figures(&mut self) {
        let pack = self.pack;
        for Dated { known_on, word } in &pack.counts {
            let known = self.reported(*known_on, word.source.as_ref(), Some(word.on));
            let scope = [Thing::Kind, Thing::Place, Thing::Body, Thing::Organisation]
                .into_iter()
                .find_map(|thing| self.since.get(&(thing, word.scope.as_str())).copied())
                .unwrap_or(self.always());
            self.say(later(known, scope), Word::CountStated(word.clone()));
        }
        for Dated { known_on, word } in &pack.compositions {
            let known = self.reported(*known_on, word.source.as_ref(), Some(word.on));
            let known = later(known, self.since(Thing::Body, word.body.as_str()));
            self.say(known, Word::CompositionStated(word.clone()));
        }
        for Dated { known_on, word } in &pack.tallies {
            let known = self.reported(*known_on, word.source.as_ref(), Some(word.on));
            self.say(known, Word::TallyStated(word.clone()));
        }
        for event in &pack.events {
            let known = self.reported(None, event.source.as_ref(), Some(event.on));
            let place = self.since_some(Thing::Place, event.place.as_ref().map(PlaceId::as_str));
            self.say(later(known, place), Word::EventDated(event.clone()));
        }
    }

    fn time(&mut self) {
        let (pack, always) = (self.pack, self.always());
        let words = (pack.feasts.iter().cloned().map(Word::FeastSet))
            .chain(pack.feast_years.iter().cloned().map(Word::FeastYearsKnown))
            .chain(pack.clocks.iter().cloned().map(Word::ClockRuleSet))
            .chain(pack.pause_causes.iter().cloned().map(Word::PauseCauseSet))
            .chain(pack.themes.iter().cloned().map(Word::ThemeSet));
        for word in words {
            self.say(always, word);
        }
    }
}

/// The last day of a year, a month or a day: from then on it was surely so.
fn last_day_of(text: &str) -> Option<Day> {
    match text.len() {
        4 => parse_day(&format!("{text}-12-31")),
        7 => parse_day(&format!("{text}-01")).map(Day::last_of_month),
        _ => parse_day(text),
    }
}
