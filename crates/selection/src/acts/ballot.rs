//! An organisation votes.

use terms::{CandidacyId, Day};

use super::{APPROVALS_MAX, Refusal};
use crate::call::{Call, Candidacy, Stage};

/// A ballot: the candidates approved, by id. It lies in a drawer, never on the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot(pub Vec<CandidacyId>);

/// The ballot is to be laid in the drawer; a later one of the same organisation replaces it.
///
/// **Errors** the ballot is not open; the organisation may not vote here; somebody who is no candidate is approved, or
/// more than [`APPROVALS_MAX`] are.
pub fn vote(
    call: &Call,
    candidates: &[Candidacy],
    elector: bool,
    approved: &[&str],
    today: Day,
) -> Result<Ballot, Vec<Refusal>> {
    if call.stage(today) != Stage::Voting {
        return Err(vec![Refusal::NotNow("selection-refused-not-voting")]);
    }
    if !elector {
        return Err(vec![Refusal::NoElector]);
    }
    let mut ballot = Vec::new();
    for text in approved {
        let listed = candidates.iter().filter(|candidate| candidate.place.in_pool());
        let found = listed.map(|candidate| &candidate.id).find(|id| id.as_str() == *text);
        match found {
            Some(id) if !ballot.contains(id) => ballot.push(id.clone()),
            Some(_) => {}
            None => return Err(vec![Refusal::NoCandidate]),
        }
    }
    if ballot.len() > APPROVALS_MAX {
        return Err(vec![Refusal::TooManyApproved]);
    }
    ballot.sort();
    Ok(Ballot(ballot))
}
