//! A CSV file as a header and lines, each with its number.

use std::borrow::Cow;

use record::directory::sort_key;

use crate::{cut, letters};

/// A file of comma-, semicolon- or tab-separated values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The header as it stands.
    pub header: Vec<String>,
    /// The header as it is compared.
    pub keys: Vec<String>,
    /// Lines with as many cells as the header.
    pub lines: Vec<Line>,
    /// Lines with more or fewer: line, cells found, cells wanted.
    pub uneven: Vec<(u64, usize, usize)>,
    /// What is to be told of how the file is written: line, column, sentence.
    pub writing: Vec<(u64, String, String)>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: u64,
    cells: Vec<String>,
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Not UTF-8, from this line on.
    Encoding(u64),
    /// Nothing in it.
    Empty,
    /// A spreadsheet program's own file.
    Workbook,
    /// A quotation mark opened on this line is never closed.
    Quotation(u64),
}

/// How files of spreadsheet programs begin: XLSX and ODS are zips, XLS a compound file.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

impl Sheet {
    /// The sheet these bytes hold.
    ///
    /// **Errors** a workbook; neither UTF-8, UTF-16 nor Windows-1252; a quotation mark that is never closed; nothing in it.
    pub fn read(bytes: &[u8]) -> Result<Self, Trouble> {
        if WORKBOOKS.iter().any(|beginning| bytes.starts_with(beginning)) {
            return Err(Trouble::Workbook);
        }
        let mut writing = Vec::new();
        let text = text_of(bytes, &mut writing)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let delimiter = delimiter(text);
        if let Some(line) = unclosed(text, delimiter) {
            return Err(Trouble::Quotation(line));
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let (mut header, mut lines, mut uneven) = (Vec::new(), Vec::new(), Vec::new());
        // Reading text out of memory cannot fail, and lines may be uneven.
        for record in reader.records().filter_map(Result::ok) {
            let number = record.position().map_or(0, |position| line_at(text, position));
            let mut cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            if header.is_empty() {
                header = cells;
                look_at_letters(number, &mut header, &[], &mut writing);
                continue;
            }
            // Spreadsheets fill lines up with empty cells.
            while cells.len() > header.len() && cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            if cells.iter().all(String::is_empty) {
                // An empty line says nothing.
            } else if cells.len() == header.len() {
                look_at_letters(number, &mut cells, &header, &mut writing);
                lines.push(Line { number, cells });
            } else {
                uneven.push((number, cells.len(), header.len()));
            }
        }
        if header.iter().all(String::is_empty) {
            return Err(Trouble::Empty);
        }
        let keys = header.iter().map(|name| sort_key(name)).collect();
        Ok(Self { header, keys, lines, uneven, writing })
    }

    /// Whether the header has all these columns.
    #[must_use]
    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.column(name).is_some())
    }

    /// The column of this name, compared without case, accents and marks.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        let key = sort_key(name);
        self.keys.iter().position(|other| *other == key)
    }

    /// The line's cell in this column; empty where the file has no such column.
    #[must_use]
    pub fn cell<'a>(&self, line: &'a Line, name: &str) -> &'a str {
        self.column(name).map_or("", |at| line.cell(at))
    }

    /// The columns that are none of these, or come a second time, as the file writes them.
    #[must_use]
    pub fn others(&self, known: &[&str]) -> Vec<&str> {
        let known: Vec<String> = known.iter().map(|name| sort_key(name)).collect();
        let others = self.header.iter().zip(&self.keys).enumerate().filter(|(at, (name, key))| {
            let twice = self.keys.iter().take(*at).any(|earlier| earlier == *key);
            (twice || !known.contains(key)) && !(name.is_empty() && self.is_empty_column(*at))
        });
        others.map(|(_, (name, _))| name.as_str()).collect()
    }

    /// Whether no line has anything in this column.
    #[must_use]
    pub fn is_empty_column(&self, at: usize) -> bool {
        self.lines.iter().all(|line| line.cell(at).is_empty())
    }
}

impl Line {
    /// The cell at this place.
    #[must_use]
    pub fn cell(&self, at: usize) -> &str {
        let cell = self.cells.get(at).map_or("", String::as_str);
        // The apostrophe that keeps a spreadsheet from running a text is no part of it.
        match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => cell,
        }
    }
}

/// The file as text, whatever a spreadsheet program wrote it in; what was guessed is told.
fn text_of<'a>(bytes: &'a [u8], writing: &mut Vec<(u64, String, String)>) -> Result<Cow<'a, str>, Trouble> {
    if let Some(units) = utf16(bytes) {
        // Half a unit at the end is a file that was cut.
        if bytes.len() % 2 == 1 {
            return Err(Trouble::Encoding(1));
        }
        return String::from_utf16(&units).map(Cow::Owned).map_err(|_| Trouble::Encoding(1));
    }
    std::str::from_utf8(bytes).map(Cow::Borrowed).or_else(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
        let text = letters::windows(bytes).ok_or(Trouble::Encoding(line))?;
        let message = "le fichier n’est pas en UTF-8 : ses lettres accentuées sont celles de Windows-1252, le « CSV » ordinaire \
                       d’un tableur sous Windows ; il est lu ainsi, vérifiez les accents";
        writing.push((line, String::new(), message.to_owned()));
        Ok(Cow::Owned(text))
    })
}

/// The units of a text in UTF-16 that begins with its mark (« Texte Unicode » of spreadsheets).
fn utf16(bytes: &[u8]) -> Option<Vec<u16>> {
    let units =
        |rest: &[u8], read: fn([u8; 2]) -> u16| rest.as_chunks().0.iter().map(|pair| read(*pair)).collect();
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some(units(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(units(rest, u16::from_be_bytes)),
        _ => None,
    }
}

/// Cells whose letters were read wrongly are mended where that is certain; the others are told and left.
fn look_at_letters(
    line: u64,
    cells: &mut [String],
    header: &[String],
    writing: &mut Vec<(u64, String, String)>,
) {
    for (at, cell) in cells.iter_mut().enumerate() {
        let column = header.get(at).cloned().unwrap_or_default();
        if let Some(text) = letters::mended(cell) {
            let message = format!(
                "UTF-8 lu comme du Latin-1 : « {} » est repris comme « {} »",
                cut(cell, 60),
                cut(&text, 60)
            );
            writing.push((line, column.clone(), message));
            *cell = text;
        }
        let words = letters::doubtful(cell);
        if let Some(word) = words.first() {
            let likely = letters::likely(word).map(|text| format!(", sans doute « {} »", cut(&text, 40)));
            let others = match words.len() {
                1 => String::new(),
                2 => " (et un autre mot)".to_owned(),
                many => format!(" (et {} autres mots)", many - 1),
            };
            let message = format!(
                "« {} » a une lettre abîmée par un changement d’encodage{}{others} ; repris tel quel",
                cut(word, 40),
                likely.unwrap_or_default(),
            );
            writing.push((line, column, message));
        }
    }
}

/// The line of a quotation mark that opens a cell and is never closed: all that follows it would be that one cell.
fn unclosed(text: &str, delimiter: u8) -> Option<u64> {
    let (mut line, mut opened) = (1, None);
    let mut at_start = true;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, opened) {
            (b'"', Some(_)) if bytes.peek() == Some(&b'"') => {
                bytes.next();
            }
            (b'"', Some(_)) => opened = None,
            (b'"', None) if at_start => opened = Some(line),
            _ => {}
        }
        at_start = opened.is_none() && (byte == delimiter || byte == b'\n' || byte == b'\r');
        line += u64::from(byte == b'\n');
    }
    opened
}

/// The line on which the record at this position begins: what ends the line before, and empty lines, still stand ahead of it.
fn line_at(text: &str, position: &csv::Position) -> u64 {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let ahead = rest.iter().take_while(|byte| b"\r\n".contains(byte)).filter(|byte| **byte == b'\n').count();
    position.line() + ahead as u64
}

/// What separates the cells of the first line.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    [(b',', count(',')), (b';', count(';')), (b'\t', count('\t'))]
        .into_iter()
        .rev()
        .max_by_key(|(_, many)| *many)
        .map_or(b',', |(mark, _)| mark)
}
