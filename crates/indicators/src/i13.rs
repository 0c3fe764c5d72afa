//! I-13: how many organisations live on few funders, by the bands that they declare. No organisation is named, and none is ranked.

use std::collections::BTreeMap;

use record::{Fault, Tx};
use terms::Day;
use terms::organisations::{ConcentrationBand, Within};

use crate::figure::Figure;
use crate::indicator::{ALL_REAL, EXERCISE, Group, Indicator, Unit, variant};
use crate::tables::organisations::{self, Funding, Organisation};

pub(crate) const INDICATOR: Indicator = Indicator {
    code: "I-13",
    version: 1,
    group: Group::Organisations,
    matters: &["funding"],
    unit: Unit::Share,
    compute,
    of_body: None,
};

/// A declaration older than so many years says nothing of today.
pub(crate) const YEARS: i16 = 2;

/// The organisations of each world.
pub(crate) fn worlds(all: &[Organisation]) -> [(&'static str, Vec<&Organisation>); 2] {
    let (fictional, real) = all.iter().partition(|organisation| organisation.exercise);
    [(ALL_REAL, real), (EXERCISE, fictional)]
}

/// How many of the organisations surely are so, how many surely are not; the others are unknown.
pub(crate) fn counted<T>(
    scope: &str,
    of: &[&Organisation],
    declared: &BTreeMap<String, T>,
    is: impl Fn(&T) -> Option<bool>,
) -> Figure {
    let said = || of.iter().map(|organisation| declared.get(&organisation.id).and_then(&is));
    let yes = said().filter(|said| *said == Some(true)).count() as i64;
    let unknown = said().filter(Option::is_none).count() as i64;
    Figure::share(scope, yes, of.len() as i64, unknown)
}

/// Whether the index surely lies in the bands, or surely does not.
fn lies(
    within: Option<Within<ConcentrationBand>>,
    from: ConcentrationBand,
    to: ConcentrationBand,
) -> Option<bool> {
    let Within { low, high } = within?;
    match () {
        () if from <= low && high <= to => Some(true),
        () if high < from || to < low => Some(false),
        () => None,
    }
}

fn figures(all: &[Organisation], declared: &BTreeMap<String, Funding>) -> Vec<Figure> {
    use ConcentrationBand as Band;
    let mut figures = Vec::new();
    for (scope, of) in worlds(all) {
        if scope == EXERCISE && of.is_empty() {
            continue;
        }
        figures.push(counted(scope, &of, declared, |funding: &Funding| {
            lies(funding.by_funder, Band::Concentrated, Band::Dependent)
        }));
        for band in Band::ALL {
            let scope = variant(scope, band.as_str());
            figures.push(counted(&scope, &of, declared, |f: &Funding| lies(f.by_funder, *band, *band)));
        }
        for band in Band::ALL {
            let scope = variant(scope, &format!("category-{}", band.as_str()));
            figures.push(counted(&scope, &of, declared, |f: &Funding| lies(f.by_category, *band, *band)));
        }
    }
    figures
}

fn compute(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Figure>, Fault> {
    Ok(figures(&organisations::organisations(tx, day)?, &organisations::fundings(tx, day, YEARS)?))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use ConcentrationBand as Band;

    pub(crate) fn registered(ids: &[(&str, bool)]) -> Vec<Organisation> {
        let known: Day = "2020-01-01".parse().unwrap();
        let one = |(id, exercise): &(&str, bool)| Organisation {
            id: (*id).into(),
            kind: "ngo".into(),
            exercise: *exercise,
            known,
        };
        ids.iter().map(one).collect()
    }

    fn funding(low: Band, high: Band) -> Funding {
        Funding { by_funder: Some(Within { low, high }), by_category: None, reserve: None, exposed: None }
    }

    #[test]
    fn who_declares_nothing_is_unknown_and_so_is_who_may_be_on_either_side() {
        let all = registered(&[("a", false), ("b", false), ("c", false), ("d", false), ("e", true)]);
        let declared = BTreeMap::from([
            ("a".to_owned(), funding(Band::Dependent, Band::Dependent)),
            ("b".to_owned(), funding(Band::Moderate, Band::Concentrated)),
            ("c".to_owned(), funding(Band::Diversified, Band::Moderate)),
            ("e".to_owned(), funding(Band::Diversified, Band::Diversified)),
        ]);
        let found = figures(&all, &declared);
        let at = |scope: &str| found.iter().find(|figure| figure.scope == scope).unwrap();
        let counts = |scope: &str| (at(scope).numerator, at(scope).denominator, at(scope).unknown);
        assert_eq!(counts("all"), (Some(1), Some(4), Some(2)), "b may be, d says nothing");
        assert_eq!((at("all").value, at("all").lower, at("all").upper), (Some(0.5), Some(0.25), Some(0.75)));
        assert_eq!(counts("all/dependent"), (Some(1), Some(4), Some(1)));
        assert_eq!(counts("all/concentrated"), (Some(0), Some(4), Some(2)));
        assert_eq!(counts("all/moderate"), (Some(0), Some(4), Some(3)));
        assert_eq!(counts("all/category-moderate"), (Some(0), Some(4), Some(4)));
        assert_eq!(counts("exercise/diversified"), (Some(1), Some(1), Some(0)));
        assert!(figures(&all[..4], &declared).iter().all(|figure| figure.scope.starts_with("all")));
    }
}
