//! The record as it is stored, for [`crate::verify::verify`]: in a file, read as it lies, by nothing that the rooms use; on a server,
//! as of one moment.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use terms::Day;
use tlog::tile::Tile;

use crate::enclosures::{self, Place};
use crate::folder::Folder;
use crate::follow::holding;
use crate::instance::check_format;
use crate::session::{Base, Session, to_read};
use crate::verify::{DayOf, Found, Holding, Kept, Line, Piece, RUN, Source};
use crate::{Fault, Lost, Row, Store, Tx, cosigned, tiles, values};

/// The record in a database file. Nothing is written.
pub struct SqliteSource {
    connection: Connection,
    /// Whether the file has the table of tiles: a version before tiles left none.
    tiled: bool,
    /// Whether it has the table of cosignatures: a version before witnesses left none.
    witnessed: bool,
    /// Where the bytes of files lie, if it has the table that says so: a version before the store left none.
    store: Option<Store>,
}

impl SqliteSource {
    /// The record in the folder, read without writing.
    ///
    /// **Errors** no instance; the file cannot be read.
    pub fn open(folder: &Folder) -> Result<Self, Fault> {
        if !folder.holds_instance() {
            return Err(Fault::Absent(folder.path().display().to_string()));
        }
        Ok(Self::of_file(&folder.database())?.with_store(Store::of(folder)?))
    }

    fn of_file(file: &Path) -> Result<Self, Fault> {
        let connection = to_read(file)?;
        connection.execute_batch("PRAGMA query_only = ON;")?;
        match check_format(&mut Tx::sqlite(&connection)) {
            // The record is written alike in every version; only tables differ.
            Ok(()) | Err(Fault::Newer { .. }) => Self::over(connection),
            Err(fault) => Err(fault),
        }
    }

    /// The record that this connection sees, inside whatever transaction it has open.
    ///
    /// **Errors** the database refused.
    pub fn over(connection: Connection) -> Result<Self, Fault> {
        let has = |name: &str| -> Result<bool, Fault> {
            let sql = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?1";
            Ok(connection.query_row(sql, [name], |row| row.get::<_, i64>(0))? > 0)
        };
        let (tiled, witnessed) = (has("tile")?, has("cosignature")?);
        Ok(Self { connection, tiled, witnessed, store: None })
    }

    /// The same record, the bytes of its files read from this store.
    #[must_use]
    pub fn with_store(self, store: Store) -> Self {
        Self { store: Some(store), ..self }
    }

    /// The connection, for whoever gave it.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    fn run(&self, from: u64) -> Result<Vec<Line>, Fault> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT idx, known, bytes FROM entry WHERE idx >= ?1 ORDER BY idx LIMIT ?2")?;
        let mut rows = statement.query(params![from as i64, RUN as i64])?;
        let mut lines = Vec::with_capacity(RUN as usize);
        while let Some(row) = rows.next()? {
            let next = from + lines.len() as u64;
            if row.get::<_, i64>(0)? != next as i64 {
                return Err(Fault::Damaged(format!("l’entrée {next} manque")));
            }
            let known = match row.get_ref(1)? {
                ValueRef::Text(text) => std::str::from_utf8(text).ok().and_then(day),
                _ => None,
            };
            let known =
                known.ok_or_else(|| Fault::Value(format!("le jour noté à côté de l’entrée {next}")))?;
            let ValueRef::Blob(bytes) = row.get_ref(2)? else {
                return Err(Fault::Value(format!("l’entrée {next} n’est pas faite d’octets")));
            };
            lines.push(Line { bytes: bytes.to_vec(), known: Some(known) });
        }
        Ok(lines)
    }

    fn kept(&self) -> Result<Vec<Kept>, Fault> {
        Tx::sqlite(&self.connection).rows(
            "SELECT note, size, day, frontier FROM checkpoint ORDER BY size, day",
            &[],
            |row| {
                let day_kept: String = row.get(2)?;
                let day_kept = day(&day_kept).ok_or_else(|| Fault::Value(format!("jour « {day_kept} »")))?;
                let (size, frontier) = (row.get(1)?, row.get(3)?);
                Ok(Kept {
                    note: row.get(0)?,
                    size: Some(size),
                    day: Some(day_kept),
                    frontier: Some(frontier),
                })
            },
        )
    }

    fn each_piece(&self, each: &mut dyn FnMut(&Piece<'_>)) -> Result<(), Fault> {
        let sql = "SELECT sha256, media, salt, bytes FROM enclosure";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let cell = |at| -> Result<Option<&[u8]>, Fault> {
                Ok(match row.get_ref(at)? {
                    ValueRef::Null => None,
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(bytes),
                    // What is of no kind of ours is no enclosure's.
                    _ => Some(b"?"),
                })
            };
            let text = |at| Ok::<_, Fault>(std::str::from_utf8(cell(at)?.unwrap_or_default()).unwrap_or("?"));
            let (sha256, salt, bytes) = (text(0)?, cell(2)?, cell(3)?);
            let stored = match &self.store {
                Some(store) if salt.is_some() && bytes.is_none() => {
                    stored_bytes(&mut Tx::sqlite(&self.connection), store, sha256)?
                }
                _ => None,
            };
            each(&Piece { sha256, media: text(1)?, salt, bytes: bytes.or(stored.as_deref()) });
        }
        Ok(())
    }
}

/// The bytes of a file in the store; none where they are missing, and none of it where they were altered.
fn stored_bytes(tx: &mut Tx<'_>, store: &Store, sha256: &str) -> Result<Option<Vec<u8>>, Fault> {
    let sql = format!("{} WHERE e.sha256 = ?1", enclosures::WITH_OBJECTS);
    let place = tx.row(&sql, values![*sha256], enclosures::place_of);
    match place {
        Ok(found) => bytes_at(store, found.flatten()),
        // An older version left no such table.
        Err(Fault::Database(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn bytes_at(store: &Store, place: Option<Place>) -> Result<Option<Vec<u8>>, Fault> {
    Ok(match place {
        None => None,
        Some(Place::Row(bytes)) => Some(bytes),
        Some(Place::Object(object)) => match store.get(&object)? {
            Ok(bytes) => Some(bytes),
            Err(Lost::Missing) => None,
            Err(Lost::Altered) => Some(Vec::new()),
        },
    })
}

/// The newest checkpoint carries the cosignatures that are kept of it. One that cannot be read stays as it is, to be told so.
fn cosign(kept: &mut [Kept], tx: &mut Tx<'_>) {
    if let Some(newest) = kept.last_mut()
        && let Ok(note) = cosigned::covering(tx, &newest.note)
    {
        newest.note = note;
    }
}

/// A day written in its one way.
fn day(text: &str) -> Option<Day> {
    // Four digits of a year, two of a month, two of a day: nearly every one.
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i16, |number, digit| {
            digit.is_ascii_digit().then(|| 10 * number + i16::from(digit - b'0'))
        })
    };
    if let [year @ .., b'-', m0, m1, b'-', d0, d1] = text.as_bytes()
        && year.len() == 4
        && let (Some(year), Some(month), Some(day)) = (number(year), number(&[*m0, *m1]), number(&[*d0, *d1]))
    {
        return Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    }
    let day: Day = text.parse().ok()?;
    (day.to_string() == text).then_some(day)
}

impl Source for SqliteSource {
    fn entries(&mut self, from: u64) -> Result<Vec<Line>, String> {
        self.run(from).map_err(|fault| fault.to_string())
    }

    fn checkpoints(&mut self) -> Result<Vec<Kept>, String> {
        let mut kept = self.kept().map_err(|fault| fault.to_string())?;
        if self.witnessed {
            cosign(&mut kept, &mut Tx::sqlite(&self.connection));
        }
        Ok(kept)
    }

    fn tile(&mut self, tile: Tile) -> Result<Found, String> {
        // The partial tile of level 0 is made from its entries when it is asked for.
        if !self.tiled || (tile.level() == 0 && !tile.is_full()) {
            return Ok(Found::NotKept);
        }
        let row = tiles::row(&mut Tx::sqlite(&self.connection), tile.level(), tile.index());
        Ok(row.map_err(|fault| fault.to_string())?.map_or(Found::Missing, Found::Bytes))
    }

    fn pieces(&mut self, each: &mut dyn FnMut(&Piece<'_>)) -> Result<Holding, String> {
        self.each_piece(each).map_err(|fault| fault.to_string())?;
        Ok(holding(&mut Tx::sqlite(&self.connection)))
    }

    fn days(&mut self, zone: &str) -> Result<Option<DayOf>, String> {
        days_in(zone)
    }
}

fn days_in(zone: &str) -> Result<Option<DayOf>, String> {
    let zone = jiff::tz::TimeZone::get(zone).map_err(|error| error.to_string())?;
    Ok(Some(Box::new(move |at| zone.to_datetime(at).date())))
}

/// The record on a database server, all of it as of the moment at which it was opened.
struct ServerSource {
    session: Session,
    store: Store,
}

impl ServerSource {
    fn open(base: &Base, store: Store) -> Result<Self, Fault> {
        let mut session = Session::reader(base)?;
        session.begin_reading()?;
        match check_format(&mut session.tx()) {
            Ok(()) | Err(Fault::Newer { .. }) => Ok(Self { session, store }),
            Err(fault) => Err(fault),
        }
    }

    fn run(&mut self, from: u64) -> Result<Vec<Line>, Fault> {
        let sql = "SELECT idx, known, bytes FROM entry WHERE idx >= ?1 AND idx < ?2 ORDER BY idx";
        let rows: Vec<(u64, Line)> = self.session.tx().rows(sql, values![from, from + RUN], |row| {
            let known: Day = row.get(1)?;
            Ok((row.get(0)?, Line { bytes: row.get(2)?, known: Some(known) }))
        })?;
        match rows.iter().zip(from..).find(|((index, _), next)| index != next) {
            Some((_, next)) => Err(Fault::Damaged(format!("l’entrée {next} manque"))),
            None => Ok(rows.into_iter().map(|(_, line)| line).collect()),
        }
    }

    fn kept(&mut self) -> Result<Vec<Kept>, Fault> {
        let sql = "SELECT note, size, day, frontier FROM checkpoint ORDER BY size, day";
        self.session.tx().rows(sql, &[], |row| {
            Ok(Kept {
                note: row.get(0)?,
                size: Some(row.get(1)?),
                day: Some(row.get(2)?),
                frontier: Some(row.get(3)?),
            })
        })
    }

    fn each_piece(&mut self, each: &mut dyn FnMut(&Piece<'_>)) -> Result<(), Fault> {
        let has_objects = self.session.has_table("object")?;
        let plain = "SELECT sha256, media, salt, bytes FROM enclosure";
        let sql = if has_objects { enclosures::WITH_OBJECTS } else { plain };
        let store = &self.store;
        self.session.tx().each(sql, &[], |row: &Row<'_>| {
            let (sha256, media): (String, String) = (row.get(0)?, row.get(1)?);
            let salt: Option<Vec<u8>> = row.get(2)?;
            let bytes = match salt {
                Some(_) if has_objects => bytes_at(store, enclosures::place_of(row)?)?,
                _ => row.get(3)?,
            };
            each(&Piece { sha256: &sha256, media: &media, salt: salt.as_deref(), bytes: bytes.as_deref() });
            Ok(())
        })
    }
}

impl Source for ServerSource {
    fn entries(&mut self, from: u64) -> Result<Vec<Line>, String> {
        self.run(from).map_err(|fault| fault.to_string())
    }

    fn checkpoints(&mut self) -> Result<Vec<Kept>, String> {
        let mut kept = self.kept().map_err(|fault| fault.to_string())?;
        if self.session.has_table("cosignature").map_err(|fault| fault.to_string())? {
            cosign(&mut kept, &mut self.session.tx());
        }
        Ok(kept)
    }

    fn tile(&mut self, tile: Tile) -> Result<Found, String> {
        // The partial tile of level 0 is made from its entries when it is asked for.
        if tile.level() == 0 && !tile.is_full() {
            return Ok(Found::NotKept);
        }
        let row = tiles::row(&mut self.session.tx(), tile.level(), tile.index());
        Ok(row.map_err(|fault| fault.to_string())?.map_or(Found::Missing, Found::Bytes))
    }

    fn pieces(&mut self, each: &mut dyn FnMut(&Piece<'_>)) -> Result<Holding, String> {
        self.each_piece(each).map_err(|fault| fault.to_string())?;
        Ok(holding(&mut self.session.tx()))
    }

    fn days(&mut self, zone: &str) -> Result<Option<DayOf>, String> {
        days_in(zone)
    }
}

/// The record of the instance in a folder, wherever its database lies. Nothing is written.
///
/// **Errors** no instance; the file or the server cannot be read.
pub fn stored(folder: &Folder) -> Result<Box<dyn Source>, Fault> {
    Ok(match folder.base() {
        Base::File(_) => Box::new(SqliteSource::open(folder)?),
        _ if !folder.holds_instance() => return Err(Fault::Absent(folder.path().display().to_string())),
        base => Box::new(ServerSource::open(&base, Store::of(folder)?)?),
    })
}
