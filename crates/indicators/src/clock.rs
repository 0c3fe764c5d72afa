//! One addressee's clock and one addressee's point, and what each adds to the day counts from which figures
//! are read.
//!
//! Pure. Figures over clocks never walk through the clocks: a change of a clock takes its old counts out of
//! the day counts and puts its new ones in, so that a figure costs as many rows as there are days, however
//! many recommendations there are.

use terms::Day;
use terms::answers::{Progress, Stance};

/// The day from which days are numbered.
pub(crate) const FIRST_DAY: Day = Day::constant(1970, 1, 1);

/// The day's number.
pub(crate) fn number(day: Day) -> i64 {
    web::days_apart(FIRST_DAY, day)
}

/// What is counted, and by which day or duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Measure {
    /// Acknowledgements due, by due day.
    AcknowledgementDue,
    /// Of these, given in time.
    AcknowledgedInTime,
    /// Answers due, by due day.
    AnswerDue,
    /// Of these, answered in substance in time.
    AnsweredInTime,
    /// Of these, answered in any way in time.
    RepliedInTime,
    /// Open clocks without any reply, by due day.
    Silent,
    /// The same, each as heavy as its priority.
    SilentWeight,
    /// Of these, whose priority somebody stated.
    SilentStated,
    /// Clocks answered in substance, by days waited.
    Answered,
    /// Clocks closed by their authors before an answer in substance, by days waited.
    Closed,
    /// Clocks that still wait for an answer in substance, by day of delivery.
    Waiting,
    /// Points answered in substance, by day of the answer.
    Substantive,
    /// Of these, accepted in whole, in part or otherwise.
    Accepted,
    /// Points on which a position was taken, with or without substance, by day.
    Position,
    /// Of these, accepted in whole, in part or otherwise.
    PositionAccepted,
    /// Points refused, by day.
    Refusal,
    /// Of these, with a reason, or with the legal basis of the secrecy claimed.
    RefusalReasoned,
    /// Of these, for secrecy.
    RefusalSecret,
    /// Points accepted with an agreed day, by that day.
    Agreed,
    /// Of these, observed by civil society.
    AgreedSeen,
    /// Of these, observed as done.
    AgreedDone,
    /// Of these, observed as under way.
    AgreedUnderWay,
    /// Points declared done by the authority, by day of the declaration.
    DeclaredDone,
    /// Of these, inspected since.
    DeclaredInspected,
    /// Of these, found done.
    DeclaredFoundDone,
}

impl Measure {
    /// The word in tables.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::AcknowledgementDue => "acknowledgement-due",
            Self::AcknowledgedInTime => "acknowledged-in-time",
            Self::AnswerDue => "answer-due",
            Self::AnsweredInTime => "answered-in-time",
            Self::RepliedInTime => "replied-in-time",
            Self::Silent => "silent",
            Self::SilentWeight => "silent-weight",
            Self::SilentStated => "silent-stated",
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::Waiting => "waiting",
            Self::Substantive => "substantive",
            Self::Accepted => "accepted",
            Self::Position => "position",
            Self::PositionAccepted => "position-accepted",
            Self::Refusal => "refusal",
            Self::RefusalReasoned => "refusal-reasoned",
            Self::RefusalSecret => "refusal-secret",
            Self::Agreed => "agreed",
            Self::AgreedSeen => "agreed-seen",
            Self::AgreedDone => "agreed-done",
            Self::AgreedUnderWay => "agreed-under-way",
            Self::DeclaredDone => "declared-done",
            Self::DeclaredInspected => "declared-inspected",
            Self::DeclaredFoundDone => "declared-found-done",
        }
    }
}

/// One count: of what, at which day number or duration, how much.
pub(crate) type Count = (Measure, i64, i64);

/// In which scopes something counts: an exercise in its own alone; what is real in all and in its addressee's
/// level.
pub(crate) fn scopes(exercise: bool, level: Option<&str>) -> Vec<&str> {
    if exercise { vec!["exercise"] } else { std::iter::once("all").chain(level).collect() }
}

/// What one addressee owes on one recommendation, and what came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) level: Option<String>,
    pub(crate) exercise: bool,
    pub(crate) priority: i64,
    pub(crate) delivered_on: Option<Day>,
    pub(crate) acknowledge_by: Option<Day>,
    pub(crate) answer_by: Option<Day>,
    pub(crate) paused_on: Option<Day>,
    pub(crate) acknowledged_on: Option<Day>,
    pub(crate) replied_on: Option<Day>,
    pub(crate) substantive_on: Option<Day>,
    pub(crate) closed_on: Option<Day>,
}

impl Clock {
    /// More time counts when it was granted while the clock still ran.
    pub(crate) fn extend(&mut self, granted_on: Day, answer_by: Day) {
        if self.answer_by.is_some_and(|due| granted_on <= due) {
            self.answer_by = Some(answer_by);
        }
    }

    /// Whether what was due by `due` came in time; `None` when nothing was owed, or not yet: no due day, a
    /// clock standing still, or authors who closed the matter before the day came.
    fn judged(&self, due: Option<Day>, came: Option<Day>) -> Option<(Day, bool)> {
        let due = due?;
        let stood_from = self.paused_on.filter(|from| *from <= due);
        if came.is_some_and(|on| on <= due || stood_from.is_some_and(|from| from <= on)) {
            return Some((due, true));
        }
        let closed_before = self.closed_on.is_some_and(|closed| closed <= due);
        (!closed_before && stood_from.is_none()).then_some((due, false))
    }

    /// What the clock adds to the day counts.
    pub(crate) fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::new();
        // An answer proves receipt.
        let received = [self.acknowledged_on, self.replied_on].into_iter().flatten().min();
        if let Some((due, in_time)) = self.judged(self.acknowledge_by, received) {
            counts.push((Measure::AcknowledgementDue, number(due), 1));
            if in_time {
                counts.push((Measure::AcknowledgedInTime, number(due), 1));
            }
        }
        if let Some((due, in_time)) = self.judged(self.answer_by, self.substantive_on) {
            counts.push((Measure::AnswerDue, number(due), 1));
            if in_time {
                counts.push((Measure::AnsweredInTime, number(due), 1));
            }
            if self.judged(self.answer_by, self.replied_on) == Some((due, true)) {
                counts.push((Measure::RepliedInTime, number(due), 1));
            }
            if self.replied_on.is_none() && self.closed_on.is_none() {
                counts.push((Measure::Silent, number(due), 1));
                if self.priority > 0 {
                    counts.push((Measure::SilentWeight, number(due), self.priority));
                    counts.push((Measure::SilentStated, number(due), 1));
                }
            }
        }
        counts.extend(self.wait());
        counts
    }

    /// How long it waited for an answer in substance; only where a day was set for one.
    fn wait(&self) -> Option<Count> {
        self.answer_by?;
        let delivered = self.delivered_on?;
        let waited = |until: Day| web::days_apart(delivered, until).max(0);
        Some(match (self.substantive_on, self.closed_on) {
            (Some(answered), _) => (Measure::Answered, waited(answered), 1),
            (None, Some(closed)) => (Measure::Closed, waited(closed), 1),
            (None, None) => (Measure::Waiting, number(delivered), 1),
        })
    }
}

/// One point as asked of one addressee: what it said, what it declared, what was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) level: Option<String>,
    pub(crate) exercise: bool,
    pub(crate) asked: bool,
    pub(crate) deadline: Option<Day>,
    pub(crate) stance: Option<Stance>,
    pub(crate) stance_on: Option<Day>,
    pub(crate) substantive: bool,
    /// The first day on which it was answered in substance.
    pub(crate) substantive_on: Option<Day>,
    pub(crate) by_when: Option<Day>,
    pub(crate) declared: Option<Progress>,
    pub(crate) declared_on: Option<Day>,
    pub(crate) seen: Option<Progress>,
    pub(crate) seen_on: Option<Day>,
}

const fn is_done(state: Progress) -> bool {
    matches!(state, Progress::Done | Progress::DoneOtherwise)
}

const fn is_under_way(state: Progress) -> bool {
    matches!(state, Progress::UnderWay | Progress::PartlyDone)
}

impl Point {
    /// The addressee's newest word on the point stands.
    pub(crate) fn answer(&mut self, on: Day, stance: Stance, substantive: bool, by_when: Option<Day>) {
        if substantive {
            self.substantive_on = Some(self.substantive_on.map_or(on, |first| first.min(on)));
        }
        if self.stance_on.is_none_or(|last| last <= on) {
            (self.stance, self.stance_on) = (Some(stance), Some(on));
            (self.substantive, self.by_when) = (substantive, by_when);
        }
    }

    /// The authority's newest declaration stands.
    pub(crate) fn declare(&mut self, on: Day, state: Progress) {
        if self.declared_on.is_none_or(|last| last <= on) {
            (self.declared, self.declared_on) = (Some(state), Some(on));
        }
    }

    /// The newest observation stands.
    pub(crate) fn see(&mut self, on: Day, state: Progress) {
        if self.seen_on.is_none_or(|last| last <= on) {
            (self.seen, self.seen_on) = (Some(state), Some(on));
        }
    }

    /// The day agreed: the addressee's own, or else the one asked for in the point that it accepted.
    fn agreed_on(&self) -> Option<Day> {
        self.stance.filter(|stance| stance.is_acceptance())?;
        self.by_when.or(self.deadline)
    }

    /// What the point adds to the day counts.
    pub(crate) fn counts(&self) -> Vec<Count> {
        let mut counts = Vec::new();
        if !self.asked {
            return counts;
        }
        let mut add = |when: bool, measure: Measure, day: Day| {
            if when {
                counts.push((measure, number(day), 1));
            }
        };
        if let (Some(stance), Some(on)) = (self.stance, self.stance_on) {
            let (yes, no) = (stance.is_acceptance(), stance.is_refusal());
            add(self.substantive, Measure::Substantive, on);
            add(self.substantive && yes, Measure::Accepted, on);
            add(yes || no, Measure::Position, on);
            add(yes, Measure::PositionAccepted, on);
            add(no, Measure::Refusal, on);
            add(no && self.substantive, Measure::RefusalReasoned, on);
            add(stance == Stance::CoveredBySecrecy, Measure::RefusalSecret, on);
        }
        if let Some(day) = self.agreed_on() {
            add(true, Measure::Agreed, day);
            add(self.seen.is_some(), Measure::AgreedSeen, day);
            add(self.seen.is_some_and(is_done), Measure::AgreedDone, day);
            add(self.seen.is_some_and(is_under_way), Measure::AgreedUnderWay, day);
        }
        if let Some(on) = self.declared_on.filter(|_| self.declared.is_some_and(is_done)) {
            // An observation from before the declaration does not check it.
            let inspected = self.seen_on.is_some_and(|seen| seen >= on);
            add(true, Measure::DeclaredDone, on);
            add(inspected, Measure::DeclaredInspected, on);
            add(inspected && self.seen.is_some_and(is_done), Measure::DeclaredFoundDone, on);
        }
        counts
    }
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;
