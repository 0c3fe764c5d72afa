//! Kadi opens the published site from a key, without a server: every link leads to a file.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_toguna")).args(words).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, into) } else { into.push(path) }
    }
}

/// The file that a link of the file leads to.
fn led_to(file: &Path, link: &str) -> PathBuf {
    let link = link.split('#').next().unwrap();
    let link = link.replace("%25", "%").replace("%3f", "?").replace("%23", "#");
    let mut path = file.parent().unwrap().to_owned();
    for part in link.split('/') {
        match part {
            ".." => assert!(path.pop(), "{link} stays below the folder"),
            "." | "" => {}
            name => path.push(name),
        }
    }
    path
}

#[test]
fn the_published_site_is_whole_and_no_link_is_dead() {
    // A small country: every kind of page is there, and few of each.
    let kept = tempfile::tempdir().unwrap();
    let data = kept.path().join("donnees").to_str().unwrap().to_owned();
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/another_country");
    let new = run(&["new", &data, "--pack", pack.to_str().unwrap()]);
    assert!(new.status.success(), "{}", told(&new));
    let site = kept.path().join("site");
    let dir = site.to_str().unwrap();
    let made = run(&["publish", dir, "--data", &data]);
    assert!(made.status.success(), "{}", told(&made));
    let mut all = Vec::new();
    files(&site, &mut all);
    let there: BTreeSet<&PathBuf> = all.iter().collect();
    let mut links = 0;
    for page in all.iter().filter(|path| path.extension().is_some_and(|ending| ending == "html")) {
        let text = std::fs::read_to_string(page).unwrap();
        assert!(!text.contains("<form") && !text.contains("/connexion"), "{}", page.display());
        assert!(text.contains("Copie figée le") || text.contains("Copy frozen on"), "{}", page.display());
        for link in toguna::publish::links(&text) {
            if link.starts_with('#') || link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            assert!(!link.starts_with('/') && !link.contains('?'), "{} : {link}", page.display());
            assert!(there.contains(&led_to(page, &link)), "{} : {link} leads nowhere", page.display());
            links += 1;
        }
    }
    assert!(links > 1_000, "links were followed: {links}");
    for file in [
        "index.html",
        "en/index.html",
        "style.css",
        "recommandations/index.html",
        "recommandations.csv",
        "recommandations.json",
        "recommandations.atom",
        "recommandations/matrice.xlsx",
        "echeances.ics",
        "registre/index.html",
        "registre/checkpoint",
        "registre/entrees.jsonl",
        "registre/0/index.html",
    ] {
        assert!(site.join(file).is_file(), "{file}");
    }
    assert!(
        all.iter().any(|path| path.to_string_lossy().contains("index-apres-")),
        "further pages of lists are there"
    );
    assert!(site.join("registre/tile/entries").is_dir() && site.join("registre/pieces").is_dir());
    let verified = run(&["verify", dir]);
    assert!(verified.status.success(), "{}", told(&verified));
    // What is there is not written over.
    let again = run(&["publish", dir, "--data", &data]);
    assert_eq!(again.status.code(), Some(1), "{}", told(&again));
}
