//! The shelf: the tables as they stand, and as they would have stood on an earlier day.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use terms::Day;

use crate::past::Past;
use crate::tables::{DIRECTORY, GROUND, Tables, for_sqlite};
use crate::{Fault, Tx, values};

/// The newest format of the ground tables that this version reads and writes.
pub const FORMAT: i64 = 1;

/// Reading: many at once, each on one consistent state. Cloning is cheap.
#[derive(Clone)]
pub struct Shelf(Arc<Inner>);

struct Inner {
    pool: Pool,
    tables: &'static [Tables],
    file: Option<PathBuf>,
    past: Past<Shelf>,
}

struct Pool {
    free: Mutex<Vec<Connection>>,
    returned: Condvar,
}

/// A connection out of the pool; dropping it gives it back.
struct Lent<'a>(&'a Pool, Option<Connection>);

impl Pool {
    fn take(&self) -> Lent<'_> {
        let mut free = lock(&self.free);
        loop {
            if let Some(connection) = free.pop() {
                return Lent(self, Some(connection));
            }
            free = self.returned.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.1.take() {
            lock(&self.0.free).push(connection);
            self.0.returned.notify_one();
        }
    }
}

/// A panicking reader leaves nothing half-done behind it, so its lock is taken over.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shelf {
    /// Readers on the instance in this database file, which is open for writing elsewhere in this process.
    pub(crate) fn open(file: &Path, tables: &'static [Tables], readers: usize) -> Result<Self, Fault> {
        let mut free = Vec::with_capacity(readers);
        for _ in 0..readers {
            let connection = Connection::open_with_flags(
                file,
                OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )?;
            connection.execute_batch(
                "PRAGMA query_only = ON; PRAGMA cache_size = -4096; PRAGMA busy_timeout = 5000;",
            )?;
            steady(&connection)?;
            free.push(connection);
        }
        Ok(Self::of(free, tables, Some(file.to_owned())))
    }

    fn of(free: Vec<Connection>, tables: &'static [Tables], file: Option<PathBuf>) -> Self {
        let pool = Pool { free: Mutex::new(free), returned: Condvar::new() };
        Self(Arc::new(Inner { pool, tables, file, past: Past::default() }))
    }

    /// What `ask` answers on one consistent state.
    ///
    /// **Errors** those of `ask`; the database refused.
    pub fn read<T, E: From<Fault>>(&self, ask: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let lent = self.0.pool.take();
        let Some(connection) = lent.1.as_ref() else { return Err(Fault::Stopped.into()) };
        connection.execute_batch("BEGIN").map_err(Fault::from)?;
        let answer = ask(&mut Tx::sqlite(connection));
        connection.execute_batch("ROLLBACK").map_err(Fault::from)?;
        answer
    }

    /// The shelf as it would have stood at the end of `day`: the entries publicly known by then, replayed. A day that is
    /// ready is there at once.
    ///
    /// **Errors** another day is being replayed for longer than `patience`; the database refused.
    pub fn as_of(&self, day: Day, patience: Duration) -> Result<Self, Fault> {
        let Some(file) = &self.0.file else { return Ok(self.clone()) };
        let backdated: i64 = self.read(newest_backdated)?;
        self.0.past.get((day, backdated), patience, |progress| {
            let connection = crate::replay::rebuild(file, self.0.tables, Some(day), progress)?;
            Ok(Self::of(vec![connection], self.0.tables, None))
        })
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

fn newest_backdated(tx: &mut Tx<'_>) -> Result<i64, Fault> {
    Ok(meta(tx, "backdated")?.and_then(|text| text.parse().ok()).unwrap_or(-1))
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

/// A writing connection with the settings that make an acknowledged act durable.
pub(crate) fn writer(file: &Path) -> Result<Connection, Fault> {
    let connection = Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
         PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16384; \
         PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;",
    )?;
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
    let schema = for_sqlite(&derived(tables));
    let digest = sha2::Sha256::digest(format!("{}\n{schema}", env!("CARGO_PKG_VERSION")).as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The ground tables, the directory, the rooms' tables and their drawers exist, empty.
pub(crate) fn lay_out(connection: &Connection, tables: &[Tables]) -> Result<(), Fault> {
    let mut tx = Tx::sqlite(connection);
    tx.define(GROUND)?;
    tx.define(crate::tiles::SCHEMA)?;
    tx.define(&derived(tables))?;
    for room in tables {
        tx.define(room.drawers)?;
    }
    set_meta(&mut tx, "format", &FORMAT.to_string())?;
    set_meta(&mut tx, "shape", &shape(tables))
}
