//! A record that someone else writes is taken over, verified, and kept as an instance that nobody writes in: a mirror.
//!
//! Life of an entry here: its bundle is asked for → its hashes lead to the root that the record's own key signed, and that root
//! continues every one seen before → the enclosures it cites are what it commits to, and are kept → the bundle waits in a file
//! beside the database ([`stage`]) → when all bundles of the checkpoint wait, one transaction adds entries, tables, tiles and the
//! checkpoint. So the record here always ends at a signed checkpoint, and what came before a cut is not asked for twice.
//!
//! What may be lost: what waits, which is asked for again. What an attacker who gives gains: nothing; the first thing that is
//! not the record's stops the taking over ([`Halt::Broken`]), and what was kept stays.

mod stage;
mod taken;

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use terms::Instant;
use tlog::tile::{Bundle, TILE_WIDTH, Tile};
use tlog::{Frontier, Hash, Note, TiledError, TiledTree, VerifierKey, checkpoint_of, leaf_hash};

use crate::folder::{Folder, Lock};
use crate::instance::{bring_up, check_format, ends, readers};
use crate::scribe::{Clock, Owed, Zone, forget, refusing, still_owed};
use crate::session::{Base, Session};
use crate::shelf::{Shelf, fresh_secret, lay_out, meta, set_meta};
use crate::tables::Tables;
use crate::verify::{Founding, Piece, sentences};
use crate::{Fault, Record, Store, replay};

use stage::Stage;

/// The note in a database whose record was taken over from elsewhere: only what is public was given.
pub(crate) const TAKEN: &str = "taken";

/// Bytes of bundles that are verified before they are made durable.
const FLUSHED_EVERY: usize = 1 << 20;

/// Where a record is taken from: a server, a folder on a key. Nothing that it gives is believed.
pub trait Giver {
    /// The newest signed note.
    ///
    /// **Errors** why there is none.
    fn note(&mut self) -> Result<String, String>;
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

/// A giver's newest note, which the record's key signed.
pub struct Met {
    signed: Signed,
    key: VerifierKey,
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

    /// The key that signed it: that of the first entry.
    #[must_use]
    pub fn key(&self) -> &VerifierKey {
        &self.key
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
    key: Option<VerifierKey>,
    frontier: Frontier,
    last_at: Instant,
    commits: Arc<AtomicU64>,
    shelf: Option<Shelf>,
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
        if there {
            bring_up(&mut session, &base, tables, progress)?;
        } else {
            lay_out(&mut session.tx(), tables)?;
            fresh_secret(&mut session.tx())?;
            set_meta(&mut session.tx(), TAKEN, "public")?;
        }
        if meta(&mut session.tx(), TAKEN)?.is_none() {
            return Err(Fault::Occupied(folder.path().display().to_string()));
        }
        let (mut key, mut frontier, mut last_at) = (None, Frontier::new(), Instant::UNIX_EPOCH);
        let begun: u64 = session.tx().one("SELECT count(*) FROM entry", &[])?;
        if begun > 0 {
            let founded;
            (founded, frontier, last_at) = ends(&mut session.tx())?;
            let named = VerifierKey::parse(&founded.verifier_key);
            key = Some(named.map_err(|error| Fault::Key(error.to_string()))?);
        }
        session.control("COMMIT")?;
        let store = Store::of(folder)?;
        store.check(&mut session.tx())?;
        if let Err(fault) = store.tend(&mut session) {
            tracing::error!("{fault}");
        }
        let (folder, commits) = (folder.clone(), Arc::default());
        Ok(Self { folder, session, tables, key, frontier, last_at, commits, shelf: None, store, _lock: lock })
    }

    /// How many entries are here.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The record's key, once an entry is here.
    #[must_use]
    pub fn key(&self) -> Option<&VerifierKey> {
        self.key.as_ref()
    }

    /// The instance to be read, in which every act is refused; what this follower takes over shows in it.
    ///
    /// **Errors** nothing is here yet; the database refused.
    pub fn record(&mut self, clock: Clock) -> Result<Record, Fault> {
        if self.frontier.size() == 0 {
            return Err(Fault::Absent(self.folder.path().display().to_string()));
        }
        let founded = ends(&mut self.session.tx())?.0;
        let zone = Zone::named(&founded.zone, self.tables)?;
        let shelf = Shelf::open(&self.folder.base(), self.store.clone(), self.tables, readers())?;
        self.shelf = Some(shelf.clone());
        let (scribe, thread) = refusing(Fault::Mirror, Arc::clone(&self.commits))?;
        let key = self.key.clone().ok_or(Fault::Stopped)?;
        Ok(Record::of_mirror(shelf, scribe, zone, founded, key, clock, thread))
    }

    /// Pages that were made say what was so before: they are made anew.
    pub fn told(&self) {
        self.commits.fetch_add(1, Ordering::Release);
    }

    /// The giver's newest note, if it is signed by the record's key and continues what is here and `seen`, the newest note seen
    /// before. Nothing is taken yet.
    ///
    /// **Errors** [`Halt::Silent`], [`Halt::Broken`]; the database refused.
    pub fn meet(&mut self, giver: &mut dyn Giver, seen: Option<&str>) -> Result<Met, Halt> {
        if still_owed(&mut self.session)? {
            // A reader, or a cut, was in the way of erasing what was withdrawn before.
            self.erase();
        }
        let note = giver.note().map_err(Halt::Silent)?;
        let key = match &self.key {
            Some(key) => key.clone(),
            None => founding_key(giver, &note)?,
        };
        let signed = opened(&note, &key)?;
        let seen = seen.map(|seen| opened(seen, &key)).transpose()?;
        let here = self.frontier.size();
        if signed.size < here {
            self.earlier(&signed)?;
        }
        let mut tree = TiledTree::open(signed.size, &signed.root, |tile| giver.tile(tile)).map_err(told)?;
        let kept = (here > 0).then(|| (here, self.frontier.root()));
        for (size, root) in seen.map(|seen| (seen.size, seen.root)).into_iter().chain(kept) {
            if size <= signed.size && tree.root_at(size).map_err(told)? != root {
                return Err(forked(size));
            }
        }
        Ok(Met { signed, key })
    }

    /// Everything that the note covers is here; the answer is how many entries are new. `progress` is told of how many entries of
    /// how many have come.
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
        let mut copy = Copy { signed, here, tree, giver: &giver };
        let stage = self.gather(&mut copy, progress)?;
        self.take_in(stage, signed, &met.key, progress)?;
        Ok(signed.size - here)
    }

    /// Nothing is left here of what was withdrawn; where a reader is in the way, the next round tries again.
    fn erase(&mut self) {
        forget(&mut self.session, self.shelf.as_ref(), &self.store, self.tables, Owed::Rewriting);
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
        stage.resume(|bundle, bytes| {
            Bundle::in_tree(bundle.index(), size) == Some(bundle)
                && so_far.passes(bundle, bytes, copy.here, &mut |at| copy.tree.root_at(at)).is_ok()
        })?;
        let mut waiting = Vec::new();
        let mut bytes_waiting = 0;
        while so_far.frontier.size() < size {
            progress(so_far.frontier.size(), size);
            let index = so_far.frontier.size() / u64::from(TILE_WIDTH);
            let Some(bundle) = Bundle::in_tree(index, size) else { break };
            let bytes = copy.giver.borrow_mut().bundle(bundle, size).map_err(Halt::Silent)?;
            let cited = so_far.passes(bundle, &bytes, copy.here, &mut |at| copy.tree.root_at(at))?;
            let mut pieces = taken::Pieces::of(cited);
            if pieces.are_cited() {
                let mut giver = copy.giver.borrow_mut();
                giver.pieces(bundle, &mut |piece| pieces.take(piece)).map_err(Halt::Silent)?;
            }
            bytes_waiting += bytes.len() + pieces.bytes();
            waiting.push((bundle, bytes, pieces.sound()?));
            if bytes_waiting >= FLUSHED_EVERY {
                self.flush(&mut stage, &mut waiting)?;
                bytes_waiting = 0;
            }
        }
        self.flush(&mut stage, &mut waiting)?;
        progress(size, size);
        Ok(stage)
    }

    /// What was verified is on the disk: enclosures first, so that no bundle waits without them.
    fn flush(
        &mut self,
        stage: &mut Stage,
        waiting: &mut Vec<(Bundle, Vec<u8>, Vec<taken::Sound>)>,
    ) -> Result<(), Fault> {
        if waiting.iter().any(|(_, _, pieces)| !pieces.is_empty()) {
            self.session.begin_writing()?;
            let mut pieces = waiting.iter().flat_map(|(_, _, pieces)| pieces);
            let mut tx = self.session.tx();
            let kept = pieces.try_for_each(|piece| taken::keep(&mut tx, &self.store, piece));
            self.end(kept)?;
        }
        for (bundle, bytes, _) in waiting.drain(..) {
            stage.push(bundle, &bytes)?;
        }
        stage.flush()
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
        key: &VerifierKey,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), Halt> {
        self.session.begin_writing()?;
        let base = self.folder.base();
        let from = (self.frontier.clone(), self.last_at);
        let outcome =
            taken::take_in(&mut self.session, &base, self.tables, &mut stage, from, signed, progress);
        let (outcome, ended) = match outcome {
            Ok(ended) => (Ok(()), Some(ended)),
            Err(fault) => (Err(fault), None),
        };
        if let Err(fault) = self.end(outcome) {
            let Fault::Missing(what) = fault else { return Err(fault.into()) };
            // Enclosures of what waits are asked for again with it.
            stage.remove()?;
            return Err(Halt::Silent(format!(
                "{what} : elle n’est pas donnée, sans qu’une entrée l’ait retirée ; si elle vient de l’être, le prochain passage le \
                 saura"
            )));
        }
        if let Some(ended) = ended {
            (self.frontier, self.last_at) = (ended.frontier, ended.last_at);
            if ended.withdrew {
                self.erase();
            }
        }
        self.key = Some(key.clone());
        self.told();
        Ok(stage.remove()?)
    }
}

/// A file whose first transaction was cut off holds no table at all.
fn is_blank(base: &Base) -> Result<bool, Fault> {
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
    fn passes(
        &mut self,
        bundle: Bundle,
        bytes: &[u8],
        here: u64,
        root_at: &mut dyn FnMut(u64) -> Result<Hash, TiledError<String>>,
    ) -> Result<Vec<taken::Cite>, Halt> {
        let not = |why: &str| Halt::Broken(format!("{bundle} : {why}"));
        let entries = bundle.entries(bytes).map_err(|_| not("ce n’est pas une liasse d’entrées"))?;
        let first = bundle.first_entry().unwrap_or(u64::MAX);
        let mut frontier = self.frontier.clone();
        let new: Vec<_> = (first..).zip(entries).filter(|(index, _)| *index >= here).collect();
        if new.first().is_none_or(|(index, _)| *index != frontier.size()) {
            return Err(not("ses entrées ne sont pas les suivantes"));
        }
        new.iter().for_each(|(_, entry)| frontier.push(leaf_hash(entry)));
        if root_at(frontier.size()).map_err(told)? != frontier.root() {
            return Err(not("ses entrées ne sont pas celles qui ont été signées"));
        }
        let (cited, last_at) = taken::read(&new, self.last_at)?;
        (self.frontier, self.last_at) = (frontier, last_at);
        Ok(cited)
    }
}

/// The key that the first entry names. The note must be signed by it, so that whoever gives both cannot change the entry later.
fn founding_key(giver: &mut dyn Giver, note: &str) -> Result<VerifierKey, Halt> {
    let size = note.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or(0);
    let none = || Halt::Silent("ce registre n’a pas d’entrée".into());
    let bundle = Bundle::in_tree(0, size).ok_or_else(none)?;
    let bytes = giver.bundle(bundle, size).map_err(Halt::Silent)?;
    let not = || Halt::Broken(format!("{bundle} : ce n’est pas une liasse d’entrées"));
    let entries = bundle.entries(&bytes).map_err(|_| not())?;
    let founding = Founding::of(entries.first().ok_or_else(none)?);
    Ok(founding.map_err(|broken| Halt::Broken(broken.to_string()))?.chain.key().clone())
}

fn opened(note: &str, key: &VerifierKey) -> Result<Signed, Halt> {
    let not = |why: String| Halt::Broken(format!("point de contrôle : {why}"));
    let parsed = Note::parse(note.as_bytes()).map_err(|error| not(sentences::of_note(&error)))?;
    let opened = checkpoint_of(key.name(), &parsed, key);
    let opened = opened.map_err(|error| not(sentences::of_checkpoint(&error)))?;
    Ok(Signed { size: opened.size, root: opened.root, note: note.to_owned() })
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
