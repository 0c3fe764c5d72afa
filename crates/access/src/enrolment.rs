//! How a person comes to have an account: the one place where words and drawers change together.

use record::{Desk, Fault};
use terms::access::PersonEnrolled;
use terms::{Actor, Behalf, Day, MandateId, PersonId, Word};
use web::House;

use crate::acts::{self, Offer};
use crate::factor;
use crate::tables::drawers::{self, Account, Chosen};

/// What an account is made of.
pub(crate) struct Enrolment<'a> {
    /// Who, where the record knows them already.
    pub(crate) person: Option<PersonId>,
    /// Name, login, password hash, second factor.
    pub(crate) chosen: &'a Chosen,
    /// The step of the code that confirmed the second factor.
    pub(crate) step: Option<u64>,
    /// The mandates given.
    pub(crate) offers: &'a [Offer],
    /// Who gives them.
    pub(crate) by: Actor,
}

/// The login that a name is kept as: only this instance can make it, so that the drawer holds no names.
pub(crate) fn login(house: &House, name: &str) -> String {
    house.signature(&["access-login", &acts::folded(name)])
}

/// The person is on the record with their mandates and has this account and no other; every earlier session
/// and
/// recovery code is gone. The answer is who, and the recovery codes to be shown once.
pub(crate) fn settle(
    desk: &mut Desk<'_>,
    house: &House,
    today: Day,
    enrolment: Enrolment<'_>,
) -> Result<(PersonId, Vec<String>), Fault> {
    let zone = &house.record().zone;
    let by = &enrolment.by;
    let known = match &enrolment.person {
        Some(person) => crate::tables::person(desk.tx(), person.as_str())?.is_some(),
        None => false,
    };
    let person = enrolment.person.map_or_else(|| fresh_id(PersonId::parse), Ok)?;
    if !known {
        let name = desk.enclose_text(&enrolment.chosen.name)?;
        let word = Word::PersonEnrolled(PersonEnrolled { id: person.clone(), name });
        desk.append(zone, by.clone(), None, word)?;
    }
    for offer in enrolment.offers {
        // Whoever got the same mandate since the invitation was made holds it once.
        if !crate::tables::holds(desk.tx(), &person, &offer.behalf, offer.role, today)? {
            let word = acts::give(fresh_id(MandateId::parse)?, person.clone(), offer, today);
            desk.append(zone, by.clone(), None, word)?;
        }
    }
    let Chosen { login, password, factor, .. } = enrolment.chosen.clone();
    let account = Account {
        person: person.clone(),
        login,
        password,
        factor,
        next_factor: None,
        last_step: enrolment.step,
    };
    drawers::keep_account(desk.tx(), &account)?;
    web::end_session(desk, None, &person)?;
    let codes = new_codes(desk, house, &person)?;
    Ok((person, codes))
}

/// The person's recovery codes are these ten and no others.
pub(crate) fn new_codes(desk: &mut Desk<'_>, house: &House, person: &PersonId) -> Result<Vec<String>, Fault> {
    let codes = factor::fresh_codes()?;
    let hashes: Vec<String> = codes.iter().map(|code| factor::code_hash(house, person, code)).collect();
    drawers::keep_codes(desk.tx(), person, &hashes)?;
    Ok(codes)
}

/// Whether the record names whom a mandate would be for.
pub(crate) fn names(tx: &mut record::Tx<'_>, behalf: &Behalf) -> Result<bool, Fault> {
    use record::directory::{Kind, look_up};
    Ok(match behalf {
        Behalf::Body { body } => look_up(tx, Kind::Body, body.as_str())?.is_some(),
        Behalf::Organisation { organisation } => {
            look_up(tx, Kind::Organisation, organisation.as_str())?.is_some()
        }
        Behalf::Instance => true,
    })
}

/// A fresh id.
pub(crate) fn fresh_id<T>(parse: fn(&str) -> Result<T, terms::FormFault>) -> Result<T, Fault> {
    parse(&web::fresh_text(10)?).map_err(|error| Fault::Value(error.to_string()))
}
