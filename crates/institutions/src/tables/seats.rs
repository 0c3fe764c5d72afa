//! Questions about seats: what the text provides, who holds them, how they stand without a holder.

use std::collections::HashMap;

use record::{Fault, Row, Tx, values};
use terms::institutions::{Interruption, SeatKind, Sex};
use terms::{Bilingual, BodyId, Day, Mark, OccupancyId, OrganisationId, Precision, SeatCode};

use super::Cited;
use crate::seats::{Holding, Interrupted, Sitter, Template};

/// The seats that the texts give to a kind of body, in the order in which the record set them.
pub(crate) fn templates(tx: &mut Tx<'_>, kind: &str) -> Result<Vec<Template>, Fault> {
    tx.rows(
        "SELECT t.code, t.fr, t.en, t.filled_how, t.constituency, t.count, t.count_rule, \
         t.designating_party, \
         t.overseen, t.sex, t.nominee, n.fr, t.text, t.article, t.address, t.confidence, t.since, \
         t.source, s.fr, \
         s.mark FROM seat t LEFT JOIN named n ON n.kind = 'organisation' AND n.id = t.nominee \
         LEFT JOIN named s ON s.kind = 'source' AND s.id = t.source \
         WHERE t.kind = ?1 ORDER BY t.entry, t.code",
        values![kind],
        template_at,
    )
}

fn template_at(row: &Row<'_>) -> Result<Template, Fault> {
    let (how, confidence): (String, String) = (row.get(3)?, row.get(15)?);
    let how = [SeatKind::ExOfficio, SeatKind::Category, SeatKind::Nominative]
        .into_iter()
        .find(|kind| kind.as_str() == how)
        .ok_or_else(|| Fault::Value(format!("siège {how}")))?;
    let nominee: Option<OrganisationId> = row.get(10)?;
    let nominee_name: Option<String> = row.get(11)?;
    Ok(Template {
        code: row.get(0)?,
        name: Bilingual { fr: row.get(1)?, en: row.get(2)? },
        kind: how,
        constituency: row.get(4)?,
        count: row.get(5)?,
        count_rule: row.get(6)?,
        designating_party: row.get(7)?,
        overseen: row.get(8)?,
        sex: sex(row, 9)?,
        nominee: nominee.map(|id| (id, nominee_name)),
        text: row.get(12)?,
        article: row.get(13)?,
        address: row.get(14)?,
        confidence: Mark::parse(&confidence).unwrap_or(Mark::Unverified),
        since: row.get(16)?,
        source: Cited::at(row, 17)?,
    })
}

fn sex(row: &Row<'_>, column: usize) -> Result<Option<Sex>, Fault> {
    let word: Option<String> = row.get(column)?;
    Ok([Sex::Female, Sex::Male].into_iter().find(|sex| Some(sex.as_str()) == word.as_deref()))
}

const HOLDING: &str = "SELECT h.id, h.seat, h.ordinal, h.holder_kind, h.holder, h.name, e.bytes, n.fr, \
     n.en, h.sex, \
     h.youth, NULLIF(h.from_day, ''), h.to_day, h.reason, h.source, s.fr, s.mark, h.from_exactness, \
     h.to_exactness, h.entry, h.body FROM seat_holding h \
     LEFT JOIN enclosure e ON e.sha256 = h.name LEFT JOIN named n ON n.kind = h.holder_kind AND n.id = \
     h.holder \
     LEFT JOIN named s ON s.kind = 'source' AND s.id = h.source";

fn holding_at(row: &Row<'_>) -> Result<Holding, Fault> {
    let enclosed: Option<String> = row.get(5)?;
    let id: Option<String> = row.get(4)?;
    let kind: String = row.get(3)?;
    let label: Option<String> = row.get(7)?;
    let en = row.get(8)?;
    let label = label.map(|fr| Bilingual { fr, en });
    // A name once on the record and no longer at hand was withdrawn; that is said, not passed over.
    let name = enclosed.map(|_| row.get::<Option<String>>(6)).transpose()?;
    let sitter = match (kind.as_str(), id) {
        ("body", Some(id)) => Sitter::Office { id, label },
        ("organisation", Some(id)) => Sitter::Organisation { id, label, name },
        ("person", _) => Sitter::Person { name: name.flatten() },
        _ => Sitter::Unnamed,
    };
    Ok(Holding {
        id: row.get(0)?,
        seat: row.get(1)?,
        ordinal: row.get(2)?,
        sitter,
        sex: sex(row, 9)?,
        youth: row.get(10)?,
        from: row.get(11)?,
        from_precision: exactness(row, 17)?,
        to: row.get(12)?,
        to_precision: exactness(row, 18)?,
        reason: row.get(13)?,
        source: Cited::at(row, 14)?,
        entry: row.get(19)?,
    })
}

/// How exactly a day is known: to the day where nothing else was said.
fn exactness(row: &Row<'_>, column: usize) -> Result<Precision, Fault> {
    let word: Option<String> = row.get(column)?;
    Ok(word.as_deref().and_then(Precision::from_cell).unwrap_or(Precision::Day))
}

/// Every holding of a seat of the body, oldest first.
pub(crate) fn holdings(tx: &mut Tx<'_>, body: &str) -> Result<Vec<Holding>, Fault> {
    let sql = format!("{HOLDING} WHERE h.body = ?1 ORDER BY h.from_day, h.entry");
    tx.rows(&sql, values![body], holding_at)
}

/// The holdings of every body that is installed on the day, by body, oldest first.
pub(crate) fn every_holding(tx: &mut Tx<'_>, day: Day) -> Result<HashMap<String, Vec<Holding>>, Fault> {
    let sql = format!(
        "{HOLDING} JOIN body_installation i ON i.body = h.body AND i.on_day <= ?1 ORDER BY h.from_day, h.entry"
    );
    let mut found: HashMap<String, Vec<Holding>> = HashMap::new();
    tx.each(&sql, values![day], |row| {
        found.entry(row.get(20)?).or_default().push(holding_at(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// One holding of a seat of the body.
pub(crate) fn holding(tx: &mut Tx<'_>, body: &str, id: &OccupancyId) -> Result<Option<Holding>, Fault> {
    let sql = format!("{HOLDING} WHERE h.id = ?2 AND h.body = ?1");
    tx.row(&sql, values![body, *id], holding_at)
}

const INTERRUPTION: &str = "SELECT i.seat, i.ordinal, i.state, i.reason, i.from_day, i.to_day, i.note, i.source, \
     s.fr, s.mark, i.body FROM seat_interruption i LEFT JOIN named s ON s.kind = 'source' AND s.id = i.source";

fn interrupted_at(row: &Row<'_>) -> Result<Interrupted, Fault> {
    let (ordinal, state): (u16, String) = (row.get(1)?, row.get(2)?);
    let suspended = state == Interruption::Suspended.as_str();
    Ok(Interrupted {
        seat: row.get(0)?,
        ordinal: Some(ordinal).filter(|ordinal| *ordinal > 0),
        state: if suspended { Interruption::Suspended } else { Interruption::Vacant },
        reason: row.get(3)?,
        from: row.get(4)?,
        to: row.get(5)?,
        note: row.get(6)?,
        source: Cited::at(row, 7)?,
    })
}

/// Every vacancy and suspension stated of the body's seats, oldest first.
pub(crate) fn interruptions(tx: &mut Tx<'_>, body: &str) -> Result<Vec<Interrupted>, Fault> {
    let sql = format!("{INTERRUPTION} WHERE i.body = ?1 ORDER BY i.from_day, i.seat, i.ordinal");
    tx.rows(&sql, values![body], interrupted_at)
}

/// Vacancies and suspensions of every body that is installed on the day, by body, oldest first.
pub(crate) fn every_interruption(
    tx: &mut Tx<'_>,
    day: Day,
) -> Result<HashMap<String, Vec<Interrupted>>, Fault> {
    let sql = format!(
        "{INTERRUPTION} JOIN body_installation n ON n.body = i.body AND n.on_day <= ?1 \
         ORDER BY i.from_day, i.seat, i.ordinal"
    );
    let mut found: HashMap<String, Vec<Interrupted>> = HashMap::new();
    tx.each(&sql, values![day], |row| {
        found.entry(row.get(10)?).or_default().push(interrupted_at(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// A seat that an organisation holds, with the names of all three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Crossing {
    pub(crate) body: BodyId,
    pub(crate) body_name: Bilingual,
    pub(crate) kind: String,
    pub(crate) organisation: OrganisationId,
    pub(crate) organisation_name: String,
    pub(crate) seat: SeatCode,
    pub(crate) seat_name: Option<Bilingual>,
    pub(crate) ordinal: u16,
    pub(crate) from: Option<Day>,
    pub(crate) exercise: bool,
}

/// The seats that organisations hold on the day, by body and organisation, in bodies of the kind where one is given, after the body and
/// at most `most` seats.
pub(crate) fn crossings(
    tx: &mut Tx<'_>,
    day: Day,
    kind: Option<&str>,
    after: &str,
    most: usize,
) -> Result<Vec<Crossing>, Fault> {
    let within = kind.map_or("", |_| " AND b.kind = ?4");
    let (after_sort, after_id) = after.split_once('\u{1f}').unwrap_or(("", ""));
    let mut bound = values![day, *after_sort, *after_id].to_vec();
    bound.extend(kind.map(record::ToValue::to_value));
    tx.rows(
        &format!(
            "SELECT b.id, b.fr, b.en, b.kind, COALESCE(m.root, h.holder), COALESCE(n.fr, h.holder), h.seat, t.fr, t.en, \
             h.ordinal, NULLIF(h.from_day, ''), b.exercise FROM seat_holding h JOIN body b ON b.id = h.body \
             LEFT JOIN seat t ON t.kind = b.kind AND t.code = h.seat LEFT JOIN merged m ON m.id = h.holder \
             LEFT JOIN named n ON n.kind = 'organisation' AND n.id = COALESCE(m.root, h.holder) \
             WHERE h.holder_kind = 'organisation' AND h.from_day <= ?1 AND (h.to_day IS NULL OR h.to_day > ?1) \
             AND (b.sort > ?2 OR (b.sort = ?2 AND b.id > ?3)){within} \
             ORDER BY b.sort, b.id, h.seat, h.ordinal LIMIT {most}"
        ),
        &bound,
        |row| {
            let (seat_fr, seat_en): (Option<String>, _) = (row.get(7)?, row.get(8)?);
            Ok(Crossing {
                body: row.get(0)?,
                body_name: Bilingual { fr: row.get(1)?, en: row.get(2)? },
                kind: row.get(3)?,
                organisation: row.get(4)?,
                organisation_name: row.get(5)?,
                seat: row.get(6)?,
                seat_name: seat_fr.map(|fr| Bilingual { fr, en: seat_en }),
                ordinal: row.get(9)?,
                from: row.get(10)?,
                exercise: row.get(11)?,
            })
        },
    )
}

/// A seat that an office or organisation holds in some body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    pub(crate) body: BodyId,
    pub(crate) body_name: Option<Bilingual>,
    pub(crate) seat: SeatCode,
    pub(crate) seat_name: Option<Bilingual>,
    pub(crate) from: Option<(Day, Precision)>,
    pub(crate) exercise: bool,
}

/// The seats that this office (`body`) or `organisation` held on the day, by body, at most `most`.
pub(crate) fn held_by(
    tx: &mut Tx<'_>,
    holder_kind: &str,
    holder: &str,
    day: Day,
    most: usize,
) -> Result<Vec<Elsewhere>, Fault> {
    tx.rows(
        &format!(
            "SELECT h.body, b.fr, b.en, h.seat, t.fr, t.en, NULLIF(h.from_day, ''), b.exercise, \
             h.from_exactness FROM seat_holding h \
             JOIN body b ON b.id = h.body LEFT JOIN seat t ON t.kind = b.kind AND t.code = h.seat \
             WHERE h.holder_kind = ?1 AND (h.holder = ?2 OR h.holder IN (SELECT m.id FROM merged m WHERE m.root = ?2)) \
             AND h.from_day <= ?3 \
             AND (h.to_day IS NULL OR h.to_day > ?3) ORDER BY b.sort, b.id, h.seat, h.ordinal LIMIT {most}"
        ),
        values![holder_kind, holder, day],
        |row| {
            let (seat_fr, seat_en): (Option<String>, _) = (row.get(4)?, row.get(5)?);
            let from: Option<Day> = row.get(6)?;
            Ok(Elsewhere {
                body: row.get(0)?,
                body_name: Some(Bilingual { fr: row.get(1)?, en: row.get(2)? }),
                seat: row.get(3)?,
                seat_name: seat_fr.map(|fr| Bilingual { fr, en: seat_en }),
                from: from.zip(Some(exactness(row, 8)?)),
                exercise: row.get(7)?,
            })
        },
    )
}
