//! The ladder: the rungs of a case's rule, their letters, and the act of climbing one.

use axum::extract::Path;
use record::{Desk, Tx, directory};
use terms::instance::EscalationStep;
use terms::{BodyId, Day, Word};
use web::{Clocks, Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, day, html, quoted_of};

use super::cards::reminder_of_case;
use super::spoken::{Names, named_by, title};
use super::standing::{as_author, author_hand};
use super::{At, Deed, exchange_path};
use crate::acts::{self, Climb, LetterWords, letter, opens_on};
use crate::case::CaseFacts;
use crate::refusal::shown;
use crate::tables::{self, Told};

/// The page and act of an escalation.
pub(super) const ESCALATE: Deed = Deed { show: page, act };

fn steps<'a>(facts: &CaseFacts, clocks: &'a Clocks) -> &'a [EscalationStep] {
    let rule = facts.case.rule.as_ref().and_then(|rule| clocks.rules.get(rule));
    rule.map_or(&[], |rule| rule.escalation.as_slice())
}

/// The bodies a rung leads to: the one its rule names, or those of its kind around the place.
fn candidates(tx: &mut Tx<'_>, facts: &CaseFacts, step: &EscalationStep) -> Result<Vec<BodyId>, Stop> {
    if let Some(body) = &step.addressee
        && directory::look_up(tx, directory::Kind::Body, body.as_str())?.is_some()
    {
        return Ok(vec![body.clone()]);
    }
    let Some(kind) = &step.addressee_kind else { return Ok(Vec::new()) };
    let mut found = tables::bodies_of_kind(tx, kind, &facts.asked.places)?;
    found.retain(|body| !facts.asked.addressees.contains(body));
    Ok(found)
}

/// The rungs of one case, taken or to come; nothing where the rule has none or the case needs none.
pub(super) fn rungs(
    tx: &mut Tx<'_>,
    visit: &Visit,
    clocks: &Clocks,
    names: &mut Names<'_>,
    facts: &CaseFacts,
    told: &[Told],
) -> Result<Option<Markup>, Stop> {
    let steps = steps(facts, clocks);
    let needed = facts.case.stage().is_open() || facts.refused || !facts.steps_taken.is_empty();
    if steps.is_empty() || !needed {
        return Ok(None);
    }
    let from = names.body(tx, facts.case.addressee.as_str())?;
    let mut shown = Vec::new();
    for step in steps {
        let taken = facts.steps_taken.contains(&step.step);
        let mut to = Vec::new();
        if let Some(party) = taken.then(|| led_to(told, facts, step)).flatten() {
            to.push(names.party(tx, party)?);
        } else {
            for body in candidates(tx, facts, step)? {
                to.push(names.body(tx, body.as_str())?);
            }
        }
        if let (true, Some(kind)) = (to.is_empty(), &step.addressee_kind) {
            to.push(names.kind_of_body(tx, kind)?);
        }
        shown.push(rung(visit, facts, step, &to.join(", "), taken));
    }
    Ok(Some(html! {
        p { strong { (from) } }
        ol { @for rung in shown { (rung) } }
    }))
}

/// Where a rung that was taken from this case led.
fn led_to<'a>(told: &'a [Told], facts: &CaseFacts, step: &EscalationStep) -> Option<&'a str> {
    let taken = told.iter().find(|line| {
        line.kind == "escalated"
            && line.step == Some(step.step)
            && line.addressee.as_ref() == Some(&facts.case.addressee)
    });
    taken?.other.as_deref()
}

fn rung(visit: &Visit, facts: &CaseFacts, step: &EscalationStep, to: &str, taken: bool) -> Markup {
    let opens = opens_on(facts, step);
    html! {
        li value=(step.step) {
            (to) " — "
            @if taken { (visit.say("answers-rung-taken")) }
            @else if let Some(opens) = opens {
                (visit.say_with("answers-rung-from", &[("day", visit.day_text(opens).into())]))
            }
            @if let Some((from, to)) = &step.window {
                " " (visit.say_with("answers-rung-window", &[("from", from.into()), ("to", to.into())]))
            }
        }
    }
}

/// The letter of a rung for this case on this day.
fn drafted(
    tx: &mut Tx<'_>,
    visit: &Visit,
    facts: &CaseFacts,
    step: &EscalationStep,
    on: Day,
) -> Result<String, Stop> {
    let id = &facts.case.recommendation;
    let title = title(visit, tables::title_of(tx, id)?.flatten().as_deref());
    let mut asked = title;
    for point in tables::points_asked(tx, id)? {
        if facts.points().contains(&point.number) {
            let text = point.text.unwrap_or_else(|| visit.say("answers-withdrawn"));
            asked.push_str(&format!("\n{}. {text}", point.number));
        }
    }
    let named = directory::look_up(tx, directory::Kind::Body, facts.case.addressee.as_str())?;
    let addressee = named.and_then(|named| named.fr).unwrap_or_else(|| facts.case.addressee.to_string());
    let words = LetterWords {
        recommendation: asked,
        addressee,
        delivered_on: facts.case.delivered_on,
        answer_by: facts.case.answer_by,
        on,
    };
    Ok(letter(&step.letter, &words))
}

fn chosen<'a>(
    visit: &Visit,
    form: &Form,
    facts: &CaseFacts,
    steps: &'a [EscalationStep],
) -> Option<&'a EscalationStep> {
    let asked = form.optional("etape").or(visit.asked("etape")).and_then(|text| text.parse::<u8>().ok());
    let next = || steps.iter().find(|step| !facts.steps_taken.contains(&step.step));
    asked.and_then(|number| steps.iter().find(|step| step.step == number)).or_else(next)
}

fn page(tx: &mut Tx<'_>, visit: &Visit, at: &At, form: &Form, refusals: &Refusals) -> Result<Page, Stop> {
    let facts = at.facts(tx)?;
    author_hand(visit, &facts.asked)?;
    let clocks = Clocks::load(tx)?;
    let steps = steps(&facts, &clocks);
    let reminder = reminder_of_case(tx, visit, &facts)?;
    let body = match chosen(visit, form, &facts, steps) {
        None => html! { p { (visit.say("answers-no-rung")) } },
        Some(step) => climbing(tx, visit, at, &facts, step, (form, refusals))?,
    };
    let others: Vec<_> = steps.iter().filter(|step| !facts.steps_taken.contains(&step.step)).collect();
    let title = visit.say("answers-do-escalate");
    let body = html! {
        h1 { (title) }
        (reminder)
        (visit.error_summary(refusals))
        @if others.len() > 1 {
            nav aria-label=(visit.say("answers-rungs")) {
                ol.pages {
                    @for step in others {
                        li { a href=(visit.link(&format!("{}?etape={}", at.path("recours"), step.step))) {
                            (visit.say_with("answers-rung", &[("step", step.step.into())]))
                        } }
                    }
                }
            }
        }
        (body)
    };
    Ok(Page::new(title, body).exercise(facts.case.exercise))
}

fn climbing(
    tx: &mut Tx<'_>,
    visit: &Visit,
    at: &At,
    facts: &CaseFacts,
    step: &EscalationStep,
    (form, refusals): (&Form, &Refusals),
) -> Result<Markup, Stop> {
    let mut names = Names::new(visit);
    let mut choices = Vec::new();
    for body in candidates(tx, facts, step)? {
        choices.push((body.to_string(), names.body(tx, body.as_str())?));
    }
    let today = visit.today().to_string();
    let draft = drafted(tx, visit, facts, step, visit.today())?;
    let prefilled = Form::of(&[
        ("jour", form.optional("jour").unwrap_or(&today)),
        (
            "destinataire",
            form.optional("destinataire").or(choices.first().map(|c| c.0.as_str())).unwrap_or(""),
        ),
        ("autre", form.text("autre")),
        ("lettre", form.optional("lettre").unwrap_or(&draft)),
    ]);
    let opens = opens_on(facts, step);
    let input = |name, label: &str| Input::new(name, visit.say(label));
    Ok(html! {
        h2 { (visit.say_with("answers-rung", &[("step", step.step.into())])) }
        @if let Some(opens) = opens {
            p { (visit.say_with("answers-rung-from", &[("day", visit.day_text(opens).into())])) }
        }
        form method="post" action=(visit.link(&at.path("recours"))) {
            (visit.token_field())
            input type="hidden" name="etape" value=(step.step);
            (visit.choice_field(&input("destinataire", "answers-field-next-addressee"), &choices, &prefilled, refusals))
            (visit.text_field(
                &input("autre", "answers-field-other-addressee").hint(visit.say("answers-hint-name-or-id")),
                "text", &prefilled, refusals))
            (visit.text_field(&input("jour", "answers-field-day"), "date", &prefilled, refusals))
            (visit.text_area(
                &input("lettre", "answers-field-letter").hint(visit.say("answers-hint-letter")),
                16, &prefilled, refusals))
            button { (visit.say("answers-send-escalation")) }
        }
    })
}

fn act(desk: &mut Desk<'_>, visit: &Visit, at: &At, form: &Form) -> Result<(), Stop> {
    let facts = at.facts(desk.tx())?;
    let behalf = author_hand(visit, &facts.asked)?;
    let clocks = Clocks::load(desk.tx())?;
    let mut refusals = Refusals::default();
    let on = form.required_day("jour", &mut refusals);
    let text = form.required("lettre", 15_000, &mut refusals);
    let step = form.number("etape", &mut refusals).and_then(|step| u8::try_from(step).ok());
    let named = form.optional("autre").or(form.optional("destinataire"));
    let to = match named {
        Some(named) => named_by(desk.tx(), directory::Kind::Body, named)?,
        None => None,
    };
    if form.optional("autre").is_some() && to.is_none() {
        refusals.add_with(
            "autre",
            "answers-refusal-unknown-body",
            vec![("text", form.text("autre").to_owned())],
        );
    }
    let on = on.unwrap_or_else(|| visit.today());
    refusals.clone().or(())?;
    let letter = desk.enclose_text(&text)?;
    let to = to.and_then(|id| BodyId::parse(&id).ok());
    let climb = Climb { step: step.unwrap_or(0), to, on, letter };
    let word = acts::escalate(&facts, &clocks, climb, visit.today()).map_err(shown)?;
    visit.append(desk, behalf, Word::Escalated(word))?;
    Ok(())
}

/// The letter as it is printed, with the address and the square that lead back to the exchange.
pub(super) async fn sheet(visit: Visit, Path(entry): Path<u64>) -> Outcome {
    visit
        .page(move |tx, visit| {
            let told = tables::told_by_entry(tx, entry)?.ok_or(Stop::NotFound)?;
            if told.kind != "escalated" {
                return Err(Stop::NotFound);
            }
            let to = Names::new(visit).party(tx, told.other.as_deref().unwrap_or_default())?;
            let address = visit.house().public(&format!("/recommandations/{}", told.recommendation));
            let own = visit.standing().is_some_and(|standing| {
                tables::asked(tx, &told.recommendation)
                    .ok()
                    .flatten()
                    .is_some_and(|asked| as_author(standing, &asked.author).is_some())
            });
            let heading = visit.say("answers-letter");
            let text = told.text.clone().flatten();
            visit.learns_gone(tx, entry)?;
            let body = html! {
                h1 { (heading) }
                p { strong { (to) } br; (day(visit, told.on)) }
                @match &text {
                    Some(text) => @for part in text.split("\n\n") {
                        p { @for (i, line) in part.lines().enumerate() { @if i > 0 { br; } (line) } }
                    },
                    None => (quoted_of(visit, None, entry)),
                }
                p.printed { (web::draw::qr::qr(&address, &heading)) (address) }
                p.screen {
                    a href=(visit.link(&exchange_path(&told.recommendation))) { (visit.say("answers-back")) }
                }
                @if own { p.small.mute.screen { (visit.say("answers-letter-print")) } }
            };
            Ok(Page::new(heading, body).exercise(told.exercise).of_entry(entry))
        })
        .await
}
