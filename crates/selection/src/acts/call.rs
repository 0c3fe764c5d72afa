//! A call is opened, its rule for the seed said anew, or it is cancelled.

use terms::selection::{CallCancelled, CallOpened, Criterion, Feature, Method, Quota, SeedRule, SeedRuleSet};
use terms::{Behalf, BodyId, CallId, Day, Enclosed, SeatCode, SourceId, Word};

use super::{PARTIES_MAX, PARTIES_MIN, Refusal, SEATS_MAX, WINDOW_MAX};
use crate::call::{Call, Stage, days_after};

/// A call as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: CallId,
    /// The body whose seats are called.
    pub body: BodyId,
    /// The seat, if it is one.
    pub seat: Option<SeatCode>,
    /// How many seats.
    pub seats: Option<u16>,
    /// How those who will sit are found.
    pub method: Option<Method>,
    /// The designating rule.
    pub rule: Option<Enclosed>,
    /// Its article.
    pub article: Option<String>,
    /// Where it can be read.
    pub source: Option<SourceId>,
    /// What candidates must know besides.
    pub presentation: Option<Enclosed>,
    /// Code, what is required and the fact asked for, of every pair of fields in which something stands.
    pub criteria: Vec<(String, Option<Enclosed>, Option<Enclosed>)>,
    /// How many of each value may sit.
    pub quotas: Vec<Quota>,
    /// The last day to file.
    pub closes: Option<Day>,
    /// Days to appeal.
    pub appeal_days: Option<u16>,
    /// Of a draw.
    pub seed: SeedDraft,
    /// Of an election: days to vote.
    pub vote_days: Option<u16>,
    /// Of a nomination: who names.
    pub authority: Option<BodyId>,
    /// Part of an exercise.
    pub exercise: bool,
}

/// The rule for a seed as it was written down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeedDraft {
    /// The parties, each by its name as written and who was understood.
    pub parties: Vec<(String, Option<Behalf>)>,
    /// The last day to commit.
    pub commit_by: Option<Day>,
    /// The last day to reveal.
    pub reveal_by: Option<Day>,
    /// The event.
    pub event: String,
    /// How its outcome will be written.
    pub written: String,
    /// Its day.
    pub event_on: Option<Day>,
}

/// A year, the longest that a call stays open.
const OPEN_MAX: u16 = 366;

/// The call is to be opened.
///
/// **Errors** seats outside of the bounds; no method, rule or criterion; a fact asked for that shows nothing; quotas of a feature that together
/// exceed or do not reach the seats; the last day to file is not after today or more than a year away; a window outside of the bounds; of
/// a draw, a rule for the seed that does not hold together ([`SeedDraft`]: too few parties, days out of order, no event); of a
/// nomination, no authority.
pub fn open(draft: Draft, today: Day) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let seats = draft.seats.filter(|seats| (1..=SEATS_MAX).contains(seats));
    if seats.is_none() {
        refusals.push(Refusal::Seats);
    }
    let method = draft.method;
    if method.is_none() {
        refusals.push(Refusal::NoMethod);
    }
    if draft.rule.is_none() {
        refusals.push(Refusal::NoRule);
    }
    let criteria = criteria(draft.criteria, &mut refusals);
    if let Some(seats) = seats {
        refusals.extend(contradictions(&draft.quotas, seats));
    }
    let latest = days_after(today, OPEN_MAX);
    let closes = draft.closes.filter(|day| *day > today && *day <= latest);
    if closes.is_none() {
        refusals.push(Refusal::Closes);
    }
    let appeal_days = window(draft.appeal_days, "recours", &mut refusals);
    let seed = match (method, closes) {
        (Some(Method::Draw), Some(closes)) => {
            let earliest = days_after(closes, appeal_days + 1);
            rule(draft.seed, earliest, &mut refusals)
        }
        _ => None,
    };
    let vote_days = match method {
        Some(Method::Election) => Some(window(draft.vote_days, "scrutin", &mut refusals)),
        _ => None,
    };
    let authority = draft.authority.filter(|_| method == Some(Method::Nomination));
    if method == Some(Method::Nomination) && authority.is_none() {
        refusals.push(Refusal::UnknownAuthority);
    }
    match (seats, method, draft.rule, closes) {
        (Some(seats), Some(method), Some(rule), Some(closes)) if refusals.is_empty() => {
            Ok(Word::CallOpened(CallOpened {
                id: draft.id,
                body: draft.body,
                seat: draft.seat,
                seats,
                method,
                rule,
                article: draft.article,
                source: draft.source,
                presentation: draft.presentation,
                criteria,
                quotas: draft.quotas,
                closes,
                appeal_days,
                seed,
                vote_days,
                authority,
                exercise: draft.exercise,
            }))
        }
        _ => Err(refusals),
    }
}

fn criteria(
    written: Vec<(String, Option<Enclosed>, Option<Enclosed>)>,
    refusals: &mut Vec<Refusal>,
) -> Vec<Criterion> {
    let mut criteria = Vec::new();
    for (code, text, asks) in written {
        match text {
            Some(text) => criteria.push(Criterion { code, text, asks }),
            None => refusals.push(Refusal::FactWithoutCriterion(code)),
        }
    }
    if criteria.is_empty() && refusals.iter().all(|r| !matches!(r, Refusal::FactWithoutCriterion(_))) {
        refusals.push(Refusal::NoCriterion);
    }
    criteria
}

/// What in quotas no list of candidates could mend: everybody has one value in each feature, so that the bounds of a feature must admit the seats.
fn contradictions(quotas: &[Quota], seats: u16) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for feature in Feature::ALL {
        let of = || quotas.iter().filter(|quota| quota.feature == feature);
        let min: u32 = of().map(|quota| u32::from(quota.min)).sum();
        let max: u32 = of().map(|quota| u32::from(quota.max)).sum();
        if of().next().is_none() {
            continue;
        }
        if min > u32::from(seats) {
            refusals.push(Refusal::MinimaOver { feature, sum: min, seats });
        }
        if max < u32::from(seats) {
            refusals.push(Refusal::MaximaUnder { feature, sum: max, seats });
        }
    }
    refusals
}

fn window(days: Option<u16>, field: &'static str, refusals: &mut Vec<Refusal>) -> u16 {
    let days = days.filter(|days| (1..=WINDOW_MAX).contains(days));
    if days.is_none() {
        refusals.push(Refusal::Window(field));
    }
    days.unwrap_or(1)
}

/// The rule, if it holds together: commitments on `earliest` or later, reveals after the last day to commit, the event after the last day to reveal.
fn rule(draft: SeedDraft, earliest: Day, refusals: &mut Vec<Refusal>) -> Option<SeedRule> {
    let before = refusals.len();
    let mut parties: Vec<Behalf> = Vec::new();
    for (name, who) in draft.parties {
        match who {
            None => refusals.push(Refusal::UnknownParty(name)),
            Some(who) if parties.contains(&who) => refusals.push(Refusal::PartyTwice(name)),
            Some(who) => parties.push(who),
        }
    }
    if refusals.len() == before && !(PARTIES_MIN..=PARTIES_MAX).contains(&parties.len()) {
        refusals.push(Refusal::Parties);
    }
    for (text, field) in [(&draft.event, "evenement"), (&draft.written, "ecriture")] {
        if text.trim().is_empty() {
            refusals.push(Refusal::NoEvent(field));
        }
    }
    let commit_by = draft.commit_by.filter(|day| *day >= earliest);
    if commit_by.is_none() {
        refusals.push(Refusal::CommitBy(earliest));
    }
    let reveal_by = draft.reveal_by.filter(|day| commit_by.is_none_or(|commit| *day > commit));
    if reveal_by.is_none() {
        refusals.push(Refusal::RevealBy);
    }
    let event_on = draft.event_on.filter(|day| reveal_by.is_none_or(|reveal| *day > reveal));
    if event_on.is_none() {
        refusals.push(Refusal::EventOn);
    }
    let (commit_by, reveal_by, event_on) = (commit_by?, reveal_by?, event_on?);
    let (event, written) = (draft.event, draft.written);
    (refusals.len() == before).then_some(SeedRule { parties, commit_by, reveal_by, event, written, event_on })
}

/// The rule for the seed is to be said anew; commitments made before are void.
///
/// **Errors** the call is no draw or has ended; a secret was revealed, so that the rule stands; the new rule does not hold together; no reason.
pub fn say_rule_anew(
    call: &Call,
    draft: SeedDraft,
    reason: Option<Enclosed>,
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    if call.method != Method::Draw || matches!(call.stage(today), Stage::Over(_)) {
        return Err(vec![Refusal::NotNow("selection-refused-no-draw")]);
    }
    // Whoever knows a secret could find out what another rule would give.
    if call.parties.iter().any(|party| party.secret.is_some()) {
        return Err(vec![Refusal::Revealed]);
    }
    let mut refusals = Vec::new();
    let frozen_after = if call.frozen.is_some() { today } else { call.closes.max(today) };
    let rule = rule(draft, frozen_after.tomorrow().unwrap_or(frozen_after), &mut refusals);
    if reason.is_none() {
        refusals.push(Refusal::NoText("raison"));
    }
    match (rule, reason) {
        (Some(rule), Some(reason)) if refusals.is_empty() => {
            Ok(Word::SeedRuleSet(SeedRuleSet { call: call.id.clone(), rule, reason }))
        }
        _ => Err(refusals),
    }
}

/// The call is to end without anybody.
///
/// **Errors** it has ended; no reason.
pub fn cancel(call: &Call, reason: Option<Enclosed>) -> Result<Word, Vec<Refusal>> {
    if call.ended.is_some() {
        return Err(vec![Refusal::NotNow("selection-refused-over")]);
    }
    let reason = reason.ok_or_else(|| vec![Refusal::NoText("raison")])?;
    Ok(Word::CallCancelled(CallCancelled { call: call.id.clone(), reason }))
}
