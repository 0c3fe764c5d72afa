//! The sources as the laws read them: which crates there are, and their words without comments, texts and tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of all crates.
pub(crate) fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every crate there is, by its folder.
pub(crate) fn every() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(crates())
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() > 10, "{names:?}");
    names
}

/// The rooms: every crate whose door is a `ROOM`.
pub(crate) fn rooms() -> Vec<String> {
    let mut names = every();
    names.retain(|name| is_room(&source(&crates().join(name).join("src/lib.rs"))));
    assert!(names.len() > 5, "{names:?}");
    names
}

fn is_room(door: &str) -> bool {
    door.lines().any(|line| line.starts_with("pub ") && line.contains(" ROOM: ") && line.contains("Room "))
}

/// The instruments: every crate that needs none of the others, and that others may be used without.
pub(crate) fn instruments() -> Vec<String> {
    let mut names = every();
    names.retain(|name| needs(name).is_disjoint(&every().into_iter().collect()));
    assert!(names.len() > 2, "{names:?}");
    names
}

/// What a crate depends on, tests apart.
pub(crate) fn needs(name: &str) -> BTreeSet<String> {
    let manifest = fs::read_to_string(crates().join(name).join("Cargo.toml")).unwrap();
    let mut within = false;
    let mut found = BTreeSet::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            within = table.ends_with("dependencies") && !table.contains("dev-");
            // `[dependencies.name]` and `[target.'…'.dependencies.name]`.
            if let Some((_, name)) = table.split_once("dependencies.").filter(|_| !table.contains("dev-")) {
                found.insert(name.trim_matches('"').to_owned());
            }
        } else if within
            && let Some(name) = line.split(['.', '=', ' ']).next().filter(|name| !name.is_empty())
        {
            found.insert(name.trim_matches('"').to_owned());
        }
    }
    found
}

fn source(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// Every Rust source below a folder.
pub(crate) fn below(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
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

/// The sources of these crates, without their tests.
pub(crate) fn of(names: &[String]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        names.iter().flat_map(|name| below(&crates().join(name).join("src"))).collect();
    files.retain(|file| !is_test(file));
    assert!(!files.is_empty());
    files
}

pub(crate) fn is_test(path: &Path) -> bool {
    path.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs")))
        || path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| stem.ends_with("_tests"))
}

/// A source without its tests and lines of comment: what the laws speak of.
pub(crate) fn spoken(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let before_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
    before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// A source taken apart: its code without comments and texts, and its texts.
pub(crate) struct Apart {
    /// The code; where a text or a comment stood there is a space.
    pub(crate) code: String,
    /// Every text between quotation marks, as written.
    pub(crate) texts: Vec<String>,
}

/// What the source says, code and texts apart.
pub(crate) fn apart(source: &str) -> Apart {
    let (mut code, mut texts) = (String::new(), Vec::new());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
        } else if let Some((text, after)) = raw(rest) {
            texts.push(text.to_owned());
            code.push(' ');
            rest = after;
        } else if c == '"' {
            let end = closing(rest);
            texts.push(rest[1..end].to_owned());
            code.push(' ');
            rest = rest.get(end + 1..).unwrap_or_default();
        } else if let Some(after) = character(rest) {
            code.push(' ');
            rest = after;
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    Apart { code, texts }
}

/// A text like `r#"…"#` that begins here, and what comes after it.
fn raw(rest: &str) -> Option<(&str, &str)> {
    let marks = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let inner = marks.trim_start_matches('#');
    let hashes = &marks[..marks.len() - inner.len()];
    let inner = inner.strip_prefix('"')?;
    let end = inner.find(&format!("\"{hashes}"))?;
    Some((&inner[..end], &inner[end + 1 + hashes.len()..]))
}

/// Where the text that begins here ends.
fn closing(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    rest.len()
}

/// What comes after the character like `'"'` that begins here; a lifetime is none.
fn character(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('\'')?;
    let many = if inner.starts_with('\\') { 2 } else { 1 };
    let end = inner.char_indices().nth(many).filter(|(_, c)| *c == '\'')?.0;
    inner.get(end + 1..)
}

/// The words of code: names, not marks.
pub(crate) fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// The paths of code whose first part is this: `std::fmt` for `std`, each name of a group apart.
pub(crate) fn paths(code: &str, first: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(&format!("{first}::")) {
        let inside =
            code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
        let rest = &code[at + first.len() + 2..];
        if inside {
            continue;
        }
        let group = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(group, _)| group);
        let parts = group.map_or_else(|| vec![rest], |group| group.split(',').collect());
        found.extend(parts.into_iter().filter_map(|part| words(part).next()).map(str::to_owned));
    }
    found
}

#[test]
fn sources_are_taken_apart() {
    let read = apart(
        "let a = \"fs \\\" // x\"; // now\nlet b = r#\"a \"b\" c\"#; let c = '\"'; fn d<'a>() /* e */ {}",
    );
    assert_eq!(read.texts, ["fs \\\" // x", "a \"b\" c"]);
    assert_eq!(words(&read.code).collect::<Vec<_>>(), ["let", "a", "let", "b", "let", "c", "fn", "d", "a"]);
    assert_eq!(paths("use std::{fmt, fs::File}; std::net::X; my_std::a", "std"), ["fmt", "fs", "net"]);
}
