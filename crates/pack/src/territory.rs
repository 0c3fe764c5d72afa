//! Sources, places, which place lies in which, and their codes.

use std::collections::HashMap;

use terms::instance::SourceCited;
use terms::institutions::{PlaceCoded, PlaceJoined, PlaceNamed};
use terms::{Day, PlaceId};

use crate::read::Known;
use crate::schema::{PLACE_CODES, PLACE_PARENTS, PLACES, SOURCES};
use crate::sheet::{Reading, Row, rows};

pub(crate) fn sources(reading: &mut Reading<'_>, known: &mut Known) -> Vec<SourceCited> {
    let ids = &mut known.sources;
    let table = rows(reading, &SOURCES, |row| {
        let (id, title) = (row.id("id", ids), row.text("title"));
        let (published, mark) = (row.day("published"), row.mark("mark"));
        Some(SourceCited {
            id: id?,
            title: title?,
            publisher: row.maybe("publisher"),
            published,
            address: row.maybe("address"),
            mark: mark?,
            note: row.maybe("note"),
        })
    });
    if !table.readable {
        ids.open();
    }
    table.rows
}

pub(crate) fn places(reading: &mut Reading<'_>, known: &mut Known) -> Vec<PlaceNamed> {
    let Known { places: ids, bodies, levels, sources, .. } = known;
    let table = rows(reading, &PLACES, |row| {
        let (id, name) = (row.id("id", ids), row.text("name"));
        let level = row.text("level");
        if let Some(level) = level.as_deref().filter(|level| !levels.has(level)) {
            row.fault("level", levels.unknown(level));
        }
        let (from, to) = row.period();
        let (lat_e2, lon_e2) = (hundredths(row, "lat", 90), hundredths(row, "lon", 180));
        let source = row.must_link("source", sources);
        Some(PlaceNamed {
            id: id?,
            level: level?,
            name: name?,
            variants: list(row.cell("variants")),
            from,
            to,
            lat_e2,
            lon_e2,
            source,
            exercise: false,
        })
    });
    if !table.readable {
        ids.open();
    }
    if !table.complete {
        // A place that was not taken has no generated body: those who refer to it are not to blame.
        bodies.open();
    }
    table.rows
}

fn list(cell: &str) -> Vec<String> {
    cell.split(" | ").map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// Degrees with two decimals at most, as hundredths: a finer place would be a person's.
fn hundredths(row: &mut Row<'_>, column: &str, degrees_max: i32) -> Option<i32> {
    let text = row.maybe(column)?;
    let parsed = parse_hundredths(&text).filter(|e2| e2.abs() <= degrees_max * 100);
    if parsed.is_none() {
        let message = format!(
            "« {text} » n’est pas un nombre de degrés entre -{degrees_max} et {degrees_max}, avec deux \
            décimales au plus"
        );
        row.fault(column, message);
    }
    parsed
}

fn parse_hundredths(text: &str) -> Option<i32> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || whole.len() > 3 || !digits(part) || part.len() > 2 {
        return None;
    }
    let part: i32 = format!("{part:0<2}").parse().ok()?;
    Some(sign * (whole.parse::<i32>().ok()? * 100 + part))
}

/// A place lies in one place at a time, and in a larger one.
pub(crate) fn parents(
    reading: &mut Reading<'_>,
    known: &Known,
    rank: &HashMap<PlaceId, u8>,
) -> Vec<PlaceJoined> {
    let mut held = Held::default();
    rows(reading, &PLACE_PARENTS, |row| {
        let place: Option<PlaceId> = row.must_link("place", &known.places);
        let parent: Option<PlaceId> = row.must_link("parent", &known.places);
        let (from, to) = row.period();
        let source = row.must_link("source", &known.sources);
        let (place, parent) = (place?, parent?);
        if let (Some(small), Some(large)) = (rank.get(&place), rank.get(&parent))
            && large >= small
        {
            row.fault("parent", format!("« {parent} » n’est pas d’un niveau plus grand que « {place} »"));
        }
        if let Some(line) = held.overlap(place.as_str(), from, to, row.line) {
            row.fault("place", format!("« {place} » a déjà un parent à cette date, ligne {line}"));
        }
        Some(PlaceJoined { place, parent, from, to, source })
    })
    .rows
}

/// A code of a scheme means one place at a time.
pub(crate) fn codes(reading: &mut Reading<'_>, known: &Known) -> Vec<PlaceCoded> {
    let mut held = Held::default();
    rows(reading, &PLACE_CODES, |row| {
        let place = row.must_link("place", &known.places);
        let (scheme, value) = (row.text("scheme"), row.text("value"));
        let (from, to) = row.period();
        let source = row.must_link("source", &known.sources);
        let (scheme, value) = (scheme?, value?);
        if let Some(line) = held.overlap(&format!("{scheme} {value}"), from, to, row.line) {
            row.fault(
                "value",
                format!("« {value} » désigne déjà un lieu à cette date dans {scheme}, ligne {line}"),
            );
        }
        Some(PlaceCoded { place: place?, scheme, value, from, to, source })
    })
    .rows
}

/// A period, and the line that gives it.
type Taken = (Option<Day>, Option<Day>, u64);

/// Which periods are taken, by what takes them.
#[derive(Default)]
pub(crate) struct Held(HashMap<String, Vec<Taken>>);

impl Held {
    /// The line whose period meets this one; the period is taken from here on.
    pub(crate) fn overlap(
        &mut self,
        key: &str,
        from: Option<Day>,
        to: Option<Day>,
        line: u64,
    ) -> Option<u64> {
        let taken = self.0.entry(key.to_owned()).or_default();
        let before =
            |end: Option<Day>, start: Option<Day>| matches!((end, start), (Some(e), Some(s)) if e <= s);
        let meets =
            taken.iter().find(|(f, t, _)| !before(*t, from) && !before(to, *f)).map(|(_, _, line)| *line);
        taken.push((from, to, line));
        meets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_kept_as_hundredths_and_never_finer() {
        for (text, e2) in [("14.45", 1445), ("-0.04", -4), ("17", 1700), ("-8.5", -850), ("0", 0)] {
            assert_eq!(parse_hundredths(text), Some(e2), "{text}");
        }
        for text in ["14.451", "", "-", ".5", "1,5", "1e3", "--1", "9999"] {
            assert_eq!(parse_hundredths(text), None, "{text}");
        }
    }

    #[test]
    fn periods_that_follow_one_another_do_not_meet() {
        let day = |text: &str| Some(text.parse().unwrap());
        let mut held = Held::default();
        assert_eq!(held.overlap("x", None, day("2023-03-13"), 2), None);
        assert_eq!(held.overlap("x", day("2023-03-13"), None, 3), None);
        assert_eq!(held.overlap("y", None, None, 4), None);
        assert_eq!(held.overlap("x", day("2023-03-12"), day("2023-03-13"), 5), Some(2));
        assert_eq!(held.overlap("x", day("2030-01-01"), None, 6), Some(3));
    }
}
