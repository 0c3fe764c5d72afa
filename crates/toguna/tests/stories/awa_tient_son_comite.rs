//! Awa keeps her committee: a sitting, a draft, a signature asked and given, adoption, delivery.

use axum::http::StatusCode;
use terms::access::Role;

use crate::form::{Sheet, between, words};
use crate::scene::{COMMITTEE, LETTER, MAYOR, Scene, is_silent_on, led_to, says};

const TITLE: &str = "Ouvrir un guichet de plainte à la mairie de Dougouba";

/// Awa records the sitting of the day before; the answer is its address.
async fn sits(scene: &Scene) -> String {
    let address = format!("/instances/{COMMITTEE}/reunions/nouvelle");
    let sitting = scene
        .fills(
            &scene.awa(),
            &address,
            &[
                ("jour", "23/11/2026"),
                ("presents", "12"),
                ("attendus", "14"),
                ("femmes", "4"),
                ("preuve-two-confirmations", "oui"),
                ("objet", "Plaintes des habitants et guichet d’accueil."),
                ("pv-texte", "Le comité s’est réuni à la mairie. Douze membres étaient présents."),
            ],
        )
        .await;
    let shown = scene.reads_words(&sitting).await;
    says(
        &shown,
        &[
            "Réunion du 23 novembre 2026",
            "Plaintes des habitants",
            "Douze membres étaient présents",
            "Exercice",
        ],
    );
    sitting
}

/// Awa drafts, and sees the quality grow as she writes.
async fn drafts(scene: &Scene) -> String {
    let draft = scene
        .drafts(&[
            ("titre", TITLE),
            ("p1-texte", "Ouvrir un guichet deux jours par semaine."),
            ("d1-qui", MAYOR),
        ])
        .await;
    scene.hold(TITLE);
    let page = words(&scene.page(&scene.awa(), &draft).await);
    says(&page, &["Qualité : 0 sur 6", "il manque", "Maire de Dougouba (exercice)"]);
    let more = [
        ("motifs", "Les habitants ne savent pas où porter plainte."),
        ("p1-indicateur", "Le guichet est ouvert lors de quatre visites"),
        ("p1-echeance", "31/03/2027"),
        ("d1-competence", "Le maire organise les services communaux."),
        ("priorite", "3"),
        ("moyens", "Un agent déjà en poste."),
        ("preuve-texte", "Vingt témoignages recueillis par le comité."),
        ("une-action", "oui"),
    ];
    assert_eq!(scene.fills(&scene.awa(), &draft, &more).await, draft);
    let page = words(&scene.page(&scene.awa(), &draft).await);
    says(&page, &["Qualité : 6 sur 6"]);
    is_silent_on(&page, &["il manque"]);
    draft
}

/// Moussa's organisation is asked to sign, reads, and signs.
async fn is_signed(scene: &Scene, draft: &str) {
    assert_eq!(scene.house.get(Some(&scene.moussa()), draft).await.status, StatusCode::NOT_FOUND);
    let action = format!("{draft}/signatures");
    let asked = Sheet::on(&scene.page(&scene.awa(), draft).await, &action)
        .with("organisation", "Veille et droits")
        .with("faire", "demander");
    assert_eq!(led_to(&scene.send(&scene.awa(), asked).await), draft);
    let desk = words(&scene.page(&scene.moussa(), "/bureau").await);
    says(&desk, &["Cosignatures demandées à mon organisation", TITLE]);
    let page = scene.page(&scene.moussa(), draft).await;
    says(&words(&page), &["Ouvrir un guichet deux jours par semaine.", "demandée"]);
    let signed = Sheet::on(&page, &action).with("faire", "signer");
    assert_eq!(led_to(&scene.send(&scene.moussa(), signed).await), draft);
    says(&words(&scene.page(&scene.awa(), draft).await), &["Veille et droits (ONG d’exercice) — donnée"]);
}

#[tokio::test]
async fn awa_fait_adopter_et_remet_une_recommandation_cosignee() {
    let scene = Scene::begins().await;
    let sitting = sits(&scene).await;
    let draft = drafts(&scene).await;
    is_signed(&scene, &draft).await;
    scene.shows_nothing_held().await;

    let sheet = Sheet::on(&scene.page(&scene.awa(), &draft).await, &format!("{draft}/adopter"));
    let sitting = sitting.rsplit('/').next().unwrap();
    let sheet = sheet.with("adopte-le", "24/11/2026").with("seance", sitting);
    let address = led_to(&scene.send(&scene.awa(), sheet).await);
    scene.publish(TITLE);
    let adopted = scene.reads_words(&address).await;
    says(&adopted, &[TITLE, "Pas encore remise : aucun délai ne court", "Cosignée par Veille et droits"]);
    assert_eq!(scene.house.get(Some(&scene.awa()), &draft).await.status, StatusCode::NOT_FOUND);

    let sheet = Sheet::on(
        &scene.page(&scene.awa(), &format!("{address}/transmettre")).await,
        &format!("{address}/transmettre"),
    );
    assert_eq!(
        (sheet.value("destinataire"), sheet.value("regle")),
        (MAYOR, "ccsc"),
        "the usual clock is proposed"
    );
    let sheet = sheet.with("preuve", "receipt").with("remis-le", "24/11/2026");
    assert_eq!(led_to(&scene.send_files(Some(&scene.awa()), sheet, &[("fichier", LETTER)]).await), address);

    the_public_page(&scene, &address).await;
    the_lists(&scene, &address).await;
    scene.ends().await;
}

async fn the_public_page(scene: &Scene, address: &str) {
    let page = scene.reads(address).await;
    let said = words(&page);
    says(
        &said,
        &[
            TITLE,
            "Les habitants ne savent pas où porter plainte.",
            "Ouvrir un guichet deux jours par semaine.",
            "On saura que c’est fait par : Le guichet est ouvert lors de quatre visites",
            "Échéance demandée : 31 mars 2027",
            "Qualité : 6 sur 6",
            "Remise le 24 novembre 2026 — accusé de réception",
            "Accusé de réception attendu au plus tard le 1er décembre 2026",
            "au plus tard le 24 décembre 2026",
            "Pourquoi cette date ?",
            "Aucun texte n’oblige à répondre dans ce délai",
            "en attente",
            "Exercice — commune, personnes et échanges fictifs",
        ],
    );
    says(&page, &["<svg class=\"qr\"", &format!("https://toguna.example{address}"), "value=\"1\""]);
    let piece = between(&page, &format!("{address}/pieces/"), "\"");
    let file = scene.asks(&format!("{address}/pieces/{piece}")).await;
    assert_eq!((file.bytes.as_slice(), file.header("content-type")), (LETTER, "application/pdf"));
    says(&scene.reads(&format!("/en{address}")).await, &["24 December 2026", "Exercise"]);
}

async fn the_lists(scene: &Scene, address: &str) {
    let id = address.rsplit('/').next().unwrap();
    for list in [
        "/recommandations?genre=exercice",
        "/recommandations.csv",
        "/recommandations.json",
        "/recommandations.atom",
    ] {
        says(&scene.reads(list).await, &[TITLE, id]);
    }
    let matrix = scene.reads("/recommandations/matrice.csv").await;
    let row = matrix.lines().find(|line| line.starts_with(id)).unwrap();
    says(
        row,
        &["Ouvrir un guichet deux jours par semaine.", "haute", "31/03/2027", "EXERCICE, faits fictifs"],
    );
    for feed in [format!("/instances/{MAYOR}/suivi.atom"), "/lieux/exercice-dougouba/suivi.atom".to_owned()] {
        says(&scene.reads(&feed).await, &["[Exercice]", TITLE]);
    }
    for calendar in
        [format!("/instances/{MAYOR}/echeances.ics"), "/lieux/exercice-dougouba/echeances.ics".to_owned()]
    {
        let calendar = scene.reads(&calendar).await.replace("\r\n ", "");
        says(&calendar, &["BEGIN:VEVENT", "20261201", TITLE, id]);
    }
    let real = scene.reads("/echeances.ics").await.replace("\r\n ", "");
    is_silent_on(&real, &[TITLE]);
    for page in [
        format!("/instances/{MAYOR}"),
        format!("/instances/{COMMITTEE}"),
        "/organisations/exercice-droits".into(),
    ] {
        says(&scene.reads(&page).await, &[TITLE]);
    }
    let waiting = scene.for_body(MAYOR, Role::Authority);
    says(&scene.page(&waiting, &format!("/autorites/{MAYOR}")).await, &[TITLE]);
}
