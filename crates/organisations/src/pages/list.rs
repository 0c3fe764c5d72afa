//! The register as a list: page, CSV, JSON, and the feed of statements.

use std::collections::HashMap;

use record::{Tx, directory};
use terms::PlaceId;
use web::{
    Atom, Cell, Column, FeedItem, Form, Format, Input, Language, Listing, Markup, Outcome, Page, Refusals,
    Shown, Stop, Visit, field_spelled, html,
};

use super::{kind_label, standing_cell, status_label};
use crate::acts::{KINDS, STANDINGS};
use crate::besides::{self, More};
use crate::tables::{self, Filter, Organisation};

/// Statements in one feed.
const FEED_ITEMS: usize = 50;

/// How many organisations search hands on to the other filters.
const SEARCHED_MAX: usize = 300;

struct Line {
    organisation: Organisation,
    place: Option<String>,
    more: More,
}

/// Words for machines in one cell, as the pack's sheets write them; unknown where there is none.
fn joined(words: &[String]) -> Cell {
    if words.is_empty() { Cell::Unknown } else { Cell::Text(words.join(" | ")) }
}

const LISTING: Listing<Line> = Listing {
    name: "organisations",
    empty: "organisations-none",
    columns: &[
        Column::data("id", "organisations-column-id", |l, _| Cell::Text(l.organisation.id.to_string())),
        Column::new("name", "organisations-column-name", |l, _| Cell::Link {
            text: l.organisation.name.clone(),
            path: format!("/organisations/{}", l.organisation.id),
        }),
        Column::new("acronym", "organisations-column-acronym", |l, _| {
            Cell::text(l.organisation.acronym.clone())
        }),
        Column::new("kind", "organisations-column-kind", |l, visit| {
            Cell::Text(match visit.format() {
                Format::Html => kind_label(visit, &l.organisation.kind),
                _ => l.organisation.kind.clone(),
            })
        }),
        Column::new("status", "organisations-column-status", |l, visit| {
            standing_cell(&l.organisation, visit)
        }),
        Column::data("status_since", "organisations-column-since", |l, _| {
            Cell::day(l.organisation.status_since)
        }),
        Column::new("contested", "organisations-contested", |l, _| Cell::Yes(l.organisation.contested)),
        Column::data("founded", "organisations-column-founded", |l, _| {
            Cell::text(l.organisation.founded.clone())
        }),
        Column::data("legal_form", "organisations-column-legal-form", |l, _| {
            Cell::text(l.organisation.legal_form.clone())
        }),
        Column::new("place_name", "organisations-column-place", |l, _| Cell::text(l.place.clone())),
        Column::data("place", "organisations-column-place", |l, _| {
            Cell::text(l.organisation.place.as_ref().map(ToString::to_string))
        }),
        Column::data("source", "organisations-column-source", |l, _| {
            Cell::text(l.organisation.source.as_ref().map(ToString::to_string))
        }),
        Column::data("legal_forms", "organisations-recognitions", |l, _| joined(&l.more.forms)),
        Column::data("receipts", "organisations-receipt-number", |l, _| joined(&l.more.receipts)),
        Column::data("identifiers", "organisations-identifiers", |l, _| joined(&l.more.identifiers)),
        Column::data("themes", "organisations-work-themes", |l, _| joined(&l.more.themes)),
        Column::data("work_places", "organisations-work-places", |l, _| joined(&l.more.places)),
        Column::data("also_registered_as", "organisations-mergers", |l, _| joined(&l.more.merged)),
        Column::data("exercise", "organisations-exercise", |l, _| Cell::Yes(l.organisation.exercise)),
    ],
};

pub(super) async fn list(visit: Visit) -> Outcome {
    match visit.format() {
        Format::Html => visit.page(page).await,
        Format::Atom => Ok(visit.ask(feed).await?.response(&visit)),
        _ => {
            let shown = visit.ask(|tx, visit| Ok(rows(tx, visit)?.0)).await?;
            Ok(LISTING.data(&visit, &shown))
        }
    }
}

/// The rows asked for, and the places that the place asked for may mean.
fn rows(tx: &mut Tx<'_>, visit: &Visit) -> Result<(Shown<Line>, Vec<directory::Named>), Stop> {
    let owned = |name: &str| visit.asked(name).map(str::to_owned);
    let places = match visit.asked("lieu") {
        Some(text) => directory::places_called(tx, text, 8)?,
        None => Vec::new(),
    };
    let place = match places.first() {
        Some(named) => PlaceId::parse(&named.id).ok(),
        None if visit.asked("lieu").is_some() => return Ok((Shown::all(Vec::new()), places)),
        None => None,
    };
    let among = match visit.asked("q") {
        Some(text) => {
            let found = directory::search_kind(tx, directory::Kind::Organisation, text, SEARCHED_MAX)?;
            Some(found.into_iter().map(|named| named.id).collect())
        }
        None => None,
    };
    let works_in = match visit.asked("travaille") {
        Some(text) => match directory::places_called(tx, text, 1)?.first() {
            Some(named) => PlaceId::parse(&named.id).ok(),
            None => return Ok((Shown::all(Vec::new()), places)),
        },
        None => None,
    };
    let filter = Filter {
        theme: owned("theme"),
        works_in,
        kind: owned("sorte"),
        status: owned("statut"),
        umbrella: owned("faitiere"),
        place,
        among,
        after: owned("apres"),
    };
    let most = visit.rows_wanted();
    let found = tables::list(tx, &filter, visit.day_shown(), most + 1)?;
    // On a page nobody sees it.
    let mut besides = match visit.format() {
        Format::Html => HashMap::new(),
        _ => besides::of(tx, visit.day_shown())?,
    };
    let mut lines = Vec::with_capacity(found.len());
    for organisation in found {
        let more = besides.remove(organisation.id.as_str()).unwrap_or_default();
        let place = match &organisation.place {
            Some(place) => directory::look_up(tx, directory::Kind::Place, place.as_str())?,
            None => None,
        };
        lines.push(Line { organisation, place: place.and_then(|named| named.fr), more });
    }
    Ok((Shown::first(lines, most, |line| line.organisation.id.to_string()), places))
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let (shown, places) = rows(tx, visit)?;
    let filter = filter(tx, visit)?;
    let title = visit.say("organisations-title");
    let steward = visit.standing().is_some_and(web::Standing::is_steward);
    let body = html! {
        h1 { (title) }
        p.lead { (visit.say("organisations-lead")) }
        @if steward {
            p {
                a.button href=(visit.link("/organisations/nouvelle")) { (visit.say("organisations-new")) } " "
                a href=(visit.link("/organisations/doublons")) { (visit.say("organisations-duplicates")) }
            }
        }
        (filter)
        (web::meant(tx, visit, "lieu", &places)?)
        (LISTING.table(visit, &shown, &visit.say("organisations-caption")))
        p { a href=(visit.link("/restrictions")) { (visit.say("organisations-restrictions-all")) } }
        p.small {
            (visit.say("organisations-open-formats")) " "
            a href=(visit.link("/organisations/popolo.json")) { "Popolo" } " · "
            a href=(visit.link("/organisations/bods.json")) { "BODS 0.4" }
        }
    };
    Ok(Page::new(title, body).also_as(&[Format::Csv, Format::Json, Format::Atom]))
}

fn filter(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let place = field_spelled(tx, visit, directory::Kind::Place, "lieu")?;
    let works_in = field_spelled(tx, visit, directory::Kind::Place, "travaille")?;
    let asked: Vec<(&str, &str)> = ["q", "sorte", "statut", "faitiere", "theme"]
        .into_iter()
        .filter_map(|name| visit.asked(name).map(|value| (name, value)))
        .chain([("lieu", place.as_str()), ("travaille", works_in.as_str())])
        .collect();
    let form = Form::of(&asked);
    let nothing = Refusals::default();
    let kinds: Vec<_> = KINDS.iter().map(|kind| ((*kind).to_owned(), kind_label(visit, kind))).collect();
    let mut standings: Vec<_> =
        STANDINGS.iter().map(|word| ((*word).to_owned(), status_label(visit, word))).collect();
    standings.push(("unknown".to_owned(), visit.say("organisations-standing-unknown")));
    standings.push(("contested".to_owned(), visit.say("organisations-contested")));
    let umbrellas = tables::umbrellas(tx)?;
    let french = visit.language() == Language::French;
    let themes: Vec<(String, String)> = directory::all(tx, directory::Kind::Theme)?
        .into_iter()
        .map(|theme| {
            let name = if french { theme.fr } else { theme.en.or(theme.fr) };
            (theme.id.clone(), name.unwrap_or(theme.id))
        })
        .collect();
    let input = |name: &'static str, key: &str| Input::narrowing(name, visit.say(key));
    Ok(html! {
        form.filter method="get" action=(visit.link("/organisations")) role="search" {
            @if let Some(past) = visit.past() { input type="hidden" name="au" value=(past.to_string()); }
            (visit.text_field(&input("q", "organisations-filter-search"), "search", &form, &nothing))
            (visit.choice_field(&input("sorte", "organisations-column-kind"), &kinds, &form, &nothing))
            (visit.choice_field(&input("statut", "organisations-column-status"), &standings, &form, &nothing))
            @if !umbrellas.is_empty() {
                (visit.choice_field(&input("faitiere", "organisations-filter-umbrella"), &umbrellas, &form,
                    &nothing))
            }
            (visit.text_field(&input("lieu", "organisations-filter-place"), "text", &form, &nothing))
            @if !themes.is_empty() {
                (visit.choice_field(&input("theme", "organisations-filter-theme"), &themes, &form, &nothing))
            }
            (visit.text_field(&input("travaille", "organisations-filter-works"), "text", &form, &nothing))
            button { (visit.say("organisations-filter")) }
        }
    })
}

fn feed(tx: &mut Tx<'_>, visit: &Visit) -> Result<Atom, Stop> {
    let items = tables::newest_statements(tx, FEED_ITEMS)?.into_iter().map(|statement| {
        let name = statement.name.clone().unwrap_or_else(|| statement.organisation.to_string());
        let mut summary = vec![status_label(visit, &statement.status)];
        summary.extend(statement.on.map(|on| visit.day_text(on)));
        summary.extend(statement.authority.clone());
        if statement.contested {
            summary.push(visit.say("organisations-contested"));
        }
        if statement.exercise == Some(true) {
            summary.insert(0, visit.say("organisations-exercise"));
        }
        FeedItem {
            title: format!("{name} — {}", status_label(visit, &statement.status)),
            path: format!("/organisations/{}", statement.organisation),
            on: statement.known,
            summary: summary.join(", "),
            key: format!("statut-{}", statement.entry),
        }
    });
    Ok(Atom { title: visit.say("organisations-feed"), items: items.collect() })
}
