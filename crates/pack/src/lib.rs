#![doc = include_str!("../README.md")]

mod clocks;
mod exercise;
mod facts;
mod fault;
mod feasts;
mod figures;
mod files;
mod institutions;
mod keyed;
mod obligations;
mod read;
mod register;
mod schema;
mod seal;
mod seats;
mod settings;
mod sheet;
mod territory;

pub use exercise::call::{Call as ExerciseCall, Candidate as ExerciseCandidate, Party as ExerciseParty};
pub use exercise::{
    Addressed, Answered, Assessed, Committee, Event, Exercise, ExercisePlace, Funding, Happening, HolderKind,
    Met, Office, Organisation, Person, Planned, PointAnswered, Priority, Recommendation, RecommendationPoint,
    Seat, Sitting, Trained,
};
pub use facts::{Act, Fact};
pub use fault::{FAULTS_MAX, PackFault};
pub use figures::Meeting;
pub use files::{EmbeddedFiles, Files, FolderFiles, OUTLINES, embedded, embedded_names, find};
pub use institutions::{Kind, Requirement};
pub use read::{Dated, Pack};
pub use schema::{SHEETS, Sheet};
pub use seal::seal;
pub use seats::Occupancy;
pub use settings::{BodyName, Settings};
