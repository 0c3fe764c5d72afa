//! The ordered list of rooms. Adding a room is a line here.

use record::Tables;
use web::Room;

/// Every room, in the order of the flow: who sits, what they recommend, what is answered, and what follows from all of it.
pub static ROOMS: [Room; 11] = [
    access::ROOM,
    institutions::ROOM,
    organisations::ROOM,
    selection::ROOM,
    admission::ROOM,
    sittings::ROOM,
    recommendations::ROOM,
    answers::ROOM,
    indicators::ROOM,
    mirrors::ROOM,
    hall::ROOM,
];

/// The tables of the house and of every room, in the order in which entries are applied.
pub static TABLES: [Tables; 14] = [
    web::clocks_tables(),
    web::session_tables(),
    web::standing_tables(),
    access::ROOM.tables,
    institutions::ROOM.tables,
    organisations::ROOM.tables,
    selection::ROOM.tables,
    admission::ROOM.tables,
    sittings::ROOM.tables,
    recommendations::ROOM.tables,
    answers::ROOM.tables,
    indicators::ROOM.tables,
    mirrors::ROOM.tables,
    hall::ROOM.tables,
];
