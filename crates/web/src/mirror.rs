//! What a mirror says of itself on each page: whose, how far, since when; and that nothing is written here.

use std::sync::{Arc, PoisonError, RwLock};

use maud::{Markup, html};
use terms::Instant;

use crate::{House, Visit};

/// How a mirror stands to what it mirrors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mirrored {
    /// Where the original is; none where the record came on a key and nobody said.
    pub source: Option<String>,
    /// Whether the original is contacted again and again while this is shown.
    pub following: bool,
    /// When the last entry here was sealed.
    pub newest: Option<Instant>,
    /// When the original last answered; none if it never has.
    pub contact: Option<Instant>,
    /// When all that the original had was here; none if it never was.
    pub level: Option<Instant>,
    /// How many entries are here.
    pub here: u64,
    /// How many entries the newest signed note covers that was seen.
    pub there: u64,
    /// Why copying was stopped, where what came was not the record.
    pub alarm: Option<String>,
}

impl Mirrored {
    /// How many entries of the original, as far as known, are not here.
    #[must_use]
    pub fn behind(&self) -> u64 {
        self.there.saturating_sub(self.here)
    }
}

/// How the mirror stands, told by whoever copies and read by every page. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct MirrorState(Arc<RwLock<Mirrored>>);

impl MirrorState {
    /// The mirror stands so.
    #[must_use]
    pub fn new(now: Mirrored) -> Self {
        Self(Arc::new(RwLock::new(now)))
    }

    /// The mirror stands so from now on.
    pub fn set(&self, now: Mirrored) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// How the mirror stands.
    #[must_use]
    pub fn get(&self) -> Mirrored {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Addresses that take a file and write nothing.
const READ_BY_SENDING: [&str; 1] = ["/preuve"];

/// Addresses at which people act, or prepare to.
const ACTED_AT: [&str; 4] = ["/connexion", "/invitation", "/bureau", "/reponse"];

/// Whether a mirror answers a request with where the original is.
pub(crate) fn refuses(visit: &Visit, reading: bool) -> bool {
    let path = visit.path();
    let below =
        |place: &str| path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    visit.house().mirror().is_some()
        && if reading { ACTED_AT.into_iter().any(below) } else { !READ_BY_SENDING.contains(&path) }
}

/// The strip above each page of a mirror.
pub(crate) fn strip(visit: &Visit) -> Markup {
    let Some(now) = visit.house().mirror() else { return html! {} };
    html! {
        @if let Some(alarm) = &now.alarm {
            div.banner.errors role="alert" {
                p { strong { (visit.say("mirror-alarm")) } " " (visit.say("mirror-alarm-text")) }
                p lang="fr" { (alarm) }
            }
        }
        section.strip aria-label=(visit.say("mirror-strip")) {
            p { (visit.say("mirror-of")) " " (original(visit, &now)) }
            p {
                (lag(visit, &now)) " "
                @if !now.following { (visit.say("mirror-still")) " " }
                a href=(visit.link("/miroir")) { (visit.say("mirror-more")) }
            }
        }
    }
}

/// Where the original is, led to; or that nobody said.
pub(crate) fn original(visit: &Visit, now: &Mirrored) -> Markup {
    html! {
        @match &now.source {
            Some(source) => a href=(source) { (source) },
            None => (visit.say("mirror-of-unknown")),
        }
    }
}

/// How far behind the mirror is, in a sentence.
fn lag(visit: &Visit, now: &Mirrored) -> String {
    if now.contact.is_none() {
        return visit.say_with("mirror-undated", &[("newest", moment(visit, now.newest).into())]);
    }
    let contact = moment(visit, now.contact);
    let level = moment(visit, now.level);
    match now.behind() {
        0 => visit.say_with("mirror-level", &[("contact", contact.into())]),
        behind => visit.say_with(
            "mirror-behind",
            &[("behind", behind.into()), ("level", level.into()), ("contact", contact.into())],
        ),
    }
}

/// A moment as people write it, in the instance's zone of time; or that it never was.
fn moment(visit: &Visit, at: Option<Instant>) -> String {
    match at {
        Some(at) => visit.moment_text(at),
        None => visit.say("mirror-never"),
    }
}

impl Visit {
    /// A moment as people write it: the day in the instance's zone, and the hour in universal time.
    #[must_use]
    pub fn moment_text(&self, at: Instant) -> String {
        let day = self.day_text(self.house().record().zone.day_of(at));
        let text = at.to_string();
        let hour = text.split('T').nth(1).and_then(|hour| hour.get(..5)).unwrap_or_default();
        format!("{day}, {hour} UTC")
    }
}

impl House {
    /// How this mirror stands; none where this is no mirror.
    #[must_use]
    pub fn mirror(&self) -> Option<Mirrored> {
        self.setting().mirror.as_ref().map(MirrorState::get)
    }
}
