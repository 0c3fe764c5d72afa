//! What the pages of bodies, places and the home page show of the exchange. Each asks tallies and a handful of rows.

use record::{Tx, directory};
use terms::{BodyId, PlaceId};
use web::{Markup, Stop, Visit, day, days_apart, html};

use super::overdue::tally_list;
use super::spoken::{Names, sentence, title};
use crate::tables::{self, Scope, Tally};

/// Lines of news in a panel.
const NEWS: usize = 5;

fn latest(tx: &mut Tx<'_>, visit: &Visit, scope: &Scope) -> Result<Markup, Stop> {
    let mut names = Names::new(visit);
    let mut items = Vec::new();
    for told in tables::latest(tx, scope, NEWS)? {
        let said = sentence(tx, visit, &mut names, &told)?;
        items.push((told, said));
    }
    Ok(html! {
        @if !items.is_empty() {
            h3 { (visit.say("answers-latest")) }
            ol.line {
                @for (told, said) in items {
                    li.silent[told.kind == "silence"] {
                        (day(visit, told.on))
                        @let line = format!("/recommandations/{}#entree-{}", told.recommendation, told.entry);
                        a href=(visit.link(&line)) {
                            (title(visit, told.title.as_deref()))
                        }
                        @if told.exercise { " " span.badge.exercise { (visit.say("answers-exercise")) } }
                        p.small { (said) }
                    }
                }
            }
        }
    })
}

fn feeds(visit: &Visit, folder: &str, id: &str) -> Markup {
    html! {
        p.small.screen {
            a href=(visit.link(&format!("/{folder}/{id}/echeances.ics"))) { (visit.say("answers-deadlines-link")) }
            " · "
            a href=(visit.link(&format!("/{folder}/{id}/suivi.atom"))) { (visit.say("answers-news-link")) }
        }
    }
}

/// Whether the thing belongs to an exercise: its own page then counts exercises, and no other page does.
fn in_exercise(tx: &mut Tx<'_>, kind: directory::Kind, id: &str) -> Result<bool, Stop> {
    Ok(directory::look_up(tx, kind, id)?.is_some_and(|named| named.exercise))
}

/// What a body was asked and how it answered; what a committee asks and how it is answered.
pub(super) fn body(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Ok(body) = BodyId::parse(id) else { return Ok(None) };
    let exercise = in_exercise(tx, directory::Kind::Body, id)?;
    let asked = tables::tally(tx, "authority", id, exercise)?;
    let asks = tables::tally(tx, "author", &format!("body/{id}"), exercise)?;
    if asked.received == 0 && asks.received == 0 {
        // Whoever wants to hear of the first one subscribes before it comes.
        return Ok(Some(feeds(visit, "instances", id)));
    }
    let news = latest(tx, visit, &Scope::Body(body))?;
    let block = |label: &str, tally: Tally, received: &str| {
        html! { @if tally.received > 0 { h3 { (visit.say(label)) } (tally_list(visit, tally, received)) } }
    };
    let played = if exercise { "&exercice=oui" } else { "" };
    Ok(Some(html! {
        section aria-labelledby="suivi" {
            h2 id="suivi" { (visit.say("answers-exchange")) }
            (block("answers-asked-of-it", asked, "answers-column-received"))
            (block("answers-asked-by-it", asks, "answers-delivered-by-it"))
            @if asked.silent > 0 {
                p { a href=(visit.link(&format!("/silences?autorite={id}{played}"))) {
                    (visit.say("answers-see-silences"))
                } }
            }
            p.small { (visit.say("answers-of-the-record")) }
            (news)
            (feeds(visit, "instances", id))
        }
    }))
}

/// What concerns a place.
pub(super) fn place(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Ok(place) = PlaceId::parse(id) else { return Ok(None) };
    let exercise = in_exercise(tx, directory::Kind::Place, id)?;
    let tally = tables::tally(tx, "place", id, exercise)?;
    if tally.received == 0 {
        return Ok(Some(feeds(visit, "lieux", id)));
    }
    let news = latest(tx, visit, &Scope::Place(place))?;
    Ok(Some(html! {
        section aria-labelledby="suivi" {
            h2 id="suivi" { (visit.say("answers-exchange")) }
            (tally_list(visit, tally, "answers-column-received"))
            p.small { (visit.say("answers-of-the-record")) }
            (news)
            (feeds(visit, "lieux", id))
        }
    }))
}

/// The counter of silences: three figures from one row of tallies, and the longest wait from an index.
pub(super) fn home(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let tally = tables::tally(tx, "all", "", false)?;
    let longest = tables::longest_wait(tx, false)?;
    let on = visit.day_text(visit.day_shown());
    Ok(Some(html! {
        section aria-labelledby="silences" {
            h2 id="silences" { (visit.say("answers-counter")) }
            div.cols {
                div.card {
                    span.tally { (visit.number(tally.silent)) }
                    p { a href=(visit.link("/silences")) {
                        (visit.say_with("answers-counter-silent", &[("count", tally.silent.into())]))
                    } }
                }
                div.card {
                    span.tally { (visit.number(tally.awaited)) }
                    p { (visit.say_with("answers-counter-awaited", &[
                        ("count", tally.awaited.into()), ("received", tally.received.into()),
                    ])) }
                }
                @if let Some(longest) = longest {
                    div.card {
                        span.tally { (visit.number(days_apart(longest, visit.day_shown()))) }
                        p { (visit.say_with("answers-counter-longest", &[("day", visit.day_text(longest).into())])) }
                    }
                }
            }
            p.small {
                (visit.say_with("answers-counter-on", &[("day", on.into())])) " "
                (visit.say("answers-of-the-record")) " "
                a href=(visit.link("/retards")) { (visit.say("answers-overdue")) } " · "
                a href=(visit.link("/reponses")) { (visit.say("answers-list")) } " · "
                a href=(visit.link("/echeances.ics")) { (visit.say("answers-deadlines-link")) }
            }
        }
    }))
}
