#![doc = include_str!("../README.md")]

pub mod acts;
mod case;
mod duties;
mod pages;
mod refusal;
mod tables;

#[cfg(test)]
mod tests;

pub use case::{Asked, Case, CaseFacts, Held, Stage};
pub use duties::due;
pub use refusal::Refusal;
pub use tables::case_facts;

/// The room.
pub const ROOM: web::Room = web::Room {
    name: "answers",
    tables: tables::TABLES,
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: pages::PANELS,
    nav: &[
        web::Nav { order: 62, label: "answers-nav-answers", path: "/reponses" },
        web::Nav { order: 30, label: "answers-nav-silences", path: "/silences" },
    ],
    duty: Some(duties::due),
};
