//! How each word changes the tables.

use record::{Fault, ToValue, Tx, Value, values};
use terms::answers::{Answered, Awaited, ClockPaused, ClockResumed, Escalated, Observer, SilenceNoted};
use terms::institutions::BodyEstablished;
use terms::recommendations::{Author, RecommendationAdopted, RecommendationTransmitted};
use terms::{Actor, BodyId, Day, PlaceId, RecommendationId, RuleId, Sealed, Word};
use web::days_apart;

use super::cases::{cases_of, joined, keep, load, open_under};
use super::event::{Event, Of};
use crate::case::Case;

/// The tables have taken in the entry.
pub(super) fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    match &sealed.entry.word {
        Word::LevelSet(level) => run(
            tx,
            "INSERT INTO answer_level (id, place_rank) VALUES (?1, ?2) \
             ON CONFLICT (id) DO UPDATE SET place_rank = excluded.place_rank",
            values![level.id, level.rank],
        ),
        Word::PlaceNamed(place) => run(
            tx,
            "INSERT INTO answer_place (id, level) VALUES (?1, ?2) \
             ON CONFLICT (id) DO UPDATE SET level = excluded.level",
            values![place.id, place.level],
        ),
        Word::BodyEstablished(body) => established(tx, body),
        Word::ClockRuleSet(rule) => {
            run(tx, "DELETE FROM answer_reminder WHERE rule = ?1", values![rule.id])?;
            for after in &rule.remind_after_days {
                run(
                    tx,
                    "INSERT INTO answer_reminder (rule, after_days) VALUES (?1, ?2) \
                     ON CONFLICT (rule, after_days) DO NOTHING",
                    values![rule.id, *after],
                )?;
            }
            // Other reminders are other days on which the cases of this rule must be looked at.
            let open = open_under(tx, rule.id.as_str())?;
            open.iter().try_for_each(|case| keep(tx, Some(case), case))
        }
        Word::RecommendationAdopted(adopted) => self::adopted(tx, adopted),
        word => exchange(tx, sealed, word),
    }
}

fn exchange(tx: &mut Tx<'_>, sealed: &Sealed, word: &Word) -> Result<(), Fault> {
    match word {
        Word::RecommendationTransmitted(transmitted) => self::transmitted(tx, sealed, transmitted),
        Word::Acknowledged(a) => {
            let of = Of::load(tx, &a.recommendation)?;
            let case = changed(tx, &a.recommendation, &a.addressee, |case| {
                case.acknowledged_on = Some(case.acknowledged_on.map_or(a.on, |known| known.min(a.on)));
            })?;
            let mut event = Event::new("acknowledged", &a.recommendation, Some(&a.addressee), a.on);
            event.channel = Some(a.channel.as_str());
            event.file = a.file.to_value();
            event.days = case.map(|case| days_apart(case.delivered_on, a.on));
            event.write(tx, sealed, &of)
        }
        Word::Answered(answered) => self::answered(tx, sealed, answered),
        Word::SilenceNoted(silence) => silent(tx, sealed, silence),
        Word::Reminded(r) => {
            let of = Of::load(tx, &r.recommendation)?;
            reminded(tx, &r.recommendation, &r.addressee, r.on, sealed.entry.by == Actor::Clock)?;
            Event::new("reminded", &r.recommendation, Some(&r.addressee), r.on).write(tx, sealed, &of)
        }
        Word::Escalated(escalated) => self::escalated(tx, sealed, escalated),
        Word::ClockPaused(paused) => self::paused(tx, sealed, paused),
        Word::ClockResumed(resumed) => self::resumed(tx, sealed, resumed),
        Word::DueExtended(e) => {
            let of = Of::load(tx, &e.recommendation)?;
            changed(tx, &e.recommendation, &e.addressee, |case| {
                case.answer_by = Some(e.answer_by);
                case.extended = true;
            })?;
            let mut event = Event::new("extended", &e.recommendation, Some(&e.addressee), e.on);
            event.text = e.reason.to_value();
            event.due = Some(e.answer_by);
            event.write(tx, sealed, &of)
        }
        word => follow_up(tx, sealed, word),
    }
}

fn follow_up(tx: &mut Tx<'_>, sealed: &Sealed, word: &Word) -> Result<(), Fault> {
    match word {
        Word::ImplementationDeclared(d) => {
            let of = Of::load(tx, &d.recommendation)?;
            let mut event = Event::new("declared", &d.recommendation, Some(&d.addressee), d.on);
            event.text = d.text.to_value();
            (event.point, event.state) = (Some(d.point), Some(d.state.as_str()));
            event.write(tx, sealed, &of)
        }
        Word::ImplementationObserved(o) => {
            let of = Of::load(tx, &o.recommendation)?;
            let mut event = Event::new("observed", &o.recommendation, None, o.on);
            (event.text, event.file) = (o.evidence.to_value(), o.file.to_value());
            (event.point, event.state) = (Some(o.point), Some(o.state.as_str()));
            event.other = Some(match &o.observer {
                Observer::Organisation { organisation } => format!("organisation/{organisation}"),
                Observer::Body { body } => format!("body/{body}"),
            });
            event.write(tx, sealed, &of)
        }
        Word::RecommendationClosed(c) => {
            turned(tx, &c.recommendation, |case| case.closed_on = Some(c.on))?;
            close(tx, &c.recommendation, Some(c.on))?;
            let mut event = Event::new("closed", &c.recommendation, None, c.on);
            (event.text, event.state) = (c.reason.to_value(), Some(c.ground.as_str()));
            let of = Of::load(tx, &c.recommendation)?;
            event.write(tx, sealed, &of)
        }
        Word::RecommendationReopened(r) => {
            turned(tx, &r.recommendation, |case| {
                (case.closed_on, case.reopened_on) = (None, Some(r.on));
            })?;
            close(tx, &r.recommendation, None)?;
            let mut event = Event::new("reopened", &r.recommendation, None, r.on);
            event.text = r.reason.to_value();
            let of = Of::load(tx, &r.recommendation)?;
            event.write(tx, sealed, &of)
        }
        _ => Ok(()),
    }
}

fn run(tx: &mut Tx<'_>, sql: &str, values: &[Value]) -> Result<(), Fault> {
    tx.run(sql, values)?;
    Ok(())
}

fn established(tx: &mut Tx<'_>, body: &BodyEstablished) -> Result<(), Fault> {
    run(
        tx,
        "INSERT INTO answer_body (id, kind, place) VALUES (?1, ?2, ?3) \
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, place = excluded.place",
        values![body.id, body.kind, body.place],
    )
}

/// The rule's reminders, ascending.
pub(crate) fn reminders_of(tx: &mut Tx<'_>, rule: &RuleId) -> Result<Vec<u32>, Fault> {
    tx.rows(
        "SELECT after_days FROM answer_reminder WHERE rule = ?1 ORDER BY after_days",
        values![*rule],
        |row| row.get(0),
    )
}

/// Who asks, in one cell.
fn author(author: &Author) -> String {
    match author {
        Author::Body { body } => format!("body/{body}"),
        Author::Organisation { organisation } => format!("organisation/{organisation}"),
        Author::Named { .. } => String::new(),
    }
}

fn adopted(tx: &mut Tx<'_>, adopted: &RecommendationAdopted) -> Result<(), Fault> {
    let (mut region, mut places): (Option<&PlaceId>, Vec<&PlaceId>) = (None, Vec::new());
    for place in &adopted.places {
        let rank: Option<i64> = tx.row(
            "SELECT l.place_rank FROM answer_place p JOIN answer_level l ON l.id = p.level WHERE p.id = ?1",
            values![*place],
            |row| row.get(0),
        )?;
        if rank == Some(1) {
            region = Some(place);
        }
        // The whole country needs no list of its own.
        if rank != Some(0) {
            places.push(place);
        }
    }
    let addressees: Vec<&BodyId> = adopted.addressees.iter().map(|addressee| &addressee.body).collect();
    run(
        tx,
        "INSERT INTO answer_recommendation \
         (id, title, author, adopted_on, priority, exercise, region, places, addressees, closed_on) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL) ON CONFLICT (id) DO NOTHING",
        values![
            adopted.id,
            adopted.title,
            author(&adopted.author),
            adopted.adopted_on,
            adopted.priority,
            adopted.exercise,
            region,
            joined(&places),
            joined(&addressees)
        ],
    )?;
    for point in &adopted.points {
        run(
            tx,
            "INSERT INTO answer_point (recommendation, number, text, deadline) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (recommendation, number) DO NOTHING",
            values![adopted.id, point.number, point.text, point.deadline],
        )?;
    }
    Ok(())
}

/// The case as changed, if it is known on the day replayed.
fn changed(
    tx: &mut Tx<'_>,
    recommendation: &RecommendationId,
    addressee: &BodyId,
    change: impl FnOnce(&mut Case),
) -> Result<Option<Case>, Fault> {
    let Some(before) = load(tx, recommendation, addressee)? else { return Ok(None) };
    let mut case = before.clone();
    change(&mut case);
    keep(tx, Some(&before), &case)?;
    Ok(Some(case))
}

fn turned(
    tx: &mut Tx<'_>,
    recommendation: &RecommendationId,
    change: impl Fn(&mut Case),
) -> Result<(), Fault> {
    for before in cases_of(tx, recommendation)? {
        let mut case = before.clone();
        change(&mut case);
        keep(tx, Some(&before), &case)?;
    }
    Ok(())
}

fn close(tx: &mut Tx<'_>, recommendation: &RecommendationId, on: Option<Day>) -> Result<(), Fault> {
    run(tx, "UPDATE answer_recommendation SET closed_on = ?2 WHERE id = ?1", values![*recommendation, on])
}

/// What a delivery brings, whether by transmission or by escalation.
struct Delivery<'a> {
    recommendation: &'a RecommendationId,
    addressee: &'a BodyId,
    on: Day,
    rule: Option<&'a RuleId>,
    acknowledge_by: Option<Day>,
    answer_by: Option<Day>,
    points: Vec<u8>,
    from: Option<&'a BodyId>,
}

/// The clock starts at the first delivery; a later one to the same addressee starts none.
fn delivered(tx: &mut Tx<'_>, sealed: &Sealed, of: &Of, delivery: Delivery<'_>) -> Result<(), Fault> {
    let before = load(tx, delivery.recommendation, delivery.addressee)?;
    let mut case = match &before {
        // The letter of an escalation opened the case; the proof of its delivery sets the day.
        Some(case) if case.by_escalation && delivery.from.is_none() => case.clone(),
        Some(_) => return Ok(()),
        None => opened(sealed, of, &delivery),
    };
    case.by_escalation = delivery.from.is_some();
    case.delivered_on = delivery.on;
    case.rule = delivery.rule.cloned();
    (case.acknowledge_original, case.acknowledge_by) = (delivery.acknowledge_by, delivery.acknowledge_by);
    (case.answer_original, case.answer_by) = (delivery.answer_by, delivery.answer_by);
    case.points = delivery.points;
    keep(tx, before.as_ref(), &case)
}

fn opened(sealed: &Sealed, of: &Of, delivery: &Delivery<'_>) -> Case {
    Case {
        recommendation: delivery.recommendation.clone(),
        addressee: delivery.addressee.clone(),
        author: of.author.clone(),
        delivered_on: delivery.on,
        known: sealed.known,
        entry: sealed.index,
        by_escalation: false,
        points: Vec::new(),
        rule: None,
        acknowledge_original: None,
        acknowledge_by: None,
        answer_original: None,
        answer_by: None,
        extended: false,
        acknowledged_on: None,
        answered_on: None,
        substantive_on: None,
        silent_acknowledgement: None,
        silent_answer: None,
        reminders: 0,
        last_reminded: None,
        paused_from: None,
        paused_days: 0,
        escalated_from: delivery.from.cloned(),
        escalated_to: None,
        closed_on: None,
        reopened_on: None,
        priority: of.priority,
        exercise: of.exercise,
        region: of.region.clone(),
        places: of.places.clone(),
    }
}

fn transmitted(tx: &mut Tx<'_>, sealed: &Sealed, t: &RecommendationTransmitted) -> Result<(), Fault> {
    let of = Of::load(tx, &t.recommendation)?;
    let mut points = t.points.clone();
    if points.is_empty() && !of.addressees.contains(&t.addressee) {
        // Whoever was passed some points, and was not asked the rest, owes an answer to these.
        points = tx.rows(
            "SELECT DISTINCT point FROM answer_stance WHERE recommendation = ?1 AND passed_to = ?2 ORDER BY point",
            values![t.recommendation, t.addressee],
            |row| row.get(0),
        )?;
    }
    let delivery = Delivery {
        recommendation: &t.recommendation,
        addressee: &t.addressee,
        on: t.delivered_on,
        rule: t.rule.as_ref(),
        acknowledge_by: t.acknowledge_by,
        answer_by: t.answer_by,
        points,
        from: None,
    };
    delivered(tx, sealed, &of, delivery)?;
    let mut event = Event::new("transmitted", &t.recommendation, Some(&t.addressee), t.delivered_on);
    (event.proof, event.file) = (Some(t.proof.as_str()), t.file.to_value());
    event.due = t.answer_by;
    event.write(tx, sealed, &of)
}

fn answered(tx: &mut Tx<'_>, sealed: &Sealed, a: &Answered) -> Result<(), Fault> {
    let of = Of::load(tx, &a.recommendation)?;
    for point in &a.points {
        run(
            tx,
            "INSERT INTO answer_stance (entry, point, recommendation, addressee, on_day, stance, text, by_when, \
             responsible, secrecy_basis, passed_to, substance, refusal) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (entry, point) DO NOTHING",
            values![
                sealed.index,
                point.point,
                a.recommendation,
                a.addressee,
                a.on,
                *point.stance.as_str(),
                point.text,
                point.by_when,
                point.responsible,
                point.secrecy_basis,
                point.passed_to,
                point.is_substantive(),
                point.stance.is_refusal()
            ],
        )?;
    }
    for organisation in &a.witnesses {
        run(
            tx,
            "INSERT INTO answer_witness (entry, organisation) VALUES (?1, ?2) \
             ON CONFLICT (entry, organisation) DO NOTHING",
            values![sealed.index, *organisation],
        )?;
    }
    let before = load(tx, &a.recommendation, &a.addressee)?;
    let substantive = match &before {
        Some(case) => substantive_on(tx, case)?,
        None => None,
    };
    let case = changed(tx, &a.recommendation, &a.addressee, |case| {
        case.answered_on = Some(case.answered_on.map_or(a.on, |known| known.min(a.on)));
        case.substantive_on = substantive;
    })?;
    let mut event = Event::new("answered", &a.recommendation, Some(&a.addressee), a.on);
    event.channel = Some(a.channel.as_str());
    (event.text, event.file) = (a.text.to_value(), a.file.to_value());
    event.substance = Some(substantive.is_some());
    event.due = case.as_ref().and_then(|case| case.answer_by);
    event.days = case.map(|case| days_apart(case.delivered_on, a.on));
    event.write(tx, sealed, &of)
}

/// The first day on which every point asked had its answer in substance, over all answers taken together.
fn substantive_on(tx: &mut Tx<'_>, case: &Case) -> Result<Option<Day>, Fault> {
    let answered: Vec<(u8, Day)> = tx.rows(
        "SELECT point, min(on_day) FROM answer_stance WHERE recommendation = ?1 AND addressee = ?2 \
         AND substance = ?3 GROUP BY point",
        values![case.recommendation, case.addressee, true],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut points = case.points.clone();
    if points.is_empty() {
        points = tx.rows(
            "SELECT number FROM answer_point WHERE recommendation = ?1 ORDER BY number",
            values![case.recommendation],
            |row| row.get(0),
        )?;
    }
    // Where the points are not known, nobody can say that all were answered.
    let day_of = |point: &u8| answered.iter().find(|(number, _)| number == point).map(|(_, day)| *day);
    let days: Option<Vec<Day>> = points.iter().map(day_of).collect();
    Ok(days.and_then(|days| days.into_iter().max()))
}

fn silent(tx: &mut Tx<'_>, sealed: &Sealed, s: &SilenceNoted) -> Result<(), Fault> {
    let of = Of::load(tx, &s.recommendation)?;
    changed(tx, &s.recommendation, &s.addressee, |case| match s.awaited {
        Awaited::Acknowledgement => case.silent_acknowledgement = Some(s.due),
        Awaited::Answer => case.silent_answer = Some(s.due),
    })?;
    let mut event = Event::new("silence", &s.recommendation, Some(&s.addressee), s.on);
    (event.awaited, event.due) = (Some(s.awaited.as_str()), Some(s.due));
    event.write(tx, sealed, &of)
}

/// A reminder by the clock is one of the rule's; one by a person leaves the rule's as they are, except on past days.
fn reminded(
    tx: &mut Tx<'_>,
    recommendation: &RecommendationId,
    addressee: &BodyId,
    on: Day,
    by_clock: bool,
) -> Result<(), Fault> {
    let Some(before) = load(tx, recommendation, addressee)? else { return Ok(()) };
    let mut case = before.clone();
    case.last_reminded = Some(case.last_reminded.map_or(on, |last| last.max(on)));
    if let (true, Some(rule)) = (by_clock, &case.rule) {
        let days = case.reminder_days(&reminders_of(tx, rule)?);
        let behind = days
            .iter()
            .position(|day| *day == on)
            .map_or(case.reminders, |i| u8::try_from(i + 1).unwrap_or(u8::MAX));
        case.reminders = case.reminders.max(behind);
    }
    keep(tx, Some(&before), &case)
}

fn escalated(tx: &mut Tx<'_>, sealed: &Sealed, e: &Escalated) -> Result<(), Fault> {
    let of = Of::load(tx, &e.recommendation)?;
    let from = changed(tx, &e.recommendation, &e.from, |case| case.escalated_to = Some(e.to.clone()))?;
    let delivery = Delivery {
        recommendation: &e.recommendation,
        addressee: &e.to,
        on: e.on,
        rule: e.rule.as_ref(),
        acknowledge_by: e.acknowledge_by,
        answer_by: e.answer_by,
        points: from.map(|case| case.points).unwrap_or_default(),
        from: Some(&e.from),
    };
    delivered(tx, sealed, &of, delivery)?;
    let mut event = Event::new("escalated", &e.recommendation, Some(&e.from), e.on);
    (event.text, event.step) = (e.letter.to_value(), Some(e.step));
    event.other = Some(format!("body/{}", e.to));
    event.due = e.answer_by;
    event.write(tx, sealed, &of)
}

fn paused(tx: &mut Tx<'_>, sealed: &Sealed, p: &ClockPaused) -> Result<(), Fault> {
    let of = Of::load(tx, &p.recommendation)?;
    run(
        tx,
        "INSERT INTO answer_pause (recommendation, addressee, entry, cause, from_day, to_day) \
         VALUES (?1, ?2, ?3, ?4, ?5, NULL)",
        values![p.recommendation, p.addressee, sealed.index, p.cause, p.from],
    )?;
    changed(tx, &p.recommendation, &p.addressee, |case| case.paused_from = Some(p.from))?;
    let mut event = Event::new("paused", &p.recommendation, Some(&p.addressee), p.from);
    (event.text, event.cause) = (p.text.to_value(), Some(p.cause.as_str()));
    event.write(tx, sealed, &of)
}

fn resumed(tx: &mut Tx<'_>, sealed: &Sealed, r: &ClockResumed) -> Result<(), Fault> {
    let of = Of::load(tx, &r.recommendation)?;
    run(
        tx,
        "UPDATE answer_pause SET to_day = ?3 WHERE recommendation = ?1 AND addressee = ?2 AND to_day IS NULL",
        values![r.recommendation, r.addressee, r.on],
    )?;
    changed(tx, &r.recommendation, &r.addressee, |case| {
        let days = case.paused_from.take().map_or(0, |from| days_apart(from, r.on));
        case.paused_days += u32::try_from(days).unwrap_or(0);
        case.acknowledge_by = r.acknowledge_by.or(case.acknowledge_by);
        case.answer_by = r.answer_by.or(case.answer_by);
    })?;
    let mut event = Event::new("resumed", &r.recommendation, Some(&r.addressee), r.on);
    (event.text, event.due) = (r.text.to_value(), r.answer_by);
    event.write(tx, sealed, &of)
}
