//! Organisations: what they declare of their funding, how their capacity was assessed, which obligations they met. Bands and levels only:
//! nothing held comes here.

use std::collections::BTreeMap;

use record::{Fault, Tx, values};
use terms::organisations::{
    CapacityAssessed, ConcentrationBand, Exposure, FundingDeclared, MonthsBand, ObligationRule, Regard,
    ShareBand, Within,
};
use terms::{Day, Sealed, Word};

/// Kinds of the register that are no organisation of civil society.
const OTHERS: [&str; 2] = ["state-body", "partner"];

fn written(error: &serde_json::Error) -> Fault {
    Fault::Value(error.to_string())
}

/// The tables have taken in a word of organisations.
pub(super) fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    let entry = sealed.index;
    match &sealed.entry.word {
        Word::OrganisationRegistered(w) => tx.run(
            "INSERT INTO ind_organisation (id, kind, exercise, known) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE \
             SET kind = excluded.kind, exercise = excluded.exercise",
            values![w.id, w.kind, w.exercise, sealed.known],
        )?,
        Word::FundingDeclared(w) => tx.run(
            "INSERT INTO ind_funding (organisation, year, entry, says, exposures, known) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON \
             CONFLICT (organisation, year) DO UPDATE SET entry = excluded.entry, says = excluded.says, exposures = \
             excluded.exposures, known = excluded.known",
            values![
                w.organisation,
                w.year,
                entry,
                serde_json::to_string(w).map_err(|error| written(&error))?,
                serde_json::to_string(&w.exposures).map_err(|error| written(&error))?,
                sealed.known
            ],
        )?,
        Word::ExposureStated(w) => tx.run(
            "UPDATE ind_funding SET exposures = ?2 WHERE entry = ?1",
            values![w.declared, serde_json::to_string(&w.exposures).map_err(|error| written(&error))?],
        )?,
        Word::CapacityAssessed(w) => assessed(tx, entry, w)?,
        Word::ObligationSet(w) => {
            let (month, day) = match w.rule {
                ObligationRule::Yearly { month, day } => (Some(i64::from(month)), Some(i64::from(day))),
                ObligationRule::After { .. } => (None, None),
            };
            let kinds = if w.kinds.is_empty() { String::new() } else { format!(" {} ", w.kinds.join(" ")) };
            tx.run(
                "INSERT INTO ind_obligation (id, kinds, month, day) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE \
                 SET kinds = excluded.kinds, month = excluded.month, day = excluded.day",
                values![w.id, kinds, month, day],
            )?
        }
        Word::ObligationMet(w) => tx.run(
            "INSERT INTO ind_met (organisation, obligation, due, on_day) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (organisation, \
             obligation, due) DO UPDATE SET on_day = excluded.on_day",
            values![w.organisation, w.obligation, w.due, w.on],
        )?,
        _ => 0,
    };
    Ok(())
}

/// Sum and count of the known items of each domain.
fn assessed(tx: &mut Tx<'_>, entry: u64, word: &CapacityAssessed) -> Result<u64, Fault> {
    let mut domains: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for item in &word.items {
        let domain = item.item.split('.').next().unwrap_or_default();
        if let Some(level) = item.level {
            let (sum, known) = domains.entry(domain).or_default();
            (*sum, *known) = (*sum + i64::from(level), *known + 1);
        }
    }
    for (domain, (sum, known)) in domains {
        tx.run(
            "INSERT INTO ind_capacity (entry, organisation, regard, on_day, domain, total, known) VALUES (?1, ?2, ?3, ?4, \
             ?5, ?6, ?7)",
            values![entry, word.organisation, word.regard.as_str(), word.on, domain, sum, known],
        )?;
    }
    Ok(1)
}

/// An organisation of civil society on the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Organisation {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) exercise: bool,
    pub(crate) known: Day,
}

/// Those known by the day; organisations that are one, once.
pub(crate) fn organisations(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Organisation>, Fault> {
    let found = tx.rows(
        "SELECT id, kind, exercise, known FROM ind_organisation WHERE known <= ?1 AND id NOT IN (SELECT m.id FROM merged m) \
         ORDER BY id",
        values![day],
        |row| {
            Ok(Organisation { id: row.get(0)?, kind: row.get(1)?, exercise: row.get(2)?, known: row.get(3)? })
        },
    )?;
    Ok(found.into_iter().filter(|organisation| !OTHERS.contains(&organisation.kind.as_str())).collect())
}

/// What an organisation declared last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Funding {
    pub(crate) by_funder: Option<Within<ConcentrationBand>>,
    pub(crate) by_category: Option<Within<ConcentrationBand>>,
    pub(crate) reserve: Option<MonthsBand>,
    /// The largest part that one restriction means.
    pub(crate) exposed: Option<Within<ShareBand>>,
}

/// The newest year that each organisation declared by the day, if it is not older than so many years.
pub(crate) fn fundings(tx: &mut Tx<'_>, day: Day, years: i16) -> Result<BTreeMap<String, Funding>, Fault> {
    let mut found = BTreeMap::new();
    tx.each(
        "SELECT COALESCE(m.root, f.organisation), f.says, f.exposures FROM ind_funding f LEFT JOIN merged m ON m.id = \
         f.organisation WHERE f.known <= ?1 AND f.year >= ?2 ORDER BY 1, f.year, f.entry",
        values![day, day.year() - years],
        |row| {
            let (organisation, says, exposures): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let says: FundingDeclared = serde_json::from_str(&says).map_err(|error| written(&error))?;
            let exposures: Vec<Exposure> = serde_json::from_str(&exposures).map_err(|error| written(&error))?;
            let funding = Funding {
                by_funder: says.by_funder,
                by_category: says.by_category,
                reserve: says.reserve,
                exposed: largest(&exposures),
            };
            found.insert(organisation, funding);
            Ok(())
        },
    )?;
    Ok(found)
}

/// The largest part among those that restrictions mean; unknown where one of them is.
fn largest(exposures: &[Exposure]) -> Option<Within<ShareBand>> {
    let shares: Option<Vec<Within<ShareBand>>> = exposures.iter().map(|exposure| exposure.share).collect();
    let shares = shares?;
    let low = shares.iter().map(|share| share.low).max().unwrap_or(ShareBand::None);
    let high = shares.iter().map(|share| share.high).max().unwrap_or(ShareBand::None);
    Some(Within { low, high })
}

/// Means of domains of one assessment.
pub(crate) type Domains = BTreeMap<String, f64>;

/// The newest assessment of each organisation under this regard by the day, as the means of its domains.
pub(crate) fn capacities(
    tx: &mut Tx<'_>,
    day: Day,
    regard: Regard,
) -> Result<BTreeMap<String, Domains>, Fault> {
    let mut newest: BTreeMap<String, (u64, Domains)> = BTreeMap::new();
    tx.each(
        "SELECT COALESCE(m.root, c.organisation), c.entry, c.domain, c.total, c.known FROM ind_capacity c LEFT JOIN merged m \
         ON m.id = c.organisation WHERE c.regard = ?1 AND c.on_day <= ?2 ORDER BY 1, c.on_day, c.entry",
        values![regard.as_str(), day],
        |row| {
            let (organisation, entry): (String, u64) = (row.get(0)?, row.get(1)?);
            let (domain, total, known): (String, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
            let found = newest.entry(organisation).or_insert_with(|| (entry, Domains::new()));
            if found.0 != entry {
                *found = (entry, Domains::new());
            }
            found.1.insert(domain, total as f64 / known as f64);
            Ok(())
        },
    )?;
    Ok(newest.into_iter().map(|(organisation, (_, domains))| (organisation, domains)).collect())
}

/// Obligations that fall due each year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Yearly {
    pub(crate) id: String,
    kinds: String,
    pub(crate) month: i8,
    pub(crate) day: i8,
}

impl Yearly {
    /// Whether it means organisations of this kind.
    pub(crate) fn means(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&format!(" {kind} "))
    }
}

/// Every obligation that falls due each year.
pub(crate) fn yearly(tx: &mut Tx<'_>) -> Result<Vec<Yearly>, Fault> {
    let found: Vec<(String, String, Option<i64>, Option<i64>)> =
        tx.rows("SELECT id, kinds, month, day FROM ind_obligation ORDER BY id", &[], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let of_day = |number: Option<i64>| i8::try_from(number?).ok();
    let yearly = found.into_iter().filter_map(|(id, kinds, month, day)| {
        Some(Yearly { id, kinds, month: of_day(month)?, day: of_day(day)? })
    });
    Ok(yearly.collect())
}

/// When an organisation met an obligation that fell due on a day.
pub(crate) type Met = BTreeMap<(String, String, Day), Day>;

/// What organisations said by the day that they had met.
pub(crate) fn met(tx: &mut Tx<'_>, day: Day) -> Result<Met, Fault> {
    let found = tx.rows(
        "SELECT COALESCE(m.root, i.organisation), i.obligation, i.due, i.on_day FROM ind_met i LEFT JOIN merged m ON m.id = \
         i.organisation WHERE i.on_day <= ?1 ORDER BY 1, i.obligation, i.due, i.on_day DESC",
        values![day],
        |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?)),
    )?;
    Ok(found.into_iter().collect())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn obligation(id: &str, kind: &str, month: i8, day: i8) -> Yearly {
        let kinds = if kind.is_empty() { String::new() } else { format!(" {kind} ") };
        Yearly { id: id.into(), kinds, month, day }
    }

    #[test]
    fn an_obligation_means_all_kinds_or_those_it_names() {
        assert!(obligation("a", "", 1, 1).means("ngo"));
        assert!(obligation("a", "ngo", 1, 1).means("ngo"));
        assert!(!obligation("a", "ngo", 1, 1).means("association"));
    }

    #[test]
    fn the_largest_part_is_unknown_where_one_is() {
        let exposure = |share: Option<(ShareBand, ShareBand)>| Exposure {
            restriction: terms::RestrictionId::parse("r").unwrap(),
            told: 1,
            share: share.map(|(low, high)| Within { low, high }),
        };
        let none = Within { low: ShareBand::None, high: ShareBand::None };
        assert_eq!(largest(&[]), Some(none));
        let both = [
            exposure(Some((ShareBand::UpTo10, ShareBand::UpTo25))),
            exposure(Some((ShareBand::None, ShareBand::Over75))),
        ];
        assert_eq!(largest(&both), Some(Within { low: ShareBand::UpTo10, high: ShareBand::Over75 }));
        assert_eq!(largest(&[exposure(None), both[0].clone()]), None);
    }
}
