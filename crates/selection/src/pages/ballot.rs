//! An organisation votes: one ballot, which its own people alone can see again until it is counted.

use axum::extract::Path;
use record::Tx;
use terms::OrganisationId;
use web::{Form, Input, Outcome, Page, Refusals, Stop, Visit, html};

use super::sheets::{Sheet, refused};
use super::{candidate_label, found, name_of, spoken_for, title, traits_text};
use crate::acts::{self, APPROVALS_MAX};
use crate::call::Call;
use crate::tables;

/// The organisations for which the visitor may vote here.
fn voting(tx: &mut Tx<'_>, visit: &Visit, call: &Call) -> Result<Vec<OrganisationId>, Stop> {
    let mut electors = Vec::new();
    for organisation in spoken_for(visit) {
        if tables::elector(tx, call, &organisation)? {
            electors.push(organisation);
        }
    }
    Ok(electors)
}

pub(super) async fn form(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.signed_in()?;
    let asked = id.clone();
    let begun = visit
        .ask(move |tx, visit| {
            let call = found(tx, &asked)?;
            let electors = voting(tx, visit, &call)?;
            let voter = electors.first().ok_or(Stop::NoStanding)?;
            let ballot = tables::own_ballot(tx, &call.id, voter)?;
            let own = ballot.as_ref().and_then(|held| held.shown_to(visit.standing()));
            let names = own.map(|ballot| ballot.0.iter().map(|id| format!("voix-{id}")).collect::<Vec<_>>());
            let names = names.unwrap_or_default();
            let ticked: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "oui")).collect();
            Ok(Form::of(&ticked))
        })
        .await?;
    visit.begun(id, begun, page).await
}

pub(super) async fn vote(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    visit.signed_in()?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &asked)?;
            let spoken = spoken_for(visit);
            let chosen = sent.optional("votant");
            let voter = spoken.iter().find(|one| chosen.is_none_or(|id| one.as_str() == id));
            let voter = voter.cloned().ok_or(Stop::NoStanding)?;
            let candidates = tables::candidacies(desk.tx(), &call.id)?;
            let approved = candidates.iter().map(|one| one.id.as_str());
            let approved: Vec<&str> = approved.filter(|id| sent.ticked(&format!("voix-{id}"))).collect();
            let elector = tables::elector(desk.tx(), &call, &voter)?;
            match acts::vote(&call, &candidates, elector, &approved, visit.today()) {
                Ok(ballot) => tables::cast(desk.tx(), &call.id, &voter, &ballot)?,
                Err(more) => {
                    let mut refusals = Refusals::default();
                    refused(&mut refusals, more);
                    return Err(refusals.into());
                }
            }
            Ok(format!("/appels/{}#vote", call.id))
        })
        .await;
    visit.after(id, form, sealed, page).await
}

fn page(tx: &mut Tx<'_>, visit: &Visit, id: &str, form: &Form, refusals: &Refusals) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    let named = title(tx, visit, &call)?;
    let electors = voting(tx, visit, &call)?;
    let mut voters = Vec::new();
    for voter in &electors {
        voters.push((
            voter.to_string(),
            name_of(tx, visit, record::directory::Kind::Organisation, voter.as_str())?,
        ));
    }
    let mut listed = Vec::new();
    for candidacy in tables::candidacies(tx, &call.id)?.into_iter().filter(|one| one.place.in_pool()) {
        let label = candidate_label(tx, visit, &candidacy)?;
        listed.push((format!("voix-{}", candidacy.id), label, traits_text(&candidacy)));
    }
    let lead = html! {
        p { (visit.say_with("selection-vote-lead", &[("most", APPROVALS_MAX.into())])) }
        p { (visit.say("selection-vote-secrecy")) }
    };
    let fields = html! {
        @match voters.as_slice() {
            [(id, name)] => {
                p { (visit.say_with("selection-vote-for", &[("name", name.into())])) }
                input type="hidden" name="votant" value=(id);
            }
            _ => (visit.choice_field(&Input::new("votant", visit.say("selection-voter")), &voters, form, refusals)),
        }
        fieldset {
            legend { (visit.say("selection-approve")) }
            @for (name, label, traits) in &listed {
                @let input = Input::new(name, label.clone());
                @let input = if traits.is_empty() { input } else { input.hint(traits.clone()) };
                (visit.tick_field(&input, form))
            }
        }
    };
    let sheet = Sheet { call: &call, named, key: "selection-vote", action: "vote", lead, fields };
    Ok(sheet.page(visit, refusals))
}
