//! An organisation's page: what is said of it, by whom, and to what it belongs.

use axum::extract::Path;
use record::{Tx, directory};
use web::{Markup, Outcome, Page, Spot, Stop, Visit, cited, day, html, time_range};

use super::{
    capacity, duplicates, funding, kind_label, obligations, onward, recognition, restrictions, standing,
    status_label, ties,
};
use crate::acts::first_day;
use crate::tables::{self, Affiliation, Organisation, Reply, Statement};

/// Members shown on the page; the rest is in the list.
const MEMBERS_SHOWN: usize = 30;

/// Umbrellas shown on the page.
const UMBRELLAS_SHOWN: usize = 100;

pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    if let Some(onward) = onward(&visit, &id, "").await? {
        return Ok(onward);
    }
    visit.page(move |tx, visit| compose(tx, visit, &id)).await
}

fn compose(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.day_shown())?.ok_or(Stop::NotFound)?;
    let said = tables::statements(tx, &organisation.id)?;
    let recognitions = tables::recognitions_of(tx, &organisation.id)?;
    let forms = recognition::forms_on(visit, &recognitions);
    let facts = facts(tx, visit, &organisation, &said, &forms)?;
    let replies = tables::replies_of(tx, &organisation.id)?;
    let receipts = recognition::receipts(tx, visit, &organisation, &recognitions, &replies)?;
    let work = recognition::work(tx, visit, &organisation)?;
    let mergers = duplicates::history(tx, visit, &organisation)?;
    let statements = statements(tx, visit, &said, &replies)?;
    let identifiers = identifiers(tx, visit, &organisation)?;
    let profiles = ties::summary(tx, visit, &organisation.id)?;
    let restrictions = restrictions::on(tx, visit, &organisation)?;
    let funding = funding::summary(tx, visit, &organisation)?;
    let capacity = capacity::summary(tx, visit, &organisation)?;
    let umbrellas = tables::umbrellas_of(tx, &organisation.id, UMBRELLAS_SHOWN)?;
    let umbrellas = affiliations(tx, visit, "organisations-member-of", &umbrellas)?;
    let mut members = tables::members_of(tx, &organisation.id, MEMBERS_SHOWN + 1)?;
    let more = members.len() > MEMBERS_SHOWN;
    members.truncate(MEMBERS_SHOWN);
    let members = affiliations(tx, visit, "organisations-members", &members)?;
    let panels = panels(tx, visit, id)?;
    let steward = visit.standing().is_some_and(web::Standing::is_steward);
    let body = html! {
        h1 { (organisation.name) @if let Some(acronym) = &organisation.acronym { " (" (acronym) ")" } }
        (facts)
        @if let Some(note) = &organisation.note { blockquote { p { (note) } } }
        (receipts)
        (identifiers)
        (work)
        (mergers)
        h2 { (visit.say("organisations-statements")) }
        (statements)
        (restrictions)
        (profiles)
        (funding)
        (capacity)
        (obligations::summary(visit, &organisation))
        (umbrellas)
        (members)
        @if more {
            p { a href=(visit.link(&format!("/organisations?faitiere={id}"))) {
                (visit.say("organisations-all-members"))
            } }
        }
        @if steward {
            p.screen {
                a href=(visit.link(&format!("/organisations/{id}/statut"))) {
                    (visit.say("organisations-state"))
                }
                " · "
                a href=(visit.link(&format!("/organisations/{id}/adhesion"))) {
                    (visit.say("organisations-join"))
                }
                " · "
                a href=(visit.link(&format!("/organisations/{id}/identifiant"))) {
                    (visit.say("organisations-identify"))
                }
            }
        }
        (panels)
    };
    Ok(Page::new(organisation.name, body)
        .under(visit.say("organisations-title"), "/organisations")
        .exercise(organisation.exercise)
        .of_entry(organisation.entry))
}

/// What other rooms hang on the page; of organisations that go on as this one, under their own names.
fn panels(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Markup, Stop> {
    let own = visit.panels(tx, Spot::Organisation, id)?;
    let mut others = Vec::new();
    for merged in directory::merged_into(tx, id)? {
        let shown = visit.panels(tx, Spot::Organisation, &merged)?;
        if shown.0.is_empty() {
            continue;
        }
        let named =
            directory::look_up(tx, directory::Kind::Organisation, &merged)?.and_then(|named| named.fr);
        others.push((named.unwrap_or(merged), shown));
    }
    Ok(html! {
        (own)
        @for (name, shown) in &others {
            p.lead { (visit.say_with("organisations-under-other-id", &[("name", name.as_str().into())])) }
            (shown)
        }
    })
}

fn facts(
    tx: &mut Tx<'_>,
    visit: &Visit,
    organisation: &Organisation,
    said: &[Statement],
    forms: &[String],
) -> Result<Markup, Stop> {
    // The day on which a statement was learnt is not the day since which it holds.
    let since = organisation.status_since.filter(|since| said.iter().any(|one| one.on == Some(*since)));
    let place = match &organisation.place {
        Some(place) => directory::look_up(tx, directory::Kind::Place, place.as_str())?,
        None => None,
    };
    let source = cited(tx, visit, organisation.source.as_ref())?;
    let unknown = html! { span.mute { (visit.say("organisations-unknown")) } };
    Ok(html! {
        dl.pairs {
            div { dt { (visit.say("organisations-column-status")) } dd {
                (standing(visit, organisation))
                @if let Some(since) = since { " " (time_range(visit, Some(since), None)) }
            } }
            div { dt { (visit.say("organisations-column-kind")) } dd {
                (kind_label(visit, &organisation.kind))
            } }
            div { dt { (visit.say("organisations-column-legal-form")) } dd {
                @match &organisation.legal_form {
                    _ if !forms.is_empty() => (forms.join(", ")),
                    Some(form) => (form),
                    None => (unknown),
                }
            } }
            div { dt { (visit.say("organisations-column-founded")) } dd {
                @match &organisation.founded { Some(text) => (founded(visit, text)), None => (unknown) }
            } }
            div { dt { (visit.say("organisations-column-place")) } dd {
                @match &place {
                    Some(named) => {
                        a href=(visit.link(&format!("/lieux/{}", named.id))) {
                            (named.fr.as_deref().unwrap_or(&named.id))
                        }
                    }
                    None => (unknown),
                }
            } }
            div { dt { (visit.say("organisations-column-source")) } dd { (source) } }
        }
    })
}

/// A whole day as people write it; a year or a month as it was given.
fn founded(visit: &Visit, text: &str) -> Markup {
    match first_day(text).filter(|_| text.len() == 10) {
        Some(on) => day(visit, on),
        None => html! { time datetime=(text) { (text) } },
    }
}

/// The identifiers it bears or bore; nothing where none is known.
fn identifiers(tx: &mut Tx<'_>, visit: &Visit, organisation: &Organisation) -> Result<Markup, Stop> {
    let mut lines = Vec::new();
    for identifier in tables::identifiers_of(tx, &organisation.id)? {
        let source = cited(tx, visit, identifier.source.as_ref())?;
        lines.push(html! {
            li {
                abbr title=(visit.say("organisations-scheme")) { (identifier.scheme) } " " strong { (identifier.value) }
                ", " (time_range(visit, identifier.dates.from, identifier.dates.to)) " "
                span.small.mute { (source) }
                @if let Some(note) = &identifier.note { " " span.small { (note) } }
            }
        });
    }
    Ok(html! {
        @if !lines.is_empty() {
            h2 { (visit.say("organisations-identifiers")) }
            ul { @for line in &lines { (line) } }
        }
    })
}

fn statements(tx: &mut Tx<'_>, visit: &Visit, said: &[Statement], replies: &[Reply]) -> Result<Markup, Stop> {
    let mut lines = Vec::with_capacity(said.len());
    for statement in said {
        lines.push(line(tx, visit, statement, replies)?);
    }
    Ok(html! {
        @if lines.is_empty() {
            p.mute { (visit.say("organisations-no-statement")) }
        } @else {
            @if said.iter().any(|statement| statement.contested) {
                p { (visit.say("organisations-versions")) }
            }
            ol.line { @for line in &lines { (line) } }
        }
    })
}

fn line(tx: &mut Tx<'_>, visit: &Visit, statement: &Statement, replies: &[Reply]) -> Result<Markup, Stop> {
    let source = cited(tx, visit, statement.source.as_ref())?;
    let mut answers = Vec::new();
    for reply in replies.iter().filter(|reply| reply.about == statement.entry) {
        visit.learns_gone(tx, reply.entry)?;
        answers.push(ties::answer(visit, reply));
    }
    Ok(html! {
        li {
            @match statement.on {
                Some(on) => (day(visit, on)),
                None => span.mute { (visit.say("organisations-day-unknown")) " " },
            }
            strong { (status_label(visit, &statement.status)) }
            @if statement.contested { " " span.badge.unverified { (visit.say("organisations-contested")) } }
            @if let Some(authority) = &statement.authority {
                " — " (visit.say_with("organisations-by", &[("authority", authority.into())]))
            }
            @if let Some(note) = &statement.note { p { (note) } }
            p.small.mute {
                (source) " · " (visit.say("organisations-known")) " " (day(visit, statement.known)) " · "
                (ties::entry_link(visit, statement.entry))
            }
            @for answer in &answers { (answer) }
            @if ties::may_reply(visit, &statement.organisation) {
                p.screen { (ties::reply_link(visit, &statement.organisation, statement.entry)) }
            }
        }
    })
}

/// Memberships under a heading; nothing where there is none.
fn affiliations(
    tx: &mut Tx<'_>,
    visit: &Visit,
    heading: &str,
    found: &[Affiliation],
) -> Result<Markup, Stop> {
    let mut sources = Vec::with_capacity(found.len());
    for affiliation in found {
        sources.push(cited(tx, visit, affiliation.source.as_ref())?);
    }
    let today = visit.day_shown();
    Ok(html! {
        @if !found.is_empty() {
            h2 { (visit.say(heading)) }
            ul {
                @for (affiliation, source) in found.iter().zip(&sources) {
                    li {
                        a href=(visit.link(&format!("/organisations/{}", affiliation.other))) {
                            (affiliation.name.as_deref().unwrap_or(affiliation.other.as_str()))
                        }
                        ", " (time_range(visit, affiliation.dates.from, affiliation.dates.to))
                        @if affiliation.dates.to.is_some_and(|to| to <= today) {
                            " (" (visit.say("organisations-ended")) ")"
                        }
                        " " span.small.mute {
                            (visit.say("organisations-known")) " " (day(visit, affiliation.known)) " · " (source)
                        }
                    }
                }
            }
        }
    })
}
