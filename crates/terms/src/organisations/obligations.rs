//! Words of `organisations`, obligations: what the law asks of organisations by a day, and what one says that it has met. That one was
//! not met is no word.

use serde::{Deserialize, Serialize};

use crate::{Bilingual, Day, Enclosed, Mark, ObligationId, OrganisationId, SourceId};

/// When an obligation falls due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ObligationRule {
    /// Each year on this day.
    Yearly {
        /// 1 to 12.
        month: u8,
        /// 1 to 31; where the month has no such day, its last.
        day: u8,
    },
    /// So many civil days after something that happened.
    After {
        /// What.
        event: Bilingual,
        /// Civil days, the day itself not counted, the last included.
        days: u16,
    },
}

/// A rule asks something of organisations by a day. The same id said again tells it anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObligationSet {
    /// Its id.
    pub id: ObligationId,
    /// What is asked.
    pub title: Bilingual,
    /// The kinds of organisation it means, as in the register; all where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// When it falls due.
    pub rule: ObligationRule,
    /// The text it is said to rest on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// Whether anybody has checked it.
    pub mark: Mark,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An organisation says that it has met an obligation. It says so if it wishes; nothing follows from its not saying so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObligationMet {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// Which obligation.
    pub obligation: ObligationId,
    /// The day on which it fell due.
    pub due: Day,
    /// When it was met.
    pub on: Day,
    /// The proof: a receipt, a letter with its stamp.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Enclosed>,
}
