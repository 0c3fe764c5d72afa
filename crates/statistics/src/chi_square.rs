//! The upper tail of the chi-square law for whole degrees of freedom.

use std::f64::consts::LN_2;

/// The probability that a chi-square variable with `degrees` degrees of freedom exceeds `x`.
///
/// With no degree of freedom all the mass is at 0. `NaN` in, `NaN` out.
///
/// **Source**: Abramowitz & Stegun 26.4.4 and 26.4.5: for whole degrees the regularised incomplete gamma
/// function is a finite sum of positive terms (plus `erfc` when they are odd), so nothing cancels.
#[must_use]
pub fn upper_tail(x: f64, degrees: usize) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 1.0;
    }
    if degrees == 0 || x.is_infinite() {
        return 0.0;
    }
    let half = x / 2.0;
    // Not half.ln(): the smallest positive x would halve to 0.
    let log_half = x.ln() - LN_2;
    let odd = degrees % 2 == 1;
    let start = if odd { libm::erfc(half.sqrt()) } else { 0.0 };
    let shift = if odd { 0.5 } else { 0.0 };
    // Each term through its logarithm: exp(-half) alone underflows while the sum is still far from 0.
    let terms = (0..degrees / 2).map(|i| i as f64 + shift);
    let sum: f64 = terms.map(|a| (a * log_half - half - libm::lgamma(a + 1.0)).exp()).sum();
    (start + sum).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::upper_tail;

    #[test]
    fn edges() {
        assert_eq!(upper_tail(0.0, 3), 1.0);
        assert_eq!(upper_tail(-1.0, 3), 1.0);
        assert_eq!(upper_tail(f64::INFINITY, 3), 0.0);
        assert_eq!(upper_tail(2.0, 0), 0.0);
        assert!(upper_tail(f64::NAN, 2).is_nan());
        assert!(upper_tail(f64::from_bits(1), 2) <= 1.0);
    }

    #[test]
    fn two_degrees_is_the_exponential_law() {
        for x in [0.01, 1.0, 10.0, 300.0] {
            let exact = (-x / 2.0_f64).exp();
            assert!((upper_tail(x, 2) / exact - 1.0).abs() < 1e-13);
        }
    }
}
