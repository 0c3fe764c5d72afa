#![doc = include_str!("../README.md")]

pub mod asking;
mod door;
mod kept;
mod page;

pub use door::router;
pub use kept::{Known, Witness, WitnessFault};
