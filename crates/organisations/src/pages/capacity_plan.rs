//! What an organisation does about its capacity: whom it asks to look, what it plans, what became of it, the trainings attended.

use axum::extract::Path;
use record::Tx;
use terms::organisations::{ActionOutcome, ActionPlanned, ActionSettled, TrainingAttended};
use terms::{ActionId, Behalf, OrganisationId};
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, day, html, quoted_of, time_range};

use super::capacity::{about_label, may_say};
use super::forms::sheet;
use super::meant;
use super::ties::entry_link;
use crate::acts::{self, Candidates, CapacityRefusal, Refusal};
use crate::capacity::grid;
use crate::tables::{self, Action, Organisation, Training};

/// Characters of what is planned, noted, or told of a training.
const TEXT_MAX: usize = 1_000;

fn speaking(visit: &Visit, id: &str) -> Result<OrganisationId, Stop> {
    visit.signed_in()?;
    let organisation = OrganisationId::parse(id).map_err(|_| Stop::NotFound)?;
    if may_say(visit, &organisation) { Ok(organisation) } else { Err(Stop::NoStanding) }
}

fn of(id: &OrganisationId) -> String {
    format!("/organisations/{id}/capacites")
}

fn behalf(id: &OrganisationId) -> Behalf {
    Behalf::Organisation { organisation: id.clone() }
}

/// Actions and trainings on the public page.
pub(super) fn shown(tx: &mut Tx<'_>, visit: &Visit, organisation: &Organisation) -> Result<Markup, Stop> {
    let actions = tables::actions(tx, &organisation.id)?;
    let trainings = tables::trainings(tx, &organisation.id)?;
    for entry in actions.iter().flat_map(|one| [Some(one.entry), one.settled_entry]).flatten() {
        visit.learns_gone(tx, entry)?;
        visit.shows_entry(entry);
    }
    for training in &trainings {
        visit.learns_gone(tx, training.entry)?;
        visit.shows_entry(training.entry);
    }
    let may = may_say(visit, &organisation.id) && visit.past().is_none();
    Ok(html! {
        h2 { (visit.say("organisations-actions")) }
        @if actions.is_empty() { p.mute { (visit.say("organisations-actions-none")) } }
        ol.line { @for one in &actions { li { (action(visit, one, may)) } } }
        h2 { (visit.say("organisations-trainings")) }
        @if trainings.is_empty() { p.mute { (visit.say("organisations-trainings-none")) } }
        ol.line { @for one in &trainings { li { (training(visit, one)) } } }
    })
}

fn action(visit: &Visit, one: &Action, may: bool) -> Markup {
    let late = one.outcome.is_none() && one.by_when.is_some_and(|by| by < visit.day_shown());
    let path = format!("{}/action/{}", of(&one.organisation), one.id);
    html! {
        p.small.mute { (about_label(visit, &one.about)) }
        (quoted_of(visit, one.text.as_deref(), one.entry))
        p {
            @match (one.outcome.as_deref(), one.settled_on) {
                (Some(outcome), Some(on)) => {
                    span class={ "badge " (if outcome == "done" { "answered" } else { "" }) } {
                        (visit.say(&format!("organisations-action-{outcome}")))
                    }
                    " " (day(visit, on))
                }
                _ => {
                    span.badge.waiting { (visit.say("organisations-action-under-way")) } " "
                    @match one.by_when {
                        Some(by) => {
                            (visit.say("organisations-action-by")) " " (day(visit, by))
                            @if late { " " span.small { (visit.say("organisations-action-late")) } }
                        }
                        None => span.mute { (visit.say("organisations-action-by-unknown")) },
                    }
                }
            }
        }
        @if let Some(responsible) = &one.responsible {
            p.small { (visit.say("organisations-action-responsible")) " : "
                (responsible.as_deref().unwrap_or(&visit.say("organisations-unknown"))) }
        }
        @if let (Some(note), Some(entry)) = (&one.note, one.settled_entry) { (quoted_of(visit, note.as_deref(), entry)) }
        p.small.mute { (entry_link(visit, one.entry)) @if let Some(entry) = one.settled_entry { " · " (entry_link(visit, entry)) } }
        @if may && one.outcome.is_none() {
            p.screen { a href=(visit.link(&path)) { (visit.say("organisations-action-settle")) } }
        }
    }
}

fn training(visit: &Visit, one: &Training) -> Markup {
    let unknown = || visit.say("organisations-unknown");
    let count = |count: Option<i64>| count.map_or_else(unknown, |count| visit.number(count));
    html! {
        @match (one.from, one.until) {
            (None, _) => p.small.mute { (visit.say("organisations-day-unknown")) },
            (Some(from), until) if until.is_none_or(|until| until == from) => p.small { (day(visit, from)) },
            (from, until) => p.small { (time_range(visit, from, until)) },
        }
        (quoted_of(visit, one.title.as_deref(), one.entry))
        p.small {
            @if let Some(domain) = &one.domain { (about_label(visit, domain)) ". " }
            @if let Some(provider) = &one.provider {
                (visit.say("organisations-training-provider")) " : " (provider.clone().unwrap_or_else(unknown)) ". "
            }
            (visit.say_with("organisations-training-people", &[
                ("people", count(one.people).into()), ("women", count(one.women).into()),
            ]))
        }
        p.small.mute { (entry_link(visit, one.entry)) }
    }
}

pub(super) async fn peer_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    speaking(&visit, &id)?;
    visit.begun(id, Form::default(), peer_page).await
}

fn peer_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let asked = tables::asked(tx, &organisation.id)?;
    let asked = asked.shown_to(visit.standing()).ok_or(Stop::NoStanding)?;
    let lead = html! {
        p { (visit.say("organisations-capacity-ask-lead")) }
        @if !asked.is_empty() {
            p { (visit.say("organisations-capacity-asked")) }
            ul { @for (peer, name) in asked { li { a href=(visit.link(&format!("/organisations/{peer}"))) { (name) } } } }
        }
    };
    let input = Input::new("pair", visit.say("organisations-capacity-peer"))
        .hint(visit.say("organisations-umbrella-hint"));
    let fields = html! { (visit.text_field(&input, "text", form, refusals)) };
    let action = format!("/organisations/{id}/capacites/pair");
    Ok(sheet(visit, &organisation, "organisations-capacity-ask", &action, (lead, fields), refusals))
}

/// The peer is asked: nothing of it is public before it has answered.
pub(super) async fn ask_peer(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let organisation = speaking(&visit, &id)?;
    let sent = form.clone();
    let kept = visit
        .seal(move |desk, visit| {
            let mut refusals = Refusals::default();
            sent.required("pair", 200, &mut refusals);
            match meant(desk.tx(), sent.text("pair"))? {
                Candidates::Blank => {}
                Candidates::One(peer) if peer == organisation => {
                    refusals.0.push(CapacityRefusal::PeerItself.into());
                }
                Candidates::One(peer) => tables::ask_peer(desk.tx(), &organisation, &peer, visit.today())?,
                Candidates::Nobody(text) => refusals
                    .0
                    .push(web::Refusal { field: "pair".into(), ..Refusal::UnknownOrganisation(text).into() }),
                Candidates::Several(names) => refusals.0.push(web::Refusal {
                    field: "pair".into(),
                    ..Refusal::SeveralOrganisations(names).into()
                }),
            }
            refusals.or(())?;
            Ok(format!("/organisations/{organisation}/capacites/pair"))
        })
        .await;
    visit.after(id, form, kept, peer_page).await
}

pub(super) async fn action_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    speaking(&visit, &id)?;
    visit.begun(id, Form::default(), action_page).await
}

fn action_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let mut abouts = Vec::new();
    for domain in grid() {
        abouts.push((domain.code.clone(), about_label(visit, &domain.code)));
        abouts.extend(domain.items.iter().map(|item| (item.code.clone(), about_label(visit, &item.code))));
    }
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let fields = html! {
        (visit.choice_field(&input("sur", "organisations-action-about"), &abouts, form, refusals))
        (visit.text_area(&input("texte", "organisations-action-text").hint(visit.say("organisations-action-text-hint")), 4,
            form, refusals))
        (visit.text_field(&input("echeance", "organisations-action-by").hint(visit.say("organisations-day-hint")), "text",
            form, refusals))
        (visit.text_field(&input("responsable", "organisations-action-responsible")
            .hint(visit.say("organisations-action-responsible-hint")), "text", form, refusals))
    };
    let action = format!("/organisations/{id}/capacites/action");
    Ok(sheet(visit, &organisation, "organisations-action-plan", &action, (html! {}, fields), refusals))
}

pub(super) async fn plan(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let organisation = speaking(&visit, &id)?;
    let sent = form.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            let mut refusals = Refusals::default();
            let text = sent.required("texte", TEXT_MAX, &mut refusals);
            sent.at_most("responsable", 200, &mut refusals);
            let fresh = ActionId::parse(&visit.fresh_id()?);
            let responsible = match sent.optional("responsable") {
                Some(text) => Some(desk.enclose_text(text)?),
                None => None,
            };
            let planned = ActionPlanned {
                id: fresh.map_err(|fault| Stop::Fault(record::Fault::Value(fault.to_string())))?,
                organisation: organisation.clone(),
                about: sent.text("sur").to_owned(),
                text: desk.enclose_text(&text)?,
                by_when: sent.day("echeance", &mut refusals),
                responsible,
            };
            visit.append_or(desk, behalf(&organisation), refusals, acts::plan(planned, visit.today()))?;
            Ok(of(&organisation))
        })
        .await;
    visit.after(id, form, sealed, action_page).await
}

pub(super) async fn outcome_form(visit: Visit, Path((id, action)): Path<(String, String)>) -> Outcome {
    speaking(&visit, &id)?;
    let today = Form::of(&[("jour", &visit.today().to_string())]);
    visit.begun(format!("{id}/{action}"), today, outcome_page).await
}

/// The organisation's action of this id.
fn own_action(tx: &mut Tx<'_>, id: &str, action: &str) -> Result<Action, Stop> {
    tables::one_action(tx, action)?.filter(|found| found.organisation.as_str() == id).ok_or(Stop::NotFound)
}

fn outcome_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    of: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let (id, action) = of.split_once('/').ok_or(Stop::NotFound)?;
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let found = own_action(tx, id, action)?;
    visit.learns_gone(tx, found.entry)?;
    let outcomes = ActionOutcome::ALL.map(|outcome| {
        (outcome.as_str().to_owned(), visit.say(&format!("organisations-action-{}", outcome.as_str())))
    });
    let lead = html! { blockquote { (quoted_of(visit, found.text.as_deref(), found.entry)) } };
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let fields = html! {
        (visit.choice_field(&input("suite", "organisations-action-outcome"), &outcomes, form, refusals))
        (visit.text_field(&input("jour", "organisations-day"), "text", form, refusals))
        (visit.text_area(&input("note", "organisations-action-note"), 3, form, refusals))
    };
    let address = format!("/organisations/{id}/capacites/action/{action}");
    Ok(sheet(visit, &organisation, "organisations-action-settle", &address, (lead, fields), refusals))
}

pub(super) async fn settle(visit: Visit, Path((id, action)): Path<(String, String)>, form: Form) -> Outcome {
    let organisation = speaking(&visit, &id)?;
    let (sent, asked) = (form.clone(), action.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let found = own_action(desk.tx(), organisation.as_str(), &asked)?;
            let mut refusals = Refusals::default();
            sent.at_most("note", TEXT_MAX, &mut refusals);
            let on = sent.required_day("jour", &mut refusals).unwrap_or_else(|| visit.today());
            let note = match sent.optional("note") {
                Some(text) => Some(desk.enclose_text(text)?),
                None => None,
            };
            let id = ActionId::parse(&found.id);
            let settled = ActionSettled {
                action: id.map_err(|fault| Stop::Fault(record::Fault::Value(fault.to_string())))?,
                outcome: ActionOutcome::Done,
                on,
                note,
            };
            let outcome = ActionOutcome::parse(sent.text("suite"));
            let decided = acts::settle(settled, outcome, found.outcome.is_some(), visit.today());
            visit.append_or(desk, behalf(&organisation), refusals, decided)?;
            Ok(of(&organisation))
        })
        .await;
    visit.after(format!("{id}/{action}"), form, sealed, outcome_page).await
}

pub(super) async fn training_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    speaking(&visit, &id)?;
    visit.begun(id, Form::default(), training_page).await
}

fn training_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let domains: Vec<_> =
        grid().iter().map(|domain| (domain.code.clone(), about_label(visit, &domain.code))).collect();
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let hint = || visit.say("organisations-training-unknown-hint");
    let text = |input: &Input<'_>| visit.text_field(input, "text", form, refusals);
    let fields = html! {
        (text(&input("titre", "organisations-training-title")))
        (visit.choice_field(&input("domaine", "organisations-capacity-domain"), &domains, form, refusals))
        (text(&input("donnee-par", "organisations-training-provider").hint(hint())))
        (text(&input("debut", "organisations-first-day").hint(visit.say("organisations-day-hint"))))
        (text(&input("fin", "organisations-training-last").hint(hint())))
        (text(&input("personnes", "organisations-training-count").hint(hint())))
        (text(&input("femmes", "organisations-training-women").hint(hint())))
    };
    let action = format!("/organisations/{id}/capacites/formation");
    Ok(sheet(visit, &organisation, "organisations-training-tell", &action, (html! {}, fields), refusals))
}

pub(super) async fn attend(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let organisation = speaking(&visit, &id)?;
    let sent = form.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            let mut refusals = Refusals::default();
            let title = sent.required("titre", 200, &mut refusals);
            sent.at_most("donnee-par", 200, &mut refusals);
            let provider = match sent.optional("donnee-par") {
                Some(text) => Some(desk.enclose_text(text)?),
                None => None,
            };
            let attended = TrainingAttended {
                organisation: organisation.clone(),
                title: desk.enclose_text(&title)?,
                domain: sent.optional("domaine").map(str::to_owned),
                provider,
                from: sent.day("debut", &mut refusals),
                until: sent.day("fin", &mut refusals),
                people: sent.number("personnes", &mut refusals),
                women: sent.number("femmes", &mut refusals),
            };
            visit.append_or(desk, behalf(&organisation), refusals, acts::attend(attended, visit.today()))?;
            Ok(of(&organisation))
        })
        .await;
    visit.after(id, form, sealed, training_page).await
}
