//! Laws that hold for every calendar, span and pause.

use crate::day;
use calendar::{
    Calendar, Day, Due, Feast, Line, MovableSet, Pause, Span, Unit, Weekday, due, sentence_en, sentence_fr,
};
use proptest::prelude::*;

fn any_day() -> impl Strategy<Value = Day> {
    (0..1_500_i64).prop_map(|offset| day("2023-06-01").checked_add(jiff::Span::new().days(offset)).unwrap())
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(vec![Unit::WorkingDays, Unit::Days, Unit::Hours, Unit::Months])
}

fn any_span() -> impl Strategy<Value = Span> {
    (0..40_u32, any_unit(), any::<bool>()).prop_map(|(amount, unit, roll)| Span { amount, unit, roll })
}

fn any_feast() -> impl Strategy<Value = Feast> {
    prop_oneof![
        (1..=12_i8, 1..=28_i8).prop_map(|(month, day)| Feast::fixed("fixe", month, day, "exercice")),
        (-60..60_i16).prop_map(|offset| Feast::easter("Pâques", offset, "exercice")),
        any_day().prop_map(|day| Feast::dated("daté", day, "exercice")),
        (any_day(), 1..=12_i8)
            .prop_map(|(since, month)| Feast::fixed("récent", month, 5, "exercice").kept_since(since)),
    ]
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let weekend = prop::sample::subsequence(Weekday::ALL.to_vec(), 0..4);
    let moon = prop::option::of((prop::collection::vec(2023..2028_i16, 0..4), any_day()));
    (weekend, prop::collection::vec(any_feast(), 0..12), moon).prop_map(|(weekend, feasts, moon)| {
        let calendar = Calendar::new().with_weekend(weekend).with_feasts(feasts);
        match moon {
            Some((known, day)) => calendar.with_movable(MovableSet::new("lune", known).on(day, "exercice")),
            None => calendar,
        }
    })
}

fn any_pause() -> impl Strategy<Value = Pause> {
    (any_day(), -3..40_i64, prop::bool::weighted(0.1), "[ab]").prop_map(|(from, length, running, cause)| {
        let to = from.checked_add(jiff::Span::new().days(length)).unwrap();
        Pause { from, to: (!running).then_some(to), cause }
    })
}

fn any_pauses() -> impl Strategy<Value = Vec<Pause>> {
    prop::collection::vec(any_pause(), 0..5)
}

/// A delivery day, a span, a calendar and pauses.
fn any_case() -> impl Strategy<Value = (Day, Span, Calendar, Vec<Pause>)> {
    (any_day(), any_span(), any_calendar(), any_pauses())
}

fn next(day: Day) -> Day {
    day.tomorrow().unwrap()
}

/// The day that comes after every day there is: a count that never ends.
fn late(due: &Due) -> Day {
    due.day.unwrap_or(Day::MAX)
}

/// The days that a line accounts for, in order.
fn days_of(line: &Line) -> Vec<Day> {
    let run =
        |from: Day, end: Day| from.series(jiff::Span::new().days(1)).take_while(|day| *day < end).collect();
    match line {
        Line::Counted { from, to, .. } => run(*from, next(*to)),
        Line::Skipped { day, .. } => vec![*day],
        Line::Paused { from, to, .. } => run(*from, to.unwrap_or(*from)),
        Line::Rolled { to, .. } => vec![*to],
        _ => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn never_before_delivery((from, span, calendar, pauses) in any_case()) {
        prop_assert!(late(&due(from, &span, &calendar, &pauses)) >= from);
    }

    #[test]
    fn more_is_never_earlier((from, span, calendar, pauses) in any_case(), more in 0..30_u32) {
        let longer = Span { amount: span.amount + more, ..span };
        let shorter = due(from, &span, &calendar, &pauses);
        let longer = due(from, &longer, &calendar, &pauses);
        prop_assert!(late(&shorter) <= late(&longer), "{shorter:#?} {longer:#?}");
    }

    #[test]
    fn a_feast_more_is_never_earlier((from, span, calendar, pauses) in any_case(), feast in any_feast()) {
        let before = due(from, &span, &calendar, &pauses);
        let after = due(from, &span, &calendar.with_feast(feast), &pauses);
        prop_assert!(late(&before) <= late(&after));
    }

    #[test]
    fn a_pause_more_is_never_earlier((from, span, calendar, pauses) in any_case(), pause in any_pause()) {
        let before = due(from, &span, &calendar, &pauses);
        let after = due(from, &span, &calendar, &[pauses, vec![pause]].concat());
        prop_assert!(late(&before) <= late(&after));
    }

    #[test]
    fn the_order_of_pauses_moves_nothing((from, span, calendar, pauses) in any_case()) {
        let turned: Vec<Pause> = pauses.iter().rev().cloned().collect();
        prop_assert_eq!(due(from, &span, &calendar, &pauses).day, due(from, &span, &calendar, &turned).day);
    }

    #[test]
    fn every_day_is_told_once((from, span, calendar, pauses) in any_case()) {
        let told = due(from, &span, &calendar, &pauses);
        let mut expected = from;
        for day in told.lines.iter().flat_map(days_of) {
            expected = next(expected);
            prop_assert_eq!(day, expected);
        }
        prop_assert!(told.day.is_none_or(|day| day == expected));
        let running = told.lines.iter().any(|line| matches!(line, Line::Paused { to: None, .. }));
        prop_assert_eq!(running, told.day.is_none());
        prop_assert_eq!(told.lines.last() == Some(&Line::Result { day: expected }), told.day.is_some());
    }

    #[test]
    fn every_line_is_true((from, span, calendar, pauses) in any_case()) {
        let mut reached_so_far = 0;
        let held = |day: Day| pauses.iter().any(|pause| pause.holds(day));
        for line in due(from, &span, &calendar, &pauses).lines {
            for day in days_of(&line) {
                prop_assert_eq!(held(day), matches!(line, Line::Paused { .. }), "{} {:?}", day, &line);
            }
            match &line {
                Line::Counted { from, to, days, reached } => {
                    reached_so_far += days;
                    prop_assert_eq!(*reached, reached_so_far);
                    prop_assert_eq!(days_of(&line).len(), *days as usize);
                    prop_assert!(from <= to);
                    if span.unit == Unit::WorkingDays {
                        prop_assert!(days_of(&line).iter().all(|day| calendar.is_working(*day)));
                    }
                }
                Line::Skipped { day, why } | Line::FallsOn { day, why } => {
                    prop_assert_eq!(calendar.why_not_working(*day), Some(why.clone()));
                }
                Line::Rolled { from, to } => {
                    prop_assert!(from < to && !calendar.is_working(*from) && calendar.is_working(*to));
                }
                Line::Paused { from, to, cause } => {
                    prop_assert!(pauses.iter().any(|pause| pause.cause == *cause && pause.holds(*from)));
                    prop_assert!(to.is_none_or(|to| *from < to));
                }
                Line::UnknownFeasts { year, feasts } => {
                    prop_assert!(!calendar.movable_known(*year) && !feasts.is_empty());
                }
                _ => {}
            }
            prop_assert!(!sentence_fr(&line).is_empty() && !sentence_en(&line).is_empty());
        }
    }

    #[test]
    fn a_moved_day_is_a_working_day((from, span, calendar, pauses) in any_case()) {
        if let Some(day) = due(from, &span.rolled(), &calendar, &pauses).day {
            prop_assert!(calendar.is_working(day));
        }
    }

    #[test]
    fn working_days_between_is_the_way_back(from in any_day(), amount in 0..60_u32,
                                            calendar in any_calendar()) {
        let day = due(from, &Span::new(amount, Unit::WorkingDays), &calendar, &[]).day.unwrap();
        prop_assert_eq!(calendar.working_days_between(from, day), amount);
    }

    #[test]
    fn civil_days_move_by_the_days_paused(from in any_day(), amount in 0..60_u32, pauses in any_pauses()) {
        let told = due(from, &Span::new(amount, Unit::Days), &Calendar::new(), &pauses);
        if let Some(day) = told.day {
            let paused = told.lines.iter().filter(|line| matches!(line, Line::Paused { .. }));
            let paused: usize = paused.map(|line| days_of(line).len()).sum();
            let moved = i64::from(amount) + i64::try_from(paused).unwrap();
            prop_assert_eq!(from.checked_add(jiff::Span::new().days(moved)).unwrap(), day);
        }
    }
}
