//! What falls due because time passed: silences and reminders, each under the day it belongs to.

use record::{Fault, Tx};
use terms::admission::{SeatRequestReminded, SeatRequestSilenceNoted};
use terms::answers::Fell;
use terms::{Actor, Day, Word};
use web::Due;

use crate::ledger::Line;
use crate::tables;

/// Every silence and reminder that has fallen due by today and is not on the record yet.
///
/// **Units** a day that passed while the server was off, or before the request was written, keeps its own day; it counts as known since
/// that day, but never since before the request itself was known.
///
/// **Errors** the database refused.
pub fn due(tx: &mut Tx<'_>, today: Day) -> Result<Vec<Due>, Fault> {
    let mut fallen = Vec::new();
    for line in tables::to_check(tx, today)? {
        let reminders = tables::reminders_of(tx, line.rule.as_ref())?;
        let passed = line.to_come(&reminders).into_iter().take_while(|fell| fell.on() <= today);
        fallen.extend(passed.map(|fell| written(&line, fell, today)));
    }
    Ok(fallen)
}

fn written(line: &Line, fell: Fell, today: Day) -> Due {
    let id = line.id.clone();
    let word = match fell {
        Fell::Silence { awaited, due, on } => {
            Word::SeatRequestSilenceNoted(SeatRequestSilenceNoted { id, awaited, due, on })
        }
        Fell::Reminder { on } => Word::SeatRequestReminded(SeatRequestReminded { id, on }),
    };
    let known = fell.on().max(line.known);
    Due { by: Actor::Clock, known: (known < today).then_some(known), word }
}
