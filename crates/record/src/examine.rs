//! Examination: is the file what was written to it, and is the record in it without a gap? And the way back where it is not.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::folder::Folder;
use crate::replay::{self, Progress};
use crate::session::{Base, Session, to_read};
use crate::shelf::writer;
use crate::tables::{GROUND, Tables, table_names};
use crate::{Fault, Tx, enclosures, tiles};

/// Below this size a database file is examined whole before it is served; above, while it is.
const EXAMINED_AT_START_MAX: u64 = 32 << 20;

/// Where a damaged file is set aside, below the data folder.
const ASIDE: &str = "endommage";

/// The file has no damaged page and the record in it no gap. Reads the whole file; nothing is written.
///
/// **Errors** no instance; damaged; entries missing; no signature.
pub fn examine(folder: &Folder, progress: Progress<'_>) -> Result<(), Fault> {
    if !folder.holds_instance() {
        return Err(Fault::Absent(folder.path().display().to_string()));
    }
    progress(0, 2);
    if let Base::File(file) = folder.base() {
        quick_check(&file)?;
    }
    if !folder.has_key() && crate::follow::is_blank(&folder.base())? {
        // Only a mirror, which signs nothing, makes its file before it has what to put in it.
        return Err(Fault::Unfinished);
    }
    progress(1, 2);
    without_gap(&mut Session::reader(&folder.base())?.tx())?;
    progress(2, 2);
    Ok(())
}

/// A small file is examined whole now, a large one beside the work: starting stays short.
pub(crate) fn examine_at_start(file: &Path) -> Result<(), Fault> {
    let size = std::fs::metadata(file).map_err(|error| Fault::file(file, &error))?.len();
    if size <= EXAMINED_AT_START_MAX {
        return quick_check(file);
    }
    let file = file.to_owned();
    std::thread::spawn(move || {
        if let Err(fault) = quick_check(&file) {
            tracing::error!("{fault}");
        }
    });
    Ok(())
}

fn quick_check(file: &Path) -> Result<(), Fault> {
    let connection = to_read(file)?;
    let answer: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if answer == "ok" { Ok(()) } else { Err(Fault::Damaged(answer)) }
}

/// Every entry from the first to the last is there, and the newest signature covers exactly them. One statement, so that
/// it is one state even while another process writes.
pub(crate) fn without_gap(tx: &mut Tx<'_>) -> Result<(), Fault> {
    let found = tx.one(
        "SELECT CAST((SELECT COUNT(*) FROM entry) AS TEXT) || ' ' || \
         CAST((SELECT COALESCE(MAX(idx), -1) FROM entry) AS TEXT) || ' ' || \
         CAST((SELECT COALESCE(MAX(size), -1) FROM checkpoint) AS TEXT)",
        &[],
    );
    let found: String = found.map_err(told_as_damage)?;
    let numbers: Vec<i64> = found.split(' ').filter_map(|number| number.parse().ok()).collect();
    let [count, last, signed] = numbers[..] else { return Err(Fault::Value(found)) };
    let why = if count == 0 && crate::follow::is_taken_over(tx)? {
        return Err(Fault::Unfinished);
    } else if count == 0 {
        "le registre est vide".to_owned()
    } else if signed < 0 {
        format!("aucune signature ne couvre les {count} entrées du registre")
    } else if count != last + 1 {
        format!(
            "la dernière entrée porte le numéro {last}, mais {} entrées manquent avant elle",
            last + 1 - count
        )
    } else if signed != count {
        format!("{count} entrées, mais la dernière signature en couvre {signed}")
    } else {
        return Ok(());
    };
    Err(Fault::Damaged(why))
}

/// A file without our ground tables is no database of ours.
pub(crate) fn told_as_damage(fault: Fault) -> Fault {
    match fault {
        Fault::Database(why) => Fault::Damaged(why),
        other => other,
    }
}

/// The derived tables are made again from the record. In a sound file this is one transaction; a damaged one is set aside,
/// in the folder that is returned, and a new file takes its place with the record, the enclosures and the drawers of the old.
///
/// **Errors** no instance; held by another process; of a newer version; the record itself is damaged; the system refused.
pub fn rebuild_tables(
    folder: &Folder,
    tables: &'static [Tables],
    progress: Progress<'_>,
) -> Result<Option<PathBuf>, Fault> {
    if !folder.holds_instance() {
        return Err(Fault::Absent(folder.path().display().to_string()));
    }
    let (_lock, base) = (folder.lock()?, folder.base());
    let sound = match &base {
        Base::File(file) => quick_check(file),
        Base::Postgres(_) => Ok(()),
    };
    match sound {
        Ok(()) => {
            let mut session = Session::writer(&base)?;
            crate::instance::check_format(&mut session.tx())?;
            without_gap(&mut session.tx())?;
            session.begin_writing()?;
            session.tx().define(enclosures::SCHEMA)?;
            for room in tables {
                session.tx().define(room.drawers)?;
            }
            replay::renew(&mut session, &base, tables, progress)?;
            tiles::renew(&mut session.tx())?;
            session.control("COMMIT")?;
            Ok(None)
        }
        Err(Fault::Damaged(_)) => rebuild_beside(folder, tables, progress).map(Some),
        Err(other) => Err(other),
    }
}

fn rebuild_beside(
    folder: &Folder,
    tables: &'static [Tables],
    progress: Progress<'_>,
) -> Result<PathBuf, Fault> {
    let (old, new) = (folder.database(), folder.path().join("toguna.db.neuf"));
    // A leftover is of a rebuilding that was cut off.
    for file in with_companions(&new) {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Fault::file(&file, &error));
            }
            _ => {}
        }
    }
    let connection = writer(&new)?;
    connection.execute("ATTACH DATABASE ?1 AS damaged", [old.to_string_lossy()])?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    Tx::sqlite(&connection).define(GROUND)?;
    Tx::sqlite(&connection).define(enclosures::SCHEMA)?;
    for room in tables {
        Tx::sqlite(&connection).define(room.drawers)?;
    }
    let kept = [GROUND, enclosures::SCHEMA].into_iter().chain(tables.iter().map(|room| room.drawers));
    for table in kept.flat_map(table_names) {
        take_over(&connection, table)?;
    }
    crate::instance::check_format(&mut Tx::sqlite(&connection))?;
    without_gap(&mut Tx::sqlite(&connection))?;
    replay::renew_file(&connection, tables, progress)?;
    tiles::renew(&mut Tx::sqlite(&connection))?;
    connection.execute_batch("COMMIT; DETACH DATABASE damaged")?;
    connection.close().map_err(|(_, error)| Fault::from(error))?;
    let aside = set_aside(folder)?;
    std::fs::rename(&new, &old).map_err(|error| Fault::file(&old, &error))?;
    let whole = std::fs::File::open(folder.path()).and_then(|folder| folder.sync_all());
    whole.map_err(|error| Fault::file(folder.path(), &error))?;
    Ok(aside)
}

/// Every row of a table that is not derived is in the new file. A drawer that the old file does not have stays empty.
fn take_over(connection: &Connection, table: &str) -> Result<(), Fault> {
    let there: i64 = connection.query_row(
        "SELECT COUNT(*) FROM damaged.sqlite_master WHERE type = 'table' AND name = ?1",
        [table],
        |row| row.get(0),
    )?;
    if there > 0 {
        connection.execute_batch(&format!("INSERT INTO main.{table} SELECT * FROM damaged.{table}"))?;
    }
    Ok(())
}

/// The damaged file and what belongs to it stand in a folder of their own; nothing of it is lost.
fn set_aside(folder: &Folder) -> Result<PathBuf, Fault> {
    let free = (1..).map(|n| folder.path().join(format!("{ASIDE}-{n}"))).find(|path| !path.exists());
    let aside = free.unwrap_or_else(|| folder.path().join(ASIDE));
    std::fs::create_dir(&aside).map_err(|error| Fault::file(&aside, &error))?;
    for file in with_companions(&folder.database()).into_iter().filter(|file| file.exists()) {
        let name = file.file_name().unwrap_or_default();
        std::fs::rename(&file, aside.join(name)).map_err(|error| Fault::file(&file, &error))?;
    }
    Ok(aside)
}

/// A database file and the two that SQLite keeps beside it.
fn with_companions(file: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|ending| {
        let mut name = file.as_os_str().to_os_string();
        name.push(ending);
        PathBuf::from(name)
    })
}
