//! Rate limits, in memory only: who asked is never written anywhere, and is forgotten within minutes.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Buckets over this many: the tenth idle longest are dropped, so that nobody empties another's by filling the room.
const BUCKETS_MAX: usize = 10_000;

/// Token buckets keyed by a hash that only this process can compute.
pub struct Limiter {
    hasher: RandomState,
    buckets: Mutex<HashMap<u64, Bucket>>,
}

struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl Default for Limiter {
    fn default() -> Self {
        Self { hasher: RandomState::new(), buckets: Mutex::new(HashMap::new()) }
    }
}

impl Limiter {
    /// Whether one more act of this kind by this key is allowed now.
    ///
    /// **Units** `burst` acts at once, then one more every `every`.
    pub fn allows(&self, kind: &str, key: &str, burst: u32, every: Duration) -> bool {
        let hash = self.hasher.hash_one((kind, key));
        let now = Instant::now();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS_MAX {
            let mut filled: Vec<Instant> = buckets.values().map(|bucket| bucket.filled).collect();
            let (_, oldest, _) = filled.select_nth_unstable(BUCKETS_MAX / 10);
            let oldest = *oldest;
            buckets.retain(|_, bucket| bucket.filled > oldest);
        }
        let full = f64::from(burst);
        let bucket = buckets.entry(hash).or_insert(Bucket { tokens: full, filled: now });
        let earned = now.duration_since(bucket.filled).as_secs_f64() / every.as_secs_f64();
        bucket.tokens = (bucket.tokens + earned).min(full);
        bucket.filled = now;
        if bucket.tokens < 1.0 {
            return false;
        }
        bucket.tokens -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_no_more() {
        let limiter = Limiter::default();
        let minute = Duration::from_secs(60);
        assert!((0..3).all(|_| limiter.allows("connexion", "awa", 3, minute)));
        assert!(!limiter.allows("connexion", "awa", 3, minute));
        assert!(limiter.allows("connexion", "moussa", 3, minute));
        assert!(limiter.allows("recherche", "awa", 3, minute));
    }

    #[test]
    fn a_crowd_of_strangers_gives_nobody_a_fresh_start() {
        let limiter = Limiter::default();
        let hour = Duration::from_secs(3600);
        for stranger in 0..BUCKETS_MAX {
            limiter.allows("connexion", &stranger.to_string(), 1, hour);
        }
        assert!(limiter.allows("connexion", "awa", 1, hour));
        for stranger in 0..BUCKETS_MAX / 2 {
            limiter.allows("connexion", &format!("autre-{stranger}"), 1, hour);
        }
        assert!(!limiter.allows("connexion", "awa", 1, hour), "she is not among those idle longest");
        assert!(limiter.buckets.lock().unwrap().len() <= BUCKETS_MAX);
    }
}
