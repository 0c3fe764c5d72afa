//! A process killed while sixteen hands write: what it had acknowledged is on the record, and the record is whole.
//!
//! The test starts itself again as the process to be killed; `TOGUNA_KILLED_IN` tells that copy where to write. On a server several
//! such processes write at once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]
#![allow(clippy::print_stdout, reason = "the process to be killed tells what was acknowledged")]

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use record::verify::verify;
use record::{Fault, Folder, Record, Tables, replay, stored};
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

/// How often the process is killed, on each database.
const ROUNDS: u64 = 50;

/// Hands that write at once.
const HANDS: usize = 16;

/// The folder, its database on a server where an address is given.
fn folder(path: &Path, server: Option<&str>) -> Folder {
    server.into_iter().fold(Folder::at(path), Folder::on_server)
}

fn open(folder: &Folder) -> Record {
    Record::open(folder, &TABLES, Arc::new(Instant::now), &mut |_, _| {}).unwrap().0
}

/// Writes until killed, telling each acknowledged act on a line.
fn write_until_killed(folder: &Folder) {
    let record = open(folder);
    std::thread::scope(|scope| {
        for hand in 0..HANDS {
            let record = &record;
            scope.spawn(move || {
                for n in 0.. {
                    let (id, zone) = (format!("{}-{hand}-{n}", std::process::id()), record.zone.clone());
                    let told = id.clone();
                    let sealed: Result<u64, Fault> = record.scribe.seal_now(move |desk| {
                        let text = desk.enclose_text(&format!("texte de {id}"))?;
                        if hand == 0 {
                            // In the store before it is on the record, wherever the kill falls. One hand alone: each file is
                            // flushed by itself, and acts of a group wait for each other.
                            desk.enclose(terms::Media::Pdf, format!("%PDF-1.7 {id}").as_bytes())?;
                        }
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

/// In a copy of this program that is to be killed: it writes, and this does not return.
fn writes_here(test: &str) -> bool {
    let told = |name| std::env::var(name).ok();
    match told("TOGUNA_KILLED_IN") {
        Some(path) if told("TOGUNA_KILLED_TEST").as_deref() == Some(test) => {
            write_until_killed(&folder(Path::new(&path), told("TOGUNA_KILLED_ON").as_deref()));
            true
        }
        _ => false,
    }
}

fn founded_in(folder: &Folder) {
    let founded = Founded {
        origin: "essai.example/coupure".into(),
        verifier_key: String::new(),
        custodians: None,
        pack: "essai".into(),
        title: Bilingual::same("Essai"),
        country: "XX".into(),
        zone: "UTC".into(),
        weekend: vec![],
    };
    Record::found(folder, founded, &TABLES, Arc::new(Instant::now)).unwrap().close();
}

/// Every act that was acknowledged is there once, the record is whole and signed, and the tables are what it makes of them.
fn stands(folder: &Folder, acknowledged: &[String], round: u64) {
    let record = open(folder);
    let held = record.shelf.read(|tx| -> Result<Vec<String>, Fault> {
        tx.rows("SELECT id FROM theme_essai", &[], |row| row.get(0))
    });
    let held: HashSet<String> = held.unwrap().into_iter().collect();
    for id in acknowledged {
        assert!(held.contains(id), "round {round}: {id} was acknowledged");
    }
    record.close();
    verify(&mut *stored(folder).unwrap(), &mut |_| {}).unwrap();
    assert_eq!(replay::check(folder, &TABLES, &mut |_, _| {}).unwrap(), None, "round {round}");
}

/// A moment between 5 and 155 ms, another in every round: before the first act, amid acts, between groups.
fn moment(round: u64) -> Duration {
    Duration::from_millis(5 + (round * 7_919 + 104_729) % 151)
}

/// A process that writes until it is killed, and what it acknowledged meanwhile.
struct Writer {
    process: Child,
    lines: std::thread::JoinHandle<Vec<String>>,
}

impl Writer {
    fn start(test: &str, folder: &Folder, server: Option<&str>) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", test, "--nocapture"])
            .env("TOGUNA_KILLED_IN", folder.path())
            .env("TOGUNA_KILLED_TEST", test)
            .stdout(Stdio::piped());
        if let Some(server) = server {
            command.env("TOGUNA_KILLED_ON", server);
        }
        let mut process = command.spawn().unwrap();
        let told = BufReader::new(process.stdout.take().unwrap());
        let lines = std::thread::spawn(move || {
            let told = told.lines().map_while(Result::ok);
            told.filter_map(|line| line.strip_prefix("acquitté ").map(str::to_owned)).collect()
        });
        Self { process, lines }
    }

    fn killed_after(mut self, long: Duration) -> Vec<String> {
        std::thread::sleep(long);
        assert!(self.process.try_wait().unwrap().is_none(), "it goes on until it is killed");
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        self.lines.join().unwrap()
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let test = "what_was_acknowledged_survives_a_kill";
    if writes_here(test) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let folder = folder(home.path(), None);
    founded_in(&folder);
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        acknowledged.extend(Writer::start(test, &folder, None).killed_after(moment(round)));
        stands(&folder, &acknowledged, round);
    }
    assert!(acknowledged.len() > HANDS, "the writers wrote: {}", acknowledged.len());
}

#[test]
fn several_processes_write_one_record_on_a_server_and_any_of_them_may_be_killed() {
    let test = "several_processes_write_one_record_on_a_server_and_any_of_them_may_be_killed";
    if writes_here(test) {
        return;
    }
    let Ok(server) = std::env::var("TOGUNA_TEST_POSTGRES") else {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: no PostgreSQL (TOGUNA_TEST_POSTGRES); `cargo xtask test` starts one"
        );
        return;
    };
    let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
    client.batch_execute("DROP SCHEMA IF EXISTS coupure CASCADE; CREATE SCHEMA coupure").unwrap();
    let address = format!("{server}?options=-csearch_path%3Dcoupure");
    let home = tempfile::tempdir().unwrap();
    let folder = folder(home.path(), Some(&address));
    founded_in(&folder);
    let mut acknowledged = Vec::new();
    // One goes on through three rounds, while another that writes beside it is killed in each.
    let mut steady = None;
    for round in 0..ROUNDS {
        let going = steady.take().unwrap_or_else(|| Writer::start(test, &folder, Some(&address)));
        acknowledged.extend(Writer::start(test, &folder, Some(&address)).killed_after(moment(round)));
        if round % 3 == 2 || round + 1 == ROUNDS {
            acknowledged.extend(going.killed_after(Duration::ZERO));
            stands(&folder, &acknowledged, round);
        } else {
            steady = Some(going);
        }
    }
    let own = |id: &String| id.split('-').next().map(str::to_owned);
    let writers: HashSet<_> = acknowledged.iter().filter_map(own).collect();
    assert!(writers.len() > 2, "several processes wrote: {writers:?}");
}
