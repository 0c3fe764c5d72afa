//! What holds of any pool, any quotas and any bytes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use sortition::*;

/// A pool of up to 24 with two or three features of two or three values, quotas around a panel that exists, seats.
fn instance() -> impl Strategy<Value = (Vec<Candidate>, Vec<Quota>, u32)> {
    let people = prop::collection::vec((0..3_u8, 0..2_u8, 0..3_u8), 5..24);
    (people, 2..5_u32, prop::collection::vec(0..2_u32, 16), any::<prop::sample::Index>()).prop_map(
        |(people, seats, slack, start)| {
            let start = start.index(people.len());
            let panel: Vec<_> = people.iter().cycle().skip(start).take(seats as usize).collect();
            let mut quotas = Vec::new();
            let value = |person: &(u8, u8, u8), feature: usize| [person.0, person.1, person.2][feature];
            for (feature, values) in [3_u8, 2, 3].into_iter().enumerate() {
                for v in 0..values {
                    let sit = panel.iter().filter(|person| value(person, feature) == v).count() as u32;
                    let (low, high) = (slack[2 * feature], slack[2 * feature + 1]);
                    quotas.push(Quota {
                        feature: format!("critère {feature}"),
                        value: format!("valeur {v}"),
                        min: sit.saturating_sub(low),
                        max: sit + high,
                    });
                }
            }
            let candidates = people.iter().enumerate().map(|(place, person)| Candidate {
                id: format!("p{place:02}"),
                values: (0..3).map(|feature| format!("valeur {}", value(person, feature))).collect(),
            });
            (candidates.collect(), quotas, seats)
        },
    )
}

fn made(candidates: Vec<Candidate>, quotas: Vec<Quota>, seats: u32) -> Transcript {
    let quotas = Quotas::new(quotas).unwrap();
    let pool = Pool::new(candidates, &quotas).unwrap();
    prepare(&pool, &quotas, seats, &mut |_| {}).unwrap()
}

fn near(a: &BTreeMap<String, f64>, b: &BTreeMap<String, f64>) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && (a.1 - b.1).abs() < 1e-6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_lottery_holds_whatever_the_pool((candidates, quotas, seats) in instance(), seed in 1..u64::MAX) {
        let drawn = made(candidates, quotas, seats).drawn(&Seed::from_hex(&format!("{seed:016x}")).unwrap());
        prop_assert!(drawn.feasible);
        let verified = verify(&drawn, &mut |_| {});
        prop_assert_eq!(verified, Ok(Verified { same_lottery: true, drawn: true }));
        let sum: f64 = drawn.probabilities.values().sum();
        prop_assert!((sum - f64::from(seats)).abs() < 1e-6);
    }

    #[test]
    fn the_order_of_rows_changes_nothing((candidates, quotas, seats) in instance(), turn in 0..24_usize) {
        let seed = Seed::from_hex("0123456789abcdef").unwrap();
        let one = made(candidates.clone(), quotas.clone(), seats).drawn(&seed);
        let (mut candidates, mut quotas) = (candidates, quotas);
        let half = candidates.len() / 2;
        candidates.rotate_left(turn % (half + 1));
        candidates[half..].reverse();
        quotas.reverse();
        prop_assert_eq!(one, made(candidates, quotas, seats).drawn(&seed));
    }

    #[test]
    fn names_change_nothing_but_the_draw((candidates, quotas, seats) in instance()) {
        let one = made(candidates.clone(), quotas.clone(), seats);
        // Other ids in the same order, and other names of values in another order.
        let renamed = |text: &str| format!("{} {text}", 9 - text.bytes().last().unwrap_or(b'0') % 10);
        let quotas = quotas.into_iter().map(|quota| Quota { value: renamed(&quota.value), ..quota }).collect();
        let candidates = candidates.into_iter().map(|candidate| Candidate {
            id: format!("autre {}", candidate.id),
            values: candidate.values.iter().map(|value| renamed(value)).collect(),
        });
        let other = made(candidates.collect(), quotas, seats);
        let renamed: BTreeMap<String, f64> =
            one.probabilities.iter().map(|(id, share)| (format!("autre {id}"), *share)).collect();
        prop_assert!(near(&renamed, &other.probabilities), "{:?} {:?}", renamed, other.probabilities);
        prop_assert_ne!(one.lottery_sha256, other.lottery_sha256);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(pool in prop::collection::vec(any::<u8>(), 0..200), quotas in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Quotas::parse(&quotas);
        let known = Quotas::parse(b"feature,value,min,max\na,b,0,1\n").unwrap();
        let _ = Pool::parse(&pool, "id", &known);
    }

    #[test]
    fn any_table_is_read_or_refused(rows in prop::collection::vec("[a-c\"0-9,;\r\n é]{0,20}", 0..8)) {
        let text = format!("feature,value,min,max\n{}", rows.join("\n"));
        if let Ok(quotas) = Quotas::parse(text.as_bytes()) {
            prop_assert!(quotas.list().iter().all(|quota| quota.min <= quota.max));
            prop_assert_eq!(Quotas::new(quotas.list().to_vec()), Ok(quotas));
        }
        let known = Quotas::parse(b"feature,value,min,max\na,b,0,1\na,c,0,1\n").unwrap();
        let text = format!("id,a\n{}", rows.join("\n"));
        if let Ok(pool) = Pool::parse(text.as_bytes(), "id", &known) {
            prop_assert!(pool.candidates().windows(2).all(|pair| pair[0].id < pair[1].id));
        }
    }

    #[test]
    fn any_seed_is_read_or_refused(text in "[0-9a-fA-Fg ]{0,140}") {
        if let Ok(seed) = Seed::from_hex(&text) {
            prop_assert_eq!(Seed::from_hex(&seed.to_string()), Ok(seed));
        }
    }
}

#[test]
fn what_is_wrong_in_a_table_is_named_with_its_line() {
    let quotas = |text: &str| Quotas::parse(text.as_bytes()).unwrap_err();
    let head = "feature,value,min,max";
    assert_eq!(
        quotas(&format!("{head}\ng,f,1,2\n\ng,f,1,2")),
        Refusal::SameQuota { line: 4, first: 2, feature: "g".into(), value: "f".into() }
    );
    assert_eq!(quotas(&format!("{head}\ng,f,3,2")), Refusal::Upside { line: 2, min: 3, max: 2 });
    for text in ["-1", "1.5", "un", "99999"] {
        let wanted = Refusal::NoNumber { line: 2, column: "min".into(), text: text.into() };
        assert_eq!(quotas(&format!("{head}\ng,f,{text},2")), wanted);
    }
    assert_eq!(quotas(head), Refusal::NoRow { table: Table::Quotas });
    assert_eq!(quotas(""), Refusal::NoRow { table: Table::Quotas });
    assert_eq!(
        quotas("feature,value,min\ng,f,1"),
        Refusal::NoColumn { table: Table::Quotas, column: "max".into() }
    );
    let known = Quotas::parse(b"category,feature,min,max,min_flex\ng,f,0,2,0\ng,h,0,2,0\n").unwrap();
    let pool = |text: &str| Pool::parse(text.as_bytes(), "id", &known).unwrap_err();
    assert_eq!(pool("id,g\na,f\nb,h\na,h"), Refusal::SameId { line: 4, first: 2, id: "a".into() });
    assert_eq!(pool("id,g\na,f\nb,F"), Refusal::NoQuota { line: 3, feature: "g".into(), value: "F".into() });
    assert_eq!(pool("id,g\na,f\nb"), Refusal::Cells { table: Table::Pool, line: 3, cells: 1, columns: 2 });
    assert_eq!(pool("id,g\n,f"), Refusal::Empty { table: Table::Pool, line: 2, column: "id".into() });
    assert_eq!(pool("nom,g\na,f"), Refusal::NoColumn { table: Table::Pool, column: "id".into() });
    assert_eq!(pool("id,g,g\na,f,f"), Refusal::SameColumn { table: Table::Pool, column: "g".into() });
    let bytes = Pool::parse(b"id,g\na,f\n\xff,h", "id", &known);
    assert_eq!(bytes, Err(Refusal::NotText { table: Table::Pool, line: 3 }));
    let read =
        Pool::parse("\u{feff}id,nom,g\r\n b , Awa , f \r\na,Moussa,h\r\n".as_bytes(), "id", &known).unwrap();
    assert_eq!(read.candidates().iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(prepare(&read, &known, 0, &mut |_| {}).unwrap_err(), Failure::Refusal(Refusal::NoSeat));
}

#[test]
fn more_types_than_can_be_reckoned_with_are_refused() {
    let place = |number: usize| [format!("{:02}", number / 64), format!("{:02}", number % 64)];
    let quota = |feature: &str, value: usize| Quota {
        feature: feature.into(),
        value: format!("{value:02}"),
        min: 0,
        max: 1,
    };
    let quotas = ["a", "b"].into_iter().flat_map(|feature| (0..64).map(move |value| quota(feature, value)));
    let quotas = Quotas::new(quotas.collect()).unwrap();
    let people = (0..=TYPES_MAX).map(|n| Candidate { id: format!("{n:05}"), values: place(n).to_vec() });
    let pool = Pool::new(people.collect(), &quotas).unwrap();
    let (table, what, most) = (Table::Pool, Counted::Types, TYPES_MAX);
    let refused = prepare(&pool, &quotas, 10, &mut |_| {}).unwrap_err();
    assert_eq!(refused, Failure::Refusal(Refusal::TooMany { table, what, most }));
}
