//! I-33: of what the authority declares done and civil society went to see, how much was not done.

use record::{Fault, Tx};
use terms::Day;

use crate::clock::Measure;
use crate::figure::Figure;
use crate::indicator::{Group, Indicator, Unit, scopes_with, variant};
use crate::tables::clocks;

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-33",
    version: 1,
    group: Group::Answers,
    matters: &["declared", "observed"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// The gap, with what nobody inspected as unknown; then how much was inspected.
fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let declared = clocks::sums(tx, Measure::DeclaredDone, day)?;
    let inspected = clocks::sums(tx, Measure::DeclaredInspected, day)?;
    let done = clocks::sums(tx, Measure::DeclaredFoundDone, day)?;
    let mut figures = Vec::new();
    for scope in scopes_with(tx, &declared)? {
        let of = |counts: &std::collections::BTreeMap<String, i64>| counts.get(&scope).copied().unwrap_or(0);
        let (declared, inspected, done) = (of(&declared), of(&inspected), of(&done));
        figures.push(Figure::share(&scope, inspected - done, declared, declared - inspected));
        figures.push(Figure::share(&variant(&scope, "coverage"), inspected, declared, 0));
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use crate::tests::scene::{Scene, summary};
    use terms::answers::Progress;

    #[test]
    fn what_nobody_inspected_is_unknown_and_the_coverage_says_so() {
        let mut scene = Scene::new();
        for id in ["r-1", "r-2"] {
            scene.transmitted(id, "maire", "2026-03-02", None, Some("2026-04-01"));
            scene.declared(id, "maire", 1, Progress::Done, "2026-06-10");
            scene.declared(id, "maire", 2, Progress::Done, "2026-06-10");
        }
        scene.observed("r-1", 1, Progress::Done, "2026-06-10");
        scene.observed("r-1", 2, Progress::NotStarted, "2026-06-12");
        scene.observed("r-2", 1, Progress::Done, "2026-06-09");
        let figures = scene.figures("I-33", "2026-07-01");
        assert_eq!(summary(&figures, "all"), (1, 4, 2, Some(0.5)));
        assert_eq!(summary(&figures, "all/coverage"), (2, 4, 0, Some(0.5)));
    }
}
