//! `toguna replay`: the tables made again from the record; with `--check`, only compared with what it makes of them.

use std::path::Path;

use record::Folder;
use toguna::rooms::TABLES;

use crate::ending::Ending;
use crate::progress::{bar, result, say};

/// The tables equal the record.
///
/// **Errors** they do not, with the first difference; no instance; the file cannot be read.
pub(crate) fn check(data: &Path) -> Result<(), Ending> {
    let folder = Folder::of(data)?;
    record::examine(&folder, &mut bar("Examen du fichier"))?;
    match record::replay::check(&folder, &TABLES, &mut bar("Rejeu du registre"))? {
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

/// The derived tables are made again from the record; the drawers are as they were.
///
/// **Errors** no instance; held by another process; the record itself is damaged; the system refused.
pub(crate) fn rebuild(data: &Path) -> Result<(), Ending> {
    let aside = record::rebuild_tables(&Folder::of(data)?, &TABLES, &mut bar("Rejeu du registre"))?;
    if let Some(aside) = aside {
        say(&format!(
            "Le fichier endommagé est gardé dans « {} ». Effacez-le quand « toguna verify » et « toguna replay --check » \
             passent : un texte retiré plus tard y resterait.",
            aside.display()
        ));
    }
    result("Les tables sont refaites à partir du registre.\n")
}

/// The instance is where it was to go, and not where it was.
///
/// **Errors** no instance there, or one here already; held by another process; either database refused.
pub(crate) fn move_to(from: &Path, to: &str) -> Result<(), Ending> {
    let on_server = to.starts_with("postgres://") || to.starts_with("postgresql://");
    let target = if on_server { Folder::at(from).on_server(to) } else { Folder::at(Path::new(to)) };
    record::move_record(&Folder::of(from)?, &target, &TABLES, &mut bar("Rejeu du registre"))?;
    toguna::instance::keep_outlines(from, target.path())?;
    let folder = target.path().display();
    say(&format!("Servez-la maintenant avec « toguna serve --data {folder} »."));
    if on_server {
        say(&format!(
            "L’ancien fichier est gardé sous le nom « toguna.db.quitte ». Effacez-le quand « toguna verify {folder} » passe : un \
             texte retiré plus tard y resterait."
        ));
    }
    result("L’instance est déplacée.\n")
}
