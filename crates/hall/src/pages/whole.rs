//! The whole record in one download, which anyone verifies without us: the signed checkpoint, then every entry it covers.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::IntoResponse;
use futures_util::stream;
use record::Fault;
use serde_json::json;
use web::{House, Outcome, Stop, Visit};

use crate::tables::ground;

/// Entries read at once: what one download holds in memory.
const AT_ONCE: usize = 256;

/// Where the download stands.
struct Cursor {
    house: House,
    next: u64,
    size: u64,
    head: Option<Vec<u8>>,
}

/// `GET /registre/entrees.jsonl`: a line with the newest checkpoint, then a line for each entry, its exact bytes.
///
/// **Shape** `{"checkpoint":"…","depuis":0}`, then entries from `?depuis=` (0 unless said) up to the checkpoint's size. A
/// canonical entry has no line break.
pub(crate) async fn entries(visit: Visit) -> Outcome {
    visit.not_too_often("registre-entier", 6, Duration::from_secs(20))?;
    let from: u64 = match visit.asked("depuis") {
        None => 0,
        Some(text) => text.parse().map_err(|_| Stop::NotFound)?,
    };
    let signed = visit.ask(|tx, visit| Ok(ground::checkpoint(tx, visit.today())?)).await?;
    let signed = signed.ok_or(Stop::NotFound)?;
    let mut head = json!({ "checkpoint": signed.note, "depuis": from }).to_string().into_bytes();
    head.push(b'\n');
    let house = visit.house().clone();
    let cursor = Cursor { house, next: from, size: signed.size, head: Some(head) };
    let body = Body::from_stream(stream::try_unfold(cursor, further));
    let headers = [
        (header::CONTENT_TYPE, "application/jsonl"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"registre.jsonl\""),
        // Kept by nobody on the way: it is long, and a newer one is there with the next act.
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, body).into_response())
}

/// The next lines; none after the last entry that the checkpoint covers.
async fn further(mut cursor: Cursor) -> Result<Option<(Bytes, Cursor)>, Fault> {
    if let Some(head) = cursor.head.take() {
        return Ok(Some((head.into(), cursor)));
    }
    if cursor.next >= cursor.size {
        return Ok(None);
    }
    let (house, from, below) = (cursor.house.clone(), cursor.next, cursor.size);
    let read = move || house.record().shelf.read(|tx| ground::run(tx, from, below, AT_ONCE));
    let run = tokio::task::spawn_blocking(read).await.map_err(|_| Fault::Stopped)??;
    if run.is_empty() {
        // A download cut short is told apart from a whole one by its end.
        return Err(Fault::Damaged(format!("l’entrée {from} manque")));
    }
    cursor.next += run.len() as u64;
    let mut lines = run.join(&b'\n');
    lines.push(b'\n');
    Ok(Some((lines.into(), cursor)))
}
