//! The sittings' pages: routes, and what several pages share.

mod forms;
mod list;
mod one;
mod panels;

use axum::Router;
use axum::routing::get;
use record::{Tx, directory};
use terms::access::Role;
use terms::{Behalf, BodyId};
use web::{House, Stop, Visit};

pub(crate) use panels::{body_panel, desk_panel, place_panel};

use crate::tables::Sitting;

/// The room's addresses.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/reunions", get(list::list))
        .route("/reunions.csv", get(list::list))
        .route("/reunions.json", get(list::list))
        .route("/reunions.atom", get(list::list))
        .route("/reunions/{id}", get(one::page))
        .route("/reunions/{id}/pv", get(one::minutes))
        .route("/instances/{id}/reunions/nouvelle", get(forms::held_form).post(forms::hold))
        .route("/instances/{id}/reunions/non-tenue", get(forms::missed_form).post(forms::miss))
}

/// The name of a body, and whether it is part of an exercise.
fn body_name(tx: &mut Tx<'_>, visit: &Visit, body: &BodyId) -> Result<(String, bool), Stop> {
    let named = directory::look_up(tx, directory::Kind::Body, body.as_str())?;
    let exercise = named.as_ref().is_some_and(|named| named.exercise);
    let name = named.and_then(|named| match visit.language() {
        web::Language::English => named.en.or(named.fr),
        web::Language::French => named.fr,
    });
    Ok((name.unwrap_or_else(|| body.to_string()), exercise))
}

/// For whom the visitor may record sittings of this body.
fn behalf(visit: &Visit, body: &BodyId) -> Option<Behalf> {
    let standing = visit.standing()?;
    if standing.acts_for_body(body, &[Role::Secretary]) {
        return Some(Behalf::Body { body: body.clone() });
    }
    standing.is_steward().then_some(Behalf::Instance)
}

fn title(visit: &Visit, sitting: &Sitting) -> String {
    visit.say_with("sittings-title-one", &[("day", visit.day_text(sitting.on).into())])
}

fn evidence_label(visit: &Visit, word: &str) -> String {
    visit.say(&format!("sittings-evidence-{word}"))
}

fn payer_label(visit: &Visit, word: &str) -> String {
    let key = format!("sittings-payer-{word}");
    let known = visit.house().languages().has(visit.language(), &key);
    if known { visit.say(&key) } else { word.to_owned() }
}
