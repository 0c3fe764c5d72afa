//! The mayor acknowledges and answers through his account, point by point, in time.

use crate::form::{Sheet, words};
use crate::scene::{GOVERNOR, MAYOR, Scene, is_silent_on, led_to, says};

const TITLE: &str = "Éclairer la route du dispensaire";

#[tokio::test]
async fn le_maire_accuse_reception_puis_repond_point_par_point() {
    let scene = Scene::begins().await;
    let address = scene
        .asks_of(
            MAYOR,
            &[
                ("titre", TITLE),
                ("p1-texte", "Poser six lampes sur la route du dispensaire."),
                ("p2-texte", "Désigner qui entretient les lampes."),
            ],
        )
        .await;
    says(
        &words(&scene.page(&scene.mayor(), "/bureau").await),
        &["Ce qui attend", TITLE, "1er décembre 2026"],
    );

    scene.comes("2026-11-27");
    let exchange = format!("{address}#echanges");
    assert_eq!(scene.fills(&scene.mayor(), &Scene::case(&address, MAYOR, "accuse"), &[]).await, exchange);
    let page = scene.reads_words(&address).await;
    says(
        &page,
        &[
            "Accusé de réception : Maire de Dougouba (exercice).",
            "reçu le 27 novembre 2026 (3 jours après la remise)",
        ],
    );

    scene.comes("2026-12-15");
    let answered = scene
        .fills(
            &scene.mayor(),
            &Scene::case(&address, MAYOR, "repondre"),
            &[
                ("texte", "La mairie retient les deux points."),
                ("point-1-position", "accepted"),
                ("point-1-texte", "Achat de six lampes solaires."),
                ("point-1-responsable", "Services techniques"),
                ("point-1-echeance", "2027-03-31"),
                ("point-2-position", "refused-with-reason"),
                ("point-2-texte", "Le gardien du dispensaire s’en charge déjà."),
            ],
        )
        .await;
    assert_eq!(answered, exchange);
    reads_the_answer(&scene, &address).await;

    scene.comes("2027-02-01");
    let later = scene.reads_words(&address).await;
    is_silent_on(&later, &["Silence :", "Rappel :", "après l’échéance"]);
    is_silent_on(&scene.reads("/silences?exercice=oui").await, &[TITLE]);
    is_silent_on(&scene.reads(&format!("/instances/{MAYOR}/echeances.ics")).await, &[address.as_str()]);
    scene.ends().await;
}

async fn reads_the_answer(scene: &Scene, address: &str) {
    let page = scene.reads_words(address).await;
    says(
        &page,
        &[
            "répondu sur le fond dans le délai",
            "La mairie retient les deux points.",
            "accepté Maire de Dougouba (exercice), 15 décembre 2026",
            "Achat de six lampes solaires.",
            "Promis pour le 31 mars 2027. Responsable : Services techniques",
            "refus motivé Maire de Dougouba (exercice)",
            "Le gardien du dispensaire s’en charge déjà.",
            "reçue le 15 décembre 2026 (21 jours après la remise)",
            "compte de l’autorité (preuve de rang 1 sur 5)",
            "Chaque point a maintenant sa réponse de fond",
        ],
    );
    is_silent_on(&page, &["Aucune réponse à ce point", "Ce n’est pas encore une réponse de fond"]);
    says(&scene.reads_words(&format!("/en{address}")).await, &["in time", "15 December 2026"]);
    let id = address.rsplit('/').next().unwrap();
    let rows = scene.reads("/reponses.csv?exercice=oui").await;
    let (head, row) = (rows.lines().next().unwrap(), rows.lines().find(|line| line.contains(id)).unwrap());
    let cell =
        |name: &str| row.split(',').nth(head.split(',').position(|column| column == name).unwrap()).unwrap();
    assert_eq!(
        ["day", "channel", "strength", "days", "due", "in_time", "substance", "exercise"].map(cell),
        ["2026-12-15", "account", "1", "21", "2026-12-24", "true", "true", "true"]
    );
    is_silent_on(&scene.reads("/reponses.csv").await, &[id]);
}

#[tokio::test]
async fn le_maire_complete_une_reponse_qui_eludait_un_point() {
    let scene = Scene::begins().await;
    let points = [("p1-texte", "Publier le budget de l’eau."), ("p2-texte", "Dire qui entretient la pompe.")];
    let address = scene.asks_of(MAYOR, &points).await;
    scene.comes("2026-12-01");
    let deed = Scene::case(&address, MAYOR, "repondre");
    scene
        .fills(&scene.mayor(), &deed, &[("point-1-position", "evasive"), ("point-1-texte", "On verra.")])
        .await;
    let page = scene.reads_words(&address).await;
    says(
        &page,
        &[
            "répondu, pas sur le fond",
            "réponse dilatoire",
            "Aucune réponse à ce point",
            "Ce n’est pas encore une réponse de fond",
        ],
    );
    let sheet = Sheet::on(&scene.page(&scene.mayor(), &deed).await, &deed).with_all(&[
        ("point-1-position", "accepted"),
        ("point-1-texte", "Affichage du budget à la mairie."),
        ("point-1-echeance", "2027-01-31"),
        ("point-2-position", "not-competent"),
        ("point-2-texte", "La pompe appartient à l’association des usagers."),
    ]);
    led_to(&scene.send(&scene.mayor(), sheet).await);
    let page = scene.reads_words(&address).await;
    says(
        &page,
        &["répondu sur le fond", "Tous les points n’ont pas encore de réponse de fond", "hors compétence"],
    );
    scene.ends().await;
}

#[tokio::test]
async fn le_maire_renvoie_un_point_au_gouverneur_et_awa_le_lui_remet() {
    let scene = Scene::begins().await;
    let points = [("p1-texte", "Dire ce que coûte une patrouille."), ("p2-texte", "Réparer la pompe.")];
    let address = scene.asks_of(MAYOR, &points).await;
    scene.comes("2026-12-01");
    let deed = Scene::case(&address, MAYOR, "repondre");
    let answer = [
        ("point-1-position", "passed-on"),
        ("point-1-texte", "Les patrouilles relèvent de la région."),
        ("point-1-vers", GOVERNOR),
        ("point-2-position", "accepted"),
        ("point-2-texte", "La pompe sera réparée."),
        ("point-2-echeance", "2027-01-31"),
    ];
    scene.fills(&scene.mayor(), &deed, &answer).await;
    let deliver = format!("{address}/transmettre");
    says(
        &words(&scene.page(&scene.awa(), "/bureau").await),
        &["Réparer la pompe du quartier sud — 1 remise(s) sur 2"],
    );
    let sheet = Sheet::on(&scene.page(&scene.awa(), &deliver).await, &deliver);
    assert_eq!((sheet.value("destinataire"), sheet.value("point")), (GOVERNOR, "1"));
    assert_eq!(led_to(&scene.send(&scene.awa(), sheet).await), address);
    let page = scene.reads_words(&address).await;
    says(&page, &["renvoyé", "Gouverneur de la région d’exercice"]);
    // Sixty days for a region: the thirtieth of January is a Saturday, the last day the Monday after.
    scene.comes("2027-02-02");
    let silence =
        "aucune réponse (Gouverneur de la région d’exercice), attendue au plus tard le 1er février 2027";
    says(&scene.reads_words(&address).await, &[silence]);
    scene.ends().await;
}
