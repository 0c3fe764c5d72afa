//! The record of a draw: everything that anyone needs to draw again and to check that it was fair.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::{Digest, Encoder};
use crate::draw::{Draw, Lots};
use crate::lottery::{Progress, Solved, WEIGHT_TOTAL, solve};
use crate::model::{Cut, Model};
use crate::relaxed::Level;
use crate::search::relaxation;
use crate::seed::Seed;
use crate::{ALGORITHM, Candidate, Counted, Failure, Pool, Quota, Quotas, Refusal, TYPES_MAX, Table};

/// A type of people in a transcript: the same value in every feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// A value per feature, in the order of the features.
    pub values: Vec<String>,
    /// Who is of this type, in the order of the bytes of their ids.
    pub members: Vec<String>,
}

/// A panel that may be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    /// Out of [`WEIGHT_TOTAL`], how many draws give it.
    pub weight: u64,
    /// The numbers of its types, ascending, each with how many of it sit.
    pub panel: Vec<(u32, u32)>,
}

/// A bound of a quota that keeps every panel away, and where it would not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "relax")]
pub enum Hint {
    /// A minimum is too high.
    Min {
        /// The feature.
        feature: String,
        /// The value.
        value: String,
        /// The minimum asked for.
        from: u32,
        /// The minimum with which, together with the other hints, a panel exists.
        to: u32,
    },
    /// A maximum is too low.
    Max {
        /// The feature.
        feature: String,
        /// The value.
        value: String,
        /// The maximum asked for.
        from: u32,
        /// The maximum with which, together with the other hints, a panel exists.
        to: u32,
    },
    /// There are more seats than people.
    Seats {
        /// The seats asked for.
        from: u32,
        /// As many as there are people.
        to: u32,
    },
}

/// A draw as it is published. Without a seed it is the lottery announced; with one, who sits follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// The algorithm and its version: [`ALGORITHM`].
    pub algorithm: String,
    /// Seats of the panel.
    pub seats: u32,
    /// The seed; none before it exists.
    pub seed: Option<Seed>,
    /// Whether some panel meets the quotas.
    pub feasible: bool,
    /// Where none does: what to relax, by as little as possible in all.
    pub hints: Vec<Hint>,
    /// The digest of ids and features.
    pub pool_sha256: Digest,
    /// The digest of the quotas.
    pub quotas_sha256: Digest,
    /// The digest of the lottery: pool, quotas, seats, algorithm, panels and weights. What is to be published before the seed.
    pub lottery_sha256: Digest,
    /// The smallest probability of anybody; none where no panel exists.
    pub min_probability: Option<f64>,
    /// Each candidate's probability of a seat.
    pub probabilities: BTreeMap<String, f64>,
    /// Who sits, by id.
    pub panel: Vec<String>,
    /// Everybody else, in the order in which they are asked when a seat falls vacant.
    pub alternates: Vec<String>,
    /// The features of the quotas, in the order of their bytes.
    pub features: Vec<String>,
    /// The quotas, by feature and value.
    pub quotas: Vec<Quota>,
    /// The types, each with its members.
    pub types: Vec<Type>,
    /// The panels that may be drawn.
    pub portfolio: Vec<Ticket>,
    /// The proof that the probabilities are leximin, step by step.
    pub levels: Vec<Level>,
    /// Inequalities that the proof uses beyond the quotas.
    pub cuts: Vec<Cut>,
}

/// The lottery, without a seed: who has which probability, and which panels may be drawn. Where no panel meets the quotas,
/// the transcript says what to relax.
///
/// **Errors** no seat; more than [`TYPES_MAX`] types; the arithmetic fails, or a search passes its bound.
pub fn prepare(
    pool: &Pool,
    quotas: &Quotas,
    seats: u32,
    watch: &mut dyn FnMut(Progress),
) -> Result<Transcript, Failure> {
    if seats == 0 {
        return Err(Refusal::NoSeat.into());
    }
    let model = Model::new(pool, quotas, seats);
    if model.kinds.len() > TYPES_MAX {
        let (table, what, most) = (Table::Pool, Counted::Types, TYPES_MAX);
        return Err(Refusal::TooMany { table, what, most }.into());
    }
    let types = model.kinds.iter().map(|kind| Type {
        values: kind
            .members
            .first()
            .map(|first| pool.candidates()[*first].values.clone())
            .unwrap_or_default(),
        members: kind.members.iter().map(|member| pool.candidates()[*member].id.clone()).collect(),
    });
    let mut transcript = Transcript {
        algorithm: ALGORITHM.to_owned(),
        seats,
        seed: None,
        feasible: false,
        hints: Vec::new(),
        pool_sha256: pool.digest(),
        quotas_sha256: quotas.digest(),
        lottery_sha256: Digest::of(b""),
        min_probability: None,
        probabilities: BTreeMap::new(),
        panel: Vec::new(),
        alternates: Vec::new(),
        features: quotas.features().map(str::to_owned).collect(),
        quotas: quotas.list().to_vec(),
        types: types.collect(),
        portfolio: Vec::new(),
        levels: Vec::new(),
        cuts: Vec::new(),
    };
    match solve(&model, watch)? {
        Some(Solved { panels, levels, cuts }) => {
            transcript.feasible = true;
            transcript.portfolio =
                panels.into_iter().map(|(panel, weight)| Ticket { weight, panel }).collect();
            transcript.levels = levels;
            transcript.cuts = cuts;
            transcript.probabilities = transcript.shares();
            transcript.min_probability = transcript.probabilities.values().copied().min_by(f64::total_cmp);
        }
        None => transcript.hints = hints(&model, quotas, pool)?,
    }
    transcript.lottery_sha256 = transcript.lottery_digest();
    Ok(transcript)
}

fn hints(model: &Model, quotas: &Quotas, pool: &Pool) -> Result<Vec<Hint>, Failure> {
    let people = u32::try_from(pool.candidates().len()).unwrap_or(u32::MAX);
    let mut model = model.clone();
    let mut found = Vec::new();
    if model.seats > people {
        found.push(Hint::Seats { from: model.seats, to: people });
        model.seats = people;
    }
    for moved in relaxation(&model)?.unwrap_or_default() {
        let Quota { feature, value, min, max } = quotas.list()[moved.row].clone();
        found.push(if moved.minimum {
            Hint::Min { feature, value, from: min, to: min.saturating_sub(moved.by) }
        } else {
            Hint::Max { feature, value, from: max, to: max.saturating_add(moved.by) }
        });
    }
    Ok(found)
}

impl Transcript {
    /// The lottery drawn: `panel` and `alternates` follow from the seed. Where no panel exists only the seed is noted.
    #[must_use]
    pub fn drawn(mut self, seed: &Seed) -> Self {
        if let Some(lots) = self.lots() {
            let Draw { panel, alternates } = lots.draw(seed);
            (self.panel, self.alternates) = (panel, alternates);
        }
        self.seed = Some(seed.clone());
        self
    }

    /// The lots, ready to be drawn from; none where no panel exists, or where types and quotas are not in order.
    pub fn lots(&self) -> Option<Lots> {
        let (pool, quotas) = self.read().filter(|_| self.feasible)?;
        let model = Model::new(&pool, &quotas, self.seats);
        let known =
            |ticket: &Ticket| ticket.panel.iter().all(|(kind, _)| (*kind as usize) < model.kinds.len());
        let panels =
            self.portfolio.iter().all(known).then(|| {
                self.portfolio.iter().map(|ticket| (ticket.panel.clone(), ticket.weight)).collect()
            })?;
        Some(Lots { model, pool, panels, lottery: self.lottery_digest() })
    }

    /// Pool and quotas as the transcript has them; none where they are not in order.
    pub(crate) fn read(&self) -> Option<(Pool, Quotas)> {
        let quotas = Quotas::new(self.quotas.clone()).ok()?;
        let candidates = self.types.iter().flat_map(|kind| {
            kind.members.iter().map(|id| Candidate { id: id.clone(), values: kind.values.clone() })
        });
        Some((Pool::new(candidates.collect(), &quotas).ok()?, quotas))
    }

    /// Each candidate's probability, from panels and weights: a quotient of two whole numbers.
    pub(crate) fn shares(&self) -> BTreeMap<String, f64> {
        let mut shares = BTreeMap::new();
        for (kind, seated) in self.types.iter().zip(self.seated()) {
            let all = u128::from(WEIGHT_TOTAL) * kind.members.len() as u128;
            let share = seated as f64 / all as f64;
            shares.extend(kind.members.iter().map(|id| (id.clone(), share)));
        }
        shares
    }

    /// For each type, its seats summed over panels, by weight.
    pub(crate) fn seated(&self) -> Vec<u128> {
        let mut seated = vec![0_u128; self.types.len()];
        for ticket in &self.portfolio {
            for (kind, count) in &ticket.panel {
                if let Some(sum) = seated.get_mut(*kind as usize) {
                    *sum += u128::from(*count) * u128::from(ticket.weight);
                }
            }
        }
        seated
    }

    /// The digest of the lottery.
    pub(crate) fn lottery_digest(&self) -> Digest {
        let mut encoder = Encoder::new("toguna/sortition/lottery/v1");
        encoder.text(&self.algorithm).number(u64::from(self.seats));
        encoder.bytes(self.pool_sha256.as_bytes()).bytes(self.quotas_sha256.as_bytes());
        encoder.number(self.portfolio.len() as u64);
        for ticket in &self.portfolio {
            encoder.number(ticket.weight).number(ticket.panel.len() as u64);
            for (kind, count) in &ticket.panel {
                encoder.number(u64::from(*kind)).number(u64::from(*count));
            }
        }
        encoder.end()
    }
}
