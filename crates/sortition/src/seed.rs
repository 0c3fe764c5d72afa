//! The seed of a draw, which nobody can choose: secrets that several parties had committed to before, and a public event that
//! happened after.
//!
//! Each party publishes the commitment of a secret of its own; once all have, each reveals its secret; the event comes last. As long
//! as one party kept its secret to itself until all had committed, or the event could not be foreseen when the last was revealed, nobody could steer
//! the draw (decision 0022).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::{Digest, Encoder, hex, unhex};
use crate::refusal::Refusal;

/// The bytes from which a draw follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Seed(Vec<u8>);

impl Seed {
    /// The seed in hexadecimal digits, small or capital.
    ///
    /// **Errors** [`Refusal::Seed`] unless it is [`crate::SEED_MIN`] to [`crate::SEED_MAX`] bytes.
    pub fn from_hex(text: &str) -> Result<Self, Refusal> {
        let bytes = unhex(text.trim()).ok_or(Refusal::Seed)?;
        let fits = (crate::SEED_MIN..=crate::SEED_MAX).contains(&bytes.len());
        fits.then_some(Self(bytes)).ok_or(Refusal::Seed)
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Display for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl From<Seed> for String {
    fn from(seed: Seed) -> Self {
        hex(&seed.0)
    }
}

impl TryFrom<String> for Seed {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Self::from_hex(&text)
    }
}

/// What a party says first: the digest of a secret it keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// The party's name, the same in its reveal.
    pub party: String,
    /// The digest of name and secret.
    pub digest: Digest,
}

impl Commitment {
    /// The commitment of a party to its secret.
    ///
    /// **Errors** [`Refusal::ShortSecret`].
    pub fn new(party: &str, secret: &[u8]) -> Result<Self, Refusal> {
        if secret.len() < crate::SECRET_MIN {
            return Err(Refusal::ShortSecret { party: party.to_owned() });
        }
        let mut encoder = Encoder::new("toguna/sortition/commitment/v1");
        encoder.text(party).bytes(secret);
        Ok(Self { party: party.to_owned(), digest: encoder.end() })
    }
}

/// What a party says once all have committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    /// The party's name.
    pub party: String,
    /// Its secret.
    pub secret: Vec<u8>,
}

/// The public event, named before it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicEvent {
    /// What was announced, in words that leave one way to read it.
    pub name: String,
    /// How it came out, written as the announcement said.
    pub outcome: String,
}

/// The seed that commitments, what was revealed, and the event give; the order of parties does not matter.
///
/// **Errors** nobody committed; two commitments of one party; a party that has not revealed, or reveals what it had not
/// committed to; an event without name or outcome.
pub fn seed(commitments: &[Commitment], reveals: &[Reveal], event: &PublicEvent) -> Result<Seed, Refusal> {
    let mut committed = BTreeMap::new();
    for commitment in commitments {
        if committed.insert(commitment.party.as_str(), commitment).is_some() {
            return Err(Refusal::SameParty { party: commitment.party.clone() });
        }
    }
    if committed.is_empty() {
        return Err(Refusal::NoParty);
    }
    let mut secrets = BTreeMap::new();
    for reveal in reveals {
        let party = || reveal.party.clone();
        let Some(commitment) = committed.get(reveal.party.as_str()) else {
            return Err(Refusal::NotCommitted { party: party() });
        };
        if Commitment::new(&reveal.party, &reveal.secret)?.digest != commitment.digest {
            return Err(Refusal::Reveal { party: party() });
        }
        secrets.insert(reveal.party.as_str(), reveal.secret.as_slice());
    }
    if let Some(silent) = committed.keys().find(|party| !secrets.contains_key(*party)) {
        return Err(Refusal::NotRevealed { party: (*silent).to_owned() });
    }
    if event.name.trim().is_empty() || event.outcome.trim().is_empty() {
        return Err(Refusal::NoEvent);
    }
    let mut encoder = Encoder::new("toguna/sortition/seed/v1");
    encoder.number(secrets.len() as u64);
    for (party, secret) in secrets {
        encoder.text(party).bytes(secret);
    }
    encoder.text(&event.name).text(&event.outcome);
    Ok(Seed(encoder.end().as_bytes().to_vec()))
}
