//! A record handed on: its folder, without the key that signed it, becomes the place where it is written.
//!
//! Two steps, between which custodians sign: a new key is made and says what it would succeed to; the succession is the first entry
//! that it signs. What may be lost: acts that the former keeper sealed and nobody copied. Their numbers are used anew.

use std::fs;

use terms::instance::{Succeeded, SuccessionGround};
use terms::{Actor, Entry, Word};
use tlog::{Note, NoteError, Signer, VerifierKey};

use crate::instance::opened_by;
use crate::session::Session;
use crate::tables::{Tables, table_names};
use crate::verify::{Chain, Statement};
use crate::{Clock, Fault, Folder, Tx, follow, replay, values};

/// Where the new key lies until the record is handed on.
const NEXT: &str = "succession.cle";

/// Entries looked through at once.
const AT_ONCE: u64 = 4_096;

impl Folder {
    /// Whether a signing key is in the folder.
    #[must_use]
    pub fn has_key(&self) -> bool {
        self.key().exists()
    }
}

/// What custodians are asked to sign: that a new key, which is in the folder now, follows at the record's end.
///
/// **Errors** no instance; the folder still has the key that signs it; held by another process; damaged; the system refused.
pub fn prepare(
    folder: &Folder,
    address: Option<String>,
    ground: SuccessionGround,
) -> Result<Statement, Fault> {
    let _lock = without_key(folder)?;
    let mut session = Session::reader(&folder.base())?;
    let (chain, signed) = standing(&mut session.tx())?;
    let next = folder.path().join(NEXT);
    let signer = match fs::read_to_string(&next) {
        Ok(text) => Signer::parse(text.trim()).map_err(|error| Fault::Key(error.to_string()))?,
        Err(_) => {
            let signer = Folder::fresh_key(chain.origin())?;
            Folder::keep_key_at(&next, &signer)?;
            signer
        }
    };
    Ok(Statement {
        origin: chain.origin().to_owned(),
        size: signed.size,
        root: signed.root,
        former: chain.key().to_string(),
        key: signer.verifier_key().to_string(),
        address,
        ground,
    })
}

/// The record goes on under the new key: the succession that custodians signed is its newest entry, drawers are empty, and the key is
/// the folder's.
///
/// **Errors** as [`prepare`]; the statement is not of this record as it stands, or not signed by enough custodians; no key was
/// prepared. Then nothing has changed.
pub fn promote(
    folder: &Folder,
    tables: &'static [Tables],
    clock: Clock,
    signed: &str,
    progress: replay::Progress<'_>,
) -> Result<Succeeded, Fault> {
    let refused = |why: String| Fault::Succession(why);
    let next = folder.path().join(NEXT);
    let text = fs::read_to_string(&next).map_err(|_| {
        refused("aucune nouvelle clé n’a été préparée dans ce dossier : --prepare d’abord".into())
    })?;
    let signer = Signer::parse(text.trim()).map_err(|error| Fault::Key(error.to_string()))?;
    let lock = without_key(folder)?;
    let (mut chain, newest) = standing(&mut Session::reader(&folder.base())?.tx())?;
    // Cut off between the entry and the move of the key: what is left is to move it.
    if let (true, Some(says)) = (chain.key() == signer.verifier_key(), newest.last) {
        take_up(folder)?;
        return Ok(says);
    }
    let note = Note::parse(signed.as_bytes())
        .map_err(|_| refused("l’acte de succession ne porte aucune signature de gardien".into()))?;
    let statement = Statement::parse(note.text())
        .ok_or_else(|| refused("ce fichier n’est pas un acte de succession".into()))?;
    if statement.origin != chain.origin() || statement.former != chain.key().to_string() {
        return Err(refused("l’acte de succession est d’un autre registre".into()));
    }
    if statement.key != signer.verifier_key().to_string() {
        return Err(refused(
            "l’acte de succession nomme une autre clé que celle préparée dans ce dossier".into(),
        ));
    }
    let says = Succeeded {
        verifier_key: statement.key,
        size: statement.size,
        root: statement.root.base64().to_string(),
        signed: newest.signature,
        address: statement.address,
        ground: statement.ground,
        signatures: note.signatures().iter().map(ToString::to_string).collect(),
    };
    chain.succeed(newest.size, &newest.root, &says).map_err(refused)?;
    let (record, _) = opened_by(folder, signer, lock, tables, clock, progress)?;
    let (zone, word) = (record.zone.clone(), Word::RecordSucceeded(says.clone()));
    let sealed = record.scribe.seal_now(move |desk| -> Result<(), Fault> {
        empty_drawers(desk.tx(), tables)?;
        follow::leave(desk.tx(), statement.size)?;
        desk.append(&zone, Actor::Loader, None, word).map(drop)
    });
    record.close();
    sealed?;
    take_up(folder)?;
    follow::forget_waiting(folder)?;
    Ok(says)
}

fn without_key(folder: &Folder) -> Result<crate::Lock, Fault> {
    if !folder.holds_instance() {
        return Err(Fault::Absent(folder.path().display().to_string()));
    }
    let lock = folder.lock()?;
    if folder.has_key() {
        return Err(Fault::Succession(
            "ce dossier a déjà la clé du registre : il n’y a rien à reprendre".into(),
        ));
    }
    Ok(lock)
}

/// The prepared key is the folder's key, on the disk.
fn take_up(folder: &Folder) -> Result<(), Fault> {
    let (next, key) = (folder.path().join(NEXT), folder.key());
    fs::rename(&next, &key).map_err(|error| Fault::file(&key, &error))?;
    #[cfg(unix)]
    fs::File::open(folder.path())
        .and_then(|folder| folder.sync_all())
        .map_err(|error| Fault::file(folder.path(), &error))?;
    Ok(())
}

/// Sessions, accounts and drafts were the former keeper's house, not the record; so was the secret of its links.
fn empty_drawers(tx: &mut Tx<'_>, tables: &[Tables]) -> Result<(), Fault> {
    for table in tables.iter().flat_map(|room| table_names(room.drawers)) {
        tx.run(&format!("DELETE FROM {table}"), &[])?;
    }
    tx.run("DELETE FROM meta WHERE key = 'secret'", &[])?;
    Ok(())
}

/// The newest checkpoint as it stands, with the line of the key that holds.
struct Newest {
    size: u64,
    root: tlog::Hash,
    signature: String,
    last: Option<Succeeded>,
}

/// The key that signs the record now.
///
/// **Errors** the database refused; the record is damaged.
pub fn key_in_force(tx: &mut Tx<'_>) -> Result<VerifierKey, Fault> {
    Ok(chain(tx)?.key().clone())
}

/// The keys that signed the record so far.
///
/// **Errors** as [`key_in_force`].
pub(crate) fn chain(tx: &mut Tx<'_>) -> Result<Chain, Fault> {
    Ok(keys(tx)?.0)
}

/// The entries that handed the record on to another key, rising.
///
/// **Errors** as [`key_in_force`].
pub fn entries(tx: &mut Tx<'_>) -> Result<Vec<u64>, Fault> {
    Ok(chain(tx)?.since().to_vec())
}

/// As [`chain`], with what the last succession says.
fn keys(tx: &mut Tx<'_>) -> Result<(Chain, Option<Succeeded>), Fault> {
    let mut chain = Chain::of(&crate::instance::beginning(tx)?).map_err(Fault::Damaged)?;
    // Where the founding key signed the newest checkpoint there was no succession, and no entry is looked through.
    if signs_newest(tx, chain.key())? {
        return Ok((chain, None));
    }
    let mut last = None;
    for (_, says) in successions(tx)? {
        chain.succeed_as_sealed(&says).map_err(Fault::Damaged)?;
        last = Some(says);
    }
    Ok((chain, last))
}

/// Whether the newest checkpoint, where there is one, bears a line of this key.
pub(crate) fn signs_newest(tx: &mut Tx<'_>, key: &VerifierKey) -> Result<bool, Fault> {
    let note: Option<String> =
        tx.row("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1", &[], |row| row.get(0))?;
    let note = note.and_then(|note| Note::parse(note.as_bytes()).ok());
    Ok(note.is_none_or(|note| !matches!(note.verified_by(key), Err(NoteError::NotSigned { .. }))))
}

/// Which keys signed the record so far, and its newest checkpoint.
fn standing(tx: &mut Tx<'_>) -> Result<(Chain, Newest), Fault> {
    let (chain, last) = keys(tx)?;
    let key = chain.key();
    let signed = crate::proofs::newest(tx, key)?;
    let note = Note::parse(signed.note.as_bytes()).map_err(|error| Fault::Damaged(error.to_string()))?;
    let line = note.signatures().iter().find(|line| line.name() == key.name() && line.id() == key.id());
    let signature = line.map(ToString::to_string).unwrap_or_default();
    Ok((chain, Newest { size: signed.size, root: signed.root, signature, last }))
}

/// Every succession on the record, with its index. Looks through all entries: asked only where the founding key does not hold any more,
/// or is to be followed.
///
/// **Errors** the database refused; an entry is unreadable.
pub(crate) fn successions(tx: &mut Tx<'_>) -> Result<Vec<(u64, Succeeded)>, Fault> {
    const WORD: &[u8] = b"\"word\":\"record-succeeded\"}";
    let (mut from, mut found) = (0, Vec::new());
    loop {
        let sql = "SELECT idx, bytes FROM entry WHERE idx >= ?1 AND idx < ?2 ORDER BY idx";
        let mut seen = 0;
        let mut of_the_word: Vec<(u64, Vec<u8>)> = Vec::new();
        tx.each(sql, values![from, from + AT_ONCE], |row| {
            let bytes: Vec<u8> = row.get(1)?;
            seen += 1;
            // In the canonical form the word comes last, so that no text inside an entry passes for it.
            if bytes.ends_with(WORD) {
                of_the_word.push((row.get(0)?, bytes));
            }
            Ok(())
        })?;
        for (index, bytes) in of_the_word {
            if let Word::RecordSucceeded(says) = Entry::parse(&bytes)?.word {
                found.push((index, says));
            }
        }
        if seen == 0 {
            return Ok(found);
        }
        from += AT_ONCE;
    }
}
