//! Feasts: which days they fall on, since when, and who says so.

use crate::Day;
use serde::{Deserialize, Serialize};

/// A public holiday: a name, the days it falls on, the years it was kept, and the text that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Feast {
    /// What people call it; printed in explanations as it is written here.
    pub name: String,
    /// On which days it falls.
    pub rule: FeastRule,
    /// The first day on which the rule holds, inclusive; `None` is "as far back as one asks".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// The last day on which the rule holds, inclusive; `None` is "still kept".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The law, decree or file that makes it a holiday.
    #[serde(default)]
    pub source: String,
    /// Whether nobody checked the day against a text: an explanation that skips it says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

/// How a feast chooses its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum FeastRule {
    /// The same month and day every year; 29 February only in leap years.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// 1 to the length of the month.
        day: i8,
    },
    /// A number of days from Easter Sunday of the Gregorian computus: 1 is Easter Monday, 39 Ascension.
    Easter {
        /// Days after Easter Sunday; negative is before.
        offset: i16,
    },
    /// One day, told by a text or an announcement.
    Dated {
        /// That day.
        day: Day,
    },
}

impl Feast {
    /// A feast on the same month and day every year.
    pub fn fixed(name: impl Into<String>, month: i8, day: i8, source: impl Into<String>) -> Feast {
        Feast::new(name, FeastRule::Fixed { month, day }, source)
    }

    /// A feast a number of days after Easter Sunday.
    pub fn easter(name: impl Into<String>, offset: i16, source: impl Into<String>) -> Feast {
        Feast::new(name, FeastRule::Easter { offset }, source)
    }

    /// A feast on one day.
    pub fn dated(name: impl Into<String>, day: Day, source: impl Into<String>) -> Feast {
        Feast::new(name, FeastRule::Dated { day }, source)
    }

    fn new(name: impl Into<String>, rule: FeastRule, source: impl Into<String>) -> Feast {
        Feast { name: name.into(), rule, since: None, until: None, source: source.into(), unverified: false }
    }

    /// The same feast, kept from that day on (inclusive).
    #[must_use]
    pub fn kept_since(mut self, day: Day) -> Feast {
        self.since = Some(day);
        self
    }

    /// The same feast, its day checked by nobody.
    #[must_use]
    pub fn not_verified(mut self) -> Feast {
        self.unverified = true;
        self
    }

    /// The same feast, kept up to that day (inclusive).
    #[must_use]
    pub fn kept_until(mut self, day: Day) -> Feast {
        self.until = Some(day);
        self
    }

    /// Whether this feast falls on that day, within the days it is kept.
    pub fn falls_on(&self, day: Day) -> bool {
        self.since.is_none_or(|since| since <= day)
            && self.until.is_none_or(|until| day <= until)
            && self.rule.falls_on(day)
    }
}

impl FeastRule {
    fn falls_on(self, day: Day) -> bool {
        match self {
            FeastRule::Fixed { month, day: number } => day.month() == month && day.day() == number,
            FeastRule::Dated { day: dated } => day == dated,
            // Asked from the day back to its Sunday, so an offset that leaves the year needs no care.
            FeastRule::Easter { offset } => {
                let back = jiff::Span::new().days(-i64::from(offset));
                day.checked_add(back).is_ok_and(|sunday| easter(sunday.year()) == Some(sunday))
            }
        }
    }
}

/// A feast whose days no rule gives in advance (it follows the moon, or a decree): the days told so far,
/// and the years for which they are known.
///
/// A year counts as known only when it is listed in `known`: the feast may fall twice in a civil year, or
/// not at all, so the days alone cannot tell. A day that is only expected may be put in `days`, or among the
/// calendar's feasts under the set's name, without its year in `known`; it is then skipped as a feast, and an
/// explanation that comes near it says that it is to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MovableSet {
    /// What people call the feast.
    pub name: String,
    /// Civil years for which every day of this feast is in `days`.
    #[serde(default)]
    pub known: Vec<i16>,
    /// The days, each a [`FeastRule::Dated`] with its own source.
    #[serde(default)]
    pub days: Vec<Feast>,
}

impl MovableSet {
    /// A movable feast known for those years, with no day yet.
    pub fn new(name: impl Into<String>, known: impl IntoIterator<Item = i16>) -> MovableSet {
        MovableSet { name: name.into(), known: known.into_iter().collect(), days: Vec::new() }
    }

    /// The same set with one more day, under the set's name.
    #[must_use]
    pub fn on(mut self, day: Day, source: impl Into<String>) -> MovableSet {
        self.days.push(Feast::dated(self.name.clone(), day, source));
        self
    }
}

/// Easter Sunday of a year in the Gregorian calendar; `None` before 1583, its first whole year.
///
/// **Source**: the anonymous Gregorian algorithm, "A New York correspondent", *Nature* 13, 20 April 1876,
/// p. 487, as in J. Meeus, *Astronomical Algorithms*, ch. 8
/// (K: both from memory, the result checked against a peer). The letters are those of the algorithm.
pub fn easter(year: i16) -> Option<Day> {
    if year < 1583 {
        return None;
    }
    let y = i32::from(year);
    let a = y % 19;
    let (b, c) = (y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}
