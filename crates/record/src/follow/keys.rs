//! Which key signs what comes: that of the first entry, and those to which custodians handed the record on, each shown to be so
//! before anything else is taken.

use std::cell::RefCell;

use terms::instance::Succeeded;
use terms::{Entry, Word};
use tlog::tile::{Bundle, TILE_WIDTH, Tile};
use tlog::{Checkpoint, CheckpointError, Note, NoteError, TiledTree, checkpoint_of, leaf_hash};

use super::{Giver, Halt, Met, Signed, told};
use crate::verify::{Chain, Founding, sentences};

/// The chain that the first entry of this record begins. The note must be signed by one of its keys, so that whoever gives both
/// cannot change the entry later.
pub(super) fn founding(giver: &mut dyn Giver, note: &str) -> Result<Chain, Halt> {
    let size = note.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or(0);
    let none = || Halt::Silent("ce registre n’a pas d’entrée".into());
    let bundle = Bundle::in_tree(0, size).ok_or_else(none)?;
    let bytes = giver.bundle(bundle, size).map_err(Halt::Silent)?;
    let entries = bundle.entries(&bytes).map_err(|_| no_bundle(bundle))?;
    let founding = Founding::of(entries.first().ok_or_else(none)?);
    Ok(founding.map_err(|broken| Halt::Broken(broken.to_string()))?.chain)
}

/// The note, signed by the key that alone holds at its size: one of this chain, or one to which the record was handed on since.
///
/// **Errors** [`Halt::Broken`] where it is signed by no such key, or by one that holds no longer; [`Halt::Silent`].
pub(super) fn met(giver: &mut dyn Giver, mut chain: Chain, note: &str) -> Result<Met, Halt> {
    let parsed = Note::parse(note.as_bytes()).map_err(|error| not(&sentences::of_note(&error)))?;
    let claimed = Checkpoint::parse(parsed.text()).map_err(|error| not(&sentences::of_checkpoint(&error)))?;
    let handed_on = match signed_at(&chain, &parsed, claimed.size) {
        Err(CheckpointError::Note(NoteError::NotSigned { .. })) => {
            former_key(&chain, &parsed, claimed.size)?;
            crossed(giver, &mut chain, &claimed)?
        }
        _ => Vec::new(),
    };
    match signed_at(&chain, &parsed, claimed.size) {
        Ok(signed) => {
            let signed = Signed { size: signed.size, root: signed.root, note: note.to_owned() };
            Ok(Met { signed, chain, handed_on })
        }
        Err(CheckpointError::Note(NoteError::NotSigned { .. })) => {
            former_key(&chain, &parsed, claimed.size)?;
            let key = chain.key_at(claimed.size).clone();
            Err(not(&sentences::of_note(&NoteError::NotSigned { key: key.to_string() })))
        }
        Err(error) => Err(not(&sentences::of_checkpoint(&error))),
    }
}

/// A note that was seen before, by whichever key of the chain held at its size.
///
/// **Errors** none of them signed it; the succession goes on from less than what it covers.
pub(super) fn seen(chain: &Chain, note: &str) -> Result<Signed, Halt> {
    let parsed = Note::parse(note.as_bytes()).map_err(|error| not(&sentences::of_note(&error)))?;
    let claimed = Checkpoint::parse(parsed.text()).map_err(|error| not(&sentences::of_checkpoint(&error)))?;
    let (size, held) = (claimed.size, signed_at(chain, &parsed, claimed.size));
    match held {
        Ok(signed) => Ok(Signed { size: signed.size, root: signed.root, note: note.to_owned() }),
        Err(CheckpointError::Note(NoteError::NotSigned { .. })) => Err(match signer(chain, &parsed) {
            Some(key) => shorter(size, chain.since().get(key).copied().unwrap_or(size)),
            None => Halt::Broken(
                "un point de contrôle signé par une autre clé a déjà été vu ici (succession), et ce qui est donné ne la connaît pas"
                    .into(),
            ),
        }),
        Err(error) => Err(not(&sentences::of_checkpoint(&error))),
    }
}

/// The record goes on, under another key, from fewer entries than the former key had signed.
pub(super) fn shorter(signed: u64, from: u64) -> Halt {
    Halt::Broken(format!(
        "SUCCESSION PLUS COURTE : l’ancienne clé avait signé {signed} entrées, et la nouvelle n’en continue que {from}. Les actes \
         inscrits à partir de l’entrée {from} n’y sont pas. Gardez ce dossier, qui les prouve ; pour suivre la nouvelle clé quand même, \
         commencez un miroir dans un autre dossier"
    ))
}

fn not(why: &str) -> Halt {
    Halt::Broken(format!("point de contrôle : {why}"))
}

fn no_bundle(bundle: Bundle) -> Halt {
    Halt::Broken(format!("{bundle} : ce n’est pas une liasse d’entrées"))
}

fn signed_at(chain: &Chain, note: &Note, size: u64) -> Result<Checkpoint, CheckpointError> {
    checkpoint_of(chain.origin(), note, chain.key_at(size))
}

/// Which key of the chain signed the note.
fn signer(chain: &Chain, note: &Note) -> Option<usize> {
    chain.keys().iter().position(|key| checkpoint_of(chain.origin(), note, key).is_ok())
}

/// **Errors** the note is signed by a key that does not hold any more at its size.
fn former_key(chain: &Chain, note: &Note, size: u64) -> Result<(), Halt> {
    let Some(at) = signer(chain, note) else { return Ok(()) };
    match (chain.keys().get(at), chain.since().get(at)) {
        (Some(key), Some(since)) if *since < size => Err(not(&format!(
            "il est signé par l’ancienne clé {key}, qui ne vaut plus depuis l’entrée {since} (succession)"
        ))),
        _ => Ok(()),
    }
}

/// The chain goes on to the key that holds at the end of this tree, by the successions that the giver tells of. Each is an entry of
/// the tree that the note claims, and its custodians signed it.
///
/// **Errors** [`Halt::Broken`] where one of them is none; [`Halt::Silent`].
fn crossed(
    giver: &mut dyn Giver,
    chain: &mut Chain,
    claimed: &Checkpoint,
) -> Result<Vec<(u64, Succeeded)>, Halt> {
    let known = chain.since().last().copied();
    let told_of = giver.successions().map_err(Halt::Silent)?;
    let new: Vec<u64> =
        told_of.into_iter().filter(|index| known.is_none_or(|known| *index > known)).collect();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let giver = RefCell::new(giver);
    let read = |tile: Tile| giver.borrow_mut().tile(tile);
    let mut tree = TiledTree::open(claimed.size, &claimed.root, read).map_err(told)?;
    let mut handed_on = Vec::new();
    for index in new {
        let not = |why: &str| Halt::Broken(format!("entrée {index} : {why}"));
        let bundle = Bundle::in_tree(index / u64::from(TILE_WIDTH), claimed.size)
            .filter(|_| index < claimed.size)
            .ok_or_else(|| not("une succession est annoncée au-delà du registre"))?;
        let bytes = giver.borrow_mut().bundle(bundle, claimed.size).map_err(Halt::Silent)?;
        let entries = bundle.entries(&bytes).map_err(|_| no_bundle(bundle))?;
        let entry = entries.get((index % u64::from(TILE_WIDTH)) as usize).ok_or_else(|| no_bundle(bundle))?;
        if tree.leaf(index).map_err(told)? != leaf_hash(entry) {
            return Err(not("ce n’est pas celle qui a été signée"));
        }
        let (entry, _) = Entry::parse_whole(entry).map_err(|error| not(&error.to_string()))?;
        let Word::RecordSucceeded(says) = entry.word else {
            return Err(not("une succession y est annoncée, et n’y est pas"));
        };
        let root = tree.root_at(index).map_err(told)?;
        chain.succeed(index, &root, &says).map_err(|why| not(&why))?;
        handed_on.push((index, says));
    }
    Ok(handed_on)
}
