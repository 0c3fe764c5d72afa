//! Laws of the house that this room keeps.

use record::{Fault, values};
use terms::answers::{Channel, PointAnswer, Stance};
use terms::{Actor, Word};

use super::world::{World, body, recommendation};
use crate::acts::{self, Given};

/// Every source of the room, without its tests.
const SOURCES: &[&str] = &[
    include_str!("../lib.rs"),
    include_str!("../refusal.rs"),
    include_str!("../pages/cards.rs"),
    include_str!("../pages/clock_forms.rs"),
    include_str!("../pages/exchange.rs"),
    include_str!("../pages/feeds.rs"),
    include_str!("../pages/follow_up.rs"),
    include_str!("../pages/ladder.rs"),
    include_str!("../pages/link.rs"),
    include_str!("../pages/lists.rs"),
    include_str!("../pages/overdue.rs"),
    include_str!("../pages/panels.rs"),
    include_str!("../pages/reply.rs"),
    include_str!("../pages/spoken.rs"),
    include_str!("../pages/standing.rs"),
    include_str!("../pages/worklist.rs"),
];

#[test]
fn every_message_is_there_in_both_languages() {
    let (fr, en) = (include_str!("../../lang/fr.ftl"), include_str!("../../lang/en.ftl"));
    assert_eq!(web::laws::check_messages("answers", SOURCES, fr, en), Vec::<String>::new());
}

#[test]
fn every_word_of_the_record_has_its_message() {
    let fr = include_str!("../../lang/fr.ftl");
    let has = |key: String| assert!(fr.contains(&format!("\n{key} =")), "{key}");
    Channel::ALL.iter().for_each(|c| has(format!("answers-channel-{}", c.as_str())));
    Stance::ALL.iter().for_each(|s| has(format!("answers-stance-{}", s.as_str())));
    crate::Stage::ALL.iter().for_each(|s| has(format!("answers-stage-{}", s.as_str())));
    terms::answers::Progress::ALL.iter().for_each(|p| has(format!("answers-progress-{}", p.as_str())));
    terms::recommendations::DeliveryProof::ALL
        .iter()
        .for_each(|p| has(format!("answers-proof-{}", p.as_str())));
    terms::recommendations::ClosingGround::ALL
        .iter()
        .for_each(|g| has(format!("answers-ground-{}", g.as_str())));
}

/// The same recommendation before ten thousand other addressees, each of which answered the same day.
fn answered_before_many(world: &World) {
    const MANY: usize = 10_000;
    let zone = world.house.record().zone.clone();
    world
        .house
        .record()
        .scribe
        .seal_now(move |desk| -> Result<(), Fault> {
            let facts = crate::case_facts(desk.tx(), &recommendation("r-1"), &body("maire"))?.unwrap();
            let text = Some(desk.enclose_text("Six lampes.")?);
            let point = |point| PointAnswer {
                point,
                stance: Stance::RefusedWithReason,
                text,
                by_when: None,
                responsible: None,
                secrecy_basis: None,
                passed_to: None,
            };
            let given = Given {
                on: facts.case.delivered_on,
                channel: Channel::Account,
                text: None,
                points: vec![point(1), point(2)],
                file: None,
                witnesses: vec![],
            };
            let today = facts.case.delivered_on;
            let answered = acts::answer(&facts, given, today).unwrap();
            for n in 0..MANY {
                let addressee = body(&format!("autorite-{n}"));
                let transmitted = terms::recommendations::RecommendationTransmitted {
                    recommendation: recommendation("r-1"),
                    addressee: addressee.clone(),
                    delivered_on: today,
                    proof: terms::recommendations::DeliveryProof::Receipt,
                    file: None,
                    rule: facts.case.rule.clone(),
                    acknowledge_by: facts.case.acknowledge_by,
                    answer_by: facts.case.answer_by,
                    points: vec![],
                };
                desk.append(&zone, Actor::Loader, None, Word::RecommendationTransmitted(transmitted))?;
                let answered = terms::answers::Answered { addressee, ..answered.clone() };
                desk.append(&zone, Actor::Loader, None, Word::Answered(answered))?;
            }
            Ok(())
        })
        .unwrap();
}

/// The duty's cost: of ten thousand answered cases none is read, and the one that is due is found by its index.
#[test]
fn answered_cases_are_not_read_by_the_duty() {
    let world = World::on("2026-01-05");
    world.adopt("r-1", &["maire"]);
    world.transmit("r-1", "maire", "ccsc");
    answered_before_many(&world);
    world.sleep_until("2026-06-01");
    let (read, plan): (usize, String) = world
        .house
        .record()
        .shelf
        .read(|tx| -> Result<_, Fault> {
            let today = world.house.record().today();
            let read = crate::tables::to_check(tx, today)?.len();
            let plan = tx.rows(
                "EXPLAIN QUERY PLAN SELECT addressee FROM answer_case WHERE next_check <= ?1 ORDER BY next_check",
                values![today],
                |row| row.get::<String>(3),
            )?;
            Ok((read, plan.join(" ")))
        })
        .unwrap();
    assert_eq!(read, 1, "only the mayor, who is silent");
    assert!(plan.contains("answer_case_check") && plan.contains("SEARCH"), "{plan}");
    world.house.keep_time().unwrap();
    assert_eq!(world.clock_lines().len(), 3, "{:?}", world.clock_lines());
}
