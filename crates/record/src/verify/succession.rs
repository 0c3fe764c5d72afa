//! Who signs the record from where on: the key of the first entry, until custodians named there hand the record on.
//!
//! What custodians sign is the text that [`Statement`] prints. Its first line is in no checkpoint, so that none of their signatures
//! passes for one of a log, and none of a log for one of theirs.

use std::fmt;

use terms::instance::{Custodians, Founded, Succeeded, SuccessionGround};
use tlog::{Hash, Note, Signature, VerifierKey, checkpoint_of};

/// The first line of every statement.
pub const HEAD: &str = "toguna succession v1";

/// What custodians sign: up to where the former key holds, and which key holds from there on.
///
/// **Shape** lines, each ended: [`HEAD`], `origin`, `size`, `root` in base64, `former` and `key` as verifier keys, `address` where one is
/// known, `ground`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The record's origin.
    pub origin: String,
    /// How many entries the former key holds for.
    pub size: u64,
    /// The root of their tree.
    pub root: Hash,
    /// The verifier key that holds no longer.
    pub former: String,
    /// The verifier key that holds from there on.
    pub key: String,
    /// Where the record is now, if known.
    pub address: Option<String>,
    /// Why.
    pub ground: SuccessionGround,
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, size, root, former, key, address, ground } = self;
        writeln!(
            f,
            "{HEAD}\norigin {origin}\nsize {size}\nroot {}\nformer {former}\nkey {key}",
            root.base64()
        )?;
        address.iter().try_for_each(|address| writeln!(f, "address {address}"))?;
        writeln!(f, "ground {}", ground.as_str())
    }
}

impl Statement {
    /// The statement that this text prints, to the byte.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_prefix(HEAD)?.strip_prefix('\n')?.lines().peekable();
        let mut next = |name: &str| {
            let value = lines.peek()?.strip_prefix(name)?.strip_prefix(' ')?.to_owned();
            lines.next();
            Some(value)
        };
        let statement = Self {
            origin: next("origin")?,
            size: next("size")?.parse().ok()?,
            root: Hash::from_base64(&next("root")?).ok()?,
            former: next("former")?,
            key: next("key")?,
            address: next("address"),
            ground: SuccessionGround::parse(&next("ground")?)?,
        };
        // Another spelling of the same is not what custodians sign.
        (statement.to_string() == text).then_some(statement)
    }
}

/// The keys of these custodians, if so many of them can be told apart that a succession is possible.
///
/// **Errors** the first thing wrong with them, in French.
pub fn custodian_keys(custodians: &Custodians) -> Result<Vec<VerifierKey>, String> {
    let mut keys: Vec<VerifierKey> = Vec::with_capacity(custodians.keys.len());
    for text in &custodians.keys {
        let key = VerifierKey::parse(text)
            .map_err(|error| format!("la clé de gardien « {text} » est mal formée ({error})"))?;
        // Two names for one key would be one person who counts twice.
        if keys.iter().any(|other| other.key_bytes() == key.key_bytes() || other.name() == key.name()) {
            return Err(format!("le gardien « {} » est nommé deux fois", key.name()));
        }
        keys.push(key);
    }
    if custodians.threshold == 0 || custodians.threshold as usize > keys.len() {
        let (threshold, all) = (custodians.threshold, keys.len());
        return Err(format!("il faut {threshold} signatures, et {all} gardiens sont nommés"));
    }
    Ok(keys)
}

/// The most successions that a list of them may name: more than any record sees.
const LISTED_MAX: usize = 1_000;

/// The entries that a list of successions names.
///
/// **Shape** an index a line, in decimal, each ended, rising; nothing where the record was never handed on.
#[must_use]
pub fn listed_successions(text: &str) -> Option<Vec<u64>> {
    let mut found: Vec<u64> = Vec::new();
    for line in text.lines().take(LISTED_MAX + 1) {
        let index = line.parse().ok()?;
        if found.last().is_some_and(|last| *last >= index) {
            return None;
        }
        found.push(index);
    }
    // Another spelling of the same is not the list.
    (found.len() <= LISTED_MAX && list_successions(&found) == text).then_some(found)
}

/// These entries as [`listed_successions`] reads them.
#[must_use]
pub fn list_successions(indexes: &[u64]) -> String {
    indexes.iter().map(|index| format!("{index}\n")).collect()
}

/// The keys that the record was signed with, oldest first.
#[derive(Debug, Clone)]
pub struct Chain {
    origin: String,
    keys: Vec<VerifierKey>,
    /// The entry that handed the record on to each key but the first.
    since: Vec<u64>,
    custodians: Option<Custodians>,
}

impl Chain {
    /// As the first entry begins it.
    ///
    /// **Errors** the key is malformed, or not in the record's name.
    pub fn of(founded: &Founded) -> Result<Self, String> {
        let key = VerifierKey::parse(&founded.verifier_key)
            .map_err(|error| format!("la clé est mal formée ({error})"))?;
        if key.name() != founded.origin {
            return Err("la clé n’est pas au nom du registre".into());
        }
        let (origin, custodians) = (founded.origin.clone(), founded.custodians.clone());
        Ok(Self { origin, keys: vec![key], since: Vec::new(), custodians })
    }

    /// The record's origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Every key that held, oldest first; the last one holds now.
    #[must_use]
    pub fn keys(&self) -> &[VerifierKey] {
        &self.keys
    }

    /// The key that holds now.
    ///
    /// # Panics
    ///
    /// Never: there is one from the beginning.
    #[must_use]
    pub fn key(&self) -> &VerifierKey {
        &self.keys[self.keys.len() - 1]
    }

    /// The entries that handed the record on, in order.
    #[must_use]
    pub fn since(&self) -> &[u64] {
        &self.since
    }

    /// The key that alone signs a checkpoint of so many entries: a succession is the first entry that the new key covers.
    ///
    /// # Panics
    ///
    /// Never: there is a key for each size.
    #[must_use]
    pub fn key_at(&self, size: u64) -> &VerifierKey {
        &self.keys[self.since.iter().filter(|since| **since < size).count()]
    }

    /// Whether this first entry begins the chain: its key, its custodians.
    #[must_use]
    pub fn begins_with(&self, founded: &Founded) -> bool {
        Self::of(founded).is_ok_and(|begun| {
            begun.origin == self.origin
                && begun.keys.first() == self.keys.first()
                && begun.custodians == self.custodians
        })
    }

    /// The new key holds from the entry at this index on, whose predecessors have this root.
    ///
    /// **Errors** the first thing wrong with the succession, in French; then the former key goes on holding.
    pub fn succeed(&mut self, index: u64, root: &Hash, says: &Succeeded) -> Result<(), String> {
        let statement = self.statement(says)?;
        if statement.size != index {
            return Err(format!(
                "la succession vaut après {} entrées, et {index} la précèdent",
                statement.size
            ));
        }
        if statement.root != *root {
            return Err("la racine sur laquelle porte la succession n’est pas celle des entrées".into());
        }
        let key = self.new_key(says)?;
        self.signed_by_former(&statement, says)?;
        self.signed_by_custodians(&statement, says)?;
        self.keys.push(key);
        self.since.push(index);
        Ok(())
    }

    /// The new key holds, as an entry says that was checked when it was sealed.
    ///
    /// **Errors** the key is malformed.
    pub fn succeed_as_sealed(&mut self, says: &Succeeded) -> Result<(), String> {
        let key = self.new_key(says)?;
        self.keys.push(key);
        self.since.push(says.size);
        Ok(())
    }

    fn statement(&self, says: &Succeeded) -> Result<Statement, String> {
        Ok(Statement {
            origin: self.origin.clone(),
            size: says.size,
            root: Hash::from_base64(&says.root)
                .map_err(|error| format!("la racine est mal écrite ({error})"))?,
            former: self.key().to_string(),
            key: says.verifier_key.clone(),
            address: says.address.clone(),
            ground: says.ground,
        })
    }

    fn new_key(&self, says: &Succeeded) -> Result<VerifierKey, String> {
        let key = VerifierKey::parse(&says.verifier_key)
            .map_err(|error| format!("la nouvelle clé est mal formée ({error})"))?;
        if key.name() != self.origin {
            return Err("la nouvelle clé n’est pas au nom du registre".into());
        }
        if self.keys.iter().any(|former| former.key_bytes() == key.key_bytes()) {
            return Err("la nouvelle clé a déjà servi à ce registre".into());
        }
        Ok(key)
    }

    /// Whoever makes a record up can name the former key in it, and not sign with it: its signature must be here.
    fn signed_by_former(&self, statement: &Statement, says: &Succeeded) -> Result<(), String> {
        let Statement { origin, size, root, .. } = statement;
        let text = format!("{origin}\n{size}\n{}\n\n{}\n", root.base64(), says.signed);
        let note = Note::parse(text.as_bytes()).ok();
        let opened = note.and_then(|note| checkpoint_of(origin, &note, self.key()).ok());
        opened.map(|_| ()).ok_or_else(|| {
            format!("l’ancienne clé n’a pas signé les {size} entrées sur lesquelles porte la succession")
        })
    }

    fn signed_by_custodians(&self, statement: &Statement, says: &Succeeded) -> Result<(), String> {
        let none = || "le registre n’a nommé aucun gardien de la succession".to_owned();
        let custodians = self.custodians.as_ref().ok_or_else(none)?;
        let keys = custodian_keys(custodians)?;
        let text = statement.to_string();
        let mut signed: Vec<usize> = Vec::new();
        for line in &says.signatures {
            let lines = Signature::parse_lines(&format!("{line}\n")).unwrap_or_default();
            let [one] = lines.as_slice() else {
                return Err("une signature de gardien est mal formée".into());
            };
            let name = one.name();
            let place = keys.iter().position(|key| key.name() == name && key.id() == one.id());
            let place = place
                .ok_or_else(|| format!("« {name} » n’est pas un gardien nommé par la première entrée"))?;
            if signed.contains(&place) {
                return Err(format!("le gardien « {name} » y est deux fois"));
            }
            let note = Note::parse(format!("{text}\n{line}\n").as_bytes()).ok();
            if note.is_none_or(|note| note.verified_by(&keys[place]).is_err()) {
                return Err(format!("la signature du gardien « {name} » est fausse"));
            }
            signed.push(place);
        }
        let (found, needed) = (signed.len(), custodians.threshold);
        if found < needed as usize {
            return Err(format!("{found} gardien(s) ont signé la succession, il en faut {needed}"));
        }
        Ok(())
    }
}
