//! A process killed while sixteen hands write: what it had acknowledged is on the record, and the record is whole.
//!
//! The test starts itself again as the process to be killed; `TOGUNA_KILLED_IN` tells that copy where to write.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]
#![allow(clippy::print_stdout, reason = "the process to be killed tells what was acknowledged")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use record::verify::verify;
use record::{Fault, Folder, Record, SqliteSource, Tables, replay};
use terms::instance::{Founded, ThemeSet};
use terms::{Actor, Bilingual, Instant, Word};

static TABLES: [Tables; 1] = [Tables {
    room: "essai",
    derived: "
CREATE TABLE theme_essai (id TEXT PRIMARY KEY, title TEXT NOT NULL);
",
    drawers: "",
    apply: |tx, sealed| {
        if let Word::ThemeSet(theme) = &sealed.entry.word {
            tx.run(
                "INSERT INTO theme_essai (id, title) VALUES (?1, ?2)",
                record::values![theme.id, theme.name.fr],
            )?;
        }
        Ok(())
    },
}];

fn open(path: &Path) -> Record {
    Record::open(&Folder::at(path), &TABLES, Arc::new(Instant::now), &mut |_, _| {}).unwrap().0
}

/// Writes until killed, telling each acknowledged act on a line.
fn write_until_killed(path: &Path) {
    let record = open(path);
    std::thread::scope(|scope| {
        for hand in 0..16 {
            let record = &record;
            scope.spawn(move || {
                for n in 0.. {
                    let (id, zone) = (format!("{}-{hand}-{n}", std::process::id()), record.zone.clone());
                    let told = id.clone();
                    let sealed: Result<u64, Fault> = record.scribe.seal_now(move |desk| {
                        let text = desk.enclose_text(&format!("texte de {id}"))?;
                        let name = Bilingual::same(&text.sha256.to_string());
                        let word = Word::ThemeSet(ThemeSet { id, name });
                        Ok(desk.append(&zone, Actor::Clock, None, word)?.index)
                    });
                    sealed.unwrap();
                    println!("acquitté {told}");
                }
            });
        }
    });
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    if let Ok(path) = std::env::var("TOGUNA_KILLED_IN") {
        return write_until_killed(Path::new(&path));
    }
    let home = tempfile::tempdir().unwrap();
    let founded = Founded {
        origin: "essai.example/coupure".into(),
        verifier_key: String::new(),
        pack: "essai".into(),
        title: Bilingual::same("Essai"),
        country: "XX".into(),
        zone: "UTC".into(),
        weekend: vec![],
    };
    Record::found(&Folder::at(home.path()), founded, &TABLES, Arc::new(Instant::now)).unwrap().close();
    let mut acknowledged = Vec::new();
    for round in 0..8_u64 {
        acknowledged.extend(killed_after(home.path(), Duration::from_millis(150 + 37 * round)));
        let record = open(home.path());
        for id in &acknowledged {
            let sql = "SELECT count(*) FROM theme_essai WHERE id = ?1";
            let found: i64 =
                record.shelf.read(|tx| -> Result<_, Fault> { tx.one(sql, record::values![id]) }).unwrap();
            assert_eq!(found, 1, "round {round}: {id} was acknowledged");
        }
        record.close();
        verify(&mut SqliteSource::open(&Folder::at(home.path())).unwrap(), &mut |_| {}).unwrap();
        let file = Folder::at(home.path()).database();
        assert_eq!(replay::check(&file, &TABLES, &mut |_, _| {}).unwrap(), None, "round {round}");
    }
    assert!(acknowledged.len() > 8, "the writers wrote: {}", acknowledged.len());
}

/// The ids that a writing process had acknowledged when it was killed.
fn killed_after(path: &Path, long: Duration) -> Vec<String> {
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "what_was_acknowledged_survives_a_kill", "--nocapture"])
        .env("TOGUNA_KILLED_IN", path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap());
    let killer = std::thread::spawn(move || {
        std::thread::sleep(long);
        process.kill().unwrap();
        process.wait().unwrap();
    });
    let told = lines.lines().map_while(Result::ok);
    let ids = told.filter_map(|line| line.strip_prefix("acquitté ").map(str::to_owned)).collect();
    killer.join().unwrap();
    ids
}
