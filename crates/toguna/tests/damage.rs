//! A damaged file gives no figure: every command says so, and how to come back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod command;

use std::path::Path;

use command::{copy, result, run, told};

#[test]
fn a_damaged_file_gives_no_figure_by_any_command() {
    let (_home, data) = copy();
    let file = Path::new(&data).join("toguna.db");
    for beside in ["toguna.db-wal", "toguna.db-shm"] {
        // Where there is none, none is to be removed.
        let _ = std::fs::remove_file(Path::new(&data).join(beside));
    }
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[200_000..260_000].iter_mut().for_each(|byte| *byte ^= 0x5a);
    std::fs::write(&file, &bytes).unwrap();
    for words in [
        vec!["verify", &data],
        vec!["audit", "--data", &data],
        vec!["export", "matrice", "--data", &data],
        vec!["replay", "--check", "--data", &data],
        vec!["due", "--from", "2026-03-02", "--rule", "ccsc", "--data", &data],
        vec!["serve", "--data", &data, "--port", "0"],
    ] {
        let output = run(&words);
        assert_eq!(output.status.code(), Some(2), "{words:?} {}", told(&output));
        assert!(told(&output).contains("toguna replay --data"), "{words:?} {}", told(&output));
        assert_eq!(result(&output), "", "{words:?}");
    }
}

#[test]
fn the_command_that_is_advised_exists() {
    let (_home, data) = copy();
    let made = run(&["replay", "--data", &data]);
    assert!(made.status.success(), "{}", told(&made));
    assert!(result(&made).contains("refaites"), "{}", result(&made));
    let checked = run(&["replay", "--check", "--data", &data]);
    assert!(checked.status.success(), "{}", told(&checked));
    let verified = run(&["verify", &data]);
    assert!(verified.status.success(), "{}", told(&verified));
}
