//! Faults of a pack: which file, which line, which column, and what is wrong.

use std::fmt;

/// One thing wrong with a pack, said so that its author can mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFault {
    /// The file, with the folder it was read from.
    pub file: String,
    /// The line, from 1; absent where the whole file is meant.
    pub line: Option<u64>,
    /// The column of a table, or the key of a TOML file.
    pub field: Option<String>,
    /// What is wrong, as the end of a French sentence.
    pub message: String,
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", ligne {line}")?;
        }
        if let Some(field) = &self.field {
            let part = if self.file.ends_with(".csv") { "colonne" } else { "clé" };
            write!(f, ", {part} « {field} »")?;
        }
        write!(f, " : {}", self.message)
    }
}

impl std::error::Error for PackFault {}

/// The most faults that are told at once: past that, the pack is not a slip but another format.
pub const FAULTS_MAX: usize = 50;

/// The faults found so far.
#[derive(Default)]
pub(crate) struct Faults(Vec<PackFault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: PackFault) {
        if !self.full() {
            self.0.push(fault);
        }
    }

    pub(crate) fn full(&self) -> bool {
        self.0.len() >= FAULTS_MAX
    }

    pub(crate) fn into_list(self) -> Vec<PackFault> {
        self.0
    }
}
