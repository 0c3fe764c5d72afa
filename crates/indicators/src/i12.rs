//! I-12: how fair the way in is: six points of each call to seats.

use std::collections::BTreeMap;

use record::{Fault, Tx};
use terms::Day;

use crate::figure::{Besides, Figure};
use crate::indicator::{ALL_REAL, EXERCISE, Group, Indicator, Unit, scopes_with};
use crate::tables::calls::{self, Called};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-12",
    version: 1,
    group: Group::Bodies,
    matters: &["calls"],
    unit: Unit::Share,
    compute,
    of_body: Some(of_body),
};

/// The points, in the order of the definition.
pub(crate) const POINTS: [&str; 6] = ["criteria", "list", "seed", "replay", "quotas", "appeals"];

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    /// It is had.
    Yes,
    /// It is not, and will not be.
    No,
    /// It is not due, or cannot be known.
    Unknown,
    /// The call cannot have it by its nature: it is out of the denominator.
    Apart,
}

impl Point {
    /// The word in messages.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::Apart => "apart",
        }
    }
}

/// The six points of a call on a day.
///
/// An election has no seed. A nomination by an authority has neither seed nor anything to draw again: it could have been a draw or an election, so that
/// these points are not had. Quotas count where some were published.
pub(crate) fn points(call: &Called, day: Day) -> [Point; 6] {
    let over = call.ended.as_ref().map(|(_, on)| *on);
    let known = |had: Option<bool>| match had {
        Some(true) => Point::Yes,
        Some(false) => Point::No,
        None => Point::Unknown,
    };
    let at_end = |had: bool| if had { Point::Yes } else { known(over.map(|_| false)) };
    let nomination = call.method == "nomination";
    let seed = match call.method.as_str() {
        "draw" => at_end(call.committed > 0),
        "election" => Point::Apart,
        _ => Point::No,
    };
    let replay = if nomination { Point::No } else { known(over.and(call.again)) };
    let quotas = if call.quotas { known(over.and(call.met)) } else { Point::Apart };
    let appeals = match (call.appeals_until, over) {
        (Some(until), Some(over)) => known(Some(over > until)),
        (Some(until), None) if day > until => Point::Yes,
        (None, Some(_)) => Point::No,
        (_, None) => Point::Unknown,
    };
    let list = at_end(call.appeals_until.is_some());
    [known(Some(call.criteria > 0)), list, seed, replay, quotas, appeals]
}

/// The mean of the calls' scores: points had, of those that are known; bounds as if none, or all, of the unknown were had. No value without a call.
fn figure(scope: &str, calls: &[&Called], day: Day) -> Figure {
    let mut sums = [0_i64; 3];
    let mut shares = [0.0_f64; 3];
    for call in calls {
        let points = points(call, day);
        let of = |point: Point| points.iter().filter(|one| **one == point).count() as i64;
        let (yes, no, unknown) = (of(Point::Yes), of(Point::No), of(Point::Unknown));
        let all = yes + no + unknown;
        sums[0] += yes;
        sums[1] += all;
        sums[2] += unknown;
        // Whether criteria were published is known of every call.
        shares[0] += yes as f64 / (yes + no) as f64;
        shares[1] += yes as f64 / all as f64;
        shares[2] += (yes + unknown) as f64 / all as f64;
    }
    let mean = |sum: f64| (!calls.is_empty()).then(|| sum / calls.len() as f64);
    Figure {
        scope: scope.to_owned(),
        numerator: Some(sums[0]),
        denominator: Some(sums[1]),
        unknown: Some(sums[2]),
        value: mean(shares[0]),
        lower: mean(shares[1]),
        upper: mean(shares[2]),
        n: calls.len() as i64,
        besides: Besides::default(),
    }
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let calls = calls::calls(tx, None, None)?;
    let mut by_scope: BTreeMap<String, Vec<&Called>> = BTreeMap::new();
    for call in &calls {
        if call.exercise {
            by_scope.entry(EXERCISE.to_owned()).or_default().push(call);
            continue;
        }
        by_scope.entry(ALL_REAL.to_owned()).or_default().push(call);
        if let Some(level) = &call.level {
            by_scope.entry(level.clone()).or_default().push(call);
        }
    }
    let counted = by_scope.iter().map(|(scope, calls)| (scope.clone(), calls.len() as i64)).collect();
    let scopes = scopes_with(tx, &counted)?;
    let of = |scope: &String| by_scope.get(scope).map(Vec::as_slice).unwrap_or_default();
    Ok(scopes.iter().map(|scope| figure(scope, of(scope), day)).collect())
}

fn of_body(tx: &mut Tx<'_>, day: Day, body: &str) -> Result<Vec<Figure>, Fault> {
    let calls = calls::calls(tx, Some(body), None)?;
    let all: Vec<&Called> = calls.iter().collect();
    Ok(if all.is_empty() { Vec::new() } else { vec![figure(body, &all, day)] })
}

/// The points of one call; none of a call that the record does not know, or that was cancelled.
pub(crate) fn of_call(tx: &mut Tx<'_>, day: Day, id: &str) -> Result<Option<(String, [Point; 6])>, Fault> {
    let found = calls::calls(tx, None, Some(id))?;
    Ok(found.into_iter().next().map(|call| (call.method.clone(), points(&call, day))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn called(method: &str) -> Called {
        Called {
            id: "a".into(),
            level: None,
            exercise: false,
            method: method.into(),
            criteria: 2,
            appeals_until: None,
            committed: 0,
            ended: None,
            again: None,
            quotas: true,
            met: None,
        }
    }

    #[test]
    fn what_is_not_due_is_unknown_and_never_zero() {
        use Point::{No, Unknown, Yes};
        let open = called("draw");
        assert_eq!(points(&open, day("2026-12-01")), [Yes, Unknown, Unknown, Unknown, Unknown, Unknown]);
        let listed = Called { appeals_until: Some(day("2026-12-04")), ..called("draw") };
        assert_eq!(points(&listed, day("2026-12-04")), [Yes, Yes, Unknown, Unknown, Unknown, Unknown]);
        assert_eq!(points(&listed, day("2026-12-05")), [Yes, Yes, Unknown, Unknown, Unknown, Yes]);
        let ended = Called { ended: Some(("drawn".into(), day("2026-12-04"))), criteria: 0, ..listed };
        assert_eq!(points(&ended, day("2026-12-05")), [No, Yes, No, Unknown, Unknown, No]);
        let whole = Called {
            ended: Some(("drawn".into(), day("2026-12-05"))),
            committed: 2,
            again: Some(true),
            met: Some(true),
            criteria: 1,
            ..ended
        };
        assert_eq!(points(&whole, day("2026-12-05")), [Yes; 6]);
    }

    #[test]
    fn an_election_has_no_seed_and_a_nomination_has_nothing_to_do_again() {
        use Point::{Apart, No, Unknown, Yes};
        let ended = |method: &str| Called {
            appeals_until: Some(day("2026-12-04")),
            ended: Some(("ended".into(), day("2026-12-10"))),
            again: Some(true),
            quotas: false,
            ..called(method)
        };
        let today = day("2026-12-10");
        assert_eq!(points(&ended("election"), today), [Yes, Yes, Apart, Yes, Apart, Yes]);
        let named = Called { appeals_until: None, quotas: true, ..ended("nomination") };
        assert_eq!(points(&named, today), [Yes, No, No, No, Unknown, No]);
        let figure = figure("all", &[&ended("election"), &named], today);
        assert_eq!((figure.numerator, figure.denominator, figure.unknown), (Some(5), Some(10), Some(1)));
        assert_eq!(figure.value, Some((1.0 + 0.2) / 2.0));
        assert_eq!(
            (figure.lower, figure.upper, figure.n),
            (Some((1.0 + 1.0 / 6.0) / 2.0), Some((1.0 + 2.0 / 6.0) / 2.0), 2)
        );
    }

    #[test]
    fn without_a_call_there_is_no_value() {
        let none = figure("all", &[], day("2026-12-10"));
        assert_eq!((none.value, none.denominator, none.n), (None, Some(0), 0));
    }
}
