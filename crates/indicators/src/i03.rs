//! I-03: in how many of the months in which a body should have met, it did.

use std::collections::BTreeSet;

use record::{Fault, Tx};
use terms::{Day, Precision};

use crate::figure::Figure;
use crate::indicator::{EXERCISE, Group, Indicator, Unit};
use crate::tables::bodies::{self, Assembly, Kind};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-03",
    version: 2,
    group: Group::Bodies,
    matters: &["installation", "sittings"],
    unit: Unit::Share,
    compute,
    of_body: Some(of_body),
};

/// How often the rule has a body meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Period {
    Month,
    Quarter,
}

impl Period {
    fn of(kind: &Kind) -> Option<Self> {
        match kind.meets_every.as_deref() {
            Some("month") => Some(Self::Month),
            Some("quarter") => Some(Self::Quarter),
            _ => None,
        }
    }

    /// The first and the last day of the period of that number.
    fn days(self, number: i64) -> Option<(Day, Day)> {
        let (months, length) = match self {
            Self::Month => (number, 1),
            Self::Quarter => (number * 3, 3),
        };
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        let first = Day::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
        let last = first.checked_add(jiff::Span::new().months(length - 1)).ok()?.last_of_month();
        Some((first, last))
    }

    /// The number of the period in which the day lies.
    fn number(self, day: Day) -> i64 {
        let month = i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
        match self {
            Self::Month => month,
            Self::Quarter => month.div_euclid(3),
        }
    }
}

/// Held, expected and unknown periods.
type Held = (i64, i64, i64);

/// The share of periods held; the bounds alone where only sources report sittings, since then those known are all held.
fn share(scope: &str, (held, expected, unknown): Held, looked_at: bool) -> Figure {
    let mut figure = Figure::share(scope, held, expected, unknown);
    if unknown > 0 && !looked_at {
        figure.value = None;
    }
    figure
}

/// The whole periods between the installation and the day, and in how many the body met. A period counts
/// once, however often it met. The period of the installation counts only when the body was installed on its
/// first day; the running one when the day is its last. A period of which nothing is written is unknown, unless
/// the body's own sittings were being written here by then.
fn held(assembly: &Assembly, period: Period, day: Day) -> Held {
    let installed = assembly.installed_on;
    let of_installation = period.number(installed);
    let whole_from = match assembly.precision {
        Precision::Day | Precision::Attested => {
            let first = installed.yesterday().map(|eve| period.number(eve)).ok() != Some(of_installation);
            if first { of_installation } else { of_installation + 1 }
        }
        Precision::Month => of_installation + 1,
        Precision::Year => period.number(installed.last_of_year()) + 1,
    };
    let of_day = period.number(day);
    let over = day.tomorrow().map(|next| period.number(next)).ok() != Some(of_day);
    let until = if over { of_day + 1 } else { of_day };
    let expected = (until - whole_from).max(0);
    let met: BTreeSet<i64> = assembly.evidenced.iter().map(|on| period.number(*on)).collect();
    let whole = whole_from..until.max(whole_from);
    let known = |number: i64| {
        met.contains(&number)
            || period.days(number).is_some_and(|(first, last)| assembly.is_known(first, last))
    };
    let unknown = whole.clone().filter(|number| !known(*number)).count() as i64;
    (met.range(whole).count() as i64, expected, unknown)
}

fn figures(kinds: &[Kind], assemblies: &[Assembly], day: Day) -> Vec<Figure> {
    let sum = |of: &dyn Fn(&Assembly, &Kind) -> bool| {
        let (mut total, mut looked_at): (Held, bool) = ((0, 0, 0), false);
        for assembly in assemblies {
            let Some(kind) = kinds.iter().find(|kind| kind.id == assembly.kind) else { continue };
            let Some(period) = Period::of(kind).filter(|_| of(assembly, kind)) else { continue };
            let one = held(assembly, period, day);
            total = (total.0 + one.0, total.1 + one.1, total.2 + one.2);
            looked_at |= assembly.is_looked_at();
        }
        (total, looked_at)
    };
    let mut figures: Vec<Figure> = kinds
        .iter()
        .filter(|kind| kind.required)
        .map(|kind| {
            let (total, looked_at) = sum(&|assembly, of| !assembly.exercise && of.id == kind.id);
            share(&kind.scope, total, looked_at)
        })
        .collect();
    let (exercise, looked_at) = sum(&|assembly, _| assembly.exercise);
    if exercise.1 > 0 {
        figures.push(share(EXERCISE, exercise, looked_at));
    }
    figures
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    Ok(figures(&bodies::kinds(tx)?, &bodies::assemblies(tx, day, None)?, day))
}

fn of_body(tx: &mut Tx<'_>, day: Day, body: &str) -> Result<Vec<Figure>, Fault> {
    let kinds = bodies::kinds(tx)?;
    let own = bodies::assemblies(tx, day, Some(body))?;
    let found = own.first().and_then(|assembly| {
        let kind = kinds.iter().find(|kind| kind.id == assembly.kind)?;
        Some(share(body, held(assembly, Period::of(kind)?, day), assembly.is_looked_at()))
    });
    Ok(found.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(installed_on: &str, precision: Precision, evidenced: &[&str]) -> Assembly {
        Assembly {
            body: "comite".into(),
            kind: "ccsc".into(),
            exercise: false,
            installed_on: installed_on.parse().unwrap(),
            precision,
            evidenced: evidenced.iter().map(|day| day.parse().unwrap()).collect(),
            followed_from: Some(installed_on.parse().unwrap()),
            not_held: Vec::new(),
        }
    }

    fn of(body: &Assembly, period: Period, on: &str) -> Held {
        held(body, period, on.parse().unwrap())
    }

    #[test]
    fn a_busy_month_does_not_hide_an_empty_one() {
        let body =
            body("2024-12-12", Precision::Day, &["2025-01-09", "2025-01-20", "2025-01-30", "2025-03-13"]);
        assert_eq!(of(&body, Period::Month, "2025-03-31"), (2, 3, 0));
    }

    #[test]
    fn only_whole_months_are_expected() {
        let first = body("2025-01-01", Precision::Day, &[]);
        let second = body("2025-01-02", Precision::Day, &[]);
        assert_eq!(of(&first, Period::Month, "2025-02-28").1, 2);
        assert_eq!(of(&second, Period::Month, "2025-02-28").1, 1);
        assert_eq!(of(&second, Period::Month, "2025-02-27").1, 0);
        assert_eq!(of(&body("2025-01-01", Precision::Month, &[]), Period::Month, "2025-02-28").1, 1);
        assert_eq!(of(&body("2025-01-01", Precision::Year, &[]), Period::Month, "2026-01-31").1, 1);
        assert_eq!(of(&body("2025-01-01", Precision::Day, &[]), Period::Quarter, "2025-06-29").1, 1);
        assert_eq!(
            of(&body("2025-01-01", Precision::Day, &["2025-05-05"]), Period::Quarter, "2025-06-30"),
            (1, 2, 0)
        );
    }

    #[test]
    fn a_sitting_before_the_whole_months_counts_for_none() {
        let body = body("2025-01-15", Precision::Day, &["2025-01-20", "2025-03-02"]);
        assert_eq!(of(&body, Period::Month, "2025-03-15"), (0, 1, 0));
    }

    #[test]
    fn months_that_nobody_followed_are_unknown() {
        let unseen = Assembly { followed_from: None, ..body("2025-01-01", Precision::Day, &[]) };
        assert_eq!(of(&unseen, Period::Month, "2025-12-31"), (0, 12, 12));
        let late = Assembly { followed_from: Some("2025-10-09".parse().unwrap()), ..unseen };
        assert_eq!(
            of(&late, Period::Month, "2025-12-31"),
            (0, 12, 9),
            "known since its sittings are written"
        );
    }

    #[test]
    fn a_reported_sitting_says_nothing_of_other_months() {
        let reported =
            Assembly { followed_from: None, ..body("2025-01-01", Precision::Day, &["2025-06-16"]) };
        assert_eq!(of(&reported, Period::Month, "2025-12-31"), (1, 12, 11));
        let bounds = share("comite", (1, 12, 11), reported.is_looked_at());
        assert_eq!((bounds.value, bounds.lower, bounds.upper), (None, Some(1.0 / 12.0), Some(1.0)));
        assert_eq!(of(&reported, Period::Quarter, "2025-12-31"), (1, 4, 3));
        let missed = vec![("2025-02-01".parse().unwrap(), "2025-04-01".parse().unwrap())];
        let told = Assembly { not_held: missed, ..reported };
        assert_eq!(share("comite", (1, 12, 9), told.is_looked_at()).value, Some(1.0 / 3.0));
        assert_eq!(of(&told, Period::Month, "2025-12-31"), (1, 12, 9), "two months known without a sitting");
        assert_eq!(of(&told, Period::Quarter, "2025-12-31"), (1, 4, 3), "but no whole quarter");
    }
}
