//! How a request ends when it does not end in a page.

use axum::http::StatusCode;
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
    /// An earlier day is still being replayed; so many hundredths are done.
    Replaying(u8),
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
            Self::NoStanding | Self::Stale => StatusCode::FORBIDDEN,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(_) | Self::Misdated(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Replaying(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(Fault::Full) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault {
            // An entry over the size is the writer's text, not the operator's disk.
            Fault::Entry(terms::EntryFault::TooLarge(_)) => Self::TooLarge,
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
