//! The list of places: the regions as a tree, and every place by name as page, CSV and JSON.

use record::Tx;
use terms::PlaceId;
use web::{Cell, Column, Format, Listing, Markup, Outcome, Page, Shown, Stop, Visit, html};

use super::bodies::{filter_form, place_choices};
use super::{named, named_or, word_cell};
use crate::tables::{self, PlaceFilter, PlaceRow};

const LISTING: Listing<PlaceRow> = Listing {
    name: "lieux",
    empty: "institutions-no-places",
    columns: &[
        Column::data("id", "institutions-column-id", |p, _| Cell::Text(p.id.to_string())),
        Column::new("name", "institutions-column-name", |p, visit| Cell::Link {
            text: match visit.format() {
                Format::Html if p.exercise => format!("{} ({})", p.name, visit.say("institutions-exercise")),
                _ => p.name.clone(),
            },
            path: format!("/lieux/{}", p.id),
        }),
        Column::new("level", "institutions-column-level", |p, visit| {
            word_cell(visit, named_or(visit, p.level_name.as_ref(), &p.level), &p.level)
        }),
        Column::new("parent_name", "institutions-column-parent", |p, _| match &p.parent {
            Some((id, name)) => Cell::Link { text: name.clone(), path: format!("/lieux/{id}") },
            None => Cell::Unknown,
        }),
        Column::data("parent", "institutions-column-parent", |p, _| {
            Cell::text(p.parent.as_ref().map(|(id, _)| id.to_string()))
        }),
        Column::data("latitude", "institutions-column-centre", |p, _| {
            Cell::text(p.centre.map(|(lat, _)| hundredths(lat)))
        }),
        Column::data("longitude", "institutions-column-centre", |p, _| {
            Cell::text(p.centre.map(|(_, lon)| hundredths(lon)))
        }),
        Column::data("exercise", "institutions-exercise", |p, _| Cell::Yes(p.exercise)),
    ],
};

/// Degrees with two decimals, for machines.
fn hundredths(e2: i32) -> String {
    format!("{}{}.{:02}", if e2 < 0 { "-" } else { "" }, e2.abs() / 100, e2.abs() % 100)
}

pub(super) async fn list(visit: Visit) -> Outcome {
    if visit.format() == Format::Html {
        return visit.page(page).await;
    }
    let shown = visit.ask(rows).await?;
    Ok(LISTING.data(&visit, &shown))
}

fn rows(tx: &mut Tx<'_>, visit: &Visit) -> Result<Shown<PlaceRow>, Stop> {
    let owned = |name: &str| visit.asked(name).map(str::to_owned);
    let filter = PlaceFilter {
        level: owned("niveau"),
        within: owned("lieu"),
        name: owned("q"),
        after: owned("apres"),
    };
    let most = visit.rows_wanted();
    let found = tables::places(tx, visit.day_shown(), &filter, most + 1)?;
    Ok(Shown::first(found, most, |place| place.id.to_string()))
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let shown = rows(tx, visit)?;
    let levels = tables::levels(tx)?;
    let levels: Vec<_> = levels.iter().map(|l| (l.id.clone(), named(visit, &l.name).to_owned())).collect();
    let choices = [
        ("niveau", "institutions-column-level", levels),
        ("lieu", "institutions-within", place_choices(tx, visit)?),
    ];
    let asked = ["q", "niveau", "lieu", "apres"].into_iter().any(|field| visit.asked(field).is_some());
    let tree = if asked {
        html! {}
    } else {
        tree(tx, visit)?
    };
    let title = visit.say("institutions-places-title");
    let body = html! {
        h1 { (title) }
        p.lead { (visit.say("institutions-places-lead")) }
        (filter_form(visit, "/lieux", &choices))
        (tree)
        (LISTING.table(visit, &shown, &visit.say("institutions-places-caption")))
    };
    Ok(Page::new(title, body).also_as(&[Format::Csv, Format::Json]))
}

/// The regions that stood on the day, each leading to what lies in it; those of an exercise apart, and not counted.
fn tree(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let (played, real): (Vec<_>, Vec<_>) =
        tables::regions(tx, visit.day_shown())?.into_iter().partition(|(_, _, exercise)| *exercise);
    let links = |regions: &[(PlaceId, String, bool)]| {
        html! {
            ul.cols {
                @for (id, name, exercise) in regions {
                    li {
                        a href=(visit.link(&format!("/lieux/{id}"))) { (name) }
                        @if *exercise { " " span.badge.exercise { (visit.say("banner-exercise-word")) } }
                    }
                }
            }
        }
    };
    Ok(html! {
        @if !real.is_empty() {
            nav.card aria-label=(visit.say("institutions-regions")) {
                h2 { (visit.say_with("institutions-regions-count", &[("count", real.len().into())])) }
                (links(&real))
                (links(&played))
            }
        }
    })
}
