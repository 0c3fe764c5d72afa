//! Words of `selection`: a call to seats, and how it ends in a draw, an election or a nomination.

use serde::{Deserialize, Serialize};

use crate::{
    AppealId, Behalf, BodyId, CallId, CandidacyId, Commitment, Day, Enclosed, OrganisationId, SeatCode,
    SourceId,
};

/// How those who will sit are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// By lot, under quotas, from a seed that nobody could choose.
    Draw,
    /// By the votes of registered organisations, in proportion: the method of equal shares.
    Election,
    /// An authority names them.
    Nomination,
}

impl Method {
    /// Every method, in the order of forms.
    pub const ALL: [Self; 3] = [Self::Draw, Self::Election, Self::Nomination];

    /// The word in tables and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draw => "draw",
            Self::Election => "election",
            Self::Nomination => "nomination",
        }
    }

    /// The method this word spells.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == word)
    }
}

/// What of a candidate a quota may speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// Sex.
    Sex,
    /// Class of age.
    Age,
    /// Place.
    Place,
    /// Kind of organisation.
    Kind,
    /// Family of umbrella organisations.
    Umbrella,
}

impl Feature {
    /// Every feature, in the order of forms.
    pub const ALL: [Self; 5] = [Self::Sex, Self::Age, Self::Place, Self::Kind, Self::Umbrella];

    /// The word in tables, forms and the columns of the pool.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sex => "sex",
            Self::Age => "age",
            Self::Place => "place",
            Self::Kind => "kind",
            Self::Umbrella => "umbrella",
        }
    }

    /// The feature this word spells.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.as_str() == word)
    }
}

/// How many of a value may sit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The feature.
    pub feature: Feature,
    /// The value: a label (`femme`, `18-35`), never a person's words.
    pub value: String,
    /// The fewest seats; inclusive.
    pub min: u16,
    /// The most seats; inclusive.
    pub max: u16,
}

/// What a candidate must be or have, and the fact that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its code within the call: `c1`, `c2`, …
    pub code: String,
    /// What is required.
    pub text: Enclosed,
    /// The fact that each candidate is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<Enclosed>,
}

/// Whence the seed of a draw will come. Said before any part of it exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedRule {
    /// Who may commit to a secret; one that has not by the day is left out.
    pub parties: Vec<Behalf>,
    /// The last day to commit; inclusive.
    pub commit_by: Day,
    /// The last day to reveal; inclusive. A party that has not revealed by then is left out.
    pub reveal_by: Day,
    /// The public event, in words that leave one way to read it. A label: the seed is a hash of it.
    pub event: String,
    /// How its outcome will be written.
    pub written: String,
    /// The day of the event; later than `reveal_by`.
    pub event_on: Day,
}

/// A call is open: seats, the rule, the criteria, and how it will end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallOpened {
    /// Its id.
    pub id: CallId,
    /// The body whose seats are called, which convenes.
    pub body: BodyId,
    /// The seat within the kind of body; none where the call is for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatCode>,
    /// How many seats.
    pub seats: u16,
    /// How those who will sit are found.
    pub method: Method,
    /// The designating rule, as the text has it.
    pub rule: Enclosed,
    /// The article that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Where the text can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What candidates must know besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presentation: Option<Enclosed>,
    /// What is required of candidates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// How many of each value may sit; a value of a feature that has quotas needs one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotas: Vec<Quota>,
    /// The last day to file; inclusive.
    pub closes: Day,
    /// **Units** civil days after the list is published; the last is inclusive.
    pub appeal_days: u16,
    /// Of a draw: whence its seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<SeedRule>,
    /// Of an election: how long the ballot is open.
    ///
    /// **Units** civil days after the pool is frozen; the last is inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote_days: Option<u16>,
    /// Of a nomination: who names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<BodyId>,
    /// Part of an exercise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exercise: bool,
}

/// A candidate's value in a feature.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trait {
    /// The feature.
    pub feature: Feature,
    /// The value: one of those with a quota.
    pub value: String,
}

/// The fact by which a candidate answers a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactGiven {
    /// The criterion's code.
    pub criterion: String,
    /// The fact.
    pub text: Enclosed,
}

/// Somebody stands for a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidacyFiled {
    /// Its id, under which the draw knows it.
    pub id: CandidacyId,
    /// The call.
    pub call: CallId,
    /// The organisation that stands; none where a person stands alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The name of the person who would sit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Enclosed>,
    /// A value for each feature that has quotas.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<Trait>,
    /// The facts that the criteria ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactGiven>,
    /// Handed in on paper and typed by the convening secretary.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paper: bool,
}

/// A candidate stands no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidacyWithdrawn {
    /// The call.
    pub call: CallId,
    /// Which.
    pub candidacy: CandidacyId,
}

/// A candidate is kept off the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Who.
    pub candidacy: CandidacyId,
    /// The criterion that is not met.
    pub criterion: String,
    /// The fact that shows it.
    pub reason: Enclosed,
}

/// Who may be chosen: every candidate who stands, but those named with a ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EligibleListPublished {
    /// The call.
    pub call: CallId,
    /// How many are eligible.
    pub eligible: u16,
    /// Who is not, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<Exclusion>,
    /// The last day to appeal; inclusive.
    pub appeals_until: Day,
}

/// Somebody who was kept off the list appeals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealFiled {
    /// Its id.
    pub id: AppealId,
    /// The call.
    pub call: CallId,
    /// Who appeals.
    pub candidacy: CandidacyId,
    /// Why.
    pub text: Enclosed,
    /// Handed in on paper and typed by the convening secretary.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paper: bool,
}

/// An appeal is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppealDecided {
    /// The call.
    pub call: CallId,
    /// Which.
    pub appeal: AppealId,
    /// Whether the candidate is on the list now.
    pub admitted: bool,
    /// Why.
    pub reason: Enclosed,
}

/// The lottery of a draw, public before its seed exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lottery {
    /// The algorithm and its version.
    pub algorithm: String,
    /// The digest of the quotas.
    pub quotas_sha256: Commitment,
    /// The digest of the lottery: pool, quotas, seats, algorithm, panels and weights.
    pub lottery_sha256: Commitment,
    /// The transcript without a seed, as JSON: everybody's probability, and the proof that it is fair.
    pub transcript: Enclosed,
}

/// Who may be drawn or voted for can change no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolFrozen {
    /// The call.
    pub call: CallId,
    /// How many candidates.
    pub candidates: u16,
    /// The digest of ids and features.
    pub pool_sha256: Commitment,
    /// Of a draw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lottery: Option<Lottery>,
    /// Of an election: the last day to vote; inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote_until: Option<Day>,
}

/// The rule for the seed is said anew, while no secret was revealed; commitments made before are void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedRuleSet {
    /// The call.
    pub call: CallId,
    /// The rule.
    pub rule: SeedRule,
    /// Why.
    pub reason: Enclosed,
}

/// A party committed to a secret that it keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedCommitted {
    /// The call.
    pub call: CallId,
    /// The party.
    pub party: Behalf,
    /// The digest of party and secret.
    pub digest: Commitment,
}

/// A party revealed the secret to which it had committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedRevealed {
    /// The call.
    pub call: CallId,
    /// The party.
    pub party: Behalf,
    /// The secret: small letters and digits, which are its bytes. The seed is a hash of it, so that it stands here.
    pub secret: String,
}

/// The public event came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventValued {
    /// The call.
    pub call: CallId,
    /// How, written as the rule says. The seed is a hash of it.
    pub outcome: String,
    /// Where anyone can check it.
    pub shown_by: String,
}

/// The panel is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelDrawn {
    /// The call.
    pub call: CallId,
    /// The seed, in hexadecimal.
    pub seed: String,
    /// The digest of the lottery that was drawn from.
    pub lottery_sha256: Commitment,
    /// Who sits.
    pub panel: Vec<CandidacyId>,
    /// Everybody else, in the order of replacement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternates: Vec<CandidacyId>,
}

/// Ballots that are alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotsAlike {
    /// The candidates approved, by their place in the list of `candidates`, counted from 1, ascending.
    pub approves: Vec<u16>,
    /// How many such ballots.
    pub count: u16,
}

/// The ballots are counted. Who voted for whom is nowhere: ballots stand in groups, in the order of what is on them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotsCounted {
    /// The call.
    pub call: CallId,
    /// How they were counted: `equal-shares-1`.
    pub counting: String,
    /// The candidates, in the order that decides ties.
    pub candidates: Vec<CandidacyId>,
    /// The organisations that voted, in the order of their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voters: Vec<OrganisationId>,
    /// How many organisations might have.
    pub electors: u32,
    /// The ballots.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ballots: Vec<BallotsAlike>,
    /// Who is elected, in the order of the count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elected: Vec<CandidacyId>,
}

/// Somebody whom an authority named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nominee {
    /// The candidacy, where they had stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub candidacy: Option<CandidacyId>,
    /// The organisation, where it had not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// The name of a person who had not stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Enclosed>,
}

/// An authority named who will sit; recorded as such.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NominationRecorded {
    /// The call.
    pub call: CallId,
    /// Who named.
    pub authority: BodyId,
    /// The day of the act.
    pub on: Day,
    /// The act by which it did: `décision n° 12`.
    pub act: String,
    /// Whom.
    pub nominees: Vec<Nominee>,
    /// The reasons that it gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Enclosed>,
    /// The act, as a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// A call ends without anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallCancelled {
    /// The call.
    pub call: CallId,
    /// Why.
    pub reason: Enclosed,
}
