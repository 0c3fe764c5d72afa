//! `toguna audit`: the indicators, as tables, JSON or CSV.

use std::path::Path;
use std::time::Duration;

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, Table};
use record::Shelf;
use terms::Day;
use toguna::instance::{look, machine_clock};

use crate::cli::AuditFormat;
use crate::ending::Ending;
use crate::progress::{bar, result, say};

/// The audit is on standard output.
///
/// **Errors** no instance; the day has not come; the tables cannot be read.
pub(crate) fn run(data: &Path, as_of: Option<Day>, format: AuditFormat) -> Result<(), Ending> {
    let reading = look(data, &mut bar("Reconstruction des tables"))?;
    let today = reading.zone.day_of(machine_clock()());
    if let Some(day) = as_of.filter(|day| *day > today) {
        let day = calendar::day_fr(day);
        return Err(Ending::Refused(format!(
            "--as-of : le {day} n’est pas encore venu ; le registre ne dit que ce qui était tenu et su jusqu’à aujourd’hui."
        )));
    }
    result(&text(&reading.shelf, today, as_of, format)?)
}

/// The audit as text.
///
/// **Errors** the tables cannot be read.
pub(crate) fn text(
    shelf: &Shelf,
    today: Day,
    as_of: Option<Day>,
    format: AuditFormat,
) -> Result<String, Ending> {
    let languages = toguna::instance::languages()?;
    let day = as_of.unwrap_or(today);
    let shelf = if day < today { shelf.as_of(day, Duration::ZERO)? } else { shelf.clone() };
    let values = shelf.read(|tx| indicators::audit(tx, day, &languages, web::Language::French))?;
    Ok(match format {
        AuditFormat::Json => {
            serde_json::to_string_pretty(&values).map_err(|error| Ending::Fault(error.to_string()))? + "\n"
        }
        AuditFormat::Csv => indicators::csv(&values),
        AuditFormat::Table => tables(&values, day),
    })
}

fn tables(values: &[indicators::Value], day: Day) -> String {
    say(&format!("Audit au {} — inconnu n’est jamais compté comme zéro", calendar::day_fr(day)));
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(indicators::TABLE_HEAD);
    for value in values {
        table.add_row(indicators::table_row(value));
    }
    format!("{table}\n")
}
