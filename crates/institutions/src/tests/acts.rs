//! Each refusal on both sides of its limit, and how seats stand on a day.

use terms::institutions::{Holder, Interruption, SeatInterrupted, SeatKind, SeatLeft, Sex};
use terms::sittings::{AttendanceTaken, Presence, SeatPresence};
use terms::{Bilingual, BodyId, Day, Mark, OccupancyId, Precision, SeatCode, SittingId, SourceId};

use super::day;
use crate::acts::*;
use crate::compared::{Came, Sides, sides, since};
use crate::seats::{Holding, Interrupted, Sitter, Stands, Template, seats_on};
use crate::tables::Taken;

const TODAY: &str = "2026-03-02";

fn body() -> BodyFacts {
    BodyFacts {
        id: BodyId::parse("comite-fictif").unwrap(),
        from: Some(day("2020-01-01")),
        to: Some(day("2025-01-01")),
        installed: None,
    }
}

fn code(text: &str) -> SeatCode {
    SeatCode::parse(text).unwrap()
}

fn occupancy(text: &str) -> OccupancyId {
    OccupancyId::parse(text).unwrap()
}

fn open() -> BodyFacts {
    BodyFacts { to: None, ..body() }
}

#[test]
fn a_body_is_installed_within_its_time_and_once_exactly() {
    let on = |text: &str| Installing { on: day(text), precision: Precision::Day, source: None, note: None };
    let known = |precision| BodyFacts { installed: Some((day("2021-05-01"), precision)), ..open() };
    let cases: Vec<(BodyFacts, &str, Vec<Refusal>)> = vec![
        (body(), "2020-01-01", vec![]),
        (body(), "2019-12-31", vec![Refusal::BeforeBody("jour", day("2020-01-01"))]),
        (body(), "2024-12-31", vec![]),
        (body(), "2025-01-01", vec![Refusal::AfterBody("jour", day("2025-01-01"))]),
        (open(), TODAY, vec![]),
        (open(), "2026-03-03", vec![Refusal::Future("jour")]),
        (BodyFacts { from: None, ..open() }, "1990-01-01", vec![]),
        (known(Precision::Attested), "2021-04-01", vec![]),
        (known(Precision::Month), "2021-05-12", vec![]),
        (known(Precision::Day), "2021-05-12", vec![Refusal::InstalledAlready(day("2021-05-01"))]),
    ];
    for (facts, text, refusals) in cases {
        let decided = install(&facts, on(text), day(TODAY));
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{text} {facts:?}");
    }
}

#[test]
fn a_body_is_established_once_at_a_place_of_its_level() {
    let asked = |from: Option<&str>| Establishing {
        id: BodyId::parse("instance-x").unwrap(),
        kind: "comite".into(),
        name: Bilingual::same("Comité fictif"),
        place: None,
        from: from.map(day),
        source: None,
        note: None,
    };
    let ground = |kind: Option<Option<&str>>, place: Option<&str>, taken| Ground {
        kind_level: kind.map(|level| level.map(str::to_owned)),
        place_level: place.map(str::to_owned),
        taken,
        exercise: false,
    };
    let cases = vec![
        (ground(Some(Some("commune")), Some("commune"), false), Some(TODAY), vec![]),
        (ground(Some(Some("commune")), None, false), None, vec![]),
        (ground(Some(None), Some("region"), false), None, vec![]),
        (ground(Some(Some("commune")), Some("region"), false), None, vec![Refusal::LevelOther]),
        (ground(None, None, false), None, vec![Refusal::KindUnknown]),
        (ground(Some(None), Some("region"), true), None, vec![Refusal::Taken]),
        (ground(Some(None), None, false), Some("2026-03-03"), vec![Refusal::Future("jour")]),
    ];
    for (ground, from, refusals) in cases {
        let decided = establish(&ground, asked(from), day(TODAY));
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{ground:?}");
    }
    let exercise = Ground { exercise: true, ..ground(Some(None), None, false) };
    assert!(establish(&exercise, asked(None), day(TODAY)).unwrap().exercise);
}

fn seat(count: Option<u16>, sex: Option<Sex>, holdings: &[(u16, Option<&str>, Option<&str>)]) -> SeatFacts {
    let holdings = holdings.iter().map(|(ordinal, from, to)| (*ordinal, from.map(day), to.map(day)));
    SeatFacts { count, sex, since: Some(day("2021-01-01")), holdings: holdings.collect() }
}

fn filling(ordinal: u16, sex: Option<Sex>, from: Option<&str>, to: Option<(&str, &str)>) -> Filling {
    Filling {
        id: occupancy("t-1"),
        seat: code("femmes"),
        ordinal,
        holder: Holder::Unnamed,
        sex,
        youth: None,
        from: from.map(day),
        to: to.map(|(to, _)| day(to)),
        reason: to.map(|(_, reason)| reason.to_owned()).filter(|reason| !reason.is_empty()),
        source: None,
    }
}

#[test]
fn a_seat_is_filled_on_one_side_of_each_limit() {
    use Refusal as R;
    let two = || seat(Some(2), Some(Sex::Female), &[(1, Some("2022-01-01"), Some("2023-01-01"))]);
    let held = || seat(Some(2), None, &[(1, Some("2022-01-01"), None)]);
    let some = |from: &'static str| Some(from);
    let cases: Vec<(Option<SeatFacts>, Filling, Vec<Refusal>)> = vec![
        (None, filling(1, None, some("2024-01-01"), None), vec![R::SeatUnknown]),
        (Some(two()), filling(2, None, some("2024-01-01"), None), vec![]),
        (Some(two()), filling(3, None, some("2024-01-01"), None), vec![R::OrdinalBeyond(2)]),
        (Some(two()), filling(0, None, some("2024-01-01"), None), vec![R::OrdinalBeyond(2)]),
        (Some(seat(None, None, &[])), filling(ORDINAL_MAX, None, None, None), vec![]),
        (
            Some(seat(None, None, &[])),
            filling(ORDINAL_MAX + 1, None, None, None),
            vec![R::OrdinalBeyond(ORDINAL_MAX)],
        ),
        (Some(two()), filling(2, Some(Sex::Female), None, None), vec![]),
        (Some(two()), filling(2, Some(Sex::Male), None, None), vec![R::SexReserved(Sex::Female)]),
        (Some(two()), filling(1, None, some("2023-01-01"), None), vec![]),
        (Some(two()), filling(1, None, some("2022-12-31"), None), vec![R::HeldAlready]),
        (Some(two()), filling(1, None, None, None), vec![R::HeldAlready]),
        (Some(two()), filling(1, None, some("2021-06-01"), Some(("2022-01-01", "resigned"))), vec![]),
        (
            Some(two()),
            filling(1, None, some("2021-06-01"), Some(("2022-01-02", "resigned"))),
            vec![R::HeldAlready],
        ),
        (Some(held()), filling(1, None, some("2025-01-01"), None), vec![R::HeldAlready]),
        (Some(held()), filling(2, None, some("2025-01-01"), None), vec![]),
        (Some(held()), filling(2, None, some("2021-01-01"), None), vec![]),
        (
            Some(held()),
            filling(2, None, some("2020-12-31"), None),
            vec![R::BeforeSeat("depuis", day("2021-01-01"))],
        ),
        (Some(held()), filling(2, None, some(TODAY), None), vec![]),
        (Some(held()), filling(2, None, some("2026-03-03"), None), vec![R::Future("depuis")]),
        (
            Some(held()),
            filling(2, None, some("2024-01-01"), Some(("2024-01-01", "died"))),
            vec![R::EndedBeforeBegun("jusqu")],
        ),
        (Some(held()), filling(2, None, some("2024-01-01"), Some(("2024-01-02", "died"))), vec![]),
        (
            Some(held()),
            filling(2, None, some("2024-01-01"), Some(("2024-02-01", ""))),
            vec![R::EndWithoutReason],
        ),
        (
            Some(held()),
            filling(2, None, some("2024-01-01"), Some(("2024-02-01", "ennui"))),
            vec![R::ReasonUnknown],
        ),
    ];
    for (facts, asked, refusals) in cases {
        let said = format!("{facts:?} {asked:?}");
        let decided = fill(&open(), facts.as_ref(), asked, true, day(TODAY));
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{said}");
    }
    let asked = filling(1, None, some("2023-02-01"), Some(("2023-03-01", "resigned")));
    let (filled, left) = fill(&open(), Some(&two()), asked, true, day(TODAY)).unwrap();
    assert_eq!(left.map(|left| (left.occupancy, left.on)), Some((filled.id, day("2023-03-01"))));
    let early = fill(&open(), Some(&two()), filling(9, None, Some("2019-01-01"), None), true, day(TODAY));
    assert_eq!(early.unwrap_err().len(), 3, "all refusals at once");
}

#[test]
fn who_is_not_of_the_body_names_a_source() {
    let asked = || filling(2, None, Some("2024-01-01"), None);
    let cited = Filling { source: SourceId::parse("gazette").ok(), ..asked() };
    let of = |asked, own| fill(&open(), Some(&seat(Some(2), None, &[])), asked, own, day(TODAY)).err();
    assert_eq!(of(asked(), true), None);
    assert_eq!(of(asked(), false), Some(vec![Refusal::SourceMissing]));
    assert_eq!(of(cited, false), None);
}

#[test]
fn attendance_is_of_the_bodys_seats_and_of_no_more_people_than_came() {
    let said = |seats: &[(&str, u16, Presence)]| AttendanceTaken {
        sitting: SittingId::parse("s-1").unwrap(),
        body: open().id,
        on: day("2026-02-01"),
        seats: seats
            .iter()
            .map(|(seat, ordinal, presence)| SeatPresence {
                seat: code(seat),
                ordinal: *ordinal,
                presence: *presence,
            })
            .collect(),
        source: None,
    };
    let seats = [(code("femmes"), 1), (code("femmes"), 2), (code("maire"), 1)];
    let both = [
        ("femmes", 1, Presence::Present),
        ("femmes", 2, Presence::Represented),
        ("maire", 1, Presence::Absent),
    ];
    let of = |sitting, taken| attend(sitting, &seats, taken).err().unwrap_or_default();
    assert_eq!(of(Some(None), said(&both)), vec![]);
    assert_eq!(of(Some(Some(2)), said(&both)), vec![]);
    assert_eq!(of(Some(Some(1)), said(&both)), vec![Refusal::MoreThanPresent(1)]);
    assert_eq!(of(None, said(&[])), vec![Refusal::SittingUnknown, Refusal::NobodySaid]);
    assert_eq!(of(Some(None), said(&[("femmes", 3, Presence::Present)])), vec![Refusal::SeatUnknown]);
    assert_eq!(of(Some(None), said(&[("autre", 1, Presence::Excused)])), vec![Refusal::SeatUnknown]);
}

#[test]
fn text_named_and_attended_are_three_counts_and_the_unknown_is_in_none() {
    let templates = [template(Some(4))];
    let awa = Sitter::Person { name: Some("Awa Fictive".into()) };
    let holdings = [
        Holding { sitter: awa, ..held("t-1", 1, "2024-01-01", None) },
        Holding { sitter: Sitter::Unnamed, ..held("t-2", 2, "2024-01-01", None) },
        held("t-3", 3, "2024-01-01", Some(("2025-01-01", "died"))),
    ];
    let seats = seats_on(&templates, &holdings, &[], day(TODAY));
    let mut taken = Taken { sittings: 3, ..Taken::default() };
    taken.seats.insert((code("femmes"), 1), Came { there: 2, of: 3 });
    taken.seats.insert((code("femmes"), 3), Came { there: 0, of: 2 });
    let found = sides(&seats, &taken);
    let expected = Sides {
        text: 4,
        named: 1,
        unnamed: 1,
        empty: 1,
        named_unknown: 1,
        attended: 1,
        absent: 1,
        attended_unknown: 2,
    };
    assert_eq!(found.values().copied().collect::<Vec<_>>(), [expected]);
    assert_eq!(expected.and(expected).text, 8);
}

#[test]
fn twelve_months_end_on_the_day() {
    assert_eq!(since(day("2026-03-02")), day("2025-03-03"));
    assert_eq!(since(day("2024-02-29")), day("2023-03-01"));
}

#[test]
fn a_holding_ends_once_after_it_began() {
    let left = |on: &str, reason: &str| SeatLeft {
        occupancy: occupancy("t-1"),
        on: day(on),
        precision: None,
        reason: reason.into(),
        source: None,
    };
    let from = Some(day("2024-01-01"));
    let cases: Vec<(Option<HoldingFacts>, SeatLeft, Vec<Refusal>)> = vec![
        (Some((from, None)), left("2024-01-02", "resigned"), vec![]),
        (Some((from, None)), left("2024-01-01", "resigned"), vec![Refusal::EndedBeforeBegun("jour")]),
        (Some((None, None)), left("1999-01-01", "died"), vec![]),
        (Some((from, None)), left(TODAY, "term-ended"), vec![]),
        (Some((from, None)), left("2026-03-03", "term-ended"), vec![Refusal::Future("jour")]),
        (Some((from, None)), left("2025-01-01", "ennui"), vec![Refusal::ReasonUnknown]),
        (None, left("2025-01-01", "died"), vec![Refusal::HoldingUnknown]),
        (
            Some((from, Some(day("2024-06-01")))),
            left("2025-01-01", "died"),
            vec![Refusal::EndedAlready(day("2024-06-01"))],
        ),
    ];
    for (facts, asked, refusals) in cases {
        let said = format!("{facts:?} {asked:?}");
        assert_eq!(end(facts, asked, day(TODAY)).err().unwrap_or_default(), refusals, "{said}");
    }
}

#[test]
fn a_vacancy_is_stated_of_an_empty_seat_and_a_suspension_of_any() {
    let stated = |state, ordinal, from: &str, to: Option<&str>| SeatInterrupted {
        body: open().id,
        seat: code("femmes"),
        ordinal,
        state,
        reason: "dissolution".into(),
        from: day(from),
        to: to.map(day),
        source: None,
        note: None,
    };
    let (vacant, suspended) = (Interruption::Vacant, Interruption::Suspended);
    let facts = seat(Some(2), None, &[(1, Some("2022-01-01"), Some("2024-01-01"))]);
    let cases = vec![
        (stated(vacant, Some(1), "2024-01-01", None), vec![]),
        (stated(vacant, Some(1), "2023-12-31", None), vec![Refusal::StillHeld]),
        (stated(vacant, None, "2023-12-31", None), vec![Refusal::StillHeld]),
        (stated(vacant, Some(2), "2023-12-31", None), vec![]),
        (stated(suspended, Some(1), "2023-12-31", None), vec![]),
        (stated(suspended, Some(3), "2023-12-31", None), vec![Refusal::OrdinalBeyond(2)]),
        (stated(suspended, None, "2024-05-01", Some("2024-05-02")), vec![]),
        (stated(suspended, None, "2024-05-01", Some("2024-05-01")), vec![Refusal::EndedBeforeBegun("jusqu")]),
        (stated(suspended, None, "2026-03-03", None), vec![Refusal::Future("depuis")]),
        (stated(suspended, None, "2019-12-31", None), vec![Refusal::BeforeBody("depuis", day("2020-01-01"))]),
        (
            SeatInterrupted { reason: "ennui".into(), ..stated(suspended, None, "2024-05-01", None) },
            vec![Refusal::ReasonUnknown],
        ),
    ];
    for (asked, refusals) in cases {
        let said = format!("{asked:?}");
        let decided = interrupt(&open(), Some(&facts), asked, day(TODAY));
        assert_eq!(decided.err().unwrap_or_default(), refusals, "{said}");
    }
    let none = interrupt(&open(), None, stated(vacant, None, "2024-05-01", None), day(TODAY));
    assert_eq!(none.unwrap_err(), [Refusal::SeatUnknown]);
}

fn template(count: Option<u16>) -> Template {
    Template {
        code: code("femmes"),
        name: Bilingual::same("Représentante"),
        kind: SeatKind::Category,
        constituency: "women".into(),
        count,
        count_rule: None,
        designating_party: None,
        overseen: None,
        sex: None,
        nominee: None,
        text: None,
        article: None,
        address: None,
        confidence: Mark::Verified,
        since: Some(day("2021-01-01")),
        source: None,
    }
}

fn held(id: &str, ordinal: u16, from: &str, to: Option<(&str, &str)>) -> Holding {
    Holding {
        id: occupancy(id),
        seat: code("femmes"),
        ordinal,
        sitter: Sitter::Unnamed,
        sex: None,
        youth: None,
        from: Some(day(from)),
        from_precision: Precision::Day,
        to: to.map(|(to, _)| day(to)),
        to_precision: Precision::Day,
        reason: to.map(|(_, reason)| reason.to_owned()),
        source: None,
        entry: 0,
    }
}

fn interrupted(state: Interruption, from: &str, to: Option<&str>) -> Interrupted {
    Interrupted {
        seat: code("femmes"),
        ordinal: None,
        state,
        reason: "dissolution".into(),
        from: day(from),
        to: to.map(day),
        note: None,
        source: None,
    }
}

/// How every place stands, a letter each: holder's id, `V`acant, `S`uspended, `?` unknown.
fn standing(count: Option<u16>, holdings: &[Holding], interruptions: &[Interrupted], on: Day) -> String {
    let templates = [template(count)];
    let seats = seats_on(&templates, holdings, interruptions, on);
    let word = |stands: Stands<'_>| match stands {
        Stands::Held(holding) => holding.id.to_string(),
        Stands::Vacant { .. } => "V".into(),
        Stands::Suspended(_) => "S".into(),
        Stands::Unknown => "?".into(),
    };
    seats.iter().map(|seat| word(seat.stands)).collect::<Vec<_>>().join(" ")
}

#[test]
fn seats_stand_as_sources_say_and_else_are_unknown() {
    let on = |text: &str| day(text);
    assert_eq!(
        standing(Some(2), &[], &[], on("2020-12-31")),
        "",
        "before the seat's first day there is none"
    );
    assert_eq!(standing(Some(2), &[], &[], on("2021-01-01")), "? ?");
    assert_eq!(standing(None, &[], &[], on("2022-01-01")), "?", "an unknown number shows one place");
    let holdings =
        [held("a", 1, "2022-01-01", Some(("2023-01-01", "resigned"))), held("b", 3, "2024-01-01", None)];
    assert_eq!(standing(None, &holdings, &[], on("2022-06-01")), "a");
    assert_eq!(standing(None, &holdings, &[], on("2022-12-31")), "a");
    assert_eq!(standing(None, &holdings, &[], on("2023-01-01")), "V", "who resigned left it vacant");
    assert_eq!(standing(None, &holdings, &[], on("2024-01-01")), "V ? b");
    for reason in ["term-ended", "replaced", "unknown", "fin de l’intérim"] {
        let replaced = [held("a", 1, "2022-01-01", Some(("2023-01-01", reason)))];
        assert_eq!(standing(Some(1), &replaced, &[], on("2023-01-01")), "?", "{reason}: someone follows");
    }
    let overlapping =
        [held("a", 1, "2022-01-01", None), held("b", 1, "2023-01-01", Some(("2024-01-01", "replaced")))];
    assert_eq!(standing(Some(1), &overlapping, &[], on("2023-06-01")), "b", "the latest to begin sits");
    assert_eq!(standing(Some(1), &overlapping, &[], on("2024-01-01")), "a");
}

#[test]
fn a_vacancy_yields_to_the_next_holder_and_a_suspension_to_its_end_alone() {
    let holdings = [held("a", 1, "2022-01-01", None), held("b", 1, "2024-01-01", None)];
    let vacant = [interrupted(Interruption::Vacant, "2023-01-01", None)];
    assert_eq!(standing(Some(1), &holdings, &vacant, day("2022-12-31")), "a");
    assert_eq!(standing(Some(1), &holdings, &vacant, day("2023-01-01")), "V");
    assert_eq!(standing(Some(1), &holdings, &vacant, day("2024-01-01")), "b");
    let suspended = [interrupted(Interruption::Suspended, "2023-01-01", Some("2025-01-01"))];
    assert_eq!(standing(Some(1), &holdings, &suspended, day("2024-12-31")), "S");
    assert_eq!(standing(Some(1), &holdings, &suspended, day("2025-01-01")), "b");
}
