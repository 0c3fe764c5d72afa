//! The scene of a story: the demonstration, the clock in hand, the recurring people, and what must hold when
//! the story ends.
//!
//! Everything here is fictional: the commune, its people and what they say.

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use axum::http::StatusCode;
use hall::OPEN_DATA;
use terms::access::Role;
use terms::{Behalf, BodyId, OrganisationId};
use toguna::rooms::{ROOMS, TABLES};
use web::rehearsal::{Guest, Rehearsal, Reply};

use crate::form::{Sheet, between, links, words};
use crate::server::Server;

/// The committee of the exercise.
pub(crate) const COMMITTEE: &str = "exercice-ccsc";
/// The mayor's office.
pub(crate) const MAYOR: &str = "exercice-maire";
/// The governor's office.
pub(crate) const GOVERNOR: &str = "exercice-gouverneur";
/// The prefect's office.
pub(crate) const PREFECT: &str = "exercice-prefet";

/// The morning on which stories begin: a Tuesday.
pub(crate) const MORNING: &str = "2026-11-24T09:00:00Z";

/// A scanned letter, as far as its first bytes tell.
pub(crate) const LETTER: &[u8] = b"%PDF-1.7 lettre fictive du maire de Dougouba";

struct Demonstration {
    _home: tempfile::TempDir,
    data: PathBuf,
    invitations: Vec<(String, String)>,
}

/// The demonstration, made once and closed; on a thread of its own, since stories are asynchronous and must
/// not wait on theirs.
static DEMONSTRATION: LazyLock<Demonstration> =
    LazyLock::new(|| std::thread::spawn(make).join().expect("a demonstration"));

fn make() -> Demonstration {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("demo");
    let files = pack::find("mali").unwrap();
    let pack = pack::Pack::read(files.as_ref(), "2026-11-23T09:00:00Z".parse().unwrap()).unwrap();
    let clock: record::Clock = std::sync::Arc::new(|| "2026-11-23T09:00:00Z".parse().unwrap());
    let made = toguna::demo::make(&data, files.as_ref(), &pack, clock, &mut |_, _, _| {}).unwrap();
    Demonstration { _home: home, data, invitations: made.invitations }
}

/// Every file below the folder is in the other too.
fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let to = to.join(file.file_name());
        if file.path().is_dir() {
            copy_folder(&file.path(), &to);
        } else {
            std::fs::copy(file.path(), to).unwrap();
        }
    }
}

/// A copy of the demonstration, and the invitations that came with it: who, and by which path.
pub(crate) fn copy() -> (tempfile::TempDir, &'static [(String, String)]) {
    let home = tempfile::tempdir().unwrap();
    copy_folder(&DEMONSTRATION.data, home.path());
    (home, &DEMONSTRATION.invitations)
}

/// A story under way.
pub(crate) struct Scene {
    /// The house.
    pub(crate) house: Rehearsal,
    /// Awa, Moussa and the mayor, signed in.
    people: Mutex<[Guest; 3]>,
    /// What nobody may read who is not signed in.
    held: Mutex<Vec<String>>,
    /// What a visitor who is not signed in has read: the address and the page.
    read: Mutex<Vec<(String, String)>>,
    /// The database server, where the story is told on one.
    pub(crate) server: Option<Server>,
}

fn body(id: &str) -> Behalf {
    Behalf::Body { body: BodyId::parse(id).unwrap() }
}

fn organisation(id: &str) -> Behalf {
    Behalf::Organisation { organisation: OrganisationId::parse(id).unwrap() }
}

/// Where a visitor is sent after an act.
#[track_caller]
pub(crate) fn led_to(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", words(&reply.text()));
    reply.header("location").to_owned()
}

/// Enough of a text to see which it is.
fn beginning(text: &str) -> String {
    text.chars().take(6_000).collect()
}

/// The text says all of these.
#[track_caller]
pub(crate) fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "« {part} » manque dans : {}", beginning(text));
    }
}

/// The text says none of these.
#[track_caller]
pub(crate) fn is_silent_on(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(!text.contains(part), "« {part} » ne devrait pas être dans : {}", beginning(text));
    }
}

impl Scene {
    /// The demonstration on the morning of stories. A draft nobody will adopt, an invitation nobody has used
    /// and the names of those signed in are held from the beginning.
    pub(crate) async fn begins() -> Self {
        let (home, invitations) = copy();
        let server = Server::asked_for(&DEMONSTRATION.data);
        let address = server.as_ref().map(Server::address);
        if address.is_some() {
            // Nothing of the story can then come from the file.
            std::fs::remove_file(home.path().join("toguna.db")).unwrap();
        }
        let house = Rehearsal::over(home, address, &ROOMS, &TABLES, MORNING);
        house.turn_to(MORNING);
        let awa = house.guest(body(COMMITTEE), Role::Secretary);
        let moussa = house.guest(organisation("exercice-droits"), Role::Secretary);
        let mayor = house.guest(body(MAYOR), Role::Authority);
        let mut held = vec!["Personne fictive".to_owned(), "/invitation/".to_owned()];
        held.extend(invitations.iter().filter_map(|(_, path)| path.rsplit('/').next()).map(str::to_owned));
        let people = Mutex::new([awa, moussa, mayor]);
        let scene = Self { house, people, held: Mutex::new(held), read: Mutex::default(), server };
        scene.holds_a_draft().await;
        scene.holds_an_invitation().await;
        scene
    }

    async fn holds_a_draft(&self) {
        let title = "Projet gardé dans le tiroir du secrétariat";
        let draft = self.drafts(&[("titre", title), ("p1-texte", "Ne rien montrer avant l’adoption.")]).await;
        self.hold(title);
        self.hold("Ne rien montrer avant l’adoption.");
        self.hold(draft.rsplit('/').next().unwrap());
        assert!(self.page(&self.awa(), &draft).await.contains(title), "its author sees it");
    }

    async fn holds_an_invitation(&self) {
        let steward = self.house.guest(Behalf::Instance, Role::Steward);
        let asked = format!("/personnes/inviter?pour=body:{GOVERNOR}");
        let sheet = Sheet::on(&self.page(&steward, &asked).await, "/personnes/inviter");
        let reply = self.send(&steward, sheet.with("role", "authority").with("jours", "5")).await;
        let text = reply.text();
        let link = between(&text, "<p><code>", "</code>");
        self.hold(link.rsplit('/').next().unwrap());
    }

    fn one(&self, which: usize) -> Guest {
        self.people.lock().unwrap()[which].clone()
    }

    /// Awa, secretary of the committee.
    pub(crate) fn awa(&self) -> Guest {
        self.one(0)
    }

    /// Moussa, secretary of an organisation.
    pub(crate) fn moussa(&self) -> Guest {
        self.one(1)
    }

    /// Whoever answers for the mayor's office.
    pub(crate) fn mayor(&self) -> Guest {
        self.one(2)
    }

    /// Someone else signed in, for a body.
    pub(crate) fn for_body(&self, id: &str, role: Role) -> Guest {
        self.house.guest(body(id), role)
    }

    /// Someone else signed in, for an organisation.
    pub(crate) fn for_organisation(&self, id: &str, role: Role) -> Guest {
        self.house.guest(organisation(id), role)
    }

    /// Nobody who is not signed in may read this from now on.
    pub(crate) fn hold(&self, text: &str) {
        self.held.lock().unwrap().push(text.to_owned());
    }

    /// Its authors made this public.
    pub(crate) fn publish(&self, text: &str) {
        self.held.lock().unwrap().retain(|held| held != text);
    }

    /// What someone signed in reads at this address.
    pub(crate) async fn page(&self, guest: &Guest, address: &str) -> String {
        let reply = self.house.get(Some(guest), address).await;
        assert_eq!(reply.status, StatusCode::OK, "{address} : {}", words(&reply.text()));
        reply.text()
    }

    /// What a visitor who is not signed in gets at this address.
    pub(crate) async fn asks(&self, address: &str) -> Reply {
        let mut reply = self.house.get(None, address).await;
        // On a busy machine an earlier day may still be read again: the page says so, and a browser comes back by itself.
        for _ in 0..60 {
            if reply.status != StatusCode::SERVICE_UNAVAILABLE {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            reply = self.house.get(None, address).await;
        }
        self.read.lock().unwrap().push((address.to_owned(), reply.text()));
        reply
    }

    /// What a visitor who is not signed in reads at this address.
    pub(crate) async fn reads(&self, address: &str) -> String {
        let reply = self.asks(address).await;
        assert_eq!(reply.status, StatusCode::OK, "{address} : {}", words(&reply.text()));
        reply.text()
    }

    /// The same, as words.
    pub(crate) async fn reads_words(&self, address: &str) -> String {
        words(&self.reads(address).await)
    }

    /// What the house answers to a filled form.
    pub(crate) async fn send(&self, guest: &Guest, sheet: Sheet) -> Reply {
        self.send_files(Some(guest), sheet, &[]).await
    }

    /// The same with files, which the form must take.
    pub(crate) async fn send_files(
        &self,
        guest: Option<&Guest>,
        sheet: Sheet,
        files: &[(&str, &[u8])],
    ) -> Reply {
        for (name, _) in files {
            assert!(sheet.takes_file(name), "{} ne prend pas de fichier {name}", sheet.action);
        }
        let fields: Vec<_> =
            sheet.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.house.post_files(guest, &sheet.action, &fields, files).await
    }

    /// Someone opens the page, fills the form that is sent back to it, and is led on.
    pub(crate) async fn fills(&self, guest: &Guest, address: &str, fields: &[(&str, &str)]) -> String {
        let action = address.split('?').next().unwrap_or(address);
        let sheet = Sheet::on(&self.page(guest, address).await, action).with_all(fields);
        led_to(&self.send(guest, sheet).await)
    }

    /// Awa begins a draft for her committee; the answer is where it lies.
    pub(crate) async fn drafts(&self, fields: &[(&str, &str)]) -> String {
        self.fills(&self.awa(), "/recommandations/nouvelle", fields).await
    }

    /// Awa's committee adopts today what these fields spell and hands it to its addressee today; the answer
    /// is its address.
    pub(crate) async fn asks_of(&self, addressee: &str, fields: &[(&str, &str)]) -> String {
        let base = [
            ("titre", "Réparer la pompe du quartier sud"),
            ("motifs", "La pompe est en panne depuis deux mois."),
            ("p1-texte", "Réparer la pompe et en publier le coût."),
            ("p1-indicateur", "La pompe donne de l’eau lors d’une visite"),
            ("p1-echeance", "31/03/2027"),
            ("d1-qui", addressee),
            ("d1-competence", "Le service de l’eau relève de lui."),
            ("priorite", "2"),
        ];
        let kept = base.iter().filter(|(name, _)| !fields.iter().any(|(other, _)| other == name));
        let all: Vec<_> =
            kept.chain(fields.iter().filter(|(name, _)| !name.starts_with("p2"))).copied().collect();
        let draft = self.drafts(&all).await;
        self.second_point(&draft, fields).await;
        let today = self.house.house().record().today().to_string();
        let sheet = Sheet::on(&self.page(&self.awa(), &draft).await, &format!("{draft}/adopter"));
        let address = led_to(&self.send(&self.awa(), sheet.with("adopte-le", &today)).await);
        self.hands_over(&address, addressee, &[]).await;
        address
    }

    async fn second_point(&self, draft: &str, fields: &[(&str, &str)]) {
        let second: Vec<_> = fields.iter().filter(|(name, _)| name.starts_with("p2")).copied().collect();
        if second.is_empty() {
            return;
        }
        self.fills(&self.awa(), draft, &[("faire", "ajouter-point")]).await;
        let filled: Vec<_> = second.into_iter().chain([("faire", "enregistrer")]).collect();
        self.fills(&self.awa(), draft, &filled).await;
    }

    /// Awa notes the delivery to this addressee: today, against a slip, under the usual rule unless said
    /// otherwise.
    pub(crate) async fn hands_over(&self, address: &str, addressee: &str, fields: &[(&str, &str)]) {
        let to = format!("{address}/transmettre?destinataire={addressee}");
        assert_eq!(self.fills(&self.awa(), &to, fields).await, address);
    }

    /// Where an act on the case of this recommendation before this addressee is done.
    pub(crate) fn case(address: &str, addressee: &str, deed: &str) -> String {
        let id = address.rsplit('/').next().unwrap();
        format!("/reponses/{id}/{addressee}/{deed}")
    }

    /// The clock goes on to nine o'clock of this day; what fell due is written, and people sign in again.
    pub(crate) fn comes(&self, day: &str) {
        self.house.turn_to(&format!("{day}T09:00:00Z"));
        for guest in self.people.lock().unwrap().iter_mut() {
            *guest = self.house.again(guest);
        }
    }

    /// Every list of the house, its first page in every format, and the pages that a newcomer meets.
    async fn walks(&self) {
        for set in OPEN_DATA {
            let bare = set.page.then(|| set.path.to_owned());
            let ended = set.endings.iter().map(|ending| format!("{}{ending}", set.path));
            for path in bare.into_iter().chain(ended) {
                self.reads(&path).await;
                self.reads(&format!("/en{path}?exercice=oui&genre=exercice")).await;
            }
        }
        for path in ["/", "/en/", "/donnees", "/recherche?q=tiroir", "/recherche?q=personne", "/connexion"] {
            self.reads(path).await;
        }
        for address in [format!("/instances/{COMMITTEE}"), format!("/instances/{MAYOR}")] {
            self.reads(&address).await;
        }
        let newest = self.reads("/registre").await;
        let entries = links(&newest).into_iter().filter(|link| {
            link.strip_prefix("/registre/").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        });
        for entry in entries.collect::<Vec<_>>() {
            self.reads(&entry).await;
            self.reads(&format!("{entry}.json")).await;
        }
    }

    /// Nothing held is in anything that was read by someone not signed in; nor is it in any list of the house
    /// now.
    pub(crate) async fn shows_nothing_held(&self) {
        self.walks().await;
        let (held, read) = (self.held.lock().unwrap(), self.read.lock().unwrap());
        assert!(held.len() > 5 && read.len() > 60, "there is something to look for, and somewhere to look");
        for (address, text) in read.iter() {
            for text_held in held.iter() {
                assert!(!text.contains(text_held.as_str()), "{address} montre « {text_held} »");
            }
        }
    }

    /// The story is over: replay makes the same tables, the record is whole and signed, and nothing held was
    /// shown.
    pub(crate) async fn ends(self) {
        self.ends_with_withdrawn(0).await;
    }

    /// The same of a story in which so many enclosures were withdrawn.
    pub(crate) async fn ends_with_withdrawn(self, many: u64) {
        self.shows_nothing_held().await;
        self.stands_with(many);
    }

    /// Replay makes the same tables, the record is whole and signed, and so many enclosures were withdrawn.
    fn stands_with(&self, withdrawn: u64) {
        assert_eq!(self.house.difference().map(|difference| format!("{difference:?}")), None);
        // A database server is asked from a thread that may wait.
        let verified = std::thread::scope(|threads| {
            let verifying = threads.spawn(|| {
                let mut source = record::stored(self.house.folder()).unwrap();
                record::verify::verify(&mut *source, &mut |_| {})
            });
            verifying.join().unwrap()
        });
        let whole = verified.unwrap();
        assert!(whole.size > 1_000 && whole.withdrawn == withdrawn, "{whole:?}");
    }
}
