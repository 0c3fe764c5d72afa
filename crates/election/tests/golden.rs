//! Counts of an independent program, and what must hold of every count.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use election::{Alike, Phase, Refusal, equal_shares};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    candidates: usize,
    seats: usize,
    ballots: Vec<Vec<usize>>,
    elected: Vec<usize>,
}

fn each(ballots: &[Vec<usize>]) -> Vec<Alike> {
    ballots.iter().map(|approves| Alike { approves: approves.clone(), voters: 1 }).collect()
}

fn elected(candidates: usize, seats: usize, ballots: &[Alike]) -> Vec<usize> {
    equal_shares(candidates, seats, ballots).unwrap().iter().map(|round| round.elected).collect()
}

/// The same ballots, those alike together.
fn together(ballots: &[Vec<usize>]) -> Vec<Alike> {
    let mut found: Vec<Alike> = Vec::new();
    for approves in ballots {
        match found.iter_mut().find(|alike| alike.approves == *approves) {
            Some(alike) => alike.voters += 1,
            None => found.push(Alike { approves: approves.clone(), voters: 1 }),
        }
    }
    found
}

#[test]
fn an_independent_program_counts_the_same() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("golden/profiles.json")).unwrap();
    assert_eq!(cases.len(), 120);
    for (number, case) in cases.iter().enumerate() {
        let mut found = elected(case.candidates, case.seats, &each(&case.ballots));
        found.sort_unstable();
        assert_eq!(found, case.elected, "case {number}");
    }
}

#[test]
fn a_seat_that_nobody_approves_for_stays_vacant() {
    let ballots = [Alike { approves: vec![1], voters: 3 }, Alike { approves: vec![], voters: 2 }];
    assert_eq!(elected(4, 3, &ballots), [1]);
    assert_eq!(elected(4, 3, &[]), Vec::<usize>::new());
    let rounds = equal_shares(4, 3, &ballots).unwrap();
    assert_eq!((rounds[0].supporters, rounds[0].phase), (3, Phase::Shares));
    assert!((rounds[0].price - 1.0 / 3.0).abs() < 1e-12);
}

#[test]
fn ballots_that_are_none_are_refused_and_named() {
    let alike = |approves: &[usize]| [Alike { approves: approves.to_vec(), voters: 1 }];
    assert_eq!(equal_shares(2, 1, &alike(&[2])), Err(Refusal::NoCandidate { ballot: 0, candidate: 2 }));
    assert_eq!(equal_shares(2, 1, &alike(&[0, 0])), Err(Refusal::Twice { ballot: 0, candidate: 0 }));
    assert!(equal_shares(2, 1, &alike(&[1])).is_ok());
    assert_eq!(equal_shares(2_001, 1, &[]), Err(Refusal::TooLarge));
    assert_eq!(equal_shares(2, 201, &[]), Err(Refusal::TooLarge));
    let many = [Alike { approves: vec![0], voters: 100_001 }];
    assert_eq!(equal_shares(2, 1, &many), Err(Refusal::TooLarge));
}

fn profile() -> impl Strategy<Value = (usize, usize, Vec<Vec<usize>>)> {
    (2_usize..8, 1_usize..6).prop_flat_map(|(candidates, seats)| {
        let ballot = proptest::sample::subsequence((0..candidates).collect::<Vec<_>>(), 0..=candidates);
        (Just(candidates), Just(seats), proptest::collection::vec(ballot, 0..20))
    })
}

proptest! {
    #[test]
    fn nobody_is_elected_twice_nor_without_support((candidates, seats, ballots) in profile()) {
        let found = elected(candidates, seats, &each(&ballots));
        let mut once = found.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), found.len());
        prop_assert!(found.iter().all(|who| ballots.iter().any(|ballot| ballot.contains(who))));
        let approved = (0..candidates).filter(|who| ballots.iter().any(|ballot| ballot.contains(who))).count();
        prop_assert_eq!(found.len(), seats.min(approved));
    }

    #[test]
    fn the_order_of_ballots_and_their_grouping_change_nothing((candidates, seats, mut ballots) in profile()) {
        let first = elected(candidates, seats, &each(&ballots));
        prop_assert_eq!(&first, &elected(candidates, seats, &together(&ballots)));
        ballots.reverse();
        prop_assert_eq!(&first, &elected(candidates, seats, &each(&ballots)));
    }

    #[test]
    fn a_group_that_agrees_and_is_large_enough_is_represented((candidates, seats, ballots) in profile()) {
        let found = elected(candidates, seats, &each(&ballots));
        for who in 0..candidates {
            let group: Vec<_> = ballots.iter().filter(|ballot| ballot.contains(&who)).collect();
            if group.len() * seats >= ballots.len() && !group.is_empty() {
                prop_assert!(
                    group.iter().any(|ballot| ballot.iter().any(|approved| found.contains(approved))),
                    "those who approve {} have nobody in {:?}", who, found
                );
            }
        }
    }
}
