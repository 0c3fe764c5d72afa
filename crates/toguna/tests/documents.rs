//! What the documents say is so: their commands run, their links lead somewhere, their tables name what there is.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use command::{copy, result, run};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().parent().unwrap().to_owned()
}

/// Every document of the repository, with its path from the root.
fn documents() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![root()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() && !["target", "node_modules", ".git", "toguna-data"].contains(&name.as_str()) {
                open.push(path);
            } else if name.ends_with(".md") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "the documents are found");
    found
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The command lines of a document: those of its blocks that begin with the program, continued lines joined.
fn console(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let Some(code) = (if fenced { Some(line) } else { line.strip_prefix("    ") }) else { continue };
        if let Some(begun) = lines.last_mut().filter(|begun| begun.ends_with('\\')) {
            begun.pop();
            begun.push_str(code.trim());
        } else if code.starts_with("toguna ") || code.starts_with("cargo ") {
            lines.push(code.split("  #").next().unwrap().trim().to_owned());
        }
    }
    lines
}

/// A folder in which the documents' commands find what they speak of, and `toguna` on the path.
fn workplace() -> (tempfile::TempDir, tempfile::TempDir) {
    let (data, _) = copy();
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("bin")).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_toguna"), home.path().join("bin/toguna")).unwrap();
    std::os::unix::fs::symlink(data.path(), home.path().join("toguna-data")).unwrap();
    let matrix = "Recommandation;Source;Destinataire\nCurer le puits;Atelier de mars 2024;Premier ministre\n";
    fs::write(home.path().join("matrice.csv"), matrix).unwrap();
    fs::write(home.path().join("durees.csv"), "duration,event,group\n1,1,a\n2,0,a\n3,1,b\n").unwrap();
    fs::write(home.path().join("candidatures.csv"), "id,genre\nawa,f\nfanta,f\nkadi,f\nmoussa,h\n").unwrap();
    fs::write(home.path().join("quotas.csv"), "feature,value,min,max\ngenre,f,1,2\ngenre,h,1,2\n").unwrap();
    fs::write(
        home.path().join("FILE.ics"),
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//FR\r\nEND:VCALENDAR\r\n",
    )
    .unwrap();
    (home, data)
}

fn shell(home: &Path, line: &str) -> Command {
    let mut shell = Command::new("sh");
    let path = format!("{}:{}", home.join("bin").display(), std::env::var("PATH").unwrap_or_default());
    shell.args(["-c", line]).current_dir(home).env("PATH", path);
    shell
}

/// The site that this line serves opens, and is stopped.
fn serves(home: &Path, line: &str, port: u16) -> bool {
    let mut process = shell(home, &format!("exec {line}")).stderr(Stdio::null()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    let mut open = false;
    while !open && Instant::now() < until && process.try_wait().unwrap().is_none() {
        open = TcpStream::connect(("127.0.0.1", port)).is_ok();
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = process.kill();
    let _ = process.wait();
    open
}

/// Where the documents speak of a site across the network: this one, on this machine, with its policy as the site gives it.
struct Site {
    process: std::process::Child,
    port: u16,
    _data: tempfile::TempDir,
}

impl Site {
    fn of(home: &Path) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        // An instance of its own: other lines write to the one that the documents name.
        let (data, path) = copy();
        let line = format!("exec toguna serve --data {path} --port {port}");
        let process = shell(home, &line).stderr(Stdio::null()).spawn().unwrap();
        let site = Self { process, port, _data: data };
        let until = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < until, "the site opens");
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        write!(stream, "GET /registre/politique HTTP/1.1\r\nHost: exemple\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, policy) = answer.split_once("\r\n\r\n").unwrap();
        fs::write(home.join("politique.txt"), policy).unwrap();
        site
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A fresh database in place of the one that the guide names; none where no server was started.
fn database() -> Option<String> {
    let Ok(server) = std::env::var("TOGUNA_TEST_POSTGRES") else {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: no PostgreSQL (TOGUNA_TEST_POSTGRES); `cargo xtask test` starts one"
        );
        return None;
    };
    let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
    client.batch_execute("DROP DATABASE IF EXISTS guide WITH (FORCE)").unwrap();
    client.batch_execute("CREATE DATABASE guide").unwrap();
    Some(format!("{}/guide", server.rsplit_once('/').unwrap().0))
}

#[test]
fn every_command_of_the_documents_runs() {
    let (home, _data) = workplace();
    let home = home.path();
    let (site, database) = (Site::of(home), database());
    let (mut run, mut failed) = (BTreeSet::new(), Vec::new());
    let all = documents();
    // The guide opens its own instance before it speaks of it; its lines are run in their order, and first.
    let guide = console(&read("docs/fr/guide.md"));
    let lines: Vec<String> =
        guide.into_iter().chain(all.iter().flat_map(|(_, text)| console(text))).collect();
    for line in lines.iter().filter(|line| line.starts_with("toguna ")) {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let here = line.replace("/srv/toguna", "./toguna-vraie").replace("8787", &port.to_string());
        let here = ["https://adresse-du-site", "https://address-of-the-site"]
            .iter()
            .fold(here, |here, named| here.replace(named, &format!("http://127.0.0.1:{}", site.port)));
        let here = match (&database, here.split_once("postgres://")) {
            (Some(address), Some((before, _))) => format!("{before}{address}"),
            (None, Some(_)) => continue,
            (_, None) => here,
        };
        if !run.insert(here.replace(&port.to_string(), "PORT")) {
            continue;
        }
        let well = if here == "toguna demo" {
            serves(home, &format!("toguna demo --port {port}"), port)
        } else if here.contains(" serve ") {
            serves(home, &here, port)
        } else {
            shell(home, &here).output().unwrap().status.success()
        };
        if !well {
            failed.push(here);
        }
    }
    assert!(run.len() >= 12, "{run:?}");
    assert!(failed.is_empty(), "these lines of the documents fail: {failed:#?}");
    assert!(fs::read(home.join("matrice.xlsx")).unwrap().starts_with(b"PK"), "the matrix is a spreadsheet");
}

#[test]
fn the_two_commands_of_the_readme_are_what_there_is() {
    let readme = read("README.md");
    let lines: Vec<String> = console(&readme).into_iter().filter(|line| line.starts_with("cargo")).collect();
    assert_eq!(lines, ["cargo run --release -- demo", "cargo xtask test"]);
    // `cargo run` without a package takes the workspace's default member, and `xtask` is an alias.
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("default-members = [\"crates/toguna\"]"), "cargo run finds the program");
    assert!(read(".cargo/config.toml").contains("xtask = \"run "));
    assert!(
        read(".ci/run").trim_end().ends_with("exec cargo xtask test"),
        ".ci/run calls it and nothing else"
    );
    assert!(read("xtask/src/main.rs").contains("[\"test\", rest @ ..]"));
}

/// The commands that a help text lists, with what each of them lists in turn.
fn commands() -> BTreeSet<String> {
    fn listed(words: &[&str]) -> Vec<String> {
        let help = result(&run(&[words, &["--help"]].concat()));
        let Some((_, list)) = help.split_once("Commandes :\n") else { return Vec::new() };
        let lines = list.lines().take_while(|line| line.starts_with("  "));
        lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
    }
    let mut all = BTreeSet::new();
    for command in listed(&[]) {
        let under = listed(&[&command]);
        // A command with others under it may also do something by itself: its usage then has a line with options.
        let help = result(&run(&[command.as_str(), "--help"]));
        let alone = help.lines().any(|line| line.starts_with("Usage") && line.contains("[OPTIONS]"));
        all.extend(under.iter().map(|what| format!("{command} {what}")));
        if under.is_empty() || alone {
            all.insert(command);
        }
    }
    all
}

/// The words of a command in the README's table, and its flags.
fn told_commands() -> Vec<(String, Vec<String>)> {
    let readme = read("README.md");
    let cells = readme.lines().filter(|line| line.starts_with("| `toguna"));
    let cells = cells.filter_map(|line| line.split(" | ").next());
    let spans = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned);
    let mut told = Vec::new();
    for span in spans {
        let words: Vec<&str> = span.trim_start_matches("toguna ").split(' ').collect();
        let name = words.iter().take_while(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        let name: Vec<&str> = name.copied().collect();
        let name =
            name.iter().take_while(|word| !word.starts_with('-')).copied().collect::<Vec<_>>().join(" ");
        let flags = words.iter().map(|word| word.trim_matches(['[', ']']));
        let flags = flags.filter(|word| word.starts_with("--")).map(str::to_owned).collect();
        told.push((name, flags));
    }
    told
}

#[test]
fn the_readme_names_every_command_and_every_flag_it_names_exists() {
    let told = told_commands();
    let names: BTreeSet<String> = told.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names, commands(), "the table of the README and `toguna --help`");
    for (name, flags) in told {
        let mut words: Vec<&str> = name.split(' ').collect();
        words.push("--help");
        let help = result(&run(&words));
        for flag in flags {
            assert!(help.contains(&flag), "toguna {name} {flag}");
        }
    }
}

/// The anchor of a heading, as repository hosts make it.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The targets of links and images outside blocks of code.
fn targets(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        if fenced {
            continue;
        }
        for (at, _) in line.match_indices("](") {
            let rest = &line[at + 2..];
            found.extend(rest.split(')').next().map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_link_of_the_documents_leads_somewhere() {
    let mut dead = Vec::new();
    for (path, text) in documents() {
        // The texts of the hall link to pages of the site; the browser follows those.
        if path.components().any(|part| part.as_os_str() == "texts") {
            continue;
        }
        for target in targets(&text).iter().filter(|target| !target.contains("://")) {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let to = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let well = if heading.is_empty() {
                to.exists()
            } else {
                fs::read_to_string(&to)
                    .is_ok_and(|text| text.lines().any(|l| l.starts_with('#') && anchor(l) == heading))
            };
            if !well {
                dead.push(format!("{} : {target}", path.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn every_file_that_the_documents_name_exists() {
    let mut missing = Vec::new();
    for (path, text) in documents() {
        for name in text.split('`').skip(1).step_by(2) {
            let ours =
                ["crates/", "docs/", "packs/", "tests/", "xtask/"].iter().any(|top| name.starts_with(top));
            let plain = name.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
            let here = path.parent().unwrap().join(name);
            if ours && plain && !root().join(name).exists() && !here.exists() {
                missing.push(format!("{} : {name}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_specification_of_the_record_tells_every_field_and_actor_that_is_on_it() {
    let text = read("docs/record.md");
    let (_home, data) = copy();
    let database = rusqlite::Connection::open(Path::new(&data).join("toguna.db")).unwrap();
    let mut statement = database.prepare("SELECT bytes FROM entry ORDER BY idx").unwrap();
    let entries: Vec<Vec<u8>> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let (mut fields, mut actors) = (BTreeSet::new(), BTreeSet::new());
    for (index, bytes) in entries.iter().enumerate() {
        assert!(bytes.len() <= 65_535, "entry {index}");
        let entry: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        fields.extend(entry.as_object().unwrap().keys().cloned());
        actors.insert(entry["by"]["as"].as_str().unwrap().to_owned());
        assert_eq!(entry["word"] == "record-founded", index == 0, "entry {index}");
        assert!(!String::from_utf8_lossy(bytes).contains(":null"), "absent means unknown: entry {index}");
    }
    for field in &fields {
        assert!(text.contains(&format!("| `{field}` |")), "field {field}");
    }
    assert_eq!(fields.len(), 5);
    for actor in &actors {
        assert!(text.contains(&format!("{{\"as\":\"{actor}\"")), "actor {actor}");
    }
    assert_eq!(actors.len(), 2, "a demonstration is the clock's and the loader's: {actors:?}");
    for actor in ["person", "link-holder"] {
        assert!(text.contains(&format!("{{\"as\":\"{actor}\"")), "actor {actor}");
    }
}

/// Every Rust source of the crates, as one text.
fn sources() -> String {
    let mut text = String::new();
    let mut open = vec![root().join("crates")];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                text.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    text
}

#[test]
fn every_word_of_code_in_the_glossary_is_in_the_code_or_said_to_come() {
    let sources = sources();
    let mut missing = Vec::new();
    let mut looked = 0;
    for row in read("GLOSSAIRE.md").lines().filter(|row| row.starts_with('|') && !row.contains("à venir")) {
        let code = row.split('|').nth(2).unwrap_or_default();
        for word in code.split('`').skip(1).step_by(2) {
            looked += 1;
            if !sources.contains(word) {
                missing.push(word.to_owned());
            }
        }
    }
    assert!(looked > 40, "{looked}");
    assert!(missing.is_empty(), "{missing:?}");
}
