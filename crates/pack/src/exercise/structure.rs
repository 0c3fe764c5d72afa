//! The exercise's places, bodies, seats and sittings as facts, each marked as an exercise.

use terms::institutions::{
    BodyEstablished, BodyInstalled, BodyKindSet, CountStated, Holder, Interruption, PlaceJoined, PlaceNamed,
    SeatFilled, SeatInterrupted, SeatLeft, SeatSet,
};
use terms::organisations::{Basis, OrganisationRegistered, TieStated};
use terms::sittings::{AttendanceTaken, Presence, SeatPresence, SittingHeld, SittingNotHeld};
use terms::{Bilingual, BodyId, Day, Mark, OccupancyId, OrganisationId, PlaceId, Precision, SeatCode, Word};

use super::{Exercise, FILE, HolderKind, SUFFIX, Seat, Sitting};
use crate::{Act, Fact, Kind, Pack, PackFault};

/// The facts while they are told.
struct Telling<'e> {
    exercise: &'e Exercise,
    pack: &'e Pack,
    /// The earliest day of the exercise: what has no day of its own is known from it.
    start: Day,
    facts: Vec<Fact>,
}

fn fault(field: &str, message: String) -> PackFault {
    PackFault { file: FILE.to_owned(), line: None, field: Some(field.to_owned()), message }
}

impl Exercise {
    /// The places, bodies, seats, holders and sittings of the exercise, in the order of the record: nothing
    /// refers to what comes after it. They follow the facts of the pack.
    ///
    /// **Errors** a level, kind, clock, theme or cause of pause that the pack does not have.
    pub fn facts(&self, pack: &Pack) -> Result<Vec<Fact>, PackFault> {
        self.check_taken(pack)?;
        let start = self.organisations.iter().map(|organisation| organisation.since).min();
        let start = start.map_or(self.body.installed_on, |since| since.min(self.body.installed_on));
        let mut telling = Telling { exercise: self, pack, start, facts: Vec::new() };
        telling.places()?;
        telling.offices()?;
        let kind = telling.committee()?;
        telling.organisations();
        telling.ties()?;
        telling.seats(kind.as_deref())?;
        self.sittings.iter().for_each(|sitting| telling.sitting(sitting));
        Ok(telling.facts)
    }

    /// What the recommendations take from the pack is there.
    fn check_taken(&self, pack: &Pack) -> Result<(), PackFault> {
        let offices = self.offices.iter().map(|office| &office.rule);
        let events = || self.recommendations.iter().flat_map(|recommendation| &recommendation.events);
        let mut rules = offices.chain(events().filter_map(|event| event.happening.taken().0));
        if let Some(rule) = rules.find(|rule| pack.clocks.iter().all(|clock| clock.id != **rule)) {
            return Err(fault("rule", format!("« {rule} » n’est pas une horloge de clocks.toml")));
        }
        let mut causes = events().filter_map(|event| event.happening.taken().1);
        if let Some(cause) = causes.find(|cause| pack.pause_causes.iter().all(|known| known.id != *cause)) {
            return Err(fault("cause", format!("« {cause} » n’est pas une cause de pause de clocks.toml")));
        }
        let mut themes = self.recommendations.iter().map(|recommendation| recommendation.theme.as_str());
        if let Some(theme) = themes.find(|theme| pack.themes.iter().all(|known| known.id != *theme)) {
            return Err(fault("theme", format!("« {theme} » n’est pas un thème de themes.csv")));
        }
        Ok(())
    }
}

impl Telling<'_> {
    fn say(&mut self, known: Day, word: Word) {
        self.facts.push(Fact { known: Some(known), act: Act::Said(Box::new(word)) });
    }

    fn level(&self, level: &str) -> Result<(), PackFault> {
        let unknown = || fault("level", format!("« {level} » n’est pas un niveau de pack.toml"));
        self.pack.rank_of(level).map(|_| ()).ok_or_else(unknown)
    }

    fn places(&mut self) -> Result<(), PackFault> {
        let country: Option<&PlaceId> = self.pack.country_place().map(|place| &place.id);
        let mut joined = Vec::new();
        for place in &self.exercise.places {
            self.level(&place.level)?;
            if self.pack.places.iter().any(|real| real.id == place.id) {
                return Err(fault("id", format!("« {} » est un lieu réel de places.csv", place.id)));
            }
            let named = PlaceNamed {
                id: place.id.clone(),
                level: place.level.clone(),
                name: place.name.clone(),
                variants: Vec::new(),
                from: None,
                to: None,
                lat_e2: None,
                lon_e2: None,
                source: None,
                exercise: true,
            };
            self.say(self.start, Word::PlaceNamed(named));
            if let Some(value) = place.people {
                let scope = place.id.to_string();
                let subject = "population".to_owned();
                let counted =
                    CountStated { subject, scope, on: self.start, value, of: None, source: None, note: None };
                self.say(self.start, Word::CountStated(counted));
            }
            if let Some(parent) = place.parent.as_ref().or(country) {
                let (place, parent) = (place.id.clone(), parent.clone());
                joined.push(PlaceJoined { place, parent, from: None, to: None, source: None });
            }
        }
        joined.into_iter().for_each(|joined| self.say(self.start, Word::PlaceJoined(joined)));
        Ok(())
    }

    fn kind(&self, id: &str) -> Result<&Kind, PackFault> {
        let unknown = || fault("kind", format!("« {id} » n’est pas une sorte d’organe de body_kinds.csv"));
        self.pack.kinds.iter().find(|kind| kind.set.id == id).ok_or_else(unknown)
    }

    /// Offices are of the pack's kinds, so that its ladders find them; one without a kind gets the exercise's
    /// own.
    fn offices(&mut self) -> Result<(), PackFault> {
        let mut own: Vec<String> = Vec::new();
        for office in &self.exercise.offices {
            self.level(&office.level)?;
            let (kind, since) = match &office.kind {
                Some(kind) => self.kind(kind).map(|kind| (kind.set.id.clone(), kind.from))?,
                None => (format!("charge-{}-{SUFFIX}", office.level), None),
            };
            if office.kind.is_none() && !own.contains(&kind) {
                let set = BodyKindSet {
                    id: kind.clone(),
                    name: Bilingual { fr: "Charge d’exercice".into(), en: Some("Exercise office".into()) },
                    level: Some(office.level.clone()),
                    function: "authority".into(),
                    required: false,
                    meets_every: None,
                    chair: None,
                    source: None,
                };
                self.say(self.start, Word::BodyKindSet(set));
                own.push(kind.clone());
            }
            let name = Bilingual { fr: office.name_fr.clone(), en: office.name_en.clone() };
            // A body is of no kind that was not there yet.
            let known = since.map_or(self.start, |since| since.max(self.start));
            self.body(known, office.id.clone(), kind, name, office.place.clone());
        }
        Ok(())
    }

    fn body(&mut self, known: Day, id: BodyId, kind: String, name: Bilingual, place: PlaceId) {
        let established = BodyEstablished {
            id,
            kind,
            name,
            place: Some(place),
            from: None,
            to: None,
            source: None,
            note: Some(self.exercise.notice_fr.clone()),
            exercise: true,
        };
        self.say(known, Word::BodyEstablished(established));
    }

    /// The committee, installed. The answer is its own kind, where its seats are not those of the pack's
    /// kind.
    fn committee(&mut self) -> Result<Option<String>, PackFault> {
        let committee = &self.exercise.body;
        let template = self.kind(&committee.template)?.set.clone();
        let shared = self.exercise.seats.iter().all(|seat| {
            self.pack.seats.iter().any(|known| known.body_kind == template.id && known.code == seat.code)
        });
        let own = (!shared).then(|| format!("{}-{SUFFIX}", template.id));
        if let Some(own) = &own {
            let name = Bilingual {
                fr: format!("{} (exercice)", template.name.fr),
                en: template.name.en.as_ref().map(|en| format!("{en} (exercise)")),
            };
            let meets_every = committee.meetings.clone();
            let presides = |seat: &&Seat| seat.holder == committee.chair.as_str();
            let chair = self.exercise.seats.iter().find(presides).map(|seat| seat.code.clone());
            let set = BodyKindSet {
                id: own.clone(),
                name,
                required: false,
                meets_every,
                chair,
                source: None,
                ..template.clone()
            };
            self.say(self.start, Word::BodyKindSet(set));
        }
        let kind = own.clone().unwrap_or(template.id);
        let name = Bilingual { fr: committee.name_fr.clone(), en: committee.name_en.clone() };
        self.body(self.start, committee.id.clone(), kind, name, committee.place.clone());
        let installed = BodyInstalled {
            body: committee.id.clone(),
            on: committee.installed_on,
            precision: Precision::Day,
            source: None,
            note: None,
        };
        self.say(committee.installed_on, Word::BodyInstalled(installed));
        Ok(own)
    }

    fn organisations(&mut self) {
        for organisation in &self.exercise.organisations {
            let registered = OrganisationRegistered {
                id: organisation.id.clone(),
                name: organisation.name.clone(),
                acronym: None,
                kind: organisation.kind.clone(),
                founded: Some(organisation.since.to_string()),
                legal_form: None,
                place: Some(organisation.place.clone()),
                source: None,
                note: Some(self.exercise.notice_fr.clone()),
                exercise: true,
            };
            self.say(organisation.since, Word::OrganisationRegistered(registered));
        }
    }

    fn seats(&mut self, own_kind: Option<&str>) -> Result<(), PackFault> {
        if let Some(kind) = own_kind {
            for seat in &self.exercise.seats {
                let set = self.seat_set(kind, seat);
                self.say(self.start, Word::SeatSet(set));
            }
        }
        for seat in &self.exercise.seats {
            self.holding(seat)?;
        }
        Ok(())
    }

    fn seat_set(&self, kind: &str, seat: &Seat) -> SeatSet {
        let organisations = &self.exercise.organisations;
        let designating = seat.designating.as_ref().map(|party| {
            let organisation = organisations.iter().find(|organisation| organisation.id.as_str() == party);
            organisation.map_or_else(|| party.clone(), |organisation| organisation.name.clone())
        });
        SeatSet {
            body_kind: kind.to_owned(),
            code: seat.code.clone(),
            name: Bilingual { fr: seat.label_fr.clone(), en: seat.label_en.clone() },
            kind: seat.kind,
            constituency: seat.constituency.clone(),
            count: Some(1),
            count_rule: None,
            designating_party: designating,
            overseen_authority: None,
            sex: None,
            nominee: None,
            text: None,
            article: None,
            address: None,
            confidence: Mark::Proposal,
            since: None,
            source: None,
        }
    }

    /// The organisation of the exercise that designates the seat's holder.
    fn designated_by(&self, seat: &Seat) -> Option<OrganisationId> {
        let party = seat.designating.as_deref()?;
        let organisations = &self.exercise.organisations;
        organisations.iter().find(|one| one.id.as_str() == party).map(|one| one.id.clone())
    }

    fn holding(&mut self, seat: &Seat) -> Result<(), PackFault> {
        let body = &self.exercise.body.id;
        let id =
            OccupancyId::parse(&format!("{body}-{}", seat.code)).map_err(|f| fault("code", f.to_string()))?;
        let name = match seat.holder_kind {
            HolderKind::Office => None,
            HolderKind::Person => {
                let person = self.exercise.persons.iter().find(|person| person.id.as_str() == seat.holder);
                Some(person.map_or_else(|| seat.holder.clone(), |person| person.name.clone()))
            }
        };
        let holder = match seat.holder_kind {
            HolderKind::Office => {
                let body = BodyId::parse(&seat.holder).map_err(|f| fault("holder", f.to_string()))?;
                Holder::Office { body }
            }
            // Whoever an organisation of the exercise designates sits for it.
            HolderKind::Person => match self.designated_by(seat) {
                Some(organisation) => Holder::Organisation { organisation, name: None },
                None => Holder::Unnamed,
            },
        };
        let filled = SeatFilled {
            id: id.clone(),
            body: body.clone(),
            seat: seat.code.clone(),
            ordinal: 1,
            holder,
            sex: seat.sex,
            youth: seat.young,
            from: Some(seat.from),
            precision: None,
            source: None,
        };
        match name {
            Some(name) => {
                let act = Act::Filled { filled: Box::new(filled), name };
                self.facts.push(Fact { known: Some(seat.from), act });
            }
            None => self.say(seat.from, Word::SeatFilled(filled)),
        }
        self.departure(seat, id);
        Ok(())
    }

    fn departure(&mut self, seat: &Seat, occupancy: OccupancyId) {
        let reason = seat.vacancy_reason.clone().unwrap_or_else(|| "unknown".into());
        if let Some(on) = seat.to.or(seat.vacant_from) {
            let left = SeatLeft { occupancy, on, precision: None, reason: reason.clone(), source: None };
            self.say(on, Word::SeatLeft(left));
        }
        if let Some(from) = seat.vacant_from {
            let interrupted = SeatInterrupted {
                body: self.exercise.body.id.clone(),
                seat: seat.code.clone(),
                ordinal: None,
                state: Interruption::Vacant,
                reason,
                from,
                to: None,
                source: None,
                note: seat.vacancy_note_fr.clone(),
            };
            self.say(from, Word::SeatInterrupted(interrupted));
        }
    }

    /// How the seats that were filled on the day stood.
    fn presences(&self, absent: &[SeatCode], on: Day) -> Vec<SeatPresence> {
        let filled =
            self.exercise.seats.iter().filter(|seat| seat.from <= on && seat.to.is_none_or(|to| to > on));
        let presence = |seat: &Seat| {
            if absent.contains(&seat.code) { Presence::Absent } else { Presence::Present }
        };
        filled
            .map(|seat| SeatPresence { seat: seat.code.clone(), ordinal: 1, presence: presence(seat) })
            .collect()
    }

    fn ties(&mut self) -> Result<(), PackFault> {
        for tie in &self.exercise.ties {
            if self.exercise.organisations.iter().all(|one| one.id != tie.organisation) {
                return Err(fault(
                    "organisation",
                    format!("« {} » n’est pas de l’exercice", tie.organisation),
                ));
            }
            for criterion in &tie.criteria {
                let said = TieStated {
                    organisation: tie.organisation.clone(),
                    criterion: criterion.clone(),
                    value: tie.value,
                    basis: Basis::Declared,
                    contested: false,
                    from: None,
                    to: None,
                    source: None,
                    note: Some(tie.note_fr.clone()),
                    evidence: None,
                };
                self.say(tie.on, Word::TieStated(said));
            }
        }
        Ok(())
    }

    fn sitting(&mut self, sitting: &Sitting) {
        let body = self.exercise.body.id.clone();
        if let (true, Some(id), Some(on)) = (sitting.held, sitting.id.clone(), sitting.day) {
            let held = SittingHeld {
                id,
                body,
                on,
                evidence: sitting.evidence.clone(),
                present: sitting.present,
                expected: sitting.expected,
                women: sitting.women,
                youth: sitting.youth,
                civil_society: sitting.civil_society,
                paid_by: None,
                subject: None,
                minutes: None,
                source: None,
            };
            let subject = sitting.subject_fr.clone().unwrap_or_default();
            let (sitting_id, body) = (held.id.clone(), held.body.clone());
            self.facts.push(Fact { known: Some(on), act: Act::Held { held: Box::new(held), subject } });
            if let Some(absent) = &sitting.absent {
                let seats = self.presences(absent, on);
                let taken = AttendanceTaken { sitting: sitting_id, body, on, seats, source: None };
                self.say(on, Word::AttendanceTaken(taken));
            }
        } else if let Some(reason) = sitting.reason_fr.clone() {
            let to = sitting.month.last_of_month().tomorrow().unwrap_or(Day::MAX);
            let not_held = SittingNotHeld { body, from: sitting.month, to, reason: None, source: None };
            self.facts.push(Fact { known: Some(to), act: Act::NotHeld { not_held, reason } });
        }
    }
}
