//! Questions about the territory as it was divided on a day.

use record::{Fault, Row, Tx, values};
use terms::{Bilingual, Day, PlaceId, Precision};

use super::{Cited, Question};

/// A level of the territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Level {
    pub(crate) id: String,
    pub(crate) name: Bilingual,
    pub(crate) rank: i64,
}

fn level_at(row: &Row<'_>) -> Result<Level, Fault> {
    Ok(Level { id: row.get(0)?, name: Bilingual { fr: row.get(1)?, en: row.get(2)? }, rank: row.get(3)? })
}

/// Every level, the country first.
pub(crate) fn levels(tx: &mut Tx<'_>) -> Result<Vec<Level>, Fault> {
    tx.rows("SELECT id, fr, en, rank FROM place_level ORDER BY rank, id", &[], level_at)
}

/// A place as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) id: PlaceId,
    pub(crate) level: String,
    pub(crate) level_name: Option<Bilingual>,
    pub(crate) name: String,
    pub(crate) variants: Vec<String>,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    /// Hundredths of a degree, north and east.
    pub(crate) centre: Option<(i32, i32)>,
    pub(crate) source: Option<Cited>,
    pub(crate) exercise: bool,
    pub(crate) entry: u64,
}

/// The place, if the record has named it.
pub(crate) fn place(tx: &mut Tx<'_>, id: &str) -> Result<Option<Place>, Fault> {
    tx.row(
        "SELECT p.id, p.level, l.fr, l.en, p.name, p.variants, NULLIF(p.from_day, ''), p.to_day, \
         p.lat_e2, p.lon_e2, \
         p.source, s.fr, s.mark, p.exercise, p.entry FROM place p LEFT JOIN place_level l ON l.id = p.level \
         LEFT JOIN named s ON s.kind = 'source' AND s.id = p.source WHERE p.id = ?1",
        values![id],
        |row| {
            let level_fr: Option<String> = row.get(2)?;
            let en = row.get(3)?;
            let variants: String = row.get(5)?;
            let (lat, lon): (Option<i32>, Option<i32>) = (row.get(8)?, row.get(9)?);
            Ok(Place {
                id: row.get(0)?,
                level: row.get(1)?,
                level_name: level_fr.map(|fr| Bilingual { fr, en }),
                name: row.get(4)?,
                variants: variants.lines().map(str::to_owned).collect(),
                from: row.get(6)?,
                to: row.get(7)?,
                centre: lat.zip(lon),
                source: Cited::at(row, 10)?,
                exercise: row.get(13)?,
                entry: row.get(14)?,
            })
        },
    )
}

/// The level of a place, if the record has named it, and whether the place is part of an exercise.
pub(crate) fn level_of(tx: &mut Tx<'_>, place: &str) -> Result<Option<(String, bool)>, Fault> {
    tx.row("SELECT level, exercise FROM place WHERE id = ?1", values![place], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// What a visitor asked of the list of places.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlaceFilter {
    pub(crate) level: Option<String>,
    pub(crate) within: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) after: Option<String>,
}

/// One line of the list of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlaceRow {
    pub(crate) id: PlaceId,
    pub(crate) name: String,
    pub(crate) level: String,
    pub(crate) level_name: Option<Bilingual>,
    pub(crate) parent: Option<(PlaceId, String)>,
    pub(crate) centre: Option<(i32, i32)>,
    pub(crate) exercise: bool,
}

/// The place and everything in it on the day; `?1` is the day, `{}` the place.
pub(super) const WITHIN: &str = "IN (WITH RECURSIVE within (id) AS (SELECT CAST({} AS TEXT) UNION \
     SELECT j.place FROM place_join j JOIN within ON j.parent = within.id \
     WHERE j.from_day <= ?1 AND (j.to_day IS NULL OR j.to_day > ?1)) SELECT id FROM within)";

/// The parent of a place on the day; `?1` is the day, `p` the place.
pub(super) const PARENT: &str = "(SELECT j.parent FROM place_join j WHERE j.place = p.id AND j.from_day <= ?1 \
     AND (j.to_day IS NULL OR j.to_day > ?1) ORDER BY j.from_day DESC, j.entry DESC LIMIT 1)";

const STANDS: &str = "p.from_day <= ?1 AND (p.to_day IS NULL OR p.to_day > ?1)";

/// The places that stood on the day, by name, at most `most`.
pub(crate) fn places(
    tx: &mut Tx<'_>,
    day: Day,
    asked: &PlaceFilter,
    most: usize,
) -> Result<Vec<PlaceRow>, Fault> {
    let mut question = Question::new(
        &format!(
            "SELECT p.id, p.name, p.level, l.fr, l.en, u.id, u.name, p.lat_e2, p.lon_e2, p.exercise \
             FROM place p \
             LEFT JOIN place_level l ON l.id = p.level LEFT JOIN place u ON u.id = {PARENT} WHERE {STANDS}"
        ),
        day,
    );
    if let Some(level) = &asked.level {
        question.and("p.level = {}", level);
    }
    if let Some(within) = &asked.within {
        question.and(&format!("p.id {WITHIN}"), within);
        question.and("p.id <> {}", within);
    }
    question.named("p.words", asked.name.as_deref());
    if let Some(after) = &asked.after {
        question.and("(p.sort, p.id) > ((SELECT a.sort FROM place a WHERE a.id = {}), {})", after);
    }
    question.sql.push_str(&format!(" ORDER BY p.sort, p.id LIMIT {most}"));
    tx.rows(&question.sql, &question.bound, |row| {
        let fr: Option<String> = row.get(3)?;
        let en = row.get(4)?;
        let parent: (Option<PlaceId>, Option<String>) = (row.get(5)?, row.get(6)?);
        let centre: (Option<i32>, Option<i32>) = (row.get(7)?, row.get(8)?);
        Ok(PlaceRow {
            id: row.get(0)?,
            name: row.get(1)?,
            level: row.get(2)?,
            level_name: fr.map(|fr| Bilingual { fr, en }),
            parent: parent.0.zip(parent.1),
            centre: centre.0.zip(centre.1),
            exercise: row.get(9)?,
        })
    })
}

/// The places just below the country that stood on the day, by name, each with whether it is part of an exercise: how
/// territory is chosen in forms.
pub(crate) fn regions(tx: &mut Tx<'_>, day: Day) -> Result<Vec<(PlaceId, String, bool)>, Fault> {
    tx.rows(
        &format!(
            "SELECT p.id, p.name, p.exercise FROM place_level l JOIN place p ON p.level = l.id WHERE {STANDS} AND \
             l.rank = 1 \
             ORDER BY p.sort, p.id"
        ),
        values![day],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// One tie of a place to a larger one, or of a smaller one to it, with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Join {
    pub(crate) other: PlaceId,
    pub(crate) name: Option<String>,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    pub(crate) source: Option<Cited>,
}

fn join_at(row: &Row<'_>) -> Result<Join, Fault> {
    Ok(Join {
        other: row.get(0)?,
        name: row.get(1)?,
        from: row.get(2)?,
        to: row.get(3)?,
        source: Cited::at(row, 4)?,
    })
}

/// Every tie of the place to a larger one, oldest first.
pub(crate) fn joins_up(tx: &mut Tx<'_>, place: &str) -> Result<Vec<Join>, Fault> {
    tx.rows(
        "SELECT j.parent, u.name, NULLIF(j.from_day, ''), j.to_day, j.source, s.fr, s.mark FROM place_join j \
         LEFT JOIN place u ON u.id = j.parent LEFT JOIN named s ON s.kind = 'source' AND s.id = j.source \
         WHERE j.place = ?1 ORDER BY j.from_day, j.parent",
        values![place],
        join_at,
    )
}

/// The ties of smaller places to this one that were over on the day.
pub(crate) fn joins_down(tx: &mut Tx<'_>, place: &str, day: Day) -> Result<Vec<Join>, Fault> {
    tx.rows(
        "SELECT j.place, u.name, NULLIF(j.from_day, ''), j.to_day, j.source, s.fr, s.mark FROM place_join j \
         LEFT JOIN place u ON u.id = j.place LEFT JOIN named s ON s.kind = 'source' AND s.id = j.source \
         WHERE j.parent = ?1 AND j.to_day IS NOT NULL AND j.to_day <= ?2 ORDER BY j.to_day, j.place",
        values![place, day],
        join_at,
    )
}

/// A place within another: directly, or through one between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Child {
    pub(crate) id: PlaceId,
    pub(crate) name: String,
    pub(crate) level: String,
    /// The place between, for a grandchild.
    pub(crate) through: Option<PlaceId>,
}

/// What lay in the place on the day, two levels deep, by name.
pub(crate) fn children(tx: &mut Tx<'_>, place: &str, day: Day) -> Result<Vec<Child>, Fault> {
    let holds =
        |join: &str| format!("{join}.from_day <= ?2 AND ({join}.to_day IS NULL OR {join}.to_day > ?2)");
    let stands = "p.from_day <= ?2 AND (p.to_day IS NULL OR p.to_day > ?2)";
    tx.rows(
        &format!(
            "SELECT p.id, p.name, p.level, NULL AS through, p.sort FROM place_join a JOIN place p ON \
             p.id = a.place \
             WHERE a.parent = ?1 AND {} AND {stands} UNION ALL \
             SELECT p.id, p.name, p.level, a.place, p.sort FROM place_join a JOIN place_join b ON \
             b.parent = a.place \
             JOIN place p ON p.id = b.place WHERE a.parent = ?1 AND {} AND {} AND {stands} ORDER BY 5, 1",
            holds("a"),
            holds("a"),
            holds("b")
        ),
        values![place, day],
        |row| Ok(Child { id: row.get(0)?, name: row.get(1)?, level: row.get(2)?, through: row.get(3)? }),
    )
}

/// A code of a place in one scheme, with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) scheme: String,
    pub(crate) value: String,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    pub(crate) source: Option<Cited>,
}

/// Every code of the place, by scheme and time.
pub(crate) fn codes(tx: &mut Tx<'_>, place: &str) -> Result<Vec<Code>, Fault> {
    tx.rows(
        "SELECT c.scheme, c.value, NULLIF(c.from_day, ''), c.to_day, c.source, s.fr, s.mark FROM \
         place_code c \
         LEFT JOIN named s ON s.kind = 'source' AND s.id = c.source \
         WHERE c.place = ?1 ORDER BY c.scheme, c.from_day, c.value",
        values![place],
        |row| {
            Ok(Code {
                scheme: row.get(0)?,
                value: row.get(1)?,
                from: row.get(2)?,
                to: row.get(3)?,
                source: Cited::at(row, 4)?,
            })
        },
    )
}

/// A place of the map: where it is, and whether its body of the mapped kind was installed by the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) place: PlaceId,
    pub(crate) name: String,
    pub(crate) centre: Option<(i32, i32)>,
    pub(crate) exercise: bool,
    pub(crate) body: Option<String>,
    pub(crate) installed: Option<(Day, Precision)>,
}

/// The places of the level that stood on the day, or that had a body of this kind installed before they
/// stood.
pub(crate) fn spots(tx: &mut Tx<'_>, level: &str, kind: &str, day: Day) -> Result<Vec<Spot>, Fault> {
    tx.rows(
        "SELECT p.id, p.name, p.lat_e2, p.lon_e2, p.exercise, b.id, i.on_day, i.exactness FROM place p \
         LEFT JOIN body b ON b.place = p.id AND b.kind = ?3 \
         LEFT JOIN body_installation i ON i.body = b.id AND i.on_day <= ?1 \
         WHERE p.level = ?2 AND ((p.from_day <= ?1 AND (p.to_day IS NULL OR p.to_day > ?1)) \
         OR i.on_day IS NOT NULL) ORDER BY p.sort, p.id",
        values![day, level, kind],
        |row| {
            let centre: (Option<i32>, Option<i32>) = (row.get(2)?, row.get(3)?);
            let installed: (Option<Day>, Option<String>) = (row.get(6)?, row.get(7)?);
            Ok(Spot {
                place: row.get(0)?,
                name: row.get(1)?,
                centre: centre.0.zip(centre.1),
                exercise: row.get(4)?,
                body: row.get(5)?,
                installed: installed.0.zip(installed.1.as_deref().and_then(Precision::from_cell)),
            })
        },
    )
}
