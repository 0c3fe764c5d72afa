//! Small charts with their figures written on them.
//!
//! Laws kept: what is done and what is under way are two bars, never one upon the other; a value with
//! unknowns is shown between its bounds; a count is shown with what it is out of.

use maud::{Markup, html};

use super::{COLOURS, Numerals, Tenths};

const WIDTH: f64 = 320.0;

/// The words of a survival curve, in the reader's language.
#[derive(Debug, Clone, Copy)]
pub struct CurveWords<'a> {
    /// What waits for what.
    pub title: &'a str,
    /// The same in a sentence, with its figures.
    pub desc: &'a str,
    /// Unit of the horizontal axis: days since transmission.
    pub across: &'a str,
    /// What the vertical axis counts: still without answer.
    pub up: &'a str,
    /// The word before the day on which half is reached.
    pub median: &'a str,
}

/// Frame of a curve: left, top, right and bottom of the plotted field.
const FIELD: (f64, f64, f64, f64) = (44.0, 26.0, 308.0, 172.0);

/// The share that still waits, day by day, as a stair going down; the median is marked where it is reached.
///
/// **Shape** `steps` are (time, share still waiting from that time on), times rising, shares falling; before
/// the first step the share is one. Steps after `tau`, the end of the axis, are not drawn. Steps that are not
/// finite are passed over.
pub fn survival_curve(steps: &[(f64, f64)], tau: f64, words: &CurveWords<'_>, numerals: Numerals) -> Markup {
    let tau = if tau.is_finite() && tau > 0.0 { tau } else { 1.0 };
    let (left, top, right, bottom) = FIELD;
    let x = |time: f64| left + (right - left) * (time / tau).clamp(0.0, 1.0);
    let y = |share: f64| bottom - (bottom - top) * share.clamp(0.0, 1.0);
    let seen: Vec<(f64, f64)> = steps
        .iter()
        .copied()
        .filter(|(time, share)| time.is_finite() && share.is_finite() && *time <= tau)
        .collect();
    let mut stair = format!("M{} {}", Tenths(x(0.0)), Tenths(y(1.0)));
    for (time, share) in &seen {
        stair.push_str(&format!("H{}V{}", Tenths(x(*time)), Tenths(y(*share))));
    }
    stair.push_str(&format!("H{}", Tenths(right)));
    let median = seen.iter().find(|(_, share)| *share <= 0.5).map(|(time, _)| *time);
    html! {
        figure.drawing.chart {
            svg role="img" viewBox="0 0 320 212" {
                title { (words.title) }
                desc { (words.desc) }
                g font-size="12" fill="currentColor" {
                    text x="4" y="14" { (words.up) }
                    @for quarter in 0..=4 {
                        @let share = f64::from(quarter) / 4.0;
                        (level(y(share), &numerals.percentage(share)))
                    }
                    @for tick in ticks(tau) {
                        text x=(Tenths(x(tick))) y="188" text-anchor="middle" { (numerals.number(tick)) }
                    }
                    text x=(right) y="205" text-anchor="end" { (words.across) }
                }
                @if let Some(day) = median {
                    (median_mark(x(day), y(0.5), &format!("{} {}", words.median, numerals.number(day))))
                }
                path.c0 d=(stair) fill="none" color=(COLOURS[0]) stroke="currentColor" stroke-width="2.5" {}
            }
        }
    }
}

/// A level of the vertical axis: a thin line and its percentage.
fn level(y: f64, said: &str) -> Markup {
    html! {
        path d=(format!("M44 {}H308", Tenths(y))) stroke="currentColor" stroke-opacity=".2" {}
        text x="40" y=(Tenths(y + 4.0)) text-anchor="end" { (said) }
    }
}

fn median_mark(x: f64, y: f64, said: &str) -> Markup {
    let (anchor, aside) = if x > WIDTH / 2.0 { ("end", x - 5.0) } else { ("start", x + 5.0) };
    html! {
        g.c1 color=(COLOURS[1]) fill="currentColor" font-size="12" font-weight="700" {
            path d=(format!("M44 {1}H{0}V172", Tenths(x), Tenths(y))) fill="none" stroke="currentColor"
                stroke-width="1.5" stroke-dasharray="4 3" {}
            // Under the line at the end of a curve, above it elsewhere: there the stair does not pass.
            text x=(Tenths(aside)) y=(Tenths(if anchor == "end" { y + 16.0 } else { y - 6.0 }))
                text-anchor=(anchor) { (said) }
        }
    }
}

/// Four to eight round marks from zero to the end of the axis.
fn ticks(tau: f64) -> Vec<f64> {
    let rough = tau / 5.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|round| round * power)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * power);
    let count = (tau / step + 1e-9) as usize;
    (0..=count).map(|tick| tick as f64 * step).collect()
}

/// The words of a pair of bars, in the reader's language.
#[derive(Debug, Clone, Copy)]
pub struct PairWords<'a> {
    /// What is counted.
    pub title: &'a str,
    /// The same in a sentence, with its figures.
    pub desc: &'a str,
    /// Name of the first bar; at most 30 letters.
    pub done: &'a str,
    /// Name of the second bar; at most 30 letters.
    pub under_way: &'a str,
}

/// What is done and what is under way, a bar each out of the same total, never added and never stacked.
///
/// A count above the total fills its bar; its figures are written as they are.
pub fn bar_pair(done: u64, under_way: u64, total: u64, words: &PairWords<'_>, numerals: Numerals) -> Markup {
    html! {
        figure.drawing.chart {
            svg role="img" viewBox="0 0 320 92" {
                title { (words.title) }
                desc { (words.desc) }
                (bar(0.0, words.done, (done, total), 0, numerals))
                (bar(46.0, words.under_way, (under_way, total), 6, numerals))
            }
        }
    }
}

fn bar(top: f64, name: &str, (part, total): (u64, u64), colour: usize, numerals: Numerals) -> Markup {
    let share = (total > 0).then(|| part as f64 / total as f64);
    html! {
        g transform=(format!("translate(0 {})", Tenths(top))) fill="currentColor" font-size="12" {
            text x="1" y="14" { (name) }
            text x="319" y="14" text-anchor="end" font-weight="700" {
                (part) "/" (total)
                @if let Some(share) = share { " · " (numerals.percentage(share)) }
            }
            (track(share.unwrap_or(0.0), 22.0, colour))
        }
    }
}

/// The whole as a hollow frame, the part as a full bar in it.
fn track(share: f64, top: f64, colour: usize) -> Markup {
    let length = (WIDTH - 4.0) * share.clamp(0.0, 1.0);
    html! {
        rect x="1" y=(Tenths(top)) width="318" height="16" rx="3" fill="none" stroke="currentColor"
            stroke-opacity=".6" {}
        rect class={ "c" (colour) } x="2" y=(Tenths(top + 1.0)) width=(Tenths(length)) height="14" rx="2"
            color=(COLOURS[colour]) fill="currentColor" {}
    }
}

/// The words of a value within its bounds, in the reader's language.
#[derive(Debug, Clone, Copy)]
pub struct BoundsWords<'a> {
    /// What is measured.
    pub title: &'a str,
    /// The same in a sentence, with its figures.
    pub desc: &'a str,
    /// Before the lower bound: if every unknown were a no.
    pub lower: &'a str,
    /// Before the upper bound: if every unknown were a yes.
    pub upper: &'a str,
    /// Before the value; or what stands in its place where there is none.
    pub value: &'a str,
}

/// A share between what it is if every unknown is a no and what it is if every unknown is a yes.
///
/// **Units** fractions from 0 to 1. Without a value (nothing is known) only the bounds are drawn.
pub fn bounds_bar(
    lower: f64,
    value: Option<f64>,
    upper: f64,
    words: &BoundsWords<'_>,
    numerals: Numerals,
) -> Markup {
    let x = |share: f64| 2.0 + (WIDTH - 4.0) * share.clamp(0.0, 1.0);
    let (from, to) = (x(lower.min(upper)), x(lower.max(upper)));
    html! {
        figure.drawing.chart {
            svg role="img" viewBox="0 0 320 60" {
                title { (words.title) }
                desc { (words.desc) }
                g font-size="12" fill="currentColor" {
                    text x="1" y="13" font-weight="700" {
                        (words.value) @if let Some(value) = value { "\u{a0}: " (numerals.percentage(value)) }
                    }
                    path d="M2 26V38M318 26V38M2 32H318" fill="none" stroke="currentColor"
                        stroke-opacity=".6" {}
                    rect.c0 x=(Tenths(from)) y="27" width=(Tenths((to - from).max(1.0))) height="10" rx="2"
                        color=(COLOURS[0]) fill="currentColor" fill-opacity=".35" stroke="currentColor" {}
                    @if let Some(value) = value {
                        path.c1 d=(format!("M{} 22V42", Tenths(x(value)))) color=(COLOURS[1])
                            stroke="currentColor" stroke-width="4" {}
                    }
                    text x="1" y="56" { (words.lower) "\u{a0}: " (numerals.percentage(lower)) }
                    text x="319" y="56" text-anchor="end" {
                        (words.upper) "\u{a0}: " (numerals.percentage(upper))
                    }
                }
            }
        }
    }
}

/// A count at a date, out of what it should be then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountStep<'a> {
    /// The day, counted from any origin common to the steps.
    pub day: i64,
    /// The day as the reader reads it.
    pub label: &'a str,
    /// The count.
    pub value: u64,
    /// What it is out of on that day.
    pub of: u64,
}

/// What the counts show, in the reader's language.
#[derive(Debug, Clone, Copy)]
pub struct StepsWords<'a> {
    /// What is counted.
    pub title: &'a str,
    /// The same in a sentence, with its figures.
    pub desc: &'a str,
}

/// Counts at dates as a stair, each written as count and whole; the dashed line is the whole.
///
/// **Shape** steps in any order; they are drawn by day. A figure or date that would cover an earlier one is
/// left out: the table beside the chart holds them all.
pub fn count_steps(steps: &[CountStep<'_>], words: &StepsWords<'_>) -> Markup {
    let mut steps = steps.to_vec();
    steps.sort_by_key(|step| step.day);
    let most = steps.iter().map(|step| step.value.max(step.of)).max().unwrap_or(0).max(1) as f64;
    let (first, last) = (steps.first().map_or(0, |step| step.day), steps.last().map_or(0, |step| step.day));
    let span = ((last - first) as f64).max(1.0);
    let x = |day: i64| 24.0 + 256.0 * (day - first) as f64 / span;
    let y = |count: u64| 130.0 - 104.0 * count as f64 / most;
    let figure = |step: &CountStep<'_>| format!("{}/{}", step.value, step.of);
    let figures = spaced(steps.iter().map(|step| (x(step.day), y(step.value) - 8.0, figure(step))).collect());
    let dates = spaced(steps.iter().map(|step| (x(step.day), 147.0, step.label.to_owned())).collect());
    html! {
        figure.drawing.chart {
            svg role="img" viewBox="0 0 320 156" {
                title { (words.title) }
                desc { (words.desc) }
                g fill="none" stroke="currentColor" {
                    path d="M10 130H312" stroke-opacity=".6" {}
                    path d=(stair(&steps, x, |step| y(step.of))) stroke-dasharray="5 4" stroke-opacity=".7" {}
                }
                g.c0 color=(COLOURS[0]) fill="none" stroke="currentColor" stroke-width="2.5" {
                    path d=(stair(&steps, x, |step| y(step.value))) {}
                    @for step in &steps {
                        circle cx=(Tenths(x(step.day))) cy=(Tenths(y(step.value))) r="3.5"
                            fill="currentColor" {}
                    }
                }
                g font-size="12" fill="currentColor" text-anchor="middle" {
                    g font-weight="700" {
                        @for (x, y, figure) in &figures { text x=(Tenths(*x)) y=(Tenths(*y)) { (figure) } }
                    }
                    @for (x, y, date) in &dates { text x=(Tenths(*x)) y=(Tenths(*y)) { (date) } }
                }
            }
        }
    }
}

fn stair(steps: &[CountStep<'_>], x: impl Fn(i64) -> f64, y: impl Fn(&CountStep<'_>) -> f64) -> String {
    let mut path = String::new();
    for step in steps {
        let (x, y) = (Tenths(x(step.day)), Tenths(y(step)));
        path.push_str(&if path.is_empty() { format!("M{x} {y}") } else { format!("H{x}V{y}") });
    }
    if !path.is_empty() {
        path.push_str("H312");
    }
    path
}

/// A text centred at x, upon y.
type Centred = (f64, f64, String);

/// The texts moved inside the drawing, without those that would touch another: the last is kept, then the
/// first, then whatever fits from the left.
fn spaced(texts: Vec<Centred>) -> Vec<Centred> {
    let half = |text: &str| text.chars().count() as f64 * 3.4;
    let mut kept: Vec<Centred> = Vec::new();
    let last = texts.len().saturating_sub(1);
    let (newest, earlier): (Vec<_>, Vec<_>) =
        texts.into_iter().enumerate().partition(|(index, _)| *index == last);
    for (_, (x, y, text)) in newest.into_iter().chain(earlier) {
        let reach = half(&text);
        let x = x.clamp(reach.min(WIDTH / 2.0), (WIDTH - reach).max(WIDTH / 2.0));
        if kept.iter().all(|(other, _, said)| (other - x).abs() >= reach + half(said) + 6.0) {
            kept.push((x, y, text));
        }
    }
    kept
}

#[cfg(test)]
#[path = "chart_tests.rs"]
mod tests;
