//! What comes, read strictly, and what is kept of it.

use std::collections::HashMap;

use terms::{Commitment, Enclosed, Entry, Instant, Salt, Sealed, Word};
use tlog::tile::Bundle;
use tlog::{Frontier, leaf_hash};

use super::stage::Stage;
use super::{Halt, Signed};
use crate::scribe::Zone;
use crate::session::{Base, Session};
use crate::shelf::set_meta;
use crate::tables::Tables;
use crate::verify::Piece;
use crate::{Fault, Store, Tx, enclosures, replay, tiles, values};

/// From so many new entries on, if they are more than those here, tables are made anew rather than entry by entry.
const BULK: u64 = 5_000;

/// Entries whose tiles are made at once: the hashes of a level are never all in memory.
const STEP: u64 = 1 << 16;

/// A public enclosure that an entry commits to.
pub(super) struct Cite {
    enclosed: Enclosed,
    entry: u64,
}

/// An enclosure that is what an entry commits to.
pub(super) struct Sound {
    sha256: Commitment,
    media: String,
    salt: Vec<u8>,
    bytes: Vec<u8>,
}

/// What the entries cite, and the moment of the last.
///
/// **Errors** the first that is not an entry of a record, or dated before the one before.
pub(super) fn read(new: &[(u64, &[u8])], mut last_at: Instant) -> Result<(Vec<Cite>, Instant), Halt> {
    let mut cited = Vec::new();
    for (index, bytes) in new {
        let not = |why: &dyn std::fmt::Display| Halt::Broken(format!("entrée {index} : {why}"));
        let (entry, enclosed) = Entry::parse_whole(bytes).map_err(|error| not(&error))?;
        if (*index == 0) != matches!(entry.word, Word::RecordFounded(_)) {
            return Err(not(&"la fondation est la première entrée du registre, et elle seule"));
        }
        if entry.at < last_at {
            return Err(not(&"elle est datée d’avant la précédente"));
        }
        last_at = entry.at;
        if entry.word.is_public() {
            cited.extend(enclosed.into_iter().map(|enclosed| Cite { enclosed, entry: *index }));
        }
    }
    Ok((cited, last_at))
}

/// The enclosures that come with a bundle.
pub(super) struct Pieces {
    cited: HashMap<Commitment, Cite>,
    sound: Vec<Sound>,
    bytes: usize,
    altered: Option<(Commitment, u64)>,
}

impl Pieces {
    /// Those that these entries cite are expected.
    pub(super) fn of(cited: Vec<Cite>) -> Self {
        let cited = cited.into_iter().map(|cite| (cite.enclosed.sha256, cite)).collect();
        Self { cited, sound: Vec::new(), bytes: 0, altered: None }
    }

    pub(super) fn are_cited(&self) -> bool {
        !self.cited.is_empty()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The enclosure is taken if an entry cites it; what no entry of this bundle cites is left.
    pub(super) fn take(&mut self, piece: &Piece<'_>) {
        let cite = Commitment::parse(piece.sha256).and_then(|sha256| self.cited.remove(&sha256));
        let Some(Cite { enclosed, entry }) = cite else { return };
        let salt = piece.salt.and_then(|salt| salt.try_into().ok()).map(Salt);
        let made = salt.zip(piece.bytes);
        match made {
            Some((salt, bytes))
                if Commitment::to(&salt, bytes) == enclosed.sha256
                    && bytes.len() as u64 == enclosed.bytes
                    && piece.media == enclosed.media.as_str() =>
            {
                self.bytes += bytes.len();
                let (salt, bytes) = (salt.0.to_vec(), bytes.to_vec());
                self.sound.push(Sound {
                    sha256: enclosed.sha256,
                    media: piece.media.to_owned(),
                    salt,
                    bytes,
                });
            }
            _ => self.altered = self.altered.or(Some((enclosed.sha256, entry))),
        }
    }

    /// All that came.
    ///
    /// **Errors** one of them is not what the entry commits to.
    pub(super) fn sound(self) -> Result<Vec<Sound>, Halt> {
        match self.altered {
            Some((sha256, entry)) => {
                Err(Halt::Broken(format!("pièce {sha256}, citée par l’entrée {entry} : elle a été modifiée")))
            }
            None => Ok(self.sound),
        }
    }
}

/// The enclosure is here; what was withdrawn here stays withdrawn.
pub(super) fn keep(tx: &mut Tx<'_>, store: &Store, piece: &Sound) -> Result<(), Fault> {
    enclosures::take_over(tx, store, &piece.sha256, &piece.media, &piece.salt, &piece.bytes)
}

/// Where the record ends when all is in.
pub(super) struct Ended {
    pub(super) frontier: Frontier,
    pub(super) last_at: Instant,
    pub(super) withdrew: bool,
}

/// What is taken in, entry by entry.
struct Intake {
    zone: Option<Zone>,
    ended: Ended,
    backdated: Option<u64>,
    withdrawn: Option<u64>,
    cited: Vec<(Commitment, u64)>,
    here: u64,
}

/// What waits is the record's, with its tables, tiles and checkpoint. The caller holds the transaction.
///
/// **Errors** the database refused; an enclosure is missing that no entry withdrew.
pub(super) fn take_in(
    session: &mut Session,
    base: &Base,
    tables: &'static [Tables],
    stage: &mut Stage,
    from: (Frontier, Instant),
    signed: &Signed,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Ended, Fault> {
    let here = from.0.size();
    let ended = Ended { frontier: from.0, last_at: from.1, withdrew: false };
    let mut intake = Intake { zone: None, ended, backdated: None, withdrawn: None, cited: Vec::new(), here };
    if here > 0 {
        let founded = crate::instance::ends(&mut session.tx())?.0;
        intake.zone = Some(Zone::named(&founded.zone, tables)?);
    }
    {
        let mut tx = session.tx();
        stage.each(&mut |bundle, bytes| intake.add(&mut tx, tables, bundle, bytes))?;
    }
    let Intake { zone: Some(zone), ended, backdated, withdrawn, cited, .. } = intake else {
        return Err(Fault::Damaged("le registre est vide".into()));
    };
    if ended.frontier.size() != signed.size || ended.frontier.root() != signed.root {
        return Err(Fault::Damaged("le fichier « reprise » a changé pendant la lecture".into()));
    }
    apply(session, base, tables, &zone, here, signed.size, progress)?;
    let mut tx = session.tx();
    present(&mut tx, &cited)?;
    let mut done = here;
    while done < signed.size {
        let next = signed.size.min((done / STEP + 1) * STEP);
        tiles::grow(&mut tx, done, next)?;
        done = next;
    }
    let day = zone.day_of(ended.last_at);
    crate::scribe::keep_checkpoint(&mut tx, day, &ended.frontier, &signed.note)?;
    for (key, index) in [("backdated", backdated), ("withdrawn", withdrawn)] {
        if let Some(index) = index {
            set_meta(&mut tx, key, &index.to_string())?;
        }
    }
    Ok(Ended { withdrew: withdrawn.is_some(), ..ended })
}

impl Intake {
    fn add(
        &mut self,
        tx: &mut Tx<'_>,
        tables: &'static [Tables],
        bundle: Bundle,
        bytes: &[u8],
    ) -> Result<(), Fault> {
        let entries = bundle.entries(bytes).map_err(|error| Fault::Damaged(error.to_string()))?;
        for (index, bytes) in (bundle.first_entry().unwrap_or(u64::MAX)..).zip(entries) {
            if index < self.here {
                continue;
            }
            let entry = Entry::parse(bytes)?;
            if let Word::RecordFounded(founded) = &entry.word {
                self.zone = Some(Zone::named(&founded.zone, tables)?);
            }
            let sealed_on = self.zone.as_ref().map(|zone| zone.day_of(entry.at)).unwrap_or_default();
            tx.run(
                "INSERT INTO entry (idx, known, bytes) VALUES (?1, ?2, ?3)",
                values![index, entry.known_day(sealed_on), *bytes],
            )?;
            if let Word::EnclosureWithdrawn(withdrawn) = &entry.word {
                // Before any table is made: no word of it goes further.
                enclosures::destroy(tx, &withdrawn.sha256)?;
                self.withdrawn = Some(index);
            }
            if entry.word.is_public() {
                self.cited.extend(entry.word.enclosures().into_iter().map(|sha256| (sha256, index)));
            }
            if entry.known.is_some() {
                self.backdated = Some(index);
            }
            self.ended.frontier.push(leaf_hash(bytes));
            self.ended.last_at = entry.at;
        }
        Ok(())
    }
}

fn apply(
    session: &mut Session,
    base: &Base,
    tables: &'static [Tables],
    zone: &Zone,
    here: u64,
    size: u64,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), Fault> {
    if size - here > BULK.max(here) && matches!(session, Session::Sqlite(_)) {
        return replay::renew(session, base, tables, progress);
    }
    let mut tx = session.tx();
    for index in here..size {
        let bytes = crate::proofs::entry(&mut tx, index)?;
        let entry = Entry::parse(&bytes.ok_or_else(|| Fault::Damaged(format!("l’entrée {index} manque")))?)?;
        let known = entry.known_day(zone.day_of(entry.at));
        replay::apply(&mut tx, tables, &Sealed { index, known, entry })?;
        progress(index + 1, size);
    }
    Ok(())
}

/// Every public enclosure that the new entries cite is here, or an entry withdrew it; and nothing that was withdrawn is here.
fn present(tx: &mut Tx<'_>, cited: &[(Commitment, u64)]) -> Result<(), Fault> {
    enclosures::destroy_withdrawn(tx)?;
    for (sha256, index) in cited {
        let found: i64 = tx.one(
            "SELECT CAST((SELECT count(*) FROM enclosure WHERE sha256 = ?1) \
             + (SELECT count(*) FROM withdrawn WHERE sha256 = ?1) AS BIGINT)",
            values![*sha256],
        )?;
        if found == 0 {
            return Err(Fault::Missing(format!("pièce {sha256}, citée par l’entrée {index}")));
        }
    }
    Ok(())
}
