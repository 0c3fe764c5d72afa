//! The pages: signing in and out, invitations, the desk, the security of an account, persons, mandates.

mod desk;
mod invitation;
mod invite;
mod mandates;
mod persons;
mod security;
mod sign_in;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::{get, post};
use record::Tx;
use record::directory::{Kind, look_up};
use terms::access::Role;
use terms::{Behalf, Day, PersonId};
use totp_rs::Totp;
use web::draw::qr::qr;
use web::gate::{Audience, Held};
use web::{House, Input, Language, Markup, Panel, Spot, Stop, Visit, html};

use crate::acts::Ground;
use crate::factor;
use crate::tables::drawers::{self, Account};

#[cfg(test)]
pub(crate) use sign_in::local;

/// What the room hangs in other rooms' pages.
pub(crate) const PANELS: [Panel; 2] = [
    Panel { spot: Spot::Body, order: 90, show: mandates::of_body },
    Panel { spot: Spot::Organisation, order: 90, show: mandates::of_organisation },
];

/// The room's addresses.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/connexion", get(sign_in::show).post(sign_in::act))
        .route("/deconnexion", post(sign_in::leave))
        .route("/invitation/{jeton}", get(invitation::show).post(invitation::choose))
        .route("/invitation/{jeton}/second-facteur", get(invitation::factor).post(invitation::confirm))
        .route("/bureau", get(desk::show))
        .route("/bureau/securite", get(security::show))
        .route("/bureau/securite/mot-de-passe", post(security::new_password))
        .route("/bureau/securite/codes", post(security::new_codes))
        .route("/bureau/securite/second-facteur", get(security::factor).post(security::new_factor))
        .route("/bureau/securite/second-facteur/confirmation", post(security::confirm_factor))
        .route("/bureau/securite/sessions", post(security::end_sessions))
        .route("/personnes", get(persons::list))
        .route("/personnes/inviter", get(invite::show).post(invite::act))
        .route("/personnes/invitations/annulation", post(persons::cancel))
        .route("/personnes/{id}", get(persons::show))
        .route("/personnes/{id}/mandat", get(persons::mandate).post(persons::give))
        .route("/personnes/{id}/acces", post(persons::new_access))
        .route("/mandats", get(mandates::list))
        .route("/mandats.csv", get(mandates::list))
        .route("/mandats.json", get(mandates::list))
        .route("/mandats/{id}/fin", get(mandates::ending).post(mandates::end))
}

/// What `ask` answers of today: accounts and invitations have no earlier day.
async fn live<T: Send + 'static>(
    visit: &Visit,
    ask: impl FnOnce(&mut Tx<'_>) -> Result<T, Stop> + Send + 'static,
) -> Result<T, Stop> {
    let shelf = visit.house().record().shelf.clone();
    let asked = tokio::task::spawn_blocking(move || shelf.read(ask));
    asked.await.map_err(|_| Stop::Fault(record::Fault::Stopped))?
}

/// The signed-in person's account.
async fn own_account(visit: &Visit) -> Result<Account, Stop> {
    let person = visit.signed_in()?.person.clone();
    let account = live(visit, move |tx| Ok(drawers::account(tx, &person)?)).await?;
    account.ok_or(Stop::NoStanding)
}

/// Only those who keep the instance go on.
fn stewards_only(visit: &Visit) -> Result<(), Stop> {
    if visit.signed_in()?.is_steward() { Ok(()) } else { Err(Stop::NoStanding) }
}

/// The answer is kept by no browser and no cache.
fn unkept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The answer sets this cookie.
fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// For whom someone acts, as people call it.
#[derive(Debug, Clone)]
struct ForWhom {
    name: String,
    path: Option<String>,
    exercise: bool,
}

impl ForWhom {
    fn of(tx: &mut Tx<'_>, visit: &Visit, behalf: &Behalf) -> Result<Self, Stop> {
        let (kind, id) = match behalf {
            Behalf::Instance => {
                let name = visit.say("access-the-instance");
                return Ok(Self { name, path: None, exercise: false });
            }
            Behalf::Body { body } => (Kind::Body, body.as_str()),
            Behalf::Organisation { organisation } => (Kind::Organisation, organisation.as_str()),
        };
        let named = look_up(tx, kind, id)?;
        let path = named.as_ref().and_then(record::directory::Named::path);
        let exercise = named.as_ref().is_some_and(|named| named.exercise);
        let name = named.and_then(|named| match visit.language() {
            Language::English => named.en.or(named.fr),
            Language::French => named.fr,
        });
        Ok(Self { name: name.unwrap_or_else(|| id.to_owned()), path, exercise })
    }

    fn markup(&self, visit: &Visit) -> Markup {
        html! {
            @match &self.path {
                Some(path) => a href=(visit.link(path)) { (self.name) },
                None => (self.name),
            }
            @if self.exercise { " " span.badge.exercise { (visit.say("banner-exercise-word")) } }
        }
    }
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::Secretary => "access-role-secretary",
        Role::Delegate => "access-role-delegate",
        Role::Authority => "access-role-authority",
        Role::Steward => "access-role-steward",
    }
}

fn ground_key(ground: Ground) -> &'static str {
    match ground {
        Ground::TermEnded => "access-ground-term-ended",
        Ground::Resigned => "access-ground-resigned",
        Ground::Withdrawn => "access-ground-withdrawn",
    }
}

/// A person's name, which the stewards and the person alone see.
fn held_name(person: &PersonId, name: Option<String>) -> Held<Option<String>> {
    Held::new(name, vec![Audience::Stewards, Audience::Person(person.clone())])
}

/// The name as this visitor may read it.
fn name_shown(visit: &Visit, name: &Held<Option<String>>) -> String {
    match name.shown_to(visit.standing()) {
        Some(Some(name)) => name.clone(),
        Some(None) => visit.say("access-name-withdrawn"),
        None => visit.say("access-name-held"),
    }
}

/// From this day to that one, as a sentence's end.
fn since(visit: &Visit, from: Day, to: Option<Day>) -> Markup {
    web::time_range(visit, Some(from), to)
}

/// What a phone needs to make codes: a square to film, and the key to type.
fn factor_sheet(visit: &Visit, totp: &Totp) -> Result<Markup, Stop> {
    let address = totp.to_url().map_err(|error| record::Fault::Value(error.to_string()))?;
    let key = totp.secret().to_base32();
    let groups: Vec<String> =
        key.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    Ok(html! {
        ol {
            li { (visit.say("access-factor-install")) }
            li { (visit.say("access-factor-scan")) }
            li { (visit.say("access-factor-confirm")) }
        }
        (qr(&address, &visit.say("access-factor-qr")))
        p { (visit.say("access-factor-key")) " " code { (groups.join(" ")) } }
        p.small.mute { (visit.say("access-factor-offline")) }
    })
}

/// The field for the six digits of a phone.
fn code_input(visit: &Visit) -> Input<'static> {
    Input::new("code", visit.say("access-field-code"))
        .hint(visit.say("access-field-code-hint"))
        .autocomplete("one-time-code")
}

/// The fields for a new password, typed twice.
fn new_password_fields(visit: &Visit, form: &web::Form, refusals: &web::Refusals) -> Markup {
    let least = crate::acts::PASSWORD_LEAST;
    let new = Input::new("nouveau", visit.say("access-field-new-password"))
        .hint(visit.say_with("access-field-new-password-hint", &[("least", least.into())]))
        .autocomplete("new-password");
    let again = Input::new("encore", visit.say("access-field-again")).autocomplete("new-password");
    html! {
        (visit.text_field(&new, "password", form, refusals))
        (visit.text_field(&again, "password", form, refusals))
    }
}

/// The ten codes, shown this once, with what to do with them.
fn codes_sheet(visit: &Visit, codes: &[String]) -> Markup {
    html! {
        p.lead { (visit.say_with("access-codes-lead", &[("count", factor::CODES.into())])) }
        ol { @for code in codes { li { code { (code) } } } }
        p { (visit.say("access-codes-keep")) }
    }
}
