//! What the room hangs in other pages: drafts and signatures on the desk, the newest recommendations elsewhere.

use record::Tx;
use terms::recommendations::Author;
use web::{Markup, Stop, Visit, day, html};

use super::list::names;
use crate::acts::{DECIDING, DRAFTING};
use crate::tables::{self, Asking, Filter, Listed, Order};

/// Recommendations a panel shows at most.
const SHOWN: usize = 5;

/// Those of the exercise beside them.
const SHOWN_OF_EXERCISE: usize = 2;

/// On the desk: my drafts, signatures asked of my organisations, what is adopted but not sent.
pub(crate) fn desk(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let Some(standing) = visit.standing() else { return Ok(None) };
    if !standing.has_role(DRAFTING) {
        return Ok(None);
    }
    let authors = authors(visit, DRAFTING);
    let mut drafts: Vec<Asking> = Vec::new();
    for author in &authors {
        let held = tables::drafts_of(tx, author)?;
        drafts.extend(held.iter().filter_map(|held| held.shown_to(Some(standing)).cloned()));
    }
    let mut waiting: Vec<Asking> = Vec::new();
    for organisation in standing.organisations(DRAFTING) {
        let held = tables::waiting_for(tx, &organisation)?;
        waiting.extend(held.iter().filter_map(|held| held.shown_to(Some(standing)).cloned()));
    }
    let mut names = names(visit);
    let mut unsent: Vec<Listed> = Vec::new();
    for author in self::authors(visit, DECIDING) {
        let columns = tables::author_columns(&author);
        unsent.extend(tables::untransmitted(tx, columns, 20, &mut names)?);
    }
    let mut drafted = Vec::new();
    for draft in drafts {
        drafted.push((names.of_author(tx, &draft.author)?, draft));
    }
    let mut asked = Vec::new();
    for draft in waiting {
        asked.push((names.of_author(tx, &draft.author)?, draft));
    }
    Ok(Some(html! {
        section.card {
            h2 { (visit.say("recommendations-desk")) }
            p { a.button href=(visit.link("/recommandations/nouvelle")) { (visit.say("recommendations-new")) } }
            (drafts_list(visit, "recommendations-desk-drafts", &drafted))
            (drafts_list(visit, "recommendations-desk-signatures", &asked))
            @if !unsent.is_empty() {
                h3 { (visit.say("recommendations-desk-unsent")) }
                ul {
                    @for row in &unsent {
                        li {
                            a href=(visit.link(&format!("/recommandations/{}/transmettre", row.id))) { (title(visit, row)) }
                            " — " (visit.say_with("recommendations-desk-reached",
                                &[("sent", row.transmitted.into()), ("all", row.addressed.into())]))
                        }
                    }
                }
            }
        }
    }))
}

/// Those for whom the visitor acts in one of these roles, as authors.
pub(crate) fn authors(visit: &Visit, roles: &[terms::access::Role]) -> Vec<Author> {
    let Some(standing) = visit.standing() else { return Vec::new() };
    let bodies = standing.bodies(roles).into_iter().map(|body| Author::Body { body });
    let organisations = standing.organisations(roles).into_iter();
    bodies.chain(organisations.map(|organisation| Author::Organisation { organisation })).collect()
}

fn drafts_list(visit: &Visit, heading: &str, drafts: &[(String, Asking)]) -> Markup {
    html! {
        @if !drafts.is_empty() {
            h3 { (visit.say(heading)) }
            ul {
                @for (author, draft) in drafts {
                    li {
                        a href=(visit.link(&format!("/recommandations/brouillons/{}", draft.id))) {
                            @if draft.title.is_empty() { (visit.say("recommendations-draft-untitled")) }
                            @else { (draft.title) }
                        }
                        " — " (author) ", " (day(visit, draft.changed_on))
                    }
                }
            }
        }
    }
}

fn title(visit: &Visit, row: &Listed) -> String {
    row.title.clone().unwrap_or_else(|| visit.say("title-withdrawn"))
}

fn newest_of(
    tx: &mut Tx<'_>,
    visit: &Visit,
    heading: &str,
    filter: &Filter,
    query: &str,
) -> Result<Option<Markup>, Stop> {
    let rows = tables::list(tx, filter, Order::Adoption, SHOWN + 1, &mut names(visit))?;
    if rows.is_empty() {
        return Ok(None);
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say(heading)) }
            ul {
                @for row in rows.iter().take(SHOWN) {
                    li {
                        a href=(visit.link(&format!("/recommandations/{}", row.id))) { (title(visit, row)) }
                        // On its author's own page the author goes without saying.
                        @if filter.author.is_none() { " — " (row.author_name) }
                        ", "
                        @match row.adopted_on { Some(on) => { (day(visit, on)) } None => { (row.year) } }
                        @if row.exercise { " " span.badge.exercise { (visit.say("banner-exercise-word")) } }
                        @if !row.open { " " span.badge.answered { (visit.say("recommendations-state-closed")) } }
                    }
                }
            }
            @if rows.len() > SHOWN {
                p { a href=(visit.link(&format!("/recommandations{query}"))) { (visit.say("recommendations-all")) } }
            }
        }
    }))
}

/// On a body's page: what it was asked, and what it asks.
pub(crate) fn of_body(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let asked = Filter { addressee: Some(id.to_owned()), ..Filter::default() };
    let asked = newest_of(tx, visit, "recommendations-panel-asked", &asked, &format!("?destinataire={id}"))?;
    let made = Filter { author: Some(format!("body:{id}")), ..Filter::default() };
    let made = newest_of(tx, visit, "recommendations-panel-made", &made, &format!("?auteur=body:{id}"))?;
    Ok(both(asked, made))
}

/// On an organisation's page: what it asks, and what it signed.
pub(crate) fn of_organisation(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let made = Filter { author: Some(format!("organisation:{id}")), ..Filter::default() };
    let made =
        newest_of(tx, visit, "recommendations-panel-made", &made, &format!("?auteur=organisation:{id}"))?;
    let signed = Filter { cosigner: Some(id.to_owned()), ..Filter::default() };
    let signed =
        newest_of(tx, visit, "recommendations-panel-signed", &signed, &format!("?cosignataire={id}"))?;
    Ok(both(made, signed))
}

/// On a place's page: what speaks of it.
pub(crate) fn of_place(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let here = Filter { place: Some(id.to_owned()), ..Filter::default() };
    newest_of(tx, visit, "recommendations-panel-place", &here, &format!("?lieu={id}"))
}

/// On the home page: the newest.
pub(crate) fn newest(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let real = Filter { exercise: Some(false), ..Filter::default() };
    let real = newest_of(tx, visit, "recommendations-panel-newest", &real, "?genre=reel")?;
    let played = Filter { exercise: Some(true), ..Filter::default() };
    let played = tables::list(tx, &played, Order::Adoption, SHOWN_OF_EXERCISE, &mut names(visit))?;
    let exercise = html! {
        section {
            h3 {
                span.badge.exercise { (visit.say("banner-exercise-word")) } " "
                (visit.say("recommendations-panel-exercise"))
            }
            ul {
                @for row in &played {
                    li.small {
                        a href=(visit.link(&format!("/recommandations/{}", row.id))) { (title(visit, row)) }
                        @if let Some(on) = row.adopted_on { ", " (day(visit, on)) }
                    }
                }
            }
            p.small { a href=(visit.link("/recommandations?genre=exercice")) {
                (visit.say("recommendations-panel-exercise-all"))
            } }
        }
    };
    Ok(both(real, (!played.is_empty()).then_some(exercise)))
}

fn both(first: Option<Markup>, second: Option<Markup>) -> Option<Markup> {
    match (first, second) {
        (None, None) => None,
        (first, second) => Some(html! { @if let Some(m) = first { (m) } @if let Some(m) = second { (m) } }),
    }
}
