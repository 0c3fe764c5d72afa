//! The exercise's year, as its public pages tell it: an answer in time, one late, one refused for secrecy,
//! one silence carried up.

use crate::form::{links, words};
use crate::scene::{COMMITTEE, GOVERNOR, MAYOR, PREFECT, Scene, is_silent_on, says};

/// The committee of the region.
const REGION: &str = "exercice-ccsr";

#[tokio::test]
async fn l_annee_montre_une_reponse_a_temps_une_tardive_un_secret_et_un_silence_porte_plus_haut() {
    let scene = Scene::begins().await;
    let in_time = scene.reads_words("/recommandations/exercice-01").await;
    says(
        &in_time,
        &[
            "Éclairer le marché et ses abords le soir",
            "au plus tard le 12 février 2025",
            "reçue le 6 février 2025 (24 jours après la remise)",
            "close par ses auteurs dans le délai",
            "Visite à 20 heures : douze lampadaires comptés, douze allumés.",
        ],
    );
    is_silent_on(&in_time, &["Silence :", "après l’échéance"]);
    let late = scene.reads_words("/recommandations/exercice-06").await;
    says(
        &late,
        &[
            "aucune réponse (Maire de Dougouba (exercice)), attendue au plus tard le 16 avril 2025.",
            "reçue le 13 mai 2025 (57 jours après la remise)",
            "après l’échéance",
            "lettre numérisée (preuve de rang 3 sur 5)",
        ],
    );
    let secret = scene.reads_words("/recommandations/exercice-07").await;
    says(
        &secret,
        &[
            "secret invoqué",
            "Base légale invoquée : Loi n° 98-012",
            "refus sans motif",
            "Rouverte par ses auteurs",
        ],
    );
    let silent = scene.reads_words("/recommandations/exercice-04").await;
    says(
        &silent,
        &[
            "Silence : aucun accusé de réception (Maire de Dougouba (exercice))",
            "aucune réponse (Maire de Dougouba (exercice)), attendue au plus tard le 19 mars 2025.",
            "Recours, étape 1 : Préfet du cercle d’exercice",
            "Recours, étape 2 : Comité consultatif de sécurité de la région d’exercice, après Maire",
            "Préfet du cercle d’exercice — étape franchie",
            "Comité consultatif de sécurité de la région d’exercice — étape franchie",
            "Silence : aucune réponse (Préfet du cercle d’exercice)",
            "Silence : aucune réponse (Comité consultatif de sécurité de la région d’exercice)",
        ],
    );
    let rows = scene.reads("/silences.csv?exercice=oui").await;
    for authority in [MAYOR, PREFECT, REGION] {
        assert!(
            rows.lines().any(|row| row.contains("exercice-04") && row.contains(authority)),
            "{authority} : {rows}"
        );
    }
    scene.ends().await;
}

#[tokio::test]
async fn les_lettres_numerisees_s_ouvrent_et_se_disent_fictives() {
    let scene = Scene::begins().await;
    for (recommendation, author, words) in [
        (
            "exercice-06",
            "Maire de Dougouba",
            "Avec ses excuses pour le retard, la mairie affichera le tableau.",
        ),
        ("exercice-07", "Chef du poste de gendarmerie", "secret"),
    ] {
        let page = scene.reads(&format!("/recommandations/{recommendation}")).await;
        let pieces: Vec<_> =
            links(&page).into_iter().filter(|link| link.starts_with("/reponses/pieces/")).collect();
        let mut told = false;
        for piece in &pieces {
            let letter = scene.asks(piece).await;
            assert_eq!(letter.header("content-type"), "application/pdf");
            let text = letter.text();
            assert!(text.starts_with("%PDF-1.4\n") && text.ends_with("%%EOF\n"), "{text}");
            says(&text, &["(EXERCICE)", "lettre fictive", author]);
            told |= text.contains(words);
        }
        assert!(pieces.len() >= 2 && told, "{recommendation} : an acknowledgement and an answer: {pieces:?}");
    }
    scene.ends().await;
}

#[tokio::test]
async fn l_exercice_est_marque_sur_chacune_de_ses_pages() {
    let scene = Scene::begins().await;
    let mut pages = vec![
        format!("/instances/{COMMITTEE}"),
        "/lieux/exercice-dougouba".to_owned(),
        "/lieux/exercice-cercle".to_owned(),
        "/lieux/exercice-region".to_owned(),
    ];
    pages.extend(
        [MAYOR, GOVERNOR, PREFECT, REGION, "exercice-poste"].map(|office| format!("/instances/{office}")),
    );
    pages.extend(
        ["femmes", "jeunes", "droits", "eleveurs"].map(|one| format!("/organisations/exercice-{one}")),
    );
    pages.extend((1..=10).map(|number| format!("/recommandations/exercice-{number:02}")));
    let sittings = scene.reads("/reunions.csv?exercice=oui").await;
    let sittings =
        sittings.lines().filter_map(|row| row.split(',').next()).filter(|id| id.starts_with("exercice-"));
    let sittings: Vec<_> = sittings.map(|id| format!("/reunions/{id}")).collect();
    let letters = links(&scene.reads("/recommandations/exercice-04").await);
    let letters: Vec<_> = letters.into_iter().filter(|link| link.starts_with("/recours/")).collect();
    assert_eq!(letters.len(), 2, "two rungs, two letters");
    for page in pages.into_iter().chain(sittings).chain(letters) {
        says(&scene.reads_words(&page).await, &["Exercice — commune, personnes et échanges fictifs"]);
        let english = scene.reads(&format!("/en{page}")).await;
        says(&english, &["<div class=\"banner exercise\" role=\"note\">"]);
    }
    for list in ["/recommandations", "/reponses", "/silences", "/nouveautes"] {
        let list = words(&scene.reads(&format!("{list}?exercice=oui&genre=exercice")).await);
        says(&list, &["Exercice — commune"]);
    }
    scene.ends().await;
}
