//! Rate limits, in memory only: who asked is never written anywhere, and is forgotten within minutes.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Buckets over this many: the fullest (idle longest) are dropped.
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
            let idle = Duration::from_secs(600);
            buckets.retain(|_, bucket| now.duration_since(bucket.filled) < idle);
            if buckets.len() >= BUCKETS_MAX {
                buckets.clear();
            }
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
}
