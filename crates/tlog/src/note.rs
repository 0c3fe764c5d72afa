//! Signed notes: C2SP signed-note v1.0.0 (c2sp.org/signed-note), with Ed25519 signatures alone.
//!
//! A note is a text that people can read, an empty line, and a line for each signature.

mod key;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use key::check_name_characters;
pub(crate) use key::{ID_BYTES, KEY_BYTES, KeyType, NamedKey};
pub use key::{KeyError, MAX_KEY_NAME_BYTES, Signer, VerifierKey};

/// The largest note that is read or signed.
///
/// **Units** bytes, the whole note with its signatures.
pub const MAX_NOTE_BYTES: usize = 1_000_000;

/// The most signatures read in a note.
///
/// **Source** signed-note, "Format": "Verifiers SHOULD apply a maximum limit to the number of signatures in a
/// note (or, equivalently, to the overall size of a note), but MUST accept at least up to 16 signatures."
pub const MAX_SIGNATURES: usize = 100;

// signed-note, "Format": "em dash (U+2014), space (U+0020), key name, space, base64-encoded signature,
// newline".
const SIGNATURE_START: &str = "\u{2014} ";

/// Why some bytes are not a note, or a note is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoteError {
    /// The note is larger than [`MAX_NOTE_BYTES`].
    #[error("a note is at most {MAX_NOTE_BYTES} bytes, not {0}")]
    TooLarge(usize),
    /// The note is not UTF-8.
    #[error("a note is UTF-8; byte {at} is not")]
    NotUtf8 {
        /// Offset of the first byte at fault.
        at: usize,
    },
    /// The note holds a control character other than newline.
    #[error("a note holds no control character but newline; byte {at} is {byte:#04x}")]
    Control {
        /// The control character.
        byte: u8,
        /// Its offset.
        at: usize,
    },
    /// The text or the note does not end in a newline.
    #[error("a note, and the text in it, end in a newline")]
    NoFinalNewline,
    /// There is no empty line, so no signatures.
    #[error("a note has an empty line between its text and its signatures")]
    NoEmptyLine,
    /// There are more signatures than [`MAX_SIGNATURES`].
    #[error("a note has at most {MAX_SIGNATURES} signatures")]
    TooManySignatures,
    /// A line after the empty one is not a signature.
    #[error(
        "signature line {line} is not: em dash, space, name of the key, space, base64 of id and signature"
    )]
    SignatureLine {
        /// Which of the signature lines, from 1.
        line: usize,
    },
    /// The key has not signed the note.
    #[error("the note is not signed by {key}")]
    NotSigned {
        /// The verifier key, in text.
        key: String,
    },
    /// A signature that claims to be of the key is not.
    #[error("a signature in the name of {key} is false: the text or the signature was altered")]
    FalseSignature {
        /// The verifier key, in text.
        key: String,
    },
}
/// A signature line of a note, verified or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    name: String,
    id: [u8; ID_BYTES],
    bytes: Vec<u8>,
}

impl Signature {
    /// The name of the key that is said to have signed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the key that is said to have signed.
    #[must_use]
    pub fn id(&self) -> [u8; ID_BYTES] {
        self.id
    }

    /// What follows the id: what it means depends on the type of the key.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The line of this key with these bytes after the id.
    pub(crate) fn of(key: &NamedKey, bytes: Vec<u8>) -> Self {
        Self { name: key.name().to_owned(), id: key.id(), bytes }
    }

    /// The signatures written in these lines, each with its newline; none for an empty text.
    ///
    /// **Errors** [`NoteError::SignatureLine`] with the number of the line at fault,
    /// [`NoteError::TooManySignatures`] over [`MAX_SIGNATURES`].
    pub fn parse_lines(lines: &str) -> Result<Vec<Self>, NoteError> {
        let mut signatures = Vec::new();
        for (index, line) in lines.split_inclusive('\n').enumerate() {
            if index == MAX_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            let signature = line.strip_suffix('\n').and_then(Self::parse);
            signatures.push(signature.ok_or(NoteError::SignatureLine { line: index + 1 })?);
        }
        Ok(signatures)
    }

    fn parse(line: &str) -> Option<Self> {
        let (name, encoded) = line.strip_prefix(SIGNATURE_START)?.split_once(' ')?;
        check_name_characters(name).ok()?;
        let decoded = STANDARD.decode(encoded).ok()?;
        // signed-note, "Format": "Signatures are the base64 encoding of 4+n bytes. The first four bytes in
        // the signature are the uint32 key ID stored in big-endian order."
        let (id, bytes) = decoded.split_first_chunk::<ID_BYTES>()?;
        if bytes.is_empty() {
            return None;
        }
        Some(Self { name: name.to_owned(), id: *id, bytes: bytes.to_vec() })
    }
}

/// Prints the line of the signature, byte for byte as it was read, without its newline.
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoded = STANDARD.encode([self.id.as_slice(), &self.bytes].concat());
        write!(f, "{SIGNATURE_START}{} {encoded}", self.name)
    }
}

/// A text and the signature lines under it; nothing in it is to be believed before
/// [`Note::verified_by`] says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

impl Note {
    /// The note written in these bytes, unverified.
    ///
    /// **Errors** [`NoteError::TooLarge`], [`NoteError::NotUtf8`], [`NoteError::Control`],
    /// [`NoteError::NoFinalNewline`], [`NoteError::NoEmptyLine`], [`NoteError::TooManySignatures`],
    /// [`NoteError::SignatureLine`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLarge(bytes.len()));
        }
        let note =
            std::str::from_utf8(bytes).map_err(|fault| NoteError::NotUtf8 { at: fault.valid_up_to() })?;
        check_text(note)?;
        // signed-note, "Format": "The note text MAY contain empty lines; the text is separated from the
        // signatures by the last empty line in the note."
        let empty_line = note.rfind("\n\n").ok_or(NoteError::NoEmptyLine)? + 1;
        let (text, rest) = note.split_at(empty_line);
        let signatures = Signature::parse_lines(&rest[1..])?;
        // "followed by one or more signature lines"
        if signatures.is_empty() {
            return Err(NoteError::SignatureLine { line: 1 });
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The text as it stands, unverified, with its final newline.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines in their order, unverified.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The note with this signature line at its end; one of the same key that stood in it is gone.
    ///
    /// **Errors** [`NoteError::TooManySignatures`], [`NoteError::TooLarge`]: the note would not be read back.
    pub fn with(mut self, signature: Signature) -> Result<Self, NoteError> {
        self.signatures.retain(|line| line.name != signature.name || line.id != signature.id);
        if self.signatures.len() == MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        self.signatures.push(signature);
        let length = self.to_string().len();
        if length > MAX_NOTE_BYTES {
            return Err(NoteError::TooLarge(length));
        }
        Ok(self)
    }

    /// The note with those lines alone that claim to be of one of these keys.
    pub(crate) fn keeping(mut self, keys: &[&NamedKey]) -> Self {
        self.signatures.retain(|line| keys.iter().any(|key| key.claimed_by(line)));
        self
    }

    /// The lines that claim to be of this key.
    pub(crate) fn lines_of<'a>(&'a self, key: &'a NamedKey) -> impl Iterator<Item = &'a Signature> {
        self.signatures.iter().filter(|line| key.claimed_by(line))
    }

    /// The text, which this key has signed.
    ///
    /// Signatures of other keys change nothing. Every signature of this key must hold, if there are several.
    ///
    /// **Errors** [`NoteError::NotSigned`] if no signature bears this key's name and id,
    /// [`NoteError::FalseSignature`] if one does and does not hold.
    pub fn verified_by(&self, key: &VerifierKey) -> Result<&str, NoteError> {
        let key = key.named();
        let mut signed = false;
        // signed-note, "Signatures": "Verifiers MUST ignore signatures from unknown keys, even if they share
        // a name or ID (but not both) with a known key. If the key name and ID match a known key, verifiers
        // MUST verify the signature."
        for line in self.lines_of(key) {
            // "If a signature from a known key fails to verify, clients SHOULD reject the whole note."
            if !key.holds(self.text.as_bytes(), &line.bytes) {
                return Err(NoteError::FalseSignature { key: key.to_string() });
            }
            signed = true;
        }
        // "If no signature from a known key verifies successfully, clients MUST reject the note."
        if signed { Ok(&self.text) } else { Err(NoteError::NotSigned { key: key.to_string() }) }
    }
}

/// Prints the note byte for byte as it was read.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

/// The text can stand in a note: bounded, no control character but newline, a newline at the end.
pub(crate) fn check_text(text: &str) -> Result<(), NoteError> {
    if text.len() > MAX_NOTE_BYTES {
        return Err(NoteError::TooLarge(text.len()));
    }
    // signed-note, "Format": "Signed notes MUST be valid UTF-8 and MUST NOT contain any ASCII control
    // characters (those below U+0020) other than newline."
    if let Some(at) = text.bytes().position(|byte| byte < b' ' && byte != b'\n') {
        return Err(NoteError::Control { byte: text.as_bytes()[at], at });
    }
    // "A signed note consists of a text ending in newline (U+000A)"
    if text.ends_with('\n') { Ok(()) } else { Err(NoteError::NoFinalNewline) }
}
