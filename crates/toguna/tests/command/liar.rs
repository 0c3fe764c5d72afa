//! A server that nobody should believe.

#![allow(dead_code, reason = "each test binary uses its part of this module")]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A server that gives what it is told to, whatever the truth.
pub(crate) struct Liar {
    pub(crate) address: String,
    pub(crate) pages: Arc<Mutex<HashMap<String, Vec<u8>>>>,
}

impl Liar {
    pub(crate) fn with(pages: HashMap<String, Vec<u8>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let pages = Arc::new(Mutex::new(pages));
        let given = Arc::clone(&pages);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let given = Arc::clone(&given);
                std::thread::spawn(move || answer(stream, &given));
            }
        });
        Self { address, pages }
    }

    pub(crate) fn changes(&self, path: &str, change: impl FnOnce(&mut Vec<u8>)) {
        change(self.pages.lock().unwrap().get_mut(path).unwrap());
    }
}

fn answer(mut stream: TcpStream, pages: &Mutex<HashMap<String, Vec<u8>>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap().to_owned();
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let found = pages.lock().unwrap().get(&path).cloned();
    let (status, body) = found.map_or(("404 Not Found", Vec::new()), |body| ("200 OK", body));
    // Whoever found a lie does not wait for its end.
    let _ =
        write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(&body);
}
