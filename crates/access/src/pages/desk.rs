//! The desk of whoever is signed in: for whom they act, and what the rooms lay on it.

use web::{Outcome, Page, Spot, Stop, Visit, html};

use super::{ForWhom, role_key, since};
use crate::tables::{self, drawers};

/// Recovery codes left at which the desk says so.
const FEW_CODES: u64 = 3;

pub(super) async fn show(visit: Visit) -> Outcome {
    let person = visit.signed_in()?.person.clone();
    let today = visit.today();
    let (tenures, left) = super::live(&visit, move |tx| {
        Ok((tables::mandates_of(tx, &person)?, drawers::codes_left(tx, &person)?))
    })
    .await?;
    visit
        .page(move |tx, visit| {
            let standing = visit.signed_in()?;
            let mut mandates = Vec::new();
            for tenure in tenures.into_iter().filter(|tenure| tenure.in_force(today)) {
                mandates.push((ForWhom::of(tx, visit, &tenure.behalf)?, tenure));
            }
            let panels = visit.panels(tx, Spot::Desk, "")?;
            let title = visit.say("nav-desk");
            let body = html! {
                h1 { (standing.name.clone().unwrap_or_else(|| visit.say("access-name-withdrawn"))) }
                @if left <= FEW_CODES {
                    div.banner role="status" { p {
                        (visit.say_with("access-codes-left", &[("count", left.into())])) " "
                        a href=(visit.link("/bureau/securite")) { (visit.say("access-security")) }
                    } }
                }
                h2 { (visit.say("access-desk-mandates")) }
                @if mandates.is_empty() {
                    p.mute { (visit.say("access-desk-no-mandate")) }
                } @else {
                    ul {
                        @for (for_whom, tenure) in &mandates {
                            li {
                                (visit.say("access-desk-acts-for")) " "
                                strong { (for_whom.markup(visit)) } ", "
                                (visit.say(role_key(tenure.role))) ", "
                                (since(visit, tenure.from, tenure.to)) ". "
                                span.mute { (visit.say(allows(tenure.role))) } " "
                                a.small href=(visit.link(&format!("/mandats/{}/fin", tenure.id))) {
                                    (visit.say("access-mandate-resign"))
                                }
                            }
                        }
                    }
                }
                (panels)
                h2 { (visit.say("access-desk-account")) }
                ul {
                    li { a href=(visit.link("/bureau/securite")) { (visit.say("access-security")) } }
                    li { a href=(visit.link("/mandats")) { (visit.say("access-mandates")) } }
                    @if standing.is_steward() {
                        li { a href=(visit.link("/personnes")) { (visit.say("access-persons")) } }
                        li { a href=(visit.link("/personnes/inviter")) { (visit.say("access-invite")) } }
                    }
                }
            };
            Ok::<_, Stop>(Page::new(title, body))
        })
        .await
}

fn allows(role: terms::access::Role) -> &'static str {
    use terms::access::Role;
    match role {
        Role::Secretary => "access-allows-secretary",
        Role::Delegate => "access-allows-delegate",
        Role::Authority => "access-allows-authority",
        Role::Steward => "access-allows-steward",
    }
}
