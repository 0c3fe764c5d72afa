//! Tables of cases over the acts, on both sides of each limit, without a database.

use terms::answers::{Awaited, Channel, Fell, Observer, PointAnswer, Progress, Stance};
use terms::{BodyId, Commitment, Day, Enclosed, Media, OrganisationId, RuleId, Salt};

use super::world::{body, clocks, day, recommendation};
use crate::acts::{self, Climb, Given, LetterWords, Sight, letter};
use crate::refusal::Refusal as R;
use crate::{Asked, Case, CaseFacts, Held, Stage};

fn text() -> Enclosed {
    Enclosed { sha256: Commitment::to(&Salt([1; 32]), b"texte"), media: Media::Text, bytes: 5 }
}

/// Delivered on Monday 5 January 2026 under the commune's rule.
fn case() -> Case {
    Case {
        recommendation: recommendation("r-1"),
        addressee: body("maire"),
        author: "body/ccsc".into(),
        delivered_on: day("2026-01-05"),
        known: day("2026-01-05"),
        entry: 7,
        by_escalation: false,
        points: vec![],
        rule: RuleId::parse("ccsc").ok(),
        acknowledge_original: Some(day("2026-01-12")),
        acknowledge_by: Some(day("2026-01-12")),
        answer_original: Some(day("2026-02-04")),
        answer_by: Some(day("2026-02-04")),
        extended: false,
        acknowledged_on: None,
        answered_on: None,
        substantive_on: None,
        silent_acknowledgement: None,
        silent_answer: None,
        reminders: 0,
        last_reminded: None,
        paused_from: None,
        paused_days: 0,
        escalated_from: None,
        escalated_to: None,
        closed_on: None,
        reopened_on: None,
        priority: 2,
        exercise: false,
        region: None,
        places: vec![],
    }
}

fn facts() -> CaseFacts {
    CaseFacts {
        case: case(),
        asked: Asked {
            id: recommendation("r-1"),
            author: "body/ccsc".into(),
            adopted_on: Some(day("2026-01-02")),
            points: vec![1, 2],
            addressees: vec![body("maire"), body("poste")],
            places: vec![],
            closed_on: None,
            exercise: false,
        },
        pauses: vec![],
        refused: false,
        steps_taken: vec![],
    }
}

fn with(change: impl FnOnce(&mut CaseFacts)) -> CaseFacts {
    let mut facts = facts();
    change(&mut facts);
    facts
}

fn refusals<T>(decision: acts::Decision<T>) -> Vec<R> {
    decision.err().unwrap_or_default()
}

const TODAY: &str = "2026-03-10";

#[test]
fn an_acknowledgement_lies_between_delivery_and_today() {
    let ack = |facts: &CaseFacts, on: &str, channel, file| {
        refusals(acts::acknowledge(facts, day(on), channel, file, day(TODAY)))
    };
    let account = Channel::Account;
    assert_eq!(ack(&facts(), "2026-01-05", account, None), []);
    assert_eq!(ack(&facts(), "2026-01-04", account, None), [R::TooSoon(day("2026-01-05"))]);
    assert_eq!(ack(&facts(), "2026-03-10", account, None), []);
    assert_eq!(ack(&facts(), "2026-03-11", account, None), [R::InFuture]);
    assert_eq!(ack(&facts(), "2026-02-01", Channel::ScannedLetter, None), [R::ScanMissing]);
    assert_eq!(ack(&facts(), "2026-02-01", Channel::ScannedLetter, Some(text())), []);
    let before = with(|f| f.case.acknowledged_on = Some(day("2026-01-08")));
    assert_eq!(ack(&before, "2026-02-01", account, None), [R::AlreadyAcknowledged(day("2026-01-08"))]);
}

fn point(number: u8, stance: Stance) -> PointAnswer {
    PointAnswer {
        point: number,
        stance,
        text: None,
        by_when: None,
        responsible: None,
        secrecy_basis: None,
        passed_to: None,
    }
}

fn given(on: &str, channel: Channel, points: Vec<PointAnswer>) -> Given {
    Given { on: day(on), channel, text: None, points, file: None, witnesses: vec![] }
}

#[test]
fn an_answer_late_or_after_closing_is_taken() {
    let taken = |facts: &CaseFacts| {
        let given = given(TODAY, Channel::Account, vec![point(1, Stance::Accepted)]);
        refusals(acts::answer(facts, given, day(TODAY)))
    };
    assert_eq!(taken(&facts()), []);
    assert_eq!(taken(&with(|f| f.case.closed_on = Some(day("2026-03-01")))), []);
    assert_eq!(taken(&with(|f| f.case.substantive_on = Some(day("2026-03-01")))), []);
    assert_eq!(taken(&with(|f| f.case.paused_from = Some(day("2026-03-01")))), []);
}

#[test]
fn every_stance_asks_for_what_it_says() {
    let said = |answer: PointAnswer| {
        refusals(acts::answer(&facts(), given(TODAY, Channel::Account, vec![answer]), day(TODAY)))
    };
    for stance in Stance::ALL {
        let bare = said(point(1, stance));
        let worded =
            said(PointAnswer { text: Some(text()), passed_to: Some(body("gouverneur")), ..point(1, stance) });
        assert_eq!(worded, [], "{stance:?}");
        let expected = match stance {
            Stance::RefusedWithReason | Stance::AcceptedOtherwise | Stance::Deferred => vec![R::PointText(1)],
            Stance::PassedOn => vec![R::PassedToNobody(1)],
            // A secrecy without its legal basis is taken and noted as such.
            _ => vec![],
        };
        assert_eq!(bare, expected, "{stance:?}");
    }
    let itself = PointAnswer { passed_to: Some(body("maire")), ..point(2, Stance::PassedOn) };
    assert_eq!(said(itself), [R::PassedToItself(2)]);
}

#[test]
fn points_are_those_asked_and_each_once() {
    let said = |facts: &CaseFacts, numbers: &[u8]| {
        let points = numbers.iter().map(|n| point(*n, Stance::Evasive)).collect();
        refusals(acts::answer(facts, given(TODAY, Channel::Account, points), day(TODAY)))
    };
    assert_eq!(said(&facts(), &[1, 2]), []);
    assert_eq!(said(&facts(), &[3]), [R::UnknownPoint(3)]);
    assert_eq!(said(&facts(), &[1, 1]), [R::PointTwice(1)]);
    assert_eq!(said(&with(|f| f.case.points = vec![2]), &[1]), [R::UnknownPoint(1)]);
    assert_eq!(said(&facts(), &[]), [R::NothingSaid]);
}

#[test]
fn proofs_are_complete() {
    let said = |channel, file: Option<Enclosed>, witnesses: &[&str]| {
        let witnesses = witnesses.iter().map(|id| OrganisationId::parse(id).unwrap()).collect();
        let given = Given { file, witnesses, ..given(TODAY, channel, vec![point(1, Stance::Evasive)]) };
        refusals(acts::answer(&facts(), given, day(TODAY)))
    };
    assert_eq!(said(Channel::Meeting, None, &["femmes"]), [R::TooFewWitnesses]);
    assert_eq!(said(Channel::Meeting, None, &["femmes", "femmes"]), [R::TooFewWitnesses]);
    assert_eq!(said(Channel::Meeting, None, &["femmes", "droits"]), []);
    assert_eq!(said(Channel::ScannedLetter, None, &[]), [R::ScanMissing]);
    assert_eq!(said(Channel::ScannedLetter, Some(text()), &[]), []);
    for channel in [Channel::Account, Channel::SignedLink, Channel::Document] {
        assert_eq!(said(channel, None, &[]), []);
    }
}

#[test]
fn all_refusals_come_at_once() {
    let bad = Given {
        points: vec![point(9, Stance::RefusedWithReason)],
        ..given("2026-03-11", Channel::ScannedLetter, vec![])
    };
    let found = refusals(acts::answer(&facts(), bad, day(TODAY)));
    assert_eq!(found, [R::InFuture, R::UnknownPoint(9), R::PointText(9), R::ScanMissing]);
}

fn held(cause: &str, from: &str, to: Option<&str>) -> Held {
    Held { cause: cause.into(), from: day(from), to: to.map(day) }
}

#[test]
fn a_clock_stands_still_for_a_listed_cause_as_often_as_it_may() {
    let clocks = clocks();
    let pause = |facts: &CaseFacts, from: &str, cause: &str| {
        refusals(acts::pause(facts, &clocks, day(from), cause, None, day(TODAY)))
    };
    assert_eq!(pause(&facts(), "2026-01-20", "precision"), []);
    assert_eq!(pause(&facts(), "2026-01-20", "vacances"), [R::UnknownCause]);
    assert_eq!(pause(&facts(), "2026-01-04", "precision"), [R::TooSoon(day("2026-01-05"))]);
    assert_eq!(pause(&facts(), "2026-03-11", "precision"), [R::InFuture]);
    let once = with(|f| f.pauses = vec![held("precision", "2026-01-10", Some("2026-01-12"))]);
    assert_eq!(pause(&once, "2026-01-20", "precision"), [R::CauseSpent(1)]);
    assert_eq!(pause(&once, "2026-01-20", "force-majeure"), []);
    assert_eq!(pause(&once, "2026-01-12", "force-majeure"), []);
    assert_eq!(pause(&once, "2026-01-11", "force-majeure"), [R::InsideAPause(day("2026-01-12"))]);
    let running = with(|f| {
        f.pauses = vec![held("force-majeure", "2026-01-10", None)];
        f.case.paused_from = Some(day("2026-01-10"));
    });
    assert_eq!(pause(&running, "2026-01-20", "precision"), [R::AlreadyPaused(day("2026-01-10"))]);
    let closed = with(|f| f.case.closed_on = Some(day("2026-03-01")));
    assert_eq!(pause(&closed, "2026-01-20", "precision"), [R::Closed(day("2026-03-01"))]);
    let answered = with(|f| f.case.substantive_on = Some(day("2026-03-01")));
    assert_eq!(pause(&answered, "2026-01-20", "precision"), [R::AlreadyAnswered(day("2026-03-01"))]);
}

#[test]
fn a_clock_that_runs_again_has_new_days() {
    let paused = |from: &'static str| {
        with(|f| {
            f.pauses = vec![held("precision", from, None)];
            f.case.paused_from = Some(day(from));
        })
    };
    let resume = |facts: &CaseFacts, on: &str| acts::resume(facts, &clocks(), day(on), None, day(TODAY));
    assert_eq!(refusals(resume(&facts(), "2026-01-20")), [R::NotPaused]);
    let facts = paused("2026-01-20");
    assert_eq!(refusals(resume(&facts, "2026-01-20")), [R::InsideAPause(day("2026-01-20"))]);
    assert_eq!(refusals(resume(&facts, "2026-03-11")), [R::InFuture]);
    let resumed = resume(&facts, "2026-02-10").unwrap();
    // Twenty-one days from Wednesday 4 February; the acknowledgement was due before the pause.
    assert_eq!(resumed.answer_by, Some(day("2026-02-25")));
    assert_eq!(resumed.acknowledge_by, Some(day("2026-01-12")));
    let granted = with(|f| {
        f.pauses = vec![held("precision", "2026-02-01", None)];
        f.case.paused_from = Some(day("2026-02-01"));
        (f.case.answer_by, f.case.extended) = (Some(day("2026-02-20")), true);
    });
    // Seven days more than Friday 20 February.
    assert_eq!(resume(&granted, "2026-02-08").unwrap().answer_by, Some(day("2026-02-27")));
    // Eight end on Saturday and move to Monday.
    assert_eq!(resume(&granted, "2026-02-09").unwrap().answer_by, Some(day("2026-03-02")));
}

#[test]
fn more_time_ends_later_than_before() {
    let extend = |facts: &CaseFacts, to: &str| {
        refusals(acts::extend(facts, day("2026-02-01"), day(to), text(), day(TODAY)))
    };
    assert_eq!(extend(&facts(), "2026-02-05"), []);
    assert_eq!(extend(&facts(), "2026-02-04"), [R::NotLater(day("2026-02-04"))]);
    assert_eq!(extend(&with(|f| f.case.answer_by = None), "2026-02-05"), [R::NoDay]);
    let paused = with(|f| f.case.paused_from = Some(day("2026-01-10")));
    assert_eq!(extend(&paused, "2026-02-05"), [R::AlreadyPaused(day("2026-01-10"))]);
}

fn climb(on: &str, to: Option<&str>) -> Climb {
    Climb { step: 1, to: to.map(body), on: day(on), letter: text() }
}

#[test]
fn a_rung_opens_on_its_day_or_upon_a_refusal() {
    let go = |facts: &CaseFacts, climb| acts::escalate(facts, &clocks(), climb, day(TODAY));
    let prefet = || Some("prefet");
    // Forty-five days from 5 January.
    let early = climb("2026-02-18", prefet());
    assert_eq!(refusals(go(&facts(), early.clone())), [R::StepTooSoon(day("2026-02-19"))]);
    let taken = go(&facts(), climb("2026-02-19", prefet())).unwrap();
    assert_eq!(taken.rule, RuleId::parse("ccsr").ok());
    assert_eq!(taken.acknowledge_by, Some(day("2026-03-02")));
    assert_eq!(taken.answer_by, Some(day("2026-04-20")));
    let refused = with(|f| f.refused = true);
    assert_eq!(refusals(go(&refused, early.clone())), []);
    let answered = with(|f| (f.refused, f.case.substantive_on) = (true, Some(day("2026-02-01"))));
    assert_eq!(refusals(go(&answered, early)), []);
    let accepted = with(|f| f.case.substantive_on = Some(day("2026-02-01")));
    let on = || climb("2026-02-19", prefet());
    assert_eq!(refusals(go(&accepted, on())), [R::AlreadyAnswered(day("2026-02-01"))]);
    let once = with(|f| f.steps_taken = vec![1]);
    assert_eq!(refusals(go(&once, on())), [R::StepTaken]);
    assert_eq!(refusals(go(&facts(), Climb { step: 2, ..on() })), [R::UnknownStep]);
    assert_eq!(refusals(go(&facts(), climb("2026-02-19", None))), [R::NoAddressee]);
    assert_eq!(refusals(go(&facts(), climb("2026-02-19", Some("poste")))), [R::AlreadyBefore]);
    // Days that the clock stood still do not count; more time that was granted does.
    let shifted = with(|f| f.case.paused_days = 2);
    assert_eq!(refusals(go(&shifted, on())), [R::StepTooSoon(day("2026-02-21"))]);
    let granted = with(|f| (f.case.answer_by, f.case.extended) = (Some(day("2026-03-01")), true));
    assert_eq!(refusals(go(&granted, on())), [R::StepTooSoon(day("2026-03-01"))]);
}

#[test]
fn a_window_may_turn_with_the_year() {
    let refused = with(|f| {
        f.refused = true;
        f.case.delivered_on = day("2025-01-01");
    });
    let at = |window: (&str, &str), on: &str| {
        let mut clocks = clocks();
        let rule = clocks.rules.get_mut(&RuleId::parse("ccsc").unwrap()).unwrap();
        rule.escalation[0].window = Some((window.0.into(), window.1.into()));
        refusals(acts::escalate(&refused, &clocks, climb(on, Some("prefet")), day(TODAY))).is_empty()
    };
    let summer = ("07-01", "09-30");
    for (on, open) in
        [("2025-06-30", false), ("2025-07-01", true), ("2025-09-30", true), ("2025-10-01", false)]
    {
        assert_eq!(at(summer, on), open, "{on}");
    }
    let winter = ("12-01", "02-28");
    for (on, open) in
        [("2025-11-30", false), ("2025-12-01", true), ("2026-02-28", true), ("2026-03-01", false)]
    {
        assert_eq!(at(winter, on), open, "{on}");
    }
}

#[test]
fn a_letter_fills_its_five_words_and_no_other() {
    let words = LetterWords {
        recommendation: "Titre {jours}".into(),
        addressee: "Maire".into(),
        delivered_on: day("2026-01-05"),
        answer_by: Some(day("2026-02-04")),
        on: day("2026-02-19"),
    };
    let written = letter("« {recommandation} » {destinataire} {remise} {echeance} {jours} {autre} {", &words);
    assert_eq!(written, "« Titre {jours} » Maire 5 janvier 2026 4 février 2026 45 {autre} {");
    let undated = LetterWords { answer_by: None, ..words };
    assert_eq!(letter("le {echeance}", &undated), "le jour qui n’a pas été fixé");
}

#[test]
fn the_two_tracks_ask_for_what_they_need() {
    let declare =
        |point, on: &str| refusals(acts::declare(&facts(), point, Progress::Done, day(on), None, day(TODAY)));
    assert_eq!(declare(1, "2026-01-05"), []);
    assert_eq!(declare(3, "2026-01-04"), [R::TooSoon(day("2026-01-05")), R::UnknownPoint(3)]);
    let observe = |observer: Observer, on: &str, evidence| {
        let file = None;
        let sight = Sight { point: 1, state: Progress::NotStarted, on: day(on), observer, evidence, file };
        refusals(acts::observe(&facts().asked, sight, day(TODAY)))
    };
    let women = || Observer::Organisation { organisation: OrganisationId::parse("femmes").unwrap() };
    let office = |id: &str| Observer::Body { body: BodyId::parse(id).unwrap() };
    assert_eq!(observe(women(), "2026-01-02", Some(text())), []);
    assert_eq!(observe(women(), "2026-01-01", Some(text())), [R::TooSoon(day("2026-01-02"))]);
    assert_eq!(observe(women(), "2026-02-01", None), [R::NoEvidence]);
    assert_eq!(observe(office("ccsc"), "2026-02-01", Some(text())), []);
    assert_eq!(observe(office("poste"), "2026-02-01", Some(text())), [R::ObserverIsAddressee]);
}

fn on_days(case: &Case) -> Vec<(String, Day)> {
    let name = |fell: &Fell| match fell {
        Fell::Silence { awaited: Awaited::Acknowledgement, .. } => "accusé".to_owned(),
        Fell::Silence { awaited: Awaited::Answer, .. } => "réponse".to_owned(),
        Fell::Reminder { .. } => "relance".to_owned(),
    };
    case.to_come(&[30]).iter().map(|fell| (name(fell), fell.on())).collect()
}

/// What time writes of a case, on both sides of each day that changes it.
#[test]
fn what_time_writes() {
    let all = [("accusé", "2026-01-13"), ("relance", "2026-02-04"), ("réponse", "2026-02-05")];
    type Change = fn(&mut Case);
    let table: [(&str, Change, &[usize]); 16] = [
        ("nothing came", |_| {}, &[0, 1, 2]),
        ("acknowledged on the last day", |c| c.acknowledged_on = Some(day("2026-01-12")), &[1, 2]),
        ("acknowledged a day late", |c| c.acknowledged_on = Some(day("2026-01-13")), &[0, 1, 2]),
        ("answered on the last day", |c| both(c, "2026-02-04"), &[0, 1]),
        ("answered the day before", |c| both(c, "2026-02-03"), &[0]),
        ("answered a day late", |c| both(c, "2026-02-05"), &[0, 1, 2]),
        ("answered without substance", |c| c.answered_on = Some(day("2026-01-10")), &[1]),
        ("silences noted", noted, &[1]),
        ("reminded by the clock", |c| (c.reminders, c.last_reminded) = (1, Some(day("2026-02-04"))), &[0, 2]),
        ("reminded by a person that day", |c| c.last_reminded = Some(day("2026-02-04")), &[0, 2]),
        ("reminded by a person before", |c| c.last_reminded = Some(day("2026-02-03")), &[0, 1, 2]),
        ("closed before", |c| c.closed_on = Some(day("2026-02-03")), &[0]),
        ("closed on the last day", |c| c.closed_on = Some(day("2026-02-04")), &[0, 1]),
        ("paused before all", |c| c.paused_from = Some(day("2026-01-12")), &[]),
        ("paused after the acknowledgement was due", |c| c.paused_from = Some(day("2026-01-13")), &[0]),
        ("without a rule's days", |c| (c.acknowledge_by, c.answer_by) = (None, None), &[1]),
    ];
    for (title, change, expected) in table {
        let mut case = case();
        change(&mut case);
        let expected: Vec<_> = expected.iter().map(|i| (all[*i].0.to_owned(), day(all[*i].1))).collect();
        assert_eq!(on_days(&case), expected, "{title}");
    }
}

fn both(case: &mut Case, on: &str) {
    (case.answered_on, case.substantive_on) = (Some(day(on)), Some(day(on)));
}

fn noted(case: &mut Case) {
    (case.silent_acknowledgement, case.silent_answer) = (case.acknowledge_by, case.answer_by);
}

#[test]
fn a_case_stands_as_the_record_says() {
    type Change = fn(&mut Case);
    let table: [(Change, Stage, Option<&str>); 9] = [
        (|_| {}, Stage::Waiting, Some("2026-01-12")),
        (|c| c.acknowledged_on = Some(day("2026-01-08")), Stage::Waiting, Some("2026-02-04")),
        (|c| c.silent_acknowledgement = c.acknowledge_by, Stage::Unacknowledged, Some("2026-01-12")),
        (noted, Stage::Silent, Some("2026-01-12")),
        // A silence noted for a day that was moved since is no silence any more.
        (
            |c| (c.silent_answer, c.answer_by) = (c.answer_by, Some(day("2026-03-20"))),
            Stage::Waiting,
            Some("2026-01-12"),
        ),
        (|c| c.paused_from = Some(day("2026-01-20")), Stage::Paused, None),
        (|c| c.answered_on = Some(day("2026-01-20")), Stage::Insufficient, Some("2026-02-04")),
        (|c| both(c, "2026-01-20"), Stage::Answered, None),
        (|c| c.closed_on = Some(day("2026-01-20")), Stage::Closed, None),
    ];
    for (i, (change, stage, next)) in table.into_iter().enumerate() {
        let mut case = case();
        change(&mut case);
        assert_eq!((case.stage(), case.next_due()), (stage, next.map(day)), "{i}");
    }
}
