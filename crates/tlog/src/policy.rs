//! Policy files: C2SP tlog-policy (c2sp.org/tlog-policy, untagged), which logs are believed, and how many of
//! which witnesses must have cosigned.

mod lines;

use std::fmt;

use thiserror::Error;

pub use lines::{PolicyError, PolicyReason};

use crate::checkpoint::{Checkpoint, CheckpointError, checkpoint_of};
use crate::cosignature::CosignerKey;
use crate::note::{Note, NoteError, VerifierKey};

/// The largest policy file that is read.
///
/// **Units** bytes.
pub const MAX_POLICY_BYTES: usize = 1_000_000;

/// The most logs, the most witnesses and the most groups in a policy.
///
/// **Source** tlog-policy, "Implementation limits": "It is strongly recommended that an implementation supports
/// at least up to 32 logs, 32 witnesses, and 32 groups."
pub const MAX_POLICY_ITEMS: usize = 1_000;

/// A name or an address in a policy: bytes that are compared and not interpreted.
///
/// **Source** tlog-policy, "Character set": "names must be handled as opaque octet strings".
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Octets(Vec<u8>);

impl Octets {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Prints what is UTF-8 of it as it is, and a mark for the rest.
impl fmt::Display for Octets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        String::from_utf8_lossy(&self.0).fmt(f)
    }
}

impl fmt::Debug for Octets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&String::from_utf8_lossy(&self.0), f)
    }
}

/// A log whose checkpoints are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyLog {
    /// Its key, whose name is the origin of its checkpoints.
    pub key: VerifierKey,
    /// Where it is, if the file says so.
    pub url: Option<Octets>,
}

/// A witness that may cosign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyWitness {
    /// Its name in the policy, which may be another than its key's.
    pub name: Octets,
    /// Its key.
    pub key: CosignerKey,
    /// Where it is asked, if the file says so.
    pub url: Option<Octets>,
}

/// A group of witnesses and of groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyGroup {
    /// Its name.
    pub name: Octets,
    /// How many members must have witnessed for the group to have, at least 1 and at most all.
    pub threshold: usize,
    /// Its members.
    pub members: Vec<Member>,
}

/// A witness or a group, by its place in the file among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// The witness at this place, from 0.
    Witness(usize),
    /// The group at this place, from 0.
    Group(usize),
}

/// Which logs are believed, and how many of which witnesses must have cosigned.
///
/// A group has only members defined before it, and nothing is a member twice: [`Policy::parse`] makes sure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<PolicyGroup>,
    quorum: Option<Member>,
}

/// A checkpoint that a policy accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted<'a> {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The key of the log that has signed it.
    pub log: VerifierKey,
    /// The witnesses of the policy that have cosigned it, in the order of the file, and when: seconds since
    /// 1970-01-01 00:00 UTC.
    pub cosigned: Vec<(&'a PolicyWitness, u64)>,
}

/// Why a policy does not accept a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotAccepted {
    /// No log of the policy has this origin and has signed.
    #[error("the checkpoint is of {origin:?}, and signed by no log of that name in the policy")]
    UnknownLog {
        /// The origin in the checkpoint, unverified.
        origin: String,
    },
    /// The log's signature is false, or the text is not a checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A cosignature in the name of a witness of the policy is false.
    #[error("witness {witness}: {reason}")]
    FalseCosignature {
        /// Name of the witness in the policy.
        witness: String,
        /// What is wrong.
        reason: NoteError,
    },
    /// Too few witnesses have cosigned.
    #[error("the quorum {quorum} is not met; cosigned by: {}", if .cosigned.is_empty() { "nobody".to_owned() }
        else { .cosigned.join(", ") })]
    Quorum {
        /// Name of the quorum.
        quorum: String,
        /// Names of the witnesses that have cosigned.
        cosigned: Vec<String>,
    },
}

impl Policy {
    /// The policy that this file writes.
    ///
    /// **Errors** [`PolicyError`]: the first line at fault, and why.
    pub fn parse(file: &[u8]) -> Result<Self, PolicyError> {
        lines::parse(file)
    }

    /// The logs, in the order of the file.
    #[must_use]
    pub fn logs(&self) -> &[PolicyLog] {
        &self.logs
    }

    /// The witnesses, in the order of the file.
    #[must_use]
    pub fn witnesses(&self) -> &[PolicyWitness] {
        &self.witnesses
    }

    /// The groups, in the order of the file.
    #[must_use]
    pub fn groups(&self) -> &[PolicyGroup] {
        &self.groups
    }

    /// The witness or group that must have witnessed; nothing if no cosignature is asked for.
    #[must_use]
    pub fn quorum(&self) -> Option<Member> {
        self.quorum
    }

    /// The quorum is met if those witnesses have cosigned for whose place in the file, from 0, `cosigned` is
    /// true.
    #[must_use]
    pub fn quorum_met(&self, cosigned: impl Fn(usize) -> bool) -> bool {
        let mut groups: Vec<bool> = Vec::with_capacity(self.groups.len());
        for group in &self.groups {
            // tlog-policy, "Defining a witness group": "the group is considered to witness a checkpoint if and
            // only if at least k of its n members have witnessed that checkpoint".
            let witnessed = group.members.iter().filter(|member| match **member {
                Member::Witness(place) => cosigned(place),
                Member::Group(place) => groups.get(place).is_some_and(|witnessed| *witnessed),
            });
            let met = witnessed.count() >= group.threshold;
            groups.push(met);
        }
        match self.quorum {
            // "Defining the quorum": "To not require any cosignatures at all, one can use the predefined name
            // none".
            None => true,
            Some(Member::Witness(place)) => cosigned(place),
            Some(Member::Group(place)) => groups.get(place).is_some_and(|witnessed| *witnessed),
        }
    }

    /// The checkpoint in this note: signed by a log of the policy, cosigned by its quorum.
    ///
    /// Lines of keys that the policy does not name change nothing. When the witnesses have cosigned is told and
    /// not judged.
    ///
    /// **Errors** [`NotAccepted`].
    ///
    /// **Source** tlog-policy, "What is a policy?": "a checkpoint is considered valid if it is signed by any one
    /// of the listed logs, and it is cosigned by witnesses according to the defined quorum rule."
    pub fn check(&self, note: &Note) -> Result<Accepted<'_>, NotAccepted> {
        let origin = note.text().split('\n').next().unwrap_or_default();
        // "Defining a log": "The log's vkey includes a "key name". This name MUST correspond to the log's
        // origin line".
        for log in self.logs.iter().filter(|log| log.key.name() == origin) {
            match self.check_of(note, origin, &log.key) {
                Err(NotAccepted::Checkpoint(CheckpointError::Note(NoteError::NotSigned { .. }))) => {}
                outcome => return outcome,
            }
        }
        Err(NotAccepted::UnknownLog { origin: origin.to_owned() })
    }

    /// As [`Policy::check`], of a log that is known from elsewhere; those of the policy are not looked at.
    ///
    /// **Errors** [`NotAccepted`].
    ///
    /// **Source** tlog-policy, "What is a policy?": "An application where the appropriate log(s) are known from
    /// other context may accept a policy with an empty set of logs."
    pub fn check_of(
        &self,
        note: &Note,
        origin: &str,
        log: &VerifierKey,
    ) -> Result<Accepted<'_>, NotAccepted> {
        let checkpoint = checkpoint_of(origin, note, log)?;
        let mut times = Vec::with_capacity(self.witnesses.len());
        for witness in &self.witnesses {
            times.push(match witness.key.cosigned(note) {
                Ok(time) => Some(time),
                Err(NoteError::NotSigned { .. }) => None,
                // signed-note: "If a signature from a known key fails to verify, clients SHOULD reject the whole
                // note."
                Err(reason) => {
                    return Err(NotAccepted::FalseCosignature { witness: witness.name.to_string(), reason });
                }
            });
        }
        let cosigned: Vec<_> = self
            .witnesses
            .iter()
            .zip(&times)
            .filter_map(|(witness, time)| Some((witness, (*time)?)))
            .collect();
        if !self.quorum_met(|place| times.get(place).is_some_and(Option::is_some)) {
            let quorum = self.quorum.map_or_else(String::new, |member| self.name(member).to_string());
            let cosigned = cosigned.iter().map(|(witness, _)| witness.name.to_string()).collect();
            return Err(NotAccepted::Quorum { quorum, cosigned });
        }
        Ok(Accepted { checkpoint, log: log.clone(), cosigned })
    }

    /// The file that [`Policy::parse`] takes back: logs, witnesses, groups, quorum, without comments.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut file = Vec::new();
        let mut line = |items: &[&[u8]]| {
            file.extend_from_slice(&items.join(&b' '));
            file.push(b'\n');
        };
        for PolicyLog { key, url } in &self.logs {
            let key = key.to_string();
            let address = url.iter().map(Octets::as_bytes);
            line(&[b"log".as_slice(), key.as_bytes()].into_iter().chain(address).collect::<Vec<_>>());
        }
        for PolicyWitness { name, key, url } in &self.witnesses {
            let key = key.to_string();
            let address = url.iter().map(Octets::as_bytes);
            let items = [b"witness".as_slice(), name.as_bytes(), key.as_bytes()];
            line(&items.into_iter().chain(address).collect::<Vec<_>>());
        }
        for PolicyGroup { name, threshold, members } in &self.groups {
            let threshold = threshold.to_string();
            let members = members.iter().map(|member| self.name(*member).as_bytes());
            let items = [b"group".as_slice(), name.as_bytes(), threshold.as_bytes()];
            line(&items.into_iter().chain(members).collect::<Vec<_>>());
        }
        line(&[b"quorum", self.quorum.map_or(lines::NONE, |member| self.name(member).as_bytes())]);
        file
    }

    /// The name in the file of a member of this policy.
    ///
    /// # Panics
    ///
    /// If the member is of another policy and stands at a place that this one has not.
    fn name(&self, member: Member) -> &Octets {
        match member {
            Member::Witness(place) => &self.witnesses[place].name,
            Member::Group(place) => &self.groups[place].name,
        }
    }
}
