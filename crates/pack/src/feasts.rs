//! Feasts, the years for which the movable ones are dated, and the themes of recommendations.

use std::collections::{BTreeMap, HashSet};

use terms::instance::{FeastSet, FeastYearsKnown, ThemeSet};
use terms::{Bilingual, FeastRule};

use crate::read::Known;
use crate::schema::{HOLIDAY_YEARS, HOLIDAYS, THEMES};
use crate::sheet::{Ids, Reading, Row, no_day, parse_day, rows};

pub(crate) fn feasts(reading: &mut Reading<'_>, known: &Known) -> (Vec<FeastSet>, bool) {
    let table = rows(reading, &HOLIDAYS, |row| {
        let (fr, rule) = (row.text("name_fr"), rule(row));
        let (since, until) = (row.day("since"), row.day("until"));
        if let (Some(since), Some(until)) = (since, until)
            && until < since
        {
            row.fault("until", format!("« {until} » est avant since ({since})"));
        }
        let mark = row.mark("mark");
        let source = row.must_link("source", &known.sources);
        let name = Bilingual { fr: fr?, en: row.maybe("name_en") };
        Some(FeastSet { name, rule: rule?, since, until, mark: Some(mark?), source })
    });
    (table.rows, table.complete)
}

fn rule(row: &mut Row<'_>) -> Option<FeastRule> {
    let kind = row.must_listed("rule", &["fixed", "easter", "dated"]);
    let value = row.text("value")?;
    let (rule, fault) = match kind?.as_str() {
        // 2000 is a leap year: the 29th of February is a day of the year.
        "fixed" => (
            parse_day(&format!("2000-{value}"))
                .map(|day| FeastRule::Fixed { month: day.month(), day: day.day() }),
            format!("« {value} » n’est pas un jour de l’année (MM-JJ)"),
        ),
        "easter" => (
            value
                .parse()
                .ok()
                .filter(|offset: &i16| offset.abs() <= 366)
                .map(|offset| FeastRule::Easter { offset }),
            format!("« {value} » n’est pas un nombre de jours depuis Pâques (-366 à 366)"),
        ),
        "dated" => (parse_day(&value).map(|day| FeastRule::Dated { day }), no_day(&value)),
        _ => return None,
    };
    if rule.is_none() {
        row.fault("value", fault);
    }
    rule
}

/// The years of each movable feast, ascending; a set is the name of a dated feast.
pub(crate) fn years(reading: &mut Reading<'_>, feasts: &[FeastSet], complete: bool) -> Vec<FeastYearsKnown> {
    let dated = feasts.iter().filter(|feast| matches!(feast.rule, FeastRule::Dated { .. }));
    let names: HashSet<&str> = dated.map(|feast| feast.name.fr.as_str()).collect();
    let mut ids = Ids::new("");
    let listed = rows(reading, &HOLIDAY_YEARS, |row| {
        let (set, year) = (row.text("set"), row.must_number::<u16>("year"));
        row.must_listed("known", &["yes"]);
        let (set, year) = (set?, year?);
        if complete && !names.contains(set.as_str()) {
            row.fault("set", format!("« {set} » n’est pas une fête datée de holidays.csv"));
        }
        if let Err(message) = ids.give(&format!("{set}, {year}"), row.line) {
            row.fault("year", message);
        }
        if !(1583..=9999).contains(&year) {
            row.fault("year", format!("« {year} » n’est pas une année entre 1583 et 9999"));
        }
        Some((set, i16::try_from(year).ok()?))
    })
    .rows;
    let mut by_set: BTreeMap<String, Vec<i16>> = BTreeMap::new();
    for (set, year) in listed {
        by_set.entry(set).or_default().push(year);
    }
    let sorted = |(set, mut years): (String, Vec<i16>)| {
        years.sort_unstable();
        FeastYearsKnown { set, years }
    };
    by_set.into_iter().map(sorted).collect()
}

pub(crate) fn themes(reading: &mut Reading<'_>) -> Vec<ThemeSet> {
    let mut ids = Ids::new("");
    rows(reading, &THEMES, |row| {
        let (id, fr): (Option<terms::PlaceId>, _) = (row.id("id", &mut ids), row.text("fr"));
        Some(ThemeSet { id: id?.into(), name: Bilingual { fr: fr?, en: row.maybe("en") } })
    })
    .rows
}
