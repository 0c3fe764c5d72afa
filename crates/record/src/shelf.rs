//! The shelf: the tables as they stand, and as they would have stood on an earlier day.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use terms::Day;

use crate::enclosures::Held;
use crate::past::Past;
use crate::session::{Base, Session};
use crate::tables::{DIRECTORY, GROUND, Tables, for_sqlite};
use crate::{Fault, Store, Tx, values};

/// The newest format of the ground tables that this version reads and writes.
pub const FORMAT: i64 = 2;

/// Reading: many at once, each on one consistent state. Cloning is cheap.
#[derive(Clone)]
pub struct Shelf(Arc<Inner>);

struct Inner {
    pool: Pool,
    tables: &'static [Tables],
    /// Where today's shelf stands; an earlier day has none.
    base: Option<Base>,
    store: Store,
    past: Past<Shelf>,
}

struct Pool {
    free: Mutex<Vec<Session>>,
    returned: Condvar,
}

/// A connection out of the pool; dropping it gives it back.
struct Lent<'a>(&'a Pool, Option<Session>);

impl Pool {
    fn take(&self) -> Lent<'_> {
        let mut free = lock(&self.free);
        loop {
            if let Some(session) = free.pop() {
                return Lent(self, Some(session));
            }
            free = self.returned.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(session) = self.1.take() {
            lock(&self.0.free).push(session);
            self.0.returned.notify_one();
        }
    }
}

/// A panicking reader leaves nothing half-done behind it, so its lock is taken over.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shelf {
    /// Readers on the instance in this database, which is written to elsewhere.
    pub(crate) fn open(
        base: &Base,
        store: Store,
        tables: &'static [Tables],
        readers: usize,
    ) -> Result<Self, Fault> {
        let free: Result<Vec<_>, Fault> = (0..readers).map(|_| Session::reader(base)).collect();
        Ok(Self::of(free?, store, tables, Some(base.clone())))
    }

    fn of(free: Vec<Session>, store: Store, tables: &'static [Tables], base: Option<Base>) -> Self {
        let pool = Pool { free: Mutex::new(free), returned: Condvar::new() };
        Self(Arc::new(Inner { pool, tables, base, store, past: Past::default() }))
    }

    /// What `ask` answers on one consistent state.
    ///
    /// **Errors** those of `ask`; the database refused.
    pub fn read<T, E: From<Fault>>(&self, ask: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut lent = self.0.pool.take();
        let Some(session) = lent.1.as_mut() else { return Err(Fault::Stopped.into()) };
        session.begin_reading()?;
        let answer = ask(&mut session.tx());
        session.control("ROLLBACK")?;
        answer
    }

    /// The bytes of an enclosure, from wherever they lie. May wait for a store that is far away: never inside [`Shelf::read`], whose
    /// connections are few.
    ///
    /// **Errors** [`Fault::Lost`]; the store does not answer or refuses.
    pub fn fetch(&self, held: Held) -> Result<Vec<u8>, Fault> {
        self.0.store.fetch(held)
    }

    /// Whether other processes may write to the same database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.0.base, Some(Base::Postgres(_)))
    }

    /// How many entries the record has, whichever process wrote them.
    ///
    /// **Errors** the database refused.
    pub fn entries(&self) -> Result<u64, Fault> {
        self.read(|tx| tx.one("SELECT coalesce(max(size), 0) FROM checkpoint", &[]))
    }

    /// The shelf as it would have stood at the end of `day`: the entries publicly known by then, replayed. A day that is
    /// ready is there at once.
    ///
    /// **Errors** another day is being replayed for longer than `patience`; the database refused.
    pub fn as_of(&self, day: Day, patience: Duration) -> Result<Self, Fault> {
        let Some(base) = &self.0.base else { return Ok(self.clone()) };
        let (backdated, withdrawn) = self.read(changes_of_the_past)?;
        self.0.past.get((day, backdated, withdrawn), patience, |progress| {
            let connection = crate::replay::rebuild(base.clone(), self.0.tables, Some(day), progress)?;
            Ok(Self::of(vec![Session::Sqlite(connection)], self.0.store.clone(), self.0.tables, None))
        })
    }

    /// Whether the day is ready: [`Shelf::as_of`] then costs nothing.
    ///
    /// **Errors** the database refused.
    pub fn is_ready(&self, day: Day) -> Result<bool, Fault> {
        let (backdated, withdrawn) = self.read(changes_of_the_past)?;
        Ok(self.0.past.is_ready((day, backdated, withdrawn)))
    }

    /// How much of the replay under way, or of the last one, is done, in hundredths.
    #[must_use]
    pub fn replayed(&self) -> u8 {
        self.0.past.percent()
    }

    /// No past day is kept ready any more: a withdrawn text may stand in their search words.
    pub(crate) fn forget_past(&self) {
        self.0.past.forget();
    }
}

/// What changes an earlier day after it was replayed: the newest entry known before its sealing, and the newest withdrawal.
fn changes_of_the_past(tx: &mut Tx<'_>) -> Result<(i64, i64), Fault> {
    let mut newest =
        |key| -> Result<i64, Fault> { Ok(meta(tx, key)?.and_then(|text| text.parse().ok()).unwrap_or(-1)) };
    Ok((newest("backdated")?, newest("withdrawn")?))
}

/// A value of the instance's own notes.
///
/// **Errors** the database refused.
pub fn meta(tx: &mut Tx<'_>, key: &str) -> Result<Option<String>, Fault> {
    tx.row("SELECT value FROM meta WHERE key = ?1", values![key], |row| row.get(0))
}

/// The value stands in the instance's own notes.
pub(crate) fn set_meta(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        values![key, value],
    )?;
    Ok(())
}

/// A fresh secret of 64 hexadecimal digits is among the instance's own notes; the answer is it.
///
/// **Errors** the system has no randomness; the database refused.
pub(crate) fn fresh_secret(tx: &mut Tx<'_>) -> Result<String, Fault> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Fault::File(error.to_string()))?;
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    set_meta(tx, "secret", &text)?;
    Ok(text)
}

/// **Units** KiB. Memory that a writing connection keeps pages in.
pub(crate) const WRITING_CACHE: u32 = 16 << 10;

/// A writing connection with the settings that make an acknowledged act durable.
pub(crate) fn writer(file: &Path) -> Result<Connection, Fault> {
    let connection = Connection::open(file)?;
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
         PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -{WRITING_CACHE}; \
         PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;"
    ))?;
    steady(&connection)?;
    Ok(connection)
}

/// Statements are kept ready, and planned once: SQLite would otherwise plan anew whenever a bound value changes.
pub(crate) fn steady(connection: &Connection) -> Result<(), Fault> {
    connection.set_prepared_statement_cache_capacity(512);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// The schema of everything derived, in the order of the rooms.
pub(crate) fn derived(tables: &[Tables]) -> String {
    std::iter::once(DIRECTORY).chain(tables.iter().map(|t| t.derived)).collect()
}

/// A mark of the derived schema and of the version that filled it, whose `apply` may have been another: when either
/// changes, the tables are rebuilt from the record at the next start.
pub(crate) fn shape(tables: &[Tables]) -> String {
    use sha2::Digest;
    // Not derived, but asked by what is: a version without it must not read beside one that has it.
    let schema = for_sqlite(&derived(tables)) + crate::enclosures::SCHEMA;
    let digest = sha2::Sha256::digest(format!("{}\n{schema}", env!("CARGO_PKG_VERSION")).as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The ground tables, the directory, the rooms' tables and their drawers exist, empty.
pub(crate) fn lay_out(tx: &mut Tx<'_>, tables: &[Tables]) -> Result<(), Fault> {
    tx.define(GROUND)?;
    tx.define(crate::tiles::SCHEMA)?;
    tx.define(crate::cosigned::SCHEMA)?;
    tx.define(crate::enclosures::SCHEMA)?;
    tx.define(&derived(tables))?;
    for room in tables {
        tx.define(room.drawers)?;
    }
    set_meta(tx, "format", &FORMAT.to_string())?;
    crate::store::name_store(tx)?;
    set_meta(tx, "shape", &shape(tables))
}
