//! The acts and months case by case, and the pages through the house. All names are fictional.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use record::Tables;
use terms::access::Role;
use terms::instance::{EnclosureWithdrawn, SourceCited};
use terms::institutions::{BodyEstablished, BodyInstalled, BodyKindSet, PlaceJoined, PlaceNamed};
use terms::sittings::{Evidence, SittingHeld, SittingNotHeld};
use terms::{
    Behalf, Bilingual, BodyId, Commitment, Day, Mark, PlaceId, Precision, SittingId, SourceId, Word,
};
use web::rehearsal::Rehearsal;
use web::{Page, Room, Spot, Visit};

use crate::acts::{Draft, Minutes, Refusal, hold, miss, month};
use crate::months::{Held, last_months, months_between};

const NOW: &str = "2026-03-02T10:00:00Z";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn body(text: &str) -> BodyId {
    BodyId::parse(text).unwrap()
}

fn draft() -> Draft {
    Draft {
        id: SittingId::parse("s").unwrap(),
        body: body("comite"),
        on: day("2026-03-02"),
        evidence: vec![],
        present: None,
        expected: None,
        women: None,
        youth: None,
        civil_society: None,
        paid_by: None,
        source: None,
        minutes: Minutes::None,
        another: false,
    }
}

#[test]
fn recording_is_refused_on_one_side_of_each_limit() {
    let counted = |present, expected| Draft { present, expected, ..draft() };
    let minutes = vec!["minutes".to_owned()];
    let source = SourceId::parse("journal").ok();
    let cases = [
        (draft(), false, vec![]),
        (Draft { on: day("2026-03-03"), ..draft() }, false, vec![Refusal::Later]),
        (draft(), true, vec![Refusal::SameDay]),
        (Draft { another: true, ..draft() }, true, vec![]),
        (counted(Some(15), Some(15)), false, vec![]),
        (counted(Some(16), Some(15)), false, vec![Refusal::MoreThanExpected { expected: 15 }]),
        (counted(Some(16), None), false, vec![]),
        (Draft { women: Some(12), ..counted(Some(12), Some(15)) }, false, vec![]),
        (
            Draft { women: Some(13), ..counted(Some(12), Some(15)) },
            false,
            vec![Refusal::MoreThanPresent("femmes", 12)],
        ),
        (Draft { youth: Some(12), ..counted(Some(12), None) }, false, vec![]),
        (
            Draft { youth: Some(13), ..counted(Some(12), None) },
            false,
            vec![Refusal::MoreThanPresent("jeunes", 12)],
        ),
        (Draft { civil_society: Some(15), ..counted(None, Some(15)) }, false, vec![]),
        (
            Draft { civil_society: Some(16), ..counted(None, Some(15)) },
            false,
            vec![Refusal::MoreThanPresent("societe-civile", 15)],
        ),
        (Draft { women: Some(9), ..draft() }, false, vec![]),
        (Draft { paid_by: Some("nobody".into()), ..draft() }, false, vec![]),
        (Draft { paid_by: Some("someone".into()), ..draft() }, false, vec![Refusal::UnknownPayer]),
        (Draft { evidence: vec!["rumour".into()], ..draft() }, false, vec![Refusal::UnknownEvidence]),
        (Draft { evidence: minutes.clone(), ..draft() }, false, vec![Refusal::MinutesMissing]),
        (Draft { evidence: minutes.clone(), minutes: Minutes::Sent, ..draft() }, false, vec![]),
        (Draft { evidence: minutes, source, ..draft() }, false, vec![]),
        (Draft { minutes: Minutes::Twice, ..draft() }, false, vec![Refusal::MinutesTwice]),
        (
            Draft { on: day("2026-04-01"), women: Some(3), ..counted(Some(2), Some(1)) },
            true,
            vec![
                Refusal::Later,
                Refusal::SameDay,
                Refusal::MoreThanExpected { expected: 1 },
                Refusal::MoreThanPresent("femmes", 2),
            ],
        ),
    ];
    for (draft, same_day, refusals) in cases {
        let name = format!("{draft:?}");
        let decided = hold(draft, same_day, day("2026-03-02"));
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{name}");
    }
}

#[test]
fn minutes_that_are_sent_are_evidence() {
    let sent = hold(Draft { minutes: Minutes::Sent, ..draft() }, false, day("2026-03-02")).unwrap();
    assert_eq!(sent.evidence, [Evidence::Minutes]);
    assert_eq!(hold(draft(), false, day("2026-03-02")).unwrap().evidence, []);
}

#[test]
fn a_month_without_is_refused_on_one_side_of_each_limit() {
    let cases = [
        ("2026-02", "2026-03-01", false, false, vec![]),
        ("02/2026", "2026-03-01", false, false, vec![]),
        ("2026-02", "2026-02-28", false, false, vec![Refusal::MonthNotOver]),
        ("2026-02", "2026-03-01", true, false, vec![Refusal::SittingInMonth]),
        ("2026-02", "2026-03-01", false, true, vec![Refusal::SaidAlready]),
        ("2026-13", "2026-03-01", true, true, vec![Refusal::MonthUnreadable("2026-13".into())]),
        ("février", "2026-03-01", false, false, vec![Refusal::MonthUnreadable("février".into())]),
        ("1/2/2026", "2026-03-01", false, false, vec![Refusal::MonthUnreadable("1/2/2026".into())]),
    ];
    for (text, today, sitting_in, said, refusals) in cases {
        let decided = miss(body("comite"), text, None, sitting_in, said, day(today));
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{text} {today}");
    }
    assert_eq!(month("2024-02"), Some((day("2024-02-01"), day("2024-03-01"))));
    assert_eq!(month("12/2025"), Some((day("2025-12-01"), day("2026-01-01"))));
}

#[test]
fn what_is_not_known_of_a_month_is_a_state_of_its_own() {
    let sittings = [
        (day("2025-02-28"), true),
        (day("2025-03-01"), true),
        (day("2025-04-30"), false),
        (day("2025-07-01"), false),
        (day("2025-07-31"), true),
        (day("2026-03-01"), true),
    ];
    let not_held = [
        (day("2025-04-01"), day("2025-05-01")),
        (day("2025-05-01"), day("2025-06-01")),
        (day("2025-08-02"), day("2025-09-01")),
        (day("2025-09-01"), day("2025-11-01")),
    ];
    let months = last_months(&sittings, &not_held, None, day("2026-03-02"));
    assert_eq!(months.first().map(|month| month.first), Some(day("2025-03-01")));
    assert_eq!(months.last().map(|month| month.first), Some(day("2026-02-01")));
    let states: Vec<Held> = months.iter().map(|month| month.held).collect();
    use Held::{Before, NotHeld, Said, Shown, Unknown};
    assert_eq!(
        states,
        [Shown, Said, NotHeld, Unknown, Shown, Unknown, NotHeld, NotHeld, Unknown, Unknown, Unknown, Unknown]
    );
    let installed = |text: &str| last_months(&[], &[], Some(day(text)), day("2026-03-02"))[1].held;
    assert_eq!(installed("2025-05-01"), Before);
    assert_eq!(installed("2025-04-30"), Unknown);
}

#[test]
fn months_are_over_on_the_same_day_of_the_next() {
    let cases = [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-02-02", "2026-03-01", 0),
        ("2026-02-02", "2026-03-02", 1),
        ("2024-12-31", "2026-03-02", 14),
        ("2026-03-02", "2026-01-01", 0),
    ];
    for (from, to, months) in cases {
        assert_eq!(months_between(day(from), day(to)), months, "{from} {to}");
    }
}

/// A page for panels to hang in, as the rooms of bodies and places have.
const WALLS: Room = Room {
    name: "walls",
    tables: Tables { room: "walls", derived: "", drawers: "", apply: |_, _| Ok(()) },
    routes: || {
        let wall = |spot: Spot| {
            move |visit: Visit, id: Option<Path<String>>| async move {
                let id = id.map(|Path(id)| id).unwrap_or_default();
                visit.page(move |tx, visit| Ok(Page::new("Mur".into(), visit.panels(tx, spot, &id)?))).await
            }
        };
        Router::new()
            .route("/instances/{id}", get(wall(Spot::Body)))
            .route("/lieux/{id}", get(wall(Spot::Place)))
            .route("/bureau", get(wall(Spot::Desk)))
    },
    lang: ("", ""),
    panels: &[],
    nav: &[],
    duty: None,
};

fn held(id: &str, of: &str, on: &str, evidence: &[Evidence]) -> SittingHeld {
    SittingHeld {
        id: SittingId::parse(id).unwrap(),
        body: body(of),
        on: day(on),
        evidence: evidence.to_vec(),
        present: Some(12),
        expected: Some(15),
        women: None,
        youth: None,
        civil_society: None,
        paid_by: Some("partner".into()),
        subject: None,
        minutes: None,
        source: None,
    }
}

fn lay_places(house: &Rehearsal) {
    for (id, name) in [("region-x", "Dougouba"), ("commune-x", "Dougouba"), ("commune-y", "Sokoura")] {
        house.load(
            Some("2019-01-01"),
            Word::PlaceNamed(PlaceNamed {
                id: PlaceId::parse(id).unwrap(),
                level: id.split('-').next().unwrap().into(),
                name: name.into(),
                variants: vec![],
                from: None,
                to: None,
                lat_e2: None,
                lon_e2: None,
                source: None,
                exercise: false,
            }),
        );
    }
    house.load(
        Some("2019-01-01"),
        Word::PlaceJoined(PlaceJoined {
            place: PlaceId::parse("commune-x").unwrap(),
            parent: PlaceId::parse("region-x").unwrap(),
            from: None,
            to: None,
            source: None,
        }),
    );
}

/// Two places in one another and one apart, three committees of which one fictional, an office, four
/// sittings, a month without.
fn house() -> Rehearsal {
    let house = Rehearsal::of(&[crate::ROOM, WALLS], NOW);
    lay_places(&house);
    for (id, function, every) in [("ccsc", "consultative", Some("month")), ("maire", "authority", None)] {
        house.load(
            Some("2019-01-01"),
            Word::BodyKindSet(BodyKindSet {
                id: id.into(),
                name: Bilingual::same(id),
                level: None,
                function: function.into(),
                required: true,
                meets_every: every.map(str::to_owned),
                source: SourceId::parse("journal").ok(),
                chair: None,
            }),
        );
    }
    house.load(
        Some("2019-01-01"),
        Word::SourceCited(SourceCited {
            id: SourceId::parse("journal").unwrap(),
            title: "Journal fictif".into(),
            publisher: None,
            published: None,
            address: None,
            mark: Mark::Unverified,
            note: None,
        }),
    );
    for (id, kind, place) in [
        ("comite-x", "ccsc", "commune-x"),
        ("comite-y", "ccsc", "commune-y"),
        ("comite-jeu", "ccsc", "commune-y"),
        ("maire-x", "maire", "commune-x"),
    ] {
        house.load(
            Some("2019-01-01"),
            Word::BodyEstablished(BodyEstablished {
                id: body(id),
                kind: kind.into(),
                name: Bilingual { fr: format!("Comité {id}"), en: Some(format!("Committee {id}")) },
                place: PlaceId::parse(place).ok(),
                from: None,
                to: None,
                source: None,
                note: None,
                exercise: id == "comite-jeu",
            }),
        );
    }
    hold_sittings(&house);
    house
}

fn hold_sittings(house: &Rehearsal) {
    house.load(
        Some("2025-05-20"),
        Word::BodyInstalled(BodyInstalled {
            body: body("comite-x"),
            on: day("2025-05-20"),
            precision: Precision::Day,
            source: None,
            note: None,
        }),
    );
    for (known, sitting) in [
        ("2025-06-15", held("s1", "comite-x", "2025-06-12", &[Evidence::PublicAccount])),
        ("2025-09-12", held("s2", "comite-x", "2025-09-11", &[])),
        ("2025-11-14", SittingHeld { paid_by: None, ..held("s3", "comite-y", "2025-11-13", &[]) }),
        ("2025-12-02", held("s4", "comite-jeu", "2025-12-01", &[Evidence::TwoConfirmations])),
    ] {
        house.load(Some(known), Word::SittingHeld(sitting));
    }
    house.seal({
        let zone = house.house().record().zone.clone();
        move |desk| {
            let reason = Some(desk.enclose_text("Routes coupées.")?);
            let (from, to) = month("2025-08").unwrap();
            let word = SittingNotHeld { body: body("comite-x"), from, to, reason, source: None };
            desk.append(&zone, terms::Actor::Loader, Some(to), Word::SittingNotHeld(word))
        }
    });
}

#[tokio::test]
async fn the_list_is_narrowed_and_is_data_too() {
    let house = house();
    let page = house.get(None, "/fr/reunions").await;
    assert_eq!(page.status, 200);
    for part in ["11 septembre 2025", "Sans preuve", "Un partenaire", "Comité comite-x"] {
        assert!(page.text().contains(part), "{part}");
    }
    let cases = [
        ("", vec!["s4", "s3", "s2", "s1"]),
        ("instance=comite-x", vec!["s2", "s1"]),
        ("instance=absente", vec![]),
        ("lieu=region-x", vec!["s2", "s1"]),
        ("lieu=Dougouba", vec!["s2", "s1"]),
        ("lieu=sokoura", vec!["s4", "s3"]),
        ("lieu=Nulleville", vec![]),
        ("preuve=oui", vec!["s4", "s1"]),
        ("preuve=non", vec!["s3", "s2"]),
        ("payeur=partner", vec!["s4", "s2", "s1"]),
        ("payeur=unknown", vec!["s3"]),
        ("depuis=2025-09-11&jusque=2025-11-13", vec!["s3", "s2"]),
        ("depuis=2025-09-12&jusque=2025-11-12", vec![]),
        ("apres=s3", vec!["s2", "s1"]),
        ("lieu=region-x&apres=s2", vec!["s1"]),
        ("au=2025-09-11", vec!["s1"]),
        ("au=2025-09-12", vec!["s2", "s1"]),
    ];
    for (query, expected) in cases {
        let reply = house.get(None, &format!("/reunions.json?{query}")).await;
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&reply.bytes).unwrap();
        let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expected, "{query}");
    }
    let csv = house.get(None, "/reunions.csv?instance=comite-y").await.text();
    assert_eq!(
        csv,
        "id,day,body_name,body,evidence,present,expected,women,youth,civil_society,paid_by,source,exercise\n\
         s3,2025-11-13,Comité comite-y,comite-y,,12,15,,,,,,false\n"
    );
    let json = house.get(None, "/reunions.json?instance=comite-jeu").await.text();
    assert!(json.contains("\"women\":null") && json.contains("\"exercise\":true"), "{json}");
    let feed = house.get(None, "/en/reunions.atom").await.text();
    assert!(feed.contains("Meeting of 11 September 2025") && feed.contains("Exercise"), "{feed}");
    assert!(house.get(None, "/fr/reunions?depuis=hier").await.text().contains("n’est pas une date"));
    assert!(house.get(None, "/en/reunions?instance=absente").await.text().contains("No meeting"));
}

#[tokio::test]
async fn a_sitting_without_evidence_says_it_counts_nowhere() {
    let house = house();
    let bare = house.get(None, "/fr/reunions/s2").await.text();
    assert!(bare.contains("n’entre dans aucun indicateur") && bare.contains("Aucun procès-verbal"));
    let shown = house.get(None, "/en/reunions/s1").await.text();
    assert!(!shown.contains("enters no indicator") && shown.contains("Public account"));
    assert!(shown.contains("not known"), "women are unknown, not zero");
    assert!(house.get(None, "/fr/reunions/s4").await.text().contains("banner exercise"));
    for (address, status) in [
        ("/reunions/absente", 404),
        ("/reunions/s2?au=2025-09-11", 404),
        ("/reunions/s2?au=2025-09-12", 200),
        ("/reunions/s2/pv", 404),
    ] {
        assert_eq!(house.get(None, address).await.status, status, "{address}");
    }
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn panels_tell_held_from_not_held_from_unknown() {
    let house = house();
    let panel = house.get(None, "/fr/instances/comite-x").await.text();
    for part in [
        "une réunion par mois",
        "non vérifié",
        "5\u{a0}mois depuis",
        "<strong>Tenue</strong> (1 mois) <span class=\"mute\">06/2025</span>",
        "<strong>Dite tenue, sans preuve</strong> (1 mois) <span class=\"mute\">09/2025</span>",
        "<strong>Non tenue, on le sait</strong> (1 mois) <span class=\"mute\">08/2025</span>",
        "<strong>Rien n’est connu</strong> (7 mois)",
        "<strong>Avant l’installation</strong> (2 mois) <span class=\"mute\">03/2025, 04/2025</span>",
        "Routes coupées.",
    ] {
        let plain = panel.replace("5 mois", "5\u{a0}mois");
        assert!(plain.contains(part), "{part}");
    }
    assert!(!panel.contains("Consigner"), "a reader is offered no form");
    let before = house.get(None, "/en/instances/comite-x?au=2025-08-15").await.text();
    assert!(before.contains("2 months since") && !before.contains("Known not to be held"));
    let empty = house.get(None, "/en/instances/maire-x").await.text();
    assert!(!empty.contains("Monthly meeting"), "an office has no sittings to miss");
    let place = house.get(None, "/fr/lieux/region-x").await.text();
    assert!(place.contains("Comité comite-x") && place.contains("/fr/reunions?lieu=region-x"));
    let secretary = house.guest(Behalf::Body { body: body("comite-y") }, Role::Secretary);
    let desk = house.get(Some(&secretary), "/fr/bureau").await.text();
    assert!(
        desk.contains("/fr/instances/comite-y/reunions/nouvelle") && desk.contains("Consigner une réunion")
    );
    let other = house.get(Some(&secretary), "/fr/instances/comite-x").await.text();
    assert!(!other.contains("Consigner"));
}

#[tokio::test]
async fn only_the_secretary_and_stewards_write() {
    let house = house();
    let delegate = house.guest(Behalf::Body { body: body("comite-x") }, Role::Delegate);
    let elsewhere = house.guest(Behalf::Body { body: body("comite-y") }, Role::Secretary);
    let steward = house.guest(Behalf::Instance, Role::Steward);
    for address in ["/instances/comite-x/reunions/nouvelle", "/instances/comite-x/reunions/non-tenue"] {
        assert_eq!(house.get(None, address).await.status, 303, "{address}");
        for guest in [&delegate, &elsewhere] {
            assert_eq!(house.get(Some(guest), address).await.status, 403, "{address}");
            assert_eq!(house.post(Some(guest), address, &[("jour", "2026-03-01")]).await.status, 403);
        }
        assert_eq!(house.get(Some(&steward), address).await.status, 200, "{address}");
    }
    let absent = "/instances/absente/reunions/nouvelle";
    assert_eq!(house.get(Some(&steward), absent).await.status, 404);
    assert_eq!(house.post(Some(&steward), absent, &[("jour", "2026-03-01")]).await.status, 404);
}

#[tokio::test]
async fn what_is_to_be_mended_keeps_what_was_written() {
    let house = house();
    let secretary = house.guest(Behalf::Body { body: body("comite-x") }, Role::Secretary);
    let address = "/fr/instances/comite-x/reunions/nouvelle";
    let fields = [
        ("jour", "11/09/2025"),
        ("presents", "16"),
        ("attendus", "15"),
        ("femmes", "dix"),
        ("payeur", "partner"),
        ("preuve-minutes", "oui"),
        ("objet", "Éclairage du marché."),
        ("source", "inventee"),
    ];
    let refused = house.post(Some(&secretary), address, &fields).await;
    assert_eq!(refused.status, 422);
    let text = refused.text();
    for part in [
        "déjà consignée ce jour-là",
        "name=\"autre\"",
        "15 au plus",
        "« dix »",
        "joignez-le",
        "n’est pas citée",
        "choisissez-le de nouveau",
        "value=\"16\"",
        "value=\"dix\"",
        "Éclairage du marché.</textarea>",
        "<option value=\"partner\" selected>",
    ] {
        assert!(text.replace('\u{a0}', " ").contains(part), "{part}");
    }
    let neither =
        house.post_files(Some(&secretary), address, &[("jour", "")], &[("pv", b"MZ program")]).await;
    assert_eq!(neither.status, 422);
    assert!(neither.text().contains("Remplissez ce champ") && neither.text().contains("ni un PDF"));
    let english = "/en/instances/comite-x/reunions/nouvelle";
    let later = house.post(Some(&secretary), english, &[("jour", "2026-03-03")]).await;
    assert!(later.text().contains("has not come yet") && later.text().contains("value=\"2026-03-03\""));
    assert_eq!(house.get(None, "/reunions.json?depuis=2026-01-01").await.text(), "[]");
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn minutes_are_handed_over_and_their_withdrawal_is_said() {
    let house = house();
    let secretary = house.guest(Behalf::Body { body: body("comite-x") }, Role::Secretary);
    let address = "/fr/instances/comite-x/reunions/nouvelle";
    let pdf: &[u8] = b"%PDF-1.7 fictif";
    let fields = [("jour", "02/03/2026"), ("objet", "Éclairage."), ("presents", "0")];
    let taken = house.post_files(Some(&secretary), address, &fields, &[("pv", pdf)]).await;
    assert_eq!(taken.status, 303);
    let page = taken.header("location").to_owned();
    let text = house.get(None, &page).await.text();
    assert!(text.contains("Ouvrir le procès-verbal (PDF, 1 ko)") && text.contains("<dd>0</dd>"), "{text}");
    assert!(!text.contains("aucun indicateur"), "minutes that are sent are evidence");
    let file = house.get(None, &format!("{page}/pv")).await;
    assert_eq!((file.status.as_u16(), file.bytes.as_slice()), (200, pdf));
    assert_eq!(file.header("content-type"), "application/pdf");
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"pv-"));
    assert_eq!(file.header("x-content-type-options"), "nosniff");

    let typed =
        [("jour", "2026-03-02"), ("autre", "oui"), ("pv-texte", "Présents : douze.\n\n<b>Décidé.</b>")];
    let taken = house.post(Some(&secretary), address, &typed).await;
    let words = taken.header("location").to_owned();
    let shown = house.get(None, &words).await.text();
    assert!(shown.contains("<p>&lt;b&gt;Décidé.&lt;/b&gt;</p>"), "{shown}");
    assert_eq!(
        house.get(None, &format!("{words}/pv")).await.header("content-type"),
        "text/plain; charset=utf-8"
    );

    let sha256: Commitment = house
        .house()
        .record()
        .shelf
        .read(|tx| tx.one::<Commitment>("SELECT minutes FROM sitting WHERE media = 'application/pdf'", &[]))
        .unwrap();
    house.load(
        None,
        Word::EnclosureWithdrawn(EnclosureWithdrawn {
            sha256,
            ground: "essai".into(),
            decided_by: "essai".into(),
            ordered_by: None,
            entry: None,
        }),
    );
    let gone = house.get(None, &format!("{page}/pv")).await;
    assert_eq!(gone.status, 410);
    assert!(gone.text().contains("retiré du registre public"));
    assert!(house.get(None, &page).await.text().contains("Texte retiré du registre public"));
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn a_month_without_a_sitting_is_recorded_once() {
    let house = house();
    let secretary = house.guest(Behalf::Body { body: body("comite-x") }, Role::Secretary);
    let address = "/fr/instances/comite-x/reunions/non-tenue";
    for (text, part) in [
        ("", "Remplissez ce champ"),
        ("mars", "n’est pas un mois"),
        ("03/2026", "n’est pas fini"),
        ("2025-06", "Une réunion est consignée"),
        ("08/2025", "déjà consigné"),
    ] {
        let refused = house.post(Some(&secretary), address, &[("mois", text), ("raison", "Pluies.")]).await;
        assert_eq!(refused.status, 422, "{text}");
        assert!(refused.text().contains(part), "{part}");
        assert!(refused.text().contains("Pluies.</textarea>"), "{text}");
    }
    let fields = [("mois", "10/2025"), ("raison", "Quorum non atteint.")];
    let taken = house.post(Some(&secretary), address, &fields).await;
    assert_eq!((taken.status.as_u16(), taken.header("location")), (303, "/fr/instances/comite-x"));
    let panel = house.get(None, "/fr/instances/comite-x").await.text();
    assert!(panel.contains("08/2025, 10/2025") && panel.contains("Quorum non atteint."));
    assert_eq!(house.post(Some(&secretary), address, &fields).await.status, 422);
    assert_eq!(house.difference(), None);
}

#[test]
fn every_message_is_said_in_both_languages() {
    let sources = [
        include_str!("lib.rs"),
        include_str!("acts.rs"),
        include_str!("pages/mod.rs"),
        include_str!("pages/list.rs"),
        include_str!("pages/one.rs"),
        include_str!("pages/panels.rs"),
        include_str!("pages/forms.rs"),
    ];
    let (fr, en) = crate::ROOM.lang;
    assert_eq!(web::laws::check_messages("sittings", &sources, fr, en), Vec::<String>::new());
}
