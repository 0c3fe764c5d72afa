//! A nomination by an authority is recorded as such.

use axum::extract::Path;
use record::{Desk, Tx, directory};
use terms::OrganisationId;
use terms::selection::Nominee;
use web::{Form, Input, Outcome, Page, Refusals, Stop, Visit, html};

use super::opening::{source, source_field};
use super::sheets::{Sheet, appended, text};
use super::{candidate_label, convener, found, title};
use crate::acts::{self, Named, Refusal};
use crate::call::{Candidacy, Place};
use crate::tables;

/// People or organisations that had not stood, in one form.
const OTHERS_MAX: usize = 3;

/// Characters of reasons.
const TEXT_MAX: usize = 4_000;

pub(super) async fn form(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.signed_in()?;
    visit.begun(id, Form::default(), page).await
}

pub(super) async fn name(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    visit.signed_in()?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &asked)?;
            let behalf = convener(visit, &call.body)?;
            let mut refusals = Refusals::default();
            let candidates = tables::candidacies(desk.tx(), &call.id)?;
            let named = named(desk, &sent, &candidates, &mut refusals)?;
            let decided = acts::nominate(&call, &candidates, named, visit.today());
            appended(desk, visit, behalf, refusals, decided)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    visit.after(id, form, sealed, page).await
}

fn named(
    desk: &mut Desk<'_>,
    form: &Form,
    candidates: &[Candidacy],
    refusals: &mut Refusals,
) -> Result<Named, Stop> {
    form.at_most("acte", 200, refusals);
    let ticked = candidates.iter().filter(|one| form.ticked(&format!("nomme-{}", one.id)));
    let mut nominees: Vec<Nominee> = ticked
        .map(|one| Nominee { candidacy: Some(one.id.clone()), organisation: None, person: None })
        .collect();
    for number in 1..=OTHERS_MAX {
        let organisation = match form.optional(&format!("organisation-{number}")) {
            Some(name) => {
                match directory::called(desk.tx(), directory::Kind::Organisation, name, 2)?.as_slice() {
                    [one] => OrganisationId::parse(&one.id).ok(),
                    _ => {
                        let mut unknown: web::Refusal = Refusal::UnknownOrganisation.into();
                        unknown.field = format!("organisation-{number}");
                        refusals.0.push(unknown);
                        None
                    }
                }
            }
            None => None,
        };
        let person = text(desk, form, &format!("autre-{number}"), 120, refusals)?;
        if organisation.is_some() || person.is_some() {
            nominees.push(Nominee { candidacy: None, organisation, person });
        }
    }
    let file = match form.file("fichier", refusals) {
        Some((media, bytes)) => Some(desk.enclose(media, bytes)?),
        None => None,
    };
    Ok(Named {
        on: form.day("jour", refusals),
        act: form.text("acte").to_owned(),
        nominees,
        reason: text(desk, form, "raison", TEXT_MAX, refusals)?,
        file,
        source: source(desk.tx(), form, refusals)?,
    })
}

fn page(tx: &mut Tx<'_>, visit: &Visit, id: &str, form: &Form, refusals: &Refusals) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    convener(visit, &call.body)?;
    let title = title(tx, visit, &call)?;
    let mut standing = Vec::new();
    for candidacy in
        tables::candidacies(tx, &call.id)?.into_iter().filter(|one| one.place != Place::Withdrawn)
    {
        standing.push((format!("nomme-{}", candidacy.id), candidate_label(tx, visit, &candidacy)?));
    }
    let field =
        |name: &str, label: String| visit.text_field(&Input::new(name, label), "text", form, refusals);
    let numbered = |key: &str, number: usize| visit.say_with(key, &[("number", number.into())]);
    let fields = html! {
        (field("acte", visit.say("selection-act")))
        (field("jour", visit.say("selection-act-day")))
        @if !standing.is_empty() {
            fieldset {
                legend { (visit.say("selection-named-candidates")) }
                @for (name, label) in &standing { (visit.tick_field(&Input::new(name, label.clone()), form)) }
            }
        }
        fieldset {
            legend { (visit.say("selection-named-others")) }
            @for number in 1..=OTHERS_MAX {
                (field(&format!("autre-{number}"), numbered("selection-named-person", number)))
                (field(&format!("organisation-{number}"), numbered("selection-named-organisation", number)))
            }
        }
        (visit.text_area(&Input::new("raison", visit.say("selection-named-reason")), 4, form, refusals))
        (visit.file_field(&Input::new("fichier", visit.say("selection-act-file")), refusals))
        (source_field(tx, visit, form, refusals)?)
    };
    let lead = html! { p { (visit.say("selection-name-lead")) } };
    let sheet =
        Sheet { call: &call, named: title, key: "selection-name", action: "nomination", lead, fields };
    Ok(sheet.page(visit, refusals))
}
