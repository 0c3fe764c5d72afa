//! The sittings as a list: page, CSV, JSON and feed.

use record::{Tx, directory};
use terms::PlaceId;
use web::{
    Atom, Cell, Column, FeedItem, Form, Format, Input, Listing, Markup, Outcome, Page, Refusals, Shown, Stop,
    Visit, field_spelled, html,
};

use super::{body_name, evidence_label, payer_label, title};
use crate::acts::PAYERS;
use crate::tables::{self, Filter, Sitting};

/// Sittings in one feed.
const FEED_ITEMS: usize = 50;

/// How many bodies or places a name may mean at most.
const MEANT_MAX: usize = 8;

struct Line {
    sitting: Sitting,
    body: String,
    exercise: bool,
}

const LISTING: Listing<Line> = Listing {
    name: "reunions",
    empty: "sittings-none",
    columns: &[
        Column::data("id", "sittings-column-id", |l, _| Cell::Text(l.sitting.id.to_string())),
        Column::new("day", "sittings-column-day", |l, visit| Cell::Link {
            text: match visit.format() {
                Format::Html => visit.day_text(l.sitting.on),
                _ => l.sitting.on.to_string(),
            },
            path: format!("/reunions/{}", l.sitting.id),
        }),
        Column::new("body_name", "sittings-column-body", |l, _| Cell::Link {
            text: l.body.clone(),
            path: format!("/instances/{}", l.sitting.body),
        }),
        Column::data("body", "sittings-column-body", |l, _| Cell::Text(l.sitting.body.to_string())),
        Column::new("evidence", "sittings-column-evidence", |l, visit| match visit.format() {
            Format::Html if l.sitting.evidence.is_empty() => Cell::Text(visit.say("sittings-no-evidence")),
            Format::Html => {
                let labels: Vec<_> =
                    l.sitting.evidence.iter().map(|word| evidence_label(visit, word)).collect();
                Cell::Text(labels.join(", "))
            }
            _ => Cell::Text(l.sitting.evidence.join(" | ")),
        }),
        Column::new("present", "sittings-column-present", |l, _| Cell::number(l.sitting.present)),
        Column::new("expected", "sittings-column-expected", |l, _| Cell::number(l.sitting.expected)),
        Column::new("women", "sittings-column-women", |l, _| Cell::number(l.sitting.women)),
        Column::data("youth", "sittings-column-youth", |l, _| Cell::number(l.sitting.youth)),
        Column::data("civil_society", "sittings-column-civil-society", |l, _| {
            Cell::number(l.sitting.civil_society)
        }),
        Column::new("paid_by", "sittings-column-payer", |l, visit| {
            match (&l.sitting.paid_by, visit.format()) {
                (Some(word), Format::Html) => Cell::Text(payer_label(visit, word)),
                (word, _) => Cell::text(word.clone()),
            }
        }),
        Column::data("source", "sittings-column-source", |l, _| {
            Cell::text(l.sitting.source.as_ref().map(ToString::to_string))
        }),
        Column::data("exercise", "sittings-exercise", |l, _| Cell::Yes(l.exercise)),
    ],
};

pub(super) async fn list(visit: Visit) -> Outcome {
    match visit.format() {
        Format::Html => visit.page(page).await,
        Format::Atom => Ok(visit.ask(feed).await?.response(&visit)),
        _ => {
            let shown = visit.ask(|tx, visit| Ok(rows(tx, visit)?.shown)).await?;
            Ok(LISTING.data(&visit, &shown))
        }
    }
}

/// The rows asked for, and what the names asked for may mean.
struct Asked {
    shown: Shown<Line>,
    bodies: Vec<directory::Named>,
    places: Vec<directory::Named>,
}

fn rows(tx: &mut Tx<'_>, visit: &Visit) -> Result<Asked, Stop> {
    let owned = |name: &str| visit.asked(name).map(str::to_owned);
    let form = Form::of(&asked(visit));
    let bodies = match visit.asked("instance") {
        Some(text) => directory::called(tx, directory::Kind::Body, text, MEANT_MAX)?,
        None => Vec::new(),
    };
    let places = match visit.asked("lieu") {
        Some(text) => directory::places_called(tx, text, MEANT_MAX)?,
        None => Vec::new(),
    };
    let body = bodies.first().map(|named| named.id.clone());
    let place = places.first().and_then(|named| PlaceId::parse(&named.id).ok());
    // Who nobody knows held no sitting: an empty list, not another one.
    if (visit.asked("instance").is_some() && body.is_none())
        || (visit.asked("lieu").is_some() && place.is_none())
    {
        return Ok(Asked { shown: Shown::all(Vec::new()), bodies, places });
    }
    // What is no day narrows nothing; the page says so beside the field.
    let mut unread = Refusals::default();
    let filter = Filter {
        body,
        place,
        since: form.day("depuis", &mut unread),
        until: form.day("jusque", &mut unread),
        shown: visit.asked("preuve").map(|word| word == "oui"),
        payer: owned("payeur"),
        after: owned("apres"),
    };
    let most = visit.rows_wanted();
    let mut lines = Vec::new();
    for sitting in tables::list(tx, &filter, most + 1)? {
        let (body, exercise) = body_name(tx, visit, &sitting.body)?;
        lines.push(Line { sitting, body, exercise });
    }
    let shown = Shown::first(lines, most, |line| line.sitting.id.to_string());
    Ok(Asked { shown, bodies, places })
}

fn asked(visit: &Visit) -> Vec<(&str, &str)> {
    ["instance", "lieu", "depuis", "jusque", "preuve", "payeur"]
        .into_iter()
        .filter_map(|name| visit.asked(name).map(|value| (name, value)))
        .collect()
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let Asked { shown, bodies, places } = rows(tx, visit)?;
    let title = visit.say("sittings-title");
    let body = html! {
        h1 { (title) }
        p.lead { (visit.say("sittings-lead")) }
        (filter(tx, visit)?)
        (web::meant(tx, visit, "instance", &bodies)?)
        (web::meant(tx, visit, "lieu", &places)?)
        (LISTING.table(visit, &shown, &visit.say("sittings-caption")))
    };
    Ok(Page::new(title, body).also_as(&[Format::Csv, Format::Json, Format::Atom]))
}

fn filter(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let body = field_spelled(tx, visit, directory::Kind::Body, "instance")?;
    let place = field_spelled(tx, visit, directory::Kind::Place, "lieu")?;
    let kept = asked(visit).into_iter().filter(|(name, _)| !["instance", "lieu"].contains(name));
    let fields: Vec<_> = kept.chain([("instance", body.as_str()), ("lieu", place.as_str())]).collect();
    let form = Form::of(&fields);
    let mut unread = Refusals::default();
    form.day("depuis", &mut unread);
    form.day("jusque", &mut unread);
    let text = |name: &'static str, key: &str| {
        visit.text_field(&Input::new(name, visit.say(key)), "text", &form, &unread)
    };
    let evidence = [
        ("oui".to_owned(), visit.say("sittings-with-evidence")),
        ("non".to_owned(), visit.say("sittings-no-evidence")),
    ];
    let mut payers: Vec<_> =
        PAYERS.iter().map(|word| ((*word).to_owned(), payer_label(visit, word))).collect();
    payers.push(("unknown".to_owned(), visit.say("sittings-unknown")));
    Ok(html! {
        form.filter method="get" action=(visit.link("/reunions")) role="search" {
            @if let Some(past) = visit.past() { input type="hidden" name="au" value=(past.to_string()); }
            (text("instance", "sittings-column-body"))
            (text("lieu", "sittings-filter-place"))
            (text("depuis", "sittings-filter-since"))
            (text("jusque", "sittings-filter-until"))
            (visit.choice_field(&Input::narrowing("preuve", visit.say("sittings-column-evidence")), &evidence,
                &form, &unread))
            (visit.choice_field(&Input::narrowing("payeur", visit.say("sittings-column-payer")), &payers, &form,
                &unread))
            button { (visit.say("sittings-filter")) }
        }
    })
}

fn feed(tx: &mut Tx<'_>, visit: &Visit) -> Result<Atom, Stop> {
    let mut items = Vec::new();
    for sitting in tables::newest(tx, FEED_ITEMS)? {
        let (body, exercise) = body_name(tx, visit, &sitting.body)?;
        let mut summary = Vec::new();
        if exercise {
            summary.push(visit.say("sittings-exercise"));
        }
        summary.extend(sitting.subject.clone().flatten());
        if sitting.evidence.is_empty() {
            summary.push(visit.say("sittings-no-evidence"));
        }
        items.push(FeedItem {
            title: format!("{body} — {}", title(visit, &sitting)),
            path: format!("/reunions/{}", sitting.id),
            on: sitting.known,
            summary: summary.join(" — "),
            key: format!("reunion-{}", sitting.entry),
        });
    }
    Ok(Atom { title: visit.say("sittings-title"), items })
}
