//! The real pack, sealed as an instance seals it: the sourced figures come out as of their days.

use std::sync::LazyLock;

use record::{Clock, Folder, Record};
use web::{Language, Languages};

use super::scene::{TABLES, day};
use crate::Value;

struct Sealed {
    record: Record,
    _folder: tempfile::TempDir,
}

static SEALED: LazyLock<Sealed> = LazyLock::new(|| {
    let pack =
        pack::Pack::read(&pack::embedded("mali").unwrap(), "2026-11-23T09:00:00Z".parse().unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let clock: Clock = std::sync::Arc::new(|| "2026-11-02T10:00:00Z".parse().unwrap());
    let record = Record::found(&Folder::at(folder.path()), pack.founded(), &TABLES, clock).unwrap();
    pack.seal(&record, &mut |_, _| {}).unwrap();
    Sealed { record, _folder: folder }
});

/// The audit as of a day: the shelf of that day, asked for that day.
fn audit(on: &str) -> Vec<Value> {
    let languages = Languages::of(&[crate::ROOM.lang]).unwrap();
    let shelf = SEALED.record.shelf.as_of(day(on), std::time::Duration::from_secs(600)).unwrap();
    shelf.read(|tx| crate::audit(tx, day(on), &languages, Language::French)).unwrap()
}

fn of<'a>(values: &'a [Value], code: &str, scope: &str) -> &'a Value {
    values
        .iter()
        .find(|value| value.code == code && value.scope == scope)
        .unwrap_or_else(|| panic!("{code} {scope}"))
}

#[test]
fn coverage_as_of_its_days() {
    for (on, scope, installed, required) in [
        ("2021-06-25", "region", 10, 20),
        ("2021-11-22", "region", 11, 20),
        ("2023-04-13", "region", 13, 20),
        ("2023-08-01", "region", 15, 20),
        ("2021-06-25", "commune", 13, 819),
        ("2022-08-04", "commune", 16, 819),
        ("2023-04-13", "commune", 17, 819),
        ("2023-05-30", "commune", 25, 819),
        // Whether the count of 7 December was public that day or with the report of the 10th is the pack’s say.
        ("2023-12-10", "commune", 38, 819),
    ] {
        let values = audit(on);
        let found = of(&values, "I-01", scope);
        assert_eq!((found.numerator, found.denominator), (Some(installed), Some(required)), "{scope} {on}");
    }
}

#[test]
fn thirty_eight_of_819_on_its_day() {
    let languages = Languages::of(&[crate::ROOM.lang]).unwrap();
    let on = day("2023-12-07");
    let values = SEALED.record.shelf.read(|tx| crate::audit(tx, on, &languages, Language::French)).unwrap();
    let found = of(&values, "I-01", "commune");
    assert_eq!((found.numerator, found.denominator, found.unknown), (Some(38), Some(819), Some(0)));
    assert_eq!(format!("{:.2}", found.value.unwrap() * 100.0), "4.64");
}

#[test]
fn goundam_and_the_517_recommendations() {
    let values = audit("2026-11-01");
    let women = of(&values, "I-07", "ccsc-commune-goundam");
    assert_eq!((women.numerator, women.denominator), (Some(2), Some(23)));
    let done = of(&values, "I-32", "cinsere/all");
    assert_eq!((done.numerator, done.denominator, done.unknown), (Some(72), Some(517), Some(0)));
    let begun = of(&values, "I-32", "cinsere/all/under-way");
    assert_eq!((begun.numerator, begun.denominator, begun.unknown), (Some(315), Some(517), Some(0)));
}

#[test]
fn what_the_pack_does_not_know_has_no_value() {
    let values = audit("2026-11-01");
    let seats = of(&values, "I-05", "region");
    assert_eq!((seats.numerator, seats.value), (Some(0), None));
    assert_eq!((seats.lower, seats.upper), (Some(0.0), Some(1.0)));
    assert_eq!(of(&values, "I-06", "region").value, None, "only the governors are known");
    let gap = of(&values, "I-11", "region");
    assert_eq!(
        (gap.numerator, gap.value),
        (Some(0), None),
        "a governor seated by inference is no closed gap"
    );
    // One sitting that a source reports is one month known; of the others nothing is.
    let months = of(&values, "I-03", "commune");
    assert_eq!((months.numerator, months.n, months.value), (Some(1), 1, None), "{months:?}");
    assert!(months.lower > Some(0.0) && months.upper == Some(1.0), "{months:?}");
    let late = of(&values, "I-02", "region");
    assert_eq!((late.value, late.unknown), (None, Some(15)), "nobody looked at these ninety days");
    assert_eq!(
        of(&values, "I-11", "commune").value,
        None,
        "three mayors' seats are empty, most are not known"
    );
    // One meaning of value, unknown and n in all shares.
    for value in values.iter().filter(|value| value.unknown.is_some() && value.lower.is_some()) {
        let (Some(part), Some(whole), Some(unknown)) = (value.numerator, value.denominator, value.unknown)
        else {
            continue;
        };
        assert_eq!(value.n, whole - unknown, "{value:?}");
        if let Some(share) = value.value {
            assert!((share - part as f64 / (whole - unknown) as f64).abs() < 1e-12, "{value:?}");
        }
    }
    for value in &values {
        assert!(!value.title.contains("indicators-"));
        for share in [value.lower, value.upper].into_iter().flatten() {
            assert!((0.0..=1.0).contains(&share), "{value:?}");
        }
    }
}

/// The object has these fields and no other, whatever the indicator.
#[test]
fn every_object_has_exactly_its_fields() {
    const OF_ALL: [&str; 13] = [
        "as_of",
        "code",
        "denominator",
        "formula_version",
        "lower",
        "n",
        "numerator",
        "record_size",
        "scope",
        "title",
        "unknown",
        "upper",
        "value",
    ];
    for value in audit("2026-11-01") {
        let object = serde_json::to_value(&value).unwrap();
        let mut found: Vec<String> = object.as_object().unwrap().keys().cloned().collect();
        found.sort_unstable();
        let mut expected = OF_ALL.to_vec();
        if ["I-04", "I-29"].contains(&value.code) {
            expected.extend(["median_days", "q25_days", "rmst_days"]);
        }
        expected.sort_unstable();
        assert_eq!(found, expected, "{object}");
    }
}
