//! Closing and reopening, by the authors, with a reason.

use terms::recommendations::{ClosingGround, RecommendationClosed, RecommendationReopened};
use terms::{Day, RecommendationId, Word};

use super::{Agreed, Enclose, Refusal, Stand, TEXT_MAX, enclosed};

/// Its authors close it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Which.
    pub recommendation: RecommendationId,
    /// When.
    pub on: Day,
    /// On what ground.
    pub ground: ClosingGround,
    /// Why, in words.
    pub reason: String,
    /// What takes its place.
    pub replaced_by: Option<RecommendationId>,
}

/// Its authors reopen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// Which.
    pub recommendation: RecommendationId,
    /// When.
    pub on: Day,
    /// Why, in words.
    pub reason: String,
}

/// The recommendation can be closed.
///
/// **Errors** everything that speaks against it, at once; `replacement_known` says whether the record knows what is named.
pub fn close(
    stand: Option<&Stand>,
    replacement_known: bool,
    closing: Closing,
    today: Day,
) -> Result<Agreed<Closing>, Vec<Refusal>> {
    let Some(stand) = stand else { return Err(vec![Refusal::Unknown]) };
    let mut refusals = Vec::new();
    if !stand.open {
        refusals.push(Refusal::Closed);
    }
    turn(stand, closing.on, &closing.reason, today, &mut refusals);
    match &closing.replaced_by {
        Some(other) if *other == closing.recommendation => refusals.push(Refusal::ReplacementItself),
        Some(_) if !replacement_known => refusals.push(Refusal::ReplacementUnknown),
        None if closing.ground == ClosingGround::Replaced => refusals.push(Refusal::NoReplacement),
        _ => {}
    }
    if refusals.is_empty() { Ok(Agreed(closing)) } else { Err(refusals) }
}

/// The recommendation can be reopened.
///
/// **Errors** everything that speaks against it, at once.
pub fn reopen(
    stand: Option<&Stand>,
    reopening: Reopening,
    today: Day,
) -> Result<Agreed<Reopening>, Vec<Refusal>> {
    let Some(stand) = stand else { return Err(vec![Refusal::Unknown]) };
    let mut refusals = Vec::new();
    if stand.open {
        refusals.push(Refusal::NotClosed);
    }
    turn(stand, reopening.on, &reopening.reason, today, &mut refusals);
    if refusals.is_empty() { Ok(Agreed(reopening)) } else { Err(refusals) }
}

fn turn(stand: &Stand, on: Day, reason: &str, today: Day, refusals: &mut Vec<Refusal>) {
    if on > today {
        refusals.push(Refusal::InFuture);
    } else if stand.is_before_adoption(on) || stand.turned_on.is_some_and(|turned| on < turned) {
        refusals.push(Refusal::TooEarly);
    }
    let length = reason.chars().count();
    if reason.trim().is_empty() {
        refusals.push(Refusal::NoReason);
    } else if length > TEXT_MAX {
        refusals.push(Refusal::ReasonTooLong(length));
    }
}

impl Agreed<Closing> {
    /// The word, its reason enclosed.
    ///
    /// **Errors** those of `enclose`.
    pub fn word<E>(self, enclose: Enclose<'_, E>) -> Result<Word, E> {
        let Closing { recommendation, on, ground, reason, replaced_by } = self.0;
        let reason = enclosed(enclose, &reason)?;
        Ok(Word::RecommendationClosed(RecommendationClosed {
            recommendation,
            on,
            ground,
            reason,
            replaced_by,
        }))
    }
}

impl Agreed<Reopening> {
    /// The word, its reason enclosed.
    ///
    /// **Errors** those of `enclose`.
    pub fn word<E>(self, enclose: Enclose<'_, E>) -> Result<Word, E> {
        let Reopening { recommendation, on, reason } = self.0;
        let reason = enclosed(enclose, &reason)?;
        Ok(Word::RecommendationReopened(RecommendationReopened { recommendation, on, reason }))
    }
}
