//! The room over a real record: golden figures, scenes of fictional records, pages, replay, messages,
//! completeness.

pub(crate) mod scene;

mod golden;
mod organisations;
mod pages;
mod real;
mod whole;
