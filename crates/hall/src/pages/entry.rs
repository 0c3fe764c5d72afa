//! One entry of the record: what it says in words, its exact bytes, and how its enclosures stand.

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use record::Tx;
use serde_json::Value;
use terms::{Enclosed, Entry};
use web::{Format, Markup, Outcome, Page, Stop, Visit, day, html};

use super::{label, register, tiles, withdraw};
use crate::tables::ground::{self, Leaf, State};

/// Characters of the entry's text that the page shows; the whole is a link away.
const SHOWN: usize = 4_000;

/// Characters of an enclosed text that the page shows; the page of what it belongs to has it whole.
const EXCERPT: usize = 300;

/// Enclosures that the page shows.
const PIECES: usize = 20;

pub(crate) async fn entry(visit: Visit, Path(asked): Path<String>) -> Outcome {
    if let Some(number) = asked.strip_suffix(".tlog-proof") {
        return tiles::proof(&visit, number.parse().map_err(|_| Stop::NotFound)?).await;
    }
    let format = visit.format();
    let number = asked.strip_suffix(format.suffix()).unwrap_or(&asked);
    let index: u64 = number.parse().map_err(|_| Stop::NotFound)?;
    match format {
        Format::Html => visit.page(move |tx, visit| page(tx, visit, index)).await,
        Format::Json => {
            let leaf = visit.ask(move |tx, visit| leaf(tx, visit, index)).await?;
            Ok(([(header::CONTENT_TYPE, "application/json")], leaf.bytes).into_response())
        }
        _ => Err(Stop::NotFound),
    }
}

fn leaf(tx: &mut Tx<'_>, visit: &Visit, index: u64) -> Result<Leaf, Stop> {
    ground::entry(tx, index, visit.day_shown())?.ok_or(Stop::NotFound)
}

fn page(tx: &mut Tx<'_>, visit: &Visit, index: u64) -> Result<Page, Stop> {
    let leaf = leaf(tx, visit, index)?;
    let entry = Entry::parse(&leaf.bytes).ok();
    let value: Value = serde_json::from_slice(&leaf.bytes).unwrap_or_default();
    let title = visit.say_with("hall-entry-title", &[("index", index.into())]);
    let by = match &entry {
        Some(entry) => Some(register::actor(tx, visit, &entry.by)?),
        None => None,
    };
    let followed = ground::entry(tx, index + 1, visit.day_shown())?.is_some();
    let body = html! {
        h1 { (title) }
        @match &entry {
            Some(entry) => (explained(visit, entry.word.spelling())),
            None => p.mute { (visit.say("hall-entry-unreadable")) },
        }
        (facts(visit, &leaf, entry.as_ref(), by.as_deref()))
        (pieces(tx, visit, index, entry.as_ref(), &value)?)
        (canonical(visit, &leaf, &value))
        (neighbours(visit, index, followed))
    };
    Ok(Page::new(title, body).under(visit.say("hall-register"), "/registre").of_entry(index))
}

fn explained(visit: &Visit, word: &str) -> Markup {
    html! {
        p.lead { (label(visit, &format!("hall-word-{word}"), word)) }
        p { (label(visit, &format!("hall-says-{word}"), "")) }
    }
}

fn facts(visit: &Visit, leaf: &Leaf, entry: Option<&Entry>, by: Option<&str>) -> Markup {
    html! {
        dl.pairs {
            @if let Some(entry) = entry {
                div {
                    dt { (visit.say("hall-sealed")) }
                    dd {
                        (day(visit, visit.house().record().zone.day_of(entry.at))) " "
                        span.small.mute { "(" (entry.at.strftime("%Y-%m-%d %H:%M:%S UTC")) ")" }
                    }
                }
            }
            div { dt { (visit.say("hall-known")) } dd { (day(visit, leaf.known)) } }
            @if let Some(by) = by { div { dt { (visit.say("hall-by")) } dd { (by) } } }
            div { dt { (visit.say("hall-leaf")) } dd { code { (tlog::leaf_hash(&leaf.bytes).hex()) } } }
        }
    }
}

fn canonical(visit: &Visit, leaf: &Leaf, value: &Value) -> Markup {
    let pretty = serde_json::to_string_pretty(value).unwrap_or_default();
    let cut = pretty.chars().count() > SHOWN;
    let shown: String = pretty.chars().take(SHOWN).collect();
    html! {
        h2 { (visit.say("hall-bytes")) }
        p {
            a href=(visit.link(&format!("/registre/{}.json", leaf.index))) {
                (visit.say_with("hall-bytes-exact", &[("size", leaf.bytes.len().into())]))
            }
        }
        div.scroll tabindex="0" role="region" aria-label=(visit.say("hall-bytes")) {
            pre { (shown) @if cut { "\n…" } }
        }
    }
}

/// The entry before and, where the day shown knows one, the entry after.
fn neighbours(visit: &Visit, index: u64, followed: bool) -> Markup {
    html! {
        nav aria-label=(visit.say("list-pages")) {
            ol.pages {
                @if index > 0 {
                    li { a rel="prev" href=(visit.link(&format!("/registre/{}", index - 1))) {
                        (visit.say("hall-entry-before"))
                    } }
                }
                @if followed {
                    li { a rel="next" href=(visit.link(&format!("/registre/{}", index + 1))) {
                        (visit.say("hall-entry-after"))
                    } }
                }
            }
        }
    }
}

/// An enclosure and where in the word it stands (`points 1 text`).
pub(super) struct Piece {
    pub(super) at: String,
    pub(super) enclosed: Enclosed,
}

fn collect(value: &Value, at: &str, found: &mut Vec<Piece>) {
    if let Ok(enclosed) = serde_json::from_value::<Enclosed>(value.clone()) {
        found.push(Piece { at: at.trim().to_owned(), enclosed });
        return;
    }
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, inner)| collect(inner, &format!("{at} {name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, inner)| collect(inner, &format!("{at} {}", i + 1), found));
        }
        _ => {}
    }
}

/// How the enclosure stands; what is withdrawn today is withdrawn on every earlier day.
fn state(tx: &mut Tx<'_>, visit: &Visit, sha256: &terms::Commitment) -> Result<State, Stop> {
    Ok(match ground::state(tx, sha256)? {
        State::Absent => web::withdrawal(tx, visit, sha256)?.map_or(State::Absent, State::Withdrawn),
        other => other,
    })
}

/// The enclosures that an entry commits to, in the order of its fields.
pub(super) fn pieces_of(value: &Value) -> Vec<Piece> {
    let mut found = Vec::new();
    collect(value.get("says").unwrap_or(&Value::Null), "", &mut found);
    found
}

fn pieces(
    tx: &mut Tx<'_>,
    visit: &Visit,
    index: u64,
    entry: Option<&Entry>,
    value: &Value,
) -> Result<Markup, Stop> {
    let found = pieces_of(value);
    if found.is_empty() {
        return Ok(html! {});
    }
    // What a word holds back is not listed here, nor anything of an entry that this version cannot read.
    let shows = entry.is_some_and(|entry| entry.word.is_public());
    let mut rows = Vec::new();
    for piece in found.iter().take(PIECES) {
        let state = state(tx, visit, &piece.enclosed.sha256)?;
        let may = matches!(&state, State::Text(_) | State::File) && withdraw::may(visit, entry);
        rows.push(html! {
            tr {
                th scope="row" { (piece.at) }
                td data-label=(visit.say("hall-piece-what")) {
                    (piece.enclosed.media.as_str()) ", "
                    (visit.say_with("hall-piece-bytes", &[("size", piece.enclosed.bytes.into())]))
                    br;
                    code.small { (piece.enclosed.sha256) }
                }
                td data-label=(visit.say("hall-piece-state")) {
                    (standing(visit, &state, shows))
                    @if may {
                        p.small.screen { a href=(visit.link(&withdraw::path(index, &piece.enclosed.sha256))) {
                            (visit.say("hall-withdraw"))
                        } }
                    }
                }
            }
        });
    }
    Ok(html! {
        h2 { (visit.say("hall-pieces")) }
        p.small.mute { (visit.say("hall-pieces-text")) }
        table.cards {
            thead { tr {
                @for column in ["hall-piece-at", "hall-piece-what", "hall-piece-state"] {
                    th scope="col" { (visit.say(column)) }
                }
            } }
            tbody { @for row in &rows { (row) } }
        }
        @if found.len() > PIECES {
            p.mute { (visit.say_with("hall-pieces-more", &[("count", (found.len() - PIECES).into())])) }
        }
    })
}

fn standing(visit: &Visit, state: &State, shows: bool) -> Markup {
    html! {
        @match state {
            State::Text(_) if !shows => (visit.say("hall-piece-present")),
            State::Text(text) => {
                @let cut = text.chars().count() > EXCERPT;
                blockquote { (text.chars().take(EXCERPT).collect::<String>()) @if cut { "…" } }
            }
            State::File => (visit.say("hall-piece-present")),
            State::Withdrawn(withdrawn) => {
                span.badge.secrecy { (visit.say("hall-piece-withdrawn")) } " "
                (web::sentence(visit, withdrawn)) " "
                a href=(visit.link(&format!("/registre/{}", withdrawn.entry))) {
                    (visit.say_with("hall-entry-number", &[("index", withdrawn.entry.into())]))
                }
            }
            State::Absent => (visit.say("hall-piece-absent")),
        }
    }
}
