//! Organisations that may stand twice on the register: pairs, each with its reasons. A suggestion decides nothing; a person does.
//!
//! Not everything is compared with everything. Two organisations are looked at together only where something rare leads to both: an
//! identifier, an acronym, a name, a word of the name that few others have, all its words but one with how that one begins or ends, or the
//! first or last letters of the name. What more than [`SHARED_MAX`] have in common tells nobody apart and leads nowhere.

use std::collections::{BTreeSet, HashMap};

use terms::OrganisationId;

/// What the comparison reads of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Its id.
    pub id: OrganisationId,
    /// Its name as lists sort it: lower case, without accents, single spaces for all else.
    pub key: String,
    /// Its acronym, likewise; empty where it has none.
    pub acronym: String,
    /// Its kind.
    pub kind: String,
    /// Where it has its seat.
    pub place: Option<String>,
    /// Part of an exercise: it is like no real one.
    pub exercise: bool,
    /// Its identifiers: the scheme, and the value as names are compared.
    pub identifiers: Vec<(String, String)>,
}

/// Why two look alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Both bear this identifier: its scheme, and its value.
    Identifier(String, String),
    /// The names are the same but for case, accents and marks.
    SameName,
    /// The same words, but for articles and what says only that it is an association.
    SameWords,
    /// The same acronym, and the same kind.
    Acronym(String),
    /// The names differ by a slip or a word; how near they are, in hundredths.
    Near(u8),
    /// Both have their seat there. Never a reason by itself.
    Place(String),
}

/// Two that look alike, by their places in what was compared, the first first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The first.
    pub one: usize,
    /// The second.
    pub other: usize,
    /// Why, the strongest first; never empty.
    pub reasons: Vec<Reason>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alike {
    /// The pairs, those with the strongest reason first.
    pub pairs: Vec<Pair>,
    /// How many pairs were looked at.
    pub compared: usize,
}

/// How many may share something that still leads from one to the other.
pub const SHARED_MAX: usize = 40;

/// Words that say nothing of which organisation it is, and, in the second row, only that it is one. Languages, not countries.
const IDLE: [&str; 48] = [
    "a",
    "au",
    "aux",
    "d",
    "dans",
    "de",
    "des",
    "du",
    "en",
    "et",
    "l",
    "la",
    "le",
    "les",
    "ou",
    "par",
    "pour",
    "s",
    "sur",
    "un",
    "une",
    "and",
    "for",
    "in",
    "of",
    "on",
    "the",
    "to", //
    "ass",
    "asso",
    "association",
    "associations",
    "gouvernemental",
    "gouvernementale",
    "gouvernementales",
    "governmental",
    "ngo",
    "ngos",
    "non",
    "nongovernmental",
    "ong",
    "ongs",
    "organisation",
    "organisations",
    "organization",
    "organizations",
    "osc",
    "oscs",
];

/// Idle words so long that they are often misspelled: what is one of them but for a slip is idle too.
const IDLE_LONG: [&str; 3] = ["association", "organisation", "organization"];

fn is_idle(word: &str) -> bool {
    IDLE.contains(&word) || (word.len() > 8 && IDLE_LONG.iter().any(|idle| slip(word, idle).is_some()))
}

/// A word under so many letters is not misspelled: it is another.
const SLIP_LETTERS_MIN: usize = 4;

/// A word of so many letters may have two slips, a shorter one has one.
const LONG_LETTERS_MIN: usize = 8;

/// Names under so near, in hundredths, are not near.
const NEAR_MIN: u8 = 75;

/// So many words must be the same where one name has a word more.
const SHARED_WORDS_MIN: usize = 3;

/// The words that tell the organisation from others, sorted, each once; the acronym is not one of them where it stands in the name.
fn words(likeness: &Likeness) -> Vec<&str> {
    let mut words: Vec<&str> = likeness.key.split(' ').filter(|word| !is_idle(word)).collect();
    words.sort_unstable();
    words.dedup();
    let without: Vec<&str> = words.iter().copied().filter(|word| *word != likeness.acronym).collect();
    if !without.is_empty() {
        words = without;
    }
    if words.is_empty() {
        // A name of idle words alone is told by them.
        words = likeness.key.split(' ').filter(|word| !word.is_empty()).collect();
    }
    words
}

/// The pairs that look alike. Of those in `told_apart`, each with the smaller id first, none is.
///
/// **Shape** deterministic: the same organisations give the same pairs in the same order.
#[must_use]
pub fn alike(all: &[Likeness], told_apart: &BTreeSet<(OrganisationId, OrganisationId)>) -> Alike {
    let words: Vec<Vec<&str>> = all.iter().map(words).collect();
    let looked_at = looked_at(all, &words);
    let mut pairs = Vec::new();
    for (one, other) in &looked_at {
        let (Some(a), Some(b)) = (all.get(*one), all.get(*other)) else { continue };
        let (Some(of_a), Some(of_b)) = (words.get(*one), words.get(*other)) else { continue };
        let ids = if a.id < b.id { (a.id.clone(), b.id.clone()) } else { (b.id.clone(), a.id.clone()) };
        if a.exercise != b.exercise || a.id == b.id || told_apart.contains(&ids) {
            continue;
        }
        let reasons = reasons(a, b, of_a, of_b);
        if !reasons.is_empty() {
            pairs.push(Pair { one: *one, other: *other, reasons });
        }
    }
    let strength = |pair: &Pair| {
        let near = pair.reasons.iter().find_map(|reason| match reason {
            Reason::Near(near) => Some(*near),
            _ => None,
        });
        let first = pair.reasons.first().map_or(u8::MAX, rank);
        (first, std::cmp::Reverse(pair.reasons.len()), std::cmp::Reverse(near))
    };
    pairs.sort_by(|a, b| strength(a).cmp(&strength(b)).then((a.one, a.other).cmp(&(b.one, b.other))));
    Alike { pairs, compared: looked_at.len() }
}

const fn rank(reason: &Reason) -> u8 {
    match reason {
        Reason::Identifier(..) => 0,
        Reason::SameName => 1,
        Reason::SameWords => 2,
        Reason::Acronym(_) => 3,
        Reason::Near(_) => 4,
        Reason::Place(_) => 5,
    }
}

/// The pairs to look at, each once.
// The order of the maps is by chance, that of the pairs is not.
fn looked_at(all: &[Likeness], words: &[Vec<&str>]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let mut same: HashMap<String, Vec<usize>> = HashMap::new();
    let mut bearing: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (likeness, words)) in all.iter().zip(words).enumerate() {
        for (scheme, value) in &likeness.identifiers {
            same.entry(format!("i {scheme} {value}")).or_default().push(at);
        }
        same.entry(format!("n {}", likeness.key)).or_default().push(at);
        same.entry(format!("w {}", words.join(" "))).or_default().push(at);
        if !likeness.acronym.is_empty() {
            same.entry(format!("a {} {}", likeness.kind, likeness.acronym)).or_default().push(at);
        }
        for word in words {
            bearing.entry(word).or_default().push(at);
        }
    }
    for group in same.values() {
        together(group, &mut pairs);
    }
    let mut rare: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, words) in words.iter().enumerate() {
        ends(words, at, &mut rare);
        for word in words {
            if bearing.get(word).is_none_or(|group| group.len() <= SHARED_MAX) {
                rare.entry(format!("w {word}")).or_default().push(at);
            }
        }
        but_one(words, at, &mut rare);
    }
    for group in rare.values().filter(|group| group.len() <= SHARED_MAX) {
        together(group, &mut pairs);
    }
    pairs
}

/// All words but one, with how that one begins or ends: a slip spoils one of the two at most. And all words but one by themselves, beside all
/// words: there one name has a word more.
fn but_one(words: &[&str], at: usize, rare: &mut HashMap<String, Vec<usize>>) {
    const LETTERS: usize = 3;
    rare.entry(format!("s {}", words.join(" "))).or_default().push(at);
    for word in words.iter().filter(|_| words.len() > 1) {
        let rest: Vec<&str> = words.iter().copied().filter(|other| other != word).collect();
        let rest = rest.join(" ");
        let letters: Vec<char> = word.chars().collect();
        let first: String = letters.iter().take(LETTERS).collect();
        let last: String = letters.iter().skip(letters.len().saturating_sub(LETTERS)).collect();
        rare.entry(format!("b {first} {rest}")).or_default().push(at);
        rare.entry(format!("e {last} {rest}")).or_default().push(at);
        rare.entry(format!("s {rest}")).or_default().push(at);
    }
}

/// The first and last letters of the name without its spaces.
fn ends(words: &[&str], at: usize, rare: &mut HashMap<String, Vec<usize>>) {
    const LETTERS: usize = 6;
    let letters: Vec<char> = words.concat().chars().collect();
    if letters.len() >= LETTERS {
        let first: String = letters.iter().take(LETTERS).collect();
        let last: String = letters.iter().skip(letters.len() - LETTERS).collect();
        rare.entry(format!("f {first}")).or_default().push(at);
        rare.entry(format!("l {last}")).or_default().push(at);
    }
}

/// Each with each; in a large group the first with each other, so that a register filled with one name is still read.
fn together(group: &[usize], pairs: &mut BTreeSet<(usize, usize)>) {
    let firsts = if group.len() <= SHARED_MAX { group.len() } else { 1 };
    for (at, one) in group.iter().enumerate().take(firsts) {
        for other in group.iter().skip(at + 1).filter(|other| *other != one) {
            pairs.insert((*one.min(other), *one.max(other)));
        }
    }
}

fn reasons(a: &Likeness, b: &Likeness, of_a: &[&str], of_b: &[&str]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for identifier in a.identifiers.iter().filter(|identifier| b.identifiers.contains(identifier)) {
        reasons.push(Reason::Identifier(identifier.0.clone(), identifier.1.clone()));
    }
    if a.key == b.key {
        reasons.push(Reason::SameName);
    } else if of_a == of_b {
        reasons.push(Reason::SameWords);
    }
    if !a.acronym.is_empty() && a.acronym == b.acronym && a.kind == b.kind {
        reasons.push(Reason::Acronym(a.acronym.clone()));
    }
    if of_a != of_b
        && let Some(near) = near(of_a, of_b)
    {
        reasons.push(Reason::Near(near));
    }
    if !reasons.is_empty()
        && let Some(place) = a.place.as_ref().filter(|place| Some(*place) == b.place.as_ref())
    {
        reasons.push(Reason::Place(place.clone()));
    }
    reasons.sort();
    reasons.dedup();
    reasons
}

/// How near two names are, in hundredths, where they differ by slips in at most two words, by a space, or by one word more: what remains
/// when each letter put in, left out, changed, or swapped with its neighbour is taken from the letters of the longer name.
fn near(a: &[&str], b: &[&str]) -> Option<u8> {
    let only = |x: &[&str], y: &[&str]| -> Vec<String> {
        x.iter().filter(|word| !y.contains(word)).map(|word| (*word).to_owned()).collect()
    };
    let (only_a, only_b) = (only(a, b), only(b, a));
    let shared = a.len() - only_a.len();
    let edits = match (only_a.as_slice(), only_b.as_slice()) {
        ([one], [other]) => slip(one, other)?,
        ([one, two], [other, another]) => {
            let both = |x: Option<usize>, y: Option<usize>| Some(x? + y?);
            both(slip(one, other), slip(two, another))
                .or_else(|| both(slip(one, another), slip(two, other)))?
        }
        ([], [more]) | ([more], []) if shared >= SHARED_WORDS_MIN => more.chars().count() + 1,
        ([whole], [one, two]) | ([one, two], [whole]) => {
            let parted = *whole == format!("{one}{two}") || *whole == format!("{two}{one}");
            parted.then_some(1)?
        }
        _ => return None,
    };
    let letters =
        |words: &[&str]| words.iter().map(|word| word.chars().count() + 1).sum::<usize>().saturating_sub(1);
    let most = letters(a).max(letters(b)).max(1);
    let hundredths = (most.saturating_sub(edits) * 100 + most / 2) / most;
    u8::try_from(hundredths).ok().filter(|near| *near >= NEAR_MIN)
}

/// In how many letters one word is the other misspelled; `None` where it is another word. A number is never another number misspelled.
///
/// **Source** optimal string alignment: letters put in, left out, changed, or swapped with their neighbour.
fn slip(a: &str, b: &str) -> Option<usize> {
    let (of_a, of_b) = (a.chars().count(), b.chars().count());
    let letters = of_a.min(of_b);
    let most = if letters >= LONG_LETTERS_MIN { 2 } else { 1 };
    let numbered = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    if letters < SLIP_LETTERS_MIN || of_a.abs_diff(of_b) > most || numbered(a) || numbered(b) {
        return None;
    }
    Some(strsim::osa_distance(a, b)).filter(|edits| *edits <= most)
}
