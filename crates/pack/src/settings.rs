//! `pack.toml`: the country, its levels, the names of generated bodies.

use record::verify::custodian_keys;
use serde::Deserialize;
use terms::Bilingual;
use terms::Day;
use terms::instance::Custodians;
use terms::institutions::LevelSet;

use crate::PackFault;
use crate::keyed::{Keyed, absent, parse, text_of};
use crate::sheet::{Ids, Reading, no_day, no_word, parse_day};

pub(crate) const FILE: &str = "pack.toml";

/// Days of the week in the order of ISO 8601, 1 = Monday.
const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Before this day no pack that says nothing is read as knowing anything.
const KNOWN_FROM: Day = jiff::civil::date(1900, 1, 1);

/// What a pack says of its country as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The pack's id.
    pub id: String,
    /// The title of an instance made from it.
    pub title: Bilingual,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// IANA zone in which the pack's days are counted.
    pub zone: String,
    /// Languages, the first one first.
    pub languages: Vec<String>,
    /// Days of the week without work, 1 = Monday … 7 = Sunday.
    pub weekend: Vec<u8>,
    /// The C2SP origin of the log.
    pub origin: String,
    /// The day from which everything that has no beginning is known: a view of any later day has it.
    pub known_from: Day,
    /// Who can hand the record on; nobody where the pack names none.
    pub custodians: Option<Custodians>,
    /// Names of generated bodies, by kind, with `{place}` where the place's name goes.
    pub body_names: Vec<BodyName>,
}

/// How the bodies of a kind that are generated for each place are called.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyName {
    /// The kind of body.
    pub kind: String,
    /// In French, with `{place}`.
    pub fr: String,
    /// In English, with `{place}`.
    pub en: Option<String>,
}

impl Settings {
    /// What stands for settings that could not be read, while the other files' faults are looked for.
    fn unread() -> Self {
        Self {
            id: String::new(),
            title: Bilingual::same(""),
            country: String::new(),
            zone: String::new(),
            languages: Vec::new(),
            weekend: Vec::new(),
            origin: String::new(),
            known_from: KNOWN_FROM,
            custodians: None,
            body_names: Vec::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    title_fr: String,
    title_en: Option<String>,
    country: String,
    zone: String,
    languages: Vec<String>,
    weekend: Vec<String>,
    origin: String,
    known_from: Option<String>,
    custodians: Option<Custodians>,
    #[serde(default)]
    body_names: Vec<BodyName>,
    #[serde(default)]
    levels: Vec<Level>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Level {
    id: String,
    fr: String,
    en: Option<String>,
    rank: u8,
}

/// The settings and the levels, as far as the file could be read; the levels' ids are given to `ids`.
pub(crate) fn read(reading: &mut Reading<'_>, ids: &mut Ids) -> (Settings, Vec<LevelSet>) {
    match take(reading, ids) {
        Ok(read) => read,
        Err(fault) => {
            // Which levels there are is not known: the other files are not blamed for theirs.
            ids.open();
            reading.faults.add(fault);
            (Settings::unread(), Vec::new())
        }
    }
}

fn take(reading: &mut Reading<'_>, ids: &mut Ids) -> Result<(Settings, Vec<LevelSet>), PackFault> {
    let text = text_of(reading.files, FILE)?.ok_or_else(|| absent(reading.files, FILE))?;
    let (file, mut keyed) = parse::<File>(reading.files, FILE, &text)?;
    let levels = levels(reading, &mut keyed, &file, ids);
    check(reading, &mut keyed, &file);
    let weekend = weekend(reading, &mut keyed, &file);
    let known_from = known_from(reading, &mut keyed, &file);
    let settings = Settings {
        id: file.id,
        title: Bilingual { fr: file.title_fr, en: file.title_en },
        country: file.country,
        zone: file.zone,
        languages: file.languages,
        weekend,
        origin: file.origin,
        known_from,
        custodians: file.custodians,
        body_names: file.body_names,
    };
    Ok((settings, levels))
}

fn levels(reading: &mut Reading<'_>, keyed: &mut Keyed<'_>, file: &File, ids: &mut Ids) -> Vec<LevelSet> {
    let mut levels: Vec<LevelSet> = Vec::new();
    for level in &file.levels {
        let name = Bilingual { fr: level.fr.clone(), en: level.en.clone() };
        if ids.give(&level.id, 0).is_err() {
            reading.faults.add(keyed.repeated("id", &level.id));
        } else if let Err(fault) = terms::PlaceId::parse(&level.id) {
            reading.faults.add(keyed.fault("id", &level.id, fault.to_string()));
        }
        if let Some(fault) = keyed.check_text("fr", &level.fr) {
            reading.faults.add(fault);
        }
        levels.push(LevelSet { id: level.id.clone(), name, rank: level.rank });
    }
    levels.sort_by_key(|level| level.rank);
    if levels.iter().filter(|level| level.rank == 0).count() != 1 {
        let message = "il faut un niveau de rang 0, le pays, et un seul".to_owned();
        reading.faults.add(keyed.fault("rank", "0", message));
    }
    levels
}

fn check(reading: &mut Reading<'_>, keyed: &mut Keyed<'_>, file: &File) {
    if let Err(fault) = terms::PlaceId::parse(&file.id) {
        reading.faults.add(keyed.fault("id", &file.id, fault.to_string()));
    }
    if file.country.len() != 2 || !file.country.bytes().all(|b| b.is_ascii_uppercase()) {
        let message = format!("« {} » n’est pas un code de pays à deux lettres (ISO 3166-1)", file.country);
        reading.faults.add(keyed.fault("country", &file.country, message));
    }
    if jiff::tz::TimeZoneDatabase::bundled().get(&file.zone).is_err() {
        let message = format!("« {} » n’est pas un fuseau horaire connu (IANA)", file.zone);
        reading.faults.add(keyed.fault("zone", &file.zone, message));
    }
    if file.origin.is_empty() || file.origin.contains(|c: char| c.is_whitespace() || c == '+') {
        let message =
            format!("« {} » n’est pas un nom de registre : ni vide, ni espace, ni « + »", file.origin);
        reading.faults.add(keyed.fault("origin", &file.origin, message));
    }
    if let Some(custodians) = &file.custodians
        && let Err(why) = custodian_keys(custodians)
    {
        let value = custodians.threshold.to_string();
        reading.faults.add(keyed.fault("threshold", &value, why));
    }
    if file.languages.is_empty() {
        reading.faults.add(keyed.fault("languages", "[]", "il faut au moins une langue".into()));
    }
    for (key, text) in [("title_fr", Some(&file.title_fr)), ("title_en", file.title_en.as_ref())] {
        if let Some(fault) = text.and_then(|text| keyed.check_text(key, text)) {
            reading.faults.add(fault);
        }
    }
}

fn weekend(reading: &mut Reading<'_>, keyed: &mut Keyed<'_>, file: &File) -> Vec<u8> {
    let mut days = Vec::new();
    for name in &file.weekend {
        match WEEK.iter().zip(1..).find(|(day, _)| *day == name) {
            Some((_, number)) => days.push(number),
            None => reading.faults.add(keyed.fault("weekend", name, no_word(name, WEEK))),
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}

fn known_from(reading: &mut Reading<'_>, keyed: &mut Keyed<'_>, file: &File) -> Day {
    let Some(text) = &file.known_from else { return KNOWN_FROM };
    parse_day(text).unwrap_or_else(|| {
        reading.faults.add(keyed.fault("known_from", text, no_day(text)));
        KNOWN_FROM
    })
}

/// The kinds that names are given for are kinds of the pack, and each name has a place for the place's.
pub(crate) fn check_names(reading: &mut Reading<'_>, settings: &Settings, kinds: &Ids) {
    let Ok(Some(text)) = text_of(reading.files, FILE) else { return };
    let Ok((_, mut keyed)) = parse::<File>(reading.files, FILE, &text) else { return };
    for name in &settings.body_names {
        if !kinds.has(&name.kind) {
            reading.faults.add(keyed.fault("kind", &name.kind, kinds.unknown(&name.kind)));
        }
        for (key, pattern) in [("fr", Some(&name.fr)), ("en", name.en.as_ref())] {
            if let Some(pattern) = pattern.filter(|pattern| !pattern.contains("{place}")) {
                let message = format!("« {pattern} » ne contient pas {{place}}");
                reading.faults.add(keyed.fault(key, pattern, message));
            }
        }
    }
}
