//! `toguna import`: what was taken, and every oddity with its line.

use std::path::Path;

use terms::instance::{FeastSet, FeastYearsKnown};
use terms::{Actor, Bilingual, Word};
use toguna::instance::{machine_clock, open};

use crate::ending::{Ending, system_fr};
use crate::progress::{bar, result};

/// Bytes that a file given to a command may have: tables of a hundred thousand lines are a third of it.
const FILE_MAX: u64 = 64 << 20;

/// The bytes of a file that the person named.
///
/// **Errors** it cannot be read; over [`FILE_MAX`].
pub(crate) fn read(file: &Path) -> Result<Vec<u8>, Ending> {
    use std::io::{ErrorKind, Read};
    let refused =
        |why: String| Ending::Refused(format!("« {} » ne peut pas être lu : {why}", file.display()));
    let told = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => refused("ce fichier n’existe pas".into()),
        ErrorKind::IsADirectory => refused("c’est un dossier".into()),
        ErrorKind::PermissionDenied => refused("vous n’avez pas le droit de le lire".into()),
        _ => refused(system_fr(&error)),
    };
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(told)?;
    opened.take(FILE_MAX + 1).read_to_end(&mut bytes).map_err(told)?;
    if bytes.len() as u64 > FILE_MAX {
        let most = FILE_MAX >> 20;
        return Err(refused(format!(
            "il dépasse {most} Mo ; coupez-le en plusieurs fichiers de même en-tête"
        )));
    }
    Ok(bytes)
}

/// The recommendations of the file are on the record; oddities are told.
///
/// **Errors** a file of no known layout; no instance; the record refused.
pub(crate) fn recommendations(file: &Path, data: &Path) -> Result<(), Ending> {
    let bytes = read(file)?;
    let (record, _) = open(data, machine_clock(), &mut bar("Reconstruction des tables"))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let imported =
        recommendations::import::import(&record, &name, &bytes, &mut bar("Import")).map_err(|refused| {
            match refused {
                // A full disk is no fault of the file.
                recommendations::import::Refused::Fault(fault) => fault.into(),
                cut @ recommendations::import::Refused::Cut(..) => Ending::Fault(cut.to_string()),
                refused => Ending::Refused(format!("« {name} » : {refused}")),
            }
        })?;
    let house = toguna::instance::house(record, toguna::instance::setting(data, ""))?;
    let silences = house.keep_time()?;
    house.close();
    let mut text = format!(
        "Recommandations prises : {}\nDéjà au registre : {}\nLignes à revoir : {}\n",
        imported.taken,
        imported.already,
        imported.oddities.len()
    );
    for oddity in &imported.oddities {
        text.push_str(&format!("  {oddity}\n"));
    }
    if silences > 0 {
        text.push_str(&format!("Échéances passées constatées par l’horloge : {silences}\n"));
    }
    result(&text)?;
    match (imported.taken + imported.already, imported.oddities.len()) {
        (0, 0) => Err(Ending::Refused(format!("« {name} » n’a que son en-tête : il n’y a rien à prendre"))),
        (0, _) => Err(Ending::Refused(format!("rien de « {name} » n’a pu être pris : voyez chaque ligne"))),
        _ => Ok(()),
    }
}

/// The years of which the file dates a movable feast that the record knows by this name: due dates near it need no
/// confirmation any more.
fn years_known(calendar: &calendar::Calendar, feasts: &[calendar::Feast]) -> Vec<Word> {
    let years = |set: &calendar::MovableSet| {
        let mut years: Vec<i16> = feasts
            .iter()
            .filter(|feast| feast.name == set.name)
            .filter_map(|feast| match feast.rule {
                calendar::FeastRule::Dated { day } => Some(day.year()),
                _ => None,
            })
            .filter(|year| !set.known.contains(year))
            .collect();
        years.sort_unstable();
        years.dedup();
        years
    };
    let sets =
        calendar.movable.iter().map(|set| FeastYearsKnown { set: set.name.clone(), years: years(set) });
    sets.filter(|known| !known.years.is_empty()).map(Word::FeastYearsKnown).collect()
}

/// The feasts of the calendar file are on the record; oddities are told. A day given for a feast takes the place of one
/// that was only expected.
///
/// **Errors** no feast in the file; no instance; the record refused.
pub(crate) fn holidays(file: &Path, data: &Path) -> Result<(), Ending> {
    let bytes = read(file)?;
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Ending::Refused(format!(
            "« {} », ligne {line} : un calendrier s’écrit en UTF-8, celui-ci ne l’est pas ; exportez-le de nouveau",
            file.display()
        ))
    })?;
    let (feasts, oddities) = calendar::feasts_from_ics(text.strip_prefix('\u{feff}').unwrap_or(text));
    if feasts.is_empty() {
        let first = oddities.first().map(|oddity| format!(" (ligne {} : {})", oddity.line, oddity.message));
        return Err(Ending::Refused(format!(
            "aucun jour férié dans ce fichier{}",
            first.unwrap_or_default()
        )));
    }
    let (record, _) = open(data, machine_clock(), &mut bar("Reconstruction des tables"))?;
    let calendar = record.shelf.read(web::Clocks::load)?.calendar;
    let known = &calendar.feasts;
    let fresh: Vec<_> = feasts
        .iter()
        .filter(|feast| !known.iter().any(|k| k.name == feast.name && k.rule == feast.rule))
        .collect();
    let taken = fresh.len();
    let mut words: Vec<Word> = fresh
        .iter()
        .map(|feast| {
            Word::FeastSet(FeastSet {
                name: Bilingual::same(&feast.name),
                rule: feast.rule,
                since: feast.since,
                until: feast.until,
                mark: None,
                source: None,
            })
        })
        .collect();
    words.extend(years_known(&calendar, &feasts));
    let (already, zone) = (feasts.len() - taken, record.zone.clone());
    record.scribe.seal_now(move |desk| -> Result<(), record::Fault> {
        words.into_iter().try_for_each(|word| desk.append(&zone, Actor::Loader, None, word).map(|_| ()))
    })?;
    record.close();
    let mut text = format!(
        "Jours fériés pris : {taken}\nDéjà connus : {already}\nLignes à revoir : {}\n",
        oddities.len()
    );
    for oddity in &oddities {
        text.push_str(&format!("  ligne {} : {}\n", oddity.line, oddity.message));
    }
    result(&text)
}
