//! `cargo xtask bench`: measures, as a table to be kept in `docs/performance.md`.

use std::process::Command;

use crate::machine::{root, run};

/// The measures have been printed.
pub(crate) fn run_with(words: &[&str]) -> Result<(), String> {
    let cargo = || {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(root());
        cargo
    };
    // The pages are measured on the binary itself, in a process of its own.
    run(cargo().args(["build", "--release", "--package", "toguna"]))?;
    run(cargo().args(["run", "--release", "--package", "bench", "--"]).args(words))
}
