//! The list of bodies: page, CSV, JSON, and the feed of installations.

use record::Tx;
use terms::{Bilingual, Precision};
use web::{
    Atom, Cell, Column, FeedItem, Form, Format, Input, Listing, Markup, Outcome, Page, Refusals, Shown, Stop,
    Visit, html,
};

use super::{colon, named, named_or, when, word_cell};
use crate::tables::{self, BodyFilter, BodyRow, Share};

/// Installations in one feed.
const FEED_ITEMS: usize = 50;

pub(super) const LISTING: Listing<BodyRow> = Listing {
    name: "instances",
    empty: "institutions-none",
    columns: &[
        Column::data("id", "institutions-column-id", |b, _| Cell::Text(b.id.to_string())),
        Column::new("name", "institutions-column-name", name_cell),
        Column::new("kind", "institutions-column-kind", |b, visit| {
            word_cell(visit, named_or(visit, b.kind_name.as_ref(), &b.kind), &b.kind)
        }),
        Column::data("level", "institutions-column-level", |b, _| Cell::text(b.level.clone())),
        Column::new("place_name", "institutions-column-place", place_cell),
        Column::data("place", "institutions-column-place", |b, _| {
            Cell::text(b.place.as_ref().map(|(id, _)| id.to_string()))
        }),
        Column::new("installed", "institutions-column-installed", installed_cell),
        Column::data("precision", "institutions-column-precision", |b, _| {
            Cell::text(b.installed.map(|(_, precision)| precision.as_str().to_owned()))
        }),
        Column::data("exercise", "institutions-exercise", |b, _| Cell::Yes(b.exercise)),
    ],
};

fn name_cell(body: &BodyRow, visit: &Visit) -> Cell {
    let name = named(visit, &body.name);
    let text = match visit.format() {
        Format::Html if body.exercise => format!("{name} ({})", visit.say("institutions-exercise")),
        _ => name.to_owned(),
    };
    Cell::Link { text, path: format!("/instances/{}", body.id) }
}

/// Where it is; a page says too in what that lies, for communes bear one name in several cercles.
fn place_cell(body: &BodyRow, visit: &Visit) -> Cell {
    let Some((id, name)) = &body.place else { return Cell::Unknown };
    let name = name.clone().unwrap_or_else(|| id.to_string());
    let text = match &body.within {
        Some(within) if visit.format() == Format::Html => format!("{name} ({within})"),
        _ => name,
    };
    Cell::Link { text, path: format!("/lieux/{id}") }
}

fn installed_cell(body: &BodyRow, visit: &Visit) -> Cell {
    match body.installed {
        None => Cell::Unknown,
        Some((on, precision)) if visit.format() == Format::Html && precision != Precision::Day => {
            Cell::Text(when(visit, on, precision))
        }
        Some((on, _)) => Cell::Day(on),
    }
}

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

fn wanted(visit: &Visit) -> BodyFilter {
    let owned = |name: &str| visit.asked(name).map(str::to_owned);
    BodyFilter {
        level: owned("niveau"),
        kind: owned("sorte"),
        within: owned("lieu"),
        installed: match visit.asked("installee") {
            Some("oui") => Some(true),
            Some("inconnu") => Some(false),
            _ => None,
        },
        name: owned("q"),
        after: owned("apres"),
    }
}

fn rows(tx: &mut Tx<'_>, visit: &Visit) -> Result<Shown<BodyRow>, Stop> {
    let most = visit.rows_wanted();
    let found = tables::bodies(tx, visit.day_shown(), &wanted(visit), most + 1)?;
    Ok(Shown::first(found, most, |body| body.id.to_string()))
}

fn page(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let asked = ["q", "sorte", "niveau", "lieu", "installee", "apres", "tous"];
    let chosen = asked.into_iter().any(|field| visit.asked(field).is_some());
    let title = visit.say("institutions-title");
    let steward = visit.standing().is_some_and(web::Standing::is_steward);
    let body = html! {
        h1 { (title) }
        p.lead { (visit.say("institutions-lead")) }
        @if steward {
            p { a.button href=(visit.link("/instances/nouvelle")) { (visit.say("institutions-new")) } }
        }
        (filter(tx, visit)?)
        @if chosen { (list_of(tx, visit)?) } @else { (overview(tx, visit)?) }
    };
    Ok(Page::new(title, body).also_as(&[Format::Csv, Format::Json, Format::Atom]))
}

/// What was asked for: how many, and the first of them by name.
fn list_of(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let shown = rows(tx, visit)?;
    let all = tables::how_many(tx, visit.day_shown(), &wanted(visit))?;
    Ok(html! {
        (LISTING.table(visit, &shown, &visit.say_with("institutions-caption-count", &[("count", all.into())])))
        p.small.mute { (visit.say("institutions-unknown-is-not-no")) }
        p.screen { a href=(visit.link("/instances")) { (visit.say("institutions-overview")) } }
    })
}

/// A kind or region with its number, and how many of them a source says were installed; where none is named, nothing is said.
fn share(visit: &Visit, share: &Share, field: &str) -> Markup {
    html! {
        li {
            a href=(visit.link(&format!("/instances?{field}={}", share.id))) { (named(visit, &share.name)) }
            (colon(visit)) (visit.number(share.bodies))
            @if share.installed > 0 {
                @let count = [("count", share.installed.into())];
                span.mute { ", " (visit.say_with("institutions-of-which-installed", &count)) }
            }
        }
    }
}

fn kinds(visit: &Visit, kinds: &[Share]) -> Markup {
    html! {
        @for of_level in kinds.chunk_by(|one, next| one.level == next.level) {
            @if let Some(level) = of_level.first().and_then(|kind| kind.level.as_ref()) { h3 { (named(visit, level)) } }
            ul { @for kind in of_level { (share(visit, kind, "sorte")) } }
        }
    }
}

/// The bodies by kind and by region, before any choice: a list of them all by name is long, and a link away.
fn overview(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let day = visit.day_shown();
    let (kinds, regions) = (tables::shares_of_kinds(tx, day)?, tables::shares_of_regions(tx, day)?);
    let all = tables::how_many(tx, day, &BodyFilter::default())?;
    Ok(html! {
        p.screen {
            (visit.say("institutions-shortcuts")) " "
            a href=(visit.link("/instances?installee=oui")) { (visit.say("institutions-shortcut-installed")) }
            " · "
            a href=(visit.link("/instances?tous=oui")) {
                (visit.say_with("institutions-shortcut-all", &[("count", all.into())]))
            }
            " · "
            a href=(visit.link("/instances/sieges")) { (visit.say("institutions-compared")) }
            " · "
            a href=(visit.link("/instances/matrice")) { (visit.say("institutions-matrix")) }
        }
        h2 { (visit.say("institutions-by-kind")) }
        (self::kinds(visit, &kinds))
        h2 { (visit.say("institutions-by-region")) }
        p { (visit.say("institutions-by-region-text")) }
        ul { @for region in &regions { (share(visit, region, "lieu")) } }
    })
}

fn filter(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let named_choice = |id: &str, name: &Bilingual| (id.to_owned(), named(visit, name).to_owned());
    let levels: Vec<_> = tables::levels(tx)?.iter().map(|l| named_choice(&l.id, &l.name)).collect();
    let kinds: Vec<_> = tables::kinds(tx)?.iter().map(|k| named_choice(&k.id, &k.name)).collect();
    let places = place_choices(tx, visit)?;
    let installed: Vec<_> =
        [("oui", "institutions-installed"), ("inconnu", "institutions-installed-unknown")]
            .map(|(value, key)| (value.to_owned(), visit.say(key)))
            .to_vec();
    Ok(filter_form(
        visit,
        "/instances",
        &[
            ("sorte", "institutions-column-kind", kinds),
            ("niveau", "institutions-column-level", levels),
            ("lieu", "institutions-column-place", places),
            ("installee", "institutions-column-installed", installed),
        ],
    ))
}

/// The regions as choices, with the place asked for where it is smaller than a region.
pub(super) fn place_choices(tx: &mut Tx<'_>, visit: &Visit) -> Result<Vec<(String, String)>, Stop> {
    let regions = tables::regions(tx, visit.day_shown())?;
    let mut choices: Vec<_> = regions.into_iter().map(|(id, name, _)| (id.to_string(), name)).collect();
    if let Some(asked) = visit.asked("lieu").filter(|asked| !choices.iter().any(|(id, _)| id == asked))
        && let Some(place) = tables::place(tx, asked)?
    {
        choices.push((place.id.to_string(), place.name));
    }
    Ok(choices)
}

/// One choice of a filter: its field, its label's message, its values with their labels.
pub(super) type Choice = (&'static str, &'static str, Vec<(String, String)>);

/// A filter: a field for the name, then choices.
pub(super) fn filter_form(visit: &Visit, action: &str, choices: &[Choice]) -> Markup {
    let fields: Vec<(&str, &str)> = std::iter::once("q")
        .chain(choices.iter().map(|(field, ..)| *field))
        .filter_map(|field| Some((field, visit.asked(field)?)))
        .collect();
    let (sent, none) = (Form::of(&fields), Refusals::default());
    let name = Input::new("q", visit.say("institutions-column-name"));
    html! {
        form.filter method="get" action=(visit.link(action)) role="search" {
            @if let Some(day) = visit.past() { input type="hidden" name="au" value=(day.to_string()); }
            (visit.text_field(&name, "search", &sent, &none))
            @for (field, key, values) in choices {
                (visit.choice_field(&Input::narrowing(field, visit.say(key)), values, &sent, &none))
            }
            button { (visit.say("institutions-filter")) }
        }
    }
}

fn feed(tx: &mut Tx<'_>, visit: &Visit) -> Result<Atom, Stop> {
    let items = tables::newly_installed(tx, visit.day_shown(), FEED_ITEMS)?;
    let items = items.into_iter().map(|new| {
        let name = named(visit, &new.name).to_owned();
        let day = when(visit, new.on, new.precision);
        let summary =
            visit.say_with("institutions-feed-item", &[("name", (&name).into()), ("day", day.into())]);
        FeedItem {
            title: name,
            path: format!("/instances/{}", new.id),
            on: new.known,
            summary,
            key: format!("installation-{}", new.id),
        }
    });
    Ok(Atom { title: visit.say("institutions-feed"), items: items.collect() })
}
