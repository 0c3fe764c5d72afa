//! From a seed to a panel: whole numbers only.

use sha2::{Digest as _, Sha256};

use crate::digest::{Digest, Encoder};
use crate::model::{Model, Panel};
use crate::seed::Seed;
use crate::{Pool, Quotas};

/// Numbers out of a seed: SHA-256 of the key and a counter, block by block, eight bytes a number.
struct Stream {
    key: Digest,
    counter: u64,
    words: Vec<u64>,
}

impl Stream {
    fn new(lottery: &Digest, seed: &Seed) -> Self {
        let mut encoder = Encoder::new("toguna/sortition/draw/v1");
        encoder.bytes(lottery.as_bytes()).bytes(seed.as_bytes());
        Self { key: encoder.end(), counter: 0, words: Vec::new() }
    }

    fn word(&mut self) -> u64 {
        if self.words.is_empty() {
            let mut block = Sha256::new();
            block.update(self.key.as_bytes());
            block.update(self.counter.to_be_bytes());
            self.counter += 1;
            let block: [u8; 32] = block.finalize().into();
            let words = block
                .chunks_exact(8)
                .map(|bytes| bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
            // Taken from the end, so the first eight bytes come first.
            self.words = words.rev().collect();
        }
        self.words.pop().unwrap_or_default()
    }

    /// A number below `bound`, each as likely as the others: a word beyond the last whole multiple is passed over.
    fn below(&mut self, bound: u64) -> u64 {
        let beyond = (u64::MAX % bound + 1) % bound;
        loop {
            let word = self.word();
            if word <= u64::MAX - beyond {
                return word % bound;
            }
        }
    }

    /// The first `taken` places of the list hold a random choice in random order.
    fn shuffle<T>(&mut self, list: &mut [T], taken: usize) {
        for place in 0..taken.min(list.len()) {
            let other = place + self.below((list.len() - place) as u64) as usize;
            list.swap(place, other);
        }
    }
}

/// Who sits, and who comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Ids of those drawn, in the order of their bytes.
    pub panel: Vec<String>,
    /// Everybody else, in the order in which they are asked when a seat falls vacant ([`replacement`]).
    pub alternates: Vec<String>,
}

/// The lots of a lottery, from which any number of seeds draw.
#[derive(Debug, Clone)]
pub struct Lots {
    pub(crate) model: Model,
    pub(crate) pool: Pool,
    pub(crate) panels: Vec<(Panel, u64)>,
    pub(crate) lottery: Digest,
}

impl Lots {
    /// The digest of the lottery: of its panels and weights as they are here.
    pub fn digest(&self) -> Digest {
        self.lottery
    }

    /// Who sits, and who comes next, by this seed.
    pub fn draw(&self, seed: &Seed) -> Draw {
        let mut stream = Stream::new(&self.lottery, seed);
        let mut left = stream.below(crate::WEIGHT_TOTAL);
        let mut chosen: &[(u32, u32)] = &[];
        for (panel, weight) in &self.panels {
            chosen = panel;
            if left < *weight {
                break;
            }
            left -= weight;
        }
        let people = self.pool.candidates();
        let mut seated = vec![false; people.len()];
        for (kind, count) in chosen {
            let mut members = self.model.kinds[*kind as usize].members.clone();
            stream.shuffle(&mut members, *count as usize);
            members.iter().take(*count as usize).for_each(|member| seated[*member] = true);
        }
        let ids = |sits: bool| -> Vec<String> {
            let each = people.iter().zip(&seated).filter(|(_, seated)| **seated == sits);
            each.map(|(candidate, _)| candidate.id.clone()).collect()
        };
        let (panel, mut alternates) = (ids(true), ids(false));
        let all = alternates.len();
        stream.shuffle(&mut alternates, all);
        Draw { panel, alternates }
    }
}

/// Who takes the next vacant seat: the first in the order of alternates with whom every quota holds again; none where
/// nobody left can do that.
///
/// `sitting` are those who still sit, one less than the seats or fewer; with several seats vacant, the quotas are held
/// against the seats filled so far: a maximum may not be passed, and a minimum must stay within reach of the seats left.
/// Who is in `passed` has been asked already.
pub fn replacement<'a>(
    pool: &Pool,
    quotas: &Quotas,
    seats: u32,
    sitting: &[String],
    alternates: &'a [String],
    passed: &[String],
) -> Option<&'a str> {
    let mut counted = vec![0_u32; quotas.list().len()];
    for id in sitting {
        pool.rows().get(pool.find(id)?)?.iter().for_each(|row| counted[*row] += 1);
    }
    let vacant = seats.checked_sub(u32::try_from(sitting.len()).ok()?)?.checked_sub(1)?;
    let features: Vec<&str> = quotas.features().collect();
    let holds = |id: &str| -> bool {
        let Some(rows) = pool.find(id).and_then(|place| pool.rows().get(place)) else { return false };
        let mut counted = counted.clone();
        rows.iter().for_each(|row| counted[*row] += 1);
        let each = || quotas.list().iter().zip(&counted);
        each().all(|(quota, count)| *count <= quota.max)
            && features.iter().all(|feature| {
                let of_feature = each().filter(|(quota, _)| quota.feature == *feature);
                of_feature.map(|(quota, count)| quota.min.saturating_sub(*count)).sum::<u32>() <= vacant
            })
    };
    alternates
        .iter()
        .map(String::as_str)
        .find(|id| !passed.iter().chain(sitting).any(|other| other == id) && holds(id))
}
