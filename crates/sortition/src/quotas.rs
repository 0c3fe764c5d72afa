//! How many of each value may sit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::{Digest, Encoder};
use crate::refusal::{Counted, Refusal, Table};
use crate::table::Read;

/// How many seats people with one value of one feature may have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The feature: a column of the pool.
    pub feature: String,
    /// The value in that column.
    pub value: String,
    /// The fewest seats; inclusive.
    pub min: u32,
    /// The most seats; inclusive.
    pub max: u32,
}

/// The quotas of a draw, by feature and value; each value once, in the order of their bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotas {
    list: Vec<Quota>,
    /// Each feature with its values and their places in the list.
    features: Vec<(String, BTreeMap<String, usize>)>,
}

impl Quotas {
    /// The quotas of a table with the columns `feature,value,min,max` or `category,feature,min,max`; others are ignored.
    ///
    /// **Errors** a [`Refusal`] that names the first line at fault.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let table = Read::new(Table::Quotas, bytes)?;
        let (feature, value) =
            if table.has("category") { ("category", "feature") } else { ("feature", "value") };
        let places = [feature, value, "min", "max"].map(|column| table.place(column));
        let [feature, value, min, max] = places;
        let (feature, value, min, max) = (feature?, value?, min?, max?);
        let mut lines = BTreeMap::new();
        let mut list = Vec::new();
        for (line, cells) in &table.rows {
            let line = *line;
            let quota = Quota {
                feature: table.text(line, cells, feature)?,
                value: table.text(line, cells, value)?,
                min: number(line, "min", &table.text(line, cells, min)?)?,
                max: number(line, "max", &table.text(line, cells, max)?)?,
            };
            if quota.min > quota.max {
                return Err(Refusal::Upside { line, min: quota.min, max: quota.max });
            }
            let key = (quota.feature.clone(), quota.value.clone());
            if let Some(first) = lines.insert(key, line) {
                let Quota { feature, value, .. } = quota;
                return Err(Refusal::SameQuota { line, first, feature, value });
            }
            list.push(quota);
        }
        Self::new(list)
    }

    /// The quotas listed, put in order.
    ///
    /// **Errors** two for one value (their places, counted from 1, stand for lines); a minimum above its maximum; none;
    /// more than [`crate::FEATURES_MAX`] features or [`crate::VALUES_MAX`] values.
    pub fn new(mut list: Vec<Quota>) -> Result<Self, Refusal> {
        let table = Table::Quotas;
        if list.is_empty() {
            return Err(Refusal::NoRow { table });
        }
        if list.len() > crate::VALUES_MAX {
            return Err(Refusal::TooMany { table, what: Counted::Values, most: crate::VALUES_MAX });
        }
        list.sort();
        let mut features: Vec<(String, BTreeMap<String, usize>)> = Vec::new();
        for (place, quota) in list.iter().enumerate() {
            let line = place as u64 + 1;
            if quota.min > quota.max {
                return Err(Refusal::Upside { line, min: quota.min, max: quota.max });
            }
            if features.last().is_none_or(|(name, _)| *name != quota.feature) {
                features.push((quota.feature.clone(), BTreeMap::new()));
            }
            let values = features.last_mut().map(|(_, values)| values);
            if let Some(first) = values.and_then(|values| values.insert(quota.value.clone(), place)) {
                let Quota { feature, value, .. } = quota.clone();
                return Err(Refusal::SameQuota { line, first: first as u64 + 1, feature, value });
            }
        }
        if features.len() > crate::FEATURES_MAX {
            return Err(Refusal::TooMany { table, what: Counted::Features, most: crate::FEATURES_MAX });
        }
        Ok(Self { list, features })
    }

    /// Every quota, by feature and value.
    pub fn list(&self) -> &[Quota] {
        &self.list
    }

    /// The features, in the order of their bytes.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.features.iter().map(|(name, _)| name.as_str())
    }

    /// Where in the list the quota of a value stands.
    pub(crate) fn place(&self, feature: usize, value: &str) -> Option<usize> {
        self.features.get(feature)?.1.get(value).copied()
    }

    /// The SHA-256 of the quotas, whatever the order of their lines was.
    pub fn digest(&self) -> Digest {
        let mut encoder = Encoder::new("toguna/sortition/quotas/v1");
        encoder.number(self.list.len() as u64);
        for quota in &self.list {
            encoder.text(&quota.feature).text(&quota.value);
            encoder.number(u64::from(quota.min)).number(u64::from(quota.max));
        }
        encoder.end()
    }
}

fn number(line: u64, column: &str, text: &str) -> Result<u32, Refusal> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let refused = || Refusal::NoNumber { line, column: column.to_owned(), text: text.to_owned() };
    let number = digits.then(|| text.parse().ok()).flatten();
    number.filter(|number| *number <= crate::PEOPLE_MAX as u32).ok_or_else(refused)
}
