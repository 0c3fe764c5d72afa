//! The drawers: accounts, recovery codes, invitations. Private, not derived, never on the record.

use record::{Fault, Tx, values};
use sha2::{Digest, Sha256};
use terms::access::Role;
use terms::{Behalf, Day, PersonId};

use crate::acts::{self, Offer};

/// The drawers. They hold no password, code, secret or link in clear, and a name only while an invitation is
/// being accepted.
pub(crate) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS account (
    person TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    factor TEXT NOT NULL,
    next_factor TEXT,
    last_step BIGINT
);
CREATE TABLE IF NOT EXISTS recovery_code (
    person TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (person, code)
);
CREATE TABLE IF NOT EXISTS invitation (
    token_sha256 TEXT PRIMARY KEY,
    person TEXT,
    behalf_kind TEXT,
    behalf_id TEXT,
    role TEXT,
    mandate_to TEXT,
    until_day TEXT NOT NULL,
    invited_by TEXT,
    name TEXT,
    login TEXT,
    password TEXT,
    factor TEXT
);
";

/// An account.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) person: PersonId,
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) factor: String,
    pub(crate) next_factor: Option<String>,
    pub(crate) last_step: Option<u64>,
}

const ACCOUNT: &str = "SELECT person, login, password, factor, next_factor, last_step FROM account";

fn one_account(row: &record::Row<'_>) -> Result<Account, Fault> {
    Ok(Account {
        person: row.get(0)?,
        login: row.get(1)?,
        password: row.get(2)?,
        factor: row.get(3)?,
        next_factor: row.get(4)?,
        last_step: row.get(5)?,
    })
}

/// The account that answers to this login.
pub(crate) fn account_of_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<Account>, Fault> {
    tx.row(&format!("{ACCOUNT} WHERE login = ?1"), values![login], one_account)
}

/// The person's account.
pub(crate) fn account(tx: &mut Tx<'_>, person: &PersonId) -> Result<Option<Account>, Fault> {
    tx.row(&format!("{ACCOUNT} WHERE person = ?1"), values![*person], one_account)
}

/// The account is as given.
pub(crate) fn keep_account(tx: &mut Tx<'_>, account: &Account) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO account (person, login, password, factor, next_factor, last_step) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (person) DO UPDATE SET login = excluded.login, \
         password = excluded.password, factor = excluded.factor, next_factor = excluded.next_factor, \
         last_step = excluded.last_step",
        values![
            account.person,
            account.login,
            account.password,
            account.factor,
            account.next_factor,
            account.last_step
        ],
    )?;
    Ok(())
}

/// The person's recovery codes are these, by their hashes, and no others.
pub(crate) fn keep_codes(tx: &mut Tx<'_>, person: &PersonId, hashes: &[String]) -> Result<(), Fault> {
    tx.run("DELETE FROM recovery_code WHERE person = ?1", values![*person])?;
    for hash in hashes {
        tx.run("INSERT INTO recovery_code (person, code) VALUES (?1, ?2)", values![*person, *hash])?;
    }
    Ok(())
}

/// Whether the person has this recovery code, unused.
pub(crate) fn has_code(tx: &mut Tx<'_>, person: &PersonId, hash: &str) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM recovery_code WHERE person = ?1 AND code = ?2";
    Ok(tx.row(sql, values![*person, hash], |row| row.get::<i64>(0))?.is_some())
}

/// The recovery code has served.
pub(crate) fn use_code(tx: &mut Tx<'_>, person: &PersonId, hash: &str) -> Result<(), Fault> {
    tx.run("DELETE FROM recovery_code WHERE person = ?1 AND code = ?2", values![*person, hash])?;
    Ok(())
}

/// How many recovery codes the person has left; never more than ten.
pub(crate) fn codes_left(tx: &mut Tx<'_>, person: &PersonId) -> Result<u64, Fault> {
    tx.one("SELECT COUNT(*) FROM recovery_code WHERE person = ?1", values![*person])
}

/// What an invited person has chosen, until the first code of their phone confirms it.
#[derive(Clone)]
pub(crate) struct Chosen {
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) factor: String,
}

/// An invitation.
#[derive(Clone)]
pub(crate) struct Invitation {
    /// Who is invited, where the record knows them: they get their access anew and keep their mandates.
    pub(crate) person: Option<PersonId>,
    /// The mandate it gives.
    pub(crate) offer: Option<Offer>,
    /// Last day.
    pub(crate) until: Day,
    /// Who invited; `None` for the command line.
    pub(crate) invited_by: Option<PersonId>,
    /// What the invited person has chosen.
    pub(crate) chosen: Option<Chosen>,
}

const INVITATION: &str = "SELECT person, behalf_kind, behalf_id, role, mandate_to, until_day, invited_by, \
                          name, login, password, factor, token_sha256 FROM invitation";

fn one_invitation(row: &record::Row<'_>) -> Result<Invitation, Fault> {
    let cells: (Option<String>, Option<String>, Option<String>) = (row.get(1)?, row.get(2)?, row.get(3)?);
    let offer = match cells {
        (Some(kind), Some(id), Some(role)) => {
            let unknown = || Fault::Value(format!("invitation {kind} {id} {role}"));
            let behalf = Behalf::of_cells(&kind, &id).ok_or_else(unknown)?;
            Some(Offer { behalf, role: Role::parse(&role).ok_or_else(unknown)?, to: row.get(4)? })
        }
        _ => None,
    };
    let chosen: (Option<String>, Option<String>, Option<String>, Option<String>) =
        (row.get(7)?, row.get(8)?, row.get(9)?, row.get(10)?);
    let chosen = match chosen {
        (Some(name), Some(login), Some(password), Some(factor)) => {
            Some(Chosen { name, login, password, factor })
        }
        _ => None,
    };
    Ok(Invitation { person: row.get(0)?, offer, until: row.get(5)?, invited_by: row.get(6)?, chosen })
}

/// What is kept of a link's token.
fn hashed(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The invitation that this token opens today.
pub(crate) fn open_invitation(tx: &mut Tx<'_>, token: &str, today: Day) -> Result<Option<Invitation>, Fault> {
    let sql = format!("{INVITATION} WHERE token_sha256 = ?1");
    let Some(invitation) = tx.row(&sql, values![hashed(token)], one_invitation)? else { return Ok(None) };
    let keeps = match &invitation.invited_by {
        Some(person) => super::keeps(tx, person, today)?,
        None => true,
    };
    let mandate_to = invitation.offer.as_ref().and_then(|offer| offer.to);
    Ok(Some(invitation).filter(|found| acts::opens(found.until, keeps, mandate_to, today)))
}

/// The invitation can be opened with this token; those whose last day is past are gone.
pub(crate) fn keep_invitation(
    tx: &mut Tx<'_>,
    token: &str,
    invitation: &Invitation,
    today: Day,
) -> Result<(), Fault> {
    tx.run("DELETE FROM invitation WHERE until_day < ?1", values![today])?;
    let cells = invitation.offer.as_ref().map(|offer| (offer.behalf.cells(), offer.role.as_str(), offer.to));
    tx.run(
        "INSERT INTO invitation \
         (token_sha256, person, behalf_kind, behalf_id, role, mandate_to, until_day, invited_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        values![
            hashed(token),
            invitation.person,
            cells.map(|((kind, _), ..)| kind),
            cells.map(|((_, id), ..)| id),
            cells.map(|(_, role, _)| role),
            cells.and_then(|(.., to)| to),
            invitation.until,
            invitation.invited_by
        ],
    )?;
    Ok(())
}

/// What the invited person has chosen stands with the invitation.
pub(crate) fn keep_chosen(tx: &mut Tx<'_>, token: &str, chosen: &Chosen) -> Result<(), Fault> {
    tx.run(
        "UPDATE invitation SET name = ?2, login = ?3, password = ?4, factor = ?5 WHERE token_sha256 = ?1",
        values![hashed(token), chosen.name, chosen.login, chosen.password, chosen.factor],
    )?;
    Ok(())
}

/// The invitation is gone.
pub(crate) fn use_invitation(tx: &mut Tx<'_>, token: &str) -> Result<(), Fault> {
    cancel_invitation(tx, &hashed(token))
}

/// The invitation that [`open_invitations`] names so is gone.
pub(crate) fn cancel_invitation(tx: &mut Tx<'_>, name: &str) -> Result<(), Fault> {
    tx.run("DELETE FROM invitation WHERE token_sha256 = ?1", values![name])?;
    Ok(())
}

/// Invitations whose last day is not past, each under a name that does not open it, at most `most`.
pub(crate) fn open_invitations(
    tx: &mut Tx<'_>,
    today: Day,
    most: usize,
) -> Result<Vec<(String, Invitation)>, Fault> {
    let sql = format!("{INVITATION} WHERE until_day >= ?1 ORDER BY until_day, token_sha256 LIMIT {most}");
    tx.rows(&sql, values![today], |row| Ok((row.get(11)?, one_invitation(row)?)))
}
