//! One query text on two databases: the same record applied to PostgreSQL gives the same tables as on SQLite.
//!
//! `cargo xtask test` starts a server and names it in `TOGUNA_TEST_POSTGRES`; without one, the test says that it is skipped.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::io::Write as _;

use record::{Row, Tx, Value, table_names};
use terms::{Entry, Sealed};
use toguna::rooms::TABLES;

mod demo_record;

fn cells(row: &Row<'_>) -> Result<Vec<Value>, record::Fault> {
    (0..row.width())
        .map(|column| {
            // SQLite keeps yes and no as 1 and 0; they are compared as numbers.
            Ok(match row.value(column)? {
                Value::Bool(yes) => Value::Int(i64::from(yes)),
                other => other,
            })
        })
        .collect()
}

fn sorted(tx: &mut Tx<'_>, table: &str) -> Vec<Vec<Value>> {
    let mut rows = tx.rows(&format!("SELECT * FROM {table}"), &[], cells).unwrap();
    rows.sort();
    rows
}

#[test]
fn postgresql_holds_the_same_tables() {
    let Ok(address) = std::env::var("TOGUNA_TEST_POSTGRES") else {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: no PostgreSQL (TOGUNA_TEST_POSTGRES); `cargo xtask test` starts one"
        );
        return;
    };
    let (_home, record) = demo_record::open();
    let mut client = postgres::Client::connect(&address, postgres::NoTls).unwrap();
    client
        .batch_execute("DROP SCHEMA IF EXISTS essai CASCADE; CREATE SCHEMA essai; SET search_path TO essai")
        .unwrap();
    let mut on_postgres = Tx::postgres(client.transaction().unwrap());
    on_postgres
        .define(
            "CREATE TABLE enclosure (sha256 TEXT PRIMARY KEY, media TEXT NOT NULL, salt BYTEA, bytes BYTEA);",
        )
        .unwrap();
    on_postgres.define(record::replay::DIRECTORY).unwrap();
    for room in &TABLES {
        on_postgres.define(room.derived).unwrap();
        on_postgres.define(room.drawers).unwrap();
    }
    type Entries = Vec<(u64, terms::Day, Vec<u8>)>;
    let (entries, enclosures) = record
        .shelf
        .read(|tx| -> Result<(Entries, Vec<Vec<Value>>), record::Fault> {
            let entries = tx.rows("SELECT idx, known, bytes FROM entry ORDER BY idx", &[], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
            Ok((entries, tx.rows("SELECT sha256, media, salt, bytes FROM enclosure", &[], cells)?))
        })
        .unwrap();
    for row in &enclosures {
        on_postgres
            .run("INSERT INTO enclosure (sha256, media, salt, bytes) VALUES (?1, ?2, ?3, ?4)", row)
            .unwrap();
    }
    for (index, known, bytes) in entries {
        let sealed = Sealed { index, known, entry: Entry::parse(&bytes).unwrap() };
        record::replay::apply(&mut on_postgres, &TABLES, &sealed).unwrap();
    }
    let schemas = std::iter::once(record::replay::DIRECTORY).chain(TABLES.iter().map(|room| room.derived));
    for table in schemas.flat_map(table_names) {
        let here = record.shelf.read(|tx| Ok::<_, record::Fault>(sorted(tx, table))).unwrap();
        let there = sorted(&mut on_postgres, table);
        assert_eq!(here.len(), there.len(), "{table}: as many rows");
        for (on_sqlite, on_postgres) in here.iter().zip(&there) {
            assert_eq!(on_sqlite, on_postgres, "{table}");
        }
    }
    on_postgres.commit().unwrap();
}
