//! Levels in several domains as a star, each regard a line of its own: told apart by its strokes and marks as well as by its colour.

use std::f64::consts::TAU;

use maud::{Markup, html};

use super::{COLOURS, Tenths};

/// The middle, and how far the highest level is from it.
const MIDDLE: (f64, f64) = (160.0, 132.0);
const REACH: f64 = 96.0;

/// A line of the star: its name, and its level in each domain, where it is known.
#[derive(Debug, Clone)]
pub struct Ray {
    /// Its name.
    pub name: String,
    /// From 0 to the highest level; unknown where absent.
    pub levels: Vec<Option<f64>>,
}

/// What the star is called, and the same in a sentence with its figures.
#[derive(Debug, Clone, Copy)]
pub struct RadarWords<'a> {
    /// What is shown.
    pub title: &'a str,
    /// The same with its figures.
    pub desc: &'a str,
}

/// The strokes of the first lines, and their colours.
const STROKES: [(&str, usize); 3] = [("", 0), ("7 4", 1), ("2 4", 4)];

/// The star of these lines over the domains, whose short names stand around it.
///
/// **Units** levels from 0, in the middle, to `highest`. A line breaks where a level is unknown: nothing is drawn in its place. Past the third, lines look
/// like the third.
pub fn radar(domains: &[String], rays: &[Ray], highest: u8, words: &RadarWords<'_>) -> Markup {
    let count = domains.len().max(1);
    html! {
        figure.drawing.chart {
            svg role="img" viewBox="0 0 320 300" {
                title { (words.title) }
                desc { (words.desc) }
                g fill="none" stroke="currentColor" stroke-opacity=".25" {
                    @for level in 1..=highest {
                        path d=(closed(count, f64::from(level) / f64::from(highest.max(1)))) {}
                    }
                    @for n in 0..count {
                        @let (x, y) = point(n, count, 1.0);
                        path d=(format!("M{} {}L{} {}", MIDDLE.0, MIDDLE.1, Tenths(x), Tenths(y))) {}
                    }
                }
                g fill="currentColor" font-size="13" {
                    @for (n, domain) in domains.iter().enumerate() {
                        @let (x, y) = point(n, count, 1.16);
                        text x=(Tenths(x)) y=(Tenths(y + 4.0)) text-anchor="middle" { (domain) }
                    }
                    @for level in 1..=highest {
                        @let (_, y) = point(0, count, f64::from(level) / f64::from(highest.max(1)));
                        text x=(Tenths(MIDDLE.0 + 4.0)) y=(Tenths(y + 11.0)) font-size="10" { (level) }
                    }
                }
                @for (at, ray) in rays.iter().enumerate() { (line(at, ray, count, highest)) }
                @for (at, ray) in rays.iter().enumerate() { (key(at, ray, rays.len())) }
            }
        }
    }
}

/// Where a level of a domain stands; the first domain is above the middle, the others follow as a clock goes.
fn point(n: usize, count: usize, part: f64) -> (f64, f64) {
    let turn = TAU * n as f64 / count as f64;
    (MIDDLE.0 + REACH * part * turn.sin(), MIDDLE.1 - REACH * part * turn.cos())
}

fn closed(count: usize, part: f64) -> String {
    let corners = (0..count).map(|n| {
        let (x, y) = point(n, count, part);
        format!("{} {}", Tenths(x), Tenths(y))
    });
    format!("M{}Z", corners.collect::<Vec<_>>().join("L"))
}

fn line(at: usize, ray: &Ray, count: usize, highest: u8) -> Markup {
    let (dashes, colour) = STROKES[at.min(STROKES.len() - 1)];
    let place = |n: usize| {
        let level = ray.levels.get(n).copied().flatten()?;
        Some(point(n, count, (level / f64::from(highest.max(1))).clamp(0.0, 1.0)))
    };
    let mut path = String::new();
    for n in 0..count {
        if let (Some((x, y)), Some((to_x, to_y))) = (place(n), place((n + 1) % count)) {
            path.push_str(&format!("M{} {}L{} {}", Tenths(x), Tenths(y), Tenths(to_x), Tenths(to_y)));
        }
    }
    html! {
        g class={ "c" (colour) } color=(COLOURS[colour]) {
            path d=(path) fill="none" stroke="currentColor" stroke-width="2.5" stroke-dasharray=[(!dashes.is_empty()).then_some(dashes)] {}
            @for (x, y) in (0..count).filter_map(place) { (mark(at, x, y)) }
        }
    }
}

/// A dot, a square, a triangle.
fn mark(at: usize, x: f64, y: f64) -> Markup {
    let shape = match at {
        0 => return html! { circle cx=(Tenths(x)) cy=(Tenths(y)) r="4" fill="currentColor" {} },
        1 => format!("M{} {}h8v8h-8z", Tenths(x - 4.0), Tenths(y - 4.0)),
        _ => format!("M{} {}l5 9h-10z", Tenths(x), Tenths(y - 5.0)),
    };
    html! { path d=(shape) fill="currentColor" {} }
}

/// The name of a line beside a piece of it.
fn key(at: usize, ray: &Ray, count: usize) -> Markup {
    let (dashes, colour) = STROKES[at.min(STROKES.len() - 1)];
    let left = 6.0 + 308.0 * at as f64 / count.max(1) as f64;
    html! {
        g class={ "c" (colour) } color=(COLOURS[colour]) {
            path d=(format!("M{} 284h26", Tenths(left))) fill="none" stroke="currentColor" stroke-width="2.5"
                stroke-dasharray=[(!dashes.is_empty()).then_some(dashes)] {}
            (mark(at, left + 13.0, 284.0))
            text x=(Tenths(left + 32.0)) y="288" font-size="12" fill="currentColor" { (ray.name) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rays: &[Ray]) -> String {
        let domains: Vec<String> = (1..=8).map(|n| format!("D{n}")).collect();
        let words = RadarWords { title: "Capacités", desc: "D1 : soi 2, pairs 3" };
        radar(&domains, rays, 4, &words).into_string()
    }

    fn ray(name: &str, levels: [Option<f64>; 8]) -> Ray {
        Ray { name: name.into(), levels: levels.to_vec() }
    }

    #[test]
    fn lines_are_told_apart_without_colour_and_say_what_they_are() {
        let drawn =
            drawn(&[ray("Soi", [Some(2.0); 8]), ray("Pairs", [Some(3.0); 8]), ray("Dehors", [Some(4.0); 8])]);
        for part in [
            "<title>Capacités</title>",
            "<desc>D1",
            "Soi",
            "Pairs",
            "Dehors",
            "<circle",
            "h8v8h-8z",
            "l5 9h-10z",
        ] {
            assert!(drawn.contains(part), "{part} in {drawn}");
        }
        assert_eq!(drawn.matches("stroke-dasharray=\"7 4\"").count(), 2, "the line and its key");
        assert!(!drawn.contains("style="));
    }

    #[test]
    fn what_is_unknown_is_not_drawn_in_the_middle() {
        let mut levels = [Some(2.0); 8];
        levels[3] = None;
        let (whole, broken) = (drawn(&[ray("Soi", [Some(2.0); 8])]), drawn(&[ray("Soi", levels)]));
        assert_eq!(whole.matches("<circle").count() - broken.matches("<circle").count(), 1);
        assert!(!broken.contains("L160 132"), "no line leads to the middle");
        let alone = drawn(&[ray("Soi", [None; 8])]);
        assert_eq!(alone.matches("<circle").count(), 1, "the key alone");
    }

    #[test]
    fn the_first_domain_is_above_and_the_third_to_the_right() {
        assert_eq!(point(0, 8, 1.0), (160.0, 36.0));
        let (x, y) = point(2, 8, 1.0);
        assert!((x - 256.0).abs() < 1e-9 && (y - 132.0).abs() < 1e-9);
    }
}
