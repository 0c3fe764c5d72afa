//! What is decided here: whether a sign-in holds, what a password must be, who may be given which mandate and
//! how it ends.

use terms::access::{MandateEnded, MandateGiven, Role};
use terms::{Behalf, Day, MandateId, PersonId, Word};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters a password has at least.
///
/// **Source** NIST SP 800-63B-4, 3.1.1.2: eight with a second factor, fifteen without; we stand between.
pub(crate) const PASSWORD_LEAST: usize = 12;

/// Characters a password has at most: hashing a novel would be a way to tire the server.
pub(crate) const PASSWORD_MOST: usize = 128;

/// Different characters a password has at least.
const PASSWORD_KINDS: usize = 6;

/// Letters and digits a name has at least.
const NAME_LEAST: usize = 3;

/// What a person can mend here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Name, password or code: which, is not said.
    SignIn,
    /// Under [`NAME_LEAST`] letters.
    NameShort,
    /// Another account answers to this name.
    NameTaken,
    /// Under [`PASSWORD_LEAST`].
    PasswordShort,
    /// Over [`PASSWORD_MOST`].
    PasswordLong,
    /// Hardly different characters, or it is the name.
    PasswordPlain,
    /// The two do not agree.
    PasswordsDiffer,
    /// Not the present password; the field says of which form.
    PasswordWrong(&'static str),
    /// The six digits are not those of now, or have served.
    CodeWrong,
    /// No such body or organisation.
    ForWhomUnknown,
    /// The role is none of those that such a one can give.
    RoleNotFor,
    /// The person holds this mandate already.
    MandateHeld,
    /// The mandate would end before it begins to serve.
    EndNotAhead,
    /// A mandate does not end before today: what was done under it would lose its ground.
    EndBeforeToday,
    /// Later than the end the mandate has.
    EndLater,
    /// The mandate is over.
    MandateOver,
    /// None of the three grounds.
    GroundMissing,
    /// Nobody would keep the instance.
    LastSteward,
}

impl From<Refusal> for web::Refusal {
    fn from(refusal: Refusal) -> Self {
        let (field, key) = match refusal {
            Refusal::SignIn => ("nom", "access-refusal-sign-in"),
            Refusal::NameShort => ("nom", "access-refusal-name-short"),
            Refusal::NameTaken => ("nom", "access-refusal-name-taken"),
            Refusal::PasswordShort => ("nouveau", "access-refusal-password-short"),
            Refusal::PasswordLong => ("nouveau", "access-refusal-password-long"),
            Refusal::PasswordPlain => ("nouveau", "access-refusal-password-plain"),
            Refusal::PasswordsDiffer => ("encore", "access-refusal-passwords-differ"),
            Refusal::PasswordWrong(field) => (field, "access-refusal-password-wrong"),
            Refusal::CodeWrong => ("code", "access-refusal-code"),
            Refusal::ForWhomUnknown => ("q", "access-refusal-for-whom"),
            Refusal::RoleNotFor => ("role", "access-refusal-role"),
            Refusal::MandateHeld => ("role", "access-refusal-held"),
            Refusal::EndNotAhead => ("cesse", "access-refusal-end-not-ahead"),
            Refusal::EndBeforeToday => ("jour", "access-refusal-end-before-today"),
            Refusal::EndLater => ("jour", "access-refusal-end-later"),
            Refusal::MandateOver => ("jour", "access-refusal-over"),
            Refusal::GroundMissing => ("motif", "access-refusal-ground"),
            Refusal::LastSteward => ("jour", "access-refusal-last-steward"),
        };
        let arguments = match refusal {
            Refusal::PasswordShort => vec![("least", PASSWORD_LEAST.to_string())],
            Refusal::PasswordLong => vec![("most", PASSWORD_MOST.to_string())],
            _ => Vec::new(),
        };
        Self { field: field.to_owned(), key, arguments }
    }
}

/// The refusals as a form shows them.
pub(crate) fn shown(refusals: Vec<Refusal>) -> web::Refusals {
    web::Refusals(refusals.into_iter().map(Into::into).collect())
}

/// A name as sign-in compares it: without accents, case, punctuation or doubled spaces.
pub(crate) fn folded(name: &str) -> String {
    let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// What a name lacks.
pub(crate) fn name(name: &str) -> Option<Refusal> {
    let letters = folded(name).chars().filter(|c| *c != ' ').count();
    (letters < NAME_LEAST).then_some(Refusal::NameShort)
}

/// What a new password, typed twice, lacks.
pub(crate) fn new_password(password: &str, again: &str, name: &str) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let length = password.chars().count();
    let mut kinds: Vec<char> = password.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    if length < PASSWORD_LEAST {
        refusals.push(Refusal::PasswordShort);
    } else if length > PASSWORD_MOST {
        refusals.push(Refusal::PasswordLong);
    } else if kinds.len() < PASSWORD_KINDS || folded(password) == folded(name) {
        refusals.push(Refusal::PasswordPlain);
    }
    if password != again {
        refusals.push(Refusal::PasswordsDiffer);
    }
    refusals
}

/// What was found about the code a person typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    /// The step whose six digits these are, one step of drift either way.
    pub(crate) step: Option<u64>,
    /// The step last used.
    pub(crate) last: Option<u64>,
    /// The unused recovery code that this is, by its hash.
    pub(crate) recovery: Option<String>,
}

/// By what the second factor was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The six digits of this step.
    Step(u64),
    /// The recovery code of this hash, which is now used.
    Recovery(String),
}

/// The step, unless it or a later one has served.
///
/// **Source** RFC 6238, 5.2: the verifier must not accept the second attempt of the code.
pub(crate) fn unused(step: Option<u64>, last: Option<u64>) -> Option<u64> {
    step.filter(|step| last.is_none_or(|last| *step > last))
}

/// By what the person is signed in.
///
/// **Errors** always the same, whatever was wrong.
pub(crate) fn sign_in(password_right: bool, typed: Typed) -> Result<Proof, Refusal> {
    let proof = unused(typed.step, typed.last).map(Proof::Step).or(typed.recovery.map(Proof::Recovery));
    proof.filter(|_| password_right).ok_or(Refusal::SignIn)
}

/// A mandate as it is offered: for whom, what it allows, its first day no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    /// For whom.
    pub(crate) behalf: Behalf,
    /// What it allows.
    pub(crate) role: Role,
    /// First day no more.
    pub(crate) to: Option<Day>,
}

/// The roles that can be held for this one.
pub(crate) const fn roles_for(behalf: &Behalf) -> &'static [Role] {
    match behalf {
        Behalf::Body { .. } => &[Role::Secretary, Role::Delegate, Role::Authority],
        Behalf::Organisation { .. } => &[Role::Secretary, Role::Delegate],
        Behalf::Instance => &[Role::Steward],
    }
}

/// The offer, if it can be made today.
///
/// **Shape** `known`: the record names whom it is for; `held`: the person holds the same already.
pub(crate) fn offer(offer: Offer, known: bool, held: bool, today: Day) -> Result<Offer, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if !known {
        refusals.push(Refusal::ForWhomUnknown);
    }
    if !roles_for(&offer.behalf).contains(&offer.role) {
        refusals.push(Refusal::RoleNotFor);
    } else if held {
        refusals.push(Refusal::MandateHeld);
    }
    if offer.to.is_some_and(|to| to <= today) {
        refusals.push(Refusal::EndNotAhead);
    }
    if refusals.is_empty() { Ok(offer) } else { Err(refusals) }
}

/// The mandate begins today.
pub(crate) fn give(id: MandateId, person: PersonId, offer: &Offer, today: Day) -> Word {
    let (behalf, role, to) = (offer.behalf.clone(), offer.role, offer.to);
    Word::MandateGiven(MandateGiven { id, person, behalf, role, from: today, to })
}

/// Whether an invitation still opens: up to its last day, while whoever made it keeps the instance, and
/// before the
/// mandate it offers is over.
pub(crate) fn opens(until: Day, inviter_keeps: bool, mandate_to: Option<Day>, today: Day) -> bool {
    today <= until && inviter_keeps && mandate_to.is_none_or(|to| today < to)
}

/// Why a mandate ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// Its term is over.
    TermEnded,
    /// The person gave it up.
    Resigned,
    /// It was taken back.
    Withdrawn,
}

impl Ground {
    /// Every ground, in the order of forms.
    pub(crate) const ALL: [Self; 3] = [Self::TermEnded, Self::Resigned, Self::Withdrawn];

    /// The word on the record.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::TermEnded => "term-ended",
            Self::Resigned => "resigned",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The ground that a form's word names.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.as_str() == word)
    }
}

/// A mandate, and who else keeps the instance: what its end is decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ending {
    /// Which mandate.
    pub(crate) id: MandateId,
    /// What it allows.
    pub(crate) role: Role,
    /// The end it has.
    pub(crate) to: Option<Day>,
    /// Whether somebody else keeps the instance with no end in sight.
    pub(crate) another_steward: bool,
}

/// The mandate ends on this day, its first day no more.
pub(crate) fn end(
    mandate: &Ending,
    on: Day,
    ground: Option<Ground>,
    today: Day,
) -> Result<Word, Vec<Refusal>> {
    let mut refusals = Vec::new();
    if mandate.to.is_some_and(|to| to <= today) {
        refusals.push(Refusal::MandateOver);
    } else if on < today {
        refusals.push(Refusal::EndBeforeToday);
    } else if mandate.to.is_some_and(|to| on > to) {
        refusals.push(Refusal::EndLater);
    }
    if mandate.role == Role::Steward && !mandate.another_steward {
        refusals.push(Refusal::LastSteward);
    }
    match ground {
        Some(ground) if refusals.is_empty() => {
            let (id, ground) = (mandate.id.clone(), ground.as_str().to_owned());
            Ok(Word::MandateEnded(MandateEnded { id, on, ground }))
        }
        Some(_) => Err(refusals),
        None => {
            refusals.push(Refusal::GroundMissing);
            Err(refusals)
        }
    }
}
