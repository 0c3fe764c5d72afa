//! From the seed to the panel: frequencies, replays, tampered transcripts, replacement, refusals.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod instances;

use instances::{golden, one};
use sortition::*;

fn seed_of(number: u64) -> Seed {
    Seed::from_hex(&format!("{number:016x}")).unwrap()
}

/// The chance that a chi-square of so many degrees is larger, by the cube root law of Wilson and Hilferty.
fn tail(chi_square: f64, degrees: f64) -> f64 {
    let scaled =
        ((chi_square / degrees).cbrt() - (1.0 - 2.0 / (9.0 * degrees))) / (2.0 / (9.0 * degrees)).sqrt();
    // The tail of the normal law, by Abramowitz and Stegun 26.2.17.
    let t = 1.0 / (1.0 + 0.231_641_9 * scaled.abs());
    let series = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let sum = series.iter().rev().fold(0.0, |sum, term| (sum + term) * t);
    let upper = sum * (-scaled * scaled / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if scaled >= 0.0 { upper } else { 1.0 - upper }
}

#[test]
fn the_tail_is_the_tail() {
    // Of a printed table: the 5 % and the 0.1 % points.
    for (chi_square, degrees, wanted) in [(18.307, 10.0, 0.05), (29.588, 10.0, 0.001), (67.505, 50.0, 0.05)] {
        let found = tail(chi_square, degrees);
        assert!((found - wanted).abs() < 0.02 * wanted + 2e-4, "{found} {wanted}");
    }
}

#[test]
fn a_hundred_thousand_draws_have_the_probabilities_said() {
    const DRAWS: u32 = 100_000;
    let lottery = one("tight-8").prepared();
    let ids: Vec<&String> = lottery.probabilities.keys().collect();
    let of_type = |id: &String| lottery.types.iter().position(|kind| kind.members.contains(id)).unwrap();
    let of_id: Vec<usize> = ids.iter().map(|id| of_type(id)).collect();
    let mut drawn = vec![0_u32; ids.len()];
    let mut of_ticket = std::collections::BTreeMap::<Vec<usize>, u32>::new();
    let lots = lottery.lots().unwrap();
    for number in 0..DRAWS {
        let draw = lots.draw(&seed_of(u64::from(number)));
        let mut types: Vec<usize> = Vec::new();
        for id in &draw.panel {
            let place = ids.binary_search(&id).unwrap();
            drawn[place] += 1;
            types.push(of_id[place]);
        }
        types.sort_unstable();
        *of_ticket.entry(types).or_default() += 1;
    }
    // Each person is a coin of its own weight.
    for (id, count) in ids.iter().zip(&drawn) {
        let share = lottery.probabilities[*id];
        let sigma = (f64::from(DRAWS) * share * (1.0 - share)).sqrt();
        assert!((f64::from(*count) - f64::from(DRAWS) * share).abs() < 4.5 * sigma, "{id} {count} {share}");
    }
    // Panels exclude one another: their counts are one multinomial.
    assert_eq!(of_ticket.len(), lottery.portfolio.len());
    let mut chi_square = 0.0;
    for ticket in &lottery.portfolio {
        let seats = ticket.panel.iter();
        let types: Vec<usize> =
            seats.flat_map(|(kind, count)| vec![*kind as usize; *count as usize]).collect();
        let wanted = f64::from(DRAWS) * ticket.weight as f64 / WEIGHT_TOTAL as f64;
        chi_square += (f64::from(of_ticket[&types]) - wanted).powi(2) / wanted;
    }
    let chance = tail(chi_square, lottery.portfolio.len() as f64 - 1.0);
    assert!(
        (0.001..0.999).contains(&chance),
        "{chi_square} over {} panels: {chance}",
        lottery.portfolio.len()
    );
}

#[test]
fn members_of_a_type_are_drawn_evenly_and_alternates_stand_in_any_order() {
    let lottery = one("few-types-200").prepared();
    let kind = &lottery.types[0];
    let share = lottery.probabilities[&kind.members[0]];
    let mut drawn = vec![0_u32; kind.members.len()];
    let mut first = std::collections::BTreeMap::<String, u32>::new();
    const DRAWS: u32 = 2_000;
    let lots = lottery.lots().unwrap();
    for number in 0..DRAWS {
        let draw = lots.draw(&seed_of(u64::from(number)));
        for (place, id) in kind.members.iter().enumerate() {
            drawn[place] += u32::from(draw.panel.binary_search(id).is_ok());
        }
        *first.entry(draw.alternates[0].clone()).or_default() += 1;
    }
    let wanted = f64::from(DRAWS) * share;
    let spread = wanted * (1.0 - share);
    let chi_square: f64 = drawn.iter().map(|count| (f64::from(*count) - wanted).powi(2) / spread).sum();
    let chance = tail(chi_square, drawn.len() as f64 - 1.0);
    assert!((0.001..0.999).contains(&chance), "{chance}");
    assert!(first.len() > 1_000, "{} different first alternates of {DRAWS} draws", first.len());
}

#[test]
fn every_draw_is_a_panel_and_verifies() {
    for (name, instance) in golden() {
        let lottery = instance.prepared();
        for number in 0..3 {
            let drawn = lottery.clone().drawn(&seed_of(number));
            assert_eq!(drawn.panel.len() as u32, drawn.seats, "{name}");
            assert_eq!(drawn.panel.len() + drawn.alternates.len(), drawn.probabilities.len(), "{name}");
            let verified = verify(&drawn, &mut |_| {}).unwrap_or_else(|why| panic!("{name}: {why}"));
            assert_eq!(verified, Verified { same_lottery: true, drawn: true });
            let text = serde_json::to_string(&drawn).unwrap();
            let read: Transcript = serde_json::from_str(&text).unwrap();
            verify(&read, &mut |_| {}).unwrap_or_else(|why| panic!("{name}, printed and read: {why}"));
        }
    }
}

#[test]
fn the_draw_is_this_one_for_ever() {
    // If this fails, the algorithm has changed and needs another name.
    let drawn = one("tight-8").prepared().drawn(&seed_of(2026));
    assert_eq!(drawn.algorithm, "toguna-leximin-1");
    let said = format!("{} {}", drawn.panel.join(" "), drawn.alternates.join(" "));
    assert_eq!(
        Digest::of(said.as_bytes()).to_string(),
        include_str!("golden/tight-8/drawn.sha256").trim(),
        "{said}"
    );
}

#[test]
fn what_was_tampered_with_is_named() {
    let drawn = one("tight-8").prepared().drawn(&seed_of(7));
    let first = drawn.portfolio.first().unwrap().clone();
    let id = drawn.panel[0].clone();
    type Change = Box<dyn Fn(&mut Transcript)>;
    let again = |change: &dyn Fn(&mut Transcript)| {
        let mut changed = drawn.clone();
        change(&mut changed);
        verify(&changed, &mut |_| {})
    };
    let cases: Vec<(Fault, Change)> = vec![
        (Fault::Algorithm { found: "x".into() }, Box::new(|t| t.algorithm = "x".into())),
        (Fault::Tables, Box::new(|t| t.types.swap(0, 1))),
        (Fault::Tables, Box::new(|t| t.quotas.swap(0, 1))),
        (Fault::PoolDigest, Box::new(|t| t.types[0].members[0] = "000".into())),
        (Fault::QuotasDigest, Box::new(|t| t.quotas[0].max += 1)),
        (Fault::LotteryDigest, Box::new(|t| t.portfolio[0].weight -= 1)),
        (
            Fault::Probability { id: id.clone() },
            Box::new(move |t| *t.probabilities.get_mut(&id).unwrap() += 0.01),
        ),
        (Fault::Probability { id: String::new() }, Box::new(|t| t.min_probability = Some(0.5))),
        (Fault::Proof { level: 1 }, Box::new(|t| t.levels[0].seat += 0.01)),
        (Fault::Proof { level: 1 }, Box::new(|t| t.levels[0].probability -= 0.01)),
        (Fault::Draw, Box::new(|t| t.alternates.swap(3, 4))),
        (Fault::Draw, Box::new(|t| t.seed = Some(seed_of(8)))),
        (Fault::Draw, Box::new(|t| t.seed = None)),
        (Fault::Feasible, Box::new(|t| t.feasible = false)),
    ];
    for (wanted, change) in cases {
        assert_eq!(again(&*change).unwrap_err(), Unverified::Fault(wanted));
    }
    let levels = drawn.levels.len();
    assert_eq!(
        again(&|t| drop(t.levels.pop())).unwrap_err(),
        Unverified::Fault(Fault::Proof { level: levels })
    );
    // Weights moved and every digest made again: probabilities tell it.
    let weights = again(&|t| {
        t.portfolio[0].weight -= 1 << 30;
        t.portfolio[1].weight += 1 << 30;
        let mut sealed = serde_json::to_value(&*t).unwrap();
        sealed["seed"] = serde_json::Value::Null;
        *t = serde_json::from_value(sealed).unwrap();
    });
    assert!(weights.is_err());
    assert!(first.weight > 1 << 30);
}

#[test]
fn infeasible_quotas_say_what_to_relax() {
    let quotas = |text: &str| Quotas::parse(format!("feature,value,min,max\n{text}").as_bytes()).unwrap();
    let pool_text = "id,genre,lieu\na,f,n\nb,f,s\nc,h,n\nd,h,s\ne,h,s\n";
    let hints = |text: &str, seats: u32| {
        let quotas = quotas(text);
        let pool = Pool::parse(pool_text.as_bytes(), "id", &quotas).unwrap();
        let transcript = prepare(&pool, &quotas, seats, &mut |_| {}).unwrap();
        assert!(!transcript.feasible);
        let checked = transcript.clone().drawn(&seed_of(1));
        assert!(checked.panel.is_empty());
        verify(&checked, &mut |_| {}).unwrap();
        // Relaxed as said, there is a panel.
        let mut relaxed = quotas.list().to_vec();
        let mut seats = seats;
        for hint in &transcript.hints {
            match hint {
                Hint::Min { feature, value, from, to } => {
                    let quota =
                        relaxed.iter_mut().find(|q| q.feature == *feature && q.value == *value).unwrap();
                    assert_eq!(quota.min, *from);
                    quota.min = *to;
                }
                Hint::Max { feature, value, from, to } => {
                    let quota =
                        relaxed.iter_mut().find(|q| q.feature == *feature && q.value == *value).unwrap();
                    assert_eq!(quota.max, *from);
                    quota.max = *to;
                }
                Hint::Seats { to, .. } => seats = *to,
            }
        }
        let again = prepare(&pool, &Quotas::new(relaxed).unwrap(), seats, &mut |_| {}).unwrap();
        assert!(again.feasible);
        transcript.hints
    };
    let min = |value: &str, from, to| Hint::Min { feature: "genre".into(), value: value.into(), from, to };
    assert_eq!(hints("genre,f,3,4\ngenre,h,0,4\nlieu,n,0,4\nlieu,s,0,4\n", 4), [min("f", 3, 2)]);
    assert_eq!(
        hints("genre,f,0,5\ngenre,h,0,5\nlieu,n,0,5\nlieu,s,0,5\n", 6),
        [Hint::Seats { from: 6, to: 5 }]
    );
    // Nobody is of a value of which one is wanted.
    let nobody = hints("genre,f,0,5\ngenre,h,0,5\ngenre,x,1,2\nlieu,n,0,5\nlieu,s,0,5\n", 4);
    assert_eq!(nobody, [min("x", 1, 0)]);
    // Two of each are wanted where three sit: one of the two gives way by one.
    assert_eq!(hints("genre,f,2,3\ngenre,h,2,3\nlieu,n,0,3\nlieu,s,0,3\n", 3).len(), 1);
    assert_eq!(hints("genre,f,0,1\ngenre,h,0,1\nlieu,n,0,3\nlieu,s,0,3\n", 3).len(), 1);
}

#[test]
fn a_vacant_seat_goes_to_the_first_who_keeps_the_quotas() {
    let instance = one("tight-8");
    let drawn = instance.prepared().drawn(&seed_of(11));
    for gone in &drawn.panel {
        let sitting: Vec<String> = drawn.panel.iter().filter(|id| *id != gone).cloned().collect();
        let next =
            replacement(&instance.pool, &instance.quotas, drawn.seats, &sitting, &drawn.alternates, &[]);
        let Some(next) = next.map(str::to_owned) else { continue };
        let place = drawn.alternates.iter().position(|id| *id == next).unwrap();
        let fits = |id: &String| {
            let mut panel = sitting.clone();
            panel.push(id.clone());
            instance.quotas.list().iter().all(|quota| {
                let feature = drawn.features.iter().position(|name| *name == quota.feature).unwrap();
                let of = |id: &String| drawn.types.iter().find(|kind| kind.members.contains(id)).unwrap();
                let n = panel.iter().filter(|id| of(id).values[feature] == quota.value).count() as u32;
                (quota.min..=quota.max).contains(&n)
            })
        };
        assert!(fits(&next));
        assert!(drawn.alternates[..place].iter().all(|earlier| !fits(earlier)), "{gone} → {next}");
        let passed = [next.clone()];
        let other =
            replacement(&instance.pool, &instance.quotas, drawn.seats, &sitting, &drawn.alternates, &passed);
        assert_ne!(other, Some(next.as_str()));
    }
    let full =
        replacement(&instance.pool, &instance.quotas, drawn.seats, &drawn.panel, &drawn.alternates, &[]);
    assert_eq!(full, None, "no seat is vacant");
}

#[test]
fn a_seed_is_made_of_what_was_committed_to() {
    let secret = |n: u8| vec![n; 20];
    let commitments =
        [Commitment::new("Union", &secret(1)).unwrap(), Commitment::new("Collectif", &secret(2)).unwrap()];
    let reveal = |party: &str, n: u8| Reveal { party: party.into(), secret: secret(n) };
    let event =
        PublicEvent { name: "tirage national du 4 décembre".into(), outcome: "7 12 23 31 44".into() };
    let good = seed(&commitments, &[reveal("Union", 1), reveal("Collectif", 2)], &event).unwrap();
    let mut turned = commitments.clone();
    turned.reverse();
    assert_eq!(seed(&turned, &[reveal("Collectif", 2), reveal("Union", 1)], &event).unwrap(), good);
    let other = PublicEvent { outcome: "7 12 23 31 45".into(), ..event.clone() };
    assert_ne!(seed(&commitments, &[reveal("Union", 1), reveal("Collectif", 2)], &other).unwrap(), good);
    let party = |name: &str| name.to_owned();
    let refused = |reveals: &[Reveal]| seed(&commitments, reveals, &event).unwrap_err();
    assert_eq!(
        refused(&[reveal("Union", 9), reveal("Collectif", 2)]),
        Refusal::Reveal { party: party("Union") }
    );
    assert_eq!(refused(&[reveal("Union", 1)]), Refusal::NotRevealed { party: party("Collectif") });
    assert_eq!(refused(&[reveal("Autre", 1)]), Refusal::NotCommitted { party: party("Autre") });
    assert_eq!(seed(&[], &[], &event).unwrap_err(), Refusal::NoParty);
    let twice = [commitments[0].clone(), commitments[0].clone()];
    assert_eq!(seed(&twice, &[], &event).unwrap_err(), Refusal::SameParty { party: party("Union") });
    assert_eq!(
        Commitment::new("Union", &[1; 15]).unwrap_err(),
        Refusal::ShortSecret { party: party("Union") }
    );
    let nameless = PublicEvent { name: " ".into(), ..event };
    let reveals = [reveal("Union", 1), reveal("Collectif", 2)];
    assert_eq!(seed(&commitments, &reveals, &nameless).unwrap_err(), Refusal::NoEvent);
}
