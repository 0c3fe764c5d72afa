//! How fast the record is proved: hashes and trees, proofs, verification.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use record::bulk::Bulk;
use record::verify::{Asked, Whole, verify_with};
use record::{Fault, Folder, SqliteSource, ToValue, Tx, proofs};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use terms::instance::{Founded, ThemeSet};
use tlog::{Checkpoint, TileEdge, VerifierKey, leaf_hash, sign_checkpoint};

use crate::{Measure, big, rate, say, timed};

/// Entries of a made-up record at the design's size.
const ENTRIES_AT_DESIGN: f64 = 274_719.0;

/// Proofs made and checked for a figure.
const PROOFS: u64 = 2_000;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The measures of a record of about so many entries, made in `home` unless it is there already.
pub(crate) fn measure(home: &Path, entries: f64) -> Outcome<Vec<Measure>> {
    let data = home.join("registre");
    let mut measures = made(&data, entries)?;
    let leaves = leaves(&data)?;
    let bytes: usize = leaves.iter().map(Vec::len).sum();
    measures.push(Measure::new(
        "Entries, and their mean size",
        format!("{}, {} bytes", leaves.len(), bytes / leaves.len()),
        "",
    ));
    say("Hashes and trees…");
    measures.extend(trees(&leaves)?);
    drop(leaves);
    say("Entries in bulk…");
    measures.extend(appended(home)?);
    say("Proofs…");
    measures.extend(proved(&data)?);
    say("Verification…");
    measures.extend(verified(&data)?);
    say("A mirror…");
    measures.extend(crate::mirrored::measure(home, &data)?);
    say("Witnesses…");
    measures.extend(crate::witnessed::measure(home)?);
    Ok(measures)
}

/// Only how fast such a record is mirrored.
pub(crate) fn mirrored(home: &Path, entries: f64) -> Outcome<Vec<Measure>> {
    let data = home.join("registre");
    let mut measures = made(&data, entries)?;
    measures.extend(crate::mirrored::measure(home, &data)?);
    Ok(measures)
}

/// A record of about so many entries is in the folder.
fn made(data: &Path, entries: f64) -> Outcome<Vec<Measure>> {
    if Folder::at(data).holds_instance() {
        return Ok(Vec::new());
    }
    say("Making the record…");
    // Without the rooms' tables: nothing here reads them.
    Ok(vec![big::make(data, big::Size::scaled(entries / ENTRIES_AT_DESIGN), &[])?])
}

/// What the work gave, and how long this thread was on a core for it: others on the machine do not lengthen it. Where the
/// system does not tell, how long it took.
pub(crate) fn busy<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let on_core = || -> Option<Duration> {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(Duration::from_nanos(told.split(' ').next()?.parse().ok()?))
    };
    let before = on_core();
    let (made, took) = timed(work);
    let spent = before.zip(on_core()).map(|(before, after)| after.saturating_sub(before));
    (made, spent.unwrap_or(took))
}

fn leaves(data: &Path) -> Outcome<Vec<Vec<u8>>> {
    let connection = Connection::open(Folder::at(data).database())?;
    let leaves =
        Tx::sqlite(&connection).rows("SELECT bytes FROM entry ORDER BY idx", &[], |row| row.get(0))?;
    Ok(leaves)
}

/// The hashes of the other crate's tree, stored as it orders them.
struct Stored(Vec<tlog_tiles::Hash>);

impl tlog_tiles::HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[*index as usize]).collect())
    }
}

fn trees(leaves: &[Vec<u8>]) -> Outcome<Vec<Measure>> {
    let many = leaves.len() as u64;
    let block = vec![0x5a_u8; 64 << 20];
    let (_, took) = busy(|| black_box(Sha256::digest(black_box(&block))));
    let machine = format!("{:.0} MB/s", block.len() as f64 / 1e6 / took.as_secs_f64());
    let (_, hashing) = busy(|| {
        for leaf in leaves {
            black_box(leaf_hash(leaf));
        }
    });
    let (edge, ours) = busy(|| {
        let mut edge = TileEdge::new();
        for leaf in leaves {
            edge.push(leaf_hash(leaf));
            // Taken as a log takes them, and written nowhere.
            if edge.size().is_multiple_of(256) {
                drop(edge.take_full());
            }
        }
        edge
    });
    let (stored, theirs) = busy(|| {
        let mut stored = Stored(Vec::with_capacity(2 * leaves.len()));
        for (index, leaf) in (0..).zip(leaves) {
            let hashes = tlog_tiles::stored_hashes(index, leaf, &stored)?;
            stored.0.extend(hashes);
        }
        Ok::<_, tlog_tiles::Error>(stored)
    });
    let stored = stored.map_err(|error| format!("{error:?}"))?;
    let root = tlog_tiles::tree_hash(many, &stored).map_err(|error| format!("{error:?}"))?;
    if root.0 != *edge.root().as_bytes() {
        return Err("the two trees have two roots".into());
    }
    Ok(vec![
        Measure::new("SHA-256 of this machine, one core", machine, ""),
        Measure::new("Leaves hashed", rate(many, hashing, "leaves/s"), ""),
        Measure::new("Leaves hashed, tree and tiles built (`tlog`)", rate(many, ours, "leaves/s"), ""),
        Measure::new("The same by the crate `tlog_tiles`", rate(many, theirs, "leaves/s"), ""),
    ])
}

/// Entries appended in bulk for a figure, and the size of each: what the measures of Tessera's storage are made with.
const APPENDED: u64 = 500_000;
const APPENDED_BYTES: usize = 200;

/// An entry of just that size.
fn entry_of(bytes: usize, at: terms::Instant) -> Outcome<Vec<u8>> {
    let spelled = |long: usize| -> Result<Vec<u8>, terms::EntryFault> {
        let name = terms::Bilingual::same(&"x".repeat(long));
        let word = terms::Word::ThemeSet(ThemeSet { id: "theme".into(), name });
        terms::Entry { at, by: terms::Actor::Loader, known: None, word }.to_bytes()
    };
    let least = spelled(0)?.len();
    Ok(spelled(bytes.checked_sub(least).ok_or("no entry is so short")?)?)
}

/// Entries taken over as a first copy is: rows, tiles, checkpoint, flushed to the disk by one commit; no table of a room.
fn appended(home: &Path) -> Outcome<Vec<Measure>> {
    let home = tempfile::tempdir_in(home)?;
    let folder = Folder::at(home.path());
    let at: terms::Instant = "2026-03-02T10:00:00Z".parse()?;
    let founded = Founded {
        origin: "mesure.example/registre".into(),
        verifier_key: String::new(),
        custodians: None,
        pack: "mesure".into(),
        title: terms::Bilingual::same("Mesure"),
        country: "XX".into(),
        zone: "Africa/Bamako".into(),
        weekend: vec![6, 7],
    };
    let record = record::Record::found(&folder, founded, &[], std::sync::Arc::new(move || at))?;
    let day = record.zone.day_of(at);
    record.close();
    let signer = folder.signer()?;
    let entries = vec![entry_of(APPENDED_BYTES, at)?; APPENDED as usize];
    let connection = Connection::open(folder.database())?;
    connection.execute_batch("PRAGMA synchronous = FULL")?;
    let (outcome, on_core) = busy(|| -> Outcome<Duration> {
        let begun = std::time::Instant::now();
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut tx = Tx::sqlite(&connection);
        let here = proofs::newest(&mut tx, signer.verifier_key())?;
        let mut bulk = Bulk::after(&mut tx, here.size, &here.root)?;
        for (index, bytes) in (here.size..).zip(entries) {
            bulk.add(&mut tx, index, day.to_value(), bytes)?;
        }
        bulk.end_signed(&mut tx, day, |frontier| {
            let (size, root) = (frontier.size(), frontier.root());
            let checkpoint =
                Checkpoint { origin: signer.name().to_owned(), size, root, extensions: Vec::new() };
            sign_checkpoint(&checkpoint, &signer).map_err(|error| Fault::Key(error.to_string()))
        })?;
        connection.execute_batch("COMMIT")?;
        Ok(begun.elapsed())
    });
    let took = outcome?;
    let whole =
        verify_with(&mut SqliteSource::open(&folder)?, Asked { policy: None, workers: 0 }, &mut |_| {});
    if whole.map_err(|broken| broken.to_string())?.size != APPENDED + 1 {
        return Err("entries are missing that were appended".into());
    }
    let what = format!(
        "{APPENDED} entries of {APPENDED_BYTES} bytes taken over in bulk, durable, with tiles and checkpoint"
    );
    Ok(vec![
        Measure::new(what, rate(APPENDED, took, "entries/s"), "≥ 90,000–125,000"),
        Measure::new("The same per second of one core", rate(APPENDED, on_core, "entries/s"), ""),
    ])
}

fn key(connection: &Connection) -> Outcome<VerifierKey> {
    let first = proofs::entry(&mut Tx::sqlite(connection), 0)?.ok_or("no first entry")?;
    let terms::Word::RecordFounded(founded) = terms::Entry::parse(&first)?.word else {
        return Err("the first entry founds nothing".into());
    };
    Ok(VerifierKey::parse(&founded.verifier_key)?)
}

fn proved(data: &Path) -> Outcome<Vec<Measure>> {
    let file = Folder::at(data).database();
    let connection = Connection::open(&file)?;
    let key = key(&connection)?;
    let size = proofs::newest(&mut Tx::sqlite(&connection), &key)?.size;
    // Far apart, so that one proof leaves no tile ready for the next.
    let index = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % size;
    let (mut warm, mut cold, mut checked) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..PROOFS {
        let (file, took) = timed(|| proofs::inclusion(&mut Tx::sqlite(&connection), &key, index(n)));
        warm.push(took);
        let file = file?.ok_or("no such entry")?;
        let leaf = leaf_hash(&file.extra);
        let (outcome, took) = timed(|| file.verify(&leaf, &key));
        outcome?;
        checked.push(took);
    }
    // What the system tells of the time on a core is told some hundred times a second: for all of them, not for each.
    let (outcome, on_core) = busy(|| -> Outcome<()> {
        for n in 0..PROOFS {
            // A connection of its own: nothing that SQLite keeps is ready.
            let fresh = Connection::open(&file)?;
            let (made, took) = timed(|| proofs::inclusion(&mut Tx::sqlite(&fresh), &key, index(n)));
            made?;
            cold.push(took);
        }
        Ok(())
    });
    outcome?;
    Ok(vec![
        Measure::new(format!("Inclusion proof at {size} entries, signature checked"), spread(&mut warm), ""),
        Measure::new("The same on a fresh connection, tiles cold", spread(&mut cold), "≤ 1 ms"),
        Measure::new("The same, mean time on a core, opening the file included", mean(on_core, PROOFS), ""),
        Measure::new("Proof file checked, signature included", spread(&mut checked), ""),
    ])
}

fn mean(all: Duration, many: u64) -> String {
    format!("{:.3} ms", all.as_secs_f64() * 1e3 / many as f64)
}

pub(crate) fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    format!("p50 {:.3} ms, p99 {:.3} ms", at(0.5), at(0.99))
}

fn verified(data: &Path) -> Outcome<Vec<Measure>> {
    let cores = std::thread::available_parallelism()?.get();
    let on = |workers| -> Outcome<(Whole, Duration)> {
        let mut source = SqliteSource::open(&Folder::at(data))?;
        let (whole, took) = timed(|| verify_with(&mut source, Asked { policy: None, workers }, &mut |_| {}));
        Ok((whole.map_err(|broken| Fault::Damaged(broken.to_string()))?, took))
    };
    let (outcome, one) = busy(|| on(0));
    let (whole, took) = outcome?;
    let (_, every) = on(cores)?;
    let what = format!("{} entries, {} tiles, {} enclosures", whole.size, whole.tiles, whole.enclosures);
    Ok(vec![
        Measure::new(
            format!("Verification of {what}, per second of one core"),
            rate(whole.size, one, "entries/s"),
            "≥ 400,000 entries/s",
        ),
        Measure::new("The same as the clock on the wall saw it", rate(whole.size, took, "entries/s"), ""),
        Measure::new(format!("The same on {cores} cores"), rate(whole.size, every, "entries/s"), ""),
    ])
}
