//! Checkpoints: C2SP tlog-checkpoint v1.0.0 (c2sp.org/tlog-checkpoint), what a log signs about itself.

use thiserror::Error;

use crate::lines::decimal;
use crate::merkle::{Hash, HashError, empty_root};
use crate::note::{Note, NoteError, Signer, VerifierKey, check_text};

/// The size and root of a log's tree at some moment.
///
/// **Shape** in text: a line for the origin, one for the size, one for the root, then the extensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log, one line; best an address without `https://`.
    pub origin: String,
    /// The number of leaves.
    pub size: u64,
    /// The root of the tree of these leaves.
    pub root: Hash,
    /// Lines without defined sense, best none.
    pub extensions: Vec<String>,
}

/// Why a text is not a checkpoint, or a checkpoint is not the log's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// The note is malformed, or not signed by the key.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// There are fewer than three lines.
    #[error("a checkpoint has at least three lines: origin, size, root")]
    Lines,
    /// A line is empty.
    #[error("line {line} of the checkpoint is empty")]
    EmptyLine {
        /// Which line, from 1.
        line: usize,
    },
    /// The size is not a plain decimal number, or is 2^64 or more.
    #[error("the size on line 2 is a decimal number below 2^64, without sign or leading zero")]
    Size,
    /// The root is not the base64 of 32 bytes.
    #[error("the root on line 3: {0}")]
    Root(#[from] HashError),
    /// The size is 0 and the root not that of the empty tree.
    #[error("a checkpoint of size 0 has the root of the empty tree and no other")]
    EmptyTreeRoot,
    /// The values do not make a checkpoint that would be read back as them.
    #[error("a line of the checkpoint holds a newline, or none was meant to be there")]
    NotOneLine,
    /// The checkpoint is of another log.
    #[error("the checkpoint is of the log {found:?}, not of {expected:?}")]
    Origin {
        /// Origin that was expected.
        expected: String,
        /// Origin in the checkpoint.
        found: String,
    },
}

impl Checkpoint {
    /// The text to be signed.
    ///
    /// It is read back as this checkpoint if every line is indeed a line; [`sign_checkpoint`] makes sure.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self { origin, size, root, extensions } = self;
        let mut text = format!("{origin}\n{size}\n{}\n", root.base64());
        for extension in extensions {
            text.push_str(extension);
            text.push('\n');
        }
        text
    }

    /// The checkpoint written in a note's text.
    ///
    /// What is read prints back byte for byte.
    ///
    /// **Errors** [`CheckpointError::Note`] if the text could not stand in a note,
    /// [`CheckpointError::Lines`], [`CheckpointError::EmptyLine`], [`CheckpointError::Size`],
    /// [`CheckpointError::Root`], [`CheckpointError::EmptyTreeRoot`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let checkpoint = Self::parse_lines(text)?;
        if checkpoint.is_of_no_leaf_but_some_root() {
            return Err(CheckpointError::EmptyTreeRoot);
        }
        Ok(checkpoint)
    }

    /// The size is 0 and the root not that of the empty tree.
    pub(crate) fn is_of_no_leaf_but_some_root(&self) -> bool {
        self.size == 0 && self.root != empty_root()
    }

    /// As [`Checkpoint::parse`], but a size of 0 with any root: a witness answers that in its own way.
    pub(crate) fn parse_lines(text: &str) -> Result<Self, CheckpointError> {
        check_text(text)?;
        // tlog-checkpoint, "Note text": "The note text is a sequence of at least three non-empty lines,
        // separated by newlines"; "Extension lines, if any, MUST be non-empty."
        let lines: Vec<&str> = text.lines().collect();
        if let Some(empty) = lines.iter().position(|line| line.is_empty()) {
            return Err(CheckpointError::EmptyLine { line: empty + 1 });
        }
        // "The first line is the origin"; "The origin MUST be non-empty".
        let [origin, size, root, extensions @ ..] = lines.as_slice() else {
            return Err(CheckpointError::Lines);
        };
        // "the ASCII decimal representation of the number of leaves in the tree, with no leading zeroes (unless
        // the tree is empty, in which case the tree size is 0)".
        let size = decimal(size).ok_or(CheckpointError::Size)?;
        // "The third line is the root hash, the base64 encoding of the root of the RFC 6962 Merkle hash tree
        // at the specified tree size."
        let root = Hash::from_base64(root)?;
        let extensions = extensions.iter().copied().map(str::to_owned).collect();
        Ok(Self { origin: (*origin).to_owned(), size, root, extensions })
    }
}

/// The checkpoint as a note signed by the log's key.
///
/// A log must never sign two checkpoints of which one does not continue the other: that is for the caller to
/// keep, who alone knows what was signed before.
///
/// **Errors** [`CheckpointError::Origin`] if the signer's name is not the origin; those of
/// [`Checkpoint::parse`] and [`CheckpointError::NotOneLine`] if the values do not make a checkpoint.
pub fn sign_checkpoint(checkpoint: &Checkpoint, signer: &Signer) -> Result<String, CheckpointError> {
    // tlog-checkpoint, "Signatures": "The log's key name in its signature line SHOULD match the origin line."
    check_origin(checkpoint, signer.name())?;
    let text = checkpoint.to_text();
    if Checkpoint::parse(&text)? != *checkpoint {
        return Err(CheckpointError::NotOneLine);
    }
    Ok(signer.sign(&text)?)
}

/// The checkpoint in this note, signed by the log whose key this is and whose origin is the key's name.
///
/// **Errors** those of [`open_checkpoint_of`].
pub fn open_checkpoint(note: &[u8], key: &VerifierKey) -> Result<Checkpoint, CheckpointError> {
    open_checkpoint_of(key.name(), note, key)
}

/// The checkpoint in this note, signed by this key for the log of this origin.
///
/// For the few logs whose origin is not the name of their key.
///
/// **Errors** [`CheckpointError::Note`] if the note is malformed or not signed by the key,
/// [`CheckpointError::Origin`] if it is of another log, those of [`Checkpoint::parse`] if its text is not a
/// checkpoint.
pub fn open_checkpoint_of(
    origin: &str,
    note: &[u8],
    key: &VerifierKey,
) -> Result<Checkpoint, CheckpointError> {
    checkpoint_of(origin, &Note::parse(note)?, key)
}

/// As [`open_checkpoint_of`], of a note that is parsed already.
///
/// **Errors** those of [`open_checkpoint_of`].
pub fn checkpoint_of(origin: &str, note: &Note, key: &VerifierKey) -> Result<Checkpoint, CheckpointError> {
    // signed-note: "The text MUST be ignored unless the note is signed by a trusted key and the signature has
    // been verified." So nothing is read in it before.
    let checkpoint = Checkpoint::parse(note.verified_by(key)?)?;
    // One key may sign for several logs: without this, one of them could pass for another.
    check_origin(&checkpoint, origin)?;
    Ok(checkpoint)
}

fn check_origin(checkpoint: &Checkpoint, expected: &str) -> Result<(), CheckpointError> {
    if checkpoint.origin == expected {
        return Ok(());
    }
    Err(CheckpointError::Origin { expected: expected.to_owned(), found: checkpoint.origin.clone() })
}
