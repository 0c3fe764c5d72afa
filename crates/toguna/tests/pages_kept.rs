//! Pages are kept until something is written, and nothing a visitor asked stays in them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use terms::institutions::PlaceNamed;
use terms::{PlaceId, Word};
use web::rehearsal::Rehearsal;

fn place(id: &str, name: &str) -> Word {
    Word::PlaceNamed(PlaceNamed {
        id: PlaceId::parse(id).unwrap(),
        level: "region".into(),
        name: name.into(),
        variants: vec![],
        from: None,
        to: None,
        lat_e2: None,
        lon_e2: None,
        source: None,
        exercise: false,
    })
}

#[tokio::test]
async fn a_page_is_made_again_once_something_was_written() {
    let house = Rehearsal::of(&toguna::rooms::ROOMS, "2026-03-02T10:00:00Z");
    assert!(!house.get(None, "/lieux").await.text().contains("Région neuve"));
    assert!(!house.get(None, "/lieux").await.text().contains("Région neuve"));
    house.load(None, place("region-neuve", "Région neuve"));
    assert!(house.get(None, "/lieux").await.text().contains("Région neuve"));
    // The day before, nobody knew of it; each day keeps its own page.
    assert!(!house.get(None, "/lieux?au=2026-03-01").await.text().contains("Région neuve"));
    assert!(house.get(None, "/lieux").await.text().contains("Région neuve"));
}

#[tokio::test]
async fn languages_and_queries_do_not_meet() {
    let house = Rehearsal::of(&toguna::rooms::ROOMS, "2026-03-02T10:00:00Z");
    let english = house.get(None, "/en/lieux").await.text();
    let french = house.get(None, "/lieux").await.text();
    assert!(english.contains("lang=\"en\"") && french.contains("lang=\"fr\""));
    assert_eq!(house.get(None, "/lieux?au=canari-de-requete").await.status.as_u16(), 422);
    house.get(None, "/lieux?x=canari-de-requete").await;
    assert!(!house.get(None, "/lieux").await.text().contains("canari-de-requete"));
}

#[tokio::test]
async fn what_a_signed_in_person_sees_is_kept_for_nobody() {
    let house = Rehearsal::of(&toguna::rooms::ROOMS, "2026-03-02T10:00:00Z");
    let guest = house.guest(terms::Behalf::Instance, terms::access::Role::Steward);
    let seen = house.get(Some(&guest), "/lieux").await;
    assert_eq!(seen.header("cache-control"), "no-store");
    assert!(seen.text().contains("/deconnexion"));
    assert!(!house.get(None, "/lieux").await.text().contains("/deconnexion"));
}

#[tokio::test]
async fn no_page_passes_for_one_of_a_day_that_is_none_or_has_not_come() {
    let house = Rehearsal::of(&toguna::rooms::ROOMS, "2026-03-02T10:00:00Z");
    for path in ["/", "/lieux", "/lieux.csv", "/recommandations.json", "/indicateurs", "/registre"] {
        for (asked, says) in [
            ("hier", "« hier » n’est pas une date"),
            ("2026-02-30", "« 2026-02-30 » n’est pas une date"),
            ("2026-03-03", "« 2026-03-03 » n’est pas encore venu"),
        ] {
            let answer = house.get(None, &format!("{path}?au={asked}")).await;
            assert_eq!(answer.status.as_u16(), 422, "{path} {asked}");
            assert!(answer.text().replace('\u{a0}', " ").contains(says), "{path} {asked}");
        }
        // Today, and a date left empty, are no mistakes.
        for asked in ["2026-03-02", ""] {
            assert_eq!(house.get(None, &format!("{path}?au={asked}")).await.status.as_u16(), 200, "{path}");
        }
    }
    let english = house.get(None, "/en/lieux?au=2026-03-03").await.text();
    assert!(english.contains("has not come yet"));
}
