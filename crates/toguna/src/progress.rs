//! Progress bars on standard error; silent where nobody watches.

use indicatif::{ProgressBar, ProgressStyle};

use crate::ending::{Ending, system_fr};

/// A bar for `what`; the function moves it.
pub(crate) fn bar(what: &'static str) -> impl FnMut(u64, u64) {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{msg:28} [{bar:32}] {pos}/{len} ({eta})");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(what);
    move |done, all| {
        bar.set_length(all);
        bar.set_position(done);
        if done >= all {
            bar.finish_and_clear();
        }
    }
}

/// A sentence for whoever watches.
#[allow(clippy::print_stderr, reason = "standard error is where the command line speaks to people")]
pub(crate) fn say(sentence: &str) {
    eprintln!("{sentence}");
}

/// The result, alone on standard output.
///
/// **Errors** it cannot be written; a reader that went away is none.
pub(crate) fn result(text: &str) -> Result<(), Ending> {
    result_bytes(text.as_bytes())
}

/// As [`result`], for what is no text.
///
/// **Errors** as [`result`].
pub(crate) fn result_bytes(bytes: &[u8]) -> Result<(), Ending> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    match written {
        Ok(()) => Ok(()),
        // `toguna audit | head` is no fault.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            Err(Ending::Fault(format!("le résultat n’a pas pu être écrit : {}", system_fr(&error))))
        }
    }
}
