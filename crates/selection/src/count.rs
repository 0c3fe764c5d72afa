//! From ballots to who is elected: pure.

use std::collections::BTreeMap;

use election::{Alike, Round, equal_shares};
use terms::selection::{BallotsAlike, BallotsCounted};
use terms::{CallId, CandidacyId, Commitment, OrganisationId};

/// How ballots are counted, and which version of it.
pub const COUNTING: &str = "equal-shares-1";

/// The candidates in the order that decides ties: by a digest of the frozen pool and their id, which nobody could choose.
#[must_use]
pub fn tie_order(pool: &Commitment, candidates: &[CandidacyId]) -> Vec<CandidacyId> {
    let drawn =
        |id: &CandidacyId| sortition::Digest::of(format!("toguna/selection/tie/v1 {pool} {id}").as_bytes());
    let mut ordered = candidates.to_vec();
    ordered.sort_by_cached_key(drawn);
    ordered
}

/// The count of these ballots, each an organisation and the candidates it approves.
///
/// **Errors** as [`equal_shares`].
pub fn count(
    call: CallId,
    seats: u16,
    candidates: Vec<CandidacyId>,
    ballots: &[(OrganisationId, Vec<CandidacyId>)],
    electors: u32,
) -> Result<BallotsCounted, election::Refusal> {
    let number = |id: &CandidacyId| candidates.iter().position(|one| one == id);
    let mut alike: BTreeMap<Vec<u16>, u16> = BTreeMap::new();
    for (_, approved) in ballots {
        let places = approved.iter().filter_map(number).filter_map(|place| u16::try_from(place + 1).ok());
        let mut approves: Vec<u16> = places.collect();
        approves.sort_unstable();
        *alike.entry(approves).or_default() += 1;
    }
    let mut voters: Vec<OrganisationId> = ballots.iter().map(|(voter, _)| voter.clone()).collect();
    voters.sort();
    let ballots = alike.into_iter().map(|(approves, count)| BallotsAlike { approves, count }).collect();
    let counting = COUNTING.to_owned();
    let mut counted =
        BallotsCounted { call, counting, candidates, voters, electors, ballots, elected: Vec::new() };
    counted.elected = rounds(seats, &counted.candidates, &counted.ballots)?
        .iter()
        .filter_map(|round| counted.candidates.get(round.elected).cloned())
        .collect();
    Ok(counted)
}

/// The rounds of the count, made again from what is on the record.
///
/// **Errors** as [`equal_shares`].
pub fn rounds(
    seats: u16,
    candidates: &[CandidacyId],
    ballots: &[BallotsAlike],
) -> Result<Vec<Round>, election::Refusal> {
    let alike: Vec<Alike> = ballots
        .iter()
        .map(|ballots| Alike {
            // A place 0, which no ballot has, is no candidate and is refused.
            approves: ballots
                .approves
                .iter()
                .map(|place| usize::from(*place).checked_sub(1).unwrap_or(usize::MAX))
                .collect(),
            voters: u32::from(ballots.count),
        })
        .collect();
    equal_shares(candidates.len(), usize::from(seats), &alike)
}
