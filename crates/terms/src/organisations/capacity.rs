//! Words of `organisations`, capacity: what an organisation can do, as it and others assess it, and what it does about it.

use serde::{Deserialize, Serialize};

use crate::{ActionId, Day, Enclosed, OrganisationId};

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regard {
    /// The organisation at itself.
    Own,
    /// Another organisation, at its invitation.
    Peer,
    /// Somebody from outside, at its request.
    External,
}

impl Regard {
    /// All three, in the order of pages.
    pub const ALL: [Self; 3] = [Self::Own, Self::Peer, Self::External];

    /// The word in tables, addresses and message keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Peer => "peer",
            Self::External => "external",
        }
    }

    /// The regard this word spells.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|regard| regard.as_str() == word)
    }
}

/// On which level an item of the grid was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemAssessed {
    /// The item's code in the grid (`D1.1`).
    pub item: String,
    /// 1 to 4; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Enclosed>,
}

/// An organisation's capacity was assessed, item by item. Assessments of different regards are never mixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapacityAssessed {
    /// Whose.
    pub organisation: OrganisationId,
    /// The version of the grid.
    pub grid: u16,
    /// Who looked.
    pub regard: Regard,
    /// The peer, where a peer looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer: Option<OrganisationId>,
    /// Who from outside looked: an office, a firm, a programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessor: Option<Enclosed>,
    /// When.
    pub on: Day,
    /// Every item of the grid of which something is said.
    pub items: Vec<ItemAssessed>,
}

/// An organisation means to do something about its capacity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionPlanned {
    /// Its id.
    pub id: ActionId,
    /// Whose.
    pub organisation: OrganisationId,
    /// The domain of the grid (`D1`), or the item (`D1.1`).
    pub about: String,
    /// What will be done.
    pub text: Enclosed,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_when: Option<Day>,
    /// Whose task it is: an office within the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Enclosed>,
}

/// What became of a planned action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionOutcome {
    /// It was done.
    Done,
    /// It was given up.
    Dropped,
}

impl ActionOutcome {
    /// Both, in the order of forms.
    pub const ALL: [Self; 2] = [Self::Done, Self::Dropped];

    /// The word in tables and message keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// The outcome this word spells.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == word)
    }
}

/// A planned action was done, or given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionSettled {
    /// Which.
    pub action: ActionId,
    /// What became of it.
    pub outcome: ActionOutcome,
    /// When.
    pub on: Day,
    /// What shows it, or why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Enclosed>,
}

/// People of an organisation attended a training.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingAttended {
    /// Whose people.
    pub organisation: OrganisationId,
    /// What it was about.
    pub title: Enclosed,
    /// The domain of the grid (`D1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Who gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Enclosed>,
    /// First day; unknown where absent, as everything below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Last day, included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// How many people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u16>,
    /// How many of them women.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub women: Option<u16>,
}
