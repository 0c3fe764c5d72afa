//! The due day, and the walk from day to day that explains it.

use crate::{Calendar, Day, DayOff, Pause, Span, Unit};
use serde::{Deserialize, Serialize};

/// How far the day of a feast that follows the moon may be from the day expected.
const MOON_DAYS: i64 = 2;

/// When something is due, and every step that led there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Due {
    /// The last day to act, inclusive; `None` while a pause runs, or when no day can be told.
    pub day: Option<Day>,
    /// The computation, in order, from the delivery day.
    pub lines: Vec<Line>,
}

/// One step of a computation, as data: [`crate::sentence_fr`] and [`crate::sentence_en`] put it in words.
///
/// **Shape**: each civil day after the start and up to the due day is in exactly one `Counted`, `Skipped`
/// or `Paused` line; only the day that a `Rolled` line lands on stands in that line alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Line {
    /// The delivery day, day zero.
    Start {
        /// That day, not counted.
        day: Day,
    },
    /// Hours were made into civil days, any day begun being whole.
    HoursRounded {
        /// As the text gives them.
        hours: u32,
        /// What is counted.
        days: u32,
    },
    /// Months were made into civil days.
    MonthsReached {
        /// As the text gives them.
        months: u32,
        /// Where they end when nothing pauses them.
        day: Day,
        /// How many civil days that is from the start.
        days: u32,
    },
    /// The month where the months end has no such day: they end on its last day.
    Clipped {
        /// The day of the month that was looked for.
        wanted: i8,
        /// The last day of that month.
        day: Day,
    },
    /// A run of consecutive days, all counted.
    Counted {
        /// The first of them.
        from: Day,
        /// The last of them, inclusive.
        to: Day,
        /// How many they are.
        days: u32,
        /// How many days have been counted in all at the end of this run.
        reached: u32,
    },
    /// A day that was not counted, or passed over while looking for a working day.
    Skipped {
        /// That day.
        day: Day,
        /// Why.
        why: DayOff,
    },
    /// Days on which the count stood still.
    Paused {
        /// The first of them, after the delivery day even when the pause began before.
        from: Day,
        /// The day after the last of them, exclusive; `None` when the pause still runs.
        to: Option<Day>,
        /// Why, as the pause tells it.
        cause: String,
    },
    /// The count ended on a day on which offices do not work.
    FallsOn {
        /// That day.
        day: Day,
        /// Why they do not.
        why: DayOff,
    },
    /// The due day was moved to the next working day.
    Rolled {
        /// Where the count ended.
        from: Day,
        /// The next day that is a working day and not paused.
        to: Day,
    },
    /// Working days of a year were counted while the calendar has no day for some of its movable feasts.
    UnknownFeasts {
        /// That year.
        year: i16,
        /// Those feasts.
        #[serde(default)]
        feasts: Vec<String>,
    },
    /// Working days were counted near the day of a movable feast that is only expected: to be confirmed.
    ExpectedFeasts {
        /// Those feasts.
        feasts: Vec<String>,
    },
    /// No day: the calendar has no working day at all.
    NoWorkingDay,
    /// No day: the count goes past the last day that can be written, 31 December 9999.
    BeyondCalendar,
    /// The due day.
    Result {
        /// That day, inclusive.
        day: Day,
    },
}

/// The due day of a span that starts on the delivery day `from`, with its explanation.
///
/// **Units**: `from` is day zero and is not counted; the due day is the last day to act, inclusive. A
/// paused day is never counted, whatever the unit, so the due day moves by the paused days the span meets.
/// Where several pauses hold the same day, one that still runs is told first, then the first of the list.
/// `roll` looks for a day that is both a working day and not paused.
///
/// **Shape**: no `Result` line and no day when a pause still runs where the count stands, when the calendar
/// has no working day, or past the year 9999.
pub fn due(from: Day, span: &Span, calendar: &Calendar, pauses: &[Pause]) -> Due {
    let lines = vec![Line::Start { day: from }];
    let mut walk =
        Walk { calendar, pauses, day: from, reached: 0, years: Vec::new(), asked_from: None, lines };
    let arrived = walk.needed(span).and_then(|needed| {
        walk.count(needed, span.unit == Unit::WorkingDays)?;
        if span.roll { walk.roll() } else { Ok(()) }
    });
    walk.told(arrived)
}

/// Why a walk ends without a day; a running pause has already told its line.
enum Stopped {
    PauseRuns,
    NoWorkingDay,
    BeyondCalendar,
}

/// The walk from the delivery day, one civil day at a time.
struct Walk<'a> {
    calendar: &'a Calendar,
    pauses: &'a [Pause],
    day: Day,
    reached: u32,
    /// Years for which the calendar was asked about working days, in order.
    years: Vec<i16>,
    /// The first day of which it was asked whether offices work.
    asked_from: Option<Day>,
    lines: Vec<Line>,
}

impl Walk<'_> {
    /// How many days must be counted for this span.
    fn needed(&mut self, span: &Span) -> Result<u32, Stopped> {
        match span.unit {
            Unit::WorkingDays | Unit::Days => Ok(span.amount),
            Unit::Hours => {
                let days = span.amount.div_ceil(24);
                self.lines.push(Line::HoursRounded { hours: span.amount, days });
                Ok(days)
            }
            Unit::Months => {
                let day = months_after(self.day, span.amount).ok_or(Stopped::BeyondCalendar)?;
                let days = days_after(self.day, day);
                if day.day() != self.day.day() {
                    self.lines.push(Line::Clipped { wanted: self.day.day(), day });
                }
                self.lines.push(Line::MonthsReached { months: span.amount, day, days });
                Ok(days)
            }
        }
    }

    fn count(&mut self, needed: u32, working: bool) -> Result<(), Stopped> {
        // Told at once: a walk over thousands of years would end the same, after a very long explanation.
        if needed > days_after(self.day, Day::MAX) {
            return Err(Stopped::BeyondCalendar);
        }
        if working && needed > 0 && !self.calendar.has_working_weekday() {
            return Err(Stopped::NoWorkingDay);
        }
        while self.reached < needed {
            self.next_day()?;
            if self.paused()? {
                continue;
            }
            match if working { self.off() } else { None } {
                Some(why) => self.lines.push(Line::Skipped { day: self.day, why }),
                None => self.counted(),
            }
        }
        Ok(())
    }

    fn roll(&mut self) -> Result<(), Stopped> {
        let from = self.day;
        let Some(why) = self.off() else { return Ok(()) };
        if !self.calendar.has_working_weekday() {
            return Err(Stopped::NoWorkingDay);
        }
        self.lines.push(Line::FallsOn { day: from, why });
        loop {
            self.next_day()?;
            if self.paused()? {
                continue;
            }
            let Some(why) = self.off() else { break };
            self.lines.push(Line::Skipped { day: self.day, why });
        }
        self.lines.push(Line::Rolled { from, to: self.day });
        Ok(())
    }

    fn next_day(&mut self) -> Result<(), Stopped> {
        self.day = self.day.tomorrow().map_err(|_| Stopped::BeyondCalendar)?;
        Ok(())
    }

    fn off(&mut self) -> Option<DayOff> {
        self.asked_from.get_or_insert(self.day);
        let year = self.day.year();
        if self.years.last() != Some(&year) {
            self.years.push(year);
        }
        self.calendar.why_not_working(self.day)
    }

    /// Adds the day to the run it continues, or opens a run.
    fn counted(&mut self) {
        let today = self.day;
        self.reached += 1;
        let total = self.reached;
        match self.lines.last_mut() {
            Some(Line::Counted { to, days, reached, .. }) if to.tomorrow().ok() == Some(today) => {
                *to = today;
                *days += 1;
                *reached = total;
            }
            _ => self.lines.push(Line::Counted { from: today, to: today, days: 1, reached: total }),
        }
    }

    /// Whether the count stands still on this day; adds the day to the pause it continues, or opens a line.
    fn paused(&mut self) -> Result<bool, Stopped> {
        let day = self.day;
        let holding = || self.pauses.iter().filter(|pause| pause.holds(day));
        if let Some(running) = holding().find(|pause| pause.to.is_none()) {
            self.lines.push(Line::Paused { from: day, to: None, cause: running.cause.clone() });
            return Err(Stopped::PauseRuns);
        }
        let Some(pause) = holding().next() else { return Ok(false) };
        let tomorrow = day.tomorrow().map_err(|_| Stopped::BeyondCalendar)?;
        match self.lines.last_mut() {
            Some(Line::Paused { to, cause, .. }) if *to == Some(day) && *cause == pause.cause => {
                *to = Some(tomorrow);
            }
            _ => {
                let cause = pause.cause.clone();
                self.lines.push(Line::Paused { from: day, to: Some(tomorrow), cause });
            }
        }
        Ok(true)
    }

    /// What is not sure about the feasts that the count could meet. Nothing is said of other days.
    fn warn(&mut self) {
        let names = |feasts: Vec<&str>| feasts.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let Some(first) = self.asked_from else { return };
        for year in std::mem::take(&mut self.years) {
            let feasts = names(self.calendar.movable_absent(year));
            if !feasts.is_empty() {
                self.lines.push(Line::UnknownFeasts { year, feasts });
            }
        }
        // The new moon is seen a day or two before or after the day expected.
        let margin = jiff::Span::new().days(MOON_DAYS);
        let from = first.checked_sub(margin).unwrap_or(first);
        let to = self.day.checked_add(margin).unwrap_or(self.day);
        let feasts = names(self.calendar.movable_expected(from, to));
        if !feasts.is_empty() {
            self.lines.push(Line::ExpectedFeasts { feasts });
        }
    }

    fn told(mut self, arrived: Result<(), Stopped>) -> Due {
        self.warn();
        let day = match arrived {
            Ok(()) => {
                self.lines.push(Line::Result { day: self.day });
                Some(self.day)
            }
            Err(stopped) => {
                match stopped {
                    Stopped::PauseRuns => {}
                    Stopped::NoWorkingDay => self.lines.push(Line::NoWorkingDay),
                    Stopped::BeyondCalendar => self.lines.push(Line::BeyondCalendar),
                }
                None
            }
        };
        Due { day, lines: self.lines }
    }
}

/// The same day of the month that many months later, or the month's last day; `None` past the year 9999.
fn months_after(from: Day, months: u32) -> Option<Day> {
    let month = i64::from(from.year()) * 12 + i64::from(from.month()) - 1 + i64::from(months);
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    let first = Day::new(year, i8::try_from(month.rem_euclid(12) + 1).ok()?, 1).ok()?;
    Day::new(year, first.month(), from.day().min(first.days_in_month())).ok()
}

/// Civil days from one day to a later one.
fn days_after(from: Day, to: Day) -> u32 {
    // A difference of two days has no larger unit and cannot fail; the whole range is under 8 million.
    u32::try_from(from.duration_until(to).as_hours() / 24).unwrap_or(0)
}
