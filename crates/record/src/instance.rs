//! An instance: founded once, opened many times, verified by anyone.

use std::sync::{Arc, PoisonError, RwLock};

use terms::instance::Founded;
use terms::{Actor, Entry, Instant, Word};
use tlog::{Frontier, Signer, VerifierKey};

use crate::examine::{examine, examine_at_start, told_as_damage, without_gap};
use crate::folder::{Folder, Lock};
use crate::scribe::{Clock, Scribe, Writer, Zone, last_at, refusing, start};
use crate::session::{Base, Session};
use crate::shelf::{FORMAT, Shelf, lay_out, meta, set_meta, shape};
use crate::succession::{key_in_force, signs_newest};
use crate::tables::Tables;
use crate::{Fault, Store, Tx, cosigned, enclosures, replay, store, succession, tiles};

/// An instance that is open.
pub struct Record {
    /// Reading.
    pub shelf: Shelf,
    /// Writing.
    pub scribe: Scribe,
    /// Its zone and rooms.
    pub zone: Zone,
    /// What its first entry says.
    pub founded: Founded,
    pub(crate) key: KeyInForce,
    /// What time it is.
    pub clock: Clock,
    thread: std::thread::JoinHandle<()>,
    /// Looks after the store, once.
    tending: Option<std::thread::JoinHandle<()>>,
    _lock: Option<Lock>,
}

/// The key that signs a record now. Cloning is cheap; when a mirror crosses a succession, every clone tells the new key.
#[derive(Clone)]
pub(crate) struct KeyInForce(Arc<RwLock<VerifierKey>>);

impl KeyInForce {
    pub(crate) fn new(key: VerifierKey) -> Self {
        Self(Arc::new(RwLock::new(key)))
    }

    pub(crate) fn set(&self, key: &VerifierKey) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).clone_from(key);
    }

    fn get(&self) -> VerifierKey {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// An instance looked at beside whoever serves it: nothing is written.
pub struct Reading {
    /// Reading.
    pub shelf: Shelf,
    /// Its zone and rooms.
    pub zone: Zone,
    /// What its first entry says.
    pub founded: Founded,
}

impl Reading {
    /// The instance in the folder, examined whole, if its tables are those of this version; `None` where opening would
    /// rebuild them.
    ///
    /// **Errors** no instance; of a newer version; damaged.
    pub fn open(
        folder: &Folder,
        tables: &'static [Tables],
        progress: replay::Progress<'_>,
    ) -> Result<Option<Self>, Fault> {
        examine(folder, progress)?;
        let base = folder.base();
        let mut session = Session::reader(&base)?;
        check_format(&mut session.tx())?;
        if meta(&mut session.tx(), "shape")? != Some(shape(tables)) {
            return Ok(None);
        }
        let founded = beginning(&mut session.tx())?;
        let zone = Zone::named(&founded.zone, tables)?;
        let shelf = Shelf::open(&base, Store::of(folder)?, tables, 1)?;
        Ok(Some(Self { shelf, zone, founded }))
    }
}

impl Reading {
    /// The instance to be read as one that is open; every act is refused.
    ///
    /// **Errors** the system refused a thread.
    pub fn into_record(self, clock: Clock) -> Result<Record, Fault> {
        let (scribe, thread) = refusing(Fault::Mirror, Arc::default())?;
        let key = KeyInForce::new(self.shelf.read(key_in_force)?);
        Ok(Record::of_mirror(self.shelf, scribe, self.zone, self.founded, key, clock, thread))
    }
}

/// What opening did besides opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// Nothing.
    AsItWas,
    /// The tables were made again from the record, because this version lays them out otherwise.
    Rebuilt,
}

impl Record {
    /// A new instance is in the folder, founded by its first entry; its key is beside it.
    ///
    /// **Errors** an instance is there already; another process holds the folder; the system refused.
    pub fn found(
        folder: &Folder,
        mut founded: Founded,
        tables: &'static [Tables],
        clock: Clock,
    ) -> Result<Self, Fault> {
        let lock = folder.lock()?;
        if folder.holds_instance() {
            return Err(Fault::Present(folder.path().display().to_string()));
        }
        let signer = match folder.signer() {
            // A founding that was cut off after the key was written is taken up again.
            Ok(signer) if signer.name() == founded.origin => signer,
            _ => folder.new_key(&founded.origin)?,
        };
        let key = KeyInForce::new(signer.verifier_key().clone());
        founded.verifier_key = signer.verifier_key().to_string();
        let zone = Zone::named(&founded.zone, tables)?;
        let mut session = Session::writer(&folder.base())?;
        session.control("BEGIN")?;
        lay_out(&mut session.tx(), tables)?;
        session.control("COMMIT")?;
        let store = Store::of(folder)?;
        let shelf = Shelf::open(&folder.base(), store.clone(), tables, readers())?;
        let (within, moment, reading) = (zone.clone(), clock.clone(), shelf.clone());
        let writer = Writer { session, signer, zone: within, clock: moment, shelf: reading, store };
        let (scribe, thread) = start(writer, Frontier::new(), Instant::UNIX_EPOCH)?;
        let (first, within) = (founded.clone(), zone.clone());
        scribe.seal_now(move |desk| -> Result<(), Fault> {
            desk.append(&within, Actor::Loader, None, Word::RecordFounded(first))?;
            Ok(())
        })?;
        Ok(Self { shelf, scribe, zone, founded, key, clock, thread, tending: None, _lock: Some(lock) })
    }

    /// The instance in the folder is open, its tables those of this version.
    ///
    /// **Errors** no instance; held by another process; of a newer version; damaged; the key is another record's.
    pub fn open(
        folder: &Folder,
        tables: &'static [Tables],
        clock: Clock,
        progress: replay::Progress<'_>,
    ) -> Result<(Self, Opened), Fault> {
        if !folder.holds_instance() {
            return Err(Fault::Absent(folder.path().display().to_string()));
        }
        let lock = folder.lock()?;
        Self::open_locked(folder, None, lock, tables, clock, progress)
    }

    /// As [`Record::open`], of a folder that is held already. A signer that is given is to follow the key that holds; else that of the
    /// folder must be the one that holds.
    fn open_locked(
        folder: &Folder,
        next: Option<Signer>,
        lock: Lock,
        tables: &'static [Tables],
        clock: Clock,
        progress: replay::Progress<'_>,
    ) -> Result<(Self, Opened), Fault> {
        let base = folder.base();
        if let Base::File(file) = &base {
            examine_at_start(file)?;
        }
        // Nothing is written into a file that is not ours, not even how it is to be kept.
        check_format(&mut Session::reader(&base)?.tx())?;
        let mut session = Session::writer(&base)?;
        without_gap(&mut session.tx())?;
        session.begin_writing()?;
        let opened = bring_up(&mut session, &base, tables, progress)?;
        // Asked before others may go on writing: several statements must see one end.
        let (founded, frontier, last_at) = ends(&mut session.tx())?;
        session.control("COMMIT")?;
        let store = Store::of(folder)?;
        store.check(&mut session.tx())?;
        let signer = match next {
            Some(next) => next,
            None => {
                let signer = folder.signer()?;
                holds(&mut session.tx(), &founded, signer.verifier_key())?;
                signer
            }
        };
        let key = KeyInForce::new(signer.verifier_key().clone());
        let zone = Zone::named(&founded.zone, tables)?;
        let shelf = Shelf::open(&base, store.clone(), tables, readers())?;
        let tending = tend(base, store.clone());
        let (within, moment, reading) = (zone.clone(), clock.clone(), shelf.clone());
        let writer = Writer { session, signer, zone: within, clock: moment, shelf: reading, store };
        let (scribe, thread) = start(writer, frontier, last_at)?;
        Ok((Self { shelf, scribe, zone, founded, key, clock, thread, tending, _lock: Some(lock) }, opened))
    }

    /// The instance that a follower writes in.
    pub(crate) fn of_mirror(
        shelf: Shelf,
        scribe: Scribe,
        zone: Zone,
        founded: Founded,
        key: KeyInForce,
        clock: Clock,
        thread: std::thread::JoinHandle<()>,
    ) -> Self {
        Self { shelf, scribe, zone, founded, key, clock, thread, tending: None, _lock: None }
    }

    /// The instance is closed: the last act is in the one file, and nothing here touches the folder any more. Waits for
    /// every other handle on the scribe to be gone.
    pub fn close(self) {
        let Self { shelf, scribe, thread, tending, _lock, .. } = self;
        drop((shelf, scribe));
        // It has told the log what it found.
        let _ = tending.map(std::thread::JoinHandle::join);
        // A writer that panicked has already told its acts so.
        let _ = thread.join();
    }

    /// The key that signs it now: that of the first entry, until a succession.
    #[must_use]
    pub fn key(&self) -> VerifierKey {
        self.key.get()
    }

    /// Today, in the instance's zone.
    #[must_use]
    pub fn today(&self) -> terms::Day {
        self.zone.day_of((self.clock)())
    }
}

/// The store is looked after beside the work: what no entry cites is swept away, what is missing is told in the log.
fn tend(base: Base, store: Store) -> Option<std::thread::JoinHandle<()>> {
    let tending = move || {
        let found = Session::reader(&base).and_then(|mut session| store.tend(&mut session));
        match found.map(|stock| stock.missing) {
            Ok(missing) if missing.is_empty() => {}
            Ok(missing) => tracing::error!(
                "{} fichiers joints manquent dans le magasin des pièces ({}) ; « toguna verify » nomme le premier",
                missing.len(),
                store.told()
            ),
            Err(fault) => tracing::error!("{fault}"),
        }
    };
    // Without a thread to spare it is done at the next start.
    std::thread::Builder::new().name("magasin".into()).spawn(tending).ok()
}

pub(crate) fn readers() -> usize {
    std::thread::available_parallelism().map_or(2, std::num::NonZero::get).clamp(2, 8)
}

/// The database is one that this version reads.
pub(crate) fn check_format(tx: &mut Tx<'_>) -> Result<(), Fault> {
    let text = meta(tx, "format").map_err(told_as_damage)?.unwrap_or_default();
    match text.parse::<i64>() {
        Ok(found) if found > FORMAT => Err(Fault::Newer { found, known: FORMAT }),
        Ok(_) => Ok(()),
        Err(_) if text == crate::moving::MOVED => Err(Fault::Moved),
        Err(_) => Err(Fault::Damaged(format!("format « {text} »"))),
    }
}

/// Drawers that this version adds exist; derived tables that it lays out otherwise are made again from the record. The caller holds
/// the transaction.
pub(crate) fn bring_up(
    session: &mut Session,
    base: &Base,
    tables: &'static [Tables],
    progress: replay::Progress<'_>,
) -> Result<Opened, Fault> {
    let same = are_laid_out(session, tables)?;
    if !same {
        replay::renew(session, base, tables, progress)?;
    }
    Ok(if same { Opened::AsItWas } else { Opened::Rebuilt })
}

/// Drawers that this version adds exist, and the tree's tiles; the answer is whether the derived tables are those that this version
/// makes. The caller holds the transaction.
pub(crate) fn are_laid_out(session: &mut Session, tables: &[Tables]) -> Result<bool, Fault> {
    for room in tables {
        session.tx().define(room.drawers)?;
    }
    session.tx().define(cosigned::SCHEMA)?;
    session.tx().define(enclosures::SCHEMA)?;
    store::name_store(&mut session.tx())?;
    // An older version would not know where files are.
    set_meta(&mut session.tx(), "format", &FORMAT.to_string())?;
    if tiles::bring_up(&mut session.tx())? {
        tracing::warn!("les tuiles de l’arbre ont été refaites à partir des entrées");
    }
    Ok(meta(&mut session.tx(), "shape")? == Some(shape(tables)))
}

/// The instance in the folder, opened by a signer that is to follow the key that holds.
///
/// **Errors** as [`Record::open`].
pub(crate) fn opened_by(
    folder: &Folder,
    next: Signer,
    lock: Lock,
    tables: &'static [Tables],
    clock: Clock,
    progress: replay::Progress<'_>,
) -> Result<(Record, Opened), Fault> {
    Record::open_locked(folder, Some(next), lock, tables, clock, progress)
}

/// This key holds now: that of the first entry, or of the last succession.
fn holds(tx: &mut Tx<'_>, founded: &Founded, key: &VerifierKey) -> Result<(), Fault> {
    // Entries are looked through only where a succession can be.
    if signs_newest(tx, key)? && key.to_string() == founded.verifier_key {
        return Ok(());
    }
    let last = succession::successions(tx)?.pop();
    match last {
        Some((_, says)) if says.verifier_key == key.to_string() => Ok(()),
        Some((index, _)) => Err(Fault::Key(format!(
            "depuis l’entrée {index}, le registre a été repris sous une autre clé ; celle-ci ne vaut plus"
        ))),
        None => Err(Fault::Key("elle ne correspond pas à la première entrée".into())),
    }
}

/// What the first entry says.
pub(crate) fn beginning(tx: &mut Tx<'_>) -> Result<Founded, Fault> {
    let first: Option<Vec<u8>> = tx.row("SELECT bytes FROM entry WHERE idx = 0", &[], |row| row.get(0))?;
    let Some(first) = first else { return Err(Fault::Damaged("le registre est vide".into())) };
    match Entry::parse(&first)?.word {
        Word::RecordFounded(founded) => Ok(founded),
        _ => Err(Fault::Damaged("la première entrée n’est pas une fondation".into())),
    }
}

/// Where the record begins and ends, checked against its newest signature's size.
pub(crate) fn ends(tx: &mut Tx<'_>) -> Result<(Founded, Frontier, Instant), Fault> {
    let founded = beginning(tx)?;
    let unsigned = || Fault::Damaged("aucune signature ne couvre le registre".into());
    let frontier: Option<Vec<u8>> =
        tx.row("SELECT frontier FROM checkpoint ORDER BY size DESC LIMIT 1", &[], |row| row.get(0))?;
    let frontier = Frontier::from_bytes(&frontier.ok_or_else(unsigned)?)
        .map_err(|error| Fault::Damaged(error.to_string()))?;
    let size: u64 = tx.one("SELECT max(idx) + 1 FROM entry", &[])?;
    if size != frontier.size() {
        let why = format!("{size} entrées, mais la dernière signature en couvre {}", frontier.size());
        return Err(Fault::Damaged(why));
    }
    let last_at = last_at(tx, size)?;
    Ok((founded, frontier, last_at))
}
