//! A record across the network, taken over bundle by bundle.

mod fetch;

use std::io::BufRead;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use record::follow::Giver;
use record::verify::{Piece, listed_successions};
use serde::Deserialize;
use tlog::note::MAX_NOTE_BYTES;
use tlog::tile::{Bundle, MAX_BUNDLE_BYTES, Tile};

pub use fetch::{Ahead, Answer, Lines, Unanswered};

/// Bundles that are asked for before they are needed.
const AHEAD: u64 = 6;

/// Bytes of a bundle's enclosures that are fetched before they are needed; of more, the rest is read as it comes.
const PIECES_AHEAD: usize = 1 << 20;

/// The most that a line of an enclosure may be: a file in base64, and what is said of it.
const PIECE_MAX: u64 = 16 << 20;

/// The most that a list of successions may be.
///
/// **Units** bytes.
pub const SUCCESSIONS_MAX: usize = 32 << 10;

/// A server's record.
pub struct Across {
    ahead: Ahead,
    address: String,
    /// How many entries the record has that is being taken over.
    size: u64,
}

impl Across {
    /// The record of the site at this address; nothing is asked yet.
    #[must_use]
    pub fn at(address: &str) -> Self {
        let address = address.trim_end_matches('/');
        let address = address.strip_suffix("/registre").unwrap_or(address);
        Self { ahead: Ahead::at(address), address: format!("{address}/registre"), size: 0 }
    }

    fn of(&self, path: impl std::fmt::Display) -> String {
        format!("{}/{path}", self.address)
    }

    fn pieces_of(&self, bundle: Bundle) -> String {
        self.of(bundle.to_string().replacen("tile/entries/", "pieces/", 1))
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
        self.size = size;
        if let Some(before) = bundle.index().checked_sub(1).and_then(|index| Bundle::in_tree(index, size)) {
            // No entry of it cites any, and nobody will take them.
            self.ahead.forget(&self.pieces_of(before));
        }
        for next in bundle.index()..bundle.index() + AHEAD {
            let Some(next) = Bundle::in_tree(next, size) else { break };
            self.ahead.ask(self.of(next), MAX_BUNDLE_BYTES);
        }
        let address = self.of(bundle);
        found(bundle, self.ahead.take(&address, MAX_BUNDLE_BYTES))
    }

    fn pieces(&mut self, bundle: Bundle, each: &mut dyn FnMut(&Piece<'_>)) -> Result<(), String> {
        for next in bundle.index()..bundle.index() + AHEAD {
            let Some(next) = Bundle::in_tree(next, self.size) else { break };
            self.ahead.ask_lines(self.pieces_of(next), PIECES_AHEAD);
        }
        let path = self.pieces_of(bundle);
        let told = |why: String| format!("{path} : {why}");
        // A connection that waited while others were read may have been cut; what came twice is taken once.
        if let Ok(Some(lines)) = self.ahead.take_lines(&path)
            && each_given(lines, each).is_ok()
        {
            return Ok(());
        }
        match self.ahead.lines(&path) {
            Ok(Some(lines)) => each_given(lines, each).map_err(told),
            Ok(None) => Err(told("les pièces manquent".into())),
            Err(Unanswered(why)) => Err(told(why)),
        }
    }
}

/// An enclosure as a server gives it.
#[derive(Deserialize)]
struct Given<'a> {
    bytes: &'a str,
    media: &'a str,
    salt: &'a str,
    sha256: &'a str,
}

/// `each` has been called with every enclosure of these lines.
///
/// **Errors** a line is none of an enclosure's.
pub fn each_given(mut lines: impl BufRead, each: &mut dyn FnMut(&Piece<'_>)) -> Result<(), String> {
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = std::io::Read::take(&mut lines, PIECE_MAX).read_until(b'\n', &mut line);
        if read.map_err(|error| error.to_string())? == 0 {
            return Ok(());
        }
        let malformed = || "une ligne n’est pas celle d’une pièce".to_owned();
        let given: Given<'_> = serde_json::from_slice(&line).map_err(|_| malformed())?;
        let bytes = STANDARD.decode(given.bytes).map_err(|_| malformed())?;
        let salt = from_hex(given.salt).ok_or_else(malformed)?;
        each(&Piece { sha256: given.sha256, media: given.media, salt: Some(&salt), bytes: Some(&bytes) });
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
