//! A transcript checked, from the pool to the alternates.

use thiserror::Error;

use crate::lottery::{CUT_SLACK, Progress, WEIGHT_TOTAL, most};
use crate::model::Model;
use crate::relaxed::Level;
use crate::transcript::{Transcript, prepare};
use crate::{ALGORITHM, Failure, Pool, Quotas};

/// Probabilities agree when they differ by no more: they are quotients of whole numbers, printed and read again.
const PRINTED: f64 = 1e-12;

/// What a step of the proof may leave open, as a probability.
pub const PROOF_SLACK: f64 = 1e-6;

/// The first thing in a transcript that does not hold. Numbers of panels, levels and cuts are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// Made by an algorithm or version that this program does not know.
    #[error("algorithm {found:?}, this program knows {ALGORITHM:?}")]
    Algorithm {
        /// What the transcript says.
        found: String,
    },
    /// Ids, features or quotas are not in order: one id twice, a value without quota, another order than the specified.
    #[error("types and quotas are not in order")]
    Tables,
    /// The digest of the pool is not the pool's.
    #[error("the digest of the pool")]
    PoolDigest,
    /// The digest of the quotas is not the quotas'.
    #[error("the digest of the quotas")]
    QuotasDigest,
    /// The digest of the lottery is not the lottery's.
    #[error("the digest of the lottery")]
    LotteryDigest,
    /// A panel leaves seats empty, breaks a quota, or is out of order.
    #[error("panel {panel} of the lottery breaks a quota")]
    Panel {
        /// Which.
        panel: usize,
    },
    /// The weights do not sum to the whole.
    #[error("the weights do not sum to {WEIGHT_TOTAL}")]
    Weights,
    /// A probability is not what panels and weights give.
    #[error("the probability of {id:?}")]
    Probability {
        /// Whose; empty for the smallest of all.
        id: String,
    },
    /// A step of the proof that the probabilities are leximin does not hold.
    #[error("level {level} of the proof")]
    Proof {
        /// Which.
        level: usize,
    },
    /// Some panel exceeds a cut.
    #[error("cut {cut}")]
    Cut {
        /// Which.
        cut: usize,
    },
    /// Panel or alternates are not what the seed gives.
    #[error("the seed gives another draw")]
    Draw,
    /// It says that no panel exists, but one does; or says both.
    #[error("a panel exists")]
    Feasible,
    /// The hints are not what the quotas call for.
    #[error("the hints")]
    Hints,
}

/// Why a transcript could not be said to hold.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unverified {
    /// Something in it is false.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// It could not be calculated.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// What was found besides that all holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Whether the lottery made again from pool, quotas and seats is this one, panel for panel. Where it is not, the lottery is
    /// as fair, but its maker may have chosen among fair ones: then its digest must have been public before the seed.
    pub same_lottery: bool,
    /// Whether a seed was drawn from; else only the lottery was checked.
    pub drawn: bool,
}

/// Everything in a transcript holds.
///
/// **Errors** the first [`Fault`], in this order: tables and digests, panels and weights, probabilities, proof, cuts, draw.
pub fn verify(transcript: &Transcript, watch: &mut dyn FnMut(Progress)) -> Result<Verified, Unverified> {
    if transcript.algorithm != ALGORITHM {
        return Err(Fault::Algorithm { found: transcript.algorithm.clone() }.into());
    }
    let (pool, quotas) = tables(transcript)?;
    let again = prepare(&pool, &quotas, transcript.seats, watch)?;
    if !transcript.feasible || !again.feasible {
        return infeasible(transcript, &again);
    }
    let model = Model::new(&pool, &quotas, transcript.seats);
    lottery(transcript, &model)?;
    proof(transcript, &model)?;
    for (number, cut) in transcript.cuts.iter().enumerate() {
        let holds = cut.coefficients.len() == model.kinds.len()
            && cut.coefficients.iter().all(|c| c.unsigned_abs() <= 1_000_000_000)
            && most(&model, &cut.coefficients).map_err(Failure::from)? as f64 <= cut.bound as f64 + CUT_SLACK;
        if !holds {
            return Err(Fault::Cut { cut: number + 1 }.into());
        }
    }
    match &transcript.seed {
        None if transcript.panel.is_empty() && transcript.alternates.is_empty() => {}
        Some(seed) => {
            let draw = transcript.lots().ok_or(Fault::Tables)?.draw(seed);
            if draw.panel != transcript.panel || draw.alternates != transcript.alternates {
                return Err(Fault::Draw.into());
            }
        }
        None => return Err(Fault::Draw.into()),
    }
    let same_lottery = again.lottery_sha256 == transcript.lottery_sha256;
    Ok(Verified { same_lottery, drawn: transcript.seed.is_some() })
}

fn tables(transcript: &Transcript) -> Result<(Pool, Quotas), Fault> {
    let (pool, quotas) = transcript.read().ok_or(Fault::Tables)?;
    let model = Model::new(&pool, &quotas, transcript.seats);
    let id = |member: &usize| pool.candidates()[*member].id.as_str();
    let ordered =
        quotas.list() == transcript.quotas
            && quotas.features().eq(transcript.features.iter().map(String::as_str))
            && model.kinds.len() == transcript.types.len()
            && model.kinds.iter().zip(&transcript.types).all(|(kind, listed)| {
                kind.members.iter().map(id).eq(listed.members.iter().map(String::as_str))
            });
    if !ordered {
        return Err(Fault::Tables);
    }
    if pool.digest() != transcript.pool_sha256 {
        return Err(Fault::PoolDigest);
    }
    if quotas.digest() != transcript.quotas_sha256 {
        return Err(Fault::QuotasDigest);
    }
    if transcript.lottery_digest() != transcript.lottery_sha256 {
        return Err(Fault::LotteryDigest);
    }
    Ok((pool, quotas))
}

fn infeasible(transcript: &Transcript, again: &Transcript) -> Result<Verified, Unverified> {
    if again.feasible != transcript.feasible {
        return Err(Fault::Feasible.into());
    }
    let nothing = transcript.panel.is_empty()
        && transcript.alternates.is_empty()
        && transcript.portfolio.is_empty()
        && transcript.probabilities.is_empty()
        && transcript.min_probability.is_none();
    if !nothing {
        return Err(Fault::Feasible.into());
    }
    if again.hints != transcript.hints {
        return Err(Fault::Hints.into());
    }
    Ok(Verified { same_lottery: true, drawn: transcript.seed.is_some() })
}

fn lottery(transcript: &Transcript, model: &Model) -> Result<(), Fault> {
    for (number, ticket) in transcript.portfolio.iter().enumerate() {
        if ticket.weight == 0 || !model.allows(&ticket.panel) {
            return Err(Fault::Panel { panel: number + 1 });
        }
    }
    let sum: u128 = transcript.portfolio.iter().map(|ticket| u128::from(ticket.weight)).sum();
    if sum != u128::from(WEIGHT_TOTAL) {
        return Err(Fault::Weights);
    }
    let shares = transcript.shares();
    if let Some(id) = transcript.probabilities.keys().find(|id| !shares.contains_key(*id)) {
        return Err(Fault::Probability { id: id.clone() });
    }
    for (id, share) in &shares {
        let said = transcript.probabilities.get(id);
        if said.is_none_or(|said| !within(*said, *share, PRINTED)) {
            return Err(Fault::Probability { id: id.clone() });
        }
    }
    let least = shares.values().copied().fold(1.0, f64::min);
    let said = transcript.min_probability.is_some_and(|said| within(said, least, PRINTED));
    if said && transcript.hints.is_empty() { Ok(()) } else { Err(Fault::Probability { id: String::new() }) }
}

/// Whether two numbers are no further apart; one that is none is not.
fn within(a: f64, b: f64, slack: f64) -> bool {
    (a - b).abs() <= slack
}

fn proof(transcript: &Transcript, model: &Model) -> Result<(), Fault> {
    let seated = transcript.seated();
    let shares: Vec<f64> = (model.kinds.iter().zip(seated))
        .map(|(kind, seated)| seated as f64 / (WEIGHT_TOTAL as f64 * f64::from(kind.size())))
        .collect();
    let mut fixed: Vec<Option<f64>> = vec![None; shares.len()];
    let mut last = 0.0;
    for (number, level) in transcript.levels.iter().enumerate() {
        let fault = Fault::Proof { level: number + 1 };
        if !holds(level, transcript, model, &shares, &fixed) || level.probability < last - PROOF_SLACK {
            return Err(fault);
        }
        last = level.probability;
        level.kinds.iter().for_each(|kind| fixed[*kind] = Some(shares[*kind]));
    }
    let all = fixed.iter().all(Option::is_some);
    if all { Ok(()) } else { Err(Fault::Proof { level: transcript.levels.len() + 1 }) }
}

fn holds(
    level: &Level,
    transcript: &Transcript,
    model: &Model,
    shares: &[f64],
    fixed: &[Option<f64>],
) -> bool {
    let numbers = level.rows.iter().chain(&level.cuts).chain([&level.seat]);
    let shaped = level.rows.len() == model.rows.len()
        && level.cuts.len() == transcript.cuts.len()
        && numbers.into_iter().all(|price| price.is_finite())
        && level.cuts.iter().all(|price| *price >= 0.0)
        && transcript.cuts.iter().all(|cut| cut.coefficients.len() == model.kinds.len())
        && !level.kinds.is_empty();
    if !shaped {
        return false;
    }
    let bound = level.bound(model, &transcript.cuts, fixed);
    let open = (0..shares.len()).filter(|kind| fixed[*kind].is_none());
    // Nobody who is not fixed has less than the level, the bound allows no more, and those fixed here have just it.
    open.into_iter().all(|kind| shares[kind] >= level.probability - PROOF_SLACK)
        && within(bound.probability, level.probability, PROOF_SLACK)
        && level
            .kinds
            .iter()
            .all(|kind| bound.kinds.contains(kind) && within(shares[*kind], level.probability, PROOF_SLACK))
}
