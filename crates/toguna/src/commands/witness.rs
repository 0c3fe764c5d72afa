//! `toguna witness`: a witness of other records (C2SP tlog-witness).

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use terms::Instant;
use witness::{Witness, WitnessFault};

use super::serve::{at_the_door, listened};
use crate::ending::Ending;
use crate::progress::{result, say};

/// The name of a witness that was given none.
const NAME: &str = "temoin.example";

/// The witness in the folder answers until the process is told to stop.
///
/// **Errors** no witness there, or one already; the port is taken; the system refused.
pub(crate) fn run(data: &Path, listen: SocketAddr, name: Option<&str>, new: bool) -> Result<(), Ending> {
    if new {
        Witness::create(data, name.unwrap_or(NAME)).map_err(told)?;
    }
    let witness = Witness::open(data, seconds).map_err(told)?;
    if let Some(name) = name.filter(|name| *name != witness.name()) {
        let named = witness.name();
        return Err(Ending::Refused(format!(
            "ce témoin s’appelle « {named} », non « {name} » : une clé n’a qu’un nom"
        )));
    }
    result(&format!("{}\n", witness.key()))?;
    if witness.known().map_err(told)?.is_empty() {
        say(&format!(
            "Aucun registre n’est nommé dans « {} » : ajoutez-y une ligne « log CLÉ », puis relancez.",
            data.join("registres").display()
        ));
    }
    let router = witness::router(Arc::new(witness));
    listened(async {
        at_the_door(
            listen,
            router,
            Vec::new(),
            &format!("Le témoin est ouvert : http://{listen} (Ctrl-C pour arrêter)"),
        )
        .await
    })?;
    say("Le témoin est arrêté.");
    Ok(())
}

fn seconds() -> u64 {
    u64::try_from(Instant::now().as_second()).unwrap_or(0)
}

fn told(fault: WitnessFault) -> Ending {
    match fault {
        WitnessFault::System(_) | WitnessFault::Damaged(_) => Ending::Fault(fault.to_string()),
        other => Ending::Refused(other.to_string()),
    }
}
