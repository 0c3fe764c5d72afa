//! Two independent readings of the same specifications, the crates `tlog_tiles` and `signed_note`, and the
//! RFC's own recursive definitions, agree with this crate on every size up to 300 and on random ones.

#![allow(clippy::unwrap_used, reason = "the helpers of a test fail as the test does")]

use std::collections::HashMap;

use proptest::prelude::*;
use tlog::*;
use tlog_tiles::HashReader;

const SIZES: u64 = 300;

/// Entries of lengths from 0 to 96 bytes, fictional.
fn entry(index: u64) -> Vec<u8> {
    format!("entrée {index} ").into_bytes().repeat(9)[..(index as usize * 7) % 97].to_vec()
}

/// The oracle's own storage of hashes, filled by its own code.
#[derive(Default)]
struct Stored(Vec<tlog_tiles::Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|&index| self.0[index as usize]).collect())
    }
}

fn both(size: u64) -> (Tree, Stored) {
    let (mut tree, mut stored) = (Tree::new(), Stored::default());
    for index in 0..size {
        tree.push(leaf_hash(&entry(index)));
        let hashes = tlog_tiles::stored_hashes(index, &entry(index), &stored).unwrap();
        stored.0.extend(hashes);
    }
    (tree, stored)
}

fn theirs(hash: Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(*hash.as_bytes())
}

fn bytes(hashes: &[tlog_tiles::Hash]) -> Vec<Hash> {
    hashes.iter().map(|hash| Hash::from_bytes(hash.0)).collect()
}

#[test]
fn roots_of_every_size() {
    let (tree, stored) = both(SIZES);
    let mut frontier = Frontier::new();
    for size in 0..=SIZES {
        let oracle = tlog_tiles::tree_hash(size, &stored).unwrap();
        assert_eq!(theirs(tree.root_at(size).unwrap()), oracle, "size {size}");
        assert_eq!(theirs(frontier.root()), oracle, "size {size}");
        if size < SIZES {
            frontier.push(tree.leaf(size).unwrap());
        }
    }
    assert_eq!(tree.root(), frontier.root());
}

#[test]
fn inclusion_proofs_of_every_leaf_at_every_size() {
    let (tree, stored) = both(SIZES);
    for size in 1..=SIZES {
        let root = tree.root_at(size).unwrap();
        for index in 0..size {
            let proof = tree.inclusion_proof(index, size).unwrap();
            let leaf = tree.leaf(index).unwrap();
            verify_inclusion(&leaf, index, size, &proof, &root).unwrap();
            // The oracle's proof is compared byte for byte where that is quick: at the sizes around powers
            // of two, and by sevens.
            if size % 7 == 0 || (size - 1).is_power_of_two() || (size + 1).is_power_of_two() {
                let oracle = tlog_tiles::prove_record(size, index, &stored).unwrap();
                assert_eq!(proof, bytes(&oracle), "leaf {index} of {size}");
                tlog_tiles::check_record(&oracle, size, theirs(root), index, theirs(leaf)).unwrap();
            }
        }
    }
}

#[test]
fn consistency_proofs_between_every_two_sizes() {
    let (tree, stored) = both(SIZES);
    let roots: Vec<Hash> = (0..=SIZES).map(|size| tree.root_at(size).unwrap()).collect();
    for new in 1..=SIZES {
        for old in 1..=new {
            let proof = tree.consistency_proof(old, new).unwrap();
            verify_consistency(old, new, &roots[old as usize], &roots[new as usize], &proof).unwrap();
            if new % 7 == 0 || (new - 1).is_power_of_two() || (new + 1).is_power_of_two() {
                let oracle = tlog_tiles::prove_tree(new, old, &stored).unwrap();
                assert_eq!(proof, bytes(&oracle), "{old} to {new}");
            }
        }
    }
}

/// RFC 6962 section 2.1, 2.1.1 and 2.1.2, as they are written: slow, and plain to compare with the text.
mod definitions {
    use super::{Hash, empty_root, leaf_hash, node_hash};

    fn k(n: usize) -> usize {
        (1..n).filter(|k| k.is_power_of_two()).max().unwrap()
    }

    pub(super) fn mth(d: &[Vec<u8>]) -> Hash {
        match d {
            [] => empty_root(),
            [only] => leaf_hash(only),
            _ => node_hash(&mth(&d[..k(d.len())]), &mth(&d[k(d.len())..])),
        }
    }

    pub(super) fn path(m: usize, d: &[Vec<u8>]) -> Vec<Hash> {
        if d.len() == 1 {
            return vec![];
        }
        let k = k(d.len());
        let (mut path, last) =
            if m < k { (path(m, &d[..k]), mth(&d[k..])) } else { (path(m - k, &d[k..]), mth(&d[..k])) };
        path.push(last);
        path
    }

    pub(super) fn subproof(m: usize, d: &[Vec<u8>], known: bool) -> Vec<Hash> {
        if m == d.len() {
            return if known { vec![] } else { vec![mth(d)] };
        }
        let k = k(d.len());
        let (mut proof, last) = if m <= k {
            (subproof(m, &d[..k], known), mth(&d[k..]))
        } else {
            (subproof(m - k, &d[k..], false), mth(&d[..k]))
        };
        proof.push(last);
        proof
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn definitions_of_the_rfc(
        entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..300),
        at: u64,
    ) {
        let size = entries.len() as u64;
        let at = at % size;
        let mut tree = Tree::new();
        entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
        prop_assert_eq!(tree.root(), definitions::mth(&entries));
        prop_assert_eq!(tree.inclusion_proof(at, size).unwrap(), definitions::path(at as usize, &entries));
        let proof = definitions::subproof(at as usize + 1, &entries, true);
        prop_assert_eq!(tree.consistency_proof(at + 1, size).unwrap(), proof);
    }

    /// The two verifiers say the same of proofs that are whole, cut, lengthened, or told of other sizes.
    #[test]
    fn the_verifiers_agree(
        size in 1u64..2_000,
        told in 1u64..2_000,
        index: u64,
        old: u64,
        change in 0usize..5,
    ) {
        let mut tree = Tree::new();
        (0..size).for_each(|index| tree.push(leaf_hash(&index.to_be_bytes())));
        let (index, old) = (index % size, 1 + old % size);
        let told = if change == 0 { told } else { size };
        let alter = |mut proof: Vec<Hash>| {
            match change {
                1 => drop(proof.pop()),
                2 => proof.push(empty_root()),
                3 => proof.reverse(),
                _ => {}
            }
            (proof.iter().copied().map(theirs).collect::<Vec<_>>(), proof)
        };
        let root = tree.root();
        let leaf = tree.leaf(index).unwrap();
        let (oracle, proof) = alter(tree.inclusion_proof(index, size).unwrap());
        let oracle = tlog_tiles::check_record(&oracle, told, theirs(root), index, theirs(leaf));
        prop_assert_eq!(verify_inclusion(&leaf, index, told, &proof, &root).is_ok(), oracle.is_ok());
        let old_root = tree.root_at(old).unwrap();
        let (oracle, proof) = alter(tree.consistency_proof(old, size).unwrap());
        let oracle = tlog_tiles::check_tree(&oracle, told, theirs(root), old, theirs(old_root));
        prop_assert_eq!(verify_consistency(old, told, &old_root, &root, &proof).is_ok(), oracle.is_ok());
    }

    #[test]
    fn notes_pass_between_the_crates(
        seed: [u8; 32],
        name in "[^\\s+\\x00-\\x1f]{1,30}",
        text in "([^\\x00-\\x1f]{0,20}\n){1,6}",
    ) {
        let signer = Signer::from_seed(&name, &seed).unwrap();
        let key = signer.verifier_key();

        let their_signer = signed_note::StandardSigner::new(&signer.to_text()).unwrap();
        let verifier = signed_note::StandardVerifier::new(&key.to_string()).unwrap();
        prop_assert_eq!(signed_note::Verifier::key_id(&verifier), u32::from_be_bytes(key.id()));
        let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);

        let ours = signer.sign(&text).unwrap();
        let read = signed_note::Note::from_bytes(ours.as_bytes()).unwrap();
        prop_assert_eq!(read.text(), text.as_bytes());
        prop_assert_eq!(read.verify(&known).unwrap().0.len(), 1);

        let mut theirs = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        theirs.add_sigs(&[&their_signer]).unwrap();
        prop_assert_eq!(String::from_utf8(theirs.to_bytes()).unwrap(), ours);
        let read = Note::parse(&theirs.to_bytes()).unwrap();
        prop_assert_eq!(read.verified_by(key).unwrap(), text);
    }

    #[test]
    fn checkpoints_pass_between_the_crates(
        size in 1u64..,
        root: [u8; 32],
        extensions in prop::collection::vec("[!-~é]{1,9}", 0..3),
    ) {
        let (origin, theirs) = ("registre.example/essai".to_owned(), tlog_tiles::Hash(root));
        let ours = Checkpoint { origin, size, root: Hash::from_bytes(root), extensions };
        let lines: String = ours.extensions.iter().map(|line| format!("{line}\n")).collect();
        let theirs = tlog_tiles::Checkpoint::new(&ours.origin, size, theirs, &lines).unwrap();
        prop_assert_eq!(String::from_utf8(theirs.to_bytes()).unwrap(), ours.to_text());
        prop_assert_eq!(Checkpoint::parse(&ours.to_text()).unwrap(), ours);
    }
}

/// Whatever this crate reads as a note, the other reads too, and with the same text.
#[test]
fn notes_refused_by_the_oracle_are_refused() {
    let good = "t\nu\n\n— a AAAAAAA=\n— b AAAAAAAA\n";
    let mut verdicts: HashMap<(bool, bool), usize> = HashMap::new();
    for at in 0..good.len() {
        for value in 0..=u8::MAX {
            let mut altered = good.as_bytes().to_vec();
            altered[at] = value;
            let (ours, theirs) = (Note::parse(&altered), signed_note::Note::from_bytes(&altered));
            *verdicts.entry((ours.is_ok(), theirs.is_ok())).or_default() += 1;
            if let (Ok(ours), Ok(theirs)) = (&ours, &theirs) {
                assert_eq!(ours.text().as_bytes(), theirs.text());
                assert_eq!(ours.to_string().as_bytes(), altered);
            }
            assert!(
                ours.is_err() || theirs.is_ok(),
                "{:?} is read here alone",
                String::from_utf8_lossy(&altered)
            );
        }
    }
    assert!(verdicts[&(true, true)] > 100 && verdicts[&(false, false)] > 1_000, "{verdicts:?}");
}
