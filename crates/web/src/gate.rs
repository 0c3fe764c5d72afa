//! The gate: the only way by which something held is shown.

use terms::{BodyId, OrganisationId, PersonId};

use crate::Standing;

/// Who may see something held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// The person alone.
    Person(PersonId),
    /// Whoever acts for this body.
    Body(BodyId),
    /// Whoever acts for this organisation.
    Organisation(OrganisationId),
    /// Those who keep the instance.
    Stewards,
}

/// Something not public: it can be carried about, but not looked at except through [`Held::shown_to`].
#[derive(Clone)]
pub struct Held<T> {
    what: T,
    audiences: Vec<Audience>,
}

impl<T> Held<T> {
    /// Something that only these audiences see.
    pub fn new(what: T, audiences: Vec<Audience>) -> Self {
        Self { what, audiences }
    }

    /// The thing, if this standing is of one of its audiences.
    #[must_use]
    pub fn shown_to(&self, standing: Option<&Standing>) -> Option<&T> {
        let standing = standing?;
        self.audiences.iter().any(|audience| standing.is_of(audience)).then_some(&self.what)
    }
}

/// A held thing never prints itself, not even in a log.
impl<T> std::fmt::Debug for Held<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Held(…)")
    }
}
