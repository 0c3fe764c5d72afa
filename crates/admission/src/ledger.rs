//! A line of the ledger, and what time makes of it: computed here, without a database and without a clock.

use terms::answers::{Awaited, Fell, Stance};
use terms::{AdmissionId, BodyId, Day, OrganisationId, RuleId, SeatCode, civil_days};

/// Who came to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The organisation asked.
    Asked,
    /// The authority invited.
    Offered,
}

impl Way {
    /// Both, in the order of forms.
    pub const ALL: [Self; 2] = [Self::Asked, Self::Offered];

    /// The word in tables, data and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Offered => "offered",
        }
    }

    /// The way a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

/// How a line stands, as the record says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The day to answer was missed, and the clock wrote it.
    Silent,
    /// The day to acknowledge was missed; the answer is awaited.
    Unacknowledged,
    /// Answered, but not in substance: refused without reason, put off, evaded, passed on.
    Insufficient,
    /// The answer is awaited and no day was missed.
    Waiting,
    /// Granted, in part or otherwise too.
    Granted,
    /// Refused, with a reason or a legal basis.
    Refused,
    /// The organisation gave its request up.
    Withdrawn,
    /// An invitation that the organisation has not answered.
    Open,
    /// An invitation that the organisation accepted.
    Accepted,
    /// An invitation that the organisation declined.
    Declined,
}

impl Stage {
    /// Every stage, in the order of forms.
    pub const ALL: [Self; 10] = [
        Self::Silent,
        Self::Unacknowledged,
        Self::Insufficient,
        Self::Waiting,
        Self::Granted,
        Self::Refused,
        Self::Withdrawn,
        Self::Open,
        Self::Accepted,
        Self::Declined,
    ];

    /// The word in tables, data and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Unacknowledged => "unacknowledged",
            Self::Insufficient => "insufficient",
            Self::Waiting => "waiting",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    /// The stage a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }
}

/// One request, or one invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: AdmissionId,
    /// Who came to whom.
    pub way: Way,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The body with the seat.
    pub body: BodyId,
    /// Which seat; any, or not said, where absent.
    pub seat: Option<SeatCode>,
    /// The authority.
    pub authority: BodyId,
    /// Day of delivery, or of the invitation.
    pub on: Day,
    /// Since when that is publicly known.
    pub known: Day,
    /// The entry that opened the line.
    pub entry: u64,
    /// The clock; none runs where absent.
    pub rule: Option<RuleId>,
    /// Last day to acknowledge.
    pub acknowledge_by: Option<Day>,
    /// Last day to answer.
    pub answer_by: Option<Day>,
    /// When it was acknowledged.
    pub acknowledged_on: Option<Day>,
    /// First answer of any kind.
    pub answered_on: Option<Day>,
    /// First answer in substance.
    pub substantive_on: Option<Day>,
    /// What the newest answer in substance says; else the newest of any kind.
    pub stance: Option<Stance>,
    /// Whether the organisation accepted the invitation; not answered where absent.
    pub accepted: Option<bool>,
    /// The due day whose missing acknowledgement the clock has written.
    pub silent_acknowledgement: Option<Day>,
    /// The due day whose missing answer the clock has written.
    pub silent_answer: Option<Day>,
    /// Day of the last reminder.
    pub last_reminded: Option<Day>,
    /// When the organisation gave it up.
    pub withdrawn_on: Option<Day>,
    /// Part of an exercise.
    pub exercise: bool,
}

impl Line {
    /// How it stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match (self.way, self.accepted) {
            (Way::Offered, None) => return Stage::Open,
            (Way::Offered, Some(true)) => return Stage::Accepted,
            (Way::Offered, Some(false)) => return Stage::Declined,
            (Way::Asked, _) => {}
        }
        let acceptance = self.stance.is_some_and(Stance::is_acceptance);
        match () {
            () if self.substantive_on.is_some() && acceptance => Stage::Granted,
            () if self.substantive_on.is_some() => Stage::Refused,
            () if self.withdrawn_on.is_some() => Stage::Withdrawn,
            () if self.answered_on.is_some() => Stage::Insufficient,
            () if self.silent_answer.is_some() => Stage::Silent,
            () if self.acknowledged_on.is_none() && self.silent_acknowledgement.is_some() => {
                Stage::Unacknowledged
            }
            () => Stage::Waiting,
        }
    }

    /// Everything that time would write of this request if nobody acted any more, earliest first.
    ///
    /// **Units** `remind_after_days`: civil days after delivery, ascending. What happens on the very day counts as having come after the
    /// clock, which writes in the first minutes of a day.
    #[must_use]
    pub fn to_come(&self, remind_after_days: &[u32]) -> Vec<Fell> {
        if self.way == Way::Offered {
            return Vec::new();
        }
        let heard = [self.acknowledged_on, self.answered_on].into_iter().flatten().min();
        let mut fell: Vec<Fell> = Vec::new();
        fell.extend(self.silence(
            Awaited::Acknowledgement,
            self.acknowledge_by,
            self.silent_acknowledgement,
            heard,
        ));
        fell.extend(self.silence(Awaited::Answer, self.answer_by, self.silent_answer, self.answered_on));
        let days = remind_after_days.iter().filter_map(|after| self.on.checked_add(civil_days(*after)).ok());
        for on in days.filter(|on| self.last_reminded.is_none_or(|last| *on > last)) {
            if self.substantive_on.is_none_or(|answered| answered >= on) && self.is_asked_for(on) {
                fell.push(Fell::Reminder { on });
            }
        }
        fell.sort_by_key(|fell| fell.on());
        fell
    }

    fn silence(
        &self,
        awaited: Awaited,
        due: Option<Day>,
        noted: Option<Day>,
        came: Option<Day>,
    ) -> Option<Fell> {
        let due = due.filter(|due| noted != Some(*due))?;
        let on = due.tomorrow().ok()?;
        let silent = came.is_none_or(|came| came >= on) && self.is_asked_for(on);
        silent.then_some(Fell::Silence { awaited, due, on })
    }

    /// Whether the organisation still asks on that day.
    fn is_asked_for(&self, day: Day) -> bool {
        self.withdrawn_on.is_none_or(|withdrawn| withdrawn >= day)
    }
}
