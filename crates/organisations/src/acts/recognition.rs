//! Legal form and receipts; where and on what an organisation works.

use terms::organisations::{Basis, OrganisationRecognised, OrganisationWorks};
use terms::{Day, OrganisationId, PlaceId, SourceId, Word};

use super::identifier::is_scheme;
use super::{Bearer, Candidates, Membership, Refusal, period};

/// The recognition is to be recorded. `forms` are the legal forms that the record knows; `bearers` those who are known to bear the
/// receipt's number in its scheme; `observes` says that somebody else than the organisation states it.
///
/// **Errors** no such legal form; a scheme without a number, or one that is neither a code nor an address; another organisation bears
/// the number in those days, or this one does from another day on; stated by somebody else with neither source, note nor scan; it begins
/// after today, or ends before it begins.
pub fn recognise(
    recognised: OrganisationRecognised,
    forms: &[String],
    bearers: &[Bearer],
    observes: bool,
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !forms.contains(&recognised.form) {
        refusals.push(Refusal::UnknownForm);
    }
    if let Some(scheme) = &recognised.scheme {
        if recognised.receipt.is_none() {
            refusals.push(Refusal::SchemeAlone);
        }
        if !is_scheme(scheme) {
            refusals.push(Refusal::SchemeUnreadable(scheme.chars().take(40).collect()));
        }
    }
    let dates = Membership { from: recognised.on, to: recognised.to };
    for bearer in bearers.iter().filter(|bearer| bearer.dates.overlaps(&dates)) {
        if bearer.organisation != recognised.organisation {
            refusals.push(Refusal::ReceiptTaken(bearer.name.clone()));
        } else if bearer.dates.from != dates.from {
            refusals.push(Refusal::ReceiptKnown);
        }
    }
    if observes && recognised.source.is_none() && recognised.note.is_none() && recognised.scan.is_none() {
        refusals.push(Refusal::Unsourced);
    }
    period(dates.from, dates.to, today, &mut refusals);
    if refusals.is_empty() { Ok(Word::OrganisationRecognised(recognised)) } else { Err(refusals) }
}

/// Where and on what an organisation works, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// The places, as they were written.
    pub places: Vec<Candidates<PlaceId>>,
    /// The themes, by their ids.
    pub themes: Vec<String>,
    /// Who says so.
    pub basis: Basis,
    /// First day.
    pub from: Option<Day>,
    /// First day no more.
    pub to: Option<Day>,
    /// Whence.
    pub source: Option<SourceId>,
    /// What a reader must know.
    pub note: Option<String>,
}

/// The statement is to stand beside those made before. `themes` are those that the record knows; `observes` says that whoever states it
/// may say more than what the organisation says of itself.
///
/// **Errors** neither place nor theme; a place that is unknown or several; no such theme; observed, by somebody who may only declare, or
/// with neither source nor note; it begins after today, or ends before it begins.
pub fn works(work: Work, themes: &[String], observes: bool, today: Day) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut places = Vec::new();
    for candidates in work.places {
        match candidates {
            Candidates::Blank => {}
            Candidates::One(place) => places.push(place),
            Candidates::Nobody(text) => refusals.push(Refusal::UnknownWorkPlace(text)),
            Candidates::Several(names) => refusals.push(Refusal::SeveralWorkPlaces(names)),
        }
    }
    places.sort();
    places.dedup();
    if places.is_empty() && refusals.is_empty() && work.themes.is_empty() {
        refusals.push(Refusal::NothingOfWork);
    }
    if work.themes.iter().any(|theme| !themes.contains(theme)) {
        refusals.push(Refusal::UnknownTheme);
    }
    if work.basis == Basis::Observed {
        if !observes {
            refusals.push(Refusal::DeclaredAlone);
        }
        if work.source.is_none() && work.note.is_none() {
            refusals.push(Refusal::Unsourced);
        }
    }
    period(work.from, work.to, today, &mut refusals);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let mut named = work.themes;
    named.sort();
    named.dedup();
    Ok(Word::OrganisationWorks(OrganisationWorks {
        organisation: work.organisation,
        places,
        themes: named,
        basis: work.basis,
        from: work.from,
        to: work.to,
        source: work.source,
        note: work.note,
    }))
}
