//! The seats of a body: the picture, and the same as a list.

use std::collections::HashMap;

use terms::institutions::SeatKind;
use terms::{Day, Mark, Precision};
use web::draw::seating::{SeatMark, SeatState, SeatingWords};
use web::{Cell, Column, Listing, Markup, Visit, html};

use super::{constituency, mark_label, named, named_or, reason, source_cell, when, word_cell};
use crate::compared::{Came, came};
use crate::seats::{Seat, Sitter, Stands, Template};
use crate::tables::{Body, Cited, Taken};

/// The constituencies in the order of their colours and letters, the same in every picture.
const CONSTITUENCIES: [&str; 13] = [
    "civil-society",
    "executive",
    "women",
    "forces",
    "youth",
    "elected",
    "religious",
    "customary",
    "parliament",
    "administration",
    "movement",
    "justice",
    "other",
];

/// One place of a seat as lists show it.
pub(super) struct SeatRow {
    template: Template,
    ordinal: u16,
    /// The last place of those shown as one; its own where it stands alone.
    until: u16,
    several: bool,
    state: &'static str,
    sitter: Option<Sitter>,
    sex: Option<&'static str>,
    youth: Option<bool>,
    since: Option<Day>,
    /// How exactly that day is known.
    precision: Precision,
    reason: Option<String>,
    source: Option<Cited>,
    /// At how many sittings of the last twelve months it was taken.
    came: Option<Came>,
}

impl SeatRow {
    pub(super) fn of(seat: &Seat<'_>, taken: &Taken) -> Self {
        let mut row = Self {
            template: seat.template.clone(),
            ordinal: seat.ordinal,
            until: seat.ordinal,
            several: seat.ordinal > 1 || seat.template.count != Some(1),
            state: state_word(seat.stands),
            sitter: None,
            sex: None,
            youth: None,
            since: None,
            precision: Precision::Day,
            reason: None,
            source: seat.template.source.clone(),
            came: came(seat, taken),
        };
        match seat.stands {
            Stands::Held(holding) => {
                row.sitter = Some(holding.sitter.clone());
                row.sex = holding.sex.map(terms::institutions::Sex::as_str);
                row.youth = holding.youth;
                row.since = holding.from;
                row.precision = holding.from_precision;
                row.source = holding.source.clone().or(row.source);
            }
            Stands::Vacant { since, reason, stated } => {
                row.since = since;
                row.reason = reason.map(str::to_owned);
                row.source = stated.and_then(|stated| stated.source.clone()).or(row.source);
            }
            Stands::Suspended(stated) => {
                row.since = Some(stated.from);
                row.reason = Some(stated.reason.clone());
                row.source = stated.source.clone().or(row.source);
            }
            Stands::Unknown => {}
        }
        row
    }

    /// The places as people read them: those of one seat that stand alike, one after the other, are one line.
    pub(super) fn alike(seats: &[Seat<'_>], taken: &Taken) -> Vec<Self> {
        let mut rows: Vec<Self> = Vec::new();
        for row in seats.iter().map(|seat| Self::of(seat, taken)) {
            match rows.last_mut() {
                Some(last) if last.stands_as(&row) => last.until = row.ordinal,
                _ => rows.push(row),
            }
        }
        rows
    }

    fn stands_as(&self, next: &Self) -> bool {
        let nobody = |row: &Self| matches!(row.sitter, None | Some(Sitter::Unnamed));
        let said = |row: &Self| (row.state, row.sitter.is_some(), row.sex, row.youth, row.since);
        self.template.code == next.template.code
            && self.until + 1 == next.ordinal
            && nobody(self)
            && nobody(next)
            && said(self) == said(next)
            && self.reason == next.reason
            && self.came == next.came
            && self.source == next.source
    }
}

fn state_word(stands: Stands<'_>) -> &'static str {
    match stands {
        Stands::Held(_) => "filled",
        Stands::Vacant { .. } => "vacant",
        Stands::Suspended(_) => "suspended",
        Stands::Unknown => "unknown",
    }
}

/// Who sits, in words, and their page.
pub(super) fn sitter(visit: &Visit, sitter: &Sitter) -> (String, Option<String>) {
    let person = |name: &Option<String>| match name {
        Some(name) => name.clone(),
        None => visit.say("institutions-name-withdrawn"),
    };
    match sitter {
        Sitter::Office { id, label } => {
            (named_or(visit, label.as_ref(), id), Some(format!("/instances/{id}")))
        }
        Sitter::Organisation { id, label, name } => {
            let organisation = named_or(visit, label.as_ref(), id);
            let text = match name {
                Some(name) => format!("{organisation} ({})", person(name)),
                None => organisation,
            };
            (text, Some(format!("/organisations/{id}")))
        }
        Sitter::Person { name } => (person(name), None),
        Sitter::Unnamed => (visit.say("institutions-unnamed"), None),
    }
}

pub(super) const LISTING: Listing<SeatRow> = Listing {
    name: "sieges",
    empty: "institutions-no-seats",
    columns: &[
        Column::data("code", "institutions-column-id", |s, _| Cell::Text(s.template.code.to_string())),
        Column::data("ordinal", "institutions-column-ordinal", |s, _| Cell::Number(s.ordinal.into())),
        Column::new("seat", "institutions-column-seat", seat_cell),
        Column::new("filled_how", "institutions-column-how", |s, visit| {
            let word = s.template.kind.as_str();
            word_cell(visit, visit.say(&format!("institutions-how-{word}")), word)
        }),
        Column::new("constituency", "institutions-column-constituency", |s, visit| {
            word_cell(visit, constituency(visit, &s.template.constituency), &s.template.constituency)
        }),
        Column::new("designating_party", "institutions-column-designated", designated_cell),
        Column::data("overseen_authority", "institutions-overseen", |s, _| {
            s.template.overseen.map_or(Cell::Unknown, Cell::Yes)
        }),
        Column::new("state", "institutions-column-state", |s, _| Cell::Badge {
            word: s.state.to_owned(),
            label: format!("institutions-state-{}", s.state),
            class: match s.state {
                "filled" => "answered",
                "vacant" => "silence",
                "suspended" => "waiting",
                _ => "unverified",
            },
        }),
        Column::new("holder", "institutions-column-holder", holder_cell),
        Column::data("holder_sex", "institutions-column-sex", |s, _| Cell::text(s.sex.map(str::to_owned))),
        Column::data("holder_youth", "institutions-column-youth", |s, _| {
            s.youth.map_or(Cell::Unknown, Cell::Yes)
        }),
        Column::new("since", "institutions-column-since", since_cell),
        Column::data("since_precision", "institutions-column-precision", |s, _| {
            Cell::text(s.since.map(|_| s.precision.as_str().to_owned()))
        }),
        Column::new("attended", "institutions-column-attended", |s, visit| match s.came {
            Some(came) if visit.format() == web::Format::Html => Cell::Text(visit.say_with(
                "institutions-attended-of",
                &[("there", came.there.into()), ("of", came.of.into())],
            )),
            Some(came) => Cell::Number(came.there),
            None => Cell::Unknown,
        }),
        Column::data("attendances_taken", "institutions-column-attended", |s, _| {
            Cell::number(s.came.map(|came| came.of))
        }),
        Column::data("reserved_sex", "institutions-column-reserved", |s, _| {
            Cell::text(s.template.sex.map(|sex| sex.as_str().to_owned()))
        }),
        Column::data("count", "institutions-column-count", |s, _| {
            Cell::number(s.template.count.map(i64::from))
        }),
        Column::data("count_rule", "institutions-column-count", |s, _| {
            Cell::text(s.template.count_rule.clone())
        }),
        Column::data("text", "institutions-column-text", |s, _| Cell::text(s.template.text.clone())),
        Column::data("article", "institutions-column-text", |s, _| Cell::text(s.template.article.clone())),
        Column::data("address", "institutions-column-text", |s, _| Cell::text(s.template.address.clone())),
        Column::data("confidence", "institutions-column-confidence", confidence_cell),
        Column::new("source", "institutions-column-source", standing_source),
    ],
};

fn seat_cell(seat: &SeatRow, visit: &Visit) -> Cell {
    let name = named(visit, &seat.template.name);
    let mut text = match (seat.several, seat.until > seat.ordinal) {
        (false, _) => name.to_owned(),
        (true, false) => format!("{name} ({})", seat.ordinal),
        (true, true) => {
            let places = [("first", seat.ordinal.into()), ("last", seat.until.into())];
            format!("{name} ({})", visit.say_with("institutions-places-of-seat", &places))
        }
    };
    if let (web::Format::Html, Some(sex)) = (visit.format(), seat.template.sex) {
        text = format!("{text} — {}", visit.say(&format!("institutions-reserved-{}", sex.as_str())));
    }
    // A seat read in no text says so where it is named; the texts and how far they were read follow the table.
    if let (web::Format::Html, Mark::Unverified | Mark::Proposal) = (visit.format(), seat.template.confidence)
        && let Some(key) = mark_label(seat.template.confidence)
    {
        text = format!("{text} — {}", visit.say(key));
    }
    Cell::Text(text)
}

fn since_cell(seat: &SeatRow, visit: &Visit) -> Cell {
    match seat.since {
        Some(on) if visit.format() == web::Format::Html && seat.precision != Precision::Day => {
            Cell::Text(when(visit, on, seat.precision))
        }
        since => Cell::day(since),
    }
}

fn designated_cell(seat: &SeatRow, visit: &Visit) -> Cell {
    let html = visit.format() == web::Format::Html;
    match (&seat.template.designating_party, seat.template.overseen) {
        (Some(party), Some(true)) if html => {
            Cell::Text(format!("{party} ({})", visit.say("institutions-overseen")))
        }
        (Some(party), _) => Cell::Text(party.clone()),
        (None, _) if html && seat.template.kind == SeatKind::ExOfficio => {
            Cell::Text(visit.say("institutions-by-right"))
        }
        (None, _) => Cell::Unknown,
    }
}

/// Where it is said how the seat stands. The text that makes the seat follows the table, once for all its seats.
fn standing_source(seat: &SeatRow, visit: &Visit) -> Cell {
    if visit.format() == web::Format::Html && seat.state == "unknown" {
        return Cell::Text(String::new());
    }
    source_cell(seat.source.as_ref())
}

fn holder_cell(seat: &SeatRow, visit: &Visit) -> Cell {
    match (&seat.sitter, &seat.reason) {
        (Some(sitting), _) => match sitter(visit, sitting) {
            (text, Some(path)) => Cell::Link { text, path },
            (text, None) => Cell::Text(text),
        },
        (None, Some(word)) if visit.format() == web::Format::Html => Cell::Text(reason(visit, word)),
        (None, _) => Cell::Unknown,
    }
}

fn confidence_cell(seat: &SeatRow, _: &Visit) -> Cell {
    let mark = seat.template.confidence;
    Cell::Badge {
        word: mark.as_str().to_owned(),
        label: mark_label(mark).unwrap_or("institutions-verified").to_owned(),
        class: if mark == Mark::Verified { "answered" } else { "unverified" },
    }
}

/// How many places stand how; and for how many seats the text gives no number.
pub(super) struct Tally {
    pub(super) filled: usize,
    pub(super) vacant: usize,
    pub(super) suspended: usize,
    pub(super) unknown: usize,
    pub(super) uncounted: usize,
}

impl Tally {
    pub(super) fn of(seats: &[Seat<'_>]) -> Self {
        let in_state = |word: &str| seats.iter().filter(|seat| state_word(seat.stands) == word).count();
        Self {
            filled: in_state("filled"),
            vacant: in_state("vacant"),
            suspended: in_state("suspended"),
            unknown: in_state("unknown"),
            uncounted: seats.iter().filter(|s| s.ordinal == 1 && s.template.count.is_none()).count(),
        }
    }

    /// The figures in a sentence; vacant is not unknown, and unknown is not vacant.
    pub(super) fn sentence(&self, visit: &Visit) -> String {
        visit.say_with(
            "institutions-seats-tally",
            &[
                ("filled", self.filled.into()),
                ("vacant", self.vacant.into()),
                ("suspended", self.suspended.into()),
                ("unknown", self.unknown.into()),
            ],
        )
    }
}

/// The body seen from above.
pub(super) fn picture(visit: &Visit, body: &Body, seats: &[Seat<'_>]) -> Markup {
    let place = |word: &str| {
        CONSTITUENCIES.iter().position(|known| *known == word).unwrap_or(CONSTITUENCIES.len() - 1)
    };
    let labels: Vec<String> = seats.iter().map(|seat| said(visit, seat)).collect();
    let mut chaired = HashMap::new();
    let marks: Vec<SeatMark<'_>> = seats
        .iter()
        .zip(&labels)
        .map(|(seat, label)| SeatMark {
            constituency: place(&seat.template.constituency),
            state: match seat.stands {
                Stands::Held(_) => SeatState::Filled,
                Stands::Vacant { .. } => SeatState::Vacant,
                Stands::Suspended(_) => SeatState::Suspended,
                Stands::Unknown => SeatState::Unknown,
            },
            // One seat presides, the first of its code.
            chair: body.chair.as_ref() == Some(&seat.template.code)
                && chaired.insert(&seat.template.code, ()).is_none(),
            label,
        })
        .collect();
    let names: Vec<String> = CONSTITUENCIES.iter().map(|word| constituency(visit, word)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let day = visit.day_text(visit.day_shown());
    let title = visit.say_with(
        "institutions-picture-title",
        &[("body", named(visit, &body.name).into()), ("day", day.into())],
    );
    let desc = Tally::of(seats).sentence(visit);
    let state = |word: &str| visit.say(&format!("institutions-state-{word}"));
    let (filled, vacant, suspended, unknown) =
        (state("filled"), state("vacant"), state("suspended"), state("unknown"));
    let chair = visit.say("institutions-chair");
    let words = SeatingWords {
        title: &title,
        desc: &desc,
        filled: &filled,
        vacant: &vacant,
        suspended: &suspended,
        unknown: &unknown,
        chair: &chair,
    };
    html! { (web::draw::seating::seating(&marks, &names, &words)) }
}

/// What a pointer held over the seat shows.
fn said(visit: &Visit, seat: &Seat<'_>) -> String {
    let name = named(visit, &seat.template.name);
    let rest = match seat.stands {
        Stands::Held(holding) => sitter(visit, &holding.sitter).0,
        Stands::Vacant { .. } | Stands::Suspended(_) | Stands::Unknown => {
            visit.say(&format!("institutions-state-{}", state_word(seat.stands)))
        }
    };
    format!("{name} — {rest}")
}
