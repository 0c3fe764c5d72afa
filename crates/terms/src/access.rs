//! Words of `access`: who may act for whom. Passwords, sign-ins and invitations are in a drawer and never here.

use serde::{Deserialize, Serialize};

use crate::{Behalf, Day, Enclosed, MandateId, PersonId};

/// A person may be given mandates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonEnrolled {
    /// Their id.
    pub id: PersonId,
    /// The name they act under.
    pub name: Enclosed,
}

/// What a mandate allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Drafts, adopts, transmits, observes for a committee or an organisation.
    Secretary,
    /// Holds a seat: drafts and co-signs for an organisation.
    Delegate,
    /// Answers for an authority.
    Authority,
    /// Keeps the register, the seats and the mandates of the instance.
    Steward,
}

impl Role {
    /// Every role, in the order of forms.
    pub const ALL: [Self; 4] = [Self::Secretary, Self::Delegate, Self::Authority, Self::Steward];

    /// The word in tables and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Secretary => "secretary",
            Self::Delegate => "delegate",
            Self::Authority => "authority",
            Self::Steward => "steward",
        }
    }

    /// The role a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// A person acts for someone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MandateGiven {
    /// Its id.
    pub id: MandateId,
    /// Who acts.
    pub person: PersonId,
    /// For whom.
    pub behalf: Behalf,
    /// What it allows.
    pub role: Role,
    /// First day.
    pub from: Day,
    /// First day no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
}

/// A mandate ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MandateEnded {
    /// Which.
    pub id: MandateId,
    /// First day no more.
    pub on: Day,
    /// `term-ended`, `resigned`, `withdrawn`.
    pub ground: String,
}
