//! A visit: who asks, in which language, for which day; and the two ways to the record, asking and sealing.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use record::enclosures::Held;
use record::{Desk, Tx};
use terms::{Behalf, Day};

use crate::address::{Chosen, Format};
use crate::session::{self, SessionToken};
use crate::standing::standing;
use crate::{Gone, House, Language, Outcome, Page, Refusals, Say, Standing, Stop};

/// How long a visitor waits for an earlier day before being told how far it is.
const PATIENCE: Duration = Duration::from_secs(5);

/// One request of one visitor. Cloning is cheap. Nothing in it says which machine they use.
#[derive(Clone)]
pub struct Visit(Arc<Inner>);

struct Inner {
    house: House,
    chosen: Chosen,
    path: String,
    query: Vec<(String, String)>,
    today: Day,
    past: Option<Day>,
    misdated: Option<Refusals>,
    token: Option<SessionToken>,
    standing: Option<Standing>,
    /// Kept for rate limits while the request lasts; never written.
    near: Option<String>,
    /// The newest entry that what was composed so far shows, and one more; 0 for none.
    shown: AtomicU64,
    /// What was withdrawn of the entries that what is composed shows.
    gone: Mutex<HashMap<u64, Gone>>,
}

impl FromRequestParts<House> for Visit {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Stop> {
        if let Some(visit) = parts.extensions.get::<Self>() {
            return Ok(visit.clone());
        }
        let visit = Self::arrive(parts, house).await?;
        parts.extensions.insert(visit.clone());
        Ok(visit)
    }
}

impl Visit {
    async fn arrive(parts: &Parts, house: &House) -> Result<Self, Stop> {
        let chosen = parts.extensions.get::<Chosen>().copied();
        let chosen = chosen.unwrap_or(Chosen { language: Language::French, by_address: false });
        let query = query_of(parts.uri.query().unwrap_or_default());
        let today = house.record().today();
        let (past, misdated) = match earlier_day(&query, today) {
            Ok(past) => (past, None),
            Err(refusals) => (None, Some(refusals)),
        };
        let cookies =
            parts.headers.get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = SessionToken::among(cookies);
        let standing = match &token {
            Some(token) => signed_in(house, token.clone(), today).await?,
            None => None,
        };
        let near = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(from)| crate::near::asking(from.ip(), &parts.headers, house.proxies()));
        Ok(Self(Arc::new(Inner {
            house: house.clone(),
            chosen,
            path: parts.uri.path().to_owned(),
            query,
            today,
            past,
            misdated,
            token: token.filter(|_| standing.is_some()),
            standing,
            near,
            shown: AtomicU64::new(0),
            gone: Mutex::default(),
        })))
    }

    /// The house.
    #[must_use]
    pub fn house(&self) -> &House {
        &self.0.house
    }

    /// The visitor's language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.0.chosen.language
    }

    /// The address asked, without language.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The address asked, without language and suffix.
    #[must_use]
    pub fn bare_path(&self) -> &str {
        self.0.path.strip_suffix(self.format().suffix()).unwrap_or(&self.0.path)
    }

    /// What the end of the address asks for.
    #[must_use]
    pub fn format(&self) -> Format {
        Format::of(&self.0.path)
    }

    /// The value asked for in the address's query, unless empty.
    #[must_use]
    pub fn asked(&self, name: &str) -> Option<&str> {
        let value = self.0.query.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim())?;
        (!value.is_empty()).then_some(value)
    }

    /// Whether the address holds words that the visitor wrote: no cache may keep what people look for.
    pub(crate) fn searches(&self) -> bool {
        ["q", "autorite", "instance", "lieu"].iter().any(|field| self.asked(field).is_some())
    }

    /// The page also shows what this entry says: the proof at its foot is of the newest that it shows.
    pub fn shows_entry(&self, index: u64) {
        self.0.shown.fetch_max(index + 1, Ordering::Relaxed);
    }

    /// The newest entry that what was composed so far shows.
    pub(crate) fn newest_shown(&self) -> Option<u64> {
        self.0.shown.load(Ordering::Relaxed).checked_sub(1)
    }

    /// What was withdrawn of this entry's enclosures, where the visit has learnt it.
    pub(crate) fn gone(&self, entry: u64) -> Gone {
        let known = self.0.gone.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&entry).cloned().unwrap_or_default()
    }

    pub(crate) fn keep_gone(&self, entry: u64, gone: Gone) {
        self.0.gone.lock().unwrap_or_else(PoisonError::into_inner).insert(entry, gone);
    }

    /// Today, in the instance's zone.
    #[must_use]
    pub fn today(&self) -> Day {
        self.0.today
    }

    /// The day the page speaks of: today, or the earlier day that `?au=` asks for.
    #[must_use]
    pub fn day_shown(&self) -> Day {
        self.0.past.unwrap_or(self.0.today)
    }

    /// The earlier day asked for, if any.
    #[must_use]
    pub fn past(&self) -> Option<Day> {
        self.0.past
    }

    /// Why no page can be shown of the day asked for, where it is no day or has not come.
    pub(crate) fn misdated(&self) -> Option<&Refusals> {
        self.0.misdated.as_ref()
    }

    /// Who is signed in and what they may do.
    #[must_use]
    pub fn standing(&self) -> Option<&Standing> {
        self.0.standing.as_ref()
    }

    /// Who is signed in.
    ///
    /// **Errors** nobody is.
    pub fn signed_in(&self) -> Result<&Standing, Stop> {
        self.standing().ok_or(Stop::SignInFirst)
    }

    /// The session's token.
    #[must_use]
    pub fn token(&self) -> Option<&SessionToken> {
        self.0.token.as_ref()
    }

    /// The token that forms of this session carry; none without a session.
    #[must_use]
    pub fn form_token(&self) -> Option<String> {
        self.0.token.as_ref().map(|token| token.form_token(self.house().secret()))
    }

    /// The sentence of this message.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// The sentence of this message with what stands in it.
    #[must_use]
    pub fn say_with(&self, key: &str, arguments: &[(&str, Say<'_>)]) -> String {
        self.house().languages().say(self.language(), key, arguments)
    }

    /// The address in the visitor's language and for the day they look at.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        let mut link = if self.0.chosen.by_address {
            format!("/{}{path}", self.language().tag())
        } else {
            path.to_owned()
        };
        if let Some(day) = self.0.past {
            let (before, fragment) =
                link.split_once('#').map_or((link.as_str(), None), |(b, f)| (b, Some(f)));
            let joint = if before.contains('?') { '&' } else { '?' };
            let fragment = fragment.map(|f| format!("#{f}")).unwrap_or_default();
            link = format!("{before}{joint}au={day}{fragment}");
        }
        link
    }

    /// The same page in another language, its query kept.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        let query = self.query_with(&[]);
        format!("/{}{}{query}", language.tag(), self.path())
    }

    /// The query of this page with some values changed; an empty value leaves the field out.
    #[must_use]
    pub fn query_with(&self, changes: &[(&str, &str)]) -> String {
        let kept =
            self.0.query.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        let pairs = kept.map(|(n, v)| (n.as_str(), v.as_str())).chain(changes.iter().copied());
        let pairs: Vec<String> = pairs
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }

    /// What `ask` answers on one consistent state, of today or of the day asked for.
    ///
    /// **Errors** those of `ask`; the database refused.
    pub async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Tx<'_>, &Self) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Stop> {
        let visit = self.clone();
        let Some(day) = self.0.past else { return self.ask_today(ask).await };
        let asked = tokio::task::spawn_blocking(move || {
            let shelf = &visit.house().record().shelf;
            // Only what has to be replayed costs: who reads on in a day that is ready is not counted.
            if !shelf.is_ready(day)? {
                visit.not_too_often("passe", 30, Duration::from_secs(2))?;
            }
            shelf.as_of(day, PATIENCE)?.read(|tx| ask(tx, &visit))
        });
        // Nobody is kept waiting for a long record; what was begun goes on and is ready for the next who asks.
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(answer) => answer.map_err(|_| Stop::Fault(record::Fault::Stopped))?,
            Err(_) => Err(Stop::Replaying(self.house().record().shelf.replayed())),
        }
    }

    /// What `ask` answers on one consistent state of today, whatever day is looked at.
    ///
    /// **Errors** those of `ask`; the database refused.
    async fn ask_today<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Tx<'_>, &Self) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Stop> {
        let visit = self.clone();
        let asked =
            tokio::task::spawn_blocking(move || visit.house().record().shelf.read(|tx| ask(tx, &visit)));
        asked.await.map_err(|_| Stop::Fault(record::Fault::Stopped))?
    }

    /// The bytes of an enclosure, from wherever they lie.
    ///
    /// **Errors** they are missing or altered; the store does not answer.
    pub async fn fetch(&self, held: Held) -> Result<Vec<u8>, Stop> {
        let house = self.house().clone();
        let fetched = tokio::task::spawn_blocking(move || house.record().shelf.fetch(held));
        Ok(fetched.await.map_err(|_| Stop::Fault(record::Fault::Stopped))??)
    }

    /// The page of what stopped the request short. It needs no earlier day, which may be what stopped it.
    ///
    /// **Errors** the database refused.
    pub(crate) async fn stopped_page(&self, stop: Stop, number: Option<String>) -> Outcome {
        let status = stop.status();
        let compose = move |tx: &mut Tx<'_>, visit: &Self| {
            Page::stopped(visit, &stop, number.as_deref()).laid_out(tx, visit)
        };
        Ok((status, self.ask_today(compose).await?).into_response())
    }

    /// The page that `compose` makes, in its layout.
    ///
    /// **Errors** those of `compose`; the database refused.
    pub async fn page(
        &self,
        compose: impl FnOnce(&mut Tx<'_>, &Self) -> Result<Page, Stop> + Send + 'static,
    ) -> Outcome {
        self.page_with(StatusCode::OK, compose).await
    }

    /// The page that `compose` makes, with this status.
    ///
    /// **Errors** as [`Visit::page`].
    pub async fn page_with(
        &self,
        status: StatusCode,
        compose: impl FnOnce(&mut Tx<'_>, &Self) -> Result<Page, Stop> + Send + 'static,
    ) -> Outcome {
        let markup = self.ask(|tx, visit| compose(tx, visit)?.laid_out(tx, visit)).await?;
        Ok((status, markup).into_response())
    }

    /// The act is on the record and on the disk, or nothing of it is. Acts are of today, whatever day is looked at.
    ///
    /// **Errors** those of `act`; a fault of the commit.
    pub async fn seal<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Desk<'_>, &Self) -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Stop> {
        let visit = self.clone();
        self.house().record().scribe.seal(move |desk| act(desk, &visit)).await
    }

    /// The word is on the record by the signed-in person, on this behalf.
    ///
    /// **Errors** nobody is signed in; over the size; the database refused.
    pub fn append(
        &self,
        desk: &mut Desk<'_>,
        behalf: Behalf,
        word: terms::Word,
    ) -> Result<terms::Sealed, Stop> {
        let by = self.signed_in()?.actor(behalf);
        Ok(desk.append(&self.house().record().zone, by, None, word)?)
    }

    /// A fresh id of ten letters and digits, which nobody can guess and everybody can read aloud.
    ///
    /// **Errors** the system has no randomness.
    pub fn fresh_id(&self) -> Result<String, Stop> {
        Ok(crate::fresh_text(10)?)
    }

    /// After an act: on to its page, so that reloading does not act again.
    #[must_use]
    pub fn see_other(&self, path: &str) -> Response {
        let mut response = StatusCode::SEE_OTHER.into_response();
        if let Ok(value) = HeaderValue::from_str(&self.link(path)) {
            response.headers_mut().insert(header::LOCATION, value);
        }
        response
    }

    /// This visitor has not done this too often just now.
    ///
    /// **Units** `burst` at once, then one more every `every`. Counted in memory, under a key that only this process knows.
    ///
    /// **Errors** they have.
    pub fn not_too_often(&self, kind: &str, burst: u32, every: Duration) -> Result<(), Stop> {
        let Some(near) = &self.0.near else { return Ok(()) };
        if self.house().limiter().allows(kind, near, burst, every) { Ok(()) } else { Err(Stop::TooMany) }
    }
}

async fn signed_in(house: &House, token: SessionToken, today: Day) -> Result<Option<Standing>, Stop> {
    let house = house.clone();
    let found = tokio::task::spawn_blocking(move || {
        house.record().shelf.read(|tx| -> Result<_, record::Fault> {
            match session::person(tx, &token, today)? {
                Some(person) => Ok(Some(standing(tx, &person, today)?)),
                None => Ok(None),
            }
        })
    });
    Ok(found.await.map_err(|_| Stop::Fault(record::Fault::Stopped))??)
}

/// The earlier day that `?au=` asks for; none where it is not asked, left empty, or today.
///
/// **Errors** it is no day; it has not come: a page of today under that address would pass for a page of that day.
fn earlier_day(query: &[(String, String)], today: Day) -> Result<Option<Day>, Refusals> {
    let mut refusals = Refusals::default();
    let asked = query.iter().find(|(name, _)| name == "au").map(|(_, text)| text.trim());
    let Some(text) = asked.filter(|text| !text.is_empty()) else { return Ok(None) };
    let key = match crate::form::parse_day(text) {
        Some(day) if day <= today => return Ok((day < today).then_some(day)),
        Some(_) => "stop-day-to-come",
        None => "stop-no-day",
    };
    let said: String = text.chars().take(40).collect();
    refusals.add_with("", key, vec![("text", said)]);
    Err(refusals)
}

fn query_of(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .take(50)
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let hex: Vec<u8> = rest.by_ref().take(2).collect();
                let value = std::str::from_utf8(&hex).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
                bytes.push(value.unwrap_or(b'?'));
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(text in ".*") {
            prop_assert_eq!(decoded(&encoded(&text)), text);
        }

        #[test]
        fn any_query_is_read(text in ".*") {
            query_of(&text);
        }
    }
}
