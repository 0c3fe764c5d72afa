//! One connection to either database, with the few things in which they differ: how a transaction begins, what is prepared,
//! and what a connection that broke needs.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::shelf::steady;
use crate::{Fault, Tx};

/// Statements that one PostgreSQL connection keeps ready; past it they are prepared anew.
const PREPARED_MAX: usize = 1_024;

/// Where the database of an instance lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// In this SQLite file.
    File(PathBuf),
    /// On the PostgreSQL server at this address, in the schema that its search path names first.
    Postgres(String),
}

impl From<&Path> for Base {
    fn from(file: &Path) -> Self {
        Self::File(file.to_owned())
    }
}

impl From<&PathBuf> for Base {
    fn from(file: &PathBuf) -> Self {
        Self::File(file.clone())
    }
}

impl From<&crate::Folder> for Base {
    fn from(folder: &crate::Folder) -> Self {
        folder.base()
    }
}

/// A connection. Transactions are begun and ended by [`Session::control`]; statements run through [`Session::tx`].
pub(crate) enum Session {
    Sqlite(Connection),
    Postgres(Box<Postgres>),
}

/// A connection to PostgreSQL and what is prepared on it.
pub(crate) struct Postgres {
    address: String,
    /// There until the drop.
    client: Option<postgres::Client>,
    prepared: HashMap<String, postgres::Statement>,
    /// Whether texts must be told to sort by code point, because the server's database sorts them otherwise.
    collated: bool,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The driver waits for its goodbye, which a thread that serves pages must not.
        if let Some(client) = self.client.take() {
            let _ = std::thread::spawn(move || drop(client)).join();
        }
    }
}

impl Session {
    /// A connection that reads, and waits for nobody.
    ///
    /// **Errors** the file or the server is not there.
    pub(crate) fn reader(base: &Base) -> Result<Self, Fault> {
        match base {
            Base::File(file) => {
                let connection = to_read(file)?;
                connection.execute_batch(
                    "PRAGMA query_only = ON; PRAGMA cache_size = -4096; PRAGMA busy_timeout = 5000;",
                )?;
                steady(&connection)?;
                Ok(Self::Sqlite(connection))
            }
            Base::Postgres(address) => Ok(Self::Postgres(Box::new(Postgres::connect(address)?))),
        }
    }

    /// The connection that writes.
    ///
    /// **Errors** the file or the server is not there.
    pub(crate) fn writer(base: &Base) -> Result<Self, Fault> {
        match base {
            Base::File(file) => Ok(Self::Sqlite(crate::shelf::writer(file)?)),
            Base::Postgres(address) => Ok(Self::Postgres(Box::new(Postgres::connect(address)?))),
        }
    }

    /// What statements run through.
    pub(crate) fn tx(&mut self) -> Tx<'_> {
        match self {
            Self::Sqlite(connection) => Tx::sqlite(connection),
            Self::Postgres(postgres) => Tx::postgres(postgres),
        }
    }

    /// Whether a table of this name is here.
    ///
    /// **Errors** the database refused.
    pub(crate) fn has_table(&mut self, name: &str) -> Result<bool, Fault> {
        let sql = match self {
            Self::Sqlite(_) => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1",
            Self::Postgres(_) => {
                "SELECT count(*) FROM information_schema.tables \
                 WHERE table_schema = current_schema() AND CAST(table_name AS TEXT) = ?1"
            }
        };
        let found: i64 = self.tx().one(sql, crate::values![*name])?;
        Ok(found > 0)
    }

    /// A statement that begins, marks or ends a transaction has run.
    pub(crate) fn control(&mut self, sql: &str) -> Result<(), Fault> {
        match self {
            Self::Sqlite(connection) => {
                connection.prepare_cached(sql)?.execute([])?;
                Ok(())
            }
            Self::Postgres(postgres) => Ok(postgres.client()?.batch_execute(sql)?),
        }
    }

    /// A transaction that will write has begun, and no other writer's runs until it ends.
    ///
    /// **Errors** as [`Session::control`].
    pub(crate) fn begin_writing(&mut self) -> Result<(), Fault> {
        match self {
            Self::Sqlite(_) => self.control("BEGIN IMMEDIATE"),
            Self::Postgres(postgres) => {
                postgres.mend()?;
                // A row's lock and nothing else orders the writers: every PostgreSQL-compatible engine has it.
                self.control("BEGIN")?;
                self.tx().row("SELECT value FROM meta WHERE key = 'format' FOR UPDATE", &[], |row| {
                    row.get::<String>(0)
                })?;
                Ok(())
            }
        }
    }

    /// A transaction in which everything read is of one moment has begun.
    ///
    /// **Errors** as [`Session::control`].
    pub(crate) fn begin_reading(&mut self) -> Result<(), Fault> {
        match self {
            Self::Sqlite(_) => self.control("BEGIN"),
            Self::Postgres(postgres) => {
                postgres.mend()?;
                self.control("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            }
        }
    }

    /// Whether the transaction that was begun is still under way: SQLite ends one by itself when the disk is full.
    pub(crate) fn in_transaction(&self) -> bool {
        match self {
            Self::Sqlite(connection) => !connection.is_autocommit(),
            Self::Postgres(postgres) => !postgres.is_closed(),
        }
    }
}

/// Whether nobody can change the file: its disk only lets itself be read, and nothing waits in a write-ahead log.
pub(crate) fn is_unchanging(file: &Path) -> bool {
    let mut log = file.as_os_str().to_os_string();
    log.push("-wal");
    let waits = std::fs::metadata(log).is_ok_and(|log| log.len() > 0);
    let opened = std::fs::OpenOptions::new().write(true).open(file);
    !waits && opened.is_err_and(|error| error.kind() == std::io::ErrorKind::ReadOnlyFilesystem)
}

/// A connection to a file that is only read. Beside a file that nobody can change, SQLite need not make its own two.
///
/// **Errors** the file is not there, or may not be read.
pub(crate) fn to_read(file: &Path) -> Result<Connection, Fault> {
    if is_unchanging(file) {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        return Ok(Connection::open_with_flags(format!("file:{}?immutable=1", uri_path(file)), flags)?);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(file, flags)?)
}

/// Characters that an SQLite file address would read as something else are percent-encoded.
pub(crate) fn uri_path(file: &Path) -> String {
    let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

impl Postgres {
    /// A connection to the server at this address, with full durability and the plain meaning of every literal.
    ///
    /// **Errors** no server answers there; it refused.
    pub(crate) fn connect(address: &str) -> Result<Self, Fault> {
        let mut client = connect(address)?;
        // By code point, `B` stands before `a`; in a dictionary, after.
        let collated = client.query_one("SELECT 'a' < 'B'", &[])?.try_get(0)?;
        Ok(Self { address: address.to_owned(), client: Some(client), prepared: HashMap::new(), collated })
    }

    /// The driver's connection.
    pub(crate) fn client(&mut self) -> Result<&mut postgres::Client, Fault> {
        self.client.as_mut().ok_or(Fault::Stopped)
    }

    fn is_closed(&self) -> bool {
        self.client.as_ref().is_none_or(postgres::Client::is_closed)
    }

    /// A connection that broke is made anew; nothing of a transaction can be under way.
    fn mend(&mut self) -> Result<(), Fault> {
        if self.is_closed() {
            self.client = Some(connect(&self.address)?);
            self.prepared.clear();
        }
        Ok(())
    }

    /// The statement, prepared once.
    pub(crate) fn prepare(&mut self, sql: &str) -> Result<postgres::Statement, Fault> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        if self.prepared.len() >= PREPARED_MAX {
            self.prepared.clear();
        }
        let statement = self.client()?.prepare(&numbered(sql))?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Nothing is kept ready any more: tables that statements name were dropped.
    pub(crate) fn forget_prepared(&mut self) {
        self.prepared.clear();
    }

    /// Every statement of a schema has run.
    pub(crate) fn define(&mut self, schema: &str) -> Result<(), Fault> {
        let schema =
            if self.collated { schema.replace(" TEXT", " TEXT COLLATE \"C\"") } else { schema.to_owned() };
        Ok(self.client()?.batch_execute(&schema)?)
    }
}

fn connect(address: &str) -> Result<postgres::Client, Fault> {
    let mut config: postgres::Config = address
        .parse()
        .map_err(|error| Fault::Unreachable(format!("l’adresse n’est pas comprise ({error})")))?;
    config.application_name("toguna");
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(std::time::Duration::from_secs(5));
    }
    let mut client = config.connect(postgres::NoTls).map_err(|error| Fault::Unreachable(told(&error)))?;
    // An acknowledged act is on the server's disk, whatever the server's own default; `on` also waits for a synchronous standby
    // where one is configured.
    client.batch_execute("SET synchronous_commit = on; SET standard_conforming_strings = on")?;
    Ok(client)
}

/// The error and what caused it: the driver keeps the useful half in the cause.
fn told(error: &postgres::Error) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(" : {cause}"));
    format!("{error}{}", cause.unwrap_or_default())
}

/// The same statement with `$1` for `?1`. No statement of ours holds a question mark in a literal; a test sees to it.
fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}
