//! Moussa keeps the calendar of his organisation: reminded before each day, ticking for himself, saying publicly what is met if he wishes.
//! Nobody else reads that something is open, and no page says that an organisation is in default.

use axum::http::StatusCode;
use terms::Behalf;
use terms::access::Role;

use crate::form::{Sheet, words};
use crate::scene::{LETTER, Scene, is_silent_on, led_to, says};

const OWN: &str = "/organisations/exercice-droits";

#[tokio::test]
async fn rien_de_ce_qui_manque_ne_se_lit_et_ce_qui_est_rempli_se_consigne_si_on_le_veut() {
    let scene = Scene::begins().await;
    let path = format!("{OWN}/obligations");
    let list = scene.reads_words("/obligations").await;
    says(&list, &["Rapport annuel d’activités", "chaque année, le 31 mars", "proposition, non vérifiée"]);
    says(&list, &["90 jours après le changement", "Jours à vérifier"]);
    says(&scene.reads("/obligations.csv").await, &["rapport-annuel,", "yearly:03-31", "after:90"]);
    says(&scene.reads("/en/obligations.json").await, &["Annual activity report"]);
    let agenda = scene.reads("/obligations.ics?sorte=ngo").await;
    says(&agenda, &["DTSTART;VALUE=DATE:20270331"]);
    is_silent_on(&agenda, &["Assemblée"]);
    let page = scene.reads_words(&path).await;
    says(&page, &["Rapport annuel d’activités, échéance du 31 mars 2026 : remplie le 12 mars 2026"]);
    is_silent_on(&page, &["passée depuis", "Votre carnet", "en retard", "manquante"]);

    // In January the declaration is near: he is reminded, and nobody else.
    scene.comes("2027-01-05");
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    let other = scene.for_organisation("exercice-femmes", Role::Secretary);
    let desk = words(&scene.page(&scene.moussa(), "/bureau").await);
    says(&desk, &["Échéances proches", "Déclaration des sources de financement, 31 janvier 2027 dans 26 j"]);
    is_silent_on(&words(&scene.page(&steward, "/bureau").await), &["Échéances proches"]);
    for guest in [&steward, &other] {
        is_silent_on(&words(&scene.page(guest, &path).await), &["dans 26 j", "Votre carnet"]);
    }
    is_silent_on(&scene.reads_words(&path).await, &["dans 26 j", "Votre carnet"]);
    // He ticks it, with a note that stays in the drawer.
    let note = "Déposé en main propre au cercle.";
    scene.hold(note);
    let own = scene.page(&scene.moussa(), &path).await;
    let notebook = format!("{path}/carnet");
    let due =
        |sheet: &Sheet| sheet.fields.iter().any(|(name, value)| name == "echeance" && value == "2027-01-31");
    let sheet = Sheet::all(&own).into_iter().find(|sheet| sheet.action == notebook && due(sheet)).unwrap();
    led_to(&scene.send(&scene.moussa(), sheet.with("note", note).with("faire", "cocher")).await);
    is_silent_on(&words(&scene.page(&scene.moussa(), "/bureau").await), &["31 janvier 2027"]);
    says(&scene.page(&scene.moussa(), &path).await, &[note]);
    is_silent_on(&scene.reads(&path).await, &[note]);

    // The board changed: the day that follows is his to know.
    let sheet = Sheet::all(&own).into_iter().find(|sheet| {
        sheet.action == notebook
            && sheet.fields.iter().any(|(_, value)| value == "changement-bureau")
            && sheet.fields.iter().all(|(name, _)| name != "echeance")
    });
    let sheet = sheet.unwrap().with("jour", "2026-12-15").with("faire", "noter");
    led_to(&scene.send(&scene.moussa(), sheet).await);
    says(&words(&scene.page(&scene.moussa(), &path).await), &["15 mars 2027"]);
    is_silent_on(&scene.reads_words(&path).await, &["15 mars 2027"]);
    is_silent_on(&scene.reads(&format!("{path}.ics")).await, &["20270315"]);

    // What is met is said with its receipt.
    let say = format!("{path}/remplie");
    let asked = format!("{say}?obligation=sources-financement&echeance=2027-01-31");
    let sheet = Sheet::on(&scene.page(&scene.moussa(), &asked).await, &say);
    let wrong = sheet.with("echeance", "30/01/2027").with("jour", "04/01/2027");
    let refused = scene.send(&scene.moussa(), wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&refused.text()), &["Cette obligation n’échoit pas ce jour-là."]);
    let sheet = Sheet::on(&refused.text(), &say).with("echeance", "31/01/2027");
    assert_eq!(led_to(&scene.send_files(Some(&scene.moussa()), sheet, &[("recu", LETTER)]).await), path);
    let page = scene.reads(&path).await;
    says(&words(&page), &["échéance du 31 janvier 2027 : remplie le 4 janvier 2027 Accusé de réception"]);
    let receipt = crate::form::links(&page).into_iter().find(|link| link.contains("/recu/")).unwrap();
    assert_eq!(scene.asks(&receipt).await.bytes, LETTER);

    // The figure knows what is met, and of the rest that it is unknown.
    let data = scene.reads("/indicateurs/i-17.json").await;
    let values: Vec<serde_json::Value> = serde_json::from_str(&data).unwrap();
    for value in &values {
        let (met, due, unknown) = (&value["numerator"], &value["denominator"], &value["unknown"]);
        assert_eq!(met.as_i64().unwrap() + unknown.as_i64().unwrap(), due.as_i64().unwrap(), "{value}");
    }
    scene.ends().await;
}
