//! How long a request may take: the answer is timed from when the whole request is here, and what is sent only has to go on
//! arriving. A scanned letter over 2G takes minutes and is taken; a sender who stops is not waited for.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};
use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep};

/// An answer takes no longer than this.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// In each such while at least [`PROGRESS`] bytes arrive, or all that are left.
const WINDOW: Duration = Duration::from_secs(30);

/// About half a kilobit a second: a hundredth of what 2G carries.
const PROGRESS: usize = 2 << 10;

/// The rest of the way answers within [`ANSWER_WITHIN`] of the request's last byte, or 503 is answered.
pub(crate) async fn patiently(request: Request, next: Next) -> Response {
    let (whole, arrived) = oneshot::channel();
    let request = request.map(|body| Body::new(Patient::new(body, whole, WINDOW)));
    let late = async {
        // Read to its end, or dropped unread: either way there is nothing to wait for.
        let _ = arrived.await;
        tokio::time::sleep(ANSWER_WITHIN).await;
    };
    tokio::select! {
        response = next.run(request) => response,
        () = late => {
            let headers = [(header::RETRY_AFTER, "30"), (header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (StatusCode::SERVICE_UNAVAILABLE, headers, "La réponse a pris trop de temps : réessayez dans un instant.\n")
                .into_response()
        }
    }
}

/// A body that ends in an error when it stops arriving.
struct Patient {
    body: Body,
    window: Duration,
    deadline: Pin<Box<Sleep>>,
    since: usize,
    whole: Option<oneshot::Sender<()>>,
}

impl Patient {
    fn new(body: Body, whole: oneshot::Sender<()>, window: Duration) -> Self {
        let whole = (!body.is_end_stream()).then_some(whole);
        Self { body, window, deadline: Box::pin(tokio::time::sleep(window)), since: 0, whole }
    }
}

impl HttpBody for Patient {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                self.since += frame.data_ref().map_or(0, Bytes::len);
                if self.since >= PROGRESS {
                    self.since = 0;
                    let next = Instant::now() + self.window;
                    self.deadline.as_mut().reset(next);
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(last) => {
                self.whole = None;
                Poll::Ready(last)
            }
            Poll::Pending => match self.deadline.as_mut().poll(context) {
                Poll::Ready(()) => {
                    self.whole = None;
                    let stopped = std::io::Error::from(std::io::ErrorKind::TimedOut);
                    Poll::Ready(Some(Err(axum::Error::new(stopped))))
                }
                Poll::Pending => Poll::Pending,
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body of chunks of this size, each so long after the one before; it never ends by itself.
    struct Slow {
        chunk: usize,
        every: Duration,
        left: usize,
        wait: Pin<Box<Sleep>>,
    }

    impl HttpBody for Slow {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
            if self.wait.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            if self.left == 0 {
                return Poll::Ready(None);
            }
            self.left -= 1;
            let next = Instant::now() + self.every;
            self.wait.as_mut().reset(next);
            Poll::Ready(Some(Ok(Frame::data(Bytes::from(vec![b'a'; self.chunk])))))
        }
    }

    async fn read(chunk: usize, every: u64, left: usize) -> Option<usize> {
        let every = Duration::from_secs(every);
        let slow = Slow { chunk, every, left, wait: Box::pin(tokio::time::sleep(every)) };
        let patient = Patient::new(Body::new(slow), oneshot::channel().0, WINDOW);
        axum::body::to_bytes(Body::new(patient), usize::MAX).await.ok().map(|bytes| bytes.len())
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_honest_phone_passes_and_a_stalled_one_does_not() {
        // Six megabytes at fifty kilobits a second: a quarter of an hour.
        assert_eq!(read(6250, 1, 960).await, Some(6_000_000));
        // A hand-over between cells: half a minute less a second without a byte.
        assert_eq!(read(PROGRESS, 29, 20).await, Some(PROGRESS * 20));
        assert_eq!(read(1, 1, 1_000).await, None, "a byte a second is no progress");
        assert_eq!(read(PROGRESS, 31, 20).await, None);
    }
}
