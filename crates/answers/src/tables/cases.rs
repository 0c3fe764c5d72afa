//! Cases in their table: loaded whole, changed as values, kept whole; the tallies follow the difference.

use std::sync::LazyLock;

use record::{Fault, FromValue, Row, ToValue, Tx, Value, values};
use terms::{BodyId, Day, PlaceId, RecommendationId};

use super::take_in::reminders_of;
use crate::case::{Asked, Case, CaseFacts, Held, Stage};

const COLUMNS: &str = "recommendation, addressee, author, delivered_on, known, entry, by_escalation, points, rule, \
     acknowledge_original, acknowledge_by, answer_original, answer_by, extended, acknowledged_on, answered_on, \
     substantive_on, silent_acknowledgement, silent_answer, reminders, last_reminded, paused_from, paused_days, \
     escalated_from, escalated_to, closed_on, reopened_on, priority, exercise, region, places";

/// Ids or numbers kept in one cell, in their order.
pub(super) fn joined<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// What [`joined`] kept.
pub(super) fn parted<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
    text.split_ascii_whitespace().filter_map(parse).collect()
}

pub(super) fn place_ids(text: &str) -> Vec<PlaceId> {
    parted(text, |id| PlaceId::parse(id).ok())
}

/// Reads the cells of a row one after the other.
struct Cells<'a, 'r>(&'a Row<'r>, usize);

impl Cells<'_, '_> {
    fn next<T: FromValue>(&mut self) -> Result<T, Fault> {
        self.1 += 1;
        self.0.get(self.1 - 1)
    }
}

fn case(row: &Row<'_>) -> Result<Case, Fault> {
    let mut cells = Cells(row, 0);
    Ok(Case {
        recommendation: cells.next()?,
        addressee: cells.next()?,
        author: cells.next()?,
        delivered_on: cells.next()?,
        known: cells.next()?,
        entry: cells.next()?,
        by_escalation: cells.next()?,
        points: parted(&cells.next::<String>()?, |number| number.parse().ok()),
        rule: cells.next()?,
        acknowledge_original: cells.next()?,
        acknowledge_by: cells.next()?,
        answer_original: cells.next()?,
        answer_by: cells.next()?,
        extended: cells.next()?,
        acknowledged_on: cells.next()?,
        answered_on: cells.next()?,
        substantive_on: cells.next()?,
        silent_acknowledgement: cells.next()?,
        silent_answer: cells.next()?,
        reminders: cells.next()?,
        last_reminded: cells.next()?,
        paused_from: cells.next()?,
        paused_days: cells.next()?,
        escalated_from: cells.next()?,
        escalated_to: cells.next()?,
        closed_on: cells.next()?,
        reopened_on: cells.next()?,
        priority: cells.next()?,
        exercise: cells.next()?,
        region: cells.next()?,
        places: place_ids(&cells.next::<String>()?),
    })
}

/// The case, if the recommendation was brought before the addressee.
pub(super) fn load(
    tx: &mut Tx<'_>,
    recommendation: &RecommendationId,
    addressee: &BodyId,
) -> Result<Option<Case>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM answer_case WHERE recommendation = ?1 AND addressee = ?2");
    tx.row(&sql, values![*recommendation, *addressee], case)
}

/// Every case of a recommendation, in the order in which they were opened.
pub(crate) fn cases_of(tx: &mut Tx<'_>, recommendation: &RecommendationId) -> Result<Vec<Case>, Fault> {
    let sql =
        format!("SELECT {COLUMNS} FROM answer_case WHERE recommendation = ?1 ORDER BY entry, addressee");
    tx.rows(&sql, values![*recommendation], case)
}

/// Every case in which something has fallen due by this day. No other case is read.
pub(crate) fn to_check(tx: &mut Tx<'_>, today: Day) -> Result<Vec<Case>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} FROM answer_case WHERE next_check <= ?1 ORDER BY next_check, recommendation, addressee"
    );
    tx.rows(&sql, values![today], case)
}

/// Every case that runs on this rule and is neither answered nor closed.
pub(super) fn open_under(tx: &mut Tx<'_>, rule: &str) -> Result<Vec<Case>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} FROM answer_case WHERE rule = ?1 AND substantive_on IS NULL AND closed_on IS NULL \
         ORDER BY recommendation, addressee"
    );
    tx.rows(&sql, values![*rule], case)
}

/// The case stands in its table as it is here; what waits and what is counted follow.
pub(super) fn keep(tx: &mut Tx<'_>, before: Option<&Case>, case: &Case) -> Result<(), Fault> {
    let reminders = match &case.rule {
        Some(rule) => reminders_of(tx, rule)?,
        None => Vec::new(),
    };
    write(tx, before, case, &reminders)?;
    wait(tx, before, case)?;
    count(tx, before, case)
}

/// Put together once: a replay writes it a hundred thousand times.
static WRITE: LazyLock<String> = LazyLock::new(|| {
    let names = &*NAMES;
    let numbers: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
    let updates: Vec<String> =
        names.iter().skip(KEYS).map(|column| format!("{column} = excluded.{column}")).collect();
    format!(
        "INSERT INTO answer_case ({}) VALUES ({}) ON CONFLICT (recommendation, addressee) DO UPDATE SET {}",
        names.join(", "),
        numbers.join(", "),
        updates.join(", ")
    )
});

/// The first columns of [`NAMES`], which say whose case it is.
const KEYS: usize = 2;

/// The columns in the order of [`cells`].
static NAMES: LazyLock<Vec<&str>> =
    LazyLock::new(|| COLUMNS.split(", ").chain(["stage", "next_due", "next_check"]).collect());

fn cells(case: &Case, next_check: Option<Day>) -> [Value; 34] {
    [
        case.recommendation.to_value(),
        case.addressee.to_value(),
        case.author.to_value(),
        case.delivered_on.to_value(),
        case.known.to_value(),
        case.entry.to_value(),
        case.by_escalation.to_value(),
        joined(&case.points).to_value(),
        case.rule.to_value(),
        case.acknowledge_original.to_value(),
        case.acknowledge_by.to_value(),
        case.answer_original.to_value(),
        case.answer_by.to_value(),
        case.extended.to_value(),
        case.acknowledged_on.to_value(),
        case.answered_on.to_value(),
        case.substantive_on.to_value(),
        case.silent_acknowledgement.to_value(),
        case.silent_answer.to_value(),
        case.reminders.to_value(),
        case.last_reminded.to_value(),
        case.paused_from.to_value(),
        case.paused_days.to_value(),
        case.escalated_from.to_value(),
        case.escalated_to.to_value(),
        case.closed_on.to_value(),
        case.reopened_on.to_value(),
        case.priority.to_value(),
        case.exercise.to_value(),
        case.region.to_value(),
        joined(&case.places).to_value(),
        case.stage().as_str().to_value(),
        case.next_due().to_value(),
        next_check.to_value(),
    ]
}

/// A case that changed has its changed cells written and no other: each index that names a written cell costs.
fn write(tx: &mut Tx<'_>, before: Option<&Case>, case: &Case, reminders: &[u32]) -> Result<(), Fault> {
    let next_check = |case: &Case| case.to_come(reminders).first().map(|fell| fell.on());
    let now = cells(case, next_check(case));
    // The same case written again is one whose rule changed: what was to come before is not known any more.
    let Some(before) = before.filter(|before| *before != case) else {
        tx.run(&WRITE, &now)?;
        return Ok(());
    };
    let was = cells(before, next_check(before));
    let mut sets = String::new();
    let mut bound: Vec<Value> = now.iter().take(KEYS).cloned().collect();
    for ((name, is), was) in NAMES.iter().zip(now.iter()).zip(&was).skip(KEYS) {
        if is != was {
            bound.push(is.clone());
            let comma = if sets.is_empty() { "" } else { ", " };
            sets.push_str(&format!("{comma}{name} = ?{}", bound.len()));
        }
    }
    if !sets.is_empty() {
        let sql = format!("UPDATE answer_case SET {sets} WHERE recommendation = ?1 AND addressee = ?2");
        tx.run(&sql, &bound)?;
    }
    Ok(())
}

/// The place's list of what is awaited holds the case under its next day.
fn wait(tx: &mut Tx<'_>, before: Option<&Case>, case: &Case) -> Result<(), Fault> {
    let (was, is) = (before.and_then(Case::next_due), case.next_due());
    if was == is {
        return Ok(());
    }
    for place in &case.places {
        if let Some(was) = was {
            tx.run(
                "DELETE FROM answer_wait WHERE place = ?1 AND next_due = ?2 AND recommendation = ?3 AND addressee = ?4",
                values![*place, was, case.recommendation, case.addressee],
            )?;
        }
        if let Some(is) = is {
            tx.run(
                "INSERT INTO answer_wait (place, next_due, recommendation, addressee) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (place, next_due, recommendation, addressee) DO NOTHING",
                values![*place, is, case.recommendation, case.addressee],
            )?;
        }
    }
    Ok(())
}

/// What a case counts for: received, awaited, silent, insufficient, answered, in time, late.
fn shares(case: &Case) -> [i64; 7] {
    let stage = case.stage();
    let answered = case.substantive_on.is_some();
    [
        true,
        // Without a clock nobody promised a day: such a case is received, and no answer is counted as due.
        stage.is_open() && case.rule.is_some(),
        stage == Stage::Silent,
        stage == Stage::Insufficient,
        answered,
        case.in_time() == Some(true),
        case.in_time() == Some(false),
    ]
    .map(i64::from)
}

fn count(tx: &mut Tx<'_>, before: Option<&Case>, case: &Case) -> Result<(), Fault> {
    let (was, is) = (before.map_or([0; 7], shares), shares(case));
    if was == is {
        return Ok(());
    }
    let mut more = is;
    more.iter_mut().zip(was).for_each(|(more, was)| *more -= was);
    add(tx, "all", "", case.exercise, more)?;
    add(tx, "authority", case.addressee.as_str(), case.exercise, more)?;
    if !case.author.is_empty() {
        add(tx, "author", &case.author, case.exercise, more)?;
    }
    case.places.iter().try_for_each(|place| add(tx, "place", place.as_str(), case.exercise, more))
}

fn add(tx: &mut Tx<'_>, scope: &str, id: &str, exercise: bool, more: [i64; 7]) -> Result<(), Fault> {
    tx.add(
        "INSERT INTO answer_tally \
         (scope, id, exercise, received, awaited, silent, insufficient, answered, in_time, late) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
         ON CONFLICT (scope, id, exercise) DO UPDATE SET \
         received = answer_tally.received + excluded.received, awaited = answer_tally.awaited + excluded.awaited, \
         silent = answer_tally.silent + excluded.silent, \
         insufficient = answer_tally.insufficient + excluded.insufficient, \
         answered = answer_tally.answered + excluded.answered, \
         in_time = answer_tally.in_time + excluded.in_time, late = answer_tally.late + excluded.late",
        values![*scope, *id, exercise],
        &more,
    )
}

/// What acts need to know of a recommendation, if the record has its adoption.
///
/// **Errors** the database refused.
pub(crate) fn asked(tx: &mut Tx<'_>, id: &RecommendationId) -> Result<Option<Asked>, Fault> {
    let found = tx.row(
        "SELECT author, adopted_on, addressees, places, closed_on, exercise FROM answer_recommendation WHERE id = ?1",
        values![*id],
        |row| {
            let (addressees, places): (String, String) = (row.get(2)?, row.get(3)?);
            Ok(Asked {
                id: id.clone(),
                author: row.get(0)?,
                adopted_on: row.get(1)?,
                points: Vec::new(),
                addressees: parted(&addressees, |id| BodyId::parse(id).ok()),
                places: place_ids(&places),
                closed_on: row.get(4)?,
                exercise: row.get(5)?,
            })
        },
    )?;
    let Some(mut asked) = found else { return Ok(None) };
    asked.points = tx.rows(
        "SELECT number FROM answer_point WHERE recommendation = ?1 ORDER BY number",
        values![*id],
        |row| row.get(0),
    )?;
    let before: Vec<BodyId> =
        tx.rows("SELECT addressee FROM answer_case WHERE recommendation = ?1", values![*id], |row| {
            row.get(0)
        })?;
    for body in before {
        if !asked.addressees.contains(&body) {
            asked.addressees.push(body);
        }
    }
    Ok(Some(asked))
}

/// What acts need to know of a case, if there is one.
///
/// **Errors** the database refused.
pub fn case_facts(
    tx: &mut Tx<'_>,
    recommendation: &RecommendationId,
    addressee: &BodyId,
) -> Result<Option<CaseFacts>, Fault> {
    let (Some(case), Some(asked)) = (load(tx, recommendation, addressee)?, asked(tx, recommendation)?) else {
        return Ok(None);
    };
    let pauses = tx.rows(
        "SELECT cause, from_day, to_day FROM answer_pause WHERE recommendation = ?1 AND addressee = ?2 \
         ORDER BY from_day, entry",
        values![*recommendation, *addressee],
        |row| Ok(Held { cause: row.get(0)?, from: row.get(1)?, to: row.get(2)? }),
    )?;
    let refused: Option<i64> = tx.row(
        "SELECT point FROM answer_stance WHERE recommendation = ?1 AND addressee = ?2 AND refusal = ?3 LIMIT 1",
        values![*recommendation, *addressee, true],
        |row| row.get(0),
    )?;
    let steps_taken = tx.rows(
        "SELECT step FROM answer_event WHERE recommendation = ?1 AND addressee = ?2 AND kind = 'escalated' \
         ORDER BY entry",
        values![*recommendation, *addressee],
        |row| row.get(0),
    )?;
    Ok(Some(CaseFacts { case, asked, pauses, refused: refused.is_some(), steps_taken }))
}
