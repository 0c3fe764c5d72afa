//! The register's pages: routes, and what several pages share.

mod capacity;
mod capacity_form;
mod capacity_plan;
mod duplicates;
mod forms;
mod funding;
mod funding_form;
mod funding_held;
mod importing;
mod list;
mod obligations;
mod one;
mod open;
mod recognition;
mod restrictions;
mod said;
mod ties;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use record::{Tx, directory};
use terms::{OrganisationId, PlaceId, SourceId};
use web::{Cell, House, Markup, Stop, Visit, html};

use crate::acts::Candidates;
use crate::tables::{self, Filter, Organisation};

/// How many names a refusal lists at most.
const CANDIDATES_MAX: usize = 8;

/// The room's addresses.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/organisations", get(list::list))
        .route("/organisations.csv", get(list::list))
        .route("/organisations.json", get(list::list))
        .route("/organisations.atom", get(list::list))
        .route("/organisations/nouvelle", get(forms::new_form).post(forms::register))
        .route("/organisations/popolo.json", get(open::popolo))
        .route("/organisations/bods.json", get(open::bods))
        .route("/organisations/importer", get(importing::begin).post(importing::go_on))
        .route("/organisations/doublons", get(duplicates::list))
        .route("/organisations/doublons/{one}/{other}", get(duplicates::pair_form))
        .route("/organisations/doublons/{one}/{other}/fusion", post(duplicates::merge))
        .route("/organisations/doublons/{one}/{other}/distinctes", post(duplicates::distinguish))
        .route("/organisations/{id}", get(one::page))
        .route("/organisations/{id}/separation", get(duplicates::part_form).post(duplicates::part))
        .route(
            "/organisations/{id}/reconnaissance",
            get(recognition::recognition_form).post(recognition::recognise),
        )
        .route("/organisations/{id}/travail", get(recognition::work_form).post(recognition::state_work))
        .route("/organisations/{id}/pieces/{sha256}", get(recognition::scan))
        .route("/organisations/{id}/statut", get(forms::status_form).post(forms::state))
        .route("/organisations/{id}/adhesion", get(forms::membership_form).post(forms::join))
        .route("/organisations/{id}/identifiant", get(said::identifier_form).post(said::identify))
        .route("/organisations/{id}/liens", get(ties::page))
        .route("/organisations/{id}/liens.csv", get(ties::page))
        .route("/organisations/{id}/liens.json", get(ties::page))
        .route("/organisations/{id}/liens/nouveau", get(said::tie_form).post(said::tie))
        .route("/organisations/{id}/reponse/{entry}", get(said::reply_form).post(said::reply))
        .route("/restrictions", get(restrictions::list))
        .route("/restrictions.csv", get(restrictions::list))
        .route("/restrictions.json", get(restrictions::list))
        .route("/restrictions/nouvelle", get(restrictions::new_form).post(restrictions::state))
        .route("/restrictions/{id}", get(restrictions::page))
        .route("/restrictions/{id}/suite", get(restrictions::again_form).post(restrictions::state_again))
        .merge(funding::routes())
        .merge(capacity::routes())
        .merge(obligations::routes())
}

/// The organisations seated in the place, first by name, on the place's page.
pub(crate) fn place_panel(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    const SHOWN: usize = 5;
    let Ok(place) = PlaceId::parse(id) else { return Ok(None) };
    let filter = Filter { place: Some(place), ..Filter::default() };
    let mut found = tables::list(tx, &filter, visit.day_shown(), SHOWN + 1)?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    if found.is_empty() {
        return Ok(None);
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("organisations-here")) }
            ul { @for organisation in &found { li { (link(visit, organisation)) } } }
            @if more {
                p { a href=(visit.link(&format!("/organisations?lieu={id}"))) {
                    (visit.say("organisations-all-here"))
                } }
            }
        }
    }))
}

/// What stewards may do here, on their desk.
pub(crate) fn desk_panel(_: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    if !visit.standing().is_some_and(web::Standing::is_steward) {
        return Ok(None);
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("organisations-nav")) }
            p {
                a href=(visit.link("/organisations/nouvelle")) { (visit.say("organisations-new")) } " · "
                a href=(visit.link("/organisations/importer")) { (visit.say("organisations-import")) } " · "
                a href=(visit.link("/organisations/doublons")) { (visit.say("organisations-duplicates")) } " · "
                a href=(visit.link("/organisations")) { (visit.say("organisations-title")) }
            }
        }
    }))
}

/// What awaits those who act for organisations, on their desk: peers that ask to be assessed, due days, and the ways in.
pub(crate) fn own_panel(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let Some(standing) = visit.standing() else { return Ok(None) };
    let mut cards = Vec::new();
    for id in standing.organisations(&[terms::access::Role::Secretary]) {
        let named = directory::look_up(tx, directory::Kind::Organisation, id.as_str())?;
        let name = named.and_then(|named| named.fr).unwrap_or_else(|| id.to_string());
        let asking = tables::asking(tx, &id)?;
        let asking = asking.shown_to(visit.standing()).cloned().unwrap_or_default();
        cards.push((name, asking, obligations::reminders(tx, visit, &id)?, id));
    }
    if cards.is_empty() {
        return Ok(None);
    }
    Ok(Some(html! {
        @for (name, asking, reminders, id) in &cards {
            section {
                h2 { (name) }
                @if let Some(reminders) = reminders { (reminders) }
                @for (organisation, asks) in asking {
                    p { a href=(visit.link(&format!("/organisations/{organisation}/capacites/bilan/peer"))) {
                        (visit.say_with("organisations-capacity-asks", &[("name", asks.into())]))
                    } }
                }
                p {
                    @for (path, key) in [
                        ("financement", "organisations-funding-title"),
                        ("capacites", "organisations-capacity-title"),
                        ("obligations", "organisations-obligations-own"),
                    ] {
                        a href=(visit.link(&format!("/organisations/{id}/{path}"))) { (visit.say(key)) } " · "
                    }
                    a href=(visit.link(&format!("/organisations/{id}"))) { (visit.say("organisations-own-page")) }
                }
            }
        }
    }))
}

/// The way to the organisation under whose id this one goes on, to the page of it that `rest` names; `None` where it stands for itself on
/// the day shown.
async fn onward(visit: &Visit, id: &str, rest: &str) -> Result<Option<Response>, Stop> {
    let asked = id.to_owned();
    let root = visit.ask(move |tx, _| Ok(directory::goes_on_as(tx, &asked)?)).await?;
    Ok(root.map(|root| {
        let day = visit.past().map(|day| format!("?au={day}")).unwrap_or_default();
        visit.see_other(&format!("/organisations/{root}{rest}{day}"))
    }))
}

/// The visitor keeps the instance.
///
/// **Errors** nobody is signed in; they are no steward.
fn steward(visit: &Visit) -> Result<(), Stop> {
    if visit.signed_in()?.is_steward() { Ok(()) } else { Err(Stop::NoStanding) }
}

fn link(visit: &Visit, organisation: &Organisation) -> Markup {
    html! {
        a href=(visit.link(&format!("/organisations/{}", organisation.id))) { (organisation.name) }
        @if let Some(acronym) = &organisation.acronym { " (" (acronym) ")" }
        @if organisation.exercise { " " span.badge.exercise { (visit.say("organisations-exercise")) } }
    }
}

/// The label of a kind; the word itself where another pack brings its own.
fn kind_label(visit: &Visit, kind: &str) -> String {
    label(visit, &format!("organisations-kind-{kind}"), kind)
}

/// The label of a statement; the word itself where another pack brings its own.
fn status_label(visit: &Visit, status: &str) -> String {
    label(visit, &format!("organisations-status-{status}"), status)
}

fn label(visit: &Visit, key: &str, word: &str) -> String {
    let known = visit.house().languages().has(visit.language(), key);
    if known { visit.say(key) } else { word.to_owned() }
}

/// The class of the badge that a standing wears.
fn status_class(status: &str) -> &'static str {
    match status {
        "dissolved" => "late",
        "suspended" => "waiting",
        _ => "answered",
    }
}

/// The standing on the day shown, and whether it is contested.
fn standing(visit: &Visit, organisation: &Organisation) -> Markup {
    html! {
        @match &organisation.status {
            Some(status) => {
                span class={ "badge " (status_class(status)) } { (status_label(visit, status)) }
            }
            None => { span.mute { (visit.say("organisations-standing-unknown")) } }
        }
        @if organisation.contested { " " span.badge.unverified { (visit.say("organisations-contested")) } }
    }
}

/// The standing in a list, one word for machines.
fn standing_cell(organisation: &Organisation, visit: &Visit) -> Cell {
    match &organisation.status {
        Some(status) => Cell::Text(match visit.format() {
            web::Format::Html => status_label(visit, status),
            _ => status.clone(),
        }),
        None => Cell::Unknown,
    }
}

/// Which of these, each an id and a name, was meant by `text`, as acts take it.
fn candidates<T>(text: &str, named: &[(String, String)], parse: impl Fn(&str) -> Option<T>) -> Candidates<T> {
    match named {
        _ if text.is_empty() => Candidates::Blank,
        [] => Candidates::Nobody(text.to_owned()),
        [(id, _)] => parse(id).map_or(Candidates::Nobody(text.to_owned()), Candidates::One),
        several => {
            let names: Vec<String> = several.iter().map(|(id, name)| format!("{name} [{id}]")).collect();
            Candidates::Several(names.join(", "))
        }
    }
}

/// The organisation that was meant: whoever bears the very name, acronym or id before those whose name begins so.
fn meant(tx: &mut Tx<'_>, text: &str) -> Result<Candidates<OrganisationId>, Stop> {
    let mut named = tables::same(tx, text, Some(text))?;
    if named.len() != 1 {
        let found = directory::called(tx, directory::Kind::Organisation, text, CANDIDATES_MAX)?;
        named = found.into_iter().map(id_and_name).collect();
    }
    Ok(candidates(text, &named, |id| OrganisationId::parse(id).ok()))
}

fn id_and_name(named: directory::Named) -> (String, String) {
    let name = named.fr.unwrap_or_else(|| named.id.clone());
    (named.id, name)
}

/// The sources of the record as choices of a form.
fn source_choices(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, Stop> {
    let sources = directory::all(tx, directory::Kind::Source)?;
    Ok(sources.into_iter().map(id_and_name).collect())
}

/// The source a form names: `Err` when the record cites none of this id.
fn source_named(tx: &mut Tx<'_>, id: Option<&str>) -> Result<Result<Option<SourceId>, ()>, Stop> {
    let Some(id) = id else { return Ok(Ok(None)) };
    let named = directory::look_up(tx, directory::Kind::Source, id)?;
    Ok(match (named, SourceId::parse(id)) {
        (Some(_), Ok(id)) => Ok(Some(id)),
        _ => Err(()),
    })
}
