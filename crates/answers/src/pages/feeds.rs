//! Deadlines as calendars and news as feeds: of everything, of a body, of a place.

use axum::extract::Path;
use record::{Tx, directory};
use terms::{BodyId, Day, PlaceId};
use web::{Atom, FeedItem, ICalendar, Milestone, Outcome, Stop, Visit};

use super::lists::FEED_ITEMS;
use super::spoken::{Names, plain_title, sentence};
use crate::tables::{self, Scope};

/// Days of a calendar at most.
const MILESTONES: usize = 1_000;

/// How long a day that has passed stays in calendars.
const KEPT_DAYS: u32 = 60;

/// Deadlines of everything real.
pub(super) async fn deadlines_of_all(visit: Visit) -> Outcome {
    deadlines(visit, |_| Ok(Scope::All), None).await
}

/// Deadlines of what a body was asked, or asks.
pub(super) async fn deadlines_of_body(visit: Visit, Path(id): Path<String>) -> Outcome {
    let scope = id.clone();
    deadlines(visit, move |_| body(&scope), Some((directory::Kind::Body, id))).await
}

/// Deadlines of what concerns a place.
pub(super) async fn deadlines_of_place(visit: Visit, Path(id): Path<String>) -> Outcome {
    let scope = id.clone();
    deadlines(visit, move |_| place(&scope), Some((directory::Kind::Place, id))).await
}

/// News of everything real.
pub(super) async fn news_of_all(visit: Visit) -> Outcome {
    news(visit, |_| Ok(Scope::All), None).await
}

/// News of what a body was asked, or asks.
pub(super) async fn news_of_body(visit: Visit, Path(id): Path<String>) -> Outcome {
    let scope = id.clone();
    news(visit, move |_| body(&scope), Some((directory::Kind::Body, id))).await
}

/// News of what concerns a place.
pub(super) async fn news_of_place(visit: Visit, Path(id): Path<String>) -> Outcome {
    let scope = id.clone();
    news(visit, move |_| place(&scope), Some((directory::Kind::Place, id))).await
}

fn body(id: &str) -> Result<Scope, Stop> {
    BodyId::parse(id).map(Scope::Body).map_err(|_| Stop::NotFound)
}

fn place(id: &str) -> Result<Scope, Stop> {
    PlaceId::parse(id).map(Scope::Place).map_err(|_| Stop::NotFound)
}

/// The name of whose feed it is; nothing for the feed of everything.
///
/// **Errors** the record names no such thing.
fn whose(
    tx: &mut Tx<'_>,
    visit: &Visit,
    of: Option<&(directory::Kind, String)>,
) -> Result<Option<String>, Stop> {
    let Some((kind, id)) = of else { return Ok(None) };
    directory::look_up(tx, *kind, id)?.ok_or(Stop::NotFound)?;
    let mut names = Names::new(visit);
    Ok(Some(match kind {
        directory::Kind::Place => names.place(tx, id)?,
        _ => names.body(tx, id)?,
    }))
}

fn heading(visit: &Visit, label: &str, whose: Option<String>) -> String {
    let label = visit.say(label);
    whose.map_or(label.clone(), |whose| format!("{label} — {whose}"))
}

fn some_days_before(day: Day) -> Day {
    day.checked_sub(terms::civil_days(KEPT_DAYS)).unwrap_or(day)
}

async fn deadlines(
    visit: Visit,
    scope: impl FnOnce(&Visit) -> Result<Scope, Stop> + Send + 'static,
    of: Option<(directory::Kind, String)>,
) -> Outcome {
    let calendar = visit
        .ask(move |tx, visit| {
            let whose = whose(tx, visit, of.as_ref())?;
            let from = some_days_before(visit.day_shown());
            let mut names = Names::new(visit);
            let mut milestones = Vec::new();
            for line in tables::deadlines(tx, &scope(visit)?, from, MILESTONES)? {
                let Some(on) = line.next_due else { continue };
                let addressee = names.body(tx, line.addressee.as_str())?;
                let awaited = if line.answer_by == Some(on) { "answer" } else { "acknowledgement" };
                let title = plain_title(visit, line.title.as_deref(), line.exercise);
                milestones.push(Milestone {
                    title: visit.say_with(
                        &format!("answers-milestone-{awaited}"),
                        &[("addressee", addressee.into()), ("title", title.into())],
                    ),
                    on,
                    path: format!("/recommandations/{}", line.recommendation),
                    key: format!("{awaited}-{}-{}", line.recommendation, line.addressee),
                });
            }
            Ok(ICalendar { title: heading(visit, "answers-deadlines", whose), milestones })
        })
        .await?;
    Ok(calendar.response(&visit))
}

async fn news(
    visit: Visit,
    scope: impl FnOnce(&Visit) -> Result<Scope, Stop> + Send + 'static,
    of: Option<(directory::Kind, String)>,
) -> Outcome {
    let page = match &of {
        Some((kind, id)) => format!("/{}/{id}", kind.folder().unwrap_or_default()),
        None => "/recommandations".to_owned(),
    };
    let feed = visit
        .ask(move |tx, visit| {
            let whose = whose(tx, visit, of.as_ref())?;
            let mut names = Names::new(visit);
            let mut items = Vec::new();
            for told in tables::latest(tx, &scope(visit)?, FEED_ITEMS)? {
                let summary = sentence(tx, visit, &mut names, &told)?;
                items.push(FeedItem {
                    title: plain_title(visit, told.title.as_deref(), told.exercise),
                    path: format!("/recommandations/{}", told.recommendation),
                    on: told.known,
                    summary,
                    key: format!("entree-{}", told.entry),
                });
            }
            Ok(Atom { title: heading(visit, "answers-news", whose), items })
        })
        .await?;
    Ok(feed.response_of(&visit, &page))
}
