//! Verification: is the record whole, in its canonical spelling, and signed? Needs `tlog` and `terms`, no server, no trust.

mod pieces;
mod proof;
mod run;
pub(crate) mod sentences;
mod succession;

use std::iter::Peekable;

use terms::{Commitment, Day, Entry, Instant, Word};
use tlog::tile::Tile;
use tlog::{Checkpoint, CheckpointError, Note, NoteError, Policy, TileEdge, VerifierKey, checkpoint_of};

pub use pieces::{Holding, Piece};
pub use proof::{BrokenProof, Proved, verify_proof};
pub use run::{Line, RUN};
pub use succession::{Chain, HEAD, Statement, custodian_keys, list_successions, listed_successions};

use pieces::Cited;
use run::Checked;

/// The civil day of an instant, in the instance's zone.
pub type DayOf = Box<dyn Fn(Instant) -> Day + Send + Sync>;

/// What the caller reads for the verification, from wherever the record lies. Nothing that it gives is believed.
pub trait Source {
    /// The entries from `from` on, at most [`RUN`] of them: fewer only where the record ends. `from` is a multiple of it.
    fn entries(&mut self, from: u64) -> Result<Vec<Line>, String>;
    /// Every signed checkpoint that is kept, oldest first.
    fn checkpoints(&mut self) -> Result<Vec<Kept>, String>;
    /// A tile of the tree.
    fn tile(&mut self, tile: Tile) -> Result<Found, String>;
    /// `each` is called with every enclosure that is here; the answer says which of them should be.
    fn pieces(&mut self, each: &mut dyn FnMut(&Piece<'_>)) -> Result<Holding, String>;
    /// How days are told in the zone of this name, where days stand beside the record and are to be checked too.
    fn days(&mut self, zone: &str) -> Result<Option<DayOf>, String>;
}

/// A checkpoint as it is kept, with what stands beside it where something does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// The signed note.
    pub note: String,
    /// The number of entries noted beside it.
    pub size: Option<u64>,
    /// The day under which it is kept.
    pub day: Option<Day>,
    /// The right edge of the tree, as [`tlog::Frontier::to_bytes`] writes it.
    pub frontier: Option<Vec<u8>>,
}

/// A tile as a source gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// The source should have it and does not.
    Missing,
    /// The source keeps no such tile.
    NotKept,
}

/// What a whole record is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The record's origin.
    pub origin: String,
    /// The key that its first entry names.
    pub key: VerifierKey,
    /// The keys that followed it by succession, each with the index of the entry that says so; the last one holds now.
    pub successions: Vec<(u64, VerifierKey)>,
    /// How many entries.
    pub size: u64,
    /// The root of the tree, in base64.
    pub root: String,
    /// When the last entry was sealed.
    pub last_at: Instant,
    /// Hash tiles that are those of the tree.
    pub tiles: u64,
    /// Enclosures that are here and are what the record committed to.
    pub enclosures: u64,
    /// Enclosures withdrawn by an entry of the record.
    pub withdrawn: u64,
    /// Enclosures of which this source has not the bytes, and need not.
    pub elsewhere: u64,
    /// Enclosures that no entry cites: nothing shows them.
    pub uncited: u64,
    /// The witnesses of the policy that have cosigned the newest checkpoint, and when: seconds since 1970.
    pub cosigned: Vec<(String, u64)>,
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
    /// The policy does not accept the newest checkpoint.
    #[error("politique : {0}")]
    Policy(String),
    /// Entries follow that no checkpoint covers.
    #[error("les entrées {from} et suivantes ne sont couvertes par aucune signature")]
    Unsigned {
        /// The first of them.
        from: u64,
    },
    /// A hash tile fails.
    #[error("{tile} : {why}")]
    Tile {
        /// Which.
        tile: Tile,
        /// What is wrong.
        why: &'static str,
    },
    /// An enclosure is kept that no entry cites, and that is not what it is kept under.
    #[error("pièce {sha256} : aucune entrée ne la cite, et elle n’est pas ce que dit son empreinte")]
    Unfounded {
        /// What it is kept under.
        sha256: String,
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

/// What is asked of a verification beyond the record itself.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Which log key and witnesses are demanded; the key of the first entry alone where absent.
    pub policy: Option<&'a Policy>,
    /// Threads that check entries beside the one that reads; 0 to do all on one.
    pub workers: usize,
}

/// The record is whole and signed, its tiles are those of its tree, and every enclosure is what it was or was withdrawn by
/// an entry. `progress` is told how many entries are done.
///
/// **Errors** the first line that fails, in the order of the record.
pub fn verify(source: &mut dyn Source, progress: &mut dyn FnMut(u64)) -> Result<Whole, Broken> {
    verify_with(source, Asked { policy: None, workers: 0 }, progress)
}

/// As [`verify`], with what else is asked.
///
/// **Errors** as [`verify`]; the policy does not accept the newest checkpoint.
pub fn verify_with(
    source: &mut dyn Source,
    asked: Asked<'_>,
    progress: &mut dyn FnMut(u64),
) -> Result<Whole, Broken> {
    let first = source.entries(0).map_err(Broken::Unreadable)?;
    let founding = Founding::of(&first.first().ok_or(Broken::Empty)?.bytes)?;
    let day_of = source.days(&founding.zone).map_err(Broken::Unreadable)?;
    let kept = signed_roots(source, founding.chain.key())?;
    let newest = kept.last().map(|root| root.note.clone()).unwrap_or_default();
    let mut cosigned = match asked.policy {
        Some(policy) => sentences::accepted(policy, &newest)?,
        None => Some(Vec::new()),
    };
    let mut walk = Walk::new(kept, founding.chain, day_of.as_deref());
    run::each(source, first, day_of.as_deref(), asked.workers, &mut |source, checked| {
        walk.step(source, checked)?;
        progress(walk.edge.size());
        Ok(())
    })?;
    walk.ends(source)?;
    if let (None, Some(policy)) = (&cosigned, asked.policy) {
        cosigned = Some(sentences::accepted_by_succession(policy, &newest, &walk.chain)?);
    }
    let counts = walk.cited.compared(source)?;
    Ok(Whole {
        origin: walk.chain.origin().to_owned(),
        key: walk.chain.keys()[0].clone(),
        successions: walk
            .successions
            .iter()
            .copied()
            .zip(walk.chain.keys().iter().skip(1).cloned())
            .collect(),
        size: walk.edge.size(),
        root: walk.edge.frontier().root().base64().to_string(),
        last_at: walk.last_at.unwrap_or(Instant::UNIX_EPOCH),
        tiles: walk.tiles,
        enclosures: counts.here,
        withdrawn: counts.withdrawn,
        elsewhere: counts.elsewhere,
        uncited: counts.uncited,
        cosigned: cosigned.unwrap_or_default(),
    })
}

/// What the first entry says of the record.
pub(crate) struct Founding {
    pub(crate) chain: Chain,
    zone: String,
}

impl Founding {
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, Broken> {
        let fail = |why: String| Broken::Entry { index: 0, why };
        let entry = Entry::parse(bytes).map_err(|error| fail(error.to_string()))?;
        let Word::RecordFounded(founded) = entry.word else {
            return Err(fail("la première entrée n’est pas la fondation du registre".into()));
        };
        let chain = Chain::of(&founded).map_err(fail)?;
        Ok(Self { chain, zone: founded.zone })
    }
}

/// A kept checkpoint whose signature holds, if it is by the founding key; of another key's it is seen when that key is known.
struct Signed {
    by_founding: bool,
    size: u64,
    root: tlog::Hash,
    note: String,
    day: Option<Day>,
    frontier: Option<Vec<u8>>,
}

fn signed_roots(source: &mut dyn Source, key: &VerifierKey) -> Result<Vec<Signed>, Broken> {
    let mut roots = Vec::new();
    for kept in source.checkpoints().map_err(Broken::Unreadable)? {
        let said = kept.note.lines().nth(1).and_then(|line| line.parse().ok());
        let size = said.or(kept.size).unwrap_or(0);
        let fail = |why| Broken::Checkpoint { size, why };
        let note = Note::parse(kept.note.as_bytes()).map_err(|error| fail(sentences::of_note(&error)))?;
        let (opened, by_founding) = match checkpoint_of(key.name(), &note, key) {
            Ok(opened) => (opened, true),
            Err(CheckpointError::Note(NoteError::NotSigned { .. })) => {
                let unsigned = |error| fail(sentences::of_checkpoint(&error));
                (Checkpoint::parse(note.text()).map_err(unsigned)?, false)
            }
            Err(error) => return Err(fail(sentences::of_checkpoint(&error))),
        };
        if kept.size.is_some_and(|size| size != opened.size) {
            return Err(fail("la taille notée à côté n’est pas celle qui est signée".into()));
        }
        let Kept { note, day, frontier, .. } = kept;
        roots.push(Signed { by_founding, size: opened.size, root: opened.root, note, day, frontier });
    }
    roots.sort_by_key(|root| root.size);
    if roots.is_empty() {
        return Err(Broken::Unsigned { from: 0 });
    }
    Ok(roots)
}

/// The way through the record, entry by entry.
struct Walk<'a> {
    edge: TileEdge,
    signed: Peekable<std::vec::IntoIter<Signed>>,
    chain: Chain,
    successions: Vec<u64>,
    day_of: Option<&'a (dyn Fn(Instant) -> Day + Send + Sync)>,
    last_at: Option<Instant>,
    tiles: u64,
    cited: Cited,
}

impl<'a> Walk<'a> {
    fn new(
        signed: Vec<Signed>,
        chain: Chain,
        day_of: Option<&'a (dyn Fn(Instant) -> Day + Send + Sync)>,
    ) -> Self {
        Self {
            edge: TileEdge::new(),
            signed: signed.into_iter().peekable(),
            chain,
            successions: Vec::new(),
            day_of,
            last_at: None,
            tiles: 0,
            cited: Cited::default(),
        }
    }

    /// A run of entries, each already read strictly.
    fn step(&mut self, source: &mut dyn Source, checked: Checked) -> Result<(), Broken> {
        let mut successions = checked.successions.into_iter().peekable();
        for (leaf, at) in checked.leaves {
            let index = self.edge.size();
            if self.signed.peek().is_none() {
                return Err(Broken::Unsigned { from: index });
            }
            if self.last_at.is_some_and(|last| at < last) {
                let why = "elle est datée d’avant la précédente".to_owned();
                return Err(Broken::Entry { index, why });
            }
            if let Some((_, says)) = successions.next_if(|(at, _)| *at == index) {
                let outcome = self.chain.succeed(index, &self.edge.frontier().root(), &says);
                outcome.map_err(|why| Broken::Entry { index, why })?;
                self.successions.push(index);
            }
            self.last_at = Some(at);
            self.edge.push(leaf);
            self.compared()?;
        }
        if let Some((index, why)) = checked.fails {
            if self.signed.peek().is_none() {
                return Err(Broken::Unsigned { from: index });
            }
            return Err(Broken::Entry { index, why });
        }
        self.cited.take_in(checked.cited, checked.withdrawn);
        for (tile, bytes) in self.edge.take_full() {
            self.tile(source, tile, &bytes)?;
        }
        Ok(())
    }

    /// The checkpoints of this very size are of this very tree.
    fn compared(&mut self) -> Result<(), Broken> {
        let size = self.edge.size();
        if self.signed.peek().is_none_or(|signed| signed.size > size) {
            return Ok(());
        }
        // The edge of the tree is made from its tiles only where it is asked for.
        let frontier = self.edge.frontier();
        let root = frontier.root();
        while let Some(signed) = self.signed.next_if(|signed| signed.size <= size) {
            let fail = |why: &str| Err(Broken::Checkpoint { size: signed.size, why: why.to_owned() });
            if !signed.by_founding || !self.successions.is_empty() {
                self.signed_by_the_key_that_holds(&signed)?;
            }
            if signed.size != size || signed.root != root {
                return fail("les entrées ne sont pas celles qui ont été signées");
            }
            if signed.frontier.is_some_and(|kept| kept != frontier.to_bytes()) {
                return fail("le bord de l’arbre noté à côté n’est pas celui de ses entrées");
            }
            if let (Some(kept), Some(day_of), Some(at)) = (signed.day, self.day_of, self.last_at)
                && kept != day_of(at)
            {
                return fail("le jour noté à côté n’est pas celui de sa dernière entrée");
            }
        }
        Ok(())
    }

    /// The checkpoint is by the key that holds at its size, and by no former one.
    fn signed_by_the_key_that_holds(&self, signed: &Signed) -> Result<(), Broken> {
        let fail = |why| Broken::Checkpoint { size: signed.size, why };
        let note = Note::parse(signed.note.as_bytes()).map_err(|error| fail(sentences::of_note(&error)))?;
        let key = self.chain.key();
        match (checkpoint_of(key.name(), &note, key), self.successions.last()) {
            (Ok(_), _) => Ok(()),
            (Err(CheckpointError::Note(NoteError::NotSigned { .. })), Some(entry)) => Err(fail(format!(
                "il n’est pas signé par la clé {key}, qui vaut seule depuis l’entrée {entry} (succession)"
            ))),
            (Err(error), _) => Err(fail(sentences::of_checkpoint(&error))),
        }
    }

    fn tile(&mut self, source: &mut dyn Source, tile: Tile, bytes: &[u8]) -> Result<(), Broken> {
        let why = match source.tile(tile).map_err(Broken::Unreadable)? {
            Found::NotKept => return Ok(()),
            Found::Bytes(found) if found == bytes => {
                self.tiles += 1;
                return Ok(());
            }
            Found::Bytes(_) => "ses empreintes ne sont pas celles des entrées",
            Found::Missing => "elle manque",
        };
        Err(Broken::Tile { tile, why })
    }

    /// Nothing more comes: what was signed is all there, and the tiles at the edge are right.
    fn ends(&mut self, source: &mut dyn Source) -> Result<(), Broken> {
        if let Some(signed) = self.signed.peek() {
            let why = format!("le registre n’a plus que {} entrées", self.edge.size());
            return Err(Broken::Checkpoint { size: signed.size, why });
        }
        for (tile, bytes) in self.edge.partial() {
            self.tile(source, tile, &bytes)?;
        }
        Ok(())
    }
}
