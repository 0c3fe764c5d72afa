//! Pages kept as they were last made, in memory, until anything is written: a public page is a function of the record, the
//! day, the language and its address, so nobody needs it made twice.
//!
//! Only what any visitor may see and any cache may hold is kept. Addresses with a query are not, save for the day looked
//! at: what people search for stays nowhere.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

use crate::Visit;

/// Bytes kept at most.
const BYTES_MAX: usize = 24 << 20;

/// The largest page kept.
pub(crate) const PAGE_MAX: usize = 512 << 10;

#[derive(Default)]
pub(crate) struct Kept(Mutex<Pages>);

#[derive(Default)]
struct Pages {
    /// Commits of the record when these pages were made.
    commits: u64,
    bytes: usize,
    made: HashMap<String, (HeaderMap, Bytes)>,
}

/// Under which name the visit's page is kept; none for what is not.
pub(crate) fn name(visit: &Visit) -> Option<String> {
    // A query that says anything else than the day looked at stands in the page's own links: it must not stay in them.
    let said = visit.past().map(|day| format!("?au={day}")).unwrap_or_default();
    if visit.standing().is_some() || visit.query_with(&[]) != said {
        return None;
    }
    // Links of the page carry the language when the address does; the day shown is today's or the one asked for.
    Some(format!("{} {} {}", visit.link(visit.path()), visit.language().tag(), visit.today()))
}

impl Kept {
    /// The page as it was made, if nothing was written since.
    pub(crate) fn find(&self, commits: u64, name: &str) -> Option<Response> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.commits != commits {
            *pages = Pages { commits, ..Pages::default() };
        }
        let (headers, body) = pages.made.get(name)?.clone();
        let mut response = Response::new(Body::from(body));
        *response.headers_mut() = headers;
        Some(response)
    }

    /// The answer, which is kept if it may be. `commits` was read before it was made: what was written meanwhile shows.
    pub(crate) async fn keep(&self, commits: u64, name: String, response: Response) -> Response {
        let public = response
            .headers()
            .get(header::CACHE_CONTROL)
            .and_then(|policy| policy.to_str().ok())
            // What never changes is kept by whoever asked for it; here it would only push pages out.
            .is_some_and(|policy| policy.starts_with("public") && !policy.contains("immutable"));
        if response.status() != StatusCode::OK
            || !public
            || response.headers().contains_key(header::SET_COOKIE)
        {
            return response;
        }
        let (parts, body) = response.into_parts();
        // A page is in memory already; this only takes it out of its wrapping.
        let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
            return Response::from_parts(parts, Body::empty());
        };
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if bytes.len() <= PAGE_MAX && pages.commits == commits {
            if pages.bytes + bytes.len() > BYTES_MAX {
                *pages = Pages { commits, ..Pages::default() };
            }
            pages.bytes += bytes.len();
            pages.made.insert(name, (parts.headers.clone(), bytes.clone()));
        }
        drop(pages);
        Response::from_parts(parts, Body::from(bytes))
    }
}
