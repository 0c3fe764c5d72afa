//! The signed link: an address handed to an addressee, by which it acknowledges and answers without an account.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use record::Tx;
use std::time::Duration;
use web::{Clocks, Form, Outcome, Page, Refusals, Stop, Visit, html};

use super::cards::{basis, reminder_of_case};
use super::standing::author_hand;
use super::{At, exchange_path, reply};

/// The token of the link to this case.
fn token(visit: &Visit, at: &At) -> String {
    visit.house().signature(&["reponse", at.recommendation.as_str(), at.addressee.as_str()])
}

fn address(at: &At, token: &str) -> String {
    format!("/reponse/{}/{}/{token}", at.recommendation, at.addressee)
}

/// The link as a sheet to print and hand over, for those who ask.
pub(super) async fn made(visit: Visit, Path((recommendation, addressee)): Path<(String, String)>) -> Outcome {
    let at = At::parse(&recommendation, &addressee)?;
    visit.signed_in()?;
    visit
        .page(move |tx, visit| {
            let facts = at.facts(tx)?;
            author_hand(visit, &facts.asked)?;
            let reminder = reminder_of_case(tx, visit, &facts)?;
            let heading = visit.say("answers-do-link");
            let public = visit.house().public(&address(&at, &token(visit, &at)));
            let body = html! {
                h1 { (heading) }
                (reminder)
                @if facts.case.closed_on.is_some() {
                    p { (visit.say("answers-link-closed")) }
                } @else {
                    p { (visit.say("answers-link-text")) }
                    p { code { (public) } }
                    div { (web::draw::qr::qr(&public, &heading)) }
                    p.small.mute { (visit.say("answers-link-care")) }
                }
            };
            Ok(Page::new(heading, body).exercise(facts.case.exercise))
        })
        .await
}

/// The case that a link with a true token opens. A false token, and any token once the case is closed, opens nothing.
fn opened(visit: &Visit, path: (String, String, String)) -> Result<(At, String), Stop> {
    let (recommendation, addressee, given) = path;
    visit.not_too_often("lien", 60, Duration::from_secs(2))?;
    let at = At::parse(&recommendation, &addressee)?;
    let parts = ["reponse", at.recommendation.as_str(), at.addressee.as_str()];
    if visit.house().signed(&parts, &given) { Ok((at, given)) } else { Err(Stop::NotFound) }
}

/// What the holder of the link reads and fills in.
pub(super) async fn page(visit: Visit, Path(path): Path<(String, String, String)>) -> Outcome {
    let (at, token) = opened(&visit, path)?;
    let shown = visit
        .page(move |tx, visit| held(tx, visit, &at, &token, (&Form::default(), &Refusals::default())))
        .await?;
    Ok(unshared(shown))
}

/// What the holder of the link sent is on the record, or the form comes back.
pub(super) async fn sent(visit: Visit, Path(path): Path<(String, String, String)>, form: Form) -> Outcome {
    let (at, token) = opened(&visit, path)?;
    let (within, given) = (at.clone(), form.clone());
    let done = visit
        .seal(move |desk, visit| {
            if within.facts(desk.tx())?.case.closed_on.is_some() {
                return Err(Stop::NotFound);
            }
            match given.text("acte") {
                "accuse" => reply::acknowledge_by_link(desk, visit, &within),
                _ => reply::answer_by_link(desk, visit, &within, &given),
            }
        })
        .await;
    match done {
        Ok(()) => Ok(visit.see_other(&exchange_path(&at.recommendation))),
        Err(Stop::Refused(refusals)) => {
            let again =
                move |tx: &mut Tx<'_>, visit: &Visit| held(tx, visit, &at, &token, (&form, &refusals));
            Ok(unshared(visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, again).await?))
        }
        Err(stop) => Err(stop),
    }
}

fn held(
    tx: &mut Tx<'_>,
    visit: &Visit,
    at: &At,
    token: &str,
    (form, refusals): (&Form, &Refusals),
) -> Result<Page, Stop> {
    let facts = at.facts(tx)?;
    if facts.case.closed_on.is_some() {
        return Err(Stop::NotFound);
    }
    let reminder = reminder_of_case(tx, visit, &facts)?;
    let fields = reply::answer_fields(tx, visit, &facts, form, refusals)?;
    let basis = basis(visit, &Clocks::load(tx)?, &facts);
    let heading = visit.say("answers-link-heading");
    let action = visit.link(&address(at, token));
    let body = html! {
        h1 { (heading) }
        (reminder)
        p { (visit.say("answers-link-holder")) }
        (basis)
        (visit.error_summary(refusals))
        @if facts.case.acknowledged_on.is_none() {
            form method="post" action=(action) {
                (visit.token_field())
                input type="hidden" name="acte" value="accuse";
                button { (visit.say("answers-send-acknowledgement")) }
            }
        }
        h2 { (visit.say("answers-do-answer")) }
        form method="post" enctype="multipart/form-data" action=(action) {
            (visit.token_field())
            input type="hidden" name="acte" value="reponse";
            (fields)
            button { (visit.say("answers-send-answer")) }
        }
    };
    Ok(Page::new(heading, body).exercise(facts.case.exercise))
}

/// The page of a link is kept by no cache on the way: its address is a key.
fn unshared(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
