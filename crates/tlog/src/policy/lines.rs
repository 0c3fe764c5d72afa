//! Reading a policy file: tlog-policy, "Policy file syntax and structure".

use std::collections::BTreeMap;

use thiserror::Error;

use super::{
    MAX_POLICY_BYTES, MAX_POLICY_ITEMS, Member, Octets, Policy, PolicyGroup, PolicyLog, PolicyWitness,
};
use crate::cosignature::CosignerKey;
use crate::note::{KeyError, VerifierKey};

/// "The special name none is predefined; it can be used when defining the quorum, but it is invalid as a group
/// member."
pub(super) const NONE: &[u8] = b"none";

/// The line of a policy file at fault, and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct PolicyError {
    /// Which line, from 1; the last one where something is wanting at the end.
    pub line: usize,
    /// What is wrong with it.
    pub reason: PolicyReason,
}

/// Why a line of a policy file is at fault.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PolicyReason {
    /// The file is larger than [`MAX_POLICY_BYTES`].
    #[error("a policy file is at most {MAX_POLICY_BYTES} bytes, not {0}")]
    TooLarge(usize),
    /// There are more lines of that kind than [`MAX_POLICY_ITEMS`].
    #[error("a policy has at most {MAX_POLICY_ITEMS} lines of the kind {0:?}")]
    TooMany(&'static str),
    /// The line holds a control character other than tab.
    #[error("the only control characters of a policy file are tab and newline, and {0:#04x} is neither")]
    Control(u8),
    /// The line starts with no known word.
    #[error("a line starts with log, witness, group, quorum or #, not {0:?}")]
    Keyword(Octets),
    /// The line has too few or too many items.
    #[error("the line is to be written: {0}")]
    Items(&'static str),
    /// The key cannot be read, or is of a type that does not serve here.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The key is not UTF-8.
    #[error("a key is UTF-8")]
    KeyNotUtf8,
    /// The same public key is on an earlier line of the same kind.
    #[error("the key is that of line {0}")]
    SameKey(usize),
    /// The name is defined already.
    #[error("{name:?} is defined on line {line}")]
    SameName {
        /// The name.
        name: Octets,
        /// Where it is defined, from 1.
        line: usize,
    },
    /// The name is `none`, which is no witness and no group.
    #[error("\"none\" is the quorum of nobody: it names no witness, no group and no member")]
    None,
    /// The name is not defined on a line before.
    #[error("{0:?} is not defined on a line before this one")]
    Undefined(Octets),
    /// The witness or group is a member of a group already.
    #[error("{name:?} is a member of a group already, on line {line}")]
    MemberTwice {
        /// The name.
        name: Octets,
        /// Where it is a member, from 1.
        line: usize,
    },
    /// The threshold is no number, or not one from 1 to the number of members.
    #[error("the threshold is all, any, or a number from 1 to the {members} members, not {written:?}")]
    Threshold {
        /// What is written.
        written: Octets,
        /// Members of the group.
        members: usize,
    },
    /// There is a quorum line already.
    #[error("the quorum is given on line {0} already")]
    SecondQuorum(usize),
    /// There is no quorum line.
    #[error("the file ends without a quorum line; without witnesses it is: quorum none")]
    NoQuorum,
}

const LOG: &str = "log <vkey> [<url>]";
const WITNESS: &str = "witness <name> <vkey> [<url>]";
const GROUP: &str = "group <name> <all|any|k> <name>...";
const QUORUM: &str = "quorum <name|none>";

/// What has been read so far, and on which line each thing is.
#[derive(Default)]
struct Reader<'a> {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<PolicyGroup>,
    quorum: Option<(usize, Option<Member>)>,
    names: BTreeMap<&'a [u8], (usize, Member)>,
    member_of: BTreeMap<&'a [u8], usize>,
    log_keys: BTreeMap<[u8; 32], usize>,
    witness_keys: BTreeMap<[u8; 32], usize>,
}

pub(super) fn parse(file: &[u8]) -> Result<Policy, PolicyError> {
    if file.len() > MAX_POLICY_BYTES {
        return Err(PolicyError { line: 1, reason: PolicyReason::TooLarge(file.len()) });
    }
    let mut reader = Reader::default();
    let mut last = 1;
    // tlog-policy, "Structure": "The policy file is line based, where each line is terminated by ASCII newline".
    // The last line may go without: nothing else can be meant.
    for (line, text) in (1..).zip(file.split(|byte| *byte == b'\n')) {
        reader.line(line, text).map_err(|reason| PolicyError { line, reason })?;
        last = if text.is_empty() { last } else { line };
    }
    // "Defining the quorum": "A policy file must include exactly one quorum line."
    let missing = PolicyError { line: last, reason: PolicyReason::NoQuorum };
    let (_, quorum) = reader.quorum.ok_or(missing)?;
    Ok(Policy { logs: reader.logs, witnesses: reader.witnesses, groups: reader.groups, quorum })
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: usize, text: &'a [u8]) -> Result<(), PolicyReason> {
        // "Character set": "The only allowed control characters are tab and newline, which means that the
        // allowed octet values are 0x09 (tab), 0x0A (newline), 0x20-0x7E, and 0x80-0xFF."
        if let Some(byte) = text.iter().find(|byte| byte.is_ascii_control() && **byte != b'\t') {
            return Err(PolicyReason::Control(*byte));
        }
        // "Structure": "the items on each line are separated by "whitespace", which in this specification means
        // sequences of ASCII space and tab characters only. Leading and trailing whitespace is allowed."
        let items = text.split(|byte| matches!(byte, b' ' | b'\t')).filter(|item| !item.is_empty());
        let items: Vec<&[u8]> = items.collect();
        match items.as_slice() {
            // "Empty lines (whitespace only) and comment lines (lines starting with "#", possibly preceded by
            // whitespace) are allowed and ignored."
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", items @ ..] => self.log(line, items),
            [b"witness", items @ ..] => self.witness(line, items),
            [b"group", items @ ..] => self.group(line, items),
            [b"quorum", items @ ..] => self.quorum(line, items),
            [other, ..] => Err(PolicyReason::Keyword(octets(other))),
        }
    }

    fn log(&mut self, line: usize, items: &[&'a [u8]]) -> Result<(), PolicyReason> {
        let (key, url) = match items {
            [key] => (key, None),
            [key, url] => (key, Some(octets(url))),
            _ => return Err(PolicyReason::Items(LOG)),
        };
        let key = VerifierKey::parse(key_text(key)?)?;
        // "Defining a log": "Duplicate logs, i.e., multiple log lines with the same public key, are not
        // allowed." "Public key representation": "even if they differ by key name and key id".
        if let Some(line) = self.log_keys.insert(key.key_bytes(), line) {
            return Err(PolicyReason::SameKey(line));
        }
        push(&mut self.logs, PolicyLog { key, url }, "log").map(|_| ())
    }

    fn witness(&mut self, line: usize, items: &[&'a [u8]]) -> Result<(), PolicyReason> {
        let (name, key, url) = match items {
            [name, key] => (*name, key, None),
            [name, key, url] => (*name, key, Some(octets(url))),
            _ => return Err(PolicyReason::Items(WITNESS)),
        };
        self.new_name(name)?;
        let key = CosignerKey::parse(key_text(key)?)?;
        // "Defining a witness": "Duplicate witnesses, i.e., multiple witness lines with the same public key, are
        // not allowed."
        if let Some(line) = self.witness_keys.insert(key.key_bytes(), line) {
            return Err(PolicyReason::SameKey(line));
        }
        let witness = PolicyWitness { name: octets(name), key, url };
        let place = push(&mut self.witnesses, witness, "witness")?;
        self.names.insert(name, (line, Member::Witness(place)));
        Ok(())
    }

    fn group(&mut self, line: usize, items: &[&'a [u8]]) -> Result<(), PolicyReason> {
        // "Defining a witness group": "At least one member must be listed (i.e., n >= 1)."
        let [name, threshold, names @ ..] = items else { return Err(PolicyReason::Items(GROUP)) };
        if names.is_empty() {
            return Err(PolicyReason::Items(GROUP));
        }
        self.new_name(name)?;
        let mut members = Vec::with_capacity(names.len());
        for name in names {
            members.push(self.defined(name)?);
            // "Each defined name can be listed as a group member at most once. This ensures that each witness
            // can contribute to a group, or to the quorum in particular, in only one way."
            if let Some(line) = self.member_of.insert(name, line) {
                return Err(PolicyReason::MemberTwice { name: octets(name), line });
            }
        }
        // "The any variant is a shorthand for k = 1, and the all variant is a shorthand for k = n. If k is given
        // numerically, it must be written in decimal, and it is required that 1 <= k <= n."
        let threshold = match *threshold {
            b"all" => members.len(),
            b"any" => 1,
            written => number(written).filter(|k| (1..=members.len()).contains(k)).ok_or_else(|| {
                PolicyReason::Threshold { written: octets(written), members: members.len() }
            })?,
        };
        let group = PolicyGroup { name: octets(name), threshold, members };
        let place = push(&mut self.groups, group, "group")?;
        self.names.insert(name, (line, Member::Group(place)));
        Ok(())
    }

    fn quorum(&mut self, line: usize, items: &[&'a [u8]]) -> Result<(), PolicyReason> {
        let [name] = items else { return Err(PolicyReason::Items(QUORUM)) };
        if let Some((line, _)) = self.quorum {
            return Err(PolicyReason::SecondQuorum(line));
        }
        let quorum = if *name == NONE { None } else { Some(self.defined(name)?) };
        self.quorum = Some((line, quorum));
        Ok(())
    }

    /// The name may be given to a witness or a group.
    fn new_name(&self, name: &[u8]) -> Result<(), PolicyReason> {
        // "What is a policy?": "Witnesses and groups share a single namespace."
        match self.names.get(name) {
            _ if name == NONE => Err(PolicyReason::None),
            Some((line, _)) => Err(PolicyReason::SameName { name: octets(name), line: *line }),
            None => Ok(()),
        }
    }

    /// What the name stands for.
    fn defined(&self, name: &[u8]) -> Result<Member, PolicyReason> {
        // "Structure": "A line defining a group can only reference names of groups and witnesses defined on
        // preceding lines. Similarly, the quorum line must specify a witness or group defined earlier."
        match self.names.get(name) {
            _ if name == NONE => Err(PolicyReason::None),
            Some((_, member)) => Ok(*member),
            None => Err(PolicyReason::Undefined(octets(name))),
        }
    }
}

/// The item is at the end of the list; its place there.
fn push<T>(list: &mut Vec<T>, item: T, kind: &'static str) -> Result<usize, PolicyReason> {
    if list.len() == MAX_POLICY_ITEMS {
        return Err(PolicyReason::TooMany(kind));
    }
    list.push(item);
    Ok(list.len() - 1)
}

fn octets(bytes: &[u8]) -> Octets {
    Octets(bytes.to_vec())
}

fn key_text(bytes: &[u8]) -> Result<&str, PolicyReason> {
    std::str::from_utf8(bytes).map_err(|_| PolicyReason::KeyNotUtf8)
}

fn number(digits: &[u8]) -> Option<usize> {
    let plain = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    if plain { std::str::from_utf8(digits).ok()?.parse().ok() } else { None }
}
