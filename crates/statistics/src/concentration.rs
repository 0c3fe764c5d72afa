//! How much lies in few hands: Herfindahl-Hirschman index and its forms.
//!
//! Shares are parts of 1, none negative, adding up to 1 within [`TOLERANCE`]; anything else has no answer.
//! Amounts or seats are turned into shares by [`shares_of`]. A share of 0 changes no measure.

use crate::interval::Interval;

/// How far a sum of shares may be from 1.
pub const TOLERANCE: f64 = 1e-6;

/// Each amount over their sum; none when an amount is negative or not finite, or when they add up to nothing.
#[must_use]
pub fn shares_of(amounts: &[f64]) -> Option<Vec<f64>> {
    let total: f64 = amounts.iter().sum();
    if !amounts.iter().all(|amount| *amount >= 0.0) || !total.is_finite() || total <= 0.0 {
        return None;
    }
    Some(amounts.iter().map(|amount| amount / total).collect())
}

/// The Herfindahl-Hirschman index: the sum of the squared shares, from 1/n (equal) to 1 (one hand).
#[must_use]
pub fn hhi(shares: &[f64]) -> Option<f64> {
    hhi_bounds(shares, 0.0).map(|found| found.lower)
}

/// The number of equal holders that would give the same index: 1 / HHI.
#[must_use]
pub fn effective_number(shares: &[f64]) -> Option<f64> {
    hhi(shares).map(f64::recip)
}

/// The index brought to 0 (equal) .. 1 (one hand) whatever the number n of holders: (HHI - 1/n) / (1 - 1/n).
///
/// None with a single holder, where it is undefined. Holders are those with a share above 0.
#[must_use]
pub fn normalised(shares: &[f64]) -> Option<f64> {
    let index = hhi(shares)?;
    let holders = shares.iter().filter(|share| **share > 0.0).count();
    if holders < 2 {
        return None;
    }
    let equal = 1.0 / holders as f64;
    Some(((index - equal) / (1.0 - equal)).clamp(0.0, 1.0))
}

/// The index when a part `unknown_share` of the whole has no known holder; shares and unknown add up to 1.
///
/// From the unknown spread over countless small holders (Σs²) to the unknown in one new hand (Σs² + u²). If
/// it could be in the hands of someone already named, the index can exceed the upper end.
#[must_use]
pub fn hhi_bounds(shares: &[f64], unknown_share: f64) -> Option<Interval> {
    let sound = |share: &f64| *share >= 0.0;
    let total = shares.iter().sum::<f64>() + unknown_share;
    let adds_up = (total - 1.0).abs() <= TOLERANCE;
    if !adds_up || !sound(&unknown_share) || !shares.iter().all(sound) {
        return None;
    }
    // From nought, not from the −0 that the sum of nothing is.
    let lower: f64 = shares.iter().fold(0.0, |sum, share| sum + share * share);
    Some(Interval { lower, upper: lower + unknown_share * unknown_share })
}

/// As [`hhi_bounds`], where the unknown part may also be in the hands of someone already named: the widest that the index can be.
///
/// From the unknown spread over countless small holders (Σs²) to all of it with the largest holder m (Σs² − m² + (m+u)²).
#[must_use]
pub fn hhi_widest(shares: &[f64], unknown_share: f64) -> Option<Interval> {
    let lower = hhi_bounds(shares, unknown_share)?.lower;
    let largest = shares.iter().copied().fold(0.0, f64::max);
    // (m+u)² − m², which is no less than u².
    Some(Interval { lower, upper: lower + unknown_share * (2.0 * largest + unknown_share) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Option<f64>, expected: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn three_holders() {
        let shares = [0.5, 0.3, 0.2];
        near(hhi(&shares), 0.38);
        near(effective_number(&shares), 1.0 / 0.38);
        assert!((effective_number(&shares).unwrap() - 2.63).abs() < 0.005);
        near(normalised(&shares), 0.07);
    }

    #[test]
    fn one_hand_and_equal_hands() {
        near(hhi(&[1.0]), 1.0);
        near(effective_number(&[1.0]), 1.0);
        assert_eq!(normalised(&[1.0]), None);
        near(hhi(&[0.25; 4]), 0.25);
        near(normalised(&[0.25; 4]), 0.0);
    }

    #[test]
    fn an_empty_hand_changes_nothing() {
        near(normalised(&[0.5, 0.3, 0.2, 0.0]), 0.07);
        assert_eq!(normalised(&[1.0, 0.0]), None);
    }

    #[test]
    fn what_is_not_a_share_has_no_answer() {
        for wrong in [&[][..], &[0.5, 0.6], &[1.5, -0.5], &[f64::NAN], &[f64::INFINITY], &[0.3]] {
            assert_eq!(hhi(wrong), None, "{wrong:?}");
            assert_eq!(effective_number(wrong), None);
            assert_eq!(normalised(wrong), None);
        }
        assert_eq!(hhi_bounds(&[0.5], 0.4), None);
        assert_eq!(hhi_bounds(&[1.2], -0.2), None);
        assert_eq!(hhi_bounds(&[0.5], f64::NAN), None);
    }

    #[test]
    fn the_unknown_part_opens_the_index() {
        let found = hhi_bounds(&[0.5, 0.3], 0.2).unwrap();
        near(Some(found.lower), 0.34);
        near(Some(found.upper), 0.38);
        assert_eq!(hhi_bounds(&[], 1.0), Some(Interval { lower: 0.0, upper: 1.0 }));
    }

    #[test]
    fn the_unknown_may_be_the_largest_holder_again() {
        let found = hhi_widest(&[0.5, 0.3], 0.2).unwrap();
        near(Some(found.lower), 0.34);
        near(Some(found.upper), 0.7 * 0.7 + 0.3 * 0.3);
        assert_eq!(hhi_widest(&[], 1.0), Some(Interval { lower: 0.0, upper: 1.0 }));
        assert_eq!(hhi_widest(&[0.5, 0.5], 0.0), hhi_bounds(&[0.5, 0.5], 0.0));
        assert_eq!(hhi_widest(&[0.5], 0.4), None);
    }

    #[test]
    fn seats_become_shares() {
        let seats = shares_of(&[5.0, 3.0, 2.0]).unwrap();
        near(hhi(&seats), 0.38);
        for wrong in [&[][..], &[0.0, 0.0], &[-1.0, 3.0], &[f64::NAN, 1.0], &[f64::INFINITY, 1.0]] {
            assert_eq!(shares_of(wrong), None);
        }
    }
}
