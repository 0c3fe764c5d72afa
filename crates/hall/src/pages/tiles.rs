//! The record as a transparency log is served: hash tiles, bundles of entries, and the enclosures that anyone may have.
//!
//! **Source** C2SP tlog-tiles v0.1.0.

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::stream;
use record::enclosures::{self, Held};
use record::{Fault, Shelf, Tx, proofs, tiles};
use serde::Serialize;
use terms::Entry;
use tlog::tile::{Bundle, TILE_WIDTH, Tile};
use web::{AsItIs, House, Outcome, Stop, Visit};

use crate::tables::ground;

/// Below what the log is served.
const PREFIX: &str = "/registre/";

/// Bytes of enclosures that are read at once, with those of one entry more: what one download holds in memory.
const AT_ONCE: u64 = 256 << 10;

/// `GET /registre/tile/<L>/<N>[.p/<W>]` and `GET /registre/tile/entries/<N>[.p/<W>]`.
///
/// What the address does not spell exactly, and what the signed tree does not have, is not found.
pub(crate) async fn tile(visit: Visit) -> Outcome {
    // The address as it was sent: no other spelling of it leads here.
    let path = visit.path().strip_prefix(PREFIX).ok_or(Stop::NotFound)?.to_owned();
    let bundle = Bundle::parse(&path).ok();
    let hashes = Tile::parse(&path).ok();
    let found = read(visit.house(), move |tx| match (bundle, hashes) {
        (Some(bundle), _) => tiles::bundle(tx, bundle),
        (None, Some(tile)) => tiles::tile(tx, tile),
        (None, None) => Ok(None),
    })
    .await?;
    // tlog-tiles, "Merkle Tree": tiles are served as application/octet-stream; "Partial Tiles": a tile of one path never
    // changes, so that any cache may keep it.
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    let mut response = (headers, found.ok_or(Stop::NotFound)?).into_response();
    if bundle.is_none() {
        // Hashes cannot be made smaller.
        response.extensions_mut().insert(AsItIs);
    }
    Ok(response)
}

/// What `ask` answers on the record of today: a tile is the same whatever day is looked at.
pub(super) async fn read<T: Send + 'static>(
    house: &House,
    ask: impl FnOnce(&mut Tx<'_>) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let house = house.clone();
    let asked = tokio::task::spawn_blocking(move || house.record().shelf.read(ask));
    asked.await.map_err(|_| Fault::Stopped)?
}

/// `GET /registre/politique`: the trust policy that names this record's key and no witness, to start from.
pub(crate) async fn policy(visit: Visit) -> Outcome {
    let house = visit.house();
    let key = house.record().key();
    let text = format!("log {key} {}\nquorum none\n", house.public("/registre"));
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"politique.txt\""),
    ];
    Ok((headers, text).into_response())
}

/// `GET /registre/successions`: the entries that hand the record on to another key, an index a line, rising; empty where none does. Who
/// follows the record finds the key by them, and believes none before its custodians' signatures hold.
pub(crate) async fn successions(visit: Visit) -> Outcome {
    let all = read(visit.house(), ground::successions).await?;
    let indexes: Vec<u64> = all.iter().rev().map(|one| one.entry).collect();
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=5")];
    Ok((headers, record::verify::list_successions(&indexes)).into_response())
}

/// The proof file of an entry, with the entry itself in it.
pub(crate) async fn proof(visit: &Visit, index: u64) -> Outcome {
    let key = super::proof::key_of(visit)?;
    let file = read(visit.house(), move |tx| proofs::inclusion(tx, &key, index)).await?;
    let text = file.ok_or(Stop::NotFound)?.to_string();
    let name =
        format!("attachment; filename=\"registre-{index}.{}\"", tlog::proof_file::PROOF_FILE_EXTENSION);
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}

/// Where a download of enclosures stands.
struct Cursor {
    house: House,
    next: u64,
    end: u64,
}

/// `GET /registre/pieces/<N>[.p/<W>]`: the public enclosures of the entries of a bundle that are here, a line of JSON each.
///
/// **Shape** `{"bytes":BASE64,"entry":N,"media":TYPE,"salt":HEX,"sha256":HEX}`, in the order of the entries. Withdrawn ones and
/// names of persons are not among them.
pub(crate) async fn pieces(visit: Visit) -> Outcome {
    let path = visit.path().strip_prefix("/registre/pieces/").ok_or(Stop::NotFound)?;
    let bundle = Bundle::parse(&format!("tile/entries/{path}")).map_err(|_| Stop::NotFound)?;
    let first = bundle.first_entry().ok_or(Stop::NotFound)?;
    let last = first + u64::from(bundle.width()) - 1;
    let there = read(visit.house(), move |tx| proofs::entry(tx, last)).await?;
    there.ok_or(Stop::NotFound)?;
    let cursor = Cursor { house: visit.house().clone(), next: first, end: last + 1 };
    let body = Body::from_stream(stream::try_unfold(cursor, further));
    // What is withdrawn tomorrow must not stay in a cache.
    let headers = [(header::CONTENT_TYPE, "application/jsonl"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, body).into_response())
}

/// The lines of [`pieces`] for a whole bundle: what stands on a key or a static site.
///
/// **Errors** a file is missing or altered in the store, or the store does not answer; the database refused.
pub fn public_pieces(shelf: &Shelf, bundle: Bundle) -> Result<Vec<u8>, Fault> {
    let first = bundle.first_entry().unwrap_or(u64::MAX);
    let end = first.saturating_add(u64::from(bundle.width()));
    let (mut all, mut from) = (Vec::new(), first);
    while from < end {
        let (lines, next) = lines(shelf, from, end, Lost::Stops)?;
        all.extend(lines);
        from = next;
    }
    Ok(all)
}

async fn further(mut cursor: Cursor) -> Result<Option<(Bytes, Cursor)>, Fault> {
    if cursor.next >= cursor.end {
        return Ok(None);
    }
    let (from, end, house) = (cursor.next, cursor.end, cursor.house.clone());
    let made = tokio::task::spawn_blocking(move || lines(&house.record().shelf, from, end, Lost::LeftOut));
    let (lines, next) = made.await.map_err(|_| Fault::Stopped)??;
    cursor.next = next;
    Ok(Some((lines.into(), cursor)))
}

/// What is done about a file that is missing or altered in the store.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// Whoever asked is told, and nothing is made.
    Stops,
    /// It is left out, as what is not here: a mirror says which it lacks, and is given the others.
    LeftOut,
}

/// Lines of the enclosures of entries from one on, and the entry with which to go on: below the end only where these are many. What is
/// found first is fetched after: a store that is far away must not hold up those who read.
fn lines(shelf: &Shelf, from: u64, end: u64, lost: Lost) -> Result<(Vec<u8>, u64), Fault> {
    let (found, next) = shelf.read(|tx| public(tx, from, end))?;
    let mut lines = Vec::new();
    for (entry, held) in found {
        let (media, salt, sha256) = (held.media.clone(), held.salt.clone(), held.sha256);
        let bytes = match shelf.fetch(held) {
            Err(Fault::Lost { .. }) if lost == Lost::LeftOut => continue,
            fetched => fetched?,
        };
        let told = Told {
            bytes: &STANDARD.encode(&bytes),
            entry,
            media: &media,
            salt: &hex(&salt.0),
            sha256: &sha256.to_string(),
        };
        serde_json::to_writer(&mut lines, &told).map_err(|error| Fault::Value(error.to_string()))?;
        lines.push(b'\n');
    }
    Ok((lines, next))
}

/// The public enclosures of the entries that are here, each with its entry, and the entry with which to go on.
fn public(tx: &mut Tx<'_>, from: u64, end: u64) -> Result<(Vec<(u64, Held)>, u64), Fault> {
    let (mut found, mut bytes_found) = (Vec::new(), 0);
    for (index, bytes) in (from..).zip(ground::run(tx, from, end, usize::from(TILE_WIDTH))?) {
        // Nothing is known of what an entry of a newer version commits to, so nothing of it is shown.
        let Ok(entry) = Entry::parse(&bytes) else { continue };
        if entry.word.is_public() {
            for sha256 in entry.word.enclosures() {
                if let Some(held) = enclosures::held(tx, &sha256)? {
                    bytes_found += held.size;
                    found.push((index, held));
                }
            }
        }
        if bytes_found >= AT_ONCE {
            return Ok((found, index + 1));
        }
    }
    Ok((found, end))
}

/// What is told of an enclosure, in the order of its names.
#[derive(Serialize)]
struct Told<'a> {
    bytes: &'a str,
    entry: u64,
    media: &'a str,
    salt: &'a str,
    sha256: &'a str,
}

fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        digits.extend(
            [byte >> 4, byte & 15].into_iter().filter_map(|half| char::from_digit(u32::from(half), 16)),
        );
    }
    digits
}
