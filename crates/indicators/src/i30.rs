//! I-30: how many days of silence weigh on recommendations that are overdue.

use record::{Fault, Tx};
use terms::Day;

use crate::clock::{Measure, number};
use crate::figure::{Besides, Figure};
use crate::indicator::{ALL_REAL, EXERCISE, Group, Indicator, Unit, scopes_with, variant};
use crate::tables::clocks;

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-30",
    version: 2,
    group: Group::Answers,
    matters: &["clock", "answer"],
    unit: Unit::Days,
    compute,
    of_body: None,
};

/// Days past the due day, summed over what counts; and how much counts. The due day itself is not past.
fn burden(slots: &[(i64, i64)], today: i64) -> (i64, i64) {
    let past = slots.iter().filter(|(due, _)| *due < today);
    past.fold((0, 0), |(days, count), (due, n)| (days + (today - due) * n, count + n))
}

/// The numerator is the days, the denominator the overdue (or their weights), the value their mean.
fn figure(scope: &str, (days, count): (i64, i64)) -> Figure {
    Figure {
        scope: scope.to_owned(),
        numerator: Some(days),
        denominator: Some(count),
        unknown: Some(0),
        value: (count > 0).then(|| days as f64 / count as f64),
        lower: None,
        upper: None,
        n: count,
        besides: Besides::default(),
    }
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let today = number(day);
    let silent = clocks::slots(tx, Measure::Silent, today)?;
    let weighed = clocks::slots(tx, Measure::SilentWeight, today)?;
    let stated = clocks::slots(tx, Measure::SilentStated, today)?;
    let of = |slots: Option<&Vec<(i64, i64)>>| burden(slots.map(Vec::as_slice).unwrap_or_default(), today);
    let counted = silent.iter().map(|(scope, slots)| (scope.clone(), burden(slots, today).1)).collect();
    let scopes = scopes_with(tx, &counted)?;
    // A priority that nobody stated weighs nothing: it is not known, and no middle one is made up.
    let mut figures: Vec<Figure> = scopes.iter().map(|scope| figure(scope, of(silent.get(scope)))).collect();
    for scope in scopes.iter().filter(|scope| [ALL_REAL, EXERCISE].contains(&scope.as_str())) {
        let mut weighted = figure(&variant(scope, "weighted"), of(weighed.get(scope)));
        weighted.n = of(stated.get(scope)).1;
        weighted.unknown = Some(of(silent.get(scope)).1 - weighted.n);
        figures.push(weighted);
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::scene::{Scene, summary};

    #[test]
    fn the_due_day_is_not_yet_silence() {
        assert_eq!(burden(&[(100, 2)], 100), (0, 0));
        assert_eq!(burden(&[(100, 2), (90, 1)], 101), (13, 3));
    }

    #[test]
    fn priorities_weigh_three_two_one_and_a_reply_ends_it() {
        let mut scene = Scene::new();
        scene.with_priority("r-1", 3);
        scene.with_priority("r-2", 1);
        scene.transmitted("r-1", "maire", "2026-03-02", None, Some("2026-04-01"));
        scene.transmitted("r-2", "maire", "2026-03-02", None, Some("2026-04-06"));
        let figures = scene.figures("I-30", "2026-04-11");
        assert_eq!(summary(&figures, "all"), (15, 2, 0, Some(7.5)));
        assert_eq!(summary(&figures, "all/weighted"), (35, 4, 0, Some(8.75)));
        scene.with_priority("r-3", 0);
        scene.transmitted("r-3", "maire", "2026-03-02", None, Some("2026-04-10"));
        let figures = scene.figures("I-30", "2026-04-11");
        assert_eq!(summary(&figures, "all"), (16, 3, 0, Some(16.0 / 3.0)));
        assert_eq!(summary(&figures, "all/weighted"), (35, 4, 1, Some(8.75)), "a priority nobody stated");
        assert_eq!(figures.iter().find(|figure| figure.scope == "all/weighted").unwrap().n, 2);
        scene.closed("r-3", "2026-04-11");
        scene.evasive("r-1", "maire", 1, "2026-04-11");
        assert_eq!(summary(&scene.figures("I-30", "2026-04-11"), "all"), (5, 1, 0, Some(5.0)));
        scene.closed("r-2", "2026-04-11");
        assert_eq!(summary(&scene.figures("I-30", "2026-04-11"), "all"), (0, 0, 0, None));
    }
}
