//! The forms of stewards, and of a body's secretary for its own body.

use axum::extract::Path;
use record::directory::Kind;
use record::{Desk, Tx};
use terms::access::Role;
use terms::institutions::{Holder, Interruption, SeatInterrupted, SeatLeft, Sex};
use terms::{Behalf, Bilingual, BodyId, OccupancyId, OrganisationId, PlaceId, Precision, SeatCode, Word};
use web::{Form, FormPage, Markup, Outcome, Refusals, Stop, Visit, html, one_named, source_of};

use super::named;
use super::sheets::{end_page, establish_page, fill_page, install_page, interrupt_page};
use crate::acts::{self, BodyFacts, Establishing, Filling, Ground, Installing, Refusal, SeatFacts};
use crate::seats::Template;
use crate::tables::{self, Body};

/// Characters of a note, and of a name.
const NOTE_MAX: usize = 2_000;
const NAME_MAX: usize = 200;

/// An act of one of the forms: every word to be written, or everything there is to mend.
type Act = fn(&mut Desk<'_>, &Visit, &Body, &Form, &mut Refusals) -> Result<Vec<Word>, Stop>;

pub(super) async fn establish_form(visit: Visit) -> Outcome {
    behalf(&visit, None)?;
    let begun = asked(&visit);
    visit.begun(String::new(), begun, establish_page).await
}

pub(super) async fn install_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, install_page).await
}

pub(super) async fn fill_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, fill_page).await
}

pub(super) async fn end_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, end_page).await
}

pub(super) async fn interrupt_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, interrupt_page).await
}

pub(super) async fn install(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    acted(visit, id, form, install_act, install_page).await
}

pub(super) async fn fill(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    acted(visit, id, form, fill_act, fill_page).await
}

pub(super) async fn end(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    acted(visit, id, form, end_act, end_page).await
}

pub(super) async fn interrupt(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    acted(visit, id, form, interrupt_act, interrupt_page).await
}

/// On whose behalf the visitor may write: the instance's; or the body's, for its secretary.
fn behalf(visit: &Visit, body: Option<&BodyId>) -> Result<Behalf, Stop> {
    let standing = visit.signed_in()?;
    match body {
        _ if standing.is_steward() => Ok(Behalf::Instance),
        Some(body) if standing.acts_for_body(body, &[Role::Secretary]) => {
            Ok(Behalf::Body { body: body.clone() })
        }
        _ => Err(Stop::NoStanding),
    }
}

pub(super) fn writable(visit: &Visit, id: &str) -> Result<(BodyId, Behalf), Stop> {
    let body = BodyId::parse(id).map_err(|_| Stop::NotFound)?;
    let behalf = behalf(visit, Some(&body))?;
    Ok((body, behalf))
}

/// A fresh form begins with what its address asks: the seat that was clicked.
fn asked(visit: &Visit) -> Form {
    let fields = ["siege", "rang", "titulaire", "sorte", "lieu"];
    let given: Vec<(&str, &str)> =
        fields.into_iter().filter_map(|field| Some((field, visit.asked(field)?))).collect();
    Form::of(&given)
}

async fn shown(visit: Visit, id: String, form: FormPage) -> Outcome {
    writable(&visit, &id)?;
    let begun = asked(&visit);
    visit.begun(id, begun, form).await
}

async fn acted(visit: Visit, id: String, form: Form, act: Act, page: FormPage) -> Outcome {
    let (_, behalf) = writable(&visit, &id)?;
    let (sent, of) = (form.clone(), id.clone());
    let sealed = visit.seal(move |desk, visit| {
        let body = tables::body(desk.tx(), &of)?.ok_or(Stop::NotFound)?;
        let mut refusals = Refusals::default();
        let words = act(desk, visit, &body, &sent, &mut refusals)?;
        refusals.or(())?;
        for word in words {
            visit.append(desk, behalf.clone(), word)?;
        }
        Ok(format!("/instances/{}", body.id))
    });
    visit.after(id, form, sealed.await, page).await
}

/// The words decided; or none, and what acts refused is added to what the form did.
pub(super) fn decided<T>(
    decision: Result<T, Vec<Refusal>>,
    refusals: &mut Refusals,
    words: impl FnOnce(T) -> Vec<Word>,
) -> Vec<Word> {
    match decision {
        Ok(good) => words(good),
        Err(more) => {
            refusals.0.extend(more.into_iter().map(Into::into));
            Vec::new()
        }
    }
}

fn body_facts(body: &Body) -> BodyFacts {
    BodyFacts {
        id: body.id.clone(),
        from: body.from,
        to: body.to,
        installed: body.installed.as_ref().map(|i| (i.on, i.precision)),
    }
}

/// The seat a form names, as acts take it; `None` where texts give no such seat to the body's kind.
fn seat_facts(tx: &mut Tx<'_>, body: &Body, code: &str) -> Result<Option<(SeatCode, SeatFacts)>, Stop> {
    let templates = tables::templates(tx, &body.kind)?;
    let Some(template) = templates.into_iter().find(|template| template.code.as_str() == code) else {
        return Ok(None);
    };
    let holdings = tables::holdings(tx, body.id.as_str())?;
    let of_seat = holdings.into_iter().filter(|holding| holding.seat == template.code);
    let holdings = of_seat.map(|holding| (holding.ordinal, holding.from, holding.to)).collect();
    let Template { code, count, sex, since, .. } = template;
    Ok(Some((code, SeatFacts { count, sex, since, holdings })))
}

fn note(form: &Form, refusals: &mut Refusals) -> Option<String> {
    form.at_most("note", NOTE_MAX, refusals);
    form.optional("note").map(str::to_owned)
}

pub(super) async fn establish(visit: Visit, form: Form) -> Outcome {
    let behalf = behalf(&visit, None)?;
    let sent = form.clone();
    let sealed = visit.seal(move |desk, visit| {
        let mut refusals = Refusals::default();
        let (ground, asked) = establishing(desk.tx(), visit, &sent, &mut refusals)?;
        let id = asked.id.clone();
        let decision = acts::establish(&ground, asked, visit.today());
        let words = decided(decision, &mut refusals, |body| vec![Word::BodyEstablished(body)]);
        refusals.or(())?;
        for word in words {
            visit.append(desk, behalf.clone(), word)?;
        }
        Ok(format!("/instances/{id}"))
    });
    visit.after(String::new(), form, sealed.await, establish_page).await
}

fn establishing(
    tx: &mut Tx<'_>,
    visit: &Visit,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<(Ground, Establishing), Stop> {
    let name = form.required("nom", NAME_MAX, refusals);
    form.at_most("nom_en", NAME_MAX, refusals);
    let kind = form.required("sorte", 80, refusals);
    let place = match form.optional("lieu") {
        Some(_) => one_named(tx, Kind::Place, form, "lieu", refusals)?,
        None => None,
    };
    let taken = match &place {
        Some(place) => tables::taken(tx, &kind, place)?,
        None => false,
    };
    let level = match &place {
        Some(place) => tables::level_of(tx, place)?,
        None => None,
    };
    let ground = Ground {
        // An empty field is refused already; it is not also an unknown kind.
        kind_level: match tables::kind(tx, &kind)? {
            Some(known) => Some(known.level),
            None if kind.is_empty() => Some(None),
            None => None,
        },
        exercise: level.as_ref().is_some_and(|(_, exercise)| *exercise),
        place_level: level.map(|(level, _)| level),
        taken,
    };
    let id = format!("instance-{}", visit.fresh_id()?);
    let id = BodyId::parse(&id).map_err(|fault| Stop::Fault(record::Fault::Value(fault.to_string())))?;
    let establishing = Establishing {
        id,
        kind,
        name: Bilingual { fr: name, en: form.optional("nom_en").map(str::to_owned) },
        place: place.and_then(|place| PlaceId::parse(&place).ok()),
        from: form.day("jour", refusals),
        source: source_of(tx, form, refusals)?,
        note: note(form, refusals),
    };
    Ok((ground, establishing))
}

fn install_act(
    desk: &mut Desk<'_>,
    visit: &Visit,
    body: &Body,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Vec<Word>, Stop> {
    let on = form.required_day("jour", refusals);
    let precision = Precision::from_cell(form.text("precision"));
    if precision.is_none() {
        refusals.add("precision", "form-required");
    }
    let (source, note) = (source_of(desk.tx(), form, refusals)?, note(form, refusals));
    let Some((on, precision)) = on.zip(precision) else { return Ok(Vec::new()) };
    let asked = Installing { on, precision, source, note };
    let decision = acts::install(&body_facts(body), asked, visit.today());
    Ok(decided(decision, refusals, |installed| vec![Word::BodyInstalled(installed)]))
}

fn fill_act(
    desk: &mut Desk<'_>,
    visit: &Visit,
    body: &Body,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Vec<Word>, Stop> {
    let seat = seat_facts(desk.tx(), body, form.text("siege"))?;
    let ordinal = form.number("rang", refusals).unwrap_or(1);
    let (from, to) = (form.day("depuis", refusals), form.day("jusqu", refusals));
    let source = source_of(desk.tx(), form, refusals)?;
    let holder = holder(desk, form, refusals)?;
    let (Some(holder), Some(code)) = (holder, seat_code(seat.as_ref(), form, refusals)) else {
        return Ok(Vec::new());
    };
    let id = OccupancyId::parse(&visit.fresh_id()?);
    let id = id.map_err(|fault| Stop::Fault(record::Fault::Value(fault.to_string())))?;
    let asked = Filling {
        id,
        seat: code,
        ordinal,
        holder,
        sex: [Sex::Female, Sex::Male].into_iter().find(|sex| sex.as_str() == form.text("sexe")),
        youth: match form.text("jeune") {
            "oui" => Some(true),
            "non" => Some(false),
            _ => None,
        },
        from,
        to,
        reason: form.optional("motif").map(str::to_owned),
        source,
    };
    let seat = seat.map(|(_, facts)| facts);
    // The body's own secretary is a source of who sits in it; everybody else names one.
    let own = visit.standing().is_some_and(|standing| standing.acts_for_body(&body.id, &[Role::Secretary]));
    let decision = acts::fill(&body_facts(body), seat.as_ref(), asked, own, visit.today());
    Ok(decided(decision, refusals, |(filled, left)| {
        std::iter::once(Word::SeatFilled(filled)).chain(left.map(Word::SeatLeft)).collect()
    }))
}

/// The code of the seat a form names. One that is no seat is refused by the acts; one that spells nothing,
/// here.
fn seat_code(seat: Option<&(SeatCode, SeatFacts)>, form: &Form, refusals: &mut Refusals) -> Option<SeatCode> {
    let code = seat.map(|(code, _)| code.clone()).or_else(|| SeatCode::parse(form.text("siege")).ok());
    if code.is_none() {
        refusals.0.push(Refusal::SeatUnknown.into());
    }
    code
}

fn holder(desk: &mut Desk<'_>, form: &Form, refusals: &mut Refusals) -> Result<Option<Holder>, Stop> {
    let sort = form.text("titulaire_sorte");
    if sort == "unnamed" {
        return Ok(Some(Holder::Unnamed));
    }
    let name = form.required("titulaire", NAME_MAX, refusals);
    form.at_most("nom", NAME_MAX, refusals);
    if name.is_empty() {
        return Ok(None);
    }
    match sort {
        "person" => Ok(Some(Holder::Person { name: desk.enclose_text(&name)? })),
        "office" => {
            let body = one_named(desk.tx(), Kind::Body, form, "titulaire", refusals)?;
            Ok(body.and_then(|id| BodyId::parse(&id).ok()).map(|body| Holder::Office { body }))
        }
        "organisation" => {
            let found = one_named(desk.tx(), Kind::Organisation, form, "titulaire", refusals)?;
            let Some(organisation) = found.and_then(|id| OrganisationId::parse(&id).ok()) else {
                return Ok(None);
            };
            let name = form.optional("nom").map(|name| desk.enclose_text(name)).transpose()?;
            Ok(Some(Holder::Organisation { organisation, name }))
        }
        _ => {
            refusals.add("titulaire_sorte", "form-required");
            Ok(None)
        }
    }
}

fn end_act(
    desk: &mut Desk<'_>,
    visit: &Visit,
    body: &Body,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Vec<Word>, Stop> {
    let on = form.required_day("jour", refusals);
    let reason = form.required("motif", 40, refusals);
    let source = source_of(desk.tx(), form, refusals)?;
    let Ok(occupancy) = OccupancyId::parse(form.text("titulaire")) else {
        refusals.0.push(Refusal::HoldingUnknown.into());
        return Ok(Vec::new());
    };
    let Some(on) = on.filter(|_| !reason.is_empty()) else { return Ok(Vec::new()) };
    let holding = tables::holding(desk.tx(), body.id.as_str(), &occupancy)?;
    let facts = holding.map(|holding| (holding.from, holding.to));
    let decision =
        acts::end(facts, SeatLeft { occupancy, on, precision: None, reason, source }, visit.today());
    Ok(decided(decision, refusals, |left| vec![Word::SeatLeft(left)]))
}

fn interrupt_act(
    desk: &mut Desk<'_>,
    visit: &Visit,
    body: &Body,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Vec<Word>, Stop> {
    let seat = seat_facts(desk.tx(), body, form.text("siege"))?;
    let ordinal = form.number("rang", refusals);
    let (from, to) = (form.required_day("depuis", refusals), form.day("jusqu", refusals));
    let reason = form.required("motif", 40, refusals);
    let states = [Interruption::Vacant, Interruption::Suspended];
    let state = states.into_iter().find(|state| state.as_str() == form.text("etat"));
    if state.is_none() {
        refusals.add("etat", "form-required");
    }
    let (source, note) = (source_of(desk.tx(), form, refusals)?, note(form, refusals));
    let code = seat_code(seat.as_ref(), form, refusals);
    let (Some(code), Some(state), Some(from)) = (code, state, from) else { return Ok(Vec::new()) };
    if reason.is_empty() {
        return Ok(Vec::new());
    }
    let asked =
        SeatInterrupted { body: body.id.clone(), seat: code, ordinal, state, reason, from, to, source, note };
    let seat = seat.map(|(_, facts)| facts);
    let decision = acts::interrupt(&body_facts(body), seat.as_ref(), asked, visit.today());
    Ok(decided(decision, refusals, |word| vec![Word::SeatInterrupted(word)]))
}

/// What the signed-in person may do here, on their desk: a steward for all, a secretary for their bodies.
pub(crate) fn desk_panel(tx: &mut Tx<'_>, visit: &Visit, _: &str) -> Result<Option<Markup>, Stop> {
    let Some(standing) = visit.standing() else { return Ok(None) };
    let mut bodies = Vec::new();
    for id in standing.bodies(&[Role::Secretary]) {
        bodies.extend(tables::body(tx, id.as_str())?);
    }
    if bodies.is_empty() && !standing.is_steward() {
        return Ok(None);
    }
    Ok(Some(html! {
        section {
            h2 { (visit.say("institutions-nav")) }
            ul {
                @if standing.is_steward() {
                    li { a href=(visit.link("/instances/nouvelle")) { (visit.say("institutions-new")) } }
                    li { a href=(visit.link("/instances")) { (visit.say("institutions-title")) } }
                }
                @for body in &bodies {
                    li {
                        a href=(visit.link(&format!("/instances/{}", body.id))) { (named(visit, &body.name)) }
                        " — "
                        a href=(visit.link(&format!("/instances/{}/pourvoir", body.id))) {
                            (visit.say("institutions-act-fill"))
                        }
                    }
                }
            }
        }
    }))
}
