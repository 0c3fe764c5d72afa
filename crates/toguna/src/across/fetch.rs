//! Requests: a few at once, each tried again where a connection breaks, none larger than what is asked for can be.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Connections at once.
const AT_ONCE: usize = 4;

/// Pauses before an address is tried again.
const PAUSES: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(5)];

/// How long a connection may take to be made, and a whole answer to come: a bundle over 2G takes minutes.
const CONNECT: Duration = Duration::from_secs(20);
const WHOLE: Duration = Duration::from_secs(600);

/// What a server answered.
pub enum Answer {
    /// The bytes.
    Found(Vec<u8>),
    /// That it has no such thing.
    NotThere,
}

/// Why no answer came, in a sentence.
pub struct Unanswered(pub String);

type Outcome = Result<Answer, Unanswered>;

/// An answer that is read line by line: what came before it was needed, then the rest as it comes.
pub type Lines = BufReader<Box<dyn Read + Send>>;

type LinesOutcome = Result<Option<Lines>, Unanswered>;

enum Request {
    Whole { address: String, most: usize, comes: SyncSender<Outcome> },
    Lines { address: String, before: usize, comes: SyncSender<LinesOutcome> },
}

/// Requests that are under way before their answers are needed.
pub struct Ahead {
    agent: ureq::Agent,
    asked: HashMap<String, Receiver<Outcome>>,
    asked_lines: HashMap<String, Receiver<LinesOutcome>>,
    line: SyncSender<Request>,
}

impl Ahead {
    /// Nothing is asked for yet; what will be is at this address or below.
    #[must_use]
    pub fn at(address: &str) -> Self {
        // Where bytes only go through memory, making them fewer takes longer than moving them.
        let encoding = if is_this_machine(address) { "identity" } else { "gzip" };
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE))
            // A log is where it is: where else it might be is for people to follow.
            .max_redirects(0)
            .user_agent("")
            .accept_encoding(encoding)
            .http_status_as_error(false)
            .build()
            .into();
        let (line, waiting) = sync_channel::<Request>(64);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..AT_ONCE {
            let (agent, waiting) = (agent.clone(), Arc::clone(&waiting));
            std::thread::spawn(move || {
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    // Whoever asked may have found a fault before and be gone.
                    match next {
                        Ok(Request::Whole { address, most, comes }) => {
                            drop(comes.send(get(&agent, &address, most)));
                        }
                        Ok(Request::Lines { address, before, comes }) => {
                            drop(comes.send(begun(&agent, &address, before)));
                        }
                        Err(_) => return,
                    }
                }
            });
        }
        Self { agent, asked: HashMap::new(), asked_lines: HashMap::new(), line }
    }

    /// The address is asked for, if it is not already.
    pub fn ask(&mut self, address: String, most: usize) {
        if !self.asked.contains_key(&address) {
            let (comes, waits) = sync_channel(1);
            let request = Request::Whole { address: address.clone(), most, comes };
            if self.line.send(request).is_ok() {
                self.asked.insert(address, waits);
            }
        }
    }

    /// The address is asked for, if it is not already; so many bytes of its lines are here before they are needed.
    pub fn ask_lines(&mut self, address: String, before: usize) {
        if !self.asked_lines.contains_key(&address) {
            let (comes, waits) = sync_channel(1);
            let request = Request::Lines { address: address.clone(), before, comes };
            if self.line.send(request).is_ok() {
                self.asked_lines.insert(address, waits);
            }
        }
    }

    /// The lines of the address, which may have been asked for before; `None` where the server has no such thing.
    ///
    /// **Errors** none came.
    pub fn take_lines(&mut self, address: &str) -> Result<Option<Lines>, Unanswered> {
        match self.asked_lines.remove(address).map(|waits| waits.recv()) {
            Some(Ok(Ok(lines))) => Ok(lines),
            Some(Ok(Err(_)) | Err(_)) | None => self.lines(address),
        }
    }

    /// The answer of the address, which may have been asked for before.
    ///
    /// **Errors** none came; it is of more than so many bytes.
    pub fn take(&mut self, address: &str, most: usize) -> Outcome {
        match self.asked.remove(address).map(|waits| waits.recv()) {
            Some(Ok(outcome)) => outcome,
            Some(Err(_)) | None => self.get(address, most),
        }
    }

    /// The address is not wanted any more.
    pub fn forget(&mut self, address: &str) {
        self.asked.remove(address);
        self.asked_lines.remove(address);
    }

    /// The answer of the address, asked for now.
    ///
    /// **Errors** as [`Ahead::take`].
    pub fn get(&self, address: &str, most: usize) -> Outcome {
        get(&self.agent, address, most)
    }

    /// The answer of the address as it comes; `None` where the server has no such thing.
    ///
    /// **Errors** none came.
    pub fn lines(&self, address: &str) -> Result<Option<Lines>, Unanswered> {
        begun(&self.agent, address, 0)
    }
}

/// The answer of the address, of which so many bytes are here.
fn begun(agent: &ureq::Agent, address: &str, before: usize) -> LinesOutcome {
    let response = tried(|| agent.get(address).call())?;
    match response.status().as_u16() {
        200 => {
            let mut rest = response.into_body().into_reader();
            let mut start = Vec::new();
            let read = rest.by_ref().take(before as u64).read_to_end(&mut start);
            read.map_err(|error| Unanswered(format!("la connexion a été coupée ({error})")))?;
            Ok(Some(BufReader::new(Box::new(Cursor::new(start).chain(rest)))))
        }
        404 => Ok(None),
        other => Err(Unanswered(format!("le serveur répond {other}"))),
    }
}

fn get(agent: &ureq::Agent, address: &str, most: usize) -> Outcome {
    tried(|| {
        let mut response = agent.get(address).call()?;
        let status = response.status().as_u16();
        let leads = response.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
        // One byte more tells an answer that is too large.
        let bytes = response.body_mut().with_config().limit(most as u64 + 1).read_to_vec();
        Ok((status, leads, if status == 200 { bytes? } else { Vec::new() }))
    })
    .and_then(|(status, leads, bytes)| match (status, leads) {
        (200, _) if bytes.len() <= most => Ok(Answer::Found(bytes)),
        (200, _) => Err(Unanswered("le serveur en donne plus qu’il ne peut y en avoir".into())),
        (404, _) => Ok(Answer::NotThere),
        // Whether it leads to the same record is for people to judge.
        (300..400, Some(to)) => Err(Unanswered(format!(
            "le serveur renvoie à « {to} » ; si le registre est maintenant là, recommencez avec cette adresse"
        ))),
        (other, _) => Err(Unanswered(format!("le serveur répond {other}"))),
    })
}

fn tried<T>(mut attempt: impl FnMut() -> Result<T, ureq::Error>) -> Result<T, Unanswered> {
    let mut pauses = PAUSES.iter();
    loop {
        match attempt() {
            Ok(answer) => return Ok(answer),
            Err(error) => match pauses.next().filter(|_| may_pass(&error)) {
                Some(pause) => std::thread::sleep(*pause),
                None => return Err(Unanswered(sentence(&error))),
            },
        }
    }
}

/// A broken connection may hold the next time; an address that is none will not become one.
fn may_pass(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Io(_) | ureq::Error::Timeout(_) | ureq::Error::Protocol(_))
        && !matches!(error, ureq::Error::Io(io) if io.kind() == std::io::ErrorKind::ConnectionRefused)
}

fn sentence(error: &ureq::Error) -> String {
    match error {
        ureq::Error::HostNotFound => "ce nom de serveur n’est pas connu".into(),
        ureq::Error::Timeout(_) => "le serveur n’a pas répondu à temps".into(),
        ureq::Error::Io(io) if io.kind() == std::io::ErrorKind::ConnectionRefused => {
            "aucun serveur n’écoute à cette adresse".into()
        }
        ureq::Error::BodyExceedsLimit(_) => "le serveur en donne plus qu’il ne peut y en avoir".into(),
        other => format!("la connexion a échoué ({other})"),
    }
}

/// Whether the address is one of this very machine.
fn is_this_machine(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(inside) => inside.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(host, _)| host),
    };
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_this_machine;

    #[test]
    fn an_address_of_this_machine_is_told_from_others() {
        for here in ["http://127.0.0.1:8787", "http://localhost/registre", "http://[::1]:80/x", "127.9.9.9"] {
            assert!(is_this_machine(here), "{here}");
        }
        for away in [
            "https://toguna.example",
            "http://10.0.0.1",
            "http://localhost.example:80",
            "http://[2001:db8::1]/",
        ] {
            assert!(!is_this_machine(away), "{away}");
        }
    }
}
