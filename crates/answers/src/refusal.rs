//! What a person can mend in an act of this room.

use terms::Day;

/// Why an act was refused. Each names the field that mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The day is after today.
    InFuture,
    /// The day is before the delivery, or before the adoption.
    TooSoon(Day),
    /// Neither a text, nor a point, nor a file.
    NothingSaid,
    /// The recommendation has no such point, or it was not asked of this addressee.
    UnknownPoint(u8),
    /// A point stands twice.
    PointTwice(u8),
    /// The stance says that a text follows, and none does.
    PointText(u8),
    /// Passed on, but not to whom.
    PassedToNobody(u8),
    /// Passed on to the one who passes it on.
    PassedToItself(u8),
    /// A scanned letter without its scan.
    ScanMissing,
    /// Heard by fewer than two organisations.
    TooFewWitnesses,
    /// Acknowledged already.
    AlreadyAcknowledged(Day),
    /// The authors closed the recommendation.
    Closed(Day),
    /// Every point was answered in substance already.
    AlreadyAnswered(Day),
    /// No such cause of a pause.
    UnknownCause,
    /// The cause has served as often as it may.
    CauseSpent(u8),
    /// The clock stands still already.
    AlreadyPaused(Day),
    /// The clock runs.
    NotPaused,
    /// The day is before the pause began, or before an earlier one ended.
    InsideAPause(Day),
    /// No day is counted in this case.
    NoDay,
    /// The new day is not after the present one.
    NotLater(Day),
    /// The rule has no such rung.
    UnknownStep,
    /// The rung was taken from this case.
    StepTaken,
    /// The rung may be taken from this day only, unless a point is refused before.
    StepTooSoon(Day),
    /// The venue takes files in its yearly window only.
    OutsideWindow(String, String),
    /// No addressee for the rung.
    NoAddressee,
    /// The recommendation is before this body already.
    AlreadyBefore,
    /// No evidence was given.
    NoEvidence,
    /// An addressee does not observe its own work.
    ObserverIsAddressee,
}

impl From<Refusal> for web::Refusal {
    fn from(refusal: Refusal) -> Self {
        use Refusal as R;
        let plain = |field: &str, key| Self { field: field.to_owned(), key, arguments: Vec::new() };
        // Forms take this spelling of a day too, and it reads the same in both languages.
        let dated = |field: &str, key, day: Day| Self {
            arguments: vec![("day", day.strftime("%d/%m/%Y").to_string())],
            ..plain(field, key)
        };
        let pointed = |part: &str, key, point: u8| Self {
            arguments: vec![("point", point.to_string())],
            ..plain(&format!("point-{point}-{part}"), key)
        };
        match refusal {
            R::InFuture => plain("jour", "answers-refusal-in-future"),
            R::TooSoon(day) => dated("jour", "answers-refusal-too-soon", day),
            R::NothingSaid => plain("texte", "answers-refusal-nothing-said"),
            R::UnknownPoint(n) => pointed("position", "answers-refusal-unknown-point", n),
            R::PointTwice(n) => pointed("position", "answers-refusal-point-twice", n),
            R::PointText(n) => pointed("texte", "answers-refusal-point-text", n),
            R::PassedToNobody(n) => pointed("vers", "answers-refusal-passed-to-nobody", n),
            R::PassedToItself(n) => pointed("vers", "answers-refusal-passed-to-itself", n),
            R::ScanMissing => plain("fichier", "answers-refusal-scan-missing"),
            R::TooFewWitnesses => plain("temoins", "answers-refusal-too-few-witnesses"),
            R::AlreadyAcknowledged(day) => dated("", "answers-refusal-already-acknowledged", day),
            R::Closed(day) => dated("", "answers-refusal-closed", day),
            R::AlreadyAnswered(day) => dated("", "answers-refusal-already-answered", day),
            R::UnknownCause => plain("cause", "answers-refusal-unknown-cause"),
            R::CauseSpent(times) => Self {
                arguments: vec![("times", times.to_string())],
                ..plain("cause", "answers-refusal-cause-spent")
            },
            R::AlreadyPaused(day) => dated("", "answers-refusal-already-paused", day),
            R::NotPaused => plain("", "answers-refusal-not-paused"),
            R::InsideAPause(day) => dated("jour", "answers-refusal-inside-a-pause", day),
            R::NoDay => plain("", "answers-refusal-no-day"),
            R::NotLater(day) => dated("nouveau", "answers-refusal-not-later", day),
            R::UnknownStep => plain("", "answers-refusal-unknown-step"),
            R::StepTaken => plain("", "answers-refusal-step-taken"),
            R::StepTooSoon(day) => dated("jour", "answers-refusal-step-too-soon", day),
            R::OutsideWindow(from, to) => Self {
                arguments: vec![("from", from), ("to", to)],
                ..plain("jour", "answers-refusal-outside-window")
            },
            R::NoAddressee => plain("destinataire", "answers-refusal-no-addressee"),
            R::AlreadyBefore => plain("destinataire", "answers-refusal-already-before"),
            R::NoEvidence => plain("preuve", "answers-refusal-no-evidence"),
            R::ObserverIsAddressee => plain("observateur", "answers-refusal-observer-is-addressee"),
        }
    }
}

/// All of a form's refusals, as the page shows them.
pub(crate) fn shown(refusals: Vec<Refusal>) -> web::Refusals {
    web::Refusals(refusals.into_iter().map(Into::into).collect())
}
