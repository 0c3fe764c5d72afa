//! Entries checked run by run, on as many threads as are given: reading strictly is what a verification spends its time on.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use terms::instance::Succeeded;
use terms::{Commitment, Day, Entry, Instant, Word};
use tlog::{Hash, leaf_hash};

use super::pieces::Cite;
use super::{Broken, Source};

/// Entries of a run: those of a bundle.
pub const RUN: u64 = 256;

/// Runs that wait for each thread.
const WAITING: usize = 8;

/// An entry as a source gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The day noted beside it, since which it is publicly known; to be checked where the source tells days.
    pub known: Option<Day>,
}

/// A run of entries that were read strictly, up to the first that fails.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) leaves: Vec<(Hash, Instant)>,
    pub(super) cited: Vec<Cite>,
    pub(super) withdrawn: Vec<Commitment>,
    pub(super) successions: Vec<(u64, Succeeded)>,
    pub(super) fails: Option<(u64, String)>,
}

type DayOf<'a> = Option<&'a (dyn Fn(Instant) -> Day + Send + Sync)>;

struct Job {
    from: u64,
    lines: Vec<Line>,
    done: SyncSender<Checked>,
}

/// `fold` has been called with every run of the source in order; `first` is its first, already read.
///
/// **Errors** those of `fold`; the source cannot be read.
pub(super) fn each(
    source: &mut dyn Source,
    first: Vec<Line>,
    day_of: DayOf<'_>,
    workers: usize,
    fold: &mut dyn FnMut(&mut dyn Source, Checked) -> Result<(), Broken>,
) -> Result<(), Broken> {
    // A short record is checked before a thread has begun.
    if workers == 0 || (first.len() as u64) < RUN {
        return alone(source, first, day_of, fold);
    }
    let (jobs, waiting) = sync_channel::<Job>(WAITING * workers);
    let waiting = Mutex::new(waiting);
    std::thread::scope(|threads| {
        for _ in 0..workers {
            threads.spawn(|| work(&waiting, day_of));
        }
        let outcome = hand_out(source, first, &jobs, WAITING * workers, fold);
        drop(jobs);
        outcome
    })
}

fn alone(
    source: &mut dyn Source,
    first: Vec<Line>,
    day_of: DayOf<'_>,
    fold: &mut dyn FnMut(&mut dyn Source, Checked) -> Result<(), Broken>,
) -> Result<(), Broken> {
    let (mut lines, mut from) = (first, 0);
    loop {
        let many = lines.len() as u64;
        fold(source, check(from, &lines, day_of))?;
        from += many;
        if many < RUN {
            return Ok(());
        }
        lines = source.entries(from).map_err(Broken::Unreadable)?;
    }
}

fn hand_out(
    source: &mut dyn Source,
    first: Vec<Line>,
    jobs: &SyncSender<Job>,
    most: usize,
    fold: &mut dyn FnMut(&mut dyn Source, Checked) -> Result<(), Broken>,
) -> Result<(), Broken> {
    let mut under_way: VecDeque<Receiver<Checked>> = VecDeque::new();
    let gone = || Broken::Unreadable("la vérification a été interrompue".into());
    let (mut lines, mut from) = (first, 0);
    loop {
        let many = lines.len() as u64;
        let (done, comes) = sync_channel(1);
        jobs.send(Job { from, lines, done }).map_err(|_| gone())?;
        under_way.push_back(comes);
        from += many;
        while under_way.len() >= most || many < RUN {
            let Some(next) = under_way.pop_front() else { return Ok(()) };
            fold(source, next.recv().map_err(|_| gone())?)?;
        }
        lines = match source.entries(from) {
            Ok(lines) => lines,
            Err(why) => {
                // What comes before what cannot be read may fail first.
                for next in under_way {
                    fold(source, next.recv().map_err(|_| gone())?)?;
                }
                return Err(Broken::Unreadable(why));
            }
        };
    }
}

fn work(waiting: &Mutex<Receiver<Job>>, day_of: DayOf<'_>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { from, lines, done }) = next else { return };
        // Whoever asked may have found a fault before and be gone.
        let _ = done.send(check(from, &lines, day_of));
    }
}

fn check(from: u64, lines: &[Line], day_of: DayOf<'_>) -> Checked {
    let mut checked = Checked { leaves: Vec::with_capacity(lines.len()), ..Checked::default() };
    for (index, line) in (from..).zip(lines) {
        if let Err(why) = one(index, line, day_of, &mut checked) {
            checked.fails = Some((index, why));
            break;
        }
    }
    checked
}

fn one(index: u64, line: &Line, day_of: DayOf<'_>, checked: &mut Checked) -> Result<(), String> {
    let (entry, enclosed) = Entry::parse_whole(&line.bytes).map_err(|error| error.to_string())?;
    if index > 0 && matches!(entry.word, Word::RecordFounded(_)) {
        return Err("le registre est fondé une seconde fois".into());
    }
    if let (Some(known), Some(day_of)) = (line.known, day_of)
        && known != entry.known_day(day_of(entry.at))
    {
        return Err("le jour noté à côté n’est pas celui depuis lequel elle est connue".into());
    }
    let public = entry.word.is_public();
    checked.cited.extend(enclosed.into_iter().map(|enclosed| Cite { enclosed, index, public }));
    if let Word::EnclosureWithdrawn(withdrawn) = &entry.word {
        checked.withdrawn.push(withdrawn.sha256);
    }
    if let Word::RecordSucceeded(succeeded) = entry.word {
        checked.successions.push((index, succeeded));
    }
    checked.leaves.push((leaf_hash(&line.bytes), entry.at));
    Ok(())
}
