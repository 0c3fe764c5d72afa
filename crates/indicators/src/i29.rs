//! I-29: how long an answer in substance takes, those who still wait included.

use std::collections::BTreeMap;

use record::{Fault, Tx};
use statistics::{Curve, Observation, kaplan_meier};
use terms::Day;

use crate::clock::{Measure, number};
use crate::figure::Figure;
use crate::indicator::{ALL_REAL, Group, Indicator, Unit, scopes_with};
use crate::tables::clocks;

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-29",
    version: 1,
    group: Group::Answers,
    matters: &["clock", "answer"],
    unit: Unit::Days,
    compute,
    of_body: None,
};

/// Durations and how many ended so, each by the event or still running.
type Waits = Vec<(i64, bool, i64)>;

fn waits(tx: &mut Tx<'_>, day: Day) -> Result<BTreeMap<String, Waits>, Fault> {
    let today = number(day);
    let mut waits: BTreeMap<String, Waits> = BTreeMap::new();
    for (measure, event) in [(Measure::Answered, true), (Measure::Closed, false)] {
        for (scope, slots) in clocks::slots(tx, measure, i64::MAX)? {
            let own = waits.entry(scope).or_default();
            own.extend(slots.into_iter().map(|(days, n)| (days, event, n)));
        }
    }
    for (scope, slots) in clocks::slots(tx, Measure::Waiting, today)? {
        let own = waits.entry(scope).or_default();
        own.extend(slots.into_iter().map(|(delivered, n)| (today - delivered, false, n)));
    }
    Ok(waits)
}

fn curve(waits: &Waits) -> Option<Curve> {
    let observations: Vec<Observation> = waits
        .iter()
        .flat_map(|(days, event, n)| {
            let one = Observation { duration: *days as f64, event: *event };
            std::iter::repeat_n(one, usize::try_from(*n).unwrap_or(0))
        })
        .collect();
    kaplan_meier(&observations).ok()
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let waits = waits(tx, day)?;
    let counted = waits.iter().map(|(scope, waits)| (scope.clone(), waits.len() as i64)).collect();
    let scopes = scopes_with(tx, &counted)?;
    Ok(scopes
        .iter()
        .map(|scope| Figure::survival(scope, waits.get(scope).and_then(curve).as_ref()))
        .collect())
}

/// The curve of all that is real.
pub(crate) fn curve_of_all(tx: &mut Tx<'_>, day: Day) -> Result<Option<Curve>, Fault> {
    Ok(waits(tx, day)?.get(ALL_REAL).and_then(curve))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::scene::Scene;

    #[test]
    fn those_who_wait_count_as_long_as_they_have_waited() {
        let mut scene = Scene::new();
        for (id, answered) in [("r-1", Some("2026-03-12")), ("r-2", Some("2026-03-22")), ("r-3", None)] {
            scene.transmitted(id, "maire", "2026-03-02", None, Some("2026-04-01"));
            if let Some(on) = answered {
                scene.accepted(id, "maire", 1, on, Some("2026-12-31"));
                scene.accepted(id, "maire", 2, on, Some("2026-12-31"));
            }
        }
        let figures = scene.figures("I-29", "2026-04-11");
        let survival = figures[0].besides.survival.unwrap();
        assert_eq!((figures[0].numerator, figures[0].n), (Some(2), 3));
        assert_eq!((survival.q25_days, survival.median_days), (Some(10.0), Some(20.0)));
        // 10 days in full, 10 at two thirds, 20 at one third; observation ends at 40 days.
        let expected = 10.0 + 10.0 * 2.0 / 3.0 + 20.0 / 3.0;
        assert!((survival.rmst_days.unwrap() - expected).abs() < 1e-9, "{survival:?}");
        assert_eq!(survival.rmst_horizon_days, Some(40.0));
    }

    #[test]
    fn a_median_that_is_not_reached_is_not_a_number() {
        let mut scene = Scene::new();
        scene.transmitted("r-1", "maire", "2026-03-02", None, Some("2026-04-01"));
        let figures = scene.figures("I-29", "2026-04-11");
        assert_eq!((figures[0].value, figures[0].n), (None, 1));
        assert_eq!(scene.figures("I-29", "2026-03-01")[0].n, 0, "not yet delivered");
    }

    #[test]
    fn nothing_at_all_is_no_curve() {
        assert_eq!(curve(&vec![]), None);
    }
}
