//! The binary as a person runs it, and a demonstration made by it once.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;

/// The demonstration, made once by the binary itself.
pub(crate) static DEMO: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("demo");
    let made = run(&["demo", "--no-serve", "--data", data.to_str().unwrap()]);
    assert!(made.status.success(), "{}", told(&made));
    (home, data)
});

/// What the binary does with these words.
pub(crate) fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_toguna")).args(words).output().unwrap()
}

/// What the binary does with these words when its result goes into this file.
#[allow(dead_code, reason = "each test binary uses its part of this module")]
pub(crate) fn run_to(words: &[&str], file: &std::path::Path) -> Output {
    let file = std::fs::File::options().write(true).open(file).unwrap();
    Command::new(env!("CARGO_BIN_EXE_toguna")).args(words).stdout(file).output().unwrap()
}

/// What it put out.
pub(crate) fn result(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it told.
pub(crate) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A copy of the demonstration that a test may change.
#[allow(dead_code, reason = "each test binary uses its part of this module")]
pub(crate) fn copy() -> (tempfile::TempDir, String) {
    let home = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(&DEMO.1).unwrap().flatten() {
        std::fs::copy(file.path(), home.path().join(file.file_name())).unwrap();
    }
    let data = home.path().to_str().unwrap().to_owned();
    (home, data)
}
