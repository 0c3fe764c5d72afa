//! The seat in the text, the seat named, the seat attended: Awa takes attendance seat by seat, and the three are read side by side, on her
//! committee's page and over all; who sits for whom is crossed and drawn.

use axum::http::StatusCode;
use terms::Behalf;
use terms::access::Role;

use crate::form::{Sheet, words};
use crate::scene::{COMMITTEE, Scene, says};

#[tokio::test]
async fn les_trois_se_lisent_cote_a_cote() {
    let scene = Scene::begins().await;
    let own = format!("/instances/{COMMITTEE}");
    let page = scene.reads_words(&own).await;
    says(&page, &["Le texte, les nommés, les présents", "Sièges donnés par le texte : 15"]);
    // The exercise's last meeting was in December 2025, the only one within twelve months.
    says(&page, &["Présences relevées à une réunion dans les douze derniers mois."]);
    says(&page, &["Sièges que le texte donne et qui sont sans titulaire :", "tirée au sort"]);
    says(&page, &["Sièges qui n’ont été occupés à aucune des réunions", "Sous-préfet"]);

    // The meeting of February has no attendance on record.
    let list = format!("{own}/presences");
    says(&scene.reads_words(&list).await, &["présences relevées", "présences non relevées"]);
    let take = format!("{list}/exercice-2025-02-13");
    let form = scene.page(&scene.awa(), &take).await;
    says(&words(&form), &["Réunion du 13 février 2025", "La réunion inscrite compte 13 présents."]);
    let nobody = scene.send(&scene.awa(), Sheet::on(&form, &take)).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&nobody.text()), &["Dites d’un siège au moins qui est venu."]);
    // Fourteen seats taken where thirteen people were is refused, and what was said is kept.
    let codes: Vec<&str> = form
        .match_indices("name=\"presence-")
        .map(|(at, lead)| form[at + lead.len()..].split('"').next().unwrap())
        .collect();
    assert_eq!(codes.len(), 15, "the seat later vacant was held then");
    let mut sheet = Sheet::on(&form, &take);
    for code in &codes[..14] {
        sheet = sheet.with(&format!("presence-{code}"), "present");
    }
    let many = scene.send(&scene.awa(), sheet).await;
    assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&many.text()), &["La réunion inscrite compte 13 présents : vous en dites davantage."]);
    let kept = many.text();
    assert_eq!(kept.matches("<option value=\"present\" selected").count(), 14);
    let told = [("presence-femmes-1", "represented"), ("presence-eleveurs-1", "excused")];
    assert_eq!(scene.fills(&scene.awa(), &take, &told).await, own);
    let sitting = scene.reads_words("/reunions/exercice-2025-02-13").await;
    says(
        &sitting,
        &["Sièges occupés à cette réunion : 1 sur 2 dont on sait quelque chose ; le texte en donne 15."],
    );
    says(&sitting, &["représenté", "excusé"]);

    let all = scene.reads_words("/instances/sieges").await;
    says(
        &all,
        &["toutes les instances installées", "Donnés par le texte", "Présence non connue", "(exercice)"],
    );
    let data = scene.reads("/instances/sieges.csv").await;
    says(&data, &["kind,constituency,bodies,text,named,unnamed,empty,named_unknown,attended,absent"]);
    says(&data, &[",women,1,1,1,0,0,0,1,0,0,true"]);
    scene.ends().await;
}

#[tokio::test]
async fn qui_siege_pour_qui_se_croise_et_se_dessine() {
    let scene = Scene::begins().await;
    let matrix = scene.reads_words("/instances/matrice").await;
    says(&matrix, &["Association des femmes de Dougouba", "Représentante des associations féminines"]);
    says(&scene.reads("/instances/matrice.csv").await, &["exercice-ccsc", "exercice-femmes,"]);
    let network = scene.reads_words("/indicateurs/i-08/reseau").await;
    says(&network, &["Réseau des faîtières et des sièges", "Union des éleveurs de Dougouba", "un siège"]);
    says(&scene.reads("/indicateurs/i-08/reseau").await, &["<svg", "class=\"badge exercise\""]);
    says(&scene.reads("/indicateurs/i-08/reseau.csv").await, &["seat,exercice-eleveurs,"]);

    // One association declares none of the five ties: its commune is covered, and so are its people.
    let covered = scene.reads_words("/indicateurs/i-10").await;
    says(&covered, &["Représentation sans lien avec l’État", "en habitants"]);
    let data = scene.reads("/indicateurs/i-10.csv").await;
    says(&data, &["exercise,1,1,0,1.0,", "exercise/people,24000,24000,0,1.0,"]);
    says(&scene.reads_words("/indicateurs/i-04").await, &["Délai d’activation", "première réunion"]);

    // Who keeps the instance names a source of who sits; the body's own secretary is one.
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    let fill = format!("/instances/{COMMITTEE}/pourvoir");
    let told = [
        ("siege", "osc-tiree-au-sort"),
        ("titulaire_sorte", "organisation"),
        ("titulaire", "exercice-droits"),
        ("depuis", "01/11/2026"),
    ];
    let refused = Sheet::on(&scene.page(&steward, &fill).await, &fill).with_all(&told);
    let refused = scene.send(&steward, refused).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&refused.text()), &["Citez la source qui dit qui tient ce siège"]);
    scene.fills(&scene.awa(), &fill, &told).await;
    // A second holder at the same time is refused by name of the first step to take.
    let second = Sheet::on(&scene.page(&scene.awa(), &fill).await, &fill).with_all(&told);
    says(&words(&scene.send(&scene.awa(), second).await.text()), &["inscrivez d’abord son départ"]);
    scene.ends().await;
}
