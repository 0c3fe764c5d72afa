//! What an import must know before it reads: the bodies and their names, the themes, the clocks, today.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use record::directory::{self, Kind, sort_key};
use record::{Fault, Tx};
pub(crate) use sheets::cut;
use terms::recommendations::Author;
use terms::{BodyId, Day, PlaceId, RecommendationId, SourceId};
use web::Clocks;

use super::look::Look;
use crate::acts::{Addressed, Adoption, Asked, Scored, TEXT_MAX};
use crate::tables;

/// The kind of body that a State under a universal periodic review is in packs.
const STATE: &str = "etat";

/// Characters of a title made from a text.
const TITLE_CUT: usize = 140;

/// What is known before reading.
pub(crate) struct Ground {
    pub(crate) file_name: String,
    pub(crate) today: Day,
    pub(crate) clocks: Clocks,
    bodies: HashMap<String, BTreeSet<BodyId>>,
    exercise: BTreeSet<BodyId>,
    places: HashMap<BodyId, Vec<PlaceId>>,
    states: BTreeMap<String, BodyId>,
    themes: BTreeMap<String, String>,
    sources: BTreeSet<String>,
}

/// Why a name is no addressee.
pub(crate) enum Nobody {
    /// The record knows none of this name.
    Unknown,
    /// It knows several.
    Several(Vec<BodyId>),
}

impl Ground {
    /// What the record knows now.
    pub(crate) fn load(tx: &mut Tx<'_>, file_name: &str, today: Day) -> Result<Self, Fault> {
        let mut ground = Self {
            file_name: file_name.to_owned(),
            today,
            clocks: Clocks::load(tx)?,
            bodies: HashMap::new(),
            exercise: BTreeSet::new(),
            places: HashMap::new(),
            states: BTreeMap::new(),
            themes: BTreeMap::new(),
            sources: BTreeSet::new(),
        };
        for named in directory::all(tx, Kind::Body)? {
            let Ok(id) = BodyId::parse(&named.id) else { continue };
            for name in [Some(named.id.clone()), named.fr, named.en].into_iter().flatten() {
                ground.bodies.entry(sort_key(&name)).or_default().insert(id.clone());
            }
            if named.exercise {
                ground.exercise.insert(id.clone());
            }
            if let Some(place) = named.place {
                ground.places.insert(id, directory::places_around(tx, &place)?);
            }
        }
        ground.load_states(tx)?;
        for theme in directory::all(tx, Kind::Theme)? {
            for name in [Some(theme.id.clone()), theme.fr, theme.en].into_iter().flatten() {
                ground.themes.insert(sort_key(&name), theme.id.clone());
            }
        }
        ground.sources = directory::all(tx, Kind::Source)?.into_iter().map(|source| source.id).collect();
        Ok(ground)
    }

    /// States by the names of the place they are the State of.
    fn load_states(&mut self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        for (id, place) in tables::bodies_of_kind(tx, STATE)? {
            if let Some(country) = id.as_str().strip_prefix("etat-") {
                self.states.insert(country.replace('-', " "), id.clone());
            }
            let Some(place) = place else { continue };
            self.states.insert(sort_key(place.as_str()), id.clone());
            if let Some(named) = directory::look_up(tx, Kind::Place, place.as_str())? {
                for name in [named.fr, named.en].into_iter().flatten() {
                    self.states.insert(sort_key(&name), id.clone());
                }
            }
        }
        Ok(())
    }

    /// The body of this id or name.
    pub(crate) fn body(&self, name: &str) -> Result<BodyId, Nobody> {
        let found = self.bodies.get(&sort_key(name)).ok_or(Nobody::Unknown)?;
        let mut those = found.iter();
        match (those.next(), those.next()) {
            (Some(one), None) => Ok(one.clone()),
            _ => Err(Nobody::Several(found.iter().cloned().collect())),
        }
    }

    /// The State of this name.
    pub(crate) fn state(&self, name: &str) -> Option<BodyId> {
        self.states.get(&sort_key(name)).cloned()
    }

    /// The State that the file's name begins with, and that beginning.
    pub(crate) fn state_in_name(&self) -> Option<(BodyId, String)> {
        let stem = self.stem();
        let words: Vec<&str> = stem.split(' ').collect();
        (1..=words.len()).rev().find_map(|many| {
            let name = words.get(..many)?.join(" ");
            Some((self.states.get(&name)?.clone(), name))
        })
    }

    /// The file's name without folder and suffix, as names are compared.
    pub(crate) fn stem(&self) -> String {
        let name = self.file_name.rsplit(['/', '\\']).next().unwrap_or_default();
        sort_key(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
    }

    /// The theme of this id or name.
    pub(crate) fn theme(&self, name: &str) -> Option<String> {
        self.themes.get(&sort_key(name)).cloned()
    }

    /// The source of this id.
    pub(crate) fn source(&self, id: &str) -> Option<SourceId> {
        SourceId::parse(id).ok().filter(|source| self.sources.contains(source.as_str()))
    }

    /// The addressees a cell names; those that nobody is are told, and the others taken.
    pub(crate) fn addressees(&self, names: &[&str], column: &str, look: &mut Look) -> Vec<BodyId> {
        let mut bodies: Vec<BodyId> = Vec::new();
        let mut unknown = Vec::new();
        for name in names {
            match self.body(name) {
                Ok(body) if bodies.contains(&body) => {
                    let message = format!("« {} » est nommé deux fois", cut(name, 80));
                    look.notes(column, message, "il est repris une fois");
                }
                Ok(body) => bodies.push(body),
                Err(Nobody::Unknown) => {
                    unknown.push(format!("destinataire « {} » inconnu du registre", cut(name, 80)));
                }
                Err(Nobody::Several(those)) => {
                    let ids: Vec<&str> = those.iter().map(BodyId::as_str).collect();
                    unknown.push(format!(
                        "« {} » peut être {} : écrivez l’identifiant",
                        cut(name, 80),
                        ids.join(" ou ")
                    ));
                }
            }
        }
        for message in unknown {
            if bodies.is_empty() {
                look.stops(column, message);
            } else {
                look.notes(column, message, "la ligne est reprise pour les autres destinataires");
            }
        }
        if names.is_empty() {
            look.stops(column, "aucun destinataire");
        }
        bodies
    }

    /// A recommendation of one point, to these bodies, as documents have them.
    pub(crate) fn adoption(
        &self,
        id: RecommendationId,
        author: String,
        text: String,
        bodies: &[BodyId],
        year: i16,
    ) -> Adoption {
        let places = bodies.iter().find_map(|body| self.places.get(body)).cloned().unwrap_or_default();
        let author = match self.body(&author) {
            Ok(body) => Author::Body { body },
            Err(_) => Author::Named { name: author },
        };
        Adoption {
            id,
            author,
            places,
            title: title_of(&text),
            grounds: None,
            means: None,
            points: vec![Asked { text, indicator: None, deadline: None }],
            addressees: bodies
                .iter()
                .map(|body| Addressed { body: body.clone(), competence: None })
                .collect(),
            theme: None,
            priority: 0,
            urgent: false,
            scored: Scored::Unscored,
            cosigners: Vec::new(),
            evidence: Vec::new(),
            adopted_on: None,
            year,
            sitting: None,
            document: None,
            source: None,
            exercise: bodies.iter().any(|body| self.exercise.contains(body)),
        }
    }

    /// The last day of a year, or today when the year is not over: by then the document was public.
    pub(crate) fn end_of(&self, year: i16) -> Day {
        Day::new(year, 12, 31).map_or(self.today, |day| day.min(self.today))
    }
}

/// The beginning of a text as a title, cut between words.
pub(crate) fn title_of(text: &str) -> String {
    let text = text.trim().trim_end_matches([';', '.', ',']).trim();
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= TITLE_CUT {
        return line.to_owned();
    }
    let short: String = line.chars().take(TITLE_CUT).collect();
    let end = short.rfind(' ').unwrap_or(short.len());
    format!("{}…", short.get(..end).unwrap_or(&short).trim_end_matches([',', ';', ' ']))
}

/// The text as part of an id: at most `most` bytes of lower-case letters, digits and dashes.
pub(crate) fn slug(text: &str, most: usize) -> String {
    let ascii = sort_key(text).replace('œ', "oe").replace('æ', "ae").replace(' ', "-");
    let sound: String = ascii.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(most).collect();
    sound.trim_matches('-').to_owned()
}

/// The day that `JJ/MM/AAAA`, `AAAA-MM-JJ`, `12 mars 2025` or `12 March 2025` spells.
pub(crate) fn day_of(text: &str) -> Option<Day> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let month = month.parse().ok().or_else(|| month_of(month))?;
    Day::new(year.parse().ok()?, month, day.trim_end_matches("er").parse().ok()?).ok()
}

fn month_of(name: &str) -> Option<i8> {
    const FRENCH: [&str; 12] = [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ];
    const ENGLISH: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let key = sort_key(name);
    let at = |months: [&str; 12]| months.iter().position(|month| *month == key);
    i8::try_from(at(FRENCH).or_else(|| at(ENGLISH))? + 1).ok()
}

/// The text stops the line when it is over the size.
pub(crate) fn too_long(text: &str, column: &str, most: usize, look: &mut Look) {
    let count = text.chars().count();
    if count > most {
        look.stops(column, format!("texte de {count} caractères, {most} au plus"));
    }
}

/// Characters that a number, a name or a document's symbol may have: these are labels, and an entry has room for few.
pub(crate) const LABEL_MAX: usize = 300;

/// The label stops the line when it is over the size.
pub(crate) fn label<'a>(cell: &'a str, column: &str, look: &mut Look) -> &'a str {
    too_long(cell, column, LABEL_MAX, look);
    cell
}

/// The text, or what stops the line: nothing in it, or too much.
pub(crate) fn text_of<'a>(text: &'a str, column: &str, look: &mut Look) -> &'a str {
    if text.is_empty() {
        look.stops(column, "texte vide");
    }
    too_long(text, column, TEXT_MAX, look);
    text
}

/// The year, where it is one that is past or present.
pub(crate) fn year_of(cell: &str, column: &str, ground: &Ground, look: &mut Look) -> Option<i16> {
    let year = cell.parse::<i16>().ok().filter(|year| (1900..=ground.today.year()).contains(year));
    look.needs(year, column, || format!("« {} » n’est pas une année passée", cut(cell, 20)))
}

/// The day that is past or today; other text is told and left out.
pub(crate) fn past_day(cell: &str, column: &str, ground: &Ground, look: &mut Look) -> Option<Day> {
    let day = day_of(cell).filter(|day| *day <= ground.today);
    if day.is_none() && !cell.is_empty() {
        let message = format!("« {} » n’est pas une date passée", cut(cell, 40));
        look.notes(column, message, "la ligne est reprise sans elle");
    }
    day
}

/// Ids made from a document and a number; where a file gives one number to several texts, their rank follows.
#[derive(Default)]
pub(crate) struct Ids(HashMap<String, u32>);

impl Ids {
    /// The id of the next text of this number, and its rank among those of the same number, from 1.
    pub(crate) fn next(
        &mut self,
        beginning: &str,
        number: &str,
        column: &str,
        look: &mut Look,
    ) -> Option<(RecommendationId, u32)> {
        let number = slug(number, 24);
        let base = format!("{beginning}-{}", if number.is_empty() { "s-n" } else { &number });
        let rank = self.0.entry(base.clone()).or_default();
        *rank += 1;
        let id = if *rank == 1 { base } else { format!("{base}-r{rank}") };
        let id = RecommendationId::parse(&id).ok().map(|id| (id, *rank));
        look.needs(id, column, || "aucun identifiant ne se fait de cette ligne".to_owned())
    }
}
