//! The room's tables: the territory as it was divided, the bodies the texts provide, their seats and who
//! holds them.
//!
//! An unknown first day is kept as the empty text, which comes before every day: "from ≤ day" then needs no
//! exception.

mod attendance;
mod bodies;
mod figures;
mod places;
mod seats;

pub(crate) use attendance::{
    Sat, Taken, attended, body_of_sitting, every_attended, presences_at, sat, sittings,
};
pub(crate) use bodies::{
    Body, BodyFilter, BodyRow, Share, bodies, bodies_of_place, body, how_many, installed, kind, kinds,
    newly_installed, shares_of_kinds, shares_of_regions, taken,
};
pub(crate) use figures::{
    Composition, Count, Mapped, Required, compositions, count, counts_of, mapped_kinds, required,
};
pub(crate) use places::{
    Child, Code, Join, Place, PlaceFilter, PlaceRow, Spot, children, codes, joins_down, joins_up, level_of,
    levels, place, places, regions, spots,
};
pub(crate) use seats::{
    Crossing, Elsewhere, crossings, every_holding, every_interruption, held_by, holding, holdings,
    interruptions, templates,
};

use record::directory::sort_key;
use record::{Fault, Tables, Tx, Value, values};
use terms::institutions::{Holder, PlaceNamed, SeatFilled, SeatInterrupted, SeatSet};
use terms::{Day, Mark, Precision, Sealed, SourceId, Word};

/// The room's share of the record.
pub(crate) const TABLES: Tables = Tables { room: "institutions", derived: SCHEMA, drawers: "", apply };

const SCHEMA: &str = "
CREATE TABLE place_level (
    id TEXT PRIMARY KEY,
    fr TEXT NOT NULL,
    en TEXT,
    rank BIGINT NOT NULL
);
CREATE TABLE place (
    id TEXT PRIMARY KEY,
    level TEXT NOT NULL,
    name TEXT NOT NULL,
    variants TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    lat_e2 BIGINT,
    lon_e2 BIGINT,
    source TEXT,
    exercise BOOLEAN NOT NULL,
    sort TEXT NOT NULL,
    words TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX place_sort ON place (sort, id);
CREATE INDEX place_by_level ON place (level, sort, id);
CREATE TABLE place_join (
    place TEXT NOT NULL,
    parent TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    source TEXT,
    entry BIGINT NOT NULL,
    PRIMARY KEY (place, parent, from_day)
);
CREATE INDEX place_join_parent ON place_join (parent, place);
CREATE TABLE place_code (
    place TEXT NOT NULL,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    source TEXT,
    entry BIGINT NOT NULL,
    PRIMARY KEY (place, scheme, value, from_day)
);
CREATE TABLE body_kind (
    id TEXT PRIMARY KEY,
    fr TEXT NOT NULL,
    en TEXT,
    level TEXT,
    function TEXT NOT NULL,
    required BOOLEAN NOT NULL,
    meets_every TEXT,
    chair TEXT,
    source TEXT,
    entry BIGINT NOT NULL
);
CREATE TABLE body_required (
    kind TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    count BIGINT NOT NULL,
    source TEXT,
    entry BIGINT NOT NULL,
    PRIMARY KEY (kind, from_day, entry)
);
CREATE TABLE body (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    fr TEXT NOT NULL,
    en TEXT,
    place TEXT,
    from_day TEXT NOT NULL,
    to_day TEXT,
    source TEXT,
    note TEXT,
    exercise BOOLEAN NOT NULL,
    sort TEXT NOT NULL,
    words TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX body_sort ON body (sort, id);
CREATE INDEX body_by_kind ON body (kind, sort, id);
CREATE INDEX body_by_place ON body (place, kind);
CREATE TABLE body_installation (
    body TEXT PRIMARY KEY,
    on_day TEXT NOT NULL,
    exactness TEXT NOT NULL,
    source TEXT,
    note TEXT,
    known TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX body_installation_known ON body_installation (known, entry);
CREATE TABLE seat (
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    fr TEXT NOT NULL,
    en TEXT,
    filled_how TEXT NOT NULL,
    constituency TEXT NOT NULL,
    count BIGINT,
    count_rule TEXT,
    designating_party TEXT,
    overseen BOOLEAN,
    sex TEXT,
    nominee TEXT,
    text TEXT,
    article TEXT,
    address TEXT,
    confidence TEXT NOT NULL,
    since TEXT,
    source TEXT,
    entry BIGINT NOT NULL,
    PRIMARY KEY (kind, code)
);
CREATE TABLE seat_holding (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    seat TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    holder_kind TEXT NOT NULL,
    holder TEXT,
    name TEXT,
    sex TEXT,
    youth BOOLEAN,
    from_day TEXT NOT NULL,
    from_exactness TEXT,
    to_day TEXT,
    to_exactness TEXT,
    reason TEXT,
    source TEXT,
    entry BIGINT NOT NULL
);
CREATE INDEX seat_holding_body ON seat_holding (body, seat, ordinal, from_day);
CREATE INDEX seat_holding_holder ON seat_holding (holder_kind, holder);
CREATE TABLE seat_interruption (
    body TEXT NOT NULL,
    seat TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    state TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    reason TEXT NOT NULL,
    source TEXT,
    note TEXT,
    entry BIGINT NOT NULL,
    PRIMARY KEY (body, seat, ordinal, state, from_day)
);
CREATE TABLE body_sitting (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    on_day TEXT NOT NULL,
    present BIGINT
);
CREATE INDEX body_sitting_body ON body_sitting (body, on_day);
CREATE TABLE attendance (
    sitting TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    on_day TEXT NOT NULL,
    source TEXT,
    entry BIGINT NOT NULL
);
CREATE INDEX attendance_body ON attendance (body, on_day);
CREATE INDEX attendance_day ON attendance (on_day);
CREATE TABLE seat_presence (
    sitting TEXT NOT NULL,
    seat TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    presence TEXT NOT NULL,
    PRIMARY KEY (sitting, seat, ordinal)
);
CREATE TABLE stated_count (
    entry BIGINT PRIMARY KEY,
    subject TEXT NOT NULL,
    scope TEXT NOT NULL,
    on_day TEXT NOT NULL,
    value BIGINT NOT NULL,
    out_of BIGINT,
    source TEXT,
    note TEXT
);
CREATE INDEX stated_count_scope ON stated_count (scope, subject, on_day);
CREATE TABLE body_composition (
    body TEXT NOT NULL,
    on_day TEXT NOT NULL,
    entry BIGINT NOT NULL,
    members BIGINT NOT NULL,
    women BIGINT,
    youth BIGINT,
    source TEXT,
    note TEXT,
    PRIMARY KEY (body, on_day, entry)
);
";

/// A source as pages and data name it: its id, its title, how far it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cited {
    pub(crate) id: SourceId,
    pub(crate) title: Option<String>,
    pub(crate) mark: Option<Mark>,
}

impl Cited {
    /// The source out of three columns: its id, its title, its mark.
    pub(crate) fn at(row: &record::Row<'_>, first: usize) -> Result<Option<Self>, Fault> {
        let Some(id) = row.get::<Option<SourceId>>(first)? else { return Ok(None) };
        let mark: Option<String> = row.get(first + 2)?;
        Ok(Some(Self { id, title: row.get(first + 1)?, mark: mark.as_deref().and_then(Mark::parse) }))
    }
}

/// A statement put together from the conditions that a visitor asked for.
struct Question {
    sql: String,
    bound: Vec<Value>,
}

impl Question {
    fn new(sql: &str, day: Day) -> Self {
        Self { sql: sql.to_owned(), bound: values![day].to_vec() }
    }

    /// One more condition; `{}` stands for the value.
    fn and(&mut self, condition: &str, value: &str) {
        self.bound.push(Value::Text(value.to_owned()));
        let place = format!("?{}", self.bound.len());
        self.sql.push_str(" AND ");
        self.sql.push_str(&condition.replace("{}", &place));
    }

    /// Every word of `asked` begins a word of the column.
    fn named(&mut self, column: &str, asked: Option<&str>) {
        let words = asked.map(sort_key).unwrap_or_default();
        for word in words.split(' ').filter(|word| !word.is_empty()).take(4) {
            self.and(&format!("{column} LIKE {{}}"), &format!("% {word}%"));
        }
    }
}

/// Days unknown at the beginning come before every day.
fn first_day(from: Option<Day>) -> String {
    from.map(|day| day.to_string()).unwrap_or_default()
}

fn searched(names: &[&str]) -> String {
    format!(" {}", sort_key(&names.join(" ")))
}

fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    let entry = sealed.index;
    match &sealed.entry.word {
        Word::LevelSet(l) => tx.run(
            "INSERT INTO place_level (id, fr, en, rank) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (id) DO UPDATE SET fr = excluded.fr, en = excluded.en, rank = excluded.rank",
            values![l.id, l.name.fr, l.name.en, l.rank],
        ),
        Word::PlaceNamed(p) => place_named(tx, p, entry),
        Word::PlaceJoined(j) => tx.run(
            "INSERT INTO place_join (place, parent, from_day, to_day, source, entry) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (place, parent, from_day) \
             DO UPDATE SET to_day = excluded.to_day, source = excluded.source, entry = excluded.entry",
            values![j.place, j.parent, first_day(j.from), j.to, j.source, entry],
        ),
        Word::PlaceCoded(c) => tx.run(
            "INSERT INTO place_code (place, scheme, value, from_day, to_day, source, entry) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (place, scheme, value, from_day) \
             DO UPDATE SET to_day = excluded.to_day, source = excluded.source, entry = excluded.entry",
            values![c.place, c.scheme, c.value, first_day(c.from), c.to, c.source, entry],
        ),
        Word::BodyKindSet(k) => tx.run(
            "INSERT INTO body_kind (id, fr, en, level, function, required, meets_every, chair, source, \
             entry) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO UPDATE SET fr = \
             excluded.fr, \
             en = excluded.en, level = excluded.level, function = excluded.function, \
             required = excluded.required, meets_every = excluded.meets_every, chair = excluded.chair, \
             source = excluded.source",
            values![
                k.id,
                k.name.fr,
                k.name.en,
                k.level,
                k.function,
                k.required,
                k.meets_every,
                k.chair,
                k.source,
                entry
            ],
        ),
        Word::RequiredStated(r) => tx.run(
            "INSERT INTO body_required (kind, from_day, to_day, count, source, entry) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            values![r.kind, first_day(r.from), r.to, r.count, r.source, entry],
        ),
        Word::CountStated(c) => tx.run(
            "INSERT INTO stated_count (entry, subject, scope, on_day, value, out_of, source, note) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            values![entry, c.subject, c.scope, c.on, c.value, c.of, c.source, c.note],
        ),
        _ => body_words(tx, sealed),
    }?;
    Ok(())
}

fn body_words(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<u64, Fault> {
    let entry = sealed.index;
    match &sealed.entry.word {
        Word::BodyEstablished(b) => {
            let words = searched(&[&b.name.fr, b.name.english()]);
            tx.run(
                "INSERT INTO body (id, kind, fr, en, place, from_day, to_day, source, note, exercise, \
                 sort, words, \
                 entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (id) \
                 DO UPDATE SET kind = excluded.kind, fr = excluded.fr, en = excluded.en, place = \
                 excluded.place, \
                 from_day = excluded.from_day, to_day = excluded.to_day, source = excluded.source, \
                 note = excluded.note, exercise = excluded.exercise, sort = excluded.sort, words = excluded.words",
                values![
                    b.id, b.kind, b.name.fr, b.name.en, b.place, first_day(b.from), b.to, b.source, b.note,
                    b.exercise, sort_key(&b.name.fr), words, entry
                ],
            )
        }
        Word::BodyInstalled(i) => tx.run(
            "INSERT INTO body_installation (body, on_day, exactness, source, note, known, entry) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (body) DO UPDATE SET on_day = excluded.on_day, \
             exactness = excluded.exactness, source = excluded.source, note = excluded.note, \
             known = excluded.known, entry = excluded.entry",
            values![i.body, i.on, i.precision.as_str(), i.source, i.note, sealed.known, entry],
        ),
        Word::SeatSet(seat) => seat_set(tx, seat, entry),
        Word::SeatFilled(filled) => seat_filled(tx, filled, entry),
        Word::SeatLeft(left) => tx.run(
            "UPDATE seat_holding SET to_day = ?2, to_exactness = ?3, reason = ?4 WHERE id = ?1",
            values![left.occupancy, left.on, left.precision.map(Precision::as_str), left.reason],
        ),
        Word::SeatInterrupted(interrupted) => seat_interrupted(tx, interrupted, entry),
        Word::SittingHeld(held) => attendance::held(tx, held),
        Word::AttendanceTaken(taken) => attendance::taken(tx, taken, entry),
        Word::CompositionStated(c) => tx.run(
            "INSERT INTO body_composition (body, on_day, entry, members, women, youth, source, note) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            values![c.body, c.on, entry, c.members, c.women, c.youth, c.source, c.note],
        ),
        _ => Ok(0),
    }
}

fn place_named(tx: &mut Tx<'_>, p: &PlaceNamed, entry: u64) -> Result<u64, Fault> {
    let variants = p.variants.join("\n");
    tx.run(
        "INSERT INTO place (id, level, name, variants, from_day, to_day, lat_e2, lon_e2, source, \
         exercise, sort, \
         words, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (id) \
         DO UPDATE SET level = excluded.level, name = excluded.name, variants = excluded.variants, \
         from_day = excluded.from_day, to_day = excluded.to_day, lat_e2 = excluded.lat_e2, \
         lon_e2 = excluded.lon_e2, source = excluded.source, exercise = excluded.exercise, \
         sort = excluded.sort, words = excluded.words",
        values![
            p.id,
            p.level,
            p.name,
            variants,
            first_day(p.from),
            p.to,
            p.lat_e2,
            p.lon_e2,
            p.source,
            p.exercise,
            sort_key(&p.name),
            searched(&[&p.name, &variants]),
            entry
        ],
    )
}

fn seat_set(tx: &mut Tx<'_>, s: &SeatSet, entry: u64) -> Result<u64, Fault> {
    tx.run(
        "INSERT INTO seat (kind, code, fr, en, filled_how, constituency, count, count_rule, \
         designating_party, \
         overseen, sex, nominee, text, article, address, confidence, since, source, entry) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19) \
         ON CONFLICT (kind, code) DO UPDATE SET fr = excluded.fr, en = excluded.en, \
         filled_how = excluded.filled_how, constituency = excluded.constituency, count = excluded.count, \
         count_rule = excluded.count_rule, designating_party = excluded.designating_party, \
         overseen = excluded.overseen, sex = excluded.sex, nominee = excluded.nominee, text = excluded.text, \
         article = excluded.article, address = excluded.address, confidence = excluded.confidence, \
         since = excluded.since, source = excluded.source",
        values![
            s.body_kind,
            s.code,
            s.name.fr,
            s.name.en,
            s.kind.as_str(),
            s.constituency,
            s.count,
            s.count_rule,
            s.designating_party,
            s.overseen_authority,
            s.sex.map(terms::institutions::Sex::as_str),
            s.nominee,
            s.text,
            s.article,
            s.address,
            s.confidence.as_str(),
            s.since,
            s.source,
            entry
        ],
    )
}

fn seat_filled(tx: &mut Tx<'_>, f: &SeatFilled, entry: u64) -> Result<u64, Fault> {
    // The words of the directory for kinds of things, so that a holder's name is found by one join.
    let (kind, holder, name) = match &f.holder {
        Holder::Office { body } => ("body", Some(body.as_str()), None),
        Holder::Organisation { organisation, name } => {
            ("organisation", Some(organisation.as_str()), name.as_ref())
        }
        Holder::Person { name } => ("person", None, Some(name)),
        Holder::Unnamed => ("unnamed", None, None),
    };
    tx.run(
        "INSERT INTO seat_holding (id, body, seat, ordinal, holder_kind, holder, name, sex, youth, \
         from_day, from_exactness, source, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \
         ?12, ?13) \
         ON CONFLICT (id) DO UPDATE SET body = excluded.body, seat = excluded.seat, ordinal = \
         excluded.ordinal, \
         holder_kind = excluded.holder_kind, holder = excluded.holder, name = excluded.name, sex = \
         excluded.sex, \
         youth = excluded.youth, from_day = excluded.from_day, from_exactness = excluded.from_exactness, \
         source = excluded.source, entry = excluded.entry",
        values![
            f.id,
            f.body,
            f.seat,
            f.ordinal,
            kind,
            holder,
            name,
            f.sex.map(terms::institutions::Sex::as_str),
            f.youth,
            first_day(f.from),
            f.precision.map(Precision::as_str),
            f.source,
            entry
        ],
    )
}

fn seat_interrupted(tx: &mut Tx<'_>, i: &SeatInterrupted, entry: u64) -> Result<u64, Fault> {
    // Ordinal 0 is every place of the seat; a key cannot hold an unknown.
    tx.run(
        "INSERT INTO seat_interruption (body, seat, ordinal, state, from_day, to_day, reason, source, \
         note, entry) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (body, seat, ordinal, state, from_day) \
         DO UPDATE SET to_day = excluded.to_day, reason = excluded.reason, source = excluded.source, \
         note = excluded.note, entry = excluded.entry",
        values![
            i.body,
            i.seat,
            i.ordinal.unwrap_or(0),
            i.state.as_str(),
            i.from,
            i.to,
            i.reason,
            i.source,
            i.note,
            entry
        ],
    )
}
