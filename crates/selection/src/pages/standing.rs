//! Somebody stands for a call, or stands no more; what a candidate said.

use axum::extract::Path;
use record::{Tx, directory};
use terms::{Behalf, CandidacyId, OrganisationId};
use web::{Form, Input, Outcome, Page, Refusals, Stop, Visit, html};

use super::sheets::{Sheet, appended, text};
use super::{
    candidate_label, convening, enclosed, enclosed_line, feature_label, found, name_of, spoken_for, title,
};
use crate::acts::{self, Filed, Standing};
use crate::call::{Call, Candidacy, Place};
use crate::tables;

/// Characters of a name.
const NAME_MAX: usize = 120;

/// Characters of a fact.
const FACT_MAX: usize = 1_000;

/// For whom the visitor files: the organisation that stands, which they speak for; else the convener, who types from paper.
fn filing(visit: &Visit, call: &Call, organisation: Option<&OrganisationId>) -> Result<(Behalf, bool), Stop> {
    visit.signed_in()?;
    let own = organisation.filter(|organisation| spoken_for(visit).contains(organisation));
    if let Some(organisation) = own {
        return Ok((Behalf::Organisation { organisation: organisation.clone() }, false));
    }
    convening(visit, &call.body).map(|behalf| (behalf, true)).ok_or(Stop::NoStanding)
}

pub(super) async fn file_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.signed_in()?;
    let asked = id.clone();
    let begun = visit
        .ask(move |tx, visit| {
            let call = found(tx, &asked)?;
            let own = spoken_for(visit);
            if own.is_empty() && convening(visit, &call.body).is_none() {
                return Err(Stop::NoStanding);
            }
            match own.first() {
                Some(own) => name_of(tx, visit, directory::Kind::Organisation, own.as_str()),
                None => Ok(String::new()),
            }
        })
        .await?;
    visit.begun(id, Form::of(&[("organisation", &begun)]), file_page).await
}

pub(super) async fn file(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    visit.signed_in()?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &asked)?;
            let mut refusals = Refusals::default();
            let organisation = organisation(desk.tx(), &sent)?;
            let (behalf, paper) = filing(visit, &call, organisation.as_ref().ok().and_then(Option::as_ref))?;
            let fresh = CandidacyId::parse(&visit.fresh_id()?);
            let candidacy = fresh.map_err(|fault| Stop::Fault(record::Fault::Value(fault.to_string())))?;
            let mut facts = Vec::new();
            for criterion in &call.criteria {
                let field = format!("fait-{}", criterion.code);
                if let Some(fact) = text(desk, &sent, &field, FACT_MAX, &mut refusals)? {
                    facts.push((criterion.code.clone(), fact));
                }
            }
            let standing = standing(desk.tx(), &call, &organisation)?;
            let value = |feature: terms::selection::Feature| {
                let value = sent.optional(&format!("trait-{}", feature.as_str()));
                value.map(|value| (feature, value.to_owned()))
            };
            let filed = Filed {
                id: candidacy,
                organisation,
                person: text(desk, &sent, "personne", NAME_MAX, &mut refusals)?,
                traits: call.features().into_iter().filter_map(value).collect(),
                facts,
                paper,
            };
            let decided = acts::file(&call, filed, standing, visit.today());
            appended(desk, visit, behalf, refusals, decided)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    visit.after(id, form, sealed, file_page).await
}

/// The organisation that the form names; `Err` where nobody, or more than one, bears the name.
fn organisation(tx: &mut Tx<'_>, form: &Form) -> Result<Result<Option<OrganisationId>, ()>, Stop> {
    let Some(name) = form.optional("organisation") else { return Ok(Ok(None)) };
    let named = directory::called(tx, directory::Kind::Organisation, name, 2)?;
    Ok(match named.as_slice() {
        [one] => OrganisationId::parse(&one.id).map(Some).map_err(|_| ()),
        _ => Err(()),
    })
}

fn standing(
    tx: &mut Tx<'_>,
    call: &Call,
    organisation: &Result<Option<OrganisationId>, ()>,
) -> Result<Standing, Stop> {
    let candidacies = tables::candidacies(tx, &call.id)?;
    let organisation = organisation.as_ref().ok().and_then(Option::as_ref);
    let already = organisation.is_some()
        && candidacies
            .iter()
            .any(|one| one.organisation.as_ref() == organisation && one.place != Place::Withdrawn);
    let exercise = match organisation {
        Some(id) => Some(directory::is_exercise(tx, directory::Kind::Organisation, id.as_str())?),
        None => None,
    };
    Ok(Standing { candidacies: candidacies.len(), already, exercise })
}

fn file_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    let named = title(tx, visit, &call)?;
    let mut criteria = Vec::new();
    for criterion in &call.criteria {
        let text = enclosed_line(tx, visit, &criterion.text, call.entry)?;
        let asks = match &criterion.asks {
            Some(asks) => record::enclosures::text(tx, asks)?,
            None => None,
        };
        let key =
            if criterion.asks.is_some() { "selection-your-fact" } else { "selection-your-fact-optional" };
        let label = visit.say_with(key, &[("code", (&criterion.code).into())]);
        criteria.push((format!("fait-{}", criterion.code), label, text, asks));
    }
    let hinted = |name: &'static str, key: &str, hint: &str| {
        visit.text_field(&Input::new(name, visit.say(key)).hint(visit.say(hint)), "text", form, refusals)
    };
    let fields = html! {
        (hinted("organisation", "selection-organisation", "selection-organisation-hint"))
        (hinted("personne", "selection-person", "selection-person-hint"))
        @for feature in call.features() {
            @let name = format!("trait-{}", feature.as_str());
            @let values = call.values(feature).into_iter();
            @let choices: Vec<(String, String)> = values.map(|value| (value.to_owned(), value.to_owned())).collect();
            (visit.choice_field(&Input::new(&name, feature_label(visit, feature)), &choices, form, refusals))
        }
        @for (name, label, text, asks) in &criteria {
            div.card { p { (text) } }
            @let input = Input::new(name, label.clone());
            @let input = match asks { Some(asks) => input.hint(asks.clone()), None => input };
            (visit.text_area(&input, 2, form, refusals))
        }
    };
    let lead = html! { p { (visit.say("selection-file-lead")) } };
    let sheet = Sheet { call: &call, named, key: "selection-file", action: "candidature", lead, fields };
    Ok(sheet.page(visit, refusals))
}

/// The candidacy at this address, and for whom the visitor acts on it.
pub(super) fn of_visitor(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    candidacy: &str,
) -> Result<(Call, Candidacy, Behalf, bool), Stop> {
    let call = found(tx, id)?;
    let candidacy = tables::candidacy(tx, &call.id, candidacy)?.ok_or(Stop::NotFound)?;
    let (behalf, paper) = filing(visit, &call, candidacy.organisation.as_ref())?;
    Ok((call, candidacy, behalf, paper))
}

pub(super) async fn withdraw_form(visit: Visit, Path((id, candidacy)): Path<(String, String)>) -> Outcome {
    visit.signed_in()?;
    visit.begun(format!("{id}/{candidacy}"), Form::default(), withdraw_page).await
}

pub(super) async fn withdraw(
    visit: Visit,
    Path((id, candidacy)): Path<(String, String)>,
    form: Form,
) -> Outcome {
    visit.signed_in()?;
    let both = format!("{id}/{candidacy}");
    let sealed = visit
        .seal(move |desk, visit| {
            let (call, candidacy, behalf, _) = of_visitor(desk.tx(), visit, &id, &candidacy)?;
            let decided = acts::withdraw(&call, &candidacy);
            appended(desk, visit, behalf, Refusals::default(), decided)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    visit.after(both, form, sealed, withdraw_page).await
}

fn withdraw_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    of: &str,
    _: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let (id, candidacy) = of.split_once('/').ok_or(Stop::NotFound)?;
    let (call, candidacy, ..) = of_visitor(tx, visit, id, candidacy)?;
    let named = title(tx, visit, &call)?;
    let who = candidate_label(tx, visit, &candidacy)?;
    let lead = html! { p { strong { (who) } } p { (visit.say("selection-withdraw-lead")) } };
    let action = format!("candidatures/{}/retirer", candidacy.id);
    let fields = html! {};
    let sheet = Sheet { call: &call, named, key: "selection-withdraw", action: &action, lead, fields };
    Ok(sheet.page(visit, refusals))
}

/// What a candidate said, and what became of it.
pub(super) async fn candidacy(visit: Visit, Path((id, candidacy)): Path<(String, String)>) -> Outcome {
    visit.page(move |tx, visit| candidacy_page(tx, visit, &id, &candidacy)).await
}

fn candidacy_page(tx: &mut Tx<'_>, visit: &Visit, id: &str, candidacy: &str) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    let candidacy = tables::candidacy(tx, &call.id, candidacy)?.ok_or(Stop::NotFound)?;
    let (named, who) = (title(tx, visit, &call)?, candidate_label(tx, visit, &candidacy)?);
    let mut facts = Vec::new();
    for (code, fact) in tables::facts_of(tx, &candidacy.id)? {
        let criterion = call.criteria.iter().find(|criterion| criterion.code == code);
        let criterion = match criterion {
            Some(criterion) => enclosed_line(tx, visit, &criterion.text, call.entry)?,
            None => html! { (code) },
        };
        facts.push((criterion, enclosed(tx, visit, &fact, candidacy.entry)?));
    }
    let own = filing(visit, &call, candidacy.organisation.as_ref()).is_ok();
    let stands = matches!(candidacy.place, Place::Filed | Place::Eligible);
    let address = format!("/appels/{}/candidatures/{}", call.id, candidacy.id);
    let appealing = call.stage(visit.today()) == crate::call::Stage::Appealing;
    let body = html! {
        h1 { (who) }
        p { (visit.say_with("selection-place", &[("place", candidacy.place.as_str().into())])) }
        dl.pairs {
            div { dt { (visit.say("selection-column-id")) } dd { code { (candidacy.id) } } }
            div { dt { (visit.say("selection-filed-on")) } dd {
                (web::day(visit, candidacy.filed))
                @if candidacy.paper { " · " (visit.say("selection-on-paper")) }
            } }
            @for (feature, value) in &candidacy.traits {
                div { dt { (feature_label(visit, *feature)) } dd { (value) } }
            }
        }
        @for (criterion, fact) in &facts { h2 { (criterion) } (fact) }
        @if own && visit.past().is_none() {
            p.screen {
                @if stands && call.frozen.is_none() && call.ended.is_none() {
                    a href=(visit.link(&format!("{address}/retirer"))) { (visit.say("selection-withdraw")) }
                }
                @if candidacy.place == Place::Excluded && appealing {
                    a href=(visit.link(&format!("{address}/recours"))) { (visit.say("selection-appeal")) }
                }
            }
        }
        (web::pieces_link(visit, candidacy.entry))
    };
    Ok(Page::new(who, body)
        .under(visit.say("selection-title"), "/appels")
        .under(named, &format!("/appels/{}", call.id))
        .exercise(call.exercise)
        .of_entry(candidacy.entry))
}
