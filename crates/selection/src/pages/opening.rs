//! A call is opened; its rule for the seed is said anew; it is cancelled.

use axum::extract::Path;
use record::{Desk, Tx, directory};
use terms::selection::Method;
use terms::{Behalf, BodyId, CallId, Day, OrganisationId, SeatCode, SourceId};
use web::{Form, Input, Language, Markup, Outcome, Page, Refusals, Stop, Visit, html};

use super::list::method_label;
use super::sheets::{Sheet, appended, refused, text};
use super::{body_name, convener, found, title};
use crate::acts::{self, CRITERIA_MAX, Draft, Refusal, SeedDraft};
use crate::tables;

/// Characters of a rule, a presentation or a reason.
const TEXT_MAX: usize = 4_000;

/// Characters of a criterion, and of the fact that it asks for.
const LINE_MAX: usize = 300;

fn the_body(tx: &mut Tx<'_>, id: &str) -> Result<(BodyId, bool), Stop> {
    let named = directory::look_up(tx, directory::Kind::Body, id)?.ok_or(Stop::NotFound)?;
    Ok((BodyId::parse(id).map_err(|_| Stop::NotFound)?, named.exercise))
}

fn may_open(visit: &Visit, id: &str) -> Result<Behalf, Stop> {
    convener(visit, &BodyId::parse(id).map_err(|_| Stop::NotFound)?)
}

pub(super) async fn open_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    may_open(&visit, &id)?;
    let begun = Form::of(&[("sieges", "1"), ("recours", "7"), ("scrutin", "14")]);
    visit.begun(id, begun, open_page).await
}

pub(super) async fn open(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let behalf = may_open(&visit, &id)?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let (body, exercise) = the_body(desk.tx(), &asked)?;
            let fresh = CallId::parse(&visit.fresh_id()?);
            let call = fresh.map_err(|fault| Stop::Fault(record::Fault::Value(fault.to_string())))?;
            let mut refusals = Refusals::default();
            let draft = draft(desk, &sent, (call.clone(), body, exercise), &mut refusals)?;
            appended(desk, visit, behalf, refusals, acts::open(draft, visit.today()))?;
            Ok(format!("/appels/{call}"))
        })
        .await;
    visit.after(id, form, sealed, open_page).await
}

fn draft(
    desk: &mut Desk<'_>,
    form: &Form,
    (id, body, exercise): (CallId, BodyId, bool),
    refusals: &mut Refusals,
) -> Result<Draft, Stop> {
    form.at_most("article", 120, refusals);
    let quotas = match acts::quotas(form.text("quotas")) {
        Ok(quotas) => quotas,
        Err(more) => {
            refused(refusals, more);
            Vec::new()
        }
    };
    let mut criteria = Vec::new();
    for number in 1..=CRITERIA_MAX {
        let written = text(desk, form, &format!("c{number}-texte"), LINE_MAX, refusals)?;
        let asks = text(desk, form, &format!("c{number}-fait"), LINE_MAX, refusals)?;
        if written.is_some() || asks.is_some() {
            criteria.push((format!("c{number}"), written, asks));
        }
    }
    let authority = match form.optional("autorite") {
        Some(name) => only_one(directory::called(desk.tx(), directory::Kind::Body, name, 2)?),
        None => None,
    };
    let seed = match Method::parse(form.text("methode")) {
        Some(Method::Draw) => seed_draft(desk.tx(), form, refusals)?,
        _ => SeedDraft::default(),
    };
    Ok(Draft {
        id,
        body,
        seat: form.optional("siege").and_then(|code| SeatCode::parse(code).ok()),
        seats: form.number("sieges", refusals),
        method: Method::parse(form.text("methode")),
        rule: text(desk, form, "regle", TEXT_MAX, refusals)?,
        article: form.optional("article").map(str::to_owned),
        source: source(desk.tx(), form, refusals)?,
        presentation: text(desk, form, "presentation", TEXT_MAX, refusals)?,
        criteria,
        quotas,
        closes: form.day("cloture", refusals),
        appeal_days: form.number("recours", refusals),
        seed,
        vote_days: form.number("scrutin", refusals),
        authority: authority.and_then(|named| BodyId::parse(&named.id).ok()),
        exercise,
    })
}

fn only_one(mut named: Vec<directory::Named>) -> Option<directory::Named> {
    if named.len() == 1 { named.pop() } else { None }
}

/// The source that a form names.
pub(super) fn source(
    tx: &mut Tx<'_>,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Option<SourceId>, Stop> {
    let Some(id) = form.optional("source") else { return Ok(None) };
    let known = directory::look_up(tx, directory::Kind::Source, id)?.is_some();
    let source = SourceId::parse(id).ok().filter(|_| known);
    if source.is_none() {
        refusals.0.push(Refusal::UnknownSource.into());
    }
    Ok(source)
}

/// The sources of the record, to choose from.
pub(super) fn source_field(
    tx: &mut Tx<'_>,
    visit: &Visit,
    form: &Form,
    refusals: &Refusals,
) -> Result<Markup, Stop> {
    let sources = directory::all(tx, directory::Kind::Source)?.into_iter();
    let sources: Vec<_> = sources.map(|named| (named.id.clone(), named.fr.unwrap_or(named.id))).collect();
    Ok(visit.choice_field(&Input::new("source", visit.say("selection-source")), &sources, form, refusals))
}

/// The rule for a seed: parties a line each, organisations before bodies of the same name.
fn seed_draft(tx: &mut Tx<'_>, form: &Form, refusals: &mut Refusals) -> Result<SeedDraft, Stop> {
    form.at_most("evenement", LINE_MAX, refusals);
    form.at_most("ecriture", LINE_MAX, refusals);
    let mut parties = Vec::new();
    for name in form.text("parties").lines().map(str::trim).filter(|name| !name.is_empty()).take(40) {
        let organisation = only_one(directory::called(tx, directory::Kind::Organisation, name, 2)?)
            .and_then(|named| OrganisationId::parse(&named.id).ok())
            .map(|organisation| Behalf::Organisation { organisation });
        let who = match organisation {
            Some(organisation) => Some(organisation),
            None => only_one(directory::called(tx, directory::Kind::Body, name, 2)?)
                .and_then(|named| BodyId::parse(&named.id).ok())
                .map(|body| Behalf::Body { body }),
        };
        parties.push((name.chars().take(80).collect(), who));
    }
    Ok(SeedDraft {
        parties,
        commit_by: form.day("engagement", refusals),
        reveal_by: form.day("revelation", refusals),
        event: form.text("evenement").to_owned(),
        written: form.text("ecriture").to_owned(),
        event_on: form.day("jour-evenement", refusals),
    })
}

/// What the forms need to show a field.
struct Fields<'a> {
    visit: &'a Visit,
    form: &'a Form,
    refusals: &'a Refusals,
}

impl Fields<'_> {
    fn line(&self, name: &str, key: &str) -> Markup {
        self.visit.text_field(&Input::new(name, self.visit.say(key)), "text", self.form, self.refusals)
    }

    fn hinted(&self, name: &str, key: &str, hint: &str) -> Markup {
        let input = Input::new(name, self.visit.say(key)).hint(self.visit.say(hint));
        self.visit.text_field(&input, "text", self.form, self.refusals)
    }

    fn area(&self, name: &str, key: &str, hint: &str, rows: u8) -> Markup {
        let input = Input::new(name, self.visit.say(key)).hint(self.visit.say(hint));
        self.visit.text_area(&input, rows, self.form, self.refusals)
    }

    fn criteria(&self) -> Markup {
        let visit = self.visit;
        html! {
            @for number in 1..=CRITERIA_MAX {
                @let (text, fact) = (format!("c{number}-texte"), format!("c{number}-fait"));
                @let label = visit.say_with("selection-criterion-number", &[("number", number.into())]);
                @let asked = visit.say_with("selection-fact-number", &[("number", number.into())]);
                (visit.text_field(&Input::new(&text, label), "text", self.form, self.refusals))
                (visit.text_field(&Input::new(&fact, asked), "text", self.form, self.refusals))
            }
        }
    }

    /// What only a draw has.
    fn seed(&self) -> Markup {
        html! {
            (self.area("parties", "selection-parties", "selection-parties-hint", 4))
            (self.hinted("engagement", "selection-date-commit", "selection-commit-hint"))
            (self.hinted("revelation", "selection-date-reveal", "selection-reveal-hint"))
            (self.hinted("evenement", "selection-event", "selection-event-hint"))
            (self.hinted("ecriture", "selection-written", "selection-written-hint"))
            (self.hinted("jour-evenement", "selection-date-event", "selection-event-on-hint"))
        }
    }
}

fn open_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let (body, exercise) = the_body(tx, id)?;
    let name = body_name(tx, visit, &body)?;
    let seats = tables::seats_of(tx, &body)?.into_iter().map(|(code, fr, en)| match visit.language() {
        Language::English => (code, en.unwrap_or(fr)),
        Language::French => (code, fr),
    });
    let seats: Vec<_> = seats.collect();
    let methods: Vec<_> =
        Method::ALL.iter().map(|method| (method.as_str().to_owned(), method_label(visit, *method))).collect();
    let fields = Fields { visit, form, refusals };
    let choice = |name: &'static str, key: &str, choices: &[(String, String)]| {
        visit.choice_field(&Input::new(name, visit.say(key)), choices, form, refusals)
    };
    let title = visit.say("selection-open");
    let markup = html! {
        h1 { (title) }
        p.lead { (name) }
        p { (visit.say("selection-open-lead")) }
        (visit.error_summary(refusals))
        form method="post" action=(visit.link(&format!("/instances/{id}/appels/nouveau"))) {
            (visit.token_field())
            h2 { (visit.say("selection-part-seats")) }
            (fields.line("sieges", "selection-column-seats"))
            @if !seats.is_empty() { (choice("siege", "selection-seat-optional", &seats)) }
            (choice("methode", "selection-column-method", &methods))
            (fields.area("regle", "selection-rule", "selection-rule-hint", 4))
            (fields.line("article", "selection-article"))
            (source_field(tx, visit, form, refusals)?)
            (fields.area("presentation", "selection-presentation", "selection-presentation-hint", 3))
            h2 { (visit.say("selection-criteria")) }
            p { (visit.say("selection-criteria-hint")) }
            (fields.criteria())
            h2 { (visit.say("selection-quotas")) }
            (fields.area("quotas", "selection-quotas-lines", "selection-quotas-hint", 5))
            h2 { (visit.say("selection-dates")) }
            (fields.hinted("cloture", "selection-date-closes", "selection-closes-hint"))
            (fields.hinted("recours", "selection-appeal-days", "selection-appeal-days-hint"))
            h2 { (visit.say("selection-part-draw")) }
            (fields.seed())
            h2 { (visit.say("selection-part-election")) }
            (fields.hinted("scrutin", "selection-vote-days", "selection-vote-days-hint"))
            h2 { (visit.say("selection-part-nomination")) }
            (fields.line("autorite", "selection-authority"))
            button { (title) }
        }
    };
    Ok(Page::new(title, markup)
        .under(visit.say("selection-title"), "/appels")
        .under(name, &format!("/instances/{id}"))
        .exercise(exercise))
}

async fn convenes(visit: &Visit, id: &str) -> Result<Behalf, Stop> {
    let asked = id.to_owned();
    let call = visit.ask(move |tx, _| found(tx, &asked)).await?;
    convener(visit, &call.body)
}

pub(super) async fn rule_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    convenes(&visit, &id).await?;
    let asked = id.clone();
    let begun = visit.ask(move |tx, visit| rule_begun(tx, visit, &asked)).await?;
    visit.begun(id, begun, rule_page).await
}

/// The rule as it stands, with its parties by name.
fn rule_begun(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Form, Stop> {
    let call = found(tx, id)?;
    let mut names = Vec::new();
    for party in &call.parties {
        names.push(super::party_label(tx, visit, &party.who)?);
    }
    let names = names.join("\n");
    let days = call.seed.as_ref().map(|rule| [rule.commit_by, rule.reveal_by, rule.event_on]);
    let days = days.map(|days| days.map(|day: Day| day.to_string())).unwrap_or_default();
    let event = call.seed.as_ref().map(|rule| (rule.event.clone(), rule.written.clone())).unwrap_or_default();
    Ok(Form::of(&[
        ("parties", &names),
        ("engagement", &days[0]),
        ("revelation", &days[1]),
        ("jour-evenement", &days[2]),
        ("evenement", &event.0),
        ("ecriture", &event.1),
    ]))
}

pub(super) async fn say_rule_anew(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &asked)?;
            let behalf = convener(visit, &call.body)?;
            let mut refusals = Refusals::default();
            let draft = seed_draft(desk.tx(), &sent, &mut refusals)?;
            let reason = text(desk, &sent, "raison", TEXT_MAX, &mut refusals)?;
            let decided = acts::say_rule_anew(&call, draft, reason, visit.today());
            appended(desk, visit, behalf, refusals, decided)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    visit.after(id, form, sealed, rule_page).await
}

fn rule_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    let fields = Fields { visit, form, refusals };
    let named = title(tx, visit, &call)?;
    let lead = html! { p { (visit.say("selection-rule-anew-lead")) } };
    let fields = html! {
        (fields.seed())
        (fields.area("raison", "selection-reason", "selection-reason-hint", 3))
    };
    let sheet = Sheet { call: &call, named, key: "selection-rule-anew", action: "regle", lead, fields };
    Ok(sheet.page(visit, refusals))
}

pub(super) async fn cancel_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    convenes(&visit, &id).await?;
    visit.begun(id, Form::default(), cancel_page).await
}

pub(super) async fn cancel(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &asked)?;
            let behalf = convener(visit, &call.body)?;
            let mut refusals = Refusals::default();
            let reason = text(desk, &sent, "raison", TEXT_MAX, &mut refusals)?;
            appended(desk, visit, behalf, refusals, acts::cancel(&call, reason))?;
            // A ballot of a call that ends uncounted is nobody's business any more.
            tables::clear(desk.tx(), &call.id)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    visit.after(id, form, sealed, cancel_page).await
}

fn cancel_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    let fields = Fields { visit, form, refusals };
    let named = title(tx, visit, &call)?;
    let lead = html! { p { (visit.say("selection-cancel-lead")) } };
    let fields = fields.area("raison", "selection-reason", "selection-reason-hint", 3);
    let sheet = Sheet { call: &call, named, key: "selection-cancel", action: "annuler", lead, fields };
    Ok(sheet.page(visit, refusals))
}
