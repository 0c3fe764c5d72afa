//! Bodies: which are required, which installed, who sits, when they met.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use record::{Fault, Tx, values};
use terms::institutions::{Holder, SeatFilled};
use terms::organisations::{Held, Verdict};
use terms::{Bilingual, Day, Precision, Sealed, SourceId, Word};

/// What a count must be of to say how many bodies are installed.
pub(crate) const INSTALLED_BODIES: &str = "installed-bodies";

/// What a count must be of to say which share of either sex a text demands: so many out of so many.
pub(crate) const SEX_QUOTA: &str = "sex-quota";

/// What a count must be of to say how many people live in a place.
pub(crate) const POPULATION: &str = "population";

/// The tables have taken in a word of bodies, seats, compositions, tallies or sittings.
pub(super) fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    let entry = sealed.index;
    match &sealed.entry.word {
        Word::BodyKindSet(w) => tx.run(
            "INSERT INTO ind_kind (id, level, meets_every) VALUES (?1, ?2, ?3) \
             ON CONFLICT (id) DO UPDATE SET level = excluded.level, meets_every = excluded.meets_every",
            values![w.id, w.level, w.meets_every],
        )?,
        Word::RequiredStated(w) => tx.run(
            "INSERT INTO ind_required (entry, kind, count, since, until) VALUES (?1, ?2, ?3, ?4, ?5)",
            values![entry, w.kind, w.count, w.from, w.to],
        )?,
        Word::CountStated(w) if w.subject == INSTALLED_BODIES => tx.run(
            "INSERT INTO ind_count (entry, kind, on_day, value, of_count) VALUES (?1, ?2, ?3, ?4, ?5)",
            values![entry, w.scope, w.on, w.value, w.of],
        )?,
        Word::CountStated(w) if w.subject == SEX_QUOTA => tx.run(
            "INSERT INTO ind_quota (entry, on_day, value, of_count) VALUES (?1, ?2, ?3, ?4)",
            values![entry, w.on, w.value, w.of.unwrap_or(100)],
        )?,
        Word::CountStated(w) if w.subject == POPULATION => tx.run(
            "INSERT INTO ind_population (place, on_day, people) VALUES (?1, ?2, ?3) \
             ON CONFLICT (place, on_day) DO UPDATE SET people = excluded.people",
            values![w.scope, w.on, w.value],
        )?,
        Word::BodyEstablished(w) => tx.run(
            "INSERT INTO ind_body (id, kind, place, since, until, exercise) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, place = excluded.place, since = \
             excluded.since, until = excluded.until, exercise = excluded.exercise",
            values![w.id, w.kind, w.place, w.from, w.to, w.exercise],
        )?,
        Word::BodyInstalled(w) => tx.run(
            "INSERT INTO ind_installed (body, on_day, precision) VALUES (?1, ?2, ?3) \
             ON CONFLICT (body) DO UPDATE SET on_day = excluded.on_day, precision = excluded.precision",
            values![w.body, w.on, w.precision.as_str()],
        )?,
        Word::SeatSet(w) => tx.run(
            "INSERT INTO ind_seat (kind, code, fr, en, constituency, count, overseen) VALUES (?1, ?2, ?3, ?4, ?5, \
             ?6, ?7) ON CONFLICT (kind, code) DO UPDATE SET fr = excluded.fr, en = excluded.en, \
             constituency = excluded.constituency, count = excluded.count, overseen = excluded.overseen",
            values![w.body_kind, w.code, w.name.fr, w.name.en, w.constituency, w.count, w.overseen_authority],
        )?,
        Word::SeatFilled(w) => filled(tx, w)?,
        Word::SeatLeft(w) => {
            tx.run("UPDATE ind_holding SET until = ?2 WHERE id = ?1", values![w.occupancy, w.on])?
        }
        Word::SeatInterrupted(w) => tx.run(
            "INSERT INTO ind_interruption (entry, body, seat, ordinal, since, until) VALUES (?1, ?2, ?3, \
            ?4, ?5, ?6)",
            values![entry, w.body, w.seat, w.ordinal, w.from, w.to],
        )?,
        Word::CompositionStated(w) => tx.run(
            "INSERT INTO ind_composition (body, on_day, members, women, youth) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (body, on_day) DO UPDATE SET members = excluded.members, women = excluded.women, \
             youth = excluded.youth",
            values![w.body, w.on, w.members, w.women, w.youth],
        )?,
        Word::OrganisationJoined(w) => {
            let since = w.from.map(|day| day.to_string()).unwrap_or_default();
            tx.run(
                "INSERT INTO ind_member (member, umbrella, since, until) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (member, umbrella, since) DO UPDATE SET until = excluded.until",
                values![w.member, w.umbrella, since, w.to],
            )?
        }
        Word::TieStated(w) => tx.run(
            "INSERT INTO ind_tie (entry, organisation, criterion, holds, basis, contested, since, until) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            values![
                entry,
                w.organisation,
                w.criterion,
                w.value.as_str(),
                w.basis.as_str(),
                w.contested,
                w.from,
                w.to
            ],
        )?,
        Word::OrganisationReplied(w) if w.contests => {
            tx.run("UPDATE ind_tie SET contested = ?2 WHERE entry = ?1", values![w.about, true])?
        }
        Word::TallyStated(w) => tx.run(
            "INSERT INTO ind_tally (entry, set_name, class, on_day, total, done, under_way, source) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            values![entry, w.set, w.class, w.on, w.total, w.done, w.under_way, w.source],
        )?,
        Word::SittingHeld(w) => tx.run(
            "INSERT INTO ind_sitting (id, body, on_day, evidenced, reported, present, civil_society) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (id) DO UPDATE SET body = excluded.body, on_day = excluded.on_day, \
             evidenced = excluded.evidenced, reported = excluded.reported, present = excluded.present, \
             civil_society = excluded.civil_society",
            values![
                w.id,
                w.body,
                w.on,
                !w.evidence.is_empty(),
                w.source.is_some(),
                w.present,
                w.civil_society
            ],
        )?,
        Word::SittingNotHeld(w) => tx.run(
            "INSERT INTO ind_not_held (entry, body, since, until, reported) VALUES (?1, ?2, ?3, ?4, ?5)",
            values![entry, w.body, w.from, w.to, w.source.is_some()],
        )?,
        _ => 0,
    };
    Ok(())
}

fn filled(tx: &mut Tx<'_>, word: &SeatFilled) -> Result<u64, Fault> {
    let named = !matches!(word.holder, Holder::Unnamed);
    let sex = word.sex.map(terms::institutions::Sex::as_str);
    let organisation = match &word.holder {
        Holder::Organisation { organisation, .. } => Some(organisation),
        _ => None,
    };
    tx.run(
        "INSERT INTO ind_holding (id, body, seat, ordinal, named, sex, youth, since, until, organisation) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, ?9) \
         ON CONFLICT (id) DO UPDATE SET body = excluded.body, seat = excluded.seat, ordinal = \
         excluded.ordinal, \
         named = excluded.named, sex = excluded.sex, youth = excluded.youth, since = excluded.since, \
         organisation = excluded.organisation",
        values![word.id, word.body, word.seat, word.ordinal, named, sex, word.youth, word.from, organisation],
    )
}

/// A kind of body and the scope under which its figures stand.
#[derive(Debug, Clone)]
pub(crate) struct Kind {
    pub(crate) id: String,
    pub(crate) meets_every: Option<String>,
    /// Whether a sourced fact says how many there must be.
    pub(crate) required: bool,
    /// The level where it is the only such kind; else the level and the kind.
    pub(crate) scope: String,
}

/// Every kind of body, by level from the country down.
pub(crate) fn kinds(tx: &mut Tx<'_>) -> Result<Vec<Kind>, Fault> {
    let rows: Vec<(String, Option<String>, Option<String>, i64)> = tx.rows(
        "SELECT k.id, k.level, k.meets_every, (SELECT COUNT(*) FROM ind_required r WHERE r.kind = k.id) \
         FROM ind_kind k LEFT JOIN ind_level l ON l.id = k.level ORDER BY COALESCE(l.rank, 99), k.id",
        &[],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let mut required_at: HashMap<&str, usize> = HashMap::new();
    for (_, level, ..) in rows.iter().filter(|row| row.3 > 0) {
        *required_at.entry(level.as_deref().unwrap_or_default()).or_default() += 1;
    }
    let scope = |id: &str, level: Option<&str>, stated: i64| match level {
        Some(level) if stated > 0 && required_at.get(level) == Some(&1) => level.to_owned(),
        Some(level) => format!("{level}/{id}"),
        None => id.to_owned(),
    };
    Ok(rows
        .iter()
        .map(|(id, level, meets_every, stated)| Kind {
            id: id.clone(),
            meets_every: meets_every.clone(),
            required: *stated > 0,
            scope: scope(id, level.as_deref(), *stated),
        })
        .collect())
}

/// How many bodies of a kind the text requires on that day, and since when.
pub(crate) fn required(tx: &mut Tx<'_>, kind: &str, day: Day) -> Result<Option<(i64, Option<Day>)>, Fault> {
    tx.row(
        "SELECT count, since FROM ind_required WHERE kind = ?1 AND (since IS NULL OR since <= ?2) \
         AND (until IS NULL OR until > ?2) ORDER BY COALESCE(since, '') DESC, entry DESC LIMIT 1",
        values![kind, day],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// A count of installed bodies that a source gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StatedCount {
    pub(crate) on: Day,
    pub(crate) value: i64,
    pub(crate) of: Option<i64>,
}

/// The counts of installed bodies of a kind up to the day, oldest first; of several on one day, the one
/// recorded last.
pub(crate) fn stated_counts(tx: &mut Tx<'_>, kind: &str, day: Day) -> Result<Vec<StatedCount>, Fault> {
    let rows: Vec<StatedCount> = tx.rows(
        "SELECT on_day, value, of_count FROM ind_count WHERE kind = ?1 AND on_day <= ?2 ORDER BY on_day, \
        entry",
        values![kind, day],
        |row| Ok(StatedCount { on: row.get(0)?, value: row.get(1)?, of: row.get(2)? }),
    )?;
    let by_day: BTreeMap<Day, StatedCount> = rows.into_iter().map(|count| (count.on, count)).collect();
    Ok(by_day.into_values().collect())
}

/// How many real bodies of a kind are known by name to be installed on that day.
pub(crate) fn named_installed(tx: &mut Tx<'_>, kind: &str, day: Day) -> Result<i64, Fault> {
    tx.one(
        "SELECT COUNT(*) FROM ind_body b JOIN ind_installed i ON i.body = b.id WHERE b.kind = ?1 \
         AND b.exercise = ?3 AND i.on_day <= ?2 AND (b.until IS NULL OR b.until > ?2)",
        values![kind, day, false],
    )
}

/// A body that is in force, and its sittings.
#[derive(Debug, Clone)]
pub(crate) struct Assembly {
    pub(crate) body: String,
    pub(crate) kind: String,
    pub(crate) exercise: bool,
    pub(crate) installed_on: Day,
    pub(crate) precision: Precision,
    /// Days of evidenced sittings, ascending.
    pub(crate) evidenced: Vec<Day>,
    /// Since when its own sittings are written here, one after the other; unknown where nobody does. A sitting
    /// that a source reports shows that it met on that day, and says nothing of any other.
    pub(crate) followed_from: Option<Day>,
    /// Periods of which it is known that it did not meet: first day, and first day after.
    pub(crate) not_held: Vec<(Day, Day)>,
}

impl Assembly {
    /// Whether anything here could tell of days without a sitting. Of a body of which only sources report, those
    /// known are all held by construction: a share among them would be a made-up whole.
    pub(crate) fn is_looked_at(&self) -> bool {
        self.followed_from.is_some() || !self.not_held.is_empty()
    }

    /// Whether it is known of these days, both included, that it met or that it did not.
    pub(crate) fn is_known(&self, first: Day, last: Day) -> bool {
        self.followed_from.is_some_and(|from| from <= last)
            || self.evidenced.iter().any(|on| (first..=last).contains(on))
            || self.not_held.iter().any(|(since, until)| *since <= first && last < *until)
    }
}

/// The installed bodies on that day with their sittings; one of them where a body is given.
pub(crate) fn assemblies(tx: &mut Tx<'_>, day: Day, only: Option<&str>) -> Result<Vec<Assembly>, Fault> {
    let within = only.map_or("", |_| " AND b.id = ?2");
    let bound: Vec<record::Value> = with_only(day, only);
    let mut found: Vec<Assembly> = tx.rows(
        &format!(
            "SELECT b.id, b.kind, b.exercise, i.on_day, i.precision FROM ind_body b JOIN ind_installed i \
            ON i.body = b.id \
             WHERE i.on_day <= ?1 AND (b.until IS NULL OR b.until > ?1){within} ORDER BY b.id"
        ),
        &bound,
        |row| {
            let precision: String = row.get(4)?;
            Ok(Assembly {
                body: row.get(0)?,
                kind: row.get(1)?,
                exercise: row.get(2)?,
                installed_on: row.get(3)?,
                precision: Precision::from_cell(&precision).unwrap_or(Precision::Day),
                evidenced: Vec::new(),
                followed_from: None,
                not_held: Vec::new(),
            })
        },
    )?;
    let mut sittings = sittings(tx, only, &bound)?;
    let mut not_held = not_held(tx, only, &bound)?;
    for assembly in &mut found {
        let held = sittings.remove(&assembly.body).unwrap_or_default();
        let missed = not_held.remove(&assembly.body).unwrap_or_default();
        let written = held.iter().filter(|held| !held.reported).map(|held| held.on);
        assembly.followed_from =
            written.chain(missed.iter().filter(|missed| !missed.2).map(|missed| missed.0)).min();
        assembly.evidenced = held.into_iter().filter(|held| held.evidenced).map(|held| held.on).collect();
        assembly.not_held = missed.into_iter().map(|(since, until, _)| (since, until)).collect();
    }
    Ok(found)
}

/// A sitting: when, whether anything shows it, whether a source reports it.
struct Sat {
    on: Day,
    evidenced: bool,
    reported: bool,
}

fn sittings(
    tx: &mut Tx<'_>,
    only: Option<&str>,
    bound: &[record::Value],
) -> Result<HashMap<String, Vec<Sat>>, Fault> {
    let within = only.map_or("", |_| " AND body = ?2");
    let mut sittings: HashMap<String, Vec<Sat>> = HashMap::new();
    tx.each(
        &format!(
            "SELECT body, on_day, evidenced, reported FROM ind_sitting WHERE on_day <= ?1{within} \
             ORDER BY on_day, id"
        ),
        bound,
        |row| {
            let sat = Sat { on: row.get(1)?, evidenced: row.get(2)?, reported: row.get(3)? };
            sittings.entry(row.get(0)?).or_default().push(sat);
            Ok(())
        },
    )?;
    Ok(sittings)
}

/// Periods without a sitting by body: first day, first day after, whether a source reports it.
type Missed = HashMap<String, Vec<(Day, Day, bool)>>;

fn not_held(tx: &mut Tx<'_>, only: Option<&str>, bound: &[record::Value]) -> Result<Missed, Fault> {
    let within = only.map_or("", |_| " AND body = ?2");
    let mut missed: Missed = HashMap::new();
    tx.each(
        &format!(
            "SELECT body, since, until, reported FROM ind_not_held WHERE since <= ?1{within} \
             ORDER BY since, entry"
        ),
        bound,
        |row| {
            missed.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?, row.get(3)?));
            Ok(())
        },
    )?;
    Ok(missed)
}

/// Which share of either sex a text demands on the day, as a share of one; none where no text is known.
pub(crate) fn sex_quota(tx: &mut Tx<'_>, day: Day) -> Result<Option<f64>, Fault> {
    tx.row(
        "SELECT value, of_count FROM ind_quota WHERE on_day <= ?1 AND of_count > 0 \
         ORDER BY on_day DESC, entry DESC LIMIT 1",
        values![day],
        |row| Ok(row.get::<i64>(0)? as f64 / row.get::<i64>(1)? as f64),
    )
}

fn with_only(day: Day, only: Option<&str>) -> Vec<record::Value> {
    let day = record::ToValue::to_value(&day);
    std::iter::once(day).chain(only.map(record::ToValue::to_value)).collect()
}

/// Who was present at evidenced sittings: body, all present, civil society among them.
pub(crate) fn attendances(
    tx: &mut Tx<'_>,
    day: Day,
    only: Option<&str>,
) -> Result<Vec<(String, i64, Option<i64>)>, Fault> {
    let within = only.map_or("", |_| " AND body = ?2");
    tx.rows(
        &format!(
            "SELECT body, present, civil_society FROM ind_sitting WHERE on_day <= ?1{within} \
             AND present IS NOT NULL AND evidenced ORDER BY body, on_day, id"
        ),
        &with_only(day, only),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// How many members a source counted, and how many women and young people among them.
#[derive(Debug, Clone)]
pub(crate) struct Composition {
    pub(crate) body: String,
    pub(crate) exercise: bool,
    pub(crate) members: i64,
    pub(crate) women: Option<i64>,
    pub(crate) youth: Option<i64>,
}

/// The newest stated composition of each body up to the day.
pub(crate) fn compositions(tx: &mut Tx<'_>, day: Day, only: Option<&str>) -> Result<Vec<Composition>, Fault> {
    let within = only.map_or("", |_| " AND c.body = ?2");
    let rows: Vec<Composition> = tx.rows(
        &format!(
            "SELECT c.body, b.exercise, c.members, c.women, c.youth FROM ind_composition c JOIN ind_body b \
             ON b.id = c.body WHERE c.on_day <= ?1{within} ORDER BY c.body, c.on_day"
        ),
        &with_only(day, only),
        |row| {
            Ok(Composition {
                body: row.get(0)?,
                exercise: row.get(1)?,
                members: row.get(2)?,
                women: row.get(3)?,
                youth: row.get(4)?,
            })
        },
    )?;
    let newest: BTreeMap<String, Composition> = rows.into_iter().map(|row| (row.body.clone(), row)).collect();
    Ok(newest.into_values().collect())
}

/// How far a set had come, as a source counted it.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    pub(crate) set: String,
    pub(crate) class: String,
    pub(crate) total: i64,
    pub(crate) done: Option<i64>,
    pub(crate) under_way: Option<i64>,
}

/// The newest tally of each set and class up to the day, in the order in which they were first stated.
pub(crate) fn tallies(tx: &mut Tx<'_>, day: Day) -> Result<Vec<Tally>, Fault> {
    let rows: Vec<Tally> = tx.rows(
        "SELECT set_name, class, total, done, under_way FROM ind_tally WHERE on_day <= ?1 ORDER BY on_day, \
        entry",
        values![day],
        |row| {
            Ok(Tally {
                set: row.get(0)?,
                class: row.get(1)?,
                total: row.get(2)?,
                done: row.get(3)?,
                under_way: row.get(4)?,
            })
        },
    )?;
    let mut newest: Vec<Tally> = Vec::new();
    for tally in rows {
        match newest.iter_mut().find(|kept| (&kept.set, &kept.class) == (&tally.set, &tally.class)) {
            Some(kept) => *kept = tally,
            None => newest.push(tally),
        }
    }
    Ok(newest)
}

/// The source that last counted this part of a set, where one is named; `None` when nobody counted it.
pub(crate) fn tally_source(
    tx: &mut Tx<'_>,
    set: &str,
    class: &str,
) -> Result<Option<Option<SourceId>>, Fault> {
    tx.row(
        "SELECT source FROM ind_tally WHERE set_name = ?1 AND class = ?2 ORDER BY entry DESC LIMIT 1",
        values![*set, *class],
        |row| row.get(0),
    )
}

/// A body with seats: in force on the day, and since when it is known to be.
#[derive(Debug, Clone)]
pub(crate) struct Seated {
    pub(crate) body: String,
    pub(crate) kind: String,
    pub(crate) exercise: bool,
    pub(crate) installed_on: Option<Day>,
    /// The place it serves.
    pub(crate) place: Option<String>,
}

/// The bodies whose seats are looked at: installed, or of a kind that no count requires and whose seats a
/// text gives.
pub(crate) fn seated(tx: &mut Tx<'_>, day: Day, only: Option<&str>) -> Result<Vec<Seated>, Fault> {
    let within = only.map_or("", |_| " AND b.id = ?2");
    tx.rows(
        &format!(
            "SELECT b.id, b.kind, b.exercise, i.on_day, b.place FROM ind_body b LEFT JOIN ind_installed i ON i.body \
            = b.id \
             AND i.on_day <= ?1 WHERE (b.since IS NULL OR b.since <= ?1 OR i.on_day IS NOT NULL) \
             AND (b.until IS NULL OR b.until > ?1) AND EXISTS (SELECT 1 FROM ind_seat s WHERE \
             s.kind = b.kind) \
             AND (i.on_day IS NOT NULL OR NOT EXISTS (SELECT 1 FROM ind_required r WHERE r.kind = \
             b.kind)){within} \
             ORDER BY b.id"
        ),
        &with_only(day, only),
        |row| {
            Ok(Seated {
                body: row.get(0)?,
                kind: row.get(1)?,
                exercise: row.get(2)?,
                installed_on: row.get(3)?,
                place: row.get(4)?,
            })
        },
    )
}

/// A seat that a text gives to a kind of body.
#[derive(Debug, Clone)]
pub(crate) struct SeatRule {
    pub(crate) kind: String,
    pub(crate) code: String,
    pub(crate) name: Bilingual,
    pub(crate) constituency: String,
    /// Whether who designates is an authority under oversight.
    pub(crate) overseen: Option<bool>,
    pub(crate) count: Option<i64>,
}

/// Every seat of every kind.
pub(crate) fn seat_rules(tx: &mut Tx<'_>) -> Result<Vec<SeatRule>, Fault> {
    tx.rows(
        "SELECT kind, code, fr, en, constituency, count, overseen FROM ind_seat ORDER BY kind, code",
        &[],
        |row| {
            Ok(SeatRule {
                kind: row.get(0)?,
                code: row.get(1)?,
                name: Bilingual { fr: row.get(2)?, en: row.get(3)? },
                constituency: row.get(4)?,
                overseen: row.get(6)?,
                count: row.get(5)?,
            })
        },
    )
}

/// A holding that began by the day.
#[derive(Debug, Clone)]
pub(crate) struct Holding {
    pub(crate) ordinal: i64,
    pub(crate) named: bool,
    /// The organisation, where one holds it; of several that are one, the one under whose id they go on.
    pub(crate) organisation: Option<String>,
    pub(crate) sex: Option<String>,
    pub(crate) youth: Option<bool>,
    pub(crate) since: Option<Day>,
    pub(crate) until: Option<Day>,
}

/// Holdings by body and seat.
pub(crate) fn holdings(
    tx: &mut Tx<'_>,
    day: Day,
    only: Option<&str>,
) -> Result<HashMap<(String, String), Vec<Holding>>, Fault> {
    let within = only.map_or("", |_| " AND body = ?2");
    let mut found: HashMap<(String, String), Vec<Holding>> = HashMap::new();
    tx.each(
        &format!(
            "SELECT body, seat, ordinal, named, sex, youth, since, until, COALESCE(m.root, organisation) FROM \
             ind_holding LEFT JOIN merged m ON m.id = organisation \
             WHERE (since IS NULL OR since <= ?1){within} ORDER BY body, seat, ordinal, ind_holding.id"
        ),
        &with_only(day, only),
        |row| {
            found.entry((row.get(0)?, row.get(1)?)).or_default().push(Holding {
                ordinal: row.get(2)?,
                named: row.get(3)?,
                sex: row.get(4)?,
                youth: row.get(5)?,
                since: row.get(6)?,
                until: row.get(7)?,
                organisation: row.get(8)?,
            });
            Ok(())
        },
    )?;
    Ok(found)
}

/// A seat without a holder, or suspended, from one day to another; every such seat where no ordinal is given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Interrupted {
    pub(crate) ordinal: Option<i64>,
    pub(crate) since: Day,
    pub(crate) until: Option<Day>,
}

/// Interruptions that began by the day, by body and seat.
pub(crate) fn interruptions(
    tx: &mut Tx<'_>,
    day: Day,
    only: Option<&str>,
) -> Result<HashMap<(String, String), Vec<Interrupted>>, Fault> {
    let within = only.map_or("", |_| " AND body = ?2");
    let mut found: HashMap<(String, String), Vec<Interrupted>> = HashMap::new();
    tx.each(
        &format!(
            "SELECT body, seat, ordinal, since, until FROM ind_interruption WHERE since <= ?1{within} \
            ORDER BY entry"
        ),
        &with_only(day, only),
        |row| {
            found.entry((row.get(0)?, row.get(1)?)).or_default().push(Interrupted {
                ordinal: row.get(2)?,
                since: row.get(3)?,
                until: row.get(4)?,
            });
            Ok(())
        },
    )?;
    Ok(found)
}

/// Ids of the bodies with seats or an installation after an id, in order, at most `most`.
pub(crate) fn bodies_after(
    tx: &mut Tx<'_>,
    day: Day,
    after: &str,
    most: usize,
) -> Result<Vec<String>, Fault> {
    let installed: Vec<String> = tx.rows(
        "SELECT b.id FROM ind_body b JOIN ind_installed i ON i.body = b.id WHERE b.id > ?1 AND i.on_day <= \
        ?2 \
         AND (b.until IS NULL OR b.until > ?2) ORDER BY b.id LIMIT ?3",
        values![after, day, most],
        |row| row.get(0),
    )?;
    let seated: Vec<String> = tx.rows(
        "SELECT b.id FROM ind_body b WHERE b.id > ?1 AND (b.since IS NULL OR b.since <= ?2) \
         AND (b.until IS NULL OR b.until > ?2) AND EXISTS (SELECT 1 FROM ind_seat s WHERE s.kind = b.kind) \
         AND NOT EXISTS (SELECT 1 FROM ind_required r WHERE r.kind = b.kind) ORDER BY b.id LIMIT ?3",
        values![after, day, most],
        |row| row.get(0),
    )?;
    let both: BTreeSet<String> = installed.into_iter().chain(seated).collect();
    Ok(both.into_iter().take(most).collect())
}

/// Memberships in force on the day: each member with its umbrella; organisations that are one are one member, or one umbrella. What
/// begins on a day that nobody knows is in force since always.
pub(crate) fn memberships(tx: &mut Tx<'_>, day: Day) -> Result<Vec<(String, String)>, Fault> {
    tx.rows(
        "SELECT DISTINCT COALESCE(m.root, i.member), COALESCE(u.root, i.umbrella) FROM ind_member i LEFT JOIN merged m \
         ON m.id = i.member LEFT JOIN merged u ON u.id = i.umbrella WHERE i.since <= ?1 AND (i.until IS NULL OR \
         i.until > ?1) AND COALESCE(m.root, i.member) <> COALESCE(u.root, i.umbrella) ORDER BY 1, 2",
        values![day],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What stands of a tie of an organisation, criterion by criterion, for those of which anything was said that holds for the day.
pub(crate) type Ties = HashMap<String, BTreeMap<String, Verdict>>;

/// The ties of every organisation on the day; what was said of organisations that are one is said of one.
///
/// **Shape** of each basis the newest statement that holds for the day stands, as in the register.
pub(crate) fn ties(tx: &mut Tx<'_>, day: Day) -> Result<Ties, Fault> {
    let mut newest: BTreeMap<(String, String, String), (Held, bool)> = BTreeMap::new();
    tx.each(
        "SELECT COALESCE(m.root, t.organisation), t.criterion, t.basis, t.holds, t.contested FROM ind_tie t LEFT JOIN \
         merged m ON m.id = t.organisation WHERE (t.since IS NULL OR t.since <= ?1) AND (t.until IS NULL OR t.until > \
         ?1) ORDER BY t.entry",
        values![day],
        |row| {
            let holds: String = row.get(3)?;
            let held = Held::parse(&holds).ok_or_else(|| Fault::Value(format!("un lien dit « {holds} »")))?;
            newest.insert((row.get(0)?, row.get(1)?, row.get(2)?), (held, row.get(4)?));
            Ok(())
        },
    )?;
    let mut said: HashMap<String, BTreeMap<String, Vec<(Held, bool)>>> = HashMap::new();
    for ((organisation, criterion, _), one) in newest {
        said.entry(organisation).or_default().entry(criterion).or_default().push(one);
    }
    let verdicts = |said: BTreeMap<String, Vec<(Held, bool)>>| {
        said.into_iter().map(|(criterion, said)| (criterion, Verdict::of(said))).collect()
    };
    Ok(said.into_iter().map(|(organisation, said)| (organisation, verdicts(said))).collect())
}

/// How many people live in each place, by the newest count up to the day.
pub(crate) fn populations(tx: &mut Tx<'_>, day: Day) -> Result<HashMap<String, i64>, Fault> {
    let rows: Vec<(String, i64)> = tx.rows(
        "SELECT place, people FROM ind_population WHERE on_day <= ?1 ORDER BY place, on_day",
        values![day],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}
