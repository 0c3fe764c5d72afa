//! I-07: how many of the members are women, and how many are young.

use record::{Fault, Tx};
use terms::Day;

use crate::figure::Figure;
use crate::indicator::{ALL_REAL, EXERCISE, Group, Indicator, Unit, variant};
use crate::seats::{self, Stands};
use crate::tables::bodies::{self, Composition};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-07",
    version: 2,
    group: Group::Bodies,
    matters: &["composition", "seats", "quota"],
    unit: Unit::Share,
    compute,
    of_body: Some(of_body),
};

/// Members of a body, with how many are known to be so and of how many it is not known.
#[derive(Debug, Clone)]
struct Members {
    body: String,
    exercise: bool,
    stated: bool,
    members: i64,
    women: (i64, i64),
    young: (i64, i64),
}

impl From<Composition> for Members {
    fn from(stated: Composition) -> Self {
        // A source that does not count the women leaves every member unknown.
        let of = |part: Option<i64>| part.map_or((0, stated.members), |part| (part, 0));
        Self {
            members: stated.members,
            women: of(stated.women),
            young: of(stated.youth),
            body: stated.body,
            exercise: stated.exercise,
            stated: true,
        }
    }
}

/// The composition a source counted; for other bodies, the holders on the record, where anything is known of
/// any.
fn members(tx: &mut Tx<'_>, day: Day, only: Option<&str>) -> Result<Vec<Members>, Fault> {
    let stated = bodies::compositions(tx, day, only)?;
    let mut all: Vec<Members> = stated.into_iter().map(Members::from).collect();
    for body in seats::bodies(tx, day, only)? {
        if !all.iter().any(|known| known.body == body.id) {
            all.extend(from_holders(&body));
        }
    }
    Ok(all)
}

fn from_holders(body: &seats::Body) -> Option<Members> {
    let (mut members, mut women, mut young) = (0, (0, 0), (0, 0));
    let count = |part: &mut (i64, i64), is: Option<bool>| match is {
        Some(true) => part.0 += 1,
        Some(false) => {}
        None => part.1 += 1,
    };
    for seat in &body.seats {
        let (woman, is_young) = match seat.stands {
            Stands::Named { woman, young } => (woman, young),
            Stands::Unnamed => (None, None),
            Stands::Empty | Stands::Unknown => continue,
        };
        members += 1;
        count(&mut women, woman);
        count(&mut young, is_young);
    }
    let something = women.1 < members || young.1 < members;
    something.then(|| Members {
        body: body.id.clone(),
        exercise: body.scope == EXERCISE,
        stated: false,
        members,
        women,
        young,
    })
}

/// The share of women, then what is missing to the quota where a text sets one; then the share of the young,
/// where anything is known of it.
fn figures(scope: &str, of: &[&Members], quota: Option<f64>) -> Vec<Figure> {
    let total = of.iter().map(|body| body.members).sum();
    let sum = |part: fn(&Members) -> (i64, i64)| {
        of.iter().map(|body| part(body)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    };
    let (women, unknown) = sum(|body| body.women);
    let women = Figure::share(scope, women, total, unknown);
    let gap = quota.map(|quota| gap(scope, &women, quota));
    let (young, unknown) = sum(|body| body.young);
    let young = (unknown < total).then(|| Figure::share(&variant(scope, "youth"), young, total, unknown));
    std::iter::once(women).chain(gap).chain(young).collect()
}

/// What is missing to the quota, never below zero. It is made of the share and counts nothing itself: no
/// numerator is shown over a denominator that was not divided.
fn gap(scope: &str, women: &Figure, quota: f64) -> Figure {
    let missing = |share: f64| (quota - share).max(0.0);
    Figure {
        numerator: None,
        denominator: None,
        value: women.value.map(missing),
        lower: women.upper.map(missing),
        upper: women.lower.map(missing),
        scope: variant(scope, "gap"),
        ..women.clone()
    }
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let (members, quota) = (members(tx, day, None)?, bodies::sex_quota(tx, day)?);
    let (fictional, real): (Vec<&Members>, Vec<&Members>) = members.iter().partition(|body| body.exercise);
    let mut found = figures(ALL_REAL, &real, quota);
    for body in real.iter().filter(|body| body.stated) {
        found.extend(figures(&body.body, &[body], quota));
    }
    if !fictional.is_empty() {
        found.extend(figures(EXERCISE, &fictional, quota));
    }
    Ok(found)
}

fn of_body(tx: &mut Tx<'_>, day: Day, body: &str) -> Result<Vec<Figure>, Fault> {
    let quota = bodies::sex_quota(tx, day)?;
    Ok(members(tx, day, Some(body))?.iter().flat_map(|found| figures(body, &[found], quota)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i05::tests::body;

    fn stated(members: i64, women: Option<i64>, youth: Option<i64>) -> Members {
        Composition { body: "comite-fictif".into(), exercise: false, members, women, youth }.into()
    }

    #[test]
    fn goundam_two_of_twenty_three() {
        let found = &figures("goundam", &[&stated(23, Some(2), None)], Some(0.30));
        assert_eq!(found.len(), 2, "nothing is said of the young");
        assert_eq!(format!("{:.2}", found[0].value.unwrap() * 100.0), "8.70");
        assert_eq!(found[1].scope, "goundam/gap");
        assert_eq!(format!("{:.1}", found[1].value.unwrap() * 100.0), "21.3");
        assert_eq!((found[1].numerator, found[1].denominator, found[1].n), (None, None, 23));
    }

    #[test]
    fn the_gap_is_never_below_zero() {
        for (women, gap) in [(29, 0.01), (30, 0.0), (31, 0.0)] {
            let found = &figures("all", &[&stated(100, Some(women), None)], Some(0.30))[1];
            assert!((found.value.unwrap() - gap).abs() < 1e-12, "{women}");
        }
    }

    #[test]
    fn a_source_that_did_not_count_leaves_its_members_unknown() {
        let found = figures("all", &[&stated(23, Some(2), None), &stated(22, None, Some(4))], Some(0.30));
        assert_eq!(
            (found[0].numerator, found[0].denominator, found[0].unknown),
            (Some(2), Some(45), Some(22))
        );
        assert_eq!((found[2].scope.as_str(), found[2].unknown), ("all/youth", Some(23)));
        let nothing = &figures("all", &[&stated(22, None, None)], Some(0.30))[1];
        assert_eq!((nothing.value, nothing.lower, nothing.upper), (None, Some(0.0), Some(0.30)));
    }

    #[test]
    fn without_a_text_that_sets_a_quota_there_is_no_gap() {
        let found = figures("all", &[&stated(23, Some(2), None)], None);
        let scopes: Vec<&str> = found.iter().map(|figure| figure.scope.as_str()).collect();
        assert_eq!(scopes, ["all"]);
    }

    #[test]
    fn holders_count_where_anything_is_known_of_them() {
        let woman = Stands::Named { woman: Some(true), young: Some(false) };
        let nobody = Stands::Named { woman: None, young: None };
        let found =
            from_holders(&body("commune", &[(true, woman), (false, nobody.clone()), (true, Stands::Empty)]));
        let found = found.unwrap();
        assert_eq!((found.members, found.women, found.young), (2, (1, 1), (0, 1)));
        assert!(from_holders(&body("commune", &[(false, nobody)])).is_none());
    }
}
