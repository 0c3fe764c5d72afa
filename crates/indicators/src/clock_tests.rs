use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A fictional clock: delivered on 2 March, to acknowledge by the 9th, to answer by 1 April.
fn clock() -> Clock {
    Clock {
        level: Some("commune".into()),
        priority: 3,
        delivered_on: Some(day("2026-03-02")),
        acknowledge_by: Some(day("2026-03-09")),
        answer_by: Some(day("2026-04-01")),
        ..Clock::default()
    }
}

fn has(counts: &[Count], measure: Measure) -> Option<(i64, i64)> {
    counts.iter().find(|count| count.0 == measure).map(|count| (count.1, count.2))
}

#[test]
fn the_last_day_is_in_time_and_the_next_is_not() {
    for (on, in_time) in [("2026-04-01", true), ("2026-04-02", false)] {
        let counts = Clock { substantive_on: Some(day(on)), replied_on: Some(day(on)), ..clock() }.counts();
        assert_eq!(has(&counts, Measure::AnswerDue), Some((number(day("2026-04-01")), 1)), "{on}");
        assert_eq!(has(&counts, Measure::AnsweredInTime).is_some(), in_time, "{on}");
        assert_eq!(has(&counts, Measure::RepliedInTime).is_some(), in_time, "{on}");
        assert_eq!(has(&counts, Measure::Silent), None);
    }
    for (on, in_time) in [("2026-03-09", true), ("2026-03-10", false)] {
        let counts = Clock { acknowledged_on: Some(day(on)), ..clock() }.counts();
        assert_eq!(has(&counts, Measure::AcknowledgedInTime).is_some(), in_time, "{on}");
    }
}

#[test]
fn an_answer_proves_receipt_and_ends_the_silence_without_being_of_substance() {
    let counts = Clock { replied_on: Some(day("2026-03-05")), ..clock() }.counts();
    assert!(has(&counts, Measure::AcknowledgedInTime).is_some());
    assert!(has(&counts, Measure::RepliedInTime).is_some());
    assert_eq!(has(&counts, Measure::AnsweredInTime), None);
    assert_eq!(has(&counts, Measure::Silent), None);
    assert_eq!(has(&counts, Measure::Waiting), Some((number(day("2026-03-02")), 1)));
}

#[test]
fn silence_weighs_as_its_priority() {
    let counts = clock().counts();
    let due = number(day("2026-04-01"));
    assert_eq!(has(&counts, Measure::Silent), Some((due, 1)));
    assert_eq!(has(&counts, Measure::SilentWeight), Some((due, 3)));
}

#[test]
fn more_time_counts_when_granted_before_the_day_passed() {
    for (granted, due) in [("2026-04-01", "2026-05-01"), ("2026-04-02", "2026-04-01")] {
        let mut clock = clock();
        clock.extend(day(granted), day("2026-05-01"));
        assert_eq!(clock.answer_by, Some(day(due)), "{granted}");
    }
    let mut without = Clock { answer_by: None, ..clock() };
    without.extend(day("2026-03-03"), day("2026-05-01"));
    assert_eq!(without.answer_by, None);
}

#[test]
fn a_clock_that_stands_still_is_not_due() {
    for (from, due) in [("2026-04-01", false), ("2026-04-02", true)] {
        let counts = Clock { paused_on: Some(day(from)), ..clock() }.counts();
        assert_eq!(has(&counts, Measure::AnswerDue).is_some(), due, "{from}");
    }
    let answered = Clock {
        paused_on: Some(day("2026-03-20")),
        substantive_on: Some(day("2026-04-20")),
        replied_on: Some(day("2026-04-20")),
        ..clock()
    };
    assert!(has(&answered.counts(), Measure::AnsweredInTime).is_some(), "the clock stood still until then");
}

#[test]
fn closing_before_the_day_owes_nothing_and_after_it_forgives_nothing() {
    for (closed, due) in [("2026-04-01", false), ("2026-04-02", true)] {
        let counts = Clock { closed_on: Some(day(closed)), ..clock() }.counts();
        assert_eq!(has(&counts, Measure::AnswerDue).is_some(), due, "{closed}");
        assert_eq!(has(&counts, Measure::Silent), None, "a closed matter waits for nobody");
    }
    let answered = Clock {
        closed_on: Some(day("2026-03-25")),
        substantive_on: Some(day("2026-03-20")),
        replied_on: Some(day("2026-03-20")),
        ..clock()
    };
    assert!(has(&answered.counts(), Measure::AnsweredInTime).is_some());
    let late = Clock { substantive_on: Some(day("2026-04-10")), ..answered };
    assert_eq!(has(&late.counts(), Measure::AnswerDue), None);
}

#[test]
fn waits_end_by_an_answer_or_stop_at_the_closing() {
    let answered = Clock { substantive_on: Some(day("2026-03-12")), ..clock() };
    assert_eq!(has(&answered.counts(), Measure::Answered), Some((10, 1)));
    let closed = Clock { closed_on: Some(day("2026-03-22")), ..clock() };
    assert_eq!(has(&closed.counts(), Measure::Closed), Some((20, 1)));
    let without_day = Clock { answer_by: None, acknowledge_by: None, ..clock() };
    assert_eq!(without_day.counts(), []);
}

fn point() -> Point {
    Point { asked: true, level: Some("commune".into()), ..Point::default() }
}

#[test]
fn the_newest_stance_stands_and_the_first_substance_is_kept() {
    let mut point = point();
    point.answer(day("2026-03-10"), Stance::RefusedWithReason, true, None);
    point.answer(day("2026-05-10"), Stance::Accepted, true, Some(day("2026-12-31")));
    point.answer(day("2026-04-10"), Stance::Evasive, false, None);
    assert_eq!(point.stance, Some(Stance::Accepted));
    assert_eq!(point.substantive_on, Some(day("2026-03-10")));
    let counts = point.counts();
    assert!(has(&counts, Measure::Accepted).is_some());
    assert_eq!(has(&counts, Measure::Refusal), None);
    assert_eq!(has(&counts, Measure::Agreed), Some((number(day("2026-12-31")), 1)));
}

#[test]
fn a_refusal_is_reasoned_or_not_and_secrecy_needs_its_basis() {
    for (stance, substantive, reasoned, secret) in [
        (Stance::RefusedWithReason, true, true, false),
        (Stance::RefusedWithoutReason, false, false, false),
        (Stance::CoveredBySecrecy, true, true, true),
        (Stance::CoveredBySecrecy, false, false, true),
    ] {
        let mut point = point();
        point.answer(day("2026-03-10"), stance, substantive, None);
        let counts = point.counts();
        assert!(has(&counts, Measure::Refusal).is_some());
        assert_eq!(has(&counts, Measure::RefusalReasoned).is_some(), reasoned, "{stance:?}");
        assert_eq!(has(&counts, Measure::RefusalSecret).is_some(), secret, "{stance:?}");
        assert!(has(&counts, Measure::Position).is_some());
        assert_eq!(has(&counts, Measure::PositionAccepted), None);
    }
}

#[test]
fn an_acceptance_without_a_day_agrees_to_the_day_asked() {
    let mut point = Point { deadline: Some(day("2026-09-30")), ..point() };
    point.answer(day("2026-03-10"), Stance::AcceptedInPart, false, None);
    assert_eq!(has(&point.counts(), Measure::Agreed), Some((number(day("2026-09-30")), 1)));
    point.answer(day("2026-03-11"), Stance::Evasive, false, None);
    assert_eq!(has(&point.counts(), Measure::Agreed), None);
}

#[test]
fn done_and_under_way_are_counted_apart() {
    for (seen, done, under_way) in [
        (Progress::Done, true, false),
        (Progress::DoneOtherwise, true, false),
        (Progress::PartlyDone, false, true),
        (Progress::UnderWay, false, true),
        (Progress::NotStarted, false, false),
        (Progress::Regressed, false, false),
    ] {
        let mut point = point();
        point.answer(day("2026-03-10"), Stance::Accepted, true, Some(day("2026-06-30")));
        point.see(day("2026-07-10"), seen);
        let counts = point.counts();
        assert!(has(&counts, Measure::AgreedSeen).is_some());
        assert_eq!(has(&counts, Measure::AgreedDone).is_some(), done, "{seen:?}");
        assert_eq!(has(&counts, Measure::AgreedUnderWay).is_some(), under_way, "{seen:?}");
    }
}

#[test]
fn a_declaration_is_checked_from_its_day_on() {
    for (seen_on, inspected) in [("2026-06-09", false), ("2026-06-10", true)] {
        let mut point = point();
        point.declare(day("2026-06-10"), Progress::Done);
        point.see(day(seen_on), Progress::NotStarted);
        let counts = point.counts();
        assert!(has(&counts, Measure::DeclaredDone).is_some());
        assert_eq!(has(&counts, Measure::DeclaredInspected).is_some(), inspected, "{seen_on}");
        assert_eq!(has(&counts, Measure::DeclaredFoundDone), None);
    }
    let mut begun = point();
    begun.declare(day("2026-06-10"), Progress::UnderWay);
    assert_eq!(begun.counts(), []);
}

#[test]
fn a_point_not_asked_of_the_addressee_counts_nowhere() {
    let mut point = Point { asked: false, ..point() };
    point.answer(day("2026-03-10"), Stance::Accepted, true, Some(day("2026-06-30")));
    point.declare(day("2026-03-10"), Progress::Done);
    assert_eq!(point.counts(), []);
}

#[test]
fn an_exercise_counts_in_no_real_scope() {
    assert_eq!(scopes(true, Some("commune")), ["exercise"]);
    assert_eq!(scopes(false, Some("commune")), ["all", "commune"]);
    assert_eq!(scopes(false, None), ["all"]);
}
