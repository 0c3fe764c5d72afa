//! What the instrument refuses, in the words of people who verify.

use tlog::policy::{Accepted, NotAccepted};
use tlog::{CheckpointError, Note, NoteError, Policy};

use super::{Broken, Chain};

/// Who cosigned the note, if the policy accepts it; `None` where it names this record, and the key may have changed by succession.
///
/// **Errors** it does not.
pub(super) fn accepted(policy: &Policy, note: &str) -> Result<Option<Vec<(String, u64)>>, Broken> {
    let note = Note::parse(note.as_bytes()).map_err(|error| Broken::Policy(of_note(&error)))?;
    match policy.check(&note) {
        Ok(accepted) => Ok(Some(told(&accepted))),
        Err(NotAccepted::UnknownLog { origin })
            if policy.logs().iter().any(|log| log.key.name() == origin) =>
        {
            Ok(None)
        }
        Err(why) => Err(Broken::Policy(of_policy(&why))),
    }
}

/// As [`accepted`], where the policy may name a former key of the record.
///
/// **Errors** it names none; it does not accept the note.
pub(super) fn accepted_by_succession(
    policy: &Policy,
    note: &str,
    chain: &Chain,
) -> Result<Vec<(String, u64)>, Broken> {
    let note = Note::parse(note.as_bytes()).map_err(|error| Broken::Policy(of_note(&error)))?;
    let outcome = if policy.logs().iter().any(|log| chain.keys().contains(&log.key)) {
        policy.check_of(&note, chain.origin(), chain.key())
    } else {
        policy.check(&note)
    };
    Ok(told(&outcome.map_err(|why| Broken::Policy(of_policy(&why)))?))
}

fn told(accepted: &Accepted<'_>) -> Vec<(String, u64)> {
    accepted.cosigned.iter().map(|(witness, time)| (witness.name.to_string(), *time)).collect()
}

pub(crate) fn of_note(error: &NoteError) -> String {
    match error {
        NoteError::FalseSignature { key } => format!("la signature au nom de la clé {key} est fausse"),
        NoteError::NotSigned { key } => format!("il n’est pas signé par la clé {key}"),
        other => format!("ce n’est pas une note signée bien formée ({other})"),
    }
}

pub(crate) fn of_checkpoint(error: &CheckpointError) -> String {
    match error {
        CheckpointError::Note(error) => of_note(error),
        CheckpointError::Origin { expected, found } => {
            format!("il est du registre « {found} », non de « {expected} »")
        }
        other => format!("il est mal formé ({other})"),
    }
}

pub(super) fn of_policy(why: &NotAccepted) -> String {
    match why {
        NotAccepted::UnknownLog { origin } => {
            format!("aucun registre du nom de « {origin} » que la politique admette ne l’a signé")
        }
        NotAccepted::Checkpoint(error) => of_checkpoint(error),
        NotAccepted::FalseCosignature { witness, .. } => {
            format!("la cosignature au nom du témoin « {witness} » est fausse")
        }
        NotAccepted::Quorum { quorum, cosigned } if cosigned.is_empty() => {
            format!("le quorum « {quorum} » n’est pas atteint : aucun témoin de la politique n’a cosigné")
        }
        NotAccepted::Quorum { quorum, cosigned } => {
            format!("le quorum « {quorum} » n’est pas atteint : n’ont cosigné que {}", cosigned.join(", "))
        }
    }
}
