//! The laws of the house that a program can see, kept over the sources themselves. Each says what it found and where.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod sources;

use std::fs;
use std::path::PathBuf;

use sources::{apart, below, crates, every, instruments, is_test, of, paths, rooms, spoken, words};

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
fn the_rooms_of_the_house_are_the_rooms_that_there_are() {
    let list = fs::read_to_string(crates().join("toguna/src/rooms.rs")).unwrap();
    let named: std::collections::BTreeSet<String> = list
        .match_indices("::ROOM")
        .filter_map(|(at, _)| words(&list[..at]).last().map(str::to_owned))
        .collect();
    assert_eq!(named.into_iter().collect::<Vec<_>>(), rooms(), "rooms.rs names every room and nothing else");
    let map = fs::read_to_string(crates().parent().unwrap().join("ARCHITECTURE.md")).unwrap();
    let part = map.split("-- instruments").nth(1).and_then(|rest| rest.split("-- spine").next()).unwrap();
    let named: Vec<&str> = part.lines().skip(1).filter_map(|line| words(line).next()).collect();
    let mut named: Vec<String> = named.into_iter().map(str::to_owned).collect();
    named.sort();
    assert_eq!(named, instruments(), "the map names every instrument and nothing else");
}

#[test]
fn no_room_depends_on_a_room() {
    let mut broken = Vec::new();
    for room in rooms() {
        let needs = sources::needs(&room);
        broken
            .extend(rooms().iter().filter(|o| needs.contains(*o)).map(|o| format!("{room} depends on {o}")));
    }
    hold("Rooms meet in the record, not in each other.", &broken);
}

/// What of the standard library can be used without looking outside.
const INWARD: [&str; 22] = [
    "array",
    "borrow",
    "char",
    "cmp",
    "collections",
    "convert",
    "default",
    "error",
    "f32",
    "f64",
    "fmt",
    "hash",
    "iter",
    "marker",
    "mem",
    "num",
    "ops",
    "option",
    "result",
    "slice",
    "str",
    "string",
];

/// Names by which clock, chance, file, network, database, terminal or another thread is reached.
const OUTWARD: [&str; 61] = [
    // Clock.
    "now",
    "SystemTime",
    "UNIX_EPOCH",
    "Zoned",
    "elapsed",
    "sleep",
    "Clock",
    // Chance.
    "rand",
    "rand_core",
    "getrandom",
    "fastrand",
    "random",
    "thread_rng",
    "OsRng",
    "SysRng",
    "StdRng",
    "Rng",
    "RngCore",
    "CryptoRng",
    "from_entropy",
    "RandomState",
    "Uuid",
    // Files, the terminal and the process.
    "fs",
    "OpenOptions",
    "PathBuf",
    "read_to_string",
    "read_dir",
    "tempfile",
    "stdin",
    "stdout",
    "stderr",
    "println",
    "print",
    "eprintln",
    "eprint",
    "dbg",
    "env",
    "option_env",
    "process",
    "Command",
    // Network.
    "net",
    "TcpStream",
    "UdpSocket",
    "IpAddr",
    "reqwest",
    "ureq",
    "hyper",
    "axum",
    "tokio",
    "tracing",
    // Database and record.
    "rusqlite",
    "postgres",
    "Tx",
    "Desk",
    "Shelf",
    "Scribe",
    "Record",
    "Connection",
    // Other threads, and what the compiler cannot look into.
    "thread",
    "unsafe",
    "await",
];

/// What in this source looks outside.
fn outward(source: &str) -> Vec<String> {
    let code = apart(source).code;
    let named = words(&code).filter(|word| OUTWARD.contains(word)).map(str::to_owned);
    let standard = ["std", "core", "alloc"].iter().flat_map(|first| paths(&code, first));
    let standard =
        standard.filter(|part| !INWARD.contains(&part.as_str())).map(|part| format!("std::{part}"));
    named.chain(standard).collect()
}

#[test]
fn what_looks_outside_is_seen() {
    for source in [
        "use std::{fmt, time::SystemTime};",
        "let today = jiff::Zoned::now();",
        "let day = terms::Day::now();",
        "std::fs::read(path)",
        "use std::net;",
        "let id: u64 = rand::random();",
        "fn facts(tx: &mut Tx<'_>) {}",
        "rusqlite::Connection::open(path)",
        "core::arch::asm!(\"\")",
        "println!(\"{x}\")",
        "async { tokio::spawn(x).await }",
    ] {
        assert!(!outward(source).is_empty(), "{source}");
    }
    for source in ["// std::fs::read\nfn known(days: u32) {}", "let text = \"now fs net\"; std::mem::take(a)"]
    {
        assert!(outward(source).is_empty(), "{source} {:?}", outward(source));
    }
}

#[test]
fn acts_and_instruments_are_pure() {
    let acts = rooms().into_iter().flat_map(|room| {
        let src = crates().join(room).join("src");
        let mut files = below(&src.join("acts"));
        files.push(src.join("acts.rs"));
        files.retain(|file| file.exists() && !is_test(file));
        files
    });
    let acts: Vec<PathBuf> = acts.collect();
    assert!(acts.len() > 8, "{acts:?}");
    let mut broken = Vec::new();
    for file in acts.into_iter().chain(of(&instruments())) {
        let outward = outward(&spoken(&file)).into_iter();
        broken.extend(outward.map(|word| format!("{} : {word}", file.display())));
    }
    hold("Acts and instruments read no clock, chance, file, network or database.", &broken);
}

#[test]
fn instruments_stand_alone() {
    // `csv` is given bytes; `microlp` reads a clock only where it is given a time limit or asked how long it took.
    let known = [
        "base64",
        "csv",
        "ed25519-dalek",
        "jiff",
        "libm",
        "microlp",
        "num-bigint",
        "num-rational",
        "num-traits",
        "serde",
        "sha2",
        "thiserror",
    ];
    let mut broken = Vec::new();
    for name in instruments() {
        let others = sources::needs(&name).into_iter().filter(|other| !known.contains(&other.as_str()));
        broken.extend(others.map(|other| format!("{name} needs {other}: can it look outside?")));
    }
    hold("An instrument is used without the product, and nothing it needs looks outside.", &broken);
}

/// Whether a text is a statement to a database.
fn is_statement(text: &str) -> bool {
    let text = text.replace("\\\n", " ").to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let has = |word: &str| words.contains(&word);
    match words.as_slice() {
        ["select", ..] | ["with", ..] => has("from"),
        ["insert", "into", ..] | ["delete", "from", ..] | ["alter", "table", ..] => true,
        ["drop" | "create", "table" | "index" | "view" | "unique" | "trigger", ..] => true,
        ["update", ..] => has("set"),
        ["replace", "into", ..] | ["pragma", ..] | ["vacuum", ..] => true,
        _ => false,
    }
}

#[test]
fn sql_is_in_tables_only() {
    let mut broken = Vec::new();
    let mut statements = 0;
    for file in of(&rooms()) {
        let mut parts = file.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let in_tables = parts.any(|part| part == "tables" || part == "tables.rs");
        let found = apart(&spoken(&file)).texts.into_iter().filter(|text| is_statement(text));
        for text in found {
            if in_tables {
                statements += 1;
            } else {
                broken.push(format!("{} : {text}", file.display()));
            }
        }
    }
    assert!(statements > 100, "{statements}: the law no longer sees a statement where there is one");
    hold("The only SQL of a room is in its tables.", &broken);
}

#[test]
fn one_text_serves_both_databases() {
    let broken = naming(
        of(&every()),
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
    // The bench makes a country up, and the instance's name of the delivered pack is the command line's default.
    let names: Vec<String> = every().into_iter().filter(|name| name != "bench").collect();
    let mut broken = naming(of(&names), &["Mali", "Bamako", "Ségou", "CNRSS", "\"ccsr", "\"ccsc", "FCFA"]);
    // Nor in the words for people.
    let of_one =
        ["Mali", "Bamako", "Ségou", "CNRSS", "CRSS", "CCSR", "CCSC", "PNUD", "UNDP", "FCFA", "n° 20"];
    let words = rooms().into_iter().chain(["web".to_owned()]).flat_map(|name| {
        let folder = fs::read_dir(crates().join(name).join("lang")).into_iter().flatten().flatten();
        folder.map(|file| file.path()).collect::<Vec<_>>()
    });
    for path in words {
        let text = fs::read_to_string(&path).unwrap();
        let named = of_one.iter().filter(|word| text.contains(**word));
        broken.extend(named.map(|word| format!("{} : {word}", path.display())));
    }
    hold("A country is a pack, never code.", &broken);
}

#[test]
fn verification_needs_only_the_log_and_the_words() {
    let src = crates().join("record/src");
    let mut files = below(&src.join("verify"));
    files.push(src.join("verify.rs"));
    let outside = ["std::fs", "std::net", "std::env", "std::process", "crate::", "jiff", "rusqlite"];
    let mut broken = naming(files.clone(), &outside);
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
    let mut broken = Vec::new();
    for file in of(&every()) {
        for (number, line) in spoken(&file).lines().enumerate() {
            let style = line.contains(" style=\"") || line.contains(" style=(");
            let script = words(line).any(|word| word == "script") && line.contains("script {")
                || line.contains("<script")
                || line.contains("onclick");
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
    // Rate limits must tell visitors apart: one file reads who asks, and can write it nowhere.
    let near = crates().join("web/src/near.rs");
    let broken = naming(
        of(&every()).into_iter().filter(|file| *file != near),
        &["USER_AGENT", "user-agent", "User-Agent", "x-forwarded-for", "X-Forwarded-For", "remote_addr"],
    );
    hold("Logs and tables hold no IP address, user agent or device.", &broken);
    let broken = naming([near], &["tracing", "record", "Tx", "fs", "println", "user-agent"]);
    hold("Who asks is counted and forgotten.", &broken);
}

#[test]
fn folders_and_files_say_what_they_hold() {
    let mut broken = Vec::new();
    for file in below(&crates()) {
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
    for file in below(&crates()).into_iter().filter(|file| !is_test(file)) {
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
    for room in rooms() {
        let readme = fs::read_to_string(crates().join(&room).join("README.md")).unwrap_or_default();
        for wanted in ["lost", "gain"] {
            if !readme.contains(wanted) {
                broken.push(format!("{room}/README.md does not say what is {wanted}ed or lost"));
            }
        }
        let door = fs::read_to_string(crates().join(&room).join("src/lib.rs")).unwrap_or_default();
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
    hold("The map is the country.", &broken);
}
