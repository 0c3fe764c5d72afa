//! How long an act takes to stand in a signed checkpoint, and in one that two witnesses have cosigned.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use record::Record;
use tlog::CosignerKey;
use toguna::rooms::TABLES;
use web::door::{self, Limits};
use witness::Witness;
use witness::asking::{Asker, Outcome, Reached};

use crate::big::{Size, make};
use crate::proven::spread;
use crate::{Measure, acts};

/// Acts timed.
const ACTS: u64 = 500;

type Measured<T> = Result<T, Box<dyn std::error::Error>>;

/// One act at a time on a small record of its own, then both witnesses asked at the same time.
pub(crate) fn measure(home: &Path) -> Measured<Vec<Measure>> {
    let home = tempfile::tempdir_in(home)?;
    let data = home.path().join("registre");
    make(&data, Size::scaled(0.01), &TABLES)?;
    let (record, _) = toguna::instance::open(&data, toguna::instance::machine_clock(), &mut |_, _| {})?;
    let runtime = tokio::runtime::Runtime::new()?;
    let mut askers = Vec::new();
    for name in ["un", "deux"] {
        let (key, address) = witness(&runtime, &home.path().join(name), name, &record)?;
        askers.push(Asker::new(
            &record,
            Reached { name: name.into(), key, address: format!("http://{address}") },
        ));
    }
    let (mut signed, mut cosigned) = (Vec::new(), Vec::new());
    for n in 0..ACTS {
        let begun = Instant::now();
        acts::act(&record, n)?;
        signed.push(begun.elapsed());
        asked(&askers)?;
        cosigned.push(begun.elapsed());
    }
    // Those who ask hold the scribe.
    drop(askers);
    record.close();
    Ok(vec![
        Measure::new("Act to published checkpoint", spread(&mut signed), "≤ 50 ms p99"),
        Measure::new("Act to checkpoint cosigned by two local witnesses, kept", spread(&mut cosigned), ""),
    ])
}

/// A witness of this record answers at this address.
fn witness(
    runtime: &tokio::runtime::Runtime,
    folder: &Path,
    name: &str,
    record: &Record,
) -> Measured<(CosignerKey, SocketAddr)> {
    Witness::create(folder, name)?;
    std::fs::write(folder.join("registres"), format!("log {}\nquorum none\n", record.key()))?;
    let witness = Witness::open(folder, || u64::try_from(terms::Instant::now().as_second()).unwrap_or(0))?;
    let key = CosignerKey::parse(&witness.key())?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let router = witness::router(Arc::new(witness));
    runtime.spawn(door::serve(listener, router, Limits::of_files(256, Vec::new()), std::future::pending()));
    Ok((key, address))
}

fn asked(askers: &[Asker]) -> Measured<()> {
    let outcomes: Vec<_> = std::thread::scope(|threads| {
        let asking: Vec<_> = askers.iter().map(|asker| threads.spawn(|| asker.once())).collect();
        asking.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
    });
    for outcome in outcomes {
        match outcome.map_err(|_| "a thread that asks has panicked")?? {
            Outcome::Cosigned(_) => {}
            other => return Err(format!("{other:?}").into()),
        }
    }
    Ok(())
}
