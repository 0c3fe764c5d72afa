//! Obligations: when each falls due, and what an organisation says that it has met. There is no act that says that one was not.

use calendar::{Calendar, Span, Unit, due};
use terms::organisations::{ObligationMet, ObligationRule};
use terms::{Day, Word};

/// Days before a due day on which those who act for an organisation are first reminded, and again.
pub(crate) const REMINDED: [i64; 2] = [30, 7];

/// For how many years before and after today yearly due days are shown.
const YEARS: i16 = 1;

/// What can be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObligationRefusal {
    /// No such obligation means the organisation.
    NotAsked,
    /// It does not fall due on that day.
    NotDue,
    /// The day is to come.
    Later(&'static str),
    /// It is said already.
    AlreadySaid,
}

impl From<ObligationRefusal> for web::Refusal {
    fn from(refusal: ObligationRefusal) -> Self {
        use ObligationRefusal as R;
        let (field, key) = match refusal {
            R::NotAsked => ("", "organisations-obligation-refused-unasked"),
            R::NotDue => ("echeance", "organisations-obligation-refused-undue"),
            R::Later(field) => (field, "organisations-refused-later"),
            R::AlreadySaid => ("", "organisations-obligation-refused-said"),
        };
        Self { field: field.to_owned(), key, arguments: Vec::new() }
    }
}

/// The day in this year on which a yearly obligation falls due; where the month has no such day, its last.
fn in_year(month: u8, day: u8, year: i16) -> Option<Day> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let first = Day::new(year, month, 1).ok()?;
    Day::new(year, month, day.clamp(1, first.days_in_month())).ok()
}

/// The days around today on which the obligation falls due: last year's, this year's and next year's; or after what `happened`.
///
/// **Units** civil days; a day on which offices do not work stays where it is, so that nobody counts on a day more.
#[must_use]
pub fn due_days(rule: &ObligationRule, happened: &[Day], today: Day) -> Vec<Day> {
    match rule {
        ObligationRule::Yearly { month, day } => (today.year() - YEARS..=today.year() + YEARS)
            .filter_map(|year| in_year(*month, *day, year))
            .collect(),
        ObligationRule::After { days, .. } => {
            let span = Span::new(u32::from(*days), Unit::Days);
            happened.iter().filter_map(|day| due(*day, &span, &Calendar::new(), &[]).day).collect()
        }
    }
}

/// Whether the obligation can fall due on the day.
fn falls_due(rule: &ObligationRule, on: Day) -> bool {
    match rule {
        ObligationRule::Yearly { month, day } => in_year(*month, *day, on.year()) == Some(on),
        // What it follows is the organisation's to know.
        ObligationRule::After { .. } => true,
    }
}

/// That the obligation was met is to be said. `rule` is that of the obligation, if it means the organisation; `said` says that it has been.
///
/// **Errors** it does not mean the organisation; it does not fall due on that day; it was met on a day to come; it is said already.
pub fn meet(
    met: ObligationMet,
    rule: Option<&ObligationRule>,
    said: bool,
    today: Day,
) -> Result<Word, Vec<ObligationRefusal>> {
    let mut refusals = Vec::new();
    match rule {
        None => refusals.push(ObligationRefusal::NotAsked),
        Some(rule) if !falls_due(rule, met.due) => refusals.push(ObligationRefusal::NotDue),
        Some(_) => {}
    }
    if met.on > today {
        refusals.push(ObligationRefusal::Later("jour"));
    }
    if said {
        refusals.push(ObligationRefusal::AlreadySaid);
    }
    if refusals.is_empty() { Ok(Word::ObligationMet(met)) } else { Err(refusals) }
}

/// How near a due day is that nobody has ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// It is past.
    Past,
    /// In seven days at most.
    Near,
    /// In thirty days at most.
    Coming,
}

impl Nearness {
    /// How near the day is; `None` while it is further.
    pub(crate) fn of(due: Day, today: Day) -> Option<Self> {
        match web::days_apart(today, due) {
            days if days < 0 => Some(Self::Past),
            days if days <= REMINDED[1] => Some(Self::Near),
            days if days <= REMINDED[0] => Some(Self::Coming),
            _ => None,
        }
    }

    /// The word in message keys.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Near => "near",
            Self::Coming => "coming",
        }
    }
}
