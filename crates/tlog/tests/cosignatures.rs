//! Cosignatures and proof files: fixed values made elsewhere, and what must be refused.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail as the test does")]

mod vectors;

use proptest::prelude::*;
use tlog::*;
use vectors::*;

#[test]
fn keys_of_cosigners_in_text() {
    let cosigner = Cosigner::parse(ONE_SECRET).unwrap();
    assert_eq!(cosigner.key().to_string(), ONE_KEY);
    assert_eq!(cosigner.to_text(), ONE_SECRET);
    assert_eq!((cosigner.name(), one().id()), ("temoin.example/un", [0xbb, 0xfc, 0x26, 0x57]));
    assert_eq!(CosignerKey::new("temoin.example/un", &one().key_bytes()).unwrap(), one());
    // The one printed form of the cosigner tells nothing of the secret.
    assert_eq!(format!("{cosigner:?}"), format!("Cosigner({ONE_KEY})"));
    // The two types of key do not pass for each other.
    assert_eq!(CosignerKey::parse(ONE_AS_LOG), Err(KeyError::Type(1)));
    assert_eq!(VerifierKey::parse(ONE_KEY), Err(KeyError::Type(4)));
    let as_other_type = ONE_AS_LOG.replace("+AT1A", "+BD1A");
    assert!(matches!(CosignerKey::parse(&as_other_type), Err(KeyError::IdMismatch { .. })));
    assert_eq!(VerifierKey::parse(ONE_AS_LOG).unwrap().key_bytes(), one().key_bytes());
}

#[test]
fn a_checkpoint_cosigned() {
    let cosigner = Cosigner::parse(ONE_SECRET).unwrap();
    let line = cosigner.cosign(TEXT_OF_EIGHT, ONE_TIME).unwrap();
    assert_eq!(format!("{line}\n"), ONE_LINE);
    let note = note_of_eight(&[LOG_LINE]).with(line.clone()).unwrap();
    assert_eq!(note, note_of_eight(&[LOG_LINE, ONE_LINE]));
    assert_eq!(one().cosigned(&note), Ok(ONE_TIME));
    assert_eq!(two().cosigned(&note), Err(NoteError::NotSigned { key: TWO_KEY.to_owned() }));
    assert_eq!(checkpoint_of(LOG, &note, &log_key()).unwrap().size, 8);
    // Cosigned anew, the line takes the place of the former one.
    let later = cosigner.cosign(TEXT_OF_EIGHT, TWO_TIME).unwrap();
    let again = note.with(later).unwrap();
    assert_eq!((again.signatures().len(), one().cosigned(&again)), (2, Ok(TWO_TIME)));
}

#[test]
fn the_moments_of_cosignatures() {
    let cosigner = Cosigner::parse(ONE_SECRET).unwrap();
    let last = cosignature::MAX_COSIGNATURE_TIME;
    for (line, time) in [(ONE_AT_ZERO, 0), (ONE_LINE, ONE_TIME), (ONE_AT_LAST, last)] {
        assert_eq!(format!("{}\n", cosigner.cosign(TEXT_OF_EIGHT, time).unwrap()), line);
        assert_eq!(one().cosigned(&note_of_eight(&[line])), Ok(time));
    }
    assert_eq!(cosigner.cosign(TEXT_OF_EIGHT, last + 1), Err(CosignatureError::Time(last + 1)));
    let refused = Err(NoteError::FalseSignature { key: ONE_KEY.to_owned() });
    assert_eq!(one().cosigned(&note_of_eight(&[ONE_TOO_LATE])), refused);
    // Of several, the last counts, and all must hold.
    assert_eq!(one().cosigned(&note_of_eight(&[ONE_LINE, ONE_AT_ZERO])), Ok(ONE_TIME));
    assert_eq!(one().cosigned(&note_of_eight(&[ONE_LINE, ONE_TOO_LATE])), refused);
}

#[test]
fn nothing_but_checkpoints_is_cosigned() {
    let cosigner = Cosigner::parse(ONE_SECRET).unwrap();
    for text in ["", "a\n", "registre.example/essai\n0\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"] {
        assert!(matches!(cosigner.cosign(text, 1), Err(CosignatureError::Checkpoint(_))), "{text:?}");
    }
    let extended = format!("{TEXT_OF_EIGHT}suite\n");
    let line = cosigner.cosign(&extended, 1).unwrap();
    let note = Note::parse(format!("{extended}\n{line}\n").as_bytes()).unwrap();
    assert_eq!(one().cosigned(&note), Ok(1));
    // The extension is in what was cosigned.
    let without = Note::parse(format!("{TEXT_OF_EIGHT}\n{line}\n").as_bytes()).unwrap();
    assert!(one().cosigned(&without).is_err());
}

#[test]
fn every_altered_byte_of_a_cosigned_checkpoint_is_refused() {
    let text = format!("{TEXT_OF_EIGHT}\n{ONE_LINE}");
    for at in 0..text.len() {
        for flip in 1..=u8::MAX {
            let mut altered = text.clone().into_bytes();
            altered[at] ^= flip;
            let believed = Note::parse(&altered).and_then(|note| one().cosigned(&note));
            assert!(believed.is_err(), "byte {at} altered by {flip:#04x} is believed");
        }
    }
}

fn file(extra: &str, checkpoint: &[&str]) -> String {
    format!(
        "c2sp.org/tlog-proof@v1\n{extra}index 5\n{PATH_OF_FIVE}\n{TEXT_OF_EIGHT}\n{}",
        checkpoint.concat()
    )
}

fn leaf() -> Hash {
    Hash::from_base64(LEAF_FIVE).unwrap()
}

#[test]
fn a_proof_file_read_and_verified() {
    assert_eq!(leaf_hash(b"\x40\x41\x42\x43"), leaf());
    let with_extra = file("extra w6A=\n", &[LOG_LINE, ONE_LINE, TWO_LINE]);
    for (text, extra) in [(with_extra, "à"), (file("", &[LOG_LINE]), "")] {
        let proof = ProofFile::parse(text.as_bytes()).unwrap();
        assert_eq!((proof.index, proof.hashes.len(), proof.extra.as_slice()), (5, 3, extra.as_bytes()));
        assert_eq!(proof.to_string(), text);
        assert_eq!(proof.verify(&leaf(), &log_key()).unwrap().size, 8);
        assert!(matches!(proof.verify(&empty_root(), &log_key()), Err(ProofFileError::Proof(_))));
        let other = VerifierKey::parse(ONE_AS_LOG).unwrap();
        assert!(matches!(proof.verify(&leaf(), &other), Err(ProofFileError::Checkpoint(_))));
        for index in (0..9).filter(|index| *index != 5) {
            let moved = ProofFile { index, ..proof.clone() };
            assert!(matches!(moved.verify(&leaf(), &log_key()), Err(ProofFileError::Proof(_))), "{index}");
        }
    }
}

#[test]
fn a_proof_file_under_a_policy() {
    let policy = |quorum: &str| {
        let file = format!("log {LOG_KEY}\nwitness un {ONE_KEY}\nwitness deux {TWO_KEY}\n{quorum}\n");
        Policy::parse(file.as_bytes()).unwrap()
    };
    let (any, all) = (policy("group g any un deux\nquorum g"), policy("group g all un deux\nquorum g"));
    let proof = ProofFile::parse(file("", &[LOG_LINE, ONE_LINE]).as_bytes()).unwrap();
    let accepted = proof.verify_with(&leaf(), &any).unwrap();
    assert_eq!((accepted.checkpoint.size, accepted.log), (8, log_key()));
    let cosigned: Vec<_> =
        accepted.cosigned.iter().map(|(witness, time)| (witness.name.to_string(), *time)).collect();
    assert_eq!(cosigned, [("un".to_owned(), ONE_TIME)]);
    assert!(matches!(proof.verify_with(&leaf(), &all), Err(ProofFileError::NotAccepted(_))));
    assert!(matches!(proof.verify_with(&empty_root(), &any), Err(ProofFileError::Proof(_))));
}

#[test]
fn proof_files_that_are_refused() {
    let good = file("extra w6A=\n", &[LOG_LINE]);
    let refused = |from: &str, to: &str| {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from:?}");
        ProofFile::parse(text.as_bytes()).unwrap_err()
    };
    assert_eq!(refused("@v1", "@v2"), ProofFileError::FirstLine);
    assert_eq!(refused("c2sp", "\u{feff}c2sp"), ProofFileError::FirstLine);
    assert_eq!(refused("\n", "\r\n"), ProofFileError::FirstLine);
    for extra in ["extra w6A\n", "extra \n", "extra w6B=\n", "extra w6A= \n"] {
        assert_eq!(refused("extra w6A=\n", extra), ProofFileError::Extra, "{extra}");
    }
    for index in ["index 05", "index +5", "index ", "index 5 ", "Index 5", "index 18446744073709551616"] {
        assert_eq!(refused("index 5", index), ProofFileError::Index { line: 3 }, "{index}");
    }
    assert_eq!(refused("extra w6A=\n", "extra\n"), ProofFileError::Index { line: 2 });
    let short = ProofFileError::Hash { line: 4, reason: HashError::Length(3) };
    assert_eq!(refused("vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=", "AAAA"), short);
    let bad = ProofFileError::Hash { line: 6, reason: HashError::Base64 };
    assert_eq!(refused("izDNlSCWFLc=", "izDNlSCWFLd="), bad);
    assert!(matches!(refused("— ", "- "), ProofFileError::Note(NoteError::SignatureLine { line: 1 })));
    let cut = good.split_once("\n\n").unwrap().0.to_owned() + "\n";
    assert_eq!(ProofFile::parse(cut.as_bytes()), Err(ProofFileError::NoEmptyLine));
    assert_eq!(ProofFile::parse(b"c2sp.org/tlog-proof@v1\n\xff"), Err(ProofFileError::NotUtf8 { at: 23 }));
    let with = |count: usize| {
        let hashes = format!("{LEAF_FIVE}\n").repeat(count);
        let text = format!("c2sp.org/tlog-proof@v1\nindex 5\n{hashes}\n{TEXT_OF_EIGHT}\n{LOG_LINE}");
        ProofFile::parse(text.as_bytes()).map(|proof| proof.hashes.len())
    };
    assert_eq!(with(proof_file::MAX_INCLUSION_HASHES), Ok(64));
    assert_eq!(with(proof_file::MAX_INCLUSION_HASHES + 1), Err(ProofFileError::TooManyHashes));
    let large = vec![b'a'; proof_file::MAX_PROOF_FILE_BYTES + 1];
    assert_eq!(ProofFile::parse(&large), Err(ProofFileError::TooLarge(large.len())));
}

proptest! {
    #[test]
    fn any_proof_file_is_read_back(
        size in 1u64..500,
        index: u64,
        extra in prop::collection::vec(any::<u8>(), 0..40),
        time in 0..=cosignature::MAX_COSIGNATURE_TIME,
        flip: prop::sample::Index,
    ) {
        let mut tree = Tree::new();
        (0..size).for_each(|index| tree.push(leaf_hash(&index.to_be_bytes())));
        let index = index % size;
        let checkpoint = Checkpoint { origin: LOG.into(), size, root: tree.root(), extensions: vec![] };
        let note = sign_checkpoint(&checkpoint, &log()).unwrap();
        let cosigner = Cosigner::from_seed("temoin.example/trois", &[3; 32]).unwrap();
        let line = cosigner.cosign(&checkpoint.to_text(), time).unwrap();
        let note = Note::parse(note.as_bytes()).unwrap().with(line).unwrap();
        let hashes = tree.inclusion_proof(index, size).unwrap();
        let file = ProofFile { extra, index, hashes, checkpoint: note };
        let text = file.to_string();
        let read = ProofFile::parse(text.as_bytes()).unwrap();
        prop_assert_eq!(&read, &file);
        let leaf = leaf_hash(&index.to_be_bytes());
        prop_assert_eq!(read.verify(&leaf, &log_key()).unwrap(), checkpoint);
        prop_assert_eq!(cosigner.key().cosigned(&read.checkpoint), Ok(time));
        // Altered anywhere but in the extra data, which nobody signs, it is refused by one or the other.
        let policy = format!("log {LOG_KEY}\nwitness w {}\nquorum w\n", cosigner.key());
        let policy = Policy::parse(policy.as_bytes()).unwrap();
        let mut altered = text.clone().into_bytes();
        altered[flip.index(text.len())] ^= 1;
        if let Ok(read) = ProofFile::parse(&altered) {
            let held = read.verify_with(&leaf, &policy).is_ok();
            prop_assert!(!held || read.extra != file.extra, "{}", String::from_utf8_lossy(&altered));
        }
    }
}
