//! Requests: a few at once, each tried again where a connection breaks, none larger than what is asked for can be.

use std::collections::HashMap;
use std::io::{BufReader, Read};
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
pub(crate) enum Answer {
    /// The bytes.
    Found(Vec<u8>),
    /// That it has no such thing.
    NotThere,
}

/// Why no answer came, in a sentence.
pub(crate) struct Unanswered(pub(crate) String);

type Outcome = Result<Answer, Unanswered>;

struct Request {
    address: String,
    most: usize,
    comes: SyncSender<Outcome>,
}

/// Requests that are under way before their answers are needed.
pub(crate) struct Ahead {
    agent: ureq::Agent,
    asked: HashMap<String, Receiver<Outcome>>,
    line: SyncSender<Request>,
}

impl Ahead {
    /// Nothing is asked for yet.
    pub(crate) fn new() -> Self {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE))
            // A log is where it is: where else it might be is for people to follow.
            .max_redirects(0)
            .user_agent("")
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
                    let Ok(Request { address, most, comes }) = next else { return };
                    // Whoever asked may have found a fault before and be gone.
                    let _ = comes.send(get(&agent, &address, most));
                }
            });
        }
        Self { agent, asked: HashMap::new(), line }
    }

    /// The address is asked for, if it is not already.
    pub(crate) fn ask(&mut self, address: String, most: usize) {
        if !self.asked.contains_key(&address) {
            let (comes, waits) = sync_channel(1);
            let request = Request { address: address.clone(), most, comes };
            if self.line.send(request).is_ok() {
                self.asked.insert(address, waits);
            }
        }
    }

    /// The answer of the address, which may have been asked for before.
    pub(crate) fn take(&mut self, address: &str, most: usize) -> Outcome {
        match self.asked.remove(address).map(|waits| waits.recv()) {
            Some(Ok(outcome)) => outcome,
            Some(Err(_)) | None => self.get(address, most),
        }
    }

    /// The answer of the address, asked for now.
    pub(crate) fn get(&self, address: &str, most: usize) -> Outcome {
        get(&self.agent, address, most)
    }

    /// The answer of the address as it comes; `None` where the server has no such thing.
    pub(crate) fn lines(&self, address: &str) -> Result<Option<BufReader<impl Read + use<>>>, Unanswered> {
        let response = tried(|| self.agent.get(address).call())?;
        match response.status().as_u16() {
            200 => Ok(Some(BufReader::new(response.into_body().into_reader()))),
            404 => Ok(None),
            other => Err(Unanswered(format!("le serveur répond {other}"))),
        }
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
