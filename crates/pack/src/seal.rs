//! Putting a pack's facts on a record.

use record::{Desk, Fault, Record, values};
use terms::Actor;

use crate::{Fact, Pack};

/// Facts that one act puts on the record: few enough for one transaction, enough for few flushes.
const FACTS_PER_ACT: usize = 500;

impl Pack {
    /// The facts of the pack are on the record, which was founded and held nothing else; the answer is how
    /// many.
    ///
    /// It is called once, on a fresh instance: a pack that was sealed is never sealed again, since the record
    /// would say everything twice.
    ///
    /// **Errors** [`Fault::Present`] when the record holds more than its founding; those of the record. What
    /// was sealed before a fault stays: the caller throws the new folder away.
    pub fn seal(&self, record: &Record, progress: &mut dyn FnMut(u64, u64)) -> Result<u64, Fault> {
        let origin = record.founded.origin.clone();
        record.scribe.seal_now(move |desk| fresh(desk, origin))?;
        seal(record, self.facts(), progress)
    }
}

/// The facts are on the record, in their order, in acts of five hundred; the answer is how many.
///
/// **Errors** those of the record. What was sealed before a fault stays.
pub fn seal(record: &Record, facts: Vec<Fact>, progress: &mut dyn FnMut(u64, u64)) -> Result<u64, Fault> {
    let total = facts.len() as u64;
    let mut done = 0;
    progress(done, total);
    let mut facts = facts.into_iter().peekable();
    while facts.peek().is_some() {
        let act: Vec<Fact> = facts.by_ref().take(FACTS_PER_ACT).collect();
        let (zone, sealed) = (record.zone.clone(), act.len() as u64);
        record.scribe.seal_now(move |desk| -> Result<(), Fault> {
            for fact in act {
                let word = fact.act.word(desk)?;
                desk.append(&zone, Actor::Loader, fact.known, word)?;
            }
            Ok(())
        })?;
        done += sealed;
        progress(done, total);
    }
    Ok(done)
}

fn fresh(desk: &mut Desk<'_>, origin: String) -> Result<(), Fault> {
    let second: Option<u64> =
        desk.tx().row("SELECT idx FROM entry WHERE idx > ?1 LIMIT 1", values![0_u64], |row| row.get(0))?;
    if second.is_some() { Err(Fault::Present(origin)) } else { Ok(()) }
}
