//! The witness over HTTP: add-checkpoint, what it last cosigned, and a page for people.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tlog::witness::{ADD_CHECKPOINT, MAX_ADD_CHECKPOINT_BYTES};

use crate::page;
use crate::{Witness, WitnessFault};

const PLAIN: &str = "text/plain; charset=utf-8";

/// Every address of this witness.
///
/// | address | what |
/// |---|---|
/// | `POST /add-checkpoint` | C2SP tlog-witness |
/// | `GET /<sha256 of the origin>/checkpoint` | the latest checkpoint cosigned for that log |
/// | `GET /` | who this witness is, in French |
pub fn router(witness: Arc<Witness>) -> Router {
    Router::new()
        .route(&format!("/{ADD_CHECKPOINT}"), post(add_checkpoint))
        .route("/{origin}/checkpoint", get(monitored))
        .route("/", get(front))
        .route("/style.css", get(|| async { ([(header::CONTENT_TYPE, "text/css")], page::STYLE) }))
        .with_state(witness)
}

async fn add_checkpoint(State(witness): State<Arc<Witness>>, body: Body) -> Response {
    // A byte more than is allowed is enough to see that it is too much.
    let Ok(body) = axum::body::to_bytes(body, MAX_ADD_CHECKPOINT_BYTES + 1).await else {
        return (StatusCode::BAD_REQUEST, [(header::CONTENT_TYPE, PLAIN)], "malformed request: too large\n")
            .into_response();
    };
    apart(move || {
        let reply = witness.add_checkpoint(&body)?;
        let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Ok((status, [(header::CONTENT_TYPE, reply.content_type)], reply.body).into_response())
    })
    .await
}

async fn monitored(State(witness): State<Arc<Witness>>, Path(origin): Path<String>) -> Response {
    apart(move || {
        let note = witness.monitored(&format!("{origin}/checkpoint"))?;
        Ok(match note {
            Some(note) => {
                ([(header::CONTENT_TYPE, PLAIN), (header::CACHE_CONTROL, "public, max-age=5")], note)
                    .into_response()
            }
            None => StatusCode::NOT_FOUND.into_response(),
        })
    })
    .await
}

async fn front(State(witness): State<Arc<Witness>>) -> Response {
    let headers = [
        (HeaderName::from_static("content-security-policy"), "default-src 'none'; style-src 'self'"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    apart(move || Ok((headers, page::of(&witness)?).into_response())).await
}

/// The disk is waited for where nobody else waits; what it refused is told to the operator, and to who asked that it is not theirs
/// to mend.
async fn apart(work: impl FnOnce() -> Result<Response, WitnessFault> + Send + 'static) -> Response {
    let outcome = tokio::task::spawn_blocking(work).await;
    match outcome {
        Ok(Ok(response)) => response,
        Ok(Err(fault)) => {
            tracing::error!("{fault}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
