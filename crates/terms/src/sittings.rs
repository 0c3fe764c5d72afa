//! Words of `sittings`: a committee met.

use serde::{Deserialize, Serialize};

use crate::{BodyId, Day, Enclosed, SeatCode, SittingId, SourceId};

/// What shows that a sitting was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Minutes.
    Minutes,
    /// A photograph with the attendance list.
    PhotoAndAttendance,
    /// Two confirmations that do not come from one another.
    TwoConfirmations,
    /// A public account (press, official site).
    PublicAccount,
}

impl Evidence {
    /// Every kind, in the order of forms.
    pub const ALL: [Self; 4] =
        [Self::Minutes, Self::PhotoAndAttendance, Self::TwoConfirmations, Self::PublicAccount];

    /// The evidence that [`Evidence::as_str`] spells so.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|evidence| evidence.as_str() == word)
    }

    /// The word in tables and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::PhotoAndAttendance => "photo-and-attendance",
            Self::TwoConfirmations => "two-confirmations",
            Self::PublicAccount => "public-account",
        }
    }
}

/// A sitting was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SittingHeld {
    /// Its id.
    pub id: SittingId,
    /// The body.
    pub body: BodyId,
    /// When.
    pub on: Day,
    /// What shows it; a sitting without evidence counts in no indicator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Members present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub present: Option<u16>,
    /// Members expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u16>,
    /// Women present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub women: Option<u16>,
    /// Young people present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub youth: Option<u16>,
    /// Civil-society members present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub civil_society: Option<u16>,
    /// Who paid for the sitting: `state`, `partner`, `members`, `nobody`; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_by: Option<String>,
    /// What was on the table, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Enclosed>,
    /// The minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Enclosed>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// It is known that a body did not meet in a period. Where nothing is known of a period, nothing is written: silence
/// about a month never says that nobody met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SittingNotHeld {
    /// The body.
    pub body: BodyId,
    /// First day of the period.
    pub from: Day,
    /// First day after the period.
    pub to: Day,
    /// Why, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Enclosed>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// How a seat stood at a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Its holder was there.
    Present,
    /// Somebody was there in the holder's place.
    Represented,
    /// Nobody was, and it was excused.
    Excused,
    /// Nobody was.
    Absent,
}

impl Presence {
    /// Every value, in the order of forms.
    pub const ALL: [Self; 4] = [Self::Present, Self::Represented, Self::Excused, Self::Absent];

    /// The word in tables, pack cells and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Represented => "represented",
            Self::Excused => "excused",
            Self::Absent => "absent",
        }
    }

    /// The presence this word spells.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|presence| presence.as_str() == word)
    }

    /// Whether the seat was taken: by its holder, or in the holder's place.
    #[must_use]
    pub const fn is_there(self) -> bool {
        matches!(self, Self::Present | Self::Represented)
    }
}

/// How one seat stood at a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatPresence {
    /// The seat.
    pub seat: SeatCode,
    /// Which of several such seats, from 1.
    pub ordinal: u16,
    /// How it stood.
    pub presence: Presence,
}

/// Who came to a sitting, seat by seat. A seat that is not listed is not known; a later statement of the same sitting stands in place
/// of the earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttendanceTaken {
    /// The sitting.
    pub sitting: SittingId,
    /// The body that sat.
    pub body: BodyId,
    /// When it sat.
    pub on: Day,
    /// The seats of which something is known.
    pub seats: Vec<SeatPresence>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}
