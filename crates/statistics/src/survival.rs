//! How long until it happens, when for some it has not happened yet.
//!
//! A duration still running is *censored*: it says "at least this long". Leaving it out would flatter the
//! slow; counting it as an answer would be false. Kaplan-Meier uses exactly what it says.

mod log_rank;

pub use log_rank::{LogRank, LogRankGroup, log_rank};

use crate::Z_95;
use crate::interval::Interval;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How far S may lie above 1 - p and still count as having reached it; R's `quantile.survfit` uses the same.
const REACHED: f64 = 1.490_116_119_384_765_6e-8;

/// One duration, ended by the event or still running when observation stopped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// How long it was observed; any unit, the same for all, 0 allowed.
    pub duration: f64,
    /// True when the event ended it; false when it was censored.
    pub event: bool,
}

/// Why no survival figure can be given. Rows and groups are counted from 1, in the order given.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SurvivalRefusal {
    /// There is not one observation.
    #[error("there is no observation")]
    NoObservation,
    /// A duration is below zero, not a number, or without end.
    #[error("row {row}: a duration of {duration} is not a length of time")]
    Duration {
        /// The row, counted from 1.
        row: usize,
        /// What it holds.
        duration: f64,
    },
    /// Something is wrong inside one of the groups compared.
    #[error("group {group}: {reason}")]
    Group {
        /// The group's name.
        group: String,
        /// What is wrong in it.
        reason: Box<SurvivalRefusal>,
    },
    /// A comparison needs two groups.
    #[error("a comparison needs at least 2 groups, {groups} given")]
    TooFewGroups {
        /// How many were given.
        groups: usize,
    },
    /// Two groups bear the same name.
    #[error("two groups are called {group}")]
    SameName {
        /// The name.
        group: String,
    },
    /// No event separates the groups: none happened while at least two of them were observed, or all happened
    /// at once.
    #[error("no event tells the groups apart")]
    NothingToCompare,
}

/// The curve at one time where something was observed; it keeps this height until the next step.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Step {
    /// The time.
    pub time: f64,
    /// How many were still observed just before it; those censored at this very time included.
    pub at_risk: usize,
    /// How many ended at it.
    pub events: usize,
    /// How many stopped being observed at it.
    pub censored: usize,
    /// S: the share still without event just after it.
    pub survival: f64,
    /// Lower end of the 95 % interval of S; none where S is 1 or 0.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of S; none where S is 1 or 0.
    pub upper: Option<f64>,
}

/// A Kaplan-Meier curve: 1 until the first step, then as each step says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curve {
    /// How many were observed.
    pub n: usize,
    /// How many ended by the event.
    pub events: usize,
    /// One step for each distinct duration, in ascending time; never empty.
    pub steps: Vec<Step>,
}

/// The mean duration within a horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rmst {
    /// The mean of min(duration, tau): the area under the curve from 0 to `tau`.
    pub value: f64,
    /// The horizon used: the one asked for, or the last time observed when `truncated`.
    pub tau: f64,
    /// True when observation ended before the horizon asked for with S still above 0.
    pub truncated: bool,
    /// The standard error of `value`, by Greenwood; as R's `summary(fit, rmean = tau)`.
    pub std_error: f64,
}

/// The Kaplan-Meier curve of the observations.
///
/// Greenwood's variance; 95 % interval on the log(-log S) scale, as R's `survfit(conf.type = "log-log")`. At
/// equal times events come before censorings.
///
/// **Errors**: no observation; a duration that is negative, not a number or infinite, with its row.
pub fn kaplan_meier(observations: &[Observation]) -> Result<Curve, SurvivalRefusal> {
    refuse_unsound(observations)?;
    let mut ordered = observations.to_vec();
    ordered.sort_unstable_by(|a, b| a.duration.total_cmp(&b.duration));
    let mut at_risk = ordered.len();
    let (mut survival, mut greenwood) = (1.0, 0.0);
    let mut steps = Vec::new();
    for same_time in ordered.chunk_by(|a, b| a.duration == b.duration) {
        let events = same_time.iter().filter(|observation| observation.event).count();
        let left = at_risk - events;
        survival *= left as f64 / at_risk as f64;
        greenwood += greenwood_term(events, at_risk);
        let interval = log_log_interval(survival, greenwood);
        steps.push(Step {
            // A negative zero is a zero.
            time: same_time[0].duration + 0.0,
            at_risk,
            events,
            censored: same_time.len() - events,
            survival,
            lower: interval.map(|found| found.lower),
            upper: interval.map(|found| found.upper),
        });
        at_risk -= same_time.len();
    }
    Ok(Curve { n: ordered.len(), events: steps.iter().map(|step| step.events).sum(), steps })
}

impl Curve {
    /// The time by which at least the share `p` has ended: the smallest t with S(t) <= 1 - p.
    ///
    /// None when the curve does not come down so far (never read it as "long": it is not yet known), or when
    /// `p` is not above 0 and at most 1. When S is *exactly* 1 - p over a flat part, R's `quantile` answers
    /// the middle of that part and this answers its start, the time of an observation; off such ties the two
    /// agree. A difference of rounding (1.5e-8, as in R) counts as exact.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if !(p > 0.0 && p <= 1.0) {
            return None;
        }
        let reached = self.steps.partition_point(|step| step.survival > 1.0 - p + REACHED);
        self.steps.get(reached).map(|step| step.time)
    }

    /// The time by which half have ended; none when fewer than half are known to have.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        self.quantile(0.5)
    }

    /// The share still without event after `time`; none below 0, and none past the last observation unless it
    /// is 0.
    #[must_use]
    pub fn survival_at(&self, time: f64) -> Option<f64> {
        let last = self.steps.last()?;
        if time.is_nan() || time < 0.0 || (time > last.time && last.survival > 0.0) {
            return None;
        }
        let passed = self.steps.partition_point(|step| step.time <= time);
        Some(passed.checked_sub(1).map_or(1.0, |index| self.steps[index].survival))
    }

    /// The mean duration within the horizon `tau`, with its standard error.
    ///
    /// The curve is never drawn on past the last observation: if S is still above 0 there and `tau` lies
    /// beyond, the mean is that up to the last observation, `truncated` is true and `tau` in the answer says
    /// where it stopped. A `tau` below 0 or not a number is taken as 0.
    #[must_use]
    pub fn rmst(&self, tau: f64) -> Rmst {
        let asked = tau.max(0.0);
        let (last, left) = self.steps.last().map_or((0.0, 1.0), |step| (step.time, step.survival));
        let truncated = asked > last && left > 0.0;
        let mut end = asked.min(last);
        let inside = self.steps.partition_point(|step| step.time < end);
        // Backwards, so that the area still to come is at hand for each step's part of the variance.
        let (mut area, mut variance) = (0.0, 0.0);
        for step in self.steps[..inside].iter().rev() {
            area += step.survival * (end - step.time);
            end = step.time;
            variance += area * area * greenwood_term(step.events, step.at_risk);
        }
        let tau = if truncated { last } else { asked };
        Rmst { value: area + end, tau, truncated, std_error: variance.sqrt() }
    }
}

/// d / (n (n - d)); 0 when everyone left at risk ended, since S and all area after it are 0 from then on.
fn greenwood_term(events: usize, at_risk: usize) -> f64 {
    let left = at_risk - events;
    if left == 0 { 0.0 } else { events as f64 / (at_risk as f64 * left as f64) }
}

/// S to the powers exp(±z se), with se the standard error of log(-log S).
fn log_log_interval(survival: f64, greenwood: f64) -> Option<Interval> {
    if survival <= 0.0 || survival >= 1.0 {
        return None;
    }
    let log_survival = survival.ln();
    let reach = Z_95 * greenwood.sqrt() / -log_survival;
    let power = |exponent: f64| (log_survival * exponent.exp()).exp();
    Some(Interval { lower: power(reach), upper: power(-reach) })
}

fn refuse_unsound(observations: &[Observation]) -> Result<(), SurvivalRefusal> {
    if observations.is_empty() {
        return Err(SurvivalRefusal::NoObservation);
    }
    let unsound =
        |observation: &Observation| !(observation.duration >= 0.0 && observation.duration.is_finite());
    match observations.iter().position(unsound) {
        Some(index) => {
            Err(SurvivalRefusal::Duration { row: index + 1, duration: observations[index].duration })
        }
        None => Ok(()),
    }
}
