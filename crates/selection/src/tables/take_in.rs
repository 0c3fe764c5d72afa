//! How entries change the tables.

use record::{Fault, Tx, values};
use terms::selection::{
    BallotsCounted, CallOpened, CandidacyFiled, EligibleListPublished, NominationRecorded, PanelDrawn,
    PoolFrozen, SeedRule,
};
use terms::{Behalf, CallId, CandidacyId, Commitment, Sealed, Word};

pub(super) fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    match &sealed.entry.word {
        Word::OrganisationRegistered(word) => {
            tx.run(
                "INSERT INTO sel_organisation (id, place, exercise, entry) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO \
                 UPDATE SET place = excluded.place, exercise = excluded.exercise",
                values![word.id, word.place, word.exercise, sealed.index],
            )?;
        }
        Word::BodyEstablished(word) => {
            tx.run(
                "INSERT INTO sel_body (body, kind) VALUES (?1, ?2) ON CONFLICT (body) DO UPDATE SET kind = excluded.kind",
                values![word.id, word.kind],
            )?;
        }
        Word::SeatSet(word) => {
            tx.run(
                "INSERT INTO sel_seat (kind, code, fr, en) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, code) DO UPDATE SET \
                 fr = excluded.fr, en = excluded.en",
                values![word.body_kind, word.code, word.name.fr, word.name.en],
            )?;
        }
        Word::CallOpened(word) => {
            opened(tx, sealed, word)?;
            told(tx, sealed, &word.id, None, word.presentation.as_ref().map(|text| text.sha256))?;
        }
        Word::CandidacyFiled(word) => {
            filed(tx, sealed, word)?;
            told(tx, sealed, &word.call, Some(word.id.as_str()), None)?;
        }
        Word::CandidacyWithdrawn(word) => {
            place(tx, &word.candidacy, "withdrawn", 0)?;
            told(tx, sealed, &word.call, Some(word.candidacy.as_str()), None)?;
        }
        Word::EligibleListPublished(word) => {
            listed(tx, sealed, word)?;
            told(tx, sealed, &word.call, None, None)?;
        }
        _ => later(tx, sealed)?,
    }
    Ok(())
}

/// What happens once the list is published.
fn later(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    let (call, who, text) = match &sealed.entry.word {
        Word::AppealFiled(word) => {
            tx.run(
                "INSERT INTO sel_appeal (id, call, candidacy, text, paper, filed, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                values![
                    word.id,
                    word.call,
                    word.candidacy,
                    word.text.sha256,
                    word.paper,
                    sealed.known,
                    sealed.index
                ],
            )?;
            (&word.call, Some(word.candidacy.to_string()), Some(word.text.sha256))
        }
        Word::AppealDecided(word) => {
            tx.run(
                "UPDATE sel_appeal SET admitted = ?2, reason = ?3, decided = ?4, decided_entry = ?5 WHERE id = ?1",
                values![word.appeal, word.admitted, word.reason.sha256, sealed.known, sealed.index],
            )?;
            let candidacy: Option<CandidacyId> =
                tx.row("SELECT candidacy FROM sel_appeal WHERE id = ?1", values![word.appeal], |row| {
                    row.get(0)
                })?;
            if let Some(candidacy) = candidacy.as_ref().filter(|_| word.admitted) {
                place(tx, candidacy, "eligible", 0)?;
            }
            (&word.call, candidacy.map(|id| id.to_string()), Some(word.reason.sha256))
        }
        Word::PoolFrozen(word) => {
            frozen(tx, sealed, word)?;
            (&word.call, None, None)
        }
        Word::SeedRuleSet(word) => {
            rule(tx, &word.call, &word.rule)?;
            (&word.call, None, Some(word.reason.sha256))
        }
        Word::SeedCommitted(word) => {
            party(
                tx,
                "UPDATE sel_party SET digest = ?4 WHERE call = ?1 AND kind = ?2 AND id = ?3",
                (&word.call, &word.party, &word.digest.to_string()),
            )?;
            (&word.call, Some(word.party.party_name()), None)
        }
        Word::SeedRevealed(word) => {
            party(
                tx,
                "UPDATE sel_party SET secret = ?4 WHERE call = ?1 AND kind = ?2 AND id = ?3",
                (&word.call, &word.party, &word.secret),
            )?;
            (&word.call, Some(word.party.party_name()), None)
        }
        _ => return ends(tx, sealed),
    };
    told(tx, sealed, call, who.as_deref(), text)
}

/// What ends a call, and what leads to it at once.
fn ends(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    let (call, text) = match &sealed.entry.word {
        Word::EventValued(word) => {
            tx.run(
                "UPDATE sel_call SET outcome = ?2, shown_by = ?3 WHERE id = ?1",
                values![word.call, word.outcome, word.shown_by],
            )?;
            (&word.call, None)
        }
        Word::PanelDrawn(word) => {
            drawn(tx, word)?;
            ended(tx, sealed, &word.call, "drawn")?;
            (&word.call, None)
        }
        Word::BallotsCounted(word) => {
            counted(tx, word)?;
            ended(tx, sealed, &word.call, "counted")?;
            (&word.call, None)
        }
        Word::NominationRecorded(word) => {
            named(tx, word)?;
            ended(tx, sealed, &word.call, "named")?;
            (&word.call, word.reason.map(|reason| reason.sha256))
        }
        Word::CallCancelled(word) => {
            ended(tx, sealed, &word.call, "cancelled")?;
            (&word.call, Some(word.reason.sha256))
        }
        _ => return Ok(()),
    };
    told(tx, sealed, call, None, text)
}

/// One more line of the call's story.
fn told(
    tx: &mut Tx<'_>,
    sealed: &Sealed,
    call: &CallId,
    who: Option<&str>,
    text: Option<Commitment>,
) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO sel_story (entry, call, word, on_day, who, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        values![sealed.index, *call, sealed.entry.word.spelling(), sealed.known, who, text],
    )?;
    Ok(())
}

fn opened(tx: &mut Tx<'_>, sealed: &Sealed, word: &CallOpened) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO sel_call (id, body, seat, seats, method, rule, article, source, presentation, authority, opened, closes, \
         appeal_days, vote_days, exercise, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        values![
            word.id,
            word.body,
            word.seat,
            word.seats,
            word.method.as_str(),
            word.rule.sha256,
            word.article,
            word.source,
            word.presentation.map(|text| text.sha256),
            word.authority,
            sealed.known,
            word.closes,
            word.appeal_days,
            word.vote_days,
            word.exercise,
            sealed.index
        ],
    )?;
    for (rank, criterion) in (0_u16..).zip(&word.criteria) {
        tx.run(
            "INSERT INTO sel_criterion (call, rank, code, text, asks) VALUES (?1, ?2, ?3, ?4, ?5)",
            values![
                word.id,
                rank,
                criterion.code,
                criterion.text.sha256,
                criterion.asks.map(|asks| asks.sha256)
            ],
        )?;
    }
    for (rank, quota) in (0_u16..).zip(&word.quotas) {
        tx.run(
            "INSERT INTO sel_quota (call, rank, feature, value, min, max) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            values![word.id, rank, quota.feature.as_str(), quota.value, quota.min, quota.max],
        )?;
    }
    match &word.seed {
        Some(seed) => rule(tx, &word.id, seed),
        None => Ok(()),
    }
}

fn rule(tx: &mut Tx<'_>, call: &CallId, rule: &SeedRule) -> Result<(), Fault> {
    tx.run(
        "UPDATE sel_call SET commit_by = ?2, reveal_by = ?3, event = ?4, written = ?5, event_on = ?6 WHERE id = ?1",
        values![*call, rule.commit_by, rule.reveal_by, rule.event, rule.written, rule.event_on],
    )?;
    tx.run("DELETE FROM sel_party WHERE call = ?1", values![*call])?;
    for (rank, party) in (0_u16..).zip(&rule.parties) {
        let (kind, id) = party.cells();
        tx.run(
            "INSERT INTO sel_party (call, rank, kind, id) VALUES (?1, ?2, ?3, ?4)",
            values![*call, rank, kind, id],
        )?;
    }
    Ok(())
}

fn party(tx: &mut Tx<'_>, sql: &str, (call, who, said): (&CallId, &Behalf, &str)) -> Result<(), Fault> {
    let (kind, id) = who.cells();
    tx.run(sql, values![*call, kind, id, said])?;
    Ok(())
}

fn filed(tx: &mut Tx<'_>, sealed: &Sealed, word: &CandidacyFiled) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO sel_candidacy (id, call, organisation, person, state, rank, paper, filed, entry) VALUES (?1, ?2, ?3, \
         ?4, 'filed', 0, ?5, ?6, ?7)",
        values![
            word.id,
            word.call,
            word.organisation,
            word.person.map(|person| person.sha256),
            word.paper,
            sealed.known,
            sealed.index
        ],
    )?;
    for each in &word.traits {
        tx.run(
            "INSERT INTO sel_trait (candidacy, feature, value) VALUES (?1, ?2, ?3)",
            values![word.id, each.feature.as_str(), each.value],
        )?;
    }
    for fact in &word.facts {
        tx.run(
            "INSERT INTO sel_fact (candidacy, criterion, text) VALUES (?1, ?2, ?3)",
            values![word.id, fact.criterion, fact.text.sha256],
        )?;
    }
    Ok(())
}

fn place(tx: &mut Tx<'_>, candidacy: &CandidacyId, state: &str, rank: u16) -> Result<(), Fault> {
    tx.run("UPDATE sel_candidacy SET state = ?2, rank = ?3 WHERE id = ?1", values![*candidacy, state, rank])?;
    Ok(())
}

fn listed(tx: &mut Tx<'_>, sealed: &Sealed, word: &EligibleListPublished) -> Result<(), Fault> {
    tx.run(
        "UPDATE sel_call SET listed_on = ?2, appeals_until = ?3, listed_entry = ?4 WHERE id = ?1",
        values![word.call, sealed.known, word.appeals_until, sealed.index],
    )?;
    tx.run(
        "UPDATE sel_candidacy SET state = 'eligible' WHERE call = ?1 AND state = 'filed'",
        values![word.call],
    )?;
    for exclusion in &word.excluded {
        tx.run(
            "UPDATE sel_candidacy SET state = 'excluded', criterion = ?2, reason = ?3 WHERE id = ?1",
            values![exclusion.candidacy, exclusion.criterion, exclusion.reason.sha256],
        )?;
    }
    Ok(())
}

fn frozen(tx: &mut Tx<'_>, sealed: &Sealed, word: &PoolFrozen) -> Result<(), Fault> {
    let lottery = word.lottery.as_ref();
    tx.run(
        "UPDATE sel_call SET frozen_on = ?2, candidates = ?3, pool_sha256 = ?4, algorithm = ?5, quotas_sha256 = ?6, \
         lottery_sha256 = ?7, transcript = ?8, vote_until = ?9, frozen_entry = ?10 WHERE id = ?1",
        values![
            word.call,
            sealed.known,
            word.candidates,
            word.pool_sha256,
            lottery.map(|lottery| lottery.algorithm.clone()),
            lottery.map(|lottery| lottery.quotas_sha256),
            lottery.map(|lottery| lottery.lottery_sha256),
            lottery.map(|lottery| lottery.transcript.sha256),
            word.vote_until,
            sealed.index
        ],
    )?;
    Ok(())
}

fn ended(tx: &mut Tx<'_>, sealed: &Sealed, call: &CallId, how: &str) -> Result<(), Fault> {
    tx.run(
        "UPDATE sel_call SET ended = ?2, ended_on = ?3, ended_entry = ?4 WHERE id = ?1",
        values![*call, how, sealed.known, sealed.index],
    )?;
    Ok(())
}

fn drawn(tx: &mut Tx<'_>, word: &PanelDrawn) -> Result<(), Fault> {
    for (rank, candidacy) in (1_u16..).zip(&word.panel) {
        place(tx, candidacy, "chosen", rank)?;
    }
    for (rank, candidacy) in (1_u16..).zip(&word.alternates) {
        place(tx, candidacy, "alternate", rank)?;
    }
    Ok(())
}

fn counted(tx: &mut Tx<'_>, word: &BallotsCounted) -> Result<(), Fault> {
    let candidates: Vec<&str> = word.candidates.iter().map(CandidacyId::as_str).collect();
    let voters: Vec<&str> = word.voters.iter().map(terms::OrganisationId::as_str).collect();
    tx.run(
        "INSERT INTO sel_count (call, counting, electors, candidates, voters) VALUES (?1, ?2, ?3, ?4, ?5)",
        values![word.call, word.counting, word.electors, candidates.join(" "), voters.join(" ")],
    )?;
    for (rank, ballots) in (0_u32..).zip(&word.ballots) {
        let approves: Vec<String> = ballots.approves.iter().map(ToString::to_string).collect();
        tx.run(
            "INSERT INTO sel_ballots (call, rank, approves, count) VALUES (?1, ?2, ?3, ?4)",
            values![word.call, rank, approves.join(" "), ballots.count],
        )?;
    }
    for (rank, candidacy) in (1_u16..).zip(&word.elected) {
        place(tx, candidacy, "chosen", rank)?;
    }
    Ok(())
}

fn named(tx: &mut Tx<'_>, word: &NominationRecorded) -> Result<(), Fault> {
    tx.run(
        "INSERT INTO sel_nomination (call, authority, on_day, act, reason, file, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        values![
            word.call,
            word.authority,
            word.on,
            word.act,
            word.reason.map(|reason| reason.sha256),
            word.file.map(|file| file.sha256),
            word.source
        ],
    )?;
    for (rank, nominee) in (1_u16..).zip(&word.nominees) {
        tx.run(
            "INSERT INTO sel_nominee (call, rank, candidacy, organisation, person) VALUES (?1, ?2, ?3, ?4, ?5)",
            values![
                word.call,
                rank,
                nominee.candidacy,
                nominee.organisation,
                nominee.person.map(|person| person.sha256)
            ],
        )?;
        if let Some(candidacy) = &nominee.candidacy {
            place(tx, candidacy, "chosen", rank)?;
        }
    }
    Ok(())
}
