//! The tasks of the repository: `cargo xtask test` runs every test, `cargo xtask bench` measures.
//!
//! No dependencies, so that it starts at once on a new machine.

mod bench;
mod machine;
mod new;
mod postgres;
mod test;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["setup"] => machine::set_up(),
        ["test", rest @ ..] => test::run(rest),
        ["bench", rest @ ..] => bench::run_with(rest),
        ["new-room", name] => new::room(name),
        ["new-indicator", code] => new::indicator(code),
        _ => {
            Err("usage: cargo xtask setup | test [rust|browser] | bench | new-room NAME | new-indicator I-NN"
                .into())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            say(&format!("xtask: {sentence}"));
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::print_stderr, reason = "this is how a task speaks")]
fn say(sentence: &str) {
    eprintln!("{sentence}");
}
