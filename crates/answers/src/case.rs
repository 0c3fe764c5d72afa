//! A case: one recommendation before one addressee, with its clock. What time makes of it is computed here, without a
//! database and without a clock.

use terms::answers::{Awaited, Fell};
use terms::{BodyId, Day, PlaceId, RecommendationId, RuleId, civil_days};

/// How a case stands, as the record says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The answer is awaited and no day was missed.
    Waiting,
    /// The day to acknowledge was missed; the answer is awaited.
    Unacknowledged,
    /// The day to answer was missed, and the clock wrote it.
    Silent,
    /// The clock stands still.
    Paused,
    /// Answered, but not every point in substance.
    Insufficient,
    /// Every point asked was answered in substance.
    Answered,
    /// Its authors closed it.
    Closed,
}

impl Stage {
    /// Every stage, in the order of forms.
    pub const ALL: [Self; 7] = [
        Self::Silent,
        Self::Unacknowledged,
        Self::Insufficient,
        Self::Waiting,
        Self::Paused,
        Self::Answered,
        Self::Closed,
    ];

    /// The word in tables, data and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Unacknowledged => "unacknowledged",
            Self::Silent => "silent",
            Self::Paused => "paused",
            Self::Insufficient => "insufficient",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    /// The stage a form's word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }

    /// Whether an answer in substance is still awaited.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Answered | Self::Closed)
    }
}

/// One recommendation before one addressee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Which recommendation.
    pub recommendation: RecommendationId,
    /// Before whom.
    pub addressee: BodyId,
    /// Who asks: `body/…`, `organisation/…`, or empty for an author outside the register.
    pub author: String,
    /// Day of delivery.
    pub delivered_on: Day,
    /// Since when the delivery is publicly known.
    pub known: Day,
    /// The entry that opened the case.
    pub entry: u64,
    /// Whether an escalation alone opened it; a transmission then sets its delivery.
    pub by_escalation: bool,
    /// The points asked of this addressee; all where empty.
    pub points: Vec<u8>,
    /// The clock; none runs where absent.
    pub rule: Option<RuleId>,
    /// Last day to acknowledge, as first computed.
    pub acknowledge_original: Option<Day>,
    /// Last day to acknowledge.
    pub acknowledge_by: Option<Day>,
    /// Last day to answer, as first computed.
    pub answer_original: Option<Day>,
    /// Last day to answer.
    pub answer_by: Option<Day>,
    /// Whether its authors granted more time.
    pub extended: bool,
    /// When it was acknowledged.
    pub acknowledged_on: Option<Day>,
    /// First answer of any kind.
    pub answered_on: Option<Day>,
    /// First day on which every point asked was answered in substance.
    pub substantive_on: Option<Day>,
    /// The due day whose missing acknowledgement the clock has written.
    pub silent_acknowledgement: Option<Day>,
    /// The due day whose missing answer the clock has written.
    pub silent_answer: Option<Day>,
    /// How many of the rule's reminders are behind.
    pub reminders: u8,
    /// Day of the last reminder.
    pub last_reminded: Option<Day>,
    /// First day of the pause that runs.
    pub paused_from: Option<Day>,
    /// Days that ended pauses took.
    pub paused_days: u32,
    /// Whose silence or refusal brought the matter here.
    pub escalated_from: Option<BodyId>,
    /// To whom it was carried last.
    pub escalated_to: Option<BodyId>,
    /// Since when its authors hold it closed.
    pub closed_on: Option<Day>,
    /// When they last reopened it.
    pub reopened_on: Option<Day>,
    /// 3 high, 2 middle, 1 low, 0 unknown.
    pub priority: u8,
    /// Part of an exercise.
    pub exercise: bool,
    /// The division of the first rank around the place.
    pub region: Option<PlaceId>,
    /// The place and those around it, without the country, smallest first.
    pub places: Vec<PlaceId>,
}

impl Case {
    /// How it stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if self.closed_on.is_some() {
            Stage::Closed
        } else if self.substantive_on.is_some() {
            Stage::Answered
        } else if self.answered_on.is_some() {
            Stage::Insufficient
        } else if self.stands_still(self.answer_by) {
            Stage::Paused
        } else if self.silent_answer.is_some() && self.silent_answer == self.answer_by {
            Stage::Silent
        } else if self.acknowledged_on.is_none()
            && self.silent_acknowledgement.is_some()
            && self.silent_acknowledgement == self.acknowledge_by
        {
            Stage::Unacknowledged
        } else {
            Stage::Waiting
        }
    }

    /// Whether a running pause holds back this due day.
    fn stands_still(&self, due: Option<Day>) -> bool {
        self.paused_from.is_some_and(|from| due.is_none_or(|due| due >= from))
    }

    /// The next day by which the addressee should act; `None` when nothing is awaited or the clock stands still.
    #[must_use]
    pub fn next_due(&self) -> Option<Day> {
        if !self.stage().is_open() || self.paused_from.is_some() {
            return None;
        }
        let heard = self.acknowledged_on.is_some() || self.answered_on.is_some();
        let acknowledge = self.acknowledge_by.filter(|_| !heard);
        match (acknowledge, self.answer_by) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }

    /// Whether it was answered in substance within its time; `None` while it was not, or where no time is counted.
    #[must_use]
    pub fn in_time(&self) -> Option<bool> {
        Some(self.substantive_on? <= self.answer_by?)
    }

    /// Everything that time would write of this case if nobody acted any more, earliest first.
    ///
    /// **Units** `remind_after_days`: civil days after delivery, ascending. What happens on the very day counts as
    /// having come after the clock, which writes in the first minutes of a day.
    ///
    /// **Source** the rule's reminders; domain.md 5.3: silence is an event written by the clock.
    #[must_use]
    pub fn to_come(&self, remind_after_days: &[u32]) -> Vec<Fell> {
        let mut fell: Vec<Fell> = Vec::new();
        let heard = earliest(self.acknowledged_on, self.answered_on);
        fell.extend(self.silence(
            Awaited::Acknowledgement,
            self.acknowledge_by,
            self.silent_acknowledgement,
            heard,
        ));
        fell.extend(self.silence(Awaited::Answer, self.answer_by, self.silent_answer, self.answered_on));
        let mut last = self.last_reminded;
        for day in self.reminder_days(remind_after_days).into_iter().skip(usize::from(self.reminders)) {
            if last.is_some_and(|last| day <= last) || !self.is_awake(day) {
                continue;
            }
            if self.substantive_on.is_none_or(|answered| answered >= day) {
                fell.push(Fell::Reminder { on: day });
                last = Some(day);
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
        let due = due?;
        if noted == Some(due) || self.stands_still(Some(due)) {
            return None;
        }
        // Nobody was awaited while it was closed: the first day of silence is then that of the reopening.
        let after = due.tomorrow().ok()?;
        let on = self.reopened_on.map_or(after, |reopened| reopened.max(after));
        let silent = came.is_none_or(|came| came >= on) && self.closed_on.is_none_or(|closed| closed >= on);
        silent.then_some(Fell::Silence { awaited, due, on })
    }

    /// The days of the rule's reminders for this case, in the rule's order: moved by pauses, and never inside more time
    /// that was granted.
    #[must_use]
    pub fn reminder_days(&self, remind_after_days: &[u32]) -> Vec<Day> {
        let day = |after: &u32| {
            let day = self.delivered_on.checked_add(civil_days(after + self.paused_days)).ok()?;
            Some(self.answer_by.filter(|_| self.extended).map_or(day, |granted| granted.max(day)))
        };
        remind_after_days.iter().filter_map(day).collect()
    }

    fn is_awake(&self, day: Day) -> bool {
        self.closed_on.is_none_or(|closed| closed >= day)
            && self.reopened_on.is_none_or(|reopened| reopened <= day)
            && self.paused_from.is_none_or(|from| day <= from)
    }
}

fn earliest(a: Option<Day>, b: Option<Day>) -> Option<Day> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// A pause of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The cause's id.
    pub cause: String,
    /// First day not counted.
    pub from: Day,
    /// First day counted again; `None` while it runs.
    pub to: Option<Day>,
}

/// What acts need to know of a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which.
    pub id: RecommendationId,
    /// Who asks: `body/…`, `organisation/…`, or empty.
    pub author: String,
    /// When it was adopted, where known.
    pub adopted_on: Option<Day>,
    /// Numbers of its points.
    pub points: Vec<u8>,
    /// Everyone it was brought before.
    pub addressees: Vec<BodyId>,
    /// The place and those around it, without the country, smallest first.
    pub places: Vec<PlaceId>,
    /// Since when it is closed.
    pub closed_on: Option<Day>,
    /// Part of an exercise.
    pub exercise: bool,
}

/// What acts need to know of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFacts {
    /// The case.
    pub case: Case,
    /// The recommendation.
    pub asked: Asked,
    /// Its pauses, oldest first.
    pub pauses: Vec<Held>,
    /// Whether any point was refused, with or without a reason, or for secrecy.
    pub refused: bool,
    /// The rungs taken from this case.
    pub steps_taken: Vec<u8>,
}

impl CaseFacts {
    /// The numbers of the points asked of this addressee.
    #[must_use]
    pub fn points(&self) -> &[u8] {
        if self.case.points.is_empty() { &self.asked.points } else { &self.case.points }
    }
}
