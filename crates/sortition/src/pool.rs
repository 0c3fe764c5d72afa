//! The pool: who may be drawn, with the features that quotas speak of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::{Digest, Encoder};
use crate::quotas::Quotas;
use crate::refusal::{Counted, Refusal, Table};
use crate::table::Read;

/// Somebody, or an organisation, who may be drawn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The name under which the draw knows it; unique in the pool.
    pub id: String,
    /// Its value in each feature, in the order of the quotas' features.
    pub values: Vec<String>,
}

/// The candidates of a draw, in the order of the bytes of their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    candidates: Vec<Candidate>,
    /// For each candidate the places of its quotas.
    rows: Vec<Vec<usize>>,
    features: Vec<String>,
}

impl Pool {
    /// The candidates of a table with a column `id_column` and one for each feature of the quotas; other columns are
    /// ignored, and are no part of the digest.
    ///
    /// **Errors** a [`Refusal`] that names the first line at fault.
    pub fn parse(bytes: &[u8], id_column: &str, quotas: &Quotas) -> Result<Self, Refusal> {
        let table = Read::new(Table::Pool, bytes)?;
        let id = table.place(id_column)?;
        let columns: Vec<usize> =
            quotas.features().map(|name| table.place(name)).collect::<Result<_, _>>()?;
        let mut listed = Vec::new();
        for (line, cells) in &table.rows {
            let values: Result<_, Refusal> =
                columns.iter().map(|column| table.text(*line, cells, *column)).collect();
            listed.push((*line, Candidate { id: table.text(*line, cells, id)?, values: values? }));
        }
        Self::of(listed, quotas)
    }

    /// The candidates listed, put in order.
    ///
    /// **Errors** as [`Self::parse`]; places in the list, counted from 1, stand for lines.
    pub fn new(candidates: Vec<Candidate>, quotas: &Quotas) -> Result<Self, Refusal> {
        Self::of((1..).zip(candidates).collect(), quotas)
    }

    fn of(mut listed: Vec<(u64, Candidate)>, quotas: &Quotas) -> Result<Self, Refusal> {
        let table = Table::Pool;
        if listed.is_empty() {
            return Err(Refusal::NoRow { table });
        }
        if listed.len() > crate::PEOPLE_MAX {
            return Err(Refusal::TooMany { table, what: Counted::People, most: crate::PEOPLE_MAX });
        }
        let mut seen = BTreeMap::new();
        let features: Vec<String> = quotas.features().map(str::to_owned).collect();
        for (line, candidate) in &listed {
            if let Some(first) = seen.insert(candidate.id.clone(), *line) {
                return Err(Refusal::SameId { line: *line, first, id: candidate.id.clone() });
            }
            if candidate.values.len() != features.len() {
                let (cells, columns) = (candidate.values.len(), features.len());
                return Err(Refusal::Cells { table, line: *line, cells, columns });
            }
        }
        let mut keyed = Vec::new();
        for (line, candidate) in listed.drain(..) {
            let each = candidate.values.iter().enumerate();
            let rows: Result<Vec<usize>, Refusal> = each
                .map(|(feature, value)| {
                    quotas.place(feature, value).ok_or_else(|| Refusal::NoQuota {
                        line,
                        feature: features[feature].clone(),
                        value: value.clone(),
                    })
                })
                .collect();
            keyed.push((candidate, rows?));
        }
        keyed.sort();
        let (candidates, rows) = keyed.into_iter().unzip();
        Ok(Self { candidates, rows, features })
    }

    /// Every candidate, by id.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// For each candidate the places of its quotas in the list.
    pub(crate) fn rows(&self) -> &[Vec<usize>] {
        &self.rows
    }

    /// Where a candidate stands.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.candidates.binary_search_by(|candidate| candidate.id.as_str().cmp(id)).ok()
    }

    /// The SHA-256 of ids and features, whatever the order of rows and columns was.
    pub fn digest(&self) -> Digest {
        let mut encoder = Encoder::new("toguna/sortition/pool/v1");
        encoder.number(self.features.len() as u64);
        self.features.iter().for_each(|feature| {
            encoder.text(feature);
        });
        encoder.number(self.candidates.len() as u64);
        for candidate in &self.candidates {
            encoder.text(&candidate.id);
            candidate.values.iter().for_each(|value| {
                encoder.text(value);
            });
        }
        encoder.end()
    }
}
