#![doc = include_str!("../README.md")]

mod acts;
mod months;
mod pages;
mod tables;
#[cfg(test)]
mod tests;

pub use acts::{Draft, Minutes, PAYERS, Refusal, hold, miss, month};
pub use months::{Held, MONTHS_SHOWN, Month, last_months, months_between};

use web::{Nav, Panel, Room, Spot};

/// The room.
pub const ROOM: Room = Room {
    name: "sittings",
    tables: tables::TABLES,
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: &[
        Panel { spot: Spot::Body, order: 30, show: pages::body_panel },
        Panel { spot: Spot::Place, order: 40, show: pages::place_panel },
        Panel { spot: Spot::Desk, order: 20, show: pages::desk_panel },
    ],
    nav: &[Nav { order: 60, label: "sittings-nav", path: "/reunions" }],
    duty: None,
};
