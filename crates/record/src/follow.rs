//! A record that someone else writes is taken over, verified, and kept as an instance that nobody writes in: a mirror.
//!
//! Life of an entry here: its bundle is asked for → its hashes lead to the root that the record's own key signed, and that root
//! continues every one seen before → the enclosures it cites are what it commits to → the bundle waits with them in a file
//! beside the database ([`stage`]) → when all bundles of the checkpoint wait, one transaction adds entries, enclosures, tables, tiles and
//! the checkpoint. So the record here always ends at a signed checkpoint, and what came before a cut is not asked for twice. Of a first
//! copy, which nobody reads yet, the tables are made after that transaction, on two cores.
//!
//! What may be lost: what waits, which is asked for again. What an attacker who gives gains: nothing; the first thing that is
//! not the record's stops the taking over ([`Halt::Broken`]), and what was kept stays.

mod keys;
mod stage;
mod taken;

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use terms::Instant;
use terms::instance::Succeeded;
use tlog::tile::{Bundle, TILE_WIDTH, Tile};
use tlog::{Frontier, Hash, TiledError, TiledTree, VerifierKey, leaf_hash};

use crate::folder::{Folder, Lock};
use crate::instance::{KeyInForce, are_laid_out, check_format, ends, readers};
use crate::scribe::{Clock, Owed, Zone, forget, refusing, still_owed};
use crate::session::{Base, Session};
use crate::shelf::{Shelf, WRITING_CACHE, fresh_secret, lay_out, meta, set_meta};
use crate::tables::Tables;
use crate::verify::{Chain, Holding, Piece};
use crate::{Fault, Record, Store, Tx, replay, succession};

use stage::Stage;

/// The note in a database whose record was taken over from elsewhere: only what is public was given.
const TAKEN: &str = "taken";

/// What that note says while nobody writes here: enclosures that are not public were never given. After a promotion it is the number
/// of entries of which that is so.
const PUBLIC: &str = "public";

/// Bytes of bundles that are verified before they are made durable.
const FLUSHED_EVERY: usize = 1 << 20;

/// **Units** KiB. Memory in which a first copy is written.
const FIRST_COPY_CACHE: u32 = 64 << 10;

/// Where a record is taken from: a server, a folder on a key. Nothing that it gives is believed.
pub trait Giver {
    /// The newest signed note.
    ///
    /// **Errors** why there is none.
    fn note(&mut self) -> Result<String, String>;
    /// The entries that hand the record on to another key, rising; none where it was never handed on.
    ///
    /// **Errors** why they cannot be told.
    fn successions(&mut self) -> Result<Vec<u64>, String>;
    /// A hash tile.
    ///
    /// **Errors** why there is none.
    fn tile(&mut self, tile: Tile) -> Result<Vec<u8>, String>;
    /// A bundle of entries; those from `bundle` on, of a record of this size, will be asked for next.
    ///
    /// **Errors** why there is none.
    fn bundle(&mut self, bundle: Bundle, size: u64) -> Result<Vec<u8>, String>;
    /// `each` is called with the public enclosures of a bundle's entries.
    ///
    /// **Errors** why they cannot be had.
    fn pieces(&mut self, bundle: Bundle, each: &mut dyn FnMut(&Piece<'_>)) -> Result<(), String>;
}

/// Why taking over stopped. What was kept before stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Halt {
    /// Nothing came; later it may.
    #[error("{0}")]
    Silent(String),
    /// What came is not the record: a fork, a bad signature, a changed byte.
    #[error("{0}")]
    Broken(String),
    /// Only whoever runs this machine can mend it.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A giver's newest note, which the key signed that holds at its size.
pub struct Met {
    signed: Signed,
    chain: Chain,
    handed_on: Vec<(u64, Succeeded)>,
}

impl Met {
    /// The note, to the byte.
    #[must_use]
    pub fn note(&self) -> &str {
        &self.signed.note
    }

    /// How many entries it covers: fewer than are here where the giver has an older state of the same record.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.signed.size
    }

    /// The keys that signed the record up to there: that of the first entry, then those to which it was handed on.
    #[must_use]
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Successions that were not known here before, with the entries that say them.
    #[must_use]
    pub fn handed_on(&self) -> &[(u64, Succeeded)] {
        &self.handed_on
    }
}

/// A checkpoint whose signature holds.
struct Signed {
    size: u64,
    root: Hash,
    note: String,
}

/// The one who writes in a mirror.
pub struct Follower {
    folder: Folder,
    session: Session,
    tables: &'static [Tables],
    chain: Option<Chain>,
    frontier: Frontier,
    last_at: Instant,
    commits: Arc<AtomicU64>,
    shown: Option<(Shelf, KeyInForce)>,
    /// Whether the tables are those of the record that is here.
    laid_out: bool,
    /// What is still to be erased of what was withdrawn.
    owed: Owed,
    store: Store,
    _lock: Lock,
}

impl Follower {
    /// The mirror in the folder, begun where there is none; nobody else writes in it while this lives.
    ///
    /// **Errors** an instance with a signing key is there; held by another process; of a newer version; damaged.
    pub fn open(
        folder: &Folder,
        tables: &'static [Tables],
        progress: replay::Progress<'_>,
    ) -> Result<Self, Fault> {
        if folder.has_key() {
            return Err(Fault::Occupied(folder.path().display().to_string()));
        }
        let (base, lock) = (folder.base(), folder.lock()?);
        let there = folder.holds_instance() && !is_blank(&base)?;
        if there {
            check_format(&mut Session::reader(&base)?.tx())?;
        }
        let mut session = Session::writer(&base)?;
        session.control("BEGIN")?;
        let mut laid_out = true;
        if there {
            laid_out = are_laid_out(&mut session, tables)?;
        } else {
            lay_out(&mut session.tx(), tables)?;
            fresh_secret(&mut session.tx())?;
            set_meta(&mut session.tx(), TAKEN, PUBLIC)?;
        }
        if !is_taken_over(&mut session.tx())? {
            return Err(Fault::Occupied(folder.path().display().to_string()));
        }
        let (mut chain, mut frontier, mut last_at) = (None, Frontier::new(), Instant::UNIX_EPOCH);
        let begun: u64 = session.tx().one("SELECT count(*) FROM entry", &[])?;
        if begun > 0 {
            (_, frontier, last_at) = ends(&mut session.tx())?;
            chain = Some(succession::chain(&mut session.tx())?);
        }
        session.control("COMMIT")?;
        // A process that was killed between a withdrawal and its erasing owes it.
        let owed = if still_owed(&mut session)? { Owed::Rewriting } else { Owed::Nothing };
        let store = Store::of(folder)?;
        store.check(&mut session.tx())?;
        if let Err(fault) = store.tend(&mut session) {
            tracing::error!("{fault}");
        }
        let (folder, commits, shown) = (folder.clone(), Arc::default(), None);
        let mut follower = Self {
            folder,
            session,
            tables,
            chain,
            frontier,
            last_at,
            commits,
            shown,
            laid_out,
            owed,
            store,
            _lock: lock,
        };
        follower.lay_out(progress)?;
        Ok(follower)
    }

    /// The tables are made from the record where they were left to be: after a first copy, a cut, a new version.
    ///
    /// **Errors** the database refused; an entry this version cannot read.
    pub fn lay_out(&mut self, progress: replay::Progress<'_>) -> Result<(), Fault> {
        if self.laid_out {
            return Ok(());
        }
        match (&mut self.session, self.folder.base()) {
            (Session::Sqlite(connection), Base::File(file)) => {
                replay::renew_apart(connection, &file, self.tables, progress)?;
            }
            (session, base) => {
                session.begin_writing()?;
                let made = replay::renew(session, &base, self.tables, progress);
                self.end(made)?;
            }
        }
        self.laid_out = true;
        self.told();
        Ok(())
    }

    /// How many entries are here.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The key that signs the record, once an entry is here.
    #[must_use]
    pub fn key(&self) -> Option<&VerifierKey> {
        self.chain.as_ref().map(Chain::key)
    }

    /// The instance to be read, in which every act is refused; what this follower takes over shows in it.
    ///
    /// **Errors** nothing is here yet; the database refused.
    pub fn record(&mut self, clock: Clock) -> Result<Record, Fault> {
        if self.frontier.size() == 0 {
            return Err(Fault::Unfinished);
        }
        self.lay_out(&mut |_, _| {})?;
        let founded = ends(&mut self.session.tx())?.0;
        let zone = Zone::named(&founded.zone, self.tables)?;
        let shelf = Shelf::open(&self.folder.base(), self.store.clone(), self.tables, readers())?;
        let (scribe, thread) = refusing(Fault::Mirror, Arc::clone(&self.commits))?;
        let key = KeyInForce::new(self.key().ok_or(Fault::Unfinished)?.clone());
        self.shown = Some((shelf.clone(), key.clone()));
        Ok(Record::of_mirror(shelf, scribe, zone, founded, key, clock, thread))
    }

    /// When the last entry here was sealed; nothing where there is none.
    #[must_use]
    pub fn last_at(&self) -> Option<Instant> {
        (self.size() > 0).then_some(self.last_at)
    }

    /// Pages that were made say what was so before: they are made anew.
    pub fn told(&self) {
        self.commits.fetch_add(1, Ordering::Release);
    }

    /// The giver's newest note, if it is signed by the key that holds at its size and continues what is here and `seen`, the newest
    /// note seen before. Nothing is taken yet.
    ///
    /// **Errors** [`Halt::Silent`], [`Halt::Broken`]; the database refused.
    pub fn meet(&mut self, giver: &mut dyn Giver, seen: Option<&str>) -> Result<Met, Halt> {
        self.erase_again();
        let note = giver.note().map_err(Halt::Silent)?;
        let chain = match &self.chain {
            Some(chain) => chain.clone(),
            None => keys::founding(giver, &note)?,
        };
        let met = keys::met(giver, chain, &note)?;
        let seen = seen.map(|seen| keys::seen(&met.chain, seen)).transpose()?;
        let (signed, here) = (&met.signed, self.frontier.size());
        if let Some((from, _)) = met.handed_on.iter().find(|(from, _)| *from < here) {
            return Err(keys::shorter(here, *from));
        }
        if signed.size < here {
            self.earlier(signed)?;
        }
        let mut tree = TiledTree::open(signed.size, &signed.root, |tile| giver.tile(tile)).map_err(told)?;
        let kept = (here > 0).then(|| (here, self.frontier.root()));
        for (size, root) in seen.map(|seen| (seen.size, seen.root)).into_iter().chain(kept) {
            if size <= signed.size && tree.root_at(size).map_err(told)? != root {
                return Err(forked(size));
            }
        }
        drop(tree);
        Ok(met)
    }

    /// Everything that the note covers is here, on the disk; the answer is how many entries are new. `progress` is told of how many
    /// entries of how many have come. The tables of a first copy are left to [`Follower::lay_out`].
    ///
    /// **Errors** as [`Follower::meet`].
    pub fn take(
        &mut self,
        giver: &mut dyn Giver,
        met: &Met,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<u64, Halt> {
        let (signed, here) = (&met.signed, self.frontier.size());
        if signed.size <= here {
            return Ok(0);
        }
        let giver = RefCell::new(giver);
        let read = |tile: Tile| giver.borrow_mut().tile(tile);
        let tree = TiledTree::open(signed.size, &signed.root, read).map_err(told)?;
        let mut copy = Copy { signed, chain: &met.chain, here, tree, giver: &giver };
        let stage = self.gather(&mut copy, progress)?;
        self.take_in(stage, signed, &met.chain, progress)?;
        Ok(signed.size - here)
    }

    /// What a reader, a cut or the system kept from being erased of what was withdrawn has been tried again; the answer is after how
    /// long it is to be tried once more, where it must, as the scribe of an original does.
    pub fn erase_again(&mut self) -> Option<Duration> {
        if self.owed != Owed::Nothing {
            let shelf = self.shown.as_ref().map(|(shelf, _)| shelf);
            self.owed = forget(&mut self.session, shelf, &self.store, self.tables, self.owed);
        }
        self.owed.wait()
    }

    /// The giver's state is one that this record had before.
    fn earlier(&mut self, signed: &Signed) -> Result<(), Halt> {
        let kept = crate::proofs::Signed {
            size: self.frontier.size(),
            root: self.frontier.root(),
            note: String::new(),
        };
        let root = crate::proofs::root_at(&mut self.session.tx(), &kept, signed.size)?;
        if root == signed.root { Ok(()) } else { Err(forked(signed.size)) }
    }

    /// Every bundle from the first that is not whole here waits in the stage, verified.
    fn gather<F>(
        &mut self,
        copy: &mut Copy<'_, '_, F>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Stage, Halt>
    where
        F: FnMut(Tile) -> Result<Vec<u8>, String>,
    {
        let size = copy.signed.size;
        let mut stage = Stage::open(self.folder.path(), copy.here)?;
        let mut so_far = Walk { frontier: self.frontier.clone(), last_at: self.last_at };
        stage.resume(|bundle, bytes, pieces| {
            Bundle::in_tree(bundle.index(), size) == Some(bundle)
                && so_far
                    .passes(bundle, bytes, copy)
                    .is_ok_and(|cited| taken::Pieces::of(cited).again(pieces, |_, _, _| {}).is_ok())
        })?;
        let mut bytes_waiting = 0;
        while so_far.frontier.size() < size {
            progress(so_far.frontier.size(), size);
            let index = so_far.frontier.size() / u64::from(TILE_WIDTH);
            let Some(bundle) = Bundle::in_tree(index, size) else { break };
            let bytes = copy.giver.borrow_mut().bundle(bundle, size).map_err(Halt::Silent)?;
            let cited = so_far.passes(bundle, &bytes, copy)?;
            let mut pieces = taken::Pieces::of(cited);
            if pieces.are_cited() {
                let mut giver = copy.giver.borrow_mut();
                giver.pieces(bundle, &mut |piece| pieces.take(piece)).map_err(Halt::Silent)?;
            }
            let pieces = pieces.sound()?;
            stage.push(bundle, &bytes, &pieces)?;
            bytes_waiting += bytes.len() + pieces.len();
            if bytes_waiting >= FLUSHED_EVERY {
                stage.flush()?;
                bytes_waiting = 0;
            }
        }
        stage.flush()?;
        progress(size, size);
        Ok(stage)
    }

    /// The transaction is committed, or nothing of it is kept.
    fn end(&mut self, outcome: Result<(), Fault>) -> Result<(), Fault> {
        let outcome = outcome.and_then(|()| self.session.control("COMMIT"));
        if outcome.is_err() {
            // It may have ended by itself.
            let _ = self.session.control("ROLLBACK");
        }
        outcome
    }

    /// What waits is the record's, with its tables, tiles and checkpoint, in one transaction.
    fn take_in(
        &mut self,
        mut stage: Stage,
        signed: &Signed,
        chain: &Chain,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), Halt> {
        self.session.begin_writing()?;
        let base = self.folder.base();
        let (from, first) = ((self.frontier.clone(), self.last_at), self.frontier.size() == 0);
        let apart = first && matches!(self.session, Session::Sqlite(_));
        let store = self.store.clone();
        let how = taken::How { base: &base, store: &store, tables: self.tables, apart };
        let outcome =
            self.with_room(apart, |session| taken::take_in(session, how, &mut stage, from, signed, progress));
        let (outcome, ended) = match outcome {
            Ok(ended) => (Ok(()), Some(ended)),
            Err(fault) => (Err(fault), None),
        };
        if let Err(fault) = self.end(outcome) {
            let Fault::Missing(what) = fault else { return Err(fault.into()) };
            // Enclosures of what waits are asked for again with it.
            stage.remove(false)?;
            return Err(Halt::Silent(format!(
                "{what} : elle n’est pas donnée, sans qu’une entrée l’ait retirée ; si elle vient de l’être, le prochain passage le \
                 saura"
            )));
        }
        let mut withdrew = false;
        if let Some(ended) = ended {
            (self.frontier, self.last_at, withdrew) = (ended.frontier, ended.last_at, ended.withdrew);
        }
        self.laid_out &= !apart;
        stage.remove(withdrew)?;
        if withdrew {
            self.owed = Owed::Rewriting;
            self.erase_again();
        }
        if let Some((_, key)) = &self.shown {
            key.set(chain.key());
        }
        self.chain = Some(chain.clone());
        self.told();
        Ok(())
    }

    /// What the work gives, with more memory for pages where a whole record is written: its enclosures stand in the order of their hashes.
    fn with_room<T>(&mut self, more: bool, work: impl FnOnce(&mut Session) -> T) -> T {
        let set = |session: &Session, cache: u32| {
            if let (true, Session::Sqlite(connection)) = (more, session) {
                // A cache that stays as it is costs time only.
                let _ =
                    connection.execute_batch(&format!("PRAGMA cache_size = -{cache}; PRAGMA shrink_memory;"));
            }
        };
        set(&self.session, FIRST_COPY_CACHE);
        let done = work(&mut self.session);
        set(&self.session, WRITING_CACHE);
        done
    }
}

/// Whether the folder is a mirror's: nobody signs in it, and only what is public was given.
///
/// **Errors** the database refused.
pub fn is_mirror(folder: &Folder) -> Result<bool, Fault> {
    if folder.has_key() || !folder.holds_instance() || is_blank(&folder.base())? {
        return Ok(false);
    }
    let mut session = Session::reader(&folder.base())?;
    Ok(session.has_table("meta")? && is_taken_over(&mut session.tx())?)
}

/// Whether this record is taken over from elsewhere.
pub(crate) fn is_taken_over(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    Ok(meta(tx, TAKEN)?.as_deref() == Some(PUBLIC))
}

/// The record is written here from now on; of the entries so far, only public enclosures were given, if so many were taken over.
pub(crate) fn leave(tx: &mut Tx<'_>, size: u64) -> Result<(), Fault> {
    if is_taken_over(tx)? { set_meta(tx, TAKEN, &size.to_string()) } else { Ok(()) }
}

/// Nothing waits in the folder to be taken over.
pub(crate) fn forget_waiting(folder: &Folder) -> Result<(), Fault> {
    stage::forget(folder.path())
}

/// How much of what the record commits to was given here.
pub(crate) fn holding(tx: &mut Tx<'_>) -> Holding {
    match meta(tx, TAKEN) {
        Ok(Some(taken)) => taken.parse().map_or(Holding::Public, Holding::AllSince),
        Ok(None) | Err(_) => Holding::All,
    }
}

/// A file whose first transaction was cut off holds no table at all.
pub(crate) fn is_blank(base: &Base) -> Result<bool, Fault> {
    match base {
        Base::File(_) => {
            let tables: i64 = Session::reader(base)?.tx().one("SELECT count(*) FROM sqlite_master", &[])?;
            Ok(tables == 0)
        }
        Base::Postgres(_) => Ok(false),
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        if let (Session::Sqlite(connection), Base::File(_)) = (&self.session, self.folder.base()) {
            // One file holds everything after a clean stop.
            let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }
}

/// What a round of copying reads from.
struct Copy<'a, 'g, F> {
    signed: &'a Signed,
    chain: &'a Chain,
    here: u64,
    tree: TiledTree<F>,
    giver: &'a RefCell<&'g mut dyn Giver>,
}

/// The way through the entries that come.
struct Walk {
    frontier: Frontier,
    last_at: Instant,
}

impl Walk {
    /// The bundle's entries after `here` are the next of the tree; the answer is what they cite. Nothing changed where they are
    /// not.
    fn passes<F>(
        &mut self,
        bundle: Bundle,
        bytes: &[u8],
        copy: &mut Copy<'_, '_, F>,
    ) -> Result<Vec<taken::Cite>, Halt>
    where
        F: FnMut(Tile) -> Result<Vec<u8>, String>,
    {
        let not = |why: &str| Halt::Broken(format!("{bundle} : {why}"));
        let entries = bundle.entries(bytes).map_err(|_| not("ce n’est pas une liasse d’entrées"))?;
        let first = bundle.first_entry().unwrap_or(u64::MAX);
        let mut frontier = self.frontier.clone();
        let new: Vec<_> = (first..).zip(entries).filter(|(index, _)| *index >= copy.here).collect();
        if new.first().is_none_or(|(index, _)| *index != frontier.size()) {
            return Err(not("ses entrées ne sont pas les suivantes"));
        }
        new.iter().for_each(|(_, entry)| frontier.push(leaf_hash(entry)));
        if copy.tree.root_at(frontier.size()).map_err(told)? != frontier.root() {
            return Err(not("ses entrées ne sont pas celles qui ont été signées"));
        }
        let (cited, last_at) = taken::read(&new, self.last_at, copy.chain)?;
        (self.frontier, self.last_at) = (frontier, last_at);
        Ok(cited)
    }
}

fn forked(size: u64) -> Halt {
    Halt::Broken(format!(
        "BIFURCATION : ce registre n’est plus la suite de celui qui est gardé ici ; ses {size} premières entrées ne sont pas les \
         mêmes, et la même clé a signé les deux"
    ))
}

fn told(error: TiledError<String>) -> Halt {
    match error {
        TiledError::Read { tile, fault } => Halt::Silent(format!("{tile} : {fault}")),
        TiledError::Root { .. } => {
            Halt::Broken("les tuiles de l’arbre ne mènent pas à la racine signée".into())
        }
        TiledError::Altered { tile } => {
            Halt::Broken(format!("{tile} : ses empreintes ne sont pas celles de l’arbre signé"))
        }
        other => Halt::Broken(format!("une tuile ne se lit pas ({other})")),
    }
}
