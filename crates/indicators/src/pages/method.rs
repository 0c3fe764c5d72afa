//! The methods of all indicators, and the rules of presentation that they keep.

use web::{Outcome, Page, Visit, html};

use super::words;
use crate::audit::ALL;
use crate::indicator::Group;

/// How many rules of presentation there are.
const RULES: u8 = 7;

/// `GET /methode`.
pub(super) async fn page(visit: Visit) -> Outcome {
    visit
        .page(|_, visit| {
            let title = visit.say("indicators-methods");
            let body = html! {
                h1 { (title) }
                p.lead { (visit.say("indicators-methods-lead")) }
                h2 { (visit.say("indicators-rules")) }
                ol { @for rule in 1..=RULES { li { (visit.say(&format!("indicators-rule-{rule}"))) } } }
                @for group in Group::ALL {
                    h2 { (visit.say(&format!("indicators-group-{}", group.as_str()))) }
                    @for indicator in ALL.into_iter().filter(|indicator| indicator.group == group) {
                        @let slug = indicator.slug();
                        section id=(slug) {
                            h3 {
                                a href=(visit.link(&format!("/indicateurs/{slug}"))) {
                                    (indicator.code) " — " (words::title(visit, indicator))
                                }
                            }
                            p { (visit.say(&format!("indicators-what-{slug}"))) }
                            p { (visit.say(&format!("indicators-formula-{slug}"))) }
                            p.small { (visit.say(&format!("indicators-limits-{slug}"))) }
                            p.small.mute { (visit.say(&format!("indicators-source-{slug}"))) }
                        }
                    }
                }
            };
            Ok(Page::new(title, body).under(visit.say("indicators-audit"), "/indicateurs"))
        })
        .await
}
