//! Pictures made on the server: pure functions from data to SVG markup, nothing fetched, nothing scripted.
//!
//! - [`map`]: outlines of a country from its pack, with places as points
//! - [`seating`]: a body seen from above, a seat each, under the roof of the toguna
//! - [`chart`]: survival curve, two bars side by side, a value within its bounds, counts at dates
//! - [`network`]: three columns of names and the lines between them
//! - [`radar`]: levels in several domains, each regard a line of its own
//! - [`qr`]: the square that brings a printed sheet back to its page
//!
//! Rules that every drawing keeps, each held by a test:
//! no `style` attribute (the content policy forbids it), colour never the only sign, a `<title>` and a
//! `<desc>`, no word of its own: all words come from the caller, in the reader's language.
//! A drawing never carries what is not also in text beside it, for it may be unseen, unprinted or unloaded.
//!
//! Colours are presentation attributes, so that a drawing saved alone keeps them; by the classes `c0` … `c7`
//! and `on` the stylesheet changes them in the dark.

pub mod chart;
pub mod map;
pub mod network;
pub mod qr;
pub mod radar;
pub mod seating;

use std::fmt;

/// The eight colours of the light scheme, classes `c0` … `c7`; each reads on the page and under white.
pub const COLOURS: [&str; 8] =
    ["#26348a", "#98401a", "#4d6414", "#7a2c66", "#0b6664", "#6b4a2a", "#856000", "#4a5563"];

/// How figures are written in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numerals {
    /// What stands between units and tenths.
    pub decimal: char,
    /// What follows a percentage, its space included.
    pub percent: &'static str,
}

impl Numerals {
    /// French: `37,5 %`, with a no-break space.
    pub const FRENCH: Self = Self { decimal: ',', percent: "\u{a0}%" };
    /// English: `37.5%`.
    pub const ENGLISH: Self = Self { decimal: '.', percent: "%" };

    /// The number with at most one decimal.
    ///
    /// **Units** rounded half away from zero; a zero tenth is left out.
    pub fn number(self, value: f64) -> String {
        Tenths(value).to_string().replace('.', &self.decimal.to_string())
    }

    /// The fraction as a percentage with at most one decimal.
    pub fn percentage(self, fraction: f64) -> String {
        format!("{}{}", self.number(fraction * 100.0), self.percent)
    }
}

/// A coordinate or figure written with at most one decimal: a tenth of a unit is less than a pixel.
#[derive(Debug, Clone, Copy)]
struct Tenths(f64);

impl fmt::Display for Tenths {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() / 10.0;
        // Adding zero turns the negative zero, which would print as "-0", into zero.
        write!(out, "{}", tenths + 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: &str = include_str!("../../assets/style.css");

    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The value of a custom property or colour class, in order of appearance: light, then dark.
    fn colours_after(lead: &str) -> Vec<&'static str> {
        STYLE.match_indices(lead).map(|(at, _)| &STYLE[at + lead.len()..at + lead.len() + 7]).collect()
    }

    /// The colours of the drawings in a scheme: from here in the light, from the stylesheet in the dark.
    fn drawn(scheme: usize) -> Vec<&'static str> {
        if scheme == 0 {
            return COLOURS.to_vec();
        }
        (0..COLOURS.len())
            .map(|index| {
                let written = colours_after(&format!(".c{index}{{color:"));
                assert_eq!(written.len(), 1, "c{index} is said once, for the dark");
                written[0]
            })
            .collect()
    }

    #[test]
    fn every_colour_reads_on_the_page_in_light_and_in_dark() {
        let letters = ["#ffffff", colours_after(".on{color:")[0]];
        for (scheme, letter) in letters.into_iter().enumerate() {
            let mut words = drawn(scheme);
            for colour in &words {
                assert!(contrast(colour, letter) >= 4.5, "letter on {colour}, scheme {scheme}");
            }
            for lead in ["--ink:", "--link:", "--mute:", "--bad:", "--good:"] {
                words.push(colours_after(lead)[scheme]);
            }
            for ground in ["--bg:", "--card:"].map(|lead| colours_after(lead)[scheme]) {
                for colour in &words {
                    let found = contrast(colour, ground);
                    assert!(found >= 4.5, "{colour} on {ground}: {found:.2}, scheme {scheme}");
                }
            }
        }
    }

    #[test]
    fn the_stylesheet_is_small_and_loads_nothing() {
        assert!(STYLE.len() <= 12_000, "{} bytes", STYLE.len());
        for never in ["url(", "@import", ":has(", "&"] {
            assert!(!STYLE.contains(never), "{never}");
        }
        assert_eq!(STYLE.matches('{').count(), STYLE.matches('}').count());
    }

    #[test]
    fn figures_follow_the_language() {
        assert_eq!(Numerals::FRENCH.percentage(0.375), "37,5\u{a0}%");
        assert_eq!(Numerals::ENGLISH.percentage(0.375), "37.5%");
        assert_eq!(Numerals::FRENCH.percentage(0.75), "75\u{a0}%");
        assert_eq!(Tenths(-0.04).to_string(), "0");
        assert_eq!(Tenths(12.04).to_string(), "12");
        assert_eq!(Tenths(-3.25).to_string(), "-3.3");
    }
}
