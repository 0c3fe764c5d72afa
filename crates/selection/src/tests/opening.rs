//! A call is opened, somebody stands, the list is published.

use terms::selection::Method;
use terms::{AppealId, BodyId, CallId, Word};

use super::{a_draw, candidate, day, enclosed, frozen, listed, organisation, quota, stands};
use crate::acts::{
    Decision, Draft, Filed, Refusal, SeedDraft, Standing, Verdict, appeal, cancel, decide, file, open,
    publish, say_rule_anew, withdraw,
};
use crate::call::{Call, Place};

fn seed() -> SeedDraft {
    SeedDraft {
        parties: vec![
            ("Une".into(), Some(organisation("une"))),
            ("Autre".into(), Some(organisation("autre"))),
        ],
        commit_by: Some(day("2026-12-14")),
        reveal_by: Some(day("2026-12-15")),
        event: "Tirage fictif".into(),
        written: "chiffres".into(),
        event_on: Some(day("2026-12-16")),
    }
}

fn draft() -> Draft {
    Draft {
        id: CallId::parse("appel").unwrap(),
        body: BodyId::parse("comite").unwrap(),
        seat: None,
        seats: Some(2),
        method: Some(Method::Draw),
        rule: Some(enclosed()),
        article: None,
        source: None,
        presentation: None,
        criteria: vec![("c1".into(), Some(enclosed()), None)],
        quotas: vec![quota("femme", 1, 1), quota("homme", 1, 1)],
        closes: Some(day("2026-12-10")),
        appeal_days: Some(3),
        seed: seed(),
        vote_days: None,
        authority: None,
        exercise: false,
    }
}

#[test]
fn a_call_that_holds_together_is_opened_and_others_say_what_to_mend() {
    let today = day("2026-12-01");
    assert!(matches!(open(draft(), today), Ok(Word::CallOpened(_))));
    let refused = |change: fn(&mut Draft)| {
        let mut changed = draft();
        change(&mut changed);
        open(changed, today).err().unwrap_or_default()
    };
    type Case = (fn(&mut Draft), Vec<Refusal>);
    let earliest = day("2026-12-14");
    let cases: Vec<Case> = vec![
        (|d| d.seats = Some(0), vec![Refusal::Seats]),
        (|d| d.seats = Some(101), vec![Refusal::Seats]),
        (|d| d.rule = None, vec![Refusal::NoRule]),
        (|d| d.criteria.clear(), vec![Refusal::NoCriterion]),
        (|d| d.criteria[0].1 = None, vec![Refusal::FactWithoutCriterion("c1".into())]),
        (|d| d.closes = Some(day("2026-12-01")), vec![Refusal::Closes]),
        (|d| d.appeal_days = Some(0), vec![Refusal::Window("recours")]),
        (|d| d.appeal_days = Some(91), vec![Refusal::Window("recours")]),
        (|d| d.seed.parties.truncate(1), vec![Refusal::Parties]),
        (|d| d.seed.parties[1].1 = None, vec![Refusal::UnknownParty("Autre".into())]),
        (|d| d.seed.parties[1] = d.seed.parties[0].clone(), vec![Refusal::PartyTwice("Une".into())]),
        (|d| d.seed.event.clear(), vec![Refusal::NoEvent("evenement")]),
        (|d| d.seed.written.clear(), vec![Refusal::NoEvent("ecriture")]),
        (|d| d.seed.reveal_by = d.seed.commit_by, vec![Refusal::RevealBy]),
        (|d| d.seed.event_on = d.seed.reveal_by, vec![Refusal::EventOn]),
    ];
    for (number, (change, expected)) in cases.into_iter().enumerate() {
        assert_eq!(refused(change), expected, "case {number}");
    }
    let early = refused(|d| d.seed.commit_by = Some(day("2026-12-13")));
    assert_eq!(early, [Refusal::CommitBy(earliest)]);
    // A year and a day from the first of December.
    assert!(!refused(|d| d.closes = Some(day("2027-12-02"))).contains(&Refusal::Closes));
    assert!(refused(|d| d.closes = Some(day("2027-12-03"))).contains(&Refusal::Closes));
    let nomination = refused(|d| d.method = Some(Method::Nomination));
    assert_eq!(nomination, [Refusal::UnknownAuthority]);
    assert_eq!(refused(|d| d.method = Some(Method::Election)), [Refusal::Window("scrutin")]);
}

#[test]
fn quotas_that_no_candidates_could_meet_are_told_at_once() {
    let with = |quotas| open(Draft { quotas, ..draft() }, day("2026-12-01")).err().unwrap_or_default();
    let feature = terms::selection::Feature::Sex;
    assert_eq!(
        with(vec![quota("femme", 2, 2), quota("homme", 1, 1)]),
        [Refusal::MinimaOver { feature, sum: 3, seats: 2 }]
    );
    assert_eq!(
        with(vec![quota("femme", 0, 1), quota("homme", 0, 0)]),
        [Refusal::MaximaUnder { feature, sum: 1, seats: 2 }]
    );
    assert_eq!(with(vec![quota("femme", 0, 1), quota("homme", 0, 1)]), []);
    assert_eq!(with(Vec::new()), []);
}

fn filed() -> Filed {
    Filed {
        id: candidate("k1"),
        organisation: Ok(None),
        person: Some(enclosed()),
        traits: vec![(terms::selection::Feature::Sex, "femme".into())],
        facts: vec![("c1".into(), enclosed())],
        paper: false,
    }
}

#[test]
fn somebody_stands_while_the_call_is_open_and_says_what_is_asked() {
    let alone = Standing { candidacies: 0, already: false, exercise: None };
    let on = |filed, standing, on: &str| file(&a_draw(), filed, standing, day(on));
    assert!(on(filed(), alone, "2026-12-10").is_ok());
    assert_eq!(on(filed(), alone, "2026-12-11"), Err(vec![Refusal::NotNow("selection-refused-closed")]));
    let refused = |filed, standing| on(filed, standing, "2026-12-10").err().unwrap_or_default();
    let feature = terms::selection::Feature::Sex;
    assert_eq!(refused(Filed { person: None, ..filed() }, alone), [Refusal::Nobody]);
    assert_eq!(refused(Filed { organisation: Err(()), ..filed() }, alone), [Refusal::UnknownOrganisation]);
    assert_eq!(refused(Filed { traits: vec![], ..filed() }, alone), [Refusal::NoTrait(feature)]);
    assert_eq!(
        refused(Filed { traits: vec![(feature, "autre".into())], ..filed() }, alone),
        [Refusal::NoTrait(feature)]
    );
    assert_eq!(refused(Filed { facts: vec![], ..filed() }, alone), [Refusal::NoFact("c1".into())]);
    assert_eq!(refused(filed(), Standing { already: true, ..alone }), [Refusal::StandsAlready]);
    assert_eq!(refused(filed(), Standing { exercise: Some(false), ..alone }), [Refusal::OtherWorld]);
    assert_eq!(refused(filed(), Standing { candidacies: 1_999, ..alone }), []);
    assert_eq!(refused(filed(), Standing { candidacies: 2_000, ..alone }), [Refusal::Full]);
}

#[test]
fn a_candidacy_is_withdrawn_until_the_pool_is_frozen() {
    let one = stands("k1", "femme", Place::Eligible);
    assert!(withdraw(&listed(a_draw()), &one).is_ok());
    assert_eq!(withdraw(&frozen(a_draw()), &one), Err(vec![Refusal::NotStanding]));
    for place in [Place::Withdrawn, Place::Excluded] {
        assert_eq!(withdraw(&a_draw(), &stands("k1", "femme", place)), Err(vec![Refusal::NotStanding]));
    }
}

#[test]
fn nobody_is_excluded_without_a_criterion_and_a_fact() {
    let standing = [candidate("k1"), candidate("k2")];
    let with = |second: Verdict| {
        let decisions = [
            Decision { candidacy: candidate("k1"), verdict: Verdict::Eligible },
            Decision { candidacy: candidate("k2"), verdict: second },
        ];
        publish(&a_draw(), &standing, &decisions, day("2026-12-11"))
    };
    let ground = || vec![Refusal::NoGround("k2".into())];
    let criterion = || Some("c1".to_owned());
    let Ok(Word::EligibleListPublished(list)) = with(Verdict::Excluded(criterion(), Some(enclosed()))) else {
        panic!("a list")
    };
    assert_eq!((list.eligible, list.excluded.len(), list.appeals_until), (1, 1, day("2026-12-14")));
    assert_eq!(with(Verdict::Excluded(None, Some(enclosed()))), Err(ground()));
    assert_eq!(with(Verdict::Excluded(criterion(), None)), Err(ground()));
    assert_eq!(
        with(Verdict::Excluded(Some("c2".into()), Some(enclosed()))),
        Err(ground()),
        "no such criterion"
    );
    assert_eq!(with(Verdict::None), Err(vec![Refusal::Undecided("k2".into())]));
    let early = publish(&a_draw(), &[], &[], day("2026-12-10"));
    assert_eq!(early, Err(vec![Refusal::NotNow("selection-refused-still-open")]));
    let twice = publish(&listed(a_draw()), &[], &[], day("2026-12-11"));
    assert_eq!(twice, Err(vec![Refusal::NotNow("selection-refused-listed")]));
}

#[test]
fn an_appeal_comes_within_the_window_and_is_decided_with_a_reason() {
    let id = || AppealId::parse("r1").unwrap();
    let call = listed(a_draw());
    let out = stands("k1", "femme", Place::Excluded);
    let on =
        |already, day_on: &str| appeal(&call, &out, already, id(), (Some(enclosed()), false), day(day_on));
    assert!(on(false, "2026-12-14").is_ok());
    assert_eq!(on(false, "2026-12-15"), Err(vec![Refusal::NotNow("selection-refused-no-window")]));
    assert_eq!(on(true, "2026-12-14"), Err(vec![Refusal::AppealedAlready]));
    let listed_one = stands("k2", "homme", Place::Eligible);
    let needless = appeal(&call, &listed_one, false, id(), (Some(enclosed()), false), day("2026-12-14"));
    assert_eq!(needless, Err(vec![Refusal::NotExcluded]));
    let bare = appeal(&call, &out, false, id(), (None, false), day("2026-12-14"));
    assert_eq!(bare, Err(vec![Refusal::NoText("texte")]));
    assert!(decide(&call, id(), false, Some(true), Some(enclosed())).is_ok());
    assert_eq!(
        decide(&call, id(), false, None, None),
        Err(vec![Refusal::NoVerdict, Refusal::NoText("raison")])
    );
    assert_eq!(
        decide(&call, id(), true, Some(true), Some(enclosed())),
        Err(vec![Refusal::NotNow("selection-refused-decided")])
    );
}

#[test]
fn the_rule_is_said_anew_only_while_no_secret_is_known() {
    let later = || SeedDraft {
        commit_by: Some(day("2026-12-26")),
        reveal_by: Some(day("2026-12-27")),
        event_on: Some(day("2026-12-28")),
        ..seed()
    };
    let today = day("2026-12-25");
    let mut call = frozen(a_draw());
    assert!(say_rule_anew(&call, later(), Some(enclosed()), today).is_ok());
    assert_eq!(say_rule_anew(&call, later(), None, today), Err(vec![Refusal::NoText("raison")]));
    call.parties[0].secret = Some("0123456789abcdef".into());
    assert_eq!(say_rule_anew(&call, later(), Some(enclosed()), today), Err(vec![Refusal::Revealed]));
    let election = Call { method: Method::Election, ..a_draw() };
    let other = say_rule_anew(&election, later(), Some(enclosed()), today);
    assert_eq!(other, Err(vec![Refusal::NotNow("selection-refused-no-draw")]));
    assert!(cancel(&call, Some(enclosed())).is_ok());
    assert_eq!(cancel(&call, None), Err(vec![Refusal::NoText("raison")]));
}
