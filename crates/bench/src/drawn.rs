//! How long a fair lottery takes: leximin probabilities, panels, and one draw, on pools of growing size.

use std::path::Path;

use sortition::{Candidate, Pool, Quota, Quotas, Seed, prepare, verify};

use crate::proven::busy;
use crate::{Measure, say};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A made-up pool to measure: who volunteers is not who is wanted.
struct Made {
    people: usize,
    seats: u32,
    /// Values of each feature.
    features: &'static [u32],
    aim: &'static str,
}

const MADE: [Made; 6] = [
    Made { people: 200, seats: 20, features: &[2, 3, 3, 4, 3, 2], aim: "≤ 0.3 s" },
    Made { people: 300, seats: 45, features: &[2, 4, 4, 4], aim: "≤ 0.5 s" },
    Made { people: 500, seats: 50, features: &[2, 4, 5, 4, 4, 3], aim: "≤ 60 s" },
    Made { people: 1_000, seats: 110, features: &[2, 4, 6, 5, 4, 3], aim: "≤ 600 s" },
    Made { people: 2_000, seats: 150, features: &[2, 5, 6, 5, 4, 3], aim: "" },
    Made { people: 2_000, seats: 200, features: &[3], aim: "at once" },
];

/// The instances beside the repository, where they are, and made-up ones of at most so many people.
pub(crate) fn measure(shared: &Path, most: usize) -> Outcome<Vec<Measure>> {
    let mut measures = Vec::new();
    let (small, scotland) = (shared.join("example_small_20"), shared.join("scotland_22"));
    if small.exists() && scotland.exists() {
        let quotas = Quotas::parse(&std::fs::read(small.join("categories.csv"))?)?;
        let text = std::fs::read_to_string(small.join("respondents.csv"))?;
        let rows = text.lines().enumerate().map(|(n, row)| match n {
            0 => format!("id,{row}\n"),
            n => format!("p{n},{row}\n"),
        });
        let pool = Pool::parse(rows.collect::<String>().as_bytes(), "id", &quotas)?;
        measures.extend(one("example_small_20", &pool, &quotas, 20, "≤ 0.13 s")?);
        let quotas = Quotas::parse(&std::fs::read(scotland.join("features.csv"))?)?;
        let pool =
            Pool::parse(&std::fs::read(scotland.join("candidates.csv"))?, "nationbuilder_id", &quotas)?;
        measures.extend(one("scotland_22", &pool, &quotas, 22, "≤ 0.3 s")?);
    } else {
        say("The instances of others are not at hand.");
    }
    for made in MADE.iter().filter(|made| made.people <= most) {
        let (pool, quotas) = made.up()?;
        let name = format!("made up, {} features", made.features.len());
        measures.extend(one(&name, &pool, &quotas, made.seats, made.aim)?);
    }
    Ok(measures)
}

fn one(name: &str, pool: &Pool, quotas: &Quotas, seats: u32, aim: &'static str) -> Outcome<Vec<Measure>> {
    let people = pool.candidates().len();
    say(&format!("{name}: {people} → {seats}…"));
    let (lottery, took) = busy(|| prepare(pool, quotas, seats, &mut |_| {}));
    let lottery = lottery?;
    let seed = Seed::from_hex("2026c0ffee2026c0ffee")?;
    let (drawn, drawing) = busy(|| lottery.clone().drawn(&seed));
    let (verified, verifying) = busy(|| verify(&drawn, &mut |_| {}));
    if !verified?.same_lottery {
        return Err("the lottery made again is another".into());
    }
    let what = format!("{name}, {people} → {seats}, {} types", lottery.types.len());
    let figure = format!(
        "{:.3} s ({} panels, {} cuts, minimum {:.2} %)",
        took.as_secs_f64(),
        lottery.portfolio.len(),
        lottery.cuts.len(),
        100.0 * lottery.min_probability.unwrap_or_default()
    );
    let rest = format!("{:.3} s, {:.3} s", drawing.as_secs_f64(), verifying.as_secs_f64());
    Ok(vec![
        Measure::new(what, figure, aim),
        Measure::new("– the draw; the verification, which makes the lottery again", rest, ""),
    ])
}

/// Numbers that are the same each time (Knuth's multiplier).
struct Numbers(u64);

impl Numbers {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A place, each by its weight.
    fn pick(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        let found = weights.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        found.unwrap_or(weights.len() - 1)
    }
}

impl Made {
    /// The pool, and quotas within five in a hundred of the population, widened to hold one panel that is like it.
    fn up(&self) -> Outcome<(Pool, Quotas)> {
        let mut numbers = Numbers(self.people as u64);
        let mut wanted: Vec<Vec<f64>> = Vec::new();
        let mut come: Vec<Vec<f64>> = Vec::new();
        for values in self.features {
            let shares: Vec<f64> = (0..*values).map(|_| 0.5 + numbers.share()).collect();
            let sum: f64 = shares.iter().sum();
            wanted.push(shares.iter().map(|share| share / sum).collect());
            come.push(shares.iter().map(|share| share * (0.4 + 1.2 * numbers.share())).collect());
        }
        let people: Vec<Vec<usize>> =
            (0..self.people).map(|_| come.iter().map(|shares| numbers.pick(shares)).collect()).collect();
        let weight = |person: &Vec<usize>| -> f64 {
            let each = person.iter().enumerate();
            each.map(|(feature, value)| wanted[feature][*value] / come[feature][*value]).product()
        };
        let mut weights: Vec<f64> = people.iter().map(weight).collect();
        let panel: Vec<usize> = (0..self.seats)
            .map(|_| {
                let place = numbers.pick(&weights);
                weights[place] = 0.0;
                place
            })
            .collect();
        let mut quotas = Vec::new();
        for (feature, shares) in wanted.iter().enumerate() {
            for (value, share) in shares.iter().enumerate() {
                let sit = panel.iter().filter(|place| people[**place][feature] == value).count() as u32;
                let fair = f64::from(self.seats) * share;
                quotas.push(Quota {
                    feature: format!("feature {feature}"),
                    value: format!("value {value}"),
                    min: sit.min((fair * 0.95).floor() as u32),
                    max: sit.max((fair * 1.05).ceil() as u32),
                });
            }
        }
        let quotas = Quotas::new(quotas)?;
        let candidates = people.iter().enumerate().map(|(place, person)| Candidate {
            id: format!("p{place:05}"),
            values: person.iter().map(|value| format!("value {value}")).collect(),
        });
        Ok((Pool::new(candidates.collect(), &quotas)?, quotas))
    }
}
