//! The acts case by case, and the pages through the house. All names are fictional.

mod capacity;
mod duplicates;
mod funding;
mod imports;
mod obligations;
mod recognition;
mod said;

use terms::access::Role;
use terms::instance::SourceCited;
use terms::institutions::{PlaceJoined, PlaceNamed};
use terms::organisations::{OrganisationJoined, OrganisationRegistered, OrganisationStatusStated};
use terms::{Behalf, Day, Mark, OrganisationId, PlaceId, SourceId, Word};
use web::rehearsal::Rehearsal;

use crate::acts::{Candidates, Draft, Membership, Refusal, join, register, state};

const NOW: &str = "2026-03-02T10:00:00Z";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn id(text: &str) -> OrganisationId {
    OrganisationId::parse(text).unwrap()
}

fn draft() -> Draft {
    Draft {
        name: "Association fictive de Dougouba".into(),
        acronym: Some("AFD".into()),
        kind: "association".into(),
        founded: None,
        legal_form: None,
        place: Candidates::Blank,
        source: None,
        note: None,
        exercise: false,
        another: false,
    }
}

#[test]
fn registering_is_refused_on_one_side_of_each_limit() {
    let today = day("2026-03-02");
    let same = ["Association fictive de Dougouba".to_owned()];
    let founded = |text: &str| Draft { founded: Some(text.into()), ..draft() };
    let cases: Vec<(Draft, &[String], Vec<Refusal>)> = vec![
        (draft(), &[], vec![]),
        (Draft { kind: "club".into(), ..draft() }, &[], vec![Refusal::UnknownKind]),
        (founded("1991"), &[], vec![]),
        (founded("2026"), &[], vec![]),
        (founded("2026-03"), &[], vec![]),
        (founded("2026-03-02"), &[], vec![]),
        (founded("2026-03-03"), &[], vec![Refusal::FoundingLater]),
        (founded("2026-04"), &[], vec![Refusal::FoundingLater]),
        (founded("2027"), &[], vec![Refusal::FoundingLater]),
        (founded("2003-02-30"), &[], vec![Refusal::FoundingUnreadable("2003-02-30".into())]),
        (founded("vers 1990"), &[], vec![Refusal::FoundingUnreadable("vers 1990".into())]),
        (founded("19é1"), &[], vec![Refusal::FoundingUnreadable("19é1".into())]),
        (draft(), &same, vec![Refusal::SameName(same[0].clone())]),
        (Draft { another: true, ..draft() }, &same, vec![]),
        (
            Draft { place: Candidates::Nobody("Nulleville".into()), ..draft() },
            &[],
            vec![Refusal::UnknownPlace("Nulleville".into())],
        ),
        (
            Draft { place: Candidates::Several("a, b".into()), kind: String::new(), ..draft() },
            &same,
            vec![
                Refusal::UnknownKind,
                Refusal::SeveralPlaces("a, b".into()),
                Refusal::SameName(same[0].clone()),
            ],
        ),
    ];
    for (draft, same, refusals) in cases {
        let name = format!("{draft:?}");
        let decided = register(id("afd"), draft, same, today);
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{name}");
    }
}

fn statement(status: &str) -> OrganisationStatusStated {
    OrganisationStatusStated {
        organisation: id("afd"),
        status: status.into(),
        on: None,
        authority: None,
        contested: false,
        source: None,
        note: Some("Selon son bureau.".into()),
    }
}

#[test]
fn stating_is_refused_on_one_side_of_each_limit() {
    let today = day("2026-03-02");
    let source = Some(SourceId::parse("journal").unwrap());
    let cases = [
        (statement("dissolved"), vec![]),
        (statement("state-backed"), vec![]),
        (statement("glorious"), vec![Refusal::UnknownStatement]),
        (OrganisationStatusStated { on: Some(today), ..statement("active") }, vec![]),
        (
            OrganisationStatusStated { on: Some(day("2026-03-03")), ..statement("active") },
            vec![Refusal::Later("jour")],
        ),
        (OrganisationStatusStated { note: None, ..statement("active") }, vec![Refusal::Unsourced]),
        (OrganisationStatusStated { note: None, source: source.clone(), ..statement("active") }, vec![]),
        (OrganisationStatusStated { contested: true, ..statement("active") }, vec![]),
        (
            OrganisationStatusStated { contested: true, note: None, source, ..statement("active") },
            vec![Refusal::ContestedByWhom],
        ),
    ];
    for (statement, refusals) in cases {
        let name = format!("{statement:?}");
        assert_eq!(state(statement, today).err().unwrap_or_default(), refusals, "{name}");
    }
}

fn dates(from: &str, to: &str) -> Membership {
    Membership { from: from.parse().ok(), to: to.parse().ok() }
}

#[test]
fn joining_is_refused_on_one_side_of_each_limit() {
    let other = || Candidates::One(id("faitiere"));
    let year = dates("2025-01-01", "2026-01-01");
    let open = dates("2025-01-01", "");
    let cases = [
        (other(), dates("", ""), vec![], true, vec![]),
        (Candidates::One(id("afd")), dates("", ""), vec![], true, vec![Refusal::MemberOfItself]),
        (
            Candidates::Nobody("X".into()),
            dates("", ""),
            vec![],
            true,
            vec![Refusal::UnknownUmbrella("X".into())],
        ),
        (Candidates::Blank, dates("", ""), vec![], true, vec![Refusal::UnknownUmbrella(String::new())]),
        (
            Candidates::Several("x, y".into()),
            dates("", ""),
            vec![],
            true,
            vec![Refusal::SeveralUmbrellas("x, y".into())],
        ),
        (other(), dates("2026-03-02", ""), vec![], true, vec![]),
        (other(), dates("2026-03-03", ""), vec![], true, vec![Refusal::Later("debut")]),
        (other(), dates("2025-01-02", "2025-01-03"), vec![], true, vec![]),
        (other(), dates("2025-01-02", "2025-01-02"), vec![], true, vec![Refusal::DatesReversed]),
        (other(), dates("2025-01-02", "2025-01-01"), vec![], true, vec![Refusal::DatesReversed]),
        (other(), dates("2026-01-01", ""), vec![year], true, vec![]),
        (other(), dates("2025-12-31", ""), vec![year], true, vec![Refusal::AlreadyMember]),
        (other(), dates("2024-01-01", "2025-01-01"), vec![year], true, vec![]),
        (other(), dates("2024-01-01", "2025-01-02"), vec![year], true, vec![Refusal::AlreadyMember]),
        (other(), dates("", ""), vec![year], true, vec![Refusal::AlreadyMember]),
        (other(), dates("2025-01-01", "2025-06-01"), vec![open], true, vec![]),
        (other(), dates("2025-06-01", ""), vec![open], true, vec![Refusal::AlreadyMember]),
        (other(), dates("", ""), vec![], false, vec![Refusal::ExerciseMixed]),
    ];
    for (umbrella, dates, recorded, same_world, refusals) in cases {
        let name = format!("{umbrella:?} {dates:?} {recorded:?}");
        let decided = join(id("afd"), umbrella, dates, None, &recorded, same_world, day("2026-03-02"));
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{name}");
    }
}

fn organisation(short: &str, name: &str, kind: &str, place: Option<&str>) -> Word {
    Word::OrganisationRegistered(OrganisationRegistered {
        id: id(short),
        name: name.into(),
        acronym: Some(short.to_uppercase()),
        kind: kind.into(),
        founded: Some("1991".into()),
        legal_form: None,
        place: place.map(|place| PlaceId::parse(place).unwrap()),
        source: Some(SourceId::parse("journal").unwrap()),
        note: None,
        exercise: short == "jeu",
    })
}

/// Two places of one name in one another, a source not verified, four organisations, of which two sources
/// disagree on one.
fn house() -> Rehearsal {
    let house = Rehearsal::of(&[crate::ROOM], NOW);
    let place = |short: &str| {
        Word::PlaceNamed(PlaceNamed {
            id: PlaceId::parse(short).unwrap(),
            level: short.split('-').next().unwrap().into(),
            name: "Dougouba".into(),
            variants: vec![],
            from: None,
            to: None,
            lat_e2: None,
            lon_e2: None,
            source: None,
            exercise: false,
        })
    };
    house.load(None, place("region-dougouba"));
    house.load(None, place("commune-dougouba"));
    house.load(
        None,
        Word::PlaceJoined(PlaceJoined {
            place: PlaceId::parse("commune-dougouba").unwrap(),
            parent: PlaceId::parse("region-dougouba").unwrap(),
            from: None,
            to: None,
            source: None,
        }),
    );
    house.load(
        Some("2000-01-01"),
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
    let early = Some("2001-01-01");
    house.load(early, organisation("coaf", "Coordination fictive", "umbrella", Some("region-dougouba")));
    house.load(
        early,
        organisation("afd", "Association fictive de Dougouba", "women", Some("commune-dougouba")),
    );
    house.load(early, organisation("cjf", "Conseil fictif de la jeunesse", "youth", None));
    house.load(early, organisation("jeu", "Éclaireurs d’exercice", "youth", None));
    say_statements(&house);
    house
}

fn say_statements(house: &Rehearsal) {
    let said = |known: &str, status: OrganisationStatusStated| {
        house.load(Some(known), Word::OrganisationStatusStated(status));
    };
    said("2020-01-01", OrganisationStatusStated { on: Some(day("2019-05-01")), ..statement("active") });
    said("2023-12-21", OrganisationStatusStated { on: Some(day("2023-12-20")), ..statement("suspended") });
    said(
        "2024-05-31",
        OrganisationStatusStated {
            organisation: id("cjf"),
            contested: true,
            authority: Some("Ministère fictif".into()),
            source: Some(SourceId::parse("journal").unwrap()),
            note: Some("Neuf présidents le rejettent.".into()),
            ..statement("dissolved")
        },
    );
    house.load(
        Some("2022-06-01"),
        Word::OrganisationJoined(OrganisationJoined {
            member: id("afd"),
            umbrella: id("coaf"),
            from: Some(day("2022-01-01")),
            to: Some(day("2025-01-01")),
            source: None,
        }),
    );
}

#[tokio::test]
async fn the_list_is_narrowed_and_is_data_too() {
    let house = house();
    let all = house.get(None, "/fr/organisations").await;
    assert_eq!(all.status, 200);
    for text in ["Coordination fictive", "Éclaireurs d’exercice", "Suspendue", "Faîtière"] {
        assert!(all.text().contains(text), "{text}");
    }
    let cases = [
        ("sorte=youth", vec!["cjf", "jeu"]),
        ("statut=suspended", vec!["afd"]),
        ("statut=active", vec![]),
        ("statut=unknown", vec!["cjf", "coaf", "jeu"]),
        ("statut=contested", vec!["cjf"]),
        ("lieu=Dougouba", vec!["afd", "coaf"]),
        ("lieu=commune-dougouba", vec!["afd"]),
        ("lieu=Nulleville", vec![]),
        ("q=coordin", vec!["coaf"]),
        ("q=AFD", vec!["afd"]),
        ("q=absente", vec![]),
        ("faitiere=coaf", vec![]),
        ("faitiere=coaf&au=2024-06-01", vec!["afd"]),
        ("faitiere=coaf&au=2022-03-01", vec![]),
        ("statut=active&au=2021-01-01", vec!["afd"]),
        ("apres=cjf", vec!["coaf", "jeu"]),
        ("apres=inconnue", vec![]),
    ];
    for (query, expected) in cases {
        let reply = house.get(None, &format!("/organisations.json?{query}")).await;
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&reply.bytes).unwrap();
        let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expected, "{query}");
    }
    let csv = house.get(None, "/organisations.csv?q=afd").await.text();
    assert_eq!(
        csv,
        "id,name,acronym,kind,status,status_since,contested,founded,legal_form,place_name,place,source,\
         legal_forms,receipts,identifiers,themes,work_places,also_registered_as,exercise\n\
         afd,Association fictive de Dougouba,AFD,women,suspended,2023-12-20,false,1991,,Dougouba,\
         commune-dougouba,\
         journal,,,,,,,false\n"
    );
    let unknown = house.get(None, "/organisations.json?q=cjf").await;
    let rows: serde_json::Value = serde_json::from_slice(&unknown.bytes).unwrap();
    assert!(rows[0]["status"].is_null() && rows[0]["contested"] == true, "{rows}");
    let feed = house.get(None, "/en/organisations.atom").await.text();
    assert!(feed.contains("Dissolved") && feed.contains("Contested"), "{feed}");
    assert!(house.get(None, "/en/organisations?q=absente").await.text().contains("No organisation"));
}

#[tokio::test]
async fn a_page_keeps_every_version_and_says_what_is_contested() {
    let house = house();
    let page = house.get(None, "/fr/organisations/cjf").await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for part in [
        "Les sources se contredisent",
        "Dissoute",
        "Contesté",
        "Ministère fictif",
        "Jour non connu",
        "Journal fictif",
        "non vérifié",
        "Statut non connu",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let english = house.get(None, "/en/organisations/afd").await.text();
    for part in ["Suspended", "Active", "Member of", "Coordination fictive", "ended", "1 January 2022"] {
        assert!(english.contains(part), "{part}");
    }
    let before = house.get(None, "/fr/organisations/afd?au=2023-12-20").await.text();
    assert!(before.contains("Active") && !before.contains("Suspendue") && !before.contains("terminée"));
    assert!(house.get(None, "/fr/organisations/jeu").await.text().contains("banner exercise"));
    assert_eq!(house.get(None, "/organisations/absente").await.status, 404);
    assert_eq!(house.get(None, "/organisations/afd?au=2000-06-01").await.status, 404);
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn only_stewards_write() {
    let house = house();
    let secretary = house.guest(Behalf::Organisation { organisation: id("afd") }, Role::Secretary);
    for address in ["/organisations/nouvelle", "/organisations/afd/statut", "/organisations/afd/adhesion"] {
        assert_eq!(house.get(None, address).await.status, 303, "{address}");
        assert_eq!(house.get(Some(&secretary), address).await.status, 403, "{address}");
        assert_eq!(house.post(Some(&secretary), address, &[("nom", "X")]).await.status, 403, "{address}");
    }
}

#[tokio::test]
async fn a_steward_registers_and_is_told_of_the_same_name() {
    let house = house();
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let fields = [
        ("nom", "Association fictive de Dougouba"),
        ("sorte", "association"),
        ("siege", "Dougouba"),
        ("fondation", "demain"),
    ];
    let refused = house.post(Some(&steward), "/fr/organisations/nouvelle", &fields).await;
    assert_eq!(refused.status, 422);
    let text = refused.text();
    for part in [
        "est déjà au registre",
        "href=\"/fr/organisations/afd\"",
        "name=\"autre\"",
        "region-dougouba",
        "value=\"Association fictive de Dougouba\"",
        "value=\"demain\"",
        "1991, 2003-06 ou 2003-06-20",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let fields = [
        ("nom", "Association fictive de Dougouba"),
        ("sorte", "association"),
        ("siege", "commune-dougouba"),
        ("source", "journal"),
        ("autre", "oui"),
    ];
    let taken = house.post(Some(&steward), "/fr/organisations/nouvelle", &fields).await;
    assert_eq!(taken.status, 303);
    let page = house.get(None, taken.header("location")).await;
    assert!(
        page.text().contains("Association fictive de Dougouba")
            && page.text().contains("/fr/lieux/commune-dougouba")
    );
    let empty = house.post(Some(&steward), "/en/organisations/nouvelle", &[("source", "inventee")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("not cited on the record") && empty.text().contains("Choose a kind"));
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn a_steward_states_and_joins() {
    let house = house();
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let guest = Some(&steward);
    assert_eq!(house.get(guest, "/fr/organisations/afd/statut").await.status, 200);
    let refused =
        house.post(guest, "/fr/organisations/afd/statut", &[("statut", "restored"), ("jour", "3/3/2026")]);
    let text = refused.await.text();
    assert!(text.contains("n’est pas encore venu") && text.contains("value=\"3/3/2026\""));
    let restored = [("statut", "restored"), ("jour", "2/3/2026"), ("note", "Arrêté fictif.")];
    assert_eq!(house.post(guest, "/fr/organisations/afd/statut", &restored).await.status, 303);
    assert!(house.get(None, "/fr/organisations/afd").await.text().contains("Rétablie"));

    for (umbrella, debut, part) in [
        ("Nullepart", "", "ne connaît pas"),
        ("AFD", "", "membre d’elle-même"),
        ("JEU", "", "fictive, l’autre réelle"),
        ("", "", "Remplissez ce champ"),
        ("coaf", "2024-12-31", "couvre déjà"),
    ] {
        let fields = [("faitiere", umbrella), ("debut", debut)];
        let reply = house.post(guest, "/fr/organisations/afd/adhesion", &fields).await;
        assert_eq!(reply.status, 422, "{umbrella}");
        assert!(reply.text().contains(part), "{part}");
        assert!(reply.text().contains(&format!("value=\"{umbrella}\"")), "{umbrella}");
    }
    let fields = [("faitiere", "Coordination fictive"), ("debut", "01/01/2025")];
    assert_eq!(house.post(guest, "/fr/organisations/afd/adhesion", &fields).await.status, 303);
    let members = house.get(None, "/organisations.json?faitiere=coaf").await.text();
    assert!(members.contains("\"afd\""), "{members}");
    assert_eq!(house.post(guest, "/fr/organisations/absente/adhesion", &fields).await.status, 404);
    assert_eq!(house.difference(), None);
}

#[test]
fn every_message_is_said_in_both_languages() {
    let sources = [
        include_str!("lib.rs"),
        include_str!("acts.rs"),
        include_str!("acts/duplicates.rs"),
        include_str!("acts/identifier.rs"),
        include_str!("acts/recognition.rs"),
        include_str!("acts/refusal.rs"),
        include_str!("acts/register.rs"),
        include_str!("acts/restriction.rs"),
        include_str!("acts/tie.rs"),
        include_str!("acts/capacity.rs"),
        include_str!("acts/funding.rs"),
        include_str!("acts/obligations.rs"),
        include_str!("funding.rs"),
        include_str!("pages/capacity.rs"),
        include_str!("pages/capacity_form.rs"),
        include_str!("pages/capacity_plan.rs"),
        include_str!("pages/funding.rs"),
        include_str!("pages/funding_form.rs"),
        include_str!("pages/funding_held.rs"),
        include_str!("pages/obligations.rs"),
        include_str!("pages/mod.rs"),
        include_str!("pages/list.rs"),
        include_str!("pages/one.rs"),
        include_str!("pages/duplicates.rs"),
        include_str!("pages/forms.rs"),
        include_str!("pages/importing.rs"),
        include_str!("pages/open.rs"),
        include_str!("pages/recognition.rs"),
        include_str!("pages/restrictions.rs"),
        include_str!("pages/said.rs"),
        include_str!("pages/ties.rs"),
    ];
    let (fr, en) = crate::ROOM.lang;
    assert_eq!(web::laws::check_messages("organisations", &sources, fr, en), Vec::<String>::new());
}
