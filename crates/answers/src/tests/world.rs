//! A small fictional world: a commune, its mayor, its post, the prefect and the governor around it, two organisations.

use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Path as Part;
use axum::http::{Request, StatusCode, header};
use axum::routing::get;
use record::{Desk, Fault, Folder, Record, Tables, replay};
use terms::access::{MandateGiven, PersonEnrolled, Role};
use terms::instance::{ClockRuleSet, EscalationStep, Founded, LegalBasis, PauseCauseSet};
use terms::institutions::{BodyEstablished, LevelSet, PlaceJoined, PlaceNamed};
use terms::organisations::OrganisationRegistered;
use terms::recommendations::{
    Addressee, Author, DeliveryProof, Point, RecommendationAdopted, RecommendationTransmitted,
};
use terms::{
    Actor, Behalf, Bilingual, BodyId, Day, Entry, Instant, Mark, PersonId, PlaceId, RecommendationId, RuleId,
    Sealed, Span, Unit, Word,
};
use tower::ServiceExt;
use web::{Clocks, House, Outcome, Page, Room, Setting, Spot, Visit, html};

/// The tables of the rooms that these tests need.
pub(super) static TABLES: [Tables; 4] =
    [web::clocks_tables(), web::session_tables(), web::standing_tables(), crate::ROOM.tables];

/// Where the panels of this room hang in these tests.
const HOST: Room = Room {
    name: "hote",
    tables: Tables { room: "hote", derived: "", drawers: "", apply: |_, _| Ok(()) },
    routes: || {
        Router::new()
            .route("/", get(|visit: Visit| host(visit, Spot::Home, String::new())))
            .route("/bureau", get(|visit: Visit| host(visit, Spot::Desk, String::new())))
            .route(
                "/recommandations/{id}",
                get(|visit: Visit, Part(id)| host(visit, Spot::Recommendation, id)),
            )
            .route("/instances/{id}", get(|visit: Visit, Part(id)| host(visit, Spot::Body, id)))
            .route("/lieux/{id}", get(|visit: Visit, Part(id)| host(visit, Spot::Place, id)))
    },
    lang: ("", ""),
    panels: &[],
    nav: &[],
    duty: None,
};

static ROOMS: [Room; 2] = [crate::ROOM, HOST];

async fn host(visit: Visit, spot: Spot, id: String) -> Outcome {
    visit
        .page(move |tx, visit| {
            let panels = visit.panels(tx, spot, &id)?;
            Ok(Page::new("hôte".to_owned(), html! { h1 { "hôte" } (panels) }))
        })
        .await
}

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(super) fn body(id: &str) -> BodyId {
    BodyId::parse(id).unwrap()
}

pub(super) fn recommendation(id: &str) -> RecommendationId {
    RecommendationId::parse(id).unwrap()
}

fn span(amount: u32, unit: Unit, roll: bool) -> Option<Span> {
    Some(Span { amount, unit, roll })
}

/// The rules of the commune and of the region, as the pack of Mali proposes them.
pub(super) fn rules() -> Vec<ClockRuleSet> {
    let rule = |id: &str, ack, answer, remind: Vec<u32>, escalation| ClockRuleSet {
        id: RuleId::parse(id).unwrap(),
        level: None,
        name: Bilingual { fr: format!("Règle {id}"), en: Some(format!("Rule {id}")) },
        legal_basis: LegalBasis::None,
        basis: Bilingual::same("Proposition."),
        acknowledgement: span(ack, Unit::WorkingDays, false),
        answer: span(answer, Unit::Days, true),
        remind_after_days: remind,
        escalation,
        mark: Mark::Proposal,
        source: None,
    };
    let step = EscalationStep {
        step: 1,
        after_days: 45,
        addressee_kind: Some("prefet".into()),
        addressee: None,
        window: None,
        rule: Some(RuleId::parse("ccsr").unwrap()),
        letter: "« {recommandation} », remise le {remise} à {destinataire}, attendue le {echeance} ; {jours} jours."
            .into(),
    };
    vec![rule("ccsc", 5, 30, vec![30], vec![step]), rule("ccsr", 7, 60, vec![60], Vec::new())]
}

/// The causes for which clocks may stand still here: one once, one as often as needed.
fn causes() -> Vec<PauseCauseSet> {
    [("precision", Some(1)), ("force-majeure", None)]
        .map(|(id, times_max)| PauseCauseSet { id: id.into(), name: Bilingual::same(id), times_max })
        .to_vec()
}

/// The clocks as acts take them, without a database: every day but Saturday and Sunday is worked.
pub(super) fn clocks() -> Clocks {
    let words: Vec<Word> = (rules().into_iter().map(Word::ClockRuleSet))
        .chain(causes().into_iter().map(Word::PauseCauseSet))
        .collect();
    Clocks::from_words(&[6, 7], &words)
}

/// An instance under a stopped clock.
pub(super) struct World {
    pub(super) house: House,
    pub(super) folder: Folder,
    now: Arc<Mutex<Instant>>,
    tokio: tokio::runtime::Runtime,
    _dir: tempfile::TempDir,
}

fn founded() -> Founded {
    Founded {
        origin: "essai.example/registre".into(),
        verifier_key: String::new(),
        custodians: None,
        pack: "essai".into(),
        title: Bilingual::same("Essai"),
        country: "XX".into(),
        zone: "Africa/Bamako".into(),
        weekend: vec![6, 7],
    }
}

impl World {
    /// The fictional world on this day, with nothing adopted yet.
    pub(super) fn on(first: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let now = Arc::new(Mutex::new(format!("{first}T08:00:00Z").parse().unwrap()));
        let hand = Arc::clone(&now);
        let folder = Folder::at(dir.path() as &Path);
        let clock = Arc::new(move || *hand.lock().unwrap());
        let record = Record::found(&folder, founded(), &TABLES, clock).unwrap();
        let setting = Setting { public_address: "https://toguna.example".into(), ..Setting::default() };
        let house = House::new(record, &ROOMS, setting).unwrap();
        let tokio = tokio::runtime::Runtime::new().unwrap();
        let world = Self { house, folder, now, tokio, _dir: dir };
        world.settle();
        world
    }

    fn settle(&self) {
        for (rank, level) in ["pays", "region", "cercle", "commune"].into_iter().enumerate() {
            let name = Bilingual::same(level);
            let rank = u8::try_from(rank).unwrap();
            self.say(Word::LevelSet(LevelSet { id: level.into(), name, rank }));
        }
        let places =
            [("pays", "pays"), ("region-x", "region"), ("cercle-x", "cercle"), ("commune-x", "commune")];
        for (id, level) in places {
            self.say(Word::PlaceNamed(PlaceNamed {
                id: PlaceId::parse(id).unwrap(),
                level: level.into(),
                name: format!("Lieu {id}"),
                variants: vec![],
                from: None,
                to: None,
                lat_e2: None,
                lon_e2: None,
                source: None,
                exercise: false,
            }));
        }
        for pair in places.windows(2) {
            let (parent, place) = (PlaceId::parse(pair[0].0).unwrap(), PlaceId::parse(pair[1].0).unwrap());
            self.say(Word::PlaceJoined(PlaceJoined { place, parent, from: None, to: None, source: None }));
        }
        for (id, name, place) in [
            ("maire", "Maire de Dougouba", "commune-x"),
            ("poste", "Poste de Dougouba", "commune-x"),
            ("prefet", "Préfet du cercle", "cercle-x"),
            ("gouverneur", "Gouverneur", "region-x"),
            ("ccsc", "Comité de Dougouba", "commune-x"),
        ] {
            self.say(Word::BodyEstablished(BodyEstablished {
                id: body(id),
                kind: id.into(),
                name: Bilingual { fr: name.into(), en: Some(format!("{name} (en)")) },
                place: PlaceId::parse(place).ok(),
                from: None,
                to: None,
                source: None,
                note: None,
                exercise: false,
            }));
        }
        for (id, name) in [("femmes", "Association des femmes"), ("droits", "Veille et droits")] {
            self.say(Word::OrganisationRegistered(OrganisationRegistered {
                id: terms::OrganisationId::parse(id).unwrap(),
                name: name.into(),
                acronym: None,
                kind: "association".into(),
                founded: None,
                legal_form: None,
                place: None,
                source: None,
                note: None,
                exercise: false,
            }));
        }
        rules().into_iter().for_each(|rule| self.say(Word::ClockRuleSet(rule)));
        causes().into_iter().for_each(|cause| self.say(Word::PauseCauseSet(cause)));
        self.enrol("moussa", Behalf::Body { body: body("ccsc") }, Role::Secretary);
        self.enrol("le-maire", Behalf::Body { body: body("maire") }, Role::Authority);
    }

    fn enrol(&self, id: &str, behalf: Behalf, role: Role) {
        let person = PersonId::parse(id).unwrap();
        let mandate = terms::MandateId::parse(id).unwrap();
        let name = id.to_owned();
        let from = self.house.record().today();
        self.seal(move |desk, zone| {
            let name = desk.enclose_text(&name)?;
            let enrolled = PersonEnrolled { id: person.clone(), name };
            desk.append(zone, Actor::Loader, None, Word::PersonEnrolled(enrolled))?;
            let given = MandateGiven { id: mandate, person, behalf, role, from, to: None };
            desk.append(zone, Actor::Loader, None, Word::MandateGiven(given))
        });
    }

    fn seal(
        &self,
        act: impl FnOnce(&mut Desk<'_>, &record::Zone) -> Result<Sealed, Fault> + Send + 'static,
    ) -> Sealed {
        let zone = self.house.record().zone.clone();
        self.house.record().scribe.seal_now(move |desk| act(desk, &zone)).unwrap()
    }

    /// The word is on the record.
    pub(super) fn say(&self, word: Word) {
        self.seal(move |desk, zone| desk.append(zone, Actor::Loader, None, word));
    }

    /// The recommendation is adopted by the committee: two points, these addressees; `ex-…` is an exercise.
    pub(super) fn adopt(&self, id: &str, addressees: &[&str]) {
        let exercise = id.starts_with("ex-");
        let id = recommendation(id);
        let addressees: Vec<BodyId> = addressees.iter().map(|id| body(id)).collect();
        let on = self.house.record().today();
        self.seal(move |desk, zone| {
            let title = desk.enclose_text("Éclairer le marché")?;
            let mut points = Vec::new();
            for (number, text) in [(1, "Poser six lampes."), (2, "Afficher leur coût.")] {
                let text = desk.enclose_text(text)?;
                points.push(Point { number, text, indicator: None, deadline: None });
            }
            let word = Word::RecommendationAdopted(RecommendationAdopted {
                id,
                author: Author::Body { body: body("ccsc") },
                places: ["commune-x", "cercle-x", "region-x", "pays"]
                    .map(|place| PlaceId::parse(place).unwrap())
                    .to_vec(),
                title,
                grounds: None,
                points,
                addressees: addressees.into_iter().map(|body| Addressee { body, competence: None }).collect(),
                theme: None,
                priority: 3,
                urgent: false,
                quality: None,
                cosigners: vec![],
                evidence: vec![],
                adopted_on: Some(on),
                year: on.year(),
                sitting: None,
                document: None,
                source: None,
                exercise,
            });
            desk.append(zone, Actor::Loader, None, word)
        });
    }

    /// The recommendation is delivered today under this rule, its days computed from the clocks on the record.
    pub(super) fn transmit(&self, id: &str, addressee: &str, rule: &str) {
        let (on, rule) = (self.house.record().today(), RuleId::parse(rule).unwrap());
        let (id, addressee) = (recommendation(id), body(addressee));
        self.seal(move |desk, zone| {
            let clocks = Clocks::load(desk.tx())?;
            let due = |awaited| clocks.due(Some(&rule), awaited, on, &[]).and_then(|due| due.day);
            let word = Word::RecommendationTransmitted(RecommendationTransmitted {
                recommendation: id,
                addressee,
                delivered_on: on,
                proof: DeliveryProof::Bordereau,
                file: None,
                rule: Some(rule.clone()),
                acknowledge_by: due(terms::answers::Awaited::Acknowledgement),
                answer_by: due(terms::answers::Awaited::Answer),
                points: vec![],
            });
            desk.append(zone, Actor::Loader, None, word)
        });
    }

    /// It is eight in the morning of that day; nothing has run yet.
    pub(super) fn sleep_until(&self, text: &str) {
        *self.now.lock().unwrap() = format!("{text}T08:00:00Z").parse().unwrap();
    }

    /// Every day up to that one has come, the server running.
    pub(super) fn live_until(&self, text: &str) {
        let until = day(text);
        let mut today = self.house.record().today();
        while today < until {
            today = today.tomorrow().unwrap();
            self.sleep_until(&today.to_string());
            self.house.keep_time().unwrap();
        }
    }

    pub(super) fn facts(&self, id: &str, addressee: &str) -> crate::CaseFacts {
        let (id, addressee) = (recommendation(id), body(addressee));
        let found: Result<_, Fault> =
            self.house.record().shelf.read(|tx| crate::case_facts(tx, &id, &addressee));
        found.unwrap().unwrap()
    }

    /// What the acts are given: today's clocks, a day, and a way to enclose a text.
    pub(super) fn act<E: std::fmt::Debug + Send + 'static>(
        &self,
        decide: impl FnOnce(&mut Desk<'_>, &Clocks, Day) -> Result<Word, E> + Send + 'static,
    ) {
        let today = self.house.record().today();
        self.seal(move |desk, zone| {
            let clocks = Clocks::load(desk.tx())?;
            let word = decide(desk, &clocks, today).unwrap();
            desk.append(zone, Actor::Loader, None, word)
        });
    }

    /// What the clock wrote: word, addressee, day due, day, and since when it is known.
    pub(super) fn clock_lines(&self) -> Vec<String> {
        let entries: Result<Vec<(Day, Vec<u8>)>, Fault> = self.house.record().shelf.read(|tx| {
            tx.rows("SELECT known, bytes FROM entry ORDER BY idx", &[], |row| Ok((row.get(0)?, row.get(1)?)))
        });
        let mut lines = Vec::new();
        for (known, bytes) in entries.unwrap() {
            let entry = Entry::parse(&bytes).unwrap();
            assert!(entry.known.is_none_or(|known| known < self.house.record().today()));
            match entry.word {
                Word::SilenceNoted(s) => {
                    let (who, awaited) = (s.addressee, s.awaited.as_str());
                    lines.push(format!("{} {who} {awaited} due {} known {known}", s.on, s.due));
                }
                Word::Reminded(r) => lines.push(format!("{} {} reminded known {known}", r.on, r.addressee)),
                _ => {}
            }
        }
        lines.sort();
        lines
    }

    /// The tables are what the record makes of them.
    pub(super) fn check(&self) {
        assert_eq!(replay::check(&self.folder, &TABLES, &mut |_, _| {}).unwrap(), None);
    }

    /// A session of this person: the cookie of their browser.
    pub(super) fn sign_in(&self, person: &str) -> String {
        let person = PersonId::parse(person).unwrap();
        let today = self.house.record().today();
        let token = self
            .house
            .record()
            .scribe
            .seal_now(move |desk| -> Result<_, Fault> { web::begin_session(desk, &person, today) })
            .unwrap();
        token.cookie().split(';').next().unwrap().to_owned()
    }

    fn ask(&self, request: Request<Body>) -> (StatusCode, String, String) {
        self.tokio.block_on(async {
            let response = self.house.router().oneshot(request).await.unwrap();
            let status = response.status();
            let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
            let bytes = to_bytes(response.into_body(), 1 << 24).await.unwrap();
            (status, String::from_utf8_lossy(&bytes).into_owned(), to.unwrap_or_default())
        })
    }

    pub(super) fn get(&self, path: &str, cookie: &str) -> (StatusCode, String) {
        let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        let (status, text, _) = self.ask(request);
        (status, text)
    }

    /// A page that is there.
    pub(super) fn page(&self, path: &str, cookie: &str) -> String {
        let (status, text) = self.get(path, cookie);
        assert_eq!(status, StatusCode::OK, "{path} : {text}");
        text
    }

    /// The form sent from its own page: status, what came back, where it leads.
    pub(super) fn post(
        &self,
        path: &str,
        cookie: &str,
        fields: &[(&str, &str)],
    ) -> (StatusCode, String, String) {
        let page = self.page(path, cookie);
        let token = page.split("name=\"jeton\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let boundary = "limite";
        let mut sent = String::new();
        let fields = fields.iter().copied().chain(token.map(|token| ("jeton", token)));
        for (name, value) in fields {
            let file = if name == "fichier" { "; filename=\"x.pdf\"" } else { "" };
            sent.push_str(&format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
            ));
        }
        sent.push_str(&format!("--{boundary}--\r\n"));
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"))
            .body(Body::from(sent))
            .unwrap();
        self.ask(request)
    }
}

impl World {
    /// The authors close the recommendation today.
    pub(super) fn close(&self, id: &str) {
        let (recommendation, on) = (recommendation(id), self.house.record().today());
        self.seal(move |desk, zone| {
            let reason = desk.enclose_text("Sans suite.")?;
            let word = Word::RecommendationClosed(terms::recommendations::RecommendationClosed {
                recommendation,
                on,
                ground: terms::recommendations::ClosingGround::Unsatisfactory,
                reason,
                replaced_by: None,
            });
            desk.append(zone, Actor::Loader, None, word)
        });
    }
}
