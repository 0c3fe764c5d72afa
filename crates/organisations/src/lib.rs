#![doc = include_str!("../README.md")]

mod acts;
mod capacity;
mod funding;
mod pages;
mod profile;
mod tables;
#[cfg(test)]
mod tests;

pub use acts::{
    Bearer, CRITERIA, Candidates, Draft, Drafted, KINDS, Membership, RESTRICTIONS, Refusal, STAGES,
    STANDINGS, STATEMENTS, Side, identify, join, register, reply, restrict, state, tie,
};
pub use acts::{CapacityRefusal, ObligationRefusal, assess, attend, due_days, meet, plan, settle};
pub use acts::{Declared, FIRST_YEAR, FundingRefusal, Weighing, declare, restate};
pub use capacity::{Domain, GRID_VERSION, Item, LEVEL_MAX, Mean, grid, means, overall};

use web::{Nav, Panel, Room, Spot};

/// The room.
pub const ROOM: Room = Room {
    name: "organisations",
    tables: tables::TABLES,
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: &[
        Panel { spot: Spot::Place, order: 60, show: pages::place_panel },
        Panel { spot: Spot::Desk, order: 60, show: pages::desk_panel },
        Panel { spot: Spot::Desk, order: 20, show: pages::own_panel },
    ],
    nav: &[Nav { order: 61, label: "organisations-nav", path: "/organisations" }],
    duty: None,
};
