//! A record across the network, taken over bundle by bundle.

use record::follow::Giver;
use record::verify::{Piece, listed_successions};
use tlog::note::MAX_NOTE_BYTES;
use tlog::tile::{Bundle, MAX_BUNDLE_BYTES, Tile};

use crate::commands::verify::remote::fetch::{Ahead, Answer, Unanswered};
use crate::commands::verify::remote::{SUCCESSIONS_MAX, each_given};

/// Bundles that are asked for before they are needed.
const AHEAD: u64 = 6;

/// A server's record.
pub(crate) struct Across {
    ahead: Ahead,
    address: String,
}

impl Across {
    /// The record of the site at this address; nothing is asked yet.
    pub(crate) fn at(address: &str) -> Self {
        let address = address.trim_end_matches('/');
        let address = address.strip_suffix("/registre").unwrap_or(address);
        Self { ahead: Ahead::new(), address: format!("{address}/registre") }
    }

    fn of(&self, path: impl std::fmt::Display) -> String {
        format!("{}/{path}", self.address)
    }
}

fn found(what: impl std::fmt::Display, answer: Result<Answer, Unanswered>) -> Result<Vec<u8>, String> {
    match answer {
        Ok(Answer::Found(bytes)) => Ok(bytes),
        Ok(Answer::NotThere) => Err(format!("{what} : il n’y a rien à cette adresse")),
        Err(Unanswered(why)) => Err(format!("{what} : {why}")),
    }
}

impl Giver for Across {
    fn note(&mut self) -> Result<String, String> {
        let address = self.of("checkpoint");
        let bytes = found(&address, self.ahead.get(&address, MAX_NOTE_BYTES))?;
        String::from_utf8(bytes).map_err(|_| format!("{address} : ce n’est pas un point de contrôle"))
    }

    fn successions(&mut self) -> Result<Vec<u64>, String> {
        let address = self.of("successions");
        let bytes = match self.ahead.get(&address, SUCCESSIONS_MAX) {
            Ok(Answer::Found(bytes)) => bytes,
            // A server that knows of no succession has none to tell of.
            Ok(Answer::NotThere) => return Ok(Vec::new()),
            Err(Unanswered(why)) => return Err(format!("{address} : {why}")),
        };
        let indexes = std::str::from_utf8(&bytes).ok().and_then(listed_successions);
        indexes.ok_or_else(|| format!("{address} : ce n’est pas une liste de successions"))
    }

    fn tile(&mut self, tile: Tile) -> Result<Vec<u8>, String> {
        found(tile, self.ahead.get(&self.of(tile), tile.bytes()))
    }

    fn bundle(&mut self, bundle: Bundle, size: u64) -> Result<Vec<u8>, String> {
        for next in bundle.index()..bundle.index() + AHEAD {
            let Some(next) = Bundle::in_tree(next, size) else { break };
            self.ahead.ask(self.of(next), MAX_BUNDLE_BYTES);
        }
        let address = self.of(bundle);
        found(bundle, self.ahead.take(&address, MAX_BUNDLE_BYTES))
    }

    fn pieces(&mut self, bundle: Bundle, each: &mut dyn FnMut(&Piece<'_>)) -> Result<(), String> {
        let path = bundle.to_string().replacen("tile/entries/", "pieces/", 1);
        match self.ahead.lines(&self.of(&path)) {
            Ok(Some(lines)) => each_given(lines, each).map_err(|why| format!("{path} : {why}")),
            Ok(None) => Err(format!("{path} : les pièces manquent")),
            Err(Unanswered(why)) => Err(format!("{path} : {why}")),
        }
    }
}
