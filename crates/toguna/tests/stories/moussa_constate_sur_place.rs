//! Moussa goes and looks: what the mayor declares and what he sees stand side by side; then the matter is
//! closed and reopened.

use axum::http::StatusCode;

use crate::form::{Sheet, between, words};
use crate::scene::{MAYOR, Scene, is_silent_on, led_to, says};

/// A picture as far as its first bytes tell.
const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 photographie fictive du portail";

/// The mayor accepted, and declares it done.
async fn declared_done(scene: &Scene) -> String {
    let address = scene.asks_of(MAYOR, &[("p1-texte", "Poser la porte de la salle d’accueil.")]).await;
    scene.comes("2026-12-03");
    let answer = [
        ("point-1-position", "accepted"),
        ("point-1-texte", "La porte sera posée."),
        ("point-1-echeance", "2026-12-31"),
    ];
    scene.fills(&scene.mayor(), &Scene::case(&address, MAYOR, "repondre"), &answer).await;
    scene.comes("2027-01-04");
    let done = [("point", "1"), ("etat", "done"), ("jour", "2027-01-04"), ("texte", "La porte est posée.")];
    scene.fills(&scene.mayor(), &Scene::case(&address, MAYOR, "suite"), &done).await;
    address
}

#[tokio::test]
async fn declare_realise_et_constate_en_cours_restent_cote_a_cote() {
    let scene = Scene::begins().await;
    let address = declared_done(&scene).await;
    let id = address.rsplit('/').next().unwrap();
    let sight = format!("/reponses/{id}/constat");
    says(&scene.page(&scene.moussa(), &address).await, &[sight.as_str()]);
    is_silent_on(&scene.reads(&address).await, &[sight.as_str()]);

    scene.comes("2027-01-06");
    let sheet = || async {
        let page = scene.page(&scene.moussa(), &sight).await;
        let sheet = Sheet::on(&page, &sight).with("observateur", "organisation/exercice-droits");
        sheet.with_all(&[("point", "1"), ("etat", "under-way"), ("jour", "2027-01-05")])
    };
    let bare = scene.send(&scene.moussa(), sheet().await).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&bare.text()), &["un constat sans preuve n’est pas reçu"]);
    let seen = sheet().await.with("preuve", "Le cadre est posé, la porte manque : visite du 5 janvier.");
    let sent = scene.send_files(Some(&scene.moussa()), seen, &[("fichier", PICTURE)]).await;
    assert_eq!(led_to(&sent), format!("{address}#echanges"));

    let page = scene.reads(&address).await;
    let tracks = between(&page, "<div class=\"tracks\">", "</div></div>");
    let (declared, observed) = tracks.split_once("<div class=\"observed\">").unwrap();
    says(
        &words(declared),
        &["Déclaré par l’autorité réalisé — Maire de Dougouba (exercice), 4 janvier 2027"],
    );
    says(
        &words(observed),
        &["Constaté par la société civile en cours — Veille et droits (ONG d’exercice), 5 janvier 2027"],
    );
    says(&words(observed), &["la porte manque"]);
    let piece = format!("/reponses/pieces/{}", between(observed, "/reponses/pieces/", "\""));
    assert_eq!(scene.asks(&piece).await.bytes, PICTURE);
    let matrix = scene.reads("/recommandations/matrice.csv").await;
    let row = matrix.lines().find(|line| line.starts_with(id)).unwrap();
    says(row, &["déclaré : réalisée ; constaté : en cours"]);
    is_silent_on(row, &[",100,"]);
    scene.ends().await;
}

#[tokio::test]
async fn le_maire_ne_constate_pas_ce_qu_il_declare() {
    let scene = Scene::begins().await;
    let address = declared_done(&scene).await;
    let id = address.rsplit('/').next().unwrap();
    let sight = format!("/reponses/{id}/constat");
    assert_eq!(scene.house.get(Some(&scene.mayor()), &sight).await.status, StatusCode::FORBIDDEN);
    let declare = Scene::case(&address, MAYOR, "suite");
    assert_eq!(scene.house.get(Some(&scene.moussa()), &declare).await.status, StatusCode::FORBIDDEN);
    says(&scene.reads_words(&address).await, &["Rien de constaté."]);
    scene.ends().await;
}

#[tokio::test]
async fn awa_clot_avec_un_motif_puis_rouvre() {
    let scene = Scene::begins().await;
    let address = declared_done(&scene).await;
    let close = |page: String| Sheet::on(&page, &format!("{address}/clore"));
    let bare = scene.send(&scene.awa(), close(scene.page(&scene.awa(), &address).await)).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&bare.text()), &["Remplissez ce champ.", "Choisissez le motif de clôture."]);
    let sheet = close(scene.page(&scene.awa(), &address).await).with_all(&[
        ("le", "04/01/2027"),
        ("fondement", "satisfactory"),
        ("motif", "La porte est annoncée posée."),
    ]);
    assert_eq!(led_to(&scene.send(&scene.awa(), sheet).await), address);
    let page = scene.reads_words(&address).await;
    says(
        &page,
        &["close par ses auteurs", "satisfaisante : fait comme demandé", "La porte est annoncée posée."],
    );
    says(&scene.reads("/recommandations.csv?etat=close").await, &[address.rsplit('/').next().unwrap()]);

    scene.comes("2027-01-11");
    let sheet = Sheet::on(&scene.page(&scene.awa(), &address).await, &format!("{address}/rouvrir"))
        .with_all(&[("le", "11/01/2027"), ("motif", "La visite montre qu’il n’y a pas de porte.")]);
    assert_eq!(led_to(&scene.send(&scene.awa(), sheet).await), address);
    let page = scene.reads_words(&address).await;
    says(
        &page,
        &[
            "Rouverte par ses auteurs",
            "La visite montre qu’il n’y a pas de porte.",
            "La porte est annoncée posée.",
        ],
    );
    let past = scene.reads_words(&format!("{address}?au=2027-01-05")).await;
    says(&past, &["close par ses auteurs"]);
    is_silent_on(&past, &["Rouverte par ses auteurs"]);
    scene.ends().await;
}
