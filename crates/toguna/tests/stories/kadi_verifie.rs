//! Kadi, a journalist, is not signed in: she reads in two languages, goes back in time, and verifies the
//! bytes herself.

use axum::http::StatusCode;
use terms::{Commitment, Entry, Word};
use tlog::{Frontier, VerifierKey, leaf_hash, open_checkpoint};

use crate::form::{between, links, words};
use crate::scene::{MAYOR, Scene, is_silent_on, says};

#[tokio::test]
async fn kadi_lit_en_francais_et_en_anglais_sans_se_connecter() {
    let scene = Scene::begins().await;
    for (fr, en) in [
        ("Recommandations", "Recommendations"),
        ("Silences", "Silences"),
        ("Réponses", "Answers"),
        ("Indicateurs", "Indicators"),
        ("Réunions", "Meetings"),
    ] {
        let home = scene.reads("/").await;
        let path = links(&home).into_iter().find(|link| home.contains(&format!("href=\"{link}\">{fr}</a>")));
        let path = path.unwrap_or_else(|| panic!("{fr} n’est pas dans la navigation"));
        let in_french = scene.reads(&path).await;
        says(&in_french, &["<html lang=\"fr\"", fr]);
        let in_english = scene.reads(&format!("/en{path}")).await;
        says(&in_english, &["<html lang=\"en\"", en]);
        is_silent_on(&in_english, &["<script"]);
    }
    let page = scene.reads_words("/en/recommandations/exercice-01").await;
    says(&page, &["Mayor of Dougouba (exercise)", "6 February 2025", "Exercise"]);
    for closed in ["/bureau", "/recommandations/nouvelle", "/personnes"] {
        let reply = scene.asks(closed).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{closed}");
        assert!(reply.header("location").starts_with("/connexion"), "{closed}");
    }
    scene.ends().await;
}

#[tokio::test]
async fn kadi_voit_ce_qui_etait_connu_un_jour_passe() {
    let scene = Scene::begins().await;
    let now = scene.reads_words("/recommandations/exercice-04").await;
    says(&now, &["silence constaté", "Recours, étape 1 : Préfet du cercle d’exercice"]);
    let past = scene.reads("/recommandations/exercice-04?au=2025-03-10").await;
    says(&words(&past), &["Cette page montre ce qui était", "10 mars 2025", "sans accusé de réception"]);
    is_silent_on(&words(&past), &["silence constaté", "Recours, étape"]);
    // Every way on from there stays on that day.
    for link in
        links(&past).into_iter().filter(|link| link.starts_with("/instances/") || link.starts_with("/lieux/"))
    {
        assert!(link.contains("au=2025-03-10"), "{link}");
    }
    let before = scene.asks("/recommandations/exercice-04?au=2025-02-12").await;
    assert_eq!(before.status, StatusCode::NOT_FOUND, "it was adopted the day after");
    scene.reads("/recommandations/exercice-04?au=2025-02-13").await;
    let rows = |text: String| text.lines().filter(|line| line.contains(",exercice-")).count();
    let early = rows(scene.reads("/silences.csv?exercice=oui&au=2025-03-25").await);
    let late = rows(scene.reads("/silences.csv?exercice=oui&au=2025-06-25").await);
    assert!(early >= 1 && late >= 1, "{early} {late}");
    scene.ends().await;
}

#[tokio::test]
async fn kadi_verifie_les_octets_du_registre() {
    let scene = Scene::begins().await;
    let address = scene.asks_of(MAYOR, &[("titre", "Publier les comptes du marché")]).await;
    let page = scene.reads(&address).await;
    let of_entry = |link: &String| link.starts_with("/registre/") && !link.ends_with(".tlog-proof");
    let entries = links(&page).into_iter().filter(of_entry).collect::<Vec<_>>();
    assert!(entries.len() >= 2, "adoption and delivery name their entries: {entries:?}");
    for entry in &entries {
        let exact = scene.asks(&format!("{entry}.json")).await;
        assert_eq!(exact.header("content-type"), "application/json");
        let read = Entry::parse(&exact.bytes).unwrap();
        assert_eq!(read.to_bytes().unwrap(), exact.bytes, "canonical: it spells itself the same way");
        says(&scene.reads(entry).await, &[&leaf_hash(&exact.bytes).hex().to_string()]);
    }
    // The entry carries a commitment to the title, not the title.
    let adopted = scene.asks(&format!("{}.json", entries.last().unwrap())).await.text();
    let title = between(&adopted, "\"title\":{", "}");
    assert!(Commitment::parse(between(title, "\"sha256\":\"", "\"")).is_some(), "{title}");
    is_silent_on(&adopted, &["Publier les comptes"]);
    the_whole_record_is_what_was_signed(&scene).await;
    scene.ends().await;
}

/// Kadi fetches every entry, grows the tree over it, and compares its root with the signed one; she trusts
/// the first entry alone, which names the key.
async fn the_whole_record_is_what_was_signed(scene: &Scene) {
    let mut tree = Frontier::new();
    let mut first = None;
    loop {
        let entry = scene.house.get(None, &format!("/registre/{}.json", tree.size())).await;
        if entry.status == StatusCode::NOT_FOUND {
            break;
        }
        tree.push(leaf_hash(&entry.bytes));
        first.get_or_insert(entry.bytes);
    }
    let first = first.unwrap();
    let Word::RecordFounded(founded) = Entry::parse(&first).unwrap().word else {
        panic!("the record begins with its founding");
    };
    let key = VerifierKey::parse(&founded.verifier_key).unwrap();
    let note = scene.asks("/registre/checkpoint").await;
    let signed = open_checkpoint(&note.bytes, &key).unwrap();
    assert_eq!((signed.size, signed.root), (tree.size(), tree.root()));
    let page = scene.reads("/registre").await;
    says(&page, &[&founded.origin, &founded.verifier_key]);
    let mut false_note = note.bytes.clone();
    let digit = false_note.iter().position(u8::is_ascii_digit).unwrap();
    false_note[digit] ^= 1;
    assert!(open_checkpoint(&false_note, &key).is_err(), "a changed note is no signed note");
}

#[tokio::test]
async fn kadi_prend_tout_le_registre_et_le_verifie_seule() {
    let scene = Scene::begins().await;
    scene.asks_of(MAYOR, &[("titre", "Publier les comptes du marché")]).await;
    let register = scene.reads("/registre").await;
    let path =
        links(&register).into_iter().find(|link| link.ends_with(".jsonl")).expect("a way to all of it");
    let whole = scene.asks(&path).await;
    assert_eq!(whole.header("cache-control"), "no-store");
    // She wrote the key down another day.
    let key = VerifierKey::parse(&scene.house.house().record().founded.verifier_key).unwrap();
    let signed = verified(&whole.bytes, &key).expect("the record is what was signed");
    assert!(signed > 4_000, "{signed}");

    // One byte of one entry changed: the root is another.
    let mut changed = whole.bytes.clone();
    let at = changed.len() / 2;
    let at = at + changed[at..].iter().position(u8::is_ascii_digit).unwrap();
    changed[at] ^= 1;
    assert_eq!(verified(&changed, &key), None);
    // The last entry left out: the size is another.
    let cut = whole.bytes[..whole.bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
    assert_eq!(verified(&whole.bytes[..=cut], &key), None);

    // She goes on from where she stopped: only what is new travels, and the tree grows on.
    scene.comes("2026-11-26");
    scene.asks_of(MAYOR, &[("titre", "Publier les comptes de la voirie")]).await;
    let more = scene.asks(&format!("{path}?depuis={signed}")).await;
    let (_, fresh) = split(&more.bytes);
    let joined = [head(&more.bytes), split(&whole.bytes).1, fresh].concat();
    assert!(verified(&joined, &key).unwrap() > signed && fresh.len() < whole.bytes.len() / 10);
    for bad in ["?depuis=hier", "?depuis=-1"] {
        assert_eq!(scene.asks(&format!("{path}{bad}")).await.status, StatusCode::NOT_FOUND, "{bad}");
    }
    scene.ends().await;
}

#[tokio::test]
async fn kadi_verifie_la_feuille_qu_elle_tient() {
    let scene = Scene::begins().await;
    let address = scene.asks_of(MAYOR, &[("titre", "Publier les comptes du marché")]).await;
    let page = scene.reads(&address).await;
    // The sheet bears a code and a QR, and both lead to the same page.
    let code = between(&page, "Code court : <code>", "</code>").to_owned();
    let way = format!("/preuve?code={code}");
    says(&page, &[&format!("<desc>https://toguna.example{way}</desc>"), &format!("href=\"{way}\"")]);
    let index = code.split('-').next().unwrap().to_owned();
    let found = scene.reads(&way).await;
    says(&words(&found), &["Ce qui est prouvé", "Recommandation remise", &code, "Ce que cela ne prouve pas"]);
    says(
        &scene.reads(&format!("/en{way}")).await,
        &["<html lang=\"en\"", "What is proved", "What it does not prove"],
    );
    says(
        &words(&scene.reads(&format!("/preuve?code={index}")).await),
        &["Le registre a cette entrée", &code],
    );
    // A sheet that was made up bears another code.
    let false_code = code.chars().rev().map(|c| if c == '7' { '8' } else { c }).collect::<Vec<_>>();
    let mut false_code: String = false_code.into_iter().rev().collect();
    if false_code == code {
        false_code = format!("{}{}", &code[..code.len() - 1], if code.ends_with('3') { '4' } else { '3' });
    }
    for (asked, sentence) in [
        (format!("/preuve?code={false_code}"), "n’est pas celui de l’entrée"),
        ("/preuve?code=999999".to_owned(), "Le registre n’a pas d’entrée n° 999999"),
        ("/preuve?code=bonjour".to_owned(), "n’est ni un code court ni un numéro"),
    ] {
        let reply = scene.asks(&asked).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        says(&words(&reply.text()), &[sentence]);
    }
    the_proof_file_is_checked_here_and_elsewhere(&scene, &page, &index).await;
    scene.ends().await;
}

/// Kadi takes the proof file of the page, has it checked by the site, as a file and pasted, and alone.
async fn the_proof_file_is_checked_here_and_elsewhere(scene: &Scene, page: &str, index: &str) {
    let path = links(page).into_iter().find(|link| link.ends_with(".tlog-proof")).expect("a proof file");
    let proof = scene.asks(&path).await;
    let send = async |bytes: &[u8]| {
        let reply = scene.house.post_files(None, "/preuve", &[], &[("fichier", bytes)]).await;
        (reply.status, words(&reply.text()))
    };
    let (status, said) = send(&proof.bytes).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    says(
        &said,
        &["Le fichier est entier", &format!("Code court {index}-"), "Continué par le registre d’aujourd’hui"],
    );
    let pasted = proof.text().replace('\n', "\r\n");
    let reply = scene.house.post(None, "/preuve", &[("preuve", pasted.trim_end())]).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", words(&reply.text()));
    // Alone, with the policy that she kept another day.
    let policy = tlog::Policy::parse(&scene.asks("/registre/politique").await.bytes).unwrap();
    let file = tlog::ProofFile::parse(&proof.bytes).unwrap();
    file.verify_with(&leaf_hash(&file.extra), &policy).unwrap();
    // The same checkpoint alone, kept since before, is one that the record continues.
    let kept = proof.text().split_once("\n\n").unwrap().1.to_owned();
    let (status, said) = send(kept.as_bytes()).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    says(&said, &["continue ce point de contrôle"]);
    // Changed by one letter anywhere, it is refused, with the line.
    let text = proof.text();
    let change = |line: usize, at: usize| {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let letter = if lines[line].as_bytes()[at] == b'A' { "B" } else { "A" };
        lines[line].replace_range(at..=at, letter);
        lines.join("\n")
    };
    let signature = text.split('\n').position(|line| line.starts_with('\u{2014}')).unwrap();
    for (changed, sentence) in [
        (change(0, 2), "Ligne 1"),
        (change(1, 40), "Lignes 3 à"),
        (change(2, 6), "Ligne 3"),
        (change(4, 10), "Lignes 3 à"),
        (change(signature, 60), "signature est fausse"),
    ] {
        let (status, said) = send(changed.as_bytes()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{sentence} : {said}");
        says(&said, &[sentence]);
    }
    // One that the record's own key signed and that the record does not continue is an alarm.
    let signer = scene.house.folder().signer().unwrap();
    let split = tlog::Checkpoint {
        origin: signer.name().to_owned(),
        size: 100,
        root: leaf_hash(b"une autre histoire"),
        extensions: vec![],
    };
    let (status, said) = send(tlog::sign_checkpoint(&split, &signer).unwrap().as_bytes()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&said, &["Alerte", "deux histoires"]);
}

/// The first line with its end, and the lines after it.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_at(bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1)
}

fn head(bytes: &[u8]) -> &[u8] {
    split(bytes).0
}

/// How many entries the download has, if they are those that this key signed: nothing but `tlog` is asked.
fn verified(bytes: &[u8], key: &VerifierKey) -> Option<u64> {
    let (first, rest) = split(bytes);
    let first: serde_json::Value = serde_json::from_slice(first).unwrap();
    let signed = open_checkpoint(first["checkpoint"].as_str().unwrap().as_bytes(), key).ok()?;
    let mut tree = Frontier::new();
    for entry in rest.split(|byte| *byte == b'\n').filter(|entry| !entry.is_empty()) {
        tree.push(leaf_hash(entry));
    }
    ((signed.size, signed.root) == (tree.size(), tree.root())).then_some(signed.size)
}
