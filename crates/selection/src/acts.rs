//! The acts: pure, from what is known and what was written to a word or to all there is to mend.

mod ballot;
mod call;
mod candidacy;
mod list;
mod nomination;
mod refusal;
mod seed;
mod table;

pub use ballot::{Ballot, vote};
pub use call::{Draft, SeedDraft, cancel, open, say_rule_anew};
pub use candidacy::{Filed, Standing, file, withdraw};
pub use list::{Decision, Verdict, appeal, decide, freeze, publish};
pub use nomination::{Named, nominate};
pub use refusal::{Refusal, hint};
pub use seed::{Lots, commit, draw, reveal, value};
pub use table::{QUOTAS_MAX, quotas};

/// Seats of a call, at most.
pub const SEATS_MAX: u16 = 100;

/// Criteria of a call, at most.
pub const CRITERIA_MAX: usize = 6;

/// Candidates of a call, at most: with more, the entry that draws them would be over its size.
pub const CANDIDATES_MAX: usize = 2_000;

/// Candidates, and electors, of an election, at most: its whole count stands in one entry.
pub const ELECTION_MAX: u32 = 300;

/// Candidates that a ballot approves, at most, for the same reason.
pub const APPROVALS_MAX: usize = 20;

/// Exclusions of a list, at most: they stand in one entry.
pub const EXCLUDED_MAX: usize = 150;

/// Parties to a seed, at least: with one alone nobody else could vouch for it.
pub const PARTIES_MIN: usize = 2;

/// Parties to a seed, at most.
pub const PARTIES_MAX: usize = 12;

/// **Units** civil days, of an appeal window or a ballot, at most.
pub const WINDOW_MAX: u16 = 90;

/// Letters and digits of a secret, at most.
pub const SECRET_MAX: usize = 128;
