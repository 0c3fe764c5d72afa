//! How fast the record is proved: hashes and trees, proofs, verification.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use record::verify::{Asked, Whole, verify_with};
use record::{Fault, Folder, SqliteSource, Tx, proofs};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use tlog::{TileEdge, VerifierKey, leaf_hash};

use crate::{Measure, big, rate, say, timed};

/// Entries of a made-up record at the design's size.
const ENTRIES_AT_DESIGN: f64 = 274_719.0;

/// Proofs made and checked for a figure.
const PROOFS: u64 = 2_000;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The measures of a record of about so many entries, made in `home` unless it is there already.
pub(crate) fn measure(home: &Path, entries: f64) -> Outcome<Vec<Measure>> {
    let data = home.join("registre");
    let mut measures = Vec::new();
    if !Folder::at(&data).holds_instance() {
        say("Making the record…");
        // Without the rooms' tables: nothing here reads them.
        measures.push(big::make(&data, big::Size::scaled(entries / ENTRIES_AT_DESIGN), &[])?);
    }
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
    say("Proofs…");
    measures.extend(proved(&data)?);
    say("Verification…");
    measures.extend(verified(&data)?);
    say("Witnesses…");
    measures.extend(crate::witnessed::measure(home)?);
    Ok(measures)
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
    for n in 0..PROOFS {
        // A connection of its own: nothing that SQLite keeps is ready.
        let fresh = Connection::open(&file)?;
        let (made, took) = timed(|| proofs::inclusion(&mut Tx::sqlite(&fresh), &key, index(n)));
        made?;
        cold.push(took);
    }
    Ok(vec![
        Measure::new(format!("Inclusion proof at {size} entries, signature checked"), spread(&mut warm), ""),
        Measure::new("The same on a fresh connection, tiles cold", spread(&mut cold), "≤ 1 ms"),
        Measure::new("Proof file checked, signature included", spread(&mut checked), ""),
    ])
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
