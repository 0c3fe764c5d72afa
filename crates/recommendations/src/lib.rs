#![doc = include_str!("../README.md")]

pub mod acts;
pub mod export;
pub mod import;
mod pages;
mod refusals;
pub mod seals;
mod tables;
#[cfg(test)]
mod tests;

pub use tables::{Filter, MatrixLine, matrix_lines};

use web::{Nav, Panel, Room, Spot};

/// The room.
pub const ROOM: Room = Room {
    name: "recommendations",
    tables: tables::tables(),
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: PANELS,
    nav: &[Nav { order: 20, label: "recommendations-nav", path: "/recommandations" }],
    duty: None,
};

const PANELS: &[Panel] = &[
    Panel { spot: Spot::Desk, order: 20, show: pages::desk::desk },
    Panel { spot: Spot::Body, order: 40, show: pages::desk::of_body },
    Panel { spot: Spot::Place, order: 40, show: pages::desk::of_place },
    Panel { spot: Spot::Organisation, order: 40, show: pages::desk::of_organisation },
    Panel { spot: Spot::Home, order: 40, show: pages::desk::newest },
];
