//! What comes, read strictly, and what is kept of it.

use std::collections::HashMap;
use std::sync::mpsc::{SyncSender, sync_channel};

use terms::{Commitment, Day, Enclosed, Entry, Instant, Salt, Sealed, Word};
use tlog::tile::Bundle;
use tlog::{Frontier, leaf_hash};

use super::stage::Stage;
use super::{Halt, Signed};
use crate::scribe::Zone;
use crate::session::{Base, Session};
use crate::shelf::set_meta;
use crate::tables::Tables;
use crate::verify::{Chain, Piece};
use crate::{Fault, Store, Tx, enclosures, replay, tiles, values};

/// From so many new entries on, if they are more than those here, tables are made anew rather than entry by entry.
const BULK: u64 = 5_000;

/// Entries whose tiles are made at once: the hashes of a level are never all in memory.
const STEP: u64 = 1 << 16;

/// Bundles that are read from what waits before they are written.
const AHEAD: usize = 4;

/// A public enclosure that an entry commits to.
#[derive(Clone, Copy)]
pub(super) struct Cite {
    enclosed: Enclosed,
    entry: u64,
}

/// What the entries cite, and the moment of the last.
///
/// **Errors** the first that is not an entry of a record, is dated before the one before, or hands the record on to a key that is not
/// of this chain, which the note's is.
pub(super) fn read(
    new: &[(u64, &[u8])],
    mut last_at: Instant,
    chain: &Chain,
) -> Result<(Vec<Cite>, Instant), Halt> {
    let mut cited = Vec::new();
    for (index, bytes) in new {
        let not = |why: &dyn std::fmt::Display| Halt::Broken(format!("entrée {index} : {why}"));
        let (entry, enclosed) = Entry::parse_whole(bytes).map_err(|error| not(&error))?;
        match &entry.word {
            Word::RecordFounded(founded) if *index == 0 && chain.begins_with(founded) => {}
            Word::RecordFounded(_) if *index == 0 => {
                return Err(not(&"ce n’est pas la fondation qui a d’abord été donnée"));
            }
            word if (*index == 0) != matches!(word, Word::RecordFounded(_)) => {
                return Err(not(&"la fondation est la première entrée du registre, et elle seule"));
            }
            Word::RecordSucceeded(_) if !chain.since().contains(index) => {
                return Err(not(
                    &"le registre y est remis à une autre clé, et l’ancienne a signé la suite (succession)",
                ));
            }
            _ => {}
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

/// The enclosures that come with a bundle, as they wait: those that its entries commit to.
///
/// **Shape** of what waits, for each: commitment, salt, one byte of how long the media type is, the media type, four bytes of how many
/// bytes, big-endian, and these.
pub(super) struct Pieces {
    cited: HashMap<Commitment, Cite>,
    waiting: Vec<u8>,
    altered: Option<(Commitment, u64)>,
}

impl Pieces {
    /// Those that these entries cite are expected.
    pub(super) fn of(cited: Vec<Cite>) -> Self {
        let cited = cited.into_iter().map(|cite| (cite.enclosed.sha256, cite)).collect();
        Self { cited, waiting: Vec::new(), altered: None }
    }

    pub(super) fn are_cited(&self) -> bool {
        !self.cited.is_empty()
    }

    /// The enclosure is taken if an entry cites it; what no entry of this bundle cites is left.
    pub(super) fn take(&mut self, piece: &Piece<'_>) {
        let Some(sha256) = Commitment::parse(piece.sha256) else { return };
        let salt = piece.salt.and_then(|salt| salt.try_into().ok()).map(Salt);
        let (Some(salt), Some(bytes)) = (salt, piece.bytes) else {
            self.altered = self.altered.or(self.cited.get(&sha256).map(|cite| (sha256, cite.entry)));
            return;
        };
        if self.is_sound(sha256, piece.media, &salt, bytes).is_some() {
            write(&mut self.waiting, &sha256, piece.media, &salt, bytes);
        }
    }

    /// What the entry that cites it says of the enclosure, if it is what that entry commits to; asked once of each.
    fn is_sound(&mut self, sha256: Commitment, media: &str, salt: &Salt, bytes: &[u8]) -> Option<Enclosed> {
        let Cite { enclosed, entry } = self.cited.remove(&sha256)?;
        let sound = media == enclosed.media.as_str()
            && bytes.len() as u64 == enclosed.bytes
            && Commitment::to(salt, bytes) == sha256;
        if !sound {
            self.altered = self.altered.or(Some((sha256, entry)));
        }
        sound.then_some(enclosed)
    }

    /// All that came, as it is to wait.
    ///
    /// **Errors** one of them is not what the entry commits to.
    pub(super) fn sound(self) -> Result<Vec<u8>, Halt> {
        match self.altered {
            Some((sha256, entry)) => {
                Err(Halt::Broken(format!("pièce {sha256}, citée par l’entrée {entry} : elle a été modifiée")))
            }
            None => Ok(self.waiting),
        }
    }

    /// `each` has been called with every enclosure that waits; the answer is which of those that are cited do not.
    ///
    /// **Errors** what waits is not what was verified.
    pub(super) fn again(
        mut self,
        mut waiting: &[u8],
        mut each: impl FnMut(Enclosed, Salt, &[u8]),
    ) -> Result<Vec<Cite>, Fault> {
        let changed = || Fault::Damaged("le fichier « reprise » a changé".into());
        while !waiting.is_empty() {
            let (sha256, media, salt, bytes) = next(&mut waiting).ok_or_else(changed)?;
            let enclosed = self.is_sound(sha256, media, &salt, bytes).ok_or_else(changed)?;
            each(enclosed, salt, bytes);
        }
        Ok(self.cited.into_values().collect())
    }
}

fn write(waiting: &mut Vec<u8>, sha256: &Commitment, media: &str, salt: &Salt, bytes: &[u8]) {
    waiting.extend_from_slice(&sha256.0);
    waiting.extend_from_slice(&salt.0);
    // No media type of ours is longer, and no enclosure is of four gigabytes.
    waiting.push(media.len() as u8);
    waiting.extend_from_slice(media.as_bytes());
    waiting.extend_from_slice(&(bytes.len() as u32).to_be_bytes());
    waiting.extend_from_slice(bytes);
}

/// The next enclosure of what waits, which is left without it.
fn next<'a>(waiting: &mut &'a [u8]) -> Option<(Commitment, &'a str, Salt, &'a [u8])> {
    let (sha256, rest) = waiting.split_first_chunk::<32>()?;
    let (salt, rest) = rest.split_first_chunk::<32>()?;
    let (long, rest) = rest.split_first()?;
    let (media, rest) = rest.split_at_checked(usize::from(*long))?;
    let (many, rest) = rest.split_first_chunk::<4>()?;
    let (bytes, rest) = rest.split_at_checked(u32::from_be_bytes(*many) as usize)?;
    *waiting = rest;
    Some((Commitment(*sha256), std::str::from_utf8(media).ok()?, Salt(*salt), bytes))
}

/// What is taken in, and how.
#[derive(Clone, Copy)]
pub(super) struct How<'a> {
    pub(super) base: &'a Base,
    pub(super) store: &'a Store,
    pub(super) tables: &'static [Tables],
    /// Tables are made afterwards, apart from the record.
    pub(super) apart: bool,
}

/// Where the record ends when all is in.
pub(super) struct Ended {
    pub(super) frontier: Frontier,
    pub(super) last_at: Instant,
    pub(super) withdrew: bool,
}

/// A bundle that waited, read.
#[derive(Default)]
struct Read {
    rows: Vec<(u64, Day, Vec<u8>)>,
    pieces: Vec<(Enclosed, Salt, Vec<u8>)>,
    missing: Vec<Cite>,
    withdrawn: Vec<(u64, Commitment)>,
    backdated: Option<u64>,
}

/// Whoever reads what waits, bundle by bundle.
struct Reader {
    tables: &'static [Tables],
    zone: Option<Zone>,
    frontier: Frontier,
    last_at: Instant,
    here: u64,
}

/// What waits is the record's, with its tiles and checkpoint, and its tables unless they are to be made apart. The caller holds the
/// transaction.
///
/// **Errors** the database refused; an enclosure is missing that no entry withdrew.
pub(super) fn take_in(
    session: &mut Session,
    how: How<'_>,
    stage: &mut Stage,
    from: (Frontier, Instant),
    signed: &Signed,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Ended, Fault> {
    let (How { tables, apart, .. }, here) = (how, from.0.size());
    let mut zone = None;
    if here > 0 {
        let founded = crate::instance::ends(&mut session.tx())?.0;
        zone = Some(Zone::named(&founded.zone, tables)?);
    }
    let mut reader = Reader { tables, zone, frontier: from.0, last_at: from.1, here };
    let noted = write_in(&mut session.tx(), how.store, stage, &mut reader, signed.size, progress)?;
    let Reader { zone: Some(zone), frontier, last_at, .. } = reader else {
        return Err(Fault::Damaged("le registre est vide".into()));
    };
    if frontier.size() != signed.size || frontier.root() != signed.root {
        return Err(Fault::Damaged("le fichier « reprise » a changé pendant la lecture".into()));
    }
    if apart {
        // Whoever opens the instance makes them, should this be cut off before they are made.
        set_meta(&mut session.tx(), "shape", "")?;
    } else {
        apply(session, how, &zone, here, signed.size, progress)?;
    }
    let mut tx = session.tx();
    present(&mut tx, &noted, apart)?;
    let mut done = here;
    while done < signed.size {
        let next = signed.size.min((done / STEP + 1) * STEP);
        tiles::grow(&mut tx, done, next)?;
        done = next;
    }
    crate::scribe::keep_checkpoint(&mut tx, zone.day_of(last_at), &frontier, &signed.note)?;
    let withdrawn = noted.withdrawn.last().map(|(index, _)| *index);
    for (key, index) in [("backdated", noted.backdated), ("withdrawn", withdrawn)] {
        if let Some(index) = index {
            set_meta(&mut tx, key, &index.to_string())?;
        }
    }
    Ok(Ended { frontier, last_at, withdrew: withdrawn.is_some() })
}

/// Entries and enclosures of what waits are in their tables; the answer is what is noted of them. Who reads is on a core of its own.
fn write_in(
    tx: &mut Tx<'_>,
    store: &Store,
    stage: &mut Stage,
    reader: &mut Reader,
    size: u64,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Read, Fault> {
    let mut noted = Read::default();
    std::thread::scope(|threads| {
        let (send, bundles) = sync_channel(AHEAD);
        let reading = threads.spawn(move || reader.each(stage, &send));
        for read in bundles {
            if let Some((index, ..)) = read.rows.last() {
                progress(*index, size);
            }
            keep(tx, store, read, &mut noted)?;
        }
        reading.join().unwrap_or(Err(Fault::Stopped))
    })?;
    Ok(noted)
}

/// A bundle's entries and enclosures are kept, and what was withdrawn is destroyed before any table is made.
fn keep(tx: &mut Tx<'_>, store: &Store, read: Read, noted: &mut Read) -> Result<(), Fault> {
    for (index, known, bytes) in read.rows {
        tx.run("INSERT INTO entry (idx, known, bytes) VALUES (?1, ?2, ?3)", values![index, known, bytes])?;
    }
    for (enclosed, salt, bytes) in read.pieces {
        enclosures::take_over(tx, store, &enclosed, &salt, &bytes)?;
    }
    for (_, sha256) in &read.withdrawn {
        enclosures::destroy(tx, sha256)?;
    }
    noted.missing.extend(read.missing);
    noted.withdrawn.extend(read.withdrawn);
    noted.backdated = read.backdated.or(noted.backdated);
    Ok(())
}

impl Reader {
    /// Every bundle that waits is sent on, read.
    fn each(&mut self, stage: &mut Stage, send: &SyncSender<Read>) -> Result<(), Fault> {
        stage.each(&mut |bundle, bytes, pieces| {
            let read = self.read(bundle, bytes, pieces)?;
            // Who writes has found a fault, and tells it.
            send.send(read).map_err(|_| Fault::Stopped)
        })
    }

    fn read(&mut self, bundle: Bundle, bytes: &[u8], waiting: &[u8]) -> Result<Read, Fault> {
        let entries = bundle.entries(bytes).map_err(|error| Fault::Damaged(error.to_string()))?;
        let (mut read, mut cited) = (Read::default(), Vec::new());
        for (index, bytes) in (bundle.first_entry().unwrap_or(u64::MAX)..).zip(entries) {
            if index < self.here {
                continue;
            }
            let entry = Entry::parse(bytes)?;
            if let Word::RecordFounded(founded) = &entry.word {
                self.zone = Some(Zone::named(&founded.zone, self.tables)?);
            }
            if let Word::EnclosureWithdrawn(withdrawn) = &entry.word {
                read.withdrawn.push((index, withdrawn.sha256));
            }
            if entry.word.is_public() {
                let enclosed = entry.word.enclosed().into_iter();
                cited.extend(enclosed.map(|enclosed| Cite { enclosed, entry: index }));
            }
            if entry.known.is_some() {
                read.backdated = Some(index);
            }
            let sealed_on = self.zone.as_ref().map(|zone| zone.day_of(entry.at)).unwrap_or_default();
            read.rows.push((index, entry.known_day(sealed_on), bytes.to_vec()));
            self.frontier.push(leaf_hash(bytes));
            self.last_at = entry.at;
        }
        let pieces = Pieces::of(cited);
        read.missing = pieces.again(waiting, |enclosed, salt, bytes| {
            read.pieces.push((enclosed, salt, bytes.to_vec()));
        })?;
        Ok(read)
    }
}

fn apply(
    session: &mut Session,
    How { base, tables, .. }: How<'_>,
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

/// Every public enclosure that the new entries cite is here, or an entry withdrew it; and nothing that was withdrawn is here. Where the
/// tables are made apart, all entries are new, and what they say was withdrawn is noted.
fn present(tx: &mut Tx<'_>, noted: &Read, apart: bool) -> Result<(), Fault> {
    let mut gone: Vec<Commitment> = noted.withdrawn.iter().map(|(_, sha256)| *sha256).collect();
    gone.sort_unstable();
    // A later bundle may have given it again, and so may one that cites what was withdrawn long ago.
    for sha256 in &gone {
        enclosures::destroy(tx, sha256)?;
    }
    if !apart {
        enclosures::destroy_withdrawn(tx)?;
    }
    for Cite { enclosed, entry } in &noted.missing {
        let sha256 = &enclosed.sha256;
        let accounted = gone.binary_search(sha256).is_ok()
            || enclosures::is_kept(tx, sha256)?
            || (!apart && enclosures::withdrawal(tx, sha256)?.is_some());
        if !accounted {
            return Err(Fault::Missing(format!("pièce {sha256}, citée par l’entrée {entry}")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use terms::Media;

    use super::*;

    fn cite(salt: &Salt, bytes: &[u8]) -> Cite {
        let sha256 = Commitment::to(salt, bytes);
        Cite { enclosed: Enclosed { sha256, media: Media::Text, bytes: bytes.len() as u64 }, entry: 7 }
    }

    fn found(cited: Vec<Cite>, waiting: &[u8]) -> Result<(Vec<Vec<u8>>, usize), Fault> {
        let mut found = Vec::new();
        let missing = Pieces::of(cited).again(waiting, |_, _, bytes| found.push(bytes.to_vec()))?;
        Ok((found, missing.len()))
    }

    proptest! {
        #[test]
        fn what_waits_is_read_as_it_was_given_or_not_at_all(
            texts in proptest::collection::hash_set(proptest::collection::vec(any::<u8>(), 0..40), 1..6),
            salt in any::<[u8; 32]>(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
        ) {
            let (salt, texts) = (Salt(salt), texts.into_iter().collect::<Vec<_>>());
            let cited: Vec<Cite> = texts.iter().map(|text| cite(&salt, text)).collect();
            let mut pieces = Pieces::of(cited.clone());
            for (text, cite) in texts.iter().zip(&cited) {
                let sha256 = cite.enclosed.sha256.to_string();
                pieces.take(&Piece { sha256: &sha256, media: "text/plain", salt: Some(&salt.0), bytes: Some(text) });
            }
            let waiting = pieces.sound().unwrap();
            prop_assert_eq!(found(cited.clone(), &waiting).unwrap(), (texts.clone(), 0));
            // Cut or changed anywhere, it is never read as something else.
            let at = at.index(waiting.len());
            if let Ok((kept, missing)) = found(cited.clone(), &waiting[..at]) {
                prop_assert_eq!((&kept[..], missing), (&texts[..kept.len()], texts.len() - kept.len()));
            }
            let mut changed = waiting.clone();
            changed[at] = byte;
            prop_assert!(found(cited, &changed).is_err() || changed == waiting);
        }

        #[test]
        fn no_bytes_that_wait_are_taken_for_an_enclosure(waiting in proptest::collection::vec(any::<u8>(), 1..300)) {
            prop_assert!(found(vec![cite(&Salt([1; 32]), b"un texte")], &waiting).is_err());
        }
    }
}
