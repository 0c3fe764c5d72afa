//! The numbers behind a lottery: people with the same features are one type, a panel is a count per type.

use serde::{Deserialize, Serialize};

use crate::{Pool, Quotas};

/// One type of people: all who have the same value in every feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kind {
    /// The quota row of each feature, in the order of the features.
    pub(crate) rows: Vec<usize>,
    /// Places in the pool of those of this type, in the order of ids.
    pub(crate) members: Vec<usize>,
}

impl Kind {
    /// How many people are of this type.
    pub(crate) fn size(&self) -> u32 {
        u32::try_from(self.members.len()).unwrap_or(u32::MAX)
    }
}

/// One quota: how many of a value may sit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) min: u32,
    pub(crate) max: u32,
}

/// A further inequality that every panel meets though the quotas alone do not give it: Σ coefficient·count ≤ bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// A coefficient per type, within ±10⁹.
    pub coefficients: Vec<i64>,
    /// What no panel exceeds.
    pub bound: i64,
}

/// Types, quotas and seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Model {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) rows: Vec<Row>,
    pub(crate) seats: u32,
}

/// A panel: for each type that has a seat in it, the type's number and how many sit; by ascending number.
pub(crate) type Panel = Vec<(u32, u32)>;

impl Model {
    /// The model of a pool; types stand in the order of their quota rows.
    pub(crate) fn new(pool: &Pool, quotas: &Quotas, seats: u32) -> Self {
        let mut by_rows = std::collections::BTreeMap::<Vec<usize>, Vec<usize>>::new();
        for (place, rows) in pool.rows().iter().enumerate() {
            by_rows.entry(rows.clone()).or_default().push(place);
        }
        let kinds = by_rows.into_iter().map(|(rows, members)| Kind { rows, members }).collect();
        let rows = quotas.list().iter().map(|quota| Row { min: quota.min, max: quota.max }).collect();
        Self { kinds, rows, seats }
    }

    /// Whether a panel fills the seats and meets every quota.
    pub(crate) fn allows(&self, panel: &[(u32, u32)]) -> bool {
        let mut in_row = vec![0_u64; self.rows.len()];
        let mut seated = 0_u64;
        let mut last = None;
        for &(kind, count) in panel {
            let Some(known) = self.kinds.get(kind as usize) else { return false };
            if count == 0 || count > known.size() || last.is_some_and(|last| last >= kind) {
                return false;
            }
            last = Some(kind);
            seated += u64::from(count);
            known.rows.iter().for_each(|row| in_row[*row] += u64::from(count));
        }
        seated == u64::from(self.seats)
            && self
                .rows
                .iter()
                .zip(in_row)
                .all(|(row, n)| (u64::from(row.min)..=u64::from(row.max)).contains(&n))
    }

    /// Whether a quota can bind: some panel size could break it.
    pub(crate) fn binds_below(&self, row: usize) -> bool {
        self.rows[row].min > 0
    }

    /// As [`Self::binds_below`], for the maximum.
    pub(crate) fn binds_above(&self, row: usize) -> bool {
        u64::from(self.rows[row].max) < u64::from(self.seats).min(self.available(row))
    }

    /// How many people of the pool a quota counts.
    pub(crate) fn available(&self, row: usize) -> u64 {
        self.kinds.iter().filter(|kind| kind.rows.contains(&row)).map(|kind| u64::from(kind.size())).sum()
    }
}
