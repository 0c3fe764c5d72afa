//! Whoever takes the register away finds it in the standards of the field, and the standards' own validators agree: Popolo and BODS 0.4.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use terms::Behalf;
use terms::access::Role;

use crate::form::words;
use crate::scene::{Scene, says};

/// The Python that `cargo xtask setup` makes, with the validators in it.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/standards/venv/bin/python");
    if !python.exists() {
        // Written at once: the harness would swallow what a passing test prints.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: no validators of Popolo and BODS (tests/standards); `cargo xtask setup` installs them"
        );
        return None;
    }
    Some(python)
}

/// What the validator finds wrong; nothing where it is not here.
fn wrong(standard: &str, document: &Value) -> String {
    let Some(python) = python() else { return String::new() };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("document.json");
    std::fs::write(&file, document.to_string()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/standards/validate.py");
    let output = Command::new(python).arg(script).arg(standard).arg(file).output().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.success(), said.trim().is_empty(), "{said}");
    said
}

async fn document(scene: &Scene, address: &str) -> Value {
    serde_json::from_str(&scene.reads(address).await).unwrap()
}

fn of<'a>(document: &'a Value, list: &str, id: &str) -> &'a Value {
    let found = document[list].as_array().unwrap().iter().find(|one| one["id"] == id);
    found.unwrap_or_else(|| panic!("{id} manque parmi {list}"))
}

#[tokio::test]
async fn le_repertoire_en_popolo() {
    let scene = Scene::begins().await;
    let all = document(&scene, "/organisations/popolo.json").await;
    assert_eq!(wrong("popolo", &all), "");
    let cnsc = of(&all, "organizations", "cnsc");
    assert_eq!(cnsc["identifiers"][0]["identifier"], "550/MATCL-DNI");
    assert_eq!(
        (&cnsc["receipts"][0], &cnsc["legal_forms"][0]),
        (&"550/MATCL-DNI".into(), &"declaree".into())
    );
    assert_eq!(of(&all, "organizations", "fecong")["parent_id"], "fosc");
    assert_eq!(of(&all, "organizations", "exercice-droits")["exercise"], true);
    assert_eq!(of(&all, "memberships", "fecong-fosc-unknown")["member_id"], "fecong");
    says(&scene.reads("/organisations").await, &["/organisations/popolo.json", "/organisations/bods.json"]);
    // What the validator is worth: a document that lacks what must be there is found wrong.
    let spoiled = serde_json::json!({ "organizations": [{ "id": "x", "founding_date": "vers 1990" }] });
    if python().is_some() {
        says(&wrong("popolo", &spoiled), &["'name' is a required property", "vers 1990"]);
    }
    scene.ends().await;
}

#[tokio::test]
async fn les_sieges_en_popolo_disent_vacance_quota_et_qui_designe() {
    let scene = Scene::begins().await;
    let all = document(&scene, "/instances/popolo.json").await;
    assert_eq!(wrong("popolo", &all), "");
    assert_eq!(all["organizations"].as_array().unwrap().len(), 200, "a part, and the way to the next");
    let one = document(&scene, "/instances/cnrss/popolo.json").await;
    assert_eq!(wrong("popolo", &one), "");
    assert_eq!(one["organizations"].as_array().unwrap().len(), 1);
    let posts = one["posts"].as_array().unwrap();
    let has = |member: &str| posts.iter().any(|post| !post[member].is_null());
    for member in ["seat_kind", "constituency", "designating_party", "confidence", "state", "source"] {
        assert!(has(member), "no post says {member}");
    }
    assert!(posts.iter().any(|post| post["interruption"]["kind"] == "suspended"), "{posts:?}");
    // The exercise's committee: somebody sits by office, somebody by name, and names are those on its page.
    let committee = document(&scene, "/instances/exercice-ccsc/popolo.json").await;
    assert_eq!(wrong("popolo", &committee), "");
    let held = committee["memberships"].as_array().unwrap();
    for member in ["holder_office_id", "person_id", "post_id", "start_date"] {
        assert!(held.iter().any(|one| !one[member].is_null()), "{member} : {held:?}");
    }
    let page = scene.reads("/instances/exercice-ccsc").await;
    for person in committee["persons"].as_array().unwrap() {
        says(&words(&page), &[&words(person["name"].as_str().unwrap())]);
    }
    scene.ends().await;
}

#[tokio::test]
async fn les_liens_de_controle_en_bods() {
    let scene = Scene::begins().await;
    let steward = scene.house.guest(Behalf::Instance, Role::Steward);
    for (criterion, evidence) in [("S2", "Un décret nomme le bureau."), ("S5", "Un local de la mairie.")] {
        let told = [
            ("critere", criterion),
            ("valeur", "yes"),
            ("dit", "observed"),
            ("debut", "01/02/2024"),
            ("preuve", evidence),
        ];
        scene.fills(&steward, "/organisations/cnj/liens/nouveau", &told).await;
    }
    let all = document(&scene, "/organisations/bods.json").await;
    assert_eq!(wrong("bods", &all), "");
    let all = all.as_array().unwrap();
    let told: Vec<&Value> = all.iter().filter(|one| one["recordType"] == "relationship").collect();
    // Premises are no ownership and no control.
    assert_eq!(told.len(), 1, "{told:?}");
    let details = &told[0]["recordDetails"];
    assert_eq!(
        (&details["subject"], &details["interests"][0]["type"], &details["interests"][0]["startDate"]),
        (&"cnj".into(), &"appointmentOfBoard".into(), &"2024-02-01".into())
    );
    let registered = all.iter().find(|one| one["recordId"] == "cnsc").unwrap();
    assert_eq!(registered["recordDetails"]["identifiers"][0]["scheme"], "ML-MAT");
    assert!(all.iter().all(|one| one["recordId"] != "exercice-droits"), "nothing fictional is stated");
    // The same record gives the same ids.
    let again = document(&scene, "/organisations/bods.json").await;
    assert_eq!(again.as_array().unwrap(), all);
    if python().is_some() {
        let mut spoiled = again.clone();
        spoiled[0]["recordType"] = "company".into();
        assert_ne!(wrong("bods", &spoiled), "", "a kind of record that BODS does not have");
    }
    scene.ends().await;
}
