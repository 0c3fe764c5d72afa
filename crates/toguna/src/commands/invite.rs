//! `toguna invite`: an invitation link, for whoever runs the machine.

use std::path::Path;

use terms::access::Role;
use terms::{Behalf, BodyId, OrganisationId};
use toguna::instance::{machine_clock, open};

use crate::ending::Ending;
use crate::progress::{bar, result};

/// Days for which an invitation made here opens.
pub(crate) const DAYS: u16 = 14;

/// The link's path is on standard output.
///
/// **Errors** a behalf or role that is none; no instance.
pub(crate) fn run(data: &Path, behalf: &str, role: &str) -> Result<(), Ending> {
    let role = Role::parse(role).ok_or_else(|| {
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
        Ending::Refused(format!("aucun rôle « {role} » ; il y a : {}", roles.join(", ")))
    })?;
    let behalf = parse(behalf)?;
    let (record, _) = open(data, machine_clock(), &mut bar("Reconstruction des tables"))?;
    let path = access::first_invitation(&record, "", behalf, role, DAYS)?;
    record.close();
    result(&format!("{path}\n"))
}

fn parse(behalf: &str) -> Result<Behalf, Ending> {
    let refused = |why: String| Ending::Refused(why);
    match behalf.split_once(':') {
        None if behalf == "gardien" => Ok(Behalf::Instance),
        Some(("instance", id)) => {
            Ok(Behalf::Body { body: BodyId::parse(id).map_err(|error| refused(error.to_string()))? })
        }
        Some(("organisation", id)) => {
            let organisation = OrganisationId::parse(id).map_err(|error| refused(error.to_string()))?;
            Ok(Behalf::Organisation { organisation })
        }
        _ => Err(refused(format!("« {behalf} » : écrivez gardien, instance:ID ou organisation:ID"))),
    }
}
