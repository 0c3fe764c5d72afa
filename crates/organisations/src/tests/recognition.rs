//! Legal form, receipts, places and themes of work: the acts case by case, and a page through the house. All names are fictional.

use terms::access::Role;
use terms::instance::ThemeSet;
use terms::organisations::{Basis, LegalFormSet, OrganisationRecognised, OrganisationWorks};
use terms::{Behalf, Bilingual, Commitment, Enclosed, Mark, Media, PlaceId, SourceId, Word};
use web::rehearsal::Rehearsal;

use super::{dates, day, house, id};
use crate::acts::{Bearer, Candidates, Refusal, Work, recognise, works};

fn recognised() -> OrganisationRecognised {
    OrganisationRecognised {
        organisation: id("afd"),
        form: "declaree".into(),
        receipt: Some("12/A".into()),
        scheme: Some("XX-REG".into()),
        authority: None,
        on: Some(day("2020-01-01")),
        to: None,
        publication: None,
        source: SourceId::parse("journal").ok(),
        note: None,
        scan: None,
    }
}

#[test]
fn recognising_is_refused_on_one_side_of_each_limit() {
    let scan = Some(Enclosed { sha256: Commitment([7; 32]), media: Media::Pdf, bytes: 3 });
    let bare = || OrganisationRecognised { source: None, ..recognised() };
    let bearer = |who: &str, from: &str, to: &str| Bearer {
        organisation: id(who),
        name: "Coordination fictive".into(),
        dates: dates(from, to),
    };
    let taken = || vec![Refusal::ReceiptTaken("Coordination fictive".into())];
    let other = |form: &str| OrganisationRecognised { form: form.into(), ..recognised() };
    let on = |on: &str, to: &str| OrganisationRecognised {
        on: on.parse().ok(),
        to: to.parse().ok(),
        ..recognised()
    };
    let cases = [
        (recognised(), vec![], true, vec![]),
        (other("club"), vec![], true, vec![Refusal::UnknownForm]),
        (OrganisationRecognised { receipt: None, scheme: None, ..recognised() }, vec![], true, vec![]),
        (OrganisationRecognised { scheme: None, ..recognised() }, vec![], true, vec![]),
        (OrganisationRecognised { receipt: None, ..recognised() }, vec![], true, vec![Refusal::SchemeAlone]),
        (
            OrganisationRecognised { scheme: Some("reg".into()), ..recognised() },
            vec![],
            true,
            vec![Refusal::SchemeUnreadable("reg".into())],
        ),
        (recognised(), vec![bearer("coaf", "", "")], true, taken()),
        (recognised(), vec![bearer("coaf", "", "2020-01-01")], true, vec![]),
        (recognised(), vec![bearer("afd", "2020-01-01", "")], true, vec![]),
        (recognised(), vec![bearer("afd", "2020-01-02", "")], true, vec![Refusal::ReceiptKnown]),
        (bare(), vec![], true, vec![Refusal::Unsourced]),
        (bare(), vec![], false, vec![]),
        (OrganisationRecognised { scan, ..bare() }, vec![], true, vec![]),
        (OrganisationRecognised { note: Some("Vu.".into()), ..bare() }, vec![], true, vec![]),
        (on("2026-03-02", ""), vec![], true, vec![]),
        (on("2026-03-03", ""), vec![], true, vec![Refusal::Later("debut")]),
        (on("2020-01-01", "2020-01-01"), vec![], true, vec![Refusal::DatesReversed]),
        (on("2020-01-01", "2020-01-02"), vec![], true, vec![]),
    ];
    for (written, bearers, observes, refusals) in cases {
        let name = format!("{written:?} {bearers:?} {observes}");
        let decided = recognise(written, &["declaree".into()], &bearers, observes, day("2026-03-02"));
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{name}");
    }
}

fn work() -> Work {
    Work {
        organisation: id("afd"),
        places: vec![Candidates::One(PlaceId::parse("commune-dougouba").unwrap())],
        themes: vec!["eclairage".into()],
        basis: Basis::Observed,
        from: None,
        to: None,
        source: SourceId::parse("journal").ok(),
        note: None,
    }
}

#[test]
fn stating_where_it_works_is_refused_on_one_side_of_each_limit() {
    let themes = ["eclairage".to_owned(), "securite".to_owned()];
    let none = || Work { places: vec![], themes: vec![], ..work() };
    let bare = || Work { source: None, ..work() };
    let cases = [
        (work(), true, vec![]),
        (Work { places: vec![], ..work() }, true, vec![]),
        (Work { themes: vec![], ..work() }, true, vec![]),
        (none(), true, vec![Refusal::NothingOfWork]),
        (Work { places: vec![Candidates::Blank], ..none() }, true, vec![Refusal::NothingOfWork]),
        (Work { themes: vec!["lune".into()], ..work() }, true, vec![Refusal::UnknownTheme]),
        (
            Work {
                places: vec![Candidates::Nobody("X".into()), Candidates::Several("a, b".into())],
                ..work()
            },
            true,
            vec![Refusal::UnknownWorkPlace("X".into()), Refusal::SeveralWorkPlaces("a, b".into())],
        ),
        (work(), false, vec![Refusal::DeclaredAlone]),
        (Work { basis: Basis::Declared, ..bare() }, false, vec![]),
        (bare(), true, vec![Refusal::Unsourced]),
        (Work { note: Some("Vu.".into()), ..bare() }, true, vec![]),
        (Work { from: Some(day("2026-03-03")), ..work() }, true, vec![Refusal::Later("debut")]),
    ];
    for (written, observes, refusals) in cases {
        let name = format!("{written:?} {observes}");
        assert_eq!(
            works(written, &themes, observes, day("2026-03-02")).err().unwrap_or_default(),
            refusals,
            "{name}"
        );
    }
    let twice = Work { themes: vec!["securite".into(), "eclairage".into(), "securite".into()], ..work() };
    let Ok(Word::OrganisationWorks(said)) = works(twice, &themes, true, day("2026-03-02")) else { panic!() };
    assert_eq!(said.themes, themes);
}

/// The house with a legal form that is not sure, and two themes.
pub(super) fn furnished() -> Rehearsal {
    let house = house();
    house.load(
        Some("2000-01-01"),
        Word::LegalFormSet(LegalFormSet {
            id: "declaree".into(),
            name: Bilingual { fr: "Association déclarée".into(), en: Some("Declared association".into()) },
            text: None,
            mark: Mark::Unverified,
            source: None,
            note: None,
        }),
    );
    for (id, fr) in [("eclairage", "Éclairage"), ("securite", "Sécurité")] {
        let name = Bilingual { fr: fr.into(), en: None };
        house.load(Some("2000-01-01"), Word::ThemeSet(ThemeSet { id: id.into(), name }));
    }
    house
}

#[tokio::test]
async fn a_receipt_is_an_identifier_and_work_is_found_by_theme_and_place() {
    let house = furnished();
    house.load(Some("2020-02-01"), Word::OrganisationRecognised(recognised()));
    let said = |who: &str, theme: &str, to: &str| {
        house.load(
            Some("2021-01-01"),
            Word::OrganisationWorks(OrganisationWorks {
                organisation: id(who),
                places: vec![PlaceId::parse("commune-dougouba").unwrap()],
                themes: vec![theme.into()],
                basis: Basis::Declared,
                from: Some(day("2021-01-01")),
                to: to.parse().ok(),
                source: None,
                note: None,
            }),
        );
    };
    said("coaf", "eclairage", "");
    said("afd", "securite", "2025-01-01");
    let text = house.get(None, "/fr/organisations/afd").await.text();
    for part in ["Association déclarée", "non vérifié", "récépissé n°", "12/A", "XX-REG", "Identifiants"]
    {
        assert!(text.contains(part), "{part}");
    }
    for (query, expected) in [
        ("theme=eclairage", vec!["coaf"]),
        ("theme=eclairage&au=2020-12-31", vec![]),
        ("theme=securite", vec![]),
        ("theme=securite&au=2024-12-31", vec!["afd"]),
        ("theme=lune", vec![]),
        ("travaille=region-dougouba", vec!["coaf"]),
        ("travaille=commune-dougouba", vec!["coaf"]),
        ("travaille=region-dougouba&theme=securite", vec![]),
        ("travaille=Nulleville", vec![]),
    ] {
        let reply = house.get(None, &format!("/organisations.json?{query}")).await;
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&reply.bytes).unwrap();
        let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expected, "{query}");
    }
    let reply = house.get(None, "/organisations.json?q=afd").await;
    let rows: serde_json::Value = serde_json::from_slice(&reply.bytes).unwrap();
    assert_eq!(
        (&rows[0]["receipts"], &rows[0]["identifiers"], &rows[0]["legal_forms"], &rows[0]["themes"]),
        (&"12/A".into(), &"XX-REG:12/A".into(), &"declaree".into(), &serde_json::Value::Null)
    );
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn its_secretary_declares_and_a_steward_observes() {
    let house = furnished();
    let secretary = house.guest(Behalf::Organisation { organisation: id("afd") }, Role::Secretary);
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let (form, work) = ("/fr/organisations/afd/reconnaissance", "/fr/organisations/afd/travail");
    assert_eq!(house.get(Some(&secretary), "/fr/organisations/coaf/travail").await.status, 403);
    for guest in [&secretary, &steward] {
        assert_eq!(house.get(Some(guest), form).await.status, 200);
        assert_eq!(house.get(Some(guest), work).await.status, 200);
    }
    let fields = [("forme", "declaree"), ("recepisse", "3/B"), ("registre", "XX-REG")];
    assert_eq!(house.post(Some(&steward), form, &fields).await.status, 422, "a steward names a source");
    assert_eq!(house.post(Some(&secretary), form, &fields).await.status, 303);
    let told = [("lieux", "Dougouba\ncommune-dougouba"), ("theme", "eclairage")];
    let refused = house.post(Some(&steward), work, &told).await;
    assert_eq!(refused.status, 422, "who says so?");
    assert!(refused.text().contains("checked"), "what was ticked stays ticked");
    let told = [("lieux", "commune-dougouba"), ("theme", "eclairage")];
    assert_eq!(house.post(Some(&secretary), work, &told).await.status, 303);
    let text = house.get(None, "/fr/organisations/afd").await.text();
    for part in ["3/B", "Déclaré par l’organisation", "Éclairage", "/fr/lieux/commune-dougouba"] {
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(house.difference(), None);
}
