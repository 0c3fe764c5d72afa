//! Words of the instance itself: its founding, its sources, its clocks and feasts, the withdrawal of enclosures.

use serde::{Deserialize, Serialize};

use crate::{Bilingual, BodyId, Commitment, Day, FeastRule, Mark, RuleId, SourceId, Span};

/// The first entry of every record: whose it is and which key signs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founded {
    /// The C2SP origin of the log, a schema-less address.
    pub origin: String,
    /// The C2SP verifier key: `name+id+base64`.
    pub verifier_key: String,
    /// Which pack the instance began from.
    pub pack: String,
    /// The instance's name.
    pub title: Bilingual,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// IANA zone in which civil days are counted.
    pub zone: String,
    /// Days of the week without work, 1 = Monday … 7 = Sunday (ISO 8601).
    pub weekend: Vec<u8>,
    /// Who can hand the record on to another key; where absent, nobody can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custodians: Option<Custodians>,
}

/// Those who can hand a record on when its keeper cannot go on: so many of them together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custodians {
    /// How many of them must sign, at least 1.
    pub threshold: u32,
    /// Their C2SP verifier keys, each in the name of an organisation or an office.
    pub keys: Vec<String>,
}

/// Why a record was handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuccessionGround {
    /// Its server is gone: lost, broken, burnt.
    ServerLost,
    /// Its server was seized.
    ServerSeized,
    /// Whoever kept it was suspended, dissolved or kept from going on.
    KeeperPrevented,
    /// Its key may be in other hands.
    KeyExposed,
    /// Whoever kept it gave it over.
    HandedOver,
}

impl SuccessionGround {
    /// Every ground.
    pub const ALL: [Self; 5] =
        [Self::ServerLost, Self::ServerSeized, Self::KeeperPrevented, Self::KeyExposed, Self::HandedOver];

    /// The word on the record and in translation keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ServerLost => "server-lost",
            Self::ServerSeized => "server-seized",
            Self::KeeperPrevented => "keeper-prevented",
            Self::KeyExposed => "key-exposed",
            Self::HandedOver => "handed-over",
        }
    }

    /// The ground of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.as_str() == word)
    }
}

/// The record goes on under another key: the first entry that this key signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succeeded {
    /// The C2SP verifier key that holds from this entry on.
    pub verifier_key: String,
    /// How many entries the former key holds for: all those before this one.
    pub size: u64,
    /// The root of their tree, in base64.
    pub root: String,
    /// The former key's signature line under the checkpoint of that size and root.
    pub signed: String,
    /// Where the record is now, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Why.
    pub ground: SuccessionGround,
    /// The custodians' signature lines under the statement of succession (`docs/record.md`).
    pub signatures: Vec<String>,
}

/// A public source that facts cite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceCited {
    /// Its id.
    pub id: SourceId,
    /// Its title.
    pub title: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// When it was published, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Day>,
    /// Where it was read, as a citation or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// How far it was checked.
    pub mark: Mark,
    /// What a reader must know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A day without work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeastSet {
    /// Its name.
    pub name: Bilingual,
    /// Fixed, counted from Easter, or dated.
    pub rule: FeastRule,
    /// First day on which the feast exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// Last day on which the feast exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// How sure the day is; not said where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Whence it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// The years for which every feast of a movable set has been dated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeastYearsKnown {
    /// Name of the set (`lunaires`).
    pub set: String,
    /// Years, ascending.
    pub years: Vec<i16>,
}

/// What a clock rests on. No duty to answer is claimed where the law has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegalBasis {
    /// Nothing obliges; the delay is the one civil society asks for.
    None,
    /// A rule the committee gave itself.
    CommitteeRule,
    /// The authority's own promise.
    Commitment,
    /// A law or decree.
    Statute,
    /// A standard that does not bind.
    InternationalStandard,
}

impl LegalBasis {
    /// The word in tables, pack cells and translation keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::CommitteeRule => "committee-rule",
            Self::Commitment => "commitment",
            Self::Statute => "statute",
            Self::InternationalStandard => "international-standard",
        }
    }
}

/// One rung of the ladder climbed while an authority stays silent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscalationStep {
    /// 1 is the first rung.
    pub step: u8,
    /// Civil days after delivery from which the step may be taken.
    pub after_days: u32,
    /// Kind of body addressed (`prefect`), found through the place of the committee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee_kind: Option<String>,
    /// A body addressed by name (`cndh`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<BodyId>,
    /// Yearly window of the venue, both days included, as `MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<(String, String)>,
    /// The clock of the new addressee; the same rule where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// Letter with `{recommandation}`, `{destinataire}`, `{remise}`, `{echeance}`, `{jours}`.
    pub letter: String,
}

/// A clock: how long an addressee has, and what follows silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRuleSet {
    /// Its id.
    pub id: RuleId,
    /// Level it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Its name.
    pub name: Bilingual,
    /// What obliges.
    pub legal_basis: LegalBasis,
    /// The basis in words.
    pub basis: Bilingual,
    /// Time to acknowledge; none is counted where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledgement: Option<Span>,
    /// Time to answer; none is counted where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Span>,
    /// Civil days after delivery at which reminders are due, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remind_after_days: Vec<u32>,
    /// The ladder, lowest rung first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalation: Vec<EscalationStep>,
    /// How sure the rule is.
    pub mark: Mark,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// A cause for which a clock may stand still; no other is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseCauseSet {
    /// Its id (`clarification`).
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// How often it may serve for one addressee; unlimited where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times_max: Option<u8>,
}

/// A theme that recommendations are filed under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeSet {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
}

/// An enclosure's bytes and salt were destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnclosureWithdrawn {
    /// Which enclosure.
    pub sha256: Commitment,
    /// Why, from the short list of grounds (`personne-exposee`, `danger`, `consentement-retire`, `decision-de-justice`, `erreur`).
    pub ground: String,
    /// Who decided, as an office or organisation.
    pub decided_by: String,
    /// By whose order, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered_by: Option<String>,
    /// The entry that carries the enclosure, so that what is left of the text can say what happened to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
}
