//! What stands where a withdrawn text stood: when it was withdrawn, on what ground, who decided and by whose order.

use axum::http::StatusCode;
use maud::{Markup, html};
use record::enclosures::{self, Withdrawal};
use record::{Fault, Tx};
use terms::Commitment;
use terms::access::Role;

use crate::{Language, Outcome, Page, Stop, Visit, quoted};

/// What was withdrawn of an entry's enclosures; nothing for most.
#[derive(Debug, Clone, Default)]
pub struct Gone(Vec<Withdrawal>);

impl Gone {
    /// What was withdrawn of the enclosures of this entry, by today: also on the page of an earlier day.
    ///
    /// **Errors** the database refused.
    pub fn of(tx: &mut Tx<'_>, visit: &Visit, entry: u64) -> Result<Self, Fault> {
        Ok(Self(today(tx, visit, |tx| enclosures::withdrawn_of(tx, entry))?))
    }

    /// What stands where a text of the entry stood.
    #[must_use]
    pub fn told(&self, visit: &Visit) -> Markup {
        html! {
            span.mute { (visit.say("text-withdrawn")) }
            @for withdrawal in &self.0 {
                " " span { (sentence(visit, withdrawal)) " "
                    a href=(visit.link(&format!("/registre/{}", withdrawal.entry))) {
                        (visit.say_with("page-entry", &[("index", withdrawal.entry.into())]))
                    }
                }
            }
        }
    }
}

/// The withdrawal of this enclosure, by today: also on the page of an earlier day.
///
/// **Errors** the database refused.
pub fn withdrawal(tx: &mut Tx<'_>, visit: &Visit, sha256: &Commitment) -> Result<Option<Withdrawal>, Fault> {
    today(tx, visit, |tx| enclosures::withdrawal(tx, sha256))
}

/// What is withdrawn today is withdrawn in every past, so that today's tables are asked.
fn today<T>(
    tx: &mut Tx<'_>,
    visit: &Visit,
    ask: impl FnOnce(&mut Tx<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    if visit.past().is_some() { visit.house().record().shelf.read(ask) } else { ask(tx) }
}

/// The label of a ground; the word itself where a later version named it.
#[must_use]
pub fn ground_label(visit: &Visit, ground: &str) -> String {
    let key = format!("withdrawn-ground-{ground}");
    if visit.house().languages().has(Language::French, &key) { visit.say(&key) } else { ground.to_owned() }
}

/// When it was withdrawn, why, who decided and by whose order.
#[must_use]
pub fn sentence(visit: &Visit, withdrawal: &Withdrawal) -> String {
    let said = [
        ("day", visit.day_text(withdrawal.known).into()),
        ("ground", ground_label(visit, &withdrawal.ground).into()),
        ("by", (&withdrawal.decided_by).into()),
        ("order", withdrawal.ordered_by.as_ref().map_or("", String::as_str).into()),
    ];
    let key = if withdrawal.ordered_by.is_some() { "withdrawn-told-ordered" } else { "withdrawn-told" };
    visit.say_with(key, &said)
}

/// A text out of an enclosure of the entry, in paragraphs; or what stands in its place, as far as the visit has learnt it.
#[must_use]
pub fn quoted_of(visit: &Visit, text: Option<&str>, entry: u64) -> Markup {
    match text {
        Some(text) => quoted(visit, Some(text)),
        None => html! { p { (visit.gone(entry).told(visit)) } },
    }
}

/// What is answered where a file was asked for that was withdrawn: a page that says so, with the way back. A file that is
/// only not here is not found.
///
/// **Errors** it was not withdrawn; the database refused.
pub async fn gone_page(visit: &Visit, sha256: Commitment, back: String) -> Outcome {
    visit
        .page_with(StatusCode::GONE, move |tx, visit| {
            let withdrawal = withdrawal(tx, visit, &sha256)?.ok_or(Stop::NotFound)?;
            let title = visit.say("withdrawn-page");
            let body = html! {
                h1 { (title) }
                p { (Gone(vec![withdrawal]).told(visit)) }
                p { a href=(visit.link(&back)) { (visit.say("withdrawn-back")) } }
            };
            Ok(Page::new(title, body))
        })
        .await
}

/// The way to the entry that carries the texts of a page, for those who may have one to withdraw; nothing for visitors.
#[must_use]
pub fn pieces_link(visit: &Visit, entry: u64) -> Markup {
    let may = visit
        .standing()
        .is_some_and(|standing| standing.is_steward() || standing.has_role(&[Role::Secretary]));
    html! {
        @if may && visit.past().is_none() {
            p.small.screen { a href=(visit.link(&format!("/registre/{entry}"))) {
                (visit.say_with("withdrawn-pieces", &[("index", entry.into())]))
            } }
        }
    }
}

impl Visit {
    /// What was withdrawn of this entry's enclosures is known to whatever is composed afterwards.
    ///
    /// **Errors** the database refused.
    pub fn learns_gone(&self, tx: &mut Tx<'_>, entry: u64) -> Result<(), Fault> {
        let gone = Gone::of(tx, self, entry)?;
        self.keep_gone(entry, gone);
        Ok(())
    }
}
