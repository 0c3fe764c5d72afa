//! Leximin over the shares that the quotas alone allow: the panels may for a moment seat parts of people.
//!
//! This contains every lottery over true panels. So where its answer is reached by a lottery, that lottery is
//! leximin; and the prices found on the way prove it by arithmetic alone.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, Variable};

use serde::{Deserialize, Serialize};

use crate::Trouble;
use crate::model::{Cut, Model};

/// A type whose weight in the proof of a level is above this is fixed at the level.
pub(crate) const WEIGHT: f64 = 1e-6;

/// A price below this is none.
const PRICE_MIN: f64 = 1e-12;

/// Each quota and the number of seats are let out by this while prices are looked for. Prices that cancel one another then
/// cost something, and rounding cannot send them to infinity; what the prices found prove is calculated without it.
const LET_OUT: f64 = 1e-8;

/// One step of leximin: nobody among those not fixed before can all be above `probability`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The largest minimum of those not fixed before.
    pub probability: f64,
    /// The types fixed at it, by their numbers, ascending.
    #[serde(rename = "types")]
    pub kinds: Vec<usize>,
    /// The price of one seat.
    #[serde(rename = "seat_price")]
    pub seat: f64,
    /// The price of each quota: above zero its maximum holds people down, below zero its minimum.
    #[serde(rename = "quota_prices")]
    pub rows: Vec<f64>,
    /// The price of each cut; never below zero.
    #[serde(rename = "cut_prices")]
    pub cuts: Vec<f64>,
}

/// The leximin probabilities of the types under the quotas and cuts, and the steps that prove them.
pub(crate) struct Relaxed {
    pub(crate) probabilities: Vec<f64>,
    pub(crate) levels: Vec<Level>,
}

/// The leximin shares; some panel is known to exist.
pub(crate) fn leximin(model: &Model, cuts: &[Cut]) -> Result<Relaxed, Trouble> {
    let mut fixed: Vec<Option<f64>> = vec![None; model.kinds.len()];
    let mut levels = Vec::new();
    let mut last = 0.0_f64;
    while fixed.iter().any(Option::is_none) {
        let mut level = step(model, cuts, &fixed)?;
        level.probability = level.probability.clamp(last, 1.0);
        last = level.probability;
        if level.kinds.is_empty() {
            return Err(Trouble::Numbers("a level of the leximin that fixes nobody"));
        }
        level.kinds.iter().for_each(|kind| fixed[*kind] = Some(last));
        levels.push(level);
    }
    Ok(Relaxed { probabilities: fixed.into_iter().map(|p| p.unwrap_or(last)).collect(), levels })
}

/// The variables of the programme of prices.
struct Prices {
    more: Variable,
    fewer: Variable,
    above: Vec<Option<Variable>>,
    below: Vec<Option<Variable>>,
    cuts: Vec<Variable>,
    full: Vec<Option<Variable>>,
}

/// The dual of "raise the minimum of those not fixed": the cheapest prices whose weights sum to one.
fn step(model: &Model, cuts: &[Cut], fixed: &[Option<f64>]) -> Result<Level, Trouble> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let prices = variables(&mut problem, model, cuts, fixed);
    let mut whole = LinearExpr::empty();
    let mut totals = Totals::new(model, cuts);
    for (number, kind) in model.kinds.iter().enumerate().filter(|(number, _)| fixed[*number].is_none()) {
        let size = f64::from(kind.size());
        let mut worth = LinearExpr::empty();
        worth.add(prices.more, 1.0);
        worth.add(prices.fewer, -1.0);
        for row in &kind.rows {
            prices.above[*row].into_iter().for_each(|price| worth.add(price, 1.0));
            prices.below[*row].into_iter().for_each(|price| worth.add(price, -1.0));
        }
        for (cut, price) in cuts.iter().zip(&prices.cuts) {
            worth.add(*price, cut.coefficients[number] as f64 / scale(cut));
        }
        if let Some(full) = prices.full[number] {
            worth.add(full, 1.0);
            whole.add(full, size);
        }
        totals.add(number, kind, cuts, size);
        problem.add_constraint(worth, ComparisonOp::Ge, 0.0);
    }
    totals.into_expression(&mut whole, &prices);
    problem.add_constraint(whole, ComparisonOp::Eq, 1.0);
    let mut options = SolveOptions::default();
    options.tolerances.feasibility = 1e-10;
    let solution = problem
        .solve_with(options)
        .map_err(|error| Trouble::Solver(error.to_string()))?
        .into_solution()
        .map_err(|_| Trouble::Numbers("an unfinished linear programme"))?;
    Ok(level(model, cuts, fixed, &prices, &solution))
}

/// What the sizes of the types not fixed sum to, by price.
struct Totals {
    seat: f64,
    rows: Vec<f64>,
    cuts: Vec<f64>,
}

impl Totals {
    fn new(model: &Model, cuts: &[Cut]) -> Self {
        Self { seat: 0.0, rows: vec![0.0; model.rows.len()], cuts: vec![0.0; cuts.len()] }
    }

    fn add(&mut self, number: usize, kind: &crate::model::Kind, cuts: &[Cut], size: f64) {
        self.seat += size;
        kind.rows.iter().for_each(|row| self.rows[*row] += size);
        for (sum, cut) in self.cuts.iter_mut().zip(cuts) {
            *sum += size * cut.coefficients[number] as f64 / scale(cut);
        }
    }

    fn into_expression(self, whole: &mut LinearExpr, prices: &Prices) {
        whole.add(prices.more, self.seat);
        whole.add(prices.fewer, -self.seat);
        for (row, sum) in self.rows.into_iter().enumerate() {
            prices.above[row].into_iter().for_each(|price| whole.add(price, sum));
            prices.below[row].into_iter().for_each(|price| whole.add(price, -sum));
        }
        for (price, sum) in prices.cuts.iter().zip(self.cuts) {
            whole.add(*price, sum);
        }
    }
}

/// Cuts carry whole coefficients of any size; in the programme their largest is one.
fn scale(cut: &Cut) -> f64 {
    cut.coefficients.iter().map(|c| c.unsigned_abs()).max().unwrap_or(1).max(1) as f64
}

fn variables(problem: &mut Problem, model: &Model, cuts: &[Cut], fixed: &[Option<f64>]) -> Prices {
    let mut left = f64::from(model.seats);
    let mut taken = vec![0.0; model.rows.len()];
    let mut open = vec![false; model.rows.len()];
    let mut bounds: Vec<f64> = cuts.iter().map(|cut| cut.bound as f64 / scale(cut)).collect();
    for (number, kind) in model.kinds.iter().enumerate() {
        let Some(probability) = fixed[number] else {
            kind.rows.iter().for_each(|row| open[*row] = true);
            continue;
        };
        let seated = probability * f64::from(kind.size());
        left -= seated;
        kind.rows.iter().for_each(|row| taken[*row] += seated);
        for (bound, cut) in bounds.iter_mut().zip(cuts) {
            *bound -= seated * cut.coefficients[number] as f64 / scale(cut);
        }
    }
    let price = (0.0, f64::INFINITY);
    let mut row_prices = |above: bool| -> Vec<Option<Variable>> {
        let each = model.rows.iter().enumerate();
        each.map(|(row, quota)| {
            let binds = if above { model.binds_above(row) } else { model.binds_below(row) };
            let cost =
                if above { f64::from(quota.max) - taken[row] } else { taken[row] - f64::from(quota.min) };
            (binds && open[row]).then(|| problem.add_var(cost + LET_OUT, price))
        })
        .collect()
    };
    let (above, below) = (row_prices(true), row_prices(false));
    let more = problem.add_var(left + LET_OUT, price);
    let fewer = problem.add_var(LET_OUT - left, price);
    let cuts = bounds.into_iter().map(|bound| problem.add_var(bound + LET_OUT, price)).collect();
    let full = model.kinds.iter().enumerate().map(|(number, kind)| {
        fixed[number].is_none().then(|| problem.add_var(f64::from(kind.size()), price))
    });
    let full = full.collect();
    Prices { more, fewer, above, below, cuts, full }
}

fn level(
    model: &Model,
    cuts: &[Cut],
    fixed: &[Option<f64>],
    prices: &Prices,
    solution: &microlp::Solution,
) -> Level {
    // What is left of a price that is zero is rounding.
    let value =
        |price: Variable| Some(solution.var_value(price)).filter(|value| *value > PRICE_MIN).unwrap_or(0.0);
    let of = |price: Option<Variable>| price.map_or(0.0, value);
    let seat = value(prices.more) - value(prices.fewer);
    let rows: Vec<f64> =
        prices.above.iter().zip(&prices.below).map(|(above, below)| of(*above) - of(*below)).collect();
    let cut_prices: Vec<f64> =
        prices.cuts.iter().zip(cuts).map(|(price, cut)| value(*price) / scale(cut)).collect();
    let mut level = Level { probability: 0.0, kinds: Vec::new(), seat, rows, cuts: cut_prices };
    let bound = level.bound(model, cuts, fixed);
    level.probability = bound.probability;
    level.kinds = bound.kinds;
    level
}

/// What the prices of a level prove.
pub(crate) struct Bound {
    /// No lottery gives more to the least of those not fixed before.
    pub(crate) probability: f64,
    /// Those whom the proof holds: each of them is at the level in every leximin lottery.
    pub(crate) kinds: Vec<usize>,
}

impl Level {
    /// What a seat of a type is worth at these prices.
    pub(crate) fn worth(&self, model: &Model, cuts: &[Cut], number: usize) -> f64 {
        let rows: f64 = model.kinds[number].rows.iter().map(|row| self.rows[*row]).sum();
        let cuts: f64 =
            cuts.iter().zip(&self.cuts).map(|(cut, price)| cut.coefficients[number] as f64 * price).sum();
        self.seat + rows + cuts
    }

    /// The proof read: all panels together are worth at most what quotas, cuts, seats and sizes give at these prices.
    pub(crate) fn bound(&self, model: &Model, cuts: &[Cut], fixed: &[Option<f64>]) -> Bound {
        let mut right = self.seat * f64::from(model.seats);
        for (quota, price) in model.rows.iter().zip(&self.rows) {
            right += price * f64::from(if *price > 0.0 { quota.max } else { quota.min });
        }
        for (cut, price) in cuts.iter().zip(&self.cuts) {
            right += price * cut.bound as f64;
        }
        let mut weights = 0.0;
        let mut weighed = Vec::new();
        for (number, kind) in model.kinds.iter().enumerate() {
            let size = f64::from(kind.size());
            let worth = self.worth(model, cuts, number);
            match fixed[number] {
                Some(probability) => right -= worth * probability * size,
                None if worth > 0.0 => {
                    weights += worth * size;
                    weighed.push((number, worth * size));
                }
                None => right -= worth * size,
            }
        }
        if weights < WEIGHT {
            // Nothing but the size of the types holds them: they are certain, and certainty needs no proof.
            let kinds = (0..fixed.len()).filter(|kind| fixed[*kind].is_none()).collect();
            return Bound { probability: 1.0, kinds };
        }
        weighed.retain(|(_, weight)| *weight > WEIGHT * weights);
        let kinds = weighed.into_iter().map(|(number, _)| number).collect();
        Bound { probability: right / weights, kinds }
    }
}
