//! Earlier days kept ready: each is replayed once, one at a time, and who asks for a day that is ready never waits.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use terms::Day;

use crate::{Fault, replay};

/// How many days are kept ready.
const READY_MAX: usize = 3;

/// A day, the index of the newest entry that was known before its sealing, and that of the newest withdrawal: a later such entry
/// changes the day.
pub(crate) type Wanted = (Day, i64, i64);

/// The days that are ready, and the one that is being replayed.
pub(crate) struct Past<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    percent: AtomicU8,
}

struct State<T> {
    ready: Vec<(Wanted, T)>,
    replaying: bool,
    /// How often everything was forgotten: what was begun before must not be kept after.
    forgotten: u64,
}

impl<T> Default for Past<T> {
    fn default() -> Self {
        let state = State { ready: Vec::new(), replaying: false, forgotten: 0 };
        Self { state: Mutex::new(state), changed: Condvar::new(), percent: AtomicU8::new(0) }
    }
}

/// The turn of who replays; dropping it, also by a fault or a panic, gives it to the next.
struct Turn<'a, T>(&'a Past<T>);

impl<T> Drop for Turn<'_, T> {
    fn drop(&mut self) {
        self.0.lock().replaying = false;
        self.0.changed.notify_all();
    }
}

/// What `work` makes, on a thread that ends with it: the memory that the system's allocator keeps for a thread then serves the next
/// replay, where each of a server's many threads would keep as much of its own.
fn alone<T: Send>(work: impl FnOnce() -> Result<T, Fault> + Send) -> Result<T, Fault> {
    // A panic goes on to who asked, as if the work had been done here.
    std::thread::scope(|threads| {
        threads.spawn(work).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

impl<T: Clone + Send> Past<T> {
    /// The day, replayed by this caller where it is not ready and nobody else replays.
    ///
    /// **Errors** those of `replay`; another replay still ran when `patience` was over.
    pub(crate) fn get(
        &self,
        wanted: Wanted,
        patience: Duration,
        replay: impl Fn(replay::Progress<'_>) -> Result<T, Fault> + Sync,
    ) -> Result<T, Fault> {
        let until = Instant::now() + patience;
        loop {
            let mut state = self.lock();
            loop {
                state.forget_before(wanted.2);
                if let Some(ready) = state.take_up(wanted) {
                    return Ok(ready);
                }
                if !state.replaying {
                    break;
                }
                let left = until.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Err(Fault::Replaying(self.percent()));
                }
                state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
            }
            state.replaying = true;
            let forgotten = state.forgotten;
            drop(state);
            let turn = Turn(self);
            self.percent.store(0, Ordering::Relaxed);
            let made = alone(|| {
                replay(&mut |done, all| {
                    let percent = u8::try_from(done * 100 / all.max(1)).unwrap_or(100);
                    self.percent.store(percent, Ordering::Relaxed);
                })
            })?;
            let kept = self.lock().keep(wanted, forgotten, made.clone());
            drop(turn);
            if kept {
                return Ok(made);
            }
        }
    }
}

impl<T> Past<T> {
    /// Whether the day is there without a replay.
    pub(crate) fn is_ready(&self, wanted: Wanted) -> bool {
        self.lock().ready.iter().any(|(ready, _)| *ready == wanted)
    }

    /// How much of the replay under way is done, in hundredths.
    pub(crate) fn percent(&self) -> u8 {
        self.percent.load(Ordering::Relaxed)
    }

    /// No day is ready any more, nor will the one be that is being replayed.
    pub(crate) fn forget(&self) {
        let mut state = self.lock();
        state.ready.clear();
        state.forgotten += 1;
    }

    /// A panicking replay leaves nothing half-done behind it, so its lock is taken over.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Clone> State<T> {
    /// Days replayed before this withdrawal hold words of what was withdrawn: none is kept.
    fn forget_before(&mut self, withdrawn: i64) {
        self.ready.retain(|((_, _, known), _)| *known >= withdrawn);
    }

    fn take_up(&mut self, wanted: Wanted) -> Option<T> {
        let at = self.ready.iter().position(|(ready, _)| *ready == wanted)?;
        let found = self.ready.remove(at);
        let copy = found.1.clone();
        self.ready.push(found);
        Some(copy)
    }

    /// Whether the day was kept: not when everything was forgotten since.
    fn keep(&mut self, wanted: Wanted, forgotten: u64, made: T) -> bool {
        if self.forgotten != forgotten {
            return false;
        }
        self.ready.retain(|((day, _, _), _)| *day != wanted.0);
        if self.ready.len() >= READY_MAX {
            self.ready.remove(0);
        }
        self.ready.push((wanted, made));
        true
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::sync::mpsc::channel;

    use super::*;

    fn day(text: &str) -> Wanted {
        (text.parse().unwrap(), -1, -1)
    }

    const NOW: Duration = Duration::ZERO;

    #[test]
    fn a_ready_day_is_given_while_another_is_replayed() {
        let past = Past::default();
        assert!(!past.is_ready(day("2024-01-01")));
        past.get(day("2024-01-01"), NOW, |_| Ok("ready")).unwrap();
        assert!(past.is_ready(day("2024-01-01")) && !past.is_ready(day("2024-01-02")));
        let (begun, has_begun) = channel();
        let (go_on, may_go_on) = channel::<()>();
        let may_go_on = Mutex::new(may_go_on);
        std::thread::scope(|threads| {
            let slow = threads.spawn(|| {
                past.get(day("2024-01-02"), NOW, |progress| {
                    progress(42, 100);
                    begun.send(()).unwrap();
                    may_go_on.lock().unwrap().recv().unwrap();
                    Ok("slow")
                })
            });
            has_begun.recv().unwrap();
            let untouched = |_: replay::Progress<'_>| -> Result<&str, Fault> { panic!("replayed again") };
            assert_eq!(past.get(day("2024-01-01"), NOW, untouched), Ok("ready"));
            for other in ["2024-01-02", "2024-01-03"] {
                assert_eq!(past.get(day(other), NOW, untouched), Err(Fault::Replaying(42)));
            }
            go_on.send(()).unwrap();
            assert_eq!(slow.join().unwrap(), Ok("slow"));
            assert_eq!(past.get(day("2024-01-02"), NOW, untouched), Ok("slow"));
        });
    }

    #[test]
    fn what_is_forgotten_while_it_is_replayed_is_replayed_again() {
        let past = Past::default();
        let times = AtomicUsize::new(0);
        let got = past.get(day("2024-01-01"), NOW, |_| {
            let before = times.fetch_add(1, Ordering::Relaxed);
            if before == 0 {
                past.forget();
            }
            Ok(before)
        });
        assert_eq!(got, Ok(1));
        assert_eq!(past.get(day("2024-01-01"), NOW, |_| Ok(9)), Ok(1), "only the second was kept");
    }

    #[test]
    fn a_failed_or_panicking_replay_leaves_its_turn_to_the_next() {
        let past: Past<u8> = Past::default();
        assert_eq!(past.get(day("2024-01-01"), NOW, |_| Err(Fault::Full)), Err(Fault::Full));
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            past.get(day("2024-01-01"), NOW, |_| panic!("made up"))
        }));
        assert!(panicked.is_err());
        assert_eq!(past.get(day("2024-01-01"), NOW, |_| Ok(7)), Ok(7));
    }

    #[test]
    fn the_longest_untouched_day_makes_room() {
        let past = Past::default();
        for number in 1..=READY_MAX {
            past.get(day(&format!("2024-01-0{number}")), NOW, |_| Ok(number)).unwrap();
        }
        past.get(day("2024-01-01"), NOW, |_| Ok(0)).unwrap();
        past.get(day("2024-02-01"), NOW, |_| Ok(0)).unwrap();
        assert_eq!(past.get(day("2024-01-01"), NOW, |_| Ok(99)), Ok(1), "touched a moment ago");
        assert_eq!(past.get(day("2024-01-02"), NOW, |_| Ok(99)), Ok(99));
    }
}
