//! Moussa declares what his organisation lived on: everybody reads bands, and nobody but its own people reads a name or an amount: no
//! visitor, no other organisation, not who keeps the instance, not the public download, no mirror.

use axum::http::StatusCode;
use terms::Behalf;
use terms::access::Role;

use crate::form::{Sheet, between, words};
use crate::scene::{Scene, is_silent_on, led_to, says};

const OWN: &str = "/organisations/exercice-droits";

#[tokio::test]
async fn le_public_lit_des_tranches_et_l_organisation_ses_chiffres() {
    let scene = Scene::begins().await;
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    let (funding, new) = (format!("{OWN}/financement"), format!("{OWN}/financement/nouveau"));
    // What the exercise has declared of 2024.
    let declared = ["Année 2024", "Concentration par bailleur", "Mois de réserve de 3 à 6 mois"];
    says(&scene.reads_words(&funding).await, &declared);
    for text in
        ["Fondation fictive du Fleuve", "18000000", "Donatrice fictive de Bamako", "7654321", "7 654 321"]
    {
        scene.hold(text);
    }

    // Row after row without script; what was typed stays.
    let sheet = Sheet::on(&scene.page(&scene.moussa(), &new).await, &new);
    let sheet = sheet.with_all(&[
        ("annee", "2025"),
        ("l1-bailleur", "Donatrice fictive de Bamako"),
        ("l1-montant", "7 654 321"),
        ("l2-sorte", "own"),
        ("l2-montant", "2,5 millions"),
    ]);
    let refused = scene.send(&scene.moussa(), sheet.with("faire", "verifier")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&refused.text()), &["« 2,5 millions » n’est pas un montant entier"]);
    says(&refused.text(), &["7 654 321", "2,5 millions"]);
    let sheet = Sheet::on(&refused.text(), &new).with("l2-montant", "2 500 000").with("faire", "ajouter");
    let more = scene.send(&scene.moussa(), sheet).await;
    says(&more.text(), &["l4-bailleur", "Donatrice fictive de Bamako"]);

    // A pasted table; its odd line is told by its number.
    let table = "bailleur;montant\nAgence fictive de coopération;1 000 000\nDon en nature;beaucoup\n";
    let sheet = Sheet::on(&more.text(), &new).with("collage", table).with("faire", "lire");
    let read = scene.send(&scene.moussa(), sheet).await;
    says(&words(&read.text()), &["Ligne 3 : « beaucoup » n’est pas un montant entier"]);
    // The whole, since one amount is not told; then what everybody will read.
    let sheet = Sheet::on(&read.text(), &new).with("total", "12 000 000").with("faire", "verifier");
    let seen = scene.send(&scene.moussa(), sheet).await;
    says(&words(&seen.text()), &["Ce que tout le monde lira", "Part du plus gros bailleur de 50 à 75 %"]);
    is_silent_on(&scene.reads_words(&funding).await, &["Année 2025"]);
    let sheet = Sheet::on(&seen.text(), &new).with("faire", "declarer");
    assert_eq!(led_to(&scene.send(&scene.moussa(), sheet).await), funding);

    let page = scene.reads_words(&funding).await;
    says(&page, &["Année 2025", "Part dont le bailleur n’est pas dit jusqu’à 10 %"]);
    says(&scene.reads(&format!("{funding}.csv")).await, &["exercice-droits,2025,"]);
    says(&scene.reads(&format!("{funding}.json")).await, &["\"untold\":\"up-to10\""]);

    // Only its own people read on.
    let own = scene.page(&scene.moussa(), &funding).await;
    let way = format!("{funding}/");
    let entry = between(&own, &format!("<a href=\"{way}"), "\"");
    let held = format!("{way}{entry}");
    says(&scene.page(&scene.moussa(), &held).await, &["Donatrice fictive de Bamako"]);
    let other = scene.for_organisation("exercice-femmes", Role::Secretary);
    for guest in [&steward, &other, &scene.awa(), &scene.mayor()] {
        let reply = scene.house.get(Some(guest), &held).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
        is_silent_on(&reply.text(), &["Donatrice", "654"]);
        let page = scene.page(guest, &format!("/registre/{entry}")).await;
        is_silent_on(&page, &["Donatrice", "654"]);
    }
    assert_ne!(scene.asks(&held).await.status, StatusCode::OK);
    for address in [
        "/registre/entrees.jsonl".to_owned(),
        format!("/registre/{entry}"),
        format!("/registre/{entry}.json"),
        OWN.to_owned(),
        "/indicateurs/i-13".to_owned(),
    ] {
        scene.reads(&address).await;
    }
    // What mirrors are given: the bundle of this entry, and the one before it.
    let entry: u64 = entry.parse().unwrap();
    let (bundle, width) = (entry / 256, entry % 256 + 1);
    let part = if width == 256 { String::new() } else { format!(".p/{width}") };
    let mut given = scene.reads(&format!("/registre/pieces/{}{part}", spelled(bundle))).await;
    given.push_str(&scene.reads(&format!("/registre/pieces/{}", spelled(bundle - 1))).await);
    assert!(given.contains("\"entry\":"), "public texts are given");
    assert!(!given.contains(&format!("\"entry\":{entry},")), "the figures are not");
    scene.ends().await;
}

fn spelled(tile: u64) -> String {
    if tile < 1_000 { format!("{tile:03}") } else { format!("x{:03}/{:03}", tile / 1_000, tile % 1_000) }
}

#[tokio::test]
async fn une_restriction_nouvelle_se_redit_en_un_geste_et_une_piece_se_retire() {
    let scene = Scene::begins().await;
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    let (funding, new) = (format!("{OWN}/financement"), format!("{OWN}/financement/nouveau"));
    let fields = [
        ("annee", "2026"),
        ("l1-bailleur", "Agence d’Ailleurs"),
        ("l1-pays", "Ailleurs"),
        ("l1-montant", "600 000"),
        ("l2-sorte", "own"),
        ("l2-montant", "400 000"),
        ("faire", "declarer"),
    ];
    scene.hold("Agence d’Ailleurs");
    // The form asks to look first; who sends it at once declares all the same.
    let led = scene.house.post(Some(&scene.moussa()), &new, &fields).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER, "{}", words(&led.text()));
    says(&scene.reads_words(&funding).await, &["Année 2026", "Aucune restriction connue de cette année-là"]);

    let restricting = "/restrictions/nouvelle";
    let told = [
        ("titre", "Argent d’Ailleurs interdit (exercice)"),
        ("sorte", "ban"),
        ("etat", "in-force"),
        ("organisations", "exercice-droits"),
        ("bailleur", "Ailleurs"),
        ("debut", "02/11/2026"),
        ("note", "Arrêté d’exercice."),
    ];
    scene.fills(&steward, restricting, &told).await;
    is_silent_on(&scene.reads_words(&funding).await, &["Redire la part visée", "Argent d’Ailleurs interdit"]);
    let own = scene.page(&scene.moussa(), &funding).await;
    says(&words(&own), &["Des restrictions ont changé depuis cette déclaration."]);
    let sheet = Sheet::on(&own, &format!("{funding}/exposition"));
    assert_eq!(led_to(&scene.send(&scene.moussa(), sheet).await), funding);
    says(&scene.reads_words(&funding).await, &["Argent d’Ailleurs interdit (exercice) : de 50 à 75 %"]);
    let own = scene.page(&scene.moussa(), &funding).await;
    is_silent_on(&words(&own), &["Des restrictions ont changé"]);
    let twice = [("annee", "2026")];
    let refused = scene.house.post(Some(&scene.moussa()), &format!("{funding}/exposition"), &twice).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&refused.text()), &["il n’y a rien à redire"]);

    // A later declaration of the same year stands; the earlier stays, said to be replaced.
    let before = between(&own, &format!("<a href=\"{funding}/"), "\"").to_owned();
    let again = format!("{new}?annee=2026");
    let sheet = Sheet::on(&scene.page(&scene.moussa(), &again).await, &new);
    assert!(
        sheet.fields.iter().any(|(_, value)| value == "Agence d’Ailleurs"),
        "it begins with what was said"
    );
    let sheet = sheet.with("l2-montant", "9 400 000").with("faire", "verifier");
    let seen = scene.send(&scene.moussa(), sheet).await;
    let sheet = Sheet::on(&seen.text(), &new).with("faire", "declarer");
    led_to(&scene.send(&scene.moussa(), sheet).await);
    says(&scene.reads_words(&funding).await, &["Déclaration remplacée", "jusqu’à 10 %"]);

    // Who keeps the instance destroys the figures at the organisation's word, and never reads them.
    let entry = scene.page(&steward, &format!("/registre/{before}")).await;
    let piece = between(&entry, &format!("/registre/{before}/retirer/"), "\"").to_owned();
    let address = format!("/registre/{before}/retirer/{piece}");
    let asked = scene.page(&steward, &address).await;
    says(&words(&asked), &["réservé à l’organisation"]);
    is_silent_on(&asked, &["Agence d’Ailleurs"]);
    let filled = [("motif", "personne-exposee"), ("decide-par", "gardiens de l’instance")];
    let confirm = scene.send(&steward, Sheet::on(&asked, &address).with_all(&filled)).await;
    says(&words(&confirm.text()), &["réservé à l’organisation"]);
    is_silent_on(&confirm.text(), &["Agence d’Ailleurs"]);
    led_to(&scene.send(&steward, Sheet::on(&confirm.text(), &address)).await);
    // Its own people read that it was; the bands stay.
    let own = scene.page(&scene.moussa(), &format!("{funding}/{before}")).await;
    says(&words(&own), &["etiré", "Part du plus gros bailleur"]);
    is_silent_on(&own, &["Agence d’Ailleurs"]);
    says(&scene.reads_words(&funding).await, &["Déclaration remplacée"]);
    scene.ends_with_withdrawn(1).await;
}
