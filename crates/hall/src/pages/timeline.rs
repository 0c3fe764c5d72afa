//! The reform's time line, and its share on the page of a place.

use record::Tx;
use record::directory::Kind;
use terms::{Mark, Precision};
use web::{
    Atom, Cell, Column, FeedItem, Format, Language, Listing, Markup, Outcome, Page, Shown, Stop, Visit, html,
};

use super::{choice, label, name_of, same_day, when};
use crate::tables::{self, Cursor, Event, Wanted};

/// Facts on the page of a place.
const ON_PLACE: usize = 5;

/// Items of a feed.
const FEED: usize = 50;

struct Dated {
    event: Event,
    place: Option<(String, Option<String>)>,
}

fn what(event: &Event, visit: &Visit) -> String {
    let english = event.en.as_ref().filter(|_| visit.language() == Language::English);
    english.unwrap_or(&event.fr).clone()
}

fn kind_label(visit: &Visit, kind: &str) -> String {
    label(visit, &format!("hall-event-{kind}"), kind)
}

const LISTING: Listing<Dated> = Listing {
    name: "chronologie",
    empty: "hall-timeline-none",
    columns: &[
        Column::data("on", "hall-happened", |row, _| Cell::Day(row.event.happened)),
        Column::data("precision", "hall-precision", |row, _| {
            Cell::text(row.event.exactness.map(|exactness| exactness.as_str().to_owned()))
        }),
        Column::data("what", "hall-what", |row, visit| Cell::Text(what(&row.event, visit))),
        Column::data("kind", "hall-kind", |row, _| Cell::Text(row.event.kind.clone())),
        Column::data("place", "hall-place", |row, _| Cell::text(row.event.place.clone())),
        Column::data("place_name", "hall-place", |row, _| {
            Cell::text(row.place.as_ref().map(|(name, _)| name.clone()))
        }),
        Column::data("source", "hall-source", |row, _| Cell::text(row.event.source.clone())),
        Column::data("source_mark", "hall-mark", |row, _| {
            Cell::text(row.event.mark.map(|mark| mark.as_str().to_owned()))
        }),
        Column::data("exercise", "banner-exercise-word", |row, _| Cell::Yes(row.event.exercise)),
        Column::data("entry", "hall-entry", |row, _| {
            Cell::Number(i64::try_from(row.event.entry).unwrap_or(i64::MAX))
        }),
    ],
};

pub(crate) async fn list(visit: Visit) -> Outcome {
    match visit.format() {
        Format::Html => visit.page(page).await,
        Format::Atom => visit.ask(|tx, visit| Ok(feed(visit, shown(tx, visit, FEED)?).response(visit))).await,
        _ => visit.ask(|tx, visit| Ok(LISTING.data(visit, &shown(tx, visit, visit.rows_wanted())?))).await,
    }
}

fn shown(tx: &mut Tx<'_>, visit: &Visit, most: usize) -> Result<Shown<Dated>, Stop> {
    let wanted = Wanted {
        kind: visit.asked("genre").map(str::to_owned),
        year: visit.asked("annee").and_then(|year| year.parse().ok()),
        place: visit.asked("lieu").map(str::to_owned),
        after: visit.asked("apres").and_then(Cursor::parse),
    };
    let mut rows = Vec::new();
    for event in tables::events(tx, &wanted, most + 1)? {
        let place = match &event.place {
            Some(id) => Some(name_of(tx, visit, Kind::Place, id)?),
            None => None,
        };
        rows.push(Dated { event, place });
    }
    let cursor = |row: &Dated| Cursor { day: row.event.happened, entry: row.event.entry }.to_string();
    Ok(Shown::first(rows, most, cursor))
}

fn filter(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let kinds = tables::choices(tx, "kind")?;
    let kinds: Vec<_> = kinds.into_iter().map(|kind| (kind.clone(), kind_label(visit, &kind))).collect();
    let mut years = tables::choices(tx, "year")?;
    years.reverse();
    let years: Vec<_> = years.into_iter().map(|year| (year.clone(), year)).collect();
    let mut places = Vec::new();
    for id in tables::choices(tx, "place")? {
        let (name, _) = name_of(tx, visit, Kind::Place, &id)?;
        places.push((id, name));
    }
    places.sort_by_key(|(_, name)| record::directory::sort_key(name));
    Ok(html! {
        form.filter method="get" {
            (same_day(visit))
            (choice(visit, "genre", &visit.say("hall-kind"), &kinds))
            (choice(visit, "annee", &visit.say("hall-year"), &years))
            (choice(visit, "lieu", &visit.say("hall-place"), &places))
            button { (visit.say("hall-filter")) }
        }
    })
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let shown = shown(tx, visit, visit.rows_wanted())?;
    let title = visit.say("hall-timeline");
    let body = html! {
        h1 { (title) }
        p { (visit.say("hall-timeline-text")) }
        (filter(tx, visit)?)
        @if shown.rows.is_empty() { p.mute { (visit.say("hall-timeline-none")) } }
        @else { ol.line { @for row in &shown.rows { li { (dated(visit, row)) } } } }
        (LISTING.pages(visit, &shown))
    };
    Ok(Page::new(title, body).also_as(&[Format::Csv, Format::Json, Format::Atom]))
}

fn dated(visit: &Visit, row: &Dated) -> Markup {
    let event = &row.event;
    html! {
        time datetime=(machine(event)) { (when(visit, event.happened, event.exactness)) }
        (what(event, visit)) " "
        @if event.exercise { span.badge.exercise { (visit.say("banner-exercise-word")) } " " }
        span.small.mute {
            (kind_label(visit, &event.kind))
            @if let Some((name, path)) = &row.place {
                " · "
                @match path {
                    Some(path) => a href=(visit.link(path)) { (name) },
                    None => (name),
                }
            }
            " · " (source(visit, event)) " · "
            a href=(visit.link(&format!("/registre/{}", event.entry))) {
                (visit.say_with("hall-entry-number", &[("index", event.entry.into())]))
            }
        }
    }
}

/// What `datetime` may say: a year or a month where no more is known.
fn machine(event: &Event) -> String {
    let day = event.happened;
    match event.exactness {
        Some(Precision::Year) => format!("{:04}", day.year()),
        Some(Precision::Month) => format!("{:04}-{:02}", day.year(), day.month()),
        _ => day.to_string(),
    }
}

fn source(visit: &Visit, event: &Event) -> Markup {
    html! {
        @match &event.source {
            None => (visit.say("source-none")),
            Some(id) => {
                a href=(visit.link(&format!("/sources/{id}"))) {
                    (event.source_title.as_deref().unwrap_or(id))
                }
                @if let Some(mark) = event.mark.filter(|mark| *mark != Mark::Verified) {
                    " " span.badge.unverified { (visit.say(&format!("hall-mark-{}", mark.as_str()))) }
                }
            }
        }
    }
}

fn feed(visit: &Visit, shown: Shown<Dated>) -> Atom {
    let items = shown.rows.into_iter().filter(|row| !row.event.exercise).map(|row| FeedItem {
        title: what(&row.event, visit),
        path: format!("/registre/{}", row.event.entry),
        on: row.event.happened,
        summary: format!(
            "{} — {}",
            when(visit, row.event.happened, row.event.exactness),
            row.event.source_title.unwrap_or_else(|| visit.say("source-none"))
        ),
        key: format!("fait-{}", row.event.entry),
    });
    Atom { title: visit.say("hall-timeline"), items: items.collect() }
}

/// What happened in a place, on its page.
pub(crate) fn panel(tx: &mut Tx<'_>, visit: &Visit, place: &str) -> Result<Option<Markup>, Stop> {
    let wanted = Wanted { place: Some(place.to_owned()), ..Wanted::default() };
    let mut events = tables::events(tx, &wanted, ON_PLACE + 1)?;
    if events.is_empty() {
        return Ok(None);
    }
    let more = events.len() > ON_PLACE;
    events.truncate(ON_PLACE);
    Ok(Some(html! {
        section {
            h2 { (visit.say("hall-timeline")) }
            ol.line {
                @for event in events { li { (dated(visit, &Dated { event, place: None })) } }
            }
            @if more {
                p {
                    a href=(visit.link(&format!("/chronologie?lieu={place}"))) {
                        (visit.say("hall-timeline-all"))
                    }
                }
            }
        }
    }))
}
