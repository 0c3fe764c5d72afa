//! What can be done with a recommendation, decided from facts alone: no clock, chance, database or network.

mod adoption;
mod delivery;
mod refusal;
mod signature;
mod turn;

use terms::access::Role;
use terms::recommendations::Author;
use terms::{Day, Enclosed, Media};
use web::Standing;

pub use adoption::{Addressed, Adoption, AdoptionFacts, Asked, Evidence, MEANS, Scored, adopt};
pub use delivery::{Dated, Transmission, TransmissionFacts, transmit};
pub use refusal::Refusal;
pub use signature::{Cosignature, after_change, ask_to_sign, sign};
pub use turn::{Closing, Reopening, close, reopen};

/// Characters a title may have.
pub const TITLE_MAX: usize = 300;
/// Characters any other text may have.
pub const TEXT_MAX: usize = 8_000;
/// Points one recommendation may have.
pub const POINTS_MAX: usize = 30;
/// Addressees one recommendation may have.
pub const ADDRESSEES_MAX: usize = 20;

/// Where a recommendation on the record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// By whom it was adopted.
    pub author: Author,
    /// When, if the day is known.
    pub adopted_on: Option<Day>,
    /// In which year.
    pub year: i16,
    /// Whether it is open.
    pub open: bool,
    /// When it was last closed or reopened.
    pub turned_on: Option<Day>,
}

impl Stand {
    pub(super) fn is_before_adoption(&self, day: Day) -> bool {
        self.adopted_on.map_or(day.year() < self.year, |adopted| day < adopted)
    }
}

/// An adoption that nothing speaks against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed<T>(pub(super) T);

impl<T> Agreed<T> {
    /// What was agreed.
    #[must_use]
    pub fn what(&self) -> &T {
        &self.0
    }
}

/// Keeps bytes apart from the record; the answer is what a word carries.
pub type Enclose<'a, E> = &'a mut dyn FnMut(Media, &[u8]) -> Result<Enclosed, E>;

pub(super) fn enclosed<E>(enclose: Enclose<'_, E>, text: &str) -> Result<Enclosed, E> {
    enclose(Media::Text, text.trim().as_bytes())
}

pub(super) fn perhaps<E>(enclose: Enclose<'_, E>, text: Option<&str>) -> Result<Option<Enclosed>, E> {
    text.map(|text| enclosed(enclose, text)).transpose()
}

/// The roles that draft and sign.
pub const DRAFTING: &[Role] = &[Role::Secretary, Role::Delegate];
/// The roles that adopt, transmit, close and reopen.
pub const DECIDING: &[Role] = &[Role::Secretary];

/// Whether the person acts for this author in one of these roles. Nobody acts for an author outside the register.
#[must_use]
pub fn acts_for(standing: &Standing, author: &Author, roles: &[Role]) -> bool {
    match author {
        Author::Body { body } => standing.acts_for_body(body, roles),
        Author::Organisation { organisation } => standing.acts_for_organisation(organisation, roles),
        Author::Named { .. } => false,
    }
}
