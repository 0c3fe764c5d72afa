//! Words of `organisations`: the register.

mod capacity;
mod duplicates;
mod funding;
mod obligations;
mod recognition;

pub use duplicates::{OrganisationsDistinguished, OrganisationsMerged, OrganisationsParted};
pub use recognition::{LegalFormSet, OrganisationRecognised, OrganisationWorks};

use serde::{Deserialize, Serialize};

pub use capacity::{
    ActionOutcome, ActionPlanned, ActionSettled, CapacityAssessed, ItemAssessed, Regard, TrainingAttended,
};
pub use funding::{
    Category, ConcentrationBand, Exposure, ExposureStated, FundingDeclared, FundingFigures, FundingLine,
    MonthsBand, ShareBand, Within,
};
pub use obligations::{ObligationMet, ObligationRule, ObligationSet};

use crate::{Day, Enclosed, OrganisationId, PlaceId, RestrictionId, SourceId};

/// An organisation is on the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationRegistered {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its acronym.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acronym: Option<String>,
    /// `umbrella`, `association`, `ngo`, …
    pub kind: String,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founded: Option<String>,
    /// Legal form in the country's law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_form: Option<String>,
    /// Where it has its seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceId>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Part of an exercise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exercise: bool,
}

/// An organisation is a member of an umbrella.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationJoined {
    /// The member.
    pub member: OrganisationId,
    /// The umbrella.
    pub umbrella: OrganisationId,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// Something happened to an organisation's standing. Where sources disagree, each version is a word of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationStatusStated {
    /// Which.
    pub organisation: OrganisationId,
    /// `declared`, `suspended`, `dissolved`, `restored`, `active`, …
    pub status: String,
    /// When; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// By which authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// Whether it is contested.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub contested: bool,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Whether a tie holds. Unknown is said, never inferred: nobody's silence is a no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// Somebody looked, and does not know.
    Unknown,
}

impl Held {
    /// Every value, in the order of forms.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];

    /// The word in tables and pack cells.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    /// The value this word spells.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == word)
    }
}

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The organisation, of itself.
    Declared,
    /// Somebody else, with evidence.
    Observed,
}

impl Basis {
    /// Both, in the order of pages.
    pub const ALL: [Self; 2] = [Self::Declared, Self::Observed];

    /// The word in tables and pack cells.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Observed => "observed",
        }
    }

    /// The basis this word spells.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.as_str() == word)
    }
}

/// What the record says of one tie on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds, and nobody says otherwise.
    Yes,
    /// It does not hold, and nobody says otherwise.
    No,
    /// Somebody says otherwise: the organisation, the source itself, or the other basis.
    Contested,
    /// Nobody has said.
    Unknown,
}

impl Verdict {
    /// What stands of a tie of which these were said: of each basis the newest statement that holds for the day, and whether its
    /// source or the organisation's reply contests it.
    #[must_use]
    pub fn of(said: impl IntoIterator<Item = (Held, bool)>) -> Self {
        let (mut value, mut contested) = (None, false);
        for (held, disputed) in said.into_iter().filter(|(held, _)| *held != Held::Unknown) {
            contested |= disputed || value.is_some_and(|value| value != held);
            value = Some(held);
        }
        match value {
            _ if contested => Self::Contested,
            Some(Held::Yes) => Self::Yes,
            Some(Held::No) => Self::No,
            Some(Held::Unknown) | None => Self::Unknown,
        }
    }

    /// The word in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Contested => "contested",
            Self::Unknown => "unknown",
        }
    }
}

/// A tie of an organisation to the State or to donors is said to hold, not to hold, or not to be known. A later statement never
/// replaces an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TieStated {
    /// Whose.
    pub organisation: OrganisationId,
    /// Which: `S1` to `S10` to the State, `F1` to `F4` to donors.
    pub criterion: String,
    /// Whether it holds.
    pub value: Held,
    /// Who says so.
    pub basis: Basis,
    /// Whether the source itself says that it is contested.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub contested: bool,
    /// First day; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What the source says, in a pack's words; names no private person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What shows it, in the words of whoever states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Enclosed>,
}

/// An organisation answers what an entry says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationReplied {
    /// Which.
    pub organisation: OrganisationId,
    /// The entry it answers.
    pub about: u64,
    /// Whether it says that the entry is wrong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub contests: bool,
    /// What it says.
    pub text: Enclosed,
}

/// An organisation bears an identifier in a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationIdentified {
    /// Which.
    pub organisation: OrganisationId,
    /// The scheme: a code of org-id.guide (`ML-MAT`), or an address.
    pub scheme: String,
    /// The identifier in it: a receipt's number, a tax number.
    pub value: String,
    /// First day; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A restriction weighs on organisations: which it means, what it forbids or takes, and in which period. The same id said again
/// tells the restriction anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestrictionStated {
    /// Its id.
    pub id: RestrictionId,
    /// What it is called.
    pub title: String,
    /// `ban`, `levy`, `authorisation`, `reporting`, `suspension`.
    pub kind: String,
    /// `announced`, `in-force`, `lifted`.
    pub stage: String,
    /// By which authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// The organisations it names; where none is named, all of its kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<OrganisationId>,
    /// The kinds it means, as in the register; where none is named, all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Whose money it means: only activities so funded are restricted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funder: Option<String>,
    /// Which activities it means; all where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// What it takes, in thousandths of the resources it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<u16>,
    /// First day; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
