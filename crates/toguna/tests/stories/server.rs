//! The same stories on PostgreSQL: the demonstration is moved to a server once, and each story has a copy of its own.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls};
use record::Folder;
use toguna::rooms::TABLES;

/// A story's own database; gone with the story.
pub(crate) struct Server {
    server: String,
    address: String,
    name: String,
}

static ASKED: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("TOGUNA_STORIES_ON").ok());

/// The database from which stories are copied.
static MOVED: LazyLock<String> = LazyLock::new(|| format!("demonstration_{}", std::process::id()));

/// Runs what waits for the server on a thread of its own: stories are asynchronous.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|threads| threads.spawn(work).join().unwrap())
}

fn command(server: &str, statement: &str) {
    Client::connect(server, NoTls).unwrap().batch_execute(statement).unwrap();
}

/// The address with another database: everything after the last slash names it.
fn with_database(server: &str, name: &str) -> String {
    let (host, _) = server.rsplit_once('/').unwrap();
    format!("{host}/{name}")
}

impl Server {
    /// A database of its own with the demonstration in it, where stories are to be told on a server.
    pub(crate) fn asked_for(demonstration: &Path) -> Option<Self> {
        static ONCE: std::sync::Once = std::sync::Once::new();
        let server = ASKED.clone()?;
        let name = fresh_name();
        apart(|| {
            ONCE.call_once(|| {
                command(&server, &format!("CREATE DATABASE {}", *MOVED));
                moved(&with_database(&server, &MOVED), demonstration);
            });
            command(&server, &format!("CREATE DATABASE {name} TEMPLATE {}", *MOVED));
        });
        Some(Self { address: with_database(&server, &name), server, name })
    }

    /// A database of its own with another instance in it, where stories are to be told on a server.
    pub(crate) fn with(instance: &Path) -> Option<Self> {
        let server = ASKED.clone()?;
        let name = fresh_name();
        let address = with_database(&server, &name);
        apart(|| {
            command(&server, &format!("CREATE DATABASE {name}"));
            moved(&address, instance);
        });
        Some(Self { address, server, name })
    }

    /// Where it is.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Where the server keeps this database, and its log of writes: for whoever looks for what should not be in them.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let (data, number): (String, String) = apart(|| {
            let mut client = Client::connect(&self.address, NoTls).unwrap();
            client.batch_execute("CHECKPOINT").unwrap();
            let row = client
                .query_one(
                    "SELECT current_setting('data_directory'), \
                     (SELECT oid::text FROM pg_database WHERE datname = current_database())",
                    &[],
                )
                .unwrap();
            (row.get(0), row.get(1))
        });
        let data = Path::new(&data);
        vec![data.join("base").join(number), data.join("pg_wal")]
    }
}

fn fresh_name() -> String {
    static STORIES: AtomicU32 = AtomicU32::new(0);
    format!("histoire_{}_{}", std::process::id(), STORIES.fetch_add(1, Ordering::Relaxed))
}

fn moved(address: &str, instance: &Path) {
    // A copy is moved: what is moved stands where it stood no more.
    let (home, key) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for name in ["toguna.db", "registre.cle"] {
        std::fs::copy(instance.join(name), home.path().join(name)).unwrap();
    }
    let to = Folder::at(key.path()).on_server(address);
    record::move_record(&Folder::at(home.path()), &to, &TABLES, &mut |_, _| {}).unwrap();
}

impl Drop for Server {
    fn drop(&mut self) {
        apart(|| command(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.name)));
    }
}
