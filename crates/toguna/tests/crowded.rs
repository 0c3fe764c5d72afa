//! Hundreds of half-sent requests on a machine that allows few open files: the site stays open.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use command::{copy, result, run, told};

fn answered(port: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(format!("127.0.0.1:{port}")) else { return false };
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let request = "GET /a-propos HTTP/1.1\r\nhost: site\r\nconnection: close\r\n\r\n";
    let mut answer = Vec::new();
    stream.write_all(request.as_bytes()).is_ok()
        && stream.read_to_end(&mut answer).is_ok()
        && answer.starts_with(b"HTTP/1.1 200")
}

fn until(within: Duration, mut came: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + within;
    while Instant::now() < deadline {
        if came() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    false
}

#[test]
fn half_sent_requests_do_not_close_the_site() {
    let (_home, data) = copy();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    drop(listener);
    let mut site = Command::new("sh")
        .args(["-c", "ulimit -n 128 && exec \"$0\" serve --data \"$1\" --port \"$2\""])
        .args([env!("CARGO_BIN_EXE_toguna"), &data, &port])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let opened = until(Duration::from_secs(60), || answered(&port));
    let mut held = Vec::new();
    for _ in 0..400 {
        if let Ok(mut stream) = TcpStream::connect(format!("127.0.0.1:{port}")) {
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost: site\r\n");
            held.push(stream);
        }
    }
    let many = held.len();
    // Whoever asks from the very same address waits until the half-sent ones are let go, no longer.
    let answers = until(Duration::from_secs(30), || answered(&port));
    let verified = run(&["verify", &data]);
    site.kill().unwrap();
    site.wait().unwrap();
    assert!(result(&verified).contains("entier et signé"), "{}", told(&verified));
    assert!(opened, "the site opens");
    assert!(many > 200, "{many}");
    assert!(answers, "the site answers while {many} requests are half-sent");
}
