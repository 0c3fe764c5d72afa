//! `toguna promote`: a copy of a record becomes the place where it is written.

use std::path::Path;

use record::{Folder, succession};
use terms::instance::SuccessionGround;
use toguna::instance::machine_clock;
use toguna::rooms::TABLES;

use crate::commands::mirror::state::State;
use crate::ending::Ending;
use crate::progress::{bar, result, say};

/// A new key is in the folder, and what custodians are to sign in the file.
///
/// **Errors** no copy there, or one that has its key; the file is there already; the system refused.
pub(crate) fn prepare(
    data: &Path,
    file: &Path,
    ground: SuccessionGround,
    address: Option<String>,
) -> Result<(), Ending> {
    if file.exists() {
        return Err(Ending::Refused(format!("« {} » existe déjà", file.display())));
    }
    let folder = Folder::of(data)?;
    if !folder.holds_instance() {
        return Err(record::Fault::Absent(data.display().to_string()).into());
    }
    record::examine(&folder, &mut bar("Examen du fichier"))?;
    let statement = succession::prepare(&folder, address, ground)?;
    let seen = State::of(data, None)?.newest();
    if seen > statement.size {
        say(&format!(
            "Attention : ce miroir sait que l’original avait signé {seen} entrées, et n’en a que {}. Cherchez d’abord un miroir qui les \
             a : ceux qui les gardent refuseront une succession plus courte.",
            statement.size
        ));
    }
    std::fs::write(file, statement.to_string()).map_err(|error| record::Fault::file(file, &error))?;
    say(&format!(
        "Acte de succession écrit dans « {0} ». Chaque gardien le signe hors ligne (« toguna custodian sign {0} --key CLÉ ») ; puis : \
         toguna promote --data {1} --succession {0}",
        file.display(),
        data.display()
    ));
    result(&statement.to_string())
}

/// The record goes on here.
///
/// **Errors** as [`succession::promote`]; the statement says another address than the one given.
pub(crate) fn run(data: &Path, file: &Path, address: Option<&str>) -> Result<(), Ending> {
    let signed = std::fs::read_to_string(file).map_err(|error| record::Fault::file(file, &error))?;
    let said = signed.lines().find_map(|line| line.strip_prefix("address "));
    if address.is_some() && address != said {
        return Err(Ending::Refused(
            "l’acte de succession dit une autre adresse : les gardiens signent celle que donne --prepare"
                .into(),
        ));
    }
    let folder = Folder::of(data)?;
    let says = succession::promote(
        &folder,
        &TABLES,
        machine_clock(),
        &signed,
        &mut bar("Reconstruction des tables"),
    )?;
    // Nobody is copied any more.
    State::forget(data)?;
    say(&format!(
        "Le registre continue ici : l’entrée {} est la première de la nouvelle clé. Les comptes de l’ancien serveur n’y sont pas : \
         « toguna invite --data {} --behalf gardien --role steward » rouvre la porte. Donnez la nouvelle clé aux témoins et aux miroirs :",
        says.size,
        data.display()
    ));
    result(&format!("{}\n", says.verifier_key))
}
