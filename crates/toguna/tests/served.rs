//! The record as a transparency log is served, read by programs that are not ours: Go's `sumdb/tlog` and the crate
//! `tlog_tiles` make their proofs from the tiles that the site gives.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

#[path = "../../tlog/tests/oracle/mod.rs"]
mod oracle;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use terms::instance::{EnclosureWithdrawn, ThemeSet};
use terms::sittings::SittingNotHeld;
use terms::{Actor, Behalf, Bilingual, BodyId, Commitment, Salt, Word};
use tlog::tile::{Bundle, Tile, new_bundles, new_tiles};
use tlog::{Checkpoint, Hash, Policy, ProofFile, Tree, VerifierKey, leaf_hash, open_checkpoint};
use web::rehearsal::{Rehearsal, Reply};

const NOW: &str = "2026-03-02T10:00:00Z";

/// A house whose record has so many themes.
fn house(themes: usize) -> Rehearsal {
    let house = Rehearsal::of(&toguna::rooms::ROOMS, NOW);
    let zone = house.house().record().zone.clone();
    house.seal(move |desk| {
        for n in 0..themes {
            let theme = ThemeSet { id: format!("t-{n}"), name: Bilingual::same(&format!("Thème {n}")) };
            desk.append(&zone, Actor::Loader, None, Word::ThemeSet(theme))?;
        }
        Ok(())
    });
    house
}

async fn found(house: &Rehearsal, path: &str) -> Reply {
    let reply = house.get(None, &format!("/registre/{path}")).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}");
    reply
}

fn key(house: &Rehearsal) -> VerifierKey {
    VerifierKey::parse(&house.house().record().founded.verifier_key).unwrap()
}

async fn checkpoint(house: &Rehearsal) -> Checkpoint {
    let note = found(house, "checkpoint").await;
    assert_eq!(note.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(note.header("cache-control"), "public, max-age=5");
    open_checkpoint(&note.bytes, &key(house)).unwrap()
}

/// Every tile and bundle of the tree of this size, by path, as they are served.
async fn served(house: &Rehearsal, size: u64) -> BTreeMap<String, Vec<u8>> {
    let paths = new_tiles(0, size).map(|tile| tile.to_string());
    let mut all = BTreeMap::new();
    for path in paths.chain(new_bundles(0, size).map(|bundle| bundle.to_string())) {
        let reply = found(house, &path).await;
        assert_eq!(reply.header("content-type"), "application/octet-stream", "{path}");
        assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
        // Neither who asks nor in which language changes it.
        assert!(["", "accept-encoding"].contains(&reply.header("vary")), "{path}");
        all.insert(path, reply.bytes);
    }
    all
}

#[tokio::test]
async fn tiles_and_bundles_are_served_as_the_specification_says() {
    let house = house(700);
    let signed = checkpoint(&house).await;
    let all = served(&house, signed.size).await;
    let mut tree = Tree::new();
    for bundle in new_bundles(0, signed.size) {
        for entry in bundle.entries(&all[&bundle.to_string()]).unwrap() {
            tree.push(leaf_hash(entry));
        }
    }
    assert_eq!((tree.size(), tree.root()), (signed.size, signed.root));
    for tile in new_tiles(0, signed.size) {
        assert_eq!(all[&tile.to_string()], tree.tile(tile).unwrap(), "{tile}");
    }
    // Partial tiles of checkpoints that were, also where the full one has come.
    for width in [1, 100, 255] {
        let tile = Tile::new(0, 1, width).unwrap();
        assert_eq!(found(&house, &tile.to_string()).await.bytes, tree.tile(tile).unwrap());
        let bundle = Bundle::new(1, width).unwrap();
        let reply = found(&house, &bundle.to_string()).await;
        assert_eq!(bundle.entries(&reply.bytes).unwrap().len(), usize::from(width));
    }
    // The day looked at changes nothing: the tree is one.
    let path = Tile::new(0, 1, 256).unwrap().to_string();
    let past = house.get(None, &format!("/registre/{path}?au=2025-01-01")).await;
    assert_eq!(past.bytes, all[&path]);
    // Hashes travel as they are, entries smaller than they are.
    let hashes = house.get_packed(&format!("/registre/{path}")).await;
    assert_eq!((hashes.header("content-encoding"), hashes.bytes.len()), ("", 8_192));
    let packed = house.get_packed("/registre/tile/entries/001").await;
    assert!(!packed.header("content-encoding").is_empty());
    assert!(packed.bytes.len() * 2 < all["tile/entries/001"].len(), "{}", packed.bytes.len());
}

#[tokio::test]
async fn no_other_spelling_leads_to_a_tile() {
    let house = house(700);
    for path in [
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/00/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/0/000/",
        "tile//0/000",
        "tile/0/%30%30%30",
        "tile/0/+00",
        "tile/64/000",
        "tile/-1/000",
        "tile/8/0/000",
        "tile/entries/0",
        "tile/entries/000.p/0",
        "tile/entries/000/",
        "tile/data/000",
        // What the tree has not, or not yet.
        "tile/0/002",
        "tile/0/002.p/255",
        "tile/0/003.p/1",
        "tile/1/000",
        "tile/1/000.p/3",
        "tile/2/000.p/1",
        "tile/entries/002",
        "tile/entries/003.p/1",
        "tile/0/x018/x446/x744/x073/x709/x551/615",
        "pieces/0",
        "pieces/003",
        "701.tlog-proof",
        "x.tlog-proof",
        "-1.tlog-proof",
    ] {
        let reply = house.get(None, &format!("/registre/{path}")).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!reply.header("cache-control").contains("immutable"), "{path}");
    }
}

/// Tiles as the crate `tlog_tiles` reads them.
struct Served<'a>(&'a BTreeMap<String, Vec<u8>>);

impl tlog_tiles::TileReader for Served<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        let here = |tile: &tlog_tiles::Tile| tile.path().replacen("tile/8/", "tile/", 1);
        Ok(tiles.iter().map(|tile| self.0[&here(tile)].clone()).collect())
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

#[tokio::test]
async fn another_crate_makes_our_proofs_from_our_tiles() {
    let house = house(900);
    let signed = checkpoint(&house).await;
    let all = served(&house, signed.size).await;
    let (root, tiles) = (tlog_tiles::Hash(*signed.root.as_bytes()), Served(&all));
    let reader = tlog_tiles::TileHashReader::new(signed.size, root, &tiles);
    for index in [0, 1, 255, 256, 511, 700, signed.size - 1] {
        let text = found(&house, &format!("{index}.tlog-proof")).await;
        assert!(text.header("content-disposition").ends_with(".tlog-proof\""));
        let ours = ProofFile::parse(&text.bytes).unwrap();
        let theirs = tlog_tiles::prove_record(signed.size, index, &reader).unwrap();
        let theirs: Vec<Hash> = theirs.iter().map(|hash| Hash::from_bytes(hash.0)).collect();
        assert_eq!(ours.hashes, theirs, "{index}");
        assert_eq!(ours.extra, found(&house, &format!("{index}.json")).await.bytes);
    }
}

#[tokio::test]
async fn go_reads_our_tiles_and_makes_our_proofs() {
    let scratch = tempfile::tempdir().unwrap();
    let Some(program) = oracle::compile(scratch.path()) else { return oracle::say_skipped() };
    let house = house(900);
    let signed = checkpoint(&house).await;
    let folder = scratch.path().join("registre");
    let mut tree = Tree::new();
    for (path, bytes) in served(&house, signed.size).await {
        if let Ok(bundle) = Bundle::parse(&path) {
            bundle.entries(&bytes).unwrap().iter().for_each(|entry| tree.push(leaf_hash(entry)));
        }
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let ask = |question: String| {
        let mut go = Command::new(&program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        writeln!(go.stdin.take().unwrap(), "{question}").unwrap();
        String::from_utf8(go.wait_with_output().unwrap().stdout).unwrap().trim().to_owned()
    };
    let list = |hashes: &[Hash]| hashes.iter().map(Hash::to_string).collect::<Vec<_>>().join(",");
    let (size, root) = (signed.size, signed.root);
    for (index, old) in [(0, 1), (300, 256), (899, 513), (size - 1, size)] {
        let answer = ask(format!("read {} {size} {root} {index} {old}", folder.display()));
        let file = ProofFile::parse(&found(&house, &format!("{index}.tlog-proof")).await.bytes).unwrap();
        let consistency = list(&tree.consistency_proof(old, size).unwrap());
        assert_eq!(answer, format!("{} {consistency}", list(&file.hashes)).trim(), "{index} {old}");
    }
    // A tile altered on the way is refused by Go too: so it did read them.
    let tile = folder.join(Tile::new(1, 0, 3).unwrap().to_string());
    let mut bytes = std::fs::read(&tile).unwrap();
    bytes[0] ^= 1;
    std::fs::write(&tile, bytes).unwrap();
    assert_eq!(ask(format!("read {} {size} {root} 300 256", folder.display())), "no");
}

#[tokio::test]
async fn a_proof_file_needs_nothing_but_the_policy() {
    let house = house(300);
    let policy = Policy::parse(&found(&house, "politique").await.bytes).unwrap();
    assert_eq!(policy.logs()[0].key, key(&house));
    let file = ProofFile::parse(&found(&house, "17.tlog-proof").await.bytes).unwrap();
    assert_eq!(file.verify_with(&leaf_hash(&file.extra), &policy).unwrap().checkpoint.size, 301);
    let other = house_of_another_key().await;
    assert!(file.verify_with(&leaf_hash(&file.extra), &other).is_err());
}

async fn house_of_another_key() -> Policy {
    let other = house(1);
    Policy::parse(&found(&other, "politique").await.bytes).unwrap()
}

#[tokio::test]
async fn public_enclosures_are_given_with_their_salt_and_no_others() {
    let house = house(10);
    let zone = house.house().record().zone.clone();
    let (kept, gone) = house.seal(move |desk| {
        let mut cite = |text: &str| {
            let reason = desk.enclose_text(text)?;
            let not_held = SittingNotHeld {
                body: BodyId::parse("comite").unwrap(),
                from: "2026-02-01".parse().unwrap(),
                to: "2026-03-01".parse().unwrap(),
                reason: Some(reason),
                source: None,
            };
            desk.append(&zone, Actor::Loader, None, Word::SittingNotHeld(not_held))?;
            Ok::<_, record::Fault>(reason.sha256)
        };
        let (kept, gone) = (cite("Pas de salle.")?, cite("Un nom de trop.")?);
        let withdrawn = EnclosureWithdrawn {
            sha256: gone,
            ground: "personne-exposee".into(),
            decided_by: "la maison".into(),
            ordered_by: None,
            entry: None,
        };
        desk.append(&zone, Actor::Loader, None, Word::EnclosureWithdrawn(withdrawn))?;
        Ok((kept, gone))
    });
    house.guest(Behalf::Instance, terms::access::Role::Steward);
    let size = checkpoint(&house).await.size;
    let bundle = Bundle::in_tree(0, size).unwrap().to_string().replacen("tile/entries/", "pieces/", 1);
    let reply = found(&house, &bundle).await;
    assert_eq!(
        (reply.header("content-type"), reply.header("cache-control")),
        ("application/jsonl", "no-store")
    );
    let text = reply.text();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1, "neither the withdrawn one nor the name of a person: {text}");
    let cell = |name: &str| lines[0][name].as_str().unwrap();
    let salt: Vec<u8> =
        (0..64).step_by(2).map(|at| u8::from_str_radix(&cell("salt")[at..at + 2], 16).unwrap()).collect();
    let bytes = STANDARD.decode(cell("bytes")).unwrap();
    assert_eq!(bytes, "Pas de salle.".as_bytes());
    assert_eq!(Commitment::to(&Salt(salt.try_into().unwrap()), &bytes), kept);
    assert_eq!((cell("sha256"), lines[0]["entry"].as_u64()), (kept.to_string().as_str(), Some(11)));
    assert!(!text.contains(&gone.to_string()));
}
