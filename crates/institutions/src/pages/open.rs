//! Bodies, seats and who holds them as Popolo: one body, or a part of the list.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use record::Tx;
use serde_json::Value;
use web::{Outcome, Stop, Visit};

use crate::popolo::{Document, Seated};
use crate::seats::seats_on;
use crate::tables::{self, Body, BodyFilter};

/// Bodies in one file. The list goes on at the address in `Link`.
const MOST: usize = 200;

pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Outcome {
    let body = visit.ask(move |tx, visit| {
        let body = tables::body(tx, &id)?.ok_or(Stop::NotFound)?;
        let mut document = Document::default();
        take(tx, visit, &body, &mut document)?;
        Ok(document.json())
    });
    Ok(answer(&visit, &body.await?, None))
}

pub(super) async fn many(visit: Visit) -> Outcome {
    let (body, next) = visit.ask(part).await?;
    Ok(answer(&visit, &body, next))
}

fn part(tx: &mut Tx<'_>, visit: &Visit) -> Result<(Value, Option<String>), Stop> {
    let asked = BodyFilter {
        kind: visit.asked("sorte").map(str::to_owned),
        after: visit.asked("apres").map(str::to_owned),
        ..BodyFilter::default()
    };
    let mut rows = tables::bodies(tx, visit.day_shown(), &asked, MOST + 1)?;
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let next = rows.last().map(|row| row.id.to_string()).filter(|_| more);
    let mut document = Document::default();
    for row in rows {
        let body = tables::body(tx, row.id.as_str())?.ok_or(Stop::NotFound)?;
        take(tx, visit, &body, &mut document)?;
    }
    Ok((document.json(), next))
}

fn take(tx: &mut Tx<'_>, visit: &Visit, body: &Body, document: &mut Document) -> Result<(), Stop> {
    let templates = tables::templates(tx, &body.kind)?;
    let holdings = tables::holdings(tx, body.id.as_str())?;
    let interruptions = tables::interruptions(tx, body.id.as_str())?;
    let day = visit.day_shown();
    let seats = seats_on(&templates, &holdings, &interruptions, day);
    let address = visit.house().public(&format!("/instances/{}", body.id));
    document.take(&Seated { body, seats: &seats, holdings: &holdings, address, day });
    Ok(())
}

fn answer(visit: &Visit, body: &Value, next: Option<String>) -> Response {
    let mut response = ([(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response();
    if let Some(next) = next {
        let link =
            format!("<{}{}>; rel=\"next\"", visit.path(), visit.query_with(&[("apres", next.as_str())]));
        if let Ok(value) = HeaderValue::from_str(&link) {
            response.headers_mut().insert(header::LINK, value);
        }
    }
    response
}
