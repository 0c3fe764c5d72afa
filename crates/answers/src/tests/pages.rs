//! Pages as people ask for them, in French and in English, and the forms by which they act.

use axum::http::StatusCode;

use super::world::World;
use crate::Stage;

/// The mayor and the post are asked; the mayor stays silent past the day.
fn silent_world() -> World {
    let world = World::on("2026-01-05");
    world.adopt("r-1", &["maire", "poste"]);
    world.transmit("r-1", "maire", "ccsc");
    world.transmit("r-1", "poste", "ccsc");
    world.live_until("2026-02-10");
    world
}

fn has(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "« {part} » manque dans : {page}");
    }
}

#[test]
fn the_recommendation_shows_its_clocks_and_each_date_explains_itself() {
    let world = silent_world();
    let fr = world.page("/recommandations/r-1", "");
    has(
        &fr,
        &[
            "id=\"echanges\"",
            "Maire de Dougouba",
            "Poste de Dougouba",
            "silence constaté",
            "Aucun texte n’oblige",
            "<details",
            "Pourquoi cette date",
            "4 février 2026",
            "Silence\u{a0}: aucune réponse (Maire de Dougouba)",
            "Rappel\u{a0}: Maire de Dougouba",
            "Étapes de recours",
            "Préfet du cercle",
        ],
    );
    let en = world.page("/en/recommandations/r-1", "");
    has(&en, &["silence noted", "Maire de Dougouba (en)", "No text obliges", "4 February 2026"]);
    assert!(!fr.contains("answers-") && !en.contains("answers-"), "un message manque");
    // Nobody who is not signed in is offered an act.
    assert!(!fr.contains("/repondre"));
    let past = world.page("/recommandations/r-1?au=2026-01-20", "");
    assert!(!past.contains("silence constaté") && past.contains("sans accusé de réception"), "{past}");
}

#[test]
fn where_no_day_was_set_no_wait_is_counted() {
    let world = World::on("2026-01-05");
    world.adopt("r-1", &["maire", "poste"]);
    world.transmit("r-1", "maire", "regle-que-le-registre-ne-connait-pas");
    world.transmit("r-1", "poste", "ccsc");
    world.sleep_until("2026-01-15");
    let csv = world.page("/silences.csv?etat=waiting", "");
    let line = |addressee: &str| {
        csv.lines().find(|line| line.contains(addressee)).unwrap_or_else(|| panic!("{csv}"))
    };
    assert!(line(",maire,").starts_with("2026-01-05,,r-1,"), "{csv}");
    assert!(line(",poste,").starts_with("2026-01-05,10,r-1,"), "{csv}");
    let page = world.page("/recommandations/r-1", "");
    assert_eq!(page.matches("<dt>Attente</dt>").count(), 1, "{page}");
    has(&page, &["aucun délai compté"]);
}

#[test]
fn lists_are_pages_and_data() {
    let world = silent_world();
    let page = world.page("/silences", "");
    has(&page, &["Éclairer le marché", "Maire de Dougouba", "Lieu region-x", "silence constaté"]);
    let csv = world.page("/silences.csv", "");
    assert!(csv.starts_with("delivered,waited_days,recommendation,"), "{csv}");
    assert_eq!(csv.lines().count(), 3, "{csv}");
    has(&csv, &["2026-01-05,36,r-1,"]);
    has(&world.page("/silences.json?autorite=maire", ""), &["\"addressee_id\":\"maire\""]);
    assert_eq!(world.page("/silences.csv?autorite=prefet", "").lines().count(), 1);
    assert_eq!(world.page("/silences.csv?region=region-x", "").lines().count(), 3);
    assert_eq!(world.page("/silences.csv?region=cercle-x", "").lines().count(), 1);
    assert_eq!(world.page("/silences.csv?exercice=oui", "").lines().count(), 1);
    assert_eq!(world.page("/silences.csv?etat=waiting", "").lines().count(), 1);
    has(&world.page("/en/silences", ""), &["longest wait first", "silence noted"]);
    has(&world.page("/silences.atom", ""), &["<feed", "Éclairer le marché"]);
    has(&world.page("/retards", ""), &["Lieu region-x", "Maire de Dougouba", "Recommandations reçues"]);
    has(&world.page("/retards.csv", ""), &["maire,Maire de Dougouba,1,1,1,0,0,0,0,false"]);
    has(&world.page("/retards.csv?par=region", ""), &["region-x,Lieu region-x,2,2,2,0,0,0,0"]);
    has(&world.page("/reponses", ""), &["Aucune réponse ne correspond."]);
}

#[test]
fn a_list_goes_on_where_it_stopped() {
    let world = World::on("2026-01-05");
    for n in 0..35 {
        let id = format!("r-{n}");
        world.adopt(&id, &["maire"]);
        world.transmit(&id, "maire", "ccsc");
    }
    world.live_until("2026-02-06");
    let first = world.page("/silences", "");
    assert_eq!(first.matches("data-label=\"Destinataire\"").count(), 30);
    let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = world.page(&format!("/silences{}", next.replace("&amp;", "&")), "");
    assert_eq!(second.matches("data-label=\"Destinataire\"").count(), 5);
    has(&world.page("/retards.csv", ""), &["maire,Maire de Dougouba,35,35,35"]);
}

#[test]
fn feeds_and_calendars_follow_bodies_and_places() {
    let world = World::on("2026-01-05");
    world.adopt("r-1", &["maire"]);
    world.transmit("r-1", "maire", "ccsc");
    for path in [
        "/echeances.ics",
        "/instances/maire/echeances.ics",
        "/instances/ccsc/echeances.ics",
        "/lieux/commune-x/echeances.ics",
        "/lieux/region-x/echeances.ics",
    ] {
        has(&world.page(path, ""), &["BEGIN:VCALENDAR", "DTSTART;VALUE=DATE:20260112"]);
    }
    assert!(!world.page("/instances/poste/echeances.ics", "").contains("BEGIN:VEVENT"));
    for path in [
        "/suivi.atom",
        "/instances/maire/suivi.atom",
        "/instances/ccsc/suivi.atom",
        "/lieux/cercle-x/suivi.atom",
    ] {
        has(&world.page(path, ""), &["<feed", "Remise\u{a0}: Maire de Dougouba"]);
    }
    assert_eq!(world.get("/instances/inconnue/suivi.atom", "").0, StatusCode::NOT_FOUND);
    assert_eq!(world.get("/lieux/inconnu/echeances.ics", "").0, StatusCode::NOT_FOUND);
}

#[test]
fn panels_hang_in_other_pages() {
    let world = silent_world();
    has(&world.page("/", ""), &["compteur des silences", ">2<", "silences constatés", ">36<"]);
    has(&world.page("/instances/maire", ""), &["Ce qui lui est demandé", "/instances/maire/suivi.atom"]);
    has(&world.page("/instances/ccsc", ""), &["Ce qu’elle demande"]);
    has(&world.page("/lieux/cercle-x", ""), &["/lieux/cercle-x/echeances.ics", "Silence"]);
    let not_asked_yet = world.page("/instances/gouverneur", "");
    has(&not_asked_yet, &["/instances/gouverneur/suivi.atom", "/instances/gouverneur/echeances.ics"]);
    assert!(!not_asked_yet.contains("Ce qui lui est demandé"));
    has(&world.page("/bureau", &world.sign_in("le-maire")), &["Ce qui attend", "/autorites/maire"]);
    has(&world.page("/bureau", &world.sign_in("moussa")), &["Silences à suivre", "Éclairer le marché"]);
    assert!(!world.page("/bureau", "").contains("Ce qui attend"));
}

#[test]
fn an_exercise_counts_in_no_real_figure() {
    let world = World::on("2026-01-05");
    world.adopt("ex-1", &["maire"]);
    world.transmit("ex-1", "maire", "ccsc");
    world.live_until("2026-02-10");
    assert_eq!(world.page("/silences.csv", "").lines().count(), 1);
    assert_eq!(world.page("/silences.csv?exercice=oui", "").lines().count(), 2);
    has(&world.page("/silences?exercice=oui", ""), &["class=\"banner exercise\""]);
    assert_eq!(world.page("/retards.csv", "").lines().count(), 1);
    has(
        &world.page("/retards.csv?exercice=oui", ""),
        &["late,exercise", "maire,Maire de Dougouba,1,1,1,0,0,0,0,true"],
    );
    let home = world.page("/", "");
    has(&home, &["<span class=\"tally\">0</span>"]);
    assert!(!home.contains("la plus longue attente"));
    assert!(!world.page("/echeances.ics", "").contains("BEGIN:VEVENT"));
    has(&world.page("/instances/maire/suivi.atom", ""), &["[Exercice] Éclairer le marché"]);
    world.check();
}

#[test]
fn the_mayor_answers_by_his_account() {
    let world = silent_world();
    let cookie = world.sign_in("le-maire");
    has(&world.page("/autorites/maire", &cookie), &["Éclairer le marché", "/reponses/r-1/maire/repondre"]);
    assert_eq!(world.get("/autorites/maire", "").0, StatusCode::SEE_OTHER);
    assert_eq!(world.get("/autorites/poste", &cookie).0, StatusCode::FORBIDDEN);
    assert_eq!(world.get("/reponses/r-1/poste/repondre", &cookie).0, StatusCode::FORBIDDEN);
    let path = "/reponses/r-1/maire/repondre";
    let fields = [
        ("texte", "La mairie regrette le retard."),
        ("point-1-position", "refused-with-reason"),
        ("point-2-position", "accepted"),
        ("point-2-texte", "Affichage à la mairie."),
        ("point-2-echeance", "pas un jour"),
    ];
    let (status, again, _) = world.post(path, &cookie, &fields);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // Everything to mend at once, and nothing of what was written is lost.
    has(
        &again,
        &[
            "href=\"#point-1-texte\"",
            "href=\"#point-2-echeance\"",
            "La mairie regrette le retard.",
            "Affichage à la mairie.",
            "value=\"refused-with-reason\" selected",
        ],
    );
    assert_eq!(world.facts("r-1", "maire").case.answered_on, None);
    let fields = [
        ("point-1-position", "refused-with-reason"),
        ("point-1-texte", "Pas de crédit cette année."),
        ("point-2-position", "accepted"),
        ("point-2-texte", "Affichage à la mairie."),
        ("point-2-echeance", "2026-03-31"),
    ];
    let (status, page, to) = world.post(path, &cookie, &fields);
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/recommandations/r-1#echanges"), "{page}");
    assert_eq!(world.facts("r-1", "maire").case.stage(), Stage::Answered);
    let shown = world.page("/recommandations/r-1", "");
    has(
        &shown,
        &["refus motivé", "Pas de crédit cette année.", "après l’échéance", "preuve de rang 1 sur 5"],
    );
    has(
        &world.page("/reponses.csv", ""),
        &[
            "substance,exercise",
            "2026-02-10,r-1,Éclairer le marché,maire",
            "account,1,36,2026-02-04,false,true,false",
        ],
    );
    has(&world.page("/retards.csv", ""), &["maire,Maire de Dougouba,0,1,0,0,1,0,1"]);
    let declared = [("point", "2"), ("etat", "done"), ("jour", "2026-02-09"), ("texte", "C’est affiché.")];
    let (status, page, _) = world.post("/reponses/r-1/maire/suite", &cookie, &declared);
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    world.check();
}

#[test]
fn the_secretary_records_climbs_and_observes() {
    let world = silent_world();
    world.live_until("2026-02-20");
    let cookie = world.sign_in("moussa");
    let letter = [("moyen", "scanned-letter"), ("jour", "2026-02-15"), ("point-1-position", "evasive")];
    let path = "/reponses/r-1/poste/repondre";
    let (status, again, _) = world.post(path, &cookie, &letter);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&again, &["href=\"#fichier\"", "value=\"scanned-letter\" selected", "value=\"2026-02-15\""]);
    let scanned: Vec<_> = letter.into_iter().chain([("fichier", "%PDF-1.4 la lettre")]).collect();
    assert_eq!(world.post(path, &cookie, &scanned).0, StatusCode::SEE_OTHER);
    assert_eq!(world.facts("r-1", "poste").case.stage(), Stage::Insufficient);
    let shown = world.page("/recommandations/r-1", "");
    let piece = shown.split("href=\"/reponses/pieces/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(world.page(&format!("/reponses/pieces/{piece}"), ""), "%PDF-1.4 la lettre");
    let heard = [
        ("moyen", "meeting"),
        ("jour", "2026-02-16"),
        ("point-1-position", "evasive"),
        ("temoins", "femmes"),
    ];
    let (status, again, _) = world.post(path, &cookie, &heard);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&again, &["href=\"#temoins\""]);
    let heard = [heard[0], heard[1], heard[2], ("temoins", "femmes\nVeille et droits")];
    assert_eq!(world.post(path, &cookie, &heard).0, StatusCode::SEE_OTHER);
    has(
        &world.page("/recommandations/r-1", ""),
        &["Entendu par\u{a0}: Veille et droits, Association des femmes"],
    );

    let climb = world.page("/reponses/r-1/maire/recours", &cookie);
    has(&climb, &["Préfet du cercle", "« Éclairer le marché", "46 jours."]);
    let fields = [
        ("etape", "1"),
        ("jour", "2026-02-20"),
        ("destinataire", "prefet"),
        ("lettre", "Monsieur le Préfet,"),
    ];
    let (status, page, _) = world.post("/reponses/r-1/maire/recours", &cookie, &fields);
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert_eq!(world.facts("r-1", "prefet").case.delivered_on.to_string(), "2026-02-20");
    let shown = world.page("/recommandations/r-1", "");
    let sheet = shown.split("href=\"/recours/").nth(1).unwrap().split('"').next().unwrap();
    has(&world.page(&format!("/recours/{sheet}"), ""), &["Monsieur le Préfet,", "<svg class=\"qr\""]);

    let seen =
        [("observateur", "body/ccsc"), ("point", "1"), ("etat", "not-started"), ("jour", "2026-02-18")];
    let path = "/reponses/r-1/constat";
    let (status, again, _) = world.post(path, &cookie, &seen);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&again, &["href=\"#preuve\""]);
    let seen: Vec<_> = seen.into_iter().chain([("preuve", "Aucune lampe posée.")]).collect();
    assert_eq!(world.post(path, &cookie, &seen).0, StatusCode::SEE_OTHER);
    has(
        &world.page("/recommandations/r-1", ""),
        &["class=\"tracks\"", "Aucune lampe posée.", "Rien de déclaré."],
    );
    world.check();
}

#[test]
fn the_secretary_holds_a_clock_and_grants_time() {
    let world = World::on("2026-01-05");
    world.adopt("r-1", &["maire"]);
    world.transmit("r-1", "maire", "ccsc");
    world.live_until("2026-01-15");
    let cookie = world.sign_in("moussa");
    let late = [("jour", "2026-01-15"), ("nouveau", "2026-02-04"), ("texte", "Deux semaines.")];
    let (status, again, _) = world.post("/reponses/r-1/maire/delai", &cookie, &late);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&again, &["04/02/2026", "Deux semaines."]);
    let granted = [late[0], ("nouveau", "2026-02-18"), late[2]];
    assert_eq!(world.post("/reponses/r-1/maire/delai", &cookie, &granted).0, StatusCode::SEE_OTHER);
    has(
        &world.page("/recommandations/r-1", ""),
        &["date d’origine\u{a0}: 4 février 2026", "18 février 2026"],
    );
    let held = [("cause", "precision"), ("jour", "2026-01-15"), ("texte", "Quelles rues ?")];
    assert_eq!(world.post("/reponses/r-1/maire/pause", &cookie, &held).0, StatusCode::SEE_OTHER);
    has(&world.page("/recommandations/r-1", ""), &["délai suspendu", "Quelles rues"]);
    world.live_until("2026-01-20");
    let on = [("jour", "2026-01-20")];
    assert_eq!(world.post("/reponses/r-1/maire/reprise", &cookie, &on).0, StatusCode::SEE_OTHER);
    assert_eq!(world.facts("r-1", "maire").case.answer_by.unwrap().to_string(), "2026-02-23");
    assert_eq!(world.get("/reponses/r-1/maire/pause", &world.sign_in("le-maire")).0, StatusCode::FORBIDDEN);
    world.check();
}

#[test]
fn the_signed_link_answers_without_an_account() {
    let world = silent_world();
    let cookie = world.sign_in("moussa");
    let sheet = world.page("/reponses/r-1/maire/lien", &cookie);
    let path = sheet.split("https://toguna.example").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(path.starts_with("/reponse/r-1/maire/"), "{path}");
    has(&sheet, &["<svg class=\"qr\""]);
    let page = world.page(&path, "");
    has(&page, &["Répondre à une recommandation", "Poser six lampes.", "Enregistrer l’accusé"]);
    let wrong = format!("/reponse/r-1/maire/{}", "0".repeat(32));
    assert_eq!(world.get(&wrong, "").0, StatusCode::NOT_FOUND);
    // A token of one case opens no other.
    assert_eq!(world.get(&path.replace("/maire/", "/poste/"), "").0, StatusCode::NOT_FOUND);
    assert_eq!(world.post(&path, "", &[("acte", "accuse")]).0, StatusCode::SEE_OTHER);
    let (status, again, _) = world.post(&path, "", &[("acte", "reponse")]);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&again, &["href=\"#texte\""]);
    let secret = [("acte", "reponse"), ("point-1-position", "covered-by-secrecy")];
    assert_eq!(world.post(&path, "", &secret).0, StatusCode::SEE_OTHER);
    let shown = world.page("/recommandations/r-1", "");
    has(
        &shown,
        &["lien signé", "Secret invoqué sans base légale.", "badge secrecy", "preuve de rang 2 sur 5"],
    );
    let facts = world.facts("r-1", "maire");
    assert!(facts.case.acknowledged_on.is_some() && facts.refused);
    world.close("r-1");
    assert_eq!(world.get(&path, "").0, StatusCode::NOT_FOUND);
    world.check();
}
