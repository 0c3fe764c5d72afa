//! The data folder: `toguna.db`, the signing key, the lock.
//!
//! | file | what may be lost | what an attacker who can write it gains |
//! |---|---|---|
//! | `toguna.db` | everything since the last backup or mirror | nothing unnoticed: `verify` names the first changed line |
//! | `registre.cle` | the power to go on signing (succession restores it) | can sign; only witnesses and mirrors then tell |
//! | `verrou` | nothing | can keep the server from starting |

use std::fs::{File, OpenOptions};
use std::io::Write;
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

    fn key(&self) -> PathBuf {
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
        let denied = |error: std::io::Error| error.kind() == std::io::ErrorKind::PermissionDenied;
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
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)
            .map_err(|error| Fault::File(format!("le système ne donne pas de hasard : {error}")))?;
        let signer = Signer::from_seed(origin, &seed).map_err(|error| Fault::Key(error.to_string()))?;
        self.keep_key(&signer)?;
        Ok(signer)
    }

    /// The signing key is in the folder, readable by its owner alone.
    ///
    /// **Errors** a key is there already; the system refused.
    pub(crate) fn keep_key(&self, signer: &Signer) -> Result<(), Fault> {
        let path = self.key();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = options.open(&path).map_err(|error| Fault::file(&path, &error))?;
        writeln!(file, "{}", signer.to_text())
            .and_then(|()| file.sync_all())
            .map_err(|error| Fault::file(&path, &error))
    }

    /// Whether a signing key is in the folder.
    #[must_use]
    pub fn has_key(&self) -> bool {
        self.key().exists()
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
