//! Nothing of a visitor is kept: their machine, their address, what they searched, what they typed in secret.
//! A whole story is played over real connections with canaries, then every file of the data folder and every
//! log line is searched.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, Once, OnceLock};

use tracing_subscriber::fmt::MakeWriter;

use crate::form::{between, words};
use crate::scene::{COMMITTEE, MAYOR, Scene, copy, says};
use crate::server::Server;
use crate::visitor::{Doors, TRACES, Visitor, code};

const PASSWORD: &str = "canari-mot-de-passe sept baobabs";
const WRONG: &str = "canari-faux-mot-de-passe trois";
const SEARCHED: &str = "canari-recherche";
const TITLE: &str = "Ouvrir la cour de la mairie aux plaignants";

/// Every log line of this program, from the first story that asks for it.
#[derive(Clone, Default)]
struct Journal(Arc<Mutex<Vec<u8>>>);

impl Write for Journal {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Journal {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The journal at the level of an operator who looks for a fault: more than the binary writes by itself.
fn journal() -> &'static Journal {
    static JOURNAL: OnceLock<Journal> = OnceLock::new();
    static BEGUN: Once = Once::new();
    let journal = JOURNAL.get_or_init(Journal::default);
    BEGUN.call_once(|| {
        let begun =
            tracing_subscriber::fmt().with_env_filter("debug").with_ansi(false).with_writer(journal.clone());
        begun.init();
    });
    journal
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            found.push((name, std::fs::read(&path).unwrap()));
        }
    }
    found
}

#[tokio::test]
async fn ni_les_fichiers_ni_le_journal_ne_gardent_rien_d_un_visiteur() {
    let journal = journal();
    let scene = Scene::begins().await;
    let doors = Doors::open(&scene).await;
    let mut reader = doors.visitor();
    reads_and_searches(&mut reader).await;
    let mut secretary = doors.visitor();
    let secrets = signs_in_and_out(&scene, &mut secretary).await;
    let link = makes_public_what_is_public(&mut secretary).await;
    answers_by_link(&mut reader, &link).await;
    tracing::error!("témoin : cette ligne est au journal");

    let mut never: Vec<String> = TRACES.iter().map(|trace| (*trace).to_owned()).collect();
    never.extend([PASSWORD, WRONG, SEARCHED].map(str::to_owned));
    never.extend(secrets);
    let mut open = files(scene.house.folder().path());
    let names: Vec<_> = open.iter().map(|(name, _)| name.as_str()).collect();
    let kept: &[_] = match &scene.server {
        None => &["toguna.db", "toguna.db-wal", "toguna.db-shm", "verrou", "registre.cle"],
        Some(_) => &["registre.cle"],
    };
    assert!(kept.iter().all(|name| names.contains(name)), "{names:?}");
    // On a server, its files and its log of writes are searched too.
    open.extend(scene.server.iter().flat_map(Server::folders).flat_map(|folder| files(&folder)));
    for (name, bytes) in &open {
        for canary in &never {
            assert!(!holds(bytes, canary), "{name} garde « {canary} »");
        }
    }
    // What is public is found by the same search: it looks where things are.
    assert!(open.iter().any(|(_, bytes)| holds(bytes, TITLE)));
    let told = journal.0.lock().unwrap().clone();
    assert!(holds(&told, "témoin : cette ligne est au journal"));
    for canary in never.iter().chain([&link]) {
        assert!(!holds(&told, canary), "le journal garde « {canary} »");
    }
    drop(doors);
    scene.ends().await;
}

/// Pages that are there, and pages that are not; with words that nobody should learn were searched.
async fn reads_and_searches(reader: &mut Visitor) {
    for path in ["/", "/recommandations/exercice-01?au=2025-03-01", "/indicateurs", "/silences.csv"] {
        assert_eq!(reader.get(path).await.status, 200, "{path}");
    }
    // Each address with the field that its own form sends, on a page as in its data.
    for (path, field) in [
        ("/recherche", "q"),
        ("/recherche.json", "q"),
        ("/recommandations", "q"),
        ("/recommandations.csv", "q"),
        ("/instances", "q"),
        ("/lieux", "q"),
        ("/organisations", "q"),
        ("/organisations", "lieu"),
        ("/reunions", "instance"),
        ("/reunions", "lieu"),
        ("/silences", "autorite"),
        ("/reponses", "autorite"),
    ] {
        let found = reader.get(&format!("{path}?{field}={SEARCHED}")).await;
        assert_eq!(found.status, 200, "{path} {field}");
    }
    let long = "x".repeat(5_000);
    for (path, status) in [
        (format!("/chronologie?au={SEARCHED}"), 422),
        (format!("/recherche?q={SEARCHED}{long}"), 414),
        (format!("/lieux/%ff{SEARCHED}"), 404),
    ] {
        assert_eq!(reader.get(&path).await.status, status, "{}", &path[..40]);
    }
    assert_eq!(reader.get(&format!("/inconnue/{SEARCHED}")).await.status, 404);
    assert_eq!(reader.get(&format!("/reponse/exercice-01/{MAYOR}/{SEARCHED}")).await.status, 404);
    let refused = reader.fills(
        "/connexion",
        "/connexion",
        &[("nom", "Kadi"), ("mot-de-passe", WRONG), ("code", "000000")],
    );
    assert_eq!(refused.await.status, 422);
}

/// The committee's invitation is accepted and used again; the answer is everything secret that went by.
async fn signs_in_and_out(scene: &Scene, secretary: &mut Visitor) -> Vec<String> {
    let (_, invitations) = copy();
    let (_, path) = invitations.iter().find(|(who, _)| who == "Secrétariat du comité").unwrap();
    let invitation = path.trim_start_matches("https://toguna.example").to_owned();
    let seen = secretary.accepts(scene, &invitation, "Awa Fictive", PASSWORD).await;
    scene.hold("Awa Fictive");
    let first = secretary.cookie.clone().unwrap();
    let left = secretary.fills("/bureau", "/deconnexion", &[]).await;
    assert_eq!((left.status, secretary.cookie.as_deref()), (303, None));
    scene.house.turn_to("2026-11-24T09:02:00Z");
    for (password, code, status) in
        [(WRONG, code(scene, &seen.secret), 422), (PASSWORD, code(scene, &seen.secret), 303)]
    {
        let fields = [("nom", "Awa Fictive"), ("mot-de-passe", password), ("code", code.as_str())];
        let answer = secretary.fills("/connexion", "/connexion", &fields).await;
        assert_eq!(answer.status, status, "{}", words(&answer.text));
        assert!(
            ![PASSWORD, WRONG].iter().any(|typed| answer.text.contains(typed)),
            "nothing typed in secret is sent back"
        );
    }
    let second = secretary.cookie.clone().unwrap();
    assert_ne!(first, second, "a session of its own each time");
    let token = |cookie: String| cookie.split_once('=').unwrap().1.to_owned();
    let mut secrets = vec![token(first), token(second)];
    assert_eq!(seen.codes.len(), 10);
    secrets.extend(seen.codes);
    secrets
}

/// A recommendation goes its whole way; the answer is the signed link to the mayor's case.
async fn makes_public_what_is_public(secretary: &mut Visitor) -> String {
    let new = "/recommandations/nouvelle";
    let fields = [("titre", TITLE), ("p1-texte", "Ouvrir la cour deux jours."), ("d1-qui", MAYOR)];
    let draft = secretary.fills(new, new, &fields).await.location;
    let adopted = secretary.fills(&draft, &format!("{draft}/adopter"), &[("adopte-le", "24/11/2026")]).await;
    let address = adopted.location;
    let send = format!("{address}/transmettre");
    assert_eq!(secretary.fills(&send, &send, &[]).await.location, address);
    let sheet = secretary.get(&Scene::case(&address, MAYOR, "lien")).await.text;
    between(&sheet, "<code>https://toguna.example", "</code>").to_owned()
}

async fn answers_by_link(reader: &mut Visitor, link: &str) {
    let page = reader.get(link).await;
    assert_eq!(page.status, 200);
    let [_, answer] = crate::form::Sheet::all(&page.text).try_into().ok().unwrap();
    let answer = answer.with("point-1-position", "accepted").with("point-1-texte", "La cour ouvre.");
    let sent = reader.send(&answer.with("point-1-responsable", "La mairie")).await;
    assert_eq!(sent.status, 303, "{}", words(&sent.text));
    let shown = reader.get(&sent.location).await;
    says(&words(&shown.text), &["La cour ouvre.", "lien signé (preuve de rang 2 sur 5)"]);
    let mandates = reader.get(&format!("/instances/{COMMITTEE}")).await;
    assert!(!mandates.text.contains("Awa Fictive"), "who acts for it, not who they are");
}
