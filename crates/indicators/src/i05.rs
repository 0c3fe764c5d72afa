//! I-05: how many of the seats that the text gives to civil society are filled.

use std::collections::BTreeMap;

use record::{Fault, Tx};
use terms::Day;

use crate::figure::Figure;
use crate::indicator::{EXERCISE, Group, Indicator, Unit, variant};
use crate::seats::{self, Body, Stands};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-05",
    version: 2,
    group: Group::Bodies,
    matters: &["installation", "seats"],
    unit: Unit::Share,
    compute,
    of_body: Some(of_body),
};

/// Bodies by the scope under which they are counted; real ones first.
pub(crate) fn by_scope(bodies: &[Body]) -> Vec<(String, Vec<&Body>)> {
    let mut scopes: BTreeMap<(bool, &str), Vec<&Body>> = BTreeMap::new();
    for body in bodies {
        scopes.entry((body.scope == EXERCISE, &body.scope)).or_default().push(body);
    }
    scopes.into_iter().map(|((_, scope), bodies)| (scope.to_owned(), bodies)).collect()
}

/// The seats with a named holder; then the days on which they were filled.
fn figures(scope: &str, bodies: &[&Body]) -> Vec<Figure> {
    let seats: Vec<_> = bodies.iter().flat_map(|body| &body.seats).filter(|seat| seat.civil).collect();
    let count =
        |wanted: &dyn Fn(&Stands) -> bool| seats.iter().filter(|seat| wanted(&seat.stands)).count() as i64;
    // Where the text gives civil society no seat there is nothing to fill, and no figure.
    if seats.is_empty() {
        return Vec::new();
    }
    let filled = count(&|stands| matches!(stands, Stands::Named { .. }));
    // Filled by nobody knows whom is not "with a named holder", and not empty either.
    let unknown = count(&|stands| matches!(stands, Stands::Unknown | Stands::Unnamed));
    let mut figures = vec![Figure::share(scope, filled, seats.len() as i64, unknown)];
    let dated: Vec<_> = bodies.iter().filter_map(|body| body.days.map(|days| (days, *body))).collect();
    let civil = |body: &Body| body.seats.iter().filter(|seat| seat.civil).cloned().collect::<Vec<_>>();
    let days: i64 = dated.iter().map(|(days, body)| days * civil(body).len() as i64).sum();
    let of_days = |part: fn(&seats::Seat) -> i64| -> i64 {
        dated.iter().flat_map(|(_, body)| civil(body)).map(|seat| part(&seat)).sum()
    };
    if days > 0 {
        let (filled, unknown) = (of_days(|seat| seat.days_filled), of_days(|seat| seat.days_unknown));
        figures.push(Figure::share(&variant(scope, "days"), filled, days, unknown));
    }
    figures
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let bodies = seats::bodies(tx, day, None)?;
    Ok(by_scope(&bodies).iter().flat_map(|(scope, bodies)| figures(scope, bodies)).collect())
}

fn of_body(tx: &mut Tx<'_>, day: Day, body: &str) -> Result<Vec<Figure>, Fault> {
    Ok(seats::bodies(tx, day, Some(body))?.iter().flat_map(|found| figures(body, &[found])).collect())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::seats::Seat;

    pub(crate) const NAMED: Stands = Stands::Named { woman: None, young: None };

    /// A fictional body: each seat is civil society's or not, and stands so.
    pub(crate) fn body(scope: &str, seats: &[(bool, Stands)]) -> Body {
        Body {
            id: "comite-fictif".into(),
            scope: scope.into(),
            place: None,
            days: None,
            seats: seats
                .iter()
                .zip(1..)
                .map(|((civil, stands), ordinal)| Seat {
                    name: terms::Bilingual::same("Siège fictif"),
                    ordinal,
                    civil: *civil,
                    overseen: None,
                    stands: stands.clone(),
                    organisation: None,
                    days_filled: 0,
                    days_unknown: 0,
                })
                .collect(),
        }
    }

    #[test]
    fn named_empty_unnamed_and_unknown_are_four_things() {
        let body = body(
            "commune",
            &[
                (true, NAMED),
                (true, Stands::Empty),
                (true, Stands::Unnamed),
                (true, Stands::Unknown),
                (false, NAMED),
            ],
        );
        let found = &figures("commune", &[&body])[0];
        assert_eq!((found.numerator, found.denominator, found.unknown), (Some(1), Some(4), Some(2)));
        assert_eq!((found.value, found.lower, found.upper), (Some(0.5), Some(0.25), Some(0.75)));
    }

    #[test]
    fn a_body_of_which_nothing_is_known_has_no_share() {
        let body = body("region", &[(true, Stands::Unknown)]);
        let found = &figures("region", &[&body])[0];
        assert_eq!((found.value, found.lower, found.upper), (None, Some(0.0), Some(1.0)));
    }

    #[test]
    fn a_body_without_such_seats_has_no_figure() {
        assert_eq!(figures("national", &[&body("national", &[(false, NAMED)])]), Vec::new());
    }

    #[test]
    fn days_filled_are_out_of_the_days_of_every_seat() {
        let mut body = body("commune", &[(true, NAMED), (true, Stands::Unknown), (false, NAMED)]);
        body.days = Some(100);
        body.seats[0].days_filled = 60;
        body.seats[0].days_unknown = 10;
        body.seats[1].days_unknown = 100;
        let found = &figures("commune", &[&body])[1];
        assert_eq!((found.scope.as_str(), found.numerator), ("commune/days", Some(60)));
        assert_eq!((found.denominator, found.unknown), (Some(200), Some(110)));
    }

    #[test]
    fn exercises_stand_last_and_apart() {
        let bodies = [body("exercise", &[]), body("region", &[]), body("commune", &[])];
        let scopes: Vec<String> = by_scope(&bodies).into_iter().map(|(scope, _)| scope).collect();
        assert_eq!(scopes, ["commune", "region", "exercise"]);
    }
}
