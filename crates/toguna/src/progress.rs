//! Progress bars on standard error; silent where nobody watches.

use indicatif::{ProgressBar, ProgressStyle};

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
/// **Errors** the reader went away.
pub(crate) fn result(text: &str) -> Result<(), crate::ending::Ending> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Ok(()) => Ok(()),
        // `toguna audit | head` is no fault.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(crate::ending::Ending::Fault(error.to_string())),
    }
}
