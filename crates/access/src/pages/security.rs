//! The security of one's own account: password, recovery codes, second factor, sessions.

use std::time::Duration;

use axum::http::StatusCode;
use web::{
    Form, Input, Outcome, Page, Refusals, SessionToken, Stop, Visit, begin_session, end_session, html,
};

use super::{codes_sheet, factor_sheet, live, new_password_fields, own_account, unkept, with_cookie};
use crate::acts::{self, Refusal};
use crate::tables::drawers::{self, Account};
use crate::{enrolment, factor as second, password};

const SECURITY: &str = "/bureau/securite";
const FACTOR: &str = "/bureau/securite/second-facteur";

pub(super) async fn show(visit: Visit) -> Outcome {
    page(&visit, StatusCode::OK, Refusals::default()).await
}

/// The account, if the present password stands in this field.
async fn confirmed(visit: &Visit, form: &Form, field: &'static str) -> Result<Account, Stop> {
    let account = own_account(visit).await?;
    let limiter = visit.house().limiter();
    if !limiter.allows("securite", account.person.as_str(), 5, Duration::from_secs(30)) {
        return Err(Stop::TooMany);
    }
    if password::matches(form.text(field).to_owned(), Some(account.password.clone())).await? {
        Ok(account)
    } else {
        Err(acts::shown(vec![Refusal::PasswordWrong(field)]).into())
    }
}

/// The page again with what is to be mended; other ends as they are.
async fn again(visit: &Visit, stop: Stop) -> Outcome {
    match stop {
        Stop::Refused(refusals) => page(visit, StatusCode::UNPROCESSABLE_ENTITY, refusals).await,
        other => Err(other),
    }
}

pub(super) async fn new_password(visit: Visit, form: Form) -> Outcome {
    let name = visit.signed_in()?.name.clone().unwrap_or_default();
    let why = acts::new_password(form.text("nouveau"), form.text("encore"), &name);
    if !why.is_empty() {
        return again(&visit, acts::shown(why).into()).await;
    }
    let account = match confirmed(&visit, &form, "actuel").await {
        Ok(account) => account,
        Err(stop) => return again(&visit, stop).await,
    };
    let hash = password::hash(form.text("nouveau").to_owned()).await?;
    // Whoever knew the old password may sit in a session: all end, and this one begins anew.
    let token = visit
        .seal(move |desk, visit| {
            let kept = drawers::account(desk.tx(), &account.person)?.ok_or(Stop::NoStanding)?;
            drawers::keep_account(desk.tx(), &Account { password: hash, ..kept })?;
            end_session(desk, None, &account.person)?;
            Ok(begin_session(desk, &account.person, visit.today())?)
        })
        .await?;
    Ok(with_cookie(visit.see_other(&format!("{SECURITY}?fait=mot-de-passe")), &token.cookie()))
}

pub(super) async fn new_codes(visit: Visit, form: Form) -> Outcome {
    let account = match confirmed(&visit, &form, "actuel-codes").await {
        Ok(account) => account,
        Err(stop) => return again(&visit, stop).await,
    };
    let codes = visit
        .seal(move |desk, visit| Ok(enrolment::new_codes(desk, visit.house(), &account.person)?))
        .await?;
    let shown = visit.page(move |_, visit| {
        let title = visit.say("access-codes");
        let body = html! {
            h1 { (title) }
            (codes_sheet(visit, &codes))
            p.screen { a.button href=(visit.link("/bureau")) { (visit.say("access-codes-kept")) } }
        };
        Ok(Page::new(title, body).under(visit.say("access-security"), SECURITY))
    });
    Ok(unkept(shown.await?))
}

pub(super) async fn new_factor(visit: Visit, form: Form) -> Outcome {
    let account = match confirmed(&visit, &form, "actuel-facteur").await {
        Ok(account) => account,
        Err(stop) => return again(&visit, stop).await,
    };
    let next_factor = Some(second::fresh()?);
    visit
        .seal(move |desk, _| {
            let kept = drawers::account(desk.tx(), &account.person)?.ok_or(Stop::NoStanding)?;
            Ok(drawers::keep_account(desk.tx(), &Account { next_factor, ..kept })?)
        })
        .await?;
    Ok(visit.see_other(FACTOR))
}

pub(super) async fn factor(visit: Visit) -> Outcome {
    factor_page(&visit, StatusCode::OK, Refusals::default()).await
}

pub(super) async fn confirm_factor(visit: Visit, form: Form) -> Outcome {
    let person = visit.signed_in()?.person.clone();
    if !visit.house().limiter().allows("securite-code", person.as_str(), 10, Duration::from_secs(30)) {
        return Err(Stop::TooMany);
    }
    let code = form.text("code").to_owned();
    let sealed = visit
        .seal(move |desk, visit| {
            let now = desk.now();
            let account = drawers::account(desk.tx(), &person)?.ok_or(Stop::NoStanding)?;
            let Some(factor) = account.next_factor.clone() else { return Ok(()) };
            let totp = second::totp(visit.house(), &factor, "")?;
            let Some(step) = second::step(&totp, &code, now) else {
                return Err(acts::shown(vec![Refusal::CodeWrong]).into());
            };
            let account = Account { factor, next_factor: None, last_step: Some(step), ..account };
            Ok(drawers::keep_account(desk.tx(), &account)?)
        })
        .await;
    match sealed {
        Ok(()) => Ok(visit.see_other(&format!("{SECURITY}?fait=second-facteur"))),
        Err(Stop::Refused(refusals)) => factor_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, refusals).await,
        Err(stop) => Err(stop),
    }
}

pub(super) async fn end_sessions(visit: Visit, _form: Form) -> Outcome {
    let person = visit.signed_in()?.person.clone();
    visit.seal(move |desk, _| Ok(end_session(desk, None, &person)?)).await?;
    Ok(with_cookie(visit.see_other("/connexion"), &SessionToken::farewell()))
}

async fn factor_page(visit: &Visit, status: StatusCode, refusals: Refusals) -> Outcome {
    let account = own_account(visit).await?;
    let Some(factor) = account.next_factor else { return Ok(visit.see_other(SECURITY)) };
    let composed = visit.page_with(status, move |_, visit| {
        let title = visit.say("access-factor");
        let name = visit.signed_in()?.name.clone().unwrap_or_default();
        let totp = second::totp(visit.house(), &factor, &name)?;
        let body = html! {
            h1 { (title) }
            (visit.error_summary(&refusals))
            p { (visit.say("access-factor-until-confirmed")) }
            (factor_sheet(visit, &totp)?)
            form method="post" action=(visit.link(&format!("{FACTOR}/confirmation"))) {
                (visit.token_field())
                (visit.text_field(&super::code_input(visit), "text", &Form::default(), &refusals))
                button { (visit.say("access-continue")) }
            }
        };
        Ok(Page::new(title, body).under(visit.say("access-security"), SECURITY))
    });
    Ok(unkept(composed.await?))
}

async fn page(visit: &Visit, status: StatusCode, refusals: Refusals) -> Outcome {
    let account = own_account(visit).await?;
    let left = live(visit, move |tx| Ok(drawers::codes_left(tx, &account.person)?)).await?;
    let composed = visit.page_with(status, move |_, visit| {
        let title = visit.say("access-security");
        let done = match visit.asked("fait") {
            Some("mot-de-passe") => Some("access-password-changed"),
            Some("second-facteur") => Some("access-factor-changed"),
            _ => None,
        };
        let form = Form::default();
        let present = |field| {
            let input = Input::new(field, visit.say("access-field-present-password"));
            visit.text_field(&input, "password", &form, &refusals)
        };
        let action = |end: &str| visit.link(&format!("{SECURITY}/{end}"));
        let body = html! {
            h1 { (title) }
            (visit.error_summary(&refusals))
            @if let Some(done) = done { div.banner.done role="status" { p { (visit.say(done)) } } }
            h2 { (visit.say("access-password-change")) }
            form method="post" action=(action("mot-de-passe")) {
                (visit.token_field()) (present("actuel")) (new_password_fields(visit, &form, &refusals))
                p.small.mute { (visit.say("access-password-change-ends")) }
                button { (visit.say("access-password-change")) }
            }
            h2 { (visit.say("access-codes")) }
            p { (visit.say_with("access-codes-left", &[("count", left.into())])) }
            form method="post" action=(action("codes")) {
                (visit.token_field()) (present("actuel-codes"))
                p.small.mute { (visit.say("access-codes-replace")) }
                button { (visit.say("access-codes-new")) }
            }
            h2 { (visit.say("access-factor")) }
            form method="post" action=(action("second-facteur")) {
                (visit.token_field()) (present("actuel-facteur"))
                p.small.mute { (visit.say("access-factor-replace")) }
                button { (visit.say("access-factor-new")) }
            }
            h2 { (visit.say("access-sessions")) }
            form method="post" action=(action("sessions")) {
                (visit.token_field())
                p.small.mute { (visit.say("access-sessions-text")) }
                button.danger { (visit.say("access-sessions-end")) }
            }
        };
        Ok(Page::new(title, body).under(visit.say("nav-desk"), "/bureau"))
    });
    Ok(unkept(composed.await?))
}
