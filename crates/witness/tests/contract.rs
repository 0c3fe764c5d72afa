//! The contract of C2SP tlog-witness through HTTP, status by status; what is kept before an answer; many at once; a restart.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

#[path = "../../tlog/tests/oracle/mod.rs"]
mod oracle;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use tlog::witness::{AddCheckpoint, Answer, MAX_ADD_CHECKPOINT_BYTES, cosigned_by, monitoring_path};
use tlog::{Checkpoint, CosignerKey, Hash, Note, Signer, Tree, leaf_hash, sign_checkpoint};
use tower::ServiceExt;
use witness::{Witness, WitnessFault, router};

const ORIGIN: &str = "registre.example/essai";
const TIME: u64 = 1_790_000_000;

/// A log whose entries are numbers, and its tree.
struct Log {
    signer: Signer,
    tree: Tree,
}

impl Log {
    fn new(entries: u64) -> Self {
        let mut log = Self { signer: Signer::from_seed(ORIGIN, &[7; 32]).unwrap(), tree: Tree::new() };
        log.grow(entries);
        log
    }

    fn grow(&mut self, more: u64) {
        for index in self.tree.size()..self.tree.size() + more {
            self.tree.push(leaf_hash(&index.to_be_bytes()));
        }
    }

    fn note(&self, size: u64, root: Hash) -> Note {
        let checkpoint = Checkpoint { origin: ORIGIN.into(), size, root, extensions: Vec::new() };
        Note::parse(sign_checkpoint(&checkpoint, &self.signer).unwrap().as_bytes()).unwrap()
    }

    fn request(&self, old: u64) -> AddCheckpoint {
        let size = self.tree.size();
        let proof =
            if old == 0 || old > size { Vec::new() } else { self.tree.consistency_proof(old, size).unwrap() };
        AddCheckpoint { old, proof, note: self.note(size, self.tree.root()) }
    }
}

fn open(folder: &Path) -> Arc<Witness> {
    Arc::new(Witness::open(folder, || TIME).unwrap())
}

/// A witness that knows the log, in a folder of its own.
fn witness(log: &Log) -> (tempfile::TempDir, Arc<Witness>) {
    let home = tempfile::tempdir().unwrap();
    Witness::create(home.path(), "temoin.example/un").unwrap();
    let logs = format!("log {}\nquorum none\n", log.signer.verifier_key());
    std::fs::write(home.path().join("registres"), logs).unwrap();
    let witness = open(home.path());
    (home, witness)
}

async fn send(witness: &Arc<Witness>, body: impl Into<Body>) -> (u16, String, String) {
    let request = Request::post("/add-checkpoint").body(body.into()).unwrap();
    let response = router(Arc::clone(witness)).oneshot(request).await.unwrap();
    let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 100_000).await.unwrap();
    (status, kind, String::from_utf8(body.to_vec()).unwrap())
}

async fn get(witness: &Arc<Witness>, path: &str) -> (u16, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = router(Arc::clone(witness)).oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 100_000).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn what_continues_is_cosigned_and_kept_before_the_answer() {
    let mut log = Log::new(3);
    let (home, witness) = witness(&log);
    let key = CosignerKey::parse(&witness.key()).unwrap();
    for old in [0, 3, 3] {
        let request = log.request(old);
        let (status, kind, body) = send(&witness, request.to_string()).await;
        assert_eq!((status, kind.as_str()), (200, "text/plain; charset=utf-8"), "{body}");
        let Answer::Cosigned(lines) = Answer::read(200, &kind, body.as_bytes()).unwrap() else { panic!() };
        let (_, time) = cosigned_by(request.note.clone(), &lines, &key).unwrap();
        assert_eq!(time, TIME);
        // What is shown is what another process would find after a cut.
        let (status, kept) = get(&witness, &format!("/{}", monitoring_path(ORIGIN))).await;
        assert_eq!(status, 200);
        let kept = Note::parse(kept.as_bytes()).unwrap();
        assert_eq!((kept.text(), key.cosigned(&kept)), (request.note.text(), Ok(TIME)));
        log.grow(if old == 0 { 0 } else { 300 });
        if old == 3 {
            break;
        }
    }
    // After a restart the same size is remembered, and a log that lost its end is told so.
    drop(witness);
    let witness = open(home.path());
    let (status, kind, body) = send(&witness, log.request(0).to_string()).await;
    assert_eq!((status, kind.as_str(), body.as_str()), (409, "text/x.tlog.size", "3\n"));
    let (status, _, body) = send(&witness, log.request(3).to_string()).await;
    assert_eq!(status, 200, "{body}");
}

#[tokio::test]
async fn every_refusal_has_its_status() {
    let mut log = Log::new(5);
    let (_home, witness) = witness(&log);
    let status = async |body: String| send(&witness, body).await.0;
    // 400: no request.
    for bad in ["", "old 1", "old 01\n\n", "old -1\n\nx\n", "new 0\n\n"] {
        assert_eq!(status(bad.into()).await, 400, "{bad:?}");
    }
    assert_eq!(status("a".repeat(MAX_ADD_CHECKPOINT_BYTES + 100)).await, 400);
    let mut many = log.request(0);
    many.proof = vec![Hash::from_bytes([1; 32]); 64];
    assert_eq!(status(many.to_string()).await, 400, "more than 63 lines");
    // 400: the old size is above the checkpoint's.
    assert_eq!(status(log.request(6).to_string()).await, 400);
    // 400: the log signed what is no checkpoint.
    let note = log.signer.sign(&format!("{ORIGIN}\nfive\nx\n")).unwrap();
    assert_eq!(status(format!("old 0\n\n{note}")).await, 400);
    // 404: an origin that nobody named.
    let stranger = Signer::from_seed("autre.example", &[8; 32]).unwrap();
    let checkpoint =
        Checkpoint { origin: "autre.example".into(), size: 5, root: log.tree.root(), extensions: vec![] };
    let note = sign_checkpoint(&checkpoint, &stranger).unwrap();
    assert_eq!(status(format!("old 0\n\n{note}")).await, 404);
    // 403: another key in the log's name; a false signature of the log's own key.
    let thief = Signer::from_seed(ORIGIN, &[9; 32]).unwrap();
    let checkpoint = Checkpoint { origin: ORIGIN.into(), ..checkpoint };
    assert_eq!(status(format!("old 0\n\n{}", sign_checkpoint(&checkpoint, &thief).unwrap())).await, 403);
    let altered = log.request(0).to_string().replacen("\n5\n", "\n6\n", 1);
    assert_eq!(status(altered).await, 403);
    // 422: a proof where the old size is zero; an empty tree with a root.
    let mut proven = log.request(0);
    proven.proof = vec![Hash::from_bytes([1; 32])];
    assert_eq!(status(proven.to_string()).await, 422);
    // Signed as a text: this crate makes no such checkpoint.
    let empty = log.signer.sign(&format!("{ORIGIN}\n0\n{}\n", log.tree.root().base64())).unwrap();
    assert_eq!(status(format!("old 0\n\n{empty}")).await, 422);
    // Nothing of all that was kept as cosigned.
    assert_eq!(get(&witness, &format!("/{}", monitoring_path(ORIGIN))).await.0, 404);
    assert_eq!(status(log.request(0).to_string()).await, 200);
    // 409 with the size; 422 for another root of the same size, and for a proof that leads elsewhere.
    log.grow(4);
    let (code, kind, body) = send(&witness, log.request(4).to_string()).await;
    assert_eq!((code, kind.as_str(), body.as_str()), (409, "text/x.tlog.size", "5\n"));
    let other = AddCheckpoint { old: 5, proof: vec![], note: log.note(5, Hash::from_bytes([3; 32])) };
    assert_eq!(status(other.to_string()).await, 422);
    let mut bent = log.request(5);
    bent.proof[0] = Hash::from_bytes([4; 32]);
    assert_eq!(status(bent.to_string()).await, 422);
    // The contradiction is shown, and changes nothing of what is right.
    let (_, page) = get(&witness, "/").await;
    assert!(page.contains("n’a pas pu relier"), "{page}");
    assert_eq!(status(log.request(5).to_string()).await, 200);
    assert_eq!(send(&witness, log.request(5).to_string()).await.2, "9\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_one_history_is_cosigned() {
    let (mut log, mut other) = (Log::new(4), Log::new(4));
    let (_home, witness) = witness(&log);
    assert_eq!(send(&witness, log.request(0).to_string()).await.0, 200);
    log.grow(1);
    other.tree.push(leaf_hash(b"une autre histoire"));
    let mut asked = Vec::new();
    for turn in 0..40 {
        let body = if turn % 2 == 0 { log.request(4) } else { other.request(4) }.to_string();
        let witness = Arc::clone(&witness);
        asked.push(tokio::spawn(async move { (turn % 2, send(&witness, body).await.0) }));
    }
    let mut cosigned = Vec::new();
    for one in asked {
        let (history, status) = one.await.unwrap();
        assert!(matches!(status, 200 | 409), "{status}");
        if status == 200 {
            cosigned.push(history);
        }
    }
    assert_eq!(cosigned.len(), 1, "the old size fits once");
}

#[test]
fn a_folder_is_of_one_witness_and_of_one_process() {
    let log = Log::new(1);
    let (home, witness) = witness(&log);
    let open = |path: &Path| Witness::open(path, || TIME).map(|_| ()).unwrap_err();
    assert!(matches!(open(home.path()), WitnessFault::Held(_)));
    assert!(matches!(Witness::create(home.path(), "x"), Err(WitnessFault::Present(_))));
    witness.add_checkpoint(log.request(0).to_string().as_bytes()).unwrap();
    drop(witness);
    // A memory that somebody changed is no memory: nothing is cosigned from it.
    let path =
        home.path().join("derniers").join(monitoring_path(ORIGIN).strip_suffix("/checkpoint").unwrap());
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("\n1\n", "\n0\n", 1)).unwrap();
    assert!(matches!(open(home.path()), WitnessFault::Damaged(_)));
    std::fs::write(home.path().join("registres"), "log x\nquorum none\n").unwrap();
    assert!(matches!(open(home.path()), WitnessFault::Logs { line: 1, .. }));
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(open(empty.path()), WitnessFault::Absent(_)));
    assert!(matches!(Witness::create(empty.path(), "deux mots"), Err(WitnessFault::Name(_))));
    assert!(!empty.path().join("temoin.cle").exists());
}

#[tokio::test]
async fn the_page_says_who_it_is() {
    let log = Log::new(12);
    let (_home, witness) = witness(&log);
    let key = witness.key();
    let (status, page) = get(&witness, "/").await;
    assert_eq!(status, 200);
    for said in [key.as_str(), ORIGIN, &log.signer.verifier_key().to_string(), "aucune encore"] {
        assert!(page.contains(said), "{said}\n{page}");
    }
    send(&witness, log.request(0).to_string()).await;
    let (_, page) = get(&witness, "/").await;
    assert!(page.contains("12 entrées, le 2026-09-21"), "{page}");
    assert!(!page.contains("role=\"alert\"") && !page.contains("<script") && !page.contains(" style="));
}

/// Go's reference implementation verifies what this witness has cosigned.
#[tokio::test]
async fn go_verifies_a_cosigned_checkpoint() {
    let scratch = tempfile::tempdir().unwrap();
    let Some(program) = oracle::compile(scratch.path()) else { return oracle::say_skipped() };
    let log = Log::new(700);
    let (_home, witness) = witness(&log);
    send(&witness, log.request(0).to_string()).await;
    let (_, note) = get(&witness, &format!("/{}", monitoring_path(ORIGIN))).await;
    let ask = |question: String| {
        let mut go = Command::new(&program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        writeln!(go.stdin.take().unwrap(), "{question}").unwrap();
        String::from_utf8(go.wait_with_output().unwrap().stdout).unwrap().trim().to_owned()
    };
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(ask(format!("cosigned {} {}", witness.key(), hex(&note))), TIME.to_string());
    let log_key = log.signer.verifier_key();
    assert_eq!(ask(format!("open {log_key} {}", hex(&note))), hex(log.request(0).note.text()));
    let altered = note.replacen("\n700\n", "\n701\n", 1);
    assert_eq!(ask(format!("cosigned {} {}", witness.key(), hex(&altered))), "no");
}
