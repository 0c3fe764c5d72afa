//! A sitting's page, and its minutes as they were sent.

use axum::extract::Path;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use record::{Tx, enclosures};
use terms::Media;
use web::{Markup, Outcome, Page, Spot, Stop, Visit, cited, day, html, quoted, quoted_of};

use super::{body_name, evidence_label, payer_label, title};
use crate::tables::{self, Sitting};

pub(super) async fn page(visit: Visit, Path(id): Path<String>) -> Outcome {
    visit.page(move |tx, visit| compose(tx, visit, &id)).await
}

fn compose(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Page, Stop> {
    let sitting = tables::one(tx, id)?.ok_or(Stop::NotFound)?;
    let (body, exercise) = body_name(tx, visit, &sitting.body)?;
    let source = cited(tx, visit, sitting.source.as_ref())?;
    visit.learns_gone(tx, sitting.entry)?;
    let minutes = minutes_part(tx, visit, &sitting)?;
    let panels = visit.panels(tx, Spot::Sitting, id)?;
    let title = title(visit, &sitting);
    let markup = html! {
        h1 { (title) }
        p.lead { a href=(visit.link(&format!("/instances/{}", sitting.body))) { (body) } }
        @if sitting.evidence.is_empty() {
            div.banner { p {
                strong { (visit.say("sittings-no-evidence")) } " — " (visit.say("sittings-counts-nowhere"))
            } }
        }
        @if let Some(subject) = &sitting.subject {
            h2 { (visit.say("sittings-subject")) }
            (quoted_of(visit, subject.as_deref(), sitting.entry))
        }
        h2 { (visit.say("sittings-facts")) }
        (facts(visit, &sitting, &source))
        h2 { (visit.say("sittings-minutes")) }
        (minutes)
        (panels)
        (web::pieces_link(visit, sitting.entry))
    };
    Ok(Page::new(title, markup)
        .under(visit.say("sittings-title"), "/reunions")
        .under(body, &format!("/instances/{}", sitting.body))
        .exercise(exercise)
        .of_entry(sitting.entry))
}

fn facts(visit: &Visit, sitting: &Sitting, source: &Markup) -> Markup {
    let unknown = html! { span.mute { (visit.say("sittings-unknown")) } };
    let counts = [
        ("sittings-column-present", sitting.present),
        ("sittings-column-expected", sitting.expected),
        ("sittings-column-women", sitting.women),
        ("sittings-column-youth", sitting.youth),
        ("sittings-column-civil-society", sitting.civil_society),
    ];
    html! {
        dl.pairs {
            div { dt { (visit.say("sittings-column-day")) } dd { (day(visit, sitting.on)) } }
            @for (label, count) in counts {
                div { dt { (visit.say(label)) } dd {
                    @match count { Some(count) => (visit.number(count)), None => (unknown) }
                } }
            }
            div { dt { (visit.say("sittings-column-payer")) } dd {
                @match &sitting.paid_by { Some(word) => (payer_label(visit, word)), None => (unknown) }
            } }
            div { dt { (visit.say("sittings-column-evidence")) } dd {
                @if sitting.evidence.is_empty() { (visit.say("sittings-no-evidence")) }
                @else { ul { @for word in &sitting.evidence { li { (evidence_label(visit, word)) } } } }
            } }
            div { dt { (visit.say("sittings-column-source")) } dd { (source) } }
            div { dt { (visit.say("sittings-known")) } dd { (day(visit, sitting.known)) } }
        }
    }
}

fn minutes_part(tx: &mut Tx<'_>, visit: &Visit, sitting: &Sitting) -> Result<Markup, Stop> {
    let Some(minutes) = &sitting.minutes else {
        return Ok(html! { p.mute { (visit.say("sittings-no-minutes")) } });
    };
    let link = visit.link(&format!("/reunions/{}/pv", sitting.id));
    let Some(held) = enclosures::held(tx, minutes)? else {
        return Ok(quoted_of(visit, None, sitting.entry));
    };
    Ok(match held.text() {
        Some(text) => html! {
            (quoted(visit, Some(text)))
            p.screen { a href=(link) { (visit.say("sittings-minutes-text")) } }
        },
        None => {
            let kind = if held.media == Media::Pdf.as_str() { "PDF" } else { "image" };
            let kilobytes = held.size.div_ceil(1_000);
            html! { p { a href=(link) {
                (visit.say_with(
                    "sittings-minutes-file", &[("kind", kind.into()), ("size", kilobytes.into())]))
            } } }
        }
    })
}

/// The minutes as they were sent; once withdrawn, a page that says so.
pub(super) async fn minutes(visit: Visit, Path(id): Path<String>) -> Outcome {
    let asked = id.clone();
    let found = visit
        .ask(move |tx, _| {
            let minutes =
                tables::one(tx, &asked)?.and_then(|sitting| sitting.minutes).ok_or(Stop::NotFound)?;
            Ok((minutes, enclosures::held(tx, &minutes)?))
        })
        .await?;
    let (sha256, held) = found;
    let Some(held) = held else {
        return web::gone_page(&visit, sha256, format!("/reunions/{id}")).await;
    };
    let media = held.media.clone();
    let bytes = visit.fetch(held).await?;
    // A PDF can carry scripts and forms of its own: it is handed over, not opened within the site.
    let (kind, place, suffix) = match media.as_str() {
        "application/pdf" => ("application/pdf", "attachment", "pdf"),
        "image/jpeg" => ("image/jpeg", "inline", "jpg"),
        "image/png" => ("image/png", "inline", "png"),
        _ => ("text/plain; charset=utf-8", "inline", "txt"),
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("{place}; filename=\"pv-{id}.{suffix}\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
