//! Enclosures against the commitments of the record.

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
    /// The same, and from this entry on every one: a mirror in which the record goes on.
    AllSince(u64),
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
    /// An entry before commits to it, and what is found is said there.
    Said,
}

/// Enclosures stand about in the order in which entries commit to them: so far around the place where the next is awaited it is looked
/// for before it is searched.
const AROUND: usize = 6;

/// Where each commitment first stands among the cites.
struct Places<'a> {
    cites: &'a [Cite],
    /// The cites in the order of their commitments, each with the start of its own, which tells most apart without a look at it.
    sorted: Vec<(u64, u32)>,
    /// Where the next is awaited.
    next: usize,
}

fn start_of(sha256: &Commitment) -> u64 {
    u64::from_be_bytes(*sha256.0.first_chunk().unwrap_or(&[0; 8]))
}

impl<'a> Places<'a> {
    fn of(cites: &'a [Cite]) -> Self {
        let mut sorted: Vec<(u64, u32)> =
            (0..).zip(cites).map(|(at, cite)| (start_of(&cite.enclosed.sha256), at)).collect();
        sorted.sort_unstable_by(|a, b| {
            let whole = |at: u32| cites[at as usize].enclosed.sha256;
            a.0.cmp(&b.0).then_with(|| whole(a.1).cmp(&whole(b.1))).then(a.1.cmp(&b.1))
        });
        Self { cites, sorted, next: 0 }
    }

    /// The cites of a commitment that an earlier one has already.
    fn repeated(&self) -> impl Iterator<Item = usize> {
        self.sorted.windows(2).filter_map(|pair| {
            let [(first, before), (second, at)] = *pair else { return None };
            let whole = |at: u32| self.cites[at as usize].enclosed.sha256;
            (first == second && whole(before) == whole(at)).then_some(at as usize)
        })
    }

    /// The first cite of this commitment; `said` tells of a cite that it is none.
    fn first(&mut self, sha256: &Commitment, said: impl Fn(usize) -> bool) -> Option<usize> {
        let near = self.next.saturating_sub(AROUND)..self.cites.len().min(self.next + AROUND);
        let is_it = |at: &usize| self.cites[*at].enclosed.sha256 == *sha256 && !said(*at);
        let at = near.into_iter().find(is_it).or_else(|| self.searched(sha256))?;
        self.next = at + 1;
        Some(at)
    }

    fn searched(&self, sha256: &Commitment) -> Option<usize> {
        let sought = start_of(sha256);
        let whole = |at: u32| &self.cites[at as usize].enclosed.sha256;
        let at = self
            .sorted
            .partition_point(|(start, at)| start.cmp(&sought).then_with(|| whole(*at).cmp(sha256)).is_lt());
        self.sorted
            .get(at)
            .map(|(_, at)| *at as usize)
            .filter(|at| self.cites[*at].enclosed.sha256 == *sha256)
    }
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
        let mut places = Places::of(&self.cites);
        places.repeated().for_each(|at| states[at] = State::Said);
        let (mut uncited, mut unfounded) = (0, None);
        let mut take = |piece: &Piece<'_>| {
            let at = Commitment::parse(piece.sha256)
                .and_then(|sha256| places.first(&sha256, |at| states[at] == State::Said));
            match at {
                Some(at) => states[at] = self.state(&self.cites[at].enclosed, piece),
                // Nothing shows it; but what is kept under a commitment must be what it commits to.
                None if piece.is_what_it_is_kept_under() => uncited += 1,
                None => unfounded = Some(piece.sha256.to_owned()),
            }
        };
        let holding = source.pieces(&mut take).map_err(Broken::Unreadable)?;
        let mut counts = Counts::default();
        for (cite, state) in self.cites.iter().zip(states) {
            let sha256 = cite.enclosed.sha256;
            let fail = |why| Err(Broken::Enclosure { sha256, index: cite.index, why });
            let expected = match holding {
                Holding::All => true,
                Holding::Public => cite.public,
                Holding::AllSince(from) => cite.public || cite.index >= from,
                Holding::None => false,
            };
            match state {
                State::Said => {}
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
