//! The page of a place: its names and codes, the division it belongs to and belonged to, its bodies.

use axum::extract::Path;
use record::Tx;
use web::draw::map::{MapWords, Point, PointState, country_map};
use web::{Markup, Outcome, Page, Shown, Spot, Stop, Visit, day, html, time_range};

use super::bodies::LISTING;
use super::{cite, colon, degree, degrees, label, named_or, pair, section};
use crate::tables::{self, Child, Code, Count, Join, Place};

pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.page(move |tx, visit| shown(tx, visit, &id)).await
}

fn shown(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let on = visit.day_shown();
    let place = tables::place(tx, id)?.ok_or(Stop::NotFound)?;
    let up = tables::joins_up(tx, id)?;
    let (children, formerly) = (tables::children(tx, id, on)?, tables::joins_down(tx, id, on)?);
    let codes = tables::codes(tx, id)?;
    let counts = tables::counts_of(tx, id, on)?;
    let bodies = Shown::all(tables::bodies_of_place(tx, id, on)?);
    let panels = visit.panels(tx, Spot::Place, id)?;
    let caption = visit.say("institutions-caption");
    let body = html! {
        h1 { (place.name) }
        div.cols {
            (facts(visit, &place, &up))
            (map(visit, &place))
        }
        section {
            h2 { (visit.say("institutions-bodies-here")) }
            (LISTING.table(visit, &bodies, &caption))
            p {
                a href=(visit.link(&format!("/instances?lieu={id}"))) {
                    (visit.say("institutions-bodies-within"))
                }
            }
        }
        (panels)
        (section(&visit.say("institutions-children"), children.is_empty(), &tree(visit, &children)))
        (section(&visit.say("institutions-division"), up.is_empty() && formerly.is_empty(), &html! {
            (joins(visit, &up, "institutions-division-caption"))
            (joins(visit, &formerly, "institutions-formerly-caption"))
        }))
        (section(&visit.say("institutions-codes"), codes.is_empty(), &codes_table(visit, &codes)))
        (section(&visit.say("institutions-counts"), counts.is_empty(), &counted(visit, &counts)))
    };
    let page = Page::new(place.name.clone(), body).under(visit.say("institutions-places-title"), "/lieux");
    let page = match up.iter().rev().find(|join| holds(visit, join)) {
        Some(join) => {
            let name = join.name.clone().unwrap_or_else(|| join.other.to_string());
            page.under(name, &format!("/lieux/{}", join.other))
        }
        None => page,
    };
    Ok(page.exercise(place.exercise).of_entry(place.entry))
}

fn holds(visit: &Visit, join: &Join) -> bool {
    let on = visit.day_shown();
    join.from.is_none_or(|from| from <= on) && join.to.is_none_or(|to| to > on)
}

fn facts(visit: &Visit, place: &Place, up: &[Join]) -> Markup {
    html! {
        dl.pairs {
            (pair(&visit.say("institutions-column-level"), &html! {
                (named_or(visit, place.level_name.as_ref(), &place.level))
            }))
            @for join in up.iter().filter(|join| holds(visit, join)) {
                (pair(&visit.say("institutions-column-parent"), &html! {
                    a href=(visit.link(&format!("/lieux/{}", join.other))) {
                        (join.name.as_deref().unwrap_or(join.other.as_str()))
                    }
                }))
            }
            @if !place.variants.is_empty() {
                (pair(&visit.say("institutions-variants"), &html! { (place.variants.join(", ")) }))
            }
            @if place.from.is_some() || place.to.is_some() {
                (pair(&visit.say("institutions-exists"), &time_range(visit, place.from, place.to)))
            }
            (pair(&visit.say("institutions-column-centre"), &html! {
                @match place.centre {
                    Some(centre) => { (degrees(visit, centre)) }
                    None => { span.mute { (visit.say("list-unknown")) } }
                }
            }))
            (pair(&visit.say("institutions-column-source"), &cite(visit, place.source.as_ref())))
        }
    }
}

/// Where in the country the place lies; nothing where the centre or the country's outlines are not known.
fn map(visit: &Visit, place: &Place) -> Markup {
    let (Some((lat, lon)), Some(outlines)) = (place.centre, visit.house().outlines()) else {
        return html! {};
    };
    let href = visit.link(&format!("/lieux/{}", place.id));
    let state = if place.exercise { PointState::Exercise } else { PointState::Yes };
    let point = Point { lat: degree(lat), lon: degree(lon), label: &place.name, href: &href, state };
    let title = visit.say_with("institutions-map-place", &[("place", (&place.name).into())]);
    let desc = degrees(visit, (lat, lon));
    let (unknown, source) = (visit.say("list-unknown"), visit.say("institutions-map-source"));
    let (exercise, here) = (visit.say("institutions-exercise"), visit.say("institutions-map-here"));
    let words = MapWords {
        title: &title,
        desc: &desc,
        yes: &here,
        no: "",
        unknown: &unknown,
        exercise: &exercise,
        source: &source,
    };
    country_map(outlines, &[point], &words)
}

fn tree(visit: &Visit, children: &[Child]) -> Markup {
    let link =
        |child: &Child| html! { a href=(visit.link(&format!("/lieux/{}", child.id))) { (child.name) } };
    let within =
        |child: &Child| children.iter().filter(|c| c.through.as_ref() == Some(&child.id)).collect::<Vec<_>>();
    html! {
        ul {
            @for child in children.iter().filter(|child| child.through.is_none()) {
                @let inner = within(child);
                li {
                    @if inner.is_empty() { (link(child)) } @else {
                        details {
                            summary { (child.name) " (" (inner.len()) ")" }
                            p { (link(child)) }
                            ul.cols { @for grandchild in inner { li { (link(grandchild)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn joins(visit: &Visit, joins: &[Join], caption: &str) -> Markup {
    html! {
        @if !joins.is_empty() {
            table.cards {
                caption { (visit.say(caption)) }
                thead { tr {
                    th scope="col" { (visit.say("institutions-column-place")) }
                    th scope="col" { (visit.say("institutions-column-time")) }
                    th scope="col" { (visit.say("institutions-column-source")) }
                } }
                tbody { @for join in joins { tr {
                    td { a href=(visit.link(&format!("/lieux/{}", join.other))) {
                        (join.name.as_deref().unwrap_or(join.other.as_str()))
                    } }
                    td data-label=(visit.say("institutions-column-time")) {
                        (time_range(visit, join.from, join.to))
                    }
                    td data-label=(visit.say("institutions-column-source")) {
                        (cite(visit, join.source.as_ref()))
                    }
                } } }
            }
        }
    }
}

fn codes_table(visit: &Visit, codes: &[Code]) -> Markup {
    html! {
        table.cards {
            caption { (visit.say("institutions-codes-caption")) }
            thead { tr {
                th scope="col" { (visit.say("institutions-column-scheme")) }
                th scope="col" { (visit.say("institutions-column-value")) }
                th scope="col" { (visit.say("institutions-column-time")) }
                th scope="col" { (visit.say("institutions-column-source")) }
            } }
            tbody { @for code in codes { tr {
                td { (code.scheme) }
                td data-label=(visit.say("institutions-column-value")) { (code.value) }
                td data-label=(visit.say("institutions-column-time")) {
                    (time_range(visit, code.from, code.to))
                }
                td data-label=(visit.say("institutions-column-source")) {
                    (cite(visit, code.source.as_ref()))
                }
            } } }
        }
    }
}

fn counted(visit: &Visit, counts: &[Count]) -> Markup {
    html! {
        ul {
            @for count in counts {
                li {
                    (label(visit, &format!("institutions-subject-{}", count.subject), &count.subject)) (colon(visit))
                    b { (visit.number(count.value)) }
                    @if let Some(of) = count.of { " / " (visit.number(of)) }
                    ", " (day(visit, count.on)) " — " (cite(visit, count.source.as_ref()))
                    @if let Some(note) = &count.note { br; span.small { (note) } }
                }
            }
        }
    }
}
