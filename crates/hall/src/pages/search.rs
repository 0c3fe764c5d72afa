//! Search. What is searched for is written nowhere and kept by no cache.

use std::time::Duration;

use axum::http::{HeaderValue, header};
use record::Tx;
use record::directory::{self, Kind, Named};
use web::{Cell, Column, Format, Listing, Outcome, Page, Shown, Stop, Visit, html, told_apart};

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

/// A thing that was found, and what tells it from others of its name.
struct Found {
    named: Named,
    apart: Option<String>,
}

const LISTING: Listing<Found> = Listing {
    name: "recherche",
    empty: "hall-found-none",
    columns: &[
        Column::data("kind", "hall-kind", |found, _| Cell::Text(found.named.kind.as_str().to_owned())),
        Column::data("id", "hall-what", |found, _| Cell::Text(found.named.id.clone())),
        Column::data("name", "hall-what", |found, visit| Cell::Text(called(visit, &found.named))),
        Column::data("where", "hall-place", |found, _| Cell::text(found.apart.clone())),
        Column::data("path", "hall-what", |found, _| Cell::text(found.named.path())),
        Column::data("exercise", "banner-exercise-word", |found, _| Cell::Yes(found.named.exercise)),
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

fn found(tx: &mut Tx<'_>, visit: &Visit) -> Result<Vec<(&'static str, Vec<Found>)>, Stop> {
    let asked: String = visit.asked("q").unwrap_or_default().chars().take(100).collect();
    let mut all = Vec::new();
    for (kind, label) in KINDS {
        let mut rows = Vec::new();
        for named in directory::search_kind(tx, kind, &asked, EACH + 1)? {
            let apart = told_apart(tx, visit, &named)?;
            rows.push(Found { named, apart });
        }
        if !rows.is_empty() {
            all.push((label, rows));
        }
    }
    Ok(all)
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let groups = found(tx, visit)?;
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
                @for Found { named, apart } in rows.iter().take(EACH) {
                    li {
                        @let name = called(visit, named);
                        @match named.path() {
                            Some(path) => a href=(visit.link(&path)) { (name) },
                            None => (name),
                        }
                        @if let Some(apart) = apart { " " span.mute { "— " (apart) } }
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
