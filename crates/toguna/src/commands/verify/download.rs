//! A downloaded record: a line with the signed checkpoint, then a line for each entry (`docs/record.md`).

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use record::verify::{DayOf, Found, Holding, Kept, Line, Piece, RUN, Source};
use serde::Deserialize;
use terms::Entry;
use tlog::tile::Tile;

use crate::ending::Ending;

/// The most that the first line may be: a note, as a JSON string.
const HEAD_MAX: u64 = 4_000_000;

/// A downloaded record, read once from its beginning to its end.
pub(super) struct Download {
    lines: BufReader<File>,
    note: String,
    next: u64,
}

#[derive(Deserialize)]
struct Head {
    checkpoint: String,
    depuis: u64,
}

impl Download {
    /// The record in this file.
    ///
    /// **Errors** it does not begin as a downloaded record does, or does not begin with the first entry.
    pub(super) fn open(path: &Path) -> Result<Self, Ending> {
        let fault = |error| Ending::from(record::Fault::file(path, &error));
        let mut lines = BufReader::with_capacity(1 << 18, File::open(path).map_err(fault)?);
        let mut first = Vec::new();
        lines.by_ref().take(HEAD_MAX).read_until(b'\n', &mut first).map_err(fault)?;
        let head: Head = serde_json::from_slice(&first).map_err(|_| {
            Ending::Refused(format!(
                "« {} » n’est ni un registre téléchargé (entrees.jsonl), ni un fichier de preuve",
                path.display()
            ))
        })?;
        if head.depuis > 0 {
            return Err(Ending::Refused(format!(
                "ce téléchargement ne commence qu’à l’entrée {} : joignez-le à la suite du premier, puis vérifiez le tout",
                head.depuis
            )));
        }
        Ok(Self { lines, note: head.checkpoint, next: 0 })
    }

    fn line(&mut self) -> Result<Option<Line>, String> {
        let mut bytes = Vec::new();
        // One byte more than an entry has, and its end: what is longer is told so by the entry's own check.
        let most = Entry::BYTES_MAX as u64 + 2;
        self.lines.by_ref().take(most).read_until(b'\n', &mut bytes).map_err(|error| error.to_string())?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        Ok(Some(Line { bytes, known: None }))
    }
}

impl Source for Download {
    fn entries(&mut self, from: u64) -> Result<Vec<Line>, String> {
        if from != self.next {
            return Err("un téléchargement se lit une fois, dans l’ordre".into());
        }
        let mut lines = Vec::new();
        while (lines.len() as u64) < RUN {
            let Some(line) = self.line()? else { break };
            lines.push(line);
        }
        self.next += lines.len() as u64;
        Ok(lines)
    }

    fn checkpoints(&mut self) -> Result<Vec<Kept>, String> {
        Ok(vec![Kept { note: self.note.clone(), ..Kept::default() }])
    }

    fn tile(&mut self, _: Tile) -> Result<Found, String> {
        Ok(Found::NotKept)
    }

    fn pieces(&mut self, _: &mut dyn FnMut(&Piece<'_>)) -> Result<Holding, String> {
        Ok(Holding::None)
    }

    fn days(&mut self, _: &str) -> Result<Option<DayOf>, String> {
        Ok(None)
    }
}
