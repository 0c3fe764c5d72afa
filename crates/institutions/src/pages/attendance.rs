//! Who came, seat by seat: the sittings of a body, the form, and what hangs on a sitting's page.

use axum::extract::Path;
use record::Tx;
use terms::sittings::{AttendanceTaken, Presence, SeatPresence};
use terms::{BodyId, SeatCode, SittingId, Word};
use web::{Fields, Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, day, html, source_of};

use super::body::may_write;
use super::forms::{decided, writable};
use super::seating::sitter;
use super::sheets::{self, source_field};
use super::{colon, named};
use crate::acts;
use crate::seats::{Holding, Interrupted, Seat, Stands, Template, seats_on};
use crate::tables::{self, Body, Sat};

/// Sittings that the list shows.
const SITTINGS_MAX: usize = 60;

pub(super) async fn list(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.page(move |tx, visit| list_page(tx, visit, &id)).await
}

fn list_page(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let body = tables::body(tx, id)?.ok_or(Stop::NotFound)?;
    let sittings = tables::sittings(tx, &body.id, visit.day_shown(), SITTINGS_MAX)?;
    let writes = may_write(visit, &body.id);
    let title = visit.say("institutions-attendance");
    let markup = html! {
        h1 { (title) }
        p.lead { (named(visit, &body.name)) }
        p { (visit.say("institutions-attendance-lead")) }
        @if sittings.is_empty() { p.mute { (visit.say("institutions-attendance-no-sitting")) } }
        ul {
            @for sat in &sittings { li {
                a href=(visit.link(&format!("/reunions/{}", sat.id))) { (day(visit, sat.on)) }
                (colon(visit))
                @if sat.taken.is_some() { (visit.say("institutions-attendance-taken")) }
                @else { span.mute { (visit.say("institutions-attendance-not-taken")) } }
                @if writes {
                    " — "
                    a href=(visit.link(&format!("/instances/{}/presences/{}", body.id, sat.id))) {
                        (visit.say(if sat.taken.is_some() {
                            "institutions-attendance-again"
                        } else {
                            "institutions-attendance-take"
                        }))
                    }
                }
            } }
        }
    };
    Ok(Page::new(title, markup)
        .under(visit.say("institutions-title"), "/instances")
        .under(named(visit, &body.name).to_owned(), &format!("/instances/{}", body.id))
        .exercise(body.exercise))
}

/// The body's seats as they stood when it sat.
struct Then {
    templates: Vec<Template>,
    holdings: Vec<Holding>,
    interruptions: Vec<Interrupted>,
}

impl Then {
    fn of(tx: &mut Tx<'_>, body: &Body) -> Result<Self, Stop> {
        Ok(Self {
            templates: tables::templates(tx, &body.kind)?,
            holdings: tables::holdings(tx, body.id.as_str())?,
            interruptions: tables::interruptions(tx, body.id.as_str())?,
        })
    }

    fn seats(&self, on: terms::Day) -> Vec<Seat<'_>> {
        seats_on(&self.templates, &self.holdings, &self.interruptions, on)
    }
}

/// The name of the field that says how the seat stood.
fn field(seat: &SeatCode, ordinal: u16) -> String {
    format!("presence-{seat}-{ordinal}")
}

pub(super) async fn form(visit: Visit, Path((id, sitting)): Path<(String, String)>) -> Outcome {
    writable(&visit, &id)?;
    visit
        .page(move |tx, visit| {
            let found = BodyId::parse(&id).map(|body| tables::sat(tx, &body, &sitting));
            let sat = found.map_err(|_| Stop::NotFound)??.ok_or(Stop::NotFound)?;
            // What is known already stands in the form: stating again replaces it.
            let known = tables::presences_at(tx, &sat.id)?;
            let fields: Vec<(String, &str)> =
                known.iter().map(|one| (field(&one.seat, one.ordinal), one.presence.as_str())).collect();
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
            sheet(tx, visit, &format!("{id}/{sitting}"), &Form::of(&fields), &Refusals::default())
        })
        .await
}

fn sheet(tx: &mut Tx<'_>, visit: &Visit, of: &str, form: &Form, refusals: &Refusals) -> Result<Page, Stop> {
    let (id, sitting) = of.split_once('/').ok_or(Stop::NotFound)?;
    let body = tables::body(tx, id)?.ok_or(Stop::NotFound)?;
    let sat = tables::sat(tx, &body.id, sitting)?.ok_or(Stop::NotFound)?;
    let then = Then::of(tx, &body)?;
    let fields = Fields { visit, form, refusals };
    let markup = html! {
        p { (visit.say_with("institutions-attendance-form", &[("day", visit.day_text(sat.on).into())])) }
        @if let Some(present) = sat.present {
            p.small { (visit.say_with("institutions-attendance-present", &[("count", present.into())])) }
        }
        fieldset id="presence" {
            legend { (visit.say("institutions-attendance-seats")) }
            @for seat in then.seats(sat.on) { (seat_field(visit, form, refusals, &seat)) }
        }
        (source_field(&fields, tx)?)
    };
    let action = format!("/instances/{id}/presences/{sitting}");
    Ok(sheets::page(&fields, Some(&body), &action, "institutions-attendance-take", &markup))
}

fn seat_field(visit: &Visit, form: &Form, refusals: &Refusals, seat: &Seat<'_>) -> Markup {
    let name = field(&seat.template.code, seat.ordinal);
    let label = seat_label(visit, seat);
    let choices: Vec<(String, String)> = Presence::ALL
        .map(|one| (one.as_str().to_owned(), visit.say(&format!("institutions-presence-{}", one.as_str()))))
        .to_vec();
    visit.choice_field(&Input { narrows: false, ..Input::new(&name, label) }, &choices, form, refusals)
}

fn seat_label(visit: &Visit, seat: &Seat<'_>) -> String {
    let name = named(visit, &seat.template.name);
    let place = if seat.ordinal > 1 || seat.template.count != Some(1) {
        format!("{name} ({})", seat.ordinal)
    } else {
        name.to_owned()
    };
    match seat.stands {
        Stands::Held(holding) => format!("{place} — {}", sitter(visit, &holding.sitter).0),
        _ => place,
    }
}

pub(super) async fn take(visit: Visit, Path((id, sitting)): Path<(String, String)>, form: Form) -> Outcome {
    let (_, behalf) = writable(&visit, &id)?;
    let (sent, of, at) = (form.clone(), id.clone(), sitting.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let body = tables::body(desk.tx(), &of)?.ok_or(Stop::NotFound)?;
            let sat = tables::sat(desk.tx(), &body.id, &at)?.ok_or(Stop::NotFound)?;
            let then = Then::of(desk.tx(), &body)?;
            let seats: Vec<(SeatCode, u16)> =
                then.seats(sat.on).iter().map(|seat| (seat.template.code.clone(), seat.ordinal)).collect();
            let mut refusals = Refusals::default();
            let asked = AttendanceTaken {
                sitting: SittingId::parse(&at).map_err(|_| Stop::NotFound)?,
                body: body.id.clone(),
                on: sat.on,
                seats: said(&seats, &sent, &mut refusals),
                source: source_of(desk.tx(), &sent, &mut refusals)?,
            };
            let decision = acts::attend(Some(sat.present), &seats, asked);
            let words = decided(decision, &mut refusals, |taken| vec![Word::AttendanceTaken(taken)]);
            refusals.or(())?;
            for word in words {
                visit.append(desk, behalf.clone(), word)?;
            }
            Ok(format!("/instances/{}", body.id))
        })
        .await;
    visit.after(format!("{id}/{sitting}"), form, sealed, sheet).await
}

/// What the form says of each seat; a word that is none of the list is refused.
fn said(seats: &[(SeatCode, u16)], form: &Form, refusals: &mut Refusals) -> Vec<SeatPresence> {
    let mut said = Vec::new();
    for (seat, ordinal) in seats {
        let name = field(seat, *ordinal);
        let Some(word) = form.optional(&name) else { continue };
        match Presence::parse(word) {
            Some(presence) => said.push(SeatPresence { seat: seat.clone(), ordinal: *ordinal, presence }),
            None => refusals.add(&name, "form-required"),
        }
    }
    said
}

/// Who came, on the page of a sitting.
pub(crate) fn sitting_panel(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Some((body, sat)) = sitting_of(tx, id)? else { return Ok(None) };
    let writes = may_write(visit, &body.id);
    if sat.taken.is_none() && !writes {
        return Ok(None);
    }
    let then = Then::of(tx, &body)?;
    let known = tables::presences_at(tx, &sat.id)?;
    let seats = then.seats(sat.on);
    let lines: Vec<(String, Presence)> = known
        .iter()
        .map(|one| {
            let seat =
                seats.iter().find(|seat| seat.template.code == one.seat && seat.ordinal == one.ordinal);
            (seat.map_or_else(|| one.seat.to_string(), |seat| seat_label(visit, seat)), one.presence)
        })
        .collect();
    let there = known.iter().filter(|one| one.presence.is_there()).count();
    let counts = [("there", there.into()), ("said", known.len().into()), ("seats", seats.len().into())];
    Ok(Some(html! {
        section {
            h2 { (visit.say("institutions-attendance")) }
            @if sat.taken.is_some() {
                p { (visit.say_with("institutions-attendance-counts", &counts)) }
                ul { @for (label, presence) in &lines {
                    li {
                        (label) (colon(visit))
                        (visit.say(&format!("institutions-presence-{}", presence.as_str())))
                    }
                } }
            } @else {
                p.mute { (visit.say("institutions-attendance-not-taken")) }
            }
            @if let Some(entry) = sat.taken {
                p.small { a href=(visit.link(&format!("/registre/{entry}"))) {
                    (visit.say("institutions-attendance-entry"))
                } }
            }
            @if writes {
                p.screen { a href=(visit.link(&format!("/instances/{}/presences/{}", body.id, sat.id))) {
                    (visit.say(if sat.taken.is_some() {
                        "institutions-attendance-again"
                    } else {
                        "institutions-attendance-take"
                    }))
                } }
            }
        }
    }))
}

/// The sitting of this id and the body that sat.
fn sitting_of(tx: &mut Tx<'_>, id: &str) -> Result<Option<(Body, Sat)>, Stop> {
    let Some(of) = tables::body_of_sitting(tx, id)? else { return Ok(None) };
    let Some(body) = tables::body(tx, of.as_str())? else { return Ok(None) };
    let sat = tables::sat(tx, &body.id, id)?;
    Ok(sat.map(|sat| (body, sat)))
}
