//! The reference implementation of transparency logs, Go's `golang.org/x/mod/sumdb`, asked about random trees,
//! tiles, proofs, notes and cosignatures, both ways: it reads what this crate makes, and this crate what it
//! makes.
//!
//! Needs the packages `golang-go` and `golang-golang-x-mod-dev` of Debian, which `cargo xtask test` installs. A
//! run without them says so on standard error; with `TOGUNA_GO` set to the program, it fails.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail as the test does")]

mod oracle;
mod vectors;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tlog::tile::*;
use tlog::*;

/// The oracle compiled, once for all tests; nothing if this machine has not what it takes.
fn compiled() -> Option<&'static Path> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    PROGRAM.get_or_init(|| oracle::compile(Path::new(env!("CARGO_TARGET_TMPDIR")))).as_deref()
}

/// The oracle at work: it answers a line for a line.
struct Go {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Go {
    fn start() -> Option<Self> {
        let Some(program) = compiled() else {
            oracle::say_skipped();
            return None;
        };
        let mut process = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let questions = process.stdin.take().unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap());
        Some(Self { process, questions, answers })
    }

    /// What it answers; nothing where it refuses.
    fn ask(&mut self, question: &str) -> Option<String> {
        writeln!(self.questions, "{question}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        assert!(answer.ends_with('\n'), "the oracle is gone at: {question}");
        answer.pop();
        (answer != "no").then_some(answer)
    }
}

impl Drop for Go {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn entry(index: u64, salt: u32) -> Vec<u8> {
    format!("entrée {index} {salt}").into_bytes()
}

fn tree_of(size: u64, salt: u32) -> Tree {
    let mut tree = Tree::new();
    (0..size).for_each(|index| tree.push(leaf_hash(&entry(index, salt))));
    tree
}

fn list(hashes: &[Hash]) -> String {
    hashes.iter().map(Hash::to_string).collect::<Vec<_>>().join(",")
}

fn in_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> String {
    String::from_utf8(vectors::hex(text)).unwrap()
}

/// Runs a property so many times with one oracle.
fn with_oracle<S: Strategy>(cases: u32, values: S, test: impl Fn(&mut Go, S::Value)) {
    let Some(go) = Go::start() else { return };
    let go = RefCell::new(go);
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) });
    runner
        .run(&values, |value| {
            test(&mut go.borrow_mut(), value);
            Ok(())
        })
        .unwrap();
}

#[test]
fn trees_and_proofs() {
    let sizes = prop_oneof![1u64..600, 65_500u64..66_000];
    let values = (sizes, any::<u32>(), prop::collection::vec((any::<u64>(), any::<u64>(), 0u8..6), 40));
    with_oracle(24, values, |go, (size, salt, asked)| {
        let tree = tree_of(size, salt);
        assert_eq!(go.ask(&format!("grow {size} {salt}")), Some(tree.root().to_string()));
        for (at, of, change) in asked {
            let of = 1 + of % size;
            let index = at % of;
            let (root, leaf) = (tree.root_at(of).unwrap(), tree.leaf(index).unwrap());
            assert_eq!(go.ask(&format!("root {of}")), Some(root.to_string()));
            let proof = tree.inclusion_proof(index, of).unwrap();
            assert_eq!(go.ask(&format!("prove {of} {index}")), Some(list(&proof)));
            let altered = alter(proof, change);
            let ours = verify_inclusion(&leaf, index, of, &altered, &root).is_ok();
            let theirs = go.ask(&format!("check {of} {root} {index} {leaf} {}", list(&altered)));
            assert_eq!(ours, theirs.is_some(), "leaf {index} of {of}, change {change}");

            let (old, before) = (index + 1, tree.root_at(index + 1).unwrap());
            let proof = tree.consistency_proof(old, of).unwrap();
            assert_eq!(go.ask(&format!("prove-tree {of} {old}")), Some(list(&proof)));
            let altered = alter(proof, change);
            let ours = verify_consistency(old, of, &before, &root, &altered).is_ok();
            let theirs = go.ask(&format!("check-tree {of} {root} {old} {before} {}", list(&altered)));
            assert_eq!(ours, theirs.is_some(), "{old} to {of}, change {change}");
        }
    });
}

fn alter(mut proof: Vec<Hash>, change: u8) -> Vec<Hash> {
    match change {
        1 => drop(proof.pop()),
        2 => proof.push(empty_root()),
        3 => proof.reverse(),
        4 if !proof.is_empty() => proof[0] = empty_root(),
        _ => {}
    }
    proof
}

#[test]
fn tiles_written_here_and_read_there_and_back() {
    let sizes = prop_oneof![1u64..1_000, 65_400u64..66_200];
    with_oracle(12, (sizes, any::<u32>(), any::<u64>(), any::<u64>()), |go, (size, salt, index, old)| {
        let (index, old) = (index % size, 1 + old % size);
        let root = go.ask(&format!("grow {size} {salt}")).unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("go-tiles-{}", std::process::id()));
        let (ours, theirs) = (folder.join("ours"), folder.join("theirs"));
        let mut edge = TileEdge::new();
        (0..size).for_each(|index| edge.push(leaf_hash(&entry(index, salt))));
        assert_eq!(edge.root().to_string(), root);
        for (tile, bytes) in edge.take_full().into_iter().chain(edge.partial()) {
            let path = ours.join(tile.to_string());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        assert_eq!(go.ask(&format!("write {} {size}", theirs.display())).as_deref(), Some("yes"));
        for tile in new_tiles(0, size) {
            let path = tile.to_string();
            assert_eq!(fs::read(ours.join(&path)).unwrap(), fs::read(theirs.join(&path)).unwrap(), "{path}");
        }
        let read = |tile: Tile| fs::read(theirs.join(tile.to_string())).map_err(|fault| fault.to_string());
        let mut tiled = TiledTree::open(size, &edge.root(), read).unwrap();
        let inclusion = tiled.inclusion_proof(index).unwrap();
        let proofs = format!("{} {}", list(&inclusion), list(&tiled.consistency_proof(old).unwrap()));
        let question = format!("read {} {size} {root} {index} {old}", ours.display());
        assert_eq!(go.ask(&question), Some(proofs));
        // A bit altered in a tile that the proof needs is found here and there.
        let tiles = tiles_for_inclusion(index, size).unwrap();
        let path = tiles[(salt as usize) % tiles.len()].to_string();
        for folder in [&ours, &theirs] {
            let mut bytes = fs::read(folder.join(&path)).unwrap();
            let at = salt as usize % bytes.len();
            bytes[at] ^= 1;
            fs::write(folder.join(&path), bytes).unwrap();
        }
        let refused = TiledTree::open(size, &edge.root(), read).and_then(|mut tiled| tiled.leaf(index));
        assert!(refused.is_err(), "{path}");
        // Before version 0.40 Go believes some full tiles unchecked (CVE-2026-56865); never a partial one.
        if go.ask(&question).is_some() {
            assert!(Tile::parse(&path).unwrap().is_full(), "{path}");
        }
        fs::remove_dir_all(folder).unwrap();
    });
}

#[test]
fn which_tiles_a_growing_tree_writes() {
    // Go counts in 63 bits; lists are kept short by growing little, or from little.
    let sizes = (0u64..1 << 40, prop_oneof![0u64..3, 0u64..100_000]);
    with_oracle(200, sizes, |go, (old, grown)| {
        let new = old + grown;
        let ours: Vec<String> = new_tiles(old, new).map(|tile| as_there(&tile.to_string())).collect();
        let theirs = go.ask(&format!("new-tiles {old} {new}")).unwrap();
        // Older versions list the partial tiles of every size from the old to the new: the last one counts.
        let place = |path: &str| path.split(".p/").next().map(str::to_owned);
        let mut theirs: Vec<&str> = theirs.split(',').filter(|path| !path.is_empty()).collect();
        theirs.reverse();
        theirs.dedup_by_key(|path| place(path));
        theirs.reverse();
        let unchanged = |path: &str| {
            let tile = Tile::parse(&path.replacen("tile/8/", "tile/", 1)).unwrap();
            Tile::in_tree(tile.level(), tile.index(), old) == Some(tile)
        };
        theirs.retain(|path| !unchanged(path));
        assert_eq!(theirs, ours, "{old} {new}");
    });
}

fn as_there(path: &str) -> String {
    path.replacen("tile/", "tile/8/", 1)
}

/// Pieces of paths put together anyhow are read by both or by none, and as the same tile.
#[test]
fn paths_of_tiles() {
    let pieces = [
        "tile", "0", "7", "63", "64", "00", "000", "001", "x001", "x000", "x234", "067", "1234", "000.p",
        "0.p", "1", "255", "256", "data", "x", "",
    ];
    let paths = prop_oneof![
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..6)
            .prop_map(|pieces| pieces.join("/")),
        (0u8..=64, any::<u64>(), 1u16..=256).prop_map(|(level, index, width)| {
            let tile = Tile::new(level.min(63), index >> (index % 64), width).unwrap().to_string();
            tile.trim_start_matches("tile/").to_owned()
        }),
    ];
    let read = RefCell::new(0);
    with_oracle(3_000, paths, |go, path| {
        let ours = Tile::parse(&format!("tile/{path}"));
        let theirs = go.ask(&format!("path tile/8/{path}"));
        // Go has no tile above index 2^63, allows empty ones and any level, and names bundles `data`, level -1.
        let comparable = |tile: &Tile| tile.index() < 1 << 63;
        match (&ours, &theirs) {
            (Ok(tile), Some(theirs)) => {
                let ours = format!("8 {} {} {}", tile.level(), tile.index(), tile.width());
                assert_eq!(&ours, theirs);
                *read.borrow_mut() += 1;
            }
            (Ok(tile), None) => assert!(!comparable(tile), "{path} is read here alone"),
            (Err(_), Some(theirs)) => {
                let level: i64 = theirs.split(' ').nth(1).unwrap().parse().unwrap();
                assert!(
                    !(0..=63).contains(&level) || theirs.ends_with(" 0"),
                    "{path} is read there alone, as {theirs}"
                );
            }
            (Err(_), None) => {}
        }
    });
    assert!(compiled().is_none() || *read.borrow() > 1_000, "only {} paths were read", read.borrow());
}

#[test]
fn notes() {
    let values = (
        any::<[u8; 32]>(),
        "[^\\s+\\x00-\\x1f]{1,30}",
        "([^\\x00-\\x1f]{0,20}\n){1,6}",
        any::<prop::sample::Index>(),
    );
    with_oracle(200, values, |go, (seed, name, text, at)| {
        let signer = Signer::from_seed(&name, &seed).unwrap();
        let ours = signer.sign(&text).unwrap();
        let question = format!("sign {} {}", signer.to_text(), in_hex(text.as_bytes()));
        assert_eq!(go.ask(&question).map(|note| from_hex(&note)).as_ref(), Some(&ours));
        let opened = go.ask(&format!("open {} {}", signer.verifier_key(), in_hex(ours.as_bytes())));
        assert_eq!(opened.map(|text| from_hex(&text)).as_ref(), Some(&text));
        let mut altered = ours.into_bytes();
        let at = at.index(altered.len());
        altered[at] ^= 1;
        let ours =
            Note::parse(&altered).and_then(|note| note.verified_by(signer.verifier_key()).map(str::to_owned));
        assert!(ours.is_err());
        // Go lets stray bits pass at the end of the base64, where this crate does not: the text is the same.
        if let Some(opened) = go.ask(&format!("open {} {}", signer.verifier_key(), in_hex(&altered))) {
            assert_eq!(from_hex(&opened), text);
        }
    });
}

#[test]
fn checkpoints_and_cosignatures() {
    // The one origin that the package reads.
    let origin = "go.sum database tree";
    let values = (any::<[u8; 32]>(), "[a-z./]{1,30}", 1u64..1 << 63, any::<[u8; 32]>(), 0u64..1 << 63);
    with_oracle(200, values, |go, (seed, name, size, root, time)| {
        let root = Hash::from_bytes(root);
        let checkpoint = Checkpoint { origin: origin.into(), size, root, extensions: vec![] };
        let text = checkpoint.to_text();
        let parsed = go.ask(&format!("checkpoint {}", in_hex(text.as_bytes())));
        assert_eq!(parsed, Some(format!("{size} {root}")));
        let cosigner = Cosigner::from_seed(&name, &seed).unwrap();
        let line = cosigner.cosign(&text, time).unwrap();
        let ours = format!("{text}\n{line}\n");
        let theirs = go.ask(&format!("cosign {name} {} {time} {}", in_hex(&seed), in_hex(text.as_bytes())));
        assert_eq!(theirs.map(|note| from_hex(&note)).as_ref(), Some(&ours));
        let question = |note: &str| format!("cosigned {} {}", cosigner.key(), in_hex(note.as_bytes()));
        assert_eq!(go.ask(&question(&ours)), Some(time.to_string()));
        assert_eq!(cosigner.key().cosigned(&Note::parse(ours.as_bytes()).unwrap()), Ok(time));
        let altered = ours.replacen(origin, "go.sum database trees", 1);
        assert_eq!(go.ask(&question(&altered)), None);
        assert!(cosigner.key().cosigned(&Note::parse(altered.as_bytes()).unwrap()).is_err());
    });
}

/// The tests above compare what they say they compare: every question of the oracle is asked.
#[test]
fn the_oracle_knows_what_it_is_asked() {
    let source =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/main.go")).unwrap();
    let questions: BTreeSet<&str> =
        source.lines().filter_map(|line| line.trim().strip_prefix("case \"")?.strip_suffix("\":")).collect();
    let asked = include_str!("go.rs");
    assert_eq!(questions.len(), 15);
    for question in questions {
        assert!(asked.contains(&format!("\"{question} ")), "{question} is never asked");
    }
}
