//! A made-up record of the size that the design aims at.

use std::path::Path;
use std::sync::Arc;

use record::{Desk, Fault, Folder, Record, Tables};
use terms::answers::{Answered, Channel, PointAnswer, Stance};
use terms::instance::{Founded, LegalBasis};
use terms::institutions::{
    BodyEstablished, BodyKindSet, LevelSet, PlaceJoined, PlaceNamed, SeatKind, SeatSet,
};
use terms::organisations::OrganisationRegistered;
use terms::recommendations::{
    Addressee, Author, DeliveryProof, Point, RecommendationAdopted, RecommendationTransmitted,
};
use terms::{
    Actor, Bilingual, BodyId, Day, Mark, OrganisationId, PlaceId, RecommendationId, RuleId, SeatCode, Span,
    Unit, Word,
};

use crate::{Measure, rate, timed};

/// How many of each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Bodies.
    pub(crate) bodies: u32,
    /// Organisations.
    pub(crate) organisations: u32,
    /// Recommendations.
    pub(crate) recommendations: u32,
}

impl Size {
    /// The design's size times this.
    pub(crate) fn scaled(scale: f64) -> Self {
        let times = |many: f64| (many * scale).round().max(10.0) as u32;
        Self { bodies: times(1_000.0), organisations: times(5_000.0), recommendations: times(100_000.0) }
    }
}

/// Facts put on the record in one act.
const CHUNK: u32 = 500;

fn id<T>(parse: impl Fn(&str) -> Result<T, terms::FormFault>, text: &str) -> Result<T, Fault> {
    parse(text).map_err(|error| Fault::Value(error.to_string()))
}

fn day(text: &str) -> Result<Day, Fault> {
    text.parse::<Day>().map_err(|error| Fault::Value(error.to_string()))
}

/// The record is in the folder, with the tables of these rooms; how fast its entries were taken in.
pub(crate) fn make(data: &Path, size: Size, tables: &'static [Tables]) -> Result<Measure, Fault> {
    let founded = Founded {
        origin: "banc.example/registre".into(),
        verifier_key: String::new(),
        custodians: None,
        pack: "banc".into(),
        title: Bilingual::same("Banc d’essai"),
        country: "XX".into(),
        zone: "Africa/Bamako".into(),
        weekend: vec![6, 7],
    };
    let record = Record::found(&Folder::at(data), founded, tables, Arc::new(terms::Instant::now))?;
    let (outcome, took) = timed(|| fill(&record, size));
    let entries = outcome?;
    record.close();
    Ok(Measure::new(
        format!("Bulk: {entries} entries with their texts"),
        rate(entries, took, "entries/s"),
        "",
    ))
}

fn fill(record: &Record, size: Size) -> Result<u64, Fault> {
    in_chunks(record, 1, |desk, put, _| structure(desk, put))?;
    in_chunks(record, size.bodies, body)?;
    in_chunks(record, size.organisations, organisation)?;
    in_chunks(record, size.recommendations, move |desk, put, n| recommendation(desk, put, n, size))?;
    record.shelf.read(|tx| tx.one("SELECT max(idx) + 1 FROM entry", &[]))
}

type Put<'a> = &'a dyn Fn(&mut Desk<'_>, Word) -> Result<(), Fault>;

fn in_chunks(
    record: &Record,
    many: u32,
    each: impl Fn(&mut Desk<'_>, Put<'_>, u32) -> Result<(), Fault> + Send + Copy + 'static,
) -> Result<(), Fault> {
    for first in (0..many).step_by(CHUNK as usize) {
        let zone = record.zone.clone();
        record.scribe.seal_now(move |desk| {
            let put = |desk: &mut Desk<'_>, word: Word| {
                let known = Some(known(&word)?);
                desk.append(&zone, Actor::Loader, known, word).map(|_| ())
            };
            (first..many.min(first + CHUNK)).try_for_each(|n| each(desk, &put, n))
        })?;
    }
    Ok(())
}

fn structure(desk: &mut Desk<'_>, put: Put<'_>) -> Result<(), Fault> {
    for (rank, level) in ["national", "region", "commune"].into_iter().enumerate() {
        let name = Bilingual::same(level);
        put(desk, Word::LevelSet(LevelSet { id: level.into(), name, rank: rank as u8 }))?;
    }
    for n in 0..20 {
        put(desk, Word::PlaceNamed(place(&format!("region-{n}"), "region", &format!("Région {n}"))?))?;
    }
    for (id, level) in [("ccsr", "region"), ("ccsc", "commune")] {
        put(desk, Word::BodyKindSet(committee(id, level)))?;
    }
    for n in 0..20 {
        put(desk, Word::BodyEstablished(established("ccsr", &format!("ccsr-{n}"), &format!("region-{n}"))?))?;
    }
    for (n, constituency) in
        ["executive", "elected", "forces", "civil-society", "women", "youth"].into_iter().enumerate()
    {
        put(desk, Word::SeatSet(seat(n, constituency)?))?;
    }
    let rule = terms::instance::ClockRuleSet {
        id: id(RuleId::parse, "ccsc")?,
        level: Some("commune".into()),
        name: Bilingual::same("Comité de commune"),
        legal_basis: LegalBasis::None,
        basis: Bilingual::same("Aucun texte."),
        acknowledgement: Some(Span { amount: 5, unit: Unit::WorkingDays, roll: false }),
        answer: Some(Span { amount: 30, unit: Unit::Days, roll: true }),
        remind_after_days: vec![30],
        escalation: vec![],
        mark: Mark::Proposal,
        source: None,
    };
    put(desk, Word::ClockRuleSet(rule))
}

/// The day since which a word is known here: that of the act, or one before every act.
fn known(word: &Word) -> Result<Day, Fault> {
    let dated = match word {
        Word::RecommendationAdopted(adopted) => adopted.adopted_on,
        Word::RecommendationTransmitted(transmitted) => Some(transmitted.delivered_on),
        Word::Answered(answered) => Some(answered.on),
        _ => None,
    };
    dated.map_or_else(|| day("2020-01-01"), Ok)
}

fn seat(n: usize, constituency: &str) -> Result<SeatSet, Fault> {
    Ok(SeatSet {
        body_kind: "ccsc".into(),
        code: id(SeatCode::parse, &format!("siege-{n}"))?,
        name: Bilingual::same(&format!("Siège {n}")),
        kind: SeatKind::Category,
        constituency: constituency.into(),
        count: Some(4),
        count_rule: None,
        designating_party: None,
        overseen_authority: None,
        sex: None,
        nominee: None,
        text: None,
        article: None,
        address: None,
        confidence: Mark::Proposal,
        since: None,
        source: None,
    })
}

fn place(name: &str, level: &str, label: &str) -> Result<PlaceNamed, Fault> {
    Ok(PlaceNamed {
        id: id(PlaceId::parse, name)?,
        level: level.into(),
        name: label.into(),
        variants: vec![],
        from: None,
        to: None,
        lat_e2: Some(1_300),
        lon_e2: Some(-600),
        source: None,
        exercise: false,
    })
}

fn committee(id: &str, level: &str) -> BodyKindSet {
    BodyKindSet {
        id: id.into(),
        name: Bilingual::same(&format!("Comité de {level}")),
        level: Some(level.into()),
        function: "consultative".into(),
        required: true,
        meets_every: Some("month".into()),
        chair: None,
        source: None,
    }
}

fn established(kind: &str, name: &str, place: &str) -> Result<BodyEstablished, Fault> {
    Ok(BodyEstablished {
        id: id(BodyId::parse, name)?,
        kind: kind.into(),
        name: Bilingual::same(&format!("Comité de {place}")),
        place: Some(id(PlaceId::parse, place)?),
        from: Some(day("2020-01-01")?),
        to: None,
        source: None,
        note: None,
        exercise: false,
    })
}

fn body(desk: &mut Desk<'_>, put: Put<'_>, n: u32) -> Result<(), Fault> {
    let commune = format!("commune-{n}");
    put(desk, Word::PlaceNamed(place(&commune, "commune", &format!("Commune {n}"))?))?;
    let joined = PlaceJoined {
        place: id(PlaceId::parse, &commune)?,
        parent: id(PlaceId::parse, &format!("region-{}", n % 20))?,
        from: None,
        to: None,
        source: None,
    };
    put(desk, Word::PlaceJoined(joined))?;
    put(desk, Word::BodyEstablished(established("ccsc", &format!("ccsc-{n}"), &commune)?))
}

fn organisation(desk: &mut Desk<'_>, put: Put<'_>, n: u32) -> Result<(), Fault> {
    let registered = OrganisationRegistered {
        id: id(OrganisationId::parse, &format!("organisation-{n}"))?,
        name: format!("Organisation {n}"),
        acronym: None,
        kind: "association".into(),
        founded: None,
        legal_form: None,
        place: None,
        source: None,
        note: None,
        exercise: false,
    };
    put(desk, Word::OrganisationRegistered(registered))
}

fn recommendation(desk: &mut Desk<'_>, put: Put<'_>, n: u32, size: Size) -> Result<(), Fault> {
    let body = n % size.bodies;
    let addressee = id(BodyId::parse, &format!("ccsc-{}", (body + 1) % size.bodies))?;
    let recommendation = id(RecommendationId::parse, &format!("r-{n}"))?;
    let adopted_on = day("2025-01-01")?.checked_add_days(n % 600)?;
    let title =
        desk.enclose_text(&format!("Éclairer le marché numéro {n} et y passer les jours de foire"))?;
    let text = desk.enclose_text("Poser quatre lampadaires solaires avant la fin du trimestre.")?;
    let adopted = RecommendationAdopted {
        id: recommendation.clone(),
        author: Author::Body { body: id(BodyId::parse, &format!("ccsc-{body}"))? },
        places: vec![
            id(PlaceId::parse, &format!("commune-{body}"))?,
            id(PlaceId::parse, &format!("region-{}", body % 20))?,
        ],
        title,
        grounds: None,
        points: vec![Point { number: 1, text, indicator: None, deadline: None }],
        addressees: vec![Addressee { body: addressee.clone(), competence: None }],
        theme: None,
        priority: 2,
        urgent: false,
        quality: None,
        cosigners: vec![],
        evidence: vec![],
        adopted_on: Some(adopted_on),
        year: adopted_on.year(),
        sitting: None,
        document: None,
        source: None,
        exercise: false,
    };
    put(desk, Word::RecommendationAdopted(adopted))?;
    let transmitted = RecommendationTransmitted {
        recommendation: recommendation.clone(),
        addressee: addressee.clone(),
        delivered_on: adopted_on,
        proof: DeliveryProof::Bordereau,
        file: None,
        rule: Some(id(RuleId::parse, "ccsc")?),
        acknowledge_by: Some(adopted_on.checked_add_days(7)?),
        answer_by: Some(adopted_on.checked_add_days(30)?),
        points: vec![],
    };
    put(desk, Word::RecommendationTransmitted(transmitted))?;
    if n.is_multiple_of(3) {
        return Ok(());
    }
    let text = desk.enclose_text("Trois lampadaires seront posés ; le quatrième l’année suivante.")?;
    let answered = Answered {
        recommendation,
        addressee,
        on: adopted_on.checked_add_days(10 + n % 60)?,
        channel: Channel::ScannedLetter,
        text: None,
        points: vec![PointAnswer {
            point: 1,
            stance: Stance::AcceptedInPart,
            text: Some(text),
            by_when: Some(adopted_on.checked_add_days(90)?),
            responsible: None,
            secrecy_basis: None,
            passed_to: None,
        }],
        file: None,
        witnesses: vec![],
    };
    put(desk, Word::Answered(answered))
}

/// Days added to a day, with the fault that this program speaks.
trait Later {
    fn checked_add_days(self, days: u32) -> Result<Day, Fault>;
}

impl Later for Day {
    fn checked_add_days(self, days: u32) -> Result<Day, Fault> {
        (0..days).try_fold(self, |day, _| day.tomorrow().map_err(|error| Fault::Value(error.to_string())))
    }
}
