//! The record's promises, on real files: what is acknowledged is durable, what is refused is nowhere, what is changed is named.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod founding;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use founding::founded;
use record::verify::{Broken, DayOf, Found, Holding, Kept, Line, Piece, verify};
use record::{Clock, Fault, Folder, Record, SqliteSource, Tables, Tx, replay, values};
use terms::instance::{EnclosureWithdrawn, ThemeSet};
use terms::organisations::OrganisationRegistered;
use terms::{Actor, Bilingual, Day, Instant, OrganisationId, PersonId, Sealed, Word};

/// A room that counts organisations by kind.
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

fn clock_at(at: &str) -> (Clock, Arc<Mutex<Instant>>) {
    let now = Arc::new(Mutex::new(at.parse().unwrap()));
    let hand = Arc::clone(&now);
    (Arc::new(move || *hand.lock().unwrap()), now)
}

fn found(path: &Path) -> Record {
    Record::found(&Folder::at(path), founded(), &TABLES, clock_at("2026-03-02T10:00:00Z").0).unwrap()
}

fn open(path: &Path) -> Result<Record, Fault> {
    Record::open(&Folder::at(path), &TABLES, clock_at("2026-03-03T10:00:00Z").0, &mut |_, _| {})
        .map(|(r, _)| r)
}

fn organisation(id: &str, known: Option<&str>) -> impl FnOnce(&Record) -> Result<Sealed, Fault> {
    let word = Word::OrganisationRegistered(OrganisationRegistered {
        id: OrganisationId::parse(id).unwrap(),
        name: format!("Association {id}"),
        acronym: None,
        kind: "association".into(),
        founded: None,
        legal_form: None,
        place: None,
        source: None,
        note: None,
        exercise: true,
    });
    let known: Option<Day> = known.map(|day| day.parse().unwrap());
    move |record| {
        let zone = record.zone.clone();
        record.scribe.seal_now(move |desk| desk.append(&zone, Actor::Loader, known, word))
    }
}

fn many(record: &record::Shelf) -> i64 {
    record
        .read(|tx| tx.row("SELECT many FROM essai WHERE kind = 'association'", &[], |row| row.get(0)))
        .unwrap()
        .unwrap_or(0)
}

fn verified(path: &Path) -> Result<record::verify::Whole, Broken> {
    verify(&mut SqliteSource::open(&Folder::at(path)).unwrap(), &mut |_| {})
}

#[test]
fn what_is_acknowledged_is_there_after_closing_and_verifies() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    for n in 0..40 {
        let sealed = organisation(&format!("o-{n}"), None)(&record).unwrap();
        assert_eq!(sealed.index, n + 1);
    }
    record.close();
    let whole = verified(home.path()).unwrap();
    assert_eq!((whole.size, whole.origin.as_str()), (41, "essai.example/registre"));
    let again = open(home.path()).unwrap();
    assert_eq!(many(&again.shelf), 40);
    assert_eq!(organisation("o-40", None)(&again).unwrap().index, 41);
    again.close();
    assert_eq!(verified(home.path()).unwrap().size, 42);
    assert_eq!(replay::check(&Folder::at(home.path()).database(), &TABLES, &mut |_, _| {}).unwrap(), None);
}

#[test]
fn what_is_refused_is_nowhere() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let zone = record.zone.clone();
    let refused: Result<(), Fault> = record.scribe.seal_now(move |desk| {
        desk.enclose_text("un texte qui ne doit pas rester")?;
        desk.tx().run("INSERT INTO tiroir (id, text) VALUES ('a', 'brouillon')", &[])?;
        let theme = ThemeSet { id: "t".into(), name: Bilingual::same("Thème") };
        desk.append(&zone, Actor::Loader, None, Word::ThemeSet(theme))?;
        Err(Fault::Value("refus".into()))
    });
    assert_eq!(refused, Err(Fault::Value("refus".into())));
    let left: (i64, i64, i64) = record
        .shelf
        .read(|tx| -> Result<_, Fault> {
            Ok((
                tx.one("SELECT count(*) FROM entry", &[])?,
                tx.one("SELECT count(*) FROM enclosure", &[])?,
                tx.one("SELECT count(*) FROM tiroir", &[])?,
            ))
        })
        .unwrap();
    assert_eq!(left, (1, 0, 0));
    // The next act takes the index that the refused one had held.
    assert_eq!(organisation("o", None)(&record).unwrap().index, 1);
    record.close();
    verified(home.path()).unwrap();
}

#[test]
fn many_writers_make_one_gapless_record() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let indexes = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for writer in 0..16 {
            let (record, indexes) = (&record, &indexes);
            scope.spawn(move || {
                for n in 0..20 {
                    let sealed = organisation(&format!("o-{writer}-{n}"), None)(record).unwrap();
                    indexes.lock().unwrap().push(sealed.index);
                }
            });
        }
    });
    let mut indexes = indexes.into_inner().unwrap();
    indexes.sort_unstable();
    assert_eq!(indexes, (1..=320).collect::<Vec<u64>>());
    assert_eq!(many(&record.shelf), 320);
    record.close();
    assert_eq!(verified(home.path()).unwrap().size, 321);
}

#[test]
fn a_table_changed_behind_the_record_is_named() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    organisation("o", None)(&record).unwrap();
    let tampered: Result<u64, Fault> =
        record.scribe.seal_now(|desk| desk.tx().run("UPDATE essai SET many = 7", &[]));
    tampered.unwrap();
    record.close();
    let difference =
        replay::check(&Folder::at(home.path()).database(), &TABLES, &mut |_, _| {}).unwrap().unwrap();
    assert_eq!(difference.table, "essai");
    assert!(difference.row.contains("Int(1)"), "{difference:?}");
    // The record itself is whole: only what is derived was changed.
    verified(home.path()).unwrap();
}

#[test]
fn an_earlier_day_shows_what_was_known_then() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    organisation("ancienne", Some("2023-08-01"))(&record).unwrap();
    organisation("recente", None)(&record).unwrap();
    let on = |day: &str| many(&record.shelf.as_of(day.parse().unwrap(), Duration::ZERO).unwrap());
    assert_eq!((on("2023-07-31"), on("2023-08-01"), on("2026-03-01"), on("2026-03-02")), (0, 1, 1, 2));
    // A fact entered later but known earlier changes the earlier day.
    organisation("autre", Some("2023-07-31"))(&record).unwrap();
    assert_eq!((on("2023-07-31"), on("2023-08-01")), (1, 2));
    // A day to come is no day at which something was known.
    let sealed = organisation("future", Some("2030-01-01"))(&record).unwrap();
    assert_eq!((sealed.known.to_string(), sealed.entry.known), ("2026-03-02".to_owned(), None));
}

#[test]
fn the_records_time_never_runs_backwards() {
    let home = tempfile::tempdir().unwrap();
    let (clock, hand) = clock_at("2026-03-02T10:00:00Z");
    let record = Record::found(&Folder::at(home.path()), founded(), &TABLES, clock).unwrap();
    *hand.lock().unwrap() = "2026-03-01T10:00:00Z".parse().unwrap();
    let sealed = organisation("o", None)(&record).unwrap();
    assert_eq!(sealed.entry.at.to_string(), "2026-03-02T10:00:00Z");
    record.close();
    verified(home.path()).unwrap();
}

#[test]
fn a_withdrawn_text_is_in_no_file() {
    const CANARY: &str = "canari-7f3a-personne-exposee";
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let zone = record.zone.clone();
    let enrolled = record.scribe.seal_now(move |desk| -> Result<terms::Enclosed, Fault> {
        let name = desk.enclose_text(CANARY)?;
        let id = PersonId::parse("p-1").unwrap();
        let person = terms::access::PersonEnrolled { id, name };
        desk.append(&zone, Actor::Loader, None, Word::PersonEnrolled(person))?;
        Ok(name)
    });
    let enclosed = enrolled.unwrap();
    assert!(holds(home.path(), CANARY), "the text is there before");
    record.shelf.as_of("2026-03-01".parse().unwrap(), Duration::ZERO).unwrap();
    let zone = record.zone.clone();
    let withdrawn = record.scribe.seal_now(move |desk| {
        let word = EnclosureWithdrawn {
            sha256: enclosed.sha256,
            ground: "personne-exposee".into(),
            decided_by: "gardiens".into(),
            ordered_by: None,
            entry: None,
        };
        desk.append(&zone, Actor::Loader, None, Word::EnclosureWithdrawn(word))
    });
    withdrawn.unwrap();
    assert!(!holds(home.path(), CANARY), "the text is in no file after");
    record.close();
    assert!(!holds(home.path(), CANARY));
    let whole = verified(home.path()).unwrap();
    assert_eq!((whole.enclosures, whole.withdrawn), (0, 1));
    assert_eq!(replay::check(&Folder::at(home.path()).database(), &TABLES, &mut |_, _| {}).unwrap(), None);
}

fn holds(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[test]
fn a_full_disk_refuses_with_a_sentence_and_keeps_nothing_half() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    // SQLite answers a page limit just as it answers a full disk.
    let limit = |pages: i64| {
        let set: Result<_, Fault> = record.scribe.seal_now(move |desk| {
            desk.tx().row(&format!("PRAGMA max_page_count = {pages}"), &[], |row| row.get::<i64>(0))
        });
        set.unwrap();
    };
    let size: i64 = record.shelf.read(|tx| tx.one("PRAGMA page_count", &[])).unwrap();
    limit(size + 2);
    let mut kept = 0;
    let fault = loop {
        match organisation(&format!("o-{kept}"), None)(&record) {
            Ok(_) => kept += 1,
            Err(fault) => break fault,
        }
    };
    assert_eq!(fault, Fault::Full);
    assert_eq!(many(&record.shelf), kept, "reading goes on, and shows what was acknowledged");
    limit(1_000_000);
    organisation("apres", None)(&record).unwrap();
    record.close();
    assert_eq!(verified(home.path()).unwrap().size, u64::try_from(kept).unwrap() + 2);
}

#[test]
fn an_entry_over_the_size_is_refused_and_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let record = found(folder.path());
    let count = |table: &str| -> i64 {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        record.shelf.read(|tx| tx.one(&sql, &[])).unwrap()
    };
    let named = |long: usize| {
        let word = Word::ThemeSet(ThemeSet { id: "t".into(), name: Bilingual::same(&"x".repeat(long)) });
        let zone = record.zone.clone();
        record.scribe.seal_now(move |desk| -> Result<Sealed, Fault> {
            desk.enclose_text("une pièce de cet acte")?;
            desk.append(&zone, Actor::Loader, None, word)
        })
    };
    let before = count("entry");
    let refused = named(70_000).unwrap_err();
    assert!(
        matches!(&refused, Fault::Entry(terms::EntryFault::TooLarge(bytes)) if *bytes > 65_535),
        "{refused:?}"
    );
    assert!(refused.to_string().contains("le registre en admet au plus 65 535"), "{refused}");
    assert_eq!((count("entry"), count("enclosure")), (before, 0), "nothing of it is kept");
    named(30_000).unwrap();
    assert_eq!((count("entry"), count("enclosure")), (before + 1, 1));
}

#[test]
fn a_second_process_is_told_that_the_folder_is_held() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    assert!(matches!(open(home.path()).map(|_| ()), Err(Fault::Held(_))));
    record.close();
    open(home.path()).unwrap().close();
}

#[test]
fn a_newer_format_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let set: Result<u64, Fault> = record
        .scribe
        .seal_now(|desk| desk.tx().run("UPDATE meta SET value = '99' WHERE key = 'format'", &[]));
    set.unwrap();
    record.close();
    let fault = open(home.path()).map(|_| ()).unwrap_err();
    assert_eq!(fault, Fault::Newer { found: 99, known: record::FORMAT });
}

#[test]
fn a_damaged_file_is_said_to_be_so_at_start() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    for n in 0..200 {
        organisation(&format!("o-{n}"), None)(&record).unwrap();
    }
    record.close();
    let file = Folder::at(home.path()).database();
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0x5a);
    std::fs::write(&file, &bytes).unwrap();
    assert!(matches!(open(home.path()).map(|_| ()), Err(Fault::Damaged(_))));
    std::fs::write(&file, b"ceci n'est pas une base").unwrap();
    assert!(matches!(open(home.path()).map(|_| ()), Err(Fault::Damaged(_))));
}

#[test]
fn the_key_of_another_record_is_refused() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    found(home.path()).close();
    found(other.path()).close();
    std::fs::copy(other.path().join("registre.cle"), home.path().join("registre.cle")).unwrap();
    assert!(matches!(open(home.path()).map(|_| ()), Err(Fault::Key(_))));
    std::fs::remove_file(home.path().join("registre.cle")).unwrap();
    assert!(matches!(open(home.path()).map(|_| ()), Err(Fault::Key(_))));
}

#[test]
fn every_flipped_byte_of_an_entry_is_found() {
    struct Flipped<'a> {
        entries: &'a [Vec<u8>],
        notes: &'a [String],
    }
    impl record::verify::Source for Flipped<'_> {
        fn entries(&mut self, from: u64) -> Result<Vec<Line>, String> {
            let rest = self.entries.iter().skip(usize::try_from(from).unwrap());
            Ok(rest.map(|bytes| Line { bytes: bytes.clone(), known: None }).collect())
        }
        fn checkpoints(&mut self) -> Result<Vec<Kept>, String> {
            Ok(self.notes.iter().map(|note| Kept { note: note.clone(), ..Kept::default() }).collect())
        }
        fn tile(&mut self, _: tlog::tile::Tile) -> Result<Found, String> {
            Ok(Found::NotKept)
        }
        fn pieces(&mut self, _: &mut dyn FnMut(&Piece<'_>)) -> Result<Holding, String> {
            Ok(Holding::None)
        }
        fn days(&mut self, _: &str) -> Result<Option<DayOf>, String> {
            Ok(None)
        }
    }
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    for n in 0..5 {
        organisation(&format!("o-{n}"), None)(&record).unwrap();
    }
    let (mut entries, notes): (Vec<Vec<u8>>, Vec<String>) = record
        .shelf
        .read(|tx| -> Result<_, Fault> {
            Ok((
                tx.rows("SELECT bytes FROM entry ORDER BY idx", &[], |row| row.get(0))?,
                tx.rows("SELECT note FROM checkpoint", &[], |row| row.get(0))?,
            ))
        })
        .unwrap();
    let verdict = |entries: &[Vec<u8>]| verify(&mut Flipped { entries, notes: &notes }, &mut |_| {});
    verdict(&entries).unwrap();
    for entry in 0..entries.len() {
        for byte in 0..entries[entry].len() {
            entries[entry][byte] ^= 1;
            assert!(verdict(&entries).is_err(), "entry {entry}, byte {byte}");
            entries[entry][byte] ^= 1;
        }
    }
    assert!(verdict(&entries[..3]).is_err(), "a record cut short");
    let mut longer = entries.clone();
    longer.push(entries[5].clone());
    assert!(verdict(&longer).is_err(), "an entry nobody signed");
}

fn withdrawn(record: &Record, text: &str, while_held: impl FnOnce()) {
    let zone = record.zone.clone();
    let text = text.to_owned();
    let sealed = record.scribe.seal_now(move |desk| -> Result<_, Fault> {
        let name = desk.enclose_text(&text)?;
        let id = PersonId::parse("p-2").unwrap();
        desk.append(
            &zone,
            Actor::Loader,
            None,
            Word::PersonEnrolled(terms::access::PersonEnrolled { id, name }),
        )?;
        Ok((zone, name.sha256))
    });
    let (zone, sha256) = sealed.unwrap();
    while_held();
    let word = EnclosureWithdrawn {
        sha256,
        ground: "danger".into(),
        decided_by: "gardiens".into(),
        ordered_by: None,
        entry: Some(1),
    };
    record
        .scribe
        .seal_now(move |desk| desk.append(&zone, Actor::Loader, None, Word::EnclosureWithdrawn(word)))
        .unwrap();
}

/// Whether the text leaves every file of the folder before long.
fn leaves(folder: &Path, text: &str) -> bool {
    (0..120).any(|_| {
        std::thread::sleep(Duration::from_millis(250));
        !holds(folder, text)
    })
}

#[test]
fn what_a_long_reading_keeps_from_being_erased_is_erased_after_it() {
    const CANARY: &str = "canari-lu-longtemps-9c1b";
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let (begun, has_begun) = std::sync::mpsc::channel();
    let (end, may_end) = std::sync::mpsc::channel::<()>();
    let shelf = record.shelf.clone();
    let mut reading = None;
    withdrawn(&record, CANARY, || {
        reading = Some(std::thread::spawn(move || {
            shelf.read(|tx| -> Result<(), Fault> {
                tx.one::<i64>("SELECT CAST(count(*) AS BIGINT) FROM enclosure", &[])?;
                begun.send(()).unwrap();
                may_end.recv().unwrap();
                Ok(())
            })
        }));
        has_begun.recv().unwrap();
    });
    assert!(holds(home.path(), CANARY), "the reader still sees what was");
    end.send(()).unwrap();
    reading.unwrap().join().unwrap().unwrap();
    assert!(leaves(home.path(), CANARY), "nobody has to act for it");
    record.close();
}

#[test]
fn what_a_killed_process_left_is_erased_at_the_next_start() {
    const CANARY: &str = "canari-d-avant-la-coupure-51e0";
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    withdrawn(&record, "un nom", || {});
    record.close();
    // As if the process had been killed after the commit and before it erased what the row left.
    let connection = rusqlite::Connection::open(Folder::at(home.path()).database()).unwrap();
    connection
        .execute_batch(&format!(
            "PRAGMA secure_delete = OFF; INSERT INTO tiroir VALUES ('x', '{CANARY}'); DELETE FROM tiroir; \
             DELETE FROM meta WHERE key = 'erased'; PRAGMA wal_checkpoint(TRUNCATE);"
        ))
        .unwrap();
    drop(connection);
    assert!(holds(home.path(), CANARY));
    let record = open(home.path()).unwrap();
    assert!(leaves(home.path(), CANARY));
    record.close();
    assert_eq!(verified(home.path()).unwrap().withdrawn, 1);
}
