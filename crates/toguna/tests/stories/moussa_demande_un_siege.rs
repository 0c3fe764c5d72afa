//! Moussa asks for a seat for his organisation: the request bears its day and its clock, silence is written by itself, a late refusal is
//! taken, a bare one is told to be bare; an invitation stands beside, and nobody's granted seat is taken for one that is held.

use axum::http::StatusCode;
use terms::Behalf;
use terms::access::Role;

use crate::form::{Sheet, words};
use crate::scene::{COMMITTEE, GOVERNOR, MAYOR, Scene, is_silent_on, led_to, says};

const LEDGER: &str = "/acces-aux-sieges";
const ORGANISATION: &str = "exercice-droits";

#[tokio::test]
async fn une_demande_de_siege_a_sa_date_son_delai_et_son_silence() {
    let scene = Scene::begins().await;
    let empty = scene.reads_words(LEDGER).await;
    says(&empty, &["Accès aux sièges", "Aucune demande ni invitation n’est consignée."]);

    let new = format!("{LEDGER}/demande");
    let open = format!("{new}?organisation={ORGANISATION}&instance={COMMITTEE}&autorite={MAYOR}");
    let sheet = || async { Sheet::on(&scene.page(&scene.moussa(), &open).await, &new) };
    // Without anything that shows it, nothing is written; and all that was filled in is kept.
    let bare = sheet().await.with("jour", "24/11/2026").with("preuve", "receipt");
    let bare = scene.send(&scene.moussa(), bare).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(
        &words(&bare.text()),
        &["Rien ne le montre : écrivez le texte, joignez la lettre ou citez une source."],
    );
    says(&bare.text(), &["value=\"24/11/2026\""]);
    let asked = sheet()
        .await
        .with("jour", "24/11/2026")
        .with("preuve", "receipt")
        .with("siege", "osc-tiree-au-sort")
        .with("texte", "Notre organisation demande le siège resté vacant depuis mai 2025.");
    let line = led_to(&scene.send(&scene.moussa(), asked).await);
    let page = scene.reads_words(&line).await;
    says(&page, &["Veille et droits (ONG d’exercice) demande un siège", "en attente"]);
    says(
        &page,
        &[
            "Réponse attendue le",
            "24 décembre 2026",
            "Demande remise à l’autorité",
            "resté vacant depuis mai 2025",
        ],
    );
    says(&page, &["Un siège accordé n’est pas encore un siège tenu."]);

    // A second request for the same seat is a reminder.
    let again =
        sheet().await.with("jour", "24/11/2026").with("preuve", "receipt").with("siege", "osc-tiree-au-sort");
    let again = scene.send(&scene.moussa(), again.with("texte", "Encore.")).await;
    says(&words(&again.text()), &["attend déjà une réponse pour ce siège"]);
    // Nobody asks in another's name.
    let other = scene.for_organisation("exercice-jeunes", Role::Secretary);
    let stolen = Sheet::on(&scene.page(&other, &open).await, &new)
        .with("jour", "24/11/2026")
        .with("preuve", "receipt")
        .with("texte", "Au nom d’une autre.");
    assert_eq!(scene.send(&other, stolen).await.status, StatusCode::FORBIDDEN);

    // The acknowledgement and then the answer do not come; the clock writes it by itself.
    scene.comes("2026-12-02");
    says(&scene.reads_words(&line).await, &["sans accusé", "l’accusé de réception était attendu le"]);
    scene.comes("2026-12-28");
    let page = scene.reads_words(&line).await;
    says(&page, &["sans réponse", "Silence : la réponse était attendue le 24 décembre 2026", "Relance due"]);
    says(&scene.reads_words(&format!("{LEDGER}?etat=silent&exercice=oui")).await, &["Veille et droits"]);
    says(
        &scene.reads_words(&format!("/instances/{COMMITTEE}")).await,
        &["Accès aux sièges", "demande un siège"],
    );

    // The mayor answers late, from the office's own account: first without a word, which is told to be that.
    let answer = format!("{line}/repondre");
    let mayor = scene.mayor();
    let without = [("position", "refused-with-reason"), ("jour", "28/12/2026")];
    let refused = Sheet::on(&scene.page(&mayor, &answer).await, &answer).with_all(&without);
    let refused = scene.send(&mayor, refused).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(
        &words(&refused.text()),
        &["Écrivez le motif donné par l’autorité, ou choisissez « refus sans motif »."],
    );
    let bare = [
        ("position", "refused-without-reason"),
        ("texte", "La demande est rejetée."),
        ("jour", "28/12/2026"),
    ];
    assert_eq!(scene.fills(&mayor, &answer, &bare).await, line);
    let page = scene.reads_words(&line).await;
    says(&page, &["réponse insuffisante", "refus sans motif", "par le compte de l’autorité"]);
    says(&page, &["Silence : la réponse était attendue le 24 décembre 2026"]);
    let reasoned = [
        ("position", "accepted-otherwise"),
        ("texte", "Une place d’observatrice lui est donnée jusqu’au tirage."),
        ("jour", "28/12/2026"),
    ];
    assert_eq!(scene.fills(&mayor, &answer, &reasoned).await, line);
    says(&scene.reads_words(&line).await, &["accordé", "une autre place est accordée"]);
    // Granted is not held: the seat stands as empty as before.
    says(&scene.reads_words(&format!("/instances/{COMMITTEE}")).await, &["vacant"]);
    let data = scene.reads(&format!("{LEDGER}.csv")).await;
    says(&data, &["asked", "granted", "2026-11-24", "2026-12-24"]);
    says(&scene.reads_words(&format!("{LEDGER}?au=2026-12-26&exercice=oui")).await, &["sans réponse"]);
    scene.ends().await;
}

#[tokio::test]
async fn une_invitation_se_lit_a_cote_et_une_source_suffit_a_qui_tient_l_instance() {
    let scene = Scene::begins().await;
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    let new = format!("{LEDGER}/invitation");
    let open = format!("{new}?organisation={ORGANISATION}&instance={COMMITTEE}&autorite={GOVERNOR}");
    let told = [
        ("comme", "observer"),
        ("jour", "20/11/2026"),
        ("reponse", "10/11/2026"),
        ("texte", "Invitation à la séance de décembre."),
    ];
    let wrong = Sheet::on(&scene.page(&steward, &open).await, &new).with_all(&told);
    let wrong = scene.send(&steward, wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&wrong.text()), &["La réponse ne peut être demandée avant l’invitation"]);
    let right =
        Sheet::on(&scene.page(&steward, &open).await, &new).with_all(&told).with("reponse", "05/12/2026");
    let line = led_to(&scene.send(&steward, right).await);
    let page = scene.reads_words(&line).await;
    says(&page, &["est invitée à siéger", "invitation ouverte", "observatrice", "5 décembre 2026"]);
    is_silent_on(&page, &["Répondre à l’invitation"]);
    // A real body does not invite a fictional organisation.
    let real = format!("{new}?organisation={ORGANISATION}&instance=ccsr-segou&autorite=ccsr-segou");
    let mixed = Sheet::on(&scene.page(&steward, &real).await, &new).with_all(&told).with("reponse", "");
    says(&words(&scene.send(&steward, mixed).await.text()), &["ne sont pas du même monde"]);

    let answer = format!("{line}/suite");
    let said = [("suite", "accepted"), ("texte", "Nous viendrons à deux."), ("jour", "24/11/2026")];
    assert_eq!(scene.fills(&scene.moussa(), &answer, &said).await, line);
    says(&scene.reads_words(&line).await, &["invitation acceptée", "Nous viendrons à deux."]);
    // An invitation waits for no clock, and a request is not answered by the organisation itself.
    scene.comes("2027-01-10");
    is_silent_on(&scene.reads_words(&line).await, &["Silence :"]);
    let wrong_way = format!("{line}/relance");
    let reminder = Sheet::on(&scene.page(&scene.moussa(), &wrong_way).await, &wrong_way);
    says(
        &words(&scene.send(&scene.moussa(), reminder).await.text()),
        &["Cet acte ne vaut pas pour cette démarche"],
    );
    scene.ends().await;
}
