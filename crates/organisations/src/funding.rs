//! Reading what people write of money: amounts as they write them, and a table pasted or sent as a file. Pure; what is not understood is
//! told with its line, and left unknown.

use record::directory::sort_key;
use terms::organisations::{Category, FundingLine};

use crate::acts::{AMOUNT_MAX, LINES_MAX};

/// Bytes of a pasted table.
const TABLE_MAX: usize = 64 << 10;

/// Characters of a name.
pub(crate) const NAME_MAX: usize = 120;

/// Words for « not told », beside an empty cell.
const UNTOLD: [&str; 7] = [
    "inconnu",
    "inconnue",
    "non dit",
    "ne souhaite pas repondre",
    "ne sait pas",
    "unknown",
    "prefer not to say",
];

/// Something that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Odd {
    /// The line, from 1; 0 for the whole.
    pub(crate) line: u64,
    /// The message that says so.
    pub(crate) key: &'static str,
    /// What stood there, cut.
    pub(crate) text: String,
}

/// A cell that tells nothing: empty, a dash, a question mark, or words that say so.
pub(crate) fn is_untold(text: &str) -> bool {
    let key = sort_key(text);
    key.is_empty() || UNTOLD.contains(&key.as_str())
}

/// The whole amount that the text writes: `1250000`, `1 250 000`, `1.250.000`, `1 250 000,00 F`.
///
/// **Shape** `Ok(None)` where it tells nothing. **Errors** it is no whole amount, or over [`AMOUNT_MAX`].
pub(crate) fn amount(text: &str) -> Result<Option<u64>, ()> {
    if is_untold(text) {
        return Ok(None);
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'' && *c != '’').collect();
    let text = text.trim_end_matches(|c: char| c.is_alphabetic());
    let mut groups = text.split(['.', ',']);
    let mut digits = groups.next().unwrap_or_default().to_owned();
    let mut rest = groups.peekable();
    while let Some(group) = rest.next() {
        match group.len() {
            3 => digits.push_str(group),
            // Hundredths of nothing.
            1 | 2 if rest.peek().is_none() && group.bytes().all(|b| b == b'0') => {}
            _ => return Err(()),
        }
    }
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(());
    }
    digits.parse().ok().filter(|amount| *amount <= AMOUNT_MAX).map(Some).ok_or(())
}

/// `oui` or `non`; `Ok(None)` where it tells nothing.
pub(crate) fn yes_or_no(text: &str) -> Result<Option<bool>, ()> {
    match sort_key(text).as_str() {
        "oui" | "yes" | "o" | "y" => Ok(Some(true)),
        "non" | "no" | "n" => Ok(Some(false)),
        _ if is_untold(text) => Ok(None),
        _ => Err(()),
    }
}

/// Columns by the names they go by.
const COLUMNS: [&[&str]; 5] = [
    &["bailleur", "funder", "source"],
    &["pays", "country"],
    &["sorte", "categorie", "category", "kind"],
    &["montant", "amount"],
    &["affecte", "tied", "restricted"],
];

/// The sources that a table with a line of headings holds, and what was not understood of it. `named` are the kinds of funder by the
/// names they go by, as [`sort_key`] has them.
pub(crate) fn table(text: &str, named: &[(String, Category)]) -> (Vec<FundingLine>, Vec<Odd>) {
    let text = text.trim_start_matches('\u{feff}');
    let whole = |key, text: &str| (Vec::new(), vec![Odd { line: 0, key, text: cut(text) }]);
    if text.trim().is_empty() {
        return (Vec::new(), Vec::new());
    }
    if text.len() > TABLE_MAX {
        return whole("organisations-funding-odd-long", "");
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    // Reading a text out of memory cannot fail, and lines may be uneven.
    let mut records = reader.records().filter_map(Result::ok);
    let Some(header) = records.next() else { return whole("organisations-funding-odd-headings", "") };
    let keys: Vec<String> = header.iter().map(sort_key).collect();
    let places = COLUMNS.map(|names| keys.iter().position(|key| names.contains(&key.as_str())));
    let Some(at) = places[3] else {
        return whole("organisations-funding-odd-headings", header.get(0).unwrap_or_default());
    };
    let (mut lines, mut odd) = (Vec::new(), Vec::new());
    for (i, heading) in header.iter().enumerate() {
        if !places.contains(&Some(i)) && !heading.trim().is_empty() {
            odd.push(Odd { line: 1, key: "organisations-funding-odd-column", text: cut(heading) });
        }
    }
    for record in records {
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if lines.len() == LINES_MAX {
            odd.push(Odd { line, key: "organisations-funding-odd-many", text: LINES_MAX.to_string() });
            break;
        }
        let cell = |column: usize| places[column].and_then(|at| record.get(at)).unwrap_or_default().trim();
        if record.get(at).is_none() {
            odd.push(Odd { line, key: "organisations-funding-odd-short", text: cut(cell(0)) });
        }
        lines.push(source(line, cell, named, &mut odd));
    }
    (lines, odd)
}

/// One line's source, cell by cell.
fn source<'c>(
    line: u64,
    cell: impl Fn(usize) -> &'c str,
    named: &[(String, Category)],
    odd: &mut Vec<Odd>,
) -> FundingLine {
    let mut tells = |key, text: &str| odd.push(Odd { line, key, text: cut(text) });
    let mut name = |column| {
        let text = cell(column);
        if text.chars().count() > NAME_MAX {
            tells("organisations-funding-odd-name", text);
        }
        (!is_untold(text)).then(|| text.chars().take(NAME_MAX).collect())
    };
    let (funder, country) = (name(0), name(1));
    let kind = sort_key(cell(2));
    let category = named.iter().find(|(key, _)| *key == kind).map(|(_, category)| *category);
    if category.is_none() && !is_untold(cell(2)) {
        tells("organisations-funding-odd-category", cell(2));
    }
    let amount = amount(cell(3)).unwrap_or_else(|()| {
        tells("organisations-funding-odd-amount", cell(3));
        None
    });
    let tied = yes_or_no(cell(4)).unwrap_or_else(|()| {
        tells("organisations-funding-odd-tied", cell(4));
        None
    });
    FundingLine { funder, country, category, amount, tied }
}

/// What stands between the cells: what the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    // Between equals the last of these, a comma.
    [b'\t', b';', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn cut(text: &str) -> String {
    text.chars().take(60).collect()
}
