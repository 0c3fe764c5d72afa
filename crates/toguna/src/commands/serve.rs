//! `toguna serve`: the site, and the clock that writes what falls due.

use std::net::SocketAddr;
use std::time::Duration;

use record::{Folder, Record};
use toguna::instance::{house, machine_clock};
use toguna::rooms::TABLES;
use web::door::{self, Limits};
use web::{House, Setting};

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
pub(crate) fn run(folder: &Folder, listen: SocketAddr, setting: Setting) -> Result<(), Ending> {
    let (record, opened) =
        Record::open(folder, &TABLES, machine_clock(), &mut bar("Reconstruction des tables"))?;
    if opened == record::Opened::Rebuilt {
        say("Les tables ont été reconstruites à partir du registre (nouvelle version).");
    }
    serve(house(record, setting)?, listen)
}

/// The house is served until the process is told to stop.
///
/// **Errors** the port is taken; the system refused.
pub(crate) fn serve(house: House, listen: SocketAddr) -> Result<(), Ending> {
    house.keep_time()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build()
        .map_err(|error| Ending::Fault(format!("le site n’a pas pu s’ouvrir : {}", system_fr(&error))))?;
    let served = runtime.block_on(async {
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
        let timekeeper = tokio::spawn(keep_time(house.clone()));
        say(&format!("Toguna est ouvert : http://{listen} (Ctrl-C pour arrêter)"));
        let limits = Limits::of_files(open_files(), house.proxies().to_vec());
        tokio::select! {
            () = door::serve(listener, house.router(), limits, told_to_stop()) => {}
            // What was asked is answered; a download that nobody reads any more holds nothing up.
            () = patience() => {}
        }
        timekeeper.abort();
        Ok(())
    });
    // Whatever still holds the house goes with the runtime.
    drop(runtime);
    house.close();
    if served.is_ok() {
        say("Toguna est arrêté.");
    }
    served
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
