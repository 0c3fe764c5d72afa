//! Figures that others published, and the dated facts of the time line.

use std::collections::HashMap;

use terms::institutions::{BodyEstablished, CompositionStated, CountStated, EventDated, TallyStated};
use terms::sittings::{Evidence, SittingHeld};
use terms::{Bilingual, BodyId, PlaceId, Precision};

use crate::read::{Dated, Known};
use crate::schema::{COMPOSITIONS, COUNTS, SITTINGS, TALLIES, TIMELINE};
use crate::sheet::{Ids, Reading, Row, no_word, rows};

const EVENTS: [&str; 9] =
    ["text", "law", "body", "session", "installation", "dissolution", "plan", "restriction", "civil-society"];

pub(crate) fn counts(reading: &mut Reading<'_>, known: &Known) -> Vec<Dated<CountStated>> {
    rows(reading, &COUNTS, |row| {
        let (subject, scope) = (row.slug("subject"), row.slug("scope"));
        if let (Some(subject), Some(scope)) = (&subject, &scope) {
            check_scope(row, known, subject, scope);
        }
        let (on, value, of) = (row.must_happened("on"), row.must_number("value"), row.number("of"));
        row.within("value", value, of);
        let (known_on, source) = (row.happened("known_on"), row.must_link("source", &known.sources));
        let (subject, scope, on, value) = (subject?, scope?, on?, value?);
        Some(Dated {
            known_on,
            word: CountStated { subject, scope, on, value, of, source, note: row.maybe("note") },
        })
    })
    .rows
}

/// A count is of something that the pack has: a misspelt word would leave it outside every figure, unseen.
fn check_scope(row: &mut Row<'_>, known: &Known, subject: &str, scope: &str) {
    match subject {
        "installed-bodies" if !known.kinds.has(scope) => row.fault("scope", known.kinds.unknown(scope)),
        // Places are counted of levels, also of those below the pack's own.
        "installed-bodies" | "places" => {}
        _ if [&known.places, &known.bodies, &known.organisations].iter().any(|ids| ids.has(scope)) => {}
        _ => row.fault(
            "scope",
            format!(
                "« {scope} » n’est ni un lieu, ni un organe, ni une organisation ; une sorte d’organe se compte \
                 sous « installed-bodies », un niveau sous « places »"
            ),
        ),
    }
}

/// A meeting as a source reports it. What was on the table is apart: on the record it is an enclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The sitting.
    pub held: SittingHeld,
    /// What was on the table.
    pub subject: String,
}

pub(crate) fn sittings(reading: &mut Reading<'_>, known: &Known) -> Vec<Dated<Meeting>> {
    let mut ids = Ids::new("");
    rows(reading, &SITTINGS, |row| {
        let (id, body) = (row.id("id", &mut ids), row.must_link("body", &known.bodies));
        let on = row.must_happened("on");
        let evidence = evidence(row);
        let (present, expected) = (row.number::<u16>("present"), row.number::<u16>("expected"));
        row.within("present", present.map(u32::from), expected.map(u32::from));
        let [women, youth, civil_society] = ["women", "youth", "civil_society"].map(|column| {
            let part = row.number::<u16>(column);
            row.within(column, part.map(u32::from), present.map(u32::from));
            part
        });
        let paid_by = row.listed("paid_by", &["state", "partner", "members", "nobody"]);
        let (subject, known_on) = (row.text("subject"), row.happened("known_on"));
        let source = row.must_link("source", &known.sources);
        let held = SittingHeld {
            id: id?,
            body: body?,
            on: on?,
            evidence: evidence?,
            present,
            expected,
            women,
            youth,
            civil_society,
            paid_by,
            subject: None,
            minutes: None,
            source,
        };
        Some(Dated { known_on, word: Meeting { held, subject: subject? } })
    })
    .rows
}

/// What shows that the sitting was held: words of the record, separated by ` | `.
fn evidence(row: &mut Row<'_>) -> Option<Vec<Evidence>> {
    let cell = row.text("evidence")?;
    let mut shown = Vec::new();
    for word in cell.split('|').map(str::trim) {
        match Evidence::parse(word) {
            Some(evidence) => shown.push(evidence),
            None => row.fault("evidence", no_word(word, Evidence::ALL.map(Evidence::as_str))),
        }
    }
    Some(shown)
}

pub(crate) fn compositions(
    reading: &mut Reading<'_>,
    known: &Known,
    bodies: &HashMap<&str, &BodyEstablished>,
) -> Vec<Dated<CompositionStated>> {
    rows(reading, &COMPOSITIONS, |row| {
        let body: Option<BodyId> = row.must_link("body", &known.bodies);
        let kind: Option<BodyId> = row.must_link("body_kind", &known.kinds);
        let place: Option<PlaceId> = row.link("place", &known.places);
        if let Some(found) = body.as_ref().and_then(|body| bodies.get(body.as_str())) {
            if let Some(kind) = kind.filter(|kind| kind.as_str() != found.kind) {
                row.fault("body_kind", format!("« {kind} » n’est pas la sorte de « {} »", found.id));
            }
            if let Some(place) = place.filter(|place| found.place.as_ref() != Some(place)) {
                row.fault("place", format!("« {place} » n’est pas le lieu de « {} »", found.id));
            }
        }
        let (on, members) = (row.must_happened("on"), row.must_number("members"));
        let (women, youth) = (row.number("women"), row.number("youth"));
        row.within("women", women, members);
        row.within("youth", youth, members);
        let (known_on, source) = (row.happened("known_on"), row.must_link("source", &known.sources));
        let (body, on, members, note) = (body?, on?, members?, row.maybe("note"));
        Some(Dated { known_on, word: CompositionStated { body, on, members, women, youth, source, note } })
    })
    .rows
}

pub(crate) fn tallies(reading: &mut Reading<'_>, known: &Known) -> Vec<Dated<TallyStated>> {
    rows(reading, &TALLIES, |row| {
        let (set, class, on) = (row.slug("set"), row.slug("class"), row.must_happened("on"));
        let total = row.must_number("total");
        let (done, under_way) = (row.number("done"), row.number("under_way"));
        row.within("done", done, total);
        row.within("under_way", under_way, total);
        let (known_on, source) = (row.happened("known_on"), row.must_link("source", &known.sources));
        let (set, class, on, total, note) = (set?, class?, on?, total?, row.maybe("note"));
        Some(Dated { known_on, word: TallyStated { set, class, on, total, done, under_way, source, note } })
    })
    .rows
}

pub(crate) fn events(reading: &mut Reading<'_>, known: &Known) -> Vec<EventDated> {
    let precisions = [
        ("", Precision::Day),
        ("day", Precision::Day),
        ("month", Precision::Month),
        ("year", Precision::Year),
    ];
    rows(reading, &TIMELINE, |row| {
        let (on, precision) = (row.must_happened("on"), row.word("precision", &precisions));
        let (fr, kind) = (row.text("fr"), row.must_listed("kind", &EVENTS));
        let (place, source) = (row.link("place", &known.places), row.must_link("source", &known.sources));
        let what = Bilingual { fr: fr?, en: row.maybe("en") };
        Some(EventDated { on: on?, precision: precision?, what, kind: kind?, place, source })
    })
    .rows
}
