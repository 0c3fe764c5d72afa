//! Who may hand a record on, and who may not: each condition of a succession, on both sides.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use proptest::prelude::*;
use record::verify::{Chain, Statement, custodian_keys, list_successions, listed_successions};
use terms::Bilingual;
use terms::instance::{Custodians, Founded, Succeeded, SuccessionGround};
use tlog::{Checkpoint, Hash, Note, Signer, leaf_hash, sign_checkpoint};

const ORIGIN: &str = "toguna.example/reprise";

fn signer(name: &str, seed: u8) -> Signer {
    Signer::from_seed(name, &[seed; 32]).unwrap()
}

fn custodians() -> Vec<Signer> {
    vec![signer("faitiere.example", 11), signer("barreau.example", 12), signer("radio.example", 13)]
}

fn founded(custodians: Option<Custodians>) -> Founded {
    Founded {
        origin: ORIGIN.into(),
        verifier_key: signer(ORIGIN, 1).verifier_key().to_string(),
        custodians,
        pack: "fictif".into(),
        title: Bilingual::same("Reprise"),
        country: "XX".into(),
        zone: "UTC".into(),
        weekend: vec![6, 7],
    }
}

fn two_of_three() -> Custodians {
    let keys = custodians().iter().map(|one| one.verifier_key().to_string()).collect();
    Custodians { threshold: 2, keys }
}

fn root() -> Hash {
    leaf_hash(b"le registre")
}

fn statement(former: &Signer, key: &Signer) -> Statement {
    Statement {
        origin: ORIGIN.into(),
        size: 7,
        root: root(),
        former: former.verifier_key().to_string(),
        key: key.verifier_key().to_string(),
        address: Some("https://ailleurs.example".into()),
        ground: SuccessionGround::ServerSeized,
    }
}

fn line(note: &str) -> String {
    Note::parse(note.as_bytes()).unwrap().signatures()[0].to_string()
}

/// What the entry says when the former key and these custodians sign.
fn says(former: &Signer, key: &Signer, signers: &[Signer]) -> Succeeded {
    let statement = statement(former, key);
    let checkpoint = Checkpoint { origin: ORIGIN.into(), size: 7, root: root(), extensions: vec![] };
    Succeeded {
        verifier_key: statement.key.clone(),
        size: 7,
        root: root().base64().to_string(),
        signed: line(&sign_checkpoint(&checkpoint, former).unwrap()),
        address: statement.address.clone(),
        ground: statement.ground,
        signatures: signers.iter().map(|one| line(&one.sign(&statement.to_string()).unwrap())).collect(),
    }
}

fn outcome(says: &Succeeded) -> Result<(), String> {
    Chain::of(&founded(Some(two_of_three()))).unwrap().succeed(7, &root(), says)
}

#[test]
fn enough_custodians_hand_the_record_on() {
    let (old, new, all) = (signer(ORIGIN, 1), signer(ORIGIN, 2), custodians());
    for signers in [&all[..2], &all[1..], &all[..]] {
        let mut chain = Chain::of(&founded(Some(two_of_three()))).unwrap();
        chain.succeed(7, &root(), &says(&old, &new, signers)).unwrap();
        assert_eq!(chain.keys(), [old.verifier_key().clone(), new.verifier_key().clone()]);
        // Once more, from the new key; and never back to one that held.
        let third = signer(ORIGIN, 3);
        chain.clone().succeed(7, &root(), &says(&new, &third, signers)).unwrap();
        let back = chain.succeed(7, &root(), &says(&new, &old, signers));
        assert_eq!(back.unwrap_err(), "la nouvelle clé a déjà servi à ce registre");
    }
}

#[test]
fn nothing_less_does() {
    let (old, new, all) = (signer(ORIGIN, 1), signer(ORIGIN, 2), custodians());
    let good = says(&old, &new, &all[..2]);
    let bad = |change: &dyn Fn(&mut Succeeded)| {
        let mut says = good.clone();
        change(&mut says);
        outcome(&says).unwrap_err()
    };
    let holds = |why: String, part: &str| assert!(why.contains(part), "{why}");
    holds(bad(&|says| drop(says.signatures.pop())), "1 gardien(s) ont signé la succession, il en faut 2");
    holds(bad(&|says| says.signatures.clear()), "0 gardien(s)");
    holds(bad(&|says| says.signatures[1] = says.signatures[0].clone()), "y est deux fois");
    let stranger = signer("inconnu.example", 40);
    let text = statement(&old, &new).to_string();
    let foreign = line(&stranger.sign(&text).unwrap());
    holds(bad(&|says| says.signatures[1].clone_from(&foreign)), "n’est pas un gardien nommé");
    // A third line that is unknown is no better than two: the entry says only what counts.
    holds(bad(&|says| says.signatures.push(foreign.clone())), "n’est pas un gardien nommé");
    // In a custodian's name, by another key: no line of a custodian.
    let thief = line(&signer("barreau.example", 41).sign(&text).unwrap());
    holds(bad(&|says| says.signatures[1].clone_from(&thief)), "n’est pas un gardien nommé");
    // Signed for another size, address or ground.
    holds(bad(&|says| says.address = None), "est fausse");
    holds(bad(&|says| says.ground = SuccessionGround::HandedOver), "est fausse");
    holds(bad(&|says| says.signatures[0] = "x".into()), "mal formée");
    // The former key has not signed so far.
    holds(bad(&|says| says.signed = line(&new.sign(&text).unwrap())), "l’ancienne clé n’a pas signé");
    holds(bad(&|says| says.verifier_key = signer("autre.example", 2).verifier_key().to_string()), "au nom");
    holds(bad(&|says| says.verifier_key = "x".into()), "mal formée");
    let mut chain = Chain::of(&founded(Some(two_of_three()))).unwrap();
    holds(chain.succeed(8, &root(), &good).unwrap_err(), "vaut après 7 entrées, et 8 la précèdent");
    holds(chain.succeed(7, &leaf_hash(b"x"), &good).unwrap_err(), "racine");
    let mut nobody = Chain::of(&founded(None)).unwrap();
    holds(nobody.succeed(7, &root(), &good).unwrap_err(), "aucun gardien");
    assert_eq!(nobody.keys().len(), 1, "and the former key goes on holding");
}

#[test]
fn a_key_holds_from_the_entry_after_its_succession() {
    let (old, new, all) = (signer(ORIGIN, 1), signer(ORIGIN, 2), custodians());
    let mut chain = Chain::of(&founded(Some(two_of_three()))).unwrap();
    assert_eq!(chain.key_at(u64::MAX), old.verifier_key());
    chain.succeed(7, &root(), &says(&old, &new, &all)).unwrap();
    assert_eq!(chain.since(), [7]);
    // The old key signed seven entries; the succession is the first that the new one covers.
    assert_eq!((chain.key_at(0), chain.key_at(7)), (old.verifier_key(), old.verifier_key()));
    assert_eq!((chain.key_at(8), chain.key_at(u64::MAX)), (new.verifier_key(), new.verifier_key()));
    assert!(chain.begins_with(&founded(Some(two_of_three()))));
    assert!(!chain.begins_with(&founded(None)), "its custodians are part of it");
    let other = Founded { verifier_key: signer(ORIGIN, 9).verifier_key().to_string(), ..founded(None) };
    assert!(!chain.begins_with(&other));
}

#[test]
fn custodians_are_told_apart() {
    let good = two_of_three();
    assert_eq!(custodian_keys(&good).unwrap().len(), 3);
    let with = |threshold, keys: Vec<String>| custodian_keys(&Custodians { threshold, keys }).unwrap_err();
    assert!(with(0, good.keys.clone()).contains("0 signatures"));
    assert!(with(4, good.keys.clone()).contains("4 signatures, et 3 gardiens"));
    let same = signer("autre-nom.example", 11).verifier_key().to_string();
    assert!(with(2, vec![good.keys[0].clone(), same]).contains("deux fois"));
    assert!(with(1, vec!["x".into()]).contains("mal formée"));
}

#[test]
fn a_statement_has_one_spelling() {
    let statement = statement(&signer(ORIGIN, 1), &signer(ORIGIN, 2));
    let text = statement.to_string();
    assert_eq!(Statement::parse(&text), Some(statement));
    assert!(text.starts_with("toguna succession v1\norigin toguna.example/reprise\nsize 7\nroot "));
    // No log signs it: it is no checkpoint.
    assert!(Checkpoint::parse(&text).is_err());
    for (from, to) in
        [("size 7", "size 07"), ("v1", "v2"), ("\nground", "\n\nground"), ("seized\n", "seized\n\n")]
    {
        assert_eq!(Statement::parse(&text.replacen(from, to, 1)), None, "{from} → {to}");
    }
}

/// A line as a person, or an attacker, might write it, with what parts the lines of a statement among it.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~éà’]{0,40}",
        "(size|root|ground|address|former|key|origin) [a-z0-9]{0,8}",
        "[a-z]{0,6}\n(ground|address|key) [a-z-]{0,20}",
        "[\r\n\t\u{85}\u{2028} ]{0,4}",
    ]
}

fn grounds() -> impl Strategy<Value = SuccessionGround> {
    prop_oneof![
        Just(SuccessionGround::ServerLost),
        Just(SuccessionGround::ServerSeized),
        Just(SuccessionGround::KeeperPrevented),
        Just(SuccessionGround::KeyExposed),
        Just(SuccessionGround::HandedOver),
    ]
}

fn statements() -> impl Strategy<Value = Statement> {
    let keys = (words(), words(), words());
    (keys, any::<u64>(), any::<[u8; 32]>(), proptest::option::of(words()), grounds()).prop_map(
        |((origin, former, key), size, root, address, ground)| {
            let root = Hash::from_bytes(root);
            Statement { origin, size, root, former, key, address, ground }
        },
    )
}

/// Read, it is what prints so and nothing else.
fn has_one_spelling(text: &str) {
    if let Some(read) = Statement::parse(text) {
        assert_eq!(read.to_string(), text);
    }
}

proptest! {
    #[test]
    fn a_statement_is_read_as_it_was_written(statement in statements()) {
        let text = statement.to_string();
        has_one_spelling(&text);
        // Only a line break within a field keeps it from being read, and then it is read as nothing.
        let fields = [&statement.origin, &statement.former, &statement.key];
        let broken = fields.into_iter().chain(&statement.address).any(|field| field.contains(['\n', '\r']));
        if !broken {
            prop_assert_eq!(Statement::parse(&text), Some(statement));
        }
    }

    #[test]
    fn no_text_is_read_as_another_statement(text in "\\PC{0,200}", lines in proptest::collection::vec(words(), 0..10)) {
        has_one_spelling(&text);
        has_one_spelling(&format!("toguna succession v1\n{}\n", lines.join("\n")));
    }

    #[test]
    fn a_changed_byte_is_another_statement_or_none(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let good = statement(&signer(ORIGIN, 1), &signer(ORIGIN, 2));
        let mut bytes = good.to_string().into_bytes();
        let at = at.index(bytes.len());
        let changed = bytes[at] != byte;
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) {
            has_one_spelling(&text);
            if changed {
                prop_assert_ne!(Statement::parse(&text), Some(good));
            }
        }
    }

    #[test]
    fn a_list_of_successions_has_one_spelling(mut indexes in proptest::collection::vec(any::<u64>(), 0..20), text in "[0-9\n\r +-]{0,40}") {
        if let Some(read) = listed_successions(&text) {
            prop_assert_eq!(list_successions(&read), text);
        }
        indexes.sort_unstable();
        indexes.dedup();
        prop_assert_eq!(listed_successions(&list_successions(&indexes)), Some(indexes.clone()));
        indexes.reverse();
        if indexes.len() > 1 {
            prop_assert_eq!(listed_successions(&list_successions(&indexes)), None);
        }
    }

    #[test]
    fn what_nobody_signed_hands_nothing_on(
        key in words(), said in words(), size in any::<u64>(), written in words(), lines in proptest::collection::vec(words(), 0..4),
    ) {
        let mut chain = Chain::of(&founded(Some(two_of_three()))).unwrap();
        let says = Succeeded {
            verifier_key: key, size, root: written, signed: said, address: None,
            ground: SuccessionGround::ServerLost, signatures: lines,
        };
        prop_assert!(chain.succeed(size, &root(), &says).is_err());
        prop_assert_eq!((chain.keys().len(), chain.since().len()), (1, 0));
    }
}
