//! The log's side: each witness is asked to cosign what is new, apart from every act, again and later where it does not answer.
//!
//! What it answered is kept beside the checkpoints; what is wrong with it is kept there too, so that pages show it and a restart
//! forgets nothing.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use record::cosigned::{self, Trouble};
use record::{Clock, Fault, Record, Scribe, Shelf, Zone, proofs};
use tlog::witness::{ADD_CHECKPOINT, Answer, MAX_REPLY_BYTES, cosigned_by};
use tlog::{AddCheckpoint, CosignerKey, Note, Policy, VerifierKey};

/// How long a connection may take to be made, and a whole answer to come.
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);

/// The longest pause before a witness that failed is asked again.
const PAUSE_MAX: Duration = Duration::from_secs(300);

/// How often a request is corrected by the size that the witness tells, other writers going on meanwhile.
const CORRECTIONS: usize = 4;

/// How witnesses are asked.
#[derive(Debug, Clone, Copy)]
pub struct Rhythm {
    /// The least time between two requests to a witness, where there is something new.
    pub every: Duration,
    /// A witness that has not answered for this long is said to be silent. Four times in that time it is asked even where nothing is new.
    pub silent_after: Duration,
}

/// A witness, as the log reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The name that the policy gives it.
    pub name: String,
    /// Its key.
    pub key: CosignerKey,
    /// Where it is asked, without a slash at the end.
    pub address: String,
}

/// The witnesses that the policy gives an address.
///
/// **Errors** there is none; an address is not one.
pub fn reached(policy: &Policy) -> Result<Vec<Reached>, String> {
    let mut all = Vec::new();
    for witness in policy.witnesses() {
        let Some(url) = &witness.url else { continue };
        let address = url.to_string().trim_end_matches('/').to_owned();
        if !address.starts_with("http://") && !address.starts_with("https://") {
            return Err(format!("« {address} » n’est pas une adresse : http://… ou https://…"));
        }
        all.push(Reached { name: witness.name.to_string(), key: witness.key.clone(), address });
    }
    if all.is_empty() {
        return Err("aucun témoin n’y a d’adresse : « witness NOM CLÉ ADRESSE »".into());
    }
    Ok(all)
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It has cosigned the checkpoint of so many entries, which is on the disk.
    Cosigned(u64),
    /// It answered otherwise: what is wrong, and in its own words.
    Not(Trouble, String),
    /// It did not answer.
    Unanswered(String),
}

/// One who asks one witness.
pub struct Asker {
    witness: Reached,
    key: VerifierKey,
    shelf: Shelf,
    scribe: Scribe,
    zone: Zone,
    clock: Clock,
    agent: ureq::Agent,
}

impl Asker {
    /// Asks this witness for this record.
    #[must_use]
    pub fn new(record: &Record, witness: Reached) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE))
            .max_redirects(0)
            .user_agent("")
            .http_status_as_error(false)
            .build()
            .into();
        Self {
            witness,
            key: record.key(),
            shelf: record.shelf.clone(),
            scribe: record.scribe.clone(),
            zone: record.zone.clone(),
            clock: record.clock.clone(),
            agent,
        }
    }

    /// The witness has been asked to cosign the newest checkpoint; what it answered is kept.
    ///
    /// **Errors** the database refused.
    pub fn once(&self) -> Result<Outcome, Fault> {
        let outcome = self.exchanged()?;
        if let Outcome::Not(trouble, told) = &outcome {
            self.note(*trouble, told)?;
        }
        Ok(outcome)
    }

    fn exchanged(&self) -> Result<Outcome, Fault> {
        let mut old = self.known()?.and_then(|asked| asked.latest).map_or(0, |(size, _)| size);
        for _ in 0..CORRECTIONS {
            let newest = self.shelf.read(|tx| -> Result<_, Fault> {
                let signed = proofs::newest(tx, &self.key)?;
                let proof = match old {
                    0 => Vec::new(),
                    _ if old > signed.size => return Ok(None),
                    _ => proofs::consistency(tx, &signed, old)?,
                };
                Ok(Some((signed, proof)))
            })?;
            let Some((signed, proof)) = newest else {
                let told = format!("il a cosigné {old} entrées, et ce registre en a moins");
                return Ok(Outcome::Not(Trouble::Disagrees, told));
            };
            let note =
                Note::parse(signed.note.as_bytes()).map_err(|error| Fault::Damaged(error.to_string()))?;
            let request = AddCheckpoint { old, proof, note };
            match self.sent(&request) {
                Err(why) => return Ok(Outcome::Unanswered(why)),
                Ok(Answer::Latest(latest)) if latest != old => old = latest,
                Ok(Answer::Latest(_)) => {
                    let told = "il redit la taille qui lui a été dite".to_owned();
                    return Ok(Outcome::Not(Trouble::Refuses, told));
                }
                Ok(Answer::Cosigned(lines)) => {
                    let (note, time) = match cosigned_by(request.note, &lines, &self.witness.key) {
                        Ok(cosigned) => cosigned,
                        Err(error) => {
                            let told = format!("sa cosignature ne se vérifie pas ({error})");
                            return Ok(Outcome::Not(Trouble::Refuses, told));
                        }
                    };
                    self.keep(signed.size, time, note)?;
                    return Ok(Outcome::Cosigned(signed.size));
                }
                Ok(Answer::Refused { status, reason }) => {
                    // 409 without a size was, in v1.0.0, another root for the same size.
                    let disagrees = matches!(status, 409 | 422);
                    let trouble = if disagrees { Trouble::Disagrees } else { Trouble::Refuses };
                    return Ok(Outcome::Not(trouble, format!("{status} {reason}")));
                }
            }
        }
        Ok(Outcome::Unanswered("la taille qu’il dit change à chaque demande".into()))
    }

    /// What the witness answers to the request.
    fn sent(&self, request: &AddCheckpoint) -> Result<Answer, String> {
        let address = format!("{}/{ADD_CHECKPOINT}", self.witness.address);
        let sent =
            self.agent.post(&address).content_type("text/plain; charset=utf-8").send(request.to_string());
        let mut response = sent.map_err(|error| error.to_string())?;
        let status = response.status().as_u16();
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default().to_owned();
        let most = MAX_REPLY_BYTES as u64 + 1;
        let body = response.body_mut().with_config().limit(most).read_to_vec().map_err(|e| e.to_string())?;
        Answer::read(status, &kind, &body).map_err(|error| error.to_string())
    }

    fn known(&self) -> Result<Option<cosigned::Asked>, Fault> {
        let key = self.witness.key.to_string();
        let all = self.shelf.read(cosigned::asked)?;
        Ok(all.into_iter().find(|asked| asked.witness == key))
    }

    fn now(&self) -> u64 {
        u64::try_from((self.clock)().as_second()).unwrap_or(0)
    }

    fn keep(&self, size: u64, time: u64, note: Note) -> Result<(), Fault> {
        let (witness, day) = (self.witness.key.to_string(), self.zone.day_of((self.clock)()));
        self.scribe.seal_now(move |desk| cosigned::keep(desk.tx(), &witness, day, (size, time), &note))
    }

    /// The trouble is kept and logged, unless it was known.
    fn note(&self, trouble: Trouble, told: &str) -> Result<(), Fault> {
        let known = self.known()?.and_then(|asked| asked.trouble);
        if known.is_some_and(|(was, said, _)| was == trouble && said == told) {
            return Ok(());
        }
        let name = &self.witness.name;
        let what = match trouble {
            Trouble::Disagrees => "ALARME : ce témoin contredit le registre",
            Trouble::Refuses => "ce témoin ne cosigne pas",
            Trouble::Silent => "ALARME : ce témoin ne répond plus",
        };
        if trouble == Trouble::Refuses {
            tracing::warn!("« {name} » : {what} ({told})");
        } else {
            tracing::error!("« {name} » : {what} ({told})");
        }
        let (witness, told, now) = (self.witness.key.to_string(), told.to_owned(), self.now());
        self.scribe.seal_now(move |desk| cosigned::trouble(desk.tx(), &witness, trouble, &told, now))
    }

    /// Asks until told to stop.
    fn keep_asking(&self, rhythm: Rhythm, stop: &Receiver<()>) {
        let tick = rhythm.every.clamp(Duration::from_millis(10), Duration::from_secs(1));
        let beat = (rhythm.silent_after / 4).max(tick);
        let (mut size, mut failures, mut last): (u64, u32, Option<Instant>) = (0, 0, None);
        loop {
            let since = last.map_or(Duration::MAX, |last| last.elapsed());
            let wait = match failures {
                0 => rhythm.every,
                _ => (rhythm.every.max(Duration::from_secs(1)) * 2_u32.saturating_pow(failures.min(10)))
                    .min(PAUSE_MAX.min(beat)),
            };
            let new = || self.shelf.entries().is_ok_and(|entries| entries != size);
            if since >= wait && (failures > 0 || since >= beat || new()) {
                last = Some(Instant::now());
                match self.once() {
                    Ok(Outcome::Cosigned(of)) => (size, failures) = (of, 0),
                    Ok(Outcome::Not(..)) => failures += 1,
                    Ok(Outcome::Unanswered(why)) => {
                        failures += 1;
                        self.unanswered(rhythm, &why);
                    }
                    Err(fault) => {
                        failures += 1;
                        tracing::error!(
                            "le témoin « {} » n’a pas pu être sollicité : {fault}",
                            self.witness.name
                        );
                    }
                }
            }
            match stop.recv_timeout(tick) {
                Err(RecvTimeoutError::Timeout) => {}
                _ => return,
            }
        }
    }

    /// A witness that has not answered for too long is said to be silent.
    fn unanswered(&self, rhythm: Rhythm, why: &str) {
        tracing::debug!("le témoin « {} » n’a pas répondu : {why}", self.witness.name);
        let Ok(Some(asked)) = self.known() else { return };
        let last = asked.latest.map_or(asked.since, |(_, at)| at.max(asked.since));
        // A contradiction does not pass with silence.
        let worse = asked.trouble.is_some_and(|(trouble, ..)| trouble != Trouble::Refuses);
        if !worse
            && self.now().saturating_sub(last) >= rhythm.silent_after.as_secs()
            && let Err(fault) = self.note(Trouble::Silent, why)
        {
            tracing::error!("{fault}");
        }
    }
}

/// Those who ask, a thread for each witness.
pub struct Askers {
    threads: Vec<(SyncSender<()>, JoinHandle<()>)>,
}

impl Askers {
    /// Every witness is asked from now on, and no other.
    ///
    /// **Errors** the database or the system refused.
    pub fn begin(record: &Record, witnesses: Vec<Reached>, rhythm: Rhythm) -> Result<Self, Fault> {
        let now = u64::try_from((record.clock)().as_second()).unwrap_or(0);
        let named: Vec<(String, String)> =
            witnesses.iter().map(|one| (one.key.to_string(), one.name.clone())).collect();
        record.scribe.seal_now(move |desk| -> Result<(), Fault> {
            let keys: Vec<String> = named.iter().map(|(key, _)| key.clone()).collect();
            cosigned::ask_only(desk.tx(), &keys)?;
            named.iter().try_for_each(|(key, name)| cosigned::ask_from_now_on(desk.tx(), key, name, now))
        })?;
        let mut threads = Vec::with_capacity(witnesses.len());
        for witness in witnesses {
            let asker = Asker::new(record, witness);
            let (stop, stopped) = sync_channel(1);
            let thread = std::thread::Builder::new()
                .name("temoin".into())
                .spawn(move || asker.keep_asking(rhythm, &stopped))
                .map_err(|error| Fault::File(error.to_string()))?;
            threads.push((stop, thread));
        }
        Ok(Self { threads })
    }

    /// Nobody asks any more; a request under way is waited for.
    pub fn stop(self) {
        for (stop, thread) in self.threads {
            drop(stop);
            // A thread that panicked asks no more either.
            let _ = thread.join();
        }
    }
}
