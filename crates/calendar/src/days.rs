//! The calendar: which days are working days, and why the others are not.

use crate::{Day, Feast, FeastRule, MovableSet};
use serde::{Deserialize, Serialize};

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// The seven days, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// The day of the week of that day.
    pub fn of(day: Day) -> Weekday {
        day.weekday().into()
    }
}

impl From<jiff::civil::Weekday> for Weekday {
    fn from(day: jiff::civil::Weekday) -> Weekday {
        match day {
            jiff::civil::Weekday::Monday => Weekday::Monday,
            jiff::civil::Weekday::Tuesday => Weekday::Tuesday,
            jiff::civil::Weekday::Wednesday => Weekday::Wednesday,
            jiff::civil::Weekday::Thursday => Weekday::Thursday,
            jiff::civil::Weekday::Friday => Weekday::Friday,
            jiff::civil::Weekday::Saturday => Weekday::Saturday,
            jiff::civil::Weekday::Sunday => Weekday::Sunday,
        }
    }
}

/// Why a day is not a working day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "name", rename_all = "kebab-case")]
pub enum DayOff {
    /// It is a day of the weekly rest, whatever feast also falls on it.
    Weekend,
    /// It is a feast; several on one day are joined by a comma.
    Feast(String),
    /// The same, where nobody checked the day of any of them.
    UnverifiedFeast(String),
}

/// The weekly rest, the feasts, and how far the movable feasts are known.
///
/// **Shape**: an empty calendar has seven working days a week and no feast.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Calendar {
    /// The days of the weekly rest.
    #[serde(default)]
    pub weekend: Vec<Weekday>,
    /// Feasts that a rule or a single text gives.
    #[serde(default)]
    pub feasts: Vec<Feast>,
    /// Feasts that are announced year by year; empty means that this calendar expects none.
    #[serde(default)]
    pub movable: Vec<MovableSet>,
}

impl Calendar {
    /// A calendar with no weekly rest and no feast.
    pub fn new() -> Calendar {
        Calendar::default()
    }

    /// The same calendar with those days of weekly rest, in place of the former ones.
    #[must_use]
    pub fn with_weekend(mut self, days: impl IntoIterator<Item = Weekday>) -> Calendar {
        self.weekend = days.into_iter().collect();
        self
    }

    /// The same calendar with one more feast.
    #[must_use]
    pub fn with_feast(mut self, feast: Feast) -> Calendar {
        self.feasts.push(feast);
        self
    }

    /// The same calendar with more feasts, as [`crate::feasts_from_ics`] gives them.
    #[must_use]
    pub fn with_feasts(mut self, feasts: impl IntoIterator<Item = Feast>) -> Calendar {
        self.feasts.extend(feasts);
        self
    }

    /// The same calendar with one more movable feast.
    #[must_use]
    pub fn with_movable(mut self, set: MovableSet) -> Calendar {
        self.movable.push(set);
        self
    }

    /// The feasts that fall on that day, weekend or not: first the ruled ones, then the movable ones.
    pub fn feasts_on(&self, day: Day) -> Vec<&Feast> {
        self.every_feast().filter(|feast| feast.falls_on(day)).collect()
    }

    /// Whether offices work on that day, as far as this calendar knows.
    pub fn is_working(&self, day: Day) -> bool {
        !self.rests_on(Weekday::of(day)) && !self.every_feast().any(|feast| feast.falls_on(day))
    }

    /// Why offices do not work on that day; `None` when they do.
    pub fn why_not_working(&self, day: Day) -> Option<DayOff> {
        if self.rests_on(Weekday::of(day)) {
            return Some(DayOff::Weekend);
        }
        let feasts = self.feasts_on(day);
        let names: Vec<&str> = feasts.iter().map(|feast| feast.name.as_str()).collect();
        let why =
            if feasts.iter().all(|feast| feast.unverified) { DayOff::UnverifiedFeast } else { DayOff::Feast };
        (!names.is_empty()).then(|| why(names.join(", ")))
    }

    /// How many working days there are after `from`, up to and including `to`; 0 when `to` is not after.
    ///
    /// **Units**: as in [`crate::due`], the first day is not counted and the last one is.
    pub fn working_days_between(&self, from: Day, to: Day) -> u32 {
        let mut counted = 0;
        let mut day = from;
        while day < to {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            counted += u32::from(self.is_working(day));
        }
        counted
    }

    /// Whether every movable feast is known for that civil year.
    pub fn movable_known(&self, year: i16) -> bool {
        self.movable.iter().all(|set| set.known.contains(&year))
    }

    /// The names of the movable feasts that are not known yet for that civil year.
    pub fn movable_unknown(&self, year: i16) -> Vec<&str> {
        let unknown = self.movable.iter().filter(|set| !set.known.contains(&year));
        unknown.map(|set| set.name.as_str()).collect()
    }

    /// The movable feasts of which that civil year has no day at all here, though it is not known for them.
    pub fn movable_absent(&self, year: i16) -> Vec<&str> {
        let unknown = self.movable_unknown(year).into_iter();
        unknown.filter(|name| !self.dated(name).any(|day| day.year() == year)).collect()
    }

    /// The movable feasts that have a day from the one to the other, both included, in a year that is not known
    /// for them: the day is only expected.
    pub fn movable_expected(&self, from: Day, to: Day) -> Vec<&str> {
        let expected = |set: &&MovableSet| {
            self.dated(&set.name).any(|day| (from..=to).contains(&day) && !set.known.contains(&day.year()))
        };
        self.movable.iter().filter(expected).map(|set| set.name.as_str()).collect()
    }

    /// The days given for a movable feast, in its set or among the feasts under its name.
    fn dated(&self, name: &str) -> impl Iterator<Item = Day> {
        self.every_feast().filter(move |feast| feast.name == name).filter_map(|feast| match feast.rule {
            FeastRule::Dated { day } => Some(day),
            _ => None,
        })
    }

    /// Everything in this calendar that cannot be right; empty when it is sound.
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if !self.has_working_weekday() {
            flaws.push(Flaw::NoWorkingWeekday);
        }
        for feast in self.every_feast() {
            let name = || feast.name.clone();
            if let FeastRule::Fixed { month, day } = feast.rule
                // A leap year, so that 29 February is a day.
                && Day::new(2000, month, day).is_err()
            {
                flaws.push(Flaw::NoSuchDay { feast: name(), month, day });
            }
            if let (Some(since), Some(until)) = (feast.since, feast.until)
                && until < since
            {
                flaws.push(Flaw::NeverKept { feast: name(), since, until });
            }
        }
        for feast in self.movable.iter().flat_map(|set| &set.days) {
            if !matches!(feast.rule, FeastRule::Dated { .. }) {
                flaws.push(Flaw::MovableByRule { feast: feast.name.clone() });
            }
        }
        flaws
    }

    pub(crate) fn has_working_weekday(&self) -> bool {
        Weekday::ALL.iter().any(|day| !self.rests_on(*day))
    }

    fn rests_on(&self, day: Weekday) -> bool {
        self.weekend.contains(&day)
    }

    fn every_feast(&self) -> impl Iterator<Item = &Feast> {
        self.feasts.iter().chain(self.movable.iter().flat_map(|set| &set.days))
    }
}

/// Something in a calendar that cannot be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// All seven days are weekly rest: no working day would ever come.
    #[error("every day of the week is weekly rest")]
    NoWorkingWeekday,
    /// A fixed feast on a day that no year has.
    #[error("{feast}: no year has a day {day} in month {month}")]
    NoSuchDay {
        /// The feast's name.
        feast: String,
        /// As written.
        month: i8,
        /// As written.
        day: i8,
    },
    /// A feast that ends before it starts.
    #[error("{feast}: kept until {until}, before {since}, the first day it is kept")]
    NeverKept {
        /// The feast's name.
        feast: String,
        /// As written.
        since: Day,
        /// As written.
        until: Day,
    },
    /// A day of a movable feast that is given by a rule: it belongs to the ruled feasts.
    #[error("{feast}: a movable feast holds dated days only")]
    MovableByRule {
        /// The feast's name.
        feast: String,
    },
}

/// So many civil days, as the length that is added to a [`Day`] or taken from it.
#[must_use]
pub fn civil_days(days: u32) -> jiff::SignedDuration {
    jiff::SignedDuration::from_hours(i64::from(days) * 24)
}
