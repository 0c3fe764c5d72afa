//! A bucket of an S3-compatible server, reached by the same small client as the rest of the program: TLS in Rust, and no second
//! one beside it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use http_body::Body as _;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse,
    HttpService,
};
use object_store::{BackoffConfig, ClientOptions, RetryConfig};

use super::setting::Bucket;

/// The longest answer: more than any file that a form takes.
const ANSWER_MAX: u64 = 256 << 20;

/// How long a server may be silent before it is one that does not answer: acts wait meanwhile.
const CONNECTED_WITHIN: Duration = Duration::from_secs(5);

/// How long one request may take.
const ANSWERED_WITHIN: Duration = Duration::from_secs(60);

/// The bucket, asked for nothing yet.
pub(super) fn open(bucket: &Bucket) -> object_store::Result<AmazonS3> {
    let backoff = BackoffConfig {
        init_backoff: Duration::from_millis(100),
        max_backoff: Duration::from_secs(1),
        base: 2.0,
    };
    let retry = RetryConfig { backoff, max_retries: 2, retry_timeout: Duration::from_secs(20) };
    AmazonS3Builder::new()
        .with_endpoint(&bucket.endpoint)
        .with_region(&bucket.region)
        .with_bucket_name(&bucket.bucket)
        .with_access_key_id(&bucket.key)
        .with_secret_access_key(&bucket.secret)
        // What is sent is encrypted already; a private network need not be.
        .with_allow_http(bucket.endpoint.starts_with("http://"))
        // One request an object: not every server knows the other way.
        .with_disable_bulk_delete(true)
        .with_retry(retry)
        .with_http_connector(Connector)
        .build()
}

#[derive(Debug)]
struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECTED_WITHIN))
            .timeout_global(Some(ANSWERED_WITHIN))
            .user_agent("toguna")
            .build();
        Ok(HttpClient::new(Client(Arc::new(ureq::Agent::new_with_config(config)))))
    }
}

#[derive(Debug)]
struct Client(Arc<ureq::Agent>);

#[async_trait]
impl HttpService for Client {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let body = collected(body).await?;
        let agent = Arc::clone(&self.0);
        let asked = tokio::task::spawn_blocking(move || {
            let takes_body = matches!(parts.method.as_str(), "PUT" | "POST");
            let answer = if takes_body || !body.is_empty() {
                agent.run(ureq::http::Request::from_parts(parts, body))
            } else {
                agent.run(ureq::http::Request::from_parts(parts, ()))
            };
            let (parts, mut body) = answer.map_err(told)?.into_parts();
            let bytes = body.with_config().limit(ANSWER_MAX).read_to_vec().map_err(told)?;
            Ok(HttpResponse::from_parts(parts, bytes.into()))
        });
        asked.await.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error))?
    }
}

async fn collected(mut body: HttpRequestBody) -> Result<Vec<u8>, HttpError> {
    let mut bytes = Vec::with_capacity(body.content_length());
    while let Some(frame) = std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_frame(cx)).await {
        if let Ok(data) = frame?.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}

/// What went wrong, so that whoever asked knows whether asking again may help.
fn told(error: ureq::Error) -> HttpError {
    use std::io::ErrorKind;
    match error {
        ureq::Error::Timeout(_) => {
            HttpError::new(HttpErrorKind::Timeout, std::io::Error::from(ErrorKind::TimedOut))
        }
        ureq::Error::Io(error) => {
            let kind = match error.kind() {
                ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable => HttpErrorKind::Connect,
                ErrorKind::TimedOut => HttpErrorKind::Timeout,
                _ => HttpErrorKind::Interrupted,
            };
            HttpError::new(kind, error)
        }
        ureq::Error::HostNotFound => HttpError::new(HttpErrorKind::Connect, ureq::Error::HostNotFound),
        other => HttpError::new(HttpErrorKind::Unknown, other),
    }
}
