//! A PostgreSQL server for the tests: its own data, its own port, gone afterwards.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::machine::{free_port, output, run, scratch, which};

/// A running server; dropping it stops it and removes its data.
pub(crate) struct Server {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

/// The folder of `initdb` and `pg_ctl`, newest version first.
pub(crate) fn programs() -> Option<PathBuf> {
    if let Some(initdb) = which("initdb") {
        return initdb.parent().map(Path::to_owned);
    }
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").is_file())
        .collect();
    versions.sort();
    versions.pop()
}

impl Server {
    /// The server answers on a free port of this machine.
    pub(crate) fn start() -> Result<Self, String> {
        let programs = programs().ok_or("PostgreSQL is not installed")?;
        let folder = scratch("postgres")?;
        let server = Self { programs, port: free_port()?, folder };
        if root() {
            run(Command::new("chown").arg("postgres").arg(&server.folder))?;
        }
        server.call(
            "initdb",
            &["--auth=trust", "--username=toguna", "--encoding=UTF8", "--no-sync", "-D"],
            &["data"],
        )?;
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off",
            server.port,
            server.folder.display()
        );
        server.call("pg_ctl", &["-w", "-o", &options, "-l"], &["log", "-D", "data", "start"])?;
        Ok(server)
    }

    /// Where the tests find it.
    pub(crate) fn address(&self) -> String {
        format!("postgres://toguna@127.0.0.1:{}/postgres", self.port)
    }

    /// The program has run as a user that PostgreSQL accepts. Names in `paths` that are ours are put in its folder.
    fn call(&self, program: &str, words: &[&str], paths: &[&str]) -> Result<(), String> {
        let program = self.programs.join(program);
        let mut command = if root() {
            let mut runuser = Command::new("runuser");
            runuser.args(["-u", "postgres", "--"]).arg(program);
            runuser
        } else {
            Command::new(program)
        };
        command.args(words).current_dir(&self.folder);
        for word in paths {
            match *word {
                "data" | "log" => command.arg(self.folder.join(word)),
                other => command.arg(other),
            };
        }
        // pg_ctl leaves the server holding our output; it must not keep a reader waiting.
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        run(&mut command)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that is gone already is what was wanted.
        let _ = self.call("pg_ctl", &["-m", "immediate", "-D"], &["data", "stop"]);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
