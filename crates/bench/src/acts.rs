//! Acts acknowledged durable per second, with 1, 8 and 64 writers, through every room's tables.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use record::{Fault, Record};
use terms::sittings::{Evidence, SittingHeld};
use terms::{Actor, BodyId, SittingId, Word};

use crate::big::{Size, make};
use crate::{Measure, rate};

/// How long each count of writers writes.
const LONG: Duration = Duration::from_secs(4);

/// The rates on a small record of its own.
pub(crate) fn measure(home: &Path) -> Result<Vec<Measure>, Fault> {
    let data = home.join("actes");
    make(&data, Size::scaled(0.01), &toguna::rooms::TABLES)?;
    let (record, _) = toguna::instance::open(&data, toguna::instance::machine_clock(), &mut |_, _| {})?;
    let record = Arc::new(record);
    let next = Arc::new(AtomicU64::new(0));
    let mut measures = Vec::new();
    for (writers, aim) in [(1, ""), (8, ""), (64, "≥ 5,000 acts/s")] {
        let (begun, before) = (Instant::now(), next.load(Ordering::Relaxed));
        let hands: Vec<_> = (0..writers)
            .map(|_| {
                let (record, next) = (Arc::clone(&record), Arc::clone(&next));
                std::thread::spawn(move || -> Result<(), Fault> {
                    while begun.elapsed() < LONG {
                        act(&record, next.fetch_add(1, Ordering::Relaxed))?;
                    }
                    Ok(())
                })
            })
            .collect();
        for hand in hands {
            hand.join().map_err(|_| Fault::Stopped)??;
        }
        let done = next.load(Ordering::Relaxed) - before;
        let figure = rate(done, begun.elapsed(), "acts/s");
        measures.push(Measure::new(format!("Acts acknowledged durable, {writers} writer(s)"), figure, aim));
    }
    Ok(measures)
}

/// A sitting is put on the record: a look at the tables, a text enclosed, an entry applied by every room, one flush.
pub(crate) fn act(record: &Record, n: u64) -> Result<(), Fault> {
    let zone = record.zone.clone();
    record.scribe.seal_now(move |desk| {
        let value = |error: terms::FormFault| Fault::Value(error.to_string());
        let body = BodyId::parse(&format!("ccsc-{}", n % 10)).map_err(value)?;
        record::directory::look_up(desk.tx(), record::directory::Kind::Body, body.as_str())?;
        let subject = desk.enclose_text("Point sur la sécurité du marché")?;
        let held = SittingHeld {
            id: SittingId::parse(&format!("s-{n}")).map_err(value)?,
            body,
            on: zone.day_of(desk.now()),
            evidence: vec![Evidence::Minutes],
            present: Some(15),
            expected: Some(22),
            women: Some(4),
            youth: None,
            civil_society: Some(6),
            paid_by: None,
            subject: Some(subject),
            minutes: None,
            source: None,
        };
        desk.append(&zone, Actor::Loader, None, Word::SittingHeld(held)).map(|_| ())
    })
}
