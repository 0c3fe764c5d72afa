//! A damaged file is said to be so on every opening, and its tables come back from the record.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod founding;

use std::path::Path;
use std::sync::Arc;

use founding::founded;
use record::verify::verify;
use record::{
    Clock, Fault, Folder, Reading, Record, SqliteSource, Tables, Tx, examine, rebuild_tables, replay, values,
};
use rusqlite::Connection;
use terms::organisations::OrganisationRegistered;
use terms::{Actor, Instant, OrganisationId, Sealed, Word};

/// A room that counts organisations by kind, and keeps a drawer.
static TABLES: [Tables; 1] = [Tables {
    room: "essai",
    derived: "
CREATE TABLE essai (kind TEXT PRIMARY KEY, many BIGINT NOT NULL);
",
    drawers: "
CREATE TABLE IF NOT EXISTS tiroir (id TEXT PRIMARY KEY, text TEXT NOT NULL);
",
    apply,
}];

fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    if let Word::OrganisationRegistered(registered) = &sealed.entry.word {
        tx.run(
            "INSERT INTO essai (kind, many) VALUES (?1, 1) ON CONFLICT (kind) DO UPDATE SET many = essai.many + 1",
            values![registered.kind],
        )?;
    }
    Ok(())
}

fn clock() -> Clock {
    Arc::new(|| "2026-03-02T10:00:00Z".parse::<Instant>().unwrap())
}

/// An instance of some entries and one draft.
fn made(path: &Path) {
    let record = Record::found(&Folder::at(path), founded(), &TABLES, clock()).unwrap();
    let zone = record.zone.clone();
    record
        .scribe
        .seal_now(move |desk| -> Result<(), Fault> {
            for n in 0..60 {
                let word = Word::OrganisationRegistered(OrganisationRegistered {
                    id: OrganisationId::parse(&format!("o-{n}")).unwrap(),
                    name: format!("Association {n}"),
                    acronym: None,
                    kind: "association".into(),
                    founded: None,
                    legal_form: None,
                    place: None,
                    source: None,
                    note: None,
                    exercise: true,
                });
                desk.append(&zone, Actor::Loader, None, word)?;
            }
            desk.tx().run("INSERT INTO tiroir (id, text) VALUES ('a', 'brouillon')", &[])?;
            Ok(())
        })
        .unwrap();
    record.close();
}

fn opened(path: &Path) -> Result<(), Fault> {
    Record::open(&Folder::at(path), &TABLES, clock(), &mut |_, _| {}).map(|(record, _)| record.close())
}

fn looked_at(path: &Path) -> Result<(), Fault> {
    Reading::open(&Folder::at(path), &TABLES, &mut |_, _| {}).map(|_| ())
}

fn damaged(outcome: Result<(), Fault>, why: &str) {
    match outcome {
        Err(Fault::Damaged(said)) => assert!(said.contains(why), "{said}"),
        other => panic!("{other:?}"),
    }
}

fn change(path: &Path, statement: &str) {
    Connection::open(Folder::at(path).database()).unwrap().execute_batch(statement).unwrap();
}

/// The first page of this table is noise.
fn spoil(path: &Path, table: &str) {
    use std::io::{Seek, SeekFrom, Write};
    let file = Folder::at(path).database();
    let connection = Connection::open(&file).unwrap();
    let sql = "SELECT rootpage FROM sqlite_master WHERE name = ?1";
    let page: i64 = connection.query_row(sql, [table], |row| row.get(0)).unwrap();
    let size: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
    drop(connection);
    let mut file = std::fs::File::options().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(u64::try_from((page - 1) * size).unwrap())).unwrap();
    file.write_all(&vec![0xa5; usize::try_from(size).unwrap()]).unwrap();
}

#[test]
fn a_missing_entry_is_told_on_every_opening() {
    for (statement, why) in [
        ("DELETE FROM entry WHERE idx = 30", "1 entrées manquent"),
        ("DELETE FROM entry WHERE idx = 60", "la dernière signature en couvre 61"),
        ("DELETE FROM entry", "vide"),
        ("DELETE FROM checkpoint", "aucune signature ne couvre les 61 entrées"),
    ] {
        let home = tempfile::tempdir().unwrap();
        made(home.path());
        assert_eq!((opened(home.path()), looked_at(home.path())), (Ok(()), Ok(())));
        change(home.path(), statement);
        damaged(opened(home.path()), why);
        damaged(looked_at(home.path()), why);
        damaged(examine(&Folder::at(home.path()), &mut |_, _| {}), why);
        damaged(rebuild_tables(&Folder::at(home.path()), &TABLES, &mut |_, _| {}).map(|_| ()), why);
    }
}

#[test]
fn tables_that_differ_are_made_again_in_place() {
    let home = tempfile::tempdir().unwrap();
    made(home.path());
    change(home.path(), "UPDATE essai SET many = 7");
    let folder = Folder::at(home.path());
    assert!(replay::check(&folder, &TABLES, &mut |_, _| {}).unwrap().is_some());
    assert_eq!(rebuild_tables(&folder, &TABLES, &mut |_, _| {}).unwrap(), None);
    assert_eq!(replay::check(&folder, &TABLES, &mut |_, _| {}).unwrap(), None);
    verify(&mut SqliteSource::open(&folder).unwrap(), &mut |_| {}).unwrap();
}

#[test]
fn a_damaged_table_comes_back_from_the_record_with_the_drawers_and_the_old_file_aside() {
    let home = tempfile::tempdir().unwrap();
    made(home.path());
    let folder = Folder::at(home.path());
    spoil(home.path(), "essai");
    assert!(matches!(opened(home.path()), Err(Fault::Damaged(_))));
    assert!(matches!(looked_at(home.path()), Err(Fault::Damaged(_))));
    let aside = rebuild_tables(&folder, &TABLES, &mut |_, _| {}).unwrap().unwrap();
    assert!(aside.join("toguna.db").exists());
    examine(&folder, &mut |_, _| {}).unwrap();
    verify(&mut SqliteSource::open(&folder).unwrap(), &mut |_| {}).unwrap();
    assert_eq!(replay::check(&folder, &TABLES, &mut |_, _| {}).unwrap(), None);
    assert_eq!(opened(home.path()), Ok(()));
    let connection = Connection::open(folder.database()).unwrap();
    let draft: String = connection.query_row("SELECT text FROM tiroir", [], |row| row.get(0)).unwrap();
    assert_eq!(draft, "brouillon");
}

#[test]
fn a_damaged_record_is_not_made_again_and_stays_where_it_is() {
    let home = tempfile::tempdir().unwrap();
    made(home.path());
    let folder = Folder::at(home.path());
    spoil(home.path(), "entry");
    let before = std::fs::read(folder.database()).unwrap();
    assert!(matches!(rebuild_tables(&folder, &TABLES, &mut |_, _| {}), Err(Fault::Damaged(_))));
    assert_eq!(std::fs::read(folder.database()).unwrap(), before);
}
