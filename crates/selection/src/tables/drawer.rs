//! The drawer of ballots: private, not derived, shown to their own organisation only, emptied when they are counted.

use record::{Fault, Tx, values};
use terms::{CallId, CandidacyId, OrganisationId};
use web::gate::{Audience, Held};

use crate::acts::Ballot;

pub(super) const DRAWERS: &str = "
CREATE TABLE IF NOT EXISTS sel_ballot (
    call TEXT NOT NULL,
    organisation TEXT NOT NULL,
    approves TEXT NOT NULL,
    PRIMARY KEY (call, organisation)
);
";

/// A ballot with whose it is.
pub(crate) type Cast = (OrganisationId, Vec<CandidacyId>);

fn spelled(ballot: &[CandidacyId]) -> String {
    ballot.iter().map(CandidacyId::as_str).collect::<Vec<_>>().join(" ")
}

fn read(text: &str) -> Vec<CandidacyId> {
    text.split_whitespace().filter_map(|id| CandidacyId::parse(id).ok()).collect()
}

/// The ballot lies in the drawer, in the place of an earlier one of the same organisation.
pub(crate) fn cast(
    tx: &mut Tx<'_>,
    call: &CallId,
    voter: &OrganisationId,
    ballot: &Ballot,
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO sel_ballot (call, organisation, approves) VALUES (?1, ?2, ?3) ON CONFLICT (call, organisation) DO \
         UPDATE SET approves = excluded.approves",
        values![*call, *voter, spelled(&ballot.0)],
    )?;
    Ok(())
}

/// The organisation's own ballot, held.
pub(crate) fn own_ballot(
    tx: &mut Tx<'_>,
    call: &CallId,
    voter: &OrganisationId,
) -> Result<Option<Held<Ballot>>, Fault> {
    let found: Option<String> = tx.row(
        "SELECT approves FROM sel_ballot WHERE call = ?1 AND organisation = ?2",
        values![*call, *voter],
        |row| row.get(0),
    )?;
    let audience = vec![Audience::Organisation(voter.clone())];
    Ok(found.map(|text| Held::new(Ballot(read(&text)), audience)))
}

/// Every ballot of the call: for the count alone.
pub(crate) fn ballots(tx: &mut Tx<'_>, call: &CallId) -> Result<Vec<Cast>, Fault> {
    tx.rows(
        "SELECT organisation, approves FROM sel_ballot WHERE call = ?1 ORDER BY organisation",
        values![*call],
        |row| {
            let text: String = row.get(1)?;
            Ok((row.get(0)?, read(&text)))
        },
    )
}

/// The ballots of the call lie in the drawer no more.
pub(crate) fn clear(tx: &mut Tx<'_>, call: &CallId) -> Result<(), Fault> {
    tx.run("DELETE FROM sel_ballot WHERE call = ?1", values![*call])?;
    Ok(())
}
