//! Since when another key signs this record, why, and who decided it.

use record::Tx;
use web::{Markup, Stop, Visit, day, html};

use crate::tables::ground;

/// A part of the record's page; nothing where the founding key still holds.
pub(crate) fn told(tx: &mut Tx<'_>, visit: &Visit) -> Result<Markup, Stop> {
    let all = ground::successions(tx)?;
    Ok(html! {
        @if !all.is_empty() {
            h2 id="succession" { (visit.say("hall-succession")) }
            p { (visit.say("hall-succession-text")) }
        }
        @for one in &all {
            dl.pairs {
                div {
                    dt { (visit.say("hall-succession-since")) }
                    dd {
                        a href=(visit.link(&format!("/registre/{}", one.entry))) {
                            (visit.say("hall-entry")) " " (one.entry)
                        }
                        " — " (day(visit, one.known))
                    }
                }
                div {
                    dt { (visit.say("hall-ground")) }
                    dd { (visit.say(&format!("hall-succession-{}", one.ground))) }
                }
                div { dt { (visit.say("hall-succession-by")) } dd { (one.signers) } }
                div { dt { (visit.say("hall-succession-key")) } dd { code { (one.verifier_key) } } }
                @if let Some(address) = &one.address {
                    div { dt { (visit.say("hall-succession-address")) } dd { (address) } }
                }
            }
        }
    })
}
