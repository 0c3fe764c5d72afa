//! The mayor stays silent: the clock writes it, the matter goes up to the prefect, and a late answer is taken
//! all the same.

use axum::http::StatusCode;

use crate::form::{Sheet, each, words};
use crate::scene::{MAYOR, PREFECT, Scene, is_silent_on, led_to, says};

const TITLE: &str = "Rendre compte des amendes perçues au marché";

/// The same page read on two days that follow each other: the silence is not there on the first, and is on
/// the second.
async fn falls(scene: &Scene, address: &str, eve: &str, day: &str, sentence: &str) {
    scene.comes(eve);
    is_silent_on(&scene.reads_words(address).await, &[sentence]);
    scene.comes(day);
    says(&scene.reads_words(address).await, &[sentence, "(constaté par l’horloge du registre)"]);
}

#[tokio::test]
async fn le_silence_du_maire_est_inscrit_puis_porte_au_prefet() {
    let scene = Scene::begins().await;
    let address =
        scene.asks_of(MAYOR, &[("titre", TITLE), ("p1-texte", "Publier le total des amendes.")]).await;
    let mayor = "Maire de Dougouba (exercice)";
    let first =
        format!("Silence : aucun accusé de réception ({mayor}), attendu au plus tard le 1er décembre 2026.");
    falls(&scene, &address, "2026-12-01", "2026-12-02", &first).await;
    says(&scene.reads_words(&address).await, &["sans accusé de réception"]);
    falls(&scene, &address, "2026-12-23", "2026-12-24", &format!("Rappel : {mayor}.")).await;
    let second = format!("Silence : aucune réponse ({mayor}), attendue au plus tard le 24 décembre 2026.");
    falls(&scene, &address, "2026-12-24", "2026-12-25", &second).await;
    is_on_the_list_of_silences(&scene, &address).await;

    goes_up(&scene, &address).await;
    a_late_answer_is_taken(&scene, &address).await;
    let past = scene.reads_words(&format!("{address}?au=2026-12-20")).await;
    says(&past, &["sans accusé de réception", first.as_str()]);
    is_silent_on(
        &past,
        &[
            "silence constaté",
            second.as_str(),
            "Recours, étape 1 : Préfet du cercle d’exercice",
            "Avec retard",
        ],
    );
    scene.ends().await;
}

/// The exercise's silences, longest wait first, this one at its place; the real ones do not know it.
async fn is_on_the_list_of_silences(scene: &Scene, address: &str) {
    let id = address.rsplit('/').next().unwrap();
    let page = scene.reads("/silences?exercice=oui").await;
    says(&words(&page), &[TITLE, "silence constaté", "Exercice — commune"]);
    let rows = scene.reads("/silences.csv?exercice=oui").await;
    let waits: Vec<(i64, &str)> = rows
        .lines()
        .skip(1)
        .map(|row| {
            let mut cells = row.split(',').skip(1);
            (cells.next().unwrap().parse().unwrap(), cells.next().unwrap())
        })
        .collect();
    assert!(waits.windows(2).all(|pair| pair[0].0 >= pair[1].0), "longest wait first: {waits:?}");
    assert!(waits.contains(&(31, id)), "{waits:?}");
    is_silent_on(&scene.reads("/silences.csv").await, &[id]);
    let of_the_year: Vec<_> = waits.iter().filter(|(_, other)| *other != id).collect();
    assert!(of_the_year.iter().all(|(days, _)| *days > 31), "those of 2025 have waited longer: {waits:?}");
    says(&scene.reads("/silences.atom?exercice=oui").await, &["[Exercice]", TITLE]);
    says(&words(&scene.page(&scene.awa(), "/bureau").await), &["Silences à suivre", TITLE]);
}

/// Not before the forty-fifth day; then with a letter, and a clock of its own.
async fn goes_up(scene: &Scene, address: &str) {
    let deed = Scene::case(address, MAYOR, "recours");
    scene.comes("2027-01-07");
    let early = Sheet::on(&scene.page(&scene.awa(), &deed).await, &deed);
    let refused = scene.send(&scene.awa(), early).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&refused.text()), &["cette étape n’est possible qu’à partir du 08/01/2027"]);

    scene.comes("2027-01-08");
    let sheet = Sheet::on(&scene.page(&scene.awa(), &deed).await, &deed);
    assert_eq!((sheet.value("destinataire"), sheet.value("jour")), (PREFECT, "2027-01-08"));
    says(
        sheet.value("lettre"),
        &[
            "Madame, Monsieur le Préfet",
            TITLE,
            "(destinataire : Maire de Dougouba (exercice))",
            "était attendue pour le 24 décembre 2026",
            "Après 45 jours",
        ],
    );
    is_silent_on(sheet.value("lettre"), &["{", "}"]);
    assert_eq!(led_to(&scene.send(&scene.awa(), sheet).await), format!("{address}#echanges"));
    let page = scene.reads(address).await;
    says(
        &words(&page),
        &[
            "Recours, étape 1 : Préfet du cercle d’exercice, après Maire de Dougouba (exercice).",
            "Saisie par recours. Destinataire précédent : Maire de Dougouba (exercice).",
            "étape franchie",
            "au plus tard le 24 décembre 2026",
            "attendue au plus tard le 8 février 2027",
        ],
    );
    let letters = each(&page, "href=\"/recours/", "\"");
    let letter = scene.reads(&format!("/recours/{}", letters.first().unwrap())).await;
    says(&words(&letter), &["Lettre de recours", "Préfet du cercle d’exercice", TITLE, "Après 45 jours"]);
    assert!(letter.contains("<svg class=\"qr\""), "the printed letter leads back");
    let again = scene.page(&scene.awa(), &deed).await;
    is_silent_on(&words(&again), &["Étape 1 possible"]);

    // The prefect's own clock runs out by itself.
    let silence = "Silence : aucun accusé de réception (Préfet du cercle d’exercice)";
    is_silent_on(&words(&page), &[silence]);
    scene.comes("2027-01-20");
    says(&scene.reads_words(address).await, &[silence]);
}

async fn a_late_answer_is_taken(scene: &Scene, address: &str) {
    let deed = Scene::case(address, MAYOR, "repondre");
    let page = scene.page(&scene.mayor(), &deed).await;
    says(&words(&page), &["L’échéance est passée. La réponse est reçue quand même et portera sa date."]);
    let sheet = Sheet::on(&page, &deed).with_all(&[
        ("texte", "Avec retard, la mairie publiera le total."),
        ("point-1-position", "accepted"),
        ("point-1-texte", "Affichage du total à la mairie."),
        ("point-1-echeance", "2027-02-28"),
    ]);
    led_to(&scene.send(&scene.mayor(), sheet).await);
    let page = scene.reads_words(address).await;
    says(
        &page,
        &[
            "répondu sur le fond après l’échéance",
            "Avec retard, la mairie publiera le total.",
            "reçue le 20 janvier 2027 (57 jours après la remise)",
            "Silence : aucune réponse (Maire de Dougouba (exercice))",
        ],
    );
    is_silent_on(&page, &["dans le délai"]);
    let id = address.rsplit('/').next().unwrap();
    let mine =
        |rows: String| rows.lines().filter(|row| row.contains(id)).map(str::to_owned).collect::<Vec<_>>();
    let waiting = mine(scene.reads("/silences.csv?exercice=oui&etat=unacknowledged").await);
    assert_eq!(waiting.len(), 1, "the prefect is still awaited: {waiting:?}");
    assert!(waiting[0].contains(PREFECT));
    assert!(mine(scene.reads("/silences.csv?exercice=oui").await).is_empty(), "the mayor is silent no more");
    let answers = mine(scene.reads("/reponses.csv?exercice=oui").await);
    assert!(answers[0].contains("false"), "late, and said so: {answers:?}");
}

#[tokio::test]
async fn une_horloge_arretee_ne_manque_aucun_jour() {
    let scene = Scene::begins().await;
    let address = scene.asks_of(MAYOR, &[("titre", TITLE)]).await;
    // The machine slept for two months: each silence keeps its own day, and is known since then.
    scene.comes("2027-01-25");
    let page = scene.reads(&address).await;
    let days = each(&page, "<li class=\"silent\"", "</time>");
    let days: Vec<_> = days.iter().map(|item| item.rsplit('>').next().unwrap()).collect();
    assert_eq!(days, ["2 décembre 2026", "25 décembre 2026"], "{}", words(&page));
    says(&scene.reads_words(&format!("{address}?au=2026-12-26")).await, &["silence constaté"]);
    is_silent_on(&scene.reads_words(&format!("{address}?au=2026-12-24")).await, &["silence constaté"]);
    scene.comes("2027-01-25");
    assert_eq!(each(&scene.reads(&address).await, "<li class=\"silent\"", "</li>").len(), 2, "written once");
    scene.ends().await;
}
