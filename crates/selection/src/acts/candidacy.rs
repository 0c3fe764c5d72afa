//! Somebody stands, or stands no more.

use terms::selection::{CandidacyFiled, CandidacyWithdrawn, FactGiven, Feature, Trait};
use terms::{CandidacyId, Day, Enclosed, OrganisationId, Word};

use super::{CANDIDATES_MAX, Refusal};
use crate::call::{Call, Candidacy, Place, Stage};

/// A candidacy as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Its id.
    pub id: CandidacyId,
    /// The organisation that stands: `Err` where a name was written that is nobody's.
    pub organisation: Result<Option<OrganisationId>, ()>,
    /// The person who would sit.
    pub person: Option<Enclosed>,
    /// Values, by feature.
    pub traits: Vec<(Feature, String)>,
    /// Facts, by the criterion's code.
    pub facts: Vec<(String, Enclosed)>,
    /// Typed from paper.
    pub paper: bool,
}

/// What is known when somebody files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Candidacies of the call, those withdrawn included.
    pub candidacies: usize,
    /// Whether the organisation stands already.
    pub already: bool,
    /// Whether the organisation is part of an exercise; none where none stands.
    pub exercise: Option<bool>,
}

/// The candidacy is to be filed.
///
/// **Errors** the call is not open; neither an organisation nor a person; an unknown organisation, one that stands already, or one of another
/// world; a feature of the quotas without one of their values; a criterion that asks for a fact without one; too many candidates.
pub fn file(call: &Call, filed: Filed, standing: Standing, today: Day) -> Result<Word, Vec<Refusal>> {
    if call.stage(today) != Stage::Open {
        return Err(vec![Refusal::NotNow("selection-refused-closed")]);
    }
    let mut refusals = Vec::new();
    match &filed.organisation {
        Err(()) => refusals.push(Refusal::UnknownOrganisation),
        Ok(None) if filed.person.is_none() => refusals.push(Refusal::Nobody),
        Ok(_) => {}
    }
    if standing.already {
        refusals.push(Refusal::StandsAlready);
    }
    if standing.exercise.is_some_and(|exercise| exercise != call.exercise) {
        refusals.push(Refusal::OtherWorld);
    }
    if standing.candidacies >= CANDIDATES_MAX {
        refusals.push(Refusal::Full);
    }
    let mut traits = Vec::new();
    for feature in call.features() {
        let value = filed.traits.iter().find(|(of, _)| *of == feature).map(|(_, value)| value.as_str());
        match value.filter(|value| call.values(feature).contains(value)) {
            Some(value) => traits.push(Trait { feature, value: value.to_owned() }),
            None => refusals.push(Refusal::NoTrait(feature)),
        }
    }
    let mut facts = Vec::new();
    for criterion in &call.criteria {
        let given = filed.facts.iter().find(|(code, _)| *code == criterion.code);
        match given {
            Some((code, text)) => facts.push(FactGiven { criterion: code.clone(), text: *text }),
            None if criterion.asks.is_some() => refusals.push(Refusal::NoFact(criterion.code.clone())),
            None => {}
        }
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    Ok(Word::CandidacyFiled(CandidacyFiled {
        id: filed.id,
        call: call.id.clone(),
        organisation: filed.organisation.unwrap_or(None),
        person: filed.person,
        traits,
        facts,
        paper: filed.paper,
    }))
}

/// The candidacy is to be withdrawn.
///
/// **Errors** it was withdrawn or excluded; the pool is frozen, or the call has ended: then whoever is drawn or elected declines the seat, and an
/// alternate takes it.
pub fn withdraw(call: &Call, candidacy: &Candidacy) -> Result<Word, Vec<Refusal>> {
    let stands = matches!(candidacy.place, Place::Filed | Place::Eligible);
    if !stands || call.frozen.is_some() || call.ended.is_some() {
        return Err(vec![Refusal::NotStanding]);
    }
    let (call, candidacy) = (call.id.clone(), candidacy.id.clone());
    Ok(Word::CandidacyWithdrawn(CandidacyWithdrawn { call, candidacy }))
}
