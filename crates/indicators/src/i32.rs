//! I-32: what is done, as civil society sees it, of what was agreed for by now; and, beside it, what is under
//! way.

use std::collections::BTreeMap;

use record::{Fault, Tx};
use terms::Day;

use crate::clock::Measure;
use crate::figure::{Besides, Figure, UnderWay};
use crate::indicator::{Counted, Group, Indicator, Unit, shares, variant};
use crate::tables::bodies::{self, Tally};
use crate::tables::clocks;

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-32",
    version: 2,
    group: Group::Answers,
    matters: &["answer", "observed", "tally"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// The variant that counts what is under way.
const UNDER_WAY: &str = "under-way";

/// What is done, which is told with what is under way beside it; and what is under way, a figure of its own.
fn apart(done: Figure, under_way: Figure) -> [Figure; 2] {
    let beside = UnderWay { under_way: under_way.numerator, under_way_share: under_way.value };
    [done.with(Besides { under_way: Some(beside), ..Besides::default() }), under_way]
}

/// Points whose agreed day has come, then every set that a source tallied.
fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let counted =
        Counted { part: Measure::AgreedDone, whole: Measure::Agreed, known: Some(Measure::AgreedSeen) };
    let under_way: BTreeMap<String, i64> = clocks::sums(tx, Measure::AgreedUnderWay, day)?;
    let mut figures = Vec::new();
    for done in shares(tx, day, "", counted)? {
        let begun = under_way.get(&done.scope).copied().unwrap_or(0);
        let (total, unknown) = (done.denominator.unwrap_or(0), done.unknown.unwrap_or(0));
        let begun = Figure::share(&variant(&done.scope, UNDER_WAY), begun, total, unknown);
        figures.extend(apart(done, begun));
    }
    figures.extend(bodies::tallies(tx, day)?.iter().flat_map(stated));
    Ok(figures)
}

/// A set as its source counted it. What a source does not count is unknown of every item.
fn stated(tally: &Tally) -> [Figure; 2] {
    let scope = variant(&tally.set, &tally.class);
    let counted = |scope: &str, part: Option<i64>| {
        let unknown = if part.is_some() { 0 } else { tally.total };
        Figure { numerator: part, ..Figure::share(scope, part.unwrap_or(0), tally.total, unknown) }
    };
    apart(counted(&scope, tally.done), counted(&variant(&scope, UNDER_WAY), tally.under_way))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::scene::{Scene, summary};
    use terms::answers::Progress;

    fn tally(total: i64, done: Option<i64>, under_way: Option<i64>) -> [Figure; 2] {
        stated(&Tally { set: "cinsere".into(), class: "all".into(), total, done, under_way })
    }

    #[test]
    fn cinsere_done_and_under_way_are_two_figures() {
        for (done, under_way, total, share, beside) in [
            (72, 315, 517, "13.93", "60.93"),
            (28, 26, 55, "50.91", "47.27"),
            (16, 123, 153, "10.46", "80.39"),
        ] {
            let [figure, begun] = tally(total, Some(done), Some(under_way));
            let percent = |share: Option<f64>| format!("{:.2}", share.unwrap() * 100.0);
            assert_eq!(percent(figure.value), share);
            assert_eq!(percent(figure.besides.under_way.unwrap().under_way_share), beside);
            assert_eq!(figure.numerator, Some(done));
            assert_eq!((begun.scope.as_str(), begun.numerator), ("cinsere/all/under-way", Some(under_way)));
            assert_eq!((begun.denominator, percent(begun.value).as_str()), (Some(total), beside));
        }
        assert_eq!(55 + 153 + 309, 517, "the classes of the set make up the set");
    }

    #[test]
    fn a_tally_that_does_not_say_is_unknown() {
        let [figure, begun] = tally(309, None, None);
        assert_eq!((begun.numerator, begun.value, begun.unknown), (None, None, Some(309)));
        assert_eq!((figure.numerator, figure.value, figure.unknown), (None, None, Some(309)));
        assert_eq!((figure.lower, figure.upper), (Some(0.0), Some(1.0)));
        assert_eq!(figure.besides.under_way.unwrap().under_way_share, None);
    }

    #[test]
    fn only_what_was_agreed_for_by_now_counts_and_what_nobody_saw_is_unknown() {
        let mut scene = Scene::new();
        scene.transmitted("r-1", "maire", "2026-03-02", None, Some("2026-04-01"));
        scene.accepted("r-1", "maire", 1, "2026-03-10", Some("2026-06-30"));
        scene.accepted("r-1", "maire", 2, "2026-03-10", Some("2026-06-30"));
        scene.observed("r-1", 1, Progress::UnderWay, "2026-05-01");
        assert_eq!(summary(&scene.figures("I-32", "2026-06-29"), "all"), (0, 0, 0, None));
        let figures = scene.figures("I-32", "2026-06-30");
        assert_eq!(summary(&figures, "all"), (0, 2, 1, Some(0.0)));
        assert_eq!(figures[0].besides.under_way.unwrap().under_way, Some(1));
        assert_eq!(summary(&figures, "all/under-way"), (1, 2, 1, Some(1.0)));
        scene.observed("r-1", 1, Progress::Done, "2026-07-01");
        let figures = scene.figures("I-32", "2026-07-01");
        assert_eq!(summary(&figures, "all"), (1, 2, 1, Some(1.0)));
        assert_eq!(figures[0].besides.under_way.unwrap().under_way, Some(0));
    }
}
