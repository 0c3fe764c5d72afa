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

/// What the system refused, in French: its own sentences are in its own language.
pub(crate) fn system_fr(error: &std::io::Error) -> String {
    use std::io::ErrorKind as K;
    let known = match error.kind() {
        K::StorageFull | K::QuotaExceeded | K::FileTooLarge => {
            "il n’y a plus de place : libérez-en, puis recommencez"
        }
        K::PermissionDenied => "le système n’en donne pas le droit",
        K::ReadOnlyFilesystem => "ce disque ne se laisse que lire",
        K::NotFound => "cela n’existe pas",
        K::IsADirectory => "c’est un dossier",
        K::AddrNotAvailable => "cette machine n’a pas cette adresse",
        K::OutOfMemory => "la mémoire ne suffit pas",
        _ => {
            let number = error.raw_os_error().map(|number| format!(" (erreur {number})")).unwrap_or_default();
            return format!("le système l’a refusé{number}");
        }
    };
    known.to_owned()
}

impl From<Fault> for Ending {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Absent(_)
            | Fault::Succession(_)
            | Fault::Present(_)
            | Fault::Occupied(_)
            | Fault::Held(_)
            | Fault::Unfinished
            | Fault::Newer { .. } => Self::Refused(fault.to_string()),
            other => Self::Fault(other.to_string()),
        }
    }
}
