//! I-14: how many organisations have income that a restriction means, and how many have reserves for less than three months.

use std::collections::BTreeMap;

use record::{Fault, Tx};
use terms::Day;
use terms::organisations::{MonthsBand, ShareBand};

use crate::figure::Figure;
use crate::i13::{YEARS, counted, worlds};
use crate::indicator::{EXERCISE, Group, Indicator, Unit, variant};
use crate::tables::organisations::{self, Funding, Organisation};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-14",
    version: 1,
    group: Group::Organisations,
    matters: &["funding"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// Whether surely more than the band of the income is meant by one restriction, or surely not.
fn over(funding: &Funding, band: ShareBand) -> Option<bool> {
    let within = funding.exposed?;
    match () {
        () if within.low > band => Some(true),
        () if within.high <= band => Some(false),
        () => None,
    }
}

fn figures(all: &[Organisation], declared: &BTreeMap<String, Funding>) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (scope, of) in worlds(all) {
        if scope == EXERCISE && of.is_empty() {
            continue;
        }
        figures.push(counted(scope, &of, declared, |f: &Funding| over(f, ShareBand::None)));
        for (part, band) in [("exposed-quarter", ShareBand::UpTo25), ("exposed-half", ShareBand::UpTo50)] {
            figures.push(counted(&variant(scope, part), &of, declared, |f: &Funding| over(f, band)));
        }
        figures.push(counted(&variant(scope, "reserve-under-3"), &of, declared, |f: &Funding| {
            Some(f.reserve? < MonthsBand::Under6)
        }));
    }
    figures
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    Ok(figures(&organisations::organisations(tx, day)?, &organisations::fundings(tx, day, YEARS)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i13::tests::registered;
    use terms::organisations::Within;

    #[test]
    fn exposure_and_reserves_are_counted_where_they_are_sure() {
        let all = registered(&[("a", false), ("b", false), ("c", false), ("d", false)]);
        let funding = |low, high, reserve| Funding {
            by_funder: None,
            by_category: None,
            reserve,
            exposed: Some(Within { low, high }),
        };
        let declared = BTreeMap::from([
            ("a".to_owned(), funding(ShareBand::UpTo50, ShareBand::UpTo50, Some(MonthsBand::Under3))),
            ("b".to_owned(), funding(ShareBand::None, ShareBand::UpTo25, Some(MonthsBand::Under6))),
            ("c".to_owned(), funding(ShareBand::None, ShareBand::None, None)),
        ]);
        let found = figures(&all, &declared);
        let counts = |scope: &str| {
            let figure = found.iter().find(|figure| figure.scope == scope).unwrap();
            (figure.numerator.unwrap(), figure.denominator.unwrap(), figure.unknown.unwrap())
        };
        assert_eq!(counts("all"), (1, 4, 2));
        assert_eq!(counts("all/exposed-quarter"), (1, 4, 1));
        assert_eq!(counts("all/exposed-half"), (0, 4, 1));
        assert_eq!(counts("all/reserve-under-3"), (1, 4, 2));
    }
}
