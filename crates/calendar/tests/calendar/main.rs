//! The calendar from outside: dates, laws, sentences, import. All names and feasts here are fictional.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

#[cfg(test)]
mod dates;
#[cfg(test)]
mod import;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod peers;
#[cfg(test)]
mod sentences;

use calendar::{Calendar, Day, Feast, MovableSet, Weekday};

/// A day written as `2026-03-02`.
fn day(text: &str) -> Day {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A country that exists nowhere: weekly rest on Saturday and Sunday, five fixed feasts, two after Easter.
fn ruled() -> Calendar {
    let fixed = [(1, 1), (1, 20), (5, 1), (9, 22), (12, 25)];
    Calendar::new()
        .with_weekend([Weekday::Saturday, Weekday::Sunday])
        .with_feasts(
            fixed.map(|(month, day)| Feast::fixed(format!("Fête {day}/{month}"), month, day, "exercice")),
        )
        .with_feast(Feast::easter("Lundi de Pâques", 1, "exercice"))
        .with_feast(Feast::easter("Ascension", 39, "exercice"))
}

/// The same country, with a feast of the moon known for 2026 only.
fn with_moon() -> Calendar {
    ruled().with_movable(MovableSet::new("Fête de la lune", [2026]).on(day("2026-05-27"), "exercice"))
}
