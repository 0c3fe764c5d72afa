//! Lists of recommendations: filters, cursor, names.

use std::collections::HashMap;

use record::directory::{self, Kind, Named};
use record::{Fault, ToValue, Tx, Value, values};
use terms::Day;

use super::author_of;
use terms::recommendations::Author;

/// What a list is asked for; everything at once must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Asked of this body.
    pub addressee: Option<String>,
    /// By this author, as `kind:id`.
    pub author: Option<String>,
    /// Signed by this organisation.
    pub cosigner: Option<String>,
    /// Under this theme.
    pub theme: Option<String>,
    /// Speaking of this place or one within it.
    pub place: Option<String>,
    /// Adopted in this year.
    pub year: Option<i16>,
    /// Part of an exercise, or not.
    pub exercise: Option<bool>,
    /// Open, or closed.
    pub open: Option<bool>,
    /// Found by these words.
    pub words: Vec<String>,
    /// After this cursor.
    pub after: Option<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// By day of adoption, newest first.
    Adoption,
    /// By when the record learnt of it, newest first.
    Record,
}

/// One recommendation in a list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) sort_key: String,
    pub(crate) title: Option<String>,
    pub(crate) author: Author,
    pub(crate) author_name: String,
    pub(crate) addressees: Vec<(String, String)>,
    pub(crate) theme: Option<(String, String)>,
    pub(crate) place: Option<(String, String)>,
    pub(crate) priority: u8,
    pub(crate) urgent: bool,
    pub(crate) score: Option<u8>,
    pub(crate) adopted_on: Option<Day>,
    pub(crate) year: i16,
    pub(crate) document: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) exercise: bool,
    pub(crate) addressed: u32,
    pub(crate) transmitted: u32,
    pub(crate) open: bool,
    pub(crate) updated_on: Day,
    pub(crate) known: Day,
    pub(crate) entry: u64,
}

/// Names already looked up: a list names the same few bodies again and again.
#[derive(Default)]
pub(crate) struct Names {
    english: bool,
    found: HashMap<(Kind, String), Option<Named>>,
}

impl Names {
    /// Names in French, or in English where there are any.
    pub(crate) fn new(english: bool) -> Self {
        Self { english, found: HashMap::new() }
    }

    /// The name of a thing, or its id where the record knows no name.
    pub(crate) fn of(&mut self, tx: &mut Tx<'_>, kind: Kind, id: &str) -> Result<String, Fault> {
        let named = match self.found.get(&(kind, id.to_owned())) {
            Some(named) => named.clone(),
            None => {
                let named = directory::look_up(tx, kind, id)?;
                self.found.insert((kind, id.to_owned()), named.clone());
                named
            }
        };
        let Some(named) = named else { return Ok(id.to_owned()) };
        let name = if self.english { named.en.or(named.fr) } else { named.fr };
        Ok(name.unwrap_or_else(|| id.to_owned()))
    }

    /// The name of an author.
    pub(crate) fn of_author(&mut self, tx: &mut Tx<'_>, author: &Author) -> Result<String, Fault> {
        match author {
            Author::Body { body } => self.of(tx, Kind::Body, body.as_str()),
            Author::Organisation { organisation } => self.of(tx, Kind::Organisation, organisation.as_str()),
            Author::Named { name } => Ok(name.clone()),
        }
    }
}

/// A condition with its values.
pub(super) struct Conditions {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    fn add(&mut self, text: &str, values: &[&dyn ToValue]) {
        let mut text = text.to_owned();
        for value in values {
            self.values.push(value.to_value());
            // Placeholders are numbered in the order in which conditions are added.
            text = text.replacen("{}", &format!("?{}", self.values.len()), 1);
        }
        self.text.push_str(if self.text.is_empty() { " WHERE " } else { " AND " });
        self.text.push_str(&text);
    }
}

pub(super) fn conditions(filter: &Filter, order: Order) -> Conditions {
    let mut all = Conditions { text: String::new(), values: Vec::new() };
    if let Some(body) = &filter.addressee {
        all.add(
            "r.id IN (SELECT a.recommendation FROM recommendation_addressee a WHERE a.body = {})",
            &[body],
        );
    }
    if let Some(organisation) = &filter.cosigner {
        all.add(
            "r.id IN (SELECT c.recommendation FROM recommendation_cosigner c WHERE c.organisation = {})",
            &[organisation],
        );
    }
    if let Some((kind, id)) = filter.author.as_deref().and_then(|author| author.split_once(':')) {
        all.add("r.author_kind = {} AND r.author_id = {}", &[&kind, &id]);
    }
    if let Some(theme) = &filter.theme {
        all.add("r.theme = {}", &[theme]);
    }
    if let Some(place) = &filter.place {
        all.add("r.id IN (SELECT w.recommendation FROM recommendation_place w WHERE w.place = {})", &[place]);
    }
    if let Some(year) = &filter.year {
        all.add("r.year = {}", &[year]);
    }
    if let Some(exercise) = &filter.exercise {
        all.add("r.exercise = {}", &[exercise]);
    }
    if let Some(open) = &filter.open {
        all.add("r.is_open = {}", &[open]);
    }
    for word in filter.words.iter().take(4) {
        let end = format!("{word}\u{10ffff}");
        all.add(
            "r.id IN (SELECT s.id FROM search_word s WHERE s.word >= {} AND s.word < {} AND s.kind = {})",
            &[word, &end, &"recommendation"],
        );
    }
    match (order, &filter.after) {
        (Order::Adoption, Some(after)) => all.add("r.sort_key < {}", &[after]),
        (Order::Record, Some(after)) => {
            all.add("r.entry < {}", &[&after.parse::<i64>().unwrap_or(i64::MAX)]);
        }
        (_, None) => {}
    }
    all
}

/// The recommendations the filter finds, at most `most`.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    order: Order,
    most: usize,
    names: &mut Names,
) -> Result<Vec<Listed>, Fault> {
    let Conditions { text, values } = conditions(filter, order);
    rows(tx, &text, &values, order, most, names)
}

/// The author's recommendations that have not reached every addressee yet.
pub(crate) fn untransmitted(
    tx: &mut Tx<'_>,
    author: (&str, &str),
    most: usize,
    names: &mut Names,
) -> Result<Vec<Listed>, Fault> {
    let text =
        " WHERE r.author_kind = ?1 AND r.author_id = ?2 AND r.is_open = ?3 AND r.transmitted < r.addressed";
    rows(tx, text, values![author.0, author.1, true], Order::Adoption, most, names)
}

fn rows(
    tx: &mut Tx<'_>,
    conditions: &str,
    values: &[Value],
    order: Order,
    most: usize,
    names: &mut Names,
) -> Result<Vec<Listed>, Fault> {
    let order = if order == Order::Adoption { "r.sort_key" } else { "r.entry" };
    let sql = format!(
        "SELECT r.id, r.sort_key, e.bytes, r.author_kind, r.author_id, r.theme, r.place, r.priority, r.urgent, \
         r.quality, r.adopted_on, r.year, r.document, r.number, r.exercise, r.addressed, r.transmitted, r.is_open, \
         r.updated_on, r.known, r.entry FROM recommendation r LEFT JOIN enclosure e ON e.sha256 = r.title\
         {conditions} ORDER BY {order} DESC LIMIT {most}"
    );
    let mut found = tx.rows(&sql, values, |row| {
        let (kind, quality): (String, Option<String>) = (row.get(3)?, row.get(9)?);
        let (theme, place): (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
        Ok(Listed {
            id: row.get(0)?,
            sort_key: row.get(1)?,
            title: row.get(2)?,
            author: author_of(&kind, row.get(4)?)?,
            author_name: String::new(),
            addressees: Vec::new(),
            theme: theme.map(|id| (id, String::new())),
            place: place.map(|id| (id, String::new())),
            priority: row.get(7)?,
            urgent: row.get(8)?,
            score: quality.map(|quality| super::quality_of(&quality).score()),
            adopted_on: row.get(10)?,
            year: row.get(11)?,
            document: row.get(12)?,
            number: row.get(13)?,
            exercise: row.get(14)?,
            addressed: row.get(15)?,
            transmitted: row.get(16)?,
            open: row.get(17)?,
            updated_on: row.get(18)?,
            known: row.get(19)?,
            entry: row.get(20)?,
        })
    })?;
    for row in &mut found {
        name(tx, row, names)?;
    }
    Ok(found)
}

fn name(tx: &mut Tx<'_>, row: &mut Listed, names: &mut Names) -> Result<(), Fault> {
    row.author_name = names.of_author(tx, &row.author)?;
    if let Some((id, name)) = &mut row.theme {
        *name = names.of(tx, Kind::Theme, id)?;
    }
    if let Some((id, name)) = &mut row.place {
        *name = names.of(tx, Kind::Place, id)?;
    }
    let bodies: Vec<String> = tx.rows(
        "SELECT body FROM recommendation_addressee WHERE recommendation = ?1 ORDER BY rank",
        values![row.id],
        |row| row.get(0),
    )?;
    for body in bodies {
        let name = names.of(tx, Kind::Body, &body)?;
        row.addressees.push((body, name));
    }
    Ok(())
}

/// The values of a facet that most recommendations have, with how many.
pub(crate) fn facets(tx: &mut Tx<'_>, facet: &str, most: usize) -> Result<Vec<(String, i64)>, Fault> {
    let sql = format!(
        "SELECT value, items FROM recommendation_facet WHERE facet = ?1 ORDER BY items DESC, value LIMIT {most}"
    );
    tx.rows(&sql, values![facet], |row| Ok((row.get(0)?, row.get(1)?)))
}
