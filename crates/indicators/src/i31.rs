//! I-31: what answers say: how much is accepted, how many refusals give a reason, how many claim secrecy.

use record::{Fault, Tx};
use terms::Day;

use crate::clock::Measure;
use crate::figure::Figure;
use crate::indicator::{Counted, Group, Indicator, Unit, shares};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-31",
    version: 1,
    group: Group::Answers,
    matters: &["answer"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// Point by point: accepted out of answered in substance; then the variants.
fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let mut figures = Vec::new();
    for (name, part, whole) in [
        ("", Measure::Accepted, Measure::Substantive),
        ("positions", Measure::PositionAccepted, Measure::Position),
        ("refusals-reasoned", Measure::RefusalReasoned, Measure::Refusal),
        ("refusals-secret", Measure::RefusalSecret, Measure::Refusal),
    ] {
        figures.extend(shares(tx, day, name, Counted { part, whole, known: None })?);
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use crate::tests::scene::{Scene, summary};

    #[test]
    fn an_acceptance_without_an_act_or_a_day_is_a_position_not_an_answer() {
        let mut scene = Scene::new();
        scene.transmitted("r-1", "maire", "2026-03-02", None, Some("2026-04-01"));
        scene.accepted("r-1", "maire", 1, "2026-03-10", None);
        scene.refused_for_secrecy("r-1", "maire", 2, "2026-03-10");
        let figures = scene.figures("I-31", "2026-03-10");
        assert_eq!(summary(&figures, "all"), (0, 1, 0, Some(0.0)));
        assert_eq!(summary(&figures, "all/positions"), (1, 2, 0, Some(0.5)));
        assert_eq!(summary(&figures, "all/refusals-reasoned"), (1, 1, 0, Some(1.0)));
        assert_eq!(summary(&figures, "all/refusals-secret"), (1, 1, 0, Some(1.0)));
        assert_eq!(summary(&scene.figures("I-31", "2026-03-09"), "all"), (0, 0, 0, None));
    }

    #[test]
    fn a_point_not_asked_of_this_addressee_counts_nowhere() {
        let mut scene = Scene::new();
        scene.transmitted_points("r-1", "maire", "2026-03-02", &[1]);
        scene.accepted("r-1", "maire", 1, "2026-03-10", Some("2026-12-31"));
        scene.evasive("r-1", "maire", 2, "2026-03-10");
        assert_eq!(summary(&scene.figures("I-31", "2026-03-10"), "all"), (1, 1, 0, Some(1.0)));
        assert_eq!(summary(&scene.figures("I-28", "2026-12-31"), "all"), (1, 1, 0, Some(1.0)));
    }
}
