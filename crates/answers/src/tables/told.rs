//! The exchange as it was told: its lines with their texts, its points, its stances.

use record::enclosures::Held;
use record::{Fault, Row, ToValue, Tx, Value, values};
use terms::{BodyId, Commitment, Day, OrganisationId, PlaceId, RecommendationId};

/// A text that an entry commits to: `None` where the entry has none, `Some(None)` where it was withdrawn.
pub(crate) type Enclosure = Option<Option<String>>;

/// One line of the exchange.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) entry: u64,
    pub(crate) recommendation: RecommendationId,
    pub(crate) addressee: Option<BodyId>,
    pub(crate) kind: String,
    pub(crate) on: Day,
    pub(crate) known: Day,
    pub(crate) by: String,
    pub(crate) channel: Option<String>,
    pub(crate) proof: Option<String>,
    pub(crate) text: Enclosure,
    pub(crate) file: Option<Commitment>,
    pub(crate) awaited: Option<String>,
    pub(crate) due: Option<Day>,
    pub(crate) step: Option<u8>,
    pub(crate) cause: Option<String>,
    pub(crate) other: Option<String>,
    pub(crate) point: Option<u8>,
    pub(crate) state: Option<String>,
    pub(crate) substance: Option<bool>,
    pub(crate) days: Option<i64>,
    pub(crate) exercise: bool,
    pub(crate) title: Option<String>,
}

const TOLD: &str = "SELECT v.entry, v.recommendation, v.addressee, v.kind, v.on_day, v.known, v.by_kind, v.channel, \
     v.proof, v.text, e.bytes, v.file, v.awaited, v.due, v.step, v.cause, v.other, v.point, v.state, v.substance, \
     v.days, v.exercise, t.bytes FROM answer_event v LEFT JOIN enclosure e ON e.sha256 = v.text \
     LEFT JOIN answer_recommendation r ON r.id = v.recommendation LEFT JOIN enclosure t ON t.sha256 = r.title";

fn told(row: &Row<'_>) -> Result<Told, Fault> {
    Ok(Told {
        entry: row.get(0)?,
        recommendation: row.get(1)?,
        addressee: row.get(2)?,
        kind: row.get(3)?,
        on: row.get(4)?,
        known: row.get(5)?,
        by: row.get(6)?,
        channel: row.get(7)?,
        proof: row.get(8)?,
        text: enclosed(row, 9)?,
        file: row.get(11)?,
        awaited: row.get(12)?,
        due: row.get(13)?,
        step: row.get(14)?,
        cause: row.get(15)?,
        other: row.get(16)?,
        point: row.get(17)?,
        state: row.get(18)?,
        substance: row.get(19)?,
        days: row.get(20)?,
        exercise: row.get(21)?,
        title: row.get(22)?,
    })
}

/// The commitment in one cell and its bytes in the next.
fn enclosed(row: &Row<'_>, column: usize) -> Result<Enclosure, Fault> {
    let commitment: Option<String> = row.get(column)?;
    let bytes: Option<String> = row.get(column + 1)?;
    Ok(commitment.map(|_| bytes))
}

/// The whole exchange of a recommendation, in order.
pub(crate) fn told_of(tx: &mut Tx<'_>, id: &RecommendationId) -> Result<Vec<Told>, Fault> {
    let sql = format!("{TOLD} WHERE v.recommendation = ?1 ORDER BY v.on_day, v.entry");
    tx.rows(&sql, values![*id], told)
}

/// The line that this entry told.
pub(crate) fn told_by_entry(tx: &mut Tx<'_>, entry: u64) -> Result<Option<Told>, Fault> {
    tx.row(&format!("{TOLD} WHERE v.entry = ?1"), values![entry], told)
}

/// The lines last told of a body, as addressee, author or next rung.
pub(super) fn latest_of_body(tx: &mut Tx<'_>, body: &BodyId, most: usize) -> Result<Vec<Told>, Fault> {
    let author = format!("body/{body}");
    let mut found = last(tx, "v.addressee", body.to_value(), most)?;
    found.extend(last(tx, "v.author", author.to_value(), most)?);
    found.extend(last(tx, "v.other", author.to_value(), most)?);
    found.sort_by_key(|told| std::cmp::Reverse(told.entry));
    found.dedup_by_key(|told| told.entry);
    found.truncate(most);
    Ok(found)
}

/// The lines last told of everything real, or of every exercise.
pub(super) fn latest_of_all(tx: &mut Tx<'_>, exercise: bool, most: usize) -> Result<Vec<Told>, Fault> {
    last(tx, "v.exercise", exercise.to_value(), most)
}

/// The lines last told of what concerns a place.
pub(super) fn latest_of_place(tx: &mut Tx<'_>, place: &PlaceId, most: usize) -> Result<Vec<Told>, Fault> {
    let sql = format!(
        "{TOLD} WHERE v.entry IN (SELECT entry FROM answer_event_place WHERE place = ?1 ORDER BY entry DESC \
         LIMIT {most}) ORDER BY v.entry DESC"
    );
    tx.rows(&sql, values![*place], told)
}

fn last(tx: &mut Tx<'_>, column: &str, value: Value, most: usize) -> Result<Vec<Told>, Fault> {
    let sql = format!("{TOLD} WHERE {column} = ?1 ORDER BY v.entry DESC LIMIT {most}");
    tx.rows(&sql, &[value], told)
}

/// A point as it was asked.
#[derive(Debug, Clone)]
pub(crate) struct PointAsked {
    pub(crate) number: u8,
    pub(crate) text: Option<String>,
    pub(crate) deadline: Option<Day>,
}

/// The points of a recommendation, in order.
pub(crate) fn points_asked(tx: &mut Tx<'_>, id: &RecommendationId) -> Result<Vec<PointAsked>, Fault> {
    tx.rows(
        "SELECT p.number, e.bytes, p.deadline FROM answer_point p LEFT JOIN enclosure e ON e.sha256 = p.text \
         WHERE p.recommendation = ?1 ORDER BY p.number",
        values![*id],
        |row| Ok(PointAsked { number: row.get(0)?, text: row.get(1)?, deadline: row.get(2)? }),
    )
}

/// An addressee's word on one point.
#[derive(Debug, Clone)]
pub(crate) struct PointStance {
    pub(crate) entry: u64,
    pub(crate) point: u8,
    pub(crate) addressee: BodyId,
    pub(crate) on: Day,
    pub(crate) stance: String,
    pub(crate) text: Enclosure,
    pub(crate) by_when: Option<Day>,
    pub(crate) responsible: Enclosure,
    pub(crate) secrecy_basis: Enclosure,
    pub(crate) passed_to: Option<BodyId>,
    pub(crate) substance: bool,
}

/// Every stance taken on a recommendation, in the order in which they were taken.
pub(crate) fn stances(tx: &mut Tx<'_>, id: &RecommendationId) -> Result<Vec<PointStance>, Fault> {
    tx.rows(
        "SELECT s.entry, s.point, s.addressee, s.on_day, s.stance, s.text, a.bytes, s.by_when, s.responsible, b.bytes, \
         s.secrecy_basis, c.bytes, s.passed_to, s.substance FROM answer_stance s \
         LEFT JOIN enclosure a ON a.sha256 = s.text LEFT JOIN enclosure b ON b.sha256 = s.responsible \
         LEFT JOIN enclosure c ON c.sha256 = s.secrecy_basis \
         WHERE s.recommendation = ?1 ORDER BY s.on_day, s.entry, s.point",
        values![*id],
        |row| {
            Ok(PointStance {
                entry: row.get(0)?,
                point: row.get(1)?,
                addressee: row.get(2)?,
                on: row.get(3)?,
                stance: row.get(4)?,
                text: enclosed(row, 5)?,
                by_when: row.get(7)?,
                responsible: enclosed(row, 8)?,
                secrecy_basis: enclosed(row, 10)?,
                passed_to: row.get(12)?,
                substance: row.get(13)?,
            })
        },
    )
}

/// The organisations that heard the answer of this entry.
pub(crate) fn witnesses(tx: &mut Tx<'_>, entry: u64) -> Result<Vec<OrganisationId>, Fault> {
    tx.rows(
        "SELECT organisation FROM answer_witness WHERE entry = ?1 ORDER BY organisation",
        values![entry],
        |row| row.get(0),
    )
}

/// The recommendation's title: `None` where the record has none, `Some(None)` where it was withdrawn.
pub(crate) fn title_of(tx: &mut Tx<'_>, id: &RecommendationId) -> Result<Enclosure, Fault> {
    tx.row(
        "SELECT e.bytes FROM answer_recommendation r LEFT JOIN enclosure e ON e.sha256 = r.title WHERE r.id = ?1",
        values![*id],
        |row| row.get(0),
    )
}

/// The file that a line of the exchange carries.
pub(crate) fn file_of(tx: &mut Tx<'_>, entry: u64) -> Result<Option<Held>, Fault> {
    let file: Option<Option<Commitment>> =
        tx.row("SELECT file FROM answer_event WHERE entry = ?1", values![entry], |row| row.get(0))?;
    match file.flatten() {
        Some(file) => record::enclosures::held(tx, &file),
        None => Ok(None),
    }
}
