//! Words of `sittings`: a committee met.

use serde::{Deserialize, Serialize};

use crate::{BodyId, Day, Enclosed, SittingId, SourceId};

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
