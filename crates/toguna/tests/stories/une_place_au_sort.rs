//! Seats are called: by lot, from the call to a panel that anyone draws again; by election; by nomination. And what is refused on the way.

use std::process::Command;

use axum::http::StatusCode;
use terms::access::Role;
use web::rehearsal::Guest;

use crate::form::{Sheet, between, words};
use crate::scene::{COMMITTEE, MAYOR, Scene, is_silent_on, led_to, says};

const OPEN: &str = "/instances/exercice-ccsc/appels/nouveau";

const COMMON: [(&str, &str); 7] = [
    ("sieges", "2"),
    ("regle", "Deux représentants de la société civile siègent au comité."),
    ("article", "article 4"),
    ("c1-texte", "Travailler dans la commune depuis un an au moins"),
    ("c1-fait", "Depuis quand, et où cela se vérifie"),
    ("cloture", "30/11/2026"),
    ("recours", "3"),
];

const DRAW: [(&str, &str); 8] = [
    ("methode", "draw"),
    ("quotas", "sexe ; femme ; 1 ; 1\nsexe ; homme ; 1 ; 1"),
    ("parties", "exercice-droits\nexercice-maire"),
    ("engagement", "10/12/2026"),
    ("revelation", "14/12/2026"),
    ("evenement", "Numéros fictifs du tirage du 20 décembre 2026"),
    ("ecriture", "les numéros dans l’ordre de sortie, deux chiffres chacun"),
    ("jour-evenement", "20/12/2026"),
];

const MOUSSA_SECRET: &str = "fleuve2026fleuve2026";
const MAYOR_SECRET: &str = "mairie0001mairie0001";

/// Awa opens a call; the answer is its address.
async fn opens(scene: &Scene, fields: &[(&str, &str)]) -> String {
    let all: Vec<_> = COMMON
        .iter()
        .filter(|(name, _)| !fields.iter().any(|(other, _)| other == name))
        .chain(fields)
        .copied()
        .collect();
    scene.fills(&scene.awa(), OPEN, &all).await
}

/// Somebody stands on paper, typed by Awa.
async fn stands_on_paper(scene: &Scene, call: &str, person: &str, sex: &str) {
    let fields =
        [("personne", person), ("trait-sex", sex), ("fait-c1", "Depuis 2019 ; registre de la mairie.")];
    assert_eq!(scene.fills(&scene.awa(), &format!("{call}/candidature"), &fields).await, call);
}

/// An organisation stands by its own account.
async fn stands(scene: &Scene, call: &str, organisation: &str, more: &[(&str, &str)]) -> Guest {
    let guest = scene.for_organisation(organisation, Role::Secretary);
    let fields: Vec<_> =
        more.iter().copied().chain([("fait-c1", "Depuis 2015 ; récépissé à la mairie.")]).collect();
    assert_eq!(scene.fills(&guest, &format!("{call}/candidature"), &fields).await, call);
    guest
}

/// Awa publishes the list: everybody is admitted but those for whom a ground is given.
async fn lists(scene: &Scene, call: &str, excluded: &[(&str, &str)]) -> web::rehearsal::Reply {
    let action = format!("{call}/liste");
    let page = scene.page(&scene.awa(), &action).await;
    let mut sheet = Sheet::on(&page, &action);
    let names: Vec<String> =
        sheet.fields.iter().map(|(name, _)| name.clone()).filter(|name| name.starts_with("avis-")).collect();
    for name in names {
        let id = name.strip_prefix("avis-").unwrap();
        let own = between(&page, "<legend>", &format!("avis-{id}"));
        let own = own.rsplit("<legend>").next().unwrap();
        match excluded.iter().find(|(who, _)| own.contains(who)) {
            None => sheet = sheet.with(&name, "oui"),
            Some((_, ground)) => {
                sheet = sheet.with(&name, "non");
                if !ground.is_empty() {
                    sheet = sheet.with(&format!("critere-{id}"), "c1").with(&format!("raison-{id}"), ground);
                }
            }
        }
    }
    scene.send(&scene.awa(), sheet).await
}

fn commitment(party: &str, secret: &str) -> String {
    sortition::Commitment::new(party, secret.as_bytes()).unwrap().digest.to_string()
}

/// The form is sent, and the page that comes back says why not.
async fn is_refused(scene: &Scene, guest: &Guest, address: &str, fields: &[(&str, &str)], why: &str) {
    let sheet = Sheet::on(&scene.page(guest, address).await, address).with_all(fields);
    let reply = scene.send(guest, sheet).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
    says(&words(&reply.text()), &[why]);
}

/// Four stand, one is excluded and admitted on appeal, and the pool is frozen on 5 December.
async fn frozen(scene: &Scene) -> String {
    let call = opens(scene, &DRAW).await;
    stands_on_paper(scene, &call, "Candidate d’essai Une", "femme").await;
    stands_on_paper(scene, &call, "Candidat d’essai Deux", "homme").await;
    stands(scene, &call, "exercice-femmes", &[("trait-sex", "femme")]).await;
    let young = stands(scene, &call, "exercice-jeunes", &[("trait-sex", "homme")]).await;
    let again = [("organisation", "exercice-jeunes"), ("trait-sex", "homme"), ("fait-c1", "Depuis 2015.")];
    let address = format!("{call}/candidature");
    is_refused(scene, &young, &address, &again, "Cette organisation est déjà candidate").await;
    says(&scene.reads_words(&call).await, &["Candidatures ouvertes", "4 candidatures."]);

    scene.comes("2026-12-01");
    let young = scene.house.again(&young);
    let bare = lists(scene, &call, &[("jeunes", "")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&bare.text()), &["Une exclusion sans fondement n’est pas reçue"]);
    is_silent_on(&scene.reads_words(&call).await, &["Exclues, et pourquoi"]);
    let listed = lists(scene, &call, &[("jeunes", "Le récépissé date de mars 2026 : vu à la mairie.")]).await;
    assert_eq!(led_to(&listed), call);
    let page = scene.reads_words(&call).await;
    says(&page, &["3 candidatures admises", "c1 — Le récépissé date de mars 2026", "Recours ouverts"]);
    assert_eq!(scene.house.get(Some(&scene.awa()), &format!("{call}/liste")).await.status, StatusCode::OK);

    let own = between(&scene.page(&young, &call).await, &format!("{call}/candidatures/"), "\"").to_owned();
    let mine = appealing(scene, &young, &call, &own).await;
    scene.comes("2026-12-05");
    let action = format!("{call}/recours/{mine}");
    let fields = [("suite", "oui"), ("raison", "Le récépissé de 2015 a été retrouvé.")];
    assert_eq!(scene.fills(&scene.awa(), &action, &fields).await, call);
    assert_eq!(scene.fills(&scene.awa(), &format!("{call}/geler"), &[]).await, call);
    call
}

/// The young appeal; the answer is the appeal's id.
async fn appealing(scene: &Scene, young: &Guest, call: &str, own: &str) -> String {
    let page = scene.page(young, call).await;
    let ids: Vec<&str> = page
        .split(&format!("{call}/candidatures/"))
        .skip(1)
        .filter_map(|part| part.split_once('"'))
        .map(|(id, _)| id)
        .collect();
    assert!(ids.contains(&own));
    for id in ids.iter().filter(|id| !id.contains('.')) {
        let address = format!("{call}/candidatures/{id}");
        if !words(&scene.page(young, &address).await).contains("Faire recours") {
            continue;
        }
        let text = [("texte", "Notre premier récépissé est de 2015.")];
        assert_eq!(scene.fills(young, &format!("{address}/recours"), &text).await, call);
        let address = format!("{address}/recours");
        is_refused(scene, young, &address, &text, "Un recours est déjà déposé").await;
        let page = scene.page(&scene.awa(), call).await;
        return between(&page, &format!("{call}/recours/"), "\"").to_owned();
    }
    panic!("personne ne peut faire recours")
}

#[tokio::test]
async fn un_tirage_se_refait_chez_soi() {
    let scene = Scene::begins().await;
    scene.hold(MOUSSA_SECRET);
    scene.hold(MAYOR_SECRET);
    let call = frozen(&scene).await;
    let page = scene.reads_words(&call).await;
    says(&page, &["Engagements", "Admise après recours", "Empreinte de la loterie", "50 %", "pas encore"]);
    // Nothing changes any more, and nothing comes before its turn.
    is_refused(&scene, &scene.awa(), &format!("{call}/geler"), &[], "une fois la liste publiée").await;
    let early = [("secret", MOUSSA_SECRET)];
    is_refused(
        &scene,
        &scene.moussa(),
        &format!("{call}/secret"),
        &early,
        "Les révélations ne sont pas ouvertes",
    )
    .await;
    let address = format!("{call}/engagement");
    let short = [("engagement", "abc"), ("comment", "empreinte")];
    is_refused(&scene, &scene.moussa(), &address, &short, "Une empreinte a 64 chiffres").await;
    let own = [("engagement", commitment("organisation:exercice-droits", MOUSSA_SECRET))];
    let own: Vec<_> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(scene.fills(&scene.moussa(), &address, &own).await, call);
    is_refused(&scene, &scene.moussa(), &address, &own, "Cette partie s’est déjà engagée").await;
    let mayor = [("engagement", commitment(&format!("body:{MAYOR}"), MAYOR_SECRET))];
    let mayor: Vec<_> = mayor.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(scene.fills(&scene.mayor(), &address, &mayor).await, call);
    reveals(&scene, &call).await;
    draws(&scene, &call).await;
    scene.ends().await;
}

async fn reveals(scene: &Scene, call: &str) {
    let address = format!("{call}/secret");
    scene.comes("2026-12-12");
    let wrong = [("secret", "fleuve2026fleuve2027")];
    is_refused(scene, &scene.moussa(), &address, &wrong, "Ce n’est pas le secret de l’engagement").await;
    let bad = [("secret", "Fleuve 2026")];
    is_refused(scene, &scene.moussa(), &address, &bad, "Un secret a de 16 à 128 lettres").await;
    scene.shows_nothing_held().await;
    assert_eq!(scene.fills(&scene.moussa(), &address, &[("secret", MOUSSA_SECRET)]).await, call);
    assert_eq!(scene.fills(&scene.mayor(), &address, &[("secret", MAYOR_SECRET)]).await, call);
    scene.publish(MOUSSA_SECRET);
    scene.publish(MAYOR_SECRET);
    // A secret is known: the rule stands.
    let reason = [("raison", "Essai.")];
    is_refused(scene, &scene.awa(), &format!("{call}/regle"), &reason, "la règle ne change plus").await;
}

async fn draws(scene: &Scene, call: &str) {
    let address = format!("{call}/evenement");
    let outcome = [("issue", "04 12  23"), ("encore", "04 12 23"), ("ou", "Journal fictif du 21 décembre")];
    is_refused(scene, &scene.awa(), &address, &outcome, "L’événement est le 2026-12-20").await;
    scene.comes("2026-12-21");
    let differ = [("issue", "04 12 23"), ("encore", "04 12 32"), ("ou", "Journal fictif")];
    is_refused(scene, &scene.awa(), &address, &differ, "Les deux écritures de l’issue diffèrent").await;
    assert_eq!(scene.fills(&scene.awa(), &address, &outcome).await, call);
    let page = scene.reads_words(call).await;
    says(
        &page,
        &["Tirage au sort du", "Suppléants", "04 12 23", "femme 1 1 1 respecté", "homme 1 1 1 respecté"],
    );
    says(&page, &[MOUSSA_SECRET, "toguna draw verify transcription-"]);
    is_silent_on(&page, &["Inscrire qui occupe le siège"]);
    says(&words(&scene.page(&scene.awa(), call).await), &["Inscrire qui occupe le siège"]);
    is_refused(scene, &scene.awa(), &address, &outcome, "Le tirage vient après le gel").await;

    // Whoever downloads the transcript believes nothing of the site.
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("transcription.json");
    std::fs::write(&file, scene.reads(&format!("{call}/transcription.json")).await).unwrap();
    let digest = between(&page, "--announced ", " ").to_owned();
    let verified = Command::new(env!("CARGO_BIN_EXE_toguna"))
        .args(["draw", "verify", file.to_str().unwrap(), "--announced", &digest])
        .output()
        .unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    says(&String::from_utf8_lossy(&verified.stdout), &["La graine donne bien ces personnes"]);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tirage/verify_draw.py");
    if let Ok(python) = Command::new("python3").args([script, file.to_str().unwrap(), &digest]).output() {
        assert!(python.status.success(), "{python:?}");
    }
    let pool = scene.reads(&format!("{call}/pool.csv")).await;
    assert_eq!((pool.lines().next(), pool.lines().count()), (Some("id,sex"), 5));
    says(&scene.reads(&format!("{call}/quotas.csv")).await, &["sex,femme,1,1"]);
    // On the day before, nobody was drawn.
    is_silent_on(&scene.reads_words(&format!("{call}?au=2026-12-20")).await, &["Suppléants"]);
}

#[tokio::test]
async fn des_quotas_impossibles_sont_refuses_avec_ce_qu_il_faut_changer() {
    let scene = Scene::begins().await;
    let plainly = [("quotas", "sexe ; femme ; 2 ; 2\nsexe ; homme ; 1 ; 1")];
    let all: Vec<_> =
        COMMON.iter().chain(&DRAW).filter(|(name, _)| *name != "quotas").chain(&plainly).copied().collect();
    is_refused(&scene, &scene.awa(), OPEN, &all, "Sexe : les minimums font 3 pour 2 sièges").await;
    let call = opens(&scene, &DRAW).await;
    stands_on_paper(&scene, &call, "Candidat d’essai Un", "homme").await;
    stands_on_paper(&scene, &call, "Candidat d’essai Deux", "homme").await;
    scene.comes("2026-12-01");
    assert_eq!(led_to(&lists(&scene, &call, &[]).await), call);
    scene.comes("2026-12-05");
    let address = format!("{call}/geler");
    is_refused(&scene, &scene.awa(), &address, &[], "Aucune composition ne respecte tous les quotas").await;
    let sheet = Sheet::on(&scene.page(&scene.awa(), &address).await, &address);
    let said = words(&scene.send(&scene.awa(), sheet).await.text());
    says(
        &said,
        &[
            "Ramenez le minimum de « femme » (sexe) de 1 à 0.",
            "Portez le maximum de « homme » (sexe) de 1 à 2.",
        ],
    );
    // Nothing is lost: the call is cancelled with its reason, and everything can still be read.
    let reason = [("raison", "Aucune femme ne s’est portée candidate.")];
    assert_eq!(scene.fills(&scene.awa(), &format!("{call}/annuler"), &reason).await, call);
    says(
        &scene.reads_words(&call).await,
        &["Annulé", "Aucune femme ne s’est portée candidate.", "2 candidatures."],
    );
    scene.ends().await;
}

#[tokio::test]
async fn les_organisations_de_la_commune_elisent() {
    let scene = Scene::begins().await;
    let call = opens(&scene, &[("methode", "election"), ("scrutin", "5")]).await;
    let women = stands(&scene, &call, "exercice-femmes", &[]).await;
    let young = stands(&scene, &call, "exercice-jeunes", &[]).await;
    let herders = stands(&scene, &call, "exercice-eleveurs", &[]).await;
    scene.comes("2026-12-01");
    assert_eq!(led_to(&lists(&scene, &call, &[]).await), call);
    scene.comes("2026-12-05");
    assert_eq!(scene.fills(&scene.awa(), &format!("{call}/geler"), &[]).await, call);
    says(&scene.reads_words(&call).await, &["Vote ouvert"]);
    let address = format!("{call}/vote");
    // The organisation of the next place does not vote here.
    assert_eq!(scene.house.get(Some(&scene.moussa()), &address).await.status, StatusCode::FORBIDDEN);
    let [women, young, herders] = [women, young, herders].map(|guest| scene.house.again(&guest));
    let page = scene.page(&women, &address).await;
    let names: Vec<(String, String)> = page
        .split("name=\"voix-")
        .skip(1)
        .map(|part| {
            (
                format!("voix-{}", part.split('"').next().unwrap()),
                between(part, "<label", "</label>").to_owned(),
            )
        })
        .collect();
    let of = |who: &str| names.iter().find(|(_, label)| label.contains(who)).unwrap().0.clone();
    let (w, y, h) = (of("emmes"), of("eunes"), of("leveurs"));
    assert_eq!(scene.fills(&women, &address, &[(&w, "oui"), (&y, "oui")]).await, format!("{call}#vote"));
    assert_eq!(scene.fills(&young, &address, &[(&w, "oui"), (&y, "oui")]).await, format!("{call}#vote"));
    assert_eq!(scene.fills(&herders, &address, &[(&w, "oui")]).await, format!("{call}#vote"));
    // A later ballot replaces the first; only its own organisation sees what it ticked.
    let sheet = Sheet::on(&scene.page(&herders, &address).await, &address);
    assert!(sheet.fields.iter().any(|(name, _)| *name == w), "its own ballot is shown to it");
    let mut changed = sheet.with(&h, "oui");
    changed.fields.retain(|(name, _)| *name != w);
    led_to(&scene.send(&herders, changed).await);
    is_silent_on(&scene.reads_words(&call).await, &["ont voté", "Bulletins"]);

    scene.comes("2026-12-11");
    let page = scene.reads_words(&call).await;
    says(
        &page,
        &["Élection : dépouillement du", "3 organisations ont voté sur 3.", "2 bulletins :", "1 bulletin :"],
    );
    says(&page, &["payé par les parts", "Limites du secret"]);
    let ballots = scene.reads(&format!("{call}/bulletins.csv")).await;
    assert_eq!(ballots.lines().count(), 3, "{ballots}");
    assert_eq!(scene.house.get(Some(&scene.house.again(&women)), &address).await.status, StatusCode::OK);
    scene.ends().await;
}

#[tokio::test]
async fn une_nomination_est_consignee_comme_telle() {
    let scene = Scene::begins().await;
    let fields = [("methode", "nomination"), ("autorite", "exercice-gouverneur"), ("sieges", "1")];
    let call = opens(&scene, &fields).await;
    stands_on_paper_without_sex(&scene, &call).await;
    let address = format!("{call}/nomination");
    scene.comes("2026-12-01");
    let bare = [("jour", "01/12/2026"), ("autre-1", "Personne nommée d’essai")];
    is_refused(&scene, &scene.awa(), &address, &bare, "Citez l’acte").await;
    let later =
        [("jour", "02/12/2026"), ("acte", "Décision fictive n° 12"), ("autre-1", "Personne nommée d’essai")];
    is_refused(&scene, &scene.awa(), &address, &later, "Ce jour n’est pas encore venu").await;
    let two =
        [("jour", "01/12/2026"), ("acte", "Décision fictive n° 12"), ("autre-1", "Une"), ("autre-2", "Deux")];
    is_refused(&scene, &scene.awa(), &address, &two, "Nommez de 1 à 1").await;
    let named =
        [("jour", "01/12/2026"), ("acte", "Décision fictive n° 12"), ("autre-1", "Personne nommée d’essai")];
    assert_eq!(scene.fills(&scene.awa(), &address, &named).await, call);
    let page = scene.reads_words(&call).await;
    says(
        &page,
        &[
            "Nommé",
            "Décision fictive n° 12",
            "Personne nommée d’essai",
            "n’était pas candidat",
            "ni vote, ni tirage",
            "n’a pas donné de raison",
        ],
    );
    says(&scene.reads_words(&format!("/instances/{COMMITTEE}")).await, &["Appels à siéger", "Nommé"]);
    scene.ends().await;
}

async fn stands_on_paper_without_sex(scene: &Scene, call: &str) {
    let fields = [("personne", "Candidate d’essai Une"), ("fait-c1", "Depuis 2019 ; registre de la mairie.")];
    assert_eq!(scene.fills(&scene.awa(), &format!("{call}/candidature"), &fields).await, call);
}
