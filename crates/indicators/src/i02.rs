//! I-02: how many of the installed bodies have met of late.

use record::{Fault, Tx};
use terms::Day;

use crate::figure::Figure;
use crate::i01::installations;
use crate::indicator::{EXERCISE, Group, Indicator, Unit};
use crate::tables::bodies::{self, Assembly};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-02",
    version: 2,
    group: Group::Bodies,
    matters: &["installation", "sittings"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// A sitting is of late when so many days have passed since, or fewer.
///
/// **Source** domain.md 9, I-02: the last 90 days.
const DAYS: i64 = 90;

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let assemblies = bodies::assemblies(tx, day, None)?;
    let mut figures = Vec::new();
    for found in installations(tx, day)? {
        let own: Vec<&Assembly> = assemblies.iter().filter(|a| !a.exercise && a.kind == found.kind).collect();
        let unnamed = found.installed.unwrap_or(0) - found.named;
        figures.push(figure(&found.scope, &own, unnamed, day));
    }
    let exercises: Vec<&Assembly> = assemblies.iter().filter(|a| a.exercise).collect();
    if !exercises.is_empty() {
        figures.push(figure(EXERCISE, &exercises, 0, day));
    }
    Ok(figures)
}

/// Installed bodies that nobody names, and those of whose last ninety days nothing is known, are unknown: nobody
/// looked.
fn figure(scope: &str, bodies: &[&Assembly], unnamed: i64, day: Day) -> Figure {
    let met = |a: &Assembly| a.evidenced.last().is_some_and(|last| web::days_apart(*last, day) <= DAYS);
    let first = day.checked_sub(jiff::Span::new().days(DAYS)).unwrap_or(Day::MIN);
    let unseen = |a: &Assembly| !met(a) && !a.is_known(first, day);
    let count = |of: &dyn Fn(&Assembly) -> bool| bodies.iter().filter(|a| of(a)).count() as i64;
    let unknown = count(&unseen) + unnamed;
    let mut figure = Figure::share(scope, count(&met), bodies.len() as i64 + unnamed, unknown);
    if unknown > 0 && !bodies.iter().any(|a| a.is_looked_at()) {
        figure.value = None;
    }
    figure
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::Precision;

    /// A fictional body whose sittings have been written here since the first of the year, or of which a source
    /// reports these sittings alone.
    fn body(evidenced: &[&str], followed: bool) -> Assembly {
        Assembly {
            body: "comite".into(),
            kind: "ccsc".into(),
            exercise: false,
            installed_on: "2025-01-01".parse().unwrap(),
            precision: Precision::Day,
            evidenced: evidenced.iter().map(|day| day.parse().unwrap()).collect(),
            followed_from: followed.then(|| "2026-01-01".parse().unwrap()),
            not_held: Vec::new(),
        }
    }

    #[test]
    fn ninety_days_count_and_ninety_one_do_not() {
        let bodies = [body(&["2026-01-01"], true)];
        let of = |on: &str| figure("commune", &bodies.iter().collect::<Vec<_>>(), 0, on.parse().unwrap());
        assert_eq!(of("2026-04-01").value, Some(1.0));
        assert_eq!(of("2026-04-02").value, Some(0.0));
    }

    #[test]
    fn what_nobody_follows_is_unknown_and_a_sitting_without_evidence_is_no_sitting() {
        let reported = body(&["2025-01-09"], false);
        let early = body(&["2026-01-01"], false);
        let told = Assembly {
            not_held: vec![("2025-10-01".parse().unwrap(), "2026-02-01".parse().unwrap())],
            ..body(&[], false)
        };
        for (of, on, expected) in [
            (&reported, "2026-01-02", (0, 1)), // one report of a year ago says nothing of these ninety days
            (&early, "2026-01-02", (1, 0)),    // a report of yesterday does
            (&early, "2026-06-01", (0, 1)),
            (&told, "2026-01-02", (0, 0)), // and so does one that they did not meet
        ] {
            let found = figure("commune", &[of], 0, on.parse().unwrap());
            assert_eq!((found.numerator.unwrap(), found.unknown.unwrap()), expected, "{on} {of:?}");
        }
        // Met, as a source reports, beside a body of which nothing is known: no share of one out of one.
        let found = figure("commune", &[&early, &reported], 0, "2026-01-02".parse().unwrap());
        assert_eq!((found.numerator, found.n, found.value), (Some(1), 1, None));
        assert_eq!((found.lower, found.upper), (Some(0.5), Some(1.0)));
        let bodies = [body(&["2026-01-01"], true), body(&[], true), body(&[], false)];
        let found = figure("commune", &bodies.iter().collect::<Vec<_>>(), 3, "2026-01-02".parse().unwrap());
        assert_eq!((found.numerator, found.denominator, found.unknown), (Some(1), Some(6), Some(4)));
        assert_eq!(found.value, Some(0.5));
    }
}
