//! Obligations: what is asked of organisations by a day.

use terms::Bilingual;
use terms::organisations::{ObligationRule, ObligationSet};

use crate::read::Known;
use crate::register::{KINDS, parts};
use crate::schema::OBLIGATIONS;
use crate::sheet::{Ids, Reading, Row, no_word, parse_day, rows};

pub(crate) fn obligations(reading: &mut Reading<'_>, known: &Known) -> Vec<ObligationSet> {
    let mut ids = Ids::new("");
    rows(reading, &OBLIGATIONS, |row| {
        let (id, fr) = (row.id("id", &mut ids), row.text("fr"));
        let kinds = parts(row.cell("organisation_kinds"));
        if let Some(unknown) = kinds.iter().find(|kind| !KINDS.contains(&kind.as_str())) {
            row.fault("organisation_kinds", no_word(unknown, KINDS));
        }
        let (rule, mark) = (rule(row), row.mark("confidence"));
        let source = row.must_link("source", &known.sources);
        Some(ObligationSet {
            id: id?,
            title: Bilingual { fr: fr?, en: row.maybe("en") },
            kinds,
            rule: rule?,
            basis: row.maybe("basis"),
            mark: mark?,
            source,
            note: row.maybe("note"),
        })
    })
    .rows
}

/// Each year on a day, or so many days after something: one of the two.
fn rule(row: &mut Row<'_>) -> Option<ObligationRule> {
    let (yearly, days) = (row.maybe("yearly"), row.number::<u16>("after_days"));
    match (yearly, row.maybe("after_fr")) {
        (Some(yearly), None) if days.is_none() => {
            // A leap year has every day that a rule may name.
            let day = parse_day(&format!("2024-{yearly}"));
            if day.is_none() {
                row.fault("yearly", format!("« {yearly} » n’est pas un jour de l’année (MM-JJ)"));
            }
            let day = day?;
            Some(ObligationRule::Yearly {
                month: u8::try_from(day.month()).ok()?,
                day: u8::try_from(day.day()).ok()?,
            })
        }
        (None, Some(fr)) if days.is_some_and(|days| days > 0) => {
            Some(ObligationRule::After { event: Bilingual { fr, en: row.maybe("after_en") }, days: days? })
        }
        _ => {
            let told = "une obligation revient chaque année (yearly), ou suit un événement (after_days, plus de zéro, et after_fr)";
            row.fault("yearly", told.into());
            None
        }
    }
}
