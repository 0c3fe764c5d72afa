//! Fixed values: trees of the eight leaves that RFC 6962's reference code tests with, and notes of a
//! fictional log.
//!
//! All were computed outside this crate: hashes by the recursive definitions of RFC 6962 written in Python
//! with its own SHA-256, signatures by the Python package `cryptography`, with the private key of RFC 8032
//! section 7.1 test 1.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail as the test does")]

use tlog::*;

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const NAME: &str = "registre.example/essai";
const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const VERIFIER: &str = "registre.example/essai+3fb2e27d+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
const SIGNER: &str =
    "PRIVATE+KEY+registre.example/essai+3fb2e27d+AZ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";
const TEXT: &str = "Le comité s'est réuni.\n\nIl a siégé une heure.\n";
const NOTE: &str = "Le comité s'est réuni.\n\nIl a siégé une heure.\n\n— registre.example/essai \
    P7LifUnCGz/iTo1jsJJ0FDf8h3RKCGlUzr10BGH7dqEtU4w1XEeZVKOSbcLnKmerFOYL/bAf6xzthKjT79v5hbxuiA8=\n";
const EMPTY_LOG: &str = "registre.example/essai\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\
    — registre.example/essai \
    P7LifXHbuapbXq/b5wgAAZRpmS8KzdtECrVbfMEj5KgXAvNtXnom0GNHxb9/tCs2PxEAPlxta8F4uCQSRWBR6fvFUwE=\n";
const LOG_OF_EIGHT: &str = "registre.example/essai\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n\
    — registre.example/essai \
    P7LifcVDlJcGzklE6oq2PNg/ib85kQ80ykXe4nXfsU5ywt1x5YDfVc+QlaUK/LuVDJVwWnKTHrqzl8C90CemEutjjAk=\n";

fn eight_leaves() -> Tree {
    let mut tree = Tree::new();
    let long: Vec<u8> = (0x60..0x70).collect();
    let middle: Vec<u8> = (0x50..0x58).collect();
    let entries: [&[u8]; 8] =
        [&[], &[0], &[0x10], &[0x20, 0x21], &[0x30, 0x31], &[0x40, 0x41, 0x42, 0x43], &middle, &long];
    for entry in entries {
        tree.push(leaf_hash(entry));
    }
    tree
}

fn root(size: usize) -> Hash {
    Hash::from_hex(ROOTS[size]).unwrap()
}

fn starts(proof: &[Hash]) -> Vec<String> {
    proof.iter().map(|hash| hash.to_string()[..16].to_owned()).collect()
}

fn signer() -> Signer {
    Signer::from_seed(NAME, Hash::from_hex(SEED).unwrap().as_bytes()).unwrap()
}

#[test]
fn roots_of_every_size_to_eight() {
    let tree = eight_leaves();
    let mut frontier = Frontier::new();
    assert_eq!(empty_root(), root(0));
    for size in 0..=8 {
        assert_eq!(frontier.root(), root(size));
        assert_eq!(tree.root_at(size as u64).unwrap(), root(size));
        if let Some(leaf) = tree.leaf(size as u64) {
            frontier.push(leaf);
        }
    }
    assert_eq!(tree.root(), root(8));
    assert_eq!(tree.root_at(9), Err(ProofError::BeyondTree { size: 9, reached: 8 }));
}

#[test]
fn inclusion_proofs() {
    let tree = eight_leaves();
    let cases: [(u64, u64, &[&str]); 6] = [
        (0, 1, &[]),
        (0, 8, &["96a296d224f285c6", "5f083f0a1a33ca07", "6b47aaf29ee3c2af"]),
        (5, 8, &["bc1a0643b12e4d2d", "ca854ea128ed050b", "d37ee418976dd957"]),
        (2, 3, &["fac54203e7cc696c"]),
        (1, 5, &["6e340b9cffb37a98", "5f083f0a1a33ca07", "bc1a0643b12e4d2d"]),
        (6, 7, &["0ebc5d3437fbe2db", "d37ee418976dd957"]),
    ];
    for (index, size, expected) in cases {
        let proof = tree.inclusion_proof(index, size).unwrap();
        assert_eq!(starts(&proof), expected, "leaf {index} of {size}");
        let leaf = tree.leaf(index).unwrap();
        verify_inclusion(&leaf, index, size, &proof, &root(size as usize)).unwrap();
    }
    assert_eq!(tree.inclusion_proof(8, 8), Err(ProofError::IndexBeyondSize { index: 8, size: 8 }));
    assert_eq!(tree.inclusion_proof(0, 0), Err(ProofError::IndexBeyondSize { index: 0, size: 0 }));
    assert_eq!(tree.inclusion_proof(0, 9), Err(ProofError::BeyondTree { size: 9, reached: 8 }));
}

#[test]
fn consistency_proofs() {
    let tree = eight_leaves();
    let cases: [(u64, u64, &[&str]); 6] = [
        (1, 1, &[]),
        (1, 8, &["96a296d224f285c6", "5f083f0a1a33ca07", "6b47aaf29ee3c2af"]),
        (6, 8, &["0ebc5d3437fbe2db", "ca854ea128ed050b", "d37ee418976dd957"]),
        (2, 5, &["5f083f0a1a33ca07", "bc1a0643b12e4d2d"]),
        (3, 7, &["0298d122906dcfc1", "07506a85fd9dd2f1", "fac54203e7cc696c", "837dbb152e9b0790"]),
        (4, 8, &["6b47aaf29ee3c2af"]),
    ];
    for (old, new, expected) in cases {
        let proof = tree.consistency_proof(old, new).unwrap();
        assert_eq!(starts(&proof), expected, "{old} to {new}");
        verify_consistency(old, new, &root(old as usize), &root(new as usize), &proof).unwrap();
    }
    assert_eq!(tree.consistency_proof(3, 2), Err(ProofError::Shrinks { old: 3, new: 2 }));
    assert_eq!(tree.consistency_proof(0, 2), Err(ProofError::FromEmpty { new: 2 }));
    assert_eq!(tree.consistency_proof(0, 0), Ok(vec![]));
    assert_eq!(tree.consistency_proof(3, 9), Err(ProofError::BeyondTree { size: 9, reached: 8 }));
}

#[test]
fn conventions_at_the_edges() {
    let (empty, one, eight) = (root(0), root(1), root(8));
    assert_eq!(verify_consistency(0, 1, &empty, &one, &[]), Err(ProofError::FromEmpty { new: 1 }));
    assert_eq!(verify_consistency(0, 1, &empty, &empty, &[empty]), Err(ProofError::FromEmpty { new: 1 }));
    assert_eq!(verify_consistency(0, 0, &empty, &empty, &[]), Ok(()));
    assert_eq!(verify_consistency(0, 0, &one, &one, &[]), Err(ProofError::EmptyTreeRoot));
    assert_eq!(verify_consistency(0, 0, &empty, &one, &[]), Err(ProofError::TwoRoots { size: 0 }));
    assert_eq!(verify_consistency(0, 0, &empty, &empty, &[one]), Err(ProofError::TooLong { found: 1 }));
    assert_eq!(verify_consistency(8, 8, &eight, &one, &[]), Err(ProofError::TwoRoots { size: 8 }));
    assert_eq!(verify_consistency(8, 7, &eight, &one, &[]), Err(ProofError::Shrinks { old: 8, new: 7 }));
    assert_eq!(verify_consistency(1, 8, &one, &eight, &[]), Err(ProofError::TooShort { found: 0 }));
    assert_eq!(verify_inclusion(&one, 0, 1, &[], &one), Ok(()));
    assert_eq!(verify_inclusion(&one, 0, 1, &[one], &one), Err(ProofError::TooLong { found: 1 }));
    assert_eq!(verify_inclusion(&one, 0, 2, &[], &one), Err(ProofError::TooShort { found: 0 }));
    let mismatch = ProofError::RootMismatch { computed: one, expected: eight };
    assert_eq!(verify_inclusion(&one, 0, 1, &[], &eight), Err(mismatch));
    for bytes in [0, 12, 31, 33] {
        assert_eq!(Hash::try_from(vec![0; bytes].as_slice()), Err(HashError::Length(bytes)));
    }
}

#[test]
fn largest_sizes_do_not_overflow() {
    let hash = root(1);
    for length in [0, 1, 63, 64, 65, 200] {
        let proof = vec![hash; length];
        for (index, size) in [(0, u64::MAX), (u64::MAX - 1, u64::MAX), (1 << 63, u64::MAX), (0, 1 << 63)] {
            assert!(verify_inclusion(&hash, index, size, &proof, &hash).is_err());
            assert!(verify_consistency(index.max(1), size, &hash, &hash, &proof).is_err());
        }
    }
}

#[test]
fn hashes_in_text() {
    let hash = root(8);
    assert_eq!(hash.to_string(), ROOTS[8]);
    assert_eq!(hash.hex().to_string(), ROOTS[8]);
    assert_eq!(hash.base64().to_string(), "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=");
    assert_eq!(Hash::from_base64("XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="), Ok(hash));
    // Without padding, with stray bits, in the alphabet for addresses.
    for other in [
        "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg",
        "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyh=",
        "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz-Nw7_RgQyg=",
    ] {
        assert_eq!(Hash::from_base64(other), Err(HashError::Base64), "{other}");
    }
    assert_eq!(Hash::from_base64(""), Err(HashError::Length(0)));
    assert_eq!(Hash::from_base64("AAAA"), Err(HashError::Length(3)));
    assert!(matches!(Hash::from_base64(&"A".repeat(48)), Err(HashError::Length(36))));
    assert_eq!(Hash::from_hex(&ROOTS[8].to_uppercase()), Ok(hash));
    assert_eq!(Hash::from_hex(&ROOTS[8][1..]), Err(HashError::Hex));
    assert_eq!(Hash::from_hex(&ROOTS[8].replace('5', "g")), Err(HashError::Hex));
}

#[test]
fn frontier_in_bytes() {
    let tree = eight_leaves();
    let mut frontier = Frontier::new();
    assert_eq!(frontier.to_bytes(), [0; 8]);
    for index in 0..5 {
        frontier.push(tree.leaf(index).unwrap());
    }
    let bytes = frontier.to_bytes();
    let (four, fifth) = (root(4), tree.leaf(4).unwrap());
    assert_eq!(bytes, [&5u64.to_be_bytes(), four.as_bytes().as_slice(), fifth.as_bytes()].concat());
    let mut again = Frontier::from_bytes(&bytes).unwrap();
    again.push(tree.leaf(5).unwrap());
    assert_eq!((again.size(), again.root()), (6, root(6)));

    assert_eq!(Frontier::from_bytes(&bytes[..7]), Err(FrontierError::NoSize(7)));
    for found in [8, 40, 71, 73] {
        let mut wrong = bytes.clone();
        wrong.resize(found, 0);
        assert_eq!(Frontier::from_bytes(&wrong), Err(FrontierError::Length { size: 5, expected: 72, found }));
    }
    let size = frontier::MAX_FRONTIER_LEAVES + 1;
    assert_eq!(Frontier::from_bytes(&size.to_be_bytes()), Err(FrontierError::TooLarge(size)));
}

#[test]
fn keys_in_text() {
    let signer = signer();
    assert_eq!(signer.verifier_key().to_string(), VERIFIER);
    assert_eq!(signer.to_text(), SIGNER);
    assert_eq!(Signer::parse(SIGNER).unwrap().to_text(), SIGNER);
    let key = VerifierKey::parse(VERIFIER).unwrap();
    assert_eq!((key.name(), key.id()), (NAME, [0x3f, 0xb2, 0xe2, 0x7d]));
    assert_eq!(&key, signer.verifier_key());
    assert_eq!(VerifierKey::parse(&VERIFIER.replace("3fb2e27d", "3FB2E27D")).unwrap(), key);
    // The one printed form of the signer tells nothing of the secret.
    assert_eq!(format!("{signer:?}"), format!("Signer({VERIFIER})"));
}

#[test]
fn keys_that_are_refused() {
    let refused = |text: &str| VerifierKey::parse(text).unwrap_err();
    assert_eq!(refused(""), KeyError::VerifierParts);
    assert_eq!(refused("a+3fb2e27d"), KeyError::VerifierParts);
    assert_eq!(refused(&VERIFIER[NAME.len()..]), KeyError::NameEmpty);
    assert_eq!(refused(&VERIFIER.replace('/', "\u{a0}")), KeyError::NameCharacter('\u{a0}'));
    assert_eq!(refused(&VERIFIER.replace('/', "\n")), KeyError::NameCharacter('\n'));
    assert_eq!(refused(&VERIFIER.replace("3fb2e27d", "3fb2e27")), KeyError::Id);
    assert_eq!(refused(&VERIFIER.replace("3fb2e27d", "+fb2e27d")), KeyError::Id);
    assert_eq!(refused(&VERIFIER.replace("AddamA", "Add mA")), KeyError::Base64);
    assert_eq!(refused(&VERIFIER.replace("+Add", "+BNd")), KeyError::Type(4));
    assert_eq!(refused("a+3fb2e27d+"), KeyError::Length(0));
    assert_eq!(refused("a+3fb2e27d+AQAA"), KeyError::Length(3));
    let mismatch = KeyError::IdMismatch { written: "3fb2e27e".to_owned(), computed: "3fb2e27d".to_owned() };
    assert_eq!(refused(&VERIFIER.replace("3fb2e27d", "3fb2e27e")), mismatch);
    assert!(matches!(refused(&VERIFIER.replace("essai", "autre")), KeyError::IdMismatch { .. }));
    // A point of order 1 (the neutral element): a signature under it can be made for any text.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert_eq!(VerifierKey::new("a", &neutral), Err(KeyError::Point));
    let long = "a".repeat(note::MAX_KEY_NAME_BYTES);
    assert!(Signer::from_seed(&long, &[1; 32]).is_ok());
    assert_eq!(Signer::from_seed(&format!("{long}a"), &[1; 32]).unwrap_err(), KeyError::NameTooLong(256));
    assert_eq!(Signer::parse(VERIFIER).unwrap_err(), KeyError::SignerParts);
    assert_eq!(Signer::parse("PRIVATE+KEY+a").unwrap_err(), KeyError::SignerParts);
    let altered = SIGNER.replace("3fb2e27d", "00000000");
    assert!(matches!(Signer::parse(&altered).unwrap_err(), KeyError::IdMismatch { .. }));
}

#[test]
fn a_note_signed_and_read() {
    assert_eq!(signer().sign(TEXT).unwrap(), NOTE);
    let note = Note::parse(NOTE.as_bytes()).unwrap();
    assert_eq!(note.text(), TEXT);
    assert_eq!(note.to_string(), NOTE);
    assert_eq!(note.signatures().len(), 1);
    assert_eq!(note.signatures()[0].name(), NAME);
    assert_eq!(note.signatures()[0].bytes().len(), 64);
    assert_eq!(note.verified_by(signer().verifier_key()), Ok(TEXT));
}

#[test]
fn whose_signatures_count() {
    let (ours, other) = (signer(), Signer::from_seed("autre.example", &[2; 32]).unwrap());
    let same_name = Signer::from_seed(NAME, &[3; 32]).unwrap();
    let line = |signer: &Signer, text: &str| signer.sign(text).unwrap()[text.len() + 1..].to_owned();
    let note = |lines: &[String]| Note::parse(format!("{TEXT}\n{}", lines.concat()).as_bytes()).unwrap();
    let not_signed = Err(NoteError::NotSigned { key: VERIFIER.to_owned() });
    let false_signature = Err(NoteError::FalseSignature { key: VERIFIER.to_owned() });
    let key = ours.verifier_key();

    let beside_others = note(&[line(&other, "faux\n"), line(&same_name, TEXT), line(&ours, TEXT)]);
    assert_eq!(beside_others.verified_by(key), Ok(TEXT));
    assert_eq!(beside_others.verified_by(same_name.verifier_key()), Ok(TEXT));
    assert!(beside_others.verified_by(other.verifier_key()).is_err());
    assert_eq!(note(&[line(&other, TEXT), line(&same_name, TEXT)]).verified_by(key), not_signed);
    assert_eq!(note(&[line(&ours, "faux\n")]).verified_by(key), false_signature);
    assert_eq!(note(&[line(&ours, TEXT), line(&ours, "faux\n")]).verified_by(key), false_signature);
    // A signature of the key's name and id, but of 63 bytes.
    let bytes = "P7LifXHbuapbXq/b5wgAAZRpmS8KzdtECrVbfMEj5KgXAvNt\
        Xnom0GNHxb9/tCs2PxEAPlxta8F4uCQSRWBR6fvFUw==";
    let short = format!("— {NAME} {bytes}\n");
    assert_eq!(note(&[short]).verified_by(key), false_signature);
}

#[test]
fn notes_that_are_refused() {
    let refused = |text: &str| Note::parse(text.as_bytes()).unwrap_err();
    let good = "— a AAAAAAA=\n";
    assert!(Note::parse(format!("t\n\n{good}").as_bytes()).is_ok());
    assert_eq!(refused(""), NoteError::NoFinalNewline);
    assert_eq!(refused("t\n\n— a AAAAAAA="), NoteError::NoFinalNewline);
    assert_eq!(refused(&format!("t\n{good}")), NoteError::NoEmptyLine);
    assert_eq!(refused("t\n\n"), NoteError::SignatureLine { line: 1 });
    assert_eq!(refused(&format!("t\r\n\n{good}")), NoteError::Control { byte: b'\r', at: 1 });
    assert_eq!(Note::parse(b"t\xff\n\n"), Err(NoteError::NotUtf8 { at: 1 }));
    for bad in [
        "- a AAAAAAA=",
        "—  AAAAAAA=",
        "— a",
        "— a+b AAAAAAA=",
        "— a\u{2003}b AAAAAAA=",
        "— a AAAAAA==",
        "— a AAAAAAA",
        "— a AAAAAAB=",
        "— a AAAAAAA= ",
        "— a b AAAAAAA=",
    ] {
        let note = format!("t\n\n{good}{bad}\n");
        assert_eq!(refused(&note), NoteError::SignatureLine { line: 2 }, "{bad}");
    }
    assert!(Note::parse(format!("t\n\n{}", good.repeat(note::MAX_SIGNATURES)).as_bytes()).is_ok());
    let too_many = format!("t\n\n{}", good.repeat(note::MAX_SIGNATURES + 1));
    assert_eq!(refused(&too_many), NoteError::TooManySignatures);
    let largest = note::MAX_NOTE_BYTES;
    let filler = "t".repeat(largest - good.len() - 2);
    assert!(Note::parse(format!("{filler}\n\n{good}").as_bytes()).is_ok());
    assert_eq!(refused(&format!("t{filler}\n\n{good}")), NoteError::TooLarge(largest + 1));

    let signer = signer();
    assert_eq!(signer.sign(""), Err(NoteError::NoFinalNewline));
    assert_eq!(signer.sign("t"), Err(NoteError::NoFinalNewline));
    assert_eq!(signer.sign("\t\n"), Err(NoteError::Control { byte: b'\t', at: 0 }));
    let text = format!("{}\n", "t".repeat(largest - 1));
    assert!(matches!(signer.sign(&text), Err(NoteError::TooLarge(_))));
}

#[test]
fn checkpoints_signed_and_opened() {
    let signer = signer();
    for (size, note) in [(0, EMPTY_LOG), (8, LOG_OF_EIGHT)] {
        let root = root(size);
        let checkpoint = Checkpoint { origin: NAME.to_owned(), size: size as u64, root, extensions: vec![] };
        assert_eq!(sign_checkpoint(&checkpoint, &signer).unwrap(), note);
        assert_eq!(open_checkpoint(note.as_bytes(), signer.verifier_key()).unwrap(), checkpoint);
        assert_eq!(open_checkpoint_of(NAME, note.as_bytes(), signer.verifier_key()).unwrap(), checkpoint);
    }
    let other_log = CheckpointError::Origin { expected: "autre".to_owned(), found: NAME.to_owned() };
    let opened = open_checkpoint_of("autre", LOG_OF_EIGHT.as_bytes(), signer.verifier_key());
    assert_eq!(opened, Err(other_log));
    // The key is right, the origin another log's: the note itself holds.
    let text = LOG_OF_EIGHT.split_once("\n\n").unwrap().0.replace(NAME, "autre") + "\n";
    let note = signer.sign(&text).unwrap();
    let refused = CheckpointError::Origin { expected: NAME.to_owned(), found: "autre".to_owned() };
    assert_eq!(open_checkpoint(note.as_bytes(), signer.verifier_key()), Err(refused));
    assert!(open_checkpoint_of("autre", note.as_bytes(), signer.verifier_key()).is_ok());
}

#[test]
fn checkpoints_that_are_refused() {
    let hash = root(8).base64().to_string();
    let read = |size: &str, root: &str| Checkpoint::parse(&format!("o\n{size}\n{root}\n"));
    assert_eq!(read("8", &hash).unwrap().size, 8);
    assert_eq!(read("18446744073709551615", &hash).unwrap().size, u64::MAX);
    for size in ["08", "00", "-1", "+8", " 8", "8 ", "0x8", "8.0", "٨", "18446744073709551616", "a"] {
        assert_eq!(read(size, &hash), Err(CheckpointError::Size), "{size}");
    }
    assert_eq!(read("0", &hash), Err(CheckpointError::EmptyTreeRoot));
    assert_eq!(read("8", "AAAA"), Err(CheckpointError::Root(HashError::Length(3))));
    assert_eq!(read("8", hash.trim_end_matches('=')), Err(CheckpointError::Root(HashError::Base64)));
    assert_eq!(read("", &hash), Err(CheckpointError::EmptyLine { line: 2 }));
    let parse = |text: String| Checkpoint::parse(&text).unwrap_err();
    assert_eq!(parse(format!("\n8\n{hash}\n")), CheckpointError::EmptyLine { line: 1 });
    assert_eq!(parse(format!("o\n8\n{hash}\nx\n\n")), CheckpointError::EmptyLine { line: 5 });
    assert_eq!(parse("o\n8\n".to_owned()), CheckpointError::Lines);
    assert_eq!(parse(format!("o\n8\n{hash}")), CheckpointError::Note(NoteError::NoFinalNewline));
    let with_return = NoteError::Control { byte: b'\r', at: 1 };
    assert_eq!(parse(format!("o\r\n8\n{hash}\n")), CheckpointError::Note(with_return));
    let extended = format!("o\n8\n{hash}\nx\ny z\n");
    let checkpoint = Checkpoint::parse(&extended).unwrap();
    assert_eq!(checkpoint.extensions, ["x", "y z"]);
    assert_eq!(checkpoint.to_text(), extended);
}

#[test]
fn values_that_make_no_checkpoint_are_not_signed() {
    let signer = signer();
    let good = Checkpoint { origin: NAME.to_owned(), size: 8, root: root(8), extensions: vec![] };
    let sign = |checkpoint: Checkpoint| sign_checkpoint(&checkpoint, &signer).unwrap_err();
    let extended = |line: &str| Checkpoint { extensions: vec![line.to_owned()], ..good.clone() };
    assert_eq!(sign(extended("a\nb")), CheckpointError::NotOneLine);
    assert_eq!(sign(extended("")), CheckpointError::EmptyLine { line: 4 });
    assert_eq!(sign(extended("a\n")), CheckpointError::EmptyLine { line: 5 });
    assert_eq!(sign(Checkpoint { size: 0, ..good.clone() }), CheckpointError::EmptyTreeRoot);
    let elsewhere = sign(Checkpoint { origin: "autre".to_owned(), ..good.clone() });
    assert!(matches!(elsewhere, CheckpointError::Origin { .. }));
    assert!(sign_checkpoint(&good, &signer).is_ok());
}

#[test]
fn every_altered_byte_of_a_checkpoint_is_refused() {
    let key = VerifierKey::parse(VERIFIER).unwrap();
    let signed = sign_checkpoint(
        &Checkpoint { origin: NAME.to_owned(), size: 8, root: root(8), extensions: vec!["x".to_owned()] },
        &signer(),
    )
    .unwrap();
    for at in 0..signed.len() {
        for value in 0..=u8::MAX {
            let mut altered = signed.clone().into_bytes();
            if altered[at] == value {
                continue;
            }
            altered[at] = value;
            assert!(open_checkpoint(&altered, &key).is_err(), "byte {at} set to {value:#04x} is believed");
        }
        assert!(open_checkpoint(&signed.as_bytes()[..at], &key).is_err());
    }
}
