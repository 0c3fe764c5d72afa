//! The ledger's tables, how entries change them, and what pages ask of them. The only SQL of the room.

use record::enclosures::Held;
use record::{Fault, Row, Tables, ToValue, Tx, Value, values};
use terms::admission::{InvitedAs, SeatOffered, SeatRequestAnswered, SeatRequested};
use terms::answers::{Awaited, Stance};
use terms::{
    Actor, AdmissionId, Bilingual, BodyId, Commitment, Day, OrganisationId, RuleId, Sealed, SeatCode,
    SourceId, Word,
};

use crate::ledger::{Line, Stage, Way};

/// The room's tables.
pub(crate) const TABLES: Tables = Tables { room: "admission", derived: DERIVED, drawers: "", apply };

const DERIVED: &str = "
CREATE TABLE admission (
    id TEXT PRIMARY KEY,
    way TEXT NOT NULL,
    organisation TEXT NOT NULL,
    body TEXT NOT NULL,
    seat TEXT,
    authority TEXT NOT NULL,
    on_day TEXT NOT NULL,
    known TEXT NOT NULL,
    entry BIGINT NOT NULL,
    rule TEXT,
    acknowledge_by TEXT,
    answer_by TEXT,
    acknowledged_on TEXT,
    answered_on TEXT,
    substantive_on TEXT,
    stance TEXT,
    accepted BOOLEAN,
    silent_acknowledgement TEXT,
    silent_answer TEXT,
    last_reminded TEXT,
    withdrawn_on TEXT,
    exercise BOOLEAN NOT NULL,
    invited_as TEXT,
    stage TEXT NOT NULL,
    next_check TEXT
);
CREATE INDEX admission_day ON admission (exercise, on_day, id);
CREATE INDEX admission_organisation ON admission (organisation, on_day);
CREATE INDEX admission_body ON admission (body, on_day);
CREATE INDEX admission_authority ON admission (authority, on_day);
CREATE INDEX admission_check ON admission (next_check);
CREATE INDEX admission_rule ON admission (rule);
CREATE TABLE admission_event (
    entry BIGINT PRIMARY KEY,
    admission TEXT NOT NULL,
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    known TEXT NOT NULL,
    by_clock BOOLEAN NOT NULL,
    channel TEXT,
    stance TEXT,
    awaited TEXT,
    due TEXT,
    passed_to TEXT,
    accepted BOOLEAN,
    text TEXT,
    basis TEXT,
    file TEXT,
    source TEXT
);
CREATE INDEX admission_event_of ON admission_event (admission, on_day, entry);
CREATE TABLE admission_reminder (
    rule TEXT NOT NULL,
    after_days BIGINT NOT NULL,
    PRIMARY KEY (rule, after_days)
);
CREATE TABLE admission_kind (id TEXT PRIMARY KEY, level TEXT);
CREATE TABLE admission_body_kind (body TEXT PRIMARY KEY, kind TEXT NOT NULL);
CREATE TABLE admission_seat (
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    fr TEXT NOT NULL,
    en TEXT,
    PRIMARY KEY (kind, code)
);
";

fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    match &sealed.entry.word {
        Word::ClockRuleSet(rule) => {
            tx.run("DELETE FROM admission_reminder WHERE rule = ?1", values![rule.id])?;
            for after in &rule.remind_after_days {
                tx.run(
                    "INSERT INTO admission_reminder (rule, after_days) VALUES (?1, ?2) ON CONFLICT (rule, after_days) \
                     DO NOTHING",
                    values![rule.id, *after],
                )?;
            }
            // What was to come of its requests is found anew.
            for line in lines(tx, "WHERE rule = ?1 ORDER BY id", values![rule.id])? {
                keep(tx, &line)?;
            }
            Ok(())
        }
        Word::BodyKindSet(kind) => run(
            tx,
            "INSERT INTO admission_kind (id, level) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET level = \
             excluded.level",
            values![kind.id, kind.level],
        ),
        Word::BodyEstablished(body) => run(
            tx,
            "INSERT INTO admission_body_kind (body, kind) VALUES (?1, ?2) ON CONFLICT (body) DO UPDATE SET kind = \
             excluded.kind",
            values![body.id, body.kind],
        ),
        Word::SeatSet(seat) => run(
            tx,
            "INSERT INTO admission_seat (kind, code, fr, en) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, code) DO \
             UPDATE SET fr = excluded.fr, en = excluded.en",
            values![seat.body_kind, seat.code, seat.name.fr, seat.name.en],
        ),
        Word::SeatRequested(word) => requested(tx, sealed, word),
        Word::SeatOffered(word) => offered(tx, sealed, word),
        _ => happened(tx, sealed),
    }
}

fn run(tx: &mut Tx<'_>, sql: &str, bound: &[Value]) -> Result<(), Fault> {
    tx.run(sql, bound)?;
    Ok(())
}

/// What happened on a line that is open.
fn happened(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    match &sealed.entry.word {
        Word::SeatRequestAcknowledged(word) => {
            changed(tx, &word.id, |line| line.acknowledged_on = Some(word.on))?;
            let event = Event { channel: Some(word.channel.as_str()), ..Event::new("acknowledged", word.on) };
            event.write(tx, sealed, &word.id, [Value::Null, Value::Null, word.file.to_value()])
        }
        Word::SeatRequestAnswered(word) => answered(tx, sealed, word),
        Word::SeatRequestSilenceNoted(word) => {
            changed(tx, &word.id, |line| match word.awaited {
                Awaited::Acknowledgement => line.silent_acknowledgement = Some(word.due),
                Awaited::Answer => line.silent_answer = Some(word.due),
            })?;
            let (awaited, due) = (Some(word.awaited.as_str()), Some(word.due));
            let event = Event { awaited, due, ..Event::new("silence", word.on) };
            event.write(tx, sealed, &word.id, NOTHING)
        }
        Word::SeatRequestReminded(word) => {
            changed(tx, &word.id, |line| {
                line.last_reminded = Some(line.last_reminded.map_or(word.on, |last| last.max(word.on)));
            })?;
            Event::new("reminded", word.on).write(tx, sealed, &word.id, NOTHING)
        }
        Word::SeatRequestWithdrawn(word) => {
            changed(tx, &word.id, |line| line.withdrawn_on = Some(word.on))?;
            let pieces = [word.text.to_value(), Value::Null, Value::Null];
            Event::new("withdrawn", word.on).write(tx, sealed, &word.id, pieces)
        }
        Word::SeatOfferAnswered(word) => {
            changed(tx, &word.id, |line| {
                (line.answered_on, line.accepted) = (Some(word.on), Some(word.accepted));
            })?;
            let (accepted, source) = (Some(word.accepted), word.source.as_ref());
            let event = Event { accepted, source, ..Event::new("offer-answered", word.on) };
            event.write(tx, sealed, &word.id, [word.text.to_value(), Value::Null, Value::Null])
        }
        _ => Ok(()),
    }
}

const NOTHING: [Value; 3] = [Value::Null, Value::Null, Value::Null];

/// One thing that happened, as its row is written.
#[derive(Clone, Copy)]
struct Event<'a> {
    kind: &'static str,
    on: Day,
    channel: Option<&'static str>,
    stance: Option<&'static str>,
    awaited: Option<&'static str>,
    due: Option<Day>,
    passed_to: Option<&'a BodyId>,
    accepted: Option<bool>,
    source: Option<&'a SourceId>,
}

impl Event<'_> {
    const fn new(kind: &'static str, on: Day) -> Self {
        Self {
            kind,
            on,
            channel: None,
            stance: None,
            awaited: None,
            due: None,
            passed_to: None,
            accepted: None,
            source: None,
        }
    }

    /// The row, with the commitments to its text, its legal basis and its file.
    fn write(
        self,
        tx: &mut Tx<'_>,
        sealed: &Sealed,
        id: &AdmissionId,
        [text, basis, file]: [Value; 3],
    ) -> Result<(), Fault> {
        run(
            tx,
            "INSERT INTO admission_event (entry, admission, kind, on_day, known, by_clock, channel, stance, awaited, \
             due, passed_to, accepted, text, basis, file, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, \
             ?11, ?12, ?13, ?14, ?15, ?16)",
            values![
                sealed.index,
                *id,
                self.kind,
                self.on,
                sealed.known,
                matches!(sealed.entry.by, Actor::Clock),
                self.channel,
                self.stance,
                self.awaited,
                self.due,
                self.passed_to,
                self.accepted,
                text,
                basis,
                file,
                self.source
            ],
        )
    }
}

fn requested(tx: &mut Tx<'_>, sealed: &Sealed, word: &SeatRequested) -> Result<(), Fault> {
    let line = Line {
        way: Way::Asked,
        authority: word.addressee.clone(),
        on: word.delivered_on,
        rule: word.rule.clone(),
        acknowledge_by: word.acknowledge_by,
        answer_by: word.answer_by,
        exercise: word.exercise,
        ..opened(sealed, &word.id, (&word.organisation, &word.body, word.seat.as_ref()))
    };
    insert(tx, &line, None)?;
    let event = Event {
        due: word.answer_by,
        source: word.source.as_ref(),
        ..Event::new("requested", word.delivered_on)
    };
    event.write(tx, sealed, &word.id, [word.text.to_value(), Value::Null, word.file.to_value()])
}

fn offered(tx: &mut Tx<'_>, sealed: &Sealed, word: &SeatOffered) -> Result<(), Fault> {
    let line = Line {
        way: Way::Offered,
        authority: word.by.clone(),
        on: word.on,
        answer_by: word.answer_by,
        exercise: word.exercise,
        ..opened(sealed, &word.id, (&word.organisation, &word.body, word.seat.as_ref()))
    };
    insert(tx, &line, Some(word.invited_as))?;
    let event = Event { due: word.answer_by, source: word.source.as_ref(), ..Event::new("offered", word.on) };
    event.write(tx, sealed, &word.id, [word.text.to_value(), Value::Null, word.file.to_value()])
}

fn opened(
    sealed: &Sealed,
    id: &AdmissionId,
    (organisation, body, seat): (&OrganisationId, &BodyId, Option<&SeatCode>),
) -> Line {
    Line {
        id: id.clone(),
        way: Way::Asked,
        organisation: organisation.clone(),
        body: body.clone(),
        seat: seat.cloned(),
        authority: body.clone(),
        on: sealed.known,
        known: sealed.known,
        entry: sealed.index,
        rule: None,
        acknowledge_by: None,
        answer_by: None,
        acknowledged_on: None,
        answered_on: None,
        substantive_on: None,
        stance: None,
        accepted: None,
        silent_acknowledgement: None,
        silent_answer: None,
        last_reminded: None,
        withdrawn_on: None,
        exercise: false,
    }
}

fn answered(tx: &mut Tx<'_>, sealed: &Sealed, word: &SeatRequestAnswered) -> Result<(), Fault> {
    changed(tx, &word.id, |line| {
        line.answered_on = Some(line.answered_on.map_or(word.on, |first| first.min(word.on)));
        if word.is_substantive() {
            line.substantive_on = Some(line.substantive_on.map_or(word.on, |first| first.min(word.on)));
        }
        if word.is_substantive() || line.substantive_on.is_none() {
            line.stance = Some(word.stance);
        }
    })?;
    let event = Event {
        channel: Some(word.channel.as_str()),
        stance: Some(word.stance.as_str()),
        passed_to: word.passed_to.as_ref(),
        source: word.source.as_ref(),
        ..Event::new("answered", word.on)
    };
    event.write(
        tx,
        sealed,
        &word.id,
        [word.text.to_value(), word.secrecy_basis.to_value(), word.file.to_value()],
    )
}

/// The line as changed, if it is known on the day replayed.
fn changed(tx: &mut Tx<'_>, id: &AdmissionId, change: impl FnOnce(&mut Line)) -> Result<(), Fault> {
    let Some(mut line) = line(tx, id.as_str())? else { return Ok(()) };
    change(&mut line);
    keep(tx, &line)
}

const COLUMNS: &str = "id, way, organisation, body, seat, authority, on_day, known, entry, rule, acknowledge_by, \
     answer_by, acknowledged_on, answered_on, substantive_on, stance, accepted, silent_acknowledgement, \
     silent_answer, last_reminded, withdrawn_on, exercise";

fn line_at(row: &Row<'_>) -> Result<Line, Fault> {
    let (way, stance): (String, Option<String>) = (row.get(1)?, row.get(15)?);
    Ok(Line {
        id: row.get(0)?,
        way: Way::parse(&way).ok_or_else(|| Fault::Value(format!("une démarche dite « {way} »")))?,
        organisation: row.get(2)?,
        body: row.get(3)?,
        seat: row.get(4)?,
        authority: row.get(5)?,
        on: row.get(6)?,
        known: row.get(7)?,
        entry: row.get(8)?,
        rule: row.get(9)?,
        acknowledge_by: row.get(10)?,
        answer_by: row.get(11)?,
        acknowledged_on: row.get(12)?,
        answered_on: row.get(13)?,
        substantive_on: row.get(14)?,
        stance: stance.as_deref().and_then(Stance::parse),
        accepted: row.get(16)?,
        silent_acknowledgement: row.get(17)?,
        silent_answer: row.get(18)?,
        last_reminded: row.get(19)?,
        withdrawn_on: row.get(20)?,
        exercise: row.get(21)?,
    })
}

fn lines(tx: &mut Tx<'_>, rest: &str, bound: &[Value]) -> Result<Vec<Line>, Fault> {
    tx.rows(&format!("SELECT {COLUMNS} FROM admission {rest}"), bound, line_at)
}

/// The line of this id.
pub(crate) fn line(tx: &mut Tx<'_>, id: &str) -> Result<Option<Line>, Fault> {
    tx.row(&format!("SELECT {COLUMNS} FROM admission WHERE id = ?1"), values![*id], line_at)
}

fn next_check(tx: &mut Tx<'_>, line: &Line) -> Result<Option<Day>, Fault> {
    let reminders = reminders_of(tx, line.rule.as_ref())?;
    Ok(line.to_come(&reminders).first().map(|fell| fell.on()))
}

fn insert(tx: &mut Tx<'_>, line: &Line, invited_as: Option<InvitedAs>) -> Result<(), Fault> {
    let next = next_check(tx, line)?;
    run(
        tx,
        "INSERT INTO admission (id, way, organisation, body, seat, authority, on_day, known, entry, rule, \
         acknowledge_by, answer_by, exercise, invited_as, stage, next_check) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, \
         ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) ON CONFLICT (id) DO NOTHING",
        values![
            line.id,
            line.way.as_str(),
            line.organisation,
            line.body,
            line.seat,
            line.authority,
            line.on,
            line.known,
            line.entry,
            line.rule,
            line.acknowledge_by,
            line.answer_by,
            line.exercise,
            invited_as.map(InvitedAs::as_str),
            line.stage().as_str(),
            next
        ],
    )
}

/// What may change of a line stands as it is here.
fn keep(tx: &mut Tx<'_>, line: &Line) -> Result<(), Fault> {
    let next = next_check(tx, line)?;
    run(
        tx,
        "UPDATE admission SET acknowledged_on = ?2, answered_on = ?3, substantive_on = ?4, stance = ?5, accepted = \
         ?6, silent_acknowledgement = ?7, silent_answer = ?8, last_reminded = ?9, withdrawn_on = ?10, stage = ?11, \
         next_check = ?12 WHERE id = ?1",
        values![
            line.id,
            line.acknowledged_on,
            line.answered_on,
            line.substantive_on,
            line.stance.map(Stance::as_str),
            line.accepted,
            line.silent_acknowledgement,
            line.silent_answer,
            line.last_reminded,
            line.withdrawn_on,
            line.stage().as_str(),
            next
        ],
    )
}

/// Every request of which something has fallen due by the day. No other is read.
pub(crate) fn to_check(tx: &mut Tx<'_>, today: Day) -> Result<Vec<Line>, Fault> {
    lines(tx, "WHERE next_check <= ?1 ORDER BY next_check, id", values![today])
}

/// The rule's reminders, ascending; none where no rule runs.
pub(crate) fn reminders_of(tx: &mut Tx<'_>, rule: Option<&RuleId>) -> Result<Vec<u32>, Fault> {
    let Some(rule) = rule else { return Ok(Vec::new()) };
    tx.rows(
        "SELECT after_days FROM admission_reminder WHERE rule = ?1 ORDER BY after_days",
        values![*rule],
        |row| row.get(0),
    )
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) way: Option<Way>,
    pub(crate) stage: Option<Stage>,
    pub(crate) organisation: Option<String>,
    pub(crate) body: Option<String>,
    /// Exercises instead of what is real; both where absent.
    pub(crate) exercise: Option<bool>,
    /// The day and id of the last of the page before.
    pub(crate) after: Option<(Day, String)>,
}

/// The lines of the filter whose day has come, the newest first, at most `most`.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter, day: Day, most: usize) -> Result<Vec<Line>, Fault> {
    let mut conditions = vec!["on_day <= ?1".to_owned()];
    let mut bound = values![day].to_vec();
    let mut and = |condition: &str, value: Value| {
        bound.push(value);
        conditions.push(condition.replace('#', &format!("?{}", bound.len())));
    };
    if let Some(way) = filter.way {
        and("way = #", way.as_str().to_value());
    }
    if let Some(stage) = filter.stage {
        and("stage = #", stage.as_str().to_value());
    }
    if let Some(organisation) = &filter.organisation {
        and(
            "(organisation = # OR organisation IN (SELECT m.id FROM merged m WHERE m.root = #))",
            organisation.to_value(),
        );
    }
    if let Some(body) = &filter.body {
        and("(body = # OR authority = #)", body.to_value());
    }
    if let Some(exercise) = filter.exercise {
        and("exercise = #", exercise.to_value());
    }
    if let Some((on, id)) = &filter.after {
        and("on_day <= #", on.to_value());
        let day_place = bound.len();
        bound.push(id.to_value());
        conditions.push(format!("(on_day < ?{day_place} OR id > ?{})", bound.len()));
    }
    let rest = format!("WHERE {} ORDER BY on_day DESC, id LIMIT {most}", conditions.join(" AND "));
    lines(tx, &rest, &bound)
}

/// The organisation's lines about a body.
pub(crate) fn between(
    tx: &mut Tx<'_>,
    organisation: &OrganisationId,
    body: &BodyId,
) -> Result<Vec<Line>, Fault> {
    lines(tx, "WHERE organisation = ?1 AND body = ?2 ORDER BY on_day, id", values![*organisation, *body])
}

/// How many lines stand in each stage, of what is real or of exercises.
pub(crate) fn tally(tx: &mut Tx<'_>, exercise: bool) -> Result<Vec<(Stage, i64)>, Fault> {
    let rows: Vec<(String, i64)> = tx.rows(
        "SELECT stage, COUNT(*) FROM admission WHERE exercise = ?1 GROUP BY stage",
        values![exercise],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let of = |stage: Stage| rows.iter().find(|(word, _)| word == stage.as_str()).map_or(0, |(_, n)| *n);
    Ok(Stage::ALL.into_iter().map(|stage| (stage, of(stage))).filter(|(_, n)| *n > 0).collect())
}

/// As what the organisation was invited, where the line is an invitation.
pub(crate) fn invited_as(tx: &mut Tx<'_>, id: &AdmissionId) -> Result<Option<InvitedAs>, Fault> {
    let word: Option<Option<String>> =
        tx.row("SELECT invited_as FROM admission WHERE id = ?1", values![*id], |row| row.get(0))?;
    Ok(word.flatten().as_deref().and_then(InvitedAs::parse))
}

/// A text that an entry commits to: `None` where it has none, `Some(None)` where it was withdrawn.
pub(crate) type Enclosure = Option<Option<String>>;

/// One thing that happened.
#[derive(Debug, Clone)]
pub(crate) struct Happened {
    pub(crate) entry: u64,
    pub(crate) kind: String,
    pub(crate) on: Day,
    pub(crate) by_clock: bool,
    pub(crate) channel: Option<String>,
    pub(crate) stance: Option<String>,
    pub(crate) awaited: Option<String>,
    pub(crate) due: Option<Day>,
    pub(crate) passed_to: Option<BodyId>,
    pub(crate) accepted: Option<bool>,
    pub(crate) text: Enclosure,
    pub(crate) basis: Enclosure,
    pub(crate) file: Option<Commitment>,
    pub(crate) source: Option<SourceId>,
}

/// Everything that happened on the line, in its order.
pub(crate) fn happenings(tx: &mut Tx<'_>, id: &AdmissionId) -> Result<Vec<Happened>, Fault> {
    tx.rows(
        "SELECT v.entry, v.kind, v.on_day, v.by_clock, v.channel, v.stance, v.awaited, v.due, v.passed_to, \
         v.accepted, v.text, t.bytes, v.basis, b.bytes, v.file, v.source FROM admission_event v \
         LEFT JOIN enclosure t ON t.sha256 = v.text LEFT JOIN enclosure b ON b.sha256 = v.basis \
         WHERE v.admission = ?1 ORDER BY v.on_day, v.entry",
        values![*id],
        |row| {
            Ok(Happened {
                entry: row.get(0)?,
                kind: row.get(1)?,
                on: row.get(2)?,
                by_clock: row.get(3)?,
                channel: row.get(4)?,
                stance: row.get(5)?,
                awaited: row.get(6)?,
                due: row.get(7)?,
                passed_to: row.get(8)?,
                accepted: row.get(9)?,
                text: enclosure(row, 10)?,
                basis: enclosure(row, 12)?,
                file: row.get(14)?,
                source: row.get(15)?,
            })
        },
    )
}

fn enclosure(row: &Row<'_>, column: usize) -> Result<Enclosure, Fault> {
    let sha256: Option<String> = row.get(column)?;
    sha256.map(|_| row.get(column + 1)).transpose()
}

/// The file of an entry: of which line, its commitment, and its bytes where they are at hand.
pub(crate) fn file(
    tx: &mut Tx<'_>,
    entry: u64,
) -> Result<Option<(AdmissionId, Commitment, Option<Held>)>, Fault> {
    let found: Option<(AdmissionId, Option<Commitment>)> =
        tx.row("SELECT admission, file FROM admission_event WHERE entry = ?1", values![entry], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let Some((id, Some(sha256))) = found else { return Ok(None) };
    let held = record::enclosures::held(tx, &sha256)?;
    Ok(Some((id, sha256, held)))
}

/// The seats that texts give to the body, by code.
pub(crate) fn seats_of(tx: &mut Tx<'_>, body: &BodyId) -> Result<Vec<(SeatCode, Bilingual)>, Fault> {
    tx.rows(
        "SELECT s.code, s.fr, s.en FROM admission_seat s JOIN admission_body_kind b ON b.kind = s.kind \
         WHERE b.body = ?1 ORDER BY s.fr, s.code",
        values![*body],
        |row| Ok((row.get(0)?, Bilingual { fr: row.get(1)?, en: row.get(2)? })),
    )
}

/// The level that the body serves, where its kind has one.
pub(crate) fn level_of(tx: &mut Tx<'_>, body: &BodyId) -> Result<Option<String>, Fault> {
    let level: Option<Option<String>> = tx.row(
        "SELECT k.level FROM admission_body_kind b JOIN admission_kind k ON k.id = b.kind WHERE b.body = ?1",
        values![*body],
        |row| row.get(0),
    )?;
    Ok(level.flatten())
}
