//! Stories through HTTP: the first steward, invitations, mandates that begin and end, lost access; and the
//! canary.

use axum::http::StatusCode;
use record::directory::{Kind, look_up};
use terms::access::Role;
use terms::{Behalf, PersonId};

use super::house::{PASSWORD, Site, between};
use super::{body, organisation};

/// The path of a link.
fn path_of(link: &str) -> String {
    link.strip_prefix("https://exercice.example").unwrap().to_owned()
}

/// The key that a page shows for the phone.
fn key_on(page: &str) -> String {
    between(page, "Clé à recopier\u{a0}: <code>", "</code>").replace(' ', "")
}

struct Accepted {
    cookie: String,
    codes: Vec<String>,
    secret: String,
}

/// Somebody goes through an invitation to its end.
fn accept(site: &Site, path: &str, name: Option<&str>) -> Accepted {
    let mut fields = vec![("nouveau", PASSWORD), ("encore", PASSWORD)];
    fields.extend(name.map(|name| ("nom", name)));
    let chosen = site.post_bare(path, None, &fields);
    assert_eq!(
        (chosen.status, chosen.location.clone()),
        (StatusCode::SEE_OTHER, format!("{path}/second-facteur"))
    );
    let sheet = site.get(&chosen.location, None);
    assert_eq!(sheet.cache, "no-store");
    let secret = key_on(&sheet.body);
    let confirmed = site.post_bare(&chosen.location, None, &[("code", &site.code(&secret, 0))]);
    assert_eq!((confirmed.status, confirmed.cache.as_str()), (StatusCode::OK, "no-store"));
    let codes: Vec<String> = confirmed
        .body
        .split("<li><code>")
        .skip(1)
        .map(|rest| rest.split_once('<').unwrap().0.to_owned())
        .collect();
    assert_eq!(codes.len(), 10);
    site.later(60);
    Accepted { cookie: confirmed.cookie.unwrap(), codes, secret }
}

fn first_link(site: &Site, behalf: Behalf, role: Role) -> String {
    let link =
        crate::first_invitation(site.house.record(), "https://exercice.example/", behalf, role, 14).unwrap();
    path_of(&link)
}

#[test]
fn the_first_steward_invites_a_secretary_who_acts_until_the_mandate_ends() {
    let site = Site::new();
    let steward =
        accept(&site, &first_link(&site, Behalf::Instance, Role::Steward), Some("Awa Exemple")).cookie;
    assert!(site.get("/bureau", Some(&steward)).body.contains("L’instance elle-même"));

    let found = site.get("/personnes/inviter?q=sabalen", Some(&steward)).body;
    assert!(found.contains("pour=body:ccsc-exercice") && found.contains("pour=organisation:femmes-exercice"));
    assert!(
        site.get("/personnes/inviter?pour=body:ccsc-exercice", Some(&steward)).body.contains("secrétaire")
    );
    let fields = [("pour", "body:ccsc-exercice"), ("role", "secretary"), ("jours", "5")];
    let invited = site.post("/personnes/inviter", &steward, &fields);
    assert_eq!((invited.status, invited.cache.as_str()), (StatusCode::OK, "no-store"));
    let path = path_of(between(&invited.body, "<p><code>", "</code>"));
    assert!(site.get("/personnes", Some(&steward)).body.contains("Comité de Sabalen"));

    let shown = site.get(&path, None).body;
    assert!(
        shown.contains("Comité de Sabalen") && shown.contains("secrétaire") && shown.contains("7 mars 2026")
    );
    let secretary = accept(&site, &path, Some("Moussa Exemple")).cookie;
    let desk = site.get("/bureau", Some(&secretary)).body;
    assert!(desk.contains("Moussa Exemple") && desk.contains("Comité de Sabalen"));
    assert!(!desk.contains("/personnes"), "a secretary keeps no register");
    for path in ["/personnes", "/personnes/inviter"] {
        assert_eq!(site.get(path, Some(&secretary)).status, StatusCode::FORBIDDEN);
    }
    assert_eq!(site.post("/personnes/inviter", &secretary, &fields).status, StatusCode::FORBIDDEN);

    let public = site.get("/mandats", None).body;
    assert!(public.contains("Comité de Sabalen") && public.contains("gardien"));
    assert!(!public.contains("Moussa") && !public.contains("Awa"));
    let rows = site.get("/mandats.csv?role=secretary", None).body;
    assert_eq!(rows.lines().next(), Some("id,for_kind,for_id,for,role,since,until,exercise,entry"));
    assert!(rows.contains(",body,ccsc-exercice,Comité de Sabalen (exercice),secretary,2026-03-02,,true,"));
    let id = rows.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();

    site.later(86_400 * 9);
    let end = format!("/mandats/{id}/fin");
    assert_eq!(site.get(&end, Some(&steward)).status, StatusCode::OK);
    let refused = site.post(&end, &steward, &[("jour", "10/03/2026"), ("motif", "withdrawn")]);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Un mandat ne cesse pas avant aujourd’hui"));
    let ended = site.post(&end, &steward, &[("jour", "11/03/2026"), ("motif", "term-ended")]);
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert!(site.get(&ended.location, Some(&steward)).body.contains("terme échu"));
    assert!(site.get("/bureau", Some(&secretary)).body.contains("Aucun mandat en cours"));
    assert!(!site.get("/mandats.csv", None).body.contains(&id));
    assert!(site.get("/mandats.csv?tous=oui", None).body.contains(&id));
    assert!(site.get("/mandats.csv?au=2026-03-10", None).body.contains(&id), "what held on an earlier day");
    assert!(!site.get("/mandats.csv?au=2026-03-01", None).body.contains(&id));
    assert!(site.get("/en/mandats", None).body.contains("steward"));
    site.replays();
}

#[test]
fn an_invitation_serves_once_and_until_its_last_day() {
    let site = Site::new();
    let used = first_link(&site, Behalf::Instance, Role::Steward);
    accept(&site, &used, Some("Awa Exemple"));
    assert_eq!(site.get(&used, None).status, StatusCode::GONE, "used, though its last day is far");
    let fields = [("nom", "Kadi Exemple"), ("nouveau", PASSWORD), ("encore", PASSWORD)];
    assert_eq!(site.post_bare(&used, None, &fields).status, StatusCode::GONE);
    let last_day = first_link(&site, organisation(), Role::Delegate);
    site.later(86_400 * 14);
    assert_eq!(site.get(&last_day, None).status, StatusCode::OK);
    let sheet = {
        let fields = [("nom", "Moussa Exemple"), ("nouveau", PASSWORD), ("encore", PASSWORD)];
        site.post_bare(&last_day, None, &fields).location
    };
    let secret = key_on(&site.get(&sheet, None).body);
    site.later(86_400);
    let never = format!("/invitation/{}", "0".repeat(26));
    for path in [&used, &last_day, &never] {
        let shown = site.get(path, None);
        assert_eq!(shown.status, StatusCode::GONE, "{path}");
        assert!(shown.body.contains("Cette invitation ne s’ouvre pas"));
        let fields = [("nom", "Fanta Exemple"), ("nouveau", PASSWORD), ("encore", PASSWORD)];
        assert_eq!(site.post_bare(path, None, &fields).status, StatusCode::GONE);
        assert_eq!(site.get(&format!("{path}/second-facteur"), None).status, StatusCode::GONE);
        let late =
            site.post_bare(&format!("{path}/second-facteur"), None, &[("code", &site.code(&secret, 0))]);
        assert_eq!(late.status, StatusCode::GONE);
    }
    site.replays();
}

#[test]
fn an_invitation_says_all_that_is_to_be_mended_and_writes_nothing_before_the_phone() {
    let site = Site::new();
    site.enrol("Awa Exemple", &[]);
    let path = first_link(&site, body(), Role::Authority);
    let size = || -> u64 {
        site.house.record().shelf.read(|tx| tx.one::<u64>("SELECT count(*) FROM entry", &[])).unwrap()
    };
    let before = size();
    let fields = [("nom", "AWA exemple"), ("nouveau", "court"), ("encore", "courts")];
    let refused = site.post_bare(&path, None, &fields);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for sentence in
        ["Un compte porte déjà ce nom", "au moins 12 caractères", "Les deux mots de passe diffèrent"]
    {
        assert!(refused.body.contains(sentence), "{sentence}");
    }
    assert!(refused.body.contains("value=\"AWA exemple\"") && !refused.body.contains("courts"));
    assert_eq!(site.get(&format!("{path}/second-facteur"), None).location, path, "first the password");
    let fields = [("nom", "Le Maire Exemple"), ("nouveau", PASSWORD), ("encore", PASSWORD)];
    let sheet = site.post_bare(&path, None, &fields).location;
    let wrong = site.post_bare(&sheet, None, &[("code", "12 34")]);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.cookie.is_none() && wrong.body.contains("Ce code ne convient pas"));
    assert_eq!(size(), before);
    accept(&site, &path, Some("Le Maire Exemple"));
    assert_eq!(size(), before + 2, "a person and a mandate");
    site.replays();
}

#[test]
fn what_a_steward_offered_falls_with_the_steward() {
    let site = Site::new();
    let (_, awa) = site.session("Awa Exemple", &[(Behalf::Instance, Role::Steward)]);
    let (kadi_is, kadi) = site.session("Kadi Exemple", &[(Behalf::Instance, Role::Steward)]);
    let invite = || {
        let fields = [("pour", "organisation:femmes-exercice"), ("role", "delegate")];
        path_of(between(&site.post("/personnes/inviter", &kadi, &fields).body, "<p><code>", "</code>"))
    };
    let (cancelled, path) = (invite(), invite());
    let page = site.get("/personnes", Some(&awa)).body;
    let names: Vec<&str> =
        page.split("name=\"invitation\" value=\"").skip(1).map(|r| r.split_once('"').unwrap().0).collect();
    assert_eq!(names.len(), 2);
    assert!(
        names.iter().all(|name| site.get(&format!("/invitation/{name}"), None).status == StatusCode::GONE)
    );
    for name in names {
        let open = |path: &str| site.get(path, None).status == StatusCode::OK;
        if open(&cancelled) && open(&path) {
            site.post("/personnes/invitations/annulation", &awa, &[("invitation", name)]);
        }
    }
    let open: Vec<&String> = [&cancelled, &path]
        .into_iter()
        .filter(|path| site.get(path, None).status == StatusCode::OK)
        .collect();
    assert_eq!(open.len(), 1, "one was cancelled");

    let mandate = site.get("/mandats.csv", None).body;
    let ids: Vec<&str> = mandate.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    let of_kadi = |id: &&str| {
        let id = (*id).to_owned();
        let found = site.house.record().shelf.read(|tx| crate::tables::mandate(tx, &id)).unwrap().unwrap();
        found.person == kadi_is.person
    };
    let end = format!("/mandats/{}/fin", ids.iter().find(|id| of_kadi(id)).unwrap());
    let fields = [("jour", "2026-03-02"), ("motif", "withdrawn")];
    assert_eq!(site.post(&end, &awa, &fields).status, StatusCode::SEE_OTHER);
    assert_eq!(site.get(open[0], None).status, StatusCode::GONE);
    let own = format!("/mandats/{}/fin", ids.iter().find(|id| !of_kadi(id)).unwrap());
    let last = site.post(&own, &awa, &fields);
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(last.body.contains("Donnez d’abord un mandat de gardien"));
    assert_eq!(
        site.get(&own, Some(&kadi)).status,
        StatusCode::FORBIDDEN,
        "not hers, and no steward any more"
    );
    site.replays();
}

#[test]
fn a_steward_gives_a_mandate_which_its_holder_may_give_up() {
    let site = Site::new();
    let (_, awa) = site.session("Awa Exemple", &[(Behalf::Instance, Role::Steward)]);
    let (moussa_is, moussa) = site.session("Moussa Exemple", &[]);
    let give = format!("/personnes/{}/mandat", moussa_is.person);
    let fields = [("pour", "organisation:femmes-exercice"), ("role", "secretary"), ("cesse", "01/01/2027")];
    assert_eq!(site.post(&give, &awa, &fields).status, StatusCode::SEE_OTHER);
    for (fields, sentence) in [
        (fields, "La personne a déjà ce mandat."),
        (
            [("pour", "organisation:femmes-exercice"), ("role", "authority"), ("cesse", "")],
            "Choisissez un titre",
        ),
        ([("pour", "body:inconnu"), ("role", "secretary"), ("cesse", "")], "Cherchez et choisissez"),
        (
            [("pour", "body:ccsc-exercice"), ("role", "secretary"), ("cesse", "02/03/2026")],
            "doit cesser après",
        ),
        ([("pour", "body:ccsc-exercice"), ("role", "secretary"), ("cesse", "demain")], "n’est pas une date"),
        ([("pour", "body:ccsc-exercice"), ("role", ""), ("cesse", "")], "Remplissez ce champ"),
    ] {
        let refused = site.post(&give, &awa, &fields);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(sentence), "{sentence}");
    }
    assert_eq!(site.post("/personnes/inconnue/mandat", &awa, &fields).status, StatusCode::NOT_FOUND);
    let desk = site.get("/bureau", Some(&moussa)).body;
    let end = format!("/mandats/{}/fin", between(&desk, "/mandats/", "/fin"));
    let page = site.get(&end, Some(&moussa)).body;
    assert!(page.contains("renoncement") && !page.contains("mandat retiré"));
    let taken_back = site.post(&end, &moussa, &[("jour", "2026-03-02"), ("motif", "withdrawn")]);
    assert_eq!(taken_back.status, StatusCode::UNPROCESSABLE_ENTITY, "not a ground of his own");
    let given_up = site.post(&end, &moussa, &[("jour", "2026-03-02"), ("motif", "resigned")]);
    assert_eq!(given_up.location, "/bureau");
    assert!(site.get("/bureau", Some(&moussa)).body.contains("Aucun mandat en cours"));
    site.replays();
}

#[test]
fn lost_access_is_renewed_and_mandates_stay() {
    let site = Site::new();
    let (_, awa) = site.session("Awa Exemple", &[(Behalf::Instance, Role::Steward)]);
    let (before, moussa) = site.session("Moussa Exemple", &[(body(), Role::Secretary)]);
    let renewed = site.post(&format!("/personnes/{}/acces", before.person), &awa, &[]);
    let path = path_of(between(&renewed.body, "<p><code>", "</code>"));
    assert!(site.get(&path, None).body.contains("Vos mandats restent les mêmes"));
    let after = accept(&site, &path, None);
    assert_eq!(site.get("/bureau", Some(&moussa)).status, StatusCode::SEE_OTHER, "old sessions ended");
    assert!(site.get("/bureau", Some(&after.cookie)).body.contains("Comité de Sabalen"));
    assert!(site.sign_in("Moussa Exemple", PASSWORD, &site.code(&before.totp_secret, 0)).is_none());
    assert!(site.sign_in("Moussa Exemple", PASSWORD, &before.recovery_codes[0]).is_none());
    assert!(site.sign_in("Moussa Exemple", PASSWORD, &site.code(&after.secret, 0)).is_some());
    assert!(site.sign_in("Moussa Exemple", PASSWORD, &after.codes[0]).is_some());
    let record = site.house.record();
    let link = crate::new_access(record, "https://exercice.example", before.person.clone(), 1).unwrap();
    assert_eq!(site.get(&path_of(&link), None).status, StatusCode::OK);
    let nobody = PersonId::parse("inconnue").unwrap();
    assert!(crate::new_access(record, "https://exercice.example", nobody, 1).is_err());
    site.replays();
}

#[test]
fn a_person_keeps_their_own_account_safe() {
    let site = Site::new();
    let (before, cookie) = site.session("Awa Exemple", &[]);
    let second = site.sign_in("Awa Exemple", PASSWORD, &before.recovery_codes[0]).unwrap();
    let path = "/bureau/securite/mot-de-passe";
    let fresh = "cinq autres mots encore";
    let wrong = [("actuel", "un mot de passe faux"), ("nouveau", fresh), ("encore", fresh)];
    let refused = site.post(path, &cookie, &wrong);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Ce n’est pas votre mot de passe actuel") && !refused.body.contains(fresh));
    let changed = site.post(path, &cookie, &[("actuel", PASSWORD), ("nouveau", fresh), ("encore", fresh)]);
    let cookie = changed.cookie.unwrap();
    assert!(site.get(&changed.location, Some(&cookie)).body.contains("Le mot de passe est changé"));
    assert_eq!(site.get("/bureau", Some(&second)).status, StatusCode::SEE_OTHER, "other sessions ended");

    let shown = site.post("/bureau/securite/codes", &cookie, &[("actuel-codes", fresh)]);
    assert_eq!((shown.status, shown.cache.as_str()), (StatusCode::OK, "no-store"));
    let code = between(&shown.body, "<li><code>", "<").to_owned();
    assert!(site.sign_in("Awa Exemple", fresh, &before.recovery_codes[1]).is_none(), "replaced");
    assert!(site.sign_in("Awa Exemple", fresh, &code).is_some());

    site.replays();
}

#[test]
fn another_phone_takes_over_once_its_code_confirms_it() {
    let site = Site::new();
    let (before, cookie) = site.session("Awa Exemple", &[]);
    let path = "/bureau/securite/second-facteur";
    assert_eq!(site.get(path, Some(&cookie)).location, "/bureau/securite", "nothing to confirm yet");
    let started = site.post(path, &cookie, &[("actuel-facteur", PASSWORD)]);
    let sheet = site.get(&started.location, Some(&cookie));
    assert_eq!(sheet.cache, "no-store");
    let secret = key_on(&sheet.body);
    assert!(
        site.sign_in("Awa Exemple", PASSWORD, &site.code(&secret, 0)).is_none(),
        "not before it is confirmed"
    );
    let confirm = "/bureau/securite/second-facteur/confirmation";
    let old = site.post(confirm, &cookie, &[("code", &site.code(&before.totp_secret, 0))]);
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = site.post(confirm, &cookie, &[("code", &site.code(&secret, 0))]);
    assert_eq!(done.location, "/bureau/securite?fait=second-facteur");
    assert!(site.sign_in("Awa Exemple", PASSWORD, &site.code(&secret, 0)).is_none(), "that code has served");
    site.later(60);
    assert!(site.sign_in("Awa Exemple", PASSWORD, &site.code(&before.totp_secret, 0)).is_none());
    assert!(site.sign_in("Awa Exemple", PASSWORD, &site.code(&secret, 0)).is_some());
}

#[test]
fn nothing_secret_is_in_any_file() {
    let site = Site::new();
    let link = first_link(&site, Behalf::Instance, Role::Steward);
    let accepted = accept(&site, &link, Some("Awa Exemple"));
    let asked = "/connexion?retour=/mandats?canari-question=1";
    assert_eq!(site.get(asked, None).status, StatusCode::OK);
    let code = site.code(&accepted.secret, 0);
    let used = site.sign_in("Awa Exemple", PASSWORD, &accepted.codes[0]).unwrap();
    let cookie = site.sign_in("Awa Exemple", PASSWORD, &code).unwrap();
    site.post("/bureau/securite/second-facteur", &cookie, &[("actuel-facteur", PASSWORD)]);
    let next = key_on(&site.get("/bureau/securite/second-facteur", Some(&cookie)).body);
    let raw = |secret: &str| totp_rs::Secret::try_from_base32(secret).unwrap().as_bytes().to_vec();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut canaries: Vec<Vec<u8>> = [
        PASSWORD,
        link.rsplit('/').next().unwrap(),
        "canari-navigateur",
        "canari-question",
        cookie.strip_prefix("session=").unwrap(),
        used.strip_prefix("session=").unwrap(),
        &accepted.secret,
        &next,
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    for code in &accepted.codes {
        canaries.push(code.as_bytes().to_vec());
        canaries.push(code.replace('-', "").into_bytes());
    }
    for secret in [&accepted.secret, &next] {
        canaries.push(raw(secret));
        canaries.push(hex(&raw(secret)).into_bytes());
    }
    let files = site.files();
    assert!(files.iter().any(|(name, _)| name.ends_with("toguna.db-wal")), "the log is looked into as well");
    let stands = |needle: &[u8]| {
        files.iter().find(|(_, bytes)| bytes.windows(needle.len()).any(|window| window == needle))
    };
    assert!(stands(b"Awa Exemple").is_some(), "the search finds what is there: the enclosed name");
    assert!(stands(b"$argon2id$").is_some());
    for canary in canaries {
        let found = stands(&canary).map(|(name, _)| name);
        assert_eq!(found, None, "{}", String::from_utf8_lossy(&canary));
    }
    site.replays();
}

#[test]
fn a_withdrawn_name_is_shown_nowhere_and_its_person_still_signs_in() {
    use terms::instance::EnclosureWithdrawn;
    let site = Site::new();
    let (_, awa) = site.session("Awa Exemple", &[(Behalf::Instance, Role::Steward)]);
    let (fanta, _) = site.session("Fanta Exemple", &[(body(), Role::Delegate)]);
    let (zone, id) = (site.house.record().zone.clone(), fanta.person.clone());
    let done: Result<(), record::Fault> = site.house.record().scribe.seal_now(move |desk| {
        let sha256 = desk.tx().one("SELECT name FROM access_person WHERE id = ?1", record::values![id])?;
        let word = terms::Word::EnclosureWithdrawn(EnclosureWithdrawn {
            sha256,
            ground: "protection".into(),
            decided_by: "exercice".into(),
            ordered_by: None,
            entry: None,
        });
        desk.append(&zone, terms::Actor::Loader, None, word)?;
        Ok(())
    });
    done.unwrap();
    let page = site.get(&format!("/personnes/{}", fanta.person), Some(&awa)).body;
    assert!(page.contains("Nom retiré du registre") && !page.contains("Fanta"));
    let cookie = site.sign_in("Fanta Exemple", PASSWORD, &site.code(&fanta.totp_secret, 0)).unwrap();
    assert!(!site.get("/bureau", Some(&cookie)).body.contains("Fanta"));
    let renewed = site.post(&format!("/personnes/{}/acces", fanta.person), &awa, &[]);
    let path = path_of(between(&renewed.body, "<p><code>", "</code>"));
    assert!(!site.get(&path, None).body.contains("Fanta"));
    accept(&site, &path, Some("Celle du comité"));
    assert!(
        site.files().iter().all(|(_, bytes)| !bytes.windows(13).any(|window| window == b"Fanta Exemple"))
    );
    let named =
        site.house.record().shelf.read(|tx| look_up(tx, Kind::Person, fanta.person.as_str())).unwrap();
    assert_eq!(named.unwrap().fr, None);
    site.replays();
}

#[test]
fn lists_go_on_by_cursor() {
    let site = Site::new();
    let pairs: Vec<(Behalf, Role)> =
        vec![(body(), Role::Secretary), (organisation(), Role::Delegate), (Behalf::Instance, Role::Steward)];
    let persons: Vec<_> = (0..4).map(|i| site.enrol(&format!("Personne Exemple {i}"), &pairs)).collect();
    let all = site.get("/mandats.json", None).body;
    assert_eq!(all.matches("\"role\"").count(), 12);
    let shelf = &site.house.record().shelf;
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let on = Some(super::day("2026-03-02"));
        let wanted = crate::tables::Wanted { on, role: None, after: after.clone() };
        let page = shelf.read(|tx| crate::tables::mandates(tx, &wanted, 5)).unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        seen.extend(page.into_iter().map(|tenure| tenure.id));
    }
    assert_eq!(seen.len(), 12);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 12);
    let first = shelf.read(|tx| crate::tables::persons(tx, None, 3)).unwrap();
    let rest = shelf.read(|tx| crate::tables::persons(tx, Some(first[2].entry), 3)).unwrap();
    let newest_first: Vec<_> = persons.iter().rev().map(|enrolled| enrolled.person.clone()).collect();
    assert_eq!(first.into_iter().chain(rest).map(|person| person.id).collect::<Vec<_>>(), newest_first);
}
