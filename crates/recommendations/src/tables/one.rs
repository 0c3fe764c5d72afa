//! One recommendation, whole.

use record::{Fault, Tx, values};
use terms::recommendations::{Author, Quality};
use terms::{BodyId, Commitment, Day, Mark, PlaceId, SourceId};

use super::{author_of, quality_of};

/// A recommendation as its page shows it. A text is `None` where it was withdrawn.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    pub(crate) grounds: Option<Option<String>>,
    pub(crate) author: Author,
    pub(crate) theme: Option<String>,
    pub(crate) priority: u8,
    pub(crate) urgent: bool,
    pub(crate) quality: Option<Quality>,
    pub(crate) adopted_on: Option<Day>,
    pub(crate) year: i16,
    pub(crate) sitting: Option<String>,
    pub(crate) document: Option<(String, Option<String>, Option<Mark>)>,
    pub(crate) source: Option<SourceId>,
    pub(crate) exercise: bool,
    pub(crate) open: bool,
    pub(crate) entry: u64,
    pub(crate) places: Vec<PlaceId>,
    pub(crate) points: Vec<ShownPoint>,
    pub(crate) addressees: Vec<Sent>,
    pub(crate) cosigners: Vec<String>,
    pub(crate) evidence: Vec<(Commitment, String, Option<String>)>,
    pub(crate) turns: Vec<Turn>,
}

/// One point.
#[derive(Debug, Clone)]
pub(crate) struct ShownPoint {
    pub(crate) number: u8,
    pub(crate) text: Option<String>,
    pub(crate) indicator: Option<Option<String>>,
    pub(crate) deadline: Option<Day>,
}

/// One addressee and its delivery.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    pub(crate) body: BodyId,
    pub(crate) rank: usize,
    pub(crate) competence: Option<Option<String>>,
    pub(crate) delivered_on: Option<Day>,
    pub(crate) proof: Option<String>,
    pub(crate) file: Option<Commitment>,
    pub(crate) points: Option<String>,
    pub(crate) entry: Option<u64>,
}

/// One closing or reopening.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    pub(crate) entry: u64,
    pub(crate) closes: bool,
    pub(crate) on: Day,
    pub(crate) ground: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) replaced_by: Option<String>,
}

/// The recommendation, if the record knows it.
pub(crate) fn shown(tx: &mut Tx<'_>, id: &str) -> Result<Option<Shown>, Fault> {
    let Some(mut found) = head(tx, id)? else { return Ok(None) };
    found.places = tx.rows(
        "SELECT place FROM recommendation_place WHERE recommendation = ?1 ORDER BY rank",
        values![id],
        |row| row.get(0),
    )?;
    found.points = tx.rows(
        "SELECT p.number, t.bytes, p.indicator, i.bytes, p.deadline FROM recommendation_point p \
         LEFT JOIN enclosure t ON t.sha256 = p.asks LEFT JOIN enclosure i ON i.sha256 = p.indicator \
         WHERE p.recommendation = ?1 ORDER BY p.number",
        values![id],
        |row| {
            let indicator: Option<String> = row.get(2)?;
            let said: Option<String> = row.get(3)?;
            Ok(ShownPoint {
                number: row.get(0)?,
                text: row.get(1)?,
                indicator: indicator.map(|_| said),
                deadline: row.get(4)?,
            })
        },
    )?;
    found.addressees = addressees(tx, id)?;
    found.cosigners = tx.rows(
        "SELECT organisation FROM recommendation_cosigner WHERE recommendation = ?1 ORDER BY rank",
        values![id],
        |row| row.get(0),
    )?;
    found.evidence = tx.rows(
        "SELECT v.shows, v.media, e.bytes FROM recommendation_evidence v LEFT JOIN enclosure e \
         ON e.sha256 = v.shows AND v.media = 'text/plain' WHERE v.recommendation = ?1 ORDER BY v.rank",
        values![id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    found.turns = tx.rows(
        "SELECT t.entry, t.closes, t.on_day, t.ground, e.bytes, t.replaced_by FROM recommendation_turn t \
         LEFT JOIN enclosure e ON e.sha256 = t.reason WHERE t.recommendation = ?1 ORDER BY t.entry",
        values![id],
        |row| {
            Ok(Turn {
                entry: row.get(0)?,
                closes: row.get(1)?,
                on: row.get(2)?,
                ground: row.get(3)?,
                reason: row.get(4)?,
                replaced_by: row.get(5)?,
            })
        },
    )?;
    Ok(Some(found))
}

fn head(tx: &mut Tx<'_>, id: &str) -> Result<Option<Shown>, Fault> {
    tx.row(
        "SELECT r.id, t.bytes, r.grounds, g.bytes, r.author_kind, r.author_id, r.theme, r.priority, r.urgent, \
         r.quality, r.adopted_on, r.year, r.sitting, r.document, r.number, r.mark, r.source, r.exercise, r.is_open, \
         r.entry FROM recommendation r LEFT JOIN enclosure t ON t.sha256 = r.title \
         LEFT JOIN enclosure g ON g.sha256 = r.grounds WHERE r.id = ?1",
        values![id],
        |row| {
            let (grounds, text): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
            let (kind, quality): (String, Option<String>) = (row.get(4)?, row.get(9)?);
            let (symbol, number): (Option<String>, Option<String>) = (row.get(13)?, row.get(14)?);
            let mark: Option<String> = row.get(15)?;
            let mark = mark.as_deref().and_then(Mark::parse);
            Ok(Shown {
                id: row.get(0)?,
                title: row.get(1)?,
                grounds: grounds.map(|_| text),
                author: author_of(&kind, row.get(5)?)?,
                theme: row.get(6)?,
                priority: row.get(7)?,
                urgent: row.get(8)?,
                quality: quality.as_deref().map(quality_of),
                adopted_on: row.get(10)?,
                year: row.get(11)?,
                sitting: row.get(12)?,
                document: symbol.map(|symbol| (symbol, number, mark)),
                source: row.get(16)?,
                exercise: row.get(17)?,
                open: row.get(18)?,
                entry: row.get(19)?,
                places: Vec::new(),
                points: Vec::new(),
                addressees: Vec::new(),
                cosigners: Vec::new(),
                evidence: Vec::new(),
                turns: Vec::new(),
            })
        },
    )
}

fn addressees(tx: &mut Tx<'_>, id: &str) -> Result<Vec<Sent>, Fault> {
    tx.rows(
        "SELECT a.body, a.rank, a.competence, e.bytes, a.delivered_on, a.proof, a.file, a.delivery_entry, a.points FROM recommendation_addressee a \
         LEFT JOIN enclosure e ON e.sha256 = a.competence WHERE a.recommendation = ?1 ORDER BY a.rank",
        values![id],
        |row| {
            let (competence, said): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
            Ok(Sent {
                body: row.get(0)?,
                rank: row.get(1)?,
                competence: competence.map(|_| said),
                delivered_on: row.get(4)?,
                proof: row.get(5)?,
                file: row.get(6)?,
                entry: row.get(7)?,
                points: row.get(8)?,
            })
        },
    )
}
