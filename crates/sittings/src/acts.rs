//! The acts: pure, from what is known and what was written to a word or to all there is to mend.

use terms::sittings::{Evidence, SittingHeld, SittingNotHeld};
use terms::{BodyId, Day, Enclosed, SittingId, SourceId, Word};

/// Who may have paid for a sitting, in the order of forms.
pub const PAYERS: [&str; 4] = ["state", "partner", "members", "nobody"];

/// What the person can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The sitting is to come.
    Later,
    /// A sitting of the body on that day is recorded, and nobody said that this is another.
    SameDay,
    /// More present than expected.
    MoreThanExpected {
        /// Those expected.
        expected: u16,
    },
    /// More of some than of all: the field, and how many there are at most.
    MoreThanPresent(&'static str, u16),
    /// No such payer.
    UnknownPayer,
    /// No such evidence.
    UnknownEvidence,
    /// Minutes are named as evidence, and neither attached nor to be read in a cited source.
    MinutesMissing,
    /// Minutes as a file and as a text.
    MinutesTwice,
    /// No source of this name is cited on the record.
    UnknownSource,
    /// The month is no month.
    MonthUnreadable(String),
    /// The month is not over.
    MonthNotOver,
    /// A sitting is recorded in the month.
    SittingInMonth,
    /// It is recorded already that the body did not meet in the month.
    SaidAlready,
}

impl From<Refusal> for web::Refusal {
    fn from(refusal: Refusal) -> Self {
        use Refusal as R;
        let (field, key, arguments) = match refusal {
            R::Later => ("jour", "sittings-refused-later", vec![]),
            R::SameDay => ("jour", "sittings-refused-same-day", vec![]),
            R::MoreThanExpected { expected } => {
                ("presents", "sittings-refused-expected", vec![("most", expected.to_string())])
            }
            R::MoreThanPresent(field, most) => {
                (field, "sittings-refused-present", vec![("most", most.to_string())])
            }
            R::UnknownPayer => ("payeur", "sittings-refused-payer", vec![]),
            R::UnknownEvidence => ("preuve-minutes", "sittings-refused-evidence", vec![]),
            R::MinutesMissing => ("pv", "sittings-refused-minutes", vec![]),
            R::MinutesTwice => ("pv", "sittings-refused-minutes-twice", vec![]),
            R::UnknownSource => ("source", "sittings-refused-source", vec![]),
            R::MonthUnreadable(text) => ("mois", "sittings-refused-month", vec![("text", text)]),
            R::MonthNotOver => ("mois", "sittings-refused-month-not-over", vec![]),
            R::SittingInMonth => ("mois", "sittings-refused-sitting-in-month", vec![]),
            R::SaidAlready => ("mois", "sittings-refused-said-already", vec![]),
        };
        Self { field: field.to_owned(), key, arguments }
    }
}

/// How the minutes were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Minutes {
    /// Not.
    None,
    /// As a file or as a text.
    Sent,
    /// As both.
    Twice,
}

/// A sitting as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: SittingId,
    /// The body.
    pub body: BodyId,
    /// When.
    pub on: Day,
    /// What shows it, as the form's words.
    pub evidence: Vec<String>,
    /// Members present.
    pub present: Option<u16>,
    /// Members expected.
    pub expected: Option<u16>,
    /// Women present.
    pub women: Option<u16>,
    /// Young people present.
    pub youth: Option<u16>,
    /// Civil-society members present.
    pub civil_society: Option<u16>,
    /// Who paid, one of [`PAYERS`]; unknown where absent.
    pub paid_by: Option<String>,
    /// Whence.
    pub source: Option<SourceId>,
    /// How the minutes were sent.
    pub minutes: Minutes,
    /// Whoever writes saw the sitting of the same day and says this is another.
    pub another: bool,
}

/// The sitting is to be recorded; subject and minutes are added once enclosed. Minutes that are sent are
/// evidence.
///
/// **Errors** the day is after today; a sitting of that day is recorded and this is not said to be another;
/// more present than expected; more women, young people or civil-society members than present (or than
/// expected, where those present are unknown); payer or evidence is no known word; minutes are evidence but
/// neither sent nor in a cited source; minutes twice.
pub fn hold(draft: Draft, same_day: bool, today: Day) -> Result<SittingHeld, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if draft.on > today {
        refusals.push(Refusal::Later);
    }
    if same_day && !draft.another {
        refusals.push(Refusal::SameDay);
    }
    refusals.extend(wrong_counts(&draft));
    if draft.paid_by.as_deref().is_some_and(|payer| !PAYERS.contains(&payer)) {
        refusals.push(Refusal::UnknownPayer);
    }
    let named: Vec<Option<Evidence>> = draft.evidence.iter().map(|word| Evidence::parse(word)).collect();
    if named.contains(&None) {
        refusals.push(Refusal::UnknownEvidence);
    }
    let named_minutes = named.contains(&Some(Evidence::Minutes));
    match draft.minutes {
        Minutes::Twice => refusals.push(Refusal::MinutesTwice),
        Minutes::None if named_minutes && draft.source.is_none() => refusals.push(Refusal::MinutesMissing),
        Minutes::None | Minutes::Sent => {}
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let shows = |evidence: &Evidence| {
        named.contains(&Some(*evidence)) || (*evidence == Evidence::Minutes && draft.minutes == Minutes::Sent)
    };
    Ok(SittingHeld {
        id: draft.id,
        body: draft.body,
        on: draft.on,
        evidence: Evidence::ALL.into_iter().filter(shows).collect(),
        present: draft.present,
        expected: draft.expected,
        women: draft.women,
        youth: draft.youth,
        civil_society: draft.civil_society,
        paid_by: draft.paid_by,
        subject: None,
        minutes: None,
        source: draft.source,
    })
}

fn wrong_counts(draft: &Draft) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if let (Some(present), Some(expected)) = (draft.present, draft.expected)
        && present > expected
    {
        refusals.push(Refusal::MoreThanExpected { expected });
    }
    if let Some(most) = draft.present.or(draft.expected) {
        let parts =
            [("femmes", draft.women), ("jeunes", draft.youth), ("societe-civile", draft.civil_society)];
        for (field, count) in parts {
            if count.is_some_and(|count| count > most) {
                refusals.push(Refusal::MoreThanPresent(field, most));
            }
        }
    }
    refusals
}

/// The month that `AAAA-MM` or `MM/AAAA` spells: its first day and the first day after it.
#[must_use]
pub fn month(text: &str) -> Option<(Day, Day)> {
    let (year, month) = match (text.split_once('-'), text.split_once('/')) {
        (Some((year, month)), None) => (year, month),
        (None, Some((month, year))) => (year, month),
        _ => return None,
    };
    let first = Day::new(year.trim().parse().ok()?, month.trim().parse().ok()?, 1).ok()?;
    Some((first, first.last_of_month().tomorrow().ok()?))
}

/// It is to be recorded that the body did not meet in the month.
///
/// **Errors** the month is none; it is not over today; a sitting in it is recorded; it was said already.
pub fn miss(
    body: BodyId,
    text: &str,
    reason: Option<Enclosed>,
    sitting_in: bool,
    said_already: bool,
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    let Some((from, to)) = month(text) else {
        return Err(vec![Refusal::MonthUnreadable(text.chars().take(20).collect())]);
    };
    let mut refusals = Vec::new();
    if to > today {
        refusals.push(Refusal::MonthNotOver);
    }
    if sitting_in {
        refusals.push(Refusal::SittingInMonth);
    }
    if said_already {
        refusals.push(Refusal::SaidAlready);
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    Ok(Word::SittingNotHeld(SittingNotHeld { body, from, to, reason, source: None }))
}
