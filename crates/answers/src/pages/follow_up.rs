//! What was done: as the authority declares it, as civil society observes it, side by side and never added.

use axum::extract::Path;
use axum::http::StatusCode;
use record::{Desk, Tx};
use terms::answers::Progress;
use terms::{RecommendationId, Word};
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, day, html, quoted};

use super::cards::reminder_of_case;
use super::reply::{enclosed_file, enclosed_text, together};
use super::spoken::{Names, quotation, title};
use super::standing::{addressee_hand, observers};
use super::{At, Deed, exchange_path};
use crate::acts::{self, Sight};
use crate::case::Asked;
use crate::tables::{self, PointAsked, Told};

/// The page and act of a declaration.
pub(super) const DECLARE: Deed = Deed { show: declare_page, act: declare };

/// Characters a declaration or an observation may have.
const TEXT_MAX: usize = 5_000;

/// The two tracks of each point of which anything was said: the newest of each first, then what came before.
pub(super) fn tracks(
    tx: &mut Tx<'_>,
    visit: &Visit,
    names: &mut Names<'_>,
    points: &[PointAsked],
    told: &[Told],
) -> Result<Markup, Stop> {
    let mut rows = Vec::new();
    for line in told.iter().rev().filter(|line| matches!(line.kind.as_str(), "declared" | "observed")) {
        let by = match (&line.addressee, &line.other) {
            (Some(body), _) => names.body(tx, body.as_str())?,
            (None, Some(party)) => names.party(tx, party)?,
            (None, None) => String::new(),
        };
        rows.push((line, by));
    }
    if rows.is_empty() {
        return Ok(html! {});
    }
    let of = |number: u8, kind: &str| -> Vec<&(&Told, String)> {
        rows.iter().filter(|(line, _)| line.point == Some(number) && line.kind == kind).collect()
    };
    Ok(html! {
        h3 id="suite" { (visit.say("answers-follow-up")) }
        p.small { (visit.say("answers-follow-up-text")) }
        @for point in points {
            h4 { (visit.say_with("answers-point", &[("point", point.number.into())])) }
            (quoted(visit, point.text.as_deref()))
            div.tracks {
                div.declared {
                    p { strong { (visit.say("answers-declared")) } }
                    (track(visit, &of(point.number, "declared"), "answers-nothing-declared"))
                }
                div.observed {
                    p { strong { (visit.say("answers-observed")) } }
                    (track(visit, &of(point.number, "observed"), "answers-nothing-observed"))
                }
            }
        }
    })
}

fn track(visit: &Visit, lines: &[&(&Told, String)], nothing: &str) -> Markup {
    let Some((newest, earlier)) = lines.split_first() else {
        return html! { p.mute { (visit.say(nothing)) } };
    };
    html! {
        (state(visit, newest))
        @if !earlier.is_empty() {
            details {
                summary { (visit.say("answers-earlier")) }
                @for line in earlier { (state(visit, line)) }
            }
        }
    }
}

fn state(visit: &Visit, (line, by): &(&Told, String)) -> Markup {
    let state = line.state.as_deref().unwrap_or_default();
    html! {
        p {
            strong { (visit.say(&format!("answers-progress-{state}"))) }
            " — " (by) ", " (day(visit, line.on))
        }
        (quotation(visit, &line.text, line.entry))
        @if line.file.is_some() {
            p { a href=(visit.link(&format!("/reponses/pieces/{}", line.entry))) { (visit.say("answers-read-file")) } }
        }
    }
}

/// The way to the form, for those who may observe.
pub(super) fn observe_link(visit: &Visit, id: &RecommendationId) -> Markup {
    let may = visit.standing().is_some_and(|standing| standing.has_role(&[terms::access::Role::Secretary]));
    html! {
        @if may {
            p.screen { a href=(visit.link(&format!("/reponses/{id}/constat"))) { (visit.say("answers-do-observe")) } }
        }
    }
}

fn states(visit: &Visit) -> Vec<(String, String)> {
    Progress::ALL
        .into_iter()
        .map(|state| (state.as_str().to_owned(), visit.say(&format!("answers-progress-{}", state.as_str()))))
        .collect()
}

fn point_choices(visit: &Visit, points: &[u8]) -> Vec<(String, String)> {
    let label = |point: &u8| visit.say_with("answers-point", &[("point", (*point).into())]);
    points.iter().map(|point| (point.to_string(), label(point))).collect()
}

fn common_fields(visit: &Visit, points: &[u8], form: &Form, refusals: &Refusals) -> Markup {
    html! {
        (visit.choice_field(
            &Input::new("point", visit.say("answers-field-point")), &point_choices(visit, points), form, refusals))
        (visit.choice_field(&Input::new("etat", visit.say("answers-field-state")), &states(visit), form, refusals))
        (visit.text_field(&Input::new("jour", visit.say("answers-field-day")), "date", form, refusals))
    }
}

/// The point and its state as sent; what is missing is refused.
fn point_and_state(form: &Form, refusals: &mut Refusals) -> (u8, Progress) {
    let point = form.number("point", refusals).and_then(|point| u8::try_from(point).ok());
    if form.optional("point").is_none() {
        refusals.add("point", "form-required");
    }
    let state = Progress::parse(form.text("etat"));
    if state.is_none() {
        refusals.add("etat", "form-required");
    }
    (point.unwrap_or(0), state.unwrap_or(Progress::NotStarted))
}

fn declare_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    at: &At,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let facts = at.facts(tx)?;
    addressee_hand(visit, &at.addressee)?;
    let reminder = reminder_of_case(tx, visit, &facts)?;
    let title = visit.say("answers-do-declare");
    let body = html! {
        h1 { (title) }
        (reminder)
        p { (visit.say("answers-declare-text")) }
        (visit.error_summary(refusals))
        form method="post" action=(visit.link(&at.path("suite"))) {
            (visit.token_field())
            (common_fields(visit, facts.points(), form, refusals))
            (visit.text_area(&Input::new("texte", visit.say("answers-field-declared")), 4, form, refusals))
            button { (visit.say("answers-send-declaration")) }
        }
    };
    Ok(Page::new(title, body).exercise(facts.case.exercise))
}

fn declare(desk: &mut Desk<'_>, visit: &Visit, at: &At, form: &Form) -> Result<(), Stop> {
    let facts = at.facts(desk.tx())?;
    let behalf = addressee_hand(visit, &at.addressee)?;
    let mut refusals = Refusals::default();
    let (point, state) = point_and_state(form, &mut refusals);
    let on = form.required_day("jour", &mut refusals).unwrap_or_else(|| visit.today());
    let text = enclosed_text(desk, form, "texte", TEXT_MAX, &mut refusals)?;
    // A point that was not chosen is told once, by the form.
    refusals.clone().or(())?;
    let word = together(refusals, acts::declare(&facts, point, state, on, text, visit.today()))?;
    visit.append(desk, behalf, Word::ImplementationDeclared(word))?;
    Ok(())
}

fn asked(tx: &mut Tx<'_>, id: &RecommendationId) -> Result<Asked, Stop> {
    tables::asked(tx, id)?.ok_or(Stop::NotFound)
}

/// The form of an observation.
pub(super) async fn observe_page(visit: Visit, Path(id): Path<String>) -> Outcome {
    let id = RecommendationId::parse(&id).map_err(|_| Stop::NotFound)?;
    visit.signed_in()?;
    visit.page(move |tx, visit| observing(tx, visit, &id, &Form::default(), &Refusals::default())).await
}

/// An observation is on the record, or its form comes back.
pub(super) async fn observe_sent(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let id = RecommendationId::parse(&id).map_err(|_| Stop::NotFound)?;
    visit.signed_in()?;
    let (within, given) = (id.clone(), form.clone());
    match visit.seal(move |desk, visit| observe(desk, visit, &within, &given)).await {
        Ok(()) => Ok(visit.see_other(&exchange_path(&id))),
        Err(Stop::Refused(refusals)) => {
            let again = move |tx: &mut Tx<'_>, visit: &Visit| observing(tx, visit, &id, &form, &refusals);
            visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, again).await
        }
        Err(stop) => Err(stop),
    }
}

fn observing(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &RecommendationId,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let asked = asked(tx, id)?;
    let observers: Vec<_> =
        observers(tx, visit, &asked)?.into_iter().map(|(word, name, _)| (word, name)).collect();
    let subject = title(visit, tables::title_of(tx, id)?.flatten().as_deref());
    let heading = visit.say("answers-do-observe");
    let body = html! {
        h1 { (heading) }
        p.lead { a href=(visit.link(&exchange_path(id))) { (subject) } }
        p { (visit.say("answers-observe-text")) }
        (visit.error_summary(refusals))
        form method="post" enctype="multipart/form-data" action=(visit.link(&format!("/reponses/{id}/constat"))) {
            (visit.token_field())
            (visit.choice_field(
                &Input::new("observateur", visit.say("answers-field-observer")), &observers, form, refusals))
            (common_fields(visit, &asked.points, form, refusals))
            (visit.text_area(
                &Input::new("preuve", visit.say("answers-field-evidence")).hint(visit.say("answers-hint-evidence")),
                5, form, refusals))
            (visit.file_field(&Input::new("fichier", visit.say("answers-field-picture")), refusals))
            button { (visit.say("answers-send-observation")) }
        }
    };
    Ok(Page::new(heading, body).exercise(asked.exercise))
}

fn observe(desk: &mut Desk<'_>, visit: &Visit, id: &RecommendationId, form: &Form) -> Result<(), Stop> {
    let asked = asked(desk.tx(), id)?;
    let observers = observers(desk.tx(), visit, &asked)?;
    let mut refusals = Refusals::default();
    let chosen = observers.into_iter().find(|(word, _, _)| word == form.text("observateur"));
    if chosen.is_none() {
        refusals.add("observateur", "form-required");
    }
    let (point, state) = point_and_state(form, &mut refusals);
    let on = form.required_day("jour", &mut refusals).unwrap_or_else(|| visit.today());
    let evidence = enclosed_text(desk, form, "preuve", TEXT_MAX, &mut refusals)?;
    if evidence.is_none() {
        refusals.0.push(crate::Refusal::NoEvidence.into());
    }
    let file = enclosed_file(desk, form, "fichier", &mut refusals)?;
    let Some((_, _, observer)) = chosen.filter(|_| refusals.is_empty()) else {
        return Err(Stop::Refused(refusals));
    };
    let behalf = match &observer {
        terms::answers::Observer::Organisation { organisation } => {
            terms::Behalf::Organisation { organisation: organisation.clone() }
        }
        terms::answers::Observer::Body { body } => terms::Behalf::Body { body: body.clone() },
    };
    let sight = Sight { point, state, on, observer, evidence, file };
    let word = together(refusals, acts::observe(&asked, sight, visit.today()))?;
    visit.append(desk, behalf, Word::ImplementationObserved(word))?;
    Ok(())
}
