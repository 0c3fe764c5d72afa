//! Cosignatures: C2SP tlog-cosignature v1.0.1 (c2sp.org/tlog-cosignature), what a witness signs about a log,
//! with Ed25519 (`cosignature/v1`) alone.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};
use thiserror::Error;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{ID_BYTES, KEY_BYTES, KeyError, KeyType, NamedKey, Note, NoteError, Signature, Signer};

/// The last moment that a cosignature can bear.
///
/// **Units** seconds since 1970-01-01 00:00 UTC, as POSIX counts them.
///
/// **Source** tlog-cosignature, "Format": "It MUST NOT exceed 2^63 - 1".
pub const MAX_COSIGNATURE_TIME: u64 = (1 << 63) - 1;

const TIME_BYTES: usize = 8;

/// Why a cosignature cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CosignatureError {
    /// The text is not a checkpoint's.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The moment is after [`MAX_COSIGNATURE_TIME`].
    #[error("a cosignature bears no moment after {MAX_COSIGNATURE_TIME} s, and {0} is")]
    Time(u64),
}

/// The public key of a cosigner, most often a witness, with its name: enough to verify its cosignatures.
///
/// **Shape** in text, `name+id+key`: the id is eight hexadecimal digits, the key is base64 of the byte 0x04
/// and the 32 bytes of RFC 8032. Not the key of the same name and bytes that signs notes: their ids differ.
#[derive(Clone, PartialEq, Eq)]
pub struct CosignerKey(NamedKey);

impl CosignerKey {
    /// The key of this name made of these 32 bytes.
    ///
    /// **Errors** [`KeyError::NameEmpty`], [`KeyError::NameCharacter`], [`KeyError::NameTooLong`];
    /// [`KeyError::Point`] if the bytes are no point, or one of small order.
    pub fn new(name: &str, key: &[u8; KEY_BYTES]) -> Result<Self, KeyError> {
        NamedKey::new(KeyType::Cosignature, name, key).map(Self)
    }

    /// The key that this text writes, if its id is right.
    ///
    /// **Errors** those of [`CosignerKey::new`], and [`KeyError::VerifierParts`], [`KeyError::Id`],
    /// [`KeyError::Base64`], [`KeyError::Length`], [`KeyError::Type`], [`KeyError::IdMismatch`].
    ///
    /// **Source** tlog-cosignature, "Format": "Ed25519 public keys MAY be encoded as vkeys with signature type
    /// 0x04 and the 32-byte Ed25519 cosigner public key as the public key material."
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        NamedKey::parse(KeyType::Cosignature, text).map(Self)
    }

    /// The name, by which the cosigner's lines are found in a note.
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

    /// When this cosigner has cosigned the note; the last time, if it did several times.
    ///
    /// Lines of other keys change nothing. Every cosignature of this key must hold. A moment to come is not
    /// refused: only the caller has a clock.
    ///
    /// **Units** seconds since 1970-01-01 00:00 UTC.
    ///
    /// **Errors** [`NoteError::NotSigned`] if no line bears this key's name and id,
    /// [`NoteError::FalseSignature`] if one does and does not hold.
    pub fn cosigned(&self, note: &Note) -> Result<u64, NoteError> {
        let mut last = None;
        // tlog-cosignature, "Format": "Clients ... can compute the expected name and key ID, and ignore any
        // signature lines that don't match the name and key ID."
        for line in note.lines_of(&self.0) {
            let held = self.time_of(note.text(), line.bytes());
            last = last.max(Some(held.ok_or_else(|| NoteError::FalseSignature { key: self.to_string() })?));
        }
        last.ok_or_else(|| NoteError::NotSigned { key: self.to_string() })
    }

    /// The line claims to be of this key.
    pub(crate) fn claimed_by(&self, line: &Signature) -> bool {
        self.0.claimed_by(line)
    }

    /// The moment in the `timestamped_signature`, if the signature holds.
    fn time_of(&self, text: &str, bytes: &[u8]) -> Option<u64> {
        // "The signature MUST be a timestamped_signature structure": "u64 timestamp", then
        // "ed25519_signature[64]", "serialized in sequence, with the timestamp encoded in big-endian order".
        let (time, signature) = bytes.split_first_chunk::<TIME_BYTES>()?;
        let time = u64::from_be_bytes(*time);
        let holds = time <= MAX_COSIGNATURE_TIME && self.0.holds(message(text, time).as_bytes(), signature);
        holds.then_some(time)
    }
}

impl fmt::Display for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CosignerKey({self})")
    }
}

/// An Ed25519 private key with the name it goes by: cosigns checkpoints.
///
/// One key serves one cosigner: the message does not name who cosigns, so under two names a cosignature of
/// one would pass for the other's.
#[derive(Clone)]
pub struct Cosigner {
    signer: Signer,
    public: CosignerKey,
}

impl Cosigner {
    /// The cosigner of this name whose RFC 8032 private key is `seed`.
    ///
    /// The seed must be 32 bytes that nobody can guess: this crate takes no chance of its own.
    ///
    /// **Errors** [`KeyError::NameEmpty`], [`KeyError::NameCharacter`], [`KeyError::NameTooLong`].
    pub fn from_seed(name: &str, seed: &[u8; KEY_BYTES]) -> Result<Self, KeyError> {
        Self::of(Signer::from_seed(name, seed)?)
    }

    /// The cosigner that this text writes, if its id is right.
    ///
    /// **Shape** the text of a [`Signer`], of type 0x01: so do other witnesses keep theirs, which make the
    /// cosigner of it as here.
    ///
    /// **Errors** those of [`Signer::parse`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        Self::of(Signer::parse(text)?)
    }

    fn of(signer: Signer) -> Result<Self, KeyError> {
        let public = CosignerKey::new(signer.name(), &signer.verifier_key().key_bytes())?;
        Ok(Self { signer, public })
    }

    /// The secret text that [`Cosigner::parse`] takes back.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.signer.to_text()
    }

    /// The name that the cosignatures bear.
    #[must_use]
    pub fn name(&self) -> &str {
        self.public.name()
    }

    /// The public half, to be given to those who verify.
    #[must_use]
    pub fn key(&self) -> &CosignerKey {
        &self.public
    }

    /// The line by which this cosigner says that `text` is a checkpoint of the largest tree it has seen of
    /// that log, consistent with all it saw before.
    ///
    /// Whether that is so is for the caller to make sure: [`crate::witness::decide`].
    ///
    /// **Units** `time` in seconds since 1970-01-01 00:00 UTC.
    ///
    /// **Errors** [`CosignatureError::Checkpoint`] if the text is not a checkpoint's,
    /// [`CosignatureError::Time`] after [`MAX_COSIGNATURE_TIME`].
    pub fn cosign(&self, text: &str, time: u64) -> Result<Signature, CosignatureError> {
        // "a cosignature is a note signature applied to a checkpoint": nothing else is signed.
        Checkpoint::parse(text)?;
        if time > MAX_COSIGNATURE_TIME {
            return Err(CosignatureError::Time(time));
        }
        let key = SigningKey::from_bytes(self.signer.seed());
        let signature = key.sign(message(text, time).as_bytes()).to_bytes();
        let bytes = [time.to_be_bytes().as_slice(), &signature].concat();
        Ok(Signature::of(&self.public.0, bytes))
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cosigner({})", self.public)
    }
}

fn message(text: &str, time: u64) -> String {
    // tlog-cosignature, "Ed25519 signed message": "two newline (U+000A) terminated lines (one header line and
    // one timestamp line) followed by the whole note body of the cosigned checkpoint (including the final
    // newline, but not including any signature lines)." "The header line MUST be the fixed string
    // cosignature/v1"; "The timestamp line MUST consist of the string time, a single space (0x20), and
    // timestamped_signature.timestamp encoded as an ASCII decimal with no leading zeroes."
    format!("cosignature/v1\ntime {time}\n{text}")
}
