//! Persons, which only those who keep the instance see.

use axum::extract::Path;
use axum::http::StatusCode;
use record::Tx;
use terms::{Behalf, MandateId};
use web::gate::Held;
use web::{Cell, Column, Form, Listing, Markup, Outcome, Page, Refusals, Shown, Stop, Visit, html};

use super::{ForWhom, ground_key, held_name, invite, live, name_shown, role_key, since, stewards_only};
use crate::acts::{self, Ground, Offer};
use crate::enrolment::{self, fresh_id};
use crate::founding;
use crate::tables::drawers::{self, Invitation};
use crate::tables::{self, Tenure};

/// Invitations listed at most.
const INVITATIONS: usize = 100;

struct Line {
    id: terms::PersonId,
    name: Held<Option<String>>,
    mandates: String,
    entry: u64,
}

const LIST: Listing<Line> = Listing {
    name: "personnes",
    empty: "access-persons-none",
    columns: &[
        Column::new("name", "access-column-name", |line, visit| Cell::Link {
            text: name_shown(visit, &line.name),
            path: format!("/personnes/{}", line.id),
        }),
        Column::new("mandates", "access-column-mandates", |line, _| Cell::Text(line.mandates.clone())),
    ],
};

pub(super) async fn list(visit: Visit) -> Outcome {
    stewards_only(&visit)?;
    let today = visit.today();
    let invitations = live(&visit, move |tx| Ok(drawers::open_invitations(tx, today, INVITATIONS)?)).await?;
    visit
        .page(move |tx, visit| {
            let before = visit.asked("apres").and_then(|text| text.parse().ok());
            let most = visit.rows_wanted();
            let mut lines = Vec::new();
            for person in tables::persons(tx, before, most + 1)? {
                let mut mandates = Vec::new();
                for tenure in tables::mandates_of(tx, &person.id)? {
                    if tenure.in_force(visit.day_shown()) {
                        let for_whom = ForWhom::of(tx, visit, &tenure.behalf)?;
                        mandates.push(format!("{} ({})", for_whom.name, visit.say(role_key(tenure.role))));
                    }
                }
                let name = held_name(&person.id, person.name);
                lines.push(Line { id: person.id, name, mandates: mandates.join(" ; "), entry: person.entry });
            }
            let shown = Shown::first(lines, most, |line| line.entry.to_string());
            let title = visit.say("access-persons");
            let invited = invitations_sheet(tx, visit, &invitations)?;
            let body = html! {
                h1 { (title) }
                p.lead { (visit.say("access-persons-lead")) }
                p { a.button href=(visit.link("/personnes/inviter")) { (visit.say("access-invite")) } }
                (LIST.table(visit, &shown, &visit.say("access-persons-caption")))
                (invited)
            };
            Ok(Page::new(title, body).under(visit.say("nav-desk"), "/bureau"))
        })
        .await
}

fn invitations_sheet(
    tx: &mut Tx<'_>,
    visit: &Visit,
    invitations: &[(String, Invitation)],
) -> Result<Markup, Stop> {
    let mut lines = Vec::new();
    for (name, invitation) in invitations {
        let for_whom = match &invitation.offer {
            Some(offer) => html! {
                (ForWhom::of(tx, visit, &offer.behalf)?.markup(visit)) ", " (visit.say(role_key(offer.role)))
            },
            None => html! { (visit.say("access-invitation-access")) },
        };
        lines.push((name, invitation.until, for_whom));
    }
    Ok(html! {
        h2 { (visit.say("access-invitations")) }
        @if lines.is_empty() { p.mute { (visit.say("access-invitations-none")) } }
        @for (name, until, for_whom) in lines {
            form method="post" action=(visit.link("/personnes/invitations/annulation")) {
                (visit.token_field())
                input type="hidden" name="invitation" value=(name);
                p {
                    (for_whom) " — "
                    (visit.say_with("access-invitation-until", &[("day", visit.day_text(until).into())])) " "
                    button.plain { (visit.say("access-invitation-cancel")) }
                }
            }
        }
    })
}

pub(super) async fn cancel(visit: Visit, form: Form) -> Outcome {
    stewards_only(&visit)?;
    let name = form.text("invitation").to_owned();
    visit.seal(move |desk, _| Ok(drawers::cancel_invitation(desk.tx(), &name)?)).await?;
    Ok(visit.see_other("/personnes"))
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Outcome {
    stewards_only(&visit)?;
    visit
        .page(move |tx, visit| {
            let person = tables::person(tx, &id)?.ok_or(Stop::NotFound)?;
            let tenures = tables::mandates_of(tx, &person.id)?;
            let mandates = mandates_sheet(tx, visit, &tenures)?;
            let entry = person.entry;
            let title = name_shown(visit, &held_name(&person.id, person.name));
            let path = format!("/personnes/{}", person.id);
            let body = html! {
                h1 { (title) }
                h2 { (visit.say("access-column-mandates")) }
                (mandates)
                p { a.button href=(visit.link(&format!("{path}/mandat"))) { (visit.say("access-give")) } }
                h2 { (visit.say("access-renew")) }
                p { (visit.say("access-renew-text")) }
                form method="post" action=(visit.link(&format!("{path}/acces"))) {
                    (visit.token_field())
                    button { (visit.say("access-renew-do")) }
                }
            };
            Ok(Page::new(title, body).under(visit.say("access-persons"), "/personnes").of_entry(entry))
        })
        .await
}

fn mandates_sheet(tx: &mut Tx<'_>, visit: &Visit, tenures: &[Tenure]) -> Result<Markup, Stop> {
    let mut lines = Vec::new();
    for tenure in tenures {
        lines.push((ForWhom::of(tx, visit, &tenure.behalf)?, tenure));
    }
    Ok(html! {
        @if lines.is_empty() { p.mute { (visit.say("access-desk-no-mandate")) } }
        ul {
            @for (for_whom, tenure) in &lines {
                li {
                    (for_whom.markup(visit)) ", " (visit.say(role_key(tenure.role))) ", "
                    (since(visit, tenure.from, tenure.to))
                    @if let Some(ground) = tenure.ground.as_deref().and_then(Ground::parse) {
                        " (" (visit.say(ground_key(ground))) ")"
                    }
                    " "
                    @if tenure.in_force(visit.today()) {
                        a href=(visit.link(&format!("/mandats/{}/fin", tenure.id))) {
                            (visit.say("access-mandate-end"))
                        }
                    }
                }
            }
        }
    })
}

pub(super) async fn mandate(visit: Visit, Path(id): Path<String>) -> Outcome {
    stewards_only(&visit)?;
    give_page(&visit, StatusCode::OK, id, Form::default(), Refusals::default()).await
}

pub(super) async fn give(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    stewards_only(&visit)?;
    let mut refusals = Refusals::default();
    let asked = invite::asked_for(&form, &mut refusals);
    let Some((behalf, role, to)) = asked.filter(|_| refusals.is_empty()) else {
        return give_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, id, form, refusals).await;
    };
    let (of, offer) = (id.clone(), Offer { behalf, role, to });
    let sealed = visit
        .seal(move |desk, visit| {
            let today = visit.today();
            let person = tables::person(desk.tx(), &of)?.ok_or(Stop::NotFound)?.id;
            let known = enrolment::names(desk.tx(), &offer.behalf)?;
            let held = tables::holds(desk.tx(), &person, &offer.behalf, offer.role, today)?;
            let offer = acts::offer(offer, known, held, today).map_err(acts::shown)?;
            let word = acts::give(fresh_id(MandateId::parse)?, person, &offer, today);
            visit.append(desk, Behalf::Instance, word)
        })
        .await;
    match sealed {
        Ok(_) => Ok(visit.see_other(&format!("/personnes/{id}"))),
        Err(Stop::Refused(refusals)) => {
            give_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, id, form, refusals).await
        }
        Err(stop) => Err(stop),
    }
}

async fn give_page(visit: &Visit, status: StatusCode, id: String, form: Form, refusals: Refusals) -> Outcome {
    visit
        .page_with(status, move |tx, visit| {
            let person = tables::person(tx, &id)?.ok_or(Stop::NotFound)?;
            let path = format!("/personnes/{}", person.id);
            let chosen =
                invite::mandate_form(tx, visit, &format!("{path}/mandat"), &form, &refusals, &html! {})?;
            let name = name_shown(visit, &held_name(&person.id, person.name));
            let title = visit.say("access-give");
            let body = html! {
                h1 { (title) }
                (visit.error_summary(&refusals))
                p.lead { (visit.say_with("access-give-to", &[("name", (&name).into())])) }
                (chosen)
            };
            Ok(Page::new(title, body).under(visit.say("access-persons"), "/personnes").under(name, &path))
        })
        .await
}

pub(super) async fn new_access(visit: Visit, Path(id): Path<String>, _form: Form) -> Outcome {
    stewards_only(&visit)?;
    let until = founding::days_after(visit.today(), invite::DAYS);
    let token = visit
        .seal(move |desk, visit| {
            let person = Some(tables::person(desk.tx(), &id)?.ok_or(Stop::NotFound)?.id);
            let invited_by = Some(visit.signed_in()?.person.clone());
            let invitation = Invitation { person, offer: None, until, invited_by, chosen: None };
            Ok(founding::invite(desk.tx(), &invitation, visit.today())?)
        })
        .await?;
    invite::link_page(&visit, token, until).await
}
