//! Proof files: C2SP tlog-proof (c2sp.org/tlog-proof, `tlog-proof@v1`, untagged), one entry's inclusion that
//! can be checked without a network.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use crate::checkpoint::{Checkpoint, CheckpointError, checkpoint_of};
use crate::lines::{HashLines, decimal, hashes};
use crate::merkle::{Hash, HashError};
use crate::note::{MAX_NOTE_BYTES, Note, NoteError, VerifierKey};
use crate::policy::{Accepted, NotAccepted, Policy};
use crate::proof::{ProofError, verify_inclusion};

/// How the names of proof files end.
///
/// **Source** tlog-proof: "Proofs SHOULD be stored with file extension `.tlog-proof`."
pub const PROOF_FILE_EXTENSION: &str = "tlog-proof";

/// The largest proof file that is read.
///
/// **Units** bytes. The specification sets no bound; this is the largest note and as much again for the rest.
pub const MAX_PROOF_FILE_BYTES: usize = 2 * MAX_NOTE_BYTES;

/// The most hashes in an inclusion proof.
///
/// **Units** hashes: a tree of fewer than 2^64 leaves is no higher.
pub const MAX_INCLUSION_HASHES: usize = 64;

// tlog-proof, "Format": "The first line MUST be the string c2sp.org/tlog-proof@v1."
const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1\n";

/// Where an entry stands, the hashes that lead from it to a root, and the checkpoint of that root.
///
/// Nothing in it is to be believed before [`ProofFile::verify`] or [`ProofFile::verify_with`] says so, and
/// `extra` not even then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    /// Whatever the application put in; empty if nothing. Nobody signs it.
    pub extra: Vec<u8>,
    /// Index of the entry, from 0.
    pub index: u64,
    /// From the leaf's side to the root's.
    pub hashes: Vec<Hash>,
    /// The checkpoint with all its signatures, as the log and the witnesses gave it.
    pub checkpoint: Note,
}

/// Why some bytes are not a proof file, or one shows nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProofFileError {
    /// The file is larger than [`MAX_PROOF_FILE_BYTES`].
    #[error("a proof file is at most {MAX_PROOF_FILE_BYTES} bytes, not {0}")]
    TooLarge(usize),
    /// The part before the checkpoint is not UTF-8.
    #[error("a proof file is UTF-8; byte {at} is not")]
    NotUtf8 {
        /// Offset of the first byte at fault.
        at: usize,
    },
    /// The file is of another kind, or of another version.
    #[error("line 1 of a proof file is c2sp.org/tlog-proof@v1")]
    FirstLine,
    /// The line of extra data is not canonical base64 of at least a byte.
    #[error("line 2 says `extra` and then is not standard base64 with its padding, of a byte or more")]
    Extra,
    /// The line of the index is not there, or not a plain decimal number.
    #[error("line {line} is `index` and a decimal number below 2^64, without sign or leading zero")]
    Index {
        /// Which line, from 1.
        line: usize,
    },
    /// A line of the proof is not a hash.
    #[error("line {line}: {reason}")]
    Hash {
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: HashError,
    },
    /// There are more hashes than [`MAX_INCLUSION_HASHES`].
    #[error("an inclusion proof has at most {MAX_INCLUSION_HASHES} hashes")]
    TooManyHashes,
    /// No empty line stands before the checkpoint.
    #[error("a proof file has an empty line between the hashes and the checkpoint")]
    NoEmptyLine,
    /// The checkpoint is not a note.
    #[error("the checkpoint in the file: {0}")]
    Note(#[from] NoteError),
    /// The checkpoint is not the log's.
    #[error("the checkpoint in the file: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The policy does not accept the checkpoint.
    #[error("the checkpoint in the file: {0}")]
    NotAccepted(#[from] NotAccepted),
    /// The hashes do not lead from the entry to the root.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl ProofFile {
    /// The proof written in these bytes, unverified.
    ///
    /// **Errors** [`ProofFileError::TooLarge`], [`ProofFileError::NotUtf8`], [`ProofFileError::FirstLine`],
    /// [`ProofFileError::Extra`], [`ProofFileError::Index`], [`ProofFileError::Hash`],
    /// [`ProofFileError::TooManyHashes`], [`ProofFileError::NoEmptyLine`], [`ProofFileError::Note`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofFileError> {
        if bytes.len() > MAX_PROOF_FILE_BYTES {
            return Err(ProofFileError::TooLarge(bytes.len()));
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|fault| ProofFileError::NotUtf8 { at: fault.valid_up_to() })?;
        let mut rest = text.strip_prefix(FIRST_LINE).ok_or(ProofFileError::FirstLine)?;
        let mut line = 2;
        let mut extra = Vec::new();
        // tlog-proof, "Format": "The second line MAY start with the string extra followed by a space (U+0020)
        // and base64-encoded opaque extra data. If no extra data is present, this line is omitted."
        if let Some(encoded) = rest.strip_prefix("extra ") {
            let (encoded, after) = encoded.split_once('\n').ok_or(ProofFileError::Extra)?;
            extra = STANDARD.decode(encoded).map_err(|_| ProofFileError::Extra)?;
            if extra.is_empty() {
                return Err(ProofFileError::Extra);
            }
            (rest, line) = (after, line + 1);
        }
        // "The next line MUST start with the string index followed by a space (U+0020) and the zero-based index
        // of the entry in the log, represented as an ASCII decimal with no leading zeroes (unless the index is
        // 0)."
        let index = rest.strip_prefix("index ").and_then(|rest| rest.split_once('\n'));
        let index = index.and_then(|(index, rest)| Some((decimal(index)?, rest)));
        let (index, rest) = index.ok_or(ProofFileError::Index { line })?;
        // "The next zero or more non-empty lines are the base64-encoded Merkle inclusion proof ..., one SHA-256
        // hash per line, starting from the leaf's sibling hash up to the root's child hash."
        let (hashes, rest) = hashes(rest, MAX_INCLUSION_HASHES).map_err(|fault| match fault {
            HashLines::NoEmptyLine => ProofFileError::NoEmptyLine,
            HashLines::TooMany => ProofFileError::TooManyHashes,
            HashLines::Hash(after, reason) => ProofFileError::Hash { line: line + 1 + after, reason },
        })?;
        // "After the inclusion proof lines and an empty line, the checkpoint issued by the log is included
        // verbatim".
        Ok(Self { extra, index, hashes, checkpoint: Note::parse(rest.as_bytes())? })
    }

    /// The checkpoint of the log whose key this is; the entry whose leaf hash is `leaf` is in its tree, at
    /// the index that the file says.
    ///
    /// **Errors** [`ProofFileError::Checkpoint`] if the checkpoint is not signed by the key or not of the log
    /// of its name, [`ProofFileError::Proof`] if the hashes do not lead to its root.
    pub fn verify(&self, leaf: &Hash, key: &VerifierKey) -> Result<Checkpoint, ProofFileError> {
        let checkpoint = checkpoint_of(key.name(), &self.checkpoint, key)?;
        self.verify_in(leaf, &checkpoint)?;
        Ok(checkpoint)
    }

    /// What the policy accepts in the checkpoint; the entry whose leaf hash is `leaf` is in its tree, at the
    /// index that the file says.
    ///
    /// **Errors** [`ProofFileError::NotAccepted`] if the policy does not accept the checkpoint,
    /// [`ProofFileError::Proof`] if the hashes do not lead to its root.
    pub fn verify_with<'a>(&self, leaf: &Hash, policy: &'a Policy) -> Result<Accepted<'a>, ProofFileError> {
        let accepted = policy.check(&self.checkpoint)?;
        self.verify_in(leaf, &accepted.checkpoint)?;
        Ok(accepted)
    }

    fn verify_in(&self, leaf: &Hash, checkpoint: &Checkpoint) -> Result<(), ProofError> {
        verify_inclusion(leaf, self.index, checkpoint.size, &self.hashes, &checkpoint.root)
    }
}

/// Prints the proof as its file, byte for byte as it was read.
impl fmt::Display for ProofFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FIRST_LINE)?;
        if !self.extra.is_empty() {
            writeln!(f, "extra {}", STANDARD.encode(&self.extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{}", hash.base64()))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
