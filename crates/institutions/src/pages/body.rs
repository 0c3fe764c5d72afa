//! The page of a body or office: what the text provides, what is known of it, who sits.

use std::collections::BTreeMap;

use axum::extract::Path;
use record::Tx;
use terms::Precision;
use terms::access::Role;
use web::{Format, Markup, Outcome, Page, Shown, Spot, Stop, Visit, day, html, time_range};

use super::seating::{LISTING, SeatRow, Tally, picture, sitter};
use super::{cite, colon, held_during, label, mark_badge, named, named_or, pair, reason, section, when};
use crate::compared::since;
use crate::seats::{Holding, Interrupted, Template, seats_on};
use crate::tables::{self, Body, Composition, Elsewhere, Required, Taken};

/// Seats that the page of one office or organisation lists.
const ELSEWHERE_MAX: usize = 40;

/// Everything that is known of the seats of a body.
struct Seating {
    templates: Vec<Template>,
    holdings: Vec<Holding>,
    interruptions: Vec<Interrupted>,
    /// Who came in the twelve months up to the day.
    taken: Taken,
}

impl Seating {
    fn of(tx: &mut Tx<'_>, visit: &Visit, body: &Body) -> Result<Self, Stop> {
        let day = visit.day_shown();
        Ok(Self {
            templates: tables::templates(tx, &body.kind)?,
            holdings: tables::holdings(tx, body.id.as_str())?,
            interruptions: tables::interruptions(tx, body.id.as_str())?,
            taken: tables::attended(tx, &body.id, since(day), day)?,
        })
    }
}

/// The visitor may write of this body: a steward, or its secretary.
pub(super) fn may_write(visit: &Visit, body: &terms::BodyId) -> bool {
    visit.standing().is_some_and(|s| s.is_steward() || s.acts_for_body(body, &[Role::Secretary]))
}

pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.page(move |tx, visit| shown(tx, visit, &id)).await
}

/// The seats of a body as a list of their own: page, CSV, JSON.
pub(super) async fn seats(visit: Visit, Path(id): Path<String>) -> Outcome {
    if visit.format() == Format::Html {
        return visit.page(move |tx, visit| seats_page(tx, visit, &id)).await;
    }
    let rows = visit.ask(move |tx, visit| {
        let body = tables::body(tx, &id)?.ok_or(Stop::NotFound)?;
        rows(tx, visit, &body)
    });
    Ok(LISTING.data(&visit, &rows.await?))
}

fn rows(tx: &mut Tx<'_>, visit: &Visit, body: &Body) -> Result<Shown<SeatRow>, Stop> {
    let seating = Seating::of(tx, visit, body)?;
    let seats = seats_on(&seating.templates, &seating.holdings, &seating.interruptions, visit.day_shown());
    let page = visit.format() == Format::Html;
    let taken = &seating.taken;
    Ok(Shown::all(if page {
        SeatRow::alike(&seats, taken)
    } else {
        seats.iter().map(|seat| SeatRow::of(seat, taken)).collect()
    }))
}

fn seats_page(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let body = tables::body(tx, id)?.ok_or(Stop::NotFound)?;
    let title = visit.say_with("institutions-seats-of", &[("body", named(visit, &body.name).into())]);
    let rows = rows(tx, visit, &body)?;
    let markup = html! {
        h1 { (title) }
        (LISTING.table(visit, &rows, &visit.say("institutions-seats-caption")))
    };
    Ok(Page::new(title, markup)
        .under(visit.say("institutions-title"), "/instances")
        .under(named(visit, &body.name).to_owned(), &format!("/instances/{id}"))
        .also_as(&[Format::Csv, Format::Json])
        .exercise(body.exercise)
        .of_entry(body.entry))
}

fn shown(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let on = visit.day_shown();
    let mut body = tables::body(tx, id)?.ok_or(Stop::NotFound)?;
    body.installed = body.installed.filter(|installed| installed.on <= on);
    let seating = Seating::of(tx, visit, &body)?;
    let gone = names_gone(tx, visit, &seating)?;
    let required = tables::required(tx, &body.kind, on)?;
    let compositions = tables::compositions(tx, id, on)?;
    let elsewhere = tables::held_by(tx, "body", id, on, ELSEWHERE_MAX)?;
    let panels = visit.panels(tx, Spot::Body, id)?;
    let name = named(visit, &body.name).to_owned();
    let markup = html! {
        h1 { (name) }
        (facts(visit, &body, required.as_ref()))
        (acts(visit, &body))
        (seats_section(visit, &body, &seating))
        (gone)
        (section(
            &visit.say("institutions-compositions"),
            compositions.is_empty(),
            &stated(visit, &compositions),
        ))
        (section(&visit.say("institutions-sits-in"), elsewhere.is_empty(), &sits_in(visit, &elsewhere)))
        (panels)
    };
    Ok(Page::new(name, markup)
        .under(visit.say("institutions-title"), "/instances")
        .exercise(body.exercise)
        .of_entry(body.entry))
}

fn facts(visit: &Visit, body: &Body, required: Option<&Required>) -> Markup {
    let kind = named_or(visit, body.kind_name.as_ref(), &body.kind);
    html! {
        dl.pairs {
            (pair(&visit.say("institutions-column-kind"), &html! {
                a href=(visit.link(&format!("/instances?sorte={}", body.kind))) { (kind) }
                @if let Some(function) = &body.function {
                    " · " (label(visit, &format!("institutions-function-{function}"), function))
                }
                @if let Some(level) = &body.level_name { " · " (named(visit, level)) }
            }))
            @if let Some((place, name)) = &body.place {
                (pair(&visit.say("institutions-column-place"), &html! {
                    a href=(visit.link(&format!("/lieux/{place}"))) {
                        (name.as_deref().unwrap_or(place.as_str()))
                    }
                }))
            }
            @if body.from.is_some() || body.to.is_some() {
                (pair(&visit.say("institutions-exists"), &time_range(visit, body.from, body.to)))
            }
            (pair(&visit.say("institutions-ground"), &cite(visit, body.source.as_ref())))
            @if let Some(required) = required {
                (pair(&visit.say("institutions-required"), &html! {
                    (visit.say_with("institutions-required-count", &[("count", required.count.into())])) " — "
                    (cite(visit, required.source.as_ref()))
                }))
            }
            @if let Some(every) = &body.meets_every {
                (pair(&visit.say("institutions-meets"), &html! {
                    (label(visit, &format!("institutions-every-{every}"), every))
                }))
            }
            (pair(&visit.say("institutions-column-installed"), &installed(visit, body)))
            @if let Some(note) = &body.note { (pair(&visit.say("institutions-note"), &html! { (note) })) }
        }
    }
}

fn installed(visit: &Visit, body: &Body) -> Markup {
    html! {
        @match &body.installed {
            Some(i) => {
                time datetime=(i.on.to_string()) { (when(visit, i.on, i.precision)) }
                " — " (cite(visit, i.source.as_ref()))
                @if let Some(note) = &i.note { br; span.small { (note) } }
            }
            None => { span.mute { (visit.say("institutions-installed-unknown")) } }
        }
    }
}

fn acts(visit: &Visit, body: &Body) -> Markup {
    html! {
        @if may_write(visit, &body.id) {
            p.screen {
                @for (i, (path, key)) in [
                    ("installer", "institutions-act-install"),
                    ("pourvoir", "institutions-act-fill"),
                    ("depart", "institutions-act-end"),
                    ("vacance", "institutions-act-interrupt"),
                    ("presences", "institutions-attendance"),
                ].into_iter().enumerate() {
                    @if i > 0 { " · " }
                    a href=(visit.link(&format!("/instances/{}/{path}", body.id))) { (visit.say(key)) }
                }
            }
        }
    }
}

fn seats_section(visit: &Visit, body: &Body, seating: &Seating) -> Markup {
    let on = visit.day_shown();
    let seats = seats_on(&seating.templates, &seating.holdings, &seating.interruptions, on);
    let tally = Tally::of(&seats);
    let rows = Shown::all(SeatRow::alike(&seats, &seating.taken));
    let past: Vec<&Holding> =
        seating.holdings.iter().rev().filter(|h| h.to.is_some_and(|to| to <= on)).collect();
    // An office has no seats of its own; only a body that meets is told to lack them.
    let meets = body.function.as_deref() != Some("authority");
    html! {
        @if !seats.is_empty() || !past.is_empty() || meets {
            section {
                h2 { (visit.say("institutions-seats")) }
                @if !seats.is_empty() {
                    p { (tally.sentence(visit)) }
                    @if tally.uncounted > 0 {
                        @let count = [("count", tally.uncounted.into())];
                        p.small { (visit.say_with("institutions-uncounted", &count)) }
                    }
                    (picture(visit, body, &seats))
                }
                @let caption = visit.say("institutions-seats-caption");
                div.scroll tabindex="0" role="region" aria-label=(caption) {
                    (LISTING.table(visit, &rows, &caption))
                }
                @if !seats.is_empty() {
                    p.small.screen {
                        @for suffix in ["csv", "json"] {
                            a href=(visit.link(&format!("/instances/{}/sieges.{suffix}", body.id))) {
                                (suffix.to_uppercase())
                            }
                            " "
                        }
                    }
                    (super::compared::of_body(visit, body.id.as_str(), &seats, &seating.taken))
                    (texts(visit, &seating.templates))
                }
                (former(visit, seating, &past))
            }
        }
    }
}

/// The texts that give the seats, each with the seats it gives.
fn texts(visit: &Visit, templates: &[Template]) -> Markup {
    let mut by_text: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for template in templates {
        let key = (&template.text, &template.article, &template.address, template.confidence.as_str());
        by_text.entry(key).or_default().push(named(visit, &template.name));
    }
    let mark = |word: &str| terms::Mark::parse(word);
    html! {
        section {
            h3 { (visit.say("institutions-texts")) }
            ul {
                @for ((text, article, address, confidence), seats) in by_text {
                    li {
                        @match text {
                            Some(text) => { (text) }
                            None => { span.mute { (visit.say("institutions-text-unknown")) } }
                        }
                        @if let Some(article) = article { ", " (article) }
                        (mark_badge(visit, mark(confidence)))
                        @if let Some(address) = address { br; span.small { (address) } }
                        br; span.small { (seats.join(" ; ")) }
                    }
                }
            }
        }
    }
}

/// Of which seats a name was withdrawn, when, why and by whose order.
fn names_gone(tx: &mut Tx<'_>, visit: &Visit, seating: &Seating) -> Result<Markup, Stop> {
    let mut lines = Vec::new();
    for holding in seating.holdings.iter().filter(|holding| holding.is_name_gone()) {
        let template = seating.templates.iter().find(|template| template.code == holding.seat);
        let seat = named_or(visit, template.map(|template| &template.name), holding.seat.as_str()).to_owned();
        lines.push((seat, web::Gone::of(tx, visit, holding.entry)?));
    }
    let keeper = visit.standing().is_some_and(web::Standing::is_steward);
    let named: Vec<u64> = seating
        .holdings
        .iter()
        .filter(|holding| keeper && holding.is_named())
        .map(|holding| holding.entry)
        .collect();
    Ok(html! {
        @if !lines.is_empty() {
            h3 { (visit.say("institutions-names-gone")) }
            ul { @for (seat, gone) in &lines { li { (seat) " — " (gone.told(visit)) } } }
        }
        @for entry in named { (web::pieces_link(visit, entry)) }
    })
}

fn former(visit: &Visit, seating: &Seating, past: &[&Holding]) -> Markup {
    let seat_name = |holding: &Holding| {
        let template = seating.templates.iter().find(|template| template.code == holding.seat);
        named_or(visit, template.map(|template| &template.name), holding.seat.as_str())
    };
    html! {
        @if !past.is_empty() {
            details {
                summary { (visit.say_with("institutions-former", &[("count", past.len().into())])) }
                table.cards {
                    thead { tr {
                        th scope="col" { (visit.say("institutions-column-seat")) }
                        th scope="col" { (visit.say("institutions-column-holder")) }
                        th scope="col" { (visit.say("institutions-column-time")) }
                        th scope="col" { (visit.say("institutions-column-reason")) }
                        th scope="col" { (visit.say("institutions-column-source")) }
                    } }
                    tbody { @for holding in past { tr {
                        td { (seat_name(holding)) }
                        td data-label=(visit.say("institutions-column-holder")) {
                            @match sitter(visit, &holding.sitter) {
                                (text, Some(path)) => { a href=(visit.link(&path)) { (text) } }
                                (text, None) => { (text) }
                            }
                        }
                        td data-label=(visit.say("institutions-column-time")) {
                            (held_during(visit, holding))
                        }
                        td data-label=(visit.say("institutions-column-reason")) {
                            @match &holding.reason {
                                Some(word) => { (reason(visit, word)) }
                                None => { span.mute { "—" } }
                            }
                        }
                        td data-label=(visit.say("institutions-column-source")) {
                            (cite(visit, holding.source.as_ref()))
                        }
                    } } }
                }
            }
        }
    }
}

fn stated(visit: &Visit, compositions: &[Composition]) -> Markup {
    let figure = |number: Option<i64>, key: &'static str| match number {
        Some(number) => visit.say_with(key, &[("count", number.into())]),
        None => visit.say_with("institutions-not-said", &[("what", visit.say("institutions-women").into())]),
    };
    html! {
        ul {
            @for c in compositions {
                li {
                    (day(visit, c.on)) (colon(visit))
                    (visit.say_with("institutions-members", &[("count", c.members.into())])) ", "
                    (figure(c.women, "institutions-women-count"))
                    @if let Some(youth) = c.youth {
                        ", " (visit.say_with("institutions-youth-count", &[("count", youth.into())]))
                    }
                    " — " (cite(visit, c.source.as_ref()))
                    @if let Some(note) = &c.note { br; span.small { (note) } }
                }
            }
        }
    }
}

fn sits_in(visit: &Visit, elsewhere: &[Elsewhere]) -> Markup {
    html! {
        ul {
            @for held in elsewhere {
                li {
                    a href=(visit.link(&format!("/instances/{}", held.body))) {
                        (named_or(visit, held.body_name.as_ref(), held.body.as_str()))
                    }
                    " — " (named_or(visit, held.seat_name.as_ref(), held.seat.as_str()))
                    @match held.from {
                        Some((from, Precision::Day)) => { ", " (visit.say("time-since")) " " (day(visit, from)) }
                        Some((from, precision)) => {
                            ", " (visit.say_with(
                                "institutions-held-from", &[("day", when(visit, from, precision).into())]
                            ))
                        }
                        None => {}
                    }
                    @if held.exercise { " " span.badge.exercise { (visit.say("institutions-exercise")) } }
                }
            }
        }
    }
}

/// The seats an organisation holds, on its page.
pub(crate) fn organisation_panel(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let held = tables::held_by(tx, "organisation", id, visit.day_shown(), ELSEWHERE_MAX)?;
    let content = sits_in(visit, &held);
    Ok((!held.is_empty()).then(|| section(&visit.say("institutions-sits-in"), false, &content)))
}
