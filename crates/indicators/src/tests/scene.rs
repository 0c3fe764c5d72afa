//! A scene: a small fictional record, made word by word.

use std::collections::BTreeMap;

use record::{Clock, Folder, Record, Tables};
use terms::answers::{
    Acknowledged, Answered, Channel, ImplementationDeclared, ImplementationObserved, Observer, PointAnswer,
    Progress, Stance,
};
use terms::institutions::{BodyEstablished, BodyKindSet, LevelSet};
use terms::recommendations::{
    Addressee, Author, ClosingGround, DeliveryProof, Point, RecommendationAdopted, RecommendationClosed,
    RecommendationTransmitted,
};
use terms::{
    Actor, Bilingual, BodyId, Commitment, Day, Enclosed, Media, OrganisationId, RecommendationId, Salt, Word,
};

use crate::audit::ALL;
use crate::figure::Figure;

pub(crate) static TABLES: [Tables; 4] =
    [web::clocks_tables(), web::session_tables(), web::standing_tables(), crate::tables::TABLES];

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn body(id: &str) -> BodyId {
    BodyId::parse(id).unwrap()
}

fn recommendation(id: &str) -> RecommendationId {
    RecommendationId::parse(id).unwrap()
}

/// A commitment to some text; the text itself is nobody's business here.
pub(crate) fn enclosed() -> Enclosed {
    Enclosed { sha256: Commitment::to(&Salt([7; 32]), b"fiction"), media: Media::Text, bytes: 7 }
}

/// Numerator, denominator, unknown and value of one scope.
pub(crate) fn summary(figures: &[Figure], scope: &str) -> (i64, i64, i64, Option<f64>) {
    let found = figures.iter().find(|figure| figure.scope == scope).unwrap_or_else(|| panic!("no {scope}"));
    (found.numerator.unwrap(), found.denominator.unwrap(), found.unknown.unwrap(), found.value)
}

pub(crate) struct Scene {
    pub(crate) record: Record,
    pub(crate) folder: tempfile::TempDir,
    priorities: BTreeMap<String, u8>,
    adopted: Vec<String>,
}

impl Scene {
    /// A record on 31 December 2026 with levels and three fictional offices, one of them of an exercise.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock: Clock = std::sync::Arc::new(|| "2026-12-31T10:00:00Z".parse().unwrap());
        let founded = terms::instance::Founded {
            origin: "exemple.test/toguna".into(),
            verifier_key: String::new(),
            custodians: None,
            pack: "fiction".into(),
            title: Bilingual::same("Fiction"),
            country: "ML".into(),
            zone: "Africa/Bamako".into(),
            weekend: vec![6, 7],
        };
        let record = Record::found(&Folder::at(folder.path()), founded, &TABLES, clock).unwrap();
        let mut scene = Self { record, folder, priorities: BTreeMap::new(), adopted: Vec::new() };
        for (rank, level) in ["national", "region", "cercle", "commune"].iter().enumerate() {
            let name = Bilingual::same(level);
            scene.seal(Word::LevelSet(LevelSet { id: (*level).into(), name, rank: rank as u8 }));
        }
        scene.kind("gouverneur", "region", None);
        scene.kind("maire", "commune", None);
        scene.body("gouverneur", "gouverneur", false);
        scene.body("maire", "maire", false);
        scene.body("exercice-maire", "maire", true);
        scene
    }

    pub(crate) fn seal(&mut self, word: Word) {
        self.seal_known(word, None);
    }

    pub(crate) fn seal_known(&mut self, word: Word, known: Option<&str>) {
        let (zone, known) = (self.record.zone.clone(), known.map(day));
        self.record
            .scribe
            .seal_now(move |desk| desk.append(&zone, Actor::Loader, known, word).map(|_| ()))
            .unwrap();
    }

    pub(crate) fn kind(&mut self, id: &str, level: &str, meets_every: Option<&str>) {
        self.seal(Word::BodyKindSet(BodyKindSet {
            id: id.into(),
            name: Bilingual::same(id),
            level: Some(level.into()),
            function: "consultative".into(),
            required: true,
            meets_every: meets_every.map(Into::into),
            chair: None,
            source: None,
        }));
    }

    pub(crate) fn body(&mut self, id: &str, kind: &str, exercise: bool) {
        self.seal(Word::BodyEstablished(BodyEstablished {
            id: body(id),
            kind: kind.into(),
            name: Bilingual::same(&format!("{id} (fiction)")),
            place: None,
            from: None,
            to: None,
            source: None,
            note: None,
            exercise,
        }));
    }

    /// The indicator's figures on that day, from the tables as they are.
    pub(crate) fn figures(&self, code: &str, on: &str) -> Vec<Figure> {
        let indicator = ALL.into_iter().find(|indicator| indicator.code == code).unwrap();
        self.record.shelf.read(|tx| (indicator.compute)(tx, day(on))).unwrap()
    }

    pub(crate) fn with_priority(&mut self, id: &str, priority: u8) {
        self.priorities.insert(id.into(), priority);
    }

    fn adopted(&mut self, id: &str, addressee: &str, exercise: bool) {
        if self.adopted.iter().any(|known| known == id) {
            return;
        }
        self.adopted.push(id.into());
        let point = |number| Point { number, text: enclosed(), indicator: None, deadline: None };
        self.seal(Word::RecommendationAdopted(RecommendationAdopted {
            id: recommendation(id),
            author: Author::Named { name: "Comité fictif".into() },
            places: vec![],
            title: enclosed(),
            grounds: None,
            points: vec![point(1), point(2)],
            addressees: vec![Addressee { body: body(addressee), competence: None }],
            theme: None,
            priority: self.priorities.get(id).copied().unwrap_or(2),
            urgent: false,
            quality: None,
            cosigners: vec![],
            evidence: vec![],
            adopted_on: None,
            year: 2026,
            sitting: None,
            document: None,
            source: None,
            exercise,
        }));
    }

    fn deliver(
        &mut self,
        id: &str,
        addressee: &str,
        on: &str,
        due: (Option<&str>, Option<&str>),
        points: &[u8],
    ) {
        self.seal(Word::RecommendationTransmitted(RecommendationTransmitted {
            recommendation: recommendation(id),
            addressee: body(addressee),
            delivered_on: day(on),
            proof: DeliveryProof::Receipt,
            file: None,
            rule: None,
            acknowledge_by: due.0.map(day),
            answer_by: due.1.map(day),
            points: points.to_vec(),
        }));
    }

    pub(crate) fn transmitted(
        &mut self,
        id: &str,
        addressee: &str,
        on: &str,
        acknowledge_by: Option<&str>,
        answer_by: Option<&str>,
    ) {
        self.adopted(id, addressee, false);
        self.deliver(id, addressee, on, (acknowledge_by, answer_by), &[]);
    }

    pub(crate) fn exercise_transmitted(
        &mut self,
        id: &str,
        addressee: &str,
        on: &str,
        acknowledge_by: Option<&str>,
        answer_by: Option<&str>,
    ) {
        self.adopted(id, addressee, true);
        self.deliver(id, addressee, on, (acknowledge_by, answer_by), &[]);
    }

    pub(crate) fn transmitted_points(&mut self, id: &str, addressee: &str, on: &str, points: &[u8]) {
        self.adopted(id, addressee, false);
        self.deliver(id, addressee, on, (None, Some("2026-04-01")), points);
    }

    pub(crate) fn acknowledged(&mut self, id: &str, addressee: &str, on: &str) {
        self.seal(Word::Acknowledged(Acknowledged {
            recommendation: recommendation(id),
            addressee: body(addressee),
            on: day(on),
            channel: Channel::Account,
            file: None,
        }));
    }

    fn answered(&mut self, id: &str, addressee: &str, on: &str, point: PointAnswer) {
        self.seal(Word::Answered(Answered {
            recommendation: recommendation(id),
            addressee: body(addressee),
            on: day(on),
            channel: Channel::Account,
            text: Some(enclosed()),
            points: vec![point],
            file: None,
            witnesses: vec![],
        }));
    }

    /// Accepted with an act, and in substance where a day is given.
    pub(crate) fn accepted(&mut self, id: &str, addressee: &str, point: u8, on: &str, by_when: Option<&str>) {
        let answer = PointAnswer {
            by_when: by_when.map(day),
            text: Some(enclosed()),
            ..said(point, Stance::Accepted)
        };
        self.answered(id, addressee, on, answer);
    }

    pub(crate) fn refused_for_secrecy(&mut self, id: &str, addressee: &str, point: u8, on: &str) {
        let answer = PointAnswer { secrecy_basis: Some(enclosed()), ..said(point, Stance::CoveredBySecrecy) };
        self.answered(id, addressee, on, answer);
    }

    pub(crate) fn evasive(&mut self, id: &str, addressee: &str, point: u8, on: &str) {
        self.answered(id, addressee, on, said(point, Stance::Evasive));
    }

    pub(crate) fn closed(&mut self, id: &str, on: &str) {
        self.seal(Word::RecommendationClosed(RecommendationClosed {
            recommendation: recommendation(id),
            on: day(on),
            ground: ClosingGround::Lapsed,
            reason: enclosed(),
            replaced_by: None,
        }));
    }

    pub(crate) fn declared(&mut self, id: &str, addressee: &str, point: u8, state: Progress, on: &str) {
        self.seal(Word::ImplementationDeclared(ImplementationDeclared {
            recommendation: recommendation(id),
            addressee: body(addressee),
            point,
            state,
            on: day(on),
            text: None,
        }));
    }

    pub(crate) fn observed(&mut self, id: &str, point: u8, state: Progress, on: &str) {
        self.seal(Word::ImplementationObserved(ImplementationObserved {
            recommendation: recommendation(id),
            point,
            state,
            on: day(on),
            observer: Observer::Organisation { organisation: OrganisationId::parse("osc-fictive").unwrap() },
            evidence: enclosed(),
            file: None,
        }));
    }
}

fn said(point: u8, stance: Stance) -> PointAnswer {
    PointAnswer {
        point,
        stance,
        text: None,
        by_when: None,
        responsible: None,
        secrecy_basis: None,
        passed_to: None,
    }
}
