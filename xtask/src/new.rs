//! `cargo xtask new-room` and `new-indicator`: the files that every room and every indicator has.

use std::path::Path;

use crate::machine::root;
use crate::say;

/// The folder of a new room, with its inner order, is there; what is left to do by hand is said.
pub(crate) fn room(name: &str) -> Result<(), String> {
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase()) {
        return Err("a room's name is one English noun in lower case".into());
    }
    let folder = root().join("crates").join(name);
    if folder.exists() {
        return Err(format!("there is a crate `{name}` already"));
    }
    let files: [(&str, String); 8] = [
        ("Cargo.toml", ROOM_MANIFEST.replace("NAME", name)),
        ("README.md", ROOM_README.replace("NAME", name)),
        ("lang/fr.ftl", format!("{name}-title = {name}\n")),
        ("lang/en.ftl", format!("{name}-title = {name}\n")),
        ("src/lib.rs", ROOM_DOOR.replace("NAME", name)),
        ("src/acts.rs", "//! The acts of this room, pure.\n".into()),
        ("src/tables.rs", ROOM_TABLES.into()),
        ("src/pages.rs", ROOM_PAGES.replace("NAME", name)),
    ];
    for (file, text) in files {
        write(&folder.join(file), &text)?;
    }
    say(&format!(
        "Made crates/{name}. Then: a file of words in crates/terms, a line each in Cargo.toml and in crates/toguna/src/rooms.rs."
    ));
    Ok(())
}

/// The files of a new indicator are there; what is left to do by hand is said.
pub(crate) fn indicator(code: &str) -> Result<(), String> {
    let number = code.strip_prefix("I-").filter(|n| n.len() == 2 && n.bytes().all(|b| b.is_ascii_digit()));
    let number = number.ok_or("an indicator's code is I- and two digits")?;
    let file = root().join(format!("crates/indicators/src/i{number}.rs"));
    if file.exists() {
        return Err(format!("{} is there already", file.display()));
    }
    write(&file, &INDICATOR.replace("CODE", code))?;
    say(
        "Then: its line in the list of indicators, its messages and its method in crates/indicators/lang, its cases in the tests. The completeness test names what is missing.",
    );
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

const ROOM_MANIFEST: &str = r#"[package]
name = "NAME"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
publish.workspace = true

[lints]
workspace = true

[dependencies]
axum.workspace = true
record.workspace = true
terms.workspace = true
web.workspace = true
"#;

const ROOM_README: &str = "# NAME

What happens here, who enters, acts, laws kept, sources, out of scope, what is lost if its tables are lost, what someone
who can modify them gains.
";

const ROOM_DOOR: &str = r#"#![doc = include_str!("../README.md")]

pub mod acts;
mod pages;
mod tables;

/// The room.
pub const ROOM: web::Room = web::Room {
    name: "NAME",
    tables: tables::TABLES,
    routes: pages::routes,
    lang: (include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl")),
    panels: &[],
    nav: &[],
    duty: None,
};
"#;

const ROOM_TABLES: &str = r#"//! What this room keeps of the record. The only SQL.

use record::{Fault, Tables, Tx};
use terms::Sealed;

/// The room's tables.
pub(crate) const TABLES: Tables = Tables { room: "", derived: "", drawers: "", apply };

fn apply(_: &mut Tx<'_>, _: &Sealed) -> Result<(), Fault> {
    Ok(())
}
"#;

const ROOM_PAGES: &str = r#"//! The pages of this room. The only HTTP and HTML.

use axum::Router;
use axum::routing::get;
use web::{House, Outcome, Page, Visit, html};

/// The room's addresses.
pub(crate) fn routes() -> Router<House> {
    Router::new().route("/NAME", get(home))
}

async fn home(visit: Visit) -> Outcome {
    visit
        .page(|_, visit| {
            let title = visit.say("NAME-title");
            Ok(Page::new(title.clone(), html! { h1 { (title) } }))
        })
        .await
}
"#;

const INDICATOR: &str = "//! CODE: what it says, in one sentence.
//!
//! **Source** the text that justifies it.
";
