//! What falls due because time passed: silences and reminders, each under the day it belongs to.

use record::{Fault, Tx};
use terms::answers::{Fell, Reminded, SilenceNoted};
use terms::{Actor, Day, Word};
use web::Due;

use crate::case::Case;
use crate::tables::{reminders_of, to_check};

/// Every silence and reminder that has fallen due by today and is not on the record yet.
///
/// **Units** a day that passed while the server was off, or before a case was imported, keeps its own day; it counts as
/// known since that day, but never since before the delivery itself was known.
///
/// **Errors** the database refused.
pub fn due(tx: &mut Tx<'_>, today: Day) -> Result<Vec<Due>, Fault> {
    let mut fallen = Vec::new();
    for case in to_check(tx, today)? {
        let reminders = match &case.rule {
            Some(rule) => reminders_of(tx, rule)?,
            None => Vec::new(),
        };
        let passed = case.to_come(&reminders).into_iter().take_while(|fell| fell.on() <= today);
        fallen.extend(passed.map(|fell| written(&case, fell, today)));
    }
    Ok(fallen)
}

fn written(case: &Case, fell: Fell, today: Day) -> Due {
    let (recommendation, addressee) = (case.recommendation.clone(), case.addressee.clone());
    let word = match fell {
        Fell::Silence { awaited, due, on } => {
            Word::SilenceNoted(SilenceNoted { recommendation, addressee, awaited, due, on })
        }
        Fell::Reminder { on } => Word::Reminded(Reminded { recommendation, addressee, on }),
    };
    let known = fell.on().max(case.known);
    Due { by: Actor::Clock, known: (known < today).then_some(known), word }
}
