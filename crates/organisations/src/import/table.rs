//! A table of any columns: what each may be is proposed by its header, and the person says otherwise.

use record::directory::sort_key;
use sheets::{Line, Sheet, cut};

use super::{Layout, Refused, Row, Settings, Target, Understood};

/// What headers name, without case, accents and marks.
const HEADERS: [(Target, &[&str]); 9] = [
    (
        Target::Name,
        &[
            "nom",
            "name",
            "denomination",
            "organisation",
            "organisations",
            "structure",
            "intitule",
            "association",
            "nom de l organisation",
            "nom de la structure",
            "nom de l association",
            "raison sociale",
            "osc",
        ],
    ),
    (Target::Acronym, &["sigle", "acronym", "acronyme", "abreviation"]),
    (
        Target::Kind,
        &["sorte", "type", "kind", "categorie", "nature", "type d organisation", "classification"],
    ),
    (
        Target::Founded,
        &["fondation", "founded", "date de creation", "creation", "annee de creation", "cree en"],
    ),
    (Target::LegalForm, &["forme", "forme juridique", "legal form", "statut juridique"]),
    (Target::Place, &["siege", "place", "lieu", "localite", "commune", "ville", "adresse du siege"]),
    (
        Target::Number,
        &[
            "recepisse",
            "numero",
            "n recepisse",
            "numero du recepisse",
            "numero de recepisse",
            "n de recepisse",
            "receipt",
            "identifiant",
            "identifier",
        ],
    ),
    (Target::Umbrella, &["faitiere", "umbrella", "reseau", "coordination", "membre de", "affiliation"]),
    (Target::Note, &["note", "observations", "observation", "remarques", "commentaire"]),
];

fn proposed(key: &str) -> Target {
    let found = HEADERS.iter().find(|(_, names)| names.contains(&key));
    found.map_or(Target::Ignored, |(target, _)| *target)
}

/// What each column is proposed to be; each target but the umbrella is proposed once.
fn mapping(sheet: &Sheet) -> Vec<Target> {
    let mut given: Vec<Target> = Vec::new();
    for key in &sheet.keys {
        let target = proposed(key);
        let again = target != Target::Umbrella && given.contains(&target);
        given.push(if again { Target::Ignored } else { target });
    }
    given
}

/// The cells of the line that are taken for this.
fn cells<'a>(line: &'a Line, mapping: &'a [Target], target: Target) -> impl Iterator<Item = &'a str> {
    let at = mapping.iter().enumerate().filter(move |(_, one)| **one == target).map(|(at, _)| at);
    at.map(|at| line.cell(at).trim()).filter(|cell| !cell.is_empty())
}

pub(super) fn read(bytes: &[u8], settings: &Settings) -> Result<Understood, Refused> {
    let sheet = Sheet::read(bytes)?;
    let mut mapping = settings.mapping.clone().unwrap_or_else(|| mapping(&sheet));
    mapping.resize(sheet.header.len(), Target::Ignored);
    let columns = sheet.header.iter().map(|name| cut(name, 80)).zip(mapping.iter().copied()).collect();
    let mut found = Understood::of(Layout::Table(columns));
    // Without a mapping of the person's the page asks for one; with one, there must be names.
    if !mapping.contains(&Target::Name) {
        return if settings.mapping.is_some() { Err(Refused::Nameless) } else { Ok(found) };
    }
    for (line, column, message) in &sheet.writing {
        found.odd(*line, column, message.clone());
    }
    for (line, cells, wanted) in &sheet.uneven {
        found.odd(
            *line,
            "",
            format!("la ligne compte {cells} cellules, l’en-tête {wanted} ; elle n’est pas reprise"),
        );
    }
    let ignored: Vec<&str> = (sheet.header.iter().zip(&mapping).enumerate())
        .filter(|(at, (_, target))| **target == Target::Ignored && !sheet.is_empty_column(*at))
        .map(|(_, (name, _))| name.as_str())
        .collect();
    if !ignored.is_empty() {
        found.left_out.push(format!("Colonnes non reprises : {}.", cut(&ignored.join(", "), 400)));
    }
    for line in &sheet.lines {
        take(line, &mapping, settings, &mut found);
    }
    found.oddities.sort_by_key(|oddity| oddity.line);
    Ok(found)
}

fn take(line: &Line, mapping: &[Target], settings: &Settings, found: &mut Understood) {
    let first = |target| cells(line, mapping, target).next().map(str::to_owned);
    let mut identifiers = Vec::new();
    for number in cells(line, mapping, Target::Number) {
        match &settings.scheme {
            Some(scheme) => identifiers.push((scheme.clone(), number.to_owned())),
            None => found.odd(
                line.number,
                "numero",
                "dites quel registre a donné ce numéro ; sans cela il n’est pas repris",
            ),
        }
    }
    let umbrellas: Vec<String> = cells(line, mapping, Target::Umbrella)
        .flat_map(|cell| cell.split(['|', ';']))
        .map(str::trim)
        .filter(|name| !sort_key(name).is_empty())
        .map(str::to_owned)
        .collect();
    let row = Row {
        line: line.number,
        name: first(Target::Name).unwrap_or_default(),
        acronym: first(Target::Acronym),
        founded: first(Target::Founded),
        legal_form: first(Target::LegalForm),
        place: first(Target::Place),
        note: first(Target::Note),
        identifiers,
        umbrellas,
        ..Row::default()
    };
    let kind = first(Target::Kind).unwrap_or_default();
    found.take(row, &kind, settings);
}
