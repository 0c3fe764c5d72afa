//! The instance's clocks and feasts, which every room that counts days asks.

use std::collections::HashMap;

use calendar::{Calendar, Due, Feast, MovableSet, Pause, Weekday};
use maud::{Markup, html};
use record::{Fault, Tables, Tx, values};
use terms::answers::Awaited;
use terms::instance::{ClockRuleSet, LegalBasis};
use terms::{Bilingual, Day, FeastRule, Mark, RuleId, Sealed, Unit, Word};

use crate::{Language, Visit};

/// The tables of rules and feasts, kept from the record.
#[must_use]
pub const fn clocks_tables() -> Tables {
    Tables {
        room: "web-clocks",
        derived: "
CREATE TABLE weekend (day BIGINT PRIMARY KEY);
CREATE TABLE feast (
    entry BIGINT PRIMARY KEY,
    fr TEXT NOT NULL,
    rule TEXT NOT NULL,
    since TEXT,
    until TEXT,
    source TEXT,
    mark TEXT
);
CREATE TABLE feast_year (
    set_name TEXT NOT NULL,
    year BIGINT NOT NULL,
    PRIMARY KEY (set_name, year)
);
CREATE TABLE clock_rule (id TEXT PRIMARY KEY, says TEXT NOT NULL);
CREATE TABLE pause_cause (id TEXT PRIMARY KEY, fr TEXT NOT NULL, en TEXT, times_max BIGINT);
",
        drawers: "",
        apply,
    }
}

fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    let written = |error: serde_json::Error| Fault::Value(error.to_string());
    match &sealed.entry.word {
        Word::RecordFounded(founded) => {
            for day in &founded.weekend {
                tx.run("INSERT INTO weekend (day) VALUES (?1)", values![*day])?;
            }
        }
        Word::FeastSet(feast) => {
            let rule = serde_json::to_string(&feast.rule).map_err(written)?;
            tx.run(
                "INSERT INTO feast (entry, fr, rule, since, until, source, mark) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                values![
                    sealed.index,
                    feast.name.fr,
                    rule,
                    feast.since,
                    feast.until,
                    feast.source,
                    feast.mark.map(Mark::as_str)
                ],
            )?;
        }
        Word::FeastYearsKnown(known) => {
            for year in &known.years {
                tx.run(
                    "INSERT INTO feast_year (set_name, year) VALUES (?1, ?2) ON CONFLICT (set_name, year) DO NOTHING",
                    values![known.set, *year],
                )?;
            }
        }
        Word::ClockRuleSet(rule) => {
            let says = serde_json::to_string(rule).map_err(written)?;
            tx.run(
                "INSERT INTO clock_rule (id, says) VALUES (?1, ?2) \
                 ON CONFLICT (id) DO UPDATE SET says = excluded.says",
                values![rule.id, says],
            )?;
        }
        Word::PauseCauseSet(cause) => {
            tx.run(
                "INSERT INTO pause_cause (id, fr, en, times_max) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT (id) DO UPDATE SET fr = excluded.fr, en = excluded.en, times_max = excluded.times_max",
                values![cause.id, cause.name.fr, cause.name.en, cause.times_max],
            )?;
        }
        _ => {}
    }
    Ok(())
}

/// How far a day that was only expected may lie from the one given since for the same feast.
const NEAR_DAYS: i64 = 10;

/// The feasts that count: a day that nobody checked gives way to one that was given since for the same feast.
fn settled(feasts: Vec<Feast>) -> Vec<Feast> {
    let dated = |feast: &Feast| match feast.rule {
        FeastRule::Dated { day } => Some(day),
        _ => None,
    };
    let sure: Vec<(String, Day)> = feasts
        .iter()
        .filter(|feast| !feast.unverified)
        .filter_map(|feast| Some((feast.name.clone(), dated(feast)?)))
        .collect();
    let given_since = |feast: &Feast, expected: Day| {
        sure.iter()
            .any(|(name, on)| *name == feast.name && crate::days_apart(expected, *on).abs() <= NEAR_DAYS)
    };
    let counts =
        |feast: &Feast| !feast.unverified || !dated(feast).is_some_and(|day| given_since(feast, day));
    feasts.into_iter().filter(counts).collect()
}

/// Whether a day so marked was checked by nobody.
fn unverified(mark: Option<Mark>) -> bool {
    matches!(mark, Some(Mark::Unverified | Mark::Proposal))
}

/// A cause for which a clock may stand still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PauseCause {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// How often it may serve for one addressee.
    pub times_max: Option<u8>,
}

/// The rules and feasts in force.
#[derive(Debug, Clone)]
pub struct Clocks {
    /// Which days are worked.
    pub calendar: Calendar,
    /// The rules, by id.
    pub rules: HashMap<RuleId, ClockRuleSet>,
    /// The causes of pauses.
    pub causes: Vec<PauseCause>,
}

impl Clocks {
    /// The rules and feasts as the record has them.
    ///
    /// **Errors** the database refused.
    pub fn load(tx: &mut Tx<'_>) -> Result<Self, Fault> {
        let weekend = tx.rows("SELECT day FROM weekend ORDER BY day", &[], |row| row.get::<usize>(0))?;
        let weekend: Vec<Weekday> =
            weekend.iter().filter_map(|day| Weekday::ALL.get(day.checked_sub(1)?).copied()).collect();
        let feasts =
            tx.rows("SELECT fr, rule, since, until, source, mark FROM feast ORDER BY entry", &[], |row| {
                let rule: String = row.get(1)?;
                let rule: FeastRule =
                    serde_json::from_str(&rule).map_err(|error| Fault::Value(error.to_string()))?;
                let source: Option<String> = row.get(4)?;
                let (name, since, until) = (row.get(0)?, row.get(2)?, row.get(3)?);
                let mark: Option<String> = row.get(5)?;
                let unverified = unverified(mark.as_deref().and_then(Mark::parse));
                Ok(Feast { name, rule, since, until, source: source.unwrap_or_default(), unverified })
            })?;
        let mut years: Vec<(String, Vec<i16>)> = Vec::new();
        tx.each("SELECT set_name, year FROM feast_year ORDER BY set_name, year", &[], |row| {
            let (set, year): (String, i16) = (row.get(0)?, row.get(1)?);
            match years.last_mut() {
                Some((last, known)) if *last == set => known.push(year),
                _ => years.push((set, vec![year])),
            }
            Ok(())
        })?;
        let mut calendar = Calendar::new().with_weekend(weekend).with_feasts(settled(feasts));
        for (set, known) in years {
            calendar = calendar.with_movable(MovableSet::new(set, known));
        }
        let rules = tx.rows("SELECT says FROM clock_rule ORDER BY id", &[], |row| {
            let says: String = row.get(0)?;
            serde_json::from_str::<ClockRuleSet>(&says).map_err(|error| Fault::Value(error.to_string()))
        })?;
        let causes = tx.rows("SELECT id, fr, en, times_max FROM pause_cause ORDER BY id", &[], |row| {
            let name = Bilingual { fr: row.get(1)?, en: row.get(2)? };
            Ok(PauseCause { id: row.get(0)?, name, times_max: row.get(3)? })
        })?;
        Ok(Self { calendar, rules: rules.into_iter().map(|rule| (rule.id.clone(), rule)).collect(), causes })
    }

    /// The rules and feasts that these words set: what a pack says before any record holds it.
    ///
    /// **Units** days of the weekend are 1 = Monday … 7 = Sunday.
    pub fn from_words<'a>(weekend: &[u8], words: impl IntoIterator<Item = &'a Word>) -> Self {
        let weekend =
            weekend.iter().filter_map(|day| Weekday::ALL.get(usize::from(day.checked_sub(1)?)).copied());
        let mut clocks = Self {
            calendar: Calendar::new().with_weekend(weekend),
            rules: HashMap::new(),
            causes: Vec::new(),
        };
        for word in words {
            match word {
                Word::FeastSet(feast) => clocks.calendar.feasts.push(Feast {
                    name: feast.name.fr.clone(),
                    rule: feast.rule,
                    since: feast.since,
                    until: feast.until,
                    source: feast.source.as_ref().map(ToString::to_string).unwrap_or_default(),
                    unverified: unverified(feast.mark),
                }),
                Word::FeastYearsKnown(known) => {
                    let years = known.years.iter().copied();
                    clocks.calendar.movable.push(MovableSet::new(known.set.clone(), years));
                }
                Word::ClockRuleSet(rule) => {
                    clocks.rules.insert(rule.id.clone(), rule.clone());
                }
                Word::PauseCauseSet(cause) => clocks.causes.push(PauseCause {
                    id: cause.id.clone(),
                    name: cause.name.clone(),
                    times_max: cause.times_max,
                }),
                _ => {}
            }
        }
        clocks.calendar.feasts = settled(std::mem::take(&mut clocks.calendar.feasts));
        clocks
    }

    /// The rule that serves an addressee unless its sender chooses another: for life or liberty, the one counted in hours;
    /// else the one of the first of these levels that has one. Where several serve a level, the one named like it.
    #[must_use]
    pub fn usual_rule(&self, urgent: bool, levels: &[Option<&str>]) -> Option<RuleId> {
        let mut rules: Vec<_> = self.rules.values().collect();
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        let in_hours =
            |rule: &&&ClockRuleSet| rule.answer.as_ref().is_some_and(|span| span.unit == Unit::Hours);
        if urgent && let Some(rule) = rules.iter().find(in_hours) {
            return Some(rule.id.clone());
        }
        let of_level = |level: &str| {
            rules.iter().find(|rule| rule.id.as_str() == level).or_else(|| {
                let mut those = rules.iter().filter(|rule| rule.level.as_deref() == Some(level));
                // Where several rules serve one level and none bears its name, no choice is made for the sender.
                those.next().filter(|_| those.next().is_none())
            })
        };
        levels.iter().flatten().find_map(|level| of_level(level)).map(|rule| rule.id.clone())
    }

    /// The last day in time under this rule, explained; `None` where the rule counts no such time or there is no rule.
    #[must_use]
    pub fn due(&self, rule: Option<&RuleId>, awaited: Awaited, from: Day, pauses: &[Pause]) -> Option<Due> {
        let rule = self.rules.get(rule?)?;
        let span = match awaited {
            Awaited::Acknowledgement => rule.acknowledgement.as_ref(),
            Awaited::Answer => rule.answer.as_ref(),
        }?;
        Some(calendar::due(from, span, &self.calendar, pauses))
    }
}

impl Visit {
    /// The computation of a due day, line by line, behind a summary that can be opened without a script.
    #[must_use]
    pub fn explained(&self, due: &Due, rule: &ClockRuleSet) -> Markup {
        let (name, basis) = match self.language() {
            Language::French => (rule.name.fr.as_str(), rule.basis.fr.as_str()),
            Language::English => (rule.name.english(), rule.basis.english()),
        };
        let key = match rule.legal_basis {
            LegalBasis::None => "clock-basis-none",
            LegalBasis::CommitteeRule => "clock-basis-committee-rule",
            LegalBasis::Commitment => "clock-basis-commitment",
            LegalBasis::Statute => "clock-basis-statute",
            LegalBasis::InternationalStandard => "clock-basis-international-standard",
        };
        html! {
            details.explained {
                summary { (self.say("clock-why-this-day")) }
                p { strong { (name) } " — " (self.say(key)) ". " (basis) }
                ol { @for line in &due.lines { li { (self.clock_line(line)) } } }
            }
        }
    }

    /// One line of a due day's computation, in the visitor's language.
    #[must_use]
    pub fn clock_line(&self, line: &calendar::Line) -> String {
        match self.language() {
            Language::French => calendar::sentence_fr(line),
            Language::English => calendar::sentence_en(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::instance::FeastSet;

    fn feast(name: &str, on: &str, mark: Option<Mark>) -> Word {
        Word::FeastSet(FeastSet {
            name: Bilingual::same(name),
            rule: FeastRule::Dated { day: on.parse().unwrap() },
            since: None,
            until: None,
            mark,
            source: None,
        })
    }

    #[test]
    fn a_day_given_since_takes_the_place_of_one_only_expected() {
        let words = [
            feast("Lune", "2026-05-27", Some(Mark::Unverified)),
            feast("Lune", "2026-12-27", Some(Mark::Unverified)),
            feast("Autre", "2026-05-27", Some(Mark::Unverified)),
            feast("Lune", "2026-05-28", None),
        ];
        let clocks = Clocks::from_words(&[], &words);
        let kept: Vec<String> = clocks
            .calendar
            .feasts
            .iter()
            .map(|feast| match feast.rule {
                FeastRule::Dated { day } => format!("{} {day}", feast.name),
                _ => feast.name.clone(),
            })
            .collect();
        assert_eq!(kept, ["Lune 2026-12-27", "Autre 2026-05-27", "Lune 2026-05-28"]);
        let expected_alone = Clocks::from_words(&[], &words[..1]);
        assert_eq!(expected_alone.calendar.feasts.len(), 1);
    }
}
