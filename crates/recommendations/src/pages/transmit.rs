//! Transmission: to each addressee by itself, with the day, the proof and the clock that starts.

use axum::extract::Path;
use axum::http::StatusCode;
use record::Tx;
use record::directory::Kind;
use terms::answers::Awaited;
use terms::recommendations::DeliveryProof;
use terms::{BodyId, RecommendationId, RuleId};
use web::{Clocks, Form, Input, Language, Markup, Outcome, Page, Refusals, Stop, Visit, day, html};

use super::list::names;
use crate::acts::{self, DECIDING, Transmission};
use crate::seals::{self, Hand};
use crate::tables::{self, Sent, Shown, ShownPoint};

/// The choice of a form in which no clock runs.
const NO_RULE: &str = "aucune";

/// `GET /recommandations/{id}/transmettre`.
pub(crate) async fn ask(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.page(move |tx, visit| page(tx, visit, &id, None, &Refusals::default())).await
}

/// `POST /recommandations/{id}/transmettre`.
pub(crate) async fn send(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    let (path, sent) = (format!("/recommandations/{id}"), form.clone());
    let at = id.clone();
    match visit.seal(move |desk, visit| deliver(desk, visit, &at, &sent)).await {
        Ok(()) => Ok(visit.see_other(&path)),
        Err(Stop::Refused(refusals)) => {
            let compose = move |tx: &mut Tx<'_>, visit: &Visit| page(tx, visit, &id, Some(form), &refusals);
            visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, compose).await
        }
        Err(stop) => Err(stop),
    }
}

fn deliver(desk: &mut record::Desk<'_>, visit: &Visit, id: &str, form: &Form) -> Result<(), Stop> {
    let id = RecommendationId::parse(id).map_err(|_| Stop::NotFound)?;
    let stand = tables::stand(desk.tx(), &id)?.ok_or(Stop::NotFound)?;
    let standing = visit.signed_in()?;
    if !acts::acts_for(standing, &stand.author, DECIDING) {
        return Err(Stop::NoStanding);
    }
    let behalf = seals::behalf_of(&stand.author).ok_or(Stop::NoStanding)?;
    let mut refusals = Refusals::default();
    let addressee = BodyId::parse(form.text("destinataire"));
    if addressee.is_err() {
        refusals.add("destinataire", "recommendations-refused-not-addressed");
    }
    let delivered_on = form.required_day("remis-le", &mut refusals);
    let proof = DeliveryProof::parse(form.text("preuve"));
    if proof.is_none() {
        refusals.add("preuve", "recommendations-refused-proof");
    }
    let file = form.file("fichier", &mut refusals).map(|(media, bytes)| (media, bytes.to_vec()));
    let rule = match form.text("regle") {
        "" => {
            refusals.add("regle", "recommendations-refused-rule");
            None
        }
        NO_RULE => None,
        text => {
            let rule = RuleId::parse(text);
            if rule.is_err() {
                refusals.add("regle", "recommendations-refused-rule");
            }
            rule.ok()
        }
    };
    let points = form.all("point").into_iter().map(|number| number.parse().unwrap_or(0)).collect();
    let (Ok(addressee), Some(delivered_on), Some(proof), true) =
        (addressee, delivered_on, proof, refusals.is_empty())
    else {
        return Err(refusals.into());
    };
    let hand = Hand {
        zone: &visit.house().record().zone,
        by: standing.actor(behalf),
        known: None,
        today: visit.today(),
    };
    let transmission =
        Transmission { recommendation: id, addressee, delivered_on, proof, file, rule, points };
    seals::transmit(desk, &hand, transmission)?;
    Ok(())
}

fn page(
    tx: &mut Tx<'_>,
    visit: &Visit,
    id: &str,
    form: Option<Form>,
    refusals: &Refusals,
) -> Result<Page, Stop> {
    let shown = tables::shown(tx, id)?.ok_or(Stop::NotFound)?;
    if !acts::acts_for(visit.signed_in()?, &shown.author, DECIDING) {
        return Err(Stop::NoStanding);
    }
    let wanted = form.as_ref().map(|form| form.text("destinataire").to_owned());
    let wanted = wanted.or_else(|| visit.asked("destinataire").map(str::to_owned));
    let waiting: Vec<&Sent> = shown.addressees.iter().filter(|sent| sent.delivered_on.is_none()).collect();
    let chosen =
        waiting.iter().find(|sent| Some(sent.body.as_str()) == wanted.as_deref()).or(waiting.first());
    let mut names = names(visit);
    let mut named = Vec::new();
    for sent in &shown.addressees {
        named.push((sent, names.of(tx, Kind::Body, sent.body.as_str())?));
    }
    let title = shown.title.clone().unwrap_or_else(|| visit.say("title-withdrawn"));
    let body = html! {
        h1 { (visit.say("recommendations-send")) }
        p.lead { (title) }
        (visit.error_summary(refusals))
        ul {
            @for (sent, name) in &named {
                li {
                    @match sent.delivered_on {
                        Some(on) => { (name) " — " (visit.say("recommendations-sent-on")) " " (day(visit, on)) }
                        None => a href=(visit.link(&format!("/recommandations/{id}/transmettre?destinataire={}", sent.body))) {
                            (visit.say_with("recommendations-send-to", &[("name", name.into())]))
                        },
                    }
                }
            }
        }
        @match chosen {
            Some(sent) => { (delivery_form(tx, visit, &shown, sent, form, refusals)?) }
            None => p { (visit.say("recommendations-send-all-done")) },
        }
    };
    let page = Page::new(visit.say("recommendations-send"), body).exercise(shown.exercise);
    Ok(page
        .under(visit.say("recommendations-title"), "/recommandations")
        .under(title, &format!("/recommandations/{id}")))
}

fn delivery_form(
    tx: &mut Tx<'_>,
    visit: &Visit,
    shown: &Shown,
    sent: &Sent,
    form: Option<Form>,
    refusals: &Refusals,
) -> Result<Markup, Stop> {
    let clocks = Clocks::load(tx)?;
    let levels = [tables::level_of(tx, &sent.body)?, author_level(tx, shown)?];
    let usual = clocks.usual_rule(shown.urgent, &[levels[0].as_deref(), levels[1].as_deref()]);
    let chosen = usual.as_ref().map_or(NO_RULE, RuleId::as_str).to_owned();
    let form = form.unwrap_or_else(|| {
        let today = visit.today().to_string();
        // To whom an addressee passed points on, these are sent unless the sender says otherwise.
        let passed = sent.points.as_deref().unwrap_or_default().split(", ").filter(|point| !point.is_empty());
        let own = [("remis-le", today.as_str()), ("regle", &chosen), ("preuve", "bordereau")];
        Form::of(&own.into_iter().chain(passed.map(|point| ("point", point))).collect::<Vec<_>>())
    });
    let mut rules: Vec<_> = clocks.rules.values().collect();
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    let french = visit.language() == Language::French;
    let mut rule_choices: Vec<(String, String)> = rules
        .iter()
        .map(|rule| {
            let name = if french { rule.name.fr.as_str() } else { rule.name.english() };
            let basis = visit.say(&format!("clock-basis-{}", rule.legal_basis.as_str()));
            (rule.id.to_string(), format!("{name} — {basis}"))
        })
        .collect();
    rule_choices.push((NO_RULE.to_owned(), visit.say("recommendations-send-no-rule")));
    let proofs: Vec<(String, String)> = DeliveryProof::ALL
        .iter()
        .map(|proof| {
            (proof.as_str().to_owned(), visit.say(&format!("recommendations-proof-{}", proof.as_str())))
        })
        .collect();
    let name = names(visit).of(tx, Kind::Body, sent.body.as_str())?;
    let today = visit.today();
    let preview = usual.as_ref().and_then(|id| {
        let due = clocks.due(Some(id), Awaited::Answer, today, &[])?;
        Some((due.day?, due, clocks.rules.get(id)?))
    });
    Ok(html! {
        form method="post" enctype="multipart/form-data"
            action=(visit.link(&format!("/recommandations/{}/transmettre", shown.id))) {
            (visit.token_field())
            h2 { (visit.say_with("recommendations-send-to", &[("name", (&name).into())])) }
            input type="hidden" name="destinataire" value=(sent.body);
            (visit.text_field(&Input::new("remis-le", visit.say("recommendations-send-day"))
                .hint(visit.say("recommendations-send-day-hint")), "text", &form, refusals))
            (visit.choice_field(&Input::new("preuve", visit.say("recommendations-send-proof")), &proofs, &form, refusals))
            (visit.file_field(&Input::new("fichier", visit.say("recommendations-send-file"))
                .hint(visit.say("recommendations-file-hint")), refusals))
            (visit.choice_field(&Input::new("regle", visit.say("recommendations-send-rule"))
                .hint(visit.say("recommendations-send-rule-hint")), &rule_choices, &form, refusals))
            @if shown.points.len() > 1 {
                fieldset.field id="point" {
                    legend { (visit.say("recommendations-send-points")) }
                    @for point in &shown.points { (point_box(visit, point, &form)) }
                }
            }
            @if let Some((by, due, rule)) = &preview {
                p { (visit.say_with("recommendations-send-preview", &[("day", visit.day_text(*by).into())])) }
                (visit.explained(due, rule))
            }
            button { (visit.say("recommendations-send-do")) }
        }
    })
}

fn point_box(visit: &Visit, point: &ShownPoint, form: &Form) -> Markup {
    let (id, number) = (format!("point-{}", point.number), point.number.to_string());
    let text = point.text.clone().unwrap_or_else(|| visit.say("text-withdrawn"));
    html! {
        div.check {
            input type="checkbox" id=(id) name="point" value=(number) checked[form.all("point").contains(&number.as_str())];
            label for=(id) { (number) ". " (text) }
        }
    }
}

fn author_level(tx: &mut Tx<'_>, shown: &Shown) -> Result<Option<String>, Stop> {
    Ok(match &shown.author {
        terms::recommendations::Author::Body { body } => tables::level_of(tx, body)?,
        _ => None,
    })
}
