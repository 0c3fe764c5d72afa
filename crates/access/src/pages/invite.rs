//! Choosing for whom a person will act; inviting someone new.

use axum::http::StatusCode;
use record::Tx;
use record::directory::{Kind, search};
use terms::access::Role;
use terms::{Behalf, Day};
use web::draw::qr::qr;
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, html};

use super::{ForWhom, role_key, stewards_only, unkept};
use crate::acts::{self, Offer};
use crate::enrolment;
use crate::founding::{days_after, invite};
use crate::tables::drawers::Invitation;

/// Days a link opens, when nothing else is asked.
pub(super) const DAYS: u16 = 14;

/// Days a link opens at most.
const DAYS_MOST: u16 = 60;

/// Bodies and organisations that a search proposes at most.
const PROPOSED: usize = 20;

/// The two cells of a behalf as one form value.
pub(super) fn spelled(behalf: &Behalf) -> String {
    let (kind, id) = behalf.cells();
    format!("{kind}:{id}")
}

/// What the form value says.
pub(super) fn read(value: &str) -> Option<Behalf> {
    let (kind, id) = value.split_once(':')?;
    Behalf::of_cells(kind, id)
}

/// What the form asks to be given.
pub(super) fn asked_for(form: &Form, refusals: &mut Refusals) -> Option<(Behalf, Role, Option<Day>)> {
    let to = form.day("cesse", refusals);
    let behalf = read(form.text("pour"));
    if behalf.is_none() {
        refusals.0.push(acts::Refusal::ForWhomUnknown.into());
    }
    let role = Role::parse(form.text("role"));
    if role.is_none() {
        refusals.add("role", "form-required");
    }
    Some((behalf?, role?, to))
}

pub(super) async fn show(visit: Visit) -> Outcome {
    stewards_only(&visit)?;
    page(&visit, StatusCode::OK, Form::default(), Refusals::default()).await
}

pub(super) async fn act(visit: Visit, form: Form) -> Outcome {
    stewards_only(&visit)?;
    let mut refusals = Refusals::default();
    let days = form.number("jours", &mut refusals).unwrap_or(DAYS);
    if !(1..=DAYS_MOST).contains(&days) {
        refusals.add_with("jours", "access-refusal-days", vec![("most", DAYS_MOST.to_string())]);
    }
    let asked = asked_for(&form, &mut refusals);
    let Some((behalf, role, to)) = asked.filter(|_| refusals.is_empty()) else {
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, refusals).await;
    };
    let until = days_after(visit.today(), days);
    let offer = Offer { behalf, role, to };
    let sealed = visit
        .seal(move |desk, visit| {
            let known = enrolment::names(desk.tx(), &offer.behalf)?;
            let offer = acts::offer(offer, known, false, visit.today()).map_err(acts::shown)?;
            let invited_by = Some(visit.signed_in()?.person.clone());
            let invitation = Invitation { person: None, offer: Some(offer), until, invited_by, chosen: None };
            Ok(invite(desk.tx(), &invitation, visit.today())?)
        })
        .await;
    match sealed {
        Ok(token) => link_page(&visit, token, until).await,
        Err(Stop::Refused(refusals)) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, form, refusals).await,
        Err(stop) => Err(stop),
    }
}

/// The link, this once.
pub(super) async fn link_page(visit: &Visit, token: String, until: Day) -> Outcome {
    let composed = visit.page(move |_, visit| {
        let title = visit.say("access-link");
        let address = visit.house().public(&format!("/invitation/{token}"));
        let body = html! {
            h1 { (title) }
            p.lead { (visit.say("access-link-once")) }
            p { code { (address) } }
            (qr(&address, &title))
            p { (visit.say_with("access-invitation-until", &[("day", visit.day_text(until).into())])) }
            p { (visit.say("access-link-hand")) }
            p.screen { a href=(visit.link("/personnes")) { (visit.say("access-persons")) } }
        };
        Ok(Page::new(title, body).under(visit.say("access-persons"), "/personnes"))
    });
    Ok(unkept(composed.await?))
}

async fn page(visit: &Visit, status: StatusCode, form: Form, refusals: Refusals) -> Outcome {
    visit
        .page_with(status, move |tx, visit| {
            let title = visit.say("access-invite");
            let days = Input::new("jours", visit.say("access-field-days")).hint(
                visit
                    .say_with("access-field-days-hint", &[("days", DAYS.into()), ("most", DAYS_MOST.into())]),
            );
            let more = visit.text_field(&days, "text", &form, &refusals);
            let chosen = mandate_form(tx, visit, "/personnes/inviter", &form, &refusals, &more)?;
            let body = html! {
                h1 { (title) }
                (visit.error_summary(&refusals))
                p.lead { (visit.say("access-invite-lead")) }
                (chosen)
            };
            Ok(Page::new(title, body).under(visit.say("access-persons"), "/personnes"))
        })
        .await
}

/// First for whom, by a search; then the role and the end. `more` stands before the button.
pub(super) fn mandate_form(
    tx: &mut Tx<'_>,
    visit: &Visit,
    path: &str,
    form: &Form,
    refusals: &Refusals,
    more: &Markup,
) -> Result<Markup, Stop> {
    let value = form.optional("pour").or(visit.asked("pour")).unwrap_or_default();
    let Some(behalf) = read(value) else { return chooser(tx, visit, path) };
    let for_whom = ForWhom::of(tx, visit, &behalf)?;
    let roles: Vec<(String, String)> = acts::roles_for(&behalf)
        .iter()
        .map(|role| (role.as_str().to_owned(), visit.say(role_key(*role))))
        .collect();
    let role = Input::new("role", visit.say("access-field-role"));
    let ends = Input::new("cesse", visit.say("access-field-ends")).hint(visit.say("access-field-ends-hint"));
    Ok(html! {
        p {
            (visit.say("access-for")) " " strong { (for_whom.markup(visit)) } " "
            a href=(visit.link(path)) { (visit.say("access-for-other")) }
        }
        form method="post" action=(visit.link(path)) {
            (visit.token_field())
            input type="hidden" name="pour" value=(spelled(&behalf));
            (visit.choice_field(&role, &roles, form, refusals))
            (visit.text_field(&ends, "text", form, refusals))
            (more)
            button { (visit.say("access-continue")) }
        }
    })
}

fn chooser(tx: &mut Tx<'_>, visit: &Visit, path: &str) -> Result<Markup, Stop> {
    let asked = visit.asked("q").unwrap_or_default();
    let found = search(tx, asked, PROPOSED * 5)?;
    let found: Vec<(Behalf, String)> = found
        .into_iter()
        .filter_map(|named| {
            let kind = match named.kind {
                Kind::Body => "body",
                Kind::Organisation => "organisation",
                _ => return None,
            };
            Some((Behalf::of_cells(kind, &named.id)?, named.fr.unwrap_or(named.id)))
        })
        .take(PROPOSED)
        .collect();
    let towards = |behalf: &Behalf| visit.link(&format!("{path}?pour={}", spelled(behalf)));
    let field = Input::new("q", visit.say("access-for-search"));
    let form = Form::of(&[("q", asked)]);
    Ok(html! {
        h2 { (visit.say("access-for-which")) }
        form.filter method="get" action=(visit.link(path)) role="search" {
            (visit.text_field(&field, "search", &form, &Refusals::default()))
            button { (visit.say("access-search")) }
        }
        @if !asked.is_empty() && found.is_empty() { p.mute { (visit.say("access-for-none")) } }
        ul {
            @for (behalf, name) in &found { li { a href=(towards(behalf)) { (name) } } }
            li { a href=(towards(&Behalf::Instance)) { (visit.say("access-the-instance")) } }
        }
    })
}
