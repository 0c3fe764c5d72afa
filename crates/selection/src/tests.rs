//! Tables of cases over the acts, both sides of each limit; what is read from outside is read or refused, whatever it is.

mod ends;
mod opening;

use proptest::prelude::*;
use terms::selection::{Feature, Method, Quota, SeedRule};
use terms::{Behalf, BodyId, CallId, CandidacyId, Commitment, Day, Enclosed, Media, OrganisationId, Salt};

use crate::acts::{Refusal, quotas};
use crate::call::{Call, Candidacy, Frozen, Listed, Party, Place, Required, Stage};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn enclosed() -> Enclosed {
    Enclosed { sha256: Commitment::to(&Salt([7; 32]), b"fiction"), media: Media::Text, bytes: 7 }
}

fn organisation(id: &str) -> Behalf {
    Behalf::Organisation { organisation: OrganisationId::parse(id).unwrap() }
}

fn candidate(id: &str) -> CandidacyId {
    CandidacyId::parse(id).unwrap()
}

fn quota(value: &str, min: u16, max: u16) -> Quota {
    Quota { feature: Feature::Sex, value: value.into(), min, max }
}

/// A draw of two seats, a woman and a man, that closes on 10 December with three days of appeal.
fn a_draw() -> Call {
    let parties = [organisation("une"), organisation("autre")];
    Call {
        id: CallId::parse("appel").unwrap(),
        body: BodyId::parse("comite").unwrap(),
        seat: None,
        seats: 2,
        method: Method::Draw,
        rule: enclosed().sha256,
        article: None,
        source: None,
        presentation: None,
        authority: None,
        criteria: vec![Required {
            code: "c1".into(),
            text: enclosed().sha256,
            asks: Some(enclosed().sha256),
        }],
        quotas: vec![quota("femme", 1, 1), quota("homme", 1, 1)],
        opened: day("2026-12-01"),
        closes: day("2026-12-10"),
        appeal_days: 3,
        vote_days: None,
        seed: Some(SeedRule {
            parties: parties.to_vec(),
            commit_by: day("2026-12-20"),
            reveal_by: day("2026-12-22"),
            event: "Tirage fictif".into(),
            written: "chiffres".into(),
            event_on: day("2026-12-24"),
        }),
        parties: parties.into_iter().map(|who| Party { who, digest: None, secret: None }).collect(),
        exercise: true,
        entry: 1,
        list: None,
        frozen: None,
        outcome: None,
        ended: None,
    }
}

fn listed(call: Call) -> Call {
    let list = Listed { on: day("2026-12-11"), until: day("2026-12-14"), pending: 0, entry: 9 };
    Call { list: Some(list), ..call }
}

fn frozen(call: Call) -> Call {
    let frozen = Frozen {
        on: day("2026-12-15"),
        candidates: 4,
        pool_sha256: Commitment([1; 32]),
        lottery: None,
        vote_until: None,
        entry: 12,
    };
    Call { frozen: Some(frozen), ..listed(call) }
}

fn stands(id: &str, sex: &str, place: Place) -> Candidacy {
    Candidacy {
        id: candidate(id),
        organisation: None,
        person: Some(enclosed().sha256),
        traits: vec![(Feature::Sex, sex.to_owned())],
        place,
        paper: true,
        filed: day("2026-12-02"),
        entry: 3,
        excluded: None,
    }
}

#[test]
fn a_call_goes_from_stage_to_stage_by_days_and_deeds() {
    let at = |call: &Call, on: &str| call.stage(day(on));
    let call = a_draw();
    assert_eq!((at(&call, "2026-12-10"), at(&call, "2026-12-11")), (Stage::Open, Stage::Examining));
    let call = listed(call);
    assert_eq!((at(&call, "2026-12-14"), at(&call, "2026-12-15")), (Stage::Appealing, Stage::Freezing));
    let mut waiting = call.clone();
    waiting.list.as_mut().unwrap().pending = 1;
    assert_eq!(at(&waiting, "2026-12-15"), Stage::Deciding);
    let mut call = frozen(call);
    assert_eq!((at(&call, "2026-12-20"), at(&call, "2026-12-21")), (Stage::Committing, Stage::Stalled));
    call.parties[0].digest = Some(Commitment([2; 32]));
    assert_eq!((at(&call, "2026-12-20"), at(&call, "2026-12-21")), (Stage::Committing, Stage::Revealing));
    call.parties[1].digest = Some(Commitment([3; 32]));
    assert_eq!((at(&call, "2026-12-16"), at(&call, "2026-12-23")), (Stage::Revealing, Stage::Stalled));
    call.parties[0].secret = Some("0123456789abcdef".into());
    assert_eq!((at(&call, "2026-12-22"), at(&call, "2026-12-23")), (Stage::Revealing, Stage::Awaiting));
    assert_eq!(at(&call, "2026-12-24"), Stage::Drawing);
    let named = Call { method: Method::Nomination, ..listed(a_draw()) };
    assert_eq!(at(&named, "2026-12-15"), Stage::Naming);
    let mut vote = Call { method: Method::Election, ..frozen(a_draw()) };
    vote.frozen.as_mut().unwrap().vote_until = Some(day("2026-12-20"));
    assert_eq!((at(&vote, "2026-12-20"), at(&vote, "2026-12-21")), (Stage::Voting, Stage::Counting));
}

#[test]
fn quotas_are_read_as_people_write_them() {
    let read = quotas("sexe ; femme ; 1 ; 2\n\n âge,18-35,0,3\nLieu\tNord\t0\t1").unwrap();
    let found: Vec<_> = read.iter().map(|q| (q.feature, q.value.as_str(), q.min, q.max)).collect();
    assert_eq!(
        found,
        [(Feature::Sex, "femme", 1, 2), (Feature::Age, "18-35", 0, 3), (Feature::Place, "Nord", 0, 1)]
    );
    assert_eq!(quotas(" \n").unwrap(), []);
    for bad in ["sexe femme 1 2", "couleur;bleu;0;1", "sexe;;0;1", "sexe;f;un;1", "sexe;f;0", "sexe;=1;0;1"] {
        assert!(
            matches!(quotas(bad), Err(ref r) if matches!(r[..], [Refusal::QuotaUnreadable { line: 1, .. }])),
            "{bad}"
        );
    }
    assert_eq!(quotas("sexe;f;2;1"), Err(vec![Refusal::QuotaUpside { line: 1 }]));
    assert_eq!(quotas("sexe;f;2;2").map(|q| q.len()), Ok(1));
    assert_eq!(
        quotas("sexe;f;0;1\nsexe;f;0;2"),
        Err(vec![Refusal::QuotaTwice { line: 2, value: "f".into() }])
    );
    let many = |n: usize| (0..n).map(|i| format!("lieu;l{i};0;1\n")).collect::<String>();
    assert_eq!(quotas(&many(60)).map(|q| q.len()), Ok(60));
    assert_eq!(quotas(&many(61)), Err(vec![Refusal::QuotasTooMany]));
}

proptest! {
    #[test]
    fn any_text_is_quotas_or_refused(text in ".{0,200}") {
        if let Ok(read) = quotas(&text) {
            prop_assert!(read.iter().all(|quota| quota.min <= quota.max && !quota.value.is_empty()));
        }
    }

    #[test]
    fn any_json_is_a_lottery_or_none(text in ".{0,200}") {
        prop_assert!(crate::acts::Lots::read(&text, &Commitment([0; 32])).is_none());
    }

    #[test]
    fn whatever_was_voted_is_counted_within_the_seats(
        ballots in proptest::collection::vec(proptest::collection::btree_set(0_usize..5, 0..5), 0..12),
        seats in 1_u16..4,
    ) {
        let all: Vec<CandidacyId> = (0..5).map(|n| candidate(&format!("k{n}"))).collect();
        let cast: Vec<_> = ballots.iter().enumerate().map(|(n, approved)| {
            let voter = OrganisationId::parse(&format!("o{n:02}")).unwrap();
            (voter, approved.iter().map(|k| all[*k].clone()).collect::<Vec<_>>())
        }).collect();
        let ordered = crate::count::tie_order(&Commitment([9; 32]), &all);
        let counted = crate::count::count(CallId::parse("a").unwrap(), seats, ordered, &cast, 20).unwrap();
        prop_assert!(counted.elected.len() <= usize::from(seats));
        prop_assert_eq!(counted.ballots.iter().map(|alike| usize::from(alike.count)).sum::<usize>(), cast.len());
        // Who voted for whom is not told by the order of anything.
        prop_assert!(counted.ballots.is_sorted() && counted.voters.is_sorted());
        let again = crate::count::rounds(seats, &counted.candidates, &counted.ballots).unwrap();
        let again: Vec<_> = again.iter().map(|round| counted.candidates[round.elected].clone()).collect();
        prop_assert_eq!(again, counted.elected);
    }
}
