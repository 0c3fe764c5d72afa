//! How a request ends when it does not end in a page.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use record::Fault;

use crate::Refusals;

/// What handlers answer.
pub type Outcome = Result<Response, Stop>;

/// Why a request stopped short.
#[derive(Debug, Clone)]
pub enum Stop {
    /// The record names no such thing (or did not on the day asked).
    NotFound,
    /// Signing in comes first.
    SignInFirst,
    /// Signed in, but nobody who may do this.
    NoStanding,
    /// The form did not come from our page, or its page is too old.
    Stale,
    /// Too many requests in too short a time.
    TooMany,
    /// The person can mend it.
    Refused(Refusals),
    /// The page was asked as of a day that is none, or that has not come.
    Misdated(Refusals),
    /// A file or text over the size.
    TooLarge,
    /// What was sent cannot be read.
    Malformed,
    /// The address takes no such request: it is read only, or only acted on.
    NotDoneHere,
    /// The address is over the length.
    TooLong,
    /// An earlier day is still being replayed; so many hundredths are done.
    Replaying(u8),
    /// This is a mirror: acts are done where the original is.
    Mirror,
    /// Only the operator can mend it.
    Fault(Fault),
}

impl Stop {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst => StatusCode::UNAUTHORIZED,
            Self::NoStanding | Self::Stale | Self::Mirror => StatusCode::FORBIDDEN,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(_) | Self::Misdated(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NotDoneHere => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLong => StatusCode::URI_TOO_LONG,
            Self::Replaying(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(Fault::Full) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Fault(Fault::Store(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl Stop {
    /// Why a request was refused before any page of ours saw it; none for an answer that a page made.
    pub(crate) fn behind(response: &Response, reading: bool) -> Option<Self> {
        let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
        if kind.is_some_and(|kind| !kind.starts_with(b"text/plain")) {
            return None;
        }
        Some(match response.status() {
            // An address whose bytes are no text is one that leads nowhere.
            StatusCode::BAD_REQUEST if reading => Self::NotFound,
            StatusCode::BAD_REQUEST
            | StatusCode::UNSUPPORTED_MEDIA_TYPE
            | StatusCode::UNPROCESSABLE_ENTITY => Self::Malformed,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::NotDoneHere,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => return None,
        })
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault {
            // An entry over the size is the writer's text, not the operator's disk.
            Fault::Entry(terms::EntryFault::TooLarge(_)) => Self::TooLarge,
            Fault::Mirror => Self::Mirror,
            Fault::Replaying(percent) => Self::Replaying(percent),
            other => Self::Fault(other),
        }
    }
}

impl From<Refusals> for Stop {
    fn from(refusals: Refusals) -> Self {
        Self::Refused(refusals)
    }
}

/// The bare answer; the house puts the page around it, in the visitor's language.
impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
