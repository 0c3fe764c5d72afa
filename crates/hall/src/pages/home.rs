//! The front page.

use web::{Markup, Outcome, Page, Spot, Stop, Visit, html};

use super::{news, same_day, witnesses};
use crate::tables::{self, Cursor};

const LATEST: usize = 8;
const LATEST_EXERCISE: usize = 3;

pub(crate) async fn home(visit: Visit) -> Outcome {
    visit
        .page(|tx, visit| {
            let founded = &visit.house().record().founded.title;
            let french = visit.language() == web::Language::French;
            let title = if french { founded.fr.as_str() } else { founded.english() }.to_owned();
            let panels = visit.panels(tx, Spot::Home, "")?;
            let mut latest = |exercise, most| -> Result<Vec<news::Told>, Stop> {
                let rows = tables::latest(tx, exercise, None, None::<Cursor>, most)?;
                rows.into_iter().map(|row| news::told(tx, visit, row)).collect()
            };
            let (real, exercise) = (latest(false, LATEST)?, latest(true, LATEST_EXERCISE)?);
            let alarms = witnesses::alarmed(tx, visit)?;
            let body = html! {
                h1 { (title) }
                (alarms)
                p.lead { (visit.say("hall-lead")) }
                (search_box(visit))
                (panels)
                (front(visit, &real, &exercise))
                (doors(visit))
            };
            Ok(Page::new(title, body))
        })
        .await
}

/// The search box, on the front page and above what it found.
pub(crate) fn search_box(visit: &Visit) -> Markup {
    html! {
        form.filter role="search" action=(visit.link("/recherche")) method="get" {
            (same_day(visit))
            div {
                label for="q" { (visit.say("hall-search-label")) }
                input id="q" name="q" type="search" maxlength="100"
                    value=(visit.asked("q").unwrap_or_default());
            }
            button { (visit.say("hall-search")) }
        }
    }
}

fn front(visit: &Visit, real: &[news::Told], exercise: &[news::Told]) -> Markup {
    html! {
        h2 { (visit.say("hall-news")) }
        @if real.is_empty() { p.mute { (visit.say("hall-news-none")) } } @else { (news::line(visit, real)) }
        p {
            a href=(visit.link("/nouveautes")) { (visit.say("hall-news-all")) } " · "
            a href=(visit.link("/nouveautes.atom")) { (visit.say("hall-news-feed")) }
        }
        @if !exercise.is_empty() {
            h3 {
                span.badge.exercise { (visit.say("banner-exercise-word")) } " "
                (visit.say("hall-news-exercise"))
            }
            (news::line(visit, exercise))
            p { a href=(visit.link("/nouveautes?exercice=oui")) { (visit.say("hall-news-all")) } }
        }
    }
}

fn doors(visit: &Visit) -> Markup {
    html! {
        h2 { (visit.say("hall-doors")) }
        div.cols {
            @for (path, title, text) in [
                ("/chronologie", "hall-timeline", "hall-door-timeline"),
                ("/registre", "hall-register", "hall-door-register"),
                ("/donnees", "foot-data", "hall-door-data"),
                ("/aide", "hall-help", "hall-door-help"),
            ] {
                div.card { h3 { a href=(visit.link(path)) { (visit.say(title)) } } p { (visit.say(text)) } }
            }
        }
    }
}
