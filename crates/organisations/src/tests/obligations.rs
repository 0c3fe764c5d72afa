//! Obligations: due days, what can be said of them, and a notebook that nobody else reads. All names are fictional.

use terms::access::Role;
use terms::organisations::{ObligationMet, ObligationRule, ObligationSet};
use terms::{Behalf, Bilingual, Mark, ObligationId, Word};

use super::{day, house, id};
use crate::acts::{Nearness, ObligationRefusal, due_days, meet};

const TODAY: &str = "2026-03-02";

fn yearly(month: u8, of: u8) -> ObligationRule {
    ObligationRule::Yearly { month, day: of }
}

fn after(days: u16) -> ObligationRule {
    ObligationRule::After { event: Bilingual::same("le changement"), days }
}

#[test]
fn due_days_are_those_around_today_and_those_that_follow() {
    let found = |rule: &ObligationRule, happened: &[&str]| -> Vec<String> {
        let happened: Vec<_> = happened.iter().map(|text| day(text)).collect();
        due_days(rule, &happened, day(TODAY)).iter().map(ToString::to_string).collect()
    };
    assert_eq!(found(&yearly(3, 31), &[]), ["2025-03-31", "2026-03-31", "2027-03-31"]);
    assert_eq!(found(&yearly(2, 29), &[]), ["2025-02-28", "2026-02-28", "2027-02-28"]);
    assert!(found(&yearly(13, 1), &[]).is_empty());
    assert!(found(&after(90), &[]).is_empty());
    // The day itself is not counted, the last one is; a Sunday is not put off.
    assert_eq!(found(&after(90), &["2026-01-01", "2026-02-01"]), ["2026-04-01", "2026-05-02"]);
    assert_eq!(found(&after(6), &["2026-03-02"]), ["2026-03-08"]);
}

#[test]
fn that_something_was_met_is_refused_on_one_side_of_each_limit() {
    use ObligationRefusal as R;
    let met = |due: &str, on: &str| ObligationMet {
        organisation: id("afd"),
        obligation: ObligationId::parse("rapport").unwrap(),
        due: day(due),
        on: day(on),
        receipt: None,
    };
    let rule = yearly(3, 31);
    let cases = [
        (met("2026-03-31", TODAY), Some(&rule), false, vec![]),
        (met("2025-03-31", "2025-04-02"), Some(&rule), false, vec![]),
        (met("2026-03-31", TODAY), None, false, vec![R::NotAsked]),
        (met("2026-03-30", TODAY), Some(&rule), false, vec![R::NotDue]),
        (met("2026-03-31", "2026-03-03"), Some(&rule), false, vec![R::Later("jour")]),
        (met("2026-03-31", TODAY), Some(&rule), true, vec![R::AlreadySaid]),
    ];
    for (written, rule, said, refusals) in cases {
        let name = format!("{written:?} {said}");
        assert_eq!(meet(written, rule, said, day(TODAY)).err().unwrap_or_default(), refusals, "{name}");
    }
    assert!(
        meet(met("2026-05-17", TODAY), Some(&after(90)), false, day(TODAY)).is_ok(),
        "it knows what it follows"
    );
}

#[test]
fn reminders_come_thirty_and_seven_days_before_and_once_it_is_past() {
    let near = |due: &str| Nearness::of(day(due), day(TODAY));
    assert_eq!(near("2026-04-02"), None, "31 days");
    assert_eq!(near("2026-04-01"), Some(Nearness::Coming), "30 days");
    assert_eq!(near("2026-03-10"), Some(Nearness::Coming), "8 days");
    assert_eq!(near("2026-03-09"), Some(Nearness::Near), "7 days");
    assert_eq!(near(TODAY), Some(Nearness::Near), "today");
    assert_eq!(near("2026-03-01"), Some(Nearness::Past), "yesterday");
}

fn asks(id: &str, kinds: &[&str], rule: ObligationRule) -> Word {
    Word::ObligationSet(ObligationSet {
        id: ObligationId::parse(id).unwrap(),
        title: Bilingual::same("Rapport annuel fictif"),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        rule,
        basis: Some("Texte fictif".into()),
        mark: Mark::Proposal,
        source: None,
        note: None,
    })
}

#[tokio::test]
async fn ticks_and_notes_are_for_the_organisation_alone() {
    let house = house();
    house.load(None, asks("rapport", &["women"], yearly(3, 20)));
    house.load(None, asks("jeunes", &["youth"], yearly(3, 20)));
    house.load(None, asks("bureau", &[], after(90)));
    let own = house.guest(Behalf::Organisation { organisation: id("afd") }, Role::Secretary);
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let path = "/organisations/afd/obligations";
    let public = house.get(None, path).await.text();
    assert!(public.contains("Rapport annuel fictif") && public.contains("proposition, non vérifiée"));
    assert!(!public.contains("Votre carnet") && !public.contains("dans 18 j"));
    let mine = house.get(Some(&own), path).await.text();
    assert!(mine.contains("Votre carnet") && mine.contains("dans 18 j"), "{mine}");
    assert!(!house.get(Some(&steward), path).await.text().contains("Votre carnet"));

    let notebook = format!("{path}/carnet");
    let tick = [
        ("obligation", "rapport"),
        ("echeance", "2026-03-20"),
        ("note", "Déposé chez le préfet."),
        ("faire", "cocher"),
    ];
    assert_eq!(house.post(Some(&steward), &notebook, &tick).await.status, 403);
    assert_eq!(house.post(Some(&own), &notebook, &tick).await.status, 303);
    let mine = house.get(Some(&own), path).await.text();
    assert!(mine.contains("Déposé chez le préfet.") && !mine.contains("dans 18 j"));
    for guest in [Some(&steward), None] {
        assert!(!house.get(guest, path).await.text().contains("Déposé"));
    }
    let happened = [("obligation", "bureau"), ("jour", "2026-02-01"), ("faire", "noter")];
    assert_eq!(house.post(Some(&own), &notebook, &happened).await.status, 303);
    assert!(house.get(Some(&own), path).await.text().contains("2 mai 2026"), "90 days after");
    assert!(!house.get(None, path).await.text().contains("2 mai 2026"));
    let agenda = house.get(None, "/organisations/afd/obligations.ics").await.text();
    assert!(agenda.contains("DTSTART;VALUE=DATE:20260320") && !agenda.contains("20260502"), "{agenda}");
    let all = house.get(None, "/obligations.ics?sorte=youth").await.text();
    assert_eq!(all.matches("BEGIN:VEVENT").count(), 3, "{all}");
    assert!(house.get(None, "/obligations.csv").await.text().contains("rapport,"));

    let say = format!("{path}/remplie");
    let met = [("obligation", "rapport"), ("echeance", "2026-03-20"), ("jour", "2026-03-01")];
    assert_eq!(house.post(Some(&own), &say, &met).await.status, 303);
    assert!(house.get(None, path).await.text().contains("remplie le"));
    assert_eq!(house.post(Some(&own), &say, &met).await.status, 422, "it is said already");
    let other = [("obligation", "jeunes"), ("echeance", "2026-03-20"), ("jour", "2026-03-01")];
    assert_eq!(house.post(Some(&own), &say, &other).await.status, 422, "it is not asked of associations");
    assert_eq!(house.difference().map(|difference| format!("{difference:?}")), None);
}
