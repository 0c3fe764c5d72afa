//! A year of one recommendation under a clock moved day by day.

use terms::answers::{Channel, PointAnswer, Stance};
use terms::recommendations::{ClosingGround, RecommendationClosed, RecommendationReopened};
use terms::{RuleId, Word};

use super::world::{World, body, day, recommendation};
use crate::acts::{self, Climb, Given};
use crate::refusal::Refusal;
use crate::{Stage, case_facts};

fn answer(world: &World, addressee: &'static str, on: &'static str, channel: Channel) {
    world.act(move |desk, _, today| {
        let facts = case_facts(desk.tx(), &recommendation("r-1"), &body(addressee)).unwrap().unwrap();
        let text = Some(desk.enclose_text("Ce sera fait.").unwrap());
        let point = |point| PointAnswer {
            point,
            stance: Stance::Accepted,
            text,
            by_when: Some(day("2026-12-01")),
            responsible: None,
            secrecy_basis: None,
            passed_to: None,
        };
        let file = Some(desk.enclose(terms::Media::Pdf, b"%PDF-1.4 lettre").unwrap());
        let (points, witnesses) = (vec![point(1), point(2)], vec![]);
        let given = Given { on: day(on), channel, text, points, file, witnesses };
        acts::answer(&facts, given, today).map(Word::Answered)
    });
}

/// The year, its server off between two days or never.
fn year(off: Option<(&str, &str)>) -> World {
    let world = World::on("2026-01-05");
    let live = |until: &str| match off {
        Some((from, to)) if day(from) < day(until) && world.house.record().today() < day(to) => {
            world.live_until(from);
            world.sleep_until(to);
            world.house.keep_time().unwrap();
            world.live_until(until);
        }
        _ => world.live_until(until),
    };
    world.adopt("r-1", &["maire", "poste"]);
    world.transmit("r-1", "maire", "ccsc");
    world.transmit("r-1", "poste", "ccsc");
    live("2026-01-08");
    world.act(|desk, _, today| {
        let facts = case_facts(desk.tx(), &recommendation("r-1"), &body("poste")).unwrap().unwrap();
        acts::acknowledge(&facts, today, Channel::Account, None, today).map(Word::Acknowledged)
    });
    live("2026-01-20");
    world.act(|desk, clocks, today| {
        let facts = case_facts(desk.tx(), &recommendation("r-1"), &body("poste")).unwrap().unwrap();
        acts::pause(&facts, clocks, today, "precision", None, today).map(Word::ClockPaused)
    });
    // The due day of 4 February passes while the clock of the post stands still.
    live("2026-02-10");
    assert_eq!(world.facts("r-1", "poste").case.stage(), Stage::Paused);
    world.act(|desk, clocks, today| {
        let facts = case_facts(desk.tx(), &recommendation("r-1"), &body("poste")).unwrap().unwrap();
        acts::resume(&facts, clocks, today, None, today).map(Word::ClockResumed)
    });
    assert_eq!(world.facts("r-1", "poste").case.answer_by, Some(day("2026-02-25")));
    live("2026-02-19");
    world.act(|desk, clocks, on| {
        let facts = case_facts(desk.tx(), &recommendation("r-1"), &body("maire")).unwrap().unwrap();
        let letter = desk.enclose_text("Au Préfet.").unwrap();
        acts::escalate(&facts, clocks, Climb { step: 1, to: Some(body("prefet")), on, letter }, on)
            .map(Word::Escalated)
    });
    live("2026-02-20");
    world.act(|desk, _, today| {
        let facts = case_facts(desk.tx(), &recommendation("r-1"), &body("poste")).unwrap().unwrap();
        let reason = desk.enclose_text("Le temps de chiffrer.").unwrap();
        acts::extend(&facts, today, day("2026-03-20"), reason, today).map(Word::DueExtended)
    });
    live("2026-03-10");
    answer(&world, "maire", "2026-03-09", Channel::ScannedLetter);
    live("2026-03-15");
    answer(&world, "poste", "2026-03-15", Channel::Account);
    live("2026-05-01");
    world.transmit("r-1", "gouverneur", "ccsc");
    live("2026-05-10");
    world.act(|desk, _, on| {
        let reason = desk.enclose_text("Sans suite.").unwrap();
        let (recommendation, ground) = (recommendation("r-1"), ClosingGround::Unsatisfactory);
        let closed = RecommendationClosed { recommendation, on, ground, reason, replaced_by: None };
        Ok::<_, Refusal>(Word::RecommendationClosed(closed))
    });
    live("2026-06-15");
    world.act(|desk, _, on| {
        let reason = desk.enclose_text("Fait nouveau.").unwrap();
        let reopened = RecommendationReopened { recommendation: recommendation("r-1"), on, reason };
        Ok::<_, Refusal>(Word::RecommendationReopened(reopened))
    });
    live("2026-12-31");
    world
}

/// What time wrote in that year, worked out by hand with a calendar of 2026.
const WRITTEN: [&str; 8] = [
    // Five working days from Monday 5 January end on Monday 12.
    "2026-01-13 maire acknowledgement due 2026-01-12 known 2026-01-13",
    "2026-02-04 maire reminded known 2026-02-04",
    "2026-02-05 maire answer due 2026-02-04 known 2026-02-05",
    // Seven working days from Thursday 19 February end on Monday 2 March.
    "2026-03-03 prefet acknowledgement due 2026-03-02 known 2026-03-03",
    // Sixty days from 19 February end on Monday 20 April.
    "2026-04-20 prefet reminded known 2026-04-20",
    "2026-04-21 prefet answer due 2026-04-20 known 2026-04-21",
    // Five working days from Friday 1 May end on Friday 8 May.
    "2026-05-09 gouverneur acknowledgement due 2026-05-08 known 2026-05-09",
    // Thirty days from 1 May end on Sunday 31, moved to Monday 1 June, while all was closed.
    "2026-06-15 gouverneur answer due 2026-06-01 known 2026-06-15",
];

fn written() -> Vec<String> {
    WRITTEN.map(str::to_owned).to_vec()
}

#[test]
fn a_year_day_by_day() {
    let world = year(None);
    // The reminder of the post came to lie on its granted day, 20 March, when it had answered; that of the governor on
    // 31 May, when all was closed: neither was written.
    assert_eq!(world.clock_lines(), written());
    let maire = world.facts("r-1", "maire").case;
    assert_eq!((maire.stage(), maire.in_time()), (Stage::Answered, Some(false)));
    assert_eq!(maire.escalated_to, Some(body("prefet")));
    let poste = world.facts("r-1", "poste").case;
    assert_eq!((poste.stage(), poste.in_time()), (Stage::Answered, Some(true)));
    assert_eq!((poste.answer_original, poste.answer_by), (Some(day("2026-02-04")), Some(day("2026-03-20"))));
    let prefet = world.facts("r-1", "prefet").case;
    assert_eq!((prefet.stage(), prefet.rule), (Stage::Silent, RuleId::parse("ccsr").ok()));
    assert_eq!((prefet.delivered_on, prefet.answer_by), (day("2026-02-19"), Some(day("2026-04-20"))));
    assert_eq!(world.facts("r-1", "gouverneur").case.stage(), Stage::Silent);
    world.check();
}

#[test]
fn a_server_off_for_forty_days_writes_the_same() {
    for (from, to) in [("2026-03-20", "2026-04-29"), ("2026-09-01", "2026-10-11")] {
        let world = year(Some((from, to)));
        assert_eq!(world.clock_lines(), written(), "{from} – {to}");
        world.check();
    }
}

#[test]
fn nothing_is_written_twice() {
    let world = year(None);
    let before = world.clock_lines().len();
    assert_eq!(world.house.keep_time().unwrap(), 0);
    world.sleep_until("2027-06-01");
    assert_eq!(world.house.keep_time().unwrap(), 0);
    assert_eq!(world.clock_lines().len(), before);
}

/// An imported case that was answered late had its silence all the same, known no earlier than its import.
#[test]
fn an_imported_silence_keeps_its_day_and_is_known_from_the_import() {
    let world = World::on("2026-01-05");
    world.adopt("r-1", &["maire"]);
    world.transmit("r-1", "maire", "ccsc");
    world.sleep_until("2026-03-09");
    answer(&world, "maire", "2026-03-09", Channel::ScannedLetter);
    world.sleep_until("2026-03-10");
    world.house.keep_time().unwrap();
    assert_eq!(world.clock_lines(), written()[..3].to_vec());
    assert_eq!(world.facts("r-1", "maire").case.stage(), Stage::Answered);
    world.check();
}
