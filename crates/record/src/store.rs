//! The store of files: where the bytes of scans and pictures lie, each under a key of its own that lies in the database.
//!
//! Every enclosure that is no text is a file. Its bytes are encrypted under a fresh key (ChaCha20-Poly1305) and written under a
//! name made of chance, on the disk before the entry that cites them is ([`Store::put`]); name and key stand in the table `object`.
//! Where a file is withdrawn its key goes with its row, so that no copy, version or block of the object says anything from then
//! on; the object itself is deleted after.
//!
//! | what may be lost | what someone who can write here gains |
//! |---|---|
//! | an object: that file; the proof stands, pages and `verify` name it | nothing unnoticed: an altered object does not open under its key |
//! | the mark `magasin`: made again where the instance is in a file | can keep files from being taken in |
//!
//! A store belongs to one instance: the mark in it says to which, so that two never sweep each other's objects away.

mod s3;
mod setting;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use chacha20poly1305::aead::AeadInPlace;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use futures_util::{FutureExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;

use crate::enclosures::{self, Held};
use crate::folder::Folder;
use crate::session::Session;
use crate::shelf::{meta, set_meta};
use crate::{Fault, Tx};

pub(crate) use setting::Setting;

/// The object that says whose store it is.
const MARK: &str = "magasin";

/// The note among the instance's own that its store is marked with.
const NOTE: &str = "pieces";

/// What no entry cites is swept away when it is older: no act takes so long.
const ORPHAN_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// A key encrypts one object and no other, so that its nonce may be a constant.
const NONCE: [u8; 12] = [0; 12];

/// The store of an instance's files. Cloning is cheap; nothing is opened before it is asked for.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    setting: Setting,
    opened: Mutex<Option<Arc<dyn ObjectStore>>>,
    runtime: Mutex<Option<Runtime>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        // The last handle may be dropped on a thread that must not wait.
        if let Some(runtime) = lock(&self.runtime).take() {
            runtime.shutdown_background();
        }
    }
}

/// Nothing is left half-done by whoever panicked with the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An object as the database knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Object {
    /// Its name in the store.
    pub(crate) name: String,
    /// The key that opens it.
    pub(crate) key: Vec<u8>,
    /// **Units** bytes, before encryption.
    pub(crate) size: u64,
    /// SHA-256 of the bytes before encryption: finds the same file under another commitment.
    pub(crate) digest: String,
}

/// Why the bytes of a file cannot be had although the store answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// The store has no such object.
    Missing,
    /// The object is not what was put there.
    Altered,
}

impl std::fmt::Display for Lost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Missing => "manque dans le magasin des pièces",
            Self::Altered => "est abîmé dans le magasin des pièces",
        })
    }
}

/// What a look into the store found.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Stock {
    /// Files in the store.
    pub stored: u64,
    /// **Units** bytes, of those files before encryption.
    pub bytes: u64,
    /// Files that lie in the database, from a version before the store.
    pub inline: u64,
    /// Files whose object the store has not.
    pub missing: Vec<terms::Commitment>,
    /// Objects that no entry cites, swept away just now.
    pub swept: u64,
}

impl Store {
    /// The store of the instance in this folder: what its file `pieces.toml` says, or the folder `pieces` in it.
    ///
    /// **Errors** the file is not understood, or others than its owner may read it.
    pub fn of(folder: &Folder) -> Result<Self, Fault> {
        Ok(Self::with(Setting::of(folder)?))
    }

    /// The store that this file describes, for an instance in this folder.
    ///
    /// **Errors** as [`Store::of`]; there is no such file.
    pub(crate) fn described_in(file: &Path, folder: &Folder) -> Result<Self, Fault> {
        Ok(Self::with(
            Setting::read(file, folder)?
                .ok_or_else(|| Fault::File(format!("« {} » manque", file.display())))?,
        ))
    }

    fn with(setting: Setting) -> Self {
        Self(Arc::new(Inner { setting, opened: Mutex::default(), runtime: Mutex::default() }))
    }

    /// How it is set.
    pub(crate) fn setting(&self) -> &Setting {
        &self.0.setting
    }

    /// Where it is, in words, without what is secret.
    #[must_use]
    pub fn told(&self) -> String {
        self.0.setting.told()
    }

    /// Whether both are one, as far as their settings tell.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.0.setting.is_place_of(&other.0.setting)
    }

    /// Whether both are one, under whatever names: what is put in one is found in the other.
    ///
    /// **Errors** either store does not answer or refuses.
    pub(crate) fn is_truly(&self, other: &Self) -> Result<bool, Fault> {
        if self.is(other) {
            return Ok(true);
        }
        let probe = self.put(b"")?.name;
        let found = other.get_as_it_is(&probe)?.is_some();
        self.delete(&probe)?;
        Ok(found)
    }

    /// The store, opened; none where its folder is not there and shall not be made.
    fn opened(&self, making: bool) -> Result<Option<Arc<dyn ObjectStore>>, Fault> {
        let mut opened = lock(&self.0.opened);
        if let Some(store) = &*opened {
            return Ok(Some(Arc::clone(store)));
        }
        let store: Arc<dyn ObjectStore> = match &self.0.setting {
            Setting::Folder(path) => {
                if !path.is_dir() {
                    if !making {
                        return Ok(None);
                    }
                    made(path)?;
                }
                // With `fsync` what was put is on the disk, and so is its name, before the call returns.
                let store = LocalFileSystem::new_with_prefix(path).map_err(|error| self.fault(&error))?;
                Arc::new(store.with_fsync(true))
            }
            Setting::S3(bucket) => Arc::new(s3::open(bucket).map_err(|error| self.fault(&error))?),
        };
        *opened = Some(Arc::clone(&store));
        Ok(Some(store))
    }

    /// What the work answers. It runs on a runtime of the store's own, so that any thread may wait for it.
    fn wait<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Result<T, Fault> {
        if matches!(self.0.setting, Setting::Folder(_)) && tokio::runtime::Handle::try_current().is_err() {
            // Without a runtime around it, a folder is asked here and now and nothing is left to wait for.
            return work.now_or_never().ok_or(Fault::Stopped);
        }
        let (answer, answered) = std::sync::mpsc::sync_channel(1);
        {
            let mut runtime = lock(&self.0.runtime);
            if runtime.is_none() {
                let mut builder = tokio::runtime::Builder::new_multi_thread();
                builder.worker_threads(1).thread_name("pieces").enable_time();
                *runtime = Some(builder.build().map_err(|error| Fault::File(error.to_string()))?);
            }
            let Some(runtime) = &*runtime else { return Err(Fault::Stopped) };
            runtime.spawn(async move {
                // Whoever asked waits for it.
                let _ = answer.send(work.await);
            });
        }
        answered.recv().map_err(|_| Fault::Stopped)
    }

    fn name(&self, name: &str) -> Name {
        match &self.0.setting {
            Setting::Folder(_) => Name::from(name),
            Setting::S3(bucket) => bucket.name(name),
        }
    }

    /// What the store answered, for the operator.
    fn fault(&self, error: &object_store::Error) -> Fault {
        use std::io::ErrorKind;
        let causes = || std::iter::successors(Some(error as &dyn std::error::Error), |cause| cause.source());
        let system = causes().find_map(|cause| cause.downcast_ref::<std::io::Error>());
        if let Setting::Folder(path) = &self.0.setting {
            return match system {
                Some(error) => Fault::file(path, error),
                None => Fault::Store(format!("{} : {error}", self.told())),
            };
        }
        let refuses_key = matches!(
            error,
            object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. }
        );
        let why = match (error, system.map(std::io::Error::kind)) {
            _ if refuses_key => "il refuse la clé ou le secret de pieces.toml".to_owned(),
            (object_store::Error::NotFound { .. }, _) => "il n’a pas de seau de ce nom".to_owned(),
            (_, Some(ErrorKind::ConnectionRefused)) => "rien n’y répond".to_owned(),
            (_, Some(ErrorKind::TimedOut)) => "il ne répond pas à temps".to_owned(),
            _ => causes().last().map(|cause| first_line(&cause.to_string())).unwrap_or_default(),
        };
        Fault::Store(format!("{} : {why}", self.told()))
    }

    /// The bytes are on the disk of the store, encrypted, under a name and a key made of chance.
    ///
    /// **Errors** the store does not answer or refuses, the disk is full; the system has no randomness.
    pub(crate) fn put(&self, bytes: &[u8]) -> Result<Object, Fault> {
        let (mut key, mut name) = (vec![0; 32], [0; 16]);
        for chance in [key.as_mut_slice(), name.as_mut_slice()] {
            getrandom::fill(chance)
                .map_err(|error| Fault::File(format!("le système ne donne pas de hasard : {error}")))?;
        }
        let object = Object { name: hex(&name), key, size: bytes.len() as u64, digest: digest_of(bytes) };
        let mut sealed = bytes.to_vec();
        let cipher = ChaCha20Poly1305::new_from_slice(&object.key).map_err(|_| Fault::Stopped)?;
        let done = cipher.encrypt_in_place(Nonce::from_slice(&NONCE), b"", &mut sealed);
        done.map_err(|_| Fault::Value("un fichier trop long pour être chiffré".into()))?;
        self.put_as_it_is(&object.name, sealed)?;
        Ok(object)
    }

    /// The bytes are on the disk of the store under this name, as they are.
    pub(crate) fn put_as_it_is(&self, name: &str, bytes: Vec<u8>) -> Result<(), Fault> {
        let (store, name) = (self.opened(true)?.ok_or(Fault::Stopped)?, self.name(name));
        let put = self.wait(async move { store.put(&name, bytes.into()).await })?;
        put.map(drop).map_err(|error| self.fault(&error))
    }

    /// What lies under this name, as it is; none where nothing does.
    ///
    /// **Errors** the store does not answer or refuses.
    pub(crate) fn get_as_it_is(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(store) = self.opened(false)? else { return Ok(None) };
        let name = self.name(name);
        let got = self.wait(async move { store.get(&name).await?.bytes().await })?;
        match got {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.fault(&error)),
        }
    }

    /// The bytes that were put, or why they cannot be had.
    ///
    /// **Errors** the store does not answer or refuses.
    pub(crate) fn get(&self, object: &Object) -> Result<Result<Vec<u8>, Lost>, Fault> {
        let Some(mut bytes) = self.get_as_it_is(&object.name)? else { return Ok(Err(Lost::Missing)) };
        let Ok(cipher) = ChaCha20Poly1305::new_from_slice(&object.key) else { return Ok(Err(Lost::Altered)) };
        let opened = cipher.decrypt_in_place(Nonce::from_slice(&NONCE), b"", &mut bytes).is_ok();
        let same = opened && bytes.len() as u64 == object.size && digest_of(&bytes) == object.digest;
        Ok(if same { Ok(bytes) } else { Err(Lost::Altered) })
    }

    /// The bytes of an enclosure, as its commitment says, from wherever they lie.
    ///
    /// **Errors** [`Fault::Lost`]; the store does not answer or refuses.
    pub fn fetch(&self, held: Held) -> Result<Vec<u8>, Fault> {
        let (sha256, salt) = (held.sha256, held.salt.clone());
        let lost = |lost| Fault::Lost { sha256, lost };
        match held.place {
            enclosures::Place::Row(bytes) => Ok(bytes),
            enclosures::Place::Object(object) => {
                let bytes = self.get(&object)?.map_err(lost)?;
                if terms::Commitment::to(&salt, &bytes) == sha256 {
                    Ok(bytes)
                } else {
                    Err(lost(Lost::Altered))
                }
            }
        }
    }

    /// Nothing lies under this name.
    ///
    /// **Errors** the store does not answer or refuses.
    pub(crate) fn delete(&self, name: &str) -> Result<(), Fault> {
        let Some(store) = self.opened(false)? else { return Ok(()) };
        let name = self.name(name);
        match self.wait(async move { store.delete(&name).await })? {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.fault(&error)),
        }
    }

    /// Every object but the mark, each with the moment at which it was put.
    fn list(&self) -> Result<Vec<(String, SystemTime)>, Fault> {
        let Some(store) = self.opened(false)? else { return Ok(Vec::new()) };
        let prefix = match &self.0.setting {
            Setting::Folder(_) => None,
            Setting::S3(bucket) => bucket.prefix(),
        };
        let listed = self.wait(async move { store.list(prefix.as_ref()).try_collect::<Vec<_>>().await })?;
        let listed = listed.map_err(|error| self.fault(&error))?;
        let named = |found: object_store::ObjectMeta| {
            let name = found.location.filename()?.to_owned();
            (name != MARK).then(|| (name, SystemTime::from(found.last_modified)))
        };
        Ok(listed.into_iter().filter_map(named).collect())
    }

    fn mark(&self) -> Result<Option<String>, Fault> {
        let found = self.get_as_it_is(MARK)?;
        Ok(found.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned()))
    }

    /// The store is marked as this instance's own. What was put before may be read; nothing is put elsewhere.
    ///
    /// **Errors** it is another instance's; other processes keep their files elsewhere; it does not answer.
    pub(crate) fn claim(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        let own = meta(tx, NOTE)?.ok_or_else(|| Fault::Value("l’instance n’a pas de magasin".into()))?;
        match self.mark()? {
            Some(found) if found == own => Ok(()),
            Some(_) => Err(Fault::OtherStore(self.told())),
            None if tx.is_on_server() && enclosures::has_objects(tx)? => Err(Fault::OtherStore(self.told())),
            None => self.put_as_it_is(MARK, format!("{own}\n").into_bytes()),
        }
    }

    /// The mark says that the store is this instance's, whatever lies in it.
    pub(crate) fn mark_as_own(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        let own = meta(tx, NOTE)?.ok_or_else(|| Fault::Value("l’instance n’a pas de magasin".into()))?;
        match self.mark()? {
            Some(found) if found != own => Err(Fault::OtherStore(self.told())),
            Some(_) => Ok(()),
            None => self.put_as_it_is(MARK, format!("{own}\n").into_bytes()),
        }
    }

    /// The mark is gone: nobody's store is here any more.
    pub(crate) fn unmark(&self) -> Result<(), Fault> {
        self.delete(MARK)
    }

    /// The store is this instance's, as far as can be told at its start. A store that does not answer is told in the log: reading and
    /// acts without files go on.
    ///
    /// **Errors** it is another instance's; other processes on the same database keep their files elsewhere.
    pub(crate) fn check(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        if !enclosures::has_objects(tx)? {
            return Ok(());
        }
        let own = meta(tx, NOTE)?;
        match self.mark() {
            Ok(found) if found == own => Ok(()),
            Ok(None) if !tx.is_on_server() => {
                tracing::error!(
                    "le magasin des pièces ({}) est vide ou n’est plus là : les fichiers joints ne se montrent pas. Remettez-le à sa \
                     place, ou restaurez une sauvegarde",
                    self.told()
                );
                Ok(())
            }
            Ok(_) => Err(Fault::OtherStore(self.told())),
            Err(fault) => {
                tracing::error!("{fault}");
                Ok(())
            }
        }
    }

    /// What lies where, and what is missing; what no entry cites and is a day old is swept away.
    ///
    /// **Errors** the store does not answer, or is another instance's; the database refused.
    pub(crate) fn tend(&self, session: &mut Session) -> Result<Stock, Fault> {
        // Names are asked first: what is put while the store is listed is then no orphan, being young, and not missing.
        let mut tx = session.tx();
        let mut stock = enclosures::stock(&mut tx)?;
        let named = enclosures::objects(&mut tx)?;
        if named.is_empty() {
            return Ok(stock);
        }
        if self.mark()? != meta(&mut tx, NOTE)? {
            stock.missing =
                named.into_iter().filter(|(_, _, whole)| *whole).map(|(_, sha256, _)| sha256).collect();
            return Ok(stock);
        }
        let listed = self.list()?;
        let there: HashSet<&str> = listed.iter().map(|(name, _)| name.as_str()).collect();
        let known: HashSet<&str> = named.iter().map(|(name, _, _)| name.as_str()).collect();
        let old = SystemTime::now() - ORPHAN_AFTER;
        for (name, put) in &listed {
            if !known.contains(name.as_str()) && *put < old {
                self.delete(name)?;
                stock.swept += 1;
            }
        }
        stock.swept += self.sweep_cut_off(old)?;
        let absent = named.iter().filter(|(name, _, whole)| *whole && !there.contains(name.as_str()));
        stock.missing = absent.map(|(_, sha256, _)| *sha256).collect();
        Ok(stock)
    }

    /// Files that a cut left half-written beside the objects of a folder; no list shows them.
    fn sweep_cut_off(&self, old: SystemTime) -> Result<u64, Fault> {
        let Setting::Folder(path) = &self.0.setting else { return Ok(0) };
        let refused = |error: std::io::Error| Fault::file(path, &error);
        let mut swept = 0;
        for file in std::fs::read_dir(path).map_err(refused)? {
            let file = file.map_err(refused)?;
            let is_half = file.file_name().to_string_lossy().contains('#');
            let put = file.metadata().and_then(|about| about.modified()).map_err(refused)?;
            if is_half && put < old {
                std::fs::remove_file(file.path()).map_err(refused)?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

/// The instance has a name for its store, made of chance; one that it has stays.
pub(crate) fn name_store(tx: &mut Tx<'_>) -> Result<(), Fault> {
    if meta(tx, NOTE)?.is_some() { Ok(()) } else { rename_store(tx) }
}

/// As [`name_store`], with a new name: a copy must not pass for the instance that it was made from.
pub(crate) fn rename_store(tx: &mut Tx<'_>) -> Result<(), Fault> {
    let mut chance = [0; 16];
    getrandom::fill(&mut chance)
        .map_err(|error| Fault::File(format!("le système ne donne pas de hasard : {error}")))?;
    set_meta(tx, NOTE, &hex(&chance))
}

/// The folder is there and its own folder says so on the disk; nobody but its owner may look into it.
fn made(path: &Path) -> Result<(), Fault> {
    let refused = |error: std::io::Error| Fault::file(path, &error);
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path).map_err(refused)?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.map_or_else(|| PathBuf::from("."), Path::to_owned);
    std::fs::File::open(&parent).and_then(|folder| folder.sync_all()).map_err(refused)
}

pub(crate) fn digest_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}
