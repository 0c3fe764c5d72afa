//! The steward brings in a list of organisations that a network sent: she sees what was understood before anything is written, leaves aside what
//! looks like a registration, and finds that the same list again adds nothing.

use axum::http::StatusCode;
use terms::Behalf;
use terms::access::Role;

use crate::form::{Sheet, words};
use crate::scene::{Scene, is_silent_on, says};

const IMPORT: &str = "/organisations/importer";

/// As Excel writes it: semicolons, Windows-1252.
const LIST: &[u8] = b"D\xe9nomination;Sigle;R\xe9c\xe9piss\xe9;T\xe9l\xe9phone;R\xe9seau\r\n\
    Ligue d'essai des riverains;LER;77/ES;20 00 00 00;CNSC\r\n\
    Conseil national de la soci\xe9t\xe9 civil;;;;\r\n\
    ;SANS;;;\r\n";

#[tokio::test]
async fn une_liste_est_vue_avant_d_etre_inscrite_et_ne_s_inscrit_qu_une_fois() {
    let scene = Scene::begins().await;
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    assert_eq!(scene.house.get(Some(&scene.moussa()), IMPORT).await.status, StatusCode::FORBIDDEN);
    let before = scene.reads("/organisations.csv").await;

    let form = Sheet::on(&scene.page(&steward, IMPORT).await, IMPORT).with_all(&[
        ("registre", "ML-MAT"),
        ("sorte", "ngo"),
        ("etape", "lire"),
    ]);
    let read = scene.send_files(Some(&steward), form, &[("fichier", LIST)]).await;
    assert_eq!(read.status, StatusCode::OK);
    let page = words(&read.text());
    says(&page, &["Ce qui a été compris", "Colonnes non reprises : Téléphone.", "Windows-1252"]);
    says(&page, &["ligne 4 : sans nom ; la ligne n’est pas reprise", "À inscrire ou inscrites : 1"]);
    says(
        &page,
        &["Conseil national de la société civil — ligne 3", "Conseil national de la société civile : "],
    );
    assert_eq!(scene.reads("/organisations.csv").await, before, "looking writes nothing");

    // The page itself carries the file on; one act writes what was understood.
    let write = Sheet::on(&read.text(), IMPORT).with("etape", "inscrire");
    let written = scene.send(&steward, write).await;
    assert_eq!(written.status, StatusCode::OK, "{}", words(&written.text()));
    says(&words(&written.text()), &["Import terminé", "À inscrire ou inscrites : 1"]);
    let csv = scene.reads("/organisations.csv").await;
    says(&csv, &["Ligue d'essai des riverains,LER,ngo", "ML-MAT:77/ES"]);
    is_silent_on(&csv, &["société civil,", "20 00 00 00"]);
    says(&scene.reads("/organisations.json?faitiere=cnsc").await, &["Ligue d'essai des riverains"]);

    let again = Sheet::on(&read.text(), IMPORT).with("etape", "inscrire");
    says(&words(&scene.send(&steward, again).await.text()), &["inscrites : 0", "adhésions et liens : 0"]);
    assert_eq!(scene.reads("/organisations.csv").await, csv, "the same list adds nothing");
    scene.ends().await;
}

#[tokio::test]
async fn ce_que_le_repertoire_donne_lui_revient_sans_rien_y_ajouter() {
    let scene = Scene::begins().await;
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    let before = scene.reads("/organisations.csv").await;
    for (address, told) in [
        ("/organisations/popolo.json", "Le fichier est du Popolo."),
        ("/organisations/bods.json", "Le fichier contient des déclarations BODS."),
    ] {
        let given = scene.reads(address).await;
        let form = Sheet::on(&scene.page(&steward, IMPORT).await, IMPORT).with("etape", "lire");
        let read = scene.send_files(Some(&steward), form, &[("fichier", given.as_bytes())]).await;
        says(&words(&read.text()), &[told, "À inscrire ou inscrites : 0", "adhésions et liens : 0"]);
        let write = Sheet::on(&read.text(), IMPORT).with("etape", "inscrire");
        assert_eq!(scene.send(&steward, write).await.status, StatusCode::OK);
        assert_eq!(scene.reads("/organisations.csv").await, before, "{address}");
    }
    scene.ends().await;
}
