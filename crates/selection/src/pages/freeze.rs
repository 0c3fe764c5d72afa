//! The pool is frozen. The lottery of a draw may take minutes: it is made on a thread of its own, beside all acts, and the page says how far
//! it is. What was made counts only if the pool is still the one it was made of.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use record::Tx;
use sortition::{Failure, Pool, Quotas, Transcript, Trouble, prepare};
use terms::CallId;
use terms::selection::Method;
use web::{Form, Outcome, Page, Refusals, Stop, Visit, html};

use super::sheets::{Sheet, appended, refused};
use super::{convener, found, title};
use crate::acts::{self, Refusal};
use crate::call::Stage;
use crate::{lots, tables};

/// How long a visitor waits for a lottery before being told how far it is.
const PATIENCE: Duration = Duration::from_secs(4);

/// Lotteries kept in memory, made or being made.
const KEPT_MAX: usize = 8;

/// A lottery that is being made, or was.
struct Making {
    /// Of what it is made: digests of pool and quotas, and seats.
    of: String,
    /// Hundredths done; the last come when it is.
    percent: AtomicU8,
    made: Mutex<Option<Result<Arc<Transcript>, Failure>>>,
}

impl Making {
    fn made(&self) -> Option<Result<Arc<Transcript>, Failure>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// By call. Nothing is lost with it: what it holds is made again.
static MAKINGS: LazyLock<Mutex<HashMap<CallId, Arc<Making>>>> = LazyLock::new(Mutex::default);

/// One lottery at a time: the machine is small, and others read meanwhile.
static AT_WORK: Mutex<()> = Mutex::new(());

fn making(call: &CallId) -> Option<Arc<Making>> {
    MAKINGS.lock().unwrap_or_else(PoisonError::into_inner).get(call).cloned()
}

/// The lottery of this pool, begun if nobody has.
fn begun(call: &CallId, pool: Pool, quotas: Quotas, seats: u32) -> Arc<Making> {
    let of = format!("{} {} {seats}", pool.digest(), quotas.digest());
    let mut all = MAKINGS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(making) = all.get(call).filter(|making| making.of == of) {
        return Arc::clone(making);
    }
    if all.len() >= KEPT_MAX {
        all.retain(|_, making| making.made().is_none());
    }
    let making = Arc::new(Making { of, percent: AtomicU8::new(0), made: Mutex::new(None) });
    all.insert(call.clone(), Arc::clone(&making));
    let worker = Arc::clone(&making);
    std::thread::spawn(move || {
        let turn = AT_WORK.lock().unwrap_or_else(PoisonError::into_inner);
        let made = prepare(&pool, &quotas, seats, &mut |progress| {
            let needed = progress.needed.max(1);
            let percent = u8::try_from(100 * progress.panels.min(needed) / needed).unwrap_or(99).min(99);
            worker.percent.store(percent, Ordering::Relaxed);
        });
        drop(turn);
        *worker.made.lock().unwrap_or_else(PoisonError::into_inner) = Some(made.map(Arc::new));
    });
    making
}

/// What a form at this address is to do.
enum Asked {
    /// An election: nothing is to be calculated.
    Election,
    Draw(Arc<Making>),
}

fn ask(tx: &mut Tx<'_>, visit: &Visit, id: &str) -> Result<Asked, Stop> {
    let call = found(tx, id)?;
    convener(visit, &call.body)?;
    let not_ready = |refusal: Refusal| {
        let mut refusals = Refusals::default();
        refused(&mut refusals, vec![refusal]);
        Stop::from(refusals)
    };
    if call.stage(visit.today()) != Stage::Freezing {
        return Err(not_ready(Refusal::NotNow("selection-refused-not-freezing")));
    }
    if call.method == Method::Election {
        return Ok(Asked::Election);
    }
    let candidates = tables::candidacies(tx, &call.id)?;
    let made = lots::quotas(&call).and_then(|quotas| Ok((lots::pool(&candidates, &quotas)?, quotas)));
    let (pool, quotas) = made.map_err(|_| not_ready(Refusal::NobodyEligible))?;
    Ok(Asked::Draw(begun(&call.id, pool, quotas, call.seats.into())))
}

pub(super) async fn form(visit: Visit, Path(id): Path<String>) -> Outcome {
    let asked = id.clone();
    let call = visit.ask(move |tx, _| found(tx, &asked)).await?;
    convener(&visit, &call.body)?;
    let at_work = making(&call.id).is_some_and(|making| making.made().is_none());
    let page = visit.page(move |tx, visit| page(tx, visit, &id, &Refusals::default())).await?;
    Ok(if at_work { coming_back(page) } else { page })
}

/// The same page, which a browser asks for again by itself.
fn coming_back(mut response: axum::response::Response) -> axum::response::Response {
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("3"));
    response
}

pub(super) async fn freeze(visit: Visit, Path(id): Path<String>, _: Form) -> Outcome {
    visit.signed_in()?;
    match frozen(&visit, &id).await {
        Ok(onward) => Ok(visit.see_other(&onward)),
        Err(Stop::Refused(refusals)) => {
            let again = move |tx: &mut Tx<'_>, visit: &Visit| page(tx, visit, &id, &refusals);
            Ok(visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, again).await?.into_response())
        }
        Err(stop) => Err(stop),
    }
}

/// Where to go on: to the call whose pool is frozen, or to the page that says how far the lottery is.
async fn frozen(visit: &Visit, id: &str) -> Result<String, Stop> {
    let asked = id.to_owned();
    let made = match visit.ask(move |tx, visit| ask(tx, visit, &asked)).await? {
        Asked::Election => None,
        Asked::Draw(making) => match waited(&making).await {
            None => return Ok(format!("/appels/{id}/geler")),
            Some(Ok(transcript)) => Some(transcript),
            Some(Err(failure)) => return Err(failed(&failure)),
        },
    };
    let asked = id.to_owned();
    visit
        .seal(move |desk, visit| {
            let call = found(desk.tx(), &asked)?;
            let behalf = convener(visit, &call.body)?;
            let candidates = tables::candidacies(desk.tx(), &call.id)?;
            let electors = match call.method {
                Method::Election => tables::electors(desk.tx(), &call)?,
                _ => 0,
            };
            let lottery = match &made {
                Some(transcript) => {
                    let json = serde_json::to_string(&**transcript)
                        .map_err(|error| Stop::Fault(record::Fault::Value(error.to_string())))?;
                    Some((&**transcript, desk.enclose_text(&json)?))
                }
                None => None,
            };
            let decided = acts::freeze(&call, &candidates, lottery, electors, visit.today());
            appended(desk, visit, behalf, Refusals::default(), decided)?;
            Ok(format!("/appels/{}", call.id))
        })
        .await
}

async fn waited(making: &Making) -> Option<Result<Arc<Transcript>, Failure>> {
    let until = tokio::time::Instant::now() + PATIENCE;
    while tokio::time::Instant::now() < until {
        if let Some(made) = making.made() {
            return Some(made);
        }
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    making.made()
}

fn failed(failure: &Failure) -> Stop {
    let key = match failure {
        Failure::Trouble(Trouble::TooHard) => "selection-refused-too-hard",
        _ => "selection-refused-no-result",
    };
    let mut refusals = Refusals::default();
    refusals.add("", key);
    refusals.into()
}

fn page(tx: &mut Tx<'_>, visit: &Visit, id: &str, refusals: &Refusals) -> Result<Page, Stop> {
    let call = found(tx, id)?;
    convener(visit, &call.body)?;
    let named = title(tx, visit, &call)?;
    let making = making(&call.id).filter(|_| call.frozen.is_none());
    let key =
        if call.method == Method::Draw { "selection-freeze-lead" } else { "selection-freeze-ballot-lead" };
    let lead = html! {
        p { (visit.say(key)) }
        @if let Some(making) = &making {
            @if making.made().is_none() {
                @let percent = making.percent.load(Ordering::Relaxed);
                p {
                    progress max="100" value=(percent) aria-label=(visit.say("selection-calculating")) {}
                    " " (visit.say_with("selection-calculating-percent", &[("percent", percent.into())]))
                }
            } @else if refusals.is_empty() {
                p { strong { (visit.say("selection-calculated")) } }
            }
        }
    };
    let fields = html! {};
    let sheet = Sheet { call: &call, named, key: "selection-freeze", action: "geler", lead, fields };
    Ok(sheet.page(visit, refusals))
}
