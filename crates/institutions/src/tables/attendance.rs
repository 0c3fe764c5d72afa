//! Who came: the sittings of bodies, and of those of which it is known, the seats that were taken.

use std::collections::HashMap;

use record::{Fault, Tx, values};
use terms::sittings::{AttendanceTaken, Presence, SeatPresence, SittingHeld};
use terms::{BodyId, Day, SeatCode, SittingId};

use crate::compared::Came;

pub(super) fn held(tx: &mut Tx<'_>, word: &SittingHeld) -> Result<u64, Fault> {
    tx.run(
        "INSERT INTO body_sitting (id, body, on_day, present) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) \
         DO UPDATE SET body = excluded.body, on_day = excluded.on_day, present = excluded.present",
        values![word.id, word.body, word.on, word.present],
    )
}

pub(super) fn taken(tx: &mut Tx<'_>, word: &AttendanceTaken, entry: u64) -> Result<u64, Fault> {
    tx.run(
        "INSERT INTO attendance (sitting, body, on_day, source, entry) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (sitting) DO UPDATE SET body = excluded.body, on_day = excluded.on_day, source = \
         excluded.source, entry = excluded.entry",
        values![word.sitting, word.body, word.on, word.source, entry],
    )?;
    tx.run("DELETE FROM seat_presence WHERE sitting = ?1", values![word.sitting])?;
    for seat in &word.seats {
        tx.run(
            "INSERT INTO seat_presence (sitting, seat, ordinal, presence) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (sitting, seat, ordinal) DO UPDATE SET presence = excluded.presence",
            values![word.sitting, seat.seat, seat.ordinal, seat.presence.as_str()],
        )?;
    }
    Ok(1)
}

/// A sitting, and whether it is known who came seat by seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sat {
    pub(crate) id: SittingId,
    pub(crate) on: Day,
    /// How many were present, as the sitting itself says.
    pub(crate) present: Option<u16>,
    /// The entry of its attendance, where it was taken.
    pub(crate) taken: Option<u64>,
}

const SAT: &str = "SELECT s.id, s.on_day, s.present, a.entry FROM body_sitting s LEFT JOIN attendance a ON \
     a.sitting = s.id WHERE s.body = ?1";

fn sat_at(row: &record::Row<'_>) -> Result<Sat, Fault> {
    Ok(Sat { id: row.get(0)?, on: row.get(1)?, present: row.get(2)?, taken: row.get(3)? })
}

/// The sittings of the body up to the day, the newest first, at most `most`.
pub(crate) fn sittings(tx: &mut Tx<'_>, body: &BodyId, day: Day, most: usize) -> Result<Vec<Sat>, Fault> {
    let sql = format!("{SAT} AND s.on_day <= ?2 ORDER BY s.on_day DESC, s.id LIMIT {most}");
    tx.rows(&sql, values![*body, day], sat_at)
}

/// One sitting of the body.
pub(crate) fn sat(tx: &mut Tx<'_>, body: &BodyId, sitting: &str) -> Result<Option<Sat>, Fault> {
    tx.row(&format!("{SAT} AND s.id = ?2"), values![*body, *sitting], sat_at)
}

/// The body that sat.
pub(crate) fn body_of_sitting(tx: &mut Tx<'_>, sitting: &str) -> Result<Option<BodyId>, Fault> {
    tx.row("SELECT body FROM body_sitting WHERE id = ?1", values![*sitting], |row| row.get(0))
}

/// What is known of who came to a sitting, seat by seat.
pub(crate) fn presences_at(tx: &mut Tx<'_>, sitting: &SittingId) -> Result<Vec<SeatPresence>, Fault> {
    tx.rows(
        "SELECT seat, ordinal, presence FROM seat_presence WHERE sitting = ?1 ORDER BY seat, ordinal",
        values![*sitting],
        |row| {
            Ok(SeatPresence {
                seat: row.get(0)?,
                ordinal: row.get(1)?,
                presence: presence(&row.get::<String>(2)?)?,
            })
        },
    )
}

fn presence(word: &str) -> Result<Presence, Fault> {
    Presence::parse(word).ok_or_else(|| Fault::Value(format!("une présence dite « {word} »")))
}

/// How many sittings have their attendance taken, and how each seat stood at them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) sittings: i64,
    pub(crate) seats: HashMap<(SeatCode, u16), Came>,
}

impl Taken {
    fn add(&mut self, seat: SeatCode, ordinal: u16, presence: Presence) {
        let came = self.seats.entry((seat, ordinal)).or_default();
        came.of += 1;
        came.there += i64::from(presence.is_there());
    }
}

/// How the body's seats stood at its sittings from the first day to the last, both included.
pub(crate) fn attended(tx: &mut Tx<'_>, body: &BodyId, first: Day, last: Day) -> Result<Taken, Fault> {
    let mut found = Taken {
        sittings: tx.one(
            "SELECT COUNT(*) FROM attendance WHERE body = ?1 AND on_day >= ?2 AND on_day <= ?3",
            values![*body, first, last],
        )?,
        ..Taken::default()
    };
    tx.each(
        "SELECT p.seat, p.ordinal, p.presence FROM attendance a JOIN seat_presence p ON p.sitting = a.sitting \
         WHERE a.body = ?1 AND a.on_day >= ?2 AND a.on_day <= ?3",
        values![*body, first, last],
        |row| {
            found.add(row.get(0)?, row.get(1)?, presence(&row.get::<String>(2)?)?);
            Ok(())
        },
    )?;
    Ok(found)
}

/// As [`attended`], of every body at which it was taken.
pub(crate) fn every_attended(
    tx: &mut Tx<'_>,
    first: Day,
    last: Day,
) -> Result<HashMap<String, Taken>, Fault> {
    let mut found: HashMap<String, Taken> = HashMap::new();
    tx.each(
        "SELECT body, COUNT(*) FROM attendance WHERE on_day >= ?1 AND on_day <= ?2 GROUP BY body",
        values![first, last],
        |row| {
            found.entry(row.get(0)?).or_default().sittings = row.get(1)?;
            Ok(())
        },
    )?;
    tx.each(
        "SELECT a.body, p.seat, p.ordinal, p.presence FROM attendance a JOIN seat_presence p ON p.sitting = \
         a.sitting WHERE a.on_day >= ?1 AND a.on_day <= ?2",
        values![first, last],
        |row| {
            let presence = presence(&row.get::<String>(3)?)?;
            found.entry(row.get(0)?).or_default().add(row.get(1)?, row.get(2)?, presence);
            Ok(())
        },
    )?;
    Ok(found)
}
