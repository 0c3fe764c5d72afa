//! Search. What is searched for is written nowhere and kept by no cache.

use std::time::Duration;

use axum::http::{HeaderValue, header};
use record::Tx;
use record::directory::{self, Kind, Named};
use web::{Cell, Column, Format, Listing, Outcome, Page, Shown, Stop, Visit, html};

use super::called;
use super::home::search_box;

/// What search looks for, in the order shown.
const KINDS: [(Kind, &str); 4] = [
    (Kind::Recommendation, "hall-found-recommendations"),
    (Kind::Body, "hall-found-bodies"),
    (Kind::Organisation, "hall-found-organisations"),
    (Kind::Place, "hall-found-places"),
];

/// Results of each kind on the page.
const EACH: usize = 15;

const LISTING: Listing<Named> = Listing {
    name: "recherche",
    empty: "hall-found-none",
    columns: &[
        Column::data("kind", "hall-kind", |named, _| Cell::Text(named.kind.as_str().to_owned())),
        Column::data("id", "hall-what", |named, _| Cell::Text(named.id.clone())),
        Column::data("name", "hall-what", |named, visit| Cell::Text(called(visit, named))),
        Column::data("path", "hall-what", |named, _| Cell::text(named.path())),
        Column::data("exercise", "banner-exercise-word", |named, _| Cell::Yes(named.exercise)),
    ],
};

pub(crate) async fn search(visit: Visit) -> Outcome {
    visit.not_too_often("recherche", 30, Duration::from_secs(1))?;
    let mut response = if visit.format() == Format::Html {
        visit.page(page).await?
    } else {
        let found = |tx: &mut Tx<'_>, visit: &Visit| {
            let rows = found(tx, visit)?.into_iter().flat_map(|(_, rows)| rows).collect();
            Ok(LISTING.data(visit, &Shown::all(rows)))
        };
        visit.ask(found).await?
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn found(tx: &mut Tx<'_>, visit: &Visit) -> Result<Vec<(&'static str, Vec<Named>)>, Stop> {
    let asked: String = visit.asked("q").unwrap_or_default().chars().take(100).collect();
    let mut all = Vec::new();
    for (kind, label) in KINDS {
        let rows = directory::search_kind(tx, kind, &asked, EACH + 1)?;
        if !rows.is_empty() {
            all.push((label, rows));
        }
    }
    Ok(all)
}

/// The places around a found place or body, smallest first: many bear the same name.
fn lying(tx: &mut Tx<'_>, visit: &Visit, named: &Named) -> Result<Option<String>, Stop> {
    let (Kind::Place | Kind::Body, Some(place)) = (named.kind, &named.place) else { return Ok(None) };
    let mut around = Vec::new();
    // A body bears the name of its place already.
    let own = usize::from(named.kind == Kind::Body);
    for place in directory::places_around(tx, place)?.into_iter().skip(own) {
        if let Some(place) = directory::look_up(tx, Kind::Place, place.as_str())? {
            around.push(called(visit, &place));
        }
    }
    Ok((!around.is_empty()).then(|| around.join(", ")))
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let groups = found(tx, visit)?;
    let mut places = Vec::new();
    for named in groups.iter().flat_map(|(_, rows)| rows.iter().take(EACH)) {
        places.push(lying(tx, visit, named)?);
    }
    let mut places = places.into_iter();
    let title = visit.say("hall-search");
    let body = html! {
        h1 { (title) }
        (search_box(visit))
        @if visit.asked("q").is_none() {
            p { (visit.say("hall-search-text")) }
        } @else if groups.is_empty() {
            p { (visit.say("hall-found-none")) }
            p.mute { (visit.say("hall-found-none-text")) }
        }
        @for (label, rows) in &groups {
            h2 { (visit.say(label)) }
            ul {
                @for named in rows.iter().take(EACH) {
                    li {
                        @let name = called(visit, named);
                        @match named.path() {
                            Some(path) => a href=(visit.link(&path)) { (name) },
                            None => (name),
                        }
                        @if let Some(around) = places.next().flatten() { " " span.mute { "— " (around) } }
                        @if named.exercise {
                            " " span.badge.exercise { (visit.say("banner-exercise-word")) }
                        }
                    }
                }
            }
            @if rows.len() > EACH { p.mute { (visit.say("hall-found-more")) } }
        }
    };
    let page = Page::new(title, body);
    Ok(if groups.is_empty() { page } else { page.also_as(&[Format::Csv, Format::Json]) })
}
