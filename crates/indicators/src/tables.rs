//! The room's tables, how an entry changes them, and what figures ask of them. The only SQL of the room.

pub(crate) mod bodies;
pub(crate) mod calls;
pub(crate) mod clocks;
mod inputs;
pub(crate) mod organisations;

pub(crate) use inputs::inputs;

use record::{Fault, Tables, Tx, values};
use terms::{Sealed, Word};

/// What the room keeps of the record: facts of bodies, clocks and points, day counts, and which entries feed
/// which figures.
pub(crate) const TABLES: Tables = Tables { room: "indicators", derived: SCHEMA, drawers: "", apply };

const SCHEMA: &str = "
CREATE TABLE ind_level (
    id TEXT PRIMARY KEY,
    fr TEXT NOT NULL,
    en TEXT,
    rank BIGINT NOT NULL
);
CREATE TABLE ind_kind (
    id TEXT PRIMARY KEY,
    level TEXT,
    meets_every TEXT
);
CREATE TABLE ind_required (
    entry BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    count BIGINT NOT NULL,
    since TEXT,
    until TEXT
);
CREATE TABLE ind_count (
    entry BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    value BIGINT NOT NULL,
    of_count BIGINT
);
CREATE TABLE ind_body (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    place TEXT,
    since TEXT,
    until TEXT,
    exercise BOOLEAN NOT NULL
);
CREATE INDEX ind_body_kind ON ind_body (kind, id);
CREATE TABLE ind_installed (
    body TEXT PRIMARY KEY,
    on_day TEXT NOT NULL,
    precision TEXT NOT NULL
);
CREATE TABLE ind_seat (
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    fr TEXT NOT NULL,
    en TEXT,
    constituency TEXT NOT NULL,
    count BIGINT,
    overseen BOOLEAN,
    PRIMARY KEY (kind, code)
);
CREATE TABLE ind_member (
    member TEXT NOT NULL,
    umbrella TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (member, umbrella, since)
);
CREATE TABLE ind_tie (
    entry BIGINT PRIMARY KEY,
    organisation TEXT NOT NULL,
    criterion TEXT NOT NULL,
    holds TEXT NOT NULL,
    basis TEXT NOT NULL,
    contested BOOLEAN NOT NULL,
    since TEXT,
    until TEXT
);
CREATE INDEX ind_tie_of ON ind_tie (organisation, entry);
CREATE TABLE ind_population (
    place TEXT NOT NULL,
    on_day TEXT NOT NULL,
    people BIGINT NOT NULL,
    PRIMARY KEY (place, on_day)
);
CREATE TABLE ind_holding (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    seat TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    named BOOLEAN NOT NULL,
    sex TEXT,
    youth BOOLEAN,
    since TEXT,
    until TEXT,
    organisation TEXT
);
CREATE INDEX ind_holding_body ON ind_holding (body);
CREATE TABLE ind_interruption (
    entry BIGINT PRIMARY KEY,
    body TEXT NOT NULL,
    seat TEXT NOT NULL,
    ordinal BIGINT,
    since TEXT NOT NULL,
    until TEXT
);
CREATE INDEX ind_interruption_body ON ind_interruption (body);
CREATE TABLE ind_composition (
    body TEXT NOT NULL,
    on_day TEXT NOT NULL,
    members BIGINT NOT NULL,
    women BIGINT,
    youth BIGINT,
    PRIMARY KEY (body, on_day)
);
CREATE TABLE ind_quota (
    entry BIGINT PRIMARY KEY,
    on_day TEXT NOT NULL,
    value BIGINT NOT NULL,
    of_count BIGINT NOT NULL
);
CREATE TABLE ind_tally (
    entry BIGINT PRIMARY KEY,
    set_name TEXT NOT NULL,
    class TEXT NOT NULL,
    on_day TEXT NOT NULL,
    total BIGINT NOT NULL,
    done BIGINT,
    under_way BIGINT,
    source TEXT
);
CREATE INDEX ind_tally_set ON ind_tally (set_name, class, entry);
CREATE TABLE ind_sitting (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    on_day TEXT NOT NULL,
    evidenced BOOLEAN NOT NULL,
    reported BOOLEAN NOT NULL,
    present BIGINT,
    civil_society BIGINT
);
CREATE INDEX ind_sitting_body ON ind_sitting (body, on_day);
CREATE TABLE ind_not_held (
    entry BIGINT PRIMARY KEY,
    body TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    reported BOOLEAN NOT NULL
);
CREATE INDEX ind_not_held_body ON ind_not_held (body, since);
CREATE TABLE ind_recommendation (
    id TEXT PRIMARY KEY,
    exercise BOOLEAN NOT NULL,
    priority BIGINT NOT NULL
);
CREATE TABLE ind_asked (
    recommendation TEXT NOT NULL,
    point BIGINT NOT NULL,
    deadline TEXT,
    seen TEXT,
    seen_on TEXT,
    PRIMARY KEY (recommendation, point)
);
CREATE TABLE ind_clock (
    recommendation TEXT NOT NULL,
    addressee TEXT NOT NULL,
    level TEXT,
    exercise BOOLEAN NOT NULL,
    priority BIGINT NOT NULL,
    delivered_on TEXT,
    acknowledge_by TEXT,
    answer_by TEXT,
    paused_on TEXT,
    acknowledged_on TEXT,
    replied_on TEXT,
    substantive_on TEXT,
    closed_on TEXT,
    PRIMARY KEY (recommendation, addressee)
);
CREATE TABLE ind_point (
    recommendation TEXT NOT NULL,
    addressee TEXT NOT NULL,
    point BIGINT NOT NULL,
    level TEXT,
    exercise BOOLEAN NOT NULL,
    asked BOOLEAN NOT NULL,
    deadline TEXT,
    stance TEXT,
    stance_on TEXT,
    substantive BOOLEAN NOT NULL,
    substantive_on TEXT,
    by_when TEXT,
    declared TEXT,
    declared_on TEXT,
    seen TEXT,
    seen_on TEXT,
    PRIMARY KEY (recommendation, addressee, point)
);
CREATE TABLE ind_day_count (
    measure TEXT NOT NULL,
    scope TEXT NOT NULL,
    slot BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (measure, scope, slot)
);
CREATE TABLE ind_call (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    method TEXT NOT NULL,
    seats BIGINT NOT NULL,
    criteria BIGINT NOT NULL,
    exercise BOOLEAN NOT NULL,
    event TEXT,
    appeals_until TEXT,
    transcript TEXT,
    lottery_sha256 TEXT,
    outcome TEXT,
    panel TEXT,
    alternates TEXT,
    counted_again BOOLEAN,
    all_stood BOOLEAN,
    ended TEXT,
    ended_on TEXT
);
CREATE INDEX ind_call_body ON ind_call (body, id);
CREATE TABLE ind_call_quota (
    call TEXT NOT NULL,
    rank BIGINT NOT NULL,
    feature TEXT NOT NULL,
    value TEXT NOT NULL,
    min BIGINT NOT NULL,
    max BIGINT NOT NULL,
    PRIMARY KEY (call, rank)
);
CREATE TABLE ind_call_party (
    call TEXT NOT NULL,
    name TEXT NOT NULL,
    digest TEXT,
    secret TEXT,
    PRIMARY KEY (call, name)
);
CREATE TABLE ind_call_trait (
    candidacy TEXT NOT NULL,
    feature TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (candidacy, feature)
);
CREATE TABLE ind_call_chosen (
    call TEXT NOT NULL,
    candidacy TEXT NOT NULL,
    PRIMARY KEY (call, candidacy)
);
CREATE TABLE ind_input (
    entry BIGINT PRIMARY KEY,
    matter TEXT NOT NULL,
    word TEXT NOT NULL,
    on_day TEXT,
    kind TEXT,
    id TEXT
);
CREATE INDEX ind_input_matter ON ind_input (matter, entry);
CREATE TABLE ind_organisation (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    exercise BOOLEAN NOT NULL,
    known TEXT NOT NULL
);
CREATE TABLE ind_funding (
    organisation TEXT NOT NULL,
    year BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    says TEXT NOT NULL,
    exposures TEXT NOT NULL,
    known TEXT NOT NULL,
    PRIMARY KEY (organisation, year)
);
CREATE INDEX ind_funding_entry ON ind_funding (entry);
CREATE TABLE ind_capacity (
    entry BIGINT NOT NULL,
    organisation TEXT NOT NULL,
    regard TEXT NOT NULL,
    on_day TEXT NOT NULL,
    domain TEXT NOT NULL,
    total BIGINT NOT NULL,
    known BIGINT NOT NULL,
    PRIMARY KEY (entry, domain)
);
CREATE INDEX ind_capacity_regard ON ind_capacity (regard, organisation, on_day);
CREATE TABLE ind_obligation (
    id TEXT PRIMARY KEY,
    kinds TEXT NOT NULL,
    month BIGINT,
    day BIGINT
);
CREATE TABLE ind_met (
    organisation TEXT NOT NULL,
    obligation TEXT NOT NULL,
    due TEXT NOT NULL,
    on_day TEXT NOT NULL,
    PRIMARY KEY (organisation, obligation, due)
);
";

/// The tables have taken in the entry.
fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    let word = &sealed.entry.word;
    inputs::apply(tx, sealed)?;
    calls::apply(tx, sealed)?;
    match word {
        Word::LevelSet(level) => {
            tx.run(
                "INSERT INTO ind_level (id, fr, en, rank) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (id) DO UPDATE SET fr = excluded.fr, en = excluded.en, rank = excluded.rank",
                values![level.id, level.name.fr, level.name.en, level.rank],
            )?;
            Ok(())
        }
        _ => {
            bodies::apply(tx, sealed)?;
            organisations::apply(tx, sealed)?;
            clocks::apply(tx, word)
        }
    }
}

/// How many entries the record has, as its newest signature says.
pub(crate) fn record_size(tx: &mut Tx<'_>) -> Result<u64, Fault> {
    let size = tx.row("SELECT size FROM checkpoint ORDER BY day DESC LIMIT 1", &[], |row| row.get(0))?;
    Ok(size.unwrap_or(0))
}

/// A level's name in both languages.
pub(crate) fn level_name(tx: &mut Tx<'_>, id: &str) -> Result<Option<(String, Option<String>)>, Fault> {
    tx.row("SELECT fr, en FROM ind_level WHERE id = ?1", values![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The levels, the country first.
pub(crate) fn levels(tx: &mut Tx<'_>) -> Result<Vec<String>, Fault> {
    tx.rows("SELECT id FROM ind_level ORDER BY rank, id", &[], |row| row.get(0))
}
