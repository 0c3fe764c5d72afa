//! The directory: what every named thing is called, where it stands, and the words that find it.
//!
//! Rooms do not read each other's tables; what they may all look up about anything with a name is here.

mod merged;

use terms::recommendations::Author;
use terms::{Commitment, Mark, PlaceId, Sealed, Word};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::{Fault, Tx, values};

pub use merged::{goes_on_as, merged_into, mergers};

/// What kinds of things have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A place.
    Place,
    /// A body or office.
    Body,
    /// A kind of body.
    BodyKind,
    /// An organisation.
    Organisation,
    /// A recommendation.
    Recommendation,
    /// A person who may act.
    Person,
    /// A public source.
    Source,
    /// A theme.
    Theme,
    /// A clock rule.
    Rule,
    /// A cause for which clocks pause.
    PauseCause,
    /// A level of the territory.
    Level,
}

impl Kind {
    /// The word in the directory's tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Body => "body",
            Self::BodyKind => "body-kind",
            Self::Organisation => "organisation",
            Self::Recommendation => "recommendation",
            Self::Person => "person",
            Self::Source => "source",
            Self::Theme => "theme",
            Self::Rule => "rule",
            Self::PauseCause => "pause-cause",
            Self::Level => "level",
        }
    }

    /// The folder of the kind's pages, without slashes; `None` for what has no page of its own.
    #[must_use]
    pub const fn folder(self) -> Option<&'static str> {
        match self {
            Self::Place => Some("lieux"),
            Self::Body => Some("instances"),
            Self::Organisation => Some("organisations"),
            Self::Recommendation => Some("recommandations"),
            Self::Source => Some("sources"),
            Self::BodyKind | Self::Person | Self::Theme | Self::Rule | Self::PauseCause | Self::Level => None,
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [
            Self::Place,
            Self::Body,
            Self::BodyKind,
            Self::Organisation,
            Self::Recommendation,
            Self::Person,
            Self::Source,
            Self::Theme,
            Self::Rule,
            Self::PauseCause,
            Self::Level,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
    }
}

/// A thing as the directory knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What kind of thing.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its French name; `None` when it was withdrawn.
    pub fr: Option<String>,
    /// Its English name, where it differs.
    pub en: Option<String>,
    /// The place it serves, or the place itself lies in.
    pub place: Option<PlaceId>,
    /// Whether it is part of an exercise.
    pub exercise: bool,
    /// Index of the entry that named it.
    pub entry: u64,
    /// How far a source was checked; `None` for everything else.
    pub mark: Option<Mark>,
    /// The level of a place, the kind of a body, by its id.
    pub sort: Option<String>,
}

impl Named {
    /// The address of its page, without language.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        self.kind.folder().map(|folder| format!("/{folder}/{}", self.id))
    }

    /// The level of the place, the kind of the body; none for other things.
    ///
    /// **Errors** the database refused.
    pub fn look_up_sort(&self, tx: &mut Tx<'_>) -> Result<Option<Self>, Fault> {
        let kind = match self.kind {
            Kind::Place => Kind::Level,
            Kind::Body => Kind::BodyKind,
            _ => return Ok(None),
        };
        match &self.sort {
            Some(sort) => look_up(tx, kind, sort),
            None => Ok(None),
        }
    }
}

const COLUMNS: &str = "n.kind, n.id, n.fr, n.en, n.title, e.bytes, coalesce(n.place, n.up), n.exercise, n.entry, n.mark, n.sort \
                       FROM named n LEFT JOIN enclosure e ON e.sha256 = n.title";

fn named(row: &crate::Row<'_>) -> Result<Named, Fault> {
    let kind: String = row.get(0)?;
    let title: Option<String> = row.get(4)?;
    Ok(Named {
        kind: Kind::parse(&kind).ok_or_else(|| Fault::Value(format!("genre inconnu : {kind}")))?,
        id: row.get(1)?,
        fr: if title.is_some() { row.get(5)? } else { row.get(2)? },
        en: row.get(3)?,
        place: row.get(6)?,
        exercise: row.get(7)?,
        entry: row.get(8)?,
        mark: row.get::<Option<String>>(9)?.as_deref().and_then(Mark::parse),
        sort: row.get(10)?,
    })
}

/// The thing of this kind and id, if the record has named it.
///
/// **Errors** the database refused.
pub fn look_up(tx: &mut Tx<'_>, kind: Kind, id: &str) -> Result<Option<Named>, Fault> {
    let sql = format!("SELECT {COLUMNS} WHERE n.kind = ?1 AND n.id = ?2");
    tx.row(&sql, values![kind.as_str(), id], named)
}

/// Whether the thing of this kind and id is part of an exercise; `false` too when the record has not named it.
///
/// **Errors** the database refused.
pub fn is_exercise(tx: &mut Tx<'_>, kind: Kind, id: &str) -> Result<bool, Fault> {
    let sql = "SELECT exercise FROM named WHERE kind = ?1 AND id = ?2";
    Ok(tx.row(sql, values![kind.as_str(), id], |row| row.get(0))?.unwrap_or(false))
}

/// Every thing of this kind, by name; of organisations that are one, the one under whose id they go on.
///
/// **Errors** the database refused.
pub fn all(tx: &mut Tx<'_>, kind: Kind) -> Result<Vec<Named>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE n.kind = ?1 AND NOT (n.kind = 'organisation' AND n.id IN (SELECT id FROM merged)) \
         ORDER BY n.fr, n.id"
    );
    tx.rows(&sql, values![kind.as_str()], named)
}

/// The place and every larger place around it, smallest first, as the division stood last.
///
/// **Errors** the database refused.
pub fn places_around(tx: &mut Tx<'_>, place: &PlaceId) -> Result<Vec<PlaceId>, Fault> {
    let mut around = vec![place.clone()];
    // A chain longer than the levels of any country is a loop in the data; it is cut rather than followed.
    while around.len() < 10 {
        let last = around.last().map_or("", |p| p.as_str()).to_owned();
        let up: Option<Option<PlaceId>> =
            tx.row("SELECT up FROM named WHERE kind = 'place' AND id = ?1", values![last], |row| row.get(0))?;
        match up.flatten() {
            Some(up) if !around.contains(&up) => around.push(up),
            _ => break,
        }
    }
    Ok(around)
}

/// The things that every word of `asked` finds by its beginning, at most `most`, by kind then name.
///
/// **Errors** the database refused.
pub fn search(tx: &mut Tx<'_>, asked: &str, most: usize) -> Result<Vec<Named>, Fault> {
    found(tx, asked, None, most)
}

/// The things of one kind that every word of `asked` finds by its beginning, at most `most`, by name.
///
/// **Errors** the database refused.
pub fn search_kind(tx: &mut Tx<'_>, kind: Kind, asked: &str, most: usize) -> Result<Vec<Named>, Fault> {
    found(tx, asked, Some(kind), most)
}

/// What a person means who writes `text` where a thing of this kind is asked for: the thing of this id; else those of this
/// very name, accents and case aside; else those that the text finds, at most `most`.
///
/// **Errors** the database refused.
pub fn called(tx: &mut Tx<'_>, kind: Kind, text: &str, most: usize) -> Result<Vec<Named>, Fault> {
    if let Some(named) = look_up(tx, kind, text.trim())? {
        return going_on(tx, vec![named]);
    }
    // « Ségou (Commune) », as pages write it where a name is that of several.
    if let Some((name, sort)) = text.trim().strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        let mut of_sort = Vec::new();
        for named in called(tx, kind, name, 50)? {
            if sort_name(tx, &named)?.is_some_and(|names| names.contains(&sort_key(sort))) {
                of_sort.push(named);
            }
        }
        if !of_sort.is_empty() {
            of_sort.truncate(most);
            return Ok(of_sort);
        }
    }
    let mut all = found(tx, text, Some(kind), most.max(50))?;
    let wanted = sort_key(text);
    let is_exact = |named: &Named| named.fr.as_deref().is_some_and(|name| sort_key(name) == wanted);
    if all.iter().any(is_exact) {
        all.retain(is_exact);
    }
    all.truncate(most);
    Ok(all)
}

/// The keys of the names of the thing's level or kind.
fn sort_name(tx: &mut Tx<'_>, named: &Named) -> Result<Option<[String; 2]>, Fault> {
    let sort = named.look_up_sort(tx)?;
    Ok(sort.map(|sort| [sort.fr, sort.en].map(|name| sort_key(name.as_deref().unwrap_or_default()))))
}

/// The places that `text` may mean, as [`called`] finds them, the widest first: a region before the commune of its name.
///
/// **Errors** the database refused.
pub fn places_called(tx: &mut Tx<'_>, text: &str, most: usize) -> Result<Vec<Named>, Fault> {
    let mut placed = Vec::new();
    for named in called(tx, Kind::Place, text, most)? {
        let around = match PlaceId::parse(&named.id) {
            Ok(place) => places_around(tx, &place)?.len(),
            Err(_) => 0,
        };
        placed.push((around, named));
    }
    placed.sort_by_key(|(around, _)| *around);
    Ok(placed.into_iter().map(|(_, named)| named).collect())
}

fn found(tx: &mut Tx<'_>, asked: &str, kind: Option<Kind>, most: usize) -> Result<Vec<Named>, Fault> {
    let mut words = fold(asked);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.truncate(4);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = format!("SELECT DISTINCT {COLUMNS}");
    let mut bound = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let (low, high) = (2 * i + 1, 2 * i + 2);
        sql.push_str(&format!(
            " JOIN search_word w{i} ON w{i}.kind = n.kind AND w{i}.id = n.id AND w{i}.word >= ?{low} AND w{i}.word < ?{high}"
        ));
        bound.push(word.as_str().to_owned());
        bound.push(format!("{word}\u{10ffff}"));
    }
    if let Some(kind) = kind {
        sql.push_str(&format!(" WHERE n.kind = ?{}", bound.len() + 1));
        bound.push(kind.as_str().to_owned());
    }
    sql.push_str(&format!(" ORDER BY n.kind, n.fr, n.id LIMIT {most}"));
    let bound: Vec<_> = bound.iter().map(crate::ToValue::to_value).collect();
    let found = tx.rows(&sql, &bound, named)?;
    going_on(tx, found)
}

/// What was found, each organisation that goes on under another's id as that one, and once.
fn going_on(tx: &mut Tx<'_>, found: Vec<Named>) -> Result<Vec<Named>, Fault> {
    let mut standing: Vec<Named> = Vec::with_capacity(found.len());
    for mut named in found {
        if named.kind == Kind::Organisation
            && let Some(root) = goes_on_as(tx, &named.id)?
            && let Some(kept) = look_up(tx, Kind::Organisation, &root)?
        {
            named = kept;
        }
        if !standing.iter().any(|other| other.kind == named.kind && other.id == named.id) {
            standing.push(named);
        }
    }
    Ok(standing)
}

/// The words of a text as search compares them: lower case, without accents, letters and digits only.
#[must_use]
pub fn fold(text: &str) -> Vec<String> {
    let mut words: Vec<String> = plain(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1)
        .map(str::to_owned)
        .collect();
    words.sort();
    words.dedup();
    words
}

/// The text as lists sort it and as names are compared: lower case, without accents, single spaces for all else.
#[must_use]
pub fn sort_key(text: &str) -> String {
    let plain = plain(text);
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn plain(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

struct Line<'a> {
    kind: Kind,
    id: &'a str,
    fr: Option<&'a str>,
    en: Option<&'a str>,
    title: Option<Commitment>,
    place: Option<&'a str>,
    exercise: bool,
    mark: Option<Mark>,
    sort: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn new(kind: Kind, id: &'a str, fr: &'a str) -> Self {
        let fr = Some(fr);
        Self { kind, id, fr, en: None, title: None, place: None, exercise: false, mark: None, sort: None }
    }

    fn titled(kind: Kind, id: &'a str, title: Commitment) -> Self {
        Self { title: Some(title), fr: None, ..Self::new(kind, id, "") }
    }
}

fn line(word: &Word) -> Option<Line<'_>> {
    use Word as W;
    Some(match word {
        W::LevelSet(l) => Line { en: l.name.en.as_deref(), ..Line::new(Kind::Level, &l.id, &l.name.fr) },
        W::PlaceNamed(p) => Line {
            exercise: p.exercise,
            sort: Some(&p.level),
            ..Line::new(Kind::Place, p.id.as_str(), &p.name)
        },
        W::BodyKindSet(k) => {
            Line { en: k.name.en.as_deref(), ..Line::new(Kind::BodyKind, &k.id, &k.name.fr) }
        }
        W::BodyEstablished(b) => Line {
            en: b.name.en.as_deref(),
            place: b.place.as_ref().map(PlaceId::as_str),
            exercise: b.exercise,
            sort: Some(&b.kind),
            ..Line::new(Kind::Body, b.id.as_str(), &b.name.fr)
        },
        W::OrganisationRegistered(o) => Line {
            place: o.place.as_ref().map(PlaceId::as_str),
            exercise: o.exercise,
            ..Line::new(Kind::Organisation, o.id.as_str(), &o.name)
        },
        W::RecommendationAdopted(r) => Line {
            place: r.places.first().map(PlaceId::as_str),
            exercise: r.exercise,
            ..Line::titled(Kind::Recommendation, r.id.as_str(), r.title.sha256)
        },
        W::PersonEnrolled(p) => Line::titled(Kind::Person, p.id.as_str(), p.name.sha256),
        W::SourceCited(s) => Line { mark: Some(s.mark), ..Line::new(Kind::Source, s.id.as_str(), &s.title) },
        W::ThemeSet(t) => Line { en: t.name.en.as_deref(), ..Line::new(Kind::Theme, &t.id, &t.name.fr) },
        W::ClockRuleSet(c) => {
            Line { en: c.name.en.as_deref(), ..Line::new(Kind::Rule, c.id.as_str(), &c.name.fr) }
        }
        W::PauseCauseSet(c) => {
            Line { en: c.name.en.as_deref(), ..Line::new(Kind::PauseCause, &c.id, &c.name.fr) }
        }
        _ => return None,
    })
}

/// The entry's names, places and search words are in the directory.
pub(crate) fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    apply_names(tx, sealed)?;
    let word = &sealed.entry.word;
    if let Some(line) = line(word) {
        index(tx, word, &line)?;
    }
    if let Word::EnclosureWithdrawn(w) = word {
        tx.settle()?;
        tx.run(
            "DELETE FROM search_word WHERE EXISTS (SELECT 1 FROM named n WHERE n.title = ?1 \
             AND n.kind = search_word.kind AND n.id = search_word.id)",
            values![w.sha256],
        )?;
    }
    Ok(())
}

/// The entry's names and places are in the directory, and what it withdrew; its search words are not.
pub(crate) fn apply_names(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    let word = &sealed.entry.word;
    if let Some(line) = line(word) {
        tx.run(
            "INSERT INTO named (kind, id, fr, en, title, place, up, exercise, entry, mark, sort) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7, ?8, ?9, ?10) \
             ON CONFLICT (kind, id) DO UPDATE SET fr = excluded.fr, en = excluded.en, title = excluded.title, \
             place = excluded.place, exercise = excluded.exercise, mark = excluded.mark, \
             sort = excluded.sort",
            values![
                line.kind.as_str(), line.id, line.fr, line.en, line.title, line.place, line.exercise, sealed.index,
                line.mark.map(Mark::as_str), line.sort
            ],
        )?;
    }
    match word {
        Word::PlaceJoined(joined) if joined.to.is_none() => {
            tx.run(
                "UPDATE named SET up = ?2 WHERE kind = 'place' AND id = ?1",
                values![joined.place, joined.parent],
            )?;
        }
        Word::OrganisationsMerged(_) | Word::OrganisationsParted(_) => merged::apply(tx, word, sealed.index)?,
        Word::EnclosureWithdrawn(w) => {
            tx.run(
                "INSERT INTO withdrawn (sha256, ground, decided_by, ordered_by, known, entry, held_by) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (sha256) DO NOTHING",
                values![w.sha256, w.ground, w.decided_by, w.ordered_by, sealed.known, sealed.index, w.entry],
            )?;
        }
        _ => {}
    }
    Ok(())
}

fn index(tx: &mut Tx<'_>, word: &Word, line: &Line<'_>) -> Result<(), Fault> {
    let mut text = match (line.kind, line.title) {
        // Names of persons and of the pack's own small lists are not what people search for.
        (Kind::Person | Kind::Theme | Kind::Rule | Kind::PauseCause, _)
        | (Kind::BodyKind | Kind::Source | Kind::Level, _) => return Ok(()),
        (_, Some(title)) => crate::enclosures::text(tx, &title)?.unwrap_or_default(),
        (_, None) => format!("{} {}", line.fr.unwrap_or_default(), line.en.unwrap_or_default()),
    };
    match word {
        Word::PlaceNamed(place) => text.push_str(&format!(" {}", place.variants.join(" "))),
        Word::OrganisationRegistered(o) => {
            text.push_str(&format!(" {}", o.acronym.as_deref().unwrap_or_default()));
        }
        Word::RecommendationAdopted(r) => {
            if let Some(document) = &r.document {
                let number = document.number.as_deref().unwrap_or_default();
                text.push_str(&format!(" {} {number}", document.symbol));
            }
            if let Author::Named { name } = &r.author {
                text.push_str(&format!(" {name}"));
            }
        }
        _ => {}
    }
    for found in fold(&text) {
        tx.add(
            "INSERT INTO search_word (word, kind, id) VALUES (?1, ?2, ?3) ON CONFLICT (word, kind, id) DO NOTHING",
            values![found, line.kind.as_str(), line.id],
            &[],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_compared_without_accents() {
        assert_eq!(
            super::fold("Ségou, l’Éclairage du Marché n° 12"),
            ["12", "du", "eclairage", "marche", "segou"]
        );
        assert_eq!(super::fold("  — !"), Vec::<String>::new());
    }

    #[test]
    fn names_are_compared_without_accents_and_marks() {
        assert_eq!(super::sort_key("  Fédération des collectifs d’ONG"), "federation des collectifs d ong");
        assert_eq!(super::sort_key("Fédération des collectifs d'ONG "), "federation des collectifs d ong");
        assert_ne!(super::sort_key("Kita"), super::sort_key("Kati"));
    }
}
