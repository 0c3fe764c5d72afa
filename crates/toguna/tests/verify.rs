//! `toguna verify` of a folder, a downloaded record, a proof file and a site across the network; and what it says of each that
//! was tampered with.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;
#[path = "command/liar.rs"]
mod liar;

use std::collections::HashMap;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use command::{copy, result, run, told};
use liar::Liar;
use tlog::tile::{new_bundles, new_tiles};

/// The site, served by the binary at a free port.
struct Site {
    process: Child,
    address: String,
    home: tempfile::TempDir,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Site {
    fn open() -> Self {
        let (home, data) = copy();
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port().to_string();
        let process = Command::new(env!("CARGO_BIN_EXE_toguna"))
            .args(["serve", "--data", &data, "--port", &port])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let site = Self { process, address: format!("http://127.0.0.1:{port}"), home };
        let deadline = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(format!("127.0.0.1:{port}")).is_err() {
            assert!(Instant::now() < deadline, "the site opens");
            std::thread::sleep(Duration::from_millis(20));
        }
        site
    }

    fn get(&self, path: &str) -> Vec<u8> {
        let mut response = ureq::get(format!("{}{path}", self.address)).call().unwrap();
        response.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap()
    }

    /// What the address gives, as a file beside the site's own.
    fn file(&self, path: &str, name: &str) -> PathBuf {
        let file = self.home.path().join(name);
        std::fs::write(&file, self.get(path)).unwrap();
        file
    }
}

/// What `verify` says: its status, and its words.
fn verdict(words: &[&str]) -> (Option<i32>, String) {
    let output = run(&[&["verify"], words].concat());
    let said = if output.status.success() { result(&output) } else { told(&output) };
    (output.status.code(), said)
}

#[track_caller]
fn ends(words: &[&str], status: i32, says: &[&str]) {
    let (code, said) = verdict(words);
    assert_eq!(code, Some(status), "{words:?} {said}");
    for part in says {
        assert!(said.contains(part), "« {part} » manque : {said}");
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// One byte of the file is another; the file has another name.
fn altered(path: &Path, at: usize) -> PathBuf {
    let mut bytes = std::fs::read(path).unwrap();
    bytes[at] ^= 1;
    let other = path.with_extension(format!("change-{at}"));
    std::fs::write(&other, bytes).unwrap();
    other
}

fn position(path: &Path, what: &str) -> usize {
    let bytes = std::fs::read(path).unwrap();
    bytes.windows(what.len()).position(|window| window == what.as_bytes()).unwrap()
}

#[test]
fn a_folder_is_verified_with_its_tiles() {
    let (_home, data) = copy();
    ends(&[&data], 0, &["Registre entier et signé", "tuiles", "comparez-la avec celle que vous avez gardée"]);
    let file = Path::new(&data).join("toguna.db");
    let change = |sql: &str| rusqlite::Connection::open(&file).unwrap().execute_batch(sql).unwrap();
    change("UPDATE tile SET bytes = zeroblob(8192) WHERE level = 0 AND idx = 2");
    ends(&[&data], 2, &["tile/0/002", "ses empreintes ne sont pas celles des entrées"]);
    change("DELETE FROM tile WHERE level = 0 AND idx = 2");
    ends(&[&data], 2, &["tile/0/002", "elle manque"]);
    let made = run(&["replay", "--data", &data]);
    assert!(made.status.success(), "{}", told(&made));
    ends(&[&data], 0, &[]);
    // The day since which an entry is known stands beside it, and pages of earlier days go by it.
    change("UPDATE entry SET known = '2020-01-01' WHERE idx = 40");
    ends(&[&data], 2, &["entrée 40", "le jour noté à côté"]);
}

#[test]
fn a_policy_says_which_key_and_witnesses_are_demanded() {
    let site = Site::open();
    let policy = site.file("/registre/politique", "politique.txt");
    let data = text(site.home.path()).to_owned();
    ends(&[&data, "--policy", text(&policy)], 0, &["celle de la politique"]);
    let own = std::fs::read_to_string(&policy).unwrap();
    let witness = tlog::Cosigner::from_seed("temoin.example/un", &[8; 32]).unwrap();
    let demanding = site.home.path().join("temoins.txt");
    let log = own.lines().next().unwrap();
    std::fs::write(&demanding, format!("{log}\nwitness un {}\nquorum un\n", witness.key())).unwrap();
    ends(&[&data, "--policy", text(&demanding)], 2, &["politique", "le quorum « un » n’est pas atteint"]);
    let other = tlog::Signer::from_seed("un.autre.example", &[7; 32]).unwrap();
    std::fs::write(&demanding, format!("log {}\nquorum none\n", other.verifier_key())).unwrap();
    ends(&[&data, "--policy", text(&demanding)], 2, &["aucun registre du nom de"]);
    std::fs::write(&demanding, "log ?\nquorum none\n").unwrap();
    ends(&[&data, "--policy", text(&demanding)], 1, &["ligne 1"]);
    ends(&[&data, "--policy", "absente.txt"], 2, &["absente.txt"]);
}

#[test]
fn a_downloaded_record_is_verified_offline() {
    let site = Site::open();
    let file = site.file("/registre/entrees.jsonl", "entrees.jsonl");
    ends(&[text(&file)], 0, &["Registre entier et signé", "pièces non jointes"]);
    let bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    let mark = b"\"sha256\":\"";
    let digit =
        middle + bytes[middle..].windows(mark.len()).position(|found| found == mark).unwrap() + mark.len();
    let line = bytes[..digit].iter().filter(|byte| **byte == b'\n').count() - 1;
    let (status, said) = verdict(&[text(&altered(&file, digit))]);
    assert_eq!(status, Some(2));
    // Either the entry itself cannot be, or the signed root is not that of the entries.
    assert!(
        said.contains(&format!("entrée {line}")) || said.contains("ne sont pas celles qui ont été signées"),
        "{said}"
    );
    let cut = site.home.path().join("coupe.jsonl");
    let last = bytes[..bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
    std::fs::write(&cut, &bytes[..=last]).unwrap();
    ends(&[text(&cut)], 2, &["le registre n’a plus que"]);
    let rest = site.file("/registre/entrees.jsonl?depuis=5", "suite.jsonl");
    ends(&[text(&rest)], 1, &["ne commence qu’à l’entrée 5"]);
    std::fs::write(&cut, "autre chose").unwrap();
    ends(&[text(&cut)], 1, &["ni un registre téléchargé"]);
}

#[test]
fn a_proof_file_is_verified_offline() {
    let site = Site::open();
    let proof = site.file("/registre/1204.tlog-proof", "registre-1204.tlog-proof");
    let policy = site.file("/registre/politique", "politique.txt");
    let policy = ["--policy", text(&policy)];
    ends(&[&[text(&proof)], &policy[..]].concat(), 0, &["Entrée au registre", "1204", "\"word\":"]);
    ends(&[text(&proof)], 1, &["--policy FICHIER"]);
    let at = |what: &str, after: usize| altered(&proof, position(&proof, what) + after);
    for (changed, says) in [
        (at("c2sp.org", 20), "ligne 1"),
        (at("extra ", 60), "les empreintes ne mènent pas"),
        (at("index ", 6), "les empreintes ne mènent pas de l’entrée 0204"),
        (at("\n\n", 4), "point de contrôle"),
    ] {
        let (status, said) = verdict(&[&[text(&changed)], &policy[..]].concat());
        assert_eq!(status, Some(2), "{said}");
        // A changed digit of the index may be a leading zero, which no index has.
        assert!(said.contains(says) || said.contains("ligne 3"), "{says} : {said}");
    }
    // A proof without its entry asks for it; with the entry of another it is refused.
    let bare = site.home.path().join("nue.tlog-proof");
    let lines = std::fs::read_to_string(&proof).unwrap();
    let without: Vec<&str> = lines.split_inclusive('\n').filter(|line| !line.starts_with("extra ")).collect();
    std::fs::write(&bare, without.concat()).unwrap();
    ends(&[&[text(&bare)], &policy[..]].concat(), 1, &["--entry FICHIER"]);
    let entry = site.file("/registre/1204.json", "1204.json");
    ends(&[&[text(&bare), "--entry", text(&entry)], &policy[..]].concat(), 0, &["1204"]);
    let other = site.file("/registre/1205.json", "1205.json");
    ends(
        &[&[text(&bare), "--entry", text(&other)], &policy[..]].concat(),
        2,
        &["les empreintes ne mènent pas"],
    );
}

#[test]
fn a_site_across_the_network_is_verified_and_its_lies_are_named() {
    let site = Site::open();
    let address = site.address.clone();
    ends(&[&address], 0, &["Registre entier et signé", "tuiles", "pièces présentes"]);
    ends(&[&format!("{address}/registre/")], 0, &["Registre entier et signé"]);
    let folder = verdict(&[text(site.home.path())]).1;
    let root = folder.lines().find(|line| line.contains("racine")).unwrap().to_owned();
    ends(&[&address], 0, &[&root]);
    // Everything the site gives, given by someone who changes a little of it.
    let note = site.get("/registre/checkpoint");
    let size: u64 = String::from_utf8_lossy(&note).lines().nth(1).unwrap().parse().unwrap();
    let mut pages = HashMap::from([("/registre/checkpoint".to_owned(), note)]);
    let tiles = new_tiles(0, size).map(|tile| tile.to_string());
    let bundles: Vec<String> = new_bundles(0, size).map(|bundle| bundle.to_string()).collect();
    let pieces = bundles.iter().map(|path| path.replacen("tile/entries/", "pieces/", 1));
    for path in tiles.chain(pieces).chain(bundles.clone()) {
        let path = format!("/registre/{path}");
        let bytes = site.get(&path);
        pages.insert(path, bytes);
    }
    let liar = Liar::with(pages.clone());
    ends(&[&liar.address], 0, &[&root]);
    let lies: [(&str, usize, &str); 4] = [
        ("/registre/tile/0/001", 77, "tile/0/001 : ses empreintes ne sont pas celles des entrées"),
        ("/registre/tile/entries/001", 0, "tile/entries/001 : ce n’est pas une liasse"),
        ("/registre/checkpoint", 30, "point de contrôle"),
        ("/registre/tile/entries/002", 40, ""),
    ];
    for (path, at, says) in lies {
        liar.changes(path, |bytes| bytes[at] ^= 1);
        ends(&[&liar.address], 2, &[says]);
        liar.changes(path, |bytes| bytes[at] ^= 1);
    }
    let (path, lines) =
        pages.iter().find(|(path, lines)| path.contains("/pieces/") && !lines.is_empty()).unwrap();
    liar.changes(path, |bytes| bytes.truncate(0));
    ends(&[&liar.address], 2, &["elle manque, sans qu’une entrée l’ait retirée"]);
    let salted = String::from_utf8(lines.clone()).unwrap().replacen("\"salt\":\"", "\"salt\":\"00", 1);
    liar.changes(path, |bytes| *bytes = salted.into_bytes());
    ends(&[&liar.address], 2, &["elle a été modifiée"]);
    // A site that has gone, and one that is none.
    ends(&["http://127.0.0.1:9"], 1, &["aucun serveur n’écoute"]);
    let none = Liar::with(HashMap::new());
    ends(&[&none.address], 1, &["pas de point de contrôle à cette adresse"]);
}
