//! Tags of answers: who holds a page already, unchanged, is not sent it again. On 2G that is the whole page.
//!
//! A tag is made of the bytes alone. It says nothing of who asks, and nobody's is remembered.

use axum::body::{Body, HttpBody};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::kept::PAGE_MAX;

/// The answer under a tag made of its bytes, where any cache may hold it and it is whole in memory.
pub(crate) async fn tagged(response: Response) -> Response {
    let public = response
        .headers()
        .get(header::CACHE_CONTROL)
        .is_some_and(|policy| policy.as_bytes().starts_with(b"public"));
    let whole = response.body().size_hint().exact().is_some_and(|size| size <= PAGE_MAX as u64);
    if response.status() != StatusCode::OK || !public || !whole {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, PAGE_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    // Weak: the same page travels compressed in several ways, and on the next day under other caching rules.
    let hash: String = Sha256::digest(&bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{hash}\"")) {
        parts.headers.insert(header::ETAG, tag);
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// The answer, or only that it is unchanged, where its tag is among those that the visitor holds.
pub(crate) fn unless_known(known: Option<&HeaderValue>, response: Response) -> Response {
    let known = known.and_then(|known| known.to_str().ok()).unwrap_or_default();
    let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
    if !tag.is_some_and(|tag| names(known, tag)) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    for of_the_body in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_DISPOSITION] {
        parts.headers.remove(of_the_body);
    }
    Response::from_parts(parts, Body::empty())
}

/// RFC 9110, 13.1.2: any tag, or one of these; `W/` makes no difference here.
fn names(known: &str, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*" || known.split(',').any(|one| bare(one) == bare(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(policy: &'static str, text: &'static str) -> Response {
        ([(header::CACHE_CONTROL, policy), (header::CONTENT_TYPE, "text/html")], text).into_response()
    }

    fn tag_of(response: &Response) -> Option<HeaderValue> {
        response.headers().get(header::ETAG).cloned()
    }

    #[tokio::test]
    async fn what_any_cache_may_hold_is_tagged_by_its_bytes() {
        let one = tag_of(&tagged(page("public, max-age=30", "un")).await);
        assert!(one.is_some());
        assert_eq!(one, tag_of(&tagged(page("public, max-age=60", "un")).await));
        assert_ne!(one, tag_of(&tagged(page("public, max-age=30", "deux")).await));
        assert_eq!(tag_of(&tagged(page("no-store", "un")).await), None, "what is someone’s own has no tag");
    }

    #[tokio::test]
    async fn who_holds_it_is_told_so_without_it() {
        let tag = tag_of(&tagged(page("public", "un")).await).unwrap();
        let again = unless_known(Some(&tag), tagged(page("public", "un")).await);
        assert_eq!((again.status(), tag_of(&again)), (StatusCode::NOT_MODIFIED, Some(tag.clone())));
        assert_eq!(again.headers().get(header::CONTENT_TYPE), None);
        let changed = unless_known(Some(&tag), tagged(page("public", "deux")).await);
        assert_eq!(changed.status(), StatusCode::OK);
        assert_eq!(unless_known(None, tagged(page("public", "un")).await).status(), StatusCode::OK);
    }

    #[test]
    fn tags_are_compared_weakly() {
        assert!(names("*", "W/\"a\""));
        assert!(names("\"b\", W/\"a\"", "W/\"a\""));
        assert!(names("\"a\"", "W/\"a\""));
        assert!(!names("\"ab\"", "W/\"a\""));
        assert!(!names("", "W/\"a\""));
    }
}
