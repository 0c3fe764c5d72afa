//! Both sides of each limit.

use std::collections::{BTreeSet, HashMap};

use calendar::Calendar;
use terms::recommendations::{Author, ClosingGround, DeliveryProof, Quality};
use terms::{BodyId, Day, OrganisationId, RecommendationId, RuleId, SittingId, Span, Unit};
use web::Clocks;

use super::world::{body, clock_rule, day};
use crate::acts::*;

const TODAY: &str = "2026-03-02";

fn id(text: &str) -> RecommendationId {
    RecommendationId::parse(text).unwrap()
}

fn point(text: &str) -> Asked {
    Asked { text: text.into(), indicator: Some("lampes allumées".into()), deadline: Some(day("2026-06-30")) }
}

fn adoption() -> Adoption {
    Adoption {
        id: id("r-1"),
        author: Author::Body { body: body("ccsc-fictif") },
        places: vec![],
        title: "Éclairer le marché".into(),
        grounds: Some("Des vols le soir.".into()),
        means: Some("Budget communal".into()),
        points: vec![point("Poser douze lampes")],
        addressees: vec![Addressed {
            body: body("maire-fictif"),
            competence: Some("Éclairage public".into()),
        }],
        theme: Some("infrastructure".into()),
        priority: 3,
        urgent: false,
        scored: Scored::Seen { one_action: true },
        cosigners: vec![],
        evidence: vec![Evidence::Text("Relevé du comité".into())],
        adopted_on: Some(day("2026-02-12")),
        year: 2026,
        sitting: Some(SittingId::parse("seance-fictive").unwrap()),
        document: None,
        source: None,
        exercise: true,
    }
}

fn facts() -> AdoptionFacts {
    AdoptionFacts {
        taken: false,
        bodies: BTreeSet::from([body("maire-fictif"), body("gouverneur-fictif")]),
        theme_known: true,
        sitting: Some((body("ccsc-fictif"), day("2026-02-12"))),
    }
}

fn refusals(facts: &AdoptionFacts, adoption: Adoption) -> Vec<Refusal> {
    adopt(facts, adoption, day(TODAY)).err().unwrap_or_default()
}

#[test]
fn adoption_is_refused_on_one_side_of_each_limit() {
    let base = adoption;
    let to = |ids: &[&str]| -> Vec<Addressed> {
        ids.iter().map(|id| Addressed { body: body(id), competence: None }).collect()
    };
    let on = |text: &str| Adoption { adopted_on: Some(day(text)), year: day(text).year(), ..base() };
    let with = |change: fn(&mut Asked)| {
        let mut one = point("Poser");
        change(&mut one);
        Adoption { points: vec![one], ..base() }
    };
    let unsat = |adoption: Adoption| Adoption { sitting: None, ..adoption };
    let cases: Vec<(Adoption, Vec<Refusal>)> = vec![
        (base(), vec![]),
        (Adoption { title: " ".into(), ..base() }, vec![Refusal::NoTitle]),
        (Adoption { title: "é".repeat(TITLE_MAX), ..base() }, vec![]),
        (Adoption { title: "é".repeat(TITLE_MAX + 1), ..base() }, vec![Refusal::TitleTooLong(TITLE_MAX + 1)]),
        (Adoption { grounds: Some("é".repeat(TEXT_MAX)), ..base() }, vec![]),
        (
            Adoption { means: Some("é".repeat(TEXT_MAX + 1)), ..base() },
            vec![Refusal::GroundsTooLong(TEXT_MAX + 1)],
        ),
        (Adoption { points: vec![], ..base() }, vec![Refusal::NoPoint]),
        (with(|p| p.text = String::new()), vec![Refusal::PointEmpty(1)]),
        (with(|p| p.text = "é".repeat(TEXT_MAX + 1)), vec![Refusal::PointTooLong(1, TEXT_MAX + 1)]),
        (Adoption { points: vec![point("x"); POINTS_MAX], ..base() }, vec![]),
        (
            Adoption { points: vec![point("x"); POINTS_MAX + 1], ..base() },
            vec![Refusal::TooManyPoints(POINTS_MAX + 1)],
        ),
        (with(|p| p.deadline = Some(day("2026-02-12"))), vec![]),
        (with(|p| p.deadline = Some(day("2026-02-11"))), vec![Refusal::DeadlinePassed(1)]),
        (Adoption { addressees: vec![], ..base() }, vec![Refusal::NoAddressee]),
        (Adoption { addressees: to(&["maire-fictif", "gouverneur-fictif"]), ..base() }, vec![]),
        (
            Adoption { addressees: to(&["inconnu"]), ..base() },
            vec![Refusal::AddresseeUnknown(1, "inconnu".into())],
        ),
        (
            Adoption { addressees: to(&["maire-fictif", "maire-fictif"]), ..base() },
            vec![Refusal::AddresseeTwice(2)],
        ),
        (Adoption { priority: 0, ..base() }, vec![Refusal::PriorityUnknown]),
        (Adoption { priority: 0, scored: Scored::Unscored, ..base() }, vec![]),
        (Adoption { priority: 1, ..base() }, vec![]),
        (Adoption { priority: 4, ..base() }, vec![Refusal::PriorityUnknown]),
        (on("2026-03-02"), vec![]),
        (on("2026-03-03"), vec![Refusal::AdoptedInFuture]),
        (on("2026-02-11"), vec![Refusal::SittingLater]),
        (unsat(on("2025-12-31")), vec![]),
        (Adoption { year: 2025, ..base() }, vec![Refusal::YearOther]),
        (unsat(Adoption { adopted_on: None, ..base() }), vec![]),
        (unsat(Adoption { adopted_on: None, year: 2027, ..base() }), vec![Refusal::AdoptedInFuture]),
    ];
    for (n, (adoption, expected)) in cases.into_iter().enumerate() {
        assert_eq!(refusals(&facts(), adoption), expected, "cas {n}");
    }
}

#[test]
fn adoption_depends_on_what_the_record_knows() {
    assert_eq!(refusals(&AdoptionFacts { taken: true, ..facts() }, adoption()), [Refusal::AlreadyAdopted]);
    assert_eq!(
        refusals(&AdoptionFacts { theme_known: false, ..facts() }, adoption()),
        [Refusal::ThemeUnknown]
    );
    let other = AdoptionFacts { sitting: Some((body("autre"), day("2026-02-12"))), ..facts() };
    assert_eq!(refusals(&other, adoption()), [Refusal::SittingOther]);
    assert_eq!(refusals(&AdoptionFacts { sitting: None, ..facts() }, adoption()), [Refusal::SittingOther]);
    let everything = Adoption { title: String::new(), points: vec![], addressees: vec![], ..adoption() };
    assert_eq!(refusals(&facts(), everything), [Refusal::NoTitle, Refusal::NoPoint, Refusal::NoAddressee]);
}

#[test]
fn quality_is_what_can_be_seen() {
    let all = Quality {
        competence: true,
        one_action: true,
        indicator: true,
        deadline: true,
        evidence: true,
        means: true,
    };
    assert_eq!(adoption().quality(), Some(all));
    let mut worse = adoption();
    worse.points.push(Asked { text: "Et autre chose".into(), ..Asked::default() });
    worse.addressees.push(Addressed { body: body("gouverneur-fictif"), competence: None });
    worse.evidence.clear();
    worse.means = None;
    worse.scored = Scored::Seen { one_action: false };
    assert_eq!(worse.quality(), Some(Quality::default()));
    assert_eq!(Adoption { scored: Scored::Unscored, ..adoption() }.quality(), None);
    assert_eq!(Adoption { scored: Scored::Given(all), ..worse }.quality(), Some(all));
}

fn clocks() -> Clocks {
    let rules = [
        clock_rule("ccsc", "commune", Some(Span::new(5, Unit::Days)), Span::new(30, Unit::Days)),
        clock_rule("ccsr", "region", None, Span::new(60, Unit::Days)),
        clock_rule("epu", "national", None, Span::new(4, Unit::Months)),
        clock_rule("national", "national", None, Span::new(60, Unit::Days)),
        clock_rule("urgence", "national", None, Span::new(72, Unit::Hours)),
        clock_rule("a", "cercle", None, Span::new(10, Unit::Days)),
        clock_rule("b", "cercle", None, Span::new(20, Unit::Days)),
    ];
    let rules: HashMap<_, _> = rules.into_iter().map(|rule| (rule.id.clone(), rule)).collect();
    Clocks { calendar: Calendar::new(), rules, causes: vec![] }
}

fn stand(adopted: Option<&str>, open: bool) -> Stand {
    Stand {
        author: Author::Body { body: body("ccsc-fictif") },
        adopted_on: adopted.map(day),
        year: 2026,
        open,
        turned_on: None,
    }
}

fn delivered(on: &str, rule: Option<&str>, points: &[u8]) -> Transmission {
    Transmission {
        recommendation: id("r-1"),
        addressee: body("maire-fictif"),
        delivered_on: day(on),
        proof: DeliveryProof::Receipt,
        file: None,
        rule: rule.map(|rule| RuleId::parse(rule).unwrap()),
        points: points.to_vec(),
    }
}

fn transmitted(
    stand: Option<&Stand>,
    addressee: Option<Option<Day>>,
    transmission: Transmission,
) -> Result<(Option<Day>, Option<Day>), Vec<Refusal>> {
    let facts = TransmissionFacts { stand, addressee, points: 2, clocks: &clocks() };
    let dated = transmit(facts, transmission, day(TODAY))?;
    Ok((dated.what().acknowledge_by, dated.what().answer_by))
}

#[test]
fn a_delivery_has_a_day_between_adoption_and_today() {
    let known = stand(Some("2026-02-12"), true);
    let due = Ok((Some(day("2026-02-17")), Some(day("2026-03-14"))));
    let go = |transmission| transmitted(Some(&known), Some(None), transmission);
    assert_eq!(go(delivered("2026-02-12", Some("ccsc"), &[])), due);
    assert_eq!(go(delivered("2026-02-12", Some("ccsc"), &[1, 2])), due);
    assert_eq!(go(delivered("2026-02-12", None, &[])), Ok((None, None)));
    assert_eq!(go(delivered("2026-02-11", Some("ccsc"), &[])), Err(vec![Refusal::DeliveredBeforeAdoption]));
    assert_eq!(go(delivered("2026-03-02", Some("ccsr"), &[])), Ok((None, Some(day("2026-05-01")))));
    assert_eq!(go(delivered("2026-03-03", Some("ccsr"), &[])), Err(vec![Refusal::DeliveredInFuture]));
    assert_eq!(go(delivered("2026-03-01", Some("autre"), &[])), Err(vec![Refusal::RuleUnknown]));
    assert_eq!(go(delivered("2026-03-01", None, &[3])), Err(vec![Refusal::PointUnknown]));
    assert_eq!(go(delivered("2026-03-01", None, &[0])), Err(vec![Refusal::PointUnknown]));
    let year_only = stand(None, true);
    let only = |on| transmitted(Some(&year_only), Some(None), delivered(on, None, &[]));
    assert_eq!(only("2026-01-01"), Ok((None, None)));
    assert_eq!(only("2025-12-31"), Err(vec![Refusal::DeliveredBeforeAdoption]));
}

#[test]
fn a_delivery_is_made_once_to_an_addressee_of_an_open_recommendation() {
    let (open, closed) = (stand(Some("2026-02-12"), true), stand(Some("2026-02-12"), false));
    let one = || delivered("2026-02-13", None, &[]);
    assert_eq!(transmitted(None, None, one()), Err(vec![Refusal::Unknown]));
    assert_eq!(transmitted(Some(&open), None, one()), Err(vec![Refusal::NotAddressed]));
    let before = day("2026-02-12");
    let again = transmitted(Some(&open), Some(Some(before)), one());
    assert_eq!(again, Err(vec![Refusal::AlreadyTransmitted(before)]));
    assert_eq!(transmitted(Some(&closed), Some(None), one()), Err(vec![Refusal::Closed]));
}

#[test]
fn the_usual_rule_is_of_the_addressee_then_of_the_author() {
    let usual =
        |urgent, levels: [Option<&str>; 2]| clocks().usual_rule(urgent, &levels).map(|id| id.to_string());
    assert_eq!(usual(false, [Some("commune"), Some("region")]).as_deref(), Some("ccsc"));
    assert_eq!(usual(false, [None, Some("region")]).as_deref(), Some("ccsr"));
    assert_eq!(usual(false, [Some("national"), None]).as_deref(), Some("national"));
    assert_eq!(usual(false, [Some("cercle"), Some("commune")]).as_deref(), Some("ccsc"));
    assert_eq!(usual(false, [Some("cercle"), None]), None);
    assert_eq!(usual(true, [Some("commune"), None]).as_deref(), Some("urgence"));
    assert_eq!(usual(false, [None, None]), None);
}

fn closing(on: &str, ground: ClosingGround, replaced_by: Option<&str>) -> Closing {
    Closing {
        recommendation: id("r-1"),
        on: day(on),
        ground,
        reason: "Fait et constaté.".into(),
        replaced_by: replaced_by.map(id),
    }
}

#[test]
fn closing_has_a_day_a_ground_and_a_reason() {
    use ClosingGround::{Replaced, Satisfactory};
    let (open, closed) = (stand(Some("2026-02-12"), true), stand(Some("2026-02-12"), false));
    let go = |stand: &Stand, known, closing| {
        close(Some(stand), known, closing, day(TODAY)).err().unwrap_or_default()
    };
    assert_eq!(go(&open, false, closing("2026-02-12", Satisfactory, None)), []);
    assert_eq!(go(&open, false, closing("2026-03-02", Satisfactory, None)), []);
    assert_eq!(go(&open, false, closing("2026-03-03", Satisfactory, None)), [Refusal::InFuture]);
    assert_eq!(go(&open, false, closing("2026-02-11", Satisfactory, None)), [Refusal::TooEarly]);
    assert_eq!(go(&closed, false, closing("2026-03-01", Satisfactory, None)), [Refusal::Closed]);
    assert_eq!(go(&open, true, closing("2026-03-01", Replaced, Some("r-2"))), []);
    assert_eq!(go(&open, false, closing("2026-03-01", Replaced, Some("r-2"))), [Refusal::ReplacementUnknown]);
    assert_eq!(go(&open, false, closing("2026-03-01", Replaced, None)), [Refusal::NoReplacement]);
    assert_eq!(go(&open, true, closing("2026-03-01", Replaced, Some("r-1"))), [Refusal::ReplacementItself]);
    let silent = Closing { reason: " ".into(), ..closing("2026-03-01", Satisfactory, None) };
    assert_eq!(go(&open, false, silent), [Refusal::NoReason]);
    let long = Closing { reason: "é".repeat(TEXT_MAX + 1), ..closing("2026-03-01", Satisfactory, None) };
    assert_eq!(go(&open, false, long), [Refusal::ReasonTooLong(TEXT_MAX + 1)]);
    assert!(close(None, false, closing("2026-03-01", Satisfactory, None), day(TODAY)).is_err());
}

#[test]
fn reopening_follows_closing() {
    let turned = Stand { turned_on: Some(day("2026-02-20")), ..stand(Some("2026-02-12"), false) };
    let go = |stand: &Stand, on: &str| {
        let reopening =
            Reopening { recommendation: id("r-1"), on: day(on), reason: "Lampes éteintes.".into() };
        reopen(Some(stand), reopening, day(TODAY)).err().unwrap_or_default()
    };
    assert_eq!(go(&turned, "2026-02-20"), []);
    assert_eq!(go(&turned, "2026-02-19"), [Refusal::TooEarly]);
    assert_eq!(go(&turned, "2026-03-03"), [Refusal::InFuture]);
    assert_eq!(go(&stand(Some("2026-02-12"), true), "2026-02-20"), [Refusal::NotClosed]);
}

#[test]
fn a_signature_is_asked_given_and_taken_back() {
    let author = Author::Organisation { organisation: OrganisationId::parse("femmes-fictives").unwrap() };
    let other = OrganisationId::parse("droits-fictifs").unwrap();
    let own = OrganisationId::parse("femmes-fictives").unwrap();
    assert_eq!(ask_to_sign(&author, &other, true, None), Ok(Cosignature::Asked));
    assert_eq!(ask_to_sign(&author, &other, true, Some(Cosignature::Refused)), Ok(Cosignature::Asked));
    for present in [Cosignature::Asked, Cosignature::Given] {
        assert_eq!(ask_to_sign(&author, &other, true, Some(present)), Err(Refusal::AskedToSignAlready));
    }
    assert_eq!(ask_to_sign(&author, &other, false, None), Err(Refusal::OrganisationUnknown));
    assert_eq!(ask_to_sign(&author, &own, true, None), Err(Refusal::AuthorSignsAlready));
    assert_eq!(sign(None, Cosignature::Given), Err(Refusal::NotAskedToSign));
    assert_eq!(sign(Some(Cosignature::Asked), Cosignature::Given), Ok(Cosignature::Given));
    assert_eq!(sign(Some(Cosignature::Given), Cosignature::Asked), Ok(Cosignature::Asked));
    assert_eq!(after_change(Cosignature::Given), Cosignature::Asked);
    assert_eq!(after_change(Cosignature::Refused), Cosignature::Refused);
}

#[test]
fn means_end_the_grounds() {
    let agreed = adopt(&facts(), adoption(), day(TODAY)).unwrap();
    let mut kept = Vec::new();
    let word = agreed.word::<()>(&mut |media, bytes| {
        kept.push(String::from_utf8(bytes.to_vec()).unwrap());
        let sha256 = terms::Commitment::to(&terms::Salt([7; 32]), bytes);
        Ok(terms::Enclosed { sha256, media, bytes: bytes.len() as u64 })
    });
    assert!(word.is_ok());
    assert!(kept.contains(&format!("Des vols le soir.\n\n{MEANS}Budget communal")));
    let _: BodyId = body("maire-fictif");
}
