#![doc = include_str!("../README.md")]

mod pages;

use record::{Fault, Tables, Tx};
use terms::Sealed;
use web::{Nav, Room};

/// The mirrors.
pub const ROOM: Room = Room {
    name: "mirrors",
    tables: Tables { room: "mirrors", derived: "", drawers: "", apply },
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: &[],
    nav: &[Nav { order: 95, label: "mirrors-title", path: "/miroir" }],
    duty: None,
};

/// No table changes: how a mirror stands is no matter of the record.
fn apply(_: &mut Tx<'_>, _: &Sealed) -> Result<(), Fault> {
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_message_is_used_and_in_both_languages() {
        let (fr, en) = crate::ROOM.lang;
        let sources = [include_str!("lib.rs"), include_str!("pages.rs")];
        assert_eq!(web::laws::check_messages("mirrors", &sources, fr, en), Vec::<String>::new());
    }
}
