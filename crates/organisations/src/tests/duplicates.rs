//! Duplicates: which pairs are suggested and why, what is decided, and how a merged organisation reads. All names are fictional.

use std::collections::BTreeSet;

use proptest::prelude::*;
use record::directory::sort_key;
use terms::access::Role;
use terms::organisations::{
    OrganisationIdentified, OrganisationsDistinguished, OrganisationsMerged, OrganisationsParted,
};
use terms::{Behalf, Commitment, Enclosed, Media, SourceId, Word};

use super::{house, id};
use crate::acts::{Alike, Likeness, Reason, Refusal, Twin, alike, distinguish, merge, part};

fn like(name: &str) -> Likeness {
    Likeness {
        id: id(&format!("o-{}", sort_key(name).replace(' ', "-"))),
        key: sort_key(name),
        acronym: String::new(),
        kind: "association".into(),
        place: None,
        exercise: false,
        identifiers: vec![],
    }
}

fn found(all: &[Likeness]) -> Alike {
    alike(all, &BTreeSet::new())
}

#[test]
fn names_are_near_on_one_side_of_each_limit() {
    use Reason as R;
    let cases: [(&str, &str, &[R]); 23] = [
        ("Veille et droits", "VEILLE ET DROITS", &[R::SameName]),
        ("Réseau des Femmes de Dougouba", "Reseau des femmes de Dougouba", &[R::SameName]),
        ("Veille et droits", "ONG Veille & Droits", &[R::SameWords]),
        ("Association pour la paix à Dougouba", "Paix de Dougouba", &[R::SameWords]),
        ("Asociation pour la paix à Dougouba", "Association Paix de Dougouba", &[R::SameWords]),
        ("Droits et veille", "Veille et droits", &[R::SameWords]),
        ("Veille et droits", "Veile et droits", &[R::Near(92)]),
        ("Veille et droits", "Vielle et droits", &[R::Near(92)]),
        ("Maison des jeunes de Dougouba", "Maison des jeunes de Dugouba", &[R::Near(95)]),
        ("Réseau Femmes Paix Sécurité", "Réseau Femmes Paix Sécurité Dougouba", &[R::Near(75)]),
        ("Kene Ton Dougouba", "Keneton Dougouba", &[R::Near(94)]),
        // Another place, another word, another number: another organisation.
        ("Maison des jeunes de Dougouba", "Maison des jeunes de Tabakoro", &[]),
        ("Maison des jeunes", "Maison des femmes", &[]),
        ("École 1 de Dougouba", "École 2 de Dougouba", &[]),
        ("Section 12 du réseau", "Section 112 du réseau", &[]),
        ("Union des femmes", "Union des femmes rurales", &[]),
        ("Paix", "Pays", &[]),
        ("Jeunes et paix", "Jeunes et pais", &[R::Near(91)]),
        ("Ton de Bla", "Ton de Bra", &[]),
        ("Association", "Associations", &[R::Near(92)]),
        ("Association", "ASSOCIATION", &[R::SameName]),
        ("Femmes battantes", "Femme battante", &[R::Near(88)]),
        ("Comité de paix de Nara", "Comité pour la paix de Nioro", &[]),
    ];
    for (one, other, reasons) in cases {
        let pairs = found(&[like(one), Likeness { id: id("autre"), ..like(other) }]).pairs;
        let told = pairs.first().map(|pair| pair.reasons.clone()).unwrap_or_default();
        assert_eq!(told, reasons, "{one} / {other}");
    }
}

#[test]
fn other_reasons_and_what_is_not_suggested() {
    let known = |value: &str| vec![("XX-REG".to_owned(), value.to_owned())];
    let one = Likeness {
        acronym: "afd".into(),
        identifiers: known("12 a"),
        place: Some("p".into()),
        ..like("Aube")
    };
    let named = |name: &str| Likeness { acronym: "afd".into(), identifiers: vec![], ..like(name) };
    let reasons = |other: Likeness| {
        found(&[one.clone(), other]).pairs.first().map(|pair| pair.reasons.clone()).unwrap_or_default()
    };
    let same = Reason::Identifier("XX-REG".into(), "12 a".into());
    assert_eq!(
        reasons(Likeness { identifiers: known("12 a"), ..like("Soir") }),
        *std::slice::from_ref(&same)
    );
    assert_eq!(reasons(Likeness { identifiers: known("12 b"), ..like("Soir") }), []);
    assert_eq!(reasons(named("Soir")), [Reason::Acronym("afd".into())]);
    assert_eq!(reasons(Likeness { kind: "ngo".into(), ..named("Soir") }), [], "another kind");
    let seated = Likeness { place: Some("p".into()), ..named("Soir") };
    assert_eq!(reasons(seated), [Reason::Acronym("afd".into()), Reason::Place("p".into())]);
    assert_eq!(
        reasons(Likeness { place: Some("p".into()), ..like("Soir") }),
        [],
        "a place is no reason by itself"
    );
    assert_eq!(
        reasons(Likeness { exercise: true, ..named("Aube") }),
        [],
        "a fictional one is like no real one"
    );
    let other = Likeness { id: id("autre"), ..like("Aube") };
    let apart = BTreeSet::from([(id("autre"), one.id.clone())]);
    let both = [one, other];
    assert_eq!(alike(&both, &apart).pairs, [], "told apart");
    let [one, other] = both;
    // The strongest first.
    let several = [other, named("Soir"), one, Likeness { identifiers: known("12 a"), ..like("Nuit") }];
    let first: Vec<Reason> =
        found(&several).pairs.into_iter().map(|mut pair| pair.reasons.remove(0)).collect();
    assert_eq!(first, [same, Reason::SameName, Reason::Acronym("afd".into())]);
}

/// Organisations as a large country has them: few words, many places; each twentieth a second time, misspelled.
fn many(count: usize) -> Vec<Likeness> {
    const FIRST: [&str; 8] =
        ["association", "union", "reseau", "cooperative", "groupement", "amicale", "comite", "collectif"];
    const OF: [&str; 6] = ["femmes", "jeunes", "eleveurs", "riverains", "artisans", "lecteurs"];
    const FOR: [&str; 5] = ["paix", "developpement", "ecole", "eclairage", "sante"];
    let syllables =
        ["ba", "ko", "ni", "sa", "dou", "gou", "ma", "ra", "ti", "fe", "lo", "si", "ka", "na", "bou", "wa"];
    // Names that are not near each other by themselves: the digits of a number that jumps about.
    let place = |n: usize| -> String {
        let jumping = (n + 1) * 2_654_435_761 % 1_048_576;
        (0..5).map(|digit| syllables[jumping >> (4 * digit) & 15]).collect()
    };
    (0..count)
        .map(|n| {
            let base = if n % 20 == 19 { n - 7 } else { n };
            let mut key = format!(
                "{} des {} pour {} de {}",
                FIRST[base % 8],
                OF[base / 8 % 6],
                FOR[base / 48 % 5],
                place(base / 5)
            );
            if n % 20 == 19 {
                // Two letters change places.
                let at = key.len() - 3;
                let (a, b) = (key.as_bytes()[at] as char, key.as_bytes()[at + 1] as char);
                key.replace_range(at..at + 2, &format!("{b}{a}"));
            }
            Likeness { id: id(&format!("o-{n}")), key, ..like("x") }
        })
        .collect()
}

#[test]
fn a_large_register_is_not_compared_each_with_each() {
    let all = many(20_000);
    let found = found(&all);
    assert!(found.compared < all.len() * 60, "{} pairs were looked at", found.compared);
    let caught: BTreeSet<usize> = found.pairs.iter().flat_map(|pair| [pair.one, pair.other]).collect();
    // Where the letters that change places are the same, the name is the same; either way the pair is found.
    let twins = (19..all.len()).step_by(20);
    let missed: Vec<&str> = twins.filter(|at| !caught.contains(at)).map(|at| all[at].key.as_str()).collect();
    assert_eq!((missed.len(), missed.first()), (0, None));
}

proptest! {
    #[test]
    fn any_names_give_the_same_pairs_each_once(names in proptest::collection::vec("[a-c é]{0,12}", 0..30)) {
        let all: Vec<Likeness> = names
            .iter()
            .enumerate()
            .map(|(n, name)| Likeness { id: id(&format!("o-{n}")), key: sort_key(name), ..like("x") })
            .collect();
        let first = found(&all);
        prop_assert_eq!(&first, &found(&all));
        let each: BTreeSet<(usize, usize)> = first.pairs.iter().map(|pair| (pair.one, pair.other)).collect();
        prop_assert_eq!(each.len(), first.pairs.len());
        for pair in &first.pairs {
            prop_assert!(pair.one < pair.other && !pair.reasons.is_empty());
            prop_assert!(!matches!(pair.reasons[0], Reason::Place(_)));
        }
    }
}

fn ground() -> Enclosed {
    Enclosed { sha256: Commitment([7; 32]), media: Media::Text, bytes: 3 }
}

fn twin(who: &str, goes_on_as: Option<&str>) -> Twin {
    Twin { id: id(who), name: who.to_uppercase(), exercise: who == "jeu", goes_on_as: goes_on_as.map(id) }
}

#[test]
fn merging_parting_and_telling_apart_are_refused_on_one_side_of_each_limit() {
    let merged = |kept: &Twin, other: &Twin| {
        let word = OrganisationsMerged { kept: kept.id.clone(), merged: other.id.clone(), ground: ground() };
        merge(word, kept, other).err().unwrap_or_default()
    };
    let already = |name: &str| vec![Refusal::MergedAlready(name.into())];
    assert_eq!(merged(&twin("afd", None), &twin("coaf", None)), []);
    assert_eq!(merged(&twin("afd", None), &twin("afd", None)), [Refusal::MergedWithItself]);
    assert_eq!(merged(&twin("afd", Some("cjf")), &twin("coaf", None)), already("AFD"));
    assert_eq!(merged(&twin("afd", None), &twin("coaf", Some("cjf"))), already("COAF"));
    assert_eq!(merged(&twin("afd", None), &twin("jeu", None)), [Refusal::WorldsMerged]);
    let parted = |twin: &Twin| {
        part(OrganisationsParted { merged: twin.id.clone(), ground: ground() }, twin)
            .err()
            .unwrap_or_default()
    };
    assert_eq!(parted(&twin("afd", Some("coaf"))), []);
    assert_eq!(parted(&twin("afd", None)), [Refusal::NotMerged]);
    let told = |one: &Twin, other: &Twin, known| {
        let word =
            OrganisationsDistinguished { one: one.id.clone(), other: other.id.clone(), ground: ground() };
        distinguish(word, one, other, known)
    };
    assert_eq!(told(&twin("afd", None), &twin("afd", None), false), Err(vec![Refusal::MergedWithItself]));
    assert_eq!(told(&twin("afd", None), &twin("coaf", None), true), Err(vec![Refusal::DistinguishedAlready]));
    let turned = told(&twin("coaf", None), &twin("afd", None), false);
    assert_eq!(turned, told(&twin("afd", None), &twin("coaf", None), false), "whoever is named first");
}

#[tokio::test]
async fn what_was_said_of_both_reads_together_and_can_be_parted_again() {
    let house = house();
    let steward = house.guest(Behalf::Instance, Role::Steward);
    house.load(
        Some("2021-01-01"),
        Word::OrganisationIdentified(OrganisationIdentified {
            organisation: id("cjf"),
            scheme: "XX-REG".into(),
            value: "9/Z".into(),
            from: None,
            to: None,
            source: SourceId::parse("journal").ok(),
            note: None,
        }),
    );
    let pair = "/fr/organisations/doublons/cjf/afd";
    assert_eq!(house.get(None, "/fr/organisations/doublons").await.status, 303);
    assert_eq!(house.get(Some(&steward), pair).await.status, 200);
    let fusion = format!("{pair}/fusion");
    let refused = house.post(Some(&steward), &fusion, &[("garder", "coaf"), ("raison", "")]).await;
    assert_eq!(refused.status, 422);
    let fields = [("garder", "afd"), ("raison", "Un même bureau, un même siège.")];
    assert_eq!(house.post(Some(&steward), &fusion, &fields).await.status, 303);
    assert_eq!(house.post(Some(&steward), &fusion, &fields).await.status, 422, "once is enough");

    let led = house.get(None, "/fr/organisations/cjf").await;
    assert_eq!((led.status.as_u16(), led.header("location")), (303, "/fr/organisations/afd"));
    assert_eq!(house.get(None, "/organisations/cjf/liens.csv").await.status, 303);
    let kept = house.get(None, "/fr/organisations/afd").await.text();
    for part in ["Inscriptions réunies", "Un même bureau, un même siège.", "Dissoute", "Suspendue", "9/Z"]
    {
        assert!(kept.contains(part), "{part}");
    }
    let ids = |query: String| {
        let house = &house;
        async move {
            let reply = house.get(None, &format!("/organisations.json?{query}")).await;
            let rows: Vec<serde_json::Value> = serde_json::from_slice(&reply.bytes).unwrap();
            rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    assert_eq!(ids(String::new()).await, ["afd", "coaf", "jeu"], "counted once");
    assert_eq!(ids("q=jeunesse".into()).await, ["afd"], "found by either name");
    assert_eq!(
        ids("statut=contested".into()).await,
        ["afd"],
        "what is contested of one is contested of both"
    );
    assert_eq!(ids("au=2026-03-01".into()).await.len(), 4, "on the day before they were two");
    assert_eq!(house.difference(), None);

    let separation = "/fr/organisations/cjf/separation";
    assert_eq!(house.get(Some(&steward), separation).await.status, 200);
    assert_eq!(house.post(Some(&steward), separation, &[("raison", "Deux bureaux.")]).await.status, 303);
    assert_eq!(house.get(None, "/fr/organisations/cjf").await.status, 200);
    let kept = house.get(None, "/fr/organisations/afd").await.text();
    assert!(kept.contains("Réunion défaite") && kept.contains("Deux bureaux.") && !kept.contains("9/Z"));
    assert_eq!(ids("statut=contested".into()).await, ["cjf"]);
    assert_eq!(house.post(Some(&steward), separation, &[("raison", "Encore.")]).await.status, 422);
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn a_suggestion_says_why_and_is_not_made_twice() {
    let house = house();
    let steward = house.guest(Behalf::Instance, Role::Steward);
    house.load(None, super::organisation("afd-bis", "ASSOCIATION FICTIVE DE DOUGOUBA", "women", None));
    let list = "/fr/organisations/doublons";
    let page = house.get(Some(&steward), list).await.text();
    for part in ["1 paire se ressemble", "à la casse, aux accents", "organisations/doublons/"] {
        assert!(page.contains(part), "{part}");
    }
    let distinct = "/fr/organisations/doublons/afd/afd-bis/distinctes";
    let fields = [("difference", "L’une est de l’autre Dougouba.")];
    assert_eq!(house.post(Some(&steward), distinct, &[]).await.status, 422);
    assert_eq!(house.post(Some(&steward), distinct, &fields).await.status, 303);
    assert!(house.get(Some(&steward), list).await.text().contains("Aucune ressemblance"));
    let pair = house.get(Some(&steward), "/fr/organisations/doublons/afd/afd-bis").await.text();
    assert!(pair.contains("Dites différentes") && pair.contains("L’une est de l’autre Dougouba."));
    assert_eq!(house.difference(), None);
}
