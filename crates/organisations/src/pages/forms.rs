//! The forms of stewards: register, state, record a membership.

use axum::extract::Path;
use record::{Tx, directory};
use terms::organisations::OrganisationStatusStated;
use terms::{Behalf, OrganisationId, PlaceId, Word};
use web::{Form, FormPage, Input, Markup, Outcome, Page, Refusals, Stop, Visit, html};

use super::{
    CANDIDATES_MAX, candidates, id_and_name, kind_label, meant, source_choices, source_named, status_label,
    steward,
};
use crate::acts::{self, Draft, KINDS, Membership, Refusal, STANDINGS, STATEMENTS};
use crate::tables;

pub(super) async fn new_form(visit: Visit) -> Outcome {
    shown(visit, String::new(), new_page).await
}

pub(super) async fn status_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, status_page).await
}

pub(super) async fn membership_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    shown(visit, id, membership_page).await
}

async fn shown(visit: Visit, id: String, form: FormPage) -> Outcome {
    steward(&visit)?;
    visit.begun(id, Form::default(), form).await
}

pub(super) async fn register(visit: Visit, form: Form) -> Outcome {
    steward(&visit)?;
    let sent = form.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            let mut refusals = Refusals::default();
            let (draft, same) = draft(desk.tx(), &sent, &mut refusals)?;
            let fresh = OrganisationId::parse(&visit.fresh_id()?);
            let id = fresh.map_err(|fault| Stop::Fault(record::Fault::Value(fault.to_string())))?;
            let decided = acts::register(id.clone(), draft, &same, visit.today());
            visit.append_or(desk, Behalf::Instance, refusals, decided)?;
            Ok(format!("/organisations/{id}"))
        })
        .await;
    visit.after(String::new(), form, sealed, new_page).await
}

fn draft(tx: &mut Tx<'_>, form: &Form, refusals: &mut Refusals) -> Result<(Draft, Vec<String>), Stop> {
    let name = form.required("nom", 200, refusals);
    for (field, most) in [("sigle", 40), ("forme", 120), ("note", 2_000)] {
        form.at_most(field, most, refusals);
    }
    let owned = |field: &str| form.optional(field).map(str::to_owned);
    let seat = form.text("siege");
    let places = directory::places_called(tx, seat, CANDIDATES_MAX)?;
    let places: Vec<_> = places.into_iter().map(id_and_name).collect();
    let same = tables::same(tx, &name, form.optional("sigle"))?;
    let draft = Draft {
        acronym: owned("sigle"),
        kind: form.text("sorte").to_owned(),
        founded: owned("fondation"),
        legal_form: owned("forme"),
        place: candidates(seat, &places, |id| PlaceId::parse(id).ok()),
        source: cited_source(tx, form, refusals)?,
        note: owned("note"),
        exercise: form.ticked("exercice"),
        another: form.ticked("autre"),
        name,
    };
    Ok((draft, same.into_iter().map(|(_, name)| name).collect()))
}

pub(super) fn cited_source(
    tx: &mut Tx<'_>,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Option<terms::SourceId>, Stop> {
    let Ok(source) = source_named(tx, form.optional("source"))? else {
        refusals.0.push(Refusal::UnknownSource.into());
        return Ok(None);
    };
    Ok(source)
}

pub(super) async fn state(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    steward(&visit)?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let organisation = registered(desk.tx(), visit, &asked)?;
            let mut refusals = Refusals::default();
            for (field, most) in [("autorite", 200), ("note", 2_000)] {
                sent.at_most(field, most, &mut refusals);
            }
            let statement = OrganisationStatusStated {
                organisation: organisation.clone(),
                status: sent.text("statut").to_owned(),
                on: sent.day("jour", &mut refusals),
                authority: sent.optional("autorite").map(str::to_owned),
                contested: sent.ticked("conteste"),
                source: cited_source(desk.tx(), &sent, &mut refusals)?,
                note: sent.optional("note").map(str::to_owned),
            };
            let decided = acts::state(statement, visit.today());
            visit.append_or(desk, Behalf::Instance, refusals, decided)?;
            Ok(format!("/organisations/{organisation}"))
        })
        .await;
    visit.after(id, form, sealed, status_page).await
}

pub(super) async fn join(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    steward(&visit)?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let member = registered(desk.tx(), visit, &asked)?;
            let mut refusals = Refusals::default();
            let decided = membership(desk.tx(), visit, &member, &sent, &mut refusals)?;
            visit.append_or(desk, Behalf::Instance, refusals, decided)?;
            Ok(format!("/organisations/{member}"))
        })
        .await;
    visit.after(id, form, sealed, membership_page).await
}

fn membership(
    tx: &mut Tx<'_>,
    visit: &Visit,
    member: &OrganisationId,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Result<Word, Vec<Refusal>>, Stop> {
    let text = form.required("faitiere", 200, refusals);
    let umbrella = meant(tx, &text)?;
    let recorded = match &umbrella {
        acts::Candidates::One(umbrella) => tables::between(tx, member, umbrella)?,
        _ => Vec::new(),
    };
    let mut fictional = |id: &str| -> Result<bool, Stop> {
        Ok(tables::one(tx, id, visit.today())?.is_some_and(|organisation| organisation.exercise))
    };
    let same_world = match &umbrella {
        acts::Candidates::One(umbrella) => fictional(umbrella.as_str())? == fictional(member.as_str())?,
        _ => true,
    };
    let dates = Membership { from: form.day("debut", refusals), to: form.day("fin", refusals) };
    let source = cited_source(tx, form, refusals)?;
    if text.is_empty() {
        // The form has said so already.
        return Ok(Err(Vec::new()));
    }
    Ok(acts::join(member.clone(), umbrella, dates, source, &recorded, same_world, visit.today()))
}

/// The organisation that is on the register under this id; of one that goes on under another's id, that other.
pub(super) fn registered(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<OrganisationId, Stop> {
    let root = directory::goes_on_as(tx, id)?;
    let id = root.as_deref().unwrap_or(id);
    tables::one(tx, id, visit.today())?.map(|organisation| organisation.id).ok_or(Stop::NotFound)
}

pub(super) fn labelled(words: &[&str], label: impl Fn(&str) -> String) -> Vec<(String, String)> {
    words.iter().map(|word| ((*word).to_owned(), label(word))).collect()
}

fn new_page(tx: &mut Tx<'_>, visit: &Visit, _: &str, form: &Form, refusals: &Refusals) -> Result<Page, Stop> {
    let kinds = labelled(&KINDS, |kind| kind_label(visit, kind));
    let sources = source_choices(tx)?;
    let same = match form.optional("nom") {
        Some(name) => tables::same(tx, name, form.optional("sigle"))?,
        None => Vec::new(),
    };
    let text = |name: &'static str, key: &str| {
        visit.text_field(&Input::new(name, visit.say(key)), "text", form, refusals)
    };
    let hinted = |name: &'static str, key: &str, hint: &str| {
        visit.text_field(&Input::new(name, visit.say(key)).hint(visit.say(hint)), "text", form, refusals)
    };
    let title = visit.say("organisations-new");
    let body = html! {
        h1 { (title) }
        (visit.error_summary(refusals))
        form method="post" action=(visit.link("/organisations/nouvelle")) {
            (visit.token_field())
            (text("nom", "organisations-column-name"))
            (text("sigle", "organisations-column-acronym"))
            @if !same.is_empty() {
                div.card {
                    p { (visit.say("organisations-same")) }
                    ul { @for (id, name) in &same {
                        li { a href=(visit.link(&format!("/organisations/{id}"))) { (name) } }
                    } }
                    (visit.tick_field(&Input::new("autre", visit.say("organisations-another")), form))
                }
            }
            (visit.choice_field(&Input::new("sorte", visit.say("organisations-column-kind")), &kinds, form,
                refusals))
            (hinted("forme", "organisations-column-legal-form", "organisations-legal-form-hint"))
            (hinted("fondation", "organisations-column-founded", "organisations-founded-hint"))
            (hinted("siege", "organisations-column-place", "organisations-place-hint"))
            (source_field(visit, &sources, form, refusals))
            (note_field(visit, form, refusals))
            (visit.tick_field(&Input::new("exercice", visit.say("organisations-is-exercise")), form))
            button { (visit.say("organisations-register")) }
        }
    };
    Ok(Page::new(title, body).under(visit.say("organisations-title"), "/organisations"))
}

pub(super) fn source_field(
    visit: &Visit,
    sources: &[(String, String)],
    form: &Form,
    refusals: &Refusals,
) -> Markup {
    let input = Input::new("source", visit.say("organisations-column-source"))
        .hint(visit.say("organisations-source-hint"));
    visit.choice_field(&input, sources, form, refusals)
}

pub(super) fn note_field(visit: &Visit, form: &Form, refusals: &Refusals) -> Markup {
    let input =
        Input::new("note", visit.say("organisations-note")).hint(visit.say("organisations-note-hint"));
    visit.text_area(&input, 4, form, refusals)
}

fn status_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let words: Vec<&str> = STANDINGS.iter().chain(&STATEMENTS).copied().collect();
    let statements = labelled(&words, |word| status_label(visit, word));
    let sources = source_choices(tx)?;
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let fields = html! {
        (visit.choice_field(&input("statut", "organisations-statement"), &statements, form, refusals))
        (visit.text_field(&input("jour", "organisations-day").hint(visit.say("organisations-day-hint")),
            "text", form, refusals))
        (visit.text_field(&input("autorite", "organisations-authority"), "text", form, refusals))
        (source_field(visit, &sources, form, refusals))
        (visit.tick_field(
            &input("conteste", "organisations-contested")
                .hint(visit.say("organisations-contested-hint")),
            form))
        (note_field(visit, form, refusals))
    };
    Ok(sheet(
        visit,
        &organisation,
        "organisations-state",
        &format!("/organisations/{id}/statut"),
        (html! {}, fields),
        refusals,
    ))
}

fn membership_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let sources = source_choices(tx)?;
    let field = |name: &'static str, key: &str, hint: &str| {
        visit.text_field(&Input::new(name, visit.say(key)).hint(visit.say(hint)), "text", form, refusals)
    };
    let fields = html! {
        (field("faitiere", "organisations-umbrella", "organisations-umbrella-hint"))
        (field("debut", "organisations-first-day", "organisations-day-hint"))
        (field("fin", "organisations-last-day", "organisations-last-day-hint"))
        (source_field(visit, &sources, form, refusals))
    };
    Ok(sheet(
        visit,
        &organisation,
        "organisations-join",
        &format!("/organisations/{id}/adhesion"),
        (html! {}, fields),
        refusals,
    ))
}

/// A form about an organisation: what it does heads it and stands on its button; what comes first, and its fields, are given.
pub(super) fn sheet(
    visit: &Visit,
    organisation: &tables::Organisation,
    key: &str,
    action: &str,
    (lead, fields): (Markup, Markup),
    refusals: &Refusals,
) -> Page {
    let title = visit.say(key);
    let body = html! {
        h1 { (title) }
        p.lead { (organisation.name) }
        (lead)
        (visit.error_summary(refusals))
        form method="post" action=(visit.link(action)) {
            (visit.token_field())
            (fields)
            button { (title) }
        }
    };
    Page::new(title, body)
        .under(visit.say("organisations-title"), "/organisations")
        .under(organisation.name.clone(), &format!("/organisations/{}", organisation.id))
        .exercise(organisation.exercise)
}
