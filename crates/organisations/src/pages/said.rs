//! The forms by which something is said of an organisation one by one: a tie, an identifier; and its reply.

use axum::extract::Path;
use record::{Desk, Tx};
use terms::organisations::{Basis, Held, OrganisationIdentified, OrganisationReplied, TieStated};
use terms::{Behalf, OrganisationId};
use web::{Form, Input, Outcome, Page, Refusals, Stop, Visit, html};

use super::forms::{cited_source, labelled, registered, sheet, source_field};
use super::source_choices;
use super::ties::{criterion_label, may_reply};
use crate::acts::{self, CRITERIA, Refusal};
use crate::tables;

/// Characters of evidence and of a reply.
const TEXT_MAX: usize = 4_000;

/// On whose behalf the visitor says something of the organisation: its own, or the instance's.
pub(super) fn behalf(visit: &Visit, id: &str) -> Result<(OrganisationId, Behalf), Stop> {
    let standing = visit.signed_in()?;
    let organisation = OrganisationId::parse(id).map_err(|_| Stop::NotFound)?;
    let behalf = match () {
        () if may_reply(visit, &organisation) => Behalf::Organisation { organisation: organisation.clone() },
        () if standing.is_steward() => Behalf::Instance,
        () => return Err(Stop::NoStanding),
    };
    Ok((organisation, behalf))
}

pub(super) async fn tie_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    behalf(&visit, &id)?;
    let asked: Vec<(&str, &str)> = visit.asked("critere").map(|code| ("critere", code)).into_iter().collect();
    let form = Form::of(&asked);
    visit.begun(id, form, tie_page).await
}

pub(super) async fn tie(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (organisation, behalf) = behalf(&visit, &id)?;
    let sent = form.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            registered(desk.tx(), visit, organisation.as_str())?;
            let mut refusals = Refusals::default();
            let written = written_tie(desk, visit, organisation.clone(), &sent, &mut refusals)?;
            let observes = behalf == Behalf::Instance;
            let decided =
                written.map_or(Err(Vec::<Refusal>::new()), |tie| acts::tie(tie, observes, visit.today()));
            visit.append_or(desk, behalf, refusals, decided)?;
            Ok(format!("/organisations/{organisation}/liens"))
        })
        .await;
    visit.after(id, form, sealed, tie_page).await
}

/// The tie as it was written; `None` where a choice was not made, which is refused here.
fn written_tie(
    desk: &mut Desk<'_>,
    visit: &Visit,
    organisation: OrganisationId,
    form: &Form,
    refusals: &mut Refusals,
) -> Result<Option<TieStated>, Stop> {
    let value = Held::parse(form.text("valeur"));
    if value.is_none() {
        refusals.0.push(Refusal::UnknownValue.into());
    }
    // Who speaks for the organisation declares; who keeps the instance says which it is.
    let basis =
        if may_reply(visit, &organisation) { Some(Basis::Declared) } else { Basis::parse(form.text("dit")) };
    if basis.is_none() {
        refusals.0.push(Refusal::UnknownBasis.into());
    }
    form.at_most("preuve", TEXT_MAX, refusals);
    let (from, to) = (form.day("debut", refusals), form.day("fin", refusals));
    let source = cited_source(desk.tx(), form, refusals)?;
    let evidence = match form.optional("preuve") {
        Some(text) => Some(desk.enclose_text(text)?),
        None => None,
    };
    Ok(value.zip(basis).map(|(value, basis)| TieStated {
        organisation,
        criterion: form.text("critere").to_owned(),
        value,
        basis,
        contested: form.ticked("conteste"),
        from,
        to,
        source,
        note: None,
        evidence,
    }))
}

fn tie_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let criteria = labelled(&CRITERIA, |code| criterion_label(visit, code));
    let values =
        labelled(&Held::ALL.map(Held::as_str), |word| visit.say(&format!("organisations-holds-{word}")));
    let bases =
        labelled(&Basis::ALL.map(Basis::as_str), |word| visit.say(&format!("organisations-basis-{word}")));
    let sources = source_choices(tx)?;
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let own = may_reply(visit, &organisation.id);
    let lead = html! {
        p { (visit.say(if own { "organisations-tie-own" } else { "organisations-tie-others" })) }
    };
    let fields = html! {
        (visit.choice_field(&input("critere", "organisations-tie-criterion"), &criteria, form, refusals))
        (visit.choice_field(&input("valeur", "organisations-tie-value"), &values, form, refusals))
        @if !own { (visit.choice_field(&input("dit", "organisations-tie-basis"), &bases, form, refusals)) }
        (visit.text_area(
            &input("preuve", "organisations-tie-evidence").hint(visit.say("organisations-tie-evidence-hint")),
            5, form, refusals))
        (source_field(visit, &sources, form, refusals))
        (visit.text_field(&input("debut", "organisations-tie-from").hint(visit.say("organisations-day-hint")),
            "text", form, refusals))
        (visit.text_field(&input("fin", "organisations-tie-to").hint(visit.say("organisations-tie-to-hint")),
            "text", form, refusals))
        @if !own {
            (visit.tick_field(
                &input("conteste", "organisations-contested").hint(visit.say("organisations-tie-contested-hint")),
                form))
        }
    };
    Ok(sheet(
        visit,
        &organisation,
        "organisations-tie-state",
        &format!("/organisations/{id}/liens/nouveau"),
        (lead, fields),
        refusals,
    ))
}

pub(super) async fn reply_form(visit: Visit, Path((id, entry)): Path<(String, u64)>) -> Outcome {
    replying(&visit, &id)?;
    visit.begun(format!("{id}/{entry}"), Form::default(), reply_page).await
}

/// Only those who act for the organisation answer for it.
fn replying(visit: &Visit, id: &str) -> Result<OrganisationId, Stop> {
    visit.signed_in()?;
    let organisation = OrganisationId::parse(id).map_err(|_| Stop::NotFound)?;
    if may_reply(visit, &organisation) { Ok(organisation) } else { Err(Stop::NoStanding) }
}

pub(super) async fn reply(visit: Visit, Path((id, entry)): Path<(String, u64)>, form: Form) -> Outcome {
    let organisation = replying(&visit, &id)?;
    let sent = form.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            let mut refusals = Refusals::default();
            let text = sent.required("texte", TEXT_MAX, &mut refusals);
            let is_of_it = tables::speaks_of(desk.tx(), &organisation, entry)?;
            let written = OrganisationReplied {
                organisation: organisation.clone(),
                about: entry,
                contests: sent.ticked("conteste"),
                text: desk.enclose_text(&text)?,
            };
            let behalf = Behalf::Organisation { organisation: organisation.clone() };
            visit.append_or(desk, behalf, refusals, acts::reply(written, is_of_it))?;
            Ok(format!("/organisations/{organisation}/liens"))
        })
        .await;
    visit.after(format!("{id}/{entry}"), form, sealed, reply_page).await
}

fn reply_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    of: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let (id, entry) = of.split_once('/').ok_or(Stop::NotFound)?;
    let organisation = tables::one(tx, id, visit.today())?.ok_or(Stop::NotFound)?;
    let entry: u64 = entry.parse().map_err(|_| Stop::NotFound)?;
    if !tables::speaks_of(tx, &organisation.id, entry)? {
        return Err(Stop::NotFound);
    }
    let input = |name: &'static str, key: &str| Input::new(name, visit.say(key));
    let lead = html! {
        p {
            (visit.say("organisations-reply-lead")) " "
            a href=(visit.link(&format!("/registre/{entry}"))) {
                (visit.say_with("organisations-entry", &[("index", entry.into())]))
            }
        }
    };
    let fields = html! {
        (visit.text_area(
            &input("texte", "organisations-reply-text").hint(visit.say("organisations-reply-text-hint")),
            6, form, refusals))
        (visit.tick_field(&input("conteste", "organisations-reply-contests"), form))
    };
    Ok(sheet(
        visit,
        &organisation,
        "organisations-reply",
        &format!("/organisations/{id}/reponse/{entry}"),
        (lead, fields),
        refusals,
    ))
}

pub(super) async fn identifier_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    super::steward(&visit)?;
    visit.begun(id, Form::default(), identifier_page).await
}

pub(super) async fn identify(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    super::steward(&visit)?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let organisation = registered(desk.tx(), visit, &asked)?;
            let mut refusals = Refusals::default();
            let scheme = sent.required("registre", 120, &mut refusals);
            let value = sent.required("valeur", 120, &mut refusals);
            sent.at_most("note", 2_000, &mut refusals);
            let identified = OrganisationIdentified {
                organisation: organisation.clone(),
                from: sent.day("debut", &mut refusals),
                to: sent.day("fin", &mut refusals),
                source: cited_source(desk.tx(), &sent, &mut refusals)?,
                note: sent.optional("note").map(str::to_owned),
                scheme,
                value,
            };
            let decided = match () {
                // The form has said so already.
                () if identified.scheme.is_empty() || identified.value.is_empty() => {
                    Err(Vec::<Refusal>::new())
                }
                () => {
                    let bearers = tables::bearers(desk.tx(), &identified.scheme, &identified.value)?;
                    acts::identify(identified, &bearers, visit.today())
                }
            };
            visit.append_or(desk, Behalf::Instance, refusals, decided)?;
            Ok(format!("/organisations/{organisation}"))
        })
        .await;
    visit.after(id, form, sealed, identifier_page).await
}

fn identifier_page(
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
        (field("registre", "organisations-scheme", "organisations-scheme-hint"))
        (field("valeur", "organisations-identifier", "organisations-identifier-hint"))
        (field("debut", "organisations-first-day", "organisations-day-hint"))
        (field("fin", "organisations-tie-to", "organisations-tie-to-hint"))
        (source_field(visit, &sources, form, refusals))
        (super::forms::note_field(visit, form, refusals))
    };
    Ok(sheet(
        visit,
        &organisation,
        "organisations-identify",
        &format!("/organisations/{id}/identifiant"),
        (html! {}, fields),
        refusals,
    ))
}
