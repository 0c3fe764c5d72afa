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

use crate::Fault;

/// A folder that holds, or will hold, one instance.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// While this lives, no other process opens the folder for writing.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code, reason = "held for its drop")] File);

impl Folder {
    /// The folder at this path; nothing is touched.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database file's path.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.0.join("toguna.db")
    }

    fn key(&self) -> PathBuf {
        self.0.join("registre.cle")
    }

    /// Whether an instance is here; where the system does not let us look, that opening will say why.
    #[must_use]
    pub fn holds_instance(&self) -> bool {
        let denied = |error: std::io::Error| error.kind() == std::io::ErrorKind::PermissionDenied;
        self.database().try_exists().unwrap_or_else(denied)
    }

    /// The folder exists and this process alone may write in it.
    ///
    /// **Errors** another process holds it; the system refused.
    pub fn lock(&self) -> Result<Lock, Fault> {
        std::fs::create_dir_all(&self.0).map_err(|error| Fault::file(&self.0, &error))?;
        let path = self.0.join("verrou");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| Fault::file(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(std::fs::TryLockError::WouldBlock) => Err(Fault::Held(self.0.display().to_string())),
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
            .map_err(|error| Fault::file(&path, &error))?;
        Ok(signer)
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
