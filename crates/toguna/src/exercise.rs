//! Plays the year of a pack's exercise onto the record through the rooms' own acts, day by day, with the clock writing its
//! silences in between. What an act refuses is a fault of the pack's file.

mod letter;
mod organisations;
mod seats;

use std::collections::BTreeMap;
use std::sync::Arc;

use answers::CaseFacts;
use answers::acts::{self as exchange, Climb, Given, LetterWords, Sight};
use pack::{Answered, Exercise, Happening, PointAnswered, Recommendation};
use recommendations::acts::{Addressed, Adoption, Asked, Closing, Reopening, Scored, Transmission};
use recommendations::seals::{self, Hand};
use record::{Desk, Fault, Record, Zone};
use terms::answers::{Channel, Observer, PointAnswer};
use terms::organisations::ObligationRule;
use terms::recommendations::Author;
use terms::{Actor, BodyId, Day, Enclosed, Media, OrganisationId, PlaceId, Word};
use web::{Clocks, Language, Languages};

use self::letter::Letter;
use crate::demo::Unmade;
use crate::rooms::ROOMS;

/// One thing of one day: an adoption, or what became of a recommendation.
#[derive(Clone)]
struct Step {
    recommendation: Arc<Recommendation>,
    happening: Option<Happening>,
}

/// The day that is played, as it stands on the desk.
struct Stage<'a> {
    exercise: &'a Exercise,
    clocks: &'a Clocks,
    languages: &'a Languages,
    zone: &'a Zone,
    day: Day,
}

/// The exercise's year is on the record; `rules` are those of the pack's obligations, by their ids; the answer is on how many days something happened.
///
/// **Errors** something that an act refuses, with the recommendation, the day and why; the database refused.
pub fn play(
    record: &Record,
    exercise: &Exercise,
    rules: &[(String, ObligationRule)],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<u64, Unmade> {
    let (exercise, clocks) = (Arc::new(exercise.clone()), Arc::new(record.shelf.read(Clocks::load)?));
    let languages = Arc::new(crate::instance::languages()?);
    let played = Arc::clone(&exercise);
    let days = by_day(&exercise);
    let all = days.len() as u64;
    for (done, (day, steps)) in days.into_iter().enumerate() {
        let (exercise, clocks, zone) = (Arc::clone(&exercise), Arc::clone(&clocks), record.zone.clone());
        let languages = Arc::clone(&languages);
        record.scribe.seal_now(move |desk| -> Result<(), Unmade> {
            keep_time(desk, &zone, day)?;
            let stage =
                Stage { exercise: &exercise, clocks: &clocks, languages: &languages, zone: &zone, day };
            steps.iter().try_for_each(|step| stage.act(desk, step))
        })?;
        progress(done as u64 + 1, all);
    }
    organisations::play(record, &exercise, rules, &languages)?;
    seats::play(record, &played, &languages)?;
    Ok(all)
}

fn by_day(exercise: &Exercise) -> BTreeMap<Day, Vec<Step>> {
    let mut days: BTreeMap<Day, Vec<Step>> = BTreeMap::new();
    for recommendation in &exercise.recommendations {
        let recommendation = Arc::new(recommendation.clone());
        let step = |happening| Step { recommendation: Arc::clone(&recommendation), happening };
        days.entry(recommendation.adopted_on).or_default().push(step(None));
        for event in &recommendation.events {
            days.entry(event.day).or_default().push(step(Some(event.happening.clone())));
        }
    }
    days
}

/// What fell due by the morning of that day is written as the clock would have written it then.
fn keep_time(desk: &mut Desk<'_>, zone: &Zone, day: Day) -> Result<(), Fault> {
    for duty in ROOMS.iter().filter_map(|room| room.duty) {
        for due in duty(desk.tx(), day)? {
            desk.append(zone, due.by, Some(due.known.unwrap_or(day)), due.word)?;
        }
    }
    Ok(())
}

impl Stage<'_> {
    fn act(&self, desk: &mut Desk<'_>, step: &Step) -> Result<(), Unmade> {
        let said = &step.recommendation;
        let hand = Hand { zone: self.zone, by: Actor::Loader, known: Some(self.day), today: self.day };
        let done = match &step.happening {
            None => seals::adopt(desk, &hand, self.adoption(said)),
            Some(Happening::Transmitted { addressee, proof, rule, points, .. }) => {
                let transmission = Transmission {
                    recommendation: said.id.clone(),
                    addressee: addressee.clone(),
                    delivered_on: self.day,
                    proof: *proof,
                    file: None,
                    rule: Some(rule.clone()),
                    points: asked_of(said, addressee, points),
                };
                seals::transmit_by(desk, &hand, self.clocks, transmission)
            }
            Some(Happening::Closed { ground, reason }) => {
                let (recommendation, reason) = (said.id.clone(), reason.clone());
                let closing =
                    Closing { recommendation, on: self.day, ground: *ground, reason, replaced_by: None };
                seals::close(desk, &hand, closing)
            }
            Some(Happening::Reopened { reason }) => {
                let (recommendation, reason) = (said.id.clone(), reason.clone());
                seals::reopen(desk, &hand, Reopening { recommendation, on: self.day, reason })
            }
            Some(happening) => {
                let word = self.exchanged(desk, said, happening)?;
                desk.append(self.zone, Actor::Loader, Some(self.day), word)?;
                return Ok(());
            }
        };
        match done {
            Ok(_) => Ok(()),
            Err(seals::NotDone::Fault(fault)) => Err(fault.into()),
            Err(refused) => Err(self.untrue(said, &refused.sentences(self.languages).join(" "))),
        }
    }

    /// The file tells what could not have happened.
    fn untrue(&self, said: &Recommendation, why: &str) -> Unmade {
        Unmade::Data(format!("exercice.toml, {}, le {} : {why}", said.number, calendar::day_fr(self.day)))
    }

    /// What a decision of the exchange answered; a refusal says which sentence a person would have read.
    fn decided<T>(&self, said: &Recommendation, decision: exchange::Decision<T>) -> Result<T, Unmade> {
        decision.map_err(|refusals| {
            let sentences = refusals.into_iter().map(|refusal| {
                let web::Refusal { key, arguments, .. } = refusal.into();
                let arguments: Vec<_> =
                    arguments.iter().map(|(name, value)| (*name, web::Say::from(value))).collect();
                self.languages.say(Language::French, key, &arguments)
            });
            self.untrue(said, &sentences.collect::<Vec<_>>().join(" "))
        })
    }

    fn adoption(&self, said: &Recommendation) -> Adoption {
        let asked = |point: &pack::RecommendationPoint| Asked {
            text: point.text.clone(),
            indicator: point.indicator.clone(),
            deadline: point.deadline,
        };
        let addressed =
            |to: &pack::Addressed| Addressed { body: to.office.clone(), competence: to.competence.clone() };
        Adoption {
            id: said.id.clone(),
            author: Author::Body { body: self.exercise.body.id.clone() },
            places: self.places(),
            title: said.title.clone(),
            grounds: Some(said.text.clone()),
            means: None,
            points: said.points.iter().map(asked).collect(),
            addressees: said.addressees.iter().map(addressed).collect(),
            theme: Some(said.theme.clone()),
            priority: said.priority.number(),
            urgent: false,
            scored: Scored::Given(said.quality),
            cosigners: said.cosigners.clone(),
            evidence: Vec::new(),
            adopted_on: Some(said.adopted_on),
            year: said.adopted_on.year(),
            sitting: Some(said.sitting.clone()),
            document: None,
            source: None,
            exercise: true,
        }
    }

    /// The committee's place and those around it, smallest first.
    fn places(&self) -> Vec<PlaceId> {
        let mut chain = vec![self.exercise.body.place.clone()];
        while let Some(parent) = chain.last().and_then(|last| {
            let place = self.exercise.places.iter().find(|place| place.id == *last)?;
            place.parent.clone().filter(|parent| !chain.contains(parent))
        }) {
            chain.push(parent);
        }
        chain
    }

    fn case(
        &self,
        desk: &mut Desk<'_>,
        said: &Recommendation,
        addressee: &BodyId,
    ) -> Result<CaseFacts, Unmade> {
        answers::case_facts(desk.tx(), &said.id, addressee)?
            .ok_or_else(|| self.untrue(said, &format!("elle n’a pas été remise à « {addressee} »")))
    }

    fn exchanged(
        &self,
        desk: &mut Desk<'_>,
        said: &Recommendation,
        happening: &Happening,
    ) -> Result<Word, Unmade> {
        let today = self.day;
        Ok(match happening {
            Happening::Acknowledged { addressee } => {
                let facts = self.case(desk, said, addressee)?;
                let file = Some(self.receipt(desk, said, addressee)?);
                let word = exchange::acknowledge(&facts, today, Channel::ScannedLetter, file, today);
                Word::Acknowledged(self.decided(said, word)?)
            }
            Happening::Answered(answered) => self.answered(desk, said, answered)?,
            Happening::Declared { addressee, point, state, text } => {
                let facts = self.case(desk, said, addressee)?;
                let text = enclosed(desk, text.as_deref())?;
                let word = exchange::declare(&facts, *point, *state, today, text, today);
                Word::ImplementationDeclared(self.decided(said, word)?)
            }
            Happening::Observed { by, point, state, evidence, .. } => {
                let first = said.addressees.first().map(|to| to.office.clone());
                let first = first.ok_or_else(|| self.untrue(said, "elle ne demande rien à personne"))?;
                let asked = self.case(desk, said, &first)?.asked;
                let sight = Sight {
                    point: *point,
                    state: *state,
                    on: today,
                    observer: Observer::Organisation { organisation: by.clone() },
                    evidence: Some(desk.enclose_text(evidence)?),
                    file: None,
                };
                Word::ImplementationObserved(self.decided(said, exchange::observe(&asked, sight, today))?)
            }
            Happening::Escalated { step, from, to, reason } => {
                self.escalated(desk, said, *step, (from, to), reason)?
            }
            clock => self.clock_changed(desk, said, clock)?,
        })
    }

    /// What changes a clock: a pause, a resumption, an extension.
    fn clock_changed(
        &self,
        desk: &mut Desk<'_>,
        said: &Recommendation,
        happening: &Happening,
    ) -> Result<Word, Unmade> {
        let today = self.day;
        Ok(match happening {
            Happening::Paused { addressee, cause, reason } => {
                let facts = self.case(desk, said, addressee)?;
                let text = Some(desk.enclose_text(reason)?);
                let word = exchange::pause(&facts, self.clocks, today, cause, text, today);
                Word::ClockPaused(self.decided(said, word)?)
            }
            Happening::Resumed { addressee, reason, .. } => {
                let facts = self.case(desk, said, addressee)?;
                let text = Some(desk.enclose_text(reason)?);
                let word = exchange::resume(&facts, self.clocks, today, text, today);
                Word::ClockResumed(self.decided(said, word)?)
            }
            Happening::Extended { addressee, original_due, new_due, reason, .. } => {
                let facts = self.case(desk, said, addressee)?;
                if facts.case.answer_by != Some(*original_due) {
                    let had = facts.case.answer_by.map_or_else(|| "aucune".into(), calendar::day_fr);
                    let why = format!("original_due = {original_due}, mais l’échéance était : {had}");
                    return Err(self.untrue(said, &why));
                }
                let reason = desk.enclose_text(reason)?;
                let word = exchange::extend(&facts, today, *new_due, reason, today);
                Word::DueExtended(self.decided(said, word)?)
            }
            other => return Err(self.untrue(said, &format!("fait inattendu : {other:?}"))),
        })
    }

    fn escalated(
        &self,
        desk: &mut Desk<'_>,
        said: &Recommendation,
        step: u8,
        (from, to): (&BodyId, &BodyId),
        reason: &str,
    ) -> Result<Word, Unmade> {
        let facts = self.case(desk, said, from)?;
        let rung = exchange::step_of(&facts, self.clocks, step);
        let rung = rung.ok_or_else(|| self.untrue(said, &format!("l’horloge n’a pas d’étape {step}")))?;
        self.leads_to(said, rung.addressee_kind.as_deref(), to)?;
        let mut asked = said.title.clone();
        for point in said.points.iter().filter(|point| facts.points().contains(&point.number)) {
            asked.push_str(&format!("\n{}. {}", point.number, point.text));
        }
        let words = LetterWords {
            recommendation: asked,
            addressee: self.name(from).to_owned(),
            delivered_on: facts.case.delivered_on,
            answer_by: facts.case.answer_by,
            on: self.day,
        };
        let letter = format!("{}\n\nMotif du recours : {reason}", exchange::letter(&rung.letter, &words));
        let letter = desk.enclose_text(&letter)?;
        let climb = Climb { step, to: Some(to.clone()), on: self.day, letter };
        Ok(Word::Escalated(self.decided(said, exchange::escalate(&facts, self.clocks, climb, self.day))?))
    }

    /// The office is of the kind to which the rung leads.
    fn leads_to(&self, said: &Recommendation, kind: Option<&str>, to: &BodyId) -> Result<(), Unmade> {
        let office = self.exercise.offices.iter().find(|office| office.id == *to);
        let own = office.and_then(|office| office.kind.as_deref());
        if kind.is_none() || own == kind {
            return Ok(());
        }
        let why = format!("« {to} » n’est pas de la sorte « {} » où mène l’étape", kind.unwrap_or_default());
        Err(self.untrue(said, &why))
    }

    fn answered(
        &self,
        desk: &mut Desk<'_>,
        said: &Recommendation,
        answered: &Answered,
    ) -> Result<Word, Unmade> {
        let facts = self.case(desk, said, &answered.addressee)?;
        let mut points = Vec::new();
        for point in &answered.points {
            points.push(answered_point(desk, point)?);
        }
        let witnesses = answered.witnesses.iter().filter_map(|witness| {
            let person = self.exercise.persons.iter().find(|person| person.id == *witness)?;
            person.organisation.clone()
        });
        let witnesses: Vec<OrganisationId> = witnesses.collect();
        let file = match answered.channel {
            Channel::ScannedLetter => Some(self.scanned(desk, said, answered)?),
            _ => None,
        };
        let text = Some(desk.enclose_text(&answered.text)?);
        let given = Given { on: self.day, channel: answered.channel, text, points, file, witnesses };
        Ok(Word::Answered(self.decided(said, exchange::answer(&facts, given, self.day))?))
    }

    fn name<'n>(&'n self, office: &'n BodyId) -> &'n str {
        let found = self.exercise.offices.iter().find(|known| known.id == *office);
        found.map_or(office.as_str(), |office| office.name_fr.as_str())
    }

    fn letter(
        &self,
        desk: &mut Desk<'_>,
        from: &BodyId,
        about: String,
        paragraphs: Vec<String>,
    ) -> Result<Enclosed, Fault> {
        let (from, to) = (self.name(from), self.exercise.body.name_fr.as_str());
        let letter = Letter { from, to, on: self.day, about, paragraphs };
        desk.enclose(Media::Pdf, &letter.to_pdf())
    }

    fn receipt(&self, desk: &mut Desk<'_>, said: &Recommendation, from: &BodyId) -> Result<Enclosed, Fault> {
        let about = format!("accusé de réception, recommandation {}", said.number);
        let text = format!("La recommandation « {} » est bien parvenue à nos services.", said.title);
        self.letter(desk, from, about, vec![text])
    }

    fn scanned(
        &self,
        desk: &mut Desk<'_>,
        said: &Recommendation,
        answered: &Answered,
    ) -> Result<Enclosed, Fault> {
        let about = format!("réponse à la recommandation {}, « {} »", said.number, said.title);
        let mut paragraphs = vec![answered.text.clone()];
        for point in &answered.points {
            let parts = [&point.action, &point.reason, &point.secrecy_basis];
            let said: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            if !said.is_empty() {
                paragraphs.push(format!("Point {} : {}", point.point, said.join(" — ")));
            }
        }
        self.letter(desk, &answered.addressee, about, paragraphs)
    }
}

/// The points of this delivery: those it names, else those that are for the addressee; none where that is all of them.
fn asked_of(said: &Recommendation, addressee: &BodyId, named: &[u8]) -> Vec<u8> {
    let own = said.addressees.iter().find(|to| to.office == *addressee);
    let points = if named.is_empty() { own.map_or(&[][..], |to| &to.points) } else { named };
    if points.len() == said.points.len() { Vec::new() } else { points.to_vec() }
}

fn answered_point(desk: &mut Desk<'_>, said: &PointAnswered) -> Result<PointAnswer, Fault> {
    // What will be done, then why.
    let text = match (&said.action, &said.reason) {
        (Some(action), Some(reason)) => Some(format!("{action}. {reason}")),
        (action, reason) => action.clone().or_else(|| reason.clone()),
    };
    Ok(PointAnswer {
        point: said.point,
        stance: said.stance,
        text: enclosed(desk, text.as_deref())?,
        by_when: said.by_when,
        responsible: enclosed(desk, said.responsible.as_deref())?,
        secrecy_basis: enclosed(desk, said.secrecy_basis.as_deref())?,
        passed_to: said.passed_to.clone(),
    })
}

fn enclosed(desk: &mut Desk<'_>, text: Option<&str>) -> Result<Option<Enclosed>, Fault> {
    text.map(|text| desk.enclose_text(text)).transpose()
}
