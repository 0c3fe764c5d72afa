//! I-02: how many of the installed bodies have met of late.

use record::{Fault, Tx};
use terms::Day;

use crate::figure::Figure;
use crate::i01::installations;
use crate::indicator::{EXERCISE, Group, Indicator};
use crate::tables::bodies::{self, Assembly};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-02",
    version: 1,
    group: Group::Bodies,
    matters: &["installation", "sittings"],
    in_days: false,
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

/// Installed bodies that nobody names, and those of which no sitting was ever recorded, are unknown: nobody
/// looked.
fn figure(scope: &str, bodies: &[&Assembly], unnamed: i64, day: Day) -> Figure {
    let met = |a: &&&Assembly| a.evidenced.last().is_some_and(|last| web::days_apart(*last, day) <= DAYS);
    let met = bodies.iter().filter(met).count() as i64;
    let unseen = bodies.iter().filter(|a| !a.followed).count() as i64;
    Figure::share(scope, met, bodies.len() as i64 + unnamed, unseen + unnamed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::Precision;

    fn body(evidenced: &[&str], followed: bool) -> Assembly {
        Assembly {
            body: "comite".into(),
            kind: "ccsc".into(),
            exercise: false,
            installed_on: "2025-01-01".parse().unwrap(),
            precision: Precision::Day,
            evidenced: evidenced.iter().map(|day| day.parse().unwrap()).collect(),
            followed,
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
        let bodies = [body(&["2026-01-01"], true), body(&[], true), body(&[], false)];
        let found = figure("commune", &bodies.iter().collect::<Vec<_>>(), 3, "2026-01-02".parse().unwrap());
        assert_eq!((found.numerator, found.denominator, found.unknown), (Some(1), Some(6), Some(4)));
        assert_eq!(found.value, Some(0.5));
    }
}
