//! What becomes of a recommendation of the exercise. The file has one table for every kind of happening; here
//! each kind has what belongs to it and nothing else.

use serde::de::{SeqAccess, Visitor, value::SeqAccessDeserializer};
use serde::{Deserialize, Deserializer};
use terms::answers::{Channel, Progress, Stance};
use terms::recommendations::{ClosingGround, DeliveryProof};
use terms::{BodyId, Day, OrganisationId, PersonId, RuleId, SittingId};

use super::{day, maybe_day};

/// Something that happened to a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "EventText")]
pub struct Event {
    /// When.
    pub day: Day,
    /// What.
    pub happening: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// It was handed to an addressee.
    Transmitted {
        /// To whom.
        addressee: BodyId,
        /// What proves it.
        proof: DeliveryProof,
        /// The clock that starts.
        rule: RuleId,
        /// Which points; all that are for the addressee where empty.
        points: Vec<u8>,
        /// Who saw it handed over.
        witnesses: Vec<PersonId>,
    },
    /// An addressee confirmed that it has it.
    Acknowledged {
        /// Who.
        addressee: BodyId,
    },
    /// An addressee answered.
    Answered(Answered),
    /// An addressee said how far a point has come.
    Declared {
        /// Who.
        addressee: BodyId,
        /// Which point.
        point: u8,
        /// How far.
        state: Progress,
        /// In its words.
        text: Option<String>,
    },
    /// An organisation saw how far a point has come.
    Observed {
        /// Which organisation.
        by: OrganisationId,
        /// Which point.
        point: u8,
        /// How far.
        state: Progress,
        /// What kind of evidence: `photo`, `visit`, `testimony`, `document`.
        evidence_kind: String,
        /// What was seen.
        evidence: String,
    },
    /// Another was asked, after silence.
    Escalated {
        /// The rung.
        step: u8,
        /// Whose silence.
        from: BodyId,
        /// To whom.
        to: BodyId,
        /// Why.
        reason: String,
    },
    /// A clock stopped.
    Paused {
        /// Whose.
        addressee: BodyId,
        /// The cause, one of the pack's.
        cause: String,
        /// What was asked.
        reason: String,
    },
    /// A clock runs again.
    Resumed {
        /// Whose.
        addressee: BodyId,
        /// The cause, one of the pack's.
        cause: String,
        /// What was given.
        reason: String,
    },
    /// The authors granted more time.
    Extended {
        /// To whom.
        addressee: BodyId,
        /// The day it had.
        original_due: Day,
        /// The day it has.
        new_due: Day,
        /// Who asked.
        requested_by: Option<BodyId>,
        /// Why.
        reason: String,
    },
    /// Its authors closed it.
    Closed {
        /// On what ground.
        ground: ClosingGround,
        /// Why.
        reason: String,
    },
    /// Its authors reopened it.
    Reopened {
        /// Why.
        reason: String,
    },
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Whose.
    pub addressee: BodyId,
    /// By which way it came.
    pub channel: Channel,
    /// As a whole.
    pub text: String,
    /// Point by point; a point without an entry was not answered.
    pub points: Vec<PointAnswered>,
    /// The sitting it was given in.
    pub sitting: Option<SittingId>,
    /// Who heard it.
    pub witnesses: Vec<PersonId>,
}

/// An answer to a point.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointAnswered {
    /// Which point.
    pub point: u8,
    /// What the addressee says of it.
    pub stance: Stance,
    /// What will be done.
    pub action: Option<String>,
    /// By whom.
    pub responsible: Option<String>,
    /// By when.
    #[serde(default, deserialize_with = "maybe_day")]
    pub by_when: Option<Day>,
    /// Why.
    pub reason: Option<String>,
    /// The text that secrecy is said to rest on.
    pub secrecy_basis: Option<String>,
    /// To whom it is passed on.
    pub passed_to: Option<BodyId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Transmitted,
    Acknowledged,
    Answered,
    Declared,
    Observed,
    Escalated,
    Paused,
    Resumed,
    Extended,
    Closed,
    Reopened,
}

/// A number, or the tables of an answer's points: the file calls both `point`.
enum Point {
    Number(u8),
    Answers(Vec<PointAnswered>),
}

impl<'de> Deserialize<'de> for Point {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Point;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("un numéro de point, ou des tables [[recommendation.event.point]]")
            }
            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Point, E> {
                let number = u8::try_from(number);
                number.map(Point::Number).map_err(|_| E::custom("« point » n’est pas un numéro de 1 à 255"))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, points: A) -> Result<Point, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(points)).map(Point::Answers)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// The table as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventText {
    kind: Kind,
    #[serde(deserialize_with = "day")]
    day: Day,
    addressee: Option<BodyId>,
    proof: Option<DeliveryProof>,
    rule: Option<RuleId>,
    #[serde(default)]
    points: Vec<u8>,
    #[serde(default)]
    witnesses: Vec<PersonId>,
    channel: Option<Channel>,
    text: Option<String>,
    sitting: Option<SittingId>,
    point: Option<Point>,
    state: Option<Progress>,
    by: Option<OrganisationId>,
    evidence_kind: Option<String>,
    evidence: Option<String>,
    step: Option<u8>,
    from: Option<BodyId>,
    to: Option<BodyId>,
    cause: Option<String>,
    #[serde(default, deserialize_with = "maybe_day")]
    original_due: Option<Day>,
    #[serde(default, deserialize_with = "maybe_day")]
    new_due: Option<Day>,
    requested_by: Option<BodyId>,
    ground: Option<ClosingGround>,
    reason: Option<String>,
}

/// The value, which this kind of happening cannot do without.
fn must<T>(value: &mut Option<T>, key: &str) -> Result<T, String> {
    value.take().ok_or_else(|| format!("« {key} » manque à ce fait"))
}

impl TryFrom<EventText> for Event {
    type Error = String;

    fn try_from(mut text: EventText) -> Result<Self, String> {
        let happening = text.happening()?;
        match text.left() {
            Some(key) => Err(format!("« {key} » n’a pas sa place dans ce fait")),
            None => Ok(Self { day: text.day, happening }),
        }
    }
}

impl EventText {
    fn happening(&mut self) -> Result<Happening, String> {
        let reason = |text: &mut Self| must(&mut text.reason, "reason");
        let addressee = |text: &mut Self| must(&mut text.addressee, "addressee");
        Ok(match self.kind {
            Kind::Transmitted => Happening::Transmitted {
                addressee: addressee(self)?,
                proof: must(&mut self.proof, "proof")?,
                rule: must(&mut self.rule, "rule")?,
                points: std::mem::take(&mut self.points),
                witnesses: std::mem::take(&mut self.witnesses),
            },
            Kind::Acknowledged => Happening::Acknowledged { addressee: addressee(self)? },
            Kind::Answered => Happening::Answered(self.answered()?),
            Kind::Declared => Happening::Declared {
                addressee: addressee(self)?,
                point: self.number()?,
                state: must(&mut self.state, "state")?,
                text: self.text.take(),
            },
            Kind::Observed => self.observed()?,
            Kind::Escalated => Happening::Escalated {
                step: must(&mut self.step, "step")?,
                from: must(&mut self.from, "from")?,
                to: must(&mut self.to, "to")?,
                reason: reason(self)?,
            },
            Kind::Paused => Happening::Paused {
                addressee: addressee(self)?,
                cause: must(&mut self.cause, "cause")?,
                reason: reason(self)?,
            },
            Kind::Resumed => Happening::Resumed {
                addressee: addressee(self)?,
                cause: must(&mut self.cause, "cause")?,
                reason: reason(self)?,
            },
            Kind::Extended => self.extended()?,
            Kind::Closed => {
                Happening::Closed { ground: must(&mut self.ground, "ground")?, reason: reason(self)? }
            }
            Kind::Reopened => Happening::Reopened { reason: reason(self)? },
        })
    }

    fn answered(&mut self) -> Result<Answered, String> {
        let points = match must(&mut self.point, "point")? {
            Point::Answers(points) => points,
            Point::Number(_) => {
                return Err("une réponse a une table [[recommendation.event.point]] par point".into());
            }
        };
        Ok(Answered {
            addressee: must(&mut self.addressee, "addressee")?,
            channel: must(&mut self.channel, "channel")?,
            text: must(&mut self.text, "text")?,
            points,
            sitting: self.sitting.take(),
            witnesses: std::mem::take(&mut self.witnesses),
        })
    }

    fn observed(&mut self) -> Result<Happening, String> {
        let evidence_kind = must(&mut self.evidence_kind, "evidence_kind")?;
        let kinds = ["photo", "visit", "testimony", "document"];
        if !kinds.contains(&evidence_kind.as_str()) {
            return Err(crate::sheet::no_word(&evidence_kind, kinds));
        }
        Ok(Happening::Observed {
            by: must(&mut self.by, "by")?,
            point: self.number()?,
            state: must(&mut self.state, "state")?,
            evidence_kind,
            evidence: must(&mut self.evidence, "evidence")?,
        })
    }

    fn extended(&mut self) -> Result<Happening, String> {
        let original_due = must(&mut self.original_due, "original_due")?;
        let new_due = must(&mut self.new_due, "new_due")?;
        if new_due <= original_due {
            return Err(format!("new_due ({new_due}) n’est pas après original_due ({original_due})"));
        }
        Ok(Happening::Extended {
            addressee: must(&mut self.addressee, "addressee")?,
            original_due,
            new_due,
            requested_by: self.requested_by.take(),
            reason: must(&mut self.reason, "reason")?,
        })
    }

    fn number(&mut self) -> Result<u8, String> {
        match must(&mut self.point, "point")? {
            Point::Number(number) => Ok(number),
            Point::Answers(_) => Err("« point » est ici un seul numéro".into()),
        }
    }

    /// The first key that no part of the happening took.
    fn left(&self) -> Option<&'static str> {
        let left = [
            ("addressee", self.addressee.is_some()),
            ("proof", self.proof.is_some()),
            ("rule", self.rule.is_some()),
            ("points", !self.points.is_empty()),
            ("witnesses", !self.witnesses.is_empty()),
            ("channel", self.channel.is_some()),
            ("text", self.text.is_some()),
            ("sitting", self.sitting.is_some()),
            ("point", self.point.is_some()),
            ("state", self.state.is_some()),
            ("by", self.by.is_some()),
            ("evidence_kind", self.evidence_kind.is_some()),
            ("evidence", self.evidence.is_some()),
            ("step", self.step.is_some()),
            ("from", self.from.is_some()),
            ("to", self.to.is_some()),
            ("cause", self.cause.is_some()),
            ("original_due", self.original_due.is_some()),
            ("new_due", self.new_due.is_some()),
            ("requested_by", self.requested_by.is_some()),
            ("ground", self.ground.is_some()),
            ("reason", self.reason.is_some()),
        ];
        left.into_iter().find(|(_, left)| *left).map(|(key, _)| key)
    }
}

impl Happening {
    /// The points it speaks of.
    pub(super) fn points(&self) -> Vec<&u8> {
        match self {
            Self::Transmitted { points, .. } => points.iter().collect(),
            Self::Answered(answered) => answered.points.iter().map(|point| &point.point).collect(),
            Self::Declared { point, .. } | Self::Observed { point, .. } => vec![point],
            _ => Vec::new(),
        }
    }

    /// The key and the id of something that is not in the exercise.
    pub(super) fn dangling(
        &self,
        office: &dyn Fn(&BodyId) -> bool,
        organisation: &dyn Fn(&OrganisationId) -> bool,
        sitting: &dyn Fn(&SittingId) -> bool,
        person: &dyn Fn(&PersonId) -> bool,
    ) -> Option<(&'static str, String)> {
        let bodies: Vec<(&'static str, &BodyId)> = match self {
            Self::Transmitted { addressee, .. }
            | Self::Acknowledged { addressee }
            | Self::Declared { addressee, .. }
            | Self::Paused { addressee, .. }
            | Self::Resumed { addressee, .. } => vec![("addressee", addressee)],
            Self::Extended { addressee, requested_by, .. } => {
                let asked = requested_by.as_ref().map(|id| ("requested_by", id));
                [("addressee", addressee)].into_iter().chain(asked).collect()
            }
            Self::Escalated { from, to, .. } => vec![("from", from), ("to", to)],
            Self::Answered(answered) => {
                let passed = answered.points.iter().filter_map(|point| point.passed_to.as_ref());
                [("addressee", &answered.addressee)]
                    .into_iter()
                    .chain(passed.map(|id| ("passed_to", id)))
                    .collect()
            }
            _ => Vec::new(),
        };
        if let Some((key, id)) = bodies.into_iter().find(|(_, id)| !office(id)) {
            return Some((key, id.to_string()));
        }
        let witnesses = match self {
            Self::Transmitted { witnesses, .. } => witnesses.as_slice(),
            Self::Answered(answered) => answered.witnesses.as_slice(),
            _ => &[],
        };
        if let Some(id) = witnesses.iter().find(|id| !person(id)) {
            return Some(("witnesses", id.to_string()));
        }
        match self {
            Self::Observed { by, .. } if !organisation(by) => Some(("by", by.to_string())),
            Self::Answered(Answered { sitting: Some(id), .. }) if !sitting(id) => {
                Some(("sitting", id.to_string()))
            }
            _ => None,
        }
    }

    /// The clock and the cause of pause that it takes from the pack.
    pub(super) fn taken(&self) -> (Option<&RuleId>, Option<&str>) {
        match self {
            Self::Transmitted { rule, .. } => (Some(rule), None),
            Self::Paused { cause, .. } | Self::Resumed { cause, .. } => (None, Some(cause)),
            _ => (None, None),
        }
    }
}
