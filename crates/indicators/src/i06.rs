//! I-06: how heavy civil society is among those who sit, and among those who come.

use record::{Fault, Tx};
use terms::Day;

use crate::figure::Figure;
use crate::i05::by_scope;
use crate::indicator::{Group, Indicator, Unit, variant};
use crate::seats::{self, Body, Stands};
use crate::tables::bodies;

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-06",
    version: 1,
    group: Group::Bodies,
    matters: &["installation", "seats", "sittings"],
    unit: Unit::Share,
    compute,
    of_body: Some(of_body),
};

/// A sitting's attendance: body, all present, civil society among them.
type Attendance = (String, i64, Option<i64>);

fn figures(scope: &str, bodies: &[&Body], attendances: &[Attendance]) -> Vec<Figure> {
    let seats: Vec<_> = bodies.iter().flat_map(|body| &body.seats).collect();
    let count = |civil: Option<bool>, wanted: fn(&Stands) -> bool| {
        let asked = seats.iter().filter(|seat| civil.is_none_or(|civil| seat.civil == civil));
        asked.filter(|seat| wanted(&seat.stands)).count() as i64
    };
    let held = |stands: &Stands| matches!(stands, Stands::Named { .. } | Stands::Unnamed);
    let open = |stands: &Stands| matches!(stands, Stands::Unknown);
    let (civil, all, unknown) = (count(Some(true), held), count(None, held), count(None, open));
    let mut holders = Figure::share(scope, civil, all + unknown, unknown);
    // Offices are always known, so where no civil-society seat is, a share among the known would be a made-up
    // zero.
    if civil == 0 && count(Some(true), open) > 0 {
        holders.value = None;
    }
    let own = attendances.iter().filter(|(body, ..)| bodies.iter().any(|of| of.id == *body));
    let (mut civil, mut present, mut unknown) = (0, 0, 0);
    for (_, all, of_them) in own {
        present += all;
        match of_them {
            Some(some) => civil += some,
            None => unknown += all,
        }
    }
    let attended =
        (present > 0).then(|| Figure::share(&variant(scope, "attendance"), civil, present, unknown));
    std::iter::once(holders).chain(attended).collect()
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let (bodies, attendances) = (seats::bodies(tx, day, None)?, bodies::attendances(tx, day, None)?);
    let scopes = by_scope(&bodies);
    Ok(scopes.iter().flat_map(|(scope, bodies)| figures(scope, bodies, &attendances)).collect())
}

fn of_body(tx: &mut Tx<'_>, day: Day, body: &str) -> Result<Vec<Figure>, Fault> {
    let attendances = bodies::attendances(tx, day, Some(body))?;
    let found = seats::bodies(tx, day, Some(body))?;
    Ok(found.iter().flat_map(|found| figures(body, &[found], &attendances)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i05::tests::{NAMED, body};

    #[test]
    fn the_share_is_among_holders_and_unknown_seats_open_the_bounds() {
        let body = body(
            "commune",
            &[
                (true, NAMED),
                (true, Stands::Empty),
                (true, Stands::Unknown),
                (false, NAMED),
                (false, Stands::Unnamed),
            ],
        );
        let found = &figures("commune", &[&body], &[])[0];
        assert_eq!((found.numerator, found.denominator, found.unknown), (Some(1), Some(4), Some(1)));
        assert_eq!((found.value, found.lower, found.upper), (Some(1.0 / 3.0), Some(0.25), Some(0.5)));
    }

    #[test]
    fn only_offices_known_is_no_zero_but_an_empty_seat_is() {
        let unknown = body("region", &[(false, NAMED), (true, Stands::Unknown)]);
        assert_eq!(figures("region", &[&unknown], &[])[0].value, None);
        let empty = body("region", &[(false, NAMED), (true, Stands::Empty)]);
        assert_eq!(figures("region", &[&empty], &[])[0].value, Some(0.0));
    }

    #[test]
    fn attendance_is_its_own_figure_and_counts_this_scope_only() {
        let body = body("commune", &[(true, NAMED)]);
        let attendances = [
            ("comite-fictif".to_owned(), 12, Some(4)),
            ("comite-fictif".to_owned(), 8, None),
            ("un-autre".to_owned(), 50, Some(50)),
        ];
        let found = &figures("commune", &[&body], &attendances)[1];
        assert_eq!(found.scope, "commune/attendance");
        assert_eq!((found.numerator, found.denominator, found.unknown), (Some(4), Some(20), Some(8)));
    }
}
