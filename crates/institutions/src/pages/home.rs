//! The home page's panel: where committees are installed, as far as sources name them, and how many sources
//! count.

use record::Tx;
use terms::Precision;
use web::draw::map::{MapWords, Outlines, Point, PointState, country_map};
use web::{Markup, Stop, Visit, html};

use super::{cite, colon, degree, named, when};
use crate::tables::{self, Mapped, Spot};

/// The subject under which sources count installed bodies.
const INSTALLED: &str = "installed-bodies";

/// The map and list of the committees of the largest places, and the latest counts of every kind.
pub(crate) fn home_panel(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let kinds = tables::mapped_kinds(tx)?;
    let Some(first) = kinds.first() else { return Ok(None) };
    let spots = tables::spots(tx, &first.level, &first.id, visit.day_shown())?;
    let mut counts = Vec::new();
    for kind in &kinds {
        counts.push(count(tx, visit, kind)?);
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("institutions-home-title")) }
            @for count in counts { (count) }
            div.cols {
                div { (map(visit, first, &spots)) }
                div { (list(visit, &spots)) }
            }
        }
    }))
}

fn count(tx: &mut Tx<'_>, visit: &Visit, kind: &Mapped) -> Result<Markup, Stop> {
    let on = visit.day_shown();
    let counted = tables::count(tx, INSTALLED, &kind.id, on)?;
    let required = tables::required(tx, &kind.id, on)?;
    let name = named(visit, &kind.name);
    let link = html! { a href=(visit.link(&format!("/instances?sorte={}", kind.id))) { (name) } };
    let Some(counted) = counted else {
        return Ok(html! { p { (link) (colon(visit)) (visit.say("institutions-home-uncounted")) } });
    };
    let of = counted.of.or(required.map(|required| required.count));
    let day = visit.day_text(counted.on);
    Ok(html! {
        p {
            span.tally {
                @match of {
                    Some(of) => {
                        (visit.say_with(
                            "institutions-home-of",
                            &[("count", counted.value.into()), ("of", of.into())],
                        ))
                    }
                    None => { (visit.number(counted.value)) }
                }
            }
            " " (link) ", " (visit.say_with("institutions-home-installed", &[("day", day.into())]))
            " — " (cite(visit, counted.source.as_ref()))
            @if let Some(note) = &counted.note { br; span.small { (note) } }
        }
    })
}

fn state(spot: &Spot) -> PointState {
    match (spot.exercise, &spot.installed) {
        (true, _) => PointState::Exercise,
        (false, Some(_)) => PointState::Yes,
        // Sources name some committees and count more: a place not named is not a place without.
        (false, None) => PointState::Unknown,
    }
}

fn map(visit: &Visit, kind: &Mapped, spots: &[Spot]) -> Markup {
    let nothing = Outlines::default();
    let placed: Vec<(&Spot, (i32, i32), String)> =
        spots.iter().filter_map(|spot| Some((spot, spot.centre?, visit.link(&address(spot))))).collect();
    let points: Vec<Point<'_>> = placed
        .iter()
        .map(|(spot, (lat, lon), href)| Point {
            lat: degree(*lat),
            lon: degree(*lon),
            label: &spot.name,
            href,
            state: state(spot),
        })
        .collect();
    let day = visit.day_text(visit.day_shown());
    let title = visit.say_with(
        "institutions-map-title",
        &[("kind", named(visit, &kind.name).into()), ("day", day.into())],
    );
    let known = spots.iter().filter(|spot| state(spot) == PointState::Yes).count();
    let all = spots.iter().filter(|spot| !spot.exercise).count();
    // Of these, only their being there is known, not that they were installed.
    let attested = |spot: &&Spot| !spot.exercise && matches!(spot.installed, Some((_, Precision::Attested)));
    let attested = spots.iter().filter(attested).count();
    let counts = [("count", known.into()), ("of", all.into()), ("attested", attested.into())];
    let desc = visit.say_with("institutions-map-desc", &counts);
    let (yes, unknown) = (visit.say("institutions-map-yes"), visit.say("institutions-installed-unknown"));
    let (exercise, source) = (visit.say("institutions-exercise"), visit.say("institutions-map-source"));
    let words = MapWords {
        title: &title,
        desc: &desc,
        yes: &yes,
        no: "",
        unknown: &unknown,
        exercise: &exercise,
        source: &source,
    };
    html! {
        @if !points.is_empty() {
            (country_map(visit.house().outlines().unwrap_or(&nothing), &points, &words))
            p.small { (desc) }
        }
    }
}

fn address(spot: &Spot) -> String {
    match &spot.body {
        Some(body) => format!("/instances/{body}"),
        None => format!("/lieux/{}", spot.place),
    }
}

/// The same as the map in text.
fn list(visit: &Visit, spots: &[Spot]) -> Markup {
    html! {
        ul {
            // An exercise is never listed among what is real.
            @for spot in spots.iter().filter(|spot| !spot.exercise) {
                li {
                    a href=(visit.link(&address(spot))) { (spot.name) } (colon(visit))
                    @match &spot.installed {
                        Some((on, precision)) => {
                            (when(visit, *on, *precision))
                        }
                        None => { span.mute { (visit.say("institutions-installed-unknown")) } }
                    }
                }
            }
        }
    }
}
