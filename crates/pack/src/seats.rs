//! Seats, who holds them, which stand vacant or suspended, and which bodies were installed.

use std::collections::HashMap;

use terms::institutions::{
    BodyEstablished, BodyInstalled, Holder, Interruption, SeatFilled, SeatInterrupted, SeatKind, SeatLeft,
    SeatSet, Sex,
};
use terms::{Bilingual, BodyId, Precision, SeatCode};

use crate::read::{Dated, Known};
use crate::schema::{INSTALLATIONS, OCCUPANCIES, SEAT_EVENTS, SEATS};
use crate::sheet::{Ids, Reading, Row, rows};
use crate::territory::Held;

/// What seats stand for; the words of the indicators on who sits.
pub(crate) const CONSTITUENCIES: [&str; 13] = [
    "executive",
    "elected",
    "forces",
    "administration",
    "justice",
    "civil-society",
    "religious",
    "customary",
    "youth",
    "women",
    "movement",
    "parliament",
    "other",
];

/// Why a holding ended.
pub(crate) const LEAVING: [&str; 6] =
    ["term-ended", "resigned", "replaced", "dissolution", "died", "unknown"];

const SEXES: [(&str, Option<Sex>); 4] =
    [("", None), ("any", None), ("female", Some(Sex::Female)), ("male", Some(Sex::Male))];

/// Of the first day, and of the last; the day itself where absent.
type Exactness = (Option<Precision>, Option<Precision>);

/// How exactly the first day and the last are known: the cell `precision` speaks of both, or of one of them.
const HELD: [(&str, Exactness); 7] = [
    ("", (None, None)),
    ("day", (None, None)),
    ("attested", (Some(Precision::Attested), None)),
    ("month-from", (Some(Precision::Month), None)),
    ("year", (Some(Precision::Year), Some(Precision::Year))),
    ("year-from", (Some(Precision::Year), None)),
    ("year-to", (None, Some(Precision::Year))),
];

/// A holding of a seat. A person's name is apart: on the record it is an enclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupancy {
    /// The holding, its holder [`Holder::Unnamed`] where `name` has one.
    pub filled: SeatFilled,
    /// The person's name.
    pub name: Option<String>,
    /// How it ended, if it did.
    pub left: Option<SeatLeft>,
}

/// The seats of each kind of body, with how many there are of each.
pub(crate) struct SeatCodes {
    counts: HashMap<(String, String), Option<u16>>,
    /// The table could not be read: no other file is blamed for its seats.
    open: bool,
}

impl SeatCodes {
    pub(crate) fn has(&self, kind: &str, code: &str) -> bool {
        self.open || self.counts.contains_key(&(kind.to_owned(), code.to_owned()))
    }
}

pub(crate) fn seats(reading: &mut Reading<'_>, known: &Known) -> (Vec<SeatSet>, SeatCodes) {
    let kinds = [
        ("ex-officio", SeatKind::ExOfficio),
        ("category", SeatKind::Category),
        ("nominative", SeatKind::Nominative),
    ];
    let overseen = [("", None), ("unknown", None), ("yes", Some(true)), ("no", Some(false))];
    let mut ids = Ids::new("");
    let mut codes = HashMap::new();
    let table = rows(reading, &SEATS, |row| {
        let body_kind: Option<BodyId> = row.must_link("body_kind", &known.kinds);
        let code = row.slug("code");
        if let (Some(kind), Some(code)) = (&body_kind, &code)
            && let Err(message) = ids.give(&format!("{kind} / {code}"), row.line)
        {
            row.fault("code", message);
        }
        let (fr, kind) = (row.text("fr"), row.must_word("kind", &kinds));
        let constituency = row.must_listed("constituency", &CONSTITUENCIES);
        let count = row.number("count");
        if let (Some(kind), Some(code)) = (&body_kind, &code) {
            codes.insert((kind.to_string(), code.clone()), count);
        }
        let overseen_authority = row.word("overseen_authority", &overseen);
        let (sex, nominee) = (row.word("sex", &SEXES), row.link("nominee", &known.organisations));
        if kind == Some(SeatKind::Nominative) && row.cell("nominee").is_empty() {
            row.fault("nominee", "un siège nominatif nomme une organisation".into());
        }
        let (confidence, since) = (row.mark("confidence"), row.day("since"));
        let source = row.must_link("source", &known.sources);
        Some(SeatSet {
            body_kind: body_kind?.into(),
            code: SeatCode::parse(&code?).ok()?,
            name: Bilingual { fr: fr?, en: row.maybe("en") },
            kind: kind?,
            constituency: constituency?,
            count,
            count_rule: row.maybe("count_rule"),
            designating_party: row.maybe("designating_party"),
            overseen_authority: overseen_authority?,
            sex: sex?,
            nominee,
            text: row.maybe("text"),
            article: row.maybe("article"),
            address: row.maybe("address"),
            confidence: confidence?,
            since,
            source,
        })
    });
    (table.rows, SeatCodes { counts: codes, open: !table.readable })
}

/// Two lines on one body are two sources; none is of a day on which the body did not exist.
pub(crate) fn installations(
    reading: &mut Reading<'_>,
    known: &Known,
    bodies: &HashMap<&str, &BodyEstablished>,
) -> Vec<BodyInstalled> {
    let precisions = [
        ("", Precision::Day),
        ("day", Precision::Day),
        ("month", Precision::Month),
        ("year", Precision::Year),
        ("attested", Precision::Attested),
    ];
    rows(reading, &INSTALLATIONS, |row| {
        let body: Option<BodyId> = row.must_link("body", &known.bodies);
        let (on, precision) = (row.must_happened("installed_on"), row.word("precision", &precisions));
        let exists = body.as_ref().and_then(|body| bodies.get(body.as_str())?.from);
        if let (Some(on), Some(from)) = (on, exists)
            && on < from
        {
            row.fault("installed_on", format!("« {on} » est avant le premier jour de l’organe ({from})"));
        }
        let source = row.must_link("source", &known.sources);
        Some(BodyInstalled { body: body?, on: on?, precision: precision?, source, note: row.maybe("note") })
    })
    .rows
}

/// The body and the seat of a line; the seat is one of the body's kind.
fn seat_of(
    row: &mut Row<'_>,
    known: &Known,
    bodies: &HashMap<&str, &BodyEstablished>,
    codes: &SeatCodes,
) -> Option<(BodyId, SeatCode, Option<u16>)> {
    let body: Option<BodyId> = row.must_link("body", &known.bodies);
    let code = row.slug("seat_code");
    let ordinal = row.number::<u16>("ordinal");
    let (body, code) = (body?, code?);
    let Some(found) = bodies.get(body.as_str()) else {
        return Some((body, SeatCode::parse(&code).ok()?, ordinal));
    };
    if !codes.has(&found.kind, &code) {
        let message = format!("« {code} » n’est pas un siège de la sorte « {} » dans seats.csv", found.kind);
        row.fault("seat_code", message);
        return None;
    }
    if ordinal == Some(0) {
        row.fault("ordinal", "le premier rang est 1".into());
    }
    let count = codes.counts.get(&(found.kind.clone(), code.clone())).copied().flatten();
    row.within("ordinal", ordinal.map(u32::from), count.map(u32::from));
    Some((body, SeatCode::parse(&code).ok()?, ordinal))
}

pub(crate) fn occupancies(
    reading: &mut Reading<'_>,
    known: &Known,
    bodies: &HashMap<&str, &BodyEstablished>,
    codes: &SeatCodes,
) -> Vec<Dated<Occupancy>> {
    let mut ids = Ids::new("");
    let mut held = Held::default();
    rows(reading, &OCCUPANCIES, |row| {
        let id: Option<terms::OccupancyId> = row.id("id", &mut ids);
        let seat = seat_of(row, known, bodies, codes);
        row.text("ordinal");
        let holder = holder(row, known);
        let sex = row.word("sex", &SEXES);
        let (from, to) = row.past_period();
        let precisions = row.word("precision", &HELD);
        let reason = row.listed("end_reason", &LEAVING);
        if reason.is_some() && to.is_none() {
            row.fault("end_reason", "la case est remplie, mais valid_to est vide".into());
        }
        let (known_on, source) = (row.happened("known_on"), row.must_link("source", &known.sources));
        let (id, (body, seat, ordinal), (holder, name)) = (id?, seat?, holder?);
        let (precision, end) = precisions?;
        let place = format!("{body} {seat} {}", ordinal.unwrap_or(1));
        if let Some(line) = held.overlap(&place, from, to, row.line) {
            row.fault(
                "valid_from",
                format!("ce siège a déjà un titulaire à cette date, ligne {line} : donnez la fin du premier mandat"),
            );
        }
        let left = to.map(|on| {
            let reason = reason.unwrap_or_else(|| "unknown".into());
            SeatLeft { occupancy: id.clone(), on, precision: end, reason, source: source.clone() }
        });
        let (ordinal, sex) = (ordinal?, sex?);
        let filled =
            SeatFilled { id, body, seat, ordinal, holder, sex, youth: None, from, precision, source };
        Some(Dated { known_on, word: Occupancy { filled, name, left } })
    })
    .rows
}

/// The holder, and the name to enclose where it is a person.
fn holder(row: &mut Row<'_>, known: &Known) -> Option<(Holder, Option<String>)> {
    let kind = row.must_listed("holder_kind", &["office", "organisation", "person"])?;
    match kind.as_str() {
        "office" => Some((Holder::Office { body: row.must_link("holder", &known.bodies)? }, None)),
        "organisation" => {
            let organisation = row.must_link("holder", &known.organisations)?;
            Some((Holder::Organisation { organisation, name: None }, None))
        }
        _ => Some((Holder::Unnamed, Some(row.text("holder")?))),
    }
}

pub(crate) fn interruptions(
    reading: &mut Reading<'_>,
    known: &Known,
    bodies: &HashMap<&str, &BodyEstablished>,
    codes: &SeatCodes,
) -> Vec<Dated<SeatInterrupted>> {
    let states = [("vacant", Interruption::Vacant), ("suspended", Interruption::Suspended)];
    rows(reading, &SEAT_EVENTS, |row| {
        let seat = seat_of(row, known, bodies, codes);
        let (state, reason) = (row.must_word("event", &states), row.slug("reason"));
        row.text("valid_from");
        let (from, to) = row.past_period();
        let (known_on, source) = (row.happened("known_on"), row.must_link("source", &known.sources));
        let (body, seat, ordinal) = seat?;
        let (state, reason, from, note) = (state?, reason?, from?, row.maybe("note"));
        Some(Dated {
            known_on,
            word: SeatInterrupted { body, seat, ordinal, state, reason, from, to, source, note },
        })
    })
    .rows
}
