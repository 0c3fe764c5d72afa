//! What waits for whoever is signed in: an authority's worklist, a secretary's silences.

use axum::extract::Path;
use record::{Tx, directory};
use terms::BodyId;
use terms::access::Role;
use web::{Cell, Column, Listing, Markup, Outcome, Page, Shown, Stop, Visit, html};

use super::spoken::{Names, stage_cell, title};
use super::standing::addressee_hand;
use crate::tables::{self, Line};

/// Lines of a worklist.
const LINES: usize = 200;

/// Lines in the desk's panel, for each mandate.
const DESK_LINES: usize = 5;

static WAITING: Listing<Line> = Listing {
    name: "a-repondre",
    empty: "answers-nothing-waits",
    columns: &[
        Column::new("title", "answers-column-recommendation", |l, visit| Cell::Link {
            text: title(visit, l.title.as_deref()),
            path: format!("/recommandations/{}#echanges", l.recommendation),
        }),
        Column::new("stage", "answers-column-stage", |l, _| stage_cell(l.stage)),
        Column::new("next", "answers-column-next", |l, _| Cell::day(l.next_due)),
        Column::new("answer", "answers-column-act", |l, visit| Cell::Link {
            text: visit.say("answers-do-answer"),
            path: format!("/reponses/{}/{}/repondre", l.recommendation, l.addressee),
        }),
        Column::new("acknowledge", "answers-column-acknowledgement", |l, visit| match l.acknowledged_on {
            Some(on) => Cell::Day(on),
            None => Cell::Link {
                text: visit.say("answers-do-acknowledge"),
                path: format!("/reponses/{}/{}/accuse", l.recommendation, l.addressee),
            },
        }),
    ],
};

/// Everything that awaits this authority's answer, nearest day first.
pub(super) async fn page(visit: Visit, Path(body): Path<String>) -> Outcome {
    let body = BodyId::parse(&body).map_err(|_| Stop::NotFound)?;
    addressee_hand(&visit, &body)?;
    visit
        .page(move |tx, visit| {
            let lines = tables::worklist(tx, &body, LINES)?;
            let named = directory::look_up(tx, directory::Kind::Body, body.as_str())?;
            let exercise = named.is_some_and(|named| named.exercise);
            let name = Names::new(visit).body(tx, body.as_str())?;
            let tally = tables::tally(tx, "authority", body.as_str(), exercise)?;
            let heading = visit.say("answers-worklist");
            let markup = html! {
                h1 { (heading) }
                p.lead { (name) }
                (WAITING.table(visit, &Shown::all(lines), &visit.say("answers-worklist-caption")))
                (super::overdue::tally_list(visit, tally, "answers-column-received"))
            };
            let page = Page::new(heading, markup).under(name, &format!("/instances/{body}"));
            Ok(page.exercise(exercise))
        })
        .await
}

/// The desk's panel: what waits for an answer of the visitor's, and which silences wait for their next step.
pub(super) fn desk(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let Some(standing) = visit.standing() else { return Ok(None) };
    let mut names = Names::new(visit);
    let mut blocks = Vec::new();
    for body in standing.bodies(&[Role::Authority]) {
        let lines = tables::worklist(tx, &body, DESK_LINES)?;
        let name = names.body(tx, body.as_str())?;
        blocks.push(html! {
            h3 { a href=(visit.link(&format!("/autorites/{body}"))) { (name) } }
            (short(visit, &lines, "answers-nothing-waits"))
        });
    }
    let committees = standing.bodies(&[Role::Secretary]).into_iter().map(|body| format!("body/{body}"));
    let organisations = standing.organisations(&[Role::Secretary]).into_iter();
    for author in committees.chain(organisations.map(|id| format!("organisation/{id}"))) {
        let lines = tables::silent_of_author(tx, &author, DESK_LINES)?;
        let name = names.party(tx, &author)?;
        blocks.push(html! {
            h3 { (visit.say_with("answers-desk-silences", &[("name", name.into())])) }
            (short(visit, &lines, "answers-desk-no-silence"))
        });
    }
    if blocks.is_empty() {
        return Ok(None);
    }
    Ok(Some(html! {
        section aria-labelledby="attente" {
            h2 id="attente" { (visit.say("answers-desk")) }
            @for block in blocks { (block) }
        }
    }))
}

fn short(visit: &Visit, lines: &[Line], nothing: &str) -> Markup {
    html! {
        @if lines.is_empty() { p.mute { (visit.say(nothing)) } }
        @else {
            ul {
                @for line in lines {
                    li {
                        a href=(visit.link(&format!("/recommandations/{}#echanges", line.recommendation))) {
                            (title(visit, line.title.as_deref()))
                        }
                        @if let Some(due) = line.next_due.or(line.answer_by) { " — " (visit.day_text(due)) }
                        @if line.exercise { " " span.badge.exercise { (visit.say("answers-exercise")) } }
                    }
                }
            }
        }
    }
}
