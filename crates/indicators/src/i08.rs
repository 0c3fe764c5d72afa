//! I-08: in how few hands the seats of civil society are, family of umbrella by family.

use std::collections::{BTreeMap, BTreeSet};

use record::{Fault, Tx};
use statistics::hhi_bounds;
use terms::Day;

use crate::figure::{Besides, Figure};
use crate::indicator::{ALL_REAL, EXERCISE, Group, Indicator, Unit};
use crate::seats::{self, Body, Stands};
use crate::tables::bodies;

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-08",
    version: 1,
    group: Group::Bodies,
    matters: &["seats", "memberships"],
    unit: Unit::Number,
    compute,
    of_body: None,
};

/// Which organisation belongs to which umbrella on the day.
struct Umbrellas(BTreeMap<String, BTreeSet<String>>);

impl Umbrellas {
    fn of(memberships: Vec<(String, String)>) -> Self {
        let mut umbrellas: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (member, umbrella) in memberships {
            umbrellas.entry(member).or_default().insert(umbrella);
        }
        Self(umbrellas)
    }

    /// The families of an organisation: the umbrellas that belong to no other, as far up as they lead; itself where it
    /// belongs to none. Umbrellas that belong to one another in a circle are one family, named by the first of them.
    fn families(&self, organisation: &str) -> BTreeSet<String> {
        let above = self.above(organisation);
        let top = |one: &&String| self.above(one).iter().all(|other| self.above(other).contains(*one));
        let tops = above.iter().filter(top);
        // Of a circle one stands for all.
        tops.map(|one| self.above(one).first().unwrap_or(one).clone()).collect()
    }

    /// The organisation and everything above it.
    fn above(&self, organisation: &str) -> BTreeSet<String> {
        let mut above = BTreeSet::from([organisation.to_owned()]);
        let mut left = vec![organisation.to_owned()];
        while let Some(one) = left.pop() {
            for umbrella in self.0.get(&one).into_iter().flatten() {
                if above.insert(umbrella.clone()) {
                    left.push(umbrella.clone());
                }
            }
        }
        above
    }
}

/// The index of concentration (Herfindahl–Hirschman) of the filled seats over families. An organisation of several families counts for
/// each with an equal part. Seats of whose organisation nothing is known open the bounds: from countless small hands
/// to one new one.
fn figure(scope: &str, bodies: &[&Body], umbrellas: &Umbrellas) -> Option<Figure> {
    let (mut held, mut known, mut unknown) = (BTreeMap::<String, f64>::new(), 0_i64, 0_i64);
    for seat in bodies.iter().flat_map(|body| &body.seats).filter(|seat| seat.civil) {
        match (&seat.stands, &seat.organisation) {
            (Stands::Named { .. }, Some(organisation)) => {
                let families = umbrellas.families(organisation);
                let part = 1.0 / families.len().max(1) as f64;
                for family in families {
                    *held.entry(family).or_default() += part;
                }
                known += 1;
            }
            (Stands::Named { .. } | Stands::Unnamed, _) => unknown += 1,
            (Stands::Empty | Stands::Unknown, _) => {}
        }
    }
    let all = known + unknown;
    if all == 0 {
        return None;
    }
    let shares: Vec<f64> = held.values().map(|seats| seats / all as f64).collect();
    let bounds = hhi_bounds(&shares, unknown as f64 / all as f64);
    Some(Figure {
        scope: scope.to_owned(),
        numerator: None,
        denominator: Some(all),
        unknown: Some(unknown),
        value: bounds.filter(|_| unknown == 0).map(|bounds| bounds.lower),
        lower: bounds.map(|bounds| bounds.lower),
        upper: bounds.map(|bounds| bounds.upper),
        n: known,
        besides: Besides::default(),
    })
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let bodies = seats::bodies(tx, day, None)?;
    let umbrellas = Umbrellas::of(bodies::memberships(tx, day)?);
    let (fictional, real): (Vec<&Body>, Vec<&Body>) = bodies.iter().partition(|body| body.scope == EXERCISE);
    let real = figure(ALL_REAL, &real, &umbrellas);
    Ok(real.into_iter().chain(figure(EXERCISE, &fictional, &umbrellas)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i05::tests::{NAMED, body};

    fn umbrellas(pairs: &[(&str, &str)]) -> Umbrellas {
        Umbrellas::of(pairs.iter().map(|(member, umbrella)| ((*member).into(), (*umbrella).into())).collect())
    }

    fn seated(holders: &[Option<&str>]) -> Body {
        let mut body = body("commune", &vec![(true, NAMED); holders.len()]);
        for (seat, holder) in body.seats.iter_mut().zip(holders) {
            seat.organisation = holder.map(str::to_owned);
        }
        body
    }

    fn near(found: Option<f64>, expected: f64) {
        assert!((found.unwrap() - expected).abs() < 1e-12, "{found:?} is not {expected}");
    }

    #[test]
    fn members_of_one_umbrella_are_one_hand() {
        let body = seated(&[Some("a"), Some("b"), Some("c"), Some("seule")]);
        let apart = figure("all", &[&body], &umbrellas(&[])).unwrap();
        near(apart.value, 0.25);
        let family = umbrellas(&[("a", "f"), ("b", "g"), ("g", "f"), ("c", "f")]);
        let found = figure("all", &[&body], &family).unwrap();
        near(found.value, 0.75 * 0.75 + 0.25 * 0.25);
        assert_eq!((found.denominator, found.unknown, found.n), (Some(4), Some(0), 4));
    }

    #[test]
    fn who_belongs_to_two_counts_for_each_with_a_half() {
        let body = seated(&[Some("a"), Some("b")]);
        let found = figure("all", &[&body], &umbrellas(&[("a", "f"), ("a", "g"), ("b", "g")])).unwrap();
        near(found.value, 0.25 * 0.25 + 0.75 * 0.75);
    }

    #[test]
    fn a_circle_is_one_family() {
        let circle = umbrellas(&[("a", "f"), ("f", "g"), ("g", "f"), ("b", "g")]);
        assert_eq!(circle.families("a"), circle.families("b"));
        assert_eq!(circle.families("a").len(), 1);
        near(figure("all", &[&seated(&[Some("a"), Some("b")])], &circle).unwrap().value, 1.0);
    }

    #[test]
    fn a_seat_of_nobody_knows_which_organisation_opens_the_bounds() {
        let mut body = seated(&[Some("a"), None, Some("b"), Some("a")]);
        body.seats[3].stands = Stands::Empty;
        let found = figure("all", &[&body], &umbrellas(&[])).unwrap();
        assert_eq!((found.value, found.denominator, found.unknown, found.n), (None, Some(3), Some(1), 2));
        near(found.lower, 2.0 / 9.0);
        near(found.upper, 3.0 / 9.0);
        assert!(figure("all", &[&seated(&[])], &umbrellas(&[])).is_none());
    }
}
