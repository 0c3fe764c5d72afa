//! Signing in and out.

use std::time::Duration;

use axum::http::StatusCode;
use web::{
    Form, Input, Outcome, Page, Refusals, SessionToken, Stop, Visit, begin_session, end_session, html,
};

use super::{live, unkept, with_cookie};
use crate::acts::{self, Proof, Refusal, Typed};
use crate::tables::drawers::{self, Account};
use crate::{enrolment, factor, password};

/// Where to go after signing in, when the visitor came from nowhere in particular.
const DESK: &str = "/bureau";

pub(super) async fn show(visit: Visit) -> Outcome {
    let back = local(visit.asked("retour").unwrap_or_default()).to_owned();
    if visit.standing().is_some() {
        return Ok(visit.see_other(&back));
    }
    page(&visit, StatusCode::OK, Form::of(&[("retour", &back)]), Refusals::default()).await
}

pub(super) async fn act(visit: Visit, form: Form) -> Outcome {
    let mut refusals = Refusals::default();
    let name = form.required("nom", 200, &mut refusals);
    let typed = form.required("mot-de-passe", acts::PASSWORD_MOST, &mut refusals);
    let code = form.required("code", 100, &mut refusals);
    let back = local(form.text("retour")).to_owned();
    let again = Form::of(&[("retour", &back), ("nom", &name)]);
    if !refusals.is_empty() {
        return page(&visit, StatusCode::UNPROCESSABLE_ENTITY, again, refusals).await;
    }
    let login = enrolment::login(visit.house(), &name);
    visit.not_too_often("connexion", 20, Duration::from_secs(6))?;
    if !visit.house().limiter().allows("connexion-nom", &login, 5, Duration::from_secs(30)) {
        return Err(Stop::TooMany);
    }
    let account = live(&visit, move |tx| Ok(drawers::account_of_login(tx, &login)?)).await?;
    let right = password::matches(typed, account.as_ref().map(|account| account.password.clone())).await?;
    match enter(&visit, account, right, code).await {
        Ok(token) => Ok(with_cookie(visit.see_other(&back), &token.cookie())),
        Err(Stop::Refused(refusals)) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, again, refusals).await,
        Err(stop) => Err(stop),
    }
}

/// The person is signed in under a fresh token; the code they gave never serves again.
async fn enter(
    visit: &Visit,
    found: Option<Account>,
    right: bool,
    code: String,
) -> Result<SessionToken, Stop> {
    let wrong = || Stop::Refused(Refusals::from(web::Refusal::from(Refusal::SignIn)));
    // The way is the same whatever was wrong, so that its length tells nothing.
    visit
        .seal(move |desk, visit| {
            let house = visit.house();
            let now = desk.now();
            let account = match &found {
                Some(found) => drawers::account(desk.tx(), &found.person)?,
                None => None,
            };
            // A password changed between the check and now was not the one that was checked.
            let unchanged = account.as_ref().map(|a| &a.password) == found.as_ref().map(|f| &f.password);
            let Some(account) = account.filter(|_| unchanged) else { return Err(wrong()) };
            let person = account.person.clone();
            let totp = factor::totp(house, &account.factor, "")?;
            let hash = factor::code_hash(house, &person, &code);
            let recovery = drawers::has_code(desk.tx(), &person, &hash)?.then_some(hash);
            let typed = Typed { step: factor::step(&totp, &code, now), last: account.last_step, recovery };
            match acts::sign_in(right, typed).map_err(|_| wrong())? {
                Proof::Step(step) => {
                    let account = Account { last_step: Some(step), ..account };
                    drawers::keep_account(desk.tx(), &account)?;
                }
                Proof::Recovery(hash) => drawers::use_code(desk.tx(), &person, &hash)?,
            }
            if let (Some(token), Some(standing)) = (visit.token(), visit.standing()) {
                end_session(desk, Some(token), &standing.person)?;
            }
            Ok(begin_session(desk, &person, visit.today())?)
        })
        .await
}

pub(super) async fn leave(visit: Visit, _form: Form) -> Outcome {
    if let (Some(token), Some(standing)) = (visit.token().cloned(), visit.standing()) {
        let person = standing.person.clone();
        visit.seal(move |desk, _| Ok(end_session(desk, Some(&token), &person)?)).await?;
    }
    Ok(with_cookie(visit.see_other("/"), &SessionToken::farewell()))
}

async fn page(visit: &Visit, status: StatusCode, form: Form, refusals: Refusals) -> Outcome {
    let composed = visit.page_with(status, move |_, visit| {
        let name = Input::new("nom", visit.say("access-field-name")).autocomplete("username");
        let secret = Input::new("mot-de-passe", visit.say("access-field-password"));
        let code = Input::new("code", visit.say("access-field-code-or-recovery"))
            .hint(visit.say("access-field-code-or-recovery-hint"))
            .autocomplete("one-time-code");
        let title = visit.say("access-sign-in");
        let body = html! {
            h1 { (title) }
            (visit.error_summary(&refusals))
            p.lead { (visit.say("access-sign-in-lead")) }
            form method="post" action=(visit.link("/connexion")) {
                (visit.token_field())
                input type="hidden" name="retour" value=(form.text("retour"));
                (visit.text_field(&name, "text", &form, &refusals))
                (visit.text_field(&secret, "password", &form, &refusals))
                (visit.text_field(&code, "text", &Form::default(), &refusals))
                button { (visit.say("access-sign-in-do")) }
            }
            h2 { (visit.say("access-sign-in-help")) }
            p { (visit.say("access-sign-in-lost")) }
            p { (visit.say("access-sign-in-no-account")) }
        };
        Ok(Page::new(title, body))
    });
    Ok(unkept(composed.await?))
}

/// The path, if it is one of this site's pages; the desk otherwise.
///
/// Two slashes, or a backslash which browsers read as one, would lead to another site.
pub(crate) fn local(path: &str) -> &str {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 500
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && !["/connexion", "/deconnexion", "/invitation"].iter().any(|own| path.starts_with(own));
    if ours { path } else { DESK }
}
