//! What became known last: page, data, feed.

use record::Tx;
use record::directory::Kind;
use web::{
    Atom, Cell, Column, FeedItem, Format, Listing, Markup, Outcome, Page, Shown, Stop, Visit, day, html,
};

use super::{choice, name_of, same_day};
use crate::tables::{self, Cursor, Latest, NEWS};

/// Items of a feed.
const FEED: usize = 50;

/// One of the latest things, in words.
#[derive(Clone)]
pub(crate) struct Told {
    latest: Latest,
    sentence: String,
    who: Option<String>,
    what: String,
    path: String,
    exercise: bool,
}

/// The latest thing in words.
pub(crate) fn told(tx: &mut Tx<'_>, visit: &Visit, latest: Latest) -> Result<Told, Stop> {
    let kind = if latest.subject_kind == "body" { Kind::Body } else { Kind::Recommendation };
    let (what, path) = name_of(tx, visit, kind, &latest.subject)?;
    let who = match (latest.actor_kind.as_deref(), latest.actor.as_deref()) {
        (Some("body"), Some(id)) => Some(name_of(tx, visit, Kind::Body, id)?.0),
        (Some("organisation"), Some(id)) => Some(name_of(tx, visit, Kind::Organisation, id)?.0),
        (Some("name"), name) => name.map(str::to_owned),
        _ => None,
    };
    let stood = who.clone().unwrap_or_else(|| visit.say("hall-unknown-author"));
    let sentence = visit.say_with(
        &format!("hall-news-kind-{}", latest.kind),
        &[("who", stood.into()), ("what", (&what).into())],
    );
    let sitting = latest.actor.as_deref().filter(|_| latest.kind == "sitting");
    let path = sitting.map(|id| format!("/reunions/{id}")).or(path);
    let path = path.unwrap_or_else(|| format!("/registre/{}", latest.entry));
    Ok(Told { latest, sentence, who, what, path, exercise: false })
}

/// The latest things as a time line.
pub(crate) fn line(visit: &Visit, told: &[Told]) -> Markup {
    html! {
        ol.line {
            @for one in told {
                li.silent[one.latest.kind.starts_with("un")] {
                    @match one.latest.happened {
                        Some(on) => { (day(visit, on)) }
                        // Not the day on which it happened, but the one by which it could be read.
                        None => {
                            time datetime=(one.latest.known.to_string()) {
                                (visit.say_with(
                                    "hall-news-known-by",
                                    &[("day", visit.day_text(one.latest.known).into())],
                                ))
                            }
                        }
                    }
                    a href=(visit.link(&one.path)) { (one.sentence) }
                }
            }
        }
    }
}

const LISTING: Listing<Told> = Listing {
    name: "nouveautes",
    empty: "hall-news-none",
    columns: &[
        Column::new("known", "hall-known", |one, _| Cell::Day(one.latest.known)),
        Column::new("happened", "hall-happened", |one, _| Cell::day(one.latest.happened)),
        Column::new("what", "hall-what", |one, _| Cell::Link {
            text: one.sentence.clone(),
            path: one.path.clone(),
        }),
        Column::data("kind", "hall-kind", |one, _| Cell::Text(one.latest.kind.clone())),
        Column::data("subject_kind", "hall-kind", |one, _| Cell::Text(one.latest.subject_kind.clone())),
        Column::data("subject", "hall-what", |one, _| Cell::Text(one.latest.subject.clone())),
        Column::data("title", "hall-what", |one, _| Cell::Text(one.what.clone())),
        Column::data("actor", "hall-who", |one, _| Cell::text(one.who.clone())),
        Column::data("exercise", "banner-exercise-word", |one, _| Cell::Yes(one.exercise)),
        Column::new("entry", "hall-entry", |one, _| Cell::Link {
            text: one.latest.entry.to_string(),
            path: format!("/registre/{}", one.latest.entry),
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

fn is_exercise(visit: &Visit) -> bool {
    visit.asked("exercice") == Some("oui")
}

fn shown(tx: &mut Tx<'_>, visit: &Visit, most: usize) -> Result<Shown<Told>, Stop> {
    let kind = visit.asked("genre").filter(|kind| NEWS.contains(kind));
    let after = visit.asked("apres").and_then(Cursor::parse);
    let exercise = is_exercise(visit);
    let rows = tables::latest(tx, exercise, kind, after, most + 1)?;
    let told: Result<Vec<Told>, Stop> =
        rows.into_iter().map(|row| told(tx, visit, row).map(|told| Told { exercise, ..told })).collect();
    let cursor = |one: &Told| Cursor { day: one.latest.known, entry: one.latest.entry }.to_string();
    Ok(Shown::first(told?, most, cursor))
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let shown = shown(tx, visit, visit.rows_wanted())?;
    let kinds: Vec<(String, String)> =
        NEWS.iter().map(|kind| ((*kind).to_owned(), visit.say(&format!("hall-news-name-{kind}")))).collect();
    let exercise = [("oui".to_owned(), visit.say("hall-exercise-only"))];
    let title = visit.say("hall-news");
    let body = html! {
        h1 { (title) }
        p { (visit.say("hall-news-text")) }
        form.filter method="get" {
            (same_day(visit))
            (choice(visit, "genre", &visit.say("hall-kind"), &kinds))
            (choice(visit, "exercice", &visit.say("banner-exercise-word"), &exercise))
            button { (visit.say("hall-filter")) }
        }
        (LISTING.table(visit, &shown, &visit.say("hall-news-caption")))
    };
    Ok(Page::new(title, body)
        .also_as(&[Format::Csv, Format::Json, Format::Atom])
        .exercise(is_exercise(visit)))
}

fn feed(visit: &Visit, shown: Shown<Told>) -> Atom {
    let items = shown.rows.into_iter().map(|one| {
        let summary = match one.latest.happened {
            Some(on) => visit.say_with("hall-news-on", &[("day", visit.day_text(on).into())]),
            None => visit.say("hall-news-on-unknown"),
        };
        FeedItem {
            title: one.sentence,
            path: one.path,
            on: one.latest.known,
            summary,
            key: format!("entree-{}", one.latest.entry),
        }
    });
    Atom { title: visit.say("hall-news"), items: items.collect() }
}
