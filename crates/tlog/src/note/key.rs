//! Keys of signed notes, with their names and ids: C2SP signed-note v1.0.0, "Verifier keys".

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::{MAX_NOTE_BYTES, Note, NoteError, Signature, check_text};
use crate::merkle::decode_hex;

/// The longest name of a key that this crate verifies or signs with.
///
/// **Units** bytes of UTF-8. signed-note sets no bound; 255 is what the ML-DSA cosignature of C2SP
/// tlog-cosignature can name. Names of unknown keys in a note are bounded by the note alone.
pub const MAX_KEY_NAME_BYTES: usize = 255;

pub(crate) const KEY_BYTES: usize = 32;
pub(crate) const ID_BYTES: usize = 4;
const PRIVATE_START: &str = "PRIVATE+KEY+";

/// What the signatures of a key are: the byte of its type.
///
/// **Source** signed-note, "Signature types".
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyType {
    /// "0x01 — Ed25519 signatures as specified by this document."
    Ed25519 = 0x01,
    /// "0x04 — Timestamped Ed25519 witness cosignatures"; see tlog-cosignature.
    Cosignature = 0x04,
}

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
    /// The key is of another type than is wanted here.
    #[error("a key of type {0:#04x} does not serve here: a log's is of type 0x01, a cosigner's of type 0x04")]
    Type(u8),
    /// The key has not the bytes of an Ed25519 key.
    #[error("an Ed25519 key is one byte of type and {KEY_BYTES} of key, not {0} in all")]
    Length(usize),
    /// The bytes are no point of the curve, or one of the few under which anyone can sign.
    #[error("the bytes are not a sound Ed25519 public key")]
    Point,
}

/// An Ed25519 public key with its type and name, as [`VerifierKey`] and [`crate::CosignerKey`] hold it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct NamedKey {
    kind: KeyType,
    name: String,
    id: [u8; ID_BYTES],
    key: VerifyingKey,
}

impl NamedKey {
    pub(crate) fn new(kind: KeyType, name: &str, key: &[u8; KEY_BYTES]) -> Result<Self, KeyError> {
        check_key_name(name)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| KeyError::Point)?;
        // Under a key of small order one signature fits many texts.
        if key.is_weak() {
            return Err(KeyError::Point);
        }
        Ok(Self { kind, name: name.to_owned(), id: key_id(kind, name, &key), key })
    }

    pub(crate) fn parse(kind: KeyType, text: &str) -> Result<Self, KeyError> {
        let written = WrittenKey::parse(kind, text, KeyError::VerifierParts)?;
        let key = Self::new(kind, written.name, &written.key)?;
        written.check_id(key.id)?;
        Ok(key)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn id(&self) -> [u8; ID_BYTES] {
        self.id
    }

    pub(crate) fn bytes(&self) -> [u8; KEY_BYTES] {
        self.key.to_bytes()
    }

    /// The line claims to be of this key.
    pub(crate) fn claimed_by(&self, line: &Signature) -> bool {
        line.name == self.name && line.id == self.id
    }

    /// These bytes are this key's Ed25519 signature on the message.
    pub(crate) fn holds(&self, message: &[u8], signature: &[u8]) -> bool {
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Display for NamedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_key(f, self.kind, &self.name, self.id, &self.key.to_bytes())
    }
}

/// An Ed25519 public key with the name it goes by: enough to verify its signatures on notes.
///
/// **Shape** in text, `name+id+key`: the id is eight hexadecimal digits, the key is base64 of the byte 0x01
/// and the 32 bytes of RFC 8032.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey(NamedKey);

impl VerifierKey {
    /// The key of this name made of these 32 bytes.
    ///
    /// **Errors** [`KeyError::NameEmpty`], [`KeyError::NameCharacter`], [`KeyError::NameTooLong`];
    /// [`KeyError::Point`] if the bytes are no point, or one of small order.
    pub fn new(name: &str, key: &[u8; KEY_BYTES]) -> Result<Self, KeyError> {
        NamedKey::new(KeyType::Ed25519, name, key).map(Self)
    }

    /// The key that this text writes, if its id is right.
    ///
    /// **Errors** those of [`VerifierKey::new`], and [`KeyError::VerifierParts`], [`KeyError::Id`],
    /// [`KeyError::Base64`], [`KeyError::Length`], [`KeyError::Type`], [`KeyError::IdMismatch`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        NamedKey::parse(KeyType::Ed25519, text).map(Self)
    }

    /// The name, by which the key's signatures are found in a note.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The id, which with the name tells the key from others.
    #[must_use]
    pub fn id(&self) -> [u8; ID_BYTES] {
        self.0.id()
    }

    /// The 32 bytes of the public key, as RFC 8032 encodes them.
    #[must_use]
    pub fn key_bytes(&self) -> [u8; KEY_BYTES] {
        self.0.bytes()
    }

    pub(crate) fn named(&self) -> &NamedKey {
        &self.0
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
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
        let written = WrittenKey::parse(KeyType::Ed25519, public_shape, KeyError::SignerParts)?;
        let signer = Self::from_seed(written.name, &written.key)?;
        written.check_id(signer.verifier.id())?;
        Ok(signer)
    }

    /// The secret text that [`Signer::parse`] takes back.
    #[must_use]
    pub fn to_text(&self) -> String {
        struct Secret<'a>(&'a Signer);
        impl fmt::Display for Secret<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let (name, id) = (self.0.name(), self.0.verifier.id());
                write_key(f, KeyType::Ed25519, name, id, self.0.key.as_bytes())
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

    pub(crate) fn seed(&self) -> &[u8; KEY_BYTES] {
        self.key.as_bytes()
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
        let signature = Signature::of(self.verifier.named(), bytes);
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
/// The three parts that public and private keys share in text.
struct WrittenKey<'a> {
    name: &'a str,
    id: [u8; ID_BYTES],
    key: [u8; KEY_BYTES],
}

impl<'a> WrittenKey<'a> {
    fn parse(kind: KeyType, text: &'a str, not_the_parts: KeyError) -> Result<Self, KeyError> {
        // The name cannot hold '+', the base64 at the end can.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(encoded)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(not_the_parts);
        };
        check_key_name(name)?;
        let id = decode_hex(id).ok_or(KeyError::Id)?;
        let typed = STANDARD.decode(encoded).map_err(|_| KeyError::Base64)?;
        match typed.split_first() {
            Some((&found, key)) if found == kind as u8 => {
                let key = key.try_into().map_err(|_| KeyError::Length(typed.len()))?;
                Ok(Self { name, id, key })
            }
            Some((&other, _)) => Err(KeyError::Type(other)),
            None => Err(KeyError::Length(0)),
        }
    }

    fn check_id(&self, computed: [u8; ID_BYTES]) -> Result<(), KeyError> {
        if self.id == computed {
            return Ok(());
        }
        let in_hex = |id| format!("{:08x}", u32::from_be_bytes(id));
        Err(KeyError::IdMismatch { written: in_hex(self.id), computed: in_hex(computed) })
    }
}

fn write_key(
    f: &mut fmt::Formatter<'_>,
    kind: KeyType,
    name: &str,
    id: [u8; ID_BYTES],
    key: &[u8; KEY_BYTES],
) -> fmt::Result {
    let mut typed = [kind as u8; 1 + KEY_BYTES];
    typed[1..].copy_from_slice(key);
    write!(f, "{name}+{:08x}+{}", u32::from_be_bytes(id), STANDARD.encode(typed))
}

fn key_id(kind: KeyType, name: &str, key: &VerifyingKey) -> [u8; ID_BYTES] {
    // signed-note, "Ed25519 signatures":
    // "key ID = SHA-256(key name || 0x0A || 0x01 || 32-byte Ed25519 public key)[:4]"
    // tlog-cosignature, "Format": "SHA-256(<name> || "\n" || 0x04 || 32-byte Ed25519 cosigner public key)[:4]"
    let hash: [u8; 32] = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', kind as u8])
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

pub(super) fn check_name_characters(name: &str) -> Result<(), KeyError> {
    // signed-note, "Format": "Key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus
    // (U+002B) characters." A control character could not stand in the note.
    if name.is_empty() {
        return Err(KeyError::NameEmpty);
    }
    let forbidden = |c: &char| c.is_whitespace() || *c == '+' || *c < ' ';
    name.chars().find(forbidden).map_or(Ok(()), |c| Err(KeyError::NameCharacter(c)))
}
