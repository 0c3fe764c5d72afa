//! The public lists: every answer, and every silence, longest wait first.

use record::{Tx, directory};
use terms::{BodyId, Day, PlaceId};
use web::{
    Atom, Cell, Column, FeedItem, Form, Format, Input, Listing, Markup, Outcome, Page, Refusals, Shown, Stop,
    Visit, days_apart, field_spelled, html,
};

use super::spoken::{Names, channel_text, plain_title, stage_cell, strength, title};
use crate::case::Stage;
use crate::tables::{self, Answer, Line, Wanted, Wanting};

/// Items of a feed.
pub(super) const FEED_ITEMS: usize = 50;

/// How many authorities a name may mean at most.
const MEANT_MAX: usize = 8;

/// A row with the names that its ids stand for.
struct Named<T> {
    row: T,
    addressee: String,
    region: Option<String>,
}

impl<T> Named<T> {
    fn of(
        tx: &mut Tx<'_>,
        names: &mut Names<'_>,
        row: T,
        (addressee, region): (&BodyId, Option<&PlaceId>),
    ) -> Result<Self, Stop> {
        let region = match region {
            Some(region) => Some(names.place(tx, region.as_str())?),
            None => None,
        };
        Ok(Self { addressee: names.body(tx, addressee.as_str())?, region, row })
    }
}

static ANSWERS: Listing<Named<Answer>> = Listing {
    name: "reponses",
    empty: "answers-no-answers",
    columns: &[
        Column::new("day", "answers-column-day", |a, _| Cell::Day(a.row.on)),
        Column::data("recommendation", "answers-column-recommendation", |a, _| {
            Cell::Text(a.row.recommendation.to_string())
        }),
        Column::new("title", "answers-column-recommendation", |a, visit| Cell::Link {
            text: title(visit, a.row.title.as_deref()),
            path: format!("/recommandations/{}#entree-{}", a.row.recommendation, a.row.entry),
        }),
        Column::data("addressee_id", "answers-column-addressee", |a, _| {
            Cell::Text(a.row.addressee.to_string())
        }),
        Column::new("addressee", "answers-column-addressee", |a, _| Cell::Link {
            text: a.addressee.clone(),
            path: format!("/instances/{}", a.row.addressee),
        }),
        Column::data("region", "answers-column-region", |a, _| Cell::text(a.region.clone())),
        Column::data("channel", "answers-column-channel", |a, _| Cell::Text(a.row.channel.clone())),
        Column::new("strength", "answers-column-channel", |a, visit| match visit.format() {
            Format::Html => Cell::Text(channel_text(visit, &a.row.channel)),
            _ => Cell::number(strength(&a.row.channel)),
        }),
        Column::new("days", "answers-column-days", |a, _| Cell::number(a.row.days)),
        Column::new("due", "answers-column-due", |a, _| Cell::day(a.row.due)),
        Column::new("in_time", "answers-column-in-time", |a, _| {
            a.row.due.map_or(Cell::Unknown, |due| Cell::Yes(a.row.on <= due))
        }),
        Column::new("substance", "answers-column-substance", |a, _| Cell::Yes(a.row.substance)),
        Column::data("exercise", "answers-column-exercise", |a, _| Cell::Yes(a.row.exercise)),
    ],
};

static SILENCES: Listing<Named<Line>> = Listing {
    name: "silences",
    empty: "answers-no-silences",
    columns: &[
        Column::new("delivered", "answers-column-delivered", |l, _| Cell::Day(l.row.delivered_on)),
        // Where no day was ever set nobody is kept waiting.
        Column::new("waited_days", "answers-column-waited", |l, visit| {
            let clocked = l.row.answer_by.or(l.row.answer_original).is_some();
            Cell::number(clocked.then(|| days_apart(l.row.delivered_on, visit.day_shown())))
        }),
        Column::data("recommendation", "answers-column-recommendation", |l, _| {
            Cell::Text(l.row.recommendation.to_string())
        }),
        Column::new("title", "answers-column-recommendation", |l, visit| Cell::Link {
            text: title(visit, l.row.title.as_deref()),
            path: format!("/recommandations/{}#echanges", l.row.recommendation),
        }),
        Column::data("addressee_id", "answers-column-addressee", |l, _| {
            Cell::Text(l.row.addressee.to_string())
        }),
        Column::new("addressee", "answers-column-addressee", |l, _| Cell::Link {
            text: l.addressee.clone(),
            path: format!("/instances/{}", l.row.addressee),
        }),
        Column::new("region", "answers-column-region", |l, _| Cell::text(l.region.clone())),
        Column::data("acknowledged", "answers-column-acknowledged", |l, _| Cell::day(l.row.acknowledged_on)),
        Column::data("due_original", "answers-column-due-original", |l, _| Cell::day(l.row.answer_original)),
        Column::new("due", "answers-column-due", |l, _| Cell::day(l.row.answer_by)),
        Column::data("priority", "answers-column-priority", |l, _| match l.row.priority {
            0 => Cell::Unknown,
            priority => Cell::Number(priority.into()),
        }),
        Column::new("stage", "answers-column-stage", |l, _| stage_cell(l.row.stage)),
        Column::data("exercise", "answers-column-exercise", |l, _| Cell::Yes(l.row.exercise)),
    ],
};

/// What the address asks to see; an authority or region nobody knows gives an empty list, not another one.
fn wanted(tx: &mut Tx<'_>, visit: &Visit) -> Result<Wanted, Stop> {
    let addressee = match visit.asked("autorite") {
        Some(text) => {
            let meant = directory::called(tx, directory::Kind::Body, text, 1)?;
            let id = meant.first().map_or("inconnue", |named| named.id.as_str());
            Some(BodyId::parse(id).map_err(|_| Stop::NotFound)?)
        }
        None => None,
    };
    let region = visit.asked("region").map(PlaceId::parse).transpose().map_err(|_| Stop::NotFound)?;
    Ok(Wanted { exercise: visit.asked("exercice").is_some(), addressee, region, after: cursor(visit) })
}

/// `AAAA-MM-JJ.N`: the day and the entry of the last line seen.
fn cursor(visit: &Visit) -> Option<(Day, u64)> {
    let (day, entry) = visit.asked("apres")?.split_once('.')?;
    Some((day.parse().ok()?, entry.parse().ok()?))
}

/// The filters, kept as they were sent.
fn filters(tx: &mut Tx<'_>, visit: &Visit, stages: bool) -> Result<Markup, Stop> {
    let kept = |name| visit.asked(name).unwrap_or_default();
    let authority = field_spelled(tx, visit, directory::Kind::Body, "autorite")?;
    let form = Form::of(&[
        ("autorite", authority.as_str()),
        ("region", kept("region")),
        ("exercice", kept("exercice")),
        ("etat", visit.asked("etat").unwrap_or(Stage::Silent.as_str())),
    ]);
    let none = Refusals::default();
    let meant = match visit.asked("autorite") {
        Some(text) => directory::called(tx, directory::Kind::Body, text, MEANT_MAX)?,
        None => Vec::new(),
    };
    let meant = web::meant(tx, visit, "autorite", &meant)?;
    let mut regions = Vec::new();
    for region in tables::regions(tx)? {
        let name = Names::new(visit).place(tx, region.as_str())?;
        regions.push((region.to_string(), name));
    }
    let labels: Vec<_> = Stage::ALL
        .into_iter()
        .filter(|stage| stage.is_open())
        .map(|stage| (stage.as_str().to_owned(), visit.say(&format!("answers-stage-{}", stage.as_str()))))
        .collect();
    Ok(html! {
        form.filter method="get" {
            @if let Some(past) = visit.past() { input type="hidden" name="au" value=(past); }
            (visit.text_field(&Input::new("autorite", visit.say("answers-filter-authority")), "text", &form, &none))
            (visit.choice_field(&Input::narrowing("region", visit.say("answers-filter-region")), &regions, &form, &none))
            @if stages {
                (visit.choice_field(&Input::new("etat", visit.say("answers-filter-stage")), &labels, &form, &none))
            }
            (visit.tick_field(&Input::new("exercice", visit.say("answers-filter-exercise")), &form))
            button { (visit.say("answers-filter")) }
        }
        (meant)
    })
}

/// Every answer, newest first.
pub(super) async fn answers(visit: Visit) -> Outcome {
    if visit.format() == Format::Atom {
        return answers_feed(visit).await;
    }
    let (shown, filters, exercise) = visit
        .ask(|tx, visit| {
            let wanted = wanted(tx, visit)?;
            let most = visit.rows_wanted();
            let rows = tables::answers(tx, &wanted, most + 1)?;
            let mut names = Names::new(visit);
            let mut named = Vec::with_capacity(rows.len());
            for row in rows {
                let of = (row.addressee.clone(), row.region.clone());
                named.push(Named::of(tx, &mut names, row, (&of.0, of.1.as_ref()))?);
            }
            let shown = Shown::first(named, most, |last| format!("{}.{}", last.row.on, last.row.entry));
            Ok((shown, filters(tx, visit, false)?, wanted.exercise))
        })
        .await?;
    if visit.format() != Format::Html {
        return Ok(ANSWERS.data(&visit, &shown));
    }
    visit
        .page(move |_, visit| {
            let heading = visit.say("answers-list");
            let body = html! {
                h1 { (heading) }
                p.lead { (visit.say("answers-list-text")) }
                (filters)
                (ANSWERS.table(visit, &shown, &visit.say("answers-list-caption")))
                details { summary { (visit.say("answers-strengths")) } p { (visit.say("answers-strengths-text")) } }
            };
            let page = Page::new(heading, body).also_as(&[Format::Csv, Format::Json, Format::Atom]);
            Ok(page.exercise(exercise))
        })
        .await
}

async fn answers_feed(visit: Visit) -> Outcome {
    let items = visit
        .ask(|tx, visit| {
            let wanted = wanted(tx, visit)?;
            let rows = tables::answers(tx, &wanted, FEED_ITEMS)?;
            let mut names = Names::new(visit);
            let mut items = Vec::new();
            for row in rows {
                let addressee = names.body(tx, row.addressee.as_str())?;
                items.push(FeedItem {
                    title: format!(
                        "{addressee} — {}",
                        plain_title(visit, row.title.as_deref(), row.exercise)
                    ),
                    path: format!("/recommandations/{}", row.recommendation),
                    on: row.on,
                    summary: channel_text(visit, &row.channel),
                    key: format!("entree-{}", row.entry),
                });
            }
            Ok(items)
        })
        .await?;
    Ok(Atom { title: visit.say("answers-list"), items }.response(&visit))
}

fn stage_asked(visit: &Visit) -> Stage {
    let asked = visit.asked("etat").and_then(Stage::parse).filter(|stage| stage.is_open());
    asked.unwrap_or(Stage::Silent)
}

/// Every silence, longest wait first; or the cases of another open stage.
pub(super) async fn silences(visit: Visit) -> Outcome {
    let stage = stage_asked(&visit);
    let (shown, filters, exercise) = visit
        .ask(move |tx, visit| {
            let wanted = wanted(tx, visit)?;
            let exercise = wanted.exercise;
            let most = if visit.format() == Format::Atom { FEED_ITEMS } else { visit.rows_wanted() };
            let rows = tables::lines(tx, &Wanting { wanted, stage }, most + 1)?;
            let mut names = Names::new(visit);
            let mut named = Vec::with_capacity(rows.len());
            for row in rows {
                let of = (row.addressee.clone(), row.region.clone());
                named.push(Named::of(tx, &mut names, row, (&of.0, of.1.as_ref()))?);
            }
            let cursor = |last: &Named<Line>| format!("{}.{}", last.row.delivered_on, last.row.entry);
            Ok((Shown::first(named, most, cursor), filters(tx, visit, true)?, exercise))
        })
        .await?;
    match visit.format() {
        Format::Html => {}
        Format::Atom => return Ok(silences_feed(&visit, &shown.rows)),
        _ => return Ok(SILENCES.data(&visit, &shown)),
    }
    visit
        .page(move |_, visit| {
            let heading = visit.say("answers-silences");
            let body = html! {
                h1 { (heading) }
                p.lead { (visit.say("answers-silences-text")) }
                (filters)
                (SILENCES.table(visit, &shown, &visit.say("answers-silences-caption")))
                p.small { (visit.say("answers-of-the-record")) }
                p.small { strong { (visit.say("answers-nothing-obliges")) } " " (visit.say("answers-each-date")) }
            };
            let page = Page::new(heading, body).also_as(&[Format::Csv, Format::Json, Format::Atom]);
            Ok(page.exercise(exercise))
        })
        .await
}

fn silences_feed(visit: &Visit, rows: &[Named<Line>]) -> axum::response::Response {
    let items = rows
        .iter()
        .map(|named| FeedItem {
            title: format!(
                "{} — {}",
                named.addressee,
                plain_title(visit, named.row.title.as_deref(), named.row.exercise)
            ),
            path: format!("/recommandations/{}", named.row.recommendation),
            on: named.row.answer_by.unwrap_or(named.row.delivered_on),
            summary: visit.say(&format!("answers-stage-{}", named.row.stage.as_str())),
            key: format!("silence-{}-{}", named.row.recommendation, named.row.addressee),
        })
        .collect();
    Atom { title: visit.say("answers-silences"), items }.response(visit)
}
