//! Witness protocol: C2SP tlog-witness v1.0.0 (c2sp.org/tlog-witness) with the statuses as its editors' copy
//! has them since July 2026 (github C2SP/C2SP pull request 280): what a log asks a witness, and what the
//! witness must answer.
//!
//! A witness keeps, for each log, the size and root of the latest checkpoint it has cosigned, no more. Between
//! reading them, [`decide`], and having written the new ones durably, nothing else may touch them; and only
//! then it answers: "checking the old size against the latest checkpoint and persisting the new checkpoint
//! must be performed atomically".

use std::fmt;

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::cosignature::CosignerKey;
use crate::lines::{HashLines, decimal, hashes};
use crate::merkle::{Hash, HashError};
use crate::note::{MAX_NOTE_BYTES, NamedKey, Note, NoteError, Signature, VerifierKey};
use crate::proof::{ProofError, verify_consistency};

/// Where a witness is asked, after its submission prefix and a slash.
///
/// **Source** tlog-witness, "add-checkpoint": "POST <submission prefix>/add-checkpoint".
pub const ADD_CHECKPOINT: &str = "add-checkpoint";

/// The most hashes in a request.
///
/// **Source** tlog-witness, "add-checkpoint": "The client MUST NOT send more than 63 consistency proof lines."
pub const MAX_CONSISTENCY_LINES: usize = 63;

/// The largest request that is read.
///
/// **Units** bytes: the largest note, the line of the old size and 63 lines of hashes.
pub const MAX_ADD_CHECKPOINT_BYTES: usize = MAX_NOTE_BYTES + 25 + MAX_CONSISTENCY_LINES * 45 + 1;

/// The largest answer of a witness that is read.
///
/// **Units** bytes: more than a hundred cosignature lines of the longest names.
pub const MAX_REPLY_BYTES: usize = 65_536;

/// The kind of the text that says the size of the latest cosigned checkpoint.
///
/// **Source** tlog-witness, "add-checkpoint": "The response MUST have a Content-Type of text/x.tlog.size."
pub const SIZE_CONTENT_TYPE: &str = "text/x.tlog.size";

const TEXT_CONTENT_TYPE: &str = "text/plain; charset=utf-8";

/// What a log asks of a witness: to cosign this checkpoint, which continues the one of the old size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// Leaves in the latest checkpoint that the witness has cosigned, as the log believes.
    pub old: u64,
    /// A consistency proof from the old size to the checkpoint's.
    pub proof: Vec<Hash>,
    /// The checkpoint.
    pub note: Note,
}

/// Why some bytes are not a request.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddCheckpointError {
    /// The request is larger than [`MAX_ADD_CHECKPOINT_BYTES`].
    #[error("a request is at most {MAX_ADD_CHECKPOINT_BYTES} bytes, not {0}")]
    TooLarge(usize),
    /// The request is not UTF-8.
    #[error("a request is UTF-8; byte {at} is not")]
    NotUtf8 {
        /// Offset of the first byte at fault.
        at: usize,
    },
    /// The first line is not the old size.
    #[error("line 1 is `old` and a decimal number below 2^64, without sign or leading zero")]
    OldSize,
    /// A line of the proof is not a hash.
    #[error("line {line}: {reason}")]
    Hash {
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: HashError,
    },
    /// There are more hashes than [`MAX_CONSISTENCY_LINES`].
    #[error("a request has at most {MAX_CONSISTENCY_LINES} consistency proof lines")]
    TooManyHashes,
    /// No empty line stands before the checkpoint.
    #[error("a request has an empty line between the proof and the checkpoint")]
    NoEmptyLine,
    /// The checkpoint is not a note.
    #[error("the checkpoint: {0}")]
    Note(#[from] NoteError),
}

impl AddCheckpoint {
    /// The request in this body.
    ///
    /// **Errors** [`AddCheckpointError`], to be answered with 400.
    pub fn parse(body: &[u8]) -> Result<Self, AddCheckpointError> {
        if body.len() > MAX_ADD_CHECKPOINT_BYTES {
            return Err(AddCheckpointError::TooLarge(body.len()));
        }
        let text = std::str::from_utf8(body)
            .map_err(|fault| AddCheckpointError::NotUtf8 { at: fault.valid_up_to() })?;
        // tlog-witness, "add-checkpoint": "The old size line MUST consist of the string old, a single space
        // (0x20), and the tree size of the previous checkpoint encoded as an ASCII decimal with no leading
        // zeroes (unless the size is zero, in which case the encoding MUST be 0)."
        let old = text.strip_prefix("old ").and_then(|rest| rest.split_once('\n'));
        let old = old.and_then(|(old, rest)| Some((decimal(old)?, rest)));
        let (old, rest) = old.ok_or(AddCheckpointError::OldSize)?;
        // "Each consistency proof line MUST encode a single hash in base64."
        let (proof, rest) = hashes(rest, MAX_CONSISTENCY_LINES).map_err(|fault| match fault {
            HashLines::NoEmptyLine => AddCheckpointError::NoEmptyLine,
            HashLines::TooMany => AddCheckpointError::TooManyHashes,
            HashLines::Hash(after, reason) => AddCheckpointError::Hash { line: 2 + after, reason },
        })?;
        // "and an empty line, followed by a checkpoint."
        Ok(Self { old, proof, note: Note::parse(rest.as_bytes())? })
    }

    /// The origin that the checkpoint claims, unverified: by it the witness finds the log's keys and latest
    /// checkpoint.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.note.text().split('\n').next().unwrap_or_default()
    }
}

/// Prints the body of the request.
impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{}", hash.base64()))?;
        write!(f, "\n{}", self.note)
    }
}

/// A log that the witness cosigns for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownLog {
    /// The origin of its checkpoints, by which it is known.
    pub origin: String,
    /// The keys that may sign them, one of which is enough.
    pub keys: Vec<VerifierKey>,
}

impl KnownLog {
    /// The log whose origin is the name of its only key.
    #[must_use]
    pub fn of_key(key: VerifierKey) -> Self {
        Self { origin: key.name().to_owned(), keys: vec![key] }
    }
}

/// The latest checkpoint of a log that the witness has cosigned: all that it must keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    /// Leaves in the tree.
    pub size: u64,
    /// Root of the tree.
    pub root: Hash,
}

/// A checkpoint that the witness is to cosign, once it is kept as the latest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistent {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The same with the log's signatures that were verified, and no other line.
    pub note: Note,
}

impl Consistent {
    /// What is to be kept durably in place of the former [`Latest`], before anything is answered.
    #[must_use]
    pub fn latest(&self) -> Latest {
        Latest { size: self.checkpoint.size, root: self.checkpoint.root }
    }
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WitnessError {
    /// 400: the request cannot be read.
    #[error("malformed request: {0}")]
    Request(#[from] AddCheckpointError),
    /// 400: the log has signed something that is not a checkpoint.
    #[error("malformed checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// 400: the old size is above the checkpoint's.
    #[error("the old size {old} is above the checkpoint's, {size}")]
    OldAboveSize {
        /// Old size in the request.
        old: u64,
        /// Size of the checkpoint.
        size: u64,
    },
    /// 403: no key of the log has signed, or a signature in the name of one is false.
    #[error("{0}")]
    NotSigned(NoteError),
    /// 404: the log is not one of those the witness cosigns for.
    #[error("unknown log {0:?}")]
    UnknownOrigin(String),
    /// 409: the old size is not that of the latest checkpoint that the witness has cosigned.
    #[error("the latest cosigned checkpoint has {latest} leaves")]
    Conflict {
        /// Size of that checkpoint, 0 if there is none.
        latest: u64,
    },
    /// 422: the checkpoint does not continue the latest one. It is signed by the log, so it may be proof that
    /// the log tells two stories: worth keeping.
    #[error("inconsistent checkpoint: {0}")]
    Inconsistent(#[from] ProofError),
}

impl WitnessError {
    /// The HTTP status that the contract asks for.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Request(_) | Self::Checkpoint(_) | Self::OldAboveSize { .. } => 400,
            Self::NotSigned(_) => 403,
            Self::UnknownOrigin(_) => 404,
            Self::Conflict { .. } => 409,
            Self::Inconsistent(_) => 422,
        }
    }
}

/// Whether a witness whose latest cosigned checkpoint of that log is `latest` must cosign what is asked.
///
/// `latest` is what is kept for [`AddCheckpoint::origin`], if anything. See the head of this module for what
/// is to be done before answering.
///
/// **Errors** [`WitnessError`], which knows its status.
pub fn decide(
    request: &AddCheckpoint,
    logs: &[KnownLog],
    latest: Option<Latest>,
) -> Result<Consistent, WitnessError> {
    // tlog-witness, "add-checkpoint": "If the checkpoint origin is unknown, the witness MUST respond with a
    // "404 Not Found" HTTP status code."
    let origin = request.origin();
    let unknown = || WitnessError::UnknownOrigin(origin.to_owned());
    let log = logs.iter().find(|log| log.origin == origin).ok_or_else(unknown)?;
    let note = signed_by(log, &request.note)?;
    let checkpoint = Checkpoint::parse_lines(note.text())?;
    let (old, size) = (request.old, checkpoint.size);
    // "The old size MUST be equal to or lower than the checkpoint size. Otherwise, the witness MUST respond
    // with a "400 Bad Request" HTTP status code."
    if old > size {
        return Err(WitnessError::OldAboveSize { old, size });
    }
    // "The witness MUST check that the old size matches the size of the latest checkpoint it cosigned for the
    // checkpoint's origin (or zero if it never cosigned a checkpoint for that origin). If it doesn't match, the
    // witness MUST respond with a "409 Conflict" HTTP status code."
    let latest_size = latest.map_or(0, |latest| latest.size);
    if old != latest_size {
        return Err(WitnessError::Conflict { latest: latest_size });
    }
    consistent(request, &checkpoint, latest)?;
    Ok(Consistent { checkpoint, note })
}

/// The note with the signatures of the log alone, at least one, all verified.
fn signed_by(log: &KnownLog, note: &Note) -> Result<Note, WitnessError> {
    let keys: Vec<&NamedKey> = log.keys.iter().map(VerifierKey::named).collect();
    let mut outcome = Err(NoteError::NotSigned { key: log.origin.clone() });
    // "The witness MUST verify the checkpoint signature against the public key(s) it trusts for the checkpoint
    // origin, and it MUST ignore signatures from unknown keys." "If none of the signatures verify against a
    // trusted public key, the witness MUST respond with a "403 Forbidden" HTTP status code."
    for key in &log.keys {
        match note.verified_by(key) {
            Ok(_) => outcome = Ok(()),
            Err(NoteError::NotSigned { .. }) => {}
            // signed-note: "If a signature from a known key fails to verify, clients SHOULD reject the whole
            // note."
            Err(fault) => return Err(WitnessError::NotSigned(fault)),
        }
    }
    outcome.map_err(WitnessError::NotSigned)?;
    Ok(note.clone().keeping(&keys))
}

/// The checkpoint continues the latest one, whose size is the old size of the request.
fn consistent(
    request: &AddCheckpoint,
    checkpoint: &Checkpoint,
    latest: Option<Latest>,
) -> Result<(), ProofError> {
    // Pull request 280: "A checkpoint of size zero MUST have the root hash of the empty tree ... Otherwise, the
    // witness MUST respond with a "422 Unprocessable Entity" HTTP status code."
    if checkpoint.is_of_no_leaf_but_some_root() {
        return Err(ProofError::EmptyTreeRoot);
    }
    let Some(latest) = latest.filter(|latest| latest.size > 0) else {
        // "The proof MUST be empty if the old size is zero."
        let found = request.proof.len();
        return if found > 0 { Err(ProofError::TooLong { found }) } else { Ok(()) };
    };
    // "If the Merkle Consistency Proof doesn't verify, the witness MUST respond with a "422 Unprocessable
    // Entity" HTTP status code." Pull request 280 has the same for equal sizes with different roots, where
    // v1.0.0 had 409.
    verify_consistency(latest.size, checkpoint.size, &latest.root, &checkpoint.root, &request.proof)
}

/// An HTTP answer of a witness, to be sent as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type` of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

impl Reply {
    /// The answer 200 with these cosignatures.
    #[must_use]
    pub fn cosigned(signatures: &[Signature]) -> Self {
        // "The response body MUST be a sequence of one or more note signature lines, each starting with the —
        // character (U+2014) and ending with a newline character (U+000A)."
        let body = signatures.iter().map(|signature| format!("{signature}\n")).collect();
        Self { status: 200, content_type: TEXT_CONTENT_TYPE, body }
    }
}

impl From<&WitnessError> for Reply {
    fn from(error: &WitnessError) -> Self {
        let status = error.status();
        match error {
            // "The response body MUST consist of the tree size of the latest cosigned checkpoint in decimal,
            // followed by a newline (U+000A)."
            WitnessError::Conflict { latest } => {
                Self { status, content_type: SIZE_CONTENT_TYPE, body: format!("{latest}\n") }
            }
            _ => Self { status, content_type: TEXT_CONTENT_TYPE, body: format!("{error}\n") },
        }
    }
}

/// What a witness has answered, as its client reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// 200: signature lines, unverified; see [`cosigned_by`].
    Cosigned(Vec<Signature>),
    /// 409: the witness has last cosigned a checkpoint of this size; the request may be made anew from there.
    ///
    /// A size above the log's own is a fault of the witness, or of the log.
    Latest(u64),
    /// Anything else, with the beginning of what was said.
    Refused {
        /// HTTP status.
        status: u16,
        /// Up to 200 characters of the body.
        reason: String,
    },
}

/// Why an answer cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AnswerError {
    /// The answer is larger than [`MAX_REPLY_BYTES`].
    #[error("the answer of a witness is at most {MAX_REPLY_BYTES} bytes, not {0}")]
    TooLarge(usize),
    /// The status is 200 and the body not lines of signatures.
    #[error("the witness answered 200 with something else than signature lines: {0}")]
    Lines(NoteError),
    /// The status is 200 and the body not UTF-8, or empty.
    #[error("the witness answered 200 without signature lines")]
    NoLines,
    /// The status is 409 and the body not a size.
    #[error("the witness answered 409 without the size of its latest checkpoint")]
    Size,
}

impl Answer {
    /// What this HTTP answer means.
    ///
    /// **Errors** [`AnswerError`] if it is not one that the contract knows.
    pub fn read(status: u16, content_type: &str, body: &[u8]) -> Result<Self, AnswerError> {
        if body.len() > MAX_REPLY_BYTES {
            return Err(AnswerError::TooLarge(body.len()));
        }
        match status {
            200 => {
                let text = std::str::from_utf8(body).map_err(|_| AnswerError::NoLines)?;
                let signatures = Signature::parse_lines(text).map_err(AnswerError::Lines)?;
                if signatures.is_empty() { Err(AnswerError::NoLines) } else { Ok(Self::Cosigned(signatures)) }
            }
            // v1.0.0 has a 409 of another kind, for two roots of one size: it bears no size.
            409 if content_type == SIZE_CONTENT_TYPE => {
                let size = std::str::from_utf8(body).ok().and_then(|text| text.strip_suffix('\n'));
                size.and_then(decimal).map(Self::Latest).ok_or(AnswerError::Size)
            }
            _ => {
                let reason = String::from_utf8_lossy(body).trim().chars().take(200).collect();
                Ok(Self::Refused { status, reason })
            }
        }
    }
}

/// The note with the cosignature of this key that is among the lines, and when it was made.
///
/// **Units** seconds since 1970-01-01 00:00 UTC.
///
/// **Errors** [`NoteError::NotSigned`] if no line is of this key, [`NoteError::FalseSignature`] if one is and
/// does not hold; [`NoteError::TooManySignatures`], [`NoteError::TooLarge`] if the note is full.
///
/// **Source** tlog-witness, "add-checkpoint": "The client MUST ignore any cosignatures from unknown keys."
pub fn cosigned_by(note: Note, lines: &[Signature], key: &CosignerKey) -> Result<(Note, u64), NoteError> {
    let line = lines.iter().rfind(|line| key.claimed_by(line));
    let line = line.ok_or_else(|| NoteError::NotSigned { key: key.to_string() })?;
    let note = note.with(line.clone())?;
    let time = key.cosigned(&note)?;
    Ok((note, time))
}

/// Where a witness shows the latest checkpoint it has cosigned of a log, after its monitoring prefix and a
/// slash.
///
/// **Source** tlog-witness since July 2026 (pull request 277): the SHA-256 of the origin in hexadecimal, then
/// `/checkpoint`.
#[must_use]
pub fn monitoring_path(origin: &str) -> String {
    format!("{}/checkpoint", Hash::from_bytes(Sha256::digest(origin).into()).hex())
}
