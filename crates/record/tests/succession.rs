//! Who may hand a record on, and who may not: each condition of a succession, on both sides.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use record::verify::{Chain, Statement, custodian_keys};
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
