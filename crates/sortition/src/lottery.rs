//! The leximin lottery: which panels may be drawn, and with what weight.

use crate::Trouble;
use crate::model::{Cut, Model, Panel};
use crate::nearest::{AT_GOAL, Nearest};
use crate::relaxed::{Level, leximin};
use crate::search::{best, good};

/// The weights of a lottery sum to this: 2^40.
pub const WEIGHT_TOTAL: u64 = 1 << 40;

/// A lottery this near to the goal, in seats of a type, is taken where none is nearer.
const NEAR: f64 = 1e-7;

/// A panel that lies further along by less than this share of the square of the way there is no nearer.
const NO_GAIN: f64 = 1e-7;

/// As [`NEAR`], where rounding lets no inequality tell the goal from the lotteries.
const STILL_NEAR: f64 = 1e-5;

/// Steps towards one goal, for each type.
const STEPS_MAX: usize = 50;

/// Coefficients of a cut are whole numbers up to this.
const CUT_SCALE: f64 = 1e9;

/// What the search for the bound of a cut may leave open, and less than which no cut takes away.
pub(crate) const CUT_SLACK: f64 = 500.0;

/// Cuts that one lottery may need.
const CUTS_MAX: usize = 2_000;

/// How far a calculation is, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Panels found that share the seats as wanted.
    pub panels: usize,
    /// About how many will be needed.
    pub needed: usize,
    /// Inequalities found beyond the quotas; each begins the shares anew.
    pub cuts: usize,
}

/// Weighted panels, with the proof that their probabilities are leximin.
pub(crate) struct Solved {
    /// In the order of their types and counts.
    pub(crate) panels: Vec<(Panel, u64)>,
    pub(crate) levels: Vec<Level>,
    pub(crate) cuts: Vec<Cut>,
}

impl Solved {
    fn new(nearest: Nearest, levels: Vec<Level>, cuts: Vec<Cut>) -> Self {
        let (panels, weights) = nearest.into_parts();
        Self { panels: whole(panels, &weights), levels, cuts }
    }
}

fn furthest(way: &[f64]) -> f64 {
    way.iter().fold(0.0, |far, step| far.max(step.abs()))
}

/// The lottery; none where no panel meets the quotas.
pub(crate) fn solve(model: &Model, watch: &mut dyn FnMut(Progress)) -> Result<Option<Solved>, Trouble> {
    let Some(first) = best(model, &vec![0.0; model.kinds.len()])? else { return Ok(None) };
    let mut cuts = Vec::new();
    let mut known = vec![first];
    while cuts.len() < CUTS_MAX {
        let relaxed = leximin(model, &cuts)?;
        let sizes = model.kinds.iter().map(|kind| f64::from(kind.size()));
        let goal: Vec<f64> = relaxed.probabilities.iter().zip(sizes).map(|(p, size)| p * size).collect();
        let mut nearest = Nearest::new(goal);
        let reached = approach(model, &mut nearest, &known, &mut |panels| {
            watch(Progress { panels, needed: model.kinds.len(), cuts: cuts.len() });
        })?;
        match reached {
            None => return Ok(Some(Solved::new(nearest, relaxed.levels, cuts))),
            Some(way) => match cut(model, &way, nearest.goal())? {
                Some(cut) => {
                    cuts.push(cut);
                    known = nearest.into_parts().0;
                }
                None if furthest(&way) <= STILL_NEAR => {
                    return Ok(Some(Solved::new(nearest, relaxed.levels, cuts)));
                }
                None => return Err(Trouble::Numbers("a goal that is neither reached nor out of reach")),
            },
        }
    }
    Err(Trouble::TooHard)
}

/// The nearest lottery: none where it is at the goal, or the direction in which no panel lies as far as the goal.
fn approach(
    model: &Model,
    nearest: &mut Nearest,
    known: &[Panel],
    watch: &mut dyn FnMut(usize),
) -> Result<Option<Vec<f64>>, Trouble> {
    nearest.join(known[0].clone())?;
    for _ in 0..STEPS_MAX * (model.kinds.len() + 10) {
        let way = nearest.way();
        let far = furthest(&way);
        if far <= AT_GOAL {
            return Ok(None);
        }
        let square: f64 = way.iter().map(|step| step * step).sum();
        let worth = |panel: &Panel| nearest.gain(&way, panel);
        let seen = known.iter().map(|panel| (worth(panel), panel));
        let seen = seen.filter(|(gain, _)| *gain > 0.1 * square).max_by(|a, b| a.0.total_cmp(&b.0));
        let panel = match seen {
            Some((_, panel)) => Some(panel.clone()),
            None => {
                improving(model, &way, &|panel| worth(panel) > NO_GAIN * square && !nearest.holds(panel))?
            }
        };
        match panel {
            Some(panel) => {
                if nearest.join(panel).is_err() {
                    return Ok((far > NEAR).then_some(way));
                }
                watch(nearest.len());
            }
            None => return Ok((far > NEAR).then_some(way)),
        }
    }
    Err(Trouble::Numbers("a goal that comes no nearer"))
}

/// A panel that brings the mean nearer: the first at hand, or the best there is; none where there is none.
fn improving(
    model: &Model,
    way: &[f64],
    improves: &dyn Fn(&Panel) -> bool,
) -> Result<Option<Panel>, Trouble> {
    if let Some(panel) = good(model, way)?.filter(improves) {
        return Ok(Some(panel));
    }
    Ok(best(model, way)?.filter(improves))
}

/// The inequality that keeps the goal out and every panel in; none where rounding hides it.
fn cut(model: &Model, way: &[f64], goal: &[f64]) -> Result<Option<Cut>, Trouble> {
    let largest = furthest(way);
    let coefficients: Vec<i64> = way.iter().map(|step| (step / largest * CUT_SCALE).round() as i64).collect();
    let bound = most(model, &coefficients)?;
    let there: f64 = coefficients.iter().zip(goal).map(|(c, share)| *c as f64 * share).sum();
    Ok((there > bound as f64 + CUT_SLACK).then_some(Cut { coefficients, bound }))
}

/// The most that a panel is worth.
pub(crate) fn most(model: &Model, coefficients: &[i64]) -> Result<i64, Trouble> {
    let prices: Vec<f64> = coefficients.iter().map(|c| *c as f64).collect();
    let panel = best(model, &prices)?.ok_or(Trouble::Numbers("no panel where there was one"))?;
    Ok(worth(coefficients, &panel))
}

/// What a panel is worth in whole numbers.
pub(crate) fn worth(coefficients: &[i64], panel: &[(u32, u32)]) -> i64 {
    panel.iter().map(|(kind, count)| coefficients[*kind as usize] * i64::from(*count)).sum()
}

/// Weights as whole numbers that sum to [`WEIGHT_TOTAL`]: rounded down, what is left to the largest remainders; panels
/// in order.
fn whole(panels: Vec<Panel>, weights: &[f64]) -> Vec<(Panel, u64)> {
    let sum: f64 = weights.iter().sum();
    let mut each: Vec<(Panel, u64, f64)> = panels
        .into_iter()
        .zip(weights)
        .map(|(panel, weight)| {
            let exact = weight / sum * WEIGHT_TOTAL as f64;
            (panel, exact.floor() as u64, exact - exact.floor())
        })
        .collect();
    each.sort_by(|a, b| a.0.cmp(&b.0));
    let mut left = WEIGHT_TOTAL.saturating_sub(each.iter().map(|(_, weight, _)| weight).sum());
    let mut order: Vec<usize> = (0..each.len()).collect();
    order.sort_by(|a, b| each[*b].2.total_cmp(&each[*a].2).then(a.cmp(b)));
    while left > 0 {
        for place in order.iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
            each[*place].1 += 1;
            left -= 1;
        }
    }
    each.into_iter().filter(|(_, weight, _)| *weight > 0).map(|(panel, weight, _)| (panel, weight)).collect()
}
