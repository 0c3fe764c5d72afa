//! What hangs in other rooms' pages: on a body its calls, on an organisation those for which it stands, on the desk what awaits the visitor.

use record::Tx;
use terms::access::Role;
use terms::{BodyId, OrganisationId};
use web::{Markup, Stop, Visit, html};

use super::{convening, parties, spoken_for, stage_badge, title};
use crate::call::{Call, Stage};
use crate::tables::{self, Filter};

/// Calls that a panel shows.
const SHOWN: usize = 5;

/// Open calls that the desk looks through.
const DESK_MAX: usize = 100;

fn line(tx: &mut Tx<'_>, visit: &Visit, call: &Call) -> Result<Markup, Stop> {
    let title = title(tx, visit, call)?;
    Ok(html! {
        a href=(visit.link(&format!("/appels/{}", call.id))) { (title) } " "
        (stage_badge(visit, call.stage(visit.day_shown())))
        @if call.exercise { " " span.badge.exercise { (visit.say("selection-exercise")) } }
    })
}

pub(crate) fn body_panel(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Ok(body) = BodyId::parse(id) else { return Ok(None) };
    let found = tables::list(tx, &Filter { body: Some(id.to_owned()), ..Filter::default() }, SHOWN + 1)?;
    let convenes = convening(visit, &body).is_some() && visit.past().is_none();
    if found.is_empty() && !convenes {
        return Ok(None);
    }
    let mut lines = Vec::new();
    for one in found.iter().take(SHOWN) {
        lines.push(line(tx, visit, &one.call)?);
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("selection-title")) }
            @if lines.is_empty() { p.mute { (visit.say("selection-none-here")) } }
            @else { ul { @for line in &lines { li { (line) } } } }
            @if found.len() > SHOWN {
                p { a href=(visit.link(&format!("/appels?instance={id}"))) { (visit.say("selection-all-here")) } }
            }
            @if convenes {
                p.screen { a href=(visit.link(&format!("/instances/{id}/appels/nouveau"))) {
                    (visit.say("selection-open"))
                } }
            }
        }
    }))
}

pub(crate) fn organisation_panel(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Ok(organisation) = OrganisationId::parse(id) else { return Ok(None) };
    let mut lines = Vec::new();
    for (call, place) in tables::of_organisation(tx, &organisation, SHOWN)? {
        let Some(call) = tables::call(tx, call.as_str())? else { continue };
        let place = visit.say_with("selection-place", &[("place", place.as_str().into())]);
        lines.push((line(tx, visit, &call)?, place));
    }
    if lines.is_empty() {
        return Ok(None);
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("selection-candidacies")) }
            ul { @for (line, place) in &lines { li { (line) br; span.small { (place) } } } }
        }
    }))
}

/// What the call awaits of the visitor, if of them.
fn awaits(tx: &mut Tx<'_>, visit: &Visit, call: &Call, own: &[OrganisationId]) -> Result<bool, Stop> {
    let convenes = visit.standing().is_some_and(|who| who.acts_for_body(&call.body, &[Role::Secretary]));
    Ok(match call.stage(visit.today()) {
        Stage::Open => convenes || !own.is_empty(),
        Stage::Committing | Stage::Revealing => convenes || !parties(visit, call).is_empty(),
        Stage::Appealing => {
            let standing = tables::candidacies(tx, &call.id)?;
            let mine = |id: &OrganisationId| own.contains(id);
            convenes || standing.iter().any(|one| one.organisation.as_ref().is_some_and(mine))
        }
        Stage::Voting => {
            let mut may = convenes;
            for organisation in own {
                may = may || tables::elector(tx, call, organisation)?;
            }
            may
        }
        _ => convenes,
    })
}

pub(crate) fn desk_panel(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let Some(standing) = visit.standing() else { return Ok(None) };
    let bodies = standing.bodies(&[Role::Secretary]);
    let own = spoken_for(visit);
    let open = Filter { ended: Some(false), ..Filter::default() };
    let mut lines = Vec::new();
    for one in tables::list(tx, &open, DESK_MAX)? {
        if awaits(tx, visit, &one.call, &own)? {
            let now = visit.say(&format!("selection-now-{}", one.call.stage(visit.today()).as_str()));
            lines.push((line(tx, visit, &one.call)?, now));
        }
    }
    if lines.is_empty() && bodies.is_empty() {
        return Ok(None);
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("selection-title")) }
            @if lines.is_empty() { p.mute { (visit.say("selection-nothing-awaits")) } }
            @else { ul { @for (line, now) in &lines { li { (line) br; span.small { (now) } } } } }
            @for body in &bodies {
                p { a href=(visit.link(&format!("/instances/{body}/appels/nouveau"))) { (visit.say("selection-open")) } }
            }
        }
    }))
}
