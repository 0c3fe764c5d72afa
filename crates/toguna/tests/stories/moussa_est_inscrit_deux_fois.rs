//! Moussa's organisation stands twice on the register: the likeness is told, a steward makes them one, everything said of either is read
//! together, and it is counted once; where it was wrong, it is undone. It declares its receipt and where it works itself.

use axum::http::StatusCode;
use terms::Behalf;
use terms::access::Role;

use crate::form::{Sheet, between, words};
use crate::scene::{Scene, is_silent_on, led_to, says};

const OWN: &str = "/organisations/exercice-droits";

/// The same organisation, registered by somebody who did not look; its address.
async fn registered_again(scene: &Scene, steward: &web::rehearsal::Guest) -> String {
    let new = "/organisations/nouvelle";
    let fields = [
        ("nom", "ONG Veile et droits (ONG d’exercice)"),
        ("sorte", "ngo"),
        ("note", "Inscrite d’après une liste de présence."),
        ("exercice", "oui"),
    ];
    led_to(&scene.send(steward, Sheet::on(&scene.page(steward, new).await, new).with_all(&fields)).await)
}

#[tokio::test]
async fn deux_inscriptions_d_une_meme_organisation_se_lisent_ensemble() {
    let scene = Scene::begins().await;
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    let second = registered_again(&scene, &steward).await;
    let id = second.trim_start_matches("/organisations/").to_owned();
    let said = [("statut", "suspended"), ("jour", "02/11/2026"), ("note", "Arrêté d’exercice.")];
    assert_eq!(scene.fills(&steward, &format!("{second}/statut"), &said).await, second);

    // Only stewards see suggestions; each says why.
    let doubles = "/organisations/doublons";
    assert_eq!(scene.house.get(Some(&scene.moussa()), doubles).await.status, StatusCode::FORBIDDEN);
    let list = scene.page(&steward, doubles).await;
    says(
        &words(&list),
        &["Noms proches à", "ONG Veile et droits", "Veille et droits", "Comparer et décider"],
    );
    let pair = format!("{doubles}/{}", between(&list, &format!("{doubles}/"), "\""));
    assert!(pair.contains(&id) && pair.contains("exercice-droits"), "{pair}");

    let fusion = format!("{pair}/fusion");
    let shown = scene.page(&steward, &pair).await;
    let bare = Sheet::on(&shown, &fusion).with_all(&[("garder", "exercice-droits")]);
    let bare = scene.send(&steward, bare).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ground = [("garder", "exercice-droits"), ("raison", "Même siège et mêmes membres.")];
    let merged = scene.send(&steward, Sheet::on(&shown, &fusion).with_all(&ground)).await;
    assert_eq!(led_to(&merged), OWN);

    let page = scene.reads_words(OWN).await;
    says(&page, &["Inscriptions réunies", "Même siège et mêmes membres.", "Suspendue", "Arrêté d’exercice."]);
    assert_eq!(led_to(&scene.asks(&second).await), OWN);
    let data = scene.reads("/organisations.csv?q=droits").await;
    assert_eq!(data.matches("exercice-droits,").count(), 1, "{data}");
    assert!(data.contains(&id), "{data}");
    is_silent_on(&words(&scene.page(&steward, doubles).await), &["ONG Veile et droits"]);
    // On the day before, nobody had registered it again.
    assert_eq!(scene.asks(&format!("{second}?au=2026-11-23")).await.status, StatusCode::NOT_FOUND);

    let separation = format!("{second}/separation");
    assert_eq!(scene.fills(&steward, &separation, &[("raison", "Deux bureaux distincts.")]).await, second);
    says(&scene.reads_words(&second).await, &["Suspendue", "Réunion défaite", "Deux bureaux distincts."]);
    let page = scene.reads_words(OWN).await;
    says(&page, &["Réunion défaite"]);
    is_silent_on(&page, &["Arrêté d’exercice."]);
    let distinct = format!("{pair}/distinctes");
    let shown = scene.page(&steward, &pair).await;
    let told = Sheet::on(&shown, &distinct).with_all(&[("difference", "Deux bureaux distincts.")]);
    assert_eq!(led_to(&scene.send(&steward, told).await), doubles);
    is_silent_on(&words(&scene.page(&steward, doubles).await), &["ONG Veile et droits"]);
    scene.ends().await;
}

#[tokio::test]
async fn elle_declare_son_recepisse_et_ou_elle_travaille() {
    let scene = Scene::begins().await;
    let moussa = scene.moussa();
    let (receipt, work) = (format!("{OWN}/reconnaissance"), format!("{OWN}/travail"));
    let fields = [
        ("forme", "accord-cadre"),
        ("recepisse", "0007/EX-2025"),
        ("registre", "ML-MAT"),
        ("debut", "12/03/2025"),
    ];
    let form = Sheet::on(&scene.page(&moussa, &receipt).await, &receipt).with_all(&fields);
    let scan = b"%PDF-1.4 un r\xc3\xa9c\xc3\xa9piss\xc3\xa9 d'exercice";
    assert_eq!(led_to(&scene.send_files(Some(&moussa), form, &[("piece", scan)]).await), OWN);
    let shown = scene.reads(OWN).await;
    let piece = format!("{OWN}/pieces/{}", between(&shown, &format!("{OWN}/pieces/"), "\""));
    assert_eq!(scene.house.get(None, &piece).await.bytes, scan, "the scan is what was sent");
    let elsewhere = piece.replace("exercice-droits", "cnsc");
    assert_eq!(
        scene.house.get(None, &elsewhere).await.status,
        StatusCode::NOT_FOUND,
        "a scan of its own only"
    );
    let page = words(&shown);
    says(&page, &["Association signataire d'accord-cadre (ONG)", "récépissé n° 0007/EX-2025 (ML-MAT)"]);
    says(&page, &["Déclaré par l’organisation", "Identifiants ML-MAT 0007/EX-2025"]);

    // Another organisation cannot have the same receipt.
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    let second = registered_again(&scene, &steward).await;
    let other = format!("{second}/reconnaissance");
    let taken = Sheet::on(&scene.page(&steward, &other).await, &other)
        .with_all(&fields)
        .with_all(&[("note", "Liste de présence.")]);
    let taken = scene.send(&steward, taken).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&taken.text()), &["porte déjà cet identifiant"]);

    let told = [("lieux", "region-mopti"), ("theme", "transparence")];
    assert_eq!(scene.fills(&moussa, &work, &told).await, OWN);
    says(&scene.reads_words(OWN).await, &["Lieux de travail : Mopti", "Thèmes de travail : Transparence"]);
    let found = scene.reads("/organisations.csv?theme=transparence&travaille=region-mopti").await;
    says(&found, &["exercice-droits,", "ML-MAT:0007/EX-2025", "accord-cadre"]);
    assert_eq!(found.lines().count(), 2, "{found}");
    scene.ends().await;
}
