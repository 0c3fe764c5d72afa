//! What every room brings: its tables, and how an entry changes them.

use terms::Sealed;

use crate::{Fault, Tx};

/// A room's share of the record.
#[derive(Clone, Copy)]
pub struct Tables {
    /// The room's name.
    pub room: &'static str,
    /// `CREATE TABLE` and `CREATE INDEX` statements of the derived tables. Only `apply` changes their rows. An index that
    /// `apply` itself asks says so: `CREATE INDEX … ON … (…) /* apply */;`. A replay makes the others when all is in.
    pub derived: &'static str,
    /// `CREATE TABLE IF NOT EXISTS` statements of the drawers: private, not derived, backed up apart.
    pub drawers: &'static str,
    /// The tables have taken in the entry. A function of the entry, those tables, the directory and the enclosures at hand.
    pub apply: fn(&mut Tx<'_>, &Sealed) -> Result<(), Fault>,
}

/// The names of the tables that a schema creates, in order.
#[must_use]
pub fn table_names(schema: &str) -> Vec<&str> {
    schema
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("CREATE TABLE "))
        .filter_map(|rest| rest.trim_start_matches("IF NOT EXISTS ").split([' ', '(']).next())
        .collect()
}

/// The statements of a schema, each to its semicolon at the end of a line.
fn statements(schema: &str) -> impl Iterator<Item = &str> {
    schema.split_inclusive(";\n").map(str::trim).filter(|statement| !statement.is_empty())
}

/// The schema in two: what must stand before the first entry is applied, and the indexes that only questions ask.
pub(crate) fn parted(schema: &str) -> (String, String) {
    let is_asked =
        |statement: &&str| statement.starts_with("CREATE INDEX") && !statement.contains("/* apply */");
    let (asked, needed): (Vec<&str>, Vec<&str>) = statements(schema).partition(is_asked);
    (needed.join("\n"), asked.join("\n"))
}

/// How many columns a table may have for its rows to stand in the order of their key: SQLite's advice is short rows.
const COLUMNS_IN_KEY_ORDER_MAX: usize = 12;

/// The schema as SQLite keeps it best. It keeps rows in the order of an `INTEGER PRIMARY KEY` and of no other number; a
/// narrow table whose key is text stands in that key's order, which spares a second tree.
pub(crate) fn for_sqlite(schema: &str) -> String {
    statements(schema).map(|statement| for_sqlite_one(statement) + "\n").collect()
}

fn for_sqlite_one(statement: &str) -> String {
    let text = statement.replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY");
    let columns: usize = [" TEXT", " BIGINT", " BOOLEAN"].iter().map(|kind| text.matches(kind).count()).sum();
    let keyed = text.starts_with("CREATE TABLE ") && text.contains(" PRIMARY KEY");
    // Drawers (`IF NOT EXISTS`) and bytes stand as they always stood.
    let other = ["INTEGER PRIMARY KEY", "BYTEA", "IF NOT EXISTS"].iter().any(|mark| text.contains(mark));
    match text.strip_suffix(");") {
        Some(open) if keyed && !other && columns <= COLUMNS_IN_KEY_ORDER_MAX => {
            format!("{open}) WITHOUT ROWID;")
        }
        _ => text,
    }
}

/// The spine's own ground state: what cannot be derived.
pub(crate) const GROUND: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE entry (
    idx BIGINT PRIMARY KEY,
    known TEXT NOT NULL,
    bytes BYTEA NOT NULL
);
CREATE TABLE checkpoint (
    day TEXT PRIMARY KEY,
    size BIGINT NOT NULL,
    frontier BYTEA NOT NULL,
    note TEXT NOT NULL
);
CREATE TABLE enclosure (
    sha256 TEXT PRIMARY KEY,
    media TEXT NOT NULL,
    salt BYTEA,
    bytes BYTEA
);
";

/// The spine's derived tables: what things are called and where they stand, and which words find them.
pub const DIRECTORY: &str = "
CREATE TABLE named (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    fr TEXT,
    en TEXT,
    title TEXT,
    place TEXT,
    up TEXT,
    exercise BOOLEAN NOT NULL,
    entry BIGINT NOT NULL,
    mark TEXT,
    sort TEXT,
    PRIMARY KEY (kind, id)
);
CREATE INDEX named_place ON named (place, kind);
CREATE TABLE search_word (
    word TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (word, kind, id)
);
CREATE TABLE withdrawn (
    sha256 TEXT PRIMARY KEY,
    ground TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    ordered_by TEXT,
    known TEXT NOT NULL,
    entry BIGINT NOT NULL,
    held_by BIGINT
);
CREATE INDEX withdrawn_held_by ON withdrawn (held_by);
CREATE TABLE merged (
    id TEXT PRIMARY KEY,
    kept TEXT NOT NULL,
    root TEXT NOT NULL,
    entry BIGINT NOT NULL
);
CREATE INDEX merged_root ON merged (root);
";
