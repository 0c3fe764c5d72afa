//! Entries are read and spelled as by the general libraries: serde's own reading, and an independent RFC 8785.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use terms::{Actor, Commitment, Day, Enclosed, Entry, Instant, Word};

const GOLDEN: &str = include_str!("golden/0.1.0.jsonl");

/// An entry as serde reads and writes it by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct General {
    at: Instant,
    by: Actor,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    known: Option<Day>,
    #[serde(flatten)]
    word: Word,
}

impl General {
    fn of(entry: &Entry) -> Self {
        Self { at: entry.at, by: entry.by.clone(), known: entry.known, word: entry.word.clone() }
    }

    /// The strict reading in the general way.
    fn read(bytes: &[u8]) -> Option<Self> {
        let general: Self = serde_json::from_slice(bytes).ok()?;
        (serde_json_canonicalizer::to_vec(&general).ok()? == bytes).then_some(general)
    }
}

/// The enclosures of a word, found in its general form.
fn enclosed(value: &serde_json::Value, found: &mut Vec<Commitment>) {
    if let Ok(enclosed) = serde_json::from_value::<Enclosed>(value.clone()) {
        found.push(enclosed.sha256);
    }
    match value {
        serde_json::Value::Object(fields) => fields.values().for_each(|inner| enclosed(inner, found)),
        serde_json::Value::Array(items) => items.iter().for_each(|inner| enclosed(inner, found)),
        _ => {}
    }
}

/// Both readings say the same of these bytes.
fn agree(bytes: &[u8]) -> Result<bool, TestCaseError> {
    let (ours, general) = (Entry::parse_whole(bytes), General::read(bytes));
    match (&ours, &general) {
        (Ok((entry, pieces)), Some(general)) => {
            prop_assert_eq!(&General::of(entry), general);
            let mut theirs = Vec::new();
            enclosed(&serde_json::to_value(&general.word).unwrap(), &mut theirs);
            let mut ours: Vec<_> = pieces.iter().map(|piece| piece.sha256).collect();
            ours.sort_unstable();
            theirs.sort_unstable();
            prop_assert_eq!(ours, theirs);
            Ok(true)
        }
        (Err(_), None) => Ok(false),
        _ => Err(TestCaseError::fail(format!("{ours:?}\n{general:?}\n{}", String::from_utf8_lossy(bytes)))),
    }
}

#[test]
fn every_golden_entry_is_read_alike() {
    for line in GOLDEN.lines() {
        assert!(agree(line.as_bytes()).unwrap(), "{line}");
    }
}

/// Every value within this one, itself included, put through `change`; the whole as it is then, once for each change.
fn changed(
    whole: &serde_json::Value,
    change: &dyn Fn(&serde_json::Value) -> Vec<serde_json::Value>,
) -> Vec<serde_json::Value> {
    let mut made = change(whole);
    match whole {
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                for other in changed(value, change) {
                    let mut fields = fields.clone();
                    fields.insert(key.clone(), other);
                    made.push(fields.into());
                }
            }
        }
        serde_json::Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                for other in changed(value, change) {
                    let mut items = items.clone();
                    items[at] = other;
                    made.push(items.into());
                }
            }
        }
        _ => {}
    }
    made
}

/// Golden entries with one value changed, spelled canonically as JSON and yet perhaps not as an entry.
fn each_changed(change: &dyn Fn(&serde_json::Value) -> Vec<serde_json::Value>) -> usize {
    let mut accepted = 0;
    for line in GOLDEN.lines().chain(include_str!("golden/0.2.0.jsonl").lines()) {
        for value in changed(&serde_json::from_str(line).unwrap(), change) {
            let bytes = serde_json_canonicalizer::to_vec(&value).unwrap();
            accepted += usize::from(agree(&bytes).unwrap());
        }
    }
    accepted
}

#[test]
fn a_day_or_an_instant_in_another_spelling_is_refused_alike() {
    let other = |value: &serde_json::Value| {
        let spellings = [
            "20260301",
            "+002026-03-01",
            "-000001-03-01",
            "2026-03-01T00:00:00",
            "2026-03-01T00",
            "2026-W09-7",
            "2026-060",
            "2026-03-01[u-ca=iso8601]",
            "2026-02-30",
            "2026-03-01 10:00:00Z",
            "2026-03-01T10:00:00.120Z",
            "2026-03-01T10:00:60Z",
            "2026-03-01T10:00:00+00:00",
            "2026-03-01T10:00:00z",
            "2026-03-01t10:00:00Z",
            "2026-03-01T10:00Z",
            "20260301T100000Z",
            "2026-03-01T10:00:00,5Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T10:00:00Z[UTC]",
            "2026-03-01T10:00:00.1234567891Z",
            "2026-03-01T10:00:00Z[u-ca=iso8601][x-yy=abcdefgh]",
            "2026-03-01",
            "2026-03-01T10:00:00Z",
            "2026-03-01T10:00:00.5Z",
            "2026-03-01T10:00:00.123456789Z",
        ];
        if value.is_string() { spellings.iter().map(|text| (*text).into()).collect() } else { Vec::new() }
    };
    assert!(each_changed(&other) > 100, "days and texts in their own spelling are taken");
}

#[test]
fn fields_left_out_added_or_empty_are_refused_alike() {
    let other = |value: &serde_json::Value| -> Vec<serde_json::Value> {
        let mut made = vec![
            serde_json::Value::Null,
            false.into(),
            true.into(),
            0.into(),
            (-1).into(),
            256.into(),
            (1_u64 << 53).into(),
            1.5.into(),
            "".into(),
            serde_json::json!([]),
            serde_json::json!({}),
            serde_json::json!([value, value]),
        ];
        if let serde_json::Value::Object(fields) = value {
            for key in fields.keys() {
                let mut fewer = fields.clone();
                fewer.remove(key);
                made.push(fewer.into());
            }
            for key in ["as", "body", "exercise", "name", "roll", "source", "text", "urgent", "x", "é"] {
                for worth in
                    [serde_json::Value::Null, false.into(), true.into(), "x".into(), serde_json::json!([])]
                {
                    let mut more = fields.clone();
                    more.insert(key.into(), worth);
                    made.push(more.into());
                }
            }
        }
        made
    };
    assert!(each_changed(&other) > 100, "some fields may be left out, and some texts be others");
}

/// A place in the text of a golden entry where a value, a key or a mark stands, and something put in its stead.
fn altered(line: &str, at: usize, cut: usize, put: &str) -> Vec<u8> {
    let bytes = line.as_bytes();
    let at = at % (bytes.len() + 1);
    let cut = cut.min(bytes.len() - at);
    [&bytes[..at], put.as_bytes(), &bytes[at + cut..]].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn altered_entries_are_read_alike(
        line in 0_usize..1_000,
        at in any::<usize>(),
        cut in 0_usize..4,
        put in prop_oneof![
            Just(String::new()), Just(" ".into()), Just("null".into()), Just("0".into()), Just("\\u00e9".into()),
            Just("\\/".into()), Just("\\n".into()), Just("\u{2028}".into()), Just(",\"x\":1".into()), Just("-0".into()),
            Just("1.0".into()), Just("\u{7f}".into()), Just("\u{1}".into()), Just("[]".into()), "\\PC{0,3}",
        ],
    ) {
        let lines: Vec<&str> = GOLDEN.lines().collect();
        agree(&altered(lines[line % lines.len()], at, cut, &put))?;
    }

    #[test]
    fn any_text_in_a_word_is_spelled_alike(
        french in any::<String>(),
        english in proptest::option::of(any::<String>()),
        controls in proptest::collection::vec(0_u8..0x20, 0..6),
    ) {
        let mut general = General::read(GOLDEN.lines().find(|line| line.contains("theme-set")).unwrap().as_bytes()).unwrap();
        let Word::ThemeSet(theme) = &mut general.word else { panic!("a theme") };
        theme.name.fr = french + &controls.iter().map(|byte| char::from(*byte)).collect::<String>();
        theme.name.en = english;
        let bytes = serde_json_canonicalizer::to_vec(&general).unwrap();
        prop_assert!(agree(&bytes)?);
    }

    #[test]
    fn fields_of_entries_are_put_together_and_read_alike(
        first in 0_usize..1_000, second in 0_usize..1_000, keep in any::<u64>(), order in any::<bool>(), doubled in any::<bool>(),
    ) {
        let lines: Vec<&str> = GOLDEN.lines().collect();
        let value = |n: usize| serde_json::from_str::<serde_json::Value>(lines[n % lines.len()]).unwrap();
        let (a, b) = (value(first), value(second));
        let mut fields: Vec<String> = Vec::new();
        for (n, (key, own)) in a.as_object().unwrap().iter().enumerate() {
            let taken = if keep >> n & 1 == 1 { b.get(key).unwrap_or(own) } else { own };
            fields.push(format!("{}:{taken}", serde_json::json!(key)));
        }
        if order { fields.reverse(); }
        if doubled { fields.push(fields[0].clone()); }
        agree(format!("{{{}}}", fields.join(",")).as_bytes())?;
    }
}
