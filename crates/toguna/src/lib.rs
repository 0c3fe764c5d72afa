//! The house put together: which rooms, in which order. The binary, the stories and the benches all build from here.

pub mod across;
pub mod demo;
pub mod exercise;
pub mod instance;
pub mod publish;
pub mod rooms;
