//! Words of `recommendations`: adopted, transmitted, closed, reopened. Drafts are in a drawer and never here.

use serde::{Deserialize, Serialize};

use crate::{
    BodyId, Day, Enclosed, Mark, OrganisationId, PlaceId, RecommendationId, RuleId, SittingId, SourceId,
};

/// Who addresses a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "kebab-case")]
#[serde(try_from = "Authoring")]
pub enum Author {
    /// A committee.
    Body {
        /// Which.
        body: BodyId,
    },
    /// An organisation.
    Organisation {
        /// Which.
        organisation: OrganisationId,
    },
    /// A State or body outside the register, as a document names it (the peer of a universal periodic review).
    Named {
        /// Its name.
        name: String,
    },
}

/// [`Author`] as it is read: a tagged enum would be read twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Authoring {
    r#as: As,
    #[serde(default)]
    body: Option<BodyId>,
    #[serde(default)]
    organisation: Option<OrganisationId>,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum As {
    Body,
    Organisation,
    Named,
}

impl TryFrom<Authoring> for Author {
    type Error = &'static str;

    fn try_from(authoring: Authoring) -> Result<Self, Self::Error> {
        match (authoring.r#as, authoring.body, authoring.organisation, authoring.name) {
            (As::Body, Some(body), None, None) => Ok(Self::Body { body }),
            (As::Organisation, None, Some(organisation), None) => Ok(Self::Organisation { organisation }),
            (As::Named, None, None, Some(name)) => Ok(Self::Named { name }),
            _ => Err("qui recommande n’est pas dit comme il faut"),
        }
    }
}

/// One thing asked. A numbered point is what an answer answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// From 1.
    pub number: u8,
    /// What is asked.
    pub text: Enclosed,
    /// How one will know it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Enclosed>,
    /// By when it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Day>,
}

/// Someone asked, and why they are competent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    /// The office or body.
    pub body: BodyId,
    /// The competence relied on; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competence: Option<Enclosed>,
}

/// The six things that make a recommendation checkable; the quality is how many hold (0–6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Each addressee has the competence.
    pub competence: bool,
    /// One action per point.
    pub one_action: bool,
    /// Each point has a verifiable indicator.
    pub indicator: bool,
    /// Each point has a deadline.
    pub deadline: bool,
    /// Evidence is linked.
    pub evidence: bool,
    /// Cost, means or legal basis is stated.
    pub means: bool,
}

impl Quality {
    /// How many of the six hold.
    #[must_use]
    pub fn score(self) -> u8 {
        [self.competence, self.one_action, self.indicator, self.deadline, self.evidence, self.means]
            .into_iter()
            .map(u8::from)
            .sum()
    }
}

/// Where an imported recommendation stands in a public document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentPlace {
    /// The document's symbol (`A/HRC/8/50`).
    pub symbol: String,
    /// The number within it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// How sure.
    pub mark: Mark,
}

/// A recommendation was adopted; from here its text does not change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationAdopted {
    /// Its id.
    pub id: RecommendationId,
    /// By whom.
    pub author: Author,
    /// The place it speaks of and every larger place around it, smallest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PlaceId>,
    /// Its title.
    pub title: Enclosed,
    /// Why it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grounds: Option<Enclosed>,
    /// What it asks, in order.
    pub points: Vec<Point>,
    /// Whom it asks.
    pub addressees: Vec<Addressee>,
    /// Theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// 3 high, 2 middle, 1 low; 0 where nobody stated one (an import).
    pub priority: u8,
    /// Whether life or liberty is at stake: the urgent clock.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
    /// Its quality; absent for imports nobody scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<Quality>,
    /// Organisations that signed with the author before adoption.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cosigners: Vec<OrganisationId>,
    /// Evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Enclosed>,
    /// Day of adoption; unknown where absent (an import that tells the year only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted_on: Option<Day>,
    /// Year of adoption, always known.
    pub year: i16,
    /// The sitting that adopted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sitting: Option<SittingId>,
    /// Where an import stands in a public document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentPlace>,
    /// Whence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// Part of an exercise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exercise: bool,
}

/// What shows that an addressee has it in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryProof {
    /// A transmittal slip stamped on arrival.
    Bordereau,
    /// An acknowledgement of receipt.
    Receipt,
    /// A photograph of the stamped copy.
    Photo,
    /// An e-mail or message that was answered.
    Message,
    /// A witness to the handing over.
    Witness,
    /// A public document that shows it was delivered.
    Document,
}

impl DeliveryProof {
    /// Every proof, strongest first.
    pub const ALL: [Self; 6] =
        [Self::Receipt, Self::Bordereau, Self::Photo, Self::Document, Self::Message, Self::Witness];

    /// The word in tables and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bordereau => "bordereau",
            Self::Receipt => "receipt",
            Self::Photo => "photo",
            Self::Message => "message",
            Self::Witness => "witness",
            Self::Document => "document",
        }
    }

    /// The proof a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|proof| proof.as_str() == word)
    }
}

/// A recommendation was delivered to one addressee: its clock starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationTransmitted {
    /// Which.
    pub recommendation: RecommendationId,
    /// To whom.
    pub addressee: BodyId,
    /// Day of delivery, as the proof shows it.
    pub delivered_on: Day,
    /// What shows it.
    pub proof: DeliveryProof,
    /// The proof's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
    /// The clock; none runs where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
    /// Last day to acknowledge, computed from the rule on the day of transmission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledge_by: Option<Day>,
    /// Last day to answer, computed likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_by: Option<Day>,
    /// The points asked of this addressee; all of them where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<u8>,
}

/// On what ground its authors close a recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosingGround {
    /// Done as asked.
    Satisfactory,
    /// Done otherwise, and that will do.
    AlternativeAcceptable,
    /// Not done, and pursuing it is given up.
    Unsatisfactory,
    /// Its authors think otherwise now.
    Reconsidered,
    /// Events have passed it by.
    Lapsed,
    /// Another recommendation takes its place.
    Replaced,
}

impl ClosingGround {
    /// Every ground, in the order of forms.
    pub const ALL: [Self; 6] = [
        Self::Satisfactory,
        Self::AlternativeAcceptable,
        Self::Unsatisfactory,
        Self::Reconsidered,
        Self::Lapsed,
        Self::Replaced,
    ];

    /// The word in tables and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Satisfactory => "satisfactory",
            Self::AlternativeAcceptable => "alternative-acceptable",
            Self::Unsatisfactory => "unsatisfactory",
            Self::Reconsidered => "reconsidered",
            Self::Lapsed => "lapsed",
            Self::Replaced => "replaced",
        }
    }

    /// The ground a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.as_str() == word)
    }
}

/// Its authors closed a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationClosed {
    /// Which.
    pub recommendation: RecommendationId,
    /// When.
    pub on: Day,
    /// On what ground.
    pub ground: ClosingGround,
    /// Why, in words.
    pub reason: Enclosed,
    /// What takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<RecommendationId>,
}

/// Its authors reopened a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationReopened {
    /// Which.
    pub recommendation: RecommendationId,
    /// When.
    pub on: Day,
    /// Why, in words.
    pub reason: Enclosed,
}
