//! The house: the rooms, the record they meet in, and the way every request goes.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, MatchedPath, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, Version, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use record::{Fault, Record};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

use crate::draw::map::Outlines;
use crate::kept::{self, Kept};
use crate::room::Nav;
use crate::session::keyed;
use crate::{Languages, Limiter, MirrorState, Panel, Room, Spot, Stop, Visit, address, mirror, tag};

/// What the operator may set.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// The public address of the site without a slash at the end, printed in QR codes, feeds and letters.
    pub public_address: String,
    /// The outlines of the country, out of the pack; maps show points alone where there are none.
    pub outlines: Option<Arc<Outlines>>,
    /// How the operator is reached, in words; « À propos » shows it.
    pub contact: Option<String>,
    /// The proxies whose word on who asks is taken: nobody else's is. Empty where none stands in front.
    pub proxies: Vec<IpAddr>,
    /// How the mirror stands, where this is one: then nothing is written here.
    pub mirror: Option<MirrorState>,
    /// Pages are made to lie as files: nobody signs in.
    pub frozen: bool,
}

/// The house. Cloning is cheap.
#[derive(Clone)]
pub struct House(Arc<Inner>);

struct Inner {
    record: Record,
    rooms: &'static [Room],
    languages: Languages,
    limiter: Limiter,
    kept: Kept,
    secret: Vec<u8>,
    setting: Setting,
    nav: Vec<Nav>,
    panels: Vec<Panel>,
}

const STYLE: &str = include_str!("../assets/style.css");
const ICON: &str = include_str!("../assets/favicon.svg");
const LOGO: &str = include_str!("../assets/logo.svg");

/// Bytes of an address at most, what is searched for included.
const ADDRESS_MAX: usize = 4_000;

/// No script, nothing from elsewhere, no frame around us.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

impl House {
    /// A house with these rooms over this record.
    ///
    /// **Errors** messages that are no Fluent or stand twice; the secret could not be kept.
    pub fn new(record: Record, rooms: &'static [Room], setting: Setting) -> Result<Self, Fault> {
        let languages = Self::languages_of(rooms)?;
        let secret = secret(&record)?;
        let mut nav: Vec<Nav> = rooms.iter().flat_map(|room| room.nav).copied().collect();
        nav.sort_by_key(|place| place.order);
        let mut panels: Vec<Panel> = rooms.iter().flat_map(|room| room.panels).copied().collect();
        panels.sort_by_key(|panel| panel.order);
        let (limiter, kept) = (Limiter::default(), Kept::default());
        Ok(Self(Arc::new(Inner { record, rooms, languages, limiter, kept, secret, setting, nav, panels })))
    }

    /// The messages of the house and of these rooms.
    ///
    /// **Errors** messages that are no Fluent or stand twice.
    pub fn languages_of(rooms: &[Room]) -> Result<Languages, Fault> {
        let own = [(include_str!("../lang/fr.ftl"), include_str!("../lang/en.ftl"))];
        let texts: Vec<_> = own.into_iter().chain(rooms.iter().map(|room| room.lang)).collect();
        Languages::of(&texts).map_err(Fault::Value)
    }

    /// The record.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.0.record
    }

    /// The rooms.
    #[must_use]
    pub fn rooms(&self) -> &'static [Room] {
        self.0.rooms
    }

    /// The messages.
    #[must_use]
    pub fn languages(&self) -> &Languages {
        &self.0.languages
    }

    /// The rate limits.
    #[must_use]
    pub fn limiter(&self) -> &Limiter {
        &self.0.limiter
    }

    /// The public address of a path.
    #[must_use]
    pub fn public(&self, path: &str) -> String {
        format!("{}{path}", self.0.setting.public_address)
    }

    /// The outlines of the country, for maps; none where the operator gave none.
    #[must_use]
    pub fn outlines(&self) -> Option<&Outlines> {
        self.0.setting.outlines.as_deref()
    }

    /// How the operator is reached; none where they did not say.
    #[must_use]
    pub fn contact(&self) -> Option<&str> {
        self.0.setting.contact.as_deref()
    }

    /// The proxies whose word on who asks is taken.
    #[must_use]
    pub fn proxies(&self) -> &[IpAddr] {
        &self.0.setting.proxies
    }

    pub(crate) fn setting(&self) -> &Setting {
        &self.0.setting
    }

    pub(crate) fn secret(&self) -> &[u8] {
        &self.0.secret
    }

    pub(crate) fn nav(&self) -> &[Nav] {
        &self.0.nav
    }

    /// What rooms hang in this spot, in order.
    pub(crate) fn panels(&self, spot: Spot) -> impl Iterator<Item = &Panel> {
        self.0.panels.iter().filter(move |panel| panel.spot == spot)
    }

    /// A token that only this instance can make from these parts: what signed links carry.
    #[must_use]
    pub fn signature(&self, parts: &[&str]) -> String {
        keyed(self.secret(), parts).chars().take(32).collect()
    }

    /// Whether the token was made here from these parts.
    #[must_use]
    pub fn signed(&self, parts: &[&str], token: &str) -> bool {
        crate::session::same(&self.signature(parts), token)
    }

    /// Everything that fell due because time passed is on the record.
    ///
    /// **Errors** the database refused; then nothing of this round is kept.
    pub fn keep_time(&self) -> Result<usize, Fault> {
        if self.0.setting.mirror.is_some() {
            // What time writes is written where the original is, and comes from there.
            return Ok(0);
        }
        let (house, today) = (self.clone(), self.record().today());
        self.record().scribe.seal_now(move |desk| -> Result<usize, Fault> {
            let mut written = 0;
            for duty in house.rooms().iter().filter_map(|room| room.duty) {
                for due in duty(desk.tx(), today)? {
                    desk.append(&house.record().zone, due.by, due.known, due.word)?;
                    written += 1;
                }
            }
            Ok(written)
        })
    }

    /// A number that changes with everything written, here or by another process on the same database; none where the
    /// database does not say.
    async fn written(&self) -> Option<u64> {
        let here = self.record().scribe.commits();
        if !self.record().shelf.is_shared() {
            return Some(here);
        }
        let shelf = self.record().shelf.clone();
        let entries = tokio::task::spawn_blocking(move || shelf.entries()).await;
        // Both only grow, so their sum changes when either does.
        Some(here + entries.ok()?.ok()?)
    }

    /// The record is closed, its one file whole, if this was the last handle on the house.
    pub fn close(self) {
        if let Some(inner) = Arc::into_inner(self.0) {
            inner.record.close();
        }
    }

    /// The whole way of a request: language off the address, rooms, the page around what stopped short, headers.
    pub fn router(&self) -> Router {
        let rooms = self.rooms().iter().fold(Router::new(), |all, room| all.merge((room.routes)()));
        let house = self.clone();
        let inner = rooms
            .route("/style.css", get(style))
            .route("/logo.svg", get(|| async { asset(LOGO, "image/svg+xml", FOR_A_DAY) }))
            .route("/icone.svg", get(|| async { asset(ICON, "image/svg+xml", FOR_A_DAY) }))
            .fallback(|| async { Stop::NotFound })
            .layer(middleware::from_fn_with_state(house.clone(), dress))
            .layer(DefaultBodyLimit::max(crate::form::BYTES_MAX))
            .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
                tracing::error!("une page a paniqué");
                Stop::Fault(Fault::Value("panique".into())).status().into_response()
            }))
            .layer(middleware::from_fn(crate::patience::patiently))
            .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(can_be_smaller)))
            .with_state(house);
        // The language must be off the address before routing; a layer of the router itself would run after.
        Router::new()
            .fallback_service(tower::ServiceBuilder::new().map_request(without_language).service(inner))
    }
}

/// An answer with this among its extensions is sent as it is: no compression makes it smaller.
#[derive(Debug, Clone, Copy)]
pub struct AsItIs;

fn can_be_smaller(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<AsItIs>().is_none()
}

/// The secret of signed links and form tokens: made at the first start, kept with the instance.
fn secret(record: &Record) -> Result<Vec<u8>, Fault> {
    let kept = record.shelf.read(|tx| record::meta(tx, "secret"))?;
    let text = match kept {
        Some(text) => text,
        None => match record.scribe.seal_now(|desk| -> Result<String, Fault> { desk.keep_secret() }) {
            // Where nothing is written nobody signs in, and no link is signed that must hold tomorrow.
            Err(Fault::Mirror) => crate::fresh_text(52)?,
            kept => kept?,
        },
    };
    Ok(text.into_bytes())
}

fn without_language(mut request: Request) -> Request {
    let (bare, chosen) = address::split(request.uri(), request.headers());
    if let Some(bare) = bare {
        *request.uri_mut() = bare;
    }
    request.extensions_mut().insert(chosen);
    request
}

const FOR_A_DAY: &str = "public, max-age=86400";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

fn asset(text: &'static str, kind: &'static str, policy: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, policy)], text).into_response()
}

/// The style sheet; under the address that pages give it, which changes with it, it is kept for good.
async fn style(uri: Uri) -> Response {
    let current = uri.path_and_query().is_some_and(|asked| asked.as_str() == style_address());
    asset(STYLE, "text/css; charset=utf-8", if current { FOR_EVER } else { FOR_A_DAY })
}

/// The address of the style sheet, which changes when it does.
pub(crate) fn style_address() -> String {
    use std::sync::LazyLock;
    static ADDRESS: LazyLock<String> =
        LazyLock::new(|| format!("/style.css?v={}", &keyed(b"style", &[STYLE])[..8]));
    ADDRESS.clone()
}

/// A request that stopped short gets a page in the visitor's language; every answer gets its headers.
async fn dress(State(house): State<House>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    // Whoever asks for the head alone is told what the page would be told; its body stays here.
    if parts.method == Method::HEAD {
        parts.method = Method::GET;
    }
    let reading = parts.method == Method::GET;
    let public = !parts.headers.contains_key(header::COOKIE) && reading;
    let known = parts.headers.get(header::IF_NONE_MATCH).filter(|_| reading).cloned();
    let too_long = parts.uri.path_and_query().is_some_and(|asked| asked.as_str().len() > ADDRESS_MAX);
    if too_long {
        // What is too long to be asked is too long to be repeated in the page that says so.
        parts.uri = Uri::from_static("/");
    }
    // The visit is made once and handed on in the request's extensions.
    let visit = Visit::from_request_parts(&mut parts, &house).await;
    let route = parts.extensions.get::<MatchedPath>().cloned();
    // Read before the page is made: what is written meanwhile shows.
    let (name, commits) = match visit.as_ref().ok().filter(|_| public && !too_long).and_then(kept::name) {
        Some(name) => house.written().await.map_or((None, 0), |commits| (Some(name), commits)),
        None => (None, 0),
    };
    if let Some(found) = name.as_ref().and_then(|name| house.0.kept.find(commits, name)) {
        return tag::unless_known(known.as_ref(), found);
    }
    let mut response = match &visit {
        Ok(_) if too_long => Stop::TooLong.into_response(),
        Ok(visit) if mirror::refuses(visit, reading) => Stop::Mirror.into_response(),
        Ok(visit) if let Some(refusals) = visit.misdated() => {
            Stop::Misdated(refusals.clone()).into_response()
        }
        Ok(_) => next.run(Request::from_parts(parts, body)).await,
        Err(stop) => stop.clone().into_response(),
    };
    let stop = response.extensions_mut().remove::<Stop>().or_else(|| Stop::behind(&response, reading));
    if let (Some(stop), Ok(visit)) = (stop, &visit) {
        let allowed = response.headers_mut().remove(header::ALLOW);
        response = stopped(visit, stop, route.as_ref().map_or("", MatchedPath::as_str)).await;
        response.headers_mut().extend(allowed.map(|allowed| (header::ALLOW, allowed)));
    }
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        let searched = visit.as_ref().is_ok_and(Visit::searches);
        let policy = if public && !searched { "public, max-age=30" } else { "no-store" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    }
    let policy = headers.get(header::CACHE_CONTROL).and_then(|policy| policy.to_str().ok());
    if !policy.is_some_and(|policy| policy.contains("immutable")) {
        headers.append(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    }
    let response = tag::tagged(response).await;
    let response = match name {
        Some(name) => house.0.kept.keep(commits, name, response).await,
        None => response,
    };
    tag::unless_known(known.as_ref(), response)
}

async fn stopped(visit: &Visit, stop: Stop, route: &str) -> Response {
    let number = match &stop {
        Stop::Fault(fault) => {
            let number = short_number();
            // The route, not the path: a signed link or an invitation stands in its path.
            tracing::error!(number, route, "{fault}");
            Some(number)
        }
        _ => None,
    };
    let stop = match stop {
        Stop::SignInFirst if visit.house().mirror().is_some() => Stop::Mirror,
        other => other,
    };
    if matches!(stop, Stop::SignInFirst) && visit.format() == crate::Format::Html {
        return visit.see_other(&format!("/connexion?retour={}", visit.path()));
    }
    let (status, again) = (stop.status(), matches!(stop, Stop::Replaying(_)));
    let page = visit.stopped_page(stop, number).await;
    let mut response = page.unwrap_or_else(|_| status.into_response());
    let mut say = |name, value| response.headers_mut().insert(name, HeaderValue::from_static(value));
    if again {
        say(header::RETRY_AFTER, "5");
        say(header::REFRESH, "5");
    }
    // What is wrong now may be right in a moment; only an address that leads nowhere may be remembered so.
    if status != StatusCode::NOT_FOUND {
        say(header::CACHE_CONTROL, "no-store");
    }
    response
}

/// Six digits that tie what the person saw to the line in the log.
fn short_number() -> String {
    let mut bytes = [0; 4];
    // Without randomness the number is 000000; the log line stands all the same.
    let _ = getrandom::fill(&mut bytes);
    format!("{:06}", u32::from_be_bytes(bytes) % 1_000_000)
}
