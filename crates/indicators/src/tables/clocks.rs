//! Clocks and points: each change takes the old counts out of the day counts and puts the new ones in.

use std::collections::BTreeMap;

use record::{Fault, Row, Tx, Value, values};
use terms::answers::{Answered, Progress, Stance};
use terms::recommendations::{RecommendationAdopted, RecommendationTransmitted};
use terms::{BodyId, Day, RecommendationId, Word};

use crate::clock::{Clock, Count, Measure, Point, number, scopes};

/// The tables have taken in a word of recommendations or answers.
pub(super) fn apply(tx: &mut Tx<'_>, word: &Word) -> Result<(), Fault> {
    match word {
        Word::RecommendationAdopted(word) => adopted(tx, word),
        Word::RecommendationTransmitted(word) => transmitted(tx, word),
        Word::Escalated(word) => {
            let (on, by, due) = (word.on, word.acknowledge_by, word.answer_by);
            deliver(tx, &word.recommendation, &word.to, (on, by, due))
        }
        Word::RecommendationClosed(word) => close(tx, &word.recommendation, Some(word.on)),
        Word::RecommendationReopened(word) => close(tx, &word.recommendation, None),
        Word::Acknowledged(word) => revise(tx, &word.recommendation, &word.addressee, |clock| {
            clock.acknowledged_on = earliest(clock.acknowledged_on, word.on);
        }),
        Word::Answered(word) => answered(tx, word),
        Word::ClockPaused(word) => revise(tx, &word.recommendation, &word.addressee, |clock| {
            clock.paused_on = Some(word.from);
        }),
        Word::ClockResumed(word) => revise(tx, &word.recommendation, &word.addressee, |clock| {
            clock.paused_on = None;
            clock.acknowledge_by = word.acknowledge_by.or(clock.acknowledge_by);
            clock.answer_by = word.answer_by.or(clock.answer_by);
        }),
        Word::DueExtended(word) => revise(tx, &word.recommendation, &word.addressee, |clock| {
            clock.extend(word.on, word.answer_by);
        }),
        Word::ImplementationDeclared(word) => {
            revise_point(tx, &word.recommendation, &word.addressee, word.point, |point| {
                point.declare(word.on, word.state);
            })
        }
        Word::ImplementationObserved(word) => {
            observed(tx, &word.recommendation, word.point, word.on, word.state)
        }
        _ => Ok(()),
    }
}

fn earliest(known: Option<Day>, on: Day) -> Option<Day> {
    Some(known.map_or(on, |known| known.min(on)))
}

/// The counts of one thing are changed: what it counted is taken out, what it counts is put in.
fn recount(tx: &mut Tx<'_>, scopes: &[&str], before: &[Count], after: &[Count]) -> Result<(), Fault> {
    let mut change: BTreeMap<(Measure, i64), i64> = BTreeMap::new();
    for (measure, slot, n) in before {
        *change.entry((*measure, *slot)).or_default() -= n;
    }
    for (measure, slot, n) in after {
        *change.entry((*measure, *slot)).or_default() += n;
    }
    for ((measure, slot), n) in change.into_iter().filter(|(_, n)| *n != 0) {
        for scope in scopes {
            tx.add(
                "INSERT INTO ind_day_count (measure, scope, slot, n) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (measure, scope, slot) DO UPDATE SET n = ind_day_count.n + excluded.n",
                values![measure.as_str(), *scope, slot],
                &[n],
            )?;
        }
    }
    Ok(())
}

/// The recommendation is known, with what it asks and of whom; nobody has it in hand yet.
fn adopted(tx: &mut Tx<'_>, word: &RecommendationAdopted) -> Result<(), Fault> {
    let new = tx.run(
        "INSERT INTO ind_recommendation (id, exercise, priority) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO \
        NOTHING",
        values![word.id, word.exercise, word.priority],
    )?;
    if new == 0 {
        // The text of an adopted recommendation does not change; a second adoption under its id changes
        // nothing.
        return Ok(());
    }
    for point in &word.points {
        tx.run(
            "INSERT INTO ind_asked (recommendation, point, deadline) VALUES (?1, ?2, ?3) \
             ON CONFLICT (recommendation, point) DO NOTHING",
            values![word.id, point.number, point.deadline],
        )?;
    }
    for addressee in &word.addressees {
        ensure(tx, &word.id, &addressee.body)?;
    }
    Ok(())
}

/// The addressee has a clock that does not run yet and a row for each point; whether a known recommendation
/// is theirs.
fn ensure(tx: &mut Tx<'_>, recommendation: &RecommendationId, addressee: &BodyId) -> Result<bool, Fault> {
    let about = tx.row(
        "SELECT exercise, priority FROM ind_recommendation WHERE id = ?1",
        values![*recommendation],
        |row| Ok((row.get::<bool>(0)?, row.get::<i64>(1)?)),
    )?;
    let Some((exercise, priority)) = about else { return Ok(false) };
    let body = tx.row(
        "SELECT b.exercise, k.level FROM ind_body b LEFT JOIN ind_kind k ON k.id = b.kind WHERE b.id = ?1",
        values![*addressee],
        |row| Ok((row.get::<bool>(0)?, row.get::<Option<String>>(1)?)),
    )?;
    let (fictional, level) = body.unwrap_or((false, None));
    // What touches an exercise at either end is an exercise.
    let exercise = exercise || fictional;
    tx.run(
        "INSERT INTO ind_clock (recommendation, addressee, level, exercise, priority) VALUES (?1, ?2, ?3, \
        ?4, ?5) \
         ON CONFLICT (recommendation, addressee) DO NOTHING",
        values![*recommendation, *addressee, level, exercise, priority],
    )?;
    tx.run(
        "INSERT INTO ind_point (recommendation, addressee, point, level, exercise, asked, deadline, \
        substantive, seen, \
         seen_on) SELECT recommendation, CAST(?2 AS TEXT), point, CAST(?3 AS TEXT), CAST(?4 AS BOOLEAN), \
         CAST(?5 AS BOOLEAN), deadline, CAST(?6 AS BOOLEAN), seen, seen_on FROM ind_asked WHERE \
         recommendation = ?1 \
         ON CONFLICT (recommendation, addressee, point) DO NOTHING",
        values![*recommendation, *addressee, level, exercise, true, false],
    )?;
    Ok(true)
}

fn has_clock(tx: &mut Tx<'_>, recommendation: &RecommendationId, addressee: &BodyId) -> Result<bool, Fault> {
    let found = tx.row(
        "SELECT priority FROM ind_clock WHERE recommendation = ?1 AND addressee = ?2",
        values![*recommendation, *addressee],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// The clock runs from this day; a second delivery to the same addressee starts no second clock.
fn deliver(
    tx: &mut Tx<'_>,
    recommendation: &RecommendationId,
    addressee: &BodyId,
    (on, acknowledge_by, answer_by): (Day, Option<Day>, Option<Day>),
) -> Result<(), Fault> {
    if !has_clock(tx, recommendation, addressee)? {
        ensure(tx, recommendation, addressee)?;
    }
    revise(tx, recommendation, addressee, |clock| {
        if clock.delivered_on.is_none() {
            clock.delivered_on = Some(on);
            clock.acknowledge_by = acknowledge_by;
            clock.answer_by = answer_by;
        }
    })
}

fn transmitted(tx: &mut Tx<'_>, word: &RecommendationTransmitted) -> Result<(), Fault> {
    let days = (word.delivered_on, word.acknowledge_by, word.answer_by);
    deliver(tx, &word.recommendation, &word.addressee, days)?;
    if word.points.is_empty() {
        return Ok(());
    }
    for number in points(tx, &word.recommendation, &word.addressee)? {
        let asked = word.points.contains(&number);
        revise_point(tx, &word.recommendation, &word.addressee, number, |point| point.asked = asked)?;
    }
    Ok(())
}

fn points(tx: &mut Tx<'_>, recommendation: &RecommendationId, addressee: &BodyId) -> Result<Vec<u8>, Fault> {
    tx.rows(
        "SELECT point FROM ind_point WHERE recommendation = ?1 AND addressee = ?2 ORDER BY point",
        values![*recommendation, *addressee],
        |row| row.get(0),
    )
}

fn close(tx: &mut Tx<'_>, recommendation: &RecommendationId, on: Option<Day>) -> Result<(), Fault> {
    let addressees: Vec<BodyId> = tx.rows(
        "SELECT addressee FROM ind_clock WHERE recommendation = ?1 ORDER BY addressee",
        values![*recommendation],
        |row| row.get(0),
    )?;
    for addressee in addressees {
        revise(tx, recommendation, &addressee, |clock| clock.closed_on = on)?;
    }
    Ok(())
}

fn answered(tx: &mut Tx<'_>, word: &Answered) -> Result<(), Fault> {
    let (recommendation, addressee) = (&word.recommendation, &word.addressee);
    // An authority may answer what was published before anybody handed it over.
    if !has_clock(tx, recommendation, addressee)? {
        ensure(tx, recommendation, addressee)?;
    }
    for answer in &word.points {
        revise_point(tx, recommendation, addressee, answer.point, |point| {
            point.answer(word.on, answer.stance, answer.is_substantive(), answer.by_when);
        })?;
    }
    // Answered in substance on the day when the last point asked was.
    let (asked, met, last): (i64, i64, Option<Day>) = tx
        .row(
            "SELECT COUNT(*), COUNT(substantive_on), MAX(substantive_on) FROM ind_point \
             WHERE recommendation = ?1 AND addressee = ?2 AND asked = ?3",
            values![*recommendation, *addressee, true],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?
        .unwrap_or((0, 0, None));
    revise(tx, recommendation, addressee, |clock| {
        clock.replied_on = earliest(clock.replied_on, word.on);
        clock.substantive_on = last.filter(|_| asked == met);
    })
}

fn observed(
    tx: &mut Tx<'_>,
    recommendation: &RecommendationId,
    point: u8,
    on: Day,
    state: Progress,
) -> Result<(), Fault> {
    tx.run(
        "UPDATE ind_asked SET seen = ?3, seen_on = ?4 WHERE recommendation = ?1 AND point = ?2 \
         AND (seen_on IS NULL OR seen_on <= ?4)",
        values![*recommendation, point, state.as_str(), on],
    )?;
    let addressees: Vec<BodyId> = tx.rows(
        "SELECT addressee FROM ind_point WHERE recommendation = ?1 AND point = ?2 ORDER BY addressee",
        values![*recommendation, point],
        |row| row.get(0),
    )?;
    for addressee in addressees {
        revise_point(tx, recommendation, &addressee, point, |point| point.see(on, state))?;
    }
    Ok(())
}

/// The clock is changed and so are the counts; nothing happens where there is none.
fn revise(
    tx: &mut Tx<'_>,
    recommendation: &RecommendationId,
    addressee: &BodyId,
    change: impl FnOnce(&mut Clock),
) -> Result<(), Fault> {
    let found = tx.row(
        "SELECT level, exercise, priority, delivered_on, acknowledge_by, answer_by, paused_on, \
        acknowledged_on, \
         replied_on, substantive_on, closed_on FROM ind_clock WHERE recommendation = ?1 AND addressee = ?2",
        values![*recommendation, *addressee],
        clock,
    )?;
    let Some(before) = found else { return Ok(()) };
    let mut after = before.clone();
    change(&mut after);
    if after == before {
        return Ok(());
    }
    tx.run(
        "UPDATE ind_clock SET delivered_on = ?3, acknowledge_by = ?4, answer_by = ?5, paused_on = ?6, \
         acknowledged_on = ?7, replied_on = ?8, substantive_on = ?9, closed_on = ?10 \
         WHERE recommendation = ?1 AND addressee = ?2",
        values![
            *recommendation,
            *addressee,
            after.delivered_on,
            after.acknowledge_by,
            after.answer_by,
            after.paused_on,
            after.acknowledged_on,
            after.replied_on,
            after.substantive_on,
            after.closed_on
        ],
    )?;
    let scopes = scopes(after.exercise, after.level.as_deref());
    recount(tx, &scopes, &before.counts(), &after.counts())
}

fn clock(row: &Row<'_>) -> Result<Clock, Fault> {
    Ok(Clock {
        level: row.get(0)?,
        exercise: row.get(1)?,
        priority: row.get(2)?,
        delivered_on: row.get(3)?,
        acknowledge_by: row.get(4)?,
        answer_by: row.get(5)?,
        paused_on: row.get(6)?,
        acknowledged_on: row.get(7)?,
        replied_on: row.get(8)?,
        substantive_on: row.get(9)?,
        closed_on: row.get(10)?,
    })
}

/// The point is changed and so are the counts; nothing happens where there is none.
fn revise_point(
    tx: &mut Tx<'_>,
    recommendation: &RecommendationId,
    addressee: &BodyId,
    number: u8,
    change: impl FnOnce(&mut Point),
) -> Result<(), Fault> {
    let found = tx.row(
        "SELECT level, exercise, asked, deadline, stance, stance_on, substantive, substantive_on, by_when, \
        declared, \
         declared_on, seen, seen_on FROM ind_point WHERE recommendation = ?1 AND addressee = ?2 AND point \
         = ?3",
        values![*recommendation, *addressee, number],
        point,
    )?;
    let Some(before) = found else { return Ok(()) };
    let mut after = before.clone();
    change(&mut after);
    if after == before {
        return Ok(());
    }
    tx.run(
        "UPDATE ind_point SET asked = ?4, stance = ?5, stance_on = ?6, substantive = ?7, substantive_on = \
        ?8, \
         by_when = ?9, declared = ?10, declared_on = ?11, seen = ?12, seen_on = ?13 \
         WHERE recommendation = ?1 AND addressee = ?2 AND point = ?3",
        values![
            *recommendation,
            *addressee,
            number,
            after.asked,
            after.stance.map(Stance::as_str),
            after.stance_on,
            after.substantive,
            after.substantive_on,
            after.by_when,
            after.declared.map(Progress::as_str),
            after.declared_on,
            after.seen.map(Progress::as_str),
            after.seen_on
        ],
    )?;
    let scopes = scopes(after.exercise, after.level.as_deref());
    recount(tx, &scopes, &before.counts(), &after.counts())
}

fn point(row: &Row<'_>) -> Result<Point, Fault> {
    let word = |column: usize| row.get::<Option<String>>(column);
    Ok(Point {
        level: row.get(0)?,
        exercise: row.get(1)?,
        asked: row.get(2)?,
        deadline: row.get(3)?,
        stance: word(4)?.and_then(|word| Stance::parse(&word)),
        stance_on: row.get(5)?,
        substantive: row.get(6)?,
        substantive_on: row.get(7)?,
        by_when: row.get(8)?,
        declared: word(9)?.and_then(|word| Progress::parse(&word)),
        declared_on: row.get(10)?,
        seen: word(11)?.and_then(|word| Progress::parse(&word)),
        seen_on: row.get(12)?,
    })
}

/// How many stand in each scope up to the day, this day included.
pub(crate) fn sums(tx: &mut Tx<'_>, measure: Measure, day: Day) -> Result<BTreeMap<String, i64>, Fault> {
    let rows: Vec<(String, i64)> = tx.rows(
        "SELECT scope, CAST(SUM(n) AS BIGINT) FROM ind_day_count WHERE measure = ?1 AND slot <= ?2 GROUP \
        BY scope",
        values![measure.as_str(), number(day)],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// The counts of each scope, by day number or duration, ascending, up to `most`.
pub(crate) fn slots(
    tx: &mut Tx<'_>,
    measure: Measure,
    most: i64,
) -> Result<BTreeMap<String, Vec<(i64, i64)>>, Fault> {
    let mut found: BTreeMap<String, Vec<(i64, i64)>> = BTreeMap::new();
    let bound: &[Value] = values![measure.as_str(), most, 0_i64];
    tx.each(
        "SELECT scope, slot, n FROM ind_day_count WHERE measure = ?1 AND slot <= ?2 AND n > ?3 ORDER BY \
        scope, slot",
        bound,
        |row| {
            found.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
            Ok(())
        },
    )?;
    Ok(found)
}

/// Scope, measure, slot and count, as kept and as counted anew from every clock and point.
#[cfg(test)]
pub(crate) type BothWays = (BTreeMap<(String, String, i64), i64>, BTreeMap<(String, String, i64), i64>);

/// The day counts as they are kept, and as a walk through all clocks and points makes them.
#[cfg(test)]
pub(crate) fn both_ways(tx: &mut Tx<'_>) -> Result<BothWays, Fault> {
    let mut kept = BTreeMap::new();
    tx.each("SELECT scope, measure, slot, n FROM ind_day_count WHERE n <> 0", &[], |row| {
        kept.insert((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?);
        Ok(())
    })?;
    let clocks = tx.rows(
        "SELECT level, exercise, priority, delivered_on, acknowledge_by, answer_by, paused_on, \
        acknowledged_on, \
         replied_on, substantive_on, closed_on FROM ind_clock",
        &[],
        clock,
    )?;
    let points = tx.rows(
        "SELECT level, exercise, asked, deadline, stance, stance_on, substantive, substantive_on, by_when, \
         declared, declared_on, seen, seen_on FROM ind_point",
        &[],
        point,
    )?;
    let of_clocks = clocks.into_iter().map(|c| (c.exercise, c.level.clone(), c.counts()));
    let of_points = points.into_iter().map(|p| (p.exercise, p.level.clone(), p.counts()));
    let mut again = BTreeMap::new();
    for (exercise, level, counts) in of_clocks.chain(of_points) {
        for scope in scopes(exercise, level.as_deref()) {
            for (measure, slot, n) in &counts {
                *again.entry((scope.to_owned(), measure.as_str().to_owned(), *slot)).or_default() += n;
            }
        }
    }
    Ok((kept, again))
}
