//! What became of each point, kept here for the follow-up matrix: the words of `answers` applied to this room's own tables.

use record::{Fault, Tx, values};
use terms::answers::{Answered, Observer};
use terms::{BodyId, Day, RecommendationId, Word};

use super::list::{Conditions, Filter, Order, conditions};
use super::{points_column, touch};

/// The room has taken in a word of `answers`.
pub(super) fn apply(tx: &mut Tx<'_>, word: &Word) -> Result<(), Fault> {
    match word {
        Word::Acknowledged(said) => touch(tx, &said.recommendation, said.on),
        Word::Answered(said) => {
            // Point 0 stands for the answer as a whole.
            let whole = (0, None);
            let points = said.points.iter().map(|point| (point.point, Some(point.stance.as_str())));
            for (point, stance) in std::iter::once(whole).chain(points) {
                tx.run(
                    "INSERT INTO recommendation_answer (recommendation, body, point, stance, on_day) \
                     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (recommendation, body, point) DO UPDATE \
                     SET stance = excluded.stance, on_day = excluded.on_day \
                     WHERE excluded.on_day >= recommendation_answer.on_day",
                    values![said.recommendation, said.addressee, point, stance, said.on],
                )?;
            }
            passed_on(tx, said)?;
            touch(tx, &said.recommendation, said.on)
        }
        Word::ImplementationDeclared(said) => {
            let row = (said.point, "declared", said.addressee.as_str(), said.state.as_str(), said.on);
            keep(tx, &said.recommendation, row, said.text)
        }
        Word::ImplementationObserved(seen) => {
            let who = match &seen.observer {
                Observer::Organisation { organisation } => organisation.as_str(),
                Observer::Body { body } => body.as_str(),
            };
            let row = (seen.point, "observed", who, seen.state.as_str(), seen.on);
            keep(tx, &seen.recommendation, row, Some(seen.evidence))
        }
        Word::Escalated(escalated) => {
            tx.run(
                "INSERT INTO recommendation_joined (recommendation, body, on_day) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (recommendation, body) DO NOTHING",
                values![escalated.recommendation, escalated.to, escalated.on],
            )?;
            touch(tx, &escalated.recommendation, escalated.on)
        }
        _ => Ok(()),
    }
}

/// Whoever an addressee passes a point on to is an addressee too, of the points passed on, and waits for its delivery.
fn passed_on(tx: &mut Tx<'_>, said: &Answered) -> Result<(), Fault> {
    let passed: Vec<(&BodyId, u8)> =
        said.points.iter().filter_map(|point| Some((point.passed_to.as_ref()?, point.point))).collect();
    let mut bodies: Vec<&BodyId> = passed.iter().map(|(to, _)| *to).collect();
    bodies.sort_unstable();
    bodies.dedup();
    for body in bodies {
        let points: Vec<u8> = passed.iter().filter(|(to, _)| *to == body).map(|(_, point)| *point).collect();
        // Whom an escalation has reached has a clock already.
        let fresh = tx.run(
            "INSERT INTO recommendation_addressee (recommendation, body, rank, sort_key, points) \
             SELECT r.id, ?2, (SELECT COALESCE(MAX(a.rank), 0) + 1 FROM recommendation_addressee a \
             WHERE a.recommendation = r.id), r.sort_key, ?3 FROM recommendation r WHERE r.id = ?1 AND NOT EXISTS \
             (SELECT 1 FROM recommendation_joined j WHERE j.recommendation = r.id AND j.body = ?2) \
             ON CONFLICT (recommendation, body) DO NOTHING",
            values![said.recommendation, *body, points_column(&points)],
        )?;
        if fresh > 0 {
            tx.run(
                "UPDATE recommendation SET addressed = addressed + 1 WHERE id = ?1",
                values![said.recommendation],
            )?;
            super::one_more(tx, "addressee", body.as_str())?;
        }
    }
    Ok(())
}

type Step<'a> = (u8, &'static str, &'a str, &'static str, Day);

fn keep(
    tx: &mut Tx<'_>,
    id: &RecommendationId,
    (point, track, who, state, on): Step<'_>,
    says: Option<terms::Enclosed>,
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO recommendation_follow (recommendation, point, track, who, state, on_day, says) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (recommendation, point, track, who) DO UPDATE \
         SET state = excluded.state, on_day = excluded.on_day, says = excluded.says \
         WHERE excluded.on_day >= recommendation_follow.on_day",
        values![*id, point, track, who, state, on, says],
    )?;
    touch(tx, id, on)
}

/// One point of one recommendation as the follow-up matrix needs it.
#[derive(Debug, Clone)]
pub struct MatrixLine {
    /// Which recommendation.
    pub id: String,
    /// Which point, from 1.
    pub point: u8,
    /// How many points the recommendation has.
    pub points: u8,
    /// Where the next lines begin.
    pub sort_key: String,
    /// Number in its document, if it has one.
    pub number: Option<String>,
    /// Symbol of its document.
    pub document: Option<String>,
    /// Kind and id of its author.
    pub author: (String, String),
    /// Day of adoption.
    pub adopted_on: Option<Day>,
    /// Year of adoption.
    pub year: i16,
    /// The sitting that adopted it.
    pub sitting: Option<String>,
    /// What is asked; `None` when it was withdrawn.
    pub asks: Option<String>,
    /// Its title; `None` when it was withdrawn.
    pub title: Option<String>,
    /// Its grounds.
    pub grounds: Option<String>,
    /// Theme.
    pub theme: Option<String>,
    /// 3 high, 2 middle, 1 low.
    pub priority: u8,
    /// By when.
    pub deadline: Option<Day>,
    /// How one will know.
    pub indicator: Option<String>,
    /// Part of an exercise.
    pub exercise: bool,
    /// Newest day of anything that happened to it.
    pub updated_on: Day,
    /// Each addressee: body, last day to answer.
    pub addressees: Vec<(String, Option<Day>)>,
    /// Bodies to which it was carried up.
    pub joined: Vec<String>,
    /// Organisations that signed it.
    pub cosigners: Vec<String>,
    /// Texts of its evidence, and how many files.
    pub evidence: (Vec<String>, usize),
    /// Newest stance of each addressee on this point, and its day.
    pub stances: Vec<(String, String, Day)>,
    /// Addressees that answered anything at all.
    pub answered: Vec<String>,
    /// Newest state on each track: track, who, state, day, text.
    pub follow: Vec<(String, String, String, Day, Option<String>)>,
}

/// How many recommendations there are.
///
/// **Errors** the database refused.
pub(crate) fn recommendations_in_all(tx: &mut Tx<'_>) -> Result<u64, Fault> {
    tx.one("SELECT COUNT(*) FROM recommendation", &[])
}

/// The lines of at most `most` recommendations that the filter finds, in the order of the list.
///
/// **Errors** the database refused.
pub fn matrix_lines(tx: &mut Tx<'_>, filter: &Filter, most: usize) -> Result<Vec<MatrixLine>, Fault> {
    let Conditions { text, values } = conditions(filter, Order::Adoption);
    let sql = format!(
        "SELECT r.id, COALESCE(p.number, 1), r.sort_key, r.number, r.document, r.author_kind, r.author_id, r.adopted_on, r.year, \
         r.sitting, ask.bytes, title.bytes, grounds.bytes, r.theme, r.priority, p.deadline, ind.bytes, r.updated_on, r.exercise \
         FROM (SELECT r.* FROM recommendation r{text} ORDER BY r.sort_key DESC LIMIT {most}) r \
         LEFT JOIN recommendation_point p ON p.recommendation = r.id \
         LEFT JOIN enclosure ask ON ask.sha256 = p.asks LEFT JOIN enclosure title ON title.sha256 = r.title \
         LEFT JOIN enclosure grounds ON grounds.sha256 = r.grounds LEFT JOIN enclosure ind ON ind.sha256 = p.indicator \
         ORDER BY r.sort_key DESC, p.number"
    );
    let mut lines = tx.rows(&sql, &values, |row| {
        Ok(MatrixLine {
            id: row.get(0)?,
            point: row.get(1)?,
            points: 0,
            sort_key: row.get(2)?,
            number: row.get(3)?,
            document: row.get(4)?,
            author: (row.get(5)?, row.get(6)?),
            adopted_on: row.get(7)?,
            year: row.get(8)?,
            sitting: row.get(9)?,
            asks: row.get(10)?,
            title: row.get(11)?,
            grounds: row.get(12)?,
            theme: row.get(13)?,
            priority: row.get(14)?,
            deadline: row.get(15)?,
            indicator: row.get(16)?,
            exercise: row.get(18)?,
            updated_on: row.get(17)?,
            addressees: Vec::new(),
            joined: Vec::new(),
            cosigners: Vec::new(),
            evidence: (Vec::new(), 0),
            stances: Vec::new(),
            answered: Vec::new(),
            follow: Vec::new(),
        })
    })?;
    for line in &mut lines {
        fill(tx, line)?;
    }
    Ok(lines)
}

fn fill(tx: &mut Tx<'_>, line: &mut MatrixLine) -> Result<(), Fault> {
    let id = line.id.as_str();
    line.points = tx.one(
        "SELECT COALESCE(MAX(number), 1) FROM recommendation_point WHERE recommendation = ?1",
        values![id],
    )?;
    line.addressees = tx.rows(
        "SELECT body, answer_by FROM recommendation_addressee WHERE recommendation = ?1 ORDER BY rank",
        values![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    line.joined = tx.rows(
        "SELECT body FROM recommendation_joined WHERE recommendation = ?1 ORDER BY on_day, body",
        values![id],
        |row| row.get(0),
    )?;
    line.cosigners = tx.rows(
        "SELECT organisation FROM recommendation_cosigner WHERE recommendation = ?1 ORDER BY rank",
        values![id],
        |row| row.get(0),
    )?;
    tx.each(
        "SELECT v.media, e.bytes FROM recommendation_evidence v LEFT JOIN enclosure e \
         ON e.sha256 = v.shows AND v.media = 'text/plain' WHERE v.recommendation = ?1 ORDER BY v.rank",
        values![id],
        |row| {
            let media: String = row.get(0)?;
            match row.get::<Option<String>>(1)? {
                Some(text) => line.evidence.0.push(text),
                None if media != "text/plain" => line.evidence.1 += 1,
                None => {}
            }
            Ok(())
        },
    )?;
    tx.each(
        "SELECT body, point, stance, on_day FROM recommendation_answer WHERE recommendation = ?1 ORDER BY body, point",
        values![id],
        |row| {
            let (body, point): (String, u8) = (row.get(0)?, row.get(1)?);
            if point == 0 {
                line.answered.push(body);
            } else if point == line.point
                && let Some(stance) = row.get::<Option<String>>(2)?
            {
                line.stances.push((body, stance, row.get(3)?));
            }
            Ok(())
        },
    )?;
    line.follow = tx.rows(
        "SELECT f.track, f.who, f.state, f.on_day, e.bytes FROM recommendation_follow f \
         LEFT JOIN enclosure e ON e.sha256 = f.says WHERE f.recommendation = ?1 AND f.point = ?2 \
         ORDER BY f.track, f.on_day, f.who",
        values![id, line.point],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
    )?;
    Ok(())
}
