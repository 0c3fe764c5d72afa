//! Intervals: Wilson's for a sample, and the bounds that unknowns leave.

use crate::Z_95;
use serde::{Deserialize, Serialize};

/// A lower and an upper end, both included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// A share between what is certain and what the unknowns still allow.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// The share if no unknown counts.
    pub lower: f64,
    /// The share among those known; none when nothing is known.
    pub value: Option<f64>,
    /// The share if every unknown counts.
    pub upper: f64,
}

/// Wilson's 95 % score interval of a proportion, `k` found in a sample of `n`.
///
/// None when the sample is empty or `k` exceeds it. For a sample only: a census has no sampling error.
///
/// **Source**: Wilson 1927, without continuity correction.
#[must_use]
pub fn wilson(k: u64, n: u64) -> Option<Interval> {
    if n == 0 || k > n {
        return None;
    }
    let size = n as f64;
    let share = k as f64 / size;
    let z2 = Z_95 * Z_95;
    let centre = (share + z2 / (2.0 * size)) / (1.0 + z2 / size);
    let spread = (share * (1.0 - share) / size + z2 / (4.0 * size * size)).sqrt();
    let half_width = Z_95 * spread / (1.0 + z2 / size);
    // At both ends the formula is exactly 0 or 1; rounding alone would miss them.
    let lower = if k == 0 { 0.0 } else { (centre - half_width).max(0.0) };
    let upper = if k == n { 1.0 } else { (centre + half_width).min(1.0) };
    Some(Interval { lower, upper })
}

/// The share of `k` in `total`, of which `unknown` are not known either way.
///
/// `lower` = k / total, `upper` = (k + unknown) / total, `value` = k / (total - unknown). None when `total`
/// is 0 or when the counts contradict each other (k + unknown above total).
#[must_use]
pub fn bounds(k: u64, unknown: u64, total: u64) -> Option<Bounds> {
    let most = k.checked_add(unknown).filter(|most| *most <= total)?;
    if total == 0 {
        return None;
    }
    let known = total - unknown;
    let over = |count: u64, base: u64| count as f64 / base as f64;
    Some(Bounds {
        lower: over(k, total),
        value: (known > 0).then(|| over(k, known)),
        upper: over(most, total),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_has_no_answer_without_a_sample() {
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(3, 2), None);
    }

    #[test]
    fn wilson_touches_the_ends_exactly() {
        assert_eq!(wilson(0, 7).unwrap().lower, 0.0);
        assert_eq!(wilson(7, 7).unwrap().upper, 1.0);
        assert!(wilson(0, 7).unwrap().upper > 0.3);
    }

    /// Goundam's committee, were its 23 members a sample: the study's golden figure.
    #[test]
    fn wilson_of_two_in_twenty_three() {
        let found = wilson(2, 23).unwrap();
        assert_eq!(format!("{:.1}-{:.1}", found.lower * 100.0, found.upper * 100.0), "2.4-26.8");
    }

    #[test]
    fn unknown_is_never_a_zero() {
        let found = bounds(6, 3, 10).unwrap();
        assert_eq!(found, Bounds { lower: 0.6, value: Some(6.0 / 7.0), upper: 0.9 });
    }

    #[test]
    fn everything_unknown_leaves_everything_open() {
        assert_eq!(bounds(0, 4, 4), Some(Bounds { lower: 0.0, value: None, upper: 1.0 }));
    }

    #[test]
    fn nothing_unknown_is_a_point() {
        assert_eq!(bounds(1, 0, 4), Some(Bounds { lower: 0.25, value: Some(0.25), upper: 0.25 }));
    }

    #[test]
    fn contradicting_counts_have_no_bounds() {
        assert_eq!(bounds(0, 0, 0), None);
        assert_eq!(bounds(1, 0, 0), None);
        assert_eq!(bounds(3, 2, 4), None);
        assert_eq!(bounds(u64::MAX, u64::MAX, u64::MAX), None);
    }
}
