//! Enclosures: what words commit to, apart from the record and destructible. Texts and names lie in the table; the bytes of files,
//! which is every enclosure that is no text, lie in the [store](crate::Store), and the table `object` says where and how they open.
//!
//! What may be lost: any enclosure, without harm to the proof. What an attacker who can write here gains: nothing that
//! `verify` would not name, since every byte is committed to.

use terms::{Commitment, Day, Enclosed, Media, Salt};

use crate::store::{Object, Stock, digest_of};
use crate::{Fault, Row, Store, Tx, Value, values};

/// The table of objects, which `CREATE`s itself where a version before the store left none. A row without key is of a file that
/// was withdrawn: its object is still to be deleted.
pub(crate) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS object (
    sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    key BYTEA,
    digest TEXT
);
";

/// Whether bytes of this kind lie in the store: all but texts, which are short, searched, and shown in every page.
fn is_file(media: &str) -> bool {
    media != Media::Text.as_str()
}

/// The bytes are kept under a fresh salt; the answer is what a word carries, and the name of the object if they lie in the store.
///
/// **Errors** the system has no randomness; the store does not answer or refuses; the database refused.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    store: &Store,
    media: Media,
    bytes: &[u8],
) -> Result<(Enclosed, Option<String>), Fault> {
    let mut salt = Salt([0; 32]);
    getrandom::fill(&mut salt.0)
        .map_err(|error| Fault::File(format!("le système ne donne pas de hasard : {error}")))?;
    let sha256 = Commitment::to(&salt, bytes);
    let object = lay(tx, store, &sha256.to_string(), media.as_str(), &salt.0, bytes)?;
    Ok((Enclosed { sha256, media, bytes: bytes.len() as u64 }, object))
}

/// The enclosure is here, its bytes where bytes of its kind lie; the answer is the name of its object, if it has one. The object
/// is on the disk before any row names it, so that a cut leaves an object without a row, never a row without an object.
///
/// **Errors** as [`keep`].
fn lay(
    tx: &mut Tx<'_>,
    store: &Store,
    sha256: &str,
    media: &str,
    salt: &[u8],
    bytes: &[u8],
) -> Result<Option<String>, Fault> {
    const INTO: &str = "INSERT INTO enclosure (sha256, media, salt, bytes) VALUES (?1, ?2, ?3, ?4)";
    if !is_file(media) {
        tx.run(INTO, values![*sha256, *media, *salt, *bytes])?;
        return Ok(None);
    }
    store.claim(tx)?;
    let object = store.put(bytes)?;
    tx.run(INTO, values![*sha256, *media, *salt, Value::Null])?;
    name_object(tx, sha256, &object)?;
    Ok(Some(object.name))
}

fn name_object(tx: &mut Tx<'_>, sha256: &str, object: &Object) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO object (sha256, name, size, key, digest) VALUES (?1, ?2, ?3, ?4, ?5)",
        values![*sha256, object.name, object.size, object.key, object.digest],
    )?;
    Ok(())
}

/// The enclosure is kept under the salt and the commitment with which it was given, once they were compared; one that is here, or was
/// withdrawn here, stays as it is.
///
/// **Errors** as [`keep`].
pub(crate) fn take_over(
    tx: &mut Tx<'_>,
    store: &Store,
    enclosed: &Enclosed,
    salt: &Salt,
    bytes: &[u8],
) -> Result<(), Fault> {
    let media = enclosed.media.as_str();
    if !is_file(media) {
        tx.run(
            "INSERT INTO enclosure (sha256, media, salt, bytes) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (sha256) DO NOTHING",
            values![enclosed.sha256, media, salt.0[..], *bytes],
        )?;
    } else if !is_kept(tx, &enclosed.sha256)? {
        lay(tx, store, &enclosed.sha256.to_string(), media, &salt.0, bytes)?;
    }
    Ok(())
}

/// A row of the table as a backup holds it, its file's bytes in it, is here: a file's bytes are in the store.
///
/// **Errors** as [`keep`]; the row is none of the table.
pub(crate) fn restore(tx: &mut Tx<'_>, store: &Store, row: &[Value]) -> Result<(), Fault> {
    match row {
        [Value::Text(sha256), Value::Text(media), Value::Bytes(salt), Value::Bytes(bytes)]
            if is_file(media) =>
        {
            lay(tx, store, sha256, media, salt, bytes)?;
        }
        [_, _, _, _] => {
            tx.run("INSERT INTO enclosure (sha256, media, salt, bytes) VALUES (?1, ?2, ?3, ?4)", row)?;
        }
        _ => return Err(Fault::Value("une pièce qui n’en est pas une".into())),
    }
    Ok(())
}

/// Whether the enclosure is kept, be it destroyed since.
///
/// **Errors** the database refused.
pub(crate) fn is_kept(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<bool, Fault> {
    let found: i64 =
        tx.one("SELECT CAST(count(*) AS BIGINT) FROM enclosure WHERE sha256 = ?1", values![*sha256])?;
    Ok(found > 0)
}

/// An enclosed text; `None` when it was withdrawn or is not here.
///
/// **Errors** the database refused.
pub fn text(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<Option<String>, Fault> {
    let found: Option<Option<String>> =
        tx.row("SELECT bytes FROM enclosure WHERE sha256 = ?1", values![*sha256], |row| row.get(0))?;
    Ok(found.flatten())
}

/// An enclosure that is here, with what its commitment is checked by. Its bytes are asked of [`Store::fetch`], outside of any
/// transaction: a store may be far away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its commitment.
    pub sha256: Commitment,
    /// The media type.
    pub media: String,
    /// The salt.
    pub salt: Salt,
    /// **Units** bytes.
    pub size: u64,
    pub(crate) place: Place,
}

/// Where the bytes of an enclosure lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the database: a text, or a file from a version before the store.
    Row(Vec<u8>),
    /// In the store.
    Object(Object),
}

impl Held {
    /// The text; `None` for a file.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.place {
            Place::Row(bytes) if !is_file(&self.media) => std::str::from_utf8(bytes).ok(),
            Place::Row(_) | Place::Object(_) => None,
        }
    }
}

/// Every enclosure with its object, for [`place_of`]: commitment, media type, salt, bytes, then name, size, key and digest.
pub(crate) const WITH_OBJECTS: &str = "SELECT e.sha256, e.media, e.salt, e.bytes, o.name, o.size, o.key, o.digest \
     FROM enclosure e LEFT JOIN object o ON o.sha256 = e.sha256";

/// Where the bytes lie of a row of [`WITH_OBJECTS`]; none where they were withdrawn or the row names no object.
pub(crate) fn place_of(row: &Row<'_>) -> Result<Option<Place>, Fault> {
    if let Some(bytes) = row.get(3)? {
        return Ok(Some(Place::Row(bytes)));
    }
    let (name, size): (Option<String>, Option<u64>) = (row.get(4)?, row.get(5)?);
    let (key, digest): (Option<Vec<u8>>, Option<String>) = (row.get(6)?, row.get(7)?);
    Ok(match (name, size, key, digest) {
        (Some(name), Some(size), Some(key), Some(digest)) => {
            Some(Place::Object(Object { name, key, size, digest }))
        }
        _ => None,
    })
}

/// The enclosure with this commitment; `None` when it was withdrawn or is not here.
///
/// **Errors** the database refused.
pub fn held(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<Option<Held>, Fault> {
    let found = tx.row(&format!("{WITH_OBJECTS} WHERE e.sha256 = ?1"), values![*sha256], |row| {
        let salt: Option<Vec<u8>> = row.get(2)?;
        Ok((row.get::<String>(1)?, salt.zip(place_of(row)?)))
    })?;
    let Some((media, Some((salt, place)))) = found else { return Ok(None) };
    let salt = Salt(salt.try_into().map_err(|_| Fault::Value(format!("le sel de la pièce {sha256}")))?);
    let size = match &place {
        Place::Row(bytes) => bytes.len() as u64,
        Place::Object(object) => object.size,
    };
    Ok(Some(Held { sha256: *sha256, media, salt, size, place }))
}

/// The media type of an enclosure whose bytes should be had; `None` when it was withdrawn or is not here.
///
/// **Errors** the database refused.
pub fn media(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<Option<String>, Fault> {
    tx.row("SELECT media FROM enclosure WHERE sha256 = ?1 AND salt IS NOT NULL", values![*sha256], |row| {
        row.get(0)
    })
}

/// Bytes, salt and key of a withdrawn enclosure are gone from the tables; `secure_delete` overwrites their pages. Its object, which
/// nothing opens any more, is deleted by [`delete_withdrawn`].
///
/// **Errors** the database refused.
pub(crate) fn destroy(tx: &mut Tx<'_>, sha256: &Commitment) -> Result<(), Fault> {
    tx.run("UPDATE enclosure SET salt = NULL, bytes = NULL WHERE sha256 = ?1", values![*sha256])?;
    tx.run("UPDATE object SET key = NULL, digest = NULL WHERE sha256 = ?1", values![*sha256])?;
    Ok(())
}

/// As [`destroy`], for everything that an entry withdrew.
///
/// **Errors** the database refused.
pub(crate) fn destroy_withdrawn(tx: &mut Tx<'_>) -> Result<(), Fault> {
    tx.run(
        "UPDATE enclosure SET salt = NULL, bytes = NULL \
         WHERE salt IS NOT NULL AND sha256 IN (SELECT sha256 FROM withdrawn)",
        &[],
    )?;
    tx.run(
        "UPDATE object SET key = NULL, digest = NULL \
         WHERE key IS NOT NULL AND sha256 IN (SELECT sha256 FROM withdrawn)",
        &[],
    )?;
    Ok(())
}

/// The names of objects whose files were withdrawn.
///
/// **Errors** the database refused.
pub(crate) fn withdrawn_objects(tx: &mut Tx<'_>) -> Result<Vec<String>, Fault> {
    tx.rows("SELECT name FROM object WHERE key IS NULL ORDER BY name", &[], |row| row.get(0))
}

/// The object of a withdrawn file is gone from the store; its row may go.
///
/// **Errors** the database refused.
pub(crate) fn forget_object(tx: &mut Tx<'_>, name: &str) -> Result<(), Fault> {
    tx.run("DELETE FROM object WHERE name = ?1 AND key IS NULL", values![*name])?;
    Ok(())
}

/// Whether any file lies in the store.
///
/// **Errors** the database refused.
pub(crate) fn has_objects(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    let found: Option<String> = tx.row("SELECT sha256 FROM object LIMIT 1", &[], |row| row.get(0))?;
    Ok(found.is_some())
}

/// Every object that a row names: its name, its commitment, and whether it has its key.
///
/// **Errors** the database refused.
pub(crate) fn objects(tx: &mut Tx<'_>) -> Result<Vec<(String, Commitment, bool)>, Fault> {
    tx.rows("SELECT name, sha256, key IS NOT NULL FROM object ORDER BY sha256", &[], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// How many files lie where, by the tables.
///
/// **Errors** the database refused.
pub(crate) fn stock(tx: &mut Tx<'_>) -> Result<Stock, Fault> {
    let stored = tx.row(
        "SELECT CAST(count(*) AS BIGINT), CAST(coalesce(sum(size), 0) AS BIGINT) FROM object WHERE key IS NOT NULL",
        &[],
        |row| Ok((row.get::<u64>(0)?, row.get::<u64>(1)?)),
    )?;
    let (stored, bytes) = stored.unwrap_or_default();
    let inline = tx.one(&format!("SELECT CAST(count(*) AS BIGINT) FROM enclosure WHERE {INLINE}"), &[])?;
    Ok(Stock { stored, bytes, inline, ..Stock::default() })
}

/// What files lie in the table: those of a version before the store.
const INLINE: &str = "media <> 'text/plain' AND bytes IS NOT NULL";

/// The next file that lies in the table lies in the store instead; `false` where there is none.
///
/// **Errors** as [`keep`].
pub(crate) fn move_out_one(tx: &mut Tx<'_>, store: &Store) -> Result<bool, Fault> {
    let sql = format!("SELECT sha256, bytes FROM enclosure WHERE {INLINE} ORDER BY sha256 LIMIT 1");
    let next: Option<(Commitment, Vec<u8>)> = tx.row(&sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some((sha256, bytes)) = next else { return Ok(false) };
    let object = store.put(&bytes)?;
    name_object(tx, &sha256.to_string(), &object)?;
    tx.run("UPDATE enclosure SET bytes = NULL WHERE sha256 = ?1", values![sha256])?;
    Ok(true)
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
    let Some(held) = held(tx, sha256)? else { return Ok(Vec::new()) };
    let (digest, size) = match held.place {
        Place::Row(bytes) => (digest_of(&bytes), bytes.len() as u64),
        Place::Object(object) => (object.digest, object.size),
    };
    let mut same: Vec<Commitment> = tx.rows(
        "SELECT sha256 FROM object WHERE digest = ?1 AND sha256 <> ?2",
        values![digest, *sha256],
        |row| row.get(0),
    )?;
    tx.each(
        "SELECT sha256, bytes FROM enclosure WHERE length(bytes) = ?1 AND sha256 <> ?2",
        values![size, *sha256],
        |row| {
            let bytes: Vec<u8> = row.get(1)?;
            if digest_of(&bytes) == digest {
                same.push(row.get(0)?);
            }
            Ok(())
        },
    )?;
    same.sort_unstable();
    Ok(same)
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
