#![doc = include_str!("../README.md")]

mod digest;
mod draw;
mod lottery;
mod model;
mod nearest;
mod pool;
mod quotas;
mod refusal;
mod relaxed;
mod search;
mod seed;
mod table;
mod transcript;
mod verify;

pub use digest::Digest;
pub use draw::{Draw, Lots, replacement};
pub use lottery::{Progress, WEIGHT_TOTAL};
pub use model::Cut;
pub use pool::{Candidate, Pool};
pub use quotas::{Quota, Quotas};
pub use refusal::{Counted, Failure, Refusal, Table, Trouble};
pub use relaxed::Level;
pub use seed::{Commitment, PublicEvent, Reveal, Seed, seed};
pub use transcript::{Hint, Ticket, Transcript, Type, prepare};
pub use verify::{Fault, PROOF_SLACK, Unverified, Verified, verify};

/// The algorithm and its version. Another version may draw another panel from the same seed, and so has another name.
pub const ALGORITHM: &str = "toguna-leximin-1";

/// People that a pool may hold.
pub const PEOPLE_MAX: usize = 20_000;

/// Types that they may be of: work and memory grow with the square of it.
pub const TYPES_MAX: usize = 4_000;

/// Features that quotas may speak of.
pub const FEATURES_MAX: usize = 32;

/// Values that may have a quota, all features together.
pub const VALUES_MAX: usize = 512;

/// Bytes of an id, a feature or a value.
pub const TEXT_MAX: usize = 1_024;

/// Bytes of a seed, at least.
pub const SEED_MIN: usize = 1;

/// Bytes of a seed, at most.
pub const SEED_MAX: usize = 64;

/// Bytes of a party's secret, at least: what is shorter could be guessed from its commitment.
pub const SECRET_MIN: usize = 16;
