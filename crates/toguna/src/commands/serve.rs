//! `toguna serve`: the site, and the clock that writes what falls due.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use toguna::instance::{house, machine_clock, open, setting};
use web::House;

use crate::ending::Ending;
use crate::progress::{bar, say};

/// How often the clock looks whether something fell due.
const CLOCK_EVERY: Duration = Duration::from_secs(60);

/// Blocking threads: each holds a reader's memory while it works.
const BLOCKING_THREADS: usize = 16;

/// The site of the instance is served until the process is told to stop.
///
/// **Errors** no instance; the port is taken; the system refused.
pub(crate) fn run(data: &Path, listen: SocketAddr, public_address: Option<String>) -> Result<(), Ending> {
    let (record, opened) = open(data, machine_clock(), &mut bar("Reconstruction des tables"))?;
    if opened == record::Opened::Rebuilt {
        say("Les tables ont été reconstruites à partir du registre (nouvelle version).");
    }
    let address = public_address.unwrap_or_else(|| format!("http://{listen}"));
    let setting = setting(data, &address);
    serve(&house(record, setting)?, listen)
}

/// The house is served until the process is told to stop.
///
/// **Errors** the port is taken; the system refused.
pub(crate) fn serve(house: &House, listen: SocketAddr) -> Result<(), Ending> {
    house.keep_time()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build()
        .map_err(|error| Ending::Fault(error.to_string()))?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(|error| {
            Ending::Refused(format!(
                "{listen} : {error}. Un autre programme tient peut-être ce port : --port en choisit un autre"
            ))
        })?;
        let timekeeper = tokio::spawn(keep_time(house.clone()));
        say(&format!("Toguna est ouvert : http://{listen} (Ctrl-C pour arrêter)"));
        let service = house.router().into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await;
        timekeeper.abort();
        served.map_err(|error| Ending::Fault(error.to_string()))
    })
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
