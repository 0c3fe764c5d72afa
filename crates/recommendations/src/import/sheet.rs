//! A CSV file as a header and lines, each with its number.

use record::directory::sort_key;

/// A file of comma-, semicolon- or tab-separated values.
pub(crate) struct Sheet {
    /// The header as it stands.
    pub(crate) header: Vec<String>,
    /// The header as it is compared.
    pub(crate) keys: Vec<String>,
    /// Lines with as many cells as the header.
    pub(crate) lines: Vec<Line>,
    /// Lines with more or fewer: line, cells found, cells wanted.
    pub(crate) uneven: Vec<(u64, usize, usize)>,
}

/// One line.
pub(crate) struct Line {
    /// Its number in the file, from 1.
    pub(crate) number: u64,
    cells: Vec<String>,
}

/// Why a file cannot be read at all.
pub(crate) enum Trouble {
    /// Not UTF-8, from this line on.
    Encoding(u64),
    /// Nothing in it.
    Empty,
    /// A spreadsheet program's own file.
    Workbook,
}

/// How files of spreadsheet programs begin: XLSX and ODS are zips, XLS a compound file.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

impl Sheet {
    /// The sheet these bytes hold.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Trouble> {
        if WORKBOOKS.iter().any(|beginning| bytes.starts_with(beginning)) {
            return Err(Trouble::Workbook);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Trouble::Encoding(1 + before.iter().filter(|byte| **byte == b'\n').count() as u64)
        })?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(text))
            .from_reader(text.as_bytes());
        let (mut header, mut lines, mut uneven) = (Vec::new(), Vec::new(), Vec::new());
        // Reading text out of memory cannot fail, and lines may be uneven.
        for record in reader.records().filter_map(Result::ok) {
            let number = record.position().map_or(0, |position| line_at(text, position));
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            if header.is_empty() {
                header = cells;
            } else if cells.iter().all(String::is_empty) {
                // An empty line says nothing.
            } else if cells.len() == header.len() {
                lines.push(Line { number, cells });
            } else {
                uneven.push((number, cells.len(), header.len()));
            }
        }
        if header.iter().all(String::is_empty) {
            return Err(Trouble::Empty);
        }
        let keys = header.iter().map(|name| sort_key(name)).collect();
        Ok(Self { header, keys, lines, uneven })
    }

    /// Whether the header has all these columns.
    pub(crate) fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.column(name).is_some())
    }

    /// The column of this name, compared without case, accents and marks.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        let key = sort_key(name);
        self.keys.iter().position(|other| *other == key)
    }

    /// The line's cell in this column; empty where the file has no such column.
    pub(crate) fn cell<'a>(&self, line: &'a Line, name: &str) -> &'a str {
        self.column(name).map_or("", |at| line.cell(at))
    }

    /// The columns that are none of these, as the file writes them.
    pub(crate) fn others(&self, known: &[&str]) -> Vec<&str> {
        let known: Vec<String> = known.iter().map(|name| sort_key(name)).collect();
        let others = self.header.iter().zip(&self.keys).filter(|(_, key)| !known.contains(key));
        others.map(|(name, _)| name.as_str()).collect()
    }
}

impl Line {
    /// The cell at this place.
    pub(crate) fn cell(&self, at: usize) -> &str {
        let cell = self.cells.get(at).map_or("", String::as_str);
        // The apostrophe that keeps a spreadsheet from running a text is no part of it.
        match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => cell,
        }
    }
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
