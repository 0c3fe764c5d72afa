#![doc = include_str!("../README.md")]

mod canonical;
mod enclosed;
mod entry;
mod id;
mod label;
mod spelling;

pub mod access;
pub mod admission;
pub mod answers;
pub mod instance;
pub mod institutions;
pub mod organisations;
pub mod recommendations;
pub mod selection;
pub mod sittings;

pub use calendar::{Day, FeastRule, Span, Unit, civil_days};
pub use enclosed::{Commitment, Enclosed, Media, Salt};
pub use entry::{Actor, Behalf, Entry, EntryFault, Sealed, Word};
pub use id::{
    ActionId, AdmissionId, AppealId, BodyId, CallId, CandidacyId, FormFault, MandateId, ObligationId,
    OccupancyId, OrganisationId, PersonId, PlaceId, RecommendationId, RestrictionId, RuleId, SeatCode,
    SittingId, SourceId,
};
pub use label::{Bilingual, Mark, Precision};

/// A moment in UTC, kept to the millisecond on the record.
pub type Instant = jiff::Timestamp;
