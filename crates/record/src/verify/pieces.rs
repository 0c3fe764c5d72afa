//! Enclosures against the commitments of the record.

use std::collections::HashMap;

use terms::{Commitment, Enclosed, Salt};

use super::{Broken, Source};

/// An enclosure as a source gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The commitment under which it is kept, in hexadecimal.
    pub sha256: &'a str,
    /// The media type noted beside it.
    pub media: &'a str,
    /// Its salt, unless destroyed.
    pub salt: Option<&'a [u8]>,
    /// Its bytes, unless destroyed.
    pub bytes: Option<&'a [u8]>,
}

impl Piece<'_> {
    fn is_what_it_is_kept_under(&self) -> bool {
        let salt = self.salt.and_then(|salt| salt.try_into().ok()).map(Salt);
        let made = salt.zip(self.bytes).map(|(salt, bytes)| Commitment::to(&salt, bytes));
        made.is_some() && made == Commitment::parse(self.sha256)
    }
}

/// Which enclosures a source should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// Every one that was not withdrawn.
    All,
    /// Every public one that was not withdrawn.
    Public,
    /// None: the source holds entries alone.
    None,
}

/// An enclosure that an entry commits to.
pub(super) struct Cite {
    pub(super) enclosed: Enclosed,
    pub(super) index: u64,
    pub(super) public: bool,
}

/// Everything that the record commits to, and what it withdrew.
#[derive(Default)]
pub(super) struct Cited {
    cites: Vec<Cite>,
    withdrawn: Vec<Commitment>,
}

/// How many there are of each.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) here: u64,
    pub(super) withdrawn: u64,
    pub(super) elsewhere: u64,
    pub(super) uncited: u64,
}

/// What was found of a commitment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing yet.
    Absent,
    /// Its bytes are here.
    Here,
    /// It fails.
    Fails(&'static str),
}

impl Cited {
    pub(super) fn take_in(&mut self, cites: Vec<Cite>, withdrawn: Vec<Commitment>) {
        self.cites.extend(cites);
        self.withdrawn.extend(withdrawn);
    }

    /// Every enclosure of the source is what it should be, and none is missing that the source should have.
    ///
    /// **Errors** the first that fails, in the order of the entries that commit to them; the source cannot be read.
    pub(super) fn compared(&mut self, source: &mut dyn Source) -> Result<Counts, Broken> {
        self.withdrawn.sort_unstable();
        let mut states = vec![State::Absent; self.cites.len()];
        let mut first_of: HashMap<Commitment, usize> = HashMap::with_capacity(self.cites.len());
        for (at, cite) in self.cites.iter().enumerate() {
            first_of.entry(cite.enclosed.sha256).or_insert(at);
        }
        let (mut uncited, mut unfounded) = (0, None);
        let mut take = |piece: &Piece<'_>| {
            let at = Commitment::parse(piece.sha256).and_then(|sha256| first_of.get(&sha256).copied());
            match at {
                Some(at) => states[at] = self.state(&self.cites[at].enclosed, piece),
                // Nothing shows it; but what is kept under a commitment must be what it commits to.
                None if piece.is_what_it_is_kept_under() => uncited += 1,
                None => unfounded = Some(piece.sha256.to_owned()),
            }
        };
        let holding = source.pieces(&mut take).map_err(Broken::Unreadable)?;
        let mut counts = Counts::default();
        for (at, cite) in self.cites.iter().enumerate() {
            let sha256 = cite.enclosed.sha256;
            if first_of.get(&sha256) != Some(&at) {
                continue;
            }
            let fail = |why| Err(Broken::Enclosure { sha256, index: cite.index, why });
            let expected = match holding {
                Holding::All => true,
                Holding::Public => cite.public,
                Holding::None => false,
            };
            match states[at] {
                State::Fails(why) => return fail(why),
                State::Here => counts.here += 1,
                State::Absent if self.is_withdrawn(&sha256) => counts.withdrawn += 1,
                State::Absent if expected => return fail("elle manque, sans qu’une entrée l’ait retirée"),
                State::Absent => counts.elsewhere += 1,
            }
        }
        counts.uncited = uncited;
        match unfounded {
            Some(sha256) => Err(Broken::Unfounded { sha256 }),
            None => Ok(counts),
        }
    }

    fn is_withdrawn(&self, sha256: &Commitment) -> bool {
        self.withdrawn.binary_search(sha256).is_ok()
    }

    fn state(&self, enclosed: &Enclosed, piece: &Piece<'_>) -> State {
        if piece.media != enclosed.media.as_str() {
            return State::Fails("elle n’est pas du genre que dit l’entrée");
        }
        let (salt, bytes) = match (piece.salt, piece.bytes) {
            (None, None) => return State::Absent,
            _ if self.is_withdrawn(&enclosed.sha256) => {
                return State::Fails("elle devait être détruite et ne l’est pas");
            }
            (Some(salt), Some(bytes)) => (salt, bytes),
            _ => {
                return State::Fails(
                    "il en manque une partie : son sel, ou ses octets dans le magasin des pièces",
                );
            }
        };
        let committed = salt.try_into().is_ok_and(|salt| {
            Commitment::to(&Salt(salt), bytes) == enclosed.sha256 && bytes.len() as u64 == enclosed.bytes
        });
        if committed { State::Here } else { State::Fails("elle a été modifiée") }
    }
}
