//! Calls to seats: what the record says of each, and whether its result follows from it.

use record::{Fault, Tx, enclosures, values};
use sortition::{Commitment, PublicEvent, Reveal, Transcript, seed};
use terms::selection::{
    BallotsCounted, CallOpened, CandidacyFiled, NominationRecorded, PanelDrawn, SeedRule,
};
use terms::{CallId, CandidacyId, Day, Sealed, Word};

/// The tables have taken in what the entry says of a call.
pub(super) fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    match &sealed.entry.word {
        Word::CallOpened(word) => opened(tx, word),
        Word::CandidacyFiled(word) => filed(tx, word),
        Word::SeedRuleSet(word) => rule(tx, &word.call, &word.rule),
        Word::EligibleListPublished(word) => {
            tx.run(
                "UPDATE ind_call SET appeals_until = ?2 WHERE id = ?1",
                values![word.call, word.appeals_until],
            )?;
            Ok(())
        }
        Word::PoolFrozen(word) => {
            let lottery = word.lottery.as_ref();
            tx.run(
                "UPDATE ind_call SET transcript = ?2, lottery_sha256 = ?3 WHERE id = ?1",
                values![
                    word.call,
                    lottery.map(|lottery| lottery.transcript.sha256),
                    lottery.map(|lottery| lottery.lottery_sha256)
                ],
            )?;
            Ok(())
        }
        Word::SeedCommitted(word) => {
            tx.run(
                "UPDATE ind_call_party SET digest = ?3 WHERE call = ?1 AND name = ?2",
                values![word.call, word.party.party_name(), word.digest],
            )?;
            Ok(())
        }
        Word::SeedRevealed(word) => {
            tx.run(
                "UPDATE ind_call_party SET secret = ?3 WHERE call = ?1 AND name = ?2",
                values![word.call, word.party.party_name(), word.secret],
            )?;
            Ok(())
        }
        Word::EventValued(word) => {
            tx.run("UPDATE ind_call SET outcome = ?2 WHERE id = ?1", values![word.call, word.outcome])?;
            Ok(())
        }
        Word::PanelDrawn(word) => drawn(tx, sealed, word),
        Word::BallotsCounted(word) => counted(tx, sealed, word),
        Word::NominationRecorded(word) => named(tx, sealed, word),
        Word::CallCancelled(word) => ended(tx, sealed, &word.call, "cancelled"),
        _ => Ok(()),
    }
}

fn opened(tx: &mut Tx<'_>, word: &CallOpened) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO ind_call (id, body, method, seats, criteria, exercise) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        values![word.id, word.body, word.method.as_str(), word.seats, word.criteria.len(), word.exercise],
    )?;
    for (rank, quota) in (0_u16..).zip(&word.quotas) {
        tx.run(
            "INSERT INTO ind_call_quota (call, rank, feature, value, min, max) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            values![word.id, rank, quota.feature.as_str(), quota.value, quota.min, quota.max],
        )?;
    }
    match &word.seed {
        Some(seed) => rule(tx, &word.id, seed),
        None => Ok(()),
    }
}

fn rule(tx: &mut Tx<'_>, call: &CallId, rule: &SeedRule) -> Result<(), Fault> {
    tx.run("UPDATE ind_call SET event = ?2 WHERE id = ?1", values![*call, rule.event])?;
    tx.run("DELETE FROM ind_call_party WHERE call = ?1", values![*call])?;
    for party in &rule.parties {
        tx.run(
            "INSERT INTO ind_call_party (call, name) VALUES (?1, ?2)",
            values![*call, party.party_name()],
        )?;
    }
    Ok(())
}

fn filed(tx: &mut Tx<'_>, word: &CandidacyFiled) -> Result<(), Fault> {
    for each in &word.traits {
        tx.run(
            "INSERT INTO ind_call_trait (candidacy, feature, value) VALUES (?1, ?2, ?3)",
            values![word.id, each.feature.as_str(), each.value],
        )?;
    }
    Ok(())
}

fn ended(tx: &mut Tx<'_>, sealed: &Sealed, call: &CallId, how: &str) -> Result<(), Fault> {
    tx.run("UPDATE ind_call SET ended = ?2, ended_on = ?3 WHERE id = ?1", values![*call, how, sealed.known])?;
    Ok(())
}

fn chosen<'a>(
    tx: &mut Tx<'_>,
    call: &CallId,
    chosen: impl IntoIterator<Item = &'a CandidacyId>,
) -> Result<(), Fault> {
    for candidacy in chosen {
        tx.run("INSERT INTO ind_call_chosen (call, candidacy) VALUES (?1, ?2)", values![*call, *candidacy])?;
    }
    Ok(())
}

fn spelled(ids: &[CandidacyId]) -> String {
    ids.iter().map(CandidacyId::as_str).collect::<Vec<_>>().join(" ")
}

fn drawn(tx: &mut Tx<'_>, sealed: &Sealed, word: &PanelDrawn) -> Result<(), Fault> {
    tx.run(
        "UPDATE ind_call SET panel = ?2, alternates = ?3, all_stood = ?4 WHERE id = ?1",
        values![word.call, spelled(&word.panel), spelled(&word.alternates), true],
    )?;
    chosen(tx, &word.call, &word.panel)?;
    ended(tx, sealed, &word.call, "drawn")
}

fn counted(tx: &mut Tx<'_>, sealed: &Sealed, word: &BallotsCounted) -> Result<(), Fault> {
    let seats: Option<i64> =
        tx.row("SELECT seats FROM ind_call WHERE id = ?1", values![word.call], |row| row.get(0))?;
    let alike: Vec<election::Alike> = word
        .ballots
        .iter()
        .map(|ballots| election::Alike {
            approves: ballots.approves.iter().map(|place| usize::from(*place).wrapping_sub(1)).collect(),
            voters: u32::from(ballots.count),
        })
        .collect();
    let seats = usize::try_from(seats.unwrap_or(0)).unwrap_or(0);
    let again = election::equal_shares(word.candidates.len(), seats, &alike);
    let again = again.is_ok_and(|rounds| {
        rounds.iter().map(|round| word.candidates.get(round.elected)).eq(word.elected.iter().map(Some))
    });
    tx.run(
        "UPDATE ind_call SET counted_again = ?2, all_stood = ?3 WHERE id = ?1",
        values![word.call, again, true],
    )?;
    chosen(tx, &word.call, &word.elected)?;
    ended(tx, sealed, &word.call, "counted")
}

fn named(tx: &mut Tx<'_>, sealed: &Sealed, word: &NominationRecorded) -> Result<(), Fault> {
    let all = word.nominees.iter().all(|nominee| nominee.candidacy.is_some());
    tx.run("UPDATE ind_call SET all_stood = ?2 WHERE id = ?1", values![word.call, all])?;
    chosen(tx, &word.call, word.nominees.iter().filter_map(|nominee| nominee.candidacy.as_ref()))?;
    ended(tx, sealed, &word.call, "named")
}

/// A call, as far as its fairness goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Called {
    pub(crate) id: String,
    pub(crate) level: Option<String>,
    pub(crate) exercise: bool,
    /// A word of [`terms::selection::Method`].
    pub(crate) method: String,
    pub(crate) criteria: i64,
    /// The last day to appeal, once the list is published.
    pub(crate) appeals_until: Option<Day>,
    /// Parties that committed.
    pub(crate) committed: i64,
    /// How it ended, and when.
    pub(crate) ended: Option<(String, Day)>,
    /// Whether the result follows again from what is on the record; none before there is one, or where the lottery was withdrawn.
    pub(crate) again: Option<bool>,
    /// Whether quotas were published.
    pub(crate) quotas: bool,
    /// Whether those chosen meet them; none before anybody is chosen, or where somebody had not stood.
    pub(crate) met: Option<bool>,
}

/// The calls that were not cancelled, of one body or of all, or the one of this id.
pub(crate) fn calls(tx: &mut Tx<'_>, body: Option<&str>, id: Option<&str>) -> Result<Vec<Called>, Fault> {
    let found = tx.rows(
        "SELECT c.id, k.level, c.exercise, c.method, c.criteria, c.appeals_until, c.ended, c.ended_on, c.counted_again, \
         c.all_stood FROM ind_call c LEFT JOIN ind_body b ON b.id = c.body LEFT JOIN ind_kind k ON k.id = b.kind \
         WHERE COALESCE(c.ended, '') <> 'cancelled' AND (?1 = '' OR c.body = ?1) AND (?2 = '' OR c.id = ?2) ORDER BY c.id",
        values![body.unwrap_or(""), id.unwrap_or("")],
        |row| {
            let ended: Option<String> = row.get(6)?;
            let called = Called {
                id: row.get(0)?,
                level: row.get(1)?,
                exercise: row.get(2)?,
                method: row.get(3)?,
                criteria: row.get(4)?,
                appeals_until: row.get(5)?,
                committed: 0,
                ended: ended.zip(row.get(7)?),
                again: row.get(8)?,
                quotas: false,
                met: None,
            };
            Ok((called, row.get::<Option<bool>>(9)?))
        },
    )?;
    let mut calls = Vec::with_capacity(found.len());
    for (mut call, all_stood) in found {
        call.committed = tx.one(
            "SELECT CAST(count(*) AS BIGINT) FROM ind_call_party WHERE call = ?1 AND COALESCE(digest, '') <> ''",
            values![call.id],
        )?;
        let met = quotas(tx, &call.id)?;
        call.quotas = met.is_some();
        call.met = met.filter(|_| all_stood == Some(true));
        if call.ended.as_ref().is_some_and(|(how, _)| how == "drawn") {
            call.again = drawn_again(tx, &call.id)?;
        }
        calls.push(call);
    }
    Ok(calls)
}

/// Whether those chosen meet the quotas; none where there are none.
fn quotas(tx: &mut Tx<'_>, call: &str) -> Result<Option<bool>, Fault> {
    let counts: Vec<(i64, i64, i64)> = tx.rows(
        "SELECT q.min, q.max, (SELECT CAST(count(*) AS BIGINT) FROM ind_call_chosen c JOIN ind_call_trait t ON t.candidacy = \
         c.candidacy WHERE c.call = q.call AND t.feature = q.feature AND t.value = q.value) FROM ind_call_quota q WHERE \
         q.call = ?1 ORDER BY q.rank",
        values![call],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let met = counts.iter().all(|(min, max, count)| min <= count && count <= max);
    Ok((!counts.is_empty()).then_some(met))
}

/// Whether commitments, secrets, event and the announced lottery give the panel again; none where the lottery was withdrawn.
fn drawn_again(tx: &mut Tx<'_>, call: &str) -> Result<Option<bool>, Fault> {
    type Facts = [Option<String>; 6];
    let facts: Option<Facts> = tx.row(
        "SELECT transcript, lottery_sha256, event, outcome, panel, alternates FROM ind_call WHERE id = ?1",
        values![call],
        |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?]),
    )?;
    let Some([Some(transcript), Some(announced), Some(name), Some(outcome), Some(panel), alternates]) = facts
    else {
        return Ok(Some(false));
    };
    let Some(text) = terms::Commitment::parse(&transcript) else { return Ok(Some(false)) };
    let Some(json) = enclosures::text(tx, &text)? else { return Ok(None) };
    let parties: Vec<(String, String, String)> = tx.rows(
        "SELECT name, digest, secret FROM ind_call_party WHERE call = ?1 AND COALESCE(digest, '') <> '' AND \
         COALESCE(secret, '') <> '' ORDER BY name",
        values![call],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let commitments: Vec<Commitment> = parties
        .iter()
        .filter_map(|(party, digest, _)| {
            Some(Commitment { party: party.clone(), digest: terms::Commitment::parse(digest)?.0.into() })
        })
        .collect();
    let reveals: Vec<Reveal> =
        parties.into_iter().map(|(party, _, secret)| Reveal { party, secret: secret.into_bytes() }).collect();
    let drawn = || {
        let seed = seed(&commitments, &reveals, &PublicEvent { name, outcome }).ok()?;
        let transcript: Transcript = serde_json::from_str(&json).ok()?;
        let lots = transcript.lots()?;
        let drawn = lots.draw(&seed);
        let same =
            drawn.panel.join(" ") == panel && drawn.alternates.join(" ") == alternates.unwrap_or_default();
        Some(same && lots.digest().to_string() == announced)
    };
    Ok(Some(drawn().unwrap_or(false)))
}
