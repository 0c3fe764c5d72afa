//! The register's tables, how entries change them, and what pages ask of them.

mod capacity;
mod duplicates;
mod funding;
mod obligations;
mod recognition;
mod restrictions;
mod ties;

use record::directory::{self, sort_key};
use record::{Fault, Row, Tables, ToValue, Tx, Value, values};
use terms::organisations::{OrganisationJoined, OrganisationRegistered, OrganisationStatusStated};
use terms::{Day, OrganisationId, PlaceId, Sealed, SourceId, Word};

use crate::acts::{Membership, STANDINGS};

pub(crate) use capacity::{
    Action, Assessment, Drafting, Training, actions, ask_peer, asked, asking, assessments, draft, forget,
    is_asked, keep, one_action, text, trainings, unask_peer,
};
pub(crate) use duplicates::{Merger, distinct, likenesses, mergers_of, told_apart, twin};
pub(crate) use funding::{Declaration, declarations, figures, home, weighing};
pub(crate) use obligations::{
    Met, Obligation, Own, happened, met_by, obligations, own, receipt, tick, unhappened, untick,
};
pub(crate) use recognition::{
    Recognition, Working, forms, recognitions, recognitions_of, themes_on, work_of, work_places_on,
};
pub(crate) use restrictions::{Restriction, restriction, restrictions, restrictions_on};
pub(crate) use ties::{
    Identifier, Reply, Said, bearers, identifiers, identifiers_of, known_on, replies_of, said_of, speaks_of,
    tied_by,
};

/// The room's tables.
pub(crate) const TABLES: Tables = Tables { room: "organisations", derived: DERIVED, drawers: DRAWERS, apply };

const DERIVED: &str = "
CREATE TABLE organisation (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    sort TEXT NOT NULL,
    acronym TEXT,
    acronym_key TEXT,
    kind TEXT NOT NULL,
    founded TEXT,
    legal_form TEXT,
    place TEXT,
    source TEXT,
    note TEXT,
    exercise BOOLEAN NOT NULL,
    contested BOOLEAN NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX organisation_sort ON organisation (sort, id);
CREATE INDEX organisation_kind ON organisation (kind, sort, id);
CREATE INDEX organisation_acronym ON organisation (acronym_key);
CREATE TABLE organisation_place (
    place TEXT NOT NULL,
    organisation TEXT NOT NULL,
    PRIMARY KEY (place, organisation)
);
CREATE INDEX organisation_place_of ON organisation_place (organisation);
CREATE TABLE organisation_status (
    entry BIGINT PRIMARY KEY,
    organisation TEXT NOT NULL,
    status TEXT NOT NULL,
    decides BOOLEAN NOT NULL,
    on_day TEXT,
    authority TEXT,
    contested BOOLEAN NOT NULL,
    source TEXT,
    note TEXT,
    known TEXT NOT NULL
);
CREATE INDEX organisation_status_of ON organisation_status (organisation);
CREATE INDEX organisation_status_known ON organisation_status (known, entry);
CREATE TABLE organisation_standing (
    organisation TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    status TEXT NOT NULL,
    PRIMARY KEY (organisation, from_day)
);
CREATE INDEX organisation_standing_status ON organisation_standing (status, organisation);
CREATE TABLE organisation_member (
    member TEXT NOT NULL,
    umbrella TEXT NOT NULL,
    since TEXT NOT NULL,
    to_day TEXT,
    source TEXT,
    known TEXT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (member, umbrella, since)
);
CREATE INDEX organisation_member_umbrella ON organisation_member (umbrella, member);
CREATE TABLE organisation_tie (
    entry BIGINT PRIMARY KEY,
    organisation TEXT NOT NULL,
    criterion TEXT NOT NULL,
    holds TEXT NOT NULL,
    basis TEXT NOT NULL,
    contested BOOLEAN NOT NULL,
    from_day TEXT,
    to_day TEXT,
    source TEXT,
    note TEXT,
    evidence TEXT,
    known TEXT NOT NULL
);
CREATE INDEX organisation_tie_of ON organisation_tie (organisation);
CREATE TABLE organisation_reply (
    entry BIGINT PRIMARY KEY,
    organisation TEXT NOT NULL,
    about BIGINT NOT NULL,
    contests BOOLEAN NOT NULL,
    said TEXT NOT NULL,
    known TEXT NOT NULL
);
CREATE INDEX organisation_reply_of ON organisation_reply (organisation);
CREATE TABLE organisation_identifier (
    scheme TEXT NOT NULL,
    spelled TEXT NOT NULL,
    organisation TEXT NOT NULL,
    since TEXT NOT NULL,
    to_day TEXT,
    written TEXT NOT NULL,
    source TEXT,
    note TEXT,
    known TEXT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (scheme, spelled, organisation, since)
);
CREATE INDEX organisation_identifier_of ON organisation_identifier (organisation);
CREATE TABLE restriction (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    authority TEXT,
    names_some BOOLEAN NOT NULL,
    kinds TEXT NOT NULL,
    funder TEXT,
    activity TEXT,
    rate BIGINT,
    from_day TEXT,
    to_day TEXT,
    source TEXT,
    note TEXT,
    known TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE TABLE restriction_organisation (
    organisation TEXT NOT NULL,
    restriction TEXT NOT NULL,
    PRIMARY KEY (organisation, restriction)
);
CREATE INDEX restriction_organisation_of ON restriction_organisation (restriction);
CREATE TABLE organisation_funding (
    entry BIGINT PRIMARY KEY,
    organisation TEXT NOT NULL,
    year BIGINT NOT NULL,
    says TEXT NOT NULL,
    figures TEXT NOT NULL,
    known TEXT NOT NULL,
    replaced_by BIGINT
);
CREATE INDEX organisation_funding_of ON organisation_funding (organisation, year);
CREATE TABLE organisation_exposure (
    declared BIGINT PRIMARY KEY,
    entry BIGINT NOT NULL,
    says TEXT NOT NULL,
    known TEXT NOT NULL
);
CREATE TABLE organisation_assessment (
    entry BIGINT PRIMARY KEY,
    organisation TEXT NOT NULL,
    regard TEXT NOT NULL,
    on_day TEXT NOT NULL,
    says TEXT NOT NULL,
    known TEXT NOT NULL
);
CREATE INDEX organisation_assessment_of ON organisation_assessment (organisation, on_day);
CREATE TABLE organisation_action (
    id TEXT PRIMARY KEY,
    entry BIGINT NOT NULL,
    organisation TEXT NOT NULL,
    about TEXT NOT NULL,
    said TEXT NOT NULL,
    by_when TEXT,
    responsible TEXT,
    outcome TEXT,
    settled_on TEXT,
    note TEXT,
    settled_entry BIGINT
);
CREATE INDEX organisation_action_of ON organisation_action (organisation);
CREATE TABLE organisation_training (
    entry BIGINT PRIMARY KEY,
    organisation TEXT NOT NULL,
    title TEXT NOT NULL,
    domain TEXT,
    provider TEXT,
    from_day TEXT,
    until_day TEXT,
    people BIGINT,
    women BIGINT
);
CREATE INDEX organisation_training_of ON organisation_training (organisation);
CREATE TABLE obligation (
    id TEXT PRIMARY KEY,
    says TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE TABLE obligation_met (
    organisation TEXT NOT NULL,
    obligation TEXT NOT NULL,
    due TEXT NOT NULL,
    on_day TEXT NOT NULL,
    receipt TEXT,
    entry BIGINT NOT NULL,
    PRIMARY KEY (organisation, obligation, due)
);
CREATE TABLE legal_form (
    id TEXT PRIMARY KEY,
    fr TEXT NOT NULL,
    en TEXT,
    told_by TEXT,
    mark TEXT NOT NULL,
    source TEXT,
    note TEXT,
    first_entry BIGINT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE TABLE organisation_recognition (
    entry BIGINT PRIMARY KEY,
    organisation TEXT NOT NULL,
    form TEXT NOT NULL,
    receipt TEXT,
    scheme TEXT,
    authority TEXT,
    on_day TEXT,
    to_day TEXT,
    publication TEXT,
    source TEXT,
    note TEXT,
    scan TEXT,
    own BOOLEAN NOT NULL,
    known TEXT NOT NULL
);
CREATE INDEX organisation_recognition_of ON organisation_recognition (organisation);
CREATE TABLE organisation_work (
    entry BIGINT PRIMARY KEY,
    organisation TEXT NOT NULL,
    basis TEXT NOT NULL,
    from_day TEXT,
    to_day TEXT,
    source TEXT,
    note TEXT,
    known TEXT NOT NULL
);
CREATE INDEX organisation_work_of ON organisation_work (organisation);
CREATE TABLE organisation_work_at (
    place TEXT NOT NULL,
    organisation TEXT NOT NULL,
    entry BIGINT NOT NULL,
    named BOOLEAN NOT NULL,
    since TEXT NOT NULL,
    to_day TEXT,
    PRIMARY KEY (place, organisation, entry)
);
CREATE INDEX organisation_work_at_entry ON organisation_work_at (entry);
CREATE TABLE organisation_work_on (
    theme TEXT NOT NULL,
    organisation TEXT NOT NULL,
    entry BIGINT NOT NULL,
    since TEXT NOT NULL,
    to_day TEXT,
    PRIMARY KEY (theme, organisation, entry)
);
CREATE INDEX organisation_work_on_entry ON organisation_work_on (entry);
CREATE TABLE organisation_merger (
    entry BIGINT PRIMARY KEY,
    kept TEXT NOT NULL,
    merged TEXT NOT NULL,
    ground TEXT NOT NULL,
    known TEXT NOT NULL,
    parted BIGINT,
    parted_ground TEXT,
    parted_known TEXT
);
CREATE INDEX organisation_merger_kept ON organisation_merger (kept);
CREATE INDEX organisation_merger_merged ON organisation_merger (merged);
CREATE TABLE organisation_distinct (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    ground TEXT NOT NULL,
    known TEXT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (one, other)
);
CREATE INDEX organisation_distinct_other ON organisation_distinct (other);
";

/// Drawers: what is not public yet, or never.
const DRAWERS: &str = "
CREATE TABLE IF NOT EXISTS organisation_peer_asked (
    organisation TEXT NOT NULL,
    peer TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (organisation, peer)
);
CREATE INDEX IF NOT EXISTS organisation_peer_asked_peer ON organisation_peer_asked (peer);
CREATE TABLE IF NOT EXISTS organisation_assessment_draft (
    organisation TEXT NOT NULL,
    regard TEXT NOT NULL,
    by_organisation TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (organisation, regard, by_organisation, name)
);
CREATE TABLE IF NOT EXISTS organisation_obligation_tick (
    organisation TEXT NOT NULL,
    obligation TEXT NOT NULL,
    due TEXT NOT NULL,
    note TEXT NOT NULL,
    by_person TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (organisation, obligation, due)
);
CREATE TABLE IF NOT EXISTS organisation_obligation_event (
    organisation TEXT NOT NULL,
    obligation TEXT NOT NULL,
    happened TEXT NOT NULL,
    PRIMARY KEY (organisation, obligation, happened)
);
";

fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    match &sealed.entry.word {
        Word::OrganisationRegistered(word) => registered(tx, sealed, word),
        Word::OrganisationStatusStated(word) => stated(tx, sealed, word),
        Word::OrganisationJoined(word) => joined(tx, sealed, word),
        Word::TieStated(word) => ties::stated(tx, sealed, word),
        Word::OrganisationReplied(word) => ties::replied(tx, sealed, word),
        Word::OrganisationIdentified(word) => ties::identified(tx, sealed, word),
        Word::RestrictionStated(word) => restrictions::stated(tx, sealed, word),
        Word::FundingDeclared(word) => funding::declared(tx, sealed, word),
        Word::ExposureStated(word) => funding::exposed(tx, sealed, word),
        Word::CapacityAssessed(word) => capacity::assessed(tx, sealed, word),
        Word::ActionPlanned(word) => capacity::planned(tx, sealed, word),
        Word::ActionSettled(word) => capacity::settled(tx, sealed, word),
        Word::TrainingAttended(word) => capacity::attended(tx, sealed, word),
        Word::ObligationSet(word) => obligations::set(tx, sealed, word),
        Word::ObligationMet(word) => obligations::met(tx, sealed, word),
        Word::LegalFormSet(word) => recognition::form_set(tx, sealed, word),
        Word::OrganisationRecognised(word) => recognition::recognised(tx, sealed, word),
        Word::OrganisationWorks(word) => recognition::works(tx, sealed, word),
        Word::OrganisationsMerged(word) => duplicates::merged(tx, sealed, word),
        Word::OrganisationsParted(word) => duplicates::parted(tx, sealed, word),
        Word::OrganisationsDistinguished(word) => duplicates::distinguished(tx, sealed, word),
        _ => Ok(()),
    }
}

fn registered(tx: &mut Tx<'_>, sealed: &Sealed, word: &OrganisationRegistered) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation (id, name, sort, acronym, acronym_key, kind, founded, legal_form, \
         place, source, note, exercise, contested, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, \
         ?10, ?11, ?12, ?13, ?14) ON CONFLICT (id) DO UPDATE SET name = excluded.name, sort = \
         excluded.sort, acronym = excluded.acronym, acronym_key = excluded.acronym_key, kind = \
         excluded.kind, founded = excluded.founded, legal_form = excluded.legal_form, place = \
         excluded.place, source = excluded.source, note = excluded.note, exercise = excluded.exercise, \
         entry = excluded.entry",
        values![
            word.id,
            word.name,
            sort_key(&word.name),
            word.acronym,
            word.acronym.as_deref().map(sort_key),
            word.kind,
            word.founded,
            word.legal_form,
            word.place,
            word.source,
            word.note,
            word.exercise,
            false,
            sealed.index
        ],
    )?;
    tx.run("DELETE FROM organisation_place WHERE organisation = ?1", values![word.id])?;
    if let Some(place) = &word.place {
        for around in directory::places_around(tx, place)? {
            tx.run(
                "INSERT INTO organisation_place (place, organisation) VALUES (?1, ?2) ON CONFLICT (place, \
                 organisation) DO NOTHING",
                values![around, word.id],
            )?;
        }
    }
    // A statement may have been known before the registration was.
    settle_contested(tx, &word.id)
}

/// The condition that the column names `id` or an organisation that goes on as it.
pub(super) fn one_of(column: &str, id: &str) -> String {
    format!("({column} = {id} OR {column} IN (SELECT going.id FROM merged going WHERE going.root = {id}))")
}

/// The organisation under whose id this one goes on; itself where it stands for itself.
fn root_of(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<OrganisationId, Fault> {
    let root = record::directory::goes_on_as(tx, id.as_str())?;
    Ok(root.and_then(|root| OrganisationId::parse(&root).ok()).unwrap_or_else(|| id.clone()))
}

fn stated(tx: &mut Tx<'_>, sealed: &Sealed, word: &OrganisationStatusStated) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO organisation_status (entry, organisation, status, decides, on_day, authority, \
         contested, source, note, known) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        values![
            sealed.index,
            word.organisation,
            word.status,
            STANDINGS.contains(&word.status.as_str()),
            word.on,
            word.authority,
            word.contested,
            word.source,
            word.note,
            sealed.known
        ],
    )?;
    let root = root_of(tx, &word.organisation)?;
    settle_contested(tx, &root)?;
    settle_standing(tx, &root)
}

/// Whether a statement that would decide the standing is contested.
fn settle_contested(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<(), Fault> {
    let sql = format!(
        "SELECT entry FROM organisation_status WHERE {} AND decides = ?2 AND contested = ?2 LIMIT 1",
        one_of("organisation", "?1")
    );
    let contested: Option<i64> = tx.row(&sql, values![*id, true], |row| row.get(0))?;
    tx.run("UPDATE organisation SET contested = ?2 WHERE id = ?1", values![*id, contested.is_some()])?;
    Ok(())
}

/// From which day to which each undisputed standing holds.
fn settle_standing(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<(), Fault> {
    let mut spans: Vec<(Day, String)> = Vec::new();
    let sql = format!(
        "SELECT COALESCE(on_day, known), status FROM organisation_status WHERE {} AND decides = ?2 AND contested = ?3 \
         ORDER BY COALESCE(on_day, known), entry",
        one_of("organisation", "?1")
    );
    tx.each(&sql, values![*id, true, false], |row| {
        let (from, status): (Day, String) = (row.get(0)?, row.get(1)?);
        match spans.last_mut() {
            Some(last) if last.0 == from => last.1 = status,
            _ => spans.push((from, status)),
        }
        Ok(())
    })?;
    tx.run("DELETE FROM organisation_standing WHERE organisation = ?1", values![*id])?;
    for (i, (from, status)) in spans.iter().enumerate() {
        let to = spans.get(i + 1).map(|(next, _)| *next);
        tx.run(
            "INSERT INTO organisation_standing (organisation, from_day, to_day, status) VALUES (?1, ?2, \
             ?3, ?4)",
            values![*id, *from, to, *status],
        )?;
    }
    Ok(())
}

fn joined(tx: &mut Tx<'_>, sealed: &Sealed, word: &OrganisationJoined) -> Result<(), Fault> {
    let since = word.from.map(|day| day.to_string()).unwrap_or_default();
    tx.run(
        "INSERT INTO organisation_member (member, umbrella, since, to_day, source, known, entry) VALUES \
         (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (member, umbrella, since) DO UPDATE SET to_day = \
         excluded.to_day, source = excluded.source, known = excluded.known, entry = excluded.entry",
        values![word.member, word.umbrella, since, word.to, word.source, sealed.known, sealed.index],
    )?;
    Ok(())
}

/// An organisation as lists and its page show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Organisation {
    pub(crate) id: OrganisationId,
    pub(crate) name: String,
    pub(crate) acronym: Option<String>,
    pub(crate) kind: String,
    pub(crate) founded: Option<String>,
    pub(crate) legal_form: Option<String>,
    pub(crate) place: Option<PlaceId>,
    pub(crate) source: Option<SourceId>,
    pub(crate) note: Option<String>,
    pub(crate) exercise: bool,
    pub(crate) contested: bool,
    pub(crate) entry: u64,
    /// Its undisputed standing on the day asked; unknown where absent.
    pub(crate) status: Option<String>,
    pub(crate) status_since: Option<Day>,
}

const ORGANISATION: &str = "\
    SELECT o.id, o.name, o.acronym, o.kind, o.founded, o.legal_form, o.place, o.source, \
    o.note, o.exercise, o.contested, o.entry, s.status, s.from_day FROM organisation o \
    LEFT JOIN organisation_standing s ON s.organisation = o.id AND s.from_day <= ?1 \
    AND (s.to_day IS NULL OR s.to_day > ?1)";

fn organisation(row: &Row<'_>) -> Result<Organisation, Fault> {
    Ok(Organisation {
        id: row.get(0)?,
        name: row.get(1)?,
        acronym: row.get(2)?,
        kind: row.get(3)?,
        founded: row.get(4)?,
        legal_form: row.get(5)?,
        place: row.get(6)?,
        source: row.get(7)?,
        note: row.get(8)?,
        exercise: row.get(9)?,
        contested: row.get(10)?,
        entry: row.get(11)?,
        status: row.get(12)?,
        status_since: row.get(13)?,
    })
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) kind: Option<String>,
    /// One of [`STANDINGS`], `contested` or `unknown`.
    pub(crate) status: Option<String>,
    pub(crate) umbrella: Option<String>,
    pub(crate) place: Option<PlaceId>,
    /// A theme on which it is said to work.
    pub(crate) theme: Option<String>,
    /// A place in which it is said to work.
    pub(crate) works_in: Option<PlaceId>,
    /// Those that search found.
    pub(crate) among: Option<Vec<String>>,
    /// The last of the page before.
    pub(crate) after: Option<String>,
}

/// The condition that something is said of its work on the day, where `?n` stands in this column of this table.
fn works(table: &str, column: &str) -> String {
    format!(
        " AND EXISTS (SELECT 1 FROM {table} w WHERE w.{column} = ?n AND {} AND w.since <= ?1 AND (w.to_day IS NULL OR \
         w.to_day > ?1))",
        one_of("w.organisation", "o.id")
    )
}

/// The organisations of the filter as they stood on the day, by name, at most `most`.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    day: Day,
    most: usize,
) -> Result<Vec<Organisation>, Fault> {
    let mut bound: Vec<Value> = vec![day.to_value()];
    // Those that go on under another's id are that one, and are listed once.
    let mut sql = format!("{ORGANISATION} WHERE o.sort >= '' AND o.id NOT IN (SELECT m.id FROM merged m)");
    let mut also = |sql: &mut String, text: &str, value: &dyn ToValue| {
        bound.push(value.to_value());
        sql.push_str(&text.replace("?n", &format!("?{}", bound.len())));
    };
    if let Some(kind) = &filter.kind {
        also(&mut sql, " AND o.kind = ?n", kind);
    }
    match filter.status.as_deref() {
        Some("unknown") => sql.push_str(" AND s.status IS NULL"),
        Some("contested") => also(&mut sql, " AND o.contested = ?n", &true),
        Some(status) => also(&mut sql, " AND s.status = ?n", &status.to_owned()),
        None => {}
    }
    if let Some(umbrella) = &filter.umbrella {
        also(
            &mut sql,
            &format!(
                " AND EXISTS (SELECT 1 FROM organisation_member j WHERE {} AND {} AND j.since <= ?1 AND (j.to_day IS \
                 NULL OR j.to_day > ?1))",
                one_of("j.umbrella", "?n"),
                one_of("j.member", "o.id")
            ),
            umbrella,
        );
    }
    if let Some(place) = &filter.place {
        also(
            &mut sql,
            &format!(
                " AND EXISTS (SELECT 1 FROM organisation_place p WHERE p.place = ?n AND {})",
                one_of("p.organisation", "o.id")
            ),
            place,
        );
    }
    if let Some(theme) = &filter.theme {
        also(&mut sql, &works("organisation_work_on", "theme"), theme);
    }
    if let Some(place) = &filter.works_in {
        also(&mut sql, &works("organisation_work_at", "place"), place);
    }
    if let Some(among) = &filter.among {
        sql.push_str(" AND o.id IN (''");
        for id in among {
            also(&mut sql, ", ?n", id);
        }
        sql.push(')');
    }
    if let Some(after) = &filter.after {
        also(
            &mut sql,
            " AND (o.sort, o.id) > (SELECT a.sort, a.id FROM organisation a WHERE a.id = ?n)",
            after,
        );
    }
    sql.push_str(&format!(" ORDER BY o.sort, o.id LIMIT {most}"));
    tx.rows(&sql, &bound, organisation)
}

/// The organisation as it stood on the day.
pub(crate) fn one(tx: &mut Tx<'_>, id: &str, day: Day) -> Result<Option<Organisation>, Fault> {
    tx.row(&format!("{ORGANISATION} WHERE o.id = ?2"), values![day, id], organisation)
}

/// The names of those that a new one of this name and acronym may be confused with, each with its id; of several that are one, the one
/// under whose id they go on.
pub(crate) fn same(
    tx: &mut Tx<'_>,
    name: &str,
    acronym: Option<&str>,
) -> Result<Vec<(String, String)>, Fault> {
    tx.rows(
        "SELECT DISTINCT k.id, k.name, k.sort FROM organisation o LEFT JOIN merged m ON m.id = o.id JOIN organisation k \
         ON k.id = COALESCE(m.root, o.id) WHERE o.sort = ?1 OR o.acronym_key = ?2 ORDER BY k.sort, k.id LIMIT 10",
        values![sort_key(name), acronym.map(sort_key)],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Something that was said of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) entry: u64,
    pub(crate) organisation: OrganisationId,
    pub(crate) name: Option<String>,
    pub(crate) status: String,
    pub(crate) on: Option<Day>,
    pub(crate) authority: Option<String>,
    pub(crate) contested: bool,
    pub(crate) source: Option<SourceId>,
    pub(crate) note: Option<String>,
    pub(crate) known: Day,
    pub(crate) exercise: Option<bool>,
}

const STATEMENT: &str = "\
    SELECT t.entry, t.organisation, o.name, t.status, t.on_day, t.authority, t.contested, \
    t.source, t.note, t.known, o.exercise FROM organisation_status t \
    LEFT JOIN organisation o ON o.id = t.organisation";

fn statement(row: &Row<'_>) -> Result<Statement, Fault> {
    Ok(Statement {
        entry: row.get(0)?,
        organisation: row.get(1)?,
        name: row.get(2)?,
        status: row.get(3)?,
        on: row.get(4)?,
        authority: row.get(5)?,
        contested: row.get(6)?,
        source: row.get(7)?,
        note: row.get(8)?,
        known: row.get(9)?,
        exercise: row.get(10)?,
    })
}

/// Everything said of the organisation, in the order in which it held; what has no day, by the day it was
/// known.
pub(crate) fn statements(tx: &mut Tx<'_>, id: &OrganisationId) -> Result<Vec<Statement>, Fault> {
    let sql = format!(
        "{STATEMENT} WHERE {} ORDER BY COALESCE(t.on_day, t.known), t.entry",
        one_of("t.organisation", "?1")
    );
    tx.rows(&sql, values![*id], statement)
}

/// The newest statements, those last known first.
pub(crate) fn newest_statements(tx: &mut Tx<'_>, most: usize) -> Result<Vec<Statement>, Fault> {
    let sql = format!("{STATEMENT} ORDER BY t.known DESC, t.entry DESC LIMIT {most}");
    tx.rows(&sql, &[], statement)
}

/// A membership with the name of the one at its other end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Affiliation {
    pub(crate) other: OrganisationId,
    pub(crate) name: Option<String>,
    pub(crate) dates: Membership,
    pub(crate) known: Day,
    pub(crate) source: Option<SourceId>,
}

fn affiliation(row: &Row<'_>) -> Result<Affiliation, Fault> {
    Ok(Affiliation {
        other: row.get(0)?,
        name: row.get(1)?,
        dates: Membership { from: row.get(2)?, to: row.get(3)? },
        known: row.get(4)?,
        source: row.get(5)?,
    })
}

/// The umbrellas the organisation belongs or belonged to, by first day.
pub(crate) fn umbrellas_of(
    tx: &mut Tx<'_>,
    id: &OrganisationId,
    most: usize,
) -> Result<Vec<Affiliation>, Fault> {
    let sql = format!(
        "SELECT m.umbrella, o.name, NULLIF(m.since, ''), m.to_day, m.known, m.source FROM \
         organisation_member m LEFT JOIN organisation o ON o.id = m.umbrella WHERE {} ORDER BY \
         m.since, m.umbrella LIMIT {most}",
        one_of("m.member", "?1")
    );
    tx.rows(&sql, values![*id], affiliation)
}

/// The members the umbrella has or had.
pub(crate) fn members_of(
    tx: &mut Tx<'_>,
    id: &OrganisationId,
    most: usize,
) -> Result<Vec<Affiliation>, Fault> {
    let sql = format!(
        "SELECT m.member, o.name, NULLIF(m.since, ''), m.to_day, m.known, m.source FROM \
         organisation_member m LEFT JOIN organisation o ON o.id = m.member WHERE {} ORDER BY \
         m.member, m.since LIMIT {most}",
        one_of("m.umbrella", "?1")
    );
    tx.rows(&sql, values![*id], affiliation)
}

/// The memberships recorded between the two.
pub(crate) fn between(
    tx: &mut Tx<'_>,
    member: &OrganisationId,
    umbrella: &OrganisationId,
) -> Result<Vec<Membership>, Fault> {
    tx.rows(
        "SELECT NULLIF(since, ''), to_day FROM organisation_member WHERE member = ?1 AND umbrella = ?2 \
         ORDER BY since",
        values![*member, *umbrella],
        |row| Ok(Membership { from: row.get(0)?, to: row.get(1)? }),
    )
}

/// Every organisation that has or had members, with its name.
pub(crate) fn umbrellas(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, Fault> {
    tx.rows(
        "SELECT o.id, o.name FROM organisation o WHERE o.id IN (SELECT m.umbrella FROM \
         organisation_member m) ORDER BY o.sort, o.id LIMIT 200",
        &[],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// A membership of an umbrella, both under the ids under which they go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Enrolled {
    pub(crate) member: String,
    pub(crate) umbrella: String,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
}

impl Enrolled {
    /// Whether it holds on the day; since always where nobody knows since when.
    pub(crate) fn holds_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }
}

/// Every membership that began by the day, by member, umbrella and first day.
pub(crate) fn enrolled(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Enrolled>, Fault> {
    tx.rows(
        "SELECT DISTINCT COALESCE(a.root, j.member), COALESCE(b.root, j.umbrella), NULLIF(j.since, ''), j.to_day FROM \
         organisation_member j LEFT JOIN merged a ON a.id = j.member LEFT JOIN merged b ON b.id = j.umbrella WHERE \
         j.since <= ?1 AND COALESCE(a.root, j.member) <> COALESCE(b.root, j.umbrella) ORDER BY 1, 2, 3",
        values![day],
        |row| Ok(Enrolled { member: row.get(0)?, umbrella: row.get(1)?, from: row.get(2)?, to: row.get(3)? }),
    )
}
