//! `toguna demo`: the Mali pack, its real recommendations and one fictional commune; the audit; the site.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use record::Folder;
use toguna::demo;
use toguna::instance::{house, machine_clock, open, setting};

use super::serve::serve;
use crate::cli::AuditFormat;
use crate::ending::Ending;
use crate::progress::{bar, result, say};

/// The demonstration is made or opened, its audit is on standard output, and its site is served unless told not to.
///
/// **Errors** as making, opening or serving an instance.
pub(crate) fn run(data: &Path, port: u16, no_serve: bool) -> Result<(), Ending> {
    if !Folder::of(data)?.holds_instance() {
        make(data, port)?;
    }
    let (record, _) = open(data, machine_clock(), &mut bar("Reconstruction des tables"))?;
    let house = house(record, setting(data, &format!("http://127.0.0.1:{port}")))?;
    house.keep_time()?;
    let record = house.record();
    result(&super::audit::text(&record.shelf, record.today(), None, AuditFormat::Table)?)?;
    if no_serve {
        house.close();
        return Ok(());
    }
    serve(house, SocketAddr::from((Ipv4Addr::LOCALHOST, port)), None)
}

fn make(data: &Path, port: u16) -> Result<(), Ending> {
    say(&format!("Création de l’instance de démonstration dans « {} »…", data.display()));
    let files = pack::find("mali").map_err(|fault| Ending::Refused(fault.to_string()))?;
    let pack = super::new::read_pack("mali")?;
    let made = demo::make(data, files.as_ref(), &pack, machine_clock(), &mut |what, done, all| {
        // One bar a step; each step names itself once.
        steps(what, done, all);
    })
    .map_err(|error| match error {
        demo::Unmade::Fault(fault) => Ending::from(fault),
        demo::Unmade::Data(sentence) => Ending::Refused(sentence),
    })?;
    for oddity in &made.oddities {
        say(&format!("  {oddity}"));
    }
    say("Personnes de l’exercice, à inviter par ces liens (valables une fois) :");
    for (who, path) in &made.invitations {
        say(&format!("  {who} : http://127.0.0.1:{port}{path}"));
    }
    Ok(())
}

fn steps(what: &'static str, done: u64, all: u64) {
    use std::cell::RefCell;
    type Bar = Box<dyn FnMut(u64, u64)>;
    thread_local!(static CURRENT: RefCell<Option<(&'static str, Bar)>> = const { RefCell::new(None) });
    CURRENT.with_borrow_mut(|current| {
        if current.as_ref().is_none_or(|(name, _)| *name != what) {
            *current = Some((what, Box::new(bar(what))));
        }
        if let Some((_, bar)) = current {
            bar(done, all);
        }
    });
}
