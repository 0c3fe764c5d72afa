//! A record and its witnesses: what they answer is kept on either database, survives a restart and a move, and is shown; what is wrong
//! with one is told. Acts go on whatever a witness does.
//!
//! With the address of a PostgreSQL server in `TOGUNA_TEST_POSTGRES`, on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use record::cosigned::{self, Trouble};
use record::verify::{Asked, verify_with};
use record::{Clock, Fault, Folder, Record, move_record, proofs, replay, stored};
use terms::instance::{Founded, ThemeSet};
use terms::{Actor, Bilingual, Instant, Word};
use tlog::{Cosigner, CosignerKey, Note, Policy};
use toguna::rooms::TABLES;
use web::door::{self, Limits};
use witness::Witness;
use witness::asking::{Asker, Askers, Outcome, Reached, Rhythm, reached};

/// A clock that the test moves, in seconds.
static NOW: AtomicI64 = AtomicI64::new(1_790_000_000);

fn clock() -> Clock {
    Arc::new(|| Instant::from_second(NOW.load(Ordering::SeqCst)).unwrap())
}

fn founded() -> Founded {
    Founded {
        origin: "toguna.example/temoins".into(),
        verifier_key: String::new(),
        custodians: None,
        pack: "fictif".into(),
        title: Bilingual::same("Témoins"),
        country: "XX".into(),
        zone: "UTC".into(),
        weekend: vec![6, 7],
    }
}

fn act(record: &Record, n: u64) {
    let zone = record.zone.clone();
    let theme = ThemeSet { id: format!("t-{n}"), name: Bilingual::same(&format!("Thème {n}")) };
    let sealed = record.scribe.seal_now(move |desk| -> Result<(), Fault> {
        desk.append(&zone, Actor::Loader, None, Word::ThemeSet(theme)).map(drop)
    });
    sealed.unwrap();
}

/// A true witness of this record, at an address.
struct Held {
    _runtime: tokio::runtime::Runtime,
    _home: tempfile::TempDir,
    reached: Reached,
}

fn witness(record: &Record, name: &str) -> Held {
    let home = tempfile::tempdir().unwrap();
    Witness::create(home.path(), name).unwrap();
    std::fs::write(home.path().join("registres"), format!("log {}\nquorum none\n", record.key())).unwrap();
    let witness = Witness::open(home.path(), || NOW.load(Ordering::SeqCst) as u64).unwrap();
    let key = CosignerKey::parse(&witness.key()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let router = witness::router(Arc::new(witness));
    runtime.spawn(door::serve(listener, router, Limits::of_files(256, vec![]), std::future::pending()));
    Held { _runtime: runtime, _home: home, reached: Reached { name: name.into(), key, address } }
}

/// One who answers every request so, and hands on what was asked.
fn says(answer: &'static str) -> (SocketAddr, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (send, asked) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = vec![0; 16_384];
            let many = stream.read(&mut request).unwrap_or(0);
            let _ = send.send(String::from_utf8_lossy(&request[..many]).into_owned());
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (address, asked)
}

fn stranger(name: &str, address: &str) -> Reached {
    let key = Cosigner::from_seed(name, &[9; 32]).unwrap().key().clone();
    Reached { name: name.into(), key, address: address.into() }
}

fn asked(record: &Record) -> Vec<cosigned::Asked> {
    record.shelf.read(cosigned::asked).unwrap()
}

/// The record's folder on a file, and on a server where there is one.
fn on_each_database(schema: &str, test: impl Fn(&Folder)) {
    let home = tempfile::tempdir().unwrap();
    test(&Folder::at(home.path()));
    let Ok(server) = std::env::var("TOGUNA_TEST_POSTGRES") else {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: no PostgreSQL (TOGUNA_TEST_POSTGRES); `cargo xtask test` starts one"
        );
        return;
    };
    let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
    client.batch_execute(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")).unwrap();
    let home = tempfile::tempdir().unwrap();
    test(&Folder::at(home.path()).on_server(&format!("{server}?options=-csearch_path%3D{schema}")));
}

#[test]
fn what_witnesses_cosign_is_kept_and_demanded() {
    on_each_database("temoins_gardes", |folder| {
        let record = Record::found(folder, founded(), &TABLES, clock()).unwrap();
        let (one, two) = (witness(&record, "temoin.example/un"), witness(&record, "temoin.example/deux"));
        let policy = format!(
            "log {}\nwitness un {} {}\nwitness deux {} {}\ngroup tous all un deux\nquorum tous\n",
            record.key(),
            one.reached.key,
            one.reached.address,
            two.reached.key,
            two.reached.address
        );
        let policy = Policy::parse(policy.as_bytes()).unwrap();
        let rhythm = Rhythm { every: Duration::from_millis(20), silent_after: Duration::from_secs(3_600) };
        let askers = Askers::begin(&record, reached(&policy).unwrap(), rhythm).unwrap();
        for n in 0..30 {
            act(&record, n);
        }
        let size = record.shelf.entries().unwrap();
        let all = || asked(&record).iter().all(|one| one.latest.is_some_and(|(of, _)| of == size));
        for _ in 0..400 {
            if all() {
                break;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        assert!(all(), "{:?}", asked(&record));
        askers.stop();
        record.close();
        // After a restart: in the checkpoint, in proofs, and in what a verification demands.
        let (record, _) = Record::open(folder, &TABLES, clock(), &mut |_, _| {}).unwrap();
        let key = record.key();
        let file = record.shelf.read(|tx| proofs::inclusion(tx, &key, 3)).unwrap().unwrap();
        assert_eq!(policy.check(&file.checkpoint).unwrap().cosigned.len(), 2);
        let verified = |folder: &Folder| {
            let asked = Asked { policy: Some(&policy), workers: 0 };
            verify_with(&mut *stored(folder).unwrap(), asked, &mut |_| {})
        };
        assert_eq!(verified(folder).unwrap().cosigned.len(), 2);
        // One more act, and the newest checkpoint is not cosigned yet: the old lines are not put under it.
        act(&record, 99);
        let newest = record.shelf.read(|tx| proofs::newest(tx, &key)).unwrap().note;
        assert_eq!(record.shelf.read(|tx| cosigned::covering(tx, &newest)).unwrap(), newest);
        assert!(verified(folder).is_err());
        for held in [&one, &two] {
            let outcome = Asker::new(&record, held.reached.clone()).once().unwrap();
            assert_eq!(outcome, Outcome::Cosigned(size + 1));
        }
        record.close();
        assert_eq!(replay::check(folder, &TABLES, &mut |_, _| {}).unwrap(), None);
        replay::rebuild(folder, &TABLES, None, &mut |_, _| {}).unwrap();
        // They travel with the record.
        let home = tempfile::tempdir().unwrap();
        let there = Folder::at(home.path());
        move_record(folder, &there, &TABLES, &mut |_, _| {}).unwrap();
        assert_eq!(verified(&there).unwrap().cosigned.len(), 2);
    });
}

#[test]
fn what_is_wrong_with_a_witness_is_kept_and_is_over_when_it_cosigns() {
    on_each_database("temoins_troubles", |folder| {
        let record = Record::found(folder, founded(), &TABLES, clock()).unwrap();
        let held = witness(&record, "temoin.example/un");
        let (name, text) = (&held.reached.name, held.reached.key.to_string());
        let now = NOW.load(Ordering::SeqCst) as u64;
        record
            .scribe
            .seal_now({
                let (name, text) = (name.clone(), text.clone());
                move |desk| cosigned::ask_from_now_on(desk.tx(), &text, &name, now)
            })
            .unwrap();
        let at =
            |address: SocketAddr| Reached { address: format!("http://{address}"), ..held.reached.clone() };
        for (answer, trouble) in [
            (
                "HTTP/1.1 422 X\r\nContent-Length: 12\r\nConnection: close\r\n\r\ninconsistent",
                Trouble::Disagrees,
            ),
            ("HTTP/1.1 409 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", Trouble::Disagrees),
            ("HTTP/1.1 403 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", Trouble::Refuses),
            (
                "HTTP/1.1 409 X\r\nContent-Type: text/x.tlog.size\r\nContent-Length: 4\r\nConnection: close\r\n\r\n999\n",
                Trouble::Disagrees,
            ),
        ] {
            let (address, requests) = says(answer);
            let Outcome::Not(found, told) = Asker::new(&record, at(address)).once().unwrap() else {
                panic!()
            };
            assert_eq!(found, trouble, "{answer}");
            assert!(requests.recv().unwrap().starts_with("POST /add-checkpoint HTTP/1.1\r\n"));
            let kept = asked(&record).remove(0).trouble.unwrap();
            assert_eq!((kept.0, kept.1), (trouble, told));
        }
        // A signature of another key is no cosignature of this witness.
        let other = stranger("temoin.example/autre", "x");
        let line = format!("— {} {}\n", other.key.name(), "AAAAAAECAwQFBgc=");
        let body =
            format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{line}", line.len());
        let (address, _requests) = says(Box::leak(body.into_boxed_str()));
        let outcome = Asker::new(&record, at(address)).once().unwrap();
        assert!(matches!(outcome, Outcome::Not(Trouble::Refuses, _)), "{outcome:?}");
        // It cosigns: all is well again, and the act never waited.
        act(&record, 1);
        assert_eq!(Asker::new(&record, held.reached.clone()).once().unwrap(), Outcome::Cosigned(2));
        let after = asked(&record).remove(0);
        assert_eq!((after.latest.map(|(size, _)| size), after.trouble), (Some(2), None));
        let note = record.shelf.read(|tx| proofs::newest(tx, &record.key())).unwrap().note;
        let note = record.shelf.read(|tx| cosigned::covering(tx, &note)).unwrap();
        assert!(held.reached.key.cosigned(&Note::parse(note.as_bytes()).unwrap()).is_ok());
        record.close();
    });
}

#[test]
fn a_silent_witness_is_told_after_the_limit_and_not_before() {
    on_each_database("temoins_muets", |folder| {
        let record = Record::found(folder, founded(), &TABLES, clock()).unwrap();
        // A port that nobody listens on.
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let gone = stranger("temoin.example/muet", &format!("http://{free}"));
        let rhythm = Rhythm { every: Duration::from_millis(20), silent_after: Duration::from_secs(2) };
        let askers = Askers::begin(&record, vec![gone], rhythm).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(asked(&record)[0].trouble, None, "not yet");
        act(&record, 1);
        NOW.fetch_add(10, Ordering::SeqCst);
        let silent = || matches!(asked(&record)[0].trouble, Some((Trouble::Silent, ..)));
        for _ in 0..400 {
            if silent() {
                break;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        assert!(silent(), "{:?}", asked(&record));
        act(&record, 2);
        askers.stop();
        // Who is no longer named is no longer an alarm.
        Askers::begin(&record, vec![], rhythm).unwrap().stop();
        assert!(asked(&record).is_empty());
        record.close();
    });
}
