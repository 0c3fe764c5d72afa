//! `/preuve`: what a short code, an index, a proof file or a kept checkpoint proves, and what it does not.

use axum::http::StatusCode;
use record::proofs::{self, ShortCode, Signed};
use record::{Fault, Tx};
use terms::{Day, Entry, Instant};
use tlog::{CheckpointError, Hash, Note, NoteError, ProofFile, ProofFileError, VerifierKey};
use tlog::{checkpoint_of, leaf_hash, verify_inclusion};
use web::{Form, Input, Markup, Outcome, Page, Refusals, Stop, Visit, day, html};

use super::label;

/// The address of the page.
pub(crate) const PATH: &str = "/preuve";

/// How the lines of a proof file begin, one of which tells it even where another was altered.
const PROOF: [&str; 3] = ["c2sp.org/tlog-proof@", "extra ", "index "];

/// Proofs that one visitor may have checked at once, and how many seconds each takes to come back.
const BURST: (u32, u64) = (30, 2);

/// What was found.
enum Found {
    /// The entry stands on the record; `true` where a code was compared with it.
    Entry(Standing, bool),
    /// A proof file leads from the entry to a checkpoint that the record of today continues.
    Proof(Standing, Covered),
    /// A kept checkpoint is one that the record of today continues.
    Checkpoint(Covered),
}

/// An entry on the record.
struct Standing {
    index: u64,
    code: ShortCode,
    leaf: Hash,
    at: Option<Instant>,
    word: Option<&'static str>,
}

/// What a checkpoint covers.
struct Covered {
    size: u64,
    root: Hash,
    last: Option<Day>,
}

/// The key that signs the record.
pub(crate) fn key_of(visit: &Visit) -> Result<VerifierKey, Fault> {
    Ok(visit.house().record().key())
}

/// `GET /preuve`, and `GET /preuve?code=…`, to which every page's QR leads.
pub(crate) async fn asked(visit: Visit) -> Outcome {
    let code = visit.asked("code").unwrap_or_default().to_owned();
    let form = Form::of(&[("code", &code)]);
    answer(visit, form, move |tx, visit, signed| match code.as_str() {
        "" => Ok(Ok(None)),
        code => Ok(of_code(tx, visit, signed, code)?.map(Some)),
    })
    .await
}

/// `POST /preuve`: a text pasted, or a file.
pub(crate) async fn sent(visit: Visit, form: Form) -> Outcome {
    visit.not_too_often("preuve", BURST.0, std::time::Duration::from_secs(BURST.1))?;
    let file = form.upload("fichier").map(|upload| upload.bytes.clone()).filter(|bytes| !bytes.is_empty());
    // A browser sends a text with its own line ends and the form takes its last one away; a file is taken as it is.
    let pasted = form.optional("preuve").map(|text| format!("{}\n", text.replace("\r\n", "\n")).into_bytes());
    let bytes = file.or(pasted);
    answer(visit, form, move |tx, visit, signed| match bytes {
        Some(bytes) => Ok(of_bytes(tx, visit, signed, &bytes)?.map(Some)),
        None => Ok(Err(refused("preuve", "form-required", vec![]))),
    })
    .await
}

type Outcomes<T> = Result<Result<T, Refusals>, Stop>;

fn refused(field: &str, key: &'static str, arguments: Vec<(&'static str, String)>) -> Refusals {
    let mut refusals = Refusals::default();
    refusals.add_with(field, key, arguments);
    refusals
}

async fn answer(
    visit: Visit,
    form: Form,
    find: impl FnOnce(&mut Tx<'_>, &Visit, &Signed) -> Outcomes<Option<Found>> + Send + 'static,
) -> Outcome {
    let made = visit.ask(move |tx, visit| {
        let signed = proofs::newest(tx, &key_of(visit)?)?;
        let (found, refusals) = match find(tx, visit, &signed)? {
            Ok(found) => (found, Refusals::default()),
            Err(refusals) => (None, refusals),
        };
        let status = if refusals.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let last = sealed_day(tx, visit, signed.size)?;
        let today = Covered { size: signed.size, root: signed.root, last };
        Ok((status, page(visit, &form, found.as_ref(), &refusals, &today)))
    });
    let (status, page) = made.await?;
    visit.page_with(status, |_, _| Ok(page)).await
}

/// The day on which the last of so many entries was sealed.
fn sealed_day(tx: &mut Tx<'_>, visit: &Visit, size: u64) -> Result<Option<Day>, Fault> {
    let at = match size.checked_sub(1) {
        Some(last) => proofs::sealed_at(tx, last).unwrap_or_default(),
        None => None,
    };
    Ok(at.map(|at| visit.house().record().zone.day_of(at)))
}

/// What a code or an index says, as people copy it.
fn of_code(tx: &mut Tx<'_>, visit: &Visit, signed: &Signed, text: &str) -> Outcomes<Found> {
    let code = ShortCode::parse(text);
    let index = code.map(|code| code.index).or_else(|| text.parse().ok());
    let Some(index) = index else {
        let text = text.chars().take(40).collect();
        return Ok(Err(refused("code", "hall-proof-no-code", vec![("text", text)])));
    };
    let Some(standing) = standing(tx, index)? else {
        return Ok(Err(beyond("code", visit, index, signed.size)));
    };
    match code {
        Some(code) if code != standing.code => {
            let said = vec![("code", code.to_string()), ("index", index.to_string())];
            Ok(Err(refused("code", "hall-proof-other-code", said)))
        }
        _ => Ok(Ok(Found::Entry(standing, code.is_some()))),
    }
}

fn beyond(field: &str, visit: &Visit, index: u64, size: u64) -> Refusals {
    let size = visit.number(i64::try_from(size).unwrap_or(i64::MAX));
    refused(field, "hall-proof-beyond", vec![("index", index.to_string()), ("size", size)])
}

fn standing(tx: &mut Tx<'_>, index: u64) -> Result<Option<Standing>, Fault> {
    let Some(bytes) = proofs::entry(tx, index)? else { return Ok(None) };
    let entry = Entry::parse(&bytes).ok();
    Ok(Some(Standing {
        index,
        code: ShortCode::of(index, &bytes),
        leaf: leaf_hash(&bytes),
        at: entry.as_ref().map(|entry| entry.at),
        word: entry.map(|entry| entry.word.spelling()),
    }))
}

fn of_bytes(tx: &mut Tx<'_>, visit: &Visit, signed: &Signed, bytes: &[u8]) -> Outcomes<Found> {
    let is_of_proof = |line: &[u8]| PROOF.iter().any(|start| line.starts_with(start.as_bytes()));
    if bytes.split(|byte| *byte == b'\n').take(3).any(is_of_proof) {
        return of_proof(tx, visit, signed, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains("\n\n") => of_note(tx, visit, signed, text),
        Ok(text) if text.trim().len() <= 60 => of_code(tx, visit, signed, text.trim()),
        _ => Ok(Err(refused("preuve", "hall-proof-no-proof", vec![]))),
    }
}

/// A proof file: its form, its signature, its hashes, and that the record of today continues its checkpoint.
fn of_proof(tx: &mut Tx<'_>, visit: &Visit, signed: &Signed, bytes: &[u8]) -> Outcomes<Found> {
    let file = match ProofFile::parse(bytes) {
        Ok(file) => file,
        Err(error) => return Ok(Err(malformed(&error))),
    };
    let text = String::from_utf8_lossy(bytes);
    let key = key_of(visit)?;
    let checkpoint = match checkpoint_of(key.name(), &file.checkpoint, &key) {
        Ok(checkpoint) => checkpoint,
        Err(error) => return Ok(Err(unsigned(&error, &text))),
    };
    let Some(standing) = standing(tx, file.index)? else {
        return Ok(Err(beyond("preuve", visit, file.index, signed.size)));
    };
    let own = (!file.extra.is_empty()).then(|| leaf_hash(&file.extra));
    let leaf = own.unwrap_or(standing.leaf);
    let leads = verify_inclusion(&leaf, file.index, checkpoint.size, &file.hashes, &checkpoint.root);
    if leads.is_err() {
        let first = text.lines().position(|line| line.starts_with("index ")).unwrap_or_default() + 1;
        let said = vec![
            ("index", file.index.to_string()),
            ("from", first.to_string()),
            ("to", (first + file.hashes.len()).to_string()),
        ];
        return Ok(Err(refused("preuve", "hall-proof-leads-elsewhere", said)));
    }
    match continued(tx, visit, signed, checkpoint.size, checkpoint.root)? {
        Ok(covered) if leaf == standing.leaf => Ok(Ok(Found::Proof(standing, covered))),
        Ok(_) => Ok(Err(refused("preuve", "hall-proof-split", vec![]))),
        Err(refusals) => Ok(Err(refusals)),
    }
}

/// A kept checkpoint: its signature, and that the record of today continues it.
fn of_note(tx: &mut Tx<'_>, visit: &Visit, signed: &Signed, text: &str) -> Outcomes<Found> {
    let key = key_of(visit)?;
    let opened = Note::parse(text.as_bytes())
        .map_err(CheckpointError::from)
        .and_then(|note| checkpoint_of(key.name(), &note, &key));
    match opened {
        Ok(opened) => Ok(continued(tx, visit, signed, opened.size, opened.root)?.map(Found::Checkpoint)),
        Err(error) => Ok(Err(unsigned(&error, text))),
    }
}

/// The checkpoint, if the record of today is it with entries added at its end. It bears the key's signature: where the record
/// is not, two stories were signed.
fn continued(tx: &mut Tx<'_>, visit: &Visit, signed: &Signed, size: u64, root: Hash) -> Outcomes<Covered> {
    if size > signed.size || proofs::root_at(tx, signed, size)? != root {
        return Ok(Err(refused("preuve", "hall-proof-split", vec![])));
    }
    let last = sealed_day(tx, visit, size)?;
    Ok(Ok(Covered { size, root, last }))
}

/// The first line that keeps the text from being a proof file.
fn malformed(error: &ProofFileError) -> Refusals {
    let line = |line: usize| vec![("line", line.to_string())];
    match error {
        ProofFileError::FirstLine => refused("preuve", "hall-proof-first-line", vec![]),
        ProofFileError::Extra => refused("preuve", "hall-proof-line-extra", vec![]),
        ProofFileError::Index { line: at } => refused("preuve", "hall-proof-line-index", line(*at)),
        ProofFileError::Hash { line: at, .. } => refused("preuve", "hall-proof-line-hash", line(*at)),
        ProofFileError::NoEmptyLine => refused("preuve", "hall-proof-no-empty-line", vec![]),
        ProofFileError::Note(_) => refused("preuve", "hall-proof-note", vec![]),
        _ => refused("preuve", "hall-proof-no-proof", vec![]),
    }
}

/// Why the checkpoint is not this record's, with the line of the signature where it is false.
fn unsigned(error: &CheckpointError, text: &str) -> Refusals {
    match error {
        CheckpointError::Note(NoteError::FalseSignature { .. }) => {
            let at = text.lines().position(|line| line.starts_with("\u{2014} ")).unwrap_or_default();
            refused("preuve", "hall-proof-false-signature", vec![("line", (at + 1).to_string())])
        }
        CheckpointError::Note(NoteError::NotSigned { .. }) | CheckpointError::Origin { .. } => {
            refused("preuve", "hall-proof-other-record", vec![])
        }
        _ => refused("preuve", "hall-proof-note", vec![]),
    }
}

fn page(visit: &Visit, form: &Form, found: Option<&Found>, refusals: &Refusals, today: &Covered) -> Page {
    let title = visit.say("hall-proof");
    let body = html! {
        h1 { (title) }
        (visit.error_summary(refusals))
        @match found {
            Some(found) => (proved(visit, found, today)),
            None => p.lead { (visit.say("hall-proof-lead")) },
        }
        (forms(visit, form, refusals))
        @if found.is_none() { (limits(visit)) }
        h2 { (visit.say("hall-proof-offline")) }
        p { (visit.say("hall-proof-offline-text")) }
        pre { code { "toguna verify registre-1204.tlog-proof --policy politique.txt" } }
        p {
            a href="/registre/politique" { (visit.say("hall-proof-policy")) } " · "
            a href=(visit.link("/aide/verifier-le-registre")) { (visit.say("hall-verify-more")) }
        }
    };
    Page::new(title, body).under(visit.say("hall-register"), "/registre")
}

fn forms(visit: &Visit, form: &Form, refusals: &Refusals) -> Markup {
    let input = |name: &'static str, label: &str, hint: &str| {
        Input::new(name, visit.say(label)).hint(visit.say(hint))
    };
    html! {
        form.screen method="get" action=(visit.link(PATH)) {
            (visit.text_field(&input("code", "hall-proof-code", "hall-proof-code-hint"), "text", form, refusals))
            button { (visit.say("hall-proof-look-up")) }
        }
        form.screen method="post" action=(visit.link(PATH)) enctype="multipart/form-data" {
            (visit.token_field())
            (visit.text_area(&input("preuve", "hall-proof-paste", "hall-proof-paste-hint"), 8, form, refusals))
            (visit.any_file_field(&Input::new("fichier", visit.say("hall-proof-file")), ".tlog-proof,.txt", refusals))
            button { (visit.say("hall-proof-check")) }
        }
    }
}

fn proved(visit: &Visit, found: &Found, today: &Covered) -> Markup {
    html! {
        section aria-labelledby="prouve" {
            h2 id="prouve" { "✓ " (visit.say("hall-proof-proved")) }
            @match found {
                Found::Entry(standing, compared) => {
                    p { (visit.say(if *compared { "hall-proof-is-code" } else { "hall-proof-is-entry" })) }
                    (entry(visit, standing))
                    (covered(visit, today, "hall-proof-covered-by"))
                    p { (visit.say("hall-proof-server-says")) }
                }
                Found::Proof(standing, by) => {
                    p { (visit.say("hall-proof-is-proof")) }
                    (entry(visit, standing))
                    (covered(visit, by, "hall-proof-covered-by"))
                    (covered(visit, today, "hall-proof-continued"))
                }
                Found::Checkpoint(by) => {
                    p { (visit.say("hall-proof-is-checkpoint")) }
                    (covered(visit, by, "hall-proof-checkpoint"))
                    (covered(visit, today, "hall-proof-continued"))
                }
            }
            (limits(visit))
        }
    }
}

fn entry(visit: &Visit, standing: &Standing) -> Markup {
    let path = format!("/registre/{}", standing.index);
    html! {
        dl.pairs {
            div {
                dt { (visit.say("hall-entry")) }
                dd {
                    a href=(visit.link(&path)) { (visit.say_with("hall-entry-number", &[("index", standing.index.into())])) }
                    @if let Some(word) = standing.word { " — " (label(visit, &format!("hall-word-{word}"), word)) }
                }
            }
            @if let Some(at) = standing.at {
                div { dt { (visit.say("hall-sealed")) } dd { (day(visit, visit.house().record().zone.day_of(at))) } }
            }
            div { dt { (visit.say("hall-proof-short")) } dd { code { (standing.code) } } }
            div { dt { (visit.say("hall-leaf")) } dd { code { (standing.leaf.hex()) } } }
            div {
                dt { (visit.say("hall-proof-take")) }
                dd { a href=(format!("{path}.tlog-proof")) { (visit.say("hall-proof-download")) } }
            }
        }
    }
}

fn covered(visit: &Visit, covered: &Covered, label: &str) -> Markup {
    html! {
        dl.pairs {
            div {
                dt { (visit.say(label)) }
                dd {
                    (visit.say_with("hall-signed-size", &[("size", covered.size.into())]))
                    @if let Some(last) = covered.last { ", " (visit.say("hall-proof-up-to")) " " (day(visit, last)) }
                    br;
                    code.small { (covered.root.base64()) }
                }
            }
        }
    }
}

fn limits(visit: &Visit) -> Markup {
    html! {
        h2 { (visit.say("hall-proof-not")) }
        ul {
            @for limit in ["hall-proof-not-true", "hall-proof-not-all", "hall-proof-not-shown", "hall-proof-not-alone"] {
                li { (visit.say(limit)) }
            }
        }
    }
}
