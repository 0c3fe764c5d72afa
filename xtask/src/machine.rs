//! What the tests need from the machine, installed by its package manager when missing.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::say;

/// Where Debian puts Go's reference implementation of transparency logs, which `tlog` is compared with.
const GO_SUMDB: &str = "/usr/share/gocode/src/golang.org/x/mod/sumdb";

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// PostgreSQL, Chromium, Node.js, Go with the reference implementation of transparency logs, the browser tests' packages, an S3-compatible
/// server and the validators of the open formats are on the machine.
pub(crate) fn set_up() -> Result<(), String> {
    let mut missing = Vec::new();
    if crate::postgres::programs().is_none() {
        missing.push("postgresql");
    }
    if chromium().is_none() {
        missing.push("chromium");
    }
    if !found("node") || !found("npm") {
        missing.extend(["nodejs", "npm"]);
    }
    if !found("go") || !Path::new(GO_SUMDB).exists() {
        missing.extend(["golang-go", "golang-golang-x-mod-dev"]);
    }
    if !python() {
        missing.extend(["python3", "python3-venv"]);
    }
    if !missing.is_empty() {
        install(&missing)?;
    }
    for (folder, package, what) in [
        ("tests/browser", "playwright-core", "the browser tests' packages"),
        ("tests/s3", "s3rver", "an S3-compatible server"),
    ] {
        let folder = root().join(folder);
        if folder.join("package.json").exists() && !folder.join("node_modules").join(package).exists() {
            say(&format!("Installing {what}…"));
            run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
        }
    }
    standards()
}

/// The validators of the open formats that we write are in a Python of their own, as `tests/standards/requirements.txt` names them.
fn standards() -> Result<(), String> {
    let folder = root().join("tests/standards");
    let venv = folder.join("venv");
    if !folder.join("requirements.txt").exists() || venv.join("ready").exists() {
        return Ok(());
    }
    say("Installing the validators of Popolo and BODS…");
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"];
    run(Command::new(venv.join("bin/python")).args(pip).current_dir(&folder))?;
    // Written last: an installation that was cut off is made again.
    std::fs::write(venv.join("ready"), "").map_err(|error| error.to_string())
}

/// Whether Python is here with all that it takes to make a place of its own.
fn python() -> bool {
    let asked = Command::new("python3").args(["-c", "import ensurepip, venv"]).output();
    asked.is_ok_and(|output| output.status.success())
}

/// Where Chromium is.
pub(crate) fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(which)
}

fn install(packages: &[&str]) -> Result<(), String> {
    let line = format!("apt-get update && apt-get install -y --no-install-recommends {}", packages.join(" "));
    if which("apt-get").is_none() {
        return Err(format!("these are missing and this system has no apt-get: {}", packages.join(", ")));
    }
    say(&format!("Installing {}…", packages.join(", ")));
    let root = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let mut command = if root {
        let mut shell = Command::new("sh");
        shell.args(["-c", &line]);
        shell
    } else if found("sudo") {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "sh", "-c", &line]);
        sudo
    } else {
        return Err(format!("type this once as root, then run again:\n    {line}"));
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    run(&mut command).map_err(|error| format!("{error}\ntype this once as root, then run again:\n    {line}"))
}

/// Whether a program of this name is on the path.
pub(crate) fn found(name: &str) -> bool {
    which(name).is_some()
}

/// Where a program of this name is on the path.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The command has succeeded, its output shown as it came; lines that `wanted` picks are kept.
pub(crate) fn watch(
    command: &mut Command,
    wanted: fn(&str) -> bool,
    kept: &mut Vec<String>,
) -> Result<(), String> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{command:?}: {error}"))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let picked = std::thread::scope(|scope| {
        let errors = scope.spawn(|| stderr.map(|from| shown(from, std::io::stderr(), wanted)));
        let mut picked = stdout.map(|from| shown(from, std::io::stdout(), wanted)).unwrap_or_default();
        picked.extend(errors.join().ok().flatten().unwrap_or_default());
        picked
    });
    kept.extend(picked);
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} ended with {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}

/// Every line is passed on as it came; those wanted are the answer.
fn shown(from: impl Read, mut to: impl Write, wanted: fn(&str) -> bool) -> Vec<String> {
    let (mut from, mut line, mut picked) = (BufReader::new(from), Vec::new(), Vec::new());
    while from.read_until(b'\n', &mut line).is_ok_and(|many| many > 0) {
        // Who reads along may have gone; the tests go on.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        let text = String::from_utf8_lossy(&line);
        if wanted(&text) {
            picked.push(text.trim().to_owned());
        }
        line.clear();
    }
    picked
}

/// The command has succeeded, its output shown as it came.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}")) }
}

/// What the command printed.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// A folder of its own under the build folder, empty.
pub(crate) fn scratch(name: &str) -> Result<PathBuf, String> {
    // PostgreSQL runs as another user when we are root; the system's temporary folder is open to it.
    let folder = std::env::temp_dir().join(format!("toguna-xtask-{}-{name}", std::process::id()));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    }
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    Ok(folder)
}

/// A port that nobody listens on just now.
pub(crate) fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}
