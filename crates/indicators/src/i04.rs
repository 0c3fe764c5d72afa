//! I-04: how long after its installation a body first meets, those that have not met yet included.

use record::{Fault, Tx};
use statistics::{Observation, kaplan_meier};
use terms::{Day, Precision};

use crate::figure::Figure;
use crate::indicator::{EXERCISE, Group, Indicator, Unit};
use crate::tables::bodies::{self, Assembly};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-04",
    version: 1,
    group: Group::Bodies,
    matters: &["installation", "sittings"],
    unit: Unit::Days,
    compute,
    of_body: Some(of_body),
};

/// How long a body took to meet, or has not met for; `None` where the record cannot tell.
///
/// **Units** civil days from the day of installation to the first sitting that something shows. A body installed on a day that
/// is known to the year alone is not told.
fn wait(body: &Assembly, day: Day) -> Option<Observation> {
    if body.precision == Precision::Year {
        return None;
    }
    let since = |on: Day| web::days_apart(body.installed_on, on).max(0) as f64;
    match body.evidenced.first() {
        Some(first) => Some(Observation { duration: since(*first), event: true }),
        // Nobody looked: whether it met is not known, and it has not "waited".
        None if !body.is_looked_at() => None,
        None => Some(Observation { duration: since(day), event: false }),
    }
}

fn figure(scope: &str, bodies: &[&Assembly], day: Day) -> Figure {
    let waits: Vec<Observation> = bodies.iter().filter_map(|body| wait(body, day)).collect();
    let mut figure = Figure::survival(scope, kaplan_meier(&waits).ok().as_ref());
    let unknown = bodies.len() as i64 - waits.len() as i64;
    (figure.denominator, figure.unknown) = (Some(bodies.len() as i64), Some(unknown));
    figure
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let assemblies = bodies::assemblies(tx, day, None)?;
    let mut figures = Vec::new();
    for kind in bodies::kinds(tx)? {
        let own: Vec<&Assembly> = assemblies.iter().filter(|a| !a.exercise && a.kind == kind.id).collect();
        // Only kinds that a rule has meet can be late to.
        if !own.is_empty() && (kind.required || kind.meets_every.is_some()) {
            figures.push(figure(&kind.scope, &own, day));
        }
    }
    let exercises: Vec<&Assembly> = assemblies.iter().filter(|a| a.exercise).collect();
    if !exercises.is_empty() {
        figures.push(figure(EXERCISE, &exercises, day));
    }
    Ok(figures)
}

fn of_body(tx: &mut Tx<'_>, day: Day, body: &str) -> Result<Vec<Figure>, Fault> {
    Ok(bodies::assemblies(tx, day, Some(body))?.iter().map(|found| figure(body, &[found], day)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(evidenced: &[&str], followed: Option<&str>, precision: Precision) -> Assembly {
        Assembly {
            body: "comite".into(),
            kind: "ccsc".into(),
            exercise: false,
            installed_on: "2021-11-17".parse().unwrap(),
            precision,
            evidenced: evidenced.iter().map(|day| day.parse().unwrap()).collect(),
            followed_from: followed.map(|day| day.parse().unwrap()),
            not_held: Vec::new(),
        }
    }

    fn of(bodies: &[Assembly], on: &str) -> Figure {
        figure("commune", &bodies.iter().collect::<Vec<_>>(), on.parse().unwrap())
    }

    #[test]
    fn seven_months_as_in_soboundou() {
        // **Source** domain.md 1.4: installed in November 2021 (here on the 17th, fictional), first meeting on 16 June 2022.
        let found = of(&[body(&["2022-06-16", "2022-07-14"], None, Precision::Day)], "2022-12-31");
        assert_eq!((found.value, found.numerator, found.denominator), (Some(211.0), Some(1), Some(1)));
        assert_eq!(found.besides.survival.unwrap().rmst_horizon_days, Some(180.0));
    }

    #[test]
    fn who_has_not_met_counts_as_long_as_it_has_not_and_who_nobody_watches_is_unknown() {
        let met = body(&["2021-12-17"], None, Precision::Day);
        let waiting = body(&[], Some("2021-11-17"), Precision::Day);
        let unwatched = body(&[], None, Precision::Day);
        let vague = body(&["2021-12-17"], None, Precision::Year);
        let found = of(&[met, waiting, unwatched, vague], "2021-12-27");
        assert_eq!(
            (found.numerator, found.n, found.denominator, found.unknown),
            (Some(1), 2, Some(4), Some(2))
        );
        assert_eq!(found.value, Some(30.0), "half of two");
        let found = of(&[body(&[], Some("2021-11-17"), Precision::Day)], "2021-12-27");
        assert_eq!((found.value, found.n), (None, 1), "not reached is no number");
        assert_eq!(of(&[body(&[], None, Precision::Day)], "2021-12-27").n, 0);
    }

    #[test]
    fn a_body_that_met_before_its_installation_waited_for_nothing() {
        assert_eq!(of(&[body(&["2021-11-01"], None, Precision::Month)], "2022-01-01").value, Some(0.0));
    }
}
