//! Who cosigns this record, up to where and when; and an alarm where a witness disagrees or is silent.

use record::cosigned::{Asked, Trouble};
use record::{Tx, cosigned};
use terms::Instant;
use web::{Markup, Outcome, Page, Stop, Visit, html};

/// Where the page is.
pub(crate) const PATH: &str = "/registre/temoins";

/// `GET /registre/temoins`. Witnesses speak of today, whatever day is looked at.
pub(crate) async fn page(visit: Visit) -> Outcome {
    let asked = super::tiles::read(visit.house(), cosigned::asked).await?;
    visit
        .page(move |_, visit| {
            let title = visit.say("hall-witnesses");
            let body = html! {
                h1 { (title) }
                p.lead { (visit.say("hall-witnesses-lead")) }
                (alarms(visit, &asked))
                @if asked.is_empty() {
                    p { (visit.say("hall-witnesses-none")) }
                }
                @for one in &asked { (shown(visit, one)) }
                p { (visit.say("hall-witnesses-check")) }
                pre { code { "toguna verify --policy politique.txt " (visit.house().public("")) } }
                p { a href=(visit.link("/registre/politique")) { (visit.say("hall-witnesses-policy")) } }
            };
            Ok(Page::new(title, body).under(visit.say("hall-register"), "/registre"))
        })
        .await
}

fn shown(visit: &Visit, one: &Asked) -> Markup {
    html! {
        h2 { (one.name) }
        dl.pairs {
            div {
                dt { (visit.say("hall-witness-latest")) }
                dd {
                    @match one.latest {
                        Some((size, at)) => {
                            (visit.say_with("hall-signed-size", &[("size", size.into())])) " — " (moment(visit, at))
                        }
                        None => (visit.say("hall-witness-never")),
                    }
                }
            }
            div { dt { (visit.say("hall-witness-since")) } dd { (moment(visit, one.since)) } }
            div { dt { (visit.say("hall-witness-key")) } dd { code { (one.witness) } } }
            @if let Some((trouble, told, _)) = &one.trouble {
                div {
                    dt { (visit.say("hall-witness-told")) }
                    dd { (visit.say(&format!("hall-witness-{}", trouble.as_str()))) " : " (told) }
                }
            }
        }
    }
}

/// A line for each witness that disagrees, is silent or refuses; nothing where all is well.
fn alarms(visit: &Visit, asked: &[Asked]) -> Markup {
    html! {
        @for one in asked {
            @if let Some((trouble, _, since)) = &one.trouble {
                div.banner role="alert" {
                    p {
                        (visit.say_with(alarm(*trouble), &[
                            ("name", one.name.as_str().into()),
                            ("since", moment(visit, *since).into()),
                        ]))
                    }
                }
            }
        }
    }
}

const fn alarm(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Disagrees => "hall-witness-alarm-disagrees",
        Trouble::Refuses => "hall-witness-alarm-refuses",
        Trouble::Silent => "hall-witness-alarm-silent",
    }
}

/// The alarms of today, for a page of another matter, with a link to who says what.
///
/// **Errors** the database refused.
pub(crate) fn alarmed(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    // An earlier day stands in tables of its own, which no witness has spoken of.
    if visit.past().is_some() {
        return Ok(html! {});
    }
    let asked = cosigned::asked(tx)?;
    let troubled = asked.iter().any(|one| one.trouble.is_some());
    Ok(html! {
        (alarms(visit, &asked))
        @if troubled { p { a href=(visit.link(PATH)) { (visit.say("hall-witnesses")) } } }
    })
}

/// A moment by the instance's clock, to the minute.
fn moment(visit: &Visit, seconds: u64) -> String {
    let at = i64::try_from(seconds).ok().and_then(|seconds| Instant::from_second(seconds).ok());
    let Some(at) = at else { return seconds.to_string() };
    let day = visit.day_text(visit.house().record().zone.day_of(at));
    // Universal time: what a witness signs is told as it is signed.
    let hour =
        at.to_string().split_once('T').map_or_else(String::new, |(_, hour)| hour.chars().take(5).collect());
    format!("{day}, {hour} UTC")
}
