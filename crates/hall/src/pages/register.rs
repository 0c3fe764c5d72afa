//! The record itself: what it is, its newest signature, its entries.

use axum::http::header;
use axum::response::IntoResponse;
use record::directory::Kind;
use record::{Tx, cosigned};
use terms::{Actor, Behalf, Entry};
use web::{Cell, Column, Format, Listing, Markup, Outcome, Page, Shown, Stop, Visit, day, html};

use super::{label, name_of, successions, witnesses};
use crate::tables::ground::{self, Leaf, Signed};

/// An entry as the list shows it.
struct Line {
    leaf: Leaf,
    sealed_at: Option<String>,
    word: Option<String>,
    by: String,
}

const LISTING: Listing<Line> = Listing {
    name: "registre",
    empty: "hall-register-none",
    columns: &[
        Column::new("index", "hall-entry", |line, _| Cell::Link {
            text: line.leaf.index.to_string(),
            path: format!("/registre/{}", line.leaf.index),
        }),
        Column::new("known", "hall-known", |line, _| Cell::Day(line.leaf.known)),
        Column::data("sealed_at", "hall-sealed", |line, _| Cell::text(line.sealed_at.clone())),
        Column::data("word", "hall-word", |line, _| Cell::text(line.word.clone())),
        Column::new("says", "hall-word", |line, visit| {
            Cell::text(line.word.as_ref().map(|word| label(visit, &format!("hall-word-{word}"), word)))
        }),
        Column::new("by", "hall-by", |line, _| Cell::Text(line.by.clone())),
        Column::data("leaf_hash", "hall-leaf", |line, _| {
            Cell::Text(tlog::leaf_hash(&line.leaf.bytes).hex().to_string())
        }),
        Column::data("bytes", "hall-bytes", |line, _| {
            Cell::number(i64::try_from(line.leaf.bytes.len()).ok())
        }),
    ],
};

pub(crate) async fn list(visit: Visit) -> Outcome {
    if visit.format() == Format::Html {
        return visit.page(page).await;
    }
    visit.ask(|tx, visit| Ok(LISTING.data(visit, &shown(tx, visit)?))).await
}

fn shown(tx: &mut Tx<'_>, visit: &Visit) -> Result<Shown<Line>, Stop> {
    let below = visit.asked("apres").and_then(|index| index.parse().ok());
    let most = visit.rows_wanted();
    let mut lines = Vec::new();
    for leaf in ground::leaves(tx, visit.day_shown(), below, most + 1)? {
        // An entry of a newer version stays on the list; only what it says is not known here.
        let entry = Entry::parse(&leaf.bytes).ok();
        let by = match &entry {
            Some(entry) => actor(tx, visit, &entry.by)?,
            None => visit.say("list-unknown"),
        };
        lines.push(Line {
            leaf,
            sealed_at: entry.as_ref().map(|entry| entry.at.to_string()),
            word: entry.map(|entry| entry.word.spelling().to_owned()),
            by,
        });
    }
    Ok(Shown::first(lines, most, |line| line.leaf.index.to_string()))
}

/// Who acted, on whose behalf. The person's name is not repeated here: the act is that of those they act for.
pub(crate) fn actor(tx: &mut Tx<'_>, visit: &Visit, by: &Actor) -> Result<String, Stop> {
    let (key, who) = match by {
        Actor::Clock => return Ok(visit.say("hall-by-clock")),
        Actor::Loader => return Ok(visit.say("hall-by-loader")),
        Actor::LinkHolder { body } => ("hall-by-link", name_of(tx, visit, Kind::Body, body.as_str())?.0),
        Actor::Person { behalf, .. } => match behalf {
            Behalf::Instance => return Ok(visit.say("hall-by-instance")),
            Behalf::Body { body } => ("hall-by-person", name_of(tx, visit, Kind::Body, body.as_str())?.0),
            Behalf::Organisation { organisation } => {
                ("hall-by-person", name_of(tx, visit, Kind::Organisation, organisation.as_str())?.0)
            }
        },
    };
    Ok(visit.say_with(key, &[("who", who.into())]))
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let shown = shown(tx, visit)?;
    let signed = ground::checkpoint(tx, visit.day_shown())?;
    let title = visit.say("hall-register");
    let (alarms, succession) = (witnesses::alarmed(tx, visit)?, successions::told(tx, visit)?);
    let body = html! {
        h1 { (title) }
        (alarms)
        @if visit.asked("apres").is_none() {
            p.lead { (visit.say("hall-register-lead")) }
            p { (visit.say("hall-register-text")) }
            (signature(visit, signed.as_ref()))
            (succession)
            (verification(visit))
        }
        h2 { (visit.say("hall-entries")) }
        (LISTING.table(visit, &shown, &visit.say("hall-register-caption")))
        p { a href=(visit.link(witnesses::PATH)) { (visit.say("hall-witnesses")) } }
        p { a href=(visit.link("/retraits")) { (visit.say("hall-withdrawals")) } }
    };
    Ok(Page::new(title, body).also_as(&[Format::Csv, Format::Json]))
}

fn signature(visit: &Visit, signed: Option<&Signed>) -> Markup {
    let founded = &visit.house().record().founded;
    html! {
        dl.pairs {
            div { dt { (visit.say("hall-origin")) } dd { code { (founded.origin) } } }
            div { dt { (visit.say("hall-key")) } dd { code { (visit.house().record().key()) } } }
            @if let Some(signed) = signed {
                div {
                    dt { (visit.say("hall-signed")) }
                    dd {
                        (visit.say_with("hall-signed-size", &[("size", signed.size.into())])) " — "
                        (day(visit, signed.day))
                    }
                }
            }
        }
        @match signed {
            None => p.mute { (visit.say("hall-signed-none")) },
            Some(signed) => {
                div.scroll tabindex="0" role="region" aria-label=(visit.say("hall-signed")) {
                    pre { (signed.note) }
                }
                p {
                    a href=(visit.link("/registre/checkpoint")) { (visit.say("hall-signed-exact")) } " · "
                    a href="/registre/entrees.jsonl" { (visit.say("hall-whole")) }
                }
            }
        }
    }
}

fn verification(visit: &Visit) -> Markup {
    html! {
        h2 { (visit.say("hall-verify")) }
        p { a href=(visit.link("/preuve")) { (visit.say("hall-proof-go")) } }
        p { (visit.say("hall-verify-far")) }
        pre { code { "toguna verify " (visit.house().public("")) } }
        p { (visit.say("hall-verify-text")) }
        pre { code { "toguna verify toguna-data" } }
        p { (visit.say("hall-verify-tables")) }
        pre { code { "toguna replay --check --data toguna-data" } }
        p { a href=(visit.link("/aide/verifier-le-registre")) { (visit.say("hall-verify-more")) } }
    }
}

/// The newest signed note, to the byte.
pub(crate) async fn checkpoint(visit: Visit) -> Outcome {
    let signed = visit.ask(|tx, visit| Ok(ground::checkpoint(tx, visit.day_shown())?)).await?;
    let note = signed.ok_or(Stop::NotFound)?.note;
    let note = super::tiles::read(visit.house(), move |tx| cosigned::covering(tx, &note)).await?;
    // tlog-tiles, "Checkpoint": a cache keeps it for seconds only.
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=5")];
    Ok((headers, note).into_response())
}
