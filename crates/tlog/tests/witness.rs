//! The witness protocol: every status of the contract, on both sides of each limit.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail as the test does")]

mod vectors;

use proptest::prelude::*;
use tlog::witness::*;
use tlog::*;
use vectors::*;

fn logs() -> Vec<KnownLog> {
    let other = Signer::from_seed("autre.example", &[5; 32]).unwrap();
    vec![KnownLog::of_key(other.verifier_key().clone()), KnownLog::of_key(log_key())]
}

fn latest(note: &str) -> Latest {
    let checkpoint = open_checkpoint(note.as_bytes(), &log_key()).unwrap();
    Latest { size: checkpoint.size, root: checkpoint.root }
}

/// The tree of the vectors, whose entries are in their bundle.
fn tree() -> Tree {
    let mut tree = Tree::new();
    let bundle = hex(BUNDLE_OF_EIGHT);
    tile::decode_bundle(&bundle).unwrap().iter().for_each(|entry| tree.push(leaf_hash(entry)));
    tree
}

fn note_of(size: u64, root: Hash) -> String {
    log().sign(&format!("{LOG}\n{size}\n{}\n", root.base64())).unwrap()
}

fn request(old: u64, proof: Vec<Hash>, note: &str) -> AddCheckpoint {
    AddCheckpoint { old, proof, note: Note::parse(note.as_bytes()).unwrap() }
}

fn status(request: &AddCheckpoint, latest: Option<Latest>) -> u16 {
    match decide(request, &logs(), latest) {
        Ok(_) => 200,
        Err(refused) => {
            let reply = Reply::from(&refused);
            assert_eq!(reply.status, refused.status());
            reply.status
        }
    }
}

#[test]
fn a_first_sight_then_growth() {
    let body = format!("old 0\n\n{NOTE_OF_FIVE}");
    let first = AddCheckpoint::parse(body.as_bytes()).unwrap();
    assert_eq!((first.origin(), first.to_string()), (LOG, body));
    let accepted = decide(&first, &logs(), None).unwrap();
    assert_eq!(accepted.latest(), latest(NOTE_OF_FIVE));

    // Lines of unknown keys are ignored, and left out of what is kept.
    let note = format!("{TEXT_OF_EIGHT}\n{TWO_LINE}{LOG_LINE}");
    let body = format!("old 5\n{FIVE_TO_EIGHT}\n{note}");
    let second = AddCheckpoint::parse(body.as_bytes()).unwrap();
    assert_eq!(second.to_string(), body);
    let accepted = decide(&second, &logs(), Some(accepted.latest())).unwrap();
    assert_eq!((accepted.checkpoint.size, accepted.latest().root), (8, tree().root()));
    assert_eq!(accepted.note, note_of_eight(&[LOG_LINE]));

    let cosigner = Cosigner::parse(ONE_SECRET).unwrap();
    let line = cosigner.cosign(accepted.note.text(), ONE_TIME).unwrap();
    let reply = Reply::cosigned(&[line]);
    assert_eq!((reply.status, reply.body.as_str()), (200, ONE_LINE));

    let answer = Answer::read(reply.status, reply.content_type, reply.body.as_bytes()).unwrap();
    let Answer::Cosigned(lines) = answer else { panic!("{answer:?}") };
    let (cosigned, time) = cosigned_by(note_of_eight(&[LOG_LINE]), &lines, &one()).unwrap();
    assert_eq!((cosigned, time), (note_of_eight(&[LOG_LINE, ONE_LINE]), ONE_TIME));
}

#[test]
fn every_status_of_the_contract() {
    let (tree, held) = (tree(), Some(latest(NOTE_OF_FIVE)));
    let root = |size| tree.root_at(size).unwrap();
    let proof = |old, new| tree.consistency_proof(old, new).unwrap();
    let eight = note_of(8, root(8));
    // 200: the same checkpoint again, and its growth.
    assert_eq!(status(&request(5, vec![], NOTE_OF_FIVE), held), 200);
    assert_eq!(status(&request(5, proof(5, 8), &eight), held), 200);
    // 400: the old size above the checkpoint's; equal is no fault.
    assert_eq!(status(&request(6, vec![], NOTE_OF_FIVE), held), 400);
    assert_eq!(status(&request(u64::MAX, vec![], NOTE_OF_FIVE), None), 400);
    // 409: the old size is not the latest one.
    for old in [0, 4, 6, 8] {
        assert_eq!(status(&request(old, proof(5, 8), &eight), held), 409, "{old}");
    }
    assert_eq!(status(&request(5, proof(5, 8), &eight), None), 409);
    let refused = decide(&request(0, vec![], &eight), &logs(), held).unwrap_err();
    let reply = Reply::from(&refused);
    assert_eq!((reply.content_type, reply.body.as_str()), ("text/x.tlog.size", "5\n"));
    assert_eq!(Answer::read(409, reply.content_type, reply.body.as_bytes()), Ok(Answer::Latest(5)));
    // 422: the proof is none, cut, lengthened, or of another tree.
    for proof in [vec![], proof(5, 8)[..3].to_vec(), [proof(5, 8), vec![root(1)]].concat(), proof(4, 8)] {
        assert_eq!(status(&request(5, proof, &eight), held), 422);
    }
    assert_eq!(status(&request(5, proof(5, 8), &note_of(8, root(7))), held), 422);
    // 422: the same size with another root, or with a proof.
    assert_eq!(status(&request(5, vec![], &note_of(5, root(6))), held), 422);
    assert_eq!(status(&request(5, vec![root(1)], NOTE_OF_FIVE), held), 422);
    // 422: a proof from nothing.
    assert_eq!(status(&request(0, vec![root(1)], NOTE_OF_FIVE), None), 422);
}

#[test]
fn a_log_that_has_no_entry_yet() {
    let none = note_of(0, empty_root());
    let held = decide(&request(0, vec![], &none), &logs(), None).unwrap().latest();
    assert_eq!(held, Latest { size: 0, root: empty_root() });
    for latest in [None, Some(held)] {
        assert_eq!(status(&request(0, vec![], &none), latest), 200);
        assert_eq!(status(&request(0, vec![], NOTE_OF_FIVE), latest), 200);
        assert_eq!(status(&request(0, vec![empty_root()], NOTE_OF_FIVE), latest), 422);
        assert_eq!(status(&request(1, vec![], NOTE_OF_FIVE), latest), 409);
        // A size of zero has one root.
        assert_eq!(status(&request(0, vec![], &note_of(0, tree().root())), latest), 422);
    }
    // What was cosigned is never forgotten.
    assert_eq!(status(&request(0, vec![], &none), Some(latest(NOTE_OF_FIVE))), 409);
}

#[test]
fn whose_signature_counts() {
    let sign = |signer: &Signer| signer.sign(TEXT_OF_EIGHT).unwrap();
    let unknown = Signer::from_seed("inconnu.example", &[9; 32]).unwrap();
    let other = Signer::from_seed("autre.example", &[5; 32]).unwrap();
    // 404 before any signature is looked at.
    let elsewhere = unknown.sign("inconnu.example\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    assert_eq!(status(&request(0, vec![], &elsewhere.unwrap()), None), 404);
    // 403: signed by nobody known, by the key of another log, by a false signature of the log's key.
    let false_line = LOG_LINE.replace("P7Lifc", "P7Lifd");
    for note in [
        sign(&unknown),
        sign(&other),
        format!("{TEXT_OF_EIGHT}\n{ONE_LINE}"),
        format!("{TEXT_OF_EIGHT}\n{false_line}"),
        format!("{TEXT_OF_EIGHT}\n{LOG_LINE}{false_line}"),
    ] {
        assert_eq!(status(&request(0, vec![], &note), None), 403, "{note}");
    }
    // One of two keys is enough; a false one spoils the note.
    let second = Signer::from_seed("cle.deux", &[8; 32]).unwrap();
    let both = KnownLog { origin: LOG.into(), keys: vec![second.verifier_key().clone(), log_key()] };
    let decided = |note: &str| decide(&request(0, vec![], note), std::slice::from_ref(&both), None);
    assert!(decided(&sign(&second)).is_ok());
    assert!(decided(&format!("{TEXT_OF_EIGHT}\n{LOG_LINE}")).is_ok());
    let line_of_second = sign(&second)[TEXT_OF_EIGHT.len() + 1..].to_owned();
    let kept = decided(&format!("{TEXT_OF_EIGHT}\n{line_of_second}{ONE_LINE}{LOG_LINE}")).unwrap().note;
    assert_eq!(kept.signatures().len(), 2);
    assert_eq!(decided(&format!("{TEXT_OF_EIGHT}\n{line_of_second}{false_line}")).unwrap_err().status(), 403);
    // 400: signed by the log, and no checkpoint.
    let signed = log().sign(&format!("{LOG}\n8\n")).unwrap();
    assert_eq!(status(&request(0, vec![], &signed), None), 400);
}

#[test]
fn requests_that_are_refused() {
    let good = format!("old 5\n{FIVE_TO_EIGHT}\n{TEXT_OF_EIGHT}\n{LOG_LINE}");
    let refused = |from: &str, to: &str| {
        let body = good.replacen(from, to, 1);
        assert_ne!(body, good, "{from:?}");
        let error = AddCheckpoint::parse(body.as_bytes()).unwrap_err();
        assert_eq!(WitnessError::from(error.clone()).status(), 400);
        error
    };
    for first in ["old 05", "old +5", "old", "old ", "old  5", "old 5 ", "Old 5", "old 5\r", "5", ""] {
        assert_eq!(refused("old 5", first), AddCheckpointError::OldSize, "{first}");
    }
    assert_eq!(refused("old 5", "old 18446744073709551616"), AddCheckpointError::OldSize);
    let short = AddCheckpointError::Hash { line: 2, reason: HashError::Length(3) };
    assert_eq!(refused("vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=", "AAAA"), short);
    let bad = AddCheckpointError::Hash { line: 5, reason: HashError::Base64 };
    assert_eq!(refused("izDNlSCWFLc=", "izDNlSCWFLd="), bad);
    assert!(matches!(refused("— ", "- "), AddCheckpointError::Note(_)));
    assert!(matches!(refused("\n\n", "\n"), AddCheckpointError::Hash { line: 6, .. }));
    assert_eq!(AddCheckpoint::parse(b"old 5\nAAAA"), Err(AddCheckpointError::NoEmptyLine));
    assert_eq!(AddCheckpoint::parse(b"old 5\n\xff"), Err(AddCheckpointError::NotUtf8 { at: 6 }));
    let with = |count: usize| {
        let body = format!("old 5\n{}\n{NOTE_OF_FIVE}", format!("{LEAF_FIVE}\n").repeat(count));
        AddCheckpoint::parse(body.as_bytes()).map(|request| request.proof.len())
    };
    assert_eq!(with(MAX_CONSISTENCY_LINES), Ok(63));
    assert_eq!(with(MAX_CONSISTENCY_LINES + 1), Err(AddCheckpointError::TooManyHashes));
    let large = vec![b'a'; MAX_ADD_CHECKPOINT_BYTES + 1];
    assert_eq!(AddCheckpoint::parse(&large), Err(AddCheckpointError::TooLarge(large.len())));
}

#[test]
fn the_largest_request_is_read() {
    let old = u64::MAX;
    let note = Note::parse(NOTE_OF_FIVE.as_bytes()).unwrap();
    let filler = "a".repeat(note::MAX_NOTE_BYTES - NOTE_OF_FIVE.len() - 1);
    let largest = Note::parse(format!("{filler}\n{note}").as_bytes()).unwrap();
    let request = AddCheckpoint { old, proof: vec![empty_root(); MAX_CONSISTENCY_LINES], note: largest };
    let body = request.to_string();
    assert_eq!(body.len(), MAX_ADD_CHECKPOINT_BYTES);
    assert_eq!(AddCheckpoint::parse(body.as_bytes()), Ok(request));
}

#[test]
fn answers_as_a_log_reads_them() {
    let size = |body: &[u8]| Answer::read(409, SIZE_CONTENT_TYPE, body);
    assert_eq!(size(b"0\n"), Ok(Answer::Latest(0)));
    for body in [b"5".as_slice(), b"05\n", b"", b"\n", b"5\n\n", b"18446744073709551616\n", b"\xff\n"] {
        assert_eq!(size(body), Err(AnswerError::Size), "{body:?}");
    }
    let refused = Answer::Refused { status: 409, reason: "autre racine".into() };
    assert_eq!(Answer::read(409, "text/plain", b"autre racine\n"), Ok(refused));
    let long = "é".repeat(300);
    let cut = Answer::Refused { status: 500, reason: "é".repeat(200) };
    assert_eq!(Answer::read(500, "", long.as_bytes()), Ok(cut));
    assert_eq!(Answer::read(200, "", b""), Err(AnswerError::NoLines));
    assert_eq!(Answer::read(200, "", b"\xff"), Err(AnswerError::NoLines));
    assert!(matches!(Answer::read(200, "", b"ok\n"), Err(AnswerError::Lines(_))));
    let large = vec![b'a'; MAX_REPLY_BYTES + 1];
    assert_eq!(Answer::read(200, "", &large), Err(AnswerError::TooLarge(large.len())));

    let lines = Signature::parse_lines(&format!("{TWO_LINE}{ONE_LINE}")).unwrap();
    let note = note_of_eight(&[LOG_LINE]);
    assert_eq!(cosigned_by(note.clone(), &lines, &two()).unwrap().1, TWO_TIME);
    let unasked = cosigned_by(note, &lines[..1], &one());
    assert_eq!(unasked, Err(NoteError::NotSigned { key: ONE_KEY.to_owned() }));
    let another = Note::parse(NOTE_OF_FIVE.as_bytes()).unwrap();
    let refused = Err(NoteError::FalseSignature { key: ONE_KEY.to_owned() });
    assert_eq!(cosigned_by(another, &lines, &one()), refused);
}

#[test]
fn where_a_witness_shows_what_it_has_cosigned() {
    let hash = "fccaedb9f9112cd1981c3412251cac4b90c9839070391cd29968424252bbeaec";
    assert_eq!(monitoring_path(LOG), format!("{hash}/checkpoint"));
}

/// Two stories that a log may tell, equal up to a size.
fn stories(size: u64, fork: u64) -> (Tree, Tree) {
    let (mut one, mut other) = (Tree::new(), Tree::new());
    for index in 0..size {
        one.push(leaf_hash(&index.to_be_bytes()));
        other.push(leaf_hash(if index < fork { index } else { !index }.to_be_bytes().as_slice()));
    }
    (one, other)
}

proptest! {
    /// A witness asked anything, in any order, has only cosigned checkpoints of one story, never smaller ones.
    #[test]
    fn a_witness_never_cosigns_two_stories(
        fork in 0u64..40,
        asked in prop::collection::vec((any::<bool>(), 0u64..=40, 0u64..=40, any::<bool>()), 1..40),
    ) {
        let (one, other) = stories(40, fork);
        let mut latest: Option<Latest> = None;
        let mut cosigned: Vec<Latest> = vec![];
        for (story, old, new, honest) in asked {
            let tree = if story { &one } else { &other };
            let old = if honest { latest.map_or(0, |latest| latest.size) } else { old };
            let proof = tree.consistency_proof(old, new).unwrap_or_default();
            let asked = request(old, proof, &note_of(new, tree.root_at(new).unwrap()));
            match decide(&asked, &logs(), latest) {
                Ok(accepted) => {
                    cosigned.push(accepted.latest());
                    latest = Some(accepted.latest());
                }
                Err(refused) => prop_assert!([400, 409, 422].contains(&refused.status())),
            }
            // Whatever continues the latest checkpoint is cosigned.
            if honest && new >= old && latest.is_some_and(|latest| latest.size < new) {
                let before = latest.unwrap();
                prop_assert!(tree.root_at(before.size) != Ok(before.root));
            }
        }
        prop_assert!(cosigned.is_sorted_by_key(|latest| latest.size));
        let of = |tree: &Tree| cosigned.iter().all(|latest| tree.root_at(latest.size) == Ok(latest.root));
        prop_assert!(of(&one) || of(&other));
    }
}
