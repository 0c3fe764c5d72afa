use super::*;

const CURVE: CurveWords<'static> = CurveWords {
    title: "Attente <fictive>",
    desc: "a & b",
    across: "jours",
    up: "encore sans réponse",
    median: "médiane",
};
const PAIR: PairWords<'static> =
    PairWords { title: "Suite <fictive>", desc: "a & b", done: "fait", under_way: "en cours" };
const BOUNDS: BoundsWords<'static> = BoundsWords {
    title: "Part <fictive>",
    desc: "a & b",
    lower: "au moins",
    upper: "au plus",
    value: "connu",
};
const STEPS: StepsWords<'static> = StepsWords { title: "Comités <fictifs>", desc: "a & b" };

fn sound(page: &str) {
    assert!(page.contains("role=\"img\""));
    assert!(page.contains("<desc>a &amp; b</desc>"));
    assert!(!page.contains("<fictif"));
    for never in ["style=", "NaN", "inf", "=\"-"] {
        assert!(!page.contains(never), "{never} in {page}");
    }
}

fn widths(page: &str) -> Vec<f64> {
    let bars = page.split("<rect class=").skip(1);
    bars.map(|bar| bar.split_once(" width=\"").unwrap().1.split('"').next().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn the_stair_goes_down_at_each_step_and_ends_at_the_axis_end() {
    let page = survival_curve(&[(10.0, 0.75), (20.0, 0.25)], 100.0, &CURVE, Numerals::FRENCH).into_string();
    sound(&page);
    assert!(page.contains("d=\"M44 26H70.4V62.5H96.8V135.5H308\""), "{page}");
    assert!(page.contains("médiane 20"));
    assert!(page.contains("25\u{a0}%"));
}

#[test]
fn a_median_not_reached_is_not_marked() {
    let page = survival_curve(&[(10.0, 0.51)], 100.0, &CURVE, Numerals::FRENCH).into_string();
    assert!(!page.contains("médiane"));
    let page = survival_curve(&[(10.0, 0.5)], 100.0, &CURVE, Numerals::FRENCH).into_string();
    assert!(page.contains("médiane 10"));
}

#[test]
fn steps_after_the_end_or_not_finite_are_not_drawn() {
    let steps = [(10.0, 0.8), (f64::NAN, 0.4), (100.5, 0.1), (f64::INFINITY, 0.0)];
    let page = survival_curve(&steps, 100.0, &CURVE, Numerals::ENGLISH).into_string();
    sound(&page);
    assert!(page.contains("d=\"M44 26H70.4V55.2H308\""), "{page}");
}

#[test]
fn no_step_is_a_level_line() {
    for tau in [365.0, 0.0, f64::NAN] {
        let page = survival_curve(&[], tau, &CURVE, Numerals::FRENCH).into_string();
        sound(&page);
        assert!(page.contains("d=\"M44 26H308\""));
    }
}

#[test]
fn axis_marks_are_round_and_few() {
    assert_eq!(ticks(100.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
    assert_eq!(ticks(365.0), [0.0, 100.0, 200.0, 300.0]);
    for tau in [0.4, 1.0, 7.0, 30.0, 56.0, 90.0, 181.0, 730.0, 4_000.0, 123_456.0] {
        let marks = ticks(tau);
        assert!((3..=8).contains(&marks.len()), "{tau}: {marks:?}");
        assert!(marks[marks.len() - 1] <= tau * 1.000_001);
    }
}

#[test]
fn done_and_under_way_are_two_bars_of_one_total() {
    let page = bar_pair(10, 5, 40, &PAIR, Numerals::FRENCH).into_string();
    sound(&page);
    assert_eq!(widths(&page), [79.0, 39.5]);
    assert!(page.contains("10/40 · 25\u{a0}%") && page.contains("5/40 · 12,5\u{a0}%"));
    assert!(!page.contains("15/40"), "never added");
    assert_eq!(page.matches("translate(0 0)").count(), 1);
    assert_eq!(page.matches("translate(0 46)").count(), 1, "never stacked");
}

#[test]
fn of_nothing_there_is_no_share() {
    let page = bar_pair(0, 0, 0, &PAIR, Numerals::FRENCH).into_string();
    sound(&page);
    assert_eq!(widths(&page), [0.0, 0.0]);
    assert!(page.contains(">0/0</text>") && !page.contains('%'));
}

#[test]
fn more_than_the_total_fills_the_bar_and_is_written() {
    let page = bar_pair(50, 0, 40, &PAIR, Numerals::FRENCH).into_string();
    assert_eq!(widths(&page), [316.0, 0.0]);
    assert!(page.contains("50/40"));
}

#[test]
fn bounds_hold_the_value() {
    let page = bounds_bar(0.25, Some(0.5), 0.75, &BOUNDS, Numerals::FRENCH).into_string();
    sound(&page);
    assert_eq!(widths(&page), [158.0]);
    assert!(page.contains("x=\"81\"") && page.contains("d=\"M160 22V42\""));
    assert!(page.contains("connu\u{a0}: 50\u{a0}%"));
    assert!(page.contains("au moins\u{a0}: 25\u{a0}%") && page.contains("au plus\u{a0}: 75\u{a0}%"));
}

#[test]
fn without_a_value_the_bounds_stand_alone() {
    let page = bounds_bar(0.0, None, 1.0, &BOUNDS, Numerals::ENGLISH).into_string();
    sound(&page);
    assert!(!page.contains("22V42"));
    assert!(page.contains(">connu</text>"));
    let exact = bounds_bar(0.5, Some(0.5), 0.5, &BOUNDS, Numerals::ENGLISH).into_string();
    assert_eq!(widths(&exact), [1.0], "a value without unknowns is still seen");
}

fn step(day: i64, label: &str, value: u64, of: u64) -> CountStep<'_> {
    CountStep { day, label, value, of }
}

#[test]
fn counts_are_drawn_by_day_with_what_they_are_out_of() {
    let steps = [step(300, "1er août", 15, 20), step(0, "3 janv.", 10, 20), step(150, "2 mai", 11, 20)];
    let page = count_steps(&steps, &STEPS).into_string();
    sound(&page);
    assert_eq!(page.matches("<circle").count(), 3);
    assert!(page.contains("d=\"M24 78H152V72.8H280V52H312\""), "{page}");
    assert!(page.contains("d=\"M24 26H152V26H280V26H312\""), "the whole is its own line");
    for said in ["10/20", "11/20", "15/20", "3 janv.", "1er août"] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn close_texts_are_left_out_the_newest_never() {
    let texts = (0..40).map(|day| (f64::from(day) * 6.0, 0.0, format!("{day}/819"))).collect();
    let kept = spaced(texts);
    assert!(kept.iter().any(|(_, _, text)| text == "39/819"));
    assert!(kept.iter().any(|(_, _, text)| text == "0/819"));
    assert!(kept.len() < 10);
    for (index, (x, _, _)) in kept.iter().enumerate() {
        assert!(kept[..index].iter().all(|(other, _, _)| (other - x).abs() >= 30.0));
    }
}

#[test]
fn one_count_or_none_is_drawn() {
    let one = count_steps(&[step(5, "jour", 0, 0)], &STEPS).into_string();
    sound(&one);
    assert!(one.contains("0/0"));
    sound(&count_steps(&[], &STEPS).into_string());
    let far = [step(i64::from(i32::MIN), "a", 1, 2), step(i64::from(i32::MAX), "b", u64::MAX, u64::MAX)];
    sound(&count_steps(&far, &STEPS).into_string());
}
