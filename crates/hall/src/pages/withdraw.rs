//! Withdrawing a text, a name or a file: which, why, who decided; what exactly will be destroyed; and then it is.

use axum::extract::Path;
use axum::http::StatusCode;
use record::{Desk, Record, Tx, enclosures};
use terms::{Actor, Behalf, Commitment, Entry};
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, ground_label, html};

use super::entry::{Piece, pieces_of};
use super::{label, name_of};
use crate::acts::{self, Facts, Ground};
use crate::tables::ground::{self, State};

/// Other enclosures with the same bytes that are told one by one.
const TWINS: usize = 10;

/// Characters of the text that are shown before it is destroyed.
const EXCERPT: usize = 600;

/// The address at which an enclosure of an entry is withdrawn.
pub(super) fn path(entry: u64, sha256: &Commitment) -> String {
    format!("/registre/{entry}/retirer/{sha256}")
}

/// Whether this visitor may withdraw what the entry carries. Acts are of today.
pub(super) fn may(visit: &Visit, entry: Option<&Entry>) -> bool {
    let (Some(standing), Some(entry)) = (visit.standing(), entry) else { return false };
    visit.past().is_none() && acts::behalf(standing, entry).is_some()
}

/// The enclosure that is asked for, of an entry that carries it.
struct Wanted {
    index: u64,
    entry: Entry,
    piece: Piece,
    behalf: Behalf,
}

fn wanted(tx: &mut Tx<'_>, visit: &Visit, index: u64, sha256: &Commitment) -> Result<Wanted, Stop> {
    let leaf = ground::entry(tx, index, visit.today())?.ok_or(Stop::NotFound)?;
    let entry = Entry::parse(&leaf.bytes).map_err(record::Fault::from)?;
    let behalf = acts::behalf(visit.signed_in()?, &entry).ok_or(Stop::NoStanding)?;
    let value = serde_json::from_slice(&leaf.bytes).unwrap_or_default();
    let piece = pieces_of(&value).into_iter().find(|piece| piece.enclosed.sha256 == *sha256);
    Ok(Wanted { index, entry, piece: piece.ok_or(Stop::NotFound)?, behalf })
}

fn address(entry: &str, piece: &str) -> Result<(u64, Commitment), Stop> {
    let sha256 = Commitment::parse(piece).ok_or(Stop::NotFound)?;
    Ok((entry.parse().map_err(|_| Stop::NotFound)?, sha256))
}

/// `GET /registre/{entry}/retirer/{piece}`: the form.
pub(crate) async fn show(visit: Visit, Path((entry, piece)): Path<(String, String)>) -> Outcome {
    visit.signed_in()?;
    let (index, sha256) = address(&entry, &piece)?;
    form_page(&visit, StatusCode::OK, index, sha256, Form::default(), Refusals::default()).await
}

/// `POST /registre/{entry}/retirer/{piece}`: what will be destroyed, to be confirmed; confirmed, it is destroyed.
pub(crate) async fn act(visit: Visit, Path((entry, piece)): Path<(String, String)>, form: Form) -> Outcome {
    visit.signed_in()?;
    let (index, sha256) = address(&entry, &piece)?;
    let sent = form.clone();
    let sealed = if form.ticked("confirme") {
        visit.seal(move |desk, visit| sealed(desk, visit, index, sha256, &sent).map(Some)).await
    } else {
        let decide =
            move |tx: &mut Tx<'_>, visit: &Visit| decided(tx, visit, index, sha256, &sent).map(|_| None);
        visit.ask(decide).await
    };
    match sealed {
        Ok(Some(entry)) => Ok(visit.see_other(&format!("/registre/{entry}"))),
        Ok(None) => confirm_page(&visit, index, sha256, form).await,
        Err(Stop::Refused(refusals)) => {
            form_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, index, sha256, form, refusals).await
        }
        Err(stop) => Err(stop),
    }
}

/// Who decided: the organisation or body for its own texts, whoever the form names for those who keep the instance.
fn decider(tx: &mut Tx<'_>, visit: &Visit, behalf: &Behalf, form: &Form) -> Result<String, Stop> {
    use record::directory::Kind;
    Ok(match behalf {
        Behalf::Instance => form.text("decide-par").to_owned(),
        Behalf::Body { body } => name_of(tx, visit, Kind::Body, body.as_str())?.0,
        Behalf::Organisation { organisation } => {
            name_of(tx, visit, Kind::Organisation, organisation.as_str())?.0
        }
    })
}

fn decided(
    tx: &mut Tx<'_>,
    visit: &Visit,
    index: u64,
    sha256: Commitment,
    form: &Form,
) -> Result<(Behalf, terms::Word), Stop> {
    let wanted = wanted(tx, visit, index, &sha256)?;
    let withdrawn = enclosures::withdrawal(tx, &sha256)?.is_some();
    let facts = Facts { sha256, entry: Some(wanted.index), withdrawn };
    let decider = decider(tx, visit, &wanted.behalf, form)?;
    let ground = Ground::parse(form.text("motif"));
    let word = acts::withdraw(&facts, ground, &decider, form.optional("ordonne-par")).map_err(shown)?;
    Ok((wanted.behalf, word))
}

fn shown(refusals: Vec<acts::Refusal>) -> Refusals {
    let mut all = Refusals::default();
    for refusal in refusals {
        all.add_with(refusal.field(), refusal.key(), vec![("most", acts::NAME_MOST.to_string())]);
    }
    all
}

fn sealed(
    desk: &mut Desk<'_>,
    visit: &Visit,
    index: u64,
    sha256: Commitment,
    form: &Form,
) -> Result<u64, Stop> {
    let (behalf, word) = decided(desk.tx(), visit, index, sha256, form)?;
    Ok(visit.append(desk, behalf, word)?.index)
}

async fn form_page(
    visit: &Visit,
    status: StatusCode,
    index: u64,
    sha256: Commitment,
    form: Form,
    refusals: Refusals,
) -> Outcome {
    visit
        .page_with(status, move |tx, visit| {
            let wanted = wanted(tx, visit, index, &sha256)?;
            let what = what(tx, visit, &wanted)?;
            let grounds: Vec<(String, String)> = Ground::ALL
                .map(|ground| (ground.as_str().to_owned(), ground_label(visit, ground.as_str())))
                .to_vec();
            let ground = Input::new("motif", visit.say("hall-ground"));
            let decided = Input::new("decide-par", visit.say("hall-decided"))
                .hint(visit.say("hall-withdraw-decided-hint"));
            let ordered = Input::new("ordonne-par", visit.say("hall-withdraw-ordered"))
                .hint(visit.say("hall-withdraw-ordered-hint"));
            let title = visit.say("hall-withdraw-title");
            let body = html! {
                h1 { (title) }
                (visit.error_summary(&refusals))
                (what)
                form method="post" action=(visit.link(&path(index, &sha256))) {
                    (visit.token_field())
                    (visit.choice_field(&ground, &grounds, &form, &refusals))
                    @if wanted.behalf == Behalf::Instance {
                        (visit.text_field(&decided, "text", &form, &refusals))
                    } @else {
                        p { (visit.say("hall-decided")) " : " strong { (decider(tx, visit, &wanted.behalf, &form)?) } }
                    }
                    (visit.text_field(&ordered, "text", &form, &refusals))
                    button { (visit.say("hall-withdraw-next")) }
                }
            };
            Ok(page(visit, title, body, index))
        })
        .await
}

fn page(visit: &Visit, title: String, body: Markup, index: u64) -> Page {
    Page::new(title, body)
        .under(visit.say("hall-register"), "/registre")
        .under(visit.say_with("hall-entry-title", &[("index", index.into())]), &format!("/registre/{index}"))
}

/// What will be destroyed: where it stands, how long it is, its beginning.
fn what(tx: &mut Tx<'_>, visit: &Visit, wanted: &Wanted) -> Result<Markup, Stop> {
    let state = ground::state(tx, &wanted.piece.enclosed.sha256)?;
    let word = wanted.entry.word.spelling();
    let held = !wanted.entry.word.is_public();
    Ok(html! {
        dl.pairs {
            div { dt { (visit.say("hall-entry")) } dd {
                a href=(visit.link(&format!("/registre/{}", wanted.index))) { (wanted.index) }
                " — " (label(visit, &format!("hall-word-{word}"), word))
            } }
            div { dt { (visit.say("hall-piece-at")) } dd { (wanted.piece.at) } }
            div { dt { (visit.say("hall-piece-what")) } dd {
                (wanted.piece.enclosed.media.as_str()) ", "
                (visit.say_with("hall-piece-bytes", &[("size", wanted.piece.enclosed.bytes.into())]))
            } }
        }
        @match &state {
            State::Text(_) if held => p.mute { (visit.say(held_label(&wanted.entry.word))) },
            State::Text(text) => blockquote {
                (text.chars().take(EXCERPT).collect::<String>())
                @if text.chars().count() > EXCERPT { "…" }
            },
            State::File => p { (visit.say("hall-withdraw-file")) },
            State::Withdrawn(withdrawal) => p { (web::sentence(visit, withdrawal)) },
            State::Absent => p.mute { (visit.say("hall-piece-absent")) },
        }
    })
}

/// What stands in the place of a text that is not shown even to whoever destroys it.
fn held_label(word: &terms::Word) -> &'static str {
    match word {
        terms::Word::PersonEnrolled(_) => "hall-withdraw-name",
        _ => "hall-withdraw-held",
    }
}

async fn confirm_page(visit: &Visit, index: u64, sha256: Commitment, form: Form) -> Outcome {
    visit
        .page(move |tx, visit| {
            let wanted = wanted(tx, visit, index, &sha256)?;
            let (what, twins) = (what(tx, visit, &wanted)?, twins(tx, visit, &sha256)?);
            let decider = decider(tx, visit, &wanted.behalf, &form)?;
            let title = visit.say("hall-withdraw-confirm-title");
            let body = html! {
                h1 { (title) }
                div.banner { p { strong { (visit.say("hall-withdraw-no-return")) } } }
                (what)
                dl.pairs {
                    div { dt { (visit.say("hall-ground")) } dd { (ground_label(visit, form.text("motif"))) } }
                    div { dt { (visit.say("hall-decided")) } dd { (decider) } }
                    @if let Some(order) = form.optional("ordonne-par") {
                        div { dt { (visit.say("hall-ordered")) } dd { (order) } }
                    }
                }
                h2 { (visit.say("hall-withdraw-destroyed")) }
                ul { @for key in ["here", "index", "past", "kept"] {
                    li { (visit.say(&format!("hall-withdraw-destroyed-{key}"))) }
                } }
                h2 { (visit.say("hall-withdraw-stays")) }
                ul { @for key in ["entry", "copies", "backups"] {
                    li { (visit.say(&format!("hall-withdraw-stays-{key}"))) }
                } }
                (twins)
                form method="post" action=(visit.link(&path(index, &sha256))) {
                    (visit.token_field())
                    @for field in ["motif", "decide-par", "ordonne-par"] {
                        input type="hidden" name=(field) value=(form.text(field));
                    }
                    input type="hidden" name="confirme" value="oui";
                    button.danger { (visit.say("hall-withdraw-do")) }
                }
                p { a href=(visit.link(&format!("/registre/{index}"))) { (visit.say("hall-withdraw-leave")) } }
            };
            Ok(page(visit, title, body, index))
        })
        .await
}

/// Where the very same bytes stand too: each is withdrawn by itself.
fn twins(tx: &mut Tx<'_>, visit: &Visit, sha256: &Commitment) -> Result<Markup, Stop> {
    let mut twins = Vec::new();
    for twin in enclosures::same_bytes(tx, sha256)?.into_iter().take(TWINS) {
        if let Some(entry) = enclosures::carrier(tx, &twin)? {
            twins.push((entry, twin));
        }
    }
    Ok(html! {
        @if !twins.is_empty() {
            h2 { (visit.say("hall-withdraw-twins")) }
            ul { @for (entry, twin) in &twins {
                li { a href=(visit.link(&path(*entry, twin))) {
                    (visit.say_with("hall-entry-number", &[("index", (*entry).into())]))
                } }
            } }
        }
    })
}

/// A withdrawal that whoever runs the machine asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which enclosure.
    pub sha256: Commitment,
    /// Why.
    pub ground: Ground,
    /// Who decided.
    pub decided_by: String,
    /// By whose order, if one was given.
    pub ordered_by: Option<String>,
}

/// The enclosure is withdrawn; the answer is the entry that says so.
///
/// **Errors** what there is to mend, by the keys of its sentences; the database refused.
pub fn withdraw(record: &Record, asked: Asked) -> Result<Result<u64, Vec<&'static str>>, record::Fault> {
    let zone = record.zone.clone();
    record.scribe.seal_now(move |desk| -> Result<_, record::Fault> {
        let entry = enclosures::carrier(desk.tx(), &asked.sha256)?;
        let withdrawn = enclosures::withdrawal(desk.tx(), &asked.sha256)?.is_some();
        let facts = Facts { sha256: asked.sha256, entry, withdrawn };
        let decision =
            acts::withdraw(&facts, Some(asked.ground), &asked.decided_by, asked.ordered_by.as_deref());
        match decision {
            Ok(word) => Ok(Ok(desk.append(&zone, Actor::Loader, None, word)?.index)),
            Err(refusals) => Ok(Err(refusals.into_iter().map(acts::Refusal::key).collect())),
        }
    })
}
