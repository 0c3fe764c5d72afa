//! Ties to the State and to donors, and the organisation's right of reply. Two profiles with evidence; never a score.

use terms::organisations::{Basis, Held, OrganisationReplied, TieStated};
use terms::{Day, Word};

use super::{Refusal, period};

/// To whom a tie leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The State and its authorities.
    State,
    /// Those who fund.
    Donors,
}

impl Side {
    /// Both, in the order of pages.
    pub const ALL: [Self; 2] = [Self::State, Self::Donors];

    /// The criteria of this side.
    pub fn criteria(self) -> impl Iterator<Item = &'static str> {
        CRITERIA.into_iter().filter(move |code| code.starts_with('S') == (self == Self::State))
    }

    /// The word in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Donors => "donors",
        }
    }
}

/// The criteria by their codes: ten ties to the State, four to donors.
///
/// **Source** the project's own list, after the literature on organisations close to governments; a proposal to be discussed with
/// those whom it describes. Each is a fact that can be shown or contested; none weighs more than another.
pub const CRITERIA: [&str; 14] =
    ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "F1", "F2", "F3", "F4"];

/// The tie is to be stated. `observes` says that whoever states it may say more than what the organisation says of itself.
///
/// **Errors** no such criterion; neither source, note nor evidence for a tie that holds or does not; observed, by somebody who may
/// only declare; contested without a note or evidence; it begins after today, or ends before it begins.
pub fn tie(tie: TieStated, observes: bool, today: Day) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !CRITERIA.contains(&tie.criterion.as_str()) {
        refusals.push(Refusal::UnknownCriterion);
    }
    let told = tie.evidence.is_some() || tie.note.is_some();
    if tie.value != Held::Unknown && !told && tie.source.is_none() {
        refusals.push(Refusal::TieUnevidenced);
    }
    if tie.basis == Basis::Observed && !observes {
        refusals.push(Refusal::DeclaredAlone);
    }
    if tie.contested && !told {
        refusals.push(Refusal::ContestedByWhom);
    }
    period(tie.from, tie.to, today, &mut refusals);
    if refusals.is_empty() { Ok(Word::TieStated(tie)) } else { Err(refusals) }
}

/// The organisation's reply is to stand beside what is said of it. `is_of_it` says that the entry speaks of this organisation.
///
/// **Errors** the entry does not.
pub fn reply(reply: OrganisationReplied, is_of_it: bool) -> Result<Word, Vec<Refusal>> {
    if is_of_it { Ok(Word::OrganisationReplied(reply)) } else { Err(vec![Refusal::NothingToReplyTo]) }
}
