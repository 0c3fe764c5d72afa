//! The disk fills up, or turns read-only, while the site is open: an act is refused with a sentence and leaves nothing, and
//! everybody goes on reading. And an instance on a disk that only lets itself be read is verified, audited and backed up there.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;

use std::io::Write as _;
use std::process::Command;

use command::{copy_to, files, result, run, told};
use terms::access::Role;
use terms::{Behalf, Commitment};
use toguna::rooms::{ROOMS, TABLES};
use web::rehearsal::{Guest, Rehearsal};

const NOW: &str = "2030-03-01T09:00:00Z";

/// A disk of its own, gone when this is dropped.
struct Disk {
    at: tempfile::TempDir,
    _image: tempfile::NamedTempFile,
}

impl Disk {
    /// So many mebibytes of ext4; `None` with a word said where this may not be made.
    fn of(mebibytes: u64) -> Option<Self> {
        let (image, at) = (tempfile::NamedTempFile::new().unwrap(), tempfile::tempdir().unwrap());
        image.as_file().set_len(mebibytes << 20).unwrap();
        let made = Command::new("mkfs.ext4").args(["-q", "-m", "0", "-F"]).arg(image.path()).status();
        let mounted = made.is_ok_and(|status| status.success())
            && Command::new("mount")
                .args(["-o", "loop,errors=remount-ro"])
                .args([image.path(), at.path()])
                .output()
                .is_ok_and(|output| output.status.success());
        if !mounted {
            let _ = writeln!(std::io::stderr(), "SKIPPED: only root may make a disk to fill and to lock");
            return None;
        }
        let _ = std::fs::remove_dir(at.path().join("lost+found"));
        Some(Self { at, _image: image })
    }

    fn remount(&self, how: &str) {
        let option = format!("remount,{how}");
        let done = Command::new("mount").args(["-o", &option]).arg(self.at.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.at.path()).output();
    }
}

/// The house over an instance on this disk, a keeper signed in, and a text that may be withdrawn: its address.
async fn opened(disk: &Disk) -> (Rehearsal, Guest, String) {
    let kept = tempfile::Builder::new().prefix("instance").tempdir_in(disk.at.path()).unwrap();
    copy_to(kept.path());
    let house = Rehearsal::over(kept, None, &ROOMS, &TABLES, NOW);
    let keeper = house.guest(Behalf::Instance, Role::Steward);
    let page = house.get(None, "/registre/pieces/0").await;
    assert!(page.status.is_success() || page.status.as_u16() == 404);
    let shelf = house.house().record().shelf.clone();
    let (sha256, entry) = shelf
        .read(|tx| -> Result<_, record::Fault> {
            let sha256: Commitment = tx.one(
                "SELECT sha256 FROM enclosure WHERE media = 'text/plain' ORDER BY sha256 LIMIT 1",
                &[],
            )?;
            Ok((sha256, record::enclosures::carrier(tx, &sha256)?.unwrap()))
        })
        .unwrap();
    (house, keeper, format!("/registre/{entry}/retirer/{sha256}"))
}

const FIELDS: [(&str, &str); 3] = [("motif", "erreur"), ("decide-par", "gardiens"), ("confirme", "oui")];

/// A scanned letter of some size, sent in by an act.
fn sends_scan(house: &Rehearsal) -> Result<(), record::Fault> {
    let scribe = house.house().record().scribe.clone();
    let scan = [&b"%PDF-1.7 "[..], &[7; 300_000]].concat();
    let act = move || scribe.seal_now(move |desk| desk.enclose(terms::Media::Pdf, &scan).map(drop));
    std::thread::scope(|threads| threads.spawn(act).join().unwrap())
}

async fn reading_goes_on(house: &Rehearsal) {
    for path in
        ["/", "/recommandations", "/registre", "/silences.csv", "/recommandations/exercice-04?au=2025-03-10"]
    {
        assert_eq!(house.get(None, path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_disk_that_is_full_refuses_acts_and_reading_goes_on() {
    let Some(disk) = Disk::of(48) else { return };
    let (house, keeper, address) = opened(&disk).await;
    let before = house.house().record().shelf.entries().unwrap();
    let filler = disk.at.path().join("plein");
    let mut file = std::fs::File::create(&filler).unwrap();
    while file.write_all(&[1; 4096]).is_ok() {}
    // What the log still had room for in its last block is used up by acts; then every one is refused.
    let mut refused = house.post(Some(&keeper), &address, &FIELDS).await;
    for _ in 0..200 {
        if refused.status != 303 {
            break;
        }
        refused = house.post(Some(&keeper), &address, &FIELDS).await;
    }
    assert_eq!(refused.status, 507, "{}", refused.text());
    assert!(refused.text().contains("Le serveur n’a plus de place"), "{}", refused.text());
    // A scan is refused before anything of it is on the record, and leaves nothing beside it.
    let attached = house.folder().path().join("pieces");
    let before_scan = files(&attached);
    assert_eq!(sends_scan(&house), Err(record::Fault::Full));
    assert_eq!(files(&attached), before_scan);
    reading_goes_on(&house).await;
    drop(file);
    std::fs::remove_file(&filler).unwrap();
    assert_eq!(sends_scan(&house), Ok(()));
    assert_eq!(files(&attached).len(), before_scan.len() + 1);
    assert_eq!(house.post(Some(&keeper), &address, &FIELDS).await.status, 303, "there is room again");
    assert_eq!(
        house.house().record().shelf.entries().unwrap(),
        before + 1,
        "and nothing of what was refused"
    );
    assert_eq!(house.difference(), None);
}

#[tokio::test]
async fn a_disk_that_turns_read_only_refuses_acts_and_reading_goes_on() {
    let Some(disk) = Disk::of(64) else { return };
    let (house, keeper, address) = opened(&disk).await;
    let before = house.house().record().shelf.entries().unwrap();
    reading_goes_on(&house).await;
    // As the system does by itself where a disk answers with errors.
    disk.remount("abort");
    let refused = house.post(Some(&keeper), &address, &FIELDS).await;
    assert_eq!(refused.status, 500, "{}", refused.text());
    assert!(refused.text().contains("Une panne de notre côté"), "{}", refused.text());
    reading_goes_on(&house).await;
    assert_eq!(house.house().record().shelf.entries().unwrap(), before);
}

#[test]
fn an_instance_on_a_disk_that_is_only_read_is_verified_audited_and_backed_up() {
    let Some(disk) = Disk::of(48) else { return };
    let data = disk.at.path().join("instance");
    std::fs::create_dir(&data).unwrap();
    copy_to(&data);
    disk.remount("ro");
    let data = data.to_str().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("sauvegarde");
    for words in [
        &["verify", data][..],
        &["replay", "--check", "--data", data],
        &["audit", "--data", data, "--as-of", "2026-01-01"],
        &["export", "matrice", "--data", data],
        &["backup", file.to_str().unwrap(), "--data", data],
    ] {
        let done = run(words);
        assert!(done.status.success() && !result(&done).is_empty(), "{words:?} {}", told(&done));
    }
    for words in [&["serve", "--data", data, "--port", "0"][..], &["replay", "--data", data]] {
        let refused = run(words);
        assert!(!refused.status.success());
        assert!(
            told(&refused).contains("n’est pas accessible en lecture et en écriture"),
            "{}",
            told(&refused)
        );
    }
}
