//! `toguna serve`: the site, and the clock that writes what falls due.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use record::{Folder, Record};
use toguna::instance::{house, machine_clock};
use toguna::rooms::TABLES;
use web::door::{self, Limits};
use web::{House, Setting};
use witness::asking::{self, Askers, Reached, Rhythm};

use crate::ending::{Ending, system_fr};
use crate::progress::{bar, say};

/// How often the clock looks whether something fell due.
const CLOCK_EVERY: Duration = Duration::from_secs(60);

/// Once told to stop, what was asked before is answered within this.
const STOP_WITHIN: Duration = Duration::from_secs(5);

/// Blocking threads: each holds a reader's memory while it works.
const BLOCKING_THREADS: usize = 16;

/// Open files of a process where the system names no limit.
const OPEN_FILES: u64 = 1024;

/// The site of the instance is served until the process is told to stop.
///
/// **Errors** no instance; the port is taken; the system refused.
pub(crate) fn run(
    folder: &Folder,
    listen: SocketAddr,
    setting: Setting,
    witnesses: Option<(Vec<Reached>, Rhythm)>,
) -> Result<(), Ending> {
    let (record, opened) =
        Record::open(folder, &TABLES, machine_clock(), &mut bar("Reconstruction des tables"))?;
    if opened == record::Opened::Rebuilt {
        say("Les tables ont été reconstruites à partir du registre (nouvelle version).");
    }
    serve(house(record, setting)?, listen, witnesses)
}

/// The witnesses that this policy names with their addresses.
///
/// **Errors** the file cannot be read; it names none.
pub(crate) fn witnesses(path: &Path) -> Result<Vec<Reached>, Ending> {
    let policy = super::verify::read_policy(path)?;
    asking::reached(&policy).map_err(|why| Ending::Refused(format!("« {} » : {why}", path.display())))
}

/// The site at this address has moved: every page leads to the same page there, until the process is told to stop.
///
/// **Errors** the port is taken; the system refused.
pub(crate) fn moved(listen: SocketAddr, to: &str) -> Result<(), Ending> {
    let router = web::moved_to(to);
    listened(async {
        let opened = format!("http://{listen} renvoie vers {to} (Ctrl-C pour arrêter)");
        at_the_door(listen, router, Vec::new(), &opened).await
    })
}

/// The house is served until the process is told to stop.
///
/// **Errors** the port is taken; the system refused.
pub(crate) fn serve(
    house: House,
    listen: SocketAddr,
    witnesses: Option<(Vec<Reached>, Rhythm)>,
) -> Result<(), Ending> {
    house.keep_time()?;
    let asked = witnesses.map(|(all, rhythm)| Askers::begin(house.record(), all, rhythm)).transpose()?;
    let served = listened(async {
        let timekeeper = tokio::spawn(keep_time(house.clone()));
        let opened = format!("Toguna est ouvert : http://{listen} (Ctrl-C pour arrêter)");
        let served = at_the_door(listen, house.router(), house.proxies().to_vec(), &opened).await;
        timekeeper.abort();
        served
    });
    // Whatever still holds the house has gone with the runtime; those who ask witnesses hold the scribe.
    asked.into_iter().for_each(Askers::stop);
    house.close();
    if served.is_ok() {
        say("Toguna est arrêté.");
    }
    served
}

/// What is served has run to its end, on a runtime of its own.
///
/// **Errors** those of what is served; the system refused.
pub(crate) fn listened(served: impl Future<Output = Result<(), Ending>>) -> Result<(), Ending> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build()
        .map_err(|error| Ending::Fault(format!("le site n’a pas pu s’ouvrir : {}", system_fr(&error))))?;
    runtime.block_on(served)
}

/// The router answers at this address until the process is told to stop; that it is open is said.
///
/// **Errors** the port is taken; the system refused.
pub(crate) async fn at_the_door(
    listen: SocketAddr,
    router: axum::Router,
    proxies: Vec<std::net::IpAddr>,
    opened: &str,
) -> Result<(), Ending> {
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(|error| {
        Ending::Refused(match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                format!("un autre programme tient déjà {listen} : --port choisit un autre port")
            }
            std::io::ErrorKind::PermissionDenied => {
                format!("le système refuse {listen} : choisissez un port au-dessus de 1023 avec --port")
            }
            _ => format!("{listen} ne peut pas être écouté : {}", system_fr(&error)),
        })
    })?;
    say(opened);
    let limits = Limits::of_files(open_files(), proxies);
    tokio::select! {
        () = door::serve(listener, router, limits, told_to_stop()) => {}
        // What was asked is answered; a download that nobody reads any more holds nothing up.
        () = patience() => {}
    }
    Ok(())
}

/// How many files this process may have open: as many as the system lets it ask for.
fn open_files() -> u64 {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let allowed = getrlimit(Resource::Nofile);
        // Where the system refuses, what it gave stays.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: allowed.maximum, ..allowed });
        getrlimit(Resource::Nofile).current.unwrap_or(OPEN_FILES)
    }
    #[cfg(not(unix))]
    OPEN_FILES
}

/// What fell due is written soon after midnight, and after any time the machine slept.
async fn keep_time(house: House) {
    let mut last = house.record().today();
    loop {
        tokio::time::sleep(CLOCK_EVERY).await;
        let today = house.record().today();
        if today == last {
            continue;
        }
        let keeper = house.clone();
        match tokio::task::spawn_blocking(move || keeper.keep_time()).await {
            Ok(Ok(_)) => last = today,
            Ok(Err(fault)) => tracing::error!("l’horloge n’a pas pu écrire : {fault}"),
            Err(_) => tracing::error!("l’horloge s’est arrêtée ; elle reprend dans une minute"),
        }
    }
}

/// A while after being told to stop.
async fn patience() {
    told_to_stop().await;
    tokio::time::sleep(STOP_WITHIN).await;
}

async fn told_to_stop() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! { () = interrupted => {}, _ = terminated.recv() => {} }
            return;
        }
    }
    interrupted.await;
}
