//! Enclosures: what the record commits to without holding it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Thirty-two random bytes hashed before an enclosure's bytes, kept beside them and destroyed with them: without the salt a
/// short text cannot be guessed from its commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salt(pub [u8; 32]);

/// SHA-256 over a domain line, the salt and the bytes; lower-case hexadecimal on the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Commitment(pub [u8; 32]);

impl Commitment {
    /// The commitment to these bytes under this salt.
    #[must_use]
    pub fn to(salt: &Salt, bytes: &[u8]) -> Self {
        let mut hash = Sha256::new();
        // The domain line keeps an enclosure's hash from ever being read as a tree's leaf or node.
        hash.update(b"toguna enclosure v1\n");
        hash.update(salt.0);
        hash.update(bytes);
        Self(hash.finalize().into())
    }

    /// The commitment that sixty-four hexadecimal digits spell.
    #[must_use]
    pub fn parse(hex: &str) -> Option<Self> {
        if hex.len() != 64 || !hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
            return None;
        }
        let mut bytes = [0; 32];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(2 * i..2 * i + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl std::fmt::Display for Commitment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const DIGITS: [char; 16] =
            ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('?');
        let hex: String = self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
        f.write_str(&hex)
    }
}

impl TryFrom<String> for Commitment {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("engagement mal formé : « {text} »"))
    }
}

impl From<Commitment> for String {
    fn from(commitment: Commitment) -> String {
        commitment.to_string()
    }
}

/// What kind of bytes are enclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Media {
    /// UTF-8 text without markup.
    #[serde(rename = "text/plain")]
    Text,
    /// A PDF file.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// A JPEG picture.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// A PNG picture.
    #[serde(rename = "image/png")]
    Png,
}

impl Media {
    /// The media type as written in HTTP.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// What the first bytes of a file say it is; a file that says nothing known is not taken.
    #[must_use]
    pub fn of_file(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            _ => None,
        }
    }
}

/// A commitment as a word carries it: which bytes, of what kind, how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enclosed {
    /// Which bytes.
    pub sha256: Commitment,
    /// Of what kind.
    pub media: Media,
    /// How many.
    pub bytes: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_survives_its_hexadecimal() {
        let commitment = Commitment::to(&Salt([7; 32]), "bonjour".as_bytes());
        assert_eq!(Commitment::parse(&commitment.to_string()), Some(commitment));
        assert_eq!(Commitment::parse(&commitment.to_string().to_uppercase()), None);
        assert_eq!(Commitment::parse("é".repeat(32).as_str()), None);
    }

    #[test]
    fn another_salt_is_another_commitment() {
        assert_ne!(Commitment::to(&Salt([7; 32]), b"oui"), Commitment::to(&Salt([8; 32]), b"oui"));
    }
}
