//! A house for tests: rooms over a fresh record in a temporary folder, the clock stopped, visitors signed in at will.
//!
//! Behind the feature `rehearsal`. Everything in it is fictional, and what goes wrong in it panics.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use record::replay::Difference;
use record::{Desk, Fault, Folder, Record, Tables, replay};
use terms::access::{MandateGiven, PersonEnrolled, Role};
use terms::instance::Founded;
use terms::{Actor, Behalf, Bilingual, Day, Instant, MandateId, PersonId, Sealed, Word};
use tower::ServiceExt;

use crate::session::SessionToken;
use crate::{House, Room, Setting, begin_session, clocks_tables, session_tables, standing_tables};

/// A house over a record in a temporary folder.
pub struct Rehearsal {
    house: House,
    tables: &'static [Tables],
    folder: Folder,
    hand: Arc<Mutex<Instant>>,
    people: AtomicU32,
    _kept: tempfile::TempDir,
}

/// Someone signed in.
#[derive(Clone)]
pub struct Guest {
    /// Who.
    pub person: PersonId,
    token: SessionToken,
}

/// What the house answered.
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The answer as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header's value; empty where it is absent.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Runs what waits for the scribe on a thread of its own: tests are asynchronous, and must not wait on theirs.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().expect("a thread that ends"))
}

fn clock_of(hand: &Arc<Mutex<Instant>>) -> record::Clock {
    let hand = Arc::clone(hand);
    Arc::new(move || *hand.lock().expect("a clock"))
}

fn setting() -> Setting {
    Setting { public_address: "https://toguna.example".into(), ..Setting::default() }
}

impl Rehearsal {
    /// A house with these rooms, founded at this moment, at which the clock stays.
    #[must_use]
    pub fn of(rooms: &[Room], now: &str) -> Self {
        let rooms: &'static [Room] = Box::leak(rooms.to_vec().into_boxed_slice());
        let own = [clocks_tables(), session_tables(), standing_tables()];
        let tables: Vec<Tables> = own.into_iter().chain(rooms.iter().map(|room| room.tables)).collect();
        let tables: &'static [Tables] = Box::leak(tables.into_boxed_slice());
        let kept = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::at(kept.path());
        let hand = Arc::new(Mutex::new(now.parse().expect("a moment")));
        let founded = Founded {
            origin: "toguna.example/repetition".into(),
            verifier_key: String::new(),
            custodians: None,
            pack: "fictif".into(),
            title: Bilingual::same("Répétition"),
            country: "XX".into(),
            zone: "UTC".into(),
            weekend: vec![6, 7],
        };
        let house = apart(|| {
            let record = Record::found(&folder, founded, tables, clock_of(&hand)).expect("a record");
            House::new(record, rooms, setting()).expect("a house")
        });
        Self { house, tables, folder, hand, people: AtomicU32::new(0), _kept: kept }
    }

    /// A house with these rooms over the instance that is in the temporary folder, or on the database server of this address
    /// with its key in the folder, opened at this moment.
    #[must_use]
    pub fn over(
        kept: tempfile::TempDir,
        server: Option<&str>,
        rooms: &'static [Room],
        tables: &'static [Tables],
        now: &str,
    ) -> Self {
        let folder = Folder::at(kept.path());
        let folder = server.into_iter().fold(folder, Folder::on_server);
        let hand = Arc::new(Mutex::new(now.parse().expect("a moment")));
        let house = apart(|| {
            let opened = Record::open(&folder, tables, clock_of(&hand), &mut |_, _| {});
            let (record, _) = opened.expect("an instance");
            House::new(record, rooms, setting()).expect("a house")
        });
        Self { house, tables, folder, hand, people: AtomicU32::new(0), _kept: kept }
    }

    /// It is this moment now; what fell due meanwhile is on the record.
    pub fn turn_to(&self, now: &str) {
        *self.hand.lock().expect("a clock") = now.parse().expect("a moment");
        apart(|| self.house.keep_time().expect("the clock writes"));
    }

    /// The folder of the instance.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The house.
    #[must_use]
    pub fn house(&self) -> &House {
        &self.house
    }

    /// What `act` did is on the record.
    pub fn seal<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Desk<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> T {
        apart(|| self.house.record().scribe.seal_now(act).expect("an act"))
    }

    /// The word is on the record as the loader writes it, publicly known since `known`.
    pub fn load(&self, known: Option<&str>, word: Word) -> Sealed {
        let zone = self.house.record().zone.clone();
        let known: Option<Day> = known.map(|day| day.parse().expect("a day"));
        self.seal(move |desk| desk.append(&zone, Actor::Loader, known, word))
    }

    /// Someone new with this mandate is signed in.
    pub fn guest(&self, behalf: Behalf, role: Role) -> Guest {
        let number = self.people.fetch_add(1, Ordering::Relaxed);
        let person = PersonId::parse(&format!("personne-{number}")).expect("an id");
        let mandate = MandateId::parse(&format!("mandat-{number}")).expect("an id");
        let (zone, today, who) =
            (self.house.record().zone.clone(), self.house.record().today(), person.clone());
        let token = self.seal(move |desk| {
            let name = desk.enclose_text(&format!("Personne fictive {number}"))?;
            let enrolled = PersonEnrolled { id: who.clone(), name };
            desk.append(&zone, Actor::Loader, None, Word::PersonEnrolled(enrolled))?;
            let given =
                MandateGiven { id: mandate, person: who.clone(), behalf, role, from: today, to: None };
            desk.append(&zone, Actor::Loader, None, Word::MandateGiven(given))?;
            begin_session(desk, &who, today)
        });
        Guest { person, token }
    }

    /// The same person, signed in afresh: sessions end by themselves while the clock is turned.
    #[must_use]
    pub fn again(&self, guest: &Guest) -> Guest {
        let (person, today) = (guest.person.clone(), self.house.record().today());
        let token = self.seal(move |desk| begin_session(desk, &person, today));
        Guest { person: guest.person.clone(), token }
    }

    /// What the address answers.
    pub async fn get(&self, guest: Option<&Guest>, address: &str) -> Reply {
        let request = self.asked(guest, "GET", address).body(Body::empty()).expect("a request");
        self.answer(request).await
    }

    /// What the address answers to a browser that takes compressed bytes: those bytes, as they travel.
    pub async fn get_packed(&self, address: &str) -> Reply {
        let request = self.asked(None, "GET", address).header(header::ACCEPT_ENCODING, "gzip, br");
        self.answer(request.body(Body::empty()).expect("a request")).await
    }

    /// What the address answers to any request, with these headers and this body as they are.
    pub async fn send(&self, method: &str, address: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let asked = self.asked(None, method, address);
        let asked = headers.iter().fold(asked, |asked, (name, value)| asked.header(*name, *value));
        self.answer(asked.body(Body::from(body.to_owned())).expect("a request")).await
    }

    /// What the address answers to this form, sent with the session's own token.
    pub async fn post(&self, guest: Option<&Guest>, address: &str, fields: &[(&str, &str)]) -> Reply {
        self.post_files(guest, address, fields, &[]).await
    }

    /// The same with files, each under its field's name.
    pub async fn post_files(
        &self,
        guest: Option<&Guest>,
        address: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Reply {
        let mut body = Vec::new();
        let token = guest.map(|guest| guest.token.form_token(self.house.secret())).unwrap_or_default();
        for (name, value) in fields.iter().copied().chain([(crate::form::TOKEN, token.as_str())]) {
            body.extend(
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, bytes) in files {
            let head =
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"f\"\r\n\r\n");
            body.extend(head.bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        let request = self
            .asked(guest, "POST", address)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body))
            .expect("a request");
        self.answer(request).await
    }

    fn asked(&self, guest: Option<&Guest>, method: &str, address: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(address);
        match guest {
            Some(guest) => {
                let cookie = guest.token.cookie();
                request.header(header::COOKIE, cookie.split(';').next().unwrap_or_default())
            }
            None => request,
        }
    }

    async fn answer(&self, request: Request<Body>) -> Reply {
        let response = self.house.router().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 16 << 20).await.expect("a body").to_vec();
        Reply { status: parts.status, headers: parts.headers, bytes }
    }

    /// The first difference between the tables and what the record makes of them.
    #[must_use]
    pub fn difference(&self) -> Option<Difference> {
        apart(|| replay::check(&self.folder, self.tables, &mut |_, _| {}).expect("a replay"))
    }
}
