//! No byte of the record can be changed unnoticed: ten thousand times one byte is changed at random somewhere in the entries,
//! the enclosures, the files in their store, the tiles or the checkpoints, and `verify` finds each.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod founding;

use std::path::Path;
use std::sync::{Arc, Mutex};

use founding::founded;
use record::verify::verify;
use record::{Fault, Folder, Record, SqliteSource, Store};
use rusqlite::{Connection, params};
use terms::instance::EnclosureWithdrawn;
use terms::organisations::OrganisationRegistered;
use terms::sittings::SittingNotHeld;
use terms::{Actor, BodyId, Instant, Media, OrganisationId, Word};

/// Changes in all.
const FLIPS: usize = 10_000;

/// What may be changed: a table, a column, and whether it holds a number.
const CELLS: [(&str, &str, bool); 15] = [
    ("entry", "bytes", false),
    ("entry", "known", false),
    ("checkpoint", "note", false),
    ("checkpoint", "frontier", false),
    ("checkpoint", "size", true),
    ("checkpoint", "day", false),
    ("enclosure", "bytes", false),
    ("enclosure", "salt", false),
    ("enclosure", "media", false),
    ("enclosure", "sha256", false),
    ("object", "name", false),
    ("object", "size", true),
    ("object", "key", false),
    ("object", "digest", false),
    ("tile", "bytes", false),
];

/// Chance, from a seed that a failure tells.
///
/// **Source** SplitMix64, Steele, Lea and Flood 2014, figure 1.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % bound
    }
}

fn organisation(n: u32) -> Word {
    Word::OrganisationRegistered(OrganisationRegistered {
        id: OrganisationId::parse(&format!("o-{n}")).unwrap(),
        name: format!("Association {n}"),
        acronym: None,
        kind: "association".into(),
        founded: None,
        legal_form: None,
        place: None,
        source: None,
        note: None,
        exercise: true,
    })
}

/// A record of some two hundred and seventy entries on three days, with a full tile, enclosures, and one withdrawn.
fn make(path: &Path) {
    let now: Arc<Mutex<Instant>> = Arc::new(Mutex::new("2026-03-01T10:00:00Z".parse().unwrap()));
    let hand = Arc::clone(&now);
    let clock: record::Clock = Arc::new(move || *hand.lock().unwrap());
    let record = Record::found(&Folder::at(path), founded(), &[], clock).unwrap();
    for day in 1..=3_u32 {
        *now.lock().unwrap() = format!("2026-03-0{day}T10:00:00Z").parse().unwrap();
        let zone = record.zone.clone();
        let sealed: Result<(), Fault> = record.scribe.seal_now(move |desk| {
            for n in 0..82 {
                let known = (n % 3 == 0).then(|| "2025-01-01".parse().unwrap());
                desk.append(&zone, Actor::Loader, known, organisation(100 * day + n))?;
            }
            for n in 0..7 {
                let reason = format!("%PDF-1.7 Pas de salle, jour {day}, {n}");
                let reason = match n {
                    6 => desk.enclose(Media::Pdf, reason.as_bytes())?,
                    _ => desk.enclose_text(&reason)?,
                };
                let not_held = SittingNotHeld {
                    body: BodyId::parse("comite").unwrap(),
                    from: format!("2026-02-1{n}").parse().unwrap(),
                    to: format!("2026-02-2{n}").parse().unwrap(),
                    reason: Some(reason),
                    source: None,
                };
                desk.append(&zone, Actor::Loader, None, Word::SittingNotHeld(not_held))?;
                if day == 2 && n == 3 {
                    let withdrawn = EnclosureWithdrawn {
                        sha256: reason.sha256,
                        ground: "person-at-risk".into(),
                        decided_by: "la maison".into(),
                        ordered_by: None,
                        entry: None,
                    };
                    desk.append(&zone, Actor::Loader, None, Word::EnclosureWithdrawn(withdrawn))?;
                }
            }
            Ok(())
        });
        sealed.unwrap();
    }
    record.close();
}

/// A change that can be told: what was where, and what stands there now.
fn flip(connection: &Connection, random: &mut Chance) -> Option<String> {
    let (table, column, is_number) = CELLS[random.below(CELLS.len())];
    let rows: Vec<i64> = connection
        .prepare_cached(&format!("SELECT rowid FROM {table} WHERE {column} IS NOT NULL"))
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let row = rows[random.below(rows.len())];
    let changed = if is_number {
        let sql = format!("UPDATE {table} SET {column} = ({column} | ?1) - ({column} & ?1) WHERE rowid = ?2");
        connection.prepare_cached(&sql).unwrap().execute(params![1_i64 << random.below(40), row])
    } else {
        let cell: Vec<u8> = connection
            .prepare_cached(&format!("SELECT CAST({column} AS BLOB) FROM {table} WHERE rowid = ?1"))
            .unwrap()
            .query_row([row], |row| row.get(0))
            .unwrap();
        let at = random.below(cell.len());
        let mut altered = cell;
        altered[at] ^= 1 + random.below(255) as u8;
        let is_text = !matches!(column, "bytes" | "salt" | "frontier" | "key");
        let kind = if is_text { "TEXT" } else { "BLOB" };
        let sql = format!("UPDATE {table} SET {column} = CAST(?1 AS {kind}) WHERE rowid = ?2");
        connection.prepare_cached(&sql).unwrap().execute(params![altered, row])
    };
    // Two checkpoints of one day cannot stand; the database itself refuses that change.
    changed.ok().map(|_| format!("{table}.{column}, row {row}"))
}

/// So many changes to a copy of the record, each found, and nothing found where nothing is changed.
fn flips(original: &Path, seed: u64, many: usize) -> usize {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("toguna.db");
    std::fs::copy(Folder::at(original).database(), &file).unwrap();
    std::fs::create_dir(home.path().join("pieces")).unwrap();
    let files: Vec<_> = std::fs::read_dir(original.join("pieces"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|file| {
            (home.path().join("pieces").join(file.file_name().unwrap()), std::fs::read(&file).unwrap())
        })
        .collect();
    files.iter().for_each(|(path, bytes)| std::fs::write(path, bytes).unwrap());
    let files: Vec<_> = files.into_iter().filter(|(path, _)| !path.ends_with("magasin")).collect();
    assert_eq!(files.len(), 3);
    let store = Store::of(&Folder::at(home.path())).unwrap();
    let mut source = SqliteSource::over(Connection::open(&file).unwrap()).unwrap().with_store(store);
    let whole = verify(&mut source, &mut |_| {}).unwrap();
    assert_eq!((whole.size, whole.tiles, whole.enclosures, whole.withdrawn), (269, 2, 20, 1));
    let mut random = Chance(seed);
    let mut done = 0;
    for _ in 0..many {
        if random.below(CELLS.len() + 1) == 0 {
            let (path, bytes) = &files[random.below(files.len())];
            let mut altered = bytes.clone();
            altered[random.below(bytes.len())] ^= 1 + random.below(255) as u8;
            std::fs::write(path, altered).unwrap();
            assert!(
                verify(&mut source, &mut |_| {}).is_err(),
                "a changed byte was missed in {path:?}; seed {seed}"
            );
            std::fs::write(path, bytes).unwrap();
            done += 1;
            continue;
        }
        source.connection().execute_batch("BEGIN").unwrap();
        if let Some(what) = flip(source.connection(), &mut random) {
            let found = verify(&mut source, &mut |_| {});
            assert!(found.is_err(), "a changed byte was missed in {what}; seed {seed}");
            done += 1;
        }
        source.connection().execute_batch("ROLLBACK").unwrap();
    }
    assert!(verify(&mut source, &mut |_| {}).is_ok());
    done
}

#[test]
fn ten_thousand_changed_bytes_are_each_found() {
    let home = tempfile::tempdir().unwrap();
    make(home.path());
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // The changes differ from run to run.
    let mut seed = [0; 8];
    getrandom::fill(&mut seed).unwrap();
    let seed = u64::from_be_bytes(seed);
    let done: usize = std::thread::scope(|scope| {
        let share = FLIPS.div_ceil(threads) + FLIPS / 50;
        let runs: Vec<_> = (0..threads)
            .map(|n| {
                let (home, seed) = (home.path(), seed.wrapping_add(n as u64 * 0x1000));
                scope.spawn(move || flips(home, seed, share))
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert!(done >= FLIPS, "{done}");
}
