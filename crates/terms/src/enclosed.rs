//! Enclosures: what the record commits to without holding it.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::spelling::ENCLOSED;

/// Thirty-two random bytes hashed before an enclosure's bytes, kept beside them and destroyed with them: without the salt a
/// short text cannot be guessed from its commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salt(pub [u8; 32]);

/// SHA-256 over a domain line, the salt and the bytes; lower-case hexadecimal on the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        let digits: &[u8; 64] = hex.as_bytes().try_into().ok()?;
        let mut bytes = [0; 32];
        // Worth is taken from the table for every digit, and whether one is none asked once.
        let mut none = 0;
        for (byte, [high, low]) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
            let (high, low) = (WORTH[usize::from(*high)], WORTH[usize::from(*low)]);
            none |= high | low;
            *byte = high << 4 | low;
        }
        (none < 16).then_some(Self(bytes))
    }
}

/// What a lower-case hexadecimal digit is worth; 255 what is none.
const WORTH: [u8; 256] = {
    let mut table = [255; 256];
    let mut worth = 0;
    while worth < 16 {
        table[b"0123456789abcdef"[worth as usize] as usize] = worth;
        worth += 1;
    }
    table
};

impl Commitment {
    fn digits(self) -> [u8; 64] {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut digits = [0; 64];
        for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(self.0) {
            *pair = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
        }
        digits
    }
}

impl std::fmt::Display for Commitment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Digits are ASCII.
        f.write_str(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

impl Serialize for Commitment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Commitment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Hex;
        impl serde::de::Visitor<'_> for Hex {
            type Value = Commitment;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("64 chiffres hexadécimaux en minuscules")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Commitment, E> {
                Commitment::parse(text)
                    .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Hex)
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

    /// The kind that this media type names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Text, Self::Pdf, Self::Jpeg, Self::Png].into_iter().find(|media| media.as_str() == text)
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enclosed {
    /// Which bytes.
    pub sha256: Commitment,
    /// Of what kind.
    pub media: Media,
    /// How many.
    pub bytes: u64,
}

/// The fields in the order of the canonical form, under a name by which enclosures are found in any word.
impl Serialize for Enclosed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut enclosed = serializer.serialize_struct(ENCLOSED, 3)?;
        enclosed.serialize_field("bytes", &self.bytes)?;
        enclosed.serialize_field("media", &self.media)?;
        enclosed.serialize_field("sha256", &self.sha256)?;
        enclosed.end()
    }
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
