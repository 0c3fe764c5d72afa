//! Kinds of body, how many of each a text requires, and the bodies: those named one by one, and one per
//! place.

use std::collections::HashMap;

use terms::institutions::{BodyEstablished, BodyKindSet, PlaceNamed, RequiredStated};
use terms::{Bilingual, BodyId, Day, SeatCode};

use crate::read::Known;
use crate::schema::{BODIES, BODY_KINDS, REQUIRED_COUNTS};
use crate::settings::Settings;
use crate::sheet::{Reading, rows};

const FUNCTIONS: [&str; 8] =
    ["steering", "executive", "cell", "consultative", "authority", "oversight", "legislature", "other"];

/// How many bodies of a kind its text requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// The text fixes no number, or it was not read.
    Unknown,
    /// One in the country.
    One,
    /// One in each place of the kind's level: these bodies are generated.
    OnePerPlace,
}

/// A kind of body, with what the record's word does not carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// What is said on the record.
    pub set: BodyKindSet,
    /// How many are required.
    pub requirement: Requirement,
    /// First day; unknown where absent.
    pub from: Option<Day>,
    /// Its line in `body_kinds.csv`.
    pub(crate) line: u64,
}

pub(crate) fn kinds(reading: &mut Reading<'_>, known: &mut Known) -> Vec<Kind> {
    let requirements =
        [("", Requirement::Unknown), ("one", Requirement::One), ("one-per-place", Requirement::OnePerPlace)];
    let Known { kinds: ids, levels, sources, .. } = known;
    let table = rows(reading, &BODY_KINDS, |row| {
        let id: Option<BodyId> = row.id("id", ids);
        let (fr, level) = (row.text("fr"), row.maybe("level"));
        if let Some(level) = level.as_deref().filter(|level| !levels.has(level)) {
            row.fault("level", levels.unknown(level));
        }
        let function = row.must_listed("function", &FUNCTIONS);
        let requirement = row.word("required", &requirements);
        if requirement == Some(Requirement::OnePerPlace) && level.is_none() {
            row.fault("level", "un organe par lieu demande un niveau".into());
        }
        let meets_every = row.listed("meets_every", &["month", "quarter"]);
        let (from, source) = (row.day("valid_from"), row.must_link("source", sources));
        let chair = row.maybe("chair").and_then(|_| row.slug("chair"));
        let requirement = requirement?;
        let set = BodyKindSet {
            id: id?.into(),
            name: Bilingual { fr: fr?, en: row.maybe("en") },
            level,
            function: function?,
            required: requirement != Requirement::Unknown,
            meets_every,
            chair: chair.as_deref().and_then(|code| SeatCode::parse(code).ok()),
            source,
        };
        Some(Kind { set, requirement, from, line: row.line })
    });
    if !table.readable {
        ids.open();
    }
    if !table.complete {
        // The bodies of a kind that was not taken were not generated: those who refer to them are not to
        // blame.
        known.bodies.open();
    }
    table.rows
}

pub(crate) fn required(reading: &mut Reading<'_>, known: &Known, kinds: &[Kind]) -> Vec<RequiredStated> {
    rows(reading, &REQUIRED_COUNTS, |row| {
        let kind: Option<BodyId> = row.must_link("body_kind", &known.kinds);
        let level = row.text("level");
        if let Some(level) = level.filter(|level| !known.levels.has(level)) {
            row.fault("level", known.levels.unknown(&level));
        } else if let (Some(kind), level) = (&kind, row.cell("level").to_owned())
            && let Some(kind) = kinds.iter().find(|found| found.set.id == kind.as_str())
            && kind.set.level.as_deref() != Some(level.as_str())
        {
            row.fault("level", format!("« {level} » n’est pas le niveau de la sorte « {} »", kind.set.id));
        }
        let count = row.must_number("count");
        let (from, to) = row.period();
        let source = row.must_link("source", &known.sources);
        Some(RequiredStated { kind: kind?.into(), count: count?, from, to, source })
    })
    .rows
}

/// The bodies named one by one, then one per place for the kinds that have one in each.
pub(crate) fn bodies(
    reading: &mut Reading<'_>,
    known: &mut Known,
    settings: &Settings,
    kinds: &[Kind],
    places: &[PlaceNamed],
) -> Vec<BodyEstablished> {
    let Known { bodies: ids, kinds: kind_ids, places: place_ids, sources, .. } = known;
    let table = rows(reading, &BODIES, |row| {
        let id = row.id("id", ids);
        let kind: Option<BodyId> = row.must_link("kind", kind_ids);
        let (name, place) = (row.text("name"), row.link("place", place_ids));
        let (from, to) = row.period();
        let source = row.must_link("source", sources);
        Some(BodyEstablished {
            id: id?,
            kind: kind?.into(),
            name: Bilingual::same(&name?),
            place,
            from,
            to,
            source,
            note: row.maybe("note"),
            exercise: false,
        })
    });
    if !table.readable {
        ids.open();
    }
    let mut bodies = table.rows;
    for kind in kinds.iter().filter(|kind| kind.requirement == Requirement::OnePerPlace) {
        let names = settings.body_names.iter().find(|names| names.kind == kind.set.id);
        let here = places.iter().filter(|place| Some(&place.level) == kind.set.level.as_ref());
        for place in here {
            let name = match names {
                Some(names) => Bilingual {
                    fr: names.fr.replace("{place}", &place.name),
                    en: names.en.as_ref().map(|en| en.replace("{place}", &place.name)),
                },
                None => Bilingual {
                    fr: format!("{} — {}", kind.set.name.fr, place.name),
                    en: kind.set.name.en.as_ref().map(|en| format!("{en} — {}", place.name)),
                },
            };
            match generate(kind, place, name) {
                Ok(Some(body)) => match ids.give(body.id.as_str(), kind.line) {
                    Ok(()) => bodies.push(body),
                    Err(message) => {
                        reading.fault(BODY_KINDS.file, Some(kind.line), Some("required"), message);
                    }
                },
                Ok(None) => {}
                Err(message) => reading.fault(BODY_KINDS.file, Some(kind.line), Some("id"), message),
            }
        }
    }
    bodies
}

/// The body of this kind in this place; none where the place was gone before one was required.
fn generate(kind: &Kind, place: &PlaceNamed, name: Bilingual) -> Result<Option<BodyEstablished>, String> {
    let from = kind.from.max(place.from);
    if let (Some(from), Some(to)) = (from, place.to)
        && to <= from
    {
        return Ok(None);
    }
    let id = BodyId::parse(&format!("{}-{}", kind.set.id, place.id)).map_err(|fault| fault.to_string())?;
    Ok(Some(BodyEstablished {
        id,
        kind: kind.set.id.clone(),
        name,
        place: Some(place.id.clone()),
        from,
        to: place.to,
        source: kind.set.source.clone(),
        note: None,
        exercise: false,
    }))
}

/// The kind of each body, for those who check a seat or a composition against it.
pub(crate) fn kind_of(bodies: &[BodyEstablished]) -> HashMap<&str, &BodyEstablished> {
    bodies.iter().map(|body| (body.id.as_str(), body)).collect()
}

/// Who presides is a seat of the kind.
pub(crate) fn check_chairs(reading: &mut Reading<'_>, kinds: &[Kind], has_seat: impl Fn(&str, &str) -> bool) {
    for kind in kinds {
        if let Some(chair) = kind.set.chair.as_ref().filter(|chair| !has_seat(&kind.set.id, chair.as_str())) {
            let message =
                format!("« {chair} » n’est pas un siège de la sorte « {} » dans seats.csv", kind.set.id);
            reading.fault(BODY_KINDS.file, Some(kind.line), Some("chair"), message);
        }
    }
}
