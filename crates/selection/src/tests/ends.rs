//! The pool is frozen, the seed made, the panel drawn; organisations vote; an authority names.

use sortition::prepare;
use terms::selection::{Method, Nominee};
use terms::{BodyId, Word};

use super::{a_draw, candidate, day, enclosed, frozen, listed, organisation, stands};
use crate::acts::{Lots, Named, Refusal, commit, draw, freeze, nominate, reveal, value, vote};
use crate::call::{Announced, Call, Candidacy, Place};
use crate::lots;

const SECRETS: [&str; 2] = ["0123456789abcdef", "fleuve2026fleuve2026"];

fn four() -> Vec<Candidacy> {
    [("k1", "femme"), ("k2", "femme"), ("k3", "homme"), ("k4", "homme")]
        .iter()
        .map(|(id, sex)| stands(id, sex, Place::Eligible))
        .collect()
}

fn lottery(call: &Call, candidates: &[Candidacy]) -> sortition::Transcript {
    let quotas = lots::quotas(call).unwrap();
    let pool = lots::pool(candidates, &quotas).unwrap();
    prepare(&pool, &quotas, call.seats.into(), &mut |_| {}).unwrap()
}

#[test]
fn a_pool_is_frozen_with_the_lottery_of_that_very_pool() {
    let call = listed(a_draw());
    let made = lottery(&call, &four());
    let on = |candidates: &[Candidacy], day_on: &str| {
        freeze(&call, candidates, Some((&made, enclosed())), 0, day(day_on))
    };
    let Ok(Word::PoolFrozen(word)) = on(&four(), "2026-12-15") else { panic!("frozen") };
    assert_eq!((word.candidates, word.lottery.unwrap().algorithm.as_str()), (4, sortition::ALGORITHM));
    assert_eq!(on(&four(), "2026-12-14"), Err(vec![Refusal::NotNow("selection-refused-not-freezing")]));
    assert_eq!(on(&four()[..3], "2026-12-15"), Err(vec![Refusal::PoolChanged]));
    assert_eq!(on(&[], "2026-12-15"), Err(vec![Refusal::NobodyEligible]));
    assert_eq!(freeze(&call, &four(), None, 0, day("2026-12-15")), Err(vec![Refusal::NoLottery]));
    let men = &four()[2..];
    let none = freeze(&call, men, Some((&lottery(&call, men), enclosed())), 0, day("2026-12-15"));
    assert!(matches!(none, Err(ref r) if matches!(&r[..], [Refusal::Infeasible(hints)] if hints.len() == 2)));
}

#[test]
fn an_election_freezes_the_ballot_paper_for_as_many_as_one_entry_counts() {
    let call = Call { method: Method::Election, vote_days: Some(5), ..listed(a_draw()) };
    let with = |electors| freeze(&call, &four(), None, electors, day("2026-12-15"));
    let Ok(Word::PoolFrozen(word)) = with(300) else { panic!("frozen") };
    assert_eq!((word.vote_until, word.lottery), (Some(day("2026-12-20")), None));
    assert_eq!(with(301), Err(vec![Refusal::ElectionTooLarge]));
}

/// The pool of four is frozen, and both parties have committed to [`SECRETS`].
fn committed() -> (Call, String) {
    let mut call = frozen(a_draw());
    let made = lottery(&call, &four());
    let announced = Announced {
        algorithm: made.algorithm.clone(),
        quotas_sha256: terms::Commitment(*made.quotas_sha256.as_bytes()),
        lottery_sha256: terms::Commitment(*made.lottery_sha256.as_bytes()),
        transcript: enclosed().sha256,
    };
    call.frozen.as_mut().unwrap().lottery = Some(announced);
    for (party, secret) in call.parties.iter_mut().zip(SECRETS) {
        let said = sortition::Commitment::new(&party.who.party_name(), secret.as_bytes()).unwrap();
        party.digest = Some(terms::Commitment(*said.digest.as_bytes()));
    }
    (call, serde_json::to_string(&made).unwrap())
}

#[test]
fn parties_commit_in_their_turn_and_once() {
    let call = frozen(a_draw());
    let (own, digest) = (organisation("une"), "ab".repeat(32));
    assert!(commit(&call, &own, &digest.to_uppercase(), day("2026-12-20")).is_ok());
    let closed = Err(vec![Refusal::NotNow("selection-refused-not-committing")]);
    assert_eq!(commit(&call, &own, &digest, day("2026-12-21")), closed);
    assert_eq!(commit(&listed(a_draw()), &own, &digest, day("2026-12-15")), closed, "before the freeze");
    assert_eq!(commit(&call, &own, "ab", day("2026-12-20")), Err(vec![Refusal::NotDigest]));
    let other = commit(&call, &organisation("etrangere"), &digest, day("2026-12-20"));
    assert_eq!(other, Err(vec![Refusal::NoParty]));
    let mut half = call.clone();
    half.parties[0].digest = Some(terms::Commitment([2; 32]));
    assert_eq!(commit(&half, &own, &digest, day("2026-12-20")), Err(vec![Refusal::CommittedAlready]));
    assert_eq!(
        reveal(&half, &own, SECRETS[0], day("2026-12-20")),
        Err(vec![Refusal::NotNow("selection-refused-not-revealing")]),
        "the other may still commit"
    );
}

#[test]
fn a_secret_is_the_one_that_was_committed_to() {
    let (call, _) = committed();
    let own = organisation("une");
    let on = |secret: &str, day_on: &str| reveal(&call, &own, secret, day(day_on));
    assert!(on(SECRETS[0], "2026-12-16").is_ok(), "as soon as all have committed");
    assert!(on(SECRETS[0], "2026-12-22").is_ok());
    assert!(on(SECRETS[0], "2026-12-23").is_err());
    assert_eq!(on(SECRETS[1], "2026-12-22"), Err(vec![Refusal::NotMatching]));
    for bad in ["0123456789abcde", "0123456789ABCDEF", "0123456789abcde é", &"a".repeat(129)] {
        assert_eq!(on(bad, "2026-12-22"), Err(vec![Refusal::NotSecret]), "{bad}");
    }
    assert_eq!(on(&"a".repeat(128), "2026-12-22"), Err(vec![Refusal::NotMatching]));
}

#[test]
fn the_draw_follows_from_the_record_and_from_nothing_else() {
    let (mut call, json) = committed();
    for (party, secret) in call.parties.iter_mut().zip(SECRETS) {
        party.secret = Some(secret.into());
    }
    let early = value(&call, "04", "04", "Journal", day("2026-12-23"));
    assert_eq!(early, Err(vec![Refusal::EventToCome(day("2026-12-24"))]));
    let Ok(Word::EventValued(valued)) = value(&call, " 04  12 ", "04 12", "Journal", day("2026-12-24"))
    else {
        panic!("valued")
    };
    assert_eq!(valued.outcome, "04 12");
    let refused = |outcome: &str, again: &str, shown: &str| {
        value(&call, outcome, again, shown, day("2026-12-24")).err()
    };
    assert_eq!(refused("04", "05", "Journal"), Some(vec![Refusal::OutcomesDiffer]));
    assert_eq!(refused("", "", "Journal"), Some(vec![Refusal::NotOutcome]));
    assert_eq!(refused("<b>", "<b>", "Journal"), Some(vec![Refusal::NotOutcome]));
    assert_eq!(refused("04", "04", ""), Some(vec![Refusal::NoText("ou")]));
    let announced = call.frozen.as_ref().unwrap().lottery.as_ref().unwrap().lottery_sha256;
    let panel = |call: &Call, outcome: &str| {
        let Ok(Word::PanelDrawn(word)) = draw(call, outcome, Lots::read(&json, &announced)) else {
            panic!("drawn")
        };
        word
    };
    let drawn = panel(&call, "04 12");
    assert_eq!(drawn, panel(&call, "04 12"));
    assert_eq!((drawn.panel.len(), drawn.alternates.len()), (2, 2));
    assert!((0..40).any(|n| panel(&call, &format!("{n}")).panel != drawn.panel), "the event counts");
    // A party that stayed silent is left out, and the draw goes on.
    call.parties[1].secret = None;
    assert_ne!(panel(&call, "04 12").seed, drawn.seed);
    assert_eq!(draw(&call, "04 12", None), Err(vec![Refusal::NoLottery]));
    assert!(Lots::read(&json, &terms::Commitment([0; 32])).is_none(), "only the lottery that was announced");
}

#[test]
fn an_elector_votes_for_candidates_while_the_ballot_is_open() {
    let mut call = Call { method: Method::Election, ..frozen(a_draw()) };
    call.frozen.as_mut().unwrap().vote_until = Some(day("2026-12-20"));
    let on = |elector, approved: &[&str], day_on: &str| vote(&call, &four(), elector, approved, day(day_on));
    let ballot = on(true, &["k3", "k1", "k3"], "2026-12-20").unwrap();
    assert_eq!(ballot.0, [candidate("k1"), candidate("k3")]);
    assert_eq!(on(true, &[], "2026-12-20").unwrap().0, [], "a blank ballot is one");
    assert_eq!(on(true, &["k1"], "2026-12-21"), Err(vec![Refusal::NotNow("selection-refused-not-voting")]));
    assert_eq!(on(false, &["k1"], "2026-12-20"), Err(vec![Refusal::NoElector]));
    assert_eq!(on(true, &["k9"], "2026-12-20"), Err(vec![Refusal::NoCandidate]));
    let many: Vec<Candidacy> = (0..21).map(|n| stands(&format!("m{n}"), "femme", Place::Eligible)).collect();
    let ids: Vec<&str> = many.iter().map(|one| one.id.as_str()).collect();
    assert!(vote(&call, &many, true, &ids[..20], day("2026-12-20")).is_ok());
    assert_eq!(vote(&call, &many, true, &ids, day("2026-12-20")), Err(vec![Refusal::TooManyApproved]));
}

#[test]
fn a_nomination_names_its_act_its_day_and_no_more_than_the_seats() {
    let authority = Some(BodyId::parse("gouverneur").unwrap());
    let call = Call { method: Method::Nomination, authority, ..listed(a_draw()) };
    let one = |id: &str| Nominee { candidacy: Some(candidate(id)), organisation: None, person: None };
    let named = || Named {
        on: Some(day("2026-12-15")),
        act: "Décision n° 12".into(),
        nominees: vec![one("k1"), one("k2")],
        reason: None,
        file: None,
        source: None,
    };
    let today = day("2026-12-15");
    assert!(nominate(&call, &four(), named(), today).is_ok());
    let refused = |named| nominate(&call, &four(), named, today).err().unwrap_or_default();
    assert_eq!(refused(Named { act: String::new(), ..named() }), [Refusal::NoAct]);
    assert_eq!(refused(Named { on: Some(day("2026-12-16")), ..named() }), [Refusal::Later]);
    assert_eq!(refused(Named { nominees: vec![], ..named() }), [Refusal::Nominees { seats: 2 }]);
    let three = vec![one("k1"), one("k2"), one("k3")];
    assert_eq!(refused(Named { nominees: three, ..named() }), [Refusal::Nominees { seats: 2 }]);
    assert_eq!(refused(Named { nominees: vec![one("k9")], ..named() }), [Refusal::NoCandidate]);
    let open = nominate(&call, &four(), named(), day("2026-12-10"));
    assert_eq!(open, Err(vec![Refusal::NotNow("selection-refused-no-nomination")]));
    let other = nominate(&listed(a_draw()), &four(), named(), today);
    assert_eq!(other, Err(vec![Refusal::NotNow("selection-refused-no-nomination")]));
}
