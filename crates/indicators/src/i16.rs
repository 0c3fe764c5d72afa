//! I-16: what organisations can do, domain by domain, as they assess themselves, and how far peers see it otherwise. Means over
//! organisations, without a name, and none under five.

use std::collections::BTreeMap;

use record::{Fault, Tx};
use terms::Day;
use terms::organisations::Regard;

use crate::figure::{Besides, Figure};
use crate::i13::worlds;
use crate::indicator::{EXERCISE, Group, Indicator, Unit, variant};
use crate::tables::organisations::{self, Domains, Organisation};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-16",
    version: 1,
    group: Group::Organisations,
    matters: &["capacity"],
    unit: Unit::Number,
    compute,
    of_body: None,
};

/// Of fewer organisations no mean is told: one could be found out.
const FEWEST: usize = 5;

/// How many domains the grid has.
const DOMAINS: usize = 8;

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// The mean of what is known of so many organisations.
fn figure(scope: &str, all: usize, known: &[f64]) -> Figure {
    Figure {
        scope: scope.to_owned(),
        numerator: None,
        denominator: Some(all as i64),
        unknown: Some(all.saturating_sub(known.len()) as i64),
        value: (known.len() >= FEWEST).then(|| mean(known)),
        lower: None,
        upper: None,
        n: known.len() as i64,
        besides: Besides::default(),
    }
}

type Assessed = BTreeMap<String, Domains>;

fn figures(all: &[Organisation], own: &Assessed, peers: &Assessed) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (scope, of) in worlds(all) {
        if scope == EXERCISE && of.is_empty() {
            continue;
        }
        let found: Vec<(&Domains, Option<&Domains>)> =
            of.iter().filter_map(|o| Some((own.get(&o.id)?, peers.get(&o.id)))).collect();
        // An overall mean without a domain would be another thing.
        let whole = found.iter().filter(|(own, _)| own.len() == DOMAINS);
        let whole: Vec<f64> =
            whole.map(|(own, _)| mean(&own.values().copied().collect::<Vec<_>>())).collect();
        figures.push(figure(scope, of.len(), &whole));
        let codes: Vec<String> = (1..=DOMAINS).map(|n| format!("D{n}")).collect();
        for code in &codes {
            let levels: Vec<f64> = found.iter().filter_map(|(own, _)| own.get(code).copied()).collect();
            figures.push(figure(&variant(scope, &code.to_lowercase()), of.len(), &levels));
        }
        for code in &codes {
            let gap = |own: &Domains, peer: Option<&Domains>| Some((own.get(code)? - peer?.get(code)?).abs());
            let gaps: Vec<f64> = found.iter().filter_map(|(own, peer)| gap(own, *peer)).collect();
            figures.push(figure(&variant(scope, &format!("gap-{}", code.to_lowercase())), of.len(), &gaps));
        }
    }
    figures
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    let all = organisations::organisations(tx, day)?;
    let own = organisations::capacities(tx, day, Regard::Own)?;
    Ok(figures(&all, &own, &organisations::capacities(tx, day, Regard::Peer)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i13::tests::registered;

    fn domains(level: f64, count: usize) -> Domains {
        (1..=count).map(|n| (format!("D{n}"), level)).collect()
    }

    #[test]
    fn four_organisations_have_no_mean_and_five_have_one() {
        let ids = [("a", false), ("b", false), ("c", false), ("d", false), ("e", false), ("f", false)];
        let all = registered(&ids);
        let of = |count: usize| -> Assessed {
            ids.iter()
                .take(count)
                .zip(1..)
                .map(|((id, _), n)| ((*id).to_owned(), domains(f64::from(n), 8)))
                .collect()
        };
        let at = |found: &[Figure], scope: &str| {
            let figure = found.iter().find(|figure| figure.scope == scope).unwrap();
            (figure.value, figure.n, figure.unknown.unwrap())
        };
        let four = figures(&all, &of(4), &Assessed::new());
        assert_eq!(at(&four, "all"), (None, 4, 2));
        assert_eq!(at(&four, "all/d1"), (None, 4, 2));
        let mut five = of(5);
        let found = figures(&all, &five, &of(5).into_keys().map(|id| (id, domains(2.0, 8))).collect());
        assert_eq!(at(&found, "all"), (Some(3.0), 5, 1));
        assert_eq!(at(&found, "all/d8"), (Some(3.0), 5, 1));
        assert_eq!(at(&found, "all/gap-d3"), (Some(7.0 / 5.0), 5, 1), "1, 0, 1, 2, 3");
        // Without one of its domains an organisation has no overall mean; its other domains count.
        five.insert("e".into(), domains(5.0, 7));
        let found = figures(&all, &five, &Assessed::new());
        assert_eq!(at(&found, "all"), (None, 4, 2));
        assert_eq!((at(&found, "all/d7").1, at(&found, "all/d8").1), (5, 4));
    }
}
