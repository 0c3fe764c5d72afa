//! The sittings' tables, how entries change them, and what pages ask of them.

use record::directory::{self, Kind};
use record::{Fault, Row, Tables, ToValue, Tx, Value, values};
use terms::sittings::SittingHeld;
use terms::{BodyId, Commitment, Day, PlaceId, Sealed, SittingId, SourceId, Word};

/// The room's tables.
pub(crate) const TABLES: Tables = Tables { room: "sittings", derived: DERIVED, drawers: "", apply };

const DERIVED: &str = "
CREATE TABLE sitting (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    on_day TEXT NOT NULL,
    evidence TEXT NOT NULL,
    present BIGINT,
    expected BIGINT,
    women BIGINT,
    youth BIGINT,
    civil_society BIGINT,
    paid_by TEXT,
    subject TEXT,
    minutes TEXT,
    media TEXT,
    source TEXT,
    known TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX sitting_day ON sitting (on_day, id);
CREATE INDEX sitting_body_day ON sitting (body, on_day, id);
CREATE INDEX sitting_known ON sitting (known, entry);
CREATE TABLE sitting_place (
    place TEXT NOT NULL,
    on_day TEXT NOT NULL,
    sitting TEXT NOT NULL,
    PRIMARY KEY (place, on_day, sitting)
);
CREATE INDEX sitting_place_of ON sitting_place (sitting);
CREATE TABLE sitting_missed (
    entry BIGINT PRIMARY KEY,
    body TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    reason TEXT,
    source TEXT,
    known TEXT NOT NULL
);
CREATE INDEX sitting_missed_body ON sitting_missed (body, from_day);
CREATE TABLE sitting_kind (
    kind TEXT PRIMARY KEY,
    function TEXT NOT NULL,
    meets_every TEXT,
    source TEXT
);
CREATE TABLE sitting_body (
    body TEXT PRIMARY KEY,
    kind TEXT NOT NULL
);
CREATE TABLE sitting_installed (
    body TEXT PRIMARY KEY,
    on_day TEXT NOT NULL
);
";

fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    match &sealed.entry.word {
        Word::SittingHeld(word) => held(tx, sealed, word)?,
        Word::SittingNotHeld(word) => {
            tx.run(
                "INSERT INTO sitting_missed (entry, body, from_day, to_day, reason, source, known) VALUES \
                 (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                values![sealed.index, word.body, word.from, word.to, word.reason, word.source, sealed.known],
            )?;
        }
        Word::BodyKindSet(word) => {
            tx.run(
                "INSERT INTO sitting_kind (kind, function, meets_every, source) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (kind) DO UPDATE SET function = excluded.function, meets_every = \
                 excluded.meets_every, source = excluded.source",
                values![word.id, word.function, word.meets_every, word.source],
            )?;
        }
        Word::BodyEstablished(word) => {
            tx.run(
                "INSERT INTO sitting_body (body, kind) VALUES (?1, ?2) ON CONFLICT (body) DO UPDATE SET \
                 kind = excluded.kind",
                values![word.id, word.kind],
            )?;
        }
        // A body that existed by a day may have been installed long before: that day closes no month.
        Word::BodyInstalled(word) if word.precision != terms::Precision::Attested => {
            tx.run(
                "INSERT INTO sitting_installed (body, on_day) VALUES (?1, ?2) ON CONFLICT (body) DO \
                 UPDATE SET on_day = CASE WHEN excluded.on_day < sitting_installed.on_day THEN \
                 excluded.on_day ELSE sitting_installed.on_day END",
                values![word.body, word.on],
            )?;
        }
        _ => {}
    }
    Ok(())
}

fn held(tx: &mut Tx<'_>, sealed: &Sealed, word: &SittingHeld) -> Result<(), Fault> {
    let evidence: Vec<&str> = word.evidence.iter().map(|evidence| evidence.as_str()).collect();
    tx.run(
        "INSERT INTO sitting (id, body, on_day, evidence, present, expected, women, youth, civil_society, \
         paid_by, subject, minutes, media, source, known, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, \
         ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) ON CONFLICT (id) DO UPDATE SET body = excluded.body, \
         on_day = excluded.on_day, evidence = excluded.evidence, present = excluded.present, expected = \
         excluded.expected, women = excluded.women, youth = excluded.youth, civil_society = \
         excluded.civil_society, paid_by = excluded.paid_by, subject = excluded.subject, minutes = \
         excluded.minutes, media = excluded.media, source = excluded.source, known = excluded.known, \
         entry = excluded.entry",
        values![
            word.id,
            word.body,
            word.on,
            evidence.join(" "),
            word.present,
            word.expected,
            word.women,
            word.youth,
            word.civil_society,
            word.paid_by,
            word.subject,
            word.minutes,
            word.minutes.map(|minutes| minutes.media.as_str()),
            word.source,
            sealed.known,
            sealed.index
        ],
    )?;
    tx.run("DELETE FROM sitting_place WHERE sitting = ?1", values![word.id])?;
    let body = directory::look_up(tx, Kind::Body, word.body.as_str())?;
    if let Some(place) = body.and_then(|named| named.place) {
        for around in directory::places_around(tx, &place)? {
            tx.run(
                "INSERT INTO sitting_place (place, on_day, sitting) VALUES (?1, ?2, ?3) ON CONFLICT \
                 (place, on_day, sitting) DO NOTHING",
                values![around, word.on, word.id],
            )?;
        }
    }
    Ok(())
}

/// A sitting as lists and its page show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sitting {
    pub(crate) id: SittingId,
    pub(crate) body: BodyId,
    pub(crate) on: Day,
    /// Words of [`terms::sittings::Evidence`].
    pub(crate) evidence: Vec<String>,
    pub(crate) present: Option<i64>,
    pub(crate) expected: Option<i64>,
    pub(crate) women: Option<i64>,
    pub(crate) youth: Option<i64>,
    pub(crate) civil_society: Option<i64>,
    pub(crate) paid_by: Option<String>,
    /// Whether a subject was recorded, and its text unless it was withdrawn.
    pub(crate) subject: Option<Option<String>>,
    pub(crate) minutes: Option<Commitment>,
    pub(crate) media: Option<String>,
    pub(crate) source: Option<SourceId>,
    pub(crate) known: Day,
    pub(crate) entry: u64,
}

const COLUMNS: &str = "\
    t.id, t.body, t.on_day, t.evidence, t.present, t.expected, t.women, t.youth, \
    t.civil_society, t.paid_by, t.subject, e.bytes, t.minutes, t.media, t.source, t.known, t.entry";

const SUBJECT: &str = "LEFT JOIN enclosure e ON e.sha256 = t.subject";

fn sitting(row: &Row<'_>) -> Result<Sitting, Fault> {
    let evidence: String = row.get(3)?;
    let subject: Option<String> = row.get(10)?;
    let text: Option<String> = row.get(11)?;
    Ok(Sitting {
        id: row.get(0)?,
        body: row.get(1)?,
        on: row.get(2)?,
        evidence: evidence.split_whitespace().map(str::to_owned).collect(),
        present: row.get(4)?,
        expected: row.get(5)?,
        women: row.get(6)?,
        youth: row.get(7)?,
        civil_society: row.get(8)?,
        paid_by: row.get(9)?,
        subject: subject.map(|_| text),
        minutes: row.get(12)?,
        media: row.get(13)?,
        source: row.get(14)?,
        known: row.get(15)?,
        entry: row.get(16)?,
    })
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) body: Option<String>,
    pub(crate) place: Option<PlaceId>,
    pub(crate) since: Option<Day>,
    pub(crate) until: Option<Day>,
    /// With evidence, or without.
    pub(crate) shown: Option<bool>,
    /// One of [`crate::PAYERS`], or `unknown`.
    pub(crate) payer: Option<String>,
    /// The last of the page before.
    pub(crate) after: Option<String>,
}

/// The sittings of the filter, newest first, at most `most`.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter, most: usize) -> Result<Vec<Sitting>, Fault> {
    let mut bound: Vec<Value> = Vec::new();
    // The table whose index gives the order: a place's own, so that a quiet place costs no more than a busy
    // one.
    let (from, day, id) = match &filter.place {
        Some(_) => ("sitting_place p JOIN sitting t ON t.id = p.sitting", "p.on_day", "p.sitting"),
        None => ("sitting t", "t.on_day", "t.id"),
    };
    let mut sql = format!("SELECT {COLUMNS} FROM {from} {SUBJECT} WHERE {day} >= ''");
    let mut also = |text: &str, value: &dyn ToValue| {
        bound.push(value.to_value());
        sql.push_str(&text.replace("?n", &format!("?{}", bound.len())));
    };
    if let Some(place) = &filter.place {
        also(" AND p.place = ?n", place);
    }
    if let Some(body) = &filter.body {
        also(" AND t.body = ?n", body);
    }
    if let Some(since) = &filter.since {
        also(&format!(" AND {day} >= ?n"), since);
    }
    if let Some(until) = &filter.until {
        also(&format!(" AND {day} <= ?n"), until);
    }
    match filter.shown {
        Some(true) => also(" AND t.evidence <> ?n", &String::new()),
        Some(false) => also(" AND t.evidence = ?n", &String::new()),
        None => {}
    }
    match filter.payer.as_deref() {
        Some("unknown") => also(" AND COALESCE(t.paid_by, ?n) = ''", &String::new()),
        Some(payer) => also(" AND t.paid_by = ?n", &payer.to_owned()),
        None => {}
    }
    if let Some(after) = &filter.after {
        also(&format!(" AND ({day}, {id}) < (SELECT a.on_day, a.id FROM sitting a WHERE a.id = ?n)"), after);
    }
    sql.push_str(&format!(" ORDER BY {day} DESC, {id} DESC LIMIT {most}"));
    tx.rows(&sql, &bound, sitting)
}

/// The sitting of this id.
pub(crate) fn one(tx: &mut Tx<'_>, id: &str) -> Result<Option<Sitting>, Fault> {
    tx.row(&format!("SELECT {COLUMNS} FROM sitting t {SUBJECT} WHERE t.id = ?1"), values![id], sitting)
}

/// The sittings last known, newest first.
pub(crate) fn newest(tx: &mut Tx<'_>, most: usize) -> Result<Vec<Sitting>, Fault> {
    let sql =
        format!("SELECT {COLUMNS} FROM sitting t {SUBJECT} ORDER BY t.known DESC, t.entry DESC LIMIT {most}");
    tx.rows(&sql, &[], sitting)
}

/// The body's sittings from one day to another, both included: the day, and whether anything shows the
/// sitting.
pub(crate) fn days(tx: &mut Tx<'_>, body: &BodyId, from: Day, until: Day) -> Result<Vec<(Day, bool)>, Fault> {
    tx.rows(
        "SELECT on_day, evidence FROM sitting WHERE body = ?1 AND on_day >= ?2 AND on_day <= ?3 ORDER BY \
         on_day, id",
        values![*body, from, until],
        |row| Ok((row.get(0)?, !row.get::<String>(1)?.is_empty())),
    )
}

/// A period in which the body is known not to have met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Missed {
    pub(crate) from: Day,
    pub(crate) to: Day,
    /// Whether a reason was recorded, and its text unless it was withdrawn.
    pub(crate) reason: Option<Option<String>>,
    pub(crate) source: Option<SourceId>,
    pub(crate) entry: u64,
}

/// The periods since a day in which the body is known not to have met.
pub(crate) fn missed(tx: &mut Tx<'_>, body: &BodyId, since: Day) -> Result<Vec<Missed>, Fault> {
    tx.rows(
        "SELECT m.from_day, m.to_day, m.reason, e.bytes, m.source, m.entry FROM sitting_missed m LEFT \
         JOIN enclosure e ON e.sha256 = m.reason WHERE m.body = ?1 AND m.from_day >= ?2 ORDER BY \
         m.from_day, m.entry",
        values![*body, since],
        |row| {
            let (reason, text): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
            Ok(Missed {
                from: row.get(0)?,
                to: row.get(1)?,
                reason: reason.map(|_| text),
                source: row.get(4)?,
                entry: row.get(5)?,
            })
        },
    )
}

/// What the texts ask of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) function: Option<String>,
    pub(crate) meets_every: Option<String>,
    pub(crate) source: Option<SourceId>,
    pub(crate) installed: Option<Day>,
}

/// What the texts ask of the body and when it was installed; `None` for a body the record does not know.
pub(crate) fn rule(tx: &mut Tx<'_>, body: &BodyId) -> Result<Option<Rule>, Fault> {
    tx.row(
        "SELECT k.function, k.meets_every, k.source, i.on_day FROM sitting_body b LEFT JOIN sitting_kind \
         k ON k.kind = b.kind LEFT JOIN sitting_installed i ON i.body = b.body WHERE b.body = ?1",
        values![*body],
        |row| {
            Ok(Rule {
                function: row.get(0)?,
                meets_every: row.get(1)?,
                source: row.get(2)?,
                installed: row.get(3)?,
            })
        },
    )
}
