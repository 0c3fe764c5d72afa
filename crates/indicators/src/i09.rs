//! I-09: how many of civil society's filled seats are filled by whom an authority under oversight designates.

use record::{Fault, Tx};
use terms::Day;

use crate::figure::Figure;
use crate::i05::by_scope;
use crate::indicator::{Group, Indicator, Unit};
use crate::seats::{self, Body, Stands};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-09",
    version: 1,
    group: Group::Bodies,
    matters: &["installation", "seats"],
    unit: Unit::Share,
    compute,
    of_body: Some(of_body),
};

/// Of the seats of civil society that are filled, those whose text gives the choice to an authority under oversight; unknown where it does not
/// say. No figure where no such seat is known to be filled.
fn figure(scope: &str, bodies: &[&Body]) -> Option<Figure> {
    let filled = || {
        let civil = bodies.iter().flat_map(|body| &body.seats).filter(|seat| seat.civil);
        civil.filter(|seat| matches!(seat.stands, Stands::Named { .. } | Stands::Unnamed))
    };
    let all = filled().count() as i64;
    let chosen = filled().filter(|seat| seat.overseen == Some(true)).count() as i64;
    let unknown = filled().filter(|seat| seat.overseen.is_none()).count() as i64;
    (all > 0).then(|| Figure::share(scope, chosen, all, unknown))
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let bodies = seats::bodies(tx, day, None)?;
    Ok(by_scope(&bodies).iter().filter_map(|(scope, bodies)| figure(scope, bodies)).collect())
}

fn of_body(tx: &mut Tx<'_>, day: Day, body: &str) -> Result<Vec<Figure>, Fault> {
    Ok(seats::bodies(tx, day, Some(body))?.iter().filter_map(|found| figure(body, &[found])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i05::tests::{NAMED, body};

    #[test]
    fn only_filled_seats_of_civil_society_count_and_a_silent_text_is_unknown() {
        let mut body = body(
            "commune",
            &[(true, NAMED), (true, Stands::Unnamed), (true, NAMED), (true, Stands::Empty), (false, NAMED)],
        );
        for (seat, overseen) in
            body.seats.iter_mut().zip([Some(true), Some(false), None, Some(true), Some(true)])
        {
            seat.overseen = overseen;
        }
        let found = figure("commune", &[&body]).unwrap();
        assert_eq!((found.numerator, found.denominator, found.unknown), (Some(1), Some(3), Some(1)));
        assert_eq!((found.value, found.lower, found.upper), (Some(0.5), Some(1.0 / 3.0), Some(2.0 / 3.0)));
    }

    #[test]
    fn where_no_seat_is_known_to_be_filled_there_is_no_figure() {
        assert_eq!(figure("region", &[&body("region", &[(true, Stands::Unknown), (false, NAMED)])]), None);
    }
}
