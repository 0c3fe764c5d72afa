//! Parties commit and reveal; the event is recorded, and the draw follows.

use axum::extract::Path;
use record::{Tx, enclosures};
use terms::selection::EventValued;
use terms::{Behalf, Word};
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, html};

use super::sheets::{Sheet, appended, refused};
use super::{convener, found, parties, party_label, title};
use crate::acts::{self, Lots, Refusal};
use crate::call::Call;

/// Letters and digits of a secret that the server makes.
const SECRET_LENGTH: usize = 32;

/// The party for which the visitor acts: the one chosen, or the only one.
fn party(visit: &Visit, call: &Call, form: &Form) -> Result<Behalf, Stop> {
    visit.signed_in()?;
    let own = parties(visit, call);
    let chosen = form.optional("partie");
    let found = own.iter().find(|who| chosen.is_none_or(|name| who.party_name() == name));
    found.cloned().ok_or(Stop::NoStanding)
}

fn speaks(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<(), Stop> {
    let call = found(tx, id)?;
    party(visit, &call, &Form::default()).map(|_| ())
}

pub(super) async fn commit_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.signed_in()?;
    let asked = id.clone();
    visit.ask(move |tx, visit| speaks(tx, visit, &asked)).await?;
    visit.begun(id, Form::default(), commit_page).await
}

pub(super) async fn commit(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    visit.signed_in()?;
    let (sent, asked) = (form.clone(), id.clone());
    let made = if form.text("comment") == "serveur" { Some(web::fresh_text(SECRET_LENGTH)?) } else { None };
    let secret = made.clone();
    let sealed = visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &asked)?;
            let who = party(visit, &call, &sent)?;
            let digest = match &secret {
                Some(secret) => commitment(&who, secret),
                None => sent.text("engagement").to_owned(),
            };
            let decided = acts::commit(&call, &who, &digest, visit.today());
            appended(desk, visit, who, Refusals::default(), decided)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    match (sealed, made) {
        (Ok(onward), Some(secret)) => secret_once(visit, id, secret, onward).await,
        (sealed, _) => visit.after(id, form, sealed, commit_page).await,
    }
}

fn commitment(who: &Behalf, secret: &str) -> String {
    let commitment = sortition::Commitment::new(&who.party_name(), secret.as_bytes());
    // A secret made here is long enough.
    commitment.map(|commitment| commitment.digest.to_string()).unwrap_or_default()
}

/// The secret that was made for the visitor: shown this once, and kept nowhere.
async fn secret_once(visit: Visit, id: String, secret: String, onward: String) -> Outcome {
    visit
        .page(move |tx, visit| {
            let call = found(tx, &id)?;
            let named = title(tx, visit, &call)?;
            let heading = visit.say("selection-secret-once");
            let body = html! {
                h1 { (heading) }
                p.lead { (named) }
                p { code { (secret) } }
                p { strong { (visit.say("selection-secret-keep")) } }
                p { a href=(visit.link(&onward)) { (visit.say("selection-back")) } }
            };
            Ok(Page::new(heading, body).exercise(call.exercise))
        })
        .await
}

fn party_field(
    tx: &mut Tx<'_>,
    visit: &Visit,
    call: &Call,
    form: &Form,
    refusals: &Refusals,
) -> Result<Markup, Stop> {
    let own = parties(visit, call);
    let mut choices = Vec::new();
    for who in &own {
        choices.push((who.party_name(), party_label(tx, visit, who)?));
    }
    Ok(match choices.as_slice() {
        [(name, label)] => html! {
            p { (visit.say_with("selection-as-party", &[("name", label.into())])) }
            input type="hidden" name="partie" value=(name);
        },
        _ => {
            visit.choice_field(&Input::new("partie", visit.say("selection-party")), &choices, form, refusals)
        }
    })
}

fn commit_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    let named = title(tx, visit, &call)?;
    let names: Vec<String> = parties(visit, &call).iter().map(Behalf::party_name).collect();
    let lead = html! {
        p { (visit.say("selection-commit-lead")) }
        @for name in &names {
            pre { code { "toguna draw commit --party " (name) } }
        }
        p { (visit.say("selection-commit-python")) }
    };
    let ways = [
        ("empreinte".to_owned(), visit.say("selection-commit-own")),
        ("serveur".to_owned(), visit.say("selection-commit-server")),
    ];
    let input = Input::new("engagement", visit.say("selection-commitment"))
        .hint(visit.say("selection-commitment-hint"));
    let fields = html! {
        (party_field(tx, visit, &call, form, refusals)?)
        (visit.choice_field(
            &Input::new("comment", visit.say("selection-commit-way")).hint(visit.say("selection-commit-way-hint")),
            &ways, form, refusals))
        (visit.text_field(&input, "text", form, refusals))
    };
    let sheet = Sheet { call: &call, named, key: "selection-commit", action: "engagement", lead, fields };
    Ok(sheet.page(visit, refusals))
}

pub(super) async fn reveal_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.signed_in()?;
    let asked = id.clone();
    visit.ask(move |tx, visit| speaks(tx, visit, &asked)).await?;
    visit.begun(id, Form::default(), reveal_page).await
}

pub(super) async fn reveal(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    visit.signed_in()?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &asked)?;
            let who = party(visit, &call, &sent)?;
            let decided = acts::reveal(&call, &who, sent.text("secret"), visit.today());
            appended(desk, visit, who, Refusals::default(), decided)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    visit.after(id, form, sealed, reveal_page).await
}

fn reveal_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    let named = title(tx, visit, &call)?;
    let input = Input::new("secret", visit.say("selection-secret")).hint(visit.say("selection-secret-hint"));
    let fields = html! {
        (party_field(tx, visit, &call, form, refusals)?)
        (visit.text_field(&input, "text", form, refusals))
    };
    let lead = html! { p { (visit.say("selection-reveal-lead")) } };
    let sheet = Sheet { call: &call, named, key: "selection-reveal", action: "secret", lead, fields };
    Ok(sheet.page(visit, refusals))
}

pub(super) async fn event_form(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.signed_in()?;
    visit.begun(id, Form::default(), event_page).await
}

/// The event's outcome and the draw are one act: nobody knows the panel before the outcome is on the record, and nobody stops in between.
pub(super) async fn draw(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    visit.signed_in()?;
    let (sent, asked) = (form.clone(), id.clone());
    let sealed = visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &asked)?;
            let behalf = convener(visit, &call.body)?;
            let mut refusals = Refusals::default();
            sent.at_most("ou", 300, &mut refusals);
            let (issue, again, shown_by) = (sent.text("issue"), sent.text("encore"), sent.text("ou"));
            let valued = acts::value(&call, issue, again, shown_by, visit.today());
            let outcome = match &valued {
                Ok(Word::EventValued(EventValued { outcome, .. })) => outcome.clone(),
                _ => String::new(),
            };
            appended(desk, visit, behalf.clone(), refusals, valued)?;
            let announced = call.frozen.as_ref().and_then(|frozen| frozen.lottery.as_ref());
            let lots = match announced {
                Some(announced) => enclosures::text(desk.tx(), &announced.transcript)?
                    .and_then(|json| Lots::read(&json, &announced.lottery_sha256)),
                None => None,
            };
            let drawn = acts::draw(&call, &outcome, lots);
            appended(desk, visit, behalf, Refusals::default(), drawn)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await;
    visit.after(id, form, sealed, event_page).await
}

fn event_page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: &Form,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    convener(visit, &call.body)?;
    let named = title(tx, visit, &call)?;
    let Some(rule) = &call.seed else {
        let mut none = Refusals::default();
        refused(&mut none, vec![Refusal::NotNow("selection-refused-no-draw")]);
        return Err(none.into());
    };
    let lead = html! {
        p { (visit.say("selection-event-lead")) }
        dl.pairs {
            div { dt { (visit.say("selection-event")) } dd { (rule.event) } }
            div { dt { (visit.say("selection-date-event")) } dd { (web::day(visit, rule.event_on)) } }
            div { dt { (visit.say("selection-written")) } dd { (rule.written) } }
        }
    };
    let field = |name: &'static str, key: &str| {
        visit.text_field(&Input::new(name, visit.say(key)), "text", form, refusals)
    };
    let fields = html! {
        (field("issue", "selection-outcome"))
        (field("encore", "selection-outcome-again"))
        (field("ou", "selection-outcome-where"))
    };
    let sheet = Sheet { call: &call, named, key: "selection-draw", action: "evenement", lead, fields };
    Ok(sheet.page(visit, refusals))
}
