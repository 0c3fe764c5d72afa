//! The life of the exercise's organisations: what they lived on, what they can do, what they planned, learnt and met. Figures that a site
//! would hold are public here, for they are made up.

use std::collections::BTreeMap;

use serde::Deserialize;
use terms::organisations::{ActionOutcome, FundingFigures, FundingLine, ItemAssessed, Regard};
use terms::{ActionId, Day, ObligationId, OrganisationId};

use super::{Exercise, day, maybe_day, unknown};
use crate::PackFault;
use crate::keyed::Keyed;

/// What an organisation of the exercise lived on in a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funding {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// When it declared it.
    #[serde(deserialize_with = "day")]
    pub day: Day,
    /// The year.
    pub year: i16,
    /// Each source.
    #[serde(rename = "line", default)]
    pub lines: Vec<FundingLine>,
    /// The whole, where the sources do not make it up.
    pub total: Option<u64>,
    /// Free reserves.
    pub reserves: Option<u64>,
    /// What a year of running costs.
    pub running: Option<u64>,
}

impl Funding {
    /// The figures as the organisation would have written them.
    #[must_use]
    pub fn figures(&self) -> FundingFigures {
        FundingFigures {
            lines: self.lines.clone(),
            total: self.total,
            reserves: self.reserves,
            running: self.running,
        }
    }
}

/// How the capacity of an organisation of the exercise was assessed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessed {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// When.
    #[serde(deserialize_with = "day")]
    pub day: Day,
    /// Who looked.
    pub regard: Regard,
    /// The peer who looked.
    pub peer: Option<OrganisationId>,
    /// The levels of each domain's items, in order; 0 is unknown.
    pub levels: BTreeMap<String, Vec<u8>>,
}

impl Assessed {
    /// The items by their codes.
    #[must_use]
    pub fn items(&self) -> Vec<ItemAssessed> {
        let of = |(domain, levels): (&String, &Vec<u8>)| {
            let domain = domain.clone();
            let items = (1..).zip(levels.clone()).map(move |(n, level)| ItemAssessed {
                item: format!("{domain}.{n}"),
                level: (level > 0).then_some(level),
                remark: None,
            });
            items.collect::<Vec<_>>()
        };
        self.levels.iter().flat_map(of).collect()
    }
}

/// What an organisation of the exercise planned, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// Its id.
    pub id: ActionId,
    /// Which organisation.
    pub organisation: OrganisationId,
    /// When it was planned.
    #[serde(deserialize_with = "day")]
    pub day: Day,
    /// A domain of the grid, or an item.
    pub about: String,
    /// What was to be done.
    pub text: String,
    /// By when.
    #[serde(default, deserialize_with = "maybe_day")]
    pub by_when: Option<Day>,
    /// Whose task.
    pub responsible: Option<String>,
    /// What became of it.
    pub outcome: Option<ActionOutcome>,
    /// When.
    #[serde(default, deserialize_with = "maybe_day")]
    pub settled_on: Option<Day>,
    /// What shows it.
    pub note: Option<String>,
}

/// A training that people of an organisation of the exercise attended.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trained {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// When it was told.
    #[serde(deserialize_with = "day")]
    pub day: Day,
    /// About what.
    pub title: String,
    /// A domain of the grid.
    pub domain: Option<String>,
    /// Who gave it.
    pub provider: Option<String>,
    /// First day.
    #[serde(default, deserialize_with = "maybe_day")]
    pub from: Option<Day>,
    /// Last day, included.
    #[serde(default, deserialize_with = "maybe_day")]
    pub until: Option<Day>,
    /// How many people.
    pub people: Option<u16>,
    /// How many of them women.
    pub women: Option<u16>,
}

/// An obligation of the pack that an organisation of the exercise met.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Met {
    /// Which organisation.
    pub organisation: OrganisationId,
    /// Which obligation.
    pub obligation: ObligationId,
    /// The day on which it fell due.
    #[serde(deserialize_with = "day")]
    pub due: Day,
    /// When it was met.
    #[serde(deserialize_with = "day")]
    pub day: Day,
}

impl Exercise {
    /// An organisation that is none of the exercise.
    pub(super) fn nobodys(&self, keyed: &mut Keyed<'_>) -> Option<PackFault> {
        let known =
            |id: &OrganisationId| self.organisations.iter().any(|organisation| organisation.id == *id);
        let named = (self.fundings.iter().map(|one| &one.organisation))
            .chain(
                self.assessments.iter().flat_map(|one| std::iter::once(&one.organisation).chain(&one.peer)),
            )
            .chain(self.actions.iter().map(|one| &one.organisation))
            .chain(self.trainings.iter().map(|one| &one.organisation))
            .chain(self.met.iter().map(|one| &one.organisation));
        let stranger = named.into_iter().find(|id| !known(id))?;
        Some(keyed.fault("organisation", stranger.as_str(), unknown(stranger.as_str())))
    }
}
