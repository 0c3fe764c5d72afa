//! From a call and its candidates to the tables of a draw, and from what was revealed to its seed: pure.

use sortition::{Pool, PublicEvent, Quotas, Reveal, Seed};
use terms::selection::Feature;

use crate::call::{Call, Candidacy};

/// The feature and the value by which a draw without quotas knows its candidates: all are of one type.
pub const WITHOUT_QUOTAS: (&str, &str) = ("candidacy", "any");

/// The quotas of the draw.
///
/// **Errors** as [`Quotas::new`].
pub fn quotas(call: &Call) -> Result<Quotas, sortition::Refusal> {
    let of_call = call.quotas.iter().map(|quota| sortition::Quota {
        feature: quota.feature.as_str().to_owned(),
        value: quota.value.clone(),
        min: u32::from(quota.min),
        max: u32::from(quota.max),
    });
    let mut list: Vec<sortition::Quota> = of_call.collect();
    if list.is_empty() {
        let (feature, value) = WITHOUT_QUOTAS;
        let seats = u32::from(call.seats);
        list.push(sortition::Quota { feature: feature.into(), value: value.into(), min: 0, max: seats });
    }
    Quotas::new(list)
}

/// The pool of the draw: every candidate on the list, by id, with a value for each feature of the quotas.
///
/// **Errors** as [`Pool::new`].
pub fn pool(candidates: &[Candidacy], quotas: &Quotas) -> Result<Pool, sortition::Refusal> {
    let value = |candidate: &Candidacy, feature: &str| match Feature::parse(feature) {
        Some(feature) => {
            let found = candidate.traits.iter().find(|(of, _)| *of == feature);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        }
        None => WITHOUT_QUOTAS.1.to_owned(),
    };
    let listed = candidates.iter().filter(|candidate| candidate.place.in_pool());
    let listed = listed.map(|candidate| sortition::Candidate {
        id: candidate.id.to_string(),
        values: quotas.features().map(|feature| value(candidate, feature)).collect(),
    });
    Pool::new(listed.collect(), quotas)
}

/// The seed, from the parties that revealed what they had committed to and from how the event came out; a party that did not
/// reveal is left out, as the rule says.
///
/// **Errors** as [`sortition::seed`].
pub fn seed(call: &Call, outcome: &str) -> Result<Seed, sortition::Refusal> {
    let mut commitments = Vec::new();
    let mut reveals = Vec::new();
    for party in &call.parties {
        if let (Some(digest), Some(secret)) = (&party.digest, &party.secret) {
            let name = party.who.party_name();
            commitments.push(sortition::Commitment { party: name.clone(), digest: digest.0.into() });
            reveals.push(Reveal { party: name, secret: secret.as_bytes().to_vec() });
        }
    }
    let name = call.seed.as_ref().map(|rule| rule.event.clone()).unwrap_or_default();
    sortition::seed(&commitments, &reveals, &PublicEvent { name, outcome: outcome.to_owned() })
}
