#![doc = include_str!("../README.md")]

mod acts;
mod besides;
mod capacity;
mod export;
mod funding;
pub mod import;
mod pages;
mod profile;
mod tables;
#[cfg(test)]
mod tests;

pub use acts::{
    Alike, Bearer, CRITERIA, Candidates, Draft, Drafted, KINDS, Likeness, Membership, Pair, RESTRICTIONS,
    Reason, Refusal, SHARED_MAX, STAGES, STANDINGS, STATEMENTS, Side, Twin, Work, alike, distinguish,
    identify, join, merge, part, recognise, register, reply, restrict, state, tie, works,
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
