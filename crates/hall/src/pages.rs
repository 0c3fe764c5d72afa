//! What the hall shows. Everything here is read, save the one form by which a text is withdrawn.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use record::Tx;
use record::directory::{self, Kind, Named};
use terms::{Day, Precision};
use web::{House, Language, Markup, Stop, Visit, html};

pub(crate) mod data;
mod entry;
mod home;
mod news;
mod proof;
mod register;
mod search;
mod sources;
mod successions;
pub(crate) mod texts;
pub(crate) mod tiles;
pub(crate) mod timeline;
mod whole;
pub(crate) mod withdraw;
mod withdrawals;
mod witnesses;

pub(crate) fn routes() -> Router<House> {
    let mut router = Router::new()
        .route("/", get(home::home))
        .route("/registre/checkpoint", get(register::checkpoint))
        .route("/registre/successions", get(tiles::successions))
        .route("/registre/entrees.jsonl", get(whole::entries))
        .route("/registre/politique", get(tiles::policy))
        .route("/registre/tile/{*path}", get(tiles::tile))
        .route("/registre/pieces/{*path}", get(tiles::pieces))
        .route(witnesses::PATH, get(witnesses::page))
        .route(proof::PATH, get(proof::asked).post(proof::sent))
        .route("/registre/{entry}/retirer/{piece}", get(withdraw::show).post(withdraw::act))
        .route("/registre/{entry}", get(entry::entry))
        .route("/sources/{id}", get(sources::one))
        .route("/donnees", get(data::page))
        .route("/robots.txt", get(robots));
    for path in texts::PATHS {
        router = router.route(path, get(texts::page));
    }
    for suffix in ["", ".csv", ".json"] {
        router = router
            .route(&format!("/nouveautes{suffix}"), get(news::list))
            .route(&format!("/recherche{suffix}"), get(search::search))
            .route(&format!("/chronologie{suffix}"), get(timeline::list))
            .route(&format!("/sources{suffix}"), get(sources::list))
            .route(&format!("/registre{suffix}"), get(register::list))
            .route(&format!("/retraits{suffix}"), get(withdrawals::list));
    }
    router.route("/nouveautes.atom", get(news::list)).route("/chronologie.atom", get(timeline::list))
}

/// Everything may be read by machines, except what is made anew for each question.
async fn robots() -> impl IntoResponse {
    const ROBOTS: &str = "User-agent: *\nDisallow: /*?\nDisallow: /recherche\nDisallow: /fr/recherche\n\
                          Disallow: /en/recherche\nDisallow: /connexion\nDisallow: /bureau\n";
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], ROBOTS)
}

/// The name in the visitor's language; that it was withdrawn where it was.
fn called(visit: &Visit, named: &Named) -> String {
    let english = named.en.as_ref().filter(|_| visit.language() == Language::English);
    english.or(named.fr.as_ref()).cloned().unwrap_or_else(|| visit.say("hall-name-withdrawn"))
}

/// The name and page of a thing; its bare id where the record does not name it.
fn name_of(tx: &mut Tx<'_>, visit: &Visit, kind: Kind, id: &str) -> Result<(String, Option<String>), Stop> {
    let named = directory::look_up(tx, kind, id)?;
    Ok(match named {
        Some(named) => (called(visit, &named), named.path()),
        None => (id.to_owned(), None),
    })
}

/// A day as exactly as it is known, and no more.
fn when(visit: &Visit, day: Day, exactness: Option<Precision>) -> String {
    let long = visit.day_text(day);
    // Both languages write the day, a space, the month and the year.
    let month = long.split_once(' ').map_or(long.as_str(), |(_, month)| month);
    match exactness {
        Some(Precision::Month) => month.to_owned(),
        Some(Precision::Year) => day.year().to_string(),
        Some(Precision::Attested) => visit.say_with("hall-attested", &[("day", (&long).into())]),
        Some(Precision::Day) | None => long,
    }
}

/// The message of a word that packs and later versions may add to; the word itself where no message is known.
fn label(visit: &Visit, key: &str, word: &str) -> String {
    if visit.house().languages().has(Language::French, key) { visit.say(key) } else { word.to_owned() }
}

/// A choice of a filter: every value with its label, and all of them first.
fn choice(visit: &Visit, name: &str, label: &str, values: &[(String, String)]) -> Markup {
    let asked = visit.asked(name).unwrap_or_default();
    html! {
        div {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                option value="" { (visit.say("hall-all")) }
                @for (value, label) in values {
                    option value=(value) selected[value == asked] { (label) }
                }
            }
        }
    }
}

/// The day looked at goes along with a filter.
fn same_day(visit: &Visit) -> Markup {
    html! { @if let Some(past) = visit.past() { input type="hidden" name="au" value=(past.to_string()); } }
}
