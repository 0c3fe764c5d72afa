//! I-01: how many of the required bodies are installed.

use record::{Fault, Tx};
use terms::Day;

use crate::figure::Figure;
use crate::indicator::{Group, Indicator, Unit};
use crate::tables::bodies::{self, StatedCount};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-01",
    version: 2,
    group: Group::Bodies,
    matters: &["installation"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// How far a kind of body is installed on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Installation {
    pub(crate) scope: String,
    pub(crate) kind: String,
    /// Known to be installed; unknown where nobody counted and nobody is named.
    pub(crate) installed: Option<i64>,
    /// Of these, known by name.
    pub(crate) named: i64,
    pub(crate) required: Option<i64>,
    /// Whether the newest count is of the day itself.
    pub(crate) counted_today: bool,
}

/// Every required kind.
///
/// **Shape** the newest count on or before the day, or the bodies named as installed where these are more.
/// Out of what the source of that count says, unless the law has changed the number since; else out of what
/// the law says.
pub(crate) fn installations(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Installation>, Fault> {
    let mut found = Vec::new();
    for kind in bodies::kinds(tx)?.into_iter().filter(|kind| kind.required) {
        let law = bodies::required(tx, &kind.id, day)?;
        let newest = bodies::stated_counts(tx, &kind.id, day)?.pop();
        let named = bodies::named_installed(tx, &kind.id, day)?;
        if law.is_none() && newest.is_none() && named == 0 {
            continue;
        }
        found.push(settled(kind.scope, kind.id, (law, newest, named), day));
    }
    Ok(found)
}

type Facts = (Option<(i64, Option<Day>)>, Option<StatedCount>, i64);

fn settled(scope: String, kind: String, (law, newest, named): Facts, day: Day) -> Installation {
    let count = newest.filter(|count| count.value >= named);
    let installed = count.map(|count| count.value).or((named > 0).then_some(named));
    let stated = count.and_then(|count| {
        let changed = law.and_then(|(_, since)| since).is_some_and(|since| since > count.on);
        count.of.filter(|_| !changed)
    });
    Installation {
        scope,
        kind,
        installed,
        named,
        required: stated.or(law.map(|(count, _)| count)),
        counted_today: newest.is_some_and(|count| count.on == day),
    }
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    Ok(installations(tx, day)?.iter().map(figure).collect())
}

/// As every share: the value is among those known, here only where a count of the day itself leaves none
/// unknown. On a later day all those known are installed ones: their share would be a made-up whole, and the
/// bounds alone are said.
fn figure(found: &Installation) -> Figure {
    let installed = found.installed.unwrap_or(0);
    let Some(required) = found.required.filter(|required| *required > 0) else {
        return Figure {
            numerator: found.installed,
            denominator: found.required,
            unknown: None,
            ..Figure::share(&found.scope, 0, 0, 0)
        };
    };
    let rest = (required - installed).max(0);
    let unknown = if found.counted_today { 0 } else { rest };
    let mut figure = Figure::share(&found.scope, installed, required, unknown);
    figure.numerator = found.installed;
    figure.value = figure.value.filter(|_| unknown == 0 && found.installed.is_some());
    figure
}

/// A kind's counts over time: day, count, out of how many.
pub(crate) fn over_time(tx: &mut Tx<'_>, kind: &str, day: Day) -> Result<Vec<(Day, i64, i64)>, Fault> {
    let mut steps = Vec::new();
    for count in bodies::stated_counts(tx, kind, day)? {
        let of = match count.of {
            Some(of) => Some(of),
            None => bodies::required(tx, kind, count.on)?.map(|(required, _)| required),
        };
        steps.extend(of.map(|of| (count.on, count.value, of)));
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn of(newest: Option<(&str, i64, Option<i64>)>, named: i64, on: &str) -> Figure {
        let law = Some((819, Some(day("2023-03-13"))));
        let newest = newest.map(|(on, value, of)| StatedCount { on: day(on), value, of });
        figure(&settled("commune".into(), "comite".into(), (law, newest, named), day(on)))
    }

    #[test]
    fn a_count_of_the_day_leaves_nothing_unknown_and_an_older_one_leaves_the_rest() {
        let same = of(Some(("2023-12-07", 38, Some(819))), 13, "2023-12-07");
        assert_eq!((same.numerator, same.denominator, same.unknown), (Some(38), Some(819), Some(0)));
        assert_eq!((same.lower, same.upper), (same.value, same.value));
        let next = of(Some(("2023-12-07", 38, Some(819))), 13, "2023-12-08");
        assert_eq!((next.numerator, next.unknown), (Some(38), Some(781)));
        assert_eq!((same.n, next.n), (819, 38), "on how many it rests: none of the rest was looked at");
        assert_eq!((next.value, next.lower, next.upper), (None, same.value, Some(1.0)));
    }

    #[test]
    fn bodies_known_by_name_overtake_an_older_count() {
        let named = of(Some(("2023-05-30", 25, Some(700))), 26, "2024-01-01");
        assert_eq!((named.numerator, named.denominator), (Some(26), Some(819)));
        let equal = of(Some(("2023-05-30", 25, Some(700))), 25, "2024-01-01");
        assert_eq!((equal.numerator, equal.denominator), (Some(25), Some(700)));
    }

    #[test]
    fn a_law_newer_than_the_count_sets_the_number() {
        let before = of(Some(("2023-03-12", 16, Some(703))), 0, "2023-03-14");
        assert_eq!(before.denominator, Some(819));
        let after = of(Some(("2023-03-13", 16, Some(703))), 0, "2023-03-14");
        assert_eq!(after.denominator, Some(703));
        let unsaid = of(Some(("2023-03-13", 16, None)), 0, "2023-03-14");
        assert_eq!(unsaid.denominator, Some(819));
    }

    #[test]
    fn nobody_counted_and_nobody_named_is_not_zero() {
        let none = of(None, 0, "2024-01-01");
        assert_eq!((none.numerator, none.value), (None, None));
        assert_eq!((none.lower, none.upper, none.unknown), (Some(0.0), Some(1.0), Some(819)));
    }
}
