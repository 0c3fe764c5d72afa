//! Moving an instance between a file and a PostgreSQL server. Only what cannot be derived travels; the derived tables are
//! made from the record on the way.
//!
//! What may be lost: nothing. What is left is kept, under another name or marked, and refuses to go on. Rows travel in the server's own
//! bulk form (`COPY`).

use std::io::Write;

use rusqlite::Connection;

use crate::bulk::Bulk;
use crate::examine::without_gap;
use crate::instance::{bring_up, check_format};
use crate::replay::{self, Progress};
use crate::session::{Base, Postgres, Session};
use crate::shelf::{FORMAT, derived, lay_out, set_meta, shape};
use crate::tables::{DIRECTORY, GROUND, Tables, for_sqlite, parted, table_names};
use crate::{Fault, Folder, Row, Stock, Store, Tx, Value, cosigned, enclosures, store, tiles};

/// The instance of `from` is in `to`, its tables made from the record, its key beside it; nothing can write to `from` any more, so
/// that one record never goes on in two places. What stood in a file there is kept under another name.
///
/// **Errors** no instance there, or one here already; either database refused, and then nothing is in `to`.
pub fn move_record(
    from: &Folder,
    to: &Folder,
    tables: &'static [Tables],
    progress: Progress<'_>,
) -> Result<(), Fault> {
    if !from.holds_instance() {
        return Err(Fault::Absent(from.path().display().to_string()));
    }
    if to.holds_instance() {
        return Err(Fault::Present(told(to)));
    }
    let _held = from.lock()?;
    let _lock = if from.path() == to.path() { None } else { Some(to.lock()?) };
    let signer = from.signer()?;
    match to.signer() {
        Ok(there) if there.verifier_key() == signer.verifier_key() => {}
        Ok(_) => return Err(Fault::Key(format!("{} en contient une autre", to.path().display()))),
        Err(_) => to.keep_key(&signer)?,
    }
    let mut old = Session::writer(&from.base())?;
    // Nobody writes there while the rows are carried.
    old.begin_writing()?;
    check_format(&mut old.tx())?;
    without_gap(&mut old.tx())?;
    let mut new = Session::writer(&to.base())?;
    new.control("BEGIN")?;
    lay_out(&mut new.tx(), tables)?;
    let kept = std::iter::once(GROUND).chain(tables.iter().map(|room| room.drawers));
    for table in kept.flat_map(table_names) {
        carry(&mut old, &mut new, table)?;
    }
    // An instance of a version before witnesses, or before the store, has no such tables.
    for table in [cosigned::SCHEMA, enclosures::SCHEMA].into_iter().flat_map(table_names) {
        if old.has_table(table)? {
            carry(&mut old, &mut new, table)?;
        }
    }
    match &mut new {
        Session::Sqlite(connection) => replay::renew_file(connection, tables, progress)?,
        Session::Postgres(postgres) => {
            let rebuilt = replay::rebuild(from.base(), tables, None, progress)?;
            renew_from(postgres, &rebuilt, tables)?;
        }
    }
    // They were made as the entries came; a server's are made here.
    tiles::bring_up(&mut new.tx())?;
    store::name_store(&mut new.tx())?;
    set_meta(&mut new.tx(), "format", &FORMAT.to_string())?;
    carry_files(&Store::of(from)?, &Store::of(to)?, &mut new, &mut |_, _| {})?;
    new.control("COMMIT")?;
    if let Session::Postgres(_) = old {
        set_meta(&mut old.tx(), "format", MOVED)?;
    }
    old.control("COMMIT")?;
    drop(old);
    from.leave()?;
    to.keep_server()
}

/// Every object is in the other store too, as it is, and that one is the instance's own. Objects that are not there are told by
/// whoever looks for them.
///
/// **Errors** either store does not answer or refuses; the other is another instance's.
fn carry_files(from: &Store, to: &Store, new: &mut Session, progress: Progress<'_>) -> Result<(), Fault> {
    if from.is(to) || !enclosures::has_objects(&mut new.tx())? {
        return Ok(());
    }
    to.mark_as_own(&mut new.tx())?;
    let objects = enclosures::objects(&mut new.tx())?;
    for ((name, _, _), done) in objects.iter().zip(1..) {
        if let Some(bytes) = from.get_as_it_is(name)? {
            to.put_as_it_is(name, bytes)?;
        }
        progress(done, objects.len() as u64);
    }
    Ok(())
}

/// The files of the instance in the folder lie in the store that `described` describes, and its `pieces.toml` says so. Files that lay
/// in the database are in the store too. The answer is what is there now.
///
/// **Errors** no instance; held by another process; the file is not understood; either store does not answer or refuses, or is
/// another instance's. Then the files are where they were.
pub fn move_files(
    folder: &Folder,
    described: &std::path::Path,
    tables: &'static [Tables],
    progress: Progress<'_>,
) -> Result<Stock, Fault> {
    if !folder.holds_instance() {
        return Err(Fault::Absent(folder.path().display().to_string()));
    }
    let (_held, base) = (folder.lock()?, folder.base());
    let (old, new) = (Store::of(folder)?, Store::described_in(described, folder)?);
    check_format(&mut Session::reader(&base)?.tx())?;
    let mut session = Session::writer(&base)?;
    session.begin_writing()?;
    bring_up(&mut session, &base, tables, &mut |_, _| {})?;
    let same = new.is_truly(&old)?;
    new.mark_as_own(&mut session.tx())?;
    carry_files(&old, &new, &mut session, progress)?;
    while enclosures::move_out_one(&mut session.tx(), &new)? {}
    folder.keep_store(&new.setting().written())?;
    session.control("COMMIT")?;
    if !same {
        let (mut objects, mut left) = (enclosures::objects(&mut session.tx())?.into_iter(), Ok(()));
        while let (Ok(()), Some((name, _, _))) = (&left, objects.next()) {
            left = old.delete(&name);
        }
        if let Err(fault) = left.and_then(|()| old.unmark()) {
            tracing::warn!("l’ancien magasin garde des objets qui ne servent plus : {fault}");
        }
    }
    new.tend(&mut session)
}

/// Where the files of the instance in the folder lie, in words, and what a look there found.
///
/// **Errors** no instance; the store does not answer; the database refused.
pub fn files(folder: &Folder) -> Result<(String, Stock), Fault> {
    if !folder.holds_instance() {
        return Err(Fault::Absent(folder.path().display().to_string()));
    }
    let (store, mut session) = (Store::of(folder)?, Session::reader(&folder.base())?);
    check_format(&mut session.tx())?;
    let stock = if session.has_table("object")? { store.tend(&mut session)? } else { Stock::default() };
    Ok((store.told(), stock))
}

/// What stands in place of the format where the instance was moved elsewhere.
pub(crate) const MOVED: &str = "moved";

/// Where an instance lies, without the password that its address may hold.
fn told(folder: &Folder) -> String {
    match folder.base() {
        Base::File(_) => folder.path().display().to_string(),
        Base::Postgres(_) => "le serveur de base de données".into(),
    }
}

/// Every row of the table is in the new database, which had none.
fn carry(old: &mut Session, new: &mut Session, table: &str) -> Result<(), Fault> {
    new.tx().run(&format!("DELETE FROM {table}"), &[])?;
    let all = format!("SELECT * FROM {table}");
    match new {
        Session::Sqlite(connection) if table == "entry" => {
            let mut into = Tx::sqlite(connection);
            let mut bulk = Bulk::from_the_first();
            old.tx().each("SELECT idx, known, bytes FROM entry ORDER BY idx", &[], |row| {
                bulk.add(&mut into, row.get(0)?, row.value(1)?, row.get(2)?)
            })?;
            bulk.end(&mut into).map(|_| ())
        }
        Session::Sqlite(connection) => {
            let mut into = Tx::sqlite(connection);
            old.tx().each(&all, &[], |row| insert(&mut into, table, row))
        }
        Session::Postgres(postgres) => copy_in(postgres, table, &mut old.tx(), &all),
    }
}

fn insert(into: &mut Tx<'_>, table: &str, row: &Row<'_>) -> Result<(), Fault> {
    let cells = cells(row)?;
    into.insert(table, cells.len(), &cells)
}

fn cells(row: &Row<'_>) -> Result<Vec<Value>, Fault> {
    (0..row.width()).map(|column| row.value(column)).collect()
}

/// What `sql` answers is in the table of the server.
fn copy_in(postgres: &mut Postgres, table: &str, from: &mut Tx<'_>, sql: &str) -> Result<(), Fault> {
    let mut writer = postgres.client()?.copy_in(&format!("COPY {table} FROM STDIN"))?;
    let mut line = Vec::new();
    from.each(sql, &[], |row| {
        line.clear();
        spell(&cells(row)?, &mut line);
        writer.write_all(&line).map_err(|error| Fault::Database(error.to_string()))
    })?;
    writer.finish()?;
    Ok(())
}

/// One row as `COPY` reads it.
///
/// **Source** PostgreSQL documentation, COPY, text format.
fn spell(cells: &[Value], line: &mut Vec<u8>) {
    for (column, cell) in cells.iter().enumerate() {
        if column > 0 {
            line.push(b'\t');
        }
        match cell {
            Value::Null => line.extend(b"\\N"),
            Value::Bool(yes) => line.push(if *yes { b't' } else { b'f' }),
            Value::Int(number) => line.extend(number.to_string().bytes()),
            Value::Text(text) => {
                for byte in text.bytes() {
                    match byte {
                        b'\\' => line.extend(b"\\\\"),
                        b'\n' => line.extend(b"\\n"),
                        b'\r' => line.extend(b"\\r"),
                        b'\t' => line.extend(b"\\t"),
                        other => line.push(other),
                    }
                }
            }
            Value::Bytes(bytes) => {
                line.extend(b"\\\\x");
                line.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
            }
        }
    }
    line.push(b'\n');
}

fn digit(half: u8) -> u8 {
    if half < 10 { b'0' + half } else { b'a' + half - 10 }
}

/// The server's derived tables are dropped and made anew with the rows of these. The caller holds the transaction.
pub(crate) fn renew_from(
    postgres: &mut Postgres,
    rebuilt: &Connection,
    tables: &[Tables],
) -> Result<(), Fault> {
    let names = Tx::postgres(postgres).rows(
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = current_schema()",
        &[],
        |row| row.get::<String>(0),
    )?;
    for name in names.iter().filter(|name| replay::is_derived(name, tables)) {
        postgres.client()?.batch_execute(&format!("DROP TABLE \"{name}\""))?;
    }
    // What was prepared on the dropped tables is not valid any more.
    postgres.forget_prepared();
    let (needed, asked) = parted(&derived(tables));
    Tx::postgres(postgres).define(&needed)?;
    for table in derived_tables(tables) {
        copy_in(postgres, table, &mut Tx::sqlite(rebuilt), &format!("SELECT * FROM main.{table}"))?;
    }
    Tx::postgres(postgres).define(&asked)?;
    set_meta(&mut Tx::postgres(postgres), "shape", &shape(tables))
}

fn derived_tables(tables: &[Tables]) -> impl Iterator<Item = &'static str> {
    std::iter::once(DIRECTORY).chain(tables.iter().map(|room| room.derived)).flat_map(table_names)
}

/// A nameless database under the name `live` holds the server's record and enclosures, all of one moment, and its derived tables
/// where they are to be compared.
pub(crate) fn attach_copy(
    connection: &Connection,
    base: &Base,
    tables: &[Tables],
    compared: bool,
) -> Result<(), Fault> {
    connection.execute_batch("ATTACH DATABASE '' AS live; BEGIN")?;
    let mut session = Session::reader(base)?;
    session.begin_reading()?;
    let files = if session.has_table("object")? { enclosures::SCHEMA } else { "" };
    let files = files.replace("IF NOT EXISTS ", "");
    let schema =
        if compared { format!("{GROUND}{files}{}", derived(tables)) } else { format!("{GROUND}{files}") };
    let (schema, _) = parted(&schema);
    for statement in
        for_sqlite(&schema).split_inclusive(";\n").filter(|text| text.starts_with("CREATE TABLE "))
    {
        connection.execute_batch(&statement.replacen("CREATE TABLE ", "CREATE TABLE live.", 1))?;
    }
    for table in table_names(&schema) {
        let mut into = Tx::sqlite(connection);
        let live = format!("live.{table}");
        session.tx().each(&format!("SELECT * FROM {table}"), &[], |row| insert(&mut into, &live, row))?;
    }
    session.control("ROLLBACK")?;
    Ok(connection.execute_batch("COMMIT")?)
}
