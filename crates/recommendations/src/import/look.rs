//! All that is odd in one line, told together once it is known whether the line is taken.

use super::Found;

/// A look at one line.
pub(crate) struct Look {
    line: u64,
    odd: Vec<Odd>,
}

struct Odd {
    column: String,
    what: String,
    /// What becomes of a line that is taken all the same; `None` where it cannot be.
    then: Option<&'static str>,
}

impl Look {
    /// At this line.
    pub(crate) fn at(line: u64) -> Self {
        Self { line, odd: Vec::new() }
    }

    /// The line that is looked at.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// The line cannot be taken.
    pub(crate) fn stops(&mut self, column: &str, what: impl Into<String>) {
        self.odd.push(Odd { column: column.to_owned(), what: what.into(), then: None });
    }

    /// The line can be taken, and `then` says how.
    pub(crate) fn notes(&mut self, column: &str, what: impl Into<String>, then: &'static str) {
        self.odd.push(Odd { column: column.to_owned(), what: what.into(), then: Some(then) });
    }

    /// What is not there because something stops the line, or is there.
    pub(crate) fn needs<T>(
        &mut self,
        value: Option<T>,
        column: &str,
        what: impl FnOnce() -> String,
    ) -> Option<T> {
        if value.is_none() {
            self.stops(column, what());
        }
        value
    }

    /// Everything is told; whether the line can be taken.
    pub(crate) fn told(self, found: &mut Found) -> bool {
        let taken = self.odd.iter().all(|odd| odd.then.is_some());
        for Odd { column, what, then } in self.odd {
            let message = match then {
                Some(then) if taken => format!("{what} ; {then}"),
                Some(_) => what,
                None => format!("{what} ; la ligne n’est pas reprise"),
            };
            found.odd(self.line, &column, message);
        }
        taken
    }
}
