//! The commands, a file each.

mod audit;
mod demo;
mod due;
mod export;
mod import;
mod invite;
mod new;
mod replay;
mod serve;
mod survival;
mod verify;

use crate::cli::{Command, ExportWhat, ImportWhat};
use crate::ending::Ending;

/// The command has run.
///
/// **Errors** those of the command.
pub(crate) fn run(command: Command) -> Result<(), Ending> {
    match command {
        Command::Demo { data, port, no_serve } => demo::run(&data, port, no_serve),
        Command::New { dir, pack } => new::run(&dir, &pack),
        Command::Serve { data, port, listen, public_address } => {
            serve::run(&data, std::net::SocketAddr::new(listen, port), public_address)
        }
        Command::Audit { data, as_of, format } => audit::run(&data, as_of, format),
        Command::Import { what: ImportWhat::Recommendations { file, data } } => {
            import::recommendations(&file, &data)
        }
        Command::Import { what: ImportWhat::Holidays { file, data } } => import::holidays(&file, &data),
        Command::Export { what: ExportWhat::Matrice { data, format } } => export::matrice(&data, format),
        Command::Replay { check: _, data } => replay::check(&data),
        Command::Verify { dir } => verify::run(&dir),
        Command::Due { from, rule, data, format } => due::run(from, &rule, data.as_deref(), format),
        Command::Survival { file } => survival::run(&file),
        Command::Invite { data, behalf, role } => invite::run(&data, &behalf, &role),
    }
}
