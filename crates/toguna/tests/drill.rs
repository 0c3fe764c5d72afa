//! The drill: a primary, two mirrors and a witness are processes. The primary is killed and its data deleted; a mirror is promoted by two of
//! three custodians, goes on being written, and is verified from the first entry by one command; the other mirrors follow it. What the old
//! key signs later is refused by all. And a record is restored from a mirror alone.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use command::{result, run, told};

/// A process that is killed with the test.
struct Process {
    child: Child,
    port: u16,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// The program runs with these words on a free port, which is open.
    fn start(words: &[&str]) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        Self::start_at(port, words)
    }

    fn start_at(port: u16, words: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_toguna"))
            .args(words)
            .args(["--port", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // What it says is read on, or it would stand still with a full pipe.
        let said = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || said.lines().map_while(Result::ok).for_each(drop));
        let process = Self { child, port };
        assert!(until(|| TcpStream::connect(("127.0.0.1", port)).is_ok()), "{words:?} opens");
        process
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn ask(&self, method: &str, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: exemple\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        let answer = self.ask("GET", path);
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        answer
    }
}

fn until(mut so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs(40);
    while Instant::now() < end {
        if so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

fn well(words: &[&str]) -> String {
    let output = run(words);
    assert!(output.status.success(), "{words:?}: {}", told(&output));
    result(&output)
}

/// What is told where the command does not end well.
fn refused(words: &[&str]) -> String {
    let output = run(words);
    assert!(!output.status.success(), "{words:?}: {}", result(&output));
    told(&output)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A pack with three custodians, two of whom hand the record on; their keys lie in the folder.
fn pack(home: &Path) -> PathBuf {
    let pack = home.join("pack");
    fs::create_dir(&pack).unwrap();
    for file in
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/another_country")).unwrap().flatten()
    {
        fs::copy(file.path(), pack.join(file.file_name())).unwrap();
    }
    let keys: Vec<String> = ["faitiere", "barreau", "radio"]
        .iter()
        .map(|name| {
            let file = home.join(format!("{name}.cle"));
            let name = format!("{name}.example");
            format!("{:?}", well(&["custodian", "new", text(&file), "--name", &name]).trim())
        })
        .collect();
    let mut settings = fs::read_to_string(pack.join("pack.toml")).unwrap();
    settings.push_str(&format!("\n[custodians]\nthreshold = 2\nkeys = [{}]\n", keys.join(", ")));
    fs::write(pack.join("pack.toml"), settings).unwrap();
    pack
}

/// A copy of the keeper's own folder, key included, of one moment, while the record is served.
fn copied(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    let connection = rusqlite::Connection::open(from.join("toguna.db")).unwrap();
    connection.execute("VACUUM INTO ?1", [text(&to.join("toguna.db"))]).unwrap();
    fs::copy(from.join("registre.cle"), to.join("registre.cle")).unwrap();
}

/// The command ends as an alarm does, and says this.
fn alarm(words: &[&str], says: &str) {
    let output = run(words);
    assert_eq!(output.status.code(), Some(2), "{words:?}: {}", told(&output));
    assert!(told(&output).contains("ALARME") && told(&output).contains(says), "{words:?}: {}", told(&output));
}

/// A person's name is on the record: an enclosure that no mirror is given.
fn enrol(data: &Path) {
    enrol_as(data, "fanta", "Fanta Exemple");
}

fn enrol_as(data: &Path, id: &'static str, name: &'static str) {
    let clock = toguna::instance::machine_clock();
    let (record, _) = toguna::instance::open(data, clock, &mut |_, _| {}).unwrap();
    let zone = record.zone.clone();
    let sealed = record.scribe.seal_now(move |desk| -> Result<(), record::Fault> {
        let name = desk.enclose_text(name)?;
        let id = terms::PersonId::parse(id).unwrap();
        let word = terms::Word::PersonEnrolled(terms::access::PersonEnrolled { id, name });
        desk.append(&zone, terms::Actor::Loader, None, word).map(drop)
    });
    record.close();
    sealed.unwrap();
}

/// The mirror in the folder has all that its source has signed.
fn is_level(mirror: &Process) -> bool {
    let page = mirror.get("/miroir.json");
    page.contains("\"behind\":0") && !page.contains("\"level\":null")
}

/// Something is written on the record in the folder.
fn write(data: &Path, name: &str) {
    let file = data.with_extension("ics");
    fs::write(
        &file,
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//FR\r\nBEGIN:VEVENT\r\nUID:{name}\r\nDTSTAMP:20260101T000000Z\r\n\
             DTSTART;VALUE=DATE:20270311\r\nSUMMARY:{name}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        ),
    )
    .unwrap();
    well(&["import", "holidays", text(&file), "--data", text(data)]);
}

fn size(data: &Path) -> u64 {
    let verified = well(&["verify", text(data)]);
    let line = verified.lines().find_map(|line| line.trim().strip_prefix("entrées ")).unwrap();
    line.trim().parse().unwrap()
}

/// A witness that knows these log keys.
fn witness(folder: &Path, keys: &[&str]) -> (Process, String) {
    let lines: String = keys.iter().map(|key| format!("log {key}\n")).collect();
    fs::write(folder.join("registres"), format!("{lines}quorum none\n")).unwrap();
    let process = Process::start(&["witness", "--data", text(folder)]);
    let page = process.get("/");
    let key = page.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
    (process, key)
}

fn key_of(verified: &str) -> String {
    let line = verified.lines().find_map(|line| line.trim().strip_prefix("clé ")).unwrap();
    line.trim().to_owned()
}

struct Scene {
    home: tempfile::TempDir,
    primary: PathBuf,
    witness: PathBuf,
    policy: PathBuf,
}

impl Scene {
    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn sign(&self, statement: &Path, custodian: &str) {
        let key = self.path(&format!("{custodian}.cle"));
        well(&["custodian", "sign", text(statement), "--key", text(&key)]);
    }
}

#[test]
fn a_record_outlives_its_server() {
    let home = tempfile::tempdir().unwrap();
    let pack = pack(home.path());
    let at = |name: &str| home.path().join(name);
    let scene = Scene { primary: at("premier"), witness: at("temoin"), policy: at("politique"), home };
    well(&["new", text(&scene.primary), "--pack", text(&pack)]);
    let old_key = key_of(&well(&["verify", text(&scene.primary)]));
    // The witness is made, and told of the record.
    drop(Process::start(&[
        "witness",
        "--data",
        text(&scene.witness),
        "--new",
        "--name",
        "temoin.example/un",
    ]));
    let (asked, witness_key) = witness(&scene.witness, &[&old_key]);
    let policy = |key: &str, asked: &Process| {
        format!("log {key}\nwitness un {witness_key} {}\nquorum un\n", asked.address())
    };
    fs::write(&scene.policy, policy(&old_key, &asked)).unwrap();
    let serve = |data: &Path| {
        let words =
            ["serve", "--data", text(data), "--witnesses", text(&scene.policy), "--witness-every", "1"];
        Process::start(&words)
    };
    let primary = serve(&scene.primary);
    let cosigned = |site: &Process| site.get("/registre/checkpoint").contains("\n— temoin.example/un ");
    assert!(until(|| cosigned(&primary)), "the witness cosigns what is served");
    let page = primary.get("/registre/temoins");
    assert!(page.contains(&witness_key) && !page.contains("role=\"alert\""), "{page}");
    well(&["verify", &primary.address(), "--policy", text(&scene.policy)]);
    // Two mirrors go on copying; a third has copied once, a fourth by a key. Then the end of the primary.
    let (copy, fork) = (scene.path("copie"), scene.path("bis"));
    let (second, third, carried) = (scene.path("second"), scene.path("troisieme"), scene.path("porte"));
    let at_first = primary.address();
    let follow =
        |data: &Path| Process::start(&["mirror", &at_first, "--data", text(data), "--serve", "--every", "1"]);
    let (first_mirror, second_mirror) = (follow(&copy), follow(&second));
    well(&["mirror", &at_first, "--data", text(&third), "--once"]);
    well(&["carry", "--data", text(&scene.primary), "--to", text(&scene.path("cle-usb"))]);
    well(&["carry", "--from", text(&scene.path("cle-usb")), "--data", text(&carried)]);
    assert!(until(|| is_level(&first_mirror) && is_level(&second_mirror)));
    copied(&scene.primary, &fork);
    let port = primary.port;
    drop(primary);
    drop(first_mirror);
    fs::remove_dir_all(&scene.primary).unwrap();
    let before = size(&copy);
    promoted(&scene, &copy);
    let new_key = fs::read_to_string(scene.path("nouvelle-cle")).unwrap();
    write(&copy, "Jour de la reprise");
    assert!(size(&copy) > before + 1);

    // One command verifies from the first entry across the change: folder, then site, from the old key and the witness.
    drop(asked);
    let (asked, _) = witness(&scene.witness, &[&new_key]);
    fs::write(&scene.policy, policy(&old_key, &asked)).unwrap();
    let words = ["serve", "--data", text(&copy), "--witnesses", text(&scene.policy), "--witness-every", "1"];
    let site = Process::start_at(port, &words);
    assert!(until(|| cosigned(&site)), "the witness goes on from what it had cosigned");
    // The mirror that had never stopped crosses the succession while it is read; its proofs are of the new key.
    let body = |site: &Process| site.get("/registre/checkpoint").split_once("\r\n\r\n").unwrap().1.to_owned();
    let signed = |site: &Process| body(site).lines().take(3).map(str::to_owned).collect::<Vec<_>>();
    assert!(until(|| signed(&second_mirror) == signed(&site)), "the second mirror goes on");
    assert!(second_mirror.get("/registre/0.tlog-proof").contains("c2sp.org/tlog-proof@v1"));
    assert!(second_mirror.get("/registre").contains(&new_key));
    assert_eq!(
        second_mirror.get("/registre/successions").trim_end().rsplit('\n').next().unwrap(),
        before.to_string()
    );
    drop(second_mirror);
    for what in [site.address(), text(&copy).to_owned()] {
        let verified = well(&["verify", &what, "--policy", text(&scene.policy)]);
        assert!(verified.contains("succession") && verified.contains(&new_key), "{verified}");
        assert!(verified.contains("cosigné            un"), "{verified}");
    }
    let download = site.get("/registre/entrees.jsonl");
    let file = scene.path("registre.jsonl");
    let body = download.split_once("\r\n\r\n").unwrap().1;
    let lines: Vec<&str> = body.lines().filter(|line| line.starts_with('{')).collect();
    fs::write(&file, lines.join("\n") + "\n").unwrap();
    assert!(well(&["verify", text(&file)]).contains("succession"));
    let page = site.get("/registre");
    for said in
        ["serveur saisi", "faitiere.example, radio.example", new_key.as_str(), "https://ailleurs.example"]
    {
        assert!(page.contains(said), "{said}");
    }
    the_others_follow(&scene, &site, &copy, [&second, &third, &carried], &new_key);
    the_fork_is_refused(&scene, &fork, &site, [&second, &third, &carried]);
    drop(site);
    the_old_key_goes_on(&scene, &fork, &copy, &new_key, &asked);
}

/// Mirrors of the lost server follow the promoted one: at another address, by a key, and from nothing.
fn the_others_follow(scene: &Scene, site: &Process, copy: &Path, mirrors: [&Path; 3], new_key: &str) {
    let [_, third, carried] = mirrors;
    // The site is where it was; for the third mirror it is somewhere else, through a name of the same machine.
    let elsewhere = format!("http://localhost:{}", site.port);
    let output = run(&["mirror", &elsewhere, "--data", text(third), "--once"]);
    let said = told(&output);
    assert!(output.status.success(), "{said}");
    for part in [
        "il suit désormais",
        "Le registre a été repris",
        "faitiere.example, radio.example",
        "le serveur a été saisi",
        "https://ailleurs.example",
        new_key,
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let key = scene.path("cle-usb-2");
    well(&["carry", "--data", text(copy), "--to", text(&key)]);
    assert!(well(&["verify", text(&key)]).contains(new_key));
    let output = run(&["carry", "--from", text(&key), "--data", text(carried)]);
    assert!(
        output.status.success() && told(&output).contains("Le registre a été repris"),
        "{}",
        told(&output)
    );
    let fresh = scene.path("neuf");
    let output = run(&["mirror", &site.address(), "--data", text(&fresh), "--once"]);
    assert!(output.status.success() && told(&output).contains("Premier contact"), "{}", told(&output));
    assert!(told(&output).contains(new_key), "{}", told(&output));
    for mirror in mirrors.into_iter().chain([fresh.as_path()]) {
        let verified = well(&["verify", text(mirror)]);
        assert!(verified.contains("succession") && verified.contains(new_key), "{verified}");
        well(&["replay", "--check", "--data", text(mirror)]);
        assert_eq!(size(mirror), size(copy));
        // Once more, from its own record: the new key is known at the next start.
        let again = well(&["mirror", &site.address(), "--data", text(mirror), "--once"]);
        assert!(again.contains("Miroir à jour") && again.contains("0 nouvelles"), "{again}");
    }
}

/// What the old key signs after the succession is refused by mirrors that know of it; whoever followed it too far is told so.
fn the_fork_is_refused(scene: &Scene, fork: &Path, site: &Process, mirrors: [&Path; 3]) {
    write(fork, "Jour de la scission");
    write(fork, "Lendemain de la scission");
    let forked = Process::start(&["serve", "--data", text(fork)]);
    let key = scene.path("cle-usb-3");
    well(&["carry", "--data", text(fork), "--to", text(&key)]);
    for mirror in mirrors {
        let before = size(mirror);
        alarm(
            &["mirror", &forked.address(), "--data", text(mirror), "--once"],
            "qui ne vaut plus depuis l’entrée",
        );
        alarm(&["carry", "--from", text(&key), "--data", text(mirror)], "qui ne vaut plus depuis l’entrée");
        assert_eq!(size(mirror), before);
        // The true one is still believed.
        well(&["mirror", &site.address(), "--data", text(mirror), "--once"]);
    }
    let late = scene.path("attarde");
    well(&["mirror", &forked.address(), "--data", text(&late), "--once"]);
    alarm(&["mirror", &site.address(), "--data", text(&late), "--once"], "SUCCESSION PLUS COURTE");
    assert!(well(&["verify", text(&late)]).contains("Registre entier et signé"), "what it had stays");
}

/// The copy is the primary now; what keeps it from being so too early was refused.
fn promoted(scene: &Scene, copy: &Path) {
    let (act, data) = (scene.path("acte"), text(copy));
    let promote = ["promote", "--data", data, "--succession", text(&act)];
    assert!(copy.join("miroir.json").exists() && !copy.join("registre.cle").exists(), "it is a mirror");
    fs::write(copy.join("reprise"), "ce qui attendait").unwrap();
    let address = "https://ailleurs.example";
    let prepare = [
        "promote",
        "--data",
        data,
        "--prepare",
        text(&act),
        "--ground",
        "serveur-saisi",
        "--address",
        address,
    ];
    well(&prepare);
    assert!(refused(&promote).contains("aucune signature de gardien"));
    scene.sign(&act, "faitiere");
    scene.sign(&act, "faitiere");
    assert!(refused(&promote).contains("1 gardien(s) ont signé la succession, il en faut 2"));
    let few = fs::read_to_string(&act).unwrap();
    let stranger = scene.path("inconnu.cle");
    well(&["custodian", "new", text(&stranger), "--name", "inconnu.example"]);
    well(&["custodian", "sign", text(&act), "--key", text(&stranger)]);
    assert!(refused(&promote).contains("n’est pas un gardien nommé"));
    fs::write(&act, few).unwrap();
    scene.sign(&act, "radio");
    assert!(
        refused(&[&promote[..], &["--address", "https://autre.example"]].concat()).contains("autre adresse")
    );
    let key = well(&promote).trim().to_owned();
    fs::write(scene.path("nouvelle-cle"), &key).unwrap();
    for gone in ["succession.cle", "miroir.json", "reprise"] {
        assert!(!copy.join(gone).exists(), "{gone}");
    }
    assert!(refused(&promote).contains("aucune nouvelle clé"), "it is done once");
    well(&["replay", "--check", "--data", data]);
    // Its entry is the first that the new key signs, and the drawers are empty.
    let connection = rusqlite::Connection::open(copy.join("toguna.db")).unwrap();
    let drawers = toguna::rooms::TABLES.iter().flat_map(|room| record::table_names(room.drawers));
    let rows = |table: &str| -> i64 {
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    let kept: Vec<&str> = drawers.filter(|table| rows(table) > 0).collect();
    let last: Vec<u8> = connection
        .query_row("SELECT bytes FROM entry ORDER BY idx DESC LIMIT 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, Vec::<&str>::new(), "drawers are empty");
    assert!(String::from_utf8(last).unwrap().ends_with("\"word\":\"record-succeeded\"}"));
}

/// The true tree after the succession, signed by the old key, is not the record's any more.
fn old_signature_refused(fork: &Path, copy: &Path) {
    let signer = tlog::Signer::parse(fs::read_to_string(fork.join("registre.cle")).unwrap().trim()).unwrap();
    let forged = copy.with_extension("forge");
    fs::create_dir(&forged).unwrap();
    let connection = rusqlite::Connection::open(copy.join("toguna.db")).unwrap();
    connection.execute("VACUUM INTO ?1", [text(&forged.join("toguna.db"))]).unwrap();
    well(&["verify", text(&forged)]);
    let connection = rusqlite::Connection::open(forged.join("toguna.db")).unwrap();
    let (size, note): (i64, String) = connection
        .query_row("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let (signed, _) = note.split_once("\n\n").unwrap();
    let checkpoint = tlog::Checkpoint::parse(&format!("{signed}\n")).unwrap();
    let note = tlog::sign_checkpoint(&checkpoint, &signer).unwrap();
    connection.execute("UPDATE checkpoint SET note = ?1 WHERE size = ?2", (note, size)).unwrap();
    drop(connection);
    let said = refused(&["verify", text(&forged)]);
    assert!(said.contains(&format!("point de contrôle de {size} entrées")), "{said}");
    assert!(said.contains("qui vaut seule depuis l’entrée"), "{said}");
}

/// Whoever kept the old key goes on: whole in itself, and refused by all who know of the succession.
fn the_old_key_goes_on(scene: &Scene, fork: &Path, copy: &Path, new_key: &str, asked: &Process) {
    well(&["verify", text(fork)]);
    let knows = scene.path("politique-nouvelle");
    fs::write(&knows, format!("log {new_key}\nquorum none\n")).unwrap();
    assert!(refused(&["verify", text(fork), "--policy", text(&knows)]).contains("politique"));
    // The witness does not cosign it, and the fork's own page says so.
    let forked = Process::start(&[
        "serve",
        "--data",
        text(fork),
        "--witnesses",
        text(&scene.policy),
        "--witness-every",
        "1",
    ]);
    assert!(until(|| forked.get("/").contains("role=\"alert\"")), "home tells it");
    assert!(forked.get("/registre/temoins").contains("403"));
    assert!(!forked.get("/registre/checkpoint").contains("temoin.example"));
    drop(forked);
    assert!(asked.get("/").contains("entrées, le "));
    // Its key opens nothing in the promoted folder, and a checkpoint of it there is refused.
    let kept = fs::read(copy.join("registre.cle")).unwrap();
    fs::copy(fork.join("registre.cle"), copy.join("registre.cle")).unwrap();
    assert!(refused(&["serve", "--data", text(copy)]).contains("celle-ci ne vaut plus"));
    fs::write(copy.join("registre.cle"), kept).unwrap();
    old_signature_refused(fork, copy);
    // The old server, told so, points on.
    let moved = Process::start(&["serve", "--data", text(fork), "--moved-to", "https://ailleurs.example"]);
    let page = moved.ask("GET", "/recommandations?au=2026-01-01");
    assert!(page.starts_with("HTTP/1.1 308"), "{page}");
    assert!(page.contains("https://ailleurs.example/recommandations?au=2026-01-01"), "{page}");
    assert!(moved.ask("POST", "/connexion").starts_with("HTTP/1.1 410"));
}

/// Keys of custodians are signed with, and the record goes on in the folder.
fn handed_on(home: &Path, data: &Path, act: &str) -> String {
    let act = home.join(act);
    well(&["promote", "--data", text(data), "--prepare", text(&act), "--ground", "serveur-perdu"]);
    for custodian in ["barreau", "radio"] {
        let key = home.join(format!("{custodian}.cle"));
        well(&["custodian", "sign", text(&act), "--key", text(&key)]);
    }
    well(&["promote", "--data", text(data), "--succession", text(&act)]).trim().to_owned()
}

#[test]
fn a_record_is_restored_from_a_mirror_alone() {
    let home = tempfile::tempdir().unwrap();
    let pack = pack(home.path());
    let at = |name: &str| home.path().join(name);
    let (primary, mirror) = (at("premier"), at("miroir"));
    well(&["new", text(&primary), "--pack", text(&pack)]);
    enrol(&primary);
    write(&primary, "Jour du puits");
    let all = size(&primary);
    let site = Process::start(&["serve", "--data", text(&primary)]);
    let shown =
        Process::start(&["mirror", &site.address(), "--data", text(&mirror), "--serve", "--every", "1"]);
    assert!(until(|| is_level(&shown)));
    drop((site, shown));
    // Nothing is left but the mirror: no backup, no key.
    fs::remove_dir_all(&primary).unwrap();
    let absent = "pièces non jointes 1 (non publiques, ou non copiées ici)";
    let verified = well(&["verify", text(&mirror)]);
    assert!(verified.contains(absent), "{verified}");

    // A backup of the mirror, restored on another machine, is the same mirror.
    let (file, elsewhere) = (at("sauvegarde"), at("ailleurs"));
    well(&["backup", text(&file), "--data", text(&mirror)]);
    let output = run(&["restore", text(&file), "--data", text(&elsewhere)]);
    assert!(output.status.success(), "{}", told(&output));
    assert!(told(&output).contains("C’est la sauvegarde d’un miroir"), "{}", told(&output));
    assert!(!told(&output).contains("remettez-la dans le dossier"), "{}", told(&output));
    let served = Process::start(&["serve", "--data", text(&elsewhere)]);
    let page = served.get("/");
    assert!(page.contains("Miroir en lecture seule") && page.contains("On ne sait pas quand"), "{page}");
    drop(served);

    // Either of them becomes the original; a keeper chooses one, for one record must not go on in two places.
    for (data, act) in [(&mirror, "acte-un"), (&elsewhere, "acte-deux")] {
        assert_eq!(size(data), all);
        well(&["replay", "--check", "--data", text(data)]);
        let key = handed_on(home.path(), data, act);
        write(data, "Jour de la reprise");
        enrol_again(data);
        let verified = well(&["verify", text(data)]);
        assert!(verified.contains(&key) && verified.contains(absent), "{verified}");
        well(&["replay", "--check", "--data", text(data)]);
        let site = Process::start(&["serve", "--data", text(data)]);
        assert!(well(&["verify", &site.address()]).contains(&key));
        assert!(!site.get("/").contains("Miroir en lecture seule"));
        drop(site);
        // A backup of it is a backup as any other.
        let kept = data.with_extension("sauvegarde");
        well(&["backup", text(&kept), "--data", text(data), "--with-key"]);
        let again = data.with_extension("encore");
        well(&["restore", text(&kept), "--data", text(&again)]);
        assert_eq!(size(&again), size(data));
        // What was written here after the mirror's time is missed where it is gone.
        lose_names(&again);
        assert!(refused(&["verify", text(&again)]).contains("elle manque, sans qu’une entrée l’ait retirée"));
    }
}

/// Somebody else is enrolled where the record goes on.
fn enrol_again(data: &Path) {
    enrol_as(data, "moussa", "Moussa Exemple");
}

/// The rows of names are gone, as if the disk had lost them.
fn lose_names(data: &Path) {
    let connection = rusqlite::Connection::open(data.join("toguna.db")).unwrap();
    let gone =
        connection.execute("DELETE FROM enclosure WHERE bytes = ?1", [b"Moussa Exemple".as_slice()]).unwrap();
    assert_eq!(gone, 1);
}
