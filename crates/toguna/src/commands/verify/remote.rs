//! A record across the network: checkpoint, bundles of entries, tiles and public enclosures of a server that is not trusted.

use record::verify::{DayOf, Found, Holding, Kept, Line, Piece, RUN, Source};
use tlog::note::MAX_NOTE_BYTES;
use tlog::tile::{Bundle, MAX_BUNDLE_BYTES, TILE_WIDTH, Tile};
use toguna::across::{Ahead, Answer, Unanswered, each_given};

use crate::ending::Ending;
use crate::progress::bar;

/// Bundles that are asked for before they are needed: a far server answers slowly, not narrowly.
const AHEAD: u64 = 6;

/// A record across the network, at one of its checkpoints.
pub(super) struct Remote {
    ahead: Ahead,
    prefix: String,
    note: String,
    size: u64,
}

impl Remote {
    /// The record at this address: the site's, or that of the log itself.
    ///
    /// **Errors** nobody answers there, or nothing that is a checkpoint.
    pub(super) fn reach(address: &str) -> Result<Self, Ending> {
        let address = address.trim_end_matches('/');
        let address = address.strip_suffix("/checkpoint").unwrap_or(address);
        let ahead = Ahead::at(address);
        let site = format!("{address}/registre");
        let mut told = None;
        for prefix in [site.as_str(), address] {
            match ahead.get(&format!("{prefix}/checkpoint"), MAX_NOTE_BYTES) {
                Ok(Answer::Found(bytes)) => {
                    let note = String::from_utf8(bytes).unwrap_or_default();
                    if let Some(size) = note.lines().nth(1).and_then(|line| line.parse().ok()) {
                        return Ok(Self { ahead, prefix: prefix.to_owned(), note, size });
                    }
                }
                Ok(Answer::NotThere) => {}
                Err(Unanswered(why)) => told = Some(why),
            }
        }
        let why = told.unwrap_or_else(|| "il n’y a pas de point de contrôle à cette adresse".into());
        Err(Ending::Refused(format!("« {address} » ne donne pas de registre : {why}")))
    }

    fn address(&self, path: impl std::fmt::Display) -> String {
        format!("{}/{path}", self.prefix)
    }

    /// What will be needed next is on its way.
    fn ask_ahead(&mut self, index: u64) {
        for next in index..index + AHEAD {
            let Some(bundle) = Bundle::in_tree(next, self.size) else { break };
            self.ahead.ask(self.address(bundle), MAX_BUNDLE_BYTES);
            if let Some(tile) = Tile::in_tree(0, next, self.size) {
                self.ahead.ask(self.address(tile), tile.bytes());
            }
        }
    }
}

impl Source for Remote {
    fn entries(&mut self, from: u64) -> Result<Vec<Line>, String> {
        let index = from / u64::from(TILE_WIDTH);
        let Some(bundle) = Bundle::in_tree(index, self.size) else { return Ok(Vec::new()) };
        self.ask_ahead(index);
        let bytes = match self.ahead.take(&self.address(bundle), MAX_BUNDLE_BYTES) {
            Ok(Answer::Found(bytes)) => bytes,
            Ok(Answer::NotThere) => return Err(format!("{bundle} : la liasse manque")),
            Err(Unanswered(why)) => return Err(format!("{bundle} : {why}")),
        };
        let entries = bundle.entries(&bytes);
        let entries =
            entries.map_err(|error| format!("{bundle} : ce n’est pas une liasse d’entrées ({error})"))?;
        Ok(entries.into_iter().map(|bytes| Line { bytes: bytes.to_vec(), known: None }).collect())
    }

    fn checkpoints(&mut self) -> Result<Vec<Kept>, String> {
        Ok(vec![Kept { note: self.note.clone(), ..Kept::default() }])
    }

    fn tile(&mut self, tile: Tile) -> Result<Found, String> {
        match self.ahead.take(&self.address(tile), tile.bytes()) {
            Ok(Answer::Found(bytes)) => Ok(Found::Bytes(bytes)),
            Ok(Answer::NotThere) => Ok(Found::Missing),
            Err(Unanswered(why)) => Err(format!("{tile} : {why}")),
        }
    }

    fn pieces(&mut self, each: &mut dyn FnMut(&Piece<'_>)) -> Result<Holding, String> {
        let all = self.size.div_ceil(RUN);
        let mut moved = bar("Pièces publiques");
        for index in 0..all {
            moved(index, all);
            let Some(bundle) = Bundle::in_tree(index, self.size) else { break };
            let path = bundle.to_string().replacen("tile/entries/", "pieces/", 1);
            let lines = match self.ahead.lines(&self.address(&path)) {
                Ok(Some(lines)) => lines,
                // Another server of tiles has no enclosures to give.
                Ok(None) if index == 0 => return Ok(Holding::None),
                Ok(None) => return Err(format!("{path} : les pièces manquent")),
                Err(Unanswered(why)) => return Err(format!("{path} : {why}")),
            };
            each_given(lines, each).map_err(|why| format!("{path} : {why}"))?;
        }
        moved(1, 1);
        Ok(Holding::Public)
    }

    fn days(&mut self, _: &str) -> Result<Option<DayOf>, String> {
        Ok(None)
    }
}
