//! I-27: how many recommendations were acknowledged in time.

use record::{Fault, Tx};
use terms::Day;

use crate::clock::Measure;
use crate::figure::Figure;
use crate::indicator::{Counted, Group, Indicator, Unit, shares};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-27",
    version: 1,
    group: Group::Answers,
    matters: &["clock", "acknowledgement", "answer"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// Acknowledged by the due day, out of those whose due day has come.
fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let counted =
        Counted { part: Measure::AcknowledgedInTime, whole: Measure::AcknowledgementDue, known: None };
    shares(tx, day, "", counted)
}

#[cfg(test)]
mod tests {
    use crate::tests::scene::{Scene, summary};

    #[test]
    fn what_is_not_yet_due_is_in_no_denominator() {
        let mut scene = Scene::new();
        scene.transmitted("r-1", "maire", "2026-03-02", Some("2026-03-09"), Some("2026-04-01"));
        scene.transmitted("r-2", "maire", "2026-03-02", Some("2026-03-09"), Some("2026-04-01"));
        scene.acknowledged("r-1", "maire", "2026-03-09");
        let at = |day: &str| summary(&scene.figures("I-27", day), "all");
        assert_eq!(at("2026-03-08"), (0, 0, 0, None));
        assert_eq!(at("2026-03-09"), (1, 2, 0, Some(0.5)));
    }

    #[test]
    fn levels_add_up_and_exercises_stand_apart() {
        let mut scene = Scene::new();
        scene.transmitted("r-1", "maire", "2026-03-02", Some("2026-03-09"), None);
        scene.transmitted("r-2", "gouverneur", "2026-03-02", Some("2026-03-11"), None);
        scene.exercise_transmitted("r-3", "exercice-maire", "2026-03-02", Some("2026-03-09"), None);
        scene.acknowledged("r-2", "gouverneur", "2026-03-12");
        scene.acknowledged("r-3", "exercice-maire", "2026-03-03");
        let figures = scene.figures("I-27", "2026-06-01");
        let scopes: Vec<&str> = figures.iter().map(|figure| figure.scope.as_str()).collect();
        assert_eq!(scopes, ["all", "region", "commune", "exercise"]);
        assert_eq!(summary(&figures, "all"), (0, 2, 0, Some(0.0)));
        assert_eq!(summary(&figures, "exercise"), (1, 1, 0, Some(1.0)));
    }
}
