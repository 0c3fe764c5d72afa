#![doc = include_str!("../README.md")]

mod audit;
mod clock;
mod figure;
mod indicator;
mod pages;
mod seats;
mod tables;

mod i01;
mod i02;
mod i03;
mod i04;
mod i05;
mod i06;
mod i07;
mod i08;
mod i09;
mod i10;
mod i11;
mod i12;
mod i13;
mod i14;
mod i16;
mod i17;
mod i27;
mod i28;
mod i29;
mod i30;
mod i31;
mod i32;
mod i33;

#[cfg(test)]
mod tests;

pub use audit::{TABLE_HEAD, audit, csv, table_row};
pub use figure::{HORIZON_DAYS, Survival, UnderWay, Value};

use web::{Nav, Room};

/// The room.
pub const ROOM: Room = Room {
    name: "indicators",
    tables: tables::TABLES,
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: &pages::PANELS,
    nav: &[Nav { order: 35, label: "indicators-nav", path: "/indicateurs" }],
    duty: None,
};
