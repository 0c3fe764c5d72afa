//! The room's pages: routes, and what several pages share.

mod attendance;
mod bodies;
mod body;
mod compared;
mod forms;
mod home;
mod matrix;
mod open;
mod place;
mod places;
mod seating;
mod sheets;

use axum::Router;
use axum::routing::get;
use terms::{Bilingual, Day, Mark, Precision};
use web::{Cell, Format, House, Language, Markup, Visit, html};

use crate::seats::Holding;
use crate::tables::Cited;

pub(crate) use attendance::sitting_panel;
pub(crate) use body::organisation_panel;
pub(crate) use forms::desk_panel;
pub(crate) use home::home_panel;

/// The room's addresses.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/instances", get(bodies::list))
        .route("/instances.csv", get(bodies::list))
        .route("/instances.json", get(bodies::list))
        .route("/instances.atom", get(bodies::list))
        .route("/instances/popolo.json", get(open::many))
        .route("/instances/{id}/popolo.json", get(open::one))
        .route("/instances/nouvelle", get(forms::establish_form).post(forms::establish))
        .route("/instances/{id}", get(body::page))
        .route("/instances/{id}/sieges", get(body::seats))
        .route("/instances/{id}/sieges.csv", get(body::seats))
        .route("/instances/{id}/sieges.json", get(body::seats))
        .route("/instances/{id}/installer", get(forms::install_form).post(forms::install))
        .route("/instances/{id}/pourvoir", get(forms::fill_form).post(forms::fill))
        .route("/instances/{id}/depart", get(forms::end_form).post(forms::end))
        .route("/instances/{id}/vacance", get(forms::interrupt_form).post(forms::interrupt))
        .route("/instances/{id}/presences", get(attendance::list))
        .route("/instances/{id}/presences/{sitting}", get(attendance::form).post(attendance::take))
        .route("/instances/sieges", get(compared::page))
        .route("/instances/sieges.csv", get(compared::page))
        .route("/instances/sieges.json", get(compared::page))
        .route("/instances/matrice", get(matrix::page))
        .route("/instances/matrice.csv", get(matrix::page))
        .route("/instances/matrice.json", get(matrix::page))
        .route("/lieux", get(places::list))
        .route("/lieux.csv", get(places::list))
        .route("/lieux.json", get(places::list))
        .route("/lieux/{id}", get(place::page))
}

/// The name in the visitor's language.
fn named<'a>(visit: &Visit, name: &'a Bilingual) -> &'a str {
    if visit.language() == Language::French { &name.fr } else { name.english() }
}

/// The name in the visitor's language, or the word where the record has not named it.
fn named_or(visit: &Visit, name: Option<&Bilingual>, word: &str) -> String {
    name.map_or(word, |name| named(visit, name)).to_owned()
}

/// The message of this key, or the word itself where another pack brings its own words.
fn label(visit: &Visit, key: &str, word: &str) -> String {
    if visit.house().languages().has(visit.language(), key) { visit.say(key) } else { word.to_owned() }
}

/// For people the label, for machines the word.
fn word_cell(visit: &Visit, label: String, word: &str) -> Cell {
    Cell::Text(if visit.format() == Format::Html { label } else { word.to_owned() })
}

fn constituency(visit: &Visit, word: &str) -> String {
    label(visit, &format!("institutions-constituency-{word}"), word)
}

fn reason(visit: &Visit, word: &str) -> String {
    label(visit, &format!("institutions-reason-{word}"), word)
}

/// The message for a source or seat that was not read whole.
fn mark_label(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Verified => None,
        Mark::VerifiedInPart => Some("mark-verified-in-part"),
        Mark::Unverified => Some("mark-unverified"),
        Mark::Proposal => Some("mark-proposal"),
    }
}

fn mark_badge(visit: &Visit, mark: Option<Mark>) -> Markup {
    html! { @if let Some(key) = mark.and_then(mark_label) { " " span.badge.unverified { (visit.say(key)) } } }
}

/// The source with its page and, unless it was read whole, its mark; or that none was given.
fn cite(visit: &Visit, source: Option<&Cited>) -> Markup {
    html! {
        @match source {
            Some(source) => {
                a href=(visit.link(&format!("/sources/{}", source.id))) {
                    (source.title.as_deref().unwrap_or(source.id.as_str()))
                }
                (mark_badge(visit, source.mark))
            }
            None => { span.mute { (visit.say("source-none")) } }
        }
    }
}

fn source_cell(source: Option<&Cited>) -> Cell {
    source.map_or(Cell::Unknown, |source| Cell::Link {
        text: source.title.clone().unwrap_or_else(|| source.id.to_string()),
        path: format!("/sources/{}", source.id),
    })
}

/// The day as exactly as it is known.
fn when(visit: &Visit, day: Day, precision: Precision) -> String {
    let text = visit.day_text(day);
    match precision {
        Precision::Day => text,
        // A long date is day, month, year, in both languages.
        Precision::Month => text.split_once(' ').map_or(text.clone(), |(_, rest)| rest.to_owned()),
        Precision::Year => day.year().to_string(),
        Precision::Attested => visit.say_with("institutions-attested", &[("day", text.into())]),
    }
}

/// From when to when a seat was held, each end as exactly as it is known.
fn held_during(visit: &Visit, holding: &Holding) -> Markup {
    let exact = [holding.from_precision, holding.to_precision] == [Precision::Day; 2];
    let from = holding.from.map(|from| when(visit, from, holding.from_precision));
    // Of a year or a month, the first day of the next is on the record: the last one held is the eve.
    let to = holding.to.map(|to| match holding.to_precision {
        Precision::Day => visit.day_text(to),
        precision => when(visit, to.yesterday().unwrap_or(to), precision),
    });
    let say = |key: &str, day: String| visit.say_with(key, &[("day", day.into())]);
    html! {
        @match (from, to) {
            _ if exact => { (web::time_range(visit, holding.from, holding.to)) }
            (Some(from), Some(to)) => { (from) " – " (to) }
            (Some(from), None) => { (say("institutions-held-from", from)) }
            (None, Some(to)) => { (say("institutions-held-to", to)) }
            (None, None) => { (visit.say("time-unknown")) }
        }
    }
}

/// Degrees as people write them, from hundredths.
fn degrees(visit: &Visit, (lat, lon): (i32, i32)) -> String {
    let one = |e2: i32, positive: &str, negative: &str| {
        let side = if e2 < 0 { negative } else { positive };
        let text = format!("{}.{:02}°\u{a0}{side}", e2.abs() / 100, e2.abs() % 100);
        if visit.language() == Language::French { text.replace('.', ",") } else { text }
    };
    let west = if visit.language() == Language::French { "O" } else { "W" };
    format!("{}, {}", one(lat, "N", "S"), one(lon, "E", west))
}

/// What stands between a thing and what is said of it.
fn colon(visit: &Visit) -> &'static str {
    if visit.language() == Language::French { "\u{a0}: " } else { ": " }
}

/// Hundredths of a degree as degrees.
fn degree(e2: i32) -> f64 {
    f64::from(e2) / 100.0
}

/// A list under a heading, or nothing where there is nothing in it.
fn section(heading: &str, empty: bool, content: &Markup) -> Markup {
    html! { @if !empty { section { h2 { (heading) } (content) } } }
}

/// One value of a `dl`.
fn pair(term: &str, value: &Markup) -> Markup {
    html! { div { dt { (term) } dd { (value) } } }
}
