//! What pages and acts ask.

use record::{Fault, Row, ToValue, Tx, Value, values};
use terms::selection::{BallotsAlike, Feature, Method, Quota, SeedRule};
use terms::{
    AppealId, Behalf, BodyId, CallId, CandidacyId, Commitment, Day, OrganisationId, PlaceId, SeatCode,
    SourceId,
};

use crate::call::{Announced, Call, Candidacy, End, Ended, Frozen, Listed, Party, Place, Required};

fn broken(what: &str) -> Fault {
    Fault::Value(format!("sélection : {what}"))
}

const CALL: &str = "\
    id, body, seat, seats, method, rule, article, source, presentation, authority, opened, closes, appeal_days, vote_days, \
    exercise, entry, listed_on, appeals_until, listed_entry, frozen_on, candidates, pool_sha256, algorithm, quotas_sha256, \
    lottery_sha256, transcript, vote_until, frozen_entry, commit_by, reveal_by, event, written, event_on, outcome, \
    shown_by, ended, ended_on, ended_entry";

/// The row, without what stands in other tables.
fn bare(row: &Row<'_>) -> Result<Call, Fault> {
    let method: String = row.get(4)?;
    let ended: Option<String> = row.get(35)?;
    Ok(Call {
        id: row.get(0)?,
        body: row.get(1)?,
        seat: row.get(2)?,
        seats: row.get(3)?,
        method: Method::parse(&method).ok_or_else(|| broken(&method))?,
        rule: row.get(5)?,
        article: row.get(6)?,
        source: row.get(7)?,
        presentation: row.get(8)?,
        authority: row.get(9)?,
        opened: row.get(10)?,
        closes: row.get(11)?,
        appeal_days: row.get(12)?,
        vote_days: row.get(13)?,
        exercise: row.get(14)?,
        entry: row.get(15)?,
        list: match row.get::<Option<Day>>(16)? {
            Some(on) => Some(Listed { on, until: row.get(17)?, pending: 0, entry: row.get(18)? }),
            None => None,
        },
        frozen: match row.get::<Option<Day>>(19)? {
            Some(on) => Some(frozen(row, on)?),
            None => None,
        },
        seed: seed_rule(row)?,
        outcome: row.get::<Option<String>>(33)?.zip(row.get(34)?),
        ended: match ended {
            Some(how) => Some(Ended {
                how: End::parse(&how).ok_or_else(|| broken(&how))?,
                on: row.get(36)?,
                entry: row.get(37)?,
            }),
            None => None,
        },
        criteria: Vec::new(),
        quotas: Vec::new(),
        parties: Vec::new(),
    })
}

fn frozen(row: &Row<'_>, on: Day) -> Result<Frozen, Fault> {
    let lottery = match row.get::<Option<String>>(22)? {
        Some(algorithm) => Some(Announced {
            algorithm,
            quotas_sha256: row.get(23)?,
            lottery_sha256: row.get(24)?,
            transcript: row.get(25)?,
        }),
        None => None,
    };
    Ok(Frozen {
        on,
        candidates: row.get(20)?,
        pool_sha256: row.get(21)?,
        lottery,
        vote_until: row.get(26)?,
        entry: row.get(27)?,
    })
}

fn seed_rule(row: &Row<'_>) -> Result<Option<SeedRule>, Fault> {
    let Some(commit_by) = row.get::<Option<Day>>(28)? else { return Ok(None) };
    Ok(Some(SeedRule {
        parties: Vec::new(),
        commit_by,
        reveal_by: row.get(29)?,
        event: row.get(30)?,
        written: row.get(31)?,
        event_on: row.get(32)?,
    }))
}

/// The call of this id, whole.
pub(crate) fn call(tx: &mut Tx<'_>, id: &str) -> Result<Option<Call>, Fault> {
    let found = tx.row(&format!("SELECT {CALL} FROM sel_call WHERE id = ?1"), values![id], bare)?;
    let Some(mut call) = found else { return Ok(None) };
    call.criteria = tx.rows(
        "SELECT code, text, asks FROM sel_criterion WHERE call = ?1 ORDER BY rank",
        values![id],
        |row| Ok(Required { code: row.get(0)?, text: row.get(1)?, asks: row.get(2)? }),
    )?;
    call.quotas = tx.rows(
        "SELECT feature, value, min, max FROM sel_quota WHERE call = ?1 ORDER BY rank",
        values![id],
        |row| {
            let feature: String = row.get(0)?;
            let feature = Feature::parse(&feature).ok_or_else(|| broken(&feature))?;
            Ok(Quota { feature, value: row.get(1)?, min: row.get(2)?, max: row.get(3)? })
        },
    )?;
    call.parties = tx.rows(
        "SELECT kind, id, digest, secret FROM sel_party WHERE call = ?1 ORDER BY rank",
        values![id],
        |row| {
            let (kind, id): (String, String) = (row.get(0)?, row.get(1)?);
            let who = Behalf::of_cells(&kind, &id).ok_or_else(|| broken(&kind))?;
            Ok(Party { who, digest: row.get(2)?, secret: row.get(3)? })
        },
    )?;
    if let Some(rule) = &mut call.seed {
        rule.parties = call.parties.iter().map(|party| party.who.clone()).collect();
    }
    if let Some(list) = &mut call.list {
        let pending: i64 = tx.one(
            "SELECT CAST(count(*) AS BIGINT) FROM sel_appeal WHERE call = ?1 AND admitted IS NULL",
            values![id],
        )?;
        list.pending = u16::try_from(pending).unwrap_or(u16::MAX);
    }
    Ok(Some(call))
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) body: Option<String>,
    pub(crate) method: Option<Method>,
    /// Ended, or not.
    pub(crate) ended: Option<bool>,
    pub(crate) exercise: Option<bool>,
    /// The last of the page before.
    pub(crate) after: Option<String>,
}

/// A call in a list, with how many stand.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) call: Call,
    pub(crate) standing: i64,
}

/// The calls of the filter, newest first, at most `most`.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter, most: usize) -> Result<Vec<Line>, Fault> {
    let mut bound: Vec<Value> = Vec::new();
    let mut sql = String::from("SELECT id FROM sel_call WHERE entry >= 0");
    let mut also = |text: &str, value: &dyn ToValue| {
        bound.push(value.to_value());
        sql.push_str(&text.replace("?n", &format!("?{}", bound.len())));
    };
    if let Some(body) = &filter.body {
        also(" AND body = ?n", body);
    }
    if let Some(method) = filter.method {
        also(" AND method = ?n", &method.as_str());
    }
    match filter.ended {
        Some(true) => also(" AND COALESCE(ended, ?n) <> ''", &String::new()),
        Some(false) => also(" AND COALESCE(ended, ?n) = ''", &String::new()),
        None => {}
    }
    if let Some(exercise) = filter.exercise {
        also(" AND exercise = ?n", &exercise);
    }
    if let Some(after) = &filter.after {
        also(" AND entry < (SELECT a.entry FROM sel_call a WHERE a.id = ?n)", after);
    }
    sql.push_str(&format!(" ORDER BY entry DESC LIMIT {most}"));
    let ids: Vec<String> = tx.rows(&sql, &bound, |row| row.get(0))?;
    let mut lines = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(call) = call(tx, &id)? else { continue };
        let standing = tx.one(
            "SELECT CAST(count(*) AS BIGINT) FROM sel_candidacy WHERE call = ?1 AND state <> 'withdrawn'",
            values![id],
        )?;
        lines.push(Line { call, standing });
    }
    Ok(lines)
}

const CANDIDACY: &str = "id, organisation, person, state, rank, paper, filed, entry, criterion, reason";

fn bare_candidacy(row: &Row<'_>) -> Result<Candidacy, Fault> {
    let state: String = row.get(3)?;
    let criterion: Option<String> = row.get(8)?;
    Ok(Candidacy {
        id: row.get(0)?,
        organisation: row.get(1)?,
        person: row.get(2)?,
        traits: Vec::new(),
        place: Place::parse(&state, row.get(4)?).ok_or_else(|| broken(&state))?,
        paper: row.get(5)?,
        filed: row.get(6)?,
        entry: row.get(7)?,
        excluded: criterion.zip(row.get(9)?),
    })
}

/// Every candidacy of the call, in the order of filing.
pub(crate) fn candidacies(tx: &mut Tx<'_>, call: &CallId) -> Result<Vec<Candidacy>, Fault> {
    let mut found = tx.rows(
        &format!("SELECT {CANDIDACY} FROM sel_candidacy WHERE call = ?1 ORDER BY entry"),
        values![*call],
        bare_candidacy,
    )?;
    let traits: Vec<(CandidacyId, String, String)> = tx.rows(
        "SELECT t.candidacy, t.feature, t.value FROM sel_candidacy c JOIN sel_trait t ON t.candidacy = c.id WHERE c.call = ?1 \
         ORDER BY t.candidacy, t.feature",
        values![*call],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    for candidacy in &mut found {
        let from = traits.partition_point(|(id, _, _)| *id < candidacy.id);
        let own = traits[from..].iter().take_while(|(id, _, _)| *id == candidacy.id);
        candidacy.traits =
            own.filter_map(|(_, feature, value)| Some((Feature::parse(feature)?, value.clone()))).collect();
    }
    Ok(found)
}

/// One candidacy of the call.
pub(crate) fn candidacy(tx: &mut Tx<'_>, call: &CallId, id: &str) -> Result<Option<Candidacy>, Fault> {
    Ok(candidacies(tx, call)?.into_iter().find(|candidacy| candidacy.id.as_str() == id))
}

/// A criterion's code and the fact that a candidate gave.
pub(crate) type CandidacyTexts = Vec<(String, Commitment)>;

/// The facts of a candidacy, by criterion.
pub(crate) fn facts_of(tx: &mut Tx<'_>, candidacy: &CandidacyId) -> Result<CandidacyTexts, Fault> {
    tx.rows(
        "SELECT criterion, text FROM sel_fact WHERE candidacy = ?1 ORDER BY criterion",
        values![*candidacy],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The calls for which the organisation stands or stood, newest first, at most `most`.
pub(crate) fn of_organisation(
    tx: &mut Tx<'_>,
    organisation: &OrganisationId,
    most: usize,
) -> Result<Vec<(CallId, Place)>, Fault> {
    tx.rows(
        &format!(
            "SELECT call, state, rank FROM sel_candidacy WHERE organisation = ?1 ORDER BY entry DESC LIMIT {most}"
        ),
        values![*organisation],
        |row| {
            let state: String = row.get(1)?;
            Ok((row.get(0)?, Place::parse(&state, row.get(2)?).ok_or_else(|| broken(&state))?))
        },
    )
}

/// An appeal.
#[derive(Debug, Clone)]
pub(crate) struct Appeal {
    pub(crate) id: AppealId,
    pub(crate) candidacy: CandidacyId,
    pub(crate) text: Commitment,
    pub(crate) paper: bool,
    pub(crate) filed: Day,
    pub(crate) entry: u64,
    pub(crate) admitted: Option<bool>,
    pub(crate) reason: Option<Commitment>,
    pub(crate) decided: Option<Day>,
    pub(crate) decided_entry: Option<u64>,
}

/// The appeals of a call, in the order of filing.
pub(crate) fn appeals(tx: &mut Tx<'_>, call: &CallId) -> Result<Vec<Appeal>, Fault> {
    tx.rows(
        "SELECT id, candidacy, text, paper, filed, entry, admitted, reason, decided, decided_entry FROM sel_appeal WHERE \
         call = ?1 ORDER BY entry",
        values![*call],
        |row| {
            Ok(Appeal {
                id: row.get(0)?,
                candidacy: row.get(1)?,
                text: row.get(2)?,
                paper: row.get(3)?,
                filed: row.get(4)?,
                entry: row.get(5)?,
                admitted: row.get(6)?,
                reason: row.get(7)?,
                decided: row.get(8)?,
                decided_entry: row.get(9)?,
            })
        },
    )
}

/// One appeal of the call.
pub(crate) fn appeal(tx: &mut Tx<'_>, call: &CallId, id: &str) -> Result<Option<Appeal>, Fault> {
    Ok(appeals(tx, call)?.into_iter().find(|appeal| appeal.id.as_str() == id))
}

/// A count as it stands on the record.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    pub(crate) electors: i64,
    pub(crate) candidates: Vec<CandidacyId>,
    pub(crate) voters: Vec<OrganisationId>,
    pub(crate) ballots: Vec<BallotsAlike>,
}

/// The count of the call, once there is one.
pub(crate) fn counted(tx: &mut Tx<'_>, call: &CallId) -> Result<Option<Counted>, Fault> {
    let found: Option<(i64, String, String)> = tx.row(
        "SELECT electors, candidates, voters FROM sel_count WHERE call = ?1",
        values![*call],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let Some((electors, candidates, voters)) = found else { return Ok(None) };
    let ballots = tx.rows(
        "SELECT approves, count FROM sel_ballots WHERE call = ?1 ORDER BY rank",
        values![*call],
        |row| {
            let approves: String = row.get(0)?;
            let approves = approves.split_whitespace().filter_map(|place| place.parse().ok()).collect();
            Ok(BallotsAlike { approves, count: row.get(1)? })
        },
    )?;
    Ok(Some(Counted {
        electors,
        candidates: candidates.split_whitespace().filter_map(|id| CandidacyId::parse(id).ok()).collect(),
        voters: voters.split_whitespace().filter_map(|id| OrganisationId::parse(id).ok()).collect(),
        ballots,
    }))
}

/// A nomination as it stands on the record.
#[derive(Debug, Clone)]
pub(crate) struct Nomination {
    pub(crate) authority: BodyId,
    pub(crate) on: Day,
    pub(crate) act: String,
    pub(crate) reason: Option<Commitment>,
    pub(crate) file: Option<Commitment>,
    pub(crate) source: Option<SourceId>,
    /// The candidacy, else the organisation and the person.
    pub(crate) nominees: Vec<(Option<CandidacyId>, Option<OrganisationId>, Option<Commitment>)>,
}

/// The nomination of the call, once there is one.
pub(crate) fn nomination(tx: &mut Tx<'_>, call: &CallId) -> Result<Option<Nomination>, Fault> {
    let found = tx.row(
        "SELECT authority, on_day, act, reason, file, source FROM sel_nomination WHERE call = ?1",
        values![*call],
        |row| {
            Ok(Nomination {
                authority: row.get(0)?,
                on: row.get(1)?,
                act: row.get(2)?,
                reason: row.get(3)?,
                file: row.get(4)?,
                source: row.get(5)?,
                nominees: Vec::new(),
            })
        },
    )?;
    let Some(mut nomination) = found else { return Ok(None) };
    nomination.nominees = tx.rows(
        "SELECT candidacy, organisation, person FROM sel_nominee WHERE call = ?1 ORDER BY rank",
        values![*call],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    Ok(Some(nomination))
}

/// One line of a call's story.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) entry: u64,
    pub(crate) call: CallId,
    pub(crate) word: String,
    pub(crate) on: Day,
    /// The candidacy or the party that it is about.
    pub(crate) who: Option<String>,
    pub(crate) text: Option<Commitment>,
}

/// The story of one call from its beginning, or of all from the newest, at most `most` lines.
pub(crate) fn stories(tx: &mut Tx<'_>, call: Option<&CallId>, most: usize) -> Result<Vec<Story>, Fault> {
    let read = |row: &Row<'_>| {
        Ok(Story {
            entry: row.get(0)?,
            call: row.get(1)?,
            word: row.get(2)?,
            on: row.get(3)?,
            who: row.get(4)?,
            text: row.get(5)?,
        })
    };
    match call {
        // Candidacies are told apart from the story: there may be many.
        Some(call) => tx.rows(
            &format!(
                "SELECT entry, call, word, on_day, who, text FROM sel_story WHERE call = ?1 AND word <> 'candidacy-filed' \
                 ORDER BY entry LIMIT {most}"
            ),
            values![*call],
            read,
        ),
        None => tx.rows(
            &format!(
                "SELECT entry, call, word, on_day, who, text FROM sel_story WHERE word <> 'candidacy-filed' ORDER BY entry \
                 DESC LIMIT {most}"
            ),
            &[],
            read,
        ),
    }
}

/// The seats that a body has, by code, French and English name.
pub(crate) fn seats_of(
    tx: &mut Tx<'_>,
    body: &BodyId,
) -> Result<Vec<(String, String, Option<String>)>, Fault> {
    tx.rows(
        "SELECT s.code, s.fr, s.en FROM sel_body b JOIN sel_seat s ON s.kind = b.kind WHERE b.body = ?1 ORDER BY s.fr, s.code",
        values![*body],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// The name of a body's seat, French and English.
pub(crate) fn seat_name(
    tx: &mut Tx<'_>,
    body: &BodyId,
    seat: &SeatCode,
) -> Result<Option<(String, Option<String>)>, Fault> {
    let seats = seats_of(tx, body)?;
    Ok(seats.into_iter().find(|(code, _, _)| code == seat.as_str()).map(|(_, fr, en)| (fr, en)))
}

/// Organisations registered before the pool was frozen (by now, while it is not), in the call's world, seated in the place of the body or within it; where the body
/// has no place, wherever they are.
fn may_vote(tx: &mut Tx<'_>, call: &Call, of: Option<&OrganisationId>) -> Result<Vec<OrganisationId>, Fault> {
    let before =
        call.frozen.as_ref().map_or(i64::MAX, |frozen| i64::try_from(frozen.entry).unwrap_or(i64::MAX));
    let found: Vec<(OrganisationId, Option<PlaceId>)> = tx.rows(
        "SELECT id, place FROM sel_organisation WHERE exercise = ?1 AND entry < ?2 AND (?3 = '' OR id = ?3) ORDER BY id",
        values![call.exercise, before, of.map_or("", OrganisationId::as_str)],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let body = record::directory::look_up(tx, record::directory::Kind::Body, call.body.as_str())?;
    let Some(within) = body.and_then(|body| body.place) else {
        return Ok(found.into_iter().map(|(id, _)| id).collect());
    };
    let mut electors = Vec::new();
    for (id, place) in found {
        let around = match &place {
            Some(place) => record::directory::places_around(tx, place)?,
            None => Vec::new(),
        };
        if around.contains(&within) {
            electors.push(id);
        }
    }
    Ok(electors)
}

/// How many organisations may vote.
pub(crate) fn electors(tx: &mut Tx<'_>, call: &Call) -> Result<u32, Fault> {
    Ok(u32::try_from(may_vote(tx, call, None)?.len()).unwrap_or(u32::MAX))
}

/// Whether the organisation may vote.
pub(crate) fn elector(tx: &mut Tx<'_>, call: &Call, organisation: &OrganisationId) -> Result<bool, Fault> {
    Ok(!may_vote(tx, call, Some(organisation))?.is_empty())
}

/// The elections whose ballot is over and not counted.
pub(crate) fn to_count(tx: &mut Tx<'_>, today: Day) -> Result<Vec<Call>, Fault> {
    let ids: Vec<String> = tx.rows(
        "SELECT id FROM sel_call WHERE vote_until < ?1 AND ended IS NULL ORDER BY entry",
        values![today],
        |row| row.get(0),
    )?;
    let mut calls = Vec::with_capacity(ids.len());
    for id in ids {
        calls.extend(call(tx, &id)?);
    }
    Ok(calls)
}
