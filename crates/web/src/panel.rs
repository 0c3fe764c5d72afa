//! Panels: what a room hangs in a page that belongs to another room, without either knowing the other.

use maud::Markup;
use record::Tx;

use crate::{Stop, Visit};

/// Where panels may hang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The page of a recommendation; the id is the recommendation's.
    Recommendation,
    /// The page of a body or office; the id is the body's.
    Body,
    /// The page of a place; the id is the place's.
    Place,
    /// The page of a sitting; the id is the sitting's.
    Sitting,
    /// The page of an organisation; the id is the organisation's.
    Organisation,
    /// The page of a call to seats; the id is the call's.
    Call,
    /// The home page; the id is empty.
    Home,
    /// The desk of whoever is signed in; the id is empty.
    Desk,
}

/// One panel.
#[derive(Clone, Copy)]
pub struct Panel {
    /// Where it hangs.
    pub spot: Spot,
    /// Where among the others, lowest first.
    pub order: u8,
    /// What it shows; `None` when it has nothing to show.
    pub show: fn(&mut Tx<'_>, &Visit, &str) -> Result<Option<Markup>, Stop>,
}
