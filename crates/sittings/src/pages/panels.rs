//! What hangs in other rooms' pages: on a body its last sittings and its twelve months, on a place the last
//! sittings there, on the desk what a secretary may write down.

use record::Tx;
use terms::access::Role;
use terms::{BodyId, Day, PlaceId};
use web::draw::COLOURS;
use web::{Gone, Markup, Stop, Visit, cited, day, html};

use super::{behalf, body_name, title};
use crate::months::{Held, MONTHS_SHOWN, Month, last_months, months_between};
use crate::tables::{self, Filter, Missed, Rule, Sitting};

/// Sittings that a panel shows.
const SHOWN: usize = 5;

/// Functions of bodies that meet; an office that decides alone has no sittings to miss.
const MEETING: [&str; 3] = ["consultative", "steering", "cell"];

pub(crate) fn body_panel(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Ok(body) = BodyId::parse(id) else { return Ok(None) };
    let Some(rule) = tables::rule(tx, &body)? else { return Ok(None) };
    let filter = Filter { body: Some(id.to_owned()), ..Filter::default() };
    let last = tables::list(tx, &filter, SHOWN)?;
    let today = visit.day_shown();
    let since = first_shown(today);
    let missed = tables::missed(tx, &body, since)?;
    let meets = rule.meets_every.is_some()
        || rule.function.as_deref().is_some_and(|function| MEETING.contains(&function));
    if !meets && last.is_empty() && missed.is_empty() {
        return Ok(None);
    }
    let days = tables::days(tx, &body, since, today)?;
    let periods: Vec<_> = missed.iter().map(|missed| (missed.from, missed.to)).collect();
    let months = last_months(&days, &periods, rule.installed, today);
    let asked = asked_of(tx, visit, &rule)?;
    let reasons = reasons(tx, visit, &missed)?;
    Ok(Some(html! {
        section {
            h2 { (visit.say("sittings-title")) }
            (asked)
            (how_long(visit, last.first(), today))
            (strip(visit, &months))
            (reasons)
            (last_sittings(visit, &last))
            p { a href=(visit.link(&format!("/reunions?instance={id}"))) { (visit.say("sittings-all")) } }
            @if behalf(visit, &body).is_some() { (doors(visit, &body)) }
        }
    }))
}

/// The first day of the oldest month shown.
fn first_shown(today: Day) -> Day {
    (0..MONTHS_SHOWN)
        .fold(today.first_of_month(), |first, _| first.yesterday().map_or(first, Day::first_of_month))
}

fn asked_of(tx: &mut Tx<'_>, visit: &Visit, rule: &Rule) -> Result<Markup, Stop> {
    let every = match rule.meets_every.as_deref() {
        Some("month") => "sittings-every-month",
        Some("quarter") => "sittings-every-quarter",
        _ => return Ok(html! { p { (visit.say("sittings-every-unknown")) } }),
    };
    let source = cited(tx, visit, rule.source.as_ref())?;
    Ok(html! { p { (visit.say(every)) " " span.small { (source) } } })
}

fn how_long(visit: &Visit, last: Option<&Sitting>, today: Day) -> Markup {
    html! {
        @match last {
            None => p { (visit.say("sittings-none-known")) },
            Some(last) => {
                p {
                    @let months = months_between(last.on, today);
                    (visit.say_with("sittings-since-last", &[("months", months.into())]))
                    " (" (day(visit, last.on)) ")"
                }
            }
        }
    }
}

/// A month as both languages write it in figures.
fn month_text(first: Day) -> String {
    first.strftime("%m/%Y").to_string()
}

/// The twelve months as a drawing, with the same in words beside it.
fn strip(visit: &Visit, months: &[Month]) -> Markup {
    let of = |held: Held| months.iter().filter(move |month| month.held == held);
    let heading = visit.say("sittings-strip");
    let words = |held: Held| {
        let names: Vec<String> = of(held).map(|month| month_text(month.first)).collect();
        let label = visit.say(&format!("sittings-month-{}", held.as_str()));
        (label, names)
    };
    html! {
        figure.drawing {
            @let width = 26 * months.len();
            svg viewBox={ "0 0 " (width) " 26" } width=(width) height="26" role="img" {
                title { (heading) }
                desc { (visit.say("sittings-strip-text")) }
                @for (i, month) in months.iter().enumerate() { (cell(26 * i, month.held)) }
            }
            figcaption { (heading) }
        }
        ul {
            @for (label, names) in Held::ALL.into_iter().map(words).filter(|(_, names)| !names.is_empty()) {
                li {
                    strong { (label) }
                    " (" (visit.say_with("sittings-months", &[("count", names.len().into())])) ") "
                    span.mute { (names.join(", ")) }
                }
            }
        }
    }
}

/// One month of the strip: shape and sign as well as colour.
fn cell(x: usize, held: Held) -> Markup {
    let (colour, class, sign, dashes) = match held {
        Held::Shown => (COLOURS[2], "c2", "✓", None),
        Held::Said => (COLOURS[6], "c6", "?", None),
        Held::NotHeld => (COLOURS[1], "c1", "×", None),
        Held::Unknown => (COLOURS[7], "c7", "…", Some("2 3")),
        Held::Before => (COLOURS[7], "c7", "", Some("1 5")),
    };
    let full = held == Held::Shown;
    html! {
        g class=(class) color=(colour) {
            rect x=(x + 2) y="2" width="22" height="22" fill=(if full { "currentColor" } else { "none" })
                stroke="currentColor" stroke-width="2" stroke-dasharray=[dashes] {}
            @if full {
                text.on x=(x + 13) y="18" text-anchor="middle" font-size="14" color="#ffffff"
                    fill="currentColor" { (sign) }
            } @else {
                text x=(x + 13) y="18" text-anchor="middle" fill="currentColor" font-size="14" { (sign) }
            }
        }
    }
}

/// Why there was no sitting, where it was said.
fn reasons(tx: &mut Tx<'_>, visit: &Visit, missed: &[Missed]) -> Result<Markup, Stop> {
    let mut lines = Vec::with_capacity(missed.len());
    for missed in missed {
        let source = cited(tx, visit, missed.source.as_ref())?;
        lines.push(html! {
            li {
                (month_text(missed.from)) " — "
                @match &missed.reason {
                    None => span.mute { (visit.say("sittings-reason-unknown")) },
                    Some(None) => (Gone::of(tx, visit, missed.entry)?.told(visit)),
                    Some(Some(reason)) => (reason),
                }
                " " span.small.mute {
                    @if missed.source.is_some() { (source) " · " }
                    a href=(visit.link(&format!("/registre/{}", missed.entry))) {
                        (visit.say_with("sittings-entry", &[("index", missed.entry.into())]))
                    }
                }
            }
        });
    }
    Ok(html! {
        @if !lines.is_empty() {
            h3 { (visit.say("sittings-missed")) }
            ul { @for line in &lines { (line) } }
        }
    })
}

fn last_sittings(visit: &Visit, sittings: &[Sitting]) -> Markup {
    html! {
        @if !sittings.is_empty() {
            h3 { (visit.say("sittings-last")) }
            ul { @for sitting in sittings { li { (line(visit, sitting)) } } }
        }
    }
}

fn line(visit: &Visit, sitting: &Sitting) -> Markup {
    html! {
        a href=(visit.link(&format!("/reunions/{}", sitting.id))) { (title(visit, sitting)) }
        @match &sitting.subject {
            Some(Some(subject)) => { " — " (subject) }
            Some(None) => { " — " span.mute { (visit.say("sittings-subject-withdrawn")) } }
            None => {}
        }
        @if sitting.evidence.is_empty() { " " span.badge.unverified { (visit.say("sittings-no-evidence")) } }
    }
}

fn doors(visit: &Visit, body: &BodyId) -> Markup {
    html! {
        p.screen {
            a href=(visit.link(&format!("/instances/{body}/reunions/nouvelle"))) {
                (visit.say("sittings-record"))
            }
            " · "
            a href=(visit.link(&format!("/instances/{body}/reunions/non-tenue"))) {
                (visit.say("sittings-record-missed"))
            }
        }
    }
}

pub(crate) fn place_panel(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Ok(place) = PlaceId::parse(id) else { return Ok(None) };
    let last = tables::list(tx, &Filter { place: Some(place), ..Filter::default() }, SHOWN)?;
    if last.is_empty() {
        return Ok(None);
    }
    let mut named = Vec::with_capacity(last.len());
    for sitting in &last {
        named.push((sitting, body_name(tx, visit, &sitting.body)?));
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("sittings-title")) }
            ul {
                @for (sitting, (body, exercise)) in &named {
                    li {
                        (body) ": " (line(visit, sitting))
                        @if *exercise { " " span.badge.exercise { (visit.say("sittings-exercise")) } }
                    }
                }
            }
            p { a href=(visit.link(&format!("/reunions?lieu={id}"))) { (visit.say("sittings-all-here")) } }
        }
    }))
}

pub(crate) fn desk_panel(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let Some(standing) = visit.standing() else { return Ok(None) };
    let mut bodies = Vec::new();
    for body in standing.bodies(&[Role::Secretary]) {
        let (name, _) = body_name(tx, visit, &body)?;
        bodies.push((body, name));
    }
    if bodies.is_empty() {
        return Ok(None);
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("sittings-title")) }
            @for (body, name) in &bodies {
                h3 { (name) }
                (doors(visit, body))
            }
        }
    }))
}
