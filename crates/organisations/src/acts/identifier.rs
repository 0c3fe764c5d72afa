//! Identifiers: a receipt's number, a tax number.

use terms::organisations::OrganisationIdentified;
use terms::{Day, OrganisationId, Word};

use super::{Membership, Refusal, period};

/// Who bears an identifier already, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// Which.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// From when to when.
    pub dates: Membership,
}

/// The identifier is to be recorded. `bearers` are those who are known to bear it; with the same first day the organisation's own is
/// amended, not doubled.
///
/// **Errors** the scheme is neither a code nor an address; another organisation bears it in those days; this one does, from another day on;
/// neither source nor note; it begins after today, or ends before it begins.
pub fn identify(
    identified: OrganisationIdentified,
    bearers: &[Bearer],
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !is_scheme(&identified.scheme) {
        refusals.push(Refusal::SchemeUnreadable(identified.scheme.chars().take(40).collect()));
    }
    let dates = Membership { from: identified.from, to: identified.to };
    for bearer in bearers.iter().filter(|bearer| bearer.dates.overlaps(&dates)) {
        if bearer.organisation != identified.organisation {
            refusals.push(Refusal::IdentifierTaken(bearer.name.clone()));
        } else if bearer.dates.from != dates.from {
            refusals.push(Refusal::IdentifierKnown);
        }
    }
    if identified.source.is_none() && identified.note.is_none() {
        refusals.push(Refusal::Unsourced);
    }
    period(dates.from, dates.to, today, &mut refusals);
    if refusals.is_empty() { Ok(Word::OrganisationIdentified(identified)) } else { Err(refusals) }
}

/// A code of org-id.guide (`ML-MAT`: a country or `XI`, `XM`, a dash, a register), or an address.
pub(crate) fn is_scheme(text: &str) -> bool {
    let code = text.split_once('-').is_some_and(|(country, register)| {
        country.len() == 2
            && country.bytes().all(|b| b.is_ascii_uppercase())
            && !register.is_empty()
            && register
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
    });
    code || text.strip_prefix("https://").is_some_and(|rest| rest.contains('.') && !rest.contains(' '))
}
