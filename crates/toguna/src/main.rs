//! `toguna`: the command line. Results go to standard output alone; progress and sentences to standard error.

mod cli;
mod commands;
mod ending;
mod progress;

use std::process::ExitCode;

/// What is told where nobody asks for more: of libraries that speak in their own words, nothing.
const QUIET: &str = "info,object_store=off";

fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("TOGUNA_LOG").unwrap_or_else(|_| QUIET.into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    match cli::parse().map_or_else(Err, commands::run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(ending) => ending.tell(),
    }
}
