//! The indicators of organisations over a record: what is declared, assessed and met, through the tables. All names are fictional.

use terms::organisations::{
    CapacityAssessed, ConcentrationBand, Exposure, ExposureStated, FundingDeclared, ItemAssessed,
    ObligationMet, ObligationRule, ObligationSet, OrganisationRegistered, Regard, ShareBand, Within,
};
use terms::{Bilingual, Mark, ObligationId, OrganisationId, RestrictionId, Word};

use super::scene::{Scene, day, enclosed, summary};

fn id(text: &str) -> OrganisationId {
    OrganisationId::parse(text).unwrap()
}

fn registered(scene: &mut Scene, name: &str, kind: &str, exercise: bool) {
    let word = OrganisationRegistered {
        id: id(name),
        name: format!("{name} (fiction)"),
        acronym: None,
        kind: kind.into(),
        founded: None,
        legal_form: None,
        place: None,
        source: None,
        note: None,
        exercise,
    };
    scene.seal_known(Word::OrganisationRegistered(word), Some("2020-01-01"));
}

fn exposure(band: ShareBand) -> Exposure {
    let restriction = RestrictionId::parse("taxe").unwrap();
    Exposure { restriction, told: 1, share: Some(Within { low: band, high: band }) }
}

fn declared(scene: &mut Scene, name: &str, year: i16, band: ConcentrationBand, exposures: Vec<Exposure>) {
    let by_funder = Some(Within { low: band, high: band });
    let word = FundingDeclared {
        organisation: id(name),
        year,
        by_funder,
        by_category: None,
        largest: None,
        state: None,
        foreign: None,
        own: None,
        tied: None,
        untold: None,
        reserve: None,
        exposures,
        figures: enclosed(),
    };
    scene.seal_known(Word::FundingDeclared(word), Some("2026-05-01"));
}

/// Four real organisations, a body of the State, and one of an exercise.
fn organisations() -> Scene {
    let mut scene = Scene::new();
    for name in ["a", "b", "c", "d"] {
        registered(&mut scene, name, "ngo", false);
    }
    registered(&mut scene, "etat", "state-body", false);
    registered(&mut scene, "jeu", "association", true);
    scene
}

#[test]
fn the_newest_declared_year_counts_and_an_old_one_does_not() {
    let mut scene = organisations();
    declared(&mut scene, "a", 2024, ConcentrationBand::Dependent, vec![]);
    declared(&mut scene, "a", 2025, ConcentrationBand::Diversified, vec![]);
    declared(&mut scene, "b", 2025, ConcentrationBand::Diversified, vec![]);
    declared(&mut scene, "b", 2025, ConcentrationBand::Concentrated, vec![]);
    declared(&mut scene, "c", 2023, ConcentrationBand::Dependent, vec![]);
    declared(&mut scene, "etat", 2025, ConcentrationBand::Dependent, vec![]);
    declared(&mut scene, "jeu", 2025, ConcentrationBand::Dependent, vec![]);
    let on = |scene: &Scene, day: &str, scope: &str| summary(&scene.figures("I-13", day), scope);
    assert_eq!(on(&scene, "2026-12-31", "all"), (1, 4, 2, Some(0.5)), "b, said anew; c is too old, d silent");
    assert_eq!(on(&scene, "2026-12-31", "exercise").0, 1);
    assert_eq!(on(&scene, "2026-04-30", "all"), (0, 4, 4, None), "nothing was known the day before");
    assert_eq!(on(&scene, "2019-12-31", "all"), (0, 0, 0, None), "nor was any organisation");
    let all = scene.figures("I-13", "2026-12-31");
    assert!(all.iter().all(|figure| !figure.scope.contains("(fiction)")), "nobody is named");
}

#[test]
fn an_exposure_said_anew_takes_the_place_of_the_one_declared() {
    let mut scene = organisations();
    declared(&mut scene, "a", 2026, ConcentrationBand::Moderate, vec![exposure(ShareBand::None)]);
    declared(&mut scene, "b", 2026, ConcentrationBand::Moderate, vec![exposure(ShareBand::UpTo75)]);
    let at = |scene: &Scene, scope: &str| summary(&scene.figures("I-14", "2026-12-31"), scope);
    assert_eq!(at(&scene, "all"), (1, 4, 2, Some(0.5)));
    let entry = scene
        .record
        .shelf
        .read(|tx| tx.one::<u64>("SELECT entry FROM ind_funding WHERE organisation = 'a'", &[]));
    scene.seal(Word::ExposureStated(ExposureStated {
        organisation: id("a"),
        year: 2026,
        declared: entry.unwrap(),
        exposures: vec![exposure(ShareBand::UpTo50)],
    }));
    assert_eq!(at(&scene, "all"), (2, 4, 2, Some(1.0)));
    assert_eq!(at(&scene, "all/exposed-half"), (1, 4, 2, Some(0.5)));
    assert_eq!(at(&scene, "all/reserve-under-3"), (0, 4, 4, None), "no reserve is told");
}

fn assessed(scene: &mut Scene, name: &str, regard: Regard, on: &str, level: Option<u8>) {
    let item = |n: usize| ItemAssessed { item: format!("D{n}.1"), level, remark: None };
    let word = CapacityAssessed {
        organisation: id(name),
        grid: 1,
        regard,
        peer: (regard == Regard::Peer).then(|| id("b")),
        assessor: None,
        on: day(on),
        items: (1..=8).map(item).collect(),
    };
    scene.seal(Word::CapacityAssessed(word));
}

#[test]
fn the_newest_assessment_of_five_organisations_makes_a_mean() {
    let mut scene = organisations();
    registered(&mut scene, "e", "youth", false);
    for (name, level) in [("a", 1), ("b", 2), ("c", 2), ("d", 3)] {
        assessed(&mut scene, name, Regard::Own, "2026-02-01", Some(level));
    }
    assessed(&mut scene, "jeu", Regard::Own, "2026-02-01", Some(4));
    assessed(&mut scene, "e", Regard::External, "2026-02-01", Some(4));
    let at = |scene: &Scene, day: &str, scope: &str| {
        let figures = scene.figures("I-16", day);
        let found = figures.iter().find(|figure| figure.scope == scope).unwrap().clone();
        (found.value, found.n, found.unknown.unwrap())
    };
    assert_eq!(at(&scene, "2026-12-31", "all"), (None, 4, 1), "under five, and another regard is none");
    assessed(&mut scene, "e", Regard::Own, "2026-06-01", Some(2));
    // A later round, dated before the newest, does not take its place; one that says nothing has no domain.
    assessed(&mut scene, "a", Regard::Own, "2026-05-01", Some(4));
    assessed(&mut scene, "a", Regard::Own, "2026-03-01", Some(1));
    assert_eq!(at(&scene, "2026-12-31", "all"), (Some((4 + 2 + 2 + 3 + 2) as f64 / 5.0), 5, 0));
    assert_eq!(at(&scene, "2026-05-31", "all/d3"), (None, 4, 1), "e came later");
    for name in ["a", "b", "c", "d", "e"] {
        assessed(&mut scene, name, Regard::Peer, "2026-07-01", Some(3));
    }
    assert_eq!(at(&scene, "2026-12-31", "all/gap-d8"), (Some((1 + 1 + 1 + 1) as f64 / 5.0), 5, 0));
}

#[test]
fn obligations_met_are_counted_against_those_that_fell_due() {
    let mut scene = organisations();
    let rule = |id: &str, kinds: &[&str], rule: ObligationRule| {
        Word::ObligationSet(ObligationSet {
            id: ObligationId::parse(id).unwrap(),
            title: Bilingual::same(id),
            kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            rule,
            basis: None,
            mark: Mark::Proposal,
            source: None,
            note: None,
        })
    };
    scene.seal(rule("rapport", &["ngo"], ObligationRule::Yearly { month: 3, day: 31 }));
    scene.seal(rule("bureau", &[], ObligationRule::After { event: Bilingual::same("x"), days: 90 }));
    let met = |name: &str, obligation: &str, on: &str| {
        Word::ObligationMet(ObligationMet {
            organisation: id(name),
            obligation: ObligationId::parse(obligation).unwrap(),
            due: day("2026-03-31"),
            on: day(on),
            receipt: None,
        })
    };
    scene.seal(met("a", "rapport", "2026-03-31"));
    scene.seal(met("b", "rapport", "2026-04-01"));
    scene.seal(met("c", "bureau", "2026-03-01"));
    let at = |day: &str| summary(&scene.figures("I-17", day), "all");
    assert_eq!(at("2026-12-31"), (1, 4, 2, Some(0.5)), "what follows an event is not counted");
    assert_eq!(at("2026-03-30"), (0, 4, 4, None), "of the year before nothing is said");
    let exercise = summary(&scene.figures("I-17", "2026-12-31"), "exercise");
    assert_eq!(exercise, (0, 0, 0, None), "the report is not asked of associations");
}
