//! I-17: which of the yearly obligations that fell due organisations say that they met in time. What they do not say is unknown, never
//! that they did not.

use record::{Fault, Tx};
use terms::Day;

use crate::figure::Figure;
use crate::i13::worlds;
use crate::indicator::{EXERCISE, Group, Indicator, Unit};
use crate::tables::organisations::{self, Met, Organisation, Yearly};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-17",
    version: 1,
    group: Group::Organisations,
    matters: &["obligations"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// The last day on which the obligation fell due by this day; where the month has no such day, its last.
fn last_due(obligation: &Yearly, day: Day) -> Option<Day> {
    let in_year = |year: i16| {
        let first = Day::new(year, obligation.month, 1).ok()?;
        Day::new(year, obligation.month, obligation.day.min(first.days_in_month())).ok()
    };
    let due = in_year(day.year())?;
    if due <= day { Some(due) } else { in_year(day.year() - 1) }
}

fn figure(scope: &str, of: &[&Organisation], yearly: &[Yearly], met: &Met, day: Day) -> Figure {
    let (mut in_time, mut due, mut unknown) = (0, 0, 0);
    for organisation in of {
        for obligation in yearly.iter().filter(|obligation| obligation.means(&organisation.kind)) {
            let Some(on) = last_due(obligation, day).filter(|on| *on >= organisation.known) else { continue };
            due += 1;
            match met.get(&(organisation.id.clone(), obligation.id.clone(), on)) {
                Some(met) if *met <= on => in_time += 1,
                // It says so itself: met, and late.
                Some(_) => {}
                None => unknown += 1,
            }
        }
    }
    Figure::share(scope, in_time, due, unknown)
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let all = organisations::organisations(tx, day)?;
    let (yearly, met) = (organisations::yearly(tx)?, organisations::met(tx, day)?);
    let worlds = worlds(&all);
    let counted = worlds.iter().filter(|(scope, of)| *scope != EXERCISE || !of.is_empty());
    Ok(counted.map(|(scope, of)| figure(scope, of, &yearly, &met, day)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::organisations::tests::obligation;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_last_due_day_is_this_years_or_the_one_before() {
        let march = obligation("rapport", "", 3, 31);
        for (on, due) in
            [("2026-03-30", "2025-03-31"), ("2026-03-31", "2026-03-31"), ("2026-12-31", "2026-03-31")]
        {
            assert_eq!(last_due(&march, day(on)), Some(day(due)), "{on}");
        }
        let february = obligation("compte", "", 2, 31);
        assert_eq!(last_due(&february, day("2026-06-01")), Some(day("2026-02-28")));
        assert_eq!(last_due(&february, day("2024-06-01")), Some(day("2024-02-29")));
    }

    #[test]
    fn what_is_not_said_is_unknown_and_what_is_said_late_is_late() {
        let mut all =
            crate::i13::tests::registered(&[("a", false), ("b", false), ("c", false), ("d", false)]);
        all[3].known = day("2026-06-01");
        let yearly = [obligation("rapport", "", 3, 31), obligation("autre", "youth", 3, 31)];
        let of: Vec<&Organisation> = all.iter().collect();
        let met: Met = [("a", "2026-03-31"), ("b", "2026-04-01")]
            .map(|(id, on)| ((id.to_owned(), "rapport".to_owned(), day("2026-03-31")), day(on)))
            .into();
        let found = figure("all", &of, &yearly, &met, day("2026-09-01"));
        assert_eq!((found.numerator, found.denominator, found.unknown), (Some(1), Some(3), Some(1)));
        assert_eq!((found.value, found.lower, found.upper), (Some(0.5), Some(1.0 / 3.0), Some(2.0 / 3.0)));
    }
}
