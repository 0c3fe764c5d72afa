//! The tables of the exchange: a case per addressee, its lines, its points, the tallies. The only SQL of the room.

mod cases;
mod event;
mod questions;
mod take_in;
mod told;

use record::Tables;

pub use cases::case_facts;
pub(crate) use cases::{asked, cases_of, to_check};
pub(crate) use questions::{
    Answer, Line, Scope, Tally, TallyLine, Wanted, Wanting, answers, bodies_of_kind, deadlines, latest,
    lines, longest_wait, region_lines, regions, silent_of_author, tallies, tally, worklist,
};
pub(crate) use take_in::reminders_of;
pub(crate) use told::{
    Enclosure, PointAsked, PointStance, Told, file_of, points_asked, stances, title_of, told_by_entry,
    told_of, witnesses,
};

/// The tables, and how an entry changes them.
pub(crate) const TABLES: Tables =
    Tables { room: "answers", derived: SCHEMA, drawers: "", apply: take_in::apply };

const SCHEMA: &str = "
CREATE TABLE answer_level (id TEXT PRIMARY KEY, place_rank BIGINT NOT NULL);
CREATE TABLE answer_place (id TEXT PRIMARY KEY, level TEXT NOT NULL);
CREATE INDEX answer_place_level ON answer_place (level, id);
CREATE TABLE answer_body (id TEXT PRIMARY KEY, kind TEXT NOT NULL, place TEXT);
CREATE INDEX answer_body_kind ON answer_body (kind, place, id);
CREATE TABLE answer_reminder (
    rule TEXT NOT NULL,
    after_days BIGINT NOT NULL,
    PRIMARY KEY (rule, after_days)
);
CREATE TABLE answer_recommendation (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    adopted_on TEXT,
    priority BIGINT NOT NULL,
    exercise BOOLEAN NOT NULL,
    region TEXT,
    places TEXT NOT NULL,
    addressees TEXT NOT NULL,
    closed_on TEXT
);
CREATE TABLE answer_point (
    recommendation TEXT NOT NULL,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    deadline TEXT,
    PRIMARY KEY (recommendation, number)
);
CREATE TABLE answer_case (
    recommendation TEXT NOT NULL,
    addressee TEXT NOT NULL,
    author TEXT NOT NULL,
    delivered_on TEXT NOT NULL,
    known TEXT NOT NULL,
    entry BIGINT NOT NULL,
    by_escalation BOOLEAN NOT NULL,
    points TEXT NOT NULL,
    rule TEXT,
    acknowledge_original TEXT,
    acknowledge_by TEXT,
    answer_original TEXT,
    answer_by TEXT,
    extended BOOLEAN NOT NULL,
    acknowledged_on TEXT,
    answered_on TEXT,
    substantive_on TEXT,
    silent_acknowledgement TEXT,
    silent_answer TEXT,
    reminders BIGINT NOT NULL,
    last_reminded TEXT,
    paused_from TEXT,
    paused_days BIGINT NOT NULL,
    escalated_from TEXT,
    escalated_to TEXT,
    closed_on TEXT,
    reopened_on TEXT,
    priority BIGINT NOT NULL,
    exercise BOOLEAN NOT NULL,
    region TEXT,
    places TEXT NOT NULL,
    stage TEXT NOT NULL,
    next_due TEXT,
    next_check TEXT,
    PRIMARY KEY (recommendation, addressee)
);
CREATE INDEX answer_case_check ON answer_case (next_check) WHERE next_check IS NOT NULL;
CREATE INDEX answer_case_stage ON answer_case (exercise, stage, delivered_on, entry);
CREATE INDEX answer_case_addressee ON answer_case (addressee, exercise, stage, delivered_on, entry);
CREATE INDEX answer_case_region ON answer_case (region, exercise, stage, delivered_on, entry);
CREATE INDEX answer_case_author ON answer_case (author, stage, delivered_on, entry);
CREATE INDEX answer_case_due ON answer_case (exercise, next_due) WHERE next_due IS NOT NULL;
CREATE INDEX answer_case_addressee_due ON answer_case (addressee, next_due) WHERE next_due IS NOT NULL;
CREATE INDEX answer_case_author_due ON answer_case (author, next_due) WHERE next_due IS NOT NULL;
CREATE INDEX answer_case_rule ON answer_case (rule) /* apply */;
CREATE TABLE answer_wait (
    place TEXT NOT NULL,
    next_due TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    addressee TEXT NOT NULL,
    PRIMARY KEY (place, next_due, recommendation, addressee)
);
CREATE TABLE answer_pause (
    recommendation TEXT NOT NULL,
    addressee TEXT NOT NULL,
    entry BIGINT NOT NULL,
    cause TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT,
    PRIMARY KEY (recommendation, addressee, entry)
);
CREATE TABLE answer_event (
    entry BIGINT PRIMARY KEY,
    recommendation TEXT NOT NULL,
    addressee TEXT,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    known TEXT NOT NULL,
    by_kind TEXT NOT NULL,
    channel TEXT,
    proof TEXT,
    text TEXT,
    file TEXT,
    awaited TEXT,
    due TEXT,
    step BIGINT,
    cause TEXT,
    other TEXT,
    point BIGINT,
    state TEXT,
    substance BOOLEAN,
    days BIGINT,
    exercise BOOLEAN NOT NULL,
    region TEXT
);
CREATE INDEX answer_event_recommendation ON answer_event (recommendation, on_day, entry);
CREATE INDEX answer_event_kind ON answer_event (kind, exercise, on_day, entry);
CREATE INDEX answer_event_addressee ON answer_event (addressee, entry);
CREATE INDEX answer_event_author ON answer_event (author, entry);
CREATE INDEX answer_event_other ON answer_event (other, entry);
CREATE INDEX answer_event_answers ON answer_event (addressee, kind, exercise, on_day, entry);
CREATE INDEX answer_event_region ON answer_event (region, kind, exercise, on_day, entry);
CREATE INDEX answer_event_exercise ON answer_event (exercise, entry);
CREATE TABLE answer_event_place (
    place TEXT NOT NULL,
    entry BIGINT NOT NULL,
    PRIMARY KEY (place, entry)
);
CREATE TABLE answer_witness (
    entry BIGINT NOT NULL,
    organisation TEXT NOT NULL,
    PRIMARY KEY (entry, organisation)
);
CREATE TABLE answer_stance (
    entry BIGINT NOT NULL,
    point BIGINT NOT NULL,
    recommendation TEXT NOT NULL,
    addressee TEXT NOT NULL,
    on_day TEXT NOT NULL,
    stance TEXT NOT NULL,
    text TEXT,
    by_when TEXT,
    responsible TEXT,
    secrecy_basis TEXT,
    passed_to TEXT,
    substance BOOLEAN NOT NULL,
    refusal BOOLEAN NOT NULL,
    PRIMARY KEY (entry, point)
);
CREATE INDEX answer_stance_case ON answer_stance (recommendation, addressee) /* apply */;
CREATE TABLE answer_tally (
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    exercise BOOLEAN NOT NULL,
    received BIGINT NOT NULL,
    awaited BIGINT NOT NULL,
    silent BIGINT NOT NULL,
    insufficient BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    in_time BIGINT NOT NULL,
    late BIGINT NOT NULL,
    PRIMARY KEY (scope, id, exercise)
);
CREATE INDEX answer_tally_silent ON answer_tally (scope, exercise, silent, id);
";
