//! Delivery: to whom, when, with what proof, and the clock that starts.

use terms::answers::Awaited;
use terms::recommendations::{DeliveryProof, RecommendationTransmitted};
use terms::{BodyId, Day, Media, RecommendationId, RuleId, Word};
use web::Clocks;

use super::{Agreed, Enclose, Refusal, Stand};

/// A delivery to one addressee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transmission {
    /// Which recommendation.
    pub recommendation: RecommendationId,
    /// To whom.
    pub addressee: BodyId,
    /// Day of delivery, as the proof shows it.
    pub delivered_on: Day,
    /// What shows it.
    pub proof: DeliveryProof,
    /// The proof's file.
    pub file: Option<(Media, Vec<u8>)>,
    /// The clock; none runs where absent.
    pub rule: Option<RuleId>,
    /// The points asked of this addressee; all of them where empty.
    pub points: Vec<u8>,
}

/// What must be known to decide a delivery.
#[derive(Debug, Clone, Copy)]
pub struct TransmissionFacts<'a> {
    /// The recommendation, if the record knows it.
    pub stand: Option<&'a Stand>,
    /// Whether it is addressed to this body, and since when it was delivered there.
    pub addressee: Option<Option<Day>>,
    /// How many points the recommendation has.
    pub points: u8,
    /// The rules and feasts in force.
    pub clocks: &'a Clocks,
}

/// A delivery with the days its clock gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The delivery.
    pub transmission: Transmission,
    /// Last day to acknowledge.
    pub acknowledge_by: Option<Day>,
    /// Last day to answer.
    pub answer_by: Option<Day>,
}

/// The delivery starts the addressee's clock.
///
/// **Errors** everything that speaks against it, at once.
pub fn transmit(
    facts: TransmissionFacts<'_>,
    transmission: Transmission,
    today: Day,
) -> Result<Agreed<Dated>, Vec<Refusal>> {
    let Some(stand) = facts.stand else { return Err(vec![Refusal::Unknown]) };
    let mut refusals = Vec::new();
    if !stand.open {
        refusals.push(Refusal::Closed);
    }
    match facts.addressee {
        None => refusals.push(Refusal::NotAddressed),
        Some(Some(day)) => refusals.push(Refusal::AlreadyTransmitted(day)),
        Some(None) => {}
    }
    let day = transmission.delivered_on;
    if day > today {
        refusals.push(Refusal::DeliveredInFuture);
    } else if stand.is_before_adoption(day) {
        refusals.push(Refusal::DeliveredBeforeAdoption);
    }
    let rule = transmission.rule.as_ref();
    if rule.is_some_and(|rule| !facts.clocks.rules.contains_key(rule)) {
        refusals.push(Refusal::RuleUnknown);
    }
    if transmission.points.iter().any(|point| !(1..=facts.points).contains(point)) {
        refusals.push(Refusal::PointUnknown);
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let by = |awaited| facts.clocks.due(rule, awaited, day, &[]).and_then(|due| due.day);
    let (acknowledge_by, answer_by) = (by(Awaited::Acknowledgement), by(Awaited::Answer));
    Ok(Agreed(Dated { transmission, acknowledge_by, answer_by }))
}

impl Agreed<Dated> {
    /// The word, its file enclosed.
    ///
    /// **Errors** those of `enclose`.
    pub fn word<E>(self, enclose: Enclose<'_, E>) -> Result<Word, E> {
        let Dated { transmission, acknowledge_by, answer_by } = self.0;
        let file = transmission.file.map(|(media, bytes)| enclose(media, &bytes)).transpose()?;
        Ok(Word::RecommendationTransmitted(RecommendationTransmitted {
            recommendation: transmission.recommendation,
            addressee: transmission.addressee,
            delivered_on: transmission.delivered_on,
            proof: transmission.proof,
            file,
            rule: transmission.rule,
            acknowledge_by,
            answer_by,
            points: transmission.points,
        }))
    }
}
