//! Backup: what of an instance cannot be derived, as one stream, of one moment, while whoever serves it goes on; and an
//! instance made again from such a stream.
//!
//! The stream holds no derived table: they are made from the record when it is restored, so that a backup of an older version
//! is restored by a newer one. How the stream is packed, sealed against damage or encrypted is for whoever keeps it.
//!
//! What may be lost: nothing, a backup that is cut or changed is refused whole. What an attacker who can write one gains: a
//! false record, which `verify` refuses, or false drawers (accounts, drafts), which nothing proves: keep it as you keep the folder.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};

use crate::bulk::Bulk;
use crate::enclosures::{self, Place};
use crate::examine::without_gap;
use crate::instance::{beginning, check_format};
use crate::replay::{self, Progress};
use crate::session::Session;
use crate::shelf::{FORMAT, lay_out, meta, set_meta};
use crate::store::{self, Store};
use crate::tables::{GROUND, Tables, table_names};
use crate::{Fault, Folder, Row, Tx, Value, tiles};

/// The longest name of a table or file in a stream.
const NAME_MAX: usize = 200;

/// The longest cell or file in a stream: more than any enclosure, less than a machine's memory.
const CELL_MAX: usize = 256 << 20;

/// The most cells in a row.
const CELLS_MAX: usize = 100;

/// Rows after which progress is told.
const TOLD_EVERY: u64 = 500;

/// Files of the folder that go along: drawings, no facts. The signing key only where it is asked for.
const FILES: [&str; 1] = ["contours.csv"];

/// The table of entries.
const ENTRY: &str = "entry";

/// The signing key's file.
const KEY: &str = "registre.cle";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The record's origin.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root that the newest checkpoint signs, in base64.
    pub root: String,
    /// The newest format of tables that is needed to read it.
    pub format: i64,
    /// How many rows.
    pub rows: u64,
}

/// A backup that is being taken: everything read is of one moment.
pub struct Taking {
    session: Session,
    folder: Folder,
    store: Store,
    tables: Vec<&'static str>,
    held: Held,
    withdrawn: Option<String>,
}

impl Taking {
    /// What stands in the folder's instance now; it may be served and written to meanwhile.
    ///
    /// **Errors** no instance; of a newer version; damaged.
    pub fn begin(folder: &Folder, tables: &'static [Tables]) -> Result<Self, Fault> {
        if !folder.holds_instance() {
            return Err(Fault::Absent(folder.path().display().to_string()));
        }
        let mut session = Session::reader(&folder.base())?;
        session.begin_reading()?;
        let mut tx = session.tx();
        check_format(&mut tx)?;
        without_gap(&mut tx)?;
        let founded = beginning(&mut tx)?;
        let note: Option<String> =
            tx.row("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1", &[], |row| row.get(0))?;
        let note = note.ok_or_else(|| Fault::Damaged("aucune signature ne couvre le registre".into()))?;
        let key = crate::succession::key_in_force(&mut tx)?;
        let signed = tlog::open_checkpoint(note.as_bytes(), &key)
            .map_err(|error| Fault::Damaged(error.to_string()))?;
        let kept: Vec<&str> = std::iter::once(GROUND)
            .chain(tables.iter().map(|room| room.drawers))
            .flat_map(table_names)
            .collect();
        let mut rows = 0;
        for table in &kept {
            rows += tx.one::<u64>(&format!("SELECT CAST(count(*) AS BIGINT) FROM {table}"), &[])?;
        }
        let withdrawn = meta(&mut tx, "withdrawn")?;
        let root = note.lines().nth(2).unwrap_or_default().to_owned();
        let held = Held { origin: founded.origin, size: signed.size, root, format: FORMAT, rows };
        let store = Store::of(folder)?;
        Ok(Self { session, folder: folder.clone(), store, tables: kept, held, withdrawn })
    }

    /// What it will hold.
    #[must_use]
    pub fn held(&self) -> &Held {
        &self.held
    }

    /// Everything is written to `out`, the signing key only if it is asked for.
    ///
    /// **Errors** the database or `out` refused; something was withdrawn meanwhile, which the stream still holds.
    pub fn write(mut self, out: &mut dyn Write, with_key: bool, progress: Progress<'_>) -> Result<(), Fault> {
        let all = self.held.rows;
        for name in FILES.into_iter().chain(with_key.then_some(KEY)) {
            match std::fs::read(self.folder.path().join(name)) {
                Ok(bytes) => put(out, b'F', name, &bytes)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound && name != KEY => {}
                Err(error) => return Err(Fault::file(&self.folder.path().join(name), &error)),
            }
        }
        let outcome = self.rows(out, &mut |done| progress(done, all));
        self.session.control("ROLLBACK")?;
        self.session.begin_reading()?;
        let now = meta(&mut self.session.tx(), "withdrawn")?;
        if now != self.withdrawn {
            return Err(Fault::File(
                "un texte a été retiré pendant la sauvegarde, qui le contient encore : recommencez".into(),
            ));
        }
        outcome?;
        progress(all, all);
        Ok(())
    }

    /// Every row is written, and how many there were.
    fn rows(&mut self, out: &mut dyn Write, progress: &mut dyn FnMut(u64)) -> Result<(), Fault> {
        let has_objects = self.session.has_table("object")?;
        let (mut done, store) = (0_u64, &self.store);
        for table in &self.tables {
            put(out, b'T', table, &[])?;
            let with_files = *table == "enclosure" && has_objects;
            let sql = match with_files {
                true => enclosures::WITH_OBJECTS.to_owned(),
                // Entries in their order: whoever restores them makes their tiles as they come.
                false if *table == ENTRY => format!("SELECT * FROM {table} ORDER BY idx"),
                false => format!("SELECT * FROM {table}"),
            };
            self.session.tx().each(&sql, &[], |row| {
                put_row(out, &if with_files { with_bytes(row, store)? } else { cells(row)? })?;
                done += 1;
                if done.is_multiple_of(TOLD_EVERY) {
                    progress(done);
                }
                Ok(())
            })?;
        }
        let end = out.write_all(b"E").and_then(|()| out.write_all(&done.to_le_bytes()));
        end.map_err(|error| written(&error))
    }
}

/// The row of an enclosure with the bytes of its file, wherever they lie: a backup is whole in itself.
fn with_bytes(row: &Row<'_>, store: &Store) -> Result<Vec<Value>, Fault> {
    let mut cells: Vec<Value> = (0..4).map(|column| row.value(column)).collect::<Result<_, _>>()?;
    if cells[2] != Value::Null
        && let Some(Place::Object(object)) = enclosures::place_of(row)?
    {
        let sha256 = row.get(0)?;
        cells[3] = Value::Bytes(store.get(&object)?.map_err(|lost| Fault::Lost { sha256, lost })?);
    }
    Ok(cells)
}

fn cells(row: &Row<'_>) -> Result<Vec<Value>, Fault> {
    (0..row.width()).map(|column| row.value(column)).collect()
}

fn written(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::StorageFull => Fault::Full,
        _ => Fault::File(format!("la sauvegarde ne s’écrit pas : {error}")),
    }
}

fn put(out: &mut dyn Write, mark: u8, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    let mut frame = vec![mark];
    put_bytes(&mut frame, name.as_bytes())?;
    if mark == b'F' {
        put_bytes(&mut frame, bytes)?;
    }
    out.write_all(&frame).map_err(|error| written(&error))
}

fn put_bytes(frame: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Fault> {
    let long = u32::try_from(bytes.len()).map_err(|_| Fault::Value("une cellule de plus de 4 Go".into()))?;
    frame.extend(long.to_le_bytes());
    frame.extend(bytes);
    Ok(())
}

fn put_row(out: &mut dyn Write, cells: &[Value]) -> Result<(), Fault> {
    let width =
        u8::try_from(cells.len()).map_err(|_| Fault::Value("une ligne de plus de 255 cellules".into()))?;
    let mut frame = vec![b'R', width];
    for cell in cells {
        match cell {
            Value::Null => frame.push(0),
            Value::Bool(yes) => frame.extend([1, u8::from(*yes)]),
            Value::Int(number) => {
                frame.push(2);
                frame.extend(number.to_le_bytes());
            }
            Value::Text(text) => {
                frame.push(3);
                put_bytes(&mut frame, text.as_bytes())?;
            }
            Value::Bytes(bytes) => {
                frame.push(4);
                put_bytes(&mut frame, bytes)?;
            }
        }
    }
    out.write_all(&frame).map_err(|error| written(&error))
}

fn malformed(what: &str) -> Fault {
    Fault::File(format!("la sauvegarde est abîmée ou tronquée ({what}) : rien n’a été restauré"))
}

struct Reading<'a>(&'a mut dyn Read);

impl Reading<'_> {
    fn exact<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let mut bytes = [0; N];
        self.0.read_exact(&mut bytes).map_err(|error| malformed(&error.to_string()))?;
        Ok(bytes)
    }

    fn bytes(&mut self, most: usize) -> Result<Vec<u8>, Fault> {
        let long = u32::from_le_bytes(self.exact()?) as usize;
        if long > most {
            return Err(malformed("une longueur impossible"));
        }
        let mut bytes = Vec::new();
        // What a false length announces is not allocated before it is there.
        let from: &mut dyn Read = &mut *self.0;
        let read = from.take(long as u64).read_to_end(&mut bytes);
        match read {
            Ok(read) if read == long => Ok(bytes),
            Ok(_) => Err(malformed("elle s’arrête trop tôt")),
            Err(error) => Err(malformed(&error.to_string())),
        }
    }

    fn text(&mut self, most: usize) -> Result<String, Fault> {
        String::from_utf8(self.bytes(most)?).map_err(|_| malformed("un texte qui n’en est pas un"))
    }

    fn row(&mut self) -> Result<Vec<Value>, Fault> {
        let [width] = self.exact()?;
        if usize::from(width) > CELLS_MAX {
            return Err(malformed("une ligne trop longue"));
        }
        (0..width).map(|_| self.cell()).collect()
    }

    fn cell(&mut self) -> Result<Value, Fault> {
        Ok(match self.exact()? {
            [0] => Value::Null,
            [1] => Value::Bool(self.exact()? != [0]),
            [2] => Value::Int(i64::from_le_bytes(self.exact()?)),
            [3] => Value::Text(self.text(CELL_MAX)?),
            [4] => Value::Bytes(self.bytes(CELL_MAX)?),
            _ => return Err(malformed("une cellule inconnue")),
        })
    }
}

/// The instance that a stream holds is in the folder, its tables made from the record. `rows` is how many rows are announced.
/// The answer is whether the signing key came along. Nothing is verified here but that the stream is whole.
///
/// **Errors** an instance is there already; the stream is cut, changed or of a newer version; the system refused. Whatever was
/// written until then is the caller's to take away.
pub fn restore(
    folder: &Folder,
    tables: &'static [Tables],
    from: &mut dyn Read,
    rows: u64,
    progress: Progress<'_>,
) -> Result<bool, Fault> {
    let _lock = folder.lock()?;
    if folder.holds_instance() {
        return Err(Fault::Present(folder.path().display().to_string()));
    }
    let mut session = Session::writer(&folder.base())?;
    session.control("BEGIN")?;
    lay_out(&mut session.tx(), tables)?;
    let with_key = fill(&mut session, folder, tables, &mut Reading(from), rows, progress)?;
    check_format(&mut session.tx())?;
    without_gap(&mut session.tx())?;
    // Files lie in a store of this copy's own from now on, as an older version would not know.
    set_meta(&mut session.tx(), "format", &FORMAT.to_string())?;
    let Session::Sqlite(connection) = &session else {
        return Err(Fault::Value("une sauvegarde se restaure dans un dossier".into()));
    };
    replay::renew_file(connection, tables, &mut |_, _| {})?;
    // They were made as the entries came, if those came in their order.
    tiles::bring_up(&mut session.tx())?;
    session.control("COMMIT")?;
    Ok(with_key)
}

fn fill(
    session: &mut Session,
    folder: &Folder,
    tables: &'static [Tables],
    from: &mut Reading<'_>,
    rows: u64,
    progress: Progress<'_>,
) -> Result<bool, Fault> {
    let known: BTreeSet<&str> =
        std::iter::once(GROUND).chain(tables.iter().map(|room| room.drawers)).flat_map(table_names).collect();
    let (mut table, mut with_key, mut done) = (None, false, 0_u64);
    let mut entries = Bulk::from_the_first();
    let files = Store::of(folder)?;
    loop {
        match from.exact()? {
            [b'F'] => {
                let name = from.text(NAME_MAX)?;
                let bytes = from.bytes(CELL_MAX)?;
                with_key |= name == KEY;
                keep_file(folder, &name, &bytes)?;
            }
            [b'T'] => {
                let name = from.text(NAME_MAX)?;
                let Some(found) = known.get(name.as_str()) else {
                    return Err(Fault::Newer { found: FORMAT + 1, known: FORMAT });
                };
                session.tx().run(&format!("DELETE FROM {found}"), &[])?;
                if *found == "enclosure" {
                    // Its notes came before it: what is put from here on is in a store of its own.
                    store::rename_store(&mut session.tx())?;
                }
                table = Some(*found);
            }
            [b'R'] => {
                let table = table.ok_or_else(|| malformed("une ligne sans table"))?;
                let row = from.row()?;
                match table {
                    ENTRY => add(&mut entries, &mut session.tx(), row)?,
                    "enclosure" => enclosures::restore(&mut session.tx(), &files, &row)?,
                    _ => session.tx().insert(table, row.len(), &row)?,
                }
                done += 1;
                if done % TOLD_EVERY == 0 {
                    progress(done, rows.max(done));
                }
            }
            [b'E'] if u64::from_le_bytes(from.exact()?) == done => {
                entries.end(&mut session.tx())?;
                progress(1, 1);
                return Ok(with_key);
            }
            [b'E'] => return Err(malformed("des lignes manquent")),
            _ => return Err(malformed("une marque inconnue")),
        }
    }
}

/// The row of an entry is the record's.
fn add(entries: &mut Bulk, tx: &mut Tx<'_>, row: Vec<Value>) -> Result<(), Fault> {
    match <[Value; 3]>::try_from(row) {
        Ok([Value::Int(index), known, Value::Bytes(bytes)]) if index >= 0 => {
            entries.add(tx, index.cast_unsigned(), known, bytes)
        }
        _ => Err(malformed("une entrée qui n’en est pas une")),
    }
}

fn keep_file(folder: &Folder, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    if name == KEY {
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("une clé illisible"))?;
        let signer = tlog::Signer::parse(text.trim()).map_err(|error| Fault::Key(error.to_string()))?;
        return folder.keep_key(&signer);
    }
    if !FILES.contains(&name) {
        return Err(malformed("un fichier inconnu"));
    }
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).map_err(|error| Fault::file(&path, &error))
}
