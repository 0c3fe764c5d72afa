//! A figure: counts first, the share after, and never a zero where nothing is known.

use serde::Serialize;
use statistics::{Bounds, Curve, bounds};
use terms::Day;

/// The horizon of the restricted mean of waiting times, in days.
///
/// **Source** domain.md 9, I-29: RMST(180).
pub const HORIZON_DAYS: f64 = 180.0;

/// What an indicator says of one scope, before it is given its title and its date.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    pub(crate) scope: String,
    pub(crate) numerator: Option<i64>,
    pub(crate) denominator: Option<i64>,
    pub(crate) unknown: Option<i64>,
    pub(crate) value: Option<f64>,
    pub(crate) lower: Option<f64>,
    pub(crate) upper: Option<f64>,
    pub(crate) n: i64,
    pub(crate) besides: Besides,
}

/// What some figures say besides.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Besides {
    /// Shown beside what is done; a figure of its own under the variant `under-way`.
    pub(crate) under_way: Option<UnderWay>,
    pub(crate) survival: Option<Survival>,
}

/// What is begun and not done. Never added to what is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnderWay {
    /// How many; unknown where absent.
    pub under_way: Option<i64>,
    /// Their share of those whose state is known.
    pub under_way_share: Option<f64>,
}

/// Waiting times of which some still run.
///
/// **Units** civil days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Survival {
    /// By when half have been answered; absent while fewer than half have.
    pub median_days: Option<f64>,
    /// By when a quarter have been answered; absent while fewer have.
    pub q25_days: Option<f64>,
    /// The mean wait within the horizon.
    pub rmst_days: Option<f64>,
    /// The horizon of that mean: 180 days, or the longest wait seen where it is shorter and some still wait. For
    /// pages: the object of the audit holds the three figures alone.
    #[serde(skip)]
    pub rmst_horizon_days: Option<f64>,
}

impl Figure {
    /// A share with the bounds that its unknowns leave.
    ///
    /// **Shape** `total` holds the unknowns; the value is the share among those known, absent when none is;
    /// `n` is how many are known. Counts that contradict each other have no share.
    pub(crate) fn share(scope: &str, numerator: i64, total: i64, unknown: i64) -> Self {
        let counts = (u64::try_from(numerator), u64::try_from(unknown), u64::try_from(total));
        let found: Option<Bounds> = match counts {
            (Ok(numerator), Ok(unknown), Ok(total)) => bounds(numerator, unknown, total),
            _ => None,
        };
        Self {
            scope: scope.to_owned(),
            numerator: Some(numerator),
            denominator: Some(total),
            unknown: Some(unknown),
            value: found.and_then(|bounds| bounds.value),
            lower: found.map(|bounds| bounds.lower),
            upper: found.map(|bounds| bounds.upper),
            n: (total - unknown).max(0),
            besides: Besides::default(),
        }
    }

    /// Out of how many the value was computed, where that is not the denominator: those known.
    pub(crate) fn known(&self) -> Option<i64> {
        known(self.value, self.numerator, self.denominator, self.unknown)
    }

    /// The same figure, with what it says besides.
    pub(crate) fn with(mut self, besides: Besides) -> Self {
        self.besides = besides;
        self
    }

    /// Waiting times: the value is the median.
    pub(crate) fn survival(scope: &str, curve: Option<&Curve>) -> Self {
        let (events, n) = curve.map_or((0, 0), |curve| (curve.events as i64, curve.n as i64));
        let rmst = curve.map(|curve| curve.rmst(HORIZON_DAYS));
        let survival = Survival {
            median_days: curve.and_then(Curve::median),
            q25_days: curve.and_then(|curve| curve.quantile(0.25)),
            rmst_days: rmst.map(|rmst| rmst.value),
            rmst_horizon_days: rmst.map(|rmst| rmst.tau),
        };
        Self {
            scope: scope.to_owned(),
            numerator: Some(events),
            denominator: Some(n),
            unknown: Some(0),
            value: survival.median_days,
            lower: None,
            upper: None,
            n,
            besides: Besides { survival: Some(survival), ..Besides::default() },
        }
    }
}

/// A figure as it leaves the house: the object of the audit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Value {
    /// The indicator (`I-01`).
    pub code: &'static str,
    /// Its title in the reader's language.
    pub title: String,
    /// Of what it speaks: a level, a body, `all`, `exercise`, a stated set; a variant follows a slash.
    pub scope: String,
    /// What is counted.
    pub numerator: Option<i64>,
    /// Out of how many, the unknown included.
    pub denominator: Option<i64>,
    /// How many are not known either way. Never a zero that hides ignorance.
    pub unknown: Option<i64>,
    /// The share (0 to 1), or the days, as the method says; absent where nothing is known.
    pub value: Option<f64>,
    /// The share if no unknown counts.
    pub lower: Option<f64>,
    /// The share if every unknown counts.
    pub upper: Option<f64>,
    /// On how many the value rests.
    pub n: i64,
    /// The day it speaks of.
    pub as_of: Day,
    /// How many entries the record had when it was computed.
    pub record_size: u64,
    /// Which version of the formula.
    pub formula_version: u16,
    /// Implementation: what is under way, told beside what is done; as data it is a figure of its own.
    #[serde(skip)]
    pub under_way: Option<UnderWay>,
    /// Waiting times.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub survival: Option<Survival>,
}

impl Value {
    /// Out of how many the value was computed, where that is not the denominator: those known.
    pub(crate) fn known(&self) -> Option<i64> {
        known(self.value, self.numerator, self.denominator, self.unknown)
    }
}

fn known(
    value: Option<f64>,
    numerator: Option<i64>,
    denominator: Option<i64>,
    unknown: Option<i64>,
) -> Option<i64> {
    let known = denominator? - unknown.filter(|unknown| *unknown > 0)?;
    // A value that was divided otherwise (by weights, say) rests on no such count.
    let divided = (numerator? as f64 - value? * known as f64).abs() < 1e-6;
    divided.then_some(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_keeps_its_unknowns_apart() {
        let figure = Figure::share("region", 2, 10, 4);
        assert_eq!((figure.value, figure.lower, figure.upper), (Some(2.0 / 6.0), Some(0.2), Some(0.6)));
        assert_eq!((figure.n, figure.known()), (6, Some(6)));
        assert_eq!(Figure::share("region", 2, 10, 0).known(), None, "the denominator itself");
        assert_eq!(Figure::share("region", 0, 4, 4).known(), None, "nothing was computed");
        let weighted = Figure { value: Some(0.2), ..Figure::share("region", 2, 10, 4) };
        assert_eq!(weighted.known(), None, "divided by the denominator, not by those known");
    }

    #[test]
    fn nothing_known_is_no_zero() {
        let figure = Figure::share("region", 0, 4, 4);
        assert_eq!((figure.value, figure.lower, figure.upper), (None, Some(0.0), Some(1.0)));
        assert_eq!(Figure::share("region", 0, 0, 0).value, None);
        assert_eq!(Figure::share("region", 3, 2, 0).value, None);
    }
}
