//! The golden figures of the study that these indicators cover, read out of a record that holds the sourced
//! facts.
//!
//! **Source** domain.md 10; counts of regional and communal committees as the pack states them, the law of
//! 2023, Goundam's committee of November 2021, the State's tally of 517 recommendations.

use terms::institutions::{BodyInstalled, CompositionStated, CountStated, RequiredStated, TallyStated};
use terms::{Precision, Word};

use super::scene::{Scene, body, day, summary};
use crate::figure::Figure;

fn required(scene: &mut Scene, kind: &str, count: u32, from: &str, to: Option<&str>) {
    scene.seal(Word::RequiredStated(RequiredStated {
        kind: kind.into(),
        count,
        from: Some(day(from)),
        to: to.map(day),
        source: None,
    }));
}

fn counted(scene: &mut Scene, kind: &str, on: &str, value: u32, of: u32) {
    let word = CountStated {
        subject: "installed-bodies".into(),
        scope: kind.into(),
        on: day(on),
        value,
        of: Some(of),
        source: None,
        note: None,
    };
    scene.seal_known(Word::CountStated(word), Some(on));
}

const REGIONS: [(&str, u32, &str); 4] = [
    ("2021-06-25", 10, "50.00"),
    ("2021-11-22", 11, "55.00"),
    ("2023-04-13", 13, "65.00"),
    ("2023-08-01", 15, "75.00"),
];

const COMMUNES: [(&str, u32, &str); 5] = [
    ("2021-06-25", 13, "1.59"),
    ("2022-08-04", 16, "1.95"),
    ("2023-04-13", 17, "2.08"),
    ("2023-05-30", 25, "3.05"),
    ("2023-12-07", 38, "4.64"),
];

pub(super) fn coverage() -> Scene {
    let mut scene = Scene::new();
    scene.kind("ccsr", "region", None);
    scene.kind("ccsc", "commune", Some("month"));
    required(&mut scene, "ccsr", 20, "2019-01-29", Some("2023-03-13"));
    required(&mut scene, "ccsr", 20, "2023-03-13", None);
    required(&mut scene, "ccsc", 703, "2019-01-29", Some("2023-03-13"));
    required(&mut scene, "ccsc", 819, "2023-03-13", None);
    scene.seal(Word::CountStated(CountStated {
        subject: "sex-quota".into(),
        scope: "pays".into(),
        on: day("2015-12-18"),
        value: 30,
        of: Some(100),
        source: None,
        note: None,
    }));
    for (on, value, _) in REGIONS {
        counted(&mut scene, "ccsr", on, value, 20);
    }
    for (on, value, _) in COMMUNES {
        counted(&mut scene, "ccsc", on, value, 819);
    }
    scene
}

fn percent(share: Option<f64>) -> String {
    format!("{:.2}", share.unwrap() * 100.0)
}

fn of<'a>(figures: &'a [Figure], scope: &str) -> &'a Figure {
    figures.iter().find(|figure| figure.scope == scope).unwrap()
}

#[test]
fn committees_installed_by_level_and_day() {
    let scene = coverage();
    for (scope, rows, whole) in [("region", &REGIONS[..], 20), ("commune", &COMMUNES[..], 819)] {
        for (on, installed, expected) in rows {
            let figures = scene.figures("I-01", on);
            let found = of(&figures, scope);
            assert_eq!(
                (found.numerator, found.denominator),
                (Some(i64::from(*installed)), Some(whole)),
                "{on}"
            );
            assert_eq!(percent(found.value), *expected, "{scope} {on}");
            assert_eq!(found.unknown, Some(0));
        }
    }
    let later = scene.figures("I-01", "2026-12-31");
    assert_eq!(of(&later, "region").unknown, Some(5));
    assert_eq!(of(&later, "region").value, None, "what became of the other five is not known");
    assert_eq!(percent(of(&later, "region").lower), "75.00");
    assert_eq!(of(&later, "commune").upper, Some(1.0));
}

#[test]
fn the_same_from_the_shelf_of_the_day() {
    let scene = coverage();
    for (on, scope, installed, whole) in
        [("2023-08-01", "region", 15, 20), ("2023-12-07", "commune", 38, 819)]
    {
        let shelf = scene.record.shelf.as_of(day(on), std::time::Duration::from_secs(600)).unwrap();
        // What the law requires was loaded with the pack and is not backdated here: the count says of how
        // many itself.
        let counts = shelf.read(|tx| {
            crate::tables::bodies::stated_counts(tx, if scope == "region" { "ccsr" } else { "ccsc" }, day(on))
        });
        let newest = counts.unwrap().pop().unwrap();
        assert_eq!((newest.value, newest.of), (installed, Some(whole)), "{on}");
    }
}

#[test]
fn women_at_goundam() {
    let mut scene = coverage();
    scene.body("ccsc-goundam", "ccsc", false);
    scene.seal(Word::BodyInstalled(BodyInstalled {
        body: body("ccsc-goundam"),
        on: day("2021-11-17"),
        precision: Precision::Day,
        source: None,
        note: None,
    }));
    scene.seal(Word::CompositionStated(CompositionStated {
        body: body("ccsc-goundam"),
        on: day("2021-11-17"),
        members: 23,
        women: Some(2),
        youth: None,
        source: None,
        note: None,
    }));
    let figures = scene.figures("I-07", "2021-11-17");
    for scope in ["all", "ccsc-goundam"] {
        let found = of(&figures, scope);
        assert_eq!(percent(found.value), "8.70");
        let gap = of(&figures, &format!("{scope}/gap"));
        assert_eq!(format!("{:.1}", gap.value.unwrap() * 100.0), "21.3");
        assert_eq!((found.lower, found.upper), (found.value, found.value), "a census has no interval");
    }
    assert_eq!(scene.figures("I-07", "2021-11-16")[0].n, 0, "not before its day");
}

#[test]
fn the_517_recommendations() {
    let mut scene = Scene::new();
    for (class, total, done, under_way) in [
        ("all", 517, Some(72), Some(315)),
        ("priority", 55, Some(28), Some(26)),
        ("complementary", 153, Some(16), Some(123)),
        ("non-priority", 309, None, None),
    ] {
        scene.seal(Word::TallyStated(TallyStated {
            set: "cinsere".into(),
            class: class.into(),
            on: day("2024-12-31"),
            total,
            done,
            under_way,
            source: None,
            note: None,
        }));
    }
    assert!(scene.figures("I-32", "2024-12-30").iter().all(|figure| !figure.scope.starts_with("cinsere")));
    let figures = scene.figures("I-32", "2024-12-31");
    for (scope, done, beside) in [
        ("cinsere/all", "13.93", "60.93"),
        ("cinsere/priority", "50.91", "47.27"),
        ("cinsere/complementary", "10.46", "80.39"),
    ] {
        assert_eq!(percent(of(&figures, scope).value), done);
        assert_eq!(percent(of(&figures, scope).besides.under_way.unwrap().under_way_share), beside);
        assert_eq!(percent(of(&figures, &format!("{scope}/under-way")).value), beside);
    }
    assert_eq!(of(&figures, "cinsere/non-priority").value, None);
    assert_eq!(summary(&figures, "all"), (0, 0, 0, None), "the sets are not the house's own recommendations");
    // The sums that the source prints (74.85 % and 90.85 %) are nowhere.
    let languages = web::Languages::of(&[crate::ROOM.lang]).unwrap();
    let values = scene
        .record
        .shelf
        .read(|tx| crate::audit(tx, day("2024-12-31"), &languages, web::Language::French))
        .unwrap();
    let rows: Vec<String> = values.iter().flat_map(crate::table_row).collect();
    let printed =
        format!("{}{}{}", crate::csv(&values), serde_json::to_string(&values).unwrap(), rows.join("|"));
    for sum in ["74,85", "74.85", "0.7485", "90,85", "0.9084", "0.9085", "387"] {
        assert!(!printed.contains(sum), "{sum}");
    }
    assert!(printed.contains("réalisées 13,93\u{202f}% — en cours 60,93\u{202f}%"), "{printed}");
}
