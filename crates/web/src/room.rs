//! What a room brings to the house.

use axum::Router;
use record::{Fault, Tables, Tx};
use terms::{Actor, Day, Word};

use crate::{House, Panel};

/// What falls due because time passed: entries for today, from the room's own tables.
pub type Duty = fn(&mut Tx<'_>, today: Day) -> Result<Vec<Due>, Fault>;

/// One entry that time wrote.
pub struct Due {
    /// The clock.
    pub by: Actor,
    /// Since when it was public, where that is before today.
    pub known: Option<Day>,
    /// What it says.
    pub word: Word,
}

/// Places before this order stand in the header of every page; the others behind « Plus ».
pub(crate) const IN_HEADER: u8 = 50;

/// A place in the main navigation.
#[derive(Debug, Clone, Copy)]
pub struct Nav {
    /// Where among the others, from 0: under 50 in the header, above behind « Plus ».
    pub order: u8,
    /// The message that names it.
    pub label: &'static str,
    /// The address, without language.
    pub path: &'static str,
}

/// A room: its tables, pages, words, and what falls due in it.
#[derive(Clone, Copy)]
pub struct Room {
    /// Its name, that of its folder.
    pub name: &'static str,
    /// Its tables.
    pub tables: Tables,
    /// Its pages.
    pub routes: fn() -> Router<House>,
    /// Its messages, French and English.
    pub lang: (&'static str, &'static str),
    /// What it hangs in other rooms' pages.
    pub panels: &'static [Panel],
    /// Its places in the navigation.
    pub nav: &'static [Nav],
    /// What falls due in it.
    pub duty: Option<Duty>,
}
