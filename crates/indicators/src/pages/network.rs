//! The network of umbrellas and seats: who is behind whom, drawn and in words.

use std::collections::{BTreeMap, BTreeSet};

use record::Tx;
use record::directory::{self, Kind, look_up, sort_key};
use web::draw::network::{Line, NetworkWords, Node, network};
use web::{Cell, Column, Format, Listing, Markup, Outcome, Page, Shown, Stop, Visit, html};

use crate::indicator::EXERCISE;
use crate::seats;
use crate::tables::bodies;

/// Organisations that the picture has room for; the list and the data have all.
const DRAWN_MAX: usize = 40;

/// One line of the network, as data.
struct Link {
    kind: &'static str,
    organisation: String,
    organisation_name: String,
    other: String,
    other_name: String,
    seats: Option<i64>,
    exercise: bool,
}

const LISTING: Listing<Link> = Listing {
    name: "reseau",
    empty: "indicators-network-empty",
    columns: &[
        Column::data("kind", "indicators-network", |link, _| Cell::Text(link.kind.to_owned())),
        Column::data("organisation", "indicators-network-organisations", |link, _| {
            Cell::Text(link.organisation.clone())
        }),
        Column::data("organisation_name", "indicators-network-organisations", |link, _| {
            Cell::Text(link.organisation_name.clone())
        }),
        Column::data("other", "indicators-network-bodies", |link, _| Cell::Text(link.other.clone())),
        Column::data("other_name", "indicators-network-bodies", |link, _| {
            Cell::Text(link.other_name.clone())
        }),
        Column::data("seats", "indicators-network-seats", |link, _| Cell::number(link.seats)),
        Column::data("exercise", "indicators-network-exercise", |link, _| Cell::Yes(link.exercise)),
    ],
};

pub(super) async fn page(visit: Visit) -> Outcome {
    if visit.format() == Format::Html {
        return visit.page(compose).await;
    }
    let links = visit.ask(links).await?;
    Ok(LISTING.data(&visit, &Shown::all(links)))
}

/// The name in the visitor's language, the id where the record has none.
fn name(tx: &mut Tx<'_>, visit: &Visit, kind: Kind, id: &str) -> Result<String, Stop> {
    let named: Option<directory::Named> = look_up(tx, kind, id)?;
    let english = visit.language() == web::Language::English;
    Ok(named.and_then(|named| named.en.filter(|_| english).or(named.fr)).unwrap_or_else(|| id.to_owned()))
}

/// Seats of civil society that organisations hold on the day, and the umbrellas above these organisations; by organisation's name, seats
/// before memberships.
fn links(tx: &mut Tx<'_>, visit: &Visit) -> Result<Vec<Link>, Stop> {
    let day = visit.day_shown();
    let mut held: BTreeMap<(String, String), (i64, bool)> = BTreeMap::new();
    for body in seats::bodies(tx, day, None)? {
        let exercise = body.scope == EXERCISE;
        for seat in body.seats.iter().filter(|seat| seat.civil) {
            if let Some(organisation) = &seat.organisation {
                let sum = held.entry((organisation.clone(), body.id.clone())).or_insert((0, exercise));
                sum.0 += 1;
            }
        }
    }
    let mut above: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (member, umbrella) in bodies::memberships(tx, day)? {
        above.entry(member).or_default().insert(umbrella);
    }
    let mut links = Vec::new();
    let mut seen: BTreeMap<String, bool> = BTreeMap::new();
    for ((organisation, body), (seats, exercise)) in held {
        links.push(Link {
            kind: "seat",
            organisation_name: name(tx, visit, Kind::Organisation, &organisation)?,
            other_name: name(tx, visit, Kind::Body, &body)?,
            other: body,
            seats: Some(seats),
            exercise,
            organisation: organisation.clone(),
        });
        seen.insert(organisation, exercise);
    }
    // As far up as umbrellas lead, each once.
    let mut left: Vec<(String, bool)> = seen.iter().map(|(id, exercise)| (id.clone(), *exercise)).collect();
    while let Some((member, exercise)) = left.pop() {
        for umbrella in above.get(&member).into_iter().flatten() {
            links.push(Link {
                kind: "membership",
                organisation_name: name(tx, visit, Kind::Organisation, &member)?,
                other_name: name(tx, visit, Kind::Organisation, umbrella)?,
                organisation: member.clone(),
                other: umbrella.clone(),
                seats: None,
                exercise,
            });
            if !seen.contains_key(umbrella) {
                seen.insert(umbrella.clone(), exercise);
                left.push((umbrella.clone(), exercise));
            }
        }
    }
    let key = |link: &Link| {
        let (organisation, other) = (sort_key(&link.organisation_name), sort_key(&link.other_name));
        (link.exercise, organisation, link.organisation.clone(), link.kind == "membership", other)
    };
    links.sort_by_cached_key(key);
    Ok(links)
}

fn compose(tx: &mut Tx<'_>, visit: &Visit) -> Result<Page, Stop> {
    let links = links(tx, visit)?;
    let (fictional, real): (Vec<&Link>, Vec<&Link>) = links.iter().partition(|link| link.exercise);
    let title = visit.say("indicators-network");
    let only_fictional = real.is_empty() && !fictional.is_empty();
    let body = html! {
        h1 { (title) }
        p.lead { (visit.say("indicators-network-lead")) }
        @if real.is_empty() { p.mute { (visit.say("indicators-network-empty")) } }
        @else { (shown(visit, &real)) }
        @if !fictional.is_empty() {
            section {
                h2 { span class="badge exercise" { (visit.say("indicators-scope-exercise")) } }
                (shown(visit, &fictional))
            }
        }
    };
    let i08 = visit.say("indicators-title-i-08");
    Ok(Page::new(title, body)
        .under(visit.say("indicators-audit"), "/indicateurs")
        .under(i08, "/indicateurs/i-08")
        .exercise(only_fictional)
        .also_as(&[Format::Csv, Format::Json]))
}

/// The picture, then the same in words.
fn shown(visit: &Visit, links: &[&Link]) -> Markup {
    let seats = links.iter().filter(|link| link.kind == "seat");
    let sitting: Vec<&str> = distinct(seats.clone().map(|link| link.organisation.as_str()));
    let drawn: BTreeSet<&str> = sitting.iter().take(DRAWN_MAX).copied().collect();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(visit.say("indicators-network")) {
            (picture(visit, links, &drawn))
        }
        @if sitting.len() > DRAWN_MAX {
            @let counts = [("shown", DRAWN_MAX.into()), ("all", sitting.len().into())];
            p { (visit.say_with("indicators-network-more", &counts)) }
        }
        h3 { (visit.say("indicators-network-list")) }
        ul {
            @for id in &sitting {
                @let own: Vec<&&Link> = links.iter().filter(|link| link.organisation == *id).collect();
                li {
                    a href=(visit.link(&format!("/organisations/{id}"))) {
                        (own.first().map_or(*id, |link| link.organisation_name.as_str()))
                    }
                    ul { @for link in own { li { (in_words(visit, link)) } } }
                }
            }
        }
    }
}

fn in_words(visit: &Visit, link: &Link) -> Markup {
    html! {
        @match link.seats {
            Some(seats) => {
                a href=(visit.link(&format!("/instances/{}", link.other))) { (link.other_name) } " — "
                (visit.say_with("indicators-network-seats", &[("count", seats.into())]))
            }
            None => {
                (visit.say_with("indicators-network-member", &[("umbrella", link.other_name.as_str().into())]))
            }
        }
    }
}

/// Each once, in the order in which they first come.
fn distinct<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(*id)).collect()
}

fn picture(visit: &Visit, links: &[&Link], sitting: &BTreeSet<&str>) -> Markup {
    let seats: Vec<&&Link> = links
        .iter()
        .filter(|link| link.kind == "seat" && sitting.contains(link.organisation.as_str()))
        .collect();
    // Of an umbrella's own umbrella only the line is drawn, within its column.
    let mut near: BTreeSet<&str> = sitting.clone();
    let mut memberships: Vec<&&Link> = Vec::new();
    let mut grown = true;
    while std::mem::take(&mut grown) {
        for link in links.iter().filter(|link| link.kind == "membership") {
            let known = memberships.iter().any(|one| std::ptr::eq(**one, *link));
            if !known && near.contains(link.organisation.as_str()) {
                grown |= near.insert(&link.other);
                memberships.push(link);
            }
        }
    }
    let umbrella = |id: &str| memberships.iter().any(|link| link.other == id) && !sitting.contains(id);
    let mut nodes: Vec<(String, &str, usize)> = Vec::new();
    for link in &memberships {
        if umbrella(&link.other) {
            nodes.push((node_id("o", &link.other), &link.other_name, 0));
        }
    }
    for link in &seats {
        nodes.push((node_id("o", &link.organisation), &link.organisation_name, 1));
        nodes.push((node_id("b", &link.other), &link.other_name, 2));
    }
    let mut seen = BTreeSet::new();
    nodes.retain(|(id, ..)| seen.insert(id.clone()));
    let ends: Vec<(String, String, u32, bool)> = seats
        .iter()
        .map(|link| (node_id("o", &link.organisation), node_id("b", &link.other), link.seats, false))
        .chain(
            memberships
                .iter()
                .map(|link| (node_id("o", &link.organisation), node_id("o", &link.other), None, true)),
        )
        .map(|(from, to, seats, dashed)| {
            (from, to, seats.and_then(|n| u32::try_from(n).ok()).unwrap_or(1), dashed)
        })
        .collect();
    let marks: Vec<Node<'_>> =
        nodes.iter().map(|(id, name, column)| Node { id, name, column: *column }).collect();
    let lines: Vec<Line<'_>> =
        ends.iter().map(|(from, to, many, dashed)| Line { from, to, many: *many, dashed: *dashed }).collect();
    let count = |column: usize| nodes.iter().filter(|node| node.2 == column).count();
    let desc = visit.say_with(
        "indicators-network-desc",
        &[
            ("organisations", count(1).into()),
            ("umbrellas", count(0).into()),
            ("bodies", count(2).into()),
            ("seats", seats.iter().filter_map(|link| link.seats).sum::<i64>().into()),
            ("memberships", memberships.len().into()),
        ],
    );
    let day = visit.day_text(visit.day_shown());
    let title = visit.say_with("indicators-network-title", &[("day", day.into())]);
    let heads = [
        visit.say("indicators-network-umbrellas"),
        visit.say("indicators-network-organisations"),
        visit.say("indicators-network-bodies"),
    ];
    let words = NetworkWords { title: &title, desc: &desc, heads: [&heads[0], &heads[1], &heads[2]] };
    html! { (network(&marks, &lines, &words)) p.small { (desc) } }
}

/// A body and an organisation may bear one id.
fn node_id(kind: &str, id: &str) -> String {
    format!("{kind}/{id}")
}
