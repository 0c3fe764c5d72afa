#![doc = include_str!("../README.md")]

pub mod acts;
pub mod call;
pub mod count;
pub mod lots;

mod duties;
mod pages;
mod tables;
#[cfg(test)]
mod tests;

use web::{Nav, Panel, Room, Spot};

/// The room.
pub const ROOM: Room = Room {
    name: "selection",
    tables: tables::TABLES,
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: &[
        Panel { spot: Spot::Body, order: 25, show: pages::body_panel },
        Panel { spot: Spot::Organisation, order: 30, show: pages::organisation_panel },
        Panel { spot: Spot::Desk, order: 25, show: pages::desk_panel },
    ],
    nav: &[Nav { order: 62, label: "selection-nav", path: "/appels" }],
    duty: Some(duties::due),
};

/// A call and everybody who stands for it, as the record has them; none where it has no such call.
///
/// **Errors** the database refused.
pub fn facts(
    tx: &mut record::Tx<'_>,
    call: &terms::CallId,
) -> Result<Option<(call::Call, Vec<call::Candidacy>)>, record::Fault> {
    match tables::call(tx, call.as_str())? {
        Some(found) => Ok(Some((found, tables::candidacies(tx, call)?))),
        None => Ok(None),
    }
}
