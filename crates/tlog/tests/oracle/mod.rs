//! How the oracle in Go is compiled, for every test that asks it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where Debian puts the sources of Go's packages.
const SOURCES: &str = "/usr/share/gocode";

/// The oracle, compiled in this folder; nothing if this machine has not what it takes. With `TOGUNA_GO` set to the program, that
/// fails.
pub(crate) fn compile(scratch: &Path) -> Option<PathBuf> {
    let asked = std::env::var_os("TOGUNA_GO");
    let program = scratch.join("oracle");
    let built = Command::new(asked.clone().unwrap_or_else(|| "go".into()))
        .args(["build", "-o"])
        .arg(&program)
        .arg("main.go")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tlog/tests/oracle"))
        // Nothing is fetched: the packages of the system are all there is.
        .envs([("GO111MODULE", "off"), ("GOPATH", SOURCES), ("GOPROXY", "off"), ("CGO_ENABLED", "0")])
        .env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-cache"))
        .stderr(if asked.is_some() { Stdio::inherit() } else { Stdio::null() })
        .status();
    if built.is_ok_and(|status| status.success()) {
        return Some(program);
    }
    assert!(asked.is_none(), "TOGUNA_GO is set, and the oracle does not compile");
    None
}

/// It is said that a test does without the oracle.
pub(crate) fn say_skipped() {
    // Not `eprintln!`: the test runner would hide it from a run that passes.
    let _ = writeln!(std::io::stderr(), "SKIPPED: Go or its package golang.org/x/mod is not here");
}
