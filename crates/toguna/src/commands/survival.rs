//! `toguna survival`: Kaplan–Meier steps, median, restricted mean and log-rank of a CSV, as JSON.

use std::path::Path;

use statistics::{Observation, kaplan_meier, log_rank};

use crate::ending::Ending;
use crate::progress::result;

/// Days over which the restricted mean is taken, unless every duration is shorter.
const TAU: f64 = 180.0;

/// The statistics are on standard output.
///
/// **Errors** the file cannot be read; a header or row that is not `duration,event[,group]`, named with its line.
pub(crate) fn run(file: &Path) -> Result<(), Ending> {
    let bytes = super::import::read(file)?;
    let groups = parse(&bytes)?;
    let all: Vec<Observation> = groups.iter().flat_map(|(_, observations)| observations.clone()).collect();
    let mut object = curve(&all)?;
    if groups.len() > 1 {
        let mut each = serde_json::Map::new();
        for (name, observations) in &groups {
            each.insert(name.clone(), curve(observations)?);
        }
        object["groups"] = each.into();
        object["log_rank"] = match log_rank(&groups) {
            Ok(test) => serde_json::to_value(test).map_err(|error| Ending::Fault(error.to_string()))?,
            Err(refusal) => serde_json::json!({ "refused": refusal.to_string() }),
        };
    }
    result(&format!("{object:#}\n"))
}

fn curve(observations: &[Observation]) -> Result<serde_json::Value, Ending> {
    let curve = kaplan_meier(observations).map_err(|refusal| Ending::Refused(refusal.to_string()))?;
    let rmst = curve.rmst(TAU);
    Ok(serde_json::json!({
        "n": curve.n,
        "events": curve.events,
        "median": curve.median(),
        "q25": curve.quantile(0.25),
        "rmst": { "value": rmst.value, "tau": rmst.tau, "truncated": rmst.truncated, "std_error": rmst.std_error },
        "steps": curve.steps,
    }))
}

/// The line on which the row begins: what ends the line before, and empty lines, still stand ahead of its position.
fn line_of(bytes: &[u8], row: &csv::StringRecord) -> u64 {
    let Some(position) = row.position() else { return 0 };
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = bytes.get(at..).unwrap_or_default();
    let ahead = rest.iter().take_while(|byte| b"\r\n".contains(byte)).filter(|byte| **byte == b'\n').count();
    position.line() + ahead as u64
}

type Groups = Vec<(String, Vec<Observation>)>;

fn parse(bytes: &[u8]) -> Result<Groups, Ending> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let refused = |line: u64, what: &str| Ending::Refused(format!("ligne {line} : {what}"));
    let no_text = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        refused(line, "le fichier n’est pas en UTF-8 ; dans le tableur, enregistrez-le sous « CSV UTF-8 »")
    };
    let header = reader.headers().map_err(no_text)?.clone();
    let place = |name: &str| header.iter().position(|column| column.trim_start_matches('\u{feff}') == name);
    let (Some(duration), Some(event)) = (place("duration"), place("event")) else {
        return Err(refused(1, "l’en-tête attendu est duration,event ou duration,event,group"));
    };
    let group = place("group");
    let mut groups: Groups = Vec::new();
    for row in reader.records() {
        let row = row.map_err(no_text)?;
        let line = line_of(bytes, &row);
        let cell = |column: usize| row.get(column).unwrap_or_default();
        let duration: f64 = cell(duration)
            .parse()
            .map_err(|_| refused(line, &format!("la durée « {} » n’est pas un nombre", cell(duration))))?;
        if !duration.is_finite() || duration < 0.0 {
            return Err(refused(
                line,
                &format!("la durée « {duration} » doit être un nombre positif ou nul"),
            ));
        }
        let event = match cell(event) {
            "1" | "true" | "oui" => true,
            "0" | "false" | "non" => false,
            other => return Err(refused(line, &format!("l’événement « {other} » doit être 0 ou 1"))),
        };
        let name = group.map_or("", cell);
        match groups.iter_mut().find(|(known, _)| known == name) {
            Some((_, observations)) => observations.push(Observation { duration, event }),
            None => groups.push((name.to_owned(), vec![Observation { duration, event }])),
        }
    }
    if groups.is_empty() {
        return Err(refused(2, "le fichier n’a aucune ligne"));
    }
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(groups)
}
