//! Which entries feed which figures, so that every figure opens down to the record.

use record::{Fault, Tx, values};
use terms::{Day, Sealed, Word};

/// An entry that a figure is made from.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) entry: i64,
    pub(crate) word: String,
    pub(crate) on: Option<Day>,
    /// Kind of thing, as the directory spells it.
    pub(crate) kind: Option<String>,
    pub(crate) id: Option<String>,
}

/// What an entry is about: matter, day, kind of thing, its id.
type About<'a> = (&'static str, Option<Day>, Option<(&'static str, &'a str)>);

fn about(word: &Word) -> Option<About<'_>> {
    use Word as W;
    Some(match word {
        W::RequiredStated(w) => ("installation", w.from, Some(("body-kind", &w.kind))),
        W::CountStated(w) if w.subject == super::bodies::INSTALLED_BODIES => {
            ("installation", Some(w.on), Some(("body-kind", &w.scope)))
        }
        W::CountStated(w) if w.subject == super::bodies::SEX_QUOTA => ("quota", Some(w.on), None),
        W::BodyInstalled(w) => ("installation", Some(w.on), Some(("body", w.body.as_str()))),
        W::SeatSet(w) => ("seats", w.since, Some(("body-kind", &w.body_kind))),
        W::SeatFilled(w) => ("seats", w.from, Some(("body", w.body.as_str()))),
        W::SeatLeft(w) => ("seats", Some(w.on), None),
        W::SeatInterrupted(w) => ("seats", Some(w.from), Some(("body", w.body.as_str()))),
        W::OrganisationJoined(w) => ("memberships", w.from, Some(("organisation", w.member.as_str()))),
        W::CountStated(w) if w.subject == super::bodies::POPULATION => {
            ("population", Some(w.on), Some(("place", &w.scope)))
        }
        W::TieStated(w) => ("ties", w.from, Some(("organisation", w.organisation.as_str()))),
        W::OrganisationReplied(w) if w.contests => {
            ("ties", None, Some(("organisation", w.organisation.as_str())))
        }
        W::FundingDeclared(w) => ("funding", None, Some(("organisation", w.organisation.as_str()))),
        W::ExposureStated(w) => ("funding", None, Some(("organisation", w.organisation.as_str()))),
        // Whose capacity it is stands in the entry; no list here puts one beside another.
        W::CapacityAssessed(w) => ("capacity", Some(w.on), None),
        W::ObligationSet(_) => ("obligations", None, None),
        W::ObligationMet(w) => ("obligations", Some(w.on), Some(("organisation", w.organisation.as_str()))),
        W::OrganisationsMerged(w) => ("memberships", None, Some(("organisation", w.kept.as_str()))),
        W::OrganisationsParted(w) => ("memberships", None, Some(("organisation", w.merged.as_str()))),
        W::CompositionStated(w) => ("composition", Some(w.on), Some(("body", w.body.as_str()))),
        W::TallyStated(w) => ("tally", Some(w.on), None),
        W::SittingHeld(w) => ("sittings", Some(w.on), Some(("body", w.body.as_str()))),
        W::SittingNotHeld(w) => ("sittings", Some(w.from), Some(("body", w.body.as_str()))),
        W::CallOpened(w) => ("calls", None, Some(("body", w.body.as_str()))),
        W::EligibleListPublished(_)
        | W::AppealDecided(_)
        | W::PoolFrozen(_)
        | W::SeedCommitted(_)
        | W::SeedRevealed(_)
        | W::EventValued(_)
        | W::PanelDrawn(_)
        | W::BallotsCounted(_)
        | W::NominationRecorded(_)
        | W::CallCancelled(_) => ("calls", None, None),
        W::RecommendationTransmitted(w) => {
            ("clock", Some(w.delivered_on), Some(("recommendation", w.recommendation.as_str())))
        }
        W::Escalated(w) => ("clock", Some(w.on), Some(("recommendation", w.recommendation.as_str()))),
        W::RecommendationClosed(w) => {
            ("clock", Some(w.on), Some(("recommendation", w.recommendation.as_str())))
        }
        W::RecommendationReopened(w) => {
            ("clock", Some(w.on), Some(("recommendation", w.recommendation.as_str())))
        }
        W::DueExtended(w) => ("clock", Some(w.on), Some(("recommendation", w.recommendation.as_str()))),
        W::ClockPaused(w) => ("clock", Some(w.from), Some(("recommendation", w.recommendation.as_str()))),
        W::ClockResumed(w) => ("clock", Some(w.on), Some(("recommendation", w.recommendation.as_str()))),
        W::Acknowledged(w) => {
            ("acknowledgement", Some(w.on), Some(("recommendation", w.recommendation.as_str())))
        }
        W::Answered(w) => ("answer", Some(w.on), Some(("recommendation", w.recommendation.as_str()))),
        W::ImplementationDeclared(w) => {
            ("declared", Some(w.on), Some(("recommendation", w.recommendation.as_str())))
        }
        W::ImplementationObserved(w) => {
            ("observed", Some(w.on), Some(("recommendation", w.recommendation.as_str())))
        }
        _ => return None,
    })
}

/// The entry stands among the inputs of its matter.
pub(super) fn apply(tx: &mut Tx<'_>, sealed: &Sealed) -> Result<(), Fault> {
    let word = &sealed.entry.word;
    let Some((matter, on, thing)) = about(word) else { return Ok(()) };
    let (kind, id) = thing.unzip();
    tx.run(
        "INSERT INTO ind_input (entry, matter, word, on_day, kind, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        values![sealed.index, matter, word.spelling(), on, kind, id],
    )?;
    Ok(())
}

/// The newest entries of these matters before an index, newest first, at most `most`.
pub(crate) fn inputs(
    tx: &mut Tx<'_>,
    matters: &[&str],
    before: i64,
    most: usize,
) -> Result<Vec<Input>, Fault> {
    let mut found = Vec::new();
    // A matter at a time, so that each question walks its own index.
    for matter in matters {
        found.extend(tx.rows(
            "SELECT entry, word, on_day, kind, id FROM ind_input \
             WHERE matter = ?1 AND entry < ?2 ORDER BY entry DESC LIMIT ?3",
            values![*matter, before, most],
            |row| {
                Ok(Input {
                    entry: row.get(0)?,
                    word: row.get(1)?,
                    on: row.get(2)?,
                    kind: row.get(3)?,
                    id: row.get(4)?,
                })
            },
        )?);
    }
    found.sort_by_key(|input| std::cmp::Reverse(input.entry));
    found.truncate(most);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_that_feeds_a_figure_is_called_something_in_both_languages() {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../terms/tests/golden");
        let texts = std::fs::read_dir(golden).unwrap().flatten();
        let texts: Vec<String> = texts.map(|file| std::fs::read_to_string(file.path()).unwrap()).collect();
        let messages = [include_str!("../../lang/fr.ftl"), include_str!("../../lang/en.ftl")];
        let mut seen = 0;
        for line in texts.iter().flat_map(|text| text.lines()) {
            let word = terms::Entry::parse(line.as_bytes()).unwrap().word;
            if about(&word).is_none() {
                continue;
            }
            seen += 1;
            let label = format!("\nindicators-word-{} = ", word.spelling());
            assert!(messages.iter().all(|messages| messages.contains(&label)), "{}", word.spelling());
        }
        assert!(seen > 20, "{seen}");
    }
}
