//! The ledger as a list: page, CSV, JSON and feed.

use record::Tx;
use record::directory::{self, Kind};
use terms::Day;
use web::{
    Atom, Cell, Column, FeedItem, Form, Format, Input, Listing, Markup, Outcome, Page, Refusals, Shown, Stop,
    Visit, html,
};

use super::{Names, stage_class, stage_label};
use crate::ledger::{Line, Stage, Way};
use crate::tables::{self, Filter};

/// Lines in one feed.
const FEED_ITEMS: usize = 50;

/// How many organisations or bodies a name may mean at most.
const MEANT_MAX: usize = 8;

/// A line with the names it is told with.
pub(super) struct Row {
    pub(super) line: Line,
    pub(super) names: Names,
}

pub(super) const LISTING: Listing<Row> = Listing {
    name: "acces-aux-sieges",
    empty: "admission-none",
    columns: &[
        Column::data("id", "admission-column-id", |row, _| Cell::Text(row.line.id.to_string())),
        Column::new("on", "admission-column-day", |row, visit| Cell::Link {
            text: match visit.format() {
                Format::Html => visit.day_text(row.line.on),
                _ => row.line.on.to_string(),
            },
            path: format!("/acces-aux-sieges/{}", row.line.id),
        }),
        Column::new("way", "admission-column-way", |row, visit| {
            let word = row.line.way.as_str();
            Cell::Text(match visit.format() {
                Format::Html => visit.say(&format!("admission-way-{word}")),
                _ => word.to_owned(),
            })
        }),
        Column::new("organisation_name", "admission-column-organisation", |row, _| Cell::Link {
            text: row.names.organisation.clone(),
            path: format!("/organisations/{}", row.line.organisation),
        }),
        Column::data("organisation", "admission-column-organisation", |row, _| {
            Cell::Text(row.line.organisation.to_string())
        }),
        Column::new("body_name", "admission-column-body", |row, _| Cell::Link {
            text: row.names.body.clone(),
            path: format!("/instances/{}", row.line.body),
        }),
        Column::data("body", "admission-column-body", |row, _| Cell::Text(row.line.body.to_string())),
        Column::new("seat_name", "admission-column-seat", |row, _| Cell::text(row.names.seat.clone())),
        Column::data("seat", "admission-column-seat", |row, _| {
            Cell::text(row.line.seat.as_ref().map(ToString::to_string))
        }),
        Column::new("authority_name", "admission-column-authority", |row, _| {
            Cell::Text(row.names.authority.clone())
        }),
        Column::data("authority", "admission-column-authority", |row, _| {
            Cell::Text(row.line.authority.to_string())
        }),
        Column::new("stage", "admission-column-stage", |row, visit| {
            let stage = row.line.stage();
            match visit.format() {
                Format::Html => Cell::Badge {
                    word: stage.as_str().to_owned(),
                    label: format!("admission-stage-{}", stage.as_str()),
                    class: stage_class(stage),
                },
                _ => Cell::Text(stage.as_str().to_owned()),
            }
        }),
        Column::new("answer_by", "admission-column-due", |row, _| Cell::day(row.line.answer_by)),
        Column::data("acknowledged_on", "admission-column-acknowledged", |row, _| {
            Cell::day(row.line.acknowledged_on)
        }),
        Column::new("answered_on", "admission-column-answered", |row, _| Cell::day(row.line.answered_on)),
        Column::data("substantive_on", "admission-column-answered", |row, _| {
            Cell::day(row.line.substantive_on)
        }),
        Column::data("stance", "admission-column-stage", |row, _| {
            Cell::text(row.line.stance.map(|stance| stance.as_str().to_owned()))
        }),
        Column::data("exercise", "admission-exercise", |row, _| Cell::Yes(row.line.exercise)),
    ],
};

pub(super) async fn list(visit: Visit) -> Outcome {
    match visit.format() {
        Format::Html => visit.page(page).await,
        Format::Atom => Ok(visit.ask(feed).await?.response(&visit)),
        _ => {
            let shown = visit.ask(rows).await?;
            Ok(LISTING.data(&visit, &shown))
        }
    }
}

/// Who is meant by what was written; `Err` where nobody is.
fn meant(
    tx: &mut Tx<'_>,
    visit: &Visit,
    field: &str,
    kind: Kind,
) -> Result<Result<Option<String>, ()>, Stop> {
    let Some(text) = visit.asked(field) else { return Ok(Ok(None)) };
    let found = directory::called(tx, kind, text, MEANT_MAX)?;
    Ok(found.into_iter().next().map(|named| Some(named.id)).ok_or(()))
}

fn rows(tx: &mut Tx<'_>, visit: &Visit) -> Result<Shown<Row>, Stop> {
    let organisation = meant(tx, visit, "organisation", Kind::Organisation)?;
    let body = meant(tx, visit, "instance", Kind::Body)?;
    // Who nobody knows asked for nothing: an empty list, not another one.
    let (Ok(organisation), Ok(body)) = (organisation, body) else { return Ok(Shown::all(Vec::new())) };
    let after = visit.asked("apres").and_then(|text| {
        let (on, id) = text.split_once(' ')?;
        Some((on.parse::<Day>().ok()?, id.to_owned()))
    });
    let filter = Filter {
        way: visit.asked("sens").and_then(Way::parse),
        stage: visit.asked("etat").and_then(Stage::parse),
        organisation,
        body,
        exercise: match visit.asked("exercice") {
            Some(word) => Some(word == "oui"),
            None if visit.format() == Format::Html => Some(false),
            None => None,
        },
        after,
    };
    let most = visit.rows_wanted();
    let lines = tables::list(tx, &filter, visit.day_shown(), most + 1)?;
    let shown = Shown::first(lines, most, |line| format!("{} {}", line.on, line.id));
    let mut rows = Vec::new();
    for line in shown.rows {
        rows.push(Row { names: Names::of(tx, visit, &line)?, line });
    }
    Ok(Shown { rows, next: shown.next })
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let shown = rows(tx, visit)?;
    let exercise = visit.asked("exercice") == Some("oui");
    let tally = tables::tally(tx, exercise)?;
    let title = visit.say("admission-title");
    let writes = visit.standing().is_some_and(|standing| {
        standing.is_steward()
            || standing.has_role(&[terms::access::Role::Secretary, terms::access::Role::Delegate])
    });
    let markup = html! {
        h1 { (title) }
        p.lead { (visit.say("admission-lead")) }
        @if writes {
            p.screen {
                a.button href=(visit.link("/acces-aux-sieges/demande")) { (visit.say("admission-request")) } " "
                a href=(visit.link("/acces-aux-sieges/invitation")) { (visit.say("admission-offer")) }
            }
        }
        (counts(visit, &tally, exercise))
        (filter(visit))
        (LISTING.table(visit, &shown, &visit.say("admission-caption")))
        p.small.mute { (visit.say("admission-limits")) }
    };
    Ok(Page::new(title, markup).exercise(exercise).also_as(&[Format::Csv, Format::Json, Format::Atom]))
}

/// How many lines stand how; each leads to its list.
fn counts(visit: &Visit, tally: &[(Stage, i64)], exercise: bool) -> Markup {
    let played = if exercise { "&exercice=oui" } else { "" };
    html! {
        @if !tally.is_empty() {
            ul.legend {
                @for (stage, count) in tally {
                    li {
                        a href=(visit.link(&format!("/acces-aux-sieges?etat={}{played}", stage.as_str()))) {
                            (stage_label(visit, *stage))
                        }
                        ": " b { (visit.number(*count)) }
                    }
                }
            }
        }
    }
}

fn filter(visit: &Visit) -> Markup {
    let fields = ["sens", "etat", "organisation", "instance", "exercice"];
    let asked: Vec<(&str, &str)> =
        fields.into_iter().filter_map(|field| Some((field, visit.asked(field)?))).collect();
    let form = Form::of(&asked);
    let none = Refusals::default();
    let ways =
        Way::ALL.map(|way| (way.as_str().to_owned(), visit.say(&format!("admission-way-{}", way.as_str()))));
    let stages = Stage::ALL.map(|stage| (stage.as_str().to_owned(), stage_label(visit, stage)));
    let narrowing = |name, key: &str| Input::narrowing(name, visit.say(key));
    html! {
        form.filter method="get" action=(visit.link("/acces-aux-sieges")) {
            @if let Some(day) = visit.past() { input type="hidden" name="au" value=(day.to_string()); }
            (visit.choice_field(&narrowing("sens", "admission-column-way"), &ways, &form, &none))
            (visit.choice_field(&narrowing("etat", "admission-column-stage"), &stages, &form, &none))
            (visit.text_field(&narrowing("organisation", "admission-column-organisation"), "search", &form, &none))
            (visit.text_field(&narrowing("instance", "admission-column-body"), "search", &form, &none))
            (visit.tick_field(&Input::new("exercice", visit.say("admission-show-exercises")), &form))
            button { (visit.say("admission-filter")) }
        }
    }
}

fn feed(tx: &mut Tx<'_>, visit: &Visit) -> Result<Atom, Stop> {
    let filter = Filter { exercise: Some(false), ..Filter::default() };
    let mut items = Vec::new();
    for line in tables::list(tx, &filter, visit.day_shown(), FEED_ITEMS)? {
        let names = Names::of(tx, visit, &line)?;
        items.push(FeedItem {
            title: names.title(visit, &line),
            path: format!("/acces-aux-sieges/{}", line.id),
            on: line.known,
            summary: stage_label(visit, line.stage()),
            key: format!("acces-{}", line.entry),
        });
    }
    Ok(Atom { title: visit.say("admission-title"), items })
}
