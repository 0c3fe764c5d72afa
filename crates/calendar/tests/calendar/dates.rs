//! Tables of dates: both sides of each limit.

use crate::{day, ruled, with_moon};
use calendar::{
    Calendar, Day, DayOff, Feast, FeastRule, Flaw, Line, MovableSet, Pause, Span, Unit, Weekday, due, easter,
};

/// Delivery day, span, pauses as `(from, to)` with `""` for a running one, and the due day or `"-"`.
type Case<'a> = (&'a str, Span, &'a [(&'a str, &'a str)], &'a str);

fn check(calendar: &Calendar, cases: &[Case<'_>]) {
    for (from, span, pauses, expected) in cases {
        let pauses: Vec<Pause> = pauses
            .iter()
            .map(|(from, to)| match *to {
                "" => Pause::running(day(from), "cause"),
                to => Pause::between(day(from), day(to), "cause"),
            })
            .collect();
        let due = due(day(from), span, calendar, &pauses);
        let told = due.day.map_or("-".to_owned(), |day| day.to_string());
        assert_eq!(told, *expected, "{from} {span:?} {pauses:?}\n{:#?}", due.lines);
    }
}

fn working(amount: u32) -> Span {
    Span::new(amount, Unit::WorkingDays)
}

fn days(amount: u32) -> Span {
    Span::new(amount, Unit::Days)
}

fn hours(amount: u32) -> Span {
    Span::new(amount, Unit::Hours)
}

fn months(amount: u32) -> Span {
    Span::new(amount, Unit::Months)
}

#[test]
fn working_days_step_over_rest_and_feasts() {
    check(
        &ruled(),
        &[
            // Week: Thursday to Friday, then over the weekend.
            ("2026-03-05", working(1), &[], "2026-03-06"),
            ("2026-03-05", working(2), &[], "2026-03-09"),
            // Delivered on a day of rest, or on a feast.
            ("2026-03-07", working(1), &[], "2026-03-09"),
            ("2026-03-08", working(1), &[], "2026-03-09"),
            ("2026-01-20", working(1), &[], "2026-01-21"),
            // A feast next to a weekend, before (1 May 2026 is a Friday) and after (Easter Monday, 6 April).
            ("2026-04-29", working(1), &[], "2026-04-30"),
            ("2026-04-29", working(2), &[], "2026-05-04"),
            ("2026-04-02", working(1), &[], "2026-04-03"),
            ("2026-04-02", working(2), &[], "2026-04-07"),
            // Ascension, Thursday 14 May 2026.
            ("2026-05-13", working(1), &[], "2026-05-15"),
            // The turn of the year.
            ("2025-12-30", working(1), &[], "2025-12-31"),
            ("2025-12-30", working(2), &[], "2026-01-02"),
            ("2025-12-24", working(5), &[], "2026-01-02"),
            // A leap day is a day like another.
            ("2028-02-28", working(1), &[], "2028-02-29"),
            ("2026-02-27", working(1), &[], "2026-03-02"),
            // Twenty working days, and none.
            ("2026-03-02", working(20), &[], "2026-03-30"),
            ("2026-03-02", working(0), &[], "2026-03-02"),
            ("2026-03-07", working(0), &[], "2026-03-07"),
            ("2026-03-07", working(0).rolled(), &[], "2026-03-09"),
        ],
    );
}

#[test]
fn civil_days_count_everything_and_move_only_when_told() {
    check(
        &ruled(),
        &[
            ("2026-03-02", days(0), &[], "2026-03-02"),
            ("2026-03-02", days(1), &[], "2026-03-03"),
            ("2026-03-02", days(30), &[], "2026-04-01"),
            ("2026-03-02", days(5), &[], "2026-03-07"),
            // Friday stays, Saturday and Sunday move to Monday.
            ("2026-03-02", days(4).rolled(), &[], "2026-03-06"),
            ("2026-03-02", days(5).rolled(), &[], "2026-03-09"),
            ("2026-03-02", days(6).rolled(), &[], "2026-03-09"),
            ("2026-03-02", days(7).rolled(), &[], "2026-03-09"),
            // A weekend with a feast behind it.
            ("2026-04-01", days(3).rolled(), &[], "2026-04-07"),
            // Leap year and the turn of the year.
            ("2028-02-28", days(1), &[], "2028-02-29"),
            ("2027-02-28", days(1), &[], "2027-03-01"),
            ("2025-12-31", days(1), &[], "2026-01-01"),
            ("2025-12-31", days(1).rolled(), &[], "2026-01-02"),
        ],
    );
}

#[test]
fn hours_are_days_begun() {
    check(
        &ruled(),
        &[
            ("2026-03-06", hours(0), &[], "2026-03-06"),
            ("2026-03-06", hours(1), &[], "2026-03-07"),
            ("2026-03-06", hours(24), &[], "2026-03-07"),
            ("2026-03-06", hours(25), &[], "2026-03-08"),
            ("2026-03-06", hours(72), &[], "2026-03-09"),
            ("2026-03-06", hours(24).rolled(), &[], "2026-03-09"),
            ("2026-03-06", hours(24), &[("2026-03-07", "2026-03-08")], "2026-03-08"),
        ],
    );
    let lines = due(day("2026-03-06"), &hours(72), &ruled(), &[]).lines;
    assert_eq!(lines[1], Line::HoursRounded { hours: 72, days: 3 });
}

#[test]
fn months_end_on_the_same_day_or_the_last() {
    check(
        &ruled(),
        &[
            ("2026-01-15", months(0), &[], "2026-01-15"),
            ("2026-01-15", months(1), &[], "2026-02-15"),
            ("2026-01-28", months(1), &[], "2026-02-28"),
            ("2026-01-29", months(1), &[], "2026-02-28"),
            ("2026-01-31", months(1), &[], "2026-02-28"),
            ("2028-01-29", months(1), &[], "2028-02-29"),
            ("2028-01-31", months(1), &[], "2028-02-29"),
            ("2028-02-29", months(12), &[], "2029-02-28"),
            ("2026-03-31", months(1), &[], "2026-04-30"),
            ("2026-03-31", months(2), &[], "2026-05-31"),
            ("2025-11-30", months(3), &[], "2026-02-28"),
            ("2025-12-31", months(1), &[], "2026-01-31"),
            // Sunday 31 May 2026 moves to June.
            ("2026-03-31", months(2).rolled(), &[], "2026-06-01"),
            // Ten days of pause within, or none of them.
            ("2026-01-15", months(1), &[("2026-02-01", "2026-02-11")], "2026-02-25"),
            ("2026-01-15", months(1), &[("2026-02-16", "2026-02-26")], "2026-02-15"),
        ],
    );
    let clipped = due(day("2026-01-31"), &months(1), &ruled(), &[]).lines;
    assert_eq!(clipped[1], Line::Clipped { wanted: 31, day: day("2026-02-28") });
    assert_eq!(clipped[2], Line::MonthsReached { months: 1, day: day("2026-02-28"), days: 28 });
    let whole = due(day("2026-01-28"), &months(1), &ruled(), &[]).lines;
    assert!(!whole.iter().any(|line| matches!(line, Line::Clipped { .. })));
}

#[test]
fn pauses_hold_their_first_day_and_not_their_last() {
    check(
        &ruled(),
        &[
            // Tuesday 3 March is the one day counted; a pause before, on, after it, and empty ones.
            ("2026-03-02", working(1), &[("2026-02-20", "2026-03-03")], "2026-03-03"),
            ("2026-03-02", working(1), &[("2026-02-20", "2026-03-04")], "2026-03-04"),
            ("2026-03-02", working(1), &[("2026-03-03", "2026-03-04")], "2026-03-04"),
            ("2026-03-02", working(1), &[("2026-03-04", "2026-03-10")], "2026-03-03"),
            ("2026-03-02", working(1), &[("2026-03-03", "2026-03-03")], "2026-03-03"),
            ("2026-03-02", working(1), &[("2026-03-05", "2026-03-01")], "2026-03-03"),
            // A pause over days of rest costs nothing to working days, two days to civil days.
            ("2026-03-06", working(1), &[("2026-03-07", "2026-03-09")], "2026-03-09"),
            ("2026-03-06", days(3), &[("2026-03-07", "2026-03-09")], "2026-03-11"),
            // Two that overlap are not counted twice.
            (
                "2026-03-02",
                days(5),
                &[("2026-03-03", "2026-03-06"), ("2026-03-05", "2026-03-08")],
                "2026-03-12",
            ),
            // Running: met, met on the last day, or begun after the due day.
            ("2026-03-02", days(5), &[("2026-03-04", "")], "-"),
            ("2026-03-02", days(5), &[("2026-03-07", "")], "-"),
            ("2026-03-02", days(5), &[("2026-03-08", "")], "2026-03-07"),
            ("2026-03-02", days(5).rolled(), &[("2026-03-08", "")], "-"),
            ("2026-03-02", days(0), &[("2026-03-02", "")], "2026-03-02"),
            // Moving past a pause: Monday 9 is paused, Tuesday 10 is the next working day.
            ("2026-03-02", days(5).rolled(), &[("2026-03-09", "2026-03-10")], "2026-03-10"),
            // A long pause is not a second chance: what was counted before stays counted.
            ("2026-03-02", days(10), &[("2026-03-08", "2026-04-08")], "2026-04-12"),
        ],
    );
}

#[test]
fn the_explanation_is_whole() {
    let pauses = [Pause::between(day("2026-05-25"), day("2026-05-26"), "précision demandée")];
    let told = due(day("2026-05-21"), &working(3), &with_moon(), &pauses);
    let (friday, saturday, sunday) = (day("2026-05-22"), day("2026-05-23"), day("2026-05-24"));
    let feast = DayOff::Feast("Fête de la lune".into());
    assert_eq!(
        told.lines,
        [
            Line::Start { day: day("2026-05-21") },
            Line::Counted { from: friday, to: friday, days: 1, reached: 1 },
            Line::Skipped { day: saturday, why: DayOff::Weekend },
            Line::Skipped { day: sunday, why: DayOff::Weekend },
            Line::Paused {
                from: day("2026-05-25"),
                to: Some(day("2026-05-26")),
                cause: "précision demandée".into()
            },
            Line::Counted { from: day("2026-05-26"), to: day("2026-05-26"), days: 1, reached: 2 },
            Line::Skipped { day: day("2026-05-27"), why: feast },
            Line::Counted { from: day("2026-05-28"), to: day("2026-05-28"), days: 1, reached: 3 },
            Line::Result { day: day("2026-05-28") },
        ]
    );
    let moved = due(day("2026-04-01"), &days(3).rolled(), &ruled(), &[]);
    assert_eq!(
        moved.lines[1..],
        [
            Line::Counted { from: day("2026-04-02"), to: day("2026-04-04"), days: 3, reached: 3 },
            Line::FallsOn { day: day("2026-04-04"), why: DayOff::Weekend },
            Line::Skipped { day: day("2026-04-05"), why: DayOff::Weekend },
            Line::Skipped { day: day("2026-04-06"), why: DayOff::Feast("Lundi de Pâques".into()) },
            Line::Rolled { from: day("2026-04-04"), to: day("2026-04-07") },
            Line::Result { day: day("2026-04-07") },
        ]
    );
}

#[test]
fn overlapping_pauses_are_told_one_after_the_other() {
    let pauses = [
        Pause::between(day("2026-03-03"), day("2026-03-06"), "première"),
        Pause::between(day("2026-03-05"), day("2026-03-08"), "seconde"),
        Pause::running(day("2026-03-07"), "en cours"),
    ];
    let told = due(day("2026-03-02"), &days(5), &ruled(), &pauses);
    let paused = |from, to: Option<&str>, cause: &str| Line::Paused {
        from: day(from),
        to: to.map(day),
        cause: cause.to_owned(),
    };
    assert_eq!(told.day, None);
    assert_eq!(
        told.lines[1..],
        [
            paused("2026-03-03", Some("2026-03-06"), "première"),
            paused("2026-03-06", Some("2026-03-07"), "seconde"),
            paused("2026-03-07", None, "en cours"),
        ]
    );
}

#[test]
fn unknown_movable_feasts_are_told_only_where_they_matter() {
    let warned = |from: &str, span: Span| -> Vec<i16> {
        let lines = due(day(from), &span, &with_moon(), &[]).lines;
        lines
            .iter()
            .filter_map(|line| if let Line::UnknownFeasts { year, .. } = line { Some(*year) } else { None })
            .collect()
    };
    assert_eq!(warned("2026-12-28", working(3)), Vec::<i16>::new());
    assert_eq!(warned("2026-12-28", working(4)), [2027]);
    assert_eq!(warned("2025-12-30", working(1)), [2025]);
    assert_eq!(warned("2025-12-31", working(1)), [0; 0]);
    assert_eq!(warned("2026-12-28", working(300)), [2027, 2028]);
    // Civil days do not ask the calendar, unless the end may move.
    assert_eq!(warned("2026-12-28", days(30)), [0; 0]);
    assert_eq!(warned("2026-12-28", days(30).rolled()), [2027]);
    assert_eq!(with_moon().movable_unknown(2027), ["Fête de la lune"]);
    assert!(with_moon().movable_known(2026) && !with_moon().movable_known(2025));
    // A calendar that expects no such feast knows every year.
    assert!(ruled().movable_known(2027));
}

/// A day that is in the calendar is never said to be absent from it; far from it nothing is said.
#[test]
fn an_expected_feast_is_told_near_its_day_and_an_unverified_one_where_it_is_skipped() {
    let expected = Feast::dated("Fête de la lune", day("2027-03-10"), "annonce").not_verified();
    let calendar = with_moon().with_feast(expected);
    let told = |from: &str, span: Span| due(day(from), &span, &calendar, &[]).lines;
    let lines = told("2027-03-08", working(2));
    let why = DayOff::UnverifiedFeast("Fête de la lune".into());
    assert!(lines.contains(&Line::Skipped { day: day("2027-03-10"), why }), "{lines:?}");
    assert!(lines.contains(&Line::ExpectedFeasts { feasts: vec!["Fête de la lune".into()] }));
    assert!(!lines.iter().any(|line| matches!(line, Line::UnknownFeasts { .. })), "{lines:?}");
    let warned = |from: &str, span: Span| {
        told(from, span).iter().any(|line| matches!(line, Line::ExpectedFeasts { .. }))
    };
    // Thursday the 11th and Friday the 12th are within two days of it; Monday the 15th is not.
    assert!(warned("2027-03-11", working(1)));
    assert!(!warned("2027-03-12", working(1)));
    // Two days before it too: Monday the 8th, not Friday the 5th.
    assert!(warned("2027-03-05", working(1)) && !warned("2027-03-04", working(1)));
    assert!(!warned("2027-03-04", days(10)), "civil days do not ask the calendar");
    // Two feasts on one day, one of them sure: the day is sure.
    let both = calendar.clone().with_feast(Feast::dated("Fête du mil", day("2027-03-10"), "loi"));
    let sure = DayOff::Feast("Fête de la lune, Fête du mil".into());
    assert_eq!(both.why_not_working(day("2027-03-10")), Some(sure));
}

#[test]
fn no_day_can_be_told_without_an_end() {
    let restless = Calendar::new().with_weekend(Weekday::ALL);
    for span in [working(1), days(1).rolled()] {
        let told = due(day("2026-03-02"), &span, &restless, &[]);
        assert_eq!((told.day, told.lines.last()), (None, Some(&Line::NoWorkingDay)));
    }
    assert_eq!(due(day("2026-03-02"), &days(1), &restless, &[]).day, Some(day("2026-03-03")));
    for unit in [Unit::WorkingDays, Unit::Days, Unit::Hours, Unit::Months] {
        let told = due(day("2026-03-02"), &Span::new(u32::MAX, unit), &ruled(), &[]);
        assert_eq!((told.day, told.lines.last()), (None, Some(&Line::BeyondCalendar)), "{unit:?}");
    }
    // 31 December 9999 is a Friday.
    check(
        &ruled(),
        &[
            ("9999-12-30", days(1), &[], "9999-12-31"),
            ("9999-12-30", days(2), &[], "-"),
            ("9999-12-30", working(1), &[], "9999-12-31"),
            ("9999-12-29", working(3), &[], "-"),
            ("9999-12-29", days(1), &[("9999-12-30", "9999-12-31")], "9999-12-31"),
            ("9999-12-30", days(1), &[("9999-12-31", "9999-12-31")], "9999-12-31"),
            ("9999-11-30", months(1), &[], "9999-12-30"),
            ("9999-12-01", months(1), &[], "-"),
        ],
    );
    let paused = [Pause::between(day("9999-12-30"), Day::MAX, "cause"), Pause::running(Day::MAX, "cause")];
    assert_eq!(due(day("9999-12-29"), &days(1), &ruled(), &paused).day, None);
}

#[test]
fn days_off_say_why() {
    let calendar = with_moon().with_feast(Feast::dated("Deuil", day("2026-05-01"), "exercice"));
    let cases: [(&str, Option<DayOff>); 6] = [
        ("2026-04-30", None),
        ("2026-05-01", Some(DayOff::Feast("Fête 1/5, Deuil".into()))),
        ("2026-05-02", Some(DayOff::Weekend)),
        ("2026-05-27", Some(DayOff::Feast("Fête de la lune".into()))),
        ("2027-05-27", None),
        // A feast on a Sunday: the weekly rest is enough.
        ("2033-05-01", Some(DayOff::Weekend)),
    ];
    for (text, why) in cases {
        assert_eq!(calendar.is_working(day(text)), why.is_none(), "{text}");
        assert_eq!(calendar.why_not_working(day(text)), why, "{text}");
    }
    assert_eq!(calendar.feasts_on(day("2033-05-01")).len(), 1);
}

#[test]
fn feasts_are_kept_from_and_up_to_a_day_inclusive() {
    let feast =
        Feast::fixed("Fête", 3, 26, "exercice").kept_since(day("2024-03-26")).kept_until(day("2026-03-26"));
    for (text, falls) in [
        ("2023-03-26", false),
        ("2024-03-26", true),
        ("2024-03-27", false),
        ("2025-03-26", true),
        ("2026-03-26", true),
        ("2027-03-26", false),
    ] {
        assert_eq!(feast.falls_on(day(text)), falls, "{text}");
    }
    let leap = Feast::fixed("Bissextile", 2, 29, "exercice");
    assert!(leap.falls_on(day("2028-02-29")) && !leap.falls_on(day("2027-02-28")));
    // Offsets that leave Easter's month, and its year.
    assert!(Feast::easter("Cendres", -46, "").falls_on(day("2026-02-18")));
    assert!(Feast::easter("Loin", 300, "").falls_on(day("2027-01-30")));
    assert!(!Feast::easter("Loin", i16::MIN, "").falls_on(Day::MAX));
    assert!(!Feast::easter("Loin", i16::MAX, "").falls_on(Day::MIN));
}

#[test]
fn easter_as_published() {
    for text in [
        "1583-04-10",
        "1818-03-22",
        "1886-04-25",
        "1943-04-25",
        "1954-04-18",
        "1981-04-19",
        "2000-04-23",
        "2008-03-23",
        "2011-04-24",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2038-04-25",
        "2049-04-18",
    ] {
        assert_eq!(easter(day(text).year()), Some(day(text)));
    }
    assert_eq!((easter(1582), easter(-1), easter(i16::MAX)), (None, None, None));
    assert!(easter(9999).is_some());
}

#[test]
fn working_days_between_counts_the_end_and_not_the_start() {
    let calendar = ruled();
    for (from, to, expected) in [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-03", 1),
        ("2026-03-06", "2026-03-08", 0),
        ("2026-03-06", "2026-03-09", 1),
        ("2026-03-09", "2026-03-02", 0),
        ("2026-04-30", "2026-05-04", 1),
        ("9999-12-30", "9999-12-31", 1),
    ] {
        assert_eq!(calendar.working_days_between(day(from), day(to)), expected, "{from} {to}");
    }
}

#[test]
fn flaws_are_named() {
    assert_eq!(with_moon().flaws(), []);
    let feast = |name: &str| name.to_owned();
    let mut moon = MovableSet::new("Lune", []);
    moon.days.push(Feast::fixed("Lune", 1, 1, ""));
    let calendar = Calendar::new()
        .with_weekend(Weekday::ALL)
        .with_feast(Feast::fixed("Bissextile", 2, 29, ""))
        .with_feast(Feast::fixed("Impossible", 2, 30, ""))
        .with_feast(
            Feast::fixed("Jamais", 1, 1, "").kept_since(day("2026-01-02")).kept_until(day("2026-01-01")),
        )
        .with_movable(moon);
    assert_eq!(
        calendar.flaws(),
        [
            Flaw::NoWorkingWeekday,
            Flaw::NoSuchDay { feast: feast("Impossible"), month: 2, day: 30 },
            Flaw::NeverKept { feast: feast("Jamais"), since: day("2026-01-02"), until: day("2026-01-01") },
            Flaw::MovableByRule { feast: feast("Lune") },
        ]
    );
    assert_eq!(calendar.flaws()[1].to_string(), "Impossible: no year has a day 30 in month 2");
}

#[test]
fn what_is_written_is_read_again() {
    let calendar = with_moon().with_feast(Feast::fixed("F", 3, 8, "s").kept_since(day("2024-01-01")));
    let text = serde_json::to_string(&calendar).unwrap();
    assert_eq!(serde_json::from_str::<Calendar>(&text).unwrap(), calendar);
    let feast: Feast =
        serde_json::from_str(r#"{"name":"F","rule":{"kind":"easter","offset":1},"since":"2024-01-01"}"#)
            .unwrap();
    assert_eq!((feast.rule, feast.since), (FeastRule::Easter { offset: 1 }, Some(day("2024-01-01"))));
    assert!(serde_json::from_str::<Feast>(r#"{"name":"F","rule":{"kind":"lunar"}}"#).is_err());
    assert!(serde_json::from_str::<Feast>(r#"{"nom":"F","rule":{"kind":"easter","offset":1}}"#).is_err());
    let span: Span = serde_json::from_str(r#"{"amount":5,"unit":"working-days"}"#).unwrap();
    assert_eq!(span, working(5));
    let told = due(day("2026-04-01"), &days(3).rolled(), &calendar, &[]);
    let text = serde_json::to_string(&told).unwrap();
    assert!(text.contains(r#"{"kind":"skipped","day":"2026-04-05","why":{"kind":"weekend"}}"#), "{text}");
    assert!(text.contains(r#"{"kind":"feast","name":"Lundi de Pâques"}"#), "{text}");
    assert_eq!(serde_json::from_str::<calendar::Due>(&text).unwrap(), told);
}
