//! Ties, replies, identifiers and restrictions: the acts case by case, and a story through the house. All names are fictional.

use terms::access::Role;
use terms::organisations::{Basis, Held, OrganisationIdentified, RestrictionStated, TieStated};
use terms::{Behalf, Commitment, Enclosed, Media, RestrictionId, SourceId, Word};
use web::rehearsal::Rehearsal;

use super::{dates, day, house, id};
use crate::acts::{Bearer, Candidates, Drafted, Refusal, Side, identify, restrict, tie};

fn enclosed() -> Enclosed {
    Enclosed { sha256: Commitment([7; 32]), media: Media::Text, bytes: 3 }
}

fn written() -> TieStated {
    TieStated {
        organisation: id("afd"),
        criterion: "S2".into(),
        value: Held::Yes,
        basis: Basis::Observed,
        contested: false,
        from: None,
        to: None,
        source: SourceId::parse("journal").ok(),
        note: None,
        evidence: None,
    }
}

#[test]
fn a_tie_is_refused_on_one_side_of_each_limit() {
    let bare = || TieStated { source: None, ..written() };
    let cases = [
        (written(), true, vec![]),
        (TieStated { criterion: "S11".into(), ..written() }, true, vec![Refusal::UnknownCriterion]),
        (TieStated { criterion: "s2".into(), ..written() }, true, vec![Refusal::UnknownCriterion]),
        (bare(), true, vec![Refusal::TieUnevidenced]),
        (TieStated { value: Held::No, ..bare() }, true, vec![Refusal::TieUnevidenced]),
        (TieStated { value: Held::Unknown, ..bare() }, true, vec![]),
        (TieStated { evidence: Some(enclosed()), ..bare() }, true, vec![]),
        (TieStated { note: Some("Arrêté fictif.".into()), ..bare() }, true, vec![]),
        (written(), false, vec![Refusal::DeclaredAlone]),
        (TieStated { basis: Basis::Declared, ..written() }, false, vec![]),
        (TieStated { contested: true, ..written() }, true, vec![Refusal::ContestedByWhom]),
        (TieStated { contested: true, evidence: Some(enclosed()), ..written() }, true, vec![]),
        (TieStated { from: Some(day("2026-03-02")), ..written() }, true, vec![]),
        (TieStated { from: Some(day("2026-03-03")), ..written() }, true, vec![Refusal::Later("debut")]),
        (
            TieStated { from: Some(day("2026-01-02")), to: Some(day("2026-01-02")), ..written() },
            true,
            vec![Refusal::DatesReversed],
        ),
    ];
    for (written, observes, refusals) in cases {
        let name = format!("{written:?} {observes}");
        assert_eq!(tie(written, observes, day("2026-03-02")).err().unwrap_or_default(), refusals, "{name}");
    }
    assert_eq!((Side::State.criteria().count(), Side::Donors.criteria().count()), (10, 4));
}

#[test]
fn an_identifier_is_of_one_organisation_at_a_time() {
    let identified = |scheme: &str, from: &str, to: &str| OrganisationIdentified {
        organisation: id("afd"),
        scheme: scheme.into(),
        value: "12/A".into(),
        from: from.parse().ok(),
        to: to.parse().ok(),
        source: SourceId::parse("journal").ok(),
        note: None,
    };
    let bearer = |who: &str, from: &str, to: &str| Bearer {
        organisation: id(who),
        name: "Coordination fictive".into(),
        dates: dates(from, to),
    };
    let taken = || vec![Refusal::IdentifierTaken("Coordination fictive".into())];
    let cases = [
        (identified("ML-MAT", "", ""), vec![], vec![]),
        (identified("https://registre.example/x", "", ""), vec![], vec![]),
        (identified("MAT", "", ""), vec![], vec![Refusal::SchemeUnreadable("MAT".into())]),
        (identified("ml-mat", "", ""), vec![], vec![Refusal::SchemeUnreadable("ml-mat".into())]),
        (identified("ML-", "", ""), vec![], vec![Refusal::SchemeUnreadable("ML-".into())]),
        (identified("ML-MAT", "2020-01-01", ""), vec![bearer("coaf", "", "")], taken()),
        (identified("ML-MAT", "2020-01-01", ""), vec![bearer("coaf", "", "2020-01-01")], vec![]),
        (identified("ML-MAT", "", "2019-01-01"), vec![bearer("coaf", "2019-01-01", "")], vec![]),
        (identified("ML-MAT", "2020-01-01", ""), vec![bearer("afd", "2020-01-01", "")], vec![]),
        (
            identified("ML-MAT", "2020-01-02", ""),
            vec![bearer("afd", "2020-01-01", "")],
            vec![Refusal::IdentifierKnown],
        ),
        (identified("ML-MAT", "2026-03-03", ""), vec![], vec![Refusal::Later("debut")]),
        (
            OrganisationIdentified { source: None, ..identified("ML-MAT", "", "") },
            vec![],
            vec![Refusal::Unsourced],
        ),
    ];
    for (identified, bearers, refusals) in cases {
        let name = format!("{identified:?} {bearers:?}");
        let decided = identify(identified, &bearers, day("2026-03-02"));
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{name}");
    }
}

fn drafted() -> Drafted {
    Drafted {
        title: "Interdiction fictive".into(),
        kind: "ban".into(),
        stage: "in-force".into(),
        authority: None,
        organisations: vec![],
        kinds: vec!["ngo".into()],
        funder: Some("Bailleur fictif".into()),
        activity: None,
        rate: None,
        from: Some(day("2022-11-21")),
        to: None,
        source: SourceId::parse("journal").ok(),
        note: None,
    }
}

#[test]
fn a_restriction_is_refused_on_one_side_of_each_limit() {
    let levy = |rate| Drafted { kind: "levy".into(), rate, ..drafted() };
    let lifted = |to: &str| Drafted { stage: "lifted".into(), to: to.parse().ok(), ..drafted() };
    let cases = [
        (drafted(), vec![]),
        (Drafted { kind: "fine".into(), ..drafted() }, vec![Refusal::UnknownRestriction]),
        (Drafted { stage: "rumoured".into(), ..drafted() }, vec![Refusal::UnknownStage]),
        (Drafted { kinds: vec!["club".into()], ..drafted() }, vec![Refusal::UnknownKind]),
        (Drafted { rate: Some(100), ..drafted() }, vec![Refusal::RateOutside]),
        (levy(None), vec![Refusal::RateOutside]),
        (levy(Some(0)), vec![Refusal::RateOutside]),
        (levy(Some(1)), vec![]),
        (levy(Some(1_000)), vec![]),
        (levy(Some(1_001)), vec![Refusal::RateOutside]),
        (Drafted { from: Some(day("2026-03-03")), ..drafted() }, vec![Refusal::Later("debut")]),
        (Drafted { from: Some(day("2026-03-03")), stage: "announced".into(), ..drafted() }, vec![]),
        (lifted(""), vec![Refusal::LiftedWhen]),
        (lifted("2026-03-03"), vec![Refusal::LiftedWhen]),
        (lifted("2026-03-02"), vec![]),
        (Drafted { to: Some(day("2022-11-21")), ..drafted() }, vec![Refusal::DatesReversed]),
        (Drafted { source: None, ..drafted() }, vec![Refusal::Unsourced]),
        (Drafted { source: None, note: Some("Selon la radio.".into()), ..drafted() }, vec![]),
        (
            Drafted {
                organisations: vec![Candidates::Nobody("Nulle".into()), Candidates::Several("a, b".into())],
                ..drafted()
            },
            vec![Refusal::UnknownOrganisation("Nulle".into()), Refusal::SeveralOrganisations("a, b".into())],
        ),
    ];
    for (drafted, refusals) in cases {
        let name = format!("{drafted:?}");
        let decided = restrict(RestrictionId::parse("r").unwrap(), drafted, day("2026-03-02"));
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{name}");
    }
    let twice = Drafted {
        organisations: vec![
            Candidates::One(id("b")),
            Candidates::Blank,
            Candidates::One(id("a")),
            Candidates::One(id("b")),
        ],
        ..drafted()
    };
    let Ok(Word::RestrictionStated(said)) =
        restrict(RestrictionId::parse("r").unwrap(), twice, day("2026-03-02"))
    else {
        panic!("it is whole");
    };
    assert_eq!(said.organisations, [id("a"), id("b")]);
}

fn verdicts(rows: &serde_json::Value) -> Vec<String> {
    let named = |row: &serde_json::Value| {
        format!("{} {}", row["criterion"].as_str().unwrap(), row["verdict"].as_str().unwrap())
    };
    rows.as_array().unwrap().iter().filter(|row| row["verdict"] != "unknown").map(named).collect()
}

async fn profile(house: &Rehearsal, query: &str) -> Vec<String> {
    let reply = house.get(None, &format!("/organisations/afd/liens.json{query}")).await;
    assert_eq!(reply.status, 200, "{query}");
    verdicts(&serde_json::from_slice(&reply.bytes).unwrap())
}

#[tokio::test]
async fn what_nobody_says_is_unknown_and_what_is_answered_is_contested() {
    let house = house();
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let secretary = house.guest(Behalf::Organisation { organisation: id("afd") }, Role::Secretary);
    assert!(house.get(None, "/fr/organisations/afd").await.text().contains("tous sont inconnus"));
    assert_eq!(profile(&house, "").await, Vec::<String>::new());

    // Somebody observes; without evidence it is refused, and what was written is kept.
    let new = "/fr/organisations/afd/liens/nouveau";
    let mut fields = vec![("critere", "S2"), ("valeur", "yes"), ("dit", "observed"), ("debut", "01/05/2025")];
    let refused = house.post(Some(&steward), new, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("ne se consigne pas sans preuve") && refused.text().contains("01/05/2025")
    );
    fields.push(("preuve", "Arrêté fictif n° 12, affiché."));
    let taken = house.post(Some(&steward), new, &fields).await;
    assert_eq!((taken.status.as_u16(), taken.header("location")), (303, "/fr/organisations/afd/liens"));
    assert_eq!(profile(&house, "").await, ["S2 yes"]);
    assert_eq!(profile(&house, "?au=2025-04-30").await, Vec::<String>::new());

    // The organisation answers: both are read together, and the line is contested.
    let page = house.get(Some(&secretary), "/fr/organisations/afd/liens").await.text();
    let at = page.find("/reponse/").unwrap();
    let entry: String = page[at + 9..].chars().take_while(char::is_ascii_digit).collect();
    let answer = format!("/fr/organisations/afd/reponse/{entry}");
    assert!(!house.get(None, "/fr/organisations/afd/liens").await.text().contains("/reponse/"));
    assert_eq!(house.get(Some(&secretary), &answer).await.status, 200);
    assert_eq!(house.post(Some(&secretary), &answer, &[("texte", "")]).await.status, 422);
    let said = [("texte", "L’assemblée l’a élue."), ("conteste", "oui")];
    assert_eq!(house.post(Some(&secretary), &answer, &said).await.status, 303);
    assert_eq!(profile(&house, "").await, ["S2 contested"]);
    let page = house.get(None, "/fr/organisations/afd/liens").await.text();
    for part in ["L’assemblée l’a élue.", "Contesté par l’organisation", "Arrêté fictif n° 12", "inconnu : 9"]
    {
        assert!(page.contains(part), "{part}");
    }

    // It declares of itself: never observed, whatever is sent.
    let declared =
        [("critere", "F1"), ("valeur", "no"), ("dit", "observed"), ("preuve", "Rapport financier fictif.")];
    assert_eq!(house.post(Some(&secretary), new, &declared).await.status, 303);
    assert_eq!(profile(&house, "").await, ["S2 contested", "F1 no"]);
    // An observation that says otherwise contests it.
    let other = [("critere", "F1"), ("valeur", "yes"), ("dit", "observed"), ("source", "journal")];
    assert_eq!(house.post(Some(&steward), new, &other).await.status, 303);
    assert_eq!(profile(&house, "").await, ["S2 contested", "F1 contested"]);
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn who_may_say_what_of_whom() {
    let house = house();
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let others = house.guest(Behalf::Organisation { organisation: id("cjf") }, Role::Secretary);
    let delegate = house.guest(Behalf::Organisation { organisation: id("afd") }, Role::Delegate);
    let said = [("critere", "S1"), ("valeur", "yes"), ("dit", "declared"), ("source", "journal")];
    for guest in [&others, &delegate] {
        for address in ["liens/nouveau", "identifiant", "reponse/9"] {
            let address = format!("/organisations/afd/{address}");
            assert_eq!(house.get(Some(guest), &address).await.status, 403, "{address}");
            assert_eq!(house.post(Some(guest), &address, &said).await.status, 403, "{address}");
        }
        assert_eq!(house.get(Some(guest), "/restrictions/nouvelle").await.status, 403);
    }
    assert_eq!(house.get(None, "/organisations/afd/liens/nouveau").await.status, 303);
    // Nobody answers for an organisation but itself; nor is there an answer to what does not speak of it.
    assert_eq!(house.get(Some(&steward), "/organisations/afd/reponse/9").await.status, 403);
    let own = house.guest(Behalf::Organisation { organisation: id("afd") }, Role::Secretary);
    assert_eq!(house.get(Some(&own), "/organisations/afd/reponse/0").await.status, 404);
    assert_eq!(house.get(Some(&own), "/organisations/afd/reponse/x").await.status, 404);
    let answer = house.post(Some(&own), "/fr/organisations/afd/reponse/0", &[("texte", "Non.")]).await;
    assert!(matches!(answer.status.as_u16(), 404 | 422), "{}", answer.status);
    assert_eq!(house.get(None, "/organisations/absente/liens").await.status, 404);
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn a_receipt_leads_to_one_organisation() {
    let house = house();
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let fields = [("registre", "XX-REG"), ("valeur", "N° 12 / A"), ("source", "journal")];
    let address = |id: &str| format!("/fr/organisations/{id}/identifiant");
    assert_eq!(house.post(Some(&steward), &address("afd"), &fields).await.status, 303);
    let page = house.get(None, "/fr/organisations/afd").await.text();
    assert!(page.contains("XX-REG") && page.contains("N° 12 / A"));
    // However it is spelled.
    let same = [("registre", "XX-REG"), ("valeur", "n° 12 / a"), ("source", "journal")];
    let refused = house.post(Some(&steward), &address("cjf"), &same).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Association fictive de Dougouba"), "{}", refused.text());
    let empty = house.post(Some(&steward), &address("afd"), &[]).await;
    assert_eq!(empty.status, 422);
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn a_restriction_weighs_on_whom_it_means_and_is_told_anew() {
    let house = house();
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let guest = Some(&steward);
    assert!(house.get(None, "/fr/restrictions").await.text().contains("Aucune restriction"));
    let ban = [
        ("titre", "Interdiction fictive"),
        ("sorte", "ban"),
        ("etat", "in-force"),
        ("sortes", "women"),
        ("sortes", "ngo"),
        ("bailleur", "Bailleur fictif"),
        ("debut", "21/11/2022"),
        ("source", "journal"),
    ];
    let taken = house.post(guest, "/fr/restrictions/nouvelle", &ban).await;
    assert_eq!(taken.status, 303);
    let address = taken.header("location").to_owned();
    let page = house.get(None, &address).await.text();
    for part in [
        "Interdiction fictive",
        "Bailleur fictif",
        "En vigueur",
        "Organisation de femmes, ONG",
        "n’est pas interdire",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let weighs = |id: &'static str, query: &'static str| {
        let house = &house;
        async move {
            house
                .get(None, &format!("/fr/organisations/{id}{query}"))
                .await
                .text()
                .contains("Interdiction fictive")
        }
    };
    assert!(weighs("afd", "").await);
    assert!(!weighs("cjf", "").await && !weighs("jeu", "").await);

    // A levy needs its rate, and one that can be read.
    let levy = |rate: &'static str| {
        [
            ("titre", "Prélèvement fictif"),
            ("sorte", "levy"),
            ("etat", "announced"),
            ("taux", rate),
            ("note", "Projet."),
        ]
    };
    for (rate, part) in
        [("", "Un prélèvement a un taux"), ("dix", "une décimale au plus"), ("0", "Un prélèvement a un taux")]
    {
        let refused = house.post(guest, "/fr/restrictions/nouvelle", &levy(rate)).await;
        assert_eq!(refused.status, 422, "{rate}");
        assert!(refused.text().contains(part), "{rate}");
    }
    assert_eq!(house.post(guest, "/fr/restrictions/nouvelle", &levy("2,5 %")).await.status, 303);
    let rows: serde_json::Value =
        serde_json::from_slice(&house.get(None, "/restrictions.json").await.bytes).unwrap();
    let rates: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["rate_permille"].as_i64()).collect();
    assert_eq!(rates, [None, Some(25)]);

    // It names one now, and is lifted: the form begins with what was told.
    let again = format!("{address}/suite");
    let form = house.get(guest, &again).await.text();
    assert!(
        form.contains("value=\"Interdiction fictive\"") && form.contains("value=\"2022-11-21\""),
        "{form}"
    );
    let mut fields: Vec<(&str, &str)> = ban.iter().copied().filter(|(name, _)| *name != "etat").collect();
    fields.extend([
        ("etat", "lifted"),
        ("fin", "01/01/2026"),
        ("organisations", "CJF\nÉclaireurs d’exercice"),
    ]);
    assert_eq!(house.post(guest, &again, &fields).await.status, 303);
    assert!(weighs("cjf", "").await && weighs("jeu", "").await && !weighs("afd", "").await);
    let unknown =
        [("titre", "X"), ("sorte", "ban"), ("etat", "announced"), ("note", "Y"), ("organisations", "Nulle")];
    let refused = house.post(guest, "/fr/restrictions/nouvelle", &unknown).await.text();
    assert!(refused.contains("« Nulle »"), "{refused}");
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn a_pack_s_restriction_is_read_as_it_was_on_each_day() {
    let house = house();
    let said = |stage: &str, to: &str| {
        Word::RestrictionStated(RestrictionStated {
            id: RestrictionId::parse("essai").unwrap(),
            title: "Restriction d’essai".into(),
            kind: "suspension".into(),
            stage: stage.into(),
            authority: None,
            organisations: vec![id("afd")],
            kinds: vec![],
            funder: None,
            activity: None,
            rate: None,
            from: day("2024-04-10").into(),
            to: to.parse().ok(),
            source: None,
            note: None,
        })
    };
    house.load(Some("2024-04-12"), said("in-force", ""));
    house.load(Some("2024-07-12"), said("lifted", "2024-07-10"));
    let on = |query: &'static str| {
        let house = &house;
        async move { house.get(None, &format!("/fr/organisations/afd{query}")).await.text() }
    };
    assert!(!on("?au=2024-04-11").await.contains("Restriction d’essai"));
    let during = on("?au=2024-05-01").await;
    assert!(during.contains("Restriction d’essai") && during.contains("En vigueur"));
    assert!(on("").await.contains("Levée"));
}
