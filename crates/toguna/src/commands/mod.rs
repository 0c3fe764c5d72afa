//! The commands, a file each.

mod attachments;
mod audit;
mod backup;
pub(crate) mod carry;
mod custodian;
mod demo;
mod draw;
mod due;
mod export;
mod import;
mod import_organisations;
mod invite;
pub(crate) mod mirror;
mod new;
mod promote;
mod publish;
mod replay;
mod serve;
mod survival;
pub(crate) mod verify;
mod withdraw;
mod witness;

use std::time::Duration;

use ::witness::asking::Rhythm;

use crate::cli::{Command, CustodianWhat, ExportWhat, ImportWhat, Serving};
use crate::ending::Ending;

/// The command has run.
///
/// **Errors** those of the command.
pub(crate) fn run(command: Command) -> Result<(), Ending> {
    match command {
        Command::Demo { data, port, no_serve } => demo::run(&data, port, no_serve),
        Command::New { dir, pack } => new::run(&dir, &pack),
        Command::Serve(asked) => serving(asked),
        Command::Witness { data, port, listen, name, new } => {
            witness::run(&data, std::net::SocketAddr::new(listen, port), name.as_deref(), new)
        }
        Command::Promote { data, prepare: Some(file), ground: Some(ground), address, .. } => {
            promote::prepare(&data, &file, ground.into(), address)
        }
        Command::Promote { data, succession: Some(file), address, .. } => {
            promote::run(&data, &file, address.as_deref())
        }
        Command::Promote { .. } => Err(Ending::Refused("il manque --prepare ou --succession".into())),
        Command::Custodian { what: CustodianWhat::New { file, name } } => custodian::new(&file, &name),
        Command::Custodian { what: CustodianWhat::Sign { statement, key } } => {
            custodian::sign(&statement, &key)
        }
        Command::Audit { data, as_of, format } => audit::run(&data, as_of, format),
        Command::Import { what: ImportWhat::Recommendations { file, data } } => {
            import::recommendations(&file, &data)
        }
        Command::Import {
            what: ImportWhat::Organisations { file, data, columns, kind, scheme, source, also_alike, dry_run },
        } => import_organisations::run(
            &file,
            &data,
            &import_organisations::Asked { columns, kind, scheme, source, also_alike, dry_run },
        ),
        Command::Import { what: ImportWhat::Holidays { file, data } } => import::holidays(&file, &data),
        Command::Export { what: ExportWhat::Matrice { data, format } } => export::matrice(&data, format),
        Command::Replay { from: Some(from), to: Some(to), .. } => replay::move_to(&from, &to),
        Command::Replay { check, data, .. } => {
            let data = data.unwrap_or_default();
            if check { replay::check(&data) } else { replay::rebuild(&data) }
        }
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
        Command::Draw(asked) => draw::run(asked),
        Command::Survival { file } => survival::run(&file),
        Command::Backup { file, data, to_recipient, with_key } => {
            backup::take(&file, &data, &to_recipient, with_key)
        }
        Command::Restore { file, data, identity } => backup::restore(&file, &data, identity.as_deref()),
        Command::Attachments { data, to } => attachments::run(&data, to.as_deref()),
        Command::Withdraw { data, enclosure, ground, decided_by, ordered_by } => {
            withdraw::run(&data, withdraw::Typed { enclosure, ground, decided_by, ordered_by })
        }
        Command::Invite { data, behalf, role } => invite::run(&data, &behalf, &role),
    }
}

/// The site is served as asked until the process is told to stop.
fn serving(asked: Serving) -> Result<(), Ending> {
    let listen = std::net::SocketAddr::new(asked.listen, asked.port);
    if let Some(to) = asked.moved_to {
        return serve::moved(listen, &to);
    }
    let rhythm = Rhythm {
        every: Duration::from_secs(asked.witness_every),
        silent_after: Duration::from_secs(60 * asked.witness_silence.max(1)),
    };
    let witnesses = asked.witnesses.map(|path| serve::witnesses(&path)).transpose()?;
    let folder = folder(&asked.data, asked.database.as_deref())?;
    if record::follow::is_mirror(&folder)? {
        return mirror::show(&asked.data, listen, asked.public_address.as_deref());
    }
    let address = asked.public_address.unwrap_or_else(|| format!("http://{listen}"));
    let proxies = asked.proxies.iter().map(std::net::IpAddr::to_canonical).collect();
    let contact = asked.contact.filter(|text| !text.trim().is_empty());
    let setting = toguna::instance::setting(&asked.data, &address);
    let setting = web::Setting { contact, proxies, ..setting };
    serve::run(&folder, listen, setting, witnesses.map(|all| (all, rhythm)))
}

/// The folder, its database where the command line or a file in it says.
fn folder(data: &std::path::Path, database: Option<&str>) -> Result<record::Folder, Ending> {
    Ok(match database {
        Some(address) => record::Folder::at(data).on_server(address),
        None => record::Folder::of(data)?,
    })
}
