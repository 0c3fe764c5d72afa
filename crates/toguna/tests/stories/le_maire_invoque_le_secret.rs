//! Answers that are harder to place: secrecy with and without a legal basis, a scanned letter, a word said in
//! a meeting.

use axum::http::StatusCode;

use crate::form::{Sheet, between, words};
use crate::scene::{LETTER, MAYOR, Scene, is_silent_on, led_to, says};

const WITHOUT_BASIS: &str = "Secret invoqué sans base légale.";

#[tokio::test]
async fn le_secret_avec_base_est_une_reponse_et_sans_base_n_en_est_pas_une() {
    let scene = Scene::begins().await;
    let points =
        [("p1-texte", "Dire combien d’agents sont en poste."), ("p2-texte", "Publier le coût du poste.")];
    let address = scene.asks_of(MAYOR, &points).await;
    scene.comes("2026-12-10");
    let deed = Scene::case(&address, MAYOR, "repondre");
    let basis = "Loi fictive n° 00-001, article 3";
    let answer = [
        ("point-1-position", "covered-by-secrecy"),
        ("point-1-base", basis),
        ("point-2-position", "covered-by-secrecy"),
    ];
    scene.fills(&scene.mayor(), &deed, &answer).await;
    let page = scene.reads_words(&address).await;
    says(
        &page,
        &[
            "secret invoqué",
            &format!("Base légale invoquée : {basis}"),
            WITHOUT_BASIS,
            "répondu, pas sur le fond",
        ],
    );
    assert_eq!(page.matches("Ce n’est pas encore une réponse de fond").count(), 1, "the second point alone");

    scene.comes("2026-12-20");
    let again =
        [("point-2-position", "covered-by-secrecy"), ("point-2-base", "Loi fictive n° 00-001, article 4")];
    scene.fills(&scene.mayor(), &deed, &again).await;
    let page = scene.reads_words(&address).await;
    says(&page, &["répondu sur le fond dans le délai", "article 4"]);
    // A refusal for secrecy can be carried up at once, whatever the clock says.
    let up = Scene::case(&address, MAYOR, "recours");
    let sheet = Sheet::on(&scene.page(&scene.awa(), &up).await, &up);
    led_to(&scene.send(&scene.awa(), sheet).await);
    says(&scene.reads_words(&address).await, &["Recours, étape 1 : Préfet du cercle d’exercice"]);
    says(&scene.reads_words("/en/reponses?exercice=oui").await, &["Mayor of Dougouba (exercise)"]);
    scene.ends().await;
}

#[tokio::test]
async fn awa_verse_la_lettre_numerisee_du_maire() {
    let scene = Scene::begins().await;
    let address = scene.asks_of(MAYOR, &[("p1-texte", "Réparer le portail du poste.")]).await;
    scene.comes("2026-12-08");
    let deed = Scene::case(&address, MAYOR, "repondre");
    let fields = [
        ("jour", "2026-12-07"),
        ("moyen", "scanned-letter"),
        ("texte", "La mairie répond par lettre du 7 décembre."),
        ("point-1-position", "accepted-otherwise"),
        ("point-1-texte", "Le portail sera remplacé par une grille."),
        ("point-1-responsable", "Services techniques"),
    ];
    let sheet = || async { Sheet::on(&scene.page(&scene.awa(), &deed).await, &deed).with_all(&fields) };
    let without = scene.send(&scene.awa(), sheet().await).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = without.text();
    says(
        &words(&text),
        &["Joignez la copie numérisée de la lettre.", "Le portail sera remplacé par une grille."],
    );
    let program = scene.send_files(Some(&scene.awa()), sheet().await, &[("fichier", b"MZ programme")]).await;
    assert_eq!(program.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&program.text()), &["Ce fichier n’est ni un PDF, ni une image JPEG ou PNG."]);
    is_silent_on(&scene.reads_words(&address).await, &["La mairie répond par lettre"]);

    let sent = scene.send_files(Some(&scene.awa()), sheet().await, &[("fichier", LETTER)]).await;
    assert_eq!(led_to(&sent), format!("{address}#echanges"));
    let page = scene.reads(&address).await;
    says(
        &words(&page),
        &[
            "lettre numérisée (preuve de rang 3 sur 5)",
            "accepté autrement Maire de Dougouba (exercice), 7 décembre 2026",
            "reçue le 7 décembre 2026",
            "connu du public depuis le 8 décembre 2026",
        ],
    );
    let piece = format!("/reponses/pieces/{}", between(&page, "/reponses/pieces/", "\""));
    let file = scene.asks(&piece).await;
    assert_eq!((file.bytes.as_slice(), file.header("content-type")), (LETTER, "application/pdf"));
    scene.ends().await;
}

#[tokio::test]
async fn une_parole_en_seance_demande_deux_organisations_temoins() {
    let scene = Scene::begins().await;
    let address = scene.asks_of(MAYOR, &[("p1-texte", "Ouvrir le registre des amendes.")]).await;
    scene.comes("2026-12-11");
    let deed = Scene::case(&address, MAYOR, "repondre");
    let fields = [
        ("jour", "2026-12-10"),
        ("moyen", "meeting"),
        ("point-1-position", "refused-with-reason"),
        ("point-1-texte", "Le registre est tenu par le receveur."),
    ];
    for (witnesses, sentence) in [
        ("", "Nommez au moins deux organisations qui l’ont entendu."),
        ("Veille et droits", "Nommez au moins deux organisations qui l’ont entendu."),
        ("Veille et droits\nexercice-droits", "Nommez au moins deux organisations qui l’ont entendu."),
        ("Veille et droits\nLigue inconnue", "pour « Ligue inconnue »"),
    ] {
        let page = scene.page(&scene.awa(), &deed).await;
        let sheet = Sheet::on(&page, &deed).with_all(&fields).with("temoins", witnesses);
        let refused = scene.send(&scene.awa(), sheet).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{witnesses}");
        says(&words(&refused.text()), &[sentence]);
    }
    let both = "Veille et droits (ONG d’exercice)\nexercice-femmes";
    let sheet =
        Sheet::on(&scene.page(&scene.awa(), &deed).await, &deed).with_all(&fields).with("temoins", both);
    led_to(&scene.send(&scene.awa(), sheet).await);
    let page = scene.reads_words(&address).await;
    says(
        &page,
        &[
            "parole en réunion (preuve de rang 5 sur 5)",
            "Entendu par :",
            "Veille et droits (ONG d’exercice)",
            "Association des femmes de Dougouba (exercice)",
            "refus motivé",
        ],
    );
    scene.ends().await;
}
