//! What holds of every tree, proof and text.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail as the test does")]

use proptest::prelude::*;
use tlog::*;

fn tree_of(size: u64) -> Tree {
    let mut tree = Tree::new();
    (0..size).for_each(|index| tree.push(leaf_hash(&index.to_be_bytes())));
    tree
}

fn read_all(bytes: &[u8]) {
    let signer = Signer::from_seed("registre.example/essai", &[7; 32]).unwrap();
    if let Ok(frontier) = Frontier::from_bytes(bytes) {
        assert_eq!(frontier.to_bytes(), bytes);
    }
    if let Ok(note) = Note::parse(bytes) {
        assert_eq!(note.to_string().as_bytes(), bytes);
        assert!(note.verified_by(signer.verifier_key()).is_err());
    }
    assert!(open_checkpoint(bytes, signer.verifier_key()).is_err());
    if let Ok(file) = ProofFile::parse(bytes) {
        assert_eq!(file.to_string().as_bytes(), bytes);
    }
    if let Ok(request) = AddCheckpoint::parse(bytes) {
        assert_eq!(request.to_string().as_bytes(), bytes);
        assert!(witness::decide(&request, &[], None).is_err());
    }
    if let Ok(policy) = Policy::parse(bytes) {
        assert_eq!(Policy::parse(&policy.to_bytes()), Ok(policy));
    }
    if let Ok(entries) = tile::decode_bundle(bytes) {
        let mut again = Vec::new();
        entries.iter().for_each(|entry| tile::write_entry(&mut again, entry).unwrap());
        assert_eq!(again, bytes);
    }
    for status in [200, 409, 500] {
        let _ = witness::Answer::read(status, witness::SIZE_CONTENT_TYPE, bytes);
    }
    let text = String::from_utf8_lossy(bytes);
    if let Ok(lines) = Signature::parse_lines(&text) {
        assert_eq!(lines.iter().map(|line| format!("{line}\n")).collect::<String>(), text);
    }
    if let Ok(tile) = Tile::parse(&text) {
        assert_eq!(tile.to_string(), text);
    }
    if let Ok(bundle) = Bundle::parse(&text) {
        assert_eq!(bundle.to_string(), text);
    }
    if let Ok(key) = CosignerKey::parse(&text) {
        assert!(key.to_string().eq_ignore_ascii_case(&text));
    }
    if let Ok(checkpoint) = Checkpoint::parse(&text) {
        assert_eq!(checkpoint.to_text(), text);
    }
    if let Ok(key) = VerifierKey::parse(&text) {
        assert!(key.to_string().eq_ignore_ascii_case(&text));
    }
    if let Ok(signer) = Signer::parse(&text) {
        assert!(signer.to_text().eq_ignore_ascii_case(&text));
    }
    if let Ok(hash) = Hash::from_base64(&text) {
        assert_eq!(hash.base64().to_string(), text);
    }
    if let Ok(hash) = Hash::from_hex(&text) {
        assert!(hash.to_string().eq_ignore_ascii_case(&text));
    }
}

/// Pieces that notes and checkpoints are made of, put together anyhow: nearer to the edges than chance.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\n\n",
        "— ",
        "\u{2014}",
        " ",
        "+",
        "a",
        "registre.example/essai",
        "0",
        "08",
        "8",
        "18446744073709551616",
        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "AAAAAAA=",
        "=",
        "\r",
        "\0",
        "PRIVATE+KEY+",
        "+3fb2e27d+",
        "3fb2e27d",
        "AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea",
        "é",
        "\u{a0}",
        "c2sp.org/tlog-proof@v1\n",
        "extra ",
        "index ",
        "old ",
        "log ",
        "witness ",
        "group ",
        "quorum none\n",
        "tile/",
        "entries/",
        "x001/",
        "000",
        ".p/",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_make_a_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn no_near_text_makes_a_parser_panic(text in pieces()) {
        read_all(text.as_bytes());
    }

    #[test]
    fn any_flipped_bits_of_a_signed_checkpoint_are_refused(
        seed: [u8; 32],
        size: u64,
        root: [u8; 32],
        at: prop::sample::Index,
        flip in 1u8..,
    ) {
        let signer = Signer::from_seed("registre.example/essai", &seed).unwrap();
        let (origin, root) = (signer.name().to_owned(), Hash::from_bytes(root));
        let checkpoint = Checkpoint { origin, size: size.max(1), root, extensions: vec![] };
        let mut note = sign_checkpoint(&checkpoint, &signer).unwrap().into_bytes();
        prop_assert_eq!(open_checkpoint(&note, signer.verifier_key()).unwrap(), checkpoint);
        let at = at.index(note.len());
        note[at] ^= flip;
        prop_assert!(open_checkpoint(&note, signer.verifier_key()).is_err());
    }

    #[test]
    fn no_proof_makes_a_verifier_panic(
        a: u64,
        b: u64,
        old: [u8; 32],
        new: [u8; 32],
        proof in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let proof: Vec<Hash> = proof.into_iter().map(Hash::from_bytes).collect();
        let (old, new) = (Hash::from_bytes(old), Hash::from_bytes(new));
        prop_assert!(verify_inclusion(&old, a, b, &proof, &new).is_err());
        prop_assert!(verify_consistency(a, b, &old, &new, &proof).is_err());
    }

    #[test]
    fn an_inclusion_proof_is_for_one_leaf_at_one_place(
        size in 1u64..=200,
        index: u64,
        other: u64,
        bit in 0usize..256,
    ) {
        let tree = tree_of(size);
        let (index, other) = (index % size, other % size);
        let root = tree.root();
        let proof = tree.inclusion_proof(index, size).unwrap();
        let leaf = tree.leaf(index).unwrap();
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
        let another = tree.leaf(other).unwrap();
        for (leaf, at) in [(another, other), (another, index), (leaf, other)] {
            let holds = verify_inclusion(&leaf, at, size, &proof, &root).is_ok();
            prop_assert_eq!(holds, other == index);
        }
        let mut bytes = *leaf.as_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(verify_inclusion(&Hash::from_bytes(bytes), index, size, &proof, &root).is_err());
        for (place, hash) in proof.iter().enumerate() {
            let mut bytes = *hash.as_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let mut altered = proof.clone();
            altered[place] = Hash::from_bytes(bytes);
            prop_assert!(verify_inclusion(&leaf, index, size, &altered, &root).is_err());
        }
    }

    #[test]
    fn a_changed_entry_breaks_consistency(old in 1u64..200, more in 1u64..200, changed: u64) {
        let (honest, new) = (tree_of(old + more), old + more);
        let mut forged = Tree::new();
        for index in 0..new {
            let entry = if index == changed % old { b"autre".to_vec() } else { index.to_be_bytes().to_vec() };
            forged.push(leaf_hash(&entry));
        }
        let proof = forged.consistency_proof(old, new).unwrap();
        let (before, after) = (honest.root_at(old).unwrap(), forged.root());
        prop_assert!(verify_consistency(old, new, &before, &after, &proof).is_err());
        let proof = honest.consistency_proof(old, new).unwrap();
        prop_assert!(verify_consistency(old, new, &before, &after, &proof).is_err());
    }

    #[test]
    fn a_frontier_taken_back_goes_on_the_same(size in 0u64..600, more in 0u64..40) {
        let tree = tree_of(size + more);
        let mut frontier = Frontier::new();
        (0..size).for_each(|index| frontier.push(tree.leaf(index).unwrap()));
        let mut again = Frontier::from_bytes(&frontier.to_bytes()).unwrap();
        prop_assert_eq!(&again, &frontier);
        (size..size + more).for_each(|index| again.push(tree.leaf(index).unwrap()));
        prop_assert_eq!((again.size(), again.root()), (tree.size(), tree.root()));
    }
}

#[test]
fn every_proof_of_small_trees_fails_for_every_other_place() {
    let tree = tree_of(40);
    for size in 1..=40 {
        let root = tree.root_at(size).unwrap();
        for index in 0..size {
            let proof = tree.inclusion_proof(index, size).unwrap();
            for other in 0..=size {
                for leaf in [index, other.min(size - 1)] {
                    let holds = verify_inclusion(&tree.leaf(leaf).unwrap(), other, size, &proof, &root);
                    assert_eq!(
                        holds.is_ok(),
                        other == index && leaf == index,
                        "{index} as {other} of {size}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_proof_to_two_hundred_leaves_holds() {
    let tree = tree_of(200);
    for size in 1..=200 {
        let root = tree.root_at(size).unwrap();
        for index in 0..size {
            let proof = tree.inclusion_proof(index, size).unwrap();
            assert_eq!(verify_inclusion(&tree.leaf(index).unwrap(), index, size, &proof, &root), Ok(()));
            let next = (index + 1) % size;
            let as_next = verify_inclusion(&tree.leaf(index).unwrap(), next, size, &proof, &root);
            assert_eq!(as_next.is_ok(), size == 1);
        }
    }
}
