//! The verbs of the ledger: a request reaches an authority, is acknowledged, answered, recalled, given up; an authority invites. Pure.

use terms::admission::{
    SeatOfferAnswered, SeatOffered, SeatRequestAcknowledged, SeatRequestAnswered, SeatRequestReminded,
    SeatRequestWithdrawn, SeatRequested,
};
use terms::answers::{Awaited, Channel, Stance};
use terms::{AdmissionId, Day};
use web::Clocks;

use crate::ledger::{Line, Way};

/// What a person can mend in an act of this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The day is to come.
    InFuture,
    /// The day is before that of the request or the invitation.
    TooSoon(Day),
    /// Nothing shows it: neither words, nor a file, nor a source.
    NothingShown,
    /// Texts give no such seat to this body.
    SeatUnknown,
    /// No such rule.
    RuleUnknown,
    /// The organisation has asked for this already, and was not answered in substance.
    AskedAlready(AdmissionId),
    /// One is of an exercise and the other is not.
    OtherWorld,
    /// A scanned letter without its scan.
    ScanMissing,
    /// The position needs its reason in words.
    ReasonMissing,
    /// Passed on, but not to whom.
    PassedToNobody,
    /// Acknowledged already.
    AcknowledgedAlready(Day),
    /// The organisation gave its request up.
    Withdrawn(Day),
    /// Answered in substance already.
    AnsweredAlready(Day),
    /// The last day to answer is before the invitation.
    AnswerBeforeOffer,
    /// An invitation is answered, not a request; or the reverse.
    OtherWay,
}

impl From<Refusal> for web::Refusal {
    fn from(refusal: Refusal) -> Self {
        use Refusal as R;
        let plain = |field: &str, key| Self { field: field.to_owned(), key, arguments: Vec::new() };
        let dated = |field: &str, key, day: Day| Self {
            arguments: vec![("day", day.strftime("%d/%m/%Y").to_string())],
            ..plain(field, key)
        };
        match refusal {
            R::InFuture => plain("jour", "admission-refusal-in-future"),
            R::TooSoon(day) => dated("jour", "admission-refusal-too-soon", day),
            R::NothingShown => plain("texte", "admission-refusal-nothing-shown"),
            R::SeatUnknown => plain("siege", "admission-refusal-seat"),
            R::RuleUnknown => plain("regle", "admission-refusal-rule"),
            R::AskedAlready(id) => Self {
                arguments: vec![("id", id.to_string())],
                ..plain("instance", "admission-refusal-asked-already")
            },
            R::OtherWorld => plain("instance", "admission-refusal-other-world"),
            R::ScanMissing => plain("fichier", "admission-refusal-scan-missing"),
            R::ReasonMissing => plain("texte", "admission-refusal-reason-missing"),
            R::PassedToNobody => plain("vers", "admission-refusal-passed-to-nobody"),
            R::AcknowledgedAlready(day) => dated("", "admission-refusal-acknowledged", day),
            R::Withdrawn(day) => dated("", "admission-refusal-withdrawn", day),
            R::AnsweredAlready(day) => dated("", "admission-refusal-answered", day),
            R::AnswerBeforeOffer => plain("reponse", "admission-refusal-answer-before-offer"),
            R::OtherWay => plain("", "admission-refusal-other-way"),
        }
    }
}

/// What must be known to decide a new line.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Whether texts give the seat asked for to the body; true where none is asked for.
    pub seat_known: bool,
    /// Whether the organisation is of an exercise.
    pub organisation_exercise: bool,
    /// Whether the body is.
    pub body_exercise: bool,
    /// The organisation's lines about this body.
    pub before: &'a [Line],
}

impl Ground<'_> {
    fn refuse(&self, shown: bool, on: Day, today: Day, refusals: &mut Vec<Refusal>) {
        if on > today {
            refusals.push(Refusal::InFuture);
        }
        if !shown {
            refusals.push(Refusal::NothingShown);
        }
        if !self.seat_known {
            refusals.push(Refusal::SeatUnknown);
        }
        if self.organisation_exercise != self.body_exercise {
            refusals.push(Refusal::OtherWorld);
        }
    }
}

/// The request has reached the authority; its clock gives the days.
///
/// **Errors** a day to come; neither words, file nor source; an unknown seat or rule; a request for the same seat that waits; an exercise
/// and what is none.
pub fn request(
    ground: Ground<'_>,
    asked: SeatRequested,
    clocks: &Clocks,
    today: Day,
) -> Result<SeatRequested, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let shown = asked.text.is_some() || asked.file.is_some() || asked.source.is_some();
    ground.refuse(shown, asked.delivered_on, today, &mut refusals);
    let rule = asked.rule.as_ref();
    if rule.is_some_and(|rule| !clocks.rules.contains_key(rule)) {
        refusals.push(Refusal::RuleUnknown);
    }
    let waits = |line: &&Line| {
        line.way == Way::Asked
            && line.seat == asked.seat
            && line.authority == asked.addressee
            && line.substantive_on.is_none()
            && line.withdrawn_on.is_none()
    };
    if let Some(line) = ground.before.iter().find(waits) {
        refusals.push(Refusal::AskedAlready(line.id.clone()));
    }
    let by = |awaited| clocks.due(rule, awaited, asked.delivered_on, &[]).and_then(|due| due.day);
    let (acknowledge_by, answer_by) = (by(Awaited::Acknowledgement), by(Awaited::Answer));
    let exercise = ground.body_exercise;
    or(refusals, || SeatRequested { acknowledge_by, answer_by, exercise, ..asked })
}

/// An authority has invited the organisation.
///
/// **Errors** a day to come; neither words, file nor source; an unknown seat; a last day to answer before the invitation; an exercise and
/// what is none.
pub fn offer(ground: Ground<'_>, asked: SeatOffered, today: Day) -> Result<SeatOffered, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let shown = asked.text.is_some() || asked.file.is_some() || asked.source.is_some();
    ground.refuse(shown, asked.on, today, &mut refusals);
    if asked.answer_by.is_some_and(|by| by < asked.on) {
        refusals.push(Refusal::AnswerBeforeOffer);
    }
    let exercise = ground.body_exercise;
    or(refusals, || SeatOffered { exercise, ..asked })
}

/// What speaks against any act on a line on that day.
fn on_line(line: &Line, way: Way, on: Day, today: Day) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if line.way != way {
        refusals.push(Refusal::OtherWay);
    }
    if on > today {
        refusals.push(Refusal::InFuture);
    }
    if on < line.on {
        refusals.push(Refusal::TooSoon(line.on));
    }
    refusals
}

/// The authority has confirmed that it has the request.
///
/// **Errors** an invitation; a day to come or before delivery; acknowledged already; a scanned letter without its scan.
pub fn acknowledge(
    line: &Line,
    asked: SeatRequestAcknowledged,
    today: Day,
) -> Result<SeatRequestAcknowledged, Vec<Refusal>> {
    let mut refusals = on_line(line, Way::Asked, asked.on, today);
    if let Some(on) = line.acknowledged_on {
        refusals.push(Refusal::AcknowledgedAlready(on));
    }
    if asked.channel == Channel::ScannedLetter && asked.file.is_none() {
        refusals.push(Refusal::ScanMissing);
    }
    or(refusals, || asked)
}

/// The authority has answered.
///
/// **Errors** an invitation; a day to come or before delivery; neither words, file nor source; a refusal with a reason, or
/// another's competence, of which no reason is given; passed on to nobody; a scanned letter without its scan.
pub fn answer(
    line: &Line,
    asked: SeatRequestAnswered,
    today: Day,
) -> Result<SeatRequestAnswered, Vec<Refusal>> {
    let mut refusals = on_line(line, Way::Asked, asked.on, today);
    let reasoned = match asked.stance {
        Stance::RefusedWithReason | Stance::NotCompetent => asked.text.is_some(),
        _ => true,
    };
    if !reasoned {
        refusals.push(Refusal::ReasonMissing);
    } else if asked.text.is_none()
        && asked.file.is_none()
        && asked.source.is_none()
        && asked.secrecy_basis.is_none()
    {
        refusals.push(Refusal::NothingShown);
    }
    if asked.stance == Stance::PassedOn && asked.passed_to.is_none() {
        refusals.push(Refusal::PassedToNobody);
    }
    if asked.channel == Channel::ScannedLetter && asked.file.is_none() {
        refusals.push(Refusal::ScanMissing);
    }
    or(refusals, || asked)
}

/// The organisation has recalled its request.
///
/// **Errors** an invitation; a day to come or before delivery; answered in substance, or given up.
pub fn remind(
    line: &Line,
    asked: SeatRequestReminded,
    today: Day,
) -> Result<SeatRequestReminded, Vec<Refusal>> {
    let mut refusals = on_line(line, Way::Asked, asked.on, today);
    still_asked(line, &mut refusals);
    or(refusals, || asked)
}

/// The organisation has given its request up.
///
/// **Errors** an invitation; a day to come or before delivery; answered in substance, or given up.
pub fn withdraw(
    line: &Line,
    asked: SeatRequestWithdrawn,
    today: Day,
) -> Result<SeatRequestWithdrawn, Vec<Refusal>> {
    let mut refusals = on_line(line, Way::Asked, asked.on, today);
    still_asked(line, &mut refusals);
    or(refusals, || asked)
}

fn still_asked(line: &Line, refusals: &mut Vec<Refusal>) {
    if let Some(on) = line.substantive_on {
        refusals.push(Refusal::AnsweredAlready(on));
    }
    if let Some(on) = line.withdrawn_on {
        refusals.push(Refusal::Withdrawn(on));
    }
}

/// The organisation has answered the invitation. A later answer stands in place of an earlier one.
///
/// **Errors** a request; a day to come or before the invitation.
pub fn answer_offer(
    line: &Line,
    asked: SeatOfferAnswered,
    today: Day,
) -> Result<SeatOfferAnswered, Vec<Refusal>> {
    let refusals = on_line(line, Way::Offered, asked.on, today);
    or(refusals, || asked)
}

fn or<T>(refusals: Vec<Refusal>, good: impl FnOnce() -> T) -> Result<T, Vec<Refusal>> {
    if refusals.is_empty() { Ok(good()) } else { Err(refusals) }
}
