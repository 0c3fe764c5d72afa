//! Verification: is the record whole, in its canonical spelling, and signed? Needs `tlog` and `terms`, no server, no trust.

use terms::{Commitment, Entry, Instant, Salt, Word};
use tlog::{Frontier, VerifierKey, leaf_hash, open_checkpoint};

/// What the caller reads for the verification, from wherever the record lies.
pub trait Source {
    /// The bytes of the entry at `index`; `None` past the end.
    fn entry(&mut self, index: u64) -> Result<Option<Vec<u8>>, String>;
    /// Every signed checkpoint that is kept, oldest first.
    fn checkpoints(&mut self) -> Result<Vec<String>, String>;
    /// Salt and bytes of an enclosure; `None` where they are not here.
    fn enclosure(&mut self, sha256: &Commitment) -> Result<Option<(Salt, Vec<u8>)>, String>;
}

/// What a whole record is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The record's origin.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root of the tree, in base64.
    pub root: String,
    /// Enclosures that are here and are what the record committed to.
    pub enclosures: u64,
    /// Enclosures withdrawn by an entry of the record.
    pub withdrawn: u64,
}

/// The first line that fails.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The record has no entry.
    #[error("le registre est vide")]
    Empty,
    /// The record could not be read.
    #[error("{0}")]
    Unreadable(String),
    /// An entry fails.
    #[error("entrée {index} : {why}")]
    Entry {
        /// Its index.
        index: u64,
        /// What is wrong.
        why: String,
    },
    /// A checkpoint fails.
    #[error("point de contrôle de {size} entrées : {why}")]
    Checkpoint {
        /// The size it speaks of.
        size: u64,
        /// What is wrong.
        why: String,
    },
    /// Entries follow that no checkpoint covers.
    #[error("les entrées {from} et suivantes ne sont couvertes par aucune signature")]
    Unsigned {
        /// The first of them.
        from: u64,
    },
    /// An enclosure fails.
    #[error("pièce {sha256}, citée par l’entrée {index} : {why}")]
    Enclosure {
        /// Which.
        sha256: Commitment,
        /// The entry that commits to it.
        index: u64,
        /// What is wrong.
        why: &'static str,
    },
}

/// The record is whole and signed, and every enclosure is what it was or was withdrawn by an entry.
///
/// **Errors** the first line that fails, in the order of the record.
pub fn verify(source: &mut dyn Source, progress: &mut dyn FnMut(u64)) -> Result<Whole, Broken> {
    let first = source.entry(0).map_err(Broken::Unreadable)?.ok_or(Broken::Empty)?;
    let (origin, key) = founding(&first)?;
    let mut signed = signed_roots(source, &key)?.into_iter().peekable();
    let mut state =
        Walk { frontier: Frontier::new(), last_at: None, cited: Vec::new(), withdrawn: Vec::new() };
    let mut next = Some(first);
    while let Some(bytes) = next {
        state.step(&bytes)?;
        let size = state.frontier.size();
        while let Some((_, root)) = signed.next_if(|(covered, _)| *covered == size) {
            if root != state.frontier.root() {
                let why = "les entrées ne sont pas celles qui ont été signées".to_owned();
                return Err(Broken::Checkpoint { size, why });
            }
        }
        if size.is_multiple_of(1_000) {
            progress(size);
        }
        next = source.entry(size).map_err(Broken::Unreadable)?;
        if next.is_none() {
            if let Some((covered, _)) = signed.peek() {
                let why = format!("le registre n’a plus que {size} entrées");
                return Err(Broken::Checkpoint { size: *covered, why });
            }
        } else if signed.peek().is_none() {
            return Err(Broken::Unsigned { from: size });
        }
    }
    let (enclosures, withdrawn) = state.enclosures(source)?;
    let (size, root) = (state.frontier.size(), state.frontier.root().base64().to_string());
    Ok(Whole { origin, size, root, enclosures, withdrawn })
}

fn founding(bytes: &[u8]) -> Result<(String, VerifierKey), Broken> {
    let fail = |why: String| Broken::Entry { index: 0, why };
    let entry = Entry::parse(bytes).map_err(|error| fail(error.to_string()))?;
    let Word::RecordFounded(founded) = entry.word else {
        return Err(fail("la première entrée n’est pas la fondation du registre".into()));
    };
    let key = VerifierKey::parse(&founded.verifier_key).map_err(|error| fail(error.to_string()))?;
    if key.name() != founded.origin {
        return Err(fail("la clé n’est pas au nom du registre".into()));
    }
    Ok((founded.origin, key))
}

fn signed_roots(source: &mut dyn Source, key: &VerifierKey) -> Result<Vec<(u64, tlog::Hash)>, Broken> {
    let mut roots = Vec::new();
    for note in source.checkpoints().map_err(Broken::Unreadable)? {
        let size = note.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or(0);
        let opened = open_checkpoint(note.as_bytes(), key)
            .map_err(|error| Broken::Checkpoint { size, why: error.to_string() })?;
        roots.push((opened.size, opened.root));
    }
    roots.sort_by_key(|(size, _)| *size);
    if roots.is_empty() {
        return Err(Broken::Unsigned { from: 0 });
    }
    Ok(roots)
}

struct Walk {
    frontier: Frontier,
    last_at: Option<Instant>,
    cited: Vec<(Commitment, u64)>,
    withdrawn: Vec<Commitment>,
}

impl Walk {
    fn step(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        let index = self.frontier.size();
        let fail = |why: String| Broken::Entry { index, why };
        let entry = Entry::parse_strict(bytes).map_err(|error| fail(error.to_string()))?;
        if self.last_at.is_some_and(|last| entry.at < last) {
            return Err(fail("elle est datée d’avant la précédente".into()));
        }
        if index > 0 && matches!(entry.word, Word::RecordFounded(_)) {
            return Err(fail("le registre est fondé une seconde fois".into()));
        }
        self.last_at = Some(entry.at);
        self.cited.extend(entry.word.enclosures().into_iter().map(|sha256| (sha256, index)));
        if let Word::EnclosureWithdrawn(withdrawn) = &entry.word {
            self.withdrawn.push(withdrawn.sha256);
        }
        self.frontier.push(leaf_hash(bytes));
        Ok(())
    }

    fn enclosures(&mut self, source: &mut dyn Source) -> Result<(u64, u64), Broken> {
        self.withdrawn.sort();
        let (mut here, mut gone) = (0, 0);
        for (sha256, index) in &self.cited {
            let fail = |why| Broken::Enclosure { sha256: *sha256, index: *index, why };
            let withdrawn = self.withdrawn.binary_search(sha256).is_ok();
            match (source.enclosure(sha256).map_err(Broken::Unreadable)?, withdrawn) {
                (Some(_), true) => return Err(fail("elle devait être détruite et ne l’est pas")),
                (Some((salt, bytes)), false) if Commitment::to(&salt, &bytes) == *sha256 => here += 1,
                (Some(_), false) => return Err(fail("elle a été modifiée")),
                (None, true) => gone += 1,
                (None, false) => return Err(fail("elle manque, sans qu’une entrée l’ait retirée")),
            }
        }
        Ok((here, gone))
    }
}
