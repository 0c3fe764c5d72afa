//! The whole register in open formats: `/organisations/popolo.json`, `/organisations/bods.json`.

use std::collections::{BTreeMap, HashMap};

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use record::{Tx, directory};
use terms::organisations::Verdict;
use terms::{OrganisationId, SourceId};
use web::{Outcome, Stop, Visit};

use super::ties::criterion_label;
use crate::acts::Side;
use crate::besides;
use crate::export::bods::{Entity, INTERESTS, Interest, Publisher, statements};
use crate::export::popolo::{Known, document};
use crate::profile;
use crate::tables::{self, Filter, Organisation};

/// Organisations in one file. A register that has more goes on at the address in `Link`.
const MOST: usize = 5_000;

/// A part of the register, in the order of names, and the last of it where it goes on.
fn part(tx: &mut Tx<'_>, visit: &Visit) -> Result<(Vec<Organisation>, Option<String>), Stop> {
    let filter = Filter { after: visit.asked("apres").map(str::to_owned), ..Filter::default() };
    let mut found = tables::list(tx, &filter, visit.day_shown(), MOST + 1)?;
    let more = found.len() > MOST;
    found.truncate(MOST);
    let last = found.last().map(|organisation| organisation.id.to_string()).filter(|_| more);
    Ok((found, last))
}

fn answer(visit: &Visit, body: &serde_json::Value, next: Option<String>) -> Response {
    let mut response = ([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response();
    if let Some(next) = next {
        let link =
            format!("<{}{}>; rel=\"next\"", visit.path(), visit.query_with(&[("apres", next.as_str())]));
        if let Ok(value) = HeaderValue::from_str(&link) {
            response.headers_mut().insert(header::LINK, value);
        }
    }
    response
}

/// The identifiers that each organisation bears on the day, by the id under which it goes on.
type Borne = HashMap<String, Vec<(String, String)>>;

fn borne(tx: &mut Tx<'_>, visit: &Visit) -> Result<Borne, Stop> {
    let mergers = directory::mergers(tx)?;
    let mut borne = Borne::new();
    for (organisation, identifier) in tables::identifiers(tx)? {
        if besides::bears(&identifier, visit.day_shown()) {
            let root = mergers.get(&organisation).cloned().unwrap_or(organisation);
            borne.entry(root).or_default().push((identifier.scheme, identifier.value));
        }
    }
    Ok(borne)
}

/// The names of the registrations that lead to each organisation.
fn merged_names(tx: &mut Tx<'_>) -> Result<BTreeMap<String, Vec<String>>, Stop> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, root) in directory::mergers(tx)? {
        let named = directory::look_up(tx, directory::Kind::Organisation, &id)?;
        names.entry(root).or_default().extend(named.and_then(|named| named.fr));
    }
    Ok(names)
}

fn page_of(visit: &Visit, id: &OrganisationId) -> String {
    visit.house().public(&format!("/organisations/{id}"))
}

pub(super) async fn popolo(visit: Visit) -> Outcome {
    let (body, next) = visit.ask(popolo_document).await?;
    Ok(answer(&visit, &body, next))
}

fn popolo_document(tx: &mut Tx<'_>, visit: &Visit) -> Result<(serde_json::Value, Option<String>), Stop> {
    let day = visit.day_shown();
    let (found, next) = part(tx, visit)?;
    let (mut more, mut borne, mut names) = (besides::of(tx, day)?, borne(tx, visit)?, merged_names(tx)?);
    let memberships = tables::enrolled(tx, day)?;
    let all: Vec<Known> = found
        .into_iter()
        .map(|organisation| {
            let id = organisation.id.as_str();
            Known {
                more: more.remove(id).unwrap_or_default(),
                identifiers: borne.remove(id).unwrap_or_default(),
                merged_names: names.remove(id).unwrap_or_default(),
                address: page_of(visit, &organisation.id),
                source: organisation
                    .source
                    .as_ref()
                    .map(|source| visit.house().public(&format!("/sources/{source}"))),
                organisation,
            }
        })
        .collect();
    Ok((document(&all, &memberships, day), next))
}

pub(super) async fn bods(visit: Visit) -> Outcome {
    let (body, next) = visit.ask(bods_statements).await?;
    Ok(answer(&visit, &body, next))
}

fn bods_statements(tx: &mut Tx<'_>, visit: &Visit) -> Result<(serde_json::Value, Option<String>), Stop> {
    let (found, next) = part(tx, visit)?;
    let (mut borne, mut names) = (borne(tx, visit)?, merged_names(tx)?);
    let tied = tables::tied_by(tx, &INTERESTS.map(|(code, _)| code))?;
    let mut entities = Vec::new();
    for organisation in found {
        let id = organisation.id.as_str();
        let interests = match tied.contains(id) {
            true => interests(tx, visit, &organisation.id)?,
            false => Vec::new(),
        };
        entities.push(Entity {
            known: tables::known_on(tx, organisation.entry)?.unwrap_or(visit.day_shown()),
            identifiers: borne.remove(id).unwrap_or_default(),
            other_names: names.remove(id).unwrap_or_default(),
            address: page_of(visit, &organisation.id),
            interests,
            organisation,
        });
    }
    let founded = &visit.house().record().founded;
    let publisher = Publisher {
        origin: founded.origin.clone(),
        name: founded.title.fr.clone(),
        address: visit.house().public("/"),
        day: visit.day_shown(),
    };
    Ok((statements(&entities, &publisher), next))
}

/// The ties of the organisation that BODS can say: those that hold on the day shown, and that nobody contests.
fn interests(tx: &mut Tx<'_>, visit: &Visit, id: &OrganisationId) -> Result<Vec<Interest>, Stop> {
    let (said, replies) = (tables::said_of(tx, id)?, tables::replies_of(tx, id)?);
    let mut interests = Vec::new();
    for line in profile::lines(Side::State, &said, &replies, visit.day_shown()) {
        let sayable = INTERESTS.iter().any(|(code, _)| *code == line.criterion);
        let Some(tie) = line.observed.or(line.declared).filter(|_| sayable && line.verdict == Verdict::Yes)
        else {
            continue;
        };
        interests.push(Interest {
            criterion: line.criterion,
            details: criterion_label(visit, line.criterion),
            basis: tie.basis,
            from: tie.from,
            to: tie.to,
            entry: tie.entry,
            known: tie.known,
            source: title(tx, tie.source.as_ref())?,
        });
    }
    Ok(interests)
}

fn title(tx: &mut Tx<'_>, source: Option<&SourceId>) -> Result<Option<String>, Stop> {
    let Some(source) = source else { return Ok(None) };
    Ok(directory::look_up(tx, directory::Kind::Source, source.as_str())?.and_then(|named| named.fr))
}
