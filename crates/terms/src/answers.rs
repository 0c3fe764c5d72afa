//! Words of `answers`: acknowledgement, answer, silence, reminder, escalation, pause, and follow-up on two tracks.

use serde::{Deserialize, Serialize};

use crate::{BodyId, Day, Enclosed, OrganisationId, RecommendationId, RuleId};

/// By which way something came from an authority; the order is by strength of proof, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// The authority's own account.
    Account,
    /// A signed link that was handed to the authority.
    SignedLink,
    /// A letter, scanned.
    ScannedLetter,
    /// A public document.
    Document,
    /// Said in a meeting before witnesses.
    Meeting,
}

impl Channel {
    /// Every channel, strongest first.
    pub const ALL: [Self; 5] =
        [Self::Account, Self::SignedLink, Self::ScannedLetter, Self::Document, Self::Meeting];

    /// The word in tables and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::SignedLink => "signed-link",
            Self::ScannedLetter => "scanned-letter",
            Self::Document => "document",
            Self::Meeting => "meeting",
        }
    }

    /// The channel a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == word)
    }
}

/// An addressee confirmed that it has the recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledged {
    /// Which.
    pub recommendation: RecommendationId,
    /// By whom.
    pub addressee: BodyId,
    /// When.
    pub on: Day,
    /// By which way.
    pub channel: Channel,
    /// The slip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
}

/// What an addressee says to one point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Will do it.
    Accepted,
    /// Will do part of it.
    AcceptedInPart,
    /// Will do it another way.
    AcceptedOtherwise,
    /// Will not, and says why.
    RefusedWithReason,
    /// Will not, and does not say why.
    RefusedWithoutReason,
    /// Sent it to another authority.
    PassedOn,
    /// Says neither yes nor no.
    Evasive,
    /// Puts off its position to a named occasion.
    Deferred,
    /// Says it is not competent.
    NotCompetent,
    /// Says secrecy forbids an answer.
    CoveredBySecrecy,
}

impl Stance {
    /// Every stance, in the order of forms.
    pub const ALL: [Self; 10] = [
        Self::Accepted,
        Self::AcceptedInPart,
        Self::AcceptedOtherwise,
        Self::RefusedWithReason,
        Self::RefusedWithoutReason,
        Self::CoveredBySecrecy,
        Self::NotCompetent,
        Self::PassedOn,
        Self::Evasive,
        Self::Deferred,
    ];

    /// The word in tables and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::AcceptedInPart => "accepted-in-part",
            Self::AcceptedOtherwise => "accepted-otherwise",
            Self::RefusedWithReason => "refused-with-reason",
            Self::RefusedWithoutReason => "refused-without-reason",
            Self::PassedOn => "passed-on",
            Self::Evasive => "evasive",
            Self::Deferred => "deferred",
            Self::NotCompetent => "not-competent",
            Self::CoveredBySecrecy => "covered-by-secrecy",
        }
    }

    /// The stance a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stance| stance.as_str() == word)
    }

    /// Whether the point was accepted in whole, in part or otherwise.
    #[must_use]
    pub const fn is_acceptance(self) -> bool {
        matches!(self, Self::Accepted | Self::AcceptedInPart | Self::AcceptedOtherwise)
    }

    /// Whether the point was refused, for a stated reason, for none, or for secrecy.
    #[must_use]
    pub const fn is_refusal(self) -> bool {
        matches!(self, Self::RefusedWithReason | Self::RefusedWithoutReason | Self::CoveredBySecrecy)
    }
}

/// An addressee's word on one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointAnswer {
    /// The point's number.
    pub point: u8,
    /// Its stance.
    pub stance: Stance,
    /// What it will do, or why not, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Enclosed>,
    /// By when it will be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_when: Option<Day>,
    /// Who will do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Enclosed>,
    /// The legal basis of the secrecy it claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secrecy_basis: Option<Enclosed>,
    /// To which authority it passed the point on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_to: Option<BodyId>,
}

impl PointAnswer {
    /// Whether the point was answered in substance: accepted with an action and a day or a responsible; refused with a
    /// reason; declared outside competence with a reason; or held secret with the legal basis.
    ///
    /// **Source** domain.md 5.3, comply or explain.
    #[must_use]
    pub fn is_substantive(&self) -> bool {
        match self.stance {
            stance if stance.is_acceptance() => {
                self.text.is_some() && (self.by_when.is_some() || self.responsible.is_some())
            }
            Stance::RefusedWithReason | Stance::NotCompetent => self.text.is_some(),
            Stance::CoveredBySecrecy => self.secrecy_basis.is_some(),
            _ => false,
        }
    }
}

/// An addressee answered. A late answer is always taken; a second answer adds to the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// Which.
    pub recommendation: RecommendationId,
    /// By whom.
    pub addressee: BodyId,
    /// When.
    pub on: Day,
    /// By which way.
    pub channel: Channel,
    /// The whole answer in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Enclosed>,
    /// Point by point. A point not listed is not answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<PointAnswer>,
    /// The letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
    /// Those who heard it, when it was said in a meeting: at least two organisations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<OrganisationId>,
}

/// Which time passed without a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Awaited {
    /// The acknowledgement.
    Acknowledgement,
    /// The answer.
    Answer,
}

impl Awaited {
    /// The word in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::Answer => "answer",
        }
    }
}

/// Something that time writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fell {
    /// A day came and nothing had.
    Silence {
        /// What was awaited.
        awaited: Awaited,
        /// The last day in time.
        due: Day,
        /// The first day of silence.
        on: Day,
    },
    /// A reminder is due.
    Reminder {
        /// When.
        on: Day,
    },
}

impl Fell {
    /// The day it belongs to.
    #[must_use]
    pub const fn on(self) -> Day {
        match self {
            Self::Silence { on, .. } | Self::Reminder { on } => on,
        }
    }
}

/// The clock wrote that a day came and nothing had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SilenceNoted {
    /// Which.
    pub recommendation: RecommendationId,
    /// Whose silence.
    pub addressee: BodyId,
    /// What was awaited.
    pub awaited: Awaited,
    /// The last day on which it would have been in time.
    pub due: Day,
    /// The first day of silence.
    pub on: Day,
}

/// The clock wrote that a reminder is due, or somebody sent one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminded {
    /// Which.
    pub recommendation: RecommendationId,
    /// Who is reminded.
    pub addressee: BodyId,
    /// When.
    pub on: Day,
}

/// The matter was carried one rung up: a new addressee with a clock of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalated {
    /// Which.
    pub recommendation: RecommendationId,
    /// Whose silence or refusal it follows.
    pub from: BodyId,
    /// To whom.
    pub to: BodyId,
    /// Which rung.
    pub step: u8,
    /// When.
    pub on: Day,
    /// The letter.
    pub letter: Enclosed,
    /// The new addressee's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// Its last day to acknowledge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge_by: Option<Day>,
    /// Its last day to answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Day>,
}

/// A clock stands still for one of the listed causes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockPaused {
    /// Which.
    pub recommendation: RecommendationId,
    /// Whose clock.
    pub addressee: BodyId,
    /// First day not counted.
    pub from: Day,
    /// The cause's id.
    pub cause: String,
    /// What was asked, or what happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Enclosed>,
}

/// A clock runs again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockResumed {
    /// Which.
    pub recommendation: RecommendationId,
    /// Whose clock.
    pub addressee: BodyId,
    /// First day counted again.
    pub on: Day,
    /// The last day to acknowledge after the pause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge_by: Option<Day>,
    /// The last day to answer after the pause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Day>,
    /// The clarification given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Enclosed>,
}

/// The authority asked for, and the authors granted, more time. The original day stays beside the new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueExtended {
    /// Which.
    pub recommendation: RecommendationId,
    /// Whose clock.
    pub addressee: BodyId,
    /// When it was granted.
    pub on: Day,
    /// The new last day to answer.
    pub answer_by: Day,
    /// Why.
    pub reason: Enclosed,
}

/// How far a point has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// Nothing yet.
    NotStarted,
    /// Begun.
    UnderWay,
    /// Part of it is done.
    PartlyDone,
    /// Done as asked.
    Done,
    /// Done another way.
    DoneOtherwise,
    /// Given up.
    Abandoned,
    /// Passed by events.
    Lapsed,
    /// Worse than before.
    Regressed,
}

impl Progress {
    /// Every state, in the order of forms.
    pub const ALL: [Self; 8] = [
        Self::NotStarted,
        Self::UnderWay,
        Self::PartlyDone,
        Self::Done,
        Self::DoneOtherwise,
        Self::Abandoned,
        Self::Lapsed,
        Self::Regressed,
    ];

    /// The word in tables and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::UnderWay => "under-way",
            Self::PartlyDone => "partly-done",
            Self::Done => "done",
            Self::DoneOtherwise => "done-otherwise",
            Self::Abandoned => "abandoned",
            Self::Lapsed => "lapsed",
            Self::Regressed => "regressed",
        }
    }

    /// The state a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What the authority says of a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImplementationDeclared {
    /// Which.
    pub recommendation: RecommendationId,
    /// By whom.
    pub addressee: BodyId,
    /// Which point.
    pub point: u8,
    /// How far.
    pub state: Progress,
    /// When.
    pub on: Day,
    /// In its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Enclosed>,
}

/// What civil society saw of a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImplementationObserved {
    /// Which.
    pub recommendation: RecommendationId,
    /// Which point.
    pub point: u8,
    /// How far.
    pub state: Progress,
    /// When.
    pub on: Day,
    /// Which organisation or committee observed.
    pub observer: Observer,
    /// What was seen: an observation without evidence is not taken.
    pub evidence: Enclosed,
    /// A picture or document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
}

/// Who observes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Observer {
    /// An organisation.
    Organisation {
        /// Which.
        organisation: OrganisationId,
    },
    /// A committee.
    Body {
        /// Which.
        body: BodyId,
    },
}
