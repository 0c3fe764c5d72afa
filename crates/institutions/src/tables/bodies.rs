//! Questions about bodies and kinds of bodies.

use record::{Fault, Row, Tx, values};
use terms::{Bilingual, BodyId, Day, PlaceId, Precision, SeatCode};

use super::places::{PARENT, WITHIN};
use super::{Cited, Question};

/// A kind of body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) id: String,
    pub(crate) name: Bilingual,
    pub(crate) level: Option<String>,
}

fn kind_at(row: &Row<'_>) -> Result<Kind, Fault> {
    Ok(Kind { id: row.get(0)?, name: Bilingual { fr: row.get(1)?, en: row.get(2)? }, level: row.get(3)? })
}

/// Every kind of body, in the order in which the record named them.
pub(crate) fn kinds(tx: &mut Tx<'_>) -> Result<Vec<Kind>, Fault> {
    tx.rows("SELECT id, fr, en, level FROM body_kind ORDER BY entry, id", &[], kind_at)
}

/// The kind of this id.
pub(crate) fn kind(tx: &mut Tx<'_>, id: &str) -> Result<Option<Kind>, Fault> {
    tx.row("SELECT id, fr, en, level FROM body_kind WHERE id = ?1", values![id], kind_at)
}

/// That and how a body was installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Installation {
    pub(crate) on: Day,
    pub(crate) precision: Precision,
    pub(crate) source: Option<Cited>,
    pub(crate) note: Option<String>,
}

/// A body with its kind, as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) id: BodyId,
    pub(crate) name: Bilingual,
    pub(crate) kind: String,
    pub(crate) kind_name: Option<Bilingual>,
    pub(crate) level_name: Option<Bilingual>,
    pub(crate) function: Option<String>,
    pub(crate) meets_every: Option<String>,
    pub(crate) chair: Option<SeatCode>,
    pub(crate) place: Option<(PlaceId, Option<String>)>,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    pub(crate) source: Option<Cited>,
    pub(crate) note: Option<String>,
    pub(crate) installed: Option<Installation>,
    pub(crate) exercise: bool,
    pub(crate) entry: u64,
}

/// The body, if the record has named it.
pub(crate) fn body(tx: &mut Tx<'_>, id: &str) -> Result<Option<Body>, Fault> {
    tx.row(
        "SELECT b.id, b.fr, b.en, b.kind, k.fr, k.en, l.fr, l.en, k.function, k.meets_every, k.chair, \
         b.place, p.name, \
         NULLIF(b.from_day, ''), b.to_day, b.source, s.fr, s.mark, b.note, b.exercise, b.entry, i.on_day, \
         i.exactness, i.note, i.source, t.fr, t.mark \
         FROM body b LEFT JOIN body_kind k ON k.id = b.kind LEFT JOIN place_level l ON l.id = k.level \
         LEFT JOIN place p ON p.id = b.place LEFT JOIN body_installation i ON i.body = b.id \
         LEFT JOIN named s ON s.kind = 'source' AND s.id = b.source \
         LEFT JOIN named t ON t.kind = 'source' AND t.id = i.source WHERE b.id = ?1",
        values![id],
        body_at,
    )
}

fn body_at(row: &Row<'_>) -> Result<Body, Fault> {
    let named = |first: usize| -> Result<Option<Bilingual>, Fault> {
        let (fr, en): (Option<String>, _) = (row.get(first)?, row.get(first + 1)?);
        Ok(fr.map(|fr| Bilingual { fr, en }))
    };
    let place: Option<PlaceId> = row.get(11)?;
    let place_name: Option<String> = row.get(12)?;
    Ok(Body {
        id: row.get(0)?,
        name: Bilingual { fr: row.get(1)?, en: row.get(2)? },
        kind: row.get(3)?,
        kind_name: named(4)?,
        level_name: named(6)?,
        function: row.get(8)?,
        meets_every: row.get(9)?,
        chair: row.get(10)?,
        place: place.map(|place| (place, place_name)),
        from: row.get(13)?,
        to: row.get(14)?,
        source: Cited::at(row, 15)?,
        note: row.get(18)?,
        exercise: row.get(19)?,
        entry: row.get(20)?,
        installed: installation(row)?,
    })
}

fn installation(row: &Row<'_>) -> Result<Option<Installation>, Fault> {
    let (on, exactness): (Option<Day>, Option<String>) = (row.get(21)?, row.get(22)?);
    let precision = exactness.as_deref().and_then(Precision::from_cell);
    let Some((on, precision)) = on.zip(precision) else { return Ok(None) };
    Ok(Some(Installation { on, precision, note: row.get(23)?, source: Cited::at(row, 24)? }))
}

/// A body that is installed, its kind, and whether it is of an exercise.
pub(crate) type Installed = (String, String, bool);

/// The bodies that are installed on the day and still exist, by kind in the order in which the record named the kinds.
pub(crate) fn installed(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Installed>, Fault> {
    tx.rows(
        "SELECT b.id, b.kind, b.exercise FROM body b JOIN body_installation i ON i.body = b.id \
         LEFT JOIN body_kind k ON k.id = b.kind WHERE i.on_day <= ?1 AND (b.to_day IS NULL OR b.to_day > ?1) \
         ORDER BY k.entry, b.kind, b.id",
        values![day],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// What a visitor asked of the list of bodies.
#[derive(Debug, Clone, Default)]
pub(crate) struct BodyFilter {
    pub(crate) level: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) within: Option<String>,
    pub(crate) installed: Option<bool>,
    pub(crate) name: Option<String>,
    pub(crate) after: Option<String>,
}

/// One line of a list of bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BodyRow {
    pub(crate) id: BodyId,
    pub(crate) name: Bilingual,
    pub(crate) kind: String,
    pub(crate) kind_name: Option<Bilingual>,
    pub(crate) level: Option<String>,
    pub(crate) place: Option<(PlaceId, Option<String>)>,
    /// What the place lies in, unless that is the country.
    pub(crate) within: Option<String>,
    pub(crate) installed: Option<(Day, Precision)>,
    pub(crate) exercise: bool,
}

/// Bodies with what is said beside them; `?1` is the day.
const FROM: &str = "FROM body b LEFT JOIN body_kind k ON k.id = b.kind LEFT JOIN place_level l ON l.id = k.level \
     LEFT JOIN place p ON p.id = b.place \
     LEFT JOIN body_installation i ON i.body = b.id AND i.on_day <= ?1";

/// Those that stood on the day `?1`.
const STOOD: &str =
    "WHERE (b.from_day <= ?1 OR i.on_day IS NOT NULL) AND (b.to_day IS NULL OR b.to_day > ?1)";

fn row() -> String {
    format!(
        "SELECT b.id, b.fr, b.en, b.kind, k.fr, k.en, k.level, b.place, p.name, i.on_day, i.exactness, \
         b.exercise, (SELECT u.name FROM place u JOIN place_level v ON v.id = u.level AND v.rank > 0 \
         WHERE u.id = {PARENT}) {FROM} {STOOD}"
    )
}

fn row_at(row: &Row<'_>) -> Result<BodyRow, Fault> {
    let kind_fr: Option<String> = row.get(4)?;
    let kind_en = row.get(5)?;
    let place: Option<PlaceId> = row.get(7)?;
    let place_name = row.get(8)?;
    let installed: (Option<Day>, Option<String>) = (row.get(9)?, row.get(10)?);
    Ok(BodyRow {
        id: row.get(0)?,
        name: Bilingual { fr: row.get(1)?, en: row.get(2)? },
        kind: row.get(3)?,
        kind_name: kind_fr.map(|fr| Bilingual { fr, en: kind_en }),
        level: row.get(6)?,
        place: place.map(|place| (place, place_name)),
        installed: installed.0.zip(installed.1.as_deref().and_then(Precision::from_cell)),
        exercise: row.get(11)?,
        within: row.get(12)?,
    })
}

/// The bodies asked for as a question that begins with `head`; both counts and lists ask it.
fn asked_for(head: &str, day: Day, asked: &BodyFilter) -> Question {
    let mut question = Question::new(head, day);
    if let Some(level) = &asked.level {
        question.and("k.level = {}", level);
    }
    if let Some(kind) = &asked.kind {
        question.and("b.kind = {}", kind);
    }
    if let Some(within) = &asked.within {
        question.and(&format!("b.place {WITHIN}"), within);
    }
    match asked.installed {
        Some(true) => question.sql.push_str(" AND i.on_day IS NOT NULL"),
        Some(false) => question.sql.push_str(" AND i.on_day IS NULL"),
        None => {}
    }
    question.named("b.words", asked.name.as_deref());
    question
}

/// How many bodies stood on the day, of those asked for.
pub(crate) fn how_many(tx: &mut Tx<'_>, day: Day, asked: &BodyFilter) -> Result<i64, Fault> {
    let question = asked_for(&format!("SELECT count(*) {FROM} {STOOD}"), day, asked);
    Ok(tx.row(&question.sql, &question.bound, |row| row.get(0))?.unwrap_or(0))
}

/// A kind or a region with how many of its bodies stood on the day, and how many of them a source says were installed;
/// exercises are not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) id: String,
    pub(crate) name: Bilingual,
    pub(crate) level: Option<Bilingual>,
    pub(crate) bodies: i64,
    pub(crate) installed: i64,
}

fn share_at(row: &Row<'_>) -> Result<Share, Fault> {
    let (fr, en): (Option<String>, _) = (row.get(3)?, row.get(4)?);
    Ok(Share {
        id: row.get(0)?,
        name: Bilingual { fr: row.get(1)?, en: row.get(2)? },
        level: fr.map(|fr| Bilingual { fr, en }),
        bodies: row.get(5)?,
        installed: row.get(6)?,
    })
}

/// The shares of the kinds, the largest territory first.
pub(crate) fn shares_of_kinds(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Share>, Fault> {
    let sql = format!(
        "SELECT k.id, k.fr, k.en, l.fr, l.en, count(*), count(i.on_day) {FROM} {STOOD} AND k.id IS NOT NULL AND b.exercise = ?2 \
         GROUP BY k.id, k.fr, k.en, l.fr, l.en, l.rank, k.entry ORDER BY coalesce(l.rank, 0), k.entry"
    );
    tx.rows(&sql, values![day, false], share_at)
}

/// The shares of the places just below the country, by name.
pub(crate) fn shares_of_regions(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Share>, Fault> {
    let sql = format!(
        "WITH RECURSIVE within (region, id) AS (SELECT r.id, r.id FROM place r JOIN place_level v ON v.id = r.level \
         WHERE v.rank = 1 AND r.exercise = ?2 AND r.from_day <= ?1 AND (r.to_day IS NULL OR r.to_day > ?1) UNION \
         SELECT w.region, j.place FROM place_join j JOIN within w ON j.parent = w.id \
         WHERE j.from_day <= ?1 AND (j.to_day IS NULL OR j.to_day > ?1)) \
         SELECT r.id, r.name, NULL, NULL, NULL, count(*), count(i.on_day) {FROM} \
         JOIN within w ON w.id = b.place JOIN place r ON r.id = w.region {STOOD} AND b.exercise = ?2 \
         GROUP BY r.id, r.name, r.sort ORDER BY r.sort, r.id"
    );
    tx.rows(&sql, values![day, false], share_at)
}

/// The bodies that stood on the day, by name, at most `most`. Reads no more than the bodies there are, which
/// the territory bounds and the record does not.
pub(crate) fn bodies(
    tx: &mut Tx<'_>,
    day: Day,
    asked: &BodyFilter,
    most: usize,
) -> Result<Vec<BodyRow>, Fault> {
    let mut question = asked_for(&row(), day, asked);
    if let Some(after) = &asked.after {
        question.and("(b.sort, b.id) > ((SELECT a.sort FROM body a WHERE a.id = {}), {})", after);
    }
    question.sql.push_str(&format!(" ORDER BY b.sort, b.id LIMIT {most}"));
    tx.rows(&question.sql, &question.bound, row_at)
}

/// The bodies of one place that stood on the day, in the order of their kinds.
pub(crate) fn bodies_of_place(tx: &mut Tx<'_>, place: &str, day: Day) -> Result<Vec<BodyRow>, Fault> {
    // A capital's place may hold every national office; past so many, the list of bodies is the way.
    let sql = format!("{} AND b.place = ?2 ORDER BY k.entry, b.sort, b.id LIMIT 60", row());
    tx.rows(&sql, values![day, place], row_at)
}

/// Whether the place has a body of this kind already, whenever it stands.
pub(crate) fn taken(tx: &mut Tx<'_>, kind: &str, place: &str) -> Result<bool, Fault> {
    let found: Option<String> =
        tx.row("SELECT id FROM body WHERE place = ?1 AND kind = ?2 LIMIT 1", values![place, kind], |row| {
            row.get(0)
        })?;
    Ok(found.is_some())
}

/// An installation as the feed tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Newly {
    pub(crate) id: BodyId,
    pub(crate) name: Bilingual,
    pub(crate) on: Day,
    pub(crate) precision: Precision,
    pub(crate) known: Day,
}

/// The installations made known last, outside exercises, newest first.
pub(crate) fn newly_installed(tx: &mut Tx<'_>, day: Day, most: usize) -> Result<Vec<Newly>, Fault> {
    let rows = tx.rows(
        &format!(
            "SELECT b.id, b.fr, b.en, i.on_day, i.exactness, i.known FROM body_installation i \
             JOIN body b ON b.id = i.body WHERE i.known <= ?1 AND b.exercise = ?2 \
             ORDER BY i.known DESC, i.entry DESC LIMIT {most}"
        ),
        values![day, false],
        |row| {
            let exactness: String = row.get(4)?;
            let precision = Precision::from_cell(&exactness);
            let precision = precision.ok_or_else(|| Fault::Value(format!("précision {exactness}")))?;
            Ok(Newly {
                id: row.get(0)?,
                name: Bilingual { fr: row.get(1)?, en: row.get(2)? },
                on: row.get(3)?,
                precision,
                known: row.get(5)?,
            })
        },
    )?;
    Ok(rows)
}
