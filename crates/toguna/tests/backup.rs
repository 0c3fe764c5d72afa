//! A backup of an instance that is served, and an instance out of the backup alone, which goes on writing. What is cut,
//! changed or for somebody else is refused with a sentence, and leaves nothing behind.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use age::secrecy::ExposeSecret as _;
use command::{copy, files, result, run, told};

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The site of this folder while the work lasts.
fn while_served<T>(data: &str, work: impl FnOnce() -> T) -> T {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut site = Command::new(env!("CARGO_BIN_EXE_toguna"))
        .args(["serve", "--data", data, "--port", &port.to_string()])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until && site.try_wait().unwrap().is_none(), "the site opens");
        std::thread::sleep(Duration::from_millis(50));
    }
    let done = work();
    site.kill().unwrap();
    site.wait().unwrap();
    done
}

/// The lines of `toguna verify` that name the record: how many entries, which root.
fn whole(data: &str) -> Vec<String> {
    let verified = run(&["verify", data]);
    let said = result(&verified);
    assert!(said.contains("Registre entier et signé"), "{}", told(&verified));
    said.lines()
        .filter(|line| line.contains("entrées") || line.contains("racine"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn an_instance_out_of_a_backup_alone_goes_on_writing() {
    let (home, data) = copy();
    let other = tempfile::tempdir().unwrap();
    let file = other.path().join("sauvegarde");
    let taken = while_served(&data, || run(&["backup", text(&file), "--data", &data, "--with-key"]));
    assert!(result(&taken).contains("Sauvegarde écrite"), "{}", told(&taken));
    let before = whole(&data);
    let again = run(&["backup", text(&file), "--data", &data]);
    assert!(again.status.code() == Some(1) && told(&again).contains("existe déjà"), "{}", told(&again));
    // Nothing of the first machine is left.
    drop(home);

    let restored = other.path().join("instance");
    let done = run(&["restore", text(&file), "--data", text(&restored)]);
    assert!(result(&done).contains("Instance restaurée et vérifiée"), "{}", told(&done));
    assert!(told(&done).contains("Un texte retiré après cette sauvegarde y est encore"), "{}", told(&done));
    assert_eq!(whole(text(&restored)), before);
    let compared = run(&["replay", "--check", "--data", text(&restored)]);
    assert!(result(&compared).contains("égales au registre"), "{}", told(&compared));
    let refused = run(&["restore", text(&file), "--data", text(&restored)]);
    assert_eq!(refused.status.code(), Some(1), "{}", told(&refused));
    assert!(told(&refused).contains("contient déjà une instance"), "{}", told(&refused));

    let matrix = other.path().join("matrice.csv");
    let line = "Recommandation;Source;Destinataire\nCurer le puits;Atelier de mars 2024;Premier ministre\n";
    std::fs::write(&matrix, line).unwrap();
    let imported = run(&["import", "recommendations", text(&matrix), "--data", text(&restored)]);
    assert!(imported.status.success(), "{}", told(&imported));
    assert_ne!(whole(text(&restored)), before, "it goes on under the same key");
}

#[test]
fn a_backup_for_recipients_opens_for_them_alone() {
    let (home, data) = copy();
    let (ours, theirs) = (age::x25519::Identity::generate(), age::x25519::Identity::generate());
    let other = tempfile::tempdir().unwrap();
    let file = other.path().join("sauvegarde");
    let key = |name: &str, identity: &age::x25519::Identity| {
        let path = other.path().join(name);
        std::fs::write(&path, format!("# clé\n{}\n", identity.to_string().expose_secret())).unwrap();
        path
    };
    let (our_key, their_key) = (key("nous", &ours), key("eux", &theirs));
    let to = ours.to_public().to_string();
    let taken = run(&["backup", text(&file), "--data", &data, "--to-recipient", &to]);
    assert!(taken.status.success(), "{}", told(&taken));
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.windows(15).any(|window| window == b"SQLite format 3"));
    let restored = other.path().join("instance");
    let data_file = other.path().join("liste");
    std::fs::write(&data_file, "une liste\n").unwrap();
    for (identity, sentence) in [
        (None, "donnez le fichier de votre clé age avec --identity"),
        (Some(&their_key), "aucune des clés données n’ouvre cette sauvegarde"),
        (Some(&data_file), "ne contient pas de clé age"),
    ] {
        let mut words = vec!["restore", text(&file), "--data", text(&restored)];
        if let Some(identity) = identity {
            words.extend(["--identity", text(identity)]);
        }
        let refused = run(&words);
        assert!(!refused.status.success());
        assert!(told(&refused).contains(sentence), "{}", told(&refused));
        assert!(!restored.exists(), "{}", told(&refused));
    }
    let done = run(&["restore", text(&file), "--data", text(&restored), "--identity", text(&our_key)]);
    assert!(done.status.success(), "{}", told(&done));
    assert_eq!(whole(text(&restored)), whole(&data));
    // The key stayed at home, and is put back by hand.
    assert!(told(&done).contains("registre.cle") && !restored.join("registre.cle").exists());
    std::fs::copy(home.path().join("registre.cle"), restored.join("registre.cle")).unwrap();
    assert!(
        run(&["invite", "--data", text(&restored), "--behalf", "gardien", "--role", "steward"])
            .status
            .success()
    );
    let bad = run(&["backup", text(&other.path().join("x")), "--data", &data, "--to-recipient", "age1faux"]);
    assert!(told(&bad).contains("n’est pas un destinataire age"), "{}", told(&bad));
}

#[test]
fn what_is_cut_or_changed_is_refused_and_leaves_nothing() {
    let (_home, data) = copy();
    let other = tempfile::tempdir().unwrap();
    let file = other.path().join("sauvegarde");
    assert!(run(&["backup", text(&file), "--data", &data]).status.success());
    let good = std::fs::read(&file).unwrap();
    let restored = other.path().join("instance");
    let refused = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        let refused = run(&["restore", text(&file), "--data", text(&restored)]);
        assert!(!refused.status.success());
        let left: Vec<_> =
            std::fs::read_dir(other.path()).unwrap().flatten().map(|file| file.file_name()).collect();
        assert_eq!(left, ["sauvegarde"], "{left:?}");
        told(&refused)
    };
    for end in [10, 60, good.len() / 2, good.len() - 1] {
        let sentence = refused(&good[..end]);
        assert!(
            sentence.contains("abîmée ou tronquée") && sentence.contains("rien n’a été restauré"),
            "{sentence}"
        );
    }
    for at in [25, 100, good.len() / 3, good.len() - 20] {
        let mut changed = good.clone();
        changed[at] ^= 4;
        assert!(refused(&changed).contains("somme de contrôle"), "{at}");
    }
    assert!(
        refused(b"SQLite format 3 et bien d'autres octets, mais pas une sauvegarde du tout")
            .contains("n’est pas une sauvegarde")
    );
}

#[test]
fn who_runs_the_machine_withdraws_by_command() {
    let (_home, data) = copy();
    let withdraw = |sha256: &str, ground: &str| {
        run(&[
            "withdraw",
            "--data",
            &data,
            "--enclosure",
            sha256,
            "--ground",
            ground,
            "--decided-by",
            "gardiens",
        ])
    };
    let connection = rusqlite::Connection::open(Path::new(&data).join("toguna.db")).unwrap();
    let (sha256, title): (String, Vec<u8>) = connection
        .query_row(
            "SELECT sha256, bytes FROM enclosure WHERE media = 'text/plain' AND length(bytes) > 60 \
             ORDER BY length(bytes) DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    drop(connection);
    assert!(told(&withdraw(&sha256, "parce que")).contains("il y a : personne-exposee, danger"));
    assert!(told(&withdraw("abc", "erreur")).contains("64 chiffres hexadécimaux"));
    assert!(
        told(&withdraw(&"0".repeat(64), "erreur")).contains("Aucune entrée du registre ne porte cette pièce")
    );
    let done = withdraw(&sha256, "danger");
    assert!(result(&done).contains("La pièce est détruite"), "{}", told(&done));
    assert!(told(&withdraw(&sha256, "danger")).contains("déjà retirée"));
    for file in files(Path::new(&data)) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(title.len()).any(|window| window == title), "{file:?}");
    }
    assert!(result(&run(&["verify", &data])).contains("pièces retirées    1"));
    assert!(run(&["replay", "--check", "--data", &data]).status.success());
}
