//! Leximin probabilities as another method finds them, with two solvers, and as the usual tool does for its examples.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod instances;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use instances::{Instance, golden};
use sortition::{Transcript, prepare, verify};

/// How far two solvers may be apart.
const TOLERANCE: f64 = 1e-4;

fn expected(path: &Path) -> BTreeMap<String, f64> {
    let text = fs::read_to_string(path).unwrap();
    let rows = text.lines().skip(1).map(|line| line.split_once(',').unwrap());
    rows.map(|(id, share)| (id.to_owned(), share.parse().unwrap())).collect()
}

fn agree(name: &str, transcript: &Transcript, expected: &BTreeMap<String, f64>) {
    assert_eq!(transcript.probabilities.len(), expected.len(), "{name}");
    for (id, wanted) in expected {
        let share = transcript.probabilities[id];
        assert!((share - wanted).abs() <= TOLERANCE, "{name}: {id} has {share}, expected {wanted}");
    }
    let seats: f64 = transcript.probabilities.values().sum();
    assert!((seats - f64::from(transcript.seats)).abs() < 1e-6, "{name}: {seats} seats");
}

#[test]
fn leximin_is_what_another_method_finds_with_two_solvers() {
    let all = golden();
    assert!(all.len() >= 5);
    for (name, instance) in all {
        let transcript = instance.prepared();
        agree(&name, &transcript, &expected(&instance.folder.join("expected.csv")));
        verify(&transcript, &mut |_| {}).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}

/// A copy of the data of others that stands beside the repository, if it does.
fn beside(part: &str) -> Option<PathBuf> {
    let around = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found =
        around.map(|folder| folder.join("shared/data/sortition").join(part)).find(|path| path.exists());
    if found.is_none() {
        // Not `eprintln!`: the test runner would hide it from a run that passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: no copy of {part} stands here");
    }
    found
}

#[test]
fn leximin_is_what_the_usual_tool_finds_for_its_own_example() {
    let Some(folder) = beside("scotland_22") else { return };
    let instance = Instance::read(
        &folder,
        &folder.join("candidates.csv"),
        "nationbuilder_id",
        &folder.join("features.csv"),
        22,
    );
    let transcript = prepare(&instance.pool, &instance.quotas, 22, &mut |_| {}).unwrap();
    agree("scotland_22", &transcript, &expected(&folder.join("leximin_oracle.csv")));
    assert!((transcript.min_probability.unwrap() - 1.0 / 11.0).abs() < 1e-9);
}

#[test]
fn leximin_is_what_was_published_for_the_small_example() {
    let Some(folder) = beside("example_small_20") else { return };
    let text = fs::read_to_string(folder.join("respondents.csv")).unwrap();
    let mut pool = String::new();
    for (place, line) in text.lines().enumerate() {
        let id = if place == 0 { "id".to_owned() } else { format!("p{}", place - 1) };
        pool += &format!("{id},{line}\n");
    }
    let home = std::env::temp_dir().join(format!("sortition-{}.csv", std::process::id()));
    fs::write(&home, pool).unwrap();
    let instance = Instance::read(&folder, &home, "id", &folder.join("categories.csv"), 20);
    fs::remove_file(&home).unwrap();
    let transcript = instance.prepared();
    agree("example_small_20", &transcript, &expected(&folder.join("leximin_oracle.csv")));
}
