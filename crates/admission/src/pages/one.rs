//! One line of the ledger: what was asked of whom, its clock, and everything that happened.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use record::Tx;
use record::directory::Kind;
use terms::answers::Awaited;
use web::{Clocks, Markup, Outcome, Page, Stop, Visit, cited, day, html, quoted_of};

use super::{Names, for_either, for_organisation, name_of, stage_badge};
use crate::ledger::{Line, Way};
use crate::tables::{self, Happened};

pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.page(move |tx, visit| compose(tx, visit, &id)).await
}

fn compose(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let line = tables::line(tx, id)?.ok_or(Stop::NotFound)?;
    let names = Names::of(tx, visit, &line)?;
    let title = names.title(visit, &line);
    let invited_as = tables::invited_as(tx, &line.id)?;
    let clock = clock(tx, visit, &line)?;
    let story = story(tx, visit, &line)?;
    let markup = html! {
        h1 { (title) }
        p { (stage_badge(visit, line.stage())) }
        dl.pairs {
            (pair(visit, "admission-column-organisation", &link(visit, "organisations", line.organisation.as_str(),
                &names.organisation)))
            (pair(visit, "admission-column-body", &link(visit, "instances", line.body.as_str(), &names.body)))
            @if let Some(seat) = &names.seat { (pair(visit, "admission-column-seat", &html! { (seat) })) }
            (pair(visit, "admission-column-authority", &link(visit, "instances", line.authority.as_str(),
                &names.authority)))
            @if let Some(invited_as) = invited_as {
                (pair(visit, "admission-invited-as", &html! {
                    (visit.say(&format!("admission-as-{}", invited_as.as_str())))
                }))
            }
            (pair(visit, "admission-column-day", &html! { (day(visit, line.on)) }))
            @if let Some(by) = line.answer_by {
                (pair(visit, "admission-column-due", &html! { (day(visit, by)) (clock) }))
            } @else if line.way == Way::Asked {
                (pair(visit, "admission-column-due", &html! { (visit.say("admission-no-clock")) }))
            }
        }
        (acts(visit, &line))
        section {
            h2 { (visit.say("admission-story")) }
            (story)
        }
        @if line.way == Way::Asked { p.small.mute { (visit.say("admission-granted-is-not-held")) } }
    };
    Ok(Page::new(title, markup)
        .under(visit.say("admission-title"), "/acces-aux-sieges")
        .exercise(line.exercise)
        .of_entry(line.entry))
}

fn pair(visit: &Visit, key: &str, value: &Markup) -> Markup {
    html! { div { dt { (visit.say(key)) } dd { (value) } } }
}

fn link(visit: &Visit, folder: &str, id: &str, name: &str) -> Markup {
    html! { a href=(visit.link(&format!("/{folder}/{id}"))) { (name) } }
}

/// Why the answer is due on that day.
fn clock(tx: &mut Tx<'_>, visit: &Visit, line: &Line) -> Result<Markup, Stop> {
    let Some(rule) = &line.rule else { return Ok(html! {}) };
    let clocks = Clocks::load(tx)?;
    let due = clocks.due(Some(rule), Awaited::Answer, line.on, &[]);
    Ok(match due.zip(clocks.rules.get(rule)) {
        Some((due, rule)) => visit.explained(&due, rule),
        None => html! {},
    })
}

/// What the visitor may do here.
fn acts(visit: &Visit, line: &Line) -> Markup {
    let open = line.withdrawn_on.is_none();
    let asks = line.way == Way::Asked;
    let own = visit.standing().is_some() && for_organisation(visit, &line.organisation).is_ok();
    let either = visit.standing().is_some() && for_either(visit, line).is_ok();
    let mut shown = Vec::new();
    if either && asks && line.acknowledged_on.is_none() && line.answered_on.is_none() {
        shown.push(("accuse", "admission-acknowledge"));
    }
    if either && asks {
        shown.push(("repondre", "admission-answer"));
    }
    if own && asks && open && line.substantive_on.is_none() {
        shown.extend([("relance", "admission-remind"), ("retrait", "admission-withdraw")]);
    }
    if own && !asks {
        shown.push(("suite", "admission-answer-offer"));
    }
    html! {
        @if !shown.is_empty() {
            p.screen {
                @for (i, (path, key)) in shown.into_iter().enumerate() {
                    @if i > 0 { " · " }
                    a href=(visit.link(&format!("/acces-aux-sieges/{}/{path}", line.id))) { (visit.say(key)) }
                }
            }
        }
    }
}

fn story(tx: &mut Tx<'_>, visit: &Visit, line: &Line) -> Result<Markup, Stop> {
    let mut told = Vec::new();
    for happened in tables::happenings(tx, &line.id)? {
        visit.learns_gone(tx, happened.entry)?;
        let passed = match &happened.passed_to {
            Some(body) => Some(name_of(tx, visit, Kind::Body, body.as_str())?),
            None => None,
        };
        let source = match &happened.source {
            Some(source) => Some(cited(tx, visit, Some(source))?),
            None => None,
        };
        told.push((happened, passed, source));
    }
    Ok(html! {
        ol.line {
            @for (happened, passed, source) in &told {
                li.silent[happened.kind == "silence"] id={ "entree-" (happened.entry) } {
                    (day(visit, happened.on)) " "
                    strong { (said(visit, happened)) }
                    @if let Some(passed) = passed {
                        " — " (visit.say_with("admission-passed-to", &[("body", passed.as_str().into())]))
                    }
                    (pieces(visit, happened))
                    @if let Some(source) = source { p.small { (source) } }
                    p.small {
                        a href=(visit.link(&format!("/registre/{}", happened.entry))) {
                            (visit.say_with("admission-entry", &[("index", happened.entry.into())]))
                        }
                    }
                    (web::pieces_link(visit, happened.entry))
                }
            }
        }
    })
}

/// What happened, in a few words.
fn said(visit: &Visit, happened: &Happened) -> String {
    let day = |day: Option<terms::Day>| day.map_or_else(String::new, |day| visit.day_text(day));
    match happened.kind.as_str() {
        "silence" => {
            let key = format!("admission-silence-{}", happened.awaited.as_deref().unwrap_or("answer"));
            visit.say_with(&key, &[("day", day(happened.due).into())])
        }
        "answered" => {
            visit.say(&format!("admission-stance-{}", happened.stance.as_deref().unwrap_or("evasive")))
        }
        "offer-answered" if happened.accepted == Some(true) => visit.say("admission-offer-accepted"),
        "offer-answered" => visit.say("admission-offer-declined"),
        "reminded" if happened.by_clock => visit.say("admission-happened-reminder-due"),
        kind => visit.say(&format!("admission-happened-{kind}")),
    }
}

fn pieces(visit: &Visit, happened: &Happened) -> Markup {
    html! {
        @if let Some(channel) = &happened.channel {
            p.small { (visit.say(&format!("admission-channel-{channel}"))) }
        }
        @if let Some(text) = &happened.text { (quoted_of(visit, text.as_deref(), happened.entry)) }
        @if let Some(basis) = &happened.basis {
            p.small { (visit.say("admission-secrecy-basis")) }
            (quoted_of(visit, basis.as_deref(), happened.entry))
        }
        @if happened.file.is_some() {
            p { a href=(visit.link(&format!("/acces-aux-sieges/pieces/{}", happened.entry))) {
                (visit.say("admission-file"))
            } }
        }
    }
}

/// The file of an entry as it was sent; once withdrawn, a page that says so.
pub(super) async fn file(visit: Visit, Path(entry): Path<u64>) -> Outcome {
    let found = visit.ask(move |tx, _| tables::file(tx, entry)?.ok_or(Stop::NotFound)).await?;
    let (id, sha256, held) = found;
    let Some(held) = held else {
        return web::gone_page(&visit, sha256, format!("/acces-aux-sieges/{id}")).await;
    };
    let kind = HeaderValue::from_str(&held.media).map_err(|_| Stop::NotFound)?;
    let bytes = visit.fetch(held).await?;
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}
