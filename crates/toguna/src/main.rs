//! `toguna`: the command line. Results go to standard output alone; progress and sentences to standard error.

mod cli;
mod commands;
mod ending;
mod progress;

use std::process::ExitCode;

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("TOGUNA_LOG").unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    match cli::parse().map_or_else(Err, commands::run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(ending) => ending.tell(),
    }
}
