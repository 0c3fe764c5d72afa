//! Signed notes: C2SP signed-note v1.0.0 (c2sp.org/signed-note), with Ed25519 signatures alone.
//!
//! A note is a text that people can read, an empty line, and a line for each signature.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::merkle::decode_hex;

/// The largest note that is read or signed.
///
/// **Units** bytes, the whole note with its signatures.
pub const MAX_NOTE_BYTES: usize = 1_000_000;

/// The most signatures read in a note.
///
/// **Source** signed-note, "Format": "Verifiers SHOULD apply a maximum limit to the number of signatures in a
/// note (or, equivalently, to the overall size of a note), but MUST accept at least up to 16 signatures."
pub const MAX_SIGNATURES: usize = 100;

/// The longest name of a key that this crate verifies or signs with.
///
/// **Units** bytes of UTF-8. signed-note sets no bound; 255 is what the ML-DSA cosignature of C2SP
/// tlog-cosignature can name. Names of unknown keys in a note are bounded by the note alone.
pub const MAX_KEY_NAME_BYTES: usize = 255;

// signed-note, "Signature types": "0x01 — Ed25519 signatures as specified by this document."
const ED25519: u8 = 0x01;
const KEY_BYTES: usize = 32;
const ID_BYTES: usize = 4;
// signed-note, "Format": "em dash (U+2014), space (U+0020), key name, space, base64-encoded signature,
// newline".
const SIGNATURE_START: &str = "\u{2014} ";
const PRIVATE_START: &str = "PRIVATE+KEY+";

/// Why some text is not a key, or a name not the name of a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// The name has no character.
    #[error("the name of a key cannot be empty")]
    NameEmpty,
    /// The name holds a space, a plus sign or a control character.
    #[error("the name of a key cannot hold {0:?}: no space, no '+', no control character")]
    NameCharacter(char),
    /// The name is longer than [`MAX_KEY_NAME_BYTES`].
    #[error("the name of a key is at most {MAX_KEY_NAME_BYTES} bytes, not {0}")]
    NameTooLong(usize),
    /// A verifier key does not have its three parts.
    #[error("a verifier key is written name+id+key")]
    VerifierParts,
    /// A signing key does not have its parts.
    #[error("a signing key is written PRIVATE+KEY+name+id+key")]
    SignerParts,
    /// The id is not eight hexadecimal digits.
    #[error("the id of a key is eight hexadecimal digits")]
    Id,
    /// The id written is not the id of this name and key.
    #[error("the id written, {written}, is not that of this name and key, {computed}: one was altered")]
    IdMismatch {
        /// Id in the text.
        written: String,
        /// Id of the name and key in the text.
        computed: String,
    },
    /// The last part is not canonical standard base64.
    #[error("the last part of a key is standard base64 with its padding")]
    Base64,
    /// The key is of a type other than Ed25519.
    #[error("the key is of type {0:#04x}; this reads Ed25519 keys alone, type 0x01")]
    Type(u8),
    /// The key has not the bytes of an Ed25519 key.
    #[error("an Ed25519 key is one byte of type and {KEY_BYTES} of key, not {0} in all")]
    Length(usize),
    /// The bytes are no point of the curve, or one of the few under which anyone can sign.
    #[error("the bytes are not a sound Ed25519 public key")]
    Point,
}

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

/// An Ed25519 public key with the name it goes by: enough to verify its signatures on notes.
///
/// **Shape** in text, `name+id+key`: the id is eight hexadecimal digits, the key is base64 of the byte 0x01
/// and the 32 bytes of RFC 8032.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; ID_BYTES],
    key: VerifyingKey,
}

impl VerifierKey {
    /// The key of this name made of these 32 bytes.
    ///
    /// **Errors** [`KeyError::NameEmpty`], [`KeyError::NameCharacter`], [`KeyError::NameTooLong`];
    /// [`KeyError::Point`] if the bytes are no point, or one of small order.
    pub fn new(name: &str, key: &[u8; KEY_BYTES]) -> Result<Self, KeyError> {
        check_key_name(name)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| KeyError::Point)?;
        // Under a key of small order one signature fits many texts.
        if key.is_weak() {
            return Err(KeyError::Point);
        }
        Ok(Self { name: name.to_owned(), id: key_id(name, &key), key })
    }

    /// The key that this text writes, if its id is right.
    ///
    /// **Errors** those of [`VerifierKey::new`], and [`KeyError::VerifierParts`], [`KeyError::Id`],
    /// [`KeyError::Base64`], [`KeyError::Length`], [`KeyError::Type`], [`KeyError::IdMismatch`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let written = WrittenKey::parse(text, KeyError::VerifierParts)?;
        let verifier = Self::new(written.name, &written.key)?;
        written.check_id(&verifier)?;
        Ok(verifier)
    }

    /// The name, by which the key's signatures are found in a note.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id, which with the name tells the key from others.
    #[must_use]
    pub fn id(&self) -> [u8; ID_BYTES] {
        self.id
    }

    /// The 32 bytes of the public key, as RFC 8032 encodes them.
    #[must_use]
    pub fn key_bytes(&self) -> [u8; KEY_BYTES] {
        self.key.to_bytes()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_key(f, &self.name, self.id, &self.key.to_bytes())
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

/// An Ed25519 private key with the name it goes by: signs notes.
///
/// Its text is the secret itself; it prints as its public half alone.
#[derive(Clone)]
pub struct Signer {
    key: SigningKey,
    verifier: VerifierKey,
}

impl Signer {
    /// The signer of this name whose RFC 8032 private key is `seed`.
    ///
    /// The seed must be 32 bytes that nobody can guess: this crate takes no chance of its own.
    ///
    /// **Errors** [`KeyError::NameEmpty`], [`KeyError::NameCharacter`], [`KeyError::NameTooLong`].
    pub fn from_seed(name: &str, seed: &[u8; KEY_BYTES]) -> Result<Self, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let verifier = VerifierKey::new(name, &key.verifying_key().to_bytes())?;
        Ok(Self { key, verifier })
    }

    /// The signer that this text writes, if its id is right.
    ///
    /// **Shape** `PRIVATE+KEY+name+id+key`, where the key is base64 of the byte 0x01 and the seed.
    ///
    /// **Errors** those of [`Signer::from_seed`], and [`KeyError::SignerParts`], [`KeyError::Id`],
    /// [`KeyError::Base64`], [`KeyError::Length`], [`KeyError::Type`], [`KeyError::IdMismatch`].
    ///
    /// **Source** no specification: the habit of the Go package `sumdb/note`, which other tools read.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let public_shape = text.strip_prefix(PRIVATE_START).ok_or(KeyError::SignerParts)?;
        let written = WrittenKey::parse(public_shape, KeyError::SignerParts)?;
        let signer = Self::from_seed(written.name, &written.key)?;
        written.check_id(&signer.verifier)?;
        Ok(signer)
    }

    /// The secret text that [`Signer::parse`] takes back.
    #[must_use]
    pub fn to_text(&self) -> String {
        struct Secret<'a>(&'a Signer);
        impl fmt::Display for Secret<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_key(f, &self.0.verifier.name, self.0.verifier.id, self.0.key.as_bytes())
            }
        }
        format!("{PRIVATE_START}{}", Secret(self))
    }

    /// The name that the signatures bear.
    #[must_use]
    pub fn name(&self) -> &str {
        self.verifier.name()
    }

    /// The public half, to be given to those who verify.
    #[must_use]
    pub fn verifier_key(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The note of this text with this signer's signature, the same each time.
    ///
    /// **Errors** [`NoteError::NoFinalNewline`], [`NoteError::Control`], [`NoteError::TooLarge`]: the text
    /// cannot be in a note.
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        check_text(text)?;
        // signed-note, "Ed25519 signatures": "Ed25519 signatures are generated according to RFC 8032 over the
        // note text"; "Format": "The note text includes the final newline but not the separating blank line."
        let bytes = self.key.sign(text.as_bytes()).to_bytes().to_vec();
        let signature = Signature { name: self.verifier.name.clone(), id: self.verifier.id, bytes };
        let note = Note { text: text.to_owned(), signatures: vec![signature] }.to_string();
        if note.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLarge(note.len()));
        }
        Ok(note)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.verifier)
    }
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
        let mut signatures = Vec::new();
        for (index, line) in rest[1..].split_inclusive('\n').enumerate() {
            if index == MAX_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            let signature = line.strip_suffix('\n').and_then(Signature::parse);
            signatures.push(signature.ok_or(NoteError::SignatureLine { line: index + 1 })?);
        }
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

    /// The text, which this key has signed.
    ///
    /// Signatures of other keys change nothing. Every signature of this key must hold, if there are several.
    ///
    /// **Errors** [`NoteError::NotSigned`] if no signature bears this key's name and id,
    /// [`NoteError::FalseSignature`] if one does and does not hold.
    pub fn verified_by(&self, key: &VerifierKey) -> Result<&str, NoteError> {
        let mut signed = false;
        // signed-note, "Signatures": "Verifiers MUST ignore signatures from unknown keys, even if they share
        // a name or ID (but not both) with a known key. If the key name and ID match a known key, verifiers
        // MUST verify the signature."
        for signature in self.signatures.iter().filter(|line| line.name == key.name && line.id == key.id) {
            // "If a signature from a known key fails to verify, clients SHOULD reject the whole note."
            let holds = ed25519_dalek::Signature::from_slice(&signature.bytes)
                .and_then(|ed25519| key.key.verify_strict(self.text.as_bytes(), &ed25519));
            holds.map_err(|_| NoteError::FalseSignature { key: key.to_string() })?;
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
        for Signature { name, id, bytes } in &self.signatures {
            let encoded = STANDARD.encode([id.as_slice(), bytes].concat());
            writeln!(f, "{SIGNATURE_START}{name} {encoded}")?;
        }
        Ok(())
    }
}

/// The three parts that verifier and signing keys share in text.
struct WrittenKey<'a> {
    name: &'a str,
    id: [u8; ID_BYTES],
    key: [u8; KEY_BYTES],
}

impl<'a> WrittenKey<'a> {
    fn parse(text: &'a str, not_the_parts: KeyError) -> Result<Self, KeyError> {
        // The name cannot hold '+', the base64 at the end can.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(encoded)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(not_the_parts);
        };
        check_key_name(name)?;
        let id = decode_hex(id).ok_or(KeyError::Id)?;
        let typed = STANDARD.decode(encoded).map_err(|_| KeyError::Base64)?;
        match typed.split_first() {
            Some((&ED25519, key)) => {
                let key = key.try_into().map_err(|_| KeyError::Length(typed.len()))?;
                Ok(Self { name, id, key })
            }
            Some((&other, _)) => Err(KeyError::Type(other)),
            None => Err(KeyError::Length(0)),
        }
    }

    fn check_id(&self, verifier: &VerifierKey) -> Result<(), KeyError> {
        if self.id == verifier.id {
            return Ok(());
        }
        let in_hex = |id| format!("{:08x}", u32::from_be_bytes(id));
        Err(KeyError::IdMismatch { written: in_hex(self.id), computed: in_hex(verifier.id) })
    }
}

fn write_key(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    id: [u8; ID_BYTES],
    key: &[u8; KEY_BYTES],
) -> fmt::Result {
    let mut typed = [ED25519; 1 + KEY_BYTES];
    typed[1..].copy_from_slice(key);
    write!(f, "{name}+{:08x}+{}", u32::from_be_bytes(id), STANDARD.encode(typed))
}

fn key_id(name: &str, key: &VerifyingKey) -> [u8; ID_BYTES] {
    // signed-note, "Ed25519 signatures":
    // "key ID = SHA-256(key name || 0x0A || 0x01 || 32-byte Ed25519 public key)[:4]"
    let hash: [u8; 32] = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519])
        .chain_update(key.as_bytes())
        .finalize()
        .into();
    [hash[0], hash[1], hash[2], hash[3]]
}

fn check_key_name(name: &str) -> Result<(), KeyError> {
    if name.len() > MAX_KEY_NAME_BYTES {
        return Err(KeyError::NameTooLong(name.len()));
    }
    check_name_characters(name)
}

fn check_name_characters(name: &str) -> Result<(), KeyError> {
    // signed-note, "Format": "Key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus
    // (U+002B) characters." A control character could not stand in the note.
    if name.is_empty() {
        return Err(KeyError::NameEmpty);
    }
    let forbidden = |c: &char| c.is_whitespace() || *c == '+' || *c < ' ';
    name.chars().find(forbidden).map_or(Ok(()), |c| Err(KeyError::NameCharacter(c)))
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
