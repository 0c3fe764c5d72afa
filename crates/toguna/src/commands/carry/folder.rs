//! A record as plain files below a folder, as a site serves them.

use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use record::follow::Giver;
use record::verify::{DayOf, Found, Holding, Kept, Line, Piece, RUN, Source, listed_successions};
use tlog::note::MAX_NOTE_BYTES;
use tlog::tile::{Bundle, MAX_BUNDLE_BYTES, TILE_WIDTH, Tile};

use toguna::across::{SUCCESSIONS_MAX, each_given};

use super::{BELOW, SUCCESSIONS};
use crate::ending::system_fr;

/// A record that was carried.
pub(super) struct Carried {
    folder: PathBuf,
}

impl Carried {
    /// The record below this folder; nothing is read yet.
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.join(BELOW) }
    }

    /// The file's bytes, no more than there can be; `None` where there is no such file.
    fn read(&self, path: &str, most: usize) -> Result<Option<Vec<u8>>, String> {
        let told = |error: std::io::Error| format!("{path} : {}", system_fr(&error));
        let file = match std::fs::File::open(self.folder.join(path)) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(told(error)),
        };
        let mut bytes = Vec::new();
        file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(told)?;
        if bytes.len() > most { Err(format!("{path} : le fichier est trop grand")) } else { Ok(Some(bytes)) }
    }

    fn size(&mut self) -> Result<u64, String> {
        let note = self.note()?;
        let size = note.lines().nth(1).and_then(|line| line.parse().ok());
        size.ok_or_else(|| "checkpoint : ce n’est pas un point de contrôle".into())
    }

    fn pieces_of(&self, bundle: Bundle, each: &mut dyn FnMut(&Piece<'_>)) -> Result<(), String> {
        let path = bundle.to_string().replacen("tile/entries/", "pieces/", 1);
        let file = std::fs::File::open(self.folder.join(&path));
        let file = file.map_err(|error| format!("{path} : {}", system_fr(&error)))?;
        each_given(BufReader::new(file), each).map_err(|why| format!("{path} : {why}"))
    }
}

impl Giver for Carried {
    fn note(&mut self) -> Result<String, String> {
        let none =
            || format!("« {} » ne contient pas de registre porté jusqu’au bout", self.folder.display());
        let bytes = self.read("checkpoint", MAX_NOTE_BYTES)?.ok_or_else(none)?;
        String::from_utf8(bytes).map_err(|_| "checkpoint : ce n’est pas un point de contrôle".into())
    }

    fn successions(&mut self) -> Result<Vec<u64>, String> {
        // What was carried before there were successions has no such file.
        let bytes = self.read(SUCCESSIONS, SUCCESSIONS_MAX)?.unwrap_or_default();
        let text = std::str::from_utf8(&bytes).ok();
        let indexes = text.and_then(listed_successions);
        indexes.ok_or_else(|| format!("{SUCCESSIONS} : ce n’est pas une liste de successions"))
    }

    fn tile(&mut self, tile: Tile) -> Result<Vec<u8>, String> {
        self.read(&tile.to_string(), tile.bytes())?.ok_or_else(|| format!("{tile} : elle n’a pas été portée"))
    }

    fn bundle(&mut self, bundle: Bundle, _: u64) -> Result<Vec<u8>, String> {
        let bytes = self.read(&bundle.to_string(), MAX_BUNDLE_BYTES)?;
        bytes.ok_or_else(|| {
            let from = bundle.first_entry().unwrap_or(0);
            format!("l’entrée {from} n’a pas été portée : ce qui l’a été commence plus loin ; portez depuis elle (--since {from})")
        })
    }

    fn pieces(&mut self, bundle: Bundle, each: &mut dyn FnMut(&Piece<'_>)) -> Result<(), String> {
        self.pieces_of(bundle, each)
    }
}

impl Source for Carried {
    fn entries(&mut self, from: u64) -> Result<Vec<Line>, String> {
        let size = self.size()?;
        let Some(bundle) = Bundle::in_tree(from / u64::from(TILE_WIDTH), size) else { return Ok(Vec::new()) };
        let bytes = self.bundle(bundle, size)?;
        let entries = bundle.entries(&bytes);
        let entries =
            entries.map_err(|error| format!("{bundle} : ce n’est pas une liasse d’entrées ({error})"))?;
        Ok(entries.into_iter().map(|bytes| Line { bytes: bytes.to_vec(), known: None }).collect())
    }

    fn checkpoints(&mut self) -> Result<Vec<Kept>, String> {
        Ok(vec![Kept { note: self.note()?, ..Kept::default() }])
    }

    fn tile(&mut self, tile: Tile) -> Result<Found, String> {
        Ok(self.read(&tile.to_string(), tile.bytes())?.map_or(Found::Missing, Found::Bytes))
    }

    fn pieces(&mut self, each: &mut dyn FnMut(&Piece<'_>)) -> Result<Holding, String> {
        let size = self.size()?;
        for index in 0..size.div_ceil(RUN) {
            let Some(bundle) = Bundle::in_tree(index, size) else { break };
            self.pieces_of(bundle, each)?;
        }
        Ok(Holding::Public)
    }

    fn days(&mut self, _: &str) -> Result<Option<DayOf>, String> {
        Ok(None)
    }
}
