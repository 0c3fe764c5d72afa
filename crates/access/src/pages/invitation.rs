//! Accepting an invitation: name and password, then the phone, then ten codes on paper.

use std::time::Duration;

use axum::extract::Path;
use axum::http::StatusCode;
use terms::{Actor, Behalf};
use web::{
    Form, Input, Outcome, Page, Refusals, SessionToken, Stop, Visit, begin_session, end_session, html,
};

use super::{ForWhom, codes_sheet, factor_sheet, live, new_password_fields, role_key, unkept, with_cookie};
use crate::acts::{self, Refusal};
use crate::enrolment::{self, Enrolment};
use crate::tables::drawers::{self, Chosen, Invitation};
use crate::{factor as second, password, tables};

/// An open invitation with what its pages need.
struct Opened {
    invitation: Invitation,
    /// The name on the record, where the person is enrolled and it was not withdrawn.
    name: Option<String>,
}

async fn open(visit: &Visit, token: &str) -> Result<Option<Opened>, Stop> {
    visit.not_too_often("invitation", 30, Duration::from_secs(2))?;
    let (token, today) = (token.to_owned(), visit.today());
    live(visit, move |tx| {
        let Some(invitation) = drawers::open_invitation(tx, &token, today)? else { return Ok(None) };
        let name = match &invitation.person {
            Some(person) => tables::person(tx, person.as_str())?.and_then(|person| person.name),
            None => None,
        };
        Ok(Some(Opened { invitation, name }))
    })
    .await
}

pub(super) async fn show(visit: Visit, Path(token): Path<String>) -> Outcome {
    match open(&visit, &token).await? {
        Some(opened) => {
            page(&visit, StatusCode::OK, token, opened, Form::default(), Refusals::default()).await
        }
        None => gone(&visit).await,
    }
}

pub(super) async fn choose(visit: Visit, Path(token): Path<String>, form: Form) -> Outcome {
    let Some(opened) = open(&visit, &token).await? else { return gone(&visit).await };
    let mut refusals = Refusals::default();
    let name = match &opened.name {
        Some(name) => name.clone(),
        None => form.required("nom", 100, &mut refusals),
    };
    let mut why = acts::new_password(form.text("nouveau"), form.text("encore"), &name);
    if !name.is_empty() {
        why.extend(acts::name(&name));
    }
    let login = enrolment::login(visit.house(), &name);
    if taken(&visit, &opened, login.clone()).await? {
        why.push(Refusal::NameTaken);
    }
    refusals.0.extend(acts::shown(why).0);
    if !refusals.is_empty() {
        let again = Form::of(&[("nom", form.text("nom"))]);
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, token, opened, again, refusals).await;
    }
    let password = password::hash(form.text("nouveau").to_owned()).await?;
    let chosen = Chosen { name, login, password, factor: second::fresh()? };
    let (kept, today) = (token.clone(), visit.today());
    visit
        .seal(move |desk, _| {
            drawers::open_invitation(desk.tx(), &kept, today)?.ok_or(Stop::NotFound)?;
            Ok(drawers::keep_chosen(desk.tx(), &kept, &chosen)?)
        })
        .await?;
    Ok(visit.see_other(&format!("/invitation/{token}/second-facteur")))
}

/// Whether the login answers for somebody else.
async fn taken(visit: &Visit, opened: &Opened, login: String) -> Result<bool, Stop> {
    let own = opened.invitation.person.clone();
    let account = live(visit, move |tx| Ok(drawers::account_of_login(tx, &login)?)).await?;
    Ok(account.is_some_and(|account| Some(account.person) != own))
}

pub(super) async fn factor(visit: Visit, Path(token): Path<String>) -> Outcome {
    let Some(opened) = open(&visit, &token).await? else { return gone(&visit).await };
    match opened.invitation.chosen {
        Some(chosen) => factor_page(&visit, StatusCode::OK, token, chosen, Refusals::default()).await,
        None => Ok(visit.see_other(&format!("/invitation/{token}"))),
    }
}

pub(super) async fn confirm(visit: Visit, Path(token): Path<String>, form: Form) -> Outcome {
    let Some(opened) = open(&visit, &token).await? else { return gone(&visit).await };
    let Some(chosen) = opened.invitation.chosen else {
        return Ok(visit.see_other(&format!("/invitation/{token}")));
    };
    if !visit.house().limiter().allows("invitation-code", &token, 10, Duration::from_secs(30)) {
        return Err(Stop::TooMany);
    }
    match accept(&visit, token.clone(), form.text("code").to_owned()).await {
        Ok((session, codes)) => {
            let shown = visit.page(move |_, visit| {
                let title = visit.say("access-codes");
                let body = html! {
                    h1 { (title) }
                    div.banner.done role="status" { p { (visit.say("access-welcome")) } }
                    (codes_sheet(visit, &codes))
                    p.screen { a.button href=(visit.link("/bureau")) { (visit.say("access-codes-kept")) } }
                };
                Ok(Page::new(title, body))
            });
            Ok(unkept(with_cookie(shown.await?, &session.cookie())))
        }
        Err(Stop::Refused(refusals)) => {
            factor_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, token, chosen, refusals).await
        }
        Err(Stop::NotFound) => gone(&visit).await,
        Err(stop) => Err(stop),
    }
}

/// The person has their account and mandate, and is signed in; the invitation never opens again.
async fn accept(visit: &Visit, token: String, code: String) -> Result<(SessionToken, Vec<String>), Stop> {
    visit
        .seal(move |desk, visit| {
            let (house, today, now) = (visit.house(), visit.today(), desk.now());
            let invitation = drawers::open_invitation(desk.tx(), &token, today)?.ok_or(Stop::NotFound)?;
            let chosen = invitation.chosen.ok_or(Stop::NotFound)?;
            let totp = second::totp(house, &chosen.factor, &chosen.name)?;
            let step = second::step(&totp, &code, now);
            if step.is_none() {
                return Err(acts::shown(vec![Refusal::CodeWrong]).into());
            }
            let other = drawers::account_of_login(desk.tx(), &chosen.login)?;
            if other.is_some_and(|other| Some(other.person) != invitation.person) {
                return Err(acts::shown(vec![Refusal::NameTaken]).into());
            }
            let by = invitation
                .invited_by
                .map_or(Actor::Loader, |person| Actor::Person { person, behalf: Behalf::Instance });
            let offers: Vec<_> = invitation.offer.into_iter().collect();
            let enrolment =
                Enrolment { person: invitation.person, chosen: &chosen, step, offers: &offers, by };
            let (person, codes) = enrolment::settle(desk, house, today, enrolment)?;
            drawers::use_invitation(desk.tx(), &token)?;
            if let (Some(token), Some(standing)) = (visit.token(), visit.standing()) {
                end_session(desk, Some(token), &standing.person)?;
            }
            Ok((begin_session(desk, &person, today)?, codes))
        })
        .await
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    token: String,
    opened: Opened,
    form: Form,
    refusals: Refusals,
) -> Outcome {
    let composed = visit.page_with(status, move |tx, visit| {
        let title = visit.say("access-invitation");
        let offer = match &opened.invitation.offer {
            Some(offer) => Some((ForWhom::of(tx, visit, &offer.behalf)?, offer.role)),
            None => None,
        };
        let name = Input::new("nom", visit.say("access-field-own-name"))
            .hint(visit.say("access-field-own-name-hint"))
            .autocomplete("name");
        let until = visit.day_text(opened.invitation.until);
        let body = html! {
            h1 { (title) }
            (visit.error_summary(&refusals))
            @match &offer {
                Some((for_whom, role)) => p.lead {
                    (visit.say("access-invitation-for")) " " strong { (for_whom.markup(visit)) } ", "
                    (visit.say(role_key(*role))) "."
                },
                None => p.lead { (visit.say("access-invitation-again")) },
            }
            p {
                (visit.say_with("access-invitation-until", &[("day", (&until).into())]))
            }
            p {
                progress max="3" value="1" aria-label=(visit.say("access-step-one")) {}
                " " (visit.say("access-step-one"))
            }
            form method="post" action=(visit.link(&format!("/invitation/{token}"))) {
                (visit.token_field())
                @match &opened.name {
                    Some(name) => p { (visit.say("access-field-own-name")) " " strong { (name) } },
                    None => (visit.text_field(&name, "text", &form, &refusals)),
                }
                (new_password_fields(visit, &form, &refusals))
                button { (visit.say("access-continue")) }
            }
            p.small.mute { (visit.say("access-invitation-name-public")) }
        };
        Ok(Page::new(title, body))
    });
    Ok(unkept(composed.await?))
}

async fn factor_page(
    visit: &Visit,
    status: StatusCode,
    token: String,
    chosen: Chosen,
    refusals: Refusals,
) -> Outcome {
    let composed = visit.page_with(status, move |_, visit| {
        let title = visit.say("access-factor");
        let totp = second::totp(visit.house(), &chosen.factor, &chosen.name)?;
        let body = html! {
            h1 { (title) }
            (visit.error_summary(&refusals))
            p {
                progress max="3" value="2" aria-label=(visit.say("access-step-two")) {}
                " " (visit.say("access-step-two"))
            }
            (factor_sheet(visit, &totp)?)
            form method="post" action=(visit.link(&format!("/invitation/{token}/second-facteur"))) {
                (visit.token_field())
                (visit.text_field(&super::code_input(visit), "text", &Form::default(), &refusals))
                button { (visit.say("access-continue")) }
            }
        };
        Ok(Page::new(title, body))
    });
    Ok(unkept(composed.await?))
}

/// One page for a link never made, used, cancelled or past its day: it does not say which.
async fn gone(visit: &Visit) -> Outcome {
    let composed = visit.page_with(StatusCode::GONE, |_, visit| {
        let title = visit.say("access-invitation-gone");
        let body = html! {
            h1 { (title) }
            p { (visit.say("access-invitation-gone-text")) }
            p { a href=(visit.link("/connexion")) { (visit.say("access-sign-in")) } }
        };
        Ok(Page::new(title, body))
    });
    Ok(unkept(composed.await?))
}
