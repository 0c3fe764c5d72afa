//! The list of who may be chosen, appeals against it, and the pool that changes no more.

use sortition::Transcript;
use terms::selection::{
    AppealDecided, AppealFiled, EligibleListPublished, Exclusion, Lottery, Method, PoolFrozen,
};
use terms::{AppealId, CandidacyId, Commitment, Day, Enclosed, Word};

use super::{ELECTION_MAX, EXCLUDED_MAX, Refusal};
use crate::call::{Call, Candidacy, Place, Stage, days_after};
use crate::lots;

/// What was decided of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was chosen.
    None,
    /// On the list.
    Eligible,
    /// Kept off it: criterion and reason as written.
    Excluded(Option<String>, Option<Enclosed>),
}

/// A candidate with what was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub candidacy: CandidacyId,
    /// What.
    pub verdict: Verdict,
}

/// The list is to be published.
///
/// **Errors** candidates can still file, or it was published; a candidate who stands without a decision; one excluded without a criterion of the
/// call, or without the fact that shows it; more exclusions than an entry holds.
pub fn publish(
    call: &Call,
    standing: &[CandidacyId],
    decisions: &[Decision],
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    if call.stage(today) != Stage::Examining {
        let why =
            if call.list.is_some() { "selection-refused-listed" } else { "selection-refused-still-open" };
        return Err(vec![Refusal::NotNow(why)]);
    }
    let mut refusals = Vec::new();
    let mut excluded = Vec::new();
    let mut eligible = 0_u16;
    for candidacy in standing {
        let decided = decisions.iter().find(|decision| decision.candidacy == *candidacy);
        match decided.map_or(&Verdict::None, |decision| &decision.verdict) {
            Verdict::None => refusals.push(Refusal::Undecided(candidacy.to_string())),
            Verdict::Eligible => eligible += 1,
            Verdict::Excluded(criterion, reason) => {
                let known = |code: &String| call.criteria.iter().any(|criterion| criterion.code == *code);
                match (criterion.clone().filter(known), reason) {
                    (Some(criterion), Some(reason)) => {
                        excluded.push(Exclusion { candidacy: candidacy.clone(), criterion, reason: *reason });
                    }
                    _ => refusals.push(Refusal::NoGround(candidacy.to_string())),
                }
            }
        }
    }
    if excluded.len() > EXCLUDED_MAX {
        refusals.push(Refusal::ExcludedTooMany);
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let appeals_until = days_after(today, call.appeal_days);
    let call = call.id.clone();
    Ok(Word::EligibleListPublished(EligibleListPublished { call, eligible, excluded, appeals_until }))
}

/// An appeal is to be filed.
///
/// **Errors** the window is not open; the candidate was not excluded, or has appealed; no text.
pub fn appeal(
    call: &Call,
    candidacy: &Candidacy,
    already: bool,
    id: AppealId,
    (text, paper): (Option<Enclosed>, bool),
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    if call.stage(today) != Stage::Appealing {
        return Err(vec![Refusal::NotNow("selection-refused-no-window")]);
    }
    if candidacy.place != Place::Excluded {
        return Err(vec![Refusal::NotExcluded]);
    }
    if already {
        return Err(vec![Refusal::AppealedAlready]);
    }
    let text = text.ok_or_else(|| vec![Refusal::NoText("texte")])?;
    let (call, candidacy) = (call.id.clone(), candidacy.id.clone());
    Ok(Word::AppealFiled(AppealFiled { id, call, candidacy, text, paper }))
}

/// An appeal is to be decided.
///
/// **Errors** it was decided, or the pool is frozen; nothing was chosen; no reason.
pub fn decide(
    call: &Call,
    appeal: AppealId,
    decided: bool,
    admitted: Option<bool>,
    reason: Option<Enclosed>,
) -> Result<Word, Vec<Refusal>> {
    if decided || call.frozen.is_some() || call.ended.is_some() {
        return Err(vec![Refusal::NotNow("selection-refused-decided")]);
    }
    let mut refusals = Vec::new();
    if admitted.is_none() {
        refusals.push(Refusal::NoVerdict);
    }
    if reason.is_none() {
        refusals.push(Refusal::NoText("raison"));
    }
    let (Some(admitted), Some(reason)) = (admitted, reason) else { return Err(refusals) };
    Ok(Word::AppealDecided(AppealDecided { call: call.id.clone(), appeal, admitted, reason }))
}

/// The pool is to be frozen: of a draw with its lottery, of an election with the days of its ballot.
///
/// **Errors** the window for appeals is open or an appeal undecided; it is frozen, or the call is a nomination; nobody is on the list; of a draw, the lottery
/// is of another pool, or the quotas cannot be met: then what to relax; of an election, more candidates or electors than one entry can count.
pub fn freeze(
    call: &Call,
    candidates: &[Candidacy],
    lottery: Option<(&Transcript, Enclosed)>,
    electors: u32,
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    if call.stage(today) != Stage::Freezing {
        return Err(vec![Refusal::NotNow("selection-refused-not-freezing")]);
    }
    let listed = candidates.iter().filter(|candidate| candidate.place.in_pool()).count();
    if listed == 0 {
        return Err(vec![Refusal::NobodyEligible]);
    }
    let no_lottery = |_| vec![Refusal::NoLottery];
    let quotas = lots::quotas(call).map_err(no_lottery)?;
    let pool_sha256 = lots::pool(candidates, &quotas).map_err(no_lottery)?.digest();
    let mut frozen = PoolFrozen {
        call: call.id.clone(),
        candidates: u16::try_from(listed).unwrap_or(u16::MAX),
        pool_sha256: Commitment(*pool_sha256.as_bytes()),
        lottery: None,
        vote_until: None,
    };
    if call.method == Method::Election {
        if u32::from(frozen.candidates).max(electors) > ELECTION_MAX {
            return Err(vec![Refusal::ElectionTooLarge]);
        }
        frozen.vote_until = Some(days_after(today, call.vote_days.unwrap_or(1)));
        return Ok(Word::PoolFrozen(frozen));
    }
    let Some((transcript, enclosed)) = lottery else { return Err(vec![Refusal::NoLottery]) };
    let of_this = transcript.pool_sha256 == pool_sha256
        && transcript.quotas_sha256 == quotas.digest()
        && transcript.seats == u32::from(call.seats)
        && transcript.seed.is_none();
    if !of_this {
        return Err(vec![Refusal::PoolChanged]);
    }
    if !transcript.feasible {
        return Err(vec![Refusal::Infeasible(transcript.hints.clone())]);
    }
    frozen.lottery = Some(Lottery {
        algorithm: transcript.algorithm.clone(),
        quotas_sha256: Commitment(*transcript.quotas_sha256.as_bytes()),
        lottery_sha256: Commitment(*transcript.lottery_sha256.as_bytes()),
        transcript: enclosed,
    });
    Ok(Word::PoolFrozen(frozen))
}
