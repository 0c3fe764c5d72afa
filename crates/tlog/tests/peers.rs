//! Vectors of other implementations, read where a copy stands beside this repository, in `shared/data/tlog`.
//!
//! - `merkle-vectors`: github `transparency-dev/merkle` commit 417fb0c, `testdata` (Apache-2.0);
//! - `tessera`: github `transparency-dev/tessera` commit 1811ae1, `testdata/log` (Apache-2.0);
//! - `sumdb_checkpoint_35225469.txt`: a checkpoint of the Go module log, from `FiloSottile/torchwood` (ISC).
//!
//! Without the copy each test says on standard error that it was skipped. What they show is shown of our own
//! vectors too, in `golden.rs`.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail as the test does")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tlog::*;

fn copy_of(part: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/tlog").join(part);
    if path.exists() {
        return Some(path);
    }
    // Not `eprintln!`: the test runner would hide it from a run that passes.
    let _ = writeln!(std::io::stderr(), "SKIPPED: no copy of the peer vectors `{part}` stands here");
    None
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(json_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            found.push(path);
        }
    }
    found
}

/// The hash in a vector.
///
/// Some vectors put a few bytes of prose where any root would do: their SHA-256 stands for them here, so that
/// what was equal stays equal. No byte at all is no hash.
fn hash(value: &Value) -> Option<Hash> {
    let bytes = STANDARD.decode(value.as_str().unwrap()).unwrap();
    match bytes.len() {
        0 => None,
        32 => Hash::try_from(bytes.as_slice()).ok(),
        _ => Some(leaf_hash(&bytes)),
    }
}

fn hashes(value: &Value) -> Option<Vec<Hash>> {
    value.as_array().map_or(Some(vec![]), |list| list.iter().map(hash).collect())
}

/// Whether the vector's proof holds; a hash of no byte is a refusal.
fn verdict(vector: &Value) -> bool {
    let number = |field: &str| vector[field].as_u64().unwrap();
    let Some(proof) = hashes(&vector["proof"]) else { return false };
    if vector["size1"].is_u64() {
        let (Some(old), Some(new)) = (hash(&vector["root1"]), hash(&vector["root2"])) else { return false };
        return verify_consistency(number("size1"), number("size2"), &old, &new, &proof).is_ok();
    }
    let (Some(leaf), Some(root)) = (hash(&vector["leafHash"]), hash(&vector["root"])) else { return false };
    verify_inclusion(&leaf, number("leafIdx"), number("treeSize"), &proof, &root).is_ok()
}

#[test]
fn merkle_vectors() {
    let Some(folder) = copy_of("merkle-vectors") else { return };
    let (mut held, mut refused) = (0, 0);
    for file in ["inclusion", "consistency"].iter().flat_map(|part| json_files(&folder.join(part))) {
        let vector: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let holds = verdict(&vector);
        let expected = !vector["wantErr"].as_bool().unwrap();
        assert_eq!(holds, expected, "{}: {}", file.display(), vector["desc"]);
        *(if holds { &mut held } else { &mut refused }) += 1;
    }
    assert_eq!(held + refused, 196, "{held} held, {refused} refused");
    assert!(held > 10 && refused > 100, "{held} held, {refused} refused");
}

/// The entries of a bundle: each a length of two bytes, big-endian, and as many bytes.
fn entries(mut bundle: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    while let Some((length, rest)) = bundle.split_first_chunk::<2>() {
        let (entry, rest) = rest.split_at(u16::from_be_bytes(*length).into());
        found.push(entry);
        bundle = rest;
    }
    found
}

#[test]
fn tessera_log_at_every_size() {
    let Some(folder) = copy_of("tessera") else { return };
    let key = VerifierKey::parse(fs::read_to_string(folder.join("PUBKEY.txt")).unwrap().trim()).unwrap();
    let bundle = fs::read(folder.join("log/tile/entries/000.p/15")).unwrap();
    let mut tree = Tree::new();
    entries(&bundle).into_iter().for_each(|entry| tree.push(leaf_hash(entry)));
    assert_eq!(tree.size(), 15);
    let mut before: Option<Checkpoint> = None;
    for size in 0..=15 {
        let note = fs::read(folder.join(format!("log/checkpoint.{size}"))).unwrap();
        let checkpoint = open_checkpoint(&note, &key).unwrap();
        assert_eq!((checkpoint.size, checkpoint.root), (size, tree.root_at(size).unwrap()));
        if let Some(old) = before.filter(|old| old.size > 0) {
            let proof = tree.consistency_proof(old.size, size).unwrap();
            verify_consistency(old.size, size, &old.root, &checkpoint.root, &proof).unwrap();
        }
        before = Some(checkpoint);
    }
}

#[test]
fn checkpoint_of_the_go_module_log() {
    let Some(file) = copy_of("sumdb_checkpoint_35225469.txt") else { return };
    let note = fs::read(file).unwrap();
    let key =
        VerifierKey::parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").unwrap();
    let checkpoint = open_checkpoint_of("go.sum database tree", &note, &key).unwrap();
    assert_eq!(checkpoint.size, 35_225_469);
    // Its origin is not the name of its key.
    assert!(matches!(open_checkpoint(&note, &key), Err(CheckpointError::Origin { .. })));
}
