//! Figures that others published, and the dated facts of the time line.

use std::collections::HashMap;

use terms::institutions::{BodyEstablished, CompositionStated, CountStated, EventDated, TallyStated};
use terms::{Bilingual, BodyId, PlaceId, Precision};

use crate::read::{Dated, Known};
use crate::schema::{COMPOSITIONS, COUNTS, TALLIES, TIMELINE};
use crate::sheet::{Reading, rows};

const EVENTS: [&str; 9] =
    ["text", "law", "body", "session", "installation", "dissolution", "plan", "restriction", "civil-society"];

pub(crate) fn counts(reading: &mut Reading<'_>, known: &Known) -> Vec<Dated<CountStated>> {
    rows(reading, &COUNTS, |row| {
        let (subject, scope) = (row.slug("subject"), row.slug("scope"));
        let (on, value, of) = (row.must_day("on"), row.must_number("value"), row.number("of"));
        row.within("value", value, of);
        let (known_on, source) = (row.day("known_on"), row.must_link("source", &known.sources));
        let (subject, scope, on, value) = (subject?, scope?, on?, value?);
        Some(Dated {
            known_on,
            word: CountStated { subject, scope, on, value, of, source, note: row.maybe("note") },
        })
    })
    .rows
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
        let (on, members) = (row.must_day("on"), row.must_number("members"));
        let (women, youth) = (row.number("women"), row.number("youth"));
        row.within("women", women, members);
        row.within("youth", youth, members);
        let (known_on, source) = (row.day("known_on"), row.must_link("source", &known.sources));
        let (body, on, members, note) = (body?, on?, members?, row.maybe("note"));
        Some(Dated { known_on, word: CompositionStated { body, on, members, women, youth, source, note } })
    })
    .rows
}

pub(crate) fn tallies(reading: &mut Reading<'_>, known: &Known) -> Vec<Dated<TallyStated>> {
    rows(reading, &TALLIES, |row| {
        let (set, class, on) = (row.slug("set"), row.slug("class"), row.must_day("on"));
        let total = row.must_number("total");
        let (done, under_way) = (row.number("done"), row.number("under_way"));
        row.within("done", done, total);
        row.within("under_way", under_way, total);
        let (known_on, source) = (row.day("known_on"), row.must_link("source", &known.sources));
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
        let (on, precision) = (row.must_day("on"), row.word("precision", &precisions));
        let (fr, kind) = (row.text("fr"), row.must_listed("kind", &EVENTS));
        let (place, source) = (row.link("place", &known.places), row.must_link("source", &known.sources));
        let what = Bilingual { fr: fr?, en: row.maybe("en") };
        Some(EventDated { on: on?, precision: precision?, what, kind: kind?, place, source })
    })
    .rows
}
