//! The binary as a person runs it, and a demonstration made by it once.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// The demonstration, made once by the binary itself.
#[allow(dead_code, reason = "each test binary uses its part of this module")]
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

/// The demonstration is in this folder too, with the files that were sent in.
#[allow(dead_code, reason = "each test binary uses its part of this module")]
pub(crate) fn copy_to(folder: &Path) {
    // What a reader beside leaves for a moment is no part of it: it was closed, and one file holds everything.
    let passing = |file: &PathBuf| ["-wal", "-shm"].iter().any(|end| file.to_string_lossy().ends_with(end));
    for file in files(&DEMO.1).into_iter().filter(|file| !passing(file)) {
        let to = folder.join(file.strip_prefix(&DEMO.1).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(&file, to).unwrap();
    }
}

/// Every file below a folder.
#[allow(dead_code, reason = "each test binary uses its part of this module")]
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let here = std::fs::read_dir(folder).unwrap().flatten().map(|file| file.path());
    here.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// A copy of the demonstration that a test may change.
#[allow(dead_code, reason = "each test binary uses its part of this module")]
pub(crate) fn copy() -> (tempfile::TempDir, String) {
    let home = tempfile::tempdir().unwrap();
    copy_to(home.path());
    let data = home.path().to_str().unwrap().to_owned();
    (home, data)
}
