//! The questions that lists, feeds and panels ask. Each has an index: none costs more as the record grows.

use record::{Fault, Row, ToValue, Tx, Value, values};
use terms::{BodyId, Day, PlaceId, RecommendationId};

use super::told::{Told, latest_of_all, latest_of_body, latest_of_place};
use crate::case::Stage;

/// Which lines a list shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    pub(crate) exercise: bool,
    pub(crate) addressee: Option<BodyId>,
    pub(crate) region: Option<PlaceId>,
    /// The last line of the page before: its day and its entry.
    pub(crate) after: Option<(Day, u64)>,
}

impl Wanted {
    /// The conditions and their values; `?1` is the exercise and `?2` the first own value.
    fn conditions(&self, prefix: &str, own: &str) -> (String, Vec<Value>) {
        let mut sql = format!("{prefix}exercise = ?1 AND {prefix}{own} = ?2");
        let mut bound = vec![self.exercise.to_value(), Value::Null];
        if let Some(addressee) = &self.addressee {
            bound.push(addressee.to_value());
            sql.push_str(&format!(" AND {prefix}addressee = ?{}", bound.len()));
        }
        if let Some(region) = &self.region {
            bound.push(region.to_value());
            sql.push_str(&format!(" AND {prefix}region = ?{}", bound.len()));
        }
        (sql, bound)
    }
}

/// One answer in the list of answers.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) entry: u64,
    pub(crate) recommendation: RecommendationId,
    pub(crate) addressee: BodyId,
    pub(crate) region: Option<PlaceId>,
    pub(crate) on: Day,
    pub(crate) channel: String,
    pub(crate) due: Option<Day>,
    pub(crate) days: Option<i64>,
    pub(crate) substance: bool,
    pub(crate) exercise: bool,
    pub(crate) title: Option<String>,
}

/// Answers, newest first.
pub(crate) fn answers(tx: &mut Tx<'_>, wanted: &Wanted, most: usize) -> Result<Vec<Answer>, Fault> {
    let (mut sql, mut bound) = wanted.conditions("v.", "kind");
    if let Some(kind) = bound.get_mut(1) {
        *kind = "answered".to_value();
    }
    if let Some((day, entry)) = wanted.after {
        bound.extend([day.to_value(), entry.to_value()]);
        let (d, e) = (bound.len() - 1, bound.len());
        sql.push_str(&format!(" AND (v.on_day < ?{d} OR (v.on_day = ?{d} AND v.entry < ?{e}))"));
    }
    let sql = format!(
        "SELECT v.entry, v.recommendation, v.addressee, v.region, v.on_day, v.channel, v.due, v.days, v.substance, \
         v.exercise, t.bytes FROM answer_event v LEFT JOIN answer_recommendation r ON r.id = v.recommendation \
         LEFT JOIN enclosure t ON t.sha256 = r.title WHERE {sql} ORDER BY v.on_day DESC, v.entry DESC LIMIT {most}"
    );
    tx.rows(&sql, &bound, |row| {
        Ok(Answer {
            entry: row.get(0)?,
            recommendation: row.get(1)?,
            addressee: row.get(2)?,
            region: row.get(3)?,
            on: row.get(4)?,
            channel: row.get(5)?,
            due: row.get(6)?,
            days: row.get(7)?,
            substance: row.get(8)?,
            exercise: row.get(9)?,
            title: row.get(10)?,
        })
    })
}

/// One case in a list.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) recommendation: RecommendationId,
    pub(crate) addressee: BodyId,
    pub(crate) entry: u64,
    pub(crate) stage: Stage,
    pub(crate) delivered_on: Day,
    pub(crate) acknowledged_on: Option<Day>,
    pub(crate) answer_original: Option<Day>,
    pub(crate) answer_by: Option<Day>,
    pub(crate) next_due: Option<Day>,
    pub(crate) region: Option<PlaceId>,
    pub(crate) priority: u8,
    pub(crate) exercise: bool,
    pub(crate) title: Option<String>,
}

const LINE: &str = "SELECT c.recommendation, c.addressee, c.entry, c.stage, c.delivered_on, c.acknowledged_on, \
     c.answer_original, c.answer_by, c.next_due, c.region, c.priority, c.exercise, t.bytes FROM answer_case c \
     LEFT JOIN answer_recommendation r ON r.id = c.recommendation LEFT JOIN enclosure t ON t.sha256 = r.title";

fn line(row: &Row<'_>) -> Result<Line, Fault> {
    let stage: String = row.get(3)?;
    Ok(Line {
        recommendation: row.get(0)?,
        addressee: row.get(1)?,
        entry: row.get(2)?,
        stage: Stage::parse(&stage).ok_or_else(|| Fault::Value(format!("état inconnu : {stage}")))?,
        delivered_on: row.get(4)?,
        acknowledged_on: row.get(5)?,
        answer_original: row.get(6)?,
        answer_by: row.get(7)?,
        next_due: row.get(8)?,
        region: row.get(9)?,
        priority: row.get(10)?,
        exercise: row.get(11)?,
        title: row.get(12)?,
    })
}

/// Which cases, and in which stage.
pub(crate) struct Wanting {
    pub(crate) wanted: Wanted,
    pub(crate) stage: Stage,
}

/// Cases of one stage, longest wait first.
pub(crate) fn lines(tx: &mut Tx<'_>, wanting: &Wanting, most: usize) -> Result<Vec<Line>, Fault> {
    let (mut sql, mut bound) = wanting.wanted.conditions("c.", "stage");
    if let Some(stage) = bound.get_mut(1) {
        *stage = wanting.stage.as_str().to_value();
    }
    if let Some((day, entry)) = wanting.wanted.after {
        bound.extend([day.to_value(), entry.to_value()]);
        let (d, e) = (bound.len() - 1, bound.len());
        sql.push_str(&format!(" AND (c.delivered_on > ?{d} OR (c.delivered_on = ?{d} AND c.entry > ?{e}))"));
    }
    let sql = format!("{LINE} WHERE {sql} ORDER BY c.delivered_on, c.entry LIMIT {most}");
    tx.rows(&sql, &bound, line)
}

/// What awaits an answer from this body, nearest day first; then what no day presses.
pub(crate) fn worklist(tx: &mut Tx<'_>, body: &BodyId, most: usize) -> Result<Vec<Line>, Fault> {
    let sql = format!(
        "{LINE} WHERE c.addressee = ?1 AND c.next_due IS NOT NULL ORDER BY c.next_due, c.recommendation LIMIT {most}"
    );
    let mut found = tx.rows(&sql, values![*body], line)?;
    let rest = most.saturating_sub(found.len());
    let sql = format!(
        "{LINE} WHERE c.addressee = ?1 AND c.exercise IN (?2, ?3) AND c.stage IN ('waiting', 'paused', 'insufficient') \
         AND c.next_due IS NULL ORDER BY c.delivered_on, c.entry LIMIT {rest}"
    );
    found.extend(tx.rows(&sql, values![*body, false, true], line)?);
    Ok(found)
}

/// The cases of an author that are silent, longest wait first.
pub(crate) fn silent_of_author(tx: &mut Tx<'_>, author: &str, most: usize) -> Result<Vec<Line>, Fault> {
    let sql = format!(
        "{LINE} WHERE c.author = ?1 AND c.stage = 'silent' ORDER BY c.delivered_on, c.entry LIMIT {most}"
    );
    tx.rows(&sql, values![*author], line)
}

/// Delivery day of the longest silence.
pub(crate) fn longest_wait(tx: &mut Tx<'_>, exercise: bool) -> Result<Option<Day>, Fault> {
    tx.row(
        "SELECT delivered_on FROM answer_case WHERE exercise = ?1 AND stage = 'silent' ORDER BY delivered_on LIMIT 1",
        values![exercise],
        |row| row.get(0),
    )
}

/// Counts of cases, each changed by entries alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) received: i64,
    pub(crate) awaited: i64,
    pub(crate) silent: i64,
    pub(crate) insufficient: i64,
    pub(crate) answered: i64,
    pub(crate) in_time: i64,
    pub(crate) late: i64,
}

/// A tally and whose it is.
#[derive(Debug, Clone)]
pub(crate) struct TallyLine {
    pub(crate) id: String,
    pub(crate) tally: Tally,
}

const TALLY: &str = "SELECT t.id, t.received, t.awaited, t.silent, t.insufficient, t.answered, t.in_time, t.late \
     FROM answer_tally t";

fn tally_line(row: &Row<'_>) -> Result<TallyLine, Fault> {
    let tally = Tally {
        received: row.get(1)?,
        awaited: row.get(2)?,
        silent: row.get(3)?,
        insufficient: row.get(4)?,
        answered: row.get(5)?,
        in_time: row.get(6)?,
        late: row.get(7)?,
    };
    Ok(TallyLine { id: row.get(0)?, tally })
}

/// The tally of one scope (`all`, `authority`, `author`, `place`) and id; zeros where nothing was received.
pub(crate) fn tally(tx: &mut Tx<'_>, scope: &str, id: &str, exercise: bool) -> Result<Tally, Fault> {
    let sql = format!("{TALLY} WHERE t.scope = ?1 AND t.id = ?2 AND t.exercise = ?3");
    let found = tx.row(&sql, values![*scope, *id, exercise], tally_line)?;
    Ok(found.map(|line| line.tally).unwrap_or_default())
}

/// Authorities, most silences first; `after` is the last line of the page before.
pub(crate) fn tallies(
    tx: &mut Tx<'_>,
    exercise: bool,
    after: Option<(i64, String)>,
    most: usize,
) -> Result<Vec<TallyLine>, Fault> {
    let (silent, id) = after.unwrap_or((i64::MAX, String::new()));
    let sql = format!(
        "{TALLY} WHERE t.scope = 'authority' AND t.exercise = ?1 AND (t.silent < ?2 OR (t.silent = ?2 AND t.id < ?3)) \
         ORDER BY t.silent DESC, t.id DESC LIMIT {most}"
    );
    tx.rows(&sql, values![exercise, silent, id], tally_line)
}

/// The divisions of the first rank, most silences first.
pub(crate) fn region_lines(tx: &mut Tx<'_>, exercise: bool) -> Result<Vec<TallyLine>, Fault> {
    let sql = "SELECT t.id, t.received, t.awaited, t.silent, t.insufficient, t.answered, t.in_time, t.late \
         FROM answer_level l JOIN answer_place p ON p.level = l.id \
         JOIN answer_tally t ON t.scope = 'place' AND t.id = p.id AND t.exercise = ?1 \
         WHERE l.place_rank = 1 ORDER BY t.silent DESC, t.id";
    tx.rows(sql, values![exercise], tally_line)
}

/// The divisions of the first rank, in the order of their ids.
pub(crate) fn regions(tx: &mut Tx<'_>) -> Result<Vec<PlaceId>, Fault> {
    tx.rows(
        "SELECT p.id FROM answer_level l JOIN answer_place p ON p.level = l.id WHERE l.place_rank = 1 ORDER BY p.id",
        &[],
        |row| row.get(0),
    )
}

/// Whose deadlines or news.
#[derive(Debug, Clone)]
pub(crate) enum Scope {
    /// Everything real.
    All,
    /// What a body was asked, or asks.
    Body(BodyId),
    /// What concerns a place.
    Place(PlaceId),
}

/// Cases whose next day is not before `from`, nearest first.
pub(crate) fn deadlines(tx: &mut Tx<'_>, scope: &Scope, from: Day, most: usize) -> Result<Vec<Line>, Fault> {
    let nearest =
        format!("AND c.next_due >= ?2 ORDER BY c.next_due, c.recommendation, c.addressee LIMIT {most}");
    let mut found = match scope {
        Scope::All => {
            tx.rows(&format!("{LINE} WHERE c.exercise = ?1 {nearest}"), values![false, from], line)?
        }
        Scope::Body(body) => {
            let asked = format!("{LINE} WHERE c.addressee = ?1 {nearest}");
            let mut found = tx.rows(&asked, values![*body, from], line)?;
            let asks = format!("{LINE} WHERE c.author = ?1 {nearest}");
            found.extend(tx.rows(&asks, values![format!("body/{body}"), from], line)?);
            found
        }
        Scope::Place(place) => {
            let sql = format!(
                "{LINE} JOIN answer_wait w ON w.recommendation = c.recommendation AND w.addressee = c.addressee \
                 WHERE w.place = ?1 AND w.next_due >= ?2 \
                 ORDER BY w.next_due, w.recommendation, w.addressee LIMIT {most}"
            );
            tx.rows(&sql, values![*place, from], line)?
        }
    };
    found.sort_by_key(|line| (line.next_due, line.entry));
    found.dedup_by_key(|line| (line.entry, line.addressee.clone()));
    Ok(found)
}

/// What was told last, newest on the record first.
pub(crate) fn latest(tx: &mut Tx<'_>, scope: &Scope, most: usize) -> Result<Vec<Told>, Fault> {
    match scope {
        Scope::All => latest_of_all(tx, false, most),
        Scope::Body(body) => latest_of_body(tx, body, most),
        Scope::Place(place) => latest_of_place(tx, place, most),
    }
}

/// The bodies of a kind around these places: those of the smallest place that has any; else those of no place.
pub(crate) fn bodies_of_kind(tx: &mut Tx<'_>, kind: &str, places: &[PlaceId]) -> Result<Vec<BodyId>, Fault> {
    for place in places {
        let here: Vec<BodyId> = tx.rows(
            "SELECT id FROM answer_body WHERE kind = ?1 AND place = ?2 ORDER BY id LIMIT 20",
            values![*kind, *place],
            |row| row.get(0),
        )?;
        if !here.is_empty() {
            return Ok(here);
        }
    }
    tx.rows(
        "SELECT id FROM answer_body WHERE kind = ?1 AND place IS NULL ORDER BY id LIMIT 20",
        values![*kind],
        |row| row.get(0),
    )
}
