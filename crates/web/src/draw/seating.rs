//! A body as a circle of palaver seen from above: the roof of millet stalks and its pillars around it, the
//! chair at the head, a disc for each seat.
//!
//! Seats of one constituency sit together and bear its letter, so that the picture is read without colour;
//! the state of a seat is its line: full, dashed, struck or dotted.

use std::collections::BTreeMap;
use std::f64::consts::PI;

use maud::{Markup, html};

use super::{COLOURS, Tenths};

/// Radius of a seat, and the least way from the middle of one to the middle of the next in its row.
const SEAT: f64 = 11.0;
const PITCH: f64 = 26.0;
/// From one row to the next.
const ROW: f64 = 28.0;
/// Radius of the chair's seat.
const CHAIR: f64 = 14.0;
/// Radius of the innermost row of a body of one row, and how far that row may open.
const INNER: f64 = 60.0;
const INNER_MOST: f64 = 112.0;

/// Whether anyone sits there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeatState {
    /// Held by a person or an office: a full disc.
    Filled,
    /// Held by nobody: a hollow disc, dashed.
    Vacant,
    /// Its holder may not sit for now: a hollow disc, struck through.
    Suspended,
    /// Nobody has said: a dotted disc with a question mark.
    Unknown,
}

impl SeatState {
    const ALL: [Self; 4] = [Self::Filled, Self::Vacant, Self::Suspended, Self::Unknown];
}

/// A seat of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatMark<'a> {
    /// Which of the constituencies given to [`seating`], counted from zero; gives colour and letter.
    pub constituency: usize,
    /// Whether anyone sits there.
    pub state: SeatState,
    /// The seat of whoever presides; the first such seat is set at the head.
    pub chair: bool,
    /// What a pointer held over the seat shows: the seat, its holder, its designating party.
    pub label: &'a str,
}

/// The words of a seating picture, in the reader's language.
#[derive(Debug, Clone, Copy)]
pub struct SeatingWords<'a> {
    /// Which body, at which date.
    pub title: &'a str,
    /// The same in a sentence, with its figures.
    pub desc: &'a str,
    /// Legend of [`SeatState::Filled`].
    pub filled: &'a str,
    /// Legend of [`SeatState::Vacant`].
    pub vacant: &'a str,
    /// Legend of [`SeatState::Suspended`].
    pub suspended: &'a str,
    /// Legend of [`SeatState::Unknown`].
    pub unknown: &'a str,
    /// Legend of the chair's roof sign, shown only where a seat is the chair.
    pub chair: &'a str,
}

impl SeatingWords<'_> {
    fn of(&self, state: SeatState) -> &str {
        match state {
            SeatState::Filled => self.filled,
            SeatState::Vacant => self.vacant,
            SeatState::Suspended => self.suspended,
            SeatState::Unknown => self.unknown,
        }
    }
}

/// The seats as a picture, the filled ones counted in the middle, with a legend of states and constituencies.
///
/// A constituency's figure in the legend is its filled seats out of all its seats. A table of the same seats
/// belongs beside it.
pub fn seating(seats: &[SeatMark<'_>], constituencies: &[&str], words: &SeatingWords<'_>) -> Markup {
    let plan = Plan::of(seats);
    let reach = plan.roof + 14.0;
    let view = format!("-{0} -{0} {1} {1}", Tenths(reach), Tenths(2.0 * reach));
    html! {
        figure.drawing.seating {
            svg role="img" viewBox=(view) width=(Tenths(reach * 2.4)) height=(Tenths(reach * 2.4)) {
                title { (words.title) }
                desc { (words.desc) }
                (roof(plan.roof))
                @for ((constituency, state), group) in plan.groups() {
                    (discs(constituency, state, &group))
                }
                @if let Some(head) = plan.chair() { (lintel(head)) }
                (tally(seats))
            }
            (legend(seats, constituencies, words))
        }
    }
}

/// A seat with its spot.
#[derive(Debug, Clone, Copy)]
struct Placed<'a> {
    seat: SeatMark<'a>,
    x: f64,
    y: f64,
    chair: bool,
}

struct Plan<'a> {
    placed: Vec<Placed<'a>>,
    roof: f64,
}

impl<'a> Plan<'a> {
    /// The chair at the top, the others around in the order of their constituencies, clockwise.
    fn of(seats: &[SeatMark<'a>]) -> Self {
        let head = seats.iter().position(|seat| seat.chair);
        let mut around: Vec<SeatMark<'a>> = seats
            .iter()
            .enumerate()
            .filter(|(index, _)| Some(*index) != head)
            .map(|(_, seat)| *seat)
            .collect();
        around.sort_by_key(|seat| seat.constituency);
        let rows = rows(around.len());
        let mut placed: Vec<Placed<'a>> = spots(&rows)
            .into_iter()
            .zip(around)
            .map(|((x, y), seat)| Placed { seat, x, y, chair: false })
            .collect();
        if let Some(index) = head {
            let at = Placed { seat: seats[index], x: 0.0, y: -rows[0].radius, chair: true };
            placed.push(at);
        }
        let roof = rows.last().map_or(INNER, |row| row.radius) + SEAT + 24.0;
        Self { placed, roof }
    }

    /// Seats that are drawn alike, together: one colour and one line each.
    fn groups(&self) -> BTreeMap<(usize, SeatState), Vec<Placed<'a>>> {
        let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for placed in &self.placed {
            groups.entry((placed.seat.constituency, placed.seat.state)).or_default().push(*placed);
        }
        groups
    }

    fn chair(&self) -> Option<Placed<'a>> {
        self.placed.iter().find(|placed| placed.chair).copied()
    }
}

/// A row of seats: its radius, and how many sit on it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Row {
    radius: f64,
    seats: usize,
}

/// Half the angle kept free at the head, so that the chair has room on the innermost row.
fn opening(inner: f64) -> f64 {
    (1.3 * PITCH / inner).asin()
}

fn capacity(radius: f64, inner: f64) -> usize {
    let arc = 2.0 * PI - 2.0 * opening(inner);
    (arc * radius / PITCH) as usize + 1
}

/// The fewest rows that hold the seats, filled in proportion to what each can hold.
fn rows(seats: usize) -> Vec<Row> {
    let mut inner = INNER;
    while inner < INNER_MOST && capacity(inner, inner) < seats {
        inner += 4.0;
    }
    if capacity(inner, inner) >= seats {
        return vec![Row { radius: inner, seats }];
    }
    let mut count = 2;
    loop {
        let inner = INNER + 20.0 * (count - 1) as f64;
        let radii: Vec<f64> = (0..count).map(|row| inner + ROW * row as f64).collect();
        let room: Vec<usize> = radii.iter().map(|radius| capacity(*radius, inner)).collect();
        let total: usize = room.iter().sum();
        if total >= seats {
            let mut left = (seats, total);
            let fill = |(radius, room): (f64, usize)| {
                // What is left over what room is left: the last row takes exactly the rest.
                let share = (left.0 * room + left.1 / 2) / left.1;
                left = (left.0 - share, left.1 - room);
                Row { radius, seats: share }
            };
            return radii.into_iter().zip(room).map(fill).collect();
        }
        count += 1;
    }
}

/// The spots of all rows, clockwise from the right of the head: neighbours in the list are neighbours.
fn spots(rows: &[Row]) -> Vec<(f64, f64)> {
    let free = opening(rows[0].radius);
    let arc = 2.0 * PI - 2.0 * free;
    let mut spots: Vec<(f64, f64)> = Vec::new();
    for row in rows {
        for seat in 0..row.seats {
            let part = if row.seats == 1 { 0.5 } else { seat as f64 / (row.seats - 1) as f64 };
            spots.push((free + arc * part, row.radius));
        }
    }
    spots.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    spots.into_iter().map(|(angle, radius)| (radius * angle.sin(), -radius * angle.cos())).collect()
}

/// The stalks as a broken ring and eight pillars under it.
fn roof(radius: f64) -> Markup {
    html! {
        g aria-hidden="true" {
            circle.c6 r=(Tenths(radius)) fill="none" color=(COLOURS[6]) stroke="currentColor" stroke-width="9"
                stroke-dasharray="2.5 1.5" stroke-opacity=".55" {}
            g.c5 color=(COLOURS[5]) fill="currentColor" {
                @for pillar in 0..8 {
                    rect x="-4" y=(Tenths(-radius + 6.0)) width="8" height="9" rx="2"
                        transform=(format!("rotate({})", Tenths(22.5 + 45.0 * f64::from(pillar)))) {}
                }
            }
        }
    }
}

/// How the disc of a state is drawn: its fill, the dashes of its line, the strength of its line.
fn line(state: SeatState) -> (&'static str, Option<&'static str>, &'static str) {
    match state {
        SeatState::Filled => ("currentColor", None, "2"),
        SeatState::Vacant => ("none", Some("4 3"), "2"),
        SeatState::Suspended => ("none", None, "2"),
        SeatState::Unknown => ("none", Some("0.1 4"), "2.5"),
    }
}

fn discs(constituency: usize, state: SeatState, group: &[Placed<'_>]) -> Markup {
    let index = constituency % COLOURS.len();
    let (fill, dashes, strength) = line(state);
    html! {
        g class={ "c" (index) } color=(COLOURS[index]) stroke="currentColor" stroke-width=(strength)
            stroke-dasharray=[dashes] stroke-linecap=[dashes.map(|_| "round")] fill=(fill) {
            @for Placed { seat, x, y, chair } in group {
                circle cx=(Tenths(*x)) cy=(Tenths(*y)) r=(if *chair { CHAIR } else { SEAT })
                    pointer-events="all" { title { (seat.label) } }
            }
            @if state == SeatState::Suspended { path d=(strikes(group)) {} }
        }
        (letters(constituency, state, group))
    }
}

/// The letters of a group in one text element, a coordinate for each; with a question mark, one element each.
fn letters(constituency: usize, state: SeatState, group: &[Placed<'_>]) -> Markup {
    let index = constituency % COLOURS.len();
    let letter = letter(constituency);
    let list = |value: fn(&Placed<'_>) -> f64| {
        group.iter().map(|placed| Tenths(value(placed)).to_string()).collect::<Vec<_>>().join(" ")
    };
    let (class, colour) = match state {
        SeatState::Filled => ("on".to_owned(), "#fff"),
        _ => (format!("c{index}"), COLOURS[index]),
    };
    html! {
        g class=(class) color=(colour) fill="currentColor" font-size="11" font-weight="700"
            text-anchor="middle" pointer-events="none" {
            @if state == SeatState::Unknown {
                @for Placed { x, y, .. } in group {
                    text x=(Tenths(*x)) y=(Tenths(*y + 4.0)) { (letter) "?" }
                }
            } @else {
                text x=(list(|placed| placed.x)) y=(list(|placed| placed.y + 4.0)) {
                    @for _ in group { (letter) }
                }
            }
        }
    }
}

/// A letter for each constituency; beyond the alphabet, none.
fn letter(constituency: usize) -> char {
    u8::try_from(constituency).ok().filter(|index| *index < 26).map_or('·', |index| char::from(b'A' + index))
}

fn strikes(group: &[Placed<'_>]) -> String {
    group
        .iter()
        .map(|Placed { x, y, chair, .. }| {
            let half = if *chair { CHAIR } else { SEAT };
            format!("M{} {}l{2}-{2}", Tenths(x - half), Tenths(y + half), Tenths(2.0 * half))
        })
        .collect()
}

/// A small roof over the head's seat.
fn lintel(head: Placed<'_>) -> Markup {
    let (x, y) = (head.x, head.y - CHAIR - 3.0);
    html! {
        path.c6 aria-hidden="true" color=(COLOURS[6]) fill="none" stroke="currentColor" stroke-width="4"
            d=(format!("M{} {}l15-6 15 6", Tenths(x - 15.0), Tenths(y))) {}
    }
}

/// Filled seats over all, in the middle of the circle.
fn tally(seats: &[SeatMark<'_>]) -> Markup {
    let filled = seats.iter().filter(|seat| seat.state == SeatState::Filled).count();
    html! {
        text y="9" font-size="26" font-weight="700" text-anchor="middle" fill="currentColor" {
            (filled) "/" (seats.len())
        }
    }
}

fn legend(seats: &[SeatMark<'_>], constituencies: &[&str], words: &SeatingWords<'_>) -> Markup {
    let in_state = |state| seats.iter().filter(|seat| seat.state == state).count();
    let of = |index| seats.iter().filter(move |seat| seat.constituency == index);
    let seated = |(index, _): &(usize, &&str)| of(*index).count() > 0;
    let filled = |index| of(index).filter(|seat| seat.state == SeatState::Filled).count();
    html! {
        figcaption {
            ul.legend {
                @for state in SeatState::ALL.into_iter().filter(|state| in_state(*state) > 0) {
                    li { (state_key(state)) " " (words.of(state)) "\u{a0}: " b { (in_state(state)) } }
                }
                @if seats.iter().any(|seat| seat.chair) {
                    li {
                        svg viewBox="-18 -12 36 24" width="20" height="14" aria-hidden="true" {
                            path.c6 color=(COLOURS[6]) fill="none" stroke="currentColor" stroke-width="5"
                                d="M-15 4l15-8 15 8" {}
                        }
                        " " (words.chair)
                    }
                }
            }
            ul.legend {
                @for (index, name) in constituencies.iter().enumerate().filter(seated) {
                    li {
                        (constituency_key(index)) " " (name) "\u{a0}: "
                        b { (filled(index)) "/" (of(index).count()) }
                    }
                }
            }
        }
    }
}

/// The disc of a constituency with its letter, larger than in the picture.
fn constituency_key(constituency: usize) -> Markup {
    let index = constituency % COLOURS.len();
    html! {
        svg viewBox="-12 -12 24 24" width="22" height="22" aria-hidden="true" {
            circle class={ "c" (index) } r="11" color=(COLOURS[index]) fill="currentColor" {}
            text.on y="5" font-size="14" font-weight="700" text-anchor="middle" color="#fff"
                fill="currentColor" {
                (letter(constituency))
            }
        }
    }
}

/// The disc of a state, of no constituency.
fn state_key(state: SeatState) -> Markup {
    let (fill, dashes, strength) = line(state);
    html! {
        svg viewBox="-14 -14 28 28" width="20" height="20" aria-hidden="true" {
            g stroke="currentColor" stroke-width=(strength) fill=(fill) stroke-dasharray=[dashes]
                stroke-linecap=[dashes.map(|_| "round")] {
                circle r="11" {}
                @if state == SeatState::Suspended { path d="M-11 11l22-22" {} }
            }
            @if state == SeatState::Unknown {
                text y="4" font-size="13" font-weight="700" text-anchor="middle" fill="currentColor" { "?" }
            }
        }
    }
}

#[cfg(test)]
#[path = "seating_tests.rs"]
mod tests;
