//! What hangs in other rooms' pages: a body's own figures, and the headline of the home.

use record::Tx;
use web::{Language, Markup, Panel, Spot, Stop, Visit, html};

use super::words;
use crate::audit::ALL;
use crate::figure::Figure;
use crate::indicator::{ALL_REAL, Indicator};
use crate::{i01, i11, i12, i28};

/// A body's figures, the points of a call, and three figures on the home page.
pub(crate) const PANELS: [Panel; 3] = [
    Panel { spot: Spot::Body, order: 60, show: of_body },
    Panel { spot: Spot::Call, order: 20, show: of_call },
    Panel { spot: Spot::Home, order: 20, show: headline },
];

fn of_body(tx: &mut Tx<'_>, visit: &Visit, body: &str) -> Result<Option<Markup>, Stop> {
    let day = visit.day_shown();
    let mut rows = Vec::new();
    for indicator in ALL {
        let Some(of_body) = indicator.of_body else { continue };
        for figure in of_body(tx, day, body)? {
            let part = figure.scope.rsplit_once('/').filter(|_| words::is_variant(&figure.scope));
            let part = part.map(|(_, part)| visit.say(&format!("indicators-part-{part}")));
            rows.push((indicator, part, figure));
        }
    }
    if rows.is_empty() {
        return Ok(None);
    }
    let missing = missing(tx, visit, body)?;
    Ok(Some(html! {
        section {
            h2 { (visit.say("indicators-body")) }
            table.cards {
                caption {
                    (visit.say_with("indicators-body-caption", &[("day", visit.day_text(day).into())]))
                }
                (words::head(visit, &["indicators-column-title"]))
                tbody {
                    @for (indicator, part, figure) in &rows {
                        tr {
                            td data-label=(visit.say("indicators-column-title")) {
                                a href=(visit.link(&format!("/indicateurs/{}", indicator.slug()))) {
                                    (words::title(visit, indicator))
                                }
                                @if let Some(part) = part { ", " (part) }
                            }
                            (words::cells(visit, indicator, figure))
                        }
                    }
                }
            }
            (missing)
        }
    }))
}

/// The roles that stand empty by name, and how many are not known.
fn missing(tx: &mut Tx<'_>, visit: &Visit, body: &str) -> Result<Markup, Stop> {
    let (empty, unknown) = i11::missing(tx, visit.day_shown(), body)?;
    let name = |name: &terms::Bilingual| match visit.language() {
        Language::French => name.fr.clone(),
        Language::English => name.english().to_owned(),
    };
    Ok(html! {
        @if !empty.is_empty() {
            p { (visit.say("indicators-body-empty-seats")) }
            ul {
                @for alike in empty.chunk_by(|one, next| one == next) {
                    @if let Some(seat) = alike.first() {
                        li { (name(seat)) @if alike.len() > 1 { " (" (alike.len()) ")" } }
                    }
                }
            }
        }
        @if unknown > 0 {
            p.mute { (visit.say_with("indicators-body-unknown-seats", &[("count", unknown.into())])) }
        }
    })
}

/// The six points of a call, each with what it means where it is not had.
fn of_call(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Some((method, points)) = i12::of_call(tx, visit.day_shown(), id)? else { return Ok(None) };
    let class = |point: i12::Point| match point {
        i12::Point::Yes => "answered",
        i12::Point::No => "late",
        i12::Point::Unknown | i12::Point::Apart => "waiting",
    };
    let of = |point: i12::Point| points.iter().filter(|one| **one == point).count();
    let (had, due) = (of(i12::Point::Yes), of(i12::Point::Yes) + of(i12::Point::No));
    Ok(Some(html! {
        section {
            h2 {
                a href=(visit.link("/indicateurs/i-12")) { (words::title(visit, &i12::INDICATOR)) }
            }
            p { (visit.say_with("indicators-points-sum", &[("had", had.into()), ("due", due.into())])) }
            ul {
                @for (name, point) in i12::POINTS.iter().zip(points) {
                    li {
                        (visit.say(&format!("indicators-point-{name}"))) " "
                        span class={ "badge " (class(point)) } {
                            (visit.say(&format!("indicators-point-{}", point.as_str())))
                        }
                    }
                }
            }
            @if method == "nomination" { p { (visit.say("indicators-points-nomination")) } }
        }
    }))
}

/// How far bodies are installed, and how many recommendations were answered in time. Read from few rows: the
/// home page costs the same however long the record is.
fn headline(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let day = visit.day_shown();
    let mut shown: Vec<(&Indicator, Figure)> = Vec::new();
    let installed = (i01::INDICATOR.compute)(tx, day)?;
    shown.extend(installed.into_iter().take(2).map(|figure| (&i01::INDICATOR, figure)));
    let answered = i28::compute(tx, day)?.into_iter().find(|figure| figure.scope == ALL_REAL);
    shown.extend(answered.map(|figure| (&i28::INDICATOR, figure)));
    let mut cards = Vec::new();
    for (indicator, figure) in &shown {
        let counts = words::counts(visit, indicator, figure);
        cards.push((*indicator, words::scope(tx, visit, &figure.scope)?, counts, figure));
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("indicators-headline")) }
            div.cols {
                @for (indicator, scope, counts, figure) in &cards {
                    div.card {
                        p { span.tally { (words::value_or_bounds(visit, indicator, figure)) } }
                        p {
                            a href=(visit.link(&format!("/indicateurs/{}", indicator.slug()))) {
                                (words::title(visit, indicator))
                            }
                            " (" (scope) ")"
                        }
                        p.small.mute {
                            (visit.say_with("indicators-headline-count", &[
                                ("counts", counts.into()), ("day", visit.day_text(day).into()),
                            ]))
                        }
                    }
                }
            }
        }
    }))
}
