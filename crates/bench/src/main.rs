#![doc = include_str!("../README.md")]

mod acts;
mod big;
mod drawn;
mod mirrored;
mod pages;
mod proven;
mod witnessed;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use comfy_table::Table;
use comfy_table::presets::ASCII_MARKDOWN;
use toguna::rooms::TABLES;

/// One line of the printed table: what, figure, aim.
pub(crate) struct Measure {
    /// What was measured.
    pub(crate) what: String,
    /// What came out, with its unit.
    pub(crate) figure: String,
    /// What the design aims at; empty where it sets no aim.
    pub(crate) aim: &'static str,
}

impl Measure {
    fn new(what: impl Into<String>, figure: impl Into<String>, aim: &'static str) -> Self {
        Self { what: what.into(), figure: figure.into(), aim }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let home = tempfile::tempdir()?;
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", data, scale] => {
            print(&[big::make(Path::new(data), big::Size::scaled(scale.parse()?), &TABLES)?]);
        }
        ["replay", data] => print(&replay(Path::new(data), true)?),
        ["acts"] => print(&acts::measure(home.path())?),
        ["mirror", entries] => print(&proven::mirrored(home.path(), entries.parse()?)?),
        ["mirror", entries, kept] => print(&proven::mirrored(Path::new(kept), entries.parse()?)?),
        ["record"] => print(&proven::measure(home.path(), 1_000_000.0)?),
        ["record", entries] => print(&proven::measure(home.path(), entries.parse()?)?),
        ["record", entries, kept] => print(&proven::measure(Path::new(kept), entries.parse()?)?),
        ["sortition"] => print(&drawn::measure(&beside(), usize::MAX)?),
        ["sortition", people] => print(&drawn::measure(&beside(), people.parse()?)?),
        [] => every(home.path(), 1.0)?,
        [scale] => every(home.path(), scale.parse()?)?,
        _ => {
            return Err("bench [SCALE] | make DIR SCALE | replay DIR | acts | record [ENTRIES [DIR]] | mirror ENTRIES [DIR] | sortition \
                        [PEOPLE]"
                .into());
        }
    }
    Ok(())
}

/// Where instances of others lie beside the repository, if they do.
fn beside() -> PathBuf {
    let around = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = around.map(|folder| folder.join("shared/data/sortition")).find(|folder| folder.exists());
    found.unwrap_or_default()
}

/// Every measure, on a record of the design's size times `scale`.
fn every(home: &Path, scale: f64) -> Result<(), Box<dyn std::error::Error>> {
    let size = big::Size::scaled(scale);
    let data = home.join("grand");
    let mut measures = Vec::new();
    say(&format!("Making a record of {size:?}…"));
    measures.push(big::make(&data, size, &TABLES)?);
    say("Acts…");
    measures.extend(acts::measure(home)?);
    say("Start, pages, memory…");
    measures.extend(pages::measure(&data, size)?);
    say("Replay…");
    measures.extend(replay(&data, false)?);
    print(&measures);
    Ok(())
}

/// How fast the tables are made again; room by room where asked, which tells who is slow.
fn replay(data: &Path, by_room: bool) -> Result<Vec<Measure>, Box<dyn std::error::Error>> {
    let file: PathBuf = record::Folder::at(data).database();
    let mut entries = 0;
    let mut of = |what: String, tables: &[record::Tables], aim| -> Result<Measure, record::Fault> {
        let (rebuilt, took) =
            timed(|| record::replay::rebuild(&file, tables, None, &mut |done, _| entries = done));
        rebuilt?;
        Ok(Measure::new(what, rate(entries, took, "entries/s"), aim))
    };
    let every = &toguna::rooms::TABLES[..];
    let mut measures = vec![of("Replay, every room".into(), every, "≥ 50,000 entries/s")?];
    if by_room {
        measures.push(of("Replay, the directory alone".into(), &[], "")?);
        for tables in every {
            let what = format!("Replay, the directory and {}", tables.room);
            measures.push(of(what, std::slice::from_ref(tables), "")?);
        }
    }
    measures.push(Measure::new("Entries of that record", entries.to_string(), ""));
    Ok(measures)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let made = work();
    (made, begun.elapsed())
}

fn rate(many: u64, took: Duration, unit: &str) -> String {
    format!("{:.0} {unit}", many as f64 / took.as_secs_f64())
}

#[allow(clippy::print_stderr, reason = "progress of a measure")]
fn say(sentence: &str) {
    eprintln!("{sentence}");
}

#[allow(clippy::print_stdout, reason = "the result of a measure")]
fn print(measures: &[Measure]) {
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN).set_header(["measure", "figure", "aim"]);
    for measure in measures {
        table.add_row([measure.what.as_str(), measure.figure.as_str(), measure.aim]);
    }
    println!("{table}");
}
