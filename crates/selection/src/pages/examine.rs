//! Candidates are examined, the list is published, appeals are filed and decided.

use axum::extract::Path;
use record::{Desk, Tx};
use terms::{AppealId, CandidacyId};
use web::{Form, Input, Outcome, Page, Refusals, Stop, Visit, html};

use super::sheets::{Sheet, appended, text};
use super::standing::of_visitor;
use super::{candidate_label, convener, enclosed, enclosed_line, found, title, traits_text};
use crate::acts::{self, Decision, Verdict};
use crate::call::{Call, Candidacy, Place};
use crate::tables;

/// Characters of a reason, of an appeal and of its decision.
const TEXT_MAX: usize = 2_000;

pub(super) async fn list_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.signed_in()?;
    visit.begun(id, Form::default(), list_page).await
}

fn to_examine(tx: &mut Tx<'_>, call: &Call) -> Result<Vec<Candidacy>, Stop> {
    let mut standing = tables::candidacies(tx, &call.id)?;
    standing.retain(|one| one.place != Place::Withdrawn);
    Ok(standing)
}

pub(super) async fn publish(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    visit.signed_in()?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &asked)?;
            let behalf = convener(visit, &call.body)?;
            let mut refusals = Refusals::default();
            let standing = to_examine(desk.tx(), &call)?;
            let decisions = decisions(desk, &sent, &standing, &mut refusals)?;
            let ids: Vec<CandidacyId> = standing.into_iter().map(|one| one.id).collect();
            let decided = acts::publish(&call, &ids, &decisions, visit.today());
            appended(desk, visit, behalf, refusals, decided)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    visit.after(id, form, sealed, list_page).await
}

/// What the form says of each: who is not named as excluded or left undecided is on the list.
fn decisions(
    desk: &mut Desk<'_>,
    form: &Form,
    standing: &[Candidacy],
    refusals: &mut Refusals,
) -> Result<Vec<Decision>, Stop> {
    let mut decisions = Vec::new();
    for candidacy in standing {
        let id = &candidacy.id;
        let verdict = match form.text(&format!("avis-{id}")) {
            "oui" => Verdict::Eligible,
            "non" => Verdict::Excluded(
                form.optional(&format!("critere-{id}")).map(str::to_owned),
                text(desk, form, &format!("raison-{id}"), TEXT_MAX, refusals)?,
            ),
            _ => Verdict::None,
        };
        decisions.push(Decision { candidacy: id.clone(), verdict });
    }
    Ok(decisions)
}

fn list_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    convener(visit, &call.body)?;
    let named = title(tx, visit, &call)?;
    let mut criteria = Vec::new();
    for criterion in &call.criteria {
        let text = record::enclosures::text(tx, &criterion.text)?;
        let text = text.unwrap_or_else(|| visit.say("text-withdrawn"));
        criteria.push((criterion.code.clone(), format!("{} — {text}", criterion.code)));
    }
    let mut examined = Vec::new();
    for candidacy in to_examine(tx, &call)? {
        let who = candidate_label(tx, visit, &candidacy)?;
        let mut facts = Vec::new();
        for (code, fact) in tables::facts_of(tx, &candidacy.id)? {
            facts.push((code, enclosed_line(tx, visit, &fact, candidacy.entry)?));
        }
        examined.push((candidacy, who, facts));
    }
    let verdicts = [
        ("oui".to_owned(), visit.say("selection-verdict-eligible")),
        ("non".to_owned(), visit.say("selection-verdict-excluded")),
    ];
    let fields = html! {
        @if examined.is_empty() { p.mute { (visit.say("selection-nobody-stands")) } }
        @for (candidacy, who, facts) in &examined {
            @let id = &candidacy.id;
            fieldset {
                legend { (who) }
                p.small { (traits_text(candidacy)) }
                @if !facts.is_empty() {
                    ul { @for (code, fact) in facts { li { (code) " — " (fact) } } }
                }
                @let name = format!("avis-{id}");
                (visit.choice_field(&Input::new(&name, visit.say("selection-verdict")), &verdicts, form, refusals))
                @let name = format!("critere-{id}");
                (visit.choice_field(&Input::new(&name, visit.say("selection-not-met")), &criteria, form, refusals))
                @let name = format!("raison-{id}");
                (visit.text_area(
                    &Input::new(&name, visit.say("selection-ground")).hint(visit.say("selection-ground-hint")),
                    2, form, refusals))
            }
        }
    };
    let lead = html! {
        p { (visit.say_with("selection-list-lead", &[("days", call.appeal_days.into())])) }
    };
    let sheet = Sheet { call: &call, named, key: "selection-publish", action: "liste", lead, fields };
    Ok(sheet.page(visit, refusals))
}

pub(super) async fn appeal_form(visit: Visit, Path((id, candidacy)): Path<(String, String)>) -> Outcome {
    visit.signed_in()?;
    visit.begun(format!("{id}/{candidacy}"), Form::default(), appeal_page).await
}

pub(super) async fn appeal(
    visit: Visit,
    Path((id, candidacy)): Path<(String, String)>,
    form: Form,
) -> Outcome {
    visit.signed_in()?;
    let (sent, both) = (form.clone(), format!("{id}/{candidacy}"));
    let sealed = visit
        .seal(move |desk, visit| {
            let (call, candidacy, behalf, paper) = of_visitor(desk.tx(), visit, &id, &candidacy)?;
            let appeals = tables::appeals(desk.tx(), &call.id)?;
            let already = appeals.iter().any(|appeal| appeal.candidacy == candidacy.id);
            let mut refusals = Refusals::default();
            let said = text(desk, &sent, "texte", TEXT_MAX, &mut refusals)?;
            let fresh = AppealId::parse(&visit.fresh_id()?);
            let fresh = fresh.map_err(|fault| Stop::Fault(record::Fault::Value(fault.to_string())))?;
            let decided = acts::appeal(&call, &candidacy, already, fresh, (said, paper), visit.today());
            appended(desk, visit, behalf, refusals, decided)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    visit.after(both, form, sealed, appeal_page).await
}

fn appeal_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    of: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let (id, candidacy) = of.split_once('/').ok_or(Stop::NotFound)?;
    let (call, candidacy, ..) = of_visitor(tx, visit, id, candidacy)?;
    let (named, who) = (title(tx, visit, &call)?, candidate_label(tx, visit, &candidacy)?);
    let ground = match &candidacy.excluded {
        Some((code, reason)) => {
            let entry = call.list.as_ref().map_or(call.entry, |list| list.entry);
            let reason = enclosed_line(tx, visit, reason, entry)?;
            html! { p { strong { (who) } } p { (code) " — " (reason) } }
        }
        None => html! { p { strong { (who) } } },
    };
    let input =
        Input::new("texte", visit.say("selection-appeal-text")).hint(visit.say("selection-appeal-hint"));
    let fields = visit.text_area(&input, 5, form, refusals);
    let action = format!("candidatures/{}/recours", candidacy.id);
    let sheet = Sheet { call: &call, named, key: "selection-appeal", action: &action, lead: ground, fields };
    Ok(sheet.page(visit, refusals))
}

pub(super) async fn decide_form(visit: Visit, Path((id, appeal)): Path<(String, String)>) -> Outcome {
    visit.signed_in()?;
    visit.begun(format!("{id}/{appeal}"), Form::default(), decide_page).await
}

pub(super) async fn decide(visit: Visit, Path((id, appeal)): Path<(String, String)>, form: Form) -> Outcome {
    visit.signed_in()?;
    let (sent, both) = (form.clone(), format!("{id}/{appeal}"));
    let sealed = visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &id)?;
            let behalf = convener(visit, &call.body)?;
            let appeal = tables::appeal(desk.tx(), &call.id, &appeal)?.ok_or(Stop::NotFound)?;
            let mut refusals = Refusals::default();
            let reason = text(desk, &sent, "raison", TEXT_MAX, &mut refusals)?;
            let admitted = match sent.text("suite") {
                "oui" => Some(true),
                "non" => Some(false),
                _ => None,
            };
            let decided = acts::decide(&call, appeal.id, appeal.admitted.is_some(), admitted, reason);
            appended(desk, visit, behalf, refusals, decided)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    visit.after(both, form, sealed, decide_page).await
}

fn decide_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    of: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let (id, appeal) = of.split_once('/').ok_or(Stop::NotFound)?;
    let call = found(tx, id)?;
    convener(visit, &call.body)?;
    let appeal = tables::appeal(tx, &call.id, appeal)?.ok_or(Stop::NotFound)?;
    let candidacy = tables::candidacy(tx, &call.id, appeal.candidacy.as_str())?.ok_or(Stop::NotFound)?;
    let (named, who) = (title(tx, visit, &call)?, candidate_label(tx, visit, &candidacy)?);
    let lead = html! { p { strong { (who) } } (enclosed(tx, visit, &appeal.text, appeal.entry)?) };
    let choices = [
        ("oui".to_owned(), visit.say("selection-appeal-admitted")),
        ("non".to_owned(), visit.say("selection-appeal-rejected")),
    ];
    let fields = html! {
        (visit.choice_field(&Input::new("suite", visit.say("selection-verdict")), &choices, form, refusals))
        (visit.text_area(&Input::new("raison", visit.say("selection-reason")), 4, form, refusals))
    };
    let action = format!("recours/{}", appeal.id);
    let sheet = Sheet { call: &call, named, key: "selection-decide", action: &action, lead, fields };
    Ok(sheet.page(visit, refusals))
}
