#![doc = include_str!("../README.md")]

mod shares;

pub use shares::{Alike, Phase, Refusal, Round, equal_shares};

/// Candidates that an election may have.
pub const CANDIDATES_MAX: usize = 2_000;

/// Voters that an election may have.
pub const VOTERS_MAX: u64 = 100_000;

/// Seats that an election may fill.
pub const SEATS_MAX: usize = 200;
