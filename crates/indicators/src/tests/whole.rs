//! The room as a whole: exercises apart, the past as it was known, replay, messages, completeness.

use std::path::Path;

use terms::institutions::{
    BodyInstalled, Holder, Interruption, SeatFilled, SeatInterrupted, SeatKind, SeatLeft, SeatSet, Sex,
};
use terms::sittings::{Evidence, SittingHeld};
use terms::{Bilingual, Mark, OccupancyId, Precision, SeatCode, SittingId, Word};

use super::golden::coverage;
use super::scene::{Scene, TABLES, body, day, summary};
use crate::audit::ALL;

fn installed(scene: &mut Scene, id: &str, on: &str) {
    scene.seal(Word::BodyInstalled(BodyInstalled {
        body: body(id),
        on: day(on),
        precision: Precision::Day,
        source: None,
        note: None,
    }));
}

fn seat(scene: &mut Scene, kind: &str, code: &str, constituency: &str, count: Option<u16>) {
    scene.seal(Word::SeatSet(SeatSet {
        body_kind: kind.into(),
        code: SeatCode::parse(code).unwrap(),
        name: Bilingual::same(code),
        kind: SeatKind::Category,
        constituency: constituency.into(),
        count,
        count_rule: None,
        designating_party: None,
        overseen_authority: None,
        sex: None,
        nominee: None,
        text: None,
        article: None,
        address: None,
        confidence: Mark::Verified,
        since: None,
        source: None,
    }));
}

fn filled(scene: &mut Scene, id: &str, of: &str, code: &str, sex: Option<Sex>) {
    scene.seal(Word::SeatFilled(SeatFilled {
        id: OccupancyId::parse(id).unwrap(),
        body: body(of),
        seat: SeatCode::parse(code).unwrap(),
        ordinal: 1,
        holder: Holder::Office { body: body("maire") },
        sex,
        youth: None,
        from: Some(day("2026-01-01")),
        precision: None,
        source: None,
    }));
}

fn sat(scene: &mut Scene, id: &str, of: &str, on: &str, evidence: Vec<Evidence>) {
    scene.seal(Word::SittingHeld(SittingHeld {
        id: SittingId::parse(id).unwrap(),
        body: body(of),
        on: day(on),
        evidence,
        present: Some(10),
        expected: Some(12),
        women: None,
        youth: None,
        civil_society: Some(4),
        paid_by: None,
        subject: None,
        minutes: None,
        source: None,
    }));
}

/// Two fictional communal committees, one of them of an exercise, with seats and sittings; and a few
/// recommendations.
pub(super) fn committees() -> Scene {
    let mut scene = coverage();
    scene.body("comite", "ccsc", false);
    scene.body("exercice-comite", "ccsc", true);
    seat(&mut scene, "ccsc", "maire", "elected", Some(1));
    seat(&mut scene, "ccsc", "femmes", "women", Some(1));
    seat(&mut scene, "ccsc", "osc", "civil-society", None);
    for id in ["comite", "exercice-comite"] {
        installed(&mut scene, id, "2026-01-01");
        filled(&mut scene, &format!("{id}-maire"), id, "maire", Some(Sex::Male));
        filled(&mut scene, &format!("{id}-femmes"), id, "femmes", Some(Sex::Female));
        sat(&mut scene, &format!("{id}-1"), id, "2026-01-10", vec![Evidence::Minutes]);
        sat(&mut scene, &format!("{id}-2"), id, "2026-02-10", vec![]);
    }
    scene.seal(Word::SeatInterrupted(SeatInterrupted {
        body: body("comite"),
        seat: SeatCode::parse("osc").unwrap(),
        ordinal: None,
        state: Interruption::Vacant,
        reason: "resignation".into(),
        from: day("2026-02-01"),
        to: None,
        source: None,
        note: None,
    }));
    scene.transmitted("r-1", "maire", "2026-03-02", Some("2026-03-09"), Some("2026-04-01"));
    scene.accepted("r-1", "maire", 1, "2026-03-20", Some("2026-06-30"));
    scene.exercise_transmitted("r-2", "exercice-maire", "2026-03-02", Some("2026-03-09"), Some("2026-04-01"));
    scene
}

#[test]
fn seats_and_sittings_of_a_committee_and_of_an_exercise() {
    let mut scene = committees();
    let at = |scene: &Scene, code: &str, scope: &str| summary(&scene.figures(code, "2026-03-31"), scope);
    assert_eq!(
        at(&scene, "I-03", "commune"),
        (1, 3, 0, Some(1.0 / 3.0)),
        "a sitting without evidence is none"
    );
    assert_eq!(at(&scene, "I-03", "exercise"), (1, 3, 0, Some(1.0 / 3.0)));
    // 38 counted: 37 that nobody names are unknown.
    assert_eq!(at(&scene, "I-02", "commune"), (1, 38, 37, Some(1.0)));
    assert_eq!(at(&scene, "I-02", "exercise").1, 1);
    assert_eq!(at(&scene, "I-05", "commune"), (1, 2, 0, Some(0.5)));
    assert_eq!(at(&scene, "I-05", "exercise"), (1, 2, 1, Some(1.0)));
    assert_eq!(at(&scene, "I-06", "commune"), (1, 2, 0, Some(0.5)));
    assert_eq!(at(&scene, "I-06", "commune/attendance"), (4, 10, 0, Some(0.4)));
    assert_eq!(at(&scene, "I-07", "all"), (1, 2, 0, Some(0.5)));
    assert_eq!(at(&scene, "I-11", "commune"), (1, 3, 0, Some(1.0 / 3.0)));
    scene.seal(Word::SeatLeft(SeatLeft {
        occupancy: OccupancyId::parse("comite-femmes").unwrap(),
        on: day("2026-03-15"),
        precision: None,
        reason: "resigned".into(),
        source: None,
    }));
    assert_eq!(at(&scene, "I-05", "commune"), (0, 2, 0, Some(0.0)));
    assert_eq!(summary(&scene.figures("I-05", "2026-03-14"), "commune").0, 1, "the day before she still sat");
}

#[test]
fn an_exercise_changes_no_real_figure() {
    let (real, mut with) = (coverage(), coverage());
    with.body("exercice-comite", "ccsc", true);
    installed(&mut with, "exercice-comite", "2026-01-01");
    sat(&mut with, "exercice-1", "exercice-comite", "2026-12-10", vec![Evidence::Minutes]);
    with.exercise_transmitted("r-2", "exercice-maire", "2026-03-02", Some("2026-03-09"), Some("2026-04-01"));
    // A real recommendation sent to an office of the exercise is an exercise too.
    with.transmitted("r-3", "exercice-maire", "2026-03-02", Some("2026-03-09"), Some("2026-04-01"));
    for indicator in ALL {
        let (alone, all) =
            (real.figures(indicator.code, "2026-12-31"), with.figures(indicator.code, "2026-12-31"));
        let all: Vec<_> = all.into_iter().filter(|figure| !figure.scope.starts_with("exercise")).collect();
        assert_eq!(alone, all, "{}", indicator.code);
    }
    assert_eq!(summary(&with.figures("I-28", "2026-12-31"), "exercise"), (0, 2, 0, Some(0.0)));
}

#[test]
fn the_past_is_what_was_known_then() {
    let mut scene = Scene::new();
    scene.kind("ccsr", "region", None);
    for (on, value, known) in [("2026-03-01", 10, "2026-03-01"), ("2026-03-01", 12, "2026-05-01")] {
        let word = terms::institutions::CountStated {
            subject: "installed-bodies".into(),
            scope: "ccsr".into(),
            on: day(on),
            value,
            of: Some(20),
            source: None,
            note: None,
        };
        scene.seal_known(Word::CountStated(word), Some(known));
    }
    let at = |known: &str| {
        let shelf = scene.record.shelf.as_of(day(known), std::time::Duration::from_secs(600)).unwrap();
        let counts = shelf.read(|tx| crate::tables::bodies::stated_counts(tx, "ccsr", day(known))).unwrap();
        counts.last().map(|count| count.value)
    };
    assert_eq!((at("2026-02-28"), at("2026-04-30"), at("2026-05-01")), (None, Some(10), Some(12)));
}

#[test]
fn time_granted_paused_and_climbed() {
    use terms::answers::{ClockPaused, ClockResumed, DueExtended, Escalated};
    let mut scene = Scene::new();
    let id = || terms::RecommendationId::parse("r-1").unwrap();
    scene.transmitted("r-1", "maire", "2026-03-02", None, Some("2026-04-01"));
    scene.seal(Word::DueExtended(DueExtended {
        recommendation: id(),
        addressee: body("maire"),
        on: day("2026-04-01"),
        answer_by: day("2026-05-01"),
        reason: super::scene::enclosed(),
    }));
    assert_eq!(summary(&scene.figures("I-28", "2026-04-30"), "all"), (0, 0, 0, None));
    assert_eq!(summary(&scene.figures("I-28", "2026-05-01"), "all"), (0, 1, 0, Some(0.0)));
    scene.seal(Word::ClockPaused(ClockPaused {
        recommendation: id(),
        addressee: body("maire"),
        from: day("2026-04-20"),
        cause: "precision".into(),
        text: None,
    }));
    assert_eq!(summary(&scene.figures("I-28", "2026-06-01"), "all"), (0, 0, 0, None), "it stands still");
    scene.seal(Word::ClockResumed(ClockResumed {
        recommendation: id(),
        addressee: body("maire"),
        on: day("2026-05-20"),
        acknowledge_by: None,
        answer_by: Some(day("2026-06-01")),
        text: None,
    }));
    assert_eq!(summary(&scene.figures("I-28", "2026-06-01"), "all"), (0, 1, 0, Some(0.0)));
    scene.seal(Word::Escalated(Escalated {
        recommendation: id(),
        from: body("maire"),
        to: body("gouverneur"),
        step: 1,
        on: day("2026-06-10"),
        letter: super::scene::enclosed(),
        rule: None,
        acknowledge_by: None,
        answer_by: Some(day("2026-07-10")),
    }));
    let figures = scene.figures("I-28", "2026-07-10");
    assert_eq!(summary(&figures, "all"), (0, 2, 0, Some(0.0)));
    assert_eq!((summary(&figures, "region").1, summary(&figures, "commune").1), (1, 1));
}

#[test]
fn tables_are_what_the_record_makes_of_them() {
    let mut scene = committees();
    scene.closed("r-1", "2026-05-01");
    scene.observed("r-1", 1, terms::answers::Progress::Done, "2026-05-02");
    // Words about what the record does not know change nothing and stop nothing.
    scene.acknowledged("r-absente", "maire", "2026-05-02");
    scene.accepted("r-absente", "personne", 1, "2026-05-02", None);
    scene.observed("r-absente", 1, terms::answers::Progress::Done, "2026-05-02");
    let file = record::Folder::at(scene.folder.path()).database();
    assert_eq!(record::replay::check(&file, &TABLES, &mut |_, _| {}).unwrap(), None);
    let (sizes, shown) = scene
        .record
        .shelf
        .read(|tx| -> Result<_, record::Fault> {
            let entries: u64 = tx.one("SELECT COUNT(*) FROM entry", &[])?;
            Ok((entries, crate::tables::record_size(tx)?))
        })
        .unwrap();
    assert_eq!(sizes, shown);
}

#[test]
fn every_message_is_there_in_both_languages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    for folder in [folder.clone(), folder.join("pages")] {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let wrong = web::laws::check_messages("indicators", &sources, crate::ROOM.lang.0, crate::ROOM.lang.1);
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_indicator_has_its_file_its_tests_and_its_method() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let languages = web::Languages::of(&[crate::ROOM.lang]).unwrap();
    let mut files = Vec::new();
    for indicator in ALL {
        let name = indicator.code.replace("I-", "i") + ".rs";
        let source = std::fs::read_to_string(folder.join(&name)).unwrap_or_else(|_| panic!("{name}"));
        assert!(source.contains("#[cfg(test)]") && source.contains("#[test]"), "{name} has no test");
        assert!(source.contains(&format!("code: \"{}\"", indicator.code)), "{name} is another's");
        for part in ["title", "what", "formula", "limits", "source"] {
            let key = format!("indicators-{part}-{}", indicator.slug());
            for language in web::Language::ALL {
                assert!(languages.has(language, &key), "{key} in {}", language.tag());
            }
        }
        files.push(name);
    }
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let is_indicator =
            name.len() == 6 && name.starts_with('i') && name[1..3].bytes().all(|b| b.is_ascii_digit());
        assert!(!is_indicator || files.contains(&name), "{name} stands in no list");
    }
    let mut codes: Vec<&str> = ALL.iter().map(|indicator| indicator.code).collect();
    codes.dedup();
    assert!(codes.is_sorted() && codes.len() == ALL.len());
}

#[test]
fn day_counts_are_the_sum_of_what_clocks_and_points_count() {
    use terms::answers::Progress;
    let mut scene = committees();
    scene.transmitted("r-3", "gouverneur", "2026-03-02", Some("2026-03-09"), Some("2026-04-01"));
    scene.transmitted("r-3", "gouverneur", "2026-04-02", None, Some("2026-05-01"));
    scene.refused_for_secrecy("r-3", "gouverneur", 1, "2026-03-30");
    scene.accepted("r-3", "gouverneur", 1, "2026-04-30", Some("2026-09-30"));
    scene.accepted("r-3", "gouverneur", 2, "2026-04-30", Some("2026-09-30"));
    scene.declared("r-3", "gouverneur", 1, Progress::Done, "2026-09-30");
    scene.observed("r-3", 1, Progress::PartlyDone, "2026-10-02");
    scene.observed("r-3", 2, Progress::Done, "2026-10-02");
    scene.closed("r-3", "2026-11-01");
    scene.closed("r-1", "2026-03-25");
    let (kept, again) = scene.record.shelf.read(crate::tables::clocks::both_ways).unwrap();
    assert!(kept.len() > 20, "{kept:?}");
    assert_eq!(kept, again);
}

/// Who is one counts once: two seats of an organisation registered twice are one hand, until the merger is undone.
#[test]
fn a_merged_organisation_is_one_hand() {
    use terms::OrganisationId;
    use terms::organisations::{OrganisationJoined, OrganisationsMerged, OrganisationsParted};
    let organisation = |id: &str| OrganisationId::parse(id).unwrap();
    let mut scene = committees();
    scene.kind("conseil", "national", None);
    scene.body("conseil-a", "conseil", false);
    seat(&mut scene, "conseil", "osc", "civil-society", Some(4));
    for (ordinal, holder) in [(1, "a"), (2, "a-bis"), (3, "b"), (4, "c")] {
        scene.seal(Word::SeatFilled(SeatFilled {
            id: OccupancyId::parse(&format!("siege-{ordinal}")).unwrap(),
            body: body("conseil-a"),
            seat: SeatCode::parse("osc").unwrap(),
            ordinal,
            holder: Holder::Organisation { organisation: organisation(holder), name: None },
            sex: None,
            youth: None,
            from: Some(day("2026-01-01")),
            precision: None,
            source: None,
        }));
    }
    let hands = |scene: &Scene| {
        let figures = scene.figures("I-08", "2026-03-02");
        figures.iter().find(|figure| figure.scope == "all").and_then(|figure| figure.value.or(figure.lower))
    };
    let apart = hands(&scene).unwrap();
    let before = scene.figures("I-09", "2026-03-02");
    scene.seal(Word::OrganisationsMerged(OrganisationsMerged {
        kept: organisation("a"),
        merged: organisation("a-bis"),
        ground: super::scene::enclosed(),
    }));
    let merged = hands(&scene).unwrap();
    assert!(merged > apart, "{merged} is more in one hand than {apart}");
    assert_eq!(scene.figures("I-09", "2026-03-02"), before, "seats are counted, and no seat is gone");
    // The umbrella of either is the umbrella of both, and nobody is in the family of themselves.
    scene.seal(Word::OrganisationJoined(OrganisationJoined {
        member: organisation("b"),
        umbrella: organisation("a-bis"),
        from: None,
        to: None,
        source: None,
    }));
    let family = hands(&scene).unwrap();
    assert!(family > merged, "{family} is more in one hand than {merged}");
    scene.seal(Word::OrganisationsParted(OrganisationsParted {
        merged: organisation("a-bis"),
        ground: super::scene::enclosed(),
    }));
    assert!(hands(&scene).unwrap() < family, "undone");
}
