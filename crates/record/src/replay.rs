//! Replay: the derived tables made again from the record, to check them, to look at an earlier day, or to change them.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

use rusqlite::Connection;
use terms::{Day, Entry, Sealed};

use crate::apart::{Beside, Chunk, halves};
use crate::session::{Base, Session, is_unchanging, uri_path};
use crate::shelf::{WRITING_CACHE, derived, shape, steady};
use crate::tables::{GROUND, Tables, parted, table_names};
use crate::{Fault, Tx, directory, moving, values};

/// The schema of the directory, which is derived like the tables of rooms.
pub use crate::tables::DIRECTORY;

/// Entries are read so many at a time: enough to keep SQLite busy, few enough to keep memory flat.
const CHUNK: u64 = 2_000;

/// Rows that additions wait in at most, and a chunk's more: some megabytes. More makes replay no faster.
pub(crate) const GATHERED_MAX: usize = 30_000;

/// **Units** KiB. Memory in which tables are made anew; a record of half a million entries needs some more and spills.
const REBUILD_CACHE: u32 = 32 << 10;

/// **Units** KiB. Memory that tables made anew keep for being read.
const REBUILT_CACHE: u32 = 4 << 10;

/// Told how many entries of how many are done.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// The first thing in which the tables are not what the record makes of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: String,
    /// A row of it, as the record makes it or as it stands.
    pub row: String,
    /// Whether the row stands in the tables without ground in the record, rather than missing from them.
    pub unfounded: bool,
}

/// One entry has changed the directory and every room's tables.
///
/// **Errors** those of the rooms.
pub fn apply(tx: &mut Tx<'_>, tables: &[Tables], sealed: &Sealed) -> Result<(), Fault> {
    directory::apply(tx, sealed)?;
    tables.iter().try_for_each(|room| (room.apply)(tx, sealed))
}

/// A database of its own whose tables hold what the record of `base` makes of them, up to a day if one is given. A file stays
/// attached for enclosures; what lies on a server is copied first. What outgrows [`REBUILD_CACHE`] lies in nameless files that are
/// gone with it.
///
/// **Errors** the database refused; an entry this version cannot read.
pub fn rebuild(
    base: impl Into<Base>,
    tables: &[Tables],
    until: Option<Day>,
    progress: Progress<'_>,
) -> Result<Connection, Fault> {
    rebuild_beside(&base.into(), tables, until, false, progress)
}

/// As [`rebuild`]; the tables as they stand in the base are beside them, under the name `live`, also where they were on a server.
fn rebuild_beside(
    base: &Base,
    tables: &[Tables],
    until: Option<Day>,
    compared: bool,
    progress: Progress<'_>,
) -> Result<Connection, Fault> {
    let connection = Connection::open("")?;
    lay_open(&connection)?;
    match base {
        Base::File(file) => attach_live(&connection, file)?,
        Base::Postgres(_) => moving::attach_copy(&connection, base, tables, compared)?,
    }
    connection.execute_batch("BEGIN")?;
    let (needed, asked) = parted(&derived(tables));
    Tx::sqlite(&connection).define(&needed)?;
    // Drawers are not derived; they stand empty so that questions which join them can be asked.
    for room in tables {
        Tx::sqlite(&connection).define(room.drawers)?;
    }
    let until = until.unwrap_or(Day::MAX);
    let beside = match base {
        Base::File(file) => Beside::new().map(|beside| (beside, file)),
        // What was copied is in a nameless file, which nobody else can open.
        Base::Postgres(_) => None,
    };
    match beside {
        Some((beside, file)) => take_in_halves(&connection, &beside, file, tables, until, progress)?,
        None => take_in(&mut Tx::sqlite(&connection), tables, until, None, progress)?,
    }
    Tx::sqlite(&connection).define(&asked)?;
    connection.execute_batch(&format!(
        "COMMIT; PRAGMA main.cache_size = -{REBUILT_CACHE}; PRAGMA shrink_memory;"
    ))?;
    Ok(connection)
}

/// Tables are made in this connection without a journal: what is cut off is begun anew.
pub(crate) fn lay_open(connection: &Connection) -> Result<(), Fault> {
    steady(connection)?;
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA busy_timeout = 5000; \
         PRAGMA cache_size = -{REBUILD_CACHE};"
    ))?;
    Ok(())
}

/// The instance's file is beside the connection's own database, under the name `live`, to be read.
pub(crate) fn attach_live(connection: &Connection, file: &Path) -> Result<(), Fault> {
    let how = if is_unchanging(file) { "immutable=1" } else { "mode=ro" };
    connection.execute("ATTACH DATABASE ?1 AS live", [format!("file:{}?{how}", uri_path(file))])?;
    Ok(())
}

/// As [`take_in`], with half of the rooms on a core of its own. The transaction that is open is ended, and another begun.
fn take_in_halves(
    connection: &Connection,
    beside: &Beside,
    file: &Path,
    tables: &[Tables],
    until: Day,
    progress: Progress<'_>,
) -> Result<(), Fault> {
    let (here, there) = halves(tables);
    if there.is_empty() {
        return take_in(&mut Tx::sqlite(connection), tables, until, None, progress);
    }
    std::thread::scope(|threads| {
        let (send, filling) = beside.start(threads, file, there.clone());
        let done = take_in(&mut Tx::sqlite(connection), &here, until, Some(send), progress);
        // Where that half failed, this one only knows that nobody took what it sent.
        filling.join().unwrap_or(Err(Fault::Stopped))?;
        done
    })?;
    connection.execute_batch("COMMIT")?;
    beside.carry_over(connection, &there)?;
    Ok(connection.execute_batch("BEGIN")?)
}

/// Entries as they stand in their table: index, day since which they are known, bytes.
type Raw = Vec<(u64, Day, Vec<u8>)>;

/// How many chunks are read before the one that is being applied, so that the other core always has one to parse.
const AHEAD: u64 = 2;

/// The tables have taken in every entry known by that day; chunks of them are sent on to who makes other tables.
fn take_in(
    tx: &mut Tx<'_>,
    tables: &[Tables],
    until: Day,
    beside: Option<SyncSender<Chunk>>,
    progress: Progress<'_>,
) -> Result<(), Fault> {
    let size: u64 = tx.one("SELECT coalesce(max(idx), -1) + 1 FROM entry", &[])?;
    tx.gather();
    std::thread::scope(|threads| {
        let (raw, to_parse) = sync_channel::<Raw>(AHEAD as usize);
        let (parsed, ready) = sync_channel(AHEAD as usize);
        threads.spawn(move || {
            for chunk in to_parse {
                let chunk = parse(chunk);
                let sent_on = match (&beside, &chunk) {
                    (Some(beside), Ok(chunk)) => beside.send(Arc::clone(chunk)).is_ok(),
                    _ => true,
                };
                if !sent_on || parsed.send(chunk).is_err() {
                    return;
                }
            }
        });
        let (mut asked, mut done) = (0, 0);
        while done < size {
            while asked < size.min(done + AHEAD * CHUNK) {
                // A parser that is gone has said why, or panicked: what it leaves unanswered tells.
                let _ = raw.send(read(tx, asked, until)?);
                asked += CHUNK;
            }
            let chunk = ready.recv().map_err(|_| Fault::Stopped)??;
            chunk.iter().try_for_each(|sealed| apply(tx, tables, sealed))?;
            done += CHUNK;
            if done >= size || tx.gathered() > GATHERED_MAX {
                tx.settle()?;
            }
            progress(done.min(size), size);
        }
        Ok(())
    })
}

fn read(tx: &mut Tx<'_>, from: u64, until: Day) -> Result<Raw, Fault> {
    tx.rows(
        "SELECT idx, known, bytes FROM entry WHERE idx >= ?1 AND idx < ?2 AND known <= ?3 ORDER BY idx",
        values![from, from + CHUNK, until],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

fn parse(chunk: Raw) -> Result<Chunk, Fault> {
    let sealed = |(index, known, bytes): (u64, Day, Vec<u8>)| -> Result<Sealed, Fault> {
        Ok(Sealed { index, known, entry: Entry::parse(&bytes)? })
    };
    Ok(Arc::new(chunk.into_iter().map(sealed).collect::<Result<_, _>>()?))
}

/// The first difference between the tables of `base` and what its record makes of them; `None` when they are equal.
///
/// **Errors** the database refused; an entry this version cannot read.
pub fn check(
    base: impl Into<Base>,
    tables: &[Tables],
    progress: Progress<'_>,
) -> Result<Option<Difference>, Fault> {
    let connection = rebuild_beside(&base.into(), tables, None, true, progress)?;
    let mut tx = Tx::sqlite(&connection);
    let schemas: Vec<&str> =
        std::iter::once(DIRECTORY).chain(tables.iter().map(|room| room.derived)).collect();
    for table in schemas.iter().flat_map(|schema| table_names(schema)) {
        for (wanted, found, unfounded) in [("main", "live", false), ("live", "main", true)] {
            let sql = format!("SELECT * FROM {wanted}.{table} EXCEPT SELECT * FROM {found}.{table} LIMIT 1");
            let row = tx.row(&sql, &[], |row| {
                let cells: Result<Vec<_>, Fault> = (0..row.width()).map(|i| row.value(i)).collect();
                Ok(format!("{:?}", cells?))
            })?;
            if let Some(row) = row {
                return Ok(Some(Difference { table: table.to_owned(), row, unfounded }));
            }
        }
    }
    Ok(None)
}

/// The derived tables are dropped, made anew and filled from the record. The caller holds the transaction.
pub(crate) fn renew(
    session: &mut Session,
    base: &Base,
    tables: &[Tables],
    progress: Progress<'_>,
) -> Result<(), Fault> {
    match session {
        Session::Sqlite(connection) => renew_file(connection, tables, progress),
        // A statement to a server takes some twenty times longer: the tables are made here and carried over whole.
        Session::Postgres(postgres) => {
            let rebuilt = rebuild(base.clone(), tables, None, progress)?;
            moving::renew_from(postgres, &rebuilt, tables)
        }
    }
}

/// As [`renew`], in the file of this connection.
pub(crate) fn renew_file(
    connection: &Connection,
    tables: &[Tables],
    progress: Progress<'_>,
) -> Result<(), Fault> {
    let asked = laid_anew(connection, tables)?;
    let mut tx = Tx::sqlite(connection);
    take_in(&mut tx, tables, Day::MAX, None, progress)?;
    tx.define(&asked)?;
    crate::shelf::set_meta(&mut tx, "shape", &shape(tables))
}

/// As [`renew_file`], half of the rooms on a core of its own, in several transactions: until the last of them the tables are told to be
/// nobody's, so that whoever opens the instance after a cut makes them again. The connection has no transaction open, and nobody reads
/// the tables meanwhile.
///
/// **Errors** the database refused; an entry this version cannot read.
pub(crate) fn renew_apart(
    connection: &Connection,
    file: &Path,
    tables: &[Tables],
    progress: Progress<'_>,
) -> Result<(), Fault> {
    connection.execute_batch(&format!("PRAGMA cache_size = -{REBUILD_CACHE}; BEGIN IMMEDIATE;"))?;
    let made = made_apart(connection, file, tables, progress);
    if made.is_err() && !connection.is_autocommit() {
        // What is told is the fault that came first.
        let _ = connection.execute_batch("ROLLBACK");
    }
    connection.execute_batch(&format!("PRAGMA cache_size = -{WRITING_CACHE}; PRAGMA shrink_memory;"))?;
    made
}

fn made_apart(
    connection: &Connection,
    file: &Path,
    tables: &[Tables],
    progress: Progress<'_>,
) -> Result<(), Fault> {
    crate::shelf::set_meta(&mut Tx::sqlite(connection), "shape", "")?;
    let asked = laid_anew(connection, tables)?;
    match Beside::new() {
        Some(beside) => take_in_halves(connection, &beside, file, tables, Day::MAX, progress)?,
        None => take_in(&mut Tx::sqlite(connection), tables, Day::MAX, None, progress)?,
    }
    let mut tx = Tx::sqlite(connection);
    tx.define(&asked)?;
    crate::shelf::set_meta(&mut tx, "shape", &shape(tables))?;
    Ok(connection.execute_batch("COMMIT")?)
}

/// The derived tables stand empty; the answer is the indexes that are made when all is in.
fn laid_anew(connection: &Connection, tables: &[Tables]) -> Result<String, Fault> {
    let names: Vec<String> = {
        let mut statement = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")?;
        let names = statement.query_map([], |row| row.get(0))?;
        names.collect::<Result<_, _>>()?
    };
    for name in names.iter().filter(|name| is_derived(name, tables) && !name.starts_with("sqlite_")) {
        connection.execute_batch(&format!("DROP TABLE \"{name}\""))?;
    }
    let (needed, asked) = parted(&derived(tables));
    Tx::sqlite(connection).define(&needed)?;
    Ok(asked)
}

/// Whether a table of this name is neither ground nor drawer.
pub(crate) fn is_derived(name: &str, tables: &[Tables]) -> bool {
    ![GROUND, crate::tiles::SCHEMA, crate::cosigned::SCHEMA, crate::enclosures::SCHEMA]
        .into_iter()
        .chain(tables.iter().map(|room| room.drawers))
        .flat_map(table_names)
        .any(|kept| kept == name)
}
