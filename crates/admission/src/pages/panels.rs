//! What the pages of bodies and organisations, and the desk, show of the ledger.

use record::Tx;
use terms::OrganisationId;
use terms::access::Role;
use web::{Markup, Stop, Visit, day, html};

use super::{Names, stage_badge};
use crate::ledger::Line;
use crate::tables::{self, Filter};

/// Lines that a panel shows.
const SHOWN: usize = 5;

fn lines(tx: &mut Tx<'_>, visit: &Visit, filter: &Filter) -> Result<Vec<(Line, Names)>, Stop> {
    let mut told = Vec::new();
    for line in tables::list(tx, filter, visit.day_shown(), SHOWN + 1)? {
        told.push((Names::of(tx, visit, &line)?, line));
    }
    Ok(told.into_iter().map(|(names, line)| (line, names)).collect())
}

fn panel(visit: &Visit, told: &[(Line, Names)], more: &str, lead: &Markup) -> Markup {
    html! {
        section {
            h2 { (visit.say("admission-title")) }
            (lead)
            @if !told.is_empty() {
                ul { @for (line, names) in told.iter().take(SHOWN) {
                    li {
                        (day(visit, line.on)) " "
                        a href=(visit.link(&format!("/acces-aux-sieges/{}", line.id))) { (names.title(visit, line)) }
                        " " (stage_badge(visit, line.stage()))
                    }
                } }
            }
            @if told.len() > SHOWN { p { a href=(visit.link(more)) { (visit.say("admission-all")) } } }
        }
    }
}

/// Who asked to sit in the body, or was invited by it, on its page.
pub(super) fn body(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let told = lines(tx, visit, &Filter { body: Some(id.to_owned()), ..Filter::default() })?;
    let more = format!("/acces-aux-sieges?instance={id}");
    Ok((!told.is_empty()).then(|| panel(visit, &told, &more, &html! {})))
}

/// What the organisation asked for and was offered, on its page.
pub(super) fn organisation(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Ok(organisation) = OrganisationId::parse(id) else { return Ok(None) };
    let told = lines(tx, visit, &Filter { organisation: Some(id.to_owned()), ..Filter::default() })?;
    let writes = visit.standing().is_some()
        && visit.past().is_none()
        && super::for_organisation(visit, &organisation).is_ok();
    let lead = html! {
        @if writes {
            p.screen {
                a href=(visit.link(&format!("/acces-aux-sieges/demande?organisation={id}"))) {
                    (visit.say("admission-request"))
                }
                " · "
                a href=(visit.link(&format!("/acces-aux-sieges/invitation?organisation={id}"))) {
                    (visit.say("admission-offer"))
                }
            }
        }
    };
    let more = format!("/acces-aux-sieges?organisation={id}");
    Ok((writes || !told.is_empty()).then(|| panel(visit, &told, &more, &lead)))
}

/// What waits for the signed-in person: the requests of their organisations, the requests before their authority.
pub(super) fn desk(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let Some(standing) = visit.standing() else { return Ok(None) };
    let own = standing.organisations(&[Role::Secretary, Role::Delegate]);
    let asked = standing.bodies(&[Role::Authority]);
    let mut told = Vec::new();
    for organisation in &own {
        let filter = Filter { organisation: Some(organisation.to_string()), ..Filter::default() };
        told.extend(lines(tx, visit, &filter)?);
    }
    for body in &asked {
        let filter = Filter { body: Some(body.to_string()), ..Filter::default() };
        told.extend(lines(tx, visit, &filter)?);
    }
    if own.is_empty() && told.is_empty() {
        return Ok(None);
    }
    let lead = html! {
        @if let Some(first) = own.first() {
            p { a href=(visit.link(&format!("/acces-aux-sieges/demande?organisation={first}"))) {
                (visit.say("admission-request"))
            } }
        }
    };
    Ok(Some(panel(visit, &told, "/acces-aux-sieges", &lead)))
}
