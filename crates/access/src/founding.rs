//! What the command line does before anybody can sign in: the first links, and whole accounts for
//! demonstrations.

use record::{Fault, Record};
use terms::access::Role;
use terms::{Actor, Behalf, Day, PersonId};
use web::House;

use crate::acts::{self, Offer};
use crate::enrolment::{self, Enrolment};
use crate::factor;
use crate::password;
use crate::tables::drawers::{self, Chosen, Invitation};

/// Letters of a link's token: 130 bits.
const TOKEN_LETTERS: usize = 26;

/// A link that invites someone to act on this behalf in this role; its address is shown once and kept
/// nowhere.
///
/// **Units** the link opens on `days` days after today, last one included.
///
/// **Errors** the record names no such body or organisation; it gives no such role; the database refused.
pub fn first_invitation(
    record: &Record,
    public_address: &str,
    behalf: Behalf,
    role: Role,
    days: u16,
) -> Result<String, Fault> {
    let offer = Offer { behalf, role, to: None };
    let today = record.today();
    let until = days_after(today, days);
    let token = record.scribe.seal_now(move |desk| -> Result<String, Fault> {
        let known = enrolment::names(desk.tx(), &offer.behalf)?;
        let offer = acts::offer(offer, known, false, today).map_err(|why| refused(&why))?;
        let invitation =
            Invitation { person: None, offer: Some(offer), until, invited_by: None, chosen: None };
        invite(desk.tx(), &invitation, today)
    })?;
    Ok(address(public_address, &token))
}

/// A link with which an enrolled person chooses a new password and a new second factor: what is left when
/// phone,
/// recovery codes and every other steward are gone.
///
/// **Units** as [`first_invitation`].
///
/// **Errors** no such person; the database refused.
pub fn new_access(
    record: &Record,
    public_address: &str,
    person: PersonId,
    days: u16,
) -> Result<String, Fault> {
    let today = record.today();
    let until = days_after(today, days);
    let token = record.scribe.seal_now(move |desk| -> Result<String, Fault> {
        if crate::tables::person(desk.tx(), person.as_str())?.is_none() {
            return Err(Fault::Value(format!("aucune personne « {person} »")));
        }
        let invitation =
            Invitation { person: Some(person), offer: None, until, invited_by: None, chosen: None };
        invite(desk.tx(), &invitation, today)
    })?;
    Ok(address(public_address, &token))
}

/// An account to be made at once.
#[derive(Debug, Clone)]
pub struct NewAccount<'a> {
    /// Who, where the id matters or the record has enrolled them already.
    pub person: Option<PersonId>,
    /// The name they act under and sign in with.
    pub name: &'a str,
    /// Their password.
    pub password: &'a str,
    /// For whom they act, and how.
    pub mandates: &'a [(Behalf, Role)],
}

/// An account that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// Who.
    pub person: PersonId,
    /// The second factor's secret in base 32, as phones take it.
    pub totp_secret: String,
    /// The recovery codes.
    pub recovery_codes: Vec<String>,
}

/// The account exists, its words are on the record by the loader: for demonstrations and tests, where nobody
/// holds a phone.
/// Blocks: to be called outside the threads that serve pages.
///
/// **Errors** what a person would be refused: name or password too short, name taken, a role that does not
/// fit; the
/// database refused.
pub fn enrol(house: &House, account: &NewAccount<'_>) -> Result<Enrolled, Fault> {
    let mut why = acts::new_password(account.password, account.password, account.name);
    why.extend(acts::name(account.name));
    if !why.is_empty() {
        return Err(refused(&why));
    }
    let chosen = Chosen {
        name: account.name.trim().to_owned(),
        login: enrolment::login(house, account.name),
        password: password::hash_now(account.password.trim())?,
        factor: factor::fresh()?,
    };
    let totp_secret = factor::totp(house, &chosen.factor, &chosen.name)?.secret().to_base32();
    let offers: Vec<Offer> = account
        .mandates
        .iter()
        .map(|(behalf, role)| Offer { behalf: behalf.clone(), role: *role, to: None })
        .collect();
    let (within, person, today) = (house.clone(), account.person.clone(), house.record().today());
    let (person, recovery_codes) = house.record().scribe.seal_now(move |desk| -> Result<_, Fault> {
        for offer in &offers {
            let known = enrolment::names(desk.tx(), &offer.behalf)?;
            acts::offer(offer.clone(), known, false, today).map_err(|why| refused(&why))?;
        }
        let other = drawers::account_of_login(desk.tx(), &chosen.login)?;
        if other.is_some_and(|other| Some(&other.person) != person.as_ref()) {
            return Err(refused(&[acts::Refusal::NameTaken]));
        }
        let by = Actor::Loader;
        let enrolment = Enrolment { person, chosen: &chosen, step: None, offers: &offers, by };
        enrolment::settle(desk, &within, today, enrolment)
    })?;
    Ok(Enrolled { person, totp_secret, recovery_codes })
}

/// The invitation stands; the answer is the token that opens it, kept nowhere.
pub(crate) fn invite(tx: &mut record::Tx<'_>, invitation: &Invitation, today: Day) -> Result<String, Fault> {
    let token = web::fresh_text(TOKEN_LETTERS)?;
    drawers::keep_invitation(tx, &token, invitation, today)?;
    Ok(token)
}

/// The day so many days after this one.
pub(crate) fn days_after(day: Day, days: u16) -> Day {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}

fn address(public_address: &str, token: &str) -> String {
    format!("{}/invitation/{token}", public_address.trim_end_matches('/'))
}

fn refused(why: &[acts::Refusal]) -> Fault {
    Fault::Value(format!("refusé : {why:?}"))
}
