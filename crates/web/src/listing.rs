//! Lists: one description of the columns, shown as a table, as CSV and as JSON at the same address by suffix.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde_json::{Map, Value};
use terms::Day;

use crate::{Format, Visit, day};

/// Rows on a page.
const PAGE_ROWS: usize = 30;

/// Rows in one answer of data.
const DATA_ROWS: usize = 5_000;

/// One cell: what a person sees and what a machine reads.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Not known: an empty cell for machines, a dash for people.
    Unknown,
    /// A text.
    Text(String),
    /// A text that leads to a page (address without language).
    Link {
        /// What is read.
        text: String,
        /// Where it leads.
        path: String,
    },
    /// A whole number.
    Number(i64),
    /// A day.
    Day(Day),
    /// A state: a word for machines, a sentence and a mark for people.
    Badge {
        /// The word.
        word: String,
        /// The message's key.
        label: String,
        /// The badge's class.
        class: &'static str,
    },
    /// Yes or no.
    Yes(bool),
}

impl Cell {
    /// The text, or unknown.
    #[must_use]
    pub fn text(text: Option<String>) -> Self {
        text.map_or(Self::Unknown, Self::Text)
    }

    /// The day, or unknown.
    #[must_use]
    pub fn day(day: Option<Day>) -> Self {
        day.map_or(Self::Unknown, Self::Day)
    }

    /// The number, or unknown.
    #[must_use]
    pub fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Unknown, Self::Number)
    }

    fn markup(&self, visit: &Visit) -> Markup {
        html! {
            @match self {
                Self::Unknown => { span.mute title=(visit.say("list-unknown")) { "—" } }
                Self::Text(text) => { (text) }
                Self::Link { text, path } => { a href=(visit.link(path)) { (text) } }
                Self::Number(number) => { (visit.number(*number)) }
                Self::Day(on) => { (day(visit, *on)) }
                Self::Badge { label, class, .. } => { span class={ "badge " (class) } { (visit.say(label)) } }
                Self::Yes(yes) => { (visit.say(if *yes { "list-yes" } else { "list-no" })) }
            }
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Unknown => String::new(),
            Self::Text(text) | Self::Link { text, .. } => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Badge { word, .. } => word.clone(),
            Self::Yes(yes) => yes.to_string(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Unknown => Value::Null,
            Self::Number(number) => (*number).into(),
            Self::Yes(yes) => (*yes).into(),
            other => other.plain().into(),
        }
    }
}

/// One column.
pub struct Column<T> {
    /// Its name in data; never changes.
    pub name: &'static str,
    /// The message that heads it.
    pub label: &'static str,
    /// Whether the page shows it, or only the data.
    pub on_page: bool,
    /// A row's cell.
    pub cell: fn(&T, &Visit) -> Cell,
}

impl<T> Column<T> {
    /// A column on the page and in the data.
    pub const fn new(name: &'static str, label: &'static str, cell: fn(&T, &Visit) -> Cell) -> Self {
        Self { name, label, on_page: true, cell }
    }

    /// A column in the data only.
    pub const fn data(name: &'static str, label: &'static str, cell: fn(&T, &Visit) -> Cell) -> Self {
        Self { name, label, on_page: false, cell }
    }
}

/// A list: its columns, and what an empty one says.
pub struct Listing<T: 'static> {
    /// The name of the downloaded file, without suffix.
    pub name: &'static str,
    /// The message for a list without rows.
    pub empty: &'static str,
    /// The columns.
    pub columns: &'static [Column<T>],
}

/// The rows of one answer and where the next begin.
pub struct Shown<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// What `?apres=` says for the next rows; `None` at the end.
    pub next: Option<String>,
}

impl<T> Shown<T> {
    /// The first `most` of these rows, of which one more was asked for; `cursor` tells where the next begin.
    pub fn first(mut rows: Vec<T>, most: usize, cursor: impl Fn(&T) -> String) -> Self {
        let more = rows.len() > most;
        rows.truncate(most);
        let next = if more { rows.last().map(cursor) } else { None };
        Self { rows, next }
    }

    /// All rows.
    #[must_use]
    pub fn all(rows: Vec<T>) -> Self {
        Self { rows, next: None }
    }
}

impl Visit {
    /// How many rows an answer in this format has.
    #[must_use]
    pub fn rows_wanted(&self) -> usize {
        if self.format() == Format::Html { PAGE_ROWS } else { DATA_ROWS }
    }
}

impl<T> Listing<T> {
    /// The table, which narrow screens show as cards, and the way to the next rows.
    pub fn table(&self, visit: &Visit, shown: &Shown<T>, caption: &str) -> Markup {
        let columns: Vec<_> = self.columns.iter().filter(|column| column.on_page).collect();
        html! {
            @if shown.rows.is_empty() {
                p.mute { (visit.say(self.empty)) }
            } @else {
                table.cards {
                    caption { (caption) }
                    thead { tr { @for column in &columns { th scope="col" { (visit.say(column.label)) } } } }
                    tbody {
                        @for row in &shown.rows {
                            tr {
                                @for column in &columns {
                                    td data-label=(visit.say(column.label)) {
                                        ((column.cell)(row, visit).markup(visit))
                                    }
                                }
                            }
                        }
                    }
                }
            }
            (self.pages(visit, shown))
        }
    }

    /// The way to the next rows and back to the first; nothing where all are shown.
    pub fn pages(&self, visit: &Visit, shown: &Shown<T>) -> Markup {
        html! {
            @if shown.next.is_some() || visit.asked("apres").is_some() {
                nav aria-label=(visit.say("list-pages")) {
                    ol.pages {
                        @if visit.asked("apres").is_some() {
                            li { a href=(visit.query_or_self(&[("apres", "")])) { (visit.say("list-first")) } }
                        }
                        @if let Some(next) = &shown.next {
                            li { a rel="next" href=(visit.query_or_self(&[("apres", next)])) {
                                (visit.say("list-next"))
                            } }
                        }
                    }
                }
            }
        }
    }

    /// The same as data: CSV with a header row, or JSON as one array.
    pub fn data(&self, visit: &Visit, shown: &Shown<T>) -> Response {
        let (kind, body) = match visit.format() {
            Format::Csv => ("text/csv; charset=utf-8", self.csv(visit, &shown.rows)),
            _ => ("application/json", self.json(visit, &shown.rows).into_bytes()),
        };
        let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
        let file = format!("inline; filename=\"{}{}\"", self.name, visit.format().suffix());
        if let Ok(value) = HeaderValue::from_str(&file) {
            response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
        if let Some(next) = &shown.next {
            let link = format!("<{}{}>; rel=\"next\"", visit.path(), visit.query_with(&[("apres", next)]));
            if let Ok(value) = HeaderValue::from_str(&link) {
                response.headers_mut().insert(header::LINK, value);
            }
        }
        response
    }

    fn csv(&self, visit: &Visit, rows: &[T]) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing into memory cannot fail.
        let _ = writer.write_record(self.columns.iter().map(|column| column.name));
        for row in rows {
            let cells = self.columns.iter().map(|column| harmless((column.cell)(row, visit).plain()));
            let _ = writer.write_record(cells);
        }
        writer.into_inner().unwrap_or_default()
    }

    fn json(&self, visit: &Visit, rows: &[T]) -> String {
        let object = |row: &T| {
            let cells = self.columns.iter();
            cells.map(|c| (c.name.to_owned(), (c.cell)(row, visit).json())).collect::<Map<String, Value>>()
        };
        Value::Array(rows.iter().map(|row| Value::Object(object(row))).collect()).to_string()
    }
}

/// The text as a CSV cell: a spreadsheet would run one that begins like a formula; an apostrophe keeps it a text.
#[must_use]
pub fn harmless(text: String) -> String {
    let formula = text.starts_with(['=', '@', '\t', '\r'])
        || (text.starts_with(['+', '-']) && text.parse::<f64>().is_err());
    if formula { format!("'{text}") } else { text }
}

impl Visit {
    fn query_or_self(&self, changes: &[(&str, &str)]) -> String {
        let query = self.query_with(changes);
        if query.is_empty() { "?".to_owned() } else { query }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_kept_texts() {
        assert_eq!(harmless("=1+1".into()), "'=1+1");
        assert_eq!(harmless("-12".into()), "-12");
        assert_eq!(harmless("-cmd".into()), "'-cmd");
        assert_eq!(harmless("Ségou".into()), "Ségou");
    }

    #[test]
    fn one_row_more_than_asked_means_a_next_page() {
        let shown = Shown::first(vec![1, 2, 3], 2, ToString::to_string);
        assert_eq!((shown.rows, shown.next), (vec![1, 2], Some("2".to_owned())));
        assert_eq!(Shown::first(vec![1, 2], 2, ToString::to_string).next, None);
    }
}
