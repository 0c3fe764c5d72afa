//! I-11: how many of the roles that the text requires stand empty.

use record::{Fault, Tx};
use terms::{Bilingual, Day};

use crate::figure::Figure;
use crate::i05::by_scope;
use crate::indicator::{Group, Indicator, Unit};
use crate::seats::{self, Body, Stands};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-11",
    version: 3,
    group: Group::Bodies,
    matters: &["installation", "seats"],
    unit: Unit::Share,
    compute,
    of_body: Some(of_body),
};

/// One less the share of roles filled, role by role: the share of roles known to be empty.
fn figure(scope: &str, bodies: &[&Body]) -> Figure {
    let seats = || bodies.iter().flat_map(|body| &body.seats);
    let empty = seats().filter(|seat| seat.stands == Stands::Empty).count() as i64;
    let unknown = seats().filter(|seat| seat.stands == Stands::Unknown).count() as i64;
    let mut figure = Figure::share(scope, empty, seats().count() as i64, unknown);
    // The text speaks of every role, and what is known first is who holds an office, whom the installation itself
    // seats: a share among those alone would be no share of the text. Bounds are said until all are known.
    if unknown > 0 {
        figure.value = None;
    }
    figure
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let bodies = seats::bodies(tx, day, None)?;
    Ok(by_scope(&bodies).iter().map(|(scope, bodies)| figure(scope, bodies)).collect())
}

fn of_body(tx: &mut Tx<'_>, day: Day, body: &str) -> Result<Vec<Figure>, Fault> {
    Ok(seats::bodies(tx, day, Some(body))?.iter().map(|found| figure(body, &[found])).collect())
}

/// The roles of a body that are known to be empty; and how many are not known to be filled or empty.
pub(crate) fn missing(tx: &mut Tx<'_>, day: Day, body: &str) -> Result<(Vec<Bilingual>, usize), Fault> {
    let found = seats::bodies(tx, day, Some(body))?;
    let seats: Vec<_> = found.into_iter().flat_map(|body| body.seats).collect();
    let unknown = seats.iter().filter(|seat| seat.stands == Stands::Unknown).count();
    let empty = seats.into_iter().filter(|seat| seat.stands == Stands::Empty);
    Ok((empty.map(|seat| seat.name).collect(), unknown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i05::tests::{NAMED, body};

    #[test]
    fn roles_are_matched_one_by_one() {
        let body = body(
            "commune",
            &[(true, NAMED), (false, Stands::Unnamed), (true, Stands::Empty), (false, Stands::Unknown)],
        );
        let found = figure("commune", &[&body]);
        assert_eq!((found.numerator, found.denominator, found.unknown), (Some(1), Some(4), Some(1)));
        assert_eq!((found.value, found.lower, found.upper), (None, Some(0.25), Some(0.5)));
        let known = body.seats[..3].to_vec();
        let known = figure("commune", &[&Body { seats: known, ..body }]);
        assert_eq!((known.value, known.unknown), (Some(1.0 / 3.0), Some(0)));
    }

    #[test]
    fn all_filled_is_no_gap_and_all_unknown_is_no_figure() {
        let full = body("commune", &[(true, NAMED), (false, NAMED)]);
        assert_eq!(figure("commune", &[&full]).value, Some(0.0));
        let offices = body("region", &[(false, NAMED), (true, Stands::Unknown)]);
        let found = figure("region", &[&offices]);
        assert_eq!((found.numerator, found.n, found.value), (Some(0), 1, None));
        assert_eq!((found.lower, found.upper), (Some(0.0), Some(0.5)));
        let dark = body("commune", &[(true, Stands::Unknown)]);
        assert_eq!(figure("commune", &[&dark]).value, None);
    }
}
