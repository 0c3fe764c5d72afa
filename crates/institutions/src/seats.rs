//! Seats as they stand on a day: the text's seats, each held, vacant, suspended or not known. Pure.

use terms::institutions::{Interruption, SeatKind, Sex};
use terms::{Bilingual, Day, Mark, OccupancyId, OrganisationId, Precision, SeatCode};

use crate::tables::Cited;

/// A seat that a text gives to every body of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) code: SeatCode,
    pub(crate) name: Bilingual,
    pub(crate) kind: SeatKind,
    pub(crate) constituency: String,
    pub(crate) count: Option<u16>,
    pub(crate) count_rule: Option<String>,
    pub(crate) designating_party: Option<String>,
    pub(crate) overseen: Option<bool>,
    pub(crate) sex: Option<Sex>,
    pub(crate) nominee: Option<(OrganisationId, Option<String>)>,
    pub(crate) text: Option<String>,
    pub(crate) article: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) confidence: Mark,
    pub(crate) since: Option<Day>,
    pub(crate) source: Option<Cited>,
}

/// Who sits. A name of `None` was on the record and has been withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sitter {
    Office {
        id: String,
        label: Option<Bilingual>,
    },
    Organisation {
        id: String,
        label: Option<Bilingual>,
        /// The person sent: not named, named, or named and withdrawn.
        name: Option<Option<String>>,
    },
    Person {
        name: Option<String>,
    },
    Unnamed,
}

/// One holding of one seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holding {
    pub(crate) id: OccupancyId,
    pub(crate) seat: SeatCode,
    pub(crate) ordinal: u16,
    pub(crate) sitter: Sitter,
    pub(crate) sex: Option<Sex>,
    pub(crate) youth: Option<bool>,
    pub(crate) from: Option<Day>,
    /// How exactly the first day is known.
    pub(crate) from_precision: Precision,
    pub(crate) to: Option<Day>,
    /// How exactly the first day no more held is known; of a year, it is the first day of the next.
    pub(crate) to_precision: Precision,
    pub(crate) reason: Option<String>,
    pub(crate) source: Option<Cited>,
    /// The entry that says so.
    pub(crate) entry: u64,
}

impl Holding {
    /// Whether it is known who or what holds it: an office, an organisation, a person whose name is or was on the record.
    pub(crate) fn is_anybody(&self) -> bool {
        self.sitter != Sitter::Unnamed
    }

    /// Whether a person is named.
    pub(crate) fn is_named(&self) -> bool {
        matches!(
            &self.sitter,
            Sitter::Person { name: Some(_) } | Sitter::Organisation { name: Some(Some(_)), .. }
        )
    }

    /// Whether a name was on the record and has been withdrawn.
    pub(crate) fn is_name_gone(&self) -> bool {
        matches!(&self.sitter, Sitter::Person { name: None } | Sitter::Organisation { name: Some(None), .. })
    }

    /// Whether the seat was held so on the day.
    pub(crate) fn holds_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| to > day)
    }
}

/// A vacancy or suspension that a source states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Interrupted {
    pub(crate) seat: SeatCode,
    /// One place of the seat; all of them where absent.
    pub(crate) ordinal: Option<u16>,
    pub(crate) state: Interruption,
    pub(crate) reason: String,
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
    pub(crate) note: Option<String>,
    pub(crate) source: Option<Cited>,
}

impl Interrupted {
    fn covers(&self, seat: &SeatCode, ordinal: u16, day: Day) -> bool {
        self.seat == *seat
            && self.ordinal.is_none_or(|one| one == ordinal)
            && self.from <= day
            && self.to.is_none_or(|to| to > day)
    }
}

/// How one place of a seat stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands<'a> {
    /// Held.
    Held(&'a Holding),
    /// Held by nobody, as a source states or since its last holder left for good.
    Vacant { since: Option<Day>, reason: Option<&'a str>, stated: Option<&'a Interrupted> },
    /// The seat itself is in abeyance, whoever was named to it.
    Suspended(&'a Interrupted),
    /// Nothing is known.
    Unknown,
}

/// One place of a seat of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seat<'a> {
    pub(crate) template: &'a Template,
    pub(crate) ordinal: u16,
    pub(crate) stands: Stands<'a>,
}

/// Every place of every seat in force on the day, in the order of the text. A seat whose number the text does
/// not give stands once for every place that anything is known of, and once at least.
pub(crate) fn seats_on<'a>(
    templates: &'a [Template],
    holdings: &'a [Holding],
    interruptions: &'a [Interrupted],
    day: Day,
) -> Vec<Seat<'a>> {
    let in_force = templates.iter().filter(|t| {
        let held = holdings.iter().any(|holding| holding.seat == t.code && holding.holds_on(day));
        t.since.is_none_or(|since| since <= day) || held
    });
    let places = in_force.flat_map(|template| {
        let told =
            holdings.iter().filter(|h| h.seat == template.code && h.from.is_none_or(|from| from <= day));
        let told = told.map(|h| h.ordinal).max().unwrap_or(0);
        let places = template.count.unwrap_or(1).max(told);
        (1..=places).map(move |ordinal| (template, ordinal))
    });
    places
        .map(|(template, ordinal)| {
            let stands = stands(&template.code, ordinal, holdings, interruptions, day);
            Seat { template, ordinal, stands }
        })
        .collect()
}

fn stands<'a>(
    seat: &SeatCode,
    ordinal: u16,
    holdings: &'a [Holding],
    interruptions: &'a [Interrupted],
    day: Day,
) -> Stands<'a> {
    let of_place = || holdings.iter().filter(|h| h.seat == *seat && h.ordinal == ordinal);
    // Where sources overlap, whoever came last sits.
    let held = of_place().filter(|h| h.holds_on(day)).max_by_key(|h| h.from);
    let stated = interruptions.iter().filter(|i| i.covers(seat, ordinal, day)).max_by_key(|i| i.from);
    match (held, stated) {
        (_, Some(stated)) if stated.state == Interruption::Suspended => Stands::Suspended(stated),
        // A vacancy ends with the next holder, even where no source says that it ended.
        (Some(held), Some(stated)) if held.from.is_some_and(|from| from >= stated.from) => Stands::Held(held),
        (_, Some(stated)) => {
            Stands::Vacant { since: Some(stated.from), reason: Some(&stated.reason), stated: Some(stated) }
        }
        (Some(held), None) => Stands::Held(held),
        (None, None) => {
            let last = of_place().filter(|h| h.to.is_some_and(|to| to <= day)).max_by_key(|h| h.to);
            match last.and_then(|last| last.reason.as_deref().map(|reason| (last, reason))) {
                Some((last, reason)) if leaves_vacant(reason) => {
                    Stands::Vacant { since: last.to, reason: Some(reason), stated: None }
                }
                _ => Stands::Unknown,
            }
        }
    }
}

/// Whether nobody follows a holder who left so. After a term or a replacement somebody does, whose name is
/// not known.
fn leaves_vacant(reason: &str) -> bool {
    matches!(reason, "dissolution" | "died" | "resigned" | "removed")
}
