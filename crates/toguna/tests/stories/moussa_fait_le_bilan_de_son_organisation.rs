//! Moussa assesses what his organisation can do, a domain a page, over several days; a peer whom he asked looks too; the gap is shown, an
//! action follows. Nothing is ranked, and nothing is read before it is published.

use axum::http::StatusCode;
use terms::Behalf;
use terms::access::Role;

use crate::form::{Sheet, between, words};
use crate::scene::{Scene, is_silent_on, says};

const OWN: &str = "/organisations/exercice-eleveurs";

#[tokio::test]
async fn le_bilan_se_remplit_en_plusieurs_jours_et_ne_se_lit_qu_une_fois_verse() {
    let scene = Scene::begins().await;
    let secretary = scene.for_organisation("exercice-eleveurs", Role::Secretary);
    let page = format!("{OWN}/capacites");
    says(&scene.reads_words(&page).await, &["Aucun bilan n’a été versé."]);
    says(&scene.reads_words("/capacites/grille").await, &["D8 — Veille sur la sécurité", "Proposition"]);
    says(&scene.reads("/capacites/grille.csv").await, &["item,domain_fr", "D8.6,"]);

    let form = format!("{page}/bilan/own");
    let remark = "Les procès-verbaux sont au siège depuis 2024.";
    scene.hold(remark);
    let first = format!("{form}/d1");
    let filled = [("d1-1", "3"), ("d1-2", "2"), ("d1-2-constat", remark), ("d1-3", "inconnu")];
    assert_eq!(scene.fills(&secretary, &first, &filled).await, format!("{form}/d2"));
    // Nothing of it is public, and no other organisation reads it.
    says(&scene.reads_words(&page).await, &["Aucun bilan n’a été versé."]);
    for guest in [&scene.moussa(), &scene.house.guest(Behalf::Instance, Role::Steward)] {
        assert_eq!(scene.house.get(Some(guest), &first).await.status, StatusCode::FORBIDDEN);
    }
    // On another day it is taken up where it was left.
    scene.comes("2026-11-27");
    let secretary = scene.house.again(&secretary);
    let overview = scene.page(&secretary, &form).await;
    says(&words(&overview), &["3 points répondus sur 34", "Gouvernance 3/4"]);
    says(&scene.page(&secretary, &first).await, &[remark]);
    for n in 2..=8 {
        let level = if n == 8 { "1" } else { "2" };
        let address = format!("{form}/d{n}");
        let fields: Vec<(String, &str)> = (1..=4).map(|m| (format!("d{n}-{m}"), level)).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        scene.fills(&secretary, &address, &fields).await;
    }
    scene.publish(remark);
    assert_eq!(scene.fills(&secretary, &form, &[("jour", "26/11/2026")]).await, page);
    let shown = scene.reads_words(&page).await;
    says(
        &shown,
        &[remark, "D1 — Gouvernance 2,5 (2/4)", "D8 — Veille sur la sécurité 1 (4/6)", "Ensemble 1,9"],
    );
    is_silent_on(&shown, &["rang", "meilleure"]);
    says(&scene.reads(&page).await, &["<svg", "<desc>Soi : D1 2,5, D2 2"]);
    let data = scene.reads(&format!("{page}.csv")).await;
    says(&data, &["own,,2026-11-26,D8.4,1"]);
    assert!(data.lines().any(|line| line.ends_with("own,,2026-11-26,D1.3,")), "unknown is said: {data}");
    // The drawer is empty: the next assessment begins anew.
    says(&words(&scene.page(&secretary, &form).await), &["0 points répondus sur 34"]);
    scene.ends().await;
}

#[tokio::test]
async fn un_pair_invite_regarde_l_ecart_se_voit_et_une_action_suit() {
    let scene = Scene::begins().await;
    let page = "/organisations/exercice-droits/capacites";
    let exercise = scene.reads_words(page).await;
    says(
        &exercise,
        &["Soi", "Pairs : Association des femmes de Dougouba (exercice)", "Écart entre soi et les pairs"],
    );
    says(&exercise, &["Faite", "En cours", "Formations suivies", "Personnes : 12, dont femmes : 5."]);
    says(
        &scene.reads_words("/organisations/exercice-femmes/capacites").await,
        &["Personnes : 8, dont femmes : non connu."],
    );

    // Who was not asked does not look.
    let peer = scene.for_organisation("exercice-jeunes", Role::Secretary);
    let of_peer = format!("{page}/bilan/peer");
    assert_eq!(scene.house.get(Some(&peer), &of_peer).await.status, StatusCode::FORBIDDEN);
    let ask = format!("{page}/pair");
    scene.fills(&scene.moussa(), &ask, &[("pair", "Collectif des jeunes de Dougouba (exercice)")]).await;
    is_silent_on(&scene.reads_words(page).await, &["Collectif des jeunes"]);
    says(
        &words(&scene.page(&peer, "/bureau").await),
        &["Veille et droits (ONG d’exercice) vous demande un regard de pair"],
    );
    scene.fills(&peer, &format!("{of_peer}/d8"), &[("d8-1", "1"), ("d8-2", "1")]).await;
    assert_eq!(scene.fills(&peer, &of_peer, &[("jour", "24/11/2026")]).await, page);
    says(&scene.reads_words(page).await, &["Pairs : Collectif des jeunes de Dougouba (exercice)"]);

    // From outside, with who looked.
    let outside = format!("{page}/bilan/external");
    scene.fills(&scene.moussa(), &format!("{outside}/d1"), &[("d1-1", "4")]).await;
    let bare = Sheet::on(&scene.page(&scene.moussa(), &outside).await, &outside);
    let refused = scene.send(&scene.moussa(), bare).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&refused.text()), &["Dites qui, du dehors, a fait ce bilan."]);
    scene.fills(&scene.moussa(), &outside, &[("par", "Bureau fictif d’appui")]).await;
    says(&scene.reads_words(page).await, &["Dehors : Bureau fictif d’appui"]);

    // A plan, and what became of it.
    let plan = format!("{page}/action");
    let fields =
        [("sur", "D8.3"), ("texte", "Mettre un code à chaque téléphone."), ("echeance", "31/12/2026")];
    assert_eq!(scene.fills(&scene.moussa(), &plan, &fields).await, page);
    let own = scene.page(&scene.moussa(), page).await;
    let planned = own.split("Mettre un code à chaque téléphone.").nth(1).unwrap();
    let action = format!("{plan}/{}", between(planned, &format!("href=\"{plan}/"), "\""));
    scene.fills(&scene.moussa(), &action, &[("suite", "done"), ("note", "Fait le 24.")]).await;
    says(&scene.reads_words(page).await, &["Mettre un code à chaque téléphone. Faite", "Fait le 24."]);
    let twice = [("suite", "dropped"), ("jour", "24/11/2026")];
    let refused = scene.house.post(Some(&scene.moussa()), &action, &twice).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    let told = [("titre", "Lire un budget"), ("domaine", "D8"), ("personnes", "9")];
    assert_eq!(scene.fills(&scene.moussa(), &format!("{page}/formation"), &told).await, page);
    says(&scene.reads_words(page).await, &["Lire un budget", "Personnes : 9, dont femmes : non connu."]);
    // Under five organisations no mean is given.
    says(&scene.reads_words("/indicateurs/i-16").await, &["non connu"]);
    let data = scene.reads("/indicateurs/i-16.json").await;
    let values: Vec<serde_json::Value> = serde_json::from_str(&data).unwrap();
    assert!(values.len() > 30 && values.iter().all(|value| value["value"].is_null()));
    scene.ends().await;
}
