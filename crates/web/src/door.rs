//! The door: connections in, none of which can keep the others out.
//!
//! A request's head must arrive within seconds and an answer must be read on, so that whoever half-asks holds a place only
//! briefly. Who holds how many places is counted in memory, while they hold them, and written nowhere.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, Sleep};
use tower::ServiceExt;

/// Bytes of a request's head, address and cookies included.
const HEAD_MAX: usize = 32 << 10;

/// How long the door stays shut when the system gives no connection.
const AFTER_FAILURE: Duration = Duration::from_millis(100);

/// How many may stand in the door, and for how long without moving.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections in all.
    pub connections: usize,
    /// Connections of one address; of IPv6, of one /64.
    pub per_address: usize,
    /// Addresses that speak for many: proxies that the operator trusts.
    pub exempt: Vec<IpAddr>,
    /// A request's head arrives within this, the first as every later one of the connection.
    pub head_within: Duration,
    /// An answer that nobody reads any further for this long is given up.
    pub unread_for: Duration,
}

impl Limits {
    /// What this many open files allow: a part is kept for the database, and no address holds more than a quarter.
    #[must_use]
    pub fn of_files(files: u64, exempt: Vec<IpAddr>) -> Self {
        let connections = usize::try_from(files).unwrap_or(usize::MAX).saturating_sub(64).clamp(16, 4096);
        Self {
            connections,
            per_address: connections / 4,
            exempt,
            head_within: Duration::from_secs(10),
            unread_for: Duration::from_secs(60),
        }
    }
}

/// Requests are answered until `stop`; then those begun are, and nothing new is taken.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let holders = Holders::default();
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! { next = next => next, () = &mut stop => break };
        let Ok((stream, from)) = accepted else {
            tokio::time::sleep(AFTER_FAILURE).await;
            continue;
        };
        let most =
            if limits.exempt.contains(&from.ip().to_canonical()) { usize::MAX } else { limits.per_address };
        let Some(held) = holders.one_more(from.ip(), most) else { continue };
        let io = TokioIo::new(Watched::new(stream, limits.unread_for));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head_within)
            .max_buf_size(HEAD_MAX)
            .serve_connection(io, service_fn(answering(router.clone(), from)));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A visitor who went away or was too slow is no event to write down.
            let _ = connection.await;
            drop((place, held));
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

type Answering = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

/// The router's answer to each request of a connection from this address.
fn answering(router: Router, from: SocketAddr) -> impl Fn(Request<Incoming>) -> Answering {
    move |request| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(from));
        Box::pin(router.clone().oneshot(request))
    }
}

/// Who holds how many places now.
#[derive(Clone, Default)]
struct Holders(Arc<Mutex<HashMap<IpAddr, usize>>>);

struct Held(Holders, IpAddr);

impl Holders {
    fn one_more(&self, from: IpAddr, most: usize) -> Option<Held> {
        let from = neighbourhood(from);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(from).or_insert(0);
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Held(self.clone(), from))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut counts = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.1) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.1);
            }
        }
    }
}

/// One household of IPv6 has 2⁶⁴ addresses; they count as one.
fn neighbourhood(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(long) => IpAddr::V6(Ipv6Addr::from_bits(long.to_bits() & !u128::from(u64::MAX))),
        short => short,
    }
}

/// A connection that fails when what is written to it stays unread too long.
struct Watched {
    stream: TcpStream,
    unread_for: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Watched {
    fn new(stream: TcpStream, unread_for: Duration) -> Self {
        Self { stream, unread_for, waiting: None }
    }

    fn watch<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let until = Instant::now() + self.unread_for;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(until)));
        match waiting.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.watch(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(context);
        self.watch(context, shut)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    fn limits() -> Limits {
        Limits {
            connections: 12,
            per_address: 4,
            exempt: Vec::new(),
            head_within: Duration::from_millis(400),
            unread_for: Duration::from_millis(400),
        }
    }

    async fn open(limits: Limits, page: usize) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", axum::routing::get(move || async move { "a".repeat(page) }));
        tokio::spawn(serve(listener, router, limits, std::future::pending()));
        address
    }

    async fn from(source: &str, to: SocketAddr) -> TcpStream {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(source.parse().unwrap(), 0)).unwrap();
        socket.connect(to).await.unwrap()
    }

    /// Whether a whole request over this connection is answered.
    async fn answered(mut stream: TcpStream) -> bool {
        let request = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        let mut answer = Vec::new();
        let asked = async {
            stream.write_all(request).await?;
            stream.read_to_end(&mut answer).await
        };
        asked.await.is_ok() && answer.starts_with(b"HTTP/1.1 200")
    }

    async fn half_asking(source: &str, to: SocketAddr, many: usize) -> Vec<TcpStream> {
        let mut open = Vec::new();
        for _ in 0..many {
            let mut stream = from(source, to).await;
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost:").await;
            open.push(stream);
        }
        open
    }

    #[tokio::test]
    async fn half_asked_requests_lock_nobody_else_out() {
        let address = open(limits(), 10).await;
        let held = half_asking("127.0.0.1", address, 40).await;
        assert!(answered(from("127.0.0.2", address).await).await, "another address has its places");
        assert!(!answered(from("127.0.0.1", address).await).await, "one address has four");
        tokio::time::sleep(Duration::from_millis(900)).await;
        assert!(answered(from("127.0.0.1", address).await).await, "half-asked places are given back");
        drop(held);
    }

    #[tokio::test]
    async fn a_full_door_opens_again_by_itself() {
        let address = open(limits(), 10).await;
        let mut held = Vec::new();
        for source in ["127.0.0.1", "127.0.0.2", "127.0.0.3"] {
            held.extend(half_asking(source, address, 4).await);
        }
        assert!(answered(from("127.0.0.9", address).await).await, "after the half-asked are let go");
        drop(held);
    }

    #[tokio::test]
    async fn an_answer_nobody_reads_is_given_up() {
        let address = open(limits(), 64 << 20).await;
        let mut lazy = Vec::new();
        for _ in 0..4 {
            let mut stream = from("127.0.0.1", address).await;
            stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
            lazy.push(stream);
        }
        tokio::time::sleep(Duration::from_millis(1500)).await;
        assert!(answered(from("127.0.0.1", address).await).await);
        drop(lazy);
    }

    #[tokio::test]
    async fn an_exempt_address_speaks_for_many() {
        let exempt = vec!["127.0.0.1".parse().unwrap()];
        let address = open(Limits { exempt, ..limits() }, 10).await;
        let held = half_asking("127.0.0.1", address, 8).await;
        assert!(answered(from("127.0.0.1", address).await).await);
        drop(held);
    }

    #[test]
    fn a_household_counts_as_one() {
        let of = |text: &str| neighbourhood(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }

    #[test]
    fn files_bound_the_door() {
        assert_eq!(Limits::of_files(128, Vec::new()).connections, 64);
        assert_eq!(Limits::of_files(8, Vec::new()).connections, 16);
        assert_eq!(Limits::of_files(u64::MAX, Vec::new()).connections, 4096);
    }
}
