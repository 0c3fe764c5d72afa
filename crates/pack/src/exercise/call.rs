//! A call of the exercise: seats that are drawn by lot, from the call to the panel.

use serde::Deserialize;
use terms::{CallId, CandidacyId, Day, OrganisationId, SeatCode};

use super::{day, maybe_day};

/// A call to seats that ends in a draw.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Its id.
    pub id: CallId,
    /// The seat, if it is one.
    pub seat: Option<SeatCode>,
    /// How many seats.
    pub seats: u16,
    /// The designating rule.
    pub rule: String,
    /// Its article.
    pub article: Option<String>,
    /// What is required.
    pub criterion: String,
    /// The fact that each candidate is asked for.
    pub fact: String,
    /// The quotas, a line each.
    pub quotas: String,
    /// When it was opened.
    #[serde(deserialize_with = "day")]
    pub opened_on: Day,
    /// The last day to file.
    #[serde(deserialize_with = "day")]
    pub closes: Day,
    /// When the list was published.
    #[serde(deserialize_with = "day")]
    pub listed_on: Day,
    /// Days to appeal.
    pub appeal_days: u16,
    /// When appeals were decided and the pool was frozen.
    #[serde(deserialize_with = "day")]
    pub frozen_on: Day,
    /// The last day to commit.
    #[serde(deserialize_with = "day")]
    pub commit_by: Day,
    /// The last day to reveal.
    #[serde(deserialize_with = "day")]
    pub reveal_by: Day,
    /// The public event.
    pub event: String,
    /// How its outcome is written.
    pub written: String,
    /// Its day, on which the panel is drawn.
    #[serde(deserialize_with = "day")]
    pub event_on: Day,
    /// How it came out.
    pub outcome: String,
    /// Where that can be checked.
    pub shown_by: String,
    /// Who stands.
    #[serde(rename = "candidate")]
    pub candidates: Vec<Candidate>,
    /// Whose secrets make the seed.
    #[serde(rename = "party")]
    pub parties: Vec<Party>,
}

/// Somebody who stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Its id.
    pub id: CandidacyId,
    /// The organisation.
    pub organisation: Option<OrganisationId>,
    /// The person.
    pub name: Option<String>,
    /// `femme`, `homme`: a value of the quotas.
    pub sex: String,
    /// The fact.
    pub fact: String,
    /// Why it was kept off the list, if it was.
    pub excluded: Option<String>,
    /// When it appealed.
    #[serde(default, deserialize_with = "maybe_day")]
    pub appealed_on: Option<Day>,
    /// What it said.
    pub appeal: Option<String>,
    /// Why it was admitted then.
    pub admitted: Option<String>,
}

/// A party to the seed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The organisation; the committee's chair where there is none.
    pub organisation: Option<OrganisationId>,
    /// Its secret.
    pub secret: String,
    /// When it committed.
    #[serde(deserialize_with = "day")]
    pub committed_on: Day,
    /// When it revealed; never where absent.
    #[serde(default, deserialize_with = "maybe_day")]
    pub revealed_on: Option<Day>,
}
