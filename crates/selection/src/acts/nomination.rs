//! An authority named who will sit; recorded as such.

use terms::selection::{Method, NominationRecorded, Nominee};
use terms::{Day, Enclosed, SourceId, Word};

use super::Refusal;
use crate::call::{Call, Candidacy, Place, Stage};

/// A nomination as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The day of the act.
    pub on: Option<Day>,
    /// The act.
    pub act: String,
    /// Whom.
    pub nominees: Vec<Nominee>,
    /// The reasons given.
    pub reason: Option<Enclosed>,
    /// The act, as a file.
    pub file: Option<Enclosed>,
    /// Whence.
    pub source: Option<SourceId>,
}

/// The nomination is to be recorded. It may come while candidates are still examined: the record then says that nobody published a list.
///
/// **Errors** the call is no nomination, is still open, or has ended; no act or no day, or a day to come; nobody, or more than there are seats; a candidate who does
/// not stand for the call.
pub fn nominate(
    call: &Call,
    candidates: &[Candidacy],
    named: Named,
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    let Some(authority) = call.authority.clone().filter(|_| call.method == Method::Nomination) else {
        return Err(vec![Refusal::NotNow("selection-refused-no-nomination")]);
    };
    if matches!(call.stage(today), Stage::Open | Stage::Over(_)) {
        return Err(vec![Refusal::NotNow("selection-refused-no-nomination")]);
    }
    let mut refusals = Vec::new();
    if named.act.is_empty() {
        refusals.push(Refusal::NoAct);
    }
    match named.on {
        None => refusals.push(Refusal::NoText("jour")),
        Some(on) if on > today => refusals.push(Refusal::Later),
        Some(_) => {}
    }
    if named.nominees.is_empty() || named.nominees.len() > usize::from(call.seats) {
        refusals.push(Refusal::Nominees { seats: call.seats });
    }
    let stands = |nominee: &Nominee| {
        let of = |id: &terms::CandidacyId| {
            candidates.iter().any(|candidate| candidate.id == *id && candidate.place != Place::Withdrawn)
        };
        nominee.candidacy.as_ref().is_none_or(of)
    };
    if !named.nominees.iter().all(stands) {
        refusals.push(Refusal::NoCandidate);
    }
    match named.on {
        Some(on) if refusals.is_empty() => Ok(Word::NominationRecorded(NominationRecorded {
            call: call.id.clone(),
            authority,
            on,
            act: named.act,
            nominees: named.nominees,
            reason: named.reason,
            file: named.file,
            source: named.source,
        })),
        _ => Err(refusals),
    }
}
