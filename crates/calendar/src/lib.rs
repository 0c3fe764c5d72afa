#![doc = include_str!("../README.md")]

mod days;
mod due;
mod feast;
mod ics;
mod oddity;
mod sentences;
mod span;

pub use days::{Calendar, DayOff, Flaw, Weekday, civil_days};
pub use due::{Due, Line, due};
pub use feast::{Feast, FeastRule, MovableSet, easter};
pub use ics::{LONGEST_EVENT, feasts_from_ics};
pub use oddity::{Odd, Oddity};
pub use sentences::{
    day_en, day_fr, sentence_en, sentence_fr, weekday_en, weekday_fr, weekday_short_en, weekday_short_fr,
};
pub use span::{Pause, Span, Unit};

/// A civil day of the Gregorian calendar, without hour or zone.
pub use jiff::civil::Date as Day;
