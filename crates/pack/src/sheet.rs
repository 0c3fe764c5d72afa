//! Reading a table: its columns are those of the schema, each cell is what its column says, and every fault
//! has its line.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use csv::{ByteRecord, ReaderBuilder};
use terms::{Day, FormFault, Mark};

use crate::PackFault;
use crate::fault::Faults;
use crate::files::{Files, path_of};
use crate::schema::Sheet;

/// The longest cell: an entry of the record holds 65,535 bytes, and none has more than a few long cells.
const CELL_BYTES_MAX: usize = 8_000;

/// What reading needs everywhere: the files, and the faults found so far.
pub(crate) struct Reading<'f> {
    pub(crate) files: &'f dyn Files,
    /// The day of the reading: nothing is reported of a later one.
    pub(crate) today: Day,
    pub(crate) faults: Faults,
}

impl Reading<'_> {
    pub(crate) fn fault(&mut self, name: &str, line: Option<u64>, field: Option<&str>, message: String) {
        let file = path_of(self.files, name);
        self.faults.add(PackFault { file, line, field: field.map(str::to_owned), message });
    }
}

/// The ids that a file gives, each with the line that gives it.
pub(crate) struct Ids {
    /// The end of the sentence « … » about an id that is not one of these.
    unknown: &'static str,
    lines: HashMap<String, u64>,
    /// The file could not be read: which ids it would have given is not known, and no other file is blamed.
    open: bool,
}

impl Ids {
    pub(crate) fn new(unknown: &'static str) -> Self {
        Self { unknown, lines: HashMap::new(), open: false }
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.open || self.lines.contains_key(id)
    }

    pub(crate) fn open(&mut self) {
        self.open = true;
    }

    pub(crate) fn unknown(&self, id: &str) -> String {
        format!("« {id} » {}", self.unknown)
    }

    /// The id is given here; the message says where it was given before.
    pub(crate) fn give(&mut self, id: &str, line: u64) -> Result<(), String> {
        match self.lines.entry(id.to_owned()) {
            Entry::Occupied(before) => Err(format!("« {id} » est déjà donné à la ligne {}", before.get())),
            Entry::Vacant(free) => {
                free.insert(line);
                Ok(())
            }
        }
    }
}

/// One line of a table.
pub(crate) struct Row<'a> {
    pub(crate) line: u64,
    file: &'a str,
    header: &'a [String],
    cells: Vec<String>,
    today: Day,
    faults: &'a mut Faults,
    sound: bool,
}

/// What was taken from a table.
pub(crate) struct Table<T> {
    pub(crate) rows: Vec<T>,
    /// Each line could at least be split into its cells: every id that the table gives is known.
    pub(crate) readable: bool,
    /// Each line was taken.
    pub(crate) complete: bool,
}

impl<T> Table<T> {
    fn unreadable() -> Self {
        Self { rows: Vec::new(), readable: false, complete: false }
    }
}

/// Every line of the table, read by `take`; a line with a fault is left out.
pub(crate) fn rows<T>(
    reading: &mut Reading<'_>,
    sheet: &Sheet,
    mut take: impl FnMut(&mut Row<'_>) -> Option<T>,
) -> Table<T> {
    let file = path_of(reading.files, sheet.file);
    let Some(bytes) = reading.files.read(sheet.file) else {
        let message =
            "le fichier manque ou ne peut pas être lu ; sans rien à dire, il garde sa ligne d’en-tête";
        reading.fault(sheet.file, None, None, message.into());
        return Table::unreadable();
    };
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&*bytes);
    let mut record = ByteRecord::new();
    let Some(header) = header(reading, sheet, &bytes, &mut reader, &mut record) else {
        return Table::unreadable();
    };
    let mut table = Table { rows: Vec::new(), readable: true, complete: true };
    while matches!(reader.read_byte_record(&mut record), Ok(true)) && !reading.faults.full() {
        let line = line_of(&bytes, &record);
        let mut fault = |message: String| {
            reading.faults.add(PackFault { file: file.clone(), line: Some(line), field: None, message });
        };
        let Some(cells) = texts(&record) else {
            fault("le texte n’est pas en UTF-8".into());
            (table.readable, table.complete) = (false, false);
            continue;
        };
        if cells.len() != header.len() {
            fault(format!("la ligne compte {} cases, l’en-tête en compte {}", cells.len(), header.len()));
            (table.readable, table.complete) = (false, false);
            continue;
        }
        let (today, faults) = (reading.today, &mut reading.faults);
        let mut row = Row { line, file: &file, header: &header, cells, today, faults, sound: true };
        row.check_cells();
        let read = take(&mut row);
        match read.filter(|_| row.sound) {
            Some(read) => table.rows.push(read),
            None => table.complete = false,
        }
    }
    table
}

/// The columns in the order of the file, if they are those of the schema.
fn header(
    reading: &mut Reading<'_>,
    sheet: &Sheet,
    bytes: &[u8],
    reader: &mut csv::Reader<&[u8]>,
    record: &mut ByteRecord,
) -> Option<Vec<String>> {
    if !matches!(reader.read_byte_record(record), Ok(true)) {
        reading.fault(
            sheet.file,
            None,
            None,
            "le fichier est vide : il faut au moins la ligne d’en-tête".into(),
        );
        return None;
    }
    let line = Some(line_of(bytes, record));
    let Some(header) = texts(record) else {
        reading.fault(sheet.file, line, None, "le texte n’est pas en UTF-8".into());
        return None;
    };
    let mut sound = true;
    let mut fault = |column: &str, message: &str| {
        reading.fault(sheet.file, line, Some(column), message.into());
        sound = false;
    };
    for column in sheet.columns.iter().filter(|column| !header.iter().any(|found| found == *column)) {
        fault(column, "la colonne manque");
    }
    for (at, column) in header.iter().enumerate() {
        if !sheet.columns.contains(&column.as_str()) {
            fault(column, "la colonne n’est pas connue");
        } else if header[..at].contains(column) {
            fault(column, "la colonne est donnée deux fois");
        }
    }
    sound.then_some(header)
}

/// The line on which a record begins; the reader counts the blank lines before it as its own.
fn line_of(bytes: &[u8], record: &ByteRecord) -> u64 {
    let Some(position) = record.position() else { return 1 };
    let from = usize::try_from(position.byte()).unwrap_or(usize::MAX).min(bytes.len());
    let blank = bytes[from..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + blank.filter(|byte| **byte == b'\n').count() as u64
}

fn texts(record: &ByteRecord) -> Option<Vec<String>> {
    record.iter().map(|cell| Some(std::str::from_utf8(cell).ok()?.trim().to_owned())).collect()
}

/// Whether a text can stand on the record and in every database.
pub(crate) fn text_fault(text: &str) -> Option<String> {
    if text.len() > CELL_BYTES_MAX {
        return Some(format!("le texte compte {} octets ; {CELL_BYTES_MAX} au plus", text.len()));
    }
    let control = text.chars().find(|c| c.is_control() && *c != '\n' && *c != '\r' && *c != '\t')?;
    Some(format!("le texte contient le caractère de commande U+{:04X}", u32::from(control)))
}

/// The day that `AAAA-MM-JJ` spells.
pub(crate) fn parse_day(text: &str) -> Option<Day> {
    let form = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if form { text.parse().ok() } else { None }
}

/// The end of the sentence about a text that is not a day.
pub(crate) fn no_day(text: &str) -> String {
    format!("« {text} » n’est pas un jour (AAAA-MM-JJ)")
}

/// The end of the sentence about a word that is not of a list.
pub(crate) fn no_word<'w>(word: &str, admitted: impl IntoIterator<Item = &'w str>) -> String {
    let admitted: Vec<&str> = admitted.into_iter().filter(|word| !word.is_empty()).collect();
    format!("« {word} » n’est pas un mot admis ici ({})", admitted.join(", "))
}

impl Row<'_> {
    /// The line has a fault, in this column.
    pub(crate) fn fault(&mut self, column: &str, message: String) {
        self.sound = false;
        let (file, field) = (self.file.to_owned(), Some(column.to_owned()));
        self.faults.add(PackFault { file, line: Some(self.line), field, message });
    }

    fn check_cells(&mut self) {
        for at in 0..self.cells.len() {
            if let Some(message) = text_fault(&self.cells[at]) {
                self.fault(&self.header[at].clone(), message);
            }
        }
    }

    /// The cell's text; empty where nothing is known.
    pub(crate) fn cell(&self, column: &str) -> &str {
        let at = self.header.iter().position(|found| found == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    pub(crate) fn maybe(&self, column: &str) -> Option<String> {
        Some(self.cell(column)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    pub(crate) fn text(&mut self, column: &str) -> Option<String> {
        let text = self.maybe(column);
        if text.is_none() {
            self.fault(column, "la case est vide, et cette colonne doit être remplie".into());
        }
        text
    }

    /// A word of the field that the pack may coin: lower case, digits and dashes.
    pub(crate) fn slug(&mut self, column: &str) -> Option<String> {
        let text = self.text(column)?;
        match terms::PlaceId::parse(&text) {
            Ok(_) => Some(text),
            Err(fault) => {
                self.fault(column, fault.to_string());
                None
            }
        }
    }

    pub(crate) fn day(&mut self, column: &str) -> Option<Day> {
        let text = self.maybe(column)?;
        let day = parse_day(&text);
        if day.is_none() {
            self.fault(column, no_day(&text));
        }
        day
    }

    /// The day of something that happened: none is after the day of the reading.
    pub(crate) fn happened(&mut self, column: &str) -> Option<Day> {
        let day = self.day(column)?;
        self.not_to_come(column, Some(day));
        Some(day)
    }

    pub(crate) fn must_happened(&mut self, column: &str) -> Option<Day> {
        self.text(column)?;
        self.happened(column)
    }

    fn not_to_come(&mut self, column: &str, day: Option<Day>) {
        if let Some(day) = day.filter(|day| *day > self.today) {
            let today = self.today;
            self.fault(column, format!("« {day} » est à venir : nous sommes le {today}"));
        }
    }

    /// [`Row::period`] of something that happened.
    pub(crate) fn past_period(&mut self) -> (Option<Day>, Option<Day>) {
        let (from, to) = self.period();
        self.not_to_come("valid_from", from);
        self.not_to_come("valid_to", to);
        (from, to)
    }

    /// `valid_from` and `valid_to`, the second after the first.
    pub(crate) fn period(&mut self) -> (Option<Day>, Option<Day>) {
        let (from, to) = (self.day("valid_from"), self.day("valid_to"));
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            self.fault("valid_to", format!("« {to} » n’est pas après valid_from ({from})"));
        }
        (from, to)
    }

    pub(crate) fn number<N: TryFrom<u64>>(&mut self, column: &str) -> Option<N> {
        let text = self.maybe(column)?;
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let number = if digits { text.parse::<u64>().ok().and_then(|n| N::try_from(n).ok()) } else { None };
        if number.is_none() {
            self.fault(column, format!("« {text} » n’est pas un nombre entier, ou il est trop grand"));
        }
        number
    }

    pub(crate) fn must_number<N: TryFrom<u64>>(&mut self, column: &str) -> Option<N> {
        self.text(column)?;
        self.number(column)
    }

    /// A part is no more than its whole, where both are known.
    pub(crate) fn within(&mut self, column: &str, part: Option<u32>, whole: Option<u32>) {
        if let (Some(part), Some(whole)) = (part, whole)
            && part > whole
        {
            self.fault(column, format!("« {part} » dépasse le total ({whole})"));
        }
    }

    /// What the cell's word means in the list; an empty cell means nothing unless the list says.
    pub(crate) fn word<W: Copy>(&mut self, column: &str, admitted: &[(&str, W)]) -> Option<W> {
        let cell = self.cell(column).to_owned();
        let found = admitted.iter().find(|(word, _)| *word == cell).map(|(_, meaning)| *meaning);
        if found.is_none() && !cell.is_empty() {
            self.fault(column, no_word(&cell, admitted.iter().map(|(word, _)| *word)));
        }
        found
    }

    pub(crate) fn must_word<W: Copy>(&mut self, column: &str, admitted: &[(&str, W)]) -> Option<W> {
        self.text(column)?;
        self.word(column, admitted)
    }

    /// A word of a list, kept as it is.
    pub(crate) fn listed(&mut self, column: &str, admitted: &[&'static str]) -> Option<String> {
        let cell = self.maybe(column)?;
        if !admitted.contains(&cell.as_str()) {
            self.fault(column, no_word(&cell, admitted.iter().copied()));
        }
        Some(cell)
    }

    pub(crate) fn must_listed(&mut self, column: &str, admitted: &[&'static str]) -> Option<String> {
        self.text(column)?;
        self.listed(column, admitted)
    }

    pub(crate) fn mark(&mut self, column: &str) -> Option<Mark> {
        let cell = self.text(column)?;
        let mark = Mark::from_cell(&cell);
        if mark.is_none() {
            self.fault(column, no_word(&cell, ["V", "V-trunc", "K", "P"]));
        }
        mark
    }

    fn formed<T: TryFrom<String, Error = FormFault>>(&mut self, column: &str, text: String) -> Option<T> {
        T::try_from(text).map_err(|fault| self.fault(column, fault.to_string())).ok()
    }

    /// The line's own id, given nowhere before.
    pub(crate) fn id<T: TryFrom<String, Error = FormFault>>(
        &mut self,
        column: &str,
        ids: &mut Ids,
    ) -> Option<T> {
        let text = self.text(column)?;
        if let Err(message) = ids.give(&text, self.line) {
            self.fault(column, message);
        }
        self.formed(column, text)
    }

    /// The id of something that another line gives.
    pub(crate) fn link<T: TryFrom<String, Error = FormFault>>(
        &mut self,
        column: &str,
        ids: &Ids,
    ) -> Option<T> {
        let text = self.maybe(column)?;
        if !ids.has(&text) {
            self.fault(column, ids.unknown(&text));
            return None;
        }
        self.formed(column, text)
    }

    pub(crate) fn must_link<T: TryFrom<String, Error = FormFault>>(
        &mut self,
        column: &str,
        ids: &Ids,
    ) -> Option<T> {
        self.text(column)?;
        self.link(column, ids)
    }
}
