//! What is given to count: a length of time, and the pauses that stop the count.

use crate::Day;
use serde::{Deserialize, Serialize};

/// A length of time that a text gives somebody to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Span {
    /// How many units.
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
    /// Whether a due day that is not a working day moves to the next working day.
    #[serde(default)]
    pub roll: bool,
}

/// What a span counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Days on which offices work.
    WorkingDays,
    /// Civil days, weekends and feasts included.
    Days,
    /// Hours, counted as civil days begun: 24 are 1 day, 25 are 2.
    Hours,
    /// Months: the same day of the month, or the month's last day when it has no such day.
    Months,
}

impl Span {
    /// That many units, on whatever day they end.
    pub fn new(amount: u32, unit: Unit) -> Span {
        Span { amount, unit, roll: false }
    }

    /// The same length, ending on a working day: moved to the next one when need be.
    #[must_use]
    pub fn rolled(self) -> Span {
        Span { roll: true, ..self }
    }
}

/// Days on which the count stands still, for a named cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pause {
    /// The first paused day, inclusive.
    pub from: Day,
    /// The day on which counting resumes, exclusive end; `None` while the pause still runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Why, in words that are printed as they are.
    pub cause: String,
}

impl Pause {
    /// A pause of the days from `from` up to, and without, `to`.
    pub fn between(from: Day, to: Day, cause: impl Into<String>) -> Pause {
        Pause { from, to: Some(to), cause: cause.into() }
    }

    /// A pause that still runs.
    pub fn running(from: Day, cause: impl Into<String>) -> Pause {
        Pause { from, to: None, cause: cause.into() }
    }

    /// Whether the count stands still on that day. A pause that ends on or before its start holds no day.
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}
