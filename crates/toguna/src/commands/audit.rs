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

/// How often the bar of a replay moves.
const LOOK_EVERY: Duration = Duration::from_millis(20);

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
    let shelf = if day < today { earlier(shelf, day)? } else { shelf.clone() };
    let values = shelf.read(|tx| indicators::audit(tx, day, &languages, web::Language::French))?;
    Ok(match format {
        AuditFormat::Json => {
            serde_json::to_string_pretty(&values).map_err(|error| Ending::Fault(error.to_string()))? + "\n"
        }
        AuditFormat::Csv => indicators::csv(&values),
        AuditFormat::Table => tables(&values, day),
    })
}

/// The shelf as of an earlier day; whoever watches sees how far its replay is.
fn earlier(shelf: &Shelf, day: Day) -> Result<Shelf, Ending> {
    std::thread::scope(|scope| {
        let replay = scope.spawn(|| shelf.as_of(day, Duration::ZERO));
        let mut moved = bar("Relecture du registre");
        while !replay.is_finished() {
            moved(u64::from(shelf.replayed()).min(99), 100);
            std::thread::sleep(LOOK_EVERY);
        }
        moved(100, 100);
        let replayed = replay.join().map_err(|_| Ending::Fault("la relecture s’est arrêtée".into()))?;
        Ok(replayed?)
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
