//! The follow-up matrix at its addresses.

use std::time::Duration;

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use web::{Outcome, Visit};

use super::list::asked;
use crate::export;

/// Recommendations in one answer; `Link` leads to the next.
const MOST: usize = 2_000;

/// `/recommandations/matrice.csv` and `.xlsx`, of what the list's filters find.
pub(crate) async fn matrix(visit: Visit) -> Outcome {
    visit.not_too_often("matrice", 10, Duration::from_secs(3))?;
    let sheet = visit.path().ends_with(".xlsx");
    let (bytes, next) = visit
        .ask(move |tx, visit| {
            let (rows, next) = export::matrice_of(tx, visit.day_shown(), &asked(visit), MOST)?;
            let bytes = if sheet { export::xlsx(&rows)? } else { export::csv(&rows) };
            Ok((bytes, next))
        })
        .await?;
    let (kind, file) = if sheet {
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "matrice-de-suivi.xlsx")
    } else {
        ("text/csv; charset=utf-8", "matrice-de-suivi.csv")
    };
    let mut response = ([(header::CONTENT_TYPE, kind)], bytes).into_response();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{file}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    if let Some(next) = next {
        let link = format!("<{}{}>; rel=\"next\"", visit.path(), visit.query_with(&[("apres", &next)]));
        if let Ok(value) = HeaderValue::from_str(&link) {
            headers.insert(header::LINK, value);
        }
    }
    Ok(response)
}
