//! For whom a visitor acts on a case: for the addressee, or for those who ask.

use record::Tx;
use terms::access::Role;
use terms::answers::Observer;
use terms::{Behalf, BodyId};
use web::{Standing, Stop, Visit};

use crate::case::{Asked, CaseFacts};

/// Whose hand writes.
pub(super) enum Hand {
    /// The addressee's own account.
    Addressee(Behalf),
    /// The authors', who record what came by another way.
    Author(Behalf),
}

impl Hand {
    pub(super) fn behalf(self) -> Behalf {
        match self {
            Self::Addressee(behalf) | Self::Author(behalf) => behalf,
        }
    }
}

/// Those who ask, as the record names them; those who keep the instance for authors outside the register.
pub(super) fn author_behalf(author: &str) -> Option<Behalf> {
    if author.is_empty() {
        return Some(Behalf::Instance);
    }
    let (kind, id) = author.split_once('/')?;
    Behalf::of_cells(kind, id)
}

/// The addressee's side, if the visitor answers for it.
pub(super) fn as_addressee(standing: &Standing, addressee: &BodyId) -> Option<Behalf> {
    standing.acts_for_body(addressee, &[Role::Authority]).then(|| Behalf::Body { body: addressee.clone() })
}

/// The authors' side, if the visitor keeps their pen.
pub(super) fn as_author(standing: &Standing, author: &str) -> Option<Behalf> {
    let behalf = author_behalf(author)?;
    let stands = match &behalf {
        Behalf::Body { body } => standing.acts_for_body(body, &[Role::Secretary]),
        Behalf::Organisation { organisation } => {
            standing.acts_for_organisation(organisation, &[Role::Secretary])
        }
        Behalf::Instance => standing.is_steward(),
    };
    stands.then_some(behalf)
}

/// The visitor's hand on this case: the addressee's before the authors'.
///
/// **Errors** nobody is signed in; they stand on neither side.
pub(super) fn hand(visit: &Visit, facts: &CaseFacts) -> Result<Hand, Stop> {
    let standing = visit.signed_in()?;
    if let Some(behalf) = as_addressee(standing, &facts.case.addressee) {
        return Ok(Hand::Addressee(behalf));
    }
    as_author(standing, &facts.asked.author).map(Hand::Author).ok_or(Stop::NoStanding)
}

/// The authors' hand.
///
/// **Errors** nobody is signed in; they do not keep the authors' pen.
pub(super) fn author_hand(visit: &Visit, asked: &Asked) -> Result<Behalf, Stop> {
    as_author(visit.signed_in()?, &asked.author).ok_or(Stop::NoStanding)
}

/// The addressee's hand.
///
/// **Errors** nobody is signed in; they do not answer for it.
pub(super) fn addressee_hand(visit: &Visit, addressee: &BodyId) -> Result<Behalf, Stop> {
    as_addressee(visit.signed_in()?, addressee).ok_or(Stop::NoStanding)
}

/// Those for whom the visitor may observe: a word for the form, and who it is.
pub(super) fn observers(
    tx: &mut Tx<'_>,
    visit: &Visit,
    asked: &Asked,
) -> Result<Vec<(String, String, Observer)>, Stop> {
    let standing = visit.signed_in()?;
    let mut found = Vec::new();
    let mut names = super::spoken::Names::new(visit);
    for organisation in standing.organisations(&[Role::Secretary]) {
        let name = names.organisation(tx, organisation.as_str())?;
        found.push((format!("organisation/{organisation}"), name, Observer::Organisation { organisation }));
    }
    for body in standing.bodies(&[Role::Secretary]) {
        if !asked.addressees.contains(&body) {
            let name = names.body(tx, body.as_str())?;
            found.push((format!("body/{body}"), name, Observer::Body { body }));
        }
    }
    if found.is_empty() { Err(Stop::NoStanding) } else { Ok(found) }
}
