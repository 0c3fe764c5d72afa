//! Moussa's organisation is said to be near the State: what others observe and what it answers are read side by side; what nobody
//! said stays unknown; a ban on one donor's money is not a ban on the organisation.

use axum::http::StatusCode;
use terms::Behalf;
use terms::access::Role;

use crate::form::{Sheet, between, words};
use crate::scene::{Scene, is_silent_on, led_to, says};

const OWN: &str = "/organisations/exercice-droits";

#[tokio::test]
async fn ce_que_d_autres_observent_et_ce_qu_elle_repond_se_lisent_ensemble() {
    let scene = Scene::begins().await;
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    let ties = format!("{OWN}/liens");
    says(&scene.reads_words(OWN).await, &["Rien n’a été dit de ses liens : tous sont inconnus."]);

    let new = format!("{ties}/nouveau");
    let seen = [
        ("critere", "S5"),
        ("valeur", "yes"),
        ("dit", "observed"),
        ("debut", "01/09/2026"),
        ("preuve", "Le bureau occupe une pièce de la mairie : visite du 20 novembre."),
    ];
    let bare = Sheet::on(&scene.page(&steward, &new).await, &new).with_all(&seen[..3]);
    let bare = scene.send(&steward, bare).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&bare.text()), &["un lien ne se consigne pas sans preuve"]);
    assert_eq!(scene.fills(&steward, &new, &seen).await, ties);
    let page = scene.reads_words(&ties).await;
    says(
        &page,
        &["S5 — Locaux, véhicules ou personnel fournis par l’État Oui", "Le bureau occupe une pièce"],
    );
    says(&page, &["oui : 1 · non : 0 · contesté : 0 · inconnu : 9", "inconnu : 4"]);
    is_silent_on(&page, &["Répondre au nom de l’organisation"]);

    // Moussa answers from the page itself.
    let way = format!("{OWN}/reponse/");
    let shown = scene.page(&scene.moussa(), &ties).await;
    let reply = format!("{way}{}", between(&shown, &way, "\""));
    let answer = [("texte", "Un loyer est payé chaque mois ; le bail est à la mairie."), ("conteste", "oui")];
    assert_eq!(scene.fills(&scene.moussa(), &reply, &answer).await, ties);
    let page = scene.reads_words(&ties).await;
    says(
        &page,
        &["Contesté par l’organisation", "Un loyer est payé chaque mois", "Le bureau occupe une pièce"],
    );
    says(&page, &["oui : 0 · non : 0 · contesté : 1 · inconnu : 9"]);
    // Of itself it declares; the form does not even ask who says so.
    let form = scene.page(&scene.moussa(), &new).await;
    is_silent_on(&form, &["name=\"dit\""]);
    let declared =
        [("critere", "F1"), ("valeur", "no"), ("preuve", "Trois bailleurs, aucun au-delà de 40 %.")];
    assert_eq!(scene.fills(&scene.moussa(), &new, &declared).await, ties);
    let data = scene.reads(&format!("{ties}.csv")).await;
    says(&data, &["exercice-droits,donors,F1,no,no,", "exercice-droits,state,S5,contested,"]);

    // The mayor's office speaks for no organisation; on the day before, nothing was said.
    assert_eq!(scene.house.get(Some(&scene.mayor()), &new).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.house.get(Some(&steward), &reply).await.status, StatusCode::FORBIDDEN);
    says(&scene.reads_words(&format!("{ties}?au=2026-11-23")).await, &["inconnu : 10"]);
    scene.ends().await;
}

#[tokio::test]
async fn interdire_l_argent_d_un_bailleur_n_est_pas_interdire_l_organisation() {
    let scene = Scene::begins().await;
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    // The real restrictions of the pack are no matter of a fictional organisation.
    says(
        &scene.reads_words("/restrictions").await,
        &["Interdiction des activités financées", "En vigueur", "Annoncée"],
    );
    is_silent_on(&scene.reads_words(OWN).await, &["Restrictions qui pèsent sur elle"]);
    says(
        &scene.reads_words("/organisations/cnsc").await,
        &["Restrictions qui pèsent sur elle", "ML-MAT 550/MATCL-DNI"],
    );

    let new = "/restrictions/nouvelle";
    let told = [
        ("titre", "Activités de la Fondation fictive interdites"),
        ("sorte", "ban"),
        ("etat", "in-force"),
        ("organisations", "exercice-droits"),
        ("bailleur", "Fondation fictive"),
        ("debut", "02/11/2026"),
        ("note", "Arrêté d’exercice."),
    ];
    let led =
        led_to(&scene.send(&steward, Sheet::on(&scene.page(&steward, new).await, new).with_all(&told)).await);
    let page = scene.reads_words(&led).await;
    says(
        &page,
        &["Veille et droits (ONG d’exercice)", "Fondation fictive", "n’est pas interdire l’organisation"],
    );
    let own = scene.reads_words(OWN).await;
    says(&own, &["Activités de la Fondation fictive interdites", "En vigueur"]);
    is_silent_on(&own, &["Suspendue", "Dissoute"]);

    scene.comes("2026-12-15");
    let steward = scene.house.again(&steward);
    let again = format!("{led}/suite");
    let lifted = Sheet::on(&scene.page(&steward, &again).await, &again).with_all(&[("etat", "lifted")]);
    let refused = scene.send(&steward, lifted).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&refused.text()), &["Une restriction levée a un dernier jour, déjà venu : écrivez-le."]);
    let lifted = [("etat", "lifted"), ("fin", "10/12/2026")];
    assert_eq!(scene.fills(&steward, &again, &lifted).await, led);
    says(&scene.reads_words(OWN).await, &["Levée"]);
    says(&scene.reads_words(&format!("{OWN}?au=2026-11-30")).await, &["En vigueur"]);
    scene.ends().await;
}
