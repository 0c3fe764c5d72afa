#![doc = include_str!("../README.md")]

mod acts;
mod compared;
mod pages;
mod popolo;
mod seats;
mod tables;
#[cfg(test)]
mod tests;

pub use acts::{
    BodyFacts, Establishing, Filling, Ground, HoldingFacts, INTERRUPTIONS, Installing, LEAVINGS, ORDINAL_MAX,
    Refusal, SeatFacts, attend, end, establish, fill, install, interrupt,
};

use web::{Nav, Panel, Room, Spot};

/// The room.
pub const ROOM: Room = Room {
    name: "institutions",
    tables: tables::TABLES,
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: &[
        Panel { spot: Spot::Home, order: 10, show: pages::home_panel },
        Panel { spot: Spot::Organisation, order: 10, show: pages::organisation_panel },
        Panel { spot: Spot::Sitting, order: 10, show: pages::sitting_panel },
        Panel { spot: Spot::Desk, order: 50, show: pages::desk_panel },
    ],
    nav: &[
        Nav { order: 10, label: "institutions-nav", path: "/instances" },
        Nav { order: 40, label: "institutions-nav-places", path: "/lieux" },
    ],
    duty: None,
};
