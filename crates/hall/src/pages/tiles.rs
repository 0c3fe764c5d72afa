//! The record as a transparency log is served: hash tiles, bundles of entries, and the enclosures that anyone may have.
//!
//! **Source** C2SP tlog-tiles v0.1.0.

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::stream;
use record::{Fault, Tx, enclosures, proofs, tiles};
use serde::Serialize;
use terms::{Commitment, Entry};
use tlog::tile::{Bundle, TILE_WIDTH, Tile};
use web::{AsItIs, House, Outcome, Stop, Visit};

use crate::tables::ground;

/// Below what the log is served.
const PREFIX: &str = "/registre/";

/// Bytes of enclosures that are read at once, with those of one entry more: what one download holds in memory.
const AT_ONCE: usize = 256 << 10;

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
/// **Errors** the database refused.
pub fn public_pieces(tx: &mut Tx<'_>, bundle: Bundle) -> Result<Vec<u8>, Fault> {
    let first = bundle.first_entry().unwrap_or(u64::MAX);
    let end = first.saturating_add(u64::from(bundle.width()));
    let (mut all, mut from) = (Vec::new(), first);
    while from < end {
        let (lines, next) = lines(tx, from, end)?;
        all.extend(lines);
        from = next;
    }
    Ok(all)
}

async fn further(mut cursor: Cursor) -> Result<Option<(Bytes, Cursor)>, Fault> {
    if cursor.next >= cursor.end {
        return Ok(None);
    }
    let (from, end) = (cursor.next, cursor.end);
    let (lines, next) = read(&cursor.house, move |tx| lines(tx, from, end)).await?;
    cursor.next = next;
    Ok(Some((lines.into(), cursor)))
}

/// Lines of the enclosures of entries from one on, and the entry with which to go on: below the end only where these are many.
fn lines(tx: &mut Tx<'_>, from: u64, end: u64) -> Result<(Vec<u8>, u64), Fault> {
    let mut lines = Vec::new();
    for (index, bytes) in (from..).zip(ground::run(tx, from, end, usize::from(TILE_WIDTH))?) {
        // Nothing is known of what an entry of a newer version commits to, so nothing of it is shown.
        let Ok(entry) = Entry::parse(&bytes) else { continue };
        if entry.word.is_public() {
            for sha256 in entry.word.enclosures() {
                line(tx, index, &sha256, &mut lines)?;
            }
        }
        if lines.len() >= AT_ONCE {
            return Ok((lines, index + 1));
        }
    }
    Ok((lines, end))
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

fn line(tx: &mut Tx<'_>, entry: u64, sha256: &Commitment, lines: &mut Vec<u8>) -> Result<(), Fault> {
    let Some(piece) = enclosures::whole(tx, sha256)? else { return Ok(()) };
    let mut salt = String::with_capacity(64);
    for byte in piece.salt.0 {
        for half in [byte >> 4, byte & 15] {
            salt.extend(char::from_digit(u32::from(half), 16));
        }
    }
    let told = Told {
        bytes: &STANDARD.encode(&piece.bytes),
        entry,
        media: &piece.media,
        salt: &salt,
        sha256: &sha256.to_string(),
    };
    serde_json::to_writer(&mut *lines, &told).map_err(|error| Fault::Value(error.to_string()))?;
    lines.push(b'\n');
    Ok(())
}
