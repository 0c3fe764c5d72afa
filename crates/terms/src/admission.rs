//! Words of `admission`: who asked for a seat, who was invited to one, what was answered, and what was not.

use serde::{Deserialize, Serialize};

use crate::answers::{Awaited, Channel, Stance};
use crate::recommendations::DeliveryProof;
use crate::{AdmissionId, BodyId, Day, Enclosed, OrganisationId, RuleId, SeatCode, SourceId};

/// An organisation asked for a seat, and the request reached the authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatRequested {
    /// This line of the ledger.
    pub id: AdmissionId,
    /// Who asks.
    pub organisation: OrganisationId,
    /// In which body.
    pub body: BodyId,
    /// Which seat; any where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatCode>,
    /// The authority that was asked.
    pub addressee: BodyId,
    /// Day of delivery, as the proof shows it.
    pub delivered_on: Day,
    /// What shows it.
    pub proof: DeliveryProof,
    /// The proof's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
    /// The request in its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Enclosed>,
    /// The clock; none runs where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// Last day to acknowledge, computed from the rule on the day of the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge_by: Option<Day>,
    /// Last day to answer, computed likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// Part of an exercise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exercise: bool,
}

/// The authority confirmed that it has the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatRequestAcknowledged {
    /// Which request.
    pub id: AdmissionId,
    /// When.
    pub on: Day,
    /// By which way.
    pub channel: Channel,
    /// The slip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
}

/// The authority answered the request. A late answer is always taken; a second answer adds to the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatRequestAnswered {
    /// Which request.
    pub id: AdmissionId,
    /// When.
    pub on: Day,
    /// By which way.
    pub channel: Channel,
    /// What it says; `accepted-otherwise` is another place than the one asked for (an observer's, a commission's).
    pub stance: Stance,
    /// In its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Enclosed>,
    /// The legal basis of the secrecy it claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secrecy_basis: Option<Enclosed>,
    /// To which authority it passed the request on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_to: Option<BodyId>,
    /// The letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

impl SeatRequestAnswered {
    /// Whether the request was answered in substance: granted, or refused with a reason, or said to be another's with a reason,
    /// or held secret with the legal basis. A bare refusal is an answer, not one in substance.
    ///
    /// **Source** as for recommendations: comply or explain.
    #[must_use]
    pub const fn is_substantive(&self) -> bool {
        match self.stance {
            Stance::Accepted | Stance::AcceptedInPart | Stance::AcceptedOtherwise => true,
            Stance::RefusedWithReason | Stance::NotCompetent => self.text.is_some(),
            Stance::CoveredBySecrecy => self.secrecy_basis.is_some(),
            _ => false,
        }
    }
}

/// The clock wrote that a day came and nothing had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatRequestSilenceNoted {
    /// Which request.
    pub id: AdmissionId,
    /// What was awaited.
    pub awaited: Awaited,
    /// The last day on which it would have been in time.
    pub due: Day,
    /// The first day of silence.
    pub on: Day,
}

/// The clock wrote that a reminder is due, or the organisation sent one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatRequestReminded {
    /// Which request.
    pub id: AdmissionId,
    /// When.
    pub on: Day,
}

/// The organisation gave its request up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatRequestWithdrawn {
    /// Which request.
    pub id: AdmissionId,
    /// When.
    pub on: Day,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Enclosed>,
}

/// What an organisation is invited to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvitedAs {
    /// A member: to hold a seat.
    Member,
    /// An observer: to sit without a voice that counts.
    Observer,
    /// A guest of one meeting.
    Guest,
}

impl InvitedAs {
    /// Every value, in the order of forms.
    pub const ALL: [Self; 3] = [Self::Member, Self::Observer, Self::Guest];

    /// The word in tables and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Observer => "observer",
            Self::Guest => "guest",
        }
    }

    /// The value a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == word)
    }
}

/// An authority invited an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatOffered {
    /// This line of the ledger.
    pub id: AdmissionId,
    /// Who is invited.
    pub organisation: OrganisationId,
    /// To which body.
    pub body: BodyId,
    /// To which seat; not said where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatCode>,
    /// The authority that invites.
    pub by: BodyId,
    /// When.
    pub on: Day,
    /// To be what.
    pub invited_as: InvitedAs,
    /// Last day to answer, as the invitation says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Day>,
    /// The invitation in its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Enclosed>,
    /// The letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// Part of an exercise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exercise: bool,
}

/// The organisation answered an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatOfferAnswered {
    /// Which invitation.
    pub id: AdmissionId,
    /// When.
    pub on: Day,
    /// Whether it accepts.
    pub accepted: bool,
    /// In its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Enclosed>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}
