//! The audit: every indicator over its scopes, as objects, as CSV, as rows for a terminal.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use record::{Fault, Tx};
use terms::Day;
use web::{Language, Languages};

use crate::figure::{Figure, Value};
use crate::indicator::{Indicator, Unit};
use crate::tables::record_size;

/// Every indicator, in the order of the audit. Adding one is a line here.
pub(crate) const ALL: [&Indicator; 23] = [
    &crate::i01::INDICATOR,
    &crate::i02::INDICATOR,
    &crate::i03::INDICATOR,
    &crate::i04::INDICATOR,
    &crate::i05::INDICATOR,
    &crate::i06::INDICATOR,
    &crate::i07::INDICATOR,
    &crate::i08::INDICATOR,
    &crate::i09::INDICATOR,
    &crate::i10::INDICATOR,
    &crate::i11::INDICATOR,
    &crate::i12::INDICATOR,
    &crate::i13::INDICATOR,
    &crate::i14::INDICATOR,
    &crate::i16::INDICATOR,
    &crate::i17::INDICATOR,
    &crate::i27::INDICATOR,
    &crate::i28::INDICATOR,
    &crate::i29::INDICATOR,
    &crate::i30::INDICATOR,
    &crate::i31::INDICATOR,
    &crate::i32::INDICATOR,
    &crate::i33::INDICATOR,
];

/// The audit as of the day, from tables that hold what was known on it.
///
/// **Shape** indicators in order of their code; within each, what is real before exercises.
///
/// **Errors** the database refused.
pub fn audit(
    tx: &mut Tx<'_>,
    day: Day,
    languages: &Languages,
    language: Language,
) -> Result<Vec<Value>, Fault> {
    let size = record_size(tx)?;
    let figures = compute(tx, day)?;
    Ok(values(&figures, day, size, &|key| languages.say(language, key, &[])))
}

/// Figures with the place of their indicator in [`ALL`].
pub(crate) type Figures = Vec<(usize, Figure)>;

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Figures, Fault> {
    let mut all = Vec::new();
    for (place, indicator) in ALL.iter().enumerate() {
        all.extend((indicator.compute)(tx, day)?.into_iter().map(|figure| (place, figure)));
    }
    Ok(all)
}

/// The figures as objects.
pub(crate) fn values(
    figures: &[(usize, Figure)],
    day: Day,
    size: u64,
    say: &dyn Fn(&str) -> String,
) -> Vec<Value> {
    figures.iter().map(|(place, figure)| value(ALL[*place], figure, (day, size), say)).collect()
}

/// One figure as an object.
pub(crate) fn value(
    indicator: &Indicator,
    figure: &Figure,
    (day, size): (Day, u64),
    say: &dyn Fn(&str) -> String,
) -> Value {
    Value {
        code: indicator.code,
        title: say(&format!("indicators-title-{}", indicator.slug())),
        scope: figure.scope.clone(),
        numerator: figure.numerator,
        denominator: figure.denominator,
        unknown: figure.unknown,
        value: figure.value,
        lower: figure.lower,
        upper: figure.upper,
        n: figure.n,
        as_of: day,
        record_size: size,
        formula_version: indicator.version,
        under_way: figure.besides.under_way,
        survival: figure.besides.survival,
    }
}

/// Which record, how long, on which day: the same key gives the same figures.
type Key = (String, u64, Day);

/// How many audits are kept ready.
const KEPT_MAX: usize = 8;

static KEPT: Mutex<VecDeque<(Key, Arc<Figures>)>> = Mutex::new(VecDeque::new());

/// The figures of this record at this size on this day, computed once.
///
/// **Errors** the database refused.
pub(crate) fn kept(tx: &mut Tx<'_>, record: &str, day: Day) -> Result<(Arc<Figures>, u64), Fault> {
    let size = record_size(tx)?;
    let key = (record.to_owned(), size, day);
    let find = |kept: &VecDeque<(Key, Arc<Figures>)>| {
        kept.iter().find(|(known, _)| *known == key).map(|(_, figures)| Arc::clone(figures))
    };
    if let Some(found) = find(&KEPT.lock().unwrap_or_else(PoisonError::into_inner)) {
        return Ok((found, size));
    }
    // Computed without the lock: two visitors may compute the same, none waits for another's day.
    let figures = Arc::new(compute(tx, day)?);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.push_back((key, Arc::clone(&figures)));
    if kept.len() > KEPT_MAX {
        kept.pop_front();
    }
    Ok((figures, size))
}

/// The columns of the CSV: the fields of the object, then those that some indicators add.
const FIELDS: [&str; 16] = [
    "code",
    "title",
    "scope",
    "numerator",
    "denominator",
    "unknown",
    "value",
    "lower",
    "upper",
    "n",
    "as_of",
    "record_size",
    "formula_version",
    "median_days",
    "q25_days",
    "rmst_days",
];

/// The values as CSV with a header row; an empty cell is unknown or does not apply.
#[must_use]
pub fn csv(values: &[Value]) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(FIELDS);
    for value in values {
        let object = serde_json::to_value(value).unwrap_or_default();
        let cell = |field: &&str| match object.get(*field) {
            None | Some(serde_json::Value::Null) => String::new(),
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        let _ = writer.write_record(FIELDS.iter().map(cell));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The head of the audit in a terminal.
pub const TABLE_HEAD: [&str; 8] =
    ["Code", "Indicateur", "Portée", "Valeur", "Compte", "Inconnus", "Bornes", "n"];

/// A value as a row under [`TABLE_HEAD`], in French figures.
#[must_use]
pub fn table_row(value: &Value) -> Vec<String> {
    let indicator = ALL.into_iter().find(|indicator| indicator.code == value.code);
    let said = |number: f64| match indicator.map(|indicator| indicator.unit) {
        Some(Unit::Days) => format!("{} j", decimal(number, 1)),
        Some(Unit::Number) => decimal(number, 3),
        Some(Unit::Share) | None => percent(number),
    };
    let bounds = match (value.lower, value.upper) {
        (Some(lower), Some(upper)) if lower < upper => format!("{} – {}", said(lower), said(upper)),
        _ => String::new(),
    };
    let shown = value.value.map_or_else(|| "non connu".to_owned(), said);
    let under_way = value.under_way.and_then(|beside| beside.under_way_share);
    let shown = match under_way {
        Some(share) => format!("réalisées {shown} — en cours {}", percent(share)),
        None => shown,
    };
    let count = |count: Option<i64>| count.map_or_else(|| "?".to_owned(), |count| count.to_string());
    vec![
        value.code.to_owned(),
        value.title.clone(),
        value.scope.clone(),
        shown,
        match value.known() {
            Some(known) => {
                let (part, whole) = (count(value.numerator), count(value.denominator));
                format!("{part} / {known} connus, sur {whole}")
            }
            // An index counts no part of its whole.
            None if indicator.is_some_and(|indicator| indicator.unit == Unit::Number) => {
                format!("— / {}", count(value.denominator))
            }
            // Made of another figure: nothing is counted.
            None if value.numerator.is_none() && value.denominator.is_none() => "—".to_owned(),
            None => format!("{} / {}", count(value.numerator), count(value.denominator)),
        },
        count(value.unknown),
        bounds,
        value.n.to_string(),
    ]
}

fn decimal(number: f64, places: usize) -> String {
    let text = format!("{number:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('.', ",")
}

fn percent(share: f64) -> String {
    format!("{}\u{202f}%", decimal(share * 100.0, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(key: &str) -> String {
        format!("« {key} »")
    }

    fn one(indicator: usize, figure: &Figure) -> Value {
        value(ALL[indicator], figure, ("2026-01-31".parse().unwrap(), 12), &say)
    }

    #[test]
    fn the_object_has_exactly_its_fields() {
        let share = serde_json::to_value(one(0, &Figure::share("region", 15, 20, 0))).unwrap();
        let fields: Vec<&str> = share.as_object().unwrap().keys().map(String::as_str).collect();
        let mut expected = FIELDS[..13].to_vec();
        expected.sort_unstable();
        let mut found = fields.clone();
        found.sort_unstable();
        assert_eq!(found, expected);
        assert_eq!(share["value"], 0.75);
        assert_eq!(share["as_of"], "2026-01-31");
        let survival = serde_json::to_value(one(18, &Figure::survival("all", None))).unwrap();
        let mut found: Vec<&str> = survival.as_object().unwrap().keys().map(String::as_str).collect();
        found.sort_unstable();
        let mut expected = FIELDS.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected);
        for field in ["median_days", "q25_days", "rmst_days"] {
            assert!(survival[field].is_null());
        }
    }

    #[test]
    fn csv_and_rows_leave_the_unknown_empty() {
        let values =
            [one(0, &Figure::share("region", 0, 20, 20)), one(0, &Figure::share("commune", 38, 819, 0))];
        let csv = csv(&values);
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[0], FIELDS.join(","));
        assert!(lines[1].contains(",region,0,20,20,,0.0,1.0,0,2026-01-31,12,2,"), "{}", lines[1]);
        assert_eq!(table_row(&values[0])[3], "non connu");
        assert_eq!(table_row(&values[1])[3], "4,64\u{202f}%");
        let known = table_row(&one(0, &Figure::share("commune", 2, 45, 22)));
        assert_eq!((known[3].as_str(), known[4].as_str()), ("8,7\u{202f}%", "2 / 23 connus, sur 45"));
        assert_eq!(table_row(&values[0]).len(), TABLE_HEAD.len());
        assert_eq!(decimal(120.0, 0), "120");
    }
}
