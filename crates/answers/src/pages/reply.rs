//! The addressee's part: acknowledging, and answering point by point; by its account, or as its authors record what
//! came by letter, in a document, or in a meeting.

use record::{Desk, Tx, directory};
use terms::answers::{Channel, PointAnswer, Stance};
use terms::{Actor, BodyId, Day, Enclosed, OrganisationId, Word};
use web::{Form, Input, Markup, Page, Refusals, Stop, Visit, day, html, quoted};

use super::cards::reminder_of_case;
use super::spoken::named_by;
use super::standing::{Hand, hand};
use super::{At, Deed};
use crate::acts::{self, Given};
use crate::case::CaseFacts;
use crate::refusal::shown;
use crate::tables::{self, PointAsked};

/// The page and act of an acknowledgement.
pub(super) const ACKNOWLEDGE: Deed = Deed { show: acknowledge_page, act: acknowledge };

/// The page and act of an answer.
pub(super) const ANSWER: Deed = Deed { show: answer_page, act: answer };

/// Characters a whole answer may have.
const TEXT_MAX: usize = 15_000;

/// Characters a word on one point may have.
const POINT_MAX: usize = 3_000;

/// The ways by which the authors record what an addressee said.
const RECORDED: [Channel; 3] = [Channel::ScannedLetter, Channel::Document, Channel::Meeting];

fn acknowledge_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    at: &At,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let facts = at.facts(tx)?;
    let hand = hand(visit, &facts)?;
    let reminder = reminder_of_case(tx, visit, &facts)?;
    let title = visit.say("answers-do-acknowledge");
    let body = html! {
        h1 { (title) }
        (reminder)
        (visit.error_summary(refusals))
        form method="post" enctype="multipart/form-data" action=(visit.link(&at.path("accuse"))) {
            (visit.token_field())
            @if matches!(hand, Hand::Author(_)) { (recorded_fields(visit, form, refusals)) }
            @else { p { (visit.say("answers-acknowledge-text")) } }
            (visit.file_field(&Input::new("fichier", visit.say("answers-field-slip")), refusals))
            button { (visit.say("answers-send-acknowledgement")) }
        }
    };
    Ok(Page::new(title, body).exercise(facts.case.exercise))
}

/// When and by which way, where the authors record it.
fn recorded_fields(visit: &Visit, form: &Form, refusals: &Refusals) -> Markup {
    let ways: Vec<_> = RECORDED
        .into_iter()
        .map(|way| (way.as_str().to_owned(), visit.say(&format!("answers-channel-{}", way.as_str()))))
        .collect();
    html! {
        (visit.text_field(&Input::new("jour", visit.say("answers-field-day")), "date", form, refusals))
        (visit.choice_field(
            &Input::new("moyen", visit.say("answers-field-channel")).hint(visit.say("answers-hint-channel")),
            &ways, form, refusals))
    }
}

/// The day and the way: today by one's own account, or as the authors recorded them.
fn day_and_way(visit: &Visit, hand: &Hand, form: &Form, refusals: &mut Refusals) -> (Day, Channel) {
    match hand {
        Hand::Addressee(_) => (visit.today(), Channel::Account),
        Hand::Author(_) => {
            let on = form.required_day("jour", refusals).unwrap_or_else(|| visit.today());
            let way = Channel::parse(form.text("moyen")).filter(|way| RECORDED.contains(way));
            if way.is_none() {
                refusals.add("moyen", "form-required");
            }
            (on, way.unwrap_or(Channel::Document))
        }
    }
}

/// The form's file, enclosed.
pub(super) fn enclosed_file(
    desk: &mut Desk<'_>,
    form: &Form,
    name: &str,
    refusals: &mut Refusals,
) -> Result<Option<Enclosed>, Stop> {
    match form.file(name, refusals) {
        Some((media, bytes)) => Ok(Some(desk.enclose(media, bytes)?)),
        None => Ok(None),
    }
}

/// The form's text, enclosed unless empty.
pub(super) fn enclosed_text(
    desk: &mut Desk<'_>,
    form: &Form,
    name: &str,
    most: usize,
    refusals: &mut Refusals,
) -> Result<Option<Enclosed>, Stop> {
    form.at_most(name, most, refusals);
    match form.optional(name) {
        Some(text) => Ok(Some(desk.enclose_text(text)?)),
        None => Ok(None),
    }
}

/// What a form got wrong and what the act refused, all at once.
pub(super) fn together<T>(mut refusals: Refusals, decision: acts::Decision<T>) -> Result<T, Stop> {
    match decision {
        Ok(word) => Ok(refusals.or(word)?),
        Err(more) => {
            refusals.0.extend(shown(more).0);
            Err(Stop::Refused(refusals))
        }
    }
}

fn acknowledge(desk: &mut Desk<'_>, visit: &Visit, at: &At, form: &Form) -> Result<(), Stop> {
    let facts = at.facts(desk.tx())?;
    let hand = hand(visit, &facts)?;
    let mut refusals = Refusals::default();
    let (on, way) = day_and_way(visit, &hand, form, &mut refusals);
    let file = enclosed_file(desk, form, "fichier", &mut refusals)?;
    let word = together(refusals, acts::acknowledge(&facts, on, way, file, visit.today()))?;
    visit.append(desk, hand.behalf(), Word::Acknowledged(word))?;
    Ok(())
}

/// The acknowledgement by whoever holds the signed link.
pub(super) fn acknowledge_by_link(desk: &mut Desk<'_>, visit: &Visit, at: &At) -> Result<(), Stop> {
    let facts = at.facts(desk.tx())?;
    let decision = acts::acknowledge(&facts, visit.today(), Channel::SignedLink, None, visit.today());
    let word = together(Refusals::default(), decision)?;
    by_link(desk, visit, at, Word::Acknowledged(word))
}

fn by_link(desk: &mut Desk<'_>, visit: &Visit, at: &At, word: Word) -> Result<(), Stop> {
    let by = Actor::LinkHolder { body: at.addressee.clone() };
    desk.append(&visit.house().record().zone, by, None, word)?;
    Ok(())
}

fn answer_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    at: &At,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let facts = at.facts(tx)?;
    let hand = hand(visit, &facts)?;
    let reminder = reminder_of_case(tx, visit, &facts)?;
    let recorded = matches!(hand, Hand::Author(_));
    let fields = answer_fields(tx, visit, &facts, form, refusals)?;
    let title = visit.say("answers-do-answer");
    let body = html! {
        h1 { (title) }
        (reminder)
        @if facts.case.next_due().is_some_and(|due| due < visit.today()) { p { (visit.say("answers-late-taken")) } }
        (visit.error_summary(refusals))
        form method="post" enctype="multipart/form-data" action=(visit.link(&at.path("repondre"))) {
            (visit.token_field())
            @if recorded {
                (recorded_fields(visit, form, refusals))
                (visit.text_area(
                    &Input::new("temoins", visit.say("answers-field-witnesses"))
                        .hint(visit.say("answers-hint-witnesses")),
                    3, form, refusals))
            }
            (fields)
            button { (visit.say("answers-send-answer")) }
        }
    };
    Ok(Page::new(title, body).exercise(facts.case.exercise))
}

/// The whole answer, then each point asked of this addressee.
pub(super) fn answer_fields(
    tx: &mut Tx<'_>,
    visit: &Visit,
    facts: &CaseFacts,
    form: &Form,
    refusals: &Refusals,
) -> Result<Markup, Stop> {
    let points = tables::points_asked(tx, &facts.case.recommendation)?;
    let asked = points.iter().filter(|point| facts.points().contains(&point.number));
    let stances: Vec<(String, String)> = Stance::ALL
        .into_iter()
        .map(|stance| (stance.as_str().to_owned(), visit.say(&format!("answers-stance-{}", stance.as_str()))))
        .collect();
    Ok(html! {
        p { (visit.say("answers-answer-text")) }
        (visit.text_area(&Input::new("texte", visit.say("answers-field-whole")), 6, form, refusals))
        @for point in asked { (point_fields(visit, point, &stances, form, refusals)) }
        (visit.file_field(&Input::new("fichier", visit.say("answers-field-file")), refusals))
    })
}

fn point_fields(
    visit: &Visit,
    point: &PointAsked,
    stances: &[(String, String)],
    form: &Form,
    refusals: &Refusals,
) -> Markup {
    let name = |part: &str| format!("point-{}-{part}", point.number);
    let (position, text, responsible) = (name("position"), name("texte"), name("responsable"));
    let (by_when, basis, to) = (name("echeance"), name("base"), name("vers"));
    let label = |key: &str| visit.say(key);
    html! {
        fieldset {
            legend { (visit.say_with("answers-point", &[("point", point.number.into())])) }
            blockquote { (quoted(visit, point.text.as_deref())) }
            @if let Some(deadline) = point.deadline {
                p.small { (visit.say("answers-asked-for")) " " (day(visit, deadline)) }
            }
            (visit.choice_field(&Input::new(&position, label("answers-field-position")), stances, form, refusals))
            (visit.text_area(
                &Input::new(&text, label("answers-field-what")).hint(label("answers-hint-what")), 3, form, refusals))
            (visit.text_field(&Input::new(&responsible, label("answers-field-responsible")), "text", form, refusals))
            (visit.text_field(&Input::new(&by_when, label("answers-field-by-when")), "date", form, refusals))
            details {
                summary { (visit.say("answers-other-cases")) }
                (visit.text_field(
                    &Input::new(&basis, label("answers-field-basis")).hint(label("answers-hint-basis")),
                    "text", form, refusals))
                (visit.text_field(
                    &Input::new(&to, label("answers-field-to")).hint(label("answers-hint-name-or-id")),
                    "text", form, refusals))
            }
        }
    }
}

/// The points of the form, each with its texts enclosed. A point without a stance is not answered.
fn points_sent(
    desk: &mut Desk<'_>,
    facts: &CaseFacts,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Vec<PointAnswer>, Stop> {
    let mut points = Vec::new();
    for point in facts.points() {
        let name = |part: &str| format!("point-{point}-{part}");
        let Some(stance) = Stance::parse(form.text(&name("position"))) else {
            if ["texte", "responsable", "echeance", "base", "vers"]
                .iter()
                .any(|part| form.ticked(&name(part)))
            {
                refusals.add_with(
                    &name("position"),
                    "answers-refusal-position-missing",
                    vec![("point", point.to_string())],
                );
            }
            continue;
        };
        let passed = form.text(&name("vers")).to_owned();
        let passed_to = named_by(desk.tx(), directory::Kind::Body, &passed)?;
        if !passed.is_empty() && passed_to.is_none() {
            refusals.add_with(&name("vers"), "answers-refusal-unknown-body", vec![("text", passed)]);
        }
        points.push(PointAnswer {
            point: *point,
            stance,
            text: enclosed_text(desk, form, &name("texte"), POINT_MAX, refusals)?,
            by_when: form.day(&name("echeance"), refusals),
            responsible: enclosed_text(desk, form, &name("responsable"), 300, refusals)?,
            secrecy_basis: enclosed_text(desk, form, &name("base"), 600, refusals)?,
            passed_to: passed_to.and_then(|id| BodyId::parse(&id).ok()),
        });
    }
    Ok(points)
}

/// The organisations that heard it: one a line, by name or id.
fn witnesses_sent(
    desk: &mut Desk<'_>,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Vec<OrganisationId>, Stop> {
    let mut witnesses = Vec::new();
    for line in form.text("temoins").lines().map(str::trim).filter(|line| !line.is_empty()).take(20) {
        let found = named_by(desk.tx(), directory::Kind::Organisation, line)?;
        match found.and_then(|id| OrganisationId::parse(&id).ok()) {
            Some(id) => witnesses.push(id),
            None => refusals.add_with(
                "temoins",
                "answers-refusal-unknown-organisation",
                vec![("text", line.chars().take(60).collect())],
            ),
        }
    }
    Ok(witnesses)
}

fn given(
    desk: &mut Desk<'_>,
    facts: &CaseFacts,
    form: &Form,
    (on, channel): (Day, Channel),
    refusals: &mut Refusals,
) -> Result<Given, Stop> {
    Ok(Given {
        on,
        channel,
        text: enclosed_text(desk, form, "texte", TEXT_MAX, refusals)?,
        points: points_sent(desk, facts, form, refusals)?,
        file: enclosed_file(desk, form, "fichier", refusals)?,
        witnesses: witnesses_sent(desk, form, refusals)?,
    })
}

fn answer(desk: &mut Desk<'_>, visit: &Visit, at: &At, form: &Form) -> Result<(), Stop> {
    let facts = at.facts(desk.tx())?;
    let hand = hand(visit, &facts)?;
    let mut refusals = Refusals::default();
    let day_and_way = day_and_way(visit, &hand, form, &mut refusals);
    let given = given(desk, &facts, form, day_and_way, &mut refusals)?;
    let word = together(refusals, acts::answer(&facts, given, visit.today()))?;
    visit.append(desk, hand.behalf(), Word::Answered(word))?;
    Ok(())
}

/// The answer by whoever holds the signed link.
pub(super) fn answer_by_link(desk: &mut Desk<'_>, visit: &Visit, at: &At, form: &Form) -> Result<(), Stop> {
    let facts = at.facts(desk.tx())?;
    let mut refusals = Refusals::default();
    let given = given(desk, &facts, form, (visit.today(), Channel::SignedLink), &mut refusals)?;
    let word = together(refusals, acts::answer(&facts, given, visit.today()))?;
    by_link(desk, visit, at, Word::Answered(word))
}
