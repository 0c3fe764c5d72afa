#![doc = include_str!("../README.md")]

mod acts;
mod enrolment;
mod factor;
mod founding;
mod pages;
mod password;
mod tables;

#[cfg(test)]
mod tests;

pub use founding::{Enrolled, NewAccount, enrol, first_invitation, new_access};

/// The room.
pub const ROOM: web::Room = web::Room {
    name: "access",
    tables: tables::TABLES,
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: &pages::PANELS,
    nav: &[],
    duty: None,
};
