//! The page of the mirror.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::json;
use terms::Instant;
use web::{Format, House, Markup, Mirrored, Outcome, Page, Visit, html};

pub(crate) fn routes() -> Router<House> {
    Router::new().route("/miroir", get(page)).route("/miroir.json", get(page))
}

/// `GET /miroir`: how this mirror stands, or how one is made.
async fn page(visit: Visit) -> Outcome {
    if visit.format() == Format::Json {
        return Ok(data(&visit));
    }
    visit
        .page(|_, visit| {
            let title = visit.say("mirrors-title");
            let now = visit.house().mirror();
            let body = html! {
                h1 { (title) }
                @match &now {
                    Some(now) => (state(visit, now)),
                    None => p.lead { (visit.say("mirrors-original")) },
                }
                h2 { (visit.say("mirrors-make")) }
                p { (visit.say("mirrors-make-text")) }
                pre { code { "toguna mirror " (visit.house().public("")) " --data miroir --serve" } }
                p { (visit.say("mirrors-carry-text")) }
                pre { code { "toguna carry --data toguna-data --to cle-usb" } }
            };
            Ok(Page::new(title, body)
                .under(visit.say("mirrors-register"), "/registre")
                .also_as(&[Format::Json]))
        })
        .await
}

fn state(visit: &Visit, now: &Mirrored) -> Markup {
    let moment = |at: Option<Instant>| match at {
        Some(at) => visit.moment_text(at),
        None => visit.say("mirrors-never"),
    };
    let number = |number: u64| visit.number(i64::try_from(number).unwrap_or(i64::MAX));
    html! {
        p.lead { (visit.say("mirrors-is-one")) }
        dl.pairs {
            div {
                dt { (visit.say("mirrors-source")) }
                dd {
                    @match &now.source {
                        Some(source) => a href=(source) { (source) },
                        None => (visit.say("mirrors-source-none")),
                    }
                }
            }
            div { dt { (visit.say("mirrors-contact")) } dd { (moment(now.contact)) } }
            div { dt { (visit.say("mirrors-level")) } dd { (moment(now.level)) } }
            div { dt { (visit.say("mirrors-newest")) } dd { (moment(now.newest)) } }
            div { dt { (visit.say("mirrors-here")) } dd { (number(now.here)) } }
            div { dt { (visit.say("mirrors-there")) } dd { (number(now.there)) } }
            div { dt { (visit.say("mirrors-behind")) } dd { (number(now.behind())) } }
            div {
                dt { (visit.say("mirrors-alarm")) }
                dd {
                    @match &now.alarm {
                        Some(alarm) => span lang="fr" { (alarm) },
                        None => (visit.say("mirrors-alarm-none")),
                    }
                }
            }
        }
        @if !now.following {
            p { (visit.say("mirrors-still")) }
            pre { code { "toguna mirror " (now.source.as_deref().unwrap_or("ADRESSE")) " --data DOSSIER --serve" } }
        }
        p { (visit.say("mirrors-withdrawals")) " " a href=(visit.link("/retraits")) { (visit.say("mirrors-withdrawals-go")) } }
        p { (visit.say("mirrors-names")) }
    }
}

fn data(visit: &Visit) -> axum::response::Response {
    let text = match visit.house().mirror() {
        None => json!({ "mirror": false }),
        Some(now) => json!({
            "mirror": true,
            "source": now.source,
            "following": now.following,
            "newest": now.newest.map(|at| at.to_string()),
            "contact": now.contact.map(|at| at.to_string()),
            "level": now.level.map(|at| at.to_string()),
            "here": now.here,
            "there": now.there,
            "behind": now.behind(),
            "alarm": now.alarm,
        }),
    };
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], text.to_string())
        .into_response()
}
