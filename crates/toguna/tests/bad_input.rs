//! What is wrong is said in French with its line, field or file; nothing is half-written; the exit status says who can mend it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;

use std::io::Write as _;
use std::path::Path;

use command::{copy, result, run, told};

/// The command ends with this status and these words, and its result is empty.
#[track_caller]
fn ends(words: &[&str], status: i32, sentences: &[&str]) -> String {
    let output = run(words);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(status), "{words:?} : {said}");
    assert!(output.stdout.is_empty(), "{words:?} : {}", result(&output));
    for sentence in sentences {
        assert!(said.contains(sentence), "{words:?} : « {sentence} » manque dans : {said}");
    }
    for english in ["os error", "No such file", "Permission denied", "panicked", "invalid utf-8"] {
        assert!(!said.contains(english), "{words:?} : {said}");
    }
    said
}

/// What an import of these bytes told: exit status, result and sentences.
fn import(data: &str, name: &str, bytes: &[u8]) -> (Option<i32>, String, String) {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    let output = run(&["import", "recommendations", file.to_str().unwrap(), "--data", data]);
    (output.status.code(), result(&output), told(&output))
}

const HEADER: &str = "N°,Recommandation,Destinataire,Échéance,Source,Date de remise";

#[test]
fn every_row_that_is_not_taken_is_named_with_its_line_and_column() {
    let (_home, data) = copy();
    let rows = [
        HEADER,
        "1,Poser une porte,Maire de Dougouba (exercice),31/12/2027,PV du 03/02/2026,10/02/2026",
        "2,Éclairer la place,Maire de Dougouba (exercice),hier,PV du 03/02/2026,10/02/2026",
        "3,Publier les comptes,Ministère de nulle part,31/12/2027,PV du 03/02/2026,",
        "4,,Maire de Dougouba (exercice),,PV du 03/02/2026,",
        "5,Réparer,Maire de Dougouba (exercice),trop,de,cellules,ici",
        "6,Curer le puits,Maire de Dougouba (exercice),31/12/2027,PV du 03/02/2026,31/12/2999",
    ];
    // A spreadsheet on Windows ends lines with two characters.
    let (status, taken, _) = import(&data, "registre.csv", rows.join("\r\n").as_bytes());
    assert_eq!(status, Some(0), "{taken}");
    for line in [
        "ligne 3, colonne « Échéance »",
        "ligne 4, colonne « Destinataire » : destinataire « Ministère de nulle part » inconnu du registre",
        "ligne 5, colonne « Recommandation » : texte vide",
        "ligne 6 : la ligne compte 7 cellules",
        "ligne 7",
    ] {
        assert!(taken.contains(line), "« {line} » manque dans : {taken}");
    }
    assert!(!taken.contains("ligne 2"), "{taken}");
    let replayed = run(&["replay", "--check", "--data", &data]);
    assert!(replayed.status.success(), "{}", told(&replayed));
}

#[test]
fn a_file_that_cannot_be_read_as_a_table_is_refused_whole() {
    let (_home, data) = copy();
    let before = std::fs::read(Path::new(&data).join("toguna.db")).unwrap();
    for (name, bytes, sentence) in [
        ("vide.csv", &b""[..], "le fichier est vide"),
        ("entete.csv", HEADER.as_bytes(), "n’a que son en-tête"),
        (
            "dos.csv",
            b"Num;Recommandation;Destinataire\r\n8;R\x82parer;Maire\r\n",
            "n’est pas en UTF-8 (ligne 2)",
        ),
        (
            "guillemet.csv",
            b"Num;Recommandation;Destinataire\n8;Curer;Maire\n9;\"Poser;Maire\n10;Lever;Maire\n",
            "ligne 3 : un guillemet",
        ),
        ("classeur.xlsx", b"PK\x03\x04 fictif", "c’est un classeur"),
        ("ancien.xls", b"\xd0\xcf\x11\xe0 fictif", "c’est un classeur"),
        ("autre.csv", b"nom;prix\nmil;3\n", "l’en-tête n’est celui d’aucun modèle connu (nom, prix)"),
        (
            "inconnus.csv",
            b"Recommandation;Destinataire\nCurer;Personne\n",
            "rien de « inconnus.csv » n’a pu être pris",
        ),
    ] {
        let (status, _, said) = import(&data, name, bytes);
        assert_eq!(status, Some(1), "{name} : {said}");
        assert!(said.contains(sentence), "{name} : {said}");
    }
    let long = format!("{HEADER}\n9,{},Maire de Dougouba (exercice),,,", "x".repeat(70 << 20));
    let (status, _, said) = import(&data, "long.csv", long.as_bytes());
    assert!(status == Some(1) && said.contains("il dépasse 64 Mo"), "{said}");
    ends(&["import", "recommendations", "absent.csv", "--data", &data], 1, &["ce fichier n’existe pas"]);
    ends(&["import", "recommendations", &data, "--data", &data], 1, &["c’est un dossier"]);
    assert_eq!(std::fs::read(Path::new(&data).join("toguna.db")).unwrap(), before, "nothing was written");
}

#[test]
fn semicolons_and_the_mark_of_utf8_are_read() {
    let (_home, data) = copy();
    let text = "\u{feff}N°;Recommandation;Destinataire;Source\r\n7;Réparer le pont;Maire de Dougouba (exercice);PV du \
                03/02/2026\r\n";
    let (status, taken, said) = import(&data, "excel.csv", text.as_bytes());
    assert_eq!(status, Some(0), "{taken} {said}");
    assert!(taken.contains("Recommandations prises : 1"), "{taken}");
}

#[test]
fn letters_of_windows_are_read_and_told() {
    let (_home, data) = copy();
    let text = b"N\xb0;Recommandation;Destinataire;Source\r\n8;R\xe9parer le puits;Maire de Dougouba (exercice);PV du 03/02/2026\r\n";
    let (status, taken, said) = import(&data, "windows.csv", text);
    assert_eq!(status, Some(0), "{taken} {said}");
    assert!(taken.contains("Recommandations prises : 1") && taken.contains("Windows-1252"), "{taken}");
    let matrice = run(&["export", "matrice", "--data", &data]);
    assert!(result(&matrice).contains("Réparer le puits"));
}

#[test]
fn a_calendar_that_is_not_in_utf8_is_refused_with_its_line() {
    let (home, data) = copy();
    let file = home.path().join("fetes.ics");
    let calendar = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:F\xeate fictive\r\nDTSTART;VALUE=DATE:20300101\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";
    std::fs::write(&file, calendar).unwrap();
    let words = ["import", "holidays", file.to_str().unwrap(), "--data", &data];
    ends(&words, 1, &["ligne 3", "UTF-8"]);
    std::fs::write(&file, String::from_utf8_lossy(calendar).replace('\u{fffd}', "ê")).unwrap();
    let taken = run(&words);
    assert!(result(&taken).contains("Jours fériés pris : 1"), "{} {}", result(&taken), told(&taken));
}

/// A disk of its own of so many kibibytes, or `None` with a word said where this may not be made.
#[cfg(target_os = "linux")]
fn small_disk(at: &Path, kibibytes: u64) -> bool {
    let size = format!("size={kibibytes}k");
    let mount = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", &size, "toguna-essai"])
        .arg(at)
        .output();
    let made = mount.is_ok_and(|output| output.status.success());
    if !made {
        let _ = writeln!(std::io::stderr(), "SKIPPED: only root may make a small disk to fill");
    }
    made
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_nothing_half_written() {
    let (_home, data) = copy();
    let disk = tempfile::tempdir().unwrap();
    let size = std::fs::metadata(Path::new(&data).join("toguna.db")).unwrap().len() / 1024;
    if !small_disk(disk.path(), size + 6_000) {
        return;
    }
    let on_disk = disk.path().join("instance");
    let small = on_disk.to_str().unwrap();
    let outcome = std::panic::catch_unwind(|| {
        // Making an instance where there is no room leaves none.
        let filler = disk.path().join("plein");
        std::fs::write(&filler, vec![1; usize::try_from((size + 5_000) * 1024).unwrap()]).unwrap();
        ends(
            &["demo", "--no-serve", "--data", small],
            2,
            &["le disque est plein", "Rien n’a été écrit à moitié"],
        );
        assert!(!on_disk.exists());
        std::fs::remove_file(&filler).unwrap();
        // An import that fills it says how far it came, and goes on when there is room.
        std::fs::create_dir(&on_disk).unwrap();
        command::copy_to(&on_disk);
        let line = |n: u32| {
            format!("{n},{} {n},Maire de Dougouba (exercice),,PV du 03/02/2026,", "Curer ".repeat(900))
        };
        let rows: Vec<String> = (1..=1_200).map(line).collect();
        let text = format!("{HEADER}\n{}\n", rows.join("\n"));
        let (status, taken, said) = import(small, "gros.csv", text.as_bytes());
        assert_eq!((status, taken.as_str()), (Some(2), ""), "{said}");
        for part in
            ["le disque est plein", "recommandations du fichier ont été inscrites", "importez-le de nouveau"]
        {
            assert!(said.contains(part), "{part} : {said}");
        }
        let verified = run(&["verify", small]);
        assert!(verified.status.success(), "{}", told(&verified));
        let sentences = ["le résultat n’a pas pu être écrit", "il n’y a plus de place"];
        for words in [&["audit", "--data", small][..], &["export", "matrice", "--data", small]] {
            let output = command::run_to(words, Path::new("/dev/full"));
            assert_eq!(output.status.code(), Some(2), "{words:?} {}", told(&output));
            for sentence in sentences {
                assert!(told(&output).contains(sentence), "{words:?} {}", told(&output));
            }
        }
    });
    let _ = std::process::Command::new("umount").arg("--lazy").arg(disk.path()).output();
    outcome.unwrap();
}

#[test]
fn survival_names_the_line_whatever_ends_it() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("d.csv");
    for (bytes, sentence) in [
        (&b"duration,event\r\n1,1\r\nhier,1\r\n"[..], "ligne 3"),
        (b"duration,event\n\n1,2\n", "ligne 3"),
        (b"duration,event\n-1,1\n", "ligne 2"),
        (b"duration,event\n1,1\nr\xe9,1\n", "ligne 3"),
        (b"duration;event\n1;1\n", "ligne 1"),
        (b"", "ligne 1"),
        (b"duration,event\n", "n’a aucune ligne"),
    ] {
        std::fs::write(&file, bytes).unwrap();
        ends(&["survival", file.to_str().unwrap()], 1, &[sentence]);
    }
}

#[test]
fn a_pack_with_faults_names_each_with_its_file_and_line() {
    let home = tempfile::tempdir().unwrap();
    let pack = home.path().join("pack");
    std::fs::create_dir(&pack).unwrap();
    let mali = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/mali");
    for file in std::fs::read_dir(mali).unwrap().flatten() {
        std::fs::copy(file.path(), pack.join(file.file_name())).unwrap();
    }
    let places = std::fs::read_to_string(pack.join("places.csv")).unwrap();
    let lines: Vec<String> = places
        .lines()
        .enumerate()
        .map(|(i, line)| if i == 4 { line.replace(',', ";") } else { line.to_owned() })
        .collect();
    std::fs::write(pack.join("places.csv"), lines.join("\r\n")).unwrap();
    let clocks = std::fs::read_to_string(pack.join("clocks.toml")).unwrap();
    let wrong = clocks.lines().count() + 1;
    std::fs::write(pack.join("clocks.toml"), format!("{}\nune ligne sans valeur\n", clocks.trim_end()))
        .unwrap();
    let new = home.path().join("neuve");
    let sentences = ["places.csv, ligne 5", &format!("clocks.toml, ligne {wrong}")];
    ends(&["new", new.to_str().unwrap(), "--pack", pack.to_str().unwrap()], 1, &sentences);
    assert!(!new.exists() && !home.path().join("neuve.en-cours").exists(), "nothing half-written");
}

/// The commands that open an instance.
fn opening(data: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["serve", "--data", data, "--port", "0"],
        vec!["demo", "--data", data, "--no-serve"],
        vec!["audit", "--data", data],
        vec!["export", "matrice", "--data", data],
        vec!["invite", "--data", data, "--behalf", "gardien", "--role", "steward"],
    ]
}

#[test]
fn a_newer_version_s_database_is_left_alone_and_still_verified() {
    let (home, data) = copy();
    let file = home.path().join("toguna.db");
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'", []).unwrap();
    drop(connection);
    let before = std::fs::read(&file).unwrap();
    for words in opening(&data) {
        ends(&words, 1, &["viennent d’une version plus récente (format 99", "mettez toguna à jour"]);
    }
    assert_eq!(std::fs::read(&file).unwrap(), before, "nothing was written");
    let verified = run(&["verify", &data]);
    assert!(verified.status.success(), "{}", told(&verified));
}

#[test]
fn a_damaged_database_is_said_to_be_so_with_how_to_restore() {
    let restore =
        ["est endommagé", "Ne l’effacez pas", "sauvegarde que « toguna verify DOSSIER » dit entière"];
    let (home, data) = copy();
    let file = home.path().join("toguna.db");
    let whole = std::fs::read(&file).unwrap();
    let mut header = whole.clone();
    header[..100].fill(0xa5);
    let mut middle = whole.clone();
    let half = middle.len() / 2;
    middle[half..half + 160_000].fill(0xa5);
    for bytes in [&header[..], &middle, &whole[..whole.len() / 4], b""] {
        std::fs::write(&file, bytes).unwrap();
        for words in [
            &["serve", "--data", &data, "--port", "0"][..],
            &["demo", "--data", &data, "--no-serve"],
            &["verify", &data],
        ] {
            ends(words, 2, &restore);
        }
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "nothing was written over it");
    }
    // Restored, it opens.
    std::fs::write(&file, &whole).unwrap();
    assert!(run(&["audit", "--data", &data]).status.success());
}

#[test]
fn a_folder_that_holds_something_else_is_not_touched() {
    let home = tempfile::tempdir().unwrap();
    let taken = home.path().join("photos");
    std::fs::create_dir(&taken).unwrap();
    std::fs::write(taken.join("une.jpg"), "fictive").unwrap();
    let file = home.path().join("fichier");
    std::fs::write(&file, "fictif").unwrap();
    for path in [taken.to_str().unwrap(), file.to_str().unwrap()] {
        for words in [&["demo", "--data", path, "--no-serve"][..], &["new", path, "--pack", "mali"]] {
            ends(words, 1, &["n’est pas un dossier vide"]);
        }
    }
    let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().flatten().map(|f| f.file_name()).collect();
    assert_eq!(left.len(), 2, "nothing half-made is left: {left:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_said_to_be_so() {
    use std::os::unix::fs::PermissionsExt;
    let (home, data) = copy();
    std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read_dir(home.path()).is_err() {
        for words in opening(&data) {
            let output = run(&words);
            assert_eq!(output.status.code(), Some(2), "{words:?} : {}", told(&output));
            assert!(
                told(&output).contains("Vérifiez les droits du dossier"),
                "{words:?} : {}",
                told(&output)
            );
        }
    } else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: root may read everything");
    }
    std::fs::set_permissions(home.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
}
