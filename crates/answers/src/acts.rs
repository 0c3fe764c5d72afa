//! The verbs of the exchange: acknowledge, answer, pause, resume, extend, escalate, declare, observe. Pure.

use calendar::Pause;
use terms::answers::{
    Acknowledged, Answered, Awaited, Channel, ClockPaused, ClockResumed, DueExtended, Escalated,
    ImplementationDeclared, ImplementationObserved, Observer, PointAnswer, Progress, Stance,
};
use terms::instance::EscalationStep;
use terms::{BodyId, Day, Enclosed, OrganisationId, RuleId};
use web::{Clocks, days_apart};

use crate::case::{Asked, CaseFacts, Held};
use crate::refusal::Refusal;

/// What every act answers: its word, or everything to mend at once.
pub type Decision<T> = Result<T, Vec<Refusal>>;

/// Organisations that must have heard an answer given in a meeting.
const WITNESSES_MIN: usize = 2;

fn decided<T>(word: T, refusals: Vec<Refusal>) -> Decision<T> {
    if refusals.is_empty() { Ok(word) } else { Err(refusals) }
}

/// The day of an act lies between the delivery and today, both included.
fn day_stands(on: Day, facts: &CaseFacts, today: Day) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if on > today {
        refusals.push(Refusal::InFuture);
    }
    if on < facts.case.delivered_on {
        refusals.push(Refusal::TooSoon(facts.case.delivered_on));
    }
    refusals
}

/// The case awaits an answer in substance.
fn still_awaited(facts: &CaseFacts) -> Vec<Refusal> {
    let closed = facts.case.closed_on.map(Refusal::Closed);
    let answered = facts.case.substantive_on.map(Refusal::AlreadyAnswered);
    closed.or(answered).into_iter().collect()
}

/// The addressee's confirmation that it has the recommendation.
///
/// **Errors** in the future; before the delivery; acknowledged already; a scanned letter without its scan.
pub fn acknowledge(
    facts: &CaseFacts,
    on: Day,
    channel: Channel,
    file: Option<Enclosed>,
    today: Day,
) -> Decision<Acknowledged> {
    let mut refusals = day_stands(on, facts, today);
    refusals.extend(facts.case.acknowledged_on.map(Refusal::AlreadyAcknowledged));
    if channel == Channel::ScannedLetter && file.is_none() {
        refusals.push(Refusal::ScanMissing);
    }
    let (recommendation, addressee) = named(facts);
    decided(Acknowledged { recommendation, addressee, on, channel, file }, refusals)
}

fn named(facts: &CaseFacts) -> (terms::RecommendationId, BodyId) {
    (facts.case.recommendation.clone(), facts.case.addressee.clone())
}

/// An answer as given.
#[derive(Debug, Clone)]
pub struct Given {
    /// When.
    pub on: Day,
    /// By which way.
    pub channel: Channel,
    /// The whole answer in its own words.
    pub text: Option<Enclosed>,
    /// Point by point.
    pub points: Vec<PointAnswer>,
    /// The letter.
    pub file: Option<Enclosed>,
    /// Those who heard it.
    pub witnesses: Vec<OrganisationId>,
}

/// The addressee's answer. A late answer, a second one, one after the closing: all are taken.
///
/// **Errors** in the future; before the delivery; nothing said; a point not asked, or twice; a stance whose text is
/// missing; passed on to nobody or to itself; a scanned letter without its scan; a meeting heard by fewer than two
/// organisations.
pub fn answer(facts: &CaseFacts, given: Given, today: Day) -> Decision<Answered> {
    let mut refusals = day_stands(given.on, facts, today);
    if given.points.is_empty() && given.text.is_none() && given.file.is_none() {
        refusals.push(Refusal::NothingSaid);
    }
    for (i, point) in given.points.iter().enumerate() {
        if given.points.iter().take(i).any(|earlier| earlier.point == point.point) {
            refusals.push(Refusal::PointTwice(point.point));
        }
        refusals.extend(point_stands(facts, point));
    }
    if given.channel == Channel::ScannedLetter && given.file.is_none() {
        refusals.push(Refusal::ScanMissing);
    }
    let mut witnesses = given.witnesses;
    witnesses.sort();
    witnesses.dedup();
    if given.channel == Channel::Meeting && witnesses.len() < WITNESSES_MIN {
        refusals.push(Refusal::TooFewWitnesses);
    }
    let (recommendation, addressee) = named(facts);
    let Given { on, channel, text, points, file, .. } = given;
    decided(Answered { recommendation, addressee, on, channel, text, points, file, witnesses }, refusals)
}

/// Whether a stance says by its name that words follow: a reason, another way, a named occasion.
#[must_use]
pub const fn says_more(stance: Stance) -> bool {
    matches!(stance, Stance::RefusedWithReason | Stance::AcceptedOtherwise | Stance::Deferred)
}

fn point_stands(facts: &CaseFacts, answer: &PointAnswer) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if !facts.points().contains(&answer.point) {
        refusals.push(Refusal::UnknownPoint(answer.point));
    }
    if says_more(answer.stance) && answer.text.is_none() {
        refusals.push(Refusal::PointText(answer.point));
    }
    if answer.stance == Stance::PassedOn {
        match &answer.passed_to {
            None => refusals.push(Refusal::PassedToNobody(answer.point)),
            Some(to) if *to == facts.case.addressee => {
                refusals.push(Refusal::PassedToItself(answer.point));
            }
            Some(_) => {}
        }
    }
    refusals
}

/// The clock stands still from this day.
///
/// **Errors** closed or answered; in the future; before the delivery; a cause that is not listed or has served as often
/// as it may; the clock stands still already; inside an earlier pause.
pub fn pause(
    facts: &CaseFacts,
    clocks: &Clocks,
    from: Day,
    cause: &str,
    text: Option<Enclosed>,
    today: Day,
) -> Decision<ClockPaused> {
    let mut refusals = still_awaited(facts);
    refusals.extend(day_stands(from, facts, today));
    match clocks.causes.iter().find(|listed| listed.id == cause) {
        None => refusals.push(Refusal::UnknownCause),
        Some(listed) => {
            let served = facts.pauses.iter().filter(|held| held.cause == cause).count();
            if let Some(times) = listed.times_max.filter(|times| served >= usize::from(*times)) {
                refusals.push(Refusal::CauseSpent(times));
            }
        }
    }
    if let Some(since) = facts.case.paused_from {
        refusals.push(Refusal::AlreadyPaused(since));
    }
    let ended = facts.pauses.iter().filter_map(|held| held.to).max();
    refusals.extend(ended.filter(|ended| from < *ended).map(Refusal::InsideAPause));
    let (recommendation, addressee) = named(facts);
    decided(ClockPaused { recommendation, addressee, from, cause: cause.to_owned(), text }, refusals)
}

/// The clock runs again from this day; its days are computed anew, the pause left out.
///
/// **Errors** the clock runs; in the future; not after the pause began.
pub fn resume(
    facts: &CaseFacts,
    clocks: &Clocks,
    on: Day,
    text: Option<Enclosed>,
    today: Day,
) -> Decision<ClockResumed> {
    let mut refusals = Vec::new();
    if on > today {
        refusals.push(Refusal::InFuture);
    }
    match facts.case.paused_from {
        None => refusals.push(Refusal::NotPaused),
        Some(from) if on <= from => refusals.push(Refusal::InsideAPause(from)),
        Some(_) => {}
    }
    let mut held = facts.pauses.clone();
    for pause in held.iter_mut().filter(|pause| pause.to.is_none()) {
        pause.to = Some(on);
    }
    let (recommendation, addressee) = named(facts);
    let acknowledge_by = due_after(facts, clocks, Awaited::Acknowledgement, &held);
    let answer_by = due_after(facts, clocks, Awaited::Answer, &held);
    decided(ClockResumed { recommendation, addressee, on, acknowledge_by, answer_by, text }, refusals)
}

/// The pauses as the calendar takes them; `name` says a cause as people read it.
pub fn counted(held: &[Held], name: impl Fn(&str) -> String) -> Vec<Pause> {
    held.iter().map(|held| Pause { from: held.from, to: held.to, cause: name(&held.cause) }).collect()
}

/// The last day in time once these pauses have ended. More time that was granted is moved by the pause that it met.
fn due_after(facts: &CaseFacts, clocks: &Clocks, awaited: Awaited, held: &[Held]) -> Option<Day> {
    let case = &facts.case;
    let pauses = counted(held, str::to_owned);
    let due = clocks.due(case.rule.as_ref(), awaited, case.delivered_on, &pauses).and_then(|due| due.day);
    let present = match awaited {
        Awaited::Acknowledgement => case.acknowledge_by,
        Awaited::Answer => case.answer_by,
    };
    let granted = present.filter(|_| awaited == Awaited::Answer && case.extended);
    let Some(granted) = granted else {
        // A rule that is no longer known, or changed since, takes no day away that was told.
        return match (due, present) {
            (Some(due), Some(present)) => Some(due.max(present)),
            (due, present) => due.filter(|_| present.is_some()).or(present),
        };
    };
    let last = held.last().filter(|last| last.from <= granted);
    let moved = last.and_then(|last| Some((last.from, last.to?))).and_then(|(from, to)| {
        let days = u32::try_from(days_apart(from, to)).ok()?;
        let rolls =
            clocks.rules.get(case.rule.as_ref()?).and_then(|rule| rule.answer).is_some_and(|s| s.roll);
        let span = calendar::Span { amount: days, unit: calendar::Unit::Days, roll: rolls };
        calendar::due(granted, &span, &clocks.calendar, &[]).day
    });
    Some(moved.unwrap_or(granted))
}

/// More time to answer. The original day stays on the record beside the new one.
///
/// **Errors** closed or answered; in the future; before the delivery; no day is counted; the clock stands still; the
/// new day is not after the present one.
pub fn extend(
    facts: &CaseFacts,
    on: Day,
    answer_by: Day,
    reason: Enclosed,
    today: Day,
) -> Decision<DueExtended> {
    let mut refusals = still_awaited(facts);
    refusals.extend(day_stands(on, facts, today));
    if let Some(since) = facts.case.paused_from {
        refusals.push(Refusal::AlreadyPaused(since));
    }
    match facts.case.answer_by {
        None => refusals.push(Refusal::NoDay),
        Some(present) if answer_by <= present => refusals.push(Refusal::NotLater(present)),
        Some(_) => {}
    }
    let (recommendation, addressee) = named(facts);
    decided(DueExtended { recommendation, addressee, on, answer_by, reason }, refusals)
}

/// The rung as it is taken: to whom, when, with which letter.
#[derive(Debug, Clone)]
pub struct Climb {
    /// Which rung of the case's rule.
    pub step: u8,
    /// To whom; `None` when nobody was found or chosen.
    pub to: Option<BodyId>,
    /// When.
    pub on: Day,
    /// The letter.
    pub letter: Enclosed,
}

/// The matter is carried one rung up, where a clock of its own begins.
///
/// **Errors** closed or answered; the clock stands still; in the future; before the delivery; no such rung, or taken;
/// before its day while no point is refused; outside its window; nobody to carry it to; before that body already.
pub fn escalate(facts: &CaseFacts, clocks: &Clocks, climb: Climb, today: Day) -> Decision<Escalated> {
    let mut refusals = still_awaited_or_refused(facts);
    refusals.extend(day_stands(climb.on, facts, today));
    refusals.extend(facts.case.paused_from.map(Refusal::AlreadyPaused));
    let step = step_of(facts, clocks, climb.step);
    match step {
        None => refusals.push(Refusal::UnknownStep),
        Some(step) => refusals.extend(step_stands(facts, step, climb.on)),
    }
    let to = climb.to.unwrap_or_else(|| {
        refusals.push(Refusal::NoAddressee);
        facts.case.addressee.clone()
    });
    if facts.asked.addressees.contains(&to) && !refusals.contains(&Refusal::NoAddressee) {
        refusals.push(Refusal::AlreadyBefore);
    }
    let rule = step.and_then(|step| step.rule.clone()).or_else(|| facts.case.rule.clone());
    let due = |awaited| clocks.due(rule.as_ref(), awaited, climb.on, &[]).and_then(|due| due.day);
    let (acknowledge_by, answer_by) = (due(Awaited::Acknowledgement), due(Awaited::Answer));
    let (recommendation, from) = named(facts);
    let (step, on, letter) = (climb.step, climb.on, climb.letter);
    decided(
        Escalated { recommendation, from, to, step, on, letter, rule, acknowledge_by, answer_by },
        refusals,
    )
}

/// A refusal in substance may be carried up; any other answer in substance ends the ladder.
fn still_awaited_or_refused(facts: &CaseFacts) -> Vec<Refusal> {
    let mut refusals = still_awaited(facts);
    if facts.refused {
        refusals.retain(|refusal| !matches!(refusal, Refusal::AlreadyAnswered(_)));
    }
    refusals
}

/// The rung of this number in the case's rule.
#[must_use]
pub fn step_of<'a>(facts: &CaseFacts, clocks: &'a Clocks, step: u8) -> Option<&'a EscalationStep> {
    let rule: &RuleId = facts.case.rule.as_ref()?;
    clocks.rules.get(rule)?.escalation.iter().find(|rung| rung.step == step)
}

fn step_stands(facts: &CaseFacts, step: &EscalationStep, on: Day) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if facts.steps_taken.contains(&step.step) {
        refusals.push(Refusal::StepTaken);
    }
    if let Some(from) = opens_on(facts, step).filter(|from| on < *from && !facts.refused) {
        refusals.push(Refusal::StepTooSoon(from));
    }
    if let Some((from, to)) = &step.window {
        let day = on.strftime("%m-%d").to_string();
        // A window may turn with the year: 12-01..02-28.
        let inside = if from <= to { *from <= day && day <= *to } else { *from <= day || day <= *to };
        if !inside {
            refusals.push(Refusal::OutsideWindow(from.clone(), to.clone()));
        }
    }
    refusals
}

/// The first day on which the rung may be taken for silence; days of ended pauses do not count.
#[must_use]
pub fn opens_on(facts: &CaseFacts, step: &EscalationStep) -> Option<Day> {
    let mut case = facts.case.clone();
    // The ladder counts from delivery, and waits for more time that was granted, exactly as reminders do.
    case.reminders = 0;
    case.reminder_days(&[step.after_days]).into_iter().next()
}

/// What stands in an escalation letter.
#[derive(Debug, Clone)]
pub struct LetterWords {
    /// The recommendation's title and points.
    pub recommendation: String,
    /// The silent addressee.
    pub addressee: String,
    /// Day of delivery.
    pub delivered_on: Day,
    /// Last day to answer.
    pub answer_by: Option<Day>,
    /// The day of the letter.
    pub on: Day,
}

/// The letter of a rung: the template with its five words filled in. A brace that is none of the five stays as it is.
///
/// **Shape** letters are in French, the language in which they are sent.
#[must_use]
pub fn letter(template: &str, words: &LetterWords) -> String {
    let days = days_apart(words.delivered_on, words.on);
    let due = words.answer_by.map_or_else(|| "jour qui n’a pas été fixé".to_owned(), calendar::day_fr);
    let mut written = String::with_capacity(template.len() + words.recommendation.len());
    let mut rest = template.trim();
    // One pass: a brace in a recommendation's own text is never taken for a word of the template.
    while let Some(at) = rest.find('{') {
        written.push_str(&rest[..at]);
        let (word, after) = rest[at..].split_once('}').unwrap_or((&rest[at..], ""));
        match word {
            "{recommandation" => written.push_str(&words.recommendation),
            "{destinataire" => written.push_str(&words.addressee),
            "{remise" => written.push_str(&calendar::day_fr(words.delivered_on)),
            "{echeance" => written.push_str(&due),
            "{jours" => written.push_str(&days.to_string()),
            other => {
                written.push_str(other);
                if rest[at..].contains('}') {
                    written.push('}');
                }
            }
        }
        rest = after;
    }
    written.push_str(rest);
    written
}

/// What the authority says of a point.
///
/// **Errors** in the future; before the delivery; a point not asked of it.
pub fn declare(
    facts: &CaseFacts,
    point: u8,
    state: Progress,
    on: Day,
    text: Option<Enclosed>,
    today: Day,
) -> Decision<ImplementationDeclared> {
    let mut refusals = day_stands(on, facts, today);
    if !facts.points().contains(&point) {
        refusals.push(Refusal::UnknownPoint(point));
    }
    let (recommendation, addressee) = named(facts);
    decided(ImplementationDeclared { recommendation, addressee, point, state, on, text }, refusals)
}

/// What an organisation or committee saw of a point.
#[derive(Debug, Clone)]
pub struct Sight {
    /// Which point.
    pub point: u8,
    /// How far.
    pub state: Progress,
    /// When.
    pub on: Day,
    /// Who observed.
    pub observer: Observer,
    /// What was seen.
    pub evidence: Option<Enclosed>,
    /// A picture or document.
    pub file: Option<Enclosed>,
}

/// What civil society saw of a point, with evidence.
///
/// **Errors** in the future; before the adoption; no such point; no evidence; the observer is an addressee.
pub fn observe(asked: &Asked, sight: Sight, today: Day) -> Decision<ImplementationObserved> {
    let Sight { point, state, on, observer, evidence, file } = sight;
    let mut refusals = Vec::new();
    if on > today {
        refusals.push(Refusal::InFuture);
    }
    refusals.extend(asked.adopted_on.filter(|adopted| on < *adopted).map(Refusal::TooSoon));
    if !asked.points.contains(&point) {
        refusals.push(Refusal::UnknownPoint(point));
    }
    if let Observer::Body { body } = &observer
        && asked.addressees.contains(body)
    {
        refusals.push(Refusal::ObserverIsAddressee);
    }
    let Some(evidence) = evidence else {
        refusals.push(Refusal::NoEvidence);
        return Err(refusals);
    };
    let recommendation = asked.id.clone();
    decided(ImplementationObserved { recommendation, point, state, on, observer, evidence, file }, refusals)
}
