//! The method of equal shares, then Phragmén's rule for the seats that it leaves.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use thiserror::Error;

use crate::{CANDIDATES_MAX, SEATS_MAX, VOTERS_MAX};

/// Ballots that approve the same candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The candidates approved, counted from 0; the order does not matter.
    pub approves: Vec<usize>,
    /// How many such ballots.
    pub voters: u32,
}

/// By which part of the method a candidate is elected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Paid by its supporters.
    Shares,
    /// Elected for a seat that nobody could pay.
    Completion,
}

/// One round: one more candidate is elected.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Who, counted from 0.
    pub elected: usize,
    /// By which part of the method.
    pub phase: Phase,
    /// How many voters approve it.
    pub supporters: u64,
    /// What a supporter pays at most in the first part; in the second, what every voter has earned by then.
    ///
    /// **Units** seats; the nearest double of an exact fraction.
    pub price: f64,
}

/// Why there is no count.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// More than this instrument takes on.
    #[error("too large: {CANDIDATES_MAX} candidates, {VOTERS_MAX} voters, {SEATS_MAX} seats at most")]
    TooLarge,
    /// A ballot approves a candidate that there is not.
    #[error("ballot {ballot}: no candidate {candidate}")]
    NoCandidate {
        /// Which ballots, counted from 0.
        ballot: usize,
        /// The candidate's number.
        candidate: usize,
    },
    /// A ballot approves a candidate twice.
    #[error("ballot {ballot}: candidate {candidate} stands twice")]
    Twice {
        /// Which ballots, counted from 0.
        ballot: usize,
        /// The candidate's number.
        candidate: usize,
    },
}

/// Who is elected to these seats, in the order of the rounds; fewer than seats where fewer are approved by anybody.
///
/// **Errors** over the limits; a ballot that names a candidate twice, or one that is none.
///
/// **Source** Peters and Skowron, EC 2020, section 4; ties and completion as the README says.
pub fn equal_shares(candidates: usize, seats: usize, ballots: &[Alike]) -> Result<Vec<Round>, Refusal> {
    sound(candidates, seats, ballots)?;
    let mut count = Count::new(candidates, seats, ballots);
    let mut rounds = Vec::new();
    while rounds.len() < seats {
        let Some((elected, price)) = count.cheapest() else { break };
        count.pay(elected, &price);
        rounds.push(count.round(elected, Phase::Shares, &price));
    }
    // From here on a voter's money is the time since all earn alike, less its load; what is left over is a load below zero.
    let mut loads: Vec<BigRational> = count.money.iter().map(|money| -money).collect();
    while rounds.len() < seats {
        let Some((elected, moment)) = count.soonest(&loads) else { break };
        count.standing[elected] = false;
        for ballot in &count.supporters[elected] {
            loads[*ballot] = moment.clone();
        }
        rounds.push(count.round(elected, Phase::Completion, &moment));
    }
    Ok(rounds)
}

fn sound(candidates: usize, seats: usize, ballots: &[Alike]) -> Result<(), Refusal> {
    let voters: u64 = ballots.iter().map(|alike| u64::from(alike.voters)).sum();
    if candidates > CANDIDATES_MAX || seats > SEATS_MAX || voters > VOTERS_MAX {
        return Err(Refusal::TooLarge);
    }
    for (ballot, alike) in ballots.iter().enumerate() {
        let mut seen = vec![false; candidates];
        for candidate in alike.approves.iter().copied() {
            match seen.get_mut(candidate) {
                None => return Err(Refusal::NoCandidate { ballot, candidate }),
                Some(true) => return Err(Refusal::Twice { ballot, candidate }),
                Some(first) => *first = true,
            }
        }
    }
    Ok(())
}

struct Count<'a> {
    ballots: &'a [Alike],
    /// What each voter of the ballots has left.
    money: Vec<BigRational>,
    /// For each candidate the ballots that approve it.
    supporters: Vec<Vec<usize>>,
    standing: Vec<bool>,
}

fn whole(number: u64) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

impl<'a> Count<'a> {
    fn new(candidates: usize, seats: usize, ballots: &'a [Alike]) -> Self {
        let voters: u64 = ballots.iter().map(|alike| u64::from(alike.voters)).sum();
        let each = if voters == 0 {
            BigRational::zero()
        } else {
            BigRational::new(BigInt::from(seats), BigInt::from(voters))
        };
        let mut supporters = vec![Vec::new(); candidates];
        for (ballot, alike) in ballots.iter().enumerate().filter(|(_, alike)| alike.voters > 0) {
            alike.approves.iter().for_each(|candidate| supporters[*candidate].push(ballot));
        }
        Self { ballots, money: vec![each; ballots.len()], supporters, standing: vec![true; candidates] }
    }

    fn voters(&self, ballot: usize) -> u64 {
        u64::from(self.ballots[ballot].voters)
    }

    fn support(&self, candidate: usize) -> u64 {
        self.supporters[candidate].iter().map(|ballot| self.voters(*ballot)).sum()
    }

    fn round(&self, elected: usize, phase: Phase, price: &BigRational) -> Round {
        let price = price.to_f64().unwrap_or(f64::NAN);
        Round { elected, phase, supporters: self.support(elected), price }
    }

    /// The candidate, standing and payable, that costs a supporter least, with that price.
    fn cheapest(&self) -> Option<(usize, BigRational)> {
        let standing = (0..self.standing.len()).filter(|candidate| self.standing[*candidate]);
        let priced = standing.filter_map(|candidate| Some((candidate, self.price(candidate)?)));
        // Of several at one price the first stays.
        priced.reduce(|best, next| if next.1 < best.1 { next } else { best })
    }

    /// The least that each supporter must be ready to pay for the seat to be paid; none where they cannot.
    fn price(&self, candidate: usize) -> Option<BigRational> {
        let mut purses: Vec<usize> = self.supporters[candidate].clone();
        purses.sort_by(|a, b| self.money[*a].cmp(&self.money[*b]));
        let mut still = self.support(candidate);
        let mut owed = BigRational::one();
        for ballot in purses {
            // If those who are left pay alike, does the poorest of them have enough?
            let each = &owed / whole(still);
            if self.money[ballot] >= each {
                return Some(each);
            }
            let voters = self.voters(ballot);
            owed -= &self.money[ballot] * whole(voters);
            still -= voters;
        }
        None
    }

    fn pay(&mut self, elected: usize, price: &BigRational) {
        self.standing[elected] = false;
        for ballot in &self.supporters[elected] {
            let paid = self.money[*ballot].clone().min(price.clone());
            self.money[*ballot] -= paid;
        }
    }

    /// The candidate whose supporters have a seat's price first, and when.
    fn soonest(&self, loads: &[BigRational]) -> Option<(usize, BigRational)> {
        let standing = (0..self.standing.len()).filter(|candidate| self.standing[*candidate]);
        let timed = standing.filter(|candidate| self.support(*candidate) > 0).map(|candidate| {
            let carried = self.supporters[candidate].iter();
            let carried = carried
                .fold(BigRational::one(), |sum, ballot| sum + &loads[*ballot] * whole(self.voters(*ballot)));
            (candidate, carried / whole(self.support(candidate)))
        });
        timed.reduce(|best, next| if next.1 < best.1 { next } else { best })
    }
}
