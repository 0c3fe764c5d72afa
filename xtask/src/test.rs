//! `cargo xtask test`: every test there is, with what they need installed, started and stopped again.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::machine::{self, chromium, free_port, root, scratch, set_up};
use crate::{postgres, say};

/// Every test has passed; `rust` or `browser` alone where asked.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    set_up()?;
    let mut skipped = Vec::new();
    let outcome = match words {
        [] => style().and_then(|()| rust(&mut skipped)).and_then(|()| browser(&mut skipped)),
        ["rust"] => rust(&mut skipped),
        ["browser"] => browser(&mut skipped),
        _ => return Err("usage: cargo xtask test [rust|browser]".into()),
    };
    say(&told(&skipped));
    outcome
}

/// Whether a line of a run says that a test was not run.
fn is_skip(line: &str) -> bool {
    let line = line.trim_end();
    line.contains("SKIPPED:")
        || (line.starts_with("test ") && (line.ends_with("... ignored") || line.contains("... ignored, ")))
        || line.contains("# SKIP")
        || line.contains("# TODO")
}

/// How many tests were not run, and which.
fn told(skipped: &[String]) -> String {
    match skipped {
        [] => "== No test was skipped".to_owned(),
        [one] => format!("== 1 test was skipped\n  {one}"),
        many => format!("== {} tests were skipped\n  {}", many.len(), many.join("\n  ")),
    }
}

fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

fn style() -> Result<(), String> {
    say("== Style and lints");
    machine::run(cargo().args(["fmt", "--all", "--check"]))?;
    machine::run(cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn rust(skipped: &mut Vec<String>) -> Result<(), String> {
    say("== Units, instruments, laws, stories, both databases");
    let server = postgres::Server::start()?;
    machine::watch(
        cargo()
            .args(["test", "--workspace", "--no-fail-fast"])
            .env("TOGUNA_TEST_POSTGRES", server.address())
            // With it the comparison with Go is not skipped where Go is missing: it fails.
            .env("TOGUNA_GO", "go"),
        is_skip,
        skipped,
    )?;
    say("== The same stories on PostgreSQL");
    machine::watch(
        // The same selection of crates: nothing is built again.
        cargo().args(["test", "--workspace", "--test", "stories"]).env("TOGUNA_STORIES_ON", server.address()),
        is_skip,
        skipped,
    )
}

/// A site of the demonstration; dropping it stops it.
struct Site {
    process: Child,
    folder: std::path::PathBuf,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn browser(skipped: &mut Vec<String>) -> Result<(), String> {
    say("== A real browser");
    // The binary that the other tests were run with: building it alone would build its crates once more.
    machine::run(cargo().args(["test", "--quiet", "--workspace", "--no-run"]))?;
    let folder = scratch("site")?;
    let port = free_port()?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let program = target.join("debug/toguna");
    let data = folder.join("donnees");
    // The personas' invitation links are told on standard error at the making; the tests read them there.
    let made = std::fs::File::create(folder.join("creation.txt")).map_err(|error| error.to_string())?;
    let port_text = port.to_string();
    machine::run(
        Command::new(&program)
            .args(["demo", "--no-serve", "--port", &port_text, "--data"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(made),
    )?;
    let process = Command::new(&program)
        .args(["serve", "--port", &port_text, "--data"])
        .arg(&data)
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let site = Site { process, folder };
    until_open(port)?;
    let tests = root().join("tests/browser");
    machine::watch(
        Command::new("node")
            .args(["--test", "--test-reporter=spec"])
            .current_dir(&tests)
            .env("TOGUNA_ADDRESS", format!("http://127.0.0.1:{port}"))
            .env("TOGUNA_CREATION", site.folder.join("creation.txt"))
            .env("TOGUNA_PICTURES", target.join("pictures"))
            .env("CHROMIUM", chromium().ok_or("Chromium is not installed")?),
        is_skip,
        skipped,
    )
}

fn until_open(port: u16) -> Result<(), String> {
    let deadline = Instant::now() + Duration::from_secs(30);
    while Instant::now() < deadline {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err("the site did not open within 30 s".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_that_were_not_run_are_seen_and_counted() {
        for line in [
            "SKIPPED: no PostgreSQL (TOGUNA_TEST_POSTGRES)",
            "test year ... ignored",
            "test year ... ignored, needs an hour",
            "﹣ axe finds nothing (0.1ms) # SKIP",
        ] {
            assert!(is_skip(line), "{line}");
        }
        for line in
            ["test year ... ok", "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured", "ℹ skipped 0"]
        {
            assert!(!is_skip(line), "{line}");
        }
        assert!(told(&[]).contains("No test"));
        assert!(told(&["a".into(), "b".into()]).starts_with("== 2 tests were skipped\n  a\n  b"));
    }

    #[test]
    fn what_a_command_says_is_shown_and_watched_on_both_its_ends() {
        let mut seen = Vec::new();
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo 'wanted: out'; echo other; echo 'wanted: err' >&2; exit 3"]);
        assert!(machine::watch(&mut shell, |line| line.contains("wanted:"), &mut seen).is_err());
        seen.sort();
        assert_eq!(seen, ["wanted: err", "wanted: out"]);
    }
}
