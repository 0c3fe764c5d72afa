//! Cases over the ledger and its acts, on both sides of each limit.

use terms::admission::{InvitedAs, SeatOfferAnswered};
use terms::admission::{
    SeatOffered, SeatRequestAcknowledged, SeatRequestAnswered, SeatRequestReminded, SeatRequested,
};
use terms::answers::{Awaited, Channel, Fell, Stance};
use terms::instance::{ClockRuleSet, LegalBasis};
use terms::recommendations::DeliveryProof;
use terms::{
    AdmissionId, Bilingual, BodyId, Commitment, Day, Enclosed, Mark, Media, OrganisationId, RuleId, Salt,
    SeatCode, Span, Unit, Word,
};
use web::Clocks;

use crate::acts::{self, Ground, Refusal};
use crate::ledger::{Line, Stage, Way};

const TODAY: &str = "2026-06-01";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn enclosed() -> Option<Enclosed> {
    Some(Enclosed { sha256: Commitment::to(&Salt([7; 32]), b"fiction"), media: Media::Text, bytes: 7 })
}

fn id(text: &str) -> AdmissionId {
    AdmissionId::parse(text).unwrap()
}

fn body(text: &str) -> BodyId {
    BodyId::parse(text).unwrap()
}

fn line() -> Line {
    Line {
        id: id("d-1"),
        way: Way::Asked,
        organisation: OrganisationId::parse("cjf").unwrap(),
        body: body("comite"),
        seat: None,
        authority: body("maire"),
        on: day("2026-03-02"),
        known: day("2026-03-02"),
        entry: 4,
        rule: RuleId::parse("ccsc").ok(),
        acknowledge_by: Some(day("2026-03-09")),
        answer_by: Some(day("2026-04-01")),
        acknowledged_on: None,
        answered_on: None,
        substantive_on: None,
        stance: None,
        accepted: None,
        silent_acknowledgement: None,
        silent_answer: None,
        last_reminded: None,
        withdrawn_on: None,
        exercise: false,
    }
}

fn clocks() -> Clocks {
    let span = |amount| Span { amount, unit: Unit::Days, roll: false };
    let rule = ClockRuleSet {
        id: RuleId::parse("ccsc").unwrap(),
        level: Some("commune".into()),
        name: Bilingual::same("Commune"),
        legal_basis: LegalBasis::None,
        basis: Bilingual::same("Rien n’oblige."),
        acknowledgement: Some(span(7)),
        answer: Some(span(30)),
        remind_after_days: vec![30],
        escalation: Vec::new(),
        mark: Mark::Proposal,
        source: None,
    };
    Clocks::from_words(&[], &[Word::ClockRuleSet(rule)])
}

fn silence(awaited: Awaited, due: &str, on: &str) -> Fell {
    Fell::Silence { awaited, due: day(due), on: day(on) }
}

#[test]
fn silence_begins_the_day_after_the_due_day() {
    let acknowledgement = silence(Awaited::Acknowledgement, "2026-03-09", "2026-03-10");
    let answer = silence(Awaited::Answer, "2026-04-01", "2026-04-02");
    let reminder = Fell::Reminder { on: day("2026-04-01") };
    assert_eq!(line().to_come(&[30]), [acknowledgement, reminder, answer]);
    let heard = Line { acknowledged_on: Some(day("2026-03-09")), ..line() };
    assert_eq!(heard.to_come(&[30]), [reminder, answer]);
    // On the first day of silence the clock has written before anybody comes.
    let late = Line { acknowledged_on: Some(day("2026-03-10")), ..line() };
    assert_eq!(late.to_come(&[]), [acknowledgement, answer]);
    let answered = Line { answered_on: Some(day("2026-04-01")), ..line() };
    assert_eq!(answered.to_come(&[]), [acknowledgement]);
    let gone = Line { withdrawn_on: Some(day("2026-04-01")), ..line() };
    assert_eq!(gone.to_come(&[31]), [acknowledgement]);
    let noted = Line {
        silent_acknowledgement: Some(day("2026-03-09")),
        silent_answer: Some(day("2026-04-01")),
        last_reminded: Some(day("2026-04-01")),
        ..line()
    };
    assert_eq!(noted.to_come(&[30]), []);
    assert_eq!(noted.stage(), Stage::Silent);
    let offered = Line { way: Way::Offered, ..line() };
    assert_eq!((offered.to_come(&[30]), offered.stage()), (vec![], Stage::Open));
    assert_eq!(Line { rule: None, acknowledge_by: None, answer_by: None, ..line() }.to_come(&[]), []);
}

#[test]
fn a_bare_refusal_is_an_answer_and_not_one_in_substance() {
    let stage = |stance, substantive: bool| {
        let on = Some(day("2026-03-20"));
        let substantive_on = on.filter(|_| substantive);
        Line { answered_on: on, substantive_on, stance: Some(stance), ..line() }.stage()
    };
    assert_eq!(stage(Stance::RefusedWithoutReason, false), Stage::Insufficient);
    assert_eq!(stage(Stance::RefusedWithReason, true), Stage::Refused);
    assert_eq!(stage(Stance::AcceptedOtherwise, true), Stage::Granted);
    assert_eq!(Line { withdrawn_on: Some(day("2026-03-20")), ..line() }.stage(), Stage::Withdrawn);
    for (stance, text, basis, substantive) in [
        (Stance::Accepted, None, None, true),
        (Stance::RefusedWithReason, enclosed(), None, true),
        (Stance::RefusedWithReason, None, None, false),
        (Stance::RefusedWithoutReason, enclosed(), None, false),
        (Stance::CoveredBySecrecy, enclosed(), None, false),
        (Stance::CoveredBySecrecy, None, enclosed(), true),
        (Stance::PassedOn, enclosed(), None, false),
        (Stance::Evasive, enclosed(), None, false),
    ] {
        let said = SeatRequestAnswered { text, secrecy_basis: basis, ..answer(stance) };
        assert_eq!(said.is_substantive(), substantive, "{stance:?}");
    }
}

fn request(on: &str) -> SeatRequested {
    SeatRequested {
        id: id("d-2"),
        organisation: line().organisation,
        body: body("comite"),
        seat: None,
        addressee: body("maire"),
        delivered_on: day(on),
        proof: DeliveryProof::Receipt,
        file: None,
        text: enclosed(),
        rule: RuleId::parse("ccsc").ok(),
        acknowledge_by: None,
        answer_by: None,
        source: None,
        exercise: false,
    }
}

fn ground(before: &[Line]) -> Ground<'_> {
    Ground { seat_known: true, organisation_exercise: true, body_exercise: true, before }
}

#[test]
fn a_request_is_shown_and_made_once_while_it_waits() {
    use Refusal as R;
    let of = |ground, asked| acts::request(ground, asked, &clocks(), day(TODAY));
    let made = of(ground(&[]), request("2026-03-02")).unwrap();
    assert_eq!((made.acknowledge_by, made.answer_by), (Some(day("2026-03-09")), Some(day("2026-04-01"))));
    assert!(made.exercise, "it is of the world of its body");
    assert_eq!(of(ground(&[]), request(TODAY)).map(|_| ()), Ok(()));
    assert_eq!(of(ground(&[]), request("2026-06-02")), Err(vec![R::InFuture]));
    assert_eq!(of(ground(&[]), SeatRequested { text: None, ..request(TODAY) }), Err(vec![R::NothingShown]));
    let other_rule = SeatRequested { rule: RuleId::parse("autre").ok(), ..request(TODAY) };
    assert_eq!(of(ground(&[]), other_rule), Err(vec![R::RuleUnknown]));
    let no_clock = of(ground(&[]), SeatRequested { rule: None, ..request(TODAY) }).unwrap();
    assert_eq!((no_clock.acknowledge_by, no_clock.answer_by), (None, None));
    let waiting = [line()];
    assert_eq!(of(ground(&waiting), request(TODAY)), Err(vec![R::AskedAlready(id("d-1"))]));
    let other_seat = SeatRequested { seat: SeatCode::parse("femmes").ok(), ..request(TODAY) };
    assert!(of(ground(&waiting), other_seat).is_ok());
    let refused = [Line { substantive_on: Some(day("2026-04-01")), ..line() }];
    assert!(of(ground(&refused), request(TODAY)).is_ok(), "who was refused may ask again");
    let unknown = Ground { seat_known: false, body_exercise: false, ..ground(&[]) };
    assert_eq!(of(unknown, request(TODAY)), Err(vec![R::SeatUnknown, R::OtherWorld]));
}

fn answer(stance: Stance) -> SeatRequestAnswered {
    SeatRequestAnswered {
        id: id("d-1"),
        on: day("2026-05-01"),
        channel: Channel::Document,
        stance,
        text: enclosed(),
        secrecy_basis: None,
        passed_to: None,
        file: None,
        source: None,
    }
}

#[test]
fn an_answer_says_what_it_claims() {
    use Refusal as R;
    let of = |asked| acts::answer(&line(), asked, day(TODAY)).err().unwrap_or_default();
    assert_eq!(of(answer(Stance::RefusedWithReason)), vec![]);
    let bare = |stance| SeatRequestAnswered { text: None, ..answer(stance) };
    assert_eq!(of(bare(Stance::RefusedWithReason)), vec![R::ReasonMissing]);
    assert_eq!(of(bare(Stance::RefusedWithoutReason)), vec![R::NothingShown]);
    assert_eq!(of(SeatRequestAnswered { file: enclosed(), ..bare(Stance::RefusedWithoutReason) }), vec![]);
    assert_eq!(of(answer(Stance::PassedOn)), vec![R::PassedToNobody]);
    let scanned = SeatRequestAnswered { channel: Channel::ScannedLetter, ..answer(Stance::Accepted) };
    assert_eq!(of(scanned), vec![R::ScanMissing]);
    let early = SeatRequestAnswered { on: day("2026-03-01"), ..answer(Stance::Accepted) };
    assert_eq!(of(early), vec![R::TooSoon(day("2026-03-02"))]);
    let offered = Line { way: Way::Offered, ..line() };
    assert_eq!(acts::answer(&offered, answer(Stance::Accepted), day(TODAY)), Err(vec![R::OtherWay]));
}

#[test]
fn what_is_over_is_not_recalled() {
    use Refusal as R;
    let remind = |line: &Line, on: &str| {
        acts::remind(line, SeatRequestReminded { id: id("d-1"), on: day(on) }, day(TODAY))
            .err()
            .unwrap_or_default()
    };
    assert_eq!(remind(&line(), "2026-03-02"), vec![]);
    assert_eq!(remind(&line(), "2026-03-01"), vec![R::TooSoon(day("2026-03-02"))]);
    let refused = Line { substantive_on: Some(day("2026-04-01")), ..line() };
    assert_eq!(remind(&refused, "2026-05-01"), vec![R::AnsweredAlready(day("2026-04-01"))]);
    let gone = Line { withdrawn_on: Some(day("2026-04-01")), ..line() };
    assert_eq!(remind(&gone, "2026-05-01"), vec![R::Withdrawn(day("2026-04-01"))]);
    let twice = Line { acknowledged_on: Some(day("2026-03-03")), ..line() };
    let slip = SeatRequestAcknowledged {
        id: id("d-1"),
        on: day("2026-03-04"),
        channel: Channel::Document,
        file: None,
    };
    let again = acts::acknowledge(&twice, slip.clone(), day(TODAY));
    assert_eq!(again, Err(vec![R::AcknowledgedAlready(day("2026-03-03"))]));
    assert!(acts::acknowledge(&line(), slip, day(TODAY)).is_ok());
}

#[test]
fn an_invitation_is_answered_by_whom_it_was_sent_to() {
    use Refusal as R;
    let offer = SeatOffered {
        id: id("d-3"),
        organisation: line().organisation,
        body: body("comite"),
        seat: None,
        by: body("maire"),
        on: day("2026-03-02"),
        invited_as: InvitedAs::Observer,
        answer_by: Some(day("2026-03-02")),
        text: enclosed(),
        file: None,
        source: None,
        exercise: false,
    };
    let of = |asked| acts::offer(ground(&[]), asked, day(TODAY)).err().unwrap_or_default();
    assert_eq!(of(offer.clone()), vec![]);
    let before = SeatOffered { answer_by: Some(day("2026-03-01")), text: None, ..offer };
    assert_eq!(of(before), vec![R::NothingShown, R::AnswerBeforeOffer]);
    let said =
        SeatOfferAnswered { id: id("d-3"), on: day("2026-03-05"), accepted: true, text: None, source: None };
    let offered = Line { way: Way::Offered, ..line() };
    assert!(acts::answer_offer(&offered, said.clone(), day(TODAY)).is_ok());
    assert_eq!(acts::answer_offer(&line(), said, day(TODAY)), Err(vec![R::OtherWay]));
    assert_eq!(Line { accepted: Some(false), ..offered }.stage(), Stage::Declined);
}

#[test]
fn every_message_is_in_both_languages_and_used() {
    let sources = [
        include_str!("lib.rs"),
        include_str!("acts.rs"),
        include_str!("pages.rs"),
        include_str!("pages/forms.rs"),
        include_str!("pages/list.rs"),
        include_str!("pages/one.rs"),
        include_str!("pages/panels.rs"),
    ];
    let (fr, en) = crate::ROOM.lang;
    assert_eq!(web::laws::check_messages("admission", &sources, fr, en), Vec::<String>::new());
}
