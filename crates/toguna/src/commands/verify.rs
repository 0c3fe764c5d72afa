//! `toguna verify`: is the record whole, canonical and signed?

use std::path::Path;

use record::verify::Source as _;
use record::{Folder, Kept};

use crate::ending::Ending;
use crate::progress::{bar, result};

/// The file is sound and the record whole.
///
/// **Errors** it is not, with the first line that fails; no instance; the file cannot be read.
pub(crate) fn run(dir: &Path) -> Result<(), Ending> {
    let folder = Folder::at(dir);
    // Pages that no entry stands on may be damaged too: figures come from them.
    record::examine(&folder, &mut bar("Examen du fichier"))?;
    let mut source = Kept::open(&folder)?;
    let mut moved = bar("Vérification");
    let all = signed_size(&mut source);
    let whole = record::verify::verify(&mut source, &mut |done| moved(done, all.max(done + 1)));
    moved(all, all);
    match whole {
        Ok(whole) => result(&format!(
            "Registre entier et signé : {}\n  entrées            {}\n  racine             {}\n  pièces présentes   {}\n  \
             pièces retirées    {}\n",
            whole.origin, whole.size, whole.root, whole.enclosures, whole.withdrawn
        )),
        Err(broken) => Err(Ending::Fault(format!("le registre ne se vérifie pas : {broken}"))),
    }
}

/// How many entries the newest checkpoint says it covers: for the bar alone, nothing is believed of it.
fn signed_size(source: &mut Kept) -> u64 {
    let notes = source.checkpoints().unwrap_or_default();
    notes.iter().filter_map(|note| note.lines().nth(1)?.parse().ok()).max().unwrap_or(0)
}
