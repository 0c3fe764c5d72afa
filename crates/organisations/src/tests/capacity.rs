//! Capacity: the grid whole, acts on both sides of each limit, means over what is known, and drafts that nobody else reads. All names are
//! fictional.

use terms::access::Role;
use terms::organisations::{
    ActionOutcome, ActionPlanned, ActionSettled, CapacityAssessed, ItemAssessed, Regard, TrainingAttended,
};
use terms::{ActionId, Behalf, Commitment, Enclosed, Media};

use super::{day, house, id};
use crate::acts::{CapacityRefusal, assess, attend, plan, settle};
use crate::capacity::{Mean, about, grid, means, overall};

const TODAY: &str = "2026-03-02";

fn enclosed() -> Enclosed {
    Enclosed { sha256: Commitment([7; 32]), media: Media::Text, bytes: 3 }
}

fn item(code: &str, level: Option<u8>) -> ItemAssessed {
    ItemAssessed { item: code.into(), level, remark: None }
}

#[test]
fn the_grid_has_eight_domains_and_every_level_of_every_item_is_described_in_both_languages() {
    let found = grid();
    assert_eq!(found.iter().map(|domain| domain.items.len()).collect::<Vec<_>>(), [4, 4, 4, 4, 4, 4, 4, 6]);
    let mut texts = std::collections::BTreeSet::new();
    for (n, domain) in (1..).zip(found) {
        assert_eq!(domain.code, format!("D{n}"));
        assert!(domain.name.iter().all(|name| name.len() > 3));
        for (m, item) in (1..).zip(&domain.items) {
            assert_eq!(item.code, format!("D{n}.{m}"));
            assert!(item.name.iter().all(|name| name.len() > 3), "{}", item.code);
            for text in item.anchors.iter().flatten() {
                assert!(text.len() > 10 && text.ends_with('.'), "{}: {text}", item.code);
                assert!(texts.insert(text.clone()), "{} says twice: {text}", item.code);
            }
        }
    }
    assert_eq!(texts.len(), 34 * 8);
    assert!(about("D1").is_some_and(|(_, item)| item.is_none()));
    assert!(about("D8.6").is_some_and(|(_, item)| item.is_some()));
    for nothing in ["", "D9", "D1.5", "D1.", "d1", "D8.7", "D1.1.1"] {
        assert!(about(nothing).is_none(), "{nothing}");
    }
}

fn assessed(regard: Regard, items: Vec<ItemAssessed>) -> CapacityAssessed {
    CapacityAssessed {
        organisation: id("afd"),
        grid: 1,
        regard,
        peer: (regard == Regard::Peer).then(|| id("coaf")),
        assessor: (regard == Regard::External).then(enclosed),
        on: day(TODAY),
        items,
    }
}

#[test]
fn an_assessment_is_refused_on_one_side_of_each_limit() {
    use CapacityRefusal as R;
    let one = || vec![item("D1.1", Some(2))];
    let peer = |peer: &str| CapacityAssessed { peer: Some(id(peer)), ..assessed(Regard::Peer, one()) };
    let on = |on: &str| CapacityAssessed { on: day(on), ..assessed(Regard::Own, one()) };
    let cases = vec![
        (assessed(Regard::Own, one()), false, vec![]),
        (assessed(Regard::Own, vec![item("D1.1", None)]), false, vec![R::NothingAssessed]),
        (assessed(Regard::Own, vec![]), false, vec![R::NothingAssessed]),
        (assessed(Regard::Own, vec![item("D1.1", Some(1)), item("D8.6", Some(4))]), false, vec![]),
        (assessed(Regard::Own, vec![item("D1.1", Some(0))]), false, vec![R::UnknownItem("D1.1".into())]),
        (assessed(Regard::Own, vec![item("D1.1", Some(5))]), false, vec![R::UnknownItem("D1.1".into())]),
        (assessed(Regard::Own, vec![item("D1", Some(2))]), false, vec![R::UnknownItem("D1".into())]),
        (assessed(Regard::Own, vec![item("D9.1", Some(2))]), false, vec![R::UnknownItem("D9.1".into())]),
        (on("2026-03-03"), false, vec![R::Later("jour")]),
        (assessed(Regard::Peer, one()), true, vec![]),
        (assessed(Regard::Peer, one()), false, vec![R::NotInvited]),
        (peer("afd"), true, vec![R::PeerItself]),
        (assessed(Regard::External, one()), false, vec![]),
        (
            CapacityAssessed { assessor: None, ..assessed(Regard::External, one()) },
            false,
            vec![R::AssessorMissing],
        ),
    ];
    for (written, invited, refusals) in cases {
        let name = format!("{written:?} {invited}");
        assert_eq!(assess(written, invited, day(TODAY)).err().unwrap_or_default(), refusals, "{name}");
    }
}

#[test]
fn actions_and_trainings_are_refused_on_one_side_of_each_limit() {
    use CapacityRefusal as R;
    let planned = |about: &str, by: &str| ActionPlanned {
        id: ActionId::parse("a").unwrap(),
        organisation: id("afd"),
        about: about.into(),
        text: enclosed(),
        by_when: by.parse().ok(),
        responsible: None,
    };
    for (about, by, refusals) in [
        ("D1", "", vec![]),
        ("D8.6", TODAY, vec![]),
        ("D8.7", TODAY, vec![R::UnknownAbout]),
        ("D1", "2026-03-01", vec![R::AlreadyPast]),
    ] {
        assert_eq!(plan(planned(about, by), day(TODAY)).err().unwrap_or_default(), refusals, "{about} {by}");
    }
    let settled = |on: &str| ActionSettled {
        action: ActionId::parse("a").unwrap(),
        outcome: ActionOutcome::Done,
        on: day(on),
        note: None,
    };
    let dropped = Some(ActionOutcome::Dropped);
    for (on, outcome, already, refusals) in [
        (TODAY, dropped, false, vec![]),
        (TODAY, None, false, vec![R::UnknownOutcome]),
        (TODAY, dropped, true, vec![R::AlreadySettled]),
        ("2026-03-03", dropped, false, vec![R::Later("jour")]),
    ] {
        let found = settle(settled(on), outcome, already, day(TODAY)).err().unwrap_or_default();
        assert_eq!(found, refusals, "{on} {outcome:?} {already}");
    }
    let training = |domain: &str, from: &str, until: &str, people, women| TrainingAttended {
        organisation: id("afd"),
        title: enclosed(),
        domain: (!domain.is_empty()).then(|| domain.to_owned()),
        provider: None,
        from: from.parse().ok(),
        until: until.parse().ok(),
        people,
        women,
    };
    for (written, refusals) in [
        (training("", "", "", None, None), vec![]),
        (training("D4", TODAY, "2026-03-05", Some(5), Some(5)), vec![]),
        (training("D4.1", "", "", None, None), vec![R::UnknownAbout]),
        (training("", "2026-03-03", "", None, None), vec![R::Later("debut")]),
        (training("", TODAY, "2026-03-01", None, None), vec![R::DatesReversed]),
        (training("", "", "", Some(4), Some(5)), vec![R::WomenOver]),
        (training("", "", "", None, Some(5)), vec![]),
    ] {
        let name = format!("{written:?}");
        assert_eq!(attend(written, day(TODAY)).err().unwrap_or_default(), refusals, "{name}");
    }
}

#[test]
fn a_mean_is_over_what_is_known_and_the_whole_needs_every_domain() {
    let found =
        means(&[item("D1.1", Some(4)), item("D1.2", Some(1)), item("D1.3", None), item("D2.1", None)]);
    assert_eq!(found[0], Mean { sum: 5, known: 2 });
    assert_eq!((found[0].value(), found[1].value()), (Some(2.5), None));
    let values: Vec<Option<f64>> = found.iter().map(|mean| mean.value()).collect();
    assert_eq!(overall(&values), None);
    let all: Vec<ItemAssessed> =
        (1..=8).map(|n| item(&format!("D{n}.1"), Some(if n == 1 { 4 } else { 2 }))).collect();
    let values: Vec<Option<f64>> = means(&all).iter().map(|mean| mean.value()).collect();
    assert_eq!(overall(&values), Some(2.25));
    assert_eq!(overall(&[]), None);
}

#[tokio::test]
async fn a_draft_is_read_by_whoever_fills_it_in_and_a_peer_must_be_asked() {
    let house = house();
    let own = house.guest(Behalf::Organisation { organisation: id("afd") }, Role::Secretary);
    let peer = house.guest(Behalf::Organisation { organisation: id("coaf") }, Role::Secretary);
    let steward = house.guest(Behalf::Instance, Role::Steward);
    let form = "/organisations/afd/capacites/bilan/own/d3";
    for guest in [Some(&peer), Some(&steward), None] {
        assert_ne!(house.get(guest, form).await.status, 200);
    }
    let fields = [("d3-1", "2"), ("d3-2", "inconnu"), ("d3-1-constat", "Constat gardé au tiroir.")];
    let kept = house.post(Some(&own), form, &fields).await;
    assert_eq!(
        (kept.status.as_u16(), kept.header("location")),
        (303, "/organisations/afd/capacites/bilan/own/d4")
    );
    // Taken up on another day: what was written is there, and how far it is.
    let again = house.get(Some(&own), form).await.text();
    assert!(again.contains("Constat gardé au tiroir.") && again.contains("value=\"2\" checked"), "{again}");
    let whole = house.get(Some(&own), "/organisations/afd/capacites/bilan/own").await.text();
    assert!(whole.contains("2 points répondus sur 34"), "{whole}");
    for address in ["/organisations/afd/capacites", "/organisations/afd/capacites.csv", "/organisations/afd"]
    {
        assert!(!house.get(None, address).await.text().contains("Constat"), "{address}");
    }

    let of_peer = "/organisations/afd/capacites/bilan/peer";
    assert_eq!(house.get(Some(&peer), of_peer).await.status, 403, "nobody asked");
    let ask = "/organisations/afd/capacites/pair";
    assert_eq!(house.post(Some(&own), ask, &[("pair", "afd")]).await.status, 422, "a peer is another");
    assert_eq!(house.post(Some(&own), ask, &[("pair", "coaf")]).await.status, 303);
    assert_eq!(house.get(Some(&peer), of_peer).await.status, 200);
    assert_eq!(
        house.post(Some(&peer), of_peer, &[("jour", "2026-03-02")]).await.status,
        422,
        "nothing is filled in"
    );
    house.post(Some(&peer), &format!("{of_peer}/d3"), &[("d3-1", "3")]).await;
    assert_eq!(house.post(Some(&peer), of_peer, &[("jour", "2026-03-02")]).await.status, 303);
    assert_eq!(house.get(Some(&peer), of_peer).await.status, 403, "it was asked once");
    let data = house.get(None, "/organisations/afd/capacites.csv").await.text();
    assert!(data.contains(",1,peer,coaf,2026-03-02,D3.1,3"), "{data}");
}
