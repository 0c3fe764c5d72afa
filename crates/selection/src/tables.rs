//! The room's tables, how entries change them, and what pages and acts ask of them. The only SQL of the room.

mod drawer;
mod questions;
mod take_in;

pub(crate) use drawer::{ballots, cast, clear, own_ballot};
pub(crate) use questions::{
    Filter, appeal, appeals, call, candidacies, candidacy, counted, elector, electors, facts_of, list,
    nomination, of_organisation, seat_name, seats_of, stories, to_count,
};

use record::Tables;

/// What the room keeps.
pub(crate) const TABLES: Tables =
    Tables { room: "selection", derived: SCHEMA, drawers: drawer::DRAWERS, apply: take_in::apply };

const SCHEMA: &str = "
CREATE TABLE sel_call (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    seat TEXT,
    seats BIGINT NOT NULL,
    method TEXT NOT NULL,
    rule TEXT NOT NULL,
    article TEXT,
    source TEXT,
    presentation TEXT,
    authority TEXT,
    opened TEXT NOT NULL,
    closes TEXT NOT NULL,
    appeal_days BIGINT NOT NULL,
    vote_days BIGINT,
    exercise BOOLEAN NOT NULL,
    entry BIGINT NOT NULL,
    listed_on TEXT,
    appeals_until TEXT,
    listed_entry BIGINT,
    frozen_on TEXT,
    candidates BIGINT,
    pool_sha256 TEXT,
    algorithm TEXT,
    quotas_sha256 TEXT,
    lottery_sha256 TEXT,
    transcript TEXT,
    vote_until TEXT,
    frozen_entry BIGINT,
    commit_by TEXT,
    reveal_by TEXT,
    event TEXT,
    written TEXT,
    event_on TEXT,
    outcome TEXT,
    shown_by TEXT,
    ended TEXT,
    ended_on TEXT,
    ended_entry BIGINT
);
CREATE INDEX sel_call_order ON sel_call (entry);
CREATE INDEX sel_call_body ON sel_call (body, entry);
CREATE INDEX sel_call_vote ON sel_call (vote_until);
CREATE TABLE sel_criterion (
    call TEXT NOT NULL,
    rank BIGINT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    asks TEXT,
    PRIMARY KEY (call, rank)
);
CREATE TABLE sel_quota (
    call TEXT NOT NULL,
    rank BIGINT NOT NULL,
    feature TEXT NOT NULL,
    value TEXT NOT NULL,
    min BIGINT NOT NULL,
    max BIGINT NOT NULL,
    PRIMARY KEY (call, rank)
);
CREATE TABLE sel_party (
    call TEXT NOT NULL,
    rank BIGINT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    digest TEXT,
    secret TEXT,
    PRIMARY KEY (call, rank)
);
CREATE TABLE sel_candidacy (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL,
    organisation TEXT,
    person TEXT,
    state TEXT NOT NULL,
    rank BIGINT NOT NULL,
    paper BOOLEAN NOT NULL,
    filed TEXT NOT NULL,
    entry BIGINT NOT NULL,
    criterion TEXT,
    reason TEXT
);
CREATE INDEX sel_candidacy_call ON sel_candidacy (call, entry) /* apply */;
CREATE INDEX sel_candidacy_organisation ON sel_candidacy (organisation, entry);
CREATE TABLE sel_trait (
    candidacy TEXT NOT NULL,
    feature TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (candidacy, feature)
);
CREATE TABLE sel_fact (
    candidacy TEXT NOT NULL,
    criterion TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (candidacy, criterion)
);
CREATE TABLE sel_appeal (
    id TEXT PRIMARY KEY,
    call TEXT NOT NULL,
    candidacy TEXT NOT NULL,
    text TEXT NOT NULL,
    paper BOOLEAN NOT NULL,
    filed TEXT NOT NULL,
    entry BIGINT NOT NULL,
    admitted BOOLEAN,
    reason TEXT,
    decided TEXT,
    decided_entry BIGINT
);
CREATE INDEX sel_appeal_call ON sel_appeal (call, entry);
CREATE TABLE sel_count (
    call TEXT PRIMARY KEY,
    counting TEXT NOT NULL,
    electors BIGINT NOT NULL,
    candidates TEXT NOT NULL,
    voters TEXT NOT NULL
);
CREATE TABLE sel_ballots (
    call TEXT NOT NULL,
    rank BIGINT NOT NULL,
    approves TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (call, rank)
);
CREATE TABLE sel_nomination (
    call TEXT PRIMARY KEY,
    authority TEXT NOT NULL,
    on_day TEXT NOT NULL,
    act TEXT NOT NULL,
    reason TEXT,
    file TEXT,
    source TEXT
);
CREATE TABLE sel_nominee (
    call TEXT NOT NULL,
    rank BIGINT NOT NULL,
    candidacy TEXT,
    organisation TEXT,
    person TEXT,
    PRIMARY KEY (call, rank)
);
CREATE TABLE sel_story (
    entry BIGINT PRIMARY KEY,
    call TEXT NOT NULL,
    word TEXT NOT NULL,
    on_day TEXT NOT NULL,
    who TEXT,
    text TEXT
);
CREATE INDEX sel_story_call ON sel_story (call, entry);
CREATE TABLE sel_organisation (
    id TEXT PRIMARY KEY,
    place TEXT,
    exercise BOOLEAN NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX sel_organisation_place ON sel_organisation (place, id);
CREATE TABLE sel_body (
    body TEXT PRIMARY KEY,
    kind TEXT NOT NULL
);
CREATE TABLE sel_seat (
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    fr TEXT NOT NULL,
    en TEXT,
    PRIMARY KEY (kind, code)
);
";
