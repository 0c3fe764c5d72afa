//! The entries of every release, read and written again byte for byte: a released word is never changed or removed.
//!
//! `golden/VERSION.jsonl` holds canonical entries of that release. A file is never edited; a release adds one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use terms::{Entry, Word};

fn releases() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut releases: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|file| {
            (file.file_name().to_string_lossy().into_owned(), std::fs::read_to_string(file.path()).unwrap())
        })
        .collect();
    releases.sort();
    releases
}

#[test]
fn every_entry_of_every_release_is_read_and_written_again() {
    for (release, text) in releases() {
        for (number, line) in text.lines().enumerate() {
            let entry = Entry::parse_strict(line.as_bytes())
                .unwrap_or_else(|fault| panic!("{release}, line {}: {fault}\n{line}", number + 1));
            assert_eq!(
                String::from_utf8(entry.to_bytes().unwrap()).unwrap(),
                line,
                "{release}, line {}",
                number + 1
            );
        }
    }
}

#[test]
fn every_word_has_a_golden_entry() {
    let found: BTreeSet<&str> = releases()
        .iter()
        .flat_map(|(_, text)| text.lines().map(|line| Entry::parse(line.as_bytes()).unwrap().word.spelling()))
        .collect();
    let missing: Vec<_> = Word::SPELLINGS.iter().filter(|spelling| !found.contains(*spelling)).collect();
    assert!(missing.is_empty(), "words without a golden entry: {missing:?}");
}

proptest! {
    #[test]
    fn any_bytes_are_an_entry_or_a_fault(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Entry::parse_strict(&bytes);
    }

    #[test]
    fn a_damaged_entry_never_passes_for_another_spelling(at in 0_usize..2_000, byte in any::<u8>()) {
        for (_, text) in releases() {
            let line = text.lines().nth(at % 40).unwrap_or_default();
            let mut bytes = line.as_bytes().to_vec();
            if bytes.is_empty() { continue; }
            let at = at % bytes.len();
            bytes[at] = byte;
            // What still parses strictly is its own canonical spelling, byte for byte.
            if let Ok(entry) = Entry::parse_strict(&bytes) {
                prop_assert_eq!(entry.to_bytes().unwrap(), bytes);
            }
        }
    }
}
