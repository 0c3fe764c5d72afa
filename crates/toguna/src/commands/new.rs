//! `toguna new`: an empty instance from a pack.

use std::path::Path;

use record::Fault;
use terms::Behalf;
use terms::access::Role;
use toguna::instance::{create, machine_clock, open};

use crate::ending::Ending;
use crate::progress::{bar, result, say};

/// The pack of this name or in this folder.
///
/// **Errors** no such pack; every fault in it, with file, line and column.
pub(crate) fn read_pack(pack: &str) -> Result<pack::Pack, Ending> {
    let files = pack::find(pack).map_err(|fault| Ending::Refused(fault.to_string()))?;
    pack::Pack::read(files.as_ref(), machine_clock()()).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Ending::Refused(format!(
            "le pack « {pack} » a {} défaut(s) :\n  {}",
            faults.len(),
            lines.join("\n  ")
        ))
    })
}

/// The instance is in the folder, and a first invitation on standard output.
///
/// **Errors** a bad pack; an instance there already; the system refused.
pub(crate) fn run(dir: &Path, pack: &str) -> Result<(), Ending> {
    let files = pack::find(pack).map_err(|fault| Ending::Refused(fault.to_string()))?;
    let pack = read_pack(pack)?;
    create(dir, files.as_ref(), &pack, machine_clock(), &mut bar("Versement du pack"), |_| {
        Ok::<(), Fault>(())
    })?;
    let (record, _) = open(dir, machine_clock(), &mut bar("Reconstruction des tables"))?;
    let path = access::first_invitation(&record, "", Behalf::Instance, Role::Steward, super::invite::DAYS)?;
    record.close();
    say(&format!("Instance créée dans « {} ».", dir.display()));
    say(
        "Servez-la (« toguna serve --data DOSSIER »), puis ouvrez ce lien pour devenir la première gardienne ou le premier gardien :",
    );
    result(&format!("{path}\n"))
}
