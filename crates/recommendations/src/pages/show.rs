//! One recommendation: its text, its addressees, the exchange that other rooms hang here, closing and reopening.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use record::directory::Kind;
use record::{Desk, Tx};
use terms::recommendations::{Author, ClosingGround, Quality};
use terms::{Commitment, Mark, RecommendationId, SourceId};
use web::{
    Form, Input, Markup, Outcome, Page, Refusals, Spot, Stop, Visit, cited, day, draw, html, quoted_of,
};

use super::list::names;
use crate::acts::{self, Closing, DECIDING, Reopening};
use crate::seals::{self, Hand};
use crate::tables::{self, Names, Sent, Shown};

/// `GET /recommandations/{id}`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.page(move |tx, visit| page(tx, visit, &id, &Form::default(), &Refusals::default())).await
}

/// `POST /recommandations/{id}/clore`.
pub(crate) async fn close(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    turned(visit, id, form, |desk, visit, id, form| {
        let (mut refusals, behalf) = (Refusals::default(), author_behalf(desk, visit, &id)?);
        let on = form.required_day("le", &mut refusals);
        let ground = ClosingGround::parse(form.text("fondement"));
        if ground.is_none() {
            refusals.add("fondement", "recommendations-refused-ground");
        }
        let replaced_by = match form.optional("remplacee-par").map(RecommendationId::parse) {
            Some(Err(_)) => {
                refusals.add("remplacee-par", "recommendations-refused-replacement-unknown");
                None
            }
            named => named.and_then(Result::ok),
        };
        let (Some(on), Some(ground), true) = (on, ground, refusals.is_empty()) else {
            return Err(refusals.into());
        };
        let reason = form.text("motif").to_owned();
        let closing = Closing { recommendation: id, on, ground, reason, replaced_by };
        seals::close(desk, &hand(visit, behalf)?, closing)?;
        Ok(())
    })
    .await
}

/// `POST /recommandations/{id}/rouvrir`.
pub(crate) async fn reopen(visit: Visit, Path(id): Path<String>, form: Form) -> Outcome {
    turned(visit, id, form, |desk, visit, id, form| {
        let (mut refusals, behalf) = (Refusals::default(), author_behalf(desk, visit, &id)?);
        let Some(on) = form.required_day("le", &mut refusals) else { return Err(refusals.into()) };
        let reopening = Reopening { recommendation: id, on, reason: form.text("motif").to_owned() };
        seals::reopen(desk, &hand(visit, behalf)?, reopening)?;
        Ok(())
    })
    .await
}

type Turning = fn(&mut Desk<'_>, &Visit, RecommendationId, &Form) -> Result<(), Stop>;

async fn turned(visit: Visit, id: String, form: Form, act: Turning) -> Outcome {
    let (path, sent) = (format!("/recommandations/{id}"), form.clone());
    let parsed = RecommendationId::parse(&id).map_err(|_| Stop::NotFound)?;
    match visit.seal(move |desk, visit| act(desk, visit, parsed, &sent)).await {
        Ok(()) => Ok(visit.see_other(&path)),
        Err(Stop::Refused(refusals)) => {
            let compose = move |tx: &mut Tx<'_>, visit: &Visit| page(tx, visit, &id, &form, &refusals);
            visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, compose).await
        }
        Err(stop) => Err(stop),
    }
}

fn author_behalf(desk: &mut Desk<'_>, visit: &Visit, id: &RecommendationId) -> Result<terms::Behalf, Stop> {
    let stand = tables::stand(desk.tx(), id)?.ok_or(Stop::NotFound)?;
    if !acts::acts_for(visit.signed_in()?, &stand.author, DECIDING) {
        return Err(Stop::NoStanding);
    }
    seals::behalf_of(&stand.author).ok_or(Stop::NoStanding)
}

fn hand(visit: &Visit, behalf: terms::Behalf) -> Result<Hand<'_>, Stop> {
    let by = visit.signed_in()?.actor(behalf);
    Ok(Hand { zone: &visit.house().record().zone, by, known: None, today: visit.today() })
}

/// `GET /recommandations/{id}/pieces/{sha256}`: a file of its evidence or of a delivery, and no other.
pub(crate) async fn file(visit: Visit, Path((id, sha256)): Path<(String, String)>) -> Outcome {
    let sha256 = Commitment::parse(&sha256).ok_or(Stop::NotFound)?;
    let back = format!("/recommandations/{id}");
    let found = visit
        .ask(move |tx, _| {
            let shown = tables::shown(tx, &id)?.ok_or(Stop::NotFound)?;
            let evidence = shown.evidence.iter().map(|(sha256, _, _)| *sha256);
            let proofs = shown.addressees.iter().filter_map(|sent| sent.file);
            if !evidence.chain(proofs).any(|of_it| of_it == sha256) {
                return Err(Stop::NotFound);
            }
            Ok(record::enclosures::held(tx, &sha256)?)
        })
        .await?;
    let Some(held) = found else { return web::gone_page(&visit, sha256, back).await };
    let kind = HeaderValue::from_str(&held.media).map_err(|_| Stop::NotFound)?;
    let bytes = visit.fetch(held).await?;
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

fn page(tx: &mut Tx<'_>, visit: &Visit, id: &str, form: &Form, refusals: &Refusals) -> Result<Page, Stop> {
    let shown = tables::shown(tx, id)?.ok_or(Stop::NotFound)?;
    let title = shown.title.clone().unwrap_or_else(|| visit.say("title-withdrawn"));
    visit.learns_gone(tx, shown.entry)?;
    let mut names = names(visit);
    let own = visit.standing().is_some_and(|standing| acts::acts_for(standing, &shown.author, DECIDING));
    let address = visit.house().public(&format!("/recommandations/{id}"));
    let unsent = shown.addressees.iter().any(|sent| sent.delivered_on.is_none());
    let body = html! {
        h1 lang=[visit.language_of_texts()] { (title) }
        (visit.error_summary(refusals))
        (badges(visit, &shown))
        @if shown.title.is_none() { (quoted_of(visit, None, shown.entry)) }
        @if visit.language_of_texts().is_some() {
            p.small.mute { (visit.say("recommendations-texts-as-written")) }
        }
        (head(tx, visit, &shown, &mut names)?)
        @if let Some(grounds) = &shown.grounds {
            h2 { (visit.say("recommendations-grounds")) }
            (quoted_of(visit, grounds.as_deref(), shown.entry))
        }
        (points(visit, &shown))
        (addressees(tx, visit, &shown, &mut names)?)
        (evidence(visit, &shown))
        (quality(visit, shown.quality))
        (visit.panels(tx, Spot::Recommendation, id)?)
        (turns(tx, visit, &shown, &mut names)?)
        @if own && shown.open && unsent {
            p.screen { a.button href=(visit.link(&format!("/recommandations/{id}/transmettre"))) {
                (visit.say("recommendations-send"))
            } }
        }
        @if own { (turn_form(visit, &shown, form, refusals)) }
        (web::pieces_link(visit, shown.entry))
        p.addr { (visit.say("recommendations-address")) " " a href=(address) { (address) } }
        div.printed { (draw::qr::qr(&address, &visit.say("recommendations-qr"))) }
    };
    let page = Page::new(title, body).exercise(shown.exercise).of_entry(shown.entry);
    Ok(page.under(visit.say("recommendations-title"), "/recommandations"))
}

fn badges(visit: &Visit, shown: &Shown) -> Markup {
    html! {
        p {
            @if shown.open { span.badge.waiting { (visit.say("recommendations-state-open")) } }
            @else { span.badge.answered { (visit.say("recommendations-state-closed")) } }
            @if shown.urgent { " " span.badge.late { (visit.say("recommendations-urgent")) } }
            @if shown.exercise { " " span.badge.exercise { (visit.say("banner-exercise-word")) } }
        }
    }
}

fn author_link(visit: &Visit, author: &Author, name: &str) -> Markup {
    let path = match author {
        Author::Body { body } => Some(format!("/instances/{body}")),
        Author::Organisation { organisation } => Some(format!("/organisations/{organisation}")),
        Author::Named { .. } => None,
    };
    html! { @match path { Some(path) => a href=(visit.link(&path)) { (name) }, None => (name) } }
}

fn head(tx: &mut Tx<'_>, visit: &Visit, shown: &Shown, names: &mut Names) -> Result<Markup, Stop> {
    let author = names.of_author(tx, &shown.author)?;
    let theme = match &shown.theme {
        Some(theme) => Some(names.of(tx, Kind::Theme, theme)?),
        None => None,
    };
    let mut places = Vec::new();
    for place in &shown.places {
        places.push((place, names.of(tx, Kind::Place, place.as_str())?));
    }
    let mut cosigners = Vec::new();
    for organisation in &shown.cosigners {
        cosigners.push((organisation, names.of(tx, Kind::Organisation, organisation)?));
    }
    let source = match &shown.source {
        Some(source) => Some(cited(tx, visit, Some::<&SourceId>(source))?),
        None => None,
    };
    Ok(html! {
        dl.pairs {
            div { dt { (visit.say("recommendations-number")) } dd { (number(visit, shown)) } }
            div { dt { (visit.say("recommendations-column-author")) } dd { (author_link(visit, &shown.author, &author)) } }
            @if !cosigners.is_empty() {
                div { dt { (visit.say("recommendations-cosigners")) } dd {
                    @for (i, (id, name)) in cosigners.iter().enumerate() {
                        @if i > 0 { ", " }
                        a href=(visit.link(&format!("/organisations/{id}"))) { (name) }
                    }
                } }
            }
            div { dt { (visit.say("recommendations-column-adopted")) } dd {
                @match shown.adopted_on {
                    Some(on) => { (day(visit, on)) }
                    None => { (shown.year) " " span.mute { (visit.say("recommendations-day-unknown")) } }
                }
                @if let Some(sitting) = &shown.sitting {
                    " — " a href=(visit.link(&format!("/reunions/{sitting}"))) {
                        (visit.say("recommendations-in-sitting"))
                    }
                }
            } }
            @if !places.is_empty() {
                div { dt { (visit.say("recommendations-column-place")) } dd {
                    @for (i, (id, name)) in places.iter().enumerate() {
                        @if i > 0 { ", " }
                        a href=(visit.link(&format!("/lieux/{id}"))) { (name) }
                    }
                } }
            }
            @if let (Some(id), Some(name)) = (&shown.theme, &theme) {
                div { dt { (visit.say("recommendations-column-theme")) } dd {
                    a href=(visit.link(&format!("/recommandations?theme={id}"))) { (name) }
                } }
            }
            div { dt { (visit.say("recommendations-column-priority")) }
                dd { (visit.say(&format!("recommendations-priority-{}", shown.priority))) } }
            @if let Some(source) = source {
                div { dt { (visit.say("recommendations-source")) } dd { (source) } }
            }
        }
    })
}

fn number(visit: &Visit, shown: &Shown) -> Markup {
    let label = |mark: Mark| match mark {
        Mark::Verified => None,
        Mark::VerifiedInPart => Some("mark-verified-in-part"),
        Mark::Unverified => Some("mark-unverified"),
        Mark::Proposal => Some("mark-proposal"),
    };
    html! {
        @match &shown.document {
            Some((symbol, number, mark)) => {
                (symbol) @if let Some(number) = number { ", " (number) }
                @if let Some(label) = mark.and_then(label) { " " span.badge.unverified { (visit.say(label)) } }
                " " span.mute { "(" (shown.id) ")" }
            }
            None => (shown.id),
        }
    }
}

fn points(visit: &Visit, shown: &Shown) -> Markup {
    html! {
        h2 { (visit.say("recommendations-points")) }
        ol {
            @for point in &shown.points {
                li id=(format!("point-{}", point.number)) value=(point.number) {
                    (quoted_of(visit, point.text.as_deref(), shown.entry))
                    @if let Some(indicator) = &point.indicator {
                        p.small { (visit.say("recommendations-indicator")) " "
                            (indicator.clone().unwrap_or_else(|| visit.say("text-withdrawn"))) }
                    }
                    @if let Some(deadline) = point.deadline {
                        p.small { (visit.say("recommendations-deadline")) " " (day(visit, deadline)) }
                    }
                }
            }
        }
    }
}

fn addressees(tx: &mut Tx<'_>, visit: &Visit, shown: &Shown, names: &mut Names) -> Result<Markup, Stop> {
    let mut named = Vec::new();
    for sent in &shown.addressees {
        named.push((sent, names.of(tx, Kind::Body, sent.body.as_str())?));
    }
    Ok(html! {
        h2 { (visit.say("recommendations-addressees")) }
        @for (sent, name) in &named {
            div.card id=(format!("destinataire-{}", sent.rank + 1)) {
                h3 { a href=(visit.link(&format!("/instances/{}", sent.body))) { (name) } }
                @match &sent.competence {
                    Some(competence) => { (quoted_of(visit, competence.as_deref(), shown.entry)) }
                    None => p.mute { (visit.say("recommendations-competence-unknown")) },
                }
                (delivery(visit, shown, sent))
            }
        }
    })
}

/// That it came, and by what; when an answer is due stands with the exchange.
fn delivery(visit: &Visit, shown: &Shown, sent: &Sent) -> Markup {
    let Some(delivered_on) = sent.delivered_on else {
        return html! { p { span.badge.waiting { (visit.say("recommendations-not-sent")) } } };
    };
    let proof = sent.proof.as_deref().unwrap_or("document");
    html! {
        p { (visit.say("recommendations-sent-on")) " " (day(visit, delivered_on)) " — "
            (visit.say(&format!("recommendations-proof-{proof}")))
            @if let Some(file) = sent.file {
                " " a href=(visit.link(&format!("/recommandations/{}/pieces/{file}", shown.id))) {
                    (visit.say("recommendations-see-file")) }
            }
        }
        @if let Some(points) = &sent.points {
            p { (visit.say_with("recommendations-points-asked", &[("points", points.into())])) }
        }
        @if let Some(entry) = sent.entry { (web::provenance(visit, entry)) }
    }
}

fn evidence(visit: &Visit, shown: &Shown) -> Markup {
    html! {
        @if !shown.evidence.is_empty() {
            h2 { (visit.say("recommendations-evidence")) }
            ul {
                @for (sha256, media, text) in &shown.evidence {
                    li {
                        @if media == "text/plain" { (quoted_of(visit, text.as_deref(), shown.entry)) }
                        @else {
                            a href=(visit.link(&format!("/recommandations/{}/pieces/{sha256}", shown.id))) {
                                (visit.say("recommendations-see-file")) " (" (media) ")" }
                        }
                    }
                }
            }
        }
    }
}

/// The six checks, each with its word; never the score alone.
pub(crate) fn quality(visit: &Visit, quality: Option<Quality>) -> Markup {
    let Some(quality) = quality else {
        return html! { p.mute { (visit.say("recommendations-quality-unscored")) } };
    };
    let checks = [
        ("recommendations-quality-competence", quality.competence),
        ("recommendations-quality-one-action", quality.one_action),
        ("recommendations-quality-indicator", quality.indicator),
        ("recommendations-quality-deadline", quality.deadline),
        ("recommendations-quality-evidence", quality.evidence),
        ("recommendations-quality-means", quality.means),
    ];
    html! {
        h2 { (visit.say_with("recommendations-quality", &[("score", quality.score().into())])) }
        ul.checks {
            @for (label, holds) in checks {
                li {
                    @if holds { "✓ " (visit.say(label)) }
                    @else { "✗ " (visit.say(label)) " — " strong { (visit.say("recommendations-quality-missing")) } }
                }
            }
        }
    }
}

fn turns(tx: &mut Tx<'_>, visit: &Visit, shown: &Shown, names: &mut Names) -> Result<Markup, Stop> {
    let mut replacing = Vec::new();
    for turn in &shown.turns {
        visit.learns_gone(tx, turn.entry)?;
        replacing.push(match &turn.replaced_by {
            Some(id) => Some((id.clone(), names.of(tx, Kind::Recommendation, id)?)),
            None => None,
        });
    }
    Ok(html! {
        @if !shown.turns.is_empty() {
            h2 { (visit.say("recommendations-turns")) }
            ol.line {
                @for (turn, replacing) in shown.turns.iter().zip(&replacing) {
                    li {
                        (day(visit, turn.on)) " "
                        @if turn.closes {
                            strong { (visit.say("recommendations-closed")) }
                            @if let Some(ground) = &turn.ground {
                                " — " (visit.say(&format!("recommendations-ground-{ground}")))
                            }
                        } @else { strong { (visit.say("recommendations-reopened")) } }
                        (quoted_of(visit, turn.reason.as_deref(), turn.entry))
                        @if let Some((id, name)) = replacing {
                            p { (visit.say("recommendations-replaced-by")) " "
                                a href=(visit.link(&format!("/recommandations/{id}"))) { (name) } }
                        }
                        (web::provenance(visit, turn.entry))
                    }
                }
            }
        }
    })
}

fn turn_form(visit: &Visit, shown: &Shown, form: &Form, refusals: &Refusals) -> Markup {
    let grounds: Vec<(String, String)> = ClosingGround::ALL
        .iter()
        .map(|ground| {
            (ground.as_str().to_owned(), visit.say(&format!("recommendations-ground-{}", ground.as_str())))
        })
        .collect();
    let (path, heading) =
        if shown.open { ("clore", "recommendations-close") } else { ("rouvrir", "recommendations-reopen") };
    let input = |name, label: &str| Input::new(name, visit.say(label));
    html! {
        details.screen open[!refusals.is_empty()] {
            summary { (visit.say(heading)) }
            form method="post" action=(visit.link(&format!("/recommandations/{}/{path}", shown.id))) {
                (visit.token_field())
                (visit.text_field(&input("le", "recommendations-turn-day")
                    .hint(visit.say("recommendations-day-hint")), "text", form, refusals))
                @if shown.open {
                    (visit.choice_field(&input("fondement", "recommendations-turn-ground"), &grounds, form, refusals))
                    (visit.text_field(&input("remplacee-par", "recommendations-turn-replaced")
                        .hint(visit.say("recommendations-turn-replaced-hint")), "text", form, refusals))
                }
                (visit.text_area(&input("motif", "recommendations-turn-reason"), 4, form, refusals))
                button { (visit.say(heading)) }
            }
        }
    }
}
