//! I-28: how many recommendations were answered in substance in time; and, as a variant, answered in any way.

use record::{Fault, Tx};
use terms::Day;

use crate::clock::Measure;
use crate::figure::Figure;
use crate::indicator::{Counted, Group, Indicator, Unit, shares};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-28",
    version: 1,
    group: Group::Answers,
    matters: &["clock", "answer"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// Answered by the due day, out of those whose due day has come.
pub(crate) fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let of = |part| Counted { part, whole: Measure::AnswerDue, known: None };
    let mut figures = shares(tx, day, "", of(Measure::AnsweredInTime))?;
    figures.extend(shares(tx, day, "any-reply", of(Measure::RepliedInTime))?);
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use crate::tests::scene::{Scene, summary};

    #[test]
    fn an_answer_counts_when_every_point_asked_is_answered_in_substance() {
        let mut scene = Scene::new();
        scene.transmitted("r-1", "maire", "2026-03-02", None, Some("2026-04-01"));
        scene.accepted("r-1", "maire", 1, "2026-03-20", Some("2026-12-31"));
        assert_eq!(summary(&scene.figures("I-28", "2026-04-01"), "all"), (0, 1, 0, Some(0.0)));
        assert_eq!(summary(&scene.figures("I-28", "2026-04-01"), "all/any-reply"), (1, 1, 0, Some(1.0)));
        scene.accepted("r-1", "maire", 2, "2026-04-01", Some("2026-12-31"));
        assert_eq!(summary(&scene.figures("I-28", "2026-04-01"), "all"), (1, 1, 0, Some(1.0)));
        assert_eq!(summary(&scene.figures("I-28", "2026-03-31"), "all"), (0, 0, 0, None), "not yet due");
    }

    #[test]
    fn a_recommendation_without_a_clock_is_out_of_scope() {
        let mut scene = Scene::new();
        scene.transmitted("r-1", "maire", "2020-03-02", None, None);
        assert_eq!(summary(&scene.figures("I-28", "2026-04-01"), "all"), (0, 0, 0, None));
    }
}
