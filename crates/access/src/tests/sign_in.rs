//! Signing in, step by step.

use axum::http::StatusCode;
use terms::Behalf;
use terms::access::Role;

use super::house::{PASSWORD, Site, between};
use crate::{NewAccount, password};

#[test]
fn one_step_of_drift_is_taken_two_are_not() {
    let site = Site::new();
    for (name, steps, taken) in [
        ("Fanta Un", -2, false),
        ("Fanta Deux", -1, true),
        ("Fanta Trois", 0, true),
        ("Fanta Quatre", 1, true),
        ("Fanta Cinq", 2, false),
    ] {
        let enrolled = site.enrol(name, &[]);
        let code = site.code(&enrolled.totp_secret, steps);
        assert_eq!(site.sign_in(name, PASSWORD, &code).is_some(), taken, "{steps}");
    }
}

#[test]
fn a_code_serves_once_and_no_earlier_one_after_it() {
    let site = Site::new();
    let enrolled = site.enrol("Moussa Exemple", &[]);
    let (before, now) = (site.code(&enrolled.totp_secret, -1), site.code(&enrolled.totp_secret, 0));
    assert!(site.sign_in("moussa EXEMPLE", PASSWORD, &now).is_some(), "names are compared as said");
    assert!(site.sign_in("Moussa Exemple", PASSWORD, &now).is_none(), "replayed");
    assert!(site.sign_in("Moussa Exemple", PASSWORD, &before).is_none(), "of an earlier step");
    site.later(30);
    assert!(site.sign_in("Moussa Exemple", PASSWORD, &site.code(&enrolled.totp_secret, 0)).is_some());
}

#[test]
fn whatever_is_wrong_the_sentence_is_the_same() {
    let site = Site::new();
    let enrolled = site.enrol("Kadi Exemple", &[]);
    let code = site.code(&enrolled.totp_secret, 0);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let body = |name: &str, password: &str, code: &str| {
        let fields = [("nom", name), ("mot-de-passe", password), ("code", code), ("retour", "/bureau")];
        let answer = site.post_bare("/connexion", None, &fields);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.cookie.is_none());
        answer.body.replace(name, "…")
    };
    let name = body("Personne Exemple", PASSWORD, &code);
    assert_eq!(name, body("Kadi Exemple", "quatre mots avec lien", &code));
    assert_eq!(name, body("Kadi Exemple", PASSWORD, wrong));
    assert_eq!(name, body("Kadi Exemple", "quatre mots avec lien", wrong));
    assert!(site.sign_in("Kadi Exemple", PASSWORD, &code).is_some(), "a refused code did not serve");
}

#[test]
fn a_recovery_code_serves_once_however_it_is_typed() {
    let site = Site::new();
    let enrolled = site.enrol("Awa Exemple", &[]);
    let [first, second, ..] = enrolled.recovery_codes.as_slice() else { panic!() };
    assert_eq!(enrolled.recovery_codes.len(), 10);
    let typed = first.replace('-', " ").to_uppercase().replace('0', "O").replace('1', "l");
    let cookie = site.sign_in("Awa Exemple", PASSWORD, &typed).unwrap();
    assert!(site.sign_in("Awa Exemple", PASSWORD, first).is_none());
    assert!(site.get("/bureau/securite", Some(&cookie)).body.contains("Il vous reste 9 codes de secours."));
    assert!(site.sign_in("Awa Exemple", "un autre mot de passe", second).is_none());
    assert!(site.sign_in("Awa Exemple", PASSWORD, second).is_some(), "a wrong password did not use it up");
    let other = site.enrol("Ibrahim Exemple", &[]);
    assert!(
        site.sign_in("Ibrahim Exemple", PASSWORD, &enrolled.recovery_codes[2]).is_none(),
        "each their own"
    );
    assert!(site.sign_in("Ibrahim Exemple", PASSWORD, &other.recovery_codes[2]).is_some());
}

#[test]
fn one_name_is_not_tried_too_often() {
    let site = Site::new();
    let enrolled = site.enrol("Awa Exemple", &[]);
    for _ in 0..5 {
        assert!(site.sign_in("Awa Exemple", "un mot de passe faux", "123456").is_none());
    }
    let code = site.code(&enrolled.totp_secret, 0);
    let fields = [("nom", "awa exemple"), ("mot-de-passe", PASSWORD), ("code", &code)];
    let answer = site.post_bare("/connexion", None, &fields);
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.body.contains("Attendez une minute"));
    site.enrol("Moussa Exemple", &[]);
    assert!(
        site.sign_in("Moussa Exemple", "un mot de passe faux", "123456").is_none(),
        "others are not held up"
    );
}

#[test]
fn a_session_is_always_fresh_and_ends() {
    let site = Site::new();
    let (enrolled, first) = site.session("Awa Exemple", &[]);
    assert_eq!(site.get("/bureau", Some(&first)).status, StatusCode::OK);
    let made_up = format!("session={}", "a".repeat(64));
    let code = site.code(&enrolled.totp_secret, 0);
    let fields = [("nom", "Awa Exemple"), ("mot-de-passe", PASSWORD), ("code", code.as_str())];
    let answer = site.post_bare("/connexion", Some(&made_up), &fields);
    let second = answer.cookie.unwrap();
    assert!(second != made_up && second != first, "never the token that came");
    assert_eq!(site.get("/bureau", Some(&made_up)).status, StatusCode::SEE_OTHER);

    let left = site.post("/deconnexion", &second, &[]);
    assert_eq!((left.status, left.cookie.as_deref()), (StatusCode::SEE_OTHER, Some("session=")));
    let shut = site.get("/bureau", Some(&second));
    assert_eq!((shut.status, shut.location.as_str()), (StatusCode::SEE_OTHER, "/connexion?retour=/bureau"));
    assert_eq!(site.get("/bureau", Some(&first)).status, StatusCode::OK, "the other session goes on");
    assert_eq!(site.post("/bureau/securite/sessions", &first, &[]).location, "/connexion");
    assert_eq!(site.get("/bureau", Some(&first)).status, StatusCode::SEE_OTHER);
}

#[test]
fn signing_in_returns_to_this_site_alone() {
    let site = Site::new();
    for (i, (retour, location)) in
        [("/mandats?role=steward", "/mandats?role=steward"), ("//autre.example", "/bureau"), ("", "/bureau")]
            .into_iter()
            .enumerate()
    {
        let name = format!("Awa Exemple {i}");
        let enrolled = site.enrol(&name, &[]);
        let page = site.get(&format!("/connexion?retour={retour}"), None).body;
        assert_eq!(between(&page, "name=\"retour\" value=\"", "\""), location);
        let code = site.code(&enrolled.totp_secret, 0);
        let fields =
            [("nom", name.as_str()), ("mot-de-passe", PASSWORD), ("code", &code), ("retour", retour)];
        assert_eq!(site.post_bare("/connexion", None, &fields).location, location);
    }
}

#[test]
fn a_form_from_elsewhere_is_refused() {
    let site = Site::new();
    let (_, cookie) = site.session("Awa Exemple", &[(Behalf::Instance, Role::Steward)]);
    for path in [
        "/deconnexion",
        "/bureau/securite/sessions",
        "/bureau/securite/codes",
        "/bureau/securite/mot-de-passe",
        "/bureau/securite/second-facteur",
        "/bureau/securite/second-facteur/confirmation",
        "/personnes/inviter",
        "/personnes/invitations/annulation",
        "/personnes/x/mandat",
        "/personnes/x/acces",
        "/mandats/x/fin",
    ] {
        for token in ["", "faux"] {
            let answer = site.post_bare(path, Some(&cookie), &[("jeton", token)]);
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    assert_eq!(site.get("/bureau", Some(&cookie)).status, StatusCode::OK);
}

#[test]
fn an_unknown_name_takes_as_long_as_a_known_one() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let hash = password::hash_now(PASSWORD).unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    let fastest = |kept: Option<&str>| {
        let once = || {
            let begun = std::time::Instant::now();
            let work = password::matches("un mot de passe faux".to_owned(), kept.map(str::to_owned));
            assert!(!runtime.block_on(work).unwrap());
            begun.elapsed()
        };
        (0..4).map(|_| once()).min().unwrap()
    };
    let (unknown, known) = (fastest(None), fastest(Some(&hash)));
    assert!(unknown * 3 > known && known * 3 > unknown, "{unknown:?} {known:?}");
}

#[test]
fn accounts_made_at_once_are_refused_what_a_person_would_be() {
    let site = Site::new();
    site.enrol("Awa Exemple", &[]);
    for (name, password, mandates) in [
        ("awa exemple", PASSWORD, vec![]),
        ("A", PASSWORD, vec![]),
        ("Moussa Exemple", "court", vec![]),
        ("Moussa Exemple", PASSWORD, vec![(Behalf::Instance, Role::Secretary)]),
        ("Moussa Exemple", PASSWORD, vec![(super::body(), Role::Steward)]),
    ] {
        let account = NewAccount { person: None, name, password, mandates: &mandates };
        assert!(crate::enrol(&site.house, &account).is_err(), "{name} {password} {mandates:?}");
    }
    site.replays();
}
