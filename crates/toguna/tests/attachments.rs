//! Files that were sent in, on an S3-compatible server and on several: they go there, come from there, and are missed there.
//!
//! The server is `s3rver`, a small one for tests that checks signatures, which `cargo xtask setup` installs from npm; without it the
//! tests that need one say that they are skipped.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use command::{copy, copy_to, files, result, run, told};
use record::{Fault, Folder, enclosures};
use terms::{Commitment, Media};
use toguna::rooms::{ROOMS, TABLES};
use web::rehearsal::Rehearsal;

const NOW: &str = "2030-03-01T09:00:00Z";

/// The key and the secret that the test server knows.
const KEY: &str = "S3RVER";

/// An S3-compatible server with one bucket; it stops when this is dropped.
struct Server {
    process: Child,
    port: u16,
    /// Open as long as it runs, so that it may speak.
    _said: BufReader<ChildStdout>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// On this port, or on a free one for 0, its objects below the folder; `None` with a word said where there is no such server.
    fn start(folder: &Path, port: u16) -> Option<Self> {
        let program =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/s3/node_modules/s3rver/bin/s3rver.js");
        let started = program.exists().then(|| {
            Command::new("node")
                .arg(program)
                .args([
                    "-s",
                    "-a",
                    "127.0.0.1",
                    "-p",
                    &port.to_string(),
                    "--configure-bucket",
                    "toguna",
                    "-d",
                ])
                .arg(folder)
                .stdout(Stdio::piped())
                .spawn()
        });
        let Some(Ok(mut process)) = started else {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: no S3-compatible server (tests/s3); `cargo xtask setup` installs one"
            );
            return None;
        };
        let (mut said, mut line) = (BufReader::new(process.stdout.take().unwrap()), String::new());
        while !line.contains("listening on") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "it says where it listens");
        }
        let port = line.trim().rsplit(':').next().unwrap().parse().unwrap();
        Some(Self { process, port, _said: said })
    }

    /// How an instance is told of it.
    fn described(&self, bucket: &str, key: &str) -> String {
        format!(
            "endpoint = \"http://127.0.0.1:{}\"\nbucket = \"{bucket}\"\nprefix = \"registre\"\nkey = \"{key}\"\nsecret = \"S3RVER\"\n",
            self.port
        )
    }
}

/// A file of this text that its owner alone can read.
fn private(path: &Path, text: &str) -> String {
    let _ = std::fs::remove_file(path);
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    path.to_str().unwrap().to_owned()
}

fn objects(folder: &Path) -> Vec<PathBuf> {
    let object = |path: &PathBuf| !path.to_string_lossy().contains("magasin");
    files(folder).into_iter().filter(object).collect()
}

fn house(home: tempfile::TempDir, server: Option<&str>) -> Rehearsal {
    Rehearsal::over(home, server, &ROOMS, &TABLES, NOW)
}

/// Where a file of the demonstration is shown, and its commitment.
fn shown(house: &Rehearsal) -> (String, Commitment) {
    let shelf = house.house().record().shelf.clone();
    let asked = shelf.read(|tx| -> Result<(u64, Commitment), Fault> {
        let sql = "SELECT entry, file FROM answer_event WHERE file IS NOT NULL ORDER BY entry LIMIT 1";
        Ok(tx.row(sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap())
    });
    let (entry, sha256) = asked.unwrap();
    (format!("/reponses/pieces/{entry}"), sha256)
}

fn sends(house: &Rehearsal, bytes: &'static [u8]) -> Result<Commitment, Fault> {
    let scribe = house.house().record().scribe.clone();
    let act = move || scribe.seal_now(move |desk| Ok::<_, Fault>(desk.enclose(Media::Pdf, bytes)?.sha256));
    std::thread::scope(|threads| threads.spawn(act).join().unwrap())
}

#[tokio::test]
async fn files_live_on_an_s3_server_and_come_back() {
    let there = tempfile::tempdir().unwrap();
    let Some(server) = Server::start(there.path(), 0) else { return };
    let (home, data) = copy();
    let many = objects(&home.path().join("pieces")).len();
    assert!(many > 5, "the demonstration has letters: {many}");
    let to = |text: &str| private(&home.path().join("autre.toml"), text);
    // What is wrong is said, and nothing has moved.
    for (text, says) in [
        (server.described("inconnu", KEY), "seau de ce nom"),
        (server.described("toguna", "personne"), "refuse la clé"),
        (server.described("toguna", KEY).replace("key", "clef"), "autre.toml"),
    ] {
        let refused = run(&["attachments", "--data", &data, "--to", &to(&text)]);
        assert!(!refused.status.success() && told(&refused).contains(says), "{}", told(&refused));
    }
    assert_eq!(objects(&home.path().join("pieces")).len(), many);
    let described = to(&server.described("toguna", KEY));
    std::fs::set_permissions(&described, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(told(&run(&["attachments", "--data", &data, "--to", &described])).contains("chmod 600"));
    std::fs::set_permissions(&described, std::fs::Permissions::from_mode(0o600)).unwrap();
    let moved = run(&["attachments", "--data", &data, "--to", &described]);
    assert!(moved.status.success(), "{}", told(&moved));
    assert!(
        result(&moved).contains("seau « toguna »") && result(&moved).contains(&format!("{many} (")),
        "{}",
        result(&moved)
    );
    assert_eq!(objects(&home.path().join("pieces")).len(), 0, "the old store is empty");
    let mode = std::fs::metadata(home.path().join("pieces.toml")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let is_whole = |data: &str| {
        let verified = run(&["verify", data]);
        assert!(verified.status.success(), "{}", told(&verified));
        assert!(run(&["replay", "--check", "--data", data]).status.success());
    };
    is_whole(&data);
    // A backup is whole in itself, and what is restored from it has a store of its own.
    let elsewhere = tempfile::tempdir().unwrap();
    let (file, restored) = (elsewhere.path().join("sauvegarde"), elsewhere.path().join("restaure"));
    let (file, restored) = (file.to_str().unwrap(), restored.to_str().unwrap());
    for words in
        [&["backup", file, "--data", &data, "--with-key"][..], &["restore", file, "--data", restored]]
    {
        let done = run(words);
        assert!(done.status.success(), "{words:?} {}", told(&done));
    }
    assert_eq!(objects(&Path::new(restored).join("pieces")).len(), many);
    is_whole(restored);
    // It must not pass for the original in the original's store, nor sweep it.
    std::fs::copy(home.path().join("pieces.toml"), Path::new(restored).join("pieces.toml")).unwrap();
    let refused = run(&["serve", "--data", restored, "--port", "0"]);
    assert!(told(&refused).contains("n’est pas celui de cette instance"), "{}", told(&refused));
    is_used(home, server, there.path()).await;
}

/// Served from there: shown, sent in, withdrawn; and what does not need the store goes on when it is silent.
async fn is_used(home: tempfile::TempDir, server: Server, there: &Path) {
    let path = home.path().to_owned();
    let house = house(home, None);
    let (page, sha256) = shown(&house);
    let reply = house.get(None, &page).await;
    assert!(reply.status == 200 && reply.bytes.starts_with(b"%PDF"), "{}", reply.status);
    let canary = b"%PDF-1.7 canari-magasin";
    sends(&house, canary).unwrap();
    let holds = |text: &[u8]| {
        files(there).iter().any(|file| std::fs::read(file).unwrap().windows(text.len()).any(|w| w == text))
    };
    assert!(!holds(b"canari-magasin") && !holds(b"%PDF"), "nobody there can read them");
    let before = objects(there).len();
    let zone = house.house().record().zone.clone();
    let withdrawn = terms::instance::EnclosureWithdrawn {
        sha256,
        ground: "erreur".into(),
        decided_by: "gardiens".into(),
        ordered_by: None,
        entry: None,
    };
    house.seal(move |desk| {
        desk.append(&zone, terms::Actor::Loader, None, terms::Word::EnclosureWithdrawn(withdrawn))
    });
    assert!(objects(there).len() < before, "its object is gone");
    assert_eq!(house.get(None, &page).await.status, 410);
    let port = server.port;
    drop(server);
    let other = house.house().record().shelf.read(|tx| -> Result<u64, Fault> {
        let sql = "SELECT max(entry) FROM answer_event WHERE file IS NOT NULL";
        tx.one(sql, &[])
    });
    let page = format!("/reponses/pieces/{}", other.unwrap());
    let silent = house.get(None, &page).await;
    assert_eq!(silent.status, 503);
    assert!(silent.text().contains("fichiers joints ne sont pas accessibles"), "{}", silent.text());
    let begun = Instant::now();
    let Err(Fault::Store(why)) = sends(&house, canary) else { panic!("an act without its file") };
    assert!(why.contains("rien n’y répond") && begun.elapsed() < Duration::from_secs(30), "{why}");
    house.load(None, theme());
    assert_eq!(house.get(None, "/recommandations").await.status, 200);
    let server = Server::start(there, port).unwrap();
    assert_eq!(house.get(None, &page).await.status, 200);
    sends(&house, canary).unwrap();
    assert_eq!(house.difference(), None);
    // And back into the folder, while nobody serves it.
    let copied = tempfile::tempdir().unwrap();
    for file in files(&path) {
        let to = copied.path().join(file.strip_prefix(&path).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(&file, to).unwrap();
    }
    drop(house);
    let data = copied.path().to_str().unwrap();
    let back = private(&copied.path().join("retour.toml"), "folder = \"pieces\"");
    let moved = run(&["attachments", "--data", data, "--to", &back]);
    assert!(moved.status.success(), "{}", told(&moved));
    drop(server);
    let verified = run(&["verify", data]);
    assert!(verified.status.success(), "{}", told(&verified));
    assert_eq!(objects(there).iter().filter(|file| file.to_string_lossy().contains("registre")).count(), 0);
}

fn theme() -> terms::Word {
    let name = terms::Bilingual::same("Thème fictif");
    terms::Word::ThemeSet(terms::instance::ThemeSet { id: "essai-magasin".into(), name })
}

#[tokio::test]
async fn a_missing_or_damaged_file_is_told_on_its_page_and_by_commands() {
    let (home, data) = copy();
    let house = house(home, None);
    let (page, sha256) = shown(&house);
    let shelf = house.house().record().shelf.clone();
    let name = shelf.read(|tx| -> Result<String, Fault> {
        tx.one("SELECT name FROM object WHERE sha256 = ?1", record::values![sha256])
    });
    let object = Path::new(&data).join("pieces").join(name.unwrap());
    let mut bytes = std::fs::read(&object).unwrap();
    bytes[7] ^= 1;
    std::fs::write(&object, &bytes).unwrap();
    for gone in [false, true] {
        if gone {
            std::fs::remove_file(&object).unwrap();
        }
        let reply = house.get(None, &page).await;
        assert_eq!(reply.status, 500);
        assert!(reply.text().contains("Ce fichier manque ou est abîmé"), "{}", reply.text());
        let verified = run(&["verify", &data]);
        assert!(told(&verified).contains(&sha256.to_string()), "{}", told(&verified));
        let file = tempfile::tempdir().unwrap().path().join("sauvegarde");
        let refused = run(&["backup", file.to_str().unwrap(), "--data", &data]);
        assert!(!refused.status.success() && !file.exists(), "{}", told(&refused));
    }
    let listed = run(&["attachments", "--data", &data]);
    assert!(result(&listed).contains("manquants          1"), "{}", result(&listed));
    assert!(told(&listed).contains(&sha256.to_string()), "{}", told(&listed));
    for path in ["/", "/recommandations", "/registre"] {
        assert_eq!(house.get(None, path).await.status, 200, "{path}");
    }
    // Mirrors are given all the others.
    let size = shelf.entries().unwrap();
    let mut texts = String::new();
    for bundle in tlog::tile::new_bundles(0, size) {
        let address = bundle.to_string().replacen("tile/entries/", "/registre/pieces/", 1);
        let given = house.get(None, &address).await;
        assert_eq!(given.status, 200, "{address}");
        texts += &given.text();
    }
    assert!(texts.contains("application/pdf") && !texts.contains(&sha256.to_string()));
}

#[test]
fn servers_of_one_database_share_a_store_or_are_refused() {
    let Ok(server) = std::env::var("TOGUNA_TEST_POSTGRES") else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: no PostgreSQL (TOGUNA_TEST_POSTGRES)");
        return;
    };
    let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
    client.batch_execute("DROP SCHEMA IF EXISTS magasin CASCADE; CREATE SCHEMA magasin").unwrap();
    let address = format!("{server}?options=-csearch_path%3Dmagasin");
    let (home, data) = copy();
    let moved = run(&["replay", "--from", &data, "--to", &address]);
    assert!(moved.status.success(), "{}", told(&moved));
    assert!(run(&["verify", &data]).status.success(), "the store stays where it was");
    let second = tempfile::tempdir().unwrap();
    for name in ["registre.cle", "serveur"] {
        std::fs::copy(home.path().join(name), second.path().join(name)).unwrap();
    }
    let folder = Folder::of(second.path()).unwrap();
    let clock: record::Clock = std::sync::Arc::new(|| NOW.parse().unwrap());
    let open = || record::Record::open(&folder, &TABLES, std::sync::Arc::clone(&clock), &mut |_, _| {});
    assert!(matches!(open().map(|_| ()), Err(Fault::OtherStore(_))), "it has not the files");
    let shared = home.path().join("pieces");
    private(&second.path().join("pieces.toml"), &format!("folder = {shared:?}"));
    let (record, _) = open().unwrap();
    let sent =
        record.scribe.seal_now(|desk| Ok::<_, Fault>(desk.enclose(Media::Pdf, b"%PDF-1.7 second")?.sha256));
    let sha256 = sent.unwrap();
    let (first, _) = record::Record::open(
        &Folder::of(home.path()).unwrap(),
        &TABLES,
        std::sync::Arc::clone(&clock),
        &mut |_, _| {},
    )
    .unwrap();
    let held = first.shelf.read(|tx| enclosures::held(tx, &sha256)).unwrap().unwrap();
    assert_eq!(first.shelf.fetch(held).unwrap(), b"%PDF-1.7 second");
    first.close();
    record.close();
    // Moved back into a folder of its own, the files go along.
    let back = tempfile::tempdir().unwrap();
    let back = back.path().join("retour");
    let moved = run(&["replay", "--from", &data, "--to", back.to_str().unwrap()]);
    assert!(moved.status.success(), "{}", told(&moved));
    assert!(run(&["verify", back.to_str().unwrap()]).status.success());
    assert!(objects(&back.join("pieces")).len() > 5);
}

#[test]
fn a_copy_without_its_files_is_opened_and_says_what_is_missing() {
    let home = tempfile::tempdir().unwrap();
    copy_to(home.path());
    std::fs::remove_dir_all(home.path().join("pieces")).unwrap();
    let data = home.path().to_str().unwrap();
    assert!(run(&["audit", "--data", data, "--as-of", "2026-01-01"]).status.success());
    assert!(run(&["replay", "--check", "--data", data]).status.success());
    let verified = run(&["verify", data]);
    assert!(told(&verified).contains("magasin des pièces"), "{}", told(&verified));
}
