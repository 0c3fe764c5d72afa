//! Two that are one: the merger, its undoing, and the word that two which look alike are not one.

use terms::organisations::{OrganisationsDistinguished, OrganisationsMerged, OrganisationsParted};
use terms::{OrganisationId, Word};

use super::Refusal;

/// What is known of an organisation that is to be merged or told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// Which.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Part of an exercise.
    pub exercise: bool,
    /// The one under whose id it goes on already.
    pub goes_on_as: Option<OrganisationId>,
}

/// The two are to be one.
///
/// **Errors** the two are the same id; one of them goes on under another's id already; a fictional organisation and a real one.
pub fn merge(merged: OrganisationsMerged, kept: &Twin, other: &Twin) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if kept.id == other.id {
        refusals.push(Refusal::MergedWithItself);
    }
    for twin in [kept, other].into_iter().filter(|twin| twin.goes_on_as.is_some()) {
        refusals.push(Refusal::MergedAlready(twin.name.clone()));
    }
    if kept.exercise != other.exercise {
        refusals.push(Refusal::WorldsMerged);
    }
    if refusals.is_empty() { Ok(Word::OrganisationsMerged(merged)) } else { Err(refusals) }
}

/// The organisation is to stand by itself again.
///
/// **Errors** it does not go on under another's id.
pub fn part(parted: OrganisationsParted, twin: &Twin) -> Result<Word, Vec<Refusal>> {
    if twin.goes_on_as.is_some() {
        Ok(Word::OrganisationsParted(parted))
    } else {
        Err(vec![Refusal::NotMerged])
    }
}

/// The two are not one. The pair is written the same way round, whoever is named first.
///
/// **Errors** the two are the same id; one of them goes on under another's id; they were told apart already.
pub fn distinguish(
    mut distinguished: OrganisationsDistinguished,
    one: &Twin,
    other: &Twin,
    already: bool,
) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if one.id == other.id {
        refusals.push(Refusal::MergedWithItself);
    }
    for twin in [one, other].into_iter().filter(|twin| twin.goes_on_as.is_some()) {
        refusals.push(Refusal::MergedAlready(twin.name.clone()));
    }
    if already {
        refusals.push(Refusal::DistinguishedAlready);
    }
    if distinguished.other < distinguished.one {
        std::mem::swap(&mut distinguished.one, &mut distinguished.other);
    }
    if refusals.is_empty() { Ok(Word::OrganisationsDistinguished(distinguished)) } else { Err(refusals) }
}
