//! Months with and without a sitting: pure. What is not known of a month is a state of its own.

use terms::Day;

/// How many months are looked at.
pub const MONTHS_SHOWN: usize = 12;

/// What is known of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A sitting was held, and something shows it.
    Shown,
    /// A sitting is said to have been held; nothing shows it.
    Said,
    /// It is known that there was none.
    NotHeld,
    /// Nothing is known.
    Unknown,
    /// The body was not installed yet.
    Before,
}

impl Held {
    /// Every state, in the order of legends.
    pub const ALL: [Self; 5] = [Self::Shown, Self::Said, Self::NotHeld, Self::Unknown, Self::Before];

    /// The word in messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Said => "said",
            Self::NotHeld => "not-held",
            Self::Unknown => "unknown",
            Self::Before => "before",
        }
    }
}

/// One month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: Day,
    /// What is known of it.
    pub held: Held,
}

/// The whole months before the month of `day`, oldest first.
///
/// **Shape** `sittings` are days with whether anything shows the sitting; `not_held` are periods, first day
/// and first day after. A sitting on a day outweighs a period in which none is said to have been.
#[must_use]
pub fn last_months(
    sittings: &[(Day, bool)],
    not_held: &[(Day, Day)],
    installed: Option<Day>,
    day: Day,
) -> Vec<Month> {
    let mut firsts = Vec::with_capacity(MONTHS_SHOWN);
    let mut first = day.first_of_month();
    while firsts.len() < MONTHS_SHOWN {
        let Ok(last) = first.yesterday() else { break };
        first = last.first_of_month();
        firsts.push(first);
    }
    firsts.reverse();
    let state = |first: Day| {
        let last = first.last_of_month();
        let within = || sittings.iter().filter(|(on, _)| *on >= first && *on <= last);
        if within().any(|(_, shown)| *shown) {
            Held::Shown
        } else if within().next().is_some() {
            Held::Said
        } else if not_held.iter().any(|(from, to)| *from <= first && *to > last) {
            Held::NotHeld
        } else if installed.is_some_and(|installed| installed > last) {
            Held::Before
        } else {
            Held::Unknown
        }
    };
    firsts.into_iter().map(|first| Month { first, held: state(first) }).collect()
}

/// Whole months from one day to a later one.
///
/// **Units** a month is over on the same day of the next; 0 where `to` is earlier.
#[must_use]
pub fn months_between(from: Day, to: Day) -> i64 {
    let index = |day: Day| i64::from(day.year()) * 12 + i64::from(day.month());
    let short = i64::from(to.day() < from.day());
    (index(to) - index(from) - short).max(0)
}
