//! Half of a replay on a core of its own: rooms do not read each other's tables, so that some of them can be made in a database
//! beside the others and carried over whole.
//!
//! What may be lost: nothing, the file is of one replay and is removed with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::ScopedJoinHandle;

use rusqlite::Connection;
use terms::Sealed;

use crate::replay::{GATHERED_MAX, attach_live, lay_open};
use crate::tables::{DIRECTORY, Tables, parted, table_names};
use crate::{Fault, Tx, directory};

/// A run of entries that several apply.
pub(crate) type Chunk = Arc<Vec<Sealed>>;

/// Chunks that may wait for the rooms beside, so that neither half waits long for the other.
const WAITING: usize = 8;

/// What the directory costs, counted as tables: its names are written in both halves, its words in one.
const DIRECTORY_WEIGHT: usize = 12;

/// The rooms in two halves, each in their order, that cost about as much: who keeps more tables and indexes costs more. The second
/// half is empty where there is one core.
pub(crate) fn halves(tables: &[Tables]) -> (Vec<Tables>, Vec<Tables>) {
    if std::thread::available_parallelism().map_or(1, std::num::NonZero::get) < 2 {
        return (tables.to_vec(), Vec::new());
    }
    let weight = |room: &Tables| room.derived.matches("CREATE ").count();
    let mut by_weight: Vec<usize> = (0..tables.len()).collect();
    by_weight.sort_by_key(|at| std::cmp::Reverse(tables.get(*at).map_or(0, weight)));
    let (mut here, mut beside, mut far) = (DIRECTORY_WEIGHT, 0, Vec::new());
    for at in by_weight {
        let heavy = tables.get(at).map_or(0, weight);
        if beside < here {
            beside += heavy;
            far.push(at);
        } else {
            here += heavy;
        }
    }
    let of = |wanted: bool| {
        let numbered = tables.iter().enumerate();
        numbered.filter(|(at, _)| far.contains(at) == wanted).map(|(_, room)| *room).collect()
    };
    (of(false), of(true))
}

/// A database file that its owner alone can read, gone when this is dropped.
pub(crate) struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        // A file that the system has removed already is what was wanted.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Beside {
    /// A new, empty file in the system's folder for such; none where the system gives none.
    pub(crate) fn new() -> Option<Self> {
        let mut chance = [0; 8];
        getrandom::fill(&mut chance).ok()?;
        let path = std::env::temp_dir().join(format!("toguna-{:016x}", u64::from_be_bytes(chance)));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        options.open(&path).ok()?;
        Some(Self(path))
    }

    /// The rooms' tables are being made in the file, on a thread of its own, of the chunks that are sent.
    pub(crate) fn start<'scope>(
        &self,
        threads: &'scope std::thread::Scope<'scope, '_>,
        live: &Path,
        rooms: Vec<Tables>,
    ) -> (SyncSender<Chunk>, ScopedJoinHandle<'scope, Result<(), Fault>>) {
        let (send, receive) = sync_channel(WAITING);
        let (file, live) = (self.0.clone(), live.to_owned());
        (send, threads.spawn(move || fill(&file, &live, &rooms, &receive)))
    }

    /// The rooms' tables stand in the connection's own database, which has them empty.
    ///
    /// **Errors** the database refused. The connection has no transaction open.
    pub(crate) fn carry_over(&self, connection: &Connection, rooms: &[Tables]) -> Result<(), Fault> {
        connection.execute("ATTACH DATABASE ?1 AS beside", [self.0.to_string_lossy()])?;
        connection.execute_batch("BEGIN")?;
        for table in rooms.iter().flat_map(|room| table_names(room.derived)) {
            // Between tables of one shape SQLite copies rows as they are.
            connection.execute_batch(&format!("INSERT INTO main.{table} SELECT * FROM beside.{table}"))?;
        }
        Ok(connection.execute_batch("COMMIT; DETACH DATABASE beside")?)
    }
}

fn fill(file: &Path, live: &Path, rooms: &[Tables], chunks: &Receiver<Chunk>) -> Result<(), Fault> {
    let connection = Connection::open(file)?;
    lay_open(&connection)?;
    attach_live(&connection, live)?;
    connection.execute_batch("BEGIN")?;
    let schema: String = std::iter::once(DIRECTORY).chain(rooms.iter().map(|room| room.derived)).collect();
    let mut tx = Tx::sqlite(&connection);
    tx.define(&parted(&schema).0)?;
    tx.gather();
    for chunk in chunks {
        for sealed in chunk.iter() {
            // Rooms may ask what things are called; nobody asks for search words while entries are applied.
            directory::apply_names(&mut tx, sealed)?;
            rooms.iter().try_for_each(|room| (room.apply)(&mut tx, sealed))?;
        }
        if tx.gathered() > GATHERED_MAX {
            tx.settle()?;
        }
    }
    tx.settle()?;
    Ok(connection.execute_batch("COMMIT")?)
}
