//! How a command ends: 0 done, 1 refused (the person can mend it), 2 fault (only whoever runs the machine can).

use std::process::ExitCode;

use record::Fault;

/// An ending other than done.
#[derive(Debug)]
pub(crate) enum Ending {
    /// The person can mend it: what to say.
    Refused(String),
    /// Only the operator can: what to say.
    Fault(String),
    /// Help or version was asked for and has been printed.
    Told,
}

impl Ending {
    /// The sentence is on standard error.
    pub(crate) fn tell(self) -> ExitCode {
        match self {
            Self::Told => ExitCode::SUCCESS,
            Self::Refused(sentence) => {
                eprintln_fr(&sentence);
                ExitCode::from(1)
            }
            Self::Fault(sentence) => {
                eprintln_fr(&sentence);
                ExitCode::from(2)
            }
        }
    }
}

#[allow(clippy::print_stderr, reason = "standard error is where the command line speaks to people")]
fn eprintln_fr(sentence: &str) {
    eprintln!("toguna : {sentence}");
}

impl From<Fault> for Ending {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Absent(_)
            | Fault::Present(_)
            | Fault::Occupied(_)
            | Fault::Held(_)
            | Fault::Newer { .. } => Self::Refused(fault.to_string()),
            other => Self::Fault(other.to_string()),
        }
    }
}
