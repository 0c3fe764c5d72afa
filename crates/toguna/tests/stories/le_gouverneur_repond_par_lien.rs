//! The Governor has no account: Awa hands him a signed link, and he answers by it.

use axum::http::StatusCode;

use crate::form::{Sheet, between, words};
use crate::scene::{GOVERNOR, MAYOR, Scene, is_silent_on, led_to, says};

/// The address that Awa prints for the Governor.
async fn the_link(scene: &Scene, address: &str) -> String {
    let sheet = scene.page(&scene.awa(), &Scene::case(address, GOVERNOR, "lien")).await;
    says(&words(&sheet), &["Qui tient ce lien peut répondre au nom du destinataire"]);
    let link = between(&sheet, "<code>https://toguna.example", "</code>").to_owned();
    assert!(sheet.contains("<svg class=\"qr\""), "it is printed as a square too");
    scene.hold(link.rsplit('/').next().unwrap());
    link
}

#[tokio::test]
async fn le_gouverneur_repond_par_un_lien_signe_sans_compte() {
    let scene = Scene::begins().await;
    let address = scene
        .asks_of(
            GOVERNOR,
            &[("titre", "Rouvrir la route du cercle"), ("p1-texte", "Rouvrir la route aux convois.")],
        )
        .await;
    says(&scene.reads_words(&address).await, &["Comité consultatif de la région", "au plus tard le"]);
    for stranger in [&scene.mayor(), &scene.moussa()] {
        let made = scene.house.get(Some(stranger), &Scene::case(&address, GOVERNOR, "lien")).await;
        assert_eq!(made.status, StatusCode::FORBIDDEN, "only its authors make the link");
    }
    let link = the_link(&scene, &address).await;
    wrong_links_open_nothing(&scene, &address, &link).await;

    // What the holder reads names the token; nobody else is shown this page.
    let shown = scene.house.get(None, &link).await;
    assert_eq!((shown.status, shown.header("cache-control")), (StatusCode::OK, "no-store"));
    says(&words(&shown.text()), &["Aucun compte n’est demandé", "Rouvrir la route aux convois.", "Exercice"]);
    let forms = Sheet::all(&shown.text());
    assert_eq!(forms.len(), 2, "to acknowledge, and to answer");
    let [acknowledge, answer] = forms.try_into().ok().unwrap();
    assert_eq!((acknowledge.value("acte"), answer.value("acte")), ("accuse", "reponse"));
    let exchange = format!("{address}#echanges");
    assert_eq!(led_to(&scene.send_files(None, acknowledge, &[]).await), exchange);

    scene.comes("2026-12-10");
    let answer = answer.with_all(&[
        ("point-1-position", "accepted-in-part"),
        ("point-1-texte", "La route ouvre aux convois de santé."),
        ("point-1-responsable", "Cabinet du gouverneur"),
    ]);
    assert_eq!(led_to(&scene.send_files(None, answer, &[]).await), exchange);
    let page = scene.reads_words(&address).await;
    says(
        &page,
        &[
            "Accusé de réception : Gouverneur de la région d’exercice. (par le lien signé)",
            "lien signé (preuve de rang 2 sur 5)",
            "accepté en partie Gouverneur de la région d’exercice, 10 décembre 2026",
            "La route ouvre aux convois de santé.",
            "répondu sur le fond dans le délai",
        ],
    );
    the_record_names_the_link(&scene).await;
    a_closed_case_opens_no_more(&scene, &address, &link).await;
    scene.ends().await;
}

async fn wrong_links_open_nothing(scene: &Scene, address: &str, link: &str) {
    let token = link.rsplit('/').next().unwrap();
    let other: String = token.chars().map(|c| if c == '0' { '1' } else { '0' }).collect();
    let id = address.rsplit('/').next().unwrap();
    for wrong in [
        format!("/reponse/{id}/{GOVERNOR}/{other}"),
        format!("/reponse/{id}/{GOVERNOR}/{}", &token[..token.len() - 1]),
        format!("/reponse/{id}/{MAYOR}/{token}"),
        format!("/reponse/exercice-01/{GOVERNOR}/{token}"),
    ] {
        assert_eq!(scene.house.get(None, &wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        let sent = scene.house.post(None, &wrong, &[("acte", "accuse")]).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    is_silent_on(&scene.reads_words(address).await, &["Accusé de réception :"]);
}

/// The entry says that it came by the link, and carries neither token nor person.
async fn the_record_names_the_link(scene: &Scene) {
    let newest = scene.reads("/registre.json").await;
    let index = between(&newest, "\"index\":\"", "\"").to_owned();
    let entry = scene.reads(&format!("/registre/{index}.json")).await;
    says(&entry, &["\"answered\"", "\"link-holder\"", GOVERNOR, "\"signed-link\""]);
    is_silent_on(&entry, &["person"]);
}

async fn a_closed_case_opens_no_more(scene: &Scene, address: &str, link: &str) {
    let close = Sheet::on(&scene.page(&scene.awa(), address).await, &format!("{address}/clore")).with_all(&[
        ("le", "10/12/2026"),
        ("fondement", "alternative-acceptable"),
        ("motif", "Les convois de santé passent."),
    ]);
    assert_eq!(led_to(&scene.send(&scene.awa(), close).await), address);
    assert_eq!(scene.house.get(None, link).await.status, StatusCode::NOT_FOUND);
    let sent = scene.house.post(None, link, &[("acte", "reponse"), ("texte", "Encore un mot.")]).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    is_silent_on(&scene.reads_words(address).await, &["Encore un mot."]);
}
