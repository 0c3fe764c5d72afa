//! How fast a record is mirrored on the loopback: copied, verified and durable; and its tables made.

use std::path::Path;
use std::time::Duration;

use record::follow::Follower;
use record::{Folder, Record, Tables};
use toguna::across::Across;
use toguna::rooms::TABLES;
use web::door::{self, Limits};

use crate::big::{Size, make};
use crate::{Measure, rate, say, timed};

/// The share of the design's size of the record of which every room's tables are made.
const WITH_ROOMS: f64 = 0.1;

type Measured<T> = Result<T, Box<dyn std::error::Error>>;

/// The record in `data`, copied as it is; and a smaller one with every room.
pub(crate) fn measure(home: &Path, data: &Path) -> Measured<Vec<Measure>> {
    let mut measures = copied(home, data, &[], "≥ 50,000 entries/s")?;
    say("A record with every room…");
    let small = home.join("petit");
    if !Folder::at(&small).holds_instance() {
        make(&small, Size::scaled(WITH_ROOMS), &TABLES)?;
    }
    measures.extend(copied(home, &small, &TABLES, "")?);
    Ok(measures)
}

/// **Units** of the time that Linux tells in `/proc`, in a second.
const TICKS: f64 = 100.0;

/// How long this process was on cores so far: others on the machine do not lengthen it. Nothing where the system does not tell.
fn on_cores() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the process, in parentheses, may hold anything.
    let mut numbers = told.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (f64, f64) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    Some(Duration::from_secs_f64((user + system) / TICKS))
}

/// The record is served and mirrored by this process, over a socket; the figures of both steps.
fn copied(home: &Path, data: &Path, tables: &'static [Tables], aim: &'static str) -> Measured<Vec<Measure>> {
    let clock = toguna::instance::machine_clock();
    let (record, _) = Record::open(&Folder::at(data), tables, clock, &mut |_, _| {})?;
    let house = toguna::instance::house(record, web::Setting::default())?;
    let runtime = tokio::runtime::Runtime::new()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = format!("http://{}", listener.local_addr()?);
    let (router, limits) = (house.router(), Limits::of_files(256, Vec::new()));
    runtime.spawn(door::serve(listener, router, limits, std::future::pending()));
    let mirror = tempfile::tempdir_in(home)?;
    let mut follower = Follower::open(&Folder::at(mirror.path()), tables, &mut |_, _| {})?;
    let mut across = Across::at(&address);
    let before = on_cores();
    let (new, copying) = timed(|| {
        let met = follower.meet(&mut across, None)?;
        follower.take(&mut across, &met, &mut |_, _| {})
    });
    let (new, after) = (new?, on_cores());
    let (made, making) = timed(|| follower.lay_out(&mut |_, _| {}));
    made?;
    drop((follower, runtime));
    house.close();
    let rooms = if tables.is_empty() { "" } else { ", with every room" };
    let mut measures = vec![Measure::new(
        format!("Mirror on loopback, {new} entries with their texts{rooms}: copied, verified, durable"),
        rate(new, copying, "entries/s"),
        aim,
    )];
    if let Some(spent) = before.zip(after).map(|(before, after)| after.saturating_sub(before)) {
        let what = "The same per second of one core, server and mirror together".to_owned();
        measures.push(Measure::new(what, rate(new, spent, "entries/s"), ""));
    }
    if !tables.is_empty() {
        measures.push(Measure::new("The same: tables made after that", rate(new, making, "entries/s"), ""));
        let both = rate(new, copying + making, "entries/s");
        measures.push(Measure::new("The same: both", both, ""));
    }
    Ok(measures)
}
