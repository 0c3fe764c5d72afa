//! I-10: in how many places somebody sits for civil society of whose organisation no tie to the State holds.

use std::collections::{BTreeMap, HashMap};

use record::{Fault, Tx};
use terms::Day;
use terms::organisations::Verdict;

use crate::figure::Figure;
use crate::i01::{Installation, installations};
use crate::i05::by_scope;
use crate::indicator::{Group, Indicator, Unit, variant};
use crate::seats::{self, Body, Seat, Stands};
use crate::tables::bodies::{self, Ties};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-10",
    version: 1,
    group: Group::Bodies,
    matters: &["installation", "seats", "ties", "population"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// The ties of which none may hold: created by the State, its leader approved by it or in its office, its organs in its hand, its seat
/// given by decree by name.
///
/// **Source** domain.md 9, I-10.
pub(crate) const TIES: [&str; 5] = ["S1", "S2", "S3", "S6", "S7"];

/// Whether an organisation is without these ties; `None` where one of them is not known, and none is known to hold.
fn is_untied(ties: &Ties, organisation: &str) -> Option<bool> {
    let of = |criterion: &&str| ties.get(organisation).and_then(|own| own.get(*criterion)).copied();
    let verdicts = TIES.iter().map(of);
    let mut all_known = true;
    for verdict in verdicts {
        match verdict {
            Some(Verdict::Yes) => return Some(false),
            Some(Verdict::No) => {}
            Some(Verdict::Contested | Verdict::Unknown) | None => all_known = false,
        }
    }
    all_known.then_some(true)
}

/// Whether the seat is held for an organisation without ties; `None` where nobody knows.
fn is_covered_by(seat: &Seat, ties: &Ties) -> Option<bool> {
    match (&seat.stands, &seat.organisation) {
        (Stands::Empty, _) => Some(false),
        (Stands::Named { .. }, Some(organisation)) => is_untied(ties, organisation),
        (Stands::Named { .. } | Stands::Unnamed | Stands::Unknown, _) => None,
    }
}

/// Whether one such seat is enough for the place; a place without any seat of civil society is not covered.
fn is_covered(bodies: &[&Body], ties: &Ties) -> Option<bool> {
    let seats = bodies.iter().flat_map(|body| &body.seats).filter(|seat| seat.civil);
    let found: Vec<Option<bool>> = seats.map(|seat| is_covered_by(seat, ties)).collect();
    match () {
        () if found.contains(&Some(true)) => Some(true),
        () if found.contains(&None) => None,
        () => Some(false),
    }
}

/// How the places of a scope stand, and the people in them.
fn figures(
    scope: &str,
    bodies: &[&Body],
    installation: Option<&Installation>,
    ties: &Ties,
    people: &HashMap<String, i64>,
) -> Vec<Figure> {
    let mut places: BTreeMap<&str, Vec<&Body>> = BTreeMap::new();
    for body in bodies {
        places.entry(body.place.as_deref().unwrap_or(&body.id)).or_default().push(body);
    }
    let covered: Vec<(&str, Option<bool>)> =
        places.iter().map(|(place, bodies)| (*place, is_covered(bodies, ties))).collect();
    let seen = covered.len() as i64;
    let required = installation.and_then(|found| found.required).unwrap_or(seen).max(seen);
    // Where no committee is, nobody sits; where one is that nobody names, nobody knows who does.
    let unseen = match installation {
        Some(found) if found.counted_today => found.installed.unwrap_or(seen).max(seen) - seen,
        _ => required - seen,
    };
    let count = |wanted: Option<bool>| covered.iter().filter(|(_, is)| *is == wanted).count() as i64;
    let mut figure = Figure::share(scope, count(Some(true)), required, count(None) + unseen);
    // The unknown ones are not like the known: a share among these would be a made-up whole.
    figure.value = figure.value.filter(|_| figure.unknown == Some(0));
    let peopled: Option<Vec<(i64, Option<bool>)>> =
        covered.iter().map(|(place, is)| Some((*people.get(*place)?, *is))).collect();
    let weighted = peopled.filter(|peopled| required == seen && !peopled.is_empty()).map(|peopled| {
        let sum = |wanted: Option<bool>| peopled.iter().filter(|(_, is)| *is == wanted).map(|(n, _)| n).sum();
        let all = peopled.iter().map(|(n, _)| n).sum();
        let mut figure = Figure::share(&variant(scope, "people"), sum(Some(true)), all, sum(None));
        figure.value = figure.value.filter(|_| figure.unknown == Some(0));
        figure
    });
    std::iter::once(figure).chain(weighted).collect()
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let bodies = seats::bodies(tx, day, None)?;
    let (ties, people) = (bodies::ties(tx, day)?, bodies::populations(tx, day)?);
    let installed = installations(tx, day)?;
    let mut found = Vec::new();
    for (scope, bodies) in by_scope(&bodies) {
        // A body to whose seats the text calls nobody of civil society covers no place.
        let meant: Vec<&Body> =
            bodies.into_iter().filter(|body| body.seats.iter().any(|seat| seat.civil)).collect();
        if !meant.is_empty() {
            let installation = installed.iter().find(|one| one.scope == scope);
            found.extend(figures(&scope, &meant, installation, &ties, &people));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i05::tests::{NAMED, body};

    fn ties(said: &[(&str, &[(&str, Verdict)])]) -> Ties {
        let own = |said: &[(&str, Verdict)]| said.iter().map(|(c, v)| ((*c).to_owned(), *v)).collect();
        said.iter().map(|(organisation, said)| ((*organisation).to_owned(), own(said))).collect()
    }

    fn none() -> Vec<(&'static str, Verdict)> {
        TIES.iter().map(|criterion| (*criterion, Verdict::No)).collect()
    }

    fn seated(place: &str, holders: &[Option<&str>]) -> Body {
        let mut body = body("commune", &vec![(true, NAMED); holders.len()]);
        body.place = Some(place.into());
        for (seat, holder) in body.seats.iter_mut().zip(holders) {
            seat.organisation = holder.map(str::to_owned);
        }
        body
    }

    fn of(bodies: &[Body], ties: &Ties, people: &[(&str, i64)]) -> Vec<Figure> {
        let people = people.iter().map(|(place, n)| ((*place).to_owned(), *n)).collect();
        figures("commune", &bodies.iter().collect::<Vec<_>>(), None, ties, &people)
    }

    #[test]
    fn one_tie_is_enough_to_be_tied_and_one_unknown_to_be_unknown() {
        let mut said = none();
        assert_eq!(is_untied(&ties(&[("a", &said)]), "a"), Some(true));
        said[2].1 = Verdict::Contested;
        assert_eq!(is_untied(&ties(&[("a", &said)]), "a"), None);
        said[4].1 = Verdict::Yes;
        assert_eq!(is_untied(&ties(&[("a", &said)]), "a"), Some(false));
        assert_eq!(is_untied(&ties(&[]), "a"), None);
        // S4 is not among the five.
        let mut other = none();
        other.push(("S4", Verdict::Yes));
        assert_eq!(is_untied(&ties(&[("a", &other)]), "a"), Some(true));
    }

    #[test]
    fn one_free_voice_covers_a_place() {
        let free = none();
        let known = ties(&[("libre", &free), ("liee", &[("S1", Verdict::Yes)])]);
        let bodies = [
            seated("p1", &[Some("liee"), Some("libre"), None]),
            seated("p2", &[Some("liee")]),
            seated("p3", &[Some("liee"), None]),
        ];
        let found = of(&bodies, &known, &[("p1", 300), ("p2", 600), ("p3", 100)]);
        assert_eq!((found[0].numerator, found[0].denominator, found[0].unknown), (Some(1), Some(3), Some(1)));
        assert_eq!(
            (found[0].value, found[0].lower, found[0].upper),
            (None, Some(1.0 / 3.0), Some(2.0 / 3.0))
        );
        assert_eq!(found[1].scope, "commune/people");
        assert_eq!((found[1].lower, found[1].upper), (Some(0.3), Some(0.4)));
        assert_eq!(of(&bodies, &known, &[("p1", 300)]).len(), 1, "no weight where one is not known");
    }

    #[test]
    fn an_empty_seat_covers_nobody_and_where_no_committee_is_nobody_sits() {
        let mut empty = seated("p1", &[Some("libre")]);
        empty.seats[0].stands = Stands::Empty;
        let bodies = [empty];
        assert_eq!(of(&bodies, &Ties::new(), &[])[0].value, Some(0.0));
        let installation = |counted_today| Installation {
            scope: "commune".into(),
            kind: "ccsc".into(),
            installed: Some(3),
            named: 1,
            required: Some(10),
            counted_today,
        };
        let with = |counted: bool| {
            let bodies: Vec<&Body> = bodies.iter().collect();
            figures("commune", &bodies, Some(&installation(counted)), &Ties::new(), &HashMap::new())
        };
        assert_eq!((with(true)[0].denominator, with(true)[0].unknown), (Some(10), Some(2)));
        assert_eq!((with(false)[0].denominator, with(false)[0].unknown), (Some(10), Some(9)));
    }
}
