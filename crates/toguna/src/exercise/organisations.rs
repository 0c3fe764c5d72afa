//! The life of the exercise's organisations, through the rooms' own acts.

use std::sync::Arc;

use pack::{Assessed, Exercise, Funding, Met, Planned, Trained};
use record::{Desk, Record, Zone};
use terms::organisations::{
    ActionOutcome, ActionPlanned, ActionSettled, CapacityAssessed, ObligationMet, ObligationRule, Regard,
    TrainingAttended,
};
use terms::{Actor, Day, Enclosed, Media, Word};
use web::{Language, Languages};

use super::letter::Letter;
use crate::demo::Unmade;

/// One thing that the exercise tells of an organisation.
enum Told {
    Funding(Funding),
    Assessed(Assessed),
    Planned(Planned),
    Settled(Planned, ActionOutcome, Day),
    Trained(Trained),
    Met(Met),
}

impl Told {
    fn day(&self) -> Day {
        match self {
            Self::Funding(one) => one.day,
            Self::Assessed(one) => one.day,
            Self::Planned(one) => one.day,
            Self::Settled(_, _, on) => *on,
            Self::Trained(one) => one.day,
            Self::Met(one) => one.day,
        }
    }

    fn whose(&self) -> &str {
        match self {
            Self::Funding(one) => one.organisation.as_str(),
            Self::Assessed(one) => one.organisation.as_str(),
            Self::Planned(one) | Self::Settled(one, ..) => one.organisation.as_str(),
            Self::Trained(one) => one.organisation.as_str(),
            Self::Met(one) => one.organisation.as_str(),
        }
    }
}

/// Everything, in the order of its days.
fn all(exercise: &Exercise) -> Vec<Told> {
    let settled = exercise
        .actions
        .iter()
        .filter_map(|one| Some(Told::Settled(one.clone(), one.outcome?, one.settled_on?)));
    let mut told: Vec<Told> = (exercise.fundings.iter().cloned().map(Told::Funding))
        .chain(exercise.assessments.iter().cloned().map(Told::Assessed))
        .chain(exercise.actions.iter().cloned().map(Told::Planned))
        .chain(settled)
        .chain(exercise.trainings.iter().cloned().map(Told::Trained))
        .chain(exercise.met.iter().cloned().map(Told::Met))
        .collect();
    told.sort_by_key(Told::day);
    told
}

/// What the exercise tells of its organisations is on the record. `rules` are those of the pack's obligations.
///
/// **Errors** something that an act refuses, with the organisation, the day and why; the database refused.
pub(super) fn play(
    record: &Record,
    exercise: &Exercise,
    rules: &[(String, ObligationRule)],
    languages: &Arc<Languages>,
) -> Result<(), Unmade> {
    for told in all(exercise) {
        let (zone, languages, rules) = (record.zone.clone(), Arc::clone(languages), rules.to_vec());
        record.scribe.seal_now(move |desk| {
            let word = word(desk, &told, &rules, &languages)?;
            said(desk, &zone, told.day(), word)
        })?;
    }
    Ok(())
}

fn said(desk: &mut Desk<'_>, zone: &Zone, day: Day, word: Word) -> Result<(), Unmade> {
    desk.append(zone, Actor::Loader, Some(day), word)?;
    Ok(())
}

fn word(
    desk: &mut Desk<'_>,
    told: &Told,
    rules: &[(String, ObligationRule)],
    languages: &Languages,
) -> Result<Word, Unmade> {
    let (day, whose) = (told.day(), told.whose());
    match told {
        Told::Funding(funding) => declared(desk, funding, languages),
        Told::Assessed(one) => {
            let assessed = CapacityAssessed {
                organisation: one.organisation.clone(),
                grid: organisations::GRID_VERSION,
                regard: one.regard,
                peer: one.peer.clone().filter(|_| one.regard == Regard::Peer),
                assessor: None,
                on: day,
                items: one.items(),
            };
            let decided = organisations::assess(assessed, true, day);
            decided.map_err(|refusals| untrue(whose, day, refusals, languages))
        }
        Told::Planned(one) => {
            let planned = ActionPlanned {
                id: one.id.clone(),
                organisation: one.organisation.clone(),
                about: one.about.clone(),
                text: desk.enclose_text(&one.text)?,
                by_when: one.by_when,
                responsible: enclosed(desk, one.responsible.as_deref())?,
            };
            organisations::plan(planned, day).map_err(|refusals| untrue(whose, day, refusals, languages))
        }
        Told::Settled(one, outcome, on) => {
            let note = enclosed(desk, one.note.as_deref())?;
            let settled = ActionSettled { action: one.id.clone(), outcome: *outcome, on: *on, note };
            let decided = organisations::settle(settled, Some(*outcome), false, day);
            decided.map_err(|refusals| untrue(whose, day, refusals, languages))
        }
        Told::Trained(one) => {
            let attended = TrainingAttended {
                organisation: one.organisation.clone(),
                title: desk.enclose_text(&one.title)?,
                domain: one.domain.clone(),
                provider: enclosed(desk, one.provider.as_deref())?,
                from: one.from,
                until: one.until,
                people: one.people,
                women: one.women,
            };
            organisations::attend(attended, day).map_err(|refusals| untrue(whose, day, refusals, languages))
        }
        Told::Met(one) => met(desk, one, rules, languages),
    }
}

/// An obligation that was met, with its receipt.
fn met(
    desk: &mut Desk<'_>,
    one: &Met,
    rules: &[(String, ObligationRule)],
    languages: &Languages,
) -> Result<Word, Unmade> {
    let whose = one.organisation.as_str();
    let rule = rules.iter().find(|(id, _)| id == one.obligation.as_str()).map(|(_, rule)| rule);
    let letter = Letter {
        from: "Préfecture du cercle d’exercice",
        to: whose,
        on: one.day,
        about: "accusé de réception".to_owned(),
        paragraphs: vec!["Le dépôt est bien parvenu à nos services.".to_owned()],
    };
    let met = ObligationMet {
        organisation: one.organisation.clone(),
        obligation: one.obligation.clone(),
        due: one.due,
        on: one.day,
        receipt: Some(desk.enclose(Media::Pdf, &letter.to_pdf())?),
    };
    let decided = organisations::meet(met, rule, false, one.day);
    decided.map_err(|refusals| untrue(whose, one.day, refusals, languages))
}

fn enclosed(desk: &mut Desk<'_>, text: Option<&str>) -> Result<Option<Enclosed>, Unmade> {
    Ok(text.map(|text| desk.enclose_text(text)).transpose()?)
}

fn declared(desk: &mut Desk<'_>, funding: &Funding, languages: &Languages) -> Result<Word, Unmade> {
    let figures = funding.figures();
    let text = figures.to_text().map_err(|error| Unmade::Data(format!("exercice.toml : {error}")))?;
    let declared = organisations::Declared {
        organisation: funding.organisation.clone(),
        year: Some(funding.year),
        enclosed: desk.enclose_text(&text)?,
        figures,
    };
    // What weighs on a fictional organisation names it, and the exercise tells no such restriction.
    let decided = organisations::declare(declared, &[], &[], funding.day);
    decided.map_err(|refusals| untrue(funding.organisation.as_str(), funding.day, refusals, languages))
}

/// The file tells what could not have happened.
fn untrue<R: Into<web::Refusal>>(id: &str, day: Day, refusals: Vec<R>, languages: &Languages) -> Unmade {
    let sentences = refusals.into_iter().map(|refusal| {
        let web::Refusal { key, arguments, .. } = refusal.into();
        let arguments: Vec<_> =
            arguments.iter().map(|(name, value)| (*name, web::Say::from(value))).collect();
        languages.say(Language::French, key, &arguments)
    });
    let why: Vec<String> = sentences.collect();
    Unmade::Data(format!("exercice.toml, {id}, le {} : {}", calendar::day_fr(day), why.join(" ")))
}
