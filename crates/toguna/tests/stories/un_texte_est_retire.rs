//! The keepers withdraw what should not have been written: a text of every kind, on the day on which it is found. Each page
//! then says what was withdrawn, why and by whose order, and no file holds a word of it.

use std::path::Path;

use axum::http::StatusCode;
use terms::access::{PersonEnrolled, Role};
use terms::institutions::{Holder, SeatFilled};
use terms::{Actor, Behalf, BodyId, Commitment, Entry, OccupancyId, PersonId, SeatCode, Word};
use web::rehearsal::Guest;

use crate::form::{Sheet, between, links, words};
use crate::scene::{COMMITTEE, MAYOR, Scene, is_silent_on, led_to, says};

/// Stands in every text that is to go; found by search as a word.
const CANARY: &str = "Zanzibarette";
const SCAN: &[u8] = b"%PDF-1.7 Zanzibarette, lettre fictive";
const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 Zanzibarette, photographie fictive";

/// Texts of every kind in which somebody is named who should not have been; the answer is the recommendation's address and
/// the sitting's.
async fn written(scene: &Scene) -> (String, String) {
    let with = |text: &str| format!("{text} {CANARY}.");
    let sitting = scene
        .fills(
            &scene.awa(),
            &format!("/instances/{COMMITTEE}/reunions/nouvelle"),
            &[
                ("jour", "23/11/2026"),
                ("presents", "12"),
                ("attendus", "14"),
                ("preuve-two-confirmations", "oui"),
                ("objet", &with("Plainte contre")),
                ("pv-texte", &with("Le comité a entendu")),
            ],
        )
        .await;
    let address = scene
        .asks_of(
            MAYOR,
            &[
                ("titre", &with("Entendre")),
                ("motifs", &with("Il y a un différend avec")),
                ("p1-texte", &with("Recevoir")),
                ("p1-indicateur", &with("Une lettre signée de")),
                ("d1-competence", &with("Le maire connaît")),
            ],
        )
        .await;
    let answer = [
        ("texte", with("La mairie a reçu")),
        ("point-1-position", "accepted".into()),
        ("point-1-texte", with("Rendez-vous est donné à")),
        ("point-1-responsable", with("Le bureau de")),
        ("point-1-echeance", "2027-03-31".into()),
    ];
    let answer: Vec<(&str, &str)> = answer.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let case = Scene::case(&address, MAYOR, "repondre");
    let sheet = Sheet::on(&scene.page(&scene.mayor(), &case).await, &case).with_all(&answer);
    led_to(&scene.send_files(Some(&scene.mayor()), sheet, &[("fichier", SCAN)]).await);
    let id = address.rsplit('/').next().unwrap();
    let sight = format!("/reponses/{id}/constat");
    let seen = Sheet::on(&scene.page(&scene.moussa(), &sight).await, &sight)
        .with("observateur", "organisation/exercice-droits")
        .with_all(&[("point", "1"), ("etat", "under-way"), ("jour", "2026-11-24")])
        .with("preuve", &with("Vu sur place avec"));
    led_to(&scene.send_files(Some(&scene.moussa()), seen, &[("fichier", PICTURE)]).await);
    names(scene).await;
    (address, sitting)
}

/// A name on a seat, and the name of somebody enrolled.
async fn names(scene: &Scene) {
    let seats = scene.house.get(None, &format!("/instances/{COMMITTEE}/sieges.csv")).await.text();
    let mut lines = seats.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let column = lines.next().unwrap().iter().position(|name| name.ends_with("code")).unwrap();
    let seat = SeatCode::parse(lines.next().unwrap()[column]).unwrap();
    let zone = scene.house.house().record().zone.clone();
    scene.house.seal(move |desk| {
        let name = desk.enclose_text(&format!("Kadi {CANARY}"))?;
        let filled = SeatFilled {
            id: OccupancyId::parse("t-retrait").unwrap(),
            body: BodyId::parse(COMMITTEE).unwrap(),
            seat,
            ordinal: 1,
            holder: Holder::Person { name },
            sex: None,
            youth: None,
            from: None,
            precision: None,
            source: None,
        };
        desk.append(&zone, Actor::Loader, None, Word::SeatFilled(filled))?;
        let name = desk.enclose_text(&format!("Issa {CANARY}"))?;
        let enrolled = PersonEnrolled { id: PersonId::parse("personne-retrait").unwrap(), name };
        desk.append(&zone, Actor::Loader, None, Word::PersonEnrolled(enrolled))
    });
}

/// Every enclosure in which the canary stands: the entry that carries it, and its commitment.
fn exposed(scene: &Scene) -> Vec<(u64, Commitment, String)> {
    let shelf = scene.house.house().record().shelf.clone();
    let files = shelf.clone();
    std::thread::scope(|threads| {
        let asked = threads.spawn(move || {
            shelf.read(|tx| -> Result<_, record::Fault> {
                let size: u64 = tx.one("SELECT max(idx) + 1 FROM entry", &[])?;
                let mut found = Vec::new();
                for index in size.saturating_sub(80)..size {
                    let bytes = record::proofs::entry(tx, index)?.unwrap();
                    let entry = Entry::parse(&bytes).unwrap();
                    for piece in entry.word.enclosed() {
                        let Some(held) = record::enclosures::held(tx, &piece.sha256)? else { continue };
                        let bytes = files.fetch(held)?;
                        if String::from_utf8_lossy(&bytes).contains(CANARY) {
                            found.push((index, piece.sha256, entry.word.spelling().to_owned()));
                        }
                    }
                }
                Ok(found)
            })
        });
        asked.join().unwrap().unwrap()
    })
}

/// The keeper chooses the enclosure on the entry's page, says why and who decided, reads what will be destroyed, confirms.
async fn withdraws(scene: &Scene, keeper: &Guest, entry: u64, piece: &Commitment) {
    let page = scene.page(keeper, &format!("/registre/{entry}")).await;
    let path = format!("/registre/{entry}/retirer/{piece}");
    says(&page, &[&path]);
    let bare = Sheet::on(&scene.page(keeper, &path).await, &path);
    let refused = scene.send(keeper, bare).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&refused.text()), &["Choisissez le fondement", "Dites qui a décidé"]);
    let filled = Sheet::on(&refused.text(), &path).with_all(&[
        ("motif", "personne-exposee"),
        ("decide-par", "gardiens de l’instance"),
        ("ordonne-par", "tribunal fictif de Dougouba"),
    ]);
    let told = scene.send(keeper, filled).await;
    assert_eq!(told.status, StatusCode::OK);
    says(
        &words(&told.text()),
        &[
            "Rien n’est encore détruit",
            "personne ne pourra revenir en arrière",
            "personne exposée",
            "sauvegardes",
        ],
    );
    let led = led_to(&scene.send(keeper, Sheet::on(&told.text(), &path)).await);
    assert!(led.starts_with("/registre/"), "{led}");
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

/// The files below the folder in which the canary stands, and how many were looked at.
fn searched(folder: &Path) -> (Vec<String>, usize) {
    let (mut found, mut many) = (Vec::new(), 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let (inside, more) = searched(&path);
            found.extend(inside);
            many += more;
            continue;
        }
        let Ok(bytes) = std::fs::read(&path) else { continue };
        many += 1;
        if holds(&bytes, CANARY) {
            found.push(path.display().to_string());
        }
    }
    (found, many)
}

/// What opens the files that were sent in.
fn keys_of_files(scene: &Scene) -> Vec<Vec<u8>> {
    let shelf = scene.house.house().record().shelf.clone();
    let asked = move || {
        shelf.read(|tx| -> Result<_, record::Fault> {
            tx.rows("SELECT key FROM object WHERE key IS NOT NULL ORDER BY sha256", &[], |row| row.get(0))
        })
    };
    std::thread::scope(|threads| threads.spawn(asked).join().unwrap().unwrap())
}

/// Whether these bytes stand in a file below the folder.
fn holds_bytes(folder: &Path, wanted: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            return holds_bytes(&path, wanted);
        }
        std::fs::read(&path).is_ok_and(|bytes| bytes.windows(wanted.len()).any(|window| window == wanted))
    })
}

/// Where the database's files are: the folder's own, or the server's.
fn stores(scene: &Scene) -> Vec<std::path::PathBuf> {
    let server = scene.server.iter().filter_map(|server| server.folders().into_iter().next());
    std::iter::once(scene.house.folder().path().to_owned()).chain(server).collect()
}

#[tokio::test]
async fn ce_qui_est_retire_n_est_plus_nulle_part_et_chaque_page_le_dit() {
    let scene = Scene::begins().await;
    let (address, sitting) = written(&scene).await;
    let keeper = scene.house.guest(Behalf::Instance, Role::Steward);
    let pages = [
        address.clone(),
        sitting.clone(),
        format!("{sitting}/pv"),
        format!("/instances/{COMMITTEE}"),
        format!("/instances/{MAYOR}"),
    ];
    // Kept in memory, and kept ready as of an earlier day, before they are withdrawn.
    scene.comes("2026-11-25");
    let keeper = scene.house.again(&keeper);
    for page in &pages {
        let shown = scene.house.get(None, page).await.text();
        assert!(page.ends_with(MAYOR) || shown.contains(CANARY), "{page}");
        scene.house.get(None, &format!("{page}?au=2026-11-24")).await;
    }
    let by_word = |day: &str| format!("/recherche.csv?q={CANARY}{day}");
    for day in ["", "&au=2026-11-24"] {
        let found = scene.house.get(None, &by_word(day)).await.text();
        assert!(found.contains(address.rsplit('/').next().unwrap()), "{day}: {found}");
    }
    let stores = stores(&scene);
    assert!(stores.iter().any(|store| !searched(store).0.is_empty()), "they are in the files before");
    // Files that were sent in lie there too, and nobody can read them there even before.
    let attached = scene.house.folder().path().join("pieces");
    let sent = std::fs::read_dir(&attached).unwrap().count();
    assert_eq!(searched(&attached), (vec![], sent));
    let keys = keys_of_files(&scene);

    let exposed = exposed(&scene);
    let kinds: std::collections::BTreeSet<&str> = exposed.iter().map(|(_, _, kind)| kind.as_str()).collect();
    assert!(exposed.len() >= 13 && kinds.len() >= 6, "{exposed:?}");
    for (entry, piece, _) in &exposed {
        withdraws(&scene, &keeper, *entry, piece).await;
    }
    scene.hold(CANARY);
    scene.hold(&CANARY.to_lowercase());

    // The two that were withdrawn are gone, and what would open a copy of them is nowhere.
    assert_eq!(std::fs::read_dir(&attached).unwrap().count(), sent - 2);
    let gone: Vec<&Vec<u8>> = keys.iter().filter(|key| !keys_of_files(&scene).contains(key)).collect();
    assert_eq!(gone.len(), 2);
    for store in &stores {
        for key in &gone {
            assert!(!holds_bytes(store, key), "{store:?}");
        }
        let (found, many) = searched(store);
        assert!(found.is_empty() && many > 0, "{found:?}");
    }
    tells_it(&scene, &address, &sitting, exposed.len()).await;
    nobody_else_withdraws(&scene, &exposed[0]).await;
    scene.ends_with_withdrawn(exposed.len() as u64).await;
}

/// In the place where each text stood.
async fn tells_it(scene: &Scene, address: &str, sitting: &str, many: usize) {
    let told = "Retiré le 25 novembre 2026 (personne exposée). Décidé par : gardiens de l’instance, sur l’ordre de : \
                tribunal fictif de Dougouba.";
    for (page, times) in [(address, 6), (sitting, 2), (&format!("/instances/{COMMITTEE}"), 1)] {
        for day in ["", "?au=2026-11-24"] {
            let shown = scene.reads_words(&format!("{page}{day}")).await;
            assert!(shown.matches(told).count() >= times, "{page}{day}: {shown}");
        }
    }
    let gone = scene.asks(&format!("{sitting}/pv")).await;
    assert_eq!(gone.status, StatusCode::GONE);
    says(&words(&gone.text()), &[told]);
    let list = scene.reads("/retraits.csv").await;
    assert_eq!(list.lines().count(), many + 1, "{list}");
    for path in [
        "/recherche.csv?q=Zanzibarette",
        "/recherche.csv?q=Zanzibarette&au=2026-11-24",
        "/registre/entrees.jsonl",
        "/recommandations/matrice.csv?exercice=oui",
        "/nouveautes.atom",
    ] {
        let shown = scene.house.get(None, path).await.text();
        assert!(!shown.to_lowercase().contains(&CANARY.to_lowercase()), "{path}");
    }
}

/// Nobody without standing, and nobody twice.
async fn nobody_else_withdraws(scene: &Scene, (entry, piece, _): &(u64, Commitment, String)) {
    let path = format!("/registre/{entry}/retirer/{piece}");
    assert_eq!(scene.asks(&path).await.status, StatusCode::SEE_OTHER, "sign in first");
    let stranger = scene.for_organisation("exercice-droits", Role::Delegate);
    assert_eq!(scene.house.get(Some(&stranger), &path).await.status, StatusCode::FORBIDDEN);
    let keeper = scene.house.guest(Behalf::Instance, Role::Steward);
    let fields = [("motif", "erreur"), ("decide-par", "gardiens"), ("confirme", "oui")];
    let again = scene.house.post(Some(&keeper), &path, &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&words(&again.text()), &["déjà retirée"]);
    is_silent_on(&scene.page(&keeper, &format!("/registre/{entry}")).await, &[path.as_str()]);
}

#[tokio::test]
async fn le_comite_retire_son_propre_texte_en_son_nom() {
    let scene = Scene::begins().await;
    let address = scene.asks_of(MAYOR, &[("motifs", "Un voisin est nommé ici par erreur.")]).await;
    let own = scene.page(&scene.awa(), &address).await;
    let entry = between(between(&own, "<p class=\"small screen\">", "Pièces de l’entrée"), "href=\"", "\"")
        .to_owned();
    is_silent_on(&scene.reads(&address).await, &["Pièces de l’entrée"]);
    let page = scene.page(&scene.awa(), &entry).await;
    let path = links(&page).into_iter().find(|link| link.starts_with(&format!("{entry}/retirer/")));
    let path = path.expect("Awa’s committee may withdraw what it adopted");
    let filled = Sheet::on(&scene.page(&scene.awa(), &path).await, &path).with("motif", "erreur");
    let told = scene.send(&scene.awa(), filled).await;
    led_to(&scene.send(&scene.awa(), Sheet::on(&told.text(), &path)).await);
    let shown = scene.reads_words(&address).await;
    says(&shown, &["(erreur). Décidé par : Comité"]);
    scene.ends_with_withdrawn(1).await;
}
