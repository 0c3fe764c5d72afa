//! The calls as a list: page, CSV, JSON, feed and calendar.

use record::{Tx, directory};
use terms::selection::Method;
use web::{
    Atom, Cell, Column, FeedItem, Form, Format, ICalendar, Input, Listing, Markup, Milestone, Outcome, Page,
    Refusals, Shown, Stop, Visit, field_spelled, html,
};

use super::{body_name, stage_class, title};
use crate::call::{Call, Stage};
use crate::tables::{self, Filter};

/// Items of a feed.
const FEED_ITEMS: usize = 50;

/// Calls of a calendar.
const CALENDAR_CALLS: usize = 200;

/// How many bodies a name may mean at most.
const MEANT_MAX: usize = 8;

struct Line {
    call: Call,
    standing: i64,
    body: String,
    title: String,
    stage: Stage,
}

fn stage_key(stage: Stage) -> String {
    format!("selection-stage-{}", stage.as_str())
}

const LISTING: Listing<Line> = Listing {
    name: "appels",
    empty: "selection-none",
    columns: &[
        Column::data("id", "selection-column-id", |l, _| Cell::Text(l.call.id.to_string())),
        Column::new("title", "selection-column-call", |l, _| Cell::Link {
            text: l.title.clone(),
            path: format!("/appels/{}", l.call.id),
        }),
        Column::data("body", "selection-column-body", |l, _| Cell::Text(l.call.body.to_string())),
        Column::data("body_name", "selection-column-body", |l, _| Cell::Text(l.body.clone())),
        Column::data("seat", "selection-column-seat", |l, _| {
            Cell::text(l.call.seat.as_ref().map(ToString::to_string))
        }),
        Column::data("seats", "selection-column-seats", |l, _| Cell::Number(l.call.seats.into())),
        Column::new("method", "selection-column-method", |l, visit| match visit.format() {
            Format::Html => Cell::Text(method_label(visit, l.call.method)),
            _ => Cell::Text(l.call.method.as_str().to_owned()),
        }),
        Column::new("stage", "selection-column-stage", |l, _| Cell::Badge {
            word: l.stage.as_str().to_owned(),
            label: stage_key(l.stage),
            class: stage_class(l.stage),
        }),
        Column::new("standing", "selection-column-standing", |l, _| Cell::Number(l.standing)),
        Column::data("opened", "selection-column-opened", |l, _| Cell::Day(l.call.opened)),
        Column::new("closes", "selection-date-closes", |l, _| Cell::Day(l.call.closes)),
        Column::data("ended", "selection-column-ended", |l, _| {
            Cell::day(l.call.ended.as_ref().map(|ended| ended.on))
        }),
        Column::data("exercise", "selection-exercise", |l, _| Cell::Yes(l.call.exercise)),
    ],
};

pub(super) fn method_label(visit: &Visit, method: Method) -> String {
    visit.say(&format!("selection-method-{}", method.as_str()))
}

pub(super) async fn list(visit: Visit) -> Outcome {
    match visit.format() {
        Format::Html => visit.page(page).await,
        Format::Atom => Ok(visit.ask(feed).await?.response(&visit)),
        Format::Ics => Ok(visit.ask(calendar).await?.response(&visit)),
        _ => {
            let shown = visit.ask(|tx, visit| Ok(rows(tx, visit)?.0)).await?;
            Ok(LISTING.data(&visit, &shown))
        }
    }
}

fn rows(tx: &mut Tx<'_>, visit: &Visit) -> Result<(Shown<Line>, Vec<directory::Named>), Stop> {
    let bodies = match visit.asked("instance") {
        Some(text) => directory::called(tx, directory::Kind::Body, text, MEANT_MAX)?,
        None => Vec::new(),
    };
    let body = bodies.first().map(|named| named.id.clone());
    // Whom nobody knows called nobody: an empty list, not another one.
    if visit.asked("instance").is_some() && body.is_none() {
        return Ok((Shown::all(Vec::new()), bodies));
    }
    let filter = Filter {
        body,
        method: visit.asked("methode").and_then(Method::parse),
        ended: visit.asked("etat").map(|state| state == "clos"),
        exercise: visit.asked("exercice").map(|word| word == "oui"),
        after: visit.asked("apres").map(str::to_owned),
    };
    let most = visit.rows_wanted();
    let mut lines = Vec::new();
    for line in tables::list(tx, &filter, most + 1)? {
        let stage = line.call.stage(visit.day_shown());
        let (body, title) = (body_name(tx, visit, &line.call.body)?, title(tx, visit, &line.call)?);
        lines.push(Line { call: line.call, standing: line.standing, body, title, stage });
    }
    Ok((Shown::first(lines, most, |line| line.call.id.to_string()), bodies))
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let (shown, bodies) = rows(tx, visit)?;
    let title = visit.say("selection-title");
    let body = html! {
        h1 { (title) }
        p.lead { (visit.say("selection-lead")) }
        (filter(tx, visit)?)
        (web::meant(tx, visit, "instance", &bodies)?)
        (LISTING.table(visit, &shown, &visit.say("selection-caption")))
        p.small.screen { a href=(visit.link("/appels.ics")) { (visit.say("selection-calendar")) } }
    };
    Ok(Page::new(title, body).also_as(&[Format::Csv, Format::Json, Format::Atom]))
}

fn filter(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let body = field_spelled(tx, visit, directory::Kind::Body, "instance")?;
    let asked = |name: &'static str| (name, visit.asked(name).unwrap_or_default());
    let form = Form::of(&[("instance", body.as_str()), asked("methode"), asked("etat"), asked("exercice")]);
    let none = Refusals::default();
    let choices = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(value, key)| ((*value).to_owned(), visit.say(key))).collect()
    };
    let methods: Vec<_> =
        Method::ALL.iter().map(|method| (method.as_str().to_owned(), method_label(visit, *method))).collect();
    let states = choices(&[("ouvert", "selection-state-open"), ("clos", "selection-state-over")]);
    let worlds = choices(&[("non", "selection-real"), ("oui", "selection-exercise")]);
    let narrowing = |name: &'static str, key: &str, choices: &[(String, String)]| {
        visit.choice_field(&Input::narrowing(name, visit.say(key)), choices, &form, &none)
    };
    Ok(html! {
        form.filter method="get" action=(visit.link("/appels")) role="search" {
            @if let Some(past) = visit.past() { input type="hidden" name="au" value=(past.to_string()); }
            (visit.text_field(&Input::new("instance", visit.say("selection-column-body")), "text", &form, &none))
            (narrowing("methode", "selection-column-method", &methods))
            (narrowing("etat", "selection-column-stage", &states))
            (narrowing("exercice", "selection-exercise", &worlds))
            button { (visit.say("selection-filter")) }
        }
    })
}

fn feed(tx: &mut Tx<'_>, visit: &Visit) -> Result<Atom, Stop> {
    let mut items = Vec::new();
    for story in tables::stories(tx, None, FEED_ITEMS)? {
        let Some(call) = tables::call(tx, story.call.as_str())? else { continue };
        let said = visit.say(&format!("selection-word-{}", story.word));
        let title = title(tx, visit, &call)?;
        let summary = if call.exercise { visit.say("selection-exercise") } else { String::new() };
        items.push(FeedItem {
            title: format!("{said} — {title}"),
            path: format!("/appels/{}", call.id),
            on: story.on,
            summary,
            key: format!("appel-{}", story.entry),
        });
    }
    Ok(Atom { title: visit.say("selection-title"), items })
}

fn calendar(tx: &mut Tx<'_>, visit: &Visit) -> Result<ICalendar, Stop> {
    let open = Filter { ended: Some(false), exercise: Some(false), ..Filter::default() };
    let mut milestones = Vec::new();
    for line in tables::list(tx, &open, CALENDAR_CALLS)? {
        let title = title(tx, visit, &line.call)?;
        for (key, on) in line.call.days() {
            milestones.push(Milestone {
                title: format!("{} — {title}", visit.say(key)),
                on,
                path: format!("/appels/{}", line.call.id),
                key: format!("{key}-{}-{on}", line.call.id),
            });
        }
    }
    Ok(ICalendar { title: visit.say("selection-title"), milestones })
}
