//! What falls due because time passed: a ballot that is over is counted, and its drawer emptied.

use record::{Fault, Tx};
use terms::{Actor, CandidacyId, Day, Word};
use web::Due;

use crate::count::{count, tie_order};
use crate::tables;

/// The counts of the elections whose last day to vote is over.
///
/// **Errors** the database refused.
pub(crate) fn due(tx: &mut Tx<'_>, today: Day) -> Result<Vec<Due>, Fault> {
    let mut fallen = Vec::new();
    for call in tables::to_count(tx, today)? {
        let Some(frozen) = &call.frozen else { continue };
        let candidates = tables::candidacies(tx, &call.id)?;
        let listed: Vec<CandidacyId> =
            candidates.into_iter().filter(|one| one.place.in_pool()).map(|one| one.id).collect();
        let ordered = tie_order(&frozen.pool_sha256, &listed);
        let ballots = tables::ballots(tx, &call.id)?;
        let electors = tables::electors(tx, &call)?;
        let counted = count(call.id.clone(), call.seats, ordered, &ballots, electors)
            .map_err(|refusal| Fault::Value(format!("dépouillement de {} : {refusal}", call.id)))?;
        // Counted and gone in one transaction: who approved whom is then nowhere.
        tables::clear(tx, &call.id)?;
        let known = frozen.vote_until.and_then(|until| until.tomorrow().ok()).filter(|day| *day < today);
        fallen.push(Due { by: Actor::Clock, known, word: Word::BallotsCounted(counted) });
    }
    Ok(fallen)
}
