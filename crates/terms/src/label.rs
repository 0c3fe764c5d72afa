//! Labels of public things, and how sure a fact is.

use serde::{Deserialize, Serialize};

/// A label in French, and in English where it differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// As Malian texts (or the pack's country) write it.
    pub fr: String,
    /// In English; absent when the French is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Bilingual {
    /// A label that reads the same in both languages.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self { fr: text.to_owned(), en: None }
    }

    /// The English label, or the French one where there is none.
    #[must_use]
    pub fn english(&self) -> &str {
        self.en.as_deref().unwrap_or(&self.fr)
    }
}

/// How well a fact is sourced; printed beside it wherever it is not [`Mark::Verified`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Read in a copy of a public page.
    Verified,
    /// Read in a copy that stops before the end.
    VerifiedInPart,
    /// Known, not checked against a source.
    Unverified,
    /// A design choice of the pack, not a fact.
    Proposal,
}

impl Mark {
    /// The mark a pack cell spells: `V`, `V-trunc`, `K` or `P`.
    #[must_use]
    pub fn from_cell(cell: &str) -> Option<Self> {
        match cell {
            "V" => Some(Self::Verified),
            "V-trunc" => Some(Self::VerifiedInPart),
            "K" => Some(Self::Unverified),
            "P" => Some(Self::Proposal),
            _ => None,
        }
    }

    /// The mark that [`Mark::as_str`] spells so.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Verified, Self::VerifiedInPart, Self::Unverified, Self::Proposal]
            .into_iter()
            .find(|mark| mark.as_str() == word)
    }

    /// The word kept in tables and addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::VerifiedInPart => "verified-in-part",
            Self::Unverified => "unverified",
            Self::Proposal => "proposal",
        }
    }
}

/// How exactly a day is known. A year-precise day is written as its first of January.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// The day itself.
    Day,
    /// Only the month.
    Month,
    /// Only the year.
    Year,
    /// It existed by that day; when it began is not known, and no delay is computed from it.
    Attested,
}

impl Precision {
    /// The word kept in tables and pack cells.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Attested => "attested",
        }
    }

    /// The precision a pack cell spells; an empty cell is a day.
    #[must_use]
    pub fn from_cell(cell: &str) -> Option<Self> {
        match cell {
            "" | "day" => Some(Self::Day),
            "month" => Some(Self::Month),
            "year" => Some(Self::Year),
            "attested" => Some(Self::Attested),
            _ => None,
        }
    }
}
