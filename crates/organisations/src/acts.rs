//! The acts of the register: pure, from what is known and what was written to a word or to all there is to
//! mend.

mod alike;
mod capacity;
mod duplicates;
mod funding;
mod identifier;
mod obligations;
mod recognition;
mod refusal;
mod register;
mod restriction;
mod tie;

pub use alike::{Alike, Likeness, Pair, Reason, SHARED_MAX, alike};
pub use capacity::{CapacityRefusal, assess, attend, plan, settle};
pub use duplicates::{Twin, distinguish, merge, part};
pub(crate) use funding::{AMOUNT_MAX, LINES_MAX, indices, is_stale};
pub use funding::{Declared, FIRST_YEAR, FundingRefusal, Weighing, declare, restate};
pub(crate) use identifier::is_scheme;
pub use identifier::{Bearer, identify};
pub(crate) use obligations::Nearness;
pub use obligations::{ObligationRefusal, due_days, meet};
pub use recognition::{Work, recognise, works};
pub use refusal::Refusal;
pub(crate) use register::first_day;
pub use register::{Draft, KINDS, Membership, STANDINGS, STATEMENTS, join, register, state};
pub use restriction::{Drafted, RESTRICTIONS, STAGES, restrict};
pub use tie::{CRITERIA, Side, reply, tie};

/// What a person meant by a name they wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidates<T> {
    /// Nothing was written.
    Blank,
    /// This one.
    One(T),
    /// Nothing is called so.
    Nobody(String),
    /// Several are, named with their ids.
    Several(String),
}

/// A period is refused where it begins after today, or ends before it begins.
fn period(from: Option<terms::Day>, to: Option<terms::Day>, today: terms::Day, refusals: &mut Vec<Refusal>) {
    if from.is_some_and(|from| from > today) {
        refusals.push(Refusal::Later("debut"));
    }
    if from.zip(to).is_some_and(|(from, to)| to <= from) {
        refusals.push(Refusal::DatesReversed);
    }
}
