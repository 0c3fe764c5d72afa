//! Enclosures: the bytes that words commit to, apart from the record and destructible.
//!
//! What may be lost: any enclosure, without harm to the proof. What an attacker who can write here gains: nothing that
//! `verify` would not name, since every byte is committed to.

use terms::{Commitment, Enclosed, Media, Salt};

use crate::{Fault, Tx, values};

/// The bytes are kept under a fresh salt; the answer is what a word carries.
///
/// **Errors** the system has no randomness; the database refused.
pub(crate) fn keep(tx: &mut Tx<'_>, media: Media, bytes: &[u8]) -> Result<Enclosed, Fault> {
    let mut salt = Salt([0; 32]);
    getrandom::fill(&mut salt.0)
        .map_err(|error| Fault::File(format!("le système ne donne pas de hasard : {error}")))?;
    keep_salted(tx, media, &salt, bytes)
}

/// The bytes are kept under a given salt: how mirrors and imports of a record keep them.
///
/// **Errors** the database refused.
pub(crate) fn keep_salted(
    tx: &mut Tx<'_>,
    media: Media,
    salt: &Salt,
    bytes: &[u8],
) -> Result<Enclosed, Fault> {
    let sha256 = Commitment::to(salt, bytes);
    tx.run(
        "INSERT INTO enclosure (sha256, media, salt, bytes) VALUES (?1, ?2, ?3, ?4)",
        values![sha256, media.as_str(), salt.0[..], *bytes],
    )?;
    Ok(Enclosed { sha256, media, bytes: bytes.len() as u64 })
}

/// An enclosed text; `None` when it was withdrawn or is not here.
///
/// **Errors** the database refused.
pub fn text(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<Option<String>, Fault> {
    let found: Option<Option<String>> =
        tx.row("SELECT bytes FROM enclosure WHERE sha256 = ?1", values![*sha256], |row| row.get(0))?;
    Ok(found.flatten())
}

/// An enclosed file with its media type; `None` when it was withdrawn or is not here.
///
/// **Errors** the database refused.
pub fn file(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<Option<(String, Vec<u8>)>, Fault> {
    let found: Option<(String, Option<Vec<u8>>)> =
        tx.row("SELECT media, bytes FROM enclosure WHERE sha256 = ?1", values![*sha256], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    Ok(found.and_then(|(media, bytes)| bytes.map(|bytes| (media, bytes))))
}

/// The bytes and the salt of a withdrawn enclosure are gone from the table; `secure_delete` overwrites their pages.
///
/// **Errors** the database refused.
pub(crate) fn destroy(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<(), Fault> {
    tx.run("UPDATE enclosure SET salt = NULL, bytes = NULL WHERE sha256 = ?1", values![*sha256])?;
    Ok(())
}

/// An enclosure with what its commitment is checked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salted {
    /// The media type.
    pub media: String,
    /// The salt.
    pub salt: Salt,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// An enclosure with its salt; `None` when it was withdrawn or is not here.
///
/// **Errors** the database refused.
pub fn whole(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<Option<Salted>, Fault> {
    let found =
        tx.row("SELECT media, salt, bytes FROM enclosure WHERE sha256 = ?1", values![*sha256], |row| {
            let (salt, bytes): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(1)?, row.get(2)?);
            Ok((row.get::<String>(0)?, salt.zip(bytes)))
        })?;
    let Some((media, Some((salt, bytes)))) = found else { return Ok(None) };
    let salt = Salt(salt.try_into().map_err(|_| Fault::Value(format!("le sel de la pièce {sha256}")))?);
    Ok(Some(Salted { media, salt, bytes }))
}
