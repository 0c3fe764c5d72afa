//! The data folder: `toguna.db` or the address of a database server in its place, the signing key, the lock.
//!
//! | file | what may be lost | what an attacker who can write it gains |
//! |---|---|---|
//! | `toguna.db` | everything since the last backup or mirror | nothing unnoticed: `verify` names the first changed line |
//! | `registre.cle` | the power to go on signing (succession restores it) | can sign; only witnesses and mirrors then tell |
//! | `succession.cle` | a key that custodians have not yet signed for; made again | nothing until they sign for it |
//! | `verrou` | nothing | can keep the server from starting |
//! | `pieces` | the files that were sent in (scans, pictures), unless they lie elsewhere | nothing unnoticed: each opens under its key alone |
//! | `pieces.toml` | nothing: whoever knows where the files lie writes it again | can lead files elsewhere |
//! | `serveur` | nothing: whoever knows the database server's address writes it again | can lead the next start to another database |

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tlog::Signer;

use crate::session::{Base, Session};
use crate::{Fault, Tx};

/// A folder that holds, or will hold, one instance; its database may lie on a server instead.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    server: Option<String>,
}

/// While this lives, no other process opens the folder for writing.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code, reason = "held for its drop")] Option<File>);

impl Folder {
    /// The folder at this path; nothing is touched.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), server: None }
    }

    /// The folder at this path, its database on the server that a file in it names, where it names one.
    ///
    /// **Errors** the file that should name one cannot be read.
    pub fn of(path: &Path) -> Result<Self, Fault> {
        let folder = Self::at(path);
        let file = folder.server_file();
        match std::fs::read_to_string(&file) {
            Ok(address) => Ok(folder.on_server(address.trim())),
            // A path that is no folder holds no such file; what it is instead is told by whoever opens it.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Ok(folder)
            }
            Err(error) => Err(Fault::file(&file, &error)),
        }
    }

    fn server_file(&self) -> PathBuf {
        self.path.join("serveur")
    }

    /// The file that says where the instance's files lie.
    pub(crate) fn store_file(&self) -> PathBuf {
        self.path.join("pieces.toml")
    }

    /// The folder says where the instance's files lie, in a file that its owner alone can read.
    ///
    /// **Errors** the system refused.
    pub(crate) fn keep_store(&self, setting: &str) -> Result<(), Fault> {
        let (path, beside) = (self.store_file(), self.path.join("pieces.toml.neuf"));
        match std::fs::remove_file(&beside) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(Fault::file(&beside, &error)),
            _ => {}
        }
        keep_private(&beside, setting.trim_end())?;
        std::fs::rename(&beside, &path).map_err(|error| Fault::file(&path, &error))?;
        let whole = File::open(&self.path).and_then(|folder| folder.sync_all());
        whole.map_err(|error| Fault::file(&self.path, &error))
    }

    /// The folder names its server in a file that its owner alone can read: the address may hold a password.
    ///
    /// **Errors** the system refused.
    pub(crate) fn keep_server(&self) -> Result<(), Fault> {
        let Some(address) = &self.server else { return Ok(()) };
        let path = self.server_file();
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Fault::file(&path, &error));
            }
            _ => {}
        }
        keep_private(&path, address)
    }

    /// What was moved elsewhere does not stand here any more; the file is kept under another name until somebody removes it.
    ///
    /// **Errors** the system refused.
    pub(crate) fn leave(&self) -> Result<(), Fault> {
        let old = if self.server.is_some() { self.server_file() } else { self.database() };
        let Some(name) = old.file_name().filter(|_| old.exists()) else { return Ok(()) };
        let mut left = name.to_os_string();
        left.push(".quitte");
        std::fs::rename(&old, self.path.join(left)).map_err(|error| Fault::file(&old, &error))
    }

    /// The same folder, its database on the PostgreSQL server at this address: the key stays in the folder, and as many
    /// processes as wish may write.
    #[must_use]
    pub fn on_server(self, address: &str) -> Self {
        Self { server: Some(address.to_owned()), ..self }
    }

    /// Where the database lies.
    #[must_use]
    pub fn base(&self) -> Base {
        match &self.server {
            Some(address) => Base::Postgres(address.clone()),
            None => Base::File(self.database()),
        }
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database file's path.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.path.join("toguna.db")
    }

    pub(crate) fn key(&self) -> PathBuf {
        self.path.join("registre.cle")
    }

    /// Whether an instance is here; where the system does not let us look, that opening will say why.
    #[must_use]
    pub fn holds_instance(&self) -> bool {
        if let Base::Postgres(_) = self.base() {
            return Session::reader(&self.base())
                .and_then(|mut session| has_entries(&mut session.tx()))
                .unwrap_or(true);
        }
        let denied = |error: std::io::Error| error.kind() == ErrorKind::PermissionDenied;
        self.database().try_exists().unwrap_or_else(denied)
    }

    /// The folder exists and this process alone may write in it.
    ///
    /// Where the database is on a server, that server orders those who write, and nothing is locked.
    ///
    /// **Errors** another process holds it; the system refused.
    pub fn lock(&self) -> Result<Lock, Fault> {
        std::fs::create_dir_all(&self.path).map_err(|error| Fault::file(&self.path, &error))?;
        if self.server.is_some() {
            return Ok(Lock(None));
        }
        let path = self.path.join("verrou");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| Fault::file(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(Some(file))),
            Err(std::fs::TryLockError::WouldBlock) => Err(Fault::Held(self.path.display().to_string())),
            Err(std::fs::TryLockError::Error(error)) => Err(Fault::file(&path, &error)),
        }
    }

    /// A fresh signing key for this origin is in the folder, readable by its owner alone.
    ///
    /// **Errors** a key is there already; the system refused.
    pub fn new_key(&self, origin: &str) -> Result<Signer, Fault> {
        let signer = Self::fresh_key(origin)?;
        self.keep_key(&signer)?;
        Ok(signer)
    }

    /// A fresh signing key of this name, kept nowhere yet.
    ///
    /// **Errors** the system has no randomness; the name cannot be a key's.
    pub fn fresh_key(name: &str) -> Result<Signer, Fault> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)
            .map_err(|error| Fault::File(format!("le système ne donne pas de hasard : {error}")))?;
        Signer::from_seed(name, &seed).map_err(|error| Fault::Key(error.to_string()))
    }

    /// The signing key is in the folder, readable by its owner alone.
    ///
    /// **Errors** a key is there already; the system refused.
    pub(crate) fn keep_key(&self, signer: &Signer) -> Result<(), Fault> {
        Self::keep_key_at(&self.key(), signer)
    }

    /// The signing key is in a new file, readable by its owner alone.
    ///
    /// **Errors** a file is there already; the system refused.
    pub fn keep_key_at(path: &Path, signer: &Signer) -> Result<(), Fault> {
        keep_private(path, &signer.to_text())
    }

    /// The signing key in the folder.
    ///
    /// **Errors** no key; a malformed key.
    pub fn signer(&self) -> Result<Signer, Fault> {
        let path = self.key();
        let text = std::fs::read_to_string(&path)
            .map_err(|error| Fault::Key(format!("{} : {error}", path.display())))?;
        Signer::parse(text.trim()).map_err(|error| Fault::Key(error.to_string()))
    }
}

/// Whether the record's first table is in the schema looked at.
fn has_entries(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    let found: i64 = tx.one(
        "SELECT CAST(count(*) AS BIGINT) FROM information_schema.tables \
         WHERE table_schema = current_schema() AND table_name = 'entry'",
        &[],
    )?;
    Ok(found > 0)
}

/// A line is in a new file that its owner alone can read.
fn keep_private(path: &Path, line: &str) -> Result<(), Fault> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(|error| Fault::file(path, &error))?;
    writeln!(file, "{line}").and_then(|()| file.sync_all()).map_err(|error| Fault::file(path, &error))
}
