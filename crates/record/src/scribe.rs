//! The scribe: the one writer. Acts that wait together share one flush to the disk.
//!
//! Life of an act: it waits in line → it runs in a savepoint, reads its facts, appends entries, each applied by every room
//! at once → when the group is done, the tree's new root is signed → one commit, flushed → only then is each act answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use terms::{Actor, Day, Enclosed, Entry, Instant, Media, Sealed, Word};
use tlog::{Checkpoint, Frontier, Signer, leaf_hash, sign_checkpoint};
use tokio::sync::oneshot;

use crate::session::Session;
use crate::shelf::{Shelf, fresh_secret, meta, set_meta};
use crate::tables::{Tables, table_names};
use crate::{Fault, Store, Tx, enclosures, replay, tiles, values};

/// Acts that share one flush at most.
const GROUP_MAX: usize = 256;

/// Acts that may wait; the next one waits to get in line.
const LINE_MAX: usize = 4_096;

/// What time it is. Injected, so that tests and demonstrations can stop it.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

type Answer = Box<dyn FnOnce(Result<(), Fault>) + Send>;
/// An act that waits: it is given a desk, or the fault for which there is none.
type Act = Box<dyn FnOnce(Result<&mut Desk<'_>, Fault>) -> (bool, Answer) + Send>;

/// A handle on the writer. Cloning is cheap; the writer stops when the last handle is gone.
#[derive(Clone)]
pub struct Scribe {
    line: SyncSender<Act>,
    commits: Arc<AtomicU64>,
}

/// What an act works on: the tables as they stand, and the record's end.
pub struct Desk<'a> {
    tx: Tx<'a>,
    state: &'a mut State,
    store: &'a Store,
    now: Instant,
}

/// Where the record ends.
#[derive(Clone)]
struct State {
    frontier: Frontier,
    last_at: Instant,
    backdated: Option<u64>,
    withdrew: Option<u64>,
    /// Objects that were put for the act: nobody's, if it is refused.
    put: Vec<String>,
}

impl Scribe {
    /// How many groups of acts were committed since the start: while it stays, nothing was written.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// The act is on the record and on the disk, or nothing of it is anywhere.
    ///
    /// **Errors** those of the act; a fault of the commit, and then no act of the group was kept.
    pub async fn seal<T, E>(
        &self,
        act: impl FnOnce(&mut Desk<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let (line, answer) = (self.line.clone(), oneshot::channel());
        let act = packed(act, answer.0);
        // Getting in line can block when the line is full; that must not hold up the threads that serve pages.
        match line.try_send(act) {
            Ok(()) => {}
            Err(std::sync::mpsc::TrySendError::Full(act)) => {
                let sent = tokio::task::spawn_blocking(move || line.send(act)).await;
                if !matches!(sent, Ok(Ok(()))) {
                    return Err(Fault::Stopped.into());
                }
            }
            Err(std::sync::mpsc::TrySendError::Disconnected(_)) => return Err(Fault::Stopped.into()),
        }
        answer.1.await.unwrap_or_else(|_| Err(Fault::Stopped.into()))
    }

    /// As [`Scribe::seal`], for threads that may wait.
    ///
    /// **Errors** as [`Scribe::seal`].
    pub fn seal_now<T, E>(
        &self,
        act: impl FnOnce(&mut Desk<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let answer = oneshot::channel();
        self.line.send(packed(act, answer.0)).map_err(|_| Fault::Stopped)?;
        answer.1.blocking_recv().unwrap_or_else(|_| Err(Fault::Stopped.into()))
    }
}

fn packed<T, E>(
    act: impl FnOnce(&mut Desk<'_>) -> Result<T, E> + Send + 'static,
    answer: oneshot::Sender<Result<T, E>>,
) -> Act
where
    T: Send + 'static,
    E: From<Fault> + Send + 'static,
{
    Box::new(move |desk| {
        let outcome = desk.map_err(E::from).and_then(act);
        let kept = outcome.is_ok();
        let tell: Answer = Box::new(move |committed| {
            // A visitor who left before the answer changes nothing: the act stands.
            let _ = answer.send(match committed {
                Ok(()) => outcome,
                Err(fault) => Err(fault.into()),
            });
        });
        (kept, tell)
    })
}

impl<'a> Desk<'a> {
    /// The tables as they stand, with what this act has already changed.
    pub fn tx(&mut self) -> &mut Tx<'a> {
        &mut self.tx
    }

    /// The moment of the act.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The bytes are kept apart from the record, a file's on the disk of the store; the answer is what a word carries. Kept only if
    /// the act is.
    ///
    /// **Errors** the store does not answer or refuses; the database refused.
    pub fn enclose(&mut self, media: Media, bytes: &[u8]) -> Result<Enclosed, Fault> {
        let (enclosed, object) = enclosures::keep(&mut self.tx, self.store, media, bytes)?;
        self.state.put.extend(object);
        Ok(enclosed)
    }

    /// A fresh secret of 64 hexadecimal digits is among the instance's own notes, not on the record; the answer is it.
    ///
    /// **Errors** the system has no randomness; the database refused.
    pub fn keep_secret(&mut self) -> Result<String, Fault> {
        fresh_secret(&mut self.tx)
    }

    /// As [`Desk::enclose`] for a text.
    ///
    /// **Errors** the database refused.
    pub fn enclose_text(&mut self, text: &str) -> Result<Enclosed, Fault> {
        self.enclose(Media::Text, text.as_bytes())
    }

    /// The word is the record's newest entry and every room has taken it in.
    ///
    /// **Units** `known` is given where the fact was public before today; a later day than today counts as today.
    ///
    /// **Errors** over [`Entry::BYTES_MAX`]; the database refused.
    pub fn append(
        &mut self,
        zone: &Zone,
        by: Actor,
        known: Option<Day>,
        word: Word,
    ) -> Result<Sealed, Fault> {
        // The record's time never runs backwards, even where the machine's does.
        let at = self.now.max(self.state.last_at);
        let today = zone.day_of(at);
        let known = known.filter(|day| *day < today);
        let entry = Entry { at, by, known, word };
        let bytes = entry.to_bytes()?;
        let index = self.state.frontier.size();
        let sealed = Sealed { index, known: known.unwrap_or(today), entry };
        self.tx.run(
            "INSERT INTO entry (idx, known, bytes) VALUES (?1, ?2, ?3)",
            values![index, sealed.known, bytes],
        )?;
        replay::apply(&mut self.tx, zone.tables, &sealed)?;
        if let Word::EnclosureWithdrawn(withdrawn) = &sealed.entry.word {
            enclosures::destroy(&mut self.tx, &withdrawn.sha256)?;
            self.state.withdrew = Some(index);
        }
        self.state.frontier.push(leaf_hash(&bytes));
        self.state.last_at = at;
        if known.is_some() {
            self.state.backdated = Some(index);
        }
        Ok(sealed)
    }
}

/// What does not change while the instance runs: its zone and its rooms.
#[derive(Clone)]
pub struct Zone {
    zone: jiff::tz::TimeZone,
    tables: &'static [Tables],
}

impl Zone {
    /// The zone of this name, for these rooms.
    ///
    /// **Errors** no such zone.
    pub fn named(name: &str, tables: &'static [Tables]) -> Result<Self, Fault> {
        let zone = jiff::tz::TimeZone::get(name).map_err(|error| Fault::Value(error.to_string()))?;
        Ok(Self { zone, tables })
    }

    /// The civil day on which the instant falls here.
    #[must_use]
    pub fn day_of(&self, at: Instant) -> Day {
        self.zone.to_datetime(at).date()
    }
}

pub(crate) struct Writer {
    pub(crate) session: Session,
    pub(crate) signer: Signer,
    pub(crate) zone: Zone,
    pub(crate) clock: Clock,
    pub(crate) shelf: Shelf,
    pub(crate) store: Store,
}

/// The writer runs on a thread of its own; the answer is the handle.
pub(crate) fn start(
    writer: Writer,
    frontier: Frontier,
    last_at: Instant,
) -> Result<(Scribe, JoinHandle<()>), Fault> {
    let (send, receive) = sync_channel(LINE_MAX);
    let state = State { frontier, last_at, backdated: None, withdrew: None, put: Vec::new() };
    let commits = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&commits);
    let thread = std::thread::Builder::new()
        .name("scribe".into())
        .spawn(move || work(writer, state, &receive, &counted))
        .map_err(|error| Fault::File(error.to_string()))?;
    Ok((Scribe { line: send, commits }, thread))
}

/// What is still to be done until nothing of a withdrawn text is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owed {
    /// Nothing.
    Nothing,
    /// The database is to be written anew.
    Rewriting,
    /// The write-ahead log is to be emptied: a reader was in the way.
    Emptying,
    /// Objects of withdrawn files, which nothing opens any more, are to be deleted: the store did not answer.
    Deleting,
}

impl Owed {
    /// How long until it is tried again; none where nothing is owed.
    pub(crate) fn wait(self) -> Option<Duration> {
        match self {
            Self::Nothing => None,
            Self::Rewriting | Self::Deleting => Some(Duration::from_secs(60)),
            Self::Emptying => Some(Duration::from_secs(2)),
        }
    }
}

/// The next act; none when it is time to erase again; an error when the last handle is gone.
fn next(line: &Receiver<Act>, owed: Owed) -> Result<Option<Act>, RecvTimeoutError> {
    let Some(wait) = owed.wait() else {
        return line.recv().map(Some).map_err(|_| RecvTimeoutError::Disconnected);
    };
    match line.recv_timeout(wait) {
        Err(RecvTimeoutError::Timeout) => Ok(None),
        other => other.map(Some),
    }
}

/// A handle on nobody: every act is answered with this fault. `commits` is counted up by whoever does write.
pub(crate) fn refusing(fault: Fault, commits: Arc<AtomicU64>) -> Result<(Scribe, JoinHandle<()>), Fault> {
    let (send, receive) = sync_channel::<Act>(LINE_MAX);
    let thread = std::thread::Builder::new()
        .name("scribe".into())
        .spawn(move || {
            while let Ok(act) = receive.recv() {
                act(Err(fault.clone())).1(Err(fault.clone()));
            }
        })
        .map_err(|error| Fault::File(error.to_string()))?;
    Ok((Scribe { line: send, commits }, thread))
}

fn work(mut writer: Writer, mut state: State, line: &Receiver<Act>, commits: &AtomicU64) {
    // A process that was killed between a withdrawal and its erasing owes it.
    let mut owed = match still_owed(&mut writer.session) {
        Ok(false) => Owed::Nothing,
        Ok(true) | Err(_) => erased(&mut writer, Owed::Rewriting),
    };
    while let Ok(first) = next(line, owed) {
        let Some(first) = first else {
            owed = erased(&mut writer, owed);
            continue;
        };
        let mut group = vec![first];
        while group.len() < GROUP_MAX {
            let Ok(next) = line.try_recv() else { break };
            group.push(next);
        }
        let before = state.clone();
        let mut answers = Vec::with_capacity(group.len());
        let outcome = seal_group(&mut writer, &mut state, group, &mut answers);
        if outcome.is_err() {
            // Nothing of the group was kept: the record ends where it ended.
            let _ = writer.session.control("ROLLBACK");
            state = before;
        }
        // Pages kept until now may show what was withdrawn: they end before the rest is erased.
        commits.fetch_add(1, Ordering::Release);
        if outcome.is_ok() && state.withdrew.take().is_some() {
            owed = erased(&mut writer, Owed::Rewriting);
        }
        for answer in answers {
            answer(outcome.clone());
        }
    }
    if let Session::Sqlite(connection) = &writer.session {
        // The write-ahead log is folded in, so that one file holds everything after a clean stop.
        let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

/// Whether the newest withdrawal is not known to have been erased everywhere.
pub(crate) fn still_owed(session: &mut Session) -> Result<bool, Fault> {
    let mut tx = session.tx();
    let rewritten = meta(&mut tx, "withdrawn")? == meta(&mut tx, ERASED)?;
    Ok(!rewritten || !enclosures::withdrawn_objects(&mut tx)?.is_empty())
}

/// The note that says up to which withdrawal everything is erased.
const ERASED: &str = "erased";

fn erased(writer: &mut Writer, owed: Owed) -> Owed {
    forget(&mut writer.session, Some(&writer.shelf), &writer.store, writer.zone.tables, owed)
}

/// A withdrawn text leaves the days kept ready, the gaps of the database's pages and the write-ahead log, not only its row.
/// The answer is what is left to do where a reader or the system was in the way.
pub(crate) fn forget(
    session: &mut Session,
    shelf: Option<&Shelf>,
    store: &Store,
    tables: &[Tables],
    mut owed: Owed,
) -> Owed {
    if let Some(shelf) = shelf {
        shelf.forget_past();
    }
    if let Err(error) = erase(session, store, tables, &mut owed) {
        let _ = session.control("ROLLBACK");
        tracing::error!(
            "les restes d’un texte retiré n’ont pas pu être effacés, un nouvel essai suit : {error}"
        );
    } else if owed != Owed::Nothing {
        tracing::warn!(
            "les restes d’un texte retiré attendent la fin d’une longue lecture pour être effacés"
        );
    }
    owed
}

fn erase(session: &mut Session, store: &Store, tables: &[Tables], owed: &mut Owed) -> Result<(), Fault> {
    if *owed == Owed::Deleting {
        return delete_objects(session, store, owed);
    }
    let done = meta(&mut session.tx(), "withdrawn")?;
    if *owed == Owed::Rewriting {
        match session {
            // Deleted rows are overwritten, but a page that was once split may hold a second copy in its gap.
            Session::Sqlite(connection) => {
                emptied(connection)?;
                connection.execute_batch("VACUUM")?;
            }
            Session::Postgres(_) => rewrite_on_server(session, tables)?,
        }
        *owed = Owed::Emptying;
    }
    if let Session::Sqlite(connection) = session
        && !emptied(connection)?
    {
        return Ok(());
    }
    *owed = Owed::Deleting;
    if let Some(index) = done {
        session.begin_writing()?;
        set_meta(&mut session.tx(), ERASED, &index)?;
        session.control("COMMIT")?;
    }
    delete_objects(session, store, owed)
}

/// No object is left of a file that was withdrawn. Their keys are gone already.
fn delete_objects(session: &mut Session, store: &Store, owed: &mut Owed) -> Result<(), Fault> {
    for name in enclosures::withdrawn_objects(&mut session.tx())? {
        store.delete(&name)?;
        session.begin_writing()?;
        enclosures::forget_object(&mut session.tx(), &name)?;
        session.control("COMMIT")?;
    }
    *owed = Owed::Nothing;
    Ok(())
}

/// The write-ahead log is empty; `false` where a reader still needs it.
fn emptied(connection: &rusqlite::Connection) -> Result<bool, Fault> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(busy == 0)
}

/// Tables that held the text are written anew without their dead rows, and so are the server's samples of them. What the
/// server's own log keeps is told in the guide.
fn rewrite_on_server(session: &mut Session, tables: &[Tables]) -> Result<(), Fault> {
    let drawers = tables.iter().flat_map(|room| table_names(room.drawers));
    for table in ["enclosure", "object", "search_word"].into_iter().chain(drawers) {
        session.control(&format!("VACUUM (FULL, ANALYZE) {table}"))?;
    }
    // The database's owner may; for anyone else the server only warns.
    session.control("VACUUM FULL pg_catalog.pg_statistic")
}

/// The acts of the group are in one transaction, each whole or absent, and so is the signature over what they added.
///
/// **Errors** the database refused: nothing of any act is kept. Every act has its answer either way.
fn seal_group(
    writer: &mut Writer,
    state: &mut State,
    group: Vec<Act>,
    answers: &mut Vec<Answer>,
) -> Result<(), Fault> {
    let begun = writer.session.begin_writing().and_then(|()| state.catch_up(&mut writer.session));
    if let Err(fault) = begun {
        answers.extend(group.into_iter().map(|act| act(Err(fault.clone())).1));
        return Err(fault);
    }
    let size_before = state.frontier.size();
    let mut broken = None;
    for act in group {
        let before = state.clone();
        let marked = writer.session.control("SAVEPOINT act");
        let now = rounded((writer.clock)());
        let (kept, answer) = match marked {
            Ok(()) => act(Ok(&mut Desk { tx: writer.session.tx(), state, store: &writer.store, now })),
            Err(fault) => act(Err(fault)),
        };
        answers.push(answer);
        let put = std::mem::take(&mut state.put);
        let ended = if kept {
            writer.session.control("RELEASE SAVEPOINT act")
        } else {
            *state = before;
            // What cannot be deleted now is swept away later; without a row, nothing opens it.
            let _ = put.iter().try_for_each(|name| writer.store.delete(name));
            let undone = writer.session.control("ROLLBACK TO SAVEPOINT act");
            undone.and_then(|()| writer.session.control("RELEASE SAVEPOINT act"))
        };
        broken = broken.or(ended.err());
    }
    if !writer.session.in_transaction() {
        // A full disk ends the transaction by itself; nothing of the group is kept.
        return Err(match writer.session {
            Session::Sqlite(_) => Fault::Full,
            Session::Postgres(_) => broken.unwrap_or(Fault::Stopped),
        });
    }
    if let Some(fault) = broken {
        return Err(fault);
    }
    if state.frontier.size() > size_before {
        tiles::grow(&mut writer.session.tx(), size_before, state.frontier.size())?;
        sign(writer, state)?;
    }
    writer.session.control("COMMIT")
}

impl State {
    /// The state is that of the record's end. Where other processes write too, they may have gone on since.
    fn catch_up(&mut self, session: &mut Session) -> Result<(), Fault> {
        if matches!(session, Session::Sqlite(_)) {
            return Ok(());
        }
        let mut tx = session.tx();
        let newest: Option<(u64, Vec<u8>)> =
            tx.row("SELECT size, frontier FROM checkpoint ORDER BY size DESC LIMIT 1", &[], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let Some((size, frontier)) = newest else { return Ok(()) };
        if size != self.frontier.size() {
            self.frontier =
                Frontier::from_bytes(&frontier).map_err(|error| Fault::Damaged(error.to_string()))?;
            self.last_at = last_at(&mut tx, size)?;
        }
        Ok(())
    }
}

/// When the last of so many entries was sealed.
pub(crate) fn last_at(tx: &mut Tx<'_>, size: u64) -> Result<Instant, Fault> {
    let last: Option<Vec<u8>> =
        tx.row("SELECT bytes FROM entry WHERE idx = ?1", values![size.saturating_sub(1)], |row| row.get(0))?;
    let last = last.ok_or_else(|| Fault::Damaged(format!("l’entrée {} manque", size.saturating_sub(1))))?;
    Ok(Entry::parse(&last)?.at)
}

/// The record keeps milliseconds.
fn rounded(at: Instant) -> Instant {
    Instant::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

/// The signed note over so many entries stands beside them. One checkpoint a day stays: the last of each day, and the newest
/// of today.
pub(crate) fn keep_checkpoint(
    tx: &mut Tx<'_>,
    day: Day,
    frontier: &Frontier,
    note: &str,
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO checkpoint (day, size, frontier, note) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (day) DO UPDATE SET size = excluded.size, frontier = excluded.frontier, note = excluded.note",
        values![day, frontier.size(), frontier.to_bytes(), *note],
    )?;
    Ok(())
}

/// The tree's root is signed and stands beside the entries it covers.
fn sign(writer: &mut Writer, state: &mut State) -> Result<(), Fault> {
    let checkpoint = Checkpoint {
        origin: writer.signer.name().to_owned(),
        size: state.frontier.size(),
        root: state.frontier.root(),
        extensions: Vec::new(),
    };
    let note = sign_checkpoint(&checkpoint, &writer.signer).map_err(|error| Fault::Key(error.to_string()))?;
    let day = writer.zone.day_of(state.last_at);
    let mut tx = writer.session.tx();
    keep_checkpoint(&mut tx, day, &state.frontier, &note)?;
    if let Some(index) = state.backdated.take() {
        set_meta(&mut tx, "backdated", &index.to_string())?;
    }
    if let Some(index) = state.withdrew {
        set_meta(&mut tx, "withdrawn", &index.to_string())?;
    }
    Ok(())
}
