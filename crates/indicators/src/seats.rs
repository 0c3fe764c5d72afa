//! Seats as they stand on a day: filled, empty, or not known. Pure, but for the one way in that reads the
//! tables.

use std::collections::HashMap;

use record::{Fault, Tx};
use terms::{Bilingual, Day};

use crate::tables::bodies::{self, Holding, Interrupted, Kind, SeatRule, Seated};

/// Constituencies that are civil society: its organisations, and the seats of women's and youth associations.
///
/// **Source** the pack's words for constituencies; domain.md 1.2 and the exercise's note (women, youth and
/// other organisations together are civil society).
pub(crate) const CIVIL_SOCIETY: [&str; 3] = ["civil-society", "women", "youth"];

/// How a seat stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stands {
    /// Somebody holds it who is named, or an office or organisation that is.
    Named {
        /// Whether the holder is a woman.
        woman: Option<bool>,
        /// Whether the holder is young.
        young: Option<bool>,
    },
    /// It is known to be filled; by whom is not.
    Unnamed,
    /// It is known to be empty or suspended.
    Empty,
    /// The record says nothing of it.
    Unknown,
}

/// One seat of one body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seat {
    pub(crate) name: Bilingual,
    pub(crate) ordinal: i64,
    pub(crate) civil: bool,
    /// Whether who designates is an authority under oversight.
    pub(crate) overseen: Option<bool>,
    pub(crate) stands: Stands,
    /// The organisation that holds it; unknown where a person holds it, or nobody knows who.
    pub(crate) organisation: Option<String>,
    /// Days filled since the body was installed.
    pub(crate) days_filled: i64,
    /// Days of which nothing is known.
    pub(crate) days_unknown: i64,
}

/// A body with every seat that its text gives.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) id: String,
    /// The scope under which it is counted.
    pub(crate) scope: String,
    /// The place it serves.
    pub(crate) place: Option<String>,
    /// Days since it was installed, the last one included; unknown where it has no day of installation.
    pub(crate) days: Option<i64>,
    pub(crate) seats: Vec<Seat>,
}

/// The bodies in force on the day with their seats; one of them where a body is given.
///
/// **Errors** the database refused.
pub(crate) fn bodies(tx: &mut Tx<'_>, day: Day, only: Option<&str>) -> Result<Vec<Body>, Fault> {
    let kinds: HashMap<String, Kind> =
        bodies::kinds(tx)?.into_iter().map(|kind| (kind.id.clone(), kind)).collect();
    let mut rules: HashMap<String, Vec<SeatRule>> = HashMap::new();
    for rule in bodies::seat_rules(tx)? {
        rules.entry(rule.kind.clone()).or_default().push(rule);
    }
    let seated = bodies::seated(tx, day, only)?;
    let holdings = bodies::holdings(tx, day, only)?;
    let interruptions = bodies::interruptions(tx, day, only)?;
    Ok(seated
        .into_iter()
        .map(|body| {
            let of_kind = rules.get(&body.kind).map(Vec::as_slice).unwrap_or_default();
            let seats = of_kind.iter().flat_map(|rule| {
                let key = (body.body.clone(), rule.code.clone());
                let held = holdings.get(&key).map(Vec::as_slice).unwrap_or_default();
                let broken = interruptions.get(&key).map(Vec::as_slice).unwrap_or_default();
                seats_of(rule, held, broken, body.installed_on, day)
            });
            Body {
                seats: seats.collect(),
                scope: scope(&body, &kinds),
                place: body.place.clone(),
                days: body.installed_on.map(|from| web::days_apart(from, day) + 1),
                id: body.body,
            }
        })
        .collect())
}

fn scope(body: &Seated, kinds: &HashMap<String, Kind>) -> String {
    if body.exercise {
        return "exercise".to_owned();
    }
    kinds.get(&body.kind).map_or_else(|| body.kind.clone(), |kind| kind.scope.clone())
}

/// The seats of one rule in one body. Where the text gives no number, there are as many as were ever named,
/// and at least one.
fn seats_of(
    rule: &SeatRule,
    held: &[Holding],
    broken: &[Interrupted],
    installed_on: Option<Day>,
    day: Day,
) -> Vec<Seat> {
    let named = held.iter().map(|holding| holding.ordinal);
    let named = named.chain(broken.iter().filter_map(|broken| broken.ordinal)).max().unwrap_or(0);
    let count = rule.count.unwrap_or_else(|| named.max(1));
    (1..=count)
        .map(|ordinal| {
            let held: Vec<&Holding> = held.iter().filter(|holding| holding.ordinal == ordinal).collect();
            let broken: Vec<Interrupted> =
                broken.iter().filter(|b| b.ordinal.is_none_or(|o| o == ordinal)).copied().collect();
            let (days_filled, days_unknown) = days(&held, &broken, installed_on, day);
            Seat {
                name: rule.name.clone(),
                ordinal,
                civil: CIVIL_SOCIETY.contains(&rule.constituency.as_str()),
                overseen: rule.overseen,
                stands: stands(&held, &broken, day),
                organisation: holder(&held, day).and_then(|holding| holding.organisation.clone()),
                days_filled,
                days_unknown,
            }
        })
        .collect()
}

/// Who holds it on the day.
fn holder<'a>(held: &[&'a Holding], day: Day) -> Option<&'a Holding> {
    held.iter().find(|holding| holding.until.is_none_or(|until| until > day)).copied()
}

fn stands(held: &[&Holding], broken: &[Interrupted], day: Day) -> Stands {
    if broken.iter().any(|b| b.since <= day && b.until.is_none_or(|until| until > day)) {
        return Stands::Empty;
    }
    match holder(held, day) {
        Some(holding) if holding.named => {
            Stands::Named { woman: holding.sex.as_ref().map(|sex| sex == "female"), young: holding.youth }
        }
        Some(_) => Stands::Unnamed,
        None if held.is_empty() => Stands::Unknown,
        None => Stands::Empty,
    }
}

/// Days filled and days of which nothing is known, from the installation to the day, which counts.
fn days(held: &[&Holding], broken: &[Interrupted], installed_on: Option<Day>, day: Day) -> (i64, i64) {
    let Some(from) = installed_on else { return (0, 0) };
    let end = web::days_apart(from, day) + 1;
    // Counted from the installation; an open end is the day after the last.
    let from_start = |on: Day| web::days_apart(from, on).clamp(0, end);
    let spans: Vec<(i64, i64)> =
        broken.iter().map(|b| (from_start(b.since), b.until.map_or(end, from_start))).collect();
    let overlap = |a: (i64, i64), b: (i64, i64)| (a.1.min(b.1) - a.0.max(b.0)).max(0);
    let mut filled = 0;
    let mut first = end;
    for holding in held {
        let span = (holding.since.map_or(0, from_start), holding.until.map_or(end, from_start));
        first = first.min(span.0);
        let broken: i64 = spans.iter().map(|broken| overlap(span, *broken)).sum();
        filled += (span.1 - span.0 - broken).max(0);
    }
    let before = (0, first);
    let told: i64 = spans.iter().map(|broken| overlap(before, *broken)).sum();
    (filled.min(end), (first - told).max(0).min(end - filled.min(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn rule(count: Option<i64>) -> SeatRule {
        SeatRule {
            kind: "comite".into(),
            code: "femmes".into(),
            name: Bilingual::same("Femmes"),
            constituency: "women".into(),
            overseen: None,
            count,
        }
    }

    fn holding(ordinal: i64, since: &str, until: Option<&str>) -> Holding {
        Holding {
            ordinal,
            named: true,
            organisation: None,
            sex: Some("female".into()),
            youth: None,
            since: Some(day(since)),
            until: until.map(day),
        }
    }

    #[test]
    fn an_unknown_number_is_at_least_one_and_as_many_as_named() {
        let on = day("2026-01-31");
        assert_eq!(seats_of(&rule(None), &[], &[], None, on).len(), 1);
        assert_eq!(seats_of(&rule(Some(2)), &[], &[], None, on).len(), 2);
        assert_eq!(seats_of(&rule(None), &[holding(3, "2026-01-01", None)], &[], None, on).len(), 3);
    }

    #[test]
    fn a_seat_is_left_on_the_first_day_no_more_held() {
        let held = [holding(1, "2026-01-01", Some("2026-01-20"))];
        let stands = |on: &str| seats_of(&rule(Some(1)), &held, &[], None, day(on))[0].stands.clone();
        assert_eq!(stands("2026-01-19"), Stands::Named { woman: Some(true), young: None });
        assert_eq!(stands("2026-01-20"), Stands::Empty);
        assert_eq!(seats_of(&rule(Some(1)), &[], &[], None, day("2026-01-20"))[0].stands, Stands::Unknown);
    }

    #[test]
    fn a_suspended_seat_is_empty_while_it_lasts() {
        let held = [holding(1, "2026-01-01", None)];
        let broken =
            [Interrupted { ordinal: None, since: day("2026-01-10"), until: Some(day("2026-01-12")) }];
        for (on, empty) in
            [("2026-01-09", false), ("2026-01-10", true), ("2026-01-11", true), ("2026-01-12", false)]
        {
            let seat = &seats_of(&rule(Some(1)), &held, &broken, None, day(on))[0];
            assert_eq!(seat.stands == Stands::Empty, empty, "{on}");
        }
    }

    #[test]
    fn days_are_filled_unknown_or_empty() {
        let installed = Some(day("2026-01-01"));
        let held = [holding(1, "2026-01-11", Some("2026-01-21"))];
        let seat = &seats_of(&rule(Some(1)), &held, &[], installed, day("2026-01-31"))[0];
        assert_eq!((seat.days_filled, seat.days_unknown), (10, 10));
        let broken =
            [Interrupted { ordinal: None, since: day("2026-01-01"), until: Some(day("2026-01-13")) }];
        let seat = &seats_of(&rule(Some(1)), &held, &broken, installed, day("2026-01-31"))[0];
        assert_eq!((seat.days_filled, seat.days_unknown), (8, 0));
        let seat = &seats_of(&rule(Some(1)), &[], &[], installed, day("2026-01-31"))[0];
        assert_eq!((seat.days_filled, seat.days_unknown), (0, 31));
    }
}
