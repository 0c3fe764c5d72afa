#![doc = include_str!("../README.md")]

mod apart;
mod examine;
mod fault;
mod folder;
mod instance;
mod moving;
mod past;
mod scribe;
mod session;
mod shelf;
mod source;
mod store;
mod tables;
mod tx;
mod value;

pub mod backup;
pub mod bulk;
pub mod cosigned;
pub mod directory;
pub mod enclosures;
pub mod follow;
pub mod proofs;
pub mod replay;
pub mod succession;
pub mod tiles;
pub mod verify;

pub use examine::{examine, rebuild_tables};
pub use fault::Fault;
pub use folder::{Folder, Lock};
pub use instance::{Opened, Reading, Record};
pub use moving::{files, move_files, move_record};
pub use scribe::{Clock, Desk, Scribe, Zone};
pub use session::Base;
pub use shelf::{FORMAT, Shelf, meta};
pub use source::{SqliteSource, stored};
pub use store::{Lost, Stock, Store};
pub use tables::{Tables, table_names};
pub use tx::Tx;
pub use value::{FromValue, Row, ToValue, Value};
