//! Why there is no lottery, no draw, no seed.

use thiserror::Error;

/// Which file a refusal speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// The pool of candidates.
    Pool,
    /// The quotas.
    Quotas,
}

/// What whoever prepares a draw can mend. Lines are counted from 1, the header included.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The bytes are no UTF-8 text.
    #[error("{table:?}, line {line}: not UTF-8")]
    NotText {
        /// The file.
        table: Table,
        /// The line.
        line: u64,
    },
    /// A column that is needed is not in the header.
    #[error("{table:?}: no column {column:?}")]
    NoColumn {
        /// The file.
        table: Table,
        /// The column looked for.
        column: String,
    },
    /// Two columns that are needed bear one name.
    #[error("{table:?}: two columns {column:?}")]
    SameColumn {
        /// The file.
        table: Table,
        /// The name.
        column: String,
    },
    /// A row has fewer or more cells than the header.
    #[error("{table:?}, line {line}: {cells} cells, the header has {columns}")]
    Cells {
        /// The file.
        table: Table,
        /// The line.
        line: u64,
        /// Cells of the row.
        cells: usize,
        /// Columns of the header.
        columns: usize,
    },
    /// A cell that must not be empty is.
    #[error("{table:?}, line {line}: {column:?} is empty")]
    Empty {
        /// The file.
        table: Table,
        /// The line.
        line: u64,
        /// The column.
        column: String,
    },
    /// A file without one row.
    #[error("{table:?}: no row")]
    NoRow {
        /// The file.
        table: Table,
    },
    /// A text longer than [`crate::TEXT_MAX`] bytes.
    #[error("{table:?}, line {line}: {column:?} is too long")]
    TooLong {
        /// The file.
        table: Table,
        /// The line.
        line: u64,
        /// The column.
        column: String,
    },
    /// More than this instrument takes on: [`crate::PEOPLE_MAX`], [`crate::TYPES_MAX`],
    /// [`crate::FEATURES_MAX`], [`crate::VALUES_MAX`].
    #[error("{table:?}: more than {most} {what}")]
    TooMany {
        /// The file.
        table: Table,
        /// Of what.
        what: Counted,
        /// The bound.
        most: usize,
    },
    /// Two candidates bear one id.
    #[error("line {line}: the id {id:?} is already on line {first}")]
    SameId {
        /// The later line.
        line: u64,
        /// The earlier one.
        first: u64,
        /// The id.
        id: String,
    },
    /// A candidate has a value without a quota.
    #[error("line {line}: no quota for {value:?} of {feature:?}")]
    NoQuota {
        /// The candidate's line.
        line: u64,
        /// The feature.
        feature: String,
        /// The value.
        value: String,
    },
    /// A bound of a quota is no whole number from 0 on.
    #[error("quotas, line {line}: {text:?} is no whole number ({column})")]
    NoNumber {
        /// The line.
        line: u64,
        /// `min` or `max`.
        column: String,
        /// What stands there.
        text: String,
    },
    /// A quota whose minimum is above its maximum.
    #[error("quotas, line {line}: the minimum {min} is above the maximum {max}")]
    Upside {
        /// The line.
        line: u64,
        /// The minimum.
        min: u32,
        /// The maximum.
        max: u32,
    },
    /// Two quotas for one value.
    #[error("quotas, line {line}: {value:?} of {feature:?} already has a quota on line {first}")]
    SameQuota {
        /// The later line.
        line: u64,
        /// The earlier one.
        first: u64,
        /// The feature.
        feature: String,
        /// The value.
        value: String,
    },
    /// A panel without a seat.
    #[error("a panel has at least one seat")]
    NoSeat,
    /// A seed that is no hexadecimal text of 16 to 64 bytes.
    #[error("the seed is no hexadecimal text of {} to {} bytes", crate::SEED_MIN, crate::SEED_MAX)]
    Seed,
    /// What a party reveals does not match what it had committed to.
    #[error("what {party:?} reveals does not match its commitment")]
    Reveal {
        /// The party.
        party: String,
    },
    /// A party that committed itself has revealed nothing.
    #[error("{party:?} has revealed nothing")]
    NotRevealed {
        /// The party.
        party: String,
    },
    /// Somebody reveals who had not committed to anything.
    #[error("{party:?} had not committed to anything")]
    NotCommitted {
        /// The party.
        party: String,
    },
    /// Two parties bear one name.
    #[error("two commitments of {party:?}")]
    SameParty {
        /// The party.
        party: String,
    },
    /// Nobody committed to anything.
    #[error("no party has committed to a secret")]
    NoParty,
    /// A secret shorter than [`crate::SECRET_MIN`] bytes: it could be guessed from its commitment.
    #[error("the secret of {party:?} is shorter than {} bytes", crate::SECRET_MIN)]
    ShortSecret {
        /// The party.
        party: String,
    },
    /// The public event has no name or no outcome.
    #[error("the public event needs a name and an outcome")]
    NoEvent,
}

/// What there can be too many of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Candidates.
    People,
    /// Features.
    Features,
    /// Values of all features together.
    Values,
    /// Types: candidates of the same values are one.
    Types,
}

impl std::fmt::Display for Counted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::People => "people",
            Self::Features => "features",
            Self::Values => "values",
            Self::Types => "types",
        })
    }
}

/// Why the arithmetic gives no answer though the files are in order.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Trouble {
    /// A search for a panel opened more branches than allowed. Fewer or wider quotas make it easier.
    #[error("the quotas are too entangled for a search within bounds")]
    TooHard,
    /// A check that follows each calculation failed.
    #[error("the calculation lost precision: {0}")]
    Numbers(&'static str),
    /// The solver gave up.
    #[error("the solver: {0}")]
    Solver(String),
}

/// Why there is no lottery.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Failure {
    /// Whoever prepares the draw can mend it.
    #[error(transparent)]
    Refusal(#[from] Refusal),
    /// The arithmetic gives no answer.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}
