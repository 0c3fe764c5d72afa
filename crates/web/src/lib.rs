#![doc = include_str!("../README.md")]

mod address;
mod chance;
mod citation;
mod clocks;
mod feed;
mod form;
mod gone;
mod house;
mod kept;
mod layout;
mod listing;
mod mirror;
mod moved;
mod namesake;
mod near;
mod outcome;
mod panel;
mod patience;
mod rate;
mod room;
mod say;
mod session;
mod sheet;
mod standing;
mod tag;
mod visit;

pub mod door;
pub mod draw;
pub mod gate;
pub mod laws;
#[cfg(feature = "rehearsal")]
pub mod rehearsal;

pub use address::{Format, Language};
pub use chance::fresh_text;
pub use citation::cited;
pub use clocks::{Clocks, clocks_tables};
pub use feed::{Atom, FeedItem, ICalendar, Milestone};
pub use form::{Form, Input, Refusal, Refusals, Upload};
pub use gone::{Gone, gone_page, ground_label, pieces_link, quoted_of, sentence, withdrawal};
pub use house::{AsItIs, House, Setting};
pub use layout::{Page, day, days_apart, provenance, quoted, time_range};
pub use listing::{Cell, Column, Listing, Shown, harmless};
pub use mirror::{MirrorState, Mirrored};
pub use moved::moved_to;
pub use namesake::{field_spelled, meant, spelled, told_apart};
pub use outcome::{Outcome, Stop};
pub use panel::{Panel, Spot};
pub use rate::Limiter;
pub use room::{Due, Duty, Nav, Room};
pub use say::{Languages, Say};
pub use session::{SessionToken, begin_session, end_session, session_tables};
pub use sheet::{Fields, FormPage, one_named, source_of};
pub use standing::{Mandate, Standing, standing_tables};
pub use visit::Visit;

/// The HTML writer; rooms use it through here so that one version serves all.
pub use maud::{Markup, PreEscaped, Render, html};
