//! Laws that hold on any input, and the edges of each function.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use proptest::prelude::*;
use statistics::{
    Observation, Share, SurvivalRefusal, bounds, effective_number, hhi, hhi_bounds, kaplan_meier, log_rank,
    normalised, shares_of, wilson,
};
use std::time::{Duration, Instant};

fn seen(duration: f64, event: bool) -> Observation {
    Observation { duration, event }
}

fn all_ended(durations: &[f64]) -> Vec<Observation> {
    durations.iter().map(|duration| seen(*duration, true)).collect()
}

/// Whole and half days up to 60: ties are frequent.
fn any_observation() -> impl Strategy<Value = Observation> {
    (0_u32..120, any::<bool>()).prop_map(|(half_days, event)| seen(f64::from(half_days) / 2.0, event))
}

fn shuffled_too(rows: Vec<Observation>) -> impl Strategy<Value = (Vec<Observation>, Vec<Observation>)> {
    (Just(rows.clone()), Just(rows).prop_shuffle())
}

fn any_observations() -> impl Strategy<Value = Vec<Observation>> {
    prop::collection::vec(any_observation(), 1..80)
}

proptest! {
    #[test]
    fn survival_falls_from_one_towards_zero(rows in any_observations()) {
        let curve = kaplan_meier(&rows).unwrap();
        let mut above = 1.0;
        for step in &curve.steps {
            prop_assert!((0.0..=above).contains(&step.survival));
            prop_assert!(step.lower.is_none_or(|lower| (0.0..=step.survival).contains(&lower)));
            prop_assert!(step.upper.is_none_or(|upper| (step.survival..=1.0).contains(&upper)));
            prop_assert_eq!(curve.survival_at(step.time), Some(step.survival));
            above = step.survival;
        }
        prop_assert!(curve.steps.windows(2).all(|pair| pair[0].time < pair[1].time));
        let counted: usize = curve.steps.iter().map(|step| step.events + step.censored).sum();
        prop_assert_eq!(counted, rows.len());
    }

    #[test]
    fn without_censoring_it_is_the_plain_share(half_days in prop::collection::vec(0_u32..120, 1..80)) {
        let durations: Vec<f64> = half_days.iter().map(|t| f64::from(*t) / 2.0).collect();
        let curve = kaplan_meier(&all_ended(&durations)).unwrap();
        let n = durations.len() as f64;
        for step in &curve.steps {
            let later = durations.iter().filter(|duration| **duration > step.time).count();
            prop_assert!((step.survival - later as f64 / n).abs() < 1e-12);
        }
        let whole = curve.rmst(1e6);
        let mean = durations.iter().sum::<f64>() / n;
        let spread = durations.iter().map(|duration| (duration - mean).powi(2)).sum::<f64>() / n;
        prop_assert!(!whole.truncated);
        prop_assert!((whole.value - mean).abs() < 1e-9);
        prop_assert!((whole.std_error - (spread / n).sqrt()).abs() < 1e-9);
    }

    #[test]
    fn the_restricted_mean_stays_within_its_horizon(rows in any_observations(), tau in 0.0..100.0_f64) {
        let curve = kaplan_meier(&rows).unwrap();
        let found = curve.rmst(tau);
        prop_assert!(found.value >= 0.0 && found.value <= found.tau + 1e-9);
        prop_assert!(found.tau <= tau);
        prop_assert_eq!(found.truncated, found.tau < tau);
        prop_assert!(found.std_error.is_finite());
        prop_assert!(curve.rmst(tau + 1.0).value >= found.value - 1e-9);
    }

    #[test]
    fn order_does_not_matter(
        (rows, shuffled) in any_observations().prop_flat_map(shuffled_too),
    ) {
        prop_assert_eq!(kaplan_meier(&rows).unwrap(), kaplan_meier(&shuffled).unwrap());
    }

    #[test]
    fn a_quantile_is_the_first_time_that_low(rows in any_observations(), p in 0.01..=1.0_f64) {
        let curve = kaplan_meier(&rows).unwrap();
        let low = |survival: f64| survival <= 1.0 - p + 2e-8;
        match curve.quantile(p) {
            Some(time) => {
                let at = curve.steps.iter().position(|step| step.time == time).unwrap();
                prop_assert!(low(curve.steps[at].survival));
                prop_assert!(curve.steps[..at].iter().all(|step| step.survival > 1.0 - p));
            }
            None => prop_assert!(curve.steps.iter().all(|step| step.survival > 1.0 - p)),
        }
    }

    #[test]
    fn events_observed_are_events_expected(
        a in any_observations(), b in any_observations(), c in any_observations(),
    ) {
        let groups = [("a", a), ("b", b), ("c", c)].map(|(name, rows)| (name.to_owned(), rows));
        let Ok(found) = log_rank(&groups) else { return Ok(()) };
        let observed: usize = found.groups.iter().map(|group| group.observed).sum();
        let expected: f64 = found.groups.iter().map(|group| group.expected).sum();
        prop_assert!((observed as f64 - expected).abs() < 1e-9);
        prop_assert!((0.0..=1.0).contains(&found.p_value) && found.chi_square >= 0.0);
        let turned = log_rank(&[groups[2].clone(), groups[0].clone(), groups[1].clone()]).unwrap();
        prop_assert!((turned.chi_square - found.chi_square).abs() < 1e-7 * (1.0 + found.chi_square));
    }

    #[test]
    fn bounds_hold_the_value(k in 0_u64..1000, unknown in 0_u64..1000, other in 0_u64..1000) {
        let total = k + unknown + other;
        prop_assume!(total > 0);
        let found = bounds(k, unknown, total).unwrap();
        prop_assert!(0.0 <= found.lower && found.upper <= 1.0 && found.lower <= found.upper);
        prop_assert_eq!(found.value.is_none(), k + other == 0);
        prop_assert!(found.value.is_none_or(|value| found.lower <= value && value <= found.upper));
    }

    #[test]
    fn wilson_holds_the_share(k in 0_u64..10_000, more in 0_u64..10_000) {
        let n = k + more;
        prop_assume!(n > 0);
        let found = wilson(k, n).unwrap();
        let share = k as f64 / n as f64;
        prop_assert!(0.0 <= found.lower && found.lower <= share);
        prop_assert!(share <= found.upper && found.upper <= 1.0);
        let mirrored = wilson(more, n).unwrap();
        prop_assert!((mirrored.lower - (1.0 - found.upper)).abs() < 1e-12);
    }

    #[test]
    fn concentration_lies_between_equal_and_one_hand(amounts in prop::collection::vec(0.01..1e9_f64, 1..40)) {
        let shares = shares_of(&amounts).unwrap();
        let n = shares.len() as f64;
        let index = hhi(&shares).unwrap();
        prop_assert!(index >= 1.0 / n - 1e-12 && index <= 1.0 + 1e-12);
        prop_assert!(effective_number(&shares).unwrap() <= n + 1e-9);
        prop_assert_eq!(normalised(&shares).is_none(), shares.len() == 1);
        let half: Vec<f64> = shares.iter().map(|share| share / 2.0).collect();
        let opened = hhi_bounds(&half, 0.5).unwrap();
        prop_assert!((opened.upper - opened.lower - 0.25).abs() < 1e-12);
    }
}

#[test]
fn unsound_durations_are_refused_with_their_row() {
    for wrong in [-1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let rows = [seen(3.0, true), seen(wrong, false), seen(-2.0, true)];
        let Err(SurvivalRefusal::Duration { row, .. }) = kaplan_meier(&rows) else {
            panic!("{wrong} passed")
        };
        assert_eq!(row, 2);
    }
    assert_eq!(kaplan_meier(&[]), Err(SurvivalRefusal::NoObservation));
}

#[test]
fn a_flat_part_at_exactly_half_answers_its_start() {
    // R prints 2.5 here: the middle of the flat part.
    assert_eq!(kaplan_meier(&all_ended(&[1.0, 2.0, 3.0, 4.0])).unwrap().median(), Some(2.0));
    // 1 - 0.9 and the product of the steps differ in their last bits; the level is reached all the same.
    let ten: Vec<f64> = (1..=10).map(f64::from).collect();
    assert_eq!(kaplan_meier(&all_ended(&ten)).unwrap().quantile(0.9), Some(9.0));
}

#[test]
fn a_quantile_not_reached_is_none() {
    let curve = kaplan_meier(&[seen(1.0, true), seen(2.0, false), seen(3.0, false)]).unwrap();
    assert_eq!(curve.quantile(0.25), Some(1.0));
    assert_eq!(curve.median(), None);
    for outside in [0.0, -0.1, 1.1, f64::NAN] {
        assert_eq!(curve.quantile(outside), None);
    }
}

#[test]
fn only_waiting_gives_a_flat_curve() {
    let curve = kaplan_meier(&[seen(10.0, false), seen(30.0, false)]).unwrap();
    assert_eq!((curve.n, curve.events, curve.median()), (2, 0, None));
    let found = curve.rmst(180.0);
    assert_eq!((found.value, found.tau, found.truncated, found.std_error), (30.0, 30.0, true, 0.0));
    assert_eq!(curve.survival_at(30.0), Some(1.0));
    assert_eq!(curve.survival_at(31.0), None);
}

#[test]
fn the_horizon_stands_when_nobody_is_left_waiting() {
    let curve = kaplan_meier(&all_ended(&[2.0, 4.0])).unwrap();
    let found = curve.rmst(180.0);
    assert_eq!((found.value, found.tau, found.truncated), (3.0, 180.0, false));
    assert_eq!(curve.survival_at(500.0), Some(0.0));
    for nothing in [0.0, -5.0, f64::NAN] {
        assert_eq!(curve.rmst(nothing).value, 0.0);
    }
    assert_eq!(curve.rmst(f64::INFINITY).value, 3.0);
}

#[test]
fn an_answer_on_the_same_day_counts() {
    let curve =
        kaplan_meier(&[seen(-0.0, true), seen(0.0, false), seen(1.0, true), seen(5.0, false)]).unwrap();
    assert_eq!(curve.steps.len(), 3);
    let first = curve.steps[0];
    assert_eq!((first.at_risk, first.events, first.censored, first.survival), (4, 1, 1, 0.75));
    assert!(first.time.is_sign_positive());
    assert_eq!(curve.survival_at(0.0), Some(0.75));
    assert_eq!(curve.survival_at(-1.0), None);
}

fn group(name: &str, rows: &[Observation]) -> (String, Vec<Observation>) {
    (name.to_owned(), rows.to_vec())
}

#[test]
fn equal_groups_do_not_differ() {
    let rows = [seen(1.0, true), seen(2.0, true), seen(3.0, false)];
    let found = log_rank(&[group("a", &rows), group("b", &rows)]).unwrap();
    assert!(found.chi_square < 1e-12 && found.p_value > 0.999_999);
}

#[test]
fn a_group_gone_before_the_first_event_gives_no_degree() {
    let (a, b) = ([seen(5.0, true), seen(9.0, true)], [seen(7.0, true), seen(8.0, false)]);
    let gone = [seen(1.0, false), seen(2.0, false)];
    let two = log_rank(&[group("a", &a), group("b", &b)]).unwrap();
    let three = log_rank(&[group("a", &a), group("gone", &gone), group("b", &b)]).unwrap();
    assert_eq!((three.degrees, three.chi_square), (1, two.chi_square));
    assert_eq!((three.groups[1].n, three.groups[1].observed, three.groups[1].expected), (2, 0, 0.0));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let rows = [seen(1.0, true), seen(2.0, true)];
    let waiting = [seen(1.0, false)];
    let at_once = [seen(1.0, true)];
    assert_eq!(log_rank(&[group("a", &rows)]), Err(SurvivalRefusal::TooFewGroups { groups: 1 }));
    assert_eq!(
        log_rank(&[group("a", &rows), group("a", &rows)]),
        Err(SurvivalRefusal::SameName { group: "a".into() })
    );
    let empty = log_rank(&[group("a", &rows), group("b", &[])]).unwrap_err();
    assert_eq!(empty.to_string(), "group b: there is no observation");
    for same in [&waiting[..], &at_once] {
        let refused = log_rank(&[group("a", same), group("b", same)]);
        assert_eq!(refused, Err(SurvivalRefusal::NothingToCompare));
    }
}

#[test]
fn the_curve_is_written_with_its_nulls() {
    let curve = kaplan_meier(&[seen(1.0, false), seen(2.0, true), seen(3.0, false)]).unwrap();
    let written = serde_json::to_value(&curve).unwrap();
    assert_eq!(written["n"], 3);
    assert!(written["steps"][0]["lower"].is_null());
    assert_eq!(written["steps"][1]["survival"], 0.5);
}

/// Public figures of the field, as printed, with source and mark (V verified, K known but not verified).
#[test]
fn public_figures_come_out_as_printed() {
    let printed = [
        // Committees installed: commissariat to the reform, 2021-2023, of 20 regions and 819 communes (V).
        (10, 20, "50.0"),
        (11, 20, "55.0"),
        (13, 20, "65.0"),
        (15, 20, "75.0"),
        (13, 819, "1.59"),
        (16, 819, "1.95"),
        (17, 819, "2.08"),
        (25, 819, "3.05"),
        (38, 819, "4.64"),
        // Women in the Goundam committee, 2021: United Nations mission (V).
        (2, 23, "8.70"),
        // Activities of an action plan completed (K).
        (2, 41, "4.88"),
        // Recommendations of the national conferences done, under way: follow-up committee, 2024 (V).
        (72, 517, "13.93"),
        (315, 517, "60.93"),
        // The same by class of priority (K).
        (28, 55, "50.91"),
        (26, 55, "47.27"),
        (16, 153, "10.46"),
        (123, 153, "80.39"),
        // Files closed by the ombudsman, 2022 and 2024: press (V).
        (195, 268, "72.8"),
        (138, 208, "66.3"),
        // Referrals by citizens that became missions of the auditor general, 2022: press (V).
        (7, 41, "17.1"),
        // Provisions of the 2015 agreement carried out in February 2019 (K).
        (20, 78, "25.64"),
    ];
    for (k, total, percent) in printed {
        let digits = percent.len() - percent.find('.').unwrap() - 1;
        let value = Share::known(k, total).value().unwrap();
        assert_eq!(format!("{:.digits$}", 100.0 * value), percent, "{k} of {total}");
    }
}

#[test]
fn two_of_a_sample_of_twenty_three() {
    let found = Share { numerator: 2, denominator: 25, unknown: 2 }.sample_interval().unwrap();
    assert_eq!(format!("{:.1}-{:.1}", 100.0 * found.lower, 100.0 * found.upper), "2.4-26.8");
    assert_eq!(Share { numerator: 0, denominator: 1, unknown: 2 }.sample_interval(), None);
    assert_eq!(Share { numerator: 0, denominator: 3, unknown: 3 }.value(), None);
}

/// One hundred thousand delays, nearly all distinct: the fastest of five, so that a busy machine does not
/// decide.
#[test]
fn one_hundred_thousand_observations_are_quick() {
    let delay = |i: u64| (i.wrapping_mul(6_364_136_223_846_793_005) >> 33) as f64 / 1000.0;
    let rows: Vec<Observation> = (1..=100_000).map(|i| seen(delay(i), i % 3 != 0)).collect();
    let once = || {
        let start = Instant::now();
        let curve = kaplan_meier(&rows).unwrap();
        assert!(curve.median().is_some() && curve.rmst(1000.0).value > 0.0);
        start.elapsed()
    };
    let fastest = (0..5).map(|_| once()).min().unwrap();
    // Unoptimised, the limit only tells once-sorted from quadratic.
    let limit = if cfg!(debug_assertions) { 1000 } else { 100 };
    assert!(fastest < Duration::from_millis(limit), "{fastest:?}");
    eprintln!("100,000 observations: {fastest:?}");
}
