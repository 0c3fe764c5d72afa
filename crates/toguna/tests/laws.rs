//! The laws of the house that a program can see, kept over the sources themselves. Each says what it found and where.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::fs;
use std::path::{Path, PathBuf};

const ROOMS: [&str; 8] = [
    "access",
    "institutions",
    "organisations",
    "sittings",
    "recommendations",
    "answers",
    "indicators",
    "hall",
];
const INSTRUMENTS: [&str; 3] = ["calendar", "statistics", "tlog"];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every Rust source below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs")))
        || path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| stem.ends_with("_tests"))
}

/// A source without its tests and comments: what the law speaks of.
fn spoken(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let before_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
    before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn hold(law: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{law}\n  {}", broken.join("\n  "));
}

fn naming(paths: impl IntoIterator<Item = PathBuf>, forbidden: &[&str]) -> Vec<String> {
    let mut broken = Vec::new();
    for path in paths {
        let text = spoken(&path);
        for word in forbidden.iter().filter(|word| text.contains(**word)) {
            broken.push(format!("{} : {word}", path.display()));
        }
    }
    broken
}

#[test]
fn no_room_depends_on_a_room() {
    let mut broken = Vec::new();
    for room in ROOMS {
        let manifest = fs::read_to_string(crates().join(room).join("Cargo.toml")).unwrap();
        for other in ROOMS.iter().filter(|other| **other != room) {
            if manifest.lines().any(|line| line.starts_with(&format!("{other}."))) {
                broken.push(format!("{room} depends on {other}"));
            }
        }
    }
    hold("Rooms meet in the record, not in each other.", &broken);
}

#[test]
fn acts_and_instruments_are_pure() {
    let acts = ROOMS.iter().flat_map(|room| {
        let src = crates().join(room).join("src");
        let mut files = sources(&src.join("acts"));
        files.push(src.join("acts.rs"));
        files.retain(|file| file.exists() && !is_test(file));
        files
    });
    let instruments = INSTRUMENTS.iter().flat_map(|name| sources(&crates().join(name).join("src")));
    let files: Vec<PathBuf> = acts.chain(instruments).filter(|file| !is_test(file)).collect();
    let broken = naming(
        files,
        &[
            "SystemTime",
            "Instant::now",
            "Zoned::now",
            "Timestamp::now",
            "std::fs",
            "std::net",
            "getrandom",
            "rand::",
            "rusqlite",
            "postgres::",
            "Tx<",
            "axum",
            "tokio",
            "std::env",
            "thread::",
        ],
    );
    hold("Acts and instruments read no clock, chance, file, network or database.", &broken);
}

#[test]
fn sql_is_in_tables_only() {
    let mut broken = Vec::new();
    for room in ROOMS {
        for file in sources(&crates().join(room).join("src")) {
            let in_tables = file
                .components()
                .any(|part| matches!(part.as_os_str().to_str(), Some("tables" | "tables.rs")));
            if in_tables || is_test(&file) {
                continue;
            }
            for statement in ["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE", "UPDATE "] {
                if spoken(&file).contains(&format!("\"{statement}")) {
                    broken.push(format!("{} : {statement}", file.display()));
                }
            }
        }
    }
    // The indicators are questions: each stands in the file of its indicator, over tables that only `tables` changes.
    broken.retain(|line| !(line.contains("/indicators/src/") && line.ends_with("SELECT ")));
    hold("The only SQL of a room is in its tables.", &broken);
}

#[test]
fn one_text_serves_both_databases() {
    let all =
        ROOMS.iter().chain(&["web", "record"]).flat_map(|name| sources(&crates().join(name).join("src")));
    let broken = naming(
        all.filter(|file| !is_test(file)),
        &[
            "INSERT OR ",
            "IFNULL(",
            "COLLATE NOCASE",
            "strftime('",
            "julianday(",
            "datetime('",
            "AUTOINCREMENT",
            " GLOB ",
        ],
    );
    hold("Statements keep to what both databases run (decision 0002).", &broken);
}

#[test]
fn nothing_of_a_country_is_in_code() {
    let names = ROOMS.iter().chain(&INSTRUMENTS).chain(&["terms", "record", "web", "pack"]);
    let files =
        names.flat_map(|name| sources(&crates().join(name).join("src"))).filter(|file| !is_test(file));
    let broken = naming(files, &["Mali", "Bamako", "Ségou", "CNRSS", "\"ccsr", "\"ccsc", "FCFA"]);
    hold("A country is a pack, never code.", &broken);
}

#[test]
fn verification_needs_only_the_log_and_the_words() {
    let src = crates().join("record/src");
    let mut files = sources(&src.join("verify"));
    files.push(src.join("verify.rs"));
    let mut broken = naming(
        files.clone(),
        &["std::fs", "std::net", "std::env", "std::process", "crate::", "jiff", "rusqlite"],
    );
    // Its own parts, the words and the log; threads and collections of the language.
    let allowed = ["use terms::", "use tlog::", "use std::", "use super::", "use pieces::", "use run::"];
    for file in files {
        for line in spoken(&file).lines().filter(|line| line.starts_with("use ")) {
            if !allowed.iter().any(|start| line.starts_with(start)) {
                broken.push(format!("{} : {line}", file.display()));
            }
        }
    }
    hold("`toguna verify` needs only `tlog` and `terms`.", &broken);
}

#[test]
fn pages_have_no_script_and_no_style_attribute() {
    let pages = ROOMS.iter().chain(&["web"]).flat_map(|room| sources(&crates().join(room).join("src")));
    let mut broken = Vec::new();
    for file in pages.filter(|file| !is_test(file)) {
        for (number, line) in spoken(&file).lines().enumerate() {
            let style = line.contains(" style=\"") || line.contains(" style=(");
            let script = line.contains("script {") || line.contains("<script") || line.contains("onclick");
            let elsewhere =
                line.contains("src=\"http") || line.contains("link rel=\"stylesheet\" href=\"http");
            if style || script || elsewhere {
                broken.push(format!("{}:{} {}", file.display(), number + 1, line.trim()));
            }
        }
    }
    hold("No page needs JavaScript; none loads anything from elsewhere.", &broken);
}

#[test]
fn nothing_about_a_visitors_machine_is_named() {
    let all = ROOMS
        .iter()
        .chain(&["web", "record", "toguna"])
        .flat_map(|name| sources(&crates().join(name).join("src")));
    // Rate limits must tell visitors apart: one file reads who asks, and can write it nowhere.
    let near = crates().join("web/src/near.rs");
    let broken = naming(
        all.filter(|file| !is_test(file) && *file != near),
        &["USER_AGENT", "user-agent", "User-Agent", "x-forwarded-for", "X-Forwarded-For", "remote_addr"],
    );
    hold("Logs and tables hold no IP address, user agent or device.", &broken);
    let broken = naming([near], &["tracing", "record", "Tx", "fs", "println", "user-agent"]);
    hold("Who asks is counted and forgotten.", &broken);
}

#[test]
fn folders_and_files_say_what_they_hold() {
    let mut broken = Vec::new();
    for file in sources(&crates()) {
        for part in file.strip_prefix(crates()).unwrap().components() {
            let name = part.as_os_str().to_string_lossy().replace(".rs", "");
            if ["util", "utils", "helper", "helpers", "common", "misc", "manager", "service", "base"]
                .contains(&name.as_str())
            {
                broken.push(file.display().to_string());
            }
        }
    }
    hold("No folder is called after nothing.", &broken);
}

#[test]
fn functions_fit_on_a_page() {
    const LINES_MAX: usize = 70;
    let mut broken = Vec::new();
    for file in sources(&crates()).into_iter().filter(|file| !is_test(file)) {
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let trimmed = line.trim_start();
            let indent = line.len() - trimmed.len();
            let begins = [
                "fn ",
                "pub fn ",
                "pub(crate) fn ",
                "async fn ",
                "pub async fn ",
                "pub const fn ",
                "const fn ",
            ]
            .iter()
            .any(|word| trimmed.starts_with(word));
            if !begins || trimmed.ends_with(';') {
                continue;
            }
            let end = lines[at..].iter().position(|l| {
                l.len() - l.trim_start().len() == indent
                    && l.trim_end() == format!("{}}}", " ".repeat(indent))
            });
            if let Some(length) = end.filter(|length| *length > LINES_MAX) {
                broken.push(format!("{}:{} {} lines", file.display(), at + 1, length));
            }
        }
    }
    hold("A function is at most 70 lines.", &broken);
}

#[test]
fn every_crate_says_what_it_is() {
    let mut broken = Vec::new();
    for room in ROOMS {
        let readme = fs::read_to_string(crates().join(room).join("README.md")).unwrap_or_default();
        for wanted in ["lost", "gain"] {
            if !readme.contains(wanted) {
                broken.push(format!("{room}/README.md does not say what is {wanted}ed or lost"));
            }
        }
        let door = fs::read_to_string(crates().join(room).join("src/lib.rs")).unwrap_or_default();
        if !door.contains("include_str!(\"../README.md\")") {
            broken.push(format!("{room} : its README is not its crate doc"));
        }
    }
    hold("A room's README says what happens here, what is lost, what is gained.", &broken);
}

#[test]
fn every_room_is_on_the_map() {
    let root = crates().parent().unwrap().to_owned();
    let map = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let mut broken = Vec::new();
    for entry in fs::read_dir(crates()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !map.contains(&format!("\n  {name} ")) {
            broken.push(format!("{name} is not in ARCHITECTURE.md"));
        }
    }
    let rooms = fs::read_to_string(crates().join("toguna/src/rooms.rs")).unwrap();
    broken.extend(
        ROOMS.iter().filter(|room| !rooms.contains(&format!("{room}::ROOM"))).map(|room| (*room).to_owned()),
    );
    hold("The map is the country.", &broken);
}
