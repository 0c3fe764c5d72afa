//! The French follow-up matrix (*matrice de suivi des recommandations*), a line a point, as CSV and as a spreadsheet.

use record::directory::Kind;
use record::{Fault, Tx};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use terms::Day;
use terms::answers::Progress;

use crate::acts::MEANS;
use crate::tables::{self, Filter, MatrixLine, Names, matrix_lines};

/// The columns in the order officials know.
///
/// **Source** domain.md 5.2, marked K: known, not checked against one official model.
pub const COLUMNS: [&str; 20] = [
    "N°",
    "Source / réunion (date, PV)",
    "Recommandation (texte)",
    "Axe / thème / objectif SN-RSS",
    "Priorité",
    "Destinataire (structure responsable)",
    "Structures associées",
    "Activités à réaliser",
    "Échéance",
    "Indicateur de réalisation",
    "Source de vérification",
    "Coût / source de financement",
    "État de mise en œuvre",
    "Taux (%)",
    "Difficultés rencontrées",
    "Mesures correctives",
    "Preuves / pièces",
    "Observations",
    "Date de mise à jour",
    "Point focal",
];

/// What marks the lines of an exercise.
pub const EXERCISE: &str = "EXERCICE, faits fictifs";

/// One line of the matrix; a cell for what is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As many cells as [`COLUMNS`].
    pub cells: [String; 20],
}

/// Told how many of how many are done.
pub type Progressed<'a> = &'a mut dyn FnMut(u64, u64);

/// Recommendations read at a time.
const CHUNK: usize = 1_000;

/// The whole matrix, newest recommendations first, as things stood on `as_of`.
///
/// **Shape** the tables of `tx` are those of that day; `as_of` only tells which answers were overdue. `progress` is told how
/// many recommendations of how many are read.
///
/// **Errors** the database refused.
pub fn matrice(tx: &mut Tx<'_>, as_of: Day, progress: Progressed<'_>) -> Result<Vec<Row>, Fault> {
    let all = tables::recommendations_in_all(tx)?;
    let (mut rows, mut after, mut done) = (Vec::new(), None::<String>, 0);
    loop {
        let filter = Filter { after, ..Filter::default() };
        let (mut more, next) = matrice_of(tx, as_of, &filter, CHUNK)?;
        rows.append(&mut more);
        done = all.min(done + CHUNK as u64);
        progress(if next.is_some() { done } else { all }, all);
        match next {
            Some(next) => after = Some(next),
            None => return Ok(rows),
        }
    }
}

/// The whole matrix as of the last day on which the record was written.
///
/// **Errors** the database refused.
pub fn rows(tx: &mut Tx<'_>, progress: Progressed<'_>) -> Result<Vec<Row>, Fault> {
    let written = tables::last_written(tx)?;
    matrice(tx, written.unwrap_or(Day::MIN), progress)
}

/// The lines of at most `most` recommendations that the filter finds, and the cursor of the next.
///
/// **Errors** the database refused.
pub fn matrice_of(
    tx: &mut Tx<'_>,
    as_of: Day,
    filter: &Filter,
    most: usize,
) -> Result<(Vec<Row>, Option<String>), Fault> {
    let lines = matrix_lines(tx, filter, most)?;
    let mut keys: Vec<&str> = lines.iter().map(|line| line.sort_key.as_str()).collect();
    keys.dedup();
    let next = if keys.len() >= most { keys.last().map(|key| (*key).to_owned()) } else { None };
    let mut names = Names::new(false);
    let rows = lines.iter().map(|line| row(tx, line, as_of, &mut names)).collect::<Result<_, _>>()?;
    Ok((rows, next))
}

fn row(tx: &mut Tx<'_>, line: &MatrixLine, as_of: Day, names: &mut Names) -> Result<Row, Fault> {
    let grounds = line.grounds.as_deref().unwrap_or_default();
    let kept = |column: &str| paragraph(grounds, &format!("{column} : "));
    let mut bodies = Vec::new();
    for (body, _) in &line.addressees {
        bodies.push(names.of(tx, Kind::Body, body)?);
    }
    let theme = match &line.theme {
        Some(theme) => names.of(tx, Kind::Theme, theme)?,
        None => kept(COLUMNS[3]),
    };
    let mut cells: [String; 20] = Default::default();
    cells[0] = number(line);
    cells[1] = source(tx, line, names)?;
    cells[2] = text(line);
    cells[3] = theme;
    cells[4] = joined([priority(line.priority).to_owned(), kept("Horizon")]);
    cells[5] = bodies.join(" ; ");
    cells[6] = joined([associated(tx, line, names)?, kept(COLUMNS[6])]);
    cells[7] = kept(COLUMNS[7]);
    cells[8] = line.deadline.map_or_else(|| kept(COLUMNS[8]), day);
    cells[9] = line.indicator.clone().unwrap_or_default();
    cells[10] = kept(COLUMNS[10]);
    cells[11] = joined([paragraph(grounds, MEANS), kept(COLUMNS[11])]);
    cells[12] = joined([state(line), kept(COLUMNS[12])]);
    cells[13] = joined([rate(line), kept(COLUMNS[13])]);
    cells[14] = kept(COLUMNS[14]);
    cells[15] = kept(COLUMNS[15]);
    cells[16] = proofs(line);
    cells[17] = joined([observations(tx, line, as_of, names)?, kept(COLUMNS[17])]);
    cells[18] = day(line.updated_on);
    cells[19] = kept(COLUMNS[19]);
    Ok(Row { cells })
}

/// The paragraph of the grounds that begins so, without its beginning: where imports keep columns that have no word.
fn paragraph(grounds: &str, beginning: &str) -> String {
    let found = grounds.split("\n\n").find_map(|paragraph| paragraph.trim().strip_prefix(beginning));
    found.unwrap_or_default().trim().to_owned()
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ; ")
}

fn number(line: &MatrixLine) -> String {
    let number = line.number.as_deref().unwrap_or(&line.id);
    if line.points > 1 { format!("{number} ({})", line.point) } else { number.to_owned() }
}

fn source(tx: &mut Tx<'_>, line: &MatrixLine, names: &mut Names) -> Result<String, Fault> {
    let author = tables::author_of(&line.author.0, line.author.1.clone())?;
    let author = names.of_author(tx, &author)?;
    let when = line.adopted_on.map_or_else(|| line.year.to_string(), day);
    let sitting = line.sitting.as_ref().map(|sitting| format!("séance {sitting}")).unwrap_or_default();
    let document = line.document.clone().filter(|document| *document != author).unwrap_or_default();
    let parts: Vec<String> =
        [author, when, sitting, document].into_iter().filter(|p| !p.is_empty()).collect();
    Ok(parts.join(", "))
}

fn text(line: &MatrixLine) -> String {
    let asks = line.asks.clone().unwrap_or_else(|| "(texte retiré)".to_owned());
    match &line.title {
        Some(title) if line.points > 1 => format!("{title} — {asks}"),
        _ => asks,
    }
}

fn priority(priority: u8) -> &'static str {
    match priority {
        3 => "haute",
        2 => "moyenne",
        1 => "basse",
        _ => "",
    }
}

fn associated(tx: &mut Tx<'_>, line: &MatrixLine, names: &mut Names) -> Result<String, Fault> {
    let mut all = Vec::new();
    for organisation in &line.cosigners {
        all.push(names.of(tx, Kind::Organisation, organisation)?);
    }
    for body in &line.joined {
        all.push(format!("{} (saisie)", names.of(tx, Kind::Body, body)?));
    }
    Ok(all.join(" ; "))
}

/// The French word of a state.
#[must_use]
pub fn state_fr(state: Progress) -> &'static str {
    match state {
        Progress::NotStarted => "non démarrée",
        Progress::UnderWay => "en cours",
        Progress::PartlyDone => "réalisée partiellement",
        Progress::Done => "réalisée",
        Progress::DoneOtherwise => "réalisée autrement",
        Progress::Abandoned => "abandonnée",
        Progress::Lapsed => "caduque",
        Progress::Regressed => "régressée",
    }
}

/// The newest state on each track, never mixed; empty while nobody has said anything.
fn state(line: &MatrixLine) -> String {
    let newest = |track: &str| {
        let those = line.follow.iter().filter(|(of, ..)| of == track);
        those.max_by_key(|(_, _, _, on, _)| *on).and_then(|(_, _, state, ..)| Progress::parse(state))
    };
    let said = |label: &str, state: Option<Progress>| {
        state.map(|state| format!("{label} : {}", state_fr(state))).unwrap_or_default()
    };
    joined([said("déclaré", newest("declared")), said("constaté", newest("observed"))])
}

/// 100 or 0 where it is certain; what was seen goes before what was said; a part done has no rate.
fn rate(line: &MatrixLine) -> String {
    let of = |track: &str| {
        let those = line.follow.iter().filter(|(of, ..)| of == track);
        those.max_by_key(|(_, _, _, on, _)| *on).map(|(_, _, state, ..)| match Progress::parse(state) {
            Some(Progress::Done | Progress::DoneOtherwise) => "100",
            Some(Progress::NotStarted) => "0",
            _ => "",
        })
    };
    match (of("observed"), of("declared")) {
        (Some(seen), _) => seen.to_owned(),
        (None, Some("")) | (None, None) => String::new(),
        (None, Some(said)) => format!("{said} (déclaré)"),
    }
}

fn proofs(line: &MatrixLine) -> String {
    let seen = line.follow.iter().filter(|(track, ..)| track == "observed");
    let mut all: Vec<String> = line.evidence.0.clone();
    match line.evidence.1 {
        0 => {}
        1 => all.push("1 pièce jointe".to_owned()),
        many => all.push(format!("{many} pièces jointes")),
    }
    all.extend(seen.filter_map(|(_, _, _, on, says)| Some(format!("{} ({})", says.as_ref()?, day(*on)))));
    all.join(" ; ")
}

fn observations(tx: &mut Tx<'_>, line: &MatrixLine, as_of: Day, names: &mut Names) -> Result<String, Fault> {
    let mut all = Vec::new();
    if line.exercise {
        all.push(EXERCISE.to_owned());
    }
    for (body, stance, on) in &line.stances {
        let name = names.of(tx, Kind::Body, body)?;
        all.push(format!("{name}, {} : {}", day(*on), stance_fr(stance)));
    }
    for (body, by) in &line.addressees {
        if let Some(by) = by.filter(|by| *by < as_of)
            && !line.answered.contains(body)
        {
            let name = names.of(tx, Kind::Body, body)?;
            all.push(format!("{name} : sans réponse au {} (attendue le {})", day(as_of), day(by)));
        }
    }
    Ok(all.join(" ; "))
}

fn stance_fr(stance: &str) -> &str {
    match stance {
        "accepted" => "acceptée",
        "accepted-in-part" => "acceptée en partie",
        "accepted-otherwise" => "acceptée autrement",
        "refused-with-reason" => "refusée, motif donné",
        "refused-without-reason" => "refusée sans motif",
        "passed-on" => "renvoyée à une autre autorité",
        "evasive" => "ni acceptée ni refusée",
        "deferred" => "position remise à plus tard",
        "not-competent" => "hors compétence",
        "covered-by-secrecy" => "couverte par le secret",
        other => other,
    }
}

fn day(on: Day) -> String {
    format!("{:02}/{:02}/{:04}", on.day(), on.month(), on.year())
}

/// The matrix as CSV in UTF-8, its header first.
#[must_use]
pub fn csv(rows: &[Row]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(COLUMNS);
    for row in rows {
        let _ = writer.write_record(row.cells.iter().map(|cell| web::harmless(cell.clone())));
    }
    writer.into_inner().unwrap_or_default()
}

/// A sheet's cell holds at most 32,767 characters; a longer text says that it goes on.
fn fitting(cell: &str) -> String {
    match cell.char_indices().nth(32_766) {
        Some((at, _)) if cell[at..].chars().count() > 1 => format!("{}…", &cell[..at]),
        _ => cell.to_owned(),
    }
}

/// The matrix as a spreadsheet: every cell a text, so that nothing in it runs.
///
/// **Errors** more lines than a sheet has (1,048,576).
pub fn xlsx(rows: &[Row]) -> Result<Vec<u8>, Fault> {
    let written = |error: XlsxError| Fault::File(format!("la matrice n’a pas pu être écrite : {error}"));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Matrice de suivi").map_err(written)?;
    let (head, body) = (Format::new().set_bold().set_text_wrap(), Format::new().set_text_wrap());
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &head).map_err(written)?;
        let wide = if column == 2 { 60.0 } else { 22.0 };
        sheet.set_column_width(column, wide).map_err(written)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(&row.cells) {
            if !cell.is_empty() {
                sheet.write_string_with_format(line, column, fitting(cell), &body).map_err(written)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 1).map_err(written)?;
    book.save_to_buffer().map_err(written)
}
