//! The commands, a file each.

mod audit;
pub(crate) mod carry;
mod demo;
mod due;
mod export;
mod import;
mod invite;
pub(crate) mod mirror;
mod new;
mod publish;
mod replay;
mod serve;
mod survival;
pub(crate) mod verify;

use crate::cli::{Command, ExportWhat, ImportWhat};
use crate::ending::Ending;

/// The command has run.
///
/// **Errors** those of the command.
pub(crate) fn run(command: Command) -> Result<(), Ending> {
    match command {
        Command::Demo { data, port, no_serve } => demo::run(&data, port, no_serve),
        Command::New { dir, pack } => new::run(&dir, &pack),
        Command::Serve { data, port, listen, public_address, contact, proxies } => {
            let listen = std::net::SocketAddr::new(listen, port);
            let address = public_address.unwrap_or_else(|| format!("http://{listen}"));
            let proxies = proxies.iter().map(std::net::IpAddr::to_canonical).collect();
            let contact = contact.filter(|text| !text.trim().is_empty());
            let setting = toguna::instance::setting(&data, &address);
            serve::run(&data, listen, web::Setting { contact, proxies, ..setting })
        }
        Command::Audit { data, as_of, format } => audit::run(&data, as_of, format),
        Command::Import { what: ImportWhat::Recommendations { file, data } } => {
            import::recommendations(&file, &data)
        }
        Command::Import { what: ImportWhat::Holidays { file, data } } => import::holidays(&file, &data),
        Command::Export { what: ExportWhat::Matrice { data, format } } => export::matrice(&data, format),
        Command::Replay { check: true, data } => replay::check(&data),
        Command::Replay { check: false, data } => replay::rebuild(&data),
        Command::Verify { what, policy, entry } => verify::run(&what, policy.as_deref(), entry.as_deref()),
        Command::Mirror { url, data, serve, port, listen, every, once } => {
            let listen = serve.then(|| std::net::SocketAddr::new(listen, port));
            let every = std::time::Duration::from_secs(every);
            mirror::run(&url, &data, &mirror::Asked { listen, every, once })
        }
        Command::Carry { to: Some(key), data, since, .. } => carry::to(&key, &data, since),
        Command::Carry { from: Some(key), data, .. } => carry::from(&key, &data),
        // The parser demands one of the two.
        Command::Carry { .. } => Err(Ending::Refused("dites --to ou --from".into())),
        Command::Publish { dir, data, address } => publish::run(&dir, &data, address.as_deref()),
        Command::Due { from, rule, data, format } => due::run(from, &rule, data.as_deref(), format),
        Command::Survival { file } => survival::run(&file),
        Command::Invite { data, behalf, role } => invite::run(&data, &behalf, &role),
    }
}
