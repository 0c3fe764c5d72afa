//! Opening and founding instances with every room.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use record::{Clock, Fault, Folder, Opened, Reading, Record};
use terms::Instant;
use web::draw::map::Outlines;
use web::{House, Languages, Setting};

use crate::rooms::{ROOMS, TABLES};

/// The outlines of the country, in the data folder: a drawing, not a fact, so not on the record.
const OUTLINES: &str = "contours.csv";

/// What a site of this folder is served with.
#[must_use]
pub fn setting(path: &Path, public_address: &str) -> Setting {
    let text = std::fs::read_to_string(path.join(OUTLINES)).ok();
    let outlines = text.and_then(|text| match Outlines::parse(&text) {
        Ok(outlines) => Some(Arc::new(outlines)),
        Err(refusal) => {
            tracing::warn!("{OUTLINES} : {refusal} ; la carte montre les points seuls");
            None
        }
    });
    let public_address = public_address.trim_end_matches('/').to_owned();
    Setting { public_address, outlines, ..Setting::default() }
}

/// The outlines of the country, where there are some, are in the other folder too.
///
/// **Errors** the system refused.
pub fn keep_outlines(from: &Path, to: &Path) -> Result<(), Fault> {
    let (here, there) = (from.join(OUTLINES), to.join(OUTLINES));
    if from != to && here.exists() {
        std::fs::copy(&here, &there).map_err(|error| Fault::file(&there, &error))?;
    }
    Ok(())
}

/// The machine's clock.
#[must_use]
pub fn machine_clock() -> Clock {
    Arc::new(Instant::now)
}

/// The instance in this folder, with every room's tables.
///
/// **Errors** as [`Record::open`].
pub fn open(
    path: &Path,
    clock: Clock,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Record, Opened), Fault> {
    Record::open(&Folder::of(path)?, &TABLES, clock, progress)
}

/// The instance in this folder, examined whole and only looked at: it may be served at the same time. Where this version lays its tables out
/// otherwise they are rebuilt first, and then nobody may be serving it.
///
/// **Errors** as [`Record::open`].
pub fn look(path: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Reading, Fault> {
    let folder = Folder::of(path)?;
    if let Some(reading) = Reading::open(&folder, &TABLES, progress)? {
        return Ok(reading);
    }
    if record::follow::is_mirror(&folder)? {
        drop(record::follow::Follower::open(&folder, &TABLES, progress)?);
    } else {
        open(path, machine_clock(), progress)?.0.close();
    }
    Reading::open(&folder, &TABLES, progress)?
        .ok_or_else(|| Fault::Damaged("les tables ne se reconstruisent pas".into()))
}

/// The messages of the house and of every room.
///
/// **Errors** as [`House::new`].
pub fn languages() -> Result<Languages, Fault> {
    House::languages_of(&ROOMS)
}

/// The house over this record.
///
/// **Errors** as [`House::new`].
pub fn house(record: Record, setting: Setting) -> Result<House, Fault> {
    House::new(record, &ROOMS, setting)
}

/// A new instance from this pack is in the folder, with every fact of the pack and whatever `fill` adds: all of it, or
/// nothing. It is made beside the folder and moved there when whole, so that a cut leaves no half of an instance.
///
/// **Errors** an instance is there already; the system refused; those of `fill`.
pub fn create<E: From<Fault>>(
    path: &Path,
    files: &dyn pack::Files,
    pack: &pack::Pack,
    clock: Clock,
    progress: &mut dyn FnMut(u64, u64),
    fill: impl FnOnce(&Record) -> Result<(), E>,
) -> Result<(), E> {
    made_beside(path, |made| {
        create_in(made, pack, clock, progress, fill)?;
        if let Some(outlines) = files.read(pack::OUTLINES) {
            let file = made.join(OUTLINES);
            std::fs::write(&file, outlines).map_err(|error| Fault::file(&file, &error))?;
        }
        Ok(())
    })
}

/// What `make` makes in a folder of its own has this name when it is whole, and is gone where it failed.
///
/// **Errors** something is there already; the system refused; those of `make`.
pub fn made_beside<E: From<Fault>>(path: &Path, make: impl FnOnce(&Path) -> Result<(), E>) -> Result<(), E> {
    if Folder::of(path)?.holds_instance() {
        return Err(Fault::Present(path.display().to_string()).into());
    }
    if !is_free(path) {
        return Err(Fault::Occupied(path.display().to_string()).into());
    }
    let made = beside(path);
    let refused = |error: std::io::Error| Fault::file(&made, &error);
    if made.exists() {
        // Nobody else is making it: then it is left over from a creation that was cut off, and nobody has acted in it.
        drop(Folder::at(&made).lock()?);
        std::fs::remove_dir_all(&made).map_err(refused)?;
    }
    if let Err(failed) = make(&made) {
        // What failed is told; what is left of it is of no use to anyone.
        let _ = std::fs::remove_dir_all(&made);
        return Err(failed);
    }
    if path.exists() {
        std::fs::remove_dir(path).map_err(|_| Fault::Occupied(path.display().to_string()))?;
    }
    std::fs::rename(&made, path).map_err(refused)?;
    Ok(())
}

fn create_in<E: From<Fault>>(
    made: &Path,
    pack: &pack::Pack,
    clock: Clock,
    progress: &mut dyn FnMut(u64, u64),
    fill: impl FnOnce(&Record) -> Result<(), E>,
) -> Result<(), E> {
    let record = Record::found(&Folder::at(made), pack.founded(), &TABLES, clock)?;
    let filled = pack.seal(&record, progress).map_err(E::from).and_then(|_| fill(&record));
    record.close();
    filled
}

/// Nothing is there, or an empty folder.
fn is_free(path: &Path) -> bool {
    match std::fs::read_dir(path) {
        Ok(mut files) => files.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
    name.push(".en-cours");
    path.with_file_name(name)
}
