//! `toguna replay --check`: do the tables hold what the record makes of them?

use std::path::Path;

use record::{Fault, Folder};
use toguna::rooms::TABLES;

use crate::ending::Ending;
use crate::progress::{bar, result};

/// The tables equal the record.
///
/// **Errors** they do not, with the first difference; no instance; the file cannot be read.
pub(crate) fn check(data: &Path) -> Result<(), Ending> {
    let folder = Folder::at(data);
    if !folder.holds_instance() {
        return Err(Fault::Absent(data.display().to_string()).into());
    }
    match record::replay::check(&folder.database(), &TABLES, &mut bar("Rejeu du registre"))? {
        None => result("Les tables sont égales au registre.\n"),
        Some(difference) => {
            let what =
                if difference.unfounded { "sans fondement dans le registre" } else { "absente de la table" };
            Err(Ending::Fault(format!(
                "la table « {} » diffère du registre. Première ligne {what} : {}",
                difference.table, difference.row
            )))
        }
    }
}
