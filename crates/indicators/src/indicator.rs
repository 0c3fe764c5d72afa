//! What every indicator is: a code, a version, the entries it is made from, and a function from the tables to
//! figures.

use std::collections::BTreeMap;

use record::{Fault, Tx};
use terms::Day;

use crate::clock::Measure;
use crate::figure::Figure;
use crate::tables::{self, clocks};

/// What an indicator speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// Bodies, seats and sittings.
    Bodies,
    /// Organisations: what they live on, what they can do, what is asked of them.
    Organisations,
    /// Recommendations and what came back.
    Answers,
}

impl Group {
    pub(crate) const ALL: [Self; 3] = [Self::Bodies, Self::Organisations, Self::Answers];

    /// The word in message keys.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Bodies => "bodies",
            Self::Organisations => "organisations",
            Self::Answers => "answers",
        }
    }
}

/// In what a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A share of one, shown in hundredths.
    Share,
    /// Civil days.
    Days,
    /// A bare number.
    Number,
}

/// Figures of the whole on a day.
pub(crate) type Compute = fn(&mut Tx<'_>, Day) -> Result<Vec<Figure>, Fault>;

/// Figures of one body on a day.
pub(crate) type OfBody = fn(&mut Tx<'_>, Day, &str) -> Result<Vec<Figure>, Fault>;

/// One indicator. Its title, method, source and limits are messages under its code.
pub(crate) struct Indicator {
    pub(crate) code: &'static str,
    /// Raised whenever the same record would give another figure.
    pub(crate) version: u16,
    pub(crate) group: Group,
    /// Whose entries it is made from, as [`tables::inputs`] files them.
    pub(crate) matters: &'static [&'static str],
    /// In what its value is.
    pub(crate) unit: Unit,
    pub(crate) compute: Compute,
    pub(crate) of_body: Option<OfBody>,
}

impl Indicator {
    /// The code as addresses and messages write it (`i-01`).
    pub(crate) fn slug(&self) -> String {
        self.code.to_ascii_lowercase()
    }
}

/// The scope of what is real, whatever the level.
pub(crate) const ALL_REAL: &str = "all";

/// The scope of exercises.
pub(crate) const EXERCISE: &str = "exercise";

/// A scope, or a variant within it.
pub(crate) fn variant(scope: &str, part: &str) -> String {
    if part.is_empty() { scope.to_owned() } else { format!("{scope}/{part}") }
}

/// All that is real first, even when it is nothing; then each level where there is something; exercises last.
pub(crate) fn scopes_with(tx: &mut Tx<'_>, counted: &BTreeMap<String, i64>) -> Result<Vec<String>, Fault> {
    let some = |scope: &String| counted.get(scope).is_some_and(|n| *n > 0);
    let mut scopes = vec![ALL_REAL.to_owned()];
    scopes.extend(tables::levels(tx)?.into_iter().filter(some));
    scopes.extend(Some(EXERCISE.to_owned()).filter(some));
    Ok(scopes)
}

/// What of a share is counted: the part, the whole, and those of the whole whose state is known where not all
/// are.
#[derive(Clone, Copy)]
pub(crate) struct Counted {
    pub(crate) part: Measure,
    pub(crate) whole: Measure,
    pub(crate) known: Option<Measure>,
}

/// The share in each scope, up to the day. A variant is given for the whole and for exercises only.
pub(crate) fn shares(tx: &mut Tx<'_>, day: Day, name: &str, counted: Counted) -> Result<Vec<Figure>, Fault> {
    let whole = clocks::sums(tx, counted.whole, day)?;
    let part = clocks::sums(tx, counted.part, day)?;
    let known = counted.known.map(|measure| clocks::sums(tx, measure, day)).transpose()?;
    let mut scopes = scopes_with(tx, &whole)?;
    if !name.is_empty() {
        scopes.retain(|scope| [ALL_REAL, EXERCISE].contains(&scope.as_str()));
    }
    let of = |counts: &BTreeMap<String, i64>, scope: &str| counts.get(scope).copied().unwrap_or(0);
    Ok(scopes
        .iter()
        .map(|scope| {
            let total = of(&whole, scope);
            let unknown = known.as_ref().map_or(0, |known| total - of(known, scope));
            Figure::share(&variant(scope, name), of(&part, scope), total, unknown)
        })
        .collect())
}
