//! The site as a process: one at a time, stopped cleanly, taken up again after a cut.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use command::{copy, files, result, run, told};

/// The site, served by the binary at a free port.
struct Site {
    process: Child,
    port: String,
}

impl Drop for Site {
    fn drop(&mut self) {
        // A test that failed leaves no process behind.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> String {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port().to_string()
}

/// Waits, at most half a minute, for what must come.
fn until(mut came: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + Duration::from_secs(30);
    while Instant::now() < deadline {
        if came() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

impl Site {
    fn open(data: &str, more: &[&str]) -> Self {
        let port = free_port();
        let process = Command::new(env!("CARGO_BIN_EXE_toguna"))
            .args(["serve", "--data", data, "--port", &port])
            .args(more)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let site = Self { process, port };
        assert!(until(|| site.connect().is_ok()), "the site opens");
        site
    }

    fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(format!("127.0.0.1:{}", self.port))
    }

    /// What the address answers; `forwarded` is what a proxy would add.
    fn get(&self, path: &str, forwarded: &str) -> String {
        let mut stream = self.connect().unwrap();
        let more =
            if forwarded.is_empty() { String::new() } else { format!("X-Forwarded-For: {forwarded}\r\n") };
        write!(stream, "GET {path} HTTP/1.1\r\nHost: exemple\r\n{more}Connection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends the signal; the answer is the exit status and what was told.
    fn told_to_stop(mut self, signal: &str) -> (Option<i32>, String) {
        let sent = Command::new("kill").args([signal, &self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert!(until(|| self.process.try_wait().unwrap().is_some()), "it stops");
        let status = self.process.wait().unwrap().code();
        let mut said = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (status, said)
    }
}

#[test]
fn two_processes_do_not_share_a_folder() {
    let (_home, data) = copy();
    let site = Site::open(&data, &[]);
    let looking = run(&["audit", "--data", &data]);
    assert!(looking.status.success(), "looking is free: {}", told(&looking));
    let import = home_file();
    let import = import.path().to_str().unwrap();
    for words in [
        &["serve", "--data", &data, "--port", "0"][..],
        &["demo", "--data", &data, "--no-serve"],
        &["import", "recommendations", import, "--data", &data],
    ] {
        let second = run(words);
        assert_eq!(second.status.code(), Some(1), "{words:?}");
        assert!(told(&second).contains("un autre processus"), "{}", told(&second));
    }
    assert!(site.get("/", "").starts_with("HTTP/1.1 200"), "the first goes on");
}

fn home_file() -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"Recommandation;Destinataire\nCurer;Personne\n").unwrap();
    file
}

#[test]
fn a_port_that_is_taken_is_named() {
    let (_home, data) = copy();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = run(&["serve", "--data", &data, "--port", &port]);
    assert_eq!(refused.status.code(), Some(1));
    let sentence = format!("un autre programme tient déjà 127.0.0.1:{port} : --port choisit un autre port");
    assert!(told(&refused).contains(&sentence), "{}", told(&refused));
}

#[test]
fn told_to_stop_it_ends_well_even_where_somebody_never_stops_reading() {
    for signal in ["-TERM", "-INT"] {
        let (_home, data) = copy();
        let site = Site::open(&data, &[]);
        assert!(site.get("/", "").starts_with("HTTP/1.1 200"));
        let mut idle = site.connect().unwrap();
        write!(idle, "GET /registre HTTP/1.1\r\nHost: exemple\r\n").unwrap();
        let (status, said) = site.told_to_stop(signal);
        assert_eq!(status, Some(0), "{signal} : {said}");
        assert!(said.contains("Toguna est arrêté."), "{signal} : {said}");
        let verified = run(&["verify", &data]);
        assert!(verified.status.success(), "{}", told(&verified));
    }
}

#[test]
fn a_demonstration_cut_short_begins_anew_and_a_whole_one_is_opened() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("demo");
    let (data, beside) = (data.to_str().unwrap(), home.path().join("demo.en-cours"));
    let mut cut = Command::new(env!("CARGO_BIN_EXE_toguna"))
        .args(["demo", "--no-serve", "--data", data])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    assert!(until(|| beside.join("toguna.db").exists()), "it is being made");
    let signal = |name: &str| {
        assert!(Command::new("kill").args([name, &cut.id().to_string()]).status().unwrap().success());
    };
    // It is held where it stands, so that however slow the machine is it is not done before the cut.
    signal("-STOP");
    // Somebody else who begins at the same time is told so, and takes nothing away from the first.
    let second = run(&["demo", "--no-serve", "--data", data]);
    assert_eq!(second.status.code(), Some(1), "{}", told(&second));
    assert!(told(&second).contains("un autre processus"), "{}", told(&second));
    // Not an interrupt: what is started in the background of a shell ignores that.
    signal("-TERM");
    signal("-CONT");
    assert!(!cut.wait().unwrap().success());
    assert!(!std::path::Path::new(data).exists(), "no half of an instance is where one is looked for");
    let again = run(&["demo", "--no-serve", "--data", data]);
    assert!(again.status.success(), "{}", told(&again));
    assert!(!beside.exists() && run(&["verify", data]).status.success());
    let opened = run(&["demo", "--no-serve", "--data", data]);
    assert!(!told(&opened).contains("Création"), "{}", told(&opened));
    // The day may turn between the two; the figures' codes do not.
    assert!(result(&opened).contains("I-33"));
}

#[test]
fn the_operator_is_reached_and_a_trusted_proxy_speaks_for_its_visitors() {
    let (_home, data) = copy();
    let contact = "Secrétariat fictif, BP 00, <Dougouba>";
    let site = Site::open(&data, &["--contact", contact, "--trusted-proxy", "127.0.0.1"]);
    let about = site.get("/a-propos", "");
    assert!(about.contains("Secrétariat fictif, BP 00, &lt;Dougouba&gt;"), "{about}");
    let asked = |from: &str| site.get("/registre/entrees.jsonl", from).starts_with("HTTP/1.1 200");
    let spent = (0..50).take_while(|_| asked("203.0.113.7")).count();
    assert!((1..50).contains(&spent), "one visitor is slowed down: {spent}");
    assert!(asked("203.0.113.8"), "another is not");
    assert!(!asked("192.0.2.1, 203.0.113.7"), "what a visitor writes in front changes nothing");
    drop(site);

    let site = Site::open(&data, &[]);
    assert!(site.get("/a-propos", "").contains("n’a pas dit comment le joindre"));
    let asked = |from: &str| site.get("/registre/entrees.jsonl", from).starts_with("HTTP/1.1 200");
    let spent = (0..50).take_while(|i| asked(&format!("203.0.113.{i}"))).count();
    assert!((1..50).contains(&spent), "from nobody trusted, the header is not read: {spent}");
    for file in files(std::path::Path::new(&data)) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(11).any(|window| window == b"203.0.113.7"), "{file:?}");
    }
}

/// What no request may leave behind, by the way that it comes in.
const CANARIES: [&str; 6] = [
    "canari-adresse",
    "canari-requete",
    "canari-navigateur",
    "canari-temoin",
    "canari-formulaire",
    "canari-illisible",
];

#[test]
fn neither_files_nor_what_the_binary_tells_keep_anything_of_a_visitor() {
    let (_home, data) = copy();
    let site = Site::open(&data, &[]);
    let long = "x".repeat(90_000);
    let body = "nom=canari-formulaire&mot-de-passe=canari-formulaire&code=000000";
    let head = "Host: exemple\r\nUser-Agent: canari-navigateur\r\nCookie: session=canari-temoin\r\nConnection: close\r\n";
    for (request, status) in [
        (format!("GET /canari-adresse?q=canari-requete HTTP/1.1\r\n{head}\r\n"), "404"),
        (format!("GET /lieux?q=canari-requete HTTP/1.1\r\n{head}\r\n"), "200"),
        (format!("GET /recherche?q=canari-requete{} HTTP/1.1\r\n{head}\r\n", &long[..6_000]), "414"),
        (format!("GET /canari-adresse{long} HTTP/1.1\r\n{head}\r\n"), "4"),
        (format!("canari-illisible\r\n{head}\r\n"), "4"),
        (format!("DELETE /lieux?q=canari-requete HTTP/1.1\r\n{head}\r\n"), "405"),
        (
            format!(
                "POST /connexion HTTP/1.1\r\n{head}Content-Type: application/x-www-form-urlencoded\r\n\
                 Content-Length: {}\r\n\r\n{body}",
                body.len()
            ),
            "4",
        ),
    ] {
        let mut stream = site.connect().unwrap();
        // What is refused while it is still sent may be cut off.
        let _ = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let begins = format!("HTTP/1.1 {status}");
        assert!(
            answer.is_empty() || answer.starts_with(&begins),
            "{status} : {}",
            &answer[..answer.len().min(200)]
        );
    }
    let mut read = 0;
    let open = files(std::path::Path::new(&data));
    assert!(open.iter().any(|file| file.ends_with("toguna.db-wal")), "{open:?}");
    for file in &open {
        let bytes = std::fs::read(file).unwrap();
        read += bytes.len();
        for canary in CANARIES {
            assert!(
                !bytes.windows(canary.len()).any(|window| window == canary.as_bytes()),
                "{file:?} {canary}"
            );
        }
    }
    assert!(read > 100_000, "the files are read: {read}");
    let (_, said) = site.told_to_stop("-TERM");
    assert!(said.contains("Toguna est arrêté."), "what it tells is read: {said}");
    for canary in CANARIES {
        assert!(!said.contains(canary), "{canary} : {said}");
    }
}

#[test]
fn who_reads_on_in_a_day_that_is_ready_is_not_slowed_down() {
    let (_home, data) = copy();
    let site = Site::open(&data, &[]);
    // A replay may take longer than the site lets a visitor wait; it is then ready a little later.
    assert!(until(|| site.get("/lieux?au=2024-01-25", "").starts_with("HTTP/1.1 200")));
    for page in 0..40 {
        let answer = site.get(&format!("/lieux?au=2024-01-25&page={page}"), "");
        assert!(answer.starts_with("HTTP/1.1 200"), "{page} : {}", &answer[..answer.len().min(200)]);
    }
}

/// A database of its own on the test server, gone afterwards; none where no server was started.
struct Database {
    server: String,
    name: &'static str,
}

impl Database {
    fn on_server(name: &'static str) -> Option<Self> {
        let Ok(server) = std::env::var("TOGUNA_TEST_POSTGRES") else {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: no PostgreSQL (TOGUNA_TEST_POSTGRES); `cargo xtask test` starts one"
            );
            return None;
        };
        let database = Self { server, name };
        database.command(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        database.command(&format!("CREATE DATABASE {name}"));
        Some(database)
    }

    fn command(&self, statement: &str) {
        postgres::Client::connect(&self.server, postgres::NoTls).unwrap().batch_execute(statement).unwrap();
    }

    fn address(&self) -> String {
        format!("{}/{}", self.server.rsplit_once('/').unwrap().0, self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.command(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

#[test]
fn several_processes_serve_one_record_on_a_database_server() {
    let Some(database) = Database::on_server("deux_sites") else { return };
    let (_home, data) = copy();
    let address = database.address();
    let moved = run(&["replay", "--from", &data, "--to", &address]);
    assert!(moved.status.success(), "{}", told(&moved));
    let again = run(&["replay", "--from", &data, "--to", &address]);
    assert_eq!(again.status.code(), Some(1), "it is there already: {}", told(&again));
    let other = tempfile::tempdir().unwrap();
    std::fs::copy(format!("{data}/registre.cle"), other.path().join("registre.cle")).unwrap();
    // Both see one store of files.
    let setting = other.path().join("pieces.toml");
    std::fs::write(&setting, format!("folder = \"{data}/pieces\"\n")).unwrap();
    std::fs::set_permissions(&setting, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let first = Site::open(&data, &[]);
    let second = Site::open(other.path().to_str().unwrap(), &["--database", &address]);
    let title = "Rouvrir le puits du marché aux chevaux";
    let searched = "/recherche?q=chevaux";
    for site in [&first, &second] {
        assert!(site.get("/", "").starts_with("HTTP/1.1 200"));
        assert!(!site.get(searched, "").contains(title));
    }
    // A third process writes; whoever serves shows it, also where the page was kept in memory.
    let before = second.get("/recommandations", "");
    let mut file = tempfile::NamedTempFile::new().unwrap();
    write!(
        file,
        "N°;Recommandation;Destinataire;Source\n7;{title};Maire de Dougouba (exercice);PV du 3 février 2026\n"
    )
    .unwrap();
    let imported = run(&["import", "recommendations", file.path().to_str().unwrap(), "--data", &data]);
    assert!(imported.status.success(), "{}", told(&imported));
    assert_ne!(second.get("/recommandations", ""), before);
    for site in [&first, &second] {
        assert!(site.get(searched, "").contains(title), "{}{}", result(&imported), told(&imported));
    }
    drop(first);
    assert!(second.get("/", "").starts_with("HTTP/1.1 200"), "the other goes on");
    for words in
        [&["verify", &data][..], &["replay", "--check", "--data", &data], &["audit", "--data", &data]]
    {
        let output = run(words);
        assert!(output.status.success(), "{words:?} : {}", told(&output));
    }
    let back = other.path().join("retour");
    let moved = run(&["replay", "--from", &data, "--to", back.to_str().unwrap()]);
    assert!(moved.status.success(), "{}", told(&moved));
    let verified = run(&["verify", back.to_str().unwrap()]);
    assert!(verified.status.success(), "{}", told(&verified));
}

#[test]
fn a_database_server_that_does_not_answer_is_told() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().to_str().unwrap();
    let refused = run(&["serve", "--data", data, "--database", "postgres://toguna@127.0.0.1:1/toguna"]);
    assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
    assert!(told(&refused).contains("le serveur de base de données ne répond pas"), "{}", told(&refused));
}
