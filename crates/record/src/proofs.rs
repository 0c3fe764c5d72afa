//! Proofs that anyone checks without us: that an entry is on the record, that the record continues what it was.
//!
//! Made from the newest checkpoint and a few tiles, each checked on the way: a damaged tile gives a fault and never a false
//! proof.

use std::fmt;

use terms::Instant;
use tlog::tile::Tile;
use tlog::{Hash, Note, ProofFile, TiledError, TiledTree, VerifierKey, leaf_hash, open_checkpoint};

use crate::{Fault, Tx, cosigned, tiles, values};

/// The newest checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// How many entries it covers.
    pub size: u64,
    /// The root of their tree.
    pub root: Hash,
    /// The signed note, to the byte.
    pub note: String,
}

/// The newest checkpoint, its signature verified.
///
/// **Errors** the database refused; no checkpoint, or one that the key did not sign.
pub fn newest(tx: &mut Tx<'_>, key: &VerifierKey) -> Result<Signed, Fault> {
    let note: Option<String> =
        tx.row("SELECT note FROM checkpoint ORDER BY day DESC LIMIT 1", &[], |row| row.get(0))?;
    let note = note.ok_or_else(|| Fault::Damaged("aucune signature ne couvre le registre".into()))?;
    let opened = open_checkpoint(note.as_bytes(), key).map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(Signed { size: opened.size, root: opened.root, note })
}

/// The bytes of the entry, if the record has it.
///
/// **Errors** the database refused.
pub fn entry(tx: &mut Tx<'_>, index: u64) -> Result<Option<Vec<u8>>, Fault> {
    // An index past what the database can count is of no entry.
    let Ok(index) = i64::try_from(index) else { return Ok(None) };
    tx.row("SELECT bytes FROM entry WHERE idx = ?1", values![index], |row| row.get(0))
}

/// The proof file of an entry, which carries the entry itself as its extra data; `None` where the record has no such entry.
///
/// **Errors** the database refused; a tile is damaged or missing.
pub fn inclusion(tx: &mut Tx<'_>, key: &VerifierKey, index: u64) -> Result<Option<ProofFile>, Fault> {
    let Some(extra) = entry(tx, index)? else { return Ok(None) };
    let signed = newest(tx, key)?;
    let hashes = tree(tx, &signed)?.inclusion_proof(index).map_err(told)?;
    let note = cosigned::covering(tx, &signed.note)?;
    let checkpoint = Note::parse(note.as_bytes()).map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(Some(ProofFile { extra, index, hashes, checkpoint }))
}

/// The hashes that show the record of `old` entries to be the start of today's.
///
/// **Errors** the database refused; a tile is damaged or missing; the record never had so many entries.
pub fn consistency(tx: &mut Tx<'_>, signed: &Signed, old: u64) -> Result<Vec<Hash>, Fault> {
    tree(tx, signed)?.consistency_proof(old).map_err(told)
}

/// The root that the record had when it was of `size` entries.
///
/// **Errors** as [`consistency`].
pub fn root_at(tx: &mut Tx<'_>, signed: &Signed, size: u64) -> Result<Hash, Fault> {
    tree(tx, signed)?.root_at(size).map_err(told)
}

/// The tree read through the tiles that the database gives.
type Tiles<'a> = TiledTree<Box<dyn FnMut(Tile) -> Result<Vec<u8>, Fault> + 'a>>;

fn tree<'a>(tx: &'a mut Tx<'_>, signed: &Signed) -> Result<Tiles<'a>, Fault> {
    let absent = |tile: Tile| Fault::Damaged(format!("{tile} manque"));
    let size = signed.size;
    let read = move |tile: Tile| tiles::tile_of(tx, tile, size)?.ok_or_else(|| absent(tile));
    TiledTree::open(size, &signed.root, Box::new(read) as Box<_>).map_err(told)
}

fn told(error: TiledError<Fault>) -> Fault {
    match error {
        TiledError::Read { fault, .. } => fault,
        TiledError::Altered { tile } => {
            Fault::Damaged(format!("{tile} : une de ses empreintes a été modifiée"))
        }
        TiledError::Root { .. } => {
            Fault::Damaged("les tuiles du bord de l’arbre ne mènent pas à la racine signée".into())
        }
        other => Fault::Damaged(other.to_string()),
    }
}

/// When the entry at this index was sealed; `None` where the record has no such entry.
///
/// **Errors** the database refused; the entry is unreadable.
pub fn sealed_at(tx: &mut Tx<'_>, index: u64) -> Result<Option<Instant>, Fault> {
    match entry(tx, index)? {
        Some(bytes) => Ok(Some(terms::Entry::parse(&bytes)?.at)),
        None => Ok(None),
    }
}

/// An entry's short code: its index, and the first sixty bits of its leaf hash, as `1204-7KQM-2X9D-8FTR`.
///
/// It tells whether a printed sheet speaks of the entry that stands on the record; it is no proof of the signature.
///
/// **Source** the alphabet is Crockford's base 32: no I, L, O, U, and what is mistaken for a digit is read as it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortCode {
    /// The entry's index.
    pub index: u64,
    mark: u64,
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of a code after the index.
const CHARACTERS: usize = 12;

impl ShortCode {
    /// The code of this entry.
    #[must_use]
    pub fn of(index: u64, entry: &[u8]) -> Self {
        let hash = leaf_hash(entry);
        let (first, _) = hash.as_bytes().split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
        Self { index, mark: u64::from_be_bytes(*first) >> 4 }
    }

    /// The code that this text writes; spaces and case aside.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (index, rest) = text.trim().split_once('-')?;
        let index = index.trim();
        if index.is_empty() || !index.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits: Vec<u8> = rest
            .bytes()
            .filter(|byte| !matches!(byte, b'-' | b' '))
            .map(|byte| match byte.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            })
            .collect();
        if digits.len() != CHARACTERS {
            return None;
        }
        let mut mark = 0;
        for digit in digits {
            let worth = ALPHABET.iter().position(|character| *character == digit)?;
            mark = mark << 5 | worth as u64;
        }
        Some(Self { index: index.parse().ok()?, mark })
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.index)?;
        for place in 0..CHARACTERS {
            if place % 4 == 0 {
                f.write_str("-")?;
            }
            let worth = self.mark >> (5 * (CHARACTERS - 1 - place)) & 31;
            write!(f, "{}", char::from(ALPHABET[worth as usize]))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_copy_it() {
        let code = ShortCode::of(1204, b"entry");
        let text = code.to_string();
        assert_eq!(text.len(), "1204-7KQM-2X9D-8FTR".len(), "{text}");
        assert_eq!(ShortCode::parse(&text), Some(code));
        let spoken = text.to_lowercase().replacen('-', " - ", 3).replace('0', "o").replacen("o", "0", 1);
        assert_eq!(ShortCode::parse(&format!(" {spoken} ")), Some(code), "{spoken}");
        for bad in [
            "",
            "1204",
            "1204-",
            "x-7KQM-2X9D-8FTR",
            "-7KQM-2X9D-8FTR",
            "1204-7KQM-2X9D-8FT",
            "1204-7KQM-2X9D-8FTU",
        ] {
            assert_eq!(ShortCode::parse(bad), None, "{bad}");
        }
        assert_ne!(ShortCode::of(1204, b"entrz"), code);
        assert_ne!(ShortCode::of(1205, b"entry"), code);
    }
}
