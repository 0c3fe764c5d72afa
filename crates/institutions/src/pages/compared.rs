//! The seat in the text, the seat named, the seat attended: the three side by side, over all installed bodies and in each.

use std::collections::BTreeMap;

use record::Tx;
use terms::Bilingual;
use web::{Cell, Column, Format, Listing, Markup, Outcome, Page, Shown, Stop, Visit, html};

use super::{constituency, named, named_or, word_cell};
use crate::compared::{Sides, came, sides, since};
use crate::seats::{Seat, Stands, seats_on};
use crate::tables::{self, Taken};

/// A kind of body and a constituency.
struct Row {
    kind: String,
    kind_name: Option<Bilingual>,
    constituency: String,
    exercise: bool,
    bodies: i64,
    sides: Sides,
}

const LISTING: Listing<Row> = Listing {
    name: "sieges-compares",
    empty: "institutions-compared-none",
    columns: &[
        Column::new("kind", "institutions-column-kind", |row, visit| {
            let name = named_or(visit, row.kind_name.as_ref(), &row.kind);
            let name =
                if row.exercise { format!("{name} ({})", visit.say("institutions-exercise")) } else { name };
            word_cell(visit, name, &row.kind)
        }),
        Column::new("constituency", "institutions-column-constituency", |row, visit| {
            word_cell(visit, constituency(visit, &row.constituency), &row.constituency)
        }),
        Column::new("bodies", "institutions-compared-bodies", |row, _| Cell::Number(row.bodies)),
        Column::new("text", "institutions-compared-text", |row, _| Cell::Number(row.sides.text)),
        Column::new("named", "institutions-compared-named", |row, _| Cell::Number(row.sides.named)),
        Column::new("unnamed", "institutions-compared-unnamed", |row, _| Cell::Number(row.sides.unnamed)),
        Column::new("empty", "institutions-compared-empty", |row, _| Cell::Number(row.sides.empty)),
        Column::new("named_unknown", "institutions-compared-unknown", |row, _| {
            Cell::Number(row.sides.named_unknown)
        }),
        Column::new("attended", "institutions-compared-attended", |row, _| Cell::Number(row.sides.attended)),
        Column::new("absent", "institutions-compared-absent", |row, _| Cell::Number(row.sides.absent)),
        Column::new("attended_unknown", "institutions-compared-attended-unknown", |row, _| {
            Cell::Number(row.sides.attended_unknown)
        }),
        Column::data("exercise", "institutions-exercise", |row, _| Cell::Yes(row.exercise)),
    ],
};

pub(super) async fn page(visit: Visit) -> Outcome {
    if visit.format() == Format::Html {
        return visit.page(compose).await;
    }
    let rows = visit.ask(|tx, visit| Ok(Shown::all(rows(tx, visit)?))).await?;
    Ok(LISTING.data(&visit, &rows))
}

/// What a kind's seats of a constituency add up to, and over how many bodies.
type Sums = BTreeMap<(usize, bool, String), (i64, Sides)>;

fn rows(tx: &mut Tx<'_>, visit: &Visit) -> Result<Vec<Row>, Stop> {
    let day = visit.day_shown();
    let kinds = tables::kinds(tx)?;
    let place = |kind: &str| kinds.iter().position(|one| one.id == kind).unwrap_or(usize::MAX);
    let mut templates = BTreeMap::new();
    for kind in &kinds {
        templates.insert(kind.id.clone(), tables::templates(tx, &kind.id)?);
    }
    let (holdings, interruptions) = (tables::every_holding(tx, day)?, tables::every_interruption(tx, day)?);
    let taken = tables::every_attended(tx, since(day), day)?;
    let mut sums: Sums = BTreeMap::new();
    for (body, kind, exercise) in tables::installed(tx, day)? {
        let Some(templates) = templates.get(&kind).filter(|templates| !templates.is_empty()) else {
            continue;
        };
        let held = holdings.get(&body).map(Vec::as_slice).unwrap_or_default();
        let broken = interruptions.get(&body).map(Vec::as_slice).unwrap_or_default();
        let seats = seats_on(templates, held, broken, day);
        let none = Taken::default();
        for (constituency, of_body) in sides(&seats, taken.get(&body).unwrap_or(&none)) {
            let sum = sums.entry((place(&kind), exercise, constituency)).or_default();
            *sum = (sum.0 + 1, sum.1.and(of_body));
        }
    }
    let row = |((kind, exercise, constituency), (bodies, sides)): ((usize, bool, String), (i64, Sides))| {
        let kind = kinds.get(kind)?;
        let (id, name) = (kind.id.clone(), kind.name.clone());
        Some(Row { kind: id, kind_name: Some(name), constituency, exercise, bodies, sides })
    };
    Ok(sums.into_iter().filter_map(row).collect())
}

fn compose(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let rows = rows(tx, visit)?;
    let title = visit.say("institutions-compared");
    let all = rows.iter().filter(|row| !row.exercise).map(|row| row.sides).fold(Sides::default(), Sides::and);
    let markup = html! {
        h1 { (title) }
        p.lead { (visit.say("institutions-compared-lead")) }
        @if rows.is_empty() { p.mute { (visit.say(LISTING.empty)) } }
        @if all.text > 0 { p { (visit.say_with("institutions-compared-sum", &sum(&all))) } }
        @for of_kind in rows.chunk_by(|one, next| one.kind == next.kind && one.exercise == next.exercise) {
            (of_one_kind(visit, of_kind))
        }
        p.small.mute { (visit.say("institutions-compared-limits")) }
        p { a href=(visit.link("/instances/matrice")) { (visit.say("institutions-matrix")) } }
    };
    Ok(Page::new(title, markup)
        .under(visit.say("institutions-title"), "/instances")
        .also_as(&[Format::Csv, Format::Json]))
}

/// A kind of body: over how many bodies, and its seats by constituency.
fn of_one_kind(visit: &Visit, rows: &[Row]) -> Markup {
    let by_constituency: Vec<(&str, Sides)> =
        rows.iter().map(|row| (row.constituency.as_str(), row.sides)).collect();
    html! {
        @if let Some(first) = rows.first() {
            section {
                h2 {
                    (named_or(visit, first.kind_name.as_ref(), &first.kind))
                    @if first.exercise { " " span.badge.exercise { (visit.say("institutions-exercise")) } }
                }
                p { (visit.say_with("institutions-compared-over", &[("count", first.bodies.into())])) }
                (table(visit, &by_constituency))
            }
        }
    }
}

/// The three sides, a line a constituency.
fn table(visit: &Visit, rows: &[(&str, Sides)]) -> Markup {
    html! {
        table.cards {
            caption { (visit.say("institutions-compared-caption")) }
            thead { tr {
                th scope="col" { (visit.say("institutions-column-constituency")) }
                @for (key, _) in counts(&Sides::default()) { th scope="col" { (visit.say(key)) } }
            } }
            tbody { @for (word, sides) in rows { tr {
                th scope="row" { (constituency(visit, word)) }
                @for (key, count) in counts(sides) { td data-label=(visit.say(key)) { (visit.number(count)) } }
            } } }
        }
    }
}

/// What a line counts, each under its message.
fn counts(sides: &Sides) -> [(&'static str, i64); 7] {
    [
        ("institutions-compared-text", sides.text),
        ("institutions-compared-named", sides.named),
        ("institutions-compared-empty", sides.empty),
        ("institutions-compared-unknown", sides.named_unknown + sides.unnamed),
        ("institutions-compared-attended", sides.attended),
        ("institutions-compared-absent", sides.absent),
        ("institutions-compared-attended-unknown", sides.attended_unknown),
    ]
}

fn sum(sides: &Sides) -> [(&'static str, web::Say<'static>); 7] {
    [
        ("text", sides.text.into()),
        ("named", sides.named.into()),
        ("empty", sides.empty.into()),
        ("named_unknown", (sides.named_unknown + sides.unnamed).into()),
        ("attended", sides.attended.into()),
        ("absent", sides.absent.into()),
        ("attended_unknown", sides.attended_unknown.into()),
    ]
}

/// The three sides of one body, constituency by constituency, and the seats that the text gives and that are known to be without holder.
pub(super) fn of_body(visit: &Visit, body: &str, seats: &[Seat<'_>], taken: &Taken) -> Markup {
    let found = sides(seats, taken);
    let all = found.values().copied().fold(Sides::default(), Sides::and);
    let by_constituency: Vec<(&str, Sides)> =
        found.iter().map(|(word, sides)| (word.as_str(), *sides)).collect();
    let missing: Vec<&Seat<'_>> = seats
        .iter()
        .filter(|seat| matches!(seat.stands, Stands::Vacant { .. } | Stands::Suspended(_)))
        .collect();
    let never: Vec<&Seat<'_>> = seats
        .iter()
        .filter(|seat| came(seat, taken).is_some_and(|came| came.there == 0 && came.of > 0))
        .collect();
    html! {
        section {
            h3 { (visit.say("institutions-compared")) }
            p { (visit.say_with("institutions-compared-sum", &sum(&all))) }
            p.small {
                @if taken.sittings == 0 { (visit.say("institutions-compared-no-attendance")) }
                @else {
                    @let count = [("count", taken.sittings.into())];
                    (visit.say_with("institutions-compared-of-sittings", &count))
                }
                " "
                a href=(visit.link(&format!("/instances/{body}/presences"))) { (visit.say("institutions-attendance")) }
            }
            details {
                summary { (visit.say("institutions-compared-caption")) }
                (table(visit, &by_constituency))
            }
            @if !missing.is_empty() {
                p { (visit.say("institutions-compared-missing")) }
                ul { @for seat in &missing { li { (seat_name(visit, seat)) } } }
            }
            @if !never.is_empty() {
                p { (visit.say("institutions-compared-never")) }
                ul { @for seat in &never { li { (seat_name(visit, seat)) } } }
            }
        }
    }
}

fn seat_name(visit: &Visit, seat: &Seat<'_>) -> String {
    let name = named(visit, &seat.template.name);
    match seat.template.count {
        Some(1) => name.to_owned(),
        _ => format!("{name} ({})", seat.ordinal),
    }
}
