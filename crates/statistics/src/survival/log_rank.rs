//! The log-rank comparison of k groups.

use super::{Observation, SurvivalRefusal, refuse_unsound};
use crate::chi_square::upper_tail;
use serde::Serialize;
use std::collections::HashSet;

/// Whether the groups could share one and the same curve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogRank {
    /// The statistic; large when groups part from what a common curve would give.
    pub chi_square: f64,
    /// Its degrees of freedom: informative groups less one.
    pub degrees: usize,
    /// The probability of a statistic this large or larger under a common curve.
    pub p_value: f64,
    /// One line for each group, in the order given.
    pub groups: Vec<LogRankGroup>,
}

/// One group's part in the comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogRankGroup {
    /// The group's name.
    pub name: String,
    /// How many were observed in it.
    pub n: usize,
    /// How many events happened in it.
    pub observed: usize,
    /// How many would have happened in it under a common curve.
    pub expected: f64,
}

/// The log-rank test of two or more groups, as R's `survdiff`: hypergeometric variance, no weights.
///
/// A group in which nobody was observed any more at the first event is listed, expects 0 and gives no degree.
///
/// **Errors**: fewer than two groups, two of the same name, one empty or with an unsound duration (named with
/// its row), or no event that tells them apart.
pub fn log_rank(groups: &[(String, Vec<Observation>)]) -> Result<LogRank, SurvivalRefusal> {
    refuse_groups(groups)?;
    let tally = Tally::of(groups);
    let informative: Vec<usize> = (0..groups.len()).filter(|group| tally.expected[*group] > 0.0).collect();
    // The deviations add up to 0: any one group follows from the others and is left out.
    let Some((_, kept)) = informative.split_last().filter(|(_, kept)| !kept.is_empty()) else {
        return Err(SurvivalRefusal::NothingToCompare);
    };
    let deviation: Vec<f64> =
        kept.iter().map(|group| tally.observed[*group] as f64 - tally.expected[*group]).collect();
    let covariance: Vec<Vec<f64>> =
        kept.iter().map(|row| kept.iter().map(|column| tally.covariance[*row][*column]).collect()).collect();
    let chi_square = quadratic_form(covariance, deviation).ok_or(SurvivalRefusal::NothingToCompare)?;
    let groups = groups.iter().zip(tally.observed).zip(tally.expected);
    Ok(LogRank {
        chi_square,
        degrees: kept.len(),
        p_value: upper_tail(chi_square, kept.len()),
        groups: groups
            .map(|(((name, rows), observed), expected)| LogRankGroup {
                name: name.clone(),
                n: rows.len(),
                observed,
                expected,
            })
            .collect(),
    })
}

fn refuse_groups(groups: &[(String, Vec<Observation>)]) -> Result<(), SurvivalRefusal> {
    if groups.len() < 2 {
        return Err(SurvivalRefusal::TooFewGroups { groups: groups.len() });
    }
    let mut names = HashSet::new();
    for (name, rows) in groups {
        if !names.insert(name) {
            return Err(SurvivalRefusal::SameName { group: name.clone() });
        }
        refuse_unsound(rows)
            .map_err(|reason| SurvivalRefusal::Group { group: name.clone(), reason: Box::new(reason) })?;
    }
    Ok(())
}

struct Tally {
    observed: Vec<usize>,
    expected: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

impl Tally {
    fn of(groups: &[(String, Vec<Observation>)]) -> Self {
        let count = groups.len();
        let mut tally = Self {
            observed: vec![0; count],
            expected: vec![0.0; count],
            covariance: vec![vec![0.0; count]; count],
        };
        let mut at_risk: Vec<usize> = groups.iter().map(|(_, rows)| rows.len()).collect();
        let labelled = |(group, (_, rows)): (usize, &'_ (String, Vec<Observation>))| {
            rows.iter().map(move |row| (group, *row)).collect::<Vec<_>>()
        };
        let mut ordered: Vec<(usize, Observation)> = groups.iter().enumerate().flat_map(labelled).collect();
        ordered.sort_unstable_by(|a, b| a.1.duration.total_cmp(&b.1.duration));
        for same_time in ordered.chunk_by(|a, b| a.1.duration == b.1.duration) {
            let mut events = 0;
            for (group, _) in same_time.iter().filter(|(_, row)| row.event) {
                tally.observed[*group] += 1;
                events += 1;
            }
            if events > 0 {
                tally.add(events, &at_risk);
            }
            for (group, _) in same_time {
                at_risk[*group] -= 1;
            }
        }
        tally
    }

    /// Adds what `events` events at one time, spread by chance over those at risk, would give each group.
    fn add(&mut self, events: usize, at_risk: &[usize]) {
        let total: usize = at_risk.iter().sum();
        let (all, ended) = (total as f64, events as f64);
        let part: Vec<f64> = at_risk.iter().map(|count| *count as f64 / all).collect();
        for (expected, share) in self.expected.iter_mut().zip(&part) {
            *expected += ended * share;
        }
        if total == events {
            return;
        }
        let spread = ended * (all - ended) / (all - 1.0);
        for (row, line) in self.covariance.iter_mut().enumerate() {
            for (column, cell) in line.iter_mut().enumerate() {
                let own = if row == column { part[row] } else { 0.0 };
                *cell += spread * (own - part[row] * part[column]);
            }
        }
    }
}

/// v' M⁻¹ v for a symmetric positive definite M, by Cholesky; none when M is not.
fn quadratic_form(mut matrix: Vec<Vec<f64>>, mut vector: Vec<f64>) -> Option<f64> {
    for row in 0..vector.len() {
        for column in 0..=row {
            let done: f64 = (0..column).map(|k| matrix[row][k] * matrix[column][k]).sum();
            let rest = matrix[row][column] - done;
            if column < row {
                matrix[row][column] = rest / matrix[column][column];
            } else if rest > 0.0 {
                matrix[row][row] = rest.sqrt();
            } else {
                return None;
            }
        }
        let done: f64 = (0..row).map(|k| matrix[row][k] * vector[k]).sum();
        vector[row] = (vector[row] - done) / matrix[row][row];
    }
    Some(vector.iter().map(|solved| solved * solved).sum())
}
