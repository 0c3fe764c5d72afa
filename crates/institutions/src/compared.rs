//! The seat in the text, the seat named, the seat attended: the three side by side. Pure.

use std::collections::BTreeMap;

use terms::Day;

use crate::seats::{Seat, Stands};
use crate::tables::Taken;

/// At how many sittings a seat was taken, of those of which it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Came {
    /// By its holder, or in the holder's place.
    pub(crate) there: i64,
    /// Of so many.
    pub(crate) of: i64,
}

/// Seats of one constituency, counted three times over. What is not known is counted apart and is in no other count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    /// Given by the text.
    pub(crate) text: i64,
    /// Held by somebody or something that is named, or by whoever holds an office.
    pub(crate) named: i64,
    /// Held, by whom is not known.
    pub(crate) unnamed: i64,
    /// Known to be without a holder.
    pub(crate) empty: i64,
    /// Nothing is known of a holder.
    pub(crate) named_unknown: i64,
    /// Taken at a sitting at least.
    pub(crate) attended: i64,
    /// Taken at none of those of which it is known.
    pub(crate) absent: i64,
    /// At no sitting is it known.
    pub(crate) attended_unknown: i64,
}

impl Sides {
    fn add(&mut self, seat: &Seat<'_>, came: Option<Came>) {
        self.text += 1;
        match seat.stands {
            Stands::Held(holding) if holding.is_anybody() => self.named += 1,
            Stands::Held(_) => self.unnamed += 1,
            Stands::Vacant { .. } | Stands::Suspended(_) => self.empty += 1,
            Stands::Unknown => self.named_unknown += 1,
        }
        match came {
            Some(came) if came.there > 0 => self.attended += 1,
            Some(came) if came.of > 0 => self.absent += 1,
            _ => self.attended_unknown += 1,
        }
    }

    /// These and those.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            text: self.text + other.text,
            named: self.named + other.named,
            unnamed: self.unnamed + other.unnamed,
            empty: self.empty + other.empty,
            named_unknown: self.named_unknown + other.named_unknown,
            attended: self.attended + other.attended,
            absent: self.absent + other.absent,
            attended_unknown: self.attended_unknown + other.attended_unknown,
        }
    }
}

/// The three sides of a body's seats, by constituency.
pub(crate) fn sides(seats: &[Seat<'_>], taken: &Taken) -> BTreeMap<String, Sides> {
    let mut sides: BTreeMap<String, Sides> = BTreeMap::new();
    for seat in seats {
        sides.entry(seat.template.constituency.clone()).or_default().add(seat, came(seat, taken));
    }
    sides
}

/// At how many sittings the seat was taken; `None` where it is known of none.
pub(crate) fn came(seat: &Seat<'_>, taken: &Taken) -> Option<Came> {
    taken.seats.get(&(seat.template.code.clone(), seat.ordinal)).copied()
}

/// The first day of the twelve months that end on the day: who came is said of these.
pub(crate) fn since(day: Day) -> Day {
    let year = day.year() - 1;
    // The year before a leap day ends on the last of February.
    let before = Day::new(year, day.month(), day.day()).or_else(|_| Day::new(year, 2, 28));
    before.and_then(Day::tomorrow).unwrap_or(Day::MIN)
}
