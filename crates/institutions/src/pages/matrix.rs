//! Bodies and organisations crossed: which organisation holds which seat of which body.

use std::collections::{BTreeMap, BTreeSet};

use record::Tx;
use record::directory::sort_key;
use terms::BodyId;
use web::{
    Cell, Column, Form, Format, Input, Listing, Markup, Outcome, Page, Refusals, Shown, Stop, Visit, html,
};

use super::{named, named_or};
use crate::tables::{self, Crossing};

/// Organisations that one page has room for; the data have all.
const COLUMNS_MAX: usize = 16;

const LISTING: Listing<Crossing> = Listing {
    name: "matrice",
    empty: "institutions-matrix-none",
    columns: &[
        Column::data("body", "institutions-column-id", |c, _| Cell::Text(c.body.to_string())),
        Column::new("body_name", "institutions-column-name", |c, visit| Cell::Link {
            text: named(visit, &c.body_name).to_owned(),
            path: format!("/instances/{}", c.body),
        }),
        Column::data("body_kind", "institutions-column-kind", |c, _| Cell::Text(c.kind.clone())),
        Column::data("organisation", "institutions-column-holder", |c, _| {
            Cell::Text(c.organisation.to_string())
        }),
        Column::new("organisation_name", "institutions-column-holder", |c, _| Cell::Link {
            text: c.organisation_name.clone(),
            path: format!("/organisations/{}", c.organisation),
        }),
        Column::data("seat", "institutions-column-seat", |c, _| Cell::Text(c.seat.to_string())),
        Column::new("seat_name", "institutions-column-seat", |c, visit| {
            Cell::Text(named_or(visit, c.seat_name.as_ref(), c.seat.as_str()))
        }),
        Column::data("ordinal", "institutions-column-ordinal", |c, _| Cell::Number(c.ordinal.into())),
        Column::new("since", "institutions-column-since", |c, _| Cell::day(c.from)),
        Column::data("exercise", "institutions-exercise", |c, _| Cell::Yes(c.exercise)),
    ],
};

pub(super) async fn page(visit: Visit) -> Outcome {
    if visit.format() == Format::Html {
        return visit.page(compose).await;
    }
    let rows = visit.ask(shown).await?;
    Ok(LISTING.data(&visit, &rows))
}

fn cursor(crossing: &Crossing) -> String {
    format!("{}\u{1f}{}", sort_key(&crossing.body_name.fr), crossing.body)
}

/// Whole bodies: one whose seats would be cut waits for the next page.
fn shown(tx: &mut Tx<'_>, visit: &Visit) -> Result<Shown<Crossing>, Stop> {
    let most = visit.rows_wanted().max(60);
    let after = visit.asked("apres").unwrap_or_default();
    let mut rows = tables::crossings(tx, visit.day_shown(), visit.asked("sorte"), after, most + 1)?;
    let mut next = None;
    if rows.len() > most {
        let last = rows.last().map(|crossing| crossing.body.clone());
        let whole = rows.iter().position(|crossing| Some(&crossing.body) == last.as_ref()).unwrap_or(most);
        // A body with more seats than a page has room for is cut, or nothing would ever be shown.
        rows.truncate(if whole == 0 { most } else { whole });
        next = rows.last().map(cursor);
    }
    Ok(Shown { rows, next })
}

fn compose(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let shown = shown(tx, visit)?;
    let title = visit.say("institutions-matrix");
    let markup = html! {
        h1 { (title) }
        p.lead { (visit.say("institutions-matrix-lead")) }
        (filter(tx, visit)?)
        @if shown.rows.is_empty() { p.mute { (visit.say("institutions-matrix-none")) } }
        @else { (table(visit, &shown.rows)) }
        (LISTING.pages(visit, &shown))
        p { a href=(visit.link("/instances/sieges")) { (visit.say("institutions-compared")) } }
    };
    Ok(Page::new(title, markup)
        .under(visit.say("institutions-title"), "/instances")
        .also_as(&[Format::Csv, Format::Json]))
}

fn filter(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let kinds: Vec<(String, String)> = tables::kinds(tx)?
        .into_iter()
        .map(|kind| (kind.id.clone(), named(visit, &kind.name).to_owned()))
        .collect();
    let asked: Vec<(&str, &str)> = visit.asked("sorte").map(|kind| ("sorte", kind)).into_iter().collect();
    let form = Form::of(&asked);
    let input = Input::narrowing("sorte", visit.say("institutions-column-kind"));
    Ok(html! {
        form.filter method="get" action=(visit.link("/instances/matrice")) {
            @if let Some(day) = visit.past() { input type="hidden" name="au" value=(day.to_string()); }
            (visit.choice_field(&input, &kinds, &form, &Refusals::default()))
            button { (visit.say("institutions-matrix-filter")) }
        }
    })
}

/// A row a body, a column an organisation by name, in each crossing the seats that it holds there.
fn table(visit: &Visit, rows: &[Crossing]) -> Markup {
    let organisations: BTreeSet<(String, &str, &str)> = rows
        .iter()
        .map(|c| (sort_key(&c.organisation_name), c.organisation.as_str(), c.organisation_name.as_str()))
        .collect();
    let many = organisations.len();
    let columns: Vec<_> = organisations.into_iter().take(COLUMNS_MAX).collect();
    let mut bodies: Vec<(&BodyId, &Crossing)> = Vec::new();
    let mut cells: BTreeMap<(&BodyId, &str), Vec<&Crossing>> = BTreeMap::new();
    for row in rows {
        if bodies.last().is_none_or(|(last, _)| **last != row.body) {
            bodies.push((&row.body, row));
        }
        cells.entry((&row.body, row.organisation.as_str())).or_default().push(row);
    }
    let caption = visit.say_with(
        "institutions-matrix-caption",
        &[("bodies", bodies.len().into()), ("organisations", many.into())],
    );
    html! {
        @if many > COLUMNS_MAX {
            @let counts = [("shown", COLUMNS_MAX.into()), ("all", many.into())];
            p { (visit.say_with("institutions-matrix-more", &counts)) }
        }
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table.matrix {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (visit.say("institutions-matrix-body")) }
                    @for (_, id, name) in &columns {
                        th scope="col" { a href=(visit.link(&format!("/organisations/{id}"))) { (name) } }
                    }
                } }
                tbody { @for (body, first) in &bodies { tr {
                    th scope="row" {
                        a href=(visit.link(&format!("/instances/{body}"))) { (named(visit, &first.body_name)) }
                        @if first.exercise { " " span.badge.exercise { (visit.say("institutions-exercise")) } }
                    }
                    @for (_, id, _) in &columns {
                        td {
                            @match cells.get(&(*body, *id)) {
                                Some(held) => {
                                    @for (i, crossing) in held.iter().enumerate() {
                                        @if i > 0 { br; }
                                        (named_or(visit, crossing.seat_name.as_ref(), crossing.seat.as_str()))
                                    }
                                }
                                None => { span.mute aria-label=(visit.say("institutions-matrix-no-seat")) { "·" } }
                            }
                        }
                    }
                } } }
            }
        }
    }
}
