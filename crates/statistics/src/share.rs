//! A share kept as its counts.

use crate::interval::{Bounds, Interval, bounds, wilson};
use serde::{Deserialize, Serialize};

/// A share as its three counts, so that every figure can be opened and added up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// How many are known to count.
    pub numerator: u64,
    /// How many there are in all, the unknown included.
    pub denominator: u64,
    /// How many are not known either way.
    pub unknown: u64,
}

impl Share {
    /// A share of which everything is known.
    #[must_use]
    pub fn known(numerator: u64, denominator: u64) -> Self {
        Self { numerator, denominator, unknown: 0 }
    }

    /// The share among those known; none when nothing is known or the counts contradict each other.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.bounds()?.value
    }

    /// What is certain, what is known, and what the unknowns still allow; none as for [`bounds`].
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        bounds(self.numerator, self.unknown, self.denominator)
    }

    /// Wilson's 95 % interval among those known, when these are a sample and not a census.
    #[must_use]
    pub fn sample_interval(&self) -> Option<Interval> {
        wilson(self.numerator, self.denominator.checked_sub(self.unknown)?)
    }
}
