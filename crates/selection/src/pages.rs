//! The pages of calls: routes, and what several pages share.

mod ballot;
mod downloads;
mod examine;
mod fairness;
mod freeze;
mod list;
mod naming;
mod one;
mod opening;
mod panels;
mod seed;
mod sheets;
mod standing;

use axum::Router;
use axum::routing::get;
use record::{Tx, directory, enclosures};
use terms::access::Role;
use terms::selection::Feature;
use terms::{Behalf, BodyId, Commitment, OrganisationId};
use web::{Gone, House, Language, Markup, Stop, Visit, html};

pub(crate) use panels::{body_panel, desk_panel, organisation_panel};

use crate::call::{Call, Candidacy, Stage};
use crate::tables;

/// The room's addresses.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/appels", get(list::list))
        .route("/appels.csv", get(list::list))
        .route("/appels.json", get(list::list))
        .route("/appels.atom", get(list::list))
        .route("/appels.ics", get(list::list))
        .route("/instances/{id}/appels/nouveau", get(opening::open_form).post(opening::open))
        .route("/appels/{id}", get(one::page))
        .route("/appels/{id}/candidatures.csv", get(downloads::candidacies))
        .route("/appels/{id}/pool.csv", get(downloads::pool))
        .route("/appels/{id}/quotas.csv", get(downloads::quotas))
        .route("/appels/{id}/transcription.json", get(downloads::transcript))
        .route("/appels/{id}/bulletins.csv", get(downloads::ballots))
        .route("/appels/{id}/acte", get(downloads::act))
        .route("/appels/{id}/candidature", get(standing::file_form).post(standing::file))
        .route("/appels/{id}/candidatures/{candidacy}", get(standing::candidacy))
        .route(
            "/appels/{id}/candidatures/{candidacy}/retirer",
            get(standing::withdraw_form).post(standing::withdraw),
        )
        .route("/appels/{id}/liste", get(examine::list_form).post(examine::publish))
        .route(
            "/appels/{id}/candidatures/{candidacy}/recours",
            get(examine::appeal_form).post(examine::appeal),
        )
        .route("/appels/{id}/recours/{appeal}", get(examine::decide_form).post(examine::decide))
        .route("/appels/{id}/geler", get(freeze::form).post(freeze::freeze))
        .route("/appels/{id}/regle", get(opening::rule_form).post(opening::say_rule_anew))
        .route("/appels/{id}/engagement", get(seed::commit_form).post(seed::commit))
        .route("/appels/{id}/secret", get(seed::reveal_form).post(seed::reveal))
        .route("/appels/{id}/evenement", get(seed::event_form).post(seed::draw))
        .route("/appels/{id}/vote", get(ballot::form).post(ballot::vote))
        .route("/appels/{id}/nomination", get(naming::form).post(naming::name))
        .route("/appels/{id}/annuler", get(opening::cancel_form).post(opening::cancel))
}

/// The call at this address.
///
/// **Errors** the record has none; the database refused.
fn found(tx: &mut Tx<'_>, id: &str) -> Result<Call, Stop> {
    tables::call(tx, id)?.ok_or(Stop::NotFound)
}

/// For whom the visitor convenes: the body's secretary, or those who keep the instance.
fn convening(visit: &Visit, body: &BodyId) -> Option<Behalf> {
    let standing = visit.standing()?;
    if standing.acts_for_body(body, &[Role::Secretary]) {
        return Some(Behalf::Body { body: body.clone() });
    }
    standing.is_steward().then_some(Behalf::Instance)
}

/// As [`convening`].
///
/// **Errors** nobody is signed in; they convene nothing here.
fn convener(visit: &Visit, body: &BodyId) -> Result<Behalf, Stop> {
    visit.signed_in()?;
    convening(visit, body).ok_or(Stop::NoStanding)
}

/// The organisations that the visitor speaks for.
fn spoken_for(visit: &Visit) -> Vec<OrganisationId> {
    visit.standing().map(|who| who.organisations(&[Role::Secretary, Role::Delegate])).unwrap_or_default()
}

/// The parties of a seed that the visitor speaks for.
fn parties(visit: &Visit, call: &Call) -> Vec<Behalf> {
    let Some(standing) = visit.standing() else { return Vec::new() };
    let speaks = |who: &Behalf| match who {
        Behalf::Organisation { organisation } => {
            standing.acts_for_organisation(organisation, &[Role::Secretary, Role::Delegate])
        }
        Behalf::Body { body } => standing.acts_for_body(body, &[Role::Secretary, Role::Authority]),
        Behalf::Instance => standing.is_steward(),
    };
    call.parties.iter().map(|party| party.who.clone()).filter(speaks).collect()
}

/// The name in the visitor's language of a thing of the directory; its id where it has none.
fn name_of(tx: &mut Tx<'_>, visit: &Visit, kind: directory::Kind, id: &str) -> Result<String, Stop> {
    let named = directory::look_up(tx, kind, id)?;
    let name = named.and_then(|named| match visit.language() {
        Language::English => named.en.or(named.fr),
        Language::French => named.fr,
    });
    Ok(name.unwrap_or_else(|| id.to_owned()))
}

fn body_name(tx: &mut Tx<'_>, visit: &Visit, body: &BodyId) -> Result<String, Stop> {
    name_of(tx, visit, directory::Kind::Body, body.as_str())
}

/// What a party is called.
fn party_label(tx: &mut Tx<'_>, visit: &Visit, who: &Behalf) -> Result<String, Stop> {
    match who {
        Behalf::Organisation { organisation } => {
            name_of(tx, visit, directory::Kind::Organisation, organisation.as_str())
        }
        Behalf::Body { body } => body_name(tx, visit, body),
        Behalf::Instance => Ok(visit.say("selection-instance")),
    }
}

/// « Appel à 3 sièges — CCSC de … », with the seat where it is one.
fn title(tx: &mut Tx<'_>, visit: &Visit, call: &Call) -> Result<String, Stop> {
    let body = body_name(tx, visit, &call.body)?;
    let seat = match &call.seat {
        Some(seat) => tables::seat_name(tx, &call.body, seat)?,
        None => None,
    };
    let seats = visit.say_with("selection-title-one", &[("count", call.seats.into())]);
    let seat = seat.map(|(fr, en)| match visit.language() {
        Language::English => en.unwrap_or(fr),
        Language::French => fr,
    });
    Ok(match seat {
        Some(seat) => format!("{seats} ({seat}) — {body}"),
        None => format!("{seats} — {body}"),
    })
}

/// Who stands, as people read it: the organisation, and the person who would sit.
fn candidate_label(tx: &mut Tx<'_>, visit: &Visit, candidacy: &Candidacy) -> Result<String, Stop> {
    let organisation = match &candidacy.organisation {
        Some(id) => Some(name_of(tx, visit, directory::Kind::Organisation, id.as_str())?),
        None => None,
    };
    let person = match &candidacy.person {
        Some(person) => {
            Some(enclosures::text(tx, person)?.unwrap_or_else(|| visit.say("selection-name-withdrawn")))
        }
        None => None,
    };
    Ok(match (organisation, person) {
        (Some(organisation), Some(person)) => format!("{person} ({organisation})"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => candidacy.id.to_string(),
    })
}

/// A text out of an enclosure of this entry, in paragraphs, or that it was withdrawn.
fn enclosed(tx: &mut Tx<'_>, visit: &Visit, text: &Commitment, entry: u64) -> Result<Markup, Stop> {
    visit.shows_entry(entry);
    Ok(match enclosures::text(tx, text)? {
        Some(text) => web::quoted(visit, Some(&text)),
        None => html! { p { (Gone::of(tx, visit, entry)?.told(visit)) } },
    })
}

/// The same on one line.
fn enclosed_line(tx: &mut Tx<'_>, visit: &Visit, text: &Commitment, entry: u64) -> Result<Markup, Stop> {
    visit.shows_entry(entry);
    Ok(match enclosures::text(tx, text)? {
        Some(text) => html! { (text) },
        None => Gone::of(tx, visit, entry)?.told(visit),
    })
}

fn feature_label(visit: &Visit, feature: Feature) -> String {
    visit.say(&format!("selection-feature-{}", feature.as_str()))
}

/// The features of a candidate, as people read them.
fn traits_text(candidacy: &Candidacy) -> String {
    candidacy.traits.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ")
}

fn stage_class(stage: Stage) -> &'static str {
    match stage {
        Stage::Over(crate::call::End::Cancelled) | Stage::Stalled => "late",
        Stage::Over(_) => "answered",
        _ => "waiting",
    }
}

fn stage_badge(visit: &Visit, stage: Stage) -> Markup {
    html! {
        span class={ "badge " (stage_class(stage)) } { (visit.say(&format!("selection-stage-{}", stage.as_str()))) }
    }
}
