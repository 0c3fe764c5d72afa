//! The calls of the exercise: from the criteria to the panel, through the room's own acts, each on its day.

use std::sync::Arc;

use record::{Desk, Record, Zone};
use selection::acts::{self, Decision, Draft, Filed, Lots, Refusal, SeedDraft, Standing, Verdict};
use selection::call::{Call, Candidacy};
use selection::lots;
use sortition::{Commitment, prepare};
use terms::selection::{Feature, Method};
use terms::{Actor, AppealId, Behalf, Day, Word};
use web::{Language, Languages};

use crate::demo::Unmade;

/// What is played, and with whose voice.
struct Stage<'a> {
    exercise: &'a pack::Exercise,
    told: &'a pack::ExerciseCall,
    languages: &'a Languages,
    zone: &'a Zone,
}

/// Every call of the exercise is on the record, with its end.
///
/// **Errors** something that an act refuses, with the call, the day and why; the database refused.
pub(super) fn play(
    record: &Record,
    exercise: &Arc<pack::Exercise>,
    languages: &Arc<Languages>,
) -> Result<(), Unmade> {
    for told in &exercise.calls {
        let (exercise, told, zone) = (Arc::clone(exercise), told.clone(), record.zone.clone());
        let languages = Arc::clone(languages);
        record.scribe.seal_now(move |desk| -> Result<(), Unmade> {
            let stage = Stage { exercise: &exercise, told: &told, languages: &languages, zone: &zone };
            stage.opens(desk)?;
            stage.stand(desk)?;
            stage.is_listed(desk)?;
            stage.appeal(desk)?;
            stage.is_frozen(desk)?;
            stage.commit_and_reveal(desk)?;
            stage.is_drawn(desk)
        })?;
    }
    Ok(())
}

impl Stage<'_> {
    fn on(&self, desk: &mut Desk<'_>, day: Day, decided: Result<Word, Vec<Refusal>>) -> Result<(), Unmade> {
        let word = decided.map_err(|refusals| self.untrue(day, refusals))?;
        desk.append(self.zone, Actor::Loader, Some(day), word)?;
        Ok(())
    }

    /// The file tells what could not have happened.
    fn untrue(&self, day: Day, refusals: Vec<Refusal>) -> Unmade {
        let sentences = refusals.into_iter().map(|refusal| {
            let web::Refusal { key, arguments, .. } = refusal.into();
            let arguments: Vec<_> =
                arguments.iter().map(|(name, value)| (*name, web::Say::from(value))).collect();
            self.languages.say(Language::French, key, &arguments)
        });
        let why = sentences.collect::<Vec<_>>().join(" ");
        Unmade::Data(format!("exercice.toml, {}, le {} : {why}", self.told.id, calendar::day_fr(day)))
    }

    fn facts(&self, desk: &mut Desk<'_>) -> Result<(Call, Vec<Candidacy>), Unmade> {
        selection::facts(desk.tx(), &self.told.id)?
            .ok_or_else(|| Unmade::Data(format!("exercice.toml : {} n’est pas ouvert", self.told.id)))
    }

    fn party(&self, party: &pack::ExerciseParty) -> Behalf {
        match &party.organisation {
            Some(organisation) => Behalf::Organisation { organisation: organisation.clone() },
            None => Behalf::Body { body: self.exercise.body.chair.clone() },
        }
    }

    fn opens(&self, desk: &mut Desk<'_>) -> Result<(), Unmade> {
        let told = self.told;
        let quotas = acts::quotas(&told.quotas).map_err(|refusals| self.untrue(told.opened_on, refusals))?;
        let parties = told.parties.iter().map(|party| {
            let who = self.party(party);
            (who.party_name(), Some(who))
        });
        let seed = SeedDraft {
            parties: parties.collect(),
            commit_by: Some(told.commit_by),
            reveal_by: Some(told.reveal_by),
            event: told.event.clone(),
            written: told.written.clone(),
            event_on: Some(told.event_on),
        };
        let draft = Draft {
            id: told.id.clone(),
            body: self.exercise.body.id.clone(),
            seat: told.seat.clone(),
            seats: Some(told.seats),
            method: Some(Method::Draw),
            rule: Some(desk.enclose_text(&told.rule)?),
            article: told.article.clone(),
            source: None,
            presentation: None,
            criteria: vec![(
                "c1".to_owned(),
                Some(desk.enclose_text(&told.criterion)?),
                Some(desk.enclose_text(&told.fact)?),
            )],
            quotas,
            closes: Some(told.closes),
            appeal_days: Some(told.appeal_days),
            seed,
            vote_days: None,
            authority: None,
            exercise: true,
        };
        self.on(desk, told.opened_on, acts::open(draft, told.opened_on))
    }

    fn stand(&self, desk: &mut Desk<'_>) -> Result<(), Unmade> {
        for (candidacies, one) in self.told.candidates.iter().enumerate() {
            let (call, _) = self.facts(desk)?;
            let person = match &one.name {
                Some(name) => Some(desk.enclose_text(name)?),
                None => None,
            };
            let filed = Filed {
                id: one.id.clone(),
                organisation: Ok(one.organisation.clone()),
                person,
                traits: vec![(Feature::Sex, one.sex.clone())],
                facts: vec![("c1".to_owned(), desk.enclose_text(&one.fact)?)],
                paper: one.organisation.is_none(),
            };
            let exercise = one.organisation.as_ref().map(|_| true);
            let standing = Standing { candidacies, already: false, exercise };
            self.on(desk, self.told.opened_on, acts::file(&call, filed, standing, self.told.opened_on))?;
        }
        Ok(())
    }

    fn is_listed(&self, desk: &mut Desk<'_>) -> Result<(), Unmade> {
        let (call, standing) = self.facts(desk)?;
        let mut decisions = Vec::new();
        for one in &self.told.candidates {
            let verdict = match &one.excluded {
                Some(reason) => Verdict::Excluded(Some("c1".to_owned()), Some(desk.enclose_text(reason)?)),
                None => Verdict::Eligible,
            };
            decisions.push(Decision { candidacy: one.id.clone(), verdict });
        }
        let ids: Vec<_> = standing.into_iter().map(|one| one.id).collect();
        let day = self.told.listed_on;
        self.on(desk, day, acts::publish(&call, &ids, &decisions, day))
    }

    fn appeal(&self, desk: &mut Desk<'_>) -> Result<(), Unmade> {
        for one in &self.told.candidates {
            let (Some(day), Some(text)) = (one.appealed_on, &one.appeal) else { continue };
            let (call, standing) = self.facts(desk)?;
            let Some(candidacy) = standing.iter().find(|other| other.id == one.id) else { continue };
            let id = AppealId::parse(&format!("{}-recours", one.id))
                .map_err(|fault| Unmade::Data(fault.to_string()))?;
            let text = desk.enclose_text(text)?;
            let paper = one.organisation.is_none();
            let filed = acts::appeal(&call, candidacy, false, id.clone(), (Some(text), paper), day);
            self.on(desk, day, filed)?;
            if let Some(reason) = &one.admitted {
                let reason = desk.enclose_text(reason)?;
                let (call, _) = self.facts(desk)?;
                let decided = acts::decide(&call, id, false, Some(true), Some(reason));
                self.on(desk, self.told.frozen_on, decided)?;
            }
        }
        Ok(())
    }

    fn is_frozen(&self, desk: &mut Desk<'_>) -> Result<(), Unmade> {
        let (call, candidates) = self.facts(desk)?;
        let unfit = |why: String| Unmade::Data(format!("exercice.toml, {} : {why}", self.told.id));
        let quotas = lots::quotas(&call).map_err(|refusal| unfit(refusal.to_string()))?;
        let pool = lots::pool(&candidates, &quotas).map_err(|refusal| unfit(refusal.to_string()))?;
        let made = prepare(&pool, &quotas, call.seats.into(), &mut |_| {})
            .map_err(|failure| unfit(failure.to_string()))?;
        let json = serde_json::to_string(&made).map_err(|error| unfit(error.to_string()))?;
        let enclosed = desk.enclose_text(&json)?;
        let day = self.told.frozen_on;
        self.on(desk, day, acts::freeze(&call, &candidates, Some((&made, enclosed)), 0, day))
    }

    fn commit_and_reveal(&self, desk: &mut Desk<'_>) -> Result<(), Unmade> {
        for party in &self.told.parties {
            let (call, _) = self.facts(desk)?;
            let who = self.party(party);
            let said = Commitment::new(&who.party_name(), party.secret.as_bytes());
            let digest = said.map(|said| said.digest.to_string()).unwrap_or_default();
            self.on(desk, party.committed_on, acts::commit(&call, &who, &digest, party.committed_on))?;
        }
        for party in &self.told.parties {
            let Some(day) = party.revealed_on else { continue };
            let (call, _) = self.facts(desk)?;
            let revealed = acts::reveal(&call, &self.party(party), &party.secret, day);
            self.on(desk, day, revealed)?;
        }
        Ok(())
    }

    fn is_drawn(&self, desk: &mut Desk<'_>) -> Result<(), Unmade> {
        let (told, day) = (self.told, self.told.event_on);
        let (call, _) = self.facts(desk)?;
        let valued = acts::value(&call, &told.outcome, &told.outcome, &told.shown_by, day);
        self.on(desk, day, valued)?;
        let announced = call.frozen.as_ref().and_then(|frozen| frozen.lottery.as_ref());
        let lots = match announced {
            Some(announced) => record::enclosures::text(desk.tx(), &announced.transcript)?
                .and_then(|json| Lots::read(&json, &announced.lottery_sha256)),
            None => None,
        };
        self.on(desk, day, acts::draw(&call, &told.outcome, lots))
    }
}
