//! One query text on two databases: the demonstration, moved to PostgreSQL, has the same rows in every table there, and goes back.
//!
//! `cargo xtask test` starts a server and names it in `TOGUNA_TEST_POSTGRES`; without one, the test says that it is skipped.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::io::Write as _;

use record::{Fault, Folder, Reading, Row, Shelf, Value, move_record, replay, table_names};
use toguna::rooms::TABLES;

mod demo_record;

fn cells(row: &Row<'_>) -> Result<Vec<Value>, Fault> {
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

fn sorted(shelf: &Shelf, table: &str) -> Vec<Vec<Value>> {
    let rows = shelf.read(|tx| tx.rows(&format!("SELECT * FROM {table}"), &[], cells));
    let mut rows = rows.unwrap();
    rows.sort();
    rows
}

#[test]
fn postgresql_holds_the_same_tables() {
    let Ok(server) = std::env::var("TOGUNA_TEST_POSTGRES") else {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: no PostgreSQL (TOGUNA_TEST_POSTGRES); `cargo xtask test` starts one"
        );
        return;
    };
    let (home, demonstration) = demo_record::open();
    demonstration.close();
    let here = Folder::at(&home.path().join("demo"));
    let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
    client.batch_execute("DROP SCHEMA IF EXISTS essai CASCADE; CREATE SCHEMA essai").unwrap();
    let address = format!("{server}?options=-csearch_path%3Dessai");
    let there = Folder::at(&home.path().join("cle")).on_server(&address);
    let open = |folder| Reading::open(folder, &TABLES, &mut |_, _| {}).unwrap().unwrap().shelf;
    // Opened before: the file stands under another name afterwards.
    let on_file = open(&here);
    move_record(&here, &there, &TABLES, &mut |_, _| {}).unwrap();
    assert!(!here.holds_instance(), "one record never goes on in two places");
    assert_eq!(replay::check(&there, &TABLES, &mut |_, _| {}).unwrap(), None);
    record::verify::verify(&mut *record::stored(&there).unwrap(), &mut |_| {}).unwrap();
    let on_server = open(&there);
    let schemas = std::iter::once(replay::DIRECTORY)
        .chain(TABLES.iter().flat_map(|room| [room.derived, room.drawers]))
        .chain(["CREATE TABLE entry (", "CREATE TABLE checkpoint (", "CREATE TABLE enclosure ("]);
    for table in schemas.flat_map(table_names) {
        let (file, server) = (sorted(&on_file, table), sorted(&on_server, table));
        assert_eq!(file.len(), server.len(), "{table}: as many rows");
        for (file, server) in file.iter().zip(&server) {
            assert_eq!(file, server, "{table}");
        }
    }
    // A backup of the server, taken while it may be written to, is the same instance.
    let mut stream = Vec::new();
    let taking = record::backup::Taking::begin(&there, &TABLES).unwrap();
    let held = taking.held().clone();
    taking.write(&mut stream, true, &mut |_, _| {}).unwrap();
    let restored = Folder::at(&home.path().join("restauration"));
    assert!(
        record::backup::restore(&restored, &TABLES, &mut &stream[..], held.rows, &mut |_, _| {}).unwrap()
    );
    assert_eq!(replay::check(&restored, &TABLES, &mut |_, _| {}).unwrap(), None);
    for table in ["entry", "enclosure", "checkpoint"] {
        assert_eq!(sorted(&open(&restored), table), sorted(&on_file, table), "{table}");
    }
    let other_process = Folder::at(there.path()).on_server(&address);
    let back = Folder::at(&home.path().join("retour"));
    move_record(&there, &back, &TABLES, &mut |_, _| {}).unwrap();
    assert_eq!(replay::check(&back, &TABLES, &mut |_, _| {}).unwrap(), None);
    assert_eq!(sorted(&open(&back), "entry"), sorted(&on_file, "entry"));
    let clock: record::Clock = std::sync::Arc::new(terms::Instant::now);
    let refused = record::Record::open(&other_process, &TABLES, clock, &mut |_, _| {}).map(|_| ());
    assert_eq!(refused, Err(Fault::Moved), "whoever still writes there is refused");
}
