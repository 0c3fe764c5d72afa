//! What is refused: everything to mend at once, with what was typed; acts without standing; forms from
//! elsewhere.

use axum::http::StatusCode;
use terms::access::Role;
use web::rehearsal::Guest;

use crate::form::{Sheet, between, each, words};
use crate::scene::{COMMITTEE, GOVERNOR, MAYOR, Scene, copy, led_to, says};
use crate::visitor::Doors;

/// The newest entry's number: nothing was written while it stays.
async fn newest(scene: &Scene) -> String {
    scene.reads("/registre.csv").await.lines().nth(1).unwrap().split(',').next().unwrap().to_owned()
}

/// The page says in one list all that is to be mended, and each line leads to a field that is there.
#[track_caller]
fn lists(page: &str, sentences: &[&str]) {
    let errors = between(page, "<div class=\"errors\"", "</ul>");
    says(&words(errors), sentences);
    assert_eq!(each(errors, "<li>", "</li>").len(), sentences.len(), "{}", words(errors));
    for field in each(errors, "href=\"#", "\"") {
        assert!(page.contains(&format!("id=\"{field}\"")), "la liste mène à {field}, qui n’est pas là");
    }
}

#[tokio::test]
async fn tout_ce_qui_est_a_corriger_est_dit_en_une_fois_et_rien_n_est_perdu() {
    let scene = Scene::begins().await;
    let before = newest(&scene).await;
    let address = format!("/instances/{COMMITTEE}/reunions/nouvelle");
    let sheet = Sheet::on(&scene.page(&scene.awa(), &address).await, &address).with_all(&[
        ("jour", "25/11/2026"),
        ("presents", "15"),
        ("attendus", "14"),
        ("femmes", "16"),
        ("jeunes", "deux"),
        ("preuve-minutes", "oui"),
        ("objet", "Séance de demain, écrite trop tôt."),
    ]);
    let refused = scene.send(&scene.awa(), sheet).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    lists(
        &page,
        &[
            "« deux » n’est pas un nombre entier.",
            "Ce jour n’est pas encore venu.",
            "Il ne peut y avoir plus de présents que d’attendus : 14 au plus.",
            "Ce nombre dépasse celui des membres : 15 au plus.",
            "Le procès-verbal est donné pour preuve",
        ],
    );
    let kept = Sheet::on(&page, &address);
    for (name, value) in [
        ("jour", "25/11/2026"),
        ("presents", "15"),
        ("femmes", "16"),
        ("jeunes", "deux"),
        ("preuve-minutes", "oui"),
        ("objet", "Séance de demain, écrite trop tôt."),
    ] {
        assert_eq!(kept.value(name), value);
    }
    an_empty_draft_is_not_adopted(&scene).await;
    assert_eq!(newest(&scene).await, before, "nothing was written");
    an_impossible_delivery(&scene).await;
    scene.ends().await;
}

async fn an_empty_draft_is_not_adopted(scene: &Scene) {
    let draft =
        scene.drafts(&[("motifs", "Un brouillon sans titre."), ("d1-qui", "autorité inconnue")]).await;
    let sheet = Sheet::on(&scene.page(&scene.awa(), &draft).await, &format!("{draft}/adopter"));
    let refused = scene.send(&scene.awa(), sheet.with("adopte-le", "demain")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    lists(
        &page,
        &[
            "Donnez un titre à la recommandation.",
            "Écrivez au moins un point : ce qui est demandé.",
            "« autorité inconnue » n’est pas au registre des autorités",
            "« demain » n’est pas une date.",
        ],
    );
    assert_eq!(Sheet::on(&page, &draft).value("motifs"), "Un brouillon sans titre.");
    assert_eq!(Sheet::on(&page, &format!("{draft}/adopter")).value("adopte-le"), "demain");
}

async fn an_impossible_delivery(scene: &Scene) {
    let draft =
        scene.drafts(&[("titre", "Sans remise"), ("p1-texte", "Rien encore."), ("d1-qui", MAYOR)]).await;
    let adopt = Sheet::on(&scene.page(&scene.awa(), &draft).await, &format!("{draft}/adopter"));
    let address = led_to(&scene.send(&scene.awa(), adopt.with("adopte-le", "24/11/2026")).await);
    let to = format!("{address}/transmettre");
    for (day, sentence) in [
        ("25/11/2026", "La remise ne peut pas être datée d’un jour à venir."),
        ("23/11/2026", "La remise ne peut pas précéder l’adoption."),
    ] {
        let sheet = Sheet::on(&scene.page(&scene.awa(), &to).await, &to).with("remis-le", day);
        let refused = scene.send(&scene.awa(), sheet).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        lists(&refused.text(), &[sentence]);
        assert_eq!(Sheet::on(&refused.text(), &to).value("remis-le"), day);
    }
    let sheet = Sheet::on(&scene.page(&scene.awa(), &to).await, &to).with_all(&[
        ("remis-le", ""),
        ("preuve", ""),
        ("regle", ""),
    ]);
    let refused = scene.send(&scene.awa(), sheet).await;
    let sentences =
        ["Remplissez ce champ.", "Choisissez ce qui prouve la remise.", "Choisissez un délai de la liste"];
    lists(&refused.text(), &sentences);
    let long = "long ".repeat(5_000);
    let sheet =
        Sheet::on(&scene.page(&scene.awa(), "/recommandations/nouvelle").await, "/recommandations/nouvelle");
    let too_large = scene.send(&scene.awa(), sheet.with("motifs", &long)).await;
    assert_eq!(too_large.status, StatusCode::PAYLOAD_TOO_LARGE);
    says(&words(&too_large.text()), &["C’est trop volumineux", "Rien n’a été enregistré"]);
}

#[tokio::test]
async fn nul_n_agit_sans_mandat() {
    let scene = Scene::begins().await;
    let address = scene.asks_of(MAYOR, &[("titre", "Garder chacun à sa place")]).await;
    let draft = scene.drafts(&[("titre", "Brouillon du comité seul")]).await;
    scene.hold("Brouillon du comité seul");
    let delegate = scene.for_organisation("exercice-droits", Role::Delegate);
    let governor = scene.for_body(GOVERNOR, Role::Authority);
    let before = newest(&scene).await;
    let deed = |name: &str| Scene::case(&address, MAYOR, name);
    let sitting = format!("/instances/{COMMITTEE}/reunions/nouvelle");
    let attempts: Vec<(&str, &Guest, String, StatusCode)> = vec![
        ("Moussa adopte à la place du comité", &delegate, format!("{draft}/adopter"), StatusCode::NOT_FOUND),
        ("un délégué remet", &delegate, format!("{address}/transmettre"), StatusCode::FORBIDDEN),
        ("un délégué clôt", &delegate, format!("{address}/clore"), StatusCode::FORBIDDEN),
        ("un délégué consigne une réunion", &delegate, sitting, StatusCode::FORBIDDEN),
        ("le Gouverneur répond pour le Maire", &governor, deed("repondre"), StatusCode::FORBIDDEN),
        ("le Gouverneur accuse réception pour le Maire", &governor, deed("accuse"), StatusCode::FORBIDDEN),
        ("le Gouverneur prolonge un délai", &governor, deed("delai"), StatusCode::FORBIDDEN),
        ("le Gouverneur suspend un délai", &governor, deed("pause"), StatusCode::FORBIDDEN),
        ("le Gouverneur invite", &governor, "/personnes/inviter".to_owned(), StatusCode::FORBIDDEN),
    ];
    for (what, who, path, status) in &attempts {
        let sent = scene.house.post(Some(who), path, &[("texte", "essai"), ("motif", "essai")]).await;
        assert_eq!(sent.status, *status, "{what}");
        assert!(!sent.text().contains("Brouillon du comité seul"), "{what}");
    }
    for path in
        [deed("repondre"), format!("{address}/transmettre"), draft, "/recommandations/nouvelle".to_owned()]
    {
        let sent = scene.house.post(None, &path, &[("texte", "essai")]).await;
        assert!(led_to(&sent).starts_with("/connexion"), "{path}");
    }
    assert_eq!(newest(&scene).await, before, "nothing was written");
    scene.ends().await;
}

#[tokio::test]
async fn un_formulaire_venu_d_un_autre_site_est_refuse() {
    let scene = Scene::begins().await;
    let doors = Doors::open(&scene).await;
    let mut secretary = doors.visitor();
    let (_, invitations) = copy();
    let (_, invitation) = invitations.iter().find(|(who, _)| who == "Secrétariat du comité").unwrap();
    secretary.accepts(&scene, invitation, "Awa Fictive", "quatre mots sans lien aucun").await;
    scene.hold("Awa Fictive");
    let before = newest(&scene).await;
    let new = "/recommandations/nouvelle";
    let page = secretary.get(new).await.text;
    let sheet = || Sheet::on(&page, new).with("titre", "Écrit depuis un autre site");
    for site in ["cross-site", "same-site"] {
        secretary.site = site;
        let refused = secretary.send(&sheet()).await;
        assert_eq!(refused.status, 403, "{site}");
        says(&words(&refused.text), &["Cette page a expiré", "Rien n’a été enregistré."]);
    }
    // A browser that says nothing of where a form comes from still needs the token of its own page.
    secretary.site = "none";
    for token in ["", "0000", &"a".repeat(64)] {
        let mut fields = sheet().fields;
        fields.retain(|(name, _)| name != "jeton");
        fields.push(("jeton".to_owned(), token.to_owned()));
        assert_eq!(secretary.post(new, &fields).await.status, 403, "« {token} »");
    }
    assert!(!secretary.get("/bureau").await.text.contains("Écrit depuis un autre site"));
    assert_eq!(newest(&scene).await, before, "nothing was written");
    secretary.site = "same-origin";
    let taken = secretary.send(&sheet()).await;
    assert_eq!(taken.status, 303, "the same form from its own page is taken");
    scene.hold("Écrit depuis un autre site");
    drop(doors);
    scene.ends().await;
}
