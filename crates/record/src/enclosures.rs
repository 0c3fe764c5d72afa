//! Enclosures: the bytes that words commit to, apart from the record and destructible.
//!
//! What may be lost: any enclosure, without harm to the proof. What an attacker who can write here gains: nothing that
//! `verify` would not name, since every byte is committed to.

use terms::{Commitment, Day, Enclosed, Media, Salt};

use crate::{Fault, Row, Tx, values};

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

/// The bytes are kept under the salt and the commitment with which they were given, once they were compared; what is here already, or
/// was withdrawn here, stays as it is.
///
/// **Errors** the database refused.
pub(crate) fn keep_given(
    tx: &mut Tx<'_>,
    enclosed: &Enclosed,
    salt: &Salt,
    bytes: &[u8],
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO enclosure (sha256, media, salt, bytes) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (sha256) DO NOTHING",
        values![enclosed.sha256, enclosed.media.as_str(), salt.0[..], *bytes],
    )?;
    Ok(())
}

/// Whether the enclosure is kept, be it destroyed since.
///
/// **Errors** the database refused.
pub(crate) fn is_kept(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<bool, Fault> {
    let found: i64 = tx.one("SELECT count(*) FROM enclosure WHERE sha256 = ?1", values![*sha256])?;
    Ok(found > 0)
}

/// Nothing is left of what the tables say was withdrawn.
///
/// **Errors** the database refused.
pub(crate) fn destroy_withdrawn(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.run(
        "UPDATE enclosure SET salt = NULL, bytes = NULL \
         WHERE bytes IS NOT NULL AND sha256 IN (SELECT sha256 FROM withdrawn)",
        &[],
    )?;
    Ok(())
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

/// A withdrawal: what was destroyed, why, and who decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The commitment that is left.
    pub sha256: Commitment,
    /// On what ground.
    pub ground: String,
    /// Who decided.
    pub decided_by: String,
    /// By whose order, if one was given.
    pub ordered_by: Option<String>,
    /// Since when it is known.
    pub known: Day,
    /// The entry that withdrew it.
    pub entry: u64,
    /// The entry that carried it, where the withdrawal names it.
    pub held_by: Option<u64>,
}

const WITHDRAWN: &str = "SELECT sha256, ground, decided_by, ordered_by, known, entry, held_by FROM withdrawn";

fn withdrawal_at(row: &Row<'_>) -> Result<Withdrawal, Fault> {
    Ok(Withdrawal {
        sha256: row.get(0)?,
        ground: row.get(1)?,
        decided_by: row.get(2)?,
        ordered_by: row.get(3)?,
        known: row.get(4)?,
        entry: row.get(5)?,
        held_by: row.get(6)?,
    })
}

/// The withdrawal of the enclosure with this commitment, if it was withdrawn.
///
/// **Errors** the database refused.
pub fn withdrawal(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<Option<Withdrawal>, Fault> {
    tx.row(&format!("{WITHDRAWN} WHERE sha256 = ?1"), values![*sha256], withdrawal_at)
}

/// What was withdrawn of the enclosures of this entry, in the order in which it was.
///
/// **Errors** the database refused.
pub fn withdrawn_of(tx: &mut Tx<'_>, entry: u64) -> Result<Vec<Withdrawal>, Fault> {
    tx.rows(&format!("{WITHDRAWN} WHERE held_by = ?1 ORDER BY entry"), values![entry], withdrawal_at)
}

/// Withdrawals, newest first, below an entry if one is given.
///
/// **Errors** the database refused.
pub fn withdrawals(tx: &mut Tx<'_>, below: Option<u64>, most: usize) -> Result<Vec<Withdrawal>, Fault> {
    let sql = format!("{WITHDRAWN} WHERE entry < ?1 ORDER BY entry DESC LIMIT {most}");
    tx.rows(&sql, values![below.unwrap_or(i64::MAX as u64)], withdrawal_at)
}

/// The other enclosures that hold the very same bytes: a text withdrawn once may stand elsewhere too.
///
/// **Errors** the database refused.
pub fn same_bytes(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<Vec<Commitment>, Fault> {
    tx.rows(
        "SELECT o.sha256 FROM enclosure o JOIN enclosure e ON e.bytes = o.bytes \
         WHERE e.sha256 = ?1 AND o.sha256 <> ?1 ORDER BY o.sha256",
        values![*sha256],
        |row| row.get(0),
    )
}

/// The first entry that carries the enclosure with this commitment. Every entry may have to be read.
///
/// **Errors** the database refused.
pub fn carrier(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<Option<u64>, Fault> {
    let hex = sha256.to_string();
    let size: u64 = tx.one("SELECT coalesce(max(idx), -1) + 1 FROM entry", &[])?;
    let mut from = 0;
    while from < size {
        let mut found = None;
        tx.each(
            "SELECT idx, bytes FROM entry WHERE idx >= ?1 AND idx < ?2 ORDER BY idx",
            values![from, from + CARRIER_CHUNK],
            |row| {
                let bytes: Vec<u8> = row.get(1)?;
                if found.is_none() && std::str::from_utf8(&bytes).is_ok_and(|text| text.contains(&hex)) {
                    found = Some(row.get(0)?);
                }
                Ok(())
            },
        )?;
        if found.is_some() {
            return Ok(found);
        }
        from += CARRIER_CHUNK;
    }
    Ok(None)
}

/// Entries read at once while a carrier is looked for.
const CARRIER_CHUNK: u64 = 10_000;
