//! The exchange in the recommendation's page: clocks, stances, two tracks, and everything in order.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use record::Tx;
use terms::RecommendationId;
use web::{Clocks, Markup, Outcome, Stop, Visit, day, html, quoted};

use super::spoken::{Names, channel_text, inline, quotation, sentence};
use super::{cards, exchange_path, follow_up, ladder};
use crate::tables::{self, PointAsked, PointStance, Told};

/// What the recommendation's page shows of its exchange.
pub(super) fn panel(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Option<Markup>, Stop> {
    let Ok(id) = RecommendationId::parse(id) else { return Ok(None) };
    let cases = tables::cases_of(tx, &id)?;
    let told = tables::told_of(tx, &id)?;
    if cases.is_empty() && told.is_empty() {
        return Ok(None);
    }
    let clocks = Clocks::load(tx)?;
    let names = &mut Names::new(visit);
    let (mut shown, mut ladders) = (Vec::new(), Vec::new());
    for case in &cases {
        let Some(facts) = tables::case_facts(tx, &id, &case.addressee)? else { continue };
        shown.push(cards::card(tx, visit, &clocks, names, &facts)?);
        ladders.extend(ladder::rungs(tx, visit, &clocks, names, &facts, &told)?);
    }
    let points = tables::points_asked(tx, &id)?;
    let stances = tables::stances(tx, &id)?;
    let by_point = points_and_stances(tx, visit, names, &points, &stances)?;
    let tracks = follow_up::tracks(tx, visit, names, &points, &told)?;
    let line = timeline(tx, visit, names, &told)?;
    Ok(Some(html! {
        section aria-labelledby="echanges" {
            h2 id="echanges" { (visit.say("answers-exchange")) }
            @if shown.is_empty() { p.mute { (visit.say("answers-not-transmitted")) } }
            div.cols { @for card in shown { (card) } }
            (by_point)
            (tracks)
            (follow_up::observe_link(visit, &id))
            @if !ladders.is_empty() {
                h3 id="recours" { (visit.say("answers-ladder")) }
                p.small { (visit.say("answers-ladder-text")) }
                @for ladder in ladders { (ladder) }
            }
            h3 id="fil" { (visit.say("answers-timeline")) }
            (line)
        }
    }))
}

/// Each point with what each addressee said to it.
fn points_and_stances(
    tx: &mut Tx<'_>,
    visit: &Visit,
    names: &mut Names<'_>,
    points: &[PointAsked],
    stances: &[PointStance],
) -> Result<Markup, Stop> {
    if stances.is_empty() {
        return Ok(html! {});
    }
    let mut rows = Vec::new();
    for stance in stances {
        visit.learns_gone(tx, stance.entry)?;
        let name = names.body(tx, stance.addressee.as_str())?;
        let passed_to = match &stance.passed_to {
            Some(to) => Some(names.body(tx, to.as_str())?),
            None => None,
        };
        rows.push((stance, name, passed_to));
    }
    Ok(html! {
        h3 id="points" { (visit.say("answers-by-point")) }
        ol {
            @for point in points {
                li value=(point.number) {
                    (quoted(visit, point.text.as_deref()))
                    @if let Some(deadline) = point.deadline {
                        p.small { (visit.say("answers-asked-for")) " " (day(visit, deadline)) }
                    }
                    @let here: Vec<_> = rows.iter().filter(|(s, _, _)| s.point == point.number).collect();
                    @if here.is_empty() { p.mute { (visit.say("answers-point-unanswered")) } }
                    @for (stance, name, passed_to) in here { (one_stance(visit, stance, name, passed_to.as_deref())) }
                }
            }
        }
    })
}

fn one_stance(visit: &Visit, stance: &PointStance, name: &str, passed_to: Option<&str>) -> Markup {
    let class = match stance.stance.as_str() {
        "covered-by-secrecy" => "secrecy",
        _ if stance.substance => "answered",
        _ => "waiting",
    };
    html! {
        div {
            p {
                span class={ "badge " (class) } { (visit.say(&format!("answers-stance-{}", stance.stance))) } " "
                strong { (name) } ", " a href=(format!("#entree-{}", stance.entry)) { (day(visit, stance.on)) }
                @if let Some(to) = passed_to {
                    " — " (visit.say_with("answers-passed-to", &[("to", to.into())]))
                }
            }
            (quotation(visit, &stance.text, stance.entry))
            @if stance.stance == "covered-by-secrecy" {
                @match inline(visit, &stance.secrecy_basis) {
                    Some(basis) => p { (visit.say("answers-secrecy-basis")) " " (basis) },
                    None => p { strong { (visit.say("answers-secrecy-without-basis")) } },
                }
            }
            @if stance.by_when.is_some() || stance.responsible.is_some() {
                p.small {
                    @if let Some(by_when) = stance.by_when {
                        (visit.say("answers-promised-for")) " " (day(visit, by_when)) ". "
                    }
                    @if let Some(responsible) = inline(visit, &stance.responsible) {
                        (visit.say("answers-responsible")) " " (responsible)
                    }
                }
            }
            @if !stance.substance { p.small.mute { (visit.say("answers-not-in-substance")) } }
        }
    }
}

/// Everything that was said and left unsaid, in the order of its days.
fn timeline(tx: &mut Tx<'_>, visit: &Visit, names: &mut Names<'_>, told: &[Told]) -> Result<Markup, Stop> {
    let mut items = Vec::new();
    for line in told {
        visit.learns_gone(tx, line.entry)?;
        let said = sentence(tx, visit, names, line)?;
        let mut heard = Vec::new();
        if line.kind == "answered" {
            for organisation in tables::witnesses(tx, line.entry)? {
                heard.push(names.organisation(tx, organisation.as_str())?);
            }
        }
        items.push(item(visit, line, &said, &heard));
    }
    Ok(html! { ol.line { @for item in items { (item) } } })
}

fn item(visit: &Visit, line: &Told, said: &str, heard: &[String]) -> Markup {
    let silent = line.kind == "silence";
    visit.shows_entry(line.entry);
    html! {
        li.silent[silent] id=(format!("entree-{}", line.entry)) {
            (day(visit, line.on))
            p {
                (said)
                @if line.by == "clock" { " " span.mute { (visit.say("answers-by-clock")) } }
                @if line.by == "link" { " " span.mute { (visit.say("answers-by-link")) } }
            }
            @if let Some(channel) = &line.channel { p.small { (channel_text(visit, channel)) } }
            @if !heard.is_empty() {
                p.small { (visit.say_with("answers-heard-by", &[("names", heard.join(", ").into())])) }
            }
            @if line.kind == "escalated" {
                p { a href=(visit.link(&format!("/recours/{}", line.entry))) { (visit.say("answers-read-letter")) } }
            } @else { (quotation(visit, &line.text, line.entry)) }
            @if line.file.is_some() {
                @let piece = visit.link(&format!("/reponses/pieces/{}", line.entry));
                p { a href=(piece) { (visit.say("answers-read-file")) } }
            }
            p.small.mute {
                a href=(visit.link(&format!("/registre/{}", line.entry))) {
                    (visit.say_with("answers-entry", &[("index", line.entry.into())]))
                }
                @if line.known > line.on {
                    " · " (visit.say_with("answers-known-since", &[("day", visit.day_text(line.known).into())]))
                }
            }
        }
    }
}

/// The file that a line of the exchange carries, as it was received.
pub(super) async fn file(visit: Visit, Path(entry): Path<u64>) -> Outcome {
    let found = visit
        .ask(move |tx, _| {
            let told = tables::told_by_entry(tx, entry)?.ok_or(Stop::NotFound)?;
            let sha256 = told.file.ok_or(Stop::NotFound)?;
            Ok((told.recommendation, sha256, tables::file_of(tx, entry)?))
        })
        .await?;
    let (recommendation, sha256, file) = found;
    let Some(held) = file else {
        return web::gone_page(&visit, sha256, exchange_path(&recommendation)).await;
    };
    let kind = HeaderValue::from_str(&held.media).map_err(|_| Stop::NotFound)?;
    let bytes = visit.fetch(held).await?;
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}
