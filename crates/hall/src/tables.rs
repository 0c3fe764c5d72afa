//! The hall's tables: what came last, the time line, the sources and what rests on each.

use record::directory::{self, Kind, sort_key};
use record::{Fault, FromValue, Row, ToValue, Tx, Value, values};
use terms::answers::{Awaited, Observer};
use terms::institutions::EventDated;
use terms::recommendations::Author;
use terms::{Day, Mark, Precision, Sealed, SourceId, Word};

pub(crate) mod ground;

pub(crate) const SCHEMA: &str = "
CREATE TABLE hall_latest (
    entry BIGINT PRIMARY KEY,
    known TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor_kind TEXT,
    actor TEXT,
    happened TEXT,
    exercise BOOLEAN NOT NULL
);
CREATE INDEX hall_latest_known ON hall_latest (exercise, known, entry);
CREATE INDEX hall_latest_kind ON hall_latest (exercise, kind, known, entry);
CREATE TABLE hall_event (
    entry BIGINT PRIMARY KEY,
    happened TEXT NOT NULL,
    exactness TEXT NOT NULL,
    fr TEXT NOT NULL,
    en TEXT,
    kind TEXT NOT NULL,
    place TEXT,
    source TEXT,
    exercise BOOLEAN NOT NULL
);
CREATE INDEX hall_event_happened ON hall_event (happened, entry);
CREATE INDEX hall_event_kind ON hall_event (kind, happened, entry);
CREATE INDEX hall_event_place ON hall_event (place, happened, entry);
CREATE TABLE hall_event_choice (
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    many BIGINT NOT NULL,
    PRIMARY KEY (field, value)
);
CREATE TABLE hall_source (
    id TEXT PRIMARY KEY,
    sorted TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT,
    published TEXT,
    address TEXT,
    mark TEXT NOT NULL,
    note TEXT,
    entry BIGINT NOT NULL
);
CREATE INDEX hall_source_sorted ON hall_source (sorted, id);
CREATE INDEX hall_source_mark ON hall_source (mark, sorted, id);
CREATE TABLE hall_succession (
    entry BIGINT PRIMARY KEY,
    known TEXT NOT NULL,
    verifier_key TEXT NOT NULL,
    ground TEXT NOT NULL,
    address TEXT,
    signers TEXT NOT NULL
);
CREATE TABLE hall_citation (
    source TEXT NOT NULL,
    entry BIGINT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (source, entry)
);
";

/// The kinds of news, in the order of the filter.
pub(crate) const NEWS: [&str; 10] = [
    "adopted",
    "answered",
    "unanswered",
    "unacknowledged",
    "escalated",
    "observed",
    "closed",
    "installed",
    "attested",
    "sitting",
];

pub(crate) fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    let word = &sealed.entry.word;
    if let Some(news) = news(word) {
        tell(tx, sealed, &news)?;
    }
    if let Some(source) = source_of(word) {
        tx.run(
            "INSERT INTO hall_citation (source, entry, word) VALUES (?1, ?2, ?3) \
             ON CONFLICT (source, entry) DO NOTHING",
            values![*source, sealed.index, word.spelling()],
        )?;
    }
    match word {
        Word::EventDated(event) => date(tx, sealed.index, event),
        Word::RecordSucceeded(says) => {
            // A signature line is a dash, the name of the key, and the signature.
            let signers = says.signatures.iter().filter_map(|line| line.split(' ').nth(1));
            tx.run(
                "INSERT INTO hall_succession (entry, known, verifier_key, ground, address, signers) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                values![
                    sealed.index,
                    sealed.known,
                    says.verifier_key,
                    says.ground.as_str(),
                    says.address,
                    signers.collect::<Vec<_>>().join(", ")
                ],
            )?;
            Ok(())
        }
        Word::SourceCited(source) => {
            tx.run(
                "INSERT INTO hall_source \
                 (id, sorted, title, publisher, published, address, mark, note, entry) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
                 ON CONFLICT (id) DO UPDATE SET sorted = excluded.sorted, title = excluded.title, \
                 publisher = excluded.publisher, published = excluded.published, address = excluded.address, \
                 mark = excluded.mark, note = excluded.note, entry = excluded.entry",
                values![
                    source.id,
                    sort_key(&source.title),
                    source.title,
                    source.publisher,
                    source.published,
                    source.address,
                    source.mark.as_str(),
                    source.note,
                    sealed.index
                ],
            )?;
            Ok(())
        }
        _ => Ok(()),
    }
}

struct Told<'a> {
    kind: &'static str,
    subject: (Kind, &'a str),
    actor: Option<(&'static str, &'a str)>,
    happened: Option<Day>,
}

fn news(word: &Word) -> Option<Told<'_>> {
    let (body, organisation) = (Kind::Body.as_str(), Kind::Organisation.as_str());
    let told =
        |kind, id, actor, happened| Some(Told { kind, subject: (Kind::Recommendation, id), actor, happened });
    match word {
        Word::RecommendationAdopted(r) => {
            let actor = match &r.author {
                Author::Body { body: id } => (body, id.as_str()),
                Author::Organisation { organisation: id } => (organisation, id.as_str()),
                Author::Named { name } => ("name", name.as_str()),
            };
            told("adopted", r.id.as_str(), Some(actor), r.adopted_on)
        }
        Word::Answered(a) => {
            told("answered", a.recommendation.as_str(), Some((body, a.addressee.as_str())), Some(a.on))
        }
        Word::SilenceNoted(s) => {
            let kind = match s.awaited {
                Awaited::Answer => "unanswered",
                Awaited::Acknowledgement => "unacknowledged",
            };
            told(kind, s.recommendation.as_str(), Some((body, s.addressee.as_str())), Some(s.on))
        }
        Word::Escalated(e) => {
            told("escalated", e.recommendation.as_str(), Some((body, e.to.as_str())), Some(e.on))
        }
        Word::ImplementationObserved(o) => {
            let actor = match &o.observer {
                Observer::Organisation { organisation: id } => (organisation, id.as_str()),
                Observer::Body { body: id } => (body, id.as_str()),
            };
            told("observed", o.recommendation.as_str(), Some(actor), Some(o.on))
        }
        Word::RecommendationClosed(c) => told("closed", c.recommendation.as_str(), None, Some(c.on)),
        Word::BodyInstalled(i) => {
            // A month or a year is no day, and an attested body was installed on another.
            let happened = (i.precision == Precision::Day).then_some(i.on);
            let kind = if i.precision == Precision::Attested { "attested" } else { "installed" };
            Some(Told { kind, subject: (Kind::Body, i.body.as_str()), actor: None, happened })
        }
        Word::SittingHeld(s) => Some(Told {
            kind: "sitting",
            subject: (Kind::Body, s.body.as_str()),
            // What leads to the sitting's own page.
            actor: Some(("sitting", s.id.as_str())),
            happened: Some(s.on),
        }),
        _ => None,
    }
}

fn tell(tx: &mut Tx<'_>, sealed: &Sealed, told: &Told<'_>) -> Result<(), Fault> {
    let (kind, subject) = told.subject;
    let exercise = directory::is_exercise(tx, kind, subject)?;
    tx.run(
        "INSERT INTO hall_latest \
         (entry, known, kind, subject_kind, subject, actor_kind, actor, happened, exercise) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        values![
            sealed.index,
            sealed.known,
            told.kind,
            kind.as_str(),
            subject,
            told.actor.map(|(kind, _)| kind),
            told.actor.map(|(_, id)| id),
            told.happened,
            exercise
        ],
    )?;
    Ok(())
}

fn date(tx: &mut Tx<'_>, index: u64, event: &EventDated) -> Result<(), Fault> {
    let place = match &event.place {
        Some(place) => directory::look_up(tx, Kind::Place, place.as_str())?,
        None => None,
    };
    tx.run(
        "INSERT INTO hall_event (entry, happened, exactness, fr, en, kind, place, source, exercise) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        values![
            index,
            event.on,
            event.precision.as_str(),
            event.what.fr,
            event.what.en,
            event.kind,
            event.place,
            event.source,
            place.is_some_and(|place| place.exercise)
        ],
    )?;
    let year = event.on.year().to_string();
    let place = event.place.as_ref().map(AsRef::as_ref);
    for (field, value) in [("kind", Some(event.kind.as_str())), ("year", Some(&year)), ("place", place)] {
        if let Some(value) = value {
            tx.add(
                "INSERT INTO hall_event_choice (field, value, many) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (field, value) DO UPDATE SET many = hall_event_choice.many + excluded.many",
                values![field, value],
                &[1],
            )?;
        }
    }
    Ok(())
}

/// The source a word cites.
fn source_of(word: &Word) -> Option<&SourceId> {
    use Word as W;
    match word {
        W::FeastSet(w) => w.source.as_ref(),
        W::ClockRuleSet(w) => w.source.as_ref(),
        W::PlaceNamed(w) => w.source.as_ref(),
        W::PlaceJoined(w) => w.source.as_ref(),
        W::PlaceCoded(w) => w.source.as_ref(),
        W::BodyKindSet(w) => w.source.as_ref(),
        W::RequiredStated(w) => w.source.as_ref(),
        W::BodyEstablished(w) => w.source.as_ref(),
        W::BodyInstalled(w) => w.source.as_ref(),
        W::SeatSet(w) => w.source.as_ref(),
        W::SeatFilled(w) => w.source.as_ref(),
        W::SeatLeft(w) => w.source.as_ref(),
        W::SeatInterrupted(w) => w.source.as_ref(),
        W::CountStated(w) => w.source.as_ref(),
        W::CompositionStated(w) => w.source.as_ref(),
        W::TallyStated(w) => w.source.as_ref(),
        W::EventDated(w) => w.source.as_ref(),
        W::OrganisationRegistered(w) => w.source.as_ref(),
        W::OrganisationJoined(w) => w.source.as_ref(),
        W::OrganisationStatusStated(w) => w.source.as_ref(),
        W::TieStated(w) => w.source.as_ref(),
        W::OrganisationIdentified(w) => w.source.as_ref(),
        W::RestrictionStated(w) => w.source.as_ref(),
        W::SeatRequested(w) => w.source.as_ref(),
        W::SeatRequestAnswered(w) => w.source.as_ref(),
        W::SeatOffered(w) => w.source.as_ref(),
        W::SeatOfferAnswered(w) => w.source.as_ref(),
        W::AttendanceTaken(w) => w.source.as_ref(),
        W::ObligationSet(w) => w.source.as_ref(),
        W::LegalFormSet(w) => w.source.as_ref(),
        W::OrganisationRecognised(w) => w.source.as_ref(),
        W::OrganisationWorks(w) => w.source.as_ref(),
        W::SittingHeld(w) => w.source.as_ref(),
        W::SittingNotHeld(w) => w.source.as_ref(),
        W::RecommendationAdopted(w) => w.source.as_ref(),
        _ => None,
    }
}

/// One of the latest things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Latest {
    pub(crate) entry: u64,
    pub(crate) known: Day,
    pub(crate) kind: String,
    pub(crate) subject_kind: String,
    pub(crate) subject: String,
    pub(crate) actor_kind: Option<String>,
    pub(crate) actor: Option<String>,
    pub(crate) happened: Option<Day>,
}

/// A statement being put together: conditions that were asked for, and no others.
struct Asked {
    sql: String,
    values: Vec<Value>,
}

impl Asked {
    fn new(sql: &str) -> Self {
        Self { sql: sql.to_owned(), values: Vec::new() }
    }

    /// `condition`, in which `#` stands for the value, holds; nothing is added for an absent value.
    fn and<T: ToValue>(&mut self, condition: &str, value: Option<T>) {
        let Some(value) = value else { return };
        self.values.push(value.to_value());
        let joint = if self.sql.contains(" WHERE ") { "AND" } else { "WHERE" };
        let condition = condition.replace('#', &format!("?{}", self.values.len()));
        self.sql.push_str(&format!(" {joint} {condition}"));
    }

    fn rows<T>(
        mut self,
        tx: &mut Tx<'_>,
        end: &str,
        most: usize,
        make: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        self.sql.push_str(&format!(" {end} LIMIT {most}"));
        tx.rows(&self.sql, &self.values, make)
    }
}

/// Where a list goes on: a day and an entry, as `2026-03-02.17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) day: Day,
    pub(crate) entry: u64,
}

impl Cursor {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (day, entry) = text.split_once('.')?;
        Some(Self { day: day.parse().ok()?, entry: entry.parse().ok()? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.day, self.entry)
    }
}

/// What became known last, newest first.
pub(crate) fn latest(
    tx: &mut Tx<'_>,
    exercise: bool,
    kind: Option<&str>,
    after: Option<Cursor>,
    most: usize,
) -> Result<Vec<Latest>, Fault> {
    let mut asked = Asked::new(
        "SELECT entry, known, kind, subject_kind, subject, actor_kind, actor, happened FROM hall_latest",
    );
    asked.and("exercise = #", Some(exercise));
    asked.and("kind = #", kind);
    asked.and("known <= #", after.map(|after| after.day));
    // The second half of the cursor names the first half's value again: placeholders are numbered.
    if let Some(after) = after {
        let day = asked.values.len();
        asked.and(&format!("(known < ?{day} OR entry < #)"), Some(after.entry));
    }
    asked.rows(tx, "ORDER BY known DESC, entry DESC", most, |row| {
        Ok(Latest {
            entry: row.get(0)?,
            known: row.get(1)?,
            kind: row.get(2)?,
            subject_kind: row.get(3)?,
            subject: row.get(4)?,
            actor_kind: row.get(5)?,
            actor: row.get(6)?,
            happened: row.get(7)?,
        })
    })
}

/// A dated fact with what is known of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) entry: u64,
    pub(crate) happened: Day,
    pub(crate) exactness: Option<Precision>,
    pub(crate) fr: String,
    pub(crate) en: Option<String>,
    pub(crate) kind: String,
    pub(crate) place: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) source_title: Option<String>,
    pub(crate) mark: Option<Mark>,
    pub(crate) exercise: bool,
}

/// Which dated facts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    pub(crate) kind: Option<String>,
    pub(crate) year: Option<i16>,
    pub(crate) place: Option<String>,
    pub(crate) after: Option<Cursor>,
}

/// Dated facts, latest first.
pub(crate) fn events(tx: &mut Tx<'_>, wanted: &Wanted, most: usize) -> Result<Vec<Event>, Fault> {
    let mut asked = Asked::new(
        "SELECT v.entry, v.happened, v.exactness, v.fr, v.en, v.kind, v.place, v.source, \
         s.title, s.mark, v.exercise \
         FROM hall_event v LEFT JOIN hall_source s ON s.id = v.source",
    );
    asked.and("v.kind = #", wanted.kind.as_deref());
    asked.and("v.place = #", wanted.place.as_deref());
    asked.and("v.happened >= #", wanted.year.map(|year| format!("{year:04}-01-01")));
    asked.and("v.happened <= #", wanted.year.map(|year| format!("{year:04}-12-31")));
    if let Some(after) = wanted.after {
        asked.and("v.happened <= #", Some(after.day));
        let day = asked.values.len();
        asked.and(&format!("(v.happened < ?{day} OR v.entry < #)"), Some(after.entry));
    }
    asked.rows(tx, "ORDER BY v.happened DESC, v.entry DESC", most, |row| {
        let (exactness, mark): (String, Option<String>) = (row.get(2)?, row.get(9)?);
        Ok(Event {
            entry: row.get(0)?,
            happened: row.get(1)?,
            exactness: Precision::from_cell(&exactness),
            fr: row.get(3)?,
            en: row.get(4)?,
            kind: row.get(5)?,
            place: row.get(6)?,
            source: row.get(7)?,
            source_title: row.get(8)?,
            mark: mark.as_deref().and_then(Mark::parse),
            exercise: row.get(10)?,
        })
    })
}

/// The values by which dated facts can be filtered: `kind`, `year` or `place`, in order.
pub(crate) fn choices(tx: &mut Tx<'_>, field: &str) -> Result<Vec<String>, Fault> {
    tx.rows("SELECT value FROM hall_event_choice WHERE field = ?1 ORDER BY value", values![field], |row| {
        row.get(0)
    })
}

/// A source as cited last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<Day>,
    pub(crate) address: Option<String>,
    pub(crate) mark: String,
    pub(crate) note: Option<String>,
    pub(crate) entry: u64,
}

const SOURCE: &str = "SELECT id, title, publisher, published, address, mark, note, entry FROM hall_source";

fn source_row(row: &Row<'_>) -> Result<Source, Fault> {
    Ok(Source {
        id: row.get(0)?,
        title: row.get(1)?,
        publisher: row.get(2)?,
        published: row.get(3)?,
        address: row.get(4)?,
        mark: row.get(5)?,
        note: row.get(6)?,
        entry: row.get(7)?,
    })
}

/// Sources by title, accents and case aside.
pub(crate) fn sources(
    tx: &mut Tx<'_>,
    mark: Option<Mark>,
    after: Option<&str>,
    most: usize,
) -> Result<Vec<Source>, Fault> {
    let mut asked = Asked::new(SOURCE);
    asked.and("mark = #", mark.map(Mark::as_str));
    if let Some(id) = after {
        let from: Option<String> = first(tx, "SELECT sorted FROM hall_source WHERE id = ?1", id)?;
        asked.and("sorted >= #", Some(from.unwrap_or_default()));
        let sorted = asked.values.len();
        asked.and(&format!("(sorted > ?{sorted} OR id > #)"), Some(id));
    }
    asked.rows(tx, "ORDER BY sorted, id", most, source_row)
}

fn first<T: FromValue>(tx: &mut Tx<'_>, sql: &str, id: &str) -> Result<Option<T>, Fault> {
    tx.row(sql, values![id], |row| row.get(0))
}

/// The source of this id.
pub(crate) fn source(tx: &mut Tx<'_>, id: &str) -> Result<Option<Source>, Fault> {
    tx.row(&format!("{SOURCE} WHERE id = ?1"), values![id], source_row)
}

/// An entry that rests on a source, and its word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Citation {
    pub(crate) entry: u64,
    pub(crate) word: String,
}

/// The entries that rest on a source, oldest first.
pub(crate) fn citations(
    tx: &mut Tx<'_>,
    source: &str,
    after: Option<u64>,
    most: usize,
) -> Result<Vec<Citation>, Fault> {
    let mut asked = Asked::new("SELECT entry, word FROM hall_citation");
    asked.and("source = #", Some(source));
    asked.and("entry > #", after);
    asked.rows(tx, "ORDER BY entry", most, |row| Ok(Citation { entry: row.get(0)?, word: row.get(1)? }))
}
