//! Nothing of the exercise enters a figure, a list or a drawing of what is real: the same days pass in two
//! houses, in one of which the exercise's people act, and every real thing reads the same in both.

use serde_json::Value;

use crate::form::Sheet;
use crate::scene::{GOVERNOR, MAYOR, Scene, led_to, says};

const TITLE: &str = "Poser une porte à la salle d’accueil";

/// Lists of what is real, as data.
const LISTS: [&str; 9] = [
    "/retards.csv",
    "/retards.csv?par=region",
    "/silences.csv",
    "/reponses.csv",
    "/echeances.ics",
    "/nouveautes.csv",
    "/chronologie.csv",
    "/reunions.csv",
    "/instances.csv",
];

/// The figures of real scopes without the day of reading, and the record's size when they were read.
async fn real_figures(scene: &Scene) -> (Vec<Value>, u64) {
    let all: Vec<Value> = serde_json::from_str(&scene.reads("/indicateurs.json").await).unwrap();
    let is_exercise = |value: &Value| value["scope"].as_str().unwrap().starts_with("exercise");
    assert!(all.iter().any(is_exercise), "the exercise has figures of its own");
    let mut real: Vec<Value> = all.into_iter().filter(|value| !is_exercise(value)).collect();
    assert!(real.len() > 40, "{}", real.len());
    let mut size = 0;
    for value in &mut real {
        let object = value.as_object_mut().unwrap();
        assert!(object.remove("as_of").is_some());
        size = object.remove("record_size").unwrap().as_u64().unwrap();
    }
    (real, size)
}

/// The figures of the exercise.
async fn exercise_figures(scene: &Scene) -> Vec<Value> {
    let all: Vec<Value> = serde_json::from_str(&scene.reads("/indicateurs.json").await).unwrap();
    all.into_iter().filter(|value| value["scope"].as_str().unwrap().starts_with("exercise")).collect()
}

/// The home page's counter of silences and its map, and what it tells of what is real.
async fn real_home(scene: &Scene) -> String {
    let home = scene.reads("/").await;
    says(&home, &["id=\"silences\"", "<svg", "Exercice"]);
    let news_of_the_exercise = "<h3><span class=\"badge exercise\">";
    let (real, rest) = home.split_once(news_of_the_exercise).expect("the exercise's news stand apart");
    assert!(!rest.contains("<svg"), "every drawing stands before");
    real.to_owned()
}

/// Both houses say the same of what is real.
async fn say_the_same(quiet: &Scene, busy: &Scene) {
    let ((before, small), (after, large)) = (real_figures(quiet).await, real_figures(busy).await);
    assert!(large > small, "people acted in one of them: {small} {large}");
    for (one, other) in before.iter().zip(&after) {
        assert_eq!(one, other);
    }
    assert_eq!(before.len(), after.len());
    assert_ne!(exercise_figures(quiet).await, exercise_figures(busy).await);
    for list in LISTS {
        assert_eq!(quiet.reads(list).await, busy.reads(list).await, "{list}");
    }
    assert_eq!(real_home(quiet).await, real_home(busy).await);
}

#[tokio::test]
async fn l_exercice_n_entre_dans_aucun_chiffre_reel() {
    let (quiet, busy) = (Scene::begins().await, Scene::begins().await);
    let both_come = |day: &str| {
        quiet.comes(day);
        busy.comes(day);
    };
    let to_mayor = busy.asks_of(MAYOR, &[("titre", TITLE)]).await;
    let to_governor = busy.asks_of(GOVERNOR, &[("titre", "Publier le calendrier des patrouilles")]).await;
    say_the_same(&quiet, &busy).await;

    both_come("2026-12-03");
    let answer = [
        ("point-1-position", "accepted"),
        ("point-1-texte", "La porte sera posée."),
        ("point-1-echeance", "2026-12-31"),
    ];
    busy.fills(&busy.mayor(), &Scene::case(&to_mayor, MAYOR, "repondre"), &answer).await;
    say_the_same(&quiet, &busy).await;

    both_come("2027-01-04");
    let done = [("point", "1"), ("etat", "done"), ("jour", "2027-01-04"), ("texte", "La porte est posée.")];
    busy.fills(&busy.mayor(), &Scene::case(&to_mayor, MAYOR, "suite"), &done).await;
    let sight = format!("/reponses/{}/constat", to_mayor.rsplit('/').next().unwrap());
    let seen = Sheet::on(&busy.page(&busy.moussa(), &sight).await, &sight)
        .with("observateur", "organisation/exercice-droits")
        .with_all(&[("point", "1"), ("etat", "done"), ("jour", "2027-01-04"), ("preuve", "Vue en place.")]);
    led_to(&busy.send(&busy.moussa(), seen).await);
    say_the_same(&quiet, &busy).await;

    // The governor's two days pass; the clock writes both silences.
    both_come("2027-02-15");
    let silence = "Silence : aucune réponse (Gouverneur de la région d’exercice)";
    says(&busy.reads_words(&to_governor).await, &[silence]);
    say_the_same(&quiet, &busy).await;
    busy.ends().await;
    quiet.ends().await;
}
