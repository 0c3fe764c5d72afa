//! `toguna mirror`: the record of another, copied, verified at each step, shown read-only. It goes on where it stopped.

pub(crate) mod state;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use record::Folder;
use record::follow::{Follower, Giver, Halt};
use terms::Instant;
use terms::instance::{Succeeded, SuccessionGround};
use toguna::across::Across;
use toguna::instance::{house, machine_clock};
use toguna::rooms::TABLES;
use web::{MirrorState, Mirrored};

use crate::commands::serve;
use crate::ending::Ending;
use crate::progress::{bar, result, say};
use state::State;

/// What was asked of a mirror.
pub(crate) struct Asked {
    /// Where the site is served; none where it is not.
    pub(crate) listen: Option<SocketAddr>,
    /// Between two contacts.
    pub(crate) every: Duration,
    /// One contact, and no more.
    pub(crate) once: bool,
}

/// The record at this address is in the folder, as far as it is signed.
///
/// **Errors** what came is not the record; with `once`, nobody answers; the system refused.
pub(crate) fn run(address: &str, data: &Path, asked: &Asked) -> Result<(), Ending> {
    let mut state = State::of(data, Some(address))?;
    let mut follower = Follower::open(&Folder::at(data), &TABLES, &mut bar("Reconstruction des tables"))?;
    state.keep(data)?;
    let mut giver = Across::at(address);
    let first = round(&mut follower, &mut giver, &mut state, data);
    tell(&follower, &state, &first)?;
    if asked.once || matches!(first, Err(Halt::Broken(_) | Halt::Fault(_))) && asked.listen.is_none() {
        return first.map(drop).map_err(ending);
    }
    match asked.listen {
        Some(listen) if follower.size() > 0 => {
            served(follower, giver, state, data, listen, asked.every, first)
        }
        // Nothing can be shown yet; it is tried again until something can.
        _ => copying(follower, giver, state, data, asked, first),
    }
}

/// Copying goes on until something that is not the record comes; where a site is asked for, until it can be served.
fn copying(
    mut follower: Follower,
    mut giver: Across,
    mut state: State,
    data: &Path,
    asked: &Asked,
    mut last: Result<u64, Halt>,
) -> Result<(), Ending> {
    loop {
        if let Err(Halt::Broken(_) | Halt::Fault(_)) = last {
            return last.map(drop).map_err(ending);
        }
        if let (Some(listen), true) = (asked.listen, follower.size() > 0) {
            return served(follower, giver, state, data, listen, asked.every, last);
        }
        std::thread::sleep(asked.every);
        last = round(&mut follower, &mut giver, &mut state, data);
        tell(&follower, &state, &last)?;
    }
}

/// The site is served while copying goes on; a mirror that found something wrong goes on showing what was good.
fn served(
    mut follower: Follower,
    mut giver: Across,
    mut state: State,
    data: &Path,
    listen: SocketAddr,
    every: Duration,
    mut last: Result<u64, Halt>,
) -> Result<(), Ending> {
    let shown = MirrorState::new(mirrored(&follower, &state, true));
    let setting = toguna::instance::setting(data, &state.source);
    let record = follower.record(machine_clock())?;
    let house = house(record, web::Setting { mirror: Some(shown.clone()), ..setting })?;
    let stopped = Arc::new(AtomicBool::new(false));
    let (told_to_stop, data) = (Arc::clone(&stopped), data.to_owned());
    let copier = std::thread::spawn(move || {
        while !matches!(last, Err(Halt::Broken(_) | Halt::Fault(_)))
            && waited(&mut follower, every, &told_to_stop)
        {
            last = round(&mut follower, &mut giver, &mut state, &data);
            shown.set(mirrored(&follower, &state, true));
            follower.told();
            if let Err(halt) = &last {
                tracing::error!("{halt}");
            }
        }
        last
    });
    let ended = serve::serve(house, listen, None);
    stopped.store(true, Ordering::Release);
    let last = copier.join().unwrap_or(Ok(0));
    ended?;
    match last {
        Err(halt @ (Halt::Broken(_) | Halt::Fault(_))) => Err(ending(halt)),
        _ => Ok(()),
    }
}

/// What a mirror holds is shown as it is, read-only, until the process is told to stop; nobody is contacted.
///
/// **Errors** no mirror, or one whose first copy is not finished; held by another process; the port is taken.
pub(crate) fn show(data: &Path, listen: SocketAddr, public: Option<&str>) -> Result<(), Ending> {
    let state = State::of(data, None)?;
    let mut follower = Follower::open(&Folder::at(data), &TABLES, &mut bar("Reconstruction des tables"))?;
    follower.erase_again();
    let record = follower.record(machine_clock())?;
    let here = format!("http://{listen}");
    let setting = toguna::instance::setting(data, public.or(state.address()).unwrap_or(&here));
    let shown = MirrorState::new(mirrored(&follower, &state, false));
    let house = house(record, web::Setting { mirror: Some(shown), ..setting })?;
    let address = state.address().unwrap_or("ADRESSE");
    say(&format!(
        "Ce dossier est un miroir : il est montré en lecture seule, tel qu’il est. Pour le montrer en le tenant à jour : « toguna mirror \
         {address} --data {0} --serve ». Pour en faire l’original, si celui-ci est perdu : « toguna promote --data {0} --prepare ACTE ».",
        data.display()
    ));
    serve::serve(house, listen, None)
}

/// The pause is over; not so if the process was told to stop meanwhile. What is left to be erased of withdrawn texts is, as soon as it can.
fn waited(follower: &mut Follower, every: Duration, stopped: &AtomicBool) -> bool {
    const STEP: Duration = Duration::from_millis(100);
    let (mut left, mut erase_in) = (every, follower.erase_again());
    while !left.is_zero() && !stopped.load(Ordering::Acquire) {
        let step = left.min(STEP);
        std::thread::sleep(step);
        left -= step;
        erase_in = match erase_in.map(|wait| wait.saturating_sub(step)) {
            Some(Duration::ZERO) => follower.erase_again(),
            other => other,
        };
    }
    !stopped.load(Ordering::Acquire)
}

/// One contact: everything that the giver's newest note covers is here. The state tells how it went.
pub(crate) fn round(
    follower: &mut Follower,
    giver: &mut dyn Giver,
    state: &mut State,
    data: &Path,
) -> Result<u64, Halt> {
    let outcome = contact(follower, giver, state, data);
    match &outcome {
        Ok(_) => state.alarm = None,
        Err(Halt::Broken(why)) => state.alarm = Some(why.clone()),
        Err(_) => {}
    }
    state.keep(data)?;
    outcome
}

fn contact(
    follower: &mut Follower,
    giver: &mut dyn Giver,
    state: &mut State,
    data: &Path,
) -> Result<u64, Halt> {
    let met = follower.meet(giver, state.note.as_deref())?;
    let at = now();
    state.contact = Some(at);
    if state.key.is_none() {
        let key = &met.chain().keys()[0];
        say(&format!(
            "Premier contact. La clé de ce registre, celle de sa première entrée :\n  {key}\nComparez-la avec celle que ses \
             tenants ont publiée : désormais ce miroir n’en croit pas d’autre."
        ));
        state.key = Some(key.to_string());
    }
    for (index, says) in met.handed_on() {
        say(&handed_on(*index, says));
    }
    if met.size() >= state.newest() {
        state.note = Some(met.note().to_owned());
    }
    // What was seen is kept before what it covers: a second history is found out even after a cut.
    state.keep(data)?;
    let mut moved = bar("Copie");
    let new = follower.take(giver, &met, &mut moved);
    moved(1, 1);
    let new = new?;
    follower.lay_out(&mut bar("Tables"))?;
    if follower.size() >= state.newest() {
        state.level = Some(at);
    }
    Ok(new)
}

/// Milliseconds are enough for people.
fn now() -> Instant {
    let now = Instant::now();
    Instant::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// That the record was handed on, why, by whom and to where.
fn handed_on(index: u64, says: &Succeeded) -> String {
    let signers: Vec<&str> = says.signatures.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    let why = match says.ground {
        SuccessionGround::ServerLost => "le serveur est perdu",
        SuccessionGround::ServerSeized => "le serveur a été saisi",
        SuccessionGround::KeeperPrevented => "son gardien est empêché",
        SuccessionGround::KeyExposed => "sa clé a pu passer en d’autres mains",
        SuccessionGround::HandedOver => "son gardien l’a remis",
    };
    let address = says.address.as_deref().map(|at| format!(" L’acte dit sa nouvelle adresse : {at}"));
    format!(
        "Le registre a été repris (entrée {index}) : {why}. Les gardiens de la succession qui l’ont signé : {}. Depuis, seule vaut la \
         clé :\n  {}\nCe miroir refuse désormais ce que signe l’ancienne.{}",
        signers.join(", "),
        says.verifier_key,
        address.unwrap_or_default()
    )
}

fn mirrored(follower: &Follower, state: &State, following: bool) -> Mirrored {
    Mirrored {
        source: state.address().map(str::to_owned),
        following,
        newest: follower.last_at(),
        contact: state.contact,
        level: state.level,
        here: follower.size(),
        there: state.newest(),
        alarm: state.alarm.clone(),
    }
}

/// How the contact went, in a sentence.
pub(crate) fn tell(follower: &Follower, state: &State, outcome: &Result<u64, Halt>) -> Result<(), Ending> {
    let (here, there) = (follower.size(), state.newest());
    match outcome {
        Ok(new) if there > here => {
            result(&format!("Miroir : {here} entrées, {new} nouvelles ; {there} à l’origine.\n"))
        }
        Ok(new) => result(&format!("Miroir à jour : {here} entrées, {new} nouvelles, toutes vérifiées.\n")),
        Err(halt) => {
            say(&format!("Copie arrêtée : {halt}. Ce qui était vérifié est gardé : {here} entrées."));
            Ok(())
        }
    }
}

/// How a command ends after this.
pub(crate) fn ending(halt: Halt) -> Ending {
    match halt {
        Halt::Silent(why) => Ending::Refused(why),
        Halt::Broken(why) => Ending::Fault(format!(
            "ALARME : ce qui est donné n’est pas le registre. {why}. Rien n’en est gardé. Prévenez les tenants du registre et les \
             autres miroirs ; gardez ce dossier"
        )),
        Halt::Fault(fault) => fault.into(),
    }
}
