//! Cosignatures, while a text is a draft.

use terms::OrganisationId;
use terms::recommendations::Author;

use super::Refusal;

/// How far a cosignature has come while a text is a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cosignature {
    /// The organisation was asked.
    Asked,
    /// It signed the text as it stands.
    Given,
    /// It will not sign.
    Refused,
}

impl Cosignature {
    /// The word in the drawer and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Given => "given",
            Self::Refused => "refused",
        }
    }

    /// The state this word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Asked, Self::Given, Self::Refused].into_iter().find(|state| state.as_str() == word)
    }
}

/// An organisation may be asked to sign.
///
/// **Errors** it is the author; it is asked already; the record does not know it.
pub fn ask_to_sign(
    author: &Author,
    organisation: &OrganisationId,
    known: bool,
    present: Option<Cosignature>,
) -> Result<Cosignature, Refusal> {
    if *author == (Author::Organisation { organisation: organisation.clone() }) {
        return Err(Refusal::AuthorSignsAlready);
    }
    if !known {
        return Err(Refusal::OrganisationUnknown);
    }
    match present {
        Some(Cosignature::Asked | Cosignature::Given) => Err(Refusal::AskedToSignAlready),
        // One that refused may be asked again.
        Some(Cosignature::Refused) | None => Ok(Cosignature::Asked),
    }
}

/// An organisation that was asked signs, refuses, or takes its signature back (and is then asked again).
///
/// **Errors** it was not asked.
pub fn sign(present: Option<Cosignature>, wanted: Cosignature) -> Result<Cosignature, Refusal> {
    match present {
        Some(_) => Ok(wanted),
        None => Err(Refusal::NotAskedToSign),
    }
}

/// Where a signature stands after the text changed: nobody has signed what they have not read.
#[must_use]
pub fn after_change(present: Cosignature) -> Cosignature {
    match present {
        Cosignature::Given => Cosignature::Asked,
        other => other,
    }
}
