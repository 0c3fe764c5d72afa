#![doc = include_str!("../README.md")]

pub mod acts;
mod duties;
mod ledger;
mod pages;
mod tables;
#[cfg(test)]
mod tests;

pub use duties::due;
pub use ledger::{Line, Stage, Way};

/// The room.
pub const ROOM: web::Room = web::Room {
    name: "admission",
    tables: tables::TABLES,
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: pages::PANELS,
    nav: &[web::Nav { order: 63, label: "admission-nav", path: "/acces-aux-sieges" }],
    duty: Some(duties::due),
};
