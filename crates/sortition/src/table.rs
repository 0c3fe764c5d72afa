//! Tables as comma-separated text: rows with their lines, cells trimmed.

use crate::refusal::{Refusal, Table};

/// A table read whole.
pub(crate) struct Read {
    table: Table,
    header: Vec<String>,
    /// Line and cells of each row.
    pub(crate) rows: Vec<(u64, Vec<String>)>,
}

impl Read {
    /// The rows; an empty line is none, a byte order mark is passed over.
    pub(crate) fn new(table: Table, bytes: &[u8]) -> Result<Self, Refusal> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        if let Err(error) = str::from_utf8(bytes) {
            let before = &bytes[..error.valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
            return Err(Refusal::NotText { table, line });
        }
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(bytes);
        let mut rows = Vec::new();
        for row in reader.records() {
            // UTF-8 has been looked at, lengths may differ, and memory does not fail to be read.
            let Ok(row) = row else { return Err(Refusal::NotText { table, line: 1 }) };
            let line = line_of(bytes, &row);
            rows.push((line, row.iter().map(str::to_owned).collect::<Vec<_>>()));
        }
        let mut rows = rows.into_iter();
        let Some((_, header)) = rows.next() else { return Err(Refusal::NoRow { table }) };
        let read = Self { table, header, rows: rows.filter(|(_, cells)| cells != &[""]).collect() };
        let columns = read.header.len();
        if let Some((line, cells)) = read.rows.iter().find(|(_, cells)| cells.len() != columns) {
            return Err(Refusal::Cells { table, line: *line, cells: cells.len(), columns });
        }
        if read.rows.is_empty() { Err(Refusal::NoRow { table }) } else { Ok(read) }
    }

    /// Whether the header has the column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    /// Where a column stands.
    pub(crate) fn place(&self, column: &str) -> Result<usize, Refusal> {
        let (table, name) = (self.table, column.to_owned());
        let mut places = self.header.iter().enumerate().filter(|(_, name)| *name == column);
        match (places.next(), places.next()) {
            (None, _) => Err(Refusal::NoColumn { table, column: name }),
            (Some(_), Some(_)) => Err(Refusal::SameColumn { table, column: name }),
            (Some((place, _)), None) => Ok(place),
        }
    }

    /// The text of a cell that must hold one.
    pub(crate) fn text(&self, line: u64, cells: &[String], place: usize) -> Result<String, Refusal> {
        let (table, column) = (self.table, self.header[place].clone());
        match &cells[place] {
            text if text.is_empty() => Err(Refusal::Empty { table, line, column }),
            text if text.len() > crate::TEXT_MAX => Err(Refusal::TooLong { table, line, column }),
            text => Ok(text.clone()),
        }
    }
}

/// The line on which a row begins: what ends the line before, and empty lines, still stand ahead of its position.
fn line_of(bytes: &[u8], row: &csv::StringRecord) -> u64 {
    let Some(position) = row.position() else { return 0 };
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = bytes.get(at..).unwrap_or_default();
    let ahead = rest.iter().take_while(|byte| b"\r\n".contains(byte)).filter(|byte| **byte == b'\n').count();
    position.line() + ahead as u64
}
