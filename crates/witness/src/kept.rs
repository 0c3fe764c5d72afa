//! What a witness keeps: its key, the logs it knows, and of each the latest checkpoint it has cosigned.
//!
//! A file for each log, replaced whole: written beside, flushed, moved over, and the folder flushed, before anything is answered.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tlog::witness::{KnownLog, Latest, Reply, decide, monitoring_path};
use tlog::{AddCheckpoint, Checkpoint, Cosigner, Note, Policy, WitnessError};

const KEY: &str = "temoin.cle";
const LOGS: &str = "registres";
const LATEST: &str = "derniers";
const REFUSED: &str = "refus";

/// What stands in the file of the logs until someone names one.
const NO_LOG: &str = "# Les registres dont ce témoin cosigne les points de contrôle, un par ligne : log CLÉ [ADRESSE]\n\
                      # La clé et l’adresse d’un registre se lisent sur sa page « Registre ».\n\
                      quorum none\n";

/// Why a witness cannot work. Only who runs it can mend that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WitnessFault {
    /// The folder holds no witness.
    #[error("« {0} » ne contient pas de témoin : --new en crée un")]
    Absent(String),
    /// The folder holds one already.
    #[error("« {0} » contient déjà un témoin")]
    Present(String),
    /// Another process works in the folder.
    #[error("un autre processus tient déjà le témoin de « {0} »")]
    Held(String),
    /// The name cannot be a key's.
    #[error(
        "« {0} » ne convient pas comme nom de témoin : une adresse sans https://, sans espace ni signe plus"
    )]
    Name(String),
    /// The key cannot be read.
    #[error("la clé du témoin ne se lit pas : {0}")]
    Key(String),
    /// The file of the logs cannot be read.
    #[error("le fichier « registres » ne se lit pas, ligne {line} : {why}")]
    Logs {
        /// The line at fault.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// What was kept of a log is not what this witness has written.
    #[error("ce qui est gardé du registre « {0} » a été modifié ; rien n’est cosigné pour lui")]
    Damaged(String),
    /// The system refused.
    #[error("{0}")]
    System(String),
}

fn refused(path: &Path, error: &io::Error) -> WitnessFault {
    WitnessFault::System(format!("{} : {error}", path.display()))
}

/// What a witness has last seen of a log that it knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The log's origin.
    pub origin: String,
    /// The keys that may sign for it.
    pub keys: Vec<String>,
    /// Leaves of the latest checkpoint that was cosigned, and when: seconds since 1970. None until the first.
    pub latest: Option<(u64, u64)>,
    /// Whether a checkpoint that the log had signed could not be joined to what was cosigned.
    pub refused: bool,
}

/// A witness over its folder. One process holds it; any number of threads may ask it.
pub struct Witness {
    folder: PathBuf,
    cosigner: Cosigner,
    logs: Vec<KnownLog>,
    clock: Box<dyn Fn() -> u64 + Send + Sync>,
    /// From reading what was kept until the new one is on the disk, nobody else decides.
    deciding: Mutex<()>,
    _lock: File,
}

impl Witness {
    /// A new witness of this name is in the folder: a fresh key, no log yet.
    ///
    /// **Errors** one is there already; the name cannot be a key's; the system refused.
    pub fn create(folder: &Path, name: &str) -> Result<(), WitnessFault> {
        fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
        let path = folder.join(KEY);
        if path.exists() {
            return Err(WitnessFault::Present(folder.display().to_string()));
        }
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)
            .map_err(|error| WitnessFault::System(format!("le système ne donne pas de hasard : {error}")))?;
        let cosigner = Cosigner::from_seed(name, &seed).map_err(|_| WitnessFault::Name(name.to_owned()))?;
        let logs = folder.join(LOGS);
        if !logs.exists() {
            replace(&logs, NO_LOG.as_bytes()).map_err(|error| refused(&logs, &error))?;
        }
        secret(&path, &format!("{}\n", cosigner.to_text())).map_err(|error| refused(&path, &error))
    }

    /// The witness in the folder, which no other process holds.
    ///
    /// **Errors** none is there; another process holds it; a file of it cannot be read.
    pub fn open(
        folder: &Path,
        clock: impl Fn() -> u64 + Send + Sync + 'static,
    ) -> Result<Self, WitnessFault> {
        let path = folder.join(KEY);
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => WitnessFault::Absent(folder.display().to_string()),
            _ => refused(&path, &error),
        })?;
        let cosigner = Cosigner::parse(text.trim()).map_err(|error| WitnessFault::Key(error.to_string()))?;
        let lock = held(folder)?;
        let path = folder.join(LOGS);
        let logs = known(&fs::read(&path).map_err(|error| refused(&path, &error))?)?;
        for part in [LATEST, REFUSED] {
            let path = folder.join(part);
            fs::create_dir_all(&path).map_err(|error| refused(&path, &error))?;
        }
        let witness = Self {
            folder: folder.to_owned(),
            cosigner,
            logs,
            clock: Box::new(clock),
            deciding: Mutex::new(()),
            _lock: lock,
        };
        for log in &witness.logs {
            witness.latest(&log.origin)?;
        }
        Ok(witness)
    }

    /// Its verifier key, to be given to logs and to those who verify.
    #[must_use]
    pub fn key(&self) -> String {
        self.cosigner.key().to_string()
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.cosigner.name()
    }

    /// The answer to this request; where it is a cosignature, it is on the disk.
    ///
    /// **Errors** what is kept of the log is damaged; the disk refused. Then nothing was cosigned.
    ///
    /// **Source** C2SP tlog-witness, "add-checkpoint".
    pub fn add_checkpoint(&self, body: &[u8]) -> Result<Reply, WitnessFault> {
        let request = match AddCheckpoint::parse(body) {
            Ok(request) => request,
            Err(error) => return Ok(Reply::from(&WitnessError::from(error))),
        };
        // Whoever panicked here had written all or nothing.
        let _alone = self.deciding.lock().unwrap_or_else(PoisonError::into_inner);
        let known = self.logs.iter().any(|log| log.origin == request.origin());
        let latest = if known { self.latest(request.origin())? } else { None };
        match decide(&request, &self.logs, latest.map(|(latest, _)| latest)) {
            Ok(consistent) => {
                let line = self
                    .cosigner
                    .cosign(consistent.note.text(), (self.clock)())
                    .map_err(|error| WitnessFault::System(error.to_string()))?;
                let note = consistent.note.with(line.clone());
                let note = note.map_err(|error| WitnessFault::System(error.to_string()))?;
                self.keep(LATEST, request.origin(), &note)?;
                Ok(Reply::cosigned(&[line]))
            }
            Err(error) => {
                if let WitnessError::Inconsistent(why) = &error {
                    tracing::warn!("« {} » : point de contrôle refusé ({why})", request.origin());
                    self.keep(REFUSED, request.origin(), &request.note)?;
                }
                Ok(Reply::from(&error))
            }
        }
    }

    /// The latest cosigned checkpoint of the log whose monitoring path this is.
    ///
    /// **Errors** the disk refused.
    pub fn monitored(&self, path: &str) -> Result<Option<String>, WitnessFault> {
        match self.logs.iter().find(|log| monitoring_path(&log.origin) == path) {
            Some(log) => self.read(&log.origin),
            None => Ok(None),
        }
    }

    /// The logs that it knows, and what it has last seen of each.
    ///
    /// **Errors** what is kept is damaged; the disk refused.
    pub fn known(&self) -> Result<Vec<Known>, WitnessFault> {
        let one = |log: &KnownLog| {
            Ok(Known {
                origin: log.origin.clone(),
                keys: log.keys.iter().map(ToString::to_string).collect(),
                latest: self.latest(&log.origin)?.map(|(latest, time)| (latest.size, time)),
                refused: self.file(REFUSED, &log.origin).exists(),
            })
        };
        self.logs.iter().map(one).collect()
    }

    fn file(&self, part: &str, origin: &str) -> PathBuf {
        let path = monitoring_path(origin);
        self.folder.join(part).join(path.strip_suffix("/checkpoint").unwrap_or(&path))
    }

    fn read(&self, origin: &str) -> Result<Option<String>, WitnessFault> {
        let path = self.file(LATEST, origin);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(refused(&path, &error)),
        }
    }

    /// The latest checkpoint of the log that this witness has cosigned, its own cosignature checked, and when.
    fn latest(&self, origin: &str) -> Result<Option<(Latest, u64)>, WitnessFault> {
        let Some(text) = self.read(origin)? else { return Ok(None) };
        let damaged = || WitnessFault::Damaged(origin.to_owned());
        let note = Note::parse(text.as_bytes()).map_err(|_| damaged())?;
        let time = self.cosigner.key().cosigned(&note).map_err(|_| damaged())?;
        let checkpoint = Checkpoint::parse(note.text()).map_err(|_| damaged())?;
        if checkpoint.origin != origin {
            return Err(damaged());
        }
        Ok(Some((Latest { size: checkpoint.size, root: checkpoint.root }, time)))
    }

    fn keep(&self, part: &str, origin: &str, note: &Note) -> Result<(), WitnessFault> {
        let path = self.file(part, origin);
        replace(&path, note.to_string().as_bytes()).map_err(|error| refused(&path, &error))
    }
}

/// The logs that this file names, with every key of each.
fn known(file: &[u8]) -> Result<Vec<KnownLog>, WitnessFault> {
    let policy = Policy::parse(file)
        .map_err(|error| WitnessFault::Logs { line: error.line, why: error.reason.to_string() })?;
    let mut logs: Vec<KnownLog> = Vec::new();
    for log in policy.logs() {
        match logs.iter_mut().find(|known| known.origin == log.key.name()) {
            Some(known) => known.keys.push(log.key.clone()),
            None => logs.push(KnownLog::of_key(log.key.clone())),
        }
    }
    Ok(logs)
}

fn held(folder: &Path) -> Result<File, WitnessFault> {
    let path = folder.join("verrou");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| refused(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(WitnessFault::Held(folder.display().to_string())),
        Err(fs::TryLockError::Error(error)) => Err(refused(&path, &error)),
    }
}

/// The file has these bytes, or those that it had; when this returns, these, whatever happens to the machine.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("nouveau");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The move itself is on the disk once the folder is; elsewhere than on Unix a folder cannot be opened.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// A new file that its owner alone may read.
fn secret(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
