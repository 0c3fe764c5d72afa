//! The tables of the room and the questions its pages ask: the only SQL here.

mod drawer;
mod facts;
mod follow;
mod list;
mod one;

use record::{Fault, Tables, Tx, values};
use terms::recommendations::{Author, Quality, RecommendationAdopted, RecommendationTransmitted};
use terms::{Day, RecommendationId, Sealed, Word};

pub(crate) use drawer::{
    Asking, Draft, DraftFile, cosignature, delete_draft, drafts_of, held_draft, keep_draft, keep_file,
    remove_file, set_cosignature, waiting_for,
};
pub(crate) use facts::{adoption_facts, is_known, level_of, stand, transmission_facts};
pub(crate) use facts::{bodies_of_kind, known_import, last_written, sittings_of};
pub(crate) use follow::recommendations_in_all;
pub use follow::{MatrixLine, matrix_lines};
pub use list::Filter;
pub(crate) use list::{Listed, Names, Order, facets, list, untransmitted};
pub(crate) use one::{Sent, Shown, ShownPoint, shown};

/// The room's tables.
#[must_use]
pub(crate) const fn tables() -> Tables {
    Tables { room: "recommendations", derived: DERIVED, drawers: drawer::DRAWERS, apply }
}

const DERIVED: &str = "
CREATE TABLE recommendation (
    id TEXT PRIMARY KEY,
    sort_key TEXT NOT NULL,
    author_kind TEXT NOT NULL,
    author_id TEXT NOT NULL,
    title TEXT NOT NULL,
    grounds TEXT,
    theme TEXT,
    priority BIGINT NOT NULL,
    urgent BOOLEAN NOT NULL,
    quality TEXT,
    adopted_on TEXT,
    year BIGINT NOT NULL,
    sitting TEXT,
    document TEXT,
    number TEXT,
    mark TEXT,
    source TEXT,
    place TEXT,
    exercise BOOLEAN NOT NULL,
    addressed BIGINT NOT NULL,
    transmitted BIGINT NOT NULL,
    is_open BOOLEAN NOT NULL,
    turned_on TEXT,
    updated_on TEXT NOT NULL,
    known TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE UNIQUE INDEX recommendation_sort ON recommendation (sort_key);
CREATE INDEX recommendation_entry ON recommendation (entry);
CREATE INDEX recommendation_author ON recommendation (author_kind, author_id, sort_key);
CREATE INDEX recommendation_theme ON recommendation (theme, sort_key);
CREATE INDEX recommendation_year ON recommendation (year, sort_key);
CREATE INDEX recommendation_exercise ON recommendation (exercise, sort_key);
CREATE INDEX recommendation_open ON recommendation (is_open, sort_key);
CREATE TABLE recommendation_point (
    recommendation TEXT NOT NULL,
    number BIGINT NOT NULL,
    asks TEXT NOT NULL,
    indicator TEXT,
    deadline TEXT,
    PRIMARY KEY (recommendation, number)
);
CREATE TABLE recommendation_addressee (
    recommendation TEXT NOT NULL,
    body TEXT NOT NULL,
    rank BIGINT NOT NULL,
    sort_key TEXT NOT NULL,
    competence TEXT,
    delivered_on TEXT,
    proof TEXT,
    file TEXT,
    rule TEXT,
    points TEXT,
    acknowledge_by TEXT,
    answer_by TEXT,
    delivery_entry BIGINT,
    PRIMARY KEY (recommendation, body)
);
CREATE INDEX recommendation_addressee_body ON recommendation_addressee (body, sort_key);
CREATE TABLE recommendation_place (
    place TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    rank BIGINT NOT NULL,
    PRIMARY KEY (place, sort_key)
);
CREATE INDEX recommendation_place_of ON recommendation_place (recommendation, rank);
CREATE TABLE recommendation_cosigner (
    recommendation TEXT NOT NULL,
    rank BIGINT NOT NULL,
    organisation TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    PRIMARY KEY (recommendation, rank)
);
CREATE INDEX recommendation_cosigner_of ON recommendation_cosigner (organisation, sort_key);
CREATE TABLE recommendation_evidence (
    recommendation TEXT NOT NULL,
    rank BIGINT NOT NULL,
    shows TEXT NOT NULL,
    media TEXT NOT NULL,
    PRIMARY KEY (recommendation, rank)
);
CREATE TABLE recommendation_turn (
    entry BIGINT PRIMARY KEY,
    recommendation TEXT NOT NULL,
    closes BOOLEAN NOT NULL,
    on_day TEXT NOT NULL,
    ground TEXT,
    reason TEXT NOT NULL,
    replaced_by TEXT
);
CREATE INDEX recommendation_turn_of ON recommendation_turn (recommendation, entry);
CREATE TABLE recommendation_facet (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    items BIGINT NOT NULL,
    PRIMARY KEY (facet, value)
);
CREATE INDEX recommendation_facet_most ON recommendation_facet (facet, items);
CREATE TABLE recommendation_answer (
    recommendation TEXT NOT NULL,
    body TEXT NOT NULL,
    point BIGINT NOT NULL,
    stance TEXT,
    on_day TEXT NOT NULL,
    PRIMARY KEY (recommendation, body, point)
);
CREATE TABLE recommendation_follow (
    recommendation TEXT NOT NULL,
    point BIGINT NOT NULL,
    track TEXT NOT NULL,
    who TEXT NOT NULL,
    state TEXT NOT NULL,
    on_day TEXT NOT NULL,
    says TEXT,
    PRIMARY KEY (recommendation, point, track, who)
);
CREATE TABLE recommendation_joined (
    recommendation TEXT NOT NULL,
    body TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (recommendation, body)
);
CREATE TABLE recommendation_body_kind (
    kind TEXT PRIMARY KEY,
    level TEXT
);
CREATE TABLE recommendation_body (
    body TEXT PRIMARY KEY,
    kind TEXT NOT NULL
);
CREATE TABLE recommendation_sitting (
    sitting TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    on_day TEXT NOT NULL
);
CREATE INDEX recommendation_sitting_body ON recommendation_sitting (body, on_day);
";

fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    match &sealed.entry.word {
        Word::RecommendationAdopted(adopted) => take_in(tx, sealed, adopted),
        Word::RecommendationTransmitted(sent) => deliver(tx, sealed, sent),
        Word::RecommendationClosed(closed) => {
            tx.run(
                "INSERT INTO recommendation_turn (entry, recommendation, closes, on_day, ground, reason, replaced_by) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                values![
                    sealed.index, closed.recommendation, true, closed.on, closed.ground.as_str(), closed.reason,
                    closed.replaced_by
                ],
            )?;
            turn(tx, &closed.recommendation, false, closed.on)
        }
        Word::RecommendationReopened(reopened) => {
            tx.run(
                "INSERT INTO recommendation_turn (entry, recommendation, closes, on_day, ground, reason, replaced_by) \
                 VALUES (?1, ?2, ?3, ?4, NULL, ?5, NULL)",
                values![sealed.index, reopened.recommendation, false, reopened.on, reopened.reason],
            )?;
            turn(tx, &reopened.recommendation, true, reopened.on)
        }
        Word::BodyKindSet(kind) => {
            tx.run(
                "INSERT INTO recommendation_body_kind (kind, level) VALUES (?1, ?2) \
                 ON CONFLICT (kind) DO UPDATE SET level = excluded.level",
                values![kind.id, kind.level],
            )?;
            Ok(())
        }
        Word::BodyEstablished(body) => {
            tx.run(
                "INSERT INTO recommendation_body (body, kind) VALUES (?1, ?2) \
                 ON CONFLICT (body) DO UPDATE SET kind = excluded.kind",
                values![body.id, body.kind],
            )?;
            Ok(())
        }
        Word::SittingHeld(held) => {
            tx.run(
                "INSERT INTO recommendation_sitting (sitting, body, on_day) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (sitting) DO UPDATE SET body = excluded.body, on_day = excluded.on_day",
                values![held.id, held.body, held.on],
            )?;
            Ok(())
        }
        other => follow::apply(tx, other),
    }
}

/// Kind and id (or name) of an author as columns.
pub(crate) fn author_columns(author: &Author) -> (&'static str, &str) {
    match author {
        Author::Body { body } => ("body", body.as_str()),
        Author::Organisation { organisation } => ("organisation", organisation.as_str()),
        Author::Named { name } => ("named", name),
    }
}

/// The author that these columns hold.
pub(crate) fn author_of(kind: &str, id: String) -> Result<Author, Fault> {
    let bad = |fault: terms::FormFault| Fault::Value(fault.to_string());
    Ok(match kind {
        "body" => Author::Body { body: id.try_into().map_err(bad)? },
        "organisation" => Author::Organisation { organisation: id.try_into().map_err(bad)? },
        _ => Author::Named { name: id },
    })
}

fn quality_column(quality: Quality) -> String {
    let Quality { competence, one_action, indicator, deadline, evidence, means } = quality;
    let holds = [competence, one_action, indicator, deadline, evidence, means];
    holds.into_iter().map(|holds| if holds { '1' } else { '0' }).collect()
}

fn quality_of(column: &str) -> Quality {
    let holds: Vec<bool> = column.chars().map(|c| c == '1').collect();
    let at = |i: usize| holds.get(i).copied().unwrap_or(false);
    Quality {
        competence: at(0),
        one_action: at(1),
        indicator: at(2),
        deadline: at(3),
        evidence: at(4),
        means: at(5),
    }
}

/// The points asked, as `1, 2`; none where all are.
fn points_column(points: &[u8]) -> Option<String> {
    let numbers: Vec<String> = points.iter().map(u8::to_string).collect();
    (!numbers.is_empty()).then(|| numbers.join(", "))
}

/// Newest first by day of adoption; one whose day is not known stands before the days of its year, and what is
/// played in an exercise behind everything real.
fn sort_key(adopted: &RecommendationAdopted, entry: u64) -> String {
    let day = adopted.adopted_on.map_or_else(|| format!("{:04}-00-00", adopted.year), |day| day.to_string());
    let behind = if adopted.exercise { "0000-" } else { "" };
    format!("{behind}{day}.{entry:010}")
}

fn take_in(tx: &mut Tx<'_>, sealed: &Sealed, adopted: &RecommendationAdopted) -> Result<(), Fault> {
    let key = sort_key(adopted, sealed.index);
    let (author_kind, author_id) = author_columns(&adopted.author);
    let document = adopted.document.as_ref();
    let fresh = tx.run(
        "INSERT INTO recommendation (id, sort_key, author_kind, author_id, title, grounds, theme, priority, urgent, \
         quality, adopted_on, year, sitting, document, number, mark, source, place, exercise, addressed, transmitted, \
         is_open, turned_on, updated_on, known, entry) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, 0, ?21, \
         NULL, ?22, ?23, ?24) ON CONFLICT (id) DO NOTHING",
        values![
            adopted.id,
            key,
            author_kind,
            author_id,
            adopted.title,
            adopted.grounds,
            adopted.theme,
            adopted.priority,
            adopted.urgent,
            adopted.quality.map(quality_column),
            adopted.adopted_on,
            adopted.year,
            adopted.sitting,
            document.map(|d| d.symbol.as_str()),
            document.and_then(|d| d.number.as_deref()),
            document.map(|d| d.mark.as_str()),
            adopted.source,
            adopted.places.first(),
            adopted.exercise,
            adopted.addressees.len(),
            true,
            adopted.adopted_on.unwrap_or(sealed.known),
            sealed.known,
            sealed.index
        ],
    )?;
    // An id adopted twice keeps its first text; the record shows both.
    if fresh > 0 {
        take_in_parts(tx, &key, adopted)?;
        count(tx, adopted)?;
    }
    Ok(())
}

fn take_in_parts(tx: &mut Tx<'_>, key: &str, adopted: &RecommendationAdopted) -> Result<(), Fault> {
    for point in &adopted.points {
        tx.run(
            "INSERT INTO recommendation_point (recommendation, number, asks, indicator, deadline) \
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (recommendation, number) DO NOTHING",
            values![adopted.id, point.number, point.text, point.indicator, point.deadline],
        )?;
    }
    for (rank, addressee) in adopted.addressees.iter().enumerate() {
        tx.run(
            "INSERT INTO recommendation_addressee (recommendation, body, rank, sort_key, competence) \
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (recommendation, body) DO NOTHING",
            values![adopted.id, addressee.body, rank, key, addressee.competence],
        )?;
    }
    for (rank, place) in adopted.places.iter().enumerate() {
        tx.run(
            "INSERT INTO recommendation_place (place, sort_key, recommendation, rank) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (place, sort_key) DO NOTHING",
            values![*place, key, adopted.id, rank],
        )?;
    }
    for (rank, organisation) in adopted.cosigners.iter().enumerate() {
        tx.run(
            "INSERT INTO recommendation_cosigner (recommendation, rank, organisation, sort_key) \
             VALUES (?1, ?2, ?3, ?4)",
            values![adopted.id, rank, *organisation, key],
        )?;
    }
    for (rank, shows) in adopted.evidence.iter().enumerate() {
        tx.run(
            "INSERT INTO recommendation_evidence (recommendation, rank, shows, media) VALUES (?1, ?2, ?3, ?4)",
            values![adopted.id, rank, *shows, shows.media.as_str()],
        )?;
    }
    Ok(())
}

/// How many recommendations each filter would find, so that the most useful choices are offered without counting.
fn count(tx: &mut Tx<'_>, adopted: &RecommendationAdopted) -> Result<(), Fault> {
    let (kind, id) = author_columns(&adopted.author);
    let mut values: Vec<(&str, String)> =
        vec![("author", format!("{kind}:{id}")), ("year", adopted.year.to_string())];
    values.extend(adopted.theme.iter().map(|theme| ("theme", theme.clone())));
    let mut bodies: Vec<&str> = adopted.addressees.iter().map(|a| a.body.as_str()).collect();
    bodies.sort_unstable();
    bodies.dedup();
    values.extend(bodies.iter().map(|body| ("addressee", (*body).to_owned())));
    values.extend(adopted.places.iter().map(|place| ("place", place.to_string())));
    values.iter().try_for_each(|(facet, value)| one_more(tx, facet, value))
}

fn one_more(tx: &mut Tx<'_>, facet: &str, value: &str) -> Result<(), Fault> {
    tx.add(
        "INSERT INTO recommendation_facet (facet, value, items) VALUES (?1, ?2, ?3) \
         ON CONFLICT (facet, value) DO UPDATE SET items = recommendation_facet.items + excluded.items",
        values![facet, value],
        &[1],
    )
}

fn deliver(tx: &mut Tx<'_>, sealed: &Sealed, sent: &RecommendationTransmitted) -> Result<(), Fault> {
    let first = tx.run(
        "UPDATE recommendation_addressee SET delivered_on = ?3, proof = ?4, file = ?5, rule = ?6, \
         acknowledge_by = ?7, answer_by = ?8, delivery_entry = ?9, points = COALESCE(?10, points) \
         WHERE recommendation = ?1 AND body = ?2 AND delivered_on IS NULL",
        values![
            sent.recommendation,
            sent.addressee,
            sent.delivered_on,
            sent.proof.as_str(),
            sent.file,
            sent.rule,
            sent.acknowledge_by,
            sent.answer_by,
            sealed.index,
            points_column(&sent.points)
        ],
    )?;
    if first > 0 {
        tx.run(
            "UPDATE recommendation SET transmitted = transmitted + 1 WHERE id = ?1",
            values![sent.recommendation],
        )?;
    }
    touch(tx, &sent.recommendation, sent.delivered_on)
}

fn turn(tx: &mut Tx<'_>, id: &RecommendationId, open: bool, on: Day) -> Result<(), Fault> {
    tx.run("UPDATE recommendation SET is_open = ?2, turned_on = ?3 WHERE id = ?1", values![*id, open, on])?;
    touch(tx, id, on)
}

/// The day of the newest thing that happened to a recommendation.
fn touch(tx: &mut Tx<'_>, id: &RecommendationId, on: Day) -> Result<(), Fault> {
    tx.run("UPDATE recommendation SET updated_on = ?2 WHERE id = ?1 AND updated_on < ?2", values![*id, on])?;
    Ok(())
}
