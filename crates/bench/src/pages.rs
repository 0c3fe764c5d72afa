//! Pages of a served site: start, latency at a steady rate, requests per second flat out, memory.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Mutex;

use crate::Measure;
use crate::big::Size;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Requests a second of the steady load.
const STEADY: u32 = 1_000;

/// How long each page is asked for.
const LONG: Duration = Duration::from_secs(5);

/// How many pages are asked for that are in no memory.
const ANEW: u32 = 1_000;

/// Days in the past, as many as are kept ready; by the end of the first about half of the record was known.
const EARLIER: [&str; 3] = ["2025-06-30", "2025-03-31", "2024-12-31"];

/// How long after an answer that says so an earlier day is asked for again: its page tells a browser to wait longer.
const AGAIN: Duration = Duration::from_millis(50);

/// Connections open at once.
const CONNECTIONS: usize = 16;

struct Site {
    process: Child,
    port: u16,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The measures on the site of this folder.
pub(crate) fn measure(data: &Path, size: Size) -> Outcome<Vec<Measure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let (site, started) = open(data)?;
    let mut measures =
        vec![Measure::new("Start on that record", format!("{} ms", started.as_millis()), "≤ 1 s")];
    let pages = [
        ("home", "/".to_owned()),
        ("a body", format!("/instances/ccsc-{}", size.bodies / 2)),
        ("a recommendation", format!("/recommandations/r-{}", size.recommendations / 2)),
        ("a list", "/silences".to_owned()),
    ];
    for (name, path) in &pages {
        runtime.block_on(ask(site.port, path)).map_err(|error| format!("{path}: {error}"))?;
        let times = runtime.block_on(steady(site.port, path))?;
        let figure = format!("p50 {:.2} ms, p99 {:.2} ms", at(&times, 0.50), at(&times, 0.99));
        measures.push(Measure::new(format!("Page {name}, {STEADY} requests/s"), figure, "p99 ≤ 10 ms"));
        let flat_out = runtime.block_on(flat_out(site.port, path))?;
        measures.push(Measure::new(
            format!("Page {name}, flat out"),
            format!("{flat_out:.0} requests/s"),
            "",
        ));
    }
    measures.push(Measure::new("Resident memory after that load", memory(&site)?, "≤ 150 MB"));
    for (name, path, last) in [
        ("a recommendation", "/recommandations/r-", size.recommendations),
        ("a body", "/instances/ccsc-", size.bodies),
    ] {
        let times = runtime.block_on(anew(site.port, path, last))?;
        let figure = format!("p50 {:.2} ms, p99 {:.2} ms", at(&times, 0.50), at(&times, 0.99));
        measures.push(Measure::new(format!("Page of {name}, made anew, one after another"), figure, ""));
    }
    for (day, ready) in EARLIER.iter().zip(["that day", "two days", "three days"]) {
        let begun = Instant::now();
        runtime.block_on(until_replayed(site.port, &format!("/?au={day}")))?;
        let figure = format!("{:.1} s", begun.elapsed().as_secs_f64());
        measures.push(Measure::new(format!("First look at an earlier day ({day})"), figure, ""));
        measures.push(Measure::new(format!("Resident memory with {ready}"), memory(&site)?, "≤ 150 MB"));
    }
    Ok(measures)
}

/// The times in milliseconds of [`ANEW`] pages that nobody has asked for, spread over the record.
async fn anew(port: u16, path: &str, last: u32) -> Outcome<Vec<f64>> {
    let mut line = Line::open(port).await?;
    let mut times = Vec::new();
    for turn in 0..ANEW.min(last / 2) {
        let begun = Instant::now();
        line.ask(&format!("{path}{}", turn * (last / ANEW).max(1) + 1)).await?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

fn program() -> Outcome<PathBuf> {
    let folder = std::env::current_exe()?.parent().map(Path::to_owned).ok_or("no folder")?;
    Ok(folder.join("toguna"))
}

fn open(data: &Path) -> Outcome<(Site, Duration)> {
    let port = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    // The first start writes what fell due while the record was made; the second is the one that is timed.
    for timed in [false, true] {
        let begun = Instant::now();
        let process = Command::new(program()?)
            .args(["serve", "--port", &port.to_string(), "--data"])
            .arg(data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut site = Site { process, port };
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if site.process.try_wait()?.is_some() {
                return Err("the site did not start".into());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        if timed {
            return Ok((site, begun.elapsed()));
        }
        stop(&mut site)?;
    }
    Err("unreachable: the second round returns".into())
}

fn stop(site: &mut Site) -> Outcome<()> {
    Command::new("kill").args(["-TERM", &site.process.id().to_string()]).status()?;
    site.process.wait()?;
    Ok(())
}

/// The times in milliseconds, measured from when each request was due, at a steady rate.
async fn steady(port: u16, path: &str) -> Outcome<Vec<f64>> {
    let begun = tokio::time::Instant::now();
    let turn = Arc::new(Mutex::new(0_u32));
    let all = STEADY * LONG.as_secs() as u32;
    let mut hands = Vec::new();
    for _ in 0..CONNECTIONS {
        let (turn, path) = (Arc::clone(&turn), path.to_owned());
        hands.push(tokio::spawn(async move {
            let mut line = Line::open(port).await?;
            let mut times = Vec::new();
            loop {
                let mine = {
                    let mut turn = turn.lock().await;
                    *turn += 1;
                    *turn
                };
                if mine > all {
                    return Ok::<_, std::io::Error>(times);
                }
                let due = begun + Duration::from_secs(1) * mine / STEADY;
                tokio::time::sleep_until(due).await;
                line.ask(&path).await?;
                times.push(due.elapsed().as_secs_f64() * 1_000.0);
            }
        }));
    }
    let mut times = Vec::new();
    for hand in hands {
        times.extend(hand.await??);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

async fn flat_out(port: u16, path: &str) -> Outcome<f64> {
    let begun = Instant::now();
    let mut hands = Vec::new();
    for _ in 0..CONNECTIONS {
        let path = path.to_owned();
        hands.push(tokio::spawn(async move {
            let mut line = Line::open(port).await?;
            let mut done = 0_u64;
            while begun.elapsed() < LONG {
                line.ask(&path).await?;
                done += 1;
            }
            Ok::<_, std::io::Error>(done)
        }));
    }
    let mut done = 0;
    for hand in hands {
        done += hand.await??;
    }
    Ok(done as f64 / begun.elapsed().as_secs_f64())
}

async fn ask(port: u16, path: &str) -> std::io::Result<()> {
    Line::open(port).await?.ask(path).await
}

/// The page has been read, however often it first said that its day is being replayed.
async fn until_replayed(port: u16, path: &str) -> std::io::Result<()> {
    loop {
        match ask(port, path).await {
            Err(error) if error.kind() == std::io::ErrorKind::ResourceBusy => tokio::time::sleep(AGAIN).await,
            done => return done,
        }
    }
}

/// One connection kept open, as a browser keeps it.
struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Line {
    async fn open(port: u16) -> std::io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 1 << 16] })
    }

    /// The page has been asked for and read whole; anything but 200 is an error.
    async fn ask(&mut self, path: &str) -> std::io::Result<()> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: fr\r\n\r\n");
        self.stream.write_all(request.as_bytes()).await?;
        let mut read = 0;
        loop {
            let more = self.stream.read(&mut self.buffer[read..]).await?;
            if more == 0 {
                return Err(std::io::Error::other("the connection was closed"));
            }
            read += more;
            if let Some(end) = whole(&self.buffer[..read])? {
                debug_assert_eq!(end, read);
                return Ok(());
            }
            if read == self.buffer.len() {
                self.buffer.resize(read * 2, 0);
            }
        }
    }
}

/// Where the answer ends, once all of it is there.
fn whole(bytes: &[u8]) -> std::io::Result<Option<usize>> {
    let Some(head) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    if text.starts_with("http/1.1 503") && text.contains("\r\nretry-after: ") {
        return Err(std::io::ErrorKind::ResourceBusy.into());
    }
    if !text.starts_with("http/1.1 200") {
        return Err(std::io::Error::other(text.lines().next().unwrap_or_default().to_owned()));
    }
    if let Some(length) = text.lines().find_map(|line| line.strip_prefix("content-length: ")) {
        let end = head + 4 + length.parse::<usize>().map_err(std::io::Error::other)?;
        return Ok((bytes.len() >= end).then_some(end));
    }
    Ok(bytes.ends_with(b"0\r\n\r\n").then_some(bytes.len()))
}

fn at(times: &[f64], share: f64) -> f64 {
    let place = ((times.len() as f64 - 1.0) * share).round() as usize;
    times.get(place).copied().unwrap_or(f64::NAN)
}

fn memory(site: &Site) -> Outcome<String> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", site.process.id()))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: f64 = line.split_whitespace().nth(1).ok_or("no figure")?.parse()?;
    Ok(format!("{:.0} MB", kilobytes / 1_024.0))
}
