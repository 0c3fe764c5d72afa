//! Citations: whence a fact is, with how far the source was checked.

use maud::{Markup, html};
use record::{Tx, directory};
use terms::{Mark, SourceId};

use crate::{Stop, Visit};

/// The source with a link to its page and, unless it was read whole, the mark that says so; or that none was given.
///
/// **Errors** the database refused.
pub fn cited(tx: &mut Tx<'_>, visit: &Visit, source: Option<&SourceId>) -> Result<Markup, Stop> {
    let Some(source) = source else {
        return Ok(html! { span.mute { (visit.say("source-none")) } });
    };
    let named = directory::look_up(tx, directory::Kind::Source, source.as_str())?;
    let title = named.as_ref().and_then(|named| named.fr.as_deref()).unwrap_or(source.as_str());
    let mark = named.as_ref().and_then(|named| named.mark);
    let label = match mark {
        Some(Mark::Verified) | None => None,
        Some(Mark::VerifiedInPart) => Some("mark-verified-in-part"),
        Some(Mark::Unverified) => Some("mark-unverified"),
        Some(Mark::Proposal) => Some("mark-proposal"),
    };
    Ok(html! {
        a href=(visit.link(&format!("/sources/{source}"))) { (title) }
        @if let Some(label) = label { " " span.badge.unverified { (visit.say(label)) } }
    })
}
