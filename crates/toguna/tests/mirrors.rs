//! Ibrahim keeps a mirror: across the network and over a key, after a cut, after a withdrawal, and when somebody lies to him.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;
#[path = "command/liar.rs"]
mod liar;

use std::collections::{BTreeSet, HashMap};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use command::{copy, files, result, run, told};
use liar::Liar;
use terms::instance::EnclosureWithdrawn;
use terms::{Actor, BodyId, Commitment, Word};
use tlog::tile::{new_bundles, new_tiles};

/// A text that nothing else holds.
const CANARY: &str = "Zanzibarite-quatre-mille-deux";

/// A process that serves at a free port.
struct Site {
    process: Child,
    address: String,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Site {
    /// These words with a port of its own behind them.
    fn open(words: &[&str]) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port().to_string();
        let process = Command::new(env!("CARGO_BIN_EXE_toguna"))
            .args(words)
            .args(["--port", &port])
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut site = Self { process, address: format!("http://127.0.0.1:{port}") };
        let deadline = Instant::now() + Duration::from_secs(90);
        while TcpStream::connect(format!("127.0.0.1:{port}")).is_err() {
            assert!(Instant::now() < deadline, "the site opens");
            assert!(site.process.try_wait().unwrap().is_none(), "the site goes on");
            std::thread::sleep(Duration::from_millis(20));
        }
        site
    }

    fn of(data: &str) -> Self {
        Self::open(&["serve", "--data", data])
    }

    fn get(&self, path: &str) -> Vec<u8> {
        let mut response = ureq::get(format!("{}{path}", self.address)).call().unwrap();
        response.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap()
    }

    fn page(&self, path: &str) -> String {
        String::from_utf8(self.get(path)).unwrap()
    }
}

/// A folder for a mirror, which is not there yet.
fn place() -> (tempfile::TempDir, String) {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("miroir").to_str().unwrap().to_owned();
    (home, data)
}

/// The command ends so, and says each of these.
fn ends(words: &[&str], status: i32, says: &[&str]) -> String {
    let output = run(words);
    let said = format!("{}{}", result(&output), told(&output));
    assert_eq!(output.status.code(), Some(status), "{words:?}: {said}");
    for part in says {
        assert!(said.contains(part), "{words:?} says {part}: {said}");
    }
    said
}

/// What is in the folder is a whole record, and its tables are what it makes of them.
fn is_whole(data: &str) -> String {
    ends(&["replay", "--check", "--data", data], 0, &["Les tables sont égales"]);
    let said = ends(&["verify", data], 0, &["Registre entier et signé"]);
    said.lines().find(|line| line.contains("racine")).unwrap().to_owned()
}

fn size(data: &str) -> u64 {
    let file = rusqlite::Connection::open(Path::new(data).join("toguna.db")).unwrap();
    let size = file.query_row("SELECT count(*) FROM entry", [], |row| row.get::<_, i64>(0)).unwrap();
    size.try_into().unwrap()
}

/// So many recommendations more are on the record.
fn goes_on(data: &str, name: &str, many: u32) {
    let lines: String =
        (0..many).map(|n| format!("{name} {n};Atelier « {name} » de mars 2024;Premier ministre\n")).collect();
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::fs::write(file.path(), format!("Recommandation;Source;Destinataire\n{lines}")).unwrap();
    let file = file.path().to_str().unwrap();
    ends(&["import", "recommendations", file, "--data", data], 0, &[]);
}

/// The act is on the record of the folder, which nobody serves.
fn seals<T: Send + 'static>(
    data: &str,
    act: impl FnOnce(&mut record::Desk<'_>, &record::Zone) -> Result<T, record::Fault> + Send + 'static,
) -> T {
    let clock = toguna::instance::machine_clock();
    let (record, _) = toguna::instance::open(Path::new(data), clock, &mut |_, _| {}).unwrap();
    let zone = record.zone.clone();
    let sealed = record.scribe.seal_now(move |desk| act(desk, &zone)).unwrap();
    record.close();
    sealed
}

/// The canary stands in an enclosure of the record.
fn says_too_much(data: &str) -> Commitment {
    let body = {
        let file = rusqlite::Connection::open(Path::new(data).join("toguna.db")).unwrap();
        let sql = "SELECT id FROM named WHERE kind = 'body' ORDER BY id LIMIT 1";
        file.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap()
    };
    seals(data, move |desk, zone| {
        let reason = desk.enclose_text(CANARY)?;
        let said = reason.sha256;
        let not_held = terms::sittings::SittingNotHeld {
            body: BodyId::parse(&body).unwrap(),
            from: "2025-03-01".parse().unwrap(),
            to: "2025-04-01".parse().unwrap(),
            reason: Some(reason),
            source: None,
        };
        desk.append(zone, Actor::Loader, None, Word::SittingNotHeld(not_held))?;
        Ok(said)
    })
}

fn withdraws(data: &str, sha256: Commitment) {
    seals(data, move |desk, zone| {
        let withdrawn = EnclosureWithdrawn {
            entry: None,
            sha256,
            ground: "personne-exposee".into(),
            decided_by: "la maison".into(),
            ordered_by: None,
        };
        desk.append(zone, Actor::Loader, None, Word::EnclosureWithdrawn(withdrawn)).map(drop)
    });
}

/// The files below the folder that hold the canary, as it is or in base64.
fn holding_the_canary(folder: &Path) -> Vec<String> {
    use base64::Engine as _;
    let coded = base64::engine::general_purpose::STANDARD.encode(CANARY);
    let coded = coded.trim_end_matches('=');
    holding(folder, &[CANARY, &coded[..coded.len() - 1]])
}

/// The files below the folder that hold one of these.
fn holding(folder: &Path, texts: &[&str]) -> Vec<String> {
    let mut holding = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            holding.extend(self::holding(&path, texts));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let holds = |what: &&str| bytes.windows(what.len()).any(|part| part == what.as_bytes());
        if texts.iter().any(holds) {
            holding.push(path.display().to_string());
        }
    }
    holding
}

#[test]
fn a_mirror_is_the_same_record_and_shows_the_same_site_without_writing() {
    let (_home, data) = copy();
    let site = Site::of(&data);
    let (_kept, mirror) = place();
    let said = ends(
        &["mirror", &site.address, "--data", &mirror, "--once"],
        0,
        &["Premier contact", "Miroir à jour"],
    );
    assert!(said.contains("toguna"), "the key is told: {said}");
    assert_eq!(
        is_whole(&mirror),
        ends(&["verify", &data], 0, &[]).lines().find(|l| l.contains("racine")).unwrap()
    );
    assert!(
        !Path::new(&mirror).join("registre.cle").exists() && !Path::new(&mirror).join("reprise").exists()
    );
    ends(&["mirror", &site.address, "--data", &mirror, "--once"], 0, &["0 nouvelles"]);
    // Files are in a store of its own, each under another name and key.
    let names = |folder: &str| -> BTreeSet<_> {
        let kept = files(&Path::new(folder).join("pieces"));
        kept.iter().map(|file| file.file_name().unwrap().to_owned()).collect()
    };
    // What an organisation lives on is in the original, for itself, and in no copy.
    let funder = ["Fondation fictive du Fleuve"];
    assert!(!holding(Path::new(&data), &funder).is_empty());
    assert_eq!(holding(Path::new(&mirror), &funder), Vec::<String>::new());
    assert!(names(&mirror).len() > 5 && names(&mirror).len() == names(&data).len());
    assert_eq!(names(&mirror).intersection(&names(&data)).count(), 1, "the mark alone");
    let shown = Site::open(&["mirror", &site.address, "--data", &mirror, "--serve", "--every", "1"]);
    let main = |page: &str| {
        let from = page.find("<main").unwrap();
        page[from..page.find("</main>").unwrap()].replace(&site.address, "").replace(&shown.address, "")
    };
    for path in ["/recommandations", "/instances", "/indicateurs", "/chronologie", "/recherche?q=kati"] {
        let page = shown.page(path);
        assert!(page.contains("Miroir en lecture seule"), "{path}");
        assert!(page.contains(&format!("href=\"{}\"", site.address)), "{path}");
        assert!(!page.contains("/connexion"), "{path}");
        assert_eq!(main(&page), main(&site.page(path)), "{path}");
    }
    let state: serde_json::Value = serde_json::from_slice(&shown.get("/miroir.json")).unwrap();
    assert_eq!(state["behind"], 0);
    assert_eq!(state["here"], size(&data));
    assert_eq!(state["source"], site.address);
    assert!(shown.page("/en/miroir").contains("This site is a mirror"));
    assert!(site.page("/miroir").contains("Ce site est l’original"));
}

/// The addresses at which anything is sent, from the sources, with something in the place of what varies.
fn acted_at() -> Vec<String> {
    let mut found = Vec::new();
    for room in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()).unwrap().flatten()
    {
        for file in ["src/pages.rs", "src/pages/mod.rs"] {
            let text = std::fs::read_to_string(room.path().join(file)).unwrap_or_default();
            for route in text.split(".route(").skip(1) {
                let route = route.split(";").next().unwrap();
                let Some(path) = route.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next())
                else {
                    continue;
                };
                if !(route.contains("post(") || route.contains("deed(")) {
                    continue;
                }
                let parts = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part });
                found.push(parts.collect::<Vec<_>>().join("/"));
            }
        }
    }
    assert!(found.len() > 30, "the addresses are found: {found:?}");
    found
}

#[test]
fn a_mirror_refuses_every_act() {
    let (_home, data) = copy();
    let site = Site::of(&data);
    let (_kept, mirror) = place();
    let shown = Site::open(&["mirror", &site.address, "--data", &mirror, "--serve"]);
    let before = size(&mirror);
    for path in acted_at() {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer =
            agent.post(format!("{}{path}", shown.address)).send_form([("texte", "oui")]).unwrap();
        assert_eq!(answer.status().as_u16(), 403, "{path}");
        let page = answer.body_mut().read_to_string().unwrap();
        assert!(
            page.contains("<h1>Ceci est un miroir</h1>") && page.contains(&site.address),
            "{path}: {page}"
        );
    }
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    for path in ["/connexion", "/bureau", "/invitation/x", "/recommandations/nouvelle", "/personnes"] {
        let mut answer = agent.get(format!("{}{path}", shown.address)).call().unwrap();
        assert_eq!(answer.status().as_u16(), 403, "{path}");
        assert!(answer.body_mut().read_to_string().unwrap().contains("Ceci est un miroir"), "{path}");
    }
    assert_eq!(size(&mirror), before);
    drop(shown);
    is_whole(&mirror);
    let file = rusqlite::Connection::open(Path::new(&mirror).join("toguna.db")).unwrap();
    for drawer in ["session", "account", "draft"] {
        let there = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1";
        if file.query_row(there, [drawer], |row| row.get::<_, i64>(0)).unwrap() == 1 {
            let rows = format!("SELECT count(*) FROM {drawer}");
            assert_eq!(
                file.query_row(&rows, [], |row| row.get::<_, i64>(0)).unwrap(),
                0,
                "{drawer} stays empty"
            );
        }
    }
    // What signs is not opened as a mirror, and a mirror does not sign.
    drop(site);
    ends(&["mirror", "http://127.0.0.1:9", "--data", &data, "--once"], 1, &["est une instance qui signe"]);
    let alone = Site::of(&mirror);
    let page = alone.page("/recommandations");
    assert!(page.contains("Miroir en lecture seule") && page.contains("À jour au dernier contact"), "{page}");
    assert!(page.contains("sans joindre l’original") && !page.contains("/connexion"), "{page}");
    let state: serde_json::Value = serde_json::from_slice(&alone.get("/miroir.json")).unwrap();
    assert_eq!((&state["following"], &state["here"]), (&false.into(), &before.into()));
    assert!(state["source"].as_str().unwrap().starts_with("http://") && !state["contact"].is_null());
    let mut answer =
        agent.post(format!("{}/connexion", alone.address)).send_form([("texte", "oui")]).unwrap();
    assert_eq!(answer.status().as_u16(), 403);
    assert!(answer.body_mut().read_to_string().unwrap().contains("Ceci est un miroir"));
    // One process a folder: whoever wants both says so to one of them.
    ends(&["mirror", "http://127.0.0.1:9", "--data", &mirror, "--once"], 1, &["un autre processus"]);
    drop(alone);
    assert_eq!(size(&mirror), before);
    ends(&["mirror", "http://127.0.0.1:9", "--data", &mirror, "--once"], 1, &["aucun serveur n’écoute"]);
}

#[test]
fn what_goes_on_comes_after_and_a_cut_at_any_point_is_taken_up() {
    let (_home, data) = copy();
    goes_on(&data, "Border la route", 1500);
    let site = Site::of(&data);
    let (_kept, mirror) = place();
    let (mut cut, mut unfinished) = (0, 0);
    for round in 1..60_u64 {
        let mut process = Command::new(env!("CARGO_BIN_EXE_toguna"))
            .args(["mirror", &site.address, "--data", &mirror, "--once"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(10 * round));
        let over = process.try_wait().unwrap().is_some();
        let _ = process.kill();
        let _ = process.wait();
        if over {
            break;
        }
        cut += 1;
        if Path::new(&mirror).join("toguna.db").exists() {
            let verdict = run(&["verify", &mirror]);
            let said = told(&verdict);
            let whole = verdict.status.success();
            assert!(whole || said.contains("la première copie de ce miroir n’est pas finie"), "{said}");
            assert!(whole || verdict.status.code() == Some(1), "it is no damage");
            unfinished += u32::from(!whole);
        }
    }
    assert!(cut > 2 && unfinished > 0, "it was cut, and before it was whole");
    ends(&["mirror", &site.address, "--data", &mirror, "--once"], 0, &["Miroir à jour"]);
    let first = is_whole(&mirror);
    drop(site);
    goes_on(&data, "Curer le puits", 300);
    let site = Site::of(&data);
    ends(&["mirror", &site.address, "--data", &mirror, "--once"], 0, &["Miroir à jour"]);
    assert_ne!(is_whole(&mirror), first);
    assert_eq!(size(&mirror), size(&data));
}

#[test]
fn a_second_history_is_found_out_and_what_was_good_stays() {
    let (_home, data) = copy();
    let (_other, twin) = copy();
    goes_on(&data, "Curer le puits", 3);
    goes_on(&twin, "Combler le puits", 3);
    assert_eq!(size(&data), size(&twin));
    let (_kept, mirror) = place();
    let site = Site::of(&data);
    ends(&["mirror", &site.address, "--data", &mirror, "--once"], 0, &[]);
    let root = is_whole(&mirror);
    // As long, and longer; across the network and on a key.
    for more in [0, 5] {
        if more > 0 {
            goes_on(&twin, "Encore", more);
        }
        let false_site = Site::of(&twin);
        let words = ["mirror", &false_site.address, "--data", &mirror, "--once"];
        ends(&words, 2, &["ALARME", "BIFURCATION"]);
        assert_eq!(is_whole(&mirror), root);
        let shown = Site::open(&["mirror", &false_site.address, "--data", &mirror, "--serve"]);
        assert!(shown.page("/").contains("Alarme."), "the page says so");
        assert!(shown.page("/miroir.json").contains("BIFURCATION"));
    }
    let key = tempfile::tempdir().unwrap();
    let key = key.path().to_str().unwrap();
    ends(&["carry", "--data", &twin, "--to", key], 0, &[]);
    ends(&["carry", "--from", key, "--data", &mirror], 2, &["BIFURCATION"]);
    // Another record altogether is another key.
    let (_third, new) = place();
    ends(&["new", &new, "--pack", "mali"], 0, &[]);
    let other = Site::of(&new);
    ends(&["mirror", &other.address, "--data", &mirror, "--once"], 2, &["ALARME", "point de contrôle"]);
    // The true one is still believed, and the alarm is over.
    ends(&["mirror", &site.address, "--data", &mirror, "--once"], 0, &["Miroir à jour"]);
    assert_eq!(is_whole(&mirror), root);
}

#[test]
fn a_withdrawal_is_obeyed_and_nothing_of_the_text_stays() {
    let (_home, data) = copy();
    let said = says_too_much(&data);
    let (_kept, mirror) = place();
    let key = tempfile::tempdir().unwrap();
    let carried = key.path().to_str().unwrap();
    let site = Site::of(&data);
    ends(&["mirror", &site.address, "--data", &mirror, "--once"], 0, &[]);
    ends(&["carry", "--data", &data, "--to", carried], 0, &[]);
    assert!(!holding_the_canary(Path::new(&mirror)).is_empty(), "it was copied");
    assert!(!holding_the_canary(key.path()).is_empty(), "it was carried");
    drop(site);
    withdraws(&data, said);
    goes_on(&data, "Après", 2);
    let site = Site::of(&data);
    let shown = Site::open(&["mirror", &site.address, "--data", &mirror, "--serve", "--every", "1"]);
    assert!(shown.page("/retraits").contains("personne"), "the page says what was withdrawn");
    assert_eq!(holding_the_canary(Path::new(&mirror)), Vec::<String>::new(), "while it is served");
    drop(shown);
    assert_eq!(holding_the_canary(Path::new(&mirror)), Vec::<String>::new());
    is_whole(&mirror);
    // On the key too, even where only what is new is carried.
    let last = (size(&data) - 1).to_string();
    ends(&["carry", "--data", &data, "--to", carried, "--since", &last], 0, &[]);
    assert_eq!(holding_the_canary(key.path()), Vec::<String>::new());
    ends(&["verify", carried], 0, &["Registre entier et signé"]);
}

#[test]
fn what_a_reader_kept_from_being_erased_is_erased_without_another_contact() {
    let (_home, data) = copy();
    let said = says_too_much(&data);
    let (_kept, mirror) = place();
    let site = Site::of(&data);
    ends(&["mirror", &site.address, "--data", &mirror, "--once"], 0, &[]);
    drop(site);
    withdraws(&data, said);
    let site = Site::of(&data);
    let reader = rusqlite::Connection::open(Path::new(&mirror).join("toguna.db")).unwrap();
    let mut all = reader.prepare("SELECT idx FROM entry").unwrap();
    let mut reading = all.query([]).unwrap();
    reading.next().unwrap();
    let shown = Site::open(&["mirror", &site.address, "--data", &mirror, "--serve", "--every", "3600"]);
    assert!(shown.page("/retraits").contains("personne"), "the withdrawal is here");
    // Read by another process: a file that this one opens and closes would end the reader's lock.
    let found = Command::new("grep").args(["-rqaF", CANARY, &mirror]).status().unwrap();
    assert!(found.success(), "a reader is in the way");
    drop(reading);
    let deadline = Instant::now() + Duration::from_secs(60);
    while !holding_the_canary(Path::new(&mirror)).is_empty() {
        assert!(Instant::now() < deadline, "it is erased soon after");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_record_travels_on_a_key_whole_and_in_parts() {
    let (_home, data) = copy();
    let (key, part) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (key, part) = (key.path().to_str().unwrap(), part.path().to_str().unwrap());
    let (_kept, mirror) = place();
    ends(&["carry", "--data", &data, "--to", key], 0, &["Porté"]);
    ends(&["verify", key], 0, &["Registre entier et signé", "pièces présentes"]);
    ends(&["carry", "--from", key, "--data", &mirror], 0, &["Miroir à jour"]);
    let root = is_whole(&mirror);
    assert_eq!(size(&mirror), size(&data));
    // Only what is new, on another key, to the same mirror.
    let since = size(&data).to_string();
    ends(&["carry", "--data", &data, "--to", part, "--since", &since], 1, &["rien à porter"]);
    goes_on(&data, "Curer le puits", 400);
    ends(&["carry", "--data", &data, "--to", part, "--since", &since], 0, &["Porté"]);
    assert!(!Path::new(part).join("registre/tile/entries/000").exists(), "only a part is carried");
    ends(&["carry", "--from", part, "--data", &mirror], 0, &["Miroir à jour"]);
    assert_ne!(is_whole(&mirror), root);
    // A part alone begins no mirror, and says which part is missing.
    let (_none, empty) = place();
    ends(&["carry", "--from", part, "--data", &empty], 1, &["n’a pas été portée"]);
    // A carrying that was cut off claims nothing; one that was tampered with is found out.
    let note = Path::new(key).join("registre/checkpoint");
    let kept = std::fs::read(&note).unwrap();
    std::fs::remove_file(&note).unwrap();
    ends(&["carry", "--from", key, "--data", &empty], 1, &["porté jusqu’au bout"]);
    std::fs::write(&note, kept).unwrap();
    let bundle = Path::new(key).join("registre/tile/entries/001");
    let mut bytes = std::fs::read(&bundle).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&bundle, bytes).unwrap();
    ends(&["carry", "--from", key, "--data", &empty], 2, &["ALARME", "tile/entries/001"]);
    ends(&["verify", key], 2, &[]);
}

#[test]
fn a_changed_byte_stops_the_copy_wherever_it_is() {
    let (_home, data) = copy();
    let site = Site::of(&data);
    let note = site.get("/registre/checkpoint");
    let many: u64 = String::from_utf8_lossy(&note).lines().nth(1).unwrap().parse().unwrap();
    let mut pages = HashMap::from([("/registre/checkpoint".to_owned(), note)]);
    let bundles: Vec<String> = new_bundles(0, many).map(|bundle| bundle.to_string()).collect();
    let pieces = bundles.iter().map(|path| path.replacen("tile/entries/", "pieces/", 1));
    let tiles = new_tiles(0, many).map(|tile| tile.to_string());
    for path in tiles.chain(pieces).chain(bundles.clone()) {
        let path = format!("/registre/{path}");
        let bytes = site.get(&path);
        pages.insert(path, bytes);
    }
    let liar = Liar::with(pages.clone());
    let (_kept, mirror) = place();
    // The last of them: what was verified before a lie waits, and is not asked for again.
    let (with_pieces, _) =
        pages.iter().filter(|(path, lines)| path.contains("/pieces/") && !lines.is_empty()).max().unwrap();
    let edge = new_tiles(0, many).find(|tile| tile.level() == 1).unwrap();
    let lies = [
        ("/registre/tile/entries/001".to_owned(), 0),
        ("/registre/tile/entries/002".to_owned(), 40),
        (format!("/registre/{edge}"), 33),
        ("/registre/checkpoint".to_owned(), 30),
    ];
    for (path, at) in &lies {
        liar.changes(path, |bytes| bytes[*at] ^= 1);
        ends(&["mirror", &liar.address, "--data", &mirror, "--once"], 2, &["ALARME"]);
        liar.changes(path, |bytes| bytes[*at] ^= 1);
        assert_eq!(size(&mirror), 0, "{path}");
    }
    let whole = pages[with_pieces].clone();
    let salted = String::from_utf8(whole.clone()).unwrap().replacen("\"salt\":\"", "\"salt\":\"00", 1);
    liar.changes(with_pieces, |bytes| *bytes = salted.into_bytes());
    ends(&["mirror", &liar.address, "--data", &mirror, "--once"], 2, &["ALARME", "elle a été modifiée"]);
    liar.changes(with_pieces, Vec::clear);
    ends(&["mirror", &liar.address, "--data", &mirror, "--once"], 1, &["sans qu’une entrée l’ait retirée"]);
    assert_eq!(size(&mirror), 0);
    liar.changes(with_pieces, |bytes| *bytes = whole);
    ends(&["mirror", &liar.address, "--data", &mirror, "--once"], 0, &["Miroir à jour"]);
    is_whole(&mirror);
}
