//! `toguna attachments`: where the files that were sent in lie, whether one is missing, and how they go elsewhere.

use std::path::Path;

use record::{Folder, Stock};
use toguna::rooms::TABLES;

use crate::ending::Ending;
use crate::progress::{bar, result, say};

/// How many missing files are named; the others are counted.
const NAMED: usize = 20;

/// Where the files lie is on standard output; first they were moved, where that was asked.
///
/// **Errors** a file is missing; no instance; held by another process; a store does not answer, refuses, or is another instance's.
pub(crate) fn run(data: &Path, to: Option<&Path>) -> Result<(), Ending> {
    let folder = Folder::of(data)?;
    if let Some(to) = to {
        record::move_files(&folder, to, &TABLES, &mut bar("Déplacement des fichiers"))?;
        say(
            "Les fichiers sont déplacés et l’ancien magasin est vidé. Sur chaque autre serveur de la même base, copiez pieces.toml \
             dans le dossier, puis redémarrez.",
        );
    }
    let (place, stock) = record::files(&folder)?;
    result(&told(&place, &stock))?;
    if stock.missing.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = stock.missing.iter().take(NAMED).map(|sha256| format!("\n  {sha256}")).collect();
    Err(Ending::Fault(format!(
        "{} fichiers manquent dans le magasin. Remettez-les à leur place à partir d’une sauvegarde, ou retirez ces pièces avec \
         « toguna withdraw » :{}",
        stock.missing.len(),
        named.concat()
    )))
}

fn told(place: &str, stock: &Stock) -> String {
    let Stock { stored, bytes, inline, missing, swept } = stock;
    let missing = missing.len();
    format!(
        "Magasin des fichiers joints : {place}\n  fichiers           {stored} ({} Ko)\n  dans la base       {inline}\n  manquants          \
         {missing}\n  restes effacés     {swept}\n",
        bytes.div_ceil(1_000)
    )
}
