//! Files: on the disk before what cites them, unreadable without the database, gone when they are withdrawn, and named when they
//! are missing or altered.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use record::verify::{Broken, verify};
use record::{Fault, Folder, Lost, Record, enclosures, stored};
use terms::instance::{EnclosureWithdrawn, Founded};
use terms::sittings::SittingNotHeld;
use terms::{Actor, Bilingual, BodyId, Commitment, Media, Word};

const FILE: &[u8] = b"%PDF-1.7 lettre fictive, canari-fichier";

fn clock() -> record::Clock {
    Arc::new(|| "2026-03-02T10:00:00Z".parse().unwrap())
}

fn found(path: &Path) -> Record {
    let founded = Founded {
        origin: "essai.example/pieces".into(),
        verifier_key: String::new(),
        custodians: None,
        pack: "essai".into(),
        title: Bilingual::same("Essai"),
        country: "XX".into(),
        zone: "UTC".into(),
        weekend: vec![6, 7],
    };
    Record::found(&Folder::at(path), founded, &[], clock()).unwrap()
}

fn open(path: &Path) -> Result<Record, Fault> {
    Record::open(&Folder::at(path), &[], clock(), &mut |_, _| {}).map(|(record, _)| record)
}

/// A file is on the record; the answer is its commitment.
fn sent(record: &Record, bytes: &[u8]) -> Result<Commitment, Fault> {
    let (zone, bytes) = (record.zone.clone(), bytes.to_vec());
    record.scribe.seal_now(move |desk| {
        let reason = desk.enclose(Media::Pdf, &bytes)?;
        let not_held = SittingNotHeld {
            body: BodyId::parse("comite").unwrap(),
            from: "2026-02-01".parse().unwrap(),
            to: "2026-02-28".parse().unwrap(),
            reason: Some(reason),
            source: None,
        };
        desk.append(&zone, Actor::Loader, None, Word::SittingNotHeld(not_held))?;
        Ok(reason.sha256)
    })
}

fn withdrawn(record: &Record, sha256: Commitment) {
    let zone = record.zone.clone();
    let withdrawn = EnclosureWithdrawn {
        sha256,
        ground: "person-at-risk".into(),
        decided_by: "la maison".into(),
        ordered_by: None,
        entry: None,
    };
    let sealed: Result<_, Fault> = record
        .scribe
        .seal_now(move |desk| desk.append(&zone, Actor::Loader, None, Word::EnclosureWithdrawn(withdrawn)));
    sealed.unwrap();
}

fn fetched(record: &Record, sha256: Commitment) -> Result<Option<Vec<u8>>, Fault> {
    let held = record.shelf.read(|tx| enclosures::held(tx, &sha256))?;
    held.map(|held| record.shelf.fetch(held)).transpose()
}

/// Every file below the folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let here = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    here.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The objects of the store, without its mark.
fn objects(folder: &Path) -> Vec<PathBuf> {
    files(&folder.join("pieces")).into_iter().filter(|file| !file.ends_with("magasin")).collect()
}

fn stands_somewhere(folder: &Path, text: &[u8]) -> bool {
    let holds = |bytes: Vec<u8>| bytes.windows(text.len()).any(|window| window == text);
    files(folder).into_iter().any(|file| holds(std::fs::read(file).unwrap()))
}

fn whole(path: &Path) -> Result<u64, Broken> {
    verify(&mut *stored(&Folder::at(path)).unwrap(), &mut |_| {}).map(|whole| whole.enclosures)
}

#[test]
fn a_file_lies_encrypted_in_the_store_and_nothing_of_it_is_left_when_it_is_withdrawn() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let (kept, gone) = (sent(&record, FILE).unwrap(), sent(&record, FILE).unwrap());
    assert_eq!(fetched(&record, kept).unwrap().as_deref(), Some(FILE));
    assert_eq!(objects(home.path()).len(), 2);
    assert!(!stands_somewhere(home.path(), b"canari-fichier"), "not even before it is withdrawn");
    let twins = record.shelf.read(|tx| enclosures::same_bytes(tx, &gone)).unwrap();
    assert_eq!(twins, [kept], "the same file under another commitment");
    let key: Vec<u8> = record
        .shelf
        .read(|tx| tx.one("SELECT key FROM object WHERE sha256 = ?1", record::values![gone]))
        .unwrap();
    assert!(stands_somewhere(home.path(), &key));
    withdrawn(&record, gone);
    assert_eq!(fetched(&record, gone), Ok(None));
    assert!(!stands_somewhere(home.path(), &key), "what opens a copy of it is nowhere");
    assert_eq!(objects(home.path()).len(), 1);
    record.close();
    assert_eq!(whole(home.path()), Ok(1));
}

#[test]
fn an_act_that_is_refused_leaves_no_file() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let refused: Result<(), Fault> = record.scribe.seal_now(|desk| {
        desk.enclose(Media::Pdf, FILE)?;
        Err(Fault::Value("refus".into()))
    });
    assert_eq!(refused, Err(Fault::Value("refus".into())));
    assert_eq!(objects(home.path()), Vec::<PathBuf>::new());
    sent(&record, FILE).unwrap();
    record.close();
    assert_eq!(whole(home.path()), Ok(1));
}

#[test]
fn what_a_cut_left_is_swept_away_a_day_later_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    sent(&record, FILE).unwrap();
    record.close();
    let pieces = home.path().join("pieces");
    let long_ago = SystemTime::now() - Duration::from_secs(25 * 60 * 60);
    for (name, old) in [("orphelin", true), ("0123#1", true), ("en-cours", false), ("4567#1", false)] {
        let file = std::fs::File::create(pieces.join(name)).unwrap();
        if old {
            file.set_modified(long_ago).unwrap();
        }
    }
    for file in objects(home.path()) {
        if std::fs::metadata(&file).unwrap().len() > 0 {
            std::fs::File::options().write(true).open(file).unwrap().set_modified(long_ago).unwrap();
        }
    }
    open(home.path()).unwrap().close();
    let mut left: Vec<String> = objects(home.path())
        .iter()
        .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    left.retain(|name| name.len() < 32);
    left.sort();
    assert_eq!(left, ["4567#1", "en-cours"]);
    assert_eq!(whole(home.path()), Ok(1));
}

#[test]
fn a_deletion_that_a_kill_cut_off_is_done_at_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let gone = sent(&record, FILE).unwrap();
    record.close();
    let connection = rusqlite::Connection::open(home.path().join("toguna.db")).unwrap();
    connection.execute("UPDATE object SET key = NULL, digest = NULL", []).unwrap();
    connection.execute("UPDATE enclosure SET salt = NULL", []).unwrap();
    drop(connection);
    let record = open(home.path()).unwrap();
    assert_eq!(fetched(&record, gone), Ok(None));
    // What is owed is done before the first act.
    sent(&record, FILE).unwrap();
    assert_eq!(objects(home.path()).len(), 1);
    record.close();
}

#[test]
fn a_missing_or_altered_file_is_named_and_everything_else_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let sha256 = sent(&record, FILE).unwrap();
    let object = objects(home.path()).remove(0);
    let bytes = std::fs::read(&object).unwrap();
    let mut altered = bytes.clone();
    altered[3] ^= 1;
    std::fs::write(&object, &altered).unwrap();
    assert_eq!(fetched(&record, sha256), Err(Fault::Lost { sha256, lost: Lost::Altered }));
    let Err(Broken::Enclosure { index: 1, why, .. }) = whole(home.path()) else { panic!() };
    assert!(why.contains("modifiée"), "{why}");
    std::fs::write(&object, &bytes[..10]).unwrap();
    assert_eq!(fetched(&record, sha256), Err(Fault::Lost { sha256, lost: Lost::Altered }));
    std::fs::remove_file(&object).unwrap();
    assert_eq!(fetched(&record, sha256), Err(Fault::Lost { sha256, lost: Lost::Missing }));
    let Err(Broken::Enclosure { index: 1, why, .. }) = whole(home.path()) else { panic!() };
    assert!(why.contains("magasin des pièces"), "{why}");
    let (_, stock) = record::files(&Folder::at(home.path())).unwrap();
    assert_eq!((stock.stored, stock.missing), (1, vec![sha256]));
    sent(&record, FILE).unwrap();
    // What is lost may be withdrawn; the record is whole then.
    withdrawn(&record, sha256);
    record.close();
    assert_eq!(whole(home.path()), Ok(1));
    std::fs::remove_dir_all(home.path().join("pieces")).unwrap();
    let record = open(home.path()).unwrap();
    sent(&record, FILE).unwrap();
    record.close();
    assert!(whole(home.path()).is_err());
}

#[test]
fn the_store_of_another_instance_is_refused() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [home.path(), other.path()] {
        let record = found(folder);
        sent(&record, FILE).unwrap();
        record.close();
    }
    std::fs::remove_dir_all(home.path().join("pieces")).unwrap();
    std::fs::rename(other.path().join("pieces"), home.path().join("pieces")).unwrap();
    assert!(matches!(open(home.path()).map(|_| ()), Err(Fault::OtherStore(_))));
    assert_eq!(objects(home.path()).len(), 1, "and nothing in it is swept away");
}

#[test]
fn files_of_a_version_before_the_store_are_read_and_move_into_it() {
    let home = tempfile::tempdir().unwrap();
    let record = found(home.path());
    let sha256 = sent(&record, FILE).unwrap();
    record.close();
    let connection = rusqlite::Connection::open(home.path().join("toguna.db")).unwrap();
    connection.execute("UPDATE enclosure SET bytes = ?1 WHERE media = 'application/pdf'", [FILE]).unwrap();
    connection
        .execute_batch(
            "DROP TABLE object; DELETE FROM meta WHERE key = 'pieces'; \
             UPDATE meta SET value = '1' WHERE key = 'format'; UPDATE meta SET value = '' WHERE key = 'shape'",
        )
        .unwrap();
    drop(connection);
    std::fs::remove_dir_all(home.path().join("pieces")).unwrap();
    assert_eq!(whole(home.path()), Ok(1), "as it is");
    let record = open(home.path()).unwrap();
    assert_eq!(fetched(&record, sha256).unwrap().as_deref(), Some(FILE));
    record.close();
    let described = home.path().join("magasin.toml");
    std::fs::write(&described, "folder = \"ailleurs\"").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&described, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let folder = Folder::at(home.path());
    let stock = record::move_files(&folder, &described, &[], &mut |_, _| {}).unwrap();
    assert_eq!((stock.stored, stock.inline, stock.missing), (1, 0, vec![]));
    assert_eq!(files(&home.path().join("ailleurs")).len(), 2);
    // The same place under another name is not emptied.
    std::fs::write(&described, format!("folder = {:?}", home.path().join("./ailleurs/../ailleurs"))).unwrap();
    record::move_files(&folder, &described, &[], &mut |_, _| {}).unwrap();
    let record = open(home.path()).unwrap();
    assert_eq!(fetched(&record, sha256).unwrap().as_deref(), Some(FILE));
    withdrawn(&record, sha256);
    record.close();
    assert_eq!(files(&home.path().join("ailleurs")).len(), 1, "the mark alone");
    assert_eq!(whole(home.path()), Ok(0));
}

#[tokio::test]
async fn the_store_is_asked_and_let_go_on_any_thread() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_owned();
    let (record, sha256) = tokio::task::spawn_blocking(move || {
        let record = found(&path);
        let sha256 = sent(&record, FILE).unwrap();
        (record, sha256)
    })
    .await
    .unwrap();
    assert_eq!(fetched(&record, sha256).unwrap().as_deref(), Some(FILE), "on a thread of the runtime itself");
    record.close();
}
