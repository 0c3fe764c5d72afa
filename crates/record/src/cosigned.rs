//! What witnesses have cosigned, beside the checkpoints they speak of; not derived, and not of the record's tree.
//!
//! One cosignature a day stays of each witness, as one checkpoint does: the last of each day.
//!
//! | what may be lost | what someone who can change it gains |
//! |---|---|
//! | cosignatures: witnesses are asked again | nothing: each is a signature, and `verify --policy` checks it |

use terms::Day;
use tlog::{CosignerKey, Note};

use crate::{Fault, Tx, values};

/// The tables, laid out beside those of the record.
pub(crate) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS cosignature (
    witness TEXT NOT NULL,
    day TEXT NOT NULL,
    size BIGINT NOT NULL,
    cosigned BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (witness, day)
);
CREATE TABLE IF NOT EXISTS witness (
    witness TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    since BIGINT NOT NULL,
    trouble TEXT,
    told TEXT,
    troubled BIGINT
);
";

/// Why a witness is no comfort now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It has cosigned something that this record does not continue, or says that this record does not continue it.
    Disagrees,
    /// It answers, and does not cosign.
    Refuses,
    /// It has not answered for longer than is borne.
    Silent,
}

impl Trouble {
    /// Every trouble.
    pub const ALL: [Self; 3] = [Self::Disagrees, Self::Refuses, Self::Silent];

    /// The word in tables and translation keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Disagrees => "disagrees",
            Self::Refuses => "refuses",
            Self::Silent => "silent",
        }
    }
}

/// A witness that the record's keepers have asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its verifier key.
    pub witness: String,
    /// The name that the keepers give it.
    pub name: String,
    /// When it was first asked: seconds since 1970.
    pub since: u64,
    /// What it has last cosigned, and when: seconds since 1970. None if it never has.
    pub latest: Option<(u64, u64)>,
    /// What is wrong with it, what it said, and since when.
    pub trouble: Option<(Trouble, String, u64)>,
}

/// Every witness that is asked, by name.
///
/// **Errors** the database refused.
pub fn asked(tx: &mut Tx<'_>) -> Result<Vec<Asked>, Fault> {
    let mut all = tx.rows(
        "SELECT witness, name, since, trouble, told, troubled FROM witness ORDER BY name, witness",
        &[],
        |row| {
            let word: Option<String> = row.get(3)?;
            let trouble = Trouble::ALL.into_iter().find(|trouble| Some(trouble.as_str()) == word.as_deref());
            let told: Option<String> = row.get(4)?;
            let since: Option<u64> = row.get(5)?;
            Ok(Asked {
                witness: row.get(0)?,
                name: row.get(1)?,
                since: row.get(2)?,
                latest: None,
                trouble: trouble.map(|trouble| (trouble, told.unwrap_or_default(), since.unwrap_or(0))),
            })
        },
    )?;
    for one in &mut all {
        one.latest = tx.row(
            "SELECT size, cosigned FROM cosignature WHERE witness = ?1 ORDER BY day DESC LIMIT 1",
            values![one.witness],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
    }
    Ok(all)
}

/// The witness is among those asked, since this moment unless it was before.
///
/// **Errors** the database refused.
pub fn ask_from_now_on(tx: &mut Tx<'_>, witness: &str, name: &str, now: u64) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO witness (witness, name, since) VALUES (?1, ?2, ?3) \
         ON CONFLICT (witness) DO UPDATE SET name = excluded.name",
        values![*witness, *name, now],
    )?;
    Ok(())
}

/// Witnesses that are not among these are asked no more; what they cosigned stays.
///
/// **Errors** the database refused.
pub fn ask_only(tx: &mut Tx<'_>, witnesses: &[String]) -> Result<(), Fault> {
    for one in asked(tx)?.iter().filter(|one| !witnesses.contains(&one.witness)) {
        tx.run("DELETE FROM witness WHERE witness = ?1", values![one.witness])?;
    }
    Ok(())
}

/// The witness has cosigned this note, which carries its line; what was wrong with it is over.
///
/// **Errors** the database refused.
pub fn keep(
    tx: &mut Tx<'_>,
    witness: &str,
    day: Day,
    (size, at): (u64, u64),
    note: &Note,
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO cosignature (witness, day, size, cosigned, note) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (witness, day) DO UPDATE SET size = excluded.size, cosigned = excluded.cosigned, \
         note = excluded.note",
        values![*witness, day, size, at, note.to_string()],
    )?;
    tx.run(
        "UPDATE witness SET trouble = NULL, told = NULL, troubled = NULL WHERE witness = ?1",
        values![*witness],
    )?;
    Ok(())
}

/// This is wrong with the witness; since this moment, unless it was before.
///
/// **Errors** the database refused.
pub fn trouble(tx: &mut Tx<'_>, witness: &str, trouble: Trouble, told: &str, now: u64) -> Result<(), Fault> {
    tx.run(
        "UPDATE witness SET troubled = CASE WHEN trouble = ?2 THEN troubled ELSE ?4 END, trouble = ?2, told = ?3 \
         WHERE witness = ?1",
        values![*witness, *trouble.as_str(), *told, now],
    )?;
    Ok(())
}

/// The note with every cosignature that is kept of the very checkpoint in it.
///
/// **Errors** the database refused; the note is malformed.
pub fn covering(tx: &mut Tx<'_>, note: &str) -> Result<String, Fault> {
    let damaged = |error: tlog::NoteError| Fault::Damaged(error.to_string());
    let mut with = Note::parse(note.as_bytes()).map_err(damaged)?;
    let size: Option<i64> = note.lines().nth(1).and_then(|line| line.parse().ok());
    let Some(size) = size else { return Ok(note.to_owned()) };
    let rows: Vec<(String, String)> = tx.rows(
        "SELECT witness, note FROM cosignature WHERE size = ?1 ORDER BY witness",
        values![size],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    for (witness, cosigned) in rows {
        let (Ok(cosigned), Ok(key)) = (Note::parse(cosigned.as_bytes()), CosignerKey::parse(&witness)) else {
            continue;
        };
        let line =
            cosigned.signatures().iter().rfind(|line| line.name() == key.name() && line.id() == key.id());
        // A note that is full stays as it is.
        if let (true, Some(line)) = (cosigned.text() == with.text(), line)
            && let Ok(more) = with.clone().with(line.clone())
        {
            with = more;
        }
    }
    Ok(with.to_string())
}
