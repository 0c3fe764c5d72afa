//! A house with this room alone, in a folder of its own, with a clock that tests move.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use record::{Folder, Record, Tables, replay};
use terms::access::Role;
use terms::instance::Founded;
use terms::institutions::BodyEstablished;
use terms::organisations::OrganisationRegistered;
use terms::{Actor, Behalf, Bilingual, BodyId, Instant, OrganisationId, Word};
use totp_rs::{Builder, Secret};
use tower::ServiceExt;
use web::{House, Setting};

use crate::{Enrolled, NewAccount, ROOM};

pub(super) static TABLES: [Tables; 4] =
    [web::clocks_tables(), web::session_tables(), web::standing_tables(), ROOM.tables];
static ROOMS: [web::Room; 1] = [ROOM];

/// 2 March 2026, ten o'clock in UTC: a Monday.
const BEGINS: i64 = 1_772_445_600;

pub(super) const PASSWORD: &str = "quatre mots sans lien";

pub(super) struct Site {
    folder: tempfile::TempDir,
    pub(super) house: House,
    clock: Arc<AtomicI64>,
    runtime: tokio::runtime::Runtime,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) location: String,
    pub(super) cookie: Option<String>,
    pub(super) cache: String,
    pub(super) body: String,
}

impl Site {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(BEGINS));
        let told = clock.clone();
        let now = Arc::new(move || Instant::from_second(told.load(Ordering::SeqCst)).unwrap());
        let founded = Founded {
            origin: "exercice.example/acces".into(),
            verifier_key: String::new(),
            custodians: None,
            pack: "exercice".into(),
            title: Bilingual::same("Exercice"),
            country: "ML".into(),
            zone: "UTC".into(),
            weekend: vec![6, 7],
        };
        let record = Record::found(&Folder::at(folder.path()), founded, &TABLES, now).unwrap();
        let setting = Setting { public_address: "https://exercice.example".into(), ..Setting::default() };
        let house = House::new(record, &ROOMS, setting).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let site = Self { folder, house, clock, runtime };
        site.names();
        site
    }

    /// A committee and an organisation are on the record.
    fn names(&self) {
        let zone = self.house.record().zone.clone();
        let done: Result<(), record::Fault> = self.house.record().scribe.seal_now(move |desk| {
            let body = Word::BodyEstablished(BodyEstablished {
                id: BodyId::parse("ccsc-exercice").unwrap(),
                kind: "ccsc".into(),
                name: Bilingual::same("Comité de Sabalen (exercice)"),
                place: None,
                from: None,
                to: None,
                source: None,
                note: None,
                exercise: true,
            });
            let organisation = Word::OrganisationRegistered(OrganisationRegistered {
                id: OrganisationId::parse("femmes-exercice").unwrap(),
                name: "Association des femmes de Sabalen".into(),
                acronym: None,
                kind: "association".into(),
                founded: None,
                legal_form: None,
                place: None,
                source: None,
                note: None,
                exercise: true,
            });
            for word in [body, organisation] {
                desk.append(&zone, Actor::Loader, None, word)?;
            }
            Ok(())
        });
        done.unwrap();
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn now(&self) -> Instant {
        Instant::from_second(self.clock.load(Ordering::SeqCst)).unwrap()
    }

    pub(super) fn later(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(super) fn enrol(&self, name: &str, mandates: &[(Behalf, Role)]) -> Enrolled {
        let account = NewAccount { person: None, name, password: PASSWORD, mandates };
        crate::enrol(&self.house, &account).unwrap()
    }

    /// The six digits of this secret, `steps` of thirty seconds from now.
    pub(super) fn code(&self, secret: &str, steps: i64) -> String {
        let secret = Secret::try_from_base32(secret).unwrap();
        let totp = Builder::new().with_secret(secret).with_account_name("essai").build().unwrap();
        totp.generate(u64::try_from(self.now().as_second() + 30 * steps).unwrap()).to_string()
    }

    pub(super) fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.ask(request("GET", path, cookie).body(Body::empty()).unwrap())
    }

    /// The fields as they are.
    pub(super) fn post_bare(&self, path: &str, cookie: Option<&str>, fields: &[(&str, &str)]) -> Answer {
        let encoded: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
        let request = request("POST", path, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encoded.join("&")));
        self.ask(request.unwrap())
    }

    /// The fields with the form token of the session, as a page of ours would send them.
    pub(super) fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get("/bureau", Some(cookie)).body;
        let token = between(&page, "name=\"jeton\" value=\"", "\"").to_owned();
        let mut all = fields.to_vec();
        all.push(("jeton", &token));
        self.post_bare(path, Some(cookie), &all)
    }

    fn ask(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = self.house.router().oneshot(request).await.unwrap();
            let header = |name: header::HeaderName| {
                response.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
            };
            let cookie = header(header::SET_COOKIE).map(|line| line.split(';').next().unwrap().to_owned());
            let (status, location) = (response.status(), header(header::LOCATION).unwrap_or_default());
            let cache = header(header::CACHE_CONTROL).unwrap_or_default();
            let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
            Answer { status, location, cookie, cache, body: String::from_utf8(bytes.to_vec()).unwrap() }
        })
    }

    /// Signing in with this password and code; the session's cookie, if it went well.
    pub(super) fn sign_in(&self, name: &str, password: &str, code: &str) -> Option<String> {
        let answer =
            self.post_bare("/connexion", None, &[("nom", name), ("mot-de-passe", password), ("code", code)]);
        match answer.status {
            StatusCode::SEE_OTHER => answer.cookie,
            StatusCode::UNPROCESSABLE_ENTITY => {
                assert!(answer.body.contains("Le nom, le mot de passe ou le code ne convient pas."));
                assert!(!answer.body.contains(password), "a password is never sent back");
                None
            }
            other => panic!("{other}"),
        }
    }

    /// A session of someone enrolled at once; the clock is moved on so that the next code is fresh.
    pub(super) fn session(&self, name: &str, mandates: &[(Behalf, Role)]) -> (Enrolled, String) {
        let enrolled = self.enrol(name, mandates);
        let cookie = self.sign_in(name, PASSWORD, &self.code(&enrolled.totp_secret, 0)).unwrap();
        self.later(60);
        (enrolled, cookie)
    }

    /// Replay makes the same tables.
    pub(super) fn replays(&self) {
        let file = Folder::at(self.path()).database();
        assert_eq!(replay::check(&file, &TABLES, &mut |_, _| {}).unwrap(), None);
    }

    /// The bytes of every file of the data folder.
    pub(super) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let entries = std::fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
    }
}

fn request(method: &str, path: &str, cookie: Option<&str>) -> axum::http::request::Builder {
    let request =
        Request::builder().method(method).uri(path).header(header::USER_AGENT, "canari-navigateur/7");
    match cookie {
        Some(cookie) => request.header(header::COOKIE, cookie),
        None => request,
    }
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// What stands between these marks in the text.
pub(super) fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("« {before} » manque dans {text}"));
    rest.split_once(after).unwrap().0
}
