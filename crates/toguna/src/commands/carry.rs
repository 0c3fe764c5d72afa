//! `toguna carry`: the record and its public enclosures on a key, as the plain files that a site serves; and back, with the same
//! checks as across the network.

mod folder;

use std::io::Write;
use std::path::{Path, PathBuf};

use record::follow::Follower;
use record::verify::{Source, list_successions};
use record::{Fault, Folder, Shelf, proofs, succession, tiles};
use tlog::tile::{Bundle, TILE_WIDTH, Tile, new_bundles, new_tiles};
use toguna::instance::look;
use toguna::rooms::TABLES;

use crate::commands::mirror::state::State;
use crate::commands::mirror::{ending, round, tell};
use crate::ending::Ending;
use crate::progress::{bar, result};

/// Below this name all files of a record lie.
const BELOW: &str = "registre";

/// The file that names the entries which hand the record on.
const SUCCESSIONS: &str = "successions";

/// The record and its public enclosures are below the folder, from the bundle that holds the entry `since` on.
///
/// **Errors** no instance; no such entry; the key is full or refuses.
pub(crate) fn to(key: &Path, data: &Path, since: u64) -> Result<(), Ending> {
    let reading = look(data, &mut bar("Examen du fichier"))?;
    // One state is carried, whatever is written meanwhile.
    let (signed, handed_on) = reading.shelf.read(|tx| -> Result<_, Fault> {
        let key = succession::key_in_force(tx)?;
        Ok((proofs::newest(tx, &key)?, succession::entries(tx)?))
    })?;
    if since >= signed.size {
        let size = signed.size;
        return Err(Ending::Refused(format!(
            "le registre n’a que {size} entrées : rien à porter depuis la {since}e"
        )));
    }
    let first = since / u64::from(TILE_WIDTH);
    let folder = key.join(BELOW);
    let mut moved = bar("Copie sur la clé");
    // The tiles above lead any part of the record to its root: they are always carried.
    let leads = |tile: &Tile| tile.level() > 0 || tile.index() >= first;
    for tile in new_tiles(0, signed.size).filter(leads) {
        let bytes = reading.shelf.read(|tx| tiles::tile(tx, tile))?;
        write_whole(&folder.join(tile.to_string()), &there(bytes, tile)?)?;
    }
    for bundle in new_bundles(first * u64::from(TILE_WIDTH), signed.size) {
        moved(bundle.first_entry().unwrap_or(0), signed.size);
        let bytes = reading.shelf.read(|tx| tiles::bundle(tx, bundle))?;
        write_whole(&folder.join(bundle.to_string()), &there(bytes, bundle)?)?;
        carry_pieces(&reading.shelf, &folder, bundle)?;
    }
    write_whole(&folder.join(SUCCESSIONS), list_successions(&handed_on).as_bytes())?;
    // The checkpoint last: until it is there, nothing here claims to be a record.
    write_whole(&folder.join("checkpoint"), signed.note.as_bytes())?;
    forget_withdrawn(&reading.shelf, &folder, first, signed.size)?;
    moved(1, 1);
    let from = first * u64::from(TILE_WIDTH);
    result(&format!(
        "Porté dans « {} » : {} entrées (de la {from}e à la {}e), avec leurs pièces publiques.\n",
        key.display(),
        signed.size - from,
        signed.size - 1
    ))
}

fn pieces_of(folder: &Path, bundle: Bundle) -> PathBuf {
    folder.join(bundle.to_string().replacen("tile/entries/", "pieces/", 1))
}

fn carry_pieces(shelf: &Shelf, folder: &Path, bundle: Bundle) -> Result<(), Fault> {
    let pieces = hall::public_pieces(shelf, bundle)?;
    write_whole(&pieces_of(folder, bundle), &pieces)
}

/// What was carried before and has been withdrawn since is on the key no more.
fn forget_withdrawn(shelf: &Shelf, folder: &Path, first: u64, size: u64) -> Result<(), Fault> {
    for bundle in new_bundles(0, size) {
        if bundle.index() < first && pieces_of(folder, bundle).exists() {
            carry_pieces(shelf, folder, bundle)?;
        }
        // Narrower bundles of earlier checkpoints.
        let mut narrower = pieces_of(folder, bundle.full()).into_os_string();
        narrower.push(".p");
        let Ok(files) = std::fs::read_dir(&narrower) else { continue };
        let current = (!bundle.is_full()).then(|| pieces_of(folder, bundle));
        for file in files.flatten().map(|file| file.path()).filter(|path| Some(path) != current.as_ref()) {
            std::fs::remove_file(&file).map_err(|error| Fault::file(&file, &error))?;
        }
    }
    Ok(())
}

fn there(bytes: Option<Vec<u8>>, what: impl std::fmt::Display) -> Result<Vec<u8>, Fault> {
    bytes.ok_or_else(|| Fault::Damaged(format!("{what} manque")))
}

/// What was carried is in the mirror, verified like what comes across the network.
///
/// **Errors** what is on the key is not the record, or not what continues the one here; the system refused.
pub(crate) fn from(key: &Path, data: &Path) -> Result<(), Ending> {
    let mut giver = folder::Carried::in_folder(key);
    let mut state = State::of(data, None)?;
    let mut follower = Follower::open(&Folder::at(data), &TABLES, &mut bar("Reconstruction des tables"))?;
    let outcome = round(&mut follower, &mut giver, &mut state, data);
    tell(&follower, &state, &outcome)?;
    outcome.map(drop).map_err(ending)
}

/// The record that was carried into this folder, if there is one.
pub(crate) fn carried(path: &Path) -> Option<Box<dyn Source>> {
    path.join(BELOW).join("checkpoint").is_file().then(|| Box::new(folder::Carried::in_folder(path)) as _)
}

/// The file holds these bytes, whole, or what it held before: a cut leaves no half that is taken for whole.
///
/// **Errors** the system refused.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let refused = |error: std::io::Error| Fault::file(path, &error);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(refused)?;
    }
    let mut name = path.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
    name.push(".en-cours");
    let beside = path.with_file_name(name);
    let mut file = std::fs::File::create(&beside).map_err(refused)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(refused)?;
    drop(file);
    std::fs::rename(&beside, path).map_err(refused)
}
