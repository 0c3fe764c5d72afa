#![doc = include_str!("../README.md")]

mod acts;
mod pages;
mod prose;
mod tables;

#[cfg(test)]
mod tests;

pub use acts::Ground;
pub use pages::data::{DataSet, OPEN_DATA};
pub use pages::tiles::public_pieces;
pub use pages::withdraw::{Asked, withdraw};

use record::Tables;
use web::{Nav, Panel, Room, Spot};

/// The hall.
pub const ROOM: Room = Room {
    name: "hall",
    tables: Tables { room: "hall", derived: tables::SCHEMA, drawers: "", apply: tables::apply },
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: &[Panel { spot: Spot::Place, order: 80, show: pages::timeline::panel }],
    nav: &[
        Nav { order: 70, label: "hall-timeline", path: "/chronologie" },
        Nav { order: 45, label: "hall-search", path: "/recherche" },
        Nav { order: 90, label: "hall-help", path: "/aide" },
    ],
    duty: None,
};
