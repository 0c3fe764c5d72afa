//! Plays the year of a pack's exercise onto the record, day by day, with the clock writing its silences in between.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use calendar::Pause;
use pack::{Answered, Exercise, Happening, PointAnswered, Recommendation};
use record::{Desk, Fault, Record, Zone};
use terms::answers::{self, Awaited, Observer, PointAnswer};
use terms::recommendations::{
    Addressee, Author, DeliveryProof, Point, RecommendationAdopted, RecommendationClosed,
    RecommendationReopened, RecommendationTransmitted,
};
use terms::{Actor, BodyId, Day, Enclosed, OrganisationId, PlaceId, RecommendationId, RuleId, Word};
use web::Clocks;

use crate::rooms::ROOMS;

/// One thing of one day: an adoption, or what became of a recommendation.
#[derive(Clone)]
struct Step {
    recommendation: Arc<Recommendation>,
    happening: Option<Happening>,
}

/// What is known of one addressee's clock while the year is played.
#[derive(Clone, Default)]
struct Case {
    delivered_on: Option<Day>,
    rule: Option<RuleId>,
    answer_by: Option<Day>,
    paused_from: Option<Day>,
    escalated_on: Option<Day>,
}

type Cases = HashMap<(RecommendationId, BodyId), Case>;

/// The year as it stands on the desk.
struct Stage<'a> {
    exercise: &'a Exercise,
    clocks: &'a Clocks,
    zone: &'a Zone,
    day: Day,
    cases: Cases,
}

/// The exercise's year is on the record; the answer is on how many days something happened.
///
/// **Errors** the database refused.
pub fn play(record: &Record, exercise: &Exercise, progress: &mut dyn FnMut(u64, u64)) -> Result<u64, Fault> {
    let (exercise, clocks) = (Arc::new(exercise.clone()), Arc::new(record.shelf.read(Clocks::load)?));
    let days = by_day(&exercise);
    let all = days.len() as u64;
    let mut cases = Cases::new();
    for (done, (day, steps)) in days.into_iter().enumerate() {
        let (exercise, clocks, zone) = (Arc::clone(&exercise), Arc::clone(&clocks), record.zone.clone());
        cases = record.scribe.seal_now(move |desk| -> Result<Cases, Fault> {
            keep_time(desk, &zone, day)?;
            let mut stage = Stage { exercise: &exercise, clocks: &clocks, zone: &zone, day, cases };
            steps.iter().try_for_each(|step| stage.act(desk, step))?;
            Ok(stage.cases)
        })?;
        progress(done as u64 + 1, all);
    }
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
    fn act(&mut self, desk: &mut Desk<'_>, step: &Step) -> Result<(), Fault> {
        let recommendation = &step.recommendation;
        let word = match &step.happening {
            None => self.adopted(desk, recommendation)?,
            Some(happening) => match self.happened(desk, recommendation, happening)? {
                Some(word) => word,
                None => return Ok(()),
            },
        };
        desk.append(self.zone, Actor::Loader, Some(self.day), word).map(|_| ())
    }

    fn adopted(&self, desk: &mut Desk<'_>, said: &Recommendation) -> Result<Word, Fault> {
        let mut points = Vec::new();
        for point in &said.points {
            points.push(Point {
                number: point.number,
                text: desk.enclose_text(&point.text)?,
                indicator: enclosed(desk, point.indicator.as_deref())?,
                deadline: point.deadline,
            });
        }
        let mut addressees = Vec::new();
        for addressed in &said.addressees {
            let competence = enclosed(desk, addressed.competence.as_deref())?;
            addressees.push(Addressee { body: addressed.office.clone(), competence });
        }
        Ok(Word::RecommendationAdopted(RecommendationAdopted {
            id: said.id.clone(),
            author: Author::Body { body: self.exercise.body.id.clone() },
            places: self.places(),
            title: desk.enclose_text(&said.title)?,
            grounds: Some(desk.enclose_text(&said.text)?),
            points,
            addressees,
            theme: Some(said.theme.clone()),
            priority: said.priority.number(),
            urgent: false,
            quality: Some(said.quality),
            cosigners: said.cosigners.clone(),
            evidence: Vec::new(),
            adopted_on: Some(said.adopted_on),
            year: said.adopted_on.year(),
            sitting: Some(said.sitting.clone()),
            document: None,
            source: None,
            exercise: true,
        }))
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

    fn case(&mut self, said: &Recommendation, addressee: &BodyId) -> &mut Case {
        self.cases.entry((said.id.clone(), addressee.clone())).or_default()
    }

    fn happened(
        &mut self,
        desk: &mut Desk<'_>,
        said: &Recommendation,
        happening: &Happening,
    ) -> Result<Option<Word>, Fault> {
        let (recommendation, on) = (said.id.clone(), self.day);
        Ok(Some(match happening {
            Happening::Transmitted { addressee, proof, rule, points, .. } => {
                // An escalation is itself the handing over to the new addressee.
                if self.case(said, addressee).escalated_on == Some(on) {
                    return Ok(None);
                }
                self.transmitted(said, addressee, (*proof, rule, points))
            }
            Happening::Acknowledged { addressee } => Word::Acknowledged(answers::Acknowledged {
                recommendation,
                addressee: addressee.clone(),
                on,
                channel: answers::Channel::ScannedLetter,
                file: None,
            }),
            Happening::Answered(answered) => self.answered(desk, recommendation, answered)?,
            Happening::Declared { addressee, point, state, text } => {
                Word::ImplementationDeclared(answers::ImplementationDeclared {
                    recommendation,
                    addressee: addressee.clone(),
                    point: *point,
                    state: *state,
                    on,
                    text: enclosed(desk, text.as_deref())?,
                })
            }
            Happening::Observed { by, point, state, evidence, .. } => {
                Word::ImplementationObserved(answers::ImplementationObserved {
                    recommendation,
                    point: *point,
                    state: *state,
                    on,
                    observer: Observer::Organisation { organisation: by.clone() },
                    evidence: desk.enclose_text(evidence)?,
                    file: None,
                })
            }
            Happening::Closed { ground, reason } => Word::RecommendationClosed(RecommendationClosed {
                recommendation,
                on,
                ground: *ground,
                reason: desk.enclose_text(reason)?,
                replaced_by: None,
            }),
            Happening::Reopened { reason } => Word::RecommendationReopened(RecommendationReopened {
                recommendation,
                on,
                reason: desk.enclose_text(reason)?,
            }),
            clock => self.clock_changed(desk, said, clock)?,
        }))
    }

    fn transmitted(
        &mut self,
        said: &Recommendation,
        addressee: &BodyId,
        (proof, rule, points): (DeliveryProof, &RuleId, &[u8]),
    ) -> Word {
        let on = self.day;
        let due = |awaited| self.clocks.due(Some(rule), awaited, on, &[]).and_then(|due| due.day);
        let (acknowledge_by, answer_by) = (due(Awaited::Acknowledgement), due(Awaited::Answer));
        *self.case(said, addressee) =
            Case { delivered_on: Some(on), rule: Some(rule.clone()), answer_by, ..Case::default() };
        Word::RecommendationTransmitted(RecommendationTransmitted {
            recommendation: said.id.clone(),
            addressee: addressee.clone(),
            delivered_on: on,
            proof,
            file: None,
            rule: Some(rule.clone()),
            acknowledge_by,
            answer_by,
            points: points.to_vec(),
        })
    }

    /// What changes a clock: a pause, a resumption, an extension, a rung climbed.
    fn clock_changed(
        &mut self,
        desk: &mut Desk<'_>,
        said: &Recommendation,
        happening: &Happening,
    ) -> Result<Word, Fault> {
        let (recommendation, on) = (said.id.clone(), self.day);
        Ok(match happening {
            Happening::Paused { addressee, cause, reason } => {
                self.case(said, addressee).paused_from = Some(on);
                Word::ClockPaused(answers::ClockPaused {
                    recommendation,
                    addressee: addressee.clone(),
                    from: on,
                    cause: cause.clone(),
                    text: Some(desk.enclose_text(reason)?),
                })
            }
            Happening::Resumed { addressee, cause, reason } => {
                let case = self.case(said, addressee).clone();
                let delivered = case.delivered_on.unwrap_or(on);
                let pauses = [Pause::between(case.paused_from.unwrap_or(on), on, cause)];
                let due = |awaited| {
                    self.clocks.due(case.rule.as_ref(), awaited, delivered, &pauses).and_then(|due| due.day)
                };
                let (acknowledge_by, answer_by) = (due(Awaited::Acknowledgement), due(Awaited::Answer));
                self.case(said, addressee).answer_by = answer_by;
                Word::ClockResumed(answers::ClockResumed {
                    recommendation,
                    addressee: addressee.clone(),
                    on,
                    acknowledge_by,
                    answer_by,
                    text: Some(desk.enclose_text(reason)?),
                })
            }
            Happening::Extended { addressee, new_due, reason, .. } => {
                self.case(said, addressee).answer_by = Some(*new_due);
                Word::DueExtended(answers::DueExtended {
                    recommendation,
                    addressee: addressee.clone(),
                    on,
                    answer_by: *new_due,
                    reason: desk.enclose_text(reason)?,
                })
            }
            Happening::Escalated { step, from, to, reason } => {
                self.escalated(desk, said, *step, (from, to), reason)?
            }
            other => return Err(Fault::Value(format!("fait inattendu de l’exercice : {other:?}"))),
        })
    }

    fn escalated(
        &mut self,
        desk: &mut Desk<'_>,
        said: &Recommendation,
        step: u8,
        (from, to): (&BodyId, &BodyId),
        reason: &str,
    ) -> Result<Word, Fault> {
        let on = self.day;
        let silent = self.case(said, from).clone();
        let rule =
            self.exercise.offices.iter().find(|office| office.id == *to).map(|office| office.rule.clone());
        let due = |awaited| self.clocks.due(rule.as_ref(), awaited, on, &[]).and_then(|due| due.day);
        let (acknowledge_by, answer_by) = (due(Awaited::Acknowledgement), due(Awaited::Answer));
        let letter = self.letter(said, step, from, &silent).unwrap_or_else(|| reason.to_owned());
        let letter = desk.enclose_text(&letter)?;
        *self.case(said, to) = Case {
            delivered_on: Some(on),
            rule: rule.clone(),
            answer_by,
            paused_from: None,
            escalated_on: Some(on),
        };
        Ok(Word::Escalated(answers::Escalated {
            recommendation: said.id.clone(),
            from: from.clone(),
            to: to.clone(),
            step,
            on,
            letter,
            rule,
            acknowledge_by,
            answer_by,
        }))
    }

    /// The letter of a rung, from the pack's text; none where the rule has no such rung.
    fn letter(&self, said: &Recommendation, step: u8, from: &BodyId, silent: &Case) -> Option<String> {
        let rule = self.clocks.rules.get(silent.rule.as_ref()?)?;
        let rung = rule.escalation.iter().find(|rung| rung.step == step).or(rule.escalation.first())?;
        let office = self.exercise.offices.iter().find(|office| office.id == *from);
        let delivered = silent.delivered_on?;
        Some(
            rung.letter
                .replace("{recommandation}", &said.title)
                .replace("{destinataire}", office.map_or(from.as_str(), |office| office.name_fr.as_str()))
                .replace("{remise}", &calendar::day_fr(delivered))
                .replace("{echeance}", &silent.answer_by.map(calendar::day_fr).unwrap_or_default())
                .replace("{jours}", &web::days_apart(delivered, self.day).to_string())
                .trim()
                .to_owned(),
        )
    }

    fn answered(
        &self,
        desk: &mut Desk<'_>,
        recommendation: RecommendationId,
        said: &Answered,
    ) -> Result<Word, Fault> {
        let mut points = Vec::new();
        for point in &said.points {
            points.push(answered_point(desk, point)?);
        }
        let witnesses = said.witnesses.iter().filter_map(|witness| {
            let person = self.exercise.persons.iter().find(|person| person.id == *witness)?;
            person.organisation.clone()
        });
        let mut witnesses: Vec<OrganisationId> = witnesses.collect();
        witnesses.sort();
        witnesses.dedup();
        Ok(Word::Answered(answers::Answered {
            recommendation,
            addressee: said.addressee.clone(),
            on: self.day,
            channel: said.channel,
            text: Some(desk.enclose_text(&said.text)?),
            points,
            file: None,
            witnesses,
        }))
    }
}

fn answered_point(desk: &mut Desk<'_>, said: &PointAnswered) -> Result<PointAnswer, Fault> {
    let text = said.action.as_deref().or(said.reason.as_deref());
    Ok(PointAnswer {
        point: said.point,
        stance: said.stance,
        text: enclosed(desk, text)?,
        by_when: said.by_when,
        responsible: enclosed(desk, said.responsible.as_deref())?,
        secrecy_basis: enclosed(desk, said.secrecy_basis.as_deref())?,
        passed_to: said.passed_to.clone(),
    })
}

fn enclosed(desk: &mut Desk<'_>, text: Option<&str>) -> Result<Option<Enclosed>, Fault> {
    text.map(|text| desk.enclose_text(text)).transpose()
}
