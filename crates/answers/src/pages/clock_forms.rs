//! What those who ask may do with a clock: hold it for a listed cause, let it run again, grant more time.

use record::{Desk, Tx};
use terms::Word;
use web::{Clocks, Form, Input, Markup, Page, Refusals, Stop, Visit, html};

use super::cards::{cause_name, reminder_of_case};
use super::reply::{enclosed_text, together};
use super::standing::author_hand;
use super::{At, Deed};
use crate::acts;

/// The page and act of a pause.
pub(super) const PAUSE: Deed = Deed { show: pause_page, act: pause };

/// The page and act of a resumption.
pub(super) const RESUME: Deed = Deed { show: resume_page, act: resume };

/// The page and act of more time.
pub(super) const EXTEND: Deed = Deed { show: extend_page, act: extend };

/// Characters a reason may have.
const REASON_MAX: usize = 3_000;

/// The page of one act on a clock, around its fields.
fn clock_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    at: &At,
    (title, text, button, deed): (&str, &str, &str, &str),
    (refusals, fields): (&Refusals, &Markup),
) -> Result<Page, Stop> {
    let facts = at.facts(tx)?;
    author_hand(visit, &facts.asked)?;
    let reminder = reminder_of_case(tx, visit, &facts)?;
    let title = visit.say(title);
    let body = html! {
        h1 { (title) }
        (reminder)
        p { (visit.say(text)) }
        (visit.error_summary(refusals))
        form method="post" action=(visit.link(&at.path(deed))) {
            (visit.token_field())
            (fields)
            button { (visit.say(button)) }
        }
    };
    Ok(Page::new(title, body).exercise(facts.case.exercise))
}

fn day_field(visit: &Visit, label: &str, form: &Form, refusals: &Refusals) -> Markup {
    visit.text_field(&Input::new("jour", visit.say(label)), "date", form, refusals)
}

fn text_field(visit: &Visit, label: &str, form: &Form, refusals: &Refusals) -> Markup {
    visit.text_area(&Input::new("texte", visit.say(label)), 4, form, refusals)
}

fn pause_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    at: &At,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let clocks = Clocks::load(tx)?;
    let causes: Vec<_> =
        clocks.causes.iter().map(|cause| (cause.id.clone(), cause_name(visit, &clocks, &cause.id))).collect();
    let fields = html! {
        (visit.choice_field(&Input::new("cause", visit.say("answers-field-cause")), &causes, form, refusals))
        (day_field(visit, "answers-field-first-day-held", form, refusals))
        (text_field(visit, "answers-field-what-happened", form, refusals))
    };
    let words = ("answers-do-pause", "answers-pause-text", "answers-send-pause", "pause");
    clock_page(tx, visit, at, words, (refusals, &fields))
}

fn pause(desk: &mut Desk<'_>, visit: &Visit, at: &At, form: &Form) -> Result<(), Stop> {
    let facts = at.facts(desk.tx())?;
    let behalf = author_hand(visit, &facts.asked)?;
    let clocks = Clocks::load(desk.tx())?;
    let mut refusals = Refusals::default();
    let from = form.required_day("jour", &mut refusals).unwrap_or_else(|| visit.today());
    let text = enclosed_text(desk, form, "texte", REASON_MAX, &mut refusals)?;
    let decision = acts::pause(&facts, &clocks, from, form.text("cause"), text, visit.today());
    let word = together(refusals, decision)?;
    visit.append(desk, behalf, Word::ClockPaused(word))?;
    Ok(())
}

fn resume_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    at: &At,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let fields = html! {
        (day_field(visit, "answers-field-first-day-counted", form, refusals))
        (text_field(visit, "answers-field-clarification", form, refusals))
    };
    let words = ("answers-do-resume", "answers-resume-text", "answers-send-resume", "reprise");
    clock_page(tx, visit, at, words, (refusals, &fields))
}

fn resume(desk: &mut Desk<'_>, visit: &Visit, at: &At, form: &Form) -> Result<(), Stop> {
    let facts = at.facts(desk.tx())?;
    let behalf = author_hand(visit, &facts.asked)?;
    let clocks = Clocks::load(desk.tx())?;
    let mut refusals = Refusals::default();
    let on = form.required_day("jour", &mut refusals).unwrap_or_else(|| visit.today());
    let text = enclosed_text(desk, form, "texte", REASON_MAX, &mut refusals)?;
    let word = together(refusals, acts::resume(&facts, &clocks, on, text, visit.today()))?;
    visit.append(desk, behalf, Word::ClockResumed(word))?;
    Ok(())
}

fn extend_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    at: &At,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let fields = html! {
        (day_field(visit, "answers-field-granted-on", form, refusals))
        (visit.text_field(&Input::new("nouveau", visit.say("answers-field-new-day")), "date", form, refusals))
        (text_field(visit, "answers-field-why", form, refusals))
    };
    let words = ("answers-do-extend", "answers-extend-text", "answers-send-extend", "delai");
    clock_page(tx, visit, at, words, (refusals, &fields))
}

fn extend(desk: &mut Desk<'_>, visit: &Visit, at: &At, form: &Form) -> Result<(), Stop> {
    let facts = at.facts(desk.tx())?;
    let behalf = author_hand(visit, &facts.asked)?;
    let mut refusals = Refusals::default();
    let on = form.required_day("jour", &mut refusals).unwrap_or_else(|| visit.today());
    let new_day = form.required_day("nouveau", &mut refusals);
    let text = form.required("texte", REASON_MAX, &mut refusals);
    let reason = desk.enclose_text(&text)?;
    let word = match new_day {
        Some(new_day) => together(refusals, acts::extend(&facts, on, new_day, reason, visit.today()))?,
        None => return Err(Stop::Refused(refusals)),
    };
    visit.append(desk, behalf, Word::DueExtended(word))?;
    Ok(())
}
