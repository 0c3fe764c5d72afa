//! A proof file checked without the record: the entry it carries, the hashes, the signatures that a policy demands.

use terms::{Entry, EntryFault, Instant};
use tlog::{NoteError, Policy, ProofFile, ProofFileError, leaf_hash};

use super::sentences;

/// What a proof file proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// The record's origin.
    pub origin: String,
    /// Index of the entry.
    pub index: u64,
    /// How many entries the checkpoint covers.
    pub size: u64,
    /// The entry itself, unless it is of a newer version.
    pub entry: Option<Entry>,
    /// The witnesses of the policy that have cosigned, and when: seconds since 1970.
    pub cosigned: Vec<(String, u64)>,
}

impl Proved {
    /// When the entry says that it was sealed.
    #[must_use]
    pub fn sealed_at(&self) -> Option<Instant> {
        self.entry.as_ref().map(|entry| entry.at)
    }
}

/// The first line of a proof file that fails.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrokenProof {
    /// The file is not written as a proof file is.
    #[error("{0}")]
    Form(String),
    /// The checkpoint in it is not accepted.
    #[error("point de contrôle : {0}")]
    Checkpoint(String),
    /// The hashes do not lead from the entry to the signed root.
    #[error(
        "les empreintes ne mènent pas de l’entrée {index} à la racine signée : l’entrée, son numéro ou une empreinte a été modifiée"
    )]
    Inclusion {
        /// Index that the file says.
        index: u64,
    },
    /// The entry is on the record, and is not written in the canonical form.
    #[error("l’entrée : {0}")]
    Entry(EntryFault),
}

/// The entry is on a record that the policy accepts, at the index that the file says.
///
/// **Errors** the first line that fails.
pub fn verify_proof(file: &ProofFile, entry: &[u8], policy: &Policy) -> Result<Proved, BrokenProof> {
    let accepted = match file.verify_with(&leaf_hash(entry), policy) {
        Ok(accepted) => accepted,
        Err(ProofFileError::Proof(_)) => return Err(BrokenProof::Inclusion { index: file.index }),
        Err(ProofFileError::NotAccepted(why)) => {
            return Err(BrokenProof::Checkpoint(sentences::of_policy(&why)));
        }
        Err(other) => return Err(BrokenProof::Form(other.to_string())),
    };
    let entry = match Entry::parse_strict(entry) {
        Ok(entry) => Some(entry),
        // A word that this version does not know is on the record all the same.
        Err(EntryFault::Unreadable(_)) => None,
        Err(fault) => return Err(BrokenProof::Entry(fault)),
    };
    let cosigned =
        accepted.cosigned.iter().map(|(witness, time)| (witness.name.to_string(), *time)).collect();
    Ok(Proved {
        origin: accepted.checkpoint.origin.clone(),
        index: file.index,
        size: accepted.checkpoint.size,
        entry,
        cosigned,
    })
}

impl BrokenProof {
    /// What keeps the bytes from being a proof file, line named.
    #[must_use]
    pub fn of_form(error: &ProofFileError) -> Self {
        match error {
            ProofFileError::Note(NoteError::TooLarge(_)) | ProofFileError::TooLarge(_) => {
                Self::Form("le fichier est trop grand pour une preuve".into())
            }
            ProofFileError::NotUtf8 { at } => Self::Form(format!("l’octet {at} n’est pas du texte UTF-8")),
            ProofFileError::FirstLine => {
                Self::Form("ligne 1 : un fichier de preuve commence par « c2sp.org/tlog-proof@v1 »".into())
            }
            ProofFileError::Extra => Self::Form("ligne 2 : « extra » n’est pas suivi de base64".into()),
            ProofFileError::Index { line } => {
                Self::Form(format!("ligne {line} : « index » et le numéro de l’entrée sont attendus"))
            }
            ProofFileError::Hash { line, .. } => {
                Self::Form(format!("ligne {line} : ce n’est pas une empreinte en base64"))
            }
            ProofFileError::TooManyHashes => Self::Form("il y a trop d’empreintes".into()),
            ProofFileError::NoEmptyLine => {
                Self::Form("la ligne vide avant le point de contrôle manque".into())
            }
            ProofFileError::Note(error) => Self::Checkpoint(sentences::of_note(error)),
            ProofFileError::Checkpoint(error) => Self::Checkpoint(sentences::of_checkpoint(error)),
            ProofFileError::NotAccepted(why) => Self::Checkpoint(sentences::of_policy(why)),
            ProofFileError::Proof(error) => Self::Form(error.to_string()),
        }
    }
}
